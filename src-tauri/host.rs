//! The window and the system's notifications as the surroundings of the engine.

use ecosante_domain::window::{RefreshProgress, event};
use ecosante_domain::words;
#[cfg(mobile)]
use ecosante_engine::host::Planned;
use ecosante_engine::host::{Host, Notification, Notifier, Progress};
use tauri::AppHandle;

use crate::notifier;
use crate::shell;

/// Shows notifications through the system and tells the window how a refresh goes.
#[derive(Debug)]
pub(crate) struct TauriHost {
    app: AppHandle,
}

impl TauriHost {
    pub(crate) fn new(app: AppHandle) -> Self {
        Self { app }
    }
}

impl Notifier for TauriHost {
    fn channel(&self) -> &'static str {
        notifier::CHANNEL
    }

    fn notify(&self, notification: &Notification) -> Result<(), String> {
        notifier::show(&self.app, notification, &shell::texts(&self.app))
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
            Progress::Asking(source) => Some(words::source(&shell::texts(&self.app), source)),
            Progress::Answered(_) | Progress::Failed(_) => None,
        };
        shell::emit(
            &self.app,
            event::PROGRESS,
            &RefreshProgress { running: true, asking, outcome: None },
        );
    }
}
