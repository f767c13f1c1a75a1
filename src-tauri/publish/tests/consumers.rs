//! What is published, as others read it: the feed in a feed parser, the sensor in Home Assistant.
//!
//! Both are Python packages, kept under `target/`; where there is no Python, or no network to fetch
//! them from, the tests say so and look at nothing.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop with a trace")]
#![expect(clippy::print_stderr, reason = "a test that looks at nothing says so")]

mod python;
mod samples;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use chrono_tz::Tz;
use ecosante_domain::publication::CommuneFile;
use ecosante_domain::text::{Language, Texts};
use ecosante_engine::clock::Clock;
use ecosante_publish::feed;
use quick_xml::events::Event;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::python::{Package, python};

const FEED_PARSER: Package =
    Package { name: "feedparser", version: "==6.0.14", with: &[], without: &[] };

/// The newest version that the Python at hand can run, without its cloud and its radio: they alone
/// bring packages that have to be compiled.
const HOME_ASSISTANT: Package = Package {
    name: "homeassistant",
    version: ">=2024.3",
    with: &["jsonpath==0.82.2", "xmltodict==0.13.0"],
    without: &["hass-nabucasa", "home-assistant-bluetooth"],
};

const ADDRESS: &str = "https://example.org/ecosante";

/// What a script of this folder says.
fn said(python: &Path, script: &str, arguments: &[PathBuf]) -> Value {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(script);
    let answer = Command::new(python).arg(script).args(arguments).output().unwrap();
    let why = String::from_utf8_lossy(&answer.stderr);
    assert!(answer.status.success(), "{why}");
    serde_json::from_slice(&answer.stdout).unwrap_or_else(|error| panic!("{error}: {why}"))
}

/// Feeds as a feed parser understands them.
fn parsed(python: &Path, feeds: &[String]) -> Vec<Value> {
    let folder = TempDir::new().unwrap();
    let files = feeds.iter().enumerate().map(|(at, feed)| {
        let file = folder.path().join(format!("{at}.atom"));
        fs::write(&file, feed).unwrap();
        file
    });
    let read = said(python, "feeds.py", &files.collect::<Vec<_>>());
    read.as_array().unwrap().clone()
}

fn titles(feed: &Value) -> Vec<&str> {
    feed["entries"].as_array().unwrap().iter().map(|it| it["title"].as_str().unwrap()).collect()
}

fn ids(feed: &Value) -> Vec<&str> {
    feed["entries"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect()
}

#[test]
fn a_feed_reader_understands_everything_that_the_feed_says() {
    let Some(python) = python(&FEED_PARSER) else { return };
    let (fr, en) = (Texts::new(Language::Fr), Texts::new(Language::En));
    let day = samples::day();
    let made: [fn(_) -> CommuneFile; 6] = [
        samples::bad,
        samples::calm,
        samples::unknown,
        samples::event,
        samples::estimated,
        samples::awkward,
    ];
    let feeds = made.map(|sample| feed::atom(&sample(day), &fr, Some(ADDRESS)));
    let english = feed::atom(&samples::bad(day), &en, None);
    let read = parsed(&python, &[&feeds[..], &[english]].concat());
    for feed in &read {
        assert_eq!(feed["bozo"], false, "{feed:#}");
        assert_eq!(feed["version"], "atom10");
        assert_eq!(feed["generator"], "Écosanté");
    }
    let [bad, calm, unknown, event, estimated, awkward, english] = &read[..] else { panic!() };

    assert_eq!(
        titles(bad),
        [
            "Air très mauvais, Lyon",
            "Vigilance rouge : canicule, Lyon",
            "Épisode de pollution (alerte) : particules PM10, Lyon",
            "Pollens, niveau élevé, Lyon",
        ]
    );
    assert_eq!(
        titles(english),
        [
            "Very poor air, Lyon",
            "Red weather warning: heat, Lyon",
            "Pollution episode (alert): PM10 particles, Lyon",
            "Pollen, level high, Lyon",
        ]
    );
    // Published at 12:10 in France.
    assert_eq!(bad["updated"], json!([2026, 9, 8, 10, 10, 0]));
    let heat = &bad["entries"][1];
    assert_eq!(heat["updated"], json!([2026, 9, 8, 10, 10, 0]));
    assert_eq!(
        heat["id"],
        "tag:ecosante.github.io,2026:commune/69123/vigilance.heat/2026-09-08/fr"
    );
    assert_eq!(
        heat["summary"],
        "Du mardi 8 septembre à 12:00 au jeudi 10 septembre à 00:00 : jusqu’à vigilance \
         météorologique Rouge (4 sur 4). Source : Météo-France, publié le mardi 8 septembre à \
         12:10. Conseil : Restez au frais, buvez souvent, et prenez des nouvelles de vos proches. \
         (Santé publique France)"
    );
    assert_eq!(heat["rights"], "Météo-France, Licence Ouverte 2.0");
    assert_eq!(heat["author"], "Météo-France");
    assert_eq!(
        heat["tags"],
        json!([["vigilance.heat", "vigilance canicule"], ["vigilance:4", "Rouge"]])
    );
    assert_eq!(heat["link"], "https://example.org/ecosante/v1/embed.html#69123,fr");
    assert_eq!(bad["links"]["self"], "https://example.org/ecosante/v1/feed/fr/69123.atom");
    assert_eq!(bad["language"], "fr");
    assert_eq!(bad["authors"], json!(["Atmo France et les AASQA", "Météo-France"]));
    assert_eq!(english["links"]["self"], "../../feed/en/69123.atom");
    assert_eq!(english["entries"][0]["link"], "../../embed.html#69123,en");

    assert_eq!((titles(calm), titles(unknown)), (vec![], vec![]));
    // The beginning of the day in Lyon, and in Saint-Pierre.
    assert_eq!(calm["updated"], json!([2026, 9, 7, 22, 0, 0]));
    assert_eq!(unknown["updated"], json!([2026, 9, 8, 2, 0, 0]));
    assert_eq!(
        titles(event),
        [
            "Pollution exceptionnelle de l’air, Grenoble",
            "Épisode de pollution (information) : particules PM10, Grenoble"
        ]
    );
    assert!(ids(event)[0].ends_with("38185/air.event/2026-09-08/fr"), "{event:#}");
    let estimate = estimated["entries"][0]["summary"].as_str().unwrap();
    assert!(estimate.contains("C’est une estimation"), "{estimate}");
    assert_eq!(awkward["rights"], "A & B < C ]]> “D”");
    let title = awkward["title"].as_str().unwrap();
    assert!(title.contains("L’Abergement") && title.contains("Clémenciat"), "{title}");
}

#[test]
fn an_entry_keeps_its_identity_when_what_it_tells_is_revised() {
    let Some(python) = python(&FEED_PARSER) else { return };
    let texts = Texts::new(Language::Fr);
    let day = samples::day();
    let before = samples::bad(day);
    let mut revised = before.clone();
    let later = "2026-09-08T16:30:00Z".parse().unwrap();
    for publication in &mut revised.publications {
        publication.published_at = Some(later);
        for value in &mut publication.values {
            value.level = value.level.map(|level| if level > 3 { level - 1 } else { level });
        }
    }
    // The next day the file still has yesterday: the row of days is the same.
    let mut next_day = before.clone();
    next_day.day = day.succ_opt().unwrap();
    let feeds = [before, revised, next_day].map(|file| feed::atom(&file, &texts, None));
    let read = parsed(&python, &feeds);
    let [before, revised, next_day] = &read[..] else { panic!() };
    assert_eq!(ids(revised), &ids(before)[..3], "pollen is at level 3 now, which is not told");
    assert_eq!(titles(revised)[1], "Vigilance orange : canicule, Lyon");
    assert_eq!(revised["entries"][1]["updated"], json!([2026, 9, 8, 16, 30, 0]));
    assert_eq!(ids(next_day), &ids(before)[..3], "pollen was of yesterday alone");
    assert_eq!(titles(next_day)[1], "Vigilance orange : canicule, Lyon");
}

#[test]
fn the_same_file_gives_the_same_feed_well_formed_whatever_it_says() {
    for language in Language::ALL {
        let texts = Texts::new(language);
        let file = samples::awkward(samples::day());
        let feed = feed::atom(&file, &texts, Some("https://example.org/?a=1&b=\"2\""));
        assert_eq!(feed, feed::atom(&file, &texts, Some("https://example.org/?a=1&b=\"2\"")));
        let mut reader = quick_xml::Reader::from_str(&feed);
        reader.config_mut().check_end_names = true;
        let mut depth = 0;
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) => {
                    depth += 1;
                    assert!(start.attributes().all(|it| it.is_ok()), "{feed}");
                }
                Event::Empty(tag) => assert!(tag.attributes().all(|it| it.is_ok()), "{feed}"),
                Event::End(_) => depth -= 1,
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(depth, 0);
        assert!(feed.contains("&lt;b&gt;&amp;amp;") && !feed.contains("<b>"), "{feed}");
        // What XML has no way to write is left out.
        assert!(!feed.contains('\u{b}'));
    }
}

/// The YAML of a document, all blocks in one.
fn yaml(document: &str) -> String {
    let blocks = document.split("```yaml\n").skip(1);
    blocks.filter_map(|block| block.split_once("```")).map(|(block, _)| block).collect()
}

#[test]
fn home_assistant_runs_what_its_document_says() {
    let Some(python) = python(&HOME_ASSISTANT) else { return };
    let zone = Tz::Europe__Paris;
    // By the clock of this machine, as Home Assistant has it.
    let today = Clock::System.now().utc().with_timezone(&zone).date_naive();
    let folder = TempDir::new().unwrap();
    let document = include_str!("../HOME-ASSISTANT.md");
    let head = format!("homeassistant:\n  name: Lyon\n  time_zone: {zone}\n  country: FR\n");
    fs::write(folder.path().join("configuration.yaml"), head + &yaml(document)).unwrap();
    let files = [
        samples::calm(today),
        samples::bad(today),
        samples::unknown(today),
        samples::bad(today.pred_opt().unwrap()),
    ];
    let files = files.iter().enumerate().map(|(at, file)| {
        let path = folder.path().join(format!("{at}.json"));
        fs::write(&path, serde_json::to_vec(file).unwrap()).unwrap();
        path
    });
    let mut arguments = vec![folder.path().to_owned(), "69123".into()];
    arguments.extend(files);
    arguments.push("none".into());
    let said = said(&python, "home_assistant.py", &arguments);
    if let Some(why) = said["missing"].as_str() {
        eprintln!("skipped: Home Assistant does not run here: {why}");
        return;
    }
    let state = |at: usize, sensor: &str, what: &str| {
        said["seen"][at]["states"][format!("sensor.lyon_{sensor}")][what].clone()
    };

    assert_eq!(state(0, "air", "state"), "2");
    assert_eq!(state(0, "air", "label"), "Moyen");
    assert_eq!(state(0, "vigilance", "state"), "1");
    assert_eq!(said["seen"][0]["notified"], json!([]));

    assert_eq!(state(1, "air", "state"), "5");
    assert_eq!(state(1, "air", "label"), "Très mauvais");
    assert_eq!(state(1, "air", "colour"), "#960032");
    assert_eq!(state(1, "air", "tomorrow"), 4);
    let published = state(1, "air", "published_at");
    assert!(published.as_str().unwrap().starts_with(&today.to_string()), "{published}");
    assert_eq!(state(1, "pollen", "label"), "Élevé");
    assert_eq!(
        (state(1, "episode", "state"), state(1, "episode", "pollutant")),
        (json!("3"), json!("pm10"))
    );
    assert_eq!(state(1, "vigilance", "label"), "Rouge");
    let notified = json!([{
        "title": "Lyon: vigilance Rouge",
        "message": "heat. Restez au frais, buvez souvent, et prenez des nouvelles de vos proches.",
    }]);
    assert_eq!(said["seen"][1]["notified"], notified);

    // Nothing known, yesterday’s file, no file: never a level.
    for at in 2..=4 {
        for sensor in ["air", "pollen", "episode", "vigilance"] {
            assert_eq!(state(at, sensor, "state"), "unavailable", "{at} {sensor}");
        }
        assert_eq!(said["seen"][at]["notified"], json!([]));
    }
    let complaints = said["complaints"].as_array().unwrap();
    let of_ours = complaints.iter().filter(|it| it.as_str().unwrap().contains("template"));
    assert_eq!(of_ours.collect::<Vec<_>>(), Vec::<&Value>::new());
    let asked = said["asked"].as_array().unwrap();
    assert!(asked.iter().all(|it| it == "/v1/commune/69123.json"), "{asked:?}");
}
