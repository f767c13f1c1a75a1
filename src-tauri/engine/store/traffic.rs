//! How hosts are spared, and what they answered that can be asked for again by its mark.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};

use super::{Reader, Result, Writer, moment};

/// What a host was asked, and whether it rests.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HostTraffic {
    /// The day, in days since 1970-01-01 UTC, that `spent` is of.
    pub day: i64,
    /// What was asked of it on that day, in the calls that it counts.
    pub spent: f64,
    /// How often it failed since it last worked.
    pub failures: u32,
    /// Until when it is left alone.
    pub resting_until: Option<DateTime<Utc>>,
}

/// An answer with the marks by which its host knows whether it has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAnswer {
    /// `ETag`, as it was given.
    pub etag: Option<String>,
    /// `Last-Modified`, as it was given.
    pub modified: Option<String>,
    /// The body, compressed (gzip).
    pub body: Vec<u8>,
}

/// How many answers are kept: more questions than that are not asked on one day.
const MOST_ANSWERS: u32 = 64;

impl Reader<'_> {
    /// The traffic with a host, by its name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn host_traffic(&self, host: &str) -> Result<HostTraffic> {
        let row: Option<(i64, f64, u32, Option<i64>)> = self
            .transaction
            .prepare_cached("SELECT day, spent, failures, resting_until FROM host WHERE name = ?1")?
            .query_row([host], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
            .optional()?;
        let Some((day, spent, failures, resting)) = row else { return Ok(HostTraffic::default()) };
        let resting_until = resting.map(moment).transpose()?;
        Ok(HostTraffic { day, spent, failures, resting_until })
    }

    /// What was last answered to a question, where it had a mark.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn kept_answer(&self, url: &str) -> Result<Option<KeptAnswer>> {
        let answer = self
            .transaction
            .prepare_cached("SELECT etag, modified, body FROM answer WHERE url = ?1")?
            .query_row([url], |row| {
                Ok(KeptAnswer { etag: row.get(0)?, modified: row.get(1)?, body: row.get(2)? })
            })
            .optional()?;
        Ok(answer)
    }
}

impl Writer<'_> {
    /// Keeps the traffic with a host.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_host_traffic(&self, host: &str, traffic: &HostTraffic) -> Result<()> {
        self.transaction
            .prepare_cached(
                "INSERT OR REPLACE INTO host (name, day, spent, failures, resting_until)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                host,
                traffic.day,
                traffic.spent,
                traffic.failures,
                traffic.resting_until.map(|at| at.timestamp()),
            ])?;
        Ok(())
    }

    /// Keeps an answer in the place of the one before; the oldest give way.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn keep_answer(&self, url: &str, answer: &KeptAnswer, now: DateTime<Utc>) -> Result<()> {
        self.transaction
            .prepare_cached(
                "INSERT OR REPLACE INTO answer (url, etag, modified, body, kept_at)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![url, answer.etag, answer.modified, answer.body, now.timestamp()])?;
        self.transaction
            .prepare_cached(
                "DELETE FROM answer WHERE kept_at > ?2 OR url NOT IN
                     (SELECT url FROM answer ORDER BY kept_at DESC LIMIT ?1)",
            )?
            .execute(params![MOST_ANSWERS, now.timestamp()])?;
        Ok(())
    }
}
