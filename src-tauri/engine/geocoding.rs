//! From names to points and from points to names; each asked once, what it says is stored.

use chrono_tz::Tz;
use ecosante_domain::place::Coordinates;
use ecosante_domain::text::Language;
use serde::Deserialize;

use crate::http::{self, FetchError, HttpClient};
use crate::upstream::Upstream;

/// A place of the world.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Its name.
    pub name: String,
    /// The largest region it lies in, where known.
    pub admin: Option<String>,
    /// Its country, where known.
    pub country: Option<String>,
    /// The two letters of its country.
    pub country_code: Option<String>,
    /// Where it is.
    pub coordinates: Coordinates,
    /// Its time zone, where known.
    pub time_zone: Option<Tz>,
    /// Inhabitants, where known.
    pub population: Option<u64>,
}

/// Where a commune is, by its INSEE code; `None` where the register does not know it.
///
/// # Errors
/// When the register does not answer.
pub async fn commune_coordinates(
    http: &HttpClient,
    code: &str,
) -> Result<Option<Coordinates>, FetchError> {
    match http.get(&Upstream::commune(code)).await {
        Ok(answer) => parse_coordinates(&answer.body, code),
        Err(FetchError::Status { status: 404, .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The INSEE code of the commune in which a point lies; `None` outside France. The point is sent
/// to 0.001°.
///
/// # Errors
/// When the register does not answer.
pub async fn commune_at(
    http: &HttpClient,
    point: Coordinates,
) -> Result<Option<String>, FetchError> {
    match http.get(&Upstream::commune_at(point)).await {
        Ok(answer) => parse_code(&answer.body),
        Err(FetchError::Status { status: 404, .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Places of the world of this name, named in `language` where they have a name in it.
///
/// # Errors
/// When the register does not answer.
pub async fn search_world(
    http: &HttpClient,
    name: &str,
    language: Language,
) -> Result<Vec<Found>, FetchError> {
    let answer = http.get(&Upstream::search(name, language.code())).await?;
    parse_search(&answer.body)
}

/// The time zone of a point, which is sent to 0.1°.
///
/// # Errors
/// When the producer does not answer.
pub async fn time_zone_at(http: &HttpClient, point: Coordinates) -> Result<Option<Tz>, FetchError> {
    let answer = http.get(&Upstream::time_zone(point)).await?;
    parse_time_zone(&answer.body, point)
}

#[derive(Debug, Deserialize)]
struct Commune {
    code: String,
    centre: Option<Centre>,
}

#[derive(Debug, Deserialize)]
struct Centre {
    /// Longitude first, as GeoJSON has it.
    coordinates: [f64; 2],
}

/// The communes of an answer: a list, or the one that was asked for.
fn communes(body: &[u8]) -> Result<Vec<Commune>, FetchError> {
    if body.trim_ascii_start().first() == Some(&b'[') {
        http::json(body)
    } else {
        http::json(body).map(|commune| vec![commune])
    }
}

/// The centre of the commune `code`; of any other commune in the answer nothing is taken.
///
/// # Errors
/// When the answer is none.
pub fn parse_coordinates(body: &[u8], code: &str) -> Result<Option<Coordinates>, FetchError> {
    let commune = communes(body)?.into_iter().find(|commune| commune.code == code);
    let Some(centre) = commune.and_then(|commune| commune.centre) else { return Ok(None) };
    let [longitude, latitude] = centre.coordinates;
    let centre = Coordinates::new(latitude, longitude);
    centre.map(Some).ok_or_else(|| FetchError::schema("a centre outside the globe"))
}

/// The INSEE code of the first commune of an answer; `None` where it has none.
///
/// # Errors
/// When the answer is none.
pub fn parse_code(body: &[u8]) -> Result<Option<String>, FetchError> {
    Ok(communes(body)?.into_iter().next().map(|commune| commune.code))
}

/// The places of an answer; without `results` there are none.
///
/// # Errors
/// When the answer is none.
pub fn parse_search(body: &[u8]) -> Result<Vec<Found>, FetchError> {
    #[derive(Deserialize)]
    struct Answer {
        #[serde(default)]
        results: Vec<Place>,
    }
    #[derive(Deserialize)]
    struct Place {
        name: String,
        latitude: f64,
        longitude: f64,
        admin1: Option<String>,
        country: Option<String>,
        country_code: Option<String>,
        timezone: Option<String>,
        population: Option<u64>,
    }
    let answer: Answer = http::json(body)?;
    let found = |place: Place| {
        Some(Found {
            coordinates: Coordinates::new(place.latitude, place.longitude)?,
            name: place.name,
            admin: place.admin1,
            country: place.country,
            country_code: place.country_code,
            time_zone: place.timezone.and_then(|name| name.parse().ok()),
            population: place.population,
        })
    };
    Ok(answer.results.into_iter().filter_map(found).collect())
}

/// How far the point of an answer may lie from the asked one, in kilometres: the global model has
/// cells of 0.4°, and the point was rounded to 0.1°.
const FARTHEST_KM: f64 = 60.0;

/// The time zone that an answer for `point` names, if it is one.
///
/// # Errors
/// When the answer is none, or one for another point.
pub fn parse_time_zone(body: &[u8], point: Coordinates) -> Result<Option<Tz>, FetchError> {
    #[derive(Deserialize)]
    struct Answer {
        latitude: f64,
        longitude: f64,
        timezone: String,
    }
    let answer: Answer = http::json(body)?;
    let there = Coordinates::new(answer.latitude, answer.longitude);
    if there.is_none_or(|there| there.distance_km(point) > FARTHEST_KM) {
        return Err(FetchError::schema("an answer for another place"));
    }
    Ok(answer.timezone.parse().ok())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn recorded(name: &str) -> Option<Vec<u8>> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/payloads/");
        std::fs::read(format!("{folder}{name}")).ok()
    }

    fn enschede() -> Coordinates {
        Coordinates::new(52.218_33, 6.895_83).expect("coordinates")
    }

    #[test]
    fn a_commune_is_found_by_its_code_and_never_by_being_first() {
        let body = br#"[{"nom":"Abzac","code":"33001","centre":{"type":"Point",
                       "coordinates":[-0.1281,45.0123]}}]"#;
        let abzac = Coordinates::new(45.0123, -0.1281);
        assert_eq!(parse_coordinates(body, "33001"), Ok(abzac));
        assert_eq!(parse_coordinates(body, "69123"), Ok(None));
        assert_eq!(parse_coordinates(b"[]", "69123"), Ok(None));
        let one = br#"{"nom":"Abzac","code":"33001"}"#;
        assert_eq!(parse_coordinates(one, "33001"), Ok(None), "no centre was given");
    }

    #[test]
    fn nothing_found_is_an_answer_and_not_a_failure() {
        assert_eq!(parse_search(br#"{"generationtime_ms":0.13}"#), Ok(Vec::new()));
    }

    #[test]
    fn everything_but_name_and_point_may_be_missing() {
        let body = br#"{"results":[{"id":1,"name":"Somewhere","latitude":52.2,"longitude":6.9}]}"#;
        let found = parse_search(body).expect("an answer");
        assert_eq!((found[0].name.as_str(), found[0].time_zone), ("Somewhere", None));
    }

    #[test]
    fn a_time_zone_that_nobody_knows_is_none() {
        let zone = |name: &str| {
            let body = format!(r#"{{"latitude":52.2,"longitude":6.9,"timezone":"{name}"}}"#);
            parse_time_zone(body.as_bytes(), enschede())
        };
        assert_eq!(zone("Europe/Amsterdam"), Ok(Some(Tz::Europe__Amsterdam)));
        assert_eq!(zone("Nowhere/Here"), Ok(None));
    }

    #[test]
    fn the_time_zone_of_another_place_is_refused() {
        for elsewhere in [r#""latitude":45.8,"longitude":4.8"#, r#""latitude":545.8,"longitude":0"#]
        {
            let body = format!(r#"{{{elsewhere},"timezone":"Europe/Paris"}}"#);
            let refused = parse_time_zone(body.as_bytes(), enschede()).expect_err("not there");
            assert_eq!(refused.code(), "schema");
        }
    }

    #[test]
    fn the_commune_of_a_point_at_sea_is_none() {
        assert_eq!(parse_code(b"[]"), Ok(None));
        let lyon = br#"[{"nom":"Lyon","code":"69123"}]"#;
        assert_eq!(parse_code(lyon), Ok(Some("69123".to_owned())));
        assert_eq!(parse_code(br#"{"code":69123}"#).map_err(|it| it.code()), Err("schema"));
    }

    #[test]
    fn a_centre_outside_the_globe_is_refused() {
        let body = br#"[{"code":"33001","centre":{"coordinates":[412308.5,6444712.0]}}]"#;
        assert_eq!(parse_coordinates(body, "33001").map_err(|it| it.code()), Err("schema"));
    }

    #[test]
    fn the_recorded_answers_are_read_where_they_are_at_hand() {
        if let Some(body) = recorded("openmeteo-geocoding-enschede.json") {
            let found = parse_search(&body).expect("a genuine answer");
            assert_eq!(found[0].time_zone, Some(Tz::Europe__Amsterdam));
            assert_eq!(found[0].country_code.as_deref(), Some("NL"));
        }
        if let Some(body) = recorded("openmeteo-geocoding-empty.json") {
            assert_eq!(parse_search(&body), Ok(Vec::new()));
        }
        if let Some(body) = recorded("geoapi-communes-dept33-extrait.json") {
            let bordeaux = parse_coordinates(&body, "33063").expect("a genuine answer");
            assert_eq!(bordeaux.map(Coordinates::cell_code).as_deref(), Some("44.9,-0.6"));
        }
    }

    proptest! {
        #[test]
        fn an_answer_with_a_changed_byte_is_read_or_refused(at: prop::sample::Index, byte: u8) {
            let answers = [
                r#"[{"nom":"Abzac","code":"33001","centre":{"coordinates":[-0.1281,45.0123]}}]"#,
                r#"{"results":[{"id":1,"name":"There","latitude":52.2,"longitude":6.9,
                    "timezone":"Europe/Amsterdam","population":153655}]}"#,
                r#"{"latitude":52.2,"longitude":6.9,"timezone":"Europe/Amsterdam"}"#,
            ];
            for answer in answers {
                let mut body = answer.as_bytes().to_vec();
                let at = at.index(body.len());
                body[at] = byte;
                parse_search(&body).ok();
                parse_coordinates(&body, "33001").ok();
                parse_code(&body).ok();
                parse_time_zone(&body, enschede()).ok();
            }
        }

        #[test]
        fn any_bytes_are_read_or_refused(body in prop::collection::vec(any::<u8>(), 0..200)) {
            parse_search(&body).ok();
            parse_coordinates(&body, "33001").ok();
            parse_code(&body).ok();
            parse_time_zone(&body, enschede()).ok();
        }
    }
}
