//! The engine: polls what is due, keeps what came, judges it, tells whoever must know.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Days, TimeDelta, Utc};
use ecosante_domain::digest;
use ecosante_domain::metric::Metric;
use ecosante_domain::place::Place;
use ecosante_domain::reading::{Reading, Source, Target};
use ecosante_domain::text::{Arg, Language, Texts};
use ecosante_domain::words;
use tokio::sync::Notify;

use crate::clock::{Clock, Now};
use crate::error::EngineError;
use crate::evaluate::evaluate;
use crate::geocoding;
use crate::host::{Host, Notification, Progress};
use crate::http::{BaseUrl, FetchError, HttpClient, HttpOptions};
use crate::keychain::{self, KeychainError};
use crate::ledger::{Ledger, Turns};
use crate::relay;
use crate::schedule::{self, Alarm, Failure, Health, Left, Wanted};
use crate::sources::{self, Harvest, PAST_PLACES, PlaceZone, Publisher, national};
use crate::store::{
    Asked, DeliveryOutcome, NewNotification, PastAsked, Reader, Settings, Store, StoreError, Writer,
};
use crate::window::places_today;

/// The name of the file whose lock says that a process is polling. The system lets go of the lock
/// when that process ends, however it ends.
const POLL_LOCK: &str = "poll.lock";

/// How long to wait for another process that is polling.
const POLL_LOCK_WAIT: Duration = Duration::from_secs(15);

/// How long the keychain may take, a password included.
const KEYCHAIN_WAIT: Duration = Duration::from_secs(30);

/// How often a running engine looks whether something is due.
pub const LOOK: Duration = Duration::from_secs(20);

/// How often a running engine judges what is stored, whether or not something was due.
pub const JUDGE: TimeDelta = TimeDelta::minutes(10);

/// Under which name the lookup of coordinates is remembered beside the sources.
const COORDINATES: &str = "geo-api-gouv";

/// How the engine is to run.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder of the data file.
    pub folder: PathBuf,
    /// Where `now` comes from.
    pub clock: Clock,
    /// The base URL of a gateway; goes before the one in the settings.
    pub gateway: Option<String>,
    /// The base URL of a relay; goes before the one in the settings.
    pub relay: Option<String>,
    /// The language to speak; goes before the one in the settings.
    pub language: Option<Language>,
    /// The language of the system, where neither is set.
    pub system_language: Language,
    /// Limits of each request.
    pub http: HttpOptions,
}

/// What a refresh did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Refreshed {
    /// The sources that answered; one that failed for some places only is in both lists.
    pub answered: Vec<Source>,
    /// The sources that failed, wholly or for some places, with the code of their error.
    pub failed: Vec<(Source, String)>,
    /// How many notifications were handed over.
    pub told: usize,
    /// Why a notification was refused by whoever shows them.
    pub refused: Option<String>,
    /// Another process was polling, so that nothing was asked here.
    pub elsewhere: bool,
}

impl Refreshed {
    /// Whether sources were asked and none of them answered.
    #[must_use]
    pub fn nobody_answered(&self) -> bool {
        self.answered.is_empty() && !self.failed.is_empty()
    }
}

/// The engine over one data file.
///
/// ```
/// use ecosante_domain::text::{Language, Texts};
/// use ecosante_engine::clock::Clock;
/// use ecosante_engine::http::HttpOptions;
/// use ecosante_engine::{Engine, Options};
///
/// let folder = tempfile::tempdir()?;
/// let engine = Engine::open(Options {
///     folder: folder.path().to_owned(),
///     clock: Clock::from("2026-09-08T16:00:00+02:00".parse()?),
///     // Nobody listens there, and no other host is asked.
///     gateway: Some("http://127.0.0.1:9".to_owned()),
///     relay: None,
///     language: None,
///     system_language: Language::En,
///     http: HttpOptions::default(),
/// })?;
/// let asthma = [("conditions".to_owned(), "asthma".to_owned())];
/// let lea = engine.set_profile(Some("Léa"), &asthma)?;
/// assert_eq!(lea.profile.air_sensitivities().len(), 1);
///
/// // Where the commune lies cannot be looked up now; it is saved all the same.
/// let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
/// let added = runtime.block_on(engine.add_place("Lyon", None, Language::En))?;
/// assert_eq!(added.place.commune.map(|it| it.code), Some("69123".to_owned()));
///
/// // From the file alone: nothing is known yet, and nothing is made up.
/// let status = engine.status(&engine.texts()?)?;
/// assert_eq!(status.places[0].name, "Lyon");
/// assert!(status.places[0].readings.iter().all(|it| it.level.is_none()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Engine {
    store: Arc<Mutex<Store>>,
    turns: Turns,
    options: Options,
    /// Rouses [`Self::run`] before its time.
    wake: Notify,
    /// The next round of [`Self::run`] asks every source.
    all_wanted: AtomicBool,
    /// Sources are being asked right now.
    refreshing: AtomicBool,
    /// A person has opened the app since the last round.
    looked_at: AtomicBool,
    /// The person's own key to Météo-France, once the keychain was asked.
    key: Mutex<Option<Option<String>>>,
    /// When the person last asked for everything.
    asked_for_all: Mutex<Option<DateTime<Utc>>>,
    /// How many notifications the system was handed ahead of their time, where it is at all.
    planned_ahead: Mutex<Option<usize>>,
    /// What is wrong with the last round of [`Self::run`].
    trouble: Mutex<Option<EngineError>>,
    /// What [`Self::run`] is to end with.
    fatal: Mutex<Option<EngineError>>,
    /// What was exported last to a folder of the person's.
    last_export: Mutex<Option<PathBuf>>,
}

/// A result of the engine.
pub type Result<T> = std::result::Result<T, EngineError>;

impl Engine {
    /// Opens the data file and checks the options.
    ///
    /// # Errors
    /// A gateway or relay that is no base URL, or a data file that cannot be used.
    pub fn open(options: Options) -> Result<Self> {
        parse_gateway(options.gateway.as_deref())?;
        parse_relay(options.relay.as_deref())?;
        let mut store = Store::open(&options.folder)?;
        if store.read(|reader| reader.secret())?.is_none() {
            let secret = new_secret();
            store.write(|writer| match writer.reader().secret()? {
                Some(_) => Ok(()),
                None => writer.save_secret(secret),
            })?;
        }
        Ok(Self {
            store: Arc::new(Mutex::new(store)),
            turns: Turns::new(),
            options,
            wake: Notify::new(),
            all_wanted: AtomicBool::new(false),
            refreshing: AtomicBool::new(false),
            looked_at: AtomicBool::new(false),
            key: Mutex::default(),
            asked_for_all: Mutex::default(),
            planned_ahead: Mutex::default(),
            trouble: Mutex::default(),
            fatal: Mutex::default(),
            last_export: Mutex::default(),
        })
    }

    /// What the clock shows.
    #[must_use]
    pub fn now(&self) -> Now {
        self.options.clock.now()
    }

    /// Where the data file is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.options.folder
    }

    /// The sentences of the language that is spoken.
    ///
    /// # Errors
    /// When the settings cannot be read.
    pub fn texts(&self) -> Result<Texts> {
        let chosen = self.read(|reader| reader.settings())?.language;
        let language = self.options.language.or(chosen).unwrap_or(self.options.system_language);
        Ok(Texts::new(language))
    }

    /// The settings of the device.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn settings(&self) -> Result<Settings> {
        self.read(|reader| reader.settings())
    }

    /// Replaces the settings of the device.
    ///
    /// # Errors
    /// A gateway or relay that is no base URL, or a file that cannot be written.
    pub fn save_settings(&self, settings: &Settings) -> Result<()> {
        parse_gateway(settings.gateway.as_deref())?;
        parse_relay(settings.relay.as_deref())?;
        self.write(|writer| writer.save_settings(settings))
    }

    pub(crate) fn read<T>(
        &self,
        look: impl FnOnce(&Reader<'_>) -> std::result::Result<T, StoreError>,
    ) -> Result<T> {
        Ok(self.store().read(look)?)
    }

    pub(crate) fn write<T>(
        &self,
        change: impl FnOnce(&Writer<'_>) -> std::result::Result<T, StoreError>,
    ) -> Result<T> {
        Ok(self.store().write(change)?)
    }

    pub(crate) fn rehearse<T>(
        &self,
        change: impl FnOnce(&Writer<'_>) -> std::result::Result<T, StoreError>,
    ) -> Result<T> {
        Ok(self.store().rehearse(change)?)
    }

    fn store(&self) -> MutexGuard<'_, Store> {
        lock(&self.store)
    }

    /// The client for what a person asks for, by the gateway and the relay that are set now.
    pub(crate) fn client(&self) -> Result<HttpClient> {
        self.client_that(true)
    }

    /// The client; `insists`: hosts that rest after failures are asked all the same.
    pub(crate) fn client_that(&self, insists: bool) -> Result<HttpClient> {
        let (set, given) = (self.settings()?, &self.options);
        let gateway = parse_gateway(given.gateway.as_ref().or(set.gateway.as_ref()))?;
        let relay = parse_relay(given.relay.as_ref().or(set.relay.as_ref()))?;
        let client = HttpClient::new(&HttpOptions { gateway, relay, ..given.http.clone() })?;
        let store = Arc::clone(&self.store);
        let turns = self.turns.clone();
        let ledger = Ledger::new(store, self.options.clock, self.secret()?, insists, turns);
        Ok(client.with_ledger(ledger))
    }

    /// The person's own key to Météo-France; `None` where there is none, or the keychain does not
    /// give it: then the open archive stands in.
    pub(crate) async fn meteo_france_key(&self) -> Result<Option<String>> {
        // Behind a gateway the key would be told to whoever runs it.
        if !self.settings()?.has_meteo_france_key || self.has_gateway()? {
            return Ok(None);
        }
        if let Some(known) = lock(&self.key).clone() {
            return Ok(known);
        }
        let reading = tokio::task::spawn_blocking(keychain::meteo_france_key);
        let key = match tokio::time::timeout(KEYCHAIN_WAIT, reading).await {
            Ok(Ok(Ok(key))) => key,
            Ok(Ok(Err(error))) => {
                tracing::warn!(%error, "the key to Météo-France cannot be read");
                None
            }
            Ok(Err(_)) | Err(_) => None,
        };
        // Whoever refused once is not asked again before the next start.
        *lock(&self.key) = Some(key.clone());
        Ok(key)
    }

    fn has_gateway(&self) -> Result<bool> {
        Ok(self.options.gateway.is_some() || self.settings()?.gateway.is_some())
    }

    /// Keeps the person's own key to Météo-France in the keychain of the system; `None` removes it.
    ///
    /// # Errors
    /// A keychain that cannot be used, or a data file that cannot be written.
    pub async fn set_meteo_france_key(&self, key: Option<String>) -> Result<()> {
        let kept = key.is_some();
        let change = move || match key {
            Some(key) => keychain::save_meteo_france_key(&key),
            None => keychain::remove_meteo_france_key(),
        };
        let changed = tokio::task::spawn_blocking(change).await;
        changed.map_err(|error| KeychainError::Unavailable { why: error.to_string() })??;
        *lock(&self.key) = None;
        self.change_settings(|settings| settings.has_meteo_france_key = kept)
    }

    /// Asks the sources that are due (`all`: every one), keeps what they answer, judges what is
    /// stored and tells what is new through `host`.
    ///
    /// A source that fails is remembered as such and hinders no other.
    ///
    /// # Errors
    /// When the data file cannot be used, or no request can be made at all. What sources answer or
    /// fail to is no error but part of the result.
    pub async fn refresh(&self, all: bool, host: &dyn Host) -> Result<Refreshed> {
        let Some(_polling) = self.poll_lock().await? else {
            return Ok(Refreshed { elsewhere: true, ..Refreshed::default() });
        };
        self.settle(host)?;
        let client = self.client_that(all)?;
        let mut refreshed = Refreshed::default();
        self.look_up_coordinates(&client, all).await?;
        let looked_at = self.looked_at.swap(false, Ordering::Relaxed);
        let mut relayed = self.ask_relay(&client, all, looked_at).await?;
        for publisher in sources::all() {
            let served = self.wanted_of(*publisher, all, looked_at)?;
            if served.is_empty() {
                continue;
            }
            let source = publisher.source();
            host.progress(Progress::Asking(source));
            let now = self.now().utc();
            let relayed = relayed.remove(&source);
            let is_relayed = |place: &&Place| {
                relayed.iter().flat_map(|it| &it.zones).any(|it| it.place == place.id)
            };
            let left: Vec<Place> =
                served.iter().filter(|place| !is_relayed(place)).cloned().collect();
            // Reading the key may ask the person for a password: only for whom it is for.
            let client = match source {
                Source::MeteoFrance if !left.is_empty() => {
                    client.clone().with_meteo_france_key(self.meteo_france_key().await?)
                }
                _ => client.clone(),
            };
            let harvest = match relayed {
                Some(relayed) if left.is_empty() => Ok(relayed),
                Some(relayed) if left.len() < served.len() => {
                    Ok(match publisher.fetch(&client, &left, now).await {
                        Ok(direct) => Harvest::joined([direct, relayed]),
                        Err(error) => Harvest { incomplete: Some(error), ..relayed },
                    })
                }
                _ => publisher.fetch(&client, &served, now).await,
            };
            match harvest {
                Ok(harvest) => {
                    self.keep(*publisher, &served, &harvest)?;
                    refreshed.answered.push(source);
                    let left_out = harvest.incomplete.as_ref();
                    refreshed.failed.extend(left_out.map(|it| (source, it.code().to_owned())));
                    host.progress(Progress::Answered(source));
                }
                Err(error) => {
                    tracing::warn!(source = source.name(), %error, "source failed");
                    self.keep_failure(source, &served, &error)?;
                    refreshed.failed.push((source, error.code().to_owned()));
                    host.progress(Progress::Failed(source));
                }
            }
        }
        self.judge_and_tell(host, &mut refreshed)?;
        // What matters now is stored and told; the past hinders none of it.
        if let Err(error) = self.look_back().await {
            tracing::warn!(%error, "the past was not looked at");
        }
        // By a clock that is set, or years ahead, everything may be too old.
        if !refreshed.answered.is_empty()
            && matches!(self.options.clock, Clock::System)
            && let Err(error) = self.forget()
        {
            tracing::warn!(%error, "what is too old was not deleted");
        }
        Ok(refreshed)
    }

    /// Asks the relay, where there is one, for the places for which sources are due that it may have;
    /// gives by source what it has. Whatever is not in it is to be asked of the producers.
    async fn ask_relay(
        &self,
        client: &HttpClient,
        all: bool,
        looked_at: bool,
    ) -> Result<BTreeMap<Source, Harvest>> {
        let Some(relay) = client.relay() else { return Ok(BTreeMap::new()) };
        // Who has a key of their own asked to be told by Météo-France itself.
        let own_key = self.settings()?.has_meteo_france_key && !self.has_gateway()?;
        let mut wanted = Vec::new();
        for publisher in sources::all() {
            let source = publisher.source();
            let is_own = own_key && source == Source::MeteoFrance;
            if national::SOURCES.contains(&source) && !is_own {
                wanted.push((source, self.wanted_of(*publisher, all, looked_at)?));
            }
        }
        wanted.retain(|(_, places)| places.iter().any(|place| place.commune.is_some()));
        if wanted.is_empty() {
            return Ok(BTreeMap::new());
        }
        let relayed = relay::ask(client, relay, &wanted, self.now().utc()).await;
        Ok(relayed.unwrap_or_else(|error| {
            tracing::warn!(%error, "the relay is of no use now; the producers are asked");
            BTreeMap::new()
        }))
    }

    /// Asks each source, once, for what it offers of the past of places that it has answered for: at
    /// most [`PAST_PLACES`] of them, the others at a later refresh.
    ///
    /// A failure is no matter of the source's health.
    async fn look_back(&self) -> Result<()> {
        let client = self.client_that(false)?.for_the_past();
        for publisher in sources::all() {
            let (source, now) = (publisher.source(), self.now().utc());
            let (places, zones) = self.without_past(*publisher, now)?;
            if places.is_empty() {
                continue;
            }
            let Some(fetching) = publisher.fetch_past(&client, &places, &zones, now) else {
                continue;
            };
            let harvest = fetching.await.unwrap_or_else(|error| {
                tracing::warn!(source = source.name(), %error, "the past is not known");
                Harvest::default()
            });
            self.keep_past(source, &places, &harvest)?;
        }
        Ok(())
    }

    /// The places whose past a source is to be asked for now, with their zones.
    fn without_past(
        &self,
        publisher: &dyn Publisher,
        now: DateTime<Utc>,
    ) -> Result<(Vec<Place>, Vec<PlaceZone>)> {
        let source = publisher.source();
        self.read(|reader| {
            let (mut places, mut zones) = (Vec::new(), Vec::new());
            for place in reader.places()? {
                if !publisher.serves(&place) || !past_is_due(reader, &place, source, now)? {
                    continue;
                }
                let mut of_place = reader.zones(place.id)?;
                of_place.retain(|(by, ..)| *by == source);
                if of_place.is_empty() {
                    continue;
                }
                zones.extend(of_place.into_iter().map(|(_, zone, nearness)| PlaceZone {
                    place: place.id,
                    zone: Some(zone),
                    nearness,
                }));
                places.push(place);
                if places.len() == PAST_PLACES {
                    break;
                }
            }
            Ok((places, zones))
        })
    }

    /// Keeps what is of days that are over at the place, and whose past is known now.
    fn keep_past(&self, source: Source, places: &[Place], harvest: &Harvest) -> Result<()> {
        let now = self.now().utc();
        let answered = |place: &Place| {
            let of_place = |it: &&PlaceZone| it.place == place.id;
            harvest.zones.iter().find(of_place).is_some_and(|it| it.zone.is_some())
        };
        let mut time_zones = BTreeMap::new();
        for it in &harvest.zones {
            let place = places.iter().find(|place| place.id == it.place);
            if let (Some(zone), Some(place)) = (&it.zone, place) {
                time_zones.entry(zone).or_insert(place.time_zone);
            }
        }
        let is_over = |reading: &&Reading| {
            time_zones.get(&reading.zone).is_some_and(|zone| {
                reading.target.day(*zone) < now.with_timezone(zone).date_naive()
            })
        };
        let over: Vec<Reading> = harvest.readings.iter().filter(is_over).cloned().collect();
        self.write(|writer| {
            writer.save_readings(&over)?;
            for place in still_saved(writer, places)? {
                let before = writer.reader().past_asked(place.id, source)?;
                let failures = before.map_or(0, |before| before.failures);
                let answered = answered(place);
                let failures = if answered { failures } else { failures.saturating_add(1) };
                let asked = PastAsked { at: now, failures, answered };
                writer.save_past_asked(place.id, source, asked)?;
            }
            Ok(())
        })
    }

    /// Deletes what is older than it is to be kept, at most once a day, and not on the first day after
    /// a long time: a clock that was set wrong leaves that long to be set right.
    ///
    /// [`Self::refresh`] does it by itself, unless the clock is set.
    ///
    /// # Errors
    /// When the data file cannot be used.
    pub fn forget(&self) -> Result<()> {
        let today = self.now().utc().date_naive();
        let last = self.read(|reader| reader.forgotten_on())?;
        if last == Some(today) {
            return Ok(());
        }
        self.write(|writer| {
            let retention = writer.reader().settings()?.retention;
            let lately = last.is_some_and(|last| (today - last).abs() <= LONG_AWAY);
            if let Some(first) = retention.first_day(today).filter(|_| lately) {
                let forgotten = writer.forget_before(first)?;
                tracing::debug!(forgotten, "what was too old is deleted");
            }
            writer.save_forgotten_on(today)
        })
    }

    /// Has [`Self::run`] ask for what was published since: a person has opened the app.
    pub fn look_at(&self) {
        self.looked_at.store(true, Ordering::Relaxed);
        self.wake();
    }

    /// Has [`Self::run`] look at once: a place was saved, a profile changed.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    pub(crate) fn wake_for_all(&self) {
        *lock(&self.asked_for_all) = Some(self.now().utc());
        self.all_wanted.store(true, Ordering::Relaxed);
        self.wake();
    }

    /// When the person last asked for everything, since this engine was opened.
    pub(crate) fn asked_for_all(&self) -> Option<DateTime<Utc>> {
        *lock(&self.asked_for_all)
    }

    /// How many notifications the system was handed ahead of their time; `None` where the app runs on
    /// by itself.
    pub(crate) fn planned_ahead(&self) -> Option<usize> {
        *lock(&self.planned_ahead)
    }

    pub(crate) fn save_planned_ahead(&self, count: usize) {
        *lock(&self.planned_ahead) = Some(count);
    }

    /// What was exported last, since this engine was opened, to a folder of the person's.
    #[must_use]
    pub fn last_export(&self) -> Option<PathBuf> {
        lock(&self.last_export).clone()
    }

    pub(crate) fn save_last_export(&self, path: &Path) {
        *lock(&self.last_export) = Some(path.to_owned());
    }

    /// Why the last round of [`Self::run`] came to nothing or told nobody, in a sentence.
    pub(crate) fn trouble(&self, texts: &Texts) -> Option<String> {
        let trouble = lock(&self.trouble);
        trouble.as_ref().map(|error| error.body(texts, self.now().utc()).message)
    }

    /// Has [`Self::run`] end with an error that was met elsewhere: a data file that turned out to
    /// be damaged under a question of the window.
    pub fn fail(&self, error: EngineError) {
        *lock(&self.fatal) = Some(error);
        self.wake();
    }

    /// Closes the data file, which turned out to be damaged, and sets it aside; this engine is of no
    /// use then.
    #[must_use]
    pub fn set_aside(&self) -> EngineError {
        self.store().set_aside().into()
    }

    /// Whether [`Self::run`] is asking sources right now.
    #[must_use]
    pub fn is_refreshing(&self) -> bool {
        self.refreshing.load(Ordering::Relaxed)
    }

    /// Refreshes whatever is due, for as long as it is awaited; `after` learns what came of each
    /// round, and of one that came to nothing for a reason that passes.
    ///
    /// A device that slept catches up within [`LOOK`] of waking. Between questions, what is stored
    /// is judged every [`JUDGE`]: days begin, quiet hours end.
    ///
    /// Ends when the data file cannot be used, or with what [`Self::fail`] was given.
    pub async fn run(
        &self,
        host: &dyn Host,
        mut after: impl FnMut(Option<&Refreshed>),
    ) -> EngineError {
        self.looked_at.store(true, Ordering::Relaxed);
        loop {
            let all = self.all_wanted.swap(false, Ordering::Relaxed);
            self.refreshing.store(true, Ordering::Relaxed);
            let round = self.refresh(all, host).await;
            self.refreshing.store(false, Ordering::Relaxed);
            let done = round.as_ref().is_ok_and(|refreshed| !refreshed.elsewhere);
            if all && !done {
                self.all_wanted.store(true, Ordering::Relaxed);
            }
            let failed = round.is_err();
            match round {
                Ok(refreshed) => {
                    let refused = refreshed.refused.clone();
                    *lock(&self.trouble) = refused.map(|why| EngineError::NotShown { why });
                    after(Some(&refreshed));
                }
                // A disk that is full or a file that is busy may not be so in a while.
                Err(error) if passes(&error) => {
                    tracing::warn!(%error, "refresh failed");
                    *lock(&self.trouble) = Some(error);
                    after(None);
                }
                Err(error) => return error,
            }
            let judged = self.now().utc();
            loop {
                // Short steps on the wall clock: a long sleep does not count the time that the
                // device itself sleeps.
                let woken = tokio::select! {
                    () = tokio::time::sleep(LOOK) => false,
                    () = self.wake.notified() => true,
                };
                if let Some(error) = lock(&self.fatal).take() {
                    return error;
                }
                if woken {
                    break;
                }
                let now = self.now().utc();
                let due = match self.next_due() {
                    // What cannot be stored is asked for no more often than it is judged.
                    Ok(due) => !failed && due.is_some_and(|due| due <= now),
                    Err(error) if passes(&error) => false,
                    Err(error) => return error,
                };
                if due || now >= judged + JUDGE || now < judged {
                    break;
                }
            }
        }
    }

    /// Judges what is stored and tells what is new: at start-up, and when a profile has changed.
    ///
    /// Returns how many notifications were handed over.
    ///
    /// # Errors
    /// When the data file cannot be used.
    pub async fn evaluate(&self, host: &dyn Host) -> Result<usize> {
        let mut judged = Refreshed::default();
        // Whoever is polling judges when it is done.
        if let Some(_polling) = self.poll_lock().await? {
            self.judge_and_tell(host, &mut judged)?;
        }
        Ok(judged.told)
    }

    /// When the next source is due; `None` when no place is saved.
    ///
    /// # Errors
    /// When the data file cannot be read.
    pub fn next_due(&self) -> Result<Option<DateTime<Utc>>> {
        let now = self.now().utc();
        let places = self.read(|reader| reader.places())?;
        let mut next: Option<DateTime<Utc>> = None;
        for publisher in sources::all() {
            let served: Vec<Place> =
                places.iter().filter(|place| publisher.serves(place)).cloned().collect();
            if served.is_empty() {
                continue;
            }
            let due = if !self.wanted(*publisher, &served, false, false)?.is_empty() {
                now
            } else {
                let health = self.read(|reader| reader.health(publisher.source().name()))?;
                schedule::next_due(publisher.source(), &health).unwrap_or(now)
            };
            next = Some(next.map_or(due, |known| known.min(due)));
        }
        Ok(next)
    }

    /// [`Self::wanted`] of the saved places that a source serves.
    fn wanted_of(
        &self,
        publisher: &dyn Publisher,
        all: bool,
        looked_at: bool,
    ) -> Result<Vec<Place>> {
        let places = self.read(|reader| reader.places())?;
        let served: Vec<Place> =
            places.into_iter().filter(|place| publisher.serves(place)).collect();
        self.wanted(publisher, &served, all, looked_at)
    }

    /// Those of the places that a source serves for which it is to be asked now; a new place alone,
    /// where it is not due.
    fn wanted(
        &self,
        publisher: &dyn Publisher,
        served: &[Place],
        all: bool,
        looked_at: bool,
    ) -> Result<Vec<Place>> {
        let now = self.now().utc();
        let source = publisher.source();
        self.read(|reader| {
            let mut unasked = Vec::new();
            for place in served {
                if reader.asked(place.id, source)?.is_none() {
                    unasked.push(place.clone());
                }
            }
            let health = reader.health(source.name())?;
            if schedule::holds(source, &health, now) {
                return Ok(unasked);
            }
            let wanted = Wanted { unasked: false, looked_at };
            let due = all || schedule::is_due(source, &health, wanted, now);
            // A new place is asked for alone: of the others everything is known.
            Ok(if due { served.to_vec() } else { unasked })
        })
    }

    async fn poll_lock(&self) -> Result<Option<File>> {
        self.poll_lock_within(POLL_LOCK_WAIT).await
    }

    /// Waits for whoever is polling, so long at most; nobody polls until the file is dropped.
    pub(crate) async fn poll_lock_within(&self, patience: Duration) -> Result<Option<File>> {
        let path = self.options.folder.join(POLL_LOCK);
        let not_writable = |error: std::io::Error| StoreError::NotWritable {
            path: path.clone(),
            why: error.to_string(),
        };
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        let file = options.open(&path).map_err(not_writable)?;
        let step = Duration::from_millis(100);
        let mut waited = Duration::ZERO;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Some(file)),
                Err(TryLockError::WouldBlock) if waited < patience => {
                    tokio::time::sleep(step).await;
                    waited += step;
                }
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(error)) => return Err(not_writable(error).into()),
            }
        }
    }

    /// Looks up where French places are that were saved without it: a new one at once, the others
    /// once the lookup is due.
    async fn look_up_coordinates(&self, client: &HttpClient, all: bool) -> Result<()> {
        let unlocated = self.read(|reader| reader.unlocated())?;
        let now = self.now().utc();
        let health = self.read(|reader| reader.health(COORDINATES))?;
        let new = unlocated.iter().any(|place| Some(place.added_at) > health.last_attempt);
        let wanted = Wanted { unasked: new, looked_at: false };
        let due = all || schedule::is_due(Source::OpenMeteo, &health, wanted, now);
        if unlocated.is_empty() || !due {
            return Ok(());
        }
        let mut error = None;
        for place in &unlocated {
            match geocoding::commune_coordinates(client, &place.commune).await {
                Ok(Some(at)) => self.write(|writer| writer.save_coordinates(place.id, at))?,
                Ok(None) => {}
                Err(failed) => {
                    tracing::warn!(error = %failed, "lookup of coordinates failed");
                    error = Some(failed);
                    break;
                }
            }
        }
        let failures = if error.is_some() { health.failures + 1 } else { 0 };
        let next_due = match &error {
            Some(error) => {
                let secret = self.secret()?;
                schedule::after_failure(
                    Source::OpenMeteo,
                    secret,
                    failure(error, failures, now),
                    now,
                )
            }
            // What the register does not know today, it may know tomorrow.
            None => now + TimeDelta::hours(25),
        };
        let health = Health {
            last_attempt: Some(now),
            last_success: if error.is_some() { health.last_success } else { Some(now) },
            next_due: Some(next_due),
            failures,
            error: error.map(|error| error.code().to_owned()),
            ..Health::default()
        };
        self.write(|writer| writer.save_health(COORDINATES, &health))
    }

    /// Deletes everything that is stored or remembered; gives the damaged files that are left.
    pub(crate) fn start_anew(&self) -> Result<Vec<PathBuf>> {
        let mut store = self.store();
        store.erase()?;
        store.write(|writer| writer.save_secret(new_secret()))?;
        *lock(&self.key) = None;
        *lock(&self.asked_for_all) = None;
        *lock(&self.trouble) = None;
        Ok(store.files_set_aside())
    }

    pub(crate) fn secret(&self) -> Result<u64> {
        Ok(self.read(|reader| reader.secret())?.unwrap_or_default())
    }

    /// Keeps an answer: the readings, the zones they are for, and how the source fares.
    fn keep(&self, publisher: &dyn Publisher, served: &[Place], harvest: &Harvest) -> Result<()> {
        let source = publisher.source();
        let now = self.now().utc();
        let secret = self.secret()?;
        let has_today = served.iter().any(|place| publishes(harvest, place, 0, now));
        self.write(|writer| {
            writer.save_readings(&harvest.readings)?;
            let mut awaited = false;
            for place in still_saved(writer, served)? {
                let before = writer.reader().asked(place.id, source)?;
                let asked = asked_now(writer, source, place, harvest, before.as_ref(), now)?;
                // Where nobody publishes there is nothing to wait for.
                awaited |= schedule::is_daily(source)
                    && asked.covers != Some(false)
                    && (!publishes(harvest, place, 0, now)
                        || schedule::awaits_tomorrow(source, now)
                            && !publishes(harvest, place, 1, now));
                writer.save_asked(place.id, source, &asked)?;
            }
            let error = harvest.incomplete.as_ref();
            let before = writer.reader().health(source.name())?;
            let failures = if error.is_some() { before.failures + 1 } else { 0 };
            // What was left out is looked for again soon.
            let next_due = match error {
                Some(error) => {
                    let failure = failure(error, failures, now);
                    schedule::after_failure(source, secret, failure, now)
                }
                None => {
                    let left = Left { awaited, alarm: alarm(harvest, now) };
                    schedule::after_answer(source, secret, left, now)
                }
            };
            // Others are never without anything; but of a commune nobody may have looked at.
            let has_any = !harvest.readings.is_empty() || !schedule::is_missed(source);
            let has_today = if schedule::is_daily(source) { has_today } else { has_any };
            // An answer for a new place alone leaves the turn of the others where it is.
            let places = writer.reader().places()?;
            let others = places
                .iter()
                .any(|it| publisher.serves(it) && !served.iter().any(|asked| asked.id == it.id));
            if others && error.is_none() && before.error.is_none() && before.last_success.is_some()
            {
                return Ok(());
            }
            let health = Health {
                last_attempt: Some(now),
                last_success: Some(now),
                next_due: Some(next_due),
                failures,
                error: error.map(|error| error.code().to_owned()),
                nothing_for_today: !has_today,
                last_today: if has_today { Some(now) } else { before.last_today },
                silence_told: before.silence_told.filter(|_| !has_today),
            };
            writer.save_health(source.name(), &health)
        })
    }

    /// Keeps a failure; nothing that is stored changes.
    fn keep_failure(&self, source: Source, served: &[Place], error: &FetchError) -> Result<()> {
        let now = self.now().utc();
        let secret = self.secret()?;
        self.write(|writer| {
            let health = writer.reader().health(source.name())?;
            let failures = health.failures + 1;
            let failure = failure(error, failures, now);
            for place in still_saved(writer, served)? {
                let before = writer.reader().asked(place.id, source)?;
                let asked = Asked {
                    at: now,
                    covers: before.as_ref().and_then(|before| before.covers),
                    empty_since: before.and_then(|before| before.empty_since),
                    error: Some(error.code().to_owned()),
                };
                writer.save_asked(place.id, source, &asked)?;
            }
            writer.save_health(
                source.name(),
                &Health {
                    last_attempt: Some(now),
                    next_due: Some(schedule::after_failure(source, secret, failure, now)),
                    failures,
                    error: Some(error.code().to_owned()),
                    ..health
                },
            )
        })
    }

    fn judge_and_tell(&self, host: &dyn Host, refreshed: &mut Refreshed) -> Result<()> {
        let texts = self.texts()?;
        let now = self.now();
        self.write(|writer| {
            evaluate(writer, &texts, now)?;
            tell_of_silence(writer, &texts, now.utc())?;
            tell_digest(writer, &texts, now)
        })?;
        self.deliver(host, now, refreshed)?;
        self.plan(host, &texts, now)
    }

    /// Hands over what the channel of `host` has not shown yet; in quiet hours what is urgent
    /// alone.
    fn deliver(&self, host: &dyn Host, now: Now, refreshed: &mut Refreshed) -> Result<()> {
        let quiet = self.settings()?.is_quiet_at(now.local());
        let channel = host.channel();
        for row in self.read(|reader| reader.undelivered(channel, now.utc()))? {
            if quiet && !row.urgent {
                continue;
            }
            let notification = Notification {
                id: row.id,
                number: row.number,
                title: row.title,
                body: row.body,
                alerts: row.alerts,
            };
            self.write(|writer| writer.begin_delivery(row.id, channel, now.utc()))?;
            let outcome = match host.notify(&notification) {
                Ok(()) => {
                    refreshed.told += 1;
                    DeliveryOutcome::Delivered
                }
                Err(why) => {
                    tracing::warn!(why, "notification refused");
                    refreshed.refused = Some(why);
                    DeliveryOutcome::Failed
                }
            };
            self.write(|writer| writer.end_delivery(row.id, channel, outcome))?;
        }
        Ok(())
    }
}

/// After how long without anything for a place a source is said not to cover it: longer than the
/// outages seen around holidays.
const NOT_COVERED_AFTER: TimeDelta = TimeDelta::days(3);

/// How long the past is left alone after so many questions in vain: a day longer for each, a month
/// at most.
fn past_rest(failures: u32) -> TimeDelta {
    TimeDelta::days(i64::from(failures.clamp(1, 30)))
}

/// Whether a source is to be asked for the past of a place.
fn past_is_due(
    reader: &Reader<'_>,
    place: &Place,
    source: Source,
    now: DateTime<Utc>,
) -> std::result::Result<bool, StoreError> {
    Ok(match reader.past_asked(place.id, source)? {
        None => true,
        Some(asked) => {
            // A question in the future comes from a clock that was wrong.
            let rested = now >= asked.at + past_rest(asked.failures) || now < asked.at;
            !asked.answered && rested
        }
    })
}

/// Those of the places that were not removed while their source was being asked.
fn still_saved<'a>(
    writer: &Writer<'_>,
    served: &'a [Place],
) -> std::result::Result<Vec<&'a Place>, StoreError> {
    let saved = writer.reader().places()?;
    Ok(served.iter().filter(|place| saved.iter().any(|it| it.id == place.id)).collect())
}

/// What the schedule is told of an error.
pub(crate) fn failure(error: &FetchError, count: u32, now: DateTime<Utc>) -> Failure {
    let offline = matches!(error, FetchError::Dns);
    Failure { count, retry_after: error.retry_after(now), offline }
}

/// How much what an answer announces for now and later asks to be watched.
pub(crate) fn alarm(harvest: &Harvest, now: DateTime<Utc>) -> Alarm {
    let of = |reading: &Reading| match (reading.metric, reading.level) {
        (Metric::Vigilance(_), Some(3..)) | (Metric::Episode(_), Some(3..)) => Alarm::Danger,
        (Metric::Vigilance(_) | Metric::Episode(_), Some(2)) => Alarm::Watch,
        _ => Alarm::Calm,
    };
    let lasts = |reading: &&Reading| match reading.target {
        Target::Day(date) => date >= now.date_naive(),
        Target::Hour(start) => start + TimeDelta::hours(i64::from(reading.hours)) > now,
    };
    harvest.readings.iter().filter(lasts).map(of).max().unwrap_or_default()
}

/// Tells the summary of the day once its time has come; once for each morning and evening.
pub(crate) fn tell_digest(
    writer: &Writer<'_>,
    texts: &Texts,
    now: Now,
) -> std::result::Result<(), StoreError> {
    let reader = writer.reader();
    let wanted = reader.settings()?.digest;
    let Some(due) = wanted.and_then(|digest| digest.due(now.local().naive_local())) else {
        return Ok(());
    };
    if reader.digest_told()? == Some(due) {
        return Ok(());
    }
    let places = places_today(&reader, texts, now)?;
    writer.save_digest_told(due)?;
    if places.is_empty() {
        return Ok(());
    }
    let message = digest::compose(texts, &places, due.half);
    writer.add_notification(
        &NewNotification {
            title: &message.title,
            body: &message.body,
            alerts: &[],
            withdrawal: false,
            relevant_to: now.utc() + DIGEST_MATTERS,
            replaces: None,
            urgent: false,
        },
        now.utc(),
    )?;
    Ok(())
}

/// For how long a summary is worth being shown.
const DIGEST_MATTERS: TimeDelta = TimeDelta::hours(4);

/// How long after the last time nothing is deleted at once.
const LONG_AWAY: TimeDelta = TimeDelta::days(60);

/// For how long it is worth saying that a source is silent.
const SILENCE_MATTERS: TimeDelta = TimeDelta::days(1);

/// Announces, once, the sources that have been silent beyond their cadence.
fn tell_of_silence(
    writer: &Writer<'_>,
    texts: &Texts,
    now: DateTime<Utc>,
) -> std::result::Result<(), StoreError> {
    let places = writer.reader().places()?;
    let mut silent = Vec::new();
    for publisher in sources::all() {
        let source = publisher.source();
        let health = writer.reader().health(source.name())?;
        // Whose device is offline knows it, and hears nothing of sources.
        let offline = health.error.as_deref() == Some(FetchError::Dns.code());
        let serves = places.iter().any(|place| publisher.serves(place));
        let since = schedule::silent_since(source, &health, now);
        if let Some(since) = since.filter(|_| serves && !offline && health.silence_told.is_none()) {
            silent.push((source, since));
            writer.save_health(source.name(), &Health { silence_told: Some(now), ..health })?;
        }
    }
    let Some(first) = silent.iter().map(|(_, since)| *since).min() else { return Ok(()) };
    let zone = places.first().map_or(chrono_tz::Tz::UTC, |place| place.time_zone);
    let names: Vec<_> = silent.iter().map(|(source, _)| words::source(texts, *source)).collect();
    let args: [Arg<'_>; 3] = [
        ("sources", names.join(", ").into()),
        ("count", silent.len().into()),
        ("since", texts.moment(first, now, &zone).into()),
    ];
    let (title, body) =
        (texts.format("silence-title", args.clone()), texts.format("silence-body", args));
    writer.add_notification(
        &NewNotification {
            title: &title,
            body: &body,
            alerts: &[],
            withdrawal: false,
            relevant_to: now + SILENCE_MATTERS,
            replaces: None,
            urgent: false,
        },
        now,
    )?;
    Ok(())
}

/// Whether an error may be gone in a while.
fn passes(error: &EngineError) -> bool {
    matches!(
        error,
        EngineError::Store(StoreError::Busy | StoreError::DiskFull) | EngineError::Fetch(_)
    )
}

/// How an answer bears on one place; keeps the zone that serves it.
fn asked_now(
    writer: &Writer<'_>,
    source: Source,
    place: &Place,
    harvest: &Harvest,
    before: Option<&Asked>,
    now: DateTime<Utc>,
) -> std::result::Result<Asked, StoreError> {
    let mut zones = harvest.zones.iter().filter(|it| it.place == place.id).peekable();
    let of_place = zones.peek().copied();
    let covered_before = before.and_then(|before| before.covers);
    let empty_before = before.and_then(|before| before.empty_since);
    match of_place {
        // It was not answered for: a later part of the answer failed.
        None => Ok(Asked {
            at: now,
            covers: covered_before,
            empty_since: empty_before,
            error: harvest.incomplete.as_ref().map(|error| error.code().to_owned()),
        }),
        Some(PlaceZone { zone: Some(_), .. }) => {
            for PlaceZone { zone, nearness, .. } in zones {
                if let Some(zone) = zone {
                    writer.save_zone(place.id, source, zone, *nearness)?;
                }
            }
            Ok(Asked { at: now, covers: Some(true), empty_since: None, error: None })
        }
        Some(PlaceZone { zone: None, .. }) => {
            let since = empty_before.unwrap_or(now);
            let others_answered = !harvest.readings.is_empty();
            let covers = if others_answered
                && (covered_before.is_none() || now - since >= NOT_COVERED_AFTER)
            {
                Some(false)
            } else {
                // An empty answer for everybody says nothing about anybody.
                covered_before
            };
            Ok(Asked { at: now, covers, empty_since: Some(since), error: None })
        }
    }
}

/// Whether an answer has anything for a place on the day that comes `ahead` days after today.
fn publishes(harvest: &Harvest, place: &Place, ahead: u64, now: DateTime<Utc>) -> bool {
    let zone = place.time_zone;
    let day = now.with_timezone(&zone).date_naive().checked_add_days(Days::new(ahead));
    let of_place = harvest.zones.iter().filter(|found| found.place == place.id);
    let serving: Vec<_> = of_place.filter_map(|found| found.zone.as_ref()).collect();
    harvest
        .readings
        .iter()
        .any(|it| serving.contains(&&it.zone) && Some(it.target.day(zone)) == day)
}

/// A panic while the lock was held leaves nothing half done: the store rolls its transaction back,
/// everything else is replaced as a whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn parse_gateway(base: Option<impl AsRef<str>>) -> Result<Option<BaseUrl>> {
    parse_base(base, EngineError::Gateway)
}

pub(crate) fn parse_relay(base: Option<impl AsRef<str>>) -> Result<Option<BaseUrl>> {
    parse_base(base, EngineError::Relay)
}

fn parse_base(
    base: Option<impl AsRef<str>>,
    refused: fn(String) -> EngineError,
) -> Result<Option<BaseUrl>> {
    let parse = |base: &str| base.parse().map_err(|_| refused(base.to_owned()));
    base.map(|base| parse(base.as_ref())).transpose()
}

/// A number that differs from install to install.
fn new_secret() -> u64 {
    // Without randomness installs would only spread less; nothing else rests on it.
    getrandom::u64().unwrap_or(0x5eed)
}
