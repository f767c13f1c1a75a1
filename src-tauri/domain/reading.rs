//! One level or value of a metric, with everything needed to judge it.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::metric::Metric;
use crate::scale::Scale;

/// Who publishes a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Source {
    /// The ATMO index of the French air quality agencies, from Atmo France's open layers.
    AtmoFrance,
    /// The pollen index of Atmo France and the agencies, from the same layers.
    AtmoPollen,
    /// The pollution episodes that the agencies announce, from the same layers.
    AtmoEpisodes,
    /// The CAMS models, as served by Open-Meteo.
    OpenMeteo,
    /// The weather forecast, as served by Open-Meteo: UV and apparent temperature.
    OpenMeteoForecast,
    /// The weather vigilance of Météo-France by département, from its keyless mirror.
    VigilanceMirror,
    /// The weather vigilance of Météo-France itself: its archive of cards, or with a person's own
    /// key its interface.
    MeteoFrance,
    /// The results of the sanitary control of drinking water, as served by Hub'Eau.
    #[serde(rename = "hubeau")]
    HubEau,
    /// The radon potential of communes, as served by Géorisques.
    Georisques,
}

impl Source {
    /// Every source of readings.
    pub const ALL: [Self; 9] = [
        Self::AtmoFrance,
        Self::AtmoPollen,
        Self::AtmoEpisodes,
        Self::OpenMeteo,
        Self::OpenMeteoForecast,
        Self::VigilanceMirror,
        Self::MeteoFrance,
        Self::HubEau,
        Self::Georisques,
    ];

    /// The name used on the wire and in the store.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AtmoFrance => "atmo-france",
            Self::AtmoPollen => "atmo-pollen",
            Self::AtmoEpisodes => "atmo-episodes",
            Self::OpenMeteo => "open-meteo",
            Self::OpenMeteoForecast => "open-meteo-forecast",
            Self::VigilanceMirror => "vigilance-mirror",
            Self::MeteoFrance => "meteo-france",
            Self::HubEau => "hubeau",
            Self::Georisques => "georisques",
        }
    }
}

impl FromStr for Source {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|source| source.name() == name)
            .ok_or_else(|| format!("unknown source {name:?}"))
    }
}

/// What a producer publishes for: a commune, an EPCI, a grid cell.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Zone {
    /// The producer's code: INSEE commune, SIREN of the EPCI, or the cell as `48.9,2.4`.
    pub code: String,
    /// The producer's name; part of the key, because six communes of Guyane share one code.
    pub name: String,
}

/// The period a reading is for.
///
/// ```
/// use chrono_tz::Tz;
/// use ecosante_domain::reading::Target;
///
/// // A civil day is another stretch of time in Guyane than in Paris.
/// let day = Target::Day("2026-09-08".parse()?);
/// let (starts, ends) = day.span(Tz::Europe__Paris);
/// assert_eq!(starts.to_rfc3339(), "2026-09-07T22:00:00+00:00");
/// assert_eq!(day.span(Tz::America__Cayenne).0.to_rfc3339(), "2026-09-08T03:00:00+00:00");
///
/// // It lasts as long as it lasts there: 25 hours when the clocks are put back.
/// let (starts, ends) = Target::Day("2026-10-25".parse()?).span(Tz::Europe__Paris);
/// assert_eq!((ends - starts).num_hours(), 25);
///
/// // An hour belongs to the day on which it begins at the place.
/// let hour = Target::Hour("2026-09-08T22:30:00Z".parse()?);
/// assert_eq!(hour.day(Tz::Europe__Paris).to_string(), "2026-09-09");
/// assert_eq!(hour.day(Tz::America__Cayenne).to_string(), "2026-09-08");
/// assert_eq!(hour.to_string(), "2026-09-08T22:30:00Z");
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A civil day at the place.
    Day(NaiveDate),
    /// The hour that begins at this moment.
    Hour(DateTime<Utc>),
}

impl Target {
    /// Beginning and end (exclusive) of the period, for a place in `zone`.
    #[must_use]
    pub fn span(self, zone: Tz) -> (DateTime<Utc>, DateTime<Utc>) {
        match self {
            Self::Day(date) => (midnight(date, zone), midnight(next_day(date), zone)),
            Self::Hour(start) => (start, start + TimeDelta::hours(1)),
        }
    }

    /// The civil day, at a place in `zone`, on which the period begins.
    #[must_use]
    pub fn day(self, zone: Tz) -> NaiveDate {
        match self {
            Self::Day(date) => date,
            Self::Hour(start) => start.with_timezone(&zone).date_naive(),
        }
    }

    /// The period that follows.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Day(date) => Self::Day(next_day(date)),
            Self::Hour(start) => Self::Hour(start + TimeDelta::hours(1)),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(date) => write!(f, "{date}"),
            Self::Hour(start) => {
                f.write_str(&start.to_rfc3339_opts(chrono::SecondsFormat::Secs, true))
            }
        }
    }
}

impl Serialize for Target {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Target {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if let Ok(date) = text.parse() {
            return Ok(Self::Day(date));
        }
        DateTime::parse_from_rfc3339(&text)
            .map(|start| Self::Hour(start.to_utc()))
            .map_err(serde::de::Error::custom)
    }
}

/// The first moment of a civil day in `zone`, also where daylight saving time skips midnight.
#[must_use]
pub fn midnight(date: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let mut local = date.and_time(NaiveTime::MIN);
    loop {
        if let Some(moment) = zone.from_local_datetime(&local).earliest() {
            return moment.to_utc();
        }
        // No zone skips more than a few hours, so this ends.
        local += TimeDelta::minutes(30);
    }
}

/// The day after `date`.
#[must_use]
pub fn next_day(date: NaiveDate) -> NaiveDate {
    date.checked_add_days(Days::new(1)).unwrap_or(date)
}

/// How a value came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Basis {
    /// Published by the body in charge of the index.
    Official,
    /// Computed by a model for the future or the recent past.
    Forecast,
    /// Measured.
    Observed,
    /// Computed by this app from a model's concentrations, in place of an official value.
    Estimated,
}

impl Basis {
    /// Every basis.
    pub const ALL: [Self; 4] = [Self::Official, Self::Forecast, Self::Observed, Self::Estimated];

    /// The name used on the wire and in the store.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Forecast => "forecast",
            Self::Observed => "observed",
            Self::Estimated => "estimated",
        }
    }
}

impl FromStr for Basis {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|basis| basis.name() == name)
            .ok_or_else(|| format!("unknown basis {name:?}"))
    }
}

/// One level or value of a metric, for a zone and a target, published at some time by some source.
///
/// A reading exists only where something was published: "unavailable" is the absence of a reading.
///
/// ```
/// use ecosante_domain::metric::Metric;
/// use ecosante_domain::reading::{Basis, Reading, Source, Target, Zone};
/// use ecosante_domain::scale::Scale;
///
/// // The air of Lyon on 8 September, as it was published the day before.
/// let reading = Reading {
///     source: Source::AtmoFrance,
///     zone: Zone { code: "69123".to_owned(), name: "Lyon".to_owned() },
///     metric: Metric::Air,
///     scale: Some(Scale::Atmo2021),
///     target: Target::Day("2026-09-08".parse()?),
///     basis: Basis::Official,
///     level: Some(3),
///     value: None,
///     published_at: Some("2026-09-07T11:30:00Z".parse()?),
///     fetched_at: "2026-09-07T13:05:00Z".parse()?,
///     hours: 1,
///     note: None,
/// };
/// assert_eq!(reading.metric.to_string(), "air");
/// assert_eq!(reading.scale.and_then(|scale| scale.colour(3)), Some("#f0e641"));
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Who published it.
    pub source: Source,
    /// What it was published for.
    pub zone: Zone,
    /// What it is about.
    pub metric: Metric,
    /// The scale of `level`; `None` for a bare concentration, which has no level.
    pub scale: Option<Scale>,
    /// The period it is for.
    pub target: Target,
    /// How it came about.
    pub basis: Basis,
    /// The level on `scale`: 1 is best; ATMO "évènement" is [`crate::scale::EVENT`].
    pub level: Option<u8>,
    /// The figure behind the level, in [`Metric::unit`]; for UV the index itself.
    pub value: Option<f64>,
    /// The producer's own time of publication; `None` where it gives none (Open-Meteo).
    pub published_at: Option<DateTime<Utc>>,
    /// When this device received it.
    pub fetched_at: DateTime<Utc>,
    /// For how many hours from the beginning of an hourly target it holds; 1 for everything but
    /// weather vigilance, which is published in slots.
    pub hours: u8,
    /// What the producer says of it in words, quoted as it is: the conclusion on drinking water,
    /// the plants that are responsible for a pollen index, the state of a pollution episode.
    pub note: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_lasts_23_or_25_hours_when_the_clocks_change() {
        let hours = |date: &str| {
            let (start, end) = Target::Day(date.parse().expect("a date")).span(Tz::Europe__Paris);
            (end - start).num_hours()
        };
        assert_eq!(hours("2026-03-29"), 23);
        assert_eq!(hours("2026-10-25"), 25);
        assert_eq!(hours("2026-09-08"), 24);
    }

    #[test]
    fn the_same_date_is_another_day_overseas() {
        let day = Target::Day("2026-09-08".parse().expect("a date"));
        assert!(day.span(Tz::America__Cayenne).0 > day.span(Tz::Europe__Paris).0);
        assert!(day.span(Tz::Indian__Reunion).0 < day.span(Tz::Europe__Paris).0);
    }

    #[test]
    fn a_target_is_read_back_from_its_wire_form() {
        for text in ["\"2026-11-23\"", "\"2026-11-23T14:00:00Z\""] {
            let target: Target = serde_json::from_str(text).expect("a target");
            assert_eq!(serde_json::to_string(&target).expect("json"), text);
        }
    }
}
