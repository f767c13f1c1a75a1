//! One durable SQLite file: places, people, what was published, what was decided and told.
//!
//! Nothing is deleted here but what the person removes, and what is older than they want it kept. Every change
//! is one IMMEDIATE transaction; several processes may use the file at the same time.

mod alert;
mod diary;
mod erase;
mod export;
mod impact;
mod import;
mod mark;
mod past;
pub mod place;
mod planned;
pub mod portable;
mod reading;
mod sent;
mod settings;
mod source;
mod traffic;

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};
use rusqlite_migration::{M, Migrations};

pub use alert::{
    AlertRow, DecisionRow, DeliveryOutcome, NewAlert, NewDecision, NewNotification,
    NotificationRow, ReadingKey,
};
pub use impact::ToldAlert;
pub use import::{Added, Import, Unfit};
pub use past::PastAsked;
pub use planned::JudgedRow;
pub use reading::StoredReading;
pub use sent::SentRow;
pub use settings::{MOST_RETENTION_YEARS, RETENTION_YEARS, Retention, Settings};
pub use source::Asked;
pub use traffic::{HostTraffic, KeptAnswer};

/// The name of the data file in its folder.
pub const FILE_NAME: &str = "ecosante.db";

/// How long to wait for another process that is writing.
const BUSY: Duration = Duration::from_secs(10);

/// Why the data file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A newer version of the app wrote it; it was left as it is.
    #[error("{path} was written by a newer version (schema {found}, known {known})")]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The newest version known here.
        known: usize,
    },
    /// It is damaged; it was set aside under another name.
    #[error("{path} was damaged and is kept as {kept_as}")]
    SetAside {
        /// The file.
        path: PathBuf,
        /// Its new name.
        kept_as: PathBuf,
    },
    /// It is damaged and could not be set aside.
    #[error("{path} is damaged")]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// The folder cannot be made or the file cannot be opened for writing.
    #[error("{path} cannot be opened for writing: {why}")]
    NotWritable {
        /// The folder or file.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// Another process has been writing for too long.
    #[error("the data file is busy")]
    Busy,
    /// The disk is full, or does not take what is written for another reason.
    #[error("the disk is full or does not respond")]
    DiskFull,
    /// What is stored does not have the form it was written in.
    #[error("stored {what} cannot be read: {why}")]
    Content {
        /// What was to be read.
        what: &'static str,
        /// What is wrong.
        why: String,
    },
    /// Anything else that SQLite reports.
    #[error("SQLite: {0}")]
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            // A disk without room for the index of the log fails as if it were broken.
            Some(ErrorCode::DiskFull | ErrorCode::SystemIoFailure) => Self::DiskFull,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Damaged { path: PathBuf::new() }
            }
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::NotWritable { path: PathBuf::new(), why: error.to_string() }
            }
            _ => Self::Sqlite(error),
        }
    }
}

/// A result of the store.
pub type Result<T> = std::result::Result<T, StoreError>;

fn migrations() -> Migrations<'static> {
    Migrations::new(vec![
        M::up(include_str!("schema.sql")),
        M::up(include_str!("slots.sql")),
        M::up(include_str!("traffic.sql")),
        M::up(include_str!("past.sql")),
        M::up(include_str!("alerts.sql")),
        M::up(include_str!("sent.sql")),
    ])
}

/// How many migrations [`migrations`] has: the schema version of this program.
const SCHEMA: usize = 6;

/// The open data file.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
}

impl Store {
    /// Opens the data file in `folder`, making both where they are missing, readable by the user
    /// alone.
    ///
    /// # Errors
    /// A file of a newer version is left untouched ([`StoreError::Newer`]). A damaged one is set
    /// aside under a new name, which the error gives ([`StoreError::SetAside`]); the next opening
    /// begins a new file. A folder that cannot be written to is [`StoreError::NotWritable`].
    pub fn open(folder: &Path) -> Result<Self> {
        make_private_folder(folder)?;
        let path = folder.join(FILE_NAME);
        match Self::open_file(&path) {
            Err(StoreError::Damaged { .. }) => Err(set_aside(&path)),
            opened => opened,
        }
    }

    fn open_file(path: &Path) -> Result<Self> {
        make_private_file(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection =
            Connection::open_with_flags(path, flags).map_err(|error| named(error.into(), path))?;
        connection.busy_timeout(BUSY)?;
        // Before anything is written: what a newer version made is not ours to touch.
        let found: i64 = connection
            .query_row("PRAGMA user_version", [], |row| row.get(0))
            .map_err(|error| named(error.into(), path))?;
        if usize::try_from(found).is_ok_and(|found| found > SCHEMA) {
            return Err(StoreError::Newer { path: path.to_owned(), found, known: SCHEMA });
        }
        // SQLite does not wait its turn when two processes turn a new file to WAL at the same time.
        let is_current = usize::try_from(found) == Ok(SCHEMA);
        let _making = if is_current { None } else { Some(making(path)?) };
        connection.set_transaction_behavior(TransactionBehavior::Immediate);
        connection
            .execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;",
            )
            .map_err(|error| named(error.into(), path))?;
        migrate(&mut connection).map_err(|error| named(error, path))?;
        Ok(Self { connection, path: path.to_owned() })
    }

    /// Where the data file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Runs `change` in one transaction: all of it is kept, or nothing.
    ///
    /// # Errors
    /// Whatever `change` or SQLite reports; the file is then as it was.
    pub fn write<T>(&mut self, change: impl FnOnce(&Writer<'_>) -> Result<T>) -> Result<T> {
        let connection = &mut self.connection;
        let whole = || -> Result<T> {
            let transaction = connection.transaction()?;
            let done = change(&Writer { transaction: &transaction })?;
            transaction.commit()?;
            Ok(done)
        };
        whole().map_err(|error| named(error, &self.path))
    }

    /// Runs `change` in one transaction and takes all of it back: what would come of it.
    ///
    /// # Errors
    /// Whatever `change` or SQLite reports.
    pub fn rehearse<T>(&mut self, change: impl FnOnce(&Writer<'_>) -> Result<T>) -> Result<T> {
        let connection = &mut self.connection;
        let whole = || -> Result<T> {
            // Dropped without being committed, it leaves nothing behind.
            let transaction = connection.transaction()?;
            change(&Writer { transaction: &transaction })
        };
        whole().map_err(|error| named(error, &self.path))
    }

    /// Runs `look` on one consistent state of the file.
    ///
    /// # Errors
    /// Whatever `look` or SQLite reports.
    pub fn read<T>(&self, look: impl FnOnce(&Reader<'_>) -> Result<T>) -> Result<T> {
        let whole = || -> Result<T> {
            let transaction =
                Transaction::new_unchecked(&self.connection, TransactionBehavior::Deferred)?;
            look(&Reader { transaction: &transaction })
        };
        whole().map_err(|error| named(error, &self.path))
    }

    /// Closes a file that turned out to be damaged and sets it aside; the store is of no use then.
    ///
    /// Not every system renames a file that is open.
    #[must_use]
    pub fn set_aside(&mut self) -> StoreError {
        match Connection::open_in_memory() {
            Ok(nothing) => {
                self.connection = nothing;
                set_aside(&self.path)
            }
            Err(_) => StoreError::Damaged { path: self.path.clone() },
        }
    }
}

/// What can be asked of the file within a transaction.
#[derive(Debug)]
pub struct Reader<'a> {
    transaction: &'a Transaction<'a>,
}

/// What can be changed in the file within a transaction.
#[derive(Debug)]
pub struct Writer<'a> {
    transaction: &'a Transaction<'a>,
}

impl<'a> Writer<'a> {
    /// The same transaction, to ask.
    #[must_use]
    pub fn reader(&self) -> Reader<'a> {
        Reader { transaction: self.transaction }
    }
}

/// Puts the path, which SQLite does not know, into an error.
fn named(error: StoreError, path: &Path) -> StoreError {
    match error {
        StoreError::Damaged { .. } => StoreError::Damaged { path: path.to_owned() },
        StoreError::NotWritable { why, .. } => {
            StoreError::NotWritable { path: path.to_owned(), why }
        }
        other => other,
    }
}

fn migrate(connection: &mut Connection) -> Result<()> {
    let is_current = |connection: &Connection| -> Result<bool> {
        let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        Ok(usize::try_from(version) == Ok(SCHEMA))
    };
    if is_current(connection)? {
        return Ok(());
    }
    match migrations().to_latest(connection) {
        Ok(()) => Ok(()),
        // Another process was faster: what it made is what was to be made.
        Err(_) if is_current(connection)? => Ok(()),
        Err(rusqlite_migration::Error::RusqliteError { err, .. }) => Err(err.into()),
        Err(other) => Err(StoreError::Content { what: "schema", why: other.to_string() }),
    }
}

/// Waits until no other process is making the file; the turn ends when the lock is dropped.
fn making(path: &Path) -> Result<File> {
    let path = path.with_extension("making");
    let not_writable = |error: std::io::Error| StoreError::NotWritable {
        path: path.clone(),
        why: error.to_string(),
    };
    make_private_file(&path)?;
    let file = OpenOptions::new().write(true).open(&path).map_err(not_writable)?;
    file.lock().map_err(not_writable)?;
    Ok(file)
}

fn make_private_folder(folder: &Path) -> Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder).map_err(|error| StoreError::NotWritable {
        path: folder.to_owned(),
        why: error.to_string(),
    })
}

fn make_private_file(path: &Path) -> Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
        .open(path)
        .map(drop)
        .map_err(|error| StoreError::NotWritable { path: path.to_owned(), why: error.to_string() })
}

/// The folder in which the command line and the window keep their data on a computer; `None` where
/// the system names no home.
#[must_use]
pub fn default_folder() -> Option<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "ecosante")?;
    Some(folders.data_local_dir().to_owned())
}

/// Renames a damaged file, and what SQLite keeps beside it, to a name that is still free.
fn set_aside(path: &Path) -> StoreError {
    let beside = |suffix: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    };
    let free = (1_u32..).map(|n| format!(".damaged-{n}")).find(|suffix| !beside(suffix).exists());
    let Some(suffix) = free else {
        return StoreError::Damaged { path: path.to_owned() };
    };
    let kept_as = beside(&suffix);
    if std::fs::rename(path, &kept_as).is_err() {
        return StoreError::Damaged { path: path.to_owned() };
    }
    for part in ["-wal", "-shm"] {
        let mut kept_part = kept_as.as_os_str().to_owned();
        kept_part.push(part);
        // Missing in most cases; the file itself is what matters.
        std::fs::rename(beside(part), kept_part).ok();
    }
    StoreError::SetAside { path: path.to_owned(), kept_as }
}

/// A moment from Unix seconds.
fn moment(seconds: i64) -> Result<DateTime<Utc>> {
    DateTime::from_timestamp(seconds, 0)
        .ok_or_else(|| StoreError::Content { what: "time", why: seconds.to_string() })
}

/// Reads a stored word back.
fn word<T: std::str::FromStr>(what: &'static str, word: &str) -> Result<T>
where
    T::Err: std::fmt::Display,
{
    word.parse().map_err(|error: T::Err| StoreError::Content { what, why: error.to_string() })
}

/// Reads stored JSON back.
fn json<T: serde::de::DeserializeOwned>(what: &'static str, text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| StoreError::Content { what, why: error.to_string() })
}

/// JSON to be stored.
fn to_json(what: &'static str, value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value)
        .map_err(|error| StoreError::Content { what, why: error.to_string() })
}

#[cfg(test)]
mod tests;
