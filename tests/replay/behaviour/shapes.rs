//! Recorded answers: served as they are, and of the same shape as the made ones.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use super::client::{air, atmo, episodes, get, pollen, quiet};
use crate::{Fault, Replay, host};

fn folder_of(files: &[(&str, &str)]) -> (tempfile::TempDir, Replay) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let replay = Replay::folder(folder.path());
    (folder, replay)
}

#[test]
fn a_recording_is_sent_unchanged_whatever_the_query() {
    let odd = "{ \"a\" :  nan }\r\n";
    let (_folder, replay) = folder_of(&[
        ("atmofrance-wfs-ind_atmo_2021-2026-09-08.geojson", odd),
        ("atmofrance-wfs-ind_atmo_2021-2026-09-07.geojson", "older"),
        ("openmeteo-air-quality-lyon.json", "air"),
        ("geoapi-communes-33.json", "[]"),
        ("atmo-wfs-alrt3j-2026.json", "episodes"),
        ("opendatasoft-vigilance-69.json", "vigilance"),
        ("georisques-radon-75.json", "radon"),
    ]);
    let mirror =
        "api/explore/v2.1/catalog/datasets/weatherref-france-vigilance-meteo-departement/records";
    for (target, body) in [
        (atmo("no filter at all", ""), odd),
        (air(""), "air"),
        ("geo.api.gouv.fr/communes?x=y".to_owned(), "[]"),
        ("data.atmo-france.org/geoserver/alrt/ows".to_owned(), "episodes"),
        (format!("public.opendatasoft.com/{mirror}?limit=100"), "vigilance"),
        ("www.georisques.gouv.fr/api/v1/radon?code_insee=1".to_owned(), "radon"),
    ] {
        let answer = get(&replay, &target);
        assert_eq!((answer.status, answer.text().as_str()), (200, body), "{target}");
    }
    for target in ["geo.api.gouv.fr/communes/69123", "api.open-meteo.com/v1/forecast", "x/y"] {
        assert_eq!(get(&replay, target).status, 404, "{target}");
    }
}

#[test]
fn a_recorded_search_is_found_by_its_name() {
    let (_folder, replay) = folder_of(&[
        ("openmeteo-geocoding-enschede.json", "found"),
        ("openmeteo-geocoding-empty.json", "empty"),
    ]);
    for (name, body) in [("Enschede", "found"), ("Lyon", "empty"), ("", "empty")] {
        let target = format!("geocoding-api.open-meteo.com/v1/search?name={name}");
        assert_eq!(get(&replay, &target).text(), body, "{name:?}");
    }
}

#[test]
fn a_recording_may_still_arrive_badly() {
    let (_folder, replay) = folder_of(&[("geoapi-communes.json", "[1,2,3]")]);
    replay.fault(host::COMMUNES, Fault::Truncated);
    assert_eq!(get(&replay, "geo.api.gouv.fr/communes").text(), "[1,");
}

#[test]
#[should_panic(expected = "cannot change what")]
fn what_a_recording_says_cannot_be_twisted() {
    folder_of(&[]).1.fault(host::ATMO, Fault::WrongDate);
}

#[test]
#[should_panic(expected = "is a folder, not a world")]
fn a_folder_has_no_world() {
    folder_of(&[]).1.world(|_| ());
}

/// Every path of a value with the kind of what is there; list items share a path.
pub(super) fn shape(value: &Value) -> BTreeSet<String> {
    fn walk(value: &Value, path: &str, into: &mut BTreeSet<String>) {
        let kind = match value {
            Value::Null => "null",
            Value::Bool(_) => "bool",
            Value::Number(number) if number.is_f64() => "fraction",
            Value::Number(_) => "integer",
            Value::String(_) => "text",
            Value::Array(_) => "list",
            Value::Object(_) => "object",
        };
        into.insert(format!("{path}: {kind}"));
        match value {
            Value::Array(items) => {
                for item in items {
                    walk(item, &format!("{path}[]"), into);
                }
            }
            Value::Object(members) => {
                for (key, value) in members {
                    walk(value, &format!("{path}.{key}"), into);
                }
            }
            _ => {}
        }
    }
    let mut paths = BTreeSet::new();
    walk(value, "", &mut paths);
    paths
}

/// A recorded answer, where recordings are at hand; they are not part of the project.
pub(super) fn recorded(name: &str) -> Option<String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/payloads");
    fs::read_to_string(folder.join(name)).ok()
}

#[test]
fn made_answers_have_the_shape_of_recorded_ones() {
    let replay = Replay::start(quiet("2026-09-08T16:00:00+02:00"));
    let hourly = "european_aqi,pm2_5,pm10,ozone,nitrogen_dioxide,uv_index,alder_pollen,\
                  birch_pollen,grass_pollen,mugwort_pollen,olive_pollen,ragweed_pollen";
    let point = "latitude=45.76&longitude=4.84&timezone=Europe/Paris&forecast_days=4";
    for (recording, target) in [
        ("atmofrance-wfs-ind_atmo_2021-zones.geojson", atmo("code_qual>=0", "")),
        ("openmeteo-air-quality-lyon-20260928.json", air(&format!("{point}&hourly={hourly}"))),
        (
            "georisques-radon-75113.json",
            "www.georisques.gouv.fr/api/v1/radon?code_insee=75113".to_owned(),
        ),
        (
            "openmeteo-geocoding-enschede.json",
            "geocoding-api.open-meteo.com/v1/search?name=Lyon".to_owned(),
        ),
        (
            "openmeteo-geocoding-empty.json",
            "geocoding-api.open-meteo.com/v1/search?name=Nowhere".to_owned(),
        ),
        (
            "geoapi-communes-dept33-extrait.json",
            "geo.api.gouv.fr/communes?codeDepartement=33\
             &fields=nom,code,population,centre,codeDepartement"
                .to_owned(),
        ),
    ] {
        let Some(text) = recorded(recording) else { continue };
        let wanted = shape(&serde_json::from_str(&text).unwrap());
        let made = shape(&get(&replay, &target).json());
        let missing: Vec<_> = wanted.difference(&made).collect();
        let extra: Vec<_> = made.difference(&wanted).collect();
        assert!(
            missing.is_empty() && extra.is_empty(),
            "{recording}: missing {missing:?}, extra {extra:?}"
        );
    }
}

/// The attributes of the first row of an answer, with the kind of each.
fn attributes(answer: &Value) -> BTreeSet<String> {
    let kind = |value: &Value| match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        // One decimal, or a bare 0.
        Value::Number(_) => "number",
        _ => "text",
    };
    let row = answer["features"][0]["properties"].as_object().unwrap();
    row.iter().map(|(key, value)| format!("{key}: {}", kind(value))).collect()
}

#[test]
fn made_rows_of_pollen_and_episodes_have_the_attributes_of_recorded_ones() {
    let replay = Replay::start(quiet("2026-05-20T16:00:00+02:00"));
    for (recording, made) in [
        ("atmo-wms-ind_national_pol-paris-2025-04-26.json", pollen("code_zone='75056'", "")),
        ("atmo-wfs-alrt3j-ile-de-france-2026-10-04.json", episodes("code_zone='11'", "")),
    ] {
        let Some(text) = recorded(recording) else { continue };
        let recorded: Value = serde_json::from_str(&text).unwrap();
        let made = get(&replay, &made).json();
        assert_eq!(attributes(&made), attributes(&recorded), "{recording}");
        let kind = &recorded["features"][0]["geometry"]["type"];
        if !kind.is_null() {
            assert_eq!(&made["features"][0]["geometry"]["type"], kind);
        }
    }
}

#[test]
fn a_made_exception_has_the_elements_of_a_recorded_one() {
    fn elements(xml: &str) -> BTreeSet<&str> {
        let name = |tag: &&str| tag.starts_with("ows:");
        xml.split('<').filter(name).map(|tag| tag.split([' ', '>']).next().unwrap()).collect()
    }

    let replay = Replay::start(quiet("2026-09-08T16:00:00+02:00"));
    let target = "data.atmo-france.org/geoserver/ind/ows?service=ows";
    let made = get(&replay, target).text();
    let expected = BTreeSet::from(["ows:Exception", "ows:ExceptionReport", "ows:ExceptionText"]);
    assert_eq!(elements(&made), expected);
    if let Some(text) = recorded("atmo-geoserver-exception-http200.xml") {
        assert_eq!(elements(&text), expected);
    }
}

#[test]
fn the_european_index_is_that_of_the_recorded_hours() {
    let Some(text) = recorded("openmeteo-air-quality-lyon-20260928.json") else { return };
    let answer: Value = serde_json::from_str(&text).unwrap();
    let hourly = &answer["hourly"];
    for (at, recorded) in hourly["european_aqi"].as_array().unwrap().iter().enumerate() {
        let worst = ["pm2_5", "pm10", "ozone", "nitrogen_dioxide"]
            .iter()
            .filter_map(|it| crate::weather::european_index(it, hourly[it][at].as_f64()?))
            .fold(0.0, f64::max);
        // Both the concentrations and the index are rounded.
        let gap = (worst - recorded.as_f64().unwrap()).abs();
        assert!(gap <= 1.0, "hour {at}: {worst} for {recorded}");
    }
}

#[test]
fn the_recorded_files_are_served_where_they_are_at_hand() {
    let Some(text) = recorded("atmofrance-wfs-ind_atmo_2021-zones.geojson") else { return };
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/payloads");
    let replay = Replay::folder(folder);
    assert_eq!(get(&replay, &atmo("code_zone='75056'", "")).text(), text);
}
