//! An index at a place: what is known of it now, how to read it, whose limits count.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use crate::credits;
use crate::decision::AlertId;
use crate::knowledge::{self, Known, State};
use crate::limits::{self, ordinary};
use crate::metric::{Metric, Phenomenon, Pollutant};
use crate::notification;
use crate::person::Person;
use crate::place::Place;
use crate::reading::Reading;
use crate::rule::Rule;
use crate::scale::Scale;
use crate::text::{Arg, Texts};
use crate::window::{DayAlert, IndexDetail, IndexName, LimitLine, ReadingLine};
use crate::words;

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
    /// The metrics of which something is stored.
    pub stored: &'a [Metric],
    /// What is known of it now.
    pub known: &'a [Known],
    /// The first day of which anything was ever stored.
    pub since: Option<NaiveDate>,
    /// Everybody.
    pub people: &'a [Person],
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

/// Whether a metric has levels or figures at a place.
#[must_use]
pub fn can_be_drawn(metric: Metric, place: &Place) -> bool {
    knowledge::rule_scale(metric, place).is_some() || metric.unit().is_some()
}

/// An index in words; `None` for what has neither levels nor figures.
#[must_use]
pub fn index(texts: &Texts, facts: &PastFacts<'_>, now: DateTime<Utc>) -> Option<IndexDetail> {
    let (place, metric) = (facts.place, facts.metric);
    if !can_be_drawn(metric, place) {
        return None;
    }
    let scale = knowledge::rule_scale(metric, place);
    let today = now.with_timezone(&place.time_zone).date_naive();
    let publishers = knowledge::sources(metric, place);
    Some(IndexDetail {
        place: place.name.clone(),
        metric,
        name: name(texts, metric),
        indices: indices(texts, place, metric, facts.stored),
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
        since: facts.since.map(|since| stored_since(texts, since, today)),
        limits: limits_at(texts, place, metric, facts.people),
        publishers: publishers
            .iter()
            .filter_map(|it| credits::of_source(texts, *it))
            .map(|credit| credit.to_markup(texts))
            .collect(),
    })
}

/// From when on something is stored, in a sentence.
pub(crate) fn stored_since(texts: &Texts, since: NaiveDate, today: NaiveDate) -> String {
    let args: [Arg<'_>; 3] = [
        ("day", texts.day(since, today).into()),
        ("named", if since.year() == today.year() { "no" } else { "yes" }.into()),
        ("year", since.year().to_string().into()),
    ];
    texts.format("stored-since", args)
}

/// The limits of the people whom a place concerns; none on a metric without rules.
pub(crate) fn limits_at(
    texts: &Texts,
    place: &Place,
    metric: Metric,
    people: &[Person],
) -> Vec<LimitLine> {
    let scale = knowledge::rule_scale(metric, place);
    let scale = scale.filter(|_| Metric::with_rules().contains(&metric));
    let limit = |person: &Person| {
        let rules = person.profile.rules();
        let rule = ordinary(&rules, metric);
        Some(LimitLine {
            who: notification::who(texts, person.name.as_deref()),
            level: rule.map(Rule::level),
            label: limits::in_words(texts, metric, rule, scale?),
        })
    };
    let concerned = people.iter().filter(|person| person.profile.concerns(place.id));
    concerned.filter_map(limit).collect()
}

/// The name of an index: the concentrations are called as the sub-indices are, but for the unit.
pub(crate) fn name(texts: &Texts, metric: Metric) -> String {
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
pub(crate) fn indices(
    texts: &Texts,
    place: &Place,
    looked_at: Metric,
    stored: &[Metric],
) -> Vec<IndexName> {
    let mut shown = metrics(place);
    shown.retain(|it| *it == looked_at || stored.contains(it));
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
        if whole || family(metric) == family(looked_at) {
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

pub(crate) fn alert(texts: &Texts, episode: &PastEpisode) -> DayAlert {
    let who = notification::who(texts, episode.person.as_deref());
    DayAlert { id: episode.alert, who }
}

/// The hours of a day of which at least so many are to be known for its worst hour to stand for it.
pub(crate) const HOURS_OF_A_DAY: usize = 18;

/// What stands for a day: its only reading, or of an hourly index its worst hour.
pub(crate) fn worst<'a>(readings: &[&'a Reading]) -> Option<&'a Reading> {
    // The first of the highest; an event, which has no rank, stands above all.
    let of_level = readings.iter().rev().max_by_key(|reading| reading.level)?;
    if of_level.level.is_some() {
        return Some(*of_level);
    }
    let value = |reading: &Reading| reading.value.unwrap_or(f64::NEG_INFINITY);
    readings.iter().rev().max_by(|one, other| value(one).total_cmp(&value(other))).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::person::{PersonId, profile};
    use crate::place::{CommuneRef, Coordinates, PlaceId};
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

    fn lyon(place: &Place, people: &[Person]) -> IndexDetail {
        let facts = PastFacts {
            place,
            metric: Metric::Air,
            stored: &[Metric::Air, Metric::Uv],
            known: &[],
            since: Some("2026-09-01".parse().expect("a date")),
            people,
        };
        index(&Texts::new(Language::En), &facts, now()).expect("air has a scale")
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
        let limits = lyon(&place(true), &people).limits;
        let limits: Vec<_> =
            limits.iter().map(|it| (it.who.as_str(), it.level, it.label.as_str())).collect();
        assert_eq!(limits, [("you", None, "never"), ("Léa", Some(3), "from “Moderate” up")]);
    }

    fn looked_at(metric: Metric) -> Option<IndexDetail> {
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
            stored: &stored,
            known: &[],
            since: None,
            people: &[],
        };
        index(&Texts::new(Language::En), &facts, now())
    }

    #[test]
    fn vigilance_is_one_index_among_the_others_until_it_is_looked_at() {
        let names = |metric| -> Vec<(String, bool)> {
            let detail = looked_at(metric).expect("it has levels");
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
        assert_eq!(looked_at(Metric::Water), None);
        assert!(!metrics(&place(true)).contains(&Metric::Water));
        assert!(!metrics(&place(false)).contains(&Metric::Vigilance(Phenomenon::Heat)));
    }
}
