//! What the window shows.
//!
//! The shell says everything in words and by the clock of the place; what is here lays it out, and
//! sends back what the person chooses. No network, no store, no time zones.

use wasm_bindgen::prelude::wasm_bindgen;

mod app;
mod bridge;
#[cfg(test)]
mod catalogue;
mod components;
mod content;
mod focus;
mod local;
mod member;
mod pages;
mod shortcuts;
mod state;
mod swipe;
#[cfg(test)]
mod testing;
mod theme;
mod view;
mod wire;
mod words;

/// Fills the window.
#[wasm_bindgen(start)]
pub fn start() {
    yew::Renderer::<app::App>::new().render();
}
