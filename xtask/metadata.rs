//! What Cargo knows of the workspace: where it is, its packages and who depends on whom.

use std::collections::{BTreeMap, BTreeSet};
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
    /// Package names and what each is built from, for every platform.
    pub(crate) graph: Graph,
}

/// A package of this repository.
#[derive(Clone, Deserialize)]
pub(crate) struct Package {
    id: String,
    pub(crate) name: String,
    /// The lowest Rust version that builds it, such as `1.95`.
    pub(crate) rust_version: Option<String>,
    pub(crate) targets: Vec<Target>,
}

/// One library, program, test or benchmark of a package.
#[derive(Clone, Deserialize)]
pub(crate) struct Target {
    pub(crate) name: String,
    pub(crate) kind: Vec<String>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    workspace_members: Vec<String>,
    target_directory: PathBuf,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    pkg: String,
    dep_kinds: Vec<DependencyKind>,
}

#[derive(Deserialize)]
struct DependencyKind {
    /// `dev`, `build`, or nothing for an ordinary dependency.
    kind: Option<String>,
}

impl Workspace {
    /// Asks Cargo about the workspace that this program belongs to.
    ///
    /// # Errors
    /// When Cargo cannot read a manifest, or cannot fetch a dependency it has not seen yet.
    pub(crate) fn load() -> Result<Self> {
        let here = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = here.parent().context("xtask stands in the repository's folder")?.to_owned();
        let answer = cargo(&root)
            .args(["metadata", "--format-version", "1"])
            .output()
            .context("cannot start cargo")?;
        ensure!(
            answer.status.success(),
            "cargo metadata failed: {}",
            String::from_utf8_lossy(&answer.stderr).trim()
        );
        let metadata: Metadata = serde_json::from_slice(&answer.stdout)
            .context("cargo metadata answered in a form that is not known here")?;
        let graph = Graph::new(&metadata);
        let members = metadata
            .packages
            .into_iter()
            .filter(|package| metadata.workspace_members.contains(&package.id))
            .collect();
        Ok(Self { root, target: metadata.target_directory, members, graph })
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

/// Who is built from whom. Dependencies of tests alone are left out.
#[derive(Default)]
pub(crate) struct Graph(BTreeMap<String, BTreeSet<String>>);

impl Graph {
    fn new(metadata: &Metadata) -> Self {
        let names: BTreeMap<&str, &str> = metadata
            .packages
            .iter()
            .map(|package| (package.id.as_str(), package.name.as_str()))
            .collect();
        let mut graph = Self::default();
        for node in &metadata.resolve.nodes {
            let Some(name) = names.get(node.id.as_str()) else {
                continue;
            };
            let dependencies = node
                .deps
                .iter()
                .filter(|dependency| {
                    dependency.dep_kinds.iter().any(|kind| kind.kind.as_deref() != Some("dev"))
                })
                .filter_map(|dependency| names.get(dependency.pkg.as_str()));
            // Two versions of a package share a name, and here that is enough.
            let known = graph.0.entry((*name).to_owned()).or_default();
            known.extend(dependencies.map(|name| (*name).to_owned()));
        }
        graph
    }

    /// Everything that `package` is built from, at any distance.
    pub(crate) fn built_from(&self, package: &str) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        let mut waiting = vec![package];
        while let Some(name) = waiting.pop() {
            for dependency in self.0.get(name).into_iter().flatten() {
                if found.insert(dependency.as_str()) {
                    waiting.push(dependency);
                }
            }
        }
        found
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::{Graph, Metadata};

    /// A graph from lines such as `app -> library tool`.
    pub(crate) fn graph(lines: &str) -> Graph {
        lines.lines().filter_map(|line| line.trim().split_once(" -> ")).fold(
            Graph::default(),
            |mut graph, (name, dependencies)| {
                let dependencies = dependencies.split_whitespace().map(str::to_owned).collect();
                graph.0.insert(name.to_owned(), dependencies);
                graph
            },
        )
    }

    #[test]
    fn what_a_package_is_built_from_is_followed_to_the_end() {
        let graph = graph("app -> engine\nengine -> store\nstore -> sqlite engine\nother -> web");
        let found: Vec<_> = graph.built_from("app").into_iter().collect();
        assert_eq!(found, ["engine", "sqlite", "store"]);
    }

    #[test]
    fn a_dependency_of_tests_alone_does_not_count() {
        let metadata: Metadata = serde_json::from_str(
            r#"{
                "packages": [
                    {"id": "1", "name": "app", "targets": []},
                    {"id": "2", "name": "checker", "targets": []},
                    {"id": "3", "name": "generator", "targets": []}
                ],
                "workspace_members": ["1"],
                "target_directory": "",
                "resolve": {"nodes": [{"id": "1", "deps": [
                    {"pkg": "2", "dep_kinds": [{"kind": "dev"}]},
                    {"pkg": "3", "dep_kinds": [{"kind": "dev"}, {"kind": "build"}]}
                ]}]}
            }"#,
        )
        .expect("the text above is in Cargo's form");
        let graph = Graph::new(&metadata);
        assert_eq!(graph.built_from("app").into_iter().collect::<Vec<_>>(), ["generator"]);
    }
}
