//! What the engine may cost, measured: `cargo xtask bench` says how each stands to its budget.
//!
//! Nothing here fails because a machine is slow. A budget is for the median of single calls unless it
//! names another percentile; on a busy machine the slowest calls tell of the machine.

#![expect(clippy::print_stderr, reason = "what was measured is told to whoever runs it")]

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use criterion::measurement::{Measurement as _, WallTime};
use criterion::{BenchmarkId, Criterion, SamplingMode};
use ecosante_domain::decision::{Restraint, decide};
use ecosante_domain::knowledge::Nearness;
use ecosante_domain::metric::{Metric, Pollutant, Taxon};
use ecosante_domain::person::Profile;
use ecosante_domain::place::{CommuneRef, Coordinates, Place, PlaceId};
use ecosante_domain::reading::{Basis, Reading, Source, Target, Zone};
use ecosante_domain::scale::Scale;
use ecosante_domain::text::{Language, Texts};
use ecosante_domain::window::{Look, Zoom};
use ecosante_engine::clock::Clock;
use ecosante_engine::communes;
use ecosante_engine::host::{Host, Notification, Notifier, Progress};
use ecosante_engine::http::HttpOptions;
use ecosante_engine::schedule::Health;
use ecosante_engine::sources::atmo;
use ecosante_engine::store::place::NewPlace;
use ecosante_engine::store::{self, Asked, Store, Writer};
use ecosante_engine::{Engine, Options};
use rusqlite::{Connection, params};
use serde::Deserialize;
use serde_json::{Value, json};
use tempfile::TempDir;

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_millis(800))
        .nresamples(10_000)
        .configure_from_args();
    commune_search(&mut criterion);
    rules(&mut criterion);
    household(&mut criterion);
    history(&mut criterion);
    national_day(&mut criterion);
    criterion.final_summary();
}

/// How long one call takes.
fn timed<T>(call: impl FnOnce() -> T) -> (Duration, T) {
    let start = WallTime.start();
    let made = black_box(call());
    (WallTime.end(start), made)
}

/// The time within which this share of the calls was done; `None` where there was no call, because
/// the benchmark was not asked for.
fn percentile(times: &mut [Duration], percent: usize) -> Option<Duration> {
    times.sort_unstable();
    times.get((times.len().checked_sub(1)?) * percent / 100).copied()
}

/// The share of the calls, in percent, that a budget is for.
const MEDIAN: usize = 50;
const P99: usize = 99;

/// Measures `call`, and tells how this percentile of its calls stands to `budget`.
fn within<T>(
    criterion: &mut Criterion,
    id: BenchmarkId,
    percent: usize,
    budget: Duration,
    call: impl Fn() -> T,
) {
    let mut times = Vec::new();
    criterion.bench_with_input(id, &call, |bencher, call| {
        bencher.iter_custom(|calls| {
            let before = times.len();
            times.extend((0..calls).map(|_| timed(call).0));
            times.iter().skip(before).sum()
        });
    });
    let [judged, half, slow] = [percent, MEDIAN, P99].map(|it| percentile(&mut times, it));
    if let (Some(judged), Some(half), Some(slow)) = (judged, half, slow) {
        let verdict = if judged <= budget { "within" } else { "OVER" };
        let calls = times.len();
        eprintln!(
            "  {verdict} its budget of {budget:?}: median {half:?}, p99 {slow:?} of {calls} calls\n"
        );
    }
}

/// Offline search of communes: 5 ms for any query.
///
/// Unpacking the list and folding its names happens once, at the first use, and has no budget: how
/// long it takes is only told.
fn commune_search(criterion: &mut Criterion) {
    let (unpacked, communes) = timed(|| communes::all().len());
    let (folded, _) = timed(|| communes::search("Lyon", 10));
    eprintln!("first use: {communes} communes unpacked in {unpacked:?}, first search {folded:?}\n");
    for (kind, query) in [
        ("a name", "Saint-Denis"),
        ("a beginning", "Mont"),
        ("a single letter", "s"),
        ("two letters swapped", "Strasbuorg"),
        ("a mistake in a beginning", "Aix-en-Provance-les"),
        ("a postcode", "69003"),
        ("a beginning of postcodes", "750"),
        ("a name with its département", "Saint-Denis 974"),
        ("no commune", "Xyzzyxyzzy"),
    ] {
        let id = BenchmarkId::new("commune search", kind);
        within(criterion, id, MEDIAN, Duration::from_millis(5), || communes::search(query, 10));
    }
}

/// The moment at which everything here is judged.
fn now() -> DateTime<Utc> {
    "2026-09-08T14:00:00Z".parse().expect("a moment")
}

fn today() -> NaiveDate {
    now().date_naive()
}

/// A level that goes up and down over the days and hours, so that episodes begin and end.
fn wave(step: usize) -> u8 {
    [1, 2, 3, 4, 5, 4, 3, 2, 2, 3, 3, 1][step % 12]
}

/// A reading of the model for a grid cell.
fn modelled(cell: &Zone, metric: Metric, target: Target, scale: Scale, level: u8) -> Reading {
    Reading {
        source: Source::OpenMeteo,
        zone: cell.clone(),
        metric,
        scale: Some(scale),
        target,
        basis: Basis::Forecast,
        level: Some(level),
        value: Some(f64::from(level) * 1.5),
        published_at: None,
        fetched_at: now(),
        hours: 1,
        note: None,
    }
}

fn official(zone: &Zone, metric: Metric, day: NaiveDate, level: u8) -> Reading {
    Reading {
        source: Source::AtmoFrance,
        zone: zone.clone(),
        metric,
        scale: Some(Scale::Atmo2021),
        target: Target::Day(day),
        basis: Basis::Official,
        level: Some(level),
        value: None,
        published_at: Some(now()),
        fetched_at: now(),
        hours: 1,
        note: None,
    }
}

/// 72 hours: the day before `now`, and the two after it.
fn hours() -> impl Iterator<Item = Target> {
    (-24..48).map(|hour| Target::Hour(now() + TimeDelta::hours(hour)))
}

/// Yesterday, today, tomorrow and the day after.
fn days() -> impl Iterator<Item = NaiveDate> {
    let first = today() - Days::new(1);
    first.iter_days().take(4)
}

/// Five people of whom nearly every rule that exists is one's concern.
fn profiles() -> Vec<Profile> {
    let entries: [&[(&str, &str)]; 5] = [
        &[("age", "child"), ("conditions", "asthma"), ("allergies", "grass,birch,ragweed")],
        &[("age", "over65"), ("conditions", "heart,copd"), ("allergies", "unknown")],
        &[("allergies", "alder,birch,olive,grass,mugwort,ragweed"), ("skin", "sensitive")],
        &[("activities", "outdoor-work,sport"), ("level.air", "2"), ("allergies", "olive:2")],
        &[("pregnant", "yes"), ("conditions", "diabetes"), ("allergies", "mugwort,alder")],
    ];
    let profile = |entries: &[(&str, &str)]| {
        let mut profile = Profile::default();
        for (key, value) in entries {
            profile.set(key, value).expect("a right entry");
        }
        profile
    };
    entries.into_iter().map(profile).collect()
}

/// Ten places: the first five are French communes, the others lie abroad, where the air comes by the
/// hour.
fn places() -> Vec<Place> {
    let french = ["75056", "69123", "44109", "13055", "59350"];
    let communes = french.map(|code| communes::by_code(code).expect("a commune")).map(commune_ref);
    let communes = communes.into_iter().map(Some).chain(std::iter::repeat(None));
    (0_u8..10)
        .zip(communes)
        .map(|(n, commune)| Place {
            id: PlaceId(i64::from(n) + 1),
            name: format!("Place {n}"),
            commune,
            coordinates: Coordinates::new(43.0 + f64::from(n), 2.0),
            time_zone: Tz::Europe__Paris,
        })
        .collect()
}

fn commune_ref(commune: &communes::Commune) -> CommuneRef {
    CommuneRef {
        code: commune.code.to_owned(),
        name: commune.name.to_owned(),
        epci: commune.epci.map(|epci| epci.siren.to_owned()),
        departement: commune.departement.code.to_owned(),
    }
}

fn cell(place: &Place) -> Zone {
    let code = place.coordinates.map(Coordinates::cell_code).unwrap_or_default();
    Zone { code, name: String::new() }
}

/// The rules of 5 people at 10 places over 72 hours: 5 ms for all of them.
///
/// What is measured is the domain's part, the decisions; [`household`] has the file with it. Every
/// metric comes by the hour here, more than any source publishes.
fn rules(criterion: &mut Criterion) {
    let rules: Vec<_> = profiles().iter().map(Profile::rules).collect();
    let known: Vec<_> = places()
        .iter()
        .map(|place| {
            let cell = cell(place);
            let readings = |metric: Metric| -> Vec<Reading> {
                let scale = match metric {
                    Metric::Uv => Scale::UvWho,
                    Metric::Pollen | Metric::PollenOf(_) => Scale::AtmoPollen2025,
                    Metric::Episode(_) => Scale::Episode,
                    Metric::Vigilance(_) | Metric::Combined(_) => Scale::Vigilance,
                    _ => Scale::Eaqi2024,
                };
                let reading =
                    |(hour, target)| modelled(&cell, metric, target, scale, wave(hour / 3));
                hours().enumerate().map(reading).collect()
            };
            let metrics = Metric::with_rules().into_iter();
            let known: Vec<_> = metrics.map(|metric| (metric, readings(metric))).collect();
            (place.clone(), known)
        })
        .collect();
    let decisions = || {
        let mut decisions = 0;
        for rule in rules.iter().flatten() {
            for (place, known) in &known {
                let readings = known.iter().find(|(metric, _)| *metric == rule.metric);
                let Some((_, readings)) = readings else { continue };
                decisions += decide(rule, readings, &[], now(), place, Restraint::default()).len();
            }
        }
        decisions
    };
    let id = BenchmarkId::new("rules", "5 people, 10 places, 72 h");
    within(criterion, id, MEDIAN, Duration::from_millis(5), decisions);
}

/// A folder whose data file holds what `fill` puts there.
fn filled(fill: impl FnOnce(&Writer<'_>) -> store::Result<()>) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let mut store = Store::open(folder.path()).expect("a new file");
    store.write(fill).expect("a file that can be written");
    folder
}

fn engine(folder: &Path) -> Engine {
    let options = Options {
        folder: folder.to_owned(),
        clock: Clock::from(now().fixed_offset()),
        gateway: None,
        relay: None,
        language: Some(Language::Fr),
        system_language: Language::Fr,
        http: HttpOptions::default(),
    };
    Engine::open(options).expect("the file that was filled")
}

fn add_place(writer: &Writer<'_>, place: &Place) -> store::Result<PlaceId> {
    let new = NewPlace {
        name: place.name.clone(),
        commune: place.commune.clone(),
        coordinates: place.coordinates,
        time_zone: place.time_zone,
    };
    let id = writer.add_place(&new, 0)?;
    for source in Source::ALL {
        let asked = Asked { at: now(), covers: Some(true), empty_since: None, error: None };
        writer.save_asked(id, source, &asked)?;
    }
    Ok(id)
}

/// Everything that both sources publish for a place around now.
fn around_now(place: &Place) -> Vec<Reading> {
    let mut readings = Vec::new();
    if let Some(commune) = &place.commune {
        let zone = zone_of(commune);
        let metrics = std::iter::once(Metric::Air).chain(Pollutant::ALL.map(Metric::AirOf));
        for metric in metrics {
            let level = |(n, day)| official(&zone, metric, day, wave(n + 1));
            readings.extend(days().enumerate().map(level));
        }
    }
    let cell = cell(place);
    for pollutant in Pollutant::ALL {
        let metric = Metric::Concentration(pollutant);
        readings.extend(hours().enumerate().map(|(hour, target)| Reading {
            scale: None,
            level: None,
            ..modelled(&cell, metric, target, Scale::Eaqi2024, wave(hour / 3))
        }));
    }
    let air =
        |(hour, target)| modelled(&cell, Metric::Air, target, Scale::Eaqi2024, wave(hour / 3));
    readings.extend(hours().enumerate().map(air));
    let pollens = std::iter::once(Metric::Pollen).chain(Taxon::ALL.map(Metric::PollenOf));
    let daily = pollens.map(|metric| (metric, Scale::AtmoPollen2025));
    for (metric, scale) in daily.chain([(Metric::Uv, Scale::UvWho)]) {
        let level = |(n, day)| modelled(&cell, metric, Target::Day(day), scale, wave(n + 1));
        readings.extend(days().enumerate().map(level));
    }
    readings
}

fn zone_of(commune: &CommuneRef) -> Zone {
    Zone { code: commune.code.clone(), name: commune.name.clone() }
}

struct Nobody;

impl Notifier for Nobody {
    fn channel(&self) -> &'static str {
        "benchmark"
    }

    fn notify(&self, _: &Notification) -> Result<(), String> {
        Ok(())
    }
}

impl Host for Nobody {
    fn progress(&self, _: Progress) {}
}

/// What the file costs beside the rules, for 5 people and 10 places: the status that the window
/// shows, and an evaluation that finds all told already. Neither has a budget.
fn household(criterion: &mut Criterion) {
    let folder = filled(|writer| {
        for source in Source::ALL {
            let asked = Health { last_attempt: Some(now()), ..Health::default() };
            writer.save_health(source.name(), &asked)?;
        }
        for place in places() {
            let id = add_place(writer, &place)?;
            writer.save_zone(id, Source::OpenMeteo, &cell(&place), Nearness::Cell)?;
            if let Some(commune) = &place.commune {
                let zone = zone_of(commune);
                writer.save_zone(id, Source::AtmoFrance, &zone, Nearness::Commune)?;
            }
            writer.save_readings(&around_now(&place))?;
        }
        for (n, profile) in profiles().iter().enumerate() {
            let person = writer.add_person(Some(&format!("Person {n}")), 0)?;
            writer.save_profile(person, profile)?;
        }
        Ok(())
    });
    let engine = engine(folder.path());
    let texts = Texts::new(Language::Fr);
    criterion.bench_function("status/10 places", |bencher| {
        bencher.iter(|| engine.status(&texts).expect("the file that was filled"));
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .expect("a runtime of one thread");
    criterion.bench_function("evaluation with its file/5 people, 10 places", |bencher| {
        bencher
            .iter(|| runtime.block_on(engine.evaluate(&Nobody)).expect("the file that was filled"));
    });
}

/// Five years of one daily metric, as a chart asks for them: 10 ms at p99.
///
/// Each day was published three times, as ATMO does from two days ahead on, and has an estimate
/// beside it.
fn history(criterion: &mut Criterion) {
    const DAYS: u16 = 5 * 365 + 1;
    let lyon = places().into_iter().nth(1).expect("the second of ten");
    let commune = lyon.commune.as_ref().map(zone_of).expect("one of the French");
    let mut saved = lyon.clone();
    let folder = filled(|writer| {
        saved.id = add_place(writer, &lyon)?;
        writer.save_zone(saved.id, Source::AtmoFrance, &commune, Nearness::Commune)?;
        writer.save_zone(saved.id, Source::OpenMeteo, &cell(&lyon), Nearness::Cell)?;
        let first = today() - Days::new(u64::from(DAYS) - 1);
        let days = || first.iter_days().take(usize::from(DAYS)).enumerate();
        for ahead in (0..3).rev() {
            let published = |day: NaiveDate| {
                let noon = day.and_hms_opt(12, 5, 44).expect("a time").and_utc();
                Some(noon - TimeDelta::days(ahead))
            };
            let readings: Vec<_> = days()
                .map(|(n, day)| Reading {
                    published_at: published(day),
                    ..official(&commune, Metric::Air, day, wave(n))
                })
                .collect();
            writer.save_readings(&readings)?;
        }
        let estimates: Vec<_> = days()
            .map(|(n, day)| Reading {
                basis: Basis::Estimated,
                ..modelled(
                    &cell(&lyon),
                    Metric::Air,
                    Target::Day(day),
                    Scale::Atmo2021,
                    wave(n + 1),
                )
            })
            .collect();
        writer.save_readings(&estimates).map(drop)
    });
    let engine = engine(folder.path());
    let texts = Texts::new(Language::Fr);
    let rows = || {
        let rows = engine.history(&texts, &saved, Metric::Air, u32::from(DAYS));
        rows.expect("the file that was filled")
    };
    assert_eq!(rows().len(), usize::from(DAYS));
    let id = BenchmarkId::new("history", "5 years");
    within(criterion, id, P99, Duration::from_millis(10), rows);

    // What the window asks for, drawn: a year and a month of it, and the five years.
    let look = |zoom, with: Option<&str>| Look {
        place: saved.id,
        metric: Metric::Air,
        zoom,
        at: None,
        hour: None,
        with: with.map(str::to_owned),
        person: None,
        width: 1072,
    };
    for (kind, look) in [
        ("a month and its year, drawn", look(Zoom::Month, None)),
        ("a year beside another, drawn", look(Zoom::Year, Some("year:1"))),
        ("5 years, drawn", look(Zoom::Years, None)),
    ] {
        let view = || engine.history_view(&texts, &look).expect("the file that was filled");
        let size = serde_json::to_string(&view()).expect("json").len();
        eprintln!("{kind}: {size} bytes over the wire");
        let id = BenchmarkId::new("history", kind);
        within(criterion, id, P99, Duration::from_millis(10), view);
    }
}

/// Features of a national day, one for each zone.
const FEATURES: usize = 29_000;

/// Zones that one question asks for, as the publisher asks.
const ZONES_AT_ONCE: usize = 100;

/// One answer of the layer with the places it was asked for.
struct Question {
    places: Vec<Place>,
    body: Vec<u8>,
}

/// The layer's rows of one day for every commune there is room for, in the shape that GeoServer
/// gives them.
fn questions() -> Vec<Question> {
    let communes: Vec<_> = communes::all().iter().take(FEATURES).enumerate().collect();
    let question = |communes: &[(usize, &'static communes::Commune)]| {
        let features: Vec<Value> = communes.iter().map(|(n, it)| feature(*n, it)).collect();
        let count = features.len();
        let layer = json!({
            "type": "FeatureCollection",
            "features": features,
            "totalFeatures": count,
            "numberMatched": count,
            "numberReturned": count,
            "timeStamp": "2026-09-08T14:00:00.000Z",
            "crs": { "type": "name", "properties": { "name": "urn:ogc:def:crs:EPSG::4326" } },
        });
        let place = |(id, commune): (i64, &communes::Commune)| Place {
            id: PlaceId(id),
            name: String::new(),
            commune: Some(commune_ref(commune)),
            coordinates: None,
            // The days of the layer are those of Paris here; overseas has no day of its own.
            time_zone: Tz::Europe__Paris,
        };
        Question {
            places: (1..).zip(communes.iter().map(|(_, it)| *it)).map(place).collect(),
            body: layer.to_string().into_bytes(),
        }
    };
    communes.chunks(ZONES_AT_ONCE).map(question).collect()
}

fn feature(n: usize, commune: &communes::Commune) -> Value {
    let level = |shift: usize| wave(n + shift);
    json!({
        "type": "Feature",
        "id": format!("ind_atmo_2021.fid-{n:08x}_1a080f2630c_{n:04x}"),
        "geometry": { "type": "Point", "coordinates": [2.342_905_034, 48.856_616_521] },
        "geometry_name": "the_geom",
        "properties": {
            "date_maj": "2026-09-08T12:05:44.522Z",
            "code_no2": level(1),
            "code_o3": level(2),
            "code_pm10": level(3),
            "code_pm25": level(4),
            "code_qual": level(0),
            "code_so2": level(5),
            "code_zone": commune.code,
            "coul_qual": "#50CCAA",
            "date_dif": "2026-09-08T02:00:00Z",
            "date_ech": "2026-09-08",
            "epsg_reg": "2154",
            "lib_qual": "Moyen",
            "lib_zone": commune.name,
            "source": "Atmo",
            "type_zone": "commune",
            "x_reg": 600_469.854_092_525,
            "x_wgs84": 2.342_905_034_307_96,
            "y_reg": 2_428_697.650_154_14,
            "y_wgs84": 48.856_616_520_813_5,
        },
    })
}

/// What serde alone makes of an answer.
#[derive(Deserialize)]
struct RawLayer {
    features: Vec<RawFeature>,
}

#[derive(Deserialize)]
struct RawFeature {
    properties: RawRow,
}

#[derive(Deserialize)]
struct RawRow {
    code_zone: String,
    lib_zone: String,
    date_ech: String,
    date_maj: String,
    code_qual: u8,
    code_pm25: u8,
    code_pm10: u8,
    code_no2: u8,
    code_o3: u8,
    code_so2: u8,
}

impl RawRow {
    fn levels(&self) -> [(&'static str, u8); 6] {
        [
            ("air", self.code_qual),
            ("air.pm25", self.code_pm25),
            ("air.pm10", self.code_pm10),
            ("air.no2", self.code_no2),
            ("air.o3", self.code_o3),
            ("air.so2", self.code_so2),
        ]
    }
}

/// A table for the same natural key and values as the store keeps, in a file with its settings.
fn raw_table(folder: &Path) -> Connection {
    let connection = Connection::open(folder.join("raw.db")).expect("a new file");
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
             CREATE TABLE raw_row (
                 code_zone TEXT NOT NULL, lib_zone TEXT NOT NULL, date_ech TEXT NOT NULL,
                 date_maj TEXT NOT NULL, code_qual INTEGER, code_pm25 INTEGER, code_pm10 INTEGER,
                 code_no2 INTEGER, code_o3 INTEGER, code_so2 INTEGER,
                 PRIMARY KEY (code_zone, lib_zone, date_ech, date_maj)
             ) STRICT, WITHOUT ROWID;
             CREATE TABLE raw_reading (
                 source TEXT NOT NULL, code_zone TEXT NOT NULL, lib_zone TEXT NOT NULL,
                 metric TEXT NOT NULL, scale TEXT NOT NULL, date_ech TEXT NOT NULL,
                 date_maj TEXT NOT NULL, level INTEGER,
                 PRIMARY KEY (source, code_zone, lib_zone, metric, scale, date_ech, date_maj)
             ) STRICT, WITHOUT ROWID;",
        )
        .expect("two tables");
    connection
}

/// One row for each reading, under the whole natural key.
fn upsert_readings(connection: &mut Connection, rows: &[RawRow]) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    {
        let mut upsert = transaction.prepare(
            "INSERT INTO raw_reading VALUES ('atmo-france', ?1, ?2, ?3, 'atmo-2021', ?4, ?5, ?6)
             ON CONFLICT DO UPDATE SET level = excluded.level",
        )?;
        for row in rows {
            for (metric, level) in row.levels() {
                let RawRow { code_zone, lib_zone, date_ech, date_maj, .. } = row;
                upsert.execute(params![code_zone, lib_zone, metric, date_ech, date_maj, level])?;
            }
        }
    }
    transaction.commit()
}

/// One row for each feature, with its six levels beside each other.
fn upsert_rows(connection: &mut Connection, rows: &[RawRow]) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    {
        let mut upsert = transaction.prepare(
            "INSERT INTO raw_row VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             ON CONFLICT DO UPDATE SET code_qual = excluded.code_qual,
                 code_pm25 = excluded.code_pm25, code_pm10 = excluded.code_pm10,
                 code_no2 = excluded.code_no2, code_o3 = excluded.code_o3,
                 code_so2 = excluded.code_so2",
        )?;
        for row in rows {
            upsert.execute(params![
                row.code_zone,
                row.lib_zone,
                row.date_ech,
                row.date_maj,
                row.code_qual,
                row.code_pm25,
                row.code_pm10,
                row.code_no2,
                row.code_o3,
                row.code_so2,
            ])?;
        }
    }
    transaction.commit()
}

/// The national ATMO day, 29,000 features: parsed and stored within 1.5× of parsing it with serde
/// and upserting it raw into one equivalent table.
///
/// Equivalent is a table with the store's natural key and one row for each reading (174,000); a
/// table with one row for each feature is measured beside it, as the least that any store costs.
/// The parser takes the places that were asked for, so the day comes in answers for 100 zones each,
/// as the publisher would ask; both sides read the same bytes. Each side writes all of it in one
/// transaction to a new file. `next day` is the same store a day later, when it knows the zones.
fn national_day(criterion: &mut Criterion) {
    let questions = questions();
    let parsed = || {
        let mut readings = Vec::new();
        for Question { places, body } in &questions {
            let places: Vec<&Place> = places.iter().collect();
            let harvest = atmo::parse_coded(body, &places, now()).expect("a whole answer");
            readings.extend(harvest.readings);
        }
        readings
    };
    let raw = || {
        let mut rows = Vec::new();
        for Question { body, .. } in &questions {
            let layer: RawLayer = serde_json::from_slice(body).expect("a whole answer");
            rows.extend(layer.features.into_iter().map(|feature| feature.properties));
        }
        rows
    };
    let readings = parsed();
    let rows = raw();
    assert_eq!((readings.len(), rows.len()), (6 * FEATURES, FEATURES));
    let next_day: Vec<_> = readings
        .iter()
        .map(|reading| Reading {
            target: reading.target.next(),
            published_at: reading.published_at.map(|at| at + TimeDelta::days(1)),
            ..reading.clone()
        })
        .collect();
    let store_of = |folder: &Path| Store::open(folder).expect("a new file");
    let store = |store: &mut Store, readings: &[Reading]| {
        store.write(|writer| writer.save_readings(readings)).expect("a file that can be written")
    };

    let mut medians = Medians { criterion };
    let ours = medians.of("parse", || timed(parsed).0);
    let stored = medians.of("store", || {
        let folder = TempDir::new().expect("a folder");
        let mut file = store_of(folder.path());
        timed(|| store(&mut file, &readings)).0
    });
    let stored_next = medians.of("store the next day", || {
        let folder = TempDir::new().expect("a folder");
        let mut file = store_of(folder.path());
        store(&mut file, &readings);
        timed(|| store(&mut file, &next_day)).0
    });
    let plain = medians.of("raw parse", || timed(raw).0);
    let upserted = |upsert: fn(&mut Connection, &[RawRow]) -> rusqlite::Result<()>| {
        let folder = TempDir::new().expect("a folder");
        let mut file = raw_table(folder.path());
        timed(|| upsert(&mut file, &rows).expect("a file that can be written")).0
    };
    let by_reading = medians.of("raw upsert of readings", || upserted(upsert_readings));
    let by_feature = medians.of("raw upsert of features", || upserted(upsert_rows));

    let all = || Some((ours?, stored?, stored_next?, plain?, by_reading?, by_feature?));
    let Some((ours, stored, stored_next, plain, by_reading, by_feature)) = all() else { return };
    for (what, raw) in [("readings", plain + by_reading), ("features", plain + by_feature)] {
        for (day, stored) in [("first", stored), ("next", stored_next)] {
            let (ours, times) = (ours + stored, (ours + stored).div_duration_f64(raw));
            let verdict = if times <= 1.5 { "within" } else { "OVER" };
            eprintln!(
                "{verdict} 1.5× of raw {what} on the {day} day: {times:.2}× ({ours:?} to {raw:?})"
            );
        }
    }
}

/// Measures what takes so long that each sample is one call.
struct Medians<'a> {
    criterion: &'a mut Criterion,
}

impl Medians<'_> {
    /// The median time that `call` gives; `None` where this was not asked for.
    fn of(&mut self, name: &str, mut call: impl FnMut() -> Duration) -> Option<Duration> {
        let mut times = Vec::new();
        let mut group = self.criterion.benchmark_group("national day");
        group
            .sample_size(10)
            .sampling_mode(SamplingMode::Flat)
            .warm_up_time(Duration::from_millis(1));
        group.bench_function(name, |bencher| {
            bencher.iter_custom(|calls| {
                let before = times.len();
                times.extend((0..calls).map(|_| call()));
                times.iter().skip(before).sum()
            });
        });
        group.finish();
        percentile(&mut times, MEDIAN)
    }
}
