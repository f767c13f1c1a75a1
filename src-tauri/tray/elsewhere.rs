//! The icon where the system itself shows it: Windows, macOS.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ecosante_domain::place::PlaceId;
use tauri::image::Image;
use tauri::menu::{CheckMenuItemBuilder, Menu, MenuBuilder, MenuItemBuilder};
use tauri::tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Wry};

use super::{Deed, Entry, Face, act, drawing};

/// The icon; none before it is shown for the first time.
pub(super) struct Item {
    app: AppHandle,
    shown: Arc<AtomicBool>,
    icon: Option<TrayIcon>,
}

impl Item {
    pub(super) fn new(app: AppHandle, shown: Arc<AtomicBool>) -> Self {
        Self { app, shown, icon: None }
    }

    pub(super) fn show(&mut self, face: &Face) {
        let shown = self.renew(face);
        self.shown.store(self.icon.is_some(), Ordering::Relaxed);
        if let Err(error) = shown {
            tracing::warn!(%error, "the tray is not renewed");
        }
    }

    fn renew(&mut self, face: &Face) -> tauri::Result<()> {
        let pixels = drawing::draw(face.picture, drawing::SIZE);
        let image = Image::new_owned(pixels, drawing::SIZE, drawing::SIZE);
        let menu = menu(&self.app, &face.menu)?;
        if let Some(icon) = &self.icon {
            icon.set_icon(Some(image))?;
            icon.set_tooltip(Some(&face.tooltip))?;
            return icon.set_menu(Some(menu));
        }
        let icon = TrayIconBuilder::with_id("ecosante")
            .icon(image)
            .tooltip(&face.tooltip)
            .menu(&menu)
            .show_menu_on_left_click(cfg!(target_os = "macos"))
            .on_menu_event(|app, event| {
                if let Some(deed) = Deed::named(event.id().as_ref()) {
                    act(app, deed);
                }
            })
            .on_tray_icon_event(|icon, event| {
                // A click opens the menu on macOS.
                if let TrayIconEvent::Click {
                    button: MouseButton::Left,
                    button_state: MouseButtonState::Up,
                    ..
                } = event
                    && cfg!(windows)
                {
                    act(icon.app_handle(), Deed::Open);
                }
            })
            .build(&self.app)?;
        self.icon = Some(icon);
        Ok(())
    }
}

fn menu(app: &AppHandle, entries: &[Entry]) -> tauri::Result<Menu<Wry>> {
    let mut menu = MenuBuilder::new(app);
    for entry in entries {
        menu = match entry {
            Entry::Does(deed, words) => {
                menu.item(&MenuItemBuilder::with_id(deed.name(), label(words)).build(app)?)
            }
            Entry::Switch(deed, words, checked) => menu.item(
                &CheckMenuItemBuilder::with_id(deed.name(), label(words))
                    .checked(*checked)
                    .build(app)?,
            ),
            Entry::Words(words) => {
                menu.item(&MenuItemBuilder::new(label(words)).enabled(false).build(app)?)
            }
            Entry::Separator => menu.separator(),
        };
    }
    menu.build()
}

/// As a menu reads it: there an ampersand marks the letter that chooses a line.
fn label(words: &str) -> String {
    words.replace('&', "&&")
}

impl Deed {
    /// Under which name the menu says that it was chosen.
    fn name(self) -> String {
        match self {
            Self::Open => "open".to_owned(),
            Self::Place(id) => format!("place-{}", id.0),
            Self::Check => "check".to_owned(),
            Self::Quiet(true) => "quiet".to_owned(),
            Self::Quiet(false) => "loud".to_owned(),
            Self::Quit => "quit".to_owned(),
        }
    }

    fn named(name: &str) -> Option<Self> {
        match name {
            "open" => Some(Self::Open),
            "check" => Some(Self::Check),
            "quiet" => Some(Self::Quiet(true)),
            "loud" => Some(Self::Quiet(false)),
            "quit" => Some(Self::Quit),
            _ => name.strip_prefix("place-")?.parse().ok().map(|id| Self::Place(PlaceId(id))),
        }
    }
}
