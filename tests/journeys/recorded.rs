//! Answers as the producers gave them one day, where they are at hand.

use std::path::Path;

use ecosante_replay::Replay;
use serde_json::Value;

use crate::device::{Device, TODAY, TUESDAY, people, reading};

const RECORDINGS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/payloads");

/// Commune, level, zone, name of the zone and time of publication of the air of that day; the name
/// is not compared where it is empty.
const THAT_DAY: [(&str, u64, &str, &str, &str); 4] = [
    ("75056", 2, "75056", "Paris", "2026-09-08T12:05:44.522Z"),
    ("44109", 2, "44109", "", ""),
    ("97302", 1, "249730045", "Cayenne", ""),
    ("69123", 3, "69123", "Lyon", "2026-09-08T12:22:34.713Z"),
];

fn compare(status: &Value) {
    for (commune, level, zone, name, published) in THAT_DAY {
        let places = status["places"].as_array().unwrap();
        let place = places.iter().find(|it| it["commune"] == commune).expect(commune);
        let air = reading(place, "air", TODAY);
        assert_eq!(air["level"], level, "{air}");
        assert_eq!(air["zone"], zone);
        assert_eq!((&air["basis"], &air["state"]), (&"official".into(), &"current".into()));
        assert!(name.is_empty() || air["zone_name"] == name, "{air}");
        assert!(published.is_empty() || air["published_at"] == published, "{air}");
    }
}

#[test]
fn recorded_answers_give_the_levels_zones_and_times_of_that_day() {
    if !Path::new(RECORDINGS).is_dir() {
        return;
    }
    let replay = Replay::folder(RECORDINGS);
    let device = Device::behind(&replay);
    let now = device.at(TUESDAY);
    for query in ["75056", "Nantes", "97302", "69123"] {
        now.does(&format!("place add {query}"));
    }
    let lyon = now.json("place list");
    let lyon = lyon.as_array().unwrap().iter().find(|it| it["name"] == "Lyon").unwrap();
    now.does(&format!(
        "profile set --person Léa age=child conditions=asthma places={}",
        lyon["id"]
    ));

    let refreshed = now.json("refresh");
    assert_eq!(refreshed["notifications"].as_array().unwrap().len(), 1, "{refreshed}");
    compare(&now.status());
    let alerts = now.alerts();
    assert_eq!(people(&alerts), [("Léa".to_owned(), 3)]);
    assert_eq!(alerts[0]["place"]["commune"], "69123");
    assert!(now.told().is_empty(), "once is enough");

    drop(replay);
    compare(&now.status());
    assert_eq!(now.run("refresh --all").code, 3);
    compare(&now.status());
    assert_eq!(now.alerts(), alerts);
}

#[test]
fn recorded_answers_are_published_as_they_are_told() {
    if !Path::new(RECORDINGS).is_dir() {
        return;
    }
    let replay = Replay::folder(RECORDINGS);
    let device = Device::behind(&replay);
    let folder = tempfile::TempDir::new().unwrap();
    let out = folder.path();
    // Nothing of the pollen and the vigilance was recorded that day: they fail, the rest is published.
    let asked = format!("publish --departement 75,44,973,69 --out {}", out.display());
    device.at(TUESDAY).does(&asked);
    for (commune, level, zone, name, published) in THAT_DAY {
        let file = std::fs::read(out.join(format!("current/v1/commune/{commune}.json"))).unwrap();
        let file: Value = serde_json::from_slice(&file).unwrap();
        assert_eq!(file["days"][0]["air"]["level"], level, "{commune}");
        let publications = file["publications"].as_array().unwrap();
        let of_today = publications.iter().find(|it| {
            let values = it["values"].as_array().unwrap();
            values.iter().any(|value| value["metric"] == "air" && value["target"] == TODAY)
        });
        let air = of_today.expect(commune);
        assert_eq!(air["zone"]["code"], zone, "{air}");
        assert!(name.is_empty() || air["zone"]["name"] == name, "{air}");
        assert!(published.is_empty() || air["published_at"] == published, "{air}");
    }
}
