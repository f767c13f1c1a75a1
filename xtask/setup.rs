//! What the machine must have before the project builds, and how it gets there.

use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result, bail, ensure};

use crate::metadata::Workspace;
use crate::phones;
use crate::progress::{Progress, announce};
use crate::wasm;

/// What a command is about to do; each job needs what those before it need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Job {
    /// Build and start the programs of the terminal.
    Terminal,
    /// Build and open the window.
    Window,
    /// Look at the code without running it.
    Lint,
    /// Run every check.
    Test,
}

/// Something that no Rust package brings along on Linux.
struct SystemNeed {
    /// Completes "Écosanté needs …".
    what: &'static str,
    /// The first job that needs it; every later one does too.
    from: Job,
    /// What shows that it is there.
    sign: Sign,
    /// The packages of Debian and Ubuntu that bring it.
    packages: &'static [&'static str],
}

/// What shows that a package is installed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    /// A program of this name.
    Program(&'static str),
    /// A library that pkg-config knows by this name.
    Library(&'static str),
    /// A Python that makes places for packages: Debian has that apart.
    PythonPlaces,
}

/// What packages are for, completing "Écosanté needs …", and their names.
pub(crate) type Packages = (&'static str, &'static [&'static str]);

const SYSTEM_NEEDS: &[SystemNeed] = &[
    SystemNeed {
        what: "a C compiler, which builds its database (SQLite) and its cryptography (ring)",
        from: Job::Terminal,
        sign: Sign::Program("cc"),
        packages: &["gcc", "libc6-dev"],
    },
    SystemNeed {
        what: "pkg-config, by which its build finds the system's libraries",
        from: Job::Window,
        sign: Sign::Program("pkg-config"),
        packages: &["pkg-config"],
    },
    SystemNeed {
        // It brings along GTK, libsoup and D-Bus, all that the window is linked with.
        what: "WebKitGTK, which shows its window",
        from: Job::Window,
        sign: Sign::Library("webkit2gtk-4.1"),
        packages: &["libwebkit2gtk-4.1-dev"],
    },
    SystemNeed {
        what: "WebKit's driver, by which a test uses the real window",
        from: Job::Test,
        sign: Sign::Program("WebKitWebDriver"),
        packages: &["webkit2gtk-driver"],
    },
    SystemNeed {
        what: "Xvfb, a screen for that window where nobody looks",
        from: Job::Test,
        sign: Sign::Program("Xvfb"),
        packages: &["xvfb"],
    },
    SystemNeed {
        what: "a D-Bus of its own for that test",
        from: Job::Test,
        sign: Sign::Program("dbus-daemon"),
        // On its own where it is split from this one, which then brings it along.
        packages: &["dbus"],
    },
    SystemNeed {
        // It asks for a session bus of one kind or another; unless dbus-x11 is named, apt takes the
        // kind that brings along the whole of systemd.
        what: "dunst, which shows the notifications in that test",
        from: Job::Test,
        sign: Sign::Program("dunst"),
        packages: &["dunst", "dbus-x11"],
    },
    SystemNeed {
        what: "Chromium and its driver, in which tests look at every screen",
        from: Job::Test,
        sign: Sign::Program("chromedriver"),
        packages: &["chromium", "chromium-driver"],
    },
    SystemNeed {
        what: "npm, from which those tests have axe-core",
        from: Job::Test,
        sign: Sign::Program("npm"),
        packages: &["npm"],
    },
    SystemNeed {
        // Debian starts one as a service, with a page of its own; the tests start theirs.
        what: "nginx, which serves what is published in a test (`systemctl disable --now nginx` ends \
               the one that Debian may start)",
        from: Job::Test,
        sign: Sign::Program("nginx"),
        packages: &["nginx"],
    },
    SystemNeed {
        what: "Python, from whose packages come a feed parser and Home Assistant, which read what \
               is published, a C compiler for phones and, where there is no npm, Node.js",
        from: Job::Test,
        sign: Sign::PythonPlaces,
        packages: &["python3", "python3-venv"],
    },
];

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
        let mut needs: Vec<Packages> =
            missing(SYSTEM_NEEDS, job, is_there).map(|need| (need.what, need.packages)).collect();
        if job >= Job::Window {
            needs.extend(wasm::from_debian_first(workspace)?);
        }
        if !needs.is_empty() {
            install(&needs)?;
        }
    }
    if job >= Job::Lint {
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
    is_there: impl Fn(Sign) -> bool,
) -> impl Iterator<Item = &SystemNeed> {
    needs.iter().filter(move |need| need.from <= job && !is_there(need.sign))
}

fn is_there(sign: Sign) -> bool {
    match sign {
        // What serves lies where only an administrator looks.
        Sign::Program(name) => on_path(name) || Path::new("/usr/sbin").join(name).is_file(),
        // Where pkg-config is missing, no build finds the library either.
        Sign::Library(name) => Command::new("pkg-config")
            .args(["--exists", name])
            .status()
            .is_ok_and(|status| status.success()),
        Sign::PythonPlaces => phones::python_is_complete(),
    }
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

/// Installs Debian packages, all at once, after saying which and why.
///
/// # Errors
/// When they cannot be installed here: one sentence with the command that does it.
pub(crate) fn install(needs: &[Packages]) -> Result<()> {
    let packages: Vec<&str> = needs.iter().flat_map(|(_, packages)| *packages).copied().collect();
    let names = packages.join(" ");
    if !has_apt() {
        bail!("{}: install what your system has for Debian's packages {names}", sentence(needs));
    }
    let by_hand = format!("sudo apt-get install {names}");
    announce(&format!("{}. Installing {}.", sentence(needs), packages.join(", ")));
    become_root().with_context(|| format!("`{by_hand}` has to be run once by an administrator"))?;

    let mut progress = Progress::begin("apt-get install");
    let mut attempt = progress.watch(&mut apt_get(&install_arguments(&packages)))?;
    if !attempt.passed {
        // The lists of packages are absent from a new machine, and old on others.
        progress.watch(&mut apt_get(&["update"]))?;
        attempt = progress.watch(&mut apt_get(&install_arguments(&packages)))?;
    }
    progress.end(attempt.passed, &names);
    ensure!(attempt.passed, "`{by_hand}` has to be run, and fails: {}", reason(&attempt.output));
    Ok(())
}

/// What is needed, in one sentence without its full stop.
fn sentence(needs: &[Packages]) -> String {
    let whats: Vec<_> = needs.iter().map(|(what, _)| *what).collect();
    format!("Écosanté needs {}", whats.join("; "))
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
    use super::{
        Job, SYSTEM_NEEDS, Sign, SystemNeed, candidate_in, install_arguments, is_debian, is_there,
        missing, reason, sentence,
    };

    const COMPILER: Sign = Sign::Program("cc");
    const WEB_VIEW: Sign = Sign::Library("webkit");
    const SCREEN: Sign = Sign::Program("Xvfb");
    const NEEDS: &[SystemNeed] = &[
        SystemNeed { what: "a compiler", from: Job::Terminal, sign: COMPILER, packages: &["gcc"] },
        SystemNeed { what: "a web view", from: Job::Window, sign: WEB_VIEW, packages: &["webkit"] },
        SystemNeed { what: "a screen", from: Job::Test, sign: SCREEN, packages: &["xvfb"] },
    ];

    #[test]
    fn only_what_is_absent_and_needed_for_the_job_is_installed() {
        let cases: [(Job, &[Sign], &[Sign]); 8] = [
            (Job::Terminal, &[], &[COMPILER]),
            (Job::Terminal, &[COMPILER], &[]),
            (Job::Window, &[], &[COMPILER, WEB_VIEW]),
            (Job::Window, &[WEB_VIEW], &[COMPILER]),
            (Job::Lint, &[COMPILER, WEB_VIEW], &[]),
            (Job::Test, &[], &[COMPILER, WEB_VIEW, SCREEN]),
            (Job::Test, &[COMPILER, WEB_VIEW], &[SCREEN]),
            (Job::Test, &[COMPILER, WEB_VIEW, SCREEN], &[]),
        ];
        for (job, present, expected) in cases {
            let found: Vec<_> =
                missing(NEEDS, job, |sign| present.contains(&sign)).map(|need| need.sign).collect();
            assert_eq!(found, expected, "{job:?} with {present:?}");
        }
    }

    #[test]
    fn the_terminal_needs_nothing_of_the_window() {
        let packages: Vec<_> = missing(SYSTEM_NEEDS, Job::Terminal, |_| false)
            .flat_map(|need| need.packages)
            .collect();
        assert_eq!(packages, [&"gcc", &"libc6-dev"]);
    }

    #[test]
    fn a_library_that_pkg_config_does_not_know_is_missing() {
        assert!(!is_there(Sign::Library("ecosante-no-such-library")));
        assert!(!is_there(Sign::Program("ecosante-no-such-program")));
    }

    #[test]
    fn everything_that_is_missing_is_said_in_one_sentence() {
        assert_eq!(sentence(&[("a compiler", &["gcc"])]), "Écosanté needs a compiler");
        assert_eq!(
            sentence(&[("a compiler, in C", &["gcc"]), ("a screen", &["xvfb"])]),
            "Écosanté needs a compiler, in C; a screen"
        );
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
