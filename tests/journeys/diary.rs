//! How days went, kept and laid beside the indices; and what the app has brought.

use chrono::Days;
use ecosante_replay::{Replay, World};
use serde_json::{Value, json};

use crate::device::{Device, LYON, TODAY, TUESDAY, date, degraded_lyon, moment};

/// The rows of the table of a page that is called so.
fn rows<'a>(sheet: &'a Value, heading: &str) -> &'a Vec<Value> {
    let sections = sheet["sections"].as_array().unwrap();
    let section = sections.iter().find(|it| it["heading"] == heading).expect(heading);
    section["table"]["rows"].as_array().expect("a table")
}

#[test]
fn a_day_is_noted_bit_by_bit_and_taken_back_bit_by_bit() {
    let replay = Replay::start(World::quiet(moment(TUESDAY)));
    let device = Device::of_a_family(&replay);
    let now = device.at(TUESDAY).speaking("en");
    let said = now.does("diary add nose=2 treatment=yes");
    assert_eq!(said, "Noted for today: nose 2, treatment taken.\n");
    now.does("diary add eyes=1");
    now.does("diary add --person Léa --day 2026-09-07 breathing=3");
    let noted = now.json("diary show");
    let of_today = json!([
        { "day": TODAY, "scores": { "nose": 2, "eyes": 1 }, "treatment": true, "place": 1 }
    ]);
    assert_eq!(noted, of_today);
    let of_lea = now.json("diary show --person Léa");
    assert_eq!(of_lea[0]["scores"], json!({ "breathing": 3 }));
    // One thing taken back leaves the others; the last one leaves no day.
    now.does("diary add nose=");
    assert_eq!(now.json("diary show")[0]["scores"], json!({ "eyes": 1 }));
    assert_eq!(now.does("diary add eyes= treatment="), "Nothing is noted any more for today.\n");
    assert_eq!(now.json("diary show"), json!([]));
    let removed = now.json("diary remove --person Léa --day 2026-09-07");
    assert_eq!(removed["removed"], true);
    assert_eq!(now.json("diary remove --person Léa --day 2026-09-07")["removed"], false);
}

#[test]
fn what_is_refused_beside_what_is_right_changes_nothing() {
    let replay = Replay::start(World::quiet(moment(TUESDAY)));
    let device = Device::of_a_family(&replay);
    let now = device.at(TUESDAY);
    now.does("diary add nose=1");
    let before = device.contents();
    for refused in ["nose=2 eyes=4", "nose=2 place=99", "nose=2 humeur=1"] {
        assert_eq!(now.run(&format!("diary add {refused}")).code, 2, "{refused}");
        assert_eq!(device.contents(), before, "{refused}");
    }
}

#[test]
fn twelve_days_beside_the_air_say_what_went_together_in_these_data_alone() {
    let mut world = World::quiet(moment(TUESDAY));
    let days: Vec<_> = (0..12).map(|n| date(TODAY) - Days::new(n)).collect();
    for (n, day) in days.iter().enumerate() {
        world.set_air(LYON, *day, if n % 2 == 0 { 4 } else { 2 });
    }
    let replay = Replay::start(world);
    let device = Device::of_a_family(&replay);
    let now = device.at(TUESDAY).speaking("en");
    now.told();
    for (n, day) in days.iter().enumerate() {
        let signs = if n % 2 == 0 { "breathing=3 fatigue=1" } else { "breathing=0 fatigue=0" };
        let treatment = if n == 0 { "treatment=yes" } else { "treatment=no" };
        now.does(&format!("diary add --person Léa --day {day} {signs} {treatment}"));
        // Whoever feels the same whatever the air is like is told nothing.
        now.does(&format!("diary add --day {day} breathing=1"));
    }
    let said = now.does("diary show --person Léa");
    assert!(
        said.contains(
            "In the data of Léa: on the 6 days with air at Moderate or more, the signs summed to \
             4.0 on average; on the 6 other days 0.0."
        ),
        "{said}"
    );
    assert!(said.contains("A treatment was taken on 1 of these days and on 0 of the others."));
    assert!(said.contains("This is no diagnosis; other things may explain it."), "{said}");
    let unmoved = now.does("diary show");
    assert!(unmoved.contains("Nothing stands out so far."), "{unmoved}");
    assert!(!unmoved.contains("In your data"), "{unmoved}");

    let report = now.json("diary report --person Léa --days 12");
    let days = rows(&report, "The days");
    assert_eq!(days.len(), 12);
    let today = days.last().unwrap().as_array().unwrap();
    assert_eq!(today[0], "8 Sept 2026");
    assert!(today.contains(&json!("Poor (4)")), "{today:?}");
    // Without a network the report says the same, in French too, and is a page of its own.
    drop(replay);
    let french = device.at(TUESDAY).does("diary report --person Léa --format html");
    assert!(french.contains("<html lang=\"fr\">") && french.contains("Dans les données de Léa"));
    assert!(french.contains("aucun diagnostic") && !french.contains("<script"), "{french}");
    // A report says what was, not what to set.
    assert!(!french.contains("Vous pouvez y placer"), "{french}");
}

#[test]
fn a_diary_goes_with_its_person_and_stays_when_the_place_goes() {
    let replay = Replay::start(World::quiet(moment(TUESDAY)));
    let device = Device::of_a_family(&replay);
    let now = device.at(TUESDAY);
    now.does("diary add nose=1");
    now.does("diary add --person Léa eyes=1");
    now.does("place remove 69123");
    assert_eq!(now.json("diary show")[0]["place"], Value::Null);
    now.does("profile remove Léa");
    let left = device.contents().into_iter().filter(|row| row.starts_with("diary ")).count();
    assert_eq!(left, 1);
}

#[test]
fn what_was_told_is_counted_here_and_the_air_is_held_against_the_guideline() {
    let mut world = degraded_lyon();
    let days: Vec<_> = (1..=10).map(|n| date(TODAY) - Days::new(n)).collect();
    for (n, day) in days.iter().enumerate() {
        // Particles have their day's mean: three days above 15, seven below.
        world.set_day(LYON, "pm2_5", *day, if n < 3 { 22.0 } else { 6.0 });
    }
    let replay = Replay::start(world);
    let device = Device::of_a_family(&replay);
    let now = device.at(TUESDAY).speaking("en");
    assert_eq!(now.told().len(), 1);
    let impact = now.json("impact");
    let months = rows(&impact, "What was told, and what came of it");
    assert_eq!(months[0][0], "September 2026");
    let figures = ["1", "0", "0", "0", "1", "0", "0"];
    assert_eq!(months[0].as_array().unwrap()[1..], figures.map(|it| json!(it)));
    assert_eq!(months.len(), 2, "no month before anything was followed: {months:?}");

    let air = rows(&impact, "Days above the guideline for the air");
    assert_eq!(air.len(), 5, "{air:?}");
    let fine = air.iter().find(|row| row[0] == "Lyon – PM2.5 particles").expect("PM2.5");
    assert_eq!(fine[1], "15\u{a0}µg/m³, mean of the day");
    // The past is asked for as far as its source has it; today is not over and counts for nothing.
    assert_eq!((&fine[2], &fine[3]), (&json!("3"), &json!("92")), "{fine}");
    assert_eq!(fine[4], "22\u{a0}µg/m³, 7 Sept 2026");
    let said = now.does("impact");
    assert!(said.contains("Nothing of it leaves the device"), "{said}");
    assert!(said.contains("WHO global air quality guidelines"), "{said}");
}
