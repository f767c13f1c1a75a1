//! What left this device: one row for each request.

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::{Reader, Result, Writer, json, moment, to_json};
use crate::purpose::Carried;

/// A request that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentRow {
    /// When.
    pub at: DateTime<Utc>,
    /// Who received it, with its port where that is not the usual one.
    pub host: String,
    /// For whom it was: the same, but for a gateway or a redirect.
    pub producer: String,
    /// The name of its purpose.
    pub purpose: String,
    /// What was in it.
    pub what: Carried,
    /// `answered`, or the code of what went wrong; `None` while no answer is known.
    pub outcome: Option<String>,
}

impl Reader<'_> {
    /// What was sent since a moment, in the order of time.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn sent_since(&self, since: DateTime<Utc>) -> Result<Vec<SentRow>> {
        let mut statement = self.transaction.prepare_cached(
            "SELECT at, host, producer, purpose, what, outcome FROM sent
             WHERE at >= ?1 ORDER BY at, id",
        )?;
        let mut rows = statement.query([since.timestamp()])?;
        let mut sent = Vec::new();
        while let Some(row) = rows.next()? {
            sent.push(SentRow {
                at: moment(row.get(0)?)?,
                host: row.get(1)?,
                producer: row.get(2)?,
                purpose: row.get(3)?,
                what: json("what was sent", &row.get::<_, String>(4)?)?,
                outcome: row.get(5)?,
            });
        }
        Ok(sent)
    }
}

impl Writer<'_> {
    /// Keeps a request; its number is for [`Writer::end_sent`].
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_sent(&self, sent: &SentRow) -> Result<i64> {
        self.transaction
            .prepare_cached(
                "INSERT INTO sent (at, host, producer, purpose, what, outcome)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                sent.at.timestamp(),
                sent.host,
                sent.producer,
                sent.purpose,
                to_json("what was sent", &sent.what)?,
                sent.outcome,
            ])?;
        Ok(self.transaction.last_insert_rowid())
    }

    /// Keeps what came of a request.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn end_sent(&self, id: i64, outcome: &str) -> Result<()> {
        self.transaction
            .prepare_cached("UPDATE sent SET outcome = ?2 WHERE id = ?1")?
            .execute(params![id, outcome])?;
        Ok(())
    }

    /// Forgets what was sent before a moment.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn forget_sent(&self, before: DateTime<Utc>) -> Result<()> {
        self.transaction
            .prepare_cached("DELETE FROM sent WHERE at < ?1")?
            .execute([before.timestamp()])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::store::Store;

    #[test]
    fn a_request_is_read_back_with_what_came_of_it_until_it_is_forgotten() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut store = Store::open(folder.path()).expect("a store");
        let now: DateTime<Utc> = "2026-09-08T14:00:00Z".parse().expect("a moment");
        let sent = |at| SentRow {
            at,
            host: "gateway.example:8080".to_owned(),
            producer: "geo.api.gouv.fr".to_owned(),
            purpose: "commune-position".to_owned(),
            what: vec![("communes".to_owned(), vec!["69123".to_owned()])],
            outcome: None,
        };
        let old = sent(now - TimeDelta::days(31));
        let ids: Vec<i64> = [&old, &sent(now)]
            .into_iter()
            .map(|it| store.write(|writer| writer.add_sent(it)).expect("kept"))
            .collect();
        store.write(|writer| writer.end_sent(ids[1], "answered")).expect("kept");
        let since = |store: &Store, at| store.read(|it| it.sent_since(at)).expect("a look");
        let answered = SentRow { outcome: Some("answered".to_owned()), ..sent(now) };
        assert_eq!(since(&store, now), std::slice::from_ref(&answered));
        assert_eq!(since(&store, old.at), [old.clone(), answered.clone()]);
        store.write(|writer| writer.forget_sent(now - TimeDelta::days(30))).expect("forgotten");
        assert_eq!(since(&store, old.at), [answered]);
    }
}
