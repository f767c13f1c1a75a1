//! The project's own commands, in plain Rust: `cargo xtask run`, `cargo xtask test`, …

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it talks to the person at the terminal"
)]

// Of ui/, whose tests are there too.
#[path = "../ui/catalogue.rs"]
mod catalogue;
mod checks;
mod coast;
mod communes;
mod metadata;
mod phones;
mod pictures;
mod progress;
mod run;
mod setup;
mod tidy;
mod ui;
mod wasm;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::metadata::Workspace;
use crate::progress::Report;

/// The project's own commands.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build Écosanté and start it
    Run(run::Options),
    /// Check everything that the project's CI checks
    Test {
        /// Run only the Rust tests whose name contains one of these
        names: Vec<String>,
    },
    /// Check formatting, the project's own rules and clippy's: the quick part of `test`
    Lint,
    /// Run the benchmarks
    Bench {
        /// Of one part alone
        of: Option<checks::Bench>,
    },
    /// Let many installs live on a virtual clock, and say what they ask of each host
    Simulate {
        /// How many installs
        #[arg(long, default_value_t = 1_000_000)]
        installs: u64,
    },
    /// Build what the window shows, and say what it weighs
    Ui,
    /// Compile the app for a phone, and have Tauri make an Android project of it
    AndroidCheck,
    /// Make a picture of every screen in both languages, both themes and two widths
    Pictures,
    /// Install what the other commands need and this machine lacks
    Setup,
    /// Fetch the list of communes and write it in the form that the engine carries
    Communes,
    /// Fetch the coastline of France and write it in the form that the engine carries
    Coast,
    /// Check the dependencies: known vulnerabilities, licences, origins
    Audit,
}

fn main() -> ExitCode {
    match dispatch(Arguments::parse().command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(command: Command) -> Result<ExitCode> {
    match command {
        Command::Run(options) => run::run(&Workspace::load()?, &options),
        Command::Test { names } => {
            let workspace = Workspace::load()?;
            let mut report = Report::default();
            if names.is_empty() {
                checks::everything(&workspace, &mut report);
            } else {
                checks::only_tests(&workspace, &names, &mut report);
            }
            Ok(report.finish())
        }
        Command::Lint => {
            let mut report = Report::default();
            checks::lint(&Workspace::load()?, &mut report);
            Ok(report.finish())
        }
        Command::Bench { of } => checks::bench(&Workspace::load()?, of),
        Command::Simulate { installs } => checks::simulate(&Workspace::load()?, installs),
        Command::Ui => ui::run(&Workspace::load()?),
        Command::AndroidCheck => {
            let mut report = Report::default();
            checks::android(&Workspace::load()?, &mut report);
            Ok(report.finish())
        }
        Command::Pictures => pictures::run(&Workspace::load()?),
        Command::Setup => setup::everything(&Workspace::load()?),
        Command::Communes => communes::run().map(|()| ExitCode::SUCCESS),
        Command::Coast => coast::run().map(|()| ExitCode::SUCCESS),
        Command::Audit => checks::audit(&Workspace::load()?),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::Arguments;

    #[test]
    fn the_command_line_contradicts_itself_nowhere() {
        Arguments::command().debug_assert();
    }
}
