//! The scales on which levels are said: their bands, colours and where the figures come from.
//!
//! Each is a file in `scales/`, from which `build.rs` makes a variant of [`Scale`]. A revision of a
//! scale is a new file with its own name and the day from which it holds, never a change of an old
//! one: what was stored keeps its meaning.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use crate::metric::{Combination, Metric, Pollutant, Taxon};

include!(concat!(env!("OUT_DIR"), "/scales.rs"));

/// The level under which an ATMO "évènement" is kept: producers send 7 (notice of 2024) or 8 (API).
pub const EVENT: u8 = 7;

/// Where a scale is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Area {
    France,
    Abroad,
    Everywhere,
}

/// What a scale is for, and when it holds.
struct Facts {
    family: &'static str,
    area: Area,
    from: NaiveDate,
    /// The last day on which it holds.
    to: Option<NaiveDate>,
}

/// Where the bands, words or colours of a scale come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// The text that lays the scale down, or the page that was read.
    pub title: &'static str,
    /// Where it is.
    pub url: Option<&'static str>,
}

/// The bands of a scale, by what is measured.
struct Bounds {
    unit: Option<&'static str>,
    equal_is_upper: bool,
    of: &'static [(&'static str, &'static [f64])],
}

impl Scale {
    /// How many ordered levels the scale has; level 1 is the best.
    #[must_use]
    pub fn levels(self) -> u8 {
        u8::try_from(self.palette().len()).unwrap_or(u8::MAX)
    }

    /// The level as the scale orders it; `None` for [`EVENT`] and for what is no level of the scale.
    #[must_use]
    pub fn rank(self, level: u8) -> Option<u8> {
        (1..=self.levels()).contains(&level).then_some(level)
    }

    /// The official colour of a level, `#rrggbb`; `None` for what is no level of the scale.
    ///
    /// ```
    /// use ecosante_domain::scale::{EVENT, Scale};
    ///
    /// assert_eq!(Scale::Atmo2021.colour(3), Some("#f0e641"));
    /// assert_eq!(Scale::Atmo2021.rank(EVENT), None, "an event is not worse than 6, it has no rank");
    /// assert!(Scale::Atmo2021.colour(EVENT).is_some());
    /// ```
    #[must_use]
    pub fn colour(self, level: u8) -> Option<&'static str> {
        match self.rank(level) {
            Some(rank) => self.palette().get(usize::from(rank) - 1).copied(),
            None => self.event_colour().filter(|_| level == EVENT),
        }
    }

    /// Where its bands, words and colours come from.
    #[must_use]
    pub fn origin(self) -> &'static [Origin] {
        self.origins()
    }

    /// The unit of the figures that [`Self::level_of`] takes; `None` for an index.
    #[must_use]
    pub fn unit(self) -> Option<&'static str> {
        self.bounds().and_then(|bounds| bounds.unit)
    }

    /// Whether levels of a day are said on it.
    #[must_use]
    pub fn is_valid_on(self, day: NaiveDate) -> bool {
        let facts = self.facts();
        facts.from <= day && facts.to.is_none_or(|to| day <= to)
    }

    /// The level of a figure of `what` (`pm25`, `grass`, `index`, …), or `None` for a negative or
    /// undefined figure, and where the scale has no bands for it.
    ///
    /// ```
    /// use ecosante_domain::scale::Scale;
    ///
    /// // 25 µg/m³ of PM2.5, the mean of a day, belong to the lower of their two levels.
    /// assert_eq!(Scale::Atmo2021.level_of("pm25", 25.0), Some(3));
    /// assert_eq!(Scale::Atmo2021.level_of("pm25", 25.1), Some(4));
    /// assert_eq!(Scale::Atmo2021.unit(), Some("µg/m³"));
    ///
    /// // What is no figure is no level, and never a good one.
    /// assert_eq!(Scale::Atmo2021.level_of("pm25", f64::NAN), None);
    /// assert_eq!(Scale::Atmo2021.level_of("grass", 12.0), None);
    /// ```
    #[must_use]
    pub fn level_of(self, what: &str, figure: f64) -> Option<u8> {
        let figure = measured(figure)?;
        let bounds = self.bounds()?;
        let (_, of) = bounds.of.iter().find(|(name, _)| *name == what)?;
        let passed = |bound: &&f64| figure > **bound || bounds.equal_is_upper && figure >= **bound;
        u8::try_from(of.iter().filter(passed).count() + 1).ok()
    }
}

/// The scale on which a metric is said on a day, in France or outside; `None` for what has no levels.
///
/// Of two scales that hold on a day, the newer; where none does, the newest.
///
/// ```
/// use chrono::NaiveDate;
/// use ecosante_domain::metric::Metric;
/// use ecosante_domain::scale::{Scale, scale_on};
///
/// let day: NaiveDate = "2026-09-08".parse()?;
/// assert_eq!(scale_on(Metric::Air, true, day), Some(Scale::Atmo2021));
/// assert_eq!(scale_on(Metric::Air, false, day), Some(Scale::Eaqi2024));
/// // A temperature has no levels.
/// assert_eq!(scale_on(Metric::ApparentTemperature, true, day), None);
/// // The present pollen index began in 2025.
/// assert!(!Scale::AtmoPollen2025.is_valid_on("2024-09-08".parse()?));
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[must_use]
pub fn scale_on(metric: Metric, in_france: bool, day: NaiveDate) -> Option<Scale> {
    let of_family = of_family(metric, in_france);
    of_family
        .filter(|scale| scale.is_valid_on(day))
        .last()
        .or_else(|| scale_where(metric, in_france))
}

/// The newest scale on which a metric is said in France or outside, where no day is known.
#[must_use]
pub fn scale_where(metric: Metric, in_france: bool) -> Option<Scale> {
    of_family(metric, in_france).last()
}

/// The scales of a metric, the oldest first.
fn of_family(metric: Metric, in_france: bool) -> impl Iterator<Item = Scale> {
    let family = match metric {
        Metric::Air | Metric::AirOf(_) => Some("air"),
        Metric::Pollen | Metric::PollenOf(_) => Some("pollen"),
        // A combined hazard is said on the scale of its first part.
        Metric::Combined(Combination::PollenAir) => Some("pollen"),
        Metric::Combined(_) => Some("vigilance"),
        Metric::Uv => Some("uv"),
        Metric::Episode(_) => Some("episode"),
        Metric::Vigilance(_) => Some("vigilance"),
        Metric::Radon => Some("radon"),
        Metric::Concentration(_) | Metric::ApparentTemperature | Metric::Water => None,
    };
    let there = if in_france { Area::France } else { Area::Abroad };
    Scale::ALL.into_iter().filter(move |scale| {
        let facts = scale.facts();
        Some(facts.family) == family && [there, Area::Everywhere].contains(&facts.area)
    })
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

/// The sub-index of a pollutant on a scale of the air, of a figure in µg/m³: for the ATMO index of
/// the day's figure (gases: the highest hour; particles: the mean), for the European index of an
/// hour. `None` for a negative or undefined figure.
#[must_use]
pub fn air_level(scale: Scale, pollutant: Pollutant, figure: f64) -> Option<u8> {
    scale.level_of(pollutant.name(), figure)
}

/// The level of an Open-Meteo `european_aqi` figure: everything from 100 up is level 6. `None` for a
/// negative or undefined figure.
#[must_use]
pub fn eaqi_2024_level(index: f64) -> Option<u8> {
    Scale::Eaqi2024.level_of("index", index)
}

/// The pollen level of a daily mean in grains/m³, never the highest, whose bound is not published;
/// `None` for a negative or undefined figure.
#[must_use]
pub fn pollen_level(scale: Scale, taxon: Taxon, daily_mean: f64) -> Option<u8> {
    scale.level_of(taxon.name(), daily_mean)
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

/// The WHO class (1–5) of a UV index.
///
/// ```
/// use ecosante_domain::scale::{uv_index, uv_who_level};
///
/// // The index is a whole number; the level is the class of the WHO that it lies in.
/// let index = uv_index(6.6).expect("a figure");
/// assert_eq!((index, uv_who_level(index)), (7, 3));
/// ```
#[must_use]
pub fn uv_who_level(index: u8) -> u8 {
    Scale::UvWho.level_of("index", f64::from(index)).unwrap_or(1)
}

/// A figure that can have been measured: finite and not negative.
fn measured(value: f64) -> Option<f64> {
    (value.is_finite() && value >= 0.0).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Language, Texts};

    #[test]
    fn atmo_bounds_belong_to_the_lower_level() {
        assert_eq!(air_level(Scale::Atmo2021, Pollutant::Pm25, 25.0), Some(3));
        assert_eq!(air_level(Scale::Atmo2021, Pollutant::Pm25, 25.1), Some(4));
        assert_eq!(air_level(Scale::Atmo2021, Pollutant::O3, 0.0), Some(1));
        assert_eq!(air_level(Scale::Atmo2021, Pollutant::O3, 381.0), Some(6));
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
            assert_eq!(air_level(Scale::Atmo2021, Pollutant::No2, value), None);
            assert_eq!(eaqi_2024_level(value), None);
            assert_eq!(pollen_level(Scale::AtmoPollen2025, Taxon::Grass, value), None);
            assert_eq!(uv_index(value), None);
        }
    }

    #[test]
    fn estimated_pollen_never_claims_the_sixth_level() {
        assert_eq!(pollen_level(Scale::AtmoPollen2025, Taxon::Birch, 5.5), Some(1));
        assert_eq!(pollen_level(Scale::AtmoPollen2025, Taxon::Grass, 12.9), Some(2));
        assert_eq!(pollen_level(Scale::AtmoPollen2025, Taxon::Ragweed, 100_000.0), Some(5));
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

    #[test]
    fn the_european_bands_are_those_of_2024_and_a_bound_belongs_to_the_upper_one() {
        for (pollutant, figure, level) in [
            (Pollutant::Pm25, 5.0, 2),
            (Pollutant::Pm25, 4.9, 1),
            (Pollutant::No2, 30.0, 3),
            (Pollutant::O3, 180.0, 6),
        ] {
            assert_eq!(air_level(Scale::Eaqi2024, pollutant, figure), Some(level), "{figure}");
        }
        // The same concentration has another name on the French index.
        assert_eq!(air_level(Scale::Atmo2021, Pollutant::No2, 30.0), Some(1));
    }

    #[test]
    fn a_day_before_a_scale_began_is_said_on_the_one_there_is() {
        let day = |text: &str| text.parse().expect("a date");
        assert!(!Scale::AtmoPollen2025.is_valid_on(day("2025-04-01")));
        assert!(Scale::AtmoPollen2025.is_valid_on(day("2025-04-02")));
        let on = |text| scale_on(Metric::Pollen, true, day(text));
        assert_eq!(on("2025-04-01"), Some(Scale::AtmoPollen2025));
        assert_eq!(scale_on(Metric::Air, true, day("2026-01-01")), Some(Scale::Atmo2021));
        assert_eq!(scale_on(Metric::Air, false, day("2026-01-01")), Some(Scale::Eaqi2024));
        assert_eq!(scale_on(Metric::Water, true, day("2026-01-01")), None);
    }

    #[test]
    fn every_scale_says_where_it_comes_from_and_what_it_means_in_every_language() {
        for scale in Scale::ALL {
            assert!(!scale.origin().is_empty(), "{scale}");
            for origin in scale.origin() {
                assert!(origin.url.is_none_or(|url| url.starts_with("https://")), "{origin:?}");
            }
            for texts in Language::ALL.map(Texts::new) {
                assert!(texts.scale(scale).chars().count() > 3, "{scale}");
                assert!(texts.definition(scale).ends_with('.'), "{scale}");
                for level in 1..=scale.levels() {
                    assert!(!texts.label(scale, level).is_empty(), "{scale} {level}");
                }
                assert_eq!(texts.label(scale, 0), "0", "no level has no word");
            }
        }
        for scale in Scale::ALL {
            let french = Texts::new(Language::Fr).definition(scale);
            for (at, mark) in french.char_indices().filter(|(_, it)| ":;?!»".contains(*it)) {
                let before = french[..at].chars().next_back();
                assert_eq!(before, Some('\u{a0}'), "{scale}: {mark}");
            }
        }
    }
}
