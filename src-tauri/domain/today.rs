//! What the window says of a place today: for each person the answer, then the reason, then the
//! data.

mod ahead;
mod sentence;
mod tiles;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::advice::{self, Advice, History, Situation};
use crate::combined;
use crate::contract::{AdviceView, ReadingStatus};
use crate::decision::{AlertId, Decision, Outlook, Restraint, decide};
use crate::knowledge::{Known, State, episode_on, hour, is_hourly, sources};
use crate::metric::{Metric, Phenomenon};
use crate::notification;
use crate::person::{Person, PersonId};
use crate::place::Place;
use crate::reading::{Basis, Reading, Target, midnight, next_day};
use crate::rule::{Rule, Standing, Trigger};
use crate::scale::{EVENT, Scale};
use crate::sun::is_night;
use crate::text::{Arg, Texts};
use crate::window::{Answer, Band, BandEpisode, BandHour, BandLevel, Day, PlaceToday, Verdict};
use crate::words;

use self::sentence::{Stretch, stretches, there};

/// How many pieces of advice an answer gives.
const PIECES: usize = 3;

/// An alert that stands at the place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingAlert {
    /// The alert.
    pub id: AlertId,
    /// For whom.
    pub person: PersonId,
    /// The metric.
    pub metric: Metric,
    /// Whether it is about an ATMO "évènement".
    pub event: bool,
    /// The piece of advice that was told with it.
    pub advice: Option<String>,
    /// Beginning of its episode.
    pub starts: DateTime<Utc>,
    /// End of its episode as far as it is known.
    pub ends: DateTime<Utc>,
}

/// Everything that is known of a place.
#[derive(Debug, Clone)]
pub struct Facts<'a> {
    /// The place.
    pub place: &'a Place,
    /// Whether a source was ever asked for it.
    pub asked: bool,
    /// What is known of each metric: [`crate::knowledge::known`].
    pub known: &'a [Known],
    /// The readings that count, [`crate::knowledge::series`]: for each metric on which a rule can
    /// stand, reaching back as [`decide`] asks for, and for each of [`hour_by_hour`] of the days
    /// that are shown.
    pub series: &'a BTreeMap<Metric, Vec<Reading>>,
    /// The alerts that stand at the place.
    pub alerts: &'a [StandingAlert],
    /// The household.
    pub people: &'a [Person],
    /// What became of the advice that each person was given.
    pub advised: &'a BTreeMap<PersonId, History>,
}

/// What the window says of a place at `now`.
#[must_use]
pub fn place_today(texts: &Texts, facts: &Facts<'_>, now: DateTime<Utc>) -> PlaceToday {
    let place = facts.place;
    let local = now.with_timezone(&place.time_zone);
    let args: [Arg<'_>; 2] = [
        ("date", texts.date(local.date_naive()).into()),
        ("time", local.format("%H:%M").to_string().into()),
    ];
    let days = days(facts, local.date_naive());
    let concerned = facts.people.iter().filter(|person| person.profile.concerns(place.id));
    let mut people: Vec<_> = concerned
        .map(|person| {
            let view = PersonView::new(texts, facts, person, &days, now);
            (view.severity(), view.answer())
        })
        .collect();
    // Whoever was added first comes first among equals.
    people.sort_by_key(|(severity, _)| std::cmp::Reverse(*severity));
    PlaceToday {
        id: place.id,
        name: place.name.clone(),
        moment: texts.sentence_case(&texts.format("place-moment", args)),
        people: people.into_iter().map(|(_, answer)| answer).collect(),
        days: days
            .iter()
            .map(|date| Day {
                date: date.to_string(),
                name: texts.day(*date, local.date_naive()),
                tiles: tiles::of_day(texts, facts, *date, now),
                calm: tiles::no_episode(texts, facts, *date, now),
            })
            .collect(),
        slow: tiles::slow(texts, facts, now),
    }
}

/// The metrics without rules of which every hour of a day counts, not the present one alone.
#[must_use]
pub fn hour_by_hour() -> Vec<Metric> {
    let mut metrics = Phenomenon::ALL.map(Metric::Vigilance).to_vec();
    metrics.push(Metric::ApparentTemperature);
    metrics
}

/// Today, tomorrow, and what is known beyond.
fn days(facts: &Facts<'_>, today: NaiveDate) -> Vec<NaiveDate> {
    let zone = facts.place.time_zone;
    let mut days = vec![today, next_day(today)];
    let known = facts.known.iter().filter(|known| known.reading.is_some());
    for day in known.map(|known| known.target.day(zone)) {
        if day > today && !days.contains(&day) {
            days.push(day);
        }
    }
    days.sort();
    days
}

/// What is known of a metric on a day: of the present hour today, of the worst hour later.
fn of_day<'a>(
    facts: &Facts<'a>,
    metric: Metric,
    date: NaiveDate,
    now: DateTime<Utc>,
) -> Option<&'a Known> {
    let zone = facts.place.time_zone;
    let of_day = |known: &&Known| {
        known.metric == metric && known.target.day(zone) == date && known.state != State::Stale
    };
    let mut hours = facts.known.iter().filter(of_day);
    if date == now.with_timezone(&zone).date_naive() {
        // The first is the day, or the present hour.
        return hours.find(|known| known.target.span(zone).1 > now);
    }
    let level = |known: &&Known| known.reading.as_ref().and_then(|reading| reading.level);
    // Of equal hours the first.
    hours.reduce(|worst, known| if level(&known) > level(&worst) { known } else { worst })
}

/// A limit that is met, today or tomorrow.
struct Met {
    rule: Rule,
    outlook: Outlook,
    peak: Reading,
    /// What is ahead of it; never empty.
    stretches: Vec<Stretch>,
    alert: Option<StandingAlert>,
}

impl Met {
    /// Puts the piece first that was told with the alert; the rest stays in its order.
    fn told_first(&self, list: &mut [&'static Advice]) {
        let told = self.alert.as_ref().and_then(|alert| alert.advice.as_deref());
        list.sort_by_key(|advice| Some(advice.id.as_str()) != told);
    }
}

/// A place through the eyes of a person.
struct PersonView<'a> {
    texts: &'a Texts,
    facts: &'a Facts<'a>,
    person: &'a Person,
    days: &'a [NaiveDate],
    now: DateTime<Utc>,
    rules: Vec<Rule>,
    /// The days of the hazards that come together for this person.
    combined: BTreeMap<Metric, Vec<Reading>>,
    /// What is announced elsewhere or in another season, of what this person has limits on.
    unwatched: BTreeSet<Metric>,
}

/// What nobody announces here now: what is not covered, and what whoever announces it has left out
/// while they said the rest, as it is with heat once its season is over.
fn unwatched(facts: &Facts<'_>, rules: &[Rule], now: DateTime<Utc>) -> BTreeSet<Metric> {
    let today = now.with_timezone(&facts.place.time_zone).date_naive();
    let announced: Vec<Metric> =
        rules.iter().map(|rule| rule.metric).filter(|it| is_announced(*it)).collect();
    let known = |metric: Metric| of_day(facts, metric, today, now);
    let said: Vec<Metric> = announced
        .iter()
        .copied()
        .filter(|it| known(*it).is_some_and(|known| known.reading.is_some()))
        .collect();
    let by = |metric: Metric| (matches!(metric, Metric::Episode(_)), sources(metric, facts.place));
    let is_unwatched = |metric: &Metric| {
        known(*metric).is_some_and(|known| {
            known.state == State::NotCovered
                || known.state == State::NotPublishedYet
                    && said.iter().any(|other| by(*other) == by(*metric))
        })
    };
    announced.iter().copied().filter(is_unwatched).collect()
}

impl<'a> PersonView<'a> {
    fn new(
        texts: &'a Texts,
        facts: &'a Facts<'a>,
        person: &'a Person,
        days: &'a [NaiveDate],
        now: DateTime<Utc>,
    ) -> Self {
        let profile = &person.profile;
        let published = |metric| facts.series.get(&metric).map(Vec::as_slice).unwrap_or_default();
        let rules = profile.rules();
        let combined = rules.iter().filter_map(|rule| match rule.metric {
            Metric::Combined(combination) => Some((
                rule.metric,
                combined::days(combination, profile, facts.place, now, published),
            )),
            _ => None,
        });
        let unwatched = unwatched(facts, &rules, now);
        Self { combined: combined.collect(), texts, facts, person, days, now, rules, unwatched }
    }
}

impl PersonView<'_> {
    fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.facts.place.time_zone).date_naive()
    }

    fn series(&self, metric: Metric) -> &[Reading] {
        let together = self.combined.get(&metric);
        together.or(self.facts.series.get(&metric)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The limits that are met, in the order in which they are said.
    fn met(&self) -> Vec<Met> {
        let zone = self.facts.place.time_zone;
        let mut met = Vec::new();
        for rule in &self.rules {
            let readings = self.series(rule.metric);
            for decision in
                decide(rule, readings, &[], self.now, self.facts.place, Restraint::default())
            {
                let Decision::Raised { outlook, episode, .. } = decision else { continue };
                let peak = readings.iter().find(|reading| reading.target == outlook.peak);
                let event = rule.trigger == Trigger::Event;
                let alert = self.facts.alerts.iter().find(|alert| {
                    alert.person == self.person.id
                        && alert.metric == rule.metric
                        && alert.event == event
                        && alert.starts < episode.ends
                        && episode.starts < alert.ends
                });
                let stretches = stretches(rule, readings, &outlook, zone);
                met.extend(peak.filter(|_| !stretches.is_empty()).map(|peak| Met {
                    rule: rule.clone(),
                    outlook,
                    peak: peak.clone(),
                    stretches,
                    alert: alert.cloned(),
                }));
            }
        }
        let days = |met: &Met| (met.outlook.first.day(zone), met.outlook.last.day(zone));
        // What comes together is said once, not again for each part.
        let said_together: Vec<bool> = met
            .iter()
            .map(|one| {
                met.iter().any(|pair| match pair.rule.metric {
                    Metric::Combined(combination) => {
                        let profile = &self.person.profile;
                        let metric = one.rule.metric;
                        combined::covers(combination, profile, days(pair), metric, days(one))
                    }
                    _ => false,
                })
            })
            .collect();
        let mut said = said_together.into_iter();
        met.retain(|_| !said.next().unwrap_or_default());
        met.sort_by_cached_key(|met| {
            met.stretches.first().map(|stretch| self.turn(met.rule.metric, stretch))
        });
        met
    }

    /// By what it is decided which of the limits that are met is said first: the earliest, then what
    /// comes together, then the highest.
    fn turn(&self, metric: Metric, stretch: &Stretch) -> impl Ord + use<> {
        (
            stretch.first.day(self.facts.place.time_zone),
            !is_pair(metric),
            std::cmp::Reverse(share(&stretch.reading)),
            stretch.first,
        )
    }

    /// The published metrics on which this person has a limit, each once.
    fn watched(&self) -> Vec<Metric> {
        let mut metrics: Vec<_> = self
            .rules
            .iter()
            .map(|rule| rule.metric)
            .filter(|metric| !sources(*metric, self.facts.place).is_empty())
            .filter(|metric| !self.is_not_watched_here(*metric))
            .collect();
        metrics.sort();
        metrics.dedup();
        metrics
    }

    /// Whether it is one of the dangers or pollutants that nobody watches at the place, or in the
    /// season: of those, silence is no gap.
    fn is_not_watched_here(&self, metric: Metric) -> bool {
        self.unwatched.contains(&metric)
    }

    /// What is watched and not known today, with the state of each.
    fn missing(&self) -> Vec<ReadingStatus> {
        let today = self.today();
        let of_today = |metric| of_day(self.facts, metric, today, self.now);
        let mut awaited = self.watched();
        for half in self.missing_halves(today) {
            if !awaited.contains(&half) {
                awaited.push(half);
            }
        }
        awaited
            .into_iter()
            .filter_map(of_today)
            .filter(|known| known.reading.is_none())
            .map(|known| words::known_status(self.texts, self.facts.place, known))
            .collect()
    }

    /// What is not known of a day of which one of two hazards counts that are worse together.
    fn missing_halves(&self, date: NaiveDate) -> Vec<Metric> {
        let missing = self.rules.iter().filter_map(|rule| match rule.metric {
            Metric::Combined(combination) => combined::missing_half(
                combination,
                &self.person.profile,
                self.facts.place,
                date,
                self.now,
                |metric| self.series(metric),
            ),
            _ => None,
        });
        missing.collect()
    }

    /// What is watched and not known today, with the reason of each; what is announced for many
    /// dangers or pollutants together, once for all of them.
    fn missing_in_words(&self) -> Vec<String> {
        let zone = self.facts.place.time_zone;
        let mut said: Vec<String> = Vec::new();
        let missing = self.missing();
        let metrics: Vec<Metric> = missing.iter().map(|it| it.metric).collect();
        for reading in missing {
            let name = self.missing_name(reading.metric, &metrics);
            let name = self.texts.sentence_case(&name);
            let why = words::absence(self.texts, &reading, zone, self.now);
            let sentence = words::named(self.texts, &name, &why);
            if !said.contains(&sentence) {
                said.push(sentence);
            }
        }
        said
    }

    /// The name under which a metric is missing among `missing`: of what is announced danger by
    /// danger, that of the whole where all of it is.
    fn missing_name(&self, metric: Metric, missing: &[Metric]) -> String {
        let is_all = |family: fn(&Metric) -> bool| {
            let mut watched = self.watched().into_iter().filter(family);
            watched.all(|metric| missing.contains(&metric))
        };
        match metric {
            Metric::Vigilance(_) if is_all(|it| matches!(it, Metric::Vigilance(_))) => {
                self.texts.scale(Scale::Vigilance)
            }
            Metric::Episode(_) if is_all(|it| matches!(it, Metric::Episode(_))) => {
                self.texts.get("metric-episodes")
            }
            _ => self.texts.metric(metric),
        }
    }

    /// What is missing by name, each once.
    fn missing_names(&self, missing: &[Metric]) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for metric in missing {
            let name = self.missing_name(*metric, missing);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// Whether something of a metric should be known of a day: what is announced is so to the end of
    /// tomorrow.
    fn is_awaited(&self, metric: Metric, date: NaiveDate) -> bool {
        let beyond = is_announced(metric) && date > next_day(self.today());
        let published = !sources(metric, self.facts.place).is_empty();
        published && !beyond && !self.is_not_watched_here(metric)
    }

    /// What is known of a metric on a day, see [`of_day`].
    fn reading_of(&self, metric: Metric, date: NaiveDate) -> Option<&Reading> {
        of_day(self.facts, metric, date, self.now)?.reading.as_ref()
    }

    /// For each metric that is watched, whether all of what is left of a day is known.
    fn knows_of(&self, date: NaiveDate) -> impl Iterator<Item = bool> {
        let zone = self.facts.place.time_zone;
        let known = move |metric: Metric| {
            if !is_hourly(metric, self.facts.place) {
                return self.reading_of(metric, date).is_some();
            }
            let readings = self.series(metric);
            let mut start = midnight(date, zone).max(hour(self.now));
            let end = midnight(next_day(date), zone);
            while start < end {
                if !readings.iter().any(|reading| reading.target == Target::Hour(start)) {
                    return false;
                }
                start += TimeDelta::hours(1);
            }
            true
        };
        self.watched().into_iter().map(known)
    }

    /// Whether all that counts is known of what is left of a day.
    fn knows_all_of(&self, date: NaiveDate) -> bool {
        self.knows_of(date).all(|known| known) && self.missing_halves(date).is_empty()
    }

    fn verdict(&self, met: &[Met]) -> Verdict {
        let today = self.today();
        match met.first() {
            Some(met) if met.outlook.first.day(self.facts.place.time_zone) == today => {
                Verdict::Above
            }
            Some(_) => Verdict::Ahead,
            None if !self.knows_anything_of(today) => Verdict::Unknown,
            None if self.knows_all_of(today) => Verdict::Below,
            None => Verdict::Partly,
        }
    }

    /// Whether anything that is watched is known of a day.
    fn knows_anything_of(&self, date: NaiveDate) -> bool {
        self.watched().into_iter().any(|metric| self.reading_of(metric, date).is_some())
    }

    /// By which the people of a place are put in order.
    fn severity(&self) -> (Verdict, u16) {
        let met = self.met();
        let worst = met.iter().map(|met| share(&met.peak)).max().unwrap_or_default();
        (self.verdict(&met), worst)
    }

    fn answer(&self) -> Answer {
        let met = self.met();
        let verdict = self.verdict(&met);
        let leading = self.leading(&met);
        let name = self.person.name.clone();
        let mut why: Vec<String> = Vec::new();
        for met in &met {
            let scale = met.peak.scale.unwrap_or(Scale::Atmo2021);
            let said = notification::why(self.texts, name.as_deref(), &met.rule, scale);
            if !why.contains(&said) {
                why.push(said);
            }
        }
        let mut alerts: Vec<AlertId> = Vec::new();
        for id in met.iter().filter_map(|met| Some(met.alert.as_ref()?.id)) {
            if !alerts.contains(&id) {
                alerts.push(id);
            }
        }
        Answer {
            person: self.person.id,
            verdict,
            sentence: self.sentence(verdict, &met, leading),
            why,
            missing: self.missing_in_words(),
            advice: self.advice(verdict, &met, leading),
            alerts,
            worst: met.first().and_then(|met| {
                let said = met.stretches.first()?;
                self.band_level(&met.rule, &said.reading)
            }),
            ahead: self.ahead(),
            band: self.band(&met),
            name,
        }
    }

    fn sentence(&self, verdict: Verdict, met: &[Met], leading: Option<&Advice>) -> String {
        if !met.is_empty() {
            return self.sentence_of(met, leading);
        }
        let today = self.today();
        let tomorrow = next_day(today);
        let knows_tomorrow = self.knows_all_of(tomorrow);
        let there: Arg<'_> = ("there", there(self.texts, self.facts.place).into());
        let key = match verdict {
            _ if self.watched().is_empty() => "answer-nothing-watched",
            Verdict::Unknown if !self.facts.asked => {
                return self.texts.format("answer-first-time", [there]);
            }
            Verdict::Unknown => "answer-unknown",
            Verdict::Partly => "answer-partly",
            _ if knows_tomorrow => "answer-below-tomorrow",
            _ => "answer-below",
        };
        let who = self.person.name.as_deref();
        let args: [Arg<'_>; 3] = [
            ("named", if who.is_some() { "yes" } else { "no" }.into()),
            ("who", who.unwrap_or_default().to_owned().into()),
            there,
        ];
        let sentence = self.texts.format(key, args);
        // The days that the sentence speaks of.
        let days: &[NaiveDate] = match verdict {
            Verdict::Below if knows_tomorrow => &[today, tomorrow],
            Verdict::Below | Verdict::Partly => &[today],
            _ => &[],
        };
        if days.iter().any(|date| self.rests_on_an_estimate(*date)) {
            format!("{sentence} {}", self.texts.get("answer-estimated"))
        } else {
            sentence
        }
    }

    fn rests_on_an_estimate(&self, date: NaiveDate) -> bool {
        let mut readings =
            self.watched().into_iter().filter_map(|metric| self.reading_of(metric, date));
        readings.any(|reading| reading.basis == Basis::Estimated)
    }

    /// What the person is in on a day, when a metric has this level.
    fn situation(&self, metric: Metric, level: u8, date: NaiveDate) -> Situation<'_> {
        let episode = episode_on(date, |metric| self.series(metric));
        Situation { metric, level, profile: &self.person.profile, date, episode }
    }

    /// The pieces for such a situation, the first to be given first.
    fn fitting(&self, metric: Metric, level: u8, date: NaiveDate) -> Vec<&'static Advice> {
        let none = History::default();
        let history = self.facts.advised.get(&self.person.id).unwrap_or(&none);
        advice::select(&self.situation(metric, level, date), history, self.now)
    }

    /// The piece with which the sentence begins, then what was told with an alert, then what fits
    /// the limits that are met, the first of each in turn. With no limit met, what fits the day,
    /// unless something that counts is not known: half a picture invites nobody outside. At the end
    /// one piece that holds for the person whatever the level, known or not.
    fn advice(
        &self,
        verdict: Verdict,
        met: &[Met],
        leading: Option<&'static Advice>,
    ) -> Vec<AdviceView> {
        let zone = self.facts.place.time_zone;
        let mut lists: Vec<Vec<&'static Advice>> = met
            .iter()
            .map(|met| {
                let day = met.outlook.peak.day(zone);
                let mut list = self.fitting(met.rule.metric, met.outlook.level, day);
                met.told_first(&mut list);
                list
            })
            .collect();
        if verdict == Verdict::Below {
            let today = self.today();
            let worst = self
                .watched()
                .into_iter()
                .filter_map(|metric| self.reading_of(metric, today))
                .filter_map(|reading| Some((reading, reading.level?)))
                .max_by_key(|(reading, _)| (share(reading), reading.metric == Metric::Air));
            lists.extend(worst.map(|(reading, level)| {
                let mut list = self.fitting(reading.metric, level, today);
                list.truncate(1);
                list
            }));
        }
        let mut pieces: Vec<&'static Advice> = leading.into_iter().collect();
        let longest = lists.iter().map(Vec::len).max().unwrap_or_default();
        for turn in 0..longest {
            for piece in lists.iter().filter_map(|list| list.get(turn)) {
                if !pieces.iter().any(|known| known.id == piece.id) {
                    pieces.push(piece);
                }
            }
        }
        pieces.truncate(PIECES);
        // What is for all, or was just said in other words, does not need its place every day.
        let none = History::default();
        let history = self.facts.advised.get(&self.person.id).unwrap_or(&none);
        let standing = advice::standing(&self.person.profile, self.today(), history, self.now)
            .into_iter()
            .find(|it| it.is_personal() && !pieces.iter().any(|said| said.fact == it.fact));
        pieces.extend(standing);
        pieces.into_iter().map(|advice| advice.view(self.texts)).collect()
    }

    fn band(&self, met: &[Met]) -> Band {
        let zone = self.facts.place.time_zone;
        let mut starts: Vec<DateTime<Utc>> = Vec::new();
        let mut days = Vec::new();
        for date in self.days {
            let end = midnight(next_day(*date), zone);
            let mut hours = Vec::new();
            let mut start = midnight(*date, zone);
            while start < end {
                hours.push(self.hour(start));
                starts.push(start);
                start += TimeDelta::hours(1);
            }
            days.push(hours);
        }
        let hour_of = |moment: DateTime<Utc>| starts.iter().rposition(|start| *start <= moment);
        let episodes = met.iter().filter_map(|met| {
            let (first, _) = met.outlook.first.span(zone);
            let (_, end) = met.outlook.last.span(zone);
            Some(BandEpisode {
                headline: notification::headline(self.texts, met.rule.metric, &met.peak),
                first: hour_of(first)?,
                last: hour_of(end - TimeDelta::seconds(1))?,
                alert: met.alert.as_ref().map(|alert| alert.id),
            })
        });
        Band { episodes: episodes.collect(), days }
    }

    /// A reading by its level, where it has one.
    fn band_level(&self, rule: &Rule, reading: &Reading) -> Option<BandLevel> {
        let (scale, level) = reading.scale.zip(reading.level)?;
        Some(BandLevel {
            metric: rule.metric,
            name: self.texts.metric(rule.metric),
            scale,
            level,
            label: self.texts.label(scale, level),
            highest: rule.metric == Metric::Uv && matches!(reading.target, Target::Day(_)),
            estimated: reading.basis == Basis::Estimated,
            matters: matches!(rule.standing(reading), Standing::Meets(_)),
        })
    }

    fn hour(&self, start: DateTime<Utc>) -> BandHour {
        let zone = self.facts.place.time_zone;
        let local = start.with_timezone(&zone);
        let end = start + TimeDelta::hours(1);
        let covers = |reading: &&Reading| {
            let (from, to) = reading.target.span(zone);
            from <= start && start < to
        };
        let night = is_night(self.facts.place, start);
        let mut worst: Option<((bool, u16), BandLevel)> = None;
        let mut unknown: Vec<Metric> = Vec::new();
        for rule in &self.rules {
            if rule.metric == Metric::Uv && night {
                continue;
            }
            let reading = self.series(rule.metric).iter().find(covers);
            let level = reading.and_then(|it| Some((share(it), self.band_level(rule, it)?)));
            // That no danger is announced is no level of anything, and neither is half a pair.
            let is_nothing = |level: &BandLevel| {
                is_announced(rule.metric) && level.level < 2
                    || is_pair(rule.metric) && !level.matters
            };
            if level.as_ref().is_some_and(|(_, level)| is_nothing(level)) {
                continue;
            }
            let Some((height, level)) = level else {
                if self.is_awaited(rule.metric, local.date_naive()) {
                    unknown.push(rule.metric);
                }
                continue;
            };
            let rank = (level.matters, height);
            if worst.as_ref().is_none_or(|(known, _)| rank > *known) {
                worst = Some((rank, level));
            }
        }
        BandHour {
            time: local.format("%H:%M").to_string(),
            now: start <= self.now && self.now < end,
            past: end <= self.now,
            night,
            worst: worst.map(|(_, level)| level),
            unknown: self.missing_names(&unknown),
        }
    }
}

/// Whether a metric says that something is announced, level 1 that nothing is.
fn is_announced(metric: Metric) -> bool {
    matches!(metric, Metric::Vigilance(_) | Metric::Episode(_))
}

/// Whether a metric is of two hazards together.
fn is_pair(metric: Metric) -> bool {
    matches!(metric, Metric::Combined(_))
}

/// How far up its scale a level is, in thousandths: by this, levels of different scales are put in
/// order where one of them must come first. An "évènement" is above all.
fn share(reading: &Reading) -> u16 {
    match (reading.scale, reading.level) {
        (Some(scale), Some(level)) if level < EVENT => {
            u16::from(level) * 1000 / u16::from(scale.levels())
        }
        (Some(_), Some(_)) => 1001,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::{Candidate, Nearness, SourceReport, known, series};
    use crate::metric::Pollutant;
    use crate::person::profile;
    use crate::place::{CommuneRef, Coordinates, PlaceId};
    use crate::reading::{Source, Target, Zone};
    use crate::scale::Scale;
    use crate::text::Language;

    /// A household, a place and what was published for it.
    pub(super) struct Scene {
        pub(super) now: DateTime<Utc>,
        pub(super) place: Place,
        pub(super) people: Vec<Person>,
        pub(super) readings: Vec<Reading>,
        asked: bool,
        failure: Option<&'static str>,
        alerts: Vec<StandingAlert>,
    }

    impl Scene {
        pub(super) fn lyon() -> Self {
            let commune = CommuneRef {
                code: "69123".to_owned(),
                name: "Lyon".to_owned(),
                epci: None,
                departement: "69".to_owned(),
            };
            Self {
                now: "2026-09-08T14:00:00Z".parse().expect("a moment"),
                place: Place {
                    id: PlaceId(1),
                    name: "Lyon".to_owned(),
                    commune: Some(commune),
                    coordinates: Coordinates::new(45.76, 4.84),
                    time_zone: chrono_tz::Tz::Europe__Paris,
                },
                people: vec![person(1, None, &[])],
                readings: Vec::new(),
                asked: true,
                failure: None,
                alerts: Vec::new(),
            }
        }

        pub(super) fn with(mut self, metric: Metric, day: &str, level: u8) -> Self {
            let scale = match metric {
                Metric::Uv => Scale::UvWho,
                Metric::Pollen | Metric::PollenOf(_) => Scale::AtmoPollen2025,
                _ => Scale::Atmo2021,
            };
            let source = if metric == Metric::Air { Source::AtmoFrance } else { Source::OpenMeteo };
            self.readings.push(Reading {
                source,
                zone: Zone { code: "69123".to_owned(), name: "Lyon".to_owned() },
                metric,
                scale: Some(scale),
                target: Target::Day(day.parse().expect("a date")),
                basis: if metric == Metric::Air { Basis::Official } else { Basis::Forecast },
                level: Some(level),
                value: (metric == Metric::Uv).then_some(f64::from(level) * 2.0),
                published_at: Some(self.now),
                fetched_at: self.now,
                hours: 1,
                note: None,
            });
            self
        }

        /// That nothing is announced, today and tomorrow.
        fn nothing_announced(mut self) -> Self {
            let day: NaiveDate = TODAY.parse().expect("a date");
            let first = midnight(day, self.place.time_zone);
            let reading = self.readings.first().cloned().expect("something is known");
            let mut add = |metric, source, scale, target| {
                let (scale, level) = (Some(scale), Some(1));
                self.readings.push(Reading {
                    metric,
                    source,
                    scale,
                    level,
                    target,
                    ..reading.clone()
                });
            };
            for metric in Pollutant::ALL.map(Metric::Episode) {
                for target in [Target::Day(day), Target::Day(next_day(day))] {
                    add(metric, Source::AtmoEpisodes, Scale::Episode, target);
                }
            }
            for metric in Phenomenon::ALL.map(Metric::Vigilance) {
                for hour in 0..48 {
                    let target = Target::Hour(first + TimeDelta::hours(hour));
                    add(metric, Source::MeteoFrance, Scale::Vigilance, target);
                }
            }
            self
        }

        /// Good values of everything that everybody watches, today and tomorrow.
        pub(super) fn calm() -> Self {
            let calm = [TODAY, TOMORROW].into_iter().fold(Self::lyon(), |scene, day| {
                scene.with(Metric::Air, day, 2).with(Metric::Uv, day, 1).with(
                    Metric::Pollen,
                    day,
                    1,
                )
            });
            calm.nothing_announced()
        }

        pub(super) fn today(&self, language: Language) -> PlaceToday {
            let candidates = |metric| -> Vec<Candidate> {
                let fitting = self.readings.iter().filter(|reading| reading.metric == metric);
                fitting
                    .map(|reading| Candidate {
                        reading: reading.clone(),
                        nearness: Nearness::Commune,
                    })
                    .collect()
            };
            let reports: Vec<_> = Source::ALL
                .into_iter()
                .map(|source| SourceReport {
                    source,
                    last_attempt: self.asked.then_some(self.now),
                    error: self.failure.map(str::to_owned),
                    covers: None,
                    next_due: None,
                })
                .collect();
            let mut all = Vec::new();
            let mut by_metric = BTreeMap::new();
            for metric in Metric::all() {
                let of = sources(metric, &self.place);
                let reports: Vec<_> =
                    reports.iter().filter(|it| of.contains(&it.source)).cloned().collect();
                all.extend(known(metric, &self.place, &candidates(metric), &reports, self.now));
                by_metric.insert(metric, series(metric, &self.place, &candidates(metric)));
            }
            let facts = Facts {
                place: &self.place,
                asked: self.asked,
                known: &all,
                series: &by_metric,
                alerts: &self.alerts,
                people: &self.people,
                advised: &BTreeMap::new(),
            };
            place_today(&Texts::new(language), &facts, self.now)
        }

        pub(super) fn answer(&self) -> Answer {
            self.today(Language::En).people.into_iter().next().expect("somebody")
        }
    }

    pub(super) const TODAY: &str = "2026-09-08";
    pub(super) const TOMORROW: &str = "2026-09-09";

    pub(super) fn person(id: i64, name: Option<&str>, entries: &[(&str, &str)]) -> Person {
        let name = name.map(str::to_owned);
        Person { id: PersonId(id), name, profile: profile(entries) }
    }

    #[test]
    fn the_highest_uv_of_a_day_is_drawn_while_the_sun_is_up_and_named_as_such() {
        let answer = Scene::calm().with(Metric::Uv, "2026-09-10", 4).answer();
        let hours = &answer.band.days[2];
        let uv = |hour: &BandHour| hour.worst.as_ref().is_some_and(|it| it.metric == Metric::Uv);
        let noon = &hours[12];
        assert!(uv(noon) && !noon.night);
        assert_eq!(noon.worst.as_ref().map(|it| it.highest), Some(true));
        for hour in hours.iter().filter(|hour| hour.night) {
            assert!(!uv(hour), "{}", hour.time);
            assert!(!hour.unknown.contains(&"UV".to_owned()), "the sun is down at {}", hour.time);
        }
        // In September the sun rises at about seven and sets at eight in the evening.
        assert!(hours[6].night && !hours[8].night && !hours[19].night && hours[20].night);
    }

    #[test]
    fn a_limit_that_is_met_is_the_answer_with_why_and_what_to_do() {
        let mut scene = Scene::calm().with(Metric::Air, TODAY, 3).with(Metric::Air, TOMORROW, 4);
        scene.readings.retain(|it| it.metric != Metric::Air || it.level > Some(2));
        scene.people = vec![person(2, Some("Léa"), &[("age", "child"), ("conditions", "asthma")])];
        let answer = scene.answer();
        assert_eq!(answer.verdict, Verdict::Above);
        assert_eq!(
            answer.sentence,
            "Today, slow down if a cough starts: air quality is moderate in Lyon. \
             Also: tomorrow, air quality is poor."
        );
        assert_eq!(answer.why, ["For Léa: alert from “Moderate” up (asthma)."]);
        assert!(answer.missing.is_empty());
        assert_eq!(answer.advice.len(), PIECES);
        let french = scene.today(Language::Fr).people.remove(0);
        assert_eq!(
            french.sentence,
            "Aujourd’hui, ralentissez si une toux commence\u{a0}: l’air est dégradé à Lyon. \
             Aussi\u{a0}: demain, l’air est mauvais."
        );
    }

    #[test]
    fn what_holds_whatever_the_level_stands_last_even_where_nothing_is_known() {
        let id = |answer: &Answer| answer.advice.last().map(|it| it.id.clone());
        let mut scene = Scene::lyon().with(Metric::Air, TODAY, 4);
        scene.people = vec![person(2, Some("Zoé"), &[("age", "under1")])];
        let never_in_the_sun = Some("standing-baby-never-in-the-sun".to_owned());
        assert_eq!(scene.answer().advice.len(), PIECES + 1);
        assert_eq!(id(&scene.answer()), never_in_the_sun);
        scene.readings.clear();
        assert_eq!(scene.answer().verdict, Verdict::Unknown);
        assert_eq!(id(&scene.answer()), never_in_the_sun);

        // The UV alert says it already.
        let mut sunny = Scene::calm().with(Metric::Uv, TODAY, 3);
        sunny.readings.retain(|it| it.metric != Metric::Uv || it.level != Some(1));
        sunny.people = vec![person(2, Some("Zoé"), &[("age", "under1")])];
        let answer = sunny.answer();
        assert!(answer.advice.iter().any(|it| it.id == "uv-baby-always-shade"), "{answer:?}");
        assert_ne!(id(&answer), never_in_the_sun);
    }

    #[test]
    fn the_advice_that_was_told_with_the_alert_comes_first() {
        let mut scene = Scene::calm().with(Metric::Uv, TODAY, 3);
        scene.readings.retain(|it| it.metric != Metric::Uv || it.level != Some(1));
        let told = "uv-protect-from-three";
        scene.alerts = vec![StandingAlert {
            id: AlertId(7),
            person: PersonId(1),
            metric: Metric::Uv,
            event: false,
            advice: Some(told.to_owned()),
            starts: scene.now,
            ends: scene.now,
        }];
        let answer = scene.answer();
        assert_eq!(answer.advice.first().map(|advice| advice.id.as_str()), Some(told));
        assert_eq!(answer.alerts, [AlertId(7)]);
    }

    #[test]
    fn what_is_calm_is_said_for_as_far_as_it_is_known() {
        let scene = Scene::calm();
        assert_eq!(scene.answer().verdict, Verdict::Below);
        assert_eq!(
            scene.answer().sentence,
            "Nothing reaches your limits in Lyon today or tomorrow."
        );
        let mut only_today = Scene::calm();
        let paris = only_today.place.time_zone;
        only_today.readings.retain(|it| it.target.day(paris).to_string() == TODAY);
        assert_eq!(only_today.answer().verdict, Verdict::Below);
        assert_eq!(only_today.answer().sentence, "Nothing reaches your limits in Lyon today.");
    }

    #[test]
    fn what_is_calm_by_an_estimate_of_either_day_says_so() {
        let estimated =
            "Nothing reaches your limits in Lyon today or tomorrow. That rests on an estimate.";
        for day in [TODAY, TOMORROW] {
            let mut scene = Scene::calm();
            for reading in &mut scene.readings {
                if reading.metric == Metric::Air && reading.target.to_string() == day {
                    reading.basis = Basis::Estimated;
                }
            }
            assert_eq!(scene.answer().sentence, estimated, "{day}");
            scene.readings.retain(|it| it.target.to_string() == TODAY);
            assert_eq!(scene.answer().sentence.contains("estimate"), day == TODAY);
        }
    }

    #[test]
    fn the_level_beside_the_sentence_is_the_one_it_begins_with() {
        assert_eq!(Scene::calm().with(Metric::Uv, "2026-09-10", 4).answer().worst, None);
        let mut scene = Scene::calm().with(Metric::Air, TOMORROW, 5).with(Metric::Uv, TODAY, 3);
        scene.readings.retain(|it| it.level > Some(2) || it.target.to_string() != TODAY);
        scene.readings.retain(|it| it.metric != Metric::Air || it.level > Some(2));
        let worst = scene.answer().worst.expect("a limit is met");
        assert_eq!((worst.metric, worst.level, worst.highest), (Metric::Uv, 3, true));
    }

    #[test]
    fn what_is_announced_is_the_answer_and_in_the_band_and_together_it_is_said_once() {
        let mut scene = Scene::calm();
        let heat = Metric::Vigilance(Phenomenon::Heat);
        let ozone = Metric::Episode(Pollutant::O3);
        let now = scene.now;
        for reading in &mut scene.readings {
            if reading.metric == heat && reading.target == Target::Hour(now) {
                reading.level = Some(3);
            }
        }
        let answer = scene.answer();
        assert_eq!(
            answer.sentence,
            "Until 17:00, drink water often: orange warning for heat in Lyon."
        );
        let worst = |answer: &Answer, hour: usize| {
            answer.band.days[0][hour].worst.as_ref().map(|worst| worst.metric)
        };
        assert_eq!(worst(&answer, 16), Some(heat));
        // That nothing is announced is no level.
        assert!(matches!(worst(&answer, 17), Some(Metric::Uv | Metric::Air)), "{answer:?}");
        for reading in &mut scene.readings {
            if reading.metric == ozone && reading.target.to_string() == TODAY {
                reading.level = Some(3);
            }
        }
        let answer = scene.answer();
        assert_eq!(
            answer.sentence,
            "Today, rest in the afternoon: heat comes with ozone (orange warning) in Lyon."
        );
        assert_eq!(answer.why.len(), 1);
        let tiles = &scene.today(Language::En).days[0].tiles;
        assert!(tiles.iter().any(|it| it.line.name == "pollution episode, ozone"));
        assert!(tiles.iter().any(|it| it.line.reading.label.as_deref() == Some("Orange: heat")));
    }

    #[test]
    fn a_danger_whose_season_is_over_is_no_gap_and_one_that_nobody_told_of_is() {
        let mut scene = Scene::calm();
        let heat = Metric::Vigilance(Phenomenon::Heat);
        let now = scene.now;
        // Of heat, the last that is known is of this morning.
        scene.readings.retain(|it| it.metric != heat || it.target < Target::Hour(now));
        assert_eq!(scene.answer().verdict, Verdict::Below);
        // Floods come from another source.
        let flood = Metric::Vigilance(Phenomenon::Flood);
        scene.readings.retain(|it| it.metric != flood || it.target < Target::Hour(now));
        let answer = scene.answer();
        assert_eq!(answer.verdict, Verdict::Partly);
        assert_eq!(answer.missing.len(), 1, "{:?}", answer.missing);
        assert!(answer.missing[0].contains("river floods"), "{:?}", answer.missing);
    }

    #[test]
    fn in_the_evening_the_uv_of_the_day_is_over() {
        let mut scene = Scene::calm().with(Metric::Uv, TODAY, 3);
        scene.readings.retain(|it| it.metric != Metric::Uv || it.level != Some(1));
        assert_eq!(scene.answer().verdict, Verdict::Above);
        scene.now += TimeDelta::hours(5);
        assert_ne!(scene.answer().verdict, Verdict::Above);
    }

    #[test]
    fn what_is_not_known_is_never_said_to_be_under_a_limit() {
        let mut scene = Scene::lyon();
        let answer = scene.answer();
        assert_eq!(answer.verdict, Verdict::Unknown);
        assert_eq!(answer.sentence, "What matters for you in Lyon is not known today.");
        assert_eq!(
            answer.missing,
            [
                "Air: not published yet",
                "UV: not published yet",
                "Pollution episodes: not published yet",
                "Weather vigilance: not published yet",
            ]
        );
        assert!(answer.advice.is_empty());
        assert!(answer.band.days.iter().flatten().all(|hour| hour.worst.is_none()));

        scene = scene.with(Metric::Uv, TODAY, 1);
        scene.failure = Some("timeout");
        let answer = scene.answer();
        assert_eq!(answer.verdict, Verdict::Partly);
        assert_eq!(answer.sentence, "In what is known, nothing reaches your limits in Lyon.");
        assert_eq!(answer.missing[0], "Air: source failing: no answer in time");
    }

    #[test]
    fn before_the_first_question_nothing_is_missing_yet() {
        let mut scene = Scene::lyon();
        scene.asked = false;
        let today = scene.today(Language::En);
        assert_eq!(
            today.people[0].sentence,
            "Nothing is known in Lyon yet: the sources are about to be asked for the first time."
        );
        assert!(today.people[0].missing.is_empty());
        assert!(today.days[0].tiles.is_empty());
    }

    #[test]
    fn what_begins_tomorrow_is_ahead() {
        let mut scene = Scene::calm().with(Metric::Air, TOMORROW, 5);
        scene.readings.retain(|it| {
            it.metric != Metric::Air || it.target.to_string() == TODAY || it.level == Some(5)
        });
        let answer = scene.answer();
        assert_eq!(answer.verdict, Verdict::Ahead);
        assert_eq!(
            answer.sentence,
            "Tomorrow, if eyes or throat sting, slow down: air quality is very poor in Lyon."
        );
        let episode = answer.band.episodes.first().expect("an episode");
        assert_eq!((episode.first, episode.last), (24, 47));
    }

    #[test]
    fn whoever_has_the_worst_comes_first() {
        let mut scene = Scene::calm().with(Metric::Air, TODAY, 3);
        scene.readings.retain(|it| {
            it.metric != Metric::Air || it.target.to_string() == TOMORROW || it.level == Some(3)
        });
        scene.people.push(person(2, Some("Léa"), &[("conditions", "asthma")]));
        scene.people.push(person(3, Some("Paul"), &[]));
        let today = scene.today(Language::En);
        let names: Vec<_> = today.people.iter().map(|answer| answer.name.as_deref()).collect();
        assert_eq!(names, [Some("Léa"), None, Some("Paul")]);
    }

    #[test]
    fn a_person_hears_only_of_places_that_concern_them() {
        let mut scene = Scene::calm();
        scene.people.push(person(2, Some("Léa"), &[("places", "2")]));
        assert_eq!(scene.today(Language::En).people.len(), 1);
    }

    #[test]
    fn the_last_known_value_stands_in_as_an_old_one() {
        let scene = Scene::lyon().with(Metric::Air, "2026-09-07", 4);
        let today = scene.today(Language::En);
        let air = &today.days[0].tiles[0].line;
        assert_eq!((air.reading.state, air.reading.level), (State::Stale, Some(4)));
        assert_eq!(air.caveat.as_deref(), Some("Yesterday, last known value. Not published yet"));
        assert_eq!(today.people[0].verdict, Verdict::Unknown);
    }

    #[test]
    fn a_tile_says_the_figure_the_source_and_what_it_is_made_of() {
        let pm10 = Metric::AirOf(Pollutant::Pm10);
        let scene = Scene::calm().with(pm10, TODAY, 2);
        let today = scene.today(Language::En);
        let names: Vec<_> =
            today.days[0].tiles.iter().map(|tile| tile.line.name.as_str()).collect();
        assert_eq!(names[..3], ["air", "pollen", "UV"]);
        let air = &today.days[0].tiles[0];
        assert_eq!(air.line.provenance, "Atmo France, published today at 16:00 for Lyon");
        assert_eq!(air.parts.len(), 1);
        assert_eq!(today.days[0].tiles[2].line.figure.as_deref(), Some("2"));
        assert_eq!(today.moment, "Tuesday 8 September, 16:00");
    }

    #[test]
    fn the_band_has_an_hour_for_each_hour_of_the_clock_and_marks_the_present_one() {
        let scene = Scene::calm();
        let band = scene.answer().band;
        assert_eq!(band.days.iter().map(Vec::len).collect::<Vec<_>>(), [24, 24]);
        let now: Vec<_> = band.days.iter().flatten().filter(|hour| hour.now).collect();
        assert_eq!(now.len(), 1);
        assert_eq!(now[0].time, "16:00");
        assert!(band.days[0][15].past && !band.days[0][16].past && band.days[0][3].night);

        let mut autumn = Scene::lyon();
        autumn.now = "2026-10-25T10:00:00Z".parse().expect("a moment");
        assert_eq!(autumn.answer().band.days[0].len(), 25);
    }

    #[test]
    fn the_band_shows_what_matters_to_the_person_before_what_is_merely_higher() {
        // Grass pollen 4 of 6 is above the limit; UV high, 3 of 5, is not above theirs.
        let grass = Metric::PollenOf(crate::metric::Taxon::Grass);
        let mut scene = Scene::lyon().with(Metric::Uv, TODAY, 4).with(grass, TODAY, 3);
        scene.people = vec![person(1, None, &[("allergies", "grass"), ("level.uv", "off")])];
        let worst = scene.answer().band.days[0][12].worst.clone().expect("a level");
        assert_eq!((worst.metric, worst.matters), (grass, true));
    }
}
