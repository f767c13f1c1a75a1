//! The producers of readings. A new one is a file here and a line in [`all`].

use std::future::Future;
use std::pin::Pin;

use chrono::{DateTime, Utc};
pub use ecosante_domain::knowledge::Nearness;
use ecosante_domain::place::{Place, PlaceId};
use ecosante_domain::reading::{Reading, Source, Zone};

use crate::http::{FetchError, HttpClient};

pub mod atmo;
pub mod atmo_episodes;
pub mod atmo_pollen;
pub mod georisques;
pub mod hours;
pub mod hubeau;
pub mod meteo_france;
pub mod national;
pub mod open_meteo;
pub mod open_meteo_forecast;
#[cfg(test)]
pub(crate) mod testing;
mod vigilance;
pub mod vigilance_mirror;
mod wfs;

/// A producer's answer, on its way.
pub type Fetching<'a> = Pin<Box<dyn Future<Output = Result<Harvest, FetchError>> + Send + 'a>>;

/// Who publishes readings, and how they are asked for.
///
/// ```no_run
/// use ecosante_domain::place::{Place, PlaceId};
/// use ecosante_engine::http::{HttpClient, HttpOptions};
/// use ecosante_engine::{communes, sources};
///
/// # async fn asks(now: chrono::DateTime<chrono::Utc>) -> Result<(), ecosante_engine::http::FetchError> {
/// let lyon = communes::by_code("69123").expect("a commune");
/// let place = Place {
///     id: PlaceId(1),
///     name: "Home".to_owned(),
///     commune: Some(lyon.into()),
///     coordinates: None,
///     time_zone: lyon.time_zone(),
/// };
/// let places = [place];
/// let client = HttpClient::new(&HttpOptions::default())?;
/// for publisher in sources::all() {
///     let served = places.iter().filter(|place| publisher.serves(place)).cloned();
///     match publisher.fetch(&client, &served.collect::<Vec<_>>(), now).await {
///         Ok(harvest) => println!("{}: {} readings", publisher.source().name(), harvest.readings.len()),
///         Err(error) => println!("{}: {error}", publisher.source().name()),
///     }
/// }
/// # Ok(())
/// # }
/// ```
pub trait Publisher: Sync {
    /// The name under which its readings are kept.
    fn source(&self) -> Source;

    /// Whether it publishes for such a place at all.
    fn serves(&self, place: &Place) -> bool;

    /// Asks for all `places` at once; those that it does not serve are passed over.
    ///
    /// Fails where nothing usable was answered; where a part was, see [`Harvest::incomplete`].
    fn fetch<'a>(
        &'a self,
        http: &'a HttpClient,
        places: &'a [Place],
        now: DateTime<Utc>,
    ) -> Fetching<'a>;

    /// Asks for what it offers of the past of `places`, of which `zones` says what answers for
    /// them; `None` where it offers nothing, and where none of the places is served.
    ///
    /// The places are at most [`PAST_PLACES`]. The answer may hold present days too.
    fn fetch_past<'a>(
        &'a self,
        _http: &'a HttpClient,
        _places: &'a [Place],
        _zones: &'a [PlaceZone],
        _now: DateTime<Utc>,
    ) -> Option<Fetching<'a>> {
        None
    }
}

/// For how many places the past is asked at once: with ten, a year of days stays under the rows that
/// Atmo France may answer with, and three months of hours cost Open-Meteo 80 calls of the day's
/// budget.
pub const PAST_PLACES: usize = 10;

/// Every publisher.
#[must_use]
pub fn all() -> &'static [&'static dyn Publisher] {
    &[
        &atmo::AtmoFrance,
        &atmo_pollen::AtmoPollen,
        &atmo_episodes::AtmoEpisodes,
        &open_meteo::OpenMeteo,
        &open_meteo_forecast::OpenMeteoForecast,
        &vigilance_mirror::VigilanceMirror,
        &meteo_france::MeteoFrance,
        &hubeau::HubEau,
        &georisques::Georisques,
    ]
}

/// What a producer answered.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Harvest {
    /// What it published; each zone, metric, scale and target once.
    pub readings: Vec<Reading>,
    /// What answers for each place. A place that is not here was not answered for.
    pub zones: Vec<PlaceZone>,
    /// The first failure, where it struck after a part of the answer was in.
    pub incomplete: Option<FetchError>,
}

impl Harvest {
    /// Several parts as one; of a reading that is in two, the first stays.
    pub(crate) fn joined(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut whole = Self::default();
        let mut known = std::collections::BTreeSet::new();
        for part in parts {
            let fresh = part
                .readings
                .into_iter()
                .filter(|it| known.insert((it.zone.clone(), it.metric, it.scale, it.target)));
            whole.readings.extend(fresh);
            whole.zones.extend(part.zones);
            whole.incomplete = whole.incomplete.or(part.incomplete);
        }
        whole
    }

    /// Adds the next of several answers; `false` where it failed, and no more are to be asked for:
    /// what was answered before it stands.
    ///
    /// # Errors
    /// The failure, where nothing was answered before it.
    fn add(&mut self, answer: Result<Self, FetchError>) -> Result<bool, FetchError> {
        match answer {
            Ok(part) => {
                self.join(part);
                Ok(true)
            }
            Err(error) if self.zones.is_empty() => Err(error),
            Err(error) => {
                self.incomplete = Some(error);
                Ok(false)
            }
        }
    }

    /// Adds another part; of a reading that is in both, what is here stays.
    fn join(&mut self, part: Self) {
        *self = Self::joined([std::mem::take(self), part]);
    }
}

/// An answer, packed for the time until it is read.
fn packed(body: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    // Writing to memory cannot fail.
    packed.write_all(body).and_then(|()| packed.finish()).unwrap_or_default()
}

/// Which zone of a producer answers for a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceZone {
    /// The place.
    pub place: PlaceId,
    /// The zone; `None`: the producer answered and has nothing for this place now.
    pub zone: Option<Zone>,
    /// How near the zone is; where there is none, how far the search went.
    pub nearness: Nearness,
}
