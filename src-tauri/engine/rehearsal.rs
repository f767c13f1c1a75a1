//! The stored past lived through once more: what the rules of today would have told.

use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use ecosante_domain::combined;
use ecosante_domain::decision::{LOOK_BACK, Reason, Restraint};
use ecosante_domain::knowledge::{Candidate, can_count, series};
use ecosante_domain::limits;
use ecosante_domain::metric::Metric;
use ecosante_domain::person::{Person, PersonId, Profile, highest_limit, lowest_limit};
use ecosante_domain::place::Place;
use ecosante_domain::reading::{Reading, Target, midnight};
use ecosante_domain::rehearsal::{Look, Told, known_from, moments, rehearse};
use ecosante_domain::rule::{Rule, Trigger};
use ecosante_domain::text::{Arg, Texts};
use serde::Serialize;

use crate::engine::{Engine, Result};
use crate::error::EngineError;
use crate::store::{Reader, Result as StoreResult};

/// An alert that the rules of today would have told in the past.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Replayed {
    /// For whom; `None` for the unnamed one.
    pub person: Option<String>,
    /// What the person calls the place.
    pub place: String,
    /// The metric.
    pub metric: Metric,
    /// The name of the rule.
    pub rule: String,
    /// The limit.
    pub threshold: u8,
    /// Why then: `new`, `worse`, `reminder`.
    pub reason: Reason,
    /// The highest level ahead.
    pub level: u8,
    /// When it would have been told.
    pub at: DateTime<Utc>,
    /// The first target ahead at or above the limit.
    pub first: Target,
    /// The last one.
    pub last: Target,
    /// The day at the place on which it would have been told.
    pub day: NaiveDate,
}

/// What a limit would have told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RehearsedLimit {
    /// The value of `level.METRIC`: a level, for UV an index, or `off`.
    pub value: String,
    /// How many episodes it would have told.
    pub alerts: usize,
    /// In words: "In the last 30 days, 2 alerts: Lyon on 3 and 14 June."
    pub sentence: String,
}

impl Engine {
    /// What every rule of everybody would have told over the last days, in the order of time.
    ///
    /// Quiet hours and mutes are left out: what is told later is told all the same. What was
    /// published is known from the time of its publication on; where its producer gives none, from
    /// the beginning of its day at the latest.
    ///
    /// # Errors
    /// When the data file cannot be read.
    pub fn replay(&self, days: u32) -> Result<Vec<Replayed>> {
        let now = self.now().utc();
        let restraint = Restraint { lead: self.settings()?.lead, ..Restraint::default() };
        self.read(|reader| {
            let (places, people) = (reader.places()?, reader.people()?);
            let mut replayed = Vec::new();
            for place in &places {
                let mut past = Past::new(reader, place, days, now);
                let concerned = || people.iter().filter(|it| it.profile.concerns(place.id));
                let mut rules: Vec<(Rule, &Person)> = concerned()
                    .flat_map(|person| {
                        person.profile.rules().into_iter().map(move |it| (it, person))
                    })
                    .collect();
                // All rules of a metric after each other: what there was to look at is kept for one.
                rules.sort_by_key(|(rule, _)| rule.metric);
                let mut looked: Option<(Metric, Vec<Look>)> = None;
                for (rule, person) in &rules {
                    let together = matches!(rule.metric, Metric::Combined(_));
                    let kept = looked.take().filter(|(of, _)| *of == rule.metric && !together);
                    let looks = match kept {
                        Some((_, looks)) => looks,
                        None => past.looks(rule, &person.profile)?,
                    };
                    let told = rehearse(rule, &looks, place, restraint);
                    replayed.extend(told.iter().map(|it| replayed_of(person, place, rule, it)));
                    looked = Some((rule.metric, looks));
                }
            }
            replayed.sort_by_key(|it| (it.at, it.place.clone(), it.person.clone(), it.metric));
            Ok(replayed)
        })
    }

    /// What each limit that a person can set on a metric would have told them over the last days,
    /// the lowest limit first, "never" last: as [`ecosante_domain::limits::LimitView::choices`].
    ///
    /// # Errors
    /// [`EngineError::NoSuchPerson`], or a data file that cannot be read.
    pub fn rehearse_limits(
        &self,
        texts: &Texts,
        person: PersonId,
        metric: Metric,
        days: u32,
    ) -> Result<Vec<RehearsedLimit>> {
        let now = self.now().utc();
        let restraint = Restraint { lead: self.settings()?.lead, ..Restraint::default() };
        let rehearsed = self.read(|reader| {
            let people = reader.people()?;
            let Some(person) = people.iter().find(|it| it.id == person) else { return Ok(None) };
            let places = reader.places()?;
            let concerned: Vec<_> =
                places.iter().filter(|place| person.profile.concerns(place.id)).collect();
            let mut told: BTreeMap<u8, Vec<(&Place, Vec<Told>)>> = BTreeMap::new();
            let mut stored = false;
            for place in concerned {
                let mut past = Past::new(reader, place, days, now);
                let any = with_limit(&person.profile, metric, highest_limit(metric));
                let looks = past.looks(&any, &person.profile)?;
                stored |= looks.iter().any(|look| !look.readings.is_empty());
                for limit in lowest_limit(metric)..=highest_limit(metric) {
                    let rule = with_limit(&person.profile, metric, limit);
                    let mut of_place = rehearse(&rule, &looks, place, restraint);
                    of_place.retain(|told| told.reason == Reason::New);
                    told.entry(limit).or_default().push((place, of_place));
                }
            }
            let mut rehearsed: Vec<_> = told
                .into_iter()
                .map(|(limit, of_places)| RehearsedLimit {
                    value: limit.to_string(),
                    alerts: of_places.iter().map(|(_, told)| told.len()).sum(),
                    sentence: sentence(texts, &of_places, days, stored, now),
                })
                .collect();
            let none = sentence(texts, &[], days, stored, now);
            rehearsed.push(RehearsedLimit { value: "off".to_owned(), alerts: 0, sentence: none });
            Ok(Some(rehearsed))
        })?;
        rehearsed.ok_or_else(|| EngineError::NoSuchPerson { name: person.0.to_string() })
    }
}

/// The rule that a person would have on a metric with another limit.
fn with_limit(profile: &Profile, metric: Metric, limit: u8) -> Rule {
    let mut other = profile.clone();
    // Every limit that is asked about can be set, so this cannot be refused.
    let _ = other.set(&format!("level.{metric}"), &limit.to_string());
    let rules = other.rules();
    limits::ordinary(&rules, metric).cloned().unwrap_or(Rule {
        metric,
        trigger: Trigger::From(limit),
        because: Vec::new(),
        provenance: None,
    })
}

fn replayed_of(person: &Person, place: &Place, rule: &Rule, told: &Told) -> Replayed {
    Replayed {
        person: person.name.clone(),
        place: place.name.clone(),
        metric: rule.metric,
        rule: rule.name(),
        threshold: rule.threshold(),
        reason: told.reason,
        level: told.level,
        at: told.at,
        first: told.first,
        last: told.last,
        day: told.at.with_timezone(&place.time_zone).date_naive(),
    }
}

/// What a limit would have told, in words: each place with its days.
fn sentence(
    texts: &Texts,
    of_places: &[(&Place, Vec<Told>)],
    days: u32,
    stored: bool,
    now: DateTime<Utc>,
) -> String {
    let count: usize = of_places.iter().map(|(_, told)| told.len()).sum();
    let of_place = |(place, told): &(&Place, Vec<Told>)| {
        let today = now.with_timezone(&place.time_zone).date_naive();
        let mut named: Vec<String> = told
            .iter()
            .map(|told| texts.day(told.at.with_timezone(&place.time_zone).date_naive(), today))
            .collect();
        named.dedup();
        let args: [Arg<'_>; 2] =
            [("place", place.name.as_str().into()), ("days", texts.list(&named).into())];
        (!told.is_empty()).then(|| texts.format("rehearsed-place", args))
    };
    let places: Vec<String> = of_places.iter().filter_map(of_place).collect();
    let args: [Arg<'_>; 4] = [
        ("days", days.into()),
        ("count", count.into()),
        ("places", places.join(texts.get("rehearsed-between").as_str()).into()),
        ("stored", if stored { "yes" } else { "no" }.into()),
    ];
    texts.format("rehearsed", args)
}

/// The past of a place, as it became known.
struct Past<'a> {
    reader: &'a Reader<'a>,
    place: &'a Place,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    published: BTreeMap<Metric, Rc<Vec<Publication>>>,
}

/// What was published, when it became known, and when its target begins.
struct Publication {
    starts: DateTime<Utc>,
    known_from: DateTime<Utc>,
    candidate: Candidate,
}

impl<'a> Past<'a> {
    fn new(reader: &'a Reader<'a>, place: &'a Place, days: u32, now: DateTime<Utc>) -> Self {
        let today = now.with_timezone(&place.time_zone).date_naive();
        let first = crate::views::days_before(today, u64::from(days));
        let from = midnight(first, place.time_zone);
        Self { reader, place, from, to: now, published: BTreeMap::new() }
    }

    /// What a rule looks at, moment by moment.
    fn looks(&mut self, rule: &Rule, profile: &Profile) -> StoreResult<Vec<Look>> {
        let Metric::Combined(combination) = rule.metric else {
            return self.looks_at(rule.metric);
        };
        let parts = combined::parts(combination, profile);
        let mut of_parts: BTreeMap<Metric, Rc<Vec<Publication>>> = BTreeMap::new();
        for part in &parts {
            of_parts.insert(*part, self.published(*part)?);
        }
        let known = of_parts.values().flat_map(|list| list.iter().map(|it| it.known_from));
        let moments = moments(known, self.place, self.from, self.to);
        let looks = moments.into_iter().map(|at| {
            let series: BTreeMap<Metric, Vec<Reading>> = of_parts
                .iter()
                .map(|(metric, list)| (*metric, known_at(*metric, self.place, list, at)))
                .collect();
            let of = |metric: Metric| series.get(&metric).map(Vec::as_slice).unwrap_or_default();
            Look { at, readings: combined::days(combination, profile, self.place, at, of) }
        });
        Ok(looks.collect())
    }

    fn looks_at(&mut self, metric: Metric) -> StoreResult<Vec<Look>> {
        let list = self.published(metric)?;
        let known = list.iter().map(|it| it.known_from);
        let moments = moments(known, self.place, self.from, self.to);
        let look = |at| Look { at, readings: known_at(metric, self.place, &list, at) };
        Ok(moments.into_iter().map(look).collect())
    }

    /// Every publication of a metric that can count at the place, by the beginning of its target;
    /// what was published for hours on end, hour by hour.
    fn published(&mut self, metric: Metric) -> StoreResult<Rc<Vec<Publication>>> {
        if let Some(list) = self.published.get(&metric) {
            return Ok(Rc::clone(list));
        }
        let zone = self.place.time_zone;
        let day = |moment: DateTime<Utc>| moment.with_timezone(&zone).date_naive();
        let from = day(self.from - LOOK_BACK);
        let to = day(self.to + TimeDelta::days(2));
        let mut list = Vec::new();
        for (source, of, nearness) in self.reader.zones(self.place.id)? {
            if !can_count(metric, source, self.place) {
                continue;
            }
            for stored in self.reader.publications(source, &of, metric, from, to)? {
                let known_from = known_from(&stored.reading, self.place);
                for hour in 0..i64::from(stored.reading.hours.max(1)) {
                    let mut reading = stored.reading.clone();
                    if let (Target::Hour(start), true) = (reading.target, reading.hours > 1) {
                        reading.target = Target::Hour(start + TimeDelta::hours(hour));
                    }
                    let starts = reading.target.span(zone).0;
                    let candidate = Candidate { reading, nearness };
                    list.push(Publication { starts, known_from, candidate });
                }
            }
        }
        list.sort_by_key(|it| it.starts);
        let list = Rc::new(list);
        self.published.insert(metric, Rc::clone(&list));
        Ok(list)
    }
}

/// The readings that counted at a moment, around it.
fn known_at(
    metric: Metric,
    place: &Place,
    list: &[Publication],
    at: DateTime<Utc>,
) -> Vec<Reading> {
    let first = list.partition_point(|it| it.starts < at - LOOK_BACK);
    let last = list.partition_point(|it| it.starts < at + TimeDelta::days(3));
    let known = list[first..last].iter().filter(|it| it.known_from <= at);
    let candidates: Vec<Candidate> = known.map(|it| it.candidate.clone()).collect();
    series(metric, place, &candidates)
}
