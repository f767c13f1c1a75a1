//! `cargo xtask run`: Écosanté on this machine, on real sources or on those of the demo.

use std::env;
use std::ffi::OsString;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use clap::Args;

use crate::checks::what_matters;
use crate::metadata::Workspace;
use crate::progress::Progress;
use crate::setup::{self, Job};
use crate::ui;

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

/// For how many days before it the demo has a past: as many as the replay server knows.
const DAYS_BEFORE: u8 = 29;

/// What `cargo xtask run` can be told.
#[derive(Args)]
pub(crate) struct Options {
    /// Show Paris and Lyon with a child who has asthma, on made-up answers and without network
    #[arg(long)]
    demo: bool,
    /// Start at this moment of the past, such as 2026-09-08T16:00:00+02:00
    #[arg(long, value_name = "RFC3339")]
    now: Option<String>,
}

/// What shows Écosanté to the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Face {
    Window,
    /// The same engine, where a window has nowhere to open.
    Terminal,
}

impl Face {
    fn of_this_machine() -> Self {
        if cfg!(any(windows, target_os = "macos")) {
            Self::Window
        } else {
            Self::by_display(|name| env::var_os(name))
        }
    }

    /// Where windows open, one of two variables says on which display.
    fn by_display(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let names_one = |name| variable(name).is_some_and(|value| !value.is_empty());
        if ["WAYLAND_DISPLAY", "DISPLAY"].into_iter().any(names_one) {
            Self::Window
        } else {
            Self::Terminal
        }
    }

    /// The job for which the machine has to be prepared.
    fn job(self) -> Job {
        match self {
            Self::Window => Job::Window,
            Self::Terminal => Job::Terminal,
        }
    }

    /// The packages that run.
    fn packages(self, demo: bool) -> &'static [&'static str] {
        match (self, demo) {
            (Self::Window, false) => &["ecosante-app"],
            (Self::Window, true) => &["ecosante-app", "ecosante-cli", "ecosante-replay"],
            (Self::Terminal, false) => &["ecosante-cli"],
            (Self::Terminal, true) => &["ecosante-cli", "ecosante-replay"],
        }
    }

    /// The program that runs until the person ends it, with its arguments.
    fn program(self) -> &'static [&'static str] {
        match self {
            Self::Window => &["ecosante-app"],
            Self::Terminal => &["ecosante", "watch"],
        }
    }
}

/// Builds what is to run, and runs it until it is stopped.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    let stop = interrupts()?;
    let face = Face::of_this_machine();
    let prepared = prepare(workspace, options, face);
    // A Ctrl-C that ended the build has perhaps not reached this program yet.
    let patience = if prepared.is_ok() { Duration::ZERO } else { PULSE };
    if stop.recv_timeout(patience).is_ok() {
        eprintln!(
            "Stopped before Écosanté was built; the next `cargo xtask run` goes on from here."
        );
        return Ok(ExitCode::FAILURE);
    }
    prepared?;
    match face {
        Face::Window => eprintln!("Closing the window or Ctrl-C here ends Écosanté."),
        Face::Terminal => eprintln!(
            "There is no display for the window (neither DISPLAY nor WAYLAND_DISPLAY is set): the \
             same engine runs here in the terminal. Ctrl-C stops it."
        ),
    }
    if options.demo {
        demo(workspace, options, face, &stop)
    } else {
        let mut command = command(workspace, face.program(), options);
        Ok(until_stopped(&mut command, &stop)?.code())
    }
}

/// Sees to it that what is to run can run.
fn prepare(workspace: &Workspace, options: &Options, face: Face) -> Result<()> {
    setup::prepare(workspace, face.job())?;
    if face == Face::Window {
        // The app takes it in when it is compiled.
        ui::in_view(workspace)?;
    }
    let mut command = workspace.cargo();
    command.args(["build", "--bins"]);
    for package in face.packages(options.demo) {
        command.args(["--package", package]);
    }
    let mut progress = Progress::begin("build");
    let finished = progress.watch(&mut command)?;
    progress.end(finished.passed, "");
    let output = what_matters(&finished.output);
    ensure!(finished.passed, "Écosanté does not build:\n{}", output.trim_end());
    Ok(())
}

fn demo(
    workspace: &Workspace,
    options: &Options,
    face: Face,
    stop: &Receiver<()>,
) -> Result<ExitCode> {
    let replay = Replay::start(workspace, options, None)?;
    let data = tempfile::Builder::new()
        .prefix("ecosante-demo-")
        .tempdir()
        .context("the demo finds no place for its data")?;
    let ending = session(workspace, options, face, stop, &replay, data.path());
    let path = data.path().to_owned();
    data.close().with_context(|| format!("the demo's data stay in {}", path.display()))?;
    Ok(ending?.code())
}

/// Sets the demo up in the folder `data`, and runs it until it is stopped.
fn session(
    workspace: &Workspace,
    options: &Options,
    face: Face,
    stop: &Receiver<()>,
    replay: &Replay,
    data: &Path,
) -> Result<Ending> {
    let run = |line: &[&str]| {
        let mut command = command(workspace, line, options);
        command.env("ECOSANTE_GATEWAY", &replay.gateway).env("ECOSANTE_DATA_DIR", data);
        if options.now.is_none() {
            // The demo's answers are of now.
            command.env_remove("ECOSANTE_NOW");
        }
        eprintln!("$ {}", line.join(" "));
        until_stopped(&mut command, stop)
    };
    for arguments in DEMO {
        let ending = run(&[&["ecosante"], arguments].concat())?;
        if ending != Ending::Itself(0) {
            return Ok(ending);
        }
    }
    eprintln!("$ ecosante refresh, once for each of the {DAYS_BEFORE} days before");
    for days in (1..=DAYS_BEFORE).rev() {
        let ending = day_before(workspace, options, stop, data, days)?;
        if ending != Ending::Itself(0) {
            return Ok(ending);
        }
    }
    run(face.program())
}

/// A day of the demo's past, as the engine of that day would have lived it. What it told then and
/// what still matters, the window tells once as well.
fn day_before(
    workspace: &Workspace,
    options: &Options,
    stop: &Receiver<()>,
    data: &Path,
    days: u8,
) -> Result<Ending> {
    let replay = Replay::start(workspace, options, Some(days))?;
    let mut command = command(workspace, &["ecosante", "refresh"], options);
    command
        .env("ECOSANTE_GATEWAY", &replay.gateway)
        .env("ECOSANTE_DATA_DIR", data)
        .env("ECOSANTE_NOW", &replay.now)
        .stdout(Stdio::null());
    until_stopped(&mut command, stop)
}

/// A program of the workspace with its arguments, at the moment that the options name.
fn command(workspace: &Workspace, line: &[&str], options: &Options) -> Command {
    let (program, arguments) = line.split_first().unwrap_or((&"", &[]));
    let mut command = Command::new(workspace.program(program));
    command.args(arguments);
    if let Some(now) = &options.now {
        command.env("ECOSANTE_NOW", now);
    }
    command
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
    let name = command.get_program().to_string_lossy().into_owned();
    let mut child = command.spawn().with_context(|| format!("cannot start {name}"))?;
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
    /// The moment of its clock, where that is before the demo.
    now: String,
}

impl Replay {
    /// The sources of the demo, or as they were so many days before it.
    fn start(workspace: &Workspace, options: &Options, before: Option<u8>) -> Result<Self> {
        let mut command = Command::new(workspace.program("ecosante-replay"));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).arg("--demo");
        if let Some(days) = before {
            command.arg("--before").arg(days.to_string());
        }
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
        let mut replay = Self { child, gateway: String::new(), now: String::new() };
        loop {
            match lines.recv_timeout(REPLAY_START) {
                Ok(line) => {
                    if let Some(now) = line.strip_prefix("now ") {
                        now.clone_into(&mut replay.now);
                    }
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

    use super::{DEMO, Ending, Face, end, gateway_in, until_stopped};
    use crate::setup::Job;

    /// A program that any machine has which runs this test, and that ends with status 1.
    fn failing() -> Command {
        let mut command = Command::new(env!("CARGO"));
        command.arg("--no-such-option").stderr(Stdio::null());
        command
    }

    fn face(variables: &[(&str, &str)]) -> Face {
        Face::by_display(|name| {
            variables.iter().find(|(other, _)| *other == name).map(|(_, value)| value.into())
        })
    }

    #[test]
    fn the_window_opens_where_there_is_a_display_of_either_kind() {
        assert_eq!(face(&[("DISPLAY", ":0")]), Face::Window);
        assert_eq!(face(&[("WAYLAND_DISPLAY", "wayland-0")]), Face::Window);
        assert_eq!(face(&[("WAYLAND_DISPLAY", ""), ("DISPLAY", ":1")]), Face::Window);
    }

    #[test]
    fn without_a_display_the_engine_runs_in_the_terminal() {
        assert_eq!(face(&[]), Face::Terminal);
        assert_eq!(face(&[("DISPLAY", ""), ("WAYLAND_DISPLAY", "")]), Face::Terminal);
        assert_eq!(face(&[("XDG_SESSION_TYPE", "tty")]), Face::Terminal);
    }

    #[test]
    fn without_a_display_nothing_of_the_window_is_built_or_installed() {
        assert_eq!(Face::Terminal.job(), Job::Terminal);
        for demo in [false, true] {
            assert!(!Face::Terminal.packages(demo).contains(&"ecosante-app"), "demo: {demo}");
        }
    }

    #[test]
    fn the_demo_asks_no_source_of_today_before_the_window_does() {
        assert!(DEMO.iter().all(|line| !["refresh", "watch"].contains(&line[0])));
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
