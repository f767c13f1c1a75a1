//! Carries the commands of the window to the engine, and says to it what only the shell can do.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ecosante_domain::contract::ErrorBody;
use ecosante_domain::decision::AlertId;
use ecosante_domain::place::PlaceId;
use ecosante_domain::text::{Language, Texts};
#[cfg(desktop)]
use ecosante_domain::window::{DesktopChange, DesktopView};
use ecosante_domain::window::{Permission, Theme, event};
use ecosante_engine::Engine;
use ecosante_engine::contract::{self, Desk};
use ecosante_engine::host::Notification;
use serde_json::Value;
use tauri::ipc::{Invoke, InvokeBody};
use tauri::{AppHandle, Manager as _};
use tauri_plugin_opener::OpenerExt as _;

#[cfg(desktop)]
use crate::desktop;
use crate::notifier;
use crate::preferences;
use crate::shell::{self, Opened, Shell};
use crate::theme;
#[cfg(desktop)]
use crate::window;

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

    fn forget(&self) -> Result<(), String> {
        theme::choose(&self.0, Theme::System)?;
        preferences::forget(&self.0)
    }

    fn notify(&self, notification: &Notification, texts: &Texts) -> Result<(), String> {
        notifier::show(&self.0, notification, texts)
    }

    fn take_opened_alert(&self) -> Option<AlertId> {
        self.0.state::<Shell>().take_opened(|opened| match opened {
            Opened::Alert(id) => Some(id),
            Opened::Place(_) => None,
        })
    }

    fn take_opened_place(&self) -> Option<PlaceId> {
        self.0.state::<Shell>().take_opened(|opened| match opened {
            Opened::Place(id) => Some(id),
            Opened::Alert(_) => None,
        })
    }

    fn permission(&self) -> Permission {
        notifier::permission(&self.0)
    }

    fn ask_permission(&self) -> Permission {
        notifier::ask_permission(&self.0)
    }

    #[cfg(desktop)]
    fn desktop(&self) -> Option<DesktopView> {
        Some(desktop::view(&self.0))
    }

    #[cfg(desktop)]
    fn set_desktop(&self, change: DesktopChange) -> Result<(), String> {
        desktop::change(&self.0, change)
    }

    #[cfg(desktop)]
    fn close(&self, app: bool) {
        if app {
            self.0.exit(0);
        } else {
            window::close(&self.0);
        }
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
