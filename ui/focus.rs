//! Where the keyboard and the screen reader are: moved when what they were on is gone.

use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;
use yew::prelude::*;

/// The first of these that is on the screen.
pub(crate) fn find(selector: &str) -> Option<HtmlElement> {
    let document = web_sys::window()?.document()?;
    document.query_selector(selector).ok().flatten()?.dyn_into().ok()
}

/// Puts the focus on the first of these that is on the screen.
pub(crate) fn focus(selectors: &[&str]) {
    if let Some(element) = selectors.iter().find_map(|selector| find(selector)) {
        // What takes no focus leaves it where it is.
        let _ = element.focus();
    }
}

/// Runs after `what` has changed and is on the screen, never for the first time it is shown.
#[hook]
pub(crate) fn use_change<T: PartialEq + 'static>(what: T, then: impl FnOnce(&T) + 'static) {
    let first = use_mut_ref(|| true);
    use_effect_with(what, move |what| {
        if !first.replace(false) {
            then(what);
        }
    });
}
