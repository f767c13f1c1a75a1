//! Hazards that harm more together than each alone, as a series of days that rules can judge.
//!
//! Nobody publishes them. For each day on which both parts are known, the series has a level: that
//! of the first part where both reach their levels, else 1. The pairs of levels are this app's
//! choice (evidence: rules 11, 12 and 13), and every rule on them says so.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use crate::knowledge::sources;
use crate::metric::{Combination, Metric, Phenomenon, Pollutant, Taxon};
use crate::person::{Allergy, Condition, Profile};
use crate::place::Place;
use crate::reading::{Basis, Reading, Target, midnight, next_day};
use crate::rule::MET;
use crate::scale::scale_on;

/// The colour of the vigilance from which heat and thunderstorms count: yellow.
const YELLOW: u8 = 2;
/// The level of the ozone sub-index, and of the air index, from which it counts: poor.
const POOR: u8 = 4;
/// The state of a pollution episode from which it counts: information.
const INFORMATION: u8 = 2;
/// The level of grass pollen from which a thunderstorm is dangerous, and that for who has asthma
/// and is allergic to grass.
const GRASS: u8 = 4;
const GRASS_WITH_ASTHMA: u8 = 3;

/// The metrics that a combination is made from, for a person: first those of its first part.
#[must_use]
pub fn parts(combination: Combination, profile: &Profile) -> Vec<Metric> {
    let (mut first, second) = sides(combination, profile);
    first.extend(second);
    first.into_iter().map(|(metric, _)| metric).collect()
}

/// The metrics of a part, any of which makes it count from its level on.
type Part = Vec<(Metric, u8)>;

/// The first part and the second.
fn sides(combination: Combination, profile: &Profile) -> (Part, Part) {
    match combination {
        Combination::HeatOzone => (
            vec![(Metric::Vigilance(Phenomenon::Heat), YELLOW)],
            vec![
                (Metric::AirOf(Pollutant::O3), POOR),
                (Metric::Episode(Pollutant::O3), INFORMATION),
            ],
        ),
        Combination::StormGrass => {
            let allergic = [Allergy::To(Taxon::Grass), Allergy::Unknown];
            let both = profile.conditions.contains(&Condition::Asthma)
                && allergic.iter().any(|it| profile.allergies.contains_key(it));
            let grass = if both { GRASS_WITH_ASTHMA } else { GRASS };
            (
                vec![(Metric::Vigilance(Phenomenon::Thunderstorm), YELLOW)],
                vec![(Metric::PollenOf(Taxon::Grass), grass)],
            )
        }
        Combination::PollenAir => {
            let own = profile
                .allergies
                .keys()
                .filter_map(|allergy| Some((allergy.metric(), profile.pollen_limit(*allergy)?)))
                // A pair begins with the second level: the first says that there is nothing.
                .map(|(metric, limit)| (metric, limit.max(MET)));
            let mut air = vec![(Metric::Air, POOR)];
            air.extend(Pollutant::ALL.map(|it| (Metric::Episode(it), INFORMATION)));
            (own.collect(), air)
        }
    }
}

/// Metrics of parts on which no rule stands: rules on combinations look at them all the same.
pub const WITHOUT_RULES: [Metric; 1] = [Metric::AirOf(Pollutant::O3)];

/// Whether what a combination says of the days `outer` (first and last) says what a rule on `metric`
/// would of `inner`: a part that it names, on no other day. Air that is bad beside pollen is told for
/// itself: the pair does not say how bad.
#[must_use]
pub fn covers(
    combination: Combination,
    profile: &Profile,
    outer: (NaiveDate, NaiveDate),
    metric: Metric,
    inner: (NaiveDate, NaiveDate),
) -> bool {
    let (mut named, second) = sides(combination, profile);
    if combination != Combination::PollenAir {
        named.extend(second);
    }
    named.iter().any(|(part, _)| *part == metric) && outer.0 <= inner.0 && inner.1 <= outer.1
}

/// How a part stands on a day.
enum Side<'a> {
    /// Nothing of it is known.
    Unknown,
    /// What is known of it does not count.
    Under(&'a Reading),
    /// It counts, by its highest reading.
    Met(&'a Reading),
}

impl<'a> Side<'a> {
    /// How a part stands on a day, as far as the day is still to come at `now`.
    ///
    /// It is under only where nothing that is published here is missing: another of its metrics may
    /// count.
    fn on(
        date: NaiveDate,
        metrics: &[(Metric, u8)],
        place: &Place,
        now: DateTime<Utc>,
        series: &impl Fn(Metric) -> &'a [Reading],
    ) -> Self {
        let zone = place.time_zone;
        let (begins, ends) = (midnight(date, zone), midnight(next_day(date), zone));
        // The hours of today that are over endanger nobody any more.
        let from = if begins <= now && now < ends { now } else { begins };
        let (mut met, mut under): (Option<&Reading>, Option<&Reading>) = (None, None);
        let mut complete = true;
        for (metric, level) in metrics {
            let published = series(*metric);
            let mut known = false;
            for reading in published {
                let (starts, over) = reading.target.span(zone);
                if over <= from || ends <= starts || reading.level.is_none() {
                    continue;
                }
                known = true;
                let kept = if reading.level >= Some(*level) { &mut met } else { &mut under };
                if kept.is_none_or(|kept| reading.level > kept.level) {
                    *kept = Some(reading);
                }
            }
            complete &= known || published.is_empty();
        }
        match (met, under) {
            (Some(reading), _) => Self::Met(reading),
            (None, Some(reading)) if complete => Self::Under(reading),
            (None, _) => Self::Unknown,
        }
    }
}

/// The days of a combination, as [`crate::decision::decide`] judges them.
///
/// `series` has the readings that count for each of [`parts`]. A day of which neither part rules it
/// out and one is not known is left out: whether both come together is not known.
#[must_use]
pub fn days<'a>(
    combination: Combination,
    profile: &Profile,
    place: &Place,
    now: DateTime<Utc>,
    series: impl Fn(Metric) -> &'a [Reading],
) -> Vec<Reading> {
    let metric = Metric::Combined(combination);
    let (first, second) = sides(combination, profile);
    let in_france = place.commune.is_some();
    let mut dates: BTreeSet<NaiveDate> = BTreeSet::new();
    for (metric, _) in first.iter().chain(&second) {
        dates.extend(series(*metric).iter().map(|reading| reading.target.day(place.time_zone)));
    }
    let day = |date: NaiveDate| {
        let one = Side::on(date, &first, place, now, &series);
        let other = Side::on(date, &second, place, now, &series);
        let (known, level, basis) = match (one, other) {
            (Side::Met(reading), Side::Met(other)) => {
                // Of two halves one of which is estimated, the whole is.
                let estimated = other.basis == Basis::Estimated;
                let basis = if estimated { Basis::Estimated } else { reading.basis };
                (reading, reading.level?, basis)
            }
            (Side::Under(reading), _) | (_, Side::Under(reading)) => (reading, 1, reading.basis),
            (Side::Unknown, _) | (_, Side::Unknown) => return None,
        };
        Some(Reading {
            metric,
            scale: scale_on(metric, in_france, date),
            target: Target::Day(date),
            level: Some(level),
            value: None,
            hours: 1,
            note: None,
            basis,
            ..known.clone()
        })
    };
    dates.into_iter().filter_map(day).collect()
}

/// What is not known of a day on which one part of a combination counts: then it is not known
/// whether both come together. The first metric of the other part that is published here.
#[must_use]
pub fn missing_half<'a>(
    combination: Combination,
    profile: &Profile,
    place: &Place,
    date: NaiveDate,
    now: DateTime<Utc>,
    series: impl Fn(Metric) -> &'a [Reading],
) -> Option<Metric> {
    let (first, second) = sides(combination, profile);
    let one = Side::on(date, &first, place, now, &series);
    let other = Side::on(date, &second, place, now, &series);
    let unknown = match (one, other) {
        (Side::Met(_), Side::Unknown) => second,
        (Side::Unknown, Side::Met(_)) => first,
        _ => return None,
    };
    let published = |(metric, _): &(Metric, u8)| !sources(*metric, place).is_empty();
    unknown.into_iter().find(published).map(|(metric, _)| metric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::person::profile;
    use crate::place::{CommuneRef, PlaceId};
    use crate::reading::{Source, Zone};
    use chrono::TimeDelta;

    fn lyon() -> Place {
        Place {
            id: PlaceId(1),
            name: "Lyon".to_owned(),
            commune: Some(CommuneRef {
                code: "69123".to_owned(),
                name: "Lyon".to_owned(),
                epci: None,
                departement: "69".to_owned(),
            }),
            coordinates: None,
            time_zone: chrono_tz::Tz::Europe__Paris,
        }
    }

    fn date() -> NaiveDate {
        "2026-06-15".parse().expect("a date")
    }

    fn reading(metric: Metric, target: Target, level: u8) -> Reading {
        Reading {
            source: Source::AtmoFrance,
            zone: Zone { code: "69123".to_owned(), name: "Lyon".to_owned() },
            metric,
            scale: scale_on(metric, true, date()),
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

    /// The level of a combination on a day on which these levels are known.
    fn level(of: Combination, entries: &[(&str, &str)], known: &[(&str, u8)]) -> Option<u8> {
        let readings: Vec<(Metric, Vec<Reading>)> = known
            .iter()
            .map(|(name, level)| {
                let metric: Metric = name.parse().expect("a metric");
                let target = match metric {
                    Metric::Vigilance(_) => {
                        let noon = midnight(date(), chrono_tz::Tz::Europe__Paris);
                        Target::Hour(noon + TimeDelta::hours(15))
                    }
                    _ => Target::Day(date()),
                };
                (metric, vec![reading(metric, target, *level)])
            })
            .collect();
        let series = |metric: Metric| {
            let known = readings.iter().find(|(known, _)| *known == metric);
            known.map(|(_, readings)| readings.as_slice()).unwrap_or_default()
        };
        let now = midnight(date(), chrono_tz::Tz::Europe__Paris);
        let days = days(of, &profile(entries), &lyon(), now, series);
        assert!(days.len() <= 1, "{days:?}");
        days.first().and_then(|day| day.level)
    }

    #[test]
    fn heat_counts_with_poor_ozone_or_an_episode_of_it_and_has_the_colour_of_the_heat() {
        let level = |known: &[(&str, u8)]| level(Combination::HeatOzone, &[], known);
        assert_eq!(level(&[("vigilance.heat", 2), ("air.o3", 4)]), Some(2));
        assert_eq!(level(&[("vigilance.heat", 3), ("air.o3", 2), ("episode.o3", 2)]), Some(3));
        assert_eq!(level(&[("vigilance.heat", 4), ("air.o3", 3)]), Some(1));
        assert_eq!(level(&[("vigilance.heat", 1), ("air.o3", 5)]), Some(1));
    }

    #[test]
    fn a_storm_counts_earlier_for_who_has_asthma_and_is_allergic_to_grass() {
        let known = [("vigilance.thunderstorm", 2), ("pollen.grass", 3)];
        let level = |entries: &[(&str, &str)]| level(Combination::StormGrass, entries, &known);
        assert_eq!(level(&[("conditions", "asthma")]), Some(1));
        assert_eq!(level(&[("allergies", "grass")]), Some(1));
        assert_eq!(level(&[("conditions", "asthma"), ("allergies", "grass")]), Some(2));
    }

    #[test]
    fn pollen_counts_from_the_own_level_of_the_own_taxon_in_poor_air_or_an_episode() {
        let of = |entries: &[(&str, &str)], known: &[(&str, u8)]| {
            level(Combination::PollenAir, entries, known)
        };
        let birch = [("allergies", "birch:4")];
        assert_eq!(of(&birch, &[("pollen.birch", 4), ("air", 4)]), Some(4));
        assert_eq!(of(&birch, &[("pollen.birch", 5), ("episode.pm10", 2)]), Some(5));
        assert_eq!(of(&birch, &[("pollen.birch", 3), ("air", 5)]), Some(1));
        assert_eq!(of(&birch, &[("pollen.grass", 6), ("air", 5)]), None);
        let ragweed = [("allergies", "ragweed:1")];
        assert_eq!(of(&ragweed, &[("pollen.ragweed", 1), ("air", 4)]), Some(1));
        assert_eq!(of(&ragweed, &[("pollen.ragweed", 2), ("air", 4)]), Some(2));
    }

    #[test]
    fn what_is_half_known_is_ruled_out_by_the_half_that_is_calm_and_else_not_known() {
        let level = |known: &[(&str, u8)]| level(Combination::HeatOzone, &[], known);
        assert_eq!(level(&[("vigilance.heat", 3)]), None);
        assert_eq!(level(&[("vigilance.heat", 1)]), Some(1));
        assert_eq!(level(&[("air.o3", 2)]), Some(1));
        assert_eq!(level(&[("air.o3", 5)]), None);
        assert_eq!(level(&[]), None);
    }
}
