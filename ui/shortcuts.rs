//! Keys that do something from anywhere in the window, and the list of them.
//!
//! Single letters can be turned off, and never count while somebody types (WCAG 2.2, 2.1.4). On a
//! phone there are none.

use std::cell::Cell;

use ecosante_domain::window::{DesktopView, SINGLE_KEYS};
use js_sys::Reflect;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlDialogElement, KeyboardEvent};
use yew::prelude::*;

use crate::app::go;
use crate::bridge;
use crate::components::place_search;
use crate::focus::{find, focus};
use crate::state::{Action, View, Window};
use crate::words::Words;

thread_local! {
    /// Whether single letters count; none where there is no keyboard to speak of.
    static SINGLE: Cell<Option<bool>> = const { Cell::new(None) };
    /// Whether the next screen begins at its search.
    static SEARCHED: Cell<bool> = const { Cell::new(false) };
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    /// Goes to a screen of the bar, from 1.
    Screen(char),
    Search,
    Check,
    List,
    Settings,
    Close,
    Quit,
}

/// A key as it was pressed.
#[derive(Clone, Copy, Debug)]
struct Pressed<'a> {
    /// What it writes.
    key: &'a str,
    /// Where it is on the keyboard: French keyboards write digits with Shift.
    code: &'a str,
    /// Held with Ctrl, or with ⌘.
    command: bool,
    alt: bool,
}

impl Deed {
    /// `single`: whether single letters count here and now.
    fn of(pressed: Pressed<'_>, single: bool) -> Option<Self> {
        match (pressed.command, pressed.alt) {
            (true, false) => match pressed.key {
                "," => Some(Self::Settings),
                "w" | "W" => Some(Self::Close),
                "q" | "Q" => Some(Self::Quit),
                _ => None,
            },
            (false, false) if single => {
                let digit = pressed.code.strip_prefix("Digit");
                let digit = digit.or_else(|| pressed.code.strip_prefix("Numpad"));
                let digit = digit.and_then(|it| it.chars().next()).filter(|it| *it != '0');
                match (pressed.key, digit.filter(char::is_ascii_digit)) {
                    ("?", _) => Some(Self::List),
                    ("/", _) => Some(Self::Search),
                    ("r" | "R", _) => Some(Self::Check),
                    (_, digit) => digit.map(Self::Screen),
                }
            }
            _ => None,
        }
    }

    fn run(self, window: &Window) {
        match self {
            Self::Screen(number) => {
                if let Some(entry) = find(&format!("nav li:nth-child({number}) a")) {
                    entry.click();
                }
            }
            Self::Search => {
                if find(place_search::SELECTOR).is_some() {
                    focus(&[place_search::SELECTOR]);
                } else if find("nav").is_some() {
                    SEARCHED.set(true);
                    go(View::People);
                }
            }
            Self::Check => check(window),
            Self::List => open_list(),
            Self::Settings => go(View::Settings),
            Self::Close | Self::Quit => spawn_local(async move {
                // Where it fails, the window is still there to say so by itself.
                let _ = bridge::close(self == Self::Quit).await;
            }),
        }
    }
}

/// Asks every source anew; why not, the window then says.
pub(crate) fn check(window: &Window) {
    let dispatch = window.dispatcher();
    spawn_local(async move {
        dispatch.dispatch(Action::Refused(None));
        if let Err(error) = bridge::refresh().await {
            dispatch.dispatch(Action::Refused(Some(error)));
        }
    });
}

/// Where a new screen begins: at its heading, unless a search was asked for.
pub(crate) fn begin_screen() {
    let searched = SEARCHED.replace(false);
    focus(if searched {
        &[place_search::SELECTOR, "main h1", "main"]
    } else {
        &["main h1", "main"]
    });
}

/// How the keys are wanted, once it is known.
pub(crate) fn set(desktop: Option<DesktopView>) {
    SINGLE.set(desktop.map(|desktop| desktop.single_keys));
}

/// Whether single letters count from now on.
pub(crate) fn set_single(single: bool) {
    SINGLE.set(Some(single));
}

/// Listens to the keys for as long as the window lives.
pub(crate) fn listen(window: &Window) {
    let Some(page) = web_sys::window() else { return };
    // Before anything is asked, the shell has said it.
    SINGLE.set(Reflect::get(&page, &SINGLE_KEYS.into()).ok().and_then(|it| it.as_bool()));
    let window = window.clone();
    let pressed = Closure::<dyn Fn(KeyboardEvent)>::new(move |event: KeyboardEvent| {
        let Some(single) = SINGLE.get() else { return };
        let (key, code) = (event.key(), event.code());
        let pressed = Pressed {
            key: &key,
            code: &code,
            command: event.ctrl_key() || event.meta_key(),
            alt: event.alt_key(),
        };
        if let Some(deed) = Deed::of(pressed, single && !is_typed(&event)) {
            event.prevent_default();
            deed.run(&window);
        }
    });
    let call = pressed.as_ref().unchecked_ref();
    if page.add_event_listener_with_callback("keydown", call).is_ok() {
        pressed.forget();
    }
}

/// Whether a key goes where letters mean something of their own, or the list is open.
fn is_typed(event: &KeyboardEvent) -> bool {
    let at = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    // A box that is ticked takes no letters.
    let fields = "input:not([type=checkbox], [type=radio]), select, textarea, dialog";
    let typed = at.and_then(|it| it.closest(fields).ok().flatten());
    typed.is_some() || event.default_prevented()
}

const LIST: &str = "shortcuts";

/// Shows the list over the screen.
pub(crate) fn open_list() {
    let list = find(&format!("#{LIST}")).and_then(|it| it.dyn_into::<HtmlDialogElement>().ok());
    if let Some(list) = list {
        // It is open already.
        let _ = list.show_modal();
    }
}

/// The keys with what they do; closed until it is asked for.
pub(crate) fn list(words: &Words) -> Html {
    let keys = [
        ("1 2 3 …", "keys-screens"),
        ("/", "keys-search"),
        ("R", "refresh"),
        ("?", "keys-list"),
        ("← ↑ → ↓", "keys-arrows"),
        ("Ctrl ,", "nav-settings"),
        ("Ctrl W", "keys-close"),
        ("Ctrl Q", "keys-quit"),
    ];
    let entry = |(key, does): (&'static str, &'static str)| {
        html! { <><dt><kbd>{ key }</kbd></dt><dd>{ words.get(does) }</dd></> }
    };
    html! {
        <dialog id={LIST} aria-labelledby="shortcuts-title">
            <h2 id="shortcuts-title" class="section-title">{ words.get("keys-title") }</h2>
            <dl class="keys">{ for keys.into_iter().map(entry) }</dl>
            <form method="dialog">
                <button class="button">{ words.get("keys-done") }</button>
            </form>
        </dialog>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::markup;

    const PLAIN: Pressed<'_> = Pressed { key: "", code: "", command: false, alt: false };

    #[test]
    fn a_digit_is_a_screen_on_every_keyboard() {
        // A French keyboard writes "&" where others write "1".
        for key in ["1", "&"] {
            let pressed = Pressed { key, code: "Digit1", ..PLAIN };
            assert_eq!(Deed::of(pressed, true), Some(Deed::Screen('1')));
        }
        let keypad = Pressed { key: "4", code: "Numpad4", ..PLAIN };
        assert_eq!(Deed::of(keypad, true), Some(Deed::Screen('4')));
        for code in ["Digit0", "NumpadEnter", "KeyA"] {
            assert_eq!(Deed::of(Pressed { key: "x", code, ..PLAIN }, true), None, "{code}");
        }
    }

    #[test]
    fn single_letters_can_be_off_and_what_is_held_with_ctrl_counts_all_the_same() {
        let single = [("?", Deed::List), ("/", Deed::Search), ("r", Deed::Check)];
        for (key, deed) in single {
            assert_eq!(Deed::of(Pressed { key, ..PLAIN }, true), Some(deed));
            assert_eq!(Deed::of(Pressed { key, ..PLAIN }, false), None);
            assert_eq!(Deed::of(Pressed { key, command: true, ..PLAIN }, true), None);
        }
        for (key, deed) in [(",", Deed::Settings), ("w", Deed::Close), ("q", Deed::Quit)] {
            let held = Pressed { key, command: true, ..PLAIN };
            assert_eq!(Deed::of(held, false), Some(deed));
            // AltGr writes a letter.
            assert_eq!(Deed::of(Pressed { alt: true, ..held }, true), None);
            assert_eq!(Deed::of(Pressed { key, ..PLAIN }, true), None);
        }
    }

    #[tokio::test]
    async fn every_key_that_does_something_is_in_the_list() {
        let markup = markup(list).await;
        for key in ["1 2 3", "/", "R", "?", "Ctrl ,", "Ctrl W", "Ctrl Q"] {
            assert!(markup.contains(&format!("<kbd>{key}")), "{key}: {markup}");
        }
        assert!(!markup.contains(" open"), "{markup}");
    }
}
