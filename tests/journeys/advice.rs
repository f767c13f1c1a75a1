//! What to do, why, and what came of it.

use ecosante_replay::{Replay, World};
use serde_json::Value;

use crate::device::{Device, Moment, TUESDAY, degraded_lyon, moment};

fn family(replay: &Replay) -> Device {
    let device = Device::of_a_family(replay);
    device.at(TUESDAY).does("profile set --person Léa activities=sport transport=bike");
    device.at(TUESDAY).does("profile set --person Zoé age=under1");
    device
}

fn pieces(now: Moment<'_>, words: &str) -> Vec<Value> {
    now.json(words).as_array().unwrap().clone()
}

fn ids(pieces: &[Value]) -> Vec<&str> {
    pieces.iter().map(|it| it["id"].as_str().unwrap()).collect()
}

#[test]
fn advice_says_why_it_is_given_by_whom_and_when_it_was_last_shown() {
    let replay = Replay::start(degraded_lyon());
    let device = family(&replay);
    let now = device.at(TUESDAY).speaking("en");
    now.told();
    let given = pieces(now, "advice --for Léa --metric air --level 3");
    assert!(given.len() > 5, "{given:?}");
    for piece in &given {
        assert!(piece["source"]["url"].as_str().unwrap().starts_with("https://"), "{piece}");
        let why = piece["why"].as_array().unwrap();
        assert_eq!(why.last().unwrap(), "level “Moderate”", "{piece}");
    }
    let asthma = |it: &&Value| it["why"].as_array().unwrap().iter().any(|it| it == "asthma");
    assert!(given.iter().any(|it| asthma(&it)), "{given:?}");
    // The one that was told with the alert has given its place to the others.
    let alerts = now.alerts();
    let of_lea = alerts.iter().find(|it| it["person"] == "Léa").unwrap();
    let last = given.last().unwrap();
    assert_eq!(last["id"], of_lea["advice"]["id"]);
    assert!(last["last_shown"].as_str().unwrap().starts_with("2026-09-08T14:00"), "{last}");
    assert_eq!(given[0]["last_shown"], Value::Null);

    let said = now.does("advice --for Léa --metric air --level 3");
    assert!(said.contains("because: asthma, child, level “Moderate”"), "{said}");
    assert!(said.contains("https://") && said.contains("last shown today at 16:00"), "{said}");
    let french = device.at(TUESDAY).does("advice --for Léa --metric uv --level 8");
    assert!(french.contains("parce que\u{a0}: enfant, niveau «\u{a0}Très fort\u{a0}»"), "{french}");
}

#[test]
fn every_hazard_has_its_advice() {
    let replay = Replay::start(World::quiet(moment(TUESDAY)));
    let device = family(&replay);
    let now = device.at(TUESDAY);
    for (metric, level) in [
        ("air", " --level 7"),
        ("episode.o3", " --level 2"),
        ("pollen.grass", " --level 4"),
        ("vigilance.heat", " --level 2"),
        ("vigilance.waves", " --level 4"),
        ("combined.heat-ozone", " --level 3"),
        ("combined.pollen-air", " --level 6"),
        ("radon", " --level 3"),
        ("water", ""),
    ] {
        let given = pieces(now, &format!("advice --metric {metric}{level}"));
        assert!(!given.is_empty(), "{metric}");
    }
}

#[test]
fn the_parent_of_a_baby_is_told_to_keep_it_out_of_the_sun_whatever_the_index() {
    let replay = Replay::start(World::quiet(moment(TUESDAY)));
    let device = family(&replay);
    for day in [TUESDAY, "2026-12-24T16:00:00+01:00"] {
        let standing = pieces(device.at(day).speaking("en"), "advice --for Zoé");
        assert_eq!(standing[0]["id"], "standing-baby-never-in-the-sun", "{day}");
        let why = serde_json::json!(["under one year old", "whatever the level"]);
        assert_eq!(standing[0]["why"], why);
    }
    let carbon_monoxide = "standing-carbon-monoxide-act";
    let at = |day| pieces(device.at(day), "advice --for Léa");
    assert!(!ids(&at(TUESDAY)).contains(&carbon_monoxide));
    assert!(ids(&at("2026-12-24T16:00:00+01:00")).contains(&carbon_monoxide));
}

#[test]
fn what_is_done_is_not_given_again_today_and_what_is_of_no_use_comes_last() {
    let replay = Replay::start(degraded_lyon());
    let device = family(&replay);
    let now = device.at(TUESDAY);
    let asked = "advice --for Léa --metric air --level 3";
    let before = pieces(now, asked);
    let (done, no_use) = (ids(&before)[0], ids(&before)[1]);
    let said = now.speaking("en").does(&format!("advice done {done} --for Léa"));
    assert!(said.contains("not given again today"), "{said}");
    now.does(&format!("advice not-useful {no_use} --for Léa"));
    now.does(&format!("advice useful {} --for Léa", ids(&before)[2]));

    let after = pieces(now, asked);
    assert!(!ids(&after).contains(&done));
    assert_eq!(*ids(&after).last().unwrap(), no_use);
    assert_eq!(after.last().unwrap()["not_useful"], true);
    // For another person nothing has changed.
    assert!(now.alerts().is_empty());
    let tomorrow = pieces(device.at("2026-09-09T00:30:00+02:00"), asked);
    assert_eq!(ids(&tomorrow)[0], done);
    assert_eq!(*ids(&tomorrow).last().unwrap(), no_use);
    let after_a_season = pieces(device.at("2026-12-08T16:00:00+01:00"), asked);
    assert_ne!(*ids(&after_a_season).last().unwrap(), no_use);

    // The last word counts.
    device.at("2026-09-09T16:00:00+02:00").does(&format!("advice useful {no_use} --for Léa"));
    let again = pieces(device.at("2026-09-10T16:00:00+02:00"), asked);
    assert_eq!(ids(&again)[1], no_use);
    assert!(again.iter().all(|it| it["not_useful"] == false));
}

#[test]
fn the_notification_leaves_out_what_was_done_today() {
    let replay = Replay::start(degraded_lyon());
    let device = family(&replay);
    let now = device.at(TUESDAY);
    let first = pieces(now, "advice --for Léa --metric air --level 3")[0]["id"].clone();
    now.does(&format!("advice done {} --for Léa", first.as_str().unwrap()));
    now.told();
    let alerts = now.alerts();
    let of_lea = alerts.iter().find(|it| it["person"] == "Léa").unwrap();
    assert_ne!(of_lea["advice"]["id"], first);
    assert!(!of_lea["advice"]["text"].as_str().unwrap().is_empty());
}
