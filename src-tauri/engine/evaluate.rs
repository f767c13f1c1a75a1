//! Applies the domain's decisions to what is stored, in one transaction: decisions, alerts and the
//! notifications that tell them are kept together or not at all.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use ecosante_domain::advice::{self, Advice, Situation};
use ecosante_domain::alert::AlertState;
use ecosante_domain::combined;
use ecosante_domain::decision::{
    AlertId, Decision, Episode, Hold, LOOK_BACK, Lead, MORNING, Outlook, PastAlert, Reason,
    Restraint, decide,
};
use ecosante_domain::knowledge::{self, episode_on, series};
use ecosante_domain::metric::{Hazard, Metric};
use ecosante_domain::notification::{
    AT_ONCE, Notice, Withdrawal, compose, compose_withdrawal, headline, merge,
};
use ecosante_domain::person::Person;
use ecosante_domain::place::{Place, PlaceId};
use ecosante_domain::reading::{Reading, Target};
use ecosante_domain::rule::{Rule, Standing, Trigger};
use ecosante_domain::text::Texts;

use crate::candidates::Candidates;
use crate::clock::Now;
use crate::store::{NewAlert, NewDecision, NewNotification, ReadingKey, Result, Writer};

/// An alert that is to be told.
struct Pending<'a> {
    alert: AlertId,
    person: &'a Person,
    place: &'a Place,
    rule: Rule,
    reason: Reason,
    episode: Episode,
    outlook: Outlook,
    reading: Reading,
    advice: Option<&'static Advice>,
}

/// An alert with the level at which it is told, the end of its episode, and the advice with it.
type Covered = (AlertId, u8, DateTime<Utc>, Option<&'static Advice>);

/// An alert that was told and is taken back.
struct Lifted<'a> {
    alert: AlertId,
    place: &'a Place,
    headline: String,
    starts: DateTime<Utc>,
}

/// Judges every rule of every person at every place that concerns them.
///
/// Returns how many notifications were stored, to be delivered by whoever can show them.
pub(crate) fn evaluate(writer: &Writer<'_>, texts: &Texts, now: Now) -> Result<usize> {
    let reader = writer.reader();
    let settings = reader.settings()?;
    let quiet = settings.is_quiet_at(now.local());
    let places = reader.places()?;
    let people = reader.people()?;
    let today = now.local().date_naive();
    let now = now.utc();
    let mut round = Round {
        writer,
        texts,
        now,
        today,
        quiet,
        lead: settings.lead,
        known: BTreeMap::new(),
        pending: Vec::new(),
        lifted: Vec::new(),
        seen: BTreeSet::new(),
    };
    for person in &people {
        let rules = person.profile.rules();
        for place in places.iter().filter(|place| person.profile.concerns(place.id)) {
            for rule in &rules {
                round.judge(person, place, rule)?;
            }
        }
    }
    round.end_orphans()?;
    round.store_notifications()
}

/// What is known of a metric at a place.
struct Known {
    since: NaiveDate,
    candidates: Candidates,
    readings: Vec<Reading>,
}

/// What a rule is judged by, and where that is stored.
struct Judged {
    readings: Vec<Reading>,
    /// What `readings` are made from: the metric of the rule, or those of hazards together.
    parts: Vec<Rc<Known>>,
}

impl Judged {
    /// The stored readings that cover a time, each with its key.
    fn stored(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        place: &Place,
    ) -> impl Iterator<Item = (&Reading, ReadingKey)> {
        let zone = place.time_zone;
        self.parts.iter().flat_map(move |known| {
            let within = move |reading: &&Reading| {
                let (starts, ends) = reading.target.span(zone);
                starts < to && from < ends
            };
            let of_known = known.readings.iter().filter(within);
            of_known.filter_map(|reading| Some((reading, known.candidates.key(reading)?)))
        })
    }

    /// The key of the reading behind what was judged for a target: of several the highest.
    fn key(&self, target: Target, place: &Place) -> Option<ReadingKey> {
        let (from, to) = target.span(place.time_zone);
        self.stored(from, to, place).max_by_key(|(reading, _)| reading.level).map(|(_, key)| key)
    }
}

struct Round<'a> {
    writer: &'a Writer<'a>,
    texts: &'a Texts,
    now: DateTime<Utc>,
    /// By the device's calendar.
    today: NaiveDate,
    quiet: bool,
    lead: Lead,
    /// What was read from the store in this round: several people watch the same.
    known: BTreeMap<(PlaceId, Metric), Rc<Known>>,
    pending: Vec<Pending<'a>>,
    lifted: Vec<Lifted<'a>>,
    seen: BTreeSet<AlertId>,
}

impl<'a> Round<'a> {
    fn judge(&mut self, person: &'a Person, place: &'a Place, rule: &Rule) -> Result<()> {
        let reader = self.writer.reader();
        let event = rule.trigger == Trigger::Event;
        let since = self.now - LOOK_BACK;
        let past = reader.past_alerts(person.id, place.id, rule.metric, event, since)?;
        // Of what nobody publishes here there is nothing to say, unless it was once told.
        if past.is_empty() && !is_published(rule.metric, person, place) {
            return Ok(());
        }
        self.seen.extend(past.iter().map(|alert| alert.id));
        let from = past.iter().map(|alert| alert.starts).fold(since, DateTime::min);
        let judged = self.judged(person, place, rule.metric, from)?;
        // What is muted speaks again in the morning, not at midnight.
        let morning = TimeDelta::hours(i64::from(MORNING));
        let day = (self.now - morning).with_timezone(&place.time_zone).date_naive();
        let restraint = Restraint {
            quiet: self.quiet,
            muted: person.profile.is_muted(rule.metric, day),
            lead: self.lead,
        };
        let decisions = decide(rule, &judged.readings, &past, self.now, place, restraint);
        for decision in decisions {
            self.apply(person, place, rule, &past, &judged, decision)?;
        }
        Ok(())
    }

    /// What a rule on a metric is judged by, from a moment on.
    fn judged(
        &mut self,
        person: &Person,
        place: &Place,
        metric: Metric,
        from: DateTime<Utc>,
    ) -> Result<Judged> {
        let Metric::Combined(combination) = metric else {
            let known = self.known(place, metric, from)?;
            return Ok(Judged { readings: known.readings.clone(), parts: vec![known] });
        };
        let metrics = combined::parts(combination, &person.profile);
        let mut parts: BTreeMap<Metric, Rc<Known>> = BTreeMap::new();
        for metric in metrics {
            parts.insert(metric, self.known(place, metric, from)?);
        }
        let of = |metric: Metric| {
            parts.get(&metric).map(|known| known.readings.as_slice()).unwrap_or_default()
        };
        let readings = combined::days(combination, &person.profile, place, self.now, of);
        Ok(Judged { readings, parts: parts.into_values().collect() })
    }

    fn known(&mut self, place: &Place, metric: Metric, from: DateTime<Utc>) -> Result<Rc<Known>> {
        let day = |moment: DateTime<Utc>| moment.with_timezone(&place.time_zone).date_naive();
        let since = day(from);
        let key = (place.id, metric);
        if let Some(known) = self.known.get(&key).filter(|known| known.since <= since) {
            return Ok(Rc::clone(known));
        }
        let to = day(self.now).checked_add_days(Days::new(2)).unwrap_or(NaiveDate::MAX);
        let candidates = Candidates::load(&self.writer.reader(), place, metric, since, to)?;
        let readings = series(metric, place, &candidates.list);
        let known = Rc::new(Known { since, candidates, readings });
        self.known.insert(key, Rc::clone(&known));
        Ok(known)
    }

    fn apply(
        &mut self,
        person: &'a Person,
        place: &'a Place,
        rule: &Rule,
        past: &[PastAlert],
        judged: &Judged,
        decision: Decision,
    ) -> Result<()> {
        let (outcome, alert, reason, level, target) = match decision {
            Decision::Raised { alert, reason, episode, outlook } => {
                let alert = self.keep(person, place, rule, alert, episode, outlook)?;
                self.keep_causes(alert, place, rule, judged, outlook)?;
                self.queue(alert, person, place, rule, reason, episode, outlook, judged);
                ("raised", Some(alert), Some(reason), Some(outlook.level), Some(outlook.peak))
            }
            Decision::Held { alert, reason, hold, episode, outlook } => {
                let alert = self.keep(person, place, rule, alert, episode, outlook)?;
                self.keep_causes(alert, place, rule, judged, outlook)?;
                self.writer.save_state(alert, AlertState::Held)?;
                let outcome = match hold {
                    Hold::Quiet => "held",
                    Hold::Muted => "muted",
                    Hold::Early => "early",
                };
                (outcome, Some(alert), Some(reason), Some(outlook.level), Some(outlook.peak))
            }
            Decision::AlreadyTold { alert, episode, outlook } => {
                let level = outlook.map(|outlook| outlook.level);
                self.writer.save_episode(alert, episode, level)?;
                if let Some(outlook) = outlook {
                    self.keep_causes(alert, place, rule, judged, outlook)?;
                }
                let told = past.iter().any(|past| past.id == alert && past.told_level.is_some());
                if told {
                    self.writer.save_state(alert, AlertState::Raised)?;
                }
                let peak = outlook.map(|outlook| outlook.peak);
                ("already-told", Some(alert), None, level, peak)
            }
            Decision::Withdrawn { alert, was_told } => {
                self.writer.save_state(alert, AlertState::Withdrawn)?;
                if was_told {
                    self.lift(alert, place, rule)?;
                }
                ("withdrawn", Some(alert), None, None, None)
            }
            Decision::Over { alert, episode } => {
                if let Some(episode) = episode {
                    self.writer.save_episode(alert, episode, None)?;
                }
                self.writer.save_state(alert, AlertState::Over)?;
                ("over", Some(alert), None, None, None)
            }
            Decision::Below { level, target } => ("below", None, None, level, Some(target)),
            Decision::NoData => ("no-data", None, None, None, None),
        };
        self.writer.add_decision(
            &NewDecision {
                person: person.id,
                person_name: person.name.as_deref(),
                place: place.id,
                place_name: &place.name,
                metric: rule.metric,
                event: rule.trigger == Trigger::Event,
                rule: rule.name(),
                threshold: rule.threshold(),
                because: &rule.because,
                evidence: rule.provenance.map(|provenance| provenance.evidence),
                outcome,
                reason: reason.map(reason_name),
                level,
                // By the hour there would be a new decision every hour on what has not changed.
                target: target.map(|target| match alert {
                    Some(_) => target.to_string(),
                    None => target.day(place.time_zone).to_string(),
                }),
                reading: target.and_then(|target| judged.key(target, place)),
                alert,
            },
            self.now,
        )?;
        self.seen.extend(alert);
        Ok(())
    }

    fn keep(
        &self,
        person: &Person,
        place: &Place,
        rule: &Rule,
        alert: Option<AlertId>,
        episode: Episode,
        outlook: Outlook,
    ) -> Result<AlertId> {
        if let Some(alert) = alert {
            self.writer.save_episode(alert, episode, Some(outlook.level))?;
            return Ok(alert);
        }
        self.writer.add_alert(&NewAlert {
            person: person.id,
            person_name: person.name.as_deref(),
            place: place.id,
            place_name: &place.name,
            commune: place.commune.as_ref().map(|commune| commune.code.as_str()),
            time_zone: place.time_zone,
            metric: rule.metric,
            event: rule.trigger == Trigger::Event,
            rule: rule.name(),
            threshold: rule.threshold(),
            because: &rule.because,
            evidence: rule.provenance.map(|provenance| provenance.evidence),
            own_choice: rule.provenance.is_some_and(|provenance| provenance.own_choice),
            episode,
            level: outlook.level,
            raised_at: self.now,
        })
    }

    /// Keeps the readings ahead that meet the rule; of hazards together, all that are ahead of
    /// their parts.
    fn keep_causes(
        &self,
        alert: AlertId,
        place: &Place,
        rule: &Rule,
        judged: &Judged,
        outlook: Outlook,
    ) -> Result<()> {
        let zone = place.time_zone;
        let (from, _) = outlook.first.span(zone);
        let (_, to) = outlook.last.span(zone);
        let together = matches!(rule.metric, Metric::Combined(_));
        // What holds for hours on end is stored once.
        let mut keys = BTreeSet::new();
        for (reading, key) in judged.stored(from, to, place) {
            let counts = if together {
                reading.level > Some(1)
            } else {
                matches!(rule.standing(reading), Standing::Meets(_))
            };
            if counts && keys.insert(key) {
                self.writer.add_alert_reading(alert, key)?;
            }
        }
        Ok(())
    }

    #[expect(clippy::too_many_arguments, reason = "one alert with all it is told with")]
    fn queue(
        &mut self,
        alert: AlertId,
        person: &'a Person,
        place: &'a Place,
        rule: &Rule,
        reason: Reason,
        episode: Episode,
        outlook: Outlook,
        judged: &Judged,
    ) {
        let peak = judged.readings.iter().find(|reading| reading.target == outlook.peak);
        self.pending.extend(peak.map(|reading| Pending {
            alert,
            person,
            place,
            rule: rule.clone(),
            reason,
            episode,
            outlook,
            reading: reading.clone(),
            advice: None,
        }));
    }

    fn lift(&mut self, alert: AlertId, place: &'a Place, rule: &Rule) -> Result<()> {
        let reader = self.writer.reader();
        let Some(row) = reader.alert(alert)? else { return Ok(()) };
        let causes = reader.alert_causes(alert)?;
        let scale = knowledge::rule_scale(rule.metric, place);
        // Of hazards together, the level is that of the first part.
        let of_first = causes.iter().filter(|reading| reading.scale == scale);
        let worst = of_first.max_by_key(|reading| reading.level).or(causes.last());
        self.lifted.extend(worst.map(|reading| Lifted {
            alert,
            place,
            headline: headline(self.texts, rule.metric, reading),
            starts: row.starts,
        }));
        Ok(())
    }

    /// Ends alerts whose rule, person or place is no longer there.
    fn end_orphans(&self) -> Result<()> {
        for alert in self.writer.reader().standing_alerts()? {
            if !self.seen.contains(&alert.id) {
                self.writer.save_state(alert.id, AlertState::Over)?;
            }
        }
        Ok(())
    }

    /// Stores what is to be told: the gravest first, each hazard once; what is told together with
    /// hazards that come together is not told alone.
    fn store_notifications(mut self) -> Result<usize> {
        self.pending.sort_by_key(|pending| Reverse(pending.gravity()));
        let (pending, covered) = apart(std::mem::take(&mut self.pending));
        self.pending = pending;
        self.choose_advice()?;
        let at_most = AT_ONCE - usize::from(!self.lifted.is_empty());
        let hazards: Vec<_> =
            self.pending.iter().map(|pending| pending.rule.metric.hazard()).collect();
        let mut stored = 0;
        for group in merge(&hazards, at_most) {
            let pending: Vec<_> = group.iter().filter_map(|n| self.pending.get(*n)).collect();
            let with = |(by, alone): &'_ (AlertId, Pending<'a>)| {
                let by = pending.iter().find(|it| it.alert == *by)?;
                Some((alone.alert, alone.outlook.level, alone.episode.ends, by.advice))
            };
            let covered: Vec<_> = covered.iter().filter_map(with).collect();
            self.store_group(&pending, &covered)?;
            stored += 1;
        }
        if !self.lifted.is_empty() {
            self.store_withdrawal()?;
            stored += 1;
        }
        Ok(stored)
    }

    fn store_group(&self, pending: &[&Pending<'_>], covered: &[Covered]) -> Result<()> {
        let notices: Vec<_> = pending.iter().map(|pending| pending.notice()).collect();
        let message = compose(self.texts, &notices, self.now);
        let mut told: Vec<Covered> = pending
            .iter()
            .map(|it| (it.alert, it.outlook.level, it.episode.ends, it.advice))
            .collect();
        told.extend_from_slice(covered);
        let alerts: Vec<_> = told.iter().map(|(alert, ..)| *alert).collect();
        let ends = told.iter().map(|(_, _, ends, _)| *ends).fold(self.now, DateTime::max);
        self.writer.add_notification(
            &NewNotification {
                title: &message.title,
                body: &message.body,
                alerts: &alerts,
                withdrawal: false,
                relevant_to: ends,
                replaces: self.replaced_by(&alerts)?,
                urgent: pending.iter().any(|pending| pending.is_urgent()),
            },
            self.now,
        )?;
        for (alert, level, _, advice) in told {
            self.writer.tell(alert, level, advice.map(|it| it.id.as_str()), self.now)?;
        }
        Ok(())
    }

    /// The number of the notification that this one makes out of date: where all that stands of it
    /// is told anew. What somebody else was told stays on the screen.
    fn replaced_by(&self, alerts: &[AlertId]) -> Result<Option<i64>> {
        let reader = self.writer.reader();
        for alert in alerts {
            let Some(number) = reader.shown_under(*alert)? else { continue };
            let standing = reader.standing_under(number)?;
            if standing.iter().all(|it| alerts.contains(it)) {
                return Ok(Some(number));
            }
        }
        Ok(None)
    }

    fn choose_advice(&mut self) -> Result<()> {
        let mut pending = std::mem::take(&mut self.pending);
        for pending in &mut pending {
            let person = pending.person;
            let history = self.writer.reader().advice_history(person.id, self.today)?;
            let date = pending.outlook.peak.day(pending.place.time_zone);
            let readings = |metric| {
                let known = self.known.get(&(pending.place.id, metric));
                known.map(|known| known.readings.as_slice()).unwrap_or_default()
            };
            let situation = Situation {
                metric: pending.rule.metric,
                level: pending.outlook.level,
                profile: &person.profile,
                date,
                episode: episode_on(date, readings),
            };
            pending.advice = advice::select(&situation, &history, self.now).first().copied();
            if let Some(advice) = pending.advice {
                self.writer.add_advice_shown(person.id, &advice.id, self.now)?;
            }
        }
        self.pending = pending;
        Ok(())
    }

    fn store_withdrawal(&self) -> Result<()> {
        let withdrawals: Vec<_> = self
            .lifted
            .iter()
            .map(|lifted| Withdrawal {
                headline: lifted.headline.clone(),
                place: lifted.place,
                day: lifted.starts.with_timezone(&lifted.place.time_zone).date_naive(),
            })
            .collect();
        let message = compose_withdrawal(self.texts, &withdrawals, self.now);
        let alerts: Vec<_> = self.lifted.iter().map(|lifted| lifted.alert).collect();
        let ends = self.lifted.iter().map(|lifted| lifted.starts).fold(self.now, DateTime::max);
        self.writer.add_notification(
            &NewNotification {
                title: &message.title,
                body: &message.body,
                alerts: &alerts,
                withdrawal: true,
                // Worth saying until the end of the day for which it was announced.
                relevant_to: ends + TimeDelta::days(1),
                replaces: None,
                urgent: false,
            },
            self.now,
        )?;
        Ok(())
    }
}

/// Whether somebody publishes a metric at a place; of hazards together, their first part.
fn is_published(metric: Metric, person: &Person, place: &Place) -> bool {
    match metric {
        Metric::Combined(combination) => {
            let parts = combined::parts(combination, &person.profile);
            let first = parts.first();
            first.is_some_and(|metric| !knowledge::sources(*metric, place).is_empty())
        }
        _ => !knowledge::sources(metric, place).is_empty(),
    }
}

/// Parts what is told from what is told with it: alerts on a part of hazards that come together, of
/// the same person and place, each with the alert that covers it.
fn apart(pending: Vec<Pending<'_>>) -> (Vec<Pending<'_>>, Vec<(AlertId, Pending<'_>)>) {
    let (together, alone): (Vec<_>, Vec<_>) =
        pending.into_iter().partition(|it| it.rule.metric.hazard() == Hazard::Combined);
    let mut told = together;
    let mut covered = Vec::new();
    for pending in alone {
        let days = |it: &Pending<'_>| {
            let day = |target: Target| target.day(it.place.time_zone);
            (day(it.outlook.first), day(it.outlook.last))
        };
        let covers = |it: &&Pending<'_>| {
            let Metric::Combined(combination) = it.rule.metric else { return false };
            let (profile, metric) = (&it.person.profile, pending.rule.metric);
            it.person.id == pending.person.id
                && it.place.id == pending.place.id
                && combined::covers(combination, profile, days(it), metric, days(&pending))
        };
        // The highest class is never told between the lines.
        match told.iter().find(covers).filter(|_| !pending.is_urgent()) {
            Some(by) => covered.push((by.alert, pending)),
            None => told.push(pending),
        }
    }
    told.sort_by_key(|pending| Reverse(pending.gravity()));
    (told, covered)
}

impl Pending<'_> {
    fn notice(&self) -> Notice<'_> {
        Notice {
            person: self.person.name.as_deref(),
            place: self.place,
            rule: &self.rule,
            reason: self.reason,
            outlook: self.outlook,
            reading: &self.reading,
            advice: self.advice,
        }
    }

    fn is_urgent(&self) -> bool {
        self.rule.breaks_through(self.outlook.level)
    }

    /// By which alerts are put in order: the highest class, hazards together, then the height of the
    /// level on its scale in thousandths.
    fn gravity(&self) -> (bool, bool, u16) {
        let levels = self.reading.scale.map_or(1, |scale| scale.levels()).max(1);
        let height = u16::from(self.outlook.level) * 1000 / u16::from(levels);
        (self.is_urgent(), self.rule.metric.hazard() == Hazard::Combined, height)
    }
}

fn reason_name(reason: Reason) -> &'static str {
    match reason {
        Reason::New => "new",
        Reason::Worse => "worse",
        Reason::Reminder => "reminder",
        Reason::Released => "released",
    }
}
