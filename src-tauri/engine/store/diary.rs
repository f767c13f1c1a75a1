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
