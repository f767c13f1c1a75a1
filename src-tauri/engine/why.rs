//! Why somebody was alerted on a day, or was not: every rule with what it was judged by.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use ecosante_domain::evidence::{self, Evidence};
use ecosante_domain::metric::Metric;
use ecosante_domain::notification;
use ecosante_domain::person::{Person, PersonId};
use ecosante_domain::place::{Place, PlaceId};
use ecosante_domain::sheet::{Section, Sheet, Table};
use ecosante_domain::text::{Arg, Texts};
use ecosante_domain::{knowledge, limits, words};

use crate::engine::{Engine, Result};
use crate::error::EngineError;
use crate::store::JudgedRow;

impl Engine {
    /// Why a person was alerted at a place on a day there, or was not: for each of their rules the
    /// reading, the limit with its reasons and source, and what was decided when.
    ///
    /// # Errors
    /// When the data file cannot be read.
    pub fn why(
        &self,
        texts: &Texts,
        person: &Person,
        place: &Place,
        date: NaiveDate,
    ) -> Result<Sheet> {
        let now = self.now().utc();
        let judged =
            self.read(|reader| reader.judged_on(person.id, place.id, date, place.time_zone))?;
        let today = now.with_timezone(&place.time_zone).date_naive();
        let args: [Arg<'_>; 3] = [
            ("who", notification::who(texts, person.name.as_deref()).into()),
            ("place", place.name.as_str().into()),
            ("day", texts.day(date, today).into()),
        ];
        let title = texts.format("why-title", args);
        if judged.is_empty() {
            let line = texts.get("why-nothing");
            return Ok(Sheet { title, sections: vec![Section::of_lines(None, vec![line])] });
        }
        let mut by_rule: BTreeMap<(Metric, bool), Vec<JudgedRow>> = BTreeMap::new();
        for row in judged {
            by_rule.entry((row.metric, row.event)).or_default().push(row);
        }
        let (told, silent): (Vec<_>, Vec<_>) =
            by_rule.into_values().partition(|rows| rows.iter().any(|row| row.outcome == "raised"));
        let mut sections = vec![summary(texts, told.len(), silent.len())];
        let of = |rows: &[Vec<JudgedRow>], heading: &str| {
            (!rows.is_empty()).then(|| section(texts, place, rows, heading, now))
        };
        sections.extend(of(&told, "why-told"));
        sections.extend(of(&silent, "why-silent"));
        Ok(Sheet { title, sections })
    }
}

impl Engine {
    /// [`Self::why`] of a person and a place by their identity, on a date or today.
    ///
    /// # Errors
    /// [`EngineError::NoSuchPerson`], [`EngineError::NoSuchPlace`], or a data file that cannot be
    /// read. What is no date is taken for today.
    pub fn why_of(
        &self,
        texts: &Texts,
        person: PersonId,
        place: PlaceId,
        date: Option<&str>,
    ) -> Result<Sheet> {
        let people = self.people()?;
        let no_such_person = || EngineError::NoSuchPerson { name: person.0.to_string() };
        let person = people.iter().find(|it| it.id == person).ok_or_else(no_such_person)?;
        let places = self.places()?;
        let no_such_place = || EngineError::NoSuchPlace { query: place.0.to_string() };
        let place = places.iter().find(|it| it.id == place).ok_or_else(no_such_place)?;
        let today = self.now().utc().with_timezone(&place.time_zone).date_naive();
        let date = date.and_then(|date| date.parse().ok()).unwrap_or(today);
        self.why(texts, person, place, date)
    }
}

fn summary(texts: &Texts, told: usize, silent: usize) -> Section {
    let args: [Arg<'_>; 2] = [("told", told.into()), ("silent", silent.into())];
    Section::of_lines(None, vec![texts.format("why-summary", args)])
}

fn section(
    texts: &Texts,
    place: &Place,
    rules: &[Vec<JudgedRow>],
    heading: &str,
    now: DateTime<Utc>,
) -> Section {
    let mut sources: Vec<Evidence> = Vec::new();
    let mut rows = Vec::new();
    for judged in rules {
        // What was decided last is what the day ended with.
        let Some(last) = judged.last() else { continue };
        rows.push(row(texts, place, judged, last, now));
        let known = last.evidence.as_deref().and_then(evidence::by_key);
        if let Some(known) = known.filter(|known| !sources.contains(known)) {
            sources.push(known.clone());
        }
    }
    let columns = ["what", "known", "limit", "decided"];
    Section {
        heading: Some(texts.get(heading)),
        lines: Vec::new(),
        table: Some(Table {
            caption: texts.format("why-caption", [("what", texts.get(heading).into())]),
            columns: columns.map(|it| texts.get(&format!("why-column-{it}"))).to_vec(),
            rows,
        }),
        sources,
    }
}

fn row(
    texts: &Texts,
    place: &Place,
    judged: &[JudgedRow],
    last: &JudgedRow,
    now: DateTime<Utc>,
) -> Vec<String> {
    let zone = place.time_zone;
    let name = texts.metric(last.metric);
    let name =
        if last.event { texts.format("why-events", [("metric", name.into())]) } else { name };
    let name = texts.sentence_case(&name);
    // The reading that decided what was told, else the last one.
    let telling = judged.iter().rev().find(|row| row.outcome == "raised").unwrap_or(last);
    let known = match &telling.reading {
        Some(reading) => {
            let status = words::past_status(texts, reading, zone, now);
            let line = words::line(texts, &status, zone, now);
            let args: [Arg<'_>; 3] = [
                ("when", line.target.into()),
                (
                    "level",
                    notification::level_in_full(texts, reading.metric, reading, zone, now).into(),
                ),
                ("provenance", line.provenance.into()),
            ];
            texts.format("why-known", args)
        }
        None => texts.get("why-unknown"),
    };
    let scale = knowledge::rule_scale(last.metric, place);
    let limit = match scale {
        _ if last.event => {
            let reasons = notification::reasons(texts, &last.because);
            texts.format("why-limit-event", [("reasons", reasons.into())])
        }
        Some(scale) => {
            let limit = limits::from(texts, last.metric, last.threshold, scale);
            let reasons = notification::reasons(texts, &last.because);
            let args: [Arg<'_>; 2] = [("limit", limit.into()), ("reasons", reasons.into())];
            texts.format("why-limit", args)
        }
        None => last.threshold.to_string(),
    };
    // The same outcome by another value is no other outcome.
    let mut spans: Vec<(String, DateTime<Utc>, DateTime<Utc>)> = Vec::new();
    for row in judged {
        let outcome = words::outcome(texts, &row.outcome, row.reason.as_deref());
        match spans.last_mut() {
            Some((last, _, to)) if *last == outcome => *to = row.last_at.max(*to),
            _ => spans.push((outcome, row.first_at, row.last_at)),
        }
    }
    let decided: Vec<String> = spans
        .into_iter()
        .map(|(outcome, from, to)| {
            let args: [Arg<'_>; 4] = [
                ("outcome", outcome.into()),
                ("from", texts.moment(from, now, &zone).into()),
                ("to", texts.moment(to, now, &zone).into()),
                ("again", if to > from { "yes" } else { "no" }.into()),
            ];
            texts.format("why-decided", args)
        })
        .collect();
    vec![name, known, limit, decided.join("; ")]
}
