//! Settings that the engine needs, and the people and their profiles.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, FixedOffset, Months, NaiveDate, Utc};
use ecosante_domain::decision::Lead;
use ecosante_domain::digest::{Digest, DigestDue};
use ecosante_domain::person::{Person, PersonId, Profile};
use ecosante_domain::quiet_hours::QuietHours;
use ecosante_domain::text::Language;
use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use serde_json::Value;

use super::{Reader, Result, Writer, json, to_json, word};

/// Settings of the device that the command line and the window share.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// The language of messages; `None`: that of the system.
    pub language: Option<Language>,
    /// When notifications wait.
    pub quiet_hours: Option<QuietHours>,
    /// Until when notifications wait this once, whatever the hour.
    pub quiet_until: Option<DateTime<Utc>>,
    /// The base URL of a gateway that answers for every upstream.
    pub gateway: Option<String>,
    /// The base URL of a relay that may be asked in the place of producers.
    pub relay: Option<String>,
    /// Whether the keychain of the system has a key of the person's own to Météo-France. The key
    /// itself is never in this file.
    pub has_meteo_france_key: bool,
    /// For how long what was published is kept.
    pub retention: Retention,
    /// How long ahead an episode is told.
    pub lead: Lead,
    /// When a summary of the day is told.
    pub digest: Option<Digest>,
}

impl Settings {
    /// Whether notifications wait at a moment, by the clock of the device; what is urgent never
    /// does.
    #[must_use]
    pub fn is_quiet_at(&self, moment: DateTime<FixedOffset>) -> bool {
        self.quiet_until.is_some_and(|until| moment < until)
            || self.quiet_hours.is_some_and(|hours| hours.contains(moment.time()))
    }
}

/// For how many years what was published is kept, unless the person says otherwise.
pub const RETENTION_YEARS: u32 = 5;

/// The most years that can be asked for; longer is [`Retention::Always`].
pub const MOST_RETENTION_YEARS: u32 = 50;

/// For how long what was published is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(into = "Value")]
pub enum Retention {
    /// So many years, 1 to 50.
    Years(u32),
    /// For good.
    Always,
}

impl Retention {
    /// The first day that is kept at `today`; `None` where everything is.
    #[must_use]
    pub fn first_day(self, today: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Years(years) => today.checked_sub_months(Months::new(years.saturating_mul(12))),
            Self::Always => None,
        }
    }
}

impl Default for Retention {
    fn default() -> Self {
        Self::Years(RETENTION_YEARS)
    }
}

impl fmt::Display for Retention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Years(years) => write!(f, "{years}"),
            Self::Always => f.write_str(ALWAYS),
        }
    }
}

impl FromStr for Retention {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        if text.trim() == ALWAYS {
            return Ok(Self::Always);
        }
        let years = text.trim().parse().ok().filter(|it| (1..=MOST_RETENTION_YEARS).contains(it));
        years.map(Self::Years).ok_or_else(|| format!("{text:?} are no years from 1 to 50"))
    }
}

impl From<Retention> for Value {
    fn from(retention: Retention) -> Self {
        match retention {
            Retention::Years(years) => years.into(),
            Retention::Always => ALWAYS.into(),
        }
    }
}

/// How [`Retention::Always`] is written.
const ALWAYS: &str = "always";

pub(super) const LANGUAGE: &str = "language";
pub(super) const QUIET_HOURS: &str = "quiet-hours";
const QUIET_UNTIL: &str = "quiet-until";
pub(super) const GATEWAY: &str = "gateway";
pub(super) const RELAY: &str = "relay";
const METEO_FRANCE_KEY: &str = "has-meteo-france-key";
pub(super) const RETENTION: &str = "retention-years";
pub(super) const LEAD: &str = "lead";
pub(super) const DIGEST: &str = "digest";
pub(super) const DIGESTED: &str = "digest-told";
const FORGOTTEN: &str = "forgotten-on";
const SECRET: &str = "install-secret";

impl Reader<'_> {
    pub(super) fn setting(&self, key: &str) -> Result<Option<String>> {
        let value = self
            .transaction
            .prepare_cached("SELECT value FROM setting WHERE key = ?1")?
            .query_row([key], |row| row.get(0))
            .optional()?;
        Ok(value)
    }

    /// The settings of the device.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn settings(&self) -> Result<Settings> {
        let parsed = |key| -> Result<Option<String>> { self.setting(key) };
        Ok(Settings {
            language: parsed(LANGUAGE)?.map(|code| word("language", &code)).transpose()?,
            quiet_hours: parsed(QUIET_HOURS)?.map(|text| word("quiet hours", &text)).transpose()?,
            quiet_until: parsed(QUIET_UNTIL)?.map(|it| word("moment", &it)).transpose()?,
            gateway: parsed(GATEWAY)?,
            relay: parsed(RELAY)?,
            has_meteo_france_key: parsed(METEO_FRANCE_KEY)?.is_some(),
            lead: parsed(LEAD)?.map(|it| word("lead time", &it)).transpose()?.unwrap_or_default(),
            digest: parsed(DIGEST)?.map(|it| word("digest", &it)).transpose()?,
            retention: match parsed(RETENTION)? {
                Some(years) => word("retention", &years)?,
                None => Retention::default(),
            },
        })
    }

    /// The day on which what is too old was last deleted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn forgotten_on(&self) -> Result<Option<NaiveDate>> {
        self.setting(FORGOTTEN)?.map(|day| word("day", &day)).transpose()
    }

    /// The summary that was told last.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn digest_told(&self) -> Result<Option<DigestDue>> {
        self.setting(DIGESTED)?.map(|it| word("digest", &it)).transpose()
    }

    /// The number by which this install spreads its questions; the same for the life of the file.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn secret(&self) -> Result<Option<u64>> {
        self.setting(SECRET)?.map(|text| word("install secret", &text)).transpose()
    }

    /// Everybody, in the order in which they were added.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn people(&self) -> Result<Vec<Person>> {
        let mut statement =
            self.transaction.prepare_cached("SELECT id, name, profile FROM person ORDER BY id")?;
        let rows = statement.query_map([], |row| {
            Ok((row.get(0)?, row.get::<_, Option<String>>(1)?, row.get::<_, String>(2)?))
        })?;
        rows.map(|row| {
            let (id, name, profile) = row?;
            Ok(Person { id: PersonId(id), name, profile: json("profile", &profile)? })
        })
        .collect()
    }
}

impl Writer<'_> {
    pub(super) fn set(&self, key: &str, value: Option<&str>) -> Result<()> {
        match value {
            Some(value) => self
                .transaction
                .prepare_cached(
                    "INSERT INTO setting (key, value) VALUES (?1, ?2)
                     ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                )?
                .execute([key, value])?,
            None => self
                .transaction
                .prepare_cached("DELETE FROM setting WHERE key = ?1")?
                .execute([key])?,
        };
        Ok(())
    }

    /// Keeps which summary was told last.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_digest_told(&self, told: DigestDue) -> Result<()> {
        self.set(DIGESTED, Some(&told.to_string()))
    }

    /// Replaces the settings of the device.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_settings(&self, settings: &Settings) -> Result<()> {
        self.set(LANGUAGE, settings.language.map(Language::code))?;
        let quiet_hours = settings.quiet_hours.map(|hours| hours.to_string());
        self.set(QUIET_HOURS, quiet_hours.as_deref())?;
        let quiet_until = settings.quiet_until.map(|until| until.to_rfc3339());
        self.set(QUIET_UNTIL, quiet_until.as_deref())?;
        self.set(GATEWAY, settings.gateway.as_deref())?;
        self.set(RELAY, settings.relay.as_deref())?;
        self.set(METEO_FRANCE_KEY, settings.has_meteo_france_key.then_some("yes"))?;
        let lead = (settings.lead != Lead::default()).then(|| settings.lead.word());
        self.set(LEAD, lead)?;
        self.set(DIGEST, settings.digest.map(Digest::word))?;
        let retention = settings.retention.to_string();
        let own = settings.retention != Retention::default();
        self.set(RETENTION, own.then_some(retention.as_str()))
    }

    /// Keeps the day on which what is too old was last deleted.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_forgotten_on(&self, day: NaiveDate) -> Result<()> {
        self.set(FORGOTTEN, Some(&day.to_string()))
    }

    /// Keeps the number by which this install spreads its questions.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_secret(&self, secret: u64) -> Result<()> {
        self.set(SECRET, Some(&secret.to_string()))
    }

    /// Adds a person with an empty profile.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_person(&self, name: Option<&str>, added_at: i64) -> Result<PersonId> {
        self.transaction
            .prepare_cached("INSERT INTO person (name, profile, added_at) VALUES (?1, '{}', ?2)")?
            .execute(params![name, added_at])?;
        Ok(PersonId(self.transaction.last_insert_rowid()))
    }

    /// Removes a person; their alerts stay, under their name, and end when they are judged next.
    /// Whether there was one: the unnamed one stays, who is "you" wherever nobody is named.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn remove_person(&self, person: PersonId) -> Result<bool> {
        let removed = self
            .transaction
            .prepare_cached("DELETE FROM person WHERE id = ?1 AND name IS NOT NULL")?
            .execute([person.0])?;
        Ok(removed > 0)
    }

    /// Replaces the profile of a person.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_profile(&self, person: PersonId, profile: &Profile) -> Result<()> {
        self.transaction
            .prepare_cached("UPDATE person SET profile = ?2 WHERE id = ?1")?
            .execute(params![person.0, to_json("profile", profile)?])?;
        Ok(())
    }
}
