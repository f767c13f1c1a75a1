//! What was exported, taken over into the file row by row: what is here stays, what is not here is
//! added, and what is in both is one.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use ecosante_domain::advice::Mark;
use ecosante_domain::alert::AlertState;
use ecosante_domain::decision::Lead;
use ecosante_domain::digest::{Digest, DigestDue};
use ecosante_domain::person::{Person, Profile, same_name};
use ecosante_domain::place::{Coordinates, Place, PlaceId};
use ecosante_domain::quiet_hours::QuietHours;
use ecosante_domain::reading::Target;
use ecosante_domain::text::Language;
use rusqlite::{ErrorCode, OptionalExtension as _, params};

use super::portable::{
    AdviceMarkEntry, AdviceShownEntry, AlertEntry, DecisionEntry, DiaryEntry, Entry,
    NotificationEntry, PeriodWord, PersonEntry, PlaceEntry, ReadingEntry, ReadingRef, SentEntry,
    SeriesEntry, SettingsEntry,
};
use super::reading::stored_target;
use super::{Retention, StoreError, Writer, settings, to_json};
use crate::http::BaseUrl;

/// Why a row is not taken over.
#[derive(Debug)]
pub enum Unfit {
    /// It is no row that this app writes.
    Content(&'static str),
    /// The file here cannot be used.
    Store(StoreError),
}

impl From<StoreError> for Unfit {
    fn from(error: StoreError) -> Self {
        match error {
            // Twice the same row, a sign beyond its range, a reading that is not there.
            StoreError::Sqlite(error)
                if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) =>
            {
                Self::Content("a row that contradicts others")
            }
            other => Self::Store(other),
        }
    }
}

impl From<rusqlite::Error> for Unfit {
    fn from(error: rusqlite::Error) -> Self {
        StoreError::from(error).into()
    }
}

type Taken<T = ()> = Result<T, Unfit>;

/// How much was new here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Added {
    /// Settings that were not set here.
    pub settings: usize,
    /// Places.
    pub places: usize,
    /// People, those among them of whom only a name was known here.
    pub people: usize,
    /// Readings.
    pub readings: usize,
    /// Alerts.
    pub alerts: usize,
    /// Days of diaries.
    pub diary: usize,
    /// Decisions, notifications, marks of advice, and requests that were sent.
    pub rest: usize,
}

/// An alert that was here before.
struct Before {
    id: i64,
    person: Option<i64>,
    person_name: Option<String>,
    place: Option<i64>,
    place_name: String,
    metric: String,
    event: bool,
    raised_at: i64,
    starts: i64,
    ends: i64,
    stands: bool,
}

/// What a revision is about: level, value, hours and note.
type Content = (Option<u8>, Option<f64>, u8, Option<String>);

/// A publication of which readings are taken over: series, target, time of publication.
type Publication = (i64, i64, i64);

/// A revision that is here: its number, what it is about, when it was received.
type Revision = (i64, Content, i64);

/// Takes rows over, within one transaction.
pub struct Import<'a> {
    writer: &'a Writer<'a>,
    added: Added,
    places_before: Vec<Place>,
    people_before: Vec<Person>,
    places: BTreeMap<i64, i64>,
    people: BTreeMap<i64, i64>,
    /// The identity of a series here, its period, and whether it is new.
    series: BTreeMap<i64, (i64, PeriodWord, bool)>,
    /// The publication whose readings come now, with what of it was here: revision, content, receipt.
    publication: Option<(Publication, Vec<Revision>)>,
    /// Revisions that have another number here.
    moved: BTreeMap<(Publication, i64), i64>,
    alerts_before: Option<Vec<Before>>,
    /// The identity of an alert here, and whether it is new.
    alerts: BTreeMap<i64, (i64, bool)>,
    notifications: BTreeMap<i64, i64>,
    /// Those that were here before and are in the file too.
    notifications_met: BTreeSet<i64>,
    last_decision: i64,
    last_notification: i64,
    last_sent: i64,
}

impl std::fmt::Debug for Import<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Import").field("added", &self.added).finish_non_exhaustive()
    }
}

impl<'a> Import<'a> {
    /// Begins to take rows over.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn new(writer: &'a Writer<'a>) -> super::Result<Self> {
        let reader = writer.reader();
        let last = |table: &str| -> super::Result<i64> {
            let sql = format!("SELECT coalesce(max(id), 0) FROM {table}");
            Ok(writer.transaction.query_row(&sql, [], |row| row.get(0))?)
        };
        Ok(Self {
            writer,
            added: Added::default(),
            places_before: reader.places()?,
            people_before: reader.people()?,
            places: BTreeMap::new(),
            people: BTreeMap::new(),
            series: BTreeMap::new(),
            publication: None,
            moved: BTreeMap::new(),
            alerts_before: None,
            alerts: BTreeMap::new(),
            notifications: BTreeMap::new(),
            notifications_met: BTreeSet::new(),
            last_decision: last("decision")?,
            last_notification: last("notification")?,
            last_sent: last("sent")?,
        })
    }

    /// How much was new.
    #[must_use]
    pub fn added(&self) -> Added {
        self.added
    }

    /// Takes one row over.
    ///
    /// # Errors
    /// A row that this app does not write, or a file that cannot be written.
    pub fn take(&mut self, entry: Entry) -> Taken {
        match entry {
            Entry::Settings(it) => self.settings(&it),
            Entry::Place(it) => self.place(&it),
            Entry::Person(it) => self.person(it),
            Entry::Series(it) => self.series(&it),
            Entry::Reading(it) => self.reading(&it),
            Entry::Alert(it) => self.alert(&it),
            Entry::Decision(it) => self.decision(&it),
            Entry::Notification(it) => self.notification(&it),
            Entry::AdviceShown(it) => self.advice_shown(&it),
            Entry::AdviceMark(it) => self.advice_mark(&it),
            Entry::Diary(it) => self.diary(&it),
            Entry::Sent(it) => self.sent(&it),
        }
    }

    fn settings(&mut self, given: &SettingsEntry) -> Taken {
        let fits =
            |given: &Option<String>, parses: fn(&str) -> bool| given.as_deref().is_none_or(parses);
        let right = fits(&given.language, |it| it.parse::<Language>().is_ok())
            && fits(&given.quiet_hours, |it| it.parse::<QuietHours>().is_ok())
            && fits(&given.gateway, |it| it.parse::<BaseUrl>().is_ok())
            && fits(&given.relay, |it| it.parse::<BaseUrl>().is_ok())
            && fits(&given.retention_years, |it| it.parse::<Retention>().is_ok())
            && fits(&given.lead, |it| it.parse::<Lead>().is_ok())
            && fits(&given.digest, |it| it.parse::<Digest>().is_ok())
            && fits(&given.digest_told, |it| it.parse::<DigestDue>().is_ok());
        if !right {
            return Err(Unfit::Content("settings"));
        }
        let settings = [
            (settings::LANGUAGE, &given.language),
            (settings::QUIET_HOURS, &given.quiet_hours),
            (settings::GATEWAY, &given.gateway),
            (settings::RELAY, &given.relay),
            (settings::RETENTION, &given.retention_years),
            (settings::LEAD, &given.lead),
            (settings::DIGEST, &given.digest),
        ];
        for (key, value) in settings {
            let Some(value) = value else { continue };
            if self.writer.reader().setting(key)?.is_none() {
                self.writer.set(key, Some(value))?;
                self.added.settings += 1;
            }
        }
        // The later one: neither is told again.
        let told = |text: &str| {
            let due: DigestDue = text.parse().ok()?;
            Some((due.date, due.half.hour()))
        };
        let here = self.writer.reader().setting(settings::DIGESTED)?;
        if let Some(given) = &given.digest_told
            && here.as_deref().and_then(told) < told(given)
        {
            self.writer.set(settings::DIGESTED, Some(given))?;
        }
        Ok(())
    }

    fn place(&mut self, given: &PlaceEntry) -> Taken {
        let time_zone: Tz = given.time_zone.parse().map_err(|_| Unfit::Content("a time zone"))?;
        let coordinates = match (given.latitude, given.longitude) {
            (Some(latitude), Some(longitude)) => {
                Some(Coordinates::new(latitude, longitude).ok_or(Unfit::Content("a point"))?)
            }
            (None, None) => None,
            _ => return Err(Unfit::Content("a point")),
        };
        // The codes are sent to the producers.
        let code = |text: &str, length: std::ops::RangeInclusive<usize>| {
            length.contains(&text.len()) && text.bytes().all(|it| it.is_ascii_alphanumeric())
        };
        if let Some(commune) = &given.commune {
            let epci = commune.epci.as_deref().is_none_or(|epci| code(epci, 9..=9));
            if !code(&commune.code, 5..=5) || !epci || !code(&commune.departement, 0..=3) {
                return Err(Unfit::Content("a commune"));
            }
        }
        let id = match self.place_here(given, coordinates) {
            Some(here) => {
                if let (None, Some(at)) = (here.coordinates, coordinates) {
                    self.writer.save_coordinates(here.id, at)?;
                }
                here.id.0
            }
            None => {
                let commune = given.commune.as_ref();
                self.writer
                    .transaction
                    .prepare_cached(
                        "INSERT INTO place (name, commune_code, commune_name, epci, departement,
                                            latitude, longitude, time_zone, added_at)
                         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                    )?
                    .execute(params![
                        given.name,
                        commune.map(|it| &it.code),
                        commune.map(|it| &it.name),
                        commune.and_then(|it| it.epci.as_ref()),
                        commune.map(|it| &it.departement),
                        given.latitude,
                        given.longitude,
                        time_zone.name(),
                        given.added_at.timestamp(),
                    ])?;
                self.added.places += 1;
                self.writer.transaction.last_insert_rowid()
            }
        };
        for zone in &given.zones {
            self.writer
                .transaction
                .prepare_cached(
                    "INSERT OR IGNORE INTO place_zone (place, source, code, name, nearness)
                     VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![
                    id,
                    zone.source.name(),
                    zone.code,
                    zone.name,
                    zone.nearness.name()
                ])?;
        }
        unique(&mut self.places, given.id, id)
    }

    /// The place here that is the same: of the same commune, abroad of the same cell; of several the
    /// one with the same name. Each is the same as one only.
    fn place_here(&mut self, given: &PlaceEntry, at: Option<Coordinates>) -> Option<Place> {
        let cell = |at: Option<Coordinates>| at.map(Coordinates::cell_code);
        let same = |place: &Place| match (&place.commune, &given.commune) {
            (Some(one), Some(other)) => one.code == other.code,
            (None, None) => cell(place.coordinates) == cell(at),
            _ => false,
        };
        let named = |place: &Place| same(place) && place.name == given.name;
        let position = self.places_before.iter().position(named);
        let position = position.or_else(|| self.places_before.iter().position(same))?;
        Some(self.places_before.remove(position))
    }

    fn person(&mut self, given: PersonEntry) -> Taken {
        let PersonEntry { id: number, name, added_at, mut profile } = given;
        if name.as_deref().is_some_and(|name| name.trim().is_empty()) {
            return Err(Unfit::Content("a person without a name"));
        }
        if let Some(places) = &mut profile.places {
            let ids = places.iter().map(|it| self.places.get(&it.0).copied().map(PlaceId));
            *places = ids.collect::<Option<_>>().ok_or(Unfit::Content("a place of a person"))?;
        }
        let here = self.people_before.iter().find(|person| {
            match (person.name.as_deref(), name.as_deref()) {
                (None, None) => true,
                (Some(one), Some(other)) => same_name(one, other),
                _ => false,
            }
        });
        let id = match here {
            Some(here) => {
                // Whoever has said nothing of themselves here says it now.
                if here.profile == Profile::default() && profile != here.profile {
                    self.writer.save_profile(here.id, &profile)?;
                    self.added.people += 1;
                }
                here.id.0
            }
            None => {
                let id = self.writer.add_person(name.as_deref(), added_at.timestamp())?;
                self.writer.save_profile(id, &profile)?;
                self.added.people += 1;
                id.0
            }
        };
        unique(&mut self.people, number, id)
    }

    fn series(&mut self, given: &SeriesEntry) -> Taken {
        let period = match given.period {
            PeriodWord::Day => "day",
            PeriodWord::Hour => "hour",
        };
        let scale = given.scale.map_or("", ecosante_domain::scale::Scale::name);
        let metric = given.metric.to_string();
        let key = params![
            given.source.name(),
            given.zone_code,
            given.zone_name,
            metric,
            scale,
            period,
            given.basis.name(),
        ];
        let transaction = self.writer.transaction;
        let known: Option<i64> = transaction
            .prepare_cached(
                "SELECT id FROM series WHERE source = ?1 AND zone_code = ?2 AND zone_name = ?3
                 AND metric = ?4 AND scale = ?5 AND period = ?6 AND basis = ?7",
            )?
            .query_row(key, |row| row.get(0))
            .optional()?;
        let id = match known {
            Some(id) => id,
            None => {
                transaction
                    .prepare_cached(
                        "INSERT INTO series (source, zone_code, zone_name, metric, scale, period,
                                             basis)
                         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    )?
                    .execute(key)?;
                transaction.last_insert_rowid()
            }
        };
        unique(&mut self.series, given.id, (id, given.period, known.is_none()))
    }

    /// The publication of a reading, its series as it is here, and whether that is new.
    fn publication(
        &self,
        series: i64,
        target: Target,
        published_at: Option<DateTime<Utc>>,
    ) -> Taken<(Publication, bool)> {
        let (id, period, new) =
            *self.series.get(&series).ok_or(Unfit::Content("a reading without a series"))?;
        let fits = match (period, target) {
            (PeriodWord::Day, Target::Day(_)) => true,
            (PeriodWord::Hour, Target::Hour(start)) => start.timestamp_subsec_nanos() == 0,
            _ => false,
        };
        if !fits {
            return Err(Unfit::Content("a reading for another period than its series"));
        }
        let published_at = published_at.map_or(0, |at| at.timestamp_millis());
        Ok(((id, stored_target(target), published_at), new))
    }

    fn reading(&mut self, given: &ReadingEntry) -> Taken {
        let ReadingEntry(
            series,
            target,
            published_at,
            revision,
            level,
            value,
            fetched_at,
            hours,
            note,
        ) = given;
        if *revision < 0 || *hours == 0 {
            return Err(Unfit::Content("a reading"));
        }
        let (publication, new_series) = self.publication(*series, *target, *published_at)?;
        let content = (*level, *value, *hours, note.clone());
        let fetched_at = fetched_at.timestamp();
        let mut at = *revision;
        if !new_series {
            if self.publication.as_ref().is_none_or(|(known, _)| *known != publication) {
                self.publication = Some((publication, self.revisions(publication)?));
            }
            let here = self.publication.as_mut().map(|(_, here)| here);
            if let Some(here) = here.filter(|here| !here.is_empty()) {
                let same = here.iter().find(|(number, it, _)| *number == at && *it == content);
                let same = same.or_else(|| here.iter().rfind(|(_, it, _)| *it == content));
                let last = here.last().map_or((0, 0), |(number, _, fetched)| (*number, *fetched));
                if let Some((number, ..)) = same {
                    let number = *number;
                    if publication.2 == 0 && number == last.0 && fetched_at > last.1 {
                        self.received(publication, number, fetched_at)?;
                    }
                    return self.is_here_as(publication, at, number);
                }
                if fetched_at <= last.1 {
                    // What was received later counts, and is here.
                    return self.is_here_as(publication, at, last.0);
                }
                at = last.0 + 1;
                here.push((at, content.clone(), fetched_at));
                self.is_here_as(publication, *revision, at)?;
            }
        }
        let (series, target, published_at) = publication;
        let (level, value, hours, note) = content;
        self.writer
            .transaction
            .prepare_cached(
                "INSERT INTO reading (series, target, published_at, revision, level, value,
                                      fetched_at, hours, note)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                series,
                target,
                published_at,
                at,
                level,
                value,
                fetched_at,
                hours,
                note
            ])?;
        self.added.readings += 1;
        Ok(())
    }

    fn is_here_as(&mut self, publication: Publication, given: i64, here: i64) -> Taken {
        if given != here {
            self.moved.insert((publication, given), here);
        }
        Ok(())
    }

    fn received(
        &self,
        (series, target, published_at): Publication,
        revision: i64,
        at: i64,
    ) -> Taken {
        self.writer
            .transaction
            .prepare_cached(
                "UPDATE reading SET fetched_at = ?5
                 WHERE series = ?1 AND target = ?2 AND published_at = ?3 AND revision = ?4",
            )?
            .execute([series, target, published_at, revision, at])?;
        Ok(())
    }

    fn revisions(&self, (series, target, published_at): Publication) -> Taken<Vec<Revision>> {
        let mut statement = self.writer.transaction.prepare_cached(
            "SELECT revision, level, value, hours, note, fetched_at FROM reading
             WHERE series = ?1 AND target = ?2 AND published_at = ?3 ORDER BY revision",
        )?;
        let rows = statement.query_map([series, target, published_at], |row| {
            let content = (row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
            Ok((row.get(0)?, content, row.get(5)?))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The key of a reading as it is here: series, target, publication, revision.
    fn key(&self, given: &ReadingRef) -> Taken<(i64, i64, i64, i64)> {
        let ReadingRef(series, target, published_at, revision) = given;
        let (publication, _) = self.publication(*series, *target, *published_at)?;
        let revision = self.moved.get(&(publication, *revision)).copied().unwrap_or(*revision);
        Ok((publication.0, publication.1, publication.2, revision))
    }

    fn of(numbers: &BTreeMap<i64, i64>, number: Option<i64>) -> Taken<Option<i64>> {
        let Some(number) = number else { return Ok(None) };
        let id = numbers.get(&number).copied();
        id.map(Some).ok_or(Unfit::Content("somebody or a place that is not in the file"))
    }

    fn alert(&mut self, given: &AlertEntry) -> Taken {
        given.time_zone.parse::<Tz>().map_err(|_| Unfit::Content("a time zone"))?;
        let person = Self::of(&self.people, given.person)?;
        let place = Self::of(&self.places, given.place)?;
        if let Some(here) = self.alert_here(given, person, place)? {
            self.told_there_too(here, given)?;
            return unique(&mut self.alerts, given.id, (here, false));
        }
        self.writer
            .transaction
            .prepare_cached(
                "INSERT INTO alert (person, person_name, place, place_name, commune, time_zone,
                                    metric, event, rule, threshold, because, evidence, own_choice,
                                    starts, ends, level, told_level, told_at, raised_at, state,
                                    advice, opened_at, useful)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,
                         ?17, ?18, ?19, ?20, ?21, ?22, ?23)",
            )?
            .execute(params![
                person,
                given.person_name,
                place,
                given.place_name,
                given.commune,
                given.time_zone,
                given.metric.to_string(),
                given.event,
                given.rule,
                given.threshold,
                to_json("reasons", &given.because)?,
                given.evidence,
                given.own_choice,
                given.starts.timestamp(),
                given.ends.timestamp(),
                given.level,
                given.told_level,
                given.told_at.map(|at| at.timestamp()),
                given.raised_at.timestamp(),
                given.state.name(),
                given.advice,
                given.opened_at.map(|at| at.timestamp()),
                given.useful,
            ])?;
        let id = self.writer.transaction.last_insert_rowid();
        for reading in &given.readings {
            let (series, target, published_at, revision) = self.key(reading)?;
            self.writer
                .transaction
                .prepare_cached(
                    "INSERT INTO alert_reading (alert, series, target, published_at, revision)
                     VALUES (?1, ?2, ?3, ?4, ?5)
                     ON CONFLICT DO NOTHING",
                )?
                .execute([id, series, target, published_at, revision])?;
        }
        self.added.alerts += 1;
        unique(&mut self.alerts, given.id, (id, true))
    }

    /// The alert here that is the same: raised at the same time, or standing for an episode that it
    /// shares. Each is the same as one only.
    fn alert_here(
        &mut self,
        given: &AlertEntry,
        person: Option<i64>,
        place: Option<i64>,
    ) -> Taken<Option<i64>> {
        if self.alerts_before.is_none() {
            self.alerts_before = Some(alerts_before(self.writer)?);
        }
        let Some(before) = &mut self.alerts_before else { return Ok(None) };
        let metric = given.metric.to_string();
        let about = |it: &Before| {
            let who =
                it.person == person && (person.is_some() || it.person_name == given.person_name);
            let whence =
                it.place == place && (place.is_some() || it.place_name == given.place_name);
            who && whence && it.metric == metric && it.event == given.event
        };
        let (starts, ends) = (given.starts.timestamp(), given.ends.timestamp());
        let raised = |it: &Before| about(it) && it.raised_at == given.raised_at.timestamp();
        let stands = matches!(given.state, AlertState::Raised | AlertState::Held);
        let shared =
            |it: &Before| about(it) && stands && it.stands && it.starts < ends && starts < it.ends;
        let same = before.iter().position(|it| raised(it) && it.starts == starts);
        let same = same.or_else(|| before.iter().position(raised));
        let same = same.or_else(|| before.iter().position(shared));
        Ok(same.map(|position| before.remove(position).id))
    }

    /// Keeps that an alert that is here was told, opened or judged there too.
    fn told_there_too(&self, here: i64, given: &AlertEntry) -> Taken {
        let raised = given.state == AlertState::Raised;
        self.writer
            .transaction
            .prepare_cached(
                "UPDATE alert SET
                     state = CASE WHEN state = 'held' AND ?6 THEN 'raised' ELSE state END,
                     told_level = CASE WHEN ?2 IS NULL THEN told_level
                                       ELSE max(coalesce(told_level, 0), ?2) END,
                     told_at = CASE WHEN ?3 IS NULL THEN told_at
                                    ELSE max(coalesce(told_at, 0), ?3) END,
                     opened_at = coalesce(opened_at, ?4), useful = coalesce(useful, ?5)
                 WHERE id = ?1",
            )?
            .execute(params![
                here,
                given.told_level,
                given.told_at.map(|at| at.timestamp()),
                given.opened_at.map(|at| at.timestamp()),
                given.useful,
                raised,
            ])?;
        Ok(())
    }

    fn decision(&mut self, given: &DecisionEntry) -> Taken {
        const OUTCOMES: [&str; 9] = [
            "raised",
            "held",
            "early",
            "muted",
            "already-told",
            "withdrawn",
            "over",
            "below",
            "no-data",
        ];
        let reason = given.reason.as_deref();
        let known = reason.is_none_or(|it| ["new", "worse", "reminder", "released"].contains(&it));
        if !OUTCOMES.contains(&given.outcome.as_str()) || !known {
            return Err(Unfit::Content("a decision"));
        }
        let person = Self::of(&self.people, given.person)?;
        let place = Self::of(&self.places, given.place)?;
        let alert = match given.alert {
            Some(number) => Some(*self.alerts.get(&number).ok_or(Unfit::Content("an alert"))?),
            None => None,
        };
        let metric = given.metric.to_string();
        let first_at = given.first_at.timestamp();
        // On what was an alert here already, it was decided here already.
        let is_here = alert.is_some_and(|(_, new)| !new)
            || self.last_decision > 0
                && self
                    .writer
                    .transaction
                    .prepare_cached(
                        "SELECT EXISTS (
                             SELECT 1 FROM decision
                             WHERE person IS ?1 AND place IS ?2 AND metric = ?3 AND event = ?4
                               AND first_at = ?5 AND outcome = ?6 AND threshold = ?7 AND id <= ?8)",
                    )?
                    .query_row(
                        params![
                            person,
                            place,
                            metric,
                            given.event,
                            first_at,
                            given.outcome,
                            given.threshold,
                            self.last_decision,
                        ],
                        |row| row.get(0),
                    )?;
        if is_here {
            return Ok(());
        }
        let reading = given.reading.as_ref().map(|it| self.key(it)).transpose()?;
        self.writer
            .transaction
            .prepare_cached(
                "INSERT INTO decision (first_at, last_at, person, person_name, place, place_name,
                                       metric, event, threshold, outcome, reason, level, target,
                                       alert, rule, because, evidence, series, reading_target,
                                       published_at, revision)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,
                         ?17, ?18, ?19, ?20, ?21)",
            )?
            .execute(params![
                first_at,
                given.last_at.timestamp(),
                person,
                given.person_name,
                place,
                given.place_name,
                metric,
                given.event,
                given.threshold,
                given.outcome,
                given.reason,
                given.level,
                given.target,
                alert.map(|(id, _)| id),
                given.rule,
                given.because.as_ref().map(|it| to_json("reasons", it)).transpose()?,
                given.evidence,
                reading.map(|key| key.0),
                reading.map(|key| key.1),
                reading.map(|key| key.2),
                reading.map(|key| key.3),
            ])?;
        self.added.rest += 1;
        Ok(())
    }

    fn notification(&mut self, given: &NotificationEntry) -> Taken {
        let alerts = given.alerts.iter().map(|number| self.alerts.get(number).copied());
        let alerts: Vec<(i64, bool)> =
            alerts.collect::<Option<_>>().ok_or(Unfit::Content("an alert"))?;
        let created_at = given.created_at.timestamp();
        let here = self.notification_here(created_at, given)?;
        if let Some(here) = here {
            if let Some(at) = given.shown_at {
                self.shown(here, at)?;
            }
            return unique(&mut self.notifications, given.id, here);
        }
        let new: Vec<i64> = alerts.iter().filter(|(_, new)| *new).map(|(id, _)| *id).collect();
        // What is told of alerts that were here already, is told here already.
        if new.is_empty() && !alerts.is_empty() {
            return Ok(());
        }
        let replaces = given.replaces.and_then(|it| self.notifications.get(&it).copied());
        self.writer
            .transaction
            .prepare_cached(
                "INSERT INTO notification (created_at, relevant_to, withdrawal, title, body, slot,
                                           urgent, shown_elsewhere_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                created_at,
                given.relevant_to.timestamp(),
                given.withdrawal,
                given.title,
                given.body,
                replaces,
                given.urgent,
                given.shown_at.map(|at| at.timestamp()),
            ])?;
        let id = self.writer.transaction.last_insert_rowid();
        for alert in new {
            self.writer
                .transaction
                .prepare_cached(
                    "INSERT INTO notification_alert (notification, alert) VALUES (?1, ?2)",
                )?
                .execute([id, alert])?;
        }
        self.added.rest += 1;
        unique(&mut self.notifications, given.id, id)
    }

    /// The notification here that is the same. Each is the same as one only.
    fn notification_here(
        &mut self,
        created_at: i64,
        given: &NotificationEntry,
    ) -> Taken<Option<i64>> {
        let mut statement = self.writer.transaction.prepare_cached(
            "SELECT id FROM notification
             WHERE created_at = ?1 AND title = ?2 AND body = ?3 AND id <= ?4 ORDER BY id",
        )?;
        let values = params![created_at, given.title, given.body, self.last_notification];
        let mut rows = statement.query(values)?;
        while let Some(row) = rows.next()? {
            let id = row.get(0)?;
            if self.notifications_met.insert(id) {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }

    fn shown(&self, notification: i64, at: DateTime<Utc>) -> Taken {
        self.writer
            .transaction
            .prepare_cached(
                "UPDATE notification SET shown_elsewhere_at = coalesce(shown_elsewhere_at, ?2)
                 WHERE id = ?1",
            )?
            .execute([notification, at.timestamp()])?;
        Ok(())
    }

    /// Runs an insertion that does nothing where there is such a row; the number of rows.
    fn insert(&self, sql: &str, values: impl rusqlite::Params) -> Taken<usize> {
        Ok(self.writer.transaction.prepare_cached(sql)?.execute(values)?)
    }

    fn whose(&self, number: i64) -> Taken<i64> {
        self.people.get(&number).copied().ok_or(Unfit::Content("somebody who is not in the file"))
    }

    fn advice_shown(&mut self, given: &AdviceShownEntry) -> Taken {
        let person = self.whose(given.person)?;
        self.added.rest += self.insert(
            "INSERT INTO advice_shown (person, advice, shown_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (person, advice) DO UPDATE SET shown_at = excluded.shown_at
             WHERE excluded.shown_at > shown_at",
            params![person, given.advice, given.shown_at.timestamp()],
        )?;
        Ok(())
    }

    fn advice_mark(&mut self, given: &AdviceMarkEntry) -> Taken {
        if Mark::of_word(&given.mark).is_none() {
            return Err(Unfit::Content("a mark of advice"));
        }
        let (person, day) = (self.whose(given.person)?, stored_target(Target::Day(given.day)));
        self.added.rest += self.insert(
            "INSERT INTO advice_mark (person, advice, mark, day, at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO NOTHING",
            params![person, given.advice, given.mark, day, given.at.timestamp()],
        )?;
        Ok(())
    }

    fn diary(&mut self, given: &DiaryEntry) -> Taken {
        let (person, day) = (self.whose(given.person)?, stored_target(Target::Day(given.day)));
        let place = Self::of(&self.places, given.place)?;
        self.added.diary += self.insert(
            "INSERT INTO diary (person, day, nose, eyes, breathing, skin, fatigue, treatment, place,
                                at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             ON CONFLICT DO NOTHING",
            params![
                person,
                day,
                given.nose,
                given.eyes,
                given.breathing,
                given.skin,
                given.fatigue,
                given.treatment,
                place,
                given.at.timestamp(),
            ],
        )?;
        Ok(())
    }

    fn sent(&mut self, given: &SentEntry) -> Taken {
        self.added.rest += self.insert(
            "INSERT INTO sent (at, host, producer, purpose, what, outcome)
             SELECT ?1, ?2, ?3, ?4, ?5, ?6
             WHERE NOT EXISTS (
                 SELECT 1 FROM sent WHERE at = ?1 AND host = ?2 AND producer = ?3 AND purpose = ?4
                   AND what = ?5 AND id <= ?7)",
            params![
                given.at.timestamp(),
                given.host,
                given.producer,
                given.purpose,
                to_json("what was sent", &given.what)?,
                given.outcome,
                self.last_sent,
            ],
        )?;
        Ok(())
    }
}

/// Keeps what a number of the file is here; a number stands for one row.
fn unique<T>(numbers: &mut BTreeMap<i64, T>, number: i64, here: T) -> Taken {
    match numbers.insert(number, here) {
        None => Ok(()),
        Some(_) => Err(Unfit::Content("a number that two rows have")),
    }
}

fn alerts_before(writer: &Writer<'_>) -> Taken<Vec<Before>> {
    let mut statement = writer.transaction.prepare(
        "SELECT id, person, person_name, place, place_name, metric, event, raised_at, starts, ends,
                state IN ('raised', 'held')
         FROM alert ORDER BY id",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(Before {
            id: row.get(0)?,
            person: row.get(1)?,
            person_name: row.get(2)?,
            place: row.get(3)?,
            place_name: row.get(4)?,
            metric: row.get(5)?,
            event: row.get(6)?,
            raised_at: row.get(7)?,
            starts: row.get(8)?,
            ends: row.get(9)?,
            stands: row.get(10)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
