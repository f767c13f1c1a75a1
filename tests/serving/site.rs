//! `ecosante.conf` over a publication.

use std::fs;
use std::io::Read as _;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;

use chrono::{DateTime, TimeDelta, Timelike as _, Utc};
use flate2::read::GzDecoder;

use crate::exchange::{Reply, ask, get};
use crate::nginx::{Nginx, shipped};
use crate::tree::{SECRET, publish, published};

const LYON: &str = "/v1/commune/69123.json";
const GZIP: (&str, &str) = ("accept-encoding", "br, gzip");

#[test]
fn a_file_that_is_known_is_not_sent_again() {
    let out = published();
    let nginx = Nginx::serving(out.path());
    let mut marks = Vec::new();
    for accepted in [&[GZIP][..], &[]] {
        let first = get(nginx.port, LYON, accepted);
        assert_eq!(first.status, 200);
        let mark = first.header("etag").expect("a mark").to_owned();
        assert!(mark.starts_with('"'), "a strong one: {mark}");
        let modified = first.header("last-modified").expect("a moment").to_owned();
        for known in [("if-none-match", mark.as_str()), ("if-modified-since", modified.as_str())] {
            let again = get(nginx.port, LYON, &[accepted, &[known]].concat());
            assert_eq!((again.status, again.body.len()), (304, 0), "{known:?}");
            assert!(again.header("cache-control").is_some_and(|it| it.contains("max-age=")));
            assert_eq!(again.header("access-control-allow-origin"), Some("*"));
        }
        let other = get(nginx.port, LYON, &[accepted, &[("if-none-match", "\"0-0\"")]].concat());
        assert_eq!(other.status, 200);
        marks.push(mark);
    }
    assert_ne!(marks[0], marks[1], "packed and plain are not the same bytes");
}

#[test]
fn a_new_publication_has_a_new_mark() {
    let out = published();
    let nginx = Nginx::serving(out.path());
    let before = get(nginx.port, "/v1/meta.json", &[]);
    let mark = before.header("etag").expect("a mark").to_owned();
    publish(out.path(), 10);
    let after = get(nginx.port, "/v1/meta.json", &[("if-none-match", &mark)]);
    assert_eq!((after.status, after.text().as_str()), (200, "{\"round\":10,\"end\":10}"));
}

/// Seconds from the beginning of a minute of the hour to the next publication; in the two minutes in
/// which one is being made, to the next minute.
fn to_the_next_publication(minute: u32) -> u32 {
    let since = (minute + 60 - 7) % 30;
    if since < 2 { 60 } else { (30 - since) * 60 }
}

#[test]
fn every_minute_of_the_hour_leads_to_the_next_publication() {
    let text = fs::read_to_string(shipped().join("ecosante/next-publication.conf"));
    let text = text.expect("a file that is shipped");
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("    ") && !line.contains("default"))
        .map(str::trim)
        .collect();
    let expected: Vec<String> =
        (0..60).map(|minute| format!("{minute:02} {};", to_the_next_publication(minute))).collect();
    assert_eq!(lines, expected);
    let timer = fs::read_to_string(shipped().join("../systemd/ecosante-publish.timer"));
    assert!(timer.expect("a file that is shipped").contains("\nOnCalendar=*:07,37\n"));
}

#[test]
fn an_answer_is_fresh_until_the_next_publication_has_begun() {
    let out = published();
    let nginx = Nginx::serving(out.path());
    for path in ["/", "/v1/meta.json", LYON, "/v1/widget.js"] {
        let reply = get(nginx.port, path, &[]);
        let date = DateTime::parse_from_rfc2822(reply.header("date").expect("a date"));
        let date = date.expect("a date").with_timezone(&Utc);
        let control = reply.header("cache-control").expect("how long it is fresh");
        let (age, rest) = control
            .strip_prefix("public, max-age=")
            .and_then(|control| control.split_once(", "))
            .unwrap_or_else(|| panic!("{control}"));
        assert_eq!(rest, "stale-while-revalidate=600, stale-if-error=86400");
        let until = date + TimeDelta::seconds(age.parse().expect("seconds"));
        assert!(until - date <= TimeDelta::minutes(28), "{date} to {until}");
        // By the minute: at 12:07:23 at the earliest for who asked at 23 seconds.
        let publishing = [7, 8].contains(&(date.minute() % 30));
        if publishing {
            assert_eq!(until - date, TimeDelta::minutes(1));
        } else {
            assert_eq!(until.minute() % 30, 7, "{date} to {until}");
        }
    }
}

#[test]
fn any_page_may_read_what_is_under_v1() {
    let out = published();
    let nginx = Nginx::serving(out.path());
    let origin = ("origin", "https://ville.example");
    let reply = get(nginx.port, LYON, &[origin]);
    assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
    assert!(reply.header("access-control-expose-headers").is_some_and(|it| it.contains("ETag")));
    assert_eq!(reply.header("access-control-allow-credentials"), None);
    assert_eq!(reply.header("cross-origin-resource-policy"), Some("cross-origin"));

    let asks = [
        origin,
        ("access-control-request-method", "GET"),
        ("access-control-request-headers", "if-none-match"),
    ];
    let reply = ask(nginx.port, "OPTIONS", LYON, &asks);
    assert_eq!((reply.status, reply.body.len()), (204, 0));
    assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
    assert_eq!(reply.header("access-control-allow-methods"), Some("GET, HEAD, OPTIONS"));
    let allowed = reply.header("access-control-allow-headers").expect("headers");
    assert!(allowed.to_ascii_lowercase().contains("if-none-match"));
    assert_eq!(reply.header("access-control-max-age"), Some("86400"));

    for path in ["/", "/stats/", "/v1x"] {
        assert_eq!(get(nginx.port, path, &[]).header("access-control-allow-origin"), None);
    }
    let missing = get(nginx.port, "/v1/commune/00000.json", &[origin]);
    assert_eq!(missing.header("access-control-allow-origin"), Some("*"), "a page can read why not");
}

#[test]
fn who_unpacks_gets_the_packed_file_and_who_does_not_the_plain_one() {
    let out = published();
    let nginx = Nginx::serving(out.path());
    let file = |name: &str| fs::read(out.path().join("current").join(name)).expect("a file");
    let packed = get(nginx.port, LYON, &[GZIP]);
    assert_eq!(packed.header("content-encoding"), Some("gzip"));
    assert_eq!(packed.header("vary"), Some("Accept-Encoding"));
    assert_eq!(packed.body, file("v1/commune/69123.json.gz"));
    for accepted in [&[][..], &[("accept-encoding", "br")], &[("accept-encoding", "gzip;q=0")]] {
        let plain = get(nginx.port, LYON, accepted);
        assert_eq!(plain.header("content-encoding"), None, "{accepted:?}");
        assert_eq!(plain.header("vary"), Some("Accept-Encoding"));
        assert_eq!(plain.body, file("v1/commune/69123.json"));
    }
    let small = get(nginx.port, "/v1/meta.json", &[GZIP]);
    assert_eq!(small.header("content-encoding"), None, "never packed on the way");
    assert_eq!(small.body, file("v1/meta.json"));
    assert_eq!(get(nginx.port, "/v1/commune/69123.json.gz", &[]).status, 404);
}

#[test]
fn every_kind_of_file_says_what_it_is() {
    let out = published();
    let nginx = Nginx::serving(out.path());
    for (path, kind) in [
        ("/", "text/html; charset=utf-8"),
        ("/stats/", "text/html; charset=utf-8"),
        ("/v1/meta.json", "application/json; charset=utf-8"),
        ("/v1/stats.json", "application/json; charset=utf-8"),
        ("/v1/schema/commune.json", "application/json; charset=utf-8"),
        ("/v1/france.geojson", "application/geo+json; charset=utf-8"),
        ("/v1/france.csv", "text/csv; charset=utf-8"),
        ("/v1/feed/fr/69123.atom", "application/atom+xml; charset=utf-8"),
        ("/v1/widget.js", "text/javascript; charset=utf-8"),
        ("/v1/embed.html", "text/html; charset=utf-8"),
    ] {
        let reply = get(nginx.port, path, &[]);
        assert_eq!((reply.status, reply.header("content-type")), (200, Some(kind)), "{path}");
        let head = ask(nginx.port, "HEAD", path, &[]);
        assert_eq!((head.status, head.header("content-type")), (200, Some(kind)), "{path}");
        assert!(head.body.is_empty());
    }
    let packed = get(nginx.port, LYON, &[GZIP]);
    assert_eq!(packed.header("content-type"), Some("application/json; charset=utf-8"));
}

#[track_caller]
fn assert_refused(reply: &Reply, status: u16, code: &str) {
    assert_eq!(reply.status, status, "{}", reply.text());
    assert!(reply.header("content-type").is_some_and(|it| it.starts_with("application/json")));
    let said: serde_json::Value = serde_json::from_slice(&reply.body).expect("JSON");
    assert_eq!(said["code"], code);
    assert!(said["message"].as_str().is_some_and(|text| text.ends_with('.')));
}

#[test]
fn what_is_not_published_is_said_in_the_words_of_the_contract() {
    let out = published();
    let nginx = Nginx::serving(out.path());
    let reply = get(nginx.port, "/v1/commune/99999.json", &[]);
    assert_refused(&reply, 404, "not-found");
    assert_eq!(reply.header("cache-control"), Some("public, max-age=60"));
    assert_eq!(reply.header("allow"), None);
}

#[test]
fn what_is_published_can_only_be_read() {
    let out = published();
    let nginx = Nginx::serving(out.path());
    for method in ["POST", "PUT", "DELETE", "PATCH", "PROPFIND"] {
        for path in ["/", LYON, "/v1/nothing"] {
            let reply = ask(nginx.port, method, path, &[("content-length", "0")]);
            assert_refused(&reply, 405, "method-not-allowed");
            assert_eq!(reply.header("allow"), Some("GET, HEAD, OPTIONS"), "{method} {path}");
            assert_eq!(reply.header("cache-control"), Some("no-store"));
        }
    }
}

#[test]
fn nothing_is_listed_and_nothing_else_is_reached() {
    let out = published();
    let nginx = Nginx::serving(out.path());
    for path in ["/v1/", "/v1/commune/", "/v1/feed/fr/"] {
        assert_refused(&get(nginx.port, path, &[]), 404, "not-found");
    }
    for path in [
        "/.hidden.json",
        "/v1/.git/config",
        "/%2ehidden.json",
        "/state/health.json",
        "/v1/../state/health.json",
        "/../state/health.json",
        "/v1/../../state/health.json",
        "/../../state/health.json",
        "/%2e%2e/%2e%2e/state/health.json",
        "/v1/%2e%2e/%2e%2e/%2e%2e/state/health.json",
        "/..%2f..%2fstate/health.json",
        "/v1/..%5c..%5cstate/health.json",
        "/v1/meta.json/../../../state/health.json",
        "//state/health.json",
    ] {
        let reply = get(nginx.port, path, &[]);
        assert!([400, 404].contains(&reply.status), "{path}: {}", reply.status);
        assert!(!reply.text().contains(SECRET), "{path}");
    }
}

#[test]
fn the_widgets_page_alone_is_shown_in_pages_of_others() {
    let out = published();
    let nginx = Nginx::serving(out.path());
    let policy = |path: &str| {
        let reply = get(nginx.port, path, &[]);
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(reply.header("referrer-policy"), Some("no-referrer"), "{path}");
        assert_eq!(reply.header("server"), Some("nginx"), "no version");
        reply.header("content-security-policy").expect("a policy").to_owned()
    };
    assert!(policy("/v1/embed.html").ends_with("frame-ancestors *"));
    for path in ["/", "/stats/", "/v1/meta.json", "/v1/nothing/embed.html"] {
        assert!(policy(path).ends_with("frame-ancestors 'none'"), "{path}");
    }
}

/// Of which publication a file is; the two ends agree unless it is torn.
fn round(text: &str) -> u64 {
    let file: serde_json::Value = serde_json::from_str(text).expect("a whole file");
    assert_eq!(file["round"], file["end"]);
    file["round"].as_u64().expect("a number")
}

#[test]
fn who_asks_while_publications_come_gets_whole_files_and_never_an_older_one() {
    let out = published();
    let nginx = Nginx::serving(out.path());
    let (over, asked) = (AtomicBool::new(false), AtomicU32::new(0));
    thread::scope(|scope| {
        let readers = [0, 1, 2, 3].map(|reader| {
            let (port, over, asked) = (nginx.port, &over, &asked);
            scope.spawn(move || {
                let mut last = 0;
                for turn in reader.. {
                    if over.load(Ordering::Relaxed) {
                        return;
                    }
                    let accepted = if turn % 2 == 0 { &[GZIP][..] } else { &[] };
                    let reply = get(port, LYON, accepted);
                    assert_eq!(reply.status, 200);
                    let mut text = String::new();
                    match reply.header("content-encoding") {
                        Some(_) => {
                            let mut packed = GzDecoder::new(reply.body.as_slice());
                            packed.read_to_string(&mut text).expect("a whole packed file");
                        }
                        None => text = reply.text(),
                    }
                    let round = round(&text);
                    assert!(round >= last, "{round} after {last}");
                    last = round;
                    asked.fetch_add(1, Ordering::Relaxed);
                }
            })
        });
        for round in 2..60 {
            // Some answers between any two.
            let before = asked.load(Ordering::Relaxed);
            publish(out.path(), round);
            let failed = || readers.iter().any(thread::ScopedJoinHandle::is_finished);
            while asked.load(Ordering::Relaxed) < before + 4 && !failed() {
                thread::yield_now();
            }
        }
        over.store(true, Ordering::Relaxed);
    });
    assert!(asked.into_inner() >= 58 * 4, "readers came to nothing");
}
