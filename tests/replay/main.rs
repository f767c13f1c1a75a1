//! `ecosante-replay`: the replay server as a command, for the demo and for tests in other
//! languages.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::{DateTime, FixedOffset, TimeDelta};
use clap::Parser;
use ecosante_replay::{Answers, Clock, DAYS_BEFORE, Replay, World};

/// Answers like the public sources that Écosanté asks, on 127.0.0.1 only.
///
/// Prints one line, `gateway http://127.0.0.1:PORT`, when it is ready; with `--before`, one more
/// ahead of it, `now RFC3339`. Serves until its standard
/// input closes or a signal ends it.
#[derive(Parser)]
#[command(name = "ecosante-replay", version)]
struct Arguments {
    /// Port to listen on; 0 takes a free one.
    #[arg(long, default_value_t = 0, value_name = "N")]
    port: u16,
    /// Serve the recorded answers of this folder as they are, whatever the query.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["demo", "quiet"])]
    folder: Option<PathBuf>,
    /// Serve the world of the demo: Lyon at 3 today and 4 tomorrow, Paris at 2 (the default).
    #[arg(long, conflicts_with = "quiet")]
    demo: bool,
    /// Serve the world of the demo as it was N days before
    #[arg(long, value_name = "N", conflicts_with_all = ["quiet", "folder"],
          value_parser = clap::value_parser!(u8).range(1..=DAYS_BEFORE as i64))]
    before: Option<u8>,
    /// Serve a world in which nothing is worth an alert.
    #[arg(long)]
    quiet: bool,
    /// Let the clock start at this moment and run on; what a folder has recorded stays as it is.
    #[arg(long, value_name = "RFC3339")]
    now: Option<DateTime<FixedOffset>>,
}

fn main() -> ExitCode {
    match serve(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "The replay server cannot start: {error}.");
            ExitCode::FAILURE
        }
    }
}

fn serve(arguments: Arguments) -> io::Result<()> {
    let now = arguments.now.map_or(Clock::System, Clock::running_from);
    let mut out = io::stdout();
    let clock = match arguments.before {
        None => now,
        Some(days) => {
            let then = now.now() - TimeDelta::days(days.into());
            writeln!(out, "now {}", then.to_rfc3339())?;
            Clock::running_from(then)
        }
    };
    let answers = match arguments.folder {
        Some(folder) if !folder.is_dir() => {
            return Err(io::Error::other(format!("{} is not a folder", folder.display())));
        }
        Some(folder) => Answers::Folder(folder),
        None if arguments.quiet => Answers::World(Box::new(World::quiet(clock))),
        None => Answers::World(Box::new(match arguments.before {
            None => World::demo(clock),
            Some(days) => World::before_demo(clock, days.into()),
        })),
    };
    let replay = Replay::listen(answers, arguments.port)?;
    writeln!(out, "gateway {}", replay.gateway())?;
    out.flush()?;
    io::copy(&mut io::stdin(), &mut io::sink())?;
    Ok(())
}
