//! The window of Écosanté: starts the engine beside it and carries questions and answers between
//! the two.
//!
//! Deliberately not here: anything that the command line would need too.

mod commands;
#[cfg(desktop)]
mod desktop;
mod host;
mod notifier;
mod preferences;
mod shell;
mod theme;
#[cfg(desktop)]
mod tray;
#[cfg(target_os = "linux")]
mod white_window;
mod window;

use std::thread;

use ecosante_domain::window::event;
use tauri::{App, AppHandle, RunEvent};
use tracing::Level;

use crate::notifier::Shown;
use crate::shell::Shell;

/// Runs the app until it ends: with its window, or, where it goes on without one, when it is told
/// to.
///
/// # Panics
/// When the system has no means to show a window at all: nothing is left to tell it with.
#[cfg_attr(mobile, tauri::mobile_entry_point)]
pub fn run() {
    // What goes wrong without concerning the person is for whoever looks at the terminal.
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_max_level(Level::WARN).init();
    #[cfg(target_os = "linux")]
    white_window::avoid();
    let builder = tauri::Builder::default();
    // Started once more, it comes to the front: two windows on one data file would each show what
    // the other no longer has. A folder of its own is another matter.
    #[cfg(desktop)]
    let builder = if shell::variable("ECOSANTE_DATA_DIR").is_none() {
        builder.plugin(tauri_plugin_single_instance::init(|app, arguments, _| {
            desktop::come_back(app, &arguments);
        }))
    } else {
        builder
    };
    #[cfg(desktop)]
    let builder = builder.plugin(desktop::place()).plugin(desktop::at_login());
    builder
        .plugin(tauri_plugin_notification::init())
        .plugin(tauri_plugin_opener::init())
        .plugin(tauri_plugin_store::Builder::new().build())
        .invoke_handler(commands::answer)
        // Before the window exists, which asks as soon as it does.
        .manage(Shell::default())
        .manage(Shown::default())
        .setup(|app| Ok(begin(app)?))
        .build(context())
        .expect("the system can show a window")
        .run(|app, event| go_on(app, &event));
}

/// Opens the window, unless it is not wanted, and the engine, while the window paints.
fn begin(app: &App) -> tauri::Result<()> {
    let handle = app.handle().clone();
    notifier::listen(&handle);
    #[cfg(desktop)]
    let wanted = {
        tray::start(&handle);
        !desktop::is_hidden(&std::env::args().collect::<Vec<_>>())
    };
    #[cfg(mobile)]
    let wanted = true;
    if wanted {
        window::open(&handle)?;
    }
    thread::Builder::new().name("opening".to_owned()).spawn(move || {
        shell::open(&handle);
        shell::emit(&handle, event::CHANGED, &());
    })?;
    Ok(())
}

/// What happens to the app as a whole; on phones the system sees to it.
#[cfg_attr(mobile, expect(unused_variables, reason = "phones close and end apps by themselves"))]
fn go_on(app: &AppHandle, event: &RunEvent) {
    match event {
        // Nobody has ended it: its last window was closed.
        #[cfg(desktop)]
        RunEvent::ExitRequested { code: None, api, .. } if desktop::goes_on(app) => {
            api.prevent_exit();
        }
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { has_visible_windows: false, .. } => window::show(app),
        _ => {}
    }
}

/// The configuration, the window's contents and the icons, as they were when this was built.
#[expect(clippy::disallowed_types, reason = "the macro writes it so")]
fn context() -> tauri::Context {
    tauri::generate_context!()
}
