//! How each source fares, and for which places it was asked.

use chrono::{DateTime, Utc};
use ecosante_domain::place::PlaceId;
use ecosante_domain::reading::Source;
use rusqlite::{OptionalExtension, params};

use super::{Reader, Result, Writer, moment};
use crate::schedule::Health;

impl Reader<'_> {
    /// What is remembered of a source, by its name in the store.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn health(&self, source: &str) -> Result<Health> {
        let row = self
            .transaction
            .prepare_cached(
                "SELECT last_attempt, last_success, next_due, failures, error, nothing_for_today,
                        last_today, silence_told
                 FROM source WHERE name = ?1",
            )?
            .query_row([source], |row| {
                let at = |index| row.get::<_, Option<i64>>(index);
                let moments = [at(0)?, at(1)?, at(2)?, at(6)?, at(7)?];
                Ok((moments, row.get(3)?, row.get(4)?, row.get(5)?))
            })
            .optional()?;
        let Some((moments, failures, error, nothing_for_today)) = row else {
            return Ok(Health::default());
        };
        let [last_attempt, last_success, next_due, last_today, silence_told] =
            moments.map(|at| at.map(moment).transpose());
        Ok(Health {
            last_attempt: last_attempt?,
            last_success: last_success?,
            next_due: next_due?,
            failures,
            error,
            nothing_for_today,
            last_today: last_today?,
            silence_told: silence_told?,
        })
    }

    /// How a source answered for a place; `None`: it was never asked.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn asked(&self, place: PlaceId, source: Source) -> Result<Option<Asked>> {
        type Row = (i64, Option<bool>, Option<i64>, Option<String>);
        let row: Option<Row> = self
            .transaction
            .prepare_cached(
                "SELECT asked_at, covers, empty_since, error FROM place_source
                 WHERE place = ?1 AND source = ?2",
            )?
            .query_row(params![place.0, source.name()], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })
            .optional()?;
        row.map(|(asked_at, covers, empty_since, error)| {
            Ok(Asked {
                at: moment(asked_at)?,
                covers,
                empty_since: empty_since.map(moment).transpose()?,
                error,
            })
        })
        .transpose()
    }
}

/// How a source answered for a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// When it was last asked.
    pub at: DateTime<Utc>,
    /// Whether it has a zone for the place; `None`: its answers left that open.
    pub covers: Option<bool>,
    /// Since when it has answered without anything for the place.
    pub empty_since: Option<DateTime<Utc>>,
    /// The code of the error of the last question about the place.
    pub error: Option<String>,
}

impl Writer<'_> {
    /// Keeps how a source fares.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_health(&self, source: &str, health: &Health) -> Result<()> {
        self.transaction
            .prepare_cached(
                "INSERT INTO source (name, last_attempt, last_success, next_due, failures, error,
                                     nothing_for_today, last_today, silence_told)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                 ON CONFLICT (name) DO UPDATE SET
                     last_attempt = excluded.last_attempt, last_success = excluded.last_success,
                     next_due = excluded.next_due, failures = excluded.failures,
                     error = excluded.error, nothing_for_today = excluded.nothing_for_today,
                     last_today = excluded.last_today, silence_told = excluded.silence_told",
            )?
            .execute(params![
                source,
                health.last_attempt.map(|at| at.timestamp()),
                health.last_success.map(|at| at.timestamp()),
                health.next_due.map(|at| at.timestamp()),
                health.failures,
                health.error,
                health.nothing_for_today,
                health.last_today.map(|at| at.timestamp()),
                health.silence_told.map(|at| at.timestamp()),
            ])?;
        Ok(())
    }

    /// Keeps how a source answered for a place.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_asked(&self, place: PlaceId, source: Source, asked: &Asked) -> Result<()> {
        self.transaction
            .prepare_cached(
                "INSERT OR REPLACE INTO place_source
                     (place, source, asked_at, covers, empty_since, error)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                place.0,
                source.name(),
                asked.at.timestamp(),
                asked.covers,
                asked.empty_since.map(|at| at.timestamp()),
                asked.error,
            ])?;
        Ok(())
    }
}
