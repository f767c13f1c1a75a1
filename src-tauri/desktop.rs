//! What the app is on a desktop beside its window: it goes on when that is closed, starts when
//! somebody logs in, and remembers how it is wanted.

use std::thread;

use ecosante_domain::text::Texts;
use ecosante_domain::window::{Closing, DesktopChange, DesktopView};
use ecosante_engine::host::Notification;
use tauri::AppHandle;
use tauri_plugin_autostart::ManagerExt as _;
use tauri_plugin_window_state::{AppHandleExt as _, StateFlags};

use crate::shell;
use crate::{notifier, preferences, tray, window};

/// Started so, the app shows no window: what starts it at login says it.
pub(crate) const HIDDEN: &str = "--hidden";

/// The file in which the window's place on the screen is kept, in the folder of the data file.
const PLACE_FILE: &str = "window-place.json";

/// What is kept of the window's place.
const PLACE: StateFlags = StateFlags::SIZE.union(StateFlags::POSITION).union(StateFlags::MAXIMIZED);

const CLOSING: &str = "closing";
const SINGLE_KEYS: &str = "single-keys";
const TOLD: &str = "background-told";

/// What keeps the window where it was. A place on a screen that is gone is given up.
pub(crate) fn place() -> tauri::plugin::TauriPlugin<tauri::Wry> {
    let mut keeps = tauri_plugin_window_state::Builder::new().with_state_flags(PLACE);
    // A path from the root stands for itself.
    if let Some(folder) = shell::desktop_folder() {
        keeps = keeps.with_filename(folder.join(PLACE_FILE).to_string_lossy());
    }
    keeps.build()
}

/// What has the app be started at login, without a window.
pub(crate) fn at_login() -> tauri::plugin::TauriPlugin<tauri::Wry> {
    tauri_plugin_autostart::Builder::new().app_name("ecosante").arg(HIDDEN).build()
}

/// How the app is wanted on this desktop.
pub(crate) fn view(app: &AppHandle) -> DesktopView {
    DesktopView {
        at_login: app.autolaunch().is_enabled().unwrap_or_else(|error| {
            tracing::warn!(%error, "whether it starts at login is not known");
            false
        }),
        closing: closing(app),
        in_tray: tray::is_shown(app),
        single_keys: single_keys(app),
    }
}

/// Has the app be so from now on.
///
/// # Errors
/// What stands in the way.
pub(crate) fn change(app: &AppHandle, change: DesktopChange) -> Result<(), String> {
    if let Some(starts) = change.at_login {
        let autostart = app.autolaunch();
        let set = if starts { autostart.enable() } else { autostart.disable() };
        set.map_err(|error| error.to_string())?;
    }
    if let Some(closing) = change.closing {
        preferences::choose(app, CLOSING, &closing)?;
    }
    if let Some(single) = change.single_keys {
        preferences::choose(app, SINGLE_KEYS, &single)?;
    }
    Ok(())
}

/// What closing the window does: what was chosen, else going on where an icon in the tray shows it.
fn closing(app: &AppHandle) -> Closing {
    let usual = if tray::is_shown(app) { Closing::GoOn } else { Closing::End };
    preferences::chosen(app, CLOSING).unwrap_or(usual)
}

/// Whether single letters are shortcuts, as they are until somebody says otherwise.
pub(crate) fn single_keys(app: &AppHandle) -> bool {
    preferences::chosen(app, SINGLE_KEYS).unwrap_or(true)
}

/// The last window was closed: whether the app goes on without one. The first time, the person is
/// told that it does, and how to end it.
pub(crate) fn goes_on(app: &AppHandle) -> bool {
    // The system may end the app at any time from now on.
    if let Err(error) = app.save_window_state(PLACE) {
        tracing::warn!(%error, "the window's place is not kept");
    }
    let goes_on = closing(app) == Closing::GoOn;
    if goes_on && preferences::chosen(app, TOLD) != Some(true) {
        let app = app.clone();
        // Whoever shows notifications may take its time.
        let telling = thread::Builder::new().name("telling".to_owned()).spawn(move || tell(&app));
        if let Err(error) = telling {
            tracing::warn!(%error, "nobody is told that the app goes on");
        }
    }
    goes_on
}

fn tell(app: &AppHandle) {
    let texts = shell::texts(app);
    let shown = notifier::show(app, &goes_on_notice(&texts, tray::is_shown(app)), &texts);
    if let Err(error) = shown.and_then(|()| preferences::choose(app, TOLD, &true)) {
        tracing::warn!(error, "nobody was told that the app goes on");
    }
}

fn goes_on_notice(texts: &Texts, in_tray: bool) -> Notification {
    let how = if in_tray { "background-tray" } else { "background-no-tray" };
    Notification {
        id: 0,
        number: 0,
        title: texts.get("background-title"),
        body: format!("{}\n{}", texts.get(how), texts.get("background-settings")),
        alerts: Vec::new(),
    }
}

/// Somebody has started the app once more: the window comes to the front, and what was published
/// since is asked for. What starts it at login while it runs already shows nothing.
pub(crate) fn come_back(app: &AppHandle, arguments: &[String]) {
    if !is_hidden(arguments) {
        window::show(app);
    }
    shell::look_at(app);
}

/// Whether the app was started without a window.
pub(crate) fn is_hidden(arguments: &[String]) -> bool {
    arguments.iter().skip(1).any(|argument| argument == HIDDEN)
}

#[cfg(test)]
mod tests {
    use ecosante_domain::text::Language;

    use super::*;

    #[test]
    fn only_what_says_so_starts_without_a_window() {
        let started =
            |line: &[&str]| is_hidden(&line.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>());
        assert!(started(&["ecosante-app", "--hidden"]));
        assert!(!started(&["ecosante-app"]));
        // The first is the program.
        assert!(!started(&["--hidden"]));
    }

    #[test]
    fn who_is_told_that_it_goes_on_is_told_how_to_end_it() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            let quit = texts.get("tray-quit");
            assert!(goes_on_notice(&texts, true).body.contains(&quit));
            assert!(goes_on_notice(&texts, false).body.contains("Ctrl+Q"));
        }
    }
}
