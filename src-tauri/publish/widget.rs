//! The element that other pages show of a commune, and its page for a frame.
//!
//! `widget/ecosante.js` is the element without its words; [`script`] puts in what it says in every
//! language, as plain lists: a third language is one more folder of catalogues.

use std::collections::BTreeMap;

use ecosante_domain::metric::{Phenomenon, Pollutant};
use ecosante_domain::publication::FOLDER;
use ecosante_domain::reading::Source;
use ecosante_domain::scale::Scale;
use ecosante_domain::text::{Language, Texts};
use serde::Serialize;

use crate::catalogue;
use crate::error::PublishError;
use crate::tree::Tree;

/// The element without its words.
const ELEMENT: &str = include_str!("widget/ecosante.js");
/// The page without its words.
const PAGE: &str = include_str!("widget/embed.html");
/// The catalogue of the element, and how its keys begin.
const CATALOGUE: &str = "widget.ftl";
const PREFIX: &str = "widget-";
/// What the page says where the element cannot run.
const NO_SCRIPT: &str = "noscript";

/// What is put into the element.
#[derive(Serialize)]
struct Table {
    /// By language and key.
    sentences: BTreeMap<&'static str, BTreeMap<String, String>>,
    /// By scale.
    levels: BTreeMap<&'static str, u8>,
    /// Of a page that says none.
    language: &'static str,
}

/// The element with its words: `v1/widget.js`.
///
/// Any page shows a commune with it: `<script src="…/v1/widget.js" defer></script>` and
/// `<ecosante-commune code="69123"></ecosante-commune>`.
///
/// # Panics
/// If a catalogue, which is part of the program, says what the element cannot; a test reads them all.
#[must_use]
pub fn script() -> String {
    let table = Table {
        sentences: sentences(),
        levels: Scale::ALL.into_iter().map(|scale| (scale.name(), scale.levels())).collect(),
        language: Language::default().code(),
    };
    let table = serde_json::to_string(&table).expect("words are JSON");
    // What stands before a line and what is said to who reads the source weigh a quarter.
    let lines = ELEMENT.lines().enumerate().filter_map(|(at, line)| {
        let line = line.trim_start();
        (at < 2 || !line.is_empty() && !line.starts_with("//")).then_some(line)
    });
    let element = lines.fold(String::with_capacity(ELEMENT.len()), |all, line| all + line + "\n");
    element.replacen("TABLE", &table, 1)
}

/// The page that a frame shows: `v1/embed.html`, beside `widget.js`.
///
/// The commune stands in the fragment, which no server is told: `embed.html#69123`. After a comma
/// each, and in any order, the language, the theme and the number of days: `#69123,en,dark,1`.
#[must_use]
pub fn embed_page() -> String {
    let said = sentences_of_page().into_iter().fold(String::new(), |all, (language, sentence)| {
        all + &format!("<p lang=\"{language}\">{}</p>\n", escaped(&sentence))
    });
    PAGE.replacen("LANGUAGE", Language::default().code(), 1).replacen("NOSCRIPT", &said, 1)
}

fn sentences_of_page() -> impl IntoIterator<Item = (Language, String)> {
    Language::ALL
        .map(|language| (language, Texts::new(language).get(&format!("{PREFIX}{NO_SCRIPT}"))))
}

/// As text of a page.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// What the element says in each language: its own catalogue, and the names that everything has.
fn sentences() -> BTreeMap<&'static str, BTreeMap<String, String>> {
    let catalogues = Language::ALL.map(|language| {
        let source = language.catalogue(CATALOGUE).expect("every language has every catalogue");
        (CATALOGUE, source.to_owned())
    });
    let lists = catalogue::compiled(&catalogues).unwrap_or_else(|why| panic!("{why}"));
    let said = Language::ALL.into_iter().zip(lists).map(|(language, list)| {
        let own = list.lines().filter_map(|line| line.split_once('='));
        let own =
            own.map(|(key, said)| (key.trim_start_matches(PREFIX).to_owned(), said.to_owned()));
        let mut said: BTreeMap<_, _> = own.filter(|(key, _)| key != NO_SCRIPT).collect();
        said.extend(names(&Texts::new(language)));
        (language.code(), said)
    });
    said.collect()
}

/// The names of sources, and of what has a level where several have one.
fn names(texts: &Texts) -> impl Iterator<Item = (String, String)> {
    let sources = Source::ALL.map(|it| format!("source-{}", it.name()));
    let sources = sources.map(|key| (key.clone(), texts.get(&key)));
    let pollutants = Pollutant::ALL.map(|it| {
        (format!("episode-{}", it.name()), texts.get(&format!("metric-air-{}", it.name())))
    });
    let phenomena = Phenomenon::ALL.map(|it| {
        (format!("vigilance-{}", it.name()), texts.get(&format!("danger-{}", it.name())))
    });
    sources.into_iter().chain(pollutants).chain(phenomena)
}

/// Writes the element and the page to frame.
pub(crate) fn write(tree: &Tree) -> Result<(), PublishError> {
    let writer = tree.writer();
    writer.bytes(&format!("{FOLDER}/widget.js"), script().as_bytes())?;
    writer.bytes(&format!("{FOLDER}/embed.html"), embed_page().as_bytes())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// What the element and its page may weigh together, in bytes, uncompressed.
    const BUDGET: usize = 30_000;

    /// The source without its style and its comments: what could say something.
    fn code() -> String {
        let (before, rest) = ELEMENT.split_once("const STYLE = `").expect("a style");
        let (_, after) = rest.split_once("`;").expect("the end of the style");
        let lines = before.lines().chain(after.lines());
        lines.filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
    }

    /// The texts between quotes and, of templates, what stands around their holes.
    fn literals(code: &str) -> Vec<String> {
        let mut literals = Vec::new();
        let mut rest = code;
        while let Some(at) = rest.find(['\'', '"', '`']) {
            let quote = rest[at..].chars().next().expect("a quote");
            let (literal, after) = rest[at + 1..].split_once(quote).expect("the end of a text");
            let mut said = literal.to_owned();
            while let Some((before, hole)) = said.clone().split_once("${") {
                let (_, after) = hole.split_once('}').expect("the end of a hole");
                said = format!("{before}{after}");
            }
            literals.push(said);
            rest = after;
        }
        literals
    }

    #[test]
    fn the_element_and_its_page_weigh_less_than_30_kb_together() {
        let (script, page) = (script().len(), embed_page().len());
        assert!(script + page < BUDGET, "{script} + {page} bytes");
    }

    #[test]
    fn no_sentence_is_written_in_the_element() {
        // What is no sentence although it has several words.
        let syntax = ["use strict", "noopener noreferrer", "(prefers-color-scheme: dark)"];
        let page_rule = "body { margin: 0; background: none }";
        for literal in literals(&code()) {
            let classes = ["on event", "row", "status heard"].contains(&literal.as_str());
            if classes || syntax.contains(&literal.as_str()) || literal == page_rule {
                continue;
            }
            assert!(
                literal.is_ascii()
                    || literal == " – Écosanté"
                    || literal == " · "
                    || literal == "≈ ",
                "{literal:?}"
            );
            let words = literal.split(' ').filter(|it| it.chars().any(char::is_alphabetic));
            assert!(words.count() < 2, "{literal:?} is a sentence");
            let capital = literal.starts_with(char::is_uppercase)
                && literal.chars().all(char::is_alphabetic)
                && literal.len() > 3;
            assert!(!capital, "{literal:?} is a word that somebody reads");
        }
    }

    #[test]
    fn everything_that_the_element_says_is_said_in_every_language_and_nothing_else() {
        let code = code();
        let sentences = sentences();
        let all: BTreeSet<_> = sentences["fr"].keys().collect();
        for language in Language::ALL {
            let of = &sentences[language.code()];
            assert_eq!(of.keys().collect::<BTreeSet<_>>(), all, "{language}");
            assert!(of.values().all(|it| !it.trim().is_empty()), "{language}");
        }
        // Of those that are named after something: what is before its name.
        let named = ["source-", "episode-", "vigilance-", "error-"];
        for key in all {
            let said = code.contains(&format!("'{key}'")) || code.contains(&format!(".{key}"));
            let by_name = named.iter().any(|it| key.starts_with(it));
            assert!(said || by_name, "nobody says {key}");
        }
        for said in code.split("say('").skip(1) {
            let key = said.split('\'').next().expect("a key");
            assert!(sentences["fr"].contains_key(key) || key == "source-", "{key}");
        }
    }

    #[test]
    fn the_page_says_in_every_language_what_it_needs() {
        let page = embed_page();
        for language in Language::ALL {
            assert!(page.contains(&format!("<p lang=\"{language}\">")), "{page}");
        }
        assert!(!page.contains("NOSCRIPT") && !page.contains("LANGUAGE"), "{page}");
        assert!(!page.contains("unsafe"), "{page}");
    }

    #[test]
    fn nothing_is_left_to_be_put_into_the_element() {
        let script = script();
        assert!(!script.contains("TABLE"), "{script}");
        assert!(script.contains("\"atmo-2021\":6"));
    }
}
