//! What the app remembers of how its window is wanted: in a file of its own beside the data file,
//! since the command line has no use for it.

use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use tauri::{AppHandle, Wry};
use tauri_plugin_store::{Store, StoreExt as _};

use crate::shell;

/// The file, in the folder of the data file.
const FILE_NAME: &str = "window.json";

/// The preferences; none are set where their file cannot be read. `None` where they have no place.
fn preferences(app: &AppHandle) -> Option<Arc<Store<Wry>>> {
    let file = shell::folder(app)?.join(FILE_NAME);
    let opened = app.store_builder(file).disable_auto_save().build();
    opened.inspect_err(|error| tracing::warn!(%error, "the window's preferences are not read")).ok()
}

/// What was chosen under a name; `None` where nothing was, or where it cannot be read.
pub(crate) fn chosen<T: DeserializeOwned>(app: &AppHandle, name: &str) -> Option<T> {
    serde_json::from_value(preferences(app)?.get(name)?).ok()
}

/// Keeps what was chosen under a name.
///
/// # Errors
/// Why it could not be kept.
pub(crate) fn choose(app: &AppHandle, name: &str, value: &impl Serialize) -> Result<(), String> {
    let preferences = preferences(app).ok_or("the preferences have no place")?;
    let value = serde_json::to_value(value).map_err(|error| error.to_string())?;
    preferences.set(name, value);
    preferences.save().map_err(|error| error.to_string())
}

/// Forgets all that was chosen.
///
/// # Errors
/// Why that is not possible.
pub(crate) fn forget(app: &AppHandle) -> Result<(), String> {
    let Some(preferences) = preferences(app) else { return Ok(()) };
    preferences.clear();
    preferences.save().map_err(|error| error.to_string())
}
