//! Looking back: as much of the past of an index as is asked for, from the store alone.

use chrono::{DateTime, Days, NaiveDate, Utc};
use ecosante_domain::alert::AlertState;
use ecosante_domain::diary::Entry;
use ecosante_domain::history::{Beside, HistoryFacts, Past, range};
use ecosante_domain::knowledge::{self, State};
use ecosante_domain::metric::Metric;
use ecosante_domain::past::{self, PastEpisode};
use ecosante_domain::place::Place;
use ecosante_domain::reading::{Reading, midnight};
use ecosante_domain::text::Texts;
use ecosante_domain::window::{ChartKind, FileForm, HistoryView, Look, Moment};
use ecosante_domain::words;

use crate::candidates::{Candidates, reports};
use crate::engine::{Engine, Result};
use crate::error::EngineError;
use crate::history::counting;
use crate::rows;
use crate::store::{Reader, Result as StoreResult};

/// How far around a day without data it is looked for since when and until when there are none.
const GAP_DAYS: u64 = 400;

/// What is stored for one place or year.
struct Stored {
    place: Place,
    years_before: i32,
    readings: Vec<Reading>,
    episodes: Vec<PastEpisode>,
    diary: Vec<Entry>,
    since: Option<NaiveDate>,
    silent: Option<String>,
}

/// A file to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryFile {
    /// Its name.
    pub name: String,
    /// What is in it; `None` for a picture that the window makes.
    pub content: Option<Vec<u8>>,
}

/// The alerts about a metric at a place that reach past a moment.
pub(crate) fn episodes(
    reader: &Reader<'_>,
    place: &Place,
    metric: Metric,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> StoreResult<Vec<PastEpisode>> {
    let mut rows = reader.alerts_since(since)?;
    rows.retain(|row| {
        let of_this = row.place == Some(place.id) && row.metric == metric;
        of_this && row.state != AlertState::Withdrawn && row.told_level.is_some()
    });
    let episode = |row: crate::store::AlertRow| PastEpisode {
        alert: row.id,
        person: row.person_name,
        starts: row.starts,
        // One that ended early, with a limit or a person, says nothing of what is ahead.
        ends: if row.state == AlertState::Over { row.ends.min(now) } else { row.ends },
    };
    Ok(rows.into_iter().map(episode).collect())
}

/// Why nothing is known now, where nothing is.
fn silent(
    reader: &Reader<'_>,
    texts: &Texts,
    place: &Place,
    metric: Metric,
    now: DateTime<Utc>,
) -> StoreResult<Option<String>> {
    let today = now.with_timezone(&place.time_zone).date_naive();
    let (from, to) = (today.checked_sub_days(Days::new(1)).unwrap_or(today), today);
    let candidates = Candidates::load(reader, place, metric, from, to)?;
    let reports = reports(reader, place, metric)?;
    let known = knowledge::known(metric, place, &candidates.list, &reports, now);
    let absent = known.iter().find(|known| {
        !matches!(known.state, State::Current | State::Stale) && known.reading.is_none()
    });
    Ok(absent.map(|known| {
        let status = words::known_status(texts, place, known);
        words::absence(texts, &status, place.time_zone, now)
    }))
}

impl Engine {
    /// Has `said` look back on the days `from` to `to`, and in another year on the same days there.
    fn with_past<T>(
        &self,
        texts: &Texts,
        look: &Look,
        days: impl FnOnce(&Place, DateTime<Utc>) -> (NaiveDate, NaiveDate),
        with_indices: bool,
        said: impl FnOnce(&HistoryFacts<'_>) -> T,
    ) -> Result<T> {
        let now = self.now().utc();
        let metric = look.metric;
        let person = self.diarist(look.person)?;
        let no_such_place = || EngineError::NoSuchPlace { query: look.place.0.to_string() };
        let no_levels = || EngineError::NoLevels { metric: metric.to_string() };
        let people = self.people()?;
        let places = self.places()?;
        let here = places.iter().find(|it| it.id == look.place).ok_or_else(no_such_place)?;
        if knowledge::is_slow(metric) || !past::can_be_drawn(metric, here) {
            return Err(no_levels());
        }
        let (from, to) = days(here, now);
        let mut wanted = vec![(here, 0)];
        wanted.extend(match look.beside() {
            Some(Beside::Place(id)) => places.iter().find(|it| it.id == id).map(|it| (it, 0)),
            Some(Beside::Years(years)) => Some((here, years)),
            None => None,
        });
        self.read(|reader| {
            let mut stored = Vec::new();
            for (place, years_before) in wanted {
                // A 29 February is looked for from the day before on.
                let earlier = |day: NaiveDate| {
                    let months = chrono::Months::new(u32::try_from(years_before).unwrap_or(0) * 12);
                    day.checked_sub_months(months).unwrap_or(day)
                };
                let (from, to) = (earlier(from), earlier(to));
                let readings = counting(reader, place, metric, from, to)?;
                let mut diary = reader.diary(person, from, to)?;
                diary.retain(|entry| entry.place.is_none_or(|id| id == place.id));
                let begins = midnight(from, place.time_zone);
                stored.push(Stored {
                    readings,
                    episodes: episodes(reader, place, metric, begins, now)?,
                    diary,
                    since: reader.first_day(place, metric)?,
                    silent: silent(reader, texts, place, metric, now)?,
                    place: place.clone(),
                    years_before,
                });
            }
            let mut of_place = Vec::new();
            if with_indices {
                for other in past::metrics(here) {
                    if reader.first_day(here, other)?.is_some() {
                        of_place.push(other);
                    }
                }
            }
            let pasts: Vec<Past<'_>> = stored.iter().map(Stored::as_past).collect();
            Ok(said(&HistoryFacts {
                look,
                pasts: &pasts,
                stored: &of_place,
                places: &places,
                people: &people,
                person,
                now,
            }))
        })
    }

    /// The past of an index at a place, beside another place or year where that is asked for.
    ///
    /// # Errors
    /// [`EngineError::NoSuchPlace`], [`EngineError::NoLevels`] for a metric with neither levels nor
    /// figures, or a data file that cannot be read.
    pub fn history_view(&self, texts: &Texts, look: &Look) -> Result<HistoryView> {
        let days = |place: &Place, now| range(look, place, now);
        self.with_past(texts, look, days, true, |facts| facts.view(texts))
    }

    /// What is known of the day or hour that is looked at, at each place or in each year.
    ///
    /// # Errors
    /// As [`Self::history_view`].
    pub fn history_moments(&self, texts: &Texts, look: &Look) -> Result<Vec<Moment>> {
        let around = |around: u64| {
            move |place: &Place, now: DateTime<Utc>| {
                let day = look.day(now.with_timezone(&place.time_zone).date_naive());
                let days = Days::new(around);
                let from = day.checked_sub_days(days).unwrap_or(day);
                (from, day.checked_add_days(days).unwrap_or(day))
            }
        };
        let said = |facts: &HistoryFacts<'_>| facts.moments(texts);
        let found = self.with_past(texts, look, around(1), false, said)?;
        if found.iter().all(|moment| moment.missing.is_none()) {
            return Ok(found);
        }
        self.with_past(texts, look, around(GAP_DAYS), false, said)
    }

    /// What a chart draws, as a table in markup.
    ///
    /// # Errors
    /// As [`Self::history_view`].
    pub fn history_table(&self, texts: &Texts, look: &Look, chart: ChartKind) -> Result<String> {
        let days = |place: &Place, now| range(look, place, now);
        let said = |facts: &HistoryFacts<'_>| facts.table(texts, chart).to_markup(texts);
        self.with_past(texts, look, days, false, said)
    }

    /// A chart as an SVG document of its own.
    ///
    /// # Errors
    /// As [`Self::history_view`].
    pub fn history_picture(&self, texts: &Texts, look: &Look, chart: ChartKind) -> Result<String> {
        let days = |place: &Place, now| range(look, place, now);
        self.with_past(texts, look, days, false, |facts| facts.picture(texts, chart))
    }

    /// A chart, or the data of the days that it shows with the fields of [`crate::HistoryRow`]: those of
    /// a second place or year follow the first.
    ///
    /// # Errors
    /// As [`Self::history_view`].
    pub fn history_file(
        &self,
        texts: &Texts,
        look: &Look,
        chart: ChartKind,
        form: FileForm,
    ) -> Result<HistoryFile> {
        let days = |place: &Place, now| range(look, place, now);
        let (shown, spans) = self.with_past(texts, look, days, false, |facts| {
            let spans = facts.pasts.iter().map(|past| (past.place.clone(), past.years_before));
            (facts.shown(chart), spans.collect::<Vec<_>>())
        })?;
        let ending = match form {
            FileForm::Svg => "svg",
            FileForm::Png => "png",
            FileForm::Csv => "csv",
            FileForm::Json => "json",
        };
        let names: Vec<String> = spans.iter().map(|(place, _)| plain(&place.name)).collect();
        let name = format!(
            "ecosante-{}-{}-{}-{}.{ending}",
            plain(&names.join("-")),
            plain(&look.metric.to_string()),
            shown.0,
            shown.1
        );
        let content = match form {
            FileForm::Svg => Some(self.history_picture(texts, look, chart)?),
            FileForm::Png => None,
            FileForm::Csv | FileForm::Json => {
                let mut rows = Vec::new();
                for (place, years) in &spans {
                    let months = chrono::Months::new(u32::try_from(*years).unwrap_or(0) * 12);
                    let earlier = |day: NaiveDate| day.checked_sub_months(months).unwrap_or(day);
                    let (from, to) = (earlier(shown.0), earlier(shown.1));
                    rows.extend(self.history_of(texts, place, look.metric, from, to)?);
                }
                match form {
                    FileForm::Csv => rows::history_csv(&rows),
                    _ => serde_json::to_string_pretty(&rows).ok().map(|text| text + "\n"),
                }
            }
        };
        Ok(HistoryFile { name, content: content.map(String::into_bytes) })
    }
}

impl Stored {
    fn as_past(&self) -> Past<'_> {
        Past {
            place: &self.place,
            years_before: self.years_before,
            readings: &self.readings,
            episodes: &self.episodes,
            diary: &self.diary,
            since: self.since,
            silent: self.silent.as_deref(),
        }
    }
}

/// A name as every file system takes it.
fn plain(name: &str) -> String {
    let folded = unmarked(name);
    let letters: String =
        folded.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '-' }).collect();
    let words: Vec<&str> = letters.split('-').filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// Without accents, in lower case.
fn unmarked(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let marks = |letter: &char| !unicode_normalization::char::is_combining_mark(*letter);
    name.nfd().filter(marks).collect::<String>().to_lowercase()
}
