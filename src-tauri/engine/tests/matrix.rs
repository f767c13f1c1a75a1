//! Every source meets every fault: it fails under its own name and in both languages, what it said
//! before stands, the others answer, and once the fault is over all is well.

#![expect(clippy::unwrap_used, reason = "a cell that cannot go on should stop with a trace")]

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use chrono::{DateTime, FixedOffset, TimeDelta, Utc};
use ecosante_domain::contract::{SourceState, SourceStatus, Status};
use ecosante_domain::knowledge::{self, State};
use ecosante_domain::reading::Source;
use ecosante_domain::text::{Language, Texts};
use ecosante_engine::clock::Clock;
use ecosante_engine::host::{Host, Notification, Notifier, Progress};
use ecosante_engine::http::HttpOptions;
use ecosante_engine::schedule::{Health, holds};
use ecosante_engine::store::FILE_NAME;
use ecosante_engine::{Engine, Options, Refreshed};
use ecosante_replay::{Fault, Replay, Window, World, host};
use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;

/// When every source answers well.
const FIRST: &str = "2026-09-08T17:30:00+02:00";

/// When most sources are asked again: of the same publications, and later than the hour for which an
/// answer of Météo-France holds.
const LATER: &str = "2026-09-08T18:40:00+02:00";

/// When what holds for a day is asked for again.
const NEXT_DAY: &str = "2026-09-09T18:40:00+02:00";

/// When what holds for 30 days is.
const NEXT_MONTH: &str = "2026-10-09T18:40:00+02:00";

/// Inland, by the sea, and in a country without a French index.
const PLACES: [&str; 3] = ["Lyon", "Le Havre", "50.85,4.35"];

/// Enough for any answer on the loopback interface, however busy the machine.
const PATIENT: Duration = Duration::from_secs(20);

/// For answers that never end.
const IMPATIENT: Duration = Duration::from_millis(700);

/// How a source stands after it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stands {
    Failed(&'static str),
    NotPublishedYet,
    Well,
}

use Stands::{Failed, NotPublishedYet, Well};

impl Stands {
    fn of(status: &SourceStatus) -> String {
        match (status.state, &status.error) {
            (SourceState::Failed, Some(error)) => error.code.clone(),
            (SourceState::NotPublishedYet, None) => NotPublishedYet.word(),
            (SourceState::Ok, None) => Well.word(),
            other => format!("{other:?}"),
        }
    }

    fn word(self) -> String {
        match self {
            Failed(code) => code.to_owned(),
            NotPublishedYet => "(not yet)".to_owned(),
            Well => "(ok)".to_owned(),
        }
    }
}

/// A fault, how a source stands after it, and those that stand otherwise.
struct Row {
    name: &'static str,
    fault: Fault,
    usual: Stands,
    but: &'static [(Source, Stands)],
}

impl Row {
    fn expected(&self, source: Source) -> Stands {
        let other = self.but.iter().find(|(of, _)| *of == source);
        other.map_or(self.usual, |(_, stands)| *stands)
    }

    fn limit(&self) -> Duration {
        match self.fault {
            Fault::Hang | Fault::SlowDrip { .. } => IMPATIENT,
            _ => PATIENT,
        }
    }
}

/// How long a producer that says so wants to be left alone.
const RETRY_AFTER: TimeDelta = TimeDelta::hours(4);

fn rows() -> Vec<Row> {
    let row = |name, fault, usual| Row { name, fault, usual, but: &[] };
    let status = |name, code| row(name, Fault::status(code), Failed("http-status"));
    let limit = |name, window| row(name, Fault::TooManyRequests(window), Failed("http-status"));
    let retry = Fault::Status {
        code: 429,
        retry_after: Some(RETRY_AFTER.num_seconds().to_string()),
        body: "Slow down.".to_owned(),
    };
    vec![
        row("reset", Fault::Reset, Failed("interrupted")),
        row("closed early", Fault::CloseEarly, Failed("interrupted")),
        row("hang", Fault::Hang, Failed("timeout")),
        row("slow drip", Fault::SlowDrip { every: Duration::from_millis(90) }, Failed("timeout")),
        status("400", 400),
        status("401", 401),
        status("403", 403),
        status("404", 404),
        row("429 retry-after", retry, Failed("http-status")),
        limit("429 minutely", Window::Minutely),
        limit("429 hourly", Window::Hourly),
        limit("429 daily", Window::Daily),
        status("500", 500),
        status("503", 503),
        row("XML with 200", Fault::Xml200, Failed("not-json")),
        row("HTML with 200", Fault::Html200, Failed("not-json")),
        row("truncated", Fault::Truncated, Failed("truncated")),
        row("nan", Fault::Nan, Failed("not-json")),
        row("empty body", Fault::EmptyBody, Failed("not-json")),
        Row {
            // Where hours or domains were asked for there is no answer without any; of a commune
            // nobody may ever have looked at the water or the ground.
            but: &[
                (Source::OpenMeteo, Failed("schema")),
                (Source::OpenMeteoForecast, Failed("schema")),
                (Source::MeteoFrance, Failed("schema")),
                (Source::HubEau, Well),
                (Source::Georisques, Well),
            ],
            ..row("empty rows", Fault::EmptyFeatures, NotPublishedYet)
        },
        Row {
            // All of France is asked for: that there is nothing for these places is an answer.
            but: &[(Source::AtmoEpisodes, NotPublishedYet)],
            ..row("wrong zone", Fault::WrongZone, Failed("schema"))
        },
        Row {
            // A class of radon is of no day.
            but: &[(Source::MeteoFrance, Failed("outdated")), (Source::Georisques, Well)],
            ..row("wrong date", Fault::WrongDate, Failed("schema"))
        },
        Row {
            // An hour twice is no hour; twice as many communes as were asked for fill two pages, of
            // which one is not the answer.
            but: &[
                (Source::OpenMeteo, Failed("schema")),
                (Source::OpenMeteoForecast, Failed("schema")),
                (Source::Georisques, Failed("schema")),
            ],
            ..row("duplicate rows", Fault::DuplicateRows, Well)
        },
        Row {
            // A figure that cannot be is none; of water the authority's words are told and nothing
            // is concluded from letters.
            but: &[
                (Source::OpenMeteo, NotPublishedYet),
                (Source::OpenMeteoForecast, NotPublishedYet),
                (Source::HubEau, Well),
            ],
            ..row("unknown code", Fault::UnknownCode, Failed("schema"))
        },
        row("gzip bomb", Fault::GzipBomb, Failed("too-large")),
        row("200 MB", Fault::Huge, Failed("too-large")),
    ]
}

/// The host of a source, or the part of it that is the source's own.
fn host_of(source: Source) -> &'static str {
    match source {
        Source::AtmoFrance => host::ATMO_INDEX,
        Source::AtmoPollen => host::ATMO_POLLEN,
        Source::AtmoEpisodes => host::ATMO_EPISODES,
        Source::OpenMeteo => host::OPEN_METEO_AIR,
        Source::OpenMeteoForecast => host::OPEN_METEO_FORECAST,
        Source::VigilanceMirror => host::VIGILANCE_MIRROR,
        // Without a key of one's own: the archive.
        Source::MeteoFrance => host::VIGILANCE_ARCHIVE,
        Source::HubEau => host::WATER,
        Source::Georisques => host::RADON,
    }
}

/// When a source that answered at [`FIRST`] is asked again, with everything else that is asked.
fn later(source: Source) -> &'static str {
    let answered = moment(FIRST).to_utc();
    let health = Health { last_success: Some(answered), ..Health::default() };
    let moments = [LATER, NEXT_DAY, NEXT_MONTH];
    moments.into_iter().find(|at| !holds(source, &health, moment(at).to_utc())).unwrap()
}

fn moment(text: &str) -> DateTime<FixedOffset> {
    text.parse().unwrap()
}

/// What was shown.
#[derive(Default)]
struct Shown(RefCell<Vec<Notification>>);

impl Notifier for Shown {
    fn channel(&self) -> &'static str {
        "matrix"
    }

    fn notify(&self, notification: &Notification) -> Result<(), String> {
        self.0.borrow_mut().push(notification.clone());
        Ok(())
    }
}

impl Host for Shown {
    fn progress(&self, _: Progress) {}
}

/// A folder with a data file, at a moment.
struct Device {
    folder: TempDir,
    shown: Shown,
    runtime: tokio::runtime::Runtime,
}

impl Device {
    fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Self { folder: tempfile::tempdir().unwrap(), shown: Shown::default(), runtime }
    }

    /// A device on which every source has answered at [`FIRST`] for all [`PLACES`].
    fn well(replay: &Replay) -> Self {
        let device = Self::new();
        replay.world(|world| world.at(moment(FIRST)).clock);
        let engine = device.engine(&replay.gateway(), FIRST, PATIENT);
        for place in PLACES {
            let added = engine.add_place(place, None, Language::Fr);
            device.runtime.block_on(added).unwrap();
        }
        let refreshed = device.refresh(&engine);
        assert_eq!(refreshed.failed, []);
        assert_eq!(refreshed.answered, Source::ALL);
        let status = engine.status(&Texts::new(Language::Fr)).unwrap();
        for source in Source::ALL {
            assert_eq!(Stands::of(of(&status, source)), Well.word(), "{source:?}");
            assert!(!device.stored(source).is_empty(), "{source:?} said nothing");
            assert!(!current(&status, source).is_empty(), "{source:?} is not believed anywhere");
        }
        device
    }

    /// Another device with the same file.
    fn copied(&self) -> Self {
        let copy = Self::new();
        for file in fs::read_dir(self.folder.path()).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), copy.folder.path().join(file.file_name())).unwrap();
        }
        copy
    }

    /// The engine as it starts at a moment.
    fn engine(&self, gateway: &str, at: &str, limit: Duration) -> Engine {
        Engine::open(Options {
            folder: self.folder.path().to_owned(),
            clock: Clock::from(moment(at)),
            gateway: Some(gateway.to_owned()),
            relay: None,
            language: None,
            system_language: Language::Fr,
            http: HttpOptions {
                connect_timeout: limit,
                total_timeout: limit,
                ..HttpOptions::default()
            },
        })
        .unwrap()
    }

    fn refresh(&self, engine: &Engine) -> Refreshed {
        self.runtime.block_on(engine.refresh(true, &self.shown)).unwrap()
    }

    /// Every value of a source in the data file by its zone, metric, scale, target and publication.
    fn stored(&self, source: Source) -> BTreeMap<String, String> {
        stored(&self.folder.path().join(FILE_NAME), source)
    }
}

fn stored(file: &Path, source: Source) -> BTreeMap<String, String> {
    let file = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let mut rows = file
        .prepare(
            "SELECT zone_code, zone_name, metric, scale, period, target, published_at,
                    level, value, hours, note
             FROM reading JOIN series ON series.id = reading.series
             WHERE source = ? ORDER BY revision",
        )
        .unwrap();
    let said = |row: &rusqlite::Row<'_>| {
        let column = |at| row.get::<_, rusqlite::types::Value>(at).map(|it| format!("{it:?}"));
        let columns = |range: std::ops::Range<usize>| {
            range.map(column).collect::<Result<Vec<_>, _>>().map(|it| it.join(" "))
        };
        Ok((columns(0..7)?, columns(7..11)?))
    };
    rows.query_map([source.name()], said).unwrap().collect::<Result<_, _>>().unwrap()
}

fn of(status: &Status, source: Source) -> &SourceStatus {
    status.sources.iter().find(|it| it.source == source).unwrap()
}

/// What counts now and was said by a source: place, metric, target, level and value. The cards of
/// Météo-France and their mirror say the same, and the newer of them counts.
fn current(status: &Status, source: Source) -> BTreeSet<String> {
    let vigilance = [Source::VigilanceMirror, Source::MeteoFrance];
    let both = vigilance.contains(&source);
    current_of(status, |it| it == source || both && vigilance.contains(&it))
}

fn current_of(status: &Status, whose: impl Fn(Source) -> bool) -> BTreeSet<String> {
    let mut said = BTreeSet::new();
    for place in &status.places {
        for it in &place.readings {
            let known = it.level.is_some() || it.value.is_some() || it.note.is_some();
            if it.state == State::Current && known && it.source.is_some_and(&whose) {
                // What is known for long is said anew of the day on which it is asked for.
                let target = Some(it.target).filter(|_| !knowledge::is_slow(it.metric));
                let (place, level, value) = (place.id, it.level, it.value);
                said.insert(format!("{place:?} {} {target:?} {level:?} {value:?}", it.metric));
            }
        }
    }
    said
}

/// Whether a failure, here in French, is said in both languages, each in its own words: as the one
/// sentence that follows the name of a source and a colon.
fn is_said_in_both_languages(status: &SourceStatus) {
    let error = status.error.as_ref().unwrap();
    let english = Texts::new(Language::En).get(&format!("failure-{}", error.code));
    assert_ne!(error.message, english);
    for message in [&error.message, &english] {
        let code = message.starts_with("failure-");
        let one = !message.contains(['\n', '.', '{', '}']) && message.contains(' ');
        assert!(one && !code, "{}: {message:?}", error.code);
    }
}

/// What is stored of a source, and what of that counts when it is asked again.
type Known = (BTreeMap<String, String>, BTreeSet<String>);

/// One source meets one fault, after which what was known `before` still is; how it stands then.
fn meets(replay: &Replay, well: &Device, before: &Known, source: Source, row: &Row) -> String {
    let at = later(source);
    let cell = format!("{} × {}", source.name(), row.name);
    let device = well.copied();
    replay.world(|world| world.at(moment(at)).clock);
    let french = Texts::new(Language::Fr);

    let engine = device.engine(&replay.gateway(), at, row.limit());
    replay.fault(host_of(source), row.fault.clone());
    let refreshed = device.refresh(&engine);
    replay.fault(host_of(source), None);

    let status = engine.status(&french).unwrap();
    let stands = Stands::of(of(&status, source));
    let failed: Vec<_> = refreshed.failed.iter().map(|(of, code)| (*of, code.as_str())).collect();
    for other in Source::ALL.into_iter().filter(|other| *other != source) {
        assert_eq!(Stands::of(of(&status, other)), Well.word(), "{cell}: {other:?}");
    }
    let after = device.stored(source);
    for (key, said) in &before.0 {
        assert_eq!(after.get(key), Some(said), "{cell}: {key}");
    }
    let counts = current(&status, source);
    let lost: Vec<_> = before.1.difference(&counts).collect();
    assert!(lost.is_empty(), "{cell}: {lost:?}");
    if of(&status, source).state == SourceState::Failed {
        assert_eq!(failed, [(source, stands.as_str())], "{cell}");
        is_said_in_both_languages(of(&status, source));
        if !refreshed.answered.contains(&source) {
            assert_eq!(before.0, after, "{cell}: a failure leaves what is stored as it is");
            let last = of(&status, source).last_success.unwrap() - moment(FIRST).to_utc();
            assert!(last < TimeDelta::minutes(5), "{cell}: a failure is no success");
        }
        let due = of(&status, source).next_due.unwrap();
        let earliest = earliest(&row.fault, moment(at).to_utc());
        assert!(due >= earliest, "{cell}: asked again at {due}");
    } else {
        assert_eq!(failed, [], "{cell}");
    }
    if at == LATER {
        assert_eq!(*device.shown.0.borrow(), [], "{cell}: all was told at first");
    }
    let engine = match row.limit() {
        PATIENT => engine,
        _ => device.engine(&replay.gateway(), at, PATIENT),
    };
    let refreshed = device.refresh(&engine);
    assert_eq!(refreshed.failed, [], "{cell}");
    let status = engine.status(&french).unwrap();
    assert_eq!(Stands::of(of(&status, source)), Well.word(), "after {cell}");
    assert!(!current(&status, source).is_empty(), "after {cell}");
    stands
}

/// Before when a source that has this fault must not be asked again.
fn earliest(fault: &Fault, now: DateTime<Utc>) -> DateTime<Utc> {
    let tomorrow = now.date_naive().succ_opt().unwrap().and_hms_opt(0, 0, 0).unwrap().and_utc();
    match fault {
        Fault::Status { retry_after: Some(_), .. } => now + RETRY_AFTER,
        Fault::TooManyRequests(Window::Daily) => tomorrow,
        _ => now + TimeDelta::minutes(40),
    }
}

/// The row of one fault of the gateway itself, through which every source is asked.
fn gateway_fails(replay: &Replay, well: &Device, gateway: &str, code: &'static str) -> Vec<String> {
    let french = Texts::new(Language::Fr);
    let mut stands = BTreeMap::new();
    for at in [LATER, NEXT_DAY, NEXT_MONTH] {
        let device = well.copied();
        let engine = device.engine(gateway, at, PATIENT);
        let before = engine.status(&french).unwrap();
        let refreshed = device.refresh(&engine);
        let asked: Vec<Source> =
            Source::ALL.into_iter().filter(|source| moment(at) >= moment(later(*source))).collect();
        assert_eq!(refreshed.answered, [], "{code}");
        let failed: Vec<Source> = refreshed.failed.iter().map(|(source, _)| *source).collect();
        assert_eq!(failed, asked, "{code} at {at}");
        let status = engine.status(&french).unwrap();
        for source in asked {
            assert_eq!(Stands::of(of(&status, source)), code, "{source:?}");
            is_said_in_both_languages(of(&status, source));
            assert_eq!(device.stored(source), well.stored(source), "{code}: {source:?}");
            assert_eq!(current(&status, source), current(&before, source), "{code}: {source:?}");
            stands.insert(source, code.to_owned());
        }
        drop(engine);
        replay.world(|world| world.at(moment(at)).clock);
        let engine = device.engine(&replay.gateway(), at, PATIENT);
        assert_eq!(device.refresh(&engine).failed, [], "after {code}");
        let status = engine.status(&french).unwrap();
        for source in Source::ALL {
            assert_eq!(Stands::of(of(&status, source)), Well.word(), "{source:?} after {code}");
        }
    }
    Source::ALL.iter().map(|source| stands.remove(source).unwrap()).collect()
}

fn world() -> World {
    World::demo(moment(FIRST))
}

/// The columns of the rows, by their sources, three at a time: much of it is waiting for the disk.
fn columns(rows: &[Row]) -> BTreeMap<Source, Vec<String>> {
    let left = Mutex::new(Source::ALL.to_vec());
    let done = Mutex::new(BTreeMap::new());
    let work = || {
        loop {
            let Some(source) = left.lock().unwrap().pop() else { break };
            let replay = Replay::start(world());
            let well = Device::well(&replay);
            let asked_again = well.copied().engine(&replay.gateway(), later(source), PATIENT);
            let status = asked_again.status(&Texts::new(Language::Fr)).unwrap();
            let known = (well.stored(source), current(&status, source));
            let cells = rows.iter().map(|row| meets(&replay, &well, &known, source, row));
            let column: Vec<String> = cells.collect();
            done.lock().unwrap().insert(source, column);
        }
    };
    thread::scope(|threads| {
        for _ in 0..3 {
            threads.spawn(work);
        }
    });
    done.into_inner().unwrap()
}

fn line(name: &str, cells: impl IntoIterator<Item = String>) -> String {
    let cells: Vec<String> = cells.into_iter().map(|cell| format!("{cell:<19}")).collect();
    format!("{name:<16}{}", cells.concat()).trim_end().to_owned()
}

#[test]
#[expect(clippy::print_stdout, reason = "the table is what the test is looked at for")]
fn each_source_meets_each_fault_and_nothing_that_is_known_is_lost() {
    let rows = rows();
    let (columns, of_the_gateway) = thread::scope(|threads| {
        let of_the_gateway = threads.spawn(gateway_rows);
        (columns(&rows), of_the_gateway.join().unwrap())
    });
    println!("{}", line("", Source::ALL.map(|source| source.name().to_owned())));
    for (name, cells) in of_the_gateway {
        println!("{}", line(name, cells));
    }
    for (at, row) in rows.iter().enumerate() {
        println!("{}", line(row.name, Source::ALL.map(|source| columns[&source][at].clone())));
    }
    for (at, row) in rows.iter().enumerate() {
        for source in Source::ALL {
            let expected = row.expected(source).word();
            assert_eq!(columns[&source][at], expected, "{} × {}", source.name(), row.name);
        }
    }
}

/// The rows of what shuts every source out at once: nobody listens, the name leads nowhere, the
/// certificate is nobody's.
fn gateway_rows() -> Vec<(&'static str, Vec<String>)> {
    let replay = Replay::start(world());
    let well = Device::well(&replay);
    // Nobody listens where somebody just did.
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let unsigned = Replay::start_tls(world());
    let gateways = [
        ("refused", format!("http://{closed}")),
        ("dns", "http://gateway.invalid".to_owned()),
        ("tls", unsigned.gateway()),
    ];
    let rows = gateways
        .map(|(code, gateway)| (code, gateway_fails(&replay, &well, &gateway, code)))
        .to_vec();
    assert!(unsigned.requests().is_empty(), "nothing is said to a server that is not known");
    rows
}
