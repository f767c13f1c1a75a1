//! The icon in the tray: the worst of all places at a glance, what it is in a sentence, and a menu.
//!
//! It stands for the app while no window does, and is renewed whenever what is known changes. What
//! shows it differs by system: on Linux whoever watches the session's bus for such items, if anybody
//! does (GNOME alone does not); elsewhere the system itself.

mod drawing;
#[cfg(not(target_os = "linux"))]
mod elsewhere;
#[cfg(target_os = "linux")]
mod linux;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use ecosante_domain::glance::{Glance, Picture};
use ecosante_domain::place::PlaceId;
use ecosante_domain::text::Texts;
use ecosante_domain::window::{STARTING, event};
use ecosante_engine::Engine;
use tauri::{AppHandle, Listener as _, Manager as _};

#[cfg(not(target_os = "linux"))]
use self::elsewhere::Item;
#[cfg(target_os = "linux")]
use self::linux::Item;
use crate::shell::{self, Opened, Shell};
use crate::window;

/// The icon, for the rest of the app.
#[derive(Debug)]
pub(crate) struct Tray {
    wanted: Sender<()>,
    shown: Arc<AtomicBool>,
}

/// What the icon shows and offers.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Face {
    picture: Picture,
    tooltip: String,
    menu: Vec<Entry>,
}

/// A line of the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Entry {
    /// Something to do.
    Does(Deed, String),
    /// Something that is on or off, and turned by choosing it.
    Switch(Deed, String, bool),
    /// Something to read.
    Words(String),
    Separator,
}

/// What can be done from the tray.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Open,
    /// Opens Today at a place.
    Place(PlaceId),
    /// Asks every source.
    Check,
    /// Has notifications wait until tomorrow morning, or no longer.
    Quiet(bool),
    Quit,
}

/// Puts the icon into the tray, and keeps it as things are.
pub(crate) fn start(app: &AppHandle) {
    let (wanted, renewals) = mpsc::channel();
    let shown = Arc::new(AtomicBool::new(false));
    app.manage(Tray { wanted: wanted.clone(), shown: Arc::clone(&shown) });
    app.listen_any(event::CHANGED, {
        let wanted = wanted.clone();
        move |_| {
            let _ = wanted.send(());
        }
    });
    let handle = app.clone();
    // A thread of its own: whoever shows the icon may take its time.
    let keeping = thread::Builder::new()
        .name("tray".to_owned())
        .spawn(move || keep(&handle, &renewals, shown));
    match keeping {
        Ok(_) => {
            let _ = wanted.send(());
        }
        Err(error) => tracing::warn!(%error, "no thread for the tray"),
    }
}

/// Whether somebody shows the icon, so that it can stand for the app while no window does.
pub(crate) fn is_shown(app: &AppHandle) -> bool {
    app.try_state::<Tray>().is_some_and(|tray| tray.shown.load(Ordering::Relaxed))
}

/// Has the icon be renewed for a reason that nothing else tells.
fn renew(app: &AppHandle) {
    if let Some(tray) = app.try_state::<Tray>() {
        // Where nobody keeps it, there is nothing to renew.
        let _ = tray.wanted.send(());
    }
}

fn keep(app: &AppHandle, wanted: &Receiver<()>, shown: Arc<AtomicBool>) {
    let mut item = Item::new(app.clone(), shown);
    let mut before = None;
    while wanted.recv().is_ok() {
        // Several wishes are one.
        while wanted.try_recv().is_ok() {}
        let face = Face::of(app);
        if before.as_ref() != Some(&face) {
            item.show(&face);
            before = Some(face);
        }
    }
}

impl Face {
    fn of(app: &AppHandle) -> Self {
        let engine = match app.state::<Shell>().engine() {
            Ok(engine) => engine,
            Err(error) => {
                let texts = Texts::new(shell::system_language());
                let starting = error.code == STARTING;
                let why = if starting { texts.get("tray-starting") } else { error.message };
                return Self::new(&texts, &Glance::stopped(why), None);
            }
        };
        let texts = shell::texts_of(&engine);
        let glance = engine.glance(&texts).unwrap_or_else(|error| {
            Glance::stopped(error.body(&texts, engine.now().utc()).message)
        });
        Self::new(&texts, &glance, Some(is_quiet(&engine)))
    }

    /// `quiet`: whether notifications wait until tomorrow; none where nothing can be asked.
    fn new(texts: &Texts, glance: &Glance, quiet: Option<bool>) -> Self {
        let mut menu = vec![Entry::Does(Deed::Open, texts.get("tray-open")), Entry::Separator];
        if !glance.places.is_empty() {
            let places = glance.places.iter();
            menu.extend(places.map(|(id, line)| Entry::Does(Deed::Place(*id), line.clone())));
            menu.push(Entry::Separator);
        }
        if let Some(quiet) = quiet {
            if !glance.checked.is_empty() {
                menu.push(Entry::Words(glance.checked.clone()));
            }
            menu.push(Entry::Does(Deed::Check, texts.get("tray-check")));
            menu.push(Entry::Switch(Deed::Quiet(!quiet), texts.get("tray-quiet"), quiet));
            menu.push(Entry::Separator);
        }
        menu.push(Entry::Does(Deed::Quit, texts.get("tray-quit")));
        Self { picture: glance.picture, tooltip: glance.sentence.clone(), menu }
    }
}

fn is_quiet(engine: &Engine) -> bool {
    engine.quiet_until().is_ok_and(|until| until.is_some())
}

/// Does what was chosen; not for long, since the menu waits for it.
fn act(app: &AppHandle, deed: Deed) {
    let engine = app.state::<Shell>().engine();
    match deed {
        Deed::Open => window::show(app),
        Deed::Place(id) => {
            app.state::<Shell>().open(Opened::Place(id));
            window::show(app);
            shell::emit(app, event::PLACE_OPENED, &());
        }
        Deed::Check => {
            // Sooner than a minute after the last time, what the menu says of it holds.
            if let Some(error) = engine.ok().and_then(|engine| engine.ask_all().err()) {
                tracing::info!(%error, "nothing is asked");
            }
        }
        Deed::Quiet(quiet) => {
            let Ok(engine) = engine else { return };
            if let Err(error) = engine.set_quiet_until_morning(quiet) {
                tracing::warn!(%error, "quiet until tomorrow is not kept");
            }
            engine.wake();
            shell::emit(app, event::CHANGED, &());
            renew(app);
        }
        Deed::Quit => app.exit(0),
    }
}

#[cfg(test)]
mod tests {
    use ecosante_domain::text::Language;

    use super::*;

    fn face(places: &[(i64, &str)], quiet: Option<bool>) -> Face {
        let glance = Glance {
            picture: Picture::UNKNOWN,
            sentence: "Lyon: Today: poor air.".to_owned(),
            places: places.iter().map(|(id, line)| (PlaceId(*id), (*line).to_owned())).collect(),
            checked: "Checked today at 14:22.".to_owned(),
        };
        Face::new(&Texts::new(Language::En), &glance, quiet)
    }

    #[test]
    fn the_menu_opens_each_place_checks_keeps_quiet_and_ends() {
        let face = face(&[(3, "Lyon: Today: poor air.")], Some(false));
        let does = |deed, words: &str| Entry::Does(deed, words.to_owned());
        assert_eq!(
            face.menu,
            [
                does(Deed::Open, "Open Écosanté"),
                Entry::Separator,
                does(Deed::Place(PlaceId(3)), "Lyon: Today: poor air."),
                Entry::Separator,
                Entry::Words("Checked today at 14:22.".to_owned()),
                does(Deed::Check, "Check now"),
                Entry::Switch(Deed::Quiet(true), "Quiet until tomorrow morning".to_owned(), false),
                Entry::Separator,
                does(Deed::Quit, "Quit Écosanté"),
            ]
        );
    }

    #[test]
    fn an_app_that_cannot_show_its_places_can_still_be_opened_and_ended() {
        let deeds = |face: Face| -> Vec<Deed> {
            let deeds = face.menu.into_iter().filter_map(|entry| match entry {
                Entry::Does(deed, _) | Entry::Switch(deed, ..) => Some(deed),
                Entry::Words(_) | Entry::Separator => None,
            });
            deeds.collect()
        };
        assert_eq!(deeds(face(&[], None)), [Deed::Open, Deed::Quit]);
    }
}
