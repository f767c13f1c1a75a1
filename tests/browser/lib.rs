//! The window's contents in a browser: the files of `ui/dist` as the app shows them, under the same
//! content security policy, on a real engine over a real data file.
//!
//! A browser tells what a web view keeps to itself: what a screen reader is handed, contrast, reflow,
//! what a phone's screen shows. What only the shell does (the system's notifications, the window
//! itself) is tested in the real app.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop with a trace")]

#[cfg(unix)]
mod chromium;
mod desk;
mod hands;
mod host;
mod past;

#[cfg(unix)]
pub use chromium::Browser;
pub use hands::{GLANCE, Hands, PATIENCE};
pub use host::{Host, Setting};
pub use past::live_through;
