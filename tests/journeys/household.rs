//! Several people at several places.

use ecosante_replay::{Replay, World};

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
    assert_eq!(named, 6, "air and UV for both, two pollens for Léa");
}
