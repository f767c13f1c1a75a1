//! The indices published for other tools, by the program.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use ecosante_replay::{Fault, Replay, host};
use serde_json::Value;
use tempfile::TempDir;

use crate::device::{Device, Outcome, TUESDAY, degraded_lyon};

#[test]
fn a_folder_is_published_into_that_a_web_server_can_read_and_a_private_one_beside_it() {
    let replay = Replay::start(degraded_lyon());
    let device = Device::behind(&replay);
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("public");
    let asked = format!("publish --departement 69 --out {}", out.display());
    let said = device.at(TUESDAY).json(&asked);
    assert_eq!(said["answered"].as_array().unwrap().len(), 5);
    assert!(said["failed"].as_array().unwrap().is_empty());
    let file: Value =
        serde_json::from_slice(&fs::read(out.join("current/v1/commune/69123.json")).unwrap())
            .unwrap();
    assert_eq!(file["days"][0]["air"]["level"], 3);
    let mode = |path: &str| fs::metadata(out.join(path)).unwrap().permissions().mode() & 0o7;
    assert_eq!([mode(""), mode("publications"), mode("current/v1")], [0o5; 3]);
    assert_eq!(mode("state"), 0);
    assert!(!device.file().exists(), "nothing of a person is touched");

    let again = device.at("2026-09-08T16:20:00+02:00").does(&asked);
    assert!(again.starts_with("Rien n’a changé dans "), "{again}");
}

#[test]
fn what_goes_wrong_is_said_in_a_sentence_with_its_exit_status() {
    let replay = Replay::start(degraded_lyon());
    let device = Device::behind(&replay);
    let there = device.at(TUESDAY);
    let folder = TempDir::new().unwrap();
    let asked = format!("publish --departement 69 --out {}", folder.path().display());

    replay.fault(host::ATMO_POLLEN, Fault::status(503));
    let Outcome { code, err: complaint, .. } = there.run(&asked);
    assert_eq!(code, 0, "the others are published");
    assert!(complaint.contains("Ce qui en était publié reste"), "{complaint}");

    let Outcome { code, err: complaint, .. } = there.run(&format!("{asked} --departement 20"));
    assert_eq!(code, 2);
    assert!(complaint.contains("« 20 »"), "{complaint}");

    for host in [host::ATMO, host::VIGILANCE_MIRROR, host::VIGILANCE_ARCHIVE, host::COMMUNES] {
        replay.fault(host, Fault::status(503));
    }
    let empty = TempDir::new().unwrap();
    let Outcome { code, err: complaint, .. } =
        there.run(&format!("publish --out {}", empty.path().display()));
    assert_eq!(code, 3);
    assert!(complaint.contains("Aucune source n’a répondu"), "{complaint}");

    let file = empty.path().join("file");
    fs::write(&file, "").unwrap();
    let Outcome { code, err: complaint, .. } =
        there.run(&format!("publish --out {}", file.display()));
    assert_eq!(code, 4, "{complaint}");
}
