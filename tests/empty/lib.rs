//! The least that a window of Tauri and Yew can show.

use wasm_bindgen::prelude::wasm_bindgen;
use yew::prelude::*;

/// One heading.
#[component]
fn Empty() -> Html {
    html! { <h1>{ "An empty window" }</h1> }
}

/// Fills the window.
#[wasm_bindgen(start)]
pub fn start() {
    yew::Renderer::<Empty>::new().render();
}
