//! Levels computed from a model's hourly concentrations, where no official one is known.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::metric::{Metric, Pollutant, Taxon};
use crate::reading::Target;
use crate::scale;

/// The hours of one variable: each with its beginning and its figure, where there is one.
pub type Hours = [(DateTime<Utc>, Option<f64>)];

/// Share of the hours of a day that must be known before the day has a figure, in hundredths.
///
/// 75 % is the usual minimum data capture for a daily statistic of air quality.
const NEEDED_HUNDREDTHS: usize = 75;

/// The figures of a civil day at a place in `zone`; `None` where too few hours are known.
fn of_day(hours: &Hours, date: NaiveDate, zone: Tz) -> Option<Vec<f64>> {
    let (start, end) = Target::Day(date).span(zone);
    let in_day = usize::try_from((end - start).num_hours()).ok()?;
    let known: Vec<f64> = hours
        .iter()
        .filter(|(hour, _)| start <= *hour && *hour < end)
        .filter_map(|(_, value)| value.filter(|value| value.is_finite() && *value >= 0.0))
        .collect();
    (known.len() * 100 >= in_day * NEEDED_HUNDREDTHS).then_some(known)
}

/// The mean of a civil day, in the unit of the hours; `None` where under 75 % of them are known.
#[must_use]
pub fn day_mean(hours: &Hours, date: NaiveDate, zone: Tz) -> Option<f64> {
    let known = of_day(hours, date, zone)?;
    #[expect(clippy::cast_precision_loss, reason = "a day has at most 25 hours")]
    let count = known.len() as f64;
    Some(known.iter().sum::<f64>() / count)
}

/// The highest hour of a civil day; `None` where under 75 % of the hours are known.
#[must_use]
pub fn day_max(hours: &Hours, date: NaiveDate, zone: Tz) -> Option<f64> {
    of_day(hours, date, zone)?.into_iter().reduce(f64::max)
}

/// The ATMO sub-index of one pollutant for a day: the highest hour for gases, the mean for particles.
///
/// Returns the level with the figure in µg/m³ behind it.
///
/// ```
/// use chrono::{NaiveDate, TimeDelta};
/// use chrono_tz::Tz;
/// use ecosante_domain::estimate::atmo_sub_index;
/// use ecosante_domain::metric::Pollutant;
/// use ecosante_domain::reading::midnight;
///
/// let day: NaiveDate = "2026-09-08".parse()?;
/// let start = midnight(day, Tz::Europe__Paris);
/// // 60 µg/m³ all day, 140 in the afternoon: of a gas the worst hour counts.
/// let figure = |hour| if hour == 15 { 140.0 } else { 60.0 };
/// let hours: Vec<_> =
///     (0..24).map(|hour| (start + TimeDelta::hours(hour), Some(figure(hour)))).collect();
/// assert_eq!(atmo_sub_index(Pollutant::O3, &hours, day, Tz::Europe__Paris), Some((4, 140.0)));
///
/// // With under three quarters of its hours a day has no figure.
/// assert_eq!(atmo_sub_index(Pollutant::O3, &hours[..17], day, Tz::Europe__Paris), None);
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[must_use]
pub fn atmo_sub_index(
    pollutant: Pollutant,
    hours: &Hours,
    date: NaiveDate,
    zone: Tz,
) -> Option<(u8, f64)> {
    let figure = match pollutant {
        Pollutant::Pm25 | Pollutant::Pm10 => day_mean(hours, date, zone),
        Pollutant::No2 | Pollutant::O3 | Pollutant::So2 => day_max(hours, date, zone),
    }?;
    let scale = scale::scale_on(Metric::AirOf(pollutant), true, date)?;
    scale::air_level(scale, pollutant, figure).map(|level| (level, figure))
}

/// The ATMO index of a day: its worst sub-index.
///
/// `None` unless PM2.5, PM10, NO₂ and ozone are all known: an index of fewer could look better than
/// the air is. Sulphur dioxide counts where it is known; today it drives the index only near its
/// industrial sources, which a grid of 0.1° does not show.
#[must_use]
pub fn atmo_index(sub_indices: &BTreeMap<Pollutant, u8>) -> Option<u8> {
    let needed = [Pollutant::Pm25, Pollutant::Pm10, Pollutant::No2, Pollutant::O3];
    let complete = needed.iter().all(|pollutant| sub_indices.contains_key(pollutant));
    complete.then(|| sub_indices.values().copied().max()).flatten()
}

/// The pollen index of a day: its worst taxon; `None` unless all six are known.
#[must_use]
pub fn pollen_index(taxa: &BTreeMap<Taxon, u8>) -> Option<u8> {
    let complete = Taxon::ALL.iter().all(|taxon| taxa.contains_key(taxon));
    complete.then(|| taxa.values().copied().max()).flatten()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::reading::midnight;

    const PARIS: Tz = Tz::Europe__Paris;

    fn date() -> NaiveDate {
        "2026-09-08".parse().expect("a date")
    }

    fn hours(values: &[Option<f64>]) -> Vec<(DateTime<Utc>, Option<f64>)> {
        let start = midnight(date(), PARIS);
        (0..).zip(values).map(|(n, value)| (start + TimeDelta::hours(n), *value)).collect()
    }

    #[test]
    fn gases_count_by_their_worst_hour_and_particles_by_their_mean() {
        let mut values = vec![Some(10.0); 24];
        values[15] = Some(140.0);
        let hours = hours(&values);
        assert_eq!(atmo_sub_index(Pollutant::O3, &hours, date(), PARIS), Some((4, 140.0)));
        let (level, mean) = atmo_sub_index(Pollutant::Pm25, &hours, date(), PARIS).expect("known");
        assert_eq!(level, 2);
        assert!((mean - (23.0 * 10.0 + 140.0) / 24.0).abs() < 1e-9);
    }

    #[test]
    fn a_day_of_which_too_few_hours_are_known_has_no_figure() {
        let mut values = vec![Some(10.0); 24];
        values[..6].fill(None);
        assert!(day_mean(&hours(&values), date(), PARIS).is_some());
        values[6] = Some(f64::NAN);
        assert_eq!(day_mean(&hours(&values), date(), PARIS), None);
        assert_eq!(day_max(&hours(&[]), date(), PARIS), None);
    }

    #[test]
    fn an_index_without_ozone_is_not_an_index() {
        let mut known =
            BTreeMap::from([(Pollutant::Pm25, 1), (Pollutant::Pm10, 2), (Pollutant::No2, 1)]);
        assert_eq!(atmo_index(&known), None);
        known.insert(Pollutant::O3, 3);
        assert_eq!(atmo_index(&known), Some(3));
    }

    #[test]
    fn a_pollen_index_needs_all_six_taxa() {
        let mut taxa: BTreeMap<_, _> = Taxon::ALL.into_iter().map(|taxon| (taxon, 1)).collect();
        taxa.insert(Taxon::Grass, 4);
        assert_eq!(pollen_index(&taxa), Some(4));
        taxa.remove(&Taxon::Olive);
        assert_eq!(pollen_index(&taxa), None);
    }
}
