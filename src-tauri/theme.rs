//! How the window looks: a preference of the window alone, kept beside the data file.

use std::sync::Arc;

use ecosante_domain::window::{CHOSEN_THEME, Theme};
use tauri::{AppHandle, Wry};
use tauri_plugin_store::{Store, StoreExt as _};

use crate::shell;

/// The file of the window's preferences, in the folder of the data file.
const FILE_NAME: &str = "window.json";

const THEME: &str = "theme";

/// The preferences; none are set where their file cannot be read. `None` where they have no place.
fn preferences(app: &AppHandle) -> Option<Arc<Store<Wry>>> {
    let file = shell::folder(app)?.join(FILE_NAME);
    let opened = app.store_builder(file).disable_auto_save().build();
    opened.inspect_err(|error| tracing::warn!(%error, "the window's preferences are not read")).ok()
}

/// The theme that was chosen; that of the system where none was, or where it cannot be read.
pub(crate) fn chosen(app: &AppHandle) -> Theme {
    let kept = preferences(app).and_then(|preferences| preferences.get(THEME));
    kept.and_then(|theme| serde_json::from_value(theme).ok()).unwrap_or_default()
}

/// Keeps a theme, and has the window and what the system draws around it look so.
///
/// # Errors
/// Why it could not be kept.
pub(crate) fn choose(app: &AppHandle, theme: Theme) -> Result<(), String> {
    let preferences = preferences(app).ok_or("the preferences have no place")?;
    let value = serde_json::to_value(theme).map_err(|error| error.to_string())?;
    preferences.set(THEME, value);
    around(app, theme);
    preferences.save().map_err(|error| error.to_string())
}

/// Has the system draw what is around the window in this theme. Not where the window toolkit is GTK:
/// there "as the system" would be light from then on, whatever the desktop prefers.
fn around(app: &AppHandle, theme: Theme) {
    if cfg!(not(target_os = "linux")) {
        app.set_theme(of_system(theme));
    }
}

/// The theme as the system names it; `None`: its own.
pub(crate) fn of_system(theme: Theme) -> Option<tauri::Theme> {
    match theme {
        Theme::System => None,
        Theme::Light => Some(tauri::Theme::Light),
        Theme::Dark => Some(tauri::Theme::Dark),
    }
}

/// What says the theme to the window before anything is painted.
pub(crate) fn script(theme: Theme) -> String {
    let word = match theme {
        Theme::System => "",
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    format!("window.{CHOSEN_THEME} = {word:?};")
}
