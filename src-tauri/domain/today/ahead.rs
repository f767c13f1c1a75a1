//! How each of the days after today stands for a person, in short.

use std::cmp::Reverse;

use chrono::NaiveDate;

use super::sentence::what_with_basis;
use super::{PersonView, is_pair, share};
use crate::combined;
use crate::metric::Metric;
use crate::reading::{Basis, Reading};
use crate::rule::{Rule, Standing};
use crate::text::Arg;
use crate::window::{DayAhead, Verdict};

/// How many days after today are told of.
const DAYS: usize = 3;

impl PersonView<'_> {
    pub(super) fn ahead(&self) -> Vec<DayAhead> {
        if self.watched().is_empty() {
            return Vec::new();
        }
        let today = self.today();
        let days = self.days.iter().filter(|date| **date > today).take(DAYS);
        days.map(|date| self.day_ahead(*date)).collect()
    }

    fn day_ahead(&self, date: NaiveDate) -> DayAhead {
        let reached = self.reached_on(date);
        let (verdict, worst, text) = match reached.split_first() {
            Some(((rule, reading), others)) => {
                let estimated = reading.basis == Basis::Estimated;
                let what = what_with_basis(self.texts, rule.metric, reading, (false, estimated));
                let args: [Arg<'_>; 2] = [("what", what.into()), ("more", others.len().into())];
                let text = self.texts.format("ahead-above", args);
                (Verdict::Above, self.band_level(rule, reading), text)
            }
            None => {
                let (verdict, key) = if self.knows_all_of(date) {
                    (Verdict::Below, "ahead-below")
                } else if self.knows_anything_of(date) {
                    (Verdict::Partly, "ahead-partly")
                } else {
                    (Verdict::Unknown, "ahead-unknown")
                };
                let estimated = verdict != Verdict::Unknown && self.rests_on_an_estimate(date);
                let args: [Arg<'_>; 3] = [
                    ("worst", "no".into()),
                    ("basis", if estimated { "estimated" } else { "published" }.into()),
                    ("what", self.texts.get(key).into()),
                ];
                (verdict, None, self.texts.format("answer-what", args))
            }
        };
        let name = self.texts.day(date, self.today());
        DayAhead { date: date.to_string(), name, verdict, worst, text }
    }

    /// The limits that are reached on a day, each by its highest reading, the worst first.
    fn reached_on(&self, date: NaiveDate) -> Vec<(&Rule, &Reading)> {
        let zone = self.facts.place.time_zone;
        let highest = |rule: &Rule| {
            let of_day = self.series(rule.metric).iter().filter(|it| it.target.day(zone) == date);
            let reached = of_day.filter(|it| matches!(rule.standing(it), Standing::Meets(_)));
            // Of equal hours the first.
            reached.min_by_key(|it| (Reverse(share(it)), it.target))
        };
        let mut reached: Vec<(&Rule, &Reading)> =
            self.rules.iter().filter_map(|rule| Some((rule, highest(rule)?))).collect();
        let pairs: Vec<Metric> =
            reached.iter().map(|(rule, _)| rule.metric).filter(|it| is_pair(*it)).collect();
        // What comes together is counted once.
        reached.retain(|(rule, _)| {
            !pairs.iter().any(|pair| match pair {
                Metric::Combined(combination) => {
                    let profile = &self.person.profile;
                    combined::covers(*combination, profile, (date, date), rule.metric, (date, date))
                }
                _ => false,
            })
        });
        reached.sort_by_key(|(rule, it)| (!is_pair(rule.metric), Reverse(share(it))));
        reached
    }
}

#[cfg(test)]
mod tests;
