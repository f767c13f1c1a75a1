//! The public indices of all communes as static files for other tools: asked of each producer once
//! for the whole country, written as a versioned tree that any web server can serve.
//!
//! Nothing of a person is in it, nothing is counted of who reads it, and nothing runs between two
//! publications. What a source published last stays, with its age, while the source is silent.

// How a catalogue becomes a plain list: the widget reads no Fluent either.
#[path = "../../ui/catalogue.rs"]
mod catalogue;
mod commune;
mod country;
mod departement;
mod error;
pub mod feed;
mod keep;
mod meta;
mod openapi;
mod stats;
mod tree;
pub mod widget;

use std::path::Path;
use std::time::Instant;

use chrono::{DateTime, Utc};
use ecosante_domain::publication::FOLDER;
use ecosante_domain::reading::Source;
use ecosante_domain::text::{Language, Texts};
use ecosante_engine::Engine;
use ecosante_engine::communes::{self, Commune};
use ecosante_engine::sources::national::Country;

pub use crate::error::PublishError;
use crate::keep::Kept;
use crate::tree::Tree;

/// The folder of what is not published, beside that of the publications: the data file that a
/// publication needs, and what each source answered last.
pub const STATE: &str = "state";

/// The symbolic link to the publication in force: what a web server serves.
pub const CURRENT: &str = "current";

/// What is to be published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Every source is asked, due or not.
    pub all: bool,
    /// The départements whose communes are published, by code; none: all of them. The sources are
    /// asked for the whole country all the same, since that is how they are asked with least.
    pub departements: Vec<String>,
}

/// What a publication came to.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Published {
    /// The sources that were asked and answered.
    pub answered: Vec<Source>,
    /// The sources that failed, with the code of their error; their last good data stay.
    pub failed: Vec<(Source, String)>,
    /// How many files the publication has.
    pub files: usize,
    /// How many of them were written, because they are new or have changed.
    pub written: usize,
    /// How long asking took, in milliseconds.
    pub asked_ms: u128,
    /// How long everything after it took, in milliseconds.
    pub made_ms: u128,
}

impl Published {
    /// Whether sources were asked and none of them answered.
    #[must_use]
    pub fn nobody_answered(&self) -> bool {
        self.answered.is_empty() && !self.failed.is_empty()
    }
}

/// Asks the sources that are due, and publishes what is known of every commune that is wanted below
/// `out`. `engine` is one over the folder [`STATE`] in it.
///
/// # Errors
/// [`PublishError`]: there is no such département, the folder cannot be used, another publication is
/// under way, or nothing was ever answered. A source that fails is part of the result.
pub async fn publish(
    engine: &Engine,
    out: &Path,
    wanted: &Wanted,
) -> Result<Published, PublishError> {
    let communes = wanted.communes()?;
    let state = out.join(STATE);
    let _alone = keep::lock(&state)?;
    let begun = watch();
    let mut published = Published {
        answered: Vec::new(),
        failed: Vec::new(),
        files: 0,
        written: 0,
        asked_ms: 0,
        made_ms: 0,
    };
    let centres = keep::centres(engine, &state).await?;
    let answers = engine.ask_country(wanted.all).await?;
    published.asked_ms = begun.elapsed().as_millis();
    let begun = watch();

    let mut country = Country::default();
    let now = engine.now().utc();
    let mut known = country::read(engine, &state, answers, &mut country, &mut published)?;
    if known.is_empty() {
        return Err(PublishError::Nothing { failed: published.failed });
    }
    known.sort_by_key(|it| it.source);
    let words: Vec<Texts> = Language::ALL.into_iter().map(Texts::new).collect();
    let known = Known { country: &country, kept: &known, centres: &centres, words: &words };
    let made = make(engine, out, &communes, &known, &published, now)?;
    published.files = made.files;
    published.written = made.written;
    published.made_ms = begun.elapsed().as_millis();
    Ok(published)
}

impl Wanted {
    fn communes(&self) -> Result<Vec<&'static Commune>, PublishError> {
        let known = |code: &String| communes::departements().iter().any(|it| it.code == code);
        if let Some(code) = self.departements.iter().find(|code| !known(code)) {
            return Err(PublishError::Departement { code: code.clone() });
        }
        let wanted = |it: &&Commune| {
            self.departements.is_empty()
                || self.departements.iter().any(|code| code == it.departement.code)
        };
        Ok(communes::all().iter().filter(wanted).collect())
    }
}

#[expect(clippy::disallowed_methods, reason = "a stopwatch, not a clock")]
fn watch() -> Instant {
    Instant::now()
}

/// Everything that a publication is made from.
struct Known<'a> {
    country: &'a Country,
    kept: &'a [Kept],
    centres: &'a keep::Centres,
    words: &'a [Texts],
}

/// What was written.
struct Made {
    files: usize,
    written: usize,
}

/// Writes the tree.
fn make(
    engine: &Engine,
    out: &Path,
    communes: &[&'static Commune],
    known: &Known<'_>,
    published: &Published,
    now: DateTime<Utc>,
) -> Result<Made, PublishError> {
    let Known { country, kept, centres, words } = *known;
    let health = engine.country_health()?;
    let before = meta::read(out);
    let tree = Tree::begin(out)?;
    let editor = commune::Editor::new(country, kept, &health, centres, words, now);
    let summaries = tree.each(communes, |commune, writer| {
        let file = editor.file(commune);
        writer.json(&format!("{FOLDER}/commune/{}.json", commune.code), &file)?;
        let matters = feed::Matters::of(&file);
        for texts in words {
            let path = format!("{FOLDER}/feed/{}/{}.atom", texts.language(), commune.code);
            writer.bytes(&path, matters.atom(texts, None).as_bytes())?;
        }
        Ok(country::Summary::of(&file))
    })?;
    departement::write(&tree, &editor, &summaries)?;
    country::write(&tree, &summaries)?;
    openapi::write(&tree)?;
    widget::write(&tree)?;
    stats::front(&tree, communes, words)?;
    let mut meta = meta::file(kept, &health, &summaries, words, &editor.tallies(), now);
    let state = out.join(STATE);
    let stats = stats::add(&state, published, &meta.sources, &summaries, editor.notice(), now);
    let mut standing = stats::files(&state, &stats, words)?;
    let fewer = before
        .as_ref()
        .is_none_or(|before| before.communes != meta.communes || before.made_by != meta.made_by);
    if let Some(before) = before.filter(|_| tree.written() == 0) {
        meta.changed_at = before.changed_at;
    }
    standing.push((format!("{FOLDER}/meta.json"), tree::json(&meta)));
    let files = tree.finish(&standing, fewer)?;
    Ok(Made { files, written: tree.written() })
}
