//! What was published, with every revision.

use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::{DateTime, NaiveDate, Utc};
use ecosante_domain::knowledge;
use ecosante_domain::metric::Metric;
use ecosante_domain::place::Place;
use ecosante_domain::reading::{Basis, Reading, Source, Target, Zone};
use ecosante_domain::scale::Scale;
use rusqlite::{OptionalExtension, params};

use super::alert::ReadingKey;
use super::{Reader, Result, StoreError, Writer, moment, word};

/// A reading with its key in the store.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredReading {
    /// Its key.
    pub key: ReadingKey,
    /// The reading.
    pub reading: Reading,
}

/// Seconds before the first wanted hour at which a slot may have begun that reaches into it.
const LONGEST_SLOT: i64 = 48 * 3600;

const EPOCH: NaiveDate = NaiveDate::from_ymd_opt(1970, 1, 1).expect("a date");

fn period(target: Target) -> &'static str {
    match target {
        Target::Day(_) => "day",
        Target::Hour(_) => "hour",
    }
}

pub(super) fn stored_target(target: Target) -> i64 {
    match target {
        Target::Day(date) => (date - EPOCH).num_days(),
        Target::Hour(start) => start.timestamp(),
    }
}

pub(super) fn target(period: &str, stored: i64) -> Result<Target> {
    if period == "hour" {
        return moment(stored).map(Target::Hour);
    }
    let date = chrono::TimeDelta::try_days(stored).and_then(|days| EPOCH.checked_add_signed(days));
    date.map(Target::Day)
        .ok_or_else(|| StoreError::Content { what: "date", why: stored.to_string() })
}

/// What tells one series from another.
type SeriesKey<'a> = (Source, &'a Zone, Metric, Option<Scale>, &'static str, Basis);

fn series_key(reading: &Reading) -> SeriesKey<'_> {
    (
        reading.source,
        &reading.zone,
        reading.metric,
        reading.scale,
        period(reading.target),
        reading.basis,
    )
}

fn stored_publication(published_at: Option<DateTime<Utc>>) -> i64 {
    published_at.map_or(0, |at| at.timestamp_millis())
}

/// One row of `reading`, with the series it belongs to still apart.
pub(super) struct Row {
    pub(super) key: ReadingKey,
    level: Option<u8>,
    value: Option<f64>,
    fetched_at: i64,
    hours: u8,
    note: Option<String>,
}

impl Row {
    /// The row of a series, from the columns target, `published_at`, revision, level, value,
    /// `fetched_at`, hours and note.
    pub(super) fn read(series: i64, row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            key: ReadingKey {
                series,
                target: row.get(0)?,
                published_at: row.get(1)?,
                revision: row.get(2)?,
            },
            level: row.get(3)?,
            value: row.get(4)?,
            fetched_at: row.get(5)?,
            hours: row.get(6)?,
            note: row.get(7)?,
        })
    }

    /// Where its target ends: what holds for one hour or one day ends with it.
    pub(super) fn end(&self) -> i64 {
        if self.hours > 1 {
            self.key.target + i64::from(self.hours) * 3600
        } else {
            self.key.target + 1
        }
    }
}

/// The stored targets of a period for the days `from` to `to`, and how much earlier one may begin
/// that reaches into the first.
pub(super) fn range(period: &str, from: NaiveDate, to: NaiveDate) -> (i64, i64, i64) {
    if period != "hour" {
        return (stored_target(Target::Day(from)), stored_target(Target::Day(to)), 0);
    }
    // A day begins up to 14 hours before or 12 after that of UTC.
    let seconds = |date: NaiveDate| date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp();
    (seconds(from) - 14 * 3600, seconds(to) + 36 * 3600, LONGEST_SLOT)
}

/// What a revision is about: level, value, hours and note.
type Content = (Option<u8>, Option<f64>, u8, Option<String>);

/// One row of `series`.
pub(super) struct Series {
    source: Source,
    zone: Zone,
    metric: Metric,
    scale: String,
    period: String,
    basis: String,
}

impl Series {
    pub(super) fn reading(&self, row: &Row) -> Result<Reading> {
        let scale = match self.scale.as_str() {
            "" => None,
            name => Some(word("scale", name)?),
        };
        Ok(Reading {
            source: self.source,
            zone: self.zone.clone(),
            metric: self.metric,
            scale,
            target: target(&self.period, row.key.target)?,
            basis: word("basis", &self.basis)?,
            level: row.level,
            value: row.value,
            published_at: match row.key.published_at {
                0 => None,
                millis => DateTime::from_timestamp_millis(millis),
            },
            fetched_at: moment(row.fetched_at)?,
            hours: row.hours,
            note: row.note.clone(),
        })
    }
}

impl Reader<'_> {
    pub(super) fn series(&self, id: i64) -> Result<Series> {
        let (source, zone, metric, scale, period, basis) = self
            .transaction
            .prepare_cached(
                "SELECT source, zone_code, zone_name, metric, scale, period, basis
                 FROM series WHERE id = ?1",
            )?
            .query_row([id], |row| {
                let zone = Zone { code: row.get(1)?, name: row.get(2)? };
                let metric: String = row.get(3)?;
                let source: String = row.get(0)?;
                Ok((source, zone, metric, row.get(4)?, row.get(5)?, row.get(6)?))
            })?;
        let (source, metric) = (word("source", &source)?, word("metric", &metric)?);
        Ok(Series { source, zone, metric, scale, period, basis })
    }

    /// The readings of a zone by one source for the days `from` to `to`, both included; for each
    /// target the publication that counts: the newest, in its last revision.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn readings(
        &self,
        source: Source,
        zone: &Zone,
        metric: Metric,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<StoredReading>> {
        let mut readings = Vec::new();
        for (id, period) in self.series_of(source, zone, metric)? {
            let (first, last, before) = range(&period, from, to);
            readings.extend(self.newest(id, first, last, before)?);
        }
        Ok(readings)
    }

    /// The series of a metric for a zone by one source, each with its period.
    pub(super) fn series_of(
        &self,
        source: Source,
        zone: &Zone,
        metric: Metric,
    ) -> Result<Vec<(i64, String)>> {
        let mut statement = self.transaction.prepare_cached(
            "SELECT id, period FROM series
             WHERE source = ?1 AND zone_code = ?2 AND zone_name = ?3 AND metric = ?4",
        )?;
        let rows = statement
            .query_map(params![source.name(), zone.code, zone.name, metric.to_string()], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The first day of which a value of a metric is stored that can count at a place.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn first_day(&self, place: &Place, metric: Metric) -> Result<Option<NaiveDate>> {
        let scale = knowledge::rule_scale(metric, place).map_or("", Scale::name);
        let mut statement = self.transaction.prepare_cached(
            "SELECT MIN((SELECT MIN(target) FROM reading WHERE reading.series = series.id))
             FROM place_zone JOIN series
               ON series.source = place_zone.source AND zone_code = code AND zone_name = name
             WHERE place = ?1 AND metric = ?2 AND scale = ?3 AND period = ?4",
        )?;
        let period = if knowledge::is_hourly(metric, place) { "hour" } else { "day" };
        let first: Option<i64> = statement
            .query_row(params![place.id.0, metric.to_string(), scale, period], |row| row.get(0))?;
        let first = first.map(|first| target(period, first)).transpose()?;
        Ok(first.map(|first| first.day(place.time_zone)))
    }

    /// For each target of a series between two, the last revision of the newest publication; what
    /// holds for several hours is given for each of them, if it began at most `before` earlier.
    fn newest(
        &self,
        series: i64,
        first: i64,
        last: i64,
        before: i64,
    ) -> Result<Vec<StoredReading>> {
        let mut statement = self.transaction.prepare_cached(
            "SELECT target, published_at, revision, level, value, fetched_at, hours, note
             FROM reading
             WHERE series = ?1 AND target BETWEEN ?2 AND ?3
             ORDER BY published_at, revision",
        )?;
        let rows =
            statement.query_map([series, first - before, last], |row| Row::read(series, row))?;
        // Of what was published for several hours at once, each hour counts for itself: a later
        // publication may cut the day elsewhere.
        let mut newest: BTreeMap<i64, Rc<Row>> = BTreeMap::new();
        for row in rows {
            let row = Rc::new(row?);
            for hour in 0..i64::from(row.hours.max(1)) {
                let target = row.key.target + hour * 3600;
                // Where a publication changes its level within the hour, the higher one counts for it.
                let worse = |known: &Rc<Row>| {
                    known.hours.max(row.hours) > 1
                        && known.key.published_at == row.key.published_at
                        && known.level > row.level
                };
                if target >= first && !newest.get(&target).is_some_and(worse) {
                    newest.insert(target, Rc::clone(&row));
                }
            }
        }
        if newest.is_empty() {
            return Ok(Vec::new());
        }
        let series = self.series(series)?;
        newest
            .into_iter()
            .map(|(at, row)| {
                let mut reading = series.reading(&row)?;
                if row.hours > 1 {
                    (reading.target, reading.hours) = (target(&series.period, at)?, 1);
                }
                Ok(StoredReading { key: row.key, reading })
            })
            .collect()
    }

    /// The reading with this key.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn reading(&self, key: ReadingKey) -> Result<Option<Reading>> {
        let row = self
            .transaction
            .prepare_cached(
                "SELECT level, value, fetched_at, hours, note FROM reading
                 WHERE series = ?1 AND target = ?2 AND published_at = ?3 AND revision = ?4",
            )?
            .query_row(params![key.series, key.target, key.published_at, key.revision], |row| {
                Ok(Row {
                    key,
                    level: row.get(0)?,
                    value: row.get(1)?,
                    fetched_at: row.get(2)?,
                    hours: row.get(3)?,
                    note: row.get(4)?,
                })
            })
            .optional()?;
        row.map(|row| self.series(key.series)?.reading(&row)).transpose()
    }
}

impl Writer<'_> {
    fn series_id(&self, reading: &Reading) -> Result<i64> {
        let scale = reading.scale.map_or("", Scale::name);
        let metric = reading.metric.to_string();
        let key = params![
            reading.source.name(),
            reading.zone.code,
            reading.zone.name,
            metric,
            scale,
            period(reading.target),
            reading.basis.name(),
        ];
        let known = self
            .transaction
            .prepare_cached(
                "SELECT id FROM series WHERE source = ?1 AND zone_code = ?2 AND zone_name = ?3
                 AND metric = ?4 AND scale = ?5 AND period = ?6 AND basis = ?7",
            )?
            .query_row(key, |row| row.get(0))
            .optional()?;
        if let Some(id) = known {
            return Ok(id);
        }
        self.transaction
            .prepare_cached(
                "INSERT INTO series (source, zone_code, zone_name, metric, scale, period, basis)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(key)?;
        Ok(self.transaction.last_insert_rowid())
    }

    /// Keeps readings; what is already stored stays, a different value under the same publication is
    /// a new revision. What has no time of publication and comes again unchanged was last received
    /// now. Returns how many were new.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_readings(&self, readings: &[Reading]) -> Result<usize> {
        let mut known: BTreeMap<SeriesKey<'_>, i64> = BTreeMap::new();
        let mut new = 0;
        let mut last = self.transaction.prepare_cached(
            "SELECT revision, level, value, hours, note FROM reading
             WHERE series = ?1 AND target = ?2 AND published_at = ?3
             ORDER BY revision DESC LIMIT 1",
        )?;
        let mut insert = self.transaction.prepare_cached(
            "INSERT INTO reading
                 (series, target, published_at, revision, level, value, fetched_at, hours, note)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?;
        let mut confirm = self.transaction.prepare_cached(
            "UPDATE reading SET fetched_at = ?5
             WHERE series = ?1 AND target = ?2 AND published_at = ?3 AND revision = ?4
               AND fetched_at < ?5",
        )?;
        for reading in readings {
            let key = series_key(reading);
            let series = match known.get(&key) {
                Some(id) => *id,
                None => {
                    let id = self.series_id(reading)?;
                    known.insert(key, id);
                    id
                }
            };
            let target = stored_target(reading.target);
            let published_at = stored_publication(reading.published_at);
            let stored: Option<(i64, Content)> = last
                .query_row([series, target, published_at], |row| {
                    let content = (row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
                    Ok((row.get(0)?, content))
                })
                .optional()?;
            let content = (reading.level, reading.value, reading.hours, reading.note.clone());
            let revision = match stored {
                Some((revision, stored)) if stored == content => {
                    if reading.published_at.is_none() {
                        let at = reading.fetched_at.timestamp();
                        confirm.execute([series, target, published_at, revision, at])?;
                    }
                    continue;
                }
                Some((revision, ..)) => revision + 1,
                None => 0,
            };
            insert.execute(params![
                series,
                target,
                published_at,
                revision,
                reading.level,
                reading.value,
                reading.fetched_at.timestamp(),
                reading.hours,
                reading.note,
            ])?;
            new += 1;
        }
        Ok(new)
    }
}
