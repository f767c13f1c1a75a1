//! A process that is killed at any moment.

use std::io::{BufRead, BufReader, Read};
use std::thread;
use std::time::Duration;

use ecosante_replay::{Fault, Replay, host};

use crate::device::{Device, Moment, TUESDAY, degraded_lyon};

/// Notifications in the output of one call.
fn notifications(out: &str) -> usize {
    out.lines().filter(|line| line.starts_with('●')).count()
}

/// What was told before the end must be told by the next process, twice at most in all.
fn goes_on(now: &Moment<'_>, before: usize) {
    let mut told = before;
    told += notifications(&now.does("refresh --all"));
    assert!((1..=2).contains(&told), "told {told} times");
    assert_eq!(now.alerts().len(), 1);
    assert_eq!(notifications(&now.does("refresh --all")), 0, "and that is all");
}

#[test]
fn a_process_that_is_killed_while_it_refreshes_loses_no_alert() {
    // The sources take about 100 ms each here, so that the moments fall into every part of the call.
    let slow = || Fault::SlowDrip { every: Duration::from_micros(10) };
    for step in 0..10 {
        let replay = Replay::start(degraded_lyon());
        let device = Device::of_a_family(&replay);
        let now = device.at(TUESDAY);
        replay.fault_next(host::ATMO, 1, slow());
        replay.fault_next(host::OPEN_METEO_AIR, 1, slow());
        let mut child = now.start("refresh");
        // Not to wait for anything: the moment of death is what differs.
        thread::sleep(Duration::from_millis(15 + 60 * step));
        child.kill().unwrap();
        let output = child.wait_with_output().unwrap();
        replay.fault(host::ATMO, None);
        replay.fault(host::OPEN_METEO_AIR, None);
        goes_on(&now, notifications(&String::from_utf8(output.stdout).unwrap()));
    }
}

#[test]
fn a_process_that_is_killed_as_it_tells_tells_at_most_once_more() {
    let replay = Replay::start(degraded_lyon());
    let device = Device::of_a_family(&replay);
    let now = device.at(TUESDAY);
    let mut child = now.start("refresh");
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    while !line.starts_with('●') {
        line.clear();
        assert_ne!(lines.read_line(&mut line).unwrap(), 0, "it tells");
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let mut rest = String::new();
    lines.read_to_string(&mut rest).unwrap();
    assert_eq!(notifications(&rest), 0);
    goes_on(&now, 1);
}
