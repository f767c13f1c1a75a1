//! What was published of a metric at a place: target by target, publication by publication, or put
//! together by period.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use ecosante_domain::contract::ReadingStatus;
use ecosante_domain::knowledge;
use ecosante_domain::metric::Metric;
use ecosante_domain::periods::{self, Period, PeriodSummary};
use ecosante_domain::place::Place;
use ecosante_domain::reading::{Basis, Reading, Target, Zone, midnight};
use ecosante_domain::scale::{Scale, scale_on};
use ecosante_domain::text::Texts;
use ecosante_domain::words;
use serde::Serialize;

use crate::candidates::Candidates;
use crate::engine::{Engine, Result};
use crate::store::{Reader, Result as StoreResult};
use crate::views::days_before;

/// The value that counts for a target, and for a daily official index that was settled on its day or
/// later, what was last announced before that day began.
///
/// Not to be taken for [`ReadingStatus::foretold`], which says that the value that counts was itself
/// published before its day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HistoryRow {
    /// The value that counts now.
    #[serde(flatten)]
    pub reading: ReadingStatus,
    /// The level of the last publication before the day began; null where there is none, and where
    /// nothing was published since.
    pub announced_level: Option<u8>,
    /// That level in words.
    pub announced_label: Option<String>,
    /// When it was published.
    pub announced_at: Option<DateTime<Utc>>,
}

/// One publication for a target.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PublicationRow {
    /// What was published, and when it was received.
    #[serde(flatten)]
    pub reading: ReadingStatus,
    /// From 0 on, where a producer changed the value under the same time of publication, or gives
    /// none.
    pub revision: i64,
    /// For how many hours from its target on it holds.
    pub hours: u8,
    /// Whether it is what counts for its target, or for one of its hours.
    pub counts: bool,
}

/// What is known of a period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PeriodRow {
    /// What the period is.
    pub by: Period,
    /// Its first day.
    pub first: NaiveDate,
    /// Its last day.
    pub last: NaiveDate,
    /// How many days it has.
    pub days: usize,
    /// Of how many of them something is known.
    pub known_days: usize,
    /// The metric.
    pub metric: Metric,
    /// The scale of the levels; null where the metric has none, and where nothing is known.
    pub scale: Option<Scale>,
    /// How many values there are.
    pub values: usize,
    /// What the values are of: `days` or `hours`.
    pub counted: &'static str,
    /// The highest level that has a rank.
    pub highest_level: Option<u8>,
    /// That level in words.
    pub highest_label: Option<String>,
    /// How many days or hours are at each level, the lowest first.
    pub levels: Vec<LevelCount>,
    /// The lowest figure.
    pub minimum: Option<f64>,
    /// The mean figure.
    pub mean: Option<f64>,
    /// The highest figure.
    pub maximum: Option<f64>,
    /// The unit of the figures.
    pub unit: Option<String>,
}

/// How many days or hours are at a level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LevelCount {
    /// The level.
    pub level: u8,
    /// The level in words.
    pub label: String,
    /// How many.
    pub count: usize,
}

/// A day before anything is stored.
const EVER: NaiveDate = NaiveDate::from_ymd_opt(1970, 1, 1).expect("a date");

/// The readings that count at a place for the days `from` to `to`; of what is known for long, one
/// for each zone and target, and what was known before `from` began.
pub(crate) fn counting(
    reader: &Reader<'_>,
    place: &Place,
    metric: Metric,
    from: NaiveDate,
    to: NaiveDate,
) -> StoreResult<Vec<Reading>> {
    let zone = place.time_zone;
    if !knowledge::is_slow(metric) {
        let candidates = Candidates::load(reader, place, metric, from, to)?;
        let mut series = knowledge::series(metric, place, &candidates.list);
        series.retain(|reading| (from..=to).contains(&reading.target.day(zone)));
        return Ok(series);
    }
    let candidates = Candidates::load(reader, place, metric, EVER, to)?;
    let mut by_target: BTreeMap<(Target, Zone), Reading> = BTreeMap::new();
    for candidate in candidates.list {
        let reading = candidate.reading;
        by_target.entry((reading.target, reading.zone.clone())).or_insert(reading);
    }
    let mut last_before: BTreeMap<Zone, Target> = BTreeMap::new();
    for (target, zone_of) in by_target.keys().filter(|(target, _)| target.day(zone) < from) {
        last_before.insert(zone_of.clone(), *target);
    }
    by_target
        .retain(|(target, of), _| target.day(zone) >= from || last_before.get(of) == Some(target));
    Ok(by_target.into_values().collect())
}

/// What was last announced for the day of an official reading before that day began, where the
/// reading itself was published later.
fn announced(
    reader: &Reader<'_>,
    place: &Place,
    reading: &Reading,
) -> StoreResult<Option<Reading>> {
    let Target::Day(date) = reading.target else { return Ok(None) };
    let begins = midnight(date, place.time_zone);
    let settled = reading.published_at.is_some_and(|published| published >= begins);
    if reading.basis != Basis::Official || reading.scale.is_none() || !settled {
        return Ok(None);
    }
    let (source, zone, metric) = (reading.source, &reading.zone, reading.metric);
    let publications = reader.publications(source, zone, metric, date, date)?;
    let mut before = publications.into_iter().map(|stored| stored.reading).filter(|it| {
        it.scale == reading.scale
            && it.basis == reading.basis
            && it.published_at.is_some_and(|published| published < begins)
    });
    // The oldest comes first.
    Ok(before.next_back())
}

impl Engine {
    /// The days that a history of so many covers: those and the week ahead.
    fn span(&self, place: &Place, days: u32) -> (NaiveDate, NaiveDate) {
        let today = self.now().utc().with_timezone(&place.time_zone).date_naive();
        let ahead = today.checked_add_days(chrono::Days::new(7)).unwrap_or(today);
        (days_before(today, u64::from(days.saturating_sub(1))), ahead)
    }

    /// What was published of a metric at a place for the last days and those ahead, at most one
    /// value for each target: the one that counts. Of what is known for long (water, radon), what
    /// was known when those days began is the first.
    ///
    /// # Errors
    /// When the data file cannot be read.
    pub fn history(
        &self,
        texts: &Texts,
        place: &Place,
        metric: Metric,
        days: u32,
    ) -> Result<Vec<HistoryRow>> {
        let (from, to) = self.span(place, days);
        self.history_of(texts, place, metric, from, to)
    }

    /// [`Self::history`] of the days `from` to `to`.
    ///
    /// # Errors
    /// When the data file cannot be read.
    pub fn history_of(
        &self,
        texts: &Texts,
        place: &Place,
        metric: Metric,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<HistoryRow>> {
        let now = self.now().utc();
        let zone = place.time_zone;
        self.read(|reader| {
            let readings = counting(reader, place, metric, from, to)?;
            let row = |reading: &Reading| {
                let announced = announced(reader, place, reading)?;
                let said = announced.map(|it| words::past_status(texts, &it, zone, now));
                Ok(HistoryRow {
                    reading: words::past_status(texts, reading, zone, now),
                    announced_level: said.as_ref().and_then(|it| it.level),
                    announced_at: said.as_ref().and_then(|it| it.published_at),
                    announced_label: said.and_then(|it| it.label),
                })
            };
            readings.iter().map(row).collect()
        })
    }

    /// Every publication that is stored of a metric at a place for the last days and those ahead, by
    /// target and the oldest first: by its time of publication, else by that of receipt.
    ///
    /// # Errors
    /// When the data file cannot be read.
    pub fn publications(
        &self,
        texts: &Texts,
        place: &Place,
        metric: Metric,
        days: u32,
    ) -> Result<Vec<PublicationRow>> {
        let now = self.now().utc();
        let (from, to) = self.span(place, days);
        let zone = place.time_zone;
        let hourly = knowledge::is_hourly(metric, place);
        let in_france = place.commune.is_some();
        self.read(|reader| {
            let candidates = Candidates::load(reader, place, metric, from, to)?;
            let counting: Vec<_> = counting(reader, place, metric, from, to)?
                .iter()
                .filter_map(|reading| candidates.key(reading))
                .collect();
            let mut stored = Vec::new();
            for (source, of, _) in reader.zones(place.id)? {
                stored.extend(reader.publications(source, &of, metric, from, to)?);
            }
            stored.retain(|it| {
                let reading = &it.reading;
                let day = reading.target.day(zone);
                (from..=to).contains(&day)
                    && matches!(reading.target, Target::Hour(_)) == hourly
                    && (knowledge::is_slow(metric)
                        || reading.scale == scale_on(metric, in_france, day))
            });
            stored.sort_by_key(|it| {
                let reading = &it.reading;
                let at = reading.published_at.unwrap_or(reading.fetched_at);
                (reading.target, at, it.key.revision())
            });
            let row = |it: &crate::store::StoredReading| PublicationRow {
                reading: words::past_status(texts, &it.reading, zone, now),
                revision: it.key.revision(),
                hours: it.reading.hours,
                counts: counting.contains(&it.key),
            };
            Ok(stored.iter().map(row).collect())
        })
    }

    /// What is known of a metric at a place over the last days, today included, put together by
    /// period; the first begins whole.
    ///
    /// # Errors
    /// When the data file cannot be read.
    pub fn history_by(
        &self,
        texts: &Texts,
        place: &Place,
        metric: Metric,
        days: u32,
        period: Period,
    ) -> Result<Vec<PeriodRow>> {
        let (from, _) = self.span(place, days);
        let today = self.now().utc().with_timezone(&place.time_zone).date_naive();
        let from = period.first_day(from);
        let readings = self.read(|reader| {
            let mut readings = counting(reader, place, metric, from, today)?;
            readings.retain(|reading| reading.target.day(place.time_zone) >= from);
            Ok(readings)
        })?;
        let summaries = periods::by_period(&readings, period, place.time_zone);
        Ok(summaries.iter().map(|it| period_row(texts, metric, period, it)).collect())
    }
}

fn period_row(texts: &Texts, metric: Metric, by: Period, summary: &PeriodSummary) -> PeriodRow {
    let label =
        |level: u8| summary.scale.map(|scale| texts.label(scale, level)).unwrap_or_default();
    let levels = summary.at_level.iter();
    let figures = summary.figures;
    PeriodRow {
        by,
        first: summary.first,
        last: summary.last,
        days: summary.days,
        known_days: summary.known_days,
        metric,
        scale: summary.scale,
        values: summary.values,
        counted: if summary.hourly { "hours" } else { "days" },
        highest_level: summary.highest,
        highest_label: summary.highest.map(label),
        levels: levels
            .map(|(level, count)| LevelCount { level: *level, label: label(*level), count: *count })
            .collect(),
        minimum: figures.map(|it| it.minimum),
        mean: figures.map(|it| it.mean),
        maximum: figures.map(|it| it.maximum),
        unit: figures.and(metric.unit()).map(str::to_owned),
    }
}
