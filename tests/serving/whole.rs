//! The whole way: producers, a publication, nginx, and who reads it.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use chrono::{DateTime, FixedOffset};
use ecosante_domain::text::Language;
use ecosante_engine::clock::Clock;
use ecosante_engine::http::HttpOptions;
use ecosante_engine::{Engine, Options};
use ecosante_publish::{STATE, Wanted, publish};
use ecosante_replay::{Replay, World};
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
        .args(["run", &format!("{base}/openapi.json"), "--url", &base, "--checks", "all"])
        .args(["--phases", "examples,coverage,fuzzing", "--max-examples", "40", "--seed", "1"]);
    let (clean, said) = runs(&mut schemathesis);
    assert!(clean && said.contains("No issues found"), "{said}");
    assert!(said.contains("7 selected / 7 total"), "{said}");
}
