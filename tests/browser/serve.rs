//! `ecosante-in-browser`: the demo in any browser, for whoever works on what the window shows. After
//! `cargo xtask ui` a reload shows what was changed.

#![expect(clippy::print_stdout, reason = "it says where it answers")]

use std::io::Result;

use chrono::{DateTime, FixedOffset};
use clap::Parser;
use ecosante_browser::{Host, Setting, live_through};
use ecosante_domain::text::Language;
use ecosante_replay::{Clock, Replay, World};

/// Serves what the window shows, on made-up answers, on 127.0.0.1 only, until Ctrl-C.
#[derive(Parser)]
#[command(name = "ecosante-in-browser", version)]
struct Arguments {
    /// Port to listen on; 0 takes a free one
    #[arg(long, default_value_t = 0, value_name = "N")]
    port: u16,
    /// The moment at which the clock begins to run
    #[arg(long, default_value = "2026-10-06T15:20:00+02:00", value_name = "RFC3339")]
    now: DateTime<FixedOffset>,
    /// For how many days the app has been in use; 0: the first run
    #[arg(long, default_value_t = 3, value_name = "N",
          value_parser = clap::value_parser!(u8).range(0..=ecosante_replay::DAYS_BEFORE as i64))]
    days: u8,
    /// Speak English, not French
    #[arg(long)]
    english: bool,
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let folder = tempfile::tempdir()?;
    let days: Vec<_> = (1..=usize::from(arguments.days))
        .rev()
        .map(|ago| move |then| Some(World::before_demo(then, ago)))
        .collect();
    live_through(folder.path(), arguments.now, &["69123", "75056"], &days).await;
    let replay = Replay::start(World::demo(Clock::running_from(arguments.now)));
    let setting = Setting {
        folder: folder.path().to_owned(),
        now: arguments.now,
        gateway: replay.gateway(),
        language: if arguments.english { Language::En } else { Language::Fr },
        polls: true,
    };
    let host = Host::at(setting, arguments.port).await;
    println!("{}", host.url());
    tokio::signal::ctrl_c().await
}
