//! The demo's past, at any time of the day.

use chrono::TimeDelta;
use ecosante_replay::{DAYS_BEFORE, Replay, World};

use crate::device::{Device, LYON, moment};

#[test]
fn the_month_before_the_demo_is_what_it_was_whenever_the_demo_is_shown() {
    for start in
        ["2026-09-08T08:00:00+02:00", "2026-09-08T16:00:00+02:00", "2026-09-08T23:30:00+02:00"]
    {
        let mut device = Device::with_gateway("http://127.0.0.1:9");
        device.at(start).does("profile set --person Léa age=child conditions=asthma");
        for days in (1..=DAYS_BEFORE).rev() {
            let then = moment(start) - TimeDelta::days(days.try_into().unwrap());
            let replay = Replay::start(World::before_demo(then, days));
            device.go_behind(&replay);
            let there = then.to_rfc3339();
            if days == DAYS_BEFORE {
                device.at(&there).does("place add 69123");
            }
            device.at(&there).does("refresh --all");
        }
        let replay = Replay::start(World::demo(moment(start)));
        device.go_behind(&replay);
        let now = device.at(start);
        let told = now.told();
        assert!(
            told.iter().any(|it| it["title"].as_str().unwrap().starts_with("Lyon")),
            "{start}: {told:?}"
        );
        let history = now.json(&format!("history {LYON} --metric air --days 30"));
        let levels: Vec<_> = history
            .as_array()
            .unwrap()
            .iter()
            .filter(|day| day["target"].as_str().unwrap() < "2026-09-08")
            .map(|day| day["level"].as_u64().unwrap())
            .collect();
        assert!(levels.len() >= DAYS_BEFORE, "{start}: {levels:?}");
        // The worst of those days, with what lies around it.
        let worst = levels.iter().position(|level| *level == 4).expect(start);
        assert_eq!(levels[worst - 1..=worst + 1], [3, 4, 3], "{start}: {levels:?}");
        assert_eq!(levels[levels.len() - 5..], [2, 2, 1, 2, 2], "{start}: {levels:?}");
    }
}
