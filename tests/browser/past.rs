//! Days that the app has lived through before a journey begins.

use std::path::Path;

use chrono::{DateTime, FixedOffset, TimeDelta};
use ecosante_domain::text::Language;
use ecosante_engine::clock::Clock;
use ecosante_engine::host::{Host, Notification, Notifier, Progress};
use ecosante_engine::http::HttpOptions;
use ecosante_engine::{Engine, Options};
use ecosante_replay::{Replay, World};

/// Whoever was told on those days has put it aside.
struct Nobody;

impl Notifier for Nobody {
    fn channel(&self) -> &'static str {
        "desktop"
    }

    fn notify(&self, _: &Notification) -> Result<(), String> {
        Ok(())
    }
}

impl Host for Nobody {
    fn progress(&self, _: Progress) {}
}

/// The days before `now` at these places for Léa, who has asthma: each with the sources as they were
/// then, the first the longest ago; none where nobody asked.
///
/// # Panics
/// Where the data file cannot be used, or a place is not found.
pub async fn live_through(
    folder: &Path,
    now: DateTime<FixedOffset>,
    places: &[&str],
    days: &[impl Fn(DateTime<FixedOffset>) -> Option<World>],
) {
    for (day, ago) in days.iter().zip((1..=days.len()).rev()) {
        let then = now - TimeDelta::days(i64::try_from(ago).unwrap());
        let Some(world) = day(then) else { continue };
        let replay = Replay::start(world);
        let engine = Engine::open(Options {
            folder: folder.to_owned(),
            clock: Clock::from(then),
            gateway: Some(replay.gateway()),
            relay: None,
            language: None,
            system_language: Language::En,
            http: HttpOptions::default(),
        })
        .unwrap();
        for place in places {
            engine.add_place(place, None, Language::En).await.unwrap();
        }
        let profile = [("age", "child"), ("conditions", "asthma")];
        let profile = profile.map(|(key, value)| (key.to_owned(), value.to_owned()));
        engine.set_profile(Some("Léa"), &profile).unwrap();
        engine.refresh(true, &Nobody).await.unwrap();
    }
}
