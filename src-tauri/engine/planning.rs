//! What is told while the app does not run: on phones the system ends it at any time, so what the
//! stored forecast will tell is handed to the system's own scheduler at each look.
//!
//! What is planned is found by living through the coming hours with the same decisions, in a
//! transaction that is taken back. When the app runs again, what came due meanwhile is lived through
//! once more, for good, and counts as shown; then everything is planned anew.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use ecosante_domain::text::Texts;

use crate::clock::Now;
use crate::engine::{Engine, Result, tell_digest};
use crate::evaluate::evaluate;
use crate::host::{Host, Planned};
use crate::store::{DeliveryOutcome, StoreError, Writer};

/// How far ahead notifications are planned: as far as rules look, and a night more.
const AHEAD: TimeDelta = TimeDelta::hours(60);

/// How often what lies ahead is looked at.
const STEP: TimeDelta = TimeDelta::hours(1);

/// How many are planned at most: a system keeps 64 of an app, and some are for other things
/// (field study, 3.1).
const AT_MOST: usize = 32;

/// The first number of what is planned; those that are shown at once have smaller ones.
const FIRST_NUMBER: i64 = 1_000_000_000;

impl Engine {
    /// Has the system show what lies ahead, where the app may be ended at any time.
    ///
    /// # Errors
    /// When the data file cannot be used. That the system refuses is no error: it is tried again at
    /// the next look.
    pub(crate) fn plan(&self, host: &dyn Host, texts: &Texts, now: Now) -> Result<()> {
        if !host.plans_ahead() {
            return Ok(());
        }
        let planned = self.rehearse(|writer| lies_ahead(writer, texts, host.channel(), now))?;
        self.save_planned_ahead(planned.len());
        let channel = host.channel();
        let before = self.read(|reader| reader.planned(channel))?;
        let numbers: Vec<i64> = before.iter().map(|planned| planned.number).collect();
        if let Err(why) = host.plan(&numbers, &planned) {
            tracing::warn!(why, "nothing could be planned");
            return Ok(());
        }
        self.write(|writer| writer.save_planned(channel, &planned))
    }

    /// Lives through the moments at which planned notifications came due while the app did not run:
    /// the system has shown them.
    ///
    /// # Errors
    /// When the data file cannot be used.
    pub(crate) fn settle(&self, host: &dyn Host) -> Result<()> {
        if !host.plans_ahead() {
            return Ok(());
        }
        let (now, texts, channel) = (self.now(), self.texts()?, host.channel());
        let mut due = self.read(|reader| reader.planned(channel))?;
        due.retain(|planned| planned.due_at <= now.utc());
        due.sort_by_key(|planned| planned.due_at);
        due.dedup_by_key(|planned| planned.due_at);
        for planned in due {
            let then = at(planned.due_at, now);
            self.write(|writer| {
                evaluate(writer, &texts, then)?;
                tell_digest(writer, &texts, then)?;
                let waits = writer.reader().settings()?.is_quiet_at(then.local());
                for shown in writer.reader().undelivered(channel, then.utc())? {
                    if waits && !shown.urgent {
                        continue;
                    }
                    writer.begin_delivery(shown.id, channel, then.utc())?;
                    writer.end_delivery(shown.id, channel, DeliveryOutcome::Delivered)?;
                }
                writer.forget_planned(channel, planned.due_at)
            })?;
        }
        Ok(())
    }
}

fn at(moment: DateTime<Utc>, now: Now) -> Now {
    Now::at(moment.with_timezone(now.local().offset()))
}

/// What the stored forecast tells from now on, hour by hour, and what waits for its time.
fn lies_ahead(
    writer: &Writer<'_>,
    texts: &Texts,
    channel: &str,
    now: Now,
) -> std::result::Result<Vec<Planned>, StoreError> {
    let mut planned: Vec<Planned> = Vec::new();
    let mut seen = BTreeSet::new();
    let hour = TimeDelta::seconds(3600 - now.utc().timestamp().rem_euclid(3600));
    let mut moment = now.utc() + hour;
    while moment <= now.utc() + AHEAD && planned.len() < AT_MOST {
        let then = at(moment, now);
        evaluate(writer, texts, then)?;
        tell_digest(writer, texts, then)?;
        let waits = writer.reader().settings()?.is_quiet_at(then.local());
        for (position, row) in (0..).zip(writer.reader().undelivered(channel, moment)?) {
            if waits && !row.urgent || !seen.insert(row.id) {
                continue;
            }
            // By the hour, so that none takes the number of one that is on the screen.
            let hours = moment.timestamp().div_euclid(3600);
            let number = FIRST_NUMBER + hours * A_HOUR_HAS + position % A_HOUR_HAS;
            planned.push(Planned { number, due_at: moment, title: row.title, body: row.body });
        }
        moment += STEP;
    }
    planned.truncate(AT_MOST);
    Ok(planned)
}

/// How many numbers an hour has.
const A_HOUR_HAS: i64 = 100;
