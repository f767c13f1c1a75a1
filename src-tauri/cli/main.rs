//! `ecosante`: the engine of Écosanté without a window.

mod arguments;
mod commands;
mod holding;
mod judging;
mod print;
mod publishing;
mod terminal;

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::DateTime;
use clap::ArgMatches;
use clap::error::ErrorKind;
use ecosante_domain::text::{Language, Texts};
use ecosante_engine::clock::Clock;
use ecosante_engine::http::HttpOptions;
use ecosante_engine::store::{self, StoreError};
use ecosante_engine::{Engine, EngineError, Options};

use crate::commands::Failure;

/// Exit status of arguments that make no sense.
const USAGE: u8 = 2;
/// Exit status when no source answered.
const NO_ANSWER: u8 = 3;
/// Exit status when the data file cannot be used.
const NO_STORE: u8 = 4;

fn main() -> ExitCode {
    let arguments: Vec<String> =
        std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect();
    let system_language = sys_locale::get_locale()
        .and_then(|locale| Language::of_locale(&locale))
        .unwrap_or(Language::ABROAD);
    let asked = arguments::language_asked(&arguments);
    let texts = Texts::new(asked.unwrap_or(system_language));
    let given = std::env::args_os().map(arguments::shielded);
    let matches = match arguments::command(&texts).try_get_matches_from(given) {
        Ok(matches) => matches,
        Err(error)
            if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) =>
        {
            let written = write(&error.to_string());
            return written.map_or_else(|failure| fail(&failure, &texts), |()| ExitCode::SUCCESS);
        }
        Err(error) => {
            complain(&arguments::usage_sentence(&texts, &error, &arguments));
            return ExitCode::from(USAGE);
        }
    };
    let outcome = run(&matches, &texts, asked, system_language);
    match outcome {
        Ok(code) => ExitCode::from(code),
        Err(failure) => fail(&failure, &texts),
    }
}

fn run(
    matches: &ArgMatches,
    texts: &Texts,
    language: Option<Language>,
    system_language: Language,
) -> Result<u8, Failure> {
    if let Some(("completions", chosen)) = matches.subcommand() {
        return commands::completions(chosen, texts);
    }
    if let Some(("advice", chosen)) = matches.subcommand()
        && chosen.get_flag("all")
    {
        return commands::all_advice(texts, matches.get_flag("json"));
    }
    let clock = match matches.get_one::<String>("now").filter(|given| !given.is_empty()) {
        None => Clock::System,
        Some(given) => Clock::from(DateTime::parse_from_rfc3339(given).map_err(|_| {
            Failure::Usage(texts.format("error-now", [("given", given.as_str().into())]))
        })?),
    };
    if let Some(("publish", chosen)) = matches.subcommand() {
        let out = chosen.get_one::<OsString>("out").map(PathBuf::from).unwrap_or_default();
        let options = Options {
            // What is published is nobody's: the file of its own has no place and no person.
            folder: out.join(ecosante_publish::STATE),
            clock,
            gateway: address(matches, "gateway"),
            // Who publishes asks the producers themselves.
            relay: None,
            language,
            system_language,
            http: HttpOptions::default(),
        };
        let session = publishing::Session { texts, json: matches.get_flag("json") };
        let departements = chosen.get_many::<String>("departement").into_iter().flatten();
        let wanted = ecosante_publish::Wanted {
            all: chosen.get_flag("all"),
            departements: departements.map(|code| code.trim().to_uppercase()).collect(),
        };
        return session.run(&out, &wanted, options);
    }
    let folder = match matches.get_one::<OsString>("data-dir").filter(|dir| !dir.is_empty()) {
        Some(folder) => PathBuf::from(folder),
        None => store::default_folder().ok_or_else(|| Failure::Usage(texts.get("error-home")))?,
    };
    let engine = Engine::open(Options {
        folder,
        clock,
        gateway: address(matches, "gateway"),
        relay: address(matches, "relay"),
        language,
        system_language,
        http: HttpOptions::default(),
    })?;
    let texts = engine.texts()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::Usage(error.to_string()))?;
    let session =
        commands::Session { engine: &engine, texts: &texts, json: matches.get_flag("json") };
    runtime.block_on(session.run(matches)).map_err(|failure| match failure {
        // Damage that was met on the way, not at the door.
        Failure::Engine(EngineError::Store(StoreError::Damaged { .. })) => {
            Failure::Engine(engine.set_aside())
        }
        other => other,
    })
}

fn address(matches: &ArgMatches, option: &str) -> Option<String> {
    matches.get_one::<String>(option).filter(|base| !base.is_empty()).cloned()
}

fn fail(failure: &Failure, texts: &Texts) -> ExitCode {
    match failure {
        Failure::Usage(sentence) => {
            complain(sentence);
            ExitCode::from(USAGE)
        }
        Failure::Engine(EngineError::Fetch(error)) => {
            let why = texts.get(&format!("failure-{}", error.code()));
            complain(&texts.format("error-needs-network", [("why", why.into())]));
            ExitCode::from(NO_ANSWER)
        }
        Failure::Engine(error) => {
            complain(&error.sentence(texts));
            let code = if matches!(error, EngineError::Store(_)) { NO_STORE } else { USAGE };
            ExitCode::from(code)
        }
        Failure::Unwritable(why) => {
            complain(&texts.format("error-output", [("why", why.as_str().into())]));
            ExitCode::FAILURE
        }
        // Whoever read has gone away, which is their right.
        Failure::Output => ExitCode::SUCCESS,
    }
}

/// Writes to standard output.
fn write(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            Failure::Output
        } else {
            Failure::Unwritable(error.to_string())
        }
    })
}

/// Writes one sentence to standard error.
fn complain(sentence: &str) {
    // Nothing is left to tell it to when this fails.
    writeln!(std::io::stderr(), "ecosante: {sentence}").ok();
}
