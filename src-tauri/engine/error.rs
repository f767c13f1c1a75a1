//! What can go wrong, sorted by what whoever asked can do about it.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use ecosante_domain::contract::ErrorBody;
use ecosante_domain::diary::{self, DiaryError, Sign, TREATMENT};
use ecosante_domain::person::ProfileError;
use ecosante_domain::text::{Arg, Texts};

use crate::http::FetchError;
use crate::keychain::KeychainError;
use crate::store::StoreError;

/// An error of the engine.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The data file cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The gateway is not a base URL.
    #[error("{0:?} is not the base URL of a gateway")]
    Gateway(String),
    /// The relay is not a base URL.
    #[error("{0:?} is not the base URL of a relay")]
    Relay(String),
    /// Nothing is called this.
    #[error("no place is called {query:?}")]
    UnknownPlace {
        /// What was asked for.
        query: String,
        /// What may have been meant, with the word that finds it.
        suggestions: Vec<(String, String)>,
        /// Whether the world outside France could be asked.
        world_asked: bool,
    },
    /// Several places are called this.
    #[error("several places are called {query:?}")]
    AmbiguousPlace {
        /// What was asked for.
        query: String,
        /// The places, each with the word that finds it alone.
        candidates: Vec<(String, String)>,
    },
    /// Two figures that are no point of the globe.
    #[error("not a point of the globe")]
    NotAPoint {
        /// What was given.
        query: String,
    },
    /// Several saved places answer to this.
    #[error("several saved places answer to {query:?}")]
    SeveralPlaces {
        /// What was asked for.
        query: String,
        /// The places, each with its number.
        candidates: Vec<(String, String)>,
    },
    /// No place is saved under this.
    #[error("no saved place {query:?}")]
    NoSuchPlace {
        /// What was asked for.
        query: String,
    },
    /// Nobody is called this.
    #[error("nobody is called {name:?}")]
    NoSuchPerson {
        /// What was asked for.
        name: String,
    },
    /// There is no such alert.
    #[error("no alert {id}")]
    NoSuchAlert {
        /// What was asked for.
        id: i64,
    },
    /// There is no such piece of advice.
    #[error("no advice {id:?}")]
    NoSuchAdvice {
        /// What was asked for.
        id: String,
    },
    /// A metric that has no levels, and so no scale.
    #[error("{metric} has no levels")]
    NoLevels {
        /// The metric.
        metric: String,
    },
    /// A profile entry was refused.
    #[error("profile entry refused")]
    Profile(ProfileError),
    /// A lead time that there is not.
    #[error("{0:?} is no lead time")]
    Lead(String),
    /// A time of a summary that there is not.
    #[error("{0:?} is no time of a summary")]
    Digest(String),
    /// Something was not noted in a diary.
    #[error("not noted")]
    Diary(DiaryError),
    /// Quiet hours that make no sense.
    #[error("{0:?} are no quiet hours")]
    QuietHours(String),
    /// No time for which what was published can be kept.
    #[error("{0:?} is no number of years to keep")]
    Retention(String),
    /// The sources were asked a moment ago.
    #[error("asked a moment ago; again in {seconds} s")]
    TooSoon {
        /// After how many seconds they may be asked again.
        seconds: u64,
    },
    /// Whoever shows notifications refused one.
    #[error("the notification was not shown: {why}")]
    NotShown {
        /// What the system says.
        why: String,
    },
    /// An export could not be written.
    #[error("{path} could not be written: {why}")]
    Export {
        /// Where to.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// Something is where an export was to be written.
    #[error("{path} exists")]
    ExportExists {
        /// Where.
        path: PathBuf,
    },
    /// What is to be taken over was not exported by this app.
    #[error("no export")]
    ImportForeign,
    /// A newer version of this app exported it.
    #[error("an export of a newer version")]
    ImportNewer,
    /// An export is damaged or not whole.
    #[error("a damaged export, line {line}")]
    ImportDamaged {
        /// The line at which that shows, from 1 on.
        line: usize,
    },
    /// What is to be taken over cannot be read.
    #[error("{path} cannot be read: {why}")]
    ImportUnreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// The sources are being asked, which must not be while everything changes.
    #[error("a refresh is under way")]
    BusyElsewhere,
    /// The system names no folder for downloads.
    #[error("no folder for downloads")]
    NoDownloads,
    /// The keychain of the system cannot be used.
    #[error(transparent)]
    Keychain(#[from] KeychainError),
    /// A source had to be asked and did not answer.
    #[error(transparent)]
    Fetch(#[from] FetchError),
}

impl EngineError {
    /// The code that callers act on.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Store(StoreError::Newer { .. }) => "store-newer",
            Self::Store(StoreError::SetAside { .. }) => "store-set-aside",
            Self::Store(StoreError::Damaged { .. }) => "store-damaged",
            Self::Store(StoreError::NotWritable { .. }) => "store-not-writable",
            Self::Store(StoreError::Busy) => "store-busy",
            Self::Store(StoreError::DiskFull) => "store-disk-full",
            Self::Store(StoreError::Content { .. } | StoreError::Sqlite(_)) => "store-unreadable",
            Self::Gateway(_) => "gateway",
            Self::Relay(_) => "relay",
            Self::UnknownPlace { .. } => "unknown-place",
            Self::AmbiguousPlace { .. } => "ambiguous-place",
            Self::NotAPoint { .. } => "not-a-point",
            Self::SeveralPlaces { .. } => "several-places",
            Self::NoSuchPlace { .. } => "no-such-place",
            Self::NoSuchPerson { .. } => "no-such-person",
            Self::NoSuchAlert { .. } => "no-such-alert",
            Self::NoSuchAdvice { .. } => "no-such-advice",
            Self::NoLevels { .. } => "no-levels",
            Self::Profile(ProfileError::UnknownKey { .. }) => "profile-key",
            Self::Profile(ProfileError::UnknownValue { .. }) => "profile-value",
            Self::Profile(ProfileError::ImpossibleLevel { .. }) => "profile-level",
            Self::Profile(ProfileError::NoRule { .. }) => "profile-metric",
            Self::Lead(_) => "lead",
            Self::Digest(_) => "digest",
            Self::Diary(DiaryError::UnknownKey { .. }) => "diary-key",
            Self::Diary(DiaryError::UnknownValue { .. }) => "diary-value",
            Self::Diary(DiaryError::NoDate { .. }) => "diary-no-date",
            Self::Diary(DiaryError::Future { .. }) => "diary-future",
            Self::QuietHours(_) => "quiet-hours",
            Self::Retention(_) => "retention",
            Self::TooSoon { .. } => "too-soon",
            Self::NotShown { .. } => "notification",
            Self::Export { .. } => "export",
            Self::ExportExists { .. } => "export-exists",
            Self::ImportForeign => "import-foreign",
            Self::ImportNewer => "import-newer",
            Self::ImportDamaged { .. } => "import-damaged",
            Self::ImportUnreadable { .. } => "import-unreadable",
            Self::BusyElsewhere => "busy-elsewhere",
            Self::NoDownloads => "no-downloads",
            Self::Keychain(error) => error.code(),
            Self::Fetch(error) => error.code(),
        }
    }

    /// One sentence that says what would be right, in the language of `texts`.
    #[must_use]
    pub fn sentence(&self, texts: &Texts) -> String {
        match self {
            Self::Fetch(error) => texts.get(&format!("failure-{}", error.code())),
            _ => self.sentence_as(texts, &format!("error-{}", self.code())),
        }
    }

    /// [`Self::sentence`] with what a person at a window can do, who types no commands.
    fn sentence_in_window(&self, texts: &Texts) -> String {
        if let Self::Fetch(error) = self {
            let why = texts.get(&format!("failure-{}", error.code()));
            return texts.format("error-needs-network", [("why", why.into())]);
        }
        let special = format!("window-error-{}", self.code());
        let key = if texts.has(&special) { special } else { format!("error-{}", self.code()) };
        self.sentence_as(texts, &key)
    }

    fn sentence_as(&self, texts: &Texts, key: &str) -> String {
        let list = |words: &[(String, String)]| {
            words
                .iter()
                .map(|(name, word)| format!("{name} → {word}"))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let args: Vec<Arg<'_>> = match self {
            Self::Store(StoreError::Newer { path, .. } | StoreError::Damaged { path }) => {
                vec![("path", path.display().to_string().into())]
            }
            Self::Store(StoreError::SetAside { path, kept_as }) => vec![
                ("path", path.display().to_string().into()),
                ("kept", kept_as.display().to_string().into()),
            ],
            Self::Store(StoreError::NotWritable { path, why }) => {
                vec![("path", path.display().to_string().into()), ("why", why.as_str().into())]
            }
            Self::Store(StoreError::Busy | StoreError::DiskFull) => Vec::new(),
            Self::Store(error @ (StoreError::Content { .. } | StoreError::Sqlite(_))) => {
                vec![("why", error.to_string().into())]
            }
            Self::Gateway(given)
            | Self::Relay(given)
            | Self::Lead(given)
            | Self::Digest(given)
            | Self::QuietHours(given)
            | Self::Retention(given) => {
                vec![("given", given.as_str().into())]
            }
            Self::UnknownPlace { query, suggestions, world_asked } => vec![
                ("query", quoted(query).into()),
                ("suggestions", list(suggestions).into()),
                ("some", if suggestions.is_empty() { "no" } else { "yes" }.into()),
                ("world", if *world_asked { "yes" } else { "no" }.into()),
            ],
            Self::AmbiguousPlace { query, candidates }
            | Self::SeveralPlaces { query, candidates } => {
                vec![("query", quoted(query).into()), ("candidates", list(candidates).into())]
            }
            Self::NotAPoint { query } | Self::NoSuchPlace { query } => {
                vec![("query", quoted(query).into())]
            }
            Self::NoSuchPerson { name } => vec![("name", name.as_str().into())],
            Self::NoSuchAlert { id } => vec![("id", id.to_string().into())],
            Self::NoSuchAdvice { id } => vec![("id", id.as_str().into())],
            Self::NoLevels { metric } => vec![("metric", metric.as_str().into())],
            Self::Profile(ProfileError::UnknownKey { key }) => vec![
                ("key", key.as_str().into()),
                ("allowed", ecosante_domain::person::PROFILE_KEYS.join(", ").into()),
            ],
            Self::Profile(ProfileError::UnknownValue { key, value, allowed }) => vec![
                ("key", key.as_str().into()),
                ("value", value.as_str().into()),
                ("allowed", allowed.join(", ").into()),
            ],
            Self::Profile(ProfileError::ImpossibleLevel { metric, value, lowest, highest }) => {
                vec![
                    ("metric", metric.as_str().into()),
                    ("value", value.as_str().into()),
                    ("lowest", (*lowest).into()),
                    ("highest", (*highest).into()),
                ]
            }
            Self::Profile(ProfileError::NoRule { metric, allowed }) => {
                vec![("metric", metric.as_str().into()), ("allowed", allowed.join(", ").into())]
            }
            Self::Diary(DiaryError::UnknownKey { key }) => {
                let signs = Sign::ALL.map(Sign::name);
                let allowed = [&signs[..], &[TREATMENT, "place"]].concat().join(", ");
                vec![("key", key.as_str().into()), ("allowed", allowed.into())]
            }
            Self::Diary(DiaryError::UnknownValue { key, value, allowed }) => vec![
                ("key", key.as_str().into()),
                ("value", value.as_str().into()),
                ("allowed", allowed.join(", ").into()),
            ],
            Self::Diary(DiaryError::NoDate { given }) => vec![("given", given.as_str().into())],
            Self::Diary(DiaryError::Future { day }) => {
                vec![("day", texts.sentence_case(&diary::date(texts, *day)).into())]
            }
            Self::TooSoon { seconds } => vec![("seconds", (*seconds).into())],
            Self::NotShown { why } => vec![("why", why.as_str().into())],
            Self::Export { path, why } | Self::ImportUnreadable { path, why } => {
                vec![("path", path.display().to_string().into()), ("why", why.as_str().into())]
            }
            Self::ExportExists { path } => vec![("path", path.display().to_string().into())],
            Self::ImportDamaged { line } => vec![("line", (*line).into())],
            Self::ImportForeign | Self::ImportNewer | Self::BusyElsewhere | Self::NoDownloads => {
                Vec::new()
            }
            Self::Keychain(KeychainError::Unavailable { why }) => {
                vec![("why", why.as_str().into())]
            }
            Self::Fetch(_) => Vec::new(),
        };
        texts.format(key, args)
    }

    /// The error as the window is told of it.
    #[must_use]
    pub fn body(&self, texts: &Texts, now: DateTime<Utc>) -> ErrorBody {
        let retry_after = match self {
            Self::Fetch(error) => error.retry_after(now),
            _ => None,
        };
        let seconds = match self {
            Self::TooSoon { seconds } => Some(*seconds),
            _ => retry_after.and_then(|at| u64::try_from((at - now).num_seconds()).ok()),
        };
        ErrorBody {
            code: self.code().to_owned(),
            message: self.sentence_in_window(texts),
            retry_after_s: seconds,
        }
    }
}

/// What was given, short enough for a sentence.
fn quoted(given: &str) -> String {
    const LONGEST: usize = 60;
    if given.chars().count() <= LONGEST {
        return given.to_owned();
    }
    given.chars().take(LONGEST).chain(['…']).collect()
}
