//! The country as a whole: reading what was answered, and its day as GeoJSON and CSV.

use std::path::Path;
use std::thread;

use chrono::{DateTime, NaiveDate, Utc};
use ecosante_domain::publication::{Brief, CommuneFile, CommuneHead, FOLDER};
use ecosante_domain::reading::{Source, Target};
use ecosante_engine::http::FetchError;
use ecosante_engine::schedule::{self, Alarm};
use ecosante_engine::sources::national::{self, Country};
use ecosante_engine::{CountryAnswer, Engine};
use serde::Serialize;

use crate::Published;
use crate::error::PublishError;
use crate::keep::{self, Kept};
use crate::tree::Tree;

/// Reads what was answered now, and for the other sources what is kept.
pub(crate) fn read(
    engine: &Engine,
    state: &Path,
    answers: Vec<CountryAnswer>,
    country: &mut Country,
    published: &mut Published,
) -> Result<Vec<Kept>, PublishError> {
    let mut known = Vec::new();
    let mut fresh = Vec::new();
    // The large ones side by side.
    let parts = thread::scope(|scope| {
        let running: Vec<_> = answers.iter().map(|it| scope.spawn(|| part(state, it))).collect();
        let ended = running
            .into_iter()
            .map(|it| it.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        ended.collect::<Vec<_>>()
    });
    for (CountryAnswer { source, asked_at, .. }, part) in answers.into_iter().zip(parts) {
        match part? {
            Ok(part) => {
                country.join(part);
                let left = left(country, source, asked_at);
                engine.country_read(source, asked_at, Ok(left))?;
                published.answered.push(source);
                known.push(Kept { source, asked_at });
                fresh.push(source);
            }
            Err(error) => {
                tracing::warn!(source = source.name(), %error, "source failed");
                engine.country_read(source, asked_at, Err(&error))?;
                published.failed.push((source, error.code().to_owned()));
            }
        }
    }
    for source in national::SOURCES {
        if fresh.contains(&source) {
            continue;
        }
        let Some((asked_at, pages)) = keep::load(state, source) else { continue };
        match country.read(source, &pages, asked_at) {
            Ok(_) => known.push(Kept { source, asked_at }),
            // It was read when it came: a later version may be stricter.
            Err(error) => tracing::warn!(source = source.name(), %error, "kept answer refused"),
        }
    }
    Ok(known)
}

/// What one source says of the country; an answer that can be read is kept.
fn part(state: &Path, answer: &CountryAnswer) -> Result<Result<Country, FetchError>, PublishError> {
    let CountryAnswer { source, asked_at, pages } = answer;
    let mut part = Country::default();
    let read = pages.as_ref().map_err(Clone::clone).and_then(|pages| {
        part.read(*source, pages, *asked_at)?;
        Ok(pages)
    });
    match read {
        Ok(pages) => keep::save(state, *source, *asked_at, pages).map(|()| Ok(part)),
        Err(error) => Ok(Err(error)),
    }
}

/// Whether a source lacks what it should have published by now, and what it announces: looked at
/// where most people live.
fn left(country: &Country, source: Source, now: DateTime<Utc>) -> (bool, Alarm) {
    let mut alarm = Alarm::Calm;
    let (mut asked, mut with_today, mut with_tomorrow) = (0_u32, 0_u32, 0_u32);
    let communes = ecosante_engine::communes::all().iter();
    for commune in communes.filter(|commune| commune.population > 20_000) {
        let place = crate::commune::place(commune, None);
        let today = now.with_timezone(&place.time_zone).date_naive();
        let answers = country.at(&place, now);
        let Some((_, harvest)) = answers.into_iter().find(|(by, _)| *by == source) else {
            continue;
        };
        asked += 1;
        let of = |day: Option<NaiveDate>| {
            harvest.readings.iter().any(|it| day.is_some_and(|day| it.target == Target::Day(day)))
        };
        with_today += u32::from(of(Some(today)));
        with_tomorrow += u32::from(of(today.succ_opt()));
        let gravest = harvest.readings.iter().filter(|it| it.level.is_some_and(|it| it > 1));
        let gravest = gravest.filter(|it| {
            matches!(source, Source::AtmoEpisodes | Source::VigilanceMirror | Source::MeteoFrance)
                && it.target.span(place.time_zone).1 > now
        });
        let level = gravest.filter_map(|it| it.level).max();
        alarm = alarm.max(match level {
            Some(3..) => Alarm::Danger,
            Some(_) => Alarm::Watch,
            None => Alarm::Calm,
        });
    }
    let awaited = schedule::is_daily(source)
        && (with_today * 2 < asked
            || schedule::awaits_tomorrow(source, now) && with_tomorrow * 2 < asked);
    (awaited, alarm)
}

/// What the files of the country say of a commune.
#[derive(Debug, Clone)]
pub(crate) struct Summary {
    pub(crate) commune: CommuneHead,
    pub(crate) day: NaiveDate,
    pub(crate) air: Brief,
    pub(crate) pollen: Brief,
    pub(crate) episode: Brief,
    pub(crate) vigilance: Brief,
}

impl Summary {
    /// What a file of a commune says of today.
    pub(crate) fn of(file: &CommuneFile) -> Self {
        let [today, ..] = file.days.as_slice() else {
            unreachable!("a file of a commune has today and tomorrow");
        };
        Self {
            commune: file.commune.clone(),
            day: file.day,
            air: today.air,
            pollen: today.pollen,
            episode: today.episode,
            vigilance: today.vigilance,
        }
    }
}

#[derive(Serialize)]
struct Collection<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    features: Vec<Feature<'a>>,
}

#[derive(Serialize)]
struct Feature<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    id: &'a str,
    geometry: Option<Point>,
    properties: Row<'a>,
}

#[derive(Serialize)]
struct Point {
    #[serde(rename = "type")]
    kind: &'static str,
    /// Degrees east, then north.
    coordinates: [f64; 2],
}

/// A commune on its day; a level that is empty is not known.
#[derive(Serialize)]
struct Row<'a> {
    code: &'a str,
    name: &'a str,
    departement: &'a str,
    day: NaiveDate,
    air: Option<u8>,
    pollen: Option<u8>,
    episode: Option<u8>,
    vigilance: Option<u8>,
}

impl<'a> From<&'a Summary> for Row<'a> {
    fn from(it: &'a Summary) -> Self {
        Self {
            code: &it.commune.code,
            name: &it.commune.name,
            departement: &it.commune.departement,
            day: it.day,
            air: it.air.level,
            pollen: it.pollen.level,
            episode: it.episode.level,
            vigilance: it.vigilance.level,
        }
    }
}

/// Writes the day of the country.
pub(crate) fn write(tree: &Tree, summaries: &[Summary]) -> Result<(), PublishError> {
    let feature = |it: &'_ Summary| -> Option<Point> {
        let coordinates = [it.commune.longitude?, it.commune.latitude?];
        Some(Point { kind: "Point", coordinates })
    };
    let features = summaries.iter().map(|it| Feature {
        kind: "Feature",
        id: &it.commune.code,
        geometry: feature(it),
        properties: Row::from(it),
    });
    let collection = Collection { kind: "FeatureCollection", features: features.collect() };
    let writer = tree.writer();
    writer.json(&format!("{FOLDER}/france.geojson"), &collection)?;
    let mut csv = csv::Writer::from_writer(Vec::new());
    for summary in summaries {
        // Writing to memory cannot fail.
        csv.serialize(Located { row: Row::from(summary), at: &summary.commune }.flat()).ok();
    }
    let csv = csv.into_inner().unwrap_or_default();
    writer.bytes(&format!("{FOLDER}/france.csv"), &csv)
}

struct Located<'a> {
    row: Row<'a>,
    at: &'a CommuneHead,
}

/// A line of the CSV.
#[derive(Serialize)]
struct Line<'a> {
    code: &'a str,
    name: &'a str,
    departement: &'a str,
    latitude: Option<f64>,
    longitude: Option<f64>,
    day: NaiveDate,
    air: Option<u8>,
    pollen: Option<u8>,
    episode: Option<u8>,
    vigilance: Option<u8>,
}

impl<'a> Located<'a> {
    fn flat(self) -> Line<'a> {
        let Row { code, name, departement, day, air, pollen, episode, vigilance } = self.row;
        let (latitude, longitude) = (self.at.latitude, self.at.longitude);
        Line { code, name, departement, latitude, longitude, day, air, pollen, episode, vigilance }
    }
}
