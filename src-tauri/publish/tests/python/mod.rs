//! Python packages in which a test finds those who read what is published. They are kept under
//! `target/`; where there is no Python, or no network to fetch them from, it is said.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

/// A package, with what it asks for that is left out.
pub(crate) struct Package {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    /// What it and its parts ask for beyond what it says itself.
    pub(crate) with: &'static [&'static str],
    pub(crate) without: &'static [&'static str],
}

/// A Python that has a package, made where it is missing; `None`, with a word, where that fails.
pub(crate) fn python(package: &Package) -> Option<PathBuf> {
    // Tests that need the same make it once.
    static MAKING: Mutex<()> = Mutex::new(());
    let _making = MAKING.lock().unwrap_or_else(PoisonError::into_inner);
    let name = package.name;
    let home = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("python-{name}"));
    let (python, done) = (home.join("bin/python"), home.join("installed"));
    let wanted = format!("{name}{}", package.version);
    if fs::read_to_string(&done).is_ok_and(|it| it == wanted) {
        return Some(python);
    }
    if let Err(why) = install(package, &wanted, &home, &python) {
        eprintln!("skipped: {name} cannot be had here: {why}");
        return None;
    }
    fs::write(done, wanted).expect("a folder that was just made");
    Some(python)
}

fn install(package: &Package, wanted: &str, home: &Path, python: &Path) -> Result<(), String> {
    let runs = |command: &mut Command| match command.output() {
        Ok(answer) if answer.status.success() => {
            Ok(String::from_utf8_lossy(&answer.stdout).into_owned())
        }
        Ok(answer) => Err(String::from_utf8_lossy(&answer.stderr).trim().to_owned()),
        Err(error) => Err(error.to_string()),
    };
    let pip = |arguments: &[&str]| {
        let quietly = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
        runs(Command::new(python).args(quietly).arg("--no-compile").args(arguments))
    };
    runs(Command::new("python3").args(["-m", "venv", "--clear"]).arg(home))?;
    pip(&[&["--no-deps", wanted], package.with].concat())?;
    let asks = format!(
        "import importlib.metadata as it; print(*(it.requires({:?}) or []), sep='\\n')",
        package.name
    );
    let asks = runs(Command::new(python).args(["-c", &asks]))?;
    let needed: Vec<&str> = asks
        .lines()
        .filter(|line| !package.without.iter().any(|it| line.starts_with(it)))
        .collect();
    // What is compiled here would take minutes, and a compiler.
    pip(&[&["--only-binary=:all:"], &needed[..]].concat()).map(drop)
}
