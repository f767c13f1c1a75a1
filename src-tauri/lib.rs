//! The window of Écosanté: starts the engine beside it and carries questions and answers between
//! the two.
//!
//! Deliberately not here: anything that the command line would need too.

mod commands;
mod host;
mod notifier;
mod shell;
mod theme;

use std::thread;

use ecosante_domain::window::{DEVICE_LANGUAGE, event};
use tauri::{App, WebviewWindowBuilder};
use tracing::Level;

use crate::notifier::Shown;
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
        builder.plugin(tauri_plugin_single_instance::init(|app, _, _| host::come_back(app)))
    } else {
        builder
    };
    builder
        .plugin(tauri_plugin_notification::init())
        .plugin(tauri_plugin_opener::init())
        .plugin(tauri_plugin_store::Builder::new().build())
        .invoke_handler(commands::answer)
        // Before the window exists, which asks as soon as it does.
        .manage(Shell::default())
        .manage(Shown::default())
        .setup(|app| {
            notifier::listen(app.handle());
            open_window(app)?;
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

/// Opens the window, and says to it before its contents run what it needs at once: the language of
/// the device, since the web view may think otherwise and what goes wrong first is said in it, and
/// the theme, so that nothing flashes.
fn open_window(app: &App) -> tauri::Result<()> {
    let theme = theme::chosen(app.handle());
    let language = shell::system_language().code();
    let script = format!("window.{DEVICE_LANGUAGE} = {language:?}; {}", theme::script(theme));
    for window in &app.config().app.windows {
        WebviewWindowBuilder::from_config(app, window)?
            .theme(theme::of_system(theme))
            .initialization_script(&script)
            .build()?;
    }
    Ok(())
}

/// The configuration, the window's contents and the icons, as they were when this was built.
#[expect(clippy::disallowed_types, reason = "the macro writes it so")]
fn context() -> tauri::Context {
    tauri::generate_context!()
}
