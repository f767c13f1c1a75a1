//! Wrong answers, each wrong in its own way only.

use std::io::{BufReader, Read};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use serde_json::{Value, json};

use super::client::{Response, air, ask, atmo, episodes, get, moment, pollen, quiet, rest};
use crate::{BOMB_BYTES, Fault, HUGE_BYTES, Replay, Window, World, host};

fn afternoon() -> Replay {
    Replay::start(quiet("2026-09-08T16:00:00+02:00"))
}

fn lyon() -> String {
    atmo("code_zone='69123'", "")
}

fn lyon_air() -> String {
    air("latitude=45.8&longitude=4.8&hourly=ozone")
}

/// The answer for Lyon's index while its host has this fault.
fn failing(fault: Fault) -> Response {
    let replay = afternoon();
    replay.fault(host::ATMO, fault);
    get(&replay, &lyon())
}

#[test]
fn a_fault_is_of_one_host_until_it_is_cleared() {
    let replay = afternoon();
    replay.fault(host::ATMO, Fault::status(503));
    assert_eq!(get(&replay, &lyon()).status, 503);
    assert_eq!(get(&replay, &lyon()).status, 503);
    assert_eq!(get(&replay, &lyon_air()).status, 200);
    assert_eq!(replay.requests().len(), 3, "a request counts, whatever it gets");
    replay.fault(host::ATMO, None);
    assert_eq!(get(&replay, &lyon()).status, 200);
}

#[test]
fn a_fault_may_be_of_one_layer_of_a_host() {
    let replay = afternoon();
    let of = |layer: &str| {
        let asked = match layer {
            host::ATMO_POLLEN => pollen("code_zone='69123'", ""),
            _ => lyon(),
        };
        get(&replay, &asked).status
    };
    replay.fault(host::ATMO_POLLEN, Fault::status(503));
    assert_eq!((of(host::ATMO_POLLEN), of(host::ATMO_INDEX)), (503, 200));
    replay.fault(host::ATMO_POLLEN, None);
    replay.fault_next(host::ATMO_INDEX, 1, Fault::status(500));
    replay.fault(host::ATMO, Fault::status(502));
    // The narrower fault first, and after its last answer the wider one.
    let statuses = [host::ATMO_POLLEN, host::ATMO_INDEX, host::ATMO_INDEX].map(of);
    assert_eq!(statuses, [502, 500, 502]);
    let asked = [host::ATMO, host::ATMO_INDEX, host::ATMO_POLLEN, host::ATMO_EPISODES];
    assert_eq!(asked.map(|of| replay.requests_to(of).len()), [5, 3, 2, 0]);
}

#[test]
fn a_fault_may_be_over_after_some_answers() {
    let replay = afternoon();
    replay.fault_next(host::ATMO, 2, Fault::status(500));
    let statuses: Vec<u16> = (0..3).map(|_| get(&replay, &lyon()).status).collect();
    assert_eq!(statuses, [500, 500, 200]);
}

#[test]
fn a_status_may_say_when_to_come_back() {
    let answer = failing(Fault::Status {
        code: 429,
        retry_after: Some("120".to_owned()),
        body: "slow down".to_owned(),
    });
    assert_eq!((answer.status, answer.text().as_str()), (429, "slow down"));
    assert_eq!(answer.header("retry-after").as_deref(), Some("120"));
}

#[test]
fn open_meteo_says_which_limit_was_passed_and_not_until_when() {
    let replay = afternoon();
    for (window, word) in
        [(Window::Minutely, "Minutely"), (Window::Hourly, "Hourly"), (Window::Daily, "Daily")]
    {
        replay.fault(host::OPEN_METEO_AIR, Fault::TooManyRequests(window));
        let answer = get(&replay, &lyon_air());
        assert_eq!((answer.status, answer.header("retry-after")), (429, None));
        let reason = answer.json()["reason"].as_str().unwrap().to_owned();
        assert!(reason.starts_with(&format!("{word} API request limit exceeded")), "{reason}");
    }
}

#[test]
fn a_body_that_is_not_json_comes_with_status_200() {
    for (fault, start) in [
        (Fault::Xml200, "<?xml"),
        (Fault::Html200, "<!DOCTYPE html>"),
        (Fault::Truncated, "{\"type\""),
        (Fault::EmptyBody, ""),
        (Fault::Nan, "{\"type\""),
    ] {
        let answer = failing(fault.clone());
        assert_eq!(answer.status, 200, "{fault:?}");
        assert!(!answer.is_json() && answer.text().starts_with(start), "{fault:?}");
        let length = answer.header("content-length").unwrap();
        assert_eq!(length, answer.body.len().to_string(), "{fault:?}: the length is true");
    }
}

#[test]
fn a_point_that_is_not_covered_is_not_a_number() {
    let replay = afternoon();
    replay.fault(host::OPEN_METEO_AIR, Fault::Nan);
    let text = get(&replay, &lyon_air()).text();
    assert!(text.starts_with("{\"latitude\":nan,"), "{text}");
}

/// The rows that Atmo sends for Lyon while it has this fault.
fn twisted_rows(fault: Fault) -> Vec<Value> {
    let answer = failing(fault).json();
    let rows = answer["features"].as_array().unwrap();
    rows.iter().map(|row| row["properties"].clone()).collect()
}

#[test]
fn the_rows_may_be_none_wrong_old_or_double() {
    assert!(twisted_rows(Fault::EmptyFeatures).is_empty());
    let wrong = twisted_rows(Fault::WrongZone);
    assert!(!wrong.is_empty() && wrong.iter().all(|row| row["code_zone"] != "69123"));
    let old = twisted_rows(Fault::WrongDate);
    assert_eq!(
        (&old[0]["code_zone"], &old[0]["date_ech"]),
        (&json!("69123"), &json!("2026-08-09"))
    );
    let double = twisted_rows(Fault::DuplicateRows);
    assert_eq!((double.len(), &double[0]), (6, &double[1]));
}

#[test]
fn the_hours_may_be_none_elsewhere_old_or_double() {
    let replay = afternoon();
    let answer = |fault: Fault| {
        replay.fault(host::OPEN_METEO_AIR, fault);
        get(&replay, &lyon_air()).json()
    };
    assert_eq!(answer(Fault::EmptyFeatures)["hourly"], json!({"time": [], "ozone": []}));
    assert_eq!(answer(Fault::WrongZone)["latitude"], 35.8);
    assert_eq!(answer(Fault::WrongDate)["hourly"]["time"][0], "2026-08-09T00:00");
    let double = answer(Fault::DuplicateRows);
    assert_eq!(double["hourly"]["time"][0], double["hourly"]["time"][1]);
    assert_eq!(double["hourly"]["ozone"].as_array().unwrap().len(), 240);
}

#[test]
fn a_code_that_nobody_knows_is_no_code_of_the_producer() {
    let replay = afternoon();
    replay.fault(host::ATMO, Fault::UnknownCode);
    let row = get(&replay, &lyon()).json()["features"][0]["properties"].clone();
    assert_eq!((&row["code_qual"], &row["code_zone"]), (&json!(42), &json!("69123")));
    let row = get(&replay, &episodes("date_ech>='2026-09-08'", "")).json();
    assert_eq!(row["features"][0]["properties"]["etat"], "EN COURS D'EXAMEN");
    replay.fault(host::OPEN_METEO_AIR, Fault::UnknownCode);
    assert_eq!(get(&replay, &lyon_air()).json()["hourly"]["ozone"][0], -999.0);
    replay.fault(host::RADON, Fault::UnknownCode);
    let radon = get(&replay, "www.georisques.gouv.fr/api/v1/radon?code_insee=76351").json();
    assert_eq!(radon["data"][0]["classe_potentiel"], "9");
}

#[test]
fn all_of_france_has_no_wrong_zone_but_those_overseas() {
    let replay = afternoon();
    replay.fault(host::ATMO_EPISODES, Fault::WrongZone);
    let answer = get(&replay, &episodes("date_ech>='2026-09-08'", "")).json();
    let rows = answer["features"].as_array().unwrap();
    let overseas = |row: &Value| row["properties"]["code_zone"].as_str().unwrap() < "05";
    assert!(!rows.is_empty() && rows.iter().all(overseas), "{answer}");
}

#[test]
fn a_search_may_find_nothing() {
    let replay = afternoon();
    replay.fault(host::COMMUNES, Fault::EmptyFeatures);
    replay.fault(host::OPEN_METEO_GEOCODING, Fault::EmptyFeatures);
    assert_eq!(get(&replay, "geo.api.gouv.fr/communes?nom=Lyon").json(), json!([]));
    let none = get(&replay, "geocoding-api.open-meteo.com/v1/search?name=Lyon").json();
    assert!(none.get("results").is_none());
}

#[test]
fn a_reset_comes_before_the_headers_are_whole() {
    let replay = afternoon();
    replay.fault(host::ATMO, Fault::Reset);
    let (raw, error) = rest(&mut ask(&replay, &lyon(), ""));
    assert!(!raw.windows(4).any(|it| it == b"\r\n\r\n"), "{}", String::from_utf8_lossy(&raw));
    assert_eq!(error.map(|error| error.kind()), Some(std::io::ErrorKind::ConnectionReset));
}

#[test]
fn a_connection_closed_early_owes_half_of_the_body() {
    let replay = afternoon();
    replay.fault(host::ATMO, Fault::CloseEarly);
    let (raw, _) = rest(&mut ask(&replay, &lyon(), ""));
    let answer = Response::parse(&raw);
    let announced: usize = answer.header("content-length").unwrap().parse().unwrap();
    assert_eq!(answer.body.len(), announced / 2);
}

#[test]
fn a_hang_ends_when_the_client_leaves() {
    let replay = afternoon();
    replay.fault(host::ATMO, Fault::Hang);
    let mut stream = ask(&replay, &lyon(), "");
    stream.shutdown(Shutdown::Write).unwrap();
    assert!(rest(&mut stream).0.is_empty());
}

#[test]
fn a_hang_ends_when_the_server_stops() {
    let replay = afternoon();
    replay.fault(host::ATMO, Fault::Hang);
    let mut stream = ask(&replay, &lyon(), "");
    while replay.requests().is_empty() {
        std::thread::yield_now();
    }
    drop(replay);
    assert!(rest(&mut stream).0.is_empty());
}

#[test]
fn a_dripping_answer_is_right_in_the_end() {
    let replay = afternoon();
    replay.fault(host::COMMUNES, Fault::SlowDrip { every: Duration::from_micros(10) });
    assert_eq!(get(&replay, "geo.api.gouv.fr/communes/69123").json()["nom"], "Lyon");
}

#[test]
fn a_dripping_answer_does_not_keep_the_server_from_stopping() {
    let replay = afternoon();
    replay.fault(host::COMMUNES, Fault::SlowDrip { every: Duration::from_secs(3600) });
    let mut stream = ask(&replay, "geo.api.gouv.fr/communes/69123", "");
    let mut first = [0];
    stream.read_exact(&mut first).unwrap();
    drop(replay);
    assert_eq!((first, rest(&mut stream).0.len()), (*b"H", 0));
}

/// Reads a chunked body piece by piece, without ever holding it.
struct Chunks<R>(BufReader<R>, usize);

impl<R: Read> Read for Chunks<R> {
    fn read(&mut self, bytes: &mut [u8]) -> std::io::Result<usize> {
        use std::io::BufRead as _;

        if self.1 == 0 {
            let mut line = String::new();
            // The end of the piece before, or of the head, is an empty line.
            while line.trim().is_empty() {
                line.clear();
                self.0.read_line(&mut line)?;
            }
            self.1 = usize::from_str_radix(line.trim(), 16).map_err(std::io::Error::other)?;
        }
        let wanted = bytes.len().min(self.1);
        let read = self.0.read(&mut bytes[..wanted])?;
        self.1 -= read;
        Ok(read)
    }
}

/// The head of an answer of unknown length, and its body.
fn endless(fault: Fault) -> (Replay, String, Chunks<TcpStream>) {
    use std::io::BufRead as _;

    let replay = afternoon();
    replay.fault(host::ATMO, fault);
    let mut reader = BufReader::new(ask(&replay, &lyon(), ""));
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        reader.read_line(&mut head).unwrap();
    }
    (replay, head, Chunks(reader, 0))
}

#[test]
fn a_huge_answer_is_streamed_without_a_length() {
    let (_replay, head, mut body) = endless(Fault::Huge);
    assert!(!head.contains("content-length"), "{head}");
    assert_eq!(std::io::copy(&mut body, &mut std::io::sink()).unwrap(), HUGE_BYTES);
}

#[test]
fn a_bomb_is_small_until_it_is_inflated() {
    struct Counted<R>(R, u64);

    impl<R: Read> Read for Counted<R> {
        fn read(&mut self, bytes: &mut [u8]) -> std::io::Result<usize> {
            let read = self.0.read(bytes)?;
            self.1 += read as u64;
            Ok(read)
        }
    }

    let (_replay, head, body) = endless(Fault::GzipBomb);
    assert!(head.contains("content-encoding: gzip"), "{head}");
    let mut decoder = flate2::read::GzDecoder::new(Counted(body, 0));
    let inflated = std::io::copy(&mut decoder, &mut std::io::sink()).unwrap();
    assert_eq!(inflated, BOMB_BYTES);
    assert!(decoder.get_ref().1 < BOMB_BYTES / 100, "{} bytes", decoder.get_ref().1);
}

#[test]
fn who_leaves_during_a_huge_answer_leaves_the_server_alive() {
    let (replay, _, body) = endless(Fault::Huge);
    drop(body);
    assert_eq!(get(&replay, &lyon_air()).status, 200);
}

#[test]
fn nobody_who_checks_certificates_talks_to_the_tls_server() {
    let replay = Replay::start_tls(World::quiet(moment("2026-09-08T16:00:00+02:00")));
    assert!(replay.gateway().starts_with("https://127.0.0.1:"));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth();
    let name = "127.0.0.1".try_into().unwrap();
    let session = ClientConnection::new(Arc::new(config), name).unwrap();
    let socket = TcpStream::connect(&replay.gateway()["https://".len()..]).unwrap();
    let error = StreamOwned::new(session, socket).read(&mut [0]).unwrap_err();
    assert!(error.to_string().contains("invalid peer certificate"), "{error}");
    assert!(replay.requests().is_empty());
}
