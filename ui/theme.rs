//! The theme on the page; before anything is painted, `theme.js` does the same.

use ecosante_domain::window::Theme;

/// Has the page look so.
pub(crate) fn show(theme: Theme) {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    let Some(root) = root else { return };
    // An element of the page takes any attribute.
    let _ = match theme {
        Theme::System => root.remove_attribute("data-theme"),
        Theme::Light => root.set_attribute("data-theme", "light"),
        Theme::Dark => root.set_attribute("data-theme", "dark"),
    };
}
