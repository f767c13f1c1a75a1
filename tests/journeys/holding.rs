//! The person's data in their hands: what was sent, export, import, delete all.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::process::Stdio;

use ecosante_replay::{Fault, Replay, Request, World, host};
use serde_json::{Value, json};

use crate::device::{Device, LYON, TODAY, TUESDAY, date, degraded_lyon, moment, parsed};

/// All that a request says about places or the person, told from the wire alone.
fn said(request: &Request) -> Vec<String> {
    let mut said = Vec::new();
    let both = |one: &str, other: &str| {
        let (one, other) = (request.parameter(one)?, request.parameter(other)?);
        Some(one.split(',').zip(other.split(',')).map(|(a, b)| format!("{a},{b}")).collect())
    };
    for (one, other) in [("latitude", "longitude"), ("lat", "lon")] {
        said.extend(both(one, other).unwrap_or_else(Vec::new));
    }
    for (name, value) in &request.query {
        match name.as_str() {
            "code" | "code_commune" | "code_insee" => {
                said.extend(value.split(',').map(str::to_owned));
            }
            "name" | "q" | "language" => said.push(value.clone()),
            "where" => said.extend(value.split('"').skip(1).step_by(2).map(str::to_owned)),
            "CQL_FILTER" => {
                let literals = value.split('\'').skip(1).step_by(2).map(str::to_owned);
                said.extend(literals.filter(|it| !it.contains('-') && !it.contains(':')));
                let square = value.split_once("the_geom,").and_then(|(_, it)| it.split_once(",'"));
                said.extend(square.map(|(square, _)| square.to_owned()));
            }
            _ => {}
        }
    }
    said.sort();
    said
}

/// How often each producer was asked with each content, as it is listed.
fn listed(sent: &Value) -> BTreeMap<(String, Vec<String>), u64> {
    let mut listed = BTreeMap::new();
    for to in sent.as_array().unwrap() {
        let mut count = 0;
        for it in to["requests"].as_array().unwrap() {
            let values = it["what"].as_object().unwrap().values();
            let mut values: Vec<String> = values
                .flat_map(|it| it.as_array().unwrap())
                .map(|it| it.as_str().unwrap().to_owned())
                .collect();
            values.sort();
            let key = (it["producer"].as_str().unwrap().to_owned(), values);
            *listed.entry(key).or_default() += it["count"].as_u64().unwrap();
            count += it["count"].as_u64().unwrap();
        }
        assert_eq!(to["count"], count, "{to:#}");
    }
    listed
}

#[test]
fn what_is_listed_as_sent_is_what_the_servers_received_no_more_and_no_less() {
    let mut world = World::quiet(moment(TUESDAY));
    world.set_air(LYON, date(TODAY), 3);
    let replay = Replay::start(world);
    let device = Device::behind(&replay);
    let now = device.at(TUESDAY).speaking("en");
    now.does("place search Bruxelles");
    now.run("place search 12 rue de la République Lyon");
    now.does("place add 69123");
    now.does("place add 48.8566,2.3522");
    now.does("place add 50.85,4.35 --name Brussels");
    now.does("profile set --person Léa conditions=asthma");
    now.does("refresh --all");
    replay.fault(host::OPEN_METEO_AIR, Fault::status(503));
    now.run("refresh --all");
    now.run("refresh");

    let mut received: BTreeMap<(String, Vec<String>), u64> = BTreeMap::new();
    for request in replay.requests() {
        *received.entry((request.host.clone(), said(&request))).or_default() += 1;
    }
    let sent = now.json("sent");
    assert_eq!(listed(&sent), received);
    // Behind a gateway nobody else is contacted.
    let gateway = replay.gateway();
    let gateway = gateway.strip_prefix("http://").unwrap();
    assert_eq!(sent.as_array().unwrap().len(), 1, "{sent:#}");
    assert_eq!(sent[0]["host"], gateway);
    assert!(sent[0]["failed"].as_u64().unwrap() > 0, "the failures are counted");
    let words = now.does("sent");
    assert!(words.contains("requests left this device, for one server."), "{words}");
    assert!(words.contains("This server passes on what others publish."), "{words}");
    assert!(words.contains("Point rounded to 0.001°: 48.857 2.352"), "{words}");
    assert!(words.contains("words “Bruxelles”"), "{words}");
    assert!(!words.contains("Léa"), "{words}");
    let french = device.at(TUESDAY).does("sent --days 1");
    assert!(
        french.contains("Ce qui a été envoyé") && french.contains("Eau du robinet"),
        "{french}"
    );
    // Of another month nothing is listed.
    let later = device.at("2026-10-20T16:00:00+02:00");
    assert_eq!(later.json("sent"), json!([]));
    assert!(later.speaking("en").does("sent").contains("nothing was sent."));
}

#[test]
fn what_is_exported_and_taken_over_on_a_new_machine_is_all_there_and_is_not_told_again() {
    let replay = Replay::start(degraded_lyon());
    let (old, new) = (Device::of_a_family(&replay), Device::behind(&replay));
    let (before, after) = (old.at(TUESDAY).speaking("en"), new.at(TUESDAY).speaking("en"));
    assert_eq!(before.told().len(), 1);
    before.does("diary add nose=2");
    before.does("profile set quiet=22:00-07:00 lead=evening");
    let file = old.data().join("all.json");
    let said = before.does(&format!("export --out {}", file.display()));
    assert_eq!(said, format!("Saved as {}\n", file.display()));
    assert_eq!(fs::read_to_string(&file).unwrap(), before.does("export"), "to the output as well");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let again = before.run(&format!("export --out {}", file.display()));
    assert_eq!((again.code, again.out.as_str()), (2, ""));
    assert!(again.err.contains("is there already"), "{again:?}");

    // Through standard input, as programs would.
    let mut command = after.command("import -");
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&fs::read(&file).unwrap()).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{said} {:?}", output.stderr);
    assert!(said.starts_with("Taken over: 1 place, 1 person, "), "{said}");
    assert!(said.contains("1 alert, 1 day of the diary, ") && !said.contains('●'), "{said}");
    for question in ["alerts", "place list", "profile show", "diary show"] {
        assert_eq!(after.json(question), before.json(question), "{question}");
    }
    // What nobody publishes there is learned anew: how the sources fared is of the old machine.
    let known = |status: Value| {
        let readings = status["places"][0]["readings"].as_array().unwrap().clone();
        let mut known: Vec<Value> =
            readings.into_iter().filter(|it| it["state"] == "current").collect();
        known.iter_mut().for_each(|it| it["instead_of"] = Value::Null);
        known
    };
    let (there, here) = (known(before.status()), known(after.status()));
    let differ: Vec<_> = there.iter().zip(&here).filter(|(there, here)| there != here).collect();
    assert!(there.len() == here.len() && differ.is_empty(), "{differ:#?}");
    assert_eq!(after.told(), Vec::<Value>::new(), "it was told there");
    let twice = after.json(&format!("import {}", file.display()));
    assert_eq!(twice["imported"]["alerts"], 0, "{twice}");
    assert_eq!(twice["notifications"], json!([]));
    assert_eq!(
        after.does(&format!("import {}", file.display())),
        "Everything in this file was here already.\n"
    );
}

#[test]
fn what_cannot_be_taken_over_is_refused_in_a_sentence_and_everything_stays() {
    let replay = Replay::start(degraded_lyon());
    let device = Device::of_a_family(&replay);
    let now = device.at(TUESDAY).speaking("en");
    now.told();
    let whole = now.does("export");
    let before = device.contents();
    let half = device.data().join("half.json");
    fs::write(&half, &whole[..whole.len() / 2]).unwrap();
    let newer = device.data().join("newer.json");
    fs::write(&newer, whole.replace("\"version\": 1", "\"version\": 12")).unwrap();
    let foreign = device.data().join("foreign.json");
    fs::write(&foreign, "{\"type\": \"FeatureCollection\"}").unwrap();
    for (file, says) in [
        (half, "This file is damaged or not complete (line "),
        (newer, "This file was exported by a newer version of Écosanté"),
        (foreign, "This is no file that Écosanté has exported"),
        (device.data().join("nowhere.json"), "could not be read"),
        (device.data(), "could not be read"),
    ] {
        let refused = now.run(&format!("import {}", file.display()));
        assert_eq!((refused.code, refused.out.as_str()), (2, ""), "{refused:?}");
        assert!(refused.err.starts_with("ecosante: ") && refused.err.contains(says), "{refused:?}");
        assert_eq!(refused.err.lines().count(), 1, "{refused:?}");
        assert_eq!(device.contents(), before);
    }
}

#[test]
fn everything_is_deleted_only_where_that_is_meant_and_the_first_day_follows() {
    let replay = Replay::start(degraded_lyon());
    let device = Device::of_a_family(&replay);
    let now = device.at(TUESDAY).speaking("en");
    now.told();
    let before = device.contents();
    let unsure = now.run("erase");
    assert_eq!(unsure.code, 2);
    assert!(unsure.err.contains("add --yes"), "{unsure:?}");
    assert_eq!(device.contents(), before);
    assert_eq!(now.does("erase --yes"), "Everything is deleted. Écosanté begins anew.\n");
    assert_eq!(now.json("place list"), json!([]));
    assert_eq!(now.json("alerts"), json!([]));
    assert_eq!(now.json("sent"), json!([]));
    assert_eq!(now.json("profile show")["people"].as_array().unwrap().len(), 1);
    let bytes = fs::read(device.file()).unwrap();
    assert!(!bytes.windows(4).any(|it| it == "Léa".as_bytes()), "it is in no byte of the file");
    now.does("place add 69123");
    now.does("profile set --person Léa age=child conditions=asthma");
    assert_eq!(now.told().len(), 1, "told as on the first day");
}

#[test]
fn tables_are_a_folder_of_their_own() {
    let replay = Replay::start(degraded_lyon());
    let device = Device::of_a_family(&replay);
    let now = device.at(TUESDAY).speaking("en");
    now.told();
    let nowhere = now.run("export --format csv");
    assert_eq!(nowhere.code, 2);
    assert!(nowhere.err.contains("--out FOLDER"), "{nowhere:?}");
    let folder = device.data().join("tables");
    let said = parsed(&now.does(&format!("--json export --format csv --out {}", folder.display())));
    assert_eq!(said["path"], folder.display().to_string());
    let mut names: Vec<_> =
        fs::read_dir(&folder).unwrap().map(|it| it.unwrap().file_name().into_string()).collect();
    names.sort();
    let expected =
        ["alerts.csv", "decisions.csv", "diary.csv", "people.csv", "places.csv", "readings.csv"];
    assert_eq!(names, expected.map(|it| Ok(it.to_owned())));
    let readings = fs::read_to_string(folder.join("readings.csv")).unwrap();
    assert!(readings.contains("atmo-france,69123,Lyon,air,atmo-2021,official,2026-09-08,"));
}
