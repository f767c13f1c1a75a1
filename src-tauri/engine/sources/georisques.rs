//! The radon potential of communes (arrêté of 27 June 2018), as Géorisques serves it.
//!
//! It knows Paris, Lyon and Marseille by their arrondissements. It publishes no time of
//! publication; a class is a reading of the day on which it was asked for.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use ecosante_domain::metric::Metric;
use ecosante_domain::place::Place;
use ecosante_domain::reading::{Basis, Reading, Source, Target, Zone};
use ecosante_domain::scale::Scale;
use serde::Deserialize;
use serde_json::Value;

use super::{Fetching, Harvest, Nearness, PlaceZone, Publisher};
use crate::communes;
use crate::http::{self, FetchError, HttpClient};
use crate::upstream::{MOST_RADON_CODES, Upstream};

/// The publisher of the radon potential.
#[derive(Debug, Clone, Copy)]
pub struct Georisques;

impl Publisher for Georisques {
    fn source(&self) -> Source {
        Source::Georisques
    }

    fn serves(&self, place: &Place) -> bool {
        place.commune.is_some()
    }

    fn fetch<'a>(
        &'a self,
        http: &'a HttpClient,
        places: &'a [Place],
        now: DateTime<Utc>,
    ) -> Fetching<'a> {
        Box::pin(fetch(http, places, now))
    }
}

async fn fetch(
    http: &HttpClient,
    places: &[Place],
    now: DateTime<Utc>,
) -> Result<Harvest, FetchError> {
    let mut harvest = Harvest::default();
    for codes in questions(places) {
        let about = |place: &&Place| code_of(place).is_some_and(|it| codes.iter().any(|c| c == it));
        let asked: Vec<&Place> = places.iter().filter(about).collect();
        let words: Vec<&str> = codes.iter().map(String::as_str).collect();
        let answer = http.get(&Upstream::radon(&words)).await;
        match answer.and_then(|answer| parse_radon(&answer.body, &asked, now)) {
            Ok(part) => join_worst(&mut harvest, part),
            Err(error) if harvest.zones.is_empty() => return Err(error),
            Err(error) => {
                // A city of which only some arrondissements answered has no class.
                let about = |zone: &PlaceZone| asked.iter().any(|place| place.id == zone.place);
                harvest.zones.retain(|zone| !about(zone));
                harvest.readings.retain(|it| !codes.contains(&it.zone.code));
                harvest.incomplete = Some(error);
                break;
            }
        }
    }
    Ok(harvest)
}

/// Adds a part; of two classes of one commune the worse stays.
fn join_worst(harvest: &mut Harvest, part: Harvest) {
    for better in &part.readings {
        let worse = |it: &Reading| it.zone == better.zone && it.level < better.level;
        harvest.readings.retain(|it| !worse(it));
    }
    let answered: Vec<PlaceZone> =
        part.zones.iter().filter(|it| it.zone.is_some()).cloned().collect();
    harvest.zones.retain(|it| !answered.iter().any(|new| new.place == it.place));
    let known = |it: &PlaceZone| harvest.zones.iter().any(|known| known.place == it.place);
    let part = Harvest {
        zones: part.zones.iter().filter(|it| it.zone.is_some() || !known(it)).cloned().collect(),
        ..part
    };
    harvest.join(part);
}

fn code_of(place: &Place) -> Option<&str> {
    place.commune.as_ref().map(|commune| commune.code.as_str())
}

/// Code of a city that is known by its arrondissements, and the first and last of their codes.
const CITIES: [(&str, u32, u32); 3] =
    [("75056", 75101, 75120), ("69123", 69381, 69389), ("13055", 13201, 13216)];

/// The codes to ask for, one list for each request: a city of arrondissements has a request of its
/// own, with as many of them as it takes.
fn questions(places: &[Place]) -> Vec<Vec<String>> {
    let codes: BTreeSet<&str> = places.iter().filter_map(code_of).collect();
    let city = |code: &str| CITIES.into_iter().find(|(city, ..)| *city == code);
    let simple: Vec<String> =
        codes.iter().filter(|code| city(code).is_none()).map(|code| (*code).to_owned()).collect();
    let mut questions: Vec<Vec<String>> =
        simple.chunks(MOST_RADON_CODES).map(<[String]>::to_vec).collect();
    for (code, first, last) in codes.iter().filter_map(|code| city(code)) {
        let parts = (first..=last).map(|part| part.to_string());
        let all: Vec<String> = std::iter::once(code.to_owned()).chain(parts).collect();
        // The commune stands in each list, so that each answer is known to be about it.
        questions.extend(
            all[1..]
                .chunks(MOST_RADON_CODES - 1)
                .map(|some| std::iter::once(code.to_owned()).chain(some.iter().cloned()).collect()),
        );
    }
    questions
}

#[derive(Debug, Deserialize)]
struct Answer {
    data: Vec<Row>,
    #[serde(default)]
    response_code: Option<i64>,
    #[serde(default)]
    next: Option<Value>,
}

/// One row, not yet judged.
#[derive(Debug, Deserialize)]
struct Row {
    #[serde(default)]
    code_insee: Value,
    #[serde(default)]
    classe_potentiel: Value,
}

impl Row {
    /// The commune that the row is of, the city where it is of an arrondissement.
    fn commune(&self) -> Option<&str> {
        let code = self.code_insee.as_str()?;
        Some(communes::by_code(code).map_or(code, |commune| commune.code))
    }

    /// The class, 1 to 3; `None` where the row has none.
    fn class(&self) -> Result<Option<u8>, FetchError> {
        let class = match &self.classe_potentiel {
            Value::Null => return Ok(None),
            Value::String(text) => text.trim().parse().ok(),
            Value::Number(number) => number.as_u64().and_then(|it| u8::try_from(it).ok()),
            _ => None,
        };
        class
            .filter(|class| Scale::Radon2018.rank(*class).is_some())
            .map(Some)
            .ok_or_else(|| FetchError::schema("an unknown class of radon potential"))
    }
}

/// Reads the answer for the communes of `places`: of several rows of one, the worst class counts.
///
/// A place for whose commune there is no row gets a [`PlaceZone`] without zone. Places without
/// commune are passed over.
///
/// # Errors
///
/// Those of JSON, and [`FetchError::Schema`] where a row that a place uses has an unknown class,
/// where the answer is only a part, or where there are rows and none is of a commune asked for.
///
/// ```
/// use ecosante_engine::sources::georisques::parse_radon;
/// # use ecosante_domain::place::{Place, PlaceId};
/// # use ecosante_engine::communes;
/// # let lyon = communes::by_code("69123").expect("a commune");
/// # let place = Place {
/// #     id: PlaceId(1),
/// #     name: "Home".to_owned(),
/// #     commune: Some(lyon.into()),
/// #     coordinates: None,
/// #     time_zone: lyon.time_zone(),
/// # };
///
/// let body = br#"{"results": 1, "page": 1, "total_pages": 1, "data": [
///     {"code_insee": "69123", "libelle_commune": "LYON", "classe_potentiel": "1"}],
///     "response_code": 200, "message": null, "next": null, "previous": null}"#;
///
/// let harvest = parse_radon(body, &[&place], "2026-09-28T14:00:00Z".parse()?)?;
/// assert_eq!(harvest.readings[0].level, Some(1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn parse_radon(
    body: &[u8],
    places: &[&Place],
    now: DateTime<Utc>,
) -> Result<Harvest, FetchError> {
    let answer: Answer = http::json(body)?;
    if answer.response_code.is_some_and(|code| code != 200) {
        return Err(FetchError::schema("the answer reports a failure"));
    }
    if answer.next.as_ref().is_some_and(|next| !next.is_null()) {
        return Err(FetchError::schema("the answer is only a part of what matched"));
    }
    let asked: BTreeSet<&str> = places.iter().filter_map(|place| code_of(place)).collect();
    let mut classes: BTreeMap<&str, Option<u8>> = BTreeMap::new();
    for row in &answer.data {
        let Some(code) = row.commune().filter(|code| asked.contains(code)) else { continue };
        let class = row.class()?;
        let worst = classes.entry(code).or_default();
        *worst = class.max(*worst);
    }
    if classes.is_empty() && !answer.data.is_empty() {
        return Err(FetchError::schema("no row is of a commune that was asked for"));
    }
    let mut parts = Vec::new();
    for place in places {
        let Some(commune) = &place.commune else { continue };
        let zone = Zone { code: commune.code.clone(), name: commune.name.clone() };
        let level = classes.get(commune.code.as_str()).copied().flatten();
        let today = now.with_timezone(&place.time_zone).date_naive();
        let reading = level.map(|level| Reading {
            source: Source::Georisques,
            zone: zone.clone(),
            metric: Metric::Radon,
            scale: Some(Scale::Radon2018),
            target: Target::Day(today),
            basis: Basis::Official,
            level: Some(level),
            value: None,
            published_at: None,
            fetched_at: now,
            hours: 1,
            note: None,
        });
        let zone = level.map(|_| zone);
        parts.push(Harvest {
            readings: reading.into_iter().collect(),
            zones: vec![PlaceZone { place: place.id, zone, nearness: Nearness::Commune }],
            incomplete: None,
        });
    }
    Ok(Harvest::joined(parts))
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;
    use ecosante_domain::place::{CommuneRef, PlaceId};
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-09-28T14:00:00Z".parse().expect("a moment")
    }

    fn place(id: i64, code: &str, name: &str) -> Place {
        Place {
            id: PlaceId(id),
            name: "Home".to_owned(),
            commune: Some(CommuneRef {
                code: code.to_owned(),
                name: name.to_owned(),
                epci: None,
                departement: code[..2].to_owned(),
            }),
            coordinates: None,
            time_zone: Tz::Europe__Paris,
        }
    }

    fn rennes() -> Place {
        place(1, "35238", "Rennes")
    }

    fn paris() -> Place {
        place(2, "75056", "Paris")
    }

    fn answer(rows: &[(&str, Value)]) -> Value {
        let row = |(code, class): &(&str, Value)| {
            let name = Value::Null;
            json!({ "classe_potentiel": class, "code_insee": code, "libelle_commune": name })
        };
        json!({
            "results": rows.len(), "page": 1, "total_pages": 1,
            "data": rows.iter().map(row).collect::<Vec<_>>(),
            "response_code": 200, "message": null, "next": null, "previous": null,
        })
    }

    fn parse(answer: &Value, places: &[&Place]) -> Result<Harvest, FetchError> {
        parse_radon(answer.to_string().as_bytes(), places, now())
    }

    #[test]
    fn the_class_of_a_commune_is_an_official_level_of_today() {
        let answer = answer(&[("35238", json!("3"))]);
        let harvest = parse(&answer, &[&rennes()]).expect("an answer");
        let [reading] = harvest.readings.as_slice() else { panic!("{harvest:?}") };
        assert_eq!((reading.metric, reading.level), (Metric::Radon, Some(3)));
        assert_eq!((reading.scale, reading.basis), (Some(Scale::Radon2018), Basis::Official));
        assert_eq!(reading.target.to_string(), "2026-09-28");
        assert_eq!((reading.value, reading.published_at), (None, None));
        let zone = Zone { code: "35238".to_owned(), name: "Rennes".to_owned() };
        assert_eq!(reading.zone, zone);
        assert_eq!(harvest.zones[0].zone, Some(zone));
    }

    #[test]
    fn today_is_that_of_the_place() {
        let reunion = Place { time_zone: Tz::Indian__Reunion, ..place(3, "97411", "Saint-Denis") };
        let evening = "2026-09-28T21:00:00Z".parse().expect("a moment");
        let body = answer(&[("97411", json!("1"))]).to_string();
        let harvest = parse_radon(body.as_bytes(), &[&reunion], evening).expect("an answer");
        assert_eq!(harvest.readings[0].target.to_string(), "2026-09-29");
    }

    #[test]
    fn a_city_has_the_worst_class_of_its_arrondissements() {
        let rows = [("75101", json!("1")), ("75113", json!("2")), ("75120", json!("1"))];
        let harvest = parse(&answer(&rows), &[&paris()]).expect("an answer");
        let [reading] = harvest.readings.as_slice() else { panic!("{harvest:?}") };
        assert_eq!((reading.level, reading.zone.code.as_str()), (Some(2), "75056"));
        assert_eq!(reading.zone.name, "Paris");
    }

    #[test]
    fn a_commune_without_a_row_has_no_class_and_no_zone() {
        let found = parse(&answer(&[("35238", json!("1"))]), &[&rennes(), &paris()]);
        let found = found.expect("an answer");
        assert_eq!(found.zones[1].zone, None);
        assert_eq!(found.readings.len(), 1);
        let nothing = parse(&answer(&[]), &[&rennes()]).expect("an answer");
        assert_eq!((nothing.readings.len(), nothing.zones.len()), (0, 1));
        let unclassed = parse(&answer(&[("35238", json!(null))]), &[&rennes()]);
        assert_eq!(unclassed.expect("an answer").zones[0].zone, None);
    }

    #[test]
    fn an_unknown_class_is_an_error_where_a_place_uses_it() {
        for class in [json!("0"), json!("4"), json!("fort"), json!(""), json!(1.5), json!([1])] {
            let broken = answer(&[("35238", class.clone())]);
            let refused = parse(&broken, &[&rennes()]).expect_err("unknown");
            assert_eq!(refused.code(), "schema", "{class}");
            let rows = [("01004", class), ("35238", json!("2"))];
            let read = parse(&answer(&rows), &[&rennes()]).expect("concerns nobody");
            assert_eq!(read.readings[0].level, Some(2));
        }
        let number = parse(&answer(&[("35238", json!(2))]), &[&rennes()]).expect("an answer");
        assert_eq!(number.readings[0].level, Some(2));
    }

    #[test]
    fn what_is_no_answer_to_the_question_is_refused() {
        let good = || answer(&[("35238", json!("3"))]);
        let change = |key: &str, value: Value| {
            let mut answer = good();
            answer[key] = value;
            parse(&answer, &[&rennes()]).map_err(|error| error.code())
        };
        assert_eq!(change("response_code", json!(500)), Err("schema"));
        assert_eq!(change("next", json!("page=2")), Err("schema"));
        assert_eq!(change("data", json!(null)), Err("schema"));
        assert_eq!(parse(&good(), &[&paris()]).map_err(|it| it.code()), Err("schema"), "elsewhere");
        assert_eq!(
            parse_radon(b"<html>", &[&rennes()], now()).map_err(|it| it.code()),
            Err("not-json")
        );
    }

    #[test]
    fn the_worst_class_of_all_arrondissements_counts_whichever_answer_has_it() {
        let part = |class: Option<u8>| {
            let body = match class {
                Some(class) => {
                    json!({ "data": [{ "code_insee": "75056", "classe_potentiel": class.to_string() }] })
                }
                None => json!({ "data": [] }),
            };
            parse_radon(body.to_string().as_bytes(), &[&paris()], now()).expect("an answer")
        };
        for parts in [[Some(1), Some(3), None], [Some(3), None, Some(1)], [None, Some(1), Some(3)]]
        {
            let mut harvest = Harvest::default();
            for class in parts {
                join_worst(&mut harvest, part(class));
            }
            let levels: Vec<_> = harvest.readings.iter().map(|it| it.level).collect();
            assert_eq!(levels, [Some(3)], "{parts:?}");
            assert!(harvest.zones.iter().all(|it| it.zone.is_some()), "{parts:?}");
        }
    }

    #[test]
    fn communes_are_asked_for_by_tens_and_a_big_city_with_all_its_arrondissements() {
        let mut places: Vec<Place> =
            (0..12).map(|n| place(n, &format!("350{:02}", n + 1), "Somewhere")).collect();
        places.extend([paris(), paris(), place(20, "69123", "Lyon")]);
        let abroad = Place { commune: None, ..rennes() };
        places.push(abroad);
        let questions = questions(&places);
        let sizes: Vec<usize> = questions.iter().map(Vec::len).collect();
        assert_eq!(sizes, [10, 2, 10, 10, 10, 3]);
        assert_eq!(questions[2][..3], ["69123", "69381", "69382"]);
        assert_eq!(questions[3][..2], ["75056", "75101"]);
        assert_eq!(questions[5], ["75056", "75119", "75120"]);
        for (city, first, last) in CITIES {
            for part in first..=last {
                let found = communes::by_code(&part.to_string()).map(|commune| commune.code);
                assert_eq!(found, Some(city), "{part}");
            }
        }
    }

    #[test]
    fn the_recorded_answer_is_read_where_it_is_at_hand() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../../shared/payloads/georisques-radon-75113.json"
        );
        let Ok(body) = std::fs::read(path) else { return };
        let harvest = parse_radon(&body, &[&paris()], now()).expect("a genuine answer");
        assert_eq!(harvest.readings[0].level, Some(1));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(body in prop::collection::vec(any::<u8>(), 0..300)) {
            parse_radon(&body, &[&rennes()], now()).ok();
        }

        #[test]
        fn a_damaged_answer_gives_no_level_outside_the_scale(at: prop::sample::Index, byte: u8) {
            let mut body = answer(&[("35238", json!("3"))]).to_string().into_bytes();
            let at = at.index(body.len());
            body[at] = byte;
            let harvest = parse_radon(&body, &[&rennes()], now());
            for reading in harvest.into_iter().flat_map(|it| it.readings) {
                prop_assert!(matches!(reading.level, Some(1..=3)));
            }
        }
    }
}
