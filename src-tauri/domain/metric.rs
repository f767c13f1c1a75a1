//! What is measured or published, by its wire name.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A pollutant of the air indices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pollutant {
    /// Particles below 2.5 µm.
    Pm25,
    /// Particles below 10 µm.
    Pm10,
    /// Nitrogen dioxide.
    No2,
    /// Ozone.
    O3,
    /// Sulphur dioxide.
    So2,
}

impl Pollutant {
    /// Every pollutant, in the order in which they are shown.
    pub const ALL: [Self; 5] = [Self::Pm25, Self::Pm10, Self::No2, Self::O3, Self::So2];

    /// The name used on the wire and in metric names: `pm25`, `o3`, …
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pm25 => "pm25",
            Self::Pm10 => "pm10",
            Self::No2 => "no2",
            Self::O3 => "o3",
            Self::So2 => "so2",
        }
    }
}

/// A plant whose pollen is followed by the Atmo France pollen index (six taxa since April 2025).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Taxon {
    /// Aulne.
    Alder,
    /// Bouleau.
    Birch,
    /// Olivier.
    Olive,
    /// Graminées.
    Grass,
    /// Armoise.
    Mugwort,
    /// Ambroisie.
    Ragweed,
}

impl Taxon {
    /// Every taxon, in the order of their season.
    pub const ALL: [Self; 6] =
        [Self::Alder, Self::Birch, Self::Olive, Self::Grass, Self::Mugwort, Self::Ragweed];

    /// The name used on the wire, in profiles and in metric names.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Alder => "alder",
            Self::Birch => "birch",
            Self::Olive => "olive",
            Self::Grass => "grass",
            Self::Mugwort => "mugwort",
            Self::Ragweed => "ragweed",
        }
    }
}

impl FromStr for Taxon {
    type Err = UnknownMetric;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|taxon| taxon.name() == name)
            .ok_or_else(|| UnknownMetric(name.to_owned()))
    }
}

/// A danger of the weather that vigilance watches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phenomenon {
    /// Vent violent.
    Wind,
    /// Pluie-inondation.
    RainFlood,
    /// Orages.
    Thunderstorm,
    /// Crues.
    Flood,
    /// Neige-verglas.
    SnowIce,
    /// Canicule.
    Heat,
    /// Grand froid.
    Cold,
    /// Avalanches.
    Avalanche,
    /// Vagues-submersion.
    Waves,
}

impl Phenomenon {
    /// Every phenomenon, in the order of Météo-France's numbers, which begin at 1.
    pub const ALL: [Self; 9] = [
        Self::Wind,
        Self::RainFlood,
        Self::Thunderstorm,
        Self::Flood,
        Self::SnowIce,
        Self::Heat,
        Self::Cold,
        Self::Avalanche,
        Self::Waves,
    ];

    /// The name used in metric names.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Wind => "wind",
            Self::RainFlood => "rain-flood",
            Self::Thunderstorm => "thunderstorm",
            Self::Flood => "flood",
            Self::SnowIce => "snow-ice",
            Self::Heat => "heat",
            Self::Cold => "cold",
            Self::Avalanche => "avalanche",
            Self::Waves => "waves",
        }
    }

    /// The phenomenon with Météo-France's number, 1 to 9.
    #[must_use]
    pub fn numbered(number: i64) -> Option<Self> {
        let at = usize::try_from(number.checked_sub(1)?).ok()?;
        Self::ALL.get(at).copied()
    }
}

/// Two things that harm more together than each alone. The pairs and when they count are this app's
/// choice; each rests on the publications that its rule names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Combination {
    /// Heat with ozone.
    HeatOzone,
    /// Thunderstorms while grass pollen flies.
    StormGrass,
    /// The pollen that a person is allergic to, in bad air.
    PollenAir,
}

impl Combination {
    /// Every combination, the gravest first.
    pub const ALL: [Self; 3] = [Self::HeatOzone, Self::StormGrass, Self::PollenAir];

    /// The name used in metric names.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::HeatOzone => "heat-ozone",
            Self::StormGrass => "storm-grass",
            Self::PollenAir => "pollen-air",
        }
    }
}

/// What a reading is about.
///
/// ```
/// use ecosante_domain::metric::{Metric, Pollutant, Taxon};
///
/// // Its name is the same on the command line, in the store and in what is published.
/// assert_eq!("pollen.grass".parse(), Ok(Metric::PollenOf(Taxon::Grass)));
/// assert_eq!(Metric::Concentration(Pollutant::Pm25).to_string(), "concentration.pm25");
/// assert_eq!(Metric::Concentration(Pollutant::Pm25).unit(), Some("µg/m³"));
/// assert!("weather".parse::<Metric>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Metric {
    /// The air index: ATMO in France, European AQI elsewhere.
    Air,
    /// The sub-index of one pollutant.
    AirOf(Pollutant),
    /// The concentration of one pollutant, in µg/m³.
    Concentration(Pollutant),
    /// The pollen index: the worst of its taxa.
    Pollen,
    /// The pollen of one taxon.
    PollenOf(Taxon),
    /// The UV index.
    Uv,
    /// Whether an episode of pollution by one pollutant is announced.
    Episode(Pollutant),
    /// The weather vigilance for one phenomenon.
    Vigilance(Phenomenon),
    /// The temperature as it is felt, in °C.
    ApparentTemperature,
    /// What the sanitary control concluded on the drinking water.
    Water,
    /// The radon potential of the ground.
    Radon,
    /// Two hazards together, for a person; nobody publishes it, see [`crate::combined`].
    Combined(Combination),
}

impl Metric {
    /// Every metric that a source publishes today.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut all = vec![Self::Air];
        all.extend(Pollutant::ALL.map(Self::AirOf));
        all.extend(Pollutant::ALL.map(Self::Concentration));
        all.push(Self::Pollen);
        all.extend(Taxon::ALL.map(Self::PollenOf));
        all.push(Self::Uv);
        all.extend(Pollutant::ALL.map(Self::Episode));
        all.extend(Phenomenon::ALL.map(Self::Vigilance));
        all.extend([Self::ApparentTemperature, Self::Water, Self::Radon]);
        all
    }

    /// The metrics on which a rule can stand; sub-indices and concentrations have none of their own.
    #[must_use]
    pub fn with_rules() -> Vec<Self> {
        let mut all = vec![Self::Air];
        all.extend(Pollutant::ALL.map(Self::Episode));
        all.extend([Self::Uv, Self::Pollen]);
        all.extend(Taxon::ALL.map(Self::PollenOf));
        all.extend(Phenomenon::ALL.map(Self::Vigilance));
        all.extend(Combination::ALL.map(Self::Combined));
        all
    }

    /// What this metric is a hazard of: alerts of one hazard go out in one notification.
    #[must_use]
    pub fn hazard(self) -> Hazard {
        match self {
            Self::Air | Self::AirOf(_) | Self::Concentration(_) => Hazard::Air,
            Self::Episode(_) => Hazard::Episode,
            Self::Pollen | Self::PollenOf(_) => Hazard::Pollen,
            Self::Uv => Hazard::Uv,
            Self::Vigilance(_) | Self::ApparentTemperature => Hazard::Weather,
            Self::Water => Hazard::Water,
            Self::Radon => Hazard::Radon,
            Self::Combined(_) => Hazard::Combined,
        }
    }

    /// The unit of a value of this metric; `None` where the value is an index.
    #[must_use]
    pub fn unit(self) -> Option<&'static str> {
        match self {
            Self::Concentration(_) => Some("µg/m³"),
            Self::Pollen | Self::PollenOf(_) => Some("grains/m³"),
            Self::ApparentTemperature => Some("°C"),
            Self::Air
            | Self::AirOf(_)
            | Self::Uv
            | Self::Episode(_)
            | Self::Vigilance(_)
            | Self::Water
            | Self::Radon
            | Self::Combined(_) => None,
        }
    }
}

/// A family of metrics that a person experiences as one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hazard {
    /// Outdoor air.
    Air,
    /// Pollen.
    Pollen,
    /// Ultraviolet radiation.
    Uv,
    /// An announced episode of pollution.
    Episode,
    /// Dangerous weather.
    Weather,
    /// Drinking water.
    Water,
    /// Radon.
    Radon,
    /// Two hazards together.
    Combined,
}

impl Hazard {
    /// The name used in the advice catalogue and in text keys.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Air => "air",
            Self::Pollen => "pollen",
            Self::Uv => "uv",
            Self::Episode => "episode",
            Self::Weather => "weather",
            Self::Water => "water",
            Self::Radon => "radon",
            Self::Combined => "combined",
        }
    }
}

impl fmt::Display for Metric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Air => f.write_str("air"),
            Self::AirOf(pollutant) => write!(f, "air.{}", pollutant.name()),
            Self::Concentration(pollutant) => write!(f, "concentration.{}", pollutant.name()),
            Self::Pollen => f.write_str("pollen"),
            Self::PollenOf(taxon) => write!(f, "pollen.{}", taxon.name()),
            Self::Uv => f.write_str("uv"),
            Self::Episode(pollutant) => write!(f, "episode.{}", pollutant.name()),
            Self::Vigilance(phenomenon) => write!(f, "vigilance.{}", phenomenon.name()),
            Self::ApparentTemperature => f.write_str("apparent-temperature"),
            Self::Water => f.write_str("water"),
            Self::Radon => f.write_str("radon"),
            Self::Combined(combination) => write!(f, "combined.{}", combination.name()),
        }
    }
}

/// A name that is no metric of this version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownMetric(
    /// The name as it was given.
    pub String,
);

impl fmt::Display for UnknownMetric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown metric {:?}", self.0)
    }
}

impl std::error::Error for UnknownMetric {}

impl FromStr for Metric {
    type Err = UnknownMetric;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let combined = Combination::ALL.map(Self::Combined);
        Self::all()
            .into_iter()
            .chain(combined)
            .find(|metric| metric.to_string() == name)
            .ok_or_else(|| UnknownMetric(name.to_owned()))
    }
}

impl Serialize for Metric {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Metric {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        name.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_metric_is_found_again_by_its_wire_name() {
        for metric in Metric::all().into_iter().chain(Metric::with_rules()) {
            assert_eq!(metric.to_string().parse(), Ok(metric));
        }
        assert!("pollen.hazel".parse::<Metric>().is_err());
    }
}
