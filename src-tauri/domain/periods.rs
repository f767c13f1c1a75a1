//! What is known of a metric, put together by day, week, month or year.
//!
//! What is not known is counted as such: a week of which two days are known says so, and the other
//! five are neither good nor bad.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate};
use chrono_tz::Tz;
use serde::{Serialize, Serializer};

use crate::reading::{Reading, Target, next_day};
use crate::scale::Scale;

/// What days are put together by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// Civil days.
    Day,
    /// Weeks, from Monday on.
    Week,
    /// Months of the calendar.
    Month,
    /// Years of the calendar.
    Year,
}

impl Period {
    /// Every period, the shortest first.
    pub const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::Year];

    /// The name used on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// The first day of the period in which `date` lies.
    #[must_use]
    pub fn first_day(self, date: NaiveDate) -> NaiveDate {
        let first = match self {
            Self::Day => Some(date),
            Self::Week => {
                date.checked_sub_days(Days::new(date.weekday().num_days_from_monday().into()))
            }
            Self::Month => date.with_day(1),
            Self::Year => date.with_ordinal(1),
        };
        first.unwrap_or(date)
    }

    /// The last day of the period that begins with `first`.
    #[must_use]
    pub fn last_day(self, first: NaiveDate) -> NaiveDate {
        let next = match self {
            Self::Day => first.checked_add_days(Days::new(1)),
            Self::Week => first.checked_add_days(Days::new(7)),
            Self::Month => first.checked_add_months(Months::new(1)),
            Self::Year => first.checked_add_months(Months::new(12)),
        };
        next.and_then(|next| next.pred_opt()).unwrap_or(first)
    }
}

impl FromStr for Period {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|period| period.name() == name)
            .ok_or_else(|| format!("unknown period {name:?}"))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// The figures of a period, in the unit of the metric.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figures {
    /// The lowest.
    pub minimum: f64,
    /// Their mean, each value counting once.
    pub mean: f64,
    /// The highest.
    pub maximum: f64,
}

/// What is known of one period on one scale.
#[derive(Debug, Clone, PartialEq)]
pub struct PeriodSummary {
    /// Its first day.
    pub first: NaiveDate,
    /// Its last day.
    pub last: NaiveDate,
    /// How many days it has.
    pub days: usize,
    /// Of how many of them something is known: of a day that comes by the hour, three quarters of
    /// its hours.
    pub known_days: usize,
    /// How many values there are: one for each target.
    pub values: usize,
    /// Whether the values are of hours; otherwise of days.
    pub hourly: bool,
    /// The scale of the levels; `None` where the metric has none, and where nothing is known.
    pub scale: Option<Scale>,
    /// The highest level that has a rank: an ATMO "évènement" has none and is among
    /// [`Self::at_level`] alone.
    pub highest: Option<u8>,
    /// How many values are at each level; levels without any are left out.
    pub at_level: BTreeMap<u8, usize>,
    /// The figures of the values that have one.
    pub figures: Option<Figures>,
}

impl PeriodSummary {
    fn of(first: NaiveDate, period: Period, scale: Option<Scale>, hourly: bool) -> Self {
        let last = period.last_day(first);
        Self {
            first,
            last,
            days: usize::try_from((last - first).num_days() + 1).unwrap_or_default(),
            known_days: 0,
            values: 0,
            hourly,
            scale,
            highest: None,
            at_level: BTreeMap::new(),
            figures: None,
        }
    }
}

/// Of a hundred hours of a day, how many must be known for the day to be.
const NEEDED_HUNDREDTHS: i64 = 75;

/// Puts readings, at most one for each target, together by period, the earliest first; days begin as
/// at a place in `zone`.
///
/// Between the first and the last known period none is left out. A period in which the scale of the
/// metric changed is there once for each scale: their levels cannot be counted together.
#[must_use]
pub fn by_period(readings: &[Reading], period: Period, zone: Tz) -> Vec<PeriodSummary> {
    let mut groups: BTreeMap<(NaiveDate, Option<&str>), Vec<&Reading>> = BTreeMap::new();
    for reading in readings {
        let first = period.first_day(reading.target.day(zone));
        let scale = reading.scale.map(Scale::name);
        groups.entry((first, scale)).or_default().push(reading);
    }
    let mut summaries: Vec<PeriodSummary> = Vec::new();
    for ((first, _), group) in groups {
        let hourly = group.iter().any(|it| matches!(it.target, Target::Hour(_)));
        // What lies between is known of as little.
        while let Some(next) = summaries.last().map(|last| next_day(last.last))
            && next < first
        {
            summaries.push(PeriodSummary::of(next, period, None, hourly));
        }
        summaries.push(summary(first, period, &group, hourly, zone));
    }
    summaries
}

fn summary(
    first: NaiveDate,
    period: Period,
    group: &[&Reading],
    hourly: bool,
    zone: Tz,
) -> PeriodSummary {
    let scale = group.first().and_then(|reading| reading.scale);
    let mut of_day: BTreeMap<NaiveDate, i64> = BTreeMap::new();
    let mut at_level: BTreeMap<u8, usize> = BTreeMap::new();
    for reading in group {
        *of_day.entry(reading.target.day(zone)).or_default() += 1;
        if let Some(level) = reading.level {
            *at_level.entry(level).or_default() += 1;
        }
    }
    let is_known = |(date, values): &(&NaiveDate, &i64)| {
        let (start, end) = Target::Day(**date).span(zone);
        !hourly || **values * 100 >= (end - start).num_hours() * NEEDED_HUNDREDTHS
    };
    let rank = |level: &u8| scale.and_then(|scale| scale.rank(*level));
    PeriodSummary {
        known_days: of_day.iter().filter(is_known).count(),
        values: group.len(),
        highest: at_level.keys().filter_map(rank).max(),
        at_level,
        figures: figures(group.iter().filter_map(|reading| reading.value)),
        ..PeriodSummary::of(first, period, scale, hourly)
    }
}

fn figures(values: impl Iterator<Item = f64>) -> Option<Figures> {
    let values: Vec<f64> = values.filter(|value| value.is_finite()).collect();
    let minimum = values.iter().copied().reduce(f64::min)?;
    let maximum = values.iter().copied().reduce(f64::max)?;
    #[expect(clippy::cast_precision_loss, reason = "hours of a lifetime are far below 2^53")]
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    Some(Figures { minimum, mean, maximum })
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};
    use proptest::prelude::*;

    use super::*;
    use crate::metric::{Metric, Pollutant};
    use crate::reading::{Basis, Source, Zone};
    use crate::scale::EVENT;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn day(target: &str, level: u8) -> Reading {
        Reading {
            source: Source::AtmoFrance,
            zone: Zone { code: "69123".to_owned(), name: "Lyon".to_owned() },
            metric: Metric::Air,
            scale: Some(Scale::Atmo2021),
            target: Target::Day(date(target)),
            basis: Basis::Official,
            level: Some(level),
            value: None,
            published_at: None,
            fetched_at: DateTime::UNIX_EPOCH,
            hours: 1,
            note: None,
        }
    }

    fn hour(start: &str, later: i64, value: f64) -> Reading {
        let start: DateTime<Utc> = start.parse().expect("a moment");
        Reading {
            metric: Metric::Concentration(Pollutant::O3),
            scale: None,
            target: Target::Hour(start + TimeDelta::hours(later)),
            level: None,
            value: Some(value),
            ..day("2026-09-08", 1)
        }
    }

    fn summed(readings: &[Reading], period: Period) -> Vec<PeriodSummary> {
        by_period(readings, period, Tz::Europe__Paris)
    }

    #[test]
    fn a_week_begins_on_monday_and_says_how_many_of_its_days_are_known() {
        // Sunday, Monday, Wednesday.
        let readings = [day("2026-09-06", 5), day("2026-09-07", 2), day("2026-09-09", 3)];
        let weeks = summed(&readings, Period::Week);
        let said: Vec<_> = weeks
            .iter()
            .map(|it| (it.first, it.last, it.days, it.known_days, it.highest))
            .collect();
        let week = |first, last| (date(first), date(last), 7);
        let (one, two) = (week("2026-08-31", "2026-09-06"), week("2026-09-07", "2026-09-13"));
        assert_eq!(said, [(one.0, one.1, one.2, 1, Some(5)), (two.0, two.1, two.2, 2, Some(3))]);
        assert_eq!(weeks[1].at_level, BTreeMap::from([(2, 1), (3, 1)]), "five days are not good");
    }

    #[test]
    fn a_period_of_which_nothing_is_known_is_there_and_empty() {
        let months = summed(&[day("2026-01-31", 2), day("2026-04-01", 4)], Period::Month);
        let said: Vec<_> = months.iter().map(|it| (it.first, it.days, it.known_days)).collect();
        assert_eq!(
            said,
            [
                (date("2026-01-01"), 31, 1),
                (date("2026-02-01"), 28, 0),
                (date("2026-03-01"), 31, 0),
                (date("2026-04-01"), 30, 1),
            ]
        );
        assert_eq!((months[1].highest, months[1].figures), (None, None));
        assert!(months[1].at_level.is_empty());
    }

    #[test]
    fn an_event_is_counted_and_is_no_highest_level() {
        let readings = [day("2026-09-07", 2), day("2026-09-08", EVENT)];
        let year = summed(&readings, Period::Year);
        assert_eq!((year.len(), year[0].highest, year[0].days), (1, Some(2), 365));
        assert_eq!(year[0].at_level, BTreeMap::from([(2, 1), (EVENT, 1)]));
    }

    #[test]
    fn figures_have_a_lowest_a_mean_and_a_highest() {
        // Midnight in Paris.
        let hours = (0..24_u8).map(|n| hour("2026-09-07T22:00:00Z", n.into(), f64::from(n)));
        let days = summed(&hours.collect::<Vec<_>>(), Period::Day);
        assert_eq!(days.len(), 1, "a day begins at midnight at the place");
        assert_eq!((days[0].values, days[0].known_days, days[0].hourly), (24, 1, true));
        let expected = Figures { minimum: 0.0, mean: 11.5, maximum: 23.0 };
        assert_eq!(days[0].figures, Some(expected));
    }

    #[test]
    fn a_day_with_too_few_hours_is_not_known() {
        let some = |count| -> Vec<Reading> {
            (0..count).map(|n| hour("2026-09-07T22:00:00Z", n, 40.0)).collect()
        };
        for (count, known) in [(17, 0), (18, 1)] {
            let days = summed(&some(count), Period::Day);
            assert_eq!(days[0].known_days, known, "{count} hours");
        }
    }

    #[test]
    fn levels_of_two_scales_are_not_counted_together() {
        let other = Reading { scale: Some(Scale::Eaqi2024), ..day("2026-09-08", 6) };
        let weeks = summed(&[day("2026-09-07", 2), other], Period::Week);
        let highest: Vec<_> = weeks.iter().map(|it| (it.scale, it.highest)).collect();
        assert_eq!(highest.len(), 2);
        assert!(highest.contains(&(Some(Scale::Atmo2021), Some(2))), "{highest:?}");
        assert!(highest.contains(&(Some(Scale::Eaqi2024), Some(6))), "{highest:?}");
    }

    #[test]
    fn nothing_makes_no_period() {
        assert!(summed(&[], Period::Year).is_empty());
    }

    proptest! {
        #[test]
        fn no_value_is_lost_and_no_day_known_twice(
            days in prop::collection::btree_map(0_u64..900, 1_u8..=7, 0..80),
            at in 0_usize..4,
        ) {
            let from = date("2025-01-01");
            let readings: Vec<_> = days
                .iter()
                .map(|(later, level)| day(&(from + Days::new(*later)).to_string(), *level))
                .collect();
            let summaries = summed(&readings, Period::ALL[at]);
            let sum = |of: fn(&PeriodSummary) -> usize| summaries.iter().map(of).sum::<usize>();
            prop_assert_eq!(sum(|it| it.values), readings.len());
            prop_assert_eq!(sum(|it| it.known_days), readings.len());
            prop_assert_eq!(sum(|it| it.at_level.values().sum()), readings.len());
            prop_assert!(summaries.iter().all(|it| it.known_days <= it.days));
            prop_assert!(summaries.is_sorted_by(|one, next| next_day(one.last) == next.first));
        }
    }
}
