//! Steps that take a while: what they do now, how long they took, what they counted.

use std::fmt;
use std::io::{BufRead as _, BufReader, IsTerminal as _, Read, Write as _, stderr};
use std::process::{Command, ExitCode, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

/// Where nobody watches the line change, a step says this often that it is still at work.
const SIGN_OF_LIFE: Duration = Duration::from_secs(30);

/// Checks that held and checks that did not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
}

impl Tally {
    pub(crate) const PASSED: Self = Self { passed: 1, failed: 0 };
    pub(crate) const FAILED: Self = Self { passed: 0, failed: 1 };

    /// One check that held or did not.
    pub(crate) fn one(passed: bool) -> Self {
        if passed { Self::PASSED } else { Self::FAILED }
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// How a step ended.
pub(crate) struct Outcome {
    pub(crate) tally: Tally,
    /// A few words beside the step's name; may be empty.
    pub(crate) note: String,
    /// What the person needs in order to mend what failed.
    pub(crate) complaint: String,
}

/// The steps of one command and their sum.
#[derive(Default)]
pub(crate) struct Report {
    tally: Tally,
    failed_steps: Vec<&'static str>,
}

impl Report {
    /// Runs one step, and shows what failed in it. A step that could not run has failed.
    /// Returns whether everything in it held.
    pub(crate) fn step(
        &mut self,
        name: &'static str,
        work: impl FnOnce(&mut Progress) -> Result<Outcome>,
    ) -> bool {
        let mut progress = Progress::begin(name);
        let outcome = work(&mut progress).unwrap_or_else(|error| Outcome {
            tally: Tally::FAILED,
            note: String::new(),
            complaint: format!("{error:#}"),
        });
        let passed = outcome.tally.failed == 0;
        progress.end(passed, &outcome.note);
        if !passed {
            eprintln!("{}", outcome.complaint.trim_end());
            self.failed_steps.push(name);
        }
        self.tally += outcome.tally;
        passed
    }

    /// Counts a step that is not worth starting because of what failed before it.
    pub(crate) fn not_run(&mut self, name: &'static str, reason: &str) {
        eprintln!("✗ {name}: not run, {reason}");
        self.failed_steps.push(name);
        self.tally += Tally::FAILED;
    }

    /// Ends with the summary line.
    pub(crate) fn finish(self) -> ExitCode {
        if !self.failed_steps.is_empty() {
            eprintln!("Failed: {}.", self.failed_steps.join(", "));
        }
        println!("{}", self.tally);
        if self.tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

/// The line that shows a step at work: one that changes in place on a terminal, a few lines in a log.
pub(crate) struct Progress {
    name: &'static str,
    started: Instant,
    in_place: bool,
    last_sign: Duration,
}

impl Progress {
    pub(crate) fn begin(name: &'static str) -> Self {
        let progress = Self {
            name,
            started: stopwatch(),
            in_place: stderr().is_terminal(),
            last_sign: Duration::ZERO,
        };
        if progress.in_place {
            rewrite(&format!("▸ {name}"));
        } else {
            eprintln!("▸ {name}");
        }
        progress
    }

    /// Shows what the step is doing now.
    pub(crate) fn doing(&mut self, what: &str) {
        let elapsed = self.started.elapsed();
        let what: String = what.trim().chars().take(56).collect();
        if self.in_place {
            rewrite(&format!("▸ {} {} s  {what}", self.name, elapsed.as_secs()));
        } else if elapsed - self.last_sign >= SIGN_OF_LIFE {
            self.last_sign = elapsed;
            eprintln!("  {} {} s  {what}", self.name, elapsed.as_secs());
        }
    }

    /// Ends with a line that stays.
    pub(crate) fn end(self, passed: bool, note: &str) {
        let mark = if passed { '✓' } else { '✗' };
        let seconds = self.started.elapsed().as_secs_f64();
        let separator = if note.is_empty() { "" } else { ": " };
        announce(&format!("{mark} {} {seconds:.1} s{separator}{note}", self.name));
    }

    /// Runs a command to its end, keeps what it prints and shows its last line meanwhile.
    ///
    /// # Errors
    /// When the command cannot be started; one that fails is a `Finished` that says so.
    pub(crate) fn watch(&mut self, command: &mut Command) -> Result<Finished> {
        let name = command.get_program().to_string_lossy().into_owned();
        let mut child = command
            .env("CARGO_TERM_COLOR", "never")
            .env("CARGO_TERM_PROGRESS_WHEN", "never")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {name}"))?;
        let (sender, lines) = mpsc::channel();
        if let Some(stdout) = child.stdout.take() {
            send_lines(stdout, sender.clone());
        }
        if let Some(stderr) = child.stderr.take() {
            send_lines(stderr, sender);
        }

        let mut output = String::new();
        let mut last = String::new();
        let status = loop {
            match lines.recv_timeout(Duration::from_secs(1)) {
                Ok(line) => {
                    output.push_str(&line);
                    output.push('\n');
                    if !line.trim().is_empty() {
                        self.doing(&line);
                        last = line;
                    }
                }
                Err(RecvTimeoutError::Disconnected) => break child.wait()?,
                Err(RecvTimeoutError::Timeout) => {
                    self.doing(&last);
                    // A process it left behind may hold its output open for ever.
                    if let Some(status) = child.try_wait()? {
                        break status;
                    }
                }
            }
        };
        Ok(Finished { passed: status.success(), output })
    }
}

/// Says something that stays, above the step that is at work.
pub(crate) fn announce(line: &str) {
    if stderr().is_terminal() {
        rewrite("");
    }
    eprintln!("{line}");
}

/// Puts `line` in the place of the terminal's last one.
fn rewrite(line: &str) {
    // Nothing is lost when a terminal that has gone away does not show it.
    let _ = write!(stderr(), "\r\x1b[2K{line}").and_then(|()| stderr().flush());
}

/// A command that has ended.
pub(crate) struct Finished {
    pub(crate) passed: bool,
    /// Standard output and standard error, in the order in which their lines came.
    pub(crate) output: String,
}

fn send_lines(stream: impl Read + Send + 'static, sender: Sender<String>) {
    thread::spawn(move || {
        for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(line.strip_suffix(b"\r").unwrap_or(&line));
            if sender.send(line.into_owned()).is_err() {
                break;
            }
        }
    });
}

#[expect(clippy::disallowed_methods, reason = "it measures a step; nothing is decided by it")]
fn stopwatch() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::{Outcome, Report, Tally};

    #[test]
    fn the_summary_counts_what_could_not_run_as_failed() {
        let mut report = Report::default();
        let tests = Tally { passed: 40, failed: 2 };
        report.step("tests", |_| {
            Ok(Outcome { tally: tests, note: String::new(), complaint: String::new() })
        });
        report.step("docs", |_| anyhow::bail!("cannot start cargo"));
        report.not_run("wasm", "there is no compiler");
        assert_eq!(report.tally.to_string(), "40 passed, 4 failed");
        assert_eq!(report.failed_steps, ["tests", "docs", "wasm"]);
    }
}
