//! What the system was handed ahead of its time, and what became of alerts.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use ecosante_domain::decision::AlertId;
use ecosante_domain::person::PersonId;
use ecosante_domain::place::PlaceId;
use ecosante_domain::reading::midnight;
use rusqlite::{OptionalExtension, params};

use super::alert::ReadingKey;
use super::{Reader, Result, Writer, json, moment, word};
use crate::host::Planned;
use ecosante_domain::metric::Metric;
use ecosante_domain::reading::Reading;
use ecosante_domain::rule::Because;

/// A decision on one rule, with all that it was made from.
#[derive(Debug, Clone, PartialEq)]
pub struct JudgedRow {
    /// The metric.
    pub metric: Metric,
    /// Whether by the rule on events.
    pub event: bool,
    /// The name of the rule; `None` of a decision that an older version took.
    pub rule: Option<String>,
    /// The limit.
    pub threshold: u8,
    /// The reasons of the limit.
    pub because: Vec<Because>,
    /// Key of the publication behind the limit.
    pub evidence: Option<String>,
    /// What was decided.
    pub outcome: String,
    /// Why.
    pub reason: Option<String>,
    /// The level that decided.
    pub level: Option<u8>,
    /// When it was first taken.
    pub first_at: DateTime<Utc>,
    /// When it was last taken again.
    pub last_at: DateTime<Utc>,
    /// The alert.
    pub alert: Option<AlertId>,
    /// The reading that decided, if it is still stored.
    pub reading: Option<Reading>,
}

impl Reader<'_> {
    /// What is planned on a channel.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn planned(&self, channel: &str) -> Result<Vec<Planned>> {
        let mut statement = self.transaction.prepare_cached(
            "SELECT number, due_at, title, body FROM planned WHERE channel = ?1 ORDER BY due_at, id",
        )?;
        let mut rows = statement.query([channel])?;
        let mut planned = Vec::new();
        while let Some(row) = rows.next()? {
            planned.push(Planned {
                number: row.get(0)?,
                due_at: moment(row.get(1)?)?,
                title: row.get(2)?,
                body: row.get(3)?,
            });
        }
        Ok(planned)
    }

    /// The decisions on a person's rules at a place that held on a day there, by metric and in the
    /// order of time.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn judged_on(
        &self,
        person: PersonId,
        place: PlaceId,
        date: NaiveDate,
        zone: Tz,
    ) -> Result<Vec<JudgedRow>> {
        let begins = midnight(date, zone).timestamp();
        let ends = midnight(ecosante_domain::reading::next_day(date), zone).timestamp();
        let mut statement = self.transaction.prepare_cached(
            "SELECT metric, event, rule, threshold, because, evidence, outcome, reason, level,
                    first_at, last_at, alert, series, reading_target, published_at, revision
             FROM decision
             WHERE person = ?1 AND place = ?2 AND last_at >= ?3 AND first_at < ?4
             ORDER BY first_at, id",
        )?;
        let mut rows = statement.query(params![person.0, place.0, begins, ends])?;
        let mut judged = Vec::new();
        while let Some(row) = rows.next()? {
            let because: Option<String> = row.get(4)?;
            // A decision stores a key whole or not at all.
            let key = match row.get::<_, Option<i64>>(12)? {
                Some(series) => Some(ReadingKey {
                    series,
                    target: row.get(13)?,
                    published_at: row.get(14)?,
                    revision: row.get(15)?,
                }),
                None => None,
            };
            judged.push(JudgedRow {
                metric: word("metric", &row.get::<_, String>(0)?)?,
                event: row.get(1)?,
                rule: row.get(2)?,
                threshold: row.get(3)?,
                because: because.map_or(Ok(Vec::new()), |text| json("reasons", &text))?,
                evidence: row.get(5)?,
                outcome: row.get(6)?,
                reason: row.get(7)?,
                level: row.get(8)?,
                first_at: moment(row.get(9)?)?,
                last_at: moment(row.get(10)?)?,
                alert: row.get::<_, Option<i64>>(11)?.map(AlertId),
                reading: match key {
                    Some(key) => self.reading(key)?,
                    None => None,
                },
            });
        }
        Ok(judged)
    }

    /// The alerts that stand and were last told under a number.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn standing_under(&self, number: i64) -> Result<Vec<AlertId>> {
        let mut statement = self.transaction.prepare_cached(
            "SELECT DISTINCT alert FROM notification_alert
             JOIN notification ON notification = notification.id
             JOIN alert ON alert = alert.id
             WHERE coalesce(slot, notification.id) = ?1 AND withdrawal = 0 AND state = 'raised'
               AND NOT EXISTS (
                   SELECT 1 FROM notification_alert AS later
                   JOIN notification AS other ON later.notification = other.id
                   WHERE later.alert = notification_alert.alert
                     AND later.notification > notification_alert.notification
                     AND coalesce(other.slot, other.id) <> ?1)
             ORDER BY alert",
        )?;
        let rows = statement.query_map([number], |row| row.get(0).map(AlertId))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The alerts that the newest notification under a number is about.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn alerts_under(&self, number: i64) -> Result<Vec<AlertId>> {
        let mut statement = self.transaction.prepare_cached(
            "SELECT alert FROM notification_alert
             WHERE notification = (SELECT max(id) FROM notification WHERE coalesce(slot, id) = ?1)
             ORDER BY alert",
        )?;
        let rows = statement.query_map([number], |row| row.get(0).map(AlertId))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Whether somebody opened an alert, and whether they found it useful.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn opinion(&self, alert: AlertId) -> Result<(bool, Option<bool>)> {
        let mut statement = self
            .transaction
            .prepare_cached("SELECT opened_at IS NOT NULL, useful FROM alert WHERE id = ?1")?;
        let found = statement.query_row([alert.0], |row| Ok((row.get(0)?, row.get(1)?)));
        Ok(found.optional()?.unwrap_or_default())
    }
}

impl Writer<'_> {
    /// Replaces what is planned on a channel.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_planned(&self, channel: &str, planned: &[Planned]) -> Result<()> {
        self.transaction
            .prepare_cached("DELETE FROM planned WHERE channel = ?1")?
            .execute([channel])?;
        let mut statement = self.transaction.prepare_cached(
            "INSERT INTO planned (channel, number, due_at, title, body) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        for it in planned {
            let due_at = it.due_at.timestamp();
            statement.execute(params![channel, it.number, due_at, it.title, it.body])?;
        }
        Ok(())
    }

    /// Forgets what was planned for a moment that has come.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn forget_planned(&self, channel: &str, until: DateTime<Utc>) -> Result<()> {
        self.transaction
            .prepare_cached("DELETE FROM planned WHERE channel = ?1 AND due_at <= ?2")?
            .execute(params![channel, until.timestamp()])?;
        Ok(())
    }

    /// Keeps that somebody opened an alert, the first time.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_opened(&self, alert: AlertId, now: DateTime<Utc>) -> Result<()> {
        self.transaction
            .prepare_cached("UPDATE alert SET opened_at = coalesce(opened_at, ?2) WHERE id = ?1")?
            .execute(params![alert.0, now.timestamp()])?;
        Ok(())
    }

    /// Keeps whether somebody found an alert useful.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_useful(&self, alert: AlertId, useful: bool) -> Result<()> {
        self.transaction
            .prepare_cached("UPDATE alert SET useful = ?2 WHERE id = ?1")?
            .execute(params![alert.0, useful])?;
        Ok(())
    }
}
