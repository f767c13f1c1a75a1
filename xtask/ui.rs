//! What the window shows, built from `ui/` into `ui/dist`: WebAssembly, the script that loads it,
//! and what stands beside them. The app takes in that folder when it is compiled.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::mem;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Error, Result, ensure};
use flate2::Compression;
use flate2::write::GzEncoder;
use wasm_bindgen_cli_support::Bindgen;

use crate::catalogue;
use crate::checks::what_matters;
use crate::metadata::Workspace;
use crate::progress::{Outcome, Progress, Tally};
use crate::setup::{self, Job};
use crate::wasm::{self, Toolchain};

/// The step that builds it, as reports name it.
pub(crate) const STEP: &str = "window contents";

/// What a window shows.
struct Contents {
    /// The package that is compiled.
    package: &'static str,
    /// Where it lies.
    folder: &'static str,
    /// What of that folder the window loads as it is; of a folder in it, everything.
    as_it_is: &'static [&'static str],
}

/// The app's window.
const APP: Contents = Contents {
    package: "ecosante-ui",
    folder: "ui",
    as_it_is: &["fonts", "index.html", "start.js", "style", "theme.js"],
};
/// A window with nothing in it, with which the app's is compared.
const EMPTY: Contents = Contents {
    package: "ecosante-empty",
    folder: "tests/empty",
    as_it_is: &["index.html", "start.js", "style.css"],
};
/// In bytes, compressed, of what the window loads before its first word; fonts come after it.
const BUDGET: u64 = 250_000;
const FONTS: &str = "fonts/";
/// Of which the window loads those of one language.
const SENTENCES: &str = "sentences/";
/// A folder of catalogues for each language.
const LOCALES: &str = "src-tauri/domain/locales";

/// Files by their path in a folder, with `/`.
type Files = BTreeMap<String, Vec<u8>>;

/// What was built.
pub(crate) struct Built {
    toolchain: Toolchain,
    changed: bool,
    files: Files,
}

/// `cargo xtask ui`: builds the window's contents, and says what they weigh.
pub(crate) fn run(workspace: &Workspace) -> Result<ExitCode> {
    setup::prepare(workspace, Job::Terminal)?;
    let built = in_view(workspace)?;
    let weight = Weight::of(&built.files)?;
    print!("{}", weight.table());
    weight.within_budget()?;
    Ok(ExitCode::SUCCESS)
}

/// Builds the window's contents, shown as a step.
///
/// # Errors
/// When something stops it. What was in `ui/dist` then still is.
pub(crate) fn in_view(workspace: &Workspace) -> Result<Built> {
    let mut progress = Progress::begin(STEP);
    let built = build(workspace, &mut progress);
    progress.end(built.is_ok(), &built.as_ref().map(Built::note).unwrap_or_default());
    built
}

/// Builds the window's contents and weighs them, as a step of a report.
pub(crate) fn checked(workspace: &Workspace, progress: &mut Progress) -> Result<Outcome> {
    let built = build(workspace, progress)?;
    let weight = Weight::of(&built.files)?;
    let verdict = weight.within_budget();
    let mut tally = Tally::PASSED;
    tally += Tally::one(verdict.is_ok());
    Ok(Outcome {
        tally,
        note: format!("{} gzip, {}", kilobytes(weight.compressed()), built.note()),
        complaint: verdict
            .err()
            .map(|error| format!("{}{error}", weight.table()))
            .unwrap_or_default(),
    })
}

/// Whether there is something that the app can take in, of whatever age.
pub(crate) fn is_built(workspace: &Workspace) -> bool {
    destination(workspace).join("index.html").exists()
}

fn destination(workspace: &Workspace) -> PathBuf {
    APP.destination(workspace)
}

/// Builds the contents of the empty window.
///
/// # Errors
/// When something stops it.
pub(crate) fn empty(workspace: &Workspace) -> Result<()> {
    let mut progress = Progress::begin("contents of the empty window");
    let built = (|| {
        let toolchain = wasm::toolchain(workspace, &mut progress)?;
        let files = EMPTY.files(workspace, &toolchain, &mut progress)?;
        switch_in(&files, &EMPTY.destination(workspace))
    })();
    progress.end(built.is_ok(), "");
    built.map(drop)
}

fn build(workspace: &Workspace, progress: &mut Progress) -> Result<Built> {
    let toolchain = wasm::toolchain(workspace, progress)?;
    let mut files = APP.files(workspace, &toolchain, progress)?;
    join_styles(&mut files)?;
    files.extend(sentences(workspace)?);
    let changed = switch_in(&files, &destination(workspace))?;
    Ok(Built { toolchain, changed, files })
}

/// What the window says, a file for each language.
fn sentences(workspace: &Workspace) -> Result<Files> {
    let mut codes = Vec::new();
    for entry in fs::read_dir(workspace.root.join(LOCALES)).context(LOCALES)? {
        codes.push(entry?.file_name().to_string_lossy().into_owned());
    }
    codes.sort();
    let mut catalogues = Vec::new();
    for code in &codes {
        let file = format!("{LOCALES}/{code}/window.ftl");
        let source =
            fs::read_to_string(workspace.root.join(&file)).with_context(|| file.clone())?;
        catalogues.push((file, source));
    }
    let sources: Vec<_> =
        catalogues.iter().map(|(file, source)| (file.as_str(), source.clone())).collect();
    let lists = catalogue::compiled(&sources).map_err(Error::msg)?;
    let named = codes.iter().zip(lists);
    Ok(named.map(|(code, list)| (format!("{SENTENCES}{code}.txt"), list.into_bytes())).collect())
}

impl Built {
    fn note(&self) -> String {
        let change = if self.changed { "" } else { "unchanged, " };
        format!("{change}{}", self.toolchain)
    }
}

impl Contents {
    /// Where they are put together, for the app to take in.
    fn destination(&self, workspace: &Workspace) -> PathBuf {
        workspace.root.join(self.folder).join("dist")
    }

    /// What the compiler and wasm-bindgen call it.
    fn name(&self) -> String {
        self.package.replace('-', "_")
    }

    /// All files, but for sentences.
    fn files(
        &self,
        workspace: &Workspace,
        toolchain: &Toolchain,
        progress: &mut Progress,
    ) -> Result<Files> {
        let compiled = self.compile(workspace, toolchain, progress)?;
        let bound = wasm::target_folder(workspace).join("bindgen").join(self.package);
        bind(&compiled, &bound, &self.name(), progress).context("wasm-bindgen stops")?;
        let mut files = files_in(&bound)?;
        for name in self.as_it_is {
            take(&workspace.root.join(self.folder).join(name), name, &mut files)
                .with_context(|| format!("the window needs {}/{name}", self.folder))?;
        }
        for (name, content) in &mut files {
            *content = shorter(name, mem::take(content))?;
        }
        Ok(files)
    }

    /// Compiles them; says where the WebAssembly is.
    fn compile(
        &self,
        workspace: &Workspace,
        toolchain: &Toolchain,
        progress: &mut Progress,
    ) -> Result<PathBuf> {
        let folder = wasm::target_folder(workspace);
        let mut command = wasm::cargo(workspace, toolchain);
        command
            .args(["build", "--package", self.package, "--lib", "--profile", "ui"])
            .args(["--target", wasm::TARGET, "--target-dir"])
            .arg(&folder)
            // What the environment may name is the folder of the other compiler.
            .env("CARGO_BUILD_BUILD_DIR", &folder);
        let finished = progress.watch(&mut command)?;
        ensure!(
            finished.passed,
            "what the window shows does not compile:\n{}",
            what_matters(&finished.output).trim_end()
        );
        Ok(folder.join(wasm::TARGET).join("ui").join(self.name()).with_extension("wasm"))
    }
}

/// Has wasm-bindgen turn what was compiled into what a web view loads. The crate that does it and
/// the one that ui/ is built with are of one version: both are built from wasm-bindgen-shared, of
/// which Cargo allows only one.
fn bind(compiled: &Path, folder: &Path, name: &str, progress: &mut Progress) -> Result<()> {
    let itself = std::env::current_exe().context("xtask does not find itself")?;
    if is_newer(&folder.join(format!("{name}_bg.wasm")), &[compiled, &itself])? {
        return Ok(());
    }
    progress.doing("wasm-bindgen");
    let unfinished = folder.with_extension("new");
    remove(&unfinished)?;
    Bindgen::new()
        .input_path(compiled)
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(&unfinished)?;
    remove(folder)?;
    fs::rename(&unfinished, folder)?;
    Ok(())
}

/// Whether `result` exists and is younger than all that it was made from.
fn is_newer(result: &Path, sources: &[&Path]) -> Result<bool> {
    let Ok(result) = fs::metadata(result) else {
        return Ok(false);
    };
    for source in sources {
        let source = fs::metadata(source).with_context(|| format!("{}", source.display()))?;
        if source.modified()? >= result.modified()? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The files of a folder, those in folders within it included.
fn files_in(folder: &Path) -> Result<Files> {
    let mut files = Files::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{}", folder.display()))? {
        let entry = entry?;
        take(&entry.path(), &entry.file_name().to_string_lossy(), &mut files)?;
    }
    Ok(files)
}

/// The styles as one file, in the order in which one goes by the other: together they are smaller,
/// and the window asks once.
const STYLES: [&str; 4] = ["tokens", "frame", "data", "pages"];

fn join_styles(files: &mut Files) -> Result<()> {
    let mut all = Vec::new();
    for name in STYLES {
        let file = format!("style/{name}.css");
        all.extend(files.remove(&file).with_context(|| format!("the window needs ui/{file}"))?);
    }
    files.insert("style/all.css".to_owned(), all);
    let other = files.keys().find(|it| it.starts_with("style/") && *it != "style/all.css");
    ensure!(other.is_none(), "{other:?} is no style that the window asks for");
    Ok(())
}

/// Styles and scripts without what is in them for people.
fn shorter(name: &str, bytes: Vec<u8>) -> Result<Vec<u8>> {
    let kind = Path::new(name).extension().and_then(|ending| ending.to_str());
    if !matches!(kind, Some("css" | "js")) {
        return Ok(bytes);
    }
    let text = String::from_utf8(bytes).with_context(|| name.to_owned())?;
    // Comments and the spaces before a line alone: none of it can be part of a text here, and a sum
    // in a style needs its other spaces.
    let mut less = String::new();
    let mut comment = false;
    for line in text.lines().map(str::trim_start) {
        comment |= line.starts_with("/*");
        if !comment && !line.is_empty() && !line.starts_with("//") {
            less.push_str(line);
            less.push('\n');
        }
        comment &= !line.ends_with("*/");
    }
    Ok(less.into_bytes())
}

/// Adds a file, or all files of a folder, under `name`.
fn take(path: &Path, name: &str, files: &mut Files) -> Result<()> {
    if path.is_dir() {
        let within = files_in(path)?;
        files.extend(within.into_iter().map(|(file, bytes)| (format!("{name}/{file}"), bytes)));
    } else {
        let bytes = fs::read(path).with_context(|| format!("{}", path.display()))?;
        files.insert(name.to_owned(), bytes);
    }
    Ok(())
}

/// Puts `files` in the place of what `folder` holds, all at once, and only where something differs:
/// whoever compiles the app again does so because of the times of these files. Returns whether
/// something did.
fn switch_in(files: &Files, folder: &Path) -> Result<bool> {
    if folder.is_dir() && files_in(folder)? == *files {
        return Ok(false);
    }
    let (new, old) = (folder.with_extension("new"), folder.with_extension("old"));
    remove(&new)?;
    remove(&old)?;
    for (name, bytes) in files {
        let path = new.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        File::create(&path)?.write_all(bytes)?;
    }
    if folder.exists() {
        fs::rename(folder, &old)?;
    }
    fs::rename(&new, folder)?;
    remove(&old)?;
    Ok(true)
}

fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        result => result.with_context(|| format!("cannot remove {}", folder.display())),
    }
}

/// A file that the window loads.
struct Part {
    name: String,
    raw: u64,
    compressed: u64,
}

impl Part {
    fn new(name: &str, file: &[u8]) -> Result<Self> {
        let mut compressed = GzEncoder::new(Vec::new(), Compression::best());
        compressed.write_all(file)?;
        let compressed = compressed.finish()?.len() as u64;
        Ok(Self { name: name.to_owned(), raw: file.len() as u64, compressed })
    }
}

/// All that the window loads.
struct Weight(Vec<Part>);

impl Weight {
    fn of(files: &Files) -> Result<Self> {
        files.iter().map(|(name, file)| Part::new(name, file)).collect::<Result<_>>().map(Self)
    }

    /// Whether a part counts: of the languages the heaviest does.
    fn counts(&self, part: &Part) -> bool {
        let of_language = |part: &&Part| part.name.starts_with(SENTENCES);
        let heaviest = self.0.iter().filter(of_language).max_by_key(|part| part.compressed);
        let other_language =
            of_language(&part) && heaviest.is_some_and(|heaviest| heaviest.name != part.name);
        !part.name.starts_with(FONTS) && !other_language
    }

    fn counted(&self) -> impl Iterator<Item = &Part> {
        self.0.iter().filter(|part| self.counts(part))
    }

    fn compressed(&self) -> u64 {
        self.counted().map(|part| part.compressed).sum()
    }

    fn table(&self) -> String {
        let raw = self.counted().map(|part| part.raw).sum();
        let parts = self.0.iter().map(|part| {
            let remark = if self.counts(part) { "" } else { " (not counted)" };
            (format!("{}{remark}", part.name), kilobytes(part.raw), kilobytes(part.compressed))
        });
        let head = ("What the window loads".to_owned(), "raw".to_owned(), "gzip".to_owned());
        let sum = ("In all".to_owned(), kilobytes(raw), kilobytes(self.compressed()));
        let lines: Vec<_> = [head].into_iter().chain(parts).chain([sum]).collect();
        let width = lines.iter().map(|(name, _, _)| name.len()).max().unwrap_or(0);
        lines
            .iter()
            .map(|(name, raw, compressed)| format!("{name:<width$} {raw:>10} {compressed:>10}\n"))
            .collect()
    }

    fn within_budget(&self) -> Result<()> {
        let (weight, budget) = (self.compressed(), kilobytes(BUDGET));
        ensure!(
            weight <= BUDGET,
            "the window loads {} before its first word, more than {budget}",
            kilobytes(weight)
        );
        Ok(())
    }
}

/// Rounded up, so that what is above a limit looks so.
fn kilobytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100);
    format!("{}.{} kB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use std::fs::{self, FileTimes};
    use std::path::Path;
    use std::time::{Duration, SystemTime};

    use super::{BUDGET, Files, Part, Weight, files_in, is_newer, switch_in};

    fn files(contents: &[(&str, &str)]) -> Files {
        contents.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
    }

    fn modified(path: &Path) -> SystemTime {
        fs::metadata(path).and_then(|it| it.modified()).expect("the file exists")
    }

    fn set_modified(path: &Path, time: SystemTime) {
        let file = fs::File::options().append(true).open(path).expect("the file exists");
        file.set_times(FileTimes::new().set_modified(time)).expect("it is ours");
    }

    fn part(name: &str, compressed: u64) -> Part {
        Part { name: name.to_owned(), raw: 2 * compressed, compressed }
    }

    #[test]
    fn files_that_have_not_changed_are_left_alone() {
        let place = tempfile::tempdir().expect("there is a folder for temporary files");
        let folder = place.path().join("dist");
        let contents = files(&[("index.html", "<p>"), ("style/a.css", "p {}")]);
        assert!(switch_in(&contents, &folder).expect("it is written"));
        let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        set_modified(&folder.join("index.html"), long_ago);

        assert!(!switch_in(&contents, &folder).expect("it is read"));
        assert_eq!(modified(&folder.join("index.html")), long_ago);
    }

    #[test]
    fn what_is_no_longer_part_of_the_window_goes() {
        let place = tempfile::tempdir().expect("there is a folder for temporary files");
        let folder = place.path().join("dist");
        let before = files(&[("index.html", "<p>"), ("style/a.css", "p {}")]);
        let after = files(&[("index.html", "<p>"), ("style/b.css", "p {}")]);
        assert!(switch_in(&before, &folder).expect("it is written"));
        assert!(switch_in(&after, &folder).expect("it is written"));

        assert_eq!(files_in(&folder).expect("it is read"), after);
        let left: Vec<_> = fs::read_dir(place.path())
            .expect("it is read")
            .map(|entry| entry.expect("it is read").file_name())
            .collect();
        assert_eq!(left, ["dist"], "nothing stays beside it");
    }

    #[test]
    fn what_an_interrupted_build_left_beside_is_no_part_of_the_next() {
        let place = tempfile::tempdir().expect("there is a folder for temporary files");
        let folder = place.path().join("dist");
        fs::create_dir_all(place.path().join("dist.new/half")).expect("it is written");
        fs::create_dir_all(place.path().join("dist.old/gone")).expect("it is written");
        let contents = files(&[("index.html", "<p>")]);
        assert!(switch_in(&contents, &folder).expect("it is written"));
        assert_eq!(files_in(&folder).expect("it is read"), contents);
        assert!(!folder.join("half").exists() && !folder.join("gone").exists());
    }

    #[test]
    fn a_result_is_made_anew_once_anything_it_was_made_from_is_younger() {
        let place = tempfile::tempdir().expect("there is a folder for temporary files");
        let [result, one, other] = ["result", "one", "other"].map(|name| place.path().join(name));
        for (path, seconds) in [(&one, 10), (&other, 20), (&result, 30)] {
            fs::write(path, "").expect("it is written");
            set_modified(path, SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
        }
        let newer = |result: &Path| is_newer(result, &[&one, &other]).expect("both exist");
        assert!(newer(&result));
        assert!(!newer(&place.path().join("absent")));
        set_modified(&other, SystemTime::UNIX_EPOCH + Duration::from_secs(31));
        assert!(!newer(&result));
    }

    #[test]
    fn fonts_do_not_count_and_the_rest_has_a_limit() {
        let at_the_limit =
            Weight(vec![part("a.wasm", BUDGET - 10), part("style/a.css", 10), part("fonts/a", 90)]);
        assert_eq!(at_the_limit.compressed(), BUDGET);
        assert!(at_the_limit.within_budget().is_ok());

        let above = Weight(vec![part("a.wasm", BUDGET), part("start.js", 1_000)]);
        let complaint = above.within_budget().expect_err("it is too much").to_string();
        assert_eq!(
            complaint,
            "the window loads 251.0 kB before its first word, more than 250.0 kB"
        );
    }

    #[test]
    fn of_the_languages_the_heaviest_counts() {
        let weight = Weight(vec![
            part("a.wasm", 100),
            part("sentences/en.txt", 20),
            part("sentences/fr.txt", 30),
        ]);
        assert_eq!(weight.compressed(), 130);
    }

    #[test]
    fn a_file_weighs_what_it_takes_compressed() {
        let part = Part::new("a.css", "p { margin: 0 }\n".repeat(500).as_bytes()).expect("it fits");
        assert_eq!(part.raw, 8_000);
        assert!(part.compressed < 200, "{}", part.compressed);
    }
}
