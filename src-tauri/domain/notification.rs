//! What a notification says: what and how high, where, from when to when, why you, one advice.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::advice::Advice;
use crate::decision::{Outlook, Reason};
use crate::metric::{Hazard, Metric};
use crate::place::Place;
use crate::reading::{Basis, Reading, Target, midnight};
use crate::rule::{Because, Rule, Trigger};
use crate::scale::{EVENT, Scale};
use crate::text::{Arg, Texts};

/// One alert as a notification speaks of it.
#[derive(Debug, Clone, Copy)]
pub struct Notice<'a> {
    /// The name of the person; `None` for the one who is simply "you".
    pub person: Option<&'a str>,
    /// Where.
    pub place: &'a Place,
    /// The rule that is met.
    pub rule: &'a Rule,
    /// Why it is told now.
    pub reason: Reason,
    /// What is ahead.
    pub outlook: Outlook,
    /// The reading of the peak.
    pub reading: &'a Reading,
    /// What to do.
    pub advice: Option<&'a Advice>,
}

/// A notification, in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// One line.
    pub title: String,
    /// At most four lines.
    pub body: String,
}

/// How many notifications may go out at once.
pub const AT_ONCE: usize = 3;

/// How many alerts a merged notification lists before it counts the rest.
const LISTED: usize = 3;

/// Sorts alerts, given by their hazard, into at most `at_most` notifications (at least one): one for
/// each hazard, the last one taking what is left.
#[must_use]
pub fn merge(hazards: &[Hazard], at_most: usize) -> Vec<Vec<usize>> {
    let mut groups: Vec<(Hazard, Vec<usize>)> = Vec::new();
    for (n, hazard) in hazards.iter().enumerate() {
        match groups.iter_mut().find(|(of, _)| of == hazard) {
            Some((_, members)) => members.push(n),
            None => groups.push((*hazard, vec![n])),
        }
    }
    let mut merged: Vec<Vec<usize>> = groups.into_iter().map(|(_, members)| members).collect();
    if merged.len() > at_most {
        let rest = merged.split_off(at_most.saturating_sub(1)).concat();
        merged.push(rest);
    }
    merged
}

/// A level in a few words: "air dégradé", "UV fort, indice 7".
#[must_use]
pub fn headline(texts: &Texts, metric: Metric, reading: &Reading) -> String {
    match (reading.scale, reading.level) {
        (Some(scale), Some(level)) => headline_of(texts, metric, scale, level, reading.value),
        _ => texts.metric(metric),
    }
}

/// [`headline`] of a level and the figure behind it.
#[must_use]
pub fn headline_of(
    texts: &Texts,
    metric: Metric,
    scale: Scale,
    level: u8,
    value: Option<f64>,
) -> String {
    let label = texts.label(scale, level).to_lowercase();
    match metric.hazard() {
        Hazard::Air => texts.get(&format!("headline-{scale}-{level}")),
        Hazard::Pollen => {
            let args: [Arg<'_>; 2] =
                [("metric", texts.metric(metric).into()), ("label", label.into())];
            texts.format("headline-pollen", args)
        }
        Hazard::Uv => {
            let index = value.and_then(crate::scale::uv_index).unwrap_or_default();
            let args: [Arg<'_>; 2] = [("label", label.into()), ("index", index.into())];
            texts.format("headline-uv", args)
        }
        Hazard::Combined => {
            let args: [Arg<'_>; 1] = [("label", label.into())];
            texts.format(&format!("headline-{}", metric.to_string().replace('.', "-")), args)
        }
        Hazard::Episode | Hazard::Weather | Hazard::Water | Hazard::Radon => {
            let args: [Arg<'_>; 2] =
                [("metric", texts.metric(metric).into()), ("label", label.into())];
            texts.format("headline-other", args)
        }
    }
}

/// When something is at a place in `zone`, as it is said now: "demain", "aujourd’hui et demain", "demain de 9:00 à 12:00".
#[must_use]
pub fn when(texts: &Texts, first: Target, last: Target, zone: Tz, now: DateTime<Utc>) -> String {
    let today = now.with_timezone(&zone).date_naive();
    let name = |date: NaiveDate| texts.day(date, today);
    match (first, last) {
        (Target::Day(first), Target::Day(last)) if first == last => name(first),
        (Target::Day(first), Target::Day(last)) if first.succ_opt() == Some(last) => {
            texts.list(&[name(first), name(last)])
        }
        (Target::Day(first), Target::Day(last)) => {
            let args: [Arg<'_>; 2] = [("first", name(first).into()), ("last", name(last).into())];
            texts.format("when-days", args)
        }
        (Target::Hour(_), _) | (_, Target::Hour(_)) => {
            let (from, _) = first.span(zone);
            let (_, to) = last.span(zone);
            let date = |moment: DateTime<Utc>| moment.with_timezone(&zone).date_naive();
            let clock =
                |moment: DateTime<Utc>| moment.with_timezone(&zone).format("%H:%M").to_string();
            // From midnight, or from now on, to midnight: in days.
            let begins = date(from);
            let whole = from == midnight(begins, zone) || from <= now && begins == today;
            if whole && to == midnight(date(to), zone) {
                let last = Target::Day(date(to - TimeDelta::seconds(1)));
                return when(texts, Target::Day(begins), last, zone, now);
            }
            let args: [Arg<'_>; 3] = [
                ("day", name(from.with_timezone(&zone).date_naive()).into()),
                ("from", clock(from).into()),
                (
                    "to",
                    if date(to) == begins { clock(to) } else { texts.moment(to, now, &zone) }
                        .into(),
                ),
            ];
            texts.format("when-hours", args)
        }
    }
}

/// The level of a reading in full: "indice ATMO Dégradé (3 sur 6)".
#[must_use]
pub fn level_in_full(
    texts: &Texts,
    metric: Metric,
    reading: &Reading,
    zone: Tz,
    now: DateTime<Utc>,
) -> String {
    let (Some(scale), Some(level)) = (reading.scale, reading.level) else {
        return texts.metric(metric);
    };
    let mut args: Vec<Arg<'_>> = vec![
        ("scale", texts.scale(scale).into()),
        ("label", texts.label(scale, level).into()),
        ("basis", basis(reading, zone, now).into()),
    ];
    match (scale, level) {
        (Scale::UvWho, _) => {
            let index = reading.value.and_then(crate::scale::uv_index).unwrap_or_default();
            args.push(("index", index.into()));
            texts.format("level-uv", args)
        }
        (_, EVENT) => texts.format("level-event", args),
        _ => {
            args.extend::<[Arg<'_>; 2]>([
                ("level", level.into()),
                ("levels", scale.levels().into()),
            ]);
            texts.format("level", args)
        }
    }
}

/// How a reading came about, as far as a notification says it: what is said of today was said today,
/// or is yesterday's forecast.
fn basis(reading: &Reading, zone: Tz, now: DateTime<Utc>) -> &'static str {
    let today = now.with_timezone(&zone).date_naive();
    let before_today = |at: DateTime<Utc>| at < midnight(today, zone);
    match reading.target {
        _ if reading.basis == Basis::Estimated => "estimated",
        Target::Day(day) if day == today && reading.published_at.is_some_and(before_today) => {
            "foretold"
        }
        _ => "published",
    }
}

/// The limit of a rule in words: a level of the scale, for UV an index.
#[must_use]
pub fn limit(texts: &Texts, rule: &Rule, scale: Scale) -> String {
    threshold(texts, rule.threshold(), scale)
}

/// A limit on a scale in words: a level, for UV an index.
#[must_use]
pub fn threshold(texts: &Texts, limit: u8, scale: Scale) -> String {
    if scale == Scale::UvWho {
        let args: [Arg<'_>; 1] = [("index", limit.into())];
        return texts.format("limit-uv", args);
    }
    texts.label(scale, limit)
}

/// The reasons of a rule in words: "asthme, moins de 6 ans".
#[must_use]
pub fn reasons(texts: &Texts, because: &[Because]) -> String {
    let words: Vec<_> =
        because.iter().map(|because| texts.get(&format!("reason-{}", because.word()))).collect();
    words.join(", ")
}

/// Why a person is told: "Pour Léa : alerte dès Dégradé (asthme)."
#[must_use]
pub fn why(texts: &Texts, person: Option<&str>, rule: &Rule, scale: Scale) -> String {
    let event = rule.trigger == Trigger::Event;
    let (limit, reasons) = (limit(texts, rule, scale), reasons(texts, &rule.because));
    why_in(texts, person, rule.metric, event, &limit, &reasons)
}

/// [`why`] of a limit and its reasons that are in words already.
#[must_use]
pub fn why_in(
    texts: &Texts,
    person: Option<&str>,
    metric: Metric,
    event: bool,
    limit: &str,
    reasons: &str,
) -> String {
    let args: [Arg<'_>; 3] =
        [("who", who(texts, person).into()), ("limit", limit.into()), ("reasons", reasons.into())];
    let key = match metric {
        Metric::Combined(_) => "why-together",
        _ if event => "why-event",
        _ => "why",
    };
    texts.format(key, args)
}

/// The name of a person, or "vous".
#[must_use]
pub fn who(texts: &Texts, person: Option<&str>) -> String {
    person.map_or_else(|| texts.get("you"), str::to_owned)
}

/// The notification for a group of alerts; an empty group says nothing.
#[must_use]
pub fn compose(texts: &Texts, notices: &[Notice<'_>], now: DateTime<Utc>) -> Message {
    let mut sorted = notices.to_vec();
    // The worst first, and of the same level whoever is told the earliest: the advice is theirs.
    sorted.sort_by_key(|notice| (std::cmp::Reverse(notice.outlook.level), notice.rule.level()));
    let Some(worst) = sorted.first() else {
        return Message { title: String::new(), body: String::new() };
    };
    let same = |notice: &&Notice<'_>| {
        notice.place.id == worst.place.id
            && notice.rule.metric == worst.rule.metric
            && (notice.outlook.level, notice.outlook.peak)
                == (worst.outlook.level, worst.outlook.peak)
    };
    let mut lines = Vec::new();
    let title = if sorted.iter().all(|notice| same(&notice)) {
        lines.push(what(texts, worst, now));
        let whys: Vec<_> = sorted
            .iter()
            .map(|notice| {
                let scale = notice.reading.scale.unwrap_or(Scale::Atmo2021);
                why(texts, notice.person, notice.rule, scale)
            })
            .collect();
        lines.push(whys.join(" "));
        title(texts, worst)
    } else {
        lines.extend(listed(texts, &sorted, now));
        let mut places: Vec<String> = Vec::new();
        for notice in &sorted {
            if !places.contains(&notice.place.name) {
                places.push(notice.place.name.clone());
            }
        }
        let hazard = worst.rule.metric.hazard();
        let one_hazard = sorted.iter().all(|notice| notice.rule.metric.hazard() == hazard);
        let subject = if one_hazard { hazard.name() } else { "several" };
        let args: [Arg<'_>; 2] =
            [("subject", subject.into()), ("places", texts.list(&places).into())];
        texts.format("title-several", args)
    };
    lines.extend(worst.advice.map(|advice| advice.text(texts)));
    Message { title, body: lines.join("\n") }
}

fn title(texts: &Texts, notice: &Notice<'_>) -> String {
    let args: [Arg<'_>; 2] = [
        ("place", notice.place.name.as_str().into()),
        ("headline", headline(texts, notice.rule.metric, notice.reading).into()),
    ];
    let key = match notice.reason {
        Reason::New | Reason::Released => "title",
        Reason::Worse => "title-worse",
        Reason::Reminder => "title-reminder",
    };
    texts.format(key, args)
}

fn what(texts: &Texts, notice: &Notice<'_>, now: DateTime<Utc>) -> String {
    let outlook = notice.outlook;
    let zone = notice.place.time_zone;
    let when = when(texts, outlook.first, outlook.last, zone, now);
    let peak = when_peak(texts, notice, now);
    let args: [Arg<'_>; 4] = [
        ("when", texts.sentence_case(&when).into()),
        ("level", level_in_full(texts, notice.rule.metric, notice.reading, zone, now).into()),
        ("peak", peak.clone().unwrap_or_default().into()),
        ("peaks", if peak.is_some() { "yes" } else { "no" }.into()),
    ];
    texts.format("what", args)
}

/// When the highest level is, where another one ahead is lower.
fn when_peak(texts: &Texts, notice: &Notice<'_>, now: DateTime<Utc>) -> Option<String> {
    let Outlook { peak, level, lowest, .. } = notice.outlook;
    (lowest < level).then(|| when(texts, peak, peak, notice.place.time_zone, now))
}

/// The alerts of a merged notification, a line for each place and peak.
fn listed(texts: &Texts, notices: &[Notice<'_>], now: DateTime<Utc>) -> Vec<String> {
    let mut rows: Vec<(String, Vec<String>)> = Vec::new();
    for notice in notices {
        let outlook = notice.outlook;
        let args: [Arg<'_>; 4] = [
            ("place", notice.place.name.as_str().into()),
            ("when", when(texts, outlook.peak, outlook.peak, notice.place.time_zone, now).into()),
            ("headline", headline(texts, notice.rule.metric, notice.reading).into()),
            ("basis", basis(notice.reading, notice.place.time_zone, now).into()),
        ];
        let row = texts.format("listed", args);
        let args: [Arg<'_>; 2] = [
            ("who", who(texts, notice.person).into()),
            ("reasons", reasons(texts, &notice.rule.because).into()),
        ];
        let who = texts.format("listed-who", args);
        match rows.iter_mut().find(|(known, _)| *known == row) {
            Some((_, people)) => people.push(who),
            None => rows.push((row, vec![who])),
        }
    }
    let hidden = rows.len().saturating_sub(LISTED);
    // A line that counts one more is no shorter than the one it hides, except that it keeps to four.
    let shown = if hidden > 0 { LISTED - 1 } else { LISTED };
    let mut lines: Vec<_> = rows
        .iter()
        .take(shown)
        .map(|(row, people)| {
            let args: [Arg<'_>; 2] =
                [("row", row.as_str().into()), ("who", texts.list(people).into())];
            texts.format("listed-for", args)
        })
        .collect();
    if rows.len() > shown {
        let args: [Arg<'_>; 1] = [("count", (rows.len() - shown).into())];
        lines.push(texts.format("listed-more", args));
    }
    lines
}

/// An alert that no longer stands, as a notification speaks of it.
#[derive(Debug, Clone)]
pub struct Withdrawal<'a> {
    /// What had been announced: [`headline`].
    pub headline: String,
    /// Where.
    pub place: &'a Place,
    /// For which day it had been announced.
    pub day: NaiveDate,
}

/// The notification that takes alerts back.
#[must_use]
pub fn compose_withdrawal(
    texts: &Texts,
    withdrawals: &[Withdrawal<'_>],
    now: DateTime<Utc>,
) -> Message {
    let mut places: Vec<String> = Vec::new();
    let mut lines: Vec<String> = Vec::new();
    for withdrawal in withdrawals {
        let today = now.with_timezone(&withdrawal.place.time_zone).date_naive();
        let args: [Arg<'_>; 3] = [
            ("place", withdrawal.place.name.as_str().into()),
            ("headline", withdrawal.headline.as_str().into()),
            ("when", texts.day(withdrawal.day, today).into()),
        ];
        let line = texts.format("withdrawn", args);
        if !lines.contains(&line) {
            lines.push(line);
        }
        if !places.contains(&withdrawal.place.name) {
            places.push(withdrawal.place.name.clone());
        }
    }
    let shown = LISTED + 1;
    if lines.len() > shown {
        let args: [Arg<'_>; 1] = [("count", (lines.len() + 1 - shown).into())];
        lines.truncate(shown - 1);
        lines.push(texts.format("listed-more", args));
    }
    let args: [Arg<'_>; 1] = [("places", texts.list(&places).into())];
    Message { title: texts.format("title-withdrawn", args), body: lines.join("\n") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metric::Taxon;
    use crate::place::PlaceId;
    use crate::reading::{Source, Zone, next_day};
    use crate::text::Language;

    fn now() -> DateTime<Utc> {
        "2026-09-08T14:00:00Z".parse().expect("a moment")
    }

    fn today() -> NaiveDate {
        "2026-09-08".parse().expect("a date")
    }

    fn place(id: i64, name: &str) -> Place {
        Place {
            id: PlaceId(id),
            name: name.to_owned(),
            commune: None,
            coordinates: None,
            time_zone: Tz::Europe__Paris,
        }
    }

    fn rule(metric: Metric, limit: u8, because: Because) -> Rule {
        let trigger = Trigger::From(limit);
        Rule { metric, trigger, because: vec![because], provenance: None }
    }

    fn reading(metric: Metric, scale: Scale, level: u8, value: Option<f64>) -> Reading {
        Reading {
            source: Source::AtmoFrance,
            zone: Zone { code: "69123".to_owned(), name: "Lyon".to_owned() },
            metric,
            scale: Some(scale),
            target: Target::Day(today()),
            basis: Basis::Official,
            level: Some(level),
            value,
            published_at: None,
            fetched_at: now(),
            hours: 1,
            note: None,
        }
    }

    fn outlook(level: u8) -> Outlook {
        let today = Target::Day(today());
        Outlook { level, lowest: level, peak: today, first: today, last: today }
    }

    fn asthma() -> Because {
        Because::Condition(crate::person::Condition::Asthma)
    }

    #[test]
    fn yesterdays_forecast_of_today_is_said_to_be_one() {
        let said = |published: &str| {
            let published_at = published.parse().ok();
            let reading = reading(Metric::Air, Scale::Atmo2021, 3, None);
            let reading = Reading { published_at, ..reading };
            let texts = Texts::new(Language::En);
            level_in_full(&texts, Metric::Air, &reading, Tz::Europe__Paris, now())
        };
        assert_eq!(
            said("2026-09-07T13:29:00Z"),
            "ATMO index Moderate (3 of 6, yesterday’s forecast)"
        );
        assert_eq!(said("2026-09-08T11:29:00Z"), "ATMO index Moderate (3 of 6)");
    }

    #[test]
    fn an_alert_says_what_where_when_and_why_you() {
        let (lyon, rule) = (place(1, "Lyon"), rule(Metric::Air, 3, asthma()));
        let reading = reading(Metric::Air, Scale::Atmo2021, 3, None);
        let notice = Notice {
            person: Some("Léa"),
            place: &lyon,
            rule: &rule,
            reason: Reason::New,
            outlook: outlook(3),
            reading: &reading,
            advice: None,
        };
        let fr = compose(&Texts::new(Language::Fr), &[notice], now());
        assert_eq!(fr.title, "Lyon\u{a0}: air dégradé");
        assert_eq!(
            fr.body,
            "Aujourd’hui\u{a0}: indice ATMO Dégradé (3 sur 6).\n\
             Pour Léa\u{a0}: alerte dès «\u{a0}Dégradé\u{a0}» (asthme)."
        );
        let en = compose(&Texts::new(Language::En), &[notice], now());
        assert_eq!(en.title, "Lyon: moderate air");
        assert_eq!(
            en.body,
            "Today: ATMO index Moderate (3 of 6).\nFor Léa: alert from “Moderate” up (asthma)."
        );
    }

    #[test]
    fn an_estimate_says_so_and_a_rise_says_when_it_peaks() {
        let (lyon, rule) = (place(1, "Lyon"), rule(Metric::Air, 3, Because::Everyone));
        let mut estimate = reading(Metric::Air, Scale::Atmo2021, 4, None);
        estimate.basis = Basis::Estimated;
        let tomorrow = Target::Day(next_day(today()));
        let notice = Notice {
            person: None,
            place: &lyon,
            rule: &rule,
            reason: Reason::Worse,
            outlook: Outlook { lowest: 3, peak: tomorrow, last: tomorrow, ..outlook(4) },
            reading: &estimate,
            advice: None,
        };
        let message = compose(&Texts::new(Language::En), &[notice], now());
        assert_eq!(message.title, "Lyon: poor air (getting worse)");
        assert!(
            message.body.starts_with(
                "Today and tomorrow: up to ATMO index Poor (4 of 6, estimate) tomorrow."
            ),
            "{}",
            message.body
        );
    }

    #[test]
    fn one_peak_told_to_several_people_is_said_once_with_a_reason_for_each() {
        let (lyon, for_lea) = (place(1, "Lyon"), rule(Metric::Air, 3, asthma()));
        let for_all = rule(Metric::Air, 4, Because::Everyone);
        let reading = reading(Metric::Air, Scale::Atmo2021, 4, None);
        let tomorrow = Target::Day(next_day(today()));
        let notice = |person, rule, outlook| Notice {
            person,
            place: &lyon,
            rule,
            reason: Reason::New,
            outlook,
            reading: &reading,
            advice: None,
        };
        let at_peak =
            Outlook { level: 4, lowest: 4, peak: tomorrow, first: tomorrow, last: tomorrow };
        let longer = Outlook { lowest: 3, first: Target::Day(today()), ..at_peak };
        let notices = [notice(None, &for_all, at_peak), notice(Some("Léa"), &for_lea, longer)];
        let message = compose(&Texts::new(Language::En), &notices, now());
        assert_eq!(message.title, "Lyon: poor air");
        assert_eq!(
            message.body,
            "Today and tomorrow: up to ATMO index Poor (4 of 6) tomorrow.\n\
             For Léa: alert from “Moderate” up (asthma). \
             For you: alert from “Poor” up (the limit for everyone)."
        );
    }

    #[test]
    fn one_hazard_for_several_people_and_places_is_one_notification_of_four_lines() {
        let places: Vec<_> = ["Lyon", "Paris", "Nantes", "Lille"]
            .iter()
            .zip(1..)
            .map(|(n, id)| place(id, n))
            .collect();
        let rule = rule(Metric::PollenOf(Taxon::Grass), 3, Because::Everyone);
        let reading = reading(rule.metric, Scale::AtmoPollen2025, 4, Some(60.0));
        let texts = Texts::new(Language::Fr);
        let mut notices = Vec::new();
        for place in &places {
            for person in ["Léa", "Paul"] {
                notices.push(Notice {
                    person: Some(person),
                    place,
                    rule: &rule,
                    reason: Reason::New,
                    outlook: outlook(4),
                    reading: &reading,
                    advice: None,
                });
            }
        }
        let message = compose(&texts, &notices, now());
        assert_eq!(message.title, "Pollens\u{a0}: Lyon, Paris, Nantes et Lille");
        assert_eq!(
            message.body.lines().collect::<Vec<_>>(),
            [
                "Lyon, aujourd’hui\u{a0}: pollens de graminées, niveau élevé – Léa (limite pour tout le monde) et Paul (limite pour tout le monde)",
                "Paris, aujourd’hui\u{a0}: pollens de graminées, niveau élevé – Léa (limite pour tout le monde) et Paul (limite pour tout le monde)",
                "et 2 autres alertes",
            ]
        );
    }

    #[test]
    fn at_most_three_notifications_go_out_and_nothing_is_left_out() {
        let hazards = [Hazard::Air, Hazard::Uv, Hazard::Air, Hazard::Pollen, Hazard::Uv];
        assert_eq!(merge(&hazards, AT_ONCE), [vec![0, 2], vec![1, 4], vec![3]]);
        assert_eq!(merge(&hazards, 2), [vec![0, 2], vec![1, 4, 3]]);
        assert_eq!(merge(&[], AT_ONCE), Vec::<Vec<usize>>::new());
    }

    #[test]
    fn what_is_taken_back_is_named() {
        let lyon = place(1, "Lyon");
        let texts = Texts::new(Language::Fr);
        let reading = reading(Metric::Uv, Scale::UvWho, 3, Some(6.6));
        let withdrawal = Withdrawal {
            headline: headline(&texts, Metric::Uv, &reading),
            place: &lyon,
            day: next_day(today()),
        };
        let message = compose_withdrawal(&texts, &[withdrawal], now());
        assert_eq!(message.title, "Alerte levée\u{a0}: Lyon");
        assert_eq!(
            message.body,
            "Lyon, demain\u{a0}: l’alerte «\u{a0}UV fort, indice 7\u{a0}» ne tient plus."
        );
    }
}

#[cfg(test)]
mod properties {
    use proptest::prelude::*;

    use super::merge;
    use crate::metric::Hazard;

    proptest! {
        #[test]
        fn alerts_of_one_hazard_go_out_together_and_none_is_left_out(
            hazards in prop::collection::vec(
                prop::sample::select(vec![
                    Hazard::Air,
                    Hazard::Episode,
                    Hazard::Pollen,
                    Hazard::Uv,
                    Hazard::Weather,
                    Hazard::Combined,
                ]),
                0..20,
            ),
            at_most in 1_usize..=3,
        ) {
            let groups = merge(&hazards, at_most);
            prop_assert!(groups.len() <= at_most);
            let mut told: Vec<usize> = groups.concat();
            told.sort_unstable();
            prop_assert_eq!(told, (0..hazards.len()).collect::<Vec<_>>());
            for hazard in &hazards {
                let with = |group: &&Vec<usize>| {
                    group.iter().any(|n| hazards.get(*n) == Some(hazard))
                };
                prop_assert_eq!(groups.iter().filter(with).count(), 1, "{:?}", hazard);
            }
        }
    }
}
