//! What `ecosante publish` writes for other tools, and what the app reads from a relay.
//!
//! A file of a commune has all that is published for it, each value with its source, scale, zone and
//! time of publication: nothing of a person, and nothing that depends on who reads it. The JSON
//! Schemas that are published are made of these very types (feature `schema`).

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::evidence::Evidence;
use crate::knowledge::{Nearness, State};
use crate::metric::Metric;
use crate::reading::{Basis, Reading, Source, Target, Zone};
use crate::scale::Scale;

/// The version of these files, also the first part of their addresses: fields are added within a
/// version, never renamed or removed.
pub const SCHEMA: u32 = 1;

/// The folder of the version.
pub const FOLDER: &str = "v1";

/// The same words in several languages, by the code of the language.
pub type Words = BTreeMap<String, String>;

/// Levels in words and colours, by scale and level.
pub type Legend = BTreeMap<Scale, BTreeMap<u8, LevelWords>>;

/// Everything that is published for a commune: `v1/commune/{insee}.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CommuneFile {
    /// [`SCHEMA`].
    pub schema: u32,
    /// The commune.
    pub commune: CommuneHead,
    /// The civil day, in the time zone of the commune, that was today when the file was written.
    pub day: NaiveDate,
    /// Today and tomorrow at a glance.
    pub days: Vec<DayBrief>,
    /// The sources whose whole answer for this commune is in the file; of others nothing is said.
    pub carried: Vec<Source>,
    /// What each source published.
    pub publications: Vec<Publication>,
    /// What has no value for today, and why.
    pub missing: Vec<Missing>,
    /// The levels that occur, in words and colours.
    pub legend: Legend,
    /// What to do at the levels of today, for whoever is not especially sensitive.
    pub advice: Vec<AdviceFor>,
    /// Whose data these are, under which licence.
    pub notice: String,
}

/// A commune, and where it lies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CommuneHead {
    /// INSEE code.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^[0-9][0-9AB][0-9]{3}$")))]
    pub code: String,
    /// Official name.
    pub name: String,
    /// Code of the département or overseas collectivity.
    pub departement: String,
    /// SIREN of the group of communes (EPCI); null where it belongs to none.
    pub epci: Option<String>,
    /// Degrees north of its centre, WGS 84; null where that is not known.
    pub latitude: Option<f64>,
    /// Degrees east of its centre.
    pub longitude: Option<f64>,
    /// IANA name of the time zone in which its days begin and end.
    pub time_zone: String,
}

/// A day at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DayBrief {
    /// The civil day.
    pub date: NaiveDate,
    /// The air index.
    pub air: Brief,
    /// The pollen index.
    pub pollen: Brief,
    /// The gravest announced episode of pollution.
    pub episode: Brief,
    /// The gravest weather vigilance of the day, as far as a bulletin reaches back.
    pub vigilance: Brief,
}

/// The level of one kind of hazard on a day; without a level it says why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Brief {
    /// What has this level; of several the gravest.
    pub metric: Metric,
    /// The scale of the level.
    pub scale: Scale,
    /// The level; null where none is known, which never means that all is well.
    pub level: Option<u8>,
    /// What the level is worth, or why there is none.
    pub state: State,
}

/// One publication of a source for one zone: values of the same scale, made in the same way at the
/// same time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Publication {
    /// Who published it.
    pub source: Source,
    /// The producer's zone that it was published for.
    pub zone: Zone,
    /// How the zone relates to the commune.
    pub nearness: Nearness,
    /// The scale of the levels; null where there are none.
    pub scale: Option<Scale>,
    /// How the values came about.
    pub basis: Basis,
    /// Whether a value is of today or a later day, or all are past.
    pub state: State,
    /// The producer's time of publication; null where it gives none.
    pub published_at: Option<DateTime<Utc>>,
    /// The values, by metric and target.
    pub values: Vec<Value>,
}

/// One level or figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Value {
    /// What it is about.
    pub metric: Metric,
    /// The civil day, or the moment at which it begins to hold.
    pub target: Target,
    /// For how many hours it holds from that moment; left out for a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<u8>,
    /// The level: 1 is the best; null where what the producer said is not understood.
    pub level: Option<u8>,
    /// The figure behind the level, in the unit of the metric; left out where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// What the producer says in words, as it is; left out where it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What has no value for today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Missing {
    /// The metric.
    pub metric: Metric,
    /// Who should have published it; null where nobody publishes it here.
    pub source: Option<Source>,
    /// `not-published-yet`, `source-failed` or `not-covered`.
    pub state: State,
}

/// A level in words and colour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LevelWords {
    /// The official words, or their translation.
    pub label: Words,
    /// The official colour, `#rrggbb`; never the only thing that tells levels apart.
    pub colour: Option<String>,
}

/// What to do at a level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AdviceFor {
    /// What has the level.
    pub metric: Metric,
    /// The level.
    pub level: u8,
    /// Its identity in the catalogue.
    pub id: String,
    /// What to do.
    pub text: Words,
    /// The publication that it rests on.
    pub source: Option<Evidence>,
}

/// A département at a glance: `v1/departement/{code}.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DepartementFile {
    /// [`SCHEMA`].
    pub schema: u32,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Name of the région.
    pub region: String,
    /// The civil day that was today when the file was written.
    pub day: NaiveDate,
    /// What was published for the whole of it: the vigilance, the episodes of pollution.
    pub publications: Vec<Publication>,
    /// Its communes, by code.
    pub communes: Vec<CommuneBrief>,
    /// How many communes are at each level today, by metric and level; `none`: without a level.
    pub counts: BTreeMap<Metric, BTreeMap<String, u32>>,
    /// The levels that occur, in words and colours.
    pub legend: Legend,
    /// Whose data these are, under which licence.
    pub notice: String,
}

/// A commune today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CommuneBrief {
    /// INSEE code.
    pub code: String,
    /// Official name.
    pub name: String,
    /// The level of the air index; null where none is known.
    pub air: Option<u8>,
    /// The level of the pollen index; null where none is known.
    pub pollen: Option<u8>,
}

/// What is published here, how fresh it is, whose it is: `v1/meta.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MetaFile {
    /// [`SCHEMA`].
    pub schema: u32,
    /// The program that wrote it, with its version.
    pub made_by: String,
    /// When the sources were last looked at.
    pub checked_at: DateTime<Utc>,
    /// When a file of a commune last changed.
    pub changed_at: DateTime<Utc>,
    /// How many communes have a file.
    pub communes: u32,
    /// The sources that are carried.
    pub sources: Vec<SourceMeta>,
    /// The sources that are not, with the reason.
    pub left_out: Vec<LeftOut>,
    /// Whose data these are, under which licence.
    pub notice: String,
}

/// How a source that is carried fares.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SourceMeta {
    /// The source.
    pub source: Source,
    /// What it publishes.
    pub what: Words,
    /// Who is to be named.
    pub credit: String,
    /// The licence.
    pub licence: String,
    /// Where the licence is.
    pub licence_url: String,
    /// Where the source is.
    pub url: String,
    /// When it was last asked; null: never.
    pub asked_at: Option<DateTime<Utc>>,
    /// When it last answered: the age of what is published of it. Null: never.
    pub answered_at: Option<DateTime<Utc>>,
    /// The latest time of publication among its values.
    pub published_at: Option<DateTime<Utc>>,
    /// Communes for which it has a value for today.
    pub communes_today: u32,
    /// The code of the error with which it last failed; null where it last answered.
    pub error: Option<String>,
}

/// A source that is not carried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LeftOut {
    /// The source.
    pub source: Source,
    /// Why.
    pub why: Words,
}

/// What was published over time: `v1/stats.json`. No reader is counted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StatsFile {
    /// [`SCHEMA`].
    pub schema: u32,
    /// How many communes are published.
    pub communes: u32,
    /// The days, the oldest first, at most [`STATS_DAYS`].
    pub days: Vec<DayStats>,
    /// What the levels from which days are counted mean, by metric.
    pub thresholds: BTreeMap<Metric, u8>,
    /// Whose data these are, under which licence.
    pub notice: String,
}

/// For how many days statistics are kept.
pub const STATS_DAYS: usize = 366;

/// What was published for a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DayStats {
    /// The civil day in Paris.
    pub date: NaiveDate,
    /// How each source did.
    pub sources: Vec<SourceDay>,
    /// Communes at or above the level of [`StatsFile::thresholds`], by metric and département:
    /// the highest count of the day. Départements without any are left out.
    pub over: BTreeMap<Metric, BTreeMap<String, u32>>,
}

/// How a source did on a day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SourceDay {
    /// The source.
    pub source: Source,
    /// Communes for which it had a value for this day: the highest number of the day.
    pub communes: u32,
    /// How often it was asked.
    pub asked: u32,
    /// How often it failed.
    pub failed: u32,
    /// Minutes from its latest publication to when it was received here, at the first time that it
    /// was; null where it gives no time, or nothing new came.
    pub delay_min: Option<u32>,
}

impl CommuneFile {
    /// Its values as readings, with how their zones relate to the commune; each keeps its producer
    /// as its source. `fetched_at` is when the file was received.
    #[must_use]
    pub fn readings(&self, fetched_at: DateTime<Utc>) -> Vec<(Reading, Nearness)> {
        let of = |publication: &Publication| -> Vec<(Reading, Nearness)> {
            let reading = |value: &Value| Reading {
                source: publication.source,
                zone: publication.zone.clone(),
                metric: value.metric,
                scale: publication.scale,
                target: value.target,
                basis: publication.basis,
                level: value.level,
                value: value.value,
                published_at: publication.published_at,
                fetched_at,
                hours: value.hours.unwrap_or(1),
                note: value.note.clone(),
            };
            publication.values.iter().map(|it| (reading(it), publication.nearness)).collect()
        };
        self.publications.iter().flat_map(of).collect()
    }
}

impl Value {
    /// Whether it is of a civil day in `zone`, or holds in some hour of it.
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate, zone: Tz) -> bool {
        match self.target {
            Target::Day(date) => date == day,
            Target::Hour(from) => {
                let (starts, ends) = Target::Day(day).span(zone);
                let to = from + TimeDelta::hours(i64::from(self.hours.unwrap_or(1)));
                from < ends && to > starts
            }
        }
    }
}

impl Publication {
    /// Readings of one place as publications: what has the same source, zone, scale, basis and time
    /// together. `is_past` tells which targets are over.
    #[must_use]
    pub fn grouped(
        readings: Vec<(Reading, Nearness)>,
        is_past: impl Fn(&Reading) -> bool,
    ) -> Vec<Self> {
        let mut publications: Vec<Self> = Vec::new();
        for (reading, nearness) in readings {
            let past = is_past(&reading);
            let value = Value {
                metric: reading.metric,
                target: reading.target,
                hours: matches!(reading.target, Target::Hour(_)).then_some(reading.hours),
                level: reading.level,
                value: reading.value,
                note: reading.note,
            };
            let same = publications.iter_mut().find(|it| {
                it.source == reading.source
                    && it.published_at == reading.published_at
                    && it.nearness == nearness
                    && it.scale == reading.scale
                    && it.basis == reading.basis
                    && it.zone == reading.zone
            });
            match same {
                Some(publication) => {
                    if !past {
                        publication.state = State::Current;
                    }
                    publication.values.push(value);
                }
                None => publications.push(Self {
                    source: reading.source,
                    zone: reading.zone,
                    nearness,
                    scale: reading.scale,
                    basis: reading.basis,
                    state: if past { State::Stale } else { State::Current },
                    published_at: reading.published_at,
                    values: vec![value],
                }),
            }
        }
        publications
    }
}

/// Schemas of what serialises as a word.
#[cfg(feature = "schema")]
mod schema {
    use std::borrow::Cow;

    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

    use crate::metric::Metric;
    use crate::reading::Target;
    use crate::scale::Scale;

    impl JsonSchema for Metric {
        fn schema_name() -> Cow<'static, str> {
            "Metric".into()
        }

        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            let names: Vec<String> =
                Self::all().into_iter().map(|metric| metric.to_string()).collect();
            json_schema!({ "description": "What is published.", "type": "string", "enum": names })
        }
    }

    impl JsonSchema for Scale {
        fn schema_name() -> Cow<'static, str> {
            "Scale".into()
        }

        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            let names: Vec<&str> = Self::ALL.into_iter().map(Self::name).collect();
            json_schema!({ "description": "A scale of levels.", "type": "string", "enum": names })
        }
    }

    impl JsonSchema for Target {
        fn schema_name() -> Cow<'static, str> {
            "Target".into()
        }

        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({
                "description": "A civil day, or a moment in UTC.",
                "type": "string",
                "anyOf": [{ "format": "date" }, { "format": "date-time" }],
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metric::Pollutant;

    fn reading(metric: Metric, day: &str, published: &str) -> Reading {
        Reading {
            source: Source::AtmoFrance,
            zone: Zone { code: "69123".into(), name: "Lyon".into() },
            metric,
            scale: Some(Scale::Atmo2021),
            target: Target::Day(day.parse().expect("a date")),
            basis: Basis::Official,
            level: Some(3),
            value: None,
            published_at: Some(published.parse().expect("a moment")),
            fetched_at: "2026-09-08T14:00:00Z".parse().expect("a moment"),
            hours: 1,
            note: None,
        }
    }

    #[test]
    fn what_was_published_together_stands_together_and_comes_back_as_it_was() {
        let (noon, evening) = ("2026-09-08T12:00:00Z", "2026-09-08T18:00:00Z");
        let readings = vec![
            (reading(Metric::Air, "2026-09-08", noon), Nearness::Commune),
            (reading(Metric::AirOf(Pollutant::O3), "2026-09-08", noon), Nearness::Commune),
            (reading(Metric::Air, "2026-09-09", evening), Nearness::Commune),
        ];
        let over = |it: &Reading| it.target == Target::Day("2026-09-08".parse().expect("a date"));
        let publications = Publication::grouped(readings.clone(), over);
        let states: Vec<_> = publications.iter().map(|it| (it.state, it.values.len())).collect();
        assert_eq!(states, [(State::Stale, 2), (State::Current, 1)]);

        let file = CommuneFile {
            schema: SCHEMA,
            commune: CommuneHead {
                code: "69123".into(),
                name: "Lyon".into(),
                departement: "69".into(),
                epci: None,
                latitude: None,
                longitude: None,
                time_zone: "Europe/Paris".into(),
            },
            day: "2026-09-08".parse().expect("a date"),
            days: Vec::new(),
            carried: vec![Source::AtmoFrance],
            publications,
            missing: Vec::new(),
            legend: Legend::new(),
            advice: Vec::new(),
            notice: String::new(),
        };
        let wire = serde_json::to_string(&file).expect("json");
        let read: CommuneFile = serde_json::from_str(&wire).expect("a file");
        let at = "2026-09-08T14:00:00Z".parse().expect("a moment");
        assert_eq!(read.readings(at), readings);
    }
}
