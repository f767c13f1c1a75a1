//! What is published, how fresh it is, and whose it is.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use chrono::{DateTime, Utc};
use ecosante_domain::publication::{FOLDER, LeftOut, MetaFile, SCHEMA, SourceMeta, Words};
use ecosante_domain::reading::Source;
use ecosante_domain::text::{Language, Texts};
use ecosante_engine::CountryHealth;
use ecosante_engine::sources::national;

use crate::CURRENT;
use crate::commune::Tally;
use crate::country::Summary;
use crate::keep::Kept;

/// The licence of a source with its address, and where the source is. Source of the licences:
/// `credits.ftl` names them for people; the addresses are those of the licences themselves.
fn licence(source: Source) -> (&'static str, &'static str, &'static str) {
    const ODBL: (&str, &str) = ("ODbL-1.0", "https://opendatacommons.org/licenses/odbl/1-0/");
    const OUVERTE: (&str, &str) =
        ("etalab-2.0", "https://www.etalab.gouv.fr/licence-ouverte-open-licence/");
    let ((name, url), at) = match source {
        Source::AtmoFrance | Source::AtmoEpisodes => (ODBL, "https://www.atmo-france.org/"),
        Source::AtmoPollen => (ODBL, "https://www.atmo-france.org/article/indice-pollen"),
        Source::VigilanceMirror => (OUVERTE, "https://public.opendatasoft.com/"),
        Source::MeteoFrance => (OUVERTE, "https://vigilance.meteofrance.fr/"),
        Source::HubEau => (OUVERTE, "https://hubeau.eaufrance.fr/"),
        Source::Georisques => (OUVERTE, "https://www.georisques.gouv.fr/"),
        Source::OpenMeteo | Source::OpenMeteoForecast => (
            ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
            "https://open-meteo.com/",
        ),
    };
    (name, url, at)
}

/// The sentences of the language in which the producers name themselves.
fn at_home(words: &[Texts]) -> Option<&Texts> {
    words.iter().find(|texts| texts.language() == Language::default())
}

fn credit(source: Source, texts: &Texts) -> String {
    texts.get(&format!("credit-{}-by", source.name()))
}

/// Who is to be named for some sources, in a line, with each licence and its address.
fn named(sources: impl IntoIterator<Item = Source>, texts: &Texts) -> String {
    let mut parts: Vec<String> = Vec::new();
    for source in sources {
        let (name, url, _) = licence(source);
        let part = format!("{} ({name}, {url})", credit(source, texts));
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts.join(" ; ")
}

/// Whose data a file has.
pub(crate) fn notice(known: &[Kept], words: &[Texts]) -> String {
    let sources = known.iter().map(|it| it.source);
    at_home(words).map(|texts| named(sources, texts)).unwrap_or_default()
}

/// Everybody whose data may be in the files.
pub(crate) fn everybody(texts: &Texts) -> String {
    named(national::SOURCES, texts)
}

/// The file as it was published last.
pub(crate) fn read(out: &Path) -> Option<MetaFile> {
    let bytes = fs::read(out.join(CURRENT).join(FOLDER).join("meta.json")).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// The file.
pub(crate) fn file(
    known: &[Kept],
    health: &[CountryHealth],
    summaries: &[Summary],
    words: &[Texts],
    tallies: &BTreeMap<Source, Tally>,
    now: DateTime<Utc>,
) -> MetaFile {
    let in_words = |key: &str| -> Words {
        words.iter().map(|it| (it.language().code().to_owned(), it.get(key))).collect()
    };
    let of = |source: Source| {
        let (licence, licence_url, url) = licence(source);
        let fares = health.iter().find(|it| it.source == source);
        let kept = known.iter().find(|it| it.source == source);
        let tally = tallies.get(&source).copied().unwrap_or_default();
        SourceMeta {
            source,
            what: in_words(&format!("credit-{}-what", source.name())),
            credit: at_home(words).map(|texts| credit(source, texts)).unwrap_or_default(),
            licence: licence.to_owned(),
            licence_url: licence_url.to_owned(),
            url: url.to_owned(),
            asked_at: fares.and_then(|it| it.asked_at),
            answered_at: kept.map(|it| it.asked_at),
            published_at: tally.latest,
            communes_today: tally.communes,
            error: fares.and_then(|it| it.error.clone()),
        }
    };
    let left_out = [
        (Source::OpenMeteo, "publish-left-out-terms"),
        (Source::OpenMeteoForecast, "publish-left-out-terms"),
        (Source::HubEau, "publish-left-out-size"),
        (Source::Georisques, "publish-left-out-size"),
    ];
    MetaFile {
        schema: SCHEMA,
        made_by: concat!("ecosante/", env!("CARGO_PKG_VERSION")).to_owned(),
        checked_at: now,
        changed_at: now,
        communes: u32::try_from(summaries.len()).unwrap_or(u32::MAX),
        sources: national::SOURCES.into_iter().map(of).collect(),
        left_out: left_out.map(|(source, why)| LeftOut { source, why: in_words(why) }).into(),
        notice: notice(known, words),
    }
}
