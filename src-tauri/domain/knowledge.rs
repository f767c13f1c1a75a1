//! What is known of a metric at a place: the reading that counts for each target, and where there
//! is none, why.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::metric::{Metric, Phenomenon, Pollutant};
use crate::place::Place;
use crate::reading::{Basis, Reading, Source, Target, midnight, next_day};
use crate::scale::{Scale, scale_on, scale_where};

/// How the zone of a reading relates to the place, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Nearness {
    /// The commune of the place.
    Commune,
    /// The EPCI of the commune.
    Epci,
    /// The département of the commune, or its coast.
    Departement,
    /// The région of the commune.
    Region,
    /// The nearest zone around the place.
    Nearby,
    /// The grid cell that the place lies in.
    Cell,
}

impl Nearness {
    /// Every nearness, best first.
    pub const ALL: [Self; 6] =
        [Self::Commune, Self::Epci, Self::Departement, Self::Region, Self::Nearby, Self::Cell];

    /// The name used on the wire and in the store.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Commune => "commune",
            Self::Epci => "epci",
            Self::Departement => "departement",
            Self::Region => "region",
            Self::Nearby => "nearby",
            Self::Cell => "cell",
        }
    }
}

/// A stored reading of a zone that serves the place; of several publications, the one that counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The reading.
    pub reading: Reading,
    /// How its zone relates to the place.
    pub nearness: Nearness,
}

/// How a source has fared for a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceReport {
    /// The source.
    pub source: Source,
    /// When it was last asked, whatever came of it; `None`: never.
    pub last_attempt: Option<DateTime<Utc>>,
    /// The code of the error of the last attempt; `None`: it answered.
    pub error: Option<String>,
    /// Whether it has a zone for the place; `None` where its answer left that open.
    pub covers: Option<bool>,
    /// When it is asked next; `None`: that is not known.
    pub next_due: Option<DateTime<Utc>>,
}

/// What a value is worth at `now`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum State {
    /// A stored value within its validity, whatever its source did since.
    Current,
    /// A value past its validity.
    Stale,
    /// No value: the producer has not published for this target yet.
    NotPublishedYet,
    /// No value: the source did not answer, or answered with nonsense.
    SourceFailed,
    /// No value: nobody publishes this here.
    NotCovered,
}

impl State {
    /// The name used on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Stale => "stale",
            Self::NotPublishedYet => "not-published-yet",
            Self::SourceFailed => "source-failed",
            Self::NotCovered => "not-covered",
        }
    }
}

/// Why there is no value, or not the one that was wanted first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    /// The source that should have had it.
    pub source: Source,
    /// One of the three states without a value.
    pub state: State,
    /// The code of the error, where one is known.
    pub reason: Option<String>,
    /// When it is looked for again, where that can bring it: as soon as the producer should have
    /// published it.
    pub next_due: Option<DateTime<Utc>>,
}

/// What is known of one metric for one target.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// The metric.
    pub metric: Metric,
    /// The target.
    pub target: Target,
    /// What the value is worth.
    pub state: State,
    /// The reading that counts; `None` in the states without a value.
    pub reading: Option<Reading>,
    /// Why the official value is not there: with an estimate in its place, or with nothing.
    pub instead_of: Option<Absence>,
}

/// How much longer ago than its neighbours a zone was last named by its source to count as left out:
/// more than two rounds of the slowest that names several, drinking water.
const LEFT_OUT: TimeDelta = TimeDelta::days(30);

/// For how many days a value past its validity is still shown, as such.
const STALE_SHOWN: Days = Days::new(7);

/// The scale on which rules judge a metric at a place today: the European index only outside France.
#[must_use]
pub fn rule_scale(metric: Metric, place: &Place) -> Option<Scale> {
    scale_where(metric, place.commune.is_some())
}

/// Whether a metric comes by the hour at a place; otherwise by the civil day.
#[must_use]
pub fn is_hourly(metric: Metric, place: &Place) -> bool {
    match metric {
        Metric::Concentration(_) | Metric::Vigilance(_) | Metric::ApparentTemperature => true,
        Metric::Air | Metric::AirOf(_) => place.commune.is_none(),
        Metric::Pollen
        | Metric::PollenOf(_)
        | Metric::Uv
        | Metric::Episode(_)
        | Metric::Water
        | Metric::Radon
        | Metric::Combined(_) => false,
    }
}

/// The sources of a metric at a place, the one to believe first; none where nobody publishes it.
#[must_use]
pub fn sources(metric: Metric, place: &Place) -> &'static [Source] {
    let in_france = place.commune.is_some();
    match metric {
        Metric::Air | Metric::AirOf(_) if place.has_air_agency() => {
            &[Source::AtmoFrance, Source::OpenMeteo]
        }
        Metric::Pollen | Metric::PollenOf(_) if place.is_in_mainland_france() => {
            &[Source::AtmoPollen, Source::OpenMeteo]
        }
        Metric::Air
        | Metric::AirOf(_)
        | Metric::Concentration(_)
        | Metric::Pollen
        | Metric::PollenOf(_) => &[Source::OpenMeteo],
        Metric::Uv | Metric::ApparentTemperature => &[Source::OpenMeteoForecast],
        Metric::Episode(_) if place.has_air_agency() => &[Source::AtmoEpisodes],
        // The mirror has no floods.
        Metric::Vigilance(Phenomenon::Flood) if place.is_in_mainland_france() => {
            &[Source::MeteoFrance]
        }
        Metric::Vigilance(_) if place.is_in_mainland_france() => {
            &[Source::VigilanceMirror, Source::MeteoFrance]
        }
        Metric::Water if in_france => &[Source::HubEau],
        Metric::Radon if in_france => &[Source::Georisques],
        Metric::Episode(_)
        | Metric::Vigilance(_)
        | Metric::Water
        | Metric::Radon
        | Metric::Combined(_) => &[],
    }
}

/// Whether what a source published of a metric can count at a place: that of its
/// [`sources`], and what is stored from before they changed.
#[must_use]
pub fn can_count(metric: Metric, source: Source, place: &Place) -> bool {
    // Until the forecast was asked for it, UV came from the air quality models.
    let was = metric == Metric::Uv && source == Source::OpenMeteo;
    was || sources(metric, place).contains(&source)
}

/// The gravest official episode of pollution that is announced for a day, with its level, from 2 up.
/// `series` gives the readings of a metric that count at the place.
pub fn episode_on<'a>(
    date: NaiveDate,
    series: impl Fn(Metric) -> &'a [Reading],
) -> Option<(Pollutant, u8)> {
    let announced = Pollutant::ALL.into_iter().filter_map(|pollutant| {
        let mut readings = series(Metric::Episode(pollutant)).iter();
        let on_day = readings.find(|it| it.target == Target::Day(date))?;
        Some((pollutant, on_day.level.filter(|level| *level >= 2)?))
    });
    announced.max_by_key(|(_, level)| *level)
}

/// Whether a metric is known once and for long: its last value counts whatever day it is of.
#[must_use]
pub fn is_slow(metric: Metric) -> bool {
    matches!(metric, Metric::Water | Metric::Radon)
}

/// From which day on values still count on `today`, where that is longer than for others: a class of
/// radon is asked for twice a year, samples of water are taken some times a year.
#[must_use]
pub fn known_from(metric: Metric, today: NaiveDate) -> Option<NaiveDate> {
    if is_slow(metric) { today.checked_sub_days(Days::new(800)) } else { None }
}

/// The readings of a metric that count at a place, at most one for each target, by target: the
/// official before the estimate, the nearer zone before the farther, the newer before the older.
///
/// ```
/// use chrono_tz::Tz;
/// use ecosante_domain::knowledge::{Candidate, Nearness, series};
/// use ecosante_domain::metric::Metric;
/// use ecosante_domain::place::{CommuneRef, Place, PlaceId};
/// use ecosante_domain::reading::{Basis, Reading, Source, Target, Zone};
/// use ecosante_domain::scale::Scale;
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
/// let official = Candidate { reading: air("2026-09-08", 2), nearness: Nearness::Epci };
/// let model = Reading { source: Source::OpenMeteo, basis: Basis::Estimated, ..air("2026-09-08", 4) };
/// let estimate = Candidate { reading: model, nearness: Nearness::Cell };
///
/// // The official index counts, though the model says worse and though it is of the EPCI only.
/// let series = series(Metric::Air, &lyon, &[estimate, official]);
/// let levels: Vec<_> = series.iter().map(|it| (it.basis, it.level)).collect();
/// assert_eq!(levels, [(Basis::Official, Some(2))]);
/// ```
#[must_use]
pub fn series(metric: Metric, place: &Place, candidates: &[Candidate]) -> Vec<Reading> {
    let hourly = is_hourly(metric, place);
    // What was said of a day counts on the scale of that day.
    let scale =
        |target: Target| scale_on(metric, place.commune.is_some(), target.day(place.time_zone));
    let mut fitting: Vec<&Candidate> = candidates
        .iter()
        .filter(|candidate| {
            let reading = &candidate.reading;
            reading.metric == metric
                && reading.scale == scale(reading.target)
                && matches!(reading.target, Target::Hour(_)) == hourly
        })
        .collect();
    fitting.sort_by_key(|candidate| {
        let reading = &candidate.reading;
        (
            reading.target,
            reading.basis == Basis::Estimated,
            candidate.nearness,
            // Of several areas around a place the worst counts; of several publications the newest.
            Reverse(matches!(metric, Metric::Episode(_)).then(|| gravity(reading.level))),
            Reverse(reading.published_at),
            Reverse(reading.fetched_at),
        )
    });
    fitting.dedup_by_key(|candidate| candidate.reading.target);
    fitting.into_iter().map(|candidate| candidate.reading.clone()).collect()
}

/// How much the state of an episode weighs against that of another area: what is not understood more
/// than that there is none.
#[must_use]
pub fn gravity(level: Option<u8>) -> u8 {
    match level {
        Some(level @ 2..) => level + 1,
        None => 2,
        Some(_) => 1,
    }
}

/// What is known of a metric at a place from now to the end of tomorrow.
///
/// Daily metrics: today and tomorrow, and the day after where it is known. Hourly ones: this hour,
/// and where a rule stands on them every hour to the end of tomorrow. Where today has no value, the
/// last one of the past week is given too, as stale. Empty when none of the sources was ever asked
/// for this place, though one could be.
///
/// ```
/// use chrono_tz::Tz;
/// use ecosante_domain::knowledge::{Candidate, Nearness, SourceReport, State, known};
/// use ecosante_domain::metric::Metric;
/// use ecosante_domain::place::{CommuneRef, Place, PlaceId};
/// use ecosante_domain::reading::{Basis, Reading, Source, Target, Zone};
/// use ecosante_domain::scale::Scale;
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
/// // Atmo France answered this morning, with the index of today and without that of tomorrow.
/// let candidates = [Candidate { reading: air("2026-09-08", 3), nearness: Nearness::Commune }];
/// let reports = [SourceReport {
///     source: Source::AtmoFrance,
///     last_attempt: Some("2026-09-08T06:00:00Z".parse()?),
///     error: None,
///     covers: Some(true),
///     next_due: Some("2026-09-08T13:05:00Z".parse()?),
/// }];
/// let now = "2026-09-08T10:00:00Z".parse()?;
/// let known = known(Metric::Air, &lyon, &candidates, &reports, now);
///
/// let [today, tomorrow] = &known[..] else { panic!("today and tomorrow") };
/// assert_eq!(today.state, State::Current);
/// assert_eq!(today.reading.as_ref().and_then(|reading| reading.level), Some(3));
/// // What is not there says why, and is never a level.
/// assert_eq!((tomorrow.state, &tomorrow.reading), (State::NotPublishedYet, &None));
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[must_use]
pub fn known(
    metric: Metric,
    place: &Place,
    candidates: &[Candidate],
    reports: &[SourceReport],
    now: DateTime<Utc>,
) -> Vec<Known> {
    let series = series(metric, place, candidates);
    let asked = reports.iter().any(|report| report.last_attempt.is_some());
    let sources = sources(metric, place);
    let by_model = |source: &Source| is_model(*source);
    let cannot_ask = place.coordinates.is_none() && sources.iter().all(by_model);
    if !asked && !cannot_ask && series.is_empty() {
        return Vec::new();
    }
    let zone = place.time_zone;
    let today = now.with_timezone(&zone).date_naive();
    if is_slow(metric) {
        return slow(metric, place, candidates, reports, today);
    }
    let mut targets = if is_hourly(metric, place) {
        vec![Target::Hour(hour(now))]
    } else {
        vec![Target::Day(today), Target::Day(next_day(today))]
    };
    let has_rule = Metric::with_rules().contains(&metric);
    targets.extend(series.iter().map(|reading| reading.target).filter(|target| {
        let (starts, _) = target.span(zone);
        match target {
            Target::Day(date) => *date > next_day(today),
            Target::Hour(_) => has_rule && starts > now && starts < horizon(today, zone),
        }
    }));
    let mut known = Vec::new();
    if !series.iter().any(|reading| reading.target == targets[0]) {
        known.extend(stale(metric, place, &series, today));
    }
    for target in targets {
        let reading = series.iter().find(|reading| reading.target == target).cloned();
        let published = !series.is_empty();
        let absence = match &reading {
            // Something was published, in words that are not understood: that is not "nothing".
            Some(it) if it.level.is_none() && it.scale.is_some() => Some(Absence {
                source: it.source,
                state: State::SourceFailed,
                reason: Some("schema".to_owned()),
                next_due: None,
            }),
            _ => absence(metric, place, reports, reading.as_ref(), published),
        };
        let reading = reading.filter(|it| it.level.is_some() || it.scale.is_none());
        let state = match (&reading, &absence) {
            (Some(_), _) => State::Current,
            (None, Some(absence)) => absence.state,
            (None, None) if sources.is_empty() => State::NotCovered,
            (None, None) => State::NotPublishedYet,
        };
        known.push(Known { metric, target, state, reading, instead_of: absence });
    }
    known
}

/// The last value of the past week.
fn stale(metric: Metric, place: &Place, series: &[Reading], today: NaiveDate) -> Option<Known> {
    let zone = place.time_zone;
    let oldest = today.checked_sub_days(STALE_SHOWN)?;
    let past = |reading: &&Reading| {
        let day = reading.target.day(zone);
        match reading.target {
            Target::Day(_) => oldest <= day && day < today,
            Target::Hour(_) => oldest <= day && day <= today,
        }
    };
    series.iter().rev().find(past).map(|reading| Known {
        metric,
        target: reading.target,
        state: State::Stale,
        reading: Some(reading.clone()),
        instead_of: None,
    })
}

/// What is known of something that is looked at once in a long while: the last value of each zone
/// that serves the place, the newest first.
fn slow(
    metric: Metric,
    place: &Place,
    candidates: &[Candidate],
    reports: &[SourceReport],
    today: NaiveDate,
) -> Vec<Known> {
    let of_metric = candidates.iter().map(|it| &it.reading).filter(|it| it.metric == metric);
    // A zone may change its name, not its code.
    let mut newest: BTreeMap<&str, &Reading> = BTreeMap::new();
    for reading in of_metric {
        let known = newest.entry(&reading.zone.code).or_insert(reading);
        if (reading.target, reading.fetched_at) > (known.target, known.fetched_at) {
            *known = reading;
        }
    }
    let mut readings: Vec<&Reading> = newest.into_values().collect();
    readings.sort_by_key(|reading| Reverse(reading.target));
    if readings.is_empty() {
        let absence = absence(metric, place, reports, None, false);
        let state = absence.as_ref().map_or(State::NotCovered, |absence| absence.state);
        let target = Target::Day(today);
        return vec![Known { metric, target, state, reading: None, instead_of: absence }];
    }
    let confirmed = readings.iter().map(|reading| reading.fetched_at).max();
    let known = |reading: &&Reading| {
        // A network that the last answers no longer name may not serve the place any more.
        let left_out = confirmed.is_some_and(|last| last - reading.fetched_at > LEFT_OUT);
        Known {
            metric,
            target: reading.target,
            state: if left_out { State::Stale } else { State::Current },
            reading: Some((*reading).clone()),
            instead_of: None,
        }
    };
    readings.iter().map(known).collect()
}

/// Whether a source needs coordinates, and publishes every hour of its horizon at once.
fn is_model(source: Source) -> bool {
    matches!(source, Source::OpenMeteo | Source::OpenMeteoForecast)
}

/// Why the source to believe first has no value: `None` where it has. `published`: something of
/// this metric was, for another target.
fn absence(
    metric: Metric,
    place: &Place,
    reports: &[SourceReport],
    reading: Option<&Reading>,
    published: bool,
) -> Option<Absence> {
    let sources = sources(metric, place);
    let first = *sources.first()?;
    // The two sources of vigilance pass on the same bulletin.
    let equal =
        |source: Source| matches!(metric, Metric::Vigilance(_)) && sources.contains(&source);
    if reading.is_some_and(|reading| reading.source == first || equal(reading.source)) {
        return None;
    }
    let absence = |state, reason: Option<&str>, next_due| {
        Some(Absence { source: first, state, reason: reason.map(str::to_owned), next_due })
    };
    if is_model(first) && place.coordinates.is_none() {
        return absence(State::NotCovered, Some("no-coordinates"), None);
    }
    let report = reports.iter().find(|report| report.source == first)?;
    if let Some(error) = &report.error {
        return absence(State::SourceFailed, Some(error), report.next_due);
    }
    // Whether a place lies at the coast is not known before its coordinates are.
    if metric == Metric::Vigilance(Phenomenon::Waves) && place.coordinates.is_none() {
        return absence(State::NotPublishedYet, Some("no-coordinates"), report.next_due);
    }
    match report.covers {
        Some(false) => absence(State::NotCovered, None, None),
        // The model publishes every hour of its horizon at once: what it left out, it does not have.
        Some(true) if is_model(first) => absence(State::NotCovered, None, None),
        // Which pollutants and dangers are watched differs from zone to zone and by season.
        Some(true) if !published && matches!(metric, Metric::Episode(_) | Metric::Vigilance(_)) => {
            absence(State::NotCovered, None, None)
        }
        Some(true) | None => absence(State::NotPublishedYet, None, report.next_due),
    }
}

/// The beginning of the hour of a moment.
#[must_use]
pub fn hour(moment: DateTime<Utc>) -> DateTime<Utc> {
    moment
        - TimeDelta::seconds(moment.timestamp().rem_euclid(3600))
        - TimeDelta::nanoseconds(i64::from(moment.timestamp_subsec_nanos()))
}

fn horizon(today: NaiveDate, zone: chrono_tz::Tz) -> DateTime<Utc> {
    midnight(next_day(next_day(today)), zone)
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;

    use super::*;
    use crate::metric::Taxon;
    use crate::place::{CommuneRef, Coordinates, PlaceId};
    use crate::reading::Zone;

    fn lyon() -> Place {
        Place {
            id: PlaceId(1),
            name: "Lyon".to_owned(),
            commune: Some(CommuneRef {
                code: "69123".to_owned(),
                name: "Lyon".to_owned(),
                epci: Some("200046977".to_owned()),
                departement: "69".to_owned(),
            }),
            coordinates: Coordinates::new(45.76, 4.84),
            time_zone: Tz::Europe__Paris,
        }
    }

    fn now() -> DateTime<Utc> {
        "2026-09-08T14:00:00Z".parse().expect("a moment")
    }

    fn day(date: &str) -> Target {
        Target::Day(date.parse().expect("a date"))
    }

    fn official(date: &str, level: u8) -> Candidate {
        Candidate {
            nearness: Nearness::Commune,
            reading: Reading {
                source: Source::AtmoFrance,
                zone: Zone { code: "69123".to_owned(), name: "Lyon".to_owned() },
                metric: Metric::Air,
                scale: Some(Scale::Atmo2021),
                target: day(date),
                basis: Basis::Official,
                level: Some(level),
                value: None,
                published_at: Some(now()),
                fetched_at: now(),
                hours: 1,
                note: None,
            },
        }
    }

    fn estimate(date: &str, level: u8) -> Candidate {
        let mut candidate = official(date, level);
        candidate.nearness = Nearness::Cell;
        candidate.reading.source = Source::OpenMeteo;
        candidate.reading.basis = Basis::Estimated;
        candidate.reading.published_at = None;
        candidate
    }

    fn report(source: Source, error: Option<&str>, covers: Option<bool>) -> SourceReport {
        let error = error.map(str::to_owned);
        SourceReport { source, last_attempt: Some(now()), error, covers, next_due: None }
    }

    fn states(known: &[Known]) -> Vec<(String, State, Option<u8>)> {
        let row = |known: &Known| {
            let level = known.reading.as_ref().and_then(|reading| reading.level);
            (known.target.to_string(), known.state, level)
        };
        known.iter().map(row).collect()
    }

    #[test]
    fn the_official_value_counts_before_the_estimate_and_the_commune_before_its_epci() {
        let mut epci = official("2026-09-08", 5);
        epci.nearness = Nearness::Epci;
        let candidates =
            [estimate("2026-09-08", 4), epci, official("2026-09-08", 3), estimate("2026-09-09", 2)];
        let series = series(Metric::Air, &lyon(), &candidates);
        let levels: Vec<_> = series.iter().map(|reading| (reading.level, reading.basis)).collect();
        assert_eq!(levels, [(Some(3), Basis::Official), (Some(2), Basis::Estimated)]);
    }

    #[test]
    fn another_scale_never_stands_in_for_the_one_that_rules_use() {
        let mut european = official("2026-09-08", 6);
        european.reading.scale = Some(Scale::Eaqi2024);
        assert_eq!(series(Metric::Air, &lyon(), &[european]), []);
    }

    #[test]
    fn an_estimate_says_what_it_stands_in_for() {
        let reports = [
            report(Source::AtmoFrance, Some("timeout"), Some(true)),
            report(Source::OpenMeteo, None, Some(true)),
        ];
        let known = known(Metric::Air, &lyon(), &[estimate("2026-09-08", 4)], &reports, now());
        assert_eq!(known[0].state, State::Current);
        let instead_of = known[0].instead_of.as_ref().expect("the official value is missing");
        assert_eq!(instead_of.state, State::SourceFailed);
        assert_eq!(instead_of.reason.as_deref(), Some("timeout"));
    }

    #[test]
    fn a_stored_value_stays_current_when_its_source_fails() {
        let reports = [report(Source::AtmoFrance, Some("refused"), Some(true))];
        let known = known(Metric::Air, &lyon(), &[official("2026-09-08", 3)], &reports, now());
        assert_eq!(
            states(&known),
            [
                ("2026-09-08".to_owned(), State::Current, Some(3)),
                ("2026-09-09".to_owned(), State::SourceFailed, None),
            ]
        );
    }

    #[test]
    fn yesterdays_value_is_stale_and_today_says_why_it_has_none() {
        let reports = [report(Source::AtmoFrance, None, Some(true))];
        let known = known(Metric::Air, &lyon(), &[official("2026-09-07", 2)], &reports, now());
        assert_eq!(
            states(&known),
            [
                ("2026-09-07".to_owned(), State::Stale, Some(2)),
                ("2026-09-08".to_owned(), State::NotPublishedYet, None),
                ("2026-09-09".to_owned(), State::NotPublishedYet, None),
            ]
        );
    }

    #[test]
    fn absent_pollen_is_not_covered_and_never_low() {
        let reports = [report(Source::OpenMeteo, None, Some(true))];
        let grass = Metric::PollenOf(Taxon::Grass);
        let known_at = |place: &Place| known(grass, place, &[], &reports, now());
        let abroad = Place { commune: None, ..lyon() };
        assert!(known_at(&abroad).iter().all(|known| known.state == State::NotCovered));
        let nowhere = Place { coordinates: None, ..abroad };
        let reason = known_at(&nowhere)[0].instead_of.clone().and_then(|absence| absence.reason);
        assert_eq!(reason.as_deref(), Some("no-coordinates"));
    }

    #[test]
    fn what_is_not_published_yet_says_when_it_is_looked_for_again() {
        let again = now() + TimeDelta::hours(2);
        let waiting =
            SourceReport { next_due: Some(again), ..report(Source::AtmoPollen, None, Some(true)) };
        let known = known(Metric::Pollen, &lyon(), &[], &[waiting], now());
        let absence = known[0].instead_of.clone().expect("a reason");
        assert_eq!((absence.state, absence.next_due), (State::NotPublishedYet, Some(again)));
    }

    #[test]
    fn the_last_sample_of_water_counts_however_old_and_each_network_for_itself() {
        let sample = |network: &str, date: &str| {
            let mut candidate = official(date, 1);
            candidate.reading.metric = Metric::Water;
            candidate.reading.scale = None;
            candidate.reading.zone = Zone { code: network.to_owned(), name: network.to_owned() };
            candidate
        };
        let samples = [
            sample("north", "2026-03-02"),
            sample("south", "2026-08-30"),
            sample("north", "2026-06-11"),
        ];
        let reports = [report(Source::HubEau, None, Some(true))];
        let known = known(Metric::Water, &lyon(), &samples, &reports, now());
        let days: Vec<_> = known.iter().map(|it| (it.target.to_string(), it.state)).collect();
        assert_eq!(
            days,
            [("2026-08-30".to_owned(), State::Current), ("2026-06-11".to_owned(), State::Current)]
        );
    }

    #[test]
    fn words_that_are_not_understood_are_not_what_was_said_before_them() {
        let said = |level: Option<u8>, at: &str| {
            let mut candidate = official("2026-09-08", 1);
            candidate.reading.metric = Metric::Episode(Pollutant::Pm10);
            candidate.reading.scale = Some(Scale::Episode);
            candidate.reading.source = Source::AtmoEpisodes;
            candidate.reading.level = level;
            candidate.reading.published_at = at.parse().ok();
            candidate
        };
        let said = [said(Some(1), "2026-09-08T06:00:00Z"), said(None, "2026-09-08T13:00:00Z")];
        let reports = [report(Source::AtmoEpisodes, None, Some(true))];
        let metric = Metric::Episode(Pollutant::Pm10);
        let known = known(metric, &lyon(), &said, &reports, now());
        assert_eq!((known[0].state, &known[0].reading), (State::SourceFailed, &None));
    }

    #[test]
    fn where_no_agency_publishes_the_index_is_estimated_and_nobody_is_waited_for() {
        let mut noumea = lyon();
        if let Some(commune) = &mut noumea.commune {
            (commune.code, commune.departement) = ("98818".to_owned(), "988".to_owned());
        }
        assert_eq!(sources(Metric::Air, &noumea), [Source::OpenMeteo]);
        assert_eq!(rule_scale(Metric::Air, &noumea), Some(Scale::Atmo2021));
        let reports = [report(Source::OpenMeteo, None, Some(true))];
        let known = known(Metric::Air, &noumea, &[estimate("2026-09-08", 2)], &reports, now());
        assert_eq!((known[0].state, &known[0].instead_of), (State::Current, &None));
    }

    #[test]
    fn whether_waves_concern_a_place_is_unknown_until_it_is_located() {
        let reports = [report(Source::VigilanceMirror, None, Some(true))];
        let waves = Metric::Vigilance(Phenomenon::Waves);
        let nowhere = Place { coordinates: None, ..lyon() };
        let known_at = |place: &Place| known(waves, place, &[], &reports, now())[0].state;
        assert_eq!(
            (known_at(&lyon()), known_at(&nowhere)),
            (State::NotCovered, State::NotPublishedYet)
        );
    }

    #[test]
    fn a_danger_that_is_not_watched_in_this_season_is_not_covered_and_never_green() {
        let reports = [report(Source::VigilanceMirror, None, Some(true))];
        let heat = Metric::Vigilance(Phenomenon::Heat);
        let known_at = |place: &Place| known(heat, place, &[], &reports, now())[0].state;
        assert_eq!(known_at(&lyon()), State::NotCovered);
        let failed = [report(Source::VigilanceMirror, Some("timeout"), Some(true))];
        assert_eq!(known(heat, &lyon(), &[], &failed, now())[0].state, State::SourceFailed);
    }

    #[test]
    fn nothing_is_said_of_a_place_for_which_nobody_was_asked() {
        assert_eq!(known(Metric::Air, &lyon(), &[], &[], now()), []);
    }

    #[test]
    fn an_hourly_metric_with_rules_is_known_to_the_end_of_tomorrow() {
        let abroad = Place { commune: None, time_zone: Tz::Europe__Amsterdam, ..lyon() };
        let hours: Vec<_> = (0..72)
            .map(|n| {
                let mut candidate = official("2026-09-08", 2);
                candidate.reading.scale = Some(Scale::Eaqi2024);
                candidate.reading.source = Source::OpenMeteo;
                let start = hour(now()) + TimeDelta::hours(n - 2);
                candidate.reading.target = Target::Hour(start);
                candidate
            })
            .collect();
        let reports = [report(Source::OpenMeteo, None, Some(true))];
        let known = known(Metric::Air, &abroad, &hours, &reports, now());
        // 16:00 today to 23:00 tomorrow, local time.
        assert_eq!(known.len(), 32);
        assert_eq!(known[0].target, Target::Hour(hour(now())));
    }
}
