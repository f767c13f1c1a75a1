//! How each source fares, and for which places it was asked.

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
        type Row = (Option<i64>, Option<i64>, Option<i64>, u32, Option<String>, bool);
        let row: Option<Row> = self
            .transaction
            .prepare_cached(
                "SELECT last_attempt, last_success, next_due, failures, error, nothing_for_today
                 FROM source WHERE name = ?1",
            )?
            .query_row([source], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
            })
            .optional()?;
        let Some((attempt, success, due, failures, error, nothing_for_today)) = row else {
            return Ok(Health::default());
        };
        Ok(Health {
            last_attempt: attempt.map(moment).transpose()?,
            last_success: success.map(moment).transpose()?,
            next_due: due.map(moment).transpose()?,
            failures,
            error,
            nothing_for_today,
        })
    }

    /// Whether a source was asked for a place, and if so whether it has a zone for it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn asked(&self, place: PlaceId, source: Source) -> Result<Option<Option<bool>>> {
        let row = self
            .transaction
            .prepare_cached("SELECT covers FROM place_source WHERE place = ?1 AND source = ?2")?
            .query_row(params![place.0, source.name()], |row| row.get(0))
            .optional()?;
        Ok(row)
    }
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
                                     nothing_for_today)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT (name) DO UPDATE SET
                     last_attempt = excluded.last_attempt, last_success = excluded.last_success,
                     next_due = excluded.next_due, failures = excluded.failures,
                     error = excluded.error, nothing_for_today = excluded.nothing_for_today",
            )?
            .execute(params![
                source,
                health.last_attempt.map(|at| at.timestamp()),
                health.last_success.map(|at| at.timestamp()),
                health.next_due.map(|at| at.timestamp()),
                health.failures,
                health.error,
                health.nothing_for_today,
            ])?;
        Ok(())
    }

    /// Keeps that a source was asked for a place; `covers` stays what it was where it is `None`.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_asked(
        &self,
        place: PlaceId,
        source: Source,
        covers: Option<bool>,
        asked_at: i64,
    ) -> Result<()> {
        self.transaction
            .prepare_cached(
                "INSERT INTO place_source (place, source, asked_at, covers)
                 VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (place, source) DO UPDATE SET
                     asked_at = excluded.asked_at,
                     covers = coalesce(excluded.covers, covers)",
            )?
            .execute(params![place.0, source.name(), asked_at, covers])?;
        Ok(())
    }
}
