//! What people noted of their days.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use ecosante_domain::diary::{Entry, Sign};
use ecosante_domain::person::PersonId;
use ecosante_domain::place::PlaceId;
use ecosante_domain::reading::Target;
use rusqlite::params;

use super::reading::stored_target;
use super::{Reader, Result, StoreError, Writer};

/// The day of a stored number of days since 1970-01-01.
pub(super) fn day(days: i64) -> Result<NaiveDate> {
    i32::try_from(days)
        .ok()
        .and_then(NaiveDate::from_epoch_days)
        .ok_or_else(|| StoreError::Content { what: "day", why: days.to_string() })
}

impl Reader<'_> {
    /// What a person noted of the days `from` to `to`, both included, by day.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn diary(&self, person: PersonId, from: NaiveDate, to: NaiveDate) -> Result<Vec<Entry>> {
        let mut statement = self.transaction.prepare_cached(
            "SELECT day, nose, eyes, breathing, skin, fatigue, treatment, place FROM diary
             WHERE person = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY day",
        )?;
        let (from, to) = (stored_target(Target::Day(from)), stored_target(Target::Day(to)));
        let mut rows = statement.query([person.0, from, to])?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            let mut scores = BTreeMap::new();
            for (column, sign) in (1..).zip(Sign::ALL) {
                scores.extend(row.get::<_, Option<u8>>(column)?.map(|score| (sign, score)));
            }
            entries.push(Entry {
                day: day(row.get(0)?)?,
                scores,
                treatment: row.get(6)?,
                place: row.get::<_, Option<i64>>(7)?.map(PlaceId),
            });
        }
        Ok(entries)
    }
}

impl Writer<'_> {
    /// Replaces what a person noted of a day; an entry that says nothing is removed.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_diary_entry(
        &self,
        person: PersonId,
        entry: &Entry,
        at: DateTime<Utc>,
    ) -> Result<()> {
        let day = stored_target(Target::Day(entry.day));
        if entry.is_empty() {
            self.transaction
                .prepare_cached("DELETE FROM diary WHERE person = ?1 AND day = ?2")?
                .execute([person.0, day])?;
            return Ok(());
        }
        let score = |sign: Sign| entry.scores.get(&sign);
        self.transaction
            .prepare_cached(
                "INSERT OR REPLACE INTO diary
                     (person, day, nose, eyes, breathing, skin, fatigue, treatment, place, at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                person.0,
                day,
                score(Sign::Nose),
                score(Sign::Eyes),
                score(Sign::Breathing),
                score(Sign::Skin),
                score(Sign::Fatigue),
                entry.treatment,
                entry.place.map(|place| place.0),
                at.timestamp(),
            ])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;
    use crate::store::place::NewPlace;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn entry(day: &str, noted: &[(&str, &str)]) -> Entry {
        let mut entry = Entry::of(date(day));
        for (key, value) in noted {
            entry.set(key, value).expect("a right entry");
        }
        entry
    }

    fn save(store: &mut Store, person: PersonId, entry: &Entry) {
        let at = "2026-09-08T14:00:00Z".parse().expect("a moment");
        store.write(|writer| writer.save_diary_entry(person, entry, at)).expect("saved");
    }

    fn noted(store: &Store, person: PersonId) -> Vec<Entry> {
        let (from, to) = (date("2026-09-01"), date("2026-09-30"));
        store.read(|reader| reader.diary(person, from, to)).expect("a diary")
    }

    #[test]
    fn a_day_is_read_back_as_it_was_noted_with_what_was_not_noted_unknown() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut store = Store::open(folder.path()).expect("a store");
        let you = PersonId(1);
        let first = entry("2026-09-30", &[("nose", "0"), ("skin", "3"), ("treatment", "no")]);
        let second = entry("2026-09-01", &[("treatment", "yes")]);
        save(&mut store, you, &first);
        save(&mut store, you, &second);
        save(&mut store, you, &entry("2026-10-01", &[("eyes", "1")]));
        assert_eq!(noted(&store, you), [second, first], "by day, and of these days alone");
    }

    #[test]
    fn what_is_noted_again_takes_the_place_and_an_empty_day_is_none() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut store = Store::open(folder.path()).expect("a store");
        let you = PersonId(1);
        save(&mut store, you, &entry("2026-09-08", &[("nose", "2"), ("eyes", "1")]));
        let newer = entry("2026-09-08", &[("nose", "1")]);
        save(&mut store, you, &newer);
        assert_eq!(noted(&store, you), [newer]);
        save(&mut store, you, &Entry::of(date("2026-09-08")));
        assert_eq!(noted(&store, you), []);
    }

    #[test]
    fn a_diary_goes_with_its_person_and_forgets_a_place_that_goes() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut store = Store::open(folder.path()).expect("a store");
        let new_place = NewPlace {
            name: "Lyon".to_owned(),
            commune: None,
            coordinates: None,
            time_zone: chrono_tz::Tz::Europe__Paris,
        };
        let place = store.write(|writer| writer.add_place(&new_place, 0)).expect("a place");
        let lea = store.write(|writer| writer.add_person(Some("Léa"), 0)).expect("a person");
        let here = Entry { place: Some(place), ..entry("2026-09-08", &[("nose", "2")]) };
        save(&mut store, lea, &here);
        assert_eq!(noted(&store, lea)[0].place, Some(place));
        assert_eq!(noted(&store, PersonId(1)), [], "nobody else's");
        store.write(|writer| writer.remove_place(place)).expect("removed");
        assert_eq!(noted(&store, lea)[0].place, None);
        store.write(|writer| writer.remove_person(lea)).expect("removed");
        assert_eq!(noted(&store, lea), []);
    }
}
