//! Looking back over days that were stored, and how the app is set.

use chrono::{DateTime, FixedOffset};
use ecosante_browser::live_through;
use ecosante_replay::World;
use fantoccini::key::Key;

use crate::TUESDAY;
use crate::desk::Desk;

/// The air of Lyon on the days before, the first the longest ago; on one, nothing was stored.
const BEFORE: [Option<u8>; 10] =
    [Some(2), Some(1), Some(2), Some(3), Some(4), Some(2), Some(1), None, Some(2), Some(2)];

/// Nothing is said of the days after.
fn world(then: DateTime<FixedOffset>, level: u8) -> World {
    let mut world = World::quiet(then);
    world.set_air("69123", then.date_naive(), level);
    world
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_last_days_are_there_without_network_in_either_language_and_theme() {
    let desk = Desk::new();
    let days = BEFORE.map(|level| move |then| level.map(|level| world(then, level)));
    live_through(&desk.data(), TUESDAY.parse().unwrap(), &["69123"], &days).await;

    // Nobody answers there; what is stored is enough.
    let window = desk.open("http://127.0.0.1:9", TUESDAY, "en_GB.UTF-8").await;
    window.clicks_until("The last 30 days – air", "How to read it").await;
    window.reads("The first day stored here is Friday 29 August 2025.").await;
    // Back from today by the keyboard, day by day.
    let days = "The last 30 days, Air – Lyon, The last 30 days";
    window.slides_to(days, Key::Left, "Wednesday 2 September4Poor").await;
    window.slides_to(days, Key::Left, "Monday 24 August2Fair").await;
    window.slides_to(days, Key::Right, "Wednesday 2 September4Poor").await;
    // The same as a table, with the alert of those days.
    window.clicks_until("Show as a table", "Published").await;
    window.reads("Atmo France, published").await;
    desk.picture("looking-back");
    window.clicks_until("Alert for Léa – Wednesday 2 September", "Why this alert").await;
    window.reads("For Léa: alert from “Moderate” up (asthma).").await;

    // Another language, at once and for what the system shows as well; another theme.
    window.clicks_until("Settings", "Appearance").await;
    window.clicks_until("Français", "Apparence").await;
    assert_eq!(window.page("lang").await, "fr");
    window.clicks("Sombre").await;
    window.clicks_until("Envoyer un essai", "Essai envoyé").await;
    assert_eq!(desk.notification().summary, "Écosanté vous préviendra ainsi");
    window.clicks_until("Sources et licences", "ODbL 1.0").await;
    window.reads("Atmo France et les AASQA").await;
    window.close().await;

    // Both are kept.
    let window = desk.open("http://127.0.0.1:9", TUESDAY, "en_GB.UTF-8").await;
    window.reads("Les 30 derniers jours").await;
    assert_eq!(window.page("data-theme").await, "dark");
    window.close().await;
}
