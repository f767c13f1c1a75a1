//! Places outside France, and points.

use ecosante_replay::{Replay, Town, World, host};

use crate::device::{Device, TUESDAY, moment};

fn with_enschede() -> World {
    let mut world = World::quiet(moment(TUESDAY));
    world.towns.push(Town {
        id: 2_756_071,
        name: "Enschede".to_owned(),
        lat: 52.218_33,
        lon: 6.895_83,
        elevation: Some(42.0),
        country: Some(("NL".to_owned(), "Pays-Bas".to_owned())),
        admin1: Some("Overijssel".to_owned()),
        timezone: Some("Europe/Amsterdam".to_owned()),
        population: Some(158_627),
        postcodes: Vec::new(),
    });
    world
}

#[test]
fn a_town_abroad_has_the_european_index_under_its_own_name() {
    let replay = Replay::start(with_enschede());
    let device = Device::behind(&replay);
    let now = device.at(TUESDAY);
    let added = now.json("place add Enschede");
    assert!(added["commune"].is_null(), "{added}");
    replay.forget_requests();
    now.does("refresh");
    let status = now.status();
    let place = &status["places"][0];
    assert_eq!(place["name"], "Enschede");
    let air: Vec<_> = place["readings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["metric"] == "air" && !it["level"].is_null())
        .collect();
    assert!(!air.is_empty(), "{place:#}");
    assert!(air.iter().all(|it| it["scale"] == "eaqi-2024"), "{air:?}");
    assert!(air.iter().all(|it| it["source"] == "open-meteo"));
    assert!(replay.requests_to(host::ATMO).is_empty(), "France knows nothing of it");
}

#[test]
fn a_point_in_france_is_its_commune_and_said_to_be_sent() {
    let replay = Replay::start(with_enschede());
    let device = Device::behind(&replay);
    let said = device.at(TUESDAY).does("place add 45.7640432,4.8356659");
    assert!(said.contains("Lyon"), "{said}");
    assert!(said.lines().count() >= 2, "that the point is sent is said first: {said}");
    let asked = replay.requests_to(host::COMMUNES);
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].parameter("lat"), Some("45.764"));
    assert_eq!(asked[0].parameter("lon"), Some("4.836"));
    let list = device.at(TUESDAY).json("place list");
    assert_eq!(list[0]["commune"]["code"], "69123");
}

#[test]
fn what_is_known_nowhere_is_refused() {
    let replay = Replay::start(with_enschede());
    let device = Device::behind(&replay);
    let outcome = device.at(TUESDAY).run("place add Xanaduville");
    assert_eq!(outcome.code, 2, "{outcome:?}");
    assert_eq!(outcome.err.lines().count(), 1, "{outcome:?}");
    assert_eq!(device.at(TUESDAY).json("place list"), serde_json::json!([]));
}

#[test]
fn without_network_french_places_can_be_added_and_others_say_what_they_lack() {
    let replay = Replay::start(with_enschede());
    let device = Device::behind(&replay);
    drop(replay);
    device.at(TUESDAY).does("place add Lyon");
    let outcome = device.at(TUESDAY).run("place add Enschede");
    assert!([2, 3].contains(&outcome.code), "{outcome:?}");
    assert_eq!(outcome.err.lines().count(), 1, "{outcome:?}");
    let point = device.at(TUESDAY).run("place add 45.764,4.836");
    assert_eq!(point.code, 3, "{point:?}");
    assert_eq!(device.at(TUESDAY).json("place list").as_array().unwrap().len(), 1);
}

#[test]
fn a_point_south_of_the_equator_is_no_option() {
    let replay = Replay::start(with_enschede());
    let device = Device::behind(&replay);
    let said = device.at(TUESDAY).run("place add -20.882, 55.45");
    assert!(!said.err.contains("n’est pas connu ici"), "{said:?}");
    let asked = replay.requests_to(host::COMMUNES);
    assert_eq!(asked[0].parameter("lat"), Some("-20.882"));
}

#[test]
fn a_point_is_never_sent_as_a_name() {
    let replay = Replay::start(with_enschede());
    let device = Device::behind(&replay);
    let found = device.at(TUESDAY).json("place search 45.764123,4.835712");
    assert_eq!(found[0]["add"], "45.764,4.836");
    assert!(replay.requests().is_empty(), "{:?}", replay.requests());
}
