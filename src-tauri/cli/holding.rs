//! The person's data in their hands: what was sent, export, import, delete all.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use ecosante_engine::{EngineError, ExportForm, Imported};
use serde_json::json;

use crate::commands::{Failure, Outcome, Session, write_json};
use crate::write;

/// What stands for standard input and output.
const STANDARD: &str = "-";

impl Session<'_> {
    /// What was sent to whom.
    pub(crate) fn sent(&self, matches: &ArgMatches) -> Outcome {
        let days = self.days(matches, SENT_DAYS)?;
        if self.json {
            return write_json(&self.engine.sent(days)?);
        }
        self.sheet(&self.engine.sent_sheet(self.texts, days)?)
    }

    /// Writes all data to a new file, a new folder, or standard output.
    pub(crate) fn export(&self, matches: &ArgMatches) -> Outcome {
        let form = match matches.get_one::<String>("format").map(String::as_str) {
            Some("csv") => ExportForm::Csv,
            _ => ExportForm::Json,
        };
        let out = matches.get_one::<OsString>("out").filter(|out| out.as_os_str() != STANDARD);
        let Some(out) = out else {
            if form == ExportForm::Csv {
                return Err(self.usage("error-export-out", []));
            }
            return self.export_to_output();
        };
        let path = PathBuf::from(out);
        self.engine.export_to(&path, form)?;
        let path = std::path::absolute(&path).unwrap_or(path);
        if self.json {
            return write_json(&json!({ "path": path }));
        }
        self.say("data-saved", [("path", path.display().to_string().into())])?;
        Ok(0)
    }

    fn export_to_output(&self) -> Outcome {
        let mut out = Output { out: BufWriter::new(io::stdout().lock()), gone: false };
        let written = self.engine.export_json(&mut out);
        let gone = out.gone;
        match written {
            Err(EngineError::Export { .. }) if gone => Err(Failure::Output),
            Err(EngineError::Export { why, .. }) => Err(Failure::Unwritable(why)),
            Err(error) => Err(error.into()),
            Ok(()) => Ok(0),
        }
    }

    /// Takes over what was exported, and judges what is stored then.
    pub(crate) async fn import(&self, matches: &ArgMatches) -> Outcome {
        let Some(given) = matches.get_one::<OsString>("file") else { return Ok(0) };
        let imported = if given.as_os_str() == STANDARD {
            self.engine.import(io::stdin()).await?
        } else {
            let path = Path::new(given);
            let unreadable = |why: String| EngineError::ImportUnreadable { path: path.into(), why };
            let file = File::open(path).map_err(|error| unreadable(error.to_string()))?;
            self.engine.import(file).await.map_err(|error| match error {
                // What is read knows no name.
                EngineError::ImportUnreadable { why, .. } => unreadable(why),
                other => other,
            })?
        };
        if !self.json {
            write(&format!("{}\n", imported.sentence(self.texts)))?;
        }
        self.judge("imported", &said(&imported)).await
    }

    /// Deletes everything, where that is really meant.
    pub(crate) async fn erase(&self, sure: bool) -> Outcome {
        if !sure {
            return Err(self.usage("error-erase-unsure", []));
        }
        let erased = self.engine.erase().await?;
        if self.json {
            return write_json(
                &json!({ "erased": true, "key_left": erased.key_left, "set_aside": erased.set_aside }),
            );
        }
        // What language is spoken was deleted too; this call speaks it to its end.
        write(&format!("{}\n", erased.sentence(self.texts)))?;
        Ok(0)
    }
}

/// Over how many days it is shown what was sent.
const SENT_DAYS: u32 = 30;

fn said(imported: &Imported) -> serde_json::Value {
    let added = imported.added;
    json!({
        "places": added.places,
        "people": added.people,
        "readings": added.readings,
        "alerts": added.alerts,
        "diary": added.diary,
        "settings": added.settings,
        "other": added.rest,
        "gateway": imported.gateway,
        "relay": imported.relay,
    })
}

/// Standard output, which knows whether whoever reads it has gone away.
struct Output {
    out: BufWriter<io::StdoutLock<'static>>,
    gone: bool,
}

impl Output {
    fn looked<T>(&mut self, done: io::Result<T>) -> io::Result<T> {
        self.gone |= done.as_ref().is_err_and(|it| it.kind() == io::ErrorKind::BrokenPipe);
        done
    }
}

impl io::Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let done = io::Write::write(&mut self.out, bytes);
        self.looked(done)
    }

    fn flush(&mut self) -> io::Result<()> {
        let done = io::Write::flush(&mut self.out);
        self.looked(done)
    }
}
