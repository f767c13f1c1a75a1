//! The notifications of the system: shown at once, and on phones planned ahead as well.
//!
//! Both are the plugin's; what it leaves open is here: whether anybody shows notifications at all,
//! which alert was clicked, and on phones what was planned, since it cannot say.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use ecosante_domain::decision::AlertId;
use ecosante_domain::mute::MuteFor;
use ecosante_domain::text::Texts;
use ecosante_domain::window::{Permission, event};
use ecosante_engine::Engine;
use ecosante_engine::host::Notification;
#[cfg(mobile)]
use ecosante_engine::host::Planned;
use tauri::{AppHandle, Manager as _};
use tauri_plugin_notification::{
    Action, ActionPerformed, ActionType, NotificationExt as _, PermissionState,
};

use crate::shell::{self, Opened, Shell};
use crate::window;

/// The name of the channel under which deliveries are recorded.
pub(crate) const CHANNEL: &str = if cfg!(mobile) { "phone" } else { "desktop" };

/// The actions of a notification that tells an alert, by their identity.
const ALERT: &str = "alert";
const OPEN: &str = "open";
const MUTE_TODAY: &str = "mute-today";
const USEFUL: &str = "useful";
const NOT_USEFUL: &str = "not-useful";

/// The numbers under which this process has shown notifications.
#[derive(Debug, Default)]
pub(crate) struct Shown(Mutex<BTreeSet<i32>>);

impl Shown {
    /// Keeps a number; whether it was there before.
    fn was(&self, number: i32) -> bool {
        !self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(number)
    }
}

/// A number as the plugin takes it: its numbers are smaller; what is cut off repeats after two
/// thousand million.
fn number(number: i64) -> i32 {
    i32::try_from(number.rem_euclid(1 << 31)).unwrap_or_default()
}

/// Shows a notification; one that is on the screen under its number gives way to it.
///
/// # Errors
/// What the system says when it refuses.
pub(crate) fn show(
    app: &AppHandle,
    notification: &Notification,
    texts: &Texts,
) -> Result<(), String> {
    let body = body(&notification.body)?;
    let number = number(notification.number);
    let notifications = app.notification();
    let before = app.state::<Shown>().was(number);
    // On desktops a number alone does not make room.
    if cfg!(desktop) && before {
        notifications.remove_active(vec![number]).map_err(|error| error.to_string())?;
    }
    let mut builder = notifications.builder().id(number).title(&notification.title).body(body);
    if !notification.alerts.is_empty() {
        // Each time anew: the language may have changed.
        let registered = notifications.register_action_types(vec![actions(texts)]);
        registered.map_err(|error| error.to_string())?;
        builder = builder.action_type_id(ALERT);
    }
    builder.show().map_err(|error| error.to_string())
}

fn actions(texts: &Texts) -> ActionType {
    let action = |id: &str| Action::builder(id, texts.get(&format!("action-{id}")));
    ActionType::builder(ALERT)
        .actions(vec![
            action(OPEN).foreground(true).build(),
            action(MUTE_TODAY).build(),
            action(USEFUL).build(),
            action(NOT_USEFUL).build(),
        ])
        .build()
}

/// Whether the system lets the app show notifications; a desktop asks nobody.
pub(crate) fn permission(app: &AppHandle) -> Permission {
    answered(app.notification().permission_state())
}

/// Has the system ask the person, where nobody has said so yet; what they said.
pub(crate) fn ask_permission(app: &AppHandle) -> Permission {
    match permission(app) {
        Permission::Unasked => answered(app.notification().request_permission()),
        said => said,
    }
}

fn answered(state: tauri_plugin_notification::Result<PermissionState>) -> Permission {
    match state {
        Ok(PermissionState::Granted) => Permission::Granted,
        Ok(PermissionState::Denied) => Permission::Denied,
        Ok(_) => Permission::Unasked,
        Err(error) => {
            tracing::warn!(%error, "whether notifications are allowed is not known");
            Permission::Unasked
        }
    }
}

/// Calls off what was planned, by number alone: what is pending cannot be listed on Android, where a
/// scheduled notification loses what it was made from (plugins-workspace#3550). Then has the system
/// show what is planned now.
///
/// # Errors
/// What the system says when it refuses.
#[cfg(mobile)]
pub(crate) fn plan(app: &AppHandle, before: &[i64], planned: &[Planned]) -> Result<(), String> {
    use tauri_plugin_notification::Schedule;
    let notifications = app.notification();
    let said = |error: tauri_plugin_notification::Error| error.to_string();
    if notifications.permission_state().map_err(said)? != PermissionState::Granted {
        return Err("notifications are not allowed".to_owned());
    }
    if !before.is_empty() {
        notifications.cancel(before.iter().copied().map(number).collect()).map_err(said)?;
    }
    for it in planned {
        let date = time::OffsetDateTime::from_unix_timestamp(it.due_at.timestamp());
        let date = date.map_err(|error| error.to_string())?;
        let schedule = Schedule::At { date, repeating: false, allow_while_idle: true };
        notifications
            .builder()
            .id(number(it.number))
            .title(&it.title)
            .body(&it.body)
            .schedule(schedule)
            .show()
            .map_err(said)?;
    }
    Ok(())
}

/// Has clicks on notifications do what they say. Before the first notification, or the system is not
/// asked to report clicks.
pub(crate) fn listen(app: &AppHandle) {
    let handle = app.clone();
    let listening = app.notification().on_action(move |action| act(&handle, action));
    if let Err(error) = listening {
        tracing::warn!(%error, "clicks on notifications do nothing");
    }
}

fn act(app: &AppHandle, action: &ActionPerformed) {
    let number = action.notification().map(|notification| notification.id());
    let Ok(engine) = app.state::<Shell>().engine() else { return };
    // The file knows what each notification was about, those of earlier runs too.
    let alerts = number.map(|number| engine.alerts_under(i64::from(number)));
    let alerts = alerts.and_then(Result::ok).unwrap_or_default();
    match action.action_id() {
        "dismiss" => {}
        MUTE_TODAY => each(app, &alerts, |engine, alert| engine.mute_alert(alert, MuteFor::Day)),
        USEFUL => each(app, &alerts, |engine, alert| engine.rate_alert(alert, true)),
        NOT_USEFUL => each(app, &alerts, |engine, alert| engine.rate_alert(alert, false)),
        _ => {
            if let Some(alert) = alerts.first() {
                app.state::<Shell>().open(Opened::Alert(*alert));
            }
            window::show(app);
            shell::emit(app, event::ALERT_OPENED, &());
        }
    }
}

/// Does something with each alert of a notification, and has what changed be judged and shown.
fn each(
    app: &AppHandle,
    alerts: &[AlertId],
    does: impl Fn(&Engine, AlertId) -> ecosante_engine::Result<()>,
) {
    let Ok(engine) = app.state::<Shell>().engine() else { return };
    for alert in alerts {
        if let Err(error) = does(&engine, *alert) {
            tracing::warn!(%error, "a click on a notification came to nothing");
        }
    }
    engine.wake();
    shell::emit(app, event::CHANGED, &());
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

/// A text as it is written in markup.
#[cfg(target_os = "linux")]
pub(crate) fn escaped(text: &str) -> String {
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
