//! A year lived through once more by `ecosante replay`, beside a reference that was written without
//! any of the code under test.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use ecosante_domain::knowledge::Nearness;
use ecosante_domain::metric::{Metric, Phenomenon, Pollutant, Taxon};
use ecosante_domain::place::{CommuneRef, Coordinates, PlaceId};
use ecosante_domain::reading::{Basis, Reading, Source, Target, Zone, midnight, next_day};
use ecosante_domain::scale::{Scale, uv_who_level};
use ecosante_engine::store::Store;
use ecosante_engine::store::place::NewPlace;
use ecosante_replay::{Replay, World};
use serde_json::Value;

use crate::device::{Device, moment};

/// The last day of the year, in the evening: nothing is published any more.
const END: &str = "2026-12-31T20:00:00+01:00";
const DAYS: u64 = 365;

fn first() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).expect("a date")
}

/// A number between 0 and 1 that follows from what it is for, the same each time.
fn chance(of: &str, n: u64) -> f64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in of.bytes().chain(n.to_le_bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash ^= hash >> 29;
    f64::from(u32::try_from(hash >> 32).expect("32 bits")) / f64::from(u32::MAX)
}

/// How far the summer is, 0 in January to 1 in July.
fn summer(day: u64) -> f64 {
    let year = f64::from(u32::try_from(day).expect("few")) / 365.0;
    0.5 - 0.5 * (std::f64::consts::TAU * (year - 0.05)).cos()
}

/// The weather of a place comes in spells of some days.
fn spell(place: &str, day: u64) -> f64 {
    let length = 4;
    let (this, next) = (chance(place, day / length), chance(place, day / length + 1));
    let part = f64::from(u32::try_from(day % length).expect("few")) / 4.0;
    this * (1.0 - part) + next * part
}

/// The level of the air in an hour, on the six levels of the indices.
fn air(place: &str, day: u64, hour: u64) -> u8 {
    let afternoon = if (12..20).contains(&hour) { summer(day) } else { 0.0 };
    let rush = if matches!(hour, 7..=9 | 17..=19) { 1.0 - summer(day) } else { 0.0 };
    let bad = spell(place, day) * 3.2
        + afternoon
        + 0.8 * rush
        + 0.9 * chance(&format!("{place} air"), day * 24 + hour);
    level(bad, 6)
}

fn level(height: f64, highest: u8) -> u8 {
    (1..=highest).rev().find(|level| height + 1.0 >= f64::from(*level)).unwrap_or(1)
}

/// The colour of the heat vigilance in an hour.
fn heat(place: &str, day: u64, hour: u64) -> u8 {
    let hot = summer(day) * 1.7 + spell(place, day) * 1.6 - 1.0;
    let hot = if (9..23).contains(&hour) { hot } else { hot - 0.9 };
    level(hot, 4)
}

fn ozone(place: &str, day: u64) -> u8 {
    level(summer(day) * 2.4 + spell(place, day) * 2.0, 6)
}

fn grass(place: &str, day: u64) -> u8 {
    // Grass flowers from March to July.
    let season = if (70..210).contains(&day) { summer(day) * 4.0 } else { 0.0 };
    level(season + chance(&format!("{place} grass"), day / 2) * 1.4 - 0.3, 6)
}

fn uv(place: &str, day: u64) -> u8 {
    let index = summer(day) * 8.0 * (0.45 + 0.55 * chance(&format!("{place} uv"), day));
    (0..=16).rev().find(|it| index >= f64::from(*it)).unwrap_or(0)
}

/// One episode of ozone in a hot week, announced as an alert.
fn episode(day: u64) -> u8 {
    match day {
        190..=192 => 3,
        189 | 193 => 2,
        _ => 1,
    }
}

/// The days or hours of a rule, from the first of the year on.
struct Series {
    levels: Vec<u8>,
    limit: u8,
    hourly: bool,
}

/// How many episodes there are: an episode begins with a target at the limit, and ends before one
/// that is two levels or more under it, or with the second day or the sixth hour in a row under it.
fn episodes(series: &Series) -> Vec<usize> {
    let patience = if series.hourly { 6 } else { 2 };
    let mut begins = Vec::new();
    let mut under = None;
    for (n, level) in series.levels.iter().enumerate() {
        if *level >= series.limit {
            if under.is_none() {
                begins.push(n);
            }
            under = Some(0);
        } else if let Some(count) = under {
            let over = level + 2 <= series.limit || count + 1 >= patience;
            under = (!over).then_some(count + 1);
        }
    }
    begins
}

fn days(of: impl Fn(u64) -> u8) -> Vec<u8> {
    (0..DAYS).map(of).collect()
}

fn hours(of: impl Fn(u64, u64) -> u8) -> Vec<u8> {
    (0..DAYS).flat_map(|day| (0..24).map(move |hour| (day, hour))).map(|(d, h)| of(d, h)).collect()
}

fn worst_of_day(of: impl Fn(u64) -> u8) -> u8 {
    (0..24).map(of).max().unwrap_or(1)
}

/// Every rule of the four people by the table of limits, written out: person, place, metric.
fn reference() -> BTreeMap<(String, String, String), Vec<usize>> {
    // Name, limits of air, episode, heat, UV index; grass for who is allergic; with asthma.
    let people = [
        ("", 4, 3, 3, 6, None),
        ("Léa", 3, 2, 2, 3, Some(3)),
        ("Paul", 3, 2, 2, 6, None),
        ("Ida", 4, 3, 2, 3, None),
    ];
    let mut expected = BTreeMap::new();
    for (name, of_air, of_episode, of_heat, of_uv, of_grass) in people {
        let mut add = |place: &str, metric: &str, series: &Series| {
            let key = (name.to_owned(), place.to_owned(), metric.to_owned());
            expected.insert(key, episodes(series));
        };
        for place in ["Lyon", "Paris"] {
            let daily = |levels, limit| Series { levels, limit, hourly: false };
            let of_day = days(|day| worst_of_day(|hour| air(place, day, hour)));
            add(place, "air", &daily(of_day, of_air));
            add(place, "episode.o3", &daily(days(episode), of_episode));
            let hot = hours(|day, hour| heat(place, day, hour));
            add(place, "vigilance.heat", &Series { levels: hot, limit: of_heat, hourly: true });
            // By the class of the index; the limits are the first of a class.
            let classes = days(|day| uv_who_level(uv(place, day)));
            add(place, "uv", &daily(classes, uv_who_level(of_uv)));
            let both = days(|day| {
                let heat = worst_of_day(|hour| heat(place, day, hour));
                let ozone = ozone(place, day) >= 4 || episode(day) >= 2;
                if heat >= 2 && ozone { heat } else { 1 }
            });
            add(place, "combined.heat-ozone", &daily(both, 2));
            if let Some(limit) = of_grass {
                add(place, "pollen.grass", &daily(days(|day| grass(place, day)), limit));
                let together = days(|day| {
                    let bad = worst_of_day(|hour| air(place, day, hour)) >= 4 || episode(day) >= 2;
                    let grass = grass(place, day);
                    if grass >= limit && bad { grass } else { 1 }
                });
                add(place, "combined.pollen-air", &daily(together, 2));
            }
        }
        let abroad = hours(|day, hour| air("Bruxelles", day, hour));
        add("Bruxelles", "air", &Series { levels: abroad, limit: of_air, hourly: true });
        let classes = days(|day| uv_who_level(uv("Bruxelles", day)));
        add(
            "Bruxelles",
            "uv",
            &Series { levels: classes, limit: uv_who_level(of_uv), hourly: false },
        );
        if let Some(limit) = of_grass {
            let levels = days(|day| grass("Bruxelles", day));
            add("Bruxelles", "pollen.grass", &Series { levels, limit, hourly: false });
            let together = days(|day| {
                let bad = worst_of_day(|hour| air("Bruxelles", day, hour)) >= 4;
                let grass = grass("Bruxelles", day);
                if grass >= limit && bad { grass } else { 1 }
            });
            let levels = together;
            add("Bruxelles", "combined.pollen-air", &Series { levels, limit: 2, hourly: false });
        }
    }
    expected.retain(|_, begins| !begins.is_empty());
    expected
}

/// A published value, known from the afternoon of the day before on.
fn reading(of: (Metric, Source, Scale), zone: &Zone, target: Target, level: u8) -> Reading {
    let (metric, source, scale) = of;
    let before = target.day(Tz::Europe__Paris) - Days::new(1);
    let known: DateTime<Utc> = midnight(before, Tz::Europe__Paris) + TimeDelta::hours(14);
    let by_model = matches!(source, Source::OpenMeteo | Source::OpenMeteoForecast);
    Reading {
        source,
        zone: zone.clone(),
        metric,
        scale: Some(scale),
        target,
        basis: if by_model { Basis::Forecast } else { Basis::Official },
        level: Some(level),
        value: None,
        published_at: (!by_model).then_some(known),
        fetched_at: known,
        hours: 1,
        note: None,
    }
}

/// The year of one place, as its sources publish it.
fn year(place: &str, zone: &Zone) -> Vec<Reading> {
    let paris = Tz::Europe__Paris;
    let in_france = place != "Bruxelles";
    let mut all = Vec::new();
    for day in 0..DAYS {
        let date = first() + Days::new(day);
        let target = Target::Day(date);
        let index = uv(place, day);
        let sun = (Metric::Uv, Source::OpenMeteoForecast, Scale::UvWho);
        let mut of_sun = reading(sun, zone, target, uv_who_level(index));
        of_sun.value = Some(f64::from(index));
        all.push(of_sun);
        let pollen = if in_france { Source::AtmoPollen } else { Source::OpenMeteo };
        let pollen = (Metric::PollenOf(Taxon::Grass), pollen, Scale::AtmoPollen2025);
        all.push(reading(pollen, zone, target, grass(place, day)));
        let begins = midnight(date, paris);
        let long = (midnight(next_day(date), paris) - begins).num_hours();
        // By number: in spring the last hour is left out, in autumn it comes twice.
        let by_clock = |n: i64| u64::try_from(n.min(23)).expect("an hour");
        if in_france {
            let of = (Metric::Air, Source::AtmoFrance, Scale::Atmo2021);
            all.push(reading(of, zone, target, worst_of_day(|hour| air(place, day, hour))));
            let of = (Metric::AirOf(Pollutant::O3), Source::AtmoFrance, Scale::Atmo2021);
            all.push(reading(of, zone, target, ozone(place, day)));
            let of = (Metric::Episode(Pollutant::O3), Source::AtmoEpisodes, Scale::Episode);
            all.push(reading(of, zone, target, episode(day)));
        }
        for n in 0..long {
            let hour = Target::Hour(begins + TimeDelta::hours(n));
            if in_france {
                let of = Metric::Vigilance(Phenomenon::Heat);
                let of = (of, Source::MeteoFrance, Scale::Vigilance);
                all.push(reading(of, zone, hour, heat(place, day, by_clock(n))));
            } else {
                let of = (Metric::Air, Source::OpenMeteo, Scale::Eaqi2024);
                all.push(reading(of, zone, hour, air(place, day, by_clock(n))));
            }
        }
    }
    all
}

fn place(name: &str) -> NewPlace {
    let commune = |code: &str, departement: &str| CommuneRef {
        code: code.to_owned(),
        name: name.to_owned(),
        epci: None,
        departement: departement.to_owned(),
    };
    let (commune, coordinates) = match name {
        "Lyon" => (Some(commune("69123", "69")), Coordinates::new(45.76, 4.84)),
        "Paris" => (Some(commune("75056", "75")), Coordinates::new(48.86, 2.35)),
        _ => (None, Coordinates::new(50.85, 4.35)),
    };
    let time_zone = Tz::Europe__Paris;
    NewPlace { name: name.to_owned(), commune, coordinates, time_zone }
}

/// A data file that has lived through the year.
fn lived(device: &Device) {
    let mut store = Store::open(&device.data()).expect("a store");
    for (name, id) in ["Lyon", "Paris", "Bruxelles"].into_iter().zip(1..) {
        let zone = Zone { code: name.to_owned(), name: name.to_owned() };
        let readings = year(name, &zone);
        let sources: BTreeSet<Source> = readings.iter().map(|reading| reading.source).collect();
        store
            .write(|writer| {
                writer.add_place(&place(name), 0)?;
                for source in &sources {
                    writer.save_zone(PlaceId(id), *source, &zone, Nearness::Commune)?;
                }
                writer.save_readings(&readings)
            })
            .expect("a file that can be written");
    }
}

/// The target with this number, as it is said on the wire.
fn begins(key: &(String, String, String), n: usize) -> String {
    let n = u64::try_from(n).expect("few");
    let (_, place, metric) = key;
    let hourly = metric == "vigilance.heat" || place == "Bruxelles" && metric == "air";
    if !hourly {
        return Target::Day(first() + Days::new(n)).to_string();
    }
    let begins = midnight(first() + Days::new(n / 24), Tz::Europe__Paris);
    Target::Hour(begins + TimeDelta::hours(i64::try_from(n % 24).expect("few"))).to_string()
}

#[test]
fn a_year_of_three_places_and_four_people_tells_every_episode_once_and_nothing_else() {
    let replay = Replay::start(World::quiet(moment(END)));
    let device = Device::behind(&replay);
    lived(&device);
    let now = device.at(END);
    now.does("profile set --person Léa age=child conditions=asthma allergies=grass");
    now.does("profile set --person Paul age=over65");
    now.does("profile set --person Ida activities=outdoor-work");
    let replayed = now.json("replay --days 364");
    let replayed = replayed.as_array().expect("a list");

    let text = |it: &Value, key: &str| it[key].as_str().unwrap_or_default().to_owned();
    let mut told: BTreeMap<(String, String, String), Vec<String>> = BTreeMap::new();
    for it in replayed.iter().filter(|it| it["reason"] == "new") {
        let key = (text(it, "person"), text(it, "place"), text(it, "metric"));
        told.entry(key).or_default().push(text(it, "first"));
    }
    let reference = reference();
    let mut differences = Vec::new();
    for key in told.keys().chain(reference.keys()).collect::<BTreeSet<_>>() {
        let told = told.get(key).map_or(&[][..], Vec::as_slice);
        let expected = reference.get(key).map_or(&[][..], Vec::as_slice);
        if told.len() != expected.len() {
            let begins: Vec<String> = expected.iter().map(|n| begins(key, *n)).collect();
            let extra: Vec<_> = told.iter().filter(|it| !begins.contains(it)).collect();
            let missing: Vec<_> = begins.iter().filter(|it| !told.contains(it)).collect();
            differences.push(format!("{key:?}: too much {extra:?}, missing {missing:?}"));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    assert!(reference.len() > 30 && told.values().map(Vec::len).sum::<usize>() > 200);

    // Nothing twice: of one rule no two alerts begin with the same day or hour.
    for (key, firsts) in &told {
        let once: BTreeSet<_> = firsts.iter().collect();
        assert_eq!(once.len(), firsts.len(), "{key:?}");
    }
    // Nothing outside a rule: each is at its limit or above.
    for it in replayed.iter().filter(|it| it["metric"] != "uv") {
        assert!(it["level"].as_u64() >= it["threshold"].as_u64(), "{it}");
    }

    let table = now.speaking("en").does("replay --days 364");
    let months: Vec<_> = table.lines().filter(|line| line.trim().starts_with("2026-")).collect();
    assert_eq!(months.len(), 12, "{table}");
    for name in ["you", "Léa", "Paul", "Ida"] {
        assert!(table.contains(name), "{table}");
    }
}
