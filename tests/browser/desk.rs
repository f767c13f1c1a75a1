//! What surrounds the window and the engine where there is no shell.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use chrono::{DateTime, FixedOffset};
use ecosante_domain::contract::ErrorBody;
use ecosante_domain::decision::AlertId;
use ecosante_domain::text::{Language, Texts};
use ecosante_domain::window::{RefreshProgress, STARTING, Theme, event};
use ecosante_domain::words;
use ecosante_engine::clock::Clock;
use ecosante_engine::contract::{Answer, Desk};
use ecosante_engine::host::{Host, Notification, Notifier, Progress};
use ecosante_engine::{Engine, EngineError, Options, Refreshed};
use serde_json::{Value, json};
use tokio::sync::watch;

/// The surroundings of one window and one engine.
#[derive(Debug)]
pub(crate) struct BrowserDesk {
    options: Options,
    /// Where the clock begins to run whenever the data file is opened.
    now: DateTime<FixedOffset>,
    /// Whether sources are asked when they are due, as in the app.
    polls: bool,
    engine: Mutex<Option<Answer<Arc<Engine>>>>,
    /// The language of the device.
    language: Mutex<Language>,
    theme: Mutex<Theme>,
    opened: Mutex<Option<AlertId>>,
    told: Mutex<Vec<Notification>>,
    /// All that the window was told, in its order.
    events: watch::Sender<Vec<Value>>,
}

impl BrowserDesk {
    pub(crate) fn new(options: Options, now: DateTime<FixedOffset>, polls: bool) -> Self {
        Self {
            language: Mutex::new(options.system_language),
            options,
            now,
            polls,
            engine: Mutex::default(),
            theme: Mutex::default(),
            opened: Mutex::default(),
            told: Mutex::default(),
            events: watch::Sender::default(),
        }
    }

    /// Opens the data file, and asks the sources from then on if that is wanted.
    pub(crate) fn open(self: &Arc<Self>) {
        let mut engine = lock(&self.engine);
        if matches!(*engine, Some(Ok(_))) {
            return;
        }
        let system_language = *lock(&self.language);
        let texts = Texts::new(system_language);
        let clock = Clock::from(self.now);
        let options = Options { system_language, clock, ..self.options.clone() };
        let opened = match Engine::open(options) {
            Ok(engine) => Ok(Arc::new(engine)),
            Err(error) => Err(error.body(&texts, self.now.to_utc())),
        };
        if let Ok(engine) = &opened
            && self.polls
        {
            let (engine, desk) = (Arc::clone(engine), Arc::clone(self));
            // What the engine asks of its surroundings it asks on one thread.
            thread::spawn(move || poll(&engine, &desk));
        }
        *engine = Some(opened);
    }

    /// Closes the data file and opens it at the moment of its beginning.
    pub(crate) fn begins_anew(self: &Arc<Self>) {
        assert!(!self.polls, "who polls has the file open");
        *lock(&self.engine) = None;
        self.open();
    }

    pub(crate) fn emit(&self, event: &str, payload: &Value) {
        self.events.send_modify(|events| {
            events.push(json!({ "event": event, "payload": payload }));
        });
    }

    pub(crate) fn events(&self) -> watch::Receiver<Vec<Value>> {
        self.events.subscribe()
    }

    pub(crate) fn told(&self) -> Vec<Notification> {
        lock(&self.told).clone()
    }

    /// As when a notification is clicked.
    pub(crate) fn open_alert(&self, alert: AlertId) {
        *lock(&self.opened) = Some(alert);
        self.emit(event::ALERT_OPENED, &Value::Null);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Refreshes what is due for as long as the process lives.
fn poll(engine: &Arc<Engine>, desk: &Arc<BrowserDesk>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let surroundings = Surroundings { engine, desk };
    let ended = runtime.block_on(engine.run(&surroundings, |refreshed| {
        let texts = engine.texts().ok();
        let outcome = refreshed.zip(texts).and_then(|(it, texts)| engine.outcome(&texts, it));
        let progress = RefreshProgress { running: false, asking: None, outcome };
        desk.emit(event::PROGRESS, &json!(progress));
        desk.changed();
    }));
    let texts = Texts::new(desk.language());
    *lock(&desk.engine) = Some(Err(ended.body(&texts, engine.now().utc())));
    desk.changed();
}

impl BrowserDesk {
    /// Asks every source once, as whoever polls would.
    pub(crate) async fn asks(&self) -> Result<Refreshed, EngineError> {
        let engine = self.engine().unwrap();
        let surroundings = Surroundings { engine: &engine, desk: self };
        let refreshed = engine.refresh(true, &surroundings).await;
        self.changed();
        refreshed
    }
}

/// The surroundings as the polling engine sees them.
struct Surroundings<'a> {
    engine: &'a Engine,
    desk: &'a BrowserDesk,
}

impl Notifier for Surroundings<'_> {
    fn channel(&self) -> &'static str {
        "desktop"
    }

    fn notify(&self, notification: &Notification) -> Result<(), String> {
        lock(&self.desk.told).push(notification.clone());
        Ok(())
    }
}

impl Host for Surroundings<'_> {
    fn progress(&self, progress: Progress) {
        let asking = match progress {
            Progress::Asking(source) => {
                self.engine.texts().ok().map(|texts| words::source(&texts, source))
            }
            Progress::Answered(_) | Progress::Failed(_) => None,
        };
        let progress = RefreshProgress { running: true, asking, outcome: None };
        self.desk.emit(event::PROGRESS, &json!(progress));
    }
}

/// The desk as the contract wants it: whoever reopens it needs a share of it.
pub(crate) struct Shared(pub(crate) Arc<BrowserDesk>);

impl Desk for Shared {
    fn engine(&self) -> Answer<Arc<Engine>> {
        self.0.engine()
    }

    fn reopen(&self) {
        self.0.open();
    }

    fn language(&self) -> Language {
        self.0.language()
    }

    fn version(&self) -> String {
        env!("CARGO_PKG_VERSION").to_owned()
    }

    fn theme(&self) -> Theme {
        self.0.theme()
    }

    fn set_theme(&self, theme: Theme) -> Result<(), String> {
        self.0.set_theme(theme);
        Ok(())
    }

    fn notify(&self, notification: &Notification, _: &Texts) -> Result<(), String> {
        lock(&self.0.told).push(notification.clone());
        Ok(())
    }

    fn take_opened_alert(&self) -> Option<AlertId> {
        lock(&self.0.opened).take()
    }

    fn downloads(&self) -> Option<PathBuf> {
        Some(self.0.options.folder.join("downloads"))
    }

    fn changed(&self) {
        self.0.changed();
    }
}

impl BrowserDesk {
    pub(crate) fn engine(&self) -> Answer<Arc<Engine>> {
        let starting =
            || ErrorBody { code: STARTING.to_owned(), message: String::new(), retry_after_s: None };
        lock(&self.engine).clone().unwrap_or_else(|| Err(starting()))
    }

    /// The language that is spoken: the chosen one, else that of the system.
    pub(crate) fn language(&self) -> Language {
        let chosen = self.engine().ok().and_then(|engine| engine.settings().ok()?.language);
        chosen.unwrap_or_else(|| *lock(&self.language))
    }

    /// The device speaks another language from now on.
    pub(crate) fn set_language(self: &Arc<Self>, language: Language) {
        *lock(&self.language) = language;
        match self.engine() {
            Ok(engine) => engine.set_language(Some(language)).unwrap(),
            // Why there is none is said in that language.
            Err(_) => self.open(),
        }
    }

    pub(crate) fn theme(&self) -> Theme {
        *lock(&self.theme)
    }

    pub(crate) fn set_theme(&self, theme: Theme) {
        *lock(&self.theme) = theme;
    }

    pub(crate) fn changed(&self) {
        self.emit(event::CHANGED, &Value::Null);
    }
}
