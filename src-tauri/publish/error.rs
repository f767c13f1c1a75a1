//! Why nothing could be published.

use std::path::PathBuf;

use ecosante_domain::reading::Source;
use ecosante_engine::EngineError;

/// Why nothing could be published. Its text is for the log; the command line says it in words.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The folder or a file in it cannot be read or written.
    #[error("{}: {why}", path.display())]
    Folder {
        /// What cannot be used.
        path: PathBuf,
        /// The complaint of the system.
        why: String,
    },
    /// There is no such département.
    #[error("there is no département {code:?}")]
    Departement {
        /// The code that was given.
        code: String,
    },
    /// Another publication is under way.
    #[error("another publication is under way")]
    Busy,
    /// No source has ever answered.
    #[error("no source has answered")]
    Nothing {
        /// What was asked now, with the code of its error.
        failed: Vec<(Source, String)>,
    },
    /// The engine cannot go on.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

impl PublishError {
    /// An error of the system about a path.
    pub(crate) fn at(path: &std::path::Path, error: &std::io::Error) -> Self {
        Self::Folder { path: path.to_owned(), why: error.to_string() }
    }
}
