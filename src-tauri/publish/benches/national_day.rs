//! What a publication of the whole country costs, against the least that it could: `cargo xtask bench
//! publish` prints the table that stands in the README of this folder.
//!
//! The day is derived, in the exact wire shape of the producers: 29,000 features of the air a day, and
//! 105,000 rows of pollen for three days. Each part runs in a process of its own, so that its memory is
//! its own. The floor parses the same answers with serde, upserts their rows into SQLite and writes the
//! same files.

#![expect(clippy::unwrap_used, reason = "what cannot be measured should stop with a trace")]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "what was measured is told")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use chrono::DateTime;
use ecosante_domain::text::Language;
use ecosante_engine::clock::Clock;
use ecosante_engine::http::HttpOptions;
use ecosante_engine::upstream::PAGE_ROWS;
use ecosante_engine::{Engine, Options, communes};
use ecosante_publish::{CURRENT, STATE, Wanted, publish};
use ecosante_replay::{Replay, World, host};
use rusqlite::{Connection, params};
use serde::Deserialize;

/// An afternoon on which everything is out.
const NOW: &str = "2026-09-08T18:10:00+02:00";
const DAYS: [&str; 3] = ["2026-09-08", "2026-09-09", "2026-09-10"];

/// Zones of the air layer, each with a feature a day.
const AIR_ZONES: usize = 29_000;

/// Goals of the issue: time against the floor, memory, and a publication that changes nothing.
const RATIO: f64 = 2.0;
const MEMORY_MB: f64 = 300.0;
const UNCHANGED: Duration = Duration::from_secs(3);

fn main() {
    let arguments: Vec<String> = env::args().collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [_, "--list", ..] => println!("national_day: benchmark"),
        [_, "part", "publish", gateway, out] => part_publish(gateway, Path::new(out)),
        [_, "part", "floor", bodies, out] => part_floor(Path::new(bodies), Path::new(out)),
        _ => table(),
    }
}

/// Runs every part and prints the table.
fn table() {
    let folder = tempfile::tempdir().unwrap();
    let bodies = folder.path().join("bodies");
    let out = folder.path().join("out");
    fs::create_dir_all(&bodies).unwrap();
    let answers = Arc::new(answers());
    for (name, body) in answers.iter() {
        fs::write(bodies.join(name.replace('/', "_")), body).unwrap();
    }
    let bytes: usize = answers.values().map(Vec::len).sum();
    eprintln!("{} answers, {:.0} MB", answers.len(), megabytes(bytes));
    let gateway = serve(Arc::clone(&answers));

    let first = run(&["publish", &gateway, &out.display().to_string()]);
    let again = run(&["publish", &gateway, &out.display().to_string()]);
    let floor = run(&["floor", &bodies.display().to_string(), &out.display().to_string()]);

    let ms = |of: &BTreeMap<String, f64>, key: &str| of.get(key).copied().unwrap_or(f64::NAN);
    let whole = ms(&floor, "parse") + ms(&floor, "upsert") + ms(&floor, "write");
    let total = |of: &BTreeMap<String, f64>| ms(of, "asked") + ms(of, "made");
    let ratio = total(&first) / whole;
    let kept = |is: bool| if is { "kept" } else { "**not kept**" };
    println!("| What | Time | Peak memory | Goal | |");
    println!("|---|---:|---:|---:|---|");
    let row = |what: &str, time: f64, memory: f64, goal: &str, verdict: &str| {
        let memory = if memory.is_nan() { String::new() } else { format!("{memory:.0} MB") };
        println!("| {what} | {time:.0} ms | {memory} | {goal} | {verdict} |");
    };
    row("Floor: serde parses the answers", ms(&floor, "parse"), f64::NAN, "", "");
    row("Floor: SQLite upserts their rows", ms(&floor, "upsert"), f64::NAN, "", "");
    row("Floor: the same files are written", ms(&floor, "write"), f64::NAN, "", "");
    row("Floor, together", whole, ms(&floor, "memory"), "", "");
    row("First publication: asking", ms(&first, "asked"), f64::NAN, "", "");
    row("First publication: the rest", ms(&first, "made"), f64::NAN, "", "");
    let memory = ms(&first, "memory");
    row(
        &format!("First publication, {:.0} files, {ratio:.2} × the floor", ms(&first, "files")),
        total(&first),
        memory,
        &format!("{RATIO} ×, {MEMORY_MB} MB"),
        kept(ratio <= RATIO && memory <= MEMORY_MB),
    );
    row(
        &format!("Asked anew, nothing has changed ({:.0} written)", ms(&again, "written")),
        total(&again),
        ms(&again, "memory"),
        &format!("{} s, {MEMORY_MB} MB", UNCHANGED.as_secs()),
        kept(
            total(&again) <= UNCHANGED.as_secs_f64() * 1000.0 && ms(&again, "memory") <= MEMORY_MB,
        ),
    );
}

/// Runs a part in a process of its own; it prints `name figure` lines.
fn run(part: &[&str]) -> BTreeMap<String, f64> {
    let output = Command::new(env::current_exe().unwrap()).arg("part").args(part).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{part:?}: {}", String::from_utf8_lossy(&output.stderr));
    eprintln!("{part:?}: {}", text.replace('\n', ", "));
    let figure = |line: &str| {
        let (name, figure) = line.split_once(' ')?;
        Some((name.to_owned(), figure.parse().ok()?))
    };
    text.lines().filter_map(figure).collect()
}

fn part_publish(gateway: &str, out: &Path) {
    let engine = Engine::open(Options {
        folder: out.join(STATE),
        clock: Clock::from(DateTime::parse_from_rfc3339(NOW).unwrap()),
        gateway: Some(gateway.to_owned()),
        relay: None,
        language: None,
        system_language: Language::Fr,
        http: HttpOptions::default(),
    })
    .unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let published = runtime
        .block_on(publish(&engine, out, &Wanted { all: true, ..Wanted::default() }))
        .unwrap();
    assert!(published.failed.is_empty(), "{:?}", published.failed);
    println!("asked {}\nmade {}", published.asked_ms, published.made_ms);
    println!("files {}\nwritten {}", published.files, published.written);
    println!("memory {}", peak_megabytes());
}

/// The most that this process had in memory at once.
fn peak_megabytes() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|it| it.trim().strip_suffix("kB")?.trim().parse::<f64>().ok());
    kilobytes.map_or(f64::NAN, |it| it / 1024.0)
}

#[expect(clippy::disallowed_methods, reason = "a stopwatch, not a clock")]
fn watch() -> Instant {
    Instant::now()
}

/// What serde alone makes of an answer.
#[derive(Deserialize)]
struct Raw {
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
    #[serde(flatten)]
    rest: BTreeMap<String, serde_json::Value>,
}

fn part_floor(bodies: &Path, out: &Path) {
    let pages: Vec<Vec<u8>> = {
        let mut paths: Vec<PathBuf> =
            fs::read_dir(bodies).unwrap().map(|it| it.unwrap().path()).collect();
        paths.sort();
        let wanted = |path: &&PathBuf| path.to_string_lossy().contains("page-");
        paths.iter().filter(wanted).map(|path| fs::read(path).unwrap()).collect()
    };
    let begun = watch();
    let parsed: Vec<Vec<RawRow>> = pages
        .iter()
        .map(|page| {
            let raw: Raw = serde_json::from_slice(page).unwrap();
            raw.features.into_iter().map(|it| it.properties).collect()
        })
        .collect();
    println!("parse {}", begun.elapsed().as_millis());
    let database = tempfile::tempdir().unwrap();
    let begun = watch();
    let mut connection = Connection::open(database.path().join("raw.sqlite")).unwrap();
    connection.pragma_update(None, "journal_mode", "WAL").unwrap();
    connection
        .execute_batch(
            "CREATE TABLE row (code TEXT, name TEXT, day TEXT, at TEXT, levels TEXT,
             PRIMARY KEY (code, name, day)) WITHOUT ROWID, STRICT",
        )
        .unwrap();
    let transaction = connection.transaction().unwrap();
    {
        let mut insert =
            transaction.prepare("INSERT OR REPLACE INTO row VALUES (?1, ?2, ?3, ?4, ?5)").unwrap();
        for row in parsed.iter().flatten() {
            let level = row.rest.get("code_qual").map(ToString::to_string).unwrap_or_default();
            insert
                .execute(params![row.code_zone, row.lib_zone, row.date_ech, row.date_maj, level])
                .unwrap();
        }
    }
    transaction.commit().unwrap();
    println!("upsert {}", begun.elapsed().as_millis());
    println!("memory {}", peak_megabytes());
    drop(parsed);

    // The same files, packed ones too, at once from memory; and on the disk, as those are.
    let current = fs::canonicalize(out.join(CURRENT)).unwrap();
    let mut files = Vec::new();
    collect(&current, &current, &mut files);
    let target = out.join("floor");
    let begun = watch();
    for folder in ["", "v1", "v1/commune", "v1/departement", "v1/schema"] {
        fs::create_dir_all(target.join(folder)).unwrap();
    }
    for (path, bytes) in &files {
        let path = target.join(path);
        if fs::write(&path, bytes).is_err() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, bytes).unwrap();
        }
    }
    let folder = fs::File::open(&target).unwrap();
    #[cfg(target_os = "linux")]
    rustix::fs::syncfs(&folder).unwrap();
    drop(folder);
    println!("write {}", begun.elapsed().as_millis());
    fs::remove_dir_all(&target).unwrap();
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            files.push((path.strip_prefix(root).unwrap().to_owned(), fs::read(&path).unwrap()));
        }
    }
}

fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1024.0 / 1024.0
}

/// What each address is answered with: by host and path, the pages of layers by their first row.
fn answers() -> BTreeMap<String, Vec<u8>> {
    let mut answers = BTreeMap::new();
    let air: Vec<String> = DAYS.iter().flat_map(|day| air_of(day)).collect();
    let pollen: Vec<String> = DAYS.iter().flat_map(|day| pollen_of(day)).collect();
    for (path, rows) in [("geoserver/ind/ows", air), ("geoserver/ind_pol/ows", pollen)] {
        for (n, page) in rows.chunks(PAGE_ROWS).enumerate() {
            let body = collection(page, rows.len());
            let start = n * PAGE_ROWS;
            answers.insert(format!("{}/{path}/page-{start:07}", host::ATMO), body);
        }
    }
    let mut centres = String::from("[");
    for (n, commune) in communes::all().iter().enumerate() {
        let (east, north) = point(n);
        let comma = if n == 0 { "" } else { "," };
        let _ = write!(
            centres,
            "{comma}{{\"nom\":{:?},\"code\":\"{}\",\"centre\":{{\"type\":\"Point\",\
             \"coordinates\":[{east:.4},{north:.4}]}}}}",
            commune.name, commune.code
        );
    }
    centres.push(']');
    answers.insert(format!("{}/communes", host::COMMUNES), centres.into_bytes());
    // The small ones are those of a pretended world.
    let replay = Replay::start(World::demo(DateTime::parse_from_rfc3339(NOW).unwrap()));
    let atmo = format!(
        "{}/geoserver/alrt/ows?service=WFS&version=2.0.0&request=GetFeature\
         &typeNames=alrt:alrt3j&outputFormat=application/json&srsName=EPSG:4326",
        host::ATMO
    );
    let mirror = format!(
        "{}/api/explore/v2.1/catalog/datasets/\
         weatherref-france-vigilance-meteo-departement/exports/json",
        host::VIGILANCE_MIRROR
    );
    let archive = format!("{}/meteofrance/data/vigilance", host::VIGILANCE_ARCHIVE);
    let card = format!("{archive}/metropole/2026/09/08/140007/CDP_CARTE_EXTERNE.json");
    for path in [&atmo, &mirror, &card] {
        let body = fetched(&replay.gateway(), path);
        let address = path.split('?').next().unwrap_or_default();
        answers.insert(address.to_owned(), body);
    }
    let tree = r#"{"2026":{"09":{"08":{"140007":["CDP_CARTE_EXTERNE.json"]}}}}"#;
    answers.insert(format!("{archive}/vigilance-hexagone-tree.json"), tree.as_bytes().to_vec());
    answers
}

/// A point in mainland France, different for each number.
fn point(n: usize) -> (f64, f64) {
    let (column, row) = (n % 190, n / 190);
    (-1.0 + column as f64 * 0.04, 43.5 + row as f64 * 0.035)
}

fn wave(n: usize) -> usize {
    1 + n * 7 / 3 % 4
}

fn collection(rows: &[String], matched: usize) -> Vec<u8> {
    format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{}],\"totalFeatures\":{matched},\
         \"numberMatched\":{matched},\"numberReturned\":{},\
         \"timeStamp\":\"2026-09-08T16:10:00.000Z\",\"crs\":{{\"type\":\"name\",\
         \"properties\":{{\"name\":\"urn:ogc:def:crs:EPSG::4326\"}}}}}}",
        rows.join(","),
        rows.len()
    )
    .into_bytes()
}

/// The air of a day: one feature a zone, in the order of the codes.
fn air_of(day: &str) -> Vec<String> {
    let row = |(n, commune): (usize, &communes::Commune)| {
        let (east, north) = point(n);
        format!(
            "{{\"type\":\"Feature\",\"id\":\"ind_atmo_2021.fid-{n:08x}_1a080f2630c_{n:04x}\",\
             \"geometry\":{{\"type\":\"Point\",\"coordinates\":[{east:.9},{north:.9}]}},\
             \"geometry_name\":\"the_geom\",\"properties\":{{\"code_zone\":\"{}\",\
             \"lib_zone\":{:?},\"type_zone\":\"commune\",\"code_qual\":{},\"code_pm25\":{},\
             \"code_pm10\":{},\"code_no2\":{},\"code_o3\":{},\"code_so2\":1,\
             \"date_ech\":\"{day}\",\"date_maj\":\"2026-09-08T12:{:02}:44.522Z\",\
             \"source\":\"Atmo\"}}}}",
            commune.code,
            commune.name,
            wave(n),
            wave(n + 1),
            wave(n + 2),
            wave(n + 3),
            wave(n + 4),
            n * 12 / AIR_ZONES,
        )
    };
    communes::all().iter().take(AIR_ZONES).enumerate().map(row).collect()
}

/// The pollen of a day: one row a commune of the mainland and Corsica.
fn pollen_of(day: &str) -> Vec<String> {
    let mainland =
        |it: &&communes::Commune| !it.code.starts_with("97") && !it.code.starts_with("98");
    let row = |(n, commune): (usize, &communes::Commune)| {
        format!(
            "{{\"type\":\"Feature\",\"id\":\"ind_national_pol.fid-{n:08x}_1a080f2630c_{n:04x}\",\
             \"geometry\":null,\"properties\":{{\"code_zone\":\"{}\",\"lib_zone\":{:?},\
             \"code_qual\":{},\"code_aul\":1,\"code_boul\":1,\"code_oliv\":1,\"code_gram\":{},\
             \"code_arm\":1,\"code_ambr\":{},\"conc_aul\":0.0,\"conc_boul\":0.{},\"conc_oliv\":0.0,\
             \"conc_gram\":{}.5,\"conc_arm\":0.1,\"conc_ambr\":{}.2,\
             \"pollen_resp\":\"GRAMINEE\",\"date_ech\":\"{day}\",\
             \"date_maj\":\"2026-09-08T10:07:03.267Z\"}}}}",
            commune.code,
            commune.name,
            wave(n),
            wave(n),
            wave(n + 1),
            n % 10,
            n % 60,
            n % 30,
        )
    };
    communes::all().iter().filter(mainland).enumerate().map(row).collect()
}

fn fetched(gateway: &str, path: &str) -> Vec<u8> {
    let address = gateway.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET /{path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer.windows(4).position(|it| it == b"\r\n\r\n").unwrap();
    let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
    assert!(head.contains(" 200 "), "{path}: {head}");
    assert!(!head.contains("chunked"), "{path}");
    answer.split_off(end + 4)
}

/// Serves the answers under the gateway contract, each connection for one question.
fn serve(answers: Arc<BTreeMap<String, Vec<u8>>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let gateway = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let answers = Arc::clone(&answers);
            thread::spawn(move || answer(stream, &answers));
        }
    });
    gateway
}

fn answer(mut stream: TcpStream, answers: &BTreeMap<String, Vec<u8>>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let first = lines.next().and_then(Result::ok).unwrap_or_default();
    while lines.next().and_then(Result::ok).is_some_and(|line| !line.is_empty()) {}
    let target = first.split(' ').nth(1).unwrap_or_default().trim_start_matches('/').to_owned();
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let start = query.split('&').find_map(|it| it.strip_prefix("startIndex="));
    let key = match start.and_then(|it| it.parse::<usize>().ok()) {
        Some(start) => format!("{path}/page-{start:07}"),
        None => path.to_owned(),
    };
    let (status, body) = match answers.get(&key) {
        Some(body) => ("200 OK", body.as_slice()),
        None => ("404 Not Found", b"".as_slice()),
    };
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
}
