//! `ecosante publish`: what it says, and how it ends.

use std::path::Path;

use ecosante_domain::text::{Arg, Texts};
use ecosante_engine::{Engine, Options};
use ecosante_publish::{PublishError, Published, Wanted, publish};

use crate::commands::{Failure, Outcome, write_json};
use crate::{NO_ANSWER, NO_STORE, complain, write};

/// One publication.
pub(crate) struct Session<'a> {
    pub(crate) texts: &'a Texts,
    pub(crate) json: bool,
}

impl Session<'_> {
    /// Publishes into a folder; the number is the exit status.
    pub(crate) fn run(&self, out: &Path, wanted: &Wanted, options: Options) -> Outcome {
        // A web server, which is somebody else, reads it; the folder of the engine's file in it is
        // for its owner alone, and whatever it has to make above itself would be too.
        if let Err(error) = std::fs::create_dir_all(out) {
            return self
                .failed(PublishError::Folder { path: out.to_owned(), why: error.to_string() });
        }
        let engine = Engine::open(options)?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| Failure::Usage(error.to_string()))?;
        match runtime.block_on(publish(&engine, out, wanted)) {
            Ok(published) => self.done(&published),
            Err(error) => self.failed(error),
        }
    }

    fn done(&self, published: &Published) -> Outcome {
        self.complain_of(published);
        if self.json {
            write_json(published)?;
        } else {
            let args: [Arg<'_>; 2] =
                [("written", published.written.into()), ("files", published.files.into())];
            write(&format!("{}\n", self.texts.format("publish-done", args)))?;
        }
        Ok(if published.nobody_answered() { NO_ANSWER } else { 0 })
    }

    fn complain_of(&self, published: &Published) {
        for (source, code) in &published.failed {
            let source = self.texts.get(&format!("source-{}", source.name()));
            let why = self.texts.sentence_case(&self.texts.get(&format!("failure-{code}")));
            let args: [Arg<'_>; 2] = [("source", source.into()), ("why", why.into())];
            complain(&self.texts.format("publish-failed", args));
        }
    }

    fn failed(&self, error: PublishError) -> Outcome {
        match error {
            PublishError::Engine(error) => Err(Failure::Engine(error)),
            PublishError::Folder { path, why } => {
                let path = path.display().to_string();
                let args: [Arg<'_>; 2] = [("path", path.into()), ("why", why.into())];
                complain(&self.texts.format("error-publish-folder", args));
                Ok(NO_STORE)
            }
            PublishError::Departement { code } => {
                let sentence =
                    self.texts.format("error-publish-departement", [("given", code.into())]);
                Err(Failure::Usage(sentence))
            }
            PublishError::Busy => {
                complain(&self.texts.get("error-publish-busy"));
                Ok(NO_STORE)
            }
            PublishError::Nothing { failed } => {
                for (source, code) in failed {
                    let source = self.texts.get(&format!("source-{}", source.name()));
                    complain(&format!("{source}: {}", self.texts.get(&format!("failure-{code}"))));
                }
                complain(&self.texts.get("error-publish-nothing"));
                Ok(NO_ANSWER)
            }
        }
    }
}
