//! The window and the system's notifications as the surroundings of the engine.

use ecosante_domain::text::Texts;
use ecosante_domain::window::{RefreshProgress, event};
use ecosante_domain::words;
#[cfg(mobile)]
use ecosante_engine::host::Planned;
use ecosante_engine::host::{Host, Notification, Notifier, Progress};
use tauri::{AppHandle, Manager as _};

use crate::notifier;
use crate::shell::{self, Shell};

/// Shows notifications through the system and tells the window how a refresh goes.
#[derive(Debug)]
pub(crate) struct TauriHost {
    app: AppHandle,
}

impl TauriHost {
    pub(crate) fn new(app: AppHandle) -> Self {
        Self { app }
    }

    fn texts(&self) -> Texts {
        match self.app.state::<Shell>().engine() {
            Ok(engine) => shell::texts_of(&engine),
            Err(_) => Texts::new(shell::system_language()),
        }
    }
}

impl Notifier for TauriHost {
    fn channel(&self) -> &'static str {
        notifier::CHANNEL
    }

    fn notify(&self, notification: &Notification) -> Result<(), String> {
        notifier::show(&self.app, notification, &self.texts())
    }

    #[cfg(mobile)]
    fn plans_ahead(&self) -> bool {
        true
    }

    #[cfg(mobile)]
    fn plan(&self, before: &[i64], planned: &[Planned]) -> Result<(), String> {
        notifier::plan(&self.app, before, planned)
    }
}

impl Host for TauriHost {
    fn progress(&self, progress: Progress) {
        let asking = match progress {
            Progress::Asking(source) => Some(words::source(&self.texts(), source)),
            Progress::Answered(_) | Progress::Failed(_) => None,
        };
        shell::emit(
            &self.app,
            event::PROGRESS,
            &RefreshProgress { running: true, asking, outcome: None },
        );
    }
}

/// Somebody has started the app once more: the window comes to the front, and what was published since
/// is asked for.
#[cfg(desktop)]
pub(crate) fn come_back(app: &AppHandle) {
    to_the_front(app);
    if let Ok(engine) = app.state::<Shell>().engine() {
        engine.look_at();
    }
}

/// Shows the window, if there is one, above others. A window manager may refuse to.
pub(crate) fn to_the_front(app: &AppHandle) {
    let Some(window) = app.get_webview_window("main") else { return };
    // On a phone no window is small.
    #[cfg(desktop)]
    let large = window.unminimize();
    #[cfg(mobile)]
    let large = Ok(());
    let raised = large.and_then(|()| window.show()).and_then(|()| window.set_focus());
    if let Err(error) = raised {
        tracing::warn!(%error, "the window stays where it is");
    }
}
