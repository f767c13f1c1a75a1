//! What Cargo knows of the workspace: where it is, its packages and what they are built from.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;

/// The workspace as `cargo metadata` describes it.
pub(crate) struct Workspace {
    /// The repository's folder.
    pub(crate) root: PathBuf,
    /// Where Cargo puts what it builds.
    pub(crate) target: PathBuf,
    /// The packages of this repository.
    pub(crate) members: Vec<Package>,
}

/// A package of this repository.
#[derive(Clone, Deserialize)]
pub(crate) struct Package {
    pub(crate) name: String,
    /// The lowest Rust version that builds it, such as `1.95`.
    pub(crate) rust_version: Option<String>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    target_directory: PathBuf,
}

impl Workspace {
    /// Asks Cargo about the workspace that this program belongs to.
    ///
    /// # Errors
    /// When Cargo cannot read a manifest.
    pub(crate) fn load() -> Result<Self> {
        let here = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = here.parent().context("xtask stands in the repository's folder")?.to_owned();
        let answer = cargo(&root)
            .args(["metadata", "--no-deps", "--format-version", "1"])
            .output()
            .context("cannot start cargo")?;
        ensure!(
            answer.status.success(),
            "cargo metadata failed: {}",
            String::from_utf8_lossy(&answer.stderr).trim()
        );
        let metadata: Metadata = serde_json::from_slice(&answer.stdout)
            .context("cargo metadata answered in a form that is not known here")?;
        Ok(Self { root, target: metadata.target_directory, members: metadata.packages })
    }

    /// The names of all packages that `package` is built from, at any distance, on any platform,
    /// when it is built alone. Dependencies of tests are left out.
    ///
    /// # Errors
    /// When there is no such package, or Cargo cannot fetch one it has not seen yet.
    pub(crate) fn built_from(&self, package: &str) -> Result<BTreeSet<String>> {
        self.tree(package, &[])
    }

    /// [`Self::built_from`] where the features that are on by default are turned off.
    ///
    /// # Errors
    /// As [`Self::built_from`].
    pub(crate) fn built_from_bare(&self, package: &str) -> Result<BTreeSet<String>> {
        self.tree(package, &["--no-default-features"])
    }

    fn tree(&self, package: &str, features: &[&str]) -> Result<BTreeSet<String>> {
        let answer = self
            .cargo()
            .args(["tree", "--package", package, "--target", "all", "--edges", "normal,build"])
            .args(features)
            .args(["--prefix", "none", "--format", "{p}"])
            .output()
            .context("cannot start cargo")?;
        ensure!(
            answer.status.success(),
            "cargo tree failed: {}",
            String::from_utf8_lossy(&answer.stderr).trim()
        );
        Ok(names_after_the_first(&String::from_utf8_lossy(&answer.stdout)))
    }

    /// Cargo, in the repository's folder.
    pub(crate) fn cargo(&self) -> Command {
        cargo(&self.root)
    }

    /// A program of the workspace as `cargo build` leaves it.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.target.join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }
}

fn cargo(root: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root);
    command
}

/// The names of the packages that `cargo tree` lists, a line each, below the one it was asked for.
fn names_after_the_first(tree: &str) -> BTreeSet<String> {
    tree.lines().skip(1).filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::names_after_the_first;

    #[test]
    fn what_a_package_is_built_from_is_listed_once() {
        let tree = "xtask v0.1.0 (/project/xtask)\nclap v4.6.9\nclap_derive v4.6.7 (proc-macro)\n\
            syn v2.0.119\nserde v1.0.229\nsyn v2.0.119 (*)\n";
        let names: Vec<_> = names_after_the_first(tree).into_iter().collect();
        assert_eq!(names, ["clap", "clap_derive", "serde", "syn"]);
    }
}
