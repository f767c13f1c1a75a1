//! Sources that fail, each in its way: the other one goes on, nothing that is stored is lost.

use std::thread;
use std::time::Duration;

use ecosante_replay::{Fault, Replay, Window, host};
use serde_json::Value;

use crate::device::{Device, TODAY, TUESDAY, degraded_lyon, minutes_after, reading, source};

/// How a source stands after an answer.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Stands {
    /// Failed, with this code.
    Failed(&'static str),
    NotPublishedYet,
    Well,
}

use Stands::{Failed, NotPublishedYet, Well};

/// Every fault that ends by itself, and how the ATMO layer and Open-Meteo stand after it.
fn faults() -> Vec<(Fault, Stands, Stands)> {
    let both = |fault, stands| (fault, stands, stands);
    let wait = Fault::Status {
        code: 429,
        retry_after: Some("240".to_owned()),
        body: "Slow down.".to_owned(),
    };
    let mut faults: Vec<_> = [400, 403, 404, 429, 500, 503]
        .map(|code| both(Fault::status(code), Failed("http-status")))
        .into();
    faults.extend([
        both(wait, Failed("http-status")),
        both(Fault::TooManyRequests(Window::Minutely), Failed("http-status")),
        both(Fault::Xml200, Failed("not-json")),
        both(Fault::Html200, Failed("not-json")),
        both(Fault::Truncated, Failed("truncated")),
        both(Fault::Nan, Failed("not-json")),
        both(Fault::EmptyBody, Failed("not-json")),
        (Fault::EmptyFeatures, NotPublishedYet, Failed("schema")),
        both(Fault::WrongZone, Failed("schema")),
        both(Fault::WrongDate, Failed("schema")),
        (Fault::DuplicateRows, Well, Failed("schema")),
        both(Fault::Reset, Failed("interrupted")),
        both(Fault::CloseEarly, Failed("interrupted")),
        both(Fault::GzipBomb, Failed("too-large")),
        both(Fault::Huge, Failed("too-large")),
    ]);
    faults
}

fn stands(source: &Value) -> String {
    let code = source["error"]["code"].as_str().unwrap_or_default();
    format!("{} {code}", source["state"].as_str().unwrap())
}

impl Stands {
    fn word(self) -> String {
        match self {
            Failed(code) => format!("failed {code}"),
            NotPublishedYet => "not-published-yet ".to_owned(),
            Well => "ok ".to_owned(),
        }
    }
}

/// The readings of the saved place, without the time at which they were received and without how
/// the source stands that has none.
fn readings(status: &Value) -> Vec<Value> {
    let mut readings = status["places"][0]["readings"].as_array().unwrap().clone();
    for reading in &mut readings {
        for key in ["fetched_at", "instead_of"] {
            reading.as_object_mut().unwrap().remove(key);
        }
    }
    readings
}

#[test]
fn when_the_atmo_layer_fails_its_index_is_estimated_and_said_to_be() {
    for (fault, expected, _) in faults() {
        let replay = Replay::start(degraded_lyon());
        let device = Device::of_a_family(&replay);
        let now = device.at(TUESDAY);
        replay.fault(host::ATMO_INDEX, fault.clone());
        now.does("refresh");
        let status = now.status();
        let atmo = source(&status, "atmo-france");
        assert_eq!(stands(&atmo), expected.word(), "{fault:?}");
        assert_eq!(stands(&source(&status, "open-meteo")), "ok ", "{fault:?}");
        let air = reading(&status["places"][0], "air", TODAY);
        assert_eq!(air["level"], 3, "{fault:?}: {air}");
        assert_eq!(now.alerts().len(), 1, "{fault:?}: an estimate alerts too");
        if expected != Well {
            assert_eq!(air["basis"], "estimated", "{fault:?}");
            assert_eq!(air["source"], "open-meteo", "{fault:?}");
            assert_eq!(air["instead_of"]["source"], "atmo-france", "{fault:?}");
            assert!(!air["instead_of"]["state"].is_null(), "{fault:?}");
        }
        if let Failed(code) = expected {
            assert!(atmo["last_success"].is_null(), "{fault:?}");
            assert_eq!(air["instead_of"]["state"], "source-failed", "{fault:?}");
            assert_eq!(air["instead_of"]["reason"], code, "{fault:?}");
            let minutes = minutes_after(TUESDAY, &atmo["next_due"]);
            assert!((44..=125).contains(&minutes), "{fault:?}: due in {minutes} min");
            assert!(!atmo["error"]["message"].as_str().unwrap().is_empty());
        }
        an_answer_that_was_good_outlives_the_fault(
            &replay,
            &device,
            host::ATMO_INDEX,
            &fault,
            expected,
        );
    }
}

#[test]
fn when_open_meteo_fails_the_official_index_is_served_all_the_same() {
    for (fault, _, expected) in faults() {
        let replay = Replay::start(degraded_lyon());
        let device = Device::of_a_family(&replay);
        let now = device.at(TUESDAY);
        replay.fault(host::OPEN_METEO_AIR, fault.clone());
        now.does("refresh");
        let status = now.status();
        assert_eq!(stands(&source(&status, "open-meteo")), expected.word(), "{fault:?}");
        assert_eq!(stands(&source(&status, "atmo-france")), "ok ", "{fault:?}");
        let place = &status["places"][0];
        let air = reading(place, "air", TODAY);
        assert_eq!((&air["level"], &air["basis"]), (&3.into(), &"official".into()), "{fault:?}");
        let hours = place["readings"].as_array().unwrap().iter();
        let mut ozone = hours.filter(|it| it["metric"] == "concentration.o3");
        let absent = ozone.next().unwrap();
        assert!(absent["value"].is_null(), "{fault:?}: unknown is never zero: {absent}");
        assert_eq!(absent["state"], "source-failed", "{fault:?}");
        assert_eq!(now.alerts().len(), 1, "{fault:?}");
        an_answer_that_was_good_outlives_the_fault(
            &replay,
            &device,
            host::OPEN_METEO_AIR,
            &fault,
            expected,
        );
    }
}

fn an_answer_that_was_good_outlives_the_fault(
    replay: &Replay,
    device: &Device,
    host: &str,
    fault: &Fault,
    expected: Stands,
) {
    let now = device.at(TUESDAY);
    let name = if host == host::ATMO_INDEX { "atmo-france" } else { "open-meteo" };
    replay.fault(host, None);
    now.does("refresh --all");
    let good = now.status();
    assert_eq!(stands(&source(&good, name)), "ok ", "after {fault:?}");
    replay.fault(host, fault.clone());
    now.does("refresh --all");
    let faulty = now.status();
    assert_eq!(stands(&source(&faulty, name)), expected.word(), "{fault:?}");
    assert_eq!(readings(&faulty), readings(&good), "{fault:?}");
    assert!(!source(&faulty, name)["last_success"].is_null());
}

#[test]
fn a_source_that_never_ends_its_answer_is_given_up() {
    let drip = Fault::SlowDrip { every: Duration::from_millis(200) };
    let never_ends = |host: &str, name: &str, fault: Fault| {
        let replay = Replay::start(degraded_lyon());
        let device = Device::of_a_family(&replay);
        replay.fault(host, fault);
        device.at(TUESDAY).does("refresh");
        let status = device.at(TUESDAY).status();
        assert_eq!(stands(&source(&status, name)), "failed timeout");
        assert_eq!(reading(&status["places"][0], "air", TODAY)["level"], 3);
    };
    // Both wait for the same time limit: side by side.
    thread::scope(|both| {
        both.spawn(|| never_ends(host::ATMO, "atmo-france", Fault::Hang));
        both.spawn(|| never_ends(host::OPEN_METEO_AIR, "open-meteo", drip));
    });
}

#[test]
fn when_no_source_answers_that_is_said_with_status_3() {
    let replay = Replay::start(degraded_lyon());
    let device = Device::of_a_family(&replay);
    let now = device.at(TUESDAY);
    for host in [
        host::ATMO,
        host::OPEN_METEO_FORECAST,
        host::VIGILANCE_MIRROR,
        host::VIGILANCE_ARCHIVE,
        host::WATER,
        host::RADON,
    ] {
        replay.fault(host, Fault::status(503));
    }
    replay.fault(host::OPEN_METEO_AIR, Fault::Html200);
    let outcome = now.run("refresh");
    assert_eq!(outcome.code, 3, "{outcome:?}");
    assert!(outcome.err.contains("Atmo France") && outcome.err.contains("Open-Meteo"));
    let air = now.reading("air", TODAY);
    assert!(air["level"].is_null(), "{air}");
    assert_eq!(air["state"], "source-failed");
    assert!(now.alerts().is_empty());
}

#[test]
fn a_certificate_that_nobody_signed_is_refused() {
    let replay = Replay::start_tls(degraded_lyon());
    let device = Device::of_a_family(&replay);
    let now = device.at(TUESDAY);
    assert_eq!(now.run("refresh --all").code, 3);
    assert_eq!(stands(&now.source("atmo-france")), "failed tls");
    assert!(replay.requests().is_empty(), "nothing is said to a server that is not known");
}
