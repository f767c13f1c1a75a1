//! What was published over time, as figures and as a page: coverage, delay and failures of each
//! source, and the days on which levels passed a threshold. No reader is counted.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use ecosante_domain::metric::{Metric, Phenomenon, Pollutant};
use ecosante_domain::publication::{
    Brief, DayStats, FOLDER, SCHEMA, STATS_DAYS, SourceDay, SourceMeta, StatsFile,
};
use ecosante_domain::reading::Source;
use ecosante_domain::sheet::escaped;
use ecosante_domain::text::{Arg, Texts};
use ecosante_engine::communes::{self, Commune};

use crate::country::Summary;
use crate::error::PublishError;
use crate::keep;
use crate::tree::{self, Tree};
use crate::{Published, meta};

/// The file in which the statistics go on; what is published is a copy.
const FILE: &str = "stats.json";

/// From which level a day counts: those from which everybody is told by default. Under "episode"
/// and "vigilance" any pollutant and any danger counts.
const THRESHOLDS: [(Metric, u8); 4] = [
    (Metric::Air, 4),
    (Metric::Pollen, 4),
    (Metric::Episode(Pollutant::Pm10), 2),
    (Metric::Vigilance(Phenomenon::Wind), 3),
];

/// The statistics so far; a damaged file is begun anew, and set aside.
fn read(state: &Path) -> Vec<DayStats> {
    let path = state.join(FILE);
    let Ok(bytes) = fs::read(&path) else { return Vec::new() };
    match serde_json::from_slice::<StatsFile>(&bytes) {
        Ok(stats) => stats.days,
        Err(error) => {
            tracing::warn!(%error, "the statistics are damaged and begin anew");
            // Whoever looks for them finds them; where that fails there is nothing to lose.
            let _ = fs::rename(&path, state.join("stats.damaged.json"));
            Vec::new()
        }
    }
}

/// Adds this publication to the statistics.
pub(crate) fn add(
    state: &Path,
    published: &Published,
    sources: &[SourceMeta],
    summaries: &[Summary],
    notice: &str,
    now: DateTime<Utc>,
) -> StatsFile {
    let date = now.with_timezone(&Tz::Europe__Paris).date_naive();
    let mut days = read(state);
    // By a clock that was set back, later days stay as they are.
    let at = match days.binary_search_by_key(&date, |day| day.date) {
        Ok(at) => at,
        Err(at) => {
            days.insert(at, DayStats { date, sources: Vec::new(), over: BTreeMap::new() });
            at
        }
    };
    let day = &mut days[at];
    for meta in sources {
        let source = meta.source;
        let answered = published.answered.contains(&source);
        let failed = published.failed.iter().any(|(by, _)| *by == source);
        let known = match day.sources.iter_mut().find(|it| it.source == source) {
            Some(known) => known,
            None => {
                let begun = SourceDay { source, communes: 0, asked: 0, failed: 0, delay_min: None };
                day.sources.push(begun);
                let last = day.sources.len() - 1;
                &mut day.sources[last]
            }
        };
        known.communes = known.communes.max(meta.communes_today);
        known.asked += u32::from(answered || failed);
        known.failed += u32::from(failed);
        let delay = meta.published_at.filter(|_| answered).map(|at| now - at);
        if let Some(delay) = delay.and_then(|it| u32::try_from(it.num_minutes()).ok()) {
            known.delay_min = Some(known.delay_min.map_or(delay, |first| first.min(delay)));
        }
    }
    for (metric, from) in THRESHOLDS {
        let mut over: BTreeMap<String, u32> = BTreeMap::new();
        for summary in summaries {
            if brief(summary, metric).level.is_some_and(|level| level >= from) {
                *over.entry(summary.commune.departement.clone()).or_default() += 1;
            }
        }
        let known = day.over.entry(metric).or_default();
        for (departement, count) in over {
            let most = known.entry(departement).or_default();
            *most = count.max(*most);
        }
    }
    let first = days.len().saturating_sub(STATS_DAYS);
    days.drain(..first);
    StatsFile {
        schema: SCHEMA,
        communes: u32::try_from(summaries.len()).unwrap_or(u32::MAX),
        days,
        thresholds: THRESHOLDS.into(),
        notice: notice.to_owned(),
    }
}

fn brief(summary: &Summary, metric: Metric) -> Brief {
    match metric {
        Metric::Pollen => summary.pollen,
        Metric::Episode(_) => summary.episode,
        Metric::Vigilance(_) => summary.vigilance,
        _ => summary.air,
    }
}

/// Keeps the statistics; gives the files that show them, in each language.
pub(crate) fn files(
    state: &Path,
    stats: &StatsFile,
    words: &[Texts],
) -> Result<Vec<(String, Vec<u8>)>, PublishError> {
    keep::replace(&state.join(FILE), &tree::json(stats))?;
    let mut files = vec![(format!("{FOLDER}/stats.json"), tree::json(stats))];
    for texts in words {
        let name = page_name(texts);
        files.push((format!("stats/{name}"), page(stats, texts, words).into_bytes()));
    }
    Ok(files)
}

/// The page of the first language is the one that is found without a name.
fn page_name(texts: &Texts) -> String {
    let code = texts.language().code();
    if code == "fr" { "index.html".to_owned() } else { format!("{code}.html") }
}

const STYLE: &str = include_str!("stats/style.css");

/// Days of the chart of coverage.
const CHART_DAYS: usize = 30;

/// The beginning of a page, up to its contents: its title, and where it is in other languages.
fn head(title: &str, style: &str, texts: &Texts, words: &[Texts]) -> String {
    let (language, title) = (texts.language().code(), escaped(&texts.get(title)));
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" href=\"{style}\">\n</head>\n<body>\n<header>\n\
         <h1>{title}</h1>\n<nav aria-label=\"{}\">",
        escaped(&texts.get("stats-languages"))
    );
    for other in words.iter().filter(|it| it.language() != texts.language()) {
        let code = other.language().code();
        let _ = write!(
            out,
            "<a href=\"{}\" lang=\"{code}\" hreflang=\"{code}\">{}</a> ",
            page_name(other),
            escaped(&other.get("language-name"))
        );
    }
    out.push_str("</nav>\n</header>\n<main>\n");
    out
}

/// The page.
fn page(stats: &StatsFile, texts: &Texts, words: &[Texts]) -> String {
    let mut out = head("stats-title", "style.css", texts, words);
    let args: [Arg<'_>; 2] =
        [("communes", stats.communes.into()), ("days", stats.days.len().into())];
    let _ = write!(
        out,
        "<p>{}</p>\n<p>{}</p>\n",
        escaped(&texts.format("stats-about", args)),
        escaped(&texts.get("stats-nobody"))
    );
    coverage(&mut out, stats, texts);
    sources(&mut out, stats, texts);
    thresholds(&mut out, stats, texts);
    let _ = write!(
        out,
        "</main>\n<footer>\n<p>{}</p>\n<p><a href=\"../v1/stats.json\">stats.json</a> · \
         <a href=\"../v1/openapi.json\">openapi.json</a></p>\n</footer>\n</body>\n</html>\n",
        escaped(&meta::everybody(texts))
    );
    out
}

/// Coverage of each source over the last days, as bars with their figures in a table.
fn coverage(out: &mut String, stats: &StatsFile, texts: &Texts) {
    let first = stats.days.len().saturating_sub(CHART_DAYS);
    let days = &stats.days[first..];
    let all = f64::from(stats.communes.max(1));
    let _ = write!(out, "<section>\n<h2>{}</h2>\n", escaped(&texts.get("stats-coverage")));
    for source in sources_of(stats) {
        let name = texts.sentence_case(&texts.get(&format!("source-{}", source.name())));
        let of = |day: &DayStats| day.sources.iter().find(|it| it.source == source).copied();
        let (width, height) = (CHART_DAYS * 12, 60);
        let _ = write!(
            out,
            "<figure>\n<figcaption>{}</figcaption>\n<svg viewBox=\"0 0 {width} {height}\" \
             preserveAspectRatio=\"xMinYMax meet\" role=\"img\" aria-label=\"{}\">\n<line class=\"all\" x1=\"0\" y1=\"0.5\" \
             x2=\"{width}\" y2=\"0.5\"/>\n",
            escaped(&name),
            escaped(&texts.format("stats-coverage-chart", [("source", name.as_str().into())]))
        );
        for (n, day) in days.iter().enumerate() {
            let share = of(day).map_or(0.0, |it| f64::from(it.communes) / all).min(1.0);
            let tall = share * f64::from(height);
            let _ = writeln!(
                out,
                "<rect x=\"{}\" y=\"{:.1}\" width=\"9\" height=\"{tall:.1}\"/>",
                n * 12,
                f64::from(height) - tall
            );
        }
        out.push_str("</svg>\n</figure>\n");
    }
    let _ = write!(
        out,
        "<details>\n<summary>{}</summary>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" \
         aria-label=\"{}\"><table>\n<thead><tr><th scope=\"col\">{}</th>",
        escaped(&texts.get("stats-as-table")),
        escaped(&texts.get("stats-coverage")),
        escaped(&texts.get("stats-day"))
    );
    let listed = sources_of(stats);
    for source in &listed {
        let name = texts.sentence_case(&texts.get(&format!("source-{}", source.name())));
        let _ = write!(out, "<th scope=\"col\">{}</th>", escaped(&name));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for day in days.iter().rev() {
        let _ = write!(out, "<tr><th scope=\"row\">{}</th>", escaped(&texts.date(day.date)));
        for source in &listed {
            let communes =
                day.sources.iter().find(|it| it.source == *source).map_or(0, |it| it.communes);
            let _ = write!(out, "<td>{communes}</td>");
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table></div>\n</details>\n</section>\n");
}

fn sources_of(stats: &StatsFile) -> Vec<Source> {
    let mut sources: Vec<Source> =
        stats.days.iter().flat_map(|day| &day.sources).map(|it| it.source).collect();
    sources.sort_unstable();
    sources.dedup();
    sources
}

/// How often each source was asked and failed, and how long its publications took to arrive.
fn sources(out: &mut String, stats: &StatsFile, texts: &Texts) {
    let _ = write!(
        out,
        "<section>\n<h2>{}</h2>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" \
         aria-label=\"{}\"><table>\n<thead><tr>",
        escaped(&texts.get("stats-sources")),
        escaped(&texts.get("stats-sources"))
    );
    for key in ["stats-source", "stats-asked", "stats-failed", "stats-delay"] {
        let _ = write!(out, "<th scope=\"col\">{}</th>", escaped(&texts.get(key)));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for source in sources_of(stats) {
        let of: Vec<&SourceDay> = stats
            .days
            .iter()
            .flat_map(|day| &day.sources)
            .filter(|it| it.source == source)
            .collect();
        let asked: u32 = of.iter().map(|it| it.asked).sum();
        let failed: u32 = of.iter().map(|it| it.failed).sum();
        let mut delays: Vec<u32> = of.iter().filter_map(|it| it.delay_min).collect();
        delays.sort_unstable();
        let delay = delays.get(delays.len() / 2).map_or_else(
            || texts.get("stats-unknown"),
            |minutes| match minutes {
                0..120 => texts.format("stats-minutes", [("minutes", (*minutes).into())]),
                _ => texts.format("stats-hours", [("hours", (minutes / 60).into())]),
            },
        );
        let name = texts.sentence_case(&texts.get(&format!("source-{}", source.name())));
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{}</th><td>{asked}</td><td>{failed}</td><td>{}</td></tr>",
            escaped(&name),
            escaped(&delay)
        );
    }
    out.push_str("</tbody>\n</table></div>\n</section>\n");
}

/// Days over the thresholds by département.
fn thresholds(out: &mut String, stats: &StatsFile, texts: &Texts) {
    let mut counts: BTreeMap<&str, BTreeMap<Metric, u32>> = BTreeMap::new();
    for day in &stats.days {
        for (metric, of) in &day.over {
            for departement in of.keys() {
                *counts.entry(departement).or_default().entry(*metric).or_default() += 1;
            }
        }
    }
    let _ = write!(out, "<section>\n<h2>{}</h2>\n", escaped(&texts.get("stats-over")));
    if counts.is_empty() {
        let _ = write!(out, "<p>{}</p>\n</section>\n", escaped(&texts.get("stats-over-none")));
        return;
    }
    let _ = write!(
        out,
        "<p>{}</p>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table>\n\
         <thead><tr><th scope=\"col\">{}</th>",
        escaped(&texts.get("stats-over-about")),
        escaped(&texts.get("stats-over")),
        escaped(&texts.get("stats-departement"))
    );
    let heads =
        ["stats-over-air", "stats-over-pollen", "stats-over-episode", "stats-over-vigilance"];
    for key in heads {
        let _ = write!(out, "<th scope=\"col\">{}</th>", escaped(&texts.get(key)));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for (code, of) in counts {
        let name = communes::departements().iter().find(|it| it.code == code).map(|it| it.name);
        let _ = write!(out, "<tr><th scope=\"row\">{}</th>", escaped(name.unwrap_or(code)));
        for (metric, _) in THRESHOLDS {
            let _ = write!(out, "<td>{}</td>", of.get(&metric).copied().unwrap_or_default());
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table></div>\n</section>\n");
}

/// The page that says what there is: `index.html`, in each language.
pub(crate) fn front(
    tree: &Tree,
    communes: &[&'static Commune],
    words: &[Texts],
) -> Result<(), PublishError> {
    let writer = tree.writer();
    writer.bytes("stats/style.css", STYLE.as_bytes())?;
    // The example is one that is there.
    let is_lyon = |it: &&&Commune| it.code == "69123";
    let Some(example) = communes.iter().find(is_lyon).or(communes.first()) else { return Ok(()) };
    let (insee, departement) = (example.code, example.departement.code);
    for texts in words {
        let language = texts.language().code();
        let mut out = head("front-title", "stats/style.css", texts, words);
        let _ = write!(out, "<p>{}</p>\n<ul>\n", escaped(&texts.get("front-about")));
        let stats = format!("stats/{}", page_name(texts));
        let commune = format!("v1/commune/{insee}.json");
        let of_departement = format!("v1/departement/{departement}.json");
        let feed = format!("v1/feed/{language}/{insee}.atom");
        let embed = format!("v1/embed.html#{insee}");
        for (address, key) in [
            (commune.as_str(), "front-commune"),
            (of_departement.as_str(), "front-departement"),
            ("v1/france.geojson", "front-geojson"),
            ("v1/france.csv", "front-csv"),
            (feed.as_str(), "front-feed"),
            (embed.as_str(), "front-embed"),
            ("v1/meta.json", "front-meta"),
            ("v1/openapi.json", "front-openapi"),
            (stats.as_str(), "front-stats"),
        ] {
            let _ = writeln!(
                out,
                "<li><a href=\"{address}\">{address}</a> – {}</li>",
                escaped(&texts.get(key))
            );
        }
        let _ = write!(
            out,
            "</ul>\n<p>{}</p>\n</main>\n<footer><p>{}</p></footer>\n</body>\n</html>\n",
            escaped(&texts.get("front-licences")),
            escaped(&meta::everybody(texts))
        );
        writer.bytes(&page_name(texts), out.as_bytes())?;
    }
    Ok(())
}
