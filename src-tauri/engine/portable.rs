//! The person's data in their hands: exported whole, taken over elsewhere, deleted. `EXPORT.md` says
//! what each field means.

use std::cell::RefCell;
use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, SecondsFormat, Utc};
use ecosante_domain::text::{Arg, Texts};
use serde::de::{DeserializeOwned, DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

use crate::engine::{Engine, Result};
use crate::error::EngineError;
use crate::keychain;
use crate::store::portable::{Entry, SettingsEntry};
use crate::store::{Added, Import, Store, StoreError, Unfit};

/// What an export says it is.
const FORMAT: &str = "ecosante-export";

/// The version of the form of an export. A field more, or another meaning of one, is a new version:
/// an older app then refuses it, and loses nothing that it does not know.
pub const EXPORT_VERSION: u32 = 1;

/// The sections of an export, in their order: none refers to a later one.
const SECTIONS: [&str; 12] = [
    "settings",
    "places",
    "people",
    "series",
    "readings",
    "alerts",
    "decisions",
    "notifications",
    "advice_shown",
    "advice_marks",
    "diary",
    "sent",
];

/// How long a change of everything waits for a refresh that is under way: longer than a source may
/// take to answer.
const REFRESH_WAIT: Duration = Duration::from_secs(70);

/// Under which name what is to be taken over lies in the data folder while it arrives in pieces.
const ARRIVING: &str = "arriving.json";

/// In which form data are exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ExportForm {
    /// One file that can be taken over again.
    Json,
    /// A folder of tables.
    Csv,
}

/// What came of taking data over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// How much was new.
    pub added: Added,
    /// The gateway through which requests go from now on, where it came with the data.
    pub gateway: Option<String>,
    /// The relay that is asked from now on, where it came with the data.
    pub relay: Option<String>,
}

/// What is left after everything was deleted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Erased {
    /// The keychain of the system did not let the key to Météo-France be removed.
    pub key_left: bool,
    /// Damaged files that were set aside earlier.
    pub set_aside: Vec<PathBuf>,
}

impl Imported {
    /// What came of it, in a sentence or two.
    #[must_use]
    pub fn sentence(&self, texts: &Texts) -> String {
        let Added { settings, places, people, readings, alerts, diary, rest } = self.added;
        let counted = [
            ("data-places", places),
            ("data-people", people),
            ("data-readings", readings),
            ("data-alerts", alerts),
            ("data-diary", diary),
            ("data-settings", settings),
        ];
        let some = counted.into_iter().filter(|(_, count)| *count > 0);
        let mut parts: Vec<String> =
            some.map(|(key, count)| texts.format(key, [("count", count.into())])).collect();
        if rest > 0 {
            parts.push(texts.get("data-rest"));
        }
        if parts.is_empty() {
            return texts.get("data-imported-nothing");
        }
        let mut said = texts.format("data-imported", [("parts", texts.list(&parts).into())]);
        for (key, name, came) in [
            ("data-imported-gateway", "gateway", &self.gateway),
            ("data-imported-relay", "relay", &self.relay),
        ] {
            if let Some(address) = came {
                let args: [Arg<'_>; 1] = [(name, address.as_str().into())];
                said = format!("{said} {}", texts.format(key, args));
            }
        }
        said
    }
}

impl Erased {
    /// What came of it, in a sentence for each thing that is left.
    #[must_use]
    pub fn sentence(&self, texts: &Texts) -> String {
        let mut said = vec![texts.get("data-erased")];
        if self.key_left {
            said.push(texts.get("data-erased-key"));
        }
        if !self.set_aside.is_empty() {
            let files: Vec<String> =
                self.set_aside.iter().map(|file| file.display().to_string()).collect();
            let args: [Arg<'_>; 1] = [("files", files.join(", ").into())];
            said.push(texts.format("data-erased-set-aside", args));
        }
        said.join(" ")
    }
}

/// What a file could not be written for.
#[derive(Debug)]
pub(crate) enum Unwritten {
    Store(StoreError),
    Out(io::Error),
}

impl From<StoreError> for Unwritten {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<io::Error> for Unwritten {
    fn from(error: io::Error) -> Self {
        Self::Out(error)
    }
}

impl Unwritten {
    fn at(self, path: &Path) -> EngineError {
        match self {
            Self::Store(error) => error.into(),
            Self::Out(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                EngineError::ExportExists { path: path.to_owned() }
            }
            Self::Out(error) => {
                EngineError::Export { path: path.to_owned(), why: error.to_string() }
            }
        }
    }
}

impl Engine {
    /// Writes all that is the person's, one row after the other.
    ///
    /// # Errors
    /// When the data file cannot be read, or `out` takes no more ([`EngineError::Export`]).
    pub fn export_json(&self, out: &mut dyn Write) -> Result<()> {
        self.write_json(out).map_err(|error| error.at(Path::new("-")))
    }

    fn write_json(&self, out: &mut dyn Write) -> std::result::Result<(), Unwritten> {
        // A connection of its own: however long it takes, nobody waits for it.
        let store = Store::open(self.folder())?;
        let mut json = Json { out, open: None, first: true };
        json.begin(self.now().utc())?;
        store.each_entry(&mut |entry| json.take(&entry).map_err(Unwritten::Out))?;
        Ok(json.end()?)
    }

    /// Exports to a file that does not exist yet, for CSV to a folder, readable by the user alone.
    ///
    /// # Errors
    /// [`EngineError::ExportExists`], [`EngineError::Export`], or a data file that cannot be read.
    /// Then nothing is left of what was begun.
    pub fn export_to(&self, path: &Path, form: ExportForm) -> Result<()> {
        match form {
            ExportForm::Json => {
                let write = || -> std::result::Result<(), Unwritten> {
                    let mut out = BufWriter::new(new_file(path)?);
                    let written = self.write_json(&mut out).and_then(|()| Ok(out.flush()?));
                    if written.is_err() {
                        std::fs::remove_file(path).ok();
                    }
                    written
                };
                write().map_err(|error| error.at(path))
            }
            ExportForm::Csv => {
                let write = || -> std::result::Result<(), Unwritten> {
                    new_folder(path)?;
                    let store = Store::open(self.folder());
                    let written = store
                        .map_err(Unwritten::from)
                        .and_then(|store| crate::tables::write(&store, path));
                    if written.is_err() {
                        // It was made here, and holds nothing else.
                        std::fs::remove_dir_all(path).ok();
                    }
                    written
                };
                write().map_err(|error| error.at(path))
            }
        }
    }

    /// Exports into a folder, under a name with today's date that is still free there; gives the path.
    ///
    /// # Errors
    /// As [`Self::export_to`].
    pub fn export_into(&self, folder: &Path, form: ExportForm) -> Result<PathBuf> {
        let day = self.now().local().date_naive();
        let ending = match form {
            ExportForm::Json => ".json",
            ExportForm::Csv => "",
        };
        // It may be named and not be there; what that leads to is said below.
        std::fs::create_dir_all(folder).ok();
        let mut tries = 1_u32;
        loop {
            let again = if tries > 1 { format!("-{tries}") } else { String::new() };
            let path = folder.join(format!("ecosante-{day}{again}{ending}"));
            match self.export_to(&path, form) {
                Err(EngineError::ExportExists { .. }) if tries < MOST_A_DAY => tries += 1,
                Err(error) => return Err(error),
                Ok(()) => {
                    self.save_last_export(&path);
                    return Ok(path);
                }
            }
        }
    }

    /// Takes over what was exported: what is here stays, what is not here is added, all or nothing.
    ///
    /// # Errors
    /// What is no export, or not whole, or of a newer version; a refresh under way that does not
    /// end; a data file that cannot be written. Then nothing has changed.
    pub async fn import(&self, from: impl Read) -> Result<Imported> {
        let Some(_polling) = self.poll_lock_within(REFRESH_WAIT).await? else {
            return Err(EngineError::BusyElsewhere);
        };
        // Whoever looks meanwhile sees what was there before.
        let mut store = Store::open(self.folder())?;
        let before = store.read(|reader| reader.settings())?;
        let mut refused = None;
        let added = store.write(|writer| {
            let mut import = Import::new(writer)?;
            match read(BufReader::new(from), &mut import) {
                Ok(()) => Ok(import.added()),
                Err(Refused::Store(error)) => Err(error),
                Err(Refused::File(error)) => {
                    refused = Some(error);
                    // What was done so far is taken back with it.
                    Err(StoreError::Content { what: "import", why: String::new() })
                }
            }
        });
        if let Some(refused) = refused {
            return Err(refused);
        }
        let added = added?;
        let after = store.read(|reader| reader.settings())?;
        Ok(Imported {
            added,
            gateway: after.gateway.filter(|_| before.gateway.is_none()),
            relay: after.relay.filter(|_| before.relay.is_none()),
        })
    }

    /// Keeps a piece of what is to be taken over; the first one begins anew.
    ///
    /// # Errors
    /// When the data folder cannot be written.
    pub fn keep_arriving(&self, piece: &str, first: bool) -> Result<()> {
        let path = self.folder().join(ARRIVING);
        let keep = || -> io::Result<()> {
            let mut options = OpenOptions::new();
            if first {
                std::fs::remove_file(&path).ok();
                options.write(true).create_new(true);
            } else {
                options.append(true);
            }
            private(&mut options);
            options.open(&path)?.write_all(piece.as_bytes())
        };
        keep().map_err(|error| {
            StoreError::NotWritable { path: path.clone(), why: error.to_string() }.into()
        })
    }

    /// Takes over what has arrived in pieces.
    ///
    /// # Errors
    /// As [`Self::import`].
    pub async fn import_arrived(&self) -> Result<Imported> {
        let path = self.folder().join(ARRIVING);
        let file = File::open(&path).map_err(|error| EngineError::ImportUnreadable {
            path: path.clone(),
            why: error.to_string(),
        })?;
        let imported = self.import(file).await;
        std::fs::remove_file(&path).ok();
        imported
    }

    /// Deletes everything that is stored, the key in the keychain included; the engine goes on as on
    /// the first day.
    ///
    /// # Errors
    /// A refresh under way that does not end, or a data file that cannot be written.
    pub async fn erase(&self) -> Result<Erased> {
        let Some(_polling) = self.poll_lock_within(REFRESH_WAIT).await? else {
            return Err(EngineError::BusyElsewhere);
        };
        let had_key = self.settings()?.has_meteo_france_key;
        let set_aside = self.start_anew()?;
        std::fs::remove_file(self.folder().join(ARRIVING)).ok();
        let removed = if had_key {
            tokio::task::spawn_blocking(keychain::remove_meteo_france_key).await.ok()
        } else {
            Some(Ok(()))
        };
        Ok(Erased { key_left: !matches!(removed, Some(Ok(()))), set_aside })
    }
}

/// The mark that some editors put before a text in UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// How often data may be exported to one folder on one day.
const MOST_A_DAY: u32 = 1000;

fn private(options: &mut OpenOptions) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    #[cfg(not(unix))]
    let _ = options;
}

/// A file that was not there before, readable by the user alone.
pub(crate) fn new_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    private(&mut options);
    options.open(path)
}

fn new_folder(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(path)
}

/// Writes an export: an object with a list for each section, a line for each row.
struct Json<'a> {
    out: &'a mut dyn Write,
    /// The section that is open, by its place among [`SECTIONS`].
    open: Option<usize>,
    /// Whether it has no row yet.
    first: bool,
}

impl Json<'_> {
    fn begin(&mut self, now: DateTime<Utc>) -> io::Result<()> {
        let now = now.to_rfc3339_opts(SecondsFormat::Secs, true);
        write!(
            self.out,
            "{{\n\"format\": \"{FORMAT}\",\n\"version\": {EXPORT_VERSION},\n\
             \"app\": \"{}\",\n\"exported_at\": \"{now}\"",
            env!("CARGO_PKG_VERSION"),
        )
    }

    fn take(&mut self, entry: &Entry) -> io::Result<()> {
        match entry {
            Entry::Settings(settings) => {
                self.open = Some(0);
                write!(self.out, ",\n\"settings\": ")?;
                Ok(serde_json::to_writer(&mut self.out, settings)?)
            }
            Entry::Place(row) => self.row(1, row),
            Entry::Person(row) => self.row(2, row),
            Entry::Series(row) => self.row(3, row),
            Entry::Reading(row) => self.row(4, row),
            Entry::Alert(row) => self.row(5, row),
            Entry::Decision(row) => self.row(6, row),
            Entry::Notification(row) => self.row(7, row),
            Entry::AdviceShown(row) => self.row(8, row),
            Entry::AdviceMark(row) => self.row(9, row),
            Entry::Diary(row) => self.row(10, row),
            Entry::Sent(row) => self.row(11, row),
        }
    }

    /// A row of a section; the sections before it that have none are empty lists.
    fn row(&mut self, section: usize, row: &impl Serialize) -> io::Result<()> {
        self.open_section(section)?;
        self.out.write_all(if self.first { b"\n" } else { b",\n" })?;
        self.first = false;
        Ok(serde_json::to_writer(&mut self.out, row)?)
    }

    fn open_section(&mut self, section: usize) -> io::Result<()> {
        while self.open.is_none_or(|open| open < section) {
            let next = self.open.map_or(0, |open| open + 1);
            if self.open.is_some_and(|open| open > 0) {
                self.out.write_all(b"\n]")?;
            }
            write!(self.out, ",\n\"{}\": [", SECTIONS[next])?;
            (self.open, self.first) = (Some(next), true);
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        self.open_section(SECTIONS.len() - 1)?;
        self.out.write_all(b"\n]\n}\n")?;
        self.out.flush()
    }
}

/// Why an export is not taken over.
enum Refused {
    /// Because of what it is.
    File(EngineError),
    /// Because of the file here.
    Store(StoreError),
}

/// How far reading came before it was refused.
#[derive(Default)]
enum Stage {
    /// Nothing says that it is an export.
    #[default]
    Unknown,
    /// It is one, of a newer version.
    Newer,
    /// It is one that can be read.
    Known,
}

/// Reads an export and hands over its rows.
fn read(mut from: impl BufRead, import: &mut Import<'_>) -> std::result::Result<(), Refused> {
    // Some editors put a mark before a text.
    if from.fill_buf().is_ok_and(|begins| begins.starts_with(MARK)) {
        from.consume(MARK.len());
    }
    let state = RefCell::new((Stage::default(), None));
    let mut json = serde_json::Deserializer::from_reader(from);
    let whole = Whole { import, state: &state };
    let read = whole.deserialize(&mut json).and_then(|()| json.end());
    let (stage, store) = state.into_inner();
    let Err(error) = read else { return Ok(()) };
    if let Some(error) = store {
        return Err(Refused::Store(error));
    }
    Err(Refused::File(match stage {
        _ if error.is_io() => {
            EngineError::ImportUnreadable { path: PathBuf::from("-"), why: error.to_string() }
        }
        Stage::Unknown => EngineError::ImportForeign,
        Stage::Newer => EngineError::ImportNewer,
        Stage::Known => {
            tracing::warn!(%error, "what was exported cannot be taken over");
            EngineError::ImportDamaged { line: error.line() }
        }
    }))
}

/// The whole of an export.
struct Whole<'a, 'b> {
    import: &'a mut Import<'b>,
    state: &'a RefCell<(Stage, Option<StoreError>)>,
}

impl<'de> DeserializeSeed<'de> for Whole<'_, '_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> std::result::Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Whole<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an export of Écosanté")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<(), A::Error> {
        let Self { import, state } = self;
        if value_of::<String, A>(&mut map, "format")? != FORMAT {
            return Err(A::Error::custom("another format"));
        }
        let version: u32 = value_of(&mut map, "version")?;
        if version > EXPORT_VERSION {
            state.borrow_mut().0 = Stage::Newer;
            return Err(A::Error::custom("a newer version"));
        }
        if version == 0 {
            return Err(A::Error::custom("no version"));
        }
        state.borrow_mut().0 = Stage::Known;
        let _: String = value_of(&mut map, "app")?;
        let _: DateTime<Utc> = value_of(&mut map, "exported_at")?;
        let mut take = |entry: Entry| {
            import.take(entry).map_err(|unfit| match unfit {
                Unfit::Content(what) => what,
                Unfit::Store(error) => {
                    state.borrow_mut().1 = Some(error);
                    "the data file here"
                }
            })
        };
        let settings: SettingsEntry = value_of(&mut map, "settings")?;
        take(Entry::Settings(settings)).map_err(A::Error::custom)?;
        rows(&mut map, "places", Entry::Place, &mut take)?;
        rows(&mut map, "people", Entry::Person, &mut take)?;
        rows(&mut map, "series", Entry::Series, &mut take)?;
        rows(&mut map, "readings", Entry::Reading, &mut take)?;
        rows(&mut map, "alerts", Entry::Alert, &mut take)?;
        rows(&mut map, "decisions", Entry::Decision, &mut take)?;
        rows(&mut map, "notifications", Entry::Notification, &mut take)?;
        rows(&mut map, "advice_shown", Entry::AdviceShown, &mut take)?;
        rows(&mut map, "advice_marks", Entry::AdviceMark, &mut take)?;
        rows(&mut map, "diary", Entry::Diary, &mut take)?;
        rows(&mut map, "sent", Entry::Sent, &mut take)?;
        match map.next_key::<String>()? {
            None => Ok(()),
            Some(_) => Err(A::Error::custom("more than this version has")),
        }
    }
}

fn key_of<'de, A: MapAccess<'de>>(map: &mut A, name: &str) -> std::result::Result<(), A::Error> {
    match map.next_key::<String>()? {
        Some(key) if key == name => Ok(()),
        _ => Err(A::Error::custom(format!("{name} is not where it should be"))),
    }
}

fn value_of<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    map: &mut A,
    name: &str,
) -> std::result::Result<T, A::Error> {
    key_of(map, name)?;
    map.next_value()
}

/// Reads a section and hands over its rows, each as soon as it is read.
fn rows<'de, T: DeserializeOwned, A: MapAccess<'de>>(
    map: &mut A,
    name: &str,
    entry: fn(T) -> Entry,
    take: &mut dyn FnMut(Entry) -> std::result::Result<(), &'static str>,
) -> std::result::Result<(), A::Error> {
    key_of(map, name)?;
    map.next_value_seed(Rows { entry, take, row: PhantomData })
}

struct Rows<'a, T> {
    entry: fn(T) -> Entry,
    take: &'a mut dyn FnMut(Entry) -> std::result::Result<(), &'static str>,
    row: PhantomData<T>,
}

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for Rows<'_, T> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> std::result::Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, T: DeserializeOwned> Visitor<'de> for Rows<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of rows")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> std::result::Result<(), A::Error> {
        while let Some(row) = rows.next_element::<T>()? {
            (self.take)((self.entry)(row)).map_err(A::Error::custom)?;
        }
        Ok(())
    }
}
