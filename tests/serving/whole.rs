//! The whole way: producers, a publication, nginx, and who reads it.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;
use std::thread;

use chrono::{DateTime, FixedOffset};
use ecosante_domain::text::{Language, Texts};
use ecosante_engine::clock::Clock;
use ecosante_engine::host::{Host, Notification, Notifier, Progress};
use ecosante_engine::http::HttpOptions;
use ecosante_engine::{Engine, Options};
use ecosante_publish::{STATE, Wanted, publish};
use ecosante_replay::{Replay, Request, World, host};
use tempfile::TempDir;

use crate::nginx::Nginx;
use crate::python::{Package, python};

const TUESDAY: &str = "2026-09-08T16:10:00+02:00";

const VALIDATOR: Package =
    Package { name: "openapi-spec-validator", version: "==0.9.0", with: &[], without: &[] };

const SCHEMATHESIS: Package =
    Package { name: "schemathesis", version: ">=4.32,<5", with: &[], without: &[] };

fn moment() -> DateTime<FixedOffset> {
    TUESDAY.parse().expect("a moment")
}

/// A world in which something is the matter in Lyon.
fn world() -> World {
    let mut world = World::quiet(moment());
    let day = |text: &str| text.parse().expect("a date");
    world.set_air("69123", day("2026-09-08"), 4).set_air("69123", day("2026-09-09"), 5);
    world
}

fn options(replay: &Replay, folder: &Path) -> Options {
    Options {
        folder: folder.to_owned(),
        clock: Clock::from(moment()),
        gateway: Some(replay.gateway()),
        relay: None,
        language: None,
        system_language: Language::En,
        http: HttpOptions::default(),
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// What the producers say, published for some départements.
fn published(replay: &Replay) -> TempDir {
    let out = TempDir::new().expect("a folder");
    fs::set_permissions(out.path(), fs::Permissions::from_mode(0o755)).expect("may be read");
    let engine = Engine::open(options(replay, &out.path().join(STATE))).expect("an engine");
    let departements = ["69", "75", "973"].map(str::to_owned).into();
    let wanted = Wanted { all: true, departements };
    runtime().block_on(publish(&engine, out.path(), &wanted)).expect("a publication");
    out
}

fn runs(command: &mut Command) -> (bool, String) {
    let answer = command.output().expect("it is there");
    let said = [answer.stdout, answer.stderr].concat();
    (answer.status.success(), String::from_utf8_lossy(&said).into_owned())
}

#[test]
fn the_description_is_valid_and_what_is_served_is_as_it_says() {
    let replay = Replay::start(world());
    let out = published(&replay);
    let nginx = Nginx::serving(out.path());
    let description = out.path().join("current/v1/openapi.json");
    if let Some(python) = python(&VALIDATOR) {
        let (valid, said) =
            runs(Command::new(python).args(["-m", "openapi_spec_validator"]).arg(&description));
        assert!(valid, "{said}");
    }
    let Some(python) = python(&SCHEMATHESIS) else { return };
    let base = format!("http://127.0.0.1:{}/v1", nginx.port);
    let mut schemathesis = Command::new(python.with_file_name("st"));
    schemathesis
        // It leaves a folder where it runs.
        .current_dir(out.path())
        .args(["run", &format!("{base}/openapi.json"), "--url", &base, "--checks", "all"])
        .args(["--phases", "examples,coverage,fuzzing", "--max-examples", "40", "--seed", "1"]);
    let (clean, said) = runs(&mut schemathesis);
    assert!(clean && said.contains("No issues found"), "{said}");
    assert!(said.contains("7 selected / 7 total"), "{said}");
}

struct Nobody;

impl Notifier for Nobody {
    fn channel(&self) -> &'static str {
        "test"
    }

    fn notify(&self, _: &Notification) -> Result<(), String> {
        Ok(())
    }
}

impl Host for Nobody {
    fn progress(&self, _: Progress) {}
}

/// What an app that asks through `options` knows of the places, a line for each metric and target.
fn known(options: Options) -> Vec<String> {
    let engine = Engine::open(options).expect("an engine");
    let texts = Texts::new(Language::En);
    runtime().block_on(async {
        for code in ["69123", "75056", "97302"] {
            engine.add_place(code, None, Language::En).await.expect("a place");
        }
        engine.refresh(true, &Nobody).await.expect("a refresh");
    });
    let status = engine.status(&texts).expect("a status");
    let lines = status.places.iter().flat_map(|place| {
        place.readings.iter().map(|it| {
            let published = it.published_at.map(|at| at.to_rfc3339()).unwrap_or_default();
            format!(
                "{} {} {}: {:?} {:?} {:?}, {:?} {} of {:?} {:?}",
                place.name,
                it.metric,
                it.target,
                it.level,
                it.value,
                it.state,
                it.source,
                published,
                it.zone,
                it.note
            )
        })
    });
    lines.collect()
}

/// A gateway that leads to a relay under the name of its host, and to the producers under theirs:
/// without one, those would be asked where they really are.
fn switchboard(producers: String, relay: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (producers, relay) = (producers.clone(), relay.clone());
            thread::spawn(move || connect(stream, &producers, &relay));
        }
    });
    address
}

/// Passes one question on, and its answer back.
fn connect(mut caller: TcpStream, producers: &str, relay: &str) -> Option<()> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        caller.read_exact(&mut byte).ok()?;
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).ok()?;
    let host = relay.strip_prefix("http://")?;
    let of_relay = format!("GET /{host}/");
    let (to, head) = match head.strip_prefix(&of_relay) {
        Some(rest) => (host, format!("GET /{rest}")),
        None => (producers.strip_prefix("http://")?, head),
    };
    let mut called = TcpStream::connect(to).ok()?;
    let head = head.replacen("\r\n", "\r\nconnection: close\r\n", 1);
    called.write_all(head.as_bytes()).ok()?;
    let mut answer = Vec::new();
    called.read_to_end(&mut answer).ok()?;
    // Whoever keeps the connection would ask again on one that is closed.
    let line = answer.windows(2).position(|it| it == b"\r\n")?;
    answer.splice(line..line, *b"\r\nconnection: close");
    caller.write_all(&answer).ok()
}

#[test]
fn an_app_that_is_pointed_at_it_knows_what_one_knows_that_asks_the_producers() {
    let replay = Replay::start(world());
    let out = published(&replay);
    let nginx = Nginx::serving(out.path());
    let folder = TempDir::new().expect("a folder");
    let direct = known(options(&replay, &folder.path().join("direct")));

    let asking = Options {
        gateway: Some(switchboard(replay.gateway(), nginx.address())),
        relay: Some(nginx.address()),
        ..options(&replay, &folder.path().join("relayed"))
    };
    replay.forget_requests();
    let relayed = known(asking);
    let only = |one: &[String], other: &[String]| -> Vec<String> {
        one.iter().filter(|line| !other.contains(line)).cloned().collect()
    };
    let (lost, else_where) = (only(&direct, &relayed), only(&relayed, &direct));
    assert!(lost.is_empty() && else_where.is_empty(), "{lost:#?}\n{else_where:#?}");
    assert!(direct.iter().any(|line| line.starts_with("Lyon air 2026-09-08: Some(4)")));
    // The past is the producers' alone.
    let of_the_past = |it: &Request| it.parameter("typeNames") == Some("ind:ind_atmo");
    let asked = replay.requests().into_iter().filter(|it| !of_the_past(it));
    let asked: Vec<String> = asked.map(|it| it.host).collect();
    for producer in [host::ATMO, host::VIGILANCE_MIRROR, host::VIGILANCE_ARCHIVE] {
        assert!(!asked.iter().any(|host| host == producer), "{producer}: {asked:?}");
    }
}
