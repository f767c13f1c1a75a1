//! The command `ecosante-replay`, run as a process.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop with a trace")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

fn start(arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_ecosante-replay"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// The address on the one line that says that the server is ready.
fn address(child: &mut Child) -> String {
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim_end().strip_prefix("gateway http://").expect(&line).to_owned();
    assert!(address.starts_with("127.0.0.1:"), "{address}");
    address
}

fn get(address: &str, target: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET /{target} HTTP/1.1\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

const LYON: &str = "data.atmo-france.org/geoserver/ind/ows?service=WFS&request=GetFeature\
                    &typeName=ind:ind_atmo_2021&outputFormat=json\
                    &CQL_FILTER=code_zone='69123'%20AND%20date_ech='2026-09-08'";

#[test]
fn it_serves_a_moment_of_the_past_until_its_input_closes() {
    for (world, level) in [("--demo", 3), ("--quiet", 2)] {
        let mut child = start(&[world, "--now", "2026-09-08T16:00:00+02:00"]);
        let answer = get(&address(&mut child), LYON);
        assert!(answer.contains(&format!("\"code_qual\":{level},")), "{world}: {answer}");
        drop(child.stdin.take());
        assert!(child.wait().unwrap().success());
    }
}

#[test]
fn it_serves_a_day_before_the_demo_and_says_when_that_is() {
    let mut child = start(&["--demo", "--before", "11", "--now", "2026-09-19T16:00:00+02:00"]);
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let now = lines.next().unwrap();
    assert!(now.starts_with("now 2026-09-08T16:00:0"), "{now}");
    let address = lines.next().unwrap().strip_prefix("gateway http://").unwrap().to_owned();
    let answer = get(&address, LYON);
    assert!(answer.contains("\"code_qual\":4,"), "{answer}");
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
}

#[test]
fn it_serves_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("geoapi-communes.json"), "[\"as it is\"]").unwrap();
    let mut child = start(&["--folder", folder.path().to_str().unwrap()]);
    let answer = get(&address(&mut child), "geo.api.gouv.fr/communes");
    assert!(answer.ends_with("[\"as it is\"]"), "{answer}");
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
}

#[test]
fn it_says_why_it_cannot_start() {
    for arguments in
        [&["--folder", "no such folder"][..], &["--demo", "--quiet"], &["--before", "30"]]
    {
        let output = start(arguments).wait_with_output().unwrap();
        assert!(!output.status.success() && output.stdout.is_empty(), "{arguments:?}");
        assert!(!output.stderr.is_empty(), "{arguments:?}");
    }
}
