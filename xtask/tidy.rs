//! The project's own rules: what neither the compiler nor clippy can know.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use crate::metadata::Workspace;

/// A rule, and one sentence for each place that breaks it.
pub(crate) type Finding = (&'static str, Vec<String>);

/// Files and folders of the repository's first level, beside those whose name starts with a dot.
const TOP_LEVEL: [&str; 12] = [
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "icons",
    "src-tauri",
    "tauri.conf.json",
    "tests",
    "ui",
    "xtask",
];

/// In bytes. More does not come back out of a repository's history.
const LARGEST_FILE: u64 = 1_000_000;

/// What the parsers of the engine do without, where the feature `store` is turned off.
const OF_THE_STORE: [&str; 6] =
    ["csv", "directories", "keyring*", "libsqlite3-sys", "rusqlite*", "zbus*"];

/// A crate, what it may not be built from, and why. A name that ends in `*` stands for all that
/// begin so.
const KEPT_APART: [(&str, &[&str], &str); 8] = [
    (
        "ecosante-domain",
        &["ecosante-engine", "reqwest", "rusqlite", "tauri*", "tokio*"],
        "the domain does no IO",
    ),
    ("ecosante-engine", &["ecosante-cli", "tauri*"], "the engine knows no window"),
    ("ecosante-publish", &["tauri*"], "a server that publishes has no window"),
    ("ecosante-cli", &["tauri*"], "the command line runs where there is no window"),
    (
        "ecosante-ui",
        &["ecosante-engine", "reqwest", "rusqlite", "tauri*"],
        "the window asks the shell, not the network nor the data file",
    ),
    (
        "ecosante-replay",
        &["ecosante-domain", "ecosante-engine"],
        "a fixture built by the code it tests proves nothing",
    ),
    ("ecosante-browser", &["tauri*"], "a browser stands in for the window"),
    (
        "xtask",
        &["cc", "ecosante-engine", "reqwest", "tauri*", "tokio*"],
        "xtask builds first, in seconds, and installs what the rest needs",
    ),
];

/// Hosts that the engine asks, and the only file that may know how.
const UPSTREAM_HOSTS: [&str; 12] = [
    "data.atmo-france.org",
    "admindata.atmo-france.org",
    "air-quality-api.open-meteo.com",
    "geocoding-api.open-meteo.com",
    "//api.open-meteo.com",
    "geo.api.gouv.fr",
    "//public.opendatasoft.com/api",
    "files.data.gouv.fr",
    "public-api.meteofrance.fr",
    "//hubeau.eaufrance.fr/api",
    "//www.georisques.gouv.fr/api",
    "data.geopf.fr",
];
const UPSTREAM_FILE: &str = "src-tauri/engine/upstream.rs";

/// Where the commands of the window are named: what it may ask, what answers, what is allowed.
const ASKED: &str = "src-tauri/domain/window.rs";
const ANSWERED: &str = "src-tauri/engine/contract.rs";
const ALLOWED: &str = "src-tauri/permissions/";

/// Applies every rule.
///
/// # Errors
/// When Git or a file cannot be asked; a broken rule is a finding.
pub(crate) fn findings(workspace: &Workspace) -> Result<Vec<Finding>> {
    let files = project_files(&workspace.root)?;
    let rust = texts(&workspace.root, files.iter().filter(|file| file.ends_with(".rs")))?;
    let manifests = texts(&workspace.root, files.iter().filter(|it| is_manifest(it)))?;
    let permissions = texts(&workspace.root, files.iter().filter(|it| is_permission(it)))?;
    let sizes = files
        .iter()
        .map(|file| Ok((file.as_str(), fs::metadata(workspace.root.join(file))?.len())))
        .collect::<Result<Vec<_>>>()?;

    Ok(vec![
        ("crates kept apart", kept_apart(workspace)?),
        ("top level", unknown_at_top_level(&files)),
        ("file size", too_large(&sizes)),
        ("both languages", locales_that_differ(&files)),
        ("versions in one place", of_each(&manifests, versions_of_its_own)),
        ("workspace lints", of_each(&manifests, lints_of_its_own)),
        ("upstreams in one place", of_each(&rust, upstreams_named)),
        ("commands", commands_that_differ(&rust, &permissions)),
        ("recorded answers", recorded_answers(&workspace.root, &sizes)?),
    ])
}

/// The files of the project, those not yet committed included, as paths from its root with `/`.
pub(crate) fn project_files(root: &Path) -> Result<Vec<String>> {
    let answer = Command::new("git")
        // The repository may belong to someone else, as it does in many containers.
        .args(["-c", "safe.directory=*", "ls-files", "-z"])
        .args(["--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()
        .context("the rules about files need git, which cannot be started")?;
    ensure!(
        answer.status.success(),
        "the rules about files need a git clone: {}",
        String::from_utf8_lossy(&answer.stderr).trim()
    );
    let files: BTreeSet<_> = String::from_utf8_lossy(&answer.stdout)
        .split_terminator('\0')
        .filter(|file| root.join(file).is_file())
        .map(str::to_owned)
        .collect();
    Ok(files.into_iter().collect())
}

fn texts<'a>(
    root: &Path,
    files: impl Iterator<Item = &'a String>,
) -> Result<BTreeMap<&'a str, String>> {
    files
        .map(|file| {
            let text = fs::read_to_string(root.join(file))
                .with_context(|| format!("{file} is not a text"))?;
            Ok((file.as_str(), text))
        })
        .collect()
}

/// Whether a file is a manifest of the workspace. The fuzz targets are a workspace of their own, which
/// can inherit neither versions nor lints, and whose programs have no `main` to call them safe.
fn is_manifest(file: &str) -> bool {
    file == "Cargo.toml" || file.ends_with("/Cargo.toml") && !file.starts_with("tests/fuzz/")
}

fn is_permission(file: &str) -> bool {
    file.starts_with(ALLOWED) && file.ends_with(".toml")
}

/// Applies a rule about one text to each, and says where it is broken.
fn of_each(texts: &BTreeMap<&str, String>, rule: fn(&str, &str) -> Vec<String>) -> Vec<String> {
    texts
        .iter()
        .flat_map(|(file, text)| {
            rule(file, text).into_iter().map(move |complaint| format!("{file}: {complaint}"))
        })
        .collect()
}

fn kept_apart(workspace: &Workspace) -> Result<Vec<String>> {
    let mut complaints = Vec::new();
    for (package, forbidden, reason) in KEPT_APART {
        if !workspace.members.iter().any(|member| member.name == package) {
            complaints.push(format!("{package} is no crate of the workspace; rename it here too"));
            continue;
        }
        complaints.extend(
            forbidden_among(&workspace.built_from(package)?, forbidden)
                .into_iter()
                .map(|dependency| format!("{package} is built from {dependency}, but {reason}")),
        );
    }
    let bare = workspace.built_from_bare("ecosante-engine")?;
    let of_the_store = forbidden_among(&bare, &OF_THE_STORE).into_iter();
    complaints.extend(
        of_the_store.map(|it| format!("ecosante-engine without its store is built from {it}")),
    );
    Ok(complaints)
}

fn forbidden_among<'a>(names: &'a BTreeSet<String>, forbidden: &[&str]) -> Vec<&'a str> {
    let is_forbidden = |name: &str| {
        forbidden.iter().any(|pattern| match pattern.strip_suffix('*') {
            Some(start) => name.starts_with(start),
            None => name == *pattern,
        })
    };
    names.iter().map(String::as_str).filter(|name| is_forbidden(name)).collect()
}

fn unknown_at_top_level(files: &[String]) -> Vec<String> {
    let names: BTreeSet<_> = files.iter().filter_map(|file| file.split('/').next()).collect();
    names
        .into_iter()
        .filter(|name| !name.starts_with('.') && !TOP_LEVEL.contains(name))
        .map(|name| format!("{name} has no place at the top of the repository"))
        .collect()
}

fn too_large(sizes: &[(&str, u64)]) -> Vec<String> {
    sizes
        .iter()
        .filter(|(_, size)| *size > LARGEST_FILE)
        .map(|(file, size)| format!("{file} has {size} bytes, more than {LARGEST_FILE}"))
        .collect()
}

fn locales_that_differ(files: &[String]) -> Vec<String> {
    let catalogues = |language: &str| -> BTreeSet<&str> {
        let folder = format!("src-tauri/domain/locales/{language}/");
        files.iter().filter_map(|file| file.strip_prefix(&folder)).collect()
    };
    let (french, english) = (catalogues("fr"), catalogues("en"));
    let missing = |language, from: &BTreeSet<&str>, to: &BTreeSet<&str>| -> Vec<String> {
        from.difference(to)
            .map(|file| format!("src-tauri/domain/locales/{language}/{file} is missing"))
            .collect()
    };
    [missing("en", &french, &english), missing("fr", &english, &french)].concat()
}

/// The dependencies that a manifest does not take from the workspace.
fn versions_of_its_own(_: &str, manifest: &str) -> Vec<String> {
    let mut section = "";
    let mut found = Vec::new();
    // A dependency with a section to itself, until that section names the workspace.
    let mut open: Option<&str> = None;
    for line in manifest.lines().map(str::trim) {
        if let Some(header) = line.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
            found.extend(open.take());
            section = header;
            if let Some((kind, name)) = header.rsplit_once('.')
                && is_dependencies(kind)
            {
                open = Some(name);
            }
        } else if open.is_some() && takes_from_workspace(line) {
            open = None;
        } else if is_dependencies(section)
            && let Some((name, value)) = line.split_once('=')
            && !line.starts_with('#')
            && !takes_from_workspace(value)
            && !name.trim().ends_with(".workspace")
        {
            found.push(name.trim());
        }
    }
    found.extend(open);
    found
        .into_iter()
        .map(|name| format!("the version of {name} belongs in the workspace's Cargo.toml"))
        .collect()
}

/// Whether a section of a manifest lists dependencies for use, rather than for inheriting.
fn is_dependencies(section: &str) -> bool {
    let kind = section.rsplit('.').next().unwrap_or(section);
    section != "workspace.dependencies"
        && ["dependencies", "dev-dependencies", "build-dependencies"].contains(&kind)
}

fn takes_from_workspace(value: &str) -> bool {
    value.replace(' ', "").contains("workspace=true")
}

fn lints_of_its_own(_: &str, manifest: &str) -> Vec<String> {
    let inherits = manifest
        .lines()
        .map(str::trim)
        .skip_while(|line| *line != "[lints]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .any(takes_from_workspace);
    if !manifest.contains("[package]") || inherits {
        return Vec::new();
    }
    vec!["`[lints]` with `workspace = true` is missing".to_owned()]
}

/// The lines of a program's code that name a host which the engine asks.
fn upstreams_named(file: &str, code: &str) -> Vec<String> {
    // This file has to name them as well; what is credited, people open in their browser.
    let credits = "src-tauri/domain/credits.rs";
    let may_name_them = [UPSTREAM_FILE, credits, "xtask/tidy.rs"].contains(&file);
    if may_name_them || file.split('/').any(|part| part == "tests" || part == "tests.rs") {
        return Vec::new();
    }
    let lines: Vec<&str> = code.lines().collect();
    let tests = lines.windows(2).position(|pair| {
        pair[0] == "#[cfg(test)]" && pair[1].contains("mod ") && pair[1].ends_with('{')
    });
    lines[..tests.unwrap_or(lines.len())]
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .filter_map(|(index, line)| {
            let host = UPSTREAM_HOSTS.iter().find(|host| line.contains(*host))?;
            let host = host.trim_start_matches('/');
            Some(format!("line {} names {host}, which only {UPSTREAM_FILE} may", index + 1))
        })
        .collect()
}

/// The commands of the window that are not named everywhere they have to be.
fn commands_that_differ(
    rust: &BTreeMap<&str, String>,
    permissions: &BTreeMap<&str, String>,
) -> Vec<String> {
    let text = |file| rust.get(file).map_or("", String::as_str);
    let asked = commands_asked(text(ASKED));
    let answered = commands_answered(text(ANSWERED), &names(text(ASKED)));
    let allowed: BTreeSet<&str> =
        permissions.values().flat_map(|it| commands_allowed(it)).collect();
    let all: BTreeSet<&str> =
        [&asked, &answered, &allowed].into_iter().flatten().copied().collect();

    let places = [
        (&asked, format!("not among the COMMANDS of {ASKED}")),
        (&answered, format!("not answered in {ANSWERED}")),
        (&allowed, format!("not allowed by any commands.allow in {ALLOWED}*.toml")),
    ];
    all.into_iter()
        .flat_map(|command| {
            places
                .iter()
                .filter(move |(named, _)| !named.contains(command))
                .map(move |(_, lack)| format!("{command} is {lack}"))
        })
        .collect()
}

/// The constants that name a command, `OVERVIEW`, and what each is, `overview`.
fn names(code: &str) -> BTreeMap<&str, &str> {
    code.lines()
        .filter_map(|line| {
            let (name, value) = line.trim().strip_prefix("pub const ")?.split_once(": &str = ")?;
            Some((name, value.strip_prefix('"')?.strip_suffix("\";")?))
        })
        .collect()
}

/// The names in `COMMANDS`, each the text of a constant such as `command::OVERVIEW`.
fn commands_asked(code: &str) -> BTreeSet<&str> {
    let texts = names(code);
    between(code, "pub const COMMANDS", "];")
        .into_iter()
        .flat_map(|list| list.split(['[', ',', ' ', '\n']))
        .filter_map(|item| texts.get(item.strip_prefix("command::")?).copied())
        .collect()
}

/// The names of the commands that have an arm of their own: `command::OVERVIEW => …`.
fn commands_answered<'a>(code: &str, names: &BTreeMap<&str, &'a str>) -> BTreeSet<&'a str> {
    code.lines()
        .filter_map(|line| line.trim().strip_prefix("command::")?.split_once(" => "))
        .filter_map(|(constant, _)| names.get(constant).copied())
        .collect()
}

/// The names that the permissions of a file allow.
fn commands_allowed(permissions: &str) -> BTreeSet<&str> {
    permissions
        .split("commands.allow")
        .skip(1)
        .filter_map(|rest| between(rest, "[", "]"))
        .flat_map(|list| list.split('"').skip(1).step_by(2))
        .collect()
}

/// What stands between the first `start` and the next `end` after it.
fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(start)?;
    rest.split_once(end).map(|(inside, _)| inside)
}

/// The files of the project that are a recorded answer of a producer. Their licences differ from
/// the project's, so they lie beside the repository, where they are at hand.
fn recorded_answers(root: &Path, sizes: &[(&str, u64)]) -> Result<Vec<String>> {
    let mut recorded = Vec::new();
    files_below(&root.join("../shared/payloads"), &mut recorded)?;
    let mut complaints = Vec::new();
    for answer in recorded {
        let size = fs::metadata(&answer)?.len();
        for (file, _) in sizes.iter().filter(|(_, other)| size > 0 && size == *other) {
            if fs::read(root.join(file))? == fs::read(&answer)? {
                let name = answer.strip_prefix(root).unwrap_or(&answer).display();
                complaints.push(format!("{file} is a copy of {name}"));
            }
        }
    }
    Ok(complaints)
}

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        entries => entries.with_context(|| format!("cannot read {}", folder.display()))?,
    };
    for entry in entries {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            files_below(&entry.path(), found)?;
        } else {
            found.push(entry.path());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::{
        ANSWERED, ASKED, commands_that_differ, forbidden_among, lints_of_its_own,
        locales_that_differ, too_large, unknown_at_top_level, upstreams_named, versions_of_its_own,
    };

    fn files(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_crate_is_forbidden_by_its_name_or_by_how_it_begins() {
        let names: BTreeSet<String> =
            ["serde", "tauri-utils", "tokio", "tokio-util"].map(str::to_owned).into();
        assert_eq!(forbidden_among(&names, &["tauri*", "tokio"]), ["tauri-utils", "tokio"]);
        assert!(forbidden_among(&names, &["tauri", "tok"]).is_empty());
    }

    #[test]
    fn the_top_level_holds_only_the_rooms_and_dotfiles() {
        let files = files(&[".clippy.toml", "Cargo.lock", "docs/a.md", "docs/b.md", "ui/lib.rs"]);
        assert_eq!(
            unknown_at_top_level(&files),
            ["docs has no place at the top of the repository"]
        );
    }

    #[test]
    fn a_file_of_more_than_a_megabyte_is_named() {
        assert_eq!(
            too_large(&[("small", 1_000_000), ("large", 1_000_001)]),
            ["large has 1000001 bytes, more than 1000000"]
        );
    }

    #[test]
    fn a_catalogue_in_one_language_only_is_missing_in_the_other() {
        let files = files(&[
            "src-tauri/domain/locales/en/advice.ftl",
            "src-tauri/domain/locales/fr/advice.ftl",
            "src-tauri/domain/locales/fr/alerts.ftl",
        ]);
        assert_eq!(
            locales_that_differ(&files),
            ["src-tauri/domain/locales/en/alerts.ftl is missing"]
        );
    }

    #[test]
    fn every_way_to_write_a_version_in_a_crate_is_found() {
        let taken_from_the_workspace = "[dependencies]\n\
            serde = { workspace = true }\nclap.workspace = true\n# old = \"1\"\n\
            [dev-dependencies.tempfile]\nfeatures = []\nworkspace = true\n\
            [workspace.dependencies]\nanyhow = \"1\"\n\
            [package]\nversion = \"1\"\n";
        assert!(versions_of_its_own("", taken_from_the_workspace).is_empty());

        let cases = [
            "[dependencies]\nserde = \"1\"\n",
            "[dev-dependencies]\nserde = { version = \"1\" }\n",
            "[target.'cfg(windows)'.dependencies]\nserde = { path = \"../serde\" }\n",
            "[build-dependencies.serde]\nversion = \"1\"\n",
            "[dependencies.serde]\nversion = \"1\"\n[features]\nx = []\n",
        ];
        for manifest in cases {
            assert_eq!(
                versions_of_its_own("", manifest),
                ["the version of serde belongs in the workspace's Cargo.toml"],
                "{manifest}"
            );
        }
    }

    #[test]
    fn a_manifest_may_be_that_of_a_package_and_of_the_workspace() {
        let both = "[package]\nname = \"app\"\n[lints]\nworkspace = true\n\
            [dependencies]\nserde = { workspace = true }\n\
            [workspace]\nmembers = [\"a\"]\n[workspace.dependencies]\nserde = \"1\"\n\
            [workspace.dependencies.clap]\nversion = \"4\"\n\
            [workspace.lints.rust]\nunsafe_code = \"forbid\"\n\
            [profile.dev.package]\nserde.opt-level = 1\n";
        assert!(versions_of_its_own("", both).is_empty());
        assert!(lints_of_its_own("", both).is_empty());

        let of_its_own = both.replace("serde = { workspace = true }", "serde = \"1\"");
        assert_eq!(versions_of_its_own("", &of_its_own).len(), 1);
        let without = both.replace("[lints]\nworkspace = true\n", "");
        assert_eq!(lints_of_its_own("", &without).len(), 1);
    }

    #[test]
    fn a_command_is_named_where_it_is_asked_answered_and_allowed() {
        let asked = "pub const COMMANDS: [&str; 2] = [\n    command::OVERVIEW,\n    \
            command::ADD_PLACE,\n];\npub mod command {\n    \
            pub const OVERVIEW: &str = \"overview\";\n    \
            pub const ADD_PLACE: &str = \"add_place\";\n    \
            pub const NOT_ASKED: &str = \"not_asked\";\n}\n\
            pub mod event {\n    pub const CHANGED: &str = \"changed\";\n}\n";
        let answered = "        command::OVERVIEW => reply(),\n        \
            command::ADD_PLACE => {\n";
        let allowed = "[[permission]]\nidentifier = \"allow-read\"\ncommands.allow = [\"overview\"]\n\
            [[permission]]\nidentifier = \"allow-write\"\ncommands.allow = [\n  \"add_place\",\n]\n";
        let differ = |asked: &str, answered: &str, allowed: &str| {
            let rust = [(ASKED, asked.to_owned()), (ANSWERED, answered.to_owned())];
            let permissions = [("src-tauri/permissions/main.toml", allowed.to_owned())];
            commands_that_differ(&BTreeMap::from(rust), &BTreeMap::from(permissions))
        };
        assert!(differ(asked, answered, allowed).is_empty());
        assert_eq!(
            differ(&asked.replace("    command::ADD_PLACE,\n", ""), answered, allowed),
            ["add_place is not among the COMMANDS of src-tauri/domain/window.rs"]
        );
        assert_eq!(
            differ(asked, &answered.replace("command::ADD_PLACE =>", ""), allowed),
            ["add_place is not answered in src-tauri/engine/contract.rs"]
        );
        assert_eq!(
            differ(asked, answered, &allowed.replace("\"overview\"", "")),
            ["overview is not allowed by any commands.allow in src-tauri/permissions/*.toml"]
        );
        assert_eq!(differ(asked, "", allowed).len(), 2);
    }

    #[test]
    fn a_crate_takes_the_lints_of_the_workspace() {
        let inherits = "[package]\nname = \"a\"\n[lints]\nworkspace = true\n";
        let elsewhere = "[package]\nname = \"a\"\n[lints]\n[dependencies]\nb.workspace = true\n";
        assert!(lints_of_its_own("", inherits).is_empty());
        assert_eq!(lints_of_its_own("", elsewhere).len(), 1);
        assert_eq!(lints_of_its_own("", "[package]\nname = \"a\"\n").len(), 1);
        assert!(lints_of_its_own("", "[workspace]\nmembers = []\n").is_empty());
    }

    #[test]
    fn an_upstream_is_named_in_one_file_in_comments_and_in_tests() {
        let code = "// https://geo.api.gouv.fr/decoupage\n\
            const URL: &str = \"https://geo.api.gouv.fr\";\n\
            #[cfg(test)]\nmod tests {\n    const U: &str = \"https://data.atmo-france.org\";\n}\n";
        assert_eq!(
            upstreams_named("src-tauri/cli/main.rs", code),
            ["line 2 names geo.api.gouv.fr, which only src-tauri/engine/upstream.rs may"]
        );
        for file in ["src-tauri/engine/upstream.rs", "tests/replay/main.rs", "ui/a/tests.rs"] {
            assert!(upstreams_named(file, code).is_empty(), "{file}");
        }
    }
}
