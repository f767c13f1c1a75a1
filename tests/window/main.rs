//! The window: the real app on a real display, with a real notification service, driven as a person
//! would drive it and read as a person would read it.
//!
//! Few and long: a journey starts everything anew, and what a smaller test can show is shown there.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a journey that cannot go on should stop with a trace")]

use chrono::{DateTime, FixedOffset};
use ecosante_replay::World;

mod abroad;
mod acted_on;
mod damaged;
mod desk;
mod diary;
mod first_run;
mod history;
mod holding;
mod keyboard;
mod limits;
mod looking_back;
mod panel;
mod pictures;
mod quiet_hours;
mod running;
mod shortcuts;
mod theme;
mod tray;
mod weight;

/// A calm afternoon of the past.
const TUESDAY: &str = "2026-09-08T16:00:00+02:00";

/// The sources on that afternoon.
fn world() -> World {
    World::quiet(TUESDAY.parse::<DateTime<FixedOffset>>().unwrap())
}
