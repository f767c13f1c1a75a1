//! The diary of a person: kept, and laid beside the indices of where they were.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use ecosante_domain::diary::{self, DiaryError, DiaryFacts, Entry, Watched};
use ecosante_domain::knowledge;
use ecosante_domain::person::{Person, PersonId};
use ecosante_domain::place::{Place, PlaceId};
use ecosante_domain::sheet::Sheet;
use ecosante_domain::text::Texts;

use crate::engine::{Engine, Result};
use crate::error::EngineError;
use crate::history::counting;
use crate::store::{Reader, Result as StoreResult};
use crate::views::days_before;

/// Over how many days the diary is shown where it is kept.
pub const SHOWN_DAYS: u32 = 30;

/// Over how many days a diary is written for a doctor where nobody says: a season.
pub const REPORT_DAYS: u32 = 90;

/// The key of the place among what is noted.
const PLACE: &str = "place";

impl Engine {
    /// The day that is meant by a date, or today where none is given.
    ///
    /// # Errors
    /// [`EngineError::Diary`]: no date, or one that has not come yet.
    pub fn diary_day(&self, given: Option<&str>) -> Result<NaiveDate> {
        let today = self.now().local().date_naive();
        let Some(given) = given else { return Ok(today) };
        let no_date = |_| EngineError::Diary(DiaryError::NoDate { given: given.to_owned() });
        let day: NaiveDate = given.trim().parse().map_err(no_date)?;
        if day > today {
            return Err(EngineError::Diary(DiaryError::Future { day }));
        }
        Ok(day)
    }

    /// What a person noted of a day; an entry that says nothing where they noted nothing.
    ///
    /// # Errors
    /// When the data file cannot be read.
    pub fn diary_entry(&self, person: PersonId, day: NaiveDate) -> Result<Entry> {
        self.read(|reader| entry(reader, person, day))
    }

    /// What a person noted over the last days, by day.
    ///
    /// # Errors
    /// When the data file cannot be read.
    pub fn diary_entries(&self, person: PersonId, days: u32) -> Result<Vec<Entry>> {
        let (first, last) = self.diary_span(days);
        self.read(|reader| reader.diary(person, first, last))
    }

    /// Notes signs, the treatment and the place of a day: all of them or none. What is not named is
    /// kept; an empty value takes back. Where no place is ever named, it is the first that concerns
    /// the person.
    ///
    /// # Errors
    /// [`EngineError::Diary`], [`EngineError::NoSuchPerson`], [`EngineError::NoSuchPlace`], or a data
    /// file that cannot be written.
    pub fn set_diary_entry(
        &self,
        person: PersonId,
        day: NaiveDate,
        entries: &[(String, String)],
    ) -> Result<Entry> {
        if day > self.now().local().date_naive() {
            return Err(EngineError::Diary(DiaryError::Future { day }));
        }
        let person = self.person_of(person)?;
        let mut named = None;
        for (_, query) in entries.iter().filter(|(key, _)| key == PLACE) {
            let query = query.trim();
            named = Some(if query.is_empty() { None } else { Some(self.place(query)?.id) });
        }
        let at = self.now().utc();
        let mut refused = None;
        let noted = self.write(|writer| {
            let reader = writer.reader();
            let mut entry = entry(&reader, person.id, day)?;
            for (key, value) in entries.iter().filter(|(key, _)| key != PLACE) {
                if let Err(error) = entry.set(key.trim(), value) {
                    refused = Some(error);
                    return Ok(None);
                }
            }
            entry.place = match named {
                Some(place) => place,
                None => match entry.place {
                    Some(place) => Some(place),
                    None => usual_place(&reader, &person)?,
                },
            };
            writer.save_diary_entry(person.id, &entry, at)?;
            Ok(Some(entry))
        })?;
        let refused = refused.map(EngineError::Diary);
        noted.ok_or_else(|| {
            refused.unwrap_or_else(|| EngineError::NoSuchPerson { name: String::new() })
        })
    }

    /// Removes what a person noted of a day; whether there was anything.
    ///
    /// # Errors
    /// When the data file cannot be written.
    pub fn remove_diary_entry(&self, person: PersonId, day: NaiveDate) -> Result<bool> {
        let at = self.now().utc();
        self.write(|writer| {
            let noted = !entry(&writer.reader(), person, day)?.is_empty();
            writer.save_diary_entry(person, &Entry::of(day), at)?;
            Ok(noted)
        })
    }

    /// The diary of the last days beside the indices, for whoever keeps it.
    ///
    /// # Errors
    /// [`EngineError::NoSuchPerson`], or a data file that cannot be read.
    pub fn diary_sheet(&self, texts: &Texts, person: PersonId, days: u32) -> Result<Sheet> {
        self.with_diary(person, days, |facts| facts.history(texts))
    }

    /// The diary of the last days as it is shown to a doctor.
    ///
    /// # Errors
    /// [`EngineError::NoSuchPerson`], or a data file that cannot be read.
    pub fn diary_report(&self, texts: &Texts, person: PersonId, days: u32) -> Result<Sheet> {
        self.with_diary(person, days, |facts| facts.report(texts))
    }

    /// Whose diary the window means: whoever was chosen there, else the first, who stays.
    ///
    /// # Errors
    /// When the data file cannot be read.
    pub fn diarist(&self, chosen: Option<PersonId>) -> Result<PersonId> {
        let people = self.people()?;
        let chosen = chosen.filter(|id| people.iter().any(|person| person.id == *id));
        match chosen {
            Some(id) => Ok(id),
            None => Ok(self.person(None)?.id),
        }
    }

    /// What the window asks of a day, as markup; no person, or one who is gone: the first, no day:
    /// today.
    ///
    /// # Errors
    /// [`EngineError::Diary`], or a data file that cannot be read.
    pub fn diary_form(
        &self,
        texts: &Texts,
        person: Option<PersonId>,
        day: Option<&str>,
    ) -> Result<String> {
        let day = self.diary_day(day)?;
        let person = self.diarist(person)?;
        let entry = self.diary_entry(person, day)?;
        let today = self.now().local().date_naive();
        Ok(diary::form(texts, &self.people()?, person, &entry, today))
    }

    /// What is noted of a day now, in a sentence.
    #[must_use]
    pub fn diary_noted(&self, texts: &Texts, entry: &Entry) -> String {
        entry.noted(texts, self.now().local().date_naive())
    }

    fn person_of(&self, id: PersonId) -> Result<Person> {
        let people = self.people()?;
        let person = people.into_iter().find(|person| person.id == id);
        person.ok_or_else(|| EngineError::NoSuchPerson { name: id.0.to_string() })
    }

    fn diary_span(&self, days: u32) -> (NaiveDate, NaiveDate) {
        let today = self.now().local().date_naive();
        (days_before(today, u64::from(days.saturating_sub(1))), today)
    }

    fn with_diary<T>(
        &self,
        person: PersonId,
        days: u32,
        said: impl FnOnce(&DiaryFacts<'_>) -> T,
    ) -> Result<T> {
        let person = self.person_of(person)?;
        let (first, last) = self.diary_span(days);
        let (entries, watched, places) = self.read(|reader| {
            let entries = reader.diary(person.id, first, last)?;
            let mut places = reader.places()?;
            places.retain(|place| entries.iter().any(|it| it.place == Some(place.id)));
            let watched = watched(reader, &person, &entries, &places)?;
            let names: Vec<String> = places.into_iter().map(|place| place.name).collect();
            Ok((entries, watched, names))
        })?;
        Ok(said(&DiaryFacts {
            person: person.name.as_deref(),
            first,
            last,
            entries: &entries,
            watched: &watched,
            places: &places,
        }))
    }
}

fn entry(reader: &Reader<'_>, person: PersonId, day: NaiveDate) -> StoreResult<Entry> {
    Ok(reader.diary(person, day, day)?.pop().unwrap_or_else(|| Entry::of(day)))
}

/// The first place that concerns a person.
fn usual_place(reader: &Reader<'_>, person: &Person) -> StoreResult<Option<PlaceId>> {
    let places = reader.places()?;
    let place = places.iter().find(|place| person.profile.concerns(place.id));
    Ok(place.map(|place| place.id))
}

/// The indices that a person watches, with their levels on the days that they noted, where they
/// were.
fn watched(
    reader: &Reader<'_>,
    person: &Person,
    entries: &[Entry],
    places: &[Place],
) -> StoreResult<Vec<Watched>> {
    let mut all: Vec<Watched> = Vec::new();
    for (metric, limit) in diary::watched_by(&person.profile) {
        for place in places {
            let noted: BTreeSet<NaiveDate> = entries
                .iter()
                .filter(|entry| entry.place == Some(place.id) && entry.load().is_some())
                .map(|entry| entry.day)
                .collect();
            let (Some(first), Some(last)) = (noted.first(), noted.last()) else { continue };
            let Some(scale) = knowledge::rule_scale(metric, place) else { continue };
            let readings = counting(reader, place, metric, *first, *last)?;
            // The levels of two scales cannot be compared: each has its own.
            let same = all.iter().position(|it| it.metric == metric && it.scale == scale);
            let at = same.unwrap_or_else(|| {
                all.push(Watched::new(metric, scale, limit));
                all.len() - 1
            });
            all[at].take(&readings, &noted, place.time_zone);
        }
    }
    all.retain(|it| !it.levels.is_empty());
    Ok(all)
}
