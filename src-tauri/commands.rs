//! Carries the commands of the window to the engine, and says to it what only the shell can do.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ecosante_domain::contract::ErrorBody;
use ecosante_domain::decision::AlertId;
use ecosante_domain::text::{Language, Texts};
use ecosante_domain::window::{Theme, event};
use ecosante_engine::Engine;
use ecosante_engine::contract::{self, Desk};
use ecosante_engine::host::Notification;
use serde_json::Value;
use tauri::ipc::{Invoke, InvokeBody};
use tauri::{AppHandle, Manager as _};
use tauri_plugin_opener::OpenerExt as _;

use crate::notifier;
use crate::shell::{self, Shell};
use crate::theme;

/// Answers a command of the window, without holding it up; what the window may send at all is in
/// `permissions/`.
pub(crate) fn answer(invoke: Invoke) -> bool {
    let Invoke { message, resolver, .. } = invoke;
    let desk = AppDesk(message.webview_ref().app_handle().clone());
    let name = message.command().to_owned();
    let given = match message.payload() {
        InvokeBody::Json(given) => given.clone(),
        InvokeBody::Raw(_) => Value::Null,
    };
    tauri::async_runtime::spawn(async move {
        match contract::answer(&desk, &name, &given).await {
            Ok(answer) => resolver.resolve(answer),
            Err(error) => resolver.reject(error),
        }
    });
    true
}

/// The app around the window.
struct AppDesk(AppHandle);

impl Desk for AppDesk {
    fn engine(&self) -> Result<Arc<Engine>, ErrorBody> {
        self.0.state::<Shell>().engine()
    }

    fn reopen(&self) {
        shell::open(&self.0);
    }

    fn language(&self) -> Language {
        shell::system_language()
    }

    fn version(&self) -> String {
        self.0.package_info().version.to_string()
    }

    fn theme(&self) -> Theme {
        theme::chosen(&self.0)
    }

    fn set_theme(&self, theme: Theme) -> Result<(), String> {
        theme::choose(&self.0, theme)
    }

    fn notify(&self, notification: &Notification, texts: &Texts) -> Result<(), String> {
        notifier::show(&self.0, notification, texts)
    }

    fn take_opened_alert(&self) -> Option<AlertId> {
        self.0.state::<Shell>().take_opened_alert()
    }

    fn downloads(&self) -> Option<PathBuf> {
        let folders = self.0.path();
        // Not every desktop names one.
        folders.download_dir().or_else(|_| folders.home_dir()).ok()
    }

    fn reveal(&self, path: &Path) -> Result<(), String> {
        let opener = self.0.opener();
        opener.reveal_item_in_dir(path).map_err(|error| error.to_string())
    }

    fn feedback(&self) -> Option<String> {
        shell::variable("ECOSANTE_FEEDBACK_URL")
    }

    fn changed(&self) {
        shell::emit(&self.0, event::CHANGED, &());
    }
}
