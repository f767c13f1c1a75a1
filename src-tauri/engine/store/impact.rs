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
            "SELECT min(attempted_at) FROM delivery WHERE outcome = 'delivered'
             GROUP BY notification HAVING min(attempted_at) >= ?1",
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
