//! The units of systemd.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The folder of the units.
fn units() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("systemd")
}

/// What `systemd-analyze` says of the units in a folder; `None` where this machine has none.
fn analyze(arguments: &[&str], files: &[PathBuf]) -> Option<Output> {
    let answer = Command::new("systemd-analyze").args(arguments).args(files).output();
    if answer.is_err() {
        eprintln!("not checked: this machine has no systemd-analyze");
    }
    answer.ok()
}

/// Copies of the units that start a program which every machine has.
fn copies(folder: &Path) -> Vec<PathBuf> {
    let copy = |name: &str| {
        let text = fs::read_to_string(units().join(name)).expect("a unit that is shipped");
        let text =
            text.replace("ExecStart=/usr/bin/ecosante publish", "ExecStart=/bin/true publish");
        let path = folder.join(name);
        fs::write(&path, text).expect("a copy");
        path
    };
    vec![copy("ecosante-publish.service"), copy("ecosante-publish.timer")]
}

#[test]
fn systemd_has_nothing_to_say_against_the_units() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(answer) = analyze(&["verify"], &copies(folder.path())) else { return };
    let said = String::from_utf8_lossy(&answer.stderr);
    // Of other units of the machine it may complain.
    let ours: Vec<&str> = said.lines().filter(|line| line.contains("ecosante")).collect();
    assert!(answer.status.success() && ours.is_empty(), "{said}");
}

#[test]
fn the_publisher_may_do_little_beside_publishing() {
    let folder = tempfile::tempdir().expect("a folder");
    let units = copies(folder.path());
    // In tenths of systemd's own scale, from 0 (nothing) to 100 (everything).
    let arguments = ["security", "--offline=true", "--threshold=15", "--no-pager"];
    let Some(answer) = analyze(&arguments, &units[..1]) else { return };
    let said = String::from_utf8_lossy(&answer.stdout);
    if String::from_utf8_lossy(&answer.stderr).contains("--offline") {
        eprintln!("not checked: this systemd-analyze looks at no files");
        return;
    }
    assert!(answer.status.success(), "{said}");
}

#[test]
fn publications_come_at_the_minutes_that_answers_are_fresh_to() {
    let Some(answer) = analyze(
        &["calendar", "--iterations=4", "--base-time=2026-09-08 10:00:00 UTC", "*:07,37"],
        &[],
    ) else {
        return;
    };
    let said = String::from_utf8_lossy(&answer.stdout);
    for time in ["10:07:00", "10:37:00", "11:07:00", "11:37:00"] {
        assert!(said.contains(time), "{said}");
    }
}
