//! What the machine must have before the project builds, and how it gets there.

use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result, bail, ensure};

use crate::metadata::Workspace;
use crate::progress::{Progress, announce};
use crate::wasm;

/// What a command is about to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Job {
    /// Build and start the programs.
    Build,
    /// Build them and run every check.
    Test,
}

/// Something that no Rust package brings along on Linux.
struct SystemNeed {
    /// Completes "Écosanté needs …".
    what: &'static str,
    /// The first job that needs it; every later one does too.
    from: Job,
    /// The program whose presence shows that it is there.
    program: &'static str,
    /// The packages of Debian and Ubuntu that bring it.
    packages: &'static [&'static str],
}

const SYSTEM_NEEDS: &[SystemNeed] = &[SystemNeed {
    what: "a C compiler, which builds its database (SQLite) and its cryptography (ring)",
    from: Job::Build,
    program: "cc",
    packages: &["gcc", "libc6-dev"],
}];

/// Parts of a Rust toolchain that a minimal installation leaves out.
const COMPONENTS: [(&str, &str); 2] = [("fmt", "rustfmt"), ("clippy", "clippy")];

/// Installs all that is missing for any command.
pub(crate) fn everything(workspace: &Workspace) -> Result<ExitCode> {
    prepare(workspace, Job::Test)?;
    let mut progress = Progress::begin("WebAssembly toolchain");
    let toolchain = wasm::toolchain(workspace, &mut progress);
    progress
        .end(toolchain.is_ok(), &toolchain.as_ref().map(ToString::to_string).unwrap_or_default());
    toolchain?;
    println!("This machine has everything that Écosanté needs.");
    Ok(ExitCode::SUCCESS)
}

/// Installs what `job` needs and this machine lacks, after saying what and why.
///
/// # Errors
/// When something stays missing: one sentence with the command that installs it.
pub(crate) fn prepare(workspace: &Workspace, job: Job) -> Result<()> {
    if cfg!(target_os = "linux") {
        for need in missing(SYSTEM_NEEDS, job, on_path) {
            install(need.what, need.packages)?;
        }
    }
    if job >= Job::Test {
        for (command, component) in COMPONENTS {
            let answer = workspace.cargo().args([command, "--version"]).output();
            if !answer.is_ok_and(|answer| answer.status.success()) {
                announce(&format!(
                    "Écosanté's checks need {component}, a part of the Rust toolchain."
                ));
                rustup(&["component", "add", component])?;
            }
        }
    }
    Ok(())
}

fn missing(
    needs: &[SystemNeed],
    job: Job,
    present: impl Fn(&str) -> bool,
) -> impl Iterator<Item = &SystemNeed> {
    needs.iter().filter(move |need| need.from <= job && !present(need.program))
}

/// Has rustup do something, shown as a step.
///
/// # Errors
/// When it fails: one sentence with the command, and rustup's own reason.
pub(crate) fn rustup(arguments: &[&str]) -> Result<()> {
    let shown = format!("rustup {}", arguments.join(" "));
    let mut progress = Progress::begin("rustup");
    let answer = progress.watch(Command::new("rustup").args(arguments));
    progress.end(answer.as_ref().is_ok_and(|answer| answer.passed), &shown);
    let answer = answer.with_context(|| format!("`{shown}` has to be run once"))?;
    ensure!(answer.passed, "`{shown}` has to be run once, and fails: {}", reason(&answer.output));
    Ok(())
}

/// Whether system packages are had from `apt-get` here: Debian, Ubuntu and what derives from them.
pub(crate) fn has_apt() -> bool {
    fs::read_to_string("/etc/os-release").is_ok_and(|release| is_debian(&release))
        && on_path("apt-get")
}

fn is_debian(os_release: &str) -> bool {
    os_release
        .lines()
        .filter_map(|line| line.strip_prefix("ID=").or_else(|| line.strip_prefix("ID_LIKE=")))
        .flat_map(|names| names.trim_matches('"').split(' '))
        .any(|name| name == "debian" || name == "ubuntu")
}

/// Installs Debian packages after saying which and why.
///
/// # Errors
/// When they cannot be installed here: one sentence with the command that does it.
pub(crate) fn install(what: &str, packages: &[&str]) -> Result<()> {
    let names = packages.join(" ");
    if !has_apt() {
        bail!("Écosanté needs {what}: install what your system has for Debian's packages {names}");
    }
    let by_hand = format!("sudo apt-get install {names}");
    announce(&format!("Écosanté needs {what}. Installing {}.", packages.join(", ")));
    become_root().with_context(|| format!("`{by_hand}` has to be run once by an administrator"))?;

    let mut progress = Progress::begin("apt-get install");
    let mut attempt = progress.watch(&mut apt_get(&install_arguments(packages)))?;
    if !attempt.passed {
        // The lists of packages are absent from a new machine, and old on others.
        progress.watch(&mut apt_get(&["update"]))?;
        attempt = progress.watch(&mut apt_get(&install_arguments(packages)))?;
    }
    progress.end(attempt.passed, &names);
    ensure!(attempt.passed, "`{by_hand}` has to be run, and fails: {}", reason(&attempt.output));
    Ok(())
}

/// The version of a package that `apt-get install` would bring, as Debian writes it.
pub(crate) fn candidate(package: &str) -> Option<String> {
    let answer = Command::new("apt-cache").args(["policy", package]).env("LC_ALL", "C").output();
    candidate_in(&String::from_utf8_lossy(&answer.ok()?.stdout)).map(str::to_owned)
}

fn candidate_in(policy: &str) -> Option<&str> {
    let version = policy.lines().find_map(|line| line.trim().strip_prefix("Candidate: "))?;
    (version != "(none)").then_some(version)
}

/// Fetches the lists of packages.
///
/// # Errors
/// When there is no way to act as an administrator. A failing update is no error: what the old
/// lists offer may do.
pub(crate) fn refresh_package_lists(progress: &mut Progress) -> Result<()> {
    become_root().context("`sudo apt-get update` has to be run once by an administrator")?;
    progress.watch(&mut apt_get(&["update"]))?;
    Ok(())
}

fn install_arguments<'a>(packages: &[&'a str]) -> Vec<&'a str> {
    [&["install", "--yes", "--no-install-recommends"], packages].concat()
}

/// `apt-get` as root, without questions, waiting for another one to end.
fn apt_get(arguments: &[&str]) -> Command {
    let mut command = if is_root() {
        Command::new("env")
    } else {
        let mut sudo = Command::new("sudo");
        sudo.arg("env");
        sudo
    };
    command
        .args(["DEBIAN_FRONTEND=noninteractive", "LC_ALL=C", "apt-get"])
        .args(["--quiet", "-o", "DPkg::Lock::Timeout=120"])
        .args(arguments);
    command
}

/// Has sudo ask for the password now, where it is seen, and not below a line of progress.
fn become_root() -> Result<()> {
    if is_root() {
        return Ok(());
    }
    ensure!(on_path("sudo"), "this is not root, and there is no sudo");
    let status = Command::new("sudo").arg("true").status().context("cannot start sudo")?;
    ensure!(status.success(), "sudo refuses");
    Ok(())
}

fn is_root() -> bool {
    let answer = Command::new("id").arg("-u").output();
    answer.is_ok_and(|answer| answer.stdout.trim_ascii() == b"0")
}

pub(crate) fn on_path(program: &str) -> bool {
    env::var_os("PATH").is_some_and(|path| {
        env::split_paths(&path).any(|folder| Path::new(&folder).join(program).is_file())
    })
}

/// The line of a failed command's output that says why.
fn reason(output: &str) -> &str {
    let lines = || output.lines().map(str::trim).filter(|line| !line.is_empty());
    lines()
        .find(|line| line.starts_with("E: ") || line.starts_with("error"))
        .or_else(|| lines().next_back())
        .unwrap_or("it says nothing")
}

#[cfg(test)]
mod tests {
    use super::{Job, SystemNeed, candidate_in, install_arguments, is_debian, missing, reason};

    const NEEDS: &[SystemNeed] = &[
        SystemNeed { what: "a compiler", from: Job::Build, program: "cc", packages: &["gcc"] },
        SystemNeed { what: "a screen", from: Job::Test, program: "Xvfb", packages: &["xvfb"] },
    ];

    #[test]
    fn only_what_is_absent_and_needed_for_the_job_is_installed() {
        let cases: [(Job, &[&str], &[&str]); 5] = [
            (Job::Build, &[], &["cc"]),
            (Job::Build, &["cc"], &[]),
            (Job::Test, &[], &["cc", "Xvfb"]),
            (Job::Test, &["cc"], &["Xvfb"]),
            (Job::Test, &["cc", "Xvfb"], &[]),
        ];
        for (job, present, expected) in cases {
            let found: Vec<_> = missing(NEEDS, job, |program| present.contains(&program))
                .map(|need| need.program)
                .collect();
            assert_eq!(found, expected, "{job:?} with {present:?}");
        }
    }

    #[test]
    fn nothing_is_asked_and_nothing_more_is_installed() {
        let arguments = install_arguments(&["gcc", "libc6-dev"]);
        assert_eq!(arguments, ["install", "--yes", "--no-install-recommends", "gcc", "libc6-dev"]);
    }

    #[test]
    fn debian_is_known_by_its_own_name_and_its_children_by_their_parent() {
        let cases = [
            ("NAME=\"Debian GNU/Linux\"\nID=debian\n", true),
            ("ID=ubuntu\nID_LIKE=debian\n", true),
            ("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n", true),
            ("ID=fedora\nHOME_URL=\"https://debian.example\"\n", false),
            ("ID=\"opensuse-leap\"\nID_LIKE=\"suse opensuse\"\n", false),
            ("", false),
        ];
        for (release, expected) in cases {
            assert_eq!(is_debian(release), expected, "{release}");
        }
    }

    #[test]
    fn a_package_without_candidate_is_not_offered() {
        let policy = "rustc-web:\n  Installed: (none)\n  Candidate: 1.96.0+dfsg1-1\n";
        assert_eq!(candidate_in(policy), Some("1.96.0+dfsg1-1"));
        assert_eq!(candidate_in("gone:\n  Installed: (none)\n  Candidate: (none)\n"), None);
        assert_eq!(candidate_in(""), None);
    }

    #[test]
    fn the_reason_is_the_line_that_tells_it() {
        let output = "Reading package lists...\nE: Unable to locate package gcc\n\n";
        assert_eq!(reason(output), "E: Unable to locate package gcc");
        assert_eq!(reason("working\nno space left\n\n"), "no space left");
        assert_eq!(reason(""), "it says nothing");
    }
}
