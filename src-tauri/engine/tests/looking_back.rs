//! Looking back through the contract of the window, on a file that readings were kept in.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use ecosante_domain::decision::AlertId;
use ecosante_domain::knowledge::Nearness;
use ecosante_domain::metric::{Metric, Pollutant};
use ecosante_domain::place::{CommuneRef, Coordinates, PlaceId};
use ecosante_domain::reading::{Basis, Reading, Source, Target, Zone};
use ecosante_domain::scale::Scale;
use ecosante_domain::text::{Language, Texts};
use ecosante_domain::window::{Theme, command};
use ecosante_engine::clock::Clock;
use ecosante_engine::contract::{Answer, Desk, answer};
use ecosante_engine::host::Notification;
use ecosante_engine::http::HttpOptions;
use ecosante_engine::store::place::NewPlace;
use ecosante_engine::store::{Store, Writer};
use ecosante_engine::{Engine, Options};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A desk with an engine on it, and a folder for what is saved.
struct Table {
    engine: Arc<Engine>,
    folder: TempDir,
}

impl Desk for Table {
    fn engine(&self) -> Answer<Arc<Engine>> {
        Ok(Arc::clone(&self.engine))
    }

    fn reopen(&self) {}

    fn language(&self) -> Language {
        Language::En
    }

    fn version(&self) -> String {
        "0".to_owned()
    }

    fn theme(&self) -> Theme {
        Theme::System
    }

    fn set_theme(&self, _: Theme) -> Result<(), String> {
        Ok(())
    }

    fn notify(&self, _: &Notification, _: &Texts) -> Result<(), String> {
        Ok(())
    }

    fn take_opened_alert(&self) -> Option<AlertId> {
        None
    }

    fn downloads(&self) -> Option<std::path::PathBuf> {
        Some(self.folder.path().join("downloads"))
    }

    fn changed(&self) {}
}

fn now() -> DateTime<Utc> {
    "2026-09-08T14:00:00Z".parse().expect("a moment")
}

fn zone() -> Zone {
    Zone { code: "69123".to_owned(), name: "Lyon".to_owned() }
}

fn reading(metric: Metric, target: Target, level: Option<u8>, value: Option<f64>) -> Reading {
    Reading {
        source: if level.is_some() { Source::AtmoFrance } else { Source::OpenMeteo },
        zone: zone(),
        metric,
        scale: level.map(|_| Scale::Atmo2021),
        target,
        basis: if level.is_some() { Basis::Official } else { Basis::Forecast },
        level,
        value,
        published_at: level.map(|_| now()),
        fetched_at: now(),
        hours: 1,
        note: None,
    }
}

fn add_lyon(writer: &Writer<'_>) -> ecosante_engine::store::Result<PlaceId> {
    let lyon = NewPlace {
        name: "Lyon".to_owned(),
        commune: Some(CommuneRef {
            code: "69123".to_owned(),
            name: "Lyon".to_owned(),
            epci: None,
            departement: "69".to_owned(),
        }),
        coordinates: Coordinates::new(45.76, 4.84),
        time_zone: chrono_tz::Tz::Europe__Paris,
    };
    let id = writer.add_place(&lyon, 0)?;
    writer.save_zone(id, Source::AtmoFrance, &zone(), Nearness::Commune)?;
    writer.save_zone(id, Source::OpenMeteo, &zone(), Nearness::Cell)?;
    Ok(id)
}

/// Two years of the air of Lyon, and two days of its ozone by the hour.
fn kept() -> (TempDir, PlaceId) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = Store::open(folder.path()).expect("a new file");
    let first: NaiveDate = "2024-09-09".parse().expect("a date");
    let days = first.iter_days().take(730).zip((1..=5).cycle());
    let mut readings: Vec<_> = days
        .map(|(day, level)| reading(Metric::Air, Target::Day(day), Some(level), None))
        .collect();
    let ozone = Metric::Concentration(Pollutant::O3);
    let midnight: DateTime<Utc> = "2026-09-06T22:00:00Z".parse().expect("a moment");
    readings.extend((0..48_u8).map(|hour| {
        let target = Target::Hour(midnight + TimeDelta::hours(hour.into()));
        reading(ozone, target, None, Some(40.0 + f64::from(hour)))
    }));
    let id = store
        .write(|writer| {
            writer.save_readings(&readings)?;
            add_lyon(writer)
        })
        .expect("a file that can be written");
    (folder, id)
}

fn table(folder: TempDir) -> Table {
    let options = Options {
        folder: folder.path().to_owned(),
        clock: Clock::from(now().fixed_offset()),
        gateway: Some("http://127.0.0.1:9".to_owned()),
        relay: None,
        language: Some(Language::En),
        system_language: Language::En,
        http: HttpOptions::default(),
    };
    Table { engine: Arc::new(Engine::open(options).expect("the file that was filled")), folder }
}

fn look(place: PlaceId, more: &[(&str, Value)]) -> Value {
    let mut look = json!({
        "place": place, "metric": "air", "zoom": "month", "at": null, "hour": null,
        "with": null, "person": null, "width": 1072,
    });
    for (key, value) in more {
        look[*key] = value.clone();
    }
    look
}

async fn asked(table: &Table, name: &str, given: &Value) -> Value {
    answer(table, name, given).await.unwrap_or_else(|error| panic!("{name}: {error:?}"))
}

#[tokio::test]
async fn a_year_is_small_on_its_way_and_its_days_are_told_one_by_one() {
    let (folder, lyon) = kept();
    let table = table(folder);
    let view = asked(&table, command::HISTORY, &look(lyon, &[("zoom", json!("year"))])).await;
    assert_eq!(view["period"], "2026, until today");
    assert_eq!(view["charts"][0]["items"], 365);
    let size = view.to_string().len();
    assert!(size < 60_000, "{size} bytes");
    let day = look(lyon, &[("at", json!("2026-09-02"))]);
    let moments = asked(&table, command::HISTORY_MOMENT, &day).await;
    assert_eq!(moments[0]["day"]["name"], "Wednesday 2 September");
    assert_eq!(moments[0]["day"]["line"]["reading"]["level"], 4);
    let rows =
        asked(&table, command::HISTORY_TABLE, &look(lyon, &[("chart", json!("strips"))])).await;
    let rows = rows.as_str().expect("markup").matches("<tr>").count();
    assert_eq!(rows, 1 + 8, "a row for each day up to today");
}

#[tokio::test]
async fn an_hour_is_told_of_what_comes_by_the_hour() {
    let (folder, lyon) = kept();
    let table = table(folder);
    let ozone = ("metric", json!("concentration.o3"));
    let week = look(lyon, &[ozone.clone(), ("zoom", json!("week"))]);
    let view = asked(&table, command::HISTORY, &week).await;
    assert_eq!(view["charts"][1]["hourly"], true);
    let items = [1, 2].map(|chart| view["charts"][chart]["items"].clone());
    assert_eq!(items, [json!(48), json!(168)], "strips take no room for what is ahead");
    let hour = look(lyon, &[ozone, ("at", json!("2026-09-08")), ("hour", json!(14))]);
    let moments = asked(&table, command::HISTORY_MOMENT, &hour).await;
    assert_eq!(moments[0]["day"]["name"], "today at 14:00");
    assert_eq!(moments[0]["day"]["line"]["figure"], "78\u{a0}µg/m³");
}

#[tokio::test]
async fn files_are_kept_beside_each_other_with_the_fields_of_the_command_line() {
    let (folder, lyon) = kept();
    let table = table(folder);
    for (form, holds) in [
        ("svg", "<svg xmlns="),
        ("csv", "target,metric,scale,level,label,value,unit,basis,source,zone"),
        ("json", "\"announced_level\""),
        ("csv", "announced_level,announced_label,announced_at"),
    ] {
        let given = look(lyon, &[("chart", json!("lines")), ("form", json!(form))]);
        let said = asked(&table, command::HISTORY_FILE, &given).await;
        let path =
            said.as_str().and_then(|it| it.strip_prefix("Saved: ")).expect("a path").to_owned();
        let text = std::fs::read_to_string(&path).expect("it is there");
        assert!(text.contains(holds), "{form}: {text}");
    }
    let names = std::fs::read_dir(table.folder.path().join("downloads")).expect("a folder");
    let mut names: Vec<_> =
        names.flatten().map(|it| it.file_name().to_string_lossy().into_owned()).collect();
    names.sort_unstable();
    let name = "ecosante-lyon-air-2026-09-01-2026-09-30";
    assert_eq!(
        names,
        [
            format!("{name} (2).csv"),
            format!("{name}.csv"),
            format!("{name}.json"),
            format!("{name}.svg"),
        ]
    );
    // A picture that is none is not kept.
    let given = look(
        lyon,
        &[("chart", json!("lines")), ("form", json!("png")), ("picture", json!("no picture!"))],
    );
    assert!(answer(&table, command::HISTORY_FILE, &given).await.is_err());
}

#[tokio::test]
async fn a_place_that_was_removed_shows_its_past_again_once_it_is_added_back() {
    let (folder, lyon) = kept();
    let mut store = Store::open(folder.path()).expect("a file");
    let again = store
        .write(|writer| {
            writer.remove_place(lyon)?;
            add_lyon(writer)
        })
        .expect("a file that can be written");
    drop(store);
    let table = table(folder);
    let gone = answer(&table, command::HISTORY, &look(lyon, &[])).await;
    assert_eq!(gone.map_err(|error| error.code), Err("no-such-place".to_owned()));
    let day = look(again, &[("at", json!("2025-01-01"))]);
    let moments = asked(&table, command::HISTORY_MOMENT, &day).await;
    assert_eq!(moments[0]["missing"], Value::Null, "{moments}");
}
