//! The data file, whatever state it is found in.

use std::fs;

use ecosante_replay::Replay;

use crate::device::{Device, TUESDAY, bare, degraded_lyon, outcome};

#[test]
#[cfg(unix)]
fn the_file_and_its_folder_are_readable_by_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let replay = Replay::start(degraded_lyon());
    let device = Device::of_a_family(&replay);
    device.at(TUESDAY).told();
    let mode = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(device.data()), 0o700);
    assert_eq!(mode(device.file()), 0o600);
}

#[test]
fn a_file_of_a_newer_version_is_refused_and_left_as_it_is() {
    let replay = Replay::start(degraded_lyon());
    let device = Device::of_a_family(&replay);
    rusqlite::Connection::open(device.file())
        .unwrap()
        .execute_batch("PRAGMA journal_mode = DELETE; PRAGMA user_version = 99;")
        .unwrap();
    let before = fs::read(device.file()).unwrap();
    for words in ["status", "refresh", "place add Paris", "profile set age=child"] {
        let outcome = device.at(TUESDAY).run(words);
        assert_eq!(outcome.code, 4, "{words}: {outcome:?}");
        assert_eq!(outcome.err.lines().count(), 1, "{outcome:?}");
        assert!(outcome.err.contains("ecosante.db"), "{outcome:?}");
        assert!(outcome.out.is_empty());
    }
    assert_eq!(fs::read(device.file()).unwrap(), before);
}

#[test]
fn a_corrupt_file_is_set_aside_under_a_name_that_is_said_and_the_next_call_works() {
    let replay = Replay::start(degraded_lyon());
    let device = Device::of_a_family(&replay);
    let garbage = b"This was a letter to my aunt. ".repeat(400);
    fs::write(device.file(), &garbage).unwrap();
    let outcome = device.at(TUESDAY).run("status");
    assert_eq!(outcome.code, 4, "{outcome:?}");
    assert_eq!(outcome.err.lines().count(), 1, "{outcome:?}");
    let kept: Vec<_> = fs::read_dir(device.data())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| fs::read(path).unwrap() == garbage)
        .collect();
    assert_eq!(kept.len(), 1, "it is kept, once");
    assert!(outcome.err.contains(kept[0].to_str().unwrap()), "{outcome:?}");
    let again = device.at(TUESDAY);
    again.does("status");
    again.does("place add Lyon");
    again.does("refresh");
    assert_eq!(again.reading("air", "2026-09-08")["level"], 3);
}

#[test]
fn damage_in_the_middle_of_the_file_is_met_in_the_same_way() {
    let replay = Replay::start(degraded_lyon());
    let device = Device::of_a_family(&replay);
    device.at(TUESDAY).told();
    let mut bytes = fs::read(device.file()).unwrap();
    let whole = bytes.len();
    assert!(whole > 40_000, "{whole}");
    bytes[4096..].fill(0xa5);
    fs::write(device.file(), &bytes).unwrap();
    let outcome = device.at(TUESDAY).run("status");
    assert_eq!(outcome.code, 4, "{outcome:?}");
    assert!(outcome.err.contains("ecosante.db"), "{outcome:?}");
    device.at(TUESDAY).does("status");
}

#[test]
fn a_folder_that_cannot_be_made_is_said_with_status_4() {
    let home = tempfile::TempDir::new().unwrap();
    let file = home.path().join("letter");
    fs::write(&file, "Dear aunt").unwrap();
    let below = file.join("data");
    let mut command = bare();
    command.arg("--data-dir").arg(&below).args(["--lang", "en", "status"]);
    let outcome = outcome(&mut command);
    assert_eq!(outcome.code, 4, "{outcome:?}");
    assert_eq!(outcome.err.lines().count(), 1, "{outcome:?}");
    assert!(outcome.err.contains(below.to_str().unwrap()), "{outcome:?}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "Dear aunt");
}

#[test]
fn two_processes_that_refresh_at_once_tell_once() {
    let replay = Replay::start(degraded_lyon());
    let device = Device::of_a_family(&replay);
    let now = device.at(TUESDAY);
    let both = [now.start("refresh"), now.start("refresh")];
    let outputs = both.map(|child| child.wait_with_output().unwrap());
    let mut told = 0;
    for output in outputs {
        assert!(output.status.success(), "{output:?}");
        told += String::from_utf8(output.stdout).unwrap().matches('●').count();
    }
    assert_eq!(told, 1);
    assert_eq!(now.alerts().len(), 1);
}

#[test]
fn two_processes_that_make_the_file_at_once_both_succeed() {
    let replay = Replay::start(degraded_lyon());
    let device = Device::behind(&replay);
    let now = device.at(TUESDAY);
    let both = [now.start("place add Lyon"), now.start("place add Paris")];
    for child in both {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{output:?}");
    }
    assert_eq!(now.json("place list").as_array().unwrap().len(), 2);
    assert_eq!(now.json("profile show")["people"].as_array().unwrap().len(), 1);
}
