//! What lives as long as the app: the engine on a thread of its own, or why there is none.

use std::panic::{self, AssertUnwindSafe};
use std::path::{self, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::{env, thread};

use chrono::DateTime;
use ecosante_domain::contract::ErrorBody;
use ecosante_domain::decision::AlertId;
use ecosante_domain::place::PlaceId;
use ecosante_domain::text::{Language, Texts};
use ecosante_domain::window::{RefreshProgress, STARTING, event};
use ecosante_engine::clock::Clock;
use ecosante_engine::http::HttpOptions;
use ecosante_engine::store::{self, StoreError};
use ecosante_engine::{Engine, EngineError, Options};
use tauri::{AppHandle, Emitter as _, Manager as _};
use tokio::runtime::Runtime;

use crate::host::TauriHost;

/// The state of the app.
#[derive(Debug, Default)]
pub(crate) struct Shell {
    engine: Mutex<Option<Result<Arc<Engine>, ErrorBody>>>,
    opened: Mutex<Option<Opened>>,
}

/// What was chosen outside the window for it to open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opened {
    /// The alert whose notification was clicked.
    Alert(AlertId),
    /// A place of the tray's menu.
    #[cfg_attr(mobile, expect(dead_code, reason = "phones have no tray"))]
    Place(PlaceId),
}

impl Shell {
    /// The engine.
    ///
    /// # Errors
    /// Why there is none.
    pub(crate) fn engine(&self) -> Result<Arc<Engine>, ErrorBody> {
        match lock(&self.engine).as_ref() {
            Some(engine) => engine.clone(),
            None => Err(body(STARTING, String::new())),
        }
    }

    /// Keeps what was chosen for the window to ask.
    pub(crate) fn open(&self, opened: Opened) {
        *lock(&self.opened) = Some(opened);
    }

    /// What was chosen, once, if it is of the kind that is asked for.
    pub(crate) fn take_opened<T>(&self, of_kind: impl FnOnce(Opened) -> Option<T>) -> Option<T> {
        let mut opened = lock(&self.opened);
        let asked = of_kind((*opened)?)?;
        *opened = None;
        Some(asked)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What is kept here is replaced as a whole: a panic leaves nothing half done.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An error in words.
pub(crate) fn body(code: &str, message: String) -> ErrorBody {
    ErrorBody { code: code.to_owned(), message, retry_after_s: None }
}

/// The language of the system, English where it is none that is spoken here.
pub(crate) fn system_language() -> Language {
    let locale = sys_locale::get_locale();
    locale.and_then(|locale| Language::of_locale(&locale)).unwrap_or(Language::ABROAD)
}

/// Opens the data file and starts the engine, unless it runs already.
pub(crate) fn open(app: &AppHandle) {
    let shell = app.state::<Shell>();
    let mut engine = lock(&shell.engine);
    if matches!(*engine, Some(Ok(_))) {
        return;
    }
    let opened = start(app);
    if let Err(error) = &opened {
        tracing::error!(code = error.code, "the engine does not start");
    }
    *engine = Some(opened);
}

fn start(app: &AppHandle) -> Result<Arc<Engine>, ErrorBody> {
    let texts = Texts::new(system_language());
    let clock = clock(&texts)?;
    let folder = folder(app).ok_or_else(|| body("no-folder", texts.get("error-no-folder")))?;
    let options = Options {
        folder,
        clock,
        gateway: variable("ECOSANTE_GATEWAY"),
        relay: variable("ECOSANTE_RELAY"),
        language: None,
        system_language: system_language(),
        http: HttpOptions::default(),
    };
    let engine = Engine::open(options).map_err(|error| error.body(&texts, clock.now().utc()))?;
    let engine = Arc::new(engine);
    let refused = |error: std::io::Error| {
        tracing::error!(%error, "no thread for the engine");
        halted(&texts)
    };
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(refused)?;
    let (runner, handle) = (Arc::clone(&engine), app.clone());
    thread::Builder::new()
        .name("engine".to_owned())
        .spawn(move || {
            let ended = panic::catch_unwind(AssertUnwindSafe(|| poll(&runtime, &runner, &handle)));
            let why = ended.unwrap_or_else(|_| halted(&texts_of(&runner)));
            tracing::error!(code = why.code, "the engine has ended");
            // Who tries again opens the file anew.
            *lock(&handle.state::<Shell>().engine) = Some(Err(why));
            emit(&handle, event::PROGRESS, &RefreshProgress::default());
            emit(&handle, event::CHANGED, &());
        })
        .map_err(refused)?;
    Ok(engine)
}

/// The engine came upon an error of its own.
fn halted(texts: &Texts) -> ErrorBody {
    body("halted", texts.get("error-halted"))
}

/// The sentences that the engine speaks; where it cannot say, those of the system's language.
pub(crate) fn texts_of(engine: &Engine) -> Texts {
    engine.texts().unwrap_or_else(|_| Texts::new(system_language()))
}

/// The sentences that the app speaks, whatever has become of the engine.
pub(crate) fn texts(app: &AppHandle) -> Texts {
    match app.state::<Shell>().engine() {
        Ok(engine) => texts_of(&engine),
        Err(_) => Texts::new(system_language()),
    }
}

/// Somebody looks at the app: what was published since is asked for.
#[cfg(desktop)]
pub(crate) fn look_at(app: &AppHandle) {
    if let Ok(engine) = app.state::<Shell>().engine() {
        engine.look_at();
    }
}

/// Refreshes what is due for as long as the app runs; ends with the reason why it cannot go on.
fn poll(runtime: &Runtime, engine: &Engine, app: &AppHandle) -> ErrorBody {
    let host = TauriHost::new(app.clone());
    let ended = runtime.block_on(engine.run(&host, |refreshed| {
        let texts = engine.texts().ok();
        let outcome = refreshed.zip(texts).and_then(|(it, texts)| engine.outcome(&texts, it));
        emit(app, event::PROGRESS, &RefreshProgress { running: false, asking: None, outcome });
        emit(app, event::CHANGED, &());
    }));
    let texts = texts_of(engine);
    let error = match ended {
        // Damage that was met on the way, not at the door.
        EngineError::Store(StoreError::Damaged { .. }) => engine.set_aside(),
        other => other,
    };
    error.body(&texts, engine.now().utc())
}

/// Tells the window, if there is one.
pub(crate) fn emit(app: &AppHandle, event: &str, payload: &(impl serde::Serialize + Clone)) {
    if let Err(error) = app.emit(event, payload.clone()) {
        tracing::warn!(%error, event, "the window was not told");
    }
}

fn clock(texts: &Texts) -> Result<Clock, ErrorBody> {
    let Some(given) = variable("ECOSANTE_NOW") else { return Ok(Clock::System) };
    DateTime::parse_from_rfc3339(&given)
        .map(Clock::from)
        .map_err(|_| body("now", texts.format("error-now", [("given", given.into())])))
}

/// The folder that the command line uses too; on phones the one that the system gives the app.
pub(crate) fn folder(app: &AppHandle) -> Option<PathBuf> {
    if cfg!(mobile) {
        return app.path().app_local_data_dir().ok();
    }
    desktop_folder()
}

/// The folder of a desktop.
pub(crate) fn desktop_folder() -> Option<PathBuf> {
    match variable("ECOSANTE_DATA_DIR") {
        // Whoever is handed it may have another idea of where to begin.
        Some(folder) => Some(path::absolute(&folder).unwrap_or_else(|_| folder.into())),
        None => store::default_folder(),
    }
}

/// A variable of the environment that is set to something.
pub(crate) fn variable(name: &str) -> Option<String> {
    let value = env::var_os(name)?.to_string_lossy().into_owned();
    (!value.is_empty()).then_some(value)
}
