//! An episode told to a person.

use serde::{Deserialize, Serialize};

/// Where an alert stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AlertState {
    /// Told, and its episode lasts or is ahead.
    Raised,
    /// Waiting for the end of the quiet hours.
    Held,
    /// Its episode has ended.
    Over,
    /// Its episode was taken back before it began.
    Withdrawn,
}

impl AlertState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Raised, Self::Held, Self::Over, Self::Withdrawn];

    /// The name used on the wire and in the store.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Raised => "raised",
            Self::Held => "held",
            Self::Over => "over",
            Self::Withdrawn => "withdrawn",
        }
    }
}
