//! A million installs on a virtual clock: what they ask of each host on an ordinary day, while all
//! hosts are down for six hours, and after that. Run by `cargo xtask simulate`.
//!
//! The schedule and the ledger are the real ones; only the hosts are pretended. Each install has
//! three places in one area, is always on, and nobody opens it.
//!
//! With `--relay` every install has a relay, which alone is down for those six hours. A refresh in
//! which a source that it carries is due asks it for one file about itself and one for each place;
//! where it does not answer, the producers are asked as they would be without it.

#![expect(clippy::print_stdout, reason = "its table is what it is run for")]

use std::collections::BTreeMap;
use std::fmt;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::thread;

use chrono::{DateTime, TimeDelta, Utc};
use ecosante_domain::reading::Source;
use ecosante_engine::communes;
use ecosante_engine::http::FetchError;
use ecosante_engine::ledger::{book, settled};
use ecosante_engine::schedule::{self, Failure, Left};
use ecosante_engine::sources::national;
use ecosante_engine::store::HostTraffic;
use ecosante_engine::upstream::Host;

/// The days that are lived through: two to settle, an ordinary one, one with the outage, one after.
const DAYS: usize = 5;
const MINUTES: usize = DAYS * 1440;

/// The ordinary day, in minutes from the beginning.
const ORDINARY: std::ops::Range<usize> = 2880..4320;

/// The outage, in minutes from the beginning: six hours from 09:00 UTC on.
const OUTAGE: std::ops::Range<usize> = 4320 + 540..4320 + 900;

/// The places of an install; the relay has a file for each.
const PLACES: u32 = 3;

/// How often an install looks for what is due, in seconds: what is due at the same look is one
/// refresh, and asks a relay once.
const LOOK: i64 = 20;

/// How installs ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// The producers, all of which are down in the outage.
    Direct,
    /// A relay, which alone is down in the outage.
    Relayed,
}

/// Who is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Server {
    Producer(Host),
    Relay,
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Producer(host) => host.fmt(f),
            Self::Relay => f.write_str("the relay"),
        }
    }
}

/// What one question to a source costs: a host and a number of requests.
fn cost(source: Source) -> (Host, u32) {
    match source {
        Source::AtmoFrance | Source::AtmoPollen | Source::AtmoEpisodes => (Host::AtmoFrance, 1),
        Source::OpenMeteo => (Host::OpenMeteoAirQuality, 1),
        Source::OpenMeteoForecast => (Host::OpenMeteoForecast, 1),
        Source::VigilanceMirror => (Host::VigilanceMirror, 1),
        // The list of cards and the card.
        Source::MeteoFrance => (Host::VigilanceArchive, 2),
        Source::HubEau => (Host::HubEau, 1),
        Source::Georisques => (Host::Georisques, 1),
    }
}

/// Requests in each minute, by who is asked.
type Counts = BTreeMap<Server, Vec<u32>>;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let installs: u64 =
        arguments.next().and_then(|it| it.parse().ok()).expect("a number of installs");
    let svg: PathBuf = arguments.next().expect("where the picture goes").into();
    let way = match arguments.next().as_deref() {
        None => Way::Direct,
        Some("--relay") => Way::Relayed,
        Some(other) => panic!("{other} is no way to ask"),
    };
    let counts = lived(installs, way);
    // What the producers would be asked without a relay.
    let direct = (way == Way::Relayed).then(|| lived(installs, Way::Direct));
    print!("{}", table(&counts, installs, direct.as_ref()));
    if way == Way::Relayed {
        print!("{}", behind_edges(&counts, installs));
    }
    std::fs::write(&svg, picture(&counts, way)).expect("the picture can be written");
    println!("\nPicture: {}", svg.display());
    let steep: Vec<_> =
        counts.iter().filter(|(_, minutes)| Rates::of(minutes).ratio() > 1.5).collect();
    assert!(steep.is_empty(), "the peak of an ordinary day is more than 1.5 times its mean");
    let herds: Vec<_> =
        counts.iter().filter(|(_, minutes)| Rates::of(minutes).herd() > 4.0).collect();
    assert!(herds.is_empty(), "a herd after the outage");
    if let Some(direct) = &direct {
        for (server, minutes) in &counts {
            let instead = instead(minutes, direct.get(server));
            assert!(
                instead.is_none_or(|ratio| ratio <= 1.5),
                "{server} bears the relay's outage badly: {instead:?} times its mean"
            );
        }
    }
    let (of_producers, of_relay) = per_install(&counts, installs);
    assert!(of_producers <= 12.0, "{of_producers} requests a day and install to producers");
    let most = 12.0 * f64::from(PLACES + 1);
    assert!(of_relay <= most, "{of_relay} requests a day and install to the relay");
}

/// What so many installs ask in all.
fn lived(installs: u64, way: Way) -> Counts {
    let workers = thread::available_parallelism().map_or(1, usize::from) as u64;
    thread::scope(|scope| {
        let workers: Vec<_> = (0..workers)
            .map(|worker| {
                scope.spawn(move || {
                    let mut counts = Counts::new();
                    (worker..installs)
                        .step_by(workers as usize)
                        .for_each(|install| live(install, way, &mut counts));
                    counts
                })
            })
            .collect();
        let mut whole = Counts::new();
        for worker in workers {
            for (server, minutes) in worker.join().expect("a worker that ends") {
                let sum = whole.entry(server).or_insert_with(|| vec![0; MINUTES]);
                sum.iter_mut().zip(minutes).for_each(|(sum, more)| *sum += more);
            }
        }
        whole
    })
}

/// One install from its first start to the end.
fn live(install: u64, way: Way, counts: &mut Counts) {
    let start: DateTime<Utc> = "2026-09-07T00:00:00Z".parse().expect("a moment");
    // Any number does that differs from install to install.
    let secret = install.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let installed = start + TimeDelta::seconds((secret % 86_400) as i64);
    let mut sources: Vec<(DateTime<Utc>, u32, Source)> =
        Source::ALL.into_iter().map(|source| (installed, 0, source)).collect();
    let mut hosts: BTreeMap<Host, HostTraffic> = BTreeMap::new();
    let mut relay = HostTraffic::default();
    let end = start + TimeDelta::minutes(MINUTES as i64);
    loop {
        let first = sources.iter().map(|(due, ..)| *due).min().expect("there are sources");
        let now = match way {
            Way::Direct => first,
            Way::Relayed => {
                let since = (first - installed).num_seconds();
                installed + TimeDelta::seconds((since + LOOK - 1) / LOOK * LOOK)
            }
        };
        if now >= end {
            return;
        }
        let minute = usize::try_from((now - start).num_minutes()).expect("after the start");
        let mut asked = |server, requests| {
            counts.entry(server).or_insert_with(|| vec![0; MINUTES])[minute] += requests;
        };
        let down = OUTAGE.contains(&minute);
        let carried = |source| way == Way::Relayed && national::SOURCES.contains(&source);
        let wanted = sources.iter().any(|(due, _, source)| *due <= now && carried(*source));
        let answered = wanted && relayed(&mut relay, secret, down, now, &mut asked);
        for (due, failures, source) in sources.iter_mut().filter(|(due, ..)| *due <= now) {
            let source = *source;
            let failed = if answered && carried(source) {
                None
            } else {
                let down = down && way == Way::Direct;
                directly(source, &mut hosts, secret, down, now, &mut asked)
            };
            (*due, *failures) = match failed {
                None => (schedule::after_answer(source, secret, Left::default(), now), 0),
                Some(error) => {
                    let count = *failures + 1;
                    let failure =
                        Failure { count, retry_after: error.retry_after(now), offline: false };
                    (schedule::after_failure(source, secret, failure, now), count)
                }
            };
        }
    }
}

/// What a server that is down says.
const DOWN: FetchError = FetchError::Status { status: 503, retry_after: None, reason: None };

/// Asks the relay for its file about itself and for each place; whether it answered. It rests after
/// failures as every host does.
fn relayed(
    traffic: &mut HostTraffic,
    secret: u64,
    down: bool,
    now: DateTime<Utc>,
    asked: &mut impl FnMut(Server, u32),
) -> bool {
    // Stands in for the relay where the ledger spreads rests by the name of a host; nobody else
    // asks it here.
    const NAMED: Host = Host::GeoApi;
    let Ok(booked) = book(traffic, NAMED, 1.0, false, now) else {
        return false;
    };
    *traffic = booked;
    asked(Server::Relay, if down { 1 } else { 1 + PLACES });
    let failed = down.then_some(DOWN);
    if let Some(after) = settled(traffic, NAMED, secret, failed.as_ref(), now) {
        *traffic = after;
    }
    !down
}

/// Asks a producer; why it did not answer.
fn directly(
    source: Source,
    hosts: &mut BTreeMap<Host, HostTraffic>,
    secret: u64,
    down: bool,
    now: DateTime<Utc>,
    asked: &mut impl FnMut(Server, u32),
) -> Option<FetchError> {
    let (host, requests) = cost(source);
    let traffic = hosts.entry(host).or_default();
    match book(traffic, host, 1.0, false, now) {
        Err(refused) => Some(refused),
        Ok(booked) => {
            *traffic = booked;
            asked(Server::Producer(host), if down { 1 } else { requests });
            let failed = down.then_some(DOWN);
            if let Some(after) = settled(traffic, host, secret, failed.as_ref(), now) {
                *traffic = after;
            }
            failed
        }
    }
}

/// Requests per second.
struct Rates {
    mean: f64,
    peak: f64,
    during: f64,
    after: f64,
}

impl Rates {
    fn of(minutes: &[u32]) -> Self {
        let peak = |of: &[u32]| f64::from(of.iter().copied().max().unwrap_or_default()) / 60.0;
        let ordinary = &minutes[ORDINARY];
        let mean = ordinary.iter().map(|it| f64::from(*it)).sum::<f64>() / ordinary.len() as f64;
        Self {
            mean: mean / 60.0,
            peak: peak(ordinary),
            during: peak(&minutes[OUTAGE]),
            after: peak(&minutes[OUTAGE.end..]),
        }
    }

    /// The peak of an ordinary day over its mean. Below one request a second chance is all there is.
    fn ratio(&self) -> f64 {
        if self.mean < 1.0 { 0.0 } else { self.peak / self.mean }
    }

    /// The peak after the outage over the mean of an ordinary day.
    fn herd(&self) -> f64 {
        if self.mean < 1.0 { 0.0 } else { self.after / self.mean }
    }
}

/// The peak at a producer from the outage of the relay on, over its mean without a relay; `None` for
/// the relay itself, and below one request a second.
fn instead(minutes: &[u32], direct: Option<&Vec<u32>>) -> Option<f64> {
    let usual = Rates::of(direct?).mean;
    let it = Rates::of(minutes);
    (usual >= 1.0).then(|| it.during.max(it.after) / usual)
}

/// Requests of an ordinary day and install: to producers, and to the relay.
fn per_install(counts: &Counts, installs: u64) -> (f64, f64) {
    let sum = |relay| {
        let of = counts.iter().filter(|(server, _)| (**server == Server::Relay) == relay);
        of.flat_map(|(_, minutes)| &minutes[ORDINARY]).map(|it| f64::from(*it)).sum::<f64>()
    };
    (sum(false) / installs as f64, sum(true) / installs as f64)
}

fn table(counts: &Counts, installs: u64, direct: Option<&Counts>) -> String {
    let mut out = format!("{installs} installs, requests per second of each host\n\n");
    let mut head =
        vec!["host", "mean", "peak", "peak ÷ mean", "in the outage", "after it", "after ÷ mean"];
    head.extend(direct.map(|_| "outage or after ÷ mean without a relay"));
    let _ = writeln!(out, "| {} |", head.join(" | "));
    let _ = writeln!(out, "| --- {}|", "| ---: ".repeat(head.len() - 1));
    // A host that is asked only in the outage has no mean to compare with.
    let ratio = |of: f64, mean: f64| match mean {
        0.0 => "–".to_owned(),
        mean => format!("{:.2}", of / mean),
    };
    for (server, minutes) in counts {
        let it = Rates::of(minutes);
        let mut cells = vec![
            server.to_string(),
            format!("{:.2}", it.mean),
            format!("{:.2}", it.peak),
            ratio(it.peak, it.mean),
            format!("{:.2}", it.during),
            format!("{:.2}", it.after),
            ratio(it.after, it.mean),
        ];
        cells.extend(direct.map(|direct| {
            let instead = instead(minutes, direct.get(server));
            instead.map_or_else(|| "–".to_owned(), |ratio| format!("{ratio:.2}"))
        }));
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    }
    let (of_producers, of_relay) = per_install(counts, installs);
    let _ = write!(out, "\nRequests a day and install: {of_producers:.2}");
    if direct.is_some() {
        let _ = write!(out, " to producers, {of_relay:.2} to the relay");
    }
    out.push('\n');
    out
}

/// How often a day something new may be published: so long an edge of a CDN keeps a file.
const PUBLICATIONS: f64 = 48.0;

/// What is left to the relay's own server behind a CDN of so many edges, each of which asks for a
/// file once between two publications at most. Places are where people live.
fn behind_edges(counts: &Counts, installs: u64) -> String {
    let (_, of_relay) = per_install(counts, installs);
    let people: f64 = communes::all().iter().map(|it| f64::from(it.population)).sum();
    let of_places = of_relay * f64::from(PLACES) / f64::from(PLACES + 1);
    let at_origin = |installs: f64, edges: f64| {
        let asked = of_places * installs / PUBLICATIONS / edges;
        // The chance that somebody asks an edge for a commune between two publications.
        let chance = |population: u32| 1.0 - (-asked * f64::from(population) / people).exp();
        let communes: f64 = communes::all().iter().map(|it| chance(it.population)).sum();
        (communes + 1.0) * edges * PUBLICATIONS / 86_400.0
    };
    let mut out = "\n| installs | requests/s | left by 1 edge | by 20 | by 200 |\n".to_owned();
    out.push_str("| ---: | ---: | ---: | ---: | ---: |\n");
    for installs in [installs as f64, installs as f64 * 10.0] {
        let all = of_relay * installs / 86_400.0;
        let left = [1.0, 20.0, 200.0].map(|edges| format!("{:.1}", at_origin(installs, edges)));
        let _ = writeln!(out, "| {installs:.0} | {all:.0} | {} |", left.join(" | "));
    }
    out
}

/// The requests of each host from the ordinary day on, in steps of ten minutes.
fn picture(counts: &Counts, way: Way) -> String {
    const WIDTH: usize = 860;
    const ROW: usize = 74;
    let height = counts.len() * ROW + 40;
    let first = ORDINARY.start;
    let across = |minute: usize| {
        let share = (minute - first) as f64 / (MINUTES - first) as f64;
        10.0 + share * (WIDTH - 20) as f64
    };
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" \
         font-family=\"sans-serif\" font-size=\"12\" role=\"img\">\n\
         <title>Requests per second of each host: an ordinary day, six hours of outage, the day after</title>\n\
         <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#ffffff\"/>\n"
    );
    let (from, to) = (across(OUTAGE.start), across(OUTAGE.end));
    let _ = writeln!(
        svg,
        "<rect x=\"{from:.1}\" y=\"20\" width=\"{:.1}\" height=\"{}\" fill=\"#fde4c8\"/>\n\
         <text x=\"{from:.1}\" y=\"15\" fill=\"#5b3a00\">{} down</text>",
        to - from,
        counts.len() * ROW,
        match way {
            Way::Direct => "all hosts",
            Way::Relayed => "the relay",
        }
    );
    for (row, (host, minutes)) in counts.iter().enumerate() {
        let bottom = (row + 1) * ROW + 16;
        let steps: Vec<f64> = minutes[first..]
            .chunks(10)
            .map(|ten| ten.iter().map(|it| f64::from(*it)).sum::<f64>() / (ten.len() * 60) as f64)
            .collect();
        let highest = steps.iter().copied().fold(0.0_f64, f64::max).max(f64::MIN_POSITIVE);
        let points: Vec<_> = steps
            .iter()
            .enumerate()
            .map(|(at, rate)| {
                let down = bottom as f64 - rate / highest * (ROW as f64 - 24.0);
                format!("{:.1},{down:.1}", across(first + at * 10))
            })
            .collect();
        let _ = writeln!(
            svg,
            "<text x=\"10\" y=\"{}\" fill=\"#222222\">{host}, up to {highest:.1}/s</text>\n\
             <polyline fill=\"none\" stroke=\"#005f73\" stroke-width=\"1.2\" points=\"{}\"/>",
            bottom - ROW + 18,
            points.join(" ")
        );
    }
    let _ = writeln!(
        svg,
        "<text x=\"10\" y=\"{}\" fill=\"#222222\">three days, UTC; each host on its own scale</text>\n</svg>",
        height - 8
    );
    svg
}
