//! An index at a place over the last days, and how to read it.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc, Weekday};

use crate::credits;
use crate::decision::AlertId;
use crate::knowledge::{self, Known, State};
use crate::limits::{self, ordinary};
use crate::metric::Metric;
use crate::notification;
use crate::person::Person;
use crate::place::Place;
use crate::reading::{Reading, Target};
use crate::rule::Rule;
use crate::text::{Arg, Texts};
use crate::window::{DayAlert, DayPast, DayWhen, IndexDetail, IndexName, LimitLine, ReadingLine};
use crate::words;

/// How many days are shown, today among them.
pub const DAYS: u64 = 30;

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
    /// The metric; one that has a scale.
    pub metric: Metric,
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
pub fn first_day(place: &Place, now: DateTime<Utc>) -> NaiveDate {
    let today = now.with_timezone(&place.time_zone).date_naive();
    today.checked_sub_days(Days::new(DAYS - 1)).unwrap_or(today)
}

/// The metrics that can be looked at: those that have levels.
#[must_use]
pub fn metrics(place: &Place) -> Vec<Metric> {
    let has_levels = |metric: &Metric| knowledge::rule_scale(*metric, place).is_some();
    Metric::all().into_iter().filter(has_levels).collect()
}

/// The last days of an index, in words; `None` for a metric without a scale.
#[must_use]
pub fn index(texts: &Texts, facts: &PastFacts<'_>, now: DateTime<Utc>) -> Option<IndexDetail> {
    let (place, metric) = (facts.place, facts.metric);
    let scale = knowledge::rule_scale(metric, place)?;
    let today = now.with_timezone(&place.time_zone).date_naive();
    let part = |metric| matches!(metric, Metric::AirOf(_) | Metric::PollenOf(_));
    let indices =
        metrics(place).into_iter().filter(|it| *it == metric || facts.stored.contains(it));
    let concerned = facts.people.iter().filter(|person| person.profile.concerns(place.id));
    let has_rules = Metric::with_rules().contains(&metric);
    let limit = |person: &Person| {
        let rules = person.profile.rules();
        let rule = ordinary(&rules, metric);
        LimitLine {
            who: notification::who(texts, person.name.as_deref()),
            level: rule.map(Rule::level),
            label: limits::in_words(texts, rule, scale),
        }
    };
    let publishers = knowledge::sources(metric, place);
    Some(IndexDetail {
        place: place.name.clone(),
        metric,
        name: texts.metric(metric),
        indices: indices
            .map(|it| IndexName { metric: it, name: texts.metric(it), part: part(it) })
            .collect(),
        today: of_today(texts, facts, now),
        scale,
        labels: (1..=scale.levels()).map(|level| texts.label(scale, level)).collect(),
        definition: scale.definition(texts.language()).to_owned(),
        days: days(texts, facts, today, now),
        since: facts.since.map(|since| {
            let day = texts.day(since, today);
            let args: [Arg<'_>; 3] = [
                ("day", day.into()),
                ("named", if since.year() == today.year() { "no" } else { "yes" }.into()),
                ("year", since.year().to_string().into()),
            ];
            texts.format("stored-since", args)
        }),
        limits: concerned.filter(|_| has_rules).map(limit).collect(),
        publishers: publishers.iter().filter_map(|it| credits::of_source(texts, *it)).collect(),
    })
}

/// What is known of the index now: the first is the day or the present hour, an old value comes
/// before it.
fn of_today(texts: &Texts, facts: &PastFacts<'_>, now: DateTime<Utc>) -> Option<ReadingLine> {
    let zone = facts.place.time_zone;
    let known = facts.known.iter().find(|known| known.state != State::Stale)?;
    Some(words::line(texts, &words::known_status(texts, facts.place, known), zone, now))
}

fn days(
    texts: &Texts,
    facts: &PastFacts<'_>,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Vec<DayPast> {
    let zone = facts.place.time_zone;
    let of_day = |date: NaiveDate| {
        facts.series.iter().filter(move |reading| reading.target.day(zone) == date)
    };
    let first = first_day(facts.place, now);
    let known_to = facts.series.iter().map(|reading| reading.target.day(zone)).max();
    let horizon = today.checked_add_days(Days::new(AHEAD)).unwrap_or(today);
    let last = known_to.unwrap_or(today).clamp(today, horizon);
    first
        .iter_days()
        .take_while(|date| *date <= last)
        .map(|date| {
            let (starts, ends) = Target::Day(date).span(zone);
            let during = |episode: &&PastEpisode| episode.starts < ends && starts < episode.ends;
            DayPast {
                name: texts.day(date, today),
                mark: (date.weekday() == Weekday::Mon).then(|| texts.date_short(date)),
                when: match date.cmp(&today) {
                    std::cmp::Ordering::Less => DayWhen::Past,
                    std::cmp::Ordering::Equal => DayWhen::Today,
                    std::cmp::Ordering::Greater => DayWhen::Ahead,
                },
                line: worst(texts, facts, &of_day(date).collect::<Vec<_>>(), now),
                alerts: facts.episodes.iter().filter(during).map(|it| alert(texts, it)).collect(),
            }
        })
        .collect()
}

fn alert(texts: &Texts, episode: &PastEpisode) -> DayAlert {
    let who = notification::who(texts, episode.person.as_deref());
    DayAlert { id: episode.alert, who }
}

/// The hours of a day of which at least so many are to be known for its worst hour to stand for it.
const HOURS_OF_A_DAY: usize = 18;

/// What stands for a day: its only reading, or of an hourly index its worst hour.
fn worst(
    texts: &Texts,
    facts: &PastFacts<'_>,
    readings: &[&Reading],
    now: DateTime<Utc>,
) -> Option<ReadingLine> {
    let hourly = knowledge::is_hourly(facts.metric, facts.place);
    // The first of the highest; an event, which has no rank, stands above all.
    let worst = readings.iter().rev().max_by_key(|reading| reading.level)?;
    // What it was worth for its day, not what it is worth now that the day is past.
    let status = words::reading_status(texts, State::Current, worst, facts.place.time_zone);
    let line = words::line(texts, &status, facts.place.time_zone, now);
    let few = hourly && readings.len() < HOURS_OF_A_DAY;
    let args: [Arg<'_>; 1] = [("count", readings.len().into())];
    let caveat = if few { Some(texts.format("hours-known", args)) } else { line.caveat };
    Some(ReadingLine { caveat, ..line })
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::person::{PersonId, profile};
    use crate::place::{CommuneRef, Coordinates, PlaceId};
    use crate::reading::{Basis, Source, Zone};
    use crate::scale::{EVENT, Scale};
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
}
