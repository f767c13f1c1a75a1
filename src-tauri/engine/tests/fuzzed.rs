//! What the fuzzer looks for, in the ordinary tests: every parser over true answers, whole, cut and
//! damaged. The targets are those of `tests/fuzz/`.

#![expect(clippy::unwrap_used, reason = "a seed that cannot be had should stop with a trace")]

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use chrono::{DateTime, NaiveDate};
use ecosante_domain::place::Coordinates;
use ecosante_engine::upstream::{AtmoZones, EpisodeZones, Upstream};
use ecosante_replay::{Replay, World, host};

#[path = "../../../tests/fuzz/targets.rs"]
#[expect(unreachable_pub, reason = "it is a library for the fuzzer")]
mod targets;

use targets::{Fuzzed, TARGETS};

/// The body with which the server answers a question, without compression.
fn asked(replay: &Replay, url: &str) -> Vec<u8> {
    let address = replay.gateway().replace("http://", "");
    let path = url.strip_prefix("https://").unwrap();
    let mut wire = TcpStream::connect(&address).unwrap();
    write!(
        wire,
        "GET /{path} HTTP/1.1\r\nhost: {address}\r\napikey: key\r\nconnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = Vec::new();
    wire.read_to_end(&mut answer).unwrap();
    let head = answer.windows(4).position(|it| it == b"\r\n\r\n").unwrap() + 4;
    let status = String::from_utf8_lossy(&answer[..12]).into_owned();
    assert!(["HTTP/1.1 200", "HTTP/1.1 206"].contains(&status.as_str()), "{status} to {url}");
    answer.split_off(head)
}

fn point(place: &str) -> Coordinates {
    let place = targets::places().into_iter().find(|it| {
        let name = it.commune.as_ref().map_or("", |commune| commune.name.as_str());
        name == place
    });
    place.and_then(|place| place.coordinates).unwrap()
}

/// The address that is asked for what a target reads.
fn question(target: &str) -> String {
    let codes = ["69123", "76351", "243500139", "75056"];
    let communes = ["69123", "76351", "35238", "75056"];
    let yesterday: NaiveDate = targets::TODAY.pred_opt().unwrap();
    let points: Vec<_> = targets::places().into_iter().filter_map(|it| it.coordinates).collect();
    let lyon = point("Lyon");
    let question = match target {
        "atmo_coded" => Upstream::atmo_index(AtmoZones::Coded(&codes), yesterday),
        "atmo_around" => Upstream::atmo_index(AtmoZones::Around(lyon), yesterday),
        "pollen" => Upstream::pollen_index(&communes, yesterday),
        "episodes_france" => Upstream::episodes(EpisodeZones::All, yesterday),
        "episodes_around" => Upstream::episodes(EpisodeZones::Around(lyon), yesterday),
        "air_quality" => Upstream::air_quality(&points),
        "forecast" => Upstream::forecast(&points),
        "vigilance_mirror" => Upstream::vigilance_mirror(&["69", "76", "7610", "35", "3510"], 0),
        "vigilance_card" => Upstream::vigilance_card("key"),
        "vigilance_tree" => Upstream::vigilance_tree(),
        "hubeau" => Upstream::drinking_water(&communes, "2025-09-08".parse().unwrap()),
        "georisques" => Upstream::radon(&["69381", "76351", "35238", "75101"]),
        "communes" => Upstream::commune("69123"),
        "addresses" => Upstream::address_at(lyon),
        "world_search" => Upstream::search("Bruxelles", "fr"),
        "time_zone" => Upstream::time_zone(lyon),
        _ => panic!("no question for {target}: add it here"),
    };
    // The tree lies elsewhere, which the client follows.
    let elsewhere = host::VIGILANCE_STORE;
    match target {
        "vigilance_tree" => question.url().replace(host::VIGILANCE_ARCHIVE, elsewhere),
        _ => question.url(),
    }
}

/// What the pretended upstreams say to what a target reads.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let today: DateTime<_> = targets::TODAY.and_time(targets::TIME).and_utc().fixed_offset();
    let worlds = [World::quiet(today), World::demo(today)];
    worlds.map(|world| asked(&Replay::start(world), &question(target))).to_vec()
}

/// How many times each seed is cut, and damaged.
const VARIANTS: usize = 60;

/// A seed whole, then cut and damaged at places that are the same every time.
fn variants(seed: &[u8]) -> Vec<Vec<u8>> {
    let mut all = vec![seed.to_vec()];
    // Xorshift, for places all over the seed.
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut below = |most: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % u64::try_from(most.max(1)).unwrap()).unwrap()
    };
    for _ in 0..VARIANTS {
        all.push(seed[..below(seed.len())].to_vec());
        let mut flipped = seed.to_vec();
        // Most damage ends the JSON; another digit or letter, and a row less, does not.
        for _ in 0..=below(3) {
            let at = below(seed.len());
            flipped[at] = match flipped[at] {
                b'0'..=b'9' => b"0123456789-.e"[below(13)],
                b'a'..=b'z' | b'A'..=b'Z' => b"aAzZ09 _"[below(8)],
                other => other ^ (1 << below(8)),
            };
        }
        all.push(flipped);
        // Long figures, and a part of the answer repeated.
        let mut grown = seed.to_vec();
        let digits: Vec<usize> = (0..seed.len()).filter(|at| seed[*at].is_ascii_digit()).collect();
        if let Some(at) = digits.get(below(digits.len())) {
            let more: &[u8] = [&b"99999999999"[..], b"e308", b".5", b"-", b"0"][below(5)];
            grown.splice(at..at, more.iter().copied());
        }
        all.push(grown);
    }
    all
}

/// Runs a target; says under which name and over what it broke.
fn run(name: &str, target: Fuzzed, body: &[u8], what: &str) -> bool {
    let ran = catch_unwind(AssertUnwindSafe(|| target(body)));
    let shown = String::from_utf8_lossy(&body[..body.len().min(2000)]).into_owned();
    ran.unwrap_or_else(|_| panic!("{name} broke over {what} of {} bytes: {shown}", body.len()))
}

#[test]
fn every_parser_bears_its_own_answers_whole_cut_and_damaged() {
    thread::scope(|threads| {
        for half in TARGETS.chunks(TARGETS.len().div_ceil(2)) {
            threads.spawn(move || {
                for (name, target) in half {
                    for (at, seed) in seeds(name).iter().enumerate() {
                        assert!(target(seed), "{name}: seed {at} is no answer");
                        for (number, body) in variants(seed).iter().enumerate() {
                            run(name, *target, body, &format!("variant {number} of seed {at}"));
                        }
                    }
                }
            });
        }
    });
}

#[test]
fn every_parser_bears_the_answers_of_all_others() {
    let seeds: Vec<_> = TARGETS.iter().map(|(name, _)| (*name, seeds(name).remove(0))).collect();
    let odd = [&b""[..], b"nan", b"null", b"[]", b"{}", b"[null]", b"{\"error\":true}", b"\xff"];
    for (name, target) in TARGETS {
        for (of, seed) in &seeds {
            run(name, *target, seed, &format!("the answer for {of}"));
        }
        for body in odd {
            run(name, *target, body, "next to nothing");
        }
    }
}

#[test]
fn every_parser_bears_recorded_answers_where_they_are_at_hand() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/payloads");
    let Ok(files) = fs::read_dir(folder) else { return };
    for file in files {
        let path = file.unwrap().path();
        let Ok(recorded) = fs::read(&path) else { continue };
        let damaged = if recorded.len() < 300_000 { variants(&recorded) } else { Vec::new() };
        for (name, target) in TARGETS {
            run(name, *target, &recorded, &path.display().to_string());
            for body in damaged.iter().step_by(6) {
                run(name, *target, body, &format!("{}, damaged", path.display()));
            }
        }
    }
}
