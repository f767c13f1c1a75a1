//! What people said of the advice that they were given.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use ecosante_domain::advice::{History, Mark, NOT_USEFUL};
use ecosante_domain::person::PersonId;
use rusqlite::params;

use super::{Reader, Result, StoreError, Writer};

/// A day as it is stored: days since 1970-01-01.
fn number(day: NaiveDate) -> i64 {
    day.signed_duration_since(NaiveDate::default()).num_days()
}

impl Reader<'_> {
    /// What became of the advice that a person was given, as of a day of the device's calendar.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn advice_history(&self, person: PersonId, today: NaiveDate) -> Result<History> {
        let mut statement = self.transaction.prepare_cached(
            "SELECT advice, mark, day FROM advice_mark
             WHERE person = ?1 AND day > ?2 AND day <= ?3 ORDER BY at, mark",
        )?;
        let range = (number(today - NOT_USEFUL), number(today));
        let rows = statement.query_map(params![person.0, range.0, range.1], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?))
        })?;
        let (mut done, mut not_useful) = (BTreeSet::new(), BTreeSet::new());
        for row in rows {
            let (advice, word, day) = row?;
            match mark(&word)? {
                Mark::Done => {
                    if day == range.1 {
                        done.insert(advice);
                    }
                }
                // The last word counts.
                Mark::Useful => {
                    not_useful.remove(&advice);
                }
                Mark::NotUseful => {
                    not_useful.insert(advice);
                }
            }
        }
        Ok(History { shown: self.advice_shown(person)?, done, not_useful })
    }

    /// On how many days since `from`, that day included, a person set each mark on each piece.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn mark_counts(
        &self,
        person: PersonId,
        from: NaiveDate,
    ) -> Result<BTreeMap<(String, Mark), u32>> {
        let mut statement = self.transaction.prepare_cached(
            "SELECT advice, mark, count(*) FROM advice_mark
             WHERE person = ?1 AND day >= ?2 GROUP BY advice, mark",
        )?;
        let rows = statement.query_map(params![person.0, number(from)], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get(2)?))
        })?;
        rows.map(|row| {
            let (advice, word, days) = row?;
            Ok(((advice, mark(&word)?), days))
        })
        .collect()
    }
}

fn mark(word: &str) -> Result<Mark> {
    Mark::of_word(word)
        .ok_or_else(|| StoreError::Content { what: "mark of advice", why: word.to_owned() })
}

impl Writer<'_> {
    /// Keeps what a person says of a piece of advice on a day of the device's calendar. Useful and
    /// not useful take each other's place on one day.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn mark_advice(
        &self,
        person: PersonId,
        advice: &str,
        mark: Mark,
        today: NaiveDate,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let opposite = match mark {
            Mark::Done => None,
            Mark::Useful => Some(Mark::NotUseful),
            Mark::NotUseful => Some(Mark::Useful),
        };
        let day = number(today);
        if let Some(opposite) = opposite {
            self.transaction
                .prepare_cached(
                    "DELETE FROM advice_mark
                     WHERE person = ?1 AND advice = ?2 AND mark = ?3 AND day = ?4",
                )?
                .execute(params![person.0, advice, opposite.word(), day])?;
        }
        self.transaction
            .prepare_cached(
                "INSERT INTO advice_mark (person, advice, mark, day, at) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (person, advice, mark, day) DO UPDATE SET at = excluded.at",
            )?
            .execute(params![person.0, advice, mark.word(), day, now.timestamp()])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::store::Store;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    /// A store with one person, who has said something on some days.
    fn store(said: &[(&str, Mark, &str)]) -> (tempfile::TempDir, Store, PersonId) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut store = Store::open(folder.path()).expect("a store");
        let person = store
            .write(|writer| {
                let person = writer.add_person(Some("Léa"), 0)?;
                for (number, (advice, mark, on)) in said.iter().enumerate() {
                    let noon = day(on).and_hms_opt(12, 0, 0).expect("noon").and_utc();
                    let at = noon + TimeDelta::seconds(i64::try_from(number).unwrap_or_default());
                    writer.mark_advice(person, advice, *mark, day(on), at)?;
                }
                Ok(person)
            })
            .expect("written");
        (folder, store, person)
    }

    #[test]
    fn each_day_counts_once_from_the_day_asked_for() {
        let (_folder, store, person) = store(&[
            ("a", Mark::Done, "2026-09-01"),
            ("a", Mark::Done, "2026-09-07"),
            ("a", Mark::Done, "2026-09-08"),
            ("a", Mark::Done, "2026-09-08"),
            ("a", Mark::Useful, "2026-09-08"),
            ("b", Mark::NotUseful, "2026-09-08"),
        ]);
        let counts = store.read(|it| it.mark_counts(person, day("2026-09-07"))).expect("counts");
        let expected =
            [(("a", Mark::Done), 2), (("a", Mark::Useful), 1), (("b", Mark::NotUseful), 1)];
        let expected = expected.map(|((advice, mark), days)| ((advice.to_owned(), mark), days));
        assert_eq!(counts, BTreeMap::from(expected));
    }

    #[test]
    fn on_one_day_the_last_word_on_use_stands_alone() {
        let (_folder, store, person) = store(&[
            ("a", Mark::Useful, "2026-09-08"),
            ("a", Mark::NotUseful, "2026-09-08"),
            ("a", Mark::Done, "2026-09-08"),
        ]);
        let counts = store.read(|it| it.mark_counts(person, day("2026-09-08"))).expect("counts");
        let marks: Vec<_> = counts.keys().map(|(_, mark)| *mark).collect();
        assert_eq!(marks, [Mark::Done, Mark::NotUseful]);
    }

    #[test]
    fn what_was_of_no_use_is_so_for_ninety_days_and_what_is_done_for_the_day() {
        let (_folder, store, person) =
            store(&[("a", Mark::NotUseful, "2026-06-01"), ("b", Mark::Done, "2026-06-01")]);
        let on = |today| store.read(|it| it.advice_history(person, day(today))).expect("a history");
        assert!(on("2026-06-01").done.contains("b") && !on("2026-06-02").done.contains("b"));
        assert!(on("2026-08-29").not_useful.contains("a"));
        assert!(!on("2026-08-30").not_useful.contains("a"));
        // A clock that was set back does not know yet.
        assert!(on("2026-05-31").not_useful.is_empty());
    }

    #[test]
    fn who_is_removed_takes_along_what_they_said() {
        let (_folder, mut store, person) = store(&[("a", Mark::Done, "2026-09-08")]);
        store.write(|writer| writer.remove_person(person)).expect("removed");
        let counts = store.read(|it| it.mark_counts(person, day("2026-09-08"))).expect("counts");
        assert!(counts.is_empty());
    }
}
