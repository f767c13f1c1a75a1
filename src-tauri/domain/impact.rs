//! What the app has brought, as far as this device knows: what was told and what came of it, and on
//! how many days the air at the places was above the guidelines of the WHO.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike as _, Months, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::diary::{UNKNOWN, date, short_date};
use crate::evidence;
use crate::metric::{Metric, Pollutant};
use crate::periods::Period;
use crate::reading::Reading;
use crate::sheet::{Section, Sheet, Table};
use crate::text::{Arg, Texts};

/// How many months are shown, the present one among them.
pub const MONTHS: u32 = 12;

/// What was told in some time, and what came of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Alerts told.
    pub told: usize,
    /// Of them, opened in the window.
    pub opened: usize,
    /// Of them, found useful.
    pub useful: usize,
    /// Of them, found not useful.
    pub not_useful: usize,
    /// Notifications shown.
    pub notifications: usize,
    /// Pieces of advice marked as done.
    pub advice_done: usize,
    /// Pieces of advice marked as useful.
    pub advice_useful: usize,
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.told += other.told;
        self.opened += other.opened;
        self.useful += other.useful;
        self.not_useful += other.not_useful;
        self.notifications += other.notifications;
        self.advice_done += other.advice_done;
        self.advice_useful += other.advice_useful;
    }

    fn figures(self) -> [usize; 7] {
        [
            self.told,
            self.opened,
            self.useful,
            self.not_useful,
            self.notifications,
            self.advice_done,
            self.advice_useful,
        ]
    }
}

/// The names of [`Counts::figures`] in text keys.
const FIGURES: [&str; 7] = [
    "told-count",
    "opened",
    "useful",
    "not-useful",
    "notifications",
    "advice-done",
    "advice-useful",
];

/// Of how many hours of a day the concentration must be known for the day to count: three quarters
/// of 24, as elsewhere here.
const NEEDED_HOURS: usize = 18;

/// Over how many hours ozone is averaged.
const OZONE_HOURS: i64 = 8;

/// Of how many of them it must be known.
const NEEDED_OZONE_HOURS: usize = 6;

/// Key of the publication of the guideline.
pub(crate) const GUIDELINE: &str = "WHO-AQG";

/// The guideline of the WHO of 2021 for a day (evidence `WHO-AQG`), in µg/m³: of ozone for the
/// highest mean over 8 hours, of the others for the mean of 24. Three to four days a year above it
/// are within the guideline.
#[must_use]
pub fn guideline(pollutant: Pollutant) -> f64 {
    match pollutant {
        Pollutant::Pm25 => 15.0,
        Pollutant::Pm10 => 45.0,
        Pollutant::No2 => 25.0,
        Pollutant::O3 => 100.0,
        Pollutant::So2 => 40.0,
    }
}

/// What is compared with the guideline, in µg/m³, of the hours of one day, each once: the mean, of
/// ozone the highest mean over 8 hours that lie within the day. `None` where fewer than 18 hours are
/// known.
#[must_use]
pub fn of_day(pollutant: Pollutant, hours: &BTreeMap<DateTime<Utc>, f64>) -> Option<f64> {
    if hours.len() < NEEDED_HOURS {
        return None;
    }
    if pollutant != Pollutant::O3 {
        return mean(hours.values());
    }
    let windows = hours.keys().filter_map(|start| {
        let within = hours.range(*start..*start + TimeDelta::hours(OZONE_HOURS));
        let values: Vec<&f64> = within.map(|(_, value)| value).collect();
        (values.len() >= NEEDED_OZONE_HOURS).then(|| mean(values.into_iter()))?
    });
    windows.reduce(f64::max)
}

fn mean<'a>(values: impl Iterator<Item = &'a f64> + Clone) -> Option<f64> {
    let count = values.clone().count();
    #[expect(clippy::cast_precision_loss, reason = "hours of a day are far below 2^53")]
    let mean = values.sum::<f64>() / count as f64;
    (count > 0).then_some(mean)
}

/// How the days of a place stood to the guideline for one pollutant.
#[derive(Debug, Clone, PartialEq)]
pub struct Exposure {
    /// What the person calls the place.
    pub place: String,
    /// The pollutant.
    pub pollutant: Pollutant,
    /// How many days were above it.
    pub over: usize,
    /// How many days are known.
    pub known: usize,
    /// The day with the highest value, with it in µg/m³.
    pub highest: Option<(NaiveDate, f64)>,
}

impl Exposure {
    /// Of the hourly concentrations that count at a place in `zone`, at most one for each hour, on
    /// the days from `first` to `last`.
    #[must_use]
    pub fn of(
        place: &str,
        pollutant: Pollutant,
        readings: &[Reading],
        zone: Tz,
        first: NaiveDate,
        last: NaiveDate,
    ) -> Self {
        let mut days: BTreeMap<NaiveDate, BTreeMap<DateTime<Utc>, f64>> = BTreeMap::new();
        for reading in readings {
            let day = reading.target.day(zone);
            let value = reading.value.filter(|value| value.is_finite());
            if let Some(value) = value.filter(|_| (first..=last).contains(&day)) {
                days.entry(day).or_default().insert(reading.target.span(zone).0, value);
            }
        }
        let values: Vec<(NaiveDate, f64)> = days
            .iter()
            .filter_map(|(day, hours)| Some((*day, of_day(pollutant, hours)?)))
            .collect();
        Self {
            place: place.to_owned(),
            pollutant,
            over: values.iter().filter(|(_, value)| *value > guideline(pollutant)).count(),
            known: values.len(),
            highest: values.into_iter().max_by(|(_, a), (_, b)| a.total_cmp(b)),
        }
    }
}

/// What this device knows of what the app has brought.
#[derive(Debug, Clone)]
pub struct ImpactFacts<'a> {
    /// The present day.
    pub today: NaiveDate,
    /// The day since which there is anything to count; `None`: nothing yet.
    pub since: Option<NaiveDate>,
    /// What was counted on each day.
    pub days: &'a BTreeMap<NaiveDate, Counts>,
    /// How the days stood to the guidelines, place by place.
    pub exposures: &'a [Exposure],
    /// The first and the last day of the exposures.
    pub exposed: (NaiveDate, NaiveDate),
}

/// The first day that is counted at `today`.
#[must_use]
pub fn first_day(today: NaiveDate) -> NaiveDate {
    let first = Period::Month.first_day(today);
    first.checked_sub_months(Months::new(MONTHS - 1)).unwrap_or(first)
}

/// What the app has brought, in words.
#[must_use]
pub fn impact(texts: &Texts, facts: &ImpactFacts<'_>) -> Sheet {
    Sheet {
        title: texts.get("impact-title"),
        sections: vec![
            Section::of_lines(
                None,
                vec![texts.get("impact-here-alone"), texts.get("impact-counts-only")],
            ),
            told(texts, facts),
            exposure(texts, facts),
        ],
    }
}

fn told(texts: &Texts, facts: &ImpactFacts<'_>) -> Section {
    let heading = Some(texts.get("impact-told"));
    let Some(since) = facts.since else {
        return Section::of_lines(heading, vec![texts.get("impact-nothing-yet")]);
    };
    // Before there was anything to count nothing is known: no row of noughts.
    let first = Period::Month.first_day(since).max(first_day(facts.today));
    let mut total = Counts::default();
    let mut rows = Vec::new();
    let mut month = first;
    while month <= facts.today {
        let last = Period::Month.last_day(month);
        let mut counts = Counts::default();
        facts.days.range(month..=last).for_each(|(_, day)| counts.add(*day));
        total.add(counts);
        let name = texts.get(&format!("month-{}", month.month()));
        let mut row = vec![texts.sentence_case(&format!("{name} {}", month.year()))];
        row.extend(counts.figures().map(|it| it.to_string()));
        rows.push(row);
        let Some(next) = month.checked_add_months(Months::new(1)) else { break };
        month = next;
    }
    // The latest first, as everywhere; under them what they make together.
    rows.reverse();
    let mut row = vec![texts.get("impact-total")];
    row.extend(total.figures().map(|it| it.to_string()));
    rows.push(row);
    let mut columns = vec![texts.get("impact-month")];
    columns.extend(FIGURES.map(|it| texts.get(&format!("impact-{it}"))));
    let args: [Arg<'_>; 1] = [("day", date(texts, since.max(first)).into())];
    Section {
        heading,
        lines: vec![texts.format("impact-since", args)],
        table: Some(Table { caption: texts.get("impact-caption"), columns, rows }),
        sources: Vec::new(),
    }
}

fn exposure(texts: &Texts, facts: &ImpactFacts<'_>) -> Section {
    let heading = Some(texts.get("impact-exposure"));
    if facts.exposures.is_empty() {
        return Section::of_lines(heading, vec![texts.get("impact-no-place")]);
    }
    let (first, last) = facts.exposed;
    let days = (last - first).num_days() + 1;
    let figure = |value: f64| texts.number(value, usize::from(value < 10.0));
    let row = |it: &Exposure| {
        let metric = Metric::Concentration(it.pollutant);
        let known = it.known > 0;
        let unknown = || UNKNOWN.to_owned();
        vec![
            format!("{} – {}", it.place, texts.metric(metric)),
            texts.format(
                if it.pollutant == Pollutant::O3 {
                    "impact-ozone-guideline"
                } else {
                    "impact-guideline"
                },
                [("value", texts.number(guideline(it.pollutant), 0).into())],
            ),
            if known { it.over.to_string() } else { unknown() },
            it.known.to_string(),
            it.highest.map_or_else(unknown, |(day, value)| {
                let args: [Arg<'_>; 2] =
                    [("value", figure(value).into()), ("day", short_date(texts, day).into())];
                texts.format("impact-highest-on", args)
            }),
        ]
    };
    let columns = ["where", "guideline-name", "over", "known", "highest"];
    let period: [Arg<'_>; 3] = [
        ("first", date(texts, first).into()),
        ("last", date(texts, last).into()),
        ("days", days.into()),
    ];
    Section {
        heading,
        lines: vec![
            texts.format("impact-period", period),
            texts.get("impact-guideline-means"),
            texts.get("impact-model"),
        ],
        table: Some(Table {
            caption: texts.get("impact-exposure-caption"),
            columns: columns.map(|it| texts.get(&format!("impact-{it}"))).to_vec(),
            rows: facts.exposures.iter().map(row).collect(),
        }),
        sources: evidence::by_key(GUIDELINE).cloned().into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::{Basis, Source, Target, Zone};
    use crate::text::Language;

    const PARIS: Tz = Tz::Europe__Paris;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    /// A day of hours, the first `known` of them, with what `value` gives for each.
    fn hours(date: &str, known: u32, value: impl Fn(u32) -> f64) -> BTreeMap<DateTime<Utc>, f64> {
        let (start, _) = Target::Day(day(date)).span(PARIS);
        (0..known).map(|hour| (start + TimeDelta::hours(hour.into()), value(hour))).collect()
    }

    fn readings(pollutant: Pollutant, hours: &BTreeMap<DateTime<Utc>, f64>) -> Vec<Reading> {
        let reading = |(start, value): (&DateTime<Utc>, &f64)| Reading {
            source: Source::OpenMeteo,
            zone: Zone { code: "45.8,4.8".to_owned(), name: "45.8,4.8".to_owned() },
            metric: Metric::Concentration(pollutant),
            scale: None,
            target: Target::Hour(*start),
            basis: Basis::Forecast,
            level: None,
            value: Some(*value),
            published_at: None,
            fetched_at: *start,
            hours: 1,
            note: None,
        };
        hours.iter().map(reading).collect()
    }

    #[test]
    fn a_day_of_which_fewer_than_18_hours_are_known_is_not_known() {
        let of = |known| of_day(Pollutant::Pm25, &hours("2026-09-08", known, |_| 20.0));
        assert_eq!(of(17), None);
        assert_eq!(of(18), Some(20.0));
    }

    #[test]
    fn ozone_counts_by_its_worst_eight_hours_and_the_others_by_their_mean() {
        let afternoon = |hour: u32| if (12..20).contains(&hour) { 120.0 } else { 30.0 };
        let of = |pollutant| of_day(pollutant, &hours("2026-07-08", 24, afternoon));
        assert_eq!(of(Pollutant::O3), Some(120.0));
        assert_eq!(of(Pollutant::No2), Some(60.0));
    }

    #[test]
    fn one_high_hour_at_the_end_of_the_day_is_no_mean_over_eight() {
        let last = |hour: u32| if hour == 23 { 400.0 } else { 40.0 };
        let highest = of_day(Pollutant::O3, &hours("2026-07-08", 24, last)).expect("known");
        assert!((highest - 100.0).abs() < 1e-9, "{highest}: of six hours at the fewest");
    }

    #[test]
    fn a_day_at_the_guideline_is_not_above_it() {
        for pollutant in Pollutant::ALL {
            let of = |value: f64| {
                let hours = hours("2026-09-08", 24, |_| value);
                let known = readings(pollutant, &hours);
                let (first, last) = (day("2026-09-01"), day("2026-09-30"));
                let exposure = Exposure::of("Lyon", pollutant, &known, PARIS, first, last);
                (exposure.over, exposure.known)
            };
            assert_eq!(of(guideline(pollutant)), (0, 1));
            assert_eq!(of(guideline(pollutant) + 0.1), (1, 1));
        }
    }

    #[test]
    fn what_lies_outside_the_days_and_what_is_no_number_is_left_out() {
        let mut known = readings(Pollutant::Pm10, &hours("2026-09-08", 24, |_| 90.0));
        known.extend(readings(Pollutant::Pm10, &hours("2026-09-09", 24, |_| f64::NAN)));
        let first = day("2026-09-09");
        let of =
            |first| Exposure::of("Lyon", Pollutant::Pm10, &known, PARIS, first, day("2026-09-10"));
        assert_eq!((of(first).over, of(first).known, of(first).highest), (0, 0, None));
        assert_eq!(of(day("2026-09-08")).highest, Some((day("2026-09-08"), 90.0)));
    }

    fn sheet(since: Option<&str>, exposures: &[Exposure]) -> Sheet {
        let told = Counts { told: 2, opened: 1, notifications: 1, ..Counts::default() };
        let days = BTreeMap::from([(day("2026-08-31"), told), (day("2026-09-02"), told)]);
        let facts = ImpactFacts {
            today: day("2026-09-08"),
            since: since.map(day),
            days: &days,
            exposures,
            exposed: (day("2025-09-08"), day("2026-09-07")),
        };
        impact(&Texts::new(Language::En), &facts)
    }

    #[test]
    fn months_begin_when_there_was_something_to_count_and_are_summed() {
        let sheet = sheet(Some("2026-07-14"), &[]);
        let table = sheet.sections[1].table.as_ref().expect("a table");
        let names: Vec<_> = table.rows.iter().map(|row| row[0].as_str()).collect();
        assert_eq!(names, ["September 2026", "August 2026", "July 2026", "Together"]);
        let told: Vec<_> = table.rows.iter().map(|row| row[1].as_str()).collect();
        assert_eq!(told, ["2", "2", "0", "4"]);
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
    }

    #[test]
    fn of_what_is_long_ago_only_the_last_twelve_months_are_shown() {
        let sheet = sheet(Some("2020-01-01"), &[]);
        assert_eq!(sheet.sections[1].table.as_ref().expect("a table").rows.len(), 13);
    }

    #[test]
    fn where_there_is_nothing_to_count_no_row_of_noughts_says_so() {
        let sheet = sheet(None, &[]);
        assert!(sheet.sections.iter().all(|section| section.table.is_none()), "{sheet:?}");
    }

    #[test]
    fn no_known_day_is_not_no_day_above_the_guideline() {
        let exposure = |known, over| Exposure {
            place: "Lyon".to_owned(),
            pollutant: Pollutant::Pm25,
            over,
            known,
            highest: (known > 0).then(|| (day("2026-02-01"), 41.0)),
        };
        let sheet = sheet(Some("2026-09-01"), &[exposure(0, 0), exposure(200, 12)]);
        let section = &sheet.sections[2];
        let rows = &section.table.as_ref().expect("a table").rows;
        assert_eq!(rows[0][2..], ["–", "0", "–"]);
        assert_eq!(rows[1][2..], ["12", "200", "41\u{a0}µg/m³, 1 Feb 2026"]);
        assert_eq!(section.sources[0].publisher, "WHO");
    }
}
