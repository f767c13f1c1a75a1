//! Applies the domain's decisions to what is stored, in one transaction: decisions, alerts and the
//! notifications that tell them are kept together or not at all.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveDate, Utc};
use ecosante_domain::advice::{self, Advice, Situation};
use ecosante_domain::alert::AlertState;
use ecosante_domain::decision::{
    AlertId, Decision, Episode, LOOK_BACK, Outlook, PastAlert, Reason, decide,
};
use ecosante_domain::knowledge::series;
use ecosante_domain::notification::{
    AT_ONCE, Notice, Withdrawal, compose, compose_withdrawal, headline, merge,
};
use ecosante_domain::person::Person;
use ecosante_domain::place::Place;
use ecosante_domain::reading::{Reading, Target};
use ecosante_domain::rule::{Rule, Standing, Trigger};
use ecosante_domain::text::Texts;

use crate::candidates::Candidates;
use crate::clock::Now;
use crate::store::{NewAlert, NewDecision, Result, Writer};

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
    let quiet_hours = reader.settings()?.quiet_hours;
    let quiet = quiet_hours.is_some_and(|hours| hours.contains(now.time_of_day()));
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
        pending: Vec::new(),
        lifted: Vec::new(),
        seen: BTreeSet::new(),
    };
    for person in &people {
        for place in places.iter().filter(|place| person.profile.concerns(place.id)) {
            for rule in person.profile.rules() {
                round.judge(person, place, &rule)?;
            }
        }
    }
    round.end_orphans()?;
    round.store_notifications()
}

struct Round<'a> {
    writer: &'a Writer<'a>,
    texts: &'a Texts,
    now: DateTime<Utc>,
    /// By the device's calendar.
    today: NaiveDate,
    quiet: bool,
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
        self.seen.extend(past.iter().map(|alert| alert.id));
        let from = past.iter().map(|alert| alert.starts).fold(since, DateTime::min);
        let day = |moment: DateTime<Utc>| moment.with_timezone(&place.time_zone).date_naive();
        let to = day(self.now).checked_add_days(Days::new(2)).unwrap_or(NaiveDate::MAX);
        let candidates = Candidates::load(&reader, place, rule.metric, day(from), to)?;
        let readings = series(rule.metric, place, &candidates.list);
        let decisions = decide(rule, &readings, &past, self.now, place, self.quiet);
        for decision in decisions {
            self.apply(person, place, rule, &past, &candidates, &readings, decision)?;
        }
        Ok(())
    }

    #[expect(clippy::too_many_arguments, reason = "one decision with all it was made from")]
    fn apply(
        &mut self,
        person: &'a Person,
        place: &'a Place,
        rule: &Rule,
        past: &[PastAlert],
        candidates: &Candidates,
        readings: &[Reading],
        decision: Decision,
    ) -> Result<()> {
        let (outcome, alert, reason, level, target) = match decision {
            Decision::Raised { alert, reason, episode, outlook } => {
                let alert = self.keep(person, place, rule, alert, episode, outlook)?;
                self.keep_causes(alert, place, rule, candidates, readings, outlook)?;
                self.queue(alert, person, place, rule, reason, episode, outlook, readings);
                ("raised", Some(alert), Some(reason), Some(outlook.level), Some(outlook.peak))
            }
            Decision::Held { alert, reason, episode, outlook } => {
                let alert = self.keep(person, place, rule, alert, episode, outlook)?;
                self.keep_causes(alert, place, rule, candidates, readings, outlook)?;
                self.writer.save_state(alert, AlertState::Held)?;
                ("held", Some(alert), Some(reason), Some(outlook.level), Some(outlook.peak))
            }
            Decision::AlreadyTold { alert, episode, outlook } => {
                let level = outlook.map(|outlook| outlook.level);
                self.writer.save_episode(alert, episode, level)?;
                if let Some(outlook) = outlook {
                    self.keep_causes(alert, place, rule, candidates, readings, outlook)?;
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
                threshold: rule.threshold(),
                outcome,
                reason: reason.map(reason_name),
                level,
                target: target.map(|target| target.to_string()),
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

    /// Keeps the readings ahead that meet the rule.
    fn keep_causes(
        &self,
        alert: AlertId,
        place: &Place,
        rule: &Rule,
        candidates: &Candidates,
        readings: &[Reading],
        outlook: Outlook,
    ) -> Result<()> {
        let starts = |target: Target| target.span(place.time_zone).0;
        let ahead = starts(outlook.first)..=starts(outlook.last);
        for reading in readings.iter().filter(|reading| ahead.contains(&starts(reading.target))) {
            if let (Standing::Meets(_), Some(key)) =
                (rule.standing(reading), candidates.key(reading))
            {
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
        readings: &[Reading],
    ) {
        let peak = readings.iter().find(|reading| reading.target == outlook.peak);
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
        let worst = causes.iter().max_by_key(|reading| reading.level);
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

    fn store_notifications(mut self) -> Result<usize> {
        self.choose_advice()?;
        let at_most = AT_ONCE - usize::from(!self.lifted.is_empty());
        let hazards: Vec<_> =
            self.pending.iter().map(|pending| pending.rule.metric.hazard()).collect();
        let mut stored = 0;
        for group in merge(&hazards, at_most) {
            let pending: Vec<_> = group.iter().filter_map(|n| self.pending.get(*n)).collect();
            let notices: Vec<_> = pending.iter().map(|pending| pending.notice()).collect();
            let message = compose(self.texts, &notices, self.now);
            let alerts: Vec<_> = pending.iter().map(|pending| pending.alert).collect();
            let ends =
                pending.iter().map(|pending| pending.episode.ends).fold(self.now, DateTime::max);
            self.writer.add_notification(
                &message.title,
                &message.body,
                &alerts,
                false,
                ends,
                self.now,
            )?;
            for pending in pending {
                let advice = pending.advice.map(|advice| advice.id.as_str());
                self.writer.tell(pending.alert, pending.outlook.level, advice, self.now)?;
            }
            stored += 1;
        }
        if !self.lifted.is_empty() {
            self.store_withdrawal()?;
            stored += 1;
        }
        Ok(stored)
    }

    fn choose_advice(&mut self) -> Result<()> {
        for pending in &mut self.pending {
            let person = pending.person;
            let history = self.writer.reader().advice_history(person.id, self.today)?;
            let situation = Situation {
                metric: pending.rule.metric,
                level: pending.outlook.level,
                profile: &person.profile,
                date: pending.outlook.peak.day(pending.place.time_zone),
                episode: None,
            };
            pending.advice = advice::select(&situation, &history, self.now).first().copied();
            if let Some(advice) = pending.advice {
                self.writer.add_advice_shown(person.id, &advice.id, self.now)?;
            }
        }
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
        // Worth saying until the end of the day for which it was announced.
        let ends = ends + chrono::TimeDelta::days(1);
        self.writer.add_notification(
            &message.title,
            &message.body,
            &alerts,
            true,
            ends,
            self.now,
        )?;
        Ok(())
    }
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
}

fn reason_name(reason: Reason) -> &'static str {
    match reason {
        Reason::New => "new",
        Reason::Worse => "worse",
        Reason::Reminder => "reminder",
        Reason::Released => "released",
    }
}
