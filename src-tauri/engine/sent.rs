//! What was sent to whom: every request that left this device, in words.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use ecosante_domain::sheet::{Section, Sheet, Table};
use ecosante_domain::text::{Arg, Texts};
use serde::Serialize;

use crate::clock::Now;
use crate::engine::{Engine, Result};
use crate::purpose::Carried;
pub use crate::purpose::{Part, Purpose};
use crate::store::SentRow;
use crate::upstream::Host;

/// For how many days it is kept what was sent.
pub const SENT_DAYS: i64 = 30;

/// The outcome of what was answered; any other is the code of what went wrong.
pub(crate) const ANSWERED: &str = "answered";

/// All that one server was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SentTo {
    /// The server; a gateway where there is one.
    pub host: String,
    /// How many requests it was sent.
    pub count: usize,
    /// How many of them came to nothing, as far as is known.
    pub failed: usize,
    /// When the last one was sent.
    pub last_at: DateTime<Utc>,
    /// The requests, those that are alike together, the latest first.
    pub requests: Vec<SentAlike>,
}

/// Requests that are alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SentAlike {
    /// Whom they were for: another than the server behind a gateway, or after a redirect.
    pub producer: String,
    /// The name of their [`Purpose`].
    pub purpose: String,
    /// What was in them: names of [`Part`], each with its values.
    pub what: BTreeMap<String, Vec<String>>,
    /// How many.
    pub count: usize,
    /// How many of them came to nothing.
    pub failed: usize,
    /// When the first one was sent.
    pub first_at: DateTime<Utc>,
    /// When the last one was sent.
    pub last_at: DateTime<Utc>,
}

/// What was sent, by server and what was in it; whoever was sent something last comes first.
fn summed_up(rows: &[SentRow]) -> Vec<SentTo> {
    type Alike<'a> = (&'a str, &'a str, &'a Carried);
    let mut hosts: BTreeMap<&str, BTreeMap<Alike<'_>, Vec<&SentRow>>> = BTreeMap::new();
    for row in rows {
        let alike = (row.producer.as_str(), row.purpose.as_str(), &row.what);
        hosts.entry(&row.host).or_default().entry(alike).or_default().push(row);
    }
    let failed = |row: &&&SentRow| row.outcome.as_deref().is_some_and(|it| it != ANSWERED);
    let alike = |((producer, purpose, what), rows): (Alike<'_>, Vec<&SentRow>)| {
        let first = rows.first()?;
        Some(SentAlike {
            producer: producer.to_owned(),
            purpose: purpose.to_owned(),
            what: what.iter().cloned().collect(),
            count: rows.len(),
            failed: rows.iter().filter(failed).count(),
            first_at: first.at,
            last_at: rows.last().map_or(first.at, |row| row.at),
        })
    };
    let to = |(host, requests): (&str, BTreeMap<Alike<'_>, Vec<&SentRow>>)| {
        let mut requests: Vec<_> = requests.into_iter().filter_map(alike).collect();
        requests.sort_by_key(|it| std::cmp::Reverse(it.last_at));
        Some(SentTo {
            host: host.to_owned(),
            count: requests.iter().map(|it| it.count).sum(),
            failed: requests.iter().map(|it| it.failed).sum(),
            last_at: requests.first()?.last_at,
            requests,
        })
    };
    let mut sent: Vec<_> = hosts.into_iter().filter_map(to).collect();
    sent.sort_by_key(|it| std::cmp::Reverse(it.last_at));
    sent
}

impl Engine {
    /// What was sent in the last `days` days, [`SENT_DAYS`] at most.
    ///
    /// # Errors
    /// When the data file cannot be read.
    pub fn sent(&self, days: u32) -> Result<Vec<SentTo>> {
        let days = i64::from(days).min(SENT_DAYS);
        let since = self.now().utc() - TimeDelta::days(days);
        let rows = self.read(|reader| reader.sent_since(since))?;
        Ok(summed_up(&rows))
    }

    /// [`Self::sent`] as a page.
    ///
    /// # Errors
    /// When the data file cannot be read.
    pub fn sent_sheet(&self, texts: &Texts, days: u32) -> Result<Sheet> {
        let days = days.min(SENT_DAYS.unsigned_abs().try_into().unwrap_or(days));
        Ok(sheet(texts, &self.sent(days)?, days, self.now()))
    }
}

fn sheet(texts: &Texts, sent: &[SentTo], days: u32, now: Now) -> Sheet {
    let count: usize = sent.iter().map(|it| it.count).sum();
    let args: [Arg<'_>; 3] =
        [("count", count.into()), ("servers", sent.len().into()), ("days", days.into())];
    let mut lines = vec![texts.format("sent-summary", args)];
    if count > 0 {
        lines.push(texts.get("sent-always"));
    }
    lines.push(texts.get("sent-never"));
    let mut sections = vec![Section::of_lines(None, lines)];
    sections.extend(sent.iter().map(|to| section(texts, to, now)));
    Sheet { title: texts.get("sent-title"), sections }
}

fn section(texts: &Texts, to: &SentTo, now: Now) -> Section {
    let when = |at: DateTime<Utc>| texts.moment(at, now.utc(), now.local().offset());
    let args: [Arg<'_>; 3] = [
        ("count", to.count.into()),
        ("failed", to.failed.into()),
        ("last", when(to.last_at).into()),
    ];
    let through = to.requests.iter().any(|it| it.producer != to.host);
    let relays = |it: &SentAlike| it.purpose == Purpose::Relay.name();
    // Known by its name in the address alone where it is neither a producer nor the relay.
    let known = match Host::ALL.into_iter().find(|host| host.name() == to.host) {
        None if !through && to.requests.iter().all(relays) => Some(Host::Relay),
        known => known,
    };
    let heading = match known {
        Some(host) => {
            let operator = texts.get(&format!("sent-host-{}", host.name().replace('.', "-")));
            texts.format(
                "sent-to",
                [("operator", operator.into()), ("host", to.host.as_str().into())],
            )
        }
        None => to.host.clone(),
    };
    let mut lines = vec![texts.format("sent-count", args)];
    if through {
        lines.push(texts.get("sent-through"));
    }
    let mut columns = vec![texts.get("sent-column-purpose"), texts.get("sent-column-what")];
    if through {
        columns.push(texts.get("sent-column-producer"));
    }
    columns.extend([texts.get("sent-column-count"), texts.get("sent-column-last")]);
    let row = |it: &SentAlike| {
        let purpose = Purpose::ALL.iter().find(|known| known.name() == it.purpose);
        let purpose = purpose.map_or_else(
            || it.purpose.clone(),
            |known| texts.get(&format!("sent-purpose-{}", known.name())),
        );
        let mut row = vec![purpose, what(texts, &it.what)];
        if through {
            row.push(it.producer.clone());
        }
        row.extend([it.count.to_string(), when(it.last_at)]);
        row
    };
    let table = Table {
        caption: texts.format("sent-caption", [("host", to.host.as_str().into())]),
        columns,
        rows: to.requests.iter().map(row).collect(),
    };
    Section { heading: Some(heading), lines, table: Some(table), ..Section::default() }
}

/// A square, from the south to the north and from the west to the east.
fn sides(square: &str) -> String {
    match square.split(',').collect::<Vec<_>>().as_slice() {
        [west, south, east, north] => format!("{south} … {north}, {west} … {east}"),
        _ => square.to_owned(),
    }
}

/// What was in a request, in words: as it was sent, nothing more and nothing less.
fn what(texts: &Texts, what: &BTreeMap<String, Vec<String>>) -> String {
    let part = |(name, values): (&String, &Vec<String>)| {
        let known = Part::ALL.iter().find(|part| part.name() == name);
        let values: Vec<String> = values
            .iter()
            .map(|value| match known {
                Some(Part::Cells | Part::Point) => value.replace(',', " "),
                Some(Part::Area) => sides(value),
                _ => value.clone(),
            })
            .collect();
        let args: [Arg<'_>; 2] =
            [("count", values.len().into()), ("values", values.join(", ").into())];
        match known {
            Some(part) => texts.format(&format!("sent-part-{}", part.name()), args),
            None => values.join(", "),
        }
    };
    if what.is_empty() {
        return texts.get("sent-nothing");
    }
    let parts: Vec<String> = what.iter().map(part).collect();
    texts.sentence_case(&parts.join("; "))
}
