//! A device with the program on it.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use chrono::{DateTime, FixedOffset, NaiveDate};
use ecosante_replay::{Replay, World};
use serde_json::Value;
use tempfile::TempDir;

/// An ordinary Tuesday afternoon, after the publications of the day.
pub(crate) const TUESDAY: &str = "2026-09-08T16:00:00+02:00";

/// The days around it.
pub(crate) const TODAY: &str = "2026-09-08";
pub(crate) const TOMORROW: &str = "2026-09-09";

pub(crate) const LYON: &str = "69123";
pub(crate) const PARIS: &str = "75056";

pub(crate) fn moment(text: &str) -> DateTime<FixedOffset> {
    text.parse().expect(text)
}

pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().expect(text)
}

/// A world at the time of [`TUESDAY`] in which the air of Lyon is degraded today: 3.
pub(crate) fn degraded_lyon() -> World {
    let mut world = World::quiet(moment(TUESDAY));
    world.set_air(LYON, date(TODAY), 3);
    world
}

/// A home folder, a data folder in it, and a gateway.
pub(crate) struct Device {
    home: TempDir,
    gateway: String,
}

impl Device {
    /// A device that has never seen the program.
    pub(crate) fn behind(replay: &Replay) -> Self {
        Self::with_gateway(&replay.gateway())
    }

    pub(crate) fn with_gateway(gateway: &str) -> Self {
        Self { home: TempDir::new().unwrap(), gateway: gateway.to_owned() }
    }

    /// Other sources stand behind its gateway from now on.
    pub(crate) fn go_behind(&mut self, replay: &Replay) {
        self.gateway = replay.gateway();
    }

    /// A device on which Lyon is saved, with a child who has asthma beside the unnamed person.
    pub(crate) fn of_a_family(replay: &Replay) -> Self {
        let device = Self::behind(replay);
        let there = device.at(TUESDAY);
        there.does("place add 69123");
        there.does("profile set --person Léa age=child conditions=asthma");
        device
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.data().join("ecosante.db")
    }

    /// The device at a moment.
    pub(crate) fn at<'a>(&'a self, now: &'a str) -> Moment<'a> {
        Moment { device: self, now, language: "fr" }
    }

    /// Everything that the data file holds, row by row, but for the ledger of requests, in which a
    /// question that came to nothing counts too.
    pub(crate) fn contents(&self) -> Vec<String> {
        let connection = rusqlite::Connection::open(self.file()).unwrap();
        let mut tables = connection
            .prepare(
                "SELECT name FROM sqlite_schema WHERE type = 'table'
                   AND name NOT IN ('host', 'answer', 'sent')
                 ORDER BY name",
            )
            .unwrap();
        let tables: Vec<String> =
            tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        let mut contents = Vec::new();
        for table in tables {
            let mut rows = connection.prepare(&format!("SELECT * FROM \"{table}\"")).unwrap();
            let columns = rows.column_count();
            let mut rows = rows.query([]).unwrap();
            while let Some(row) = rows.next().unwrap() {
                let row: Vec<_> = (0..columns).map(|n| row.get_ref(n).unwrap()).collect();
                contents.push(format!("{table} {row:?}"));
            }
        }
        contents
    }
}

/// A device at a moment: each call is a new process, which knows only what is stored.
#[derive(Clone, Copy)]
pub(crate) struct Moment<'a> {
    device: &'a Device,
    now: &'a str,
    language: &'a str,
}

/// How a call ended.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl<'a> Moment<'a> {
    pub(crate) fn speaking(self, language: &'a str) -> Self {
        Self { language, ..self }
    }

    /// The call, not started. `words` are parted at blanks.
    pub(crate) fn command(&self, words: &str) -> Command {
        let mut command = bare();
        command
            .env("HOME", self.device.home.path())
            .args(["--lang", self.language, "--now", self.now])
            .args(["--gateway", &self.device.gateway])
            .arg("--data-dir")
            .arg(self.device.data())
            .args(words.split_whitespace());
        command
    }

    /// The call, under way, with its output kept.
    pub(crate) fn start(&self, words: &str) -> Child {
        self.command(words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    pub(crate) fn run(&self, words: &str) -> Outcome {
        outcome(&mut self.command(words))
    }

    /// The call, which succeeds.
    pub(crate) fn does(&self, words: &str) -> String {
        let outcome = self.run(words);
        assert_eq!(outcome.code, 0, "{words}: {outcome:?}");
        outcome.out
    }

    /// What the call, which succeeds, says to programs.
    pub(crate) fn json(&self, words: &str) -> Value {
        parsed(&self.does(&format!("--json {words}")))
    }

    pub(crate) fn status(&self) -> Value {
        self.json("status")
    }

    pub(crate) fn alerts(&self) -> Vec<Value> {
        self.json("alerts").as_array().unwrap().clone()
    }

    /// Asks every source, some of which answer; gives the notifications that this brought.
    pub(crate) fn told(&self) -> Vec<Value> {
        self.json("refresh --all")["notifications"].as_array().unwrap().clone()
    }

    /// The reading of `status` for a metric and day or hour at the only saved place.
    pub(crate) fn reading(&self, metric: &str, target: &str) -> Value {
        let status = self.status();
        assert_eq!(status["places"].as_array().unwrap().len(), 1, "{status}");
        reading(&status["places"][0], metric, target)
    }

    pub(crate) fn source(&self, name: &str) -> Value {
        source(&self.status(), name)
    }
}

/// The program with nothing of this process around it.
pub(crate) fn bare() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ecosante"));
    command.env_clear().stdin(Stdio::null());
    // Windows opens no socket without it.
    command.envs(std::env::var_os("SystemRoot").map(|root| ("SystemRoot", root)));
    command
}

pub(crate) fn outcome(command: &mut Command) -> Outcome {
    let output = command.output().unwrap();
    Outcome {
        code: output.status.code().expect("it was not killed"),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

pub(crate) fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect(text)
}

/// The one reading of a place for a metric and target.
pub(crate) fn reading(place: &Value, metric: &str, target: &str) -> Value {
    let readings = place["readings"].as_array().unwrap().iter();
    let found: Vec<_> =
        readings.filter(|it| it["metric"] == metric && it["target"] == target).collect();
    assert_eq!(found.len(), 1, "{metric} on {target} in {place:#}");
    found[0].clone()
}

pub(crate) fn source(status: &Value, name: &str) -> Value {
    let sources = status["sources"].as_array().unwrap();
    sources.iter().find(|it| it["source"] == name).expect(name).clone()
}

pub(crate) fn place<'a>(status: &'a Value, name: &str) -> &'a Value {
    let places = status["places"].as_array().unwrap();
    places.iter().find(|it| it["name"] == name).expect(name)
}

/// Who each alert is for, with its level; the unnamed person is "".
pub(crate) fn people(alerts: &[Value]) -> Vec<(String, u64)> {
    let mut people: Vec<_> = alerts
        .iter()
        .map(|it| {
            (it["person"].as_str().unwrap_or_default().to_owned(), it["level"].as_u64().unwrap())
        })
        .collect();
    people.sort();
    people
}

/// Minutes from a moment to one that the program gave.
pub(crate) fn minutes_after(now: &str, then: &Value) -> i64 {
    (moment(then.as_str().expect("a moment")) - moment(now)).num_minutes()
}
