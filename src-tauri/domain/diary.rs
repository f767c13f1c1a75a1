//! How a person felt day by day, and how that went together with the indices of those days.
//!
//! What is said of it is said of these data alone: no statement is a diagnosis, and none is made on
//! few days or on a small difference.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::evidence;
use crate::limits::ordinary;
use crate::metric::{Hazard, Metric, Pollutant};
use crate::notification;
use crate::person::{Person, PersonId, Profile};
use crate::place::PlaceId;
use crate::reading::{Basis, Reading, Source, Target};
use crate::scale::Scale;
use crate::sheet::{Section, Sheet, Table, escaped};
use crate::text::{Arg, Texts};
use crate::words;

/// A sign that is noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sign {
    /// Sneezing, a blocked or running nose.
    Nose,
    /// Red, itching or watering eyes.
    Eyes,
    /// Coughing, wheezing, being out of breath.
    Breathing,
    /// Itching or a rash.
    Skin,
    /// Fatigue.
    Fatigue,
}

impl Sign {
    /// Every sign, in the order in which they are asked about.
    pub const ALL: [Self; 5] = [Self::Nose, Self::Eyes, Self::Breathing, Self::Skin, Self::Fatigue];

    /// The name used on the wire and in the store.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Nose => "nose",
            Self::Eyes => "eyes",
            Self::Breathing => "breathing",
            Self::Skin => "skin",
            Self::Fatigue => "fatigue",
        }
    }
}

/// The highest score of a sign: severe; 0 is none.
pub const SEVERE: u8 = 3;

/// The key of the treatment among what is noted.
pub const TREATMENT: &str = "treatment";

/// What a person noted of a day; what was not noted is not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The day.
    pub day: NaiveDate,
    /// The signs that were noted, each from 0 to [`SEVERE`].
    pub scores: BTreeMap<Sign, u8>,
    /// Whether a treatment was taken.
    pub treatment: Option<bool>,
    /// Where they were.
    pub place: Option<PlaceId>,
}

/// Why something was not noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiaryError {
    /// No such key.
    UnknownKey {
        /// The key as given.
        key: String,
    },
    /// The key is known, the value is not.
    UnknownValue {
        /// The key.
        key: String,
        /// The value as given.
        value: String,
        /// The values that would be right.
        allowed: Vec<String>,
    },
    /// No date.
    NoDate {
        /// The day as given.
        given: String,
    },
    /// A day that has not come yet.
    Future {
        /// The day.
        day: NaiveDate,
    },
}

impl Entry {
    /// A day of which nothing is noted.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        Self { day, scores: BTreeMap::new(), treatment: None, place: None }
    }

    /// Notes one thing, a sign or the treatment; an empty value takes it back.
    ///
    /// # Errors
    /// [`DiaryError`] says what would have been right; the entry is then unchanged.
    pub fn set(&mut self, key: &str, value: &str) -> Result<(), DiaryError> {
        let value = value.trim();
        let refused = |allowed: Vec<String>| DiaryError::UnknownValue {
            key: key.to_owned(),
            value: value.to_owned(),
            allowed,
        };
        if key == TREATMENT {
            self.treatment = match value {
                "" => None,
                "yes" => Some(true),
                "no" => Some(false),
                _ => return Err(refused(vec!["yes".to_owned(), "no".to_owned()])),
            };
            return Ok(());
        }
        let sign = Sign::ALL.into_iter().find(|sign| sign.name() == key);
        let sign = sign.ok_or_else(|| DiaryError::UnknownKey { key: key.to_owned() })?;
        if value.is_empty() {
            self.scores.remove(&sign);
            return Ok(());
        }
        let score = value.parse().ok().filter(|score| *score <= SEVERE);
        let score =
            score.ok_or_else(|| refused((0..=SEVERE).map(|it| it.to_string()).collect()))?;
        self.scores.insert(sign, score);
        Ok(())
    }

    /// Whether nothing is noted, wherever they were.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.scores.is_empty() && self.treatment.is_none()
    }

    /// The load of the day: the sum of the signs that were noted; `None` where none was.
    #[must_use]
    pub fn load(&self) -> Option<u8> {
        (!self.scores.is_empty()).then(|| self.scores.values().sum())
    }

    /// What is noted, in words: "nose 2, eyes 1, treatment taken"; empty where nothing is.
    #[must_use]
    pub fn in_words(&self, texts: &Texts) -> String {
        let score = |(sign, score): (&Sign, &u8)| format!("{} {score}", self::sign(texts, *sign));
        let mut noted: Vec<String> = self.scores.iter().map(score).collect();
        noted.extend(self.treatment.map(|taken| {
            texts.get(if taken { "diary-treatment-taken" } else { "diary-treatment-not-taken" })
        }));
        noted.join(", ")
    }
}

/// The name of a sign.
#[must_use]
pub fn sign(texts: &Texts, sign: Sign) -> String {
    texts.get(&format!("sign-{}", sign.name()))
}

impl Entry {
    /// What is noted of the day, in a sentence said on the day `today`.
    #[must_use]
    pub fn noted(&self, texts: &Texts, today: NaiveDate) -> String {
        let day = texts.day(self.day, today);
        if self.is_empty() {
            return texts.format("diary-cleared", [("day", day.into())]);
        }
        let args: [Arg<'_>; 2] = [("day", day.into()), ("what", self.in_words(texts).into())];
        texts.format("diary-noted", args)
    }
}

/// What a diary is compared with, each with the level from which it matters to a person: the pollen
/// that they are told of first, then the air and what it is made of, which has no limit of its own.
#[must_use]
pub fn watched_by(profile: &Profile) -> Vec<(Metric, u8)> {
    let rules = profile.rules();
    let pollen = rules.iter().filter(|rule| rule.metric.hazard() == Hazard::Pollen);
    let mut watched: Vec<_> = pollen.map(|rule| (rule.metric, rule.level())).collect();
    if let Some(air) = ordinary(&rules, Metric::Air) {
        watched.push((Metric::Air, air.level()));
        watched.extend(Pollutant::ALL.map(|it| (Metric::AirOf(it), air.level())));
    }
    watched
}

/// Of how many hours of a day the level of an hourly index must be known for the day to be.
const NEEDED_HOURS: usize = 18;

/// What is asked of a day, as markup: groups of radio buttons, each named by the key of what is asked
/// and with the value that [`Entry::set`] takes, an empty one for what is not noted; whose diary it is
/// (`person`) and which day (`day`) come first.
#[must_use]
pub fn form(
    texts: &Texts,
    people: &[Person],
    person: PersonId,
    entry: &Entry,
    today: NaiveDate,
) -> String {
    let mut out = String::new();
    let whose = people.iter().map(|it| {
        let who = notification::who(texts, it.name.as_deref());
        (it.id.0.to_string(), texts.sentence_case(&who))
    });
    if people.len() > 1 {
        let chosen = person.0.to_string();
        group(&mut out, "person", &texts.get("diary-who"), whose.collect(), &chosen);
    } else {
        out.push_str(&format!(
            "<input type=\"radio\" name=\"person\" value=\"{}\" checked hidden>\n",
            person.0
        ));
    }
    // Who forgot yesterday can still tell; a day that was chosen otherwise stands there too.
    let mut days = BTreeSet::from([entry.day, today]);
    days.extend(today.pred_opt());
    let days = days.iter().rev().map(|day| {
        // The date is there whatever the time has become since.
        let (named, date) = (texts.day(*day, today), texts.date(*day));
        let label = if named == date { date } else { format!("{named}, {date}") };
        (day.to_string(), texts.sentence_case(&label))
    });
    group(&mut out, "day", &texts.get("diary-day"), days.collect(), &entry.day.to_string());
    let not_noted = (String::new(), texts.get("diary-score-not-noted"));
    for it in Sign::ALL {
        let scores = (0..=SEVERE)
            .map(|score| (score.to_string(), texts.get(&format!("diary-score-{score}"))));
        let choices = std::iter::once(not_noted.clone()).chain(scores).collect();
        let chosen = entry.scores.get(&it).map(u8::to_string).unwrap_or_default();
        group(&mut out, it.name(), &sign(texts, it), choices, &chosen);
    }
    let taken = ["yes", "no"].map(|it| (it.to_owned(), texts.get(&format!("diary-{it}"))));
    let choices = std::iter::once(not_noted).chain(taken).collect();
    let chosen = match entry.treatment {
        None => "",
        Some(true) => "yes",
        Some(false) => "no",
    };
    group(&mut out, TREATMENT, &texts.get("diary-treatment"), choices, chosen);
    out
}

/// Answers of which one is chosen, with what they answer.
fn group(out: &mut String, key: &str, title: &str, choices: Vec<(String, String)>, chosen: &str) {
    out.push_str(&format!(
        "<fieldset class=\"question\">\n<legend class=\"question-title\">{}</legend>\n\
         <div class=\"choices\">\n",
        escaped(&crate::text::sentence_case(title))
    ));
    for (value, label) in choices {
        let checked = if value == chosen { " checked" } else { "" };
        out.push_str(&format!(
            "<label class=\"choice\"><input type=\"radio\" name=\"{key}\" value=\"{}\"{checked}>\
             <span>{}</span></label>\n",
            escaped(&value),
            escaped(&label)
        ));
    }
    out.push_str("</div>\n</fieldset>\n");
}

/// An index that is laid beside the diary.
#[derive(Debug, Clone, PartialEq)]
pub struct Watched {
    /// The metric.
    pub metric: Metric,
    /// The scale of its levels.
    pub scale: Scale,
    /// The level from which it matters to the person; of a sub-index that of the air.
    pub limit: u8,
    /// Its level on each day on which it is known where the person was.
    pub levels: BTreeMap<NaiveDate, DayLevel>,
    /// Who published these levels.
    pub sources: BTreeSet<Source>,
}

/// The level of an index on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayLevel {
    /// The level.
    pub level: u8,
    /// Whether it is an estimate of this app, wholly or of some hours.
    pub estimated: bool,
}

impl Watched {
    /// An index of which nothing is known yet.
    #[must_use]
    pub fn new(metric: Metric, scale: Scale, limit: u8) -> Self {
        let (levels, sources) = (BTreeMap::new(), BTreeSet::new());
        Self { metric, scale, limit, levels, sources }
    }

    /// Takes in the levels on these days by the readings that count at a place in `zone`, at most
    /// one for each target: of an hourly index the level of the worst hour.
    pub fn take(&mut self, readings: &[Reading], days: &BTreeSet<NaiveDate>, zone: Tz) {
        let mut known: BTreeMap<NaiveDate, (usize, DayLevel)> = BTreeMap::new();
        for reading in readings {
            let day = reading.target.day(zone);
            let Some(level) = reading.level else { continue };
            if reading.scale != Some(self.scale) || !days.contains(&day) {
                continue;
            }
            self.sources.insert(reading.source);
            let estimated = reading.basis == Basis::Estimated;
            let (hours, of_day) = known.entry(day).or_insert((0, DayLevel { level, estimated }));
            *hours += match reading.target {
                Target::Day(_) => NEEDED_HOURS,
                Target::Hour(_) => 1,
            };
            of_day.level = of_day.level.max(level);
            of_day.estimated |= estimated;
        }
        let known = known.into_iter().filter(|(_, (hours, _))| *hours >= NEEDED_HOURS);
        self.levels.extend(known.map(|(day, (_, level))| (day, level)));
    }
}

/// Some days of a diary.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Days {
    /// How many.
    pub count: usize,
    /// On how many of them a treatment was taken.
    pub treated: usize,
    /// Their mean load.
    pub mean: f64,
}

/// Two groups of days whose loads clearly differ.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contrast {
    /// The level that parts them.
    pub level: u8,
    /// The days at it, or at it and above.
    pub reached: Days,
    /// The days below it.
    pub below: Days,
}

/// So many days there must be on either side before anything is said.
pub const FEWEST: usize = 5;

/// So many points of the daily load must lie between two groups of days: a score is a whole number,
/// and less than one step of one sign is nothing that anybody notices.
const SMALLEST: f64 = 1.0;

/// By so many times its own standard error a difference must exceed nothing. Two would let chance
/// speak once in twenty comparisons; a diary is compared with several indices, and days that follow
/// each other resemble each other, so that there are fewer of their own than are counted.
const STANDARD_ERRORS: f64 = 3.0;

/// The load and treatment of a day, with the level of an index on it.
type Noted = (u8, bool, u8);

/// The noted days on which the index is known. An ATMO "évènement" has no rank: such a day is
/// neither high nor low.
fn noted(entries: &[Entry], watched: &Watched) -> Vec<Noted> {
    let noted = |entry: &Entry| {
        let level = watched.levels.get(&entry.day)?.level;
        Some((entry.load()?, entry.treatment == Some(true), watched.scale.rank(level)?))
    };
    entries.iter().filter_map(noted).collect()
}

/// The days and the variance of their loads; `None` where they are too few.
fn days(noted: &[Noted], among: impl Fn(u8) -> bool) -> Option<(Days, f64)> {
    let chosen: Vec<&Noted> = noted.iter().filter(|(.., level)| among(*level)).collect();
    if chosen.len() < FEWEST {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "days of a lifetime are far below 2^53")]
    let count = chosen.len() as f64;
    let loads = || chosen.iter().map(|(load, ..)| f64::from(*load));
    let mean = loads().sum::<f64>() / count;
    let variance = loads().map(|load| (load - mean).powi(2)).sum::<f64>() / (count - 1.0);
    let treated = chosen.iter().filter(|(_, treated, _)| *treated).count();
    // What one value of the mean contributes to the error of a difference.
    Some((Days { count: chosen.len(), treated, mean }, variance / count))
}

/// Two groups of days, where their loads clearly differ: by at least [`SMALLEST`] and by
/// [`STANDARD_ERRORS`] times the standard error of the difference.
fn contrast(noted: &[Noted], level: u8, reached: impl Fn(u8) -> bool) -> Option<Contrast> {
    let (reached, error) = days(noted, reached)?;
    let (below, error_below) = days(noted, |it| it < level)?;
    let difference = (reached.mean - below.mean).abs();
    let clear =
        difference >= SMALLEST && difference >= STANDARD_ERRORS * (error + error_below).sqrt();
    clear.then_some(Contrast { level, reached, below })
}

/// How the days on which an index was at the person's limit or above differ from the others, more
/// or less; `None` where there are too few of either, or the difference is small.
#[must_use]
pub fn associate(entries: &[Entry], watched: &Watched) -> Option<Contrast> {
    contrast(&noted(entries, watched), watched.limit, |level| level >= watched.limit)
}

/// The lowest level from which on the load is clearly higher than below: on the days at that very
/// level, so that a rise higher up does not count for it, and on all from it on.
#[must_use]
pub fn rise(entries: &[Entry], watched: &Watched) -> Option<Contrast> {
    let noted = noted(entries, watched);
    let rises = |it: &Contrast| it.reached.mean > it.below.mean;
    (2..=watched.scale.levels()).find_map(|level| {
        contrast(&noted, level, |it| it >= level).filter(rises)?;
        contrast(&noted, level, |it| it == level).filter(rises)
    })
}

/// A diary over some days.
#[derive(Debug, Clone, Copy)]
pub struct DiaryFacts<'a> {
    /// The name of the person; `None` for the unnamed one.
    pub person: Option<&'a str>,
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
    /// What was noted, by day, within these days.
    pub entries: &'a [Entry],
    /// The indices, the ones that matter most first.
    pub watched: &'a [Watched],
    /// What the person calls the places where they were.
    pub places: &'a [String],
}

impl DiaryFacts<'_> {
    /// The diary for whoever keeps it: what stands out, then the days, the latest first.
    #[must_use]
    pub fn history(&self, texts: &Texts) -> Sheet {
        Sheet {
            title: self.title(texts),
            sections: vec![
                self.together(texts, true),
                self.table(texts, self.entries.iter().rev()),
            ],
        }
    }

    /// The diary as it is shown to a doctor: what it is, the days in their order, what stands out.
    #[must_use]
    pub fn report(&self, texts: &Texts) -> Sheet {
        let what_it_is = ["diary-scale", "diary-levels", "diary-what-it-is"];
        let lines = what_it_is.map(|key| texts.get(key)).to_vec();
        Sheet {
            title: self.title(texts),
            sections: vec![
                Section::of_lines(None, lines),
                self.table(texts, self.entries.iter()),
                self.together(texts, false),
            ],
        }
    }

    fn title(&self, texts: &Texts) -> String {
        match self.person {
            None => texts.get("diary-title"),
            Some(name) => words::named(texts, &texts.get("diary-title"), name),
        }
    }

    fn args<'a>(&'a self, texts: &Texts, watched: &Watched, it: &Contrast) -> [Arg<'a>; 9] {
        [
            ("named", if self.person.is_some() { "yes" } else { "no" }.into()),
            ("who", self.person.unwrap_or_default().to_owned().into()),
            ("metric", texts.metric(watched.metric).into()),
            ("level", notification::threshold(texts, it.level, watched.scale).into()),
            ("days", it.reached.count.into()),
            ("mean", texts.number(it.reached.mean, 1).into()),
            ("others", it.below.count.into()),
            ("other-mean", texts.number(it.below.mean, 1).into()),
            ("treated", it.reached.treated.into()),
        ]
    }

    /// How signs and indices went together; with `hints`, where a limit could stand.
    fn together(&self, texts: &Texts, hints: bool) -> Section {
        let mut lines = Vec::new();
        let mut sources = Vec::new();
        for watched in self.watched {
            if let Some(it) = associate(self.entries, watched) {
                lines.push(texts.format("diary-association", self.args(texts, watched, &it)));
                let treated: [Arg<'_>; 2] =
                    [("days", it.reached.treated.into()), ("others", it.below.treated.into())];
                lines.push(texts.format("diary-treated", treated));
            }
            // A sub-index has no limit of its own, and one that stands there needs no hint.
            let can_be_set = hints && Metric::with_rules().contains(&watched.metric);
            let rise = rise(self.entries, watched).filter(|it| it.level != watched.limit);
            if let Some(it) = rise.filter(|_| can_be_set) {
                lines.push(texts.format("diary-rise", self.args(texts, watched, &it)));
                if watched.metric.hazard() == Hazard::Pollen && sources.is_empty() {
                    // That a diary is where one's own threshold shows, and no other is agreed on.
                    sources.extend(OWN_THRESHOLD.iter().filter_map(|key| evidence::by_key(key)));
                }
            }
        }
        lines.push(if lines.is_empty() {
            texts.format("diary-nothing-stands-out", [("fewest", FEWEST.into())])
        } else {
            texts.get("diary-no-diagnosis")
        });
        let sources = sources.into_iter().cloned().collect();
        Section { sources, ..Section::of_lines(Some(texts.get("diary-together")), lines) }
    }

    /// The days that were noted, with the levels of the indices beside them: those that have a limit
    /// of their own, and of the others those of which something is said.
    fn table<'a>(&self, texts: &Texts, entries: impl Iterator<Item = &'a Entry>) -> Section {
        let heading = Some(texts.get("diary-days"));
        let last = (self.last - self.first).num_days() + 1;
        let args: [Arg<'_>; 4] = [
            ("first", date(texts, self.first).into()),
            ("last", date(texts, self.last).into()),
            ("noted", self.entries.len().into()),
            ("days", last.into()),
        ];
        let mut lines = vec![texts.format("diary-period", args)];
        if self.entries.is_empty() {
            return Section::of_lines(heading, lines);
        }
        let noted: BTreeSet<NaiveDate> = self.entries.iter().map(|entry| entry.day).collect();
        let is_shown = |watched: &&Watched| {
            watched.levels.keys().any(|day| noted.contains(day))
                && (Metric::with_rules().contains(&watched.metric)
                    || associate(self.entries, watched).is_some())
        };
        let watched: Vec<&Watched> = self.watched.iter().filter(is_shown).collect();
        let sources: BTreeSet<Source> = watched.iter().flat_map(|it| it.sources.clone()).collect();
        let sources: Vec<String> = sources.iter().map(|it| words::source(texts, *it)).collect();
        if !sources.is_empty() {
            let args: [Arg<'_>; 2] = [
                ("sources", texts.list(&sources).into()),
                ("places", texts.list(self.places).into()),
            ];
            lines.push(texts.format("diary-published", args));
        }
        let mut columns = vec![texts.get("diary-column-day")];
        columns.extend(Sign::ALL.map(|it| sign(texts, it)));
        columns.extend(["diary-column-sum", "diary-column-treatment"].map(|key| texts.get(key)));
        columns.extend(watched.iter().map(|it| {
            // A level means nothing without its scale.
            format!("{}, {}", texts.metric(it.metric), texts.scale(it.scale))
        }));
        let columns = columns.iter().map(|name| texts.sentence_case(name)).collect();
        Section {
            heading,
            lines,
            table: Some(Table {
                caption: texts.get("diary-caption"),
                columns,
                rows: entries.map(|entry| row(texts, entry, &watched)).collect(),
            }),
            sources: Vec::new(),
        }
    }
}

/// The publications behind the hint at a limit of one's own for pollen.
pub(crate) const OWN_THRESHOLD: [&str; 2] = ["EAACI-FR", "STECKLING"];

/// What is not known in a table.
pub(crate) const UNKNOWN: &str = "–";

fn row(texts: &Texts, entry: &Entry, watched: &[&Watched]) -> Vec<String> {
    let known = |it: Option<String>| it.unwrap_or_else(|| UNKNOWN.to_owned());
    let mut row = vec![short_date(texts, entry.day)];
    row.extend(Sign::ALL.map(|sign| known(entry.scores.get(&sign).map(u8::to_string))));
    row.push(known(entry.load().map(|load| load.to_string())));
    row.push(known(
        entry.treatment.map(|taken| texts.get(if taken { "diary-yes" } else { "diary-no" })),
    ));
    row.extend(watched.iter().map(|it| {
        known(it.levels.get(&entry.day).map(|of_day| {
            let label = texts.label(it.scale, of_day.level);
            // An event has no number: it has no rank.
            let label = match it.scale.rank(of_day.level) {
                Some(level) => {
                    let args: [Arg<'_>; 2] = [("label", label.into()), ("level", level.into())];
                    texts.format("diary-level", args)
                }
                None => label,
            };
            if of_day.estimated { format!("≈ {label}") } else { label }
        }))
    }));
    row
}

/// A date with its year, as short as a table needs it.
pub(crate) fn short_date(texts: &Texts, date: NaiveDate) -> String {
    format!("{} {}", texts.date_short(date), date.year())
}

/// A date with its year, as paper needs it.
#[must_use]
pub fn date(texts: &Texts, date: NaiveDate) -> String {
    format!("{} {}", texts.date(date), date.year())
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;
    use crate::metric::Taxon;
    use crate::reading::Zone;
    use crate::text::Language;

    fn day(number: usize) -> NaiveDate {
        let first: NaiveDate = "2026-05-01".parse().expect("a date");
        first + chrono::Days::new(u64::try_from(number).expect("a day"))
    }

    /// A diary with a load for each day, as nose and eyes, and grass pollen beside it.
    fn diary(days: &[(u8, u8)]) -> (Vec<Entry>, Watched) {
        let entry = |(number, (load, _)): (usize, &(u8, u8))| {
            let mut entry = Entry::of(day(number));
            let nose = (*load).min(SEVERE);
            entry.scores = BTreeMap::from([(Sign::Nose, nose), (Sign::Eyes, load - nose)]);
            entry
        };
        let entries = days.iter().enumerate().map(entry).collect();
        let levels = days.iter().enumerate().map(|(number, (_, level))| {
            (day(number), DayLevel { level: *level, estimated: false })
        });
        let scale = Scale::AtmoPollen2025;
        let mut watched = Watched::new(Metric::PollenOf(Taxon::Grass), scale, 4);
        watched.levels = levels.collect();
        watched.sources.insert(Source::AtmoPollen);
        (entries, watched)
    }

    fn said(days: &[(u8, u8)], person: Option<&str>) -> Section {
        let (entries, watched) = diary(days);
        let facts = DiaryFacts {
            person,
            first: day(0),
            last: day(60),
            entries: &entries,
            watched: &[watched],
            places: &["Lyon".to_owned()],
        };
        facts.together(&Texts::new(Language::En), true)
    }

    /// Some quiet days at a low level, some bad ones at a high level.
    fn season(low: usize, high: usize) -> Vec<(u8, u8)> {
        let quiet = (0..low).map(|n| (u8::from(n % 3 == 2), 1 + u8::from(n % 2 == 0)));
        quiet.chain((0..high).map(|n| (4 + u8::from(n % 2 == 0), 4))).collect()
    }

    #[test]
    fn the_load_is_the_sum_of_what_was_noted_and_nothing_noted_is_no_nought() {
        let mut entry = Entry::of(day(0));
        assert_eq!(entry.load(), None);
        entry.set("nose", "0").expect("a right entry");
        assert_eq!(entry.load(), Some(0));
        entry.set("fatigue", " 3 ").expect("a right entry");
        entry.set("treatment", "no").expect("a right entry");
        assert_eq!(entry.load(), Some(3));
        let texts = Texts::new(Language::En);
        assert_eq!(entry.in_words(&texts), "nose 0, fatigue 3, no treatment");
        for key in ["nose", "fatigue", "treatment"] {
            entry.set(key, "").expect("a right entry");
        }
        assert!(entry.is_empty());
    }

    #[test]
    fn a_refused_value_says_what_would_be_right_and_changes_nothing() {
        let mut entry = Entry::of(day(0));
        entry.set("eyes", "1").expect("a right entry");
        let before = entry.clone();
        for (key, value) in
            [("eyes", "4"), ("eyes", "-1"), ("eyes", "much"), ("treatment", "2"), ("mood", "1")]
        {
            assert!(entry.set(key, value).is_err(), "{key}={value}");
            assert_eq!(entry, before);
        }
        assert_eq!(
            entry.set("eyes", "4"),
            Err(DiaryError::UnknownValue {
                key: "eyes".to_owned(),
                value: "4".to_owned(),
                allowed: ["0", "1", "2", "3"].map(str::to_owned).to_vec(),
            })
        );
    }

    #[test]
    fn what_goes_together_is_said_of_these_data_with_its_counts_and_is_no_diagnosis() {
        let lines = said(&season(20, 12), None).lines;
        assert_eq!(
            lines[0],
            "In your data: on the 12 days with grass pollen at High or more, your signs summed to \
             4.5 on average; on the 20 other days 0.3."
        );
        assert!(lines[1].starts_with("A treatment was taken on 0 of these days"), "{lines:?}");
        assert_eq!(
            lines.last().map(String::as_str),
            Some("This is no diagnosis; other things may explain it.")
        );
        let of_lea = said(&season(20, 12), Some("Léa")).lines;
        assert!(of_lea[0].starts_with("In the data of Léa: on the 12 days"), "{of_lea:?}");
    }

    #[test]
    fn nothing_is_said_before_five_days_on_either_side() {
        for (low, high) in [(4, 12), (12, 4), (0, 30), (30, 0), (0, 0)] {
            let lines = said(&season(low, high), None).lines;
            assert_eq!(lines.len(), 1, "{lines:?}");
            assert!(lines[0].starts_with("Nothing stands out so far."), "{lines:?}");
        }
        assert!(said(&season(5, 5), None).lines.len() > 1);
    }

    #[test]
    fn fewer_signs_on_high_days_are_said_as_well_and_are_no_rise() {
        let days: Vec<_> = season(20, 12).iter().map(|(load, level)| (5 - load, *level)).collect();
        let (entries, watched) = diary(&days);
        let it = associate(&entries, &watched).expect("a clear difference");
        assert!(it.reached.mean < it.below.mean);
        assert_eq!(rise(&entries, &watched), None);
    }

    #[test]
    fn days_without_a_level_without_a_sign_or_with_an_event_are_neither_high_nor_low() {
        let (mut entries, mut watched) = diary(&season(20, 12));
        watched.levels.insert(day(21), DayLevel { level: crate::scale::EVENT, estimated: false });
        watched.levels.remove(&day(22));
        entries[23].scores.clear();
        let it = associate(&entries, &watched).expect("a clear difference");
        assert_eq!((it.reached.count, it.below.count), (9, 20));
    }

    #[test]
    fn the_level_from_which_signs_rise_is_found_below_the_limit_and_only_offered() {
        // Signs begin at level 3; the limit stands at 4.
        let days: Vec<_> = (0..40)
            .map(|n: u8| {
                let level = 1 + n % 4;
                (if level >= 3 { 4 + n % 2 } else { n / 8 % 2 }, level)
            })
            .collect();
        let (entries, watched) = diary(&days);
        assert_eq!(rise(&entries, &watched).map(|it| it.level), Some(3));
        let section = said(&days, None);
        let hint = section.lines.iter().find(|line| line.contains("rise from")).expect("a hint");
        assert!(hint.contains("from Moderate of grass pollen on"), "{hint}");
        assert!(hint.contains("nothing was changed"), "{hint}");
        assert!(section.sources.iter().any(|it| it.url.contains("repub.eur.nl")));
    }

    #[test]
    fn a_sub_index_has_no_limit_to_be_set() {
        let (entries, mut watched) = diary(&season(20, 12));
        watched.metric = Metric::AirOf(Pollutant::O3);
        watched.scale = Scale::Atmo2021;
        watched.limit = 2;
        let facts = DiaryFacts {
            person: None,
            first: day(0),
            last: day(60),
            entries: &entries,
            watched: &[watched],
            places: &["Lyon".to_owned()],
        };
        let lines = facts.together(&Texts::new(Language::En), true).lines;
        assert!(lines.iter().all(|line| !line.contains("You may set")), "{lines:?}");
    }

    #[test]
    fn chance_alone_seldom_speaks() {
        // Loads and levels that have nothing to do with each other, from a fixed sequence.
        let mut state = 42_u64;
        let mut next = |below: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            u8::try_from((state >> 33) % below).expect("small")
        };
        let mut spoken = 0;
        for _ in 0..500 {
            let days: Vec<_> = (0..30).map(|_| (next(7), 1 + next(6))).collect();
            let (entries, watched) = diary(&days);
            spoken += usize::from(associate(&entries, &watched).is_some());
        }
        assert!(spoken <= 5, "{spoken} of 500");
    }

    #[test]
    fn the_report_has_a_row_a_day_with_words_and_numbers_and_says_what_it_is() {
        let (mut entries, mut watched) = diary(&[(1, 4), (5, 5)]);
        watched.levels.insert(day(0), DayLevel { level: 4, estimated: true });
        entries[1].scores.remove(&Sign::Eyes);
        entries[1].treatment = Some(true);
        let facts = DiaryFacts {
            person: Some("Léa"),
            first: day(0),
            last: day(29),
            entries: &entries,
            watched: &[watched],
            places: &["Lyon".to_owned()],
        };
        let report = facts.report(&Texts::new(Language::En));
        assert_eq!(report.title, "Symptom diary: Léa");
        assert!(report.sections[0].lines.iter().any(|line| line.contains("makes no diagnosis")));
        let days = &report.sections[1];
        assert_eq!(
            days.lines,
            [
                "From Friday 1 May 2026 to Saturday 30 May 2026: 2 days noted of 30.",
                "Levels published by Atmo France (pollen), for Lyon; “≈” marks an estimate.",
            ]
        );
        let table = days.table.as_ref().expect("a table");
        assert_eq!(table.columns.last().map(String::as_str), Some("Grass pollen, pollen index"));
        assert_eq!(
            table.rows[1],
            ["2 May 2026", "3", "–", "–", "–", "–", "3", "yes", "Very high (5)"]
        );
        let history = facts.history(&Texts::new(Language::En));
        let latest = history.sections.iter().find_map(|it| it.table.as_ref()).expect("a table");
        assert_eq!(latest.rows[0][0], "2 May 2026");
        assert_eq!(table.rows[0].last().map(String::as_str), Some("≈ High (4)"));
    }

    #[test]
    fn an_hourly_index_is_known_of_a_day_from_18_hours_on_by_its_worst_hour() {
        let of = |hours: i64, basis: Basis| {
            let zone = Tz::America__New_York;
            let (start, _) = Target::Day(day(0)).span(zone);
            let reading = |hour: i64| Reading {
                source: Source::OpenMeteo,
                zone: Zone { code: "40.7,-74.0".to_owned(), name: "40.7,-74.0".to_owned() },
                metric: Metric::Air,
                scale: Some(Scale::Eaqi2024),
                target: Target::Hour(start + TimeDelta::hours(hour)),
                basis,
                level: Some(if hour == 3 { 5 } else { 2 }),
                value: None,
                published_at: None,
                fetched_at: start,
                hours: 1,
                note: None,
            };
            let readings: Vec<_> = (0..hours).map(reading).collect();
            let mut watched = Watched::new(Metric::Air, Scale::Eaqi2024, 3);
            watched.take(&readings, &BTreeSet::from([day(0)]), zone);
            watched.levels.get(&day(0)).copied()
        };
        assert_eq!(of(17, Basis::Forecast), None);
        assert_eq!(of(18, Basis::Forecast), Some(DayLevel { level: 5, estimated: false }));
        assert_eq!(of(24, Basis::Estimated), Some(DayLevel { level: 5, estimated: true }));
    }

    #[test]
    fn what_is_watched_is_what_the_person_is_told_of_and_what_the_air_is_made_of() {
        let profile = crate::person::profile(&[("allergies", "grass:2"), ("level.air", "3")]);
        let watched = watched_by(&profile);
        assert_eq!(watched[0], (Metric::PollenOf(Taxon::Grass), 2));
        assert_eq!(watched[1], (Metric::Air, 3));
        assert!(watched.contains(&(Metric::AirOf(Pollutant::O3), 3)), "{watched:?}");
        let profile = crate::person::profile(&[("level.air", "off")]);
        assert_eq!(watched_by(&profile), []);
    }

    #[test]
    fn the_window_asks_whose_diary_only_where_there_are_several_and_offers_yesterday() {
        let people: Vec<Person> = [None, Some("Léa <b>")]
            .into_iter()
            .zip(1..)
            .map(|(name, id)| Person {
                id: PersonId(id),
                name: name.map(str::to_owned),
                profile: Profile::default(),
            })
            .collect();
        let mut entry = Entry::of(day(6));
        entry.set("skin", "2").expect("a right entry");
        let texts = Texts::new(Language::En);
        let of = |people: &[Person]| form(&texts, people, PersonId(1), &entry, day(7));
        let both = of(&people);
        let groups: Vec<_> = both.split("<fieldset").skip(1).collect();
        assert_eq!(groups.len(), 8, "whose, which day, five signs, treatment: {both}");
        assert!(groups[0].contains("Léa &lt;b&gt;") && groups[0].contains("value=\"1\" checked"));
        let alone = of(&people[..1]);
        assert!(
            alone.starts_with("<input type=\"radio\" name=\"person\" value=\"1\" checked hidden>")
        );
        assert!(groups[1].contains("Today, Friday 8 May") && groups[1].contains("Yesterday, "));
        assert!(groups[1].contains("value=\"2026-05-07\" checked"), "{}", groups[1]);
        // What is not noted is chosen as such, and so never looks like none.
        let checked = |it: &&&str| it.contains("value=\"\" checked");
        assert_eq!(groups.iter().filter(checked).count(), 5, "{both}");
        let skin = groups.iter().find(|it| it.contains(">Skin</legend>")).expect("the skin");
        assert!(skin.contains("name=\"skin\" value=\"2\" checked><span>2 – moderate"), "{skin}");
        // Each answer is one that can be noted.
        for input in both.split("<input").skip(1) {
            let part = |name: &str| {
                let rest = input.split_once(&format!("{name}=\"")).expect(name).1;
                rest.split('"').next().expect(name).to_owned()
            };
            let (key, value) = (part("name"), part("value"));
            if !["person", "day"].contains(&key.as_str()) {
                assert_eq!(Entry::of(day(7)).set(&key, &value), Ok(()), "{key}={value}");
            }
        }
    }

    proptest! {
        #[test]
        fn a_constant_diary_never_gives_a_statement(
            load in 0_u8..=6,
            levels in prop::collection::vec(1_u8..=6, 0..120),
        ) {
            let days: Vec<_> = levels.into_iter().map(|level| (load, level)).collect();
            let (entries, watched) = diary(&days);
            prop_assert_eq!(associate(&entries, &watched), None);
            prop_assert_eq!(rise(&entries, &watched), None);
        }

        #[test]
        fn what_is_said_rests_on_enough_days_and_a_difference_of_a_point(
            days in prop::collection::vec((0_u8..=6, 1_u8..=6), 0..60),
        ) {
            let (entries, watched) = diary(&days);
            for it in [associate(&entries, &watched), rise(&entries, &watched)].into_iter().flatten() {
                prop_assert!(it.reached.count >= FEWEST && it.below.count >= FEWEST);
                prop_assert!(it.reached.count + it.below.count <= days.len());
                prop_assert!((it.reached.mean - it.below.mean).abs() >= SMALLEST);
            }
        }
    }
}
