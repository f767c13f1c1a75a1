//! What is known, in the form in which the window and the command line show it.

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime, SubsecRound, TimeDelta, Utc};
use ecosante_domain::advice::{self, Advice, History, Mark, Situation};
use ecosante_domain::alert::AlertState;
use ecosante_domain::contract::{
    AdviceWithReasons, AlertPlace, AlertView, BecauseView, PlaceStatus, ReadingStatus, SourceError,
    SourceState, SourceStatus, Status,
};
use ecosante_domain::decision::{AlertId, Lead, MORNING};
use ecosante_domain::digest::Digest;
use ecosante_domain::evidence;
use ecosante_domain::knowledge;
use ecosante_domain::metric::Metric;
use ecosante_domain::mute::MuteFor;
use ecosante_domain::notification;
use ecosante_domain::person::{Person, PersonId, Profile, same_name};
use ecosante_domain::place::Place;
use ecosante_domain::quiet_hours::QuietHours;
use ecosante_domain::reading::{Reading, Source, next_day};
use ecosante_domain::scale::scale_where;
use ecosante_domain::text::{Language, Texts};
use ecosante_domain::words;
use serde::Serialize;

use crate::candidates::{Candidates, reports};
use crate::engine::{Engine, Result, parse_relay};
use crate::error::EngineError;
use crate::schedule::{self, Health};
use crate::store::{AlertRow, DecisionRow, Reader, Result as StoreResult, Retention, Settings};

/// An alert with everything that led to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// The alert.
    #[serde(flatten)]
    pub alert: AlertView,
    /// Every reading that met the rule, in the order of their targets.
    pub readings: Vec<ReadingStatus>,
    /// Every decision about it, in their order.
    pub decisions: Vec<DecisionView>,
    /// Whether it was shown to anybody, on whichever channel.
    pub delivered: bool,
}

/// A decision about an alert.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DecisionView {
    /// When it was first taken.
    pub first_at: DateTime<Utc>,
    /// When it was last taken again.
    pub last_at: DateTime<Utc>,
    /// What was decided.
    pub outcome: String,
    /// Why.
    pub reason: Option<String>,
    /// The level that decided.
    pub level: Option<u8>,
}

fn source_status(texts: &Texts, source: Source, health: Health) -> SourceStatus {
    let state = match (&health.error, health.last_attempt) {
        (_, None) => SourceState::NeverAsked,
        (Some(_), _) => SourceState::Failed,
        (None, _) if health.nothing_for_today => SourceState::NotPublishedYet,
        (None, _) => SourceState::Ok,
    };
    SourceStatus {
        source,
        state,
        last_attempt: health.last_attempt,
        last_success: health.last_success,
        next_due: schedule::next_due(source, &health),
        error: health
            .error
            .map(|code| SourceError { message: texts.get(&format!("failure-{code}")), code }),
    }
}

fn source_states(reader: &Reader<'_>, texts: &Texts) -> StoreResult<Vec<SourceStatus>> {
    Source::ALL
        .iter()
        .map(|source| Ok(source_status(texts, *source, reader.health(source.name())?)))
        .collect()
}

fn place_status(
    reader: &Reader<'_>,
    texts: &Texts,
    place: &Place,
    now: DateTime<Utc>,
) -> StoreResult<PlaceStatus> {
    let today = now.with_timezone(&place.time_zone).date_naive();
    let from = days_before(today, 8);
    let to = today.checked_add_days(Days::new(4)).unwrap_or(today);
    let mut readings = Vec::new();
    for metric in Metric::all() {
        let from = knowledge::known_from(metric, today).unwrap_or(from);
        let candidates = Candidates::load(reader, place, metric, from, to)?;
        let reports = reports(reader, place, metric)?;
        let known = knowledge::known(metric, place, &candidates.list, &reports, now);
        readings.extend(known.iter().map(|known| words::known_status(texts, place, known)));
    }
    Ok(PlaceStatus {
        id: place.id,
        name: place.name.clone(),
        commune: place.commune.as_ref().map(|commune| commune.code.clone()),
        time_zone: place.time_zone.name().to_owned(),
        readings,
    })
}

fn with_reasons(
    texts: &Texts,
    piece: &Advice,
    why: Vec<String>,
    history: &History,
) -> AdviceWithReasons {
    AdviceWithReasons {
        piece: piece.view(texts),
        why,
        last_shown: history.shown.get(&piece.id).copied(),
        not_useful: history.not_useful.contains(&piece.id),
    }
}

pub(crate) fn days_before(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_sub_days(Days::new(days)).unwrap_or(date)
}

fn alert_view(
    reader: &Reader<'_>,
    texts: &Texts,
    row: AlertRow,
    now: DateTime<Utc>,
) -> StoreResult<AlertView> {
    let causes = reader.alert_causes(row.id)?;
    let standing = matches!(row.state, AlertState::Raised | AlertState::Held);
    let level = if standing { row.level } else { row.told_level.unwrap_or(row.level) };
    // Of hazards together, the level is that of the first part.
    let of_first = |reading: &&Reading| match row.metric {
        Metric::Combined(_) => reading.scale == scale_where(row.metric, row.commune.is_some()),
        _ => true,
    };
    let causes: Vec<&Reading> = causes.iter().filter(of_first).collect();
    // The newest publication of that level, else the worst that there was.
    let worst = causes
        .iter()
        .filter(|reading| reading.level == Some(level))
        .max_by_key(|reading| reading.published_at.unwrap_or(reading.fetched_at))
        .or_else(|| causes.iter().max_by_key(|reading| reading.level))
        .copied();
    let scale = worst.and_then(|reading| reading.scale);
    let advice = row.advice.as_deref().and_then(advice::by_id);
    Ok(AlertView {
        id: row.id,
        notification_id: row.notification,
        metric: row.metric,
        level,
        label: scale.map(|scale| texts.label(scale, level)).unwrap_or_default(),
        place: AlertPlace {
            id: row.place,
            name: row.place_name,
            commune: row.commune,
            time_zone: row.time_zone.name().to_owned(),
        },
        person: row.person_name,
        starts: row.starts,
        ends: row.ends,
        raised_at: row.raised_at,
        state: row.state,
        because: BecauseView {
            rule: row.rule,
            threshold: row.threshold,
            reasons: notification::reasons(texts, &row.because),
            evidence: row.evidence.as_deref().and_then(evidence::by_key).cloned(),
            own_choice: row.own_choice,
            reading: worst.map(|reading| words::past_status(texts, reading, row.time_zone, now)),
        },
        advice: advice.map(|advice| advice.view(texts)),
    })
}

impl Engine {
    /// Everything that is known now, from the store alone.
    ///
    /// # Errors
    /// When the data file cannot be read.
    pub fn status(&self, texts: &Texts) -> Result<Status> {
        let now = self.now().utc();
        self.read(|reader| {
            let places = reader.places()?;
            let places = places.iter().map(|place| place_status(reader, texts, place, now));
            Ok(Status {
                now: now.trunc_subsecs(0),
                places: places.collect::<StoreResult<_>>()?,
                sources: source_states(reader, texts)?,
            })
        })
    }

    /// How each source fares.
    pub(crate) fn source_states(&self, texts: &Texts) -> Result<Vec<SourceStatus>> {
        self.read(|reader| source_states(reader, texts))
    }

    /// The alerts of the last days, the latest first.
    ///
    /// # Errors
    /// When the data file cannot be read.
    pub fn alerts(&self, texts: &Texts, days: u32) -> Result<Vec<AlertView>> {
        let now = self.now().utc();
        let since = now - TimeDelta::days(i64::from(days));
        self.read(|reader| {
            let rows = reader.alerts_since(since)?;
            rows.into_iter().map(|row| alert_view(reader, texts, row, now)).collect()
        })
    }

    /// An alert with the readings and decisions behind it.
    ///
    /// # Errors
    /// [`EngineError::NoSuchAlert`], or a data file that cannot be read.
    pub fn explain(&self, texts: &Texts, alert: AlertId) -> Result<Explanation> {
        let now = self.now().utc();
        let explanation = self.read(|reader| {
            let Some(row) = reader.alert(alert)? else { return Ok(None) };
            let zone = row.time_zone;
            let readings = reader.alert_causes(alert)?;
            let decisions =
                reader.decisions(alert)?.into_iter().map(|row: DecisionRow| DecisionView {
                    first_at: row.first_at,
                    last_at: row.last_at,
                    outcome: row.outcome,
                    reason: row.reason,
                    level: row.level,
                });
            Ok(Some(Explanation {
                alert: alert_view(reader, texts, row, now)?,
                delivered: reader.was_delivered(alert)?,
                readings: readings
                    .iter()
                    .map(|reading| words::past_status(texts, reading, zone, now))
                    .collect(),
                decisions: decisions.collect(),
            }))
        })?;
        explanation.ok_or(EngineError::NoSuchAlert { id: alert.0 })
    }

    /// Keeps that somebody opened an alert.
    ///
    /// # Errors
    /// When the data file cannot be written.
    pub fn open_alert(&self, alert: AlertId) -> Result<()> {
        let now = self.now().utc();
        self.write(|writer| writer.save_opened(alert, now))
    }

    /// The alerts that the notification under a number is about.
    ///
    /// # Errors
    /// When the data file cannot be read.
    pub fn alerts_under(&self, number: i64) -> Result<Vec<AlertId>> {
        self.read(|reader| reader.alerts_under(number))
    }

    /// Mutes what is told of the metric of an alert to its person.
    ///
    /// # Errors
    /// [`EngineError::NoSuchAlert`], or a data file that cannot be written.
    pub fn mute_alert(&self, alert: AlertId, how: MuteFor) -> Result<()> {
        let row = self.read(|reader| reader.alert(alert))?;
        let of = row.and_then(|row| Some((row.person?, row.metric)));
        let (person, metric) = of.ok_or(EngineError::NoSuchAlert { id: alert.0 })?;
        self.mute(person, metric, Some(how)).map(drop)
    }

    /// Keeps whether somebody found an alert useful.
    ///
    /// # Errors
    /// [`EngineError::NoSuchAlert`], or a data file that cannot be written.
    pub fn rate_alert(&self, alert: AlertId, useful: bool) -> Result<()> {
        let known = self.write(|writer| {
            let known = writer.reader().alert(alert)?.is_some();
            if known {
                writer.save_useful(alert, useful)?;
            }
            Ok(known)
        })?;
        if known { Ok(()) } else { Err(EngineError::NoSuchAlert { id: alert.0 }) }
    }

    /// The first day of which anything is stored for a metric at a place.
    ///
    /// # Errors
    /// When the data file cannot be read.
    pub fn first_day(&self, place: &Place, metric: Metric) -> Result<Option<NaiveDate>> {
        self.read(|reader| reader.first_day(place, metric))
    }

    /// The pieces of advice that a person would be given today at a level of a metric, the first
    /// first, each with why.
    ///
    /// # Errors
    /// When the data file cannot be read.
    pub fn advice(
        &self,
        texts: &Texts,
        person: &Person,
        metric: Metric,
        level: u8,
    ) -> Result<Vec<AdviceWithReasons>> {
        let now = self.now();
        let date = now.local().date_naive();
        let profile = &person.profile;
        let situation = Situation { metric, level, profile, date, episode: None };
        let history = self.read(|reader| reader.advice_history(person.id, date))?;
        let pieces = advice::select(&situation, &history, now.utc());
        let why = |piece: &Advice| piece.why(&situation, texts);
        Ok(pieces.iter().map(|it| with_reasons(texts, it, why(it), &history)).collect())
    }

    /// The pieces of advice that hold for a person in this season whatever any level says, each
    /// with why.
    ///
    /// # Errors
    /// When the data file cannot be read.
    pub fn standing_advice(
        &self,
        texts: &Texts,
        person: &Person,
    ) -> Result<Vec<AdviceWithReasons>> {
        let now = self.now();
        let date = now.local().date_naive();
        let history = self.read(|reader| reader.advice_history(person.id, date))?;
        let pieces = advice::standing(&person.profile, date, &history, now.utc());
        let why = |piece: &Advice| piece.why_standing(&person.profile, date, texts);
        Ok(pieces.iter().map(|it| with_reasons(texts, it, why(it), &history)).collect())
    }

    /// Keeps what a person says today of a piece of advice.
    ///
    /// # Errors
    /// [`EngineError::NoSuchAdvice`], [`EngineError::NoSuchPerson`], or a data file that cannot be
    /// written.
    pub fn mark_advice(&self, person: PersonId, advice: &str, mark: Mark) -> Result<()> {
        let Some(piece) = advice::by_id(advice) else {
            return Err(EngineError::NoSuchAdvice { id: advice.to_owned() });
        };
        let now = self.now();
        let known = self.write(|writer| {
            let known = writer.reader().people()?.iter().any(|it| it.id == person);
            if known {
                let today = now.local().date_naive();
                writer.mark_advice(person, &piece.id, mark, today, now.utc())?;
            }
            Ok(known)
        })?;
        if known { Ok(()) } else { Err(EngineError::NoSuchPerson { name: person.0.to_string() }) }
    }

    /// Everybody, in the order in which they were added.
    ///
    /// # Errors
    /// When the data file cannot be read.
    pub fn people(&self) -> Result<Vec<Person>> {
        self.read(|reader| reader.people())
    }

    /// The person of this name, or the first one where no name is given.
    ///
    /// # Errors
    /// [`EngineError::NoSuchPerson`], or a data file that cannot be read.
    pub fn person(&self, name: Option<&str>) -> Result<Person> {
        let same = |person: &&Person| match name {
            None => true,
            Some(name) => person.name.as_deref().is_some_and(|known| same_name(known, name)),
        };
        self.people()?
            .iter()
            .find(same)
            .cloned()
            .ok_or_else(|| EngineError::NoSuchPerson { name: name.unwrap_or_default().to_owned() })
    }

    /// Sets entries of a profile, and of the device for the keys `quiet`, `lead`, `digest`, `retention` and
    /// `relay`: all of them or none.
    ///
    /// A name that nobody has yet makes a new person; no name means the unnamed one.
    ///
    /// # Errors
    /// An entry that is refused, with what would be right; a file that cannot be written.
    pub fn set_profile(&self, name: Option<&str>, entries: &[(String, String)]) -> Result<Person> {
        let name = name.map(str::trim).filter(|name| !name.is_empty());
        let added_at = self.now().utc().timestamp();
        let mut refused = None;
        // Read, changed and written at once: two processes may set two keys at the same time.
        let person = self.write(|writer| {
            let reader = writer.reader();
            let people = reader.people()?;
            let known = people.iter().find(|person| match (name, person.name.as_deref()) {
                (None, None) => true,
                (Some(name), Some(known)) => same_name(known, name),
                _ => false,
            });
            let mut profile = known.map_or_else(Profile::default, |person| person.profile.clone());
            let mut settings = reader.settings()?;
            if let Err(error) = apply(entries, &mut profile, &mut settings, &reader.places()?) {
                refused = Some(error);
                return Ok(None);
            }
            let (id, name) = match known {
                Some(person) => (person.id, person.name.clone()),
                None => (writer.add_person(name, added_at)?, name.map(str::to_owned)),
            };
            writer.save_profile(id, &profile)?;
            let of_device = [QUIET, RETENTION, LEAD, DIGEST, RELAY];
            if entries.iter().any(|(key, _)| of_device.contains(&key.as_str())) {
                writer.save_settings(&settings)?;
            }
            Ok(Some(Person { id, name, profile }))
        })?;
        match (person, refused) {
            (Some(person), _) => Ok(person),
            (None, Some(error)) => Err(error),
            (None, None) => Err(EngineError::NoSuchPerson { name: String::new() }),
        }
    }
}

impl Engine {
    /// Removes a person; their alerts stay in the list. The unnamed one stays.
    ///
    /// # Errors
    /// When the data file cannot be written.
    pub fn remove_person(&self, person: PersonId) -> Result<()> {
        self.write(|writer| writer.remove_person(person)).map(drop)
    }

    /// Sets the language of messages; `None`: that of the system.
    ///
    /// # Errors
    /// When the data file cannot be written.
    pub fn set_language(&self, language: Option<Language>) -> Result<()> {
        self.change_settings(|settings| settings.language = language)
    }

    /// Sets the hours in which notifications wait, `22:00-07:00`; `None`: never.
    ///
    /// # Errors
    /// [`EngineError::QuietHours`], or a data file that cannot be written.
    pub fn set_quiet_hours(&self, hours: Option<&str>) -> Result<()> {
        let hours = quiet_hours(hours.unwrap_or_default())?;
        self.change_settings(|settings| settings.quiet_hours = hours)
    }

    /// Has notifications wait until tomorrow morning, this once, or no longer.
    ///
    /// # Errors
    /// When the data file cannot be written.
    pub fn set_quiet_until_morning(&self, quiet: bool) -> Result<()> {
        let until = quiet.then(|| tomorrow_morning(self.now().local()));
        self.change_settings(|settings| settings.quiet_until = until)
    }

    /// Until when notifications wait this once; `None` where they do not, or no longer.
    ///
    /// # Errors
    /// When the data file cannot be read.
    pub fn quiet_until(&self) -> Result<Option<DateTime<Utc>>> {
        let now = self.now().utc();
        Ok(self.settings()?.quiet_until.filter(|until| *until > now))
    }

    /// Sets who is asked before the sources for what it has of them: a base address; empty or `off`:
    /// nobody. See [`crate::relay`].
    ///
    /// # Errors
    /// [`EngineError::Relay`], or a data file that cannot be written.
    pub fn set_relay(&self, address: &str) -> Result<()> {
        let relay = relay(address)?;
        self.change_settings(|settings| settings.relay = relay)
    }

    /// Sets how long ahead an episode is told: `known`, `evening` or `day`.
    ///
    /// # Errors
    /// [`EngineError::Lead`], or a data file that cannot be written.
    pub fn set_lead(&self, word: &str) -> Result<()> {
        let lead = lead(word)?;
        self.change_settings(|settings| settings.lead = lead)
    }

    /// Sets when a summary of the day is told: `morning`, `evening`, `both`; `None`: never.
    ///
    /// # Errors
    /// [`EngineError::Digest`], or a data file that cannot be written.
    pub fn set_digest(&self, word: Option<&str>) -> Result<()> {
        let digest = digest(word.unwrap_or_default())?;
        self.change_settings(|settings| settings.digest = digest)
    }

    /// Mutes what a rule on a metric tells a person, or lets it speak again (`None`). Whatever is of
    /// the highest class is told all the same.
    ///
    /// # Errors
    /// [`EngineError::NoSuchPerson`], a metric without rules, or a data file that cannot be written.
    pub fn mute(&self, person: PersonId, metric: Metric, how: Option<MuteFor>) -> Result<Person> {
        let today = self.now().local().date_naive();
        let until = how.map(|how| how.until(metric, today).to_string());
        self.write(|writer| {
            let people = writer.reader().people()?;
            let Some(mut person) = people.into_iter().find(|it| it.id == person) else {
                return Ok(Err(EngineError::NoSuchPerson { name: person.0.to_string() }));
            };
            // What is over says nothing any more.
            person.profile.mutes.retain(|_, until| *until > today);
            let entry = format!("mute.{metric}");
            if let Err(error) = person.profile.set(&entry, until.as_deref().unwrap_or_default()) {
                return Ok(Err(EngineError::Profile(error)));
            }
            writer.save_profile(person.id, &person.profile)?;
            Ok(Ok(person))
        })?
    }

    /// Read, changed and written at once, as a profile is.
    pub(crate) fn change_settings(&self, change: impl FnOnce(&mut Settings)) -> Result<()> {
        self.write(|writer| {
            let mut settings = writer.reader().settings()?;
            change(&mut settings);
            writer.save_settings(&settings)
        })
    }
}

/// The coming morning that is not today's, by the clock of the device.
fn tomorrow_morning(now: DateTime<FixedOffset>) -> DateTime<Utc> {
    let tomorrow = next_day(now.date_naive());
    let morning = NaiveTime::from_hms_opt(MORNING, 0, 0).unwrap_or_default();
    let local = tomorrow.and_time(morning).and_local_timezone(*now.offset());
    // A clock at a fixed offset shows every hour once.
    local.single().unwrap_or(now).to_utc()
}

/// The key of the quiet hours among the entries of a profile.
const QUIET: &str = "quiet";

/// The key of how long ahead an episode is told.
const LEAD: &str = "lead";

/// The key of when a summary of the day is told.
const DIGEST: &str = "digest";

/// The key of how long what was published is kept; no value stands for what it is without.
const RETENTION: &str = "retention";

/// The key of who is asked before the sources.
const RELAY: &str = "relay";

/// Sets entries one after the other.
fn apply(
    entries: &[(String, String)],
    profile: &mut Profile,
    settings: &mut Settings,
    saved: &[Place],
) -> Result<()> {
    for (key, value) in entries {
        if key == QUIET {
            settings.quiet_hours = quiet_hours(value)?;
            continue;
        }
        if key == LEAD {
            settings.lead = lead(value)?;
            continue;
        }
        if key == DIGEST {
            settings.digest = digest(value)?;
            continue;
        }
        if key == RETENTION {
            settings.retention = match value.trim() {
                "" => Retention::default(),
                years => years.parse().map_err(|_| EngineError::Retention(years.to_owned()))?,
            };
            continue;
        }
        if key == RELAY {
            settings.relay = relay(value)?;
            continue;
        }
        profile.set(key, value).map_err(EngineError::Profile)?;
        let named = profile.places.iter().flatten().filter(|_| key == "places");
        for id in named {
            if !saved.iter().any(|place| place.id == *id) {
                return Err(EngineError::NoSuchPlace { query: id.0.to_string() });
            }
        }
    }
    Ok(())
}

fn relay(value: &str) -> Result<Option<String>> {
    let base = parse_relay(Some(value.trim()).filter(|base| !matches!(*base, "" | "off")))?;
    Ok(base.map(|base| base.to_string()))
}

fn lead(value: &str) -> Result<Lead> {
    match value.trim() {
        "" => Ok(Lead::default()),
        word => word.parse().map_err(|_| EngineError::Lead(word.to_owned())),
    }
}

fn digest(value: &str) -> Result<Option<Digest>> {
    match value.trim() {
        "" | "off" => Ok(None),
        word => word.parse().map(Some).map_err(|_| EngineError::Digest(word.to_owned())),
    }
}

fn quiet_hours(value: &str) -> Result<Option<QuietHours>> {
    match value.trim() {
        "" | "off" => Ok(None),
        hours => hours.parse().map(Some).map_err(|_| EngineError::QuietHours(hours.to_owned())),
    }
}
