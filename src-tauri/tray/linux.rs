//! The icon as a `StatusNotifierItem` on the session's bus. Tauri's own tray would need a library of
//! the system (libappindicator), and has neither tooltip nor clicks there.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ksni::blocking::{Handle, TrayMethods as _};
use ksni::menu::{CheckmarkItem, StandardItem};
use ksni::{Category, MenuItem, OfflineReason, ToolTip};
use tauri::AppHandle;

use super::{Deed, Entry, Face, act, drawing};

/// The icon; before it is shown for the first time, and where there is no bus, none.
pub(super) struct Item {
    app: AppHandle,
    shown: Arc<AtomicBool>,
    handle: Option<Handle<Shown>>,
}

impl Item {
    pub(super) fn new(app: AppHandle, shown: Arc<AtomicBool>) -> Self {
        Self { app, shown, handle: None }
    }

    pub(super) fn show(&mut self, face: &Face) {
        if let Some(handle) = &self.handle {
            let face = face.clone();
            if handle.update(move |item| item.face = face).is_some() {
                return;
            }
        }
        // Until it is said that nobody does, somebody shows it.
        self.shown.store(true, Ordering::Relaxed);
        let (app, shown) = (self.app.clone(), Arc::clone(&self.shown));
        let item = Shown { app, shown, face: face.clone() };
        // At login the panel may come later than the app.
        match item.assume_sni_available(true).spawn() {
            Ok(handle) => self.handle = Some(handle),
            Err(error) => {
                self.shown.store(false, Ordering::Relaxed);
                tracing::warn!(%error, "there is no tray");
            }
        }
    }
}

/// What whoever shows the icon asks for.
struct Shown {
    app: AppHandle,
    shown: Arc<AtomicBool>,
    face: Face,
}

impl Shown {
    fn icons(&self) -> Vec<ksni::Icon> {
        let icon = |size: u32| {
            let mut data = drawing::draw(self.face.picture, size);
            for pixel in data.chunks_exact_mut(4) {
                // Opacity comes first here.
                pixel.rotate_right(1);
            }
            let size = i32::try_from(size).unwrap_or_default();
            ksni::Icon { width: size, height: size, data }
        };
        drawing::SIZES.into_iter().map(icon).collect()
    }
}

impl ksni::Tray for Shown {
    fn id(&self) -> String {
        "ecosante".to_owned()
    }

    fn title(&self) -> String {
        "Écosanté".to_owned()
    }

    fn category(&self) -> Category {
        Category::ApplicationStatus
    }

    fn icon_pixmap(&self) -> Vec<ksni::Icon> {
        self.icons()
    }

    fn tool_tip(&self) -> ToolTip {
        ToolTip {
            title: self.title(),
            // Where it is read as markup, the name of a place may not pass for a tag.
            description: crate::notifier::escaped(&self.face.tooltip),
            ..ToolTip::default()
        }
    }

    fn activate(&mut self, _: i32, _: i32) {
        act(&self.app, Deed::Open);
    }

    fn menu(&self) -> Vec<MenuItem<Self>> {
        self.face.menu.iter().map(item).collect()
    }

    fn watcher_online(&self) {
        self.shown.store(true, Ordering::Relaxed);
    }

    fn watcher_offline(&self, _: OfflineReason) -> bool {
        self.shown.store(false, Ordering::Relaxed);
        // It may come back.
        true
    }
}

fn item(entry: &Entry) -> MenuItem<Shown> {
    match entry {
        Entry::Does(deed, words) => {
            let deed = *deed;
            StandardItem {
                label: label(words),
                activate: Box::new(move |item: &mut Shown| act(&item.app, deed)),
                ..StandardItem::default()
            }
            .into()
        }
        Entry::Switch(deed, words, checked) => {
            let deed = *deed;
            CheckmarkItem {
                label: label(words),
                checked: *checked,
                activate: Box::new(move |item: &mut Shown| act(&item.app, deed)),
                ..CheckmarkItem::default()
            }
            .into()
        }
        Entry::Words(words) => {
            StandardItem { label: label(words), enabled: false, ..StandardItem::default() }.into()
        }
        Entry::Separator => MenuItem::Separator,
    }
}

/// As a menu reads it: there an underscore marks the letter that chooses a line.
fn label(words: &str) -> String {
    words.replace('_', "__")
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn the_name_of_a_place_marks_no_letter() {
        assert_eq!(label("maison_2: Today: poor air."), "maison__2: Today: poor air.");
    }
}
