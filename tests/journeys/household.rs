//! Several people at several places.

use std::thread;
use std::time::Duration;

use ecosante_replay::{Fault, Replay, World, host};

use crate::device::{Device, LYON, PARIS, TODAY, TOMORROW, TUESDAY, date, moment, people};

#[test]
fn bad_air_in_two_places_reaches_everyone_it_concerns_in_one_notification() {
    let mut world = World::quiet(moment(TUESDAY));
    world.set_air(LYON, date(TODAY), 4).set_air(PARIS, date(TODAY), 4);
    let replay = Replay::start(world);
    let device = Device::behind(&replay);
    let now = device.at(TUESDAY);
    let paris = now.json("place add 75056")["id"].clone();
    now.does("place add 69123");
    now.does("profile set --person Léa age=child conditions=asthma");
    now.does(&format!("profile set --person Nina age=over65 places={paris}"));
    now.does("profile set --person Tom level.air=5");
    now.does("profile set --person Ida conditions=asthma level.air=off");

    let told = now.told();
    assert_eq!(told.len(), 1, "{told:?}");
    let alerts = now.alerts();
    let everyone = [("", 4), ("", 4), ("Léa", 4), ("Léa", 4), ("Nina", 4)];
    assert_eq!(people(&alerts), everyone.map(|(name, level)| (name.to_owned(), level)));
    assert!(alerts.iter().all(|it| it["notification_id"] == told[0]["id"]), "{alerts:?}");
    let of_nina = alerts.iter().find(|it| it["person"] == "Nina").unwrap();
    assert_eq!(of_nina["place"]["commune"], PARIS);
    let text = format!("{} {}", told[0]["title"], told[0]["body"]);
    assert!(text.contains("Paris") && text.contains("Lyon") && text.contains("Léa"), "{text}");
}

#[test]
fn a_limit_that_is_lowered_is_judged_at_once_on_what_is_stored() {
    let replay = Replay::start(World::quiet(moment(TUESDAY)));
    let device = Device::behind(&replay);
    let now = device.at(TUESDAY);
    now.does("place add 69123");
    assert!(now.told().is_empty());
    drop(replay);
    let said = now.does("profile set level.air=2");
    assert!(said.contains('●') && said.contains("Lyon"), "{said}");
    let alerts = now.alerts();
    assert_eq!(people(&alerts), [(String::new(), 2)]);
    assert_eq!(alerts[0]["because"]["rule"], "air:own-limit");
    assert_eq!(alerts[0]["because"]["threshold"], 2);
}

#[test]
fn grass_pollen_is_told_to_whoever_is_allergic_to_it() {
    let mut world = World::quiet(moment(TUESDAY));
    // The worst hour; the mean of the day, which counts, is level 3: 30 to 50 grains/m³.
    world.set_day(LYON, "grass_pollen", date(TODAY), 60.0);
    let replay = Replay::start(world);
    let device = Device::behind(&replay);
    let now = device.at(TUESDAY);
    now.does("place add 69123");
    now.does("profile set --person Léa allergies=grass");
    now.does("profile set --person Tom allergies=birch");
    now.does("profile set --person Nina allergies=grass:4");
    now.does("profile set --person Zoé allergies=unknown");
    assert_eq!(now.told().len(), 1);
    assert_eq!(now.reading("pollen.grass", TODAY)["level"], 3);
    let alerts = now.alerts();
    assert_eq!(people(&alerts), [("Léa".to_owned(), 3), ("Zoé".to_owned(), 3)]);
    let metrics: Vec<_> =
        alerts.iter().map(|it| (it["person"].as_str(), it["metric"].as_str())).collect();
    assert!(metrics.contains(&(Some("Léa"), Some("pollen.grass"))), "{metrics:?}");
    assert!(metrics.contains(&(Some("Zoé"), Some("pollen"))), "{metrics:?}");
    assert!(alerts.iter().all(|it| it["because"]["own_choice"] == true), "the choice is ours");
}

#[test]
fn uv_is_told_to_a_child_from_3_and_to_everyone_from_6() {
    for (index, expected) in [(2.0, vec![]), (3.0, vec!["Léa"]), (6.0, vec!["", "Léa"])] {
        let mut world = World::quiet(moment(TUESDAY));
        world.set_day(LYON, "uv_index", date(TODAY), index);
        let replay = Replay::start(world);
        let device = Device::behind(&replay);
        let now = device.at(TUESDAY);
        now.does("place add 69123");
        now.does("profile set --person Léa age=child");
        now.told();
        assert_eq!(now.reading("uv", TODAY)["value"], index);
        let alerts = now.alerts();
        let told: Vec<_> = people(&alerts).into_iter().map(|(name, _)| name).collect();
        assert_eq!(told, expected, "at index {index}");
        assert!(alerts.iter().all(|it| it["metric"] == "uv"), "{alerts:?}");
    }
}

#[test]
fn many_hazards_at_once_are_at_most_three_notifications() {
    let mut world = World::quiet(moment(TUESDAY));
    for day in [TODAY, TOMORROW] {
        world
            .set_air(LYON, date(day), 4)
            .set_day(LYON, "uv_index", date(day), 8.0)
            .set_day(LYON, "grass_pollen", date(day), 60.0)
            .set_day(LYON, "ragweed_pollen", date(day), 60.0);
    }
    let replay = Replay::start(world);
    let device = Device::behind(&replay);
    let now = device.at(TUESDAY);
    now.does("place add 69123");
    now.does("profile set --person Léa age=child conditions=asthma allergies=grass,ragweed");
    let told = now.told();
    assert!((1..=3).contains(&told.len()), "{told:?}");
    let named: usize = told.iter().map(|it| it["alerts"].as_array().unwrap().len()).sum();
    assert_eq!(named, now.alerts().len(), "each alert is told in one of them");
    assert_eq!(named, 7, "air and UV for both, two pollens for Léa, and both together in bad air");
}

#[test]
fn a_removed_place_leaves_nobody_silenced_and_no_profile_stuck() {
    let mut world = World::quiet(moment(TUESDAY));
    world.set_air(LYON, date(TODAY), 4);
    let replay = Replay::start(world);
    let device = Device::behind(&replay);
    let now = device.at(TUESDAY);
    let paris = now.json("place add 75056")["id"].clone();
    now.does("place add 69123");
    now.does(&format!("profile set --person Nina age=over65 places={paris}"));
    assert!(now.told().len() == 1, "the unnamed person is told of Lyon");
    assert_eq!(people(&now.alerts()), [(String::new(), 4)]);
    now.does("place remove Paris");
    assert_eq!(people(&now.alerts()), [(String::new(), 4), ("Nina".to_owned(), 4)]);
    now.does("profile set --person Nina pets=cat");
    assert!(now.does("profile show").contains("age=over65 pets=cat"));
}

#[test]
fn two_keys_that_are_set_at_once_are_both_kept() {
    let replay = Replay::start(World::quiet(moment(TUESDAY)));
    let device = Device::behind(&replay);
    let now = device.at(TUESDAY);
    now.does("place list");
    for _ in 0..5 {
        now.does("profile set conditions= allergies=");
        let both =
            [now.start("profile set conditions=asthma"), now.start("profile set allergies=grass")];
        for child in both {
            assert_eq!(child.wait_with_output().unwrap().status.code(), Some(0));
        }
        let shown = now.does("profile show");
        assert!(
            shown.contains("conditions=asthma") && shown.contains("allergies=grass"),
            "{shown}"
        );
    }
}

#[test]
fn a_changed_profile_takes_no_forecast_back() {
    let mut world = World::quiet(moment(TUESDAY));
    world.set_air(LYON, date(TOMORROW), 3);
    let replay = Replay::start(world);
    let device = Device::of_a_family(&replay);
    let now = device.at(TUESDAY);
    assert_eq!(now.told().len(), 1);
    let said = now.json("profile set --person Léa conditions=");
    assert_eq!(said["notifications"], serde_json::json!([]), "{said}");
    assert_eq!(now.alerts()[0]["state"], "over");
}

#[test]
fn what_a_program_asks_in_json_tells_as_well() {
    let mut world = World::quiet(moment(TUESDAY));
    world.set_air(LYON, date(TODAY), 3);
    let replay = Replay::start(world);
    let device = Device::behind(&replay);
    let now = device.at(TUESDAY);
    now.does("place add 69123");
    assert!(now.told().is_empty(), "3 concerns nobody yet");
    let said = now.json("profile set conditions=asthma");
    assert_eq!(said["notifications"].as_array().map(Vec::len), Some(1), "{said}");
}

#[test]
fn an_event_of_tomorrow_does_not_lift_the_alert_that_it_replaces() {
    let mut world = World::quiet(moment(TUESDAY));
    world.set_air(LYON, date(TODAY), 7).set_air(LYON, date(TOMORROW), 4);
    let replay = Replay::start(world);
    let device = Device::of_a_family(&replay);
    assert_eq!(device.at(TUESDAY).told().len(), 1);
    let evening = "2026-09-08T19:00:00+02:00";
    replay.world(|world| {
        world
            .publish_at(LYON, moment("2026-09-08T18:00:00+02:00"))
            .air(date(TODAY), 7)
            .air(date(TOMORROW), 8);
        world.at(moment(evening));
    });
    let told = device.at(evening).told();
    let lifted = |it: &&serde_json::Value| it["title"].as_str().unwrap().contains("levée");
    assert_eq!(told.iter().filter(lifted).count(), 0, "{told:?}");
}

#[test]
fn what_is_removed_no_longer_has_alerts_that_stand_and_keeps_those_that_were() {
    let mut world = World::quiet(moment(TUESDAY));
    world.set_air(LYON, date(TODAY), 3).set_air(PARIS, date(TODAY), 3);
    let replay = Replay::start(world);
    let device = Device::behind(&replay);
    let now = device.at(TUESDAY);
    now.does("place add 75056");
    now.does("place add 69123");
    now.does("profile set --person Léa conditions=asthma");
    now.does("profile set --person Tom conditions=heart");
    assert_eq!(now.told().len(), 1);
    let states = |now: &[serde_json::Value]| {
        let of = |it: &serde_json::Value| {
            let (place, person) = (&it["place"]["name"], &it["person"]);
            format!("{place} {person} {}", it["state"]).replace('"', "")
        };
        let mut states: Vec<_> = now.iter().map(of).collect();
        states.sort();
        states
    };
    now.does("place remove Paris");
    now.does("profile remove Léa");
    assert_eq!(
        states(&now.alerts()),
        ["Lyon Léa over", "Lyon Tom raised", "Paris Léa over", "Paris Tom over"]
    );
    let shown = now.does("profile show");
    assert!(shown.contains("Tom") && !shown.contains("Léa"), "{shown}");
}

#[test]
fn a_place_that_is_removed_while_its_source_is_asked_costs_the_others_nothing() {
    let replay = Replay::start(World::quiet(moment(TUESDAY)));
    let device = Device::behind(&replay);
    let now = device.at(TUESDAY);
    now.does("place add 75056");
    now.does("place add 69123");
    for host in [host::ATMO, host::OPEN_METEO_AIR] {
        // A second or so.
        replay.fault_next(host, 1, Fault::SlowDrip { every: Duration::from_micros(100) });
    }
    let asking = now.start("refresh --all");
    thread::sleep(Duration::from_millis(300));
    now.does("place remove Paris");
    let output = asking.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let status = now.status();
    assert_eq!(status["places"].as_array().unwrap().len(), 1);
    assert_eq!(now.reading("air", TODAY)["level"], 2);
    assert_eq!(now.source("atmo-france")["state"], "ok");
}
