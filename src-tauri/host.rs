//! The window and the system's notifications as the surroundings of the engine.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use ecosante_domain::decision::AlertId;
use ecosante_domain::text::Texts;
use ecosante_domain::window::{RefreshProgress, event};
use ecosante_domain::words;
use ecosante_engine::host::{Host, Notification, Notifier, Progress};
use tauri::{AppHandle, Manager as _};
use tauri_plugin_notification::{ActionPerformed, NotificationExt as _};

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
        "desktop"
    }

    fn notify(&self, notification: &Notification) -> Result<(), String> {
        show(&self.app, notification)
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

/// The notifications that this process has shown, with the alert that each is about.
///
/// The system hands back the number of a notification that is clicked, and nothing else that is
/// the same everywhere.
#[derive(Debug, Default)]
pub(crate) struct Shown(Mutex<BTreeMap<i32, AlertId>>);

impl Shown {
    fn with<T>(&self, use_it: impl FnOnce(&mut BTreeMap<i32, AlertId>) -> T) -> T {
        use_it(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Shows a notification.
///
/// # Errors
/// What the system says when it refuses.
pub(crate) fn show(app: &AppHandle, notification: &Notification) -> Result<(), String> {
    let body = body(&notification.body)?;
    // The plugin's numbers are smaller; what is cut off repeats after four thousand million.
    let number = i32::try_from(notification.id.rem_euclid(1 << 31)).unwrap_or_default();
    if let Some(alert) = notification.alerts.first() {
        app.state::<Shown>().with(|shown| shown.insert(number, *alert));
    }
    app.notification()
        .builder()
        .id(number)
        .title(&notification.title)
        .body(body)
        .show()
        .map_err(|error| error.to_string())
}

/// Has a click on a notification open its alert. Before the first notification, or the system is
/// not asked to report clicks.
pub(crate) fn listen(app: &AppHandle) {
    let handle = app.clone();
    let listening = app.notification().on_action(move |action| open_alert(&handle, action));
    if let Err(error) = listening {
        tracing::warn!(%error, "clicks on notifications open nothing");
    }
}

fn open_alert(app: &AppHandle, action: &ActionPerformed) {
    let number = action.notification().map(|notification| notification.id());
    let alert = number.and_then(|number| app.state::<Shown>().with(|it| it.get(&number).copied()));
    if action.action_id() == "dismiss" {
        return;
    }
    if let Some(alert) = alert {
        app.state::<Shell>().open_alert(alert);
    }
    to_the_front(app);
    shell::emit(app, event::ALERT_OPENED, &());
}

/// Somebody has started the app once more: the window comes to the front, and what was published since
/// is asked for.
pub(crate) fn come_back(app: &AppHandle) {
    to_the_front(app);
    if let Ok(engine) = app.state::<Shell>().engine() {
        engine.look_at();
    }
}

/// Shows the window, if there is one, above others. A window manager may refuse to.
fn to_the_front(app: &AppHandle) {
    let Some(window) = app.get_webview_window("main") else { return };
    let raised = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    if let Err(error) = raised {
        tracing::warn!(%error, "the window stays where it is");
    }
}

/// How long whoever shows notifications may take to answer.
#[cfg(target_os = "linux")]
const ANSWER_WITHIN: std::time::Duration = std::time::Duration::from_secs(5);

/// The body as whoever shows notifications here reads it: some take it for markup, in which the
/// name of a place may not pass for a tag.
///
/// # Errors
/// When nobody shows notifications: the plugin sends without waiting for an answer, and what is
/// lost must not count as told.
#[cfg(target_os = "linux")]
fn body(text: &str) -> Result<String, String> {
    // A thread of its own: the connection waits in a way that the engine's runtime does not allow.
    let asked = std::thread::spawn(|| -> zbus::Result<Vec<String>> {
        const SERVICE: &str = "org.freedesktop.Notifications";
        let path = "/org/freedesktop/Notifications";
        let connection = zbus::blocking::connection::Builder::session()?
            .method_timeout(ANSWER_WITHIN)
            .build()?;
        let answer =
            connection.call_method(Some(SERVICE), path, Some(SERVICE), "GetCapabilities", &())?;
        answer.body().deserialize()
    });
    let capabilities = match asked.join() {
        Ok(answer) => answer.map_err(|error| error.to_string())?,
        Err(_) => return Err("the question to the notification service was cut short".to_owned()),
    };
    let markup = capabilities.iter().any(|capability| capability == "body-markup");
    Ok(if markup { escaped(text) } else { text.to_owned() })
}

#[cfg(not(target_os = "linux"))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere the system always takes notifications")]
fn body(text: &str) -> Result<String, String> {
    Ok(text.to_owned())
}

#[cfg(target_os = "linux")]
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::escaped;

    #[test]
    fn the_name_of_a_place_is_no_markup() {
        assert_eq!(escaped("Chez <b>Zoé & Max"), "Chez &lt;b&gt;Zoé &amp; Max");
        assert_eq!(escaped("&lt;"), "&amp;lt;");
    }
}
