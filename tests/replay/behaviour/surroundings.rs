//! Right answers on what surrounds a place: weather, water, ground, addresses.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::client::{date, get, quiet};
use crate::{Fault, Replay, WaterSample, host, water_network};

const AFTERNOON: &str = "2026-09-08T16:00:00+02:00";

fn afternoon() -> Replay {
    Replay::start(quiet(AFTERNOON))
}

fn forecast(query: &str) -> String {
    format!("api.open-meteo.com/v1/forecast?{query}")
}

fn water(query: &str) -> String {
    format!("hubeau.eaufrance.fr/api/v1/qualite_eau_potable/resultats_dis?{query}")
}

fn radon(query: &str) -> String {
    format!("www.georisques.gouv.fr/api/v1/radon?{query}")
}

fn addresses(path: &str, query: &str) -> String {
    format!("data.geopf.fr/geocodage/{path}?{query}")
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn the_forecast_has_temperatures_and_uv_by_the_hour_for_as_long_as_is_asked() {
    let mut world = quiet(AFTERNOON);
    world.set_day("69123", "apparent_temperature", date("2026-09-09"), 38.5);
    let replay = Replay::start(world);
    let query = "latitude=45.8&longitude=4.8&hourly=apparent_temperature,uv_index,temperature_2m\
                 &timeformat=unixtime&timezone=GMT&past_days=1&forecast_days=7";
    let answer = get(&replay, &forecast(query)).json();
    assert_eq!(
        answer["hourly_units"],
        json!({"time": "unixtime", "apparent_temperature": "°C", "uv_index": "",
               "temperature_2m": "°C"})
    );
    for variable in ["apparent_temperature", "uv_index", "temperature_2m"] {
        let hours = answer["hourly"][variable].as_array().unwrap();
        assert_eq!(hours.len(), 8 * 24);
        assert!(hours.iter().all(Value::is_f64), "{variable}");
    }
    // Fifteen o'clock in Lyon, on the second day after the first of the answer.
    assert_eq!(answer["hourly"]["apparent_temperature"][48 + 13], 38.5);
    let air = "latitude=45.8&longitude=4.8&hourly=apparent_temperature";
    assert_eq!(get(&replay, &super::client::air(air)).status, 400, "that is another host's");
}

#[test]
fn water_is_told_by_one_row_for_each_parameter_of_a_sample() {
    let replay = afternoon();
    let answer = get(&replay, &water("code_commune=44109&sort=desc"));
    assert_eq!(answer.status, 200);
    let body = answer.json();
    let envelope =
        BTreeSet::from(["api_version", "count", "data", "first", "last", "next", "prev"]);
    assert_eq!(keys(&body), envelope);
    assert_eq!(
        (&body["last"], &body["prev"], &body["next"]),
        (&json!(null), &json!(null), &json!(null))
    );
    let rows = body["data"].as_array().unwrap();
    assert_eq!(body["count"], rows.len());
    let first = &rows[0];
    assert_eq!(first.as_object().unwrap().len(), 29);
    assert_eq!(first["reseaux"][0]["nom"], "NANTES");
    assert_eq!(keys(&first["reseaux"][0]), BTreeSet::from(["code", "debit", "nom"]));
    assert!(first["conclusion_conformite_prelevement"].as_str().unwrap().starts_with("Eau "));
    let days: Vec<&str> =
        rows.iter().map(|row| row["date_prelevement"].as_str().unwrap()).collect();
    assert!(days.is_sorted_by(|one, next| one >= next), "{days:?}");
    let samples: BTreeSet<&str> =
        rows.iter().map(|row| row["code_prelevement"].as_str().unwrap()).collect();
    assert_eq!((samples.len(), rows.len() % 2), (2, 0), "a sample has many rows");
    for letter in ["limites_bact", "limites_pc", "references_bact", "references_pc"] {
        let letter = first[format!("conformite_{letter}_prelevement")].as_str().unwrap();
        assert!(["C", "D", "N", "S"].contains(&letter), "{letter}");
    }
}

#[test]
fn a_page_of_water_that_does_not_hold_everything_is_206_and_names_the_next() {
    let replay = afternoon();
    let page = |number: usize| {
        let answer = get(&replay, &water(&format!("code_commune=44109&size=5&page={number}")));
        (answer.status, answer.json())
    };
    let (status, first) = page(1);
    assert_eq!((status, first["data"].as_array().unwrap().len()), (206, 5));
    assert_eq!((&first["count"], &first["prev"]), (&json!(12), &json!(null)));
    assert!(first["next"].as_str().unwrap().ends_with("?code_commune=44109&page=2&size=5"));
    let (status, last) = page(3);
    assert_eq!((status, last["data"].as_array().unwrap().len()), (206, 2));
    assert_eq!((&last["next"], last["prev"].is_string()), (&json!(null), true));
}

#[test]
fn water_is_asked_for_by_communes_networks_days_and_fields() {
    let replay = afternoon();
    let rows = |query: &str| get(&replay, &water(query)).json()["data"].as_array().unwrap().clone();
    let communes: BTreeSet<String> = rows("code_commune=44109,69123&fields=code_commune")
        .iter()
        .map(|row| row["code_commune"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(communes, BTreeSet::from(["44109".to_owned(), "69123".to_owned()]));
    let fields = rows("code_commune=44109&fields=reseaux,date_prelevement");
    assert_eq!(keys(&fields[0]), BTreeSet::from(["date_prelevement", "reseaux"]));
    let since = rows("code_commune=44109&date_min_prelevement=2026-08-01");
    assert!(since.iter().all(|row| row["date_prelevement"].as_str() >= Some("2026-08-01")));
    assert_eq!(since.len(), 6);
    let east = water_network("69123", "LYON EST");
    assert_eq!(rows(&format!("code_reseau={east}")).len(), 12, "two samples");
    assert!(rows("code_commune=01999").is_empty());
}

#[test]
fn the_traps_of_water_are_in_the_data() {
    let replay = afternoon();
    let rows = |code: &str| {
        let answer = get(&replay, &water(&format!("code_commune={code}&sort=desc"))).json();
        answer["data"].as_array().unwrap().clone()
    };
    let networks: BTreeSet<String> = rows("69123")
        .iter()
        .flat_map(|row| row["reseaux"].as_array().unwrap().clone())
        .map(|it| it["nom"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(networks, BTreeSet::from(["LYON".to_owned(), "LYON EST".to_owned()]));
    let paris = rows("75056");
    assert_eq!(paris[0]["conclusion_conformite_prelevement"], json!(null), "not concluded yet");
    assert!(paris.last().unwrap()["conclusion_conformite_prelevement"].is_string());
    assert!(rows("85113").iter().all(|row| row["reseaux"].is_null()), "no network is named");
    assert!(rows("75113").is_empty(), "an arrondissement is no commune here");
}

#[test]
fn a_sample_of_water_is_set_in_one_line() {
    let mut world = quiet(AFTERNOON);
    let day = date("2026-09-07");
    world
        .set_water("69123", "LYON EST", day, "First.")
        .set_water("69123", "LYON EST", day, "Last.");
    world
        .water
        .push(WaterSample { letters: ['N'; 4], ..WaterSample::good("69123", "", day, "No.") });
    let replay = Replay::start(world);
    let query = "code_commune=69123&date_min_prelevement=2026-09-07&fields=\
                 conclusion_conformite_prelevement,conformite_limites_bact_prelevement";
    let rows = get(&replay, &water(query)).json()["data"].as_array().unwrap().clone();
    let told: BTreeSet<(String, String)> = rows
        .iter()
        .map(|row| {
            let of = |key: &str| row[key].as_str().unwrap().to_owned();
            (of("conclusion_conformite_prelevement"), of("conformite_limites_bact_prelevement"))
        })
        .collect();
    let pair = |words: &str, letter: &str| (words.to_owned(), letter.to_owned());
    assert_eq!(told, BTreeSet::from([pair("Last.", "C"), pair("No.", "N")]));
}

#[test]
fn a_question_about_water_that_makes_no_sense_is_refused() {
    let replay = afternoon();
    let many = ["69123"; 21].join(",");
    for query in [
        format!("code_commune={many}"),
        "code_commune=69123&size=20001".to_owned(),
        "code_commune=69123&size=5000&page=5".to_owned(),
        "code_commune=69123&page=0".to_owned(),
        "code_commune=69123&date_min_prelevement=yesterday".to_owned(),
        "code_commune=69123&sort=newest".to_owned(),
        "code_commune=69123&fields=conclusion".to_owned(),
        "commune=69123".to_owned(),
    ] {
        let answer = get(&replay, &water(&query));
        assert_eq!(answer.status, 400, "{query}");
        assert_eq!(answer.json()["code"], "InvalidRequest");
    }
}

#[test]
fn radon_is_told_by_commune_and_for_big_cities_by_arrondissement() {
    let mut world = quiet(AFTERNOON);
    world.set_radon("69123", 2);
    let replay = Replay::start(world);
    let classes = |codes: &str| -> Vec<(String, String)> {
        let answer = get(&replay, &radon(&format!("code_insee={codes}"))).json();
        assert_eq!(answer["results"], answer["data"].as_array().unwrap().len());
        let of = |row: &Value, key: &str| row[key].as_str().unwrap().to_owned();
        let rows = answer["data"].as_array().unwrap();
        rows.iter().map(|row| (of(row, "code_insee"), of(row, "classe_potentiel"))).collect()
    };
    let pair = |code: &str, class: &str| (code.to_owned(), class.to_owned());
    assert_eq!(classes("35238,06088"), [pair("35238", "3"), pair("06088", "2")]);
    assert_eq!(classes("69123,69381,69389"), [pair("69381", "2"), pair("69389", "2")]);
    assert_eq!(classes("01999"), []);
    let paged = get(&replay, &radon("code_insee=35238,06088&page=2&page_size=1")).json();
    assert_eq!((&paged["total_pages"], &paged["next"]), (&json!(2), &json!(null)));
    assert_eq!(paged["data"][0]["code_insee"], "06088");
    let many = ["35238"; 11].join(",");
    for query in [format!("code_insee={many}"), "latlon=4.8,45.7".to_owned(), String::new()] {
        assert_eq!(get(&replay, &radon(&query)).status, 400, "{query}");
    }
}

#[test]
fn an_address_is_found_with_the_code_of_its_arrondissement() {
    let replay = afternoon();
    let query = "q=12 rue de la République Lyon&limit=5";
    let answer = get(&replay, &addresses("search", query)).json();
    assert_eq!(answer["type"], "FeatureCollection");
    let [found] = answer["features"].as_array().unwrap().as_slice() else { panic!("{answer}") };
    let properties = &found["properties"];
    let expected =
        ["city", "citycode", "context", "label", "name", "postcode", "score", "type", "x", "y"];
    assert_eq!(keys(properties), BTreeSet::from(expected));
    assert_eq!(properties["label"], "12 rue de la République 69001 Lyon");
    assert_eq!((&properties["citycode"], &properties["city"]), (&json!("69381"), &json!("Lyon")));
    assert_eq!(found["geometry"]["type"], "Point");
    let third = get(&replay, &addresses("search", "q=1 quai Perrache 69002 Lyon")).json();
    assert_eq!(third["features"][0]["properties"]["citycode"], "69382");
    let nantes = get(&replay, &addresses("search", "q=3 rue Kervégan, Nantes")).json();
    assert_eq!(nantes["features"][0]["properties"]["citycode"], "44109");
    assert_eq!(nantes["features"][0]["properties"]["name"], "3 rue Kervégan");
    let nothing = get(&replay, &addresses("search", "q=12 Main Street Springfield")).json();
    assert_eq!(nothing["features"], json!([]));
    for query in ["q=ab", "q=?12 rue", "", "q=12 rue&limit=0", "q=12 rue&speed=1"] {
        assert_eq!(get(&replay, &addresses("search", query)).status, 400, "{query}");
    }
}

#[test]
fn a_point_has_an_address_beside_it_where_a_commune_is_near() {
    let replay = afternoon();
    let at = |query: &str| {
        let query = format!("{query}&limit=1&index=address");
        get(&replay, &addresses("reverse", &query)).json()["features"].as_array().unwrap().clone()
    };
    let [paris] = &at("lon=2.352&lat=48.857")[..] else { panic!("one address") };
    let code: u32 = paris["properties"]["citycode"].as_str().unwrap().parse().unwrap();
    assert!((75101..=75120).contains(&code), "never 75056: {code}");
    let latitude = paris["geometry"]["coordinates"][1].as_f64().unwrap();
    assert!((latitude - 48.857).abs() < 0.001);
    assert!(at("lon=0&lat=0").is_empty());
    assert_eq!(get(&replay, &addresses("reverse", "lon=east&lat=0")).status, 400);
}

#[test]
fn the_new_hosts_can_fail_in_what_they_say() {
    let replay = afternoon();
    let first = |target: &str, list: &str, pointer: &str| {
        get(&replay, target).json()[list][0].pointer(pointer).cloned()
    };
    replay.fault(host::RADON, Fault::WrongZone);
    assert_eq!(first(&radon("code_insee=35238"), "data", "/code_insee"), Some(json!("01999")));
    replay.fault(host::RADON, Fault::EmptyFeatures);
    assert_eq!(get(&replay, &radon("code_insee=35238")).json()["results"], 0);
    replay.fault(host::WATER, Fault::WrongZone);
    let commune = first(&water("code_commune=35238"), "data", "/code_commune");
    assert!(commune.is_some_and(|code| code != "35238"));
    replay.fault(host::WATER, Fault::WrongDate);
    let day = first(&water("code_commune=35238"), "data", "/date_prelevement").unwrap();
    assert!(day.as_str().unwrap() < "2024", "{day}");
    replay.fault(host::WATER, Fault::DuplicateRows);
    assert_eq!(get(&replay, &water("code_commune=35238")).json()["count"], 24);
    replay.fault(host::ADDRESSES, Fault::EmptyFeatures);
    let query = "q=12 rue de la République Lyon";
    assert_eq!(get(&replay, &addresses("search", query)).json()["features"], json!([]));
}
