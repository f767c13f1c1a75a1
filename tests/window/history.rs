//! Looking back over months: by day, by hour, beside another place, and kept as files.

use chrono::{DateTime, FixedOffset};
use ecosante_replay::World;
use fantoccini::key::Key;

use crate::TUESDAY;
use crate::desk::Desk;
use ecosante_browser::live_through;

/// The air of Lyon on the days before, the first the longest ago; on one, nothing was stored.
const BEFORE: [Option<u8>; 12] = [
    Some(2),
    Some(1),
    Some(5),
    Some(2),
    Some(1),
    Some(2),
    Some(3),
    Some(4),
    Some(2),
    None,
    Some(2),
    Some(2),
];

/// Nantes is a level worse where it can be.
fn world(then: DateTime<FixedOffset>, level: u8) -> World {
    let mut world = World::quiet(then);
    world.set_air("69123", then.date_naive(), level);
    world.set_air("44109", then.date_naive(), level + 1);
    world
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_past_is_looked_at_as_far_as_it_goes_compared_and_kept_without_network() {
    let desk = Desk::new();
    // Before the app opens, which looks where the system keeps what is saved.
    let folder = desk.downloads();
    let days = BEFORE.map(|level| move |then| level.map(|level| world(then, level)));
    live_through(&desk.data(), TUESDAY.parse().unwrap(), &["69123", "44109"], &days).await;

    // Nobody answers there; what is stored is enough.
    let window = desk.open("http://127.0.0.1:9", TUESDAY, "en_GB.UTF-8").await;
    window.clicks_until("History", "The year at a glance").await;
    window.reads("September 2026, until today").await;
    window.reads("Day by day").await;
    window.reads("As a line").await;
    desk.picture("history");

    // By the keyboard: days back, to the day of an alert and what comes of it.
    let calendar = "The year at a glance, Air – Lyon, September 2026, until today";
    window.slides_to(calendar, Key::Up, "Thursday 3 September4Poor").await;
    window.reads("Alert for Léa").await;
    window.slides_to(calendar, Key::PageUp, "August 2026").await;
    assert!(window.is_at().await.contains("August 2026"), "the keyboard has left the chart");
    let before = "The year at a glance, Air – Lyon, August 2026";
    window.slides_to(before, Key::Up, "Saturday 29 August5Very poor").await;
    window.slides_to(before, Key::Left, "Saturday 22 August2Fair").await;
    window.reads("Atmo France, published").await;

    // Nearer and farther.
    window.clicks_until("5 years", "Five years at a glance").await;
    window.reads("2022 to 2026, until today").await;
    window.clicks_until("Month", "August 2026").await;

    // The same as a table.
    window.clicks_until("Show as a table – As a line", "Alerts and diary").await;
    window.reads("Very poor (5 of 6)").await;

    // Beside another place.
    window.chooses("Compare with", "Nantes").await;
    window.reads("Air – Lyon and Nantes").await;
    window.reads("Lyon · Saturday 22 August").await;
    window.reads("Nantes · Saturday 22 August").await;
    desk.picture("history-two-places");

    // Kept beside what is there, in each form.
    for (form, ending) in [
        ("Picture (SVG)", "svg"),
        ("Picture (PNG)", "png"),
        ("Data (CSV)", "csv"),
        ("Data (JSON)", "json"),
    ] {
        let name = format!("ecosante-lyon-nantes-air-2026-01-01-2026-12-31.{ending}");
        window.opens("Save this chart – The year at a glance").await;
        window.clicks_until(form, &name).await;
        let content = std::fs::read(folder.join(name)).unwrap();
        match ending {
            "png" => {
                assert!(content.starts_with(b"\x89PNG"), "no picture");
                // Something is drawn: white alone is far smaller.
                assert!(content.len() > 20_000, "{} bytes", content.len());
            }
            "svg" => {
                let text = String::from_utf8(content).unwrap();
                assert!(text.contains("ODbL") && !text.contains("var("), "{text}");
            }
            _ => {
                let text = String::from_utf8(content).unwrap();
                assert!(text.contains("announced_level") && text.contains("44109"), "{text}");
            }
        }
    }

    // Why or why not, and back to what was looked at.
    window.clicks_until("Why, or why not? – Lyon · Saturday 22 August", "Why, and why not").await;
    window.close().await;
}
