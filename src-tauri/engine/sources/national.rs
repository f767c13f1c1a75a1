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

    /// Takes over what another one knows of a source that this one does not.
    pub fn join(&mut self, other: Self) {
        let Self { air, pollen, episodes, mirror, cards } = other;
        self.air = self.air.take().or(air);
        self.pollen = self.pollen.take().or(pollen);
        self.episodes = self.episodes.take().or(episodes);
        self.mirror = self.mirror.take().or(mirror);
        self.cards = self.cards.take().or(cards);
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

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;
    use ecosante_domain::knowledge::Nearness;
    use ecosante_domain::metric::Metric;
    use ecosante_domain::place::{CommuneRef, PlaceId};
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::super::testing::gateway_of as gateway;
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-09-08T14:00:00Z".parse().expect("a moment")
    }

    fn row(code: &str, name: &str, kind: &str, date: &str, level: i64, at: [f64; 2]) -> Value {
        json!({
            "type": "Feature", "id": "ind_atmo_2021.fid-1",
            "geometry": { "type": "Point", "coordinates": at },
            "properties": {
                "code_zone": code, "lib_zone": name, "type_zone": kind, "date_ech": date,
                "date_maj": "2026-09-08T11:30:00.123Z", "code_qual": level, "code_pm25": 1,
                "code_pm10": 2, "code_no2": 1, "code_o3": 0, "code_so2": null, "source": "Atmo",
            },
        })
    }

    fn lyon(date: &str, level: i64) -> Value {
        row("69123", "Lyon", "commune", date, level, [4.8351, 45.758])
    }

    fn page(matched: usize, rows: &[Value]) -> Vec<u8> {
        json!({ "features": rows, "numberMatched": matched, "totalFeatures": matched })
            .to_string()
            .into_bytes()
    }

    fn commune(code: &str, at: Option<(f64, f64)>) -> Place {
        let known = communes::by_code(code).expect("a commune");
        Place {
            id: PlaceId(1),
            name: String::new(),
            commune: Some(CommuneRef::from(known)),
            coordinates: at.and_then(|(north, east)| Coordinates::new(north, east)),
            time_zone: Tz::Europe__Paris,
        }
    }

    fn country(pages: &[Vec<u8>]) -> Result<Country, FetchError> {
        let mut country = Country::default();
        let pages: Vec<Vec<u8>> = pages.iter().map(|page| packed(page)).collect();
        country.read(Source::AtmoFrance, &pages, now())?;
        Ok(country)
    }

    /// Days and levels of the air that answers for a place, and how near its zone is.
    fn air(country: &Country, place: &Place) -> (Vec<String>, Option<Nearness>) {
        let answers = country.at(place, now());
        let (_, harvest) = answers.first().expect("the air");
        let of_air = harvest.readings.iter().filter(|it| it.metric == Metric::Air);
        let said = of_air.map(|it| format!("{} {}", it.target, it.level.unwrap_or(0)));
        let zone = harvest.zones.first().filter(|it| it.zone.is_some());
        (said.collect(), zone.map(|it| it.nearness))
    }

    #[test]
    fn a_zone_whose_days_stand_on_two_pages_has_both() {
        let pages = [page(2, &[lyon("2026-09-08", 2)]), page(2, &[lyon("2026-09-09", 4)])];
        let country = country(&pages).expect("a country");
        let said = vec!["2026-09-08 2".to_owned(), "2026-09-09 4".to_owned()];
        assert_eq!(air(&country, &commune("69123", None)), (said, Some(Nearness::Commune)));
    }

    #[test]
    fn a_commune_without_a_row_has_that_of_its_epci_else_of_the_nearest_zone() {
        let pages = [page(
            3,
            &[
                row("243400017", "Montpellier 3M", "EPCI", "2026-09-08", 3, [3.87, 43.61]),
                row("85191", "La Roche-sur-Yon", "commune", "2026-09-08", 2, [-1.42, 46.67]),
                row("85234", "Saint-Jean-de-Monts", "commune", "2026-09-08", 5, [-2.30, 46.75]),
            ],
        )];
        let country = country(&pages).expect("a country");
        let montpellier = commune("34172", Some((43.61, 3.8742)));
        assert_eq!(
            air(&country, &montpellier),
            (vec!["2026-09-08 3".into()], Some(Nearness::Epci))
        );
        let island = commune("85113", Some((46.7115, -2.3508)));
        assert_eq!(air(&country, &island), (vec!["2026-09-08 5".into()], Some(Nearness::Nearby)));
        let nowhere = commune("85113", None);
        assert_eq!(air(&country, &nowhere), (Vec::new(), None), "nobody knows where it is");
    }

    #[test]
    fn rows_that_cannot_be_read_cost_only_themselves_unless_they_are_most() {
        let mut bad = lyon("2026-09-09", 4);
        bad["properties"]["code_qual"] = json!(42);
        let one = country(&[page(2, &[lyon("2026-09-08", 2), bad.clone()])]).expect("a country");
        assert_eq!(air(&one, &commune("69123", None)).0, ["2026-09-08 2"]);
        let most = country(&[page(3, &[lyon("2026-09-08", 2), bad.clone(), bad])]);
        assert_eq!(most.expect_err("nonsense").code(), "schema");
    }

    #[test]
    fn nothing_for_the_whole_country_is_no_answer() {
        assert_eq!(country(&[page(0, &[])]).expect_err("nothing").code(), "schema");
    }

    #[tokio::test]
    async fn a_layer_is_asked_for_page_after_page_from_where_the_last_one_ended() {
        let pages = vec![page(2, &[lyon("2026-09-08", 2)]), page(2, &[lyon("2026-09-09", 4)])];
        let (http, served) = gateway(pages).await;
        let pages = ask(&http, Source::AtmoFrance, now()).await.expect("pages");
        assert_eq!(pages.len(), 2);
        let asked = served.await.expect("requests");
        assert!(asked[0].contains("startIndex=0") && asked[1].contains("startIndex=1"));
        assert!(asked.iter().all(|it| it.contains("sortBy=code_zone,lib_zone,date_ech")));
        assert!(asked.iter().all(|it| it.contains("date_ech%3E%3D%272026-09-06%27")));
    }

    #[tokio::test]
    async fn a_layer_that_changes_between_two_pages_or_ends_early_is_refused() {
        let day = || lyon("2026-09-08", 2);
        for pages in
            [vec![page(3, &[day()]), page(2, &[day()])], vec![page(3, &[day()]), page(3, &[])]]
        {
            let (http, _served) = gateway(pages).await;
            let refused = ask(&http, Source::AtmoFrance, now()).await;
            assert_eq!(refused.map_err(|it| it.code()), Err("schema"));
        }
    }

    #[test]
    fn only_centres_of_communes_of_today_are_taken() {
        let rows = json!([
            { "code": "69123", "centre": { "type": "Point", "coordinates": [4.8351, 45.758] } },
            { "code": "69381", "centre": { "type": "Point", "coordinates": [4.83, 45.77] } },
            { "code": "01001" },
            { "code": "01002", "centre": { "type": "Point", "coordinates": [400.0, 45.0] } },
        ]);
        let known = centres(rows.to_string().as_bytes()).expect("centres");
        assert_eq!(known.keys().collect::<Vec<_>>(), ["69123"]);
        assert_eq!(known["69123"], Coordinates { latitude: 45.758, longitude: 4.8351 });
        assert!(centres(b"[]").is_err());
    }

    proptest! {
        #[test]
        fn no_page_is_read_with_a_panic(body in prop::collection::vec(any::<u8>(), 0..300)) {
            for source in SOURCES {
                Country::default().read(source, &[packed(&body)], now()).ok();
            }
            centres(&body).ok();
        }

        #[test]
        fn a_damaged_page_gives_no_level_outside_the_scale(
            damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)
        ) {
            let mut body = page(1, &[lyon("2026-09-08", 3)]);
            for (at, byte) in damage {
                let at = at.index(body.len());
                body[at] = byte;
            }
            let Ok(country) = country(&[body]) else { return Ok(()) };
            for (_, harvest) in country.at(&commune("69123", None), now()) {
                for reading in harvest.readings {
                    prop_assert!(matches!(reading.level, Some(1..=7)));
                }
            }
        }
    }
}
