//! Whether something must be told, as a pure function of what is known, what was told, and `now`.
//!
//! One call judges one rule of one person at one place. The caller keeps what was told and hands it
//! in again; nothing else is remembered.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::metric::{Hazard, Metric};
use crate::place::Place;
use crate::reading::{Reading, Target, midnight, next_day};
use crate::rule::{Rule, Standing, Trigger};
use crate::sun;

/// The identity of an alert on this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AlertId(pub i64);

/// An alert of the same person, place, metric and kind of trigger, as it was left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastAlert {
    /// Its identity.
    pub id: AlertId,
    /// Beginning of the first target of its episode at or above the limit.
    pub starts: DateTime<Utc>,
    /// End of the last one known so far.
    pub ends: DateTime<Utc>,
    /// [`Rule::threshold`] under which it was raised.
    pub threshold: u8,
    /// The highest level told so far; `None` while it is held.
    pub told_level: Option<u8>,
    /// When it was last told.
    pub told_at: Option<DateTime<Utc>>,
    /// Whether it was taken back: then it stands for nothing any more.
    pub withdrawn: bool,
    /// Whether it is known to be over: it may be taken up again by a late publication, never told
    /// anew.
    pub over: bool,
}

/// Consecutive targets at or above a rule's limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Episode {
    /// Beginning of the first target at or above the limit.
    pub starts: DateTime<Utc>,
    /// End of the last one.
    pub ends: DateTime<Utc>,
    /// Whether what follows is no longer part of it.
    pub closed: bool,
}

/// What is still to come of an episode, from now to the end of tomorrow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outlook {
    /// The highest level ahead.
    pub level: u8,
    /// The lowest one at or above the limit.
    pub lowest: u8,
    /// The first target with the highest level.
    pub peak: Target,
    /// The first target ahead at or above the limit.
    pub first: Target,
    /// The last one.
    pub last: Target,
}

/// Why an alert is told now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The episode was not known before.
    New,
    /// Its level passes the highest one told.
    Worse,
    /// It lasts, and was told days ago.
    Reminder,
    /// It was held, and no longer is.
    Released,
}

/// How long ahead an episode is told.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Lead {
    /// As soon as it is known.
    #[default]
    Known,
    /// From the evening before, [`EVENING`].
    Evening,
    /// On its day, from the morning on, [`MORNING`].
    Day,
}

/// The hour from which an episode of tomorrow is told the evening before, by the clock of the place.
pub const EVENING: u32 = 18;

/// The hour from which an episode is told on its day, by the clock of the place.
pub const MORNING: u32 = 7;

impl Lead {
    /// Every lead time, the longest first.
    pub const ALL: [Self; 3] = [Self::Known, Self::Evening, Self::Day];

    /// The word used in settings.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Known => "known",
            Self::Evening => "evening",
            Self::Day => "day",
        }
    }

    /// From when on what begins at `starts` is told; what begins in the small hours not after it
    /// has begun.
    #[must_use]
    pub fn tells_from(self, starts: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
        let date = starts.with_timezone(&zone).date_naive();
        let at = |date: chrono::NaiveDate, hour: u32| {
            midnight(date, zone) + TimeDelta::hours(i64::from(hour))
        };
        match self {
            Self::Known => DateTime::<Utc>::MIN_UTC,
            Self::Evening => at(date.pred_opt().unwrap_or(date), EVENING),
            Self::Day => at(date, MORNING),
        }
    }
}

impl std::str::FromStr for Lead {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let all = Self::ALL.into_iter();
        all.into_iter().find(|lead| lead.word() == word).ok_or_else(|| format!("{word:?}"))
    }
}

/// What keeps an alert from being told right now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Restraint {
    /// Notifications wait: the quiet hours of the device.
    pub quiet: bool,
    /// The person has muted the rule for a while.
    pub muted: bool,
    /// How long ahead an episode is told.
    pub lead: Lead,
}

/// Why an alert is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hold {
    /// The quiet hours are not over.
    Quiet,
    /// The person has muted the rule.
    Muted,
    /// It is too early for it: [`Lead`].
    Early,
}

/// The decision on one rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Tell it.
    Raised {
        /// The alert it belongs to; `None`: a new one.
        alert: Option<AlertId>,
        /// Why now.
        reason: Reason,
        /// Its episode.
        episode: Episode,
        /// What is ahead of it.
        outlook: Outlook,
    },
    /// Tell it once nothing holds it back any more.
    Held {
        /// The alert it belongs to; `None`: a new one.
        alert: Option<AlertId>,
        /// Why it would be told.
        reason: Reason,
        /// What holds it back.
        hold: Hold,
        /// Its episode.
        episode: Episode,
        /// What is ahead of it.
        outlook: Outlook,
    },
    /// The episode goes on and was told.
    AlreadyTold {
        /// Its alert.
        alert: AlertId,
        /// Its episode as it is known now.
        episode: Episode,
        /// What is ahead; `None` when the rest of the episode is under the limit.
        outlook: Option<Outlook>,
    },
    /// A publication took the episode back before it began.
    Withdrawn {
        /// The alert that no longer stands.
        alert: AlertId,
        /// Whether it had been told, so that this must be told too.
        was_told: bool,
    },
    /// The episode has ended.
    Over {
        /// Its alert.
        alert: AlertId,
        /// Its episode.
        episode: Option<Episode>,
    },
    /// Something is known from now to the end of tomorrow, and all of it is under the limit.
    Below {
        /// The highest level known ahead, where it has a rank.
        level: Option<u8>,
        /// Its target.
        target: Target,
    },
    /// Nothing usable is known from now to the end of tomorrow.
    NoData,
}

/// Under how many consecutive targets below the limit an episode ends: two days, six hours.
fn tolerance(target: Target) -> usize {
    match target {
        Target::Day(_) => 2,
        Target::Hour(_) => 6,
    }
}

/// After how long an episode that lasts is told again: 7 days for what lasts a season, else 3.
fn reminder_after(metric: Metric) -> TimeDelta {
    match metric.hazard() {
        Hazard::Pollen | Hazard::Uv => TimeDelta::days(7),
        Hazard::Air
        | Hazard::Episode
        | Hazard::Weather
        | Hazard::Water
        | Hazard::Radon
        | Hazard::Combined => TimeDelta::days(3),
    }
}

/// How far back the readings handed to [`decide`] must reach to tell one episode from two.
pub const LOOK_BACK: TimeDelta = TimeDelta::days(4);

/// Decides on `rule` at a place.
///
/// `readings` are those that count for the rule's metric at the place, at most one for each target,
/// in any order, reaching back to the beginning of every alert in `past` that is neither withdrawn
/// nor over, and by [`LOOK_BACK`] otherwise. What [`Rule::breaks_through`] is told whatever the
/// restraint.
///
/// There is one decision for each episode that reaches past `now`, one for each past alert whose
/// state changes, or else a single [`Decision::Below`] or [`Decision::NoData`].
///
/// One call for each rule. What was told is handed in again, and then nothing is told twice:
///
/// ```
/// use chrono_tz::Tz;
/// use ecosante_domain::decision::{AlertId, Decision, PastAlert, Reason, Restraint, decide};
/// use ecosante_domain::metric::Metric;
/// use ecosante_domain::person::Profile;
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
/// let mut profile = Profile::default();
/// profile.set("conditions", "asthma").expect("a condition");
/// let rule = profile.rules().into_iter().find(|rule| rule.name() == "air:asthma").expect("a rule");
/// assert_eq!(rule.threshold(), 3);
///
/// // Tomorrow, the 8th, is at the limit.
/// let readings = [air("2026-09-07", 2), air("2026-09-08", 3)];
/// let now = "2026-09-07T14:00:00Z".parse()?;
/// let none = Restraint::default();
/// let first = decide(&rule, &readings, &[], now, &lyon, none);
/// let [Decision::Raised { alert: None, reason: Reason::New, episode, outlook }] = first[..] else {
///     panic!("a new alert");
/// };
/// assert_eq!((outlook.level, outlook.peak.to_string()), (3, "2026-09-08".to_owned()));
///
/// // An hour later it stands as told.
/// let told = PastAlert {
///     id: AlertId(1),
///     starts: episode.starts,
///     ends: episode.ends,
///     threshold: rule.threshold(),
///     told_level: Some(outlook.level),
///     told_at: Some(now),
///     withdrawn: false,
///     over: false,
/// };
/// let later = now + chrono::TimeDelta::hours(1);
/// let again = decide(&rule, &readings, &[told.clone()], later, &lyon, none);
/// assert!(matches!(again[..], [Decision::AlreadyTold { alert: AlertId(1), .. }]));
///
/// // It is told once more where it gets worse, and not where it hovers around the limit: 3, 2, 3 is
/// // one episode, 3, 1, 3 are two.
/// let worse = [air("2026-09-07", 2), air("2026-09-08", 4)];
/// let worse = decide(&rule, &worse, &[told.clone()], later, &lyon, none);
/// assert!(matches!(worse[..], [Decision::Raised { reason: Reason::Worse, .. }]));
///
/// let hovers = [air("2026-09-08", 3), air("2026-09-09", 2), air("2026-09-10", 3)];
/// let on_the_9th = "2026-09-09T14:00:00Z".parse()?;
/// let hovers = decide(&rule, &hovers, &[told], on_the_9th, &lyon, none);
/// assert!(matches!(hovers[..], [Decision::AlreadyTold { .. }]));
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[must_use]
pub fn decide(
    rule: &Rule,
    readings: &[Reading],
    past: &[PastAlert],
    now: DateTime<Utc>,
    place: &Place,
    restraint: Restraint,
) -> Vec<Decision> {
    let zone = place.time_zone;
    let horizon = midnight(next_day(next_day(now.with_timezone(&zone).date_naive())), zone);
    let points = points(rule, readings, place, horizon);
    let past: Vec<_> = past.iter().filter(|alert| !alert.withdrawn).collect();
    let begun: Vec<_> = past
        .iter()
        .filter(|alert| alert.starts <= now && alert.threshold == rule.threshold())
        .map(|alert| alert.starts)
        .collect();
    let episodes = episodes(&points, &begun);
    let matches: Vec<Vec<usize>> =
        past.iter().map(|alert| episodes_of(alert, &episodes, &points)).collect();
    // Of several alerts the most recent, should a late publication have joined their episodes; one
    // that covers the episode before one that only borders on it.
    let covers = |alert: &PastAlert, n: usize| {
        episodes.get(n).is_some_and(|it| alert.starts < it.ends && it.starts < alert.ends)
    };
    let owner = |n: usize| {
        let matching = || matches.iter().enumerate().filter(|(_, it)| it.contains(&n));
        let mut covering = matching().filter(|(i, _)| past.get(*i).is_some_and(|it| covers(it, n)));
        covering.next_back().or_else(|| matching().next_back()).map(|(i, _)| i)
    };

    let mut decisions = Vec::new();
    for (i, (alert, matching)) in past.iter().zip(&matches).enumerate() {
        let owned: Vec<_> = matching
            .iter()
            .filter(|n| owner(**n) == Some(i))
            .filter_map(|n| episodes.get(*n))
            .map(|episode| (*episode, outlook(&points, episode, now)))
            .collect();
        match whole(&owned) {
            Some((episode, outlook)) => {
                decisions.extend(judge(rule, &episode, Some(alert), outlook, now, restraint, zone));
            }
            None if matching.is_empty() && !alert.over => {
                decisions.extend(unmatched(rule, alert, readings, now, horizon, place));
            }
            None => {}
        }
    }
    for (_, episode) in episodes.iter().enumerate().filter(|(n, _)| owner(*n).is_none()) {
        let outlook = outlook(&points, episode, now);
        decisions.extend(judge(rule, episode, None, outlook, now, restraint, zone));
    }
    let tells = decisions.iter().any(|decision| {
        matches!(
            decision,
            Decision::Raised { .. } | Decision::Held { .. } | Decision::AlreadyTold { .. }
        )
    });
    if !tells {
        decisions.push(silence(&points, readings, now));
    }
    decisions
}

/// The episodes that an alert stands for: those it overlaps, else one that is parted from it by
/// less than ends an episode.
fn episodes_of(alert: &PastAlert, episodes: &[Episode], points: &[Point]) -> Vec<usize> {
    let positions = |belongs: &dyn Fn(&Episode) -> bool| -> Vec<usize> {
        let fitting = episodes.iter().enumerate().filter(|(_, episode)| belongs(episode));
        fitting.map(|(n, _)| n).collect()
    };
    let overlapping =
        positions(&|episode| alert.starts < episode.ends && episode.starts < alert.ends);
    if !overlapping.is_empty() {
        return overlapping;
    }
    let mut linked = positions(&|episode| {
        let (from, to) = if episode.starts >= alert.ends {
            (alert.ends, episode.starts)
        } else {
            (episode.ends, alert.starts)
        };
        let between: Vec<_> =
            points.iter().filter(|point| from < point.ends && point.starts < to).collect();
        // What lies before the first point or after the last is not known to part nothing.
        let known = points.first().is_some_and(|first| first.starts <= from)
            && points.last().is_some_and(|last| last.ends >= to);
        known
            && between.iter().all(|point| point.standing != Standing::FarUnder)
            && between.first().is_none_or(|point| between.len() < tolerance(point.target))
    });
    linked.truncate(1);
    linked
}

/// The episodes that one alert stands for as one: those ahead, else the last.
fn whole(owned: &[(Episode, Option<Outlook>)]) -> Option<(Episode, Option<Outlook>)> {
    let ahead = owned.iter().filter_map(|(episode, outlook)| Some((*episode, (*outlook)?)));
    let joined = ahead.reduce(|(one, seen), (other, next)| {
        let episode = Episode {
            starts: one.starts.min(other.starts),
            ends: one.ends.max(other.ends),
            closed: other.closed,
        };
        let higher = if next.level > seen.level { next } else { seen };
        let outlook = Outlook {
            lowest: seen.lowest.min(next.lowest),
            first: seen.first,
            last: next.last,
            ..higher
        };
        (episode, outlook)
    });
    match joined {
        Some((episode, outlook)) => Some((episode, Some(outlook))),
        None => owned.last().copied(),
    }
}

/// The decision on an alert that has no episode any more.
///
/// It is withdrawn only where a publication says so: every target it was raised for is known, and
/// none of them meets the limit it was raised under. `None`: beyond what is looked at.
fn unmatched(
    rule: &Rule,
    alert: &PastAlert,
    readings: &[Reading],
    now: DateTime<Utc>,
    horizon: DateTime<Utc>,
    place: &Place,
) -> Option<Decision> {
    let over = Decision::Over { alert: alert.id, episode: None };
    if alert.starts <= now {
        return Some(over);
    }
    // The clock was set back: the time of this alert is still to come.
    if alert.starts >= horizon {
        return None;
    }
    let trigger = match rule.trigger {
        Trigger::From(_) => Trigger::From(alert.threshold),
        Trigger::Event => Trigger::Event,
    };
    let raised_under = Rule { trigger, ..rule.clone() };
    let series = points(&raised_under, readings, place, horizon);
    let announced: Vec<_> = series
        .iter()
        .filter(|point| alert.starts < point.ends && point.starts < alert.ends)
        .map(|point| point.standing)
        .collect();
    if announced.iter().any(|standing| matches!(standing, Standing::Meets(_))) {
        // Not the forecast has changed but the limit.
        return Some(over);
    }
    let covered = series.last().is_some_and(|last| last.ends >= alert.ends.min(horizon));
    if announced.is_empty() || !covered || announced.contains(&Standing::Unknown) {
        let episode = Episode { starts: alert.starts, ends: alert.ends, closed: false };
        return Some(Decision::AlreadyTold { alert: alert.id, episode, outlook: None });
    }
    Some(Decision::Withdrawn { alert: alert.id, was_told: alert.told_level.is_some() })
}

/// The decision on one episode; `None` where it is past and needs no word.
fn judge(
    rule: &Rule,
    episode: &Episode,
    alert: Option<&PastAlert>,
    outlook: Option<Outlook>,
    now: DateTime<Utc>,
    restraint: Restraint,
    zone: Tz,
) -> Option<Decision> {
    let Some(ahead) = outlook else {
        let alert = alert.filter(|alert| !alert.over)?;
        // What nobody publishes any more ends as well, once an episode would have ended by itself.
        let until = midnight(next_day(episode.ends.with_timezone(&zone).date_naive()), zone);
        let silent = now >= until + TimeDelta::days(1);
        return Some(if episode.ends <= now && (episode.closed || silent) {
            Decision::Over { alert: alert.id, episode: Some(*episode) }
        } else {
            Decision::AlreadyTold { alert: alert.id, episode: *episode, outlook: None }
        });
    };
    let reason = match alert {
        None => Some(Reason::New),
        Some(PastAlert { told_level: None, .. }) => Some(Reason::Released),
        Some(PastAlert { told_level: Some(told), .. }) if ahead.level > *told => {
            Some(Reason::Worse)
        }
        Some(PastAlert { told_at: Some(told_at), .. })
            if now - *told_at >= reminder_after(rule.metric) && !restraint.muted =>
        {
            Some(Reason::Reminder)
        }
        Some(_) => None,
    };
    let id = alert.map(|alert| alert.id);
    let episode = *episode;
    Some(match (reason, id) {
        (None, Some(alert)) => Decision::AlreadyTold { alert, episode, outlook },
        (None, None) => return None,
        (Some(reason), alert) => match hold(rule, ahead, now, restraint, zone) {
            Some(hold) => Decision::Held { alert, reason, hold, episode, outlook: ahead },
            None => Decision::Raised { alert, reason, episode, outlook: ahead },
        },
    })
}

/// What holds back what would be told; nothing holds back the highest class.
fn hold(
    rule: &Rule,
    ahead: Outlook,
    now: DateTime<Utc>,
    restraint: Restraint,
    zone: Tz,
) -> Option<Hold> {
    if rule.breaks_through(ahead.level) {
        return None;
    }
    let (starts, _) = ahead.first.span(zone);
    // A day begins at midnight, which nobody wants to hear; a storm that has begun does not wait.
    let (begun, by_the_hour) = (now >= starts, matches!(ahead.first, Target::Hour(_)));
    if restraint.muted {
        Some(Hold::Muted)
    } else if !(begun && by_the_hour) && now < restraint.lead.tells_from(starts, zone) {
        Some(Hold::Early)
    } else {
        restraint.quiet.then_some(Hold::Quiet)
    }
}

/// Below or no data, when no episode reaches past now.
fn silence(points: &[Point], readings: &[Reading], now: DateTime<Utc>) -> Decision {
    let ahead = |point: &&Point| point.matters_until > now && point.standing != Standing::Unknown;
    let level = |point: &Point| {
        let reading = readings.iter().find(|reading| reading.target == point.target);
        reading.and_then(|reading| reading.scale?.rank(reading.level?))
    };
    points
        .iter()
        .filter(ahead)
        // The first of the highest.
        .rev()
        .max_by_key(|point| level(point))
        .map_or(Decision::NoData, |point| Decision::Below {
            level: level(point),
            target: point.target,
        })
}

/// One target of the series a rule looks at.
#[derive(Debug, Clone, Copy)]
struct Point {
    target: Target,
    starts: DateTime<Utc>,
    ends: DateTime<Utc>,
    /// Until when it matters: the highest UV of a day until the sun sets, all else to its end.
    matters_until: DateTime<Utc>,
    standing: Standing,
}

impl Point {
    fn new(rule: &Rule, target: Target, standing: Standing, place: &Place) -> Self {
        let (starts, ends) = target.span(place.time_zone);
        let sunset = match target {
            Target::Day(date) if rule.metric == Metric::Uv => sun::sets(place, date),
            _ => None,
        };
        Self { target, starts, ends, matters_until: sunset.unwrap_or(ends), standing }
    }
}

/// The readings as consecutive targets up to the horizon, gaps filled in as unknown.
fn points(rule: &Rule, readings: &[Reading], place: &Place, horizon: DateTime<Utc>) -> Vec<Point> {
    let mut sorted: Vec<_> = readings.iter().map(|reading| (reading.target, reading)).collect();
    sorted.sort_by_key(|(target, _)| *target);
    let mut points: Vec<Point> = Vec::new();
    for (target, reading) in sorted {
        let point = Point::new(rule, target, rule.standing(reading), place);
        if point.starts >= horizon {
            break;
        }
        while let Some(last) = points.last() {
            let missing = Point::new(rule, last.target.next(), Standing::Unknown, place);
            if missing.starts >= point.starts {
                break;
            }
            points.push(missing);
        }
        points.push(point);
    }
    points
}

/// The episodes of a series.
///
/// A target at which an alert had `begun` counts as part of its episode even where a later
/// publication lowered it by one level: what was told is not told again.
fn episodes(points: &[Point], begun: &[DateTime<Utc>]) -> Vec<Episode> {
    let mut episodes = Vec::new();
    let mut open: Option<(Episode, usize)> = None;
    for point in points {
        let remembered = begun.iter().any(|start| point.starts <= *start && *start < point.ends);
        let part = match point.standing {
            Standing::Meets(_) => true,
            Standing::Unknown | Standing::Under => remembered && open.is_none(),
            Standing::FarUnder => false,
        };
        open = match open {
            None if part => {
                Some((Episode { starts: point.starts, ends: point.ends, closed: false }, 0))
            }
            None => None,
            Some((episode, _)) if part => Some((Episode { ends: point.ends, ..episode }, 0)),
            Some((episode, under)) => {
                let under = under + 1;
                if point.standing == Standing::FarUnder || under >= tolerance(point.target) {
                    episodes.push(Episode { closed: true, ..episode });
                    None
                } else {
                    Some((episode, under))
                }
            }
        };
    }
    episodes.extend(open.map(|(episode, _)| episode));
    episodes
}

/// What of an episode lies ahead of `now`.
fn outlook(points: &[Point], episode: &Episode, now: DateTime<Utc>) -> Option<Outlook> {
    let mut outlook: Option<Outlook> = None;
    for point in points {
        let within = point.starts >= episode.starts && point.ends <= episode.ends;
        let Standing::Meets(level) = point.standing else { continue };
        if !within || point.matters_until <= now {
            continue;
        }
        outlook = Some(match outlook {
            None => Outlook {
                level,
                lowest: level,
                peak: point.target,
                first: point.target,
                last: point.target,
            },
            Some(seen) if level > seen.level => {
                Outlook { level, peak: point.target, last: point.target, ..seen }
            }
            Some(seen) => Outlook { lowest: seen.lowest.min(level), last: point.target, ..seen },
        });
    }
    outlook
}

#[cfg(test)]
mod properties;

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::*;
    use crate::place::{Coordinates, PlaceId};
    use crate::reading::{Basis, Source, Zone};
    use crate::rehearsal::Memory;
    use crate::rule::Because;
    use crate::scale::{EVENT, Scale};

    const PARIS: Tz = Tz::Europe__Paris;

    fn lyon() -> Place {
        Place {
            id: PlaceId(1),
            name: "Lyon".to_owned(),
            commune: None,
            coordinates: Coordinates::new(45.76, 4.84),
            time_zone: PARIS,
        }
    }

    fn rule_from(limit: u8) -> Rule {
        Rule {
            metric: Metric::Air,
            trigger: Trigger::From(limit),
            because: vec![Because::Everyone],
            provenance: None,
        }
    }

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 9, n).expect("a day of September")
    }

    /// Noon of a day of September in Paris.
    fn noon(n: u32) -> DateTime<Utc> {
        midnight(day(n), PARIS) + TimeDelta::hours(12)
    }

    fn reading(target: Target, level: Option<u8>) -> Reading {
        Reading {
            source: Source::AtmoFrance,
            zone: Zone { code: "69123".to_owned(), name: "Lyon".to_owned() },
            metric: Metric::Air,
            scale: Some(Scale::Atmo2021),
            target,
            basis: Basis::Official,
            level,
            value: None,
            published_at: None,
            fetched_at: noon(1),
            hours: 1,
            note: None,
        }
    }

    /// Readings from the first of September on; 0 means that nothing is known of the day.
    fn days(levels: &[u8]) -> Vec<Reading> {
        (1..)
            .zip(levels)
            .filter(|(_, level)| **level != 0)
            .map(|(n, level)| reading(Target::Day(day(n)), Some(*level)))
            .collect()
    }

    /// What the person's device remembers of a rule at Lyon.
    #[derive(Default)]
    struct Device(Memory);

    impl Device {
        fn learns(&mut self, rule: &Rule, readings: &[Reading], now: DateTime<Utc>, quiet: bool) {
            let restraint = Restraint { quiet, ..Restraint::default() };
            self.0.learn(rule, readings, now, &lyon(), restraint);
        }

        fn told(&self) -> Vec<(Reason, u8, DateTime<Utc>)> {
            self.0.told.iter().map(|told| (told.reason, told.level, told.at)).collect()
        }

        fn reasons(&self) -> Vec<Reason> {
            self.0.told.iter().map(|told| told.reason).collect()
        }
    }

    #[test]
    fn the_highest_uv_of_a_day_matters_until_the_sun_sets() {
        let rule = Rule { metric: Metric::Uv, ..rule_from(6) };
        let uv = |n, index: f64| Reading {
            metric: Metric::Uv,
            scale: Some(Scale::UvWho),
            value: Some(index),
            ..reading(Target::Day(day(n)), Some(3))
        };
        let readings = [uv(1, 7.0), uv(2, 2.0)];
        let at = |hour| {
            let now = midnight(day(1), PARIS) + TimeDelta::hours(hour);
            decide(&rule, &readings, &[], now, &lyon(), Restraint::default())
        };
        assert!(matches!(at(19)[..], [Decision::Raised { .. }]), "{:?}", at(19));
        let tomorrow = Target::Day(day(2));
        assert!(
            matches!(at(21)[..], [Decision::Below { target, .. }] if target == tomorrow),
            "{:?}",
            at(21)
        );
    }

    #[test]
    fn an_episode_is_told_once_however_often_it_is_looked_at() {
        let mut device = Device::default();
        for hour in 0..24 {
            device.learns(&rule_from(3), &days(&[3, 2]), noon(1) + TimeDelta::hours(hour), false);
        }
        assert_eq!(device.reasons(), [Reason::New]);
    }

    #[test]
    fn an_episode_of_tomorrow_is_told_today_and_not_again_tomorrow() {
        let mut device = Device::default();
        device.learns(&rule_from(3), &days(&[2, 3]), noon(1), false);
        device.learns(&rule_from(3), &days(&[2, 3, 2]), noon(2), false);
        assert_eq!(device.told(), [(Reason::New, 3, noon(1))]);
    }

    #[test]
    fn the_day_after_tomorrow_is_not_yet_looked_at() {
        let decisions =
            decide(&rule_from(3), &days(&[2, 2, 5]), &[], noon(1), &lyon(), Restraint::default());
        let target = Target::Day(day(1));
        assert_eq!(decisions, [Decision::Below { level: Some(2), target }]);
    }

    #[test]
    fn worse_is_told_and_better_is_not() {
        let mut device = Device::default();
        device.learns(&rule_from(3), &days(&[3, 3]), noon(1), false);
        device.learns(&rule_from(3), &days(&[3, 4]), noon(1) + TimeDelta::hours(6), false);
        device.learns(&rule_from(3), &days(&[3, 3, 3]), noon(2), false);
        device.learns(&rule_from(3), &days(&[3, 4, 4]), noon(2) + TimeDelta::hours(6), false);
        assert_eq!(device.reasons(), [Reason::New, Reason::Worse]);
    }

    #[test]
    fn one_level_under_for_a_day_is_the_same_episode_and_two_levels_under_end_it() {
        for (levels, told) in [(&[3, 2, 3][..], 1), (&[3, 1, 3], 2), (&[3, 2, 2, 3], 2)] {
            let mut device = Device::default();
            for n in 1..=4 {
                let known = levels.iter().copied().take(n + 1).collect::<Vec<_>>();
                let now = noon(u32::try_from(n).expect("few"));
                device.learns(&rule_from(3), &days(&known), now, false);
            }
            assert_eq!(device.0.told.len(), told, "{levels:?}");
        }
    }

    #[test]
    fn a_publication_that_lowers_today_by_one_level_does_not_make_a_new_episode_of_tomorrow() {
        let mut device = Device::default();
        device.learns(&rule_from(3), &days(&[3, 2]), noon(1), false);
        device.learns(&rule_from(3), &days(&[2, 3]), noon(1) + TimeDelta::hours(6), false);
        assert_eq!(device.reasons(), [Reason::New]);
    }

    #[test]
    fn an_episode_taken_back_before_it_begins_is_withdrawn_and_only_then() {
        let mut device = Device::default();
        device.learns(&rule_from(3), &days(&[2, 3]), noon(1), false);
        device.learns(&rule_from(3), &days(&[2, 2]), noon(1) + TimeDelta::hours(6), false);
        assert_eq!(device.0.told_off.len(), 1);
        let mut begun = Device::default();
        begun.learns(&rule_from(3), &days(&[3, 2]), noon(1), false);
        begun.learns(&rule_from(3), &days(&[1, 1]), noon(1) + TimeDelta::hours(6), false);
        assert_eq!(begun.0.told_off.len(), 0);
        assert!(begun.0.alerts[0].over);
    }

    #[test]
    fn a_held_alert_that_is_taken_back_is_never_spoken_of() {
        let mut device = Device::default();
        device.learns(&rule_from(3), &days(&[2, 3]), noon(1), true);
        device.learns(&rule_from(3), &days(&[2, 2]), noon(1) + TimeDelta::hours(6), true);
        assert_eq!((device.0.told.len(), device.0.told_off.len()), (0, 0));
        assert!(device.0.alerts[0].withdrawn);
    }

    #[test]
    fn what_was_held_is_told_once_when_the_quiet_hours_end() {
        let mut device = Device::default();
        device.learns(&rule_from(3), &days(&[3, 3]), noon(1), true);
        device.learns(&rule_from(3), &days(&[3, 4]), noon(1) + TimeDelta::hours(1), true);
        assert_eq!(device.told(), []);
        device.learns(&rule_from(3), &days(&[3, 4]), noon(1) + TimeDelta::hours(9), false);
        device.learns(&rule_from(3), &days(&[3, 4]), noon(1) + TimeDelta::hours(10), false);
        assert_eq!(device.told(), [(Reason::Released, 4, noon(1) + TimeDelta::hours(9))]);
    }

    #[test]
    fn an_episode_that_lasts_is_told_again_after_three_days() {
        let mut device = Device::default();
        for n in 1..=8 {
            device.learns(&rule_from(3), &days(&[3; 9]), noon(n), false);
        }
        assert_eq!(device.reasons(), [Reason::New, Reason::Reminder, Reason::Reminder]);
    }

    #[test]
    fn a_late_publication_that_joins_two_days_does_not_tell_a_finished_episode_again() {
        let mut device = Device::default();
        device.learns(&rule_from(3), &days(&[3, 1]), noon(1), false);
        device.learns(&rule_from(3), &days(&[3, 1, 1]), noon(2), false);
        assert!(device.0.alerts[0].over);
        device.learns(&rule_from(3), &days(&[3, 3, 1]), noon(2) + TimeDelta::hours(3), false);
        assert_eq!(device.reasons(), [Reason::New]);
    }

    #[test]
    fn a_clock_set_back_tells_nothing_twice() {
        let mut device = Device::default();
        device.learns(&rule_from(3), &days(&[3, 3]), noon(1), false);
        device.learns(&rule_from(3), &days(&[3, 3]), noon(1) - TimeDelta::hours(10), false);
        assert_eq!(device.reasons(), [Reason::New]);
    }

    #[test]
    fn a_limit_raised_in_mid_episode_ends_the_alert_and_a_lowered_one_keeps_it() {
        let mut device = Device::default();
        device.learns(&rule_from(3), &days(&[3, 3]), noon(1), false);
        device.learns(&rule_from(2), &days(&[3, 3]), noon(1), false);
        assert_eq!(device.reasons(), [Reason::New]);
        device.learns(&rule_from(4), &days(&[3, 3]), noon(1), false);
        assert!(device.0.alerts[0].over);
    }

    #[test]
    fn what_is_no_longer_known_or_is_an_event_now_is_not_taken_back() {
        for later in [&[2, 0][..], &[2, EVENT]] {
            let mut device = Device::default();
            device.learns(&rule_from(3), &days(&[2, 4]), noon(1), false);
            device.learns(&rule_from(3), &days(later), noon(1) + TimeDelta::hours(6), false);
            assert_eq!(device.0.told_off.len(), 0, "{later:?}");
            assert!(!device.0.alerts[0].withdrawn && !device.0.alerts[0].over);
        }
    }

    #[test]
    fn a_changed_limit_or_clock_takes_nothing_back() {
        let mut device = Device::default();
        device.learns(&rule_from(3), &days(&[2, 3]), noon(1), false);
        device.learns(&rule_from(4), &days(&[2, 3]), noon(1), false);
        assert_eq!(device.0.told_off.len(), 0);
        assert!(device.0.alerts[0].over);
        let mut early = Device::default();
        early.learns(&rule_from(3), &days(&[2, 2, 2, 3]), noon(4), false);
        early.learns(&rule_from(3), &days(&[2, 2, 2, 3]), noon(1), false);
        early.learns(&rule_from(3), &days(&[2, 2, 2, 3]), noon(4), false);
        assert_eq!((early.0.told_off.len(), early.reasons()), (0, vec![Reason::New]));
    }

    #[test]
    fn a_publication_that_parts_an_episode_in_two_makes_two() {
        let mut device = Device::default();
        device.learns(&rule_from(3), &days(&[3, 3]), noon(1), false);
        device.learns(&rule_from(3), &days(&[3, 1, 3]), noon(2), false);
        assert_eq!(device.0.told.len(), 2);
        assert_eq!(device.0.alerts.len(), 2);
    }

    #[test]
    fn an_alert_ends_even_where_nobody_publishes_any_more() {
        let mut device = Device::default();
        device.learns(&rule_from(3), &days(&[3, 3]), noon(1), false);
        device.learns(&rule_from(3), &days(&[3, 3]), noon(3), false);
        assert!(!device.0.alerts[0].over);
        device.learns(&rule_from(3), &days(&[3, 3]), noon(5), false);
        assert!(device.0.alerts[0].over);
    }

    #[test]
    fn nothing_known_is_no_data_and_not_below() {
        let decide = |readings: &[Reading]| {
            decide(&rule_from(3), readings, &[], noon(3), &lyon(), Restraint::default())
        };
        assert_eq!(decide(&[]), [Decision::NoData]);
        assert_eq!(decide(&days(&[2, 2, 0, 0])), [Decision::NoData]);
    }

    #[test]
    fn an_event_is_told_by_its_own_rule_and_leaves_the_ordinary_one_without_an_answer() {
        let event = Rule { trigger: Trigger::Event, ..rule_from(3) };
        let readings = days(&[EVENT, EVENT]);
        let mut device = Device::default();
        device.learns(&event, &readings, noon(1), false);
        assert_eq!(device.reasons(), [Reason::New]);
        let ordinary =
            decide(&rule_from(3), &readings, &[], noon(1), &lyon(), Restraint::default());
        assert_eq!(ordinary, [Decision::NoData]);
    }

    #[test]
    fn uv_is_told_at_the_limit_and_again_in_each_class_above() {
        let rule = Rule { metric: Metric::Uv, ..rule_from(6) };
        let uv = |value: f64| {
            let index = crate::scale::uv_index(value).expect("an index");
            vec![Reading {
                metric: Metric::Uv,
                scale: Some(Scale::UvWho),
                value: Some(value),
                level: Some(crate::scale::uv_who_level(index)),
                ..reading(Target::Day(day(1)), None)
            }]
        };
        let mut device = Device::default();
        for (hour, value) in [5.4, 5.6, 7.4, 8.0, 9.0, 11.2].into_iter().enumerate() {
            let now = noon(1) + TimeDelta::hours(i64::try_from(hour).expect("few"));
            device.learns(&rule, &uv(value), now, false);
        }
        assert_eq!(device.reasons(), [Reason::New, Reason::Worse, Reason::Worse]);
    }

    #[test]
    fn hours_under_the_limit_end_an_episode_only_after_six() {
        let hours = |levels: &[u8]| -> Vec<Reading> {
            levels
                .iter()
                .enumerate()
                .map(|(n, level)| {
                    let start = noon(1) + TimeDelta::hours(i64::try_from(n).expect("few"));
                    reading(Target::Hour(start), Some(*level))
                })
                .collect()
        };
        let count = |levels: &[u8]| {
            decide(&rule_from(4), &hours(levels), &[], noon(1), &lyon(), Restraint::default())
                .iter()
                .filter(|decision| matches!(decision, Decision::Raised { .. }))
                .count()
        };
        assert_eq!(count(&[4, 3, 3, 3, 3, 3, 4]), 1);
        assert_eq!(count(&[4, 3, 3, 3, 3, 3, 3, 4]), 2);
        assert_eq!(count(&[4, 2, 4]), 2);
    }

    proptest! {
        /// What is published never changes here: each day is looked at several times a day.
        #[test]
        fn every_episode_is_told_and_none_twice(
            levels in prop::collection::vec(0_u8..=6, 1..26),
            limit in 1_u8..=6,
            looks in 1_i64..5,
        ) {
            let rule = rule_from(limit);
            let readings = days(&levels);
            let mut device = Device::default();
            for n in 1..=levels.len() {
                for look in 0..looks {
                    let now = midnight(day(u32::try_from(n).expect("few")), PARIS)
                        + TimeDelta::hours(24 * look / looks);
                    device.learns(&rule, &readings, now, false);
                }
            }
            let spans = points(&rule, &readings, &lyon(), noon(30));
            let expected = episodes(&spans, &[]);
            let new = device.0.told.iter().filter(|told| told.reason == Reason::New).count();
            prop_assert_eq!(new, expected.len());
            prop_assert_eq!(device.0.told_off.len(), 0);
            // Worse: only ever upwards within one alert.
            for alert in &device.0.alerts {
                prop_assert!(alert.told_level.is_some());
            }
        }

        /// Publications contradict each other at will.
        #[test]
        fn what_is_told_again_is_worse_a_reminder_or_was_taken_back(
            publications in prop::collection::vec(prop::collection::vec(0_u8..=6, 12), 1..40),
            limit in 2_u8..=6,
            quiet in prop::collection::vec(any::<bool>(), 40),
        ) {
            let rule = rule_from(limit);
            let mut device = Device::default();
            for (n, levels) in publications.iter().enumerate() {
                let now = midnight(day(1), PARIS)
                    + TimeDelta::hours(6 * i64::try_from(n).expect("few"));
                let before = device.0.alerts.clone();
                let told_before = device.0.told.len();
                let known = days(levels);
                device.learns(&rule, &known, now, quiet[n]);
                if quiet[n] {
                    prop_assert_eq!(device.0.told.len(), told_before, "told in quiet hours");
                }
                // Looking again without news tells nothing.
                let told = device.0.told.len();
                device.learns(&rule, &known, now, quiet[n]);
                prop_assert_eq!(device.0.told.len(), told);
                // Nothing is told for a target that a standing, told alert covered at that level.
                for told in &device.0.told[told_before..] {
                    let (reason, level, at) = (told.reason, told.level, told.at);
                    let covering = before.iter().find(|alert| {
                        !alert.withdrawn && alert.starts <= at && at < alert.ends
                            && alert.told_level.is_some_and(|told| told >= level)
                    });
                    if let Some(alert) = covering
                        && reason == Reason::New
                    {
                        // Only a new episode that begins after the covered one ended.
                        let newest = device.0.alerts.last().expect("it was told");
                        prop_assert!(newest.starts >= alert.ends - TimeDelta::days(1));
                    }
                }
            }
        }
    }
}
