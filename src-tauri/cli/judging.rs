//! What was told and why, what would be told otherwise, and what is not to be told for a while.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use clap::ArgMatches;
use ecosante_domain::decision::{AlertId, Reason};
use ecosante_domain::metric::Metric;
use ecosante_domain::mute::MuteFor;
use ecosante_domain::notification;
use ecosante_domain::sheet::{Section, Sheet, Table};
use ecosante_domain::text::Arg;
use ecosante_engine::Replayed;
use serde_json::json;

use crate::commands::{Failure, Outcome, Session, write_json};
use crate::{print, write};

impl Session<'_> {
    /// An alert with all that led to it, or a day with every rule and what was decided on it.
    pub(crate) fn explain(&self, matches: &ArgMatches) -> Outcome {
        let Some(given) = matches.get_one::<String>("alert") else { return self.why(matches) };
        let id = AlertId(self.number(given)?);
        let explanation = self.engine.explain(self.texts, id)?;
        self.engine.open_alert(id)?;
        if self.json {
            return write_json(&explanation);
        }
        write(&print::explanation(self.texts, &explanation, self.engine.now()))?;
        Ok(0)
    }

    /// Why somebody was alerted on a day at a place, or was not: of the first place and person where
    /// none is named.
    fn why(&self, matches: &ArgMatches) -> Outcome {
        let named = |name: &str| matches.get_one::<String>(name).map(String::as_str);
        let person = self.engine.person(named("person"))?;
        let place = match named("place") {
            Some(query) => self.engine.place(query)?,
            None => match self.engine.places()?.into_iter().next() {
                Some(place) => place,
                None => {
                    self.say("places-none", [])?;
                    return Ok(0);
                }
            },
        };
        let today = self.engine.now().utc().with_timezone(&place.time_zone).date_naive();
        let date = match named("day") {
            None => today,
            Some(given) => {
                let parsed: Option<NaiveDate> = given.parse().ok();
                parsed.ok_or_else(|| self.usage("error-day", [("given", given.into())]))?
            }
        };
        let sheet = self.engine.why(self.texts, &person, &place, date)?;
        self.show(&sheet)
    }

    fn show(&self, sheet: &Sheet) -> Outcome {
        if self.json {
            return write_json(sheet);
        }
        write(&print::sheet(self.texts, sheet))?;
        Ok(0)
    }

    fn number(&self, given: &str) -> Result<i64, Failure> {
        given.parse().map_err(|_| self.usage("error-number", [("given", given.into())]))
    }

    /// Keeps whether an alert was useful.
    pub(crate) fn rate(&self, matches: &ArgMatches) -> Outcome {
        let given = matches.get_one::<String>("alert").map_or("", String::as_str);
        let id = AlertId(self.number(given)?);
        let useful = matches.get_one::<String>("mark").is_none_or(|mark| mark == "useful");
        self.engine.rate_alert(id, useful)?;
        if self.json {
            return write_json(&json!({ "alert": id, "useful": useful }));
        }
        self.say("alert-rated", [])?;
        Ok(0)
    }

    /// Mutes a rule for a while, or lets it speak again.
    pub(crate) async fn mute(&self, matches: &ArgMatches) -> Outcome {
        let Some(metric) = self.metric(matches, &Metric::with_rules())? else { return Ok(0) };
        let named = matches.get_one::<String>("person").map(String::as_str);
        let person = self.engine.person(named)?;
        let how = matches.get_one::<String>("during").map_or("day", String::as_str);
        let how = MuteFor::ALL.into_iter().find(|it| it.word() == how);
        let how = how.filter(|_| !matches.get_flag("off"));
        let person = self.engine.mute(person.id, metric, how)?;
        let today = self.engine.now().local().date_naive();
        let until = person.profile.mutes.get(&metric);
        if !self.json {
            let args: [Arg<'_>; 4] = [
                ("metric", self.texts.sentence_case(&self.texts.metric(metric)).into()),
                ("who", notification::who(self.texts, person.name.as_deref()).into()),
                ("until", until.map_or_else(String::new, |it| self.texts.day(*it, today)).into()),
                ("muted", if until.is_some() { "yes" } else { "no" }.into()),
            ];
            self.say("muted", args)?;
        }
        self.judge("person", &person).await
    }

    /// What each limit on a metric would have told in the last days.
    pub(crate) fn rehearse(&self, matches: &ArgMatches) -> Outcome {
        let Some(metric) = self.metric(matches, &Metric::with_rules())? else { return Ok(0) };
        let named = matches.get_one::<String>("person").map(String::as_str);
        let person = self.engine.person(named)?;
        let days = self.days(matches, 30)?;
        let mut limits = self.engine.rehearse_limits(self.texts, person.id, metric, days)?;
        if let Some(level) = matches.get_one::<String>("level") {
            let known: Vec<_> = limits.iter().map(|it| it.value.clone()).collect();
            limits.retain(|it| it.value == *level);
            if limits.is_empty() {
                let args: [Arg<'_>; 2] =
                    [("given", level.as_str().into()), ("allowed", known.join(", ").into())];
                return Err(self.usage("error-limit", args));
            }
        }
        if self.json {
            return write_json(&json!({ "metric": metric, "days": days, "limits": limits }));
        }
        let line = |it: &ecosante_engine::RehearsedLimit| {
            let args: [Arg<'_>; 2] =
                [("value", it.value.as_str().into()), ("sentence", it.sentence.as_str().into())];
            self.texts.format("rehearsed-limit", args)
        };
        let lines: Vec<String> = limits.iter().map(line).collect();
        write(&format!("{}\n", lines.join("\n")))?;
        Ok(0)
    }

    /// What the rules of today would have told in the past: alerts by month and person.
    pub(crate) fn replay(&self, matches: &ArgMatches) -> Outcome {
        let days = self.days(matches, 365)?;
        let replayed = self.engine.replay(days)?;
        if self.json {
            return write_json(&replayed);
        }
        self.show(&self.replay_sheet(&replayed, days))
    }

    fn replay_sheet(&self, replayed: &[Replayed], days: u32) -> Sheet {
        let new: Vec<&Replayed> = replayed.iter().filter(|it| it.reason == Reason::New).collect();
        let month = |it: &Replayed| (it.day.year(), it.day.month());
        let mut counts: BTreeMap<((i32, u32), Option<&str>), usize> = BTreeMap::new();
        for it in &new {
            *counts.entry((month(it), it.person.as_deref())).or_default() += 1;
        }
        let people: BTreeSet<Option<&str>> = new.iter().map(|it| it.person.as_deref()).collect();
        let months: BTreeSet<(i32, u32)> = new.iter().map(|it| month(it)).collect();
        let mut columns = vec![self.texts.get("replay-month")];
        columns.extend(people.iter().map(|it| notification::who(self.texts, *it)));
        let row = |month: &(i32, u32)| {
            let mut row = vec![format!("{}-{:02}", month.0, month.1)];
            row.extend(people.iter().map(|person| {
                counts.get(&(*month, *person)).copied().unwrap_or_default().to_string()
            }));
            row
        };
        let args: [Arg<'_>; 3] = [
            ("days", days.into()),
            ("count", new.len().into()),
            ("again", (replayed.len() - new.len()).into()),
        ];
        let table = Table {
            caption: self.texts.get("replay-caption"),
            columns,
            rows: months.iter().map(row).collect(),
        };
        Sheet {
            title: self.texts.get("replay-title"),
            sections: vec![Section {
                lines: vec![self.texts.format("replay-summary", args)],
                table: (!new.is_empty()).then_some(table),
                ..Section::default()
            }],
        }
    }
}
