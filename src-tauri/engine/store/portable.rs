//! All that is the person's, row by row, in the form in which it is exported; see `EXPORT.md`.
//!
//! Identities are numbers within one export, counted from 1 in the order of their rows: what is
//! taken over elsewhere gets identities of its own there, and an export of that is the same again.

use chrono::{DateTime, NaiveDate, Utc};
use ecosante_domain::alert::AlertState;
use ecosante_domain::knowledge::Nearness;
use ecosante_domain::metric::Metric;
use ecosante_domain::person::Profile;
use ecosante_domain::place::CommuneRef;
use ecosante_domain::reading::{Basis, Source, Target};
use ecosante_domain::rule::Because;
use ecosante_domain::scale::Scale;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::purpose::Carried;

/// One row of an export.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// What is set for the device.
    Settings(SettingsEntry),
    /// A place.
    Place(PlaceEntry),
    /// A person.
    Person(PersonEntry),
    /// What readings have in common.
    Series(SeriesEntry),
    /// A reading.
    Reading(ReadingEntry),
    /// An alert.
    Alert(AlertEntry),
    /// A decision.
    Decision(DecisionEntry),
    /// A notification.
    Notification(NotificationEntry),
    /// When a piece of advice was shown.
    AdviceShown(AdviceShownEntry),
    /// What was said of a piece of advice.
    AdviceMark(AdviceMarkEntry),
    /// A day of a diary.
    Diary(DiaryEntry),
    /// A request that was sent.
    Sent(SentEntry),
}

/// What is set for the device, as it is stored; null where it never was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettingsEntry {
    /// `fr` or `en`.
    pub language: Option<String>,
    /// `22:00-07:00`.
    pub quiet_hours: Option<String>,
    /// The base address of a gateway.
    pub gateway: Option<String>,
    /// The base address of a relay; left out where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relay: Option<String>,
    /// A number of years, or `always`.
    pub retention_years: Option<String>,
    /// `evening` or `day`.
    pub lead: Option<String>,
    /// `morning`, `evening` or `both`.
    pub digest: Option<String>,
    /// The summary that was told last: `2026-09-08 7`.
    pub digest_told: Option<String>,
}

/// A place, with the zones that serve it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceEntry {
    /// Its number in this export.
    pub id: i64,
    /// What the person calls it.
    pub name: String,
    /// Its commune; null outside France.
    pub commune: Option<CommuneRef>,
    /// Degrees north; null where it is not known.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// Its time zone.
    pub time_zone: String,
    /// When it was saved.
    pub added_at: DateTime<Utc>,
    /// The zones that serve it.
    pub zones: Vec<ZoneEntry>,
}

/// A zone that serves a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ZoneEntry {
    /// Whose zone.
    pub source: Source,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// How near it is.
    #[serde(serialize_with = "nearness_name", deserialize_with = "nearness_of")]
    pub nearness: Nearness,
}

fn nearness_name<S: Serializer>(nearness: &Nearness, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(nearness.name())
}

fn nearness_of<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Nearness, D::Error> {
    let name = String::deserialize(deserializer)?;
    let found = Nearness::ALL.into_iter().find(|known| known.name() == name);
    found.ok_or_else(|| serde::de::Error::custom("no nearness"))
}

/// A person with their profile, whose places are numbers of this export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonEntry {
    /// Their number in this export.
    pub id: i64,
    /// Their name; null for the unnamed one.
    pub name: Option<String>,
    /// When they were added.
    pub added_at: DateTime<Utc>,
    /// Their profile: sensitivities, own limits, mutes.
    pub profile: Profile,
}

/// The length of the periods of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PeriodWord {
    /// Days.
    Day,
    /// Hours.
    Hour,
}

/// What readings have in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeriesEntry {
    /// Its number in this export.
    pub id: i64,
    /// Who publishes it.
    pub source: Source,
    /// The code of its zone.
    pub zone_code: String,
    /// The name of its zone.
    pub zone_name: String,
    /// The metric.
    pub metric: Metric,
    /// The scale of its levels; null for a concentration.
    pub scale: Option<Scale>,
    /// The length of its periods.
    pub period: PeriodWord,
    /// How its readings came about.
    pub basis: Basis,
}

/// A reading, a list in this order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadingEntry(
    /// The number of its series.
    pub i64,
    /// What it is for.
    pub Target,
    /// When it was published; null where its producer does not say.
    pub Option<DateTime<Utc>>,
    /// Which revision of that publication, from 0 on.
    pub i64,
    /// The level.
    pub Option<u8>,
    /// The value.
    pub Option<f64>,
    /// When it was last received.
    pub DateTime<Utc>,
    /// For how many hours from the target it holds.
    pub u8,
    /// What its producer says in words.
    pub Option<String>,
);

/// The natural key of a reading, a list in this order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingRef(
    /// The number of its series.
    pub i64,
    /// What it is for.
    pub Target,
    /// When it was published.
    pub Option<DateTime<Utc>>,
    /// Which revision.
    pub i64,
);

/// An alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlertEntry {
    /// Its number in this export.
    pub id: i64,
    /// The number of the person; null once they were removed.
    pub person: Option<i64>,
    /// Their name then.
    pub person_name: Option<String>,
    /// The number of the place; null once it was removed.
    pub place: Option<i64>,
    /// Its name then.
    pub place_name: String,
    /// INSEE code of its commune.
    pub commune: Option<String>,
    /// Its time zone.
    pub time_zone: String,
    /// The metric.
    pub metric: Metric,
    /// Whether it is about an ATMO "évènement".
    pub event: bool,
    /// The name of the rule.
    pub rule: String,
    /// The limit.
    pub threshold: u8,
    /// The reasons of the limit.
    pub because: Vec<Because>,
    /// Key of the publication behind the limit.
    pub evidence: Option<String>,
    /// Whether the limit is the app's choice.
    pub own_choice: bool,
    /// Beginning of the episode.
    pub starts: DateTime<Utc>,
    /// Its end as far as known.
    pub ends: DateTime<Utc>,
    /// The highest level.
    pub level: u8,
    /// The highest level told.
    pub told_level: Option<u8>,
    /// When it was last told.
    pub told_at: Option<DateTime<Utc>>,
    /// When it was raised.
    pub raised_at: DateTime<Utc>,
    /// Where it stands.
    pub state: AlertState,
    /// The advice that was given with it.
    pub advice: Option<String>,
    /// When it was first opened.
    pub opened_at: Option<DateTime<Utc>>,
    /// Whether it was found useful.
    pub useful: Option<bool>,
    /// The readings that caused it.
    pub readings: Vec<ReadingRef>,
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionEntry {
    /// When it was first taken.
    pub first_at: DateTime<Utc>,
    /// When it was last taken again.
    pub last_at: DateTime<Utc>,
    /// The number of the person; null once they were removed.
    pub person: Option<i64>,
    /// Their name then.
    pub person_name: Option<String>,
    /// The number of the place; null once it was removed.
    pub place: Option<i64>,
    /// Its name then.
    pub place_name: String,
    /// The metric.
    pub metric: Metric,
    /// Whether by the rule on events.
    pub event: bool,
    /// The name of the rule.
    pub rule: Option<String>,
    /// The limit.
    pub threshold: u8,
    /// The reasons of the limit.
    pub because: Option<Vec<Because>>,
    /// Key of the publication behind the limit.
    pub evidence: Option<String>,
    /// What was decided.
    pub outcome: String,
    /// Why.
    pub reason: Option<String>,
    /// The level that decided.
    pub level: Option<u8>,
    /// Its target.
    pub target: Option<String>,
    /// The reading that decided; it may be deleted meanwhile.
    pub reading: Option<ReadingRef>,
    /// The number of the alert.
    pub alert: Option<i64>,
}

/// A notification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotificationEntry {
    /// Its number in this export.
    pub id: i64,
    /// When it was composed.
    pub created_at: DateTime<Utc>,
    /// Until when it is worth being shown.
    pub relevant_to: DateTime<Utc>,
    /// Whether it takes back what was told.
    pub withdrawal: bool,
    /// Whether it is shown in quiet hours too.
    pub urgent: bool,
    /// One line.
    pub title: String,
    /// At most four lines.
    pub body: String,
    /// The number of the one whose place it takes on the screen.
    pub replaces: Option<i64>,
    /// The numbers of the alerts that it is about.
    pub alerts: Vec<i64>,
    /// When it was first shown; null where it was not.
    pub shown_at: Option<DateTime<Utc>>,
}

/// When a piece of advice was last shown to a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdviceShownEntry {
    /// The number of the person.
    pub person: i64,
    /// The piece of advice.
    pub advice: String,
    /// When.
    pub shown_at: DateTime<Utc>,
}

/// What a person said of a piece of advice on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdviceMarkEntry {
    /// The number of the person.
    pub person: i64,
    /// The piece of advice.
    pub advice: String,
    /// `done`, `useful` or `not-useful`.
    pub mark: String,
    /// The day.
    pub day: NaiveDate,
    /// When it was said.
    pub at: DateTime<Utc>,
}

/// How a person felt on a day: 0 to 3 for each sign, null where nothing was noted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiaryEntry {
    /// The number of the person.
    pub person: i64,
    /// The day.
    pub day: NaiveDate,
    /// Nose.
    pub nose: Option<u8>,
    /// Eyes.
    pub eyes: Option<u8>,
    /// Breathing.
    pub breathing: Option<u8>,
    /// Skin.
    pub skin: Option<u8>,
    /// Fatigue.
    pub fatigue: Option<u8>,
    /// Whether a treatment was taken.
    pub treatment: Option<bool>,
    /// The number of the place.
    pub place: Option<i64>,
    /// When it was last noted.
    pub at: DateTime<Utc>,
}

/// A request that was sent: [`super::SentRow`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentEntry {
    /// When.
    pub at: DateTime<Utc>,
    /// Who received it.
    pub host: String,
    /// For whom it was.
    pub producer: String,
    /// What for.
    pub purpose: String,
    /// What was in it.
    pub what: Carried,
    /// What came of it.
    pub outcome: Option<String>,
}
