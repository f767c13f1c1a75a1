//! Asks the producers for the whole country, by the schedule, budgets and rests of the app itself:
//! who publishes for a million asks no oftener than one of them.

use chrono::{DateTime, TimeDelta, Utc};
use ecosante_domain::reading::Source;

use crate::engine::{Engine, Result, failure};
use crate::http::FetchError;
use crate::schedule::{self, Alarm, Health, Left, Wanted};
use crate::sources::national;

/// What came of asking a source for the whole country.
#[derive(Debug)]
pub struct CountryAnswer {
    /// The source.
    pub source: Source,
    /// When it was asked.
    pub asked_at: DateTime<Utc>,
    /// Its answer as [`national::ask`] gives it, or why there is none.
    pub pages: std::result::Result<Vec<Vec<u8>>, FetchError>,
}

/// How a source has fared so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountryHealth {
    /// The source.
    pub source: Source,
    /// When it was last asked.
    pub asked_at: Option<DateTime<Utc>>,
    /// When it last answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// When it is asked next.
    pub next_due: Option<DateTime<Utc>>,
    /// The code of the error of the last attempt.
    pub error: Option<String>,
}

/// For how many days it is known where communes lie.
const CENTRES_HOLD: TimeDelta = TimeDelta::days(30);

/// Under which name asking for the centres of communes is remembered.
const CENTRES: &str = "commune-centres";

impl Engine {
    /// Asks those of [`national::SOURCES`] that are due (`all`: every one) for the whole country.
    ///
    /// What came of it is to be told to [`Engine::country_read`], one by one: only an answer that can
    /// be read is one.
    ///
    /// # Errors
    /// When the data file cannot be used, or no request can be made at all.
    pub async fn ask_country(&self, all: bool) -> Result<Vec<CountryAnswer>> {
        let client = self.client_that(all)?;
        let mut answers = Vec::new();
        for source in national::SOURCES {
            let asked_at = self.now().utc();
            let health = self.read(|reader| reader.health(source.name()))?;
            // Whoever publishes asks when a stretch opens, as one who opens the app: installs that
            // spread over the stretch read here what was asked for at its beginning.
            let wanted = Wanted { unasked: false, looked_at: true };
            let due = schedule::is_due(source, &health, wanted, asked_at);
            let held = schedule::holds(source, &health, asked_at);
            if !all && (held || !due) {
                continue;
            }
            let client = match source {
                Source::MeteoFrance => {
                    client.clone().with_meteo_france_key(self.meteo_france_key().await?)
                }
                _ => client.clone(),
            };
            let pages = national::ask(&client, source, asked_at).await;
            answers.push(CountryAnswer { source, asked_at, pages });
        }
        Ok(answers)
    }

    /// Keeps what came of asking a source, and when it is asked next: `awaited` where it lacks what
    /// should be published by now, `alarm` for what it announces.
    ///
    /// # Errors
    /// When the data file cannot be written.
    pub fn country_read(
        &self,
        source: Source,
        asked_at: DateTime<Utc>,
        outcome: std::result::Result<(bool, Alarm), &FetchError>,
    ) -> Result<()> {
        let secret = self.secret()?;
        self.write(|writer| {
            let before = writer.reader().health(source.name())?;
            let health = match outcome {
                Ok((awaited, alarm)) => Health {
                    last_attempt: Some(asked_at),
                    last_success: Some(asked_at),
                    next_due: Some(schedule::after_answer(
                        source,
                        secret,
                        Left { awaited, alarm },
                        asked_at,
                    )),
                    failures: 0,
                    error: None,
                    nothing_for_today: awaited,
                    last_today: if awaited { before.last_today } else { Some(asked_at) },
                    silence_told: None,
                },
                Err(error) => {
                    let failures = before.failures + 1;
                    let failure = failure(error, failures, asked_at);
                    Health {
                        last_attempt: Some(asked_at),
                        next_due: Some(schedule::after_failure(source, secret, failure, asked_at)),
                        failures,
                        error: Some(error.code().to_owned()),
                        ..before
                    }
                }
            };
            writer.save_health(source.name(), &health)
        })
    }

    /// How each source has fared.
    ///
    /// # Errors
    /// When the data file cannot be read.
    pub fn country_health(&self) -> Result<Vec<CountryHealth>> {
        let of = |source: Source| {
            let health = self.read(|reader| reader.health(source.name()))?;
            Ok(CountryHealth {
                source,
                asked_at: health.last_attempt,
                answered_at: health.last_success,
                next_due: schedule::next_due(source, &health),
                error: health.error,
            })
        };
        national::SOURCES.into_iter().map(of).collect()
    }

    /// Asks where the communes lie, once in thirty days; `None` where that is still known
    /// (`known`), or cannot be had now.
    ///
    /// # Errors
    /// When the data file cannot be used.
    pub async fn ask_centres(&self, known: bool) -> Result<Option<Vec<u8>>> {
        let now = self.now().utc();
        let before = self.read(|reader| reader.health(CENTRES))?;
        let rests =
            |hold: TimeDelta| before.last_attempt.is_some_and(|at| now - at < hold && at <= now);
        let hold = if before.error.is_none() { CENTRES_HOLD } else { TimeDelta::hours(1) };
        if rests(hold) && (known || before.error.is_some()) {
            return Ok(None);
        }
        let answer = national::ask_centres(&self.client()?).await;
        let health = Health {
            last_attempt: Some(now),
            error: answer.as_ref().err().map(|error| error.code().to_owned()),
            ..before
        };
        self.write(|writer| writer.save_health(CENTRES, &health))?;
        Ok(answer.ok())
    }
}
