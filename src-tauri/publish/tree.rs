//! The tree of files, and how one publication takes the place of the one before: only what differs
//! is written, everything else is the same file under another name, and all of it appears at once.

use std::fs::{self, File};
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;

use crate::error::PublishError;
use crate::{CURRENT, keep};

/// The folder of the publications, each under its number.
const PUBLICATIONS: &str = "publications";

/// Where a publication is made before it has a number.
const STAGE: &str = "next";

/// Files of at least so many bytes have a packed one beside them: what fits into one packet gains
/// nothing.
const PACKED_FROM: usize = 1024;

/// How many publications are kept: who began to read one when the next came may finish.
const KEPT: usize = 2;

/// A publication that is being made.
#[derive(Debug)]
pub(crate) struct Tree {
    out: PathBuf,
    /// The one in force; `None` before the first.
    current: Option<PathBuf>,
    stage: PathBuf,
    /// The paths of all files so far that are as they were.
    same: Mutex<Vec<String>>,
    written: AtomicUsize,
    /// The folders that the stage has.
    folders: Mutex<std::collections::BTreeSet<PathBuf>>,
}

/// Writes files into a publication; each thread has its own.
pub(crate) struct Writer<'a> {
    tree: &'a Tree,
    same: std::cell::RefCell<Vec<String>>,
}

impl Tree {
    /// Begins a publication; what an interrupted one left is removed.
    pub(crate) fn begin(out: &Path) -> Result<Self, PublishError> {
        let publications = out.join(PUBLICATIONS);
        fs::create_dir_all(&publications)
            .map_err(|error| PublishError::at(&publications, &error))?;
        let stage = publications.join(STAGE);
        match fs::remove_dir_all(&stage) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(PublishError::at(&stage, &error));
            }
            _ => {}
        }
        let current = fs::read_link(out.join(CURRENT)).ok().map(|target| out.join(target));
        Ok(Self {
            out: out.to_owned(),
            current: current.filter(|it| it.is_dir()),
            stage,
            same: Mutex::default(),
            written: AtomicUsize::new(0),
            folders: Mutex::default(),
        })
    }

    /// How many files were written so far.
    pub(crate) fn written(&self) -> usize {
        self.written.load(Ordering::Relaxed)
    }

    pub(crate) fn writer(&self) -> Writer<'_> {
        Writer { tree: self, same: std::cell::RefCell::default() }
    }

    /// Makes something of each item, on all processors; the results are in the order of the items.
    pub(crate) fn each<T: Sync, R: Send>(
        &self,
        items: &[T],
        make: impl Fn(&T, &Writer<'_>) -> Result<R, PublishError> + Sync,
    ) -> Result<Vec<R>, PublishError> {
        let workers = thread::available_parallelism().map_or(1, usize::from);
        let share = items.len().div_ceil(workers).max(1);
        let parts: Vec<Result<Vec<R>, PublishError>> = thread::scope(|scope| {
            let make = &make;
            let running: Vec<_> = items
                .chunks(share)
                .map(|part| {
                    scope.spawn(move || {
                        let writer = self.writer();
                        part.iter().map(|item| make(item, &writer)).collect()
                    })
                })
                .collect();
            let ended = running
                .into_iter()
                .map(|it| it.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            ended.collect()
        });
        let mut made = Vec::with_capacity(items.len());
        for part in parts {
            made.extend(part?);
        }
        Ok(made)
    }

    fn folder(&self, of: &Path) -> Result<(), PublishError> {
        let Some(folder) = of.parent() else { return Ok(()) };
        let mut known = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if known.insert(folder.to_owned()) {
            fs::create_dir_all(folder).map_err(|error| PublishError::at(folder, &error))?;
        }
        Ok(())
    }

    /// Ends the publication with the files that say how it stands, which change every time, each
    /// with its path: where nothing else has changed, they alone are replaced, one by one. `fewer`:
    /// there may be less than before. Gives the number of files.
    pub(crate) fn finish(
        &self,
        standing: &[(String, Vec<u8>)],
        fewer: bool,
    ) -> Result<usize, PublishError> {
        let mut same = self.same.lock().unwrap_or_else(PoisonError::into_inner);
        let same = std::mem::take(&mut *same);
        let written = self.written();
        let files = same.len() + written + standing.len();
        if let Some(current) = self.current.as_ref().filter(|_| written == 0 && !fewer) {
            for (path, bytes) in standing {
                let path = current.join(path);
                if is_same(&path, bytes) {
                    continue;
                }
                if bytes.len() >= PACKED_FROM {
                    keep::replace(&beside(&path), &packed(bytes))?;
                }
                keep::replace(&path, bytes)?;
            }
            return Ok(files);
        }
        for (path, bytes) in standing {
            let path = self.stage.join(path);
            self.folder(&path)?;
            write(&path, bytes)?;
        }
        if let Some(current) = &self.current {
            link_all(current, &self.stage, &same)?;
        }
        settle(&self.stage)?;
        let number = self.next_number()?;
        let publications = self.out.join(PUBLICATIONS);
        let place = publications.join(number.to_string());
        fs::rename(&self.stage, &place).map_err(|error| PublishError::at(&place, &error))?;
        point(&self.out, number)?;
        self.forget(number)?;
        Ok(files)
    }

    fn next_number(&self) -> Result<u64, PublishError> {
        let last = numbers(&self.out.join(PUBLICATIONS))?.into_iter().max();
        Ok(last.unwrap_or_default() + 1)
    }

    /// Removes the publications that nobody reads any more.
    fn forget(&self, newest: u64) -> Result<(), PublishError> {
        let publications = self.out.join(PUBLICATIONS);
        let mut old: Vec<u64> = numbers(&publications)?;
        old.retain(|number| *number != newest);
        old.sort_unstable_by(|one, other| other.cmp(one));
        for number in old.into_iter().skip(KEPT - 1) {
            let path = publications.join(number.to_string());
            fs::remove_dir_all(&path).map_err(|error| PublishError::at(&path, &error))?;
        }
        Ok(())
    }
}

impl Drop for Writer<'_> {
    fn drop(&mut self) {
        let mut same = self.tree.same.lock().unwrap_or_else(PoisonError::into_inner);
        same.append(&mut self.same.borrow_mut());
    }
}

impl Writer<'_> {
    /// A file of JSON, on one line.
    pub(crate) fn json(&self, path: &str, of: &impl Serialize) -> Result<(), PublishError> {
        self.bytes(path, &json(of))
    }

    /// A file, with a packed one beside it; it is written only where it differs.
    pub(crate) fn bytes(&self, path: &str, bytes: &[u8]) -> Result<(), PublishError> {
        if let Some(current) = &self.tree.current
            && is_same(&current.join(path), bytes)
        {
            self.same.borrow_mut().push(path.to_owned());
            return Ok(());
        }
        let target = self.tree.stage.join(path);
        self.tree.folder(&target)?;
        write(&target, bytes)?;
        self.tree.written.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

/// A file of JSON, on one line.
pub(crate) fn json(of: &impl Serialize) -> Vec<u8> {
    // Nothing that is published has a key that is no text, or a map that ends early.
    let mut bytes = serde_json::to_vec(of).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn is_same(path: &Path, bytes: &[u8]) -> bool {
    let Ok(mut file) = File::open(path) else { return false };
    // Most that differ differ in length, which is asked for at less cost.
    let length = file.metadata().map(|it| it.len());
    let mut known = vec![0; bytes.len()];
    length.is_ok_and(|length| length == bytes.len() as u64)
        && file.read_exact(&mut known).is_ok()
        && known == bytes
}

/// The packed file beside a file.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".gz");
    PathBuf::from(name)
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    // Without a time or a name in its head, so that the same file is packed the same.
    let mut packed = GzEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::default());
    // Writing to memory cannot fail.
    packed.write_all(bytes).and_then(|()| packed.finish()).unwrap_or_default()
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
    let all = |path: &Path, bytes: &[u8]| {
        fs::write(path, bytes).map_err(|error| PublishError::at(path, &error))
    };
    if bytes.len() >= PACKED_FROM {
        all(&beside(path), &packed(bytes))?;
    }
    all(path, bytes)
}

/// Gives files of one publication a name in another.
fn link_all(from: &Path, to: &Path, paths: &[String]) -> Result<(), PublishError> {
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let mut folders: Vec<PathBuf> =
        paths.iter().filter_map(|path| Some(to.join(path).parent()?.to_owned())).collect();
    folders.sort_unstable();
    folders.dedup();
    for folder in folders {
        fs::create_dir_all(&folder).map_err(|error| PublishError::at(&folder, &error))?;
    }
    let link = |path: &String| {
        let (old, new) = (from.join(path), to.join(path));
        fs::hard_link(&old, &new).map_err(|error| PublishError::at(&old, &error))?;
        match fs::hard_link(beside(&old), beside(&new)) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(PublishError::at(&beside(&old), &error))
            }
            _ => Ok(()),
        }
    };
    thread::scope(|scope| {
        let link = &link;
        let share = paths.len().div_ceil(workers).max(1);
        let running: Vec<_> = paths
            .chunks(share)
            .map(|part| scope.spawn(move || part.iter().try_for_each(link)))
            .collect();
        running
            .into_iter()
            .try_for_each(|it| it.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

/// Sees to it that a publication is on the disk before it is pointed at.
fn settle(stage: &Path) -> Result<(), PublishError> {
    #[cfg(target_os = "linux")]
    {
        let at = |error: rustix::io::Errno| PublishError::at(stage, &error.into());
        let folder = File::open(stage).map_err(|error| PublishError::at(stage, &error))?;
        rustix::fs::syncfs(&folder).map_err(at)
    }
    #[cfg(not(target_os = "linux"))]
    {
        File::open(stage).map(drop).map_err(|error| PublishError::at(stage, &error))
    }
}

/// Points at a publication: the link is made beside and takes the place of the old one at once.
fn point(out: &Path, number: u64) -> Result<(), PublishError> {
    let link = out.join(CURRENT);
    let at = |error: std::io::Error| PublishError::at(&link, &error);
    let target = Path::new(PUBLICATIONS).join(number.to_string());
    let beside = out.join("current.new");
    match fs::remove_file(&beside) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(at(error)),
        _ => {}
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink(&target, &beside).map_err(at)?;
    #[cfg(windows)]
    std::os::windows::fs::symlink_dir(&target, &beside).map_err(at)?;
    fs::rename(&beside, &link).map_err(at)
}

fn numbers(publications: &Path) -> Result<Vec<u64>, PublishError> {
    let at = |error: std::io::Error| PublishError::at(publications, &error);
    let mut numbers = Vec::new();
    for entry in fs::read_dir(publications).map_err(at)? {
        let name = entry.map_err(at)?.file_name();
        numbers.extend(name.to_str().and_then(|name| name.parse::<u64>().ok()));
    }
    Ok(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn published(out: &Path, files: &[(&str, &str)], meta: &str) -> (usize, usize) {
        publish(out, files, meta, false)
    }

    fn publish(out: &Path, files: &[(&str, &str)], meta: &str, fewer: bool) -> (usize, usize) {
        let tree = Tree::begin(out).expect("a folder");
        let writer = tree.writer();
        for (path, text) in files {
            writer.bytes(path, text.as_bytes()).expect("a file");
        }
        drop(writer);
        let written = tree.written();
        let standing = [("v1/meta.json".to_owned(), json(&meta))];
        (written, tree.finish(&standing, fewer).expect("a publication"))
    }

    fn read(out: &Path, path: &str) -> Option<String> {
        fs::read_to_string(out.join(CURRENT).join(path)).ok()
    }

    #[test]
    fn only_what_has_changed_is_written_and_the_rest_is_the_same_file() {
        use std::os::unix::fs::MetadataExt as _;
        let out = tempfile::tempdir().expect("a folder");
        let out = out.path();
        let number_of = |path: &str| fs::metadata(out.join(CURRENT).join(path)).expect("it").ino();
        assert_eq!(published(out, &[("v1/a.json", "one"), ("v1/b.json", "two")], "1"), (2, 3));
        let a = number_of("v1/a.json");
        let first = fs::read_link(out.join(CURRENT)).expect("a link");
        assert_eq!(published(out, &[("v1/a.json", "one"), ("v1/b.json", "three")], "2"), (1, 3));
        assert_eq!(number_of("v1/a.json"), a);
        assert_eq!(read(out, "v1/b.json").as_deref(), Some("three"));
        assert_ne!(fs::read_link(out.join(CURRENT)).expect("a link"), first);
        assert!(out.join(first).join("v1/b.json").exists(), "who reads the one before may finish");
    }

    #[test]
    fn where_nothing_has_changed_only_the_last_file_is_replaced() {
        let out = tempfile::tempdir().expect("a folder");
        let out = out.path();
        published(out, &[("v1/a.json", "one")], "1");
        let before = fs::read_link(out.join(CURRENT)).expect("a link");
        assert_eq!(published(out, &[("v1/a.json", "one")], "2"), (0, 2));
        assert_eq!(fs::read_link(out.join(CURRENT)).expect("a link"), before);
        assert_eq!(read(out, "v1/meta.json").as_deref(), Some("\"2\"\n"));
    }

    #[test]
    fn what_is_no_longer_published_is_gone() {
        let out = tempfile::tempdir().expect("a folder");
        let out = out.path();
        published(out, &[("v1/a.json", "one"), ("v1/b.json", "two")], "1");
        publish(out, &[("v1/a.json", "one")], "2", true);
        assert_eq!(read(out, "v1/b.json"), None);
        assert_eq!(read(out, "v1/a.json").as_deref(), Some("one"));
    }

    #[test]
    fn what_an_interrupted_publication_left_is_in_no_later_one() {
        let out = tempfile::tempdir().expect("a folder");
        let out = out.path();
        published(out, &[("v1/a.json", "one")], "1");
        let tree = Tree::begin(out).expect("a folder");
        tree.writer().bytes("v1/torn.json", b"half").expect("a file");
        drop(tree);
        assert_eq!(read(out, "v1/a.json").as_deref(), Some("one"));
        published(out, &[("v1/a.json", "other")], "2");
        assert_eq!(read(out, "v1/torn.json"), None);
        assert_eq!(read(out, "v1/a.json").as_deref(), Some("other"));
    }

    #[test]
    fn a_file_of_some_size_has_a_packed_one_beside_it_which_is_the_same_each_time() {
        use std::io::Read as _;
        let out = tempfile::tempdir().expect("a folder");
        let out = out.path();
        let long = "0123456789".repeat(200);
        published(out, &[("v1/long.json", &long), ("v1/short.json", "{}")], "1");
        let packed = fs::read(out.join(CURRENT).join("v1/long.json.gz")).expect("a packed file");
        let mut text = String::new();
        flate2::read::GzDecoder::new(packed.as_slice()).read_to_string(&mut text).expect("text");
        assert_eq!(text, long);
        assert_eq!(super::packed(long.as_bytes()), packed);
        assert!(!out.join(CURRENT).join("v1/short.json.gz").exists());
    }
}
