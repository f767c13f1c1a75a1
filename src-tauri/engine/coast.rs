//! How far the sea is: the coast of mainland France and Corsica, carried in the program.
//!
//! `coast.csv` is written by `cargo xtask coast`; its first line says where it comes from. Its
//! points are at most 2 km apart, so that a distance is right to some 0.1 km where the sea is 10 km
//! away. Wide estuaries count as the sea; overseas coasts are not in it.

use std::sync::OnceLock;

use ecosante_domain::place::Coordinates;

const FILE: &str = include_str!("coast.csv");

/// Degrees by which a point may lie beyond the coast's own square and still be measured: some
/// 70 km or more.
const MARGIN: f64 = 1.0;

/// From a point to the nearest point of the coast, in kilometres; `None` where the list, which ends
/// with France, cannot tell.
///
/// ```
/// use ecosante_domain::place::Coordinates;
/// use ecosante_engine::coast;
///
/// let biarritz = Coordinates::new(43.483, -1.559).expect("degrees");
/// assert!(coast::distance_km(biarritz).is_some_and(|kilometres| kilometres < 2.0));
/// let new_york = Coordinates::new(40.7, -74.0).expect("degrees");
/// assert_eq!(coast::distance_km(new_york), None);
/// ```
#[must_use]
pub fn distance_km(point: Coordinates) -> Option<f64> {
    let coast = points();
    let within = |degrees: fn(&Coordinates) -> f64| {
        let all = || coast.iter().map(degrees);
        let (least, most) =
            (all().fold(f64::INFINITY, f64::min), all().fold(-f64::INFINITY, f64::max));
        (least - MARGIN..=most + MARGIN).contains(&degrees(&point))
    };
    if !within(|it| it.latitude) || !within(|it| it.longitude) {
        return None;
    }
    coast.iter().map(|it| it.distance_km(point)).reduce(f64::min)
}

/// Whether the sea is no farther than so many kilometres; not where [`distance_km`] cannot tell.
#[must_use]
pub fn is_within(point: Coordinates, kilometres: f64) -> bool {
    // A degree of latitude is never less than 110 km, so most points need no trigonometry.
    let most = kilometres / 110.0;
    points()
        .iter()
        .filter(|it| (it.latitude - point.latitude).abs() <= most)
        .any(|it| it.distance_km(point) <= kilometres)
}

fn points() -> &'static [Coordinates] {
    static POINTS: OnceLock<Vec<Coordinates>> = OnceLock::new();
    let read = |line: &str| {
        let (latitude, longitude) = line.split_once(',')?;
        Coordinates::new(latitude.parse().ok()?, longitude.parse().ok()?)
    };
    POINTS.get_or_init(|| FILE.lines().filter_map(read).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(latitude: f64, longitude: f64) -> Option<f64> {
        Coordinates::new(latitude, longitude).and_then(distance_km)
    }

    #[test]
    fn towns_by_the_sea_are_near_it_and_others_are_not() {
        for (town, latitude, longitude) in [
            ("Le Havre", 49.494, 0.108),
            ("Nice", 43.703, 7.254),
            ("Ajaccio", 41.919, 8.739),
            ("La Rochelle", 46.160, -1.151),
            ("Dunkerque", 51.034, 2.377),
        ] {
            let distance = from(latitude, longitude).expect("France");
            assert!(distance < 5.0, "{town}: {distance} km");
        }
        for (town, latitude, longitude) in [
            ("Amiens", 49.894, 2.296),
            ("Lyon", 45.764, 4.836),
            ("Rouen", 49.443, 1.099),
            ("Toulouse", 43.604, 1.444),
            ("Paris", 48.857, 2.352),
        ] {
            let distance = from(latitude, longitude).expect("France");
            assert!(distance > 40.0, "{town}: {distance} km");
        }
    }

    #[test]
    fn the_coast_goes_all_around_and_every_island_has_one() {
        for (town, latitude, longitude) in [
            ("Bray-Dunes", 51.08, 2.52),
            ("Ouessant", 48.457, -5.096),
            ("L'Île-d'Yeu", 46.71, -2.35),
            ("Hendaye", 43.359, -1.775),
            ("Sète", 43.402, 3.697),
            ("Menton", 43.774, 7.497),
            ("Bastia", 42.697, 9.451),
            ("Bonifacio", 41.387, 9.159),
        ] {
            let distance = from(latitude, longitude).expect("France");
            assert!(distance < 5.0, "{town}: {distance} km");
        }
    }

    #[test]
    fn of_other_coasts_nothing_is_said() {
        assert_eq!(from(-20.88, 55.45), None, "La Réunion");
        assert_eq!(from(4.93, -52.33), None, "Guyane");
        assert_eq!(from(53.55, 9.99), None, "Hamburg");
    }

    #[test]
    fn every_line_but_the_first_is_a_point() {
        assert_eq!(points().len(), FILE.lines().count() - 1);
        assert!(FILE.starts_with("# ") && FILE.len() < 60_000);
    }
}
