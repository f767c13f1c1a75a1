//! Answers as a person reads them in a terminal; levels by segments, number and word, never by
//! colour.

use std::fmt::Write;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use ecosante_domain::contract::{
    AdviceView, AlertView, PlaceFound, PlaceStatus, ReadingStatus, Status,
};
use ecosante_domain::knowledge::State;
use ecosante_domain::metric::Metric;
use ecosante_domain::notification;
use ecosante_domain::person::Person;
use ecosante_domain::place::Place;
use ecosante_domain::quiet_hours::QuietHours;
use ecosante_domain::reading::{Basis, Target};
use ecosante_domain::rule::Trigger;
use ecosante_domain::scale::scale_where;
use ecosante_domain::scale::{EVENT, Scale};
use ecosante_domain::text::{Arg, Texts};
use ecosante_domain::words;
use ecosante_engine::Explanation;
use ecosante_engine::clock::Now;

use crate::commands::Failure;

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
pub(crate) fn people(texts: &Texts, people: &[Person], quiet: Option<QuietHours>) -> String {
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
            let key = if rule.trigger == Trigger::Event {
                "profile-limit-event"
            } else {
                "profile-limit"
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
    if let Some(hours) = quiet {
        let args: [Arg<'_>; 1] = [("hours", hours.to_string().into())];
        line!(out, "{}", texts.format("profile-quiet", args));
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

/// A history, a line for each target.
pub(crate) fn history(
    texts: &Texts,
    rows: &[ReadingStatus],
    place: &Place,
    now: DateTime<Utc>,
) -> String {
    let mut out = String::new();
    for row in rows {
        let zone = place.time_zone;
        line!(
            out,
            "{}  {}  {}",
            row.target,
            level(texts, row),
            words::provenance(texts, row, zone, now)
        );
    }
    out
}

/// A history as CSV with a header.
pub(crate) fn csv(rows: &[ReadingStatus]) -> Result<String, Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = [
        "target",
        "metric",
        "scale",
        "level",
        "label",
        "value",
        "unit",
        "basis",
        "source",
        "zone",
        "zone_name",
        "published_at",
        "fetched_at",
    ];
    writer.write_record(header).map_err(|_| Failure::Output)?;
    for row in rows {
        let moment = |at: Option<DateTime<Utc>>| at.map(|at| at.to_rfc3339()).unwrap_or_default();
        let record = [
            row.target.to_string(),
            row.metric.to_string(),
            row.scale.map(|scale| scale.to_string()).unwrap_or_default(),
            row.level.map(|level| level.to_string()).unwrap_or_default(),
            row.label.clone().unwrap_or_default(),
            row.value.map(|value| value.to_string()).unwrap_or_default(),
            row.unit.clone().unwrap_or_default(),
            row.basis.map(Basis::name).unwrap_or_default().to_owned(),
            row.source.map(ecosante_domain::reading::Source::name).unwrap_or_default().to_owned(),
            row.zone.clone().unwrap_or_default(),
            row.zone_name.clone().unwrap_or_default(),
            moment(row.published_at),
            moment(row.fetched_at),
        ];
        writer.write_record(record).map_err(|_| Failure::Output)?;
    }
    let bytes = writer.into_inner().map_err(|_| Failure::Output)?;
    String::from_utf8(bytes).map_err(|_| Failure::Output)
}
