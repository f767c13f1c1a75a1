//! What the window costs, measured on the real app: its start against a window of Tauri and Yew with
//! nothing in it, its memory and work open and in the tray, and its slowest screen. `cargo xtask
//! bench` prints the table that stands in the README.
//!
//! Nothing here fails because a machine is slow; a budget that is not kept is said in the table.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "what cannot be measured should stop with a trace")]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "what was measured is told")]
#![expect(dead_code, reason = "of what journeys use, only a part")]

use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use ecosante_domain::knowledge::Nearness;
use ecosante_domain::metric::{Metric, Pollutant};
use ecosante_domain::place::{CommuneRef, Place, PlaceId};
use ecosante_domain::reading::{Basis, Reading, Source, Target, Zone};
use ecosante_domain::scale::Scale;
use ecosante_engine::communes;
use ecosante_engine::store::place::NewPlace;
use ecosante_engine::store::{self, Asked, Store, Writer};
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{ConnectionExt as _, ImageFormat};
use x11rb::rust_connection::RustConnection;

mod desk;
mod panel;
mod running;

use desk::Desk;
use panel::Panel;
use running::App;

/// A calm evening, at which nothing is due and nobody answers.
const NOW: &str = "2026-09-08T16:00:00+02:00";
const NOBODY: &str = "http://127.0.0.1:9";
const LOCALE: &str = "en_GB.UTF-8";

/// How often the start is measured; the median counts.
const STARTS: usize = 9;

/// For how long a window at rest is watched.
const REST: Duration = Duration::from_secs(60);

/// How long a window is given to be there and done with everything.
const SETTLE: Duration = Duration::from_secs(8);

/// Goals of the design: start against the empty window, resident in the tray, share of one processor.
const START_RATIO: f64 = 1.2;
const TRAY_MB: f64 = 60.0;
const TRAY_CPU: f64 = 0.1;

/// Places and days of the heaviest file.
const PLACES: [&str; 10] =
    ["69123", "75056", "44109", "13055", "59350", "33063", "67482", "31555", "06088", "35238"];
const DAYS: u16 = 5 * 365 + 1;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    // Whoever asks which benchmarks there are is answered in the words of the standard ones.
    if std::env::args().any(|argument| argument == "--list") {
        println!("window: benchmark");
        return;
    }
    let desk = Desk::new();
    std::fs::create_dir_all(desk.data()).unwrap();
    fill(&desk.data());

    let mut table = Table::default();
    starts(&desk, &mut table);
    at_rest(&desk, &mut table).await;
    heaviest(&desk, &mut table).await;
    print!("{}", table.0);
}

/// A table as the README has it.
#[derive(Default)]
struct Table(String);

impl Table {
    fn row(&mut self, what: &str, measured: &str, budget: &str, kept: Option<bool>) {
        if self.0.is_empty() {
            self.0.push_str("| What | Measured | Budget | |\n|---|---:|---:|---|\n");
        }
        let verdict = match kept {
            Some(true) => "kept",
            Some(false) => "**not kept**",
            None => "",
        };
        self.0.push_str(&format!("| {what} | {measured} | {budget} | {verdict} |\n"));
        eprintln!("{what}: {measured}");
    }
}

/// From the start of the program to the first ink of the cached screen, against the empty window, one
/// after the other so that both meet the same machine.
fn starts(desk: &Desk, table: &mut Table) {
    let app = PathBuf::from(env!("CARGO_BIN_EXE_ecosante-app"));
    // Cargo builds examples beside the programs.
    let empty = app.parent().unwrap().join("examples/empty-window");
    let screen = Screen::new(desk.display());
    // The first of each reads everything from the disk.
    let (mut of_app, mut of_empty) = (Vec::new(), Vec::new());
    for round in 0..=STARTS {
        let empty = screen.first_ink(&mut program(desk, &empty));
        let app = screen.first_ink(&mut program(desk, &app));
        if round > 0 {
            of_empty.push(empty);
            of_app.push(app);
        }
    }
    let (app, empty) = (median(&mut of_app), median(&mut of_empty));
    let ratio = app.as_secs_f64() / empty.as_secs_f64();
    table.row("An empty window of Tauri and Yew, from start to first ink", &ms(empty), "", None);
    table.row("Écosanté, from start to the painted answer from the store", &ms(app), "", None);
    table.row(
        "The same, against the empty window",
        &format!("{ratio:.2} ×"),
        &format!("{START_RATIO} ×"),
        Some(ratio <= START_RATIO),
    );
}

/// Memory and work, open and in the tray.
async fn at_rest(desk: &Desk, table: &mut Table) {
    let _panel = Panel::new(desk).await;
    let app = App::start(desk, NOBODY, NOW, LOCALE, &[]);
    app.shows("Today – Écosanté").await;
    tokio::time::sleep(SETTLE).await;
    let open = (app.weight(), app.work(REST).await);
    app.closes_window().await;
    tokio::time::sleep(SETTLE).await;
    let tray = (app.weight(), app.work(REST).await);
    let megabytes = |kilobytes: u64| kilobytes as f64 / 1024.0;
    let both = |weight: running::Weight| {
        let (resident, own) = (megabytes(weight.resident), megabytes(weight.proportional));
        format!("{resident:.0} MB ({own:.0} MB of its own)")
    };
    table.row("Resident memory, window open, all processes", &both(open.0), "", None);
    table.row(
        "Resident memory, closed to the tray",
        &both(tray.0),
        &format!("{TRAY_MB:.0} MB"),
        Some(megabytes(tray.0.resident) <= TRAY_MB),
    );
    table.row("Processor at rest, window open", &format!("{:.2} %", open.1), "", None);
    table.row(
        "Processor at rest, in the tray",
        &format!("{:.2} %", tray.1),
        &format!("{TRAY_CPU} %"),
        Some(tray.1 < TRAY_CPU),
    );
}

/// From a key to the painted answer, on five years of the air at one of ten places.
async fn heaviest(desk: &Desk, table: &mut Table) {
    let window = desk.open(NOBODY, NOW, LOCALE).await;
    window.reads("Lyon").await;
    for (what, steps) in [
        ("Today: from a click on another place to its painted answer", TO_ANOTHER_PLACE),
        ("Looking back: from a click to five painted years", TO_FIVE_YEARS),
    ] {
        let mut times = Vec::new();
        for _ in 0..STARTS {
            let answer = window.client().execute_async(steps, Vec::new()).await.unwrap();
            let took = answer.as_f64().unwrap_or_else(|| panic!("{what}: {answer}"));
            times.push(Duration::from_secs_f64(took / 1000.0));
        }
        let slow = *times.iter().max().unwrap();
        let half = median(&mut times);
        table.row(what, &format!("{} (at worst {})", ms(half), ms(slow)), "", None);
    }
    window.close().await;
}

/// Scripts that prepare a screen, do one thing, and say after how many milliseconds it was painted.
const TO_ANOTHER_PLACE: &str = "\
    const done = arguments[arguments.length - 1]; \
    location.hash = '#/'; \
    const wait = (is, then) => is() ? then() : setTimeout(wait, 5, is, then); \
    const painted = (then) => requestAnimationFrame(() => setTimeout(then)); \
    wait(() => document.querySelectorAll('[role=tab]').length === 10, () => { \
      const to = document.querySelector('[role=tab][aria-selected=false]'); \
      setTimeout(() => { \
        const name = to.textContent.split(' ')[0]; \
        const from = performance.now(); \
        to.click(); \
        wait(() => document.querySelector('.place-name').textContent.startsWith(name), \
             () => painted(() => done(performance.now() - from))); \
      }, 500); \
    });";
const TO_FIVE_YEARS: &str = "\
    const done = arguments[arguments.length - 1]; \
    const wait = (is, then) => is() ? then() : setTimeout(wait, 5, is, then); \
    const painted = (then) => requestAnimationFrame(() => setTimeout(then)); \
    location.hash = '#/credits'; \
    setTimeout(() => { \
      location.hash = '#/history/1/air'; \
      const zooms = () => [...document.querySelectorAll('input[name=zoom]')]; \
      wait(() => zooms().length > 2, () => { \
        zooms()[0].click(); \
        setTimeout(() => { \
          const drawn = () => \
            [...document.querySelectorAll('.plot-area')].map((it) => it.innerHTML).join(); \
          const before = drawn(); \
          const from = performance.now(); \
          zooms().at(-1).click(); \
          wait(() => !['', before].includes(drawn()), \
               () => painted(() => done(performance.now() - from))); \
        }, 1500); \
      }); \
    }, 500);";

/// Starts a program as a person would, with nobody to ask.
#[expect(clippy::disallowed_methods, reason = "a stopwatch, not a clock")]
fn program(desk: &Desk, program: &Path) -> Running {
    let mut command = Command::new(program);
    let child = desk
        .on(&mut command)
        .env("ECOSANTE_GATEWAY", NOBODY)
        .env("ECOSANTE_NOW", NOW)
        .env("LC_ALL", LOCALE)
        .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1")
        .env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1")
        .spawn();
    let child = child.unwrap_or_else(|error| panic!("{}: {error}", program.display()));
    Running { child, since: Instant::now() }
}

struct Running {
    child: Child,
    since: Instant,
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What can be seen.
struct Screen(RustConnection);

impl Screen {
    /// Where both windows have their heading, and the app while it waits only light grey.
    const PART: (i16, i16, u16, u16) = (64, 190, 640, 200);
    /// So much dark is a word.
    const INK: usize = 300;

    fn new(display: &str) -> Self {
        Self(x11rb::connect(Some(display)).unwrap().0)
    }

    /// How long after its start a program has words on the screen; it is ended then.
    fn first_ink(&self, program: &mut Running) -> Duration {
        loop {
            if self.ink() > Self::INK {
                let time = program.since.elapsed();
                // It is gone from the screen before the next one begins.
                let _ = program.child.kill();
                let _ = program.child.wait();
                while self.ink() > Self::INK {
                    std::thread::sleep(Duration::from_millis(20));
                }
                std::thread::sleep(Duration::from_millis(500));
                return time;
            }
            assert!(program.since.elapsed() < Duration::from_secs(60), "nothing is painted");
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// How many points are neither black, as the bare screen is, nor light.
    fn ink(&self) -> usize {
        let root = self.0.setup().roots[0].root;
        let (x, y, width, height) = Self::PART;
        let image = self.0.get_image(ImageFormat::Z_PIXMAP, root, x, y, width, height, !0).unwrap();
        let data = image.reply().unwrap().data;
        let points =
            data.chunks_exact(4).map(|it| u32::from(it[0]) + u32::from(it[1]) + u32::from(it[2]));
        let (mut dark, mut light) = (0, 0);
        for brightness in points {
            match brightness {
                0..300 => dark += 1,
                600.. => light += 1,
                _ => {}
            }
        }
        // Without paper around it, dark is no ink.
        if light > dark { dark } else { 0 }
    }
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn ms(time: Duration) -> String {
    format!("{} ms", time.as_millis())
}

/// Ten communes with five years of the air, published three times each day and estimated beside it,
/// and what is known around now.
fn fill(folder: &Path) {
    let mut store = Store::open(folder).unwrap();
    for code in PLACES {
        store.write(|writer| years_of(writer, code)).unwrap();
    }
}

fn years_of(writer: &Writer<'_>, code: &str) -> store::Result<()> {
    let now = now();
    let commune = communes::by_code(code).unwrap();
    let place = Place {
        id: PlaceId(0),
        name: commune.name.to_owned(),
        commune: Some(CommuneRef::from(commune)),
        coordinates: None,
        time_zone: Tz::Europe__Paris,
    };
    let new = NewPlace {
        name: place.name.clone(),
        commune: place.commune.clone(),
        coordinates: place.coordinates,
        time_zone: place.time_zone,
    };
    let id = writer.add_place(&new, 0)?;
    let zone = Zone { code: commune.code.to_owned(), name: commune.name.to_owned() };
    for source in Source::ALL {
        let asked = Asked { at: now, covers: Some(true), empty_since: None, error: None };
        writer.save_asked(id, source, &asked)?;
        writer.save_zone(id, source, &zone, Nearness::Commune)?;
    }
    let first: NaiveDate = now.date_naive() - Days::new(u64::from(DAYS) - 3);
    for metric in std::iter::once(Metric::Air).chain(Pollutant::ALL.map(Metric::AirOf)) {
        for ahead in (0..3).rev() {
            let of_day = |(n, day): (usize, NaiveDate)| {
                let noon = day.and_hms_opt(12, 5, 44).unwrap().and_utc();
                reading(&zone, metric, day, wave(n), Some(noon - TimeDelta::days(ahead)), now)
            };
            let days = first.iter_days().take(usize::from(DAYS)).enumerate();
            writer.save_readings(&days.map(of_day).collect::<Vec<_>>())?;
        }
    }
    Ok(())
}

fn reading(
    zone: &Zone,
    metric: Metric,
    day: NaiveDate,
    level: u8,
    published_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Reading {
    Reading {
        source: Source::AtmoFrance,
        zone: zone.clone(),
        metric,
        scale: Some(Scale::Atmo2021),
        target: Target::Day(day),
        basis: Basis::Official,
        level: Some(level),
        value: None,
        published_at,
        fetched_at: now,
        hours: 1,
        note: None,
    }
}

fn now() -> DateTime<Utc> {
    NOW.parse().unwrap()
}

/// A level that goes up and down over the days.
fn wave(step: usize) -> u8 {
    [1, 2, 3, 4, 5, 4, 3, 2, 2, 3, 3, 1][step % 12]
}
