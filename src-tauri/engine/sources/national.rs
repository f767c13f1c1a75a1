//! What the producers publish for the whole country, for whoever publishes it for others: each is
//! asked once for all communes, and answers for each of them as it would by itself.

use std::collections::BTreeMap;
use std::io::Read as _;

use chrono::{DateTime, Days, NaiveDate, Utc};
use ecosante_domain::place::{Coordinates, Place};
use ecosante_domain::reading::Source;
use flate2::read::GzDecoder;
use serde::Deserialize;

pub use super::atmo::NationalAir;
pub use super::atmo_episodes::NationalEpisodes;
pub use super::atmo_pollen::NationalPollen;
pub use super::vigilance::NationalVigilance;
use super::{Harvest, meteo_france, packed, vigilance_mirror, wfs};
use crate::communes;
use crate::http::{self, FetchError, HttpClient};
use crate::upstream::{EpisodeZones, Upstream};

/// The sources that are asked for the whole country.
///
/// Open-Meteo is not among them: its free service is for non-commercial use, and who would read what
/// is published is not known. Hub'Eau and Géorisques answer for some communes at a time only; asking
/// them for all would be thousands of questions.
pub const SOURCES: [Source; 5] = [
    Source::AtmoFrance,
    Source::AtmoPollen,
    Source::AtmoEpisodes,
    Source::VigilanceMirror,
    Source::MeteoFrance,
];

/// The first day that is asked for: yesterday where it is still the day before in the west.
fn since(now: DateTime<Utc>) -> NaiveDate {
    let day = now.date_naive();
    day.checked_sub_days(Days::new(2)).unwrap_or(day)
}

/// Asks a source of [`SOURCES`] for the whole country. The answer is packed, page by page, and has
/// been read once: what cannot be read is no answer.
///
/// # Errors
/// Those of the requests and of the parsers. Of the other sources: [`FetchError::Schema`].
pub async fn ask(
    http: &HttpClient,
    source: Source,
    now: DateTime<Utc>,
) -> Result<Vec<Vec<u8>>, FetchError> {
    let since = since(now);
    let one = |body: Vec<u8>| vec![packed(&body)];
    match source {
        Source::AtmoFrance => wfs::pages(http, |start| Upstream::national_air(since, start)).await,
        Source::AtmoPollen => {
            wfs::pages(http, |start| Upstream::national_pollen(since, start)).await
        }
        Source::AtmoEpisodes => {
            let question = Upstream::episodes(EpisodeZones::All, since);
            Ok(one(http.get(&question).await?.body))
        }
        Source::VigilanceMirror => Ok(one(http.get(&Upstream::national_vigilance()).await?.body)),
        Source::MeteoFrance => Ok(one(meteo_france::card(http, now).await?)),
        Source::OpenMeteo | Source::OpenMeteoForecast | Source::HubEau | Source::Georisques => {
            Err(FetchError::schema("nobody asks it for the whole country"))
        }
    }
}

/// What is known of the whole country.
///
/// ```
/// use std::io::{self, Read as _, Write as _};
/// use std::net::TcpListener;
/// use std::thread;
///
/// use ecosante_domain::place::{Place, PlaceId};
/// use ecosante_domain::reading::Source;
/// use ecosante_engine::communes;
/// use ecosante_engine::http::{HttpClient, HttpOptions};
/// use ecosante_engine::sources::national::{self, Country};
///
/// const BODY: &str = r#"{"type": "FeatureCollection", "features": [{
///     "type": "Feature", "id": "alrt3j.fid-1", "geometry": null, "properties": {
///         "code_zone": "11", "lib_zone": "ILE-DE-FRANCE", "lib_pol": "PM10", "code_pol": "5",
///         "date_ech": "2026-10-04", "date_maj": "2026-10-03T13:29:04.796Z", "etat": "ALERTE"}
/// }], "totalFeatures": 1, "numberMatched": 1, "numberReturned": 1, "crs": null}"#;
///
/// // A gateway of one answer, on this machine.
/// let listener = TcpListener::bind("127.0.0.1:0")?;
/// let gateway = format!("http://{}", listener.local_addr()?).parse()?;
/// let served = thread::spawn(move || -> io::Result<String> {
///     let (mut stream, _) = listener.accept()?;
///     let mut request = [0; 4096];
///     let length = stream.read(&mut request)?;
///     stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n")?;
///     stream.write_all(BODY.as_bytes())?;
///     Ok(String::from_utf8_lossy(&request[..length]).into_owned())
/// });
///
/// let client = HttpClient::new(&HttpOptions { gateway: Some(gateway), ..HttpOptions::default() })?;
/// let now = "2026-10-04T14:00:00Z".parse()?;
/// let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
/// let pages = runtime.block_on(national::ask(&client, Source::AtmoEpisodes, now))?;
///
/// let mut country = Country::default();
/// let departements = country.read(Source::AtmoEpisodes, &pages, now)?;
/// assert_eq!(departements, 8, "those of Île-de-France");
///
/// // Each commune is answered for as it would be by itself.
/// let versailles = communes::by_code("78646").expect("a commune");
/// let place = Place {
///     id: PlaceId(1),
///     name: versailles.name.to_owned(),
///     commune: Some(versailles.into()),
///     coordinates: None,
///     time_zone: versailles.time_zone(),
/// };
/// let [(Source::AtmoEpisodes, harvest)] = &country.at(&place, now)[..] else { panic!("one source") };
/// assert_eq!(harvest.readings[0].level, Some(3));
/// # drop(served);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Default)]
pub struct Country {
    air: Option<NationalAir>,
    pollen: Option<NationalPollen>,
    episodes: Option<NationalEpisodes>,
    mirror: Option<NationalVigilance>,
    cards: Option<NationalVigilance>,
}

impl Country {
    /// Reads what [`ask`] was answered at `asked_at`; gives the number of zones.
    ///
    /// # Errors
    /// Those of the parsers, and [`FetchError::Schema`] where there is nothing: no source of
    /// [`SOURCES`] is ever silent about the whole country, and nothing must not take the place of
    /// what is known.
    pub fn read(
        &mut self,
        source: Source,
        pages: &[Vec<u8>],
        asked_at: DateTime<Utc>,
    ) -> Result<usize, FetchError> {
        let since = since(asked_at);
        let first = || unpacked(pages.first().map(Vec::as_slice).unwrap_or_default());
        let zones = match source {
            Source::AtmoFrance => {
                let mut air = NationalAir::default();
                for page in pages {
                    air.add(&unpacked(page)?, since)?;
                }
                let zones = air.zones();
                self.air = (zones > 0).then_some(air).or(self.air.take());
                zones
            }
            Source::AtmoPollen => {
                let mut pollen = NationalPollen::default();
                for page in pages {
                    pollen.add(&unpacked(page)?, since)?;
                }
                let zones = pollen.zones();
                self.pollen = (zones > 0).then_some(pollen).or(self.pollen.take());
                zones
            }
            Source::AtmoEpisodes => {
                let episodes = NationalEpisodes::read(&first()?, asked_at)?;
                let zones = episodes.zones();
                self.episodes = (zones > 0).then_some(episodes).or(self.episodes.take());
                zones
            }
            Source::VigilanceMirror => {
                let mirror = vigilance_mirror::parse_national(&first()?, asked_at)?;
                let zones = mirror.zones();
                self.mirror = (zones > 0).then_some(mirror).or(self.mirror.take());
                zones
            }
            Source::MeteoFrance => {
                let cards = meteo_france::parse_national(&first()?, asked_at)?;
                let zones = cards.zones();
                self.cards = (zones > 0).then_some(cards).or(self.cards.take());
                zones
            }
            Source::OpenMeteo | Source::OpenMeteoForecast | Source::HubEau | Source::Georisques => {
                0
            }
        };
        if zones == 0 {
            return Err(FetchError::schema("nothing is published for the whole country"));
        }
        Ok(zones)
    }

    /// What each source says for a place; a source that says nothing of such places, or whose answer
    /// for it cannot be had in this way, is left out.
    #[must_use]
    pub fn at(&self, place: &Place, now: DateTime<Utc>) -> Vec<(Source, Harvest)> {
        let air = || self.air.as_ref()?.at(place, now);
        let pollen = || self.pollen.as_ref()?.at(place, now);
        let episodes = || self.episodes.as_ref()?.at(place);
        let mirror = || self.mirror.as_ref()?.at(place);
        let cards = || self.cards.as_ref()?.at(place);
        let answers = [
            (Source::AtmoFrance, air()),
            (Source::AtmoPollen, pollen()),
            (Source::AtmoEpisodes, episodes()),
            (Source::VigilanceMirror, mirror()),
            (Source::MeteoFrance, cards()),
        ];
        answers.into_iter().filter_map(|(source, harvest)| Some((source, harvest?))).collect()
    }

    /// The air index by zone.
    #[must_use]
    pub fn air(&self) -> Option<&NationalAir> {
        self.air.as_ref()
    }
}

/// The body of a packed page.
///
/// # Errors
/// [`FetchError::Truncated`] where it cannot be unpacked.
fn unpacked(page: &[u8]) -> Result<Vec<u8>, FetchError> {
    let mut body = Vec::new();
    GzDecoder::new(page).read_to_end(&mut body).map_err(|_| FetchError::Truncated)?;
    Ok(body)
}

/// Asks where every commune lies; the answer is for [`centres`].
///
/// # Errors
/// Those of the request, and of [`centres`].
pub async fn ask_centres(http: &HttpClient) -> Result<Vec<u8>, FetchError> {
    let answer = http.get(&Upstream::commune_centres()).await?;
    centres(&answer.body).map(|_| answer.body)
}

/// The centre of every commune, by its code, from the answer to [`Upstream::commune_centres`].
///
/// # Errors
/// Those of JSON, and [`FetchError::Schema`] where no commune has a centre.
///
/// ```
/// use ecosante_engine::sources::national::centres;
///
/// let body = br#"[{"code": "69123", "centre": {"type": "Point", "coordinates": [4.8351, 45.758]}},
///                 {"code": "00000", "centre": {"type": "Point", "coordinates": [0.0, 0.0]}}]"#;
/// let centres = centres(body)?;
/// assert_eq!(centres["69123"].cell_code(), "45.8,4.8");
/// assert_eq!(centres.len(), 1, "only communes of today");
/// # Ok::<(), ecosante_engine::http::FetchError>(())
/// ```
pub fn centres(body: &[u8]) -> Result<BTreeMap<String, Coordinates>, FetchError> {
    #[derive(Deserialize)]
    struct Row {
        code: String,
        #[serde(default)]
        centre: Option<Centre>,
    }
    #[derive(Deserialize)]
    struct Centre {
        coordinates: [f64; 2],
    }
    let rows: Vec<Row> = http::json(body)?;
    let centre = |row: Row| {
        let [longitude, latitude] = row.centre?.coordinates;
        let known = communes::by_code(&row.code).is_some_and(|commune| commune.code == row.code);
        Some((row.code, Coordinates::new(latitude, longitude).filter(|_| known)?))
    };
    let centres: BTreeMap<String, Coordinates> = rows.into_iter().filter_map(centre).collect();
    if centres.is_empty() {
        return Err(FetchError::schema("no commune has a centre"));
    }
    Ok(centres)
}
