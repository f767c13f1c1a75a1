//! The one window: opened, brought to the front, closed; and whether the app goes on without it.
//!
//! A closed window is gone, and with it the processes of the web view, which are most of what the
//! app weighs. The engine goes on by itself; a new window is opened when somebody asks for one.

use std::sync::{Mutex, PoisonError};
use std::thread;

use ecosante_domain::window::DEVICE_LANGUAGE;
#[cfg(desktop)]
use ecosante_domain::window::SINGLE_KEYS;
use tauri::{AppHandle, Manager as _, WebviewWindowBuilder};

#[cfg(desktop)]
use crate::desktop;
use crate::shell;
use crate::theme;

/// The name of the window, in `tauri.conf.json` too.
pub(crate) const LABEL: &str = "main";

/// Held while a window is opened: two wishes at once are one window.
static OPENING: Mutex<()> = Mutex::new(());

/// Shows the window above others: opens it where there is none, on a thread of its own, since some
/// systems have whoever asks wait. A window manager may refuse to raise it.
pub(crate) fn show(app: &AppHandle) {
    let app = app.clone();
    let showing = thread::Builder::new().name("window".to_owned()).spawn(move || {
        if let Err(error) = open(&app).and_then(|()| to_the_front(&app)) {
            tracing::warn!(%error, "the window is not shown");
        }
    });
    if let Err(error) = showing {
        tracing::warn!(%error, "no thread for the window");
    }
}

/// Opens the window unless it is open, and says to it before its contents run what it needs at
/// once: the language of the device, since the web view may think otherwise and what goes wrong
/// first is said in it, and the theme, so that nothing flashes.
pub(crate) fn open(app: &AppHandle) -> tauri::Result<()> {
    let _opening = OPENING.lock().unwrap_or_else(PoisonError::into_inner);
    if app.get_webview_window(LABEL).is_some() {
        return Ok(());
    }
    let theme = theme::chosen(app);
    let language = shell::system_language().code();
    let script = format!("window.{DEVICE_LANGUAGE} = {language:?}; {}", theme::script(theme));
    #[cfg(desktop)]
    let script = format!("{script} window.{SINGLE_KEYS} = {};", desktop::single_keys(app));
    for window in &app.config().app.windows {
        let window = WebviewWindowBuilder::from_config(app, window)?
            .theme(theme::of_system(theme))
            .initialization_script(&script);
        // The list of windows says on which screen it is.
        #[cfg(desktop)]
        let window = window.on_document_title_changed(|window, title| {
            if let Err(error) = window.set_title(&title) {
                tracing::warn!(%error, "the window keeps its title");
            }
        });
        window.build()?;
    }
    Ok(())
}

fn to_the_front(app: &AppHandle) -> tauri::Result<()> {
    let Some(window) = app.get_webview_window(LABEL) else { return Ok(()) };
    // On a phone no window is small.
    #[cfg(desktop)]
    window.unminimize()?;
    window.show()?;
    window.set_focus()
}

/// Closes the window, as the person does with the mouse.
#[cfg(desktop)]
pub(crate) fn close(app: &AppHandle) {
    let Some(window) = app.get_webview_window(LABEL) else { return };
    if let Err(error) = window.close() {
        tracing::warn!(%error, "the window stays open");
    }
}
