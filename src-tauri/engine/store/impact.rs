//! What was told and what came of it, to be counted.

use chrono::{DateTime, NaiveDate, Utc};
use ecosante_domain::reading::Target;

use super::diary::day;
use super::reading::stored_target;
use super::{Reader, Result, moment};

/// An alert that was told, and what came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ToldAlert {
    /// When it was raised.
    pub raised_at: DateTime<Utc>,
    /// Whether it was opened.
    pub opened: bool,
    /// Whether it was found useful; `None` where nobody said.
    pub useful: Option<bool>,
}

impl Reader<'_> {
    /// The alerts that were raised since a moment and told.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn told_alerts(&self, since: DateTime<Utc>) -> Result<Vec<ToldAlert>> {
        let mut statement = self.transaction.prepare_cached(
            "SELECT raised_at, opened_at IS NOT NULL, useful FROM alert
             WHERE raised_at >= ?1 AND told_level IS NOT NULL",
        )?;
        let mut rows = statement.query([since.timestamp()])?;
        let mut told = Vec::new();
        while let Some(row) = rows.next()? {
            told.push(ToldAlert {
                raised_at: moment(row.get(0)?)?,
                opened: row.get(1)?,
                useful: row.get(2)?,
            });
        }
        Ok(told)
    }

    /// When notifications were shown since a moment, each once however many channels showed it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn shown_notifications(&self, since: DateTime<Utc>) -> Result<Vec<DateTime<Utc>>> {
        let mut statement = self.transaction.prepare_cached(
            "SELECT min(at) FROM (
                 SELECT notification, attempted_at AS at FROM delivery WHERE outcome = 'delivered'
                 UNION ALL
                 SELECT id, shown_elsewhere_at FROM notification
                 WHERE shown_elsewhere_at IS NOT NULL)
             GROUP BY notification HAVING min(at) >= ?1",
        )?;
        let mut rows = statement.query([since.timestamp()])?;
        let mut shown = Vec::new();
        while let Some(row) = rows.next()? {
            shown.push(moment(row.get(0)?)?);
        }
        Ok(shown)
    }

    /// What was said of advice since a day: the day with `done`, `useful` or `not-useful`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn advice_marks(&self, since: NaiveDate) -> Result<Vec<(NaiveDate, String)>> {
        let mut statement =
            self.transaction.prepare_cached("SELECT day, mark FROM advice_mark WHERE day >= ?1")?;
        let mut rows = statement.query([stored_target(Target::Day(since))])?;
        let mut marks = Vec::new();
        while let Some(row) = rows.next()? {
            marks.push((day(row.get(0)?)?, row.get(1)?));
        }
        Ok(marks)
    }

    /// When the first of the saved places was saved, or the first alert raised: what was before is
    /// not known. `None`: there is neither.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn watching_since(&self) -> Result<Option<DateTime<Utc>>> {
        let first: Option<i64> = self.transaction.query_row(
            "SELECT min(at) FROM (SELECT added_at AS at FROM place
                                  UNION ALL SELECT raised_at FROM alert)",
            [],
            |row| row.get(0),
        )?;
        first.map(moment).transpose()
    }
}

#[cfg(test)]
mod tests {
    use ecosante_domain::decision::Episode;
    use ecosante_domain::metric::Metric;
    use ecosante_domain::person::PersonId;
    use rusqlite::params;

    use super::*;
    use crate::store::place::NewPlace;
    use crate::store::{DeliveryOutcome, NewAlert, NewNotification, Store};

    fn moment_of(text: &str) -> DateTime<Utc> {
        text.parse().expect("a moment")
    }

    /// A store in which three alerts were raised on three days; the first two were told.
    fn store(folder: &tempfile::TempDir) -> Store {
        let mut store = Store::open(folder.path()).expect("a store");
        let new_place = NewPlace {
            name: "Lyon".to_owned(),
            commune: None,
            coordinates: None,
            time_zone: chrono_tz::Tz::Europe__Paris,
        };
        let add = |writer: &crate::store::Writer<'_>| {
            let place = writer.add_place(&new_place, 1_788_000_000)?;
            for day in 1..=3 {
                let raised_at = moment_of(&format!("2026-09-0{day}T14:00:00Z"));
                let alert = writer.add_alert(&NewAlert {
                    person: PersonId(1),
                    person_name: None,
                    place,
                    place_name: "Lyon",
                    commune: None,
                    time_zone: chrono_tz::Tz::Europe__Paris,
                    metric: Metric::Air,
                    event: false,
                    rule: "air:everyone".to_owned(),
                    threshold: 4,
                    because: &[],
                    evidence: None,
                    own_choice: false,
                    episode: Episode { starts: raised_at, ends: raised_at, closed: false },
                    level: 4,
                    raised_at,
                })?;
                if day < 3 {
                    writer.tell(alert, 4, None, raised_at)?;
                    let new = NewNotification {
                        title: "",
                        body: "",
                        alerts: &[alert],
                        withdrawal: false,
                        relevant_to: raised_at,
                        replaces: None,
                        urgent: false,
                    };
                    let id = writer.add_notification(&new, raised_at)?;
                    for channel in ["window", "terminal"] {
                        writer.begin_delivery(id, channel, raised_at)?;
                        let outcome = match day {
                            1 => DeliveryOutcome::Delivered,
                            _ => DeliveryOutcome::Failed,
                        };
                        writer.end_delivery(id, channel, outcome)?;
                    }
                }
            }
            Ok(())
        };
        store.write(add).expect("alerts");
        store
    }

    #[test]
    fn an_alert_counts_once_it_is_told_and_a_notification_once_however_often_it_was_shown() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let store = store(&folder);
        let since = moment_of("2026-08-01T00:00:00Z");
        let told = store.read(|it| it.told_alerts(since)).expect("alerts");
        let days: Vec<_> = told.iter().map(|it| it.raised_at.to_string()).collect();
        assert_eq!(days, ["2026-09-01 14:00:00 UTC", "2026-09-02 14:00:00 UTC"]);
        assert!(told.iter().all(|it| !it.opened && it.useful.is_none()));
        let shown = store.read(|it| it.shown_notifications(since)).expect("notifications");
        assert_eq!(shown, [moment_of("2026-09-01T14:00:00Z")], "what was refused was not shown");
        let later = moment_of("2026-09-02T00:00:00Z");
        assert_eq!(store.read(|it| it.told_alerts(later)).expect("alerts").len(), 1);
        assert!(store.read(|it| it.shown_notifications(later)).expect("notifications").is_empty());
    }

    #[test]
    fn what_came_of_alerts_and_advice_is_read_as_it_was_kept() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut store = store(&folder);
        let keep = |writer: &crate::store::Writer<'_>| {
            writer.transaction.execute(
                "UPDATE alert SET opened_at = raised_at + 60, useful = id = 1 WHERE id < 3",
                [],
            )?;
            for (mark, day) in [("done", 20_698_i64), ("useful", 20_698), ("done", 20_000)] {
                writer.transaction.execute(
                    "INSERT INTO advice_mark (person, advice, mark, day, at)
                     VALUES (1, 'air-all-move', ?1, ?2, 0)",
                    params![mark, day],
                )?;
            }
            Ok(())
        };
        store.write(keep).expect("kept");
        let since = moment_of("2026-08-01T00:00:00Z");
        let told = store.read(|it| it.told_alerts(since)).expect("alerts");
        let said: Vec<_> = told.iter().map(|it| (it.opened, it.useful)).collect();
        assert_eq!(said, [(true, Some(true)), (true, Some(false))]);
        let marks = store.read(|it| it.advice_marks(since.date_naive())).expect("marks");
        let day: NaiveDate = "2026-09-02".parse().expect("a date");
        assert_eq!(marks, [(day, "done".to_owned()), (day, "useful".to_owned())]);
    }

    #[test]
    fn watching_begins_with_the_first_place_or_alert() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let empty = Store::open(folder.path()).expect("a store");
        assert_eq!(empty.read(|it| it.watching_since()).expect("a look"), None);
        drop(empty);
        let since = store(&folder).read(|it| it.watching_since()).expect("a look");
        assert_eq!(since, DateTime::from_timestamp(1_788_000_000, 0));
    }
}
