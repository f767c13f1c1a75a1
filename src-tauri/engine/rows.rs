//! What was published as rows of CSV: the same from the terminal and from the window.

use chrono::{DateTime, Utc};
use ecosante_domain::contract::ReadingStatus;
use ecosante_domain::reading::{Basis, Source};

use crate::history::HistoryRow;

/// The columns of a reading.
pub const READING_COLUMNS: [&str; 14] = [
    "target",
    "metric",
    "scale",
    "level",
    "label",
    "value",
    "unit",
    "basis",
    "source",
    "zone",
    "zone_name",
    "published_at",
    "fetched_at",
    "note",
];

/// A value as an entry; nothing where there is none.
pub fn text_of<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// A moment as an entry.
#[must_use]
pub fn moment_of(at: Option<DateTime<Utc>>) -> String {
    at.map(|at| at.to_rfc3339()).unwrap_or_default()
}

/// The entries of [`READING_COLUMNS`].
#[must_use]
pub fn reading_entries(row: &ReadingStatus) -> Vec<String> {
    vec![
        row.target.to_string(),
        row.metric.to_string(),
        text_of(row.scale),
        text_of(row.level),
        row.label.clone().unwrap_or_default(),
        text_of(row.value),
        row.unit.clone().unwrap_or_default(),
        row.basis.map(Basis::name).unwrap_or_default().to_owned(),
        row.source.map(Source::name).unwrap_or_default().to_owned(),
        row.zone.clone().unwrap_or_default(),
        row.zone_name.clone().unwrap_or_default(),
        moment_of(row.published_at),
        moment_of(row.fetched_at),
        row.note.clone().unwrap_or_default(),
    ]
}

/// CSV with a header; `None` where there is no memory for it.
pub fn written(header: &[&str], records: impl Iterator<Item = Vec<String>>) -> Option<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header).ok()?;
    for record in records {
        writer.write_record(record).ok()?;
    }
    String::from_utf8(writer.into_inner().ok()?).ok()
}

/// A history as CSV with a header; `None` where there is no memory for it.
#[must_use]
pub fn history_csv(rows: &[HistoryRow]) -> Option<String> {
    let header = [&READING_COLUMNS[..], &["announced_level", "announced_label", "announced_at"]];
    let record = |row: &HistoryRow| {
        let mut entries = reading_entries(&row.reading);
        entries.push(text_of(row.announced_level));
        entries.push(row.announced_label.clone().unwrap_or_default());
        entries.push(moment_of(row.announced_at));
        entries
    };
    written(&header.concat(), rows.iter().map(record))
}
