//! Who is asked, when, and what they learn.

use std::collections::BTreeSet;

use ecosante_replay::{Fault, Replay, World, host};

use crate::device::{Device, TUESDAY, minutes_after, moment, reading};

fn quiet() -> Replay {
    Replay::start(World::quiet(moment(TUESDAY)))
}

/// How often the index of now was asked for; its history has a layer of its own.
fn index_questions(replay: &Replay) -> usize {
    let asked = replay.requests_to(host::ATMO_INDEX).into_iter();
    asked.filter(|it| it.parameter("typeNames") == Some("ind:ind_atmo_2021")).count()
}

/// How often the models were asked, but for their past.
fn model_questions(replay: &Replay) -> usize {
    let asked = replay.requests_to(host::OPEN_METEO_AIR).into_iter();
    asked.filter(|it| it.parameter("past_days") != Some("92")).count()
}

#[test]
fn what_was_just_asked_is_not_asked_again() {
    let replay = quiet();
    let device = Device::of_a_family(&replay);
    device.at(TUESDAY).does("refresh");
    replay.forget_requests();
    for later in [TUESDAY, "2026-09-08T16:05:00+02:00"] {
        device.at(later).does("refresh");
        assert_eq!(replay.requests(), [], "{later}");
    }
    device.at(TUESDAY).does("refresh --all");
    assert_eq!(index_questions(&replay), 1, "asked for, it is");
    assert_eq!(model_questions(&replay), 1);
    replay.forget_requests();
    device.at("2026-09-10T16:50:00+02:00").does("refresh");
    assert_eq!(index_questions(&replay), 1, "two days later, it is due");
    assert_eq!(model_questions(&replay), 1);
}

#[test]
fn a_new_place_makes_the_sources_due_at_once() {
    let replay = quiet();
    let device = Device::of_a_family(&replay);
    device.at(TUESDAY).does("refresh");
    device.at(TUESDAY).does("place add Paris");
    replay.forget_requests();
    device.at(TUESDAY).does("refresh");
    assert_eq!(index_questions(&replay), 1);
    assert_eq!(model_questions(&replay), 1);
    replay.forget_requests();
    device.at(TUESDAY).does("refresh");
    assert_eq!(replay.requests(), []);
}

#[test]
fn several_places_cost_one_request_to_each_source_which_learns_little() {
    let replay = quiet();
    let device = Device::behind(&replay);
    for place in ["75056", "69123", "Nantes", "97302", "35238", "31555"] {
        device.at(TUESDAY).does(&format!("place add {place}"));
    }
    replay.forget_requests();
    device.at(TUESDAY).does("refresh");
    assert_eq!(index_questions(&replay), 1);
    let mut weather = replay.requests_to(host::OPEN_METEO_AIR);
    weather.retain(|request| request.parameter("past_days") != Some("92"));
    assert_eq!(weather.len(), 1);
    for axis in ["latitude", "longitude"] {
        let degrees: Vec<_> = weather[0].parameter(axis).unwrap().split(',').collect();
        assert_eq!(degrees.len(), 6, "{degrees:?}");
        for text in degrees {
            let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            assert!(decimals <= 1, "{axis} {text}");
        }
    }
    for request in replay.requests() {
        let agent = request.user_agent.clone().unwrap();
        assert!(agent.starts_with("Ecosante/") && agent.contains("(+http"), "{agent}");
        let names: BTreeSet<_> = request.headers.iter().map(|(name, _)| name.as_str()).collect();
        let told = ["cookie", "referer", "authorization", "accept-language", "from"];
        assert!(told.iter().all(|name| !names.contains(name)), "{names:?}");
    }
}

#[test]
fn coordinates_are_asked_once_and_stored() {
    let replay = quiet();
    let device = Device::of_a_family(&replay);
    assert_eq!(replay.requests_to(host::COMMUNES).len(), 1);
    device.at(TUESDAY).does("refresh --all");
    device.at("2026-09-10T16:00:00+02:00").does("refresh --all");
    assert_eq!(replay.requests_to(host::COMMUNES).len(), 1);
}

#[test]
fn without_coordinates_the_index_still_comes_and_they_are_looked_up_later() {
    let replay = quiet();
    replay.fault(host::COMMUNES, Fault::status(503));
    let device = Device::of_a_family(&replay);
    device.at(TUESDAY).does("refresh");
    assert_eq!(device.at(TUESDAY).reading("air", "2026-09-08")["basis"], "official");
    assert_eq!(device.at(TUESDAY).source("open-meteo")["state"], "never-asked");
    replay.fault(host::COMMUNES, None);
    device.at("2026-09-08T19:00:00+02:00").does("refresh");
    assert_eq!(device.at("2026-09-08T19:00:00+02:00").source("open-meteo")["state"], "ok");
}

#[test]
fn after_a_failure_a_source_is_left_alone_for_a_while() {
    let replay = quiet();
    let device = Device::of_a_family(&replay);
    replay.fault(host::ATMO_INDEX, Fault::status(500));
    device.at(TUESDAY).does("refresh");
    let due = device.at(TUESDAY).source("atmo-france")["next_due"].clone();
    let minutes = minutes_after(TUESDAY, &due);
    assert!((44..=125).contains(&minutes), "{minutes}");
    replay.forget_requests();
    device.at("2026-09-08T16:20:00+02:00").does("refresh");
    assert_eq!(replay.requests(), []);
    let later = "2026-09-08T18:09:00+02:00";
    device.at(later).run("refresh");
    assert_eq!(index_questions(&replay), 1);
    let longer = minutes_after(later, &device.at(later).source("atmo-france")["next_due"]);
    assert!((130..=365).contains(&longer), "the second time it is longer: {longer}");
    replay.fault(host::ATMO_INDEX, None);
    device.at(later).does("refresh --all");
    let well = device.at(later).source("atmo-france");
    assert_eq!((&well["state"], &well["error"]), (&"ok".into(), &serde_json::Value::Null));
}

#[test]
fn a_server_that_names_the_time_is_not_asked_before() {
    let replay = quiet();
    let device = Device::of_a_family(&replay);
    let later = Fault::Status {
        code: 429,
        retry_after: Some("7200".to_owned()),
        body: "Slow down.".to_owned(),
    };
    replay.fault(host::OPEN_METEO_AIR, later);
    device.at(TUESDAY).does("refresh");
    let due = device.at(TUESDAY).source("open-meteo")["next_due"].clone();
    let minutes = minutes_after(TUESDAY, &due);
    assert!((120..=182).contains(&minutes), "{minutes}");
    replay.forget_requests();
    device.at("2026-09-08T17:55:00+02:00").does("refresh");
    assert_eq!(replay.requests_to(host::OPEN_METEO_AIR), []);
}

#[test]
fn what_is_not_published_yet_is_looked_for_again_within_hours() {
    let replay = quiet();
    let device = Device::of_a_family(&replay);
    replay.fault(host::ATMO_INDEX, Fault::EmptyFeatures);
    device.at(TUESDAY).does("refresh");
    let source = device.at(TUESDAY).source("atmo-france");
    assert_eq!(source["state"], "not-published-yet");
    assert!(source["error"].is_null());
    let minutes = minutes_after(TUESDAY, &source["next_due"]);
    assert!((60..=180).contains(&minutes), "{minutes}");
}

#[test]
fn an_outage_of_the_producer_leaves_what_it_held_and_says_so() {
    let replay = quiet();
    let device = Device::of_a_family(&replay);
    device.at(TUESDAY).does("refresh");
    let friday = "2026-09-11T16:00:00+02:00";
    replay.world(|world| {
        world.outage_from = Some(moment("2026-09-08T20:00:00+02:00"));
        world.at(moment(friday));
    });
    device.at(friday).does("refresh --all");
    let air = device.at(friday).reading("air", "2026-09-11");
    assert_eq!(air["basis"], "estimated", "{air}");
    assert_eq!(air["instead_of"]["source"], "atmo-france");
    assert_ne!(device.at(friday).source("atmo-france")["state"], "ok");
}

#[test]
fn a_clock_that_was_wrong_does_not_silence_a_source() {
    let replay = quiet();
    let device = Device::of_a_family(&replay);
    let wrong = "2031-01-01T12:00:00+01:00";
    replay.world(|world| {
        world.at(moment(wrong));
    });
    device.at(wrong).does("refresh");
    replay.world(|world| {
        world.at(moment(TUESDAY));
    });
    replay.forget_requests();
    device.at(TUESDAY).does("refresh");
    assert_eq!(index_questions(&replay), 1);
    assert_eq!(model_questions(&replay), 1);
    assert_eq!(device.at(TUESDAY).reading("air", "2026-09-08")["level"], 2);
}

#[test]
fn a_tomorrow_that_is_late_is_looked_for_again_the_same_evening() {
    let replay = quiet();
    let device = Device::behind(&replay);
    // The layer holds today and tomorrow for Paris, for Lyon a day more.
    device.at(TUESDAY).does("place add 75056");
    // The publication of the day is missing: the layer holds what was published yesterday.
    replay.world(|world| world.outage_from = Some(moment("2026-09-08T10:00:00+02:00")));
    let evening = "2026-09-08T19:40:00+02:00";
    replay.world(|world| {
        world.at(moment(evening));
    });
    device.at(evening).does("refresh");
    let air = device.at(evening).reading("air", "2026-09-08");
    assert_eq!(air["basis"], "official", "yesterday's forecast for today stands: {air}");
    let minutes = minutes_after(evening, &device.at(evening).source("atmo-france")["next_due"]);
    assert!((60..=180).contains(&minutes), "{minutes}");
}

#[test]
fn a_commune_without_any_zone_is_not_covered_and_hinders_no_other() {
    let replay = quiet();
    let device = Device::behind(&replay);
    let now = device.at(TUESDAY);
    now.does("place add 69123");
    // L'Île-d'Yeu has neither a row nor a group of communes.
    now.does("place add 85113");
    now.does("refresh");
    let status = now.status();
    let yeu = reading(&status["places"][1], "air", "2026-09-08");
    assert_eq!(yeu["instead_of"]["state"], "not-covered", "{yeu:#}");
    assert_eq!(yeu["basis"], "estimated");
    assert_eq!(reading(&status["places"][0], "air", "2026-09-08")["basis"], "official");
    // Nobody waits for what is not published there: the next question is that of the next morning.
    let minutes = minutes_after(TUESDAY, &now.source("atmo-france")["next_due"]);
    assert!(minutes > 8 * 60, "{minutes}");
}

#[test]
fn ten_places_over_france_cost_at_most_eight_requests_a_full_refresh() {
    let replay = quiet();
    let device = Device::behind(&replay);
    for place in
        ["75056", "69123", "13055", "31555", "06088", "44109", "34172", "67482", "33063", "Lille"]
    {
        device.at(TUESDAY).does(&format!("place add {place}"));
    }
    device.at(TUESDAY).does("refresh");
    replay.forget_requests();
    device.at("2026-09-08T16:20:00+02:00").does("refresh --all");
    let asked: Vec<_> = replay.requests().into_iter().map(|it| it.host).collect();
    assert!(asked.len() <= 8, "{asked:?}");
    assert_eq!(device.at("2026-09-08T16:20:00+02:00").source("hubeau")["state"], "ok");
}

#[test]
fn a_source_that_is_silent_for_days_is_told_of_once_and_again_only_after_it_spoke() {
    let replay = quiet();
    let device = Device::of_a_family(&replay);
    device.at(TUESDAY).does("refresh");
    replay.fault(host::ATMO_INDEX, Fault::EmptyFeatures);
    let at = |day: u32| format!("2026-09-{day:02}T16:00:00+02:00");
    let told = |day: u32| {
        let now = at(day);
        replay.world(|world| {
            world.at(moment(&now));
        });
        let refreshed = device.at(&now).json("refresh --all");
        let titles: Vec<String> = refreshed["notifications"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["title"].as_str().unwrap().to_owned())
            .collect();
        titles.into_iter().filter(|title| title.contains("rien de nouveau")).collect::<Vec<_>>()
    };
    assert_eq!(told(9), Vec::<String>::new(), "a day without is no silence yet");
    assert_eq!(told(10), ["Atmo France\u{a0}: rien de nouveau"]);
    assert_eq!(told(11), Vec::<String>::new(), "once");
    replay.fault(host::ATMO_INDEX, None);
    assert_eq!(told(12), Vec::<String>::new());
    replay.fault(host::ATMO_INDEX, Fault::EmptyFeatures);
    assert_eq!(told(13), Vec::<String>::new());
    assert_eq!(told(14).len(), 1, "it spoke in between");
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let replay = quiet();
    let device = Device::of_a_family(&replay);
    device.at(TUESDAY).does("refresh");
    let flood = |now: &str| {
        let status = device.at(now).status();
        let readings = status["places"][0]["readings"].as_array().unwrap().clone();
        readings.into_iter().find(|it| it["metric"] == "vigilance.flood").unwrap()
    };
    assert_eq!(flood(TUESDAY)["level"], 1);
    replay.forget_requests();
    let later = "2026-09-08T17:10:00+02:00";
    device.at(later).does("refresh --all");
    let asked = replay.requests_to(host::VIGILANCE_STORE);
    assert!(asked[0].header("if-none-match").is_some(), "{:?}", asked[0].headers);
    assert_eq!(device.at(later).source("meteo-france")["state"], "ok");
    assert_eq!((&flood(later)["level"], &flood(later)["state"]), (&1.into(), &"current".into()));
}
