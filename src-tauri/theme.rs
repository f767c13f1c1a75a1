//! How the window looks: a preference of the window alone.

use ecosante_domain::window::{CHOSEN_THEME, Theme};
use tauri::AppHandle;

use crate::preferences;

const THEME: &str = "theme";

/// The theme that was chosen; that of the system where none was, or where it cannot be read.
pub(crate) fn chosen(app: &AppHandle) -> Theme {
    preferences::chosen(app, THEME).unwrap_or_default()
}

/// Keeps a theme, and has the window and what the system draws around it look so.
///
/// # Errors
/// Why it could not be kept.
pub(crate) fn choose(app: &AppHandle, theme: Theme) -> Result<(), String> {
    around(app, theme);
    preferences::choose(app, THEME, &theme)
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
