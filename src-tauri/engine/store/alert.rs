//! Decisions, alerts, notifications and what became of them.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use ecosante_domain::alert::AlertState;
use ecosante_domain::decision::{AlertId, Episode, PastAlert};
use ecosante_domain::metric::Metric;
use ecosante_domain::person::PersonId;
use ecosante_domain::place::PlaceId;
use ecosante_domain::reading::Reading;
use ecosante_domain::rule::Because;
use rusqlite::{OptionalExtension, Row, params};

use super::{Reader, Result, StoreError, Writer, json, moment, to_json, word};

/// The natural key of a stored reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReadingKey {
    pub(super) series: i64,
    pub(super) target: i64,
    pub(super) published_at: i64,
    pub(super) revision: i64,
}

/// An alert as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct AlertRow {
    /// Its identity.
    pub id: AlertId,
    /// For whom; `None` once the person was removed.
    pub person: Option<PersonId>,
    /// Their name then.
    pub person_name: Option<String>,
    /// Where; `None` once the place was removed.
    pub place: Option<PlaceId>,
    /// Its name then.
    pub place_name: String,
    /// INSEE code of its commune.
    pub commune: Option<String>,
    /// Its time zone.
    pub time_zone: Tz,
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
    /// The highest level ahead, as it was last known.
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
    /// The notification in which it was last told.
    pub notification: Option<i64>,
}

/// An alert to be stored.
#[derive(Debug, Clone)]
pub struct NewAlert<'a> {
    /// For whom.
    pub person: PersonId,
    /// Their name.
    pub person_name: Option<&'a str>,
    /// Where.
    pub place: PlaceId,
    /// Its name.
    pub place_name: &'a str,
    /// INSEE code of its commune.
    pub commune: Option<&'a str>,
    /// Its time zone.
    pub time_zone: Tz,
    /// The metric.
    pub metric: Metric,
    /// Whether it is about an ATMO "évènement".
    pub event: bool,
    /// The name of the rule.
    pub rule: String,
    /// The limit.
    pub threshold: u8,
    /// The reasons of the limit.
    pub because: &'a [Because],
    /// Key of the publication behind the limit.
    pub evidence: Option<&'a str>,
    /// Whether the limit is the app's choice.
    pub own_choice: bool,
    /// The episode.
    pub episode: Episode,
    /// Its highest level.
    pub level: u8,
    /// When it is raised.
    pub raised_at: DateTime<Utc>,
}

/// A decision to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDecision<'a> {
    /// For whom.
    pub person: PersonId,
    /// Their name.
    pub person_name: Option<&'a str>,
    /// Where.
    pub place: PlaceId,
    /// Its name.
    pub place_name: &'a str,
    /// The metric.
    pub metric: Metric,
    /// Whether by the rule on events.
    pub event: bool,
    /// The name of the rule.
    pub rule: String,
    /// The limit.
    pub threshold: u8,
    /// The reasons of the limit.
    pub because: &'a [Because],
    /// Key of the publication behind the limit.
    pub evidence: Option<&'a str>,
    /// What was decided: `raised`, `held` (quiet hours), `early` (lead time), `muted`,
    /// `already-told`, `withdrawn`, `over`, `below`, `no-data`.
    pub outcome: &'static str,
    /// Why, where there is more than one way.
    pub reason: Option<&'static str>,
    /// The level that decided.
    pub level: Option<u8>,
    /// Its target.
    pub target: Option<String>,
    /// The reading that decided.
    pub reading: Option<ReadingKey>,
    /// The alert.
    pub alert: Option<AlertId>,
}

/// A notification to be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewNotification<'a> {
    /// One line.
    pub title: &'a str,
    /// At most four lines.
    pub body: &'a str,
    /// The alerts that it tells or takes back.
    pub alerts: &'a [AlertId],
    /// Whether it takes them back.
    pub withdrawal: bool,
    /// Until when it is worth being shown.
    pub relevant_to: DateTime<Utc>,
    /// The number of the one whose place it takes on the screen.
    pub replaces: Option<i64>,
    /// Whether it is shown in quiet hours too.
    pub urgent: bool,
}

/// A stored decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionRow {
    /// When it was first taken.
    pub first_at: DateTime<Utc>,
    /// When it was last taken again.
    pub last_at: DateTime<Utc>,
    /// What was decided.
    pub outcome: String,
    /// Why.
    pub reason: Option<String>,
    /// The level that decided.
    pub level: Option<u8>,
}

/// A notification as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotificationRow {
    /// Its identity.
    pub id: i64,
    /// The number under which it is shown: that of the one whose place it takes, else its own.
    pub number: i64,
    /// Whether it is shown in quiet hours too.
    pub urgent: bool,
    /// One line.
    pub title: String,
    /// Up to four lines.
    pub body: String,
    /// The alerts that it tells or takes back.
    pub alerts: Vec<AlertId>,
}

/// What became of a notification on a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryOutcome {
    /// It was handed over.
    Delivered,
    /// The system refused it.
    Failed,
}

const ALERT: &str = "id, person, person_name, place, place_name, commune, time_zone, metric, event,
    rule, threshold, because, evidence, own_choice, starts, ends, level, told_level, told_at,
    raised_at, state, advice,
    (SELECT max(notification) FROM notification_alert WHERE alert = alert.id)";

pub(super) fn state(name: &str) -> Result<AlertState> {
    AlertState::ALL
        .into_iter()
        .find(|state| state.name() == name)
        .ok_or_else(|| StoreError::Content { what: "alert state", why: name.to_owned() })
}

fn alert(row: &Row<'_>) -> Result<AlertRow> {
    Ok(AlertRow {
        id: AlertId(row.get(0)?),
        person: row.get::<_, Option<i64>>(1)?.map(PersonId),
        person_name: row.get(2)?,
        place: row.get::<_, Option<i64>>(3)?.map(PlaceId),
        place_name: row.get(4)?,
        commune: row.get(5)?,
        time_zone: word("time zone", &row.get::<_, String>(6)?)?,
        metric: word("metric", &row.get::<_, String>(7)?)?,
        event: row.get(8)?,
        rule: row.get(9)?,
        threshold: row.get(10)?,
        because: json("reasons", &row.get::<_, String>(11)?)?,
        evidence: row.get(12)?,
        own_choice: row.get(13)?,
        starts: moment(row.get(14)?)?,
        ends: moment(row.get(15)?)?,
        level: row.get(16)?,
        told_level: row.get(17)?,
        told_at: row.get::<_, Option<i64>>(18)?.map(moment).transpose()?,
        raised_at: moment(row.get(19)?)?,
        state: state(&row.get::<_, String>(20)?)?,
        advice: row.get(21)?,
        notification: row.get(22)?,
    })
}

impl Reader<'_> {
    fn alerts_where(
        &self,
        condition: &str,
        values: impl rusqlite::Params,
    ) -> Result<Vec<AlertRow>> {
        let sql = format!("SELECT {ALERT} FROM alert WHERE {condition}");
        let mut statement = self.transaction.prepare_cached(&sql)?;
        let mut rows = statement.query(values)?;
        let mut alerts = Vec::new();
        while let Some(row) = rows.next()? {
            alerts.push(alert(row)?);
        }
        Ok(alerts)
    }

    /// The alerts that were raised, told or not yet over since a moment, the latest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn alerts_since(&self, since: DateTime<Utc>) -> Result<Vec<AlertRow>> {
        self.alerts_where(
            "raised_at >= ?1 OR told_at >= ?1 OR ends >= ?1 OR state IN ('raised', 'held')
             ORDER BY raised_at DESC, id DESC",
            [since.timestamp()],
        )
    }

    /// The alert with this identity.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn alert(&self, id: AlertId) -> Result<Option<AlertRow>> {
        Ok(self.alerts_where("id = ?1", [id.0])?.pop())
    }

    /// The alerts that still wait for their end: told or held.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn standing_alerts(&self) -> Result<Vec<AlertRow>> {
        self.alerts_where("state IN ('raised', 'held') ORDER BY id", [])
    }

    /// What the domain needs to know of the alerts of one person, place, metric and kind of rule
    /// whose episode reaches past `since`, or that still stand.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn past_alerts(
        &self,
        person: PersonId,
        place: PlaceId,
        metric: Metric,
        event: bool,
        since: DateTime<Utc>,
    ) -> Result<Vec<PastAlert>> {
        let rows = self.alerts_where(
            "person = ?1 AND place = ?2 AND metric = ?3 AND event = ?4
             AND (ends >= ?5 OR state IN ('raised', 'held')) ORDER BY id",
            params![person.0, place.0, metric.to_string(), event, since.timestamp()],
        )?;
        let past = |row: AlertRow| PastAlert {
            id: row.id,
            starts: row.starts,
            ends: row.ends,
            threshold: row.threshold,
            told_level: row.told_level,
            told_at: row.told_at,
            withdrawn: row.state == AlertState::Withdrawn,
            over: row.state == AlertState::Over,
        };
        Ok(rows.into_iter().map(past).collect())
    }

    /// The readings that caused an alert, in the order of their targets.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn alert_causes(&self, alert: AlertId) -> Result<Vec<Reading>> {
        let mut causes = Vec::new();
        for key in self.alert_readings(alert)? {
            causes.extend(self.reading(key)?);
        }
        Ok(causes)
    }

    fn alert_readings(&self, alert: AlertId) -> Result<Vec<ReadingKey>> {
        let mut statement = self.transaction.prepare_cached(
            "SELECT series, target, published_at, revision FROM alert_reading
             WHERE alert = ?1 ORDER BY target, published_at, revision",
        )?;
        let rows = statement.query_map([alert.0], |row| {
            Ok(ReadingKey {
                series: row.get(0)?,
                target: row.get(1)?,
                published_at: row.get(2)?,
                revision: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The decisions about an alert, in their order.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn decisions(&self, alert: AlertId) -> Result<Vec<DecisionRow>> {
        let mut statement = self.transaction.prepare_cached(
            "SELECT first_at, last_at, outcome, reason, level FROM decision
             WHERE alert = ?1 ORDER BY id",
        )?;
        let mut rows = statement.query([alert.0])?;
        let mut decisions = Vec::new();
        while let Some(row) = rows.next()? {
            decisions.push(DecisionRow {
                first_at: moment(row.get(0)?)?,
                last_at: moment(row.get(1)?)?,
                outcome: row.get(2)?,
                reason: row.get(3)?,
                level: row.get(4)?,
            });
        }
        Ok(decisions)
    }

    /// When each piece of advice was last shown to a person.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn advice_shown(&self, person: PersonId) -> Result<BTreeMap<String, DateTime<Utc>>> {
        let mut statement = self
            .transaction
            .prepare_cached("SELECT advice, shown_at FROM advice_shown WHERE person = ?1")?;
        let rows = statement.query_map([person.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.map(|row| {
            let (advice, at) = row?;
            Ok((advice, moment(at)?))
        })
        .collect()
    }

    /// Whether a notification of an alert was handed over on any channel.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn was_delivered(&self, alert: AlertId) -> Result<bool> {
        let mut statement = self.transaction.prepare_cached(
            "SELECT EXISTS (
                 SELECT 1 FROM notification_alert AS tells
                 JOIN notification AS told ON told.id = tells.notification
                 LEFT JOIN delivery ON delivery.notification = told.id
                 WHERE tells.alert = ?1
                   AND (outcome = 'delivered' OR shown_elsewhere_at IS NOT NULL))",
        )?;
        Ok(statement.query_row([alert.0], |row| row.get(0))?)
    }

    /// The number under which an alert was last told.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn shown_under(&self, alert: AlertId) -> Result<Option<i64>> {
        let mut statement = self.transaction.prepare_cached(
            "SELECT coalesce(slot, id) FROM notification
             JOIN notification_alert ON notification = id
             WHERE alert = ?1 AND withdrawal = 0 ORDER BY id DESC LIMIT 1",
        )?;
        Ok(statement.query_row([alert.0], |row| row.get(0)).optional()?)
    }

    /// The notifications that were not handed over on a channel and still matter at `now`, oldest
    /// first: never attempted there, refused, or without a known outcome. Those whose alerts have
    /// ended or were told again since matter no more.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn undelivered(&self, channel: &str, now: DateTime<Utc>) -> Result<Vec<NotificationRow>> {
        let mut statement = self.transaction.prepare_cached(
            "SELECT id, title, body, coalesce(slot, id), urgent FROM notification
             LEFT JOIN delivery ON delivery.notification = notification.id AND channel = ?1
             WHERE outcome IS NOT 'delivered' AND shown_elsewhere_at IS NULL
               AND relevant_to > ?2 AND created_at <= ?2
               AND (NOT EXISTS (
                   SELECT 1 FROM notification_alert AS tells
                   WHERE tells.notification = notification.id)
               OR EXISTS (
                   SELECT 1 FROM notification_alert AS tells
                   JOIN alert ON alert.id = tells.alert
                   WHERE tells.notification = notification.id
                     AND alert.state = CASE withdrawal WHEN 0 THEN 'raised' ELSE 'withdrawn' END
                     AND NOT EXISTS (
                         SELECT 1 FROM notification_alert AS later
                         WHERE later.alert = tells.alert
                           AND later.notification > tells.notification)))
             ORDER BY id",
        )?;
        let rows = statement.query_map(params![channel, now.timestamp()], |row| {
            Ok(NotificationRow {
                id: row.get(0)?,
                title: row.get(1)?,
                body: row.get(2)?,
                number: row.get(3)?,
                urgent: row.get(4)?,
                alerts: Vec::new(),
            })
        })?;
        let mut notifications: Vec<_> = rows.collect::<rusqlite::Result<_>>()?;
        let mut statement = self.transaction.prepare_cached(
            "SELECT alert FROM notification_alert WHERE notification = ?1 ORDER BY alert",
        )?;
        for notification in &mut notifications {
            let alerts = statement.query_map([notification.id], |row| row.get(0).map(AlertId))?;
            notification.alerts = alerts.collect::<rusqlite::Result<_>>()?;
        }
        Ok(notifications)
    }
}

impl Writer<'_> {
    /// Stores a new alert as held: it is raised by [`Writer::tell`].
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_alert(&self, new: &NewAlert<'_>) -> Result<AlertId> {
        self.transaction
            .prepare_cached(
                "INSERT INTO alert (person, person_name, place, place_name, commune, time_zone,
                                    metric, event, rule, threshold, because, evidence, own_choice,
                                    starts, ends, level, raised_at, state)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,
                         ?17, 'held')",
            )?
            .execute(params![
                new.person.0,
                new.person_name,
                new.place.0,
                new.place_name,
                new.commune,
                new.time_zone.name(),
                new.metric.to_string(),
                new.event,
                new.rule,
                new.threshold,
                to_json("reasons", &new.because)?,
                new.evidence,
                new.own_choice,
                new.episode.starts.timestamp(),
                new.episode.ends.timestamp(),
                new.level,
                new.raised_at.timestamp(),
            ])?;
        Ok(AlertId(self.transaction.last_insert_rowid()))
    }

    /// Keeps how an alert's episode is known now; without a level ahead, the last one stays.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_episode(&self, alert: AlertId, episode: Episode, level: Option<u8>) -> Result<()> {
        self.transaction
            .prepare_cached(
                "UPDATE alert SET starts = ?2, ends = ?3, level = coalesce(?4, level)
                 WHERE id = ?1",
            )?
            .execute(params![
                alert.0,
                episode.starts.timestamp(),
                episode.ends.timestamp(),
                level
            ])?;
        Ok(())
    }

    /// Keeps where an alert stands.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_state(&self, alert: AlertId, state: AlertState) -> Result<()> {
        self.transaction
            .prepare_cached("UPDATE alert SET state = ?2 WHERE id = ?1")?
            .execute(params![alert.0, state.name()])?;
        Ok(())
    }

    /// Keeps that an alert is told now, at which level and with which advice.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn tell(
        &self,
        alert: AlertId,
        level: u8,
        advice: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<()> {
        self.transaction
            .prepare_cached(
                "UPDATE alert SET state = 'raised', told_level = max(coalesce(told_level, 0), ?2),
                                  told_at = ?3, advice = coalesce(?4, advice)
                 WHERE id = ?1",
            )?
            .execute(params![alert.0, level, now.timestamp(), advice])?;
        Ok(())
    }

    /// Keeps which readings caused an alert.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_alert_reading(&self, alert: AlertId, key: ReadingKey) -> Result<()> {
        self.transaction
            .prepare_cached(
                "INSERT OR IGNORE INTO alert_reading (alert, series, target, published_at, revision)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                alert.0,
                key.series,
                key.target,
                key.published_at,
                key.revision
            ])?;
        Ok(())
    }

    /// Keeps a decision; the same one taken again only moves its last time.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_decision(&self, new: &NewDecision<'_>, now: DateTime<Utc>) -> Result<()> {
        let latest: Option<i64> = self
            .transaction
            .prepare_cached(
                "SELECT id FROM decision
                 WHERE id = (SELECT max(id) FROM decision
                             WHERE person = ?1 AND place = ?2 AND metric = ?3 AND event = ?4
                                   AND alert IS ?10)
                   AND threshold = ?5 AND outcome = ?6 AND reason IS ?7 AND level IS ?8
                   AND target IS ?9 AND rule IS ?11 AND series IS ?12 AND published_at IS ?13
                   AND revision IS ?14",
            )?
            .query_row(
                params![
                    new.person.0,
                    new.place.0,
                    new.metric.to_string(),
                    new.event,
                    new.threshold,
                    new.outcome,
                    new.reason,
                    new.level,
                    new.target,
                    new.alert.map(|alert| alert.0),
                    new.rule,
                    new.reading.map(|key| key.series),
                    new.reading.map(|key| key.published_at),
                    new.reading.map(|key| key.revision),
                ],
                |row| row.get(0),
            )
            .optional()?;
        if let Some(id) = latest {
            self.transaction
                .prepare_cached("UPDATE decision SET last_at = max(last_at, ?2) WHERE id = ?1")?
                .execute([id, now.timestamp()])?;
            return Ok(());
        }
        self.transaction
            .prepare_cached(
                "INSERT INTO decision (first_at, last_at, person, person_name, place, place_name,
                                       metric, event, threshold, outcome, reason, level, target,
                                       alert, rule, because, evidence, series, reading_target,
                                       published_at, revision)
                 VALUES (?1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,
                         ?17, ?18, ?19, ?20)",
            )?
            .execute(params![
                now.timestamp(),
                new.person.0,
                new.person_name,
                new.place.0,
                new.place_name,
                new.metric.to_string(),
                new.event,
                new.threshold,
                new.outcome,
                new.reason,
                new.level,
                new.target,
                new.alert.map(|alert| alert.0),
                new.rule,
                to_json("reasons", &new.because)?,
                new.evidence,
                new.reading.map(|key| key.series),
                new.reading.map(|key| key.target),
                new.reading.map(|key| key.published_at),
                new.reading.map(|key| key.revision),
            ])?;
        Ok(())
    }

    /// Stores a notification that is to be handed over on every channel.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_notification(&self, new: &NewNotification<'_>, now: DateTime<Utc>) -> Result<i64> {
        let NewNotification { title, body, alerts, .. } = *new;
        self.transaction
            .prepare_cached(
                "INSERT INTO notification (created_at, relevant_to, withdrawal, title, body, slot,
                                           urgent)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                now.timestamp(),
                // Whatever it says, it is worth an hour.
                new.relevant_to.max(now + TimeDelta::hours(1)).timestamp(),
                new.withdrawal,
                title,
                body,
                new.replaces,
                new.urgent,
            ])?;
        let id = self.transaction.last_insert_rowid();
        let mut statement = self.transaction.prepare_cached(
            "INSERT OR IGNORE INTO notification_alert (notification, alert) VALUES (?1, ?2)",
        )?;
        for alert in alerts {
            statement.execute([id, alert.0])?;
        }
        Ok(id)
    }

    /// Keeps that a notification is about to be handed over.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn begin_delivery(
        &self,
        notification: i64,
        channel: &str,
        now: DateTime<Utc>,
    ) -> Result<()> {
        self.transaction
            .prepare_cached(
                "INSERT INTO delivery (notification, channel, attempted_at) VALUES (?1, ?2, ?3)
                 ON CONFLICT (notification, channel) DO UPDATE SET
                     attempted_at = excluded.attempted_at",
            )?
            .execute(params![notification, channel, now.timestamp()])?;
        Ok(())
    }

    /// Keeps what became of a notification on a channel.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn end_delivery(
        &self,
        notification: i64,
        channel: &str,
        outcome: DeliveryOutcome,
    ) -> Result<()> {
        let outcome = match outcome {
            DeliveryOutcome::Delivered => "delivered",
            DeliveryOutcome::Failed => "failed",
        };
        self.transaction
            .prepare_cached(
                "UPDATE delivery SET outcome = ?3 WHERE notification = ?1 AND channel = ?2",
            )?
            .execute(params![notification, channel, outcome])?;
        Ok(())
    }

    /// Keeps that a piece of advice was shown to a person.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_advice_shown(
        &self,
        person: PersonId,
        advice: &str,
        now: DateTime<Utc>,
    ) -> Result<()> {
        self.transaction
            .prepare_cached(
                "INSERT INTO advice_shown (person, advice, shown_at) VALUES (?1, ?2, ?3)
                 ON CONFLICT (person, advice) DO UPDATE SET shown_at = excluded.shown_at",
            )?
            .execute(params![person.0, advice, now.timestamp()])?;
        Ok(())
    }
}
