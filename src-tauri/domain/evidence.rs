//! Who says so: the publications on which default limits and advice rest.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

/// A publication, as it is shown to a person: the page that was really read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Evidence {
    /// Who published it.
    pub publisher: String,
    /// Its title, in its own language.
    pub title: String,
    /// Where it is or was.
    pub url: String,
    /// Year of publication, where known.
    pub year: Option<u16>,
    /// A caution, where one is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Every publication by its key.
pub fn all() -> &'static BTreeMap<String, Evidence> {
    static ALL: OnceLock<BTreeMap<String, Evidence>> = OnceLock::new();
    ALL.get_or_init(|| {
        serde_json::from_str(include_str!("advice/sources.json"))
            .expect("sources.json is part of the program and tested")
    })
}

/// The publication behind a key.
///
/// ```
/// use ecosante_domain::evidence;
///
/// let bands = evidence::by_key("EEA-EAQI").expect("a publication");
/// assert_eq!(bands.publisher, "European Environment Agency (EEA)");
/// ```
#[must_use]
pub fn by_key(key: &str) -> Option<&'static Evidence> {
    all().get(key)
}
