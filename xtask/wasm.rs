//! A toolchain that compiles for another platform than this one: for WebAssembly, on which the
//! window's contents run, and for phones.

use std::env;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::metadata::Workspace;
use crate::progress::Progress;
use crate::setup;

/// The platform for which the window's contents are compiled.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Debian's second Rust toolchain: newer than its first, and with the sources of the standard
/// library, from which that library is then compiled for WebAssembly; and a linker for it.
const DEBIAN_PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "lld-19"];
/// What `DEBIAN_PACKAGES` bring, and all of it is needed.
const DEBIAN_FILES: [&str; 4] = [
    "/usr/bin/rustc",
    DEBIAN_CARGO,
    "/usr/lib/rustlib/src/rust/library/std/Cargo.toml",
    DEBIAN_LINKER,
];
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_LINKER: &str = "/usr/bin/wasm-ld-19";
/// Completes "Écosanté needs …".
const WHAT: &str = "a compiler for WebAssembly, on which its window runs";

/// What compiles for another platform here.
pub(crate) enum Toolchain {
    /// The one that builds all the rest; it has the standard library of the target.
    Own,
    /// The one of Debian's packages.
    Debian,
}

impl fmt::Display for Toolchain {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Own => "with this toolchain",
            Self::Debian => "with Debian's toolchain",
        })
    }
}

/// A way to get a toolchain that compiles for WebAssembly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Rustup,
    Apt,
}

/// Finds a toolchain that compiles for WebAssembly; installs one where there is none.
///
/// # Errors
/// When there is none and every way to install one fails.
pub(crate) fn toolchain(workspace: &Workspace, progress: &mut Progress) -> Result<Toolchain> {
    toolchain_for(TARGET, workspace, progress)
}

/// Finds a toolchain that compiles for `target`; installs one where there is none.
///
/// # Errors
/// When there is none and every way to install one fails.
pub(crate) fn toolchain_for(
    target: &str,
    workspace: &Workspace,
    progress: &mut Progress,
) -> Result<Toolchain> {
    let needed = lowest_version(workspace)?;
    if let Some(toolchain) = installed(target, needed) {
        return Ok(toolchain);
    }
    let mut reasons = Vec::new();
    for way in ways(may_download(), setup::has_apt()) {
        let attempt = match way {
            Way::Rustup => setup::rustup(&["target", "add", target]).map(|()| Toolchain::Own),
            Way::Apt => from_debian(needed, progress).map(|()| Toolchain::Debian),
        };
        match attempt {
            Ok(toolchain) => return Ok(toolchain),
            Err(error) => reasons.push(format!("{error:#}")),
        }
    }
    bail!("nothing here compiles for {target}: {}", reasons.join("; "))
}

/// What `toolchain` would have installed from Debian, so that it comes with the other packages of
/// a command: nothing where a toolchain is there, or is to come from elsewhere.
///
/// # Errors
/// When the lists of packages are to be fetched and nobody here may.
pub(crate) fn from_debian_first(workspace: &Workspace) -> Result<Option<setup::Packages>> {
    let needed = lowest_version(workspace)?;
    if installed(TARGET, needed).is_some() || ways(may_download(), setup::has_apt())[0] != Way::Apt
    {
        return Ok(None);
    }
    let mut progress = Progress::begin("packages on offer");
    let offered = debian_offers(needed, &mut progress);
    progress.end(offered.is_ok(), "");
    Ok(offered?.then_some((WHAT, DEBIAN_PACKAGES)))
}

fn installed(target: &str, needed: Version) -> Option<Toolchain> {
    if own_has(target) {
        Some(Toolchain::Own)
    } else {
        debian_builds(needed).then_some(Toolchain::Debian)
    }
}

/// `RUSTUP_AUTO_INSTALL=0` is how a machine says that its toolchains come from elsewhere.
fn may_download() -> bool {
    env::var_os("RUSTUP_AUTO_INSTALL").is_none_or(|value| value != "0")
}

/// The ways to try, the likelier first.
fn ways(may_download: bool, has_apt: bool) -> &'static [Way] {
    match (may_download, has_apt) {
        (_, false) => &[Way::Rustup],
        (true, true) => &[Way::Rustup, Way::Apt],
        (false, true) => &[Way::Apt, Way::Rustup],
    }
}

/// Cargo as `toolchain` has it. What it builds goes into a folder of its own: another compiler
/// would have all the rest built anew.
pub(crate) fn cargo(workspace: &Workspace, toolchain: &Toolchain) -> Command {
    match toolchain {
        Toolchain::Own => workspace.cargo(),
        Toolchain::Debian => {
            let mut command = Command::new(DEBIAN_CARGO);
            let path = env::var_os("PATH").unwrap_or_default();
            let path = [PathBuf::from("/usr/bin")].into_iter().chain(env::split_paths(&path));
            command
                .current_dir(&workspace.root)
                .env("RUSTC", "/usr/bin/rustc")
                .env("RUSTC_BOOTSTRAP", "1")
                .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", DEBIAN_LINKER)
                // The libraries of the toolchain that runs this are not for the other one.
                .env_remove("LD_LIBRARY_PATH");
            if let Ok(path) = env::join_paths(path) {
                command.env("PATH", path);
            }
            command
        }
    }
}

/// Where `cargo` puts what it builds.
pub(crate) fn target_folder(workspace: &Workspace) -> PathBuf {
    workspace.target.join("wasm")
}

fn own_has(target: &str) -> bool {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    Command::new(rustc).args(["--print", "sysroot"]).output().is_ok_and(|answer| {
        let sysroot = String::from_utf8_lossy(&answer.stdout).trim().to_owned();
        Path::new(&sysroot).join("lib/rustlib").join(target).join("lib").is_dir()
    })
}

/// Installs Debian's toolchain if its version will do.
fn from_debian(needed: Version, progress: &mut Progress) -> Result<()> {
    if !debian_offers(needed, progress)? {
        bail!("Debian's rustc-web is absent or older than Rust {needed}");
    }
    setup::install(&[(WHAT, DEBIAN_PACKAGES)])
}

/// Whether Debian has a toolchain that will do.
fn debian_offers(needed: Version, progress: &mut Progress) -> Result<bool> {
    let will_do = || {
        let candidate = setup::candidate(DEBIAN_PACKAGES[0]);
        candidate.and_then(|it| Version::read(&it)).is_some_and(|it| it >= needed)
    };
    if !will_do() {
        // The lists of packages are absent from a new machine, and old on others.
        setup::refresh_package_lists(progress)?;
    }
    Ok(will_do())
}

/// Whether Debian's toolchain is installed as a whole, and new enough.
fn debian_builds(needed: Version) -> bool {
    DEBIAN_FILES.iter().all(|file| Path::new(file).exists())
        && Command::new("/usr/bin/rustc").arg("--version").output().is_ok_and(|answer| {
            let text = String::from_utf8_lossy(&answer.stdout);
            text.split_whitespace().nth(1).and_then(Version::read).is_some_and(|it| it >= needed)
        })
}

fn lowest_version(workspace: &Workspace) -> Result<Version> {
    workspace
        .members
        .iter()
        .find(|package| package.name == "ecosante-ui")
        .and_then(|package| Version::read(package.rust_version.as_deref()?))
        .context("ecosante-ui names no Rust version in its Cargo.toml")
}

/// The first two numbers of a version of Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Version {
    major: u32,
    minor: u32,
}

impl Version {
    fn read(text: &str) -> Option<Self> {
        let mut numbers = text.split(['.', '+', '~', '-']).map(str::parse);
        Some(Self { major: numbers.next()?.ok()?, minor: numbers.next()?.ok()? })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.major, self.minor)
    }
}

#[cfg(test)]
mod tests {
    use super::{Version, Way, ways};

    #[test]
    fn rustup_is_asked_first_unless_the_machine_says_that_it_may_not() {
        assert_eq!(ways(true, true), [Way::Rustup, Way::Apt]);
        assert_eq!(ways(false, true), [Way::Apt, Way::Rustup]);
        assert_eq!(ways(true, false), [Way::Rustup]);
        assert_eq!(ways(false, false), [Way::Rustup]);
    }

    #[test]
    fn versions_compare_as_numbers_however_they_are_written() {
        let needed = Version::read("1.95");
        for enough in ["1.95.0", "1.96.0+dfsg1-1~deb12u2", "1.100.0", "2.0.0-nightly"] {
            assert!(Version::read(enough) >= needed, "{enough}");
        }
        for too_old in ["1.85.0+dfsg3-1~deb12u3", "1.9.0", "1.63"] {
            assert!(Version::read(too_old) < needed, "{too_old}");
        }
        for nothing in ["", "(none)", "1", "x.y"] {
            assert_eq!(Version::read(nothing), None, "{nothing}");
        }
    }
}
