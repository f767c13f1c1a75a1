//! All that is the person's, read row by row: nothing of it is held in memory as a whole.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use ecosante_domain::knowledge::Nearness;
use ecosante_domain::person::Profile;
use ecosante_domain::place::{CommuneRef, PlaceId};
use rusqlite::{Row, Transaction, TransactionBehavior};

use super::diary::day;
use super::portable::{
    AdviceMarkEntry, AdviceShownEntry, AlertEntry, DecisionEntry, DiaryEntry, Entry,
    NotificationEntry, PeriodWord, PersonEntry, PlaceEntry, ReadingEntry, ReadingRef, SentEntry,
    SeriesEntry, SettingsEntry, ZoneEntry,
};
use super::{Reader, Result, Store, StoreError, alert, json, moment, reading, settings, word};

/// The number of each row in an export, by its identity in the store.
type Numbers = BTreeMap<i64, i64>;

/// What rows refer to.
#[derive(Default)]
struct Known {
    places: Numbers,
    people: Numbers,
    series: Numbers,
    periods: BTreeMap<i64, PeriodWord>,
    alerts: Numbers,
    notifications: Numbers,
}

/// The next number, for a row of this identity.
fn numbered(numbers: &mut Numbers, id: i64) -> i64 {
    let number = i64::try_from(numbers.len()).unwrap_or(i64::MAX - 1) + 1;
    numbers.insert(id, number);
    number
}

fn number(numbers: &Numbers, id: Option<i64>) -> Option<i64> {
    numbers.get(&id?).copied()
}

fn moment_of(row: &Row<'_>, column: usize) -> Result<DateTime<Utc>> {
    moment(row.get(column)?)
}

fn maybe_moment(row: &Row<'_>, column: usize) -> Result<Option<DateTime<Utc>>> {
    row.get::<_, Option<i64>>(column)?.map(moment).transpose()
}

fn publication(millis: i64) -> Option<DateTime<Utc>> {
    if millis == 0 { None } else { DateTime::from_timestamp_millis(millis) }
}

impl Store {
    /// Hands over all that is the person's, one row after the other, of one consistent state of the
    /// file: first what others refer to.
    ///
    /// # Errors
    /// When the file cannot be read, and whatever `take` reports.
    pub fn each_entry<E: From<StoreError>>(
        &self,
        take: &mut dyn FnMut(Entry) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let transaction =
            Transaction::new_unchecked(&self.connection, TransactionBehavior::Deferred)
                .map_err(StoreError::from)?;
        let reader = Reader { transaction: &transaction };
        let mut known = Known::default();
        take(Entry::Settings(reader.settings_entry()?))?;
        reader.places_and_people(&mut known, take)?;
        reader.published(&mut known, take)?;
        reader.judged(&mut known, take)?;
        reader.noted(&known, take)
    }
}

impl Reader<'_> {
    /// Runs a query and hands over each row as it is read.
    fn each<T, E: From<StoreError>>(
        &self,
        sql: &str,
        mut read: impl FnMut(&Row<'_>) -> Result<T>,
        mut take: impl FnMut(T) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let mut statement = self.transaction.prepare(sql).map_err(StoreError::from)?;
        let mut rows = statement.query([]).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            take(read(row)?)?;
        }
        Ok(())
    }

    fn settings_entry(&self) -> Result<SettingsEntry> {
        Ok(SettingsEntry {
            language: self.setting(settings::LANGUAGE)?,
            quiet_hours: self.setting(settings::QUIET_HOURS)?,
            gateway: self.setting(settings::GATEWAY)?,
            relay: self.setting(settings::RELAY)?,
            retention_years: self.setting(settings::RETENTION)?,
            lead: self.setting(settings::LEAD)?,
            digest: self.setting(settings::DIGEST)?,
            digest_told: self.setting(settings::DIGESTED)?,
        })
    }

    fn places_and_people<E: From<StoreError>>(
        &self,
        known: &mut Known,
        take: &mut dyn FnMut(Entry) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let place = |row: &Row<'_>| {
            let commune = match (row.get(2)?, row.get(3)?) {
                (Some(code), Some(name)) => Some(CommuneRef {
                    code,
                    name,
                    epci: row.get(4)?,
                    departement: row.get::<_, Option<String>>(5)?.unwrap_or_default(),
                }),
                _ => None,
            };
            let id: i64 = row.get(0)?;
            Ok(PlaceEntry {
                id: numbered(&mut known.places, id),
                name: row.get(1)?,
                commune,
                latitude: row.get(6)?,
                longitude: row.get(7)?,
                time_zone: row.get(8)?,
                added_at: moment_of(row, 9)?,
                zones: self.zone_entries(id)?,
            })
        };
        self.each(
            "SELECT id, name, commune_code, commune_name, epci, departement, latitude, longitude,
                    time_zone, added_at
             FROM place ORDER BY id",
            place,
            |it| take(Entry::Place(it)),
        )?;
        let (places, people) = (&known.places, &mut known.people);
        let person = |row: &Row<'_>| {
            let mut profile: Profile = json("profile", &row.get::<_, String>(3)?)?;
            if let Some(ids) = &mut profile.places {
                let numbers = ids.iter().filter_map(|id| number(places, Some(id.0)));
                *ids = numbers.map(PlaceId).collect();
            }
            Ok(PersonEntry {
                id: numbered(people, row.get(0)?),
                name: row.get(1)?,
                added_at: moment_of(row, 2)?,
                profile,
            })
        };
        self.each("SELECT id, name, added_at, profile FROM person ORDER BY id", person, |it| {
            take(Entry::Person(it))
        })
    }

    fn zone_entries(&self, place: i64) -> Result<Vec<ZoneEntry>> {
        let mut statement = self.transaction.prepare_cached(
            "SELECT source, code, name, nearness FROM place_zone
             WHERE place = ?1 ORDER BY source, code, name",
        )?;
        let mut rows = statement.query([place])?;
        let mut zones = Vec::new();
        while let Some(row) = rows.next()? {
            let nearness: String = row.get(3)?;
            zones.push(ZoneEntry {
                source: word("source", &row.get::<_, String>(0)?)?,
                code: row.get(1)?,
                name: row.get(2)?,
                nearness: Nearness::ALL
                    .into_iter()
                    .find(|known| known.name() == nearness)
                    .ok_or(StoreError::Content { what: "nearness", why: nearness })?,
            });
        }
        Ok(zones)
    }

    fn published<E: From<StoreError>>(
        &self,
        known: &mut Known,
        take: &mut dyn FnMut(Entry) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let mut ids = Vec::new();
        let series = |row: &Row<'_>| {
            let (id, scale): (i64, String) = (row.get(0)?, row.get(5)?);
            let period = match row.get::<_, String>(6)?.as_str() {
                "hour" => PeriodWord::Hour,
                _ => PeriodWord::Day,
            };
            ids.push(id);
            known.periods.insert(id, period);
            Ok(SeriesEntry {
                id: numbered(&mut known.series, id),
                source: word("source", &row.get::<_, String>(1)?)?,
                zone_code: row.get(2)?,
                zone_name: row.get(3)?,
                metric: word("metric", &row.get::<_, String>(4)?)?,
                scale: if scale.is_empty() { None } else { Some(word("scale", &scale)?) },
                period,
                basis: word("basis", &row.get::<_, String>(7)?)?,
            })
        };
        self.each(
            "SELECT id, source, zone_code, zone_name, metric, scale, period, basis FROM series
             ORDER BY source, zone_code, zone_name, metric, scale, period, basis",
            series,
            |it| take(Entry::Series(it)),
        )?;
        let mut statement = self
            .transaction
            .prepare(
                "SELECT target, published_at, revision, level, value, fetched_at, hours, note
                 FROM reading WHERE series = ?1 ORDER BY target, published_at, revision",
            )
            .map_err(StoreError::from)?;
        for id in ids {
            let mut rows = statement.query([id]).map_err(StoreError::from)?;
            while let Some(row) = rows.next().map_err(StoreError::from)? {
                take(Entry::Reading(reading_entry(known, id, row)?))?;
            }
        }
        Ok(())
    }

    fn judged<E: From<StoreError>>(
        &self,
        known: &mut Known,
        take: &mut dyn FnMut(Entry) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        self.each(
            "SELECT id, person, person_name, place, place_name, commune, time_zone, metric, event,
                    rule, threshold, because, evidence, own_choice, starts, ends, level,
                    told_level, told_at, raised_at, state, advice, opened_at, useful
             FROM alert ORDER BY id",
            |row| self.alert_entry(known, row),
            |it| take(Entry::Alert(it)),
        )?;
        self.each(
            "SELECT first_at, last_at, person, person_name, place, place_name, metric, event, rule,
                    threshold, because, evidence, outcome, reason, level, target, series,
                    reading_target, published_at, revision, alert
             FROM decision ORDER BY id",
            |row| decision_entry(known, row),
            |it| take(Entry::Decision(it)),
        )?;
        self.each(
            "SELECT id, created_at, relevant_to, withdrawal, urgent, title, body, slot,
                    (SELECT min(at) FROM (
                         SELECT shown_elsewhere_at AS at
                         UNION ALL
                         SELECT attempted_at FROM delivery
                         WHERE delivery.notification = notification.id AND outcome = 'delivered'))
             FROM notification ORDER BY id",
            |row| self.notification_entry(known, row),
            |it| take(Entry::Notification(it)),
        )
    }

    fn alert_entry(&self, known: &mut Known, row: &Row<'_>) -> Result<AlertEntry> {
        let id: i64 = row.get(0)?;
        let mut statement = self.transaction.prepare_cached(
            "SELECT series, target, published_at, revision FROM alert_reading
             WHERE alert = ?1 ORDER BY series, target, published_at, revision",
        )?;
        let mut causes = statement.query([id])?;
        let mut readings = Vec::new();
        while let Some(cause) = causes.next()? {
            let key = (cause.get(0)?, cause.get(1)?, cause.get(2)?, cause.get(3)?);
            readings.extend(reading_ref(known, key)?);
        }
        // Those of an export are in its own order.
        readings.sort_by_key(|it| (it.0, it.1, it.2, it.3));
        Ok(AlertEntry {
            id: numbered(&mut known.alerts, id),
            person: number(&known.people, row.get(1)?),
            person_name: row.get(2)?,
            place: number(&known.places, row.get(3)?),
            place_name: row.get(4)?,
            commune: row.get(5)?,
            time_zone: row.get(6)?,
            metric: word("metric", &row.get::<_, String>(7)?)?,
            event: row.get(8)?,
            rule: row.get(9)?,
            threshold: row.get(10)?,
            because: json("reasons", &row.get::<_, String>(11)?)?,
            evidence: row.get(12)?,
            own_choice: row.get(13)?,
            starts: moment_of(row, 14)?,
            ends: moment_of(row, 15)?,
            level: row.get(16)?,
            told_level: row.get(17)?,
            told_at: maybe_moment(row, 18)?,
            raised_at: moment_of(row, 19)?,
            state: alert::state(&row.get::<_, String>(20)?)?,
            advice: row.get(21)?,
            opened_at: maybe_moment(row, 22)?,
            useful: row.get(23)?,
            readings,
        })
    }

    fn notification_entry(&self, known: &mut Known, row: &Row<'_>) -> Result<NotificationEntry> {
        let id: i64 = row.get(0)?;
        let mut statement = self.transaction.prepare_cached(
            "SELECT alert FROM notification_alert WHERE notification = ?1 ORDER BY alert",
        )?;
        let alerts = statement.query_map([id], |row| row.get::<_, i64>(0))?;
        let alerts: Vec<i64> = alerts.collect::<rusqlite::Result<_>>()?;
        Ok(NotificationEntry {
            id: numbered(&mut known.notifications, id),
            created_at: moment_of(row, 1)?,
            relevant_to: moment_of(row, 2)?,
            withdrawal: row.get(3)?,
            urgent: row.get(4)?,
            title: row.get(5)?,
            body: row.get(6)?,
            replaces: number(&known.notifications, row.get(7)?),
            alerts: alerts.into_iter().filter_map(|it| number(&known.alerts, Some(it))).collect(),
            shown_at: maybe_moment(row, 8)?,
        })
    }

    fn noted<E: From<StoreError>>(
        &self,
        known: &Known,
        take: &mut dyn FnMut(Entry) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let person = |row: &Row<'_>| -> Result<i64> {
            Ok(number(&known.people, row.get(0)?).unwrap_or_default())
        };
        self.each(
            "SELECT person, advice, shown_at FROM advice_shown ORDER BY person, advice",
            |row| {
                Ok(AdviceShownEntry {
                    person: person(row)?,
                    advice: row.get(1)?,
                    shown_at: moment_of(row, 2)?,
                })
            },
            |it| take(Entry::AdviceShown(it)),
        )?;
        self.each(
            "SELECT person, advice, mark, day, at FROM advice_mark
             ORDER BY person, day, advice, mark",
            |row| {
                Ok(AdviceMarkEntry {
                    person: person(row)?,
                    advice: row.get(1)?,
                    mark: row.get(2)?,
                    day: day(row.get(3)?)?,
                    at: moment_of(row, 4)?,
                })
            },
            |it| take(Entry::AdviceMark(it)),
        )?;
        self.each(
            "SELECT person, day, nose, eyes, breathing, skin, fatigue, treatment, place, at
             FROM diary ORDER BY person, day",
            |row| {
                Ok(DiaryEntry {
                    person: person(row)?,
                    day: day(row.get(1)?)?,
                    nose: row.get(2)?,
                    eyes: row.get(3)?,
                    breathing: row.get(4)?,
                    skin: row.get(5)?,
                    fatigue: row.get(6)?,
                    treatment: row.get(7)?,
                    place: number(&known.places, row.get(8)?),
                    at: moment_of(row, 9)?,
                })
            },
            |it| take(Entry::Diary(it)),
        )?;
        self.each(
            "SELECT at, host, producer, purpose, what, outcome FROM sent ORDER BY at, id",
            |row| {
                Ok(SentEntry {
                    at: moment_of(row, 0)?,
                    host: row.get(1)?,
                    producer: row.get(2)?,
                    purpose: row.get(3)?,
                    what: json("what was sent", &row.get::<_, String>(4)?)?,
                    outcome: row.get(5)?,
                })
            },
            |it| take(Entry::Sent(it)),
        )
    }
}

fn reading_entry(known: &Known, series: i64, row: &Row<'_>) -> Result<ReadingEntry> {
    let key = (series, row.get(0)?, row.get(1)?, row.get(2)?);
    let Some(ReadingRef(series, target, published_at, revision)) = reading_ref(known, key)? else {
        return Err(StoreError::Content { what: "reading", why: "without a series".to_owned() });
    };
    Ok(ReadingEntry(
        series,
        target,
        published_at,
        revision,
        row.get(3)?,
        row.get(4)?,
        moment_of(row, 5)?,
        row.get(6)?,
        row.get(7)?,
    ))
}

/// A reading by its key in the store: series, target, publication, revision; `None` where its series
/// is deleted.
fn reading_ref(known: &Known, key: (i64, i64, i64, i64)) -> Result<Option<ReadingRef>> {
    let (series, target, published_at, revision) = key;
    let (Some(number), Some(period)) = (known.series.get(&series), known.periods.get(&series))
    else {
        return Ok(None);
    };
    let target = match period {
        PeriodWord::Hour => reading::target("hour", target)?,
        PeriodWord::Day => reading::target("day", target)?,
    };
    Ok(Some(ReadingRef(*number, target, publication(published_at), revision)))
}

fn decision_entry(known: &Known, row: &Row<'_>) -> Result<DecisionEntry> {
    let because: Option<String> = row.get(10)?;
    let reading = match row.get::<_, Option<i64>>(16)? {
        Some(series) => reading_ref(known, (series, row.get(17)?, row.get(18)?, row.get(19)?))?,
        None => None,
    };
    Ok(DecisionEntry {
        first_at: moment_of(row, 0)?,
        last_at: moment_of(row, 1)?,
        person: number(&known.people, row.get(2)?),
        person_name: row.get(3)?,
        place: number(&known.places, row.get(4)?),
        place_name: row.get(5)?,
        metric: word("metric", &row.get::<_, String>(6)?)?,
        event: row.get(7)?,
        rule: row.get(8)?,
        threshold: row.get(9)?,
        because: because.map(|text| json("reasons", &text)).transpose()?,
        evidence: row.get(11)?,
        outcome: row.get(12)?,
        reason: row.get(13)?,
        level: row.get(14)?,
        target: row.get(15)?,
        reading,
        alert: number(&known.alerts, row.get(20)?),
    })
}
