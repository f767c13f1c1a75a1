//! What was asked of the past, what is stored of it, and how long it is kept.

use chrono::{DateTime, NaiveDate, Utc};
use ecosante_domain::knowledge;
use ecosante_domain::metric::Metric;
use ecosante_domain::place::PlaceId;
use ecosante_domain::reading::{Source, Target, Zone};
use rusqlite::{OptionalExtension, params};

use super::reading::{Row, stored_target};
use super::{Reader, ReadingKey, Result, StoredReading, Writer, moment};

/// Whether a source was asked for the past of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PastAsked {
    /// When it was last asked.
    pub at: DateTime<Utc>,
    /// How often it was asked in vain.
    pub failures: u32,
    /// Whether it answered: then it is not asked again.
    pub answered: bool,
}

impl Reader<'_> {
    /// Whether a source was asked for the past of a place; `None`: never.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn past_asked(&self, place: PlaceId, source: Source) -> Result<Option<PastAsked>> {
        let row: Option<(i64, u32, bool)> = self
            .transaction
            .prepare_cached(
                "SELECT asked_at, failures, answered FROM place_past
                 WHERE place = ?1 AND source = ?2",
            )?
            .query_row(params![place.0, source.name()], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .optional()?;
        row.map(|(at, failures, answered)| Ok(PastAsked { at: moment(at)?, failures, answered }))
            .transpose()
    }

    /// Every publication of a metric for a zone by one source for the days `from` to `to`, both
    /// included, by target and the oldest first; what was published for several hours at once is one
    /// of them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn publications(
        &self,
        source: Source,
        zone: &Zone,
        metric: Metric,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<StoredReading>> {
        let mut readings = Vec::new();
        for (id, period) in self.series_of(source, zone, metric)? {
            let (first, last, before) = super::reading::range(&period, from, to);
            let series = self.series(id)?;
            let mut statement = self.transaction.prepare_cached(
                "SELECT target, published_at, revision, level, value, fetched_at, hours, note
                 FROM reading
                 WHERE series = ?1 AND target BETWEEN ?2 AND ?3
                 ORDER BY target, published_at, revision",
            )?;
            let rows = statement.query_map([id, first - before, last], |row| Row::read(id, row))?;
            for row in rows {
                let row = row?;
                if row.end() > first {
                    readings.push(StoredReading { key: row.key, reading: series.reading(&row)? });
                }
            }
        }
        Ok(readings)
    }
}

impl Writer<'_> {
    /// Keeps that a source was asked for the past of a place.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_past_asked(&self, place: PlaceId, source: Source, asked: PastAsked) -> Result<()> {
        self.transaction
            .prepare_cached(
                "INSERT OR REPLACE INTO place_past (place, source, asked_at, failures, answered)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                place.0,
                source.name(),
                asked.at.timestamp(),
                asked.failures,
                asked.answered,
            ])?;
        Ok(())
    }

    /// Deletes what was published for days before `date` (hours: of the days of UTC), and the series
    /// of which nothing is left. Returns how many readings that were.
    ///
    /// What an alert refers to stays, and so does the newest reading of what is known for long.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn forget_before(&self, date: NaiveDate) -> Result<usize> {
        let mut series =
            self.transaction.prepare_cached("SELECT id, period, metric FROM series")?;
        let all: Vec<(i64, String, String)> = series
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let day = stored_target(Target::Day(date));
        let hour = date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp();
        let mut newest =
            self.transaction.prepare_cached("SELECT MAX(target) FROM reading WHERE series = ?1")?;
        let mut forget = self.transaction.prepare_cached(
            "DELETE FROM reading
             WHERE series = ?1 AND target < ?2 AND NOT EXISTS (
                 SELECT 1 FROM alert_reading AS cause
                 WHERE cause.series = reading.series AND cause.target = reading.target
                   AND cause.published_at = reading.published_at
                   AND cause.revision = reading.revision)",
        )?;
        let mut forgotten = 0;
        for (id, period, metric) in all {
            let mut before = if period == "hour" { hour } else { day };
            // A metric of a newer version is no reason to keep everything else.
            if metric.parse().is_ok_and(knowledge::is_slow) {
                let last: Option<i64> = newest.query_row([id], |row| row.get(0))?;
                before = before.min(last.unwrap_or(before));
            }
            forgotten += forget.execute([id, before])?;
        }
        // What explains an alert stays with it.
        self.transaction
            .prepare_cached("DELETE FROM decision WHERE alert IS NULL AND last_at < ?1")?
            .execute([hour])?;
        self.transaction
            .prepare_cached(
                "DELETE FROM series
                 WHERE NOT EXISTS (SELECT 1 FROM reading WHERE reading.series = series.id)",
            )?
            .execute([])?;
        Ok(forgotten)
    }
}

impl ReadingKey {
    /// Which revision of its publication it is, from 0 on.
    #[must_use]
    pub fn revision(self) -> i64 {
        self.revision
    }
}
