//! A million installs on a virtual clock: what they ask of each host on an ordinary day, while all
//! hosts are down for six hours, and after that. Run by `cargo xtask simulate`.
//!
//! The schedule and the ledger are the real ones; only the hosts are pretended. Each install has
//! three places in one area, is always on, and nobody opens it.

#![expect(clippy::print_stdout, reason = "its table is what it is run for")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::thread;

use chrono::{DateTime, TimeDelta, Utc};
use ecosante_domain::reading::Source;
use ecosante_engine::http::FetchError;
use ecosante_engine::ledger::{book, settled};
use ecosante_engine::schedule::{self, Failure, Left};
use ecosante_engine::store::HostTraffic;
use ecosante_engine::upstream::Host;

/// The days that are lived through: two to settle, an ordinary one, one with the outage, one after.
const DAYS: usize = 5;
const MINUTES: usize = DAYS * 1440;

/// The ordinary day, in minutes from the beginning.
const ORDINARY: std::ops::Range<usize> = 2880..4320;

/// The outage of all hosts, in minutes from the beginning: six hours from 09:00 UTC on.
const OUTAGE: std::ops::Range<usize> = 4320 + 540..4320 + 900;

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

type Counts = BTreeMap<Host, Vec<u32>>;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let installs: u64 =
        arguments.next().and_then(|it| it.parse().ok()).expect("a number of installs");
    let svg: PathBuf = arguments.next().expect("where the picture goes").into();
    let workers = thread::available_parallelism().map_or(1, usize::from) as u64;
    let counts = thread::scope(|scope| {
        let workers: Vec<_> = (0..workers)
            .map(|worker| {
                scope.spawn(move || {
                    let mut counts = Counts::new();
                    (worker..installs)
                        .step_by(workers as usize)
                        .for_each(|install| live(install, &mut counts));
                    counts
                })
            })
            .collect();
        let mut whole = Counts::new();
        for worker in workers {
            for (host, minutes) in worker.join().expect("a worker that ends") {
                let sum = whole.entry(host).or_insert_with(|| vec![0; MINUTES]);
                sum.iter_mut().zip(minutes).for_each(|(sum, more)| *sum += more);
            }
        }
        whole
    });
    print!("{}", table(&counts, installs));
    std::fs::write(&svg, picture(&counts)).expect("the picture can be written");
    println!("\nPicture: {}", svg.display());
    let steep: Vec<_> =
        counts.iter().filter(|(_, minutes)| Rates::of(minutes).ratio() > 1.5).collect();
    assert!(steep.is_empty(), "the peak of an ordinary day is more than 1.5 times its mean");
    let herds: Vec<_> =
        counts.iter().filter(|(_, minutes)| Rates::of(minutes).herd() > 4.0).collect();
    assert!(herds.is_empty(), "a herd after the outage");
    let a_day = per_install(&counts, installs);
    assert!(a_day <= 12.0, "{a_day} requests a day and install");
}

/// One install from its first start to the end.
fn live(install: u64, counts: &mut Counts) {
    let start: DateTime<Utc> = "2026-09-07T00:00:00Z".parse().expect("a moment");
    // Any number does that differs from install to install.
    let secret = install.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let installed = start + TimeDelta::seconds((secret % 86_400) as i64);
    let mut sources: Vec<(DateTime<Utc>, u32, Source)> =
        Source::ALL.into_iter().map(|source| (installed, 0, source)).collect();
    let mut hosts: BTreeMap<Host, HostTraffic> = BTreeMap::new();
    let end = start + TimeDelta::minutes(MINUTES as i64);
    loop {
        let next = sources.iter_mut().min_by_key(|(due, ..)| *due).expect("there are sources");
        let (now, source) = (next.0, next.2);
        if now >= end {
            return;
        }
        let minute = usize::try_from((now - start).num_minutes()).expect("after the start");
        let (host, requests) = cost(source);
        let traffic = hosts.entry(host).or_default();
        let failed = match book(traffic, host, 1.0, false, now) {
            Err(refused) => Some(refused),
            Ok(booked) => {
                *traffic = booked;
                let down = OUTAGE.contains(&minute);
                let minutes = counts.entry(host).or_insert_with(|| vec![0; MINUTES]);
                minutes[minute] += if down { 1 } else { requests };
                let down = FetchError::Status { status: 503, retry_after: None, reason: None };
                let failed = OUTAGE.contains(&minute).then_some(down);
                if let Some(after) = settled(traffic, host, secret, failed.as_ref(), now) {
                    *traffic = after;
                }
                failed
            }
        };
        (next.0, next.1) = match failed {
            None => (schedule::after_answer(source, secret, Left::default(), now), 0),
            Some(error) => {
                let count = next.1 + 1;
                let failure =
                    Failure { count, retry_after: error.retry_after(now), offline: false };
                (schedule::after_failure(source, secret, failure, now), count)
            }
        };
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

fn per_install(counts: &Counts, installs: u64) -> f64 {
    let sum = |minutes: &Vec<u32>| minutes[ORDINARY].iter().map(|it| f64::from(*it)).sum::<f64>();
    counts.values().map(sum).sum::<f64>() / installs as f64
}

fn table(counts: &Counts, installs: u64) -> String {
    let mut out = format!("{installs} installs, requests per second of each host\n\n");
    let head = ["host", "mean", "peak", "peak ÷ mean", "in the outage", "after it", "after ÷ mean"];
    let _ = writeln!(out, "| {} |", head.join(" | "));
    let _ = writeln!(out, "| --- {}|", "| ---: ".repeat(head.len() - 1));
    for (host, minutes) in counts {
        let it = Rates::of(minutes);
        let _ = writeln!(
            out,
            "| {host} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} |",
            it.mean,
            it.peak,
            it.peak / it.mean,
            it.during,
            it.after,
            it.after / it.mean
        );
    }
    let _ = write!(out, "\nRequests a day and install: {:.2}\n", per_install(counts, installs));
    out
}

/// The requests of each host from the ordinary day on, in steps of ten minutes.
fn picture(counts: &Counts) -> String {
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
         <text x=\"{from:.1}\" y=\"15\" fill=\"#5b3a00\">all hosts down</text>",
        to - from,
        counts.len() * ROW
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
