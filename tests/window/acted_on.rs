//! What can be done about an alert right from its notification.

use ecosante_replay::Replay;

use crate::desk::Desk;
use crate::{TUESDAY, world};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_alert_is_muted_or_called_useful_from_its_notification() {
    let mut world = world();
    world.set_air("69123", "2026-09-08".parse().unwrap(), 4);
    world.set_air("69123", "2026-09-09".parse().unwrap(), 4);
    let replay = Replay::start(world);
    let desk = Desk::new();
    let window = desk.open(&replay.gateway(), TUESDAY, "en_GB.UTF-8").await;
    window.types("Search for a place", "lyon").await;
    window.clicks_until("Rhône", "Lyon was added.").await;
    let told = desk.notification();
    assert_eq!(told.summary, "Lyon: poor air");
    desk.chooses("Mute today");
    window.clicks_until("Continue", "Who is it for?").await;
    window.clicks_until("Just me, nothing special", "Send a test").await;
    window.clicks_until("Go to Today", "air quality is poor in Lyon").await;
    window.clicks_until("Alerts", "Poor air").await;
    window.clicks_until("Poor air", "Muted until tomorrow.").await;
    window.clicks_until("Unmute", "No longer muted.").await;

    // And why, of that day.
    window.clicks_until("Why this day", "limit by limit").await;
    window.reads("Atmo France, published today at").await;
    desk.picture("acted-on");
    window.close().await;
}
