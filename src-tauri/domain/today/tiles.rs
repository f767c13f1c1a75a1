//! The data of a day: a tile for each index, and for what has none a sentence; and what is of no
//! day.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::Facts;
use crate::contract::ReadingStatus;
use crate::knowledge::{self, Known, State, hour};
use crate::metric::{Metric, Phenomenon, Pollutant};
use crate::past::HOURS_OF_A_DAY;
use crate::reading::{Reading, Target, midnight, next_day};
use crate::scale::Scale;
use crate::text::{Arg, Texts};
use crate::window::{ReadingLine, Tile};
use crate::words;

/// The metrics that have a tile of their own, in the order in which they are shown.
const TILES: [Metric; 3] = [Metric::Air, Metric::Pollen, Metric::Uv];

/// The level of an episode from which it is announced.
const ANNOUNCED: u8 = 2;

/// The tiles of a day at a place, in the order in which they are shown.
pub(super) fn of_day(
    texts: &Texts,
    facts: &Facts<'_>,
    date: NaiveDate,
    now: DateTime<Utc>,
) -> Vec<Tile> {
    let view = DayView { texts, facts, date, now };
    let mut tiles: Vec<Tile> = TILES.into_iter().filter_map(|metric| view.index(metric)).collect();
    tiles.extend(view.vigilance());
    tiles.extend(view.episodes().tiles(&view));
    tiles.extend(view.temperature());
    tiles
}

/// That no pollution episode is announced for a day, and whose word that is.
pub(super) fn no_episode(
    texts: &Texts,
    facts: &Facts<'_>,
    date: NaiveDate,
    now: DateTime<Utc>,
) -> Option<String> {
    let view = DayView { texts, facts, date, now };
    let episodes = view.episodes();
    if !episodes.announced.is_empty() || !episodes.unknown.is_empty() {
        return None;
    }
    let line = view.line(episodes.calm.first()?);
    let said = texts.format("episodes-none", [("source", line.provenance.into())]);
    Some(match line.caveat {
        Some(caveat) => format!("{said} {caveat}."),
        None => said,
    })
}

/// What changes rarely: the last conclusion on each network of drinking water, and the radon
/// potential.
pub(super) fn slow(texts: &Texts, facts: &Facts<'_>, now: DateTime<Utc>) -> Vec<ReadingLine> {
    let zone = facts.place.time_zone;
    let known = |metric| facts.known.iter().filter(move |known| known.metric == metric);
    let line = |known: &Known| {
        let status = words::known_status(texts, facts.place, known);
        let mut line = words::line(texts, &status, zone, now);
        line.target = String::new();
        let Some(reading) = &known.reading else { return line };
        match (known.metric, &reading.note) {
            (Metric::Water, note) => {
                line.name = format!("{} – {}", line.name, reading.zone.name);
                line.figure = note.as_ref().map(|note| words::quoted(texts, note));
                let day = reading.target.day(zone);
                let args: [Arg<'_>; 2] =
                    [("date", texts.date(day).into()), ("year", day.year().to_string().into())];
                line.target = texts.format("sample-of", args);
            }
            _ => line.caveat = Some(texts.get("radon-measure")),
        }
        line
    };
    known(Metric::Water).chain(known(Metric::Radon)).map(line).collect()
}

/// Of which tile a metric is a part.
fn part_of(metric: Metric) -> Option<Metric> {
    match metric {
        Metric::AirOf(_) | Metric::Concentration(_) => Some(Metric::Air),
        Metric::PollenOf(_) => Some(Metric::Pollen),
        Metric::Air
        | Metric::Pollen
        | Metric::Uv
        | Metric::Episode(_)
        | Metric::Vigilance(_)
        | Metric::ApparentTemperature
        | Metric::Water
        | Metric::Radon
        | Metric::Combined(_) => None,
    }
}

/// What is known of the episodes of each pollutant on a day.
#[derive(Default)]
struct Episodes<'a> {
    /// Announced for this day or a later one: none may be missed for lying ahead.
    announced: Vec<&'a Known>,
    /// None is announced.
    calm: Vec<&'a Known>,
    /// Nobody knows.
    unknown: Vec<&'a Known>,
}

/// The worst hour of a phenomenon in what is left of a day.
struct Worst<'a> {
    phenomenon: Phenomenon,
    reading: &'a Reading,
    level: u8,
    /// From when to when it is at that level; `None`: as far as the day goes.
    hours: Option<String>,
    /// Whether every hour that is left is known.
    whole: bool,
}

/// A day at a place.
struct DayView<'a> {
    texts: &'a Texts,
    facts: &'a Facts<'a>,
    date: NaiveDate,
    now: DateTime<Utc>,
}

impl<'a> DayView<'a> {
    fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.facts.place.time_zone).date_naive()
    }

    fn known(&self, metric: Metric) -> Option<&'a Known> {
        super::of_day(self.facts, metric, self.date, self.now)
    }

    fn status(&self, known: &Known) -> ReadingStatus {
        words::known_status(self.texts, self.facts.place, known)
    }

    fn line(&self, known: &Known) -> ReadingLine {
        words::line(self.texts, &self.status(known), self.facts.place.time_zone, self.now)
    }

    fn line_of(&self, reading: &Reading) -> ReadingLine {
        let zone = self.facts.place.time_zone;
        let status = words::reading_status(self.texts, State::Current, reading, zone);
        let line = words::line(self.texts, &status, zone, self.now);
        ReadingLine { target: self.texts.day(self.date, self.today()), ..line }
    }

    /// An index with its parts.
    fn index(&self, metric: Metric) -> Option<Tile> {
        let known = self.known(metric)?;
        let mut line = self.line(known);
        // What was said last, where today has nothing: its state says that it is old.
        if known.reading.is_none()
            && let Some(last) = self.stale(metric)
        {
            let missing = line.caveat.take();
            line = self.line(last);
            let both = line.caveat.iter().chain(&missing).cloned().collect::<Vec<_>>();
            line.caveat = Some(both.join(". "));
        }
        let parts = Metric::all()
            .into_iter()
            .filter(|part| part_of(*part) == Some(metric))
            .filter_map(|part| self.known(part))
            .filter(|known| known.reading.is_some())
            .map(|known| self.line(known))
            .collect();
        Some(Tile { line, parts })
    }

    /// The last value of the past days, where today has none.
    fn stale(&self, metric: Metric) -> Option<&'a Known> {
        let is = |known: &&Known| known.metric == metric && known.state == State::Stale;
        self.facts.known.iter().find(is).filter(|_| self.date == self.today())
    }

    /// The readings of an hourly metric on this day.
    fn hours(&self, metric: Metric) -> Vec<&'a Reading> {
        let zone = self.facts.place.time_zone;
        let series = self.facts.series.get(&metric).map(Vec::as_slice).unwrap_or_default();
        series.iter().filter(|reading| reading.target.day(zone) == self.date).collect()
    }

    /// One tile for all phenomena: the worst colour in what is left of the day, and of which.
    fn vigilance(&self) -> Option<Tile> {
        let mut worst: Vec<Worst<'_>> =
            Phenomenon::ALL.into_iter().filter_map(|it| self.worst(it)).collect();
        worst.sort_by_key(|it| std::cmp::Reverse(it.level));
        let unknown: Vec<Known> = Phenomenon::ALL
            .into_iter()
            .filter(|it| !worst.iter().any(|known| known.phenomenon == *it))
            .filter_map(|it| self.unknown(it))
            .collect();
        let Some(first) = worst.first() else {
            let line = unknown.first().map(|known| self.line(known));
            return line.or_else(|| self.no_vigilance()).map(|line| Tile {
                line: ReadingLine { scale_name: String::new(), ..self.as_vigilance(line) },
                parts: Vec::new(),
            });
        };
        let line = self.line_of(first.reading);
        let highest: Vec<&Worst<'_>> = worst.iter().filter(|it| it.level == first.level).collect();
        let whole = worst.iter().all(|it| it.whole);
        let label = if first.level == 1 {
            let all = whole && unknown.is_empty();
            self.texts.get(if all { "vigilance-green-all" } else { "vigilance-green-known" })
        } else {
            let names: Vec<_> = highest.iter().map(|it| self.danger(it.phenomenon)).collect();
            let colour = line.reading.label.clone().unwrap_or_default();
            words::named(self.texts, &colour, &self.texts.list(&names))
        };
        let mut caveats = self.not_known(&unknown);
        if !whole {
            caveats.push(self.texts.get("vigilance-hours"));
        }
        let mut line = self.as_vigilance(line);
        line.reading.label = Some(label);
        line.caveat = (!caveats.is_empty()).then(|| caveats.join(". "));
        if let [only] = highest.as_slice() {
            line.figure.clone_from(&only.hours);
        }
        let part = |it: &Worst<'_>| ReadingLine {
            name: self.danger(it.phenomenon),
            figure: it.hours.clone(),
            ..self.line_of(it.reading)
        };
        Some(Tile { line, parts: worst.iter().map(part).collect() })
    }

    fn as_vigilance(&self, line: ReadingLine) -> ReadingLine {
        let name = self.texts.scale(Scale::Vigilance);
        ReadingLine { name, scale_name: String::new(), ..line }
    }

    fn danger(&self, phenomenon: Phenomenon) -> String {
        self.texts.get(&format!("danger-{}", phenomenon.name()))
    }

    /// The worst that is known of a phenomenon, from the present hour on.
    fn worst(&self, phenomenon: Phenomenon) -> Option<Worst<'a>> {
        let zone = self.facts.place.time_zone;
        let mut ahead = self.hours(Metric::Vigilance(phenomenon));
        ahead.retain(|reading| reading.target.span(zone).1 > self.now && reading.level.is_some());
        // The first of the highest.
        let reading = *ahead.iter().rev().max_by_key(|reading| reading.level)?;
        let level = reading.level?;
        let so_high: Vec<_> = ahead.iter().filter(|it| it.level == reading.level).collect();
        let clock = |moment: DateTime<Utc>| moment.with_timezone(&zone).format("%H:%M").to_string();
        let hours = match (so_high.first(), so_high.last()) {
            (Some(first), Some(last)) if level > 1 && so_high.len() < ahead.len() => {
                let (from, to) = (first.target.span(zone).0, last.target.span(zone).1);
                Some(format!("{}–{}", clock(from), clock(to)))
            }
            _ => None,
        };
        let start = midnight(self.date, zone).max(hour(self.now));
        let left = (midnight(next_day(self.date), zone) - start).num_hours();
        let whole = usize::try_from(left).is_ok_and(|left| ahead.len() >= left);
        Some(Worst { phenomenon, reading, level, hours, whole })
    }

    /// A phenomenon that is published here, but not for this day.
    fn unknown(&self, phenomenon: Phenomenon) -> Option<Known> {
        let metric = Metric::Vigilance(phenomenon);
        let (today, date) = (self.today(), self.date);
        // The bulletin reaches to the end of tomorrow.
        if date > next_day(today) {
            return None;
        }
        let present = super::of_day(self.facts, metric, today, self.now)?;
        let state = match present.state {
            State::NotCovered => return None,
            State::Current | State::Stale | State::NotPublishedYet => State::NotPublishedYet,
            State::SourceFailed => State::SourceFailed,
        };
        Some(Known {
            metric,
            target: Target::Day(date),
            state,
            reading: None,
            instead_of: present.instead_of.clone(),
        })
    }

    /// That nobody publishes it here: of France overseas, where people look for it.
    fn no_vigilance(&self) -> Option<ReadingLine> {
        let (place, metric) = (self.facts.place, Metric::Vigilance(Phenomenon::Wind));
        let overseas = place.commune.is_some() && knowledge::sources(metric, place).is_empty();
        let target = Target::Day(self.date);
        let known =
            Known { metric, target, state: State::NotCovered, reading: None, instead_of: None };
        (overseas && self.facts.asked && self.date == self.today()).then(|| self.line(&known))
    }

    /// What is not known, each reason once with all that it is the reason for.
    fn not_known(&self, unknown: &[Known]) -> Vec<String> {
        let mut reasons: Vec<(String, Vec<String>)> = Vec::new();
        for known in unknown {
            let name = match known.metric {
                Metric::Vigilance(phenomenon) => self.danger(phenomenon),
                Metric::Episode(pollutant) => self.texts.metric(Metric::AirOf(pollutant)),
                metric => self.texts.metric(metric),
            };
            let zone = self.facts.place.time_zone;
            let why = words::absence(self.texts, &self.status(known), zone, self.now);
            match reasons.iter_mut().find(|(other, _)| *other == why) {
                Some((_, names)) => names.push(name),
                None => reasons.push((why, vec![name])),
            }
        }
        let said = |(why, names): (String, Vec<String>)| {
            let names = self.texts.sentence_case(&self.texts.list(&names));
            let args: [Arg<'_>; 2] = [("what", names.into()), ("why", why.into())];
            self.texts.format("not-known-why", args)
        };
        reasons.into_iter().map(said).collect()
    }

    fn episodes(&self) -> Episodes<'a> {
        let zone = self.facts.place.time_zone;
        let mut episodes = Episodes::default();
        for metric in Pollutant::ALL.map(Metric::Episode) {
            let Some(known) = self.known(metric) else { continue };
            let announced = self.facts.known.iter().any(|it| {
                let level = it.reading.as_ref().and_then(|reading| reading.level);
                let ahead = it.target.day(zone) >= self.date && it.state != State::Stale;
                it.metric == metric && ahead && level >= Some(ANNOUNCED)
            });
            match known.state {
                _ if announced => episodes.announced.push(known),
                _ if known.reading.is_some() => episodes.calm.push(known),
                State::NotCovered => {}
                _ => episodes.unknown.push(known),
            }
        }
        episodes
    }

    /// The temperature as it is felt: now, and the highest of the day.
    fn temperature(&self) -> Option<Tile> {
        let metric = Metric::ApparentTemperature;
        let known = self.known(metric).filter(|_| self.date == self.today());
        let hours = self.hours(metric);
        let value = |reading: &&&Reading| reading.value;
        let highest = hours.iter().filter(|it| it.value.is_some()).max_by(|one, other| {
            value(one).unwrap_or_default().total_cmp(&value(other).unwrap_or_default())
        });
        let said = |value: f64| words::value_of(self.texts, metric, value, metric.unit());
        let Some(highest) = highest else {
            return known.map(|known| Tile { line: self.line(known), parts: Vec::new() });
        };
        let present = known.and_then(|known| known.reading.as_ref());
        let mut line = self.line_of(present.unwrap_or(highest));
        let args: [Arg<'_>; 3] = [
            ("present", if present.is_some() { "yes" } else { "no" }.into()),
            ("now", present.and_then(|it| it.value).map(said).unwrap_or_default().into()),
            ("highest", highest.value.map(said).unwrap_or_default().into()),
        ];
        line.figure = Some(self.texts.format("temperature", args));
        if hours.len() < HOURS_OF_A_DAY {
            let args: [Arg<'_>; 1] = [("count", hours.len().into())];
            line.caveat = Some(self.texts.format("hours-known", args));
        }
        Some(Tile { line, parts: Vec::new() })
    }
}

impl Episodes<'_> {
    /// A tile for each that is announced, and one for all of which nobody knows.
    fn tiles(&self, view: &DayView<'_>) -> Vec<Tile> {
        let tile = |known: &&Known| {
            let mut line = view.line(known);
            line.scale_name = String::new();
            let note = known.reading.as_ref().and_then(|reading| reading.note.as_ref());
            line.figure = note.map(|note| words::quoted(view.texts, note));
            Tile { line, parts: Vec::new() }
        };
        let mut tiles: Vec<Tile> = self.announced.iter().map(tile).collect();
        tiles.extend(self.unknown.first().map(|first| {
            let mut line = view.line(first);
            line.scale_name = String::new();
            line.name = view.texts.get("episodes");
            if !(self.announced.is_empty() && self.calm.is_empty()) {
                let unknown: Vec<Known> = self.unknown.iter().map(|it| (*it).clone()).collect();
                line.caveat = Some(view.not_known(&unknown).join(". "));
            }
            Tile { line, parts: Vec::new() }
        }));
        tiles
    }
}

#[cfg(test)]
mod tests;
