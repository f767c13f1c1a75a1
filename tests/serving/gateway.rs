//! `gateway.conf` before the replay server, which stands in for all producers.

use std::collections::BTreeSet;
use std::thread;
use std::time::Duration;

use ecosante_engine::http::{HttpClient, HttpOptions};
use ecosante_engine::upstream::{Host, Upstream};
use ecosante_replay::{Fault, Replay, World, host};

use crate::exchange::{ask, get};
use crate::nginx::Nginx;

/// Where Lyon lies, of the producer whose answers hold for a day.
const LYON: &str = "/geo.api.gouv.fr/communes?code=69123&fields=code,nom,centre&format=json";

fn producers() -> Replay {
    Replay::start(World::quiet(
        "2026-09-08T18:10:00+02:00".parse::<chrono::DateTime<_>>().expect("a moment"),
    ))
}

#[test]
fn fifty_who_ask_the_same_at_once_are_one_question() {
    let replay = producers();
    let nginx = Nginx::gateway(&replay.gateway(), false);
    // The answer takes so long that all have come before it is there.
    replay.fault(host::COMMUNES, Fault::SlowDrip { every: Duration::from_millis(5) });
    let port = nginx.port;
    let bodies: Vec<String> = thread::scope(|scope| {
        let askers: Vec<_> = (0..50).map(|_| scope.spawn(move || get(port, LYON, &[]))).collect();
        askers
            .into_iter()
            .map(|asker| {
                let reply = asker.join().expect("an answer");
                assert_eq!(reply.status, 200);
                reply.text()
            })
            .collect()
    });
    assert!(bodies[0].contains("Lyon"), "{}", bodies[0]);
    assert_eq!(bodies.iter().collect::<BTreeSet<_>>().len(), 1);
    assert_eq!(replay.requests().len(), 1);
    get(port, &LYON.replace("69123", "75056"), &[]);
    assert_eq!(replay.requests().len(), 2, "another question is another answer");
}

#[test]
fn nothing_of_who_asks_goes_on_but_the_name_of_the_app() {
    let replay = producers();
    let nginx = Nginx::gateway(&replay.gateway(), false);
    let of_asker = [
        ("user-agent", "Ecosante/9 (+https://example.org)"),
        ("cookie", "who=me"),
        ("referer", "https://example.org/my-town"),
        ("x-forwarded-for", "192.0.2.7"),
        ("forwarded", "for=192.0.2.7"),
        ("authorization", "Bearer me"),
        ("accept-language", "fr"),
        ("if-none-match", "\"mine\""),
    ];
    let reply = get(nginx.port, LYON, &of_asker);
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("set-cookie"), None);
    let requests = replay.requests();
    let [request] = requests.as_slice() else { panic!("{requests:?}") };
    let names: BTreeSet<_> = request.headers.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["accept", "accept-encoding", "host", "user-agent"].into());
    assert_eq!(request.user_agent.as_deref(), Some("Ecosante/9 (+https://example.org)"));
    assert_eq!(request.header("host"), Some("geo.api.gouv.fr"));
}

#[test]
fn it_leads_to_the_hosts_of_the_engine_and_to_no_other() {
    let replay = producers();
    let nginx = Nginx::gateway(&replay.gateway(), false);
    // A relay has no name of its own.
    for known in Host::ALL.into_iter().filter(|known| *known != Host::Relay) {
        let path = format!("/{known}/nothing/at%20all?and=%2F");
        let reply = get(nginx.port, &path, &[]);
        // A person's own key is not used behind a gateway.
        if known == Host::MeteoFrance {
            assert_eq!(reply.status, 403);
        } else {
            assert_eq!(reply.status, 404, "{known}");
            let requests = replay.requests_to(known.name());
            assert_eq!(requests.len(), 1, "{known}");
            assert_eq!(requests[0].path, "/nothing/at%20all", "as it was sent");
            assert_eq!(requests[0].parameter("and"), Some("/"));
        }
    }
    replay.forget_requests();
    for path in [
        "/example.org/",
        "/data.atmo-france.org",
        "/data.atmo-france.org.example.org/geoserver",
        "/data.atmo-france.org:81/geoserver",
        "/me@data.atmo-france.org/geoserver",
        "/dataXatmo-france.org/geoserver",
        "/example.org/../data.atmo-france.org/geoserver",
        "/data.atmo-france.org/../example.org/",
        "/data.atmo-france.org%2f..%2fexample.org/",
        "/bucket.s3.rbx.io.cloud.ovh.net/anything.json",
        "/bucket.s3.rbx.io.cloud.ovh.net/a?vigilance-hexagone-tree.json",
        "/127.0.0.1/",
        "http://example.org/",
        "/",
    ] {
        let reply = get(nginx.port, path, &[]);
        assert!([400, 403].contains(&reply.status), "{path}: {}", reply.status);
    }
    assert_eq!(replay.requests(), []);
    let reply = ask(nginx.port, "POST", LYON, &[("content-length", "0")]);
    assert_eq!((reply.status, reply.header("allow")), (405, Some("GET, HEAD")));
    assert_eq!(replay.requests(), []);
}

#[test]
fn the_tree_of_the_archive_is_had_where_the_archive_sends_on_to() {
    let replay = producers();
    let nginx = Nginx::gateway(&replay.gateway(), false);
    let path = format!("/{}/data/vigilance-hexagone-tree.json", host::VIGILANCE_STORE);
    get(nginx.port, &path, &[]);
    assert_eq!(replay.requests_to(host::VIGILANCE_STORE).len(), 1);
}

#[test]
fn while_a_producer_is_down_its_last_answer_is_given() {
    let replay = producers();
    let nginx = Nginx::gateway(&replay.gateway(), true);
    let first = get(nginx.port, LYON, &[]);
    assert_eq!((first.status, first.header("x-cache")), (200, Some("MISS")));
    replay.fault(host::COMMUNES, Fault::status(503));
    let mut states = BTreeSet::new();
    // Until it has been old, and asked for in vain: after some seconds.
    for _ in 0..1500 {
        if replay.requests().len() >= 3 {
            break;
        }
        let reply = get(nginx.port, LYON, &[]);
        assert_eq!((reply.status, reply.text()), (200, first.text()));
        states.insert(reply.header("x-cache").expect("where it is from").to_owned());
        thread::sleep(Duration::from_millis(20));
    }
    assert!(replay.requests().len() >= 3, "never asked again: {states:?}");
    assert!(states.iter().any(|state| ["STALE", "UPDATING"].contains(&state.as_str())));
    drop(replay);
    let reply = get(nginx.port, LYON, &[]);
    assert_eq!((reply.status, reply.text()), (200, first.text()));
}

#[test]
fn a_producer_that_fails_with_nothing_kept_is_not_asked_by_everybody() {
    let replay = producers();
    let nginx = Nginx::gateway(&replay.gateway(), false);
    replay.fault(host::COMMUNES, Fault::status(503));
    for _ in 0..10 {
        assert_eq!(get(nginx.port, LYON, &[]).status, 503);
    }
    assert_eq!(replay.requests().len(), 1);
}

#[test]
fn one_packed_answer_is_kept_for_all() {
    let replay = producers();
    let nginx = Nginx::gateway(&replay.gateway(), false);
    let packed = get(nginx.port, LYON, &[("accept-encoding", "gzip")]);
    assert_eq!(packed.header("content-encoding"), Some("gzip"));
    let plain = get(nginx.port, LYON, &[]);
    assert_eq!((plain.header("content-encoding"), plain.header("x-cache")), (None, Some("HIT")));
    assert!(plain.text().contains("Lyon"));
    assert_eq!(replay.requests().len(), 1);
}

#[test]
fn what_a_person_types_and_where_a_person_stands_is_not_kept() {
    let replay = producers();
    let nginx = Nginx::gateway(&replay.gateway(), false);
    for path in [
        "/data.geopf.fr/geocodage/search?q=1%20rue%20de%20Lyon&limit=5",
        "/geocoding-api.open-meteo.com/v1/search?name=Lyon&count=20&language=fr",
        "/geo.api.gouv.fr/communes?lat=45.764&lon=4.836&fields=code,nom,centre&format=json",
    ] {
        replay.forget_requests();
        for _ in 0..2 {
            assert_eq!(get(nginx.port, path, &[]).status, 200, "{path}");
        }
        assert_eq!(replay.requests().len(), 2, "{path}");
    }
}

#[test]
fn the_engine_asks_through_it() {
    let replay = producers();
    let nginx = Nginx::gateway(&replay.gateway(), false);
    let gateway = nginx.address().parse().expect("a gateway");
    let options = HttpOptions { gateway: Some(gateway), ..HttpOptions::default() };
    let http = HttpClient::new(&options).expect("a client");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let answers = runtime.expect("a runtime").block_on(async {
        let question = Upstream::commune("69123");
        [http.get(&question).await, http.get(&question).await]
    });
    for answer in answers {
        let body = answer.expect("an answer").body;
        assert!(String::from_utf8_lossy(&body).contains("Lyon"));
    }
    let requests = replay.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].user_agent.as_deref(), Some(options.user_agent.as_str()));
}
