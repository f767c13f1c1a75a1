//! What a person saves: home, work, school.

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// The identity of a saved place on this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PlaceId(pub i64);

/// Degrees, WGS 84.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Coordinates {
    /// Degrees north, −90 to 90.
    pub latitude: f64,
    /// Degrees east, −180 to 180.
    pub longitude: f64,
}

impl Coordinates {
    /// Coordinates within their ranges, or `None`.
    #[must_use]
    pub fn new(latitude: f64, longitude: f64) -> Option<Self> {
        let valid = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
        valid.then_some(Self { latitude, longitude })
    }

    /// Rounded to a grid of 0.1°, the cell of the European model: nothing finer leaves the device.
    ///
    /// ```
    /// use ecosante_domain::place::Coordinates;
    ///
    /// let lyon = Coordinates::new(45.7640, 4.8357).expect("degrees");
    /// assert_eq!(lyon.cell(), Coordinates { latitude: 45.8, longitude: 4.8 });
    /// assert_eq!(lyon.cell_code(), "45.8,4.8");
    /// assert_eq!(Coordinates::new(95.0, 0.0), None);
    /// ```
    #[must_use]
    pub fn cell(self) -> Self {
        // Adding zero turns −0.0 into 0.0, so that a cell has one name.
        let round = |degrees: f64| (degrees * 10.0).round() / 10.0 + 0.0;
        Self { latitude: round(self.latitude), longitude: round(self.longitude) }
    }

    /// The name of the cell, `48.9,2.4`.
    #[must_use]
    pub fn cell_code(self) -> String {
        let cell = self.cell();
        format!("{:.1},{:.1}", cell.latitude, cell.longitude)
    }

    /// Great-circle distance in kilometres, on a sphere of 6,371 km.
    #[must_use]
    pub fn distance_km(self, other: Self) -> f64 {
        let (lat, other_lat) = (self.latitude.to_radians(), other.latitude.to_radians());
        let d_lat = other_lat - lat;
        let d_lon = (other.longitude - self.longitude).to_radians();
        let a =
            (d_lat / 2.0).sin().powi(2) + lat.cos() * other_lat.cos() * (d_lon / 2.0).sin().powi(2);
        2.0 * 6371.0 * a.sqrt().min(1.0).asin()
    }
}

/// The French commune of a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommuneRef {
    /// INSEE code: `75056`, `2A004`.
    pub code: String,
    /// Official name, by which producers' zones are told apart where they share a code.
    pub name: String,
    /// SIREN of the EPCI, where the commune belongs to one.
    pub epci: Option<String>,
    /// Code of the département.
    pub departement: String,
}

/// A saved place.
///
/// ```
/// use chrono_tz::Tz;
/// use ecosante_domain::place::{CommuneRef, Coordinates, Place, PlaceId};
///
/// let home = Place {
///     id: PlaceId(1),
///     name: "Home".to_owned(),
///     commune: Some(CommuneRef {
///         code: "97302".to_owned(),
///         name: "Cayenne".to_owned(),
///         epci: Some("249730045".to_owned()),
///         departement: "973".to_owned(),
///     }),
///     coordinates: Coordinates::new(4.9372, -52.3260),
///     time_zone: Tz::America__Cayenne,
/// };
/// assert!(home.has_air_agency() && !home.is_in_mainland_france());
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Its identity on this device.
    pub id: PlaceId,
    /// What the person calls it.
    pub name: String,
    /// The commune; `None` outside France.
    pub commune: Option<CommuneRef>,
    /// Where it is, once known; without it there is no model data, but French indices still work.
    pub coordinates: Option<Coordinates>,
    /// The time zone in which its days begin and end.
    pub time_zone: Tz,
}

impl Place {
    /// Whether it lies in mainland France or Corsica: what is published for France often ends there.
    #[must_use]
    pub fn is_in_mainland_france(&self) -> bool {
        let overseas = |code: &str| code.starts_with("97") || code.starts_with("98");
        self.commune.as_ref().is_some_and(|commune| !overseas(&commune.departement))
    }

    /// Whether one of the regional air quality agencies of France answers for it: they do on the
    /// mainland, in Corsica and in the five overseas départements, not in the collectivities of the
    /// Pacific and the Atlantic.
    #[must_use]
    pub fn has_air_agency(&self) -> bool {
        let agency = |code: &str| ["971", "972", "973", "974", "976"].contains(&code);
        let departement = self.commune.as_ref().map(|commune| commune.departement.as_str());
        self.is_in_mainland_france() || departement.is_some_and(agency)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_has_one_name_on_either_side_of_zero() {
        let west = Coordinates::new(51.48, -0.01).expect("Greenwich");
        assert_eq!(west.cell_code(), "51.5,0.0");
        assert_eq!(Coordinates::new(45.764, 4.8357).expect("Lyon").cell_code(), "45.8,4.8");
    }

    #[test]
    fn coordinates_outside_the_globe_are_refused() {
        assert_eq!(Coordinates::new(90.1, 0.0), None);
        assert_eq!(Coordinates::new(f64::NAN, 0.0), None);
        assert_eq!(Coordinates::new(0.0, 180.5), None);
    }

    #[test]
    fn paris_and_lyon_are_392_km_apart() {
        let paris = Coordinates::new(48.8566, 2.3522).expect("Paris");
        let lyon = Coordinates::new(45.7640, 4.8357).expect("Lyon");
        assert!((paris.distance_km(lyon) - 392.0).abs() < 2.0);
    }
}
