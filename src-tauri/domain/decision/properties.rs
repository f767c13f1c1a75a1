//! What holds of decisions whatever is published, wherever the place is and however the clock runs.

use chrono::{DateTime, Days, NaiveDate, TimeDelta};
use chrono_tz::Tz;
use proptest::prelude::*;

use super::{Lead, Reason, Restraint};
use crate::metric::{Metric, Phenomenon};
use crate::place::{Place, PlaceId};
use crate::reading::{Basis, Reading, Source, Target, Zone, midnight, next_day};
use crate::rehearsal::Memory;
use crate::rule::{Because, Rule, Trigger};
use crate::scale::Scale;

/// Europe with its changes of the clock, France overseas east and west of it, and the edges of the
/// date line.
const ZONES: [Tz; 8] = [
    Tz::Europe__Paris,
    Tz::America__Cayenne,
    Tz::Indian__Reunion,
    Tz::Pacific__Noumea,
    Tz::Pacific__Tahiti,
    Tz::America__Miquelon,
    Tz::Pacific__Auckland,
    Tz::Pacific__Kiritimati,
];

fn place(zone: Tz) -> Place {
    Place {
        id: PlaceId(1),
        name: "here".to_owned(),
        commune: None,
        coordinates: None,
        time_zone: zone,
    }
}

fn rule(metric: Metric, limit: u8) -> Rule {
    let trigger = Trigger::From(limit);
    Rule { metric, trigger, because: vec![Because::Everyone], provenance: None }
}

fn reading(metric: Metric, target: Target, level: u8) -> Reading {
    let scale = match metric {
        Metric::Vigilance(_) => Scale::Vigilance,
        _ => Scale::Atmo2021,
    };
    Reading {
        source: Source::AtmoFrance,
        zone: Zone { code: "1".to_owned(), name: "here".to_owned() },
        metric,
        scale: Some(scale),
        target,
        basis: Basis::Official,
        level: Some(level),
        value: None,
        published_at: None,
        fetched_at: DateTime::UNIX_EPOCH,
        hours: 1,
        note: None,
    }
}

/// Days from a first one on; 0: nothing is known of it.
fn days(first: NaiveDate, levels: &[u8]) -> Vec<Reading> {
    let dates = (0..).map(|n| first + Days::new(n));
    dates
        .zip(levels)
        .filter(|(_, level)| **level > 0)
        .map(|(date, level)| reading(Metric::Air, Target::Day(date), *level))
        .collect()
}

/// The episodes of days, found without any of the code under test: from the first day at the limit
/// to the day before two days in a row below it, or before one two levels below. Of what is not
/// known it is as if it were just below. First and last day, counted from 0.
fn naive_episodes(levels: &[u8], limit: u8) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut open = false;
    let mut below = 0;
    for (n, level) in levels.iter().enumerate() {
        if *level >= limit {
            if open && let Some(last) = found.last_mut() {
                last.1 = n;
            } else {
                found.push((n, n));
            }
            (open, below) = (true, 0);
        } else {
            below += 1;
            let far = *level > 0 && level + 2 <= limit;
            open &= !far && below < 2;
        }
    }
    found
}

fn any_zone() -> impl Strategy<Value = Tz> {
    prop::sample::select(ZONES.to_vec())
}

/// Any day of two years, so that every change of the clock comes up.
fn any_date() -> impl Strategy<Value = NaiveDate> {
    (0_u64..730).prop_map(|n| NaiveDate::from_ymd_opt(2026, 1, 1).expect("a date") + Days::new(n))
}

/// A day on which the clocks of Paris change, or one beside it.
fn near_a_change() -> impl Strategy<Value = NaiveDate> {
    let changes = ["2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31"];
    (prop::sample::select(changes.to_vec()), 0_u64..3)
        .prop_map(|(date, before)| date.parse::<NaiveDate>().expect("a date") - Days::new(before))
}

fn news(memory: &Memory) -> usize {
    memory.told.iter().filter(|told| told.reason == Reason::New).count()
}

/// Looks at what never changes, so many times on each of its days.
fn live_through(
    memory: &mut Memory,
    rule: &Rule,
    first: NaiveDate,
    levels: &[u8],
    looks: u32,
    zone: Tz,
) {
    let known = days(first, levels);
    for date in (0..).map(|n| first + Days::new(n)).take(levels.len()) {
        let (begins, ends) = (midnight(date, zone), midnight(next_day(date), zone));
        for look in 0..looks {
            let now = begins
                + (ends - begins) * i32::try_from(look).expect("few")
                    / i32::try_from(looks).expect("few");
            memory.learn(rule, &known, now, &place(zone), Restraint::default());
        }
    }
}

proptest! {
    #[test]
    fn every_episode_is_told_once_in_every_time_zone_and_over_every_change_of_the_clock(
        zone in any_zone(),
        first in any_date(),
        levels in prop::collection::vec(0_u8..=6, 1..20),
        limit in 1_u8..=6,
        looks in 1_u32..6,
    ) {
        let mut memory = Memory::default();
        live_through(&mut memory, &rule(Metric::Air, limit), first, &levels, looks, zone);
        prop_assert_eq!(news(&memory), naive_episodes(&levels, limit).len());
        prop_assert!(memory.told_off.is_empty());
    }

    #[test]
    fn worse_is_told_each_time_the_level_passes_the_highest_told_and_at_no_other_time(
        levels in prop::collection::vec(1_u8..=6, 1..40),
        limit in 1_u8..=6,
    ) {
        // One day, published again and again.
        let first = NaiveDate::from_ymd_opt(2026, 9, 8).expect("a date");
        let zone = Tz::Europe__Paris;
        let mut memory = Memory::default();
        let (mut highest, mut expected) = (None::<u8>, 0);
        for (n, level) in (0..).zip(&levels) {
            let now = midnight(first, zone) + TimeDelta::minutes(20 * n);
            let restraint = Restraint::default();
            memory.learn(&rule(Metric::Air, limit), &days(first, &[*level]), now, &place(zone), restraint);
            if *level >= limit {
                expected += usize::from(highest.is_some_and(|highest| *level > highest));
                highest = highest.max(Some(*level));
            }
        }
        let worse = memory.told.iter().filter(|told| told.reason == Reason::Worse).count();
        // However far it fell in between: it is the same day.
        prop_assert_eq!(worse, expected);
    }

    #[test]
    fn what_hovers_around_the_limit_is_told_once(
        limit in 2_u8..=6,
        above in prop::collection::vec(any::<bool>(), 2..30),
        zone in any_zone(),
        first in any_date(),
    ) {
        // Never two days in a row below it.
        let mut levels = vec![limit];
        for high in above {
            let last = levels[levels.len() - 1];
            levels.push(if high || last < limit { limit } else { limit - 1 });
        }
        let mut memory = Memory::default();
        live_through(&mut memory, &rule(Metric::Air, limit), first, &levels, 3, zone);
        prop_assert_eq!(news(&memory), 1);
        prop_assert!(memory.told.iter().all(|told| told.reason != Reason::Worse));
    }

    #[test]
    fn nothing_is_told_in_quiet_hours_and_what_lasts_is_told_once_when_they_end(
        zone in any_zone(),
        first in any_date(),
        level in 3_u8..=6,
        quiet_looks in 1_i64..8,
    ) {
        let known = days(first, &[level, level]);
        let rule = rule(Metric::Air, 3);
        let mut memory = Memory::default();
        let begins = midnight(first, zone);
        for n in 0..quiet_looks {
            let quiet = Restraint { quiet: true, ..Restraint::default() };
            memory.learn(&rule, &known, begins + TimeDelta::minutes(50 * n), &place(zone), quiet);
        }
        prop_assert!(memory.told.is_empty());
        for n in 0..5 {
            let now = begins + TimeDelta::hours(8 + n);
            memory.learn(&rule, &known, now, &place(zone), Restraint::default());
        }
        prop_assert_eq!(memory.told.len(), 1);
        prop_assert_eq!(memory.told[0].reason, Reason::Released);
    }

    #[test]
    fn the_highest_class_breaks_through_quiet_hours_a_mute_and_every_lead_time(
        quiet in any::<bool>(),
        muted in any::<bool>(),
        lead in prop::sample::select(Lead::ALL.to_vec()),
        first in any_date(),
        hour in 0_i64..24,
    ) {
        let zone = Tz::Europe__Paris;
        let heat = Metric::Vigilance(Phenomenon::Heat);
        let now = midnight(first, zone) + TimeDelta::hours(hour);
        let target = Target::Hour(midnight(next_day(first), zone) + TimeDelta::hours(12));
        let tells = |level| {
            let mut memory = Memory::default();
            let restraint = Restraint { quiet, muted, lead };
            memory.learn(&rule(heat, 3), &[reading(heat, target, level)], now, &place(zone), restraint);
            memory.told.len()
        };
        prop_assert_eq!(tells(4), 1, "red");
        let free = !quiet && !muted && (lead == Lead::Known || lead == Lead::Evening && hour >= 18);
        prop_assert_eq!(tells(3), usize::from(free), "orange");
    }

    #[test]
    fn an_episode_of_hours_over_a_change_of_the_clock_is_one(
        date in near_a_change(),
        starts in 0_i64..30,
        lasts in 1_i64..30,
        gap in 0_i64..6,
    ) {
        let zone = Tz::Europe__Paris;
        let heat = Metric::Vigilance(Phenomenon::Heat);
        let begins = midnight(date, zone);
        let hours: Vec<_> = (0..72)
            .map(|n| {
                let within = (starts..starts + lasts).contains(&n)
                    || (starts + lasts + gap..starts + lasts + gap + 2).contains(&n);
                let target = Target::Hour(begins + TimeDelta::hours(n));
                reading(heat, target, if within { 3 } else { 2 })
            })
            .collect();
        let mut memory = Memory::default();
        for n in 0..72 {
            let now = begins + TimeDelta::hours(n) + TimeDelta::minutes(7);
            memory.learn(&rule(heat, 3), &hours, now, &place(zone), Restraint::default());
        }
        prop_assert_eq!(news(&memory), 1, "a gap of {} hours parts nothing", gap);
        let (first, last) = (memory.told[0].first, memory.told[0].last);
        prop_assert!(first <= last);
    }

    #[test]
    fn what_is_taken_back_before_it_begins_is_told_off_once_and_later_not_at_all(
        zone in any_zone(),
        first in any_date(),
        level in 3_u8..=6,
        hours in 1_i64..40,
    ) {
        let rule = rule(Metric::Air, 3);
        let begins = midnight(first, zone);
        let tomorrow = midnight(next_day(first), zone);
        let mut memory = Memory::default();
        memory.learn(&rule, &days(first, &[2, level]), begins, &place(zone), Restraint::default());
        prop_assert_eq!(memory.told.len(), 1);
        for again in 0..3 {
            let now = begins + TimeDelta::hours(hours) + TimeDelta::minutes(again);
            memory.learn(&rule, &days(first, &[2, 1]), now, &place(zone), Restraint::default());
        }
        let in_time = begins + TimeDelta::hours(hours) < tomorrow;
        prop_assert_eq!(memory.told_off.len(), usize::from(in_time));
        prop_assert_eq!(memory.told.len(), 1);
    }

    #[test]
    fn a_day_that_is_over_is_never_told_however_late_it_is_published(
        zone in any_zone(),
        first in any_date(),
        levels in prop::collection::vec(3_u8..=6, 1..6),
        late in 0_i64..50,
    ) {
        let over = first + Days::new(u64::try_from(levels.len()).expect("few"));
        let now = midnight(over, zone) + TimeDelta::hours(late);
        let mut memory = Memory::default();
        let known = days(first, &levels);
        memory.learn(&rule(Metric::Air, 3), &known, now, &place(zone), Restraint::default());
        prop_assert!(memory.told.is_empty());
    }

    #[test]
    fn publications_that_contradict_each_other_tell_nothing_twice_at_the_same_level(
        publications in prop::collection::vec(prop::collection::vec(0_u8..=6, 6), 1..30),
        limit in 2_u8..=6,
        zone in any_zone(),
        first in any_date(),
    ) {
        let rule = rule(Metric::Air, limit);
        let mut memory = Memory::default();
        for (n, levels) in (0..).zip(&publications) {
            let now = midnight(first, zone) + TimeDelta::hours(4 * n);
            memory.learn(&rule, &days(first, levels), now, &place(zone), Restraint::default());
            let told = memory.told.len();
            // The same publication once more is no news.
            let later = now + TimeDelta::minutes(30);
            memory.learn(&rule, &days(first, levels), later, &place(zone), Restraint::default());
            prop_assert_eq!(memory.told.len(), told);
        }
        let ids: std::collections::BTreeSet<_> = memory.told.iter().map(|told| told.alert).collect();
        for id in ids {
            let of_it: Vec<_> = memory.told.iter().filter(|told| told.alert == id).collect();
            for (one, next) in of_it.iter().zip(of_it.iter().skip(1)) {
                let reminder = next.reason == Reason::Reminder
                    && next.at - one.at >= TimeDelta::days(3);
                prop_assert!(next.level > one.level || reminder, "{one:?} then {next:?}");
            }
        }
    }

    #[test]
    fn who_or_what_comes_in_mid_episode_is_told_once_of_what_is_left(
        zone in any_zone(),
        first in any_date(),
        length in 2_usize..9,
        comes in 0_usize..9,
    ) {
        // Nothing was known of the place, or nobody was there to be told, before.
        let levels = vec![4; length];
        let comes = comes % length;
        let mut memory = Memory::default();
        let known = days(first, &levels);
        for n in comes..length {
            let now = midnight(first + Days::new(u64::try_from(n).expect("few")), zone)
                + TimeDelta::hours(9);
            memory.learn(&rule(Metric::Air, 3), &known, now, &place(zone), Restraint::default());
        }
        prop_assert_eq!(news(&memory), 1);
        prop_assert!(memory.told[0].first >= Target::Day(first + Days::new(u64::try_from(comes).expect("few"))));
    }

    #[test]
    fn a_clock_that_is_set_back_and_forth_tells_no_episode_twice(
        zone in any_zone(),
        first in any_date(),
        levels in prop::collection::vec(1_u8..=6, 1..8),
        limit in 2_u8..=6,
        hours in prop::collection::vec(0_i64..240, 1..30),
    ) {
        let mut memory = Memory::default();
        let known = days(first, &levels);
        for hour in hours {
            let now = midnight(first, zone) + TimeDelta::hours(hour);
            memory.learn(&rule(Metric::Air, limit), &known, now, &place(zone), Restraint::default());
        }
        prop_assert!(news(&memory) <= naive_episodes(&levels, limit).len());
        prop_assert!(memory.told_off.is_empty());
    }

    #[test]
    fn after_three_days_asleep_what_is_over_is_not_told_and_what_lasts_is_told_once(
        zone in any_zone(),
        first in any_date(),
        levels in prop::collection::vec(1_u8..=6, 5..9),
        limit in 2_u8..=6,
        minute in 0_i64..1440,
    ) {
        let known = days(first, &levels);
        let rule = rule(Metric::Air, limit);
        let mut memory = Memory::default();
        memory.learn(&rule, &days(first, &levels[..1]), midnight(first, zone), &place(zone), Restraint::default());
        let before = memory.told.len();
        let woken = first + Days::new(3);
        for look in 0..3 {
            let now = midnight(woken, zone) + TimeDelta::minutes(minute.min(1380) + look);
            memory.learn(&rule, &known, now, &place(zone), Restraint::default());
        }
        // What is new are the episodes that reach into today or tomorrow and were not told before.
        let ahead = naive_episodes(&levels, limit)
            .into_iter()
            .filter(|(begins, ends)| *ends >= 3 && *begins <= 4)
            .filter(|(begins, _)| before == 0 || *begins > 0)
            .count();
        let after: Vec<_> = memory.told[before..].iter().filter(|it| it.reason == Reason::New).collect();
        prop_assert_eq!(after.len(), ahead, "{:?}", memory.told);
        prop_assert!(after.iter().all(|told| told.last >= Target::Day(woken)));
    }

    #[test]
    fn an_episode_of_tomorrow_is_told_from_its_lead_time_on_and_not_before(
        zone in any_zone(),
        first in any_date(),
        level in 3_u8..=6,
        lead in prop::sample::select(Lead::ALL.to_vec()),
    ) {
        let known = days(first, &[2, level]);
        let tomorrow = midnight(next_day(first), zone);
        let from = lead.tells_from(tomorrow, zone);
        let mut memory = Memory::default();
        let mut now = midnight(first, zone);
        while now < tomorrow + TimeDelta::hours(12) {
            let restraint = Restraint { lead, ..Restraint::default() };
            memory.learn(&rule(Metric::Air, 3), &known, now, &place(zone), restraint);
            now += TimeDelta::minutes(30);
        }
        prop_assert_eq!(memory.told.len(), 1);
        let at = memory.told[0].at;
        prop_assert!(at >= from);
        prop_assert!(at <= from.max(midnight(first, zone)) + TimeDelta::minutes(30));
    }
}
