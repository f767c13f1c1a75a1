//! The main job: a place, a person, a source, one notification, and all of it again without network.

use ecosante_replay::{Replay, World};
use serde_json::Value;

use crate::device::{
    Device, LYON, TODAY, TOMORROW, TUESDAY, date, degraded_lyon, moment, people, place, reading,
    source,
};

#[test]
fn a_place_is_found_by_code_name_arrondissement_postcode_and_point() {
    let replay = Replay::start(degraded_lyon());
    let named = [
        ("75056", "75056", "Paris"),
        ("Nantes", "44109", "Nantes"),
        ("69383", "69123", "Lyon"),
        ("31000", "31555", "Toulouse"),
        ("st etienne", "42218", "Saint-Étienne"),
        ("45.764,4.836", "69123", "Lyon"),
    ];
    for (query, code, name) in named {
        let added = Device::behind(&replay).at(TUESDAY).json(&format!("place add {query}"));
        assert_eq!(added["commune"]["code"], code, "{query}: {added}");
        assert_eq!(added["name"], name, "{query}");
    }
}

#[test]
fn a_child_with_asthma_is_told_once_then_when_it_gets_worse_and_all_stays_without_network() {
    let replay = Replay::start(degraded_lyon());
    let device = Device::of_a_family(&replay);
    let now = device.at(TUESDAY);

    let told = now.told();
    assert_eq!(told.len(), 1, "{told:?}");
    let alerts = now.alerts();
    assert_eq!(people(&alerts), [("Léa".to_owned(), 3)], "the limit of the other person is 4");
    assert_eq!(told[0]["alerts"], serde_json::json!([alerts[0]["id"]]));
    assert_eq!(told[0]["id"], alerts[0]["notification_id"]);
    let body = told[0]["body"].as_str().unwrap();
    let text = format!("{} {body}", told[0]["title"]);
    for word in ["Lyon", "Léa", "asthme", "ujourd’hui"] {
        assert!(text.contains(word), "{word} in {text}");
    }

    assert!(now.told().is_empty(), "a second refresh has nothing new");
    assert!(device.at("2026-09-08T17:00:00+02:00").told().is_empty(), "nor has a later one");

    let evening = "2026-09-08T18:10:00+02:00";
    replay.world(|world| {
        world.at(moment(evening));
        world.publish_at(LYON, moment(evening)).air(date(TOMORROW), 4);
    });
    let evening = device.at(evening);
    let told = evening.told();
    assert_eq!(told.len(), 1, "everyone is told in one: {told:?}");
    let worse = evening.alerts();
    assert_eq!(people(&worse), [(String::new(), 4), ("Léa".to_owned(), 4)]);
    let of_lea = worse.iter().find(|it| it["person"] == "Léa").unwrap();
    assert_eq!(of_lea["id"], alerts[0]["id"], "it is the same episode");
    assert!(evening.told().is_empty());

    let before = evening.status();
    drop(replay);
    let after = evening.status();
    assert_eq!(after["places"], before["places"], "what is stored needs no network");
    assert_eq!(evening.alerts(), worse);
    let refused = evening.run("--json refresh --all");
    assert_eq!(refused.code, 3, "{refused:?}");
    assert_eq!(levels(&evening.status()), levels(&before), "a failure erases nothing");
    assert_eq!(evening.alerts(), worse);
}

/// Metric, target, level and publication of all that is shown.
fn levels(status: &Value) -> Vec<[Value; 4]> {
    let readings = status["places"][0]["readings"].as_array().unwrap().iter();
    readings
        .map(|it| ["metric", "target", "level", "published_at"].map(|key| it[key].clone()))
        .collect()
}

#[test]
fn status_keeps_its_contract() {
    let replay = Replay::start(degraded_lyon());
    let device = Device::behind(&replay);
    let now = device.at(TUESDAY);
    now.does("place add 69123 --name Maison");

    let before = now.status();
    for name in [
        "atmo-france",
        "atmo-pollen",
        "atmo-episodes",
        "open-meteo",
        "open-meteo-forecast",
        "vigilance-mirror",
        "meteo-france",
        "hubeau",
        "georisques",
    ] {
        assert_eq!(source(&before, name)["state"], "never-asked");
    }
    now.does("refresh");

    let status = now.status();
    assert_eq!(moment(status["now"].as_str().unwrap()).date_naive(), date(TODAY));
    let home = place(&status, "Maison");
    assert!(home["id"].is_i64(), "{home}");
    assert_eq!(home["commune"], LYON);
    let air = reading(home, "air", TODAY);
    let expected = [
        ("scale", "atmo-2021"),
        ("label", "Dégradé"),
        ("basis", "official"),
        ("state", "current"),
        ("source", "atmo-france"),
        ("zone", LYON),
        ("zone_name", "Lyon"),
        ("published_at", "2026-09-08T11:29:44.522Z"),
    ];
    for (key, value) in expected {
        assert_eq!(air[key], value, "{key}");
    }
    assert_eq!(air["level"], 3);
    assert!(air["value"].is_null() && air["unit"].is_null() && air["instead_of"].is_null());
    moment(air["fetched_at"].as_str().unwrap());
    assert_eq!(reading(home, "air", TOMORROW)["level"], 2);

    let ozone = reading(home, "air.o3", TODAY);
    assert_eq!((&ozone["level"], &ozone["basis"]), (&3.into(), &"official".into()));
    let readings = home["readings"].as_array().unwrap();
    let concentration = readings
        .iter()
        .find(|it| it["metric"] == "concentration.pm25" && it["state"] == "current")
        .expect("hours of PM2.5");
    assert_eq!(concentration["unit"], "µg/m³");
    assert!(concentration["value"].is_f64() && concentration["level"].is_null());
    assert_eq!(reading(home, "uv", TODAY)["scale"], "uv-who");
    assert_eq!(reading(home, "pollen", TODAY)["scale"], "atmo-pollen-2025");
    let grass = reading(home, "pollen.grass", TODAY);
    assert_eq!((&grass["basis"], &grass["source"]), (&"official".into(), &"atmo-pollen".into()));
    for (metric, scale) in [
        ("episode.pm10", "episode"),
        ("vigilance.wind", "vigilance"),
        ("vigilance.flood", "vigilance"),
        ("radon", "radon-2018"),
    ] {
        let current = readings.iter().find(|it| it["metric"] == metric && it["state"] == "current");
        assert_eq!(current.expect(metric)["scale"], scale, "{metric}");
    }
    let felt = readings.iter().find(|it| it["metric"] == "apparent-temperature").expect("degrees");
    assert_eq!((&felt["unit"], felt["value"].is_f64()), (&"°C".into(), true), "{felt}");
    let water = readings.iter().find(|it| it["metric"] == "water").expect("a sample of water");
    assert!(water["note"].as_str().is_some_and(|said| said.contains("conforme")), "{water}");
    let mut seen = std::collections::BTreeSet::new();
    for it in readings {
        // Of water, one for each network.
        let key = format!("{} {} {}", it["metric"], it["target"], it["zone"]);
        assert!(seen.insert(key), "one reading per metric and target: {it}");
    }

    for name in [
        "atmo-france",
        "atmo-pollen",
        "atmo-episodes",
        "open-meteo",
        "open-meteo-forecast",
        "vigilance-mirror",
        "meteo-france",
        "hubeau",
        "georisques",
    ] {
        let source = source(&status, name);
        assert_eq!(source["state"], "ok", "{source}");
        assert!(source["error"].is_null());
        assert!(moment(source["next_due"].as_str().unwrap()) > moment(TUESDAY));
        moment(source["last_success"].as_str().unwrap());
    }
}

#[test]
fn an_alert_keeps_its_contract_and_explains_itself() {
    let replay = Replay::start(degraded_lyon());
    let device = Device::of_a_family(&replay);
    let now = device.at(TUESDAY);
    now.told();
    let alerts = now.alerts();
    let alert = &alerts[0];
    assert!(alert["id"].is_i64() && alert["notification_id"].is_i64(), "{alert:#}");
    assert_eq!(alert["metric"], "air");
    assert_eq!(alert["level"], 3);
    assert_eq!(alert["label"], "Dégradé");
    assert_eq!(alert["place"]["name"], "Lyon");
    assert_eq!(alert["place"]["commune"], LYON);
    assert!(alert["place"]["id"].is_i64());
    assert_eq!(alert["person"], "Léa");
    assert_eq!(alert["state"], "raised");
    assert_eq!(alert["starts"], "2026-09-07T22:00:00Z");
    assert_eq!(alert["ends"], "2026-09-08T22:00:00Z");
    moment(alert["raised_at"].as_str().unwrap());
    let because = &alert["because"];
    assert_eq!(because["rule"], "air:asthma");
    assert_eq!(because["threshold"], 3);
    assert_eq!(because["reading"]["level"], 3);
    assert_eq!(because["reading"]["published_at"], "2026-09-08T11:29:44.522Z");
    let advice = &alert["advice"];
    assert!(!advice["text"].as_str().unwrap().is_empty());
    assert!(advice["source"]["url"].as_str().unwrap().starts_with("http"), "{advice}");

    let explained = now.json(&format!("explain {}", alert["id"]));
    assert_eq!(explained["id"], alert["id"]);
    assert_eq!(explained["readings"][0]["zone_name"], "Lyon");
    let outcomes: Vec<_> = explained["decisions"].as_array().unwrap().iter().collect();
    assert_eq!(outcomes[0]["outcome"], "raised");
    assert_eq!(outcomes[0]["reason"], "new");
    let words = now.does(&format!("explain {}", alert["id"]));
    for word in ["Lyon", "Léa", "asthme", "Dégradé", "Atmo"] {
        assert!(words.contains(word), "{word} in {words}");
    }
}

#[test]
fn history_keeps_what_was_published() {
    let replay = Replay::start(degraded_lyon());
    let device = Device::of_a_family(&replay);
    device.at(TUESDAY).told();
    let next = "2026-09-09T16:00:00+02:00";
    replay.world(|world| {
        world.at(moment(next));
    });
    device.at(next).told();
    let rows = device.at(next).json("history Lyon --metric air --days 3");
    let days: Vec<_> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["target"].as_str().unwrap(), it["level"].as_u64().unwrap()))
        .collect();
    assert!(days.contains(&(TODAY, 3)) && days.contains(&(TOMORROW, 2)), "{days:?}");
    let csv = device.at(next).does("history 69123 --metric air --format csv");
    assert!(csv.starts_with("target,metric,scale,level,"), "{csv}");
    assert!(csv.lines().any(|line| line.starts_with("2026-09-08,air,atmo-2021,3,")), "{csv}");
}

#[test]
fn five_digits_that_are_a_code_and_a_postcode_are_not_guessed_at() {
    let replay = Replay::start(World::quiet(moment(TUESDAY)));
    let device = Device::behind(&replay);
    let refused = device.at(TUESDAY).run("place add 13001");
    assert_eq!(refused.code, 2);
    assert!(
        refused.err.contains("Aix-en-Provence") && refused.err.contains("13055"),
        "{refused:?}"
    );
    let added = device.at(TUESDAY).json("place add Aix-en-Provence");
    assert_eq!(added["commune"]["code"], "13001");
}

#[test]
fn a_place_that_is_saved_twice_is_removed_by_its_number() {
    let replay = Replay::start(World::quiet(moment(TUESDAY)));
    let device = Device::behind(&replay);
    let now = device.at(TUESDAY);
    now.does("place add 69123 --name Maison");
    let school = now.json("place add 69123 --name École")["id"].clone();
    let refused = now.run("place remove Lyon");
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("Maison") && refused.err.contains("École"), "{refused:?}");
    now.does(&format!("place remove {school}"));
    assert_eq!(now.json("place list").as_array().map(Vec::len), Some(1));
}
