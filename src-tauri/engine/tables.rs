//! The person's data as tables: a folder of CSV files (RFC 4180, UTF-8, a header), each row written as
//! it is read.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::Value;

use crate::portable::{Unwritten, new_file};
use crate::store::Store;
use crate::store::portable::{
    AlertEntry, DecisionEntry, DiaryEntry, Entry, PersonEntry, PlaceEntry, ReadingEntry,
    SeriesEntry,
};

/// The files, each with its columns.
const PLACES: (&str, &[&str]) = (
    "places.csv",
    &[
        "id",
        "name",
        "commune_code",
        "commune_name",
        "epci",
        "departement",
        "latitude",
        "longitude",
        "time_zone",
        "added_at",
    ],
);
const PEOPLE: (&str, &[&str]) = ("people.csv", &["id", "name", "added_at", "key", "value"]);
const READINGS: (&str, &[&str]) = (
    "readings.csv",
    &[
        "source",
        "zone_code",
        "zone_name",
        "metric",
        "scale",
        "basis",
        "target",
        "published_at",
        "revision",
        "level",
        "value",
        "unit",
        "hours",
        "note",
        "received_at",
    ],
);
const ALERTS: (&str, &[&str]) = (
    "alerts.csv",
    &[
        "id",
        "person",
        "place",
        "commune",
        "metric",
        "rule",
        "threshold",
        "starts",
        "ends",
        "level",
        "told_level",
        "told_at",
        "raised_at",
        "state",
        "advice",
        "opened_at",
        "useful",
    ],
);
const DECISIONS: (&str, &[&str]) = (
    "decisions.csv",
    &[
        "first_at",
        "last_at",
        "person",
        "place",
        "metric",
        "rule",
        "threshold",
        "outcome",
        "reason",
        "level",
        "target",
        "alert",
    ],
);
const DIARY: (&str, &[&str]) = (
    "diary.csv",
    &["person", "day", "nose", "eyes", "breathing", "skin", "fatigue", "treatment", "place", "at"],
);

/// A text as a cell: a spreadsheet takes what begins like a formula for one.
fn text(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if formula { format!("'{text}") } else { text.to_owned() }
}

fn maybe(given: Option<&str>) -> String {
    given.map(text).unwrap_or_default()
}

fn figure<T: ToString>(figure: Option<T>) -> String {
    figure.map(|it| it.to_string()).unwrap_or_default()
}

fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

fn maybe_moment(at: Option<DateTime<Utc>>) -> String {
    at.map(moment).unwrap_or_default()
}

/// One file.
struct Table(csv::Writer<BufWriter<File>>);

impl Table {
    fn begin(folder: &Path, (name, columns): (&str, &[&str])) -> Result<Self, Unwritten> {
        let file = new_file(&folder.join(name))?;
        let mut writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(BufWriter::new(file));
        writer.write_record(columns).map_err(std::io::Error::from)?;
        Ok(Self(writer))
    }

    fn row(&mut self, cells: impl IntoIterator<Item = String>) -> Result<(), Unwritten> {
        Ok(self.0.write_record(cells).map_err(std::io::Error::from)?)
    }

    fn end(mut self) -> Result<(), Unwritten> {
        Ok(self.0.flush()?)
    }
}

/// Names, by their numbers in the export.
#[derive(Default)]
struct Names {
    people: BTreeMap<i64, Option<String>>,
    places: BTreeMap<i64, String>,
    series: BTreeMap<i64, SeriesEntry>,
}

/// Writes the tables into an empty folder.
pub(crate) fn write(store: &Store, folder: &Path) -> Result<(), Unwritten> {
    let mut places = Table::begin(folder, PLACES)?;
    let mut people = Table::begin(folder, PEOPLE)?;
    let mut readings = Table::begin(folder, READINGS)?;
    let mut alerts = Table::begin(folder, ALERTS)?;
    let mut decisions = Table::begin(folder, DECISIONS)?;
    let mut diary = Table::begin(folder, DIARY)?;
    let mut names = Names::default();
    store.each_entry(&mut |entry| match entry {
        Entry::Place(it) => {
            names.places.insert(it.id, it.name.clone());
            places.row(place(&it))
        }
        Entry::Person(it) => {
            names.people.insert(it.id, it.name.clone());
            person(&it).into_iter().try_for_each(|row| people.row(row))
        }
        Entry::Series(it) => {
            names.series.insert(it.id, it);
            Ok(())
        }
        Entry::Reading(it) => match names.series.get(&it.0) {
            Some(series) => readings.row(reading(series, &it)),
            None => Ok(()),
        },
        Entry::Alert(it) => alerts.row(alert(&it)),
        Entry::Decision(it) => decisions.row(decision(&it)),
        Entry::Diary(it) => diary.row(day(&names, &it)),
        Entry::Settings(_)
        | Entry::Notification(_)
        | Entry::AdviceShown(_)
        | Entry::AdviceMark(_)
        | Entry::Sent(_) => Ok(()),
    })?;
    for table in [places, people, readings, alerts, decisions, diary] {
        table.end()?;
    }
    Ok(())
}

fn place(it: &PlaceEntry) -> Vec<String> {
    let commune = it.commune.as_ref();
    vec![
        it.id.to_string(),
        text(&it.name),
        maybe(commune.map(|it| it.code.as_str())),
        maybe(commune.map(|it| it.name.as_str())),
        maybe(commune.and_then(|it| it.epci.as_deref())),
        maybe(commune.map(|it| it.departement.as_str())),
        figure(it.latitude),
        figure(it.longitude),
        text(&it.time_zone),
        moment(it.added_at),
    ]
}

/// A row for each thing that is known of a person, at least one.
fn person(it: &PersonEntry) -> Vec<Vec<String>> {
    let profile = serde_json::to_value(&it.profile).unwrap_or_default();
    let row = |key: &str, value: &str| {
        let name = maybe(it.name.as_deref());
        vec![it.id.to_string(), name, moment(it.added_at), text(key), text(value)]
    };
    let mut rows = Vec::new();
    for (key, value) in profile.as_object().into_iter().flatten() {
        match value {
            Value::Null | Value::Bool(false) => {}
            Value::Array(items) => {
                rows.extend(items.iter().map(|item| row(key, &plain(item))));
            }
            Value::Object(entries) => rows.extend(
                entries.iter().map(|(name, item)| row(&format!("{key}.{name}"), &plain(item))),
            ),
            other => rows.push(row(key, &plain(other))),
        }
    }
    if rows.is_empty() {
        rows.push(row("", ""));
    }
    rows
}

/// A value without the quotes of JSON.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        // A limit: `{"from": 3}`.
        Value::Object(entries) if entries.len() == 1 => {
            entries.values().map(plain).collect::<String>()
        }
        other => other.to_string(),
    }
}

fn reading(series: &SeriesEntry, it: &ReadingEntry) -> Vec<String> {
    let ReadingEntry(_, target, published_at, revision, level, value, received_at, hours, note) =
        it;
    vec![
        series.source.name().to_owned(),
        text(&series.zone_code),
        text(&series.zone_name),
        series.metric.to_string(),
        figure(series.scale.map(ecosante_domain::scale::Scale::name)),
        series.basis.name().to_owned(),
        target.to_string(),
        maybe_moment(*published_at),
        revision.to_string(),
        figure(*level),
        figure(*value),
        value.and(series.metric.unit()).unwrap_or_default().to_owned(),
        hours.to_string(),
        maybe(note.as_deref()),
        moment(*received_at),
    ]
}

fn alert(it: &AlertEntry) -> Vec<String> {
    vec![
        it.id.to_string(),
        maybe(it.person_name.as_deref()),
        text(&it.place_name),
        maybe(it.commune.as_deref()),
        it.metric.to_string(),
        text(&it.rule),
        it.threshold.to_string(),
        moment(it.starts),
        moment(it.ends),
        it.level.to_string(),
        figure(it.told_level),
        maybe_moment(it.told_at),
        moment(it.raised_at),
        it.state.name().to_owned(),
        maybe(it.advice.as_deref()),
        maybe_moment(it.opened_at),
        figure(it.useful),
    ]
}

fn decision(it: &DecisionEntry) -> Vec<String> {
    vec![
        moment(it.first_at),
        moment(it.last_at),
        maybe(it.person_name.as_deref()),
        text(&it.place_name),
        it.metric.to_string(),
        maybe(it.rule.as_deref()),
        it.threshold.to_string(),
        text(&it.outcome),
        maybe(it.reason.as_deref()),
        figure(it.level),
        maybe(it.target.as_deref()),
        figure(it.alert),
    ]
}

fn day(names: &Names, it: &DiaryEntry) -> Vec<String> {
    let person = names.people.get(&it.person).and_then(|name| name.as_deref());
    let place = it.place.and_then(|place| names.places.get(&place));
    let signs = [it.nose, it.eyes, it.breathing, it.skin, it.fatigue];
    let mut cells = vec![maybe(person), it.day.to_string()];
    cells.extend(signs.map(figure));
    cells.extend([figure(it.treatment), maybe(place.map(String::as_str)), moment(it.at)]);
    cells
}
