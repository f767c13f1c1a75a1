//! What a rule tells, played through moment by moment: of the days ahead of a device, or of a past
//! that is stored.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::decision::{
    AlertId, Decision, Episode, LOOK_BACK, PastAlert, Reason, Restraint, decide,
};
use crate::place::Place;
use crate::reading::{Reading, Target, midnight, next_day};
use crate::rule::Rule;

/// One time that something was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The alert it belongs to.
    pub alert: AlertId,
    /// Why then.
    pub reason: Reason,
    /// The highest level ahead.
    pub level: u8,
    /// When.
    pub at: DateTime<Utc>,
    /// The first target ahead at or above the limit.
    pub first: Target,
    /// The last one.
    pub last: Target,
}

/// What a device remembers of one rule of a person at a place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Memory {
    /// The alerts, in the order in which they were raised or held first.
    pub alerts: Vec<PastAlert>,
    /// What was told, in the order of time.
    pub told: Vec<Told>,
    /// The alerts that were told off.
    pub told_off: Vec<AlertId>,
    /// How many alerts there have been, those that are forgotten included.
    raised: i64,
}

impl Memory {
    /// Judges the rule at `now` by what is known then, and remembers what follows from it.
    pub fn learn(
        &mut self,
        rule: &Rule,
        readings: &[Reading],
        now: DateTime<Utc>,
        place: &Place,
        restraint: Restraint,
    ) {
        for decision in decide(rule, readings, &self.alerts, now, place, restraint) {
            match decision {
                Decision::Raised { alert, reason, episode, outlook } => {
                    let kept = self.keep(alert, rule, episode);
                    kept.told_level = kept.told_level.max(Some(outlook.level));
                    kept.told_at = Some(now);
                    let alert = kept.id;
                    let (level, first, last) = (outlook.level, outlook.first, outlook.last);
                    self.told.push(Told { alert, reason, level, at: now, first, last });
                }
                Decision::Held { alert, episode, .. } => {
                    self.keep(alert, rule, episode);
                }
                Decision::AlreadyTold { alert, episode, .. } => {
                    self.keep(Some(alert), rule, episode);
                }
                Decision::Withdrawn { alert, was_told } => {
                    self.told_off.extend(was_told.then_some(alert));
                    self.change(alert, |alert| alert.withdrawn = true);
                }
                Decision::Over { alert, episode } => self.change(alert, |alert| {
                    alert.over = true;
                    if let Some(episode) = episode {
                        (alert.starts, alert.ends) = (episode.starts, episode.ends);
                    }
                }),
                Decision::Below { .. } | Decision::NoData => {}
            }
        }
    }

    fn change(&mut self, id: AlertId, change: impl FnOnce(&mut PastAlert)) {
        if let Some(alert) = self.alerts.iter_mut().find(|alert| alert.id == id) {
            change(alert);
        }
    }

    fn keep(&mut self, id: Option<AlertId>, rule: &Rule, episode: Episode) -> &mut PastAlert {
        let known = id.and_then(|id| self.alerts.iter().position(|alert| alert.id == id));
        let at = known.unwrap_or_else(|| {
            let id = AlertId(self.raised);
            self.raised += 1;
            self.alerts.push(PastAlert {
                id,
                starts: episode.starts,
                ends: episode.ends,
                threshold: rule.threshold(),
                told_level: None,
                told_at: None,
                withdrawn: false,
                over: false,
            });
            self.alerts.len() - 1
        });
        let alert = &mut self.alerts[at];
        (alert.starts, alert.ends) = (episode.starts, episode.ends);
        alert
    }

    /// Forgets the alerts that no episode of the future can belong to any more.
    fn forget_before(&mut self, since: DateTime<Utc>) {
        self.alerts.retain(|alert| alert.ends >= since || !(alert.over || alert.withdrawn));
    }
}

/// What was known at a moment: the readings that count, as [`decide`] takes them.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// The moment.
    pub at: DateTime<Utc>,
    /// What was known then.
    pub readings: Vec<Reading>,
}

/// What a rule would have told at the moments of `looks`, which are in the order of time.
#[must_use]
pub fn rehearse(rule: &Rule, looks: &[Look], place: &Place, restraint: Restraint) -> Vec<Told> {
    let mut memory = Memory::default();
    for look in looks {
        memory.learn(rule, &look.readings, look.at, place, restraint);
        memory.forget_before(look.at - LOOK_BACK);
    }
    memory.told
}

/// The moment from which a reading was known: when it was published; where its producer gives no
/// time, or a device only received it long after, at the latest when its day began.
#[must_use]
pub fn known_from(reading: &Reading, place: &Place) -> DateTime<Utc> {
    let begins = midnight(reading.target.day(place.time_zone), place.time_zone);
    reading.published_at.unwrap_or_else(|| reading.fetched_at.min(begins))
}

/// The moments at which a past is to be looked at: whenever something became known, the hour being
/// exact enough, and each morning and evening, when days begin to matter and cease to.
#[must_use]
pub fn moments(
    known: impl Iterator<Item = DateTime<Utc>>,
    place: &Place,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Vec<DateTime<Utc>> {
    let zone = place.time_zone;
    let hour = |at: DateTime<Utc>| {
        let seconds = at.timestamp().div_euclid(3600).saturating_add(1).saturating_mul(3600);
        DateTime::from_timestamp(seconds, 0).unwrap_or(at)
    };
    let mut moments: Vec<_> = known.map(hour).filter(|at| (from..=to).contains(at)).collect();
    let mut date = from.with_timezone(&zone).date_naive();
    while midnight(date, zone) <= to {
        for at in [0, 7, 18] {
            moments.push(midnight(date, zone) + TimeDelta::hours(at));
        }
        if next_day(date) == date {
            break;
        }
        date = next_day(date);
    }
    moments.retain(|at| (from..=to).contains(at));
    moments.sort();
    moments.dedup();
    moments
}
