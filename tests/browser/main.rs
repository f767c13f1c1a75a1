//! The window's contents in a browser: what is handed to a screen reader, contrast, reflow, targets,
//! the keyboard alone; and the pictures of every screen.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop with a trace")]

mod accessible;
mod axe;
mod keyboard;
mod pictures;
mod screens;
mod stages;
// Of ui/: a screen that is added there does not compile here until it is among those looked at.
#[path = "../../ui/view.rs"]
mod view;
