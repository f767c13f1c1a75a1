//! An index at a place over the last hours, days or weeks, and how to read it.

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Timelike, Utc, Weekday};

use crate::credits;
use crate::decision::AlertId;
use crate::knowledge::{self, Known, State};
use crate::limits::{self, ordinary};
use crate::metric::{Metric, Phenomenon, Pollutant};
use crate::notification;
use crate::person::Person;
use crate::place::Place;
use crate::reading::{Reading, Target, midnight, next_day};
use crate::rule::Rule;
use crate::scale::Scale;
use crate::text::{Arg, Texts};
use crate::window::{
    DayAlert, DayPast, DayWhen, IndexDetail, IndexName, LimitLine, Period, ReadingLine,
};
use crate::words;

/// How many weeks a year is, the present one among them: the same week of the year before is there.
const WEEKS: u64 = 53;

/// How many days ahead may be shown, where something is known of them.
pub const AHEAD: u64 = 4;

/// An alert about the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastEpisode {
    /// The alert.
    pub alert: AlertId,
    /// The name of the person then; `None` for the unnamed one.
    pub person: Option<String>,
    /// Beginning of its episode.
    pub starts: DateTime<Utc>,
    /// Its end.
    pub ends: DateTime<Utc>,
}

/// What is stored of an index at a place.
#[derive(Debug, Clone, Copy)]
pub struct PastFacts<'a> {
    /// The place.
    pub place: &'a Place,
    /// The metric; one that has levels or figures.
    pub metric: Metric,
    /// How far back to look; of what has no hours, a week in the place of a day.
    pub period: Period,
    /// The metrics of which something is stored.
    pub stored: &'a [Metric],
    /// What is known of it now.
    pub known: &'a [Known],
    /// The readings that count, from [`first_day`] on.
    pub series: &'a [Reading],
    /// The first day of which anything was ever stored.
    pub since: Option<NaiveDate>,
    /// The alerts about it.
    pub episodes: &'a [PastEpisode],
    /// Everybody.
    pub people: &'a [Person],
}

/// The first day that is shown at `now`.
#[must_use]
pub fn first_day(place: &Place, period: Period, now: DateTime<Utc>) -> NaiveDate {
    let today = now.with_timezone(&place.time_zone).date_naive();
    let (from, days) = match period {
        Period::Day => (today, 0),
        Period::Week => (today, 6),
        Period::Month => (today, 29),
        Period::Year => (today.week(Weekday::Mon).first_day(), 7 * (WEEKS - 1)),
    };
    from.checked_sub_days(Days::new(days)).unwrap_or(from)
}

/// The metrics that can be looked at: those of which somebody publishes levels or figures here day
/// after day.
#[must_use]
pub fn metrics(place: &Place) -> Vec<Metric> {
    let shown = |metric: &Metric| {
        let is_published = !knowledge::sources(*metric, place).is_empty();
        is_published && !knowledge::is_slow(*metric) && can_be_drawn(*metric, place)
    };
    Metric::all().into_iter().filter(shown).collect()
}

fn can_be_drawn(metric: Metric, place: &Place) -> bool {
    knowledge::rule_scale(metric, place).is_some() || metric.unit().is_some()
}

/// The last days of an index, in words; `None` for what has neither levels nor figures.
#[must_use]
pub fn index(texts: &Texts, facts: &PastFacts<'_>, now: DateTime<Utc>) -> Option<IndexDetail> {
    let (place, metric) = (facts.place, facts.metric);
    if !can_be_drawn(metric, place) {
        return None;
    }
    let scale = knowledge::rule_scale(metric, place);
    let hourly = knowledge::is_hourly(metric, place);
    let period = if hourly || facts.period != Period::Day { facts.period } else { Period::Week };
    let facts = &PastFacts { period, ..*facts };
    let today = now.with_timezone(&place.time_zone).date_naive();
    let concerned = facts.people.iter().filter(|person| person.profile.concerns(place.id));
    let has_rules = Metric::with_rules().contains(&metric);
    let limit = |person: &Person| {
        let rules = person.profile.rules();
        let rule = ordinary(&rules, metric);
        Some(LimitLine {
            who: notification::who(texts, person.name.as_deref()),
            level: rule.map(Rule::level),
            label: limits::in_words(texts, metric, rule, scale?),
        })
    };
    let publishers = knowledge::sources(metric, place);
    let (days, axis) = columns(texts, facts, now);
    let periods = [Period::Day, Period::Week, Period::Month, Period::Year];
    Some(IndexDetail {
        place: place.name.clone(),
        metric,
        name: name(texts, metric),
        indices: indices(texts, facts),
        today: of_today(texts, facts, now),
        scale,
        labels: scale.map_or_else(Vec::new, |scale| {
            (1..=scale.levels()).map(|level| texts.label(scale, level)).collect()
        }),
        definition: match scale {
            Some(scale) => texts.definition(scale),
            None if metric == Metric::ApparentTemperature => texts.get("definition-temperature"),
            None => texts.get("definition-concentration"),
        },
        period,
        periods: periods.into_iter().filter(|it| hourly || *it != Period::Day).collect(),
        days,
        axis,
        since: facts.since.map(|since| {
            let day = texts.day(since, today);
            let args: [Arg<'_>; 3] = [
                ("day", day.into()),
                ("named", if since.year() == today.year() { "no" } else { "yes" }.into()),
                ("year", since.year().to_string().into()),
            ];
            texts.format("stored-since", args)
        }),
        limits: concerned.filter(|_| has_rules).filter_map(limit).collect(),
        publishers: publishers
            .iter()
            .filter_map(|it| credits::of_source(texts, *it))
            .map(|credit| credit.to_markup(texts))
            .collect(),
    })
}

/// The name of an index: the concentrations are called as the sub-indices are, but for the unit.
fn name(texts: &Texts, metric: Metric) -> String {
    let name = texts.metric(metric);
    match (metric, metric.unit()) {
        (Metric::Concentration(_), Some(unit)) => {
            texts.format("metric-in-unit", [("metric", name.into()), ("unit", unit.into())])
        }
        _ => name,
    }
}

/// What stands together: a whole with its parts.
#[derive(Clone, Copy, PartialEq)]
enum Family {
    Air,
    Concentrations,
    Pollen,
    Episodes,
    Vigilance,
    Alone(Metric),
}

fn family(metric: Metric) -> Family {
    match metric {
        Metric::Air | Metric::AirOf(_) => Family::Air,
        Metric::Concentration(_) => Family::Concentrations,
        Metric::Pollen | Metric::PollenOf(_) => Family::Pollen,
        Metric::Episode(_) => Family::Episodes,
        Metric::Vigilance(_) => Family::Vigilance,
        Metric::Uv
        | Metric::ApparentTemperature
        | Metric::Water
        | Metric::Radon
        | Metric::Combined(_) => Family::Alone(metric),
    }
}

/// The indices of the place of which something is stored: of each family the whole, and the parts
/// of the one that is shown. Concentrations, vigilance and episodes have no whole: the first
/// part stands for it.
fn indices(texts: &Texts, facts: &PastFacts<'_>) -> Vec<IndexName> {
    let mut shown = metrics(facts.place);
    shown.retain(|it| *it == facts.metric || facts.stored.contains(it));
    let first = |of: &[Metric]| of.iter().copied().find(|it| shown.contains(it));
    let concentrations = first(&Pollutant::ALL.map(Metric::Concentration));
    let dangers = first(&Phenomenon::ALL.map(Metric::Vigilance));
    let episodes = first(&Pollutant::ALL.map(Metric::Episode));
    let mut names = Vec::new();
    for metric in shown.iter().copied() {
        let whole = matches!(family(metric), Family::Alone(_))
            || matches!(metric, Metric::Air | Metric::Pollen);
        let of_family = match metric {
            _ if Some(metric) == concentrations => Some(texts.get("concentrations")),
            _ if Some(metric) == dangers => Some(texts.scale(Scale::Vigilance)),
            _ if Some(metric) == episodes => Some(texts.get("episodes")),
            _ => None,
        };
        names.extend(of_family.map(|name| IndexName { metric, name, part: false }));
        if whole || family(metric) == family(facts.metric) {
            names.push(IndexName { metric, name: name(texts, metric), part: !whole });
        }
    }
    names
}

/// What is known of the index now: the first is the day or the present hour, an old value comes
/// before it.
fn of_today(texts: &Texts, facts: &PastFacts<'_>, now: DateTime<Utc>) -> Option<ReadingLine> {
    let zone = facts.place.time_zone;
    let known = facts.known.iter().find(|known| known.state != State::Stale)?;
    Some(words::line(texts, &words::known_status(texts, facts.place, known), zone, now))
}

/// An hour, a day or a week.
struct Span {
    name: String,
    mark: Option<String>,
    starts: DateTime<Utc>,
    ends: DateTime<Utc>,
}

/// What the period is made of, the oldest first.
fn spans(texts: &Texts, facts: &PastFacts<'_>, now: DateTime<Utc>) -> Vec<Span> {
    let zone = facts.place.time_zone;
    let today = now.with_timezone(&zone).date_naive();
    let first = first_day(facts.place, facts.period, now);
    let known_to = facts.series.iter().map(|reading| reading.target.day(zone)).max();
    let horizon = today.checked_add_days(Days::new(AHEAD)).unwrap_or(today);
    let last = known_to.unwrap_or(today).clamp(today, horizon);
    let days = first.iter_days().take_while(|date| *date <= last);
    let day = |date: NaiveDate, marked: bool| {
        let (starts, ends) = Target::Day(date).span(zone);
        let mark = marked.then(|| texts.date_short(date));
        Span { name: texts.day(date, today), mark, starts, ends }
    };
    match facts.period {
        Period::Day => {
            let mut spans = Vec::new();
            let mut starts = midnight(today, zone);
            while starts < midnight(next_day(today), zone) {
                let local = starts.with_timezone(&zone);
                let name = local.format("%H:%M").to_string();
                let mark = local.hour().is_multiple_of(6).then(|| name.clone());
                let ends = starts + TimeDelta::hours(1);
                spans.push(Span { name, mark, starts, ends });
                starts = ends;
            }
            spans
        }
        // Every other day: dates need more room than days.
        Period::Week => days.enumerate().map(|(n, date)| day(date, n.is_multiple_of(2))).collect(),
        Period::Month => days.map(|date| day(date, date.weekday() == Weekday::Mon)).collect(),
        Period::Year => first
            .iter_weeks()
            .take_while(|monday| *monday <= today)
            .map(|monday| {
                let sunday = monday.week(Weekday::Mon).last_day();
                // The week in which a quarter begins.
                let month = sunday.month();
                let begins = sunday.day() <= 7 && month % 3 == 1;
                Span {
                    name: texts.format("week-of", [("day", texts.date_short(monday).into())]),
                    mark: begins.then(|| texts.get(&format!("month-short-{month}"))),
                    starts: midnight(monday, zone),
                    ends: midnight(next_day(sunday), zone),
                }
            })
            .collect(),
    }
}

/// The columns of the period, and of what has no scale the lowest and the highest figure.
fn columns(
    texts: &Texts,
    facts: &PastFacts<'_>,
    now: DateTime<Utc>,
) -> (Vec<DayPast>, Vec<String>) {
    let (zone, metric) = (facts.place.time_zone, facts.metric);
    let has_scale = knowledge::rule_scale(metric, facts.place).is_some();
    let spans = spans(texts, facts, now);
    let readings = |span: &Span| -> Vec<&Reading> {
        let within = |reading: &&Reading| {
            let (starts, _) = reading.target.span(zone);
            // What is no level of its scale says nothing, least of all that all is well.
            let said = match reading.scale {
                Some(scale) => reading.level.and_then(|level| scale.colour(level)).is_some(),
                None => reading.value.is_some(),
            };
            said && span.starts <= starts && starts < span.ends
        };
        facts.series.iter().filter(within).collect()
    };
    let known: Vec<(Vec<&Reading>, Option<&Reading>)> = spans
        .iter()
        .map(|span| {
            let readings = readings(span);
            let worst = worst(&readings);
            (readings, worst)
        })
        .collect();
    let values = known.iter().filter_map(|(_, worst)| worst.and_then(|it| it.value));
    let values: Vec<f64> = values.filter(|_| !has_scale).collect();
    let lowest = values.iter().copied().min_by(f64::total_cmp);
    let highest = values.iter().copied().max_by(f64::total_cmp);
    let axis = lowest.zip(highest);
    let days = spans.into_iter().zip(known).map(|(span, (readings, worst))| {
        let during =
            |episode: &&PastEpisode| episode.starts < span.ends && span.starts < episode.ends;
        let height = worst.and_then(|it| it.value).zip(axis);
        DayPast {
            when: match (span.ends <= now, span.starts <= now) {
                (true, _) => DayWhen::Past,
                (_, true) => DayWhen::Today,
                (_, false) => DayWhen::Ahead,
            },
            line: worst.map(|worst| line(texts, facts, worst, &readings, span.ends <= now, now)),
            height: height.map(|(value, (lowest, highest))| thousandths(value, lowest, highest)),
            alerts: facts.episodes.iter().filter(during).map(|it| alert(texts, it)).collect(),
            name: span.name,
            mark: span.mark,
        }
    });
    let said = |value: f64| words::value_of(texts, metric, value, metric.unit());
    let axis = axis.map_or_else(Vec::new, |(lowest, highest)| vec![said(lowest), said(highest)]);
    (days.collect(), axis)
}

/// How high a value is between two; in the middle where they are the same.
fn thousandths(value: f64, lowest: f64, highest: f64) -> u16 {
    let share = (value - lowest) / (highest - lowest);
    let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.5 };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and 1000"
    )]
    let thousandths = (share * 1000.0).round() as u16;
    thousandths
}

fn alert(texts: &Texts, episode: &PastEpisode) -> DayAlert {
    let who = notification::who(texts, episode.person.as_deref());
    DayAlert { id: episode.alert, who }
}

/// The hours of a day of which at least so many are to be known for its worst hour to stand for it.
pub(crate) const HOURS_OF_A_DAY: usize = 18;

/// What stands for a day: its only reading, or of an hourly index its worst hour.
fn worst<'a>(readings: &[&'a Reading]) -> Option<&'a Reading> {
    // The first of the highest; an event, which has no rank, stands above all.
    let of_level = readings.iter().rev().max_by_key(|reading| reading.level)?;
    if of_level.level.is_some() {
        return Some(*of_level);
    }
    let value = |reading: &Reading| reading.value.unwrap_or(f64::NEG_INFINITY);
    readings.iter().rev().max_by(|one, other| value(one).total_cmp(&value(other))).copied()
}

/// The worst of some readings in words, and whether many are missing beside it.
fn line(
    texts: &Texts,
    facts: &PastFacts<'_>,
    worst: &Reading,
    readings: &[&Reading],
    over: bool,
    now: DateTime<Utc>,
) -> ReadingLine {
    let zone = facts.place.time_zone;
    // What it was worth for its day, not what it is worth now that the day is past.
    let status = words::reading_status(texts, State::Current, worst, zone);
    let line = words::line(texts, &status, zone, now);
    let hourly = knowledge::is_hourly(facts.metric, facts.place);
    let mut days: Vec<_> = readings.iter().map(|reading| reading.target.day(zone)).collect();
    days.dedup();
    let few = match facts.period {
        Period::Day => None,
        Period::Year => Some(("days-known", days.len())).filter(|(_, days)| over && *days < 7),
        Period::Week | Period::Month => Some(("hours-known", readings.len()))
            .filter(|(_, hours)| hourly && *hours < HOURS_OF_A_DAY),
    };
    let few = few.map(|(key, count)| texts.format(key, [("count", count.into())]));
    ReadingLine { caveat: few.or(line.caveat.clone()), ..line }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::person::{PersonId, profile};
    use crate::place::{CommuneRef, Coordinates, PlaceId};
    use crate::reading::{Basis, Source, Zone};
    use crate::scale::EVENT;
    use crate::text::Language;

    fn place(commune: bool) -> Place {
        Place {
            id: PlaceId(1),
            name: "Lyon".to_owned(),
            commune: commune.then(|| CommuneRef {
                code: "69123".to_owned(),
                name: "Lyon".to_owned(),
                epci: None,
                departement: "69".to_owned(),
            }),
            coordinates: Coordinates::new(45.76, 4.84),
            time_zone: chrono_tz::Tz::Europe__Paris,
        }
    }

    fn now() -> DateTime<Utc> {
        "2026-09-08T14:00:00Z".parse().expect("a moment")
    }

    fn reading(target: Target, level: u8, scale: Scale) -> Reading {
        Reading {
            source: Source::AtmoFrance,
            zone: Zone { code: "69123".to_owned(), name: "Lyon".to_owned() },
            metric: Metric::Air,
            scale: Some(scale),
            target,
            basis: Basis::Official,
            level: Some(level),
            value: None,
            published_at: Some(now()),
            fetched_at: now(),
            hours: 1,
            note: None,
        }
    }

    fn day(date: &str, level: u8) -> Reading {
        reading(Target::Day(date.parse().expect("a date")), level, Scale::Atmo2021)
    }

    fn lyon(place: &Place, series: &[Reading], people: &[Person]) -> IndexDetail {
        let starts = "2026-09-01T22:00:00Z".parse().expect("a moment");
        let ends = starts + TimeDelta::days(2);
        let episode = PastEpisode { alert: AlertId(4), person: None, starts, ends };
        let facts = PastFacts {
            place,
            metric: Metric::Air,
            period: Period::Month,
            stored: &[Metric::Air, Metric::Uv],
            known: &[],
            series,
            since: Some("2026-09-01".parse().expect("a date")),
            episodes: &[episode],
            people,
        };
        index(&Texts::new(Language::En), &facts, now()).expect("air has a scale")
    }

    #[test]
    fn thirty_days_end_today_and_those_ahead_follow_as_far_as_they_are_known() {
        let detail = lyon(&place(true), &[day("2026-09-01", 2), day("2026-09-10", 3)], &[]);
        let past = detail.days.iter().filter(|day| day.when != DayWhen::Ahead).count();
        assert_eq!((past, detail.days.len()), (30, 32));
        assert_eq!(detail.days[29].name, "today");
        assert_eq!(detail.days[0].name, "Monday 10 August");
        assert_eq!(detail.days[0].mark.as_deref(), Some("10 Aug"));
        assert_eq!(detail.days.iter().filter(|day| day.mark.is_some()).count(), 5);
        assert_eq!(
            detail.since.as_deref(),
            Some("The first day stored here is Tuesday 1 September.")
        );
    }

    #[test]
    fn a_day_of_which_nothing_is_stored_has_no_level() {
        let detail = lyon(&place(true), &[day("2026-09-07", 2)], &[]);
        let known: Vec<_> = detail.days.iter().filter(|day| day.line.is_some()).collect();
        assert_eq!(known.len(), 1);
        assert_eq!(known[0].name, "yesterday");
        let line = known[0].line.as_ref().expect("it is known");
        // Nothing about it is old: it was published for that day.
        assert_eq!((line.reading.level, line.reading.state), (Some(2), State::Current));
    }

    #[test]
    fn a_day_says_which_alerts_it_was_part_of() {
        let detail = lyon(&place(true), &[], &[]);
        let of_alert: Vec<_> = detail
            .days
            .iter()
            .filter(|day| day.alerts.iter().any(|it| it.who == "you"))
            .map(|day| &day.name)
            .collect();
        assert_eq!(of_alert, ["Wednesday 2 September", "Thursday 3 September"]);
    }

    #[test]
    fn an_hourly_index_stands_for_a_day_by_its_worst_hour_and_says_when_few_are_known() {
        let hours = |of: u32| {
            let first: DateTime<Utc> = "2026-09-06T22:00:00Z".parse().expect("a moment");
            (0..of).map(move |n| {
                let target = Target::Hour(first + TimeDelta::hours(n.into()));
                reading(target, if n == 4 { 3 } else { 1 }, Scale::Eaqi2024)
            })
        };
        for (of, caveat) in [(24, None), (5, Some("Only 5 of the day’s hours are known"))] {
            let detail = lyon(&place(false), &hours(of).collect::<Vec<_>>(), &[]);
            let yesterday = detail.days[28].line.as_ref().expect("it is known");
            assert_eq!(yesterday.reading.level, Some(3));
            assert_eq!(yesterday.caveat.as_deref(), caveat);
        }
    }

    #[test]
    fn an_event_stands_above_every_level() {
        let readings = [day("2026-09-07", EVENT)];
        let detail = lyon(&place(true), &readings, &[]);
        let line = detail.days[28].line.as_ref().expect("it is known");
        assert_eq!(line.reading.label.as_deref(), Some("Event"));
    }

    #[test]
    fn everybody_whom_the_place_concerns_has_their_limit_beside_it() {
        let person = |id, name: Option<&str>, entries: &[(&str, &str)]| Person {
            id: PersonId(id),
            name: name.map(str::to_owned),
            profile: profile(entries),
        };
        let people = [
            person(1, None, &[("level.air", "off")]),
            person(2, Some("Léa"), &[("conditions", "asthma")]),
            person(3, Some("Zoé"), &[("places", "2")]),
        ];
        let limits = lyon(&place(true), &[], &people).limits;
        let limits: Vec<_> =
            limits.iter().map(|it| (it.who.as_str(), it.level, it.label.as_str())).collect();
        assert_eq!(limits, [("you", None, "never"), ("Léa", Some(3), "from “Moderate” up")]);
    }

    /// Figures of PM2.5 in Lyon by the hour, from a moment on.
    fn figures(first: &str, values: &[f64]) -> Vec<Reading> {
        let first: DateTime<Utc> = first.parse().expect("a moment");
        let of_hour = |(hour, value): (i64, &f64)| Reading {
            metric: Metric::Concentration(Pollutant::Pm25),
            scale: None,
            level: None,
            value: Some(*value),
            ..reading(Target::Hour(first + TimeDelta::hours(hour)), 1, Scale::Atmo2021)
        };
        (0..).zip(values).map(of_hour).collect()
    }

    fn looked_at(metric: Metric, period: Period, series: &[Reading]) -> Option<IndexDetail> {
        let place = place(true);
        let stored = [
            Metric::Air,
            Metric::AirOf(Pollutant::O3),
            Metric::Uv,
            Metric::Vigilance(Phenomenon::Heat),
            Metric::Vigilance(Phenomenon::Wind),
        ];
        let facts = PastFacts {
            place: &place,
            metric,
            period,
            stored: &stored,
            known: &[],
            series,
            since: None,
            episodes: &[],
            people: &[],
        };
        index(&Texts::new(Language::En), &facts, now())
    }

    const PM25: Metric = Metric::Concentration(Pollutant::Pm25);

    #[test]
    fn what_has_no_scale_has_an_axis_of_its_own_figures() {
        let series = figures("2026-09-06T22:00:00Z", &[4.0; 24])
            .into_iter()
            .chain(figures("2026-09-07T22:00:00Z", &[12.0, 20.0, 12.0]));
        let series: Vec<_> = series.collect();
        let detail = looked_at(PM25, Period::Month, &series).expect("it has figures");
        assert_eq!((detail.scale, detail.labels.len()), (None, 0));
        assert_eq!(detail.name, "PM2.5 particles in µg/m³");
        assert_eq!(detail.axis, ["4.0\u{a0}µg/m³", "20\u{a0}µg/m³"]);
        let heights: Vec<_> = detail.days.iter().filter_map(|day| day.height).collect();
        assert_eq!(heights, [0, 1000]);
        assert_eq!(detail.days.iter().filter(|day| day.line.is_some()).count(), 2);
    }

    #[test]
    fn a_day_is_looked_at_hour_by_hour_where_there_are_hours() {
        let series = figures("2026-09-07T22:00:00Z", &[3.0, 5.0, 3.0]);
        let detail = looked_at(PM25, Period::Day, &series).expect("it has figures");
        let hours: Vec<_> = detail.days.iter().map(|hour| hour.name.as_str()).collect();
        assert_eq!((hours.len(), hours[0], hours[23]), (24, "00:00", "23:00"));
        let known: Vec<_> = detail.days.iter().filter(|hour| hour.line.is_some()).collect();
        assert_eq!(known.len(), 3);
        let of_now: Vec<_> = detail.days.iter().filter(|it| it.when == DayWhen::Today).collect();
        assert!(matches!(of_now.as_slice(), [one] if one.name == "16:00"));
        assert!(detail.periods.contains(&Period::Day));

        let air = looked_at(Metric::Air, Period::Day, &[]).expect("it has levels");
        assert_eq!((air.period, air.days.len()), (Period::Week, 7));
        assert!(!air.periods.contains(&Period::Day));
    }

    #[test]
    fn a_year_has_a_column_for_each_week_with_its_worst_day_and_says_what_is_missing() {
        let readings = [day("2026-08-31", 2), day("2026-09-03", 4), day("2025-09-10", 3)];
        let detail = looked_at(Metric::Air, Period::Year, &readings).expect("it has levels");
        assert_eq!(detail.days.len(), 53);
        let last = &detail.days[51];
        assert_eq!(last.name, "week of 31 Aug");
        let line = last.line.as_ref().expect("it is known");
        assert_eq!(line.reading.level, Some(4));
        assert_eq!(line.caveat.as_deref(), Some("Only 2 of the week’s days are known"));
        assert_eq!((detail.days[52].when, detail.days[52].line.is_some()), (DayWhen::Today, false));
        assert!(detail.days[0].line.is_some(), "the same week of the year before");
        let marks: Vec<_> = detail.days.iter().filter_map(|week| week.mark.as_deref()).collect();
        assert_eq!(marks, ["Oct", "Jan", "Apr", "July"]);
    }

    #[test]
    fn what_is_no_level_of_the_scale_is_a_gap_and_never_good() {
        let detail = lyon(&place(true), &[day("2026-09-07", 0)], &[]);
        assert!(detail.days.iter().all(|day| day.line.is_none()));
    }

    #[test]
    fn vigilance_is_one_index_among_the_others_until_it_is_looked_at() {
        let names = |metric| -> Vec<(String, bool)> {
            let detail = looked_at(metric, Period::Month, &[]).expect("it has levels");
            detail.indices.into_iter().map(|it| (it.name, it.part)).collect()
        };
        let name = |name: &str, part| (name.to_owned(), part);
        assert_eq!(
            names(Metric::Uv),
            [name("air", false), name("UV", false), name("weather vigilance", false)]
        );
        let of_heat = names(Metric::Vigilance(Phenomenon::Heat));
        assert!(of_heat.contains(&name("weather warning for heat", true)), "{of_heat:?}");
        assert!(of_heat.contains(&name("weather warning for violent wind", true)));
        assert!(names(Metric::Air).contains(&name("ozone", true)));
    }

    #[test]
    fn what_has_neither_levels_nor_figures_cannot_be_looked_at() {
        assert_eq!(looked_at(Metric::Water, Period::Month, &[]), None);
        assert!(!metrics(&place(true)).contains(&Metric::Water));
        assert!(!metrics(&place(false)).contains(&Metric::Vigilance(Phenomenon::Heat)));
    }
}
