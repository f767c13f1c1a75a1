//! When the sun is up.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Timelike, Utc};
use sunrise::{SolarDay, SolarEvent};

use crate::place::Place;

/// Whether the middle of the hour that begins at `start` lies between sunset and sunrise.
///
/// Where a place is not located yet, night is said to last from 21:00 to 7:00.
#[must_use]
pub fn is_night(place: &Place, start: DateTime<Utc>) -> bool {
    let middle = start + TimeDelta::minutes(30);
    let local = middle.with_timezone(&place.time_zone);
    let date = local.date_naive();
    let Some(day) = solar_day(place, date) else { return !(7..21).contains(&local.hour()) };
    match (day.event_time(SolarEvent::Sunrise), day.event_time(SolarEvent::Sunset)) {
        (Some(rises), Some(sets)) => middle < rises || sets <= middle,
        _ => place.coordinates.is_some_and(|at| is_polar_night(at.latitude, date)),
    }
}

/// When the sun sets on a day; `None` where it does not, or where the place is not located yet.
#[must_use]
pub fn sets(place: &Place, date: NaiveDate) -> Option<DateTime<Utc>> {
    solar_day(place, date)?.event_time(SolarEvent::Sunset)
}

fn solar_day(place: &Place, date: NaiveDate) -> Option<SolarDay> {
    let at = place.coordinates?;
    Some(SolarDay::new(sunrise::Coordinates::new(at.latitude, at.longitude)?, date))
}

/// Whether the sun stays down on a day on which it neither rises nor sets: that happens around the
/// solstices alone.
fn is_polar_night(latitude: f64, date: NaiveDate) -> bool {
    let northern_summer = (4..=9).contains(&date.month());
    (latitude > 0.0) != northern_summer
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::{Coordinates, PlaceId};

    fn nights(at: Option<(f64, f64)>, zone: chrono_tz::Tz, date: &str) -> Vec<u32> {
        let place = Place {
            id: PlaceId(1),
            name: String::new(),
            commune: None,
            coordinates: at.and_then(|(latitude, longitude)| Coordinates::new(latitude, longitude)),
            time_zone: zone,
        };
        let midnight = crate::reading::midnight(date.parse().expect("a date"), zone);
        (0..24)
            .filter(|hour| is_night(&place, midnight + TimeDelta::hours(i64::from(*hour))))
            .collect()
    }

    /// The hours of night at their beginning and at their end.
    fn evening_and_morning(nights: &[u32]) -> (u32, u32) {
        let evening = nights.iter().find(|hour| **hour >= 12).copied().expect("an evening");
        let morning = nights.iter().filter(|hour| **hour < 12).max().copied().expect("a morning");
        (evening, morning)
    }

    #[test]
    fn a_night_is_as_long_as_the_season_makes_it() {
        let lyon = Some((45.76, 4.84));
        let paris_time = chrono_tz::Europe::Paris;
        // Sunset at about 21:35, sunrise at 5:50; then 17:00 and 8:20.
        let summer = nights(lyon, paris_time, "2026-06-21");
        assert_eq!(evening_and_morning(&summer), (22, 5));
        let winter = nights(lyon, paris_time, "2026-12-21");
        assert_eq!(evening_and_morning(&winter), (17, 7));
    }

    #[test]
    fn far_from_greenwich_the_day_is_that_of_the_place() {
        // La Réunion in its winter: about 17:50 and 6:50; Tahiti at equinox: 18:10 and 6:00.
        let reunion = nights(Some((-20.88, 55.45)), chrono_tz::Indian::Reunion, "2026-06-21");
        assert_eq!(evening_and_morning(&reunion), (18, 6));
        let tahiti = nights(Some((-17.53, -149.57)), chrono_tz::Pacific::Tahiti, "2026-03-21");
        assert_eq!(evening_and_morning(&tahiti), (18, 5));
    }

    #[test]
    fn beyond_the_polar_circle_a_day_may_have_no_night_or_nothing_else() {
        let tromso = Some((69.65, 18.96));
        let zone = chrono_tz::Europe::Oslo;
        assert!(nights(tromso, zone, "2026-06-21").is_empty());
        assert_eq!(nights(tromso, zone, "2026-12-21").len(), 24);
        let antarctica = Some((-75.0, 123.0));
        let perth = chrono_tz::Australia::Perth;
        assert!(nights(antarctica, perth, "2026-12-21").is_empty());
        assert_eq!(nights(antarctica, perth, "2026-06-21").len(), 24);
    }

    #[test]
    fn a_place_that_is_not_located_yet_has_a_night_too() {
        let nights = nights(None, chrono_tz::Europe::Paris, "2026-06-21");
        assert_eq!(evening_and_morning(&nights), (21, 6));
    }
}
