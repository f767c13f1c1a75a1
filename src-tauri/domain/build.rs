//! Turns each `scales/NAME.toml` into a variant of `Scale` with its figures, and each folder
//! `locales/CODE` into a variant of `Language` with its catalogues: both are data, a revision of a
//! scale is a new file and a language a new folder.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScaleFile {
    doc: String,
    family: String,
    area: String,
    valid_from: String,
    valid_to: Option<String>,
    origin: Vec<Origin>,
    level: Vec<Level>,
    event: Option<Level>,
    bounds: Option<Bounds>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Origin {
    title: String,
    url: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Level {
    colour: String,
}

#[derive(Deserialize)]
struct Bounds {
    equal: String,
    unit: Option<String>,
    #[serde(flatten)]
    of: BTreeMap<String, Vec<f64>>,
}

fn main() {
    println!("cargo::rerun-if-changed=scales");
    let mut scales: Vec<(String, ScaleFile)> = fs::read_dir("scales")
        .expect("the folder of scales")
        .map(|entry| {
            let path = entry.expect("a file").path();
            let name = path.file_stem().and_then(|it| it.to_str()).expect("a name").to_owned();
            let text = fs::read_to_string(&path).expect("a scale that can be read");
            let scale = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
            check(&name, &scale);
            (name, scale)
        })
        .collect();
    // Of one family the older scale comes first.
    scales.sort_by(|(one, a), (other, b)| {
        (&a.family, &a.valid_from, one).cmp(&(&b.family, &b.valid_from, other))
    });
    let to = Path::new(&env::var("OUT_DIR").expect("set by cargo")).join("scales.rs");
    fs::write(to, code(&scales)).expect("the folder of generated code can be written");
    languages();
}

/// `Language`, from the folders of catalogues.
fn languages() {
    println!("cargo::rerun-if-changed=locales");
    let names = |folder: &Path| -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .expect("the folders of catalogues")
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
            .collect();
        names.sort();
        names
    };
    let root = env::var("CARGO_MANIFEST_DIR").expect("set by cargo");
    let locales = Path::new(&root).join("locales");
    let codes = names(&locales);
    let mut code = String::from(
        "/// A language in which the app speaks: one for each folder of catalogues.\n\
         #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]\n\
         #[derive(serde::Serialize, serde::Deserialize)]\n\
         #[serde(rename_all = \"lowercase\")]\n\
         pub enum Language {\n",
    );
    for language in &codes {
        let _ = writeln!(code, "/// `{language}`.\n{},", variant(language));
    }
    let all: Vec<_> = codes.iter().map(|it| format!("Self::{}", variant(it))).collect();
    let _ = write!(
        code,
        "}}\n\nimpl Language {{\n/// Every language, by its code.\n\
         pub const ALL: [Self; {}] = [{}];\n\n\
         /// The two-letter code, which is also the name of the folder of its catalogues.\n\
         #[must_use]\npub fn code(self) -> &'static str {{\nmatch self {{\n",
        all.len(),
        all.join(", ")
    );
    for language in &codes {
        let _ = writeln!(code, "Self::{} => {language:?},", variant(language));
    }
    code.push_str(
        "}\n}\n\n/// Its name, in itself.\n#[must_use]\n\
         pub fn name(self) -> &'static str {\nmatch self {\n",
    );
    for language in &codes {
        let index = locales.join(language).join("index.ftl");
        let index = fs::read_to_string(index).expect("a catalogue of what is everywhere");
        let name = index.lines().find_map(|line| line.strip_prefix("language-name = "));
        let name = name.unwrap_or_else(|| panic!("{language} does not say its own name"));
        let _ = writeln!(code, "Self::{} => {name:?},", variant(language));
    }
    code.push_str(
        "}\n}\n\n/// Its catalogues, each with the name of its file.\n#[must_use]\n\
         pub fn catalogues(self) -> &'static [(&'static str, &'static str)] {\nmatch self {\n",
    );
    for language in &codes {
        let folder = locales.join(language);
        let files: Vec<_> = names(&folder)
            .iter()
            .map(|file| format!("({file:?}, include_str!({:?}))", folder.join(file)))
            .collect();
        let _ = writeln!(code, "Self::{} => &[{}],", variant(language), files.join(", "));
    }
    code.push_str("}\n}\n}\n");
    let to = Path::new(&env::var("OUT_DIR").expect("set by cargo")).join("languages.rs");
    fs::write(to, code).expect("the folder of generated code can be written");
}

/// What the compiler would not find out by itself.
fn check(name: &str, scale: &ScaleFile) {
    for level in scale.level.iter().chain(&scale.event) {
        let digits = level.colour.strip_prefix('#').unwrap_or_default();
        let is_colour = digits.len() == 6 && digits.chars().all(|it| it.is_ascii_hexdigit());
        assert!(is_colour, "{name}: {} is no colour", level.colour);
    }
    let area = scale.area.as_str();
    assert!(["france", "abroad", "everywhere"].contains(&area), "{name}: no area {area}");
    let Some(bounds) = &scale.bounds else { return };
    let equal = bounds.equal.as_str();
    assert!(["lower", "upper"].contains(&equal), "{name}: no side {equal}");
    for (what, figures) in &bounds.of {
        assert!(figures.is_sorted_by(|a, b| a < b), "{name}: bounds of {what} out of order");
        assert!(figures.len() < scale.level.len(), "{name}: {what} has more bands than levels");
    }
}

fn code(scales: &[(String, ScaleFile)]) -> String {
    let mut code = String::from(
        "/// A scale of levels, by the name it has on the wire.\n\
         ///\n\
         /// Of one family the older comes first.\n\
         #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]\n\
         #[derive(serde::Serialize, serde::Deserialize)]\n\
         pub enum Scale {\n",
    );
    for (name, scale) in scales {
        let variant = variant(name);
        let _ = write!(code, "/// {}\n#[serde(rename = {name:?})]\n{variant},\n", scale.doc);
    }
    code.push_str("}\n\nimpl Scale {\n");
    let all: Vec<_> = scales.iter().map(|(name, _)| format!("Self::{}", variant(name))).collect();
    let _ = write!(
        code,
        "/// Every scale.\npub const ALL: [Self; {}] = [{}];\n",
        all.len(),
        all.join(", ")
    );
    // A table for each thing that is asked, so that whoever asks for one carries no other.
    each(&mut code, scales, "name", "&'static str", |name, _| format!("{name:?}"));
    each(&mut code, scales, "palette", "&'static [&'static str]", |_, scale| {
        format!("&{:?}", scale.level.iter().map(|it| &it.colour).collect::<Vec<_>>())
    });
    each(&mut code, scales, "event_colour", "Option<&'static str>", |_, scale| {
        format!("{:?}", scale.event.as_ref().map(|it| &it.colour))
    });
    each(&mut code, scales, "facts", "Facts", |_, scale| {
        format!(
            "Facts {{ family: {:?}, area: Area::{}, from: {}, to: {} }}",
            scale.family,
            variant(&scale.area),
            date(&scale.valid_from),
            scale.valid_to.as_deref().map_or("None".to_owned(), |to| format!("Some({})", date(to))),
        )
    });
    each(&mut code, scales, "origins", "&'static [Origin]", |_, scale| {
        let origins: Vec<_> = scale
            .origin
            .iter()
            .map(|it| format!("Origin {{ title: {:?}, url: {:?} }}", it.title, it.url))
            .collect();
        format!("&[{}]", origins.join(", "))
    });
    each(&mut code, scales, "bounds", "Option<Bounds>", |_, scale| {
        let Some(bounds) = &scale.bounds else { return "None".to_owned() };
        let of: Vec<_> =
            bounds.of.iter().map(|(what, figures)| format!("({what:?}, &{figures:?})")).collect();
        let of = of.join(", ");
        let upper = bounds.equal == "upper";
        let unit = &bounds.unit;
        format!("Some(Bounds {{ unit: {unit:?}, equal_is_upper: {upper}, of: &[{of}] }})")
    });
    code.push_str("}\n");
    code
}

fn each(
    code: &mut String,
    scales: &[(String, ScaleFile)],
    of: &str,
    returns: &str,
    value: impl Fn(&str, &ScaleFile) -> String,
) {
    let (visible, documented) = if of == "name" {
        ("pub ", "/// The name used on the wire and in the store.\n#[must_use]\n")
    } else {
        ("", "")
    };
    let _ = write!(code, "{documented}{visible}fn {of}(self) -> {returns} {{\nmatch self {{\n");
    for (name, scale) in scales {
        let _ = writeln!(code, "Self::{} => {},", variant(name), value(name, scale));
    }
    code.push_str("}\n}\n");
}

/// `2021-01-01` as an expression that fails to compile where there is no such day.
fn date(text: &str) -> String {
    let parts: Vec<u32> = text.split('-').filter_map(|part| part.parse().ok()).collect();
    let [year, month, day] = parts[..] else { panic!("{text} is no date") };
    format!(
        "const {{ NaiveDate::from_ymd_opt({year}, {month}, {day}).expect(\"a day of the calendar\") }}"
    )
}

/// `atmo-pollen-2025` as `AtmoPollen2025`.
fn variant(name: &str) -> String {
    let capital = |part: &str| {
        let mut letters = part.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>())
    };
    name.split('-').filter_map(capital).collect()
}
