//! What is kept between two publications: the last good answer of each source, and where communes
//! lie.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{BufRead as _, Read as _, Write as _};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use ecosante_domain::place::Coordinates;
use ecosante_domain::reading::Source;
use ecosante_engine::Engine;
use ecosante_engine::sources::national;
use serde::{Deserialize, Serialize};

use crate::error::PublishError;

/// Where every commune lies, by code.
pub(crate) type Centres = BTreeMap<String, Coordinates>;

/// The last good answer of a source, as it was kept.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub(crate) source: Source,
    /// When the source was asked for it.
    pub(crate) asked_at: DateTime<Utc>,
}

/// The first line of a file; the packed pages follow, one right after the other.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    asked_at: DateTime<Utc>,
    /// Bytes of each page.
    pages: Vec<usize>,
}

/// Sees to it that one publication is under way at a time; the system lets go of the lock when the
/// process ends.
pub(crate) fn lock(state: &Path) -> Result<File, PublishError> {
    let path = state.join("publish.lock");
    let opened = OpenOptions::new().write(true).create(true).truncate(false).open(&path);
    let file = opened.map_err(|error| PublishError::at(&path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(PublishError::Busy),
        Err(TryLockError::Error(error)) => Err(PublishError::at(&path, &error)),
    }
}

fn path_of(state: &Path, source: Source) -> PathBuf {
    state.join(format!("{}.pages", source.name()))
}

/// Keeps an answer in the place of the one before.
pub(crate) fn save(
    state: &Path,
    source: Source,
    asked_at: DateTime<Utc>,
    pages: &[Vec<u8>],
) -> Result<(), PublishError> {
    let head = Head { asked_at, pages: pages.iter().map(Vec::len).collect() };
    let mut bytes = serde_json::to_vec(&head).unwrap_or_default();
    bytes.push(b'\n');
    pages.iter().for_each(|page| bytes.extend_from_slice(page));
    replace(&path_of(state, source), &bytes)
}

/// The answer that is kept, and when it was asked for; `None` where there is none, or it is damaged:
/// then the source is asked anew at its time.
pub(crate) fn load(state: &Path, source: Source) -> Option<(DateTime<Utc>, Vec<Vec<u8>>)> {
    let mut file = std::io::BufReader::new(File::open(path_of(state, source)).ok()?);
    let mut head = String::new();
    file.read_line(&mut head).ok()?;
    let head: Head = serde_json::from_str(&head).ok()?;
    let page = |length: &usize| {
        let mut page = vec![0; *length];
        file.read_exact(&mut page).ok().map(|()| page)
    };
    let pages: Option<Vec<Vec<u8>>> = head.pages.iter().map(page).collect();
    Some((head.asked_at, pages?))
}

/// Where the communes lie: as it was answered now, or before; nothing where it was never answered.
pub(crate) async fn centres(engine: &Engine, state: &Path) -> Result<Centres, PublishError> {
    let path = state.join("centres.json");
    let known = fs::read(&path).ok().and_then(|body| national::centres(&body).ok());
    match engine.ask_centres(known.is_some()).await? {
        Some(body) => {
            replace(&path, &body)?;
            Ok(national::centres(&body).unwrap_or_default())
        }
        None => Ok(known.unwrap_or_default()),
    }
}

/// Writes a file so that it is either the old one or the new one, whatever happens.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
    let beside = path.with_extension("new");
    let at = |error: std::io::Error| PublishError::at(path, &error);
    let mut file = File::create(&beside).map_err(at)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(at)?;
    fs::rename(&beside, path).map_err(at)
}
