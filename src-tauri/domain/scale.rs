//! The scales on which levels are said: their bands, colours and where the figures come from.
//!
//! A revision of a scale is a new variant with its own name, never a change of an old one: what was
//! stored keeps its meaning.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::metric::{Pollutant, Taxon};

/// A scale of levels, by the name it has on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scale {
    /// Indice ATMO, arrêté of 10 July 2020, in force since 1 January 2021: levels 1–6, and
    /// [`EVENT`], which has no rank.
    #[serde(rename = "atmo-2021")]
    Atmo2021,
    /// European Air Quality Index with the bands of 2024 (ETC HE 2024/17), hourly: levels 1–6.
    #[serde(rename = "eaqi-2024")]
    Eaqi2024,
    /// Indice pollen of Atmo France, in force since 2 April 2025: levels 1–6.
    #[serde(rename = "atmo-pollen-2025")]
    AtmoPollen2025,
    /// WHO classes of the UV index: levels 1–5.
    #[serde(rename = "uv-who")]
    UvWho,
    /// Weather vigilance of Météo-France: levels 1 (green) to 4 (red).
    #[serde(rename = "vigilance")]
    Vigilance,
    /// State of a pollution episode: 1 none, 2 information, 3 alert.
    #[serde(rename = "episode")]
    Episode,
    /// Radon potential of a commune: classes 1 to 3.
    #[serde(rename = "radon-2018")]
    Radon2018,
}

/// The level under which an ATMO "évènement" is kept: producers send 7 (notice of 2024) or 8 (API).
pub const EVENT: u8 = 7;

/// Upper bounds, inclusive, of levels 1 to 5 of a six-level scale; above the last one is level 6.
type Bounds = [f64; 5];

impl Scale {
    /// Every scale.
    pub const ALL: [Self; 7] = [
        Self::Atmo2021,
        Self::Eaqi2024,
        Self::AtmoPollen2025,
        Self::UvWho,
        Self::Vigilance,
        Self::Episode,
        Self::Radon2018,
    ];

    /// The name used on the wire and in the store.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Atmo2021 => "atmo-2021",
            Self::Eaqi2024 => "eaqi-2024",
            Self::AtmoPollen2025 => "atmo-pollen-2025",
            Self::UvWho => "uv-who",
            Self::Vigilance => "vigilance",
            Self::Episode => "episode",
            Self::Radon2018 => "radon-2018",
        }
    }

    /// How many ordered levels the scale has; level 1 is the best.
    #[must_use]
    pub fn levels(self) -> u8 {
        match self {
            Self::Atmo2021 | Self::Eaqi2024 | Self::AtmoPollen2025 => 6,
            Self::UvWho => 5,
            Self::Vigilance => 4,
            Self::Episode | Self::Radon2018 => 3,
        }
    }

    /// The level as the scale orders it; `None` for [`EVENT`] and for what is no level of the scale.
    #[must_use]
    pub fn rank(self, level: u8) -> Option<u8> {
        (1..=self.levels()).contains(&level).then_some(level)
    }

    /// The official colour of a level, `#rrggbb`; `None` for what is no level of the scale.
    ///
    /// ATMO, European AQI and pollen share one palette (arrêté of 10 July 2020; the EEA uses the
    /// same); UV: the colours of the WHO guide of 2002.
    #[must_use]
    pub fn colour(self, level: u8) -> Option<&'static str> {
        let palette: &[&str] = match self {
            Self::Atmo2021 | Self::Eaqi2024 | Self::AtmoPollen2025 => {
                &["#50f0e6", "#50ccaa", "#f0e641", "#ff5050", "#960032", "#7d2181", "#888888"]
            }
            Self::UvWho => &["#289500", "#f7e400", "#f85900", "#d8001d", "#6b49c8"],
            Self::Vigilance => &["#31aa35", "#fff600", "#ffb82b", "#cc0000"],
            Self::Episode => &["#50ccaa", "#f0e641", "#ff5050"],
            Self::Radon2018 => &["#fef0d9", "#fdbb84", "#e34a33"],
        };
        if level == EVENT && self != Self::Atmo2021 {
            return None;
        }
        palette.get(usize::from(level).checked_sub(1)?).copied()
    }
}

impl fmt::Display for Scale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Scale {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|scale| scale.name() == name)
            .ok_or_else(|| format!("unknown scale {name:?}"))
    }
}

/// The level of a six-band scale whose bounds belong to the lower band.
fn inclusive_level(value: f64, bounds: Bounds) -> u8 {
    let below = bounds.iter().filter(|bound| value > **bound).count();
    // At most five bounds can lie below.
    u8::try_from(below).unwrap_or(5) + 1
}

/// The ATMO 2021 sub-index of a daily figure in µg/m³ (gases: the highest hour of the day;
/// particles: the mean of the day), or `None` for a negative or undefined figure.
///
/// Bands: arrêté of 10 July 2020 (upper bounds inclusive).
#[must_use]
pub fn atmo_2021_level(pollutant: Pollutant, daily: f64) -> Option<u8> {
    let bounds = match pollutant {
        Pollutant::Pm25 => [10.0, 20.0, 25.0, 50.0, 75.0],
        Pollutant::Pm10 => [20.0, 40.0, 50.0, 100.0, 150.0],
        Pollutant::No2 => [40.0, 90.0, 120.0, 230.0, 340.0],
        Pollutant::O3 => [50.0, 100.0, 130.0, 240.0, 380.0],
        Pollutant::So2 => [100.0, 200.0, 350.0, 500.0, 750.0],
    };
    measured(daily).map(|daily| inclusive_level(daily, bounds))
}

/// The level of an Open-Meteo `european_aqi` figure: 20 a band, a bound belongs to the band above,
/// everything from 100 up is level 6. `None` for a negative or undefined figure.
#[must_use]
pub fn eaqi_2024_level(index: f64) -> Option<u8> {
    measured(index).map(|index| {
        let band = [20.0, 40.0, 60.0, 80.0, 100.0].iter().filter(|bound| index >= **bound).count();
        u8::try_from(band).unwrap_or(5) + 1
    })
}

/// The highest pollen level that a concentration can give: the bound between levels 5 and 6 is not
/// published.
pub const HIGHEST_ESTIMATED_POLLEN_LEVEL: u8 = 5;

/// The pollen level (1–5) of a daily mean in grains/m³, or `None` for a negative or undefined figure.
///
/// Bounds: those that Breezy Weather marks "Atmo France" (April 2025); Atmo France itself has not
/// published them, so a level made from them is an estimate.
#[must_use]
pub fn atmo_pollen_2025_level(taxon: Taxon, daily_mean: f64) -> Option<u8> {
    let bounds = match taxon {
        Taxon::Alder | Taxon::Birch => [10.0, 60.0, 100.0, 500.0],
        Taxon::Grass | Taxon::Mugwort | Taxon::Ragweed => [3.0, 30.0, 50.0, 250.0],
        Taxon::Olive => [20.0, 100.0, 200.0, 500.0],
    };
    measured(daily_mean).map(|mean| {
        let below = bounds.iter().filter(|bound| mean >= **bound).count();
        (u8::try_from(below).unwrap_or(4) + 1).min(HIGHEST_ESTIMATED_POLLEN_LEVEL)
    })
}

/// The UV index as it is said: rounded to the nearest whole number.
#[must_use]
pub fn uv_index(value: f64) -> Option<u8> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "measured figures are finite and not negative; 255 is far above any UV index"
    )]
    measured(value).map(|value| value.round().min(255.0) as u8)
}

/// The WHO class (1–5) of a UV index: low 0–2, moderate 3–5, high 6–7, very high 8–10, extreme 11+.
#[must_use]
pub fn uv_who_level(index: u8) -> u8 {
    match index {
        0..=2 => 1,
        3..=5 => 2,
        6..=7 => 3,
        8..=10 => 4,
        11.. => 5,
    }
}

/// A figure that can have been measured: finite and not negative.
fn measured(value: f64) -> Option<f64> {
    (value.is_finite() && value >= 0.0).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn atmo_bounds_belong_to_the_lower_level() {
        assert_eq!(atmo_2021_level(Pollutant::Pm25, 25.0), Some(3));
        assert_eq!(atmo_2021_level(Pollutant::Pm25, 25.1), Some(4));
        assert_eq!(atmo_2021_level(Pollutant::O3, 0.0), Some(1));
        assert_eq!(atmo_2021_level(Pollutant::O3, 381.0), Some(6));
    }

    #[test]
    fn european_bounds_belong_to_the_upper_level_and_the_index_may_pass_100() {
        assert_eq!(eaqi_2024_level(19.9), Some(1));
        assert_eq!(eaqi_2024_level(20.0), Some(2));
        assert_eq!(eaqi_2024_level(100.0), Some(6));
        assert_eq!(eaqi_2024_level(164.0), Some(6));
    }

    #[test]
    fn what_was_not_measured_has_no_level() {
        for value in [f64::NAN, -1.0, f64::INFINITY] {
            assert_eq!(atmo_2021_level(Pollutant::No2, value), None);
            assert_eq!(eaqi_2024_level(value), None);
            assert_eq!(atmo_pollen_2025_level(Taxon::Grass, value), None);
            assert_eq!(uv_index(value), None);
        }
    }

    #[test]
    fn estimated_pollen_never_claims_the_sixth_level() {
        assert_eq!(atmo_pollen_2025_level(Taxon::Birch, 5.5), Some(1));
        assert_eq!(atmo_pollen_2025_level(Taxon::Grass, 12.9), Some(2));
        assert_eq!(atmo_pollen_2025_level(Taxon::Ragweed, 100_000.0), Some(5));
    }

    #[test]
    fn uv_is_rounded_before_it_is_classed_and_has_no_hole_at_either_end() {
        assert_eq!(uv_index(2.5).map(uv_who_level), Some(2));
        assert_eq!(uv_index(0.0).map(uv_who_level), Some(1));
        assert_eq!(uv_index(16.2).map(uv_who_level), Some(5));
    }

    #[test]
    fn every_level_has_its_colour_and_nothing_else_has() {
        for scale in Scale::ALL {
            for level in 1..=scale.levels() {
                assert!(scale.colour(level).is_some(), "{scale} {level}");
            }
            assert_eq!(scale.colour(0), None);
            assert_eq!(scale.colour(EVENT).is_some(), scale == Scale::Atmo2021);
        }
    }
}
