//! `watch`, which goes on until it is stopped.

#![cfg(unix)]

use std::io::{BufRead, BufReader, Read};
use std::process::Command;

use ecosante_replay::Replay;

use crate::device::{Device, TUESDAY, degraded_lyon};

#[test]
fn it_shows_what_is_known_and_raised_and_ends_when_it_is_told_to() {
    for signal in ["-TERM", "-INT"] {
        let replay = Replay::start(degraded_lyon());
        let device = Device::of_a_family(&replay);
        let mut child = device.at(TUESDAY).start("watch");
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut seen = String::new();
        let (mut told, mut known) = (false, false);
        while !(told && known) {
            let mut line = String::new();
            assert_ne!(lines.read_line(&mut line).unwrap(), 0, "it ended after {seen}");
            told |= line.starts_with('●');
            known |= line.contains("Dégradé") && line.contains("Atmo");
            seen.push_str(&line);
        }
        let id = child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        let mut rest = String::new();
        lines.read_to_string(&mut rest).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0), "{signal}: {seen}{rest}");
        assert_eq!(device.at(TUESDAY).alerts()[0]["state"], "raised");
        assert!(device.at(TUESDAY).told().is_empty(), "it was told already");
    }
}

#[test]
fn to_programs_it_tells_a_line_of_json_at_a_time() {
    let replay = Replay::start(degraded_lyon());
    let device = Device::of_a_family(&replay);
    let mut child = device.at(TUESDAY).start("--json watch");
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut seen = Vec::new();
    while seen.len() < 2 {
        let line: serde_json::Value =
            serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
        seen.extend(line.as_object().unwrap().keys().cloned());
    }
    assert_eq!(seen, ["notification", "status"]);
    assert!(
        Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success()
    );
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
