//! Episodes of pollution and weather vigilance: who is told from which level on, what comes together,
//! and what nothing holds back.

use ecosante_replay::{Replay, World};

use crate::device::{Device, LYON, PARIS, TODAY, TOMORROW, TUESDAY, date, moment, people};

const RHONE: &str = "Rhône";
const HEAT: u8 = 6;
const THUNDERSTORM: u8 = 3;
const MIDNIGHT: &str = "2026-09-09T00:00:00+02:00";
const DAY_AFTER: &str = "2026-09-10T00:00:00+02:00";

/// Nobody in particular, a child with asthma and grass allergy, somebody over 65.
fn family(replay: &Replay) -> Device {
    let device = Device::behind(replay);
    let now = device.at(TUESDAY);
    now.does("place add 69123");
    now.does("profile set --person Léa age=child conditions=asthma allergies=grass");
    now.does("profile set --person Paul age=over65");
    device
}

fn names(device: &Device, metric: &str) -> Vec<String> {
    let alerts = device.at(TUESDAY).alerts();
    let mut names: Vec<String> = alerts
        .iter()
        .filter(|it| it["metric"] == metric)
        .map(|it| it["person"].as_str().unwrap_or_default().to_owned())
        .collect();
    names.sort();
    names
}

/// What notifications say.
fn said(told: &[serde_json::Value]) -> Vec<String> {
    told.iter().map(|it| format!("{} {}", it["title"], it["body"])).collect()
}

#[test]
fn heat_is_told_from_yellow_to_the_fragile_and_from_orange_to_everyone() {
    for (colour, told) in [(2, vec!["Léa", "Paul"]), (3, vec!["", "Léa", "Paul"])] {
        let mut world = World::quiet(moment(TUESDAY));
        world.set_vigilance("69", HEAT, moment(MIDNIGHT), moment(DAY_AFTER), colour);
        let replay = Replay::start(world);
        let device = family(&replay);
        let notifications = device.at(TUESDAY).told();
        assert_eq!(notifications.len(), 1, "{notifications:?}");
        assert_eq!(names(&device, "vigilance.heat"), told, "colour {colour}");
        let alert = &device.at(TUESDAY).speaking("en").alerts()[0];
        assert_eq!(alert["because"]["reading"]["scale"], "vigilance");
        assert!(!alert["because"]["evidence"].is_null(), "{alert}");
        assert!(device.at(TUESDAY).told().is_empty());
    }
}

#[test]
fn a_storm_of_some_hours_says_from_when_to_when() {
    let mut world = World::quiet(moment(TUESDAY));
    let (from, to) = ("2026-09-09T15:00:00+02:00", "2026-09-09T21:00:00+02:00");
    world.set_vigilance("69", THUNDERSTORM, moment(from), moment(to), 3);
    let replay = Replay::start(world);
    let device = family(&replay);
    let now = device.at(TUESDAY).speaking("en");
    let told = now.told();
    assert_eq!(told.len(), 1, "{told:?}");
    let text = said(&told).remove(0);
    assert!(text.contains("thunderstorms"), "{text}");
    assert!(text.contains("from 15:00 to 21:00"), "{text}");
}

#[test]
fn an_episode_is_told_from_the_information_to_the_fragile_and_from_the_alert_to_everyone() {
    for (state, told) in [
        ("INFORMATION ET RECOMMANDATIONS", vec!["Léa", "Paul"]),
        ("ALERTE NIVEAU 1", vec!["", "Léa", "Paul"]),
    ] {
        let mut world = World::quiet(moment(TUESDAY));
        world.set_episode(RHONE, "pm10", date(TOMORROW), state);
        let replay = Replay::start(world);
        let device = family(&replay);
        assert_eq!(device.at(TUESDAY).told().len(), 1, "{state}");
        assert_eq!(names(&device, "episode.pm10"), told, "{state}");
    }
}

#[test]
fn heat_with_ozone_is_told_once_in_place_of_its_parts() {
    let mut world = World::quiet(moment(TUESDAY));
    world.set_vigilance("69", HEAT, moment(MIDNIGHT), moment(DAY_AFTER), 3);
    world.set_episode(RHONE, "o3", date(TOMORROW), "INFORMATION ET RECOMMANDATIONS");
    let replay = Replay::start(world);
    let device = family(&replay);
    let now = device.at(TUESDAY).speaking("en");
    let told = now.told();
    assert_eq!(told.len(), 1, "{told:?}");
    let text = said(&told).remove(0);
    assert!(text.contains("heat with ozone"), "{text}");
    assert_eq!(names(&device, "combined.heat-ozone"), ["", "Léa", "Paul"]);
    // Its parts are alerts of their own, told in the same notification.
    let alerts = now.alerts();
    assert!(alerts.iter().any(|it| it["metric"] == "vigilance.heat"), "{alerts:?}");
    assert!(alerts.iter().all(|it| it["notification_id"] == told[0]["id"]), "{alerts:?}");
    let together = alerts.iter().find(|it| it["metric"] == "combined.heat-ozone").unwrap();
    assert_eq!(together["because"]["own_choice"], true);
    assert_eq!(together["label"], "Orange");
    let explained = now.json(&format!("explain {}", together["id"]));
    let metrics: Vec<_> = explained["readings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["metric"].as_str().unwrap_or_default())
        .collect();
    assert!(metrics.contains(&"vigilance.heat") && metrics.contains(&"episode.o3"), "{metrics:?}");
    assert!(now.told().is_empty());
}

#[test]
fn a_storm_in_grass_pollen_is_told_to_who_has_asthma_or_is_allergic_to_grass() {
    let mut world = World::quiet(moment(TUESDAY));
    world.set_vigilance("69", THUNDERSTORM, moment(MIDNIGHT), moment(DAY_AFTER), 2);
    world.set_pollen(LYON, "grass", date(TOMORROW), 3);
    let replay = Replay::start(world);
    let device = family(&replay);
    device.at(TUESDAY).told();
    assert_eq!(names(&device, "combined.storm-grass"), ["Léa"]);
}

#[test]
fn red_breaks_through_quiet_hours_and_a_mute_and_orange_does_not() {
    for (colour, told) in [(3, 0), (4, 1)] {
        let mut world = World::quiet(moment(TUESDAY));
        world.set_vigilance("69", HEAT, moment(MIDNIGHT), moment(DAY_AFTER), colour);
        let replay = Replay::start(world);
        let device = Device::behind(&replay);
        let now = device.at(TUESDAY);
        now.does("place add 69123");
        now.does("profile set quiet=00:00-23:59");
        now.does("mute vigilance.heat --during week");
        assert_eq!(now.told().len(), told, "colour {colour}");
        assert_eq!(now.alerts()[0]["state"], if told == 1 { "raised" } else { "held" });
    }
}

#[test]
fn what_is_muted_is_kept_shown_as_such_and_told_once_it_speaks_again() {
    let mut world = World::quiet(moment(TUESDAY));
    world.set_air(LYON, date(TODAY), 4).set_air(LYON, date(TOMORROW), 4);
    let replay = Replay::start(world);
    let device = Device::behind(&replay);
    let now = device.at(TUESDAY).speaking("en");
    now.does("place add 69123");
    let said = now.does("mute air");
    assert_eq!(said, "Air: muted for you, until tomorrow.\n");
    assert!(now.told().is_empty());
    let why = now.does("explain");
    assert!(why.contains("not told: muted"), "{why}");
    let tomorrow = "2026-09-09T08:00:00+02:00";
    replay.world(|world| {
        world.at(moment(tomorrow));
    });
    let then = device.at(tomorrow).speaking("en");
    assert_eq!(then.told().len(), 1);
    assert_eq!(then.does("mute air --off"), "Air: no longer muted for you.\n");
}

#[test]
fn an_episode_of_tomorrow_waits_for_its_lead_time() {
    let mut world = World::quiet(moment(TUESDAY));
    world.set_air(LYON, date(TOMORROW), 4);
    let replay = Replay::start(world);
    let device = Device::behind(&replay);
    let now = device.at(TUESDAY);
    now.does("place add 69123");
    now.does("profile set lead=evening");
    assert!(now.told().is_empty());
    assert_eq!(now.alerts()[0]["state"], "held");
    let evening = "2026-09-08T18:05:00+02:00";
    replay.world(|world| {
        world.at(moment(evening));
    });
    assert_eq!(device.at(evening).told().len(), 1);
    let refused = device.at(evening).speaking("en").run("profile set lead=soon");
    assert_eq!((refused.code, refused.err.lines().count()), (2, 1), "{refused:?}");
}

#[test]
fn the_summary_of_the_morning_is_told_once_the_most_important_first() {
    let morning = "2026-09-08T07:10:00+02:00";
    let mut world = World::quiet(moment(morning));
    world.set_air(LYON, date(TODAY), 3);
    let replay = Replay::start(world);
    let device = Device::behind(&replay);
    let now = device.at(morning).speaking("en");
    now.does("place add 75056");
    now.does("place add 69123");
    now.does("profile set --person Léa conditions=asthma");
    now.told();
    let said = now.does("profile set digest=morning");
    let summary = said.split("This morning").nth(1).expect("a summary");
    let lines: Vec<_> = summary.lines().skip(1).map(str::trim).collect();
    assert!(lines.len() <= 4 && lines[0].starts_with("Léa: Today, "), "{lines:?}");
    assert!(lines[0].contains(": air quality is moderate in Lyon."), "{lines:?}");
    assert!(now.told().is_empty());
    let refused = now.run("profile set digest=noon");
    assert_eq!((refused.code, refused.err.lines().count()), (2, 1), "{refused:?}");
}

#[test]
fn a_silent_day_is_explained_rule_by_rule() {
    let replay = Replay::start(World::quiet(moment(TUESDAY)));
    let device = family(&replay);
    let now = device.at(TUESDAY).speaking("en");
    assert!(now.told().is_empty());
    let sheet = now.json("explain --place Lyon --person Léa --day 2026-09-08");
    let rows = sheet["sections"][1]["table"]["rows"].as_array().unwrap().clone();
    let row = |name: &str| {
        let found = rows.iter().find(|row| row[0] == name);
        found.unwrap_or_else(|| panic!("no {name} in {rows:?}")).clone()
    };
    let air = row("Air");
    assert!(air[1].as_str().unwrap().contains("Atmo France, published"), "{air}");
    assert!(air[2].as_str().unwrap().contains("“Moderate”"), "{air}");
    assert!(air[3].as_str().unwrap().contains("under the limit"), "{air}");
    assert!(!sheet["sections"][1]["sources"].as_array().unwrap().is_empty());
    row("Weather warning for heat");
    let nothing = now.does("explain --day 2026-01-01");
    assert!(nothing.contains("Nothing was judged on that day"), "{nothing}");
    for wrong in ["explain --day soon", "explain --person Nobody", "explain 77"] {
        let outcome = now.run(wrong);
        assert_eq!((outcome.code, outcome.err.lines().count()), (2, 1), "{wrong}: {outcome:?}");
    }
}

#[test]
fn what_a_limit_would_have_told_is_said_before_it_is_set() {
    let mut world = World::quiet(moment(TUESDAY));
    world.set_air(LYON, date(TODAY), 4);
    let replay = Replay::start(world);
    let device = Device::behind(&replay);
    let now = device.at(TUESDAY).speaking("en");
    now.does("place add 69123");
    now.told();
    let limits = now.json("rehearse air")["limits"].as_array().unwrap().clone();
    assert_eq!(limits.len(), 7);
    let alerts =
        |value: &str| limits.iter().find(|it| it["value"] == value).unwrap()["alerts"].clone();
    assert_eq!((alerts("4"), alerts("5"), alerts("off")), (1.into(), 0.into(), 0.into()));
    let one = now.does("rehearse air --level 4");
    assert!(one.contains("1 alert: Lyon"), "{one}");
    let refused = now.run("rehearse air --level 9");
    assert_eq!((refused.code, refused.err.lines().count()), (2, 1), "{refused:?}");
    assert_eq!(now.run("rehearse water").code, 2);
}

#[test]
fn an_alert_is_rated_and_worse_takes_the_place_of_what_it_makes_out_of_date() {
    let mut world = World::quiet(moment(TUESDAY));
    world.set_air(LYON, date(TOMORROW), 4);
    let replay = Replay::start(world);
    let device = Device::behind(&replay);
    let now = device.at(TUESDAY);
    now.does("place add 69123");
    let first = now.told();
    now.does("rate 1 useful");
    assert_eq!(now.run("rate 77 useful").code, 2);
    let later = "2026-09-08T18:00:00+02:00";
    replay.world(|world| {
        world.at(moment(later));
        world.publish_at(LYON, moment(later)).air(date(TOMORROW), 6);
    });
    let worse = device.at(later).told();
    assert_eq!(worse.len(), 1);
    assert_ne!(worse[0]["id"], first[0]["id"]);
    assert_eq!(worse[0]["number"], first[0]["number"]);
    assert_eq!(people(&device.at(later).alerts()), [(String::new(), 6)]);
}

#[test]
fn heat_with_poor_ozone_is_in_the_summary_of_the_day_as_it_was_in_the_notification() {
    let mut world = World::quiet(moment(TUESDAY));
    world.set_vigilance("69", HEAT, moment(MIDNIGHT), moment(DAY_AFTER), 2);
    let day = ecosante_replay::AirDay::at_level(4, date(TOMORROW));
    world.set_air_day(LYON, date(TOMORROW), day);
    let replay = Replay::start(world);
    let device = Device::behind(&replay);
    let now = device.at(TUESDAY).speaking("en");
    now.does("place add 69123");
    let told = now.told();
    let texts = said(&told);
    assert!(texts.iter().any(|it| it.contains("heat with ozone")), "{texts:?}");
    let evening = "2026-09-08T19:05:00+02:00";
    replay.world(|world| {
        world.at(moment(evening));
    });
    let said = device.at(evening).speaking("en").does("profile set digest=evening");
    assert!(said.contains("heat comes with ozone (yellow warning) in Lyon."), "{said}");
}

#[test]
fn a_part_that_lies_outside_the_days_of_the_pair_is_told_for_itself() {
    let mut world = World::quiet(moment(TUESDAY));
    world.set_vigilance("69", HEAT, moment("2026-09-08T12:00:00+02:00"), moment(DAY_AFTER), 3);
    world.set_episode(RHONE, "o3", date(TOMORROW), "INFORMATION ET RECOMMANDATIONS");
    let replay = Replay::start(world);
    let device = Device::behind(&replay);
    let now = device.at(TUESDAY).speaking("en");
    now.does("place add 69123");
    let told = now.told();
    let texts = said(&told);
    assert_eq!(told.len(), 2, "{texts:?}");
    assert!(texts.iter().any(|it| it.contains("heat with ozone")), "{texts:?}");
    assert!(texts.iter().any(|it| it.contains("weather warning for heat")), "{texts:?}");
}

#[test]
fn what_gets_worse_for_one_leaves_what_was_told_to_another_on_the_screen() {
    let mut world = World::quiet(moment(TUESDAY));
    world.set_air(LYON, date(TOMORROW), 4);
    let replay = Replay::start(world);
    let device = Device::behind(&replay);
    let now = device.at(TUESDAY);
    let paris = now.json("place add 75056")["id"].clone();
    let lyon = now.json("place add 69123")["id"].clone();
    replay.world(|world| {
        world.set_air(PARIS, date(TOMORROW), 4);
    });
    now.does(&format!("profile set places={paris}"));
    now.does(&format!("profile set --person Nina places={lyon}"));
    let first = now.told();
    assert_eq!(first.len(), 1, "{first:?}");
    let later = "2026-09-08T18:00:00+02:00";
    replay.world(|world| {
        world.at(moment(later));
        world.publish_at(LYON, moment(later)).air(date(TOMORROW), 6);
    });
    let worse = device.at(later).told();
    assert_eq!(worse.len(), 1, "{worse:?}");
    assert_ne!(worse[0]["number"], first[0]["number"]);
}

#[test]
fn what_is_told_on_its_day_comes_in_the_morning_and_so_does_the_end_of_a_mute() {
    for set in ["profile set lead=day", "mute air"] {
        let mut world = World::quiet(moment(TUESDAY));
        world.set_air(LYON, date(TOMORROW), 4);
        let replay = Replay::start(world);
        let device = Device::behind(&replay);
        let now = device.at(TUESDAY);
        now.does("place add 69123");
        now.does(set);
        assert!(now.told().is_empty(), "{set}");
        for (at, told) in [("2026-09-09T00:10:00+02:00", 0), ("2026-09-09T07:05:00+02:00", 1)] {
            replay.world(|world| {
                world.at(moment(at));
            });
            assert_eq!(device.at(at).told().len(), told, "{set} at {at}");
        }
    }
}
