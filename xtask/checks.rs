//! What `test`, `lint`, `bench` and `audit` run.

use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result, ensure};

use crate::metadata::Workspace;
use crate::progress::{Finished, Outcome, Report, Tally};
use crate::setup::{self, Job};
use crate::{phones, tidy, ui};

/// Everything that CI runs, what is quick to know first.
pub(crate) fn everything(workspace: &Workspace, report: &mut Report) {
    if !ready(workspace, Job::Test, report) {
        return;
    }
    formatting(workspace, report);
    tidy(workspace, report);
    window_contents(workspace, report);
    clippy(workspace, report);
    tests(workspace, &[], report);
    documentation(workspace, report);
    phones(workspace, report);
}

/// What of a phone can be checked without one.
pub(crate) fn android(workspace: &Workspace, report: &mut Report) {
    if !ready(workspace, Job::Test, report) {
        return;
    }
    if !ui::is_built(workspace) {
        window_contents(workspace, report);
    }
    phones(workspace, report);
}

/// The quick part of `everything`.
pub(crate) fn lint(workspace: &Workspace, report: &mut Report) {
    if !ready(workspace, Job::Lint, report) {
        return;
    }
    formatting(workspace, report);
    tidy(workspace, report);
    // Of whatever age: clippy does not look into it.
    if !ui::is_built(workspace) {
        window_contents(workspace, report);
    }
    clippy(workspace, report);
}

/// The tests whose name contains one of `names`.
pub(crate) fn only_tests(workspace: &Workspace, names: &[String], report: &mut Report) {
    if ready(workspace, Job::Test, report) {
        window_contents(workspace, report);
        tests(workspace, names, report);
    }
}

/// Sees to what the steps need. Worth a step of its own in the report only when it fails.
fn ready(workspace: &Workspace, job: Job, report: &mut Report) -> bool {
    match setup::prepare(workspace, job) {
        Ok(()) => true,
        Err(error) => report.step("setup", |_| Err(error)),
    }
}

fn formatting(workspace: &Workspace, report: &mut Report) {
    report.step("formatting", |progress| {
        let finished = progress.watch(workspace.cargo().args(["fmt", "--all", "--check"]))?;
        let mut outcome = outcome(&finished);
        outcome.complaint.push_str("\n`cargo fmt --all` formats it.");
        Ok(outcome)
    });
}

fn tidy(workspace: &Workspace, report: &mut Report) {
    report.step("tidy", |_| {
        let findings = tidy::findings(workspace)?;
        let mut tally = Tally::default();
        for (_, complaints) in &findings {
            tally += Tally::one(complaints.is_empty());
        }
        let complaint: Vec<String> = findings
            .iter()
            .flat_map(|(rule, complaints)| complaints.iter().map(move |it| format!("{rule}: {it}")))
            .collect();
        let note = format!("{} of {} rules kept", tally.passed, findings.len());
        Ok(Outcome { tally, note, complaint: complaint.join("\n") })
    });
}

/// What the app takes in when it is compiled, and so before the app.
fn window_contents(workspace: &Workspace, report: &mut Report) {
    report.step(ui::STEP, |progress| ui::checked(workspace, progress));
}

/// Whether the app has something to take in; without it, nothing compiles together with the app.
fn has_contents(workspace: &Workspace, step: &'static str, report: &mut Report) -> bool {
    let built = ui::is_built(workspace);
    if !built {
        report.not_run(step, "since the app has no contents to take in");
    }
    built
}

fn clippy(workspace: &Workspace, report: &mut Report) {
    if !has_contents(workspace, "clippy", report) {
        return;
    }
    report.step("clippy", |progress| {
        let arguments = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
        Ok(outcome(&progress.watch(workspace.cargo().args(arguments))?))
    });
}

fn tests(workspace: &Workspace, names: &[String], report: &mut Report) {
    if !has_contents(workspace, "tests", report) {
        return;
    }
    // Tests across crates start the programs, which `cargo test` alone would not build. Built
    // together with the tests they share every dependency with them.
    let built = report.step("build", |progress| {
        let arguments = ["build", "--workspace", "--bins", "--tests"];
        Ok(outcome(&progress.watch(workspace.cargo().args(arguments))?))
    });
    if !built {
        report.not_run("tests", "since they do not build");
        return;
    }
    report.step("tests", |progress| {
        let mut command = workspace.cargo();
        command.args(["test", "--workspace", "--no-fail-fast", "--"]).args(names);
        let finished = progress.watch(&mut command)?;
        let counts = TestCounts::read(&finished);
        let ignored = match counts.ignored {
            0 => String::new(),
            ignored => format!(", {ignored} ignored"),
        };
        let nothing = names.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(" or ");
        ensure!(
            names.is_empty() || counts.tally != Tally::default(),
            "no test has {nothing} in its name"
        );
        let held: String = properties(&finished.output)
            .iter()
            .map(|name| format!("\n  holds: {}", name.replace('_', " ")))
            .collect();
        Ok(Outcome {
            tally: counts.tally,
            note: format!("{}{ignored}{held}", counts.tally),
            complaint: what_matters(&finished.output),
        })
    });
}

fn documentation(workspace: &Workspace, report: &mut Report) {
    if !has_contents(workspace, "documentation", report) {
        return;
    }
    report.step("documentation", |progress| {
        let mut command = workspace.cargo();
        command.args(["doc", "--no-deps", "--workspace"]).env("RUSTDOCFLAGS", "-D warnings");
        Ok(outcome(&progress.watch(&mut command)?))
    });
}

fn phones(workspace: &Workspace, report: &mut Report) {
    if has_contents(workspace, "phone", report) {
        report.step("phone", |progress| phones::compiles(workspace, progress));
    }
    report.step("phone project", |progress| phones::begins(workspace, progress));
}

/// What a benchmark is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Bench {
    /// The budgets of the engine and the domain
    Engine,
    /// The window against an empty one, where there is a display to be had
    Window,
    /// A publication of the whole country against its floor
    Publish,
}

/// Runs the benchmarks, all or one.
pub(crate) fn bench(workspace: &Workspace, of: Option<Bench>) -> Result<ExitCode> {
    setup::prepare(workspace, Job::Test)?;
    let all = of.is_none();
    if all || of == Some(Bench::Engine) {
        let mut engine = workspace.cargo();
        engine.args(["bench", "--package", "ecosante-engine", "--bench", "budgets"]);
        let engine = in_view(&mut engine)?;
        if engine != ExitCode::SUCCESS {
            return Ok(engine);
        }
    }
    if all || of == Some(Bench::Publish) {
        let mut publish = workspace.cargo();
        publish.args(["bench", "--package", "ecosante-publish", "--bench", "national_day"]);
        let publish = in_view(&mut publish)?;
        if publish != ExitCode::SUCCESS {
            return Ok(publish);
        }
    }
    if cfg!(target_os = "linux") && (all || of == Some(Bench::Window)) {
        return bench_window(workspace);
    }
    Ok(ExitCode::SUCCESS)
}

fn bench_window(workspace: &Workspace) -> Result<ExitCode> {
    ui::in_view(workspace)?;
    ui::empty(workspace)?;
    let of_window = ["--package", "ecosante-app", "--features", "bench"];
    let mut empty = workspace.cargo();
    empty.args(["build", "--release", "--example", "empty-window"]).args(of_window);
    let empty = in_view(&mut empty)?;
    if empty != ExitCode::SUCCESS {
        return Ok(empty);
    }
    let mut window = workspace.cargo();
    window.args(["bench", "--bench", "window"]).args(of_window);
    in_view(&mut window)
}

/// Runs the simulation of many installs, optimised: a debug build would take half an hour.
pub(crate) fn simulate(workspace: &Workspace, installs: u64) -> Result<ExitCode> {
    setup::prepare(workspace, Job::Terminal)?;
    let mut command = workspace.cargo();
    command.args([
        "run",
        "--release",
        "--package",
        "ecosante-engine",
        "--example",
        "simulate",
        "--",
    ]);
    command.arg(installs.to_string()).arg("src-tauri/simulation.svg");
    in_view(&mut command)
}

/// Checks the dependencies with cargo-deny, which needs the network for its advisory database.
pub(crate) fn audit(workspace: &Workspace) -> Result<ExitCode> {
    let installed = workspace
        .cargo()
        .args(["deny", "--version"])
        .output()
        .is_ok_and(|answer| answer.status.success());
    ensure!(
        installed,
        "cargo-deny is not installed; `cargo install --locked cargo-deny` installs it"
    );
    // Apart, so that without network the rest is still told.
    let rules = in_view(workspace.cargo().args(["deny", "check", "bans", "licenses", "sources"]))?;
    let advisories = in_view(workspace.cargo().args(["deny", "check", "advisories"]))?;
    Ok(if rules == ExitCode::SUCCESS { advisories } else { rules })
}

/// Runs a command whose own output is what the person asked for.
fn in_view(command: &mut Command) -> Result<ExitCode> {
    let status = command.status().context("cannot start cargo")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A step that is one check.
fn outcome(finished: &Finished) -> Outcome {
    Outcome {
        tally: Tally::one(finished.passed),
        note: String::new(),
        complaint: what_matters(&finished.output),
    }
}

/// What `cargo test` counted over all its test programs.
#[derive(Debug, PartialEq, Eq)]
struct TestCounts {
    tally: Tally,
    ignored: u32,
}

impl TestCounts {
    fn read(finished: &Finished) -> Self {
        let mut counts = Self { tally: Tally::default(), ignored: 0 };
        for summary in finished.output.lines().filter_map(|it| it.strip_prefix("test result: ")) {
            // `ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.03s`
            let Some((_, numbers)) = summary.split_once(". ") else {
                continue;
            };
            for number in numbers.split("; ") {
                let Some((n, what)) = number.split_once(' ') else {
                    continue;
                };
                let n: u32 = n.parse().unwrap_or(0);
                match what {
                    "passed" => counts.tally.passed += n,
                    "failed" => counts.tally.failed += n,
                    "ignored" => counts.ignored += n,
                    _ => {}
                }
            }
        }
        // A test program that crashed or did not compile prints no summary.
        if !finished.passed && counts.tally.failed == 0 {
            counts.tally.failed = 1;
        }
        counts
    }
}

/// What was tried on hundreds of cases and held, by the names of the tests in modules `properties`.
fn properties(output: &str) -> Vec<&str> {
    let of_properties = |line: &'_ str| -> Option<(usize, usize)> {
        let passed = line.strip_suffix(" ... ok")?;
        let module = passed.find("properties::")?;
        passed.starts_with("test ").then_some((module + "properties::".len(), passed.len()))
    };
    let named = output.lines().filter_map(|line| {
        let (from, to) = of_properties(line)?;
        line.get(from..to)
    });
    named.collect()
}

/// The output of Cargo without the lines that only say that something went well.
pub(crate) fn what_matters(output: &str) -> String {
    let mut kept = String::new();
    // Which test program speaks; shown once it says something that matters.
    let mut speaker = None;
    let mut after_gap = true;
    for line in output.lines() {
        if line.starts_with("     Running ") || line.starts_with("   Doc-tests ") {
            speaker = Some(line);
            after_gap = true;
        } else if !(went_well(line) || (line.is_empty() && after_gap)) {
            for line in speaker.take().into_iter().chain([line]) {
                kept.push_str(line);
                kept.push('\n');
            }
            after_gap = line.is_empty();
        }
    }
    kept
}

fn went_well(line: &str) -> bool {
    const OF_CARGO: [&str; 11] = [
        "Adding",
        "Blocking",
        "Checking",
        "Compiling",
        "Documenting",
        "Downloaded",
        "Downloading",
        "Finished",
        "Fresh",
        "Locking",
        "Updating",
    ];
    let of_cargo = line.starts_with(' ')
        && line.split_whitespace().next().is_some_and(|verb| OF_CARGO.contains(&verb));
    let of_a_test = line.starts_with("test ")
        && (line.ends_with(" ... ok") || line.contains(" ... ignored"))
        || line.starts_with("test result: ok.")
        || line.starts_with("running ") && (line.ends_with(" tests") || line.ends_with(" test"));
    of_cargo || of_a_test
}

#[cfg(test)]
mod tests {
    use super::{TestCounts, properties, what_matters};
    use crate::progress::{Finished, Tally};

    fn counts(passed: bool, output: &str) -> TestCounts {
        TestCounts::read(&Finished { passed, output: output.to_owned() })
    }

    #[test]
    fn what_held_on_hundreds_of_cases_is_named() {
        let output = "test decision::properties::what_hovers_is_told_once ... ok\n\
            test decision::tests::worse_is_told ... ok\n\
            test decision::properties::nothing_is_told_twice ... FAILED\n";
        assert_eq!(properties(output), ["what_hovers_is_told_once"]);
    }

    #[test]
    fn the_summaries_of_all_test_programs_are_added_up() {
        let output = "     Running unittests lib.rs (target/debug/deps/domain-1)\n\
            test rules::a_gap_is_not_good ... ok\n\
            test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.03s\n\
            \n\
            test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s\n";
        let expected = TestCounts { tally: Tally { passed: 16, failed: 2 }, ignored: 1 };
        assert_eq!(counts(false, output), expected);
    }

    #[test]
    fn a_test_program_that_crashed_is_one_failure() {
        let output = "test result: ok. 5 passed; 0 failed; 0 ignored\nerror: test failed\n\
            Caused by: process didn't exit successfully (signal: 6, SIGABRT)\n";
        assert_eq!(counts(false, output).tally, Tally { passed: 5, failed: 1 });
    }

    #[test]
    fn no_test_at_all_is_neither_passed_nor_failed() {
        assert_eq!(counts(true, "").tally, Tally::default());
        assert_eq!(counts(true, "test result: garbled").tally, Tally::default());
    }

    #[test]
    fn only_what_failed_is_shown_and_where() {
        let output = "   Compiling domain v0.1.0\n Documenting domain v0.1.0\n\
            \x20    Running unittests engine.rs\n\nrunning 9 tests\n\n\
            test result: ok. 9 passed; 0 failed\n\n\
            \x20    Running unittests domain.rs\n\nrunning 3 tests\n\
            test a ... ok\ntest b ... FAILED\ntest c ... ignored, slow\n\n\n\
            ---- b stdout ----\n  left: 1\n right: 2\n\
            \x20  Doc-tests domain\n\nrunning 0 tests\n\ntest result: ok. 0 passed; 0 failed\n";
        let shown = "     Running unittests domain.rs\ntest b ... FAILED\n\n\
            ---- b stdout ----\n  left: 1\n right: 2\n";
        assert_eq!(what_matters(output), shown);
    }
}
