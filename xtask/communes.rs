//! `cargo xtask communes`: writes the commune list that the engine carries, from the npm package
//! that republishes the official lists of the year.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};
use flate2::{Compression, GzBuilder};
use serde::Deserialize;
use serde::de::DeserializeOwned;

const PACKAGE: &str = "@etalab/decoupage-administratif";
const VERSION: &str = "6.0.0";
/// What npm computes from the archive it received, so that the same version is the same data.
const INTEGRITY: &str = "sha512-XavYsFlbcM/prKr8hNHPKER94IHw/dsxNM4nxjWMYk6PLFACpEedvn/7wK8Baozm0dCYhWWcf+7bcWpA5pmCaQ==";
/// The millésime of that version, from its README.
const YEAR: u16 = 2026;

/// Bytes; the list is compiled into every program that carries the engine.
const LARGEST_FILE: usize = 700_000;

#[derive(Deserialize)]
struct Region {
    code: String,
    nom: String,
}

#[derive(Deserialize)]
struct Departement {
    code: String,
    nom: String,
    region: String,
}

#[derive(Deserialize)]
struct Epci {
    code: String,
    nom: String,
    membres: Vec<Member>,
}

#[derive(Deserialize)]
struct Member {
    code: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Commune {
    code: String,
    nom: String,
    #[serde(rename = "type")]
    kind: Kind,
    departement: String,
    #[serde(default)]
    codes_postaux: Vec<String>,
    population: Option<u32>,
    /// The commune that a delegated or associated one belongs to.
    chef_lieu: Option<String>,
    /// The city of an arrondissement.
    commune: Option<String>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    CommuneActuelle,
    CommuneDeleguee,
    CommuneAssociee,
    ArrondissementMunicipal,
}

/// The package's files that the list is made of.
struct Source {
    regions: Vec<Region>,
    departements: Vec<Departement>,
    epcis: Vec<Epci>,
    communes: Vec<Commune>,
}

/// Fetches the package with `npm`, and writes `src-tauri/engine/data/communes.tsv.gz`.
///
/// The same package gives the same bytes.
///
/// # Errors
/// When npm or tar is missing or fails, when the archive is not the pinned one, or when its
/// content is not what the engine's decoder expects.
pub(crate) fn run() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .context("xtask stands in the repository's folder")?;
    let target = root.join("src-tauri/engine/data/communes.tsv.gz");

    say(&format!("Fetching {PACKAGE} {VERSION} with npm …"))?;
    let folder = ScratchFolder::new("communes")?;
    let data = fetch(&folder.0, &format!("{PACKAGE}@{VERSION}"), INTEGRITY)?.join("data");
    let text = Source::read(&data)?.to_text()?;
    let file = compress(&text)?;
    ensure!(
        file.len() <= LARGEST_FILE,
        "the commune list takes {} bytes, more than the {LARGEST_FILE} it may take in the program",
        file.len(),
    );
    if let Some(parent) = target.parent() {
        fs::create_dir_all(parent)
            .with_context(|| format!("cannot create {}", parent.display()))?;
    }
    fs::write(&target, &file).with_context(|| format!("cannot write {}", target.display()))?;
    say(&format!(
        "Wrote {}: {} lines, {} bytes.",
        target.display(),
        text.lines().count(),
        file.len(),
    ))
}

pub(crate) fn say(line: &str) -> Result<()> {
    writeln!(io::stderr(), "{line}").context("cannot write to standard error")
}

/// A folder of this run alone, removed at its end.
pub(crate) struct ScratchFolder(pub(crate) PathBuf);

impl ScratchFolder {
    pub(crate) fn new(purpose: &str) -> Result<Self> {
        let path = std::env::temp_dir().join(format!("ecosante-{purpose}-{}", std::process::id()));
        fs::create_dir(&path).with_context(|| format!("cannot create {}", path.display()))?;
        Ok(Self(path))
    }
}

impl Drop for ScratchFolder {
    fn drop(&mut self) {
        // A leftover in the system's temporary folder is no reason to fail.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Downloads and unpacks an npm package, `name@version`; its folder.
pub(crate) fn fetch(folder: &Path, package: &str, integrity: &str) -> Result<PathBuf> {
    // On Windows npm is a script, which is only found under its full name.
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let told = output_of(
        Command::new(npm).args(["pack", "--json", package]).current_dir(folder),
        "npm is missing: install Node.js (on Debian and Ubuntu `sudo apt-get install npm`)",
    )?;
    ensure!(
        told.contains(integrity),
        "npm delivered another {package} than the one this command was written for ({integrity})",
    );
    let archive = fs::read_dir(folder)?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .find(|path| path.extension() == Some(OsStr::new("tgz")))
        .with_context(|| format!("npm left no archive of {package}"))?;
    output_of(
        Command::new("tar").arg("-xzf").arg(&archive).current_dir(folder),
        "tar is missing: install it (on Debian and Ubuntu `sudo apt-get install tar`)",
    )?;
    Ok(folder.join("package"))
}

/// What a command printed; `missing` is the error when there is no such program.
fn output_of(command: &mut Command, missing: &str) -> Result<String> {
    let output = match command.output() {
        Ok(output) => output,
        Err(error) if error.kind() == ErrorKind::NotFound => bail!("{missing}"),
        Err(error) => return Err(error).with_context(|| format!("cannot run {command:?}")),
    };
    ensure!(
        output.status.success(),
        "{command:?} failed: {}",
        String::from_utf8_lossy(&output.stderr).trim(),
    );
    String::from_utf8(output.stdout).with_context(|| format!("{command:?} printed no text"))
}

fn read<T: DeserializeOwned>(data: &Path, name: &str) -> Result<T> {
    let path = data.join(name);
    let text = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_slice(&text).with_context(|| format!("{name} is not what {VERSION} publishes"))
}

impl Source {
    fn read(data: &Path) -> Result<Self> {
        let mut source = Self {
            regions: read(data, "regions.json")?,
            departements: read(data, "departements.json")?,
            epcis: read(data, "epci.json")?,
            communes: read(data, "communes.json")?,
        };
        source.regions.sort_by(|a, b| a.code.cmp(&b.code));
        source.departements.sort_by(|a, b| a.code.cmp(&b.code));
        source.epcis.sort_by(|a, b| a.code.cmp(&b.code));
        source.communes.sort_by(|a, b| a.code.cmp(&b.code));
        Ok(source)
    }

    /// The list as tab-separated lines, in the order in which they refer to each other; the
    /// engine's `communes.rs` is the reader.
    fn to_text(&self) -> Result<String> {
        let mut epci_of = BTreeMap::new();
        for epci in &self.epcis {
            for member in &epci.membres {
                if let Some(other) = epci_of.insert(member.code.as_str(), epci.code.as_str()) {
                    bail!("{} is in two EPCI, {other} and {}", member.code, epci.code);
                }
            }
        }
        let current: BTreeMap<_, _> = self
            .communes
            .iter()
            .filter(|commune| commune.kind == Kind::CommuneActuelle)
            .map(|commune| (commune.code.as_str(), commune.nom.as_str()))
            .collect();

        let mut lines = Lines::with_provenance();
        for region in &self.regions {
            lines.row("r", &[&region.code, &region.nom])?;
        }
        for departement in &self.departements {
            lines.row("d", &[&departement.code, &departement.nom, &departement.region])?;
        }
        for epci in &self.epcis {
            lines.row("e", &[&epci.code, &epci.nom])?;
        }
        let of_kind = |kind| self.communes.iter().filter(move |entry| entry.kind == kind);
        for commune in of_kind(Kind::CommuneActuelle) {
            // The reader takes the département from the code.
            ensure!(
                commune.code.len() == 5 && commune.code.starts_with(&commune.departement),
                "the code of {} ({}) does not tell its département",
                commune.nom,
                commune.code,
            );
            let epci = epci_of.get(commune.code.as_str()).copied().unwrap_or_default();
            let population = commune.population.map(|n| n.to_string()).unwrap_or_default();
            let postcodes = commune.codes_postaux.join(" ");
            lines.row("c", &[&commune.code, &commune.nom, &postcodes, epci, &population])?;
        }
        for (letter, kind) in [
            ("a", Kind::ArrondissementMunicipal),
            ("f", Kind::CommuneDeleguee),
            ("f", Kind::CommuneAssociee),
        ] {
            for part in of_kind(kind) {
                let whole = part.chef_lieu.as_ref().or(part.commune.as_ref());
                let Some((code, name)) = whole.and_then(|code| current.get_key_value(&**code))
                else {
                    bail!("{} ({}) belongs to no current commune", part.nom, part.code);
                };
                // A new commune's centre often keeps both code and name: nothing to find it by.
                if part.code != *code || part.nom != *name {
                    lines.row(letter, &[&part.code, &part.nom, code])?;
                }
            }
        }
        Ok(lines.0)
    }
}

struct Lines(String);

impl Lines {
    fn with_provenance() -> Self {
        Self(format!(
            "# Communes of France {YEAR}. Generated by `cargo xtask communes`, not to be edited.\n\
             # Package: {PACKAGE} {VERSION} (npm), MIT, copyright (c) 2018-2019 Etalab.\n\
             # Data: INSEE (code officiel géographique, populations), DGCL (EPCI), \
             La Poste (postcodes); Licence Ouverte 2.0.\n\
             # r region: code, name. d département: code, name, region. e EPCI: SIREN, name.\n\
             # c commune: code, name, postcodes, EPCI, population. a arrondissement and \
             f former commune: code, name, commune.\n"
        ))
    }

    fn row(&mut self, letter: &str, fields: &[&str]) -> Result<()> {
        self.0.push_str(letter);
        for field in fields {
            ensure!(!field.contains(['\t', '\n']), "{field:?} would break its line");
            self.0.push('\t');
            self.0.push_str(field);
        }
        self.0.push('\n');
        Ok(())
    }
}

/// Neither time nor system in the header, so that the same text gives the same bytes.
fn compress(text: &str) -> Result<Vec<u8>> {
    const UNKNOWN_SYSTEM: u8 = 255;
    let mut encoder = GzBuilder::new()
        .mtime(0)
        .operating_system(UNKNOWN_SYSTEM)
        .write(Vec::new(), Compression::best());
    encoder.write_all(text.as_bytes())?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

    use super::*;

    fn source(communes: &str) -> Source {
        Source {
            regions: serde_json::from_str(r#"[{"code": "11", "nom": "Île-de-France"}]"#).unwrap(),
            departements: serde_json::from_str(
                r#"[{"code": "75", "nom": "Paris", "region": "11"}]"#,
            )
            .unwrap(),
            epcis: serde_json::from_str(
                r#"[{"code": "200054781", "nom": "Grand Paris", "membres": [{"code": "75056"}]}]"#,
            )
            .unwrap(),
            communes: serde_json::from_str(communes).unwrap(),
        }
    }

    const PARIS: &str = r#"{"code": "75056", "nom": "Paris", "type": "commune-actuelle",
        "departement": "75", "codesPostaux": ["75001", "75002"], "population": 2103778}"#;

    #[test]
    fn a_commune_is_one_line_and_its_parts_refer_to_it() {
        let text = source(&format!(
            r#"[{PARIS},
                {{"code": "75113", "nom": "Paris 13e Arrondissement", "departement": "75",
                  "type": "arrondissement-municipal", "commune": "75056"}},
                {{"code": "75056", "nom": "Paris", "departement": "75",
                  "type": "commune-deleguee", "chefLieu": "75056"}}]"#
        ))
        .to_text()
        .unwrap();
        let rows: Vec<_> = text.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(
            rows,
            [
                "r\t11\tÎle-de-France",
                "d\t75\tParis\t11",
                "e\t200054781\tGrand Paris",
                "c\t75056\tParis\t75001 75002\t200054781\t2103778",
                "a\t75113\tParis 13e Arrondissement\t75056",
            ],
        );
        assert!(text.starts_with('#'), "provenance comes first");
    }

    #[test]
    fn a_part_of_no_commune_is_refused() {
        let orphan = r#"[{"code": "75113", "nom": "Paris 13e Arrondissement", "departement": "75",
            "type": "arrondissement-municipal", "commune": "75056"}]"#;
        let error = source(orphan).to_text().unwrap_err();
        assert_eq!(
            error.to_string(),
            "Paris 13e Arrondissement (75113) belongs to no current commune",
        );
    }

    #[test]
    fn the_same_text_gives_the_same_bytes_and_no_date() {
        let file = compress("c\t75056\tParis\n").unwrap();
        assert_eq!(file, compress("c\t75056\tParis\n").unwrap());
        assert_eq!(file[4..8], [0; 4]);
    }
}
