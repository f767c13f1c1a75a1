use std::collections::BTreeMap;

use super::*;
use crate::knowledge::{Candidate, Nearness, SourceReport, known, series};
use crate::place::{CommuneRef, Coordinates, Place, PlaceId};
use crate::reading::{Basis, Source, Zone};
use crate::text::Language;
use crate::today::{hour_by_hour, place_today};
use crate::window::PlaceToday;

const TODAY: &str = "2026-09-08";
const TOMORROW: &str = "2026-09-09";

/// What was published for Lyon on a Tuesday at 16:00.
struct Scene {
    place: Place,
    readings: Vec<Reading>,
    /// The sources that fail, with the code of the error.
    failures: Vec<(Source, &'static str)>,
}

fn now() -> DateTime<Utc> {
    "2026-09-08T14:00:00Z".parse().expect("a moment")
}

fn date(day: &str) -> NaiveDate {
    day.parse().expect("a date")
}

impl Scene {
    /// Every danger but the floods is green today, whose archive is late; no episode, nothing else.
    fn calm() -> Self {
        let mut scene = Self::bare();
        for phenomenon in Phenomenon::ALL {
            if ![Phenomenon::Flood, Phenomenon::Cold].contains(&phenomenon) {
                scene = scene.vigilance(phenomenon, 16..24, 1);
            }
        }
        scene.failures = vec![(Source::MeteoFrance, "outdated")];
        scene.episode(Pollutant::O3, TODAY, 1)
    }

    fn bare() -> Self {
        let commune = CommuneRef {
            code: "69123".to_owned(),
            name: "Lyon".to_owned(),
            epci: None,
            departement: "69".to_owned(),
        };
        let place = Place {
            id: PlaceId(1),
            name: "Lyon".to_owned(),
            commune: Some(commune),
            coordinates: Coordinates::new(45.76, 4.84),
            time_zone: chrono_tz::Tz::Europe__Paris,
        };
        Self { place, readings: Vec::new(), failures: Vec::new() }
    }

    fn reading(&self, metric: Metric, target: Target) -> Reading {
        let scale = knowledge::rule_scale(metric, &self.place);
        let source = knowledge::sources(metric, &self.place)[0];
        Reading {
            source,
            zone: Zone { code: "69".to_owned(), name: "Rhône".to_owned() },
            metric,
            scale,
            target,
            basis: Basis::Official,
            level: None,
            value: None,
            published_at: Some(now()),
            fetched_at: now(),
            hours: 1,
            note: None,
        }
    }

    /// A colour for some hours of today by the clock of Lyon; from 24 on those of tomorrow.
    fn vigilance(mut self, phenomenon: Phenomenon, hours: std::ops::Range<i64>, level: u8) -> Self {
        let midnight = midnight(date(TODAY), self.place.time_zone);
        for hour in hours {
            let target = Target::Hour(midnight + chrono::TimeDelta::hours(hour));
            let metric = Metric::Vigilance(phenomenon);
            self.readings.retain(|it| (it.metric, it.target) != (metric, target));
            let reading = Reading { level: Some(level), ..self.reading(metric, target) };
            self.readings.push(reading);
        }
        self
    }

    fn temperature(mut self, hours: std::ops::Range<i64>, at: fn(i64) -> f64) -> Self {
        let midnight = midnight(date(TODAY), self.place.time_zone);
        for hour in hours {
            let target = Target::Hour(midnight + chrono::TimeDelta::hours(hour));
            let reading = self.reading(Metric::ApparentTemperature, target);
            self.readings.push(Reading { value: Some(at(hour)), ..reading });
        }
        self
    }

    fn episode(mut self, pollutant: Pollutant, day: &str, level: u8) -> Self {
        let reading = self.reading(Metric::Episode(pollutant), Target::Day(date(day)));
        let note = Some("INFORMATION-RECOMMANDATION".to_owned()).filter(|_| level > 1);
        self.readings.push(Reading { level: Some(level), note, ..reading });
        self
    }

    fn without(mut self, phenomenon: Phenomenon) -> Self {
        self.readings.retain(|it| it.metric != Metric::Vigilance(phenomenon));
        self
    }

    fn today(&self, language: Language) -> PlaceToday {
        let mut all = Vec::new();
        let mut by_metric = BTreeMap::new();
        for metric in Metric::all() {
            let of_metric = self.readings.iter().filter(|reading| reading.metric == metric);
            let candidates: Vec<_> = of_metric
                .map(|reading| Candidate {
                    reading: reading.clone(),
                    nearness: Nearness::Departement,
                })
                .collect();
            let report = |source: &Source| SourceReport {
                source: *source,
                last_attempt: Some(now()),
                error: self
                    .failures
                    .iter()
                    .find(|(failed, _)| failed == source)
                    .map(|(_, code)| (*code).to_owned()),
                covers: Some(true),
                next_due: Some(now() + chrono::TimeDelta::hours(2)),
            };
            let reports: Vec<_> =
                knowledge::sources(metric, &self.place).iter().map(report).collect();
            all.extend(known(metric, &self.place, &candidates, &reports, now()));
            if hour_by_hour().contains(&metric) {
                by_metric.insert(metric, series(metric, &self.place, &candidates));
            }
        }
        let facts = Facts {
            place: &self.place,
            asked: true,
            known: &all,
            series: &by_metric,
            alerts: &[],
            people: &[],
            advised: &BTreeMap::new(),
        };
        place_today(&Texts::new(language), &facts, now())
    }

    /// The tile of this name on a day, counted from today.
    fn tile(&self, day: usize, name: &str) -> Option<Tile> {
        let mut tiles = self.today(Language::En).days.swap_remove(day).tiles;
        let at = tiles.iter().position(|tile| tile.line.name == name)?;
        Some(tiles.swap_remove(at))
    }

    fn vigilance_of(&self, day: usize) -> Tile {
        self.tile(day, "weather vigilance").expect("a tile")
    }
}

fn label(tile: &Tile) -> &str {
    tile.line.reading.label.as_deref().unwrap_or_default()
}

#[test]
fn green_for_every_danger_is_said_only_where_all_that_is_published_is_known_and_green() {
    let scene = Scene::calm().vigilance(Phenomenon::Flood, 16..24, 1);
    let tile = scene.vigilance_of(0);
    assert_eq!(label(&tile), "Green for every danger");
    assert_eq!((tile.line.reading.level, tile.line.caveat.as_deref()), (Some(1), None));
    assert_eq!(tile.parts.len(), 8);
}

#[test]
fn floods_whose_archive_is_late_are_said_to_be_unknown_and_nothing_is_green_for_all() {
    let tile = Scene::calm().vigilance_of(0);
    assert_eq!(label(&tile), "Green, as far as is known");
    assert_eq!(
        tile.line.caveat.as_deref(),
        Some(
            "River floods not known (source failing: the data are too old; asked again today at \
             18:00)"
        )
    );
    assert!(tile.parts.iter().all(|part| part.name != "river floods"));
}

#[test]
fn a_danger_out_of_its_season_is_neither_green_nor_listed() {
    let tile = Scene::calm().vigilance_of(0);
    let names: Vec<_> = tile.parts.iter().map(|part| part.name.as_str()).collect();
    assert_eq!(names.len(), 7);
    assert!(!names.contains(&"extreme cold"), "{names:?}");
    assert!(!tile.line.caveat.expect("floods").contains("cold"));
}

#[test]
fn the_worst_colour_is_named_with_all_that_have_it_and_each_with_its_hours() {
    let tile = Scene::calm()
        .vigilance(Phenomenon::Thunderstorm, 18..22, 3)
        .vigilance(Phenomenon::Wind, 16..24, 3)
        .vigilance(Phenomenon::Heat, 16..24, 2)
        .vigilance_of(0);
    assert_eq!(label(&tile), "Orange: violent wind and thunderstorms");
    assert_eq!(tile.line.reading.level, Some(3));
    assert_eq!(tile.parts[0].figure, None, "the whole day");
    assert_eq!(tile.parts[1].figure.as_deref(), Some("18:00–22:00"));
    let words: Vec<_> =
        tile.parts.iter().filter_map(|part| part.reading.label.as_deref()).take(4).collect();
    assert_eq!(words, ["Orange", "Orange", "Yellow", "Green"]);
}

#[test]
fn what_is_over_today_counts_no_more_and_tomorrow_has_its_own_colour() {
    let scene = Scene::calm().vigilance(Phenomenon::Thunderstorm, 10..14, 4).vigilance(
        Phenomenon::Thunderstorm,
        24..48,
        2,
    );
    assert_eq!(scene.vigilance_of(0).line.reading.level, Some(1));
    let tomorrow = scene.vigilance_of(1);
    assert_eq!(label(&tomorrow), "Yellow: thunderstorms");
    assert_eq!(tomorrow.line.target, "tomorrow");
}

#[test]
fn a_day_of_which_some_hours_are_not_known_is_not_green_for_all() {
    let tile = Scene::calm()
        .vigilance(Phenomenon::Flood, 16..24, 1)
        .without(Phenomenon::Wind)
        .vigilance(Phenomenon::Wind, 16..20, 1)
        .vigilance_of(0);
    assert_eq!(label(&tile), "Green, as far as is known");
    assert_eq!(tile.line.caveat.as_deref(), Some("Not known for every hour of the day"));
}

#[test]
fn a_vigilance_of_which_nothing_is_known_says_why_and_has_no_colour() {
    let mut scene = Scene::bare();
    scene.failures = vec![(Source::VigilanceMirror, "timeout"), (Source::MeteoFrance, "timeout")];
    let tile = scene.vigilance_of(0);
    assert_eq!((tile.line.reading.level, tile.line.reading.state), (None, State::SourceFailed));
    assert_eq!(
        tile.line.caveat.as_deref(),
        Some("Source failing: no answer in time; asked again today at 18:00")
    );
}

#[test]
fn overseas_nobody_publishes_a_vigilance_that_is_read_here_and_that_is_said_once() {
    let mut scene = Scene::bare();
    let commune = scene.place.commune.as_mut().expect("a commune");
    (commune.code, commune.departement) = ("97411".to_owned(), "974".to_owned());
    assert_eq!(scene.vigilance_of(0).line.reading.state, State::NotCovered);
    assert!(scene.tile(1, "weather vigilance").is_none());
    let abroad = Scene { place: Place { commune: None, ..scene.place }, ..scene };
    assert!(abroad.tile(0, "weather vigilance").is_none());
}

#[test]
fn an_episode_has_a_tile_where_one_is_announced_in_the_words_of_its_agency() {
    let scene = Scene::calm().episode(Pollutant::Pm10, TODAY, 2);
    let tile = scene.tile(0, "pollution episode, PM10 particles").expect("a tile");
    assert_eq!(label(&tile), "Information");
    assert_eq!(tile.line.figure.as_deref(), Some("“INFORMATION-RECOMMANDATION”"));
    assert_eq!(scene.today(Language::En).days[0].calm, None);
    assert!(scene.tile(0, "pollution episode, ozone").is_none());
}

#[test]
fn an_episode_announced_for_tomorrow_is_seen_today_too() {
    let scene =
        Scene::calm().episode(Pollutant::Pm10, TODAY, 1).episode(Pollutant::Pm10, TOMORROW, 3);
    let name = "pollution episode, PM10 particles";
    assert_eq!(label(&scene.tile(0, name).expect("a tile")), "No episode");
    assert_eq!(label(&scene.tile(1, name).expect("a tile")), "Alert");
}

#[test]
fn where_no_episode_is_announced_a_line_says_so_and_whose_word_it_is() {
    let calm = |language| Scene::calm().today(language).days.swap_remove(0).calm;
    assert_eq!(
        calm(Language::En).as_deref(),
        Some(
            "No pollution episode is announced. Atmo France (episodes), published today at 16:00 \
             for Rhône."
        )
    );
    let french = calm(Language::Fr).expect("a sentence");
    assert!(french.starts_with("Aucun épisode de pollution n’est annoncé."), "{french}");
}

#[test]
fn an_episode_of_which_nobody_knows_is_missing_and_never_calm() {
    let mut scene = Scene::calm();
    scene.readings.retain(|it| !matches!(it.metric, Metric::Episode(_)));
    scene.failures.push((Source::AtmoEpisodes, "not-json"));
    let tile = scene.tile(0, "pollution episodes").expect("a tile");
    assert_eq!(tile.line.reading.state, State::SourceFailed);
    assert_eq!(scene.today(Language::En).days[0].calm, None);
    let tiles = scene.today(Language::En).days.swap_remove(0).tiles;
    let episodes = tiles.iter().filter(|it| it.line.name.starts_with("pollution"));
    assert_eq!(episodes.count(), 1, "one for all pollutants");
}

#[test]
fn the_temperature_is_said_as_it_is_now_and_at_most_in_whole_degrees() {
    let scene = Scene::calm().temperature(0..48, |hour| {
        if hour < 24 { 20.4 + f64::from(u8::try_from(hour % 16).unwrap_or(0)) } else { -0.3 }
    });
    let figure =
        |day| scene.tile(day, "temperature as it is felt").and_then(|tile| tile.line.figure);
    assert_eq!(figure(0).as_deref(), Some("20\u{a0}°C now, 35\u{a0}°C at most"));
    assert_eq!(figure(1).as_deref(), Some("0\u{a0}°C at most"));
}

#[test]
fn a_day_of_few_known_hours_says_so_beside_its_temperature() {
    let scene = Scene::calm().temperature(16..20, |_| 20.0);
    let tile = scene.tile(0, "temperature as it is felt").expect("a tile");
    assert_eq!(tile.line.caveat.as_deref(), Some("Only 4 of the day’s hours are known"));
}

#[test]
fn each_network_of_water_is_quoted_with_the_date_of_its_sample() {
    let mut scene = Scene::calm();
    for (network, day, said) in
        [("NORD", "2026-08-30", "Eau conforme."), ("SUD", "2025-03-02", "?")]
    {
        let reading = scene.reading(Metric::Water, Target::Day(date(day)));
        let zone = Zone { code: network.to_owned(), name: network.to_owned() };
        let (note, published_at) = (Some(said.to_owned()), None);
        scene.readings.push(Reading { zone, note, published_at, ..reading });
    }
    let slow = scene.today(Language::En).slow;
    let water: Vec<_> = slow
        .iter()
        .filter(|line| line.reading.metric == Metric::Water)
        .map(|line| (line.name.as_str(), line.figure.as_deref(), line.target.as_str()))
        .collect();
    assert_eq!(
        water,
        [
            ("tap water – NORD", Some("“Eau conforme.”"), "Sample of Sunday 30 August 2026"),
            ("tap water – SUD", Some("“?”"), "Sample of Sunday 2 March 2025"),
        ]
    );
}

#[test]
fn radon_is_a_class_in_words_and_only_a_measurement_says_what_is_in_a_house() {
    let mut scene = Scene::calm();
    let reading = scene.reading(Metric::Radon, Target::Day(date("2026-06-01")));
    scene.readings.push(Reading { level: Some(3), published_at: None, ..reading });
    let slow = scene.today(Language::En).slow;
    let radon = slow.iter().find(|line| line.reading.metric == Metric::Radon).expect("radon");
    assert_eq!(radon.reading.label.as_deref(), Some("Significant"));
    assert!(radon.caveat.as_deref().is_some_and(|it| it.contains("Only a measurement")));
    let water = slow.iter().find(|line| line.reading.metric == Metric::Water).expect("water");
    assert_eq!((water.reading.level, water.reading.state), (None, State::NotPublishedYet));
}
