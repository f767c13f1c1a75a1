//! The window of Écosanté: starts the engine beside it and carries questions and answers between
//! the two.
//!
//! Deliberately not here: anything that the command line would need too.

mod commands;
mod host;
mod shell;

use std::thread;

use ecosante_domain::window::{DEVICE_LANGUAGE, event};
use tauri::Wry;
use tauri::plugin::{self, TauriPlugin};
use tracing::Level;

use crate::host::Shown;
use crate::shell::Shell;

/// Runs the app until its window is closed.
///
/// # Panics
/// When the system has no means to show a window at all: nothing is left to tell it with.
#[cfg_attr(mobile, tauri::mobile_entry_point)]
pub fn run() {
    // What goes wrong without concerning the person is for whoever looks at the terminal.
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_max_level(Level::WARN).init();
    let builder = tauri::Builder::default();
    // Started once more, it comes to the front: two windows on one data file would each show what
    // the other no longer has. A folder of its own is another matter.
    #[cfg(desktop)]
    let builder = if shell::variable("ECOSANTE_DATA_DIR").is_none() {
        builder.plugin(tauri_plugin_single_instance::init(|app, _, _| host::to_the_front(app)))
    } else {
        builder
    };
    builder
        .plugin(language())
        .plugin(tauri_plugin_notification::init())
        .plugin(tauri_plugin_opener::init())
        .invoke_handler(tauri::generate_handler![
            commands::overview,
            commands::alerts,
            commands::explain,
            commands::refresh,
            commands::suggest_places,
            commands::search_places,
            commands::add_place,
            commands::remove_place,
            commands::people,
            commands::set_profile,
            commands::quiet_hours,
            commands::set_quiet_hours,
            commands::test_notification,
            commands::take_opened_alert,
            commands::retry,
        ])
        // Before the window exists, which asks as soon as it does.
        .manage(Shell::default())
        .manage(Shown::default())
        .setup(|app| {
            host::listen(app.handle());
            // The window paints meanwhile.
            let handle = app.handle().clone();
            thread::Builder::new().name("opening".to_owned()).spawn(move || {
                shell::open(&handle);
                shell::emit(&handle, event::CHANGED, &());
            })?;
            Ok(())
        })
        .run(context())
        .expect("the system can show a window");
}

/// Says the language of the device to the window before its contents run: the web view may think
/// otherwise, and what goes wrong first is said in it.
fn language() -> TauriPlugin<Wry> {
    let code = shell::system_language().code();
    plugin::Builder::new("language")
        .js_init_script(format!("window.{DEVICE_LANGUAGE} = {code:?};"))
        .build()
}

/// The configuration, the window's contents and the icons, as they were when this was built.
#[expect(clippy::disallowed_types, reason = "the macro writes it so")]
fn context() -> tauri::Context {
    tauri::generate_context!()
}
