//! When one alert ends and another begins, day by day.

use ecosante_replay::{Replay, World};

use crate::device::{Device, LYON, TOMORROW, TUESDAY, date, moment, people};

/// The afternoon of a day of September.
fn afternoon(day: usize) -> String {
    format!("2026-09-{day:02}T16:00:00+02:00")
}

/// Lives through days of September from the 8th on with these levels of the air in Lyon; gives how
/// many notifications each afternoon brought to a family, and the number of alerts of the child.
fn live_through(levels: &[u8]) -> (Vec<usize>, usize) {
    let mut world = World::quiet(moment(TUESDAY));
    for (day, level) in (8..).zip(levels) {
        world.set_air(LYON, date(&format!("2026-09-{day:02}")), *level);
    }
    let replay = Replay::start(world);
    let device = Device::of_a_family(&replay);
    let mut told = Vec::new();
    for day in 8..8 + levels.len() {
        let now = afternoon(day);
        replay.world(|world| {
            world.at(moment(&now));
        });
        told.push(device.at(&now).told().len());
    }
    let last = afternoon(7 + levels.len());
    let alerts = device.at(&last).alerts();
    (told, alerts.iter().filter(|it| it["person"] == "Léa").count())
}

#[test]
fn one_day_a_level_lower_does_not_end_an_episode() {
    assert_eq!(live_through(&[3, 2, 3, 2, 2]), (vec![1, 0, 0, 0, 0], 1));
}

#[test]
fn one_day_two_levels_lower_does() {
    assert_eq!(live_through(&[3, 1, 3, 2, 2]), (vec![1, 1, 0, 0, 0], 2));
}

#[test]
fn so_do_two_days_a_level_lower() {
    assert_eq!(live_through(&[3, 2, 2, 3, 2]), (vec![1, 0, 1, 0, 0], 2));
}

#[test]
fn an_episode_that_lasts_is_told_again_after_three_days() {
    assert_eq!(live_through(&[3, 3, 3, 3, 3]), (vec![1, 0, 0, 1, 0], 1));
}

#[test]
fn what_was_told_for_tomorrow_is_not_told_again_tomorrow() {
    let mut world = World::quiet(moment(TUESDAY));
    world.set_air(LYON, date(TOMORROW), 4);
    let replay = Replay::start(world);
    let device = Device::behind(&replay);
    device.at(TUESDAY).does("place add 69123");
    assert_eq!(device.at(TUESDAY).told().len(), 1);
    for later in [
        "2026-09-08T23:59:00+02:00",
        "2026-09-09T00:01:00+02:00",
        "2026-09-09T08:00:00+02:00",
        "2026-09-09T16:00:00+02:00",
    ] {
        replay.world(|world| {
            world.at(moment(later));
        });
        assert!(device.at(later).told().is_empty(), "{later}");
        let alerts = device.at(later).alerts();
        assert_eq!((alerts.len(), &alerts[0]["state"]), (1, &"raised".into()), "{later}");
    }
    let after = "2026-09-12T16:00:00+02:00";
    replay.world(|world| {
        world.at(moment(after));
    });
    assert!(device.at(after).told().is_empty());
    assert_eq!(device.at(after).alerts()[0]["state"], "over");
}

#[test]
fn an_event_of_the_atmo_layer_is_told_to_everyone_and_has_no_rank() {
    for code in [7, 8] {
        let mut world = World::quiet(moment(TUESDAY));
        world.set_air(LYON, date(TOMORROW), code);
        let replay = Replay::start(world);
        let device = Device::of_a_family(&replay);
        let now = device.at(TUESDAY);
        assert_eq!(now.told().len(), 1, "code {code}");
        assert_eq!(now.reading("air", TOMORROW)["level"], 7, "code {code}");
        let alerts = now.alerts();
        assert_eq!(people(&alerts), [(String::new(), 7), ("Léa".to_owned(), 7)]);
        assert!(alerts.iter().all(|it| it["because"]["rule"] == "air:event"), "{alerts:?}");
        assert!(alerts.iter().all(|it| !it["advice"].is_null()), "it has advice of its own");
        assert!(now.told().is_empty());
    }
}

#[test]
fn an_unavailable_index_is_never_good() {
    let mut world = World::quiet(moment(TUESDAY));
    world.set_air(LYON, date(TOMORROW), 0);
    let replay = Replay::start(world);
    let device = Device::behind(&replay);
    device.at(TUESDAY).does("place add 69123");
    device.at(TUESDAY).told();
    let air = device.at(TUESDAY).reading("air", TOMORROW);
    assert_ne!(air["basis"], "official", "{air}");
    assert!(air["level"].is_null() || air["basis"] == "estimated", "{air}");
}
