//! Hours in which notifications wait.

use ecosante_replay::{Replay, World};

use crate::device::{Device, LYON, TOMORROW, TUESDAY, date, moment, people};

/// A device that is quiet from 22:00 to 07:00, in a world that had nothing to tell by the evening.
fn quiet_device(replay: &Replay) -> Device {
    let device = Device::behind(replay);
    let now = device.at(TUESDAY);
    now.does("place add 69123");
    now.does("profile set quiet=22:00-07:00");
    assert!(now.told().is_empty());
    device
}

/// The layer says `level` for tomorrow from `at` on, and it is then.
fn publish(replay: &Replay, at: &str, level: u8) {
    replay.world(|world| {
        world.at(moment(at));
        world.publish_at(LYON, moment(at)).air(date(TOMORROW), level);
    });
}

#[test]
fn what_comes_at_night_is_held_and_told_in_the_morning() {
    let replay = Replay::start(World::quiet(moment(TUESDAY)));
    let device = quiet_device(&replay);
    let night = "2026-09-08T23:00:00+02:00";
    publish(&replay, night, 4);
    assert!(device.at(night).told().is_empty());
    let held = device.at(night).alerts();
    assert_eq!(people(&held), [(String::new(), 4)]);
    assert_eq!(held[0]["state"], "held");
    assert!(held[0]["notification_id"].is_null());

    drop(replay);
    // Whether a source is due in that hour, and then refuses, differs from install to install.
    let before = device.at("2026-09-09T06:58:00+02:00");
    assert!(!before.run("refresh").out.contains('●'));
    assert_eq!(before.alerts()[0]["state"], "held");

    let morning = device.at("2026-09-09T07:00:00+02:00");
    let released = morning.run("refresh").out;
    assert!(released.contains('●') && released.contains("Lyon"), "{released}");
    let alerts = morning.alerts();
    assert_eq!(alerts.len(), 1);
    assert_eq!(alerts[0]["id"], held[0]["id"]);
    assert_eq!(alerts[0]["state"], "raised");
    assert!(!morning.run("refresh").out.contains('●'), "once");
}

#[test]
fn an_episode_that_was_told_and_is_taken_back_is_said_to_be() {
    let replay = Replay::start(World::quiet(moment(TUESDAY)));
    let device = quiet_device(&replay);
    publish(&replay, "2026-09-08T18:10:00+02:00", 4);
    assert_eq!(device.at("2026-09-08T18:10:00+02:00").told().len(), 1);
    publish(&replay, "2026-09-08T20:00:00+02:00", 2);
    let evening = device.at("2026-09-08T20:00:00+02:00");
    let told = evening.told();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].to_string().contains("Lyon"), "{told:?}");
    assert_eq!(evening.alerts()[0]["state"], "withdrawn");
    assert!(evening.told().is_empty(), "once");
}

#[test]
fn an_episode_that_was_held_and_is_taken_back_is_never_told() {
    let replay = Replay::start(World::quiet(moment(TUESDAY)));
    let device = quiet_device(&replay);
    publish(&replay, "2026-09-08T22:10:00+02:00", 4);
    assert!(device.at("2026-09-08T22:10:00+02:00").told().is_empty());
    publish(&replay, "2026-09-08T23:10:00+02:00", 2);
    let night = device.at("2026-09-08T23:10:00+02:00");
    assert!(night.told().is_empty());
    assert_eq!(night.alerts()[0]["state"], "withdrawn");
    assert!(device.at("2026-09-09T07:30:00+02:00").told().is_empty());
}

#[test]
fn a_withdrawal_that_comes_at_night_waits_too() {
    let replay = Replay::start(World::quiet(moment(TUESDAY)));
    let device = quiet_device(&replay);
    publish(&replay, "2026-09-08T18:10:00+02:00", 4);
    assert_eq!(device.at("2026-09-08T18:10:00+02:00").told().len(), 1);
    publish(&replay, "2026-09-08T23:00:00+02:00", 2);
    assert!(device.at("2026-09-08T23:00:00+02:00").told().is_empty());
    assert_eq!(device.at("2026-09-09T07:30:00+02:00").told().len(), 1);
}
