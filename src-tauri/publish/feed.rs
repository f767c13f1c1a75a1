//! An Atom feed (RFC 4287) of a commune: the levels that matter to everyone, today and later.
//!
//! What matters is what the rules for everyone say, whoever reads: the air index from “Mauvais” and
//! every event, the vigilance from orange. Two limits are this feed's own, since a feed is looked at
//! and does not ring: an episode of pollution counts from the information on, from which the window
//! shows its banner to everyone, and the pollen index from level 4, which no rule tells who is not
//! allergic.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, OnceLock, PoisonError};

use chrono::{DateTime, Days, NaiveDate, NaiveTime, SecondsFormat, TimeDelta, Utc};
use chrono_tz::Tz;
use ecosante_domain::credits;
use ecosante_domain::knowledge::{self, Candidate};
use ecosante_domain::metric::{Metric, Phenomenon, Pollutant};
use ecosante_domain::notification;
use ecosante_domain::person::Profile;
use ecosante_domain::place::{CommuneRef, Coordinates, Place, PlaceId};
use ecosante_domain::publication::{CommuneFile, FOLDER, Publication, Value};
use ecosante_domain::reading::{Basis, Reading, Source, Target, midnight};
use ecosante_domain::rule::Trigger;
use ecosante_domain::scale::{EVENT, Scale};
use ecosante_domain::text::{Arg, Texts};
use ecosante_domain::words;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// The state of an episode of pollution from which the feed tells of it: information.
const EPISODE: u8 = 2;
/// The level of the pollen index from which the feed tells of it.
const POLLEN: u8 = 4;

/// Under whose name, and since when, the identities of entries are given (RFC 4151).
const AUTHORITY: &str = "tag:ecosante.github.io,2026:";
/// The program, and where it is from.
const GENERATOR: &str = "Écosanté";
const PROJECT: &str = "https://github.com/ecosante/ecosante";

/// What is told of a commune in a row of days.
pub(crate) struct Told {
    metric: Metric,
    event: bool,
    /// The readings at or above the limit, by target; never empty.
    readings: Vec<Reading>,
    first: NaiveDate,
}

/// The feed of a commune in a language: `v1/feed/{language}/{insee}.atom`.
///
/// `base` is the address under which everything is published (the folder that has `v1`); without one
/// the links of the feed are relative to the feed itself.
///
/// An entry is one metric in one row of days without a gap. It keeps its identity, made of commune,
/// metric, first day and language, when its level or its end is revised; its `updated` is the
/// producer's time of publication.
#[must_use]
pub fn atom(file: &CommuneFile, texts: &Texts, base: Option<&str>) -> String {
    Matters::of(file).atom(texts, base)
}

/// What matters of a commune, looked for once for all languages.
pub(crate) struct Matters<'a> {
    file: &'a CommuneFile,
    zone: Tz,
    told: Vec<Told>,
}

impl<'a> Matters<'a> {
    pub(crate) fn of(file: &'a CommuneFile) -> Self {
        let zone = file.commune.time_zone.parse().unwrap_or(Tz::UTC);
        let mut told = told(file, zone);
        // The newest first, as readers show them.
        told.sort_by_key(|it| std::cmp::Reverse(it.updated(file, zone)));
        Self { file, zone, told }
    }

    /// The feed in a language, see [`atom`].
    pub(crate) fn atom(&self, texts: &Texts, base: Option<&str>) -> String {
        let Self { file, zone, told } = self;
        let base = base.map(|it| it.trim_end_matches('/'));
        let feed = Feed { file, texts, zone: *zone, base };
        let mut xml = Xml(Writer::new_with_indent(Vec::new(), b' ', 2));
        feed.write(&mut xml, told);
        String::from_utf8(xml.0.into_inner()).unwrap_or_default()
    }
}

/// From which level on the feed tells of a metric.
fn limits() -> &'static [(Metric, Trigger)] {
    static LIMITS: OnceLock<Vec<(Metric, Trigger)>> = OnceLock::new();
    LIMITS.get_or_init(all_limits)
}

fn all_limits() -> Vec<(Metric, Trigger)> {
    let everyone = Profile::default().rules().into_iter().filter_map(|rule| {
        let counts = matches!(rule.metric, Metric::Air | Metric::Vigilance(_));
        counts.then_some((rule.metric, rule.trigger))
    });
    let episodes =
        Pollutant::ALL.map(|pollutant| (Metric::Episode(pollutant), Trigger::From(EPISODE)));
    everyone.chain(episodes).chain([(Metric::Pollen, Trigger::From(POLLEN))]).collect()
}

fn limit(metric: Metric) -> u8 {
    let of = |(of, trigger): &(Metric, Trigger)| match trigger {
        Trigger::From(level) => (*of == metric).then_some(*level),
        Trigger::Event => None,
    };
    limits().iter().find_map(of).unwrap_or(EVENT)
}

/// The days on which a reading holds, the first and the last.
fn days(reading: &Reading, zone: Tz) -> (NaiveDate, NaiveDate) {
    let first = reading.target.day(zone);
    let last = match reading.target {
        Target::Day(day) => day,
        Target::Hour(_) => {
            (ends(reading, zone) - TimeDelta::seconds(1)).with_timezone(&zone).date_naive()
        }
    };
    (first, last)
}

/// When a reading no longer holds.
fn ends(reading: &Reading, zone: Tz) -> DateTime<Utc> {
    match reading.target {
        Target::Day(_) => reading.target.span(zone).1,
        Target::Hour(start) => start + TimeDelta::hours(reading.hours.max(1).into()),
    }
}

/// All that matters to everyone, in rows of days that reach today or a later day: a row that began
/// earlier is the same row, as far as the file still has its beginning.
fn told(file: &CommuneFile, zone: Tz) -> Vec<Told> {
    let commune = &file.commune;
    let place = Place {
        id: PlaceId(0),
        name: commune.name.clone(),
        commune: Some(CommuneRef {
            code: commune.code.clone(),
            name: commune.name.clone(),
            epci: commune.epci.clone(),
            departement: commune.departement.clone(),
        }),
        coordinates: commune
            .latitude
            .zip(commune.longitude)
            .and_then(|(latitude, longitude)| Coordinates::new(latitude, longitude)),
        time_zone: zone,
    };
    let candidates: OnceCell<Vec<Candidate>> = OnceCell::new();
    let all = || {
        let readings = file.readings(DateTime::UNIX_EPOCH).into_iter();
        readings.map(|(reading, nearness)| Candidate { reading, nearness }).collect()
    };
    let mut told = Vec::new();
    for (metric, trigger) in limits().iter().copied() {
        // Most communes are calm on most days.
        let reached = |publication: &Publication| {
            let high = |value: &Value| match trigger {
                Trigger::Event => value.level == Some(EVENT),
                Trigger::From(limit) => value.level >= Some(limit),
            };
            publication.values.iter().any(|value| value.metric == metric && high(value))
        };
        if !file.publications.iter().any(reached) {
            continue;
        }
        let event = trigger == Trigger::Event;
        let meets = |reading: &Reading| match (reading.level, trigger) {
            (Some(level), Trigger::Event) => is_event(reading.scale, level),
            (Some(level), Trigger::From(limit)) => {
                !is_event(reading.scale, level) && level >= limit
            }
            (None, _) => false,
        };
        let mut row: Vec<Reading> = Vec::new();
        let mut until = None;
        let mut close = |row: &mut Vec<Reading>| {
            let reaches = row.iter().any(|it| days(it, zone).1 >= file.day);
            let first = row.first().map(|it| days(it, zone).0);
            if let Some(first) = first.filter(|_| reaches) {
                told.push(Told { metric, event, readings: std::mem::take(row), first });
            }
            row.clear();
        };
        for reading in
            knowledge::series(metric, &place, candidates.get_or_init(all)).into_iter().filter(meets)
        {
            let (first, last) = days(&reading, zone);
            let follows = until.is_none_or(|until: NaiveDate| first <= until + Days::new(1));
            if !follows {
                close(&mut row);
            }
            until = until.filter(|_| follows).max(Some(last));
            row.push(reading);
        }
        close(&mut row);
    }
    told
}

fn is_event(scale: Option<Scale>, level: u8) -> bool {
    scale.is_some_and(|scale| scale.rank(level).is_none()) && level == EVENT
}

impl Told {
    /// The reading of the highest level from the day of the file on, the earliest of them.
    fn worst(&self, file: &CommuneFile, zone: Tz) -> Option<&Reading> {
        let ahead = self.readings.iter().filter(|it| days(it, zone).1 >= file.day);
        ahead.rev().max_by_key(|it| it.level)
    }

    /// The producer's latest time of publication; where it gives none, when the day began.
    fn updated(&self, file: &CommuneFile, zone: Tz) -> DateTime<Utc> {
        let published = self.readings.iter().filter_map(|it| it.published_at).max();
        published.unwrap_or_else(|| midnight(file.day, zone))
    }

    /// The name of what is told, as part of an identity.
    fn name(&self) -> String {
        let event = if self.event { ".event" } else { "" };
        format!("{}{event}", self.metric)
    }
}

/// A feed that is being written.
struct Feed<'a> {
    file: &'a CommuneFile,
    texts: &'a Texts,
    zone: Tz,
    base: Option<&'a str>,
}

impl Feed<'_> {
    fn write(&self, xml: &mut Xml, told: &[Told]) {
        let Self { file, texts, zone, .. } = self;
        let language = texts.language().code();
        let code = &file.commune.code;
        let newest = told.iter().map(|it| it.updated(file, *zone)).max();
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
        xml.open("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", language)]);
        xml.text("id", &format!("{AUTHORITY}commune/{code}/{language}"));
        let commune: [Arg<'_>; 1] = [("commune", file.commune.name.as_str().into())];
        xml.text("title", &texts.format("feed-title", commune));
        xml.text("subtitle", &self.subtitle());
        xml.text("updated", &moment(newest.unwrap_or_else(|| midnight(file.day, *zone))));
        for author in self.producers(file.carried.iter().copied()) {
            xml.author(&author);
        }
        xml.link(
            "self",
            "application/atom+xml",
            &self.address(&format!("feed/{language}/{code}.atom")),
        );
        xml.link("alternate", "text/html", &self.page());
        xml.link("related", "application/json", &self.address(&format!("commune/{code}.json")));
        if !file.notice.is_empty() {
            xml.text("rights", &file.notice);
        }
        let version = env!("CARGO_PKG_VERSION");
        xml.tag("generator", &[("uri", PROJECT), ("version", version)], GENERATOR);
        for it in told {
            self.entry(xml, it);
        }
        xml.close("feed");
    }

    fn entry(&self, xml: &mut Xml, told: &Told) {
        let Self { file, texts, zone, .. } = self;
        let language = texts.language().code();
        let Some(worst) = told.worst(file, *zone) else { return };
        let (Some(scale), Some(level)) = (worst.scale, worst.level) else { return };
        let (code, name, first) = (&file.commune.code, told.name(), told.first);
        xml.open("entry", &[]);
        xml.text("id", &format!("{AUTHORITY}commune/{code}/{name}/{first}/{language}"));
        xml.text("title", &self.title(told.metric, scale, level));
        xml.text("updated", &moment(told.updated(file, *zone)));
        for author in self.producers([worst.source]) {
            xml.author(&author);
        }
        xml.link("alternate", "text/html", &self.page());
        xml.category(&told.metric.to_string(), &texts.metric(told.metric));
        xml.category(&format!("{scale}:{level}"), &texts.label(scale, level));
        xml.text("summary", &self.summary(told, worst));
        xml.text("rights", &self.rights(worst.source));
        xml.close("entry");
    }

    /// What the feed tells of: the same for every commune.
    fn subtitle(&self) -> String {
        static KNOWN: Mutex<BTreeMap<&str, String>> = Mutex::new(BTreeMap::new());
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(self.texts.language().code()).or_insert_with(|| self.all_it_tells()).clone()
    }

    fn all_it_tells(&self) -> String {
        let label = |scale, level| self.texts.label(scale, level);
        let wind = Metric::Vigilance(Phenomenon::Wind);
        let args: [Arg<'_>; 4] = [
            ("air", label(Scale::Atmo2021, limit(Metric::Air)).into()),
            ("episode", label(Scale::Episode, EPISODE).into()),
            ("pollen", label(Scale::AtmoPollen2025, POLLEN).into()),
            ("vigilance", label(Scale::Vigilance, limit(wind)).into()),
        ];
        self.texts.format("feed-subtitle", args)
    }

    fn title(&self, metric: Metric, scale: Scale, level: u8) -> String {
        let texts = self.texts;
        let label = texts.label(scale, level);
        let mut args: Vec<Arg<'_>> = vec![("commune", self.file.commune.name.as_str().into())];
        let key = match metric {
            Metric::Vigilance(phenomenon) => {
                args.push(("danger", texts.get(&format!("danger-{}", phenomenon.name())).into()));
                args.push(("label", label.to_lowercase().into()));
                "feed-vigilance"
            }
            Metric::Episode(pollutant) => {
                let name = texts.metric(Metric::AirOf(pollutant));
                args.push(("pollutant", name.into()));
                args.push(("label", label.to_lowercase().into()));
                "feed-episode"
            }
            Metric::Pollen => {
                args.push(("label", label.to_lowercase().into()));
                "feed-pollen"
            }
            _ => {
                let headline = notification::headline_of(texts, metric, scale, level, None);
                args.push(("headline", headline.into()));
                "feed-air"
            }
        };
        texts.sentence_case(&texts.format(key, args))
    }

    /// When, how high, by whom, what to do.
    fn summary(&self, told: &Told, worst: &Reading) -> String {
        let texts = self.texts;
        let levels: BTreeSet<_> = told.readings.iter().map(|it| it.level).collect();
        let key = if levels.len() > 1 { "feed-what-peak" } else { "feed-what" };
        let now = midnight(self.file.day, self.zone);
        let level =
            notification::level_in_full(texts, told.metric, &published(worst), self.zone, now);
        let args: [Arg<'_>; 2] = [("when", self.when(told).into()), ("level", level.into())];
        let mut said = vec![texts.sentence_case(&texts.format(key, args))];
        if worst.basis == Basis::Estimated {
            said.push(texts.get("feed-estimated"));
        }
        said.push(self.source(worst));
        said.extend(self.advice(worst));
        said.join(" ")
    }

    /// The days of a row, or its hours where it does not begin and end with a day; no day is called
    /// today, since nobody knows when the feed is read.
    fn when(&self, told: &Told) -> String {
        let Self { texts, zone, .. } = self;
        let begins = told.readings.iter().map(|it| it.target.span(*zone).0).min();
        let ends = told.readings.iter().map(|it| ends(it, *zone)).max();
        let (Some(begins), Some(ends)) = (begins, ends) else { return String::new() };
        let local = |at: DateTime<Utc>| at.with_timezone(zone).naive_local();
        let clock = |at: DateTime<Utc>| local(at).format("%H:%M").to_string();
        let first = local(begins).date();
        let last = local(ends - TimeDelta::seconds(1)).date();
        let whole = [begins, ends].into_iter().all(|at| local(at).time() == NaiveTime::MIN);
        let mut args: Vec<Arg<'_>> = vec![("first", texts.date(first).into())];
        if whole && first == last {
            return texts.format("feed-on", [("day", texts.date(first).into())]);
        }
        if whole {
            args.push(("last", texts.date(last).into()));
            return texts.format("feed-days", args);
        }
        args.extend::<[Arg<'_>; 2]>([("from", clock(begins).into()), ("to", clock(ends).into())]);
        if first == local(ends).date() {
            return texts.format("feed-hours-one-day", args);
        }
        args.push(("last", texts.date(local(ends).date()).into()));
        texts.format("feed-hours", args)
    }

    fn source(&self, reading: &Reading) -> String {
        let Self { texts, zone, .. } = self;
        let mut args: Vec<Arg<'_>> = vec![("source", words::source(texts, reading.source).into())];
        let Some(at) = reading.published_at else { return texts.format("feed-by", args) };
        let at = at.with_timezone(zone).naive_local();
        args.push(("day", texts.date(at.date()).into()));
        args.push(("time", at.format("%H:%M").to_string().into()));
        texts.format("feed-by-at", args)
    }

    fn advice(&self, reading: &Reading) -> Option<String> {
        let language = self.texts.language().code();
        let fits = self
            .file
            .advice
            .iter()
            .find(|it| it.metric == reading.metric && Some(it.level) == reading.level)?;
        let text = fits.text.get(language)?;
        let mut args: Vec<Arg<'_>> = vec![("text", text.as_str().into())];
        Some(match &fits.source {
            Some(source) => {
                args.push(("publisher", source.publisher.as_str().into()));
                self.texts.format("feed-advice-by", args)
            }
            None => self.texts.format("feed-advice", args),
        })
    }

    fn rights(&self, source: Source) -> String {
        let Some(credit) = credits::of_source(self.texts, source) else { return String::new() };
        let args: [Arg<'_>; 2] = [("by", credit.by.into()), ("licence", credit.licence.into())];
        self.texts.format("feed-rights", args)
    }

    /// Who publishes through sources, each once; the app itself where there are none.
    fn producers(&self, sources: impl IntoIterator<Item = Source>) -> Vec<String> {
        // The same few for every commune.
        static KNOWN: Mutex<BTreeMap<(&str, Source), Option<String>>> = Mutex::new(BTreeMap::new());
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        let mut names: Vec<String> = Vec::new();
        for source in sources {
            let by = known
                .entry((self.texts.language().code(), source))
                .or_insert_with(|| credits::of_source(self.texts, source).map(|it| it.by));
            if let Some(by) = by.as_ref().filter(|by| !names.contains(by)) {
                names.push(by.clone());
            }
        }
        if names.is_empty() {
            names.push(GENERATOR.to_owned());
        }
        names
    }

    /// The page of the commune.
    fn page(&self) -> String {
        let language = self.texts.language().code();
        self.address(&format!("embed.html#{},{language}", self.file.commune.code))
    }

    /// What is published beside the feed: under the base, else from where the feed is.
    fn address(&self, of: &str) -> String {
        match self.base {
            Some(base) => format!("{base}/{FOLDER}/{of}"),
            None => format!("../../{of}"),
        }
    }
}

/// A reading as who reads later sees it: what was said before the day began is no forecast of
/// yesterday's, and that it is an estimate is a sentence of its own.
fn published(reading: &Reading) -> Reading {
    Reading { published_at: None, basis: Basis::Official, ..reading.clone() }
}

fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// A document that is being written, into memory: nothing can fail.
struct Xml(Writer<Vec<u8>>);

impl Xml {
    fn event(&mut self, event: Event<'_>) {
        self.0.write_event(event).expect("memory takes everything");
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.event(Event::Start(start));
    }

    fn close(&mut self, name: &str) {
        self.event(Event::End(BytesEnd::new(name)));
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.open(name, attributes);
        self.event(Event::Text(BytesText::new(&allowed(text))));
        self.close(name);
    }

    fn text(&mut self, name: &str, text: &str) {
        self.tag(name, &[], text);
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.event(Event::Empty(start));
    }

    fn author(&mut self, name: &str) {
        self.open("author", &[]);
        self.text("name", name);
        self.close("author");
    }

    fn link(&mut self, relation: &str, kind: &str, to: &str) {
        self.empty("link", &[("rel", relation), ("type", kind), ("href", to)]);
    }

    fn category(&mut self, term: &str, label: &str) {
        self.empty("category", &[("term", term), ("label", label)]);
    }
}

/// A text without the characters that XML 1.0 has no way to write.
fn allowed(text: &str) -> String {
    let is_allowed =
        |it: &char| matches!(it, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(is_allowed).collect()
}
