//! Answers as a person reads them in a terminal; levels by segments, number and word, never by
//! colour.

use std::fmt::Write;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use ecosante_domain::contract::{
    AdviceView, AdviceWithReasons, AlertView, PlaceFound, PlaceStatus, ReadingStatus, Status,
};
use ecosante_domain::knowledge::State;
use ecosante_domain::metric::Metric;
use ecosante_domain::notification;
use ecosante_domain::person::Person;
use ecosante_domain::place::Place;
use ecosante_domain::reading::{Basis, Target};
use ecosante_domain::rule::Trigger;
use ecosante_domain::scale::scale_where;
use ecosante_domain::scale::{EVENT, Scale};
use ecosante_domain::sheet::{Sheet, Table};
use ecosante_domain::text::{Arg, Texts};
use ecosante_domain::words;
use ecosante_engine::clock::Now;
use ecosante_engine::rows::{READING_COLUMNS, reading_entries, text_of, written};
use ecosante_engine::store::{Retention, Settings};
use ecosante_engine::{Explanation, HistoryRow, PeriodRow, PublicationRow};

/// Adds a line; a `String` takes all that is written to it.
macro_rules! line {
    ($out:expr, $($arg:tt)*) => {
        writeln!($out, $($arg)*).unwrap_or_default()
    };
}

/// A level as segments, as many as the scale has levels: `■■■□□□`.
fn segments(scale: Scale, level: u8) -> String {
    let filled = usize::from(level.min(scale.levels()));
    let empty = usize::from(scale.levels()) - filled;
    "■".repeat(filled) + &"□".repeat(empty)
}

/// A level with its figure: `■■■□□□ 3/6 Dégradé`.
fn level(texts: &Texts, reading: &ReadingStatus) -> String {
    let figure = words::figure(texts, reading);
    let (Some(scale), Some(level)) = (reading.scale, reading.level) else {
        return figure.unwrap_or_default();
    };
    let label = reading.label.as_deref().unwrap_or_default();
    let about = if reading.basis == Some(Basis::Estimated) { "≈ " } else { "" };
    let mut text = if level == EVENT && scale == Scale::Atmo2021 {
        format!("! {label}")
    } else {
        format!("{} {about}{level}/{} {label}", segments(scale, level), scale.levels())
    };
    if let Some(figure) = figure {
        line_end(&mut text, &format!("({figure})"));
    }
    text
}

fn line_end(text: &mut String, more: &str) {
    text.push(' ');
    text.push_str(more);
}

/// When something is due, in words, by the clock of the device.
pub(crate) fn due(texts: &Texts, due: Option<DateTime<Utc>>, now: Now) -> String {
    words::moment_or_never(texts, due, now.utc(), now.local().offset())
}

/// A moment in words, by the clock of the device.
fn moment(texts: &Texts, moment: DateTime<Utc>, now: Now) -> String {
    texts.moment(moment, now.utc(), now.local().offset())
}

/// Saved places, a line each.
pub(crate) fn places(places: &[Place]) -> String {
    let mut out = String::new();
    for place in places {
        let commune = place.commune.as_ref().map(|commune| {
            format!("  {} ({}), {}", commune.name, commune.code, commune.departement)
        });
        line!(out, "{}. {}{}", place.id.0, place.name, commune.unwrap_or_default());
    }
    out
}

/// Places that were found, a line each.
pub(crate) fn found(found: &[PlaceFound]) -> String {
    let mut out = String::new();
    for place in found {
        line!(out, "{:<16} {} – {}", place.add, place.name, place.within);
    }
    out
}

/// The household with its limits.
pub(crate) fn people(texts: &Texts, people: &[Person], settings: &Settings) -> String {
    let mut out = String::new();
    for person in people {
        let who = notification::who(texts, person.name.as_deref());
        let entries: Vec<_> =
            person.profile.entries().iter().map(|(key, value)| format!("{key}={value}")).collect();
        line!(out, "{}  {}", texts.sentence_case(&who), entries.join(" "));
        for rule in person.profile.rules() {
            let scale = scale_where(rule.metric, true).unwrap_or(Scale::Atmo2021);
            let args: [Arg<'_>; 3] = [
                ("metric", texts.metric(rule.metric).into()),
                ("limit", notification::limit(texts, &rule, scale).into()),
                ("reasons", notification::reasons(texts, &rule.because).into()),
            ];
            let key = match (rule.metric, rule.trigger) {
                (Metric::Combined(_), _) => "profile-limit-together",
                (_, Trigger::Event) => "profile-limit-event",
                _ => "profile-limit",
            };
            let mut text = texts.format(key, args);
            let behind = rule.provenance.and_then(|provenance| {
                let evidence = ecosante_domain::evidence::by_key(provenance.evidence)?;
                let args: [Arg<'_>; 2] = [
                    ("own", if provenance.own_choice { "yes" } else { "no" }.into()),
                    ("source", evidence.publisher.as_str().into()),
                ];
                Some(texts.format("profile-provenance", args))
            });
            if let Some(behind) = behind {
                line_end(&mut text, &format!("– {behind}"));
            }
            line!(out, "  {text}");
        }
    }
    if let Some(hours) = settings.quiet_hours {
        let args: [Arg<'_>; 1] = [("hours", hours.to_string().into())];
        line!(out, "{}", texts.format("profile-quiet", args));
    }
    let chosen = |key: &str, word: &str| texts.format(key, [("word", word.into())]);
    line!(out, "{}", chosen("profile-lead", settings.lead.word()));
    if let Some(digest) = settings.digest {
        line!(out, "{}", chosen("profile-digest", digest.word()));
    }
    let args: [Arg<'_>; 1] = match settings.retention {
        Retention::Years(years) => [("years", years.into())],
        Retention::Always => [("years", "always".into())],
    };
    line!(out, "{}", texts.format("profile-retention", args));
    if let Some(relay) = &settings.relay {
        let args: [Arg<'_>; 1] = [("relay", relay.as_str().into())];
        line!(out, "{}", texts.format("profile-relay", args));
    }
    out
}

/// All that is known now: the alerts of each place first, then its readings, then the sources.
pub(crate) fn status(texts: &Texts, status: &Status, alerts: &[AlertView], now: Now) -> String {
    let mut out = String::new();
    for place in &status.places {
        let zone = place.time_zone.parse().unwrap_or(Tz::UTC);
        let moment = texts.moment(status.now, status.now, &zone);
        line!(out, "{} – {moment}", place.name);
        for alert in alerts {
            let here = alert.place.id == Some(place.id);
            let lasts = alert.state == ecosante_domain::alert::AlertState::Raised
                && alert.ends > status.now;
            if here && lasts {
                line!(out, "  {}", standing(texts, alert));
            }
        }
        if place.readings.is_empty() {
            line!(out, "  {}", texts.get("status-empty"));
        }
        out.push_str(&readings(texts, place, zone, status.now));
        out.push('\n');
    }
    line!(out, "{}", texts.get("status-sources"));
    for source in &status.sources {
        let name = words::source(texts, source.source);
        let state = words::source_state(texts, source, now.utc(), now.local().offset());
        line!(out, "  {}", words::named(texts, &name, &state));
    }
    out
}

fn standing(texts: &Texts, alert: &AlertView) -> String {
    let who = notification::who(texts, alert.person.as_deref());
    let reading = alert.because.reading.as_ref();
    let estimated = reading.is_some_and(|reading| reading.basis == Some(Basis::Estimated));
    let about = if estimated { "≈ " } else { "" };
    let headline = format!("{}, {about}{}", texts.metric(alert.metric), alert.label);
    let advice = alert.advice.as_ref().map(|advice| advice.text.clone());
    let args: [Arg<'_>; 3] = [
        ("who", who.into()),
        ("headline", headline.into()),
        ("advice", advice.unwrap_or_default().into()),
    ];
    texts.format("status-alert", args)
}

/// The readings of a place: each index on its lines, what it is made of on one.
///
/// Hours ahead are for the window's day band; a terminal shows the present one.
fn readings(texts: &Texts, place: &PlaceStatus, zone: Tz, now: DateTime<Utc>) -> String {
    let mut out = String::new();
    let mut said = None;
    for reading in &place.readings {
        let ahead = reading.target.span(zone).0 > now;
        let hour_ahead = ahead && matches!(reading.target, Target::Hour(_));
        let detail = matches!(
            reading.metric,
            Metric::AirOf(_)
                | Metric::Concentration(_)
                | Metric::PollenOf(_)
                | Metric::Episode(_)
                | Metric::Vigilance(_)
        );
        // That nobody publishes it here is said once.
        let said_today = ahead && reading.state == State::NotCovered;
        if detail || hour_ahead || said_today {
            continue;
        }
        let name = texts.sentence_case(&texts.metric(reading.metric));
        let name = if said == Some(reading.metric) { String::new() } else { name };
        said = Some(reading.metric);
        line!(out, "  {name:<24} {}", reading_line(texts, reading, zone, now));
    }
    let episodes = |metric| matches!(metric, Metric::Episode(_));
    out.push_str(&grouped(texts, place, zone, now, Scale::Episode, episodes));
    let vigilance = |metric| matches!(metric, Metric::Vigilance(_));
    out.push_str(&grouped(texts, place, zone, now, Scale::Vigilance, vigilance));
    let of_now = |wanted: fn(Metric) -> bool| {
        let current = place.readings.iter().filter(move |reading| {
            wanted(reading.metric)
                && reading.state == State::Current
                && reading.target.span(zone).0 <= now
        });
        let each = current.map(|reading| {
            let text = match reading.level {
                Some(level) if reading.basis == Some(Basis::Estimated) => format!("≈ {level}"),
                Some(level) => level.to_string(),
                None => level(texts, reading),
            };
            format!("{} {text}", texts.metric(reading.metric))
        });
        each.collect::<Vec<_>>().join(" · ")
    };
    let lines = [
        of_now(|metric| matches!(metric, Metric::AirOf(_))),
        of_now(|metric| matches!(metric, Metric::PollenOf(_))),
        of_now(|metric| matches!(metric, Metric::Concentration(_))),
    ];
    for text in lines.iter().filter(|text| !text.is_empty()) {
        line!(out, "  {:<24} {text}", "");
    }
    out
}

/// What is published one by one and read together: a line for each level or absence, with what it is
/// said of. Of what is ahead only what is worse.
fn grouped(
    texts: &Texts,
    place: &PlaceStatus,
    zone: Tz,
    now: DateTime<Utc>,
    scale: Scale,
    wanted: fn(Metric) -> bool,
) -> String {
    let mut lines: Vec<(String, Vec<String>)> = Vec::new();
    let ahead = |reading: &ReadingStatus| reading.target.span(zone).0 > now;
    let worth = |reading: &&ReadingStatus| {
        wanted(reading.metric)
            && reading.state != State::NotCovered
            && (!ahead(reading) || reading.level.is_some_and(|level| level > 1))
    };
    let mut said: Vec<(Metric, Option<u8>)> = Vec::new();
    for reading in place.readings.iter().filter(worth) {
        // The hours of one danger are said by the first of each colour.
        let this = (reading.metric, reading.level);
        if said.contains(&this) {
            continue;
        }
        said.push(this);
        let name = texts.get(&part_key(reading.metric));
        let line = reading_line(texts, reading, zone, now);
        match lines.iter_mut().find(|(known, _)| *known == line) {
            Some((_, names)) => names.push(name),
            None => lines.push((line, vec![name])),
        }
    }
    let mut out = String::new();
    for (n, (line, names)) in lines.iter().enumerate() {
        let title = if n == 0 { texts.sentence_case(&texts.scale(scale)) } else { String::new() };
        line!(out, "  {title:<24} {}", words::named(texts, line, &names.join(", ")));
    }
    out
}

/// The key of what one of several is about: a pollutant, a danger.
fn part_key(metric: Metric) -> String {
    match metric {
        Metric::Vigilance(phenomenon) => format!("phenomenon-{}", phenomenon.name()),
        Metric::Episode(pollutant) => format!("metric-air-{}", pollutant.name()),
        _ => format!("metric-{metric}"),
    }
}

fn reading_line(texts: &Texts, reading: &ReadingStatus, zone: Tz, now: DateTime<Utc>) -> String {
    let when = words::target(texts, reading.target, zone, now);
    match reading.state {
        State::Current => {
            let source = words::provenance(texts, reading, zone, now);
            let mut text = format!("{}  {when}, {source}", level(texts, reading));
            if words::is_foretold_today(reading, zone, now) {
                line_end(&mut text, &format!("[{}]", texts.get("caveat-foretold")));
            }
            if let (Metric::Water, Some(note)) = (reading.metric, &reading.note) {
                text = words::named(texts, &text, &words::quoted(texts, note));
            }
            if let Some(instead) = words::instead(texts, reading, zone, now) {
                line_end(&mut text, &format!("[{instead}]"));
            }
            text
        }
        State::Stale => {
            let args: [Arg<'_>; 1] = [("day", when.into())];
            format!("{}  {}", level(texts, reading), texts.format("status-stale", args))
        }
        State::NotPublishedYet | State::SourceFailed | State::NotCovered => {
            format!("–  {when}, {}", words::absence(texts, reading, zone, now))
        }
    }
}

fn alert_line(texts: &Texts, alert: &AlertView, now: Now) -> String {
    let args: [Arg<'_>; 7] = [
        ("id", alert.id.0.to_string().into()),
        ("place", alert.place.name.as_str().into()),
        ("metric", texts.metric(alert.metric).into()),
        ("label", alert.label.as_str().into()),
        ("who", notification::who(texts, alert.person.as_deref()).into()),
        ("when", words::episode(texts, alert, now.utc()).into()),
        ("state", words::alert_state(texts, alert, now.utc()).into()),
    ];
    texts.format("alert-line", args)
}

/// Alerts, a line each.
pub(crate) fn alerts(texts: &Texts, alerts: &[AlertView], now: Now) -> String {
    let mut out = String::new();
    for alert in alerts {
        line!(out, "{}", alert_line(texts, alert, now));
    }
    out
}

/// An alert with all that led to it.
pub(crate) fn explanation(texts: &Texts, explanation: &Explanation, now: Now) -> String {
    let mut out = String::new();
    let alert = &explanation.alert;
    let zone = words::zone_of(alert);
    line!(out, "{}", alert_line(texts, alert, now));
    let who = notification::who(texts, alert.person.as_deref());
    let args: [Arg<'_>; 2] = [
        ("threshold", words::limit(texts, alert).into()),
        ("reasons", alert.because.reasons.as_str().into()),
    ];
    let title: [Arg<'_>; 1] = [("who", who.into())];
    let (title, limit) = (texts.format("explain-why", title), texts.format("explain-limit", args));
    line!(out, "{}", words::named(texts, &title, &limit));
    if let Some(behind) = &alert.because.evidence {
        let args: [Arg<'_>; 2] = [
            ("own", if alert.because.own_choice { "yes" } else { "no" }.into()),
            ("source", words::evidence(texts, behind).into()),
        ];
        line!(out, "  {}", texts.format("profile-provenance", args));
    }
    line!(out, "{}", texts.get("explain-readings"));
    for reading in &explanation.readings {
        let when = words::target(texts, reading.target, zone, now.utc());
        line!(
            out,
            "  {}  {when}, {}",
            level(texts, reading),
            words::provenance(texts, reading, zone, now.utc())
        );
    }
    line!(out, "{}", texts.get("explain-decisions"));
    for decision in &explanation.decisions {
        let outcome = words::outcome(texts, &decision.outcome, decision.reason.as_deref());
        line!(out, "  {}  {outcome}", moment(texts, decision.first_at, now));
    }
    if let Some(advice) = &alert.advice {
        line!(out, "{}", texts.get("explain-advice"));
        out.push_str(&self::advice(texts, std::slice::from_ref(advice)));
    }
    out
}

/// Pieces of advice, each with its source.
pub(crate) fn advice(texts: &Texts, pieces: &[AdviceView]) -> String {
    let mut out = String::new();
    for piece in pieces {
        line!(out, "  {}", piece.text);
        if let Some(source) = &piece.source {
            let args: [Arg<'_>; 1] = [("source", words::evidence(texts, source).into())];
            line!(out, "    {}", texts.format("explain-source", args));
        }
    }
    out
}

/// Pieces of advice, each with why it is given, by whom, when it was last shown, and the word by
/// which it is marked.
pub(crate) fn advice_with_reasons(texts: &Texts, pieces: &[AdviceWithReasons], now: Now) -> String {
    let mut out = String::new();
    for AdviceWithReasons { piece, why, last_shown, not_useful } in pieces {
        out.push_str(&advice(texts, std::slice::from_ref(piece)));
        let why: [Arg<'_>; 1] = [("reasons", why.join(", ").into())];
        line!(out, "    {}", texts.format("advice-why", why));
        let shown = last_shown.map(|at| texts.moment(at, now.utc(), now.local().offset()));
        let args: [Arg<'_>; 3] = [
            ("id", piece.id.as_str().into()),
            ("shown", if shown.is_some() { "yes" } else { "no" }.into()),
            ("when", shown.unwrap_or_default().into()),
        ];
        line!(out, "    {}", texts.format("advice-shown", args));
        if *not_useful {
            line!(out, "    {}", texts.get("advice-not-useful"));
        }
    }
    out
}

/// Lines of columns, each as wide as its widest entry; the last is as long as it is.
fn aligned(rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|it| it.chars().count()).max()
    };
    let mut out = String::new();
    for row in rows {
        let mut text = String::new();
        for (column, entry) in row.iter().enumerate() {
            let width = if column + 1 == row.len() { 0 } else { width(column).unwrap_or(0) };
            write!(text, "{entry:<width$}  ").unwrap_or_default();
        }
        line!(out, "{}", text.trim_end());
    }
    out
}

/// A page: its title, then section by section its sentences, its table and who says so.
pub(crate) fn sheet(texts: &Texts, sheet: &Sheet) -> String {
    let mut out = String::new();
    line!(out, "{}", sheet.title);
    for section in &sheet.sections {
        out.push('\n');
        if let Some(heading) = &section.heading {
            line!(out, "{heading}");
        }
        for said in &section.lines {
            line!(out, "{said}");
        }
        if let Some(table) = &section.table {
            out.push_str(&self::table(table));
        }
        for source in &section.sources {
            let args: [Arg<'_>; 1] = [("source", words::evidence(texts, source).into())];
            line!(out, "{}", texts.format("explain-source", args));
        }
    }
    out
}

/// A table under its caption, the names of its columns above the rows.
fn table(table: &Table) -> String {
    let rows: Vec<_> = std::iter::once(&table.columns).chain(&table.rows).cloned().collect();
    let mut out = String::new();
    line!(out, "{}", table.caption);
    for row in aligned(&rows).lines() {
        line!(out, "  {row}");
    }
    out
}

/// The level or figure of a row, with what its producer says in words.
fn said(texts: &Texts, reading: &ReadingStatus) -> String {
    let mut text = level(texts, reading);
    if let Some(note) = &reading.note {
        let note = texts.format("history-note", [("note", note.as_str().into())]);
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&note);
    }
    text
}

/// A history, a line for each target.
pub(crate) fn history(
    texts: &Texts,
    rows: &[HistoryRow],
    place: &Place,
    now: DateTime<Utc>,
) -> String {
    let zone = place.time_zone;
    let line = |row: &HistoryRow| {
        let mut by = words::provenance(texts, &row.reading, zone, now);
        if let (Some(level), Some(at)) = (row.announced_level, row.announced_at) {
            let args: [Arg<'_>; 3] = [
                ("level", level.to_string().into()),
                ("label", row.announced_label.clone().unwrap_or_default().into()),
                ("when", texts.moment(at, now, &zone).into()),
            ];
            line_end(&mut by, &format!("[{}]", texts.format("history-announced", args)));
        }
        vec![row.reading.target.to_string(), said(texts, &row.reading), by]
    };
    aligned(&rows.iter().map(line).collect::<Vec<_>>())
}

/// Every publication, a line each; what counts has an asterisk.
pub(crate) fn publications(
    texts: &Texts,
    rows: &[PublicationRow],
    place: &Place,
    now: DateTime<Utc>,
) -> String {
    let zone = place.time_zone;
    let line = |row: &PublicationRow| {
        let mut by = words::provenance(texts, &row.reading, zone, now);
        // Where no time of publication is given, that of receipt is said already.
        let received = row.reading.fetched_at.filter(|_| row.reading.published_at.is_some());
        if let Some(at) = received {
            let when = texts.moment(at, now, &zone);
            let received = texts.format("history-received", [("when", when.into())]);
            by = format!("{by}, {received}");
        }
        let mark = if row.counts { "*" } else { "" };
        vec![row.reading.target.to_string(), mark.to_owned(), said(texts, &row.reading), by]
    };
    aligned(&rows.iter().map(line).collect::<Vec<_>>())
}

/// What is known of each period, a line each.
pub(crate) fn periods(texts: &Texts, rows: &[PeriodRow]) -> String {
    let line = |row: &PeriodRow| {
        let known: [Arg<'_>; 2] = [("known", row.known_days.into()), ("days", row.days.into())];
        let known = if row.known_days < row.days {
            texts.format("history-known", known)
        } else {
            String::new()
        };
        let counts = row.levels.iter().map(|it| {
            let args: [Arg<'_>; 3] = [
                ("label", it.label.as_str().into()),
                ("count", it.count.into()),
                ("unit", row.counted.into()),
            ];
            texts.format("history-count", args)
        });
        let figures = [row.minimum, row.mean, row.maximum];
        let figures = figures.map(|it| {
            // As a reading's own figure: one decimal where it matters.
            it.map(|it| texts.number(it, usize::from(it.abs() < 10.0))).unwrap_or_default()
        });
        let [minimum, mean, maximum] = figures;
        let args: [Arg<'_>; 4] = [
            ("minimum", minimum.into()),
            ("mean", mean.into()),
            ("maximum", maximum.into()),
            ("unit", row.unit.as_ref().map(|it| format!("\u{a0}{it}")).unwrap_or_default().into()),
        ];
        let figures = row.mean.map(|_| texts.format("history-figures", args));
        let highest = row.scale.zip(row.highest_level).map(|(scale, level)| {
            let label = row.highest_label.as_deref().unwrap_or_default();
            format!("{} {level}/{} {label}", segments(scale, level), scale.levels())
        });
        let parts: Vec<String> = counts.chain(figures).collect();
        let parts = if row.values == 0 { "–".to_owned() } else { parts.join(" · ") };
        vec![row.first.to_string(), known, highest.unwrap_or_default(), parts]
    };
    let mut lines: Vec<Vec<String>> = rows.iter().map(line).collect();
    // A column in which nobody has anything is none.
    for column in [2, 1] {
        if lines.iter().all(|line| line[column].is_empty()) {
            for line in &mut lines {
                line.remove(column);
            }
        }
    }
    aligned(&lines)
}

/// Every publication as CSV with a header.
pub(crate) fn publications_csv(rows: &[PublicationRow]) -> Option<String> {
    let header = [&READING_COLUMNS[..], &["revision", "hours", "counts"]];
    let record = |row: &PublicationRow| {
        let mut entries = reading_entries(&row.reading);
        entries.extend([row.revision.to_string(), row.hours.to_string(), row.counts.to_string()]);
        entries
    };
    written(&header.concat(), rows.iter().map(record))
}

/// Periods as CSV with a header; a column for each level that any scale has, 7 for events.
pub(crate) fn periods_csv(rows: &[PeriodRow]) -> Option<String> {
    let header = [
        "first",
        "last",
        "by",
        "days",
        "known_days",
        "metric",
        "scale",
        "values",
        "counted",
        "highest_level",
        "highest_label",
        "level_1",
        "level_2",
        "level_3",
        "level_4",
        "level_5",
        "level_6",
        "level_7",
        "minimum",
        "mean",
        "maximum",
        "unit",
    ];
    let record = |row: &PeriodRow| {
        let mut entries = vec![
            row.first.to_string(),
            row.last.to_string(),
            row.by.to_string(),
            row.days.to_string(),
            row.known_days.to_string(),
            row.metric.to_string(),
            text_of(row.scale),
            row.values.to_string(),
            row.counted.to_owned(),
            text_of(row.highest_level),
            row.highest_label.clone().unwrap_or_default(),
        ];
        entries.extend((1..=EVENT).map(|level| {
            // Nothing where nothing is known, and where the metric has no levels.
            let at = row.levels.iter().find(|it| it.level == level).map_or(0, |it| it.count);
            text_of((!row.levels.is_empty()).then_some(at))
        }));
        entries.extend([row.minimum, row.mean, row.maximum].map(text_of));
        entries.push(row.unit.clone().unwrap_or_default());
        entries
    };
    written(&header, rows.iter().map(record))
}
