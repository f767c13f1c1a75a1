//! What goes over the wire: to the window, and from `ecosante --json`.
//!
//! Names of fields are a promise to whoever reads them; fields are added, never renamed.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::alert::AlertState;
use crate::decision::AlertId;
use crate::evidence::Evidence;
use crate::knowledge::State;
use crate::metric::Metric;
use crate::place::PlaceId;
use crate::reading::{Basis, Source, Target};
use crate::scale::Scale;

/// An error as whoever asked is told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorBody {
    /// What callers act on.
    pub code: String,
    /// One sentence in the language of the person.
    pub message: String,
    /// After how many seconds it makes sense to try again, where that is known.
    pub retry_after_s: Option<u64>,
}

/// Everything that is known now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Status {
    /// The moment for which this holds.
    pub now: DateTime<Utc>,
    /// The saved places, in the order in which they were saved.
    pub places: Vec<PlaceStatus>,
    /// The sources, with their health.
    pub sources: Vec<SourceStatus>,
}

/// What is known of a place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaceStatus {
    /// The place.
    pub id: PlaceId,
    /// What the person calls it.
    pub name: String,
    /// INSEE code of its commune; null outside France.
    pub commune: Option<String>,
    /// Its time zone, IANA name.
    pub time_zone: String,
    /// One entry for each metric and target: the reading that rules use, or why there is none.
    pub readings: Vec<ReadingStatus>,
}

/// What is known of a metric for a target.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadingStatus {
    /// The metric.
    pub metric: Metric,
    /// The scale of the level; null for a concentration.
    pub scale: Option<Scale>,
    /// The level; null in the states without a value.
    pub level: Option<u8>,
    /// The level in words.
    pub label: Option<String>,
    /// The figure behind the level.
    pub value: Option<f64>,
    /// The unit of the figure.
    pub unit: Option<String>,
    /// The period it is for.
    pub target: Target,
    /// How it came about; null in the states without a value.
    pub basis: Option<Basis>,
    /// What it is worth.
    pub state: State,
    /// Who published it, or should have.
    pub source: Option<Source>,
    /// The producer's code of the zone it was published for.
    pub zone: Option<String>,
    /// The producer's name of that zone.
    pub zone_name: Option<String>,
    /// The producer's time of publication; null where it gives none.
    pub published_at: Option<DateTime<Utc>>,
    /// When this device received it.
    pub fetched_at: Option<DateTime<Utc>>,
    /// Whether it was published before the day it is for: yesterday's forecast of today.
    pub foretold: bool,
    /// What the producer says in words, quoted as it is.
    pub note: Option<String>,
    /// Why the official value is not there.
    pub instead_of: Option<AbsenceStatus>,
}

/// Why a value is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AbsenceStatus {
    /// The source that should have had it.
    pub source: Source,
    /// One of the states without a value.
    pub state: State,
    /// The code of the error, where one is known.
    pub reason: Option<String>,
    /// When it is looked for again: as soon as the producer should have published it.
    pub next_due: Option<DateTime<Utc>>,
}

/// How a source fares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceStatus {
    /// The source.
    pub source: Source,
    /// How it fares.
    pub state: SourceState,
    /// When it was last asked.
    pub last_attempt: Option<DateTime<Utc>>,
    /// When it last answered.
    pub last_success: Option<DateTime<Utc>>,
    /// When it will be asked next.
    pub next_due: Option<DateTime<Utc>>,
    /// The error of the last attempt.
    pub error: Option<SourceError>,
}

/// How a source fares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceState {
    /// It answered with values.
    Ok,
    /// It answered, and has published nothing for today yet.
    NotPublishedYet,
    /// It did not answer, or answered with nonsense.
    Failed,
    /// It was never asked.
    NeverAsked,
}

/// Why a source failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceError {
    /// A stable code.
    pub code: String,
    /// One sentence in the language of the person.
    pub message: String,
}

/// An alert.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AlertView {
    /// The alert.
    pub id: AlertId,
    /// The notification in which it was last told; null while it is held.
    pub notification_id: Option<i64>,
    /// The metric.
    pub metric: Metric,
    /// While it stands the highest level ahead; after that the highest that was told.
    pub level: u8,
    /// That level in words.
    pub label: String,
    /// Where.
    pub place: AlertPlace,
    /// For whom; null for the one unnamed person.
    pub person: Option<String>,
    /// Beginning of the episode.
    pub starts: DateTime<Utc>,
    /// End of the episode as far as it is known.
    pub ends: DateTime<Utc>,
    /// When it was raised.
    pub raised_at: DateTime<Utc>,
    /// Where it stands.
    pub state: AlertState,
    /// Why it was raised.
    pub because: BecauseView,
    /// What to do.
    pub advice: Option<AdviceView>,
}

/// The place of an alert, as it was called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertPlace {
    /// The place; null once it was removed.
    pub id: Option<PlaceId>,
    /// What the person calls it.
    pub name: String,
    /// INSEE code of its commune.
    pub commune: Option<String>,
    /// Its time zone, IANA name.
    pub time_zone: String,
}

/// Why an alert was raised.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BecauseView {
    /// The name of the rule, `air:asthma`.
    pub rule: String,
    /// The limit: a level, for UV an index.
    pub threshold: u8,
    /// The reasons of the limit in words.
    pub reasons: String,
    /// The publication behind the limit; null where the person set it.
    pub evidence: Option<Evidence>,
    /// Whether the figure is this app's choice.
    pub own_choice: bool,
    /// The reading that met the rule at its worst; null if it was since deleted.
    pub reading: Option<ReadingStatus>,
}

/// A piece of advice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdviceView {
    /// Its identity in the catalogue.
    pub id: String,
    /// What to do.
    pub text: String,
    /// Who says so.
    pub source: Option<Evidence>,
}

/// A piece of advice, with why it is given to a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdviceWithReasons {
    /// The piece.
    #[serde(flatten)]
    pub piece: AdviceView,
    /// Which of its criteria hold, in words: "asthma", "sport", "level “Poor”".
    pub why: Vec<String>,
    /// When it was last shown to the person; null where it never was.
    pub last_shown: Option<DateTime<Utc>>,
    /// Whether the person said lately that it is of no use to them, for which it comes last.
    pub not_useful: bool,
}

/// A place that a search found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaceFound {
    /// Its name.
    pub name: String,
    /// What it lies in: département and region, or country.
    pub within: String,
    /// The word under which `place add` finds it alone: a commune code, or coordinates.
    pub add: String,
    /// INSEE code; null outside France.
    pub commune: Option<String>,
    /// Postcodes, in France.
    pub postcodes: Vec<String>,
    /// Inhabitants, where known.
    pub population: Option<u64>,
}
