//! The sentence with which an answer begins: what to do first, until when, and why.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{Met, PersonView};
use crate::advice::Advice;
use crate::decision::Outlook;
use crate::metric::{Hazard, Metric};
use crate::notification;
use crate::place::Place;
use crate::reading::{Basis, Reading, Target, midnight};
use crate::rule::{Rule, Standing};
use crate::scale::{Scale, uv_index};
use crate::text::{Arg, Texts};

/// What is ahead of an episode, as far as one thing can be said of it: days of the same level.
pub(super) struct Stretch {
    /// The reading of its peak.
    pub(super) reading: Reading,
    /// The level of its peak.
    pub(super) level: u8,
    /// The lowest level in it.
    pub(super) lowest: u8,
    /// The first target.
    pub(super) first: Target,
    /// The last one.
    last: Target,
    /// Whether not all of it is as high as its peak.
    uneven: bool,
    /// Whether any of it is estimated.
    estimated: bool,
}

/// By what readings of one metric are higher: of UV the figure counts too, which is said.
fn height(reading: &Reading, level: u8) -> (u8, Option<u8>) {
    let index = reading.value.filter(|_| reading.metric == Metric::Uv).and_then(uv_index);
    (level, index)
}

impl Stretch {
    /// What meets a rule on one day.
    fn of_day(day: &[(&Reading, u8)]) -> Option<Self> {
        let ((first, _), (last, _)) = (day.first()?, day.last()?);
        let heights = || day.iter().map(|(reading, level)| height(reading, *level));
        // Of equal hours the first.
        let (peak, level) = day.iter().rev().max_by_key(|(it, level)| height(it, *level))?;
        Some(Self {
            reading: (*peak).clone(),
            level: *level,
            lowest: heights().min()?.0,
            first: first.target,
            last: last.target,
            uneven: heights().min() < heights().max(),
            estimated: day.iter().any(|(it, _)| it.basis == Basis::Estimated),
        })
    }

    /// Goes on with a day of the same level.
    fn extend(&mut self, next: Self) {
        let (own, other) = (height(&self.reading, self.level), height(&next.reading, next.level));
        self.lowest = self.lowest.min(next.lowest);
        self.last = next.last;
        self.uneven |= next.uneven || own != other;
        self.estimated |= next.estimated;
        if other > own {
            self.reading = next.reading;
        }
    }
}

/// What is ahead of an episode, in order: a stretch ends with a day on which its highest level
/// changes.
pub(super) fn stretches(
    rule: &Rule,
    readings: &[Reading],
    outlook: &Outlook,
    zone: Tz,
) -> Vec<Stretch> {
    let (begins, ends) = (outlook.first.span(zone).0, outlook.last.span(zone).1);
    let mut ahead: Vec<(&Reading, u8)> = readings
        .iter()
        .filter(|reading| {
            let (from, to) = reading.target.span(zone);
            begins <= from && to <= ends
        })
        .filter_map(|reading| match rule.standing(reading) {
            Standing::Meets(level) => Some((reading, level)),
            _ => None,
        })
        .collect();
    ahead.sort_by_key(|(reading, _)| reading.target.span(zone).0);
    let mut stretches: Vec<Stretch> = Vec::new();
    for day in ahead.chunk_by(|(one, _), (next, _)| one.target.day(zone) == next.target.day(zone)) {
        let Some(stretch) = Stretch::of_day(day) else { continue };
        match stretches.last_mut() {
            Some(last) if last.level == stretch.level => last.extend(stretch),
            _ => stretches.push(stretch),
        }
    }
    stretches
}

/// Where, at the end of a sentence: a town by its name, "au Havre", and what a person calls a place
/// in France otherwise in quotation marks, so that any name fits.
pub(super) fn there(texts: &Texts, place: &Place) -> String {
    let name = place.name.as_str();
    let is_town = place.commune.as_ref().is_none_or(|commune| commune.name == name);
    let (key, arg) = match (name.strip_prefix("Le "), name.strip_prefix("Les ")) {
        _ if !is_town => ("there-own", ("name", name)),
        (Some(rest), _) => ("there-le", ("rest", rest)),
        (_, Some(rest)) => ("there-les", ("rest", rest)),
        (None, None) => ("there", ("name", name)),
    };
    texts.format(key, [(arg.0, arg.1.into())])
}

/// What reaches a limit, in a few words of a sentence: "air quality is poor".
fn what(texts: &Texts, metric: Metric, reading: &Reading) -> String {
    let level = reading.level.unwrap_or_default();
    let label = reading.scale.map(|scale: Scale| texts.label(scale, level).to_lowercase());
    let label: Arg<'_> = ("label", label.unwrap_or_default().into());
    match metric {
        Metric::Vigilance(phenomenon) => {
            let danger = texts.get(&format!("danger-{}", phenomenon.name()));
            texts.format("what-vigilance", [label, ("danger", danger.into())])
        }
        Metric::Episode(pollutant) => {
            let pollutant = texts.metric(Metric::AirOf(pollutant));
            texts.format("what-episode", [label, ("pollutant", pollutant.into())])
        }
        Metric::Uv => {
            let index = reading.value.and_then(uv_index).unwrap_or_default();
            texts.format("what-uv", [label, ("index", index.into())])
        }
        Metric::Combined(_) => {
            texts.format(&format!("what-{}", metric.to_string().replace('.', "-")), [label])
        }
        _ if metric.hazard() == Hazard::Air => texts.get(&format!("what-air-{level}")),
        _ => texts.format("what-pollen", [label, ("metric", texts.metric(metric).into())]),
    }
}

/// [`what`], said to be the worst of it, or an estimate, where it is.
pub(super) fn what_with_basis(
    texts: &Texts,
    metric: Metric,
    reading: &Reading,
    (uneven, estimated): (bool, bool),
) -> String {
    let args: [Arg<'_>; 3] = [
        ("worst", if uneven { "yes" } else { "no" }.into()),
        ("basis", if estimated { "estimated" } else { "published" }.into()),
        ("what", what(texts, metric, reading).into()),
    ];
    texts.format("answer-what", args)
}

impl PersonView<'_> {
    /// The limits that are met: what to do first against the first of them, then the others.
    pub(super) fn sentence_of(&self, met: &[Met], leading: Option<&Advice>) -> String {
        let mut said: Vec<(&Met, &Stretch)> =
            met.iter().flat_map(|met| met.stretches.iter().map(move |it| (met, it))).collect();
        said.sort_by_key(|(met, stretch)| self.turn(met.rule.metric, stretch));
        let Some(((first, stretch), others)) = said.split_first() else { return String::new() };
        let begins = self.when(stretch);
        let mut args: Vec<Arg<'_>> = vec![
            ("when", self.texts.sentence_case(&begins).into()),
            ("what", self.what(first, stretch).into()),
            ("there", there(self.texts, self.facts.place).into()),
        ];
        let sentence = match leading.and_then(|advice| advice.lead(self.texts)) {
            Some(lead) => {
                args.push(("lead", lead.into()));
                self.texts.format("answer-lead", args)
            }
            None => self.texts.format("answer-plain", args),
        };
        if others.is_empty() {
            return sentence;
        }
        let mut groups: Vec<(String, Vec<String>)> = Vec::new();
        for (met, stretch) in others {
            let (when, what) = (self.when(stretch), self.what(met, stretch));
            match groups.iter_mut().find(|(of, _)| *of == when) {
                Some((_, group)) => group.push(what),
                None => groups.push((when, vec![what])),
            }
        }
        let group = |(when, what): (String, Vec<String>)| {
            let what = self.texts.list(&what);
            if when == begins {
                return what;
            }
            let args: [Arg<'_>; 2] = [("when", when.into()), ("what", what.into())];
            self.texts.format("answer-also-then", args)
        };
        let groups: Vec<String> = groups.into_iter().map(group).collect();
        let groups = groups.join(&self.texts.get("answer-also-between"));
        let also = self.texts.format("answer-also", [("groups", groups.into())]);
        format!("{sentence} {also}")
    }

    fn what(&self, met: &Met, stretch: &Stretch) -> String {
        let how = (stretch.uneven, stretch.estimated);
        what_with_basis(self.texts, met.rule.metric, &stretch.reading, how)
    }

    /// When a stretch is: hours that have begun only by their end, "until 20:00".
    fn when(&self, stretch: &Stretch) -> String {
        let zone = self.facts.place.time_zone;
        let (from, to) = (stretch.first.span(zone).0, stretch.last.span(zone).1);
        let local = |moment: DateTime<Utc>| moment.with_timezone(&zone);
        let ends = local(to).date_naive();
        if matches!(stretch.last, Target::Day(_)) || from > self.now || to == midnight(ends, zone) {
            return notification::when(self.texts, stretch.first, stretch.last, zone, self.now);
        }
        let time = if ends == self.today() {
            local(to).format("%H:%M").to_string()
        } else {
            self.texts.moment(to, self.now, &zone)
        };
        self.texts.format("answer-until", [("time", time.into())])
    }

    /// The piece with which the sentence begins: of those that fit the first limit that is met, the
    /// first that says in a few words what to do, and fits all of the stretch that is spoken of.
    pub(super) fn leading(&self, met: &[Met]) -> Option<&'static Advice> {
        let first = met.first()?;
        let stretch = first.stretches.first()?;
        let date = stretch.reading.target.day(self.facts.place.time_zone);
        let metric = first.rule.metric;
        let fits_lowest =
            |advice: &Advice| advice.fits(&self.situation(metric, stretch.lowest, date));
        let mut list = self.fitting(metric, stretch.level, date);
        first.told_first(&mut list);
        list.into_iter().find(|advice| advice.lead.is_some() && fits_lowest(advice))
    }
}

#[cfg(test)]
mod tests;
