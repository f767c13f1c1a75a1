//! The pictures of the README, of the app as it is.
//!
//! Made anew by `ECOSANTE_PICTURES=ui/pictures cargo test --workspace --test window -- --ignored`,
//! where `import` of `ImageMagick` is at hand.

use ecosante_browser::live_through;
use ecosante_replay::{DAYS_BEFORE, Replay, World};
use fantoccini::key::Key;

use crate::desk::Desk;

/// A day on which the air is what counts most.
const OCTOBER: &str = "2026-10-06T15:20:00+02:00";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "makes pictures; every journey shows what it looks at"]
async fn pictures_of_the_demo() {
    let now = OCTOBER.parse().unwrap();
    let desk = Desk::new();
    let days: Vec<_> = (1..=DAYS_BEFORE)
        .rev()
        .map(|ago| move |then| Some(World::before_demo(then, ago)))
        .collect();
    live_through(&desk.data(), now, &["69123", "75056"], &days).await;
    let replay = Replay::start(World::demo(now));

    let window = desk.open(&replay.gateway(), OCTOBER, "en_GB.UTF-8").await;
    assert_eq!(desk.notification().summary, "Lyon: poor air");
    window.reads("Atmo France, published today at").await;
    desk.picture("today");
    desk.click_notification();
    window.clicks_until("Settings", "Appearance").await;
    window.clicks("Dark").await;
    window.clicks_until("Today", "The last 30 days").await;
    window.clicks_until("The last 30 days – air", "How to read it").await;
    desk.picture("index");
    window.clicks_until("Settings", "Appearance").await;
    window.clicks("Light").await;
    window.clicks_until("Français", "Apparence").await;
    window.clicks_until("Personnes", "Lieux et personnes").await;
    window.clicks_until("Limites – Léa", "Limites pour Léa").await;
    // What has the keyboard is in view.
    window.slides_to("UV", Key::Right, "Dès l’indice 5").await;
    desk.picture("limites");
    window.close().await;
}
