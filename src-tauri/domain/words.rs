//! What is known, put into words: the same in the window and in the terminal.

use chrono::{DateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use crate::alert::AlertState;
use crate::contract::{AbsenceStatus, AlertView, ReadingStatus, SourceState, SourceStatus};
use crate::evidence::Evidence;
use crate::knowledge::{self, Known, State};
use crate::metric::Metric;
use crate::notification;
use crate::place::Place;
use crate::reading::{Basis, Reading, Source, Target, midnight};
use crate::text::{Arg, Texts};
use crate::window::{LevelView, ReadingLine};

/// The words and figures of a reading, for a place in `zone`.
#[must_use]
pub fn reading_status(texts: &Texts, state: State, reading: &Reading, zone: Tz) -> ReadingStatus {
    let foretold = match reading.target {
        Target::Day(date) => {
            reading.published_at.is_some_and(|published| published < midnight(date, zone))
        }
        Target::Hour(_) => false,
    };
    ReadingStatus {
        metric: reading.metric,
        scale: reading.scale,
        level: reading.level,
        label: reading.scale.zip(reading.level).map(|(scale, level)| texts.label(scale, level)),
        value: reading.value,
        unit: reading.value.and(reading.metric.unit()).map(str::to_owned),
        target: reading.target,
        basis: Some(reading.basis),
        state,
        source: Some(reading.source),
        zone: Some(reading.zone.code.clone()),
        zone_name: Some(reading.zone.name.clone()).filter(|name| !name.is_empty()),
        published_at: reading.published_at,
        fetched_at: Some(reading.fetched_at),
        foretold,
        note: reading.note.clone(),
        instead_of: None,
    }
}

/// A reading with what it is worth at `now`, for a place in `zone`.
#[must_use]
pub fn past_status(
    texts: &Texts,
    reading: &Reading,
    zone: Tz,
    now: DateTime<Utc>,
) -> ReadingStatus {
    let lasts = reading.target.span(zone).1 > now;
    reading_status(texts, if lasts { State::Current } else { State::Stale }, reading, zone)
}

/// What is known of a metric for a target at a place.
///
/// ```
/// use ecosante_domain::words::known_status;
/// use ecosante_domain::text::{Language, Texts};
/// # use ecosante_domain::knowledge::{Candidate, Nearness, known};
/// # use chrono_tz::Tz;
/// # use ecosante_domain::metric::Metric;
/// # use ecosante_domain::place::{CommuneRef, Place, PlaceId};
/// # use ecosante_domain::reading::{Basis, Reading, Source, Target, Zone};
/// # use ecosante_domain::scale::Scale;
/// #
/// # let lyon = Place {
/// #     id: PlaceId(1),
/// #     name: "Home".to_owned(),
/// #     commune: Some(CommuneRef {
/// #         code: "69123".to_owned(),
/// #         name: "Lyon".to_owned(),
/// #         epci: Some("200046977".to_owned()),
/// #         departement: "69".to_owned(),
/// #     }),
/// #     coordinates: None,
/// #     time_zone: Tz::Europe__Paris,
/// # };
/// # let air = |day: &str, level| Reading {
/// #     source: Source::AtmoFrance,
/// #     zone: Zone { code: "69123".to_owned(), name: "Lyon".to_owned() },
/// #     metric: Metric::Air,
/// #     scale: Some(Scale::Atmo2021),
/// #     target: Target::Day(day.parse().expect("a date")),
/// #     basis: Basis::Official,
/// #     level: Some(level),
/// #     value: None,
/// #     published_at: Some("2026-09-07T11:30:00Z".parse().expect("a moment")),
/// #     fetched_at: "2026-09-07T13:05:00Z".parse().expect("a moment"),
/// #     hours: 1,
/// #     note: None,
/// # };
///
/// let candidates = [Candidate { reading: air("2026-09-08", 3), nearness: Nearness::Commune }];
/// let now = "2026-09-08T10:00:00Z".parse()?;
/// let known = known(Metric::Air, &lyon, &candidates, &[], now);
/// let status = known_status(&Texts::new(Language::Fr), &lyon, &known[0]);
/// assert_eq!(status.label.as_deref(), Some("Dégradé"));
/// assert_eq!(serde_json::to_value(&status)?["scale"], "atmo-2021");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn known_status(texts: &Texts, place: &Place, known: &Known) -> ReadingStatus {
    let instead_of = known.instead_of.as_ref().map(|absence| AbsenceStatus {
        source: absence.source,
        state: absence.state,
        reason: absence.reason.clone(),
        next_due: absence.next_due,
    });
    match &known.reading {
        Some(reading) => ReadingStatus {
            instead_of,
            ..reading_status(texts, known.state, reading, place.time_zone)
        },
        None => ReadingStatus {
            metric: known.metric,
            scale: knowledge::rule_scale(known.metric, place),
            level: None,
            label: None,
            value: None,
            unit: None,
            target: known.target,
            basis: None,
            state: known.state,
            source: instead_of.as_ref().map(|absence| absence.source),
            zone: None,
            zone_name: None,
            published_at: None,
            fetched_at: None,
            foretold: false,
            note: None,
            instead_of,
        },
    }
}

/// The figure behind a level with its unit, "7" or "38 µg/m³"; `None` where there is none.
///
/// One decimal below 10, as the producers' own figures go; a UV index and a temperature are said as
/// whole numbers.
#[must_use]
pub fn figure(texts: &Texts, reading: &ReadingStatus) -> Option<String> {
    let value = reading.value?;
    Some(value_of(texts, reading.metric, value, reading.unit.as_deref()))
}

/// A value of a metric with its unit.
#[must_use]
pub fn value_of(texts: &Texts, metric: Metric, value: f64, unit: Option<&str>) -> String {
    let whole = matches!(metric, Metric::Uv | Metric::ApparentTemperature);
    let number = if whole {
        // What rounds to nothing has no sign.
        texts.number(value.round() + 0.0, 0)
    } else {
        texts.number(value, usize::from(value < 10.0))
    };
    match unit {
        Some(unit) => format!("{number}\u{a0}{unit}"),
        None => number,
    }
}

/// What a producer says in words, in quotation marks.
#[must_use]
pub fn quoted(texts: &Texts, text: &str) -> String {
    texts.format("quoted", [("text", text.into())])
}

/// What a reading is for: "today", "today at 14:00".
#[must_use]
pub fn target(texts: &Texts, target: Target, zone: Tz, now: DateTime<Utc>) -> String {
    match target {
        Target::Day(date) => texts.day(date, now.with_timezone(&zone).date_naive()),
        Target::Hour(start) => texts.moment(start, now, &zone),
    }
}

/// The name of a source.
#[must_use]
pub fn source(texts: &Texts, source: Source) -> String {
    texts.get(&format!("source-{}", source.name()))
}

/// Who published a reading, when, how it came about where it is not official, and for what zone;
/// empty where nobody did.
#[must_use]
pub fn provenance(texts: &Texts, reading: &ReadingStatus, zone: Tz, now: DateTime<Utc>) -> String {
    let basis = reading.basis.filter(|basis| *basis != Basis::Official).map(|basis| {
        let name = texts.get(&format!("basis-{}", basis.name()));
        texts.format("status-basis", [("basis", name.into())])
    });
    publication(texts, reading, basis, zone, now)
}

/// Who published a reading, when, with a note, and for what zone; empty where nobody did.
fn publication(
    texts: &Texts,
    reading: &ReadingStatus,
    note: Option<String>,
    zone: Tz,
    now: DateTime<Utc>,
) -> String {
    let (Some(by), Some(_)) = (reading.source, reading.basis) else { return String::new() };
    let moment = reading.published_at.or(reading.fetched_at);
    let args: [Arg<'_>; 3] = [
        ("source", source(texts, by).into()),
        ("published", if reading.published_at.is_some() { "yes" } else { "no" }.into()),
        ("when", moment.map(|at| texts.moment(at, now, &zone)).unwrap_or_default().into()),
    ];
    let of_zone = reading
        .zone_name
        .as_ref()
        .map(|name| texts.format("status-zone", [("zone", name.as_str().into())]));
    let parts = [Some(texts.format("status-source", args)), note, of_zone];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Why a value is missing, or the official one, and when it is looked for again.
#[must_use]
pub fn absence(texts: &Texts, reading: &ReadingStatus, zone: Tz, now: DateTime<Utc>) -> String {
    let state = reading.instead_of.as_ref().map_or(reading.state, |absence| absence.state);
    let text = texts.get(&format!("state-{}", state.name()));
    let Some(absence) = &reading.instead_of else { return text };
    let text = match &absence.reason {
        Some(reason) => named(texts, &text, &texts.get(&format!("failure-{reason}"))),
        None => text,
    };
    match absence.next_due.filter(|at| *at > now) {
        Some(at) => {
            let args: [Arg<'_>; 2] =
                [("state", text.into()), ("when", texts.moment(at, now, &zone).into())];
            texts.format("state-next", args)
        }
        None => text,
    }
}

/// Why the official value is not the one that is shown: "Atmo France is missing: not published yet".
#[must_use]
pub fn instead(
    texts: &Texts,
    reading: &ReadingStatus,
    zone: Tz,
    now: DateTime<Utc>,
) -> Option<String> {
    let absent = reading.instead_of.as_ref()?;
    let why = absence(texts, reading, zone, now);
    let args: [Arg<'_>; 2] = [("source", source(texts, absent.source).into()), ("why", why.into())];
    Some(texts.format("status-instead", args))
}

/// Whether what is known of today was published before it: of days to come that goes without saying.
#[must_use]
pub fn is_foretold_today(reading: &ReadingStatus, zone: Tz, now: DateTime<Utc>) -> bool {
    reading.foretold && reading.target.day(zone) == now.with_timezone(&zone).date_naive()
}

/// A reading with everything that is said about it; its basis is drawn.
#[must_use]
pub fn line(texts: &Texts, reading: &ReadingStatus, zone: Tz, now: DateTime<Utc>) -> ReadingLine {
    let when = target(texts, reading.target, zone, now);
    let caveat = match reading.state {
        State::Current if reading.basis == Some(Basis::Estimated) => {
            instead(texts, reading, zone, now)
                .map(|why| named(texts, &texts.get("caveat-estimated"), &why))
        }
        State::Current if is_foretold_today(reading, zone, now) => {
            Some(texts.get("caveat-foretold"))
        }
        State::Current => None,
        State::Stale => {
            let args: [Arg<'_>; 1] = [("day", when.as_str().into())];
            Some(texts.format("status-stale", args))
        }
        State::NotPublishedYet | State::SourceFailed | State::NotCovered => {
            Some(absence(texts, reading, zone, now))
        }
    };
    ReadingLine {
        name: texts.metric(reading.metric),
        scale_name: reading.scale.map(|scale| texts.scale(scale)).unwrap_or_default(),
        figure: figure(texts, reading),
        target: when,
        provenance: publication(texts, reading, None, zone, now),
        caveat: caveat.map(|caveat| texts.sentence_case(&caveat)),
        reading: LevelView::from(reading),
    }
}

/// A publication: "ANSES, “Title”, 2022, https://…".
#[must_use]
pub fn evidence(texts: &Texts, evidence: &Evidence) -> String {
    let year = evidence.year.map(|year| format!(", {year}")).unwrap_or_default();
    let args: [Arg<'_>; 4] = [
        ("publisher", evidence.publisher.as_str().into()),
        ("title", evidence.title.as_str().into()),
        ("year", year.into()),
        ("url", evidence.url.as_str().into()),
    ];
    texts.format("evidence", args)
}

/// `name: text`, as the language punctuates it.
#[must_use]
pub fn named(texts: &Texts, name: &str, text: &str) -> String {
    let args: [Arg<'_>; 2] = [("name", name.into()), ("text", text.into())];
    texts.format("named", args)
}

/// A moment that may not have come yet or ever, by a clock in `zone`.
#[must_use]
pub fn moment_or_never<Z: TimeZone>(
    texts: &Texts,
    moment: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
    zone: &Z,
) -> String {
    moment.map_or_else(|| texts.get("status-never"), |at| texts.moment(at, now, zone))
}

/// How a source fares, by a clock in `zone`.
#[must_use]
pub fn source_state<Z: TimeZone>(
    texts: &Texts,
    source: &SourceStatus,
    now: DateTime<Utc>,
    zone: &Z,
) -> String {
    let key = match source.state {
        SourceState::Ok => "status-source-ok",
        SourceState::NotPublishedYet => "status-source-not-published-yet",
        SourceState::Failed => "status-source-failed",
        SourceState::NeverAsked => "status-source-never-asked",
    };
    let why = source.error.as_ref().map(|error| error.message.clone());
    let args: [Arg<'_>; 4] = [
        ("answered", if source.last_success.is_some() { "yes" } else { "no" }.into()),
        ("when", moment_or_never(texts, source.last_success, now, zone).into()),
        ("next", moment_or_never(texts, source.next_due, now, zone).into()),
        ("why", why.unwrap_or_default().into()),
    ];
    texts.format(key, args)
}

/// The days of an alert's episode, or its hours where it does not begin and end with a day.
#[must_use]
pub fn episode(texts: &Texts, alert: &AlertView, now: DateTime<Utc>) -> String {
    let zone = zone_of(alert);
    let local = |at: DateTime<Utc>| at.with_timezone(&zone);
    let midnight = |at| local(at).time() == NaiveTime::MIN;
    let (first, last) = if midnight(alert.starts) && midnight(alert.ends) {
        let last = local(alert.ends - TimeDelta::hours(1)).date_naive();
        (Target::Day(local(alert.starts).date_naive()), Target::Day(last))
    } else {
        (Target::Hour(alert.starts), Target::Hour(alert.ends - TimeDelta::hours(1)))
    };
    notification::when(texts, first, last, zone, now)
}

/// Where an alert stands: "current", or "coming" where its episode is ahead.
#[must_use]
pub fn alert_state(texts: &Texts, alert: &AlertView, now: DateTime<Utc>) -> String {
    let ahead = alert.state == AlertState::Raised && alert.starts > now;
    let state = if ahead { "ahead" } else { alert.state.name() };
    texts.get(&format!("alert-state-{state}"))
}

/// The time zone of an alert's place.
#[must_use]
pub fn zone_of(alert: &AlertView) -> Tz {
    alert.place.time_zone.parse().unwrap_or(Tz::UTC)
}

/// The limit of an alert in the words of its scale, for UV as an index.
#[must_use]
pub fn limit(texts: &Texts, alert: &AlertView) -> String {
    let limit = alert.because.threshold;
    let scale = alert.because.reading.as_ref().and_then(|reading| reading.scale);
    scale.map_or_else(|| limit.to_string(), |scale| notification::threshold(texts, limit, scale))
}

/// An outcome with its reason: "told (new episode)".
#[must_use]
pub fn outcome(texts: &Texts, outcome: &str, reason: Option<&str>) -> String {
    let outcome = texts.get(&format!("outcome-{outcome}"));
    match reason {
        Some(reason) => format!("{outcome} ({})", texts.get(&format!("decision-reason-{reason}"))),
        None => outcome,
    }
}
