//! `cargo xtask run`: Écosanté on this machine, on real sources or on those of the demo.

use std::ffi::OsString;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use clap::Args;

use crate::metadata::Workspace;
use crate::progress::Progress;
use crate::setup::{self, Job};

/// How long the replay server may take to prepare its answers.
const REPLAY_START: Duration = Duration::from_secs(30);
/// How long a program may take to stop once it has been asked to.
const GRACE: Duration = Duration::from_secs(3);
/// How often a running program is looked at.
const PULSE: Duration = Duration::from_millis(100);

/// What the demo sets up: Paris and Lyon, with a child who has asthma.
const DEMO: [&[&str]; 3] = [
    &["place", "add", "75056"],
    &["place", "add", "69123"],
    &["profile", "set", "--person", "Léa", "age=child", "conditions=asthma"],
];

/// What `cargo xtask run` can be told.
#[derive(Args)]
pub(crate) struct Options {
    /// Show Paris and Lyon with a child who has asthma, on made-up answers and without network
    #[arg(long)]
    demo: bool,
    /// Start at this moment of the past, such as 2026-09-08T16:00:00+02:00
    #[arg(long, value_name = "RFC3339")]
    now: Option<String>,
    /// Further options of `ecosante`, such as `-- --lang en`
    #[arg(last = true, value_name = "OPTIONS")]
    further: Vec<OsString>,
}

/// Builds what is to run, and runs it until it is stopped.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    setup::prepare(workspace, Job::Build)?;
    build(workspace, options.demo)?;
    let stop = interrupts()?;
    eprintln!(
        "The window is not built yet: the same engine runs here in the terminal. Ctrl-C stops it."
    );
    if options.demo { demo(workspace, options, &stop) } else { watch(workspace, options, &stop) }
}

fn build(workspace: &Workspace, demo: bool) -> Result<()> {
    let mut command = workspace.cargo();
    command.args(["build", "--bins", "--package", "ecosante-cli"]);
    if demo {
        command.args(["--package", "ecosante-replay"]);
    }
    let mut progress = Progress::begin("build");
    let finished = progress.watch(&mut command)?;
    progress.end(finished.passed, "");
    ensure!(finished.passed, "Écosanté does not build:\n{}", finished.output.trim_end());
    Ok(())
}

fn watch(workspace: &Workspace, options: &Options, stop: &Receiver<()>) -> Result<ExitCode> {
    let mut command = Command::new(workspace.program("ecosante"));
    with_options(&mut command, options).arg("watch");
    Ok(until_stopped(&mut command, stop)?.code())
}

fn demo(workspace: &Workspace, options: &Options, stop: &Receiver<()>) -> Result<ExitCode> {
    let replay = Replay::start(workspace, options)?;
    let data = tempfile::Builder::new()
        .prefix("ecosante-demo-")
        .tempdir()
        .context("the demo finds no place for its data")?;
    let ending = session(workspace, options, stop, &replay, data.path());
    let path = data.path().to_owned();
    data.close().with_context(|| format!("the demo's data stay in {}", path.display()))?;
    Ok(ending?.code())
}

/// Sets the demo up in the folder `data`, and runs it until it is stopped.
fn session(
    workspace: &Workspace,
    options: &Options,
    stop: &Receiver<()>,
    replay: &Replay,
    data: &Path,
) -> Result<Ending> {
    let mut ending = Ending::Itself(0);
    for arguments in DEMO.into_iter().chain([&["watch"] as &[&str]]) {
        let mut command = Command::new(workspace.program("ecosante"));
        command
            .env("ECOSANTE_GATEWAY", &replay.gateway)
            .env("ECOSANTE_DATA_DIR", data)
            .env_remove("ECOSANTE_NOW");
        with_options(&mut command, options).args(arguments);
        eprintln!("$ ecosante {}", arguments.join(" "));
        ending = until_stopped(&mut command, stop)?;
        if ending != Ending::Itself(0) {
            break;
        }
    }
    Ok(ending)
}

fn with_options<'a>(command: &'a mut Command, options: &Options) -> &'a mut Command {
    if let Some(now) = &options.now {
        command.args(["--now", now]);
    }
    command.args(&options.further)
}

/// Ctrl-C, and being told to end, reach this program as a message, so that it can clear up.
fn interrupts() -> Result<Receiver<()>> {
    let (sender, receiver) = mpsc::channel();
    ctrlc::set_handler(move || {
        // Once nobody listens, the program is ending already.
        let _ = sender.send(());
    })
    .context("cannot listen for Ctrl-C")?;
    Ok(receiver)
}

/// How a program came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// By itself, with this status.
    Itself(u8),
    /// Because the person stopped it: as good an end as any.
    Stopped,
}

impl Ending {
    fn code(self) -> ExitCode {
        match self {
            Self::Itself(code) => ExitCode::from(code),
            Self::Stopped => ExitCode::SUCCESS,
        }
    }
}

/// Runs a program in view until it ends or the person stops it.
fn until_stopped(command: &mut Command, stop: &Receiver<()>) -> Result<Ending> {
    let mut child = command.spawn().context("cannot start ecosante")?;
    loop {
        if let Some(status) = child.try_wait()? {
            // A program that a signal ended has no code.
            let code = status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1);
            // What ended it is perhaps a Ctrl-C that has not reached this program yet.
            let interrupted = !status.success() && stop.recv_timeout(PULSE).is_ok();
            return Ok(if interrupted { Ending::Stopped } else { Ending::Itself(code) });
        }
        if stop.recv_timeout(PULSE).is_ok() {
            // On a terminal, Ctrl-C has told it as well.
            end(&mut child, GRACE)?;
            return Ok(Ending::Stopped);
        }
    }
}

/// Waits for a program that has been asked to stop, and kills one that does not within `grace`.
fn end(child: &mut Child, grace: Duration) -> Result<()> {
    for _ in 0..grace.as_millis() / PULSE.as_millis() {
        if child.try_wait()?.is_some() {
            return Ok(());
        }
        thread::sleep(PULSE);
    }
    child.kill()?;
    child.wait()?;
    Ok(())
}

/// The replay server, which stands in for every source as long as this value lives.
struct Replay {
    child: Child,
    /// The base URL at which it answers.
    gateway: String,
}

impl Replay {
    fn start(workspace: &Workspace, options: &Options) -> Result<Self> {
        let mut command = Command::new(workspace.program("ecosante-replay"));
        command.arg("--demo").stdin(Stdio::piped()).stdout(Stdio::piped());
        if let Some(now) = &options.now {
            command.args(["--now", now]);
        }
        let mut child = command.spawn().context("cannot start the replay server")?;
        let stdout = child.stdout.take().context("the replay server has no standard output")?;
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            // Read to the end, so that the server never waits for a reader.
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        let mut replay = Self { child, gateway: String::new() };
        loop {
            match lines.recv_timeout(REPLAY_START) {
                Ok(line) => {
                    if let Some(gateway) = gateway_in(&line) {
                        gateway.clone_into(&mut replay.gateway);
                        return Ok(replay);
                    }
                }
                Err(RecvTimeoutError::Disconnected) => {
                    bail!("the replay server ended before it answered")
                }
                Err(RecvTimeoutError::Timeout) => {
                    bail!("the replay server was not ready after {} s", REPLAY_START.as_secs())
                }
            }
        }
    }
}

impl Drop for Replay {
    fn drop(&mut self) {
        // It ends when its standard input does.
        drop(self.child.stdin.take());
        let _ = end(&mut self.child, GRACE);
    }
}

fn gateway_in(line: &str) -> Option<&str> {
    line.strip_prefix("gateway ").map(str::trim).filter(|url| url.starts_with("http://"))
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};
    use std::sync::mpsc;
    use std::time::Duration;

    use super::{Ending, end, gateway_in, until_stopped};

    /// A program that any machine has which runs this test, and that ends with status 1.
    fn failing() -> Command {
        let mut command = Command::new(env!("CARGO"));
        command.arg("--no-such-option").stderr(Stdio::null());
        command
    }

    #[test]
    fn the_replay_server_says_where_it_answers() {
        assert_eq!(gateway_in("gateway http://127.0.0.1:4242"), Some("http://127.0.0.1:4242"));
        assert_eq!(gateway_in("listening on http://127.0.0.1:4242"), None);
        assert_eq!(gateway_in("gateway "), None);
    }

    #[test]
    fn the_status_of_a_program_that_ends_by_itself_is_kept() {
        let (_person, stop) = mpsc::channel();
        let ending = until_stopped(&mut failing(), &stop).expect("cargo starts");
        assert_eq!(ending, Ending::Itself(1));
    }

    #[test]
    fn a_program_that_the_person_stops_has_ended_well() {
        let (person, stop) = mpsc::channel();
        person.send(()).expect("the receiver lives");
        let ending = until_stopped(&mut failing(), &stop).expect("cargo starts");
        assert_eq!(ending, Ending::Stopped);
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_does_not_stop_is_killed() {
        let mut child = Command::new("sleep").arg("600").spawn().expect("sleep starts");
        end(&mut child, Duration::ZERO).expect("it is ours to kill");
        let status = child.try_wait().expect("it was started here").expect("it has ended");
        assert!(!status.success());
    }
}
