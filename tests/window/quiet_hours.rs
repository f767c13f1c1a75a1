//! Nights in which nothing disturbs.

use ecosante_replay::Replay;

use crate::desk::Desk;
use crate::world;

const NIGHT: &str = "2026-09-08T23:00:00+02:00";
const MORNING: &str = "2026-09-09T07:30:00+02:00";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_alert_of_the_night_waits_for_the_morning() {
    let mut world = world();
    world.set_air("69123", "2026-09-09".parse().unwrap(), 3);
    let replay = Replay::start(world);
    let desk = Desk::new();
    let window = desk.open(&replay.gateway(), NIGHT, "en_GB.UTF-8").await;
    window.types("Search for a place", "lyon").await;
    window.clicks_until("Rhône", "Lyon was added.").await;
    window.clicks_until("Continue", "Who is it for?").await;
    window.clicks_until("Just me, nothing special", "Send a test").await;
    window.clicks_until("Keep quiet at night", "Quiet from 22:00 to 07:00.").await;
    window.clicks_until("Go to Today", "nothing reaches your limits").await;

    window.clicks_until("People", "Places and people").await;
    window.clicks_until("Answer the questions", "About you").await;
    window.clicks("Asthma").await;
    window.clicks_until("Save", "Saved.").await;
    assert_eq!(desk.notification_soon(), None);
    window.clicks_until("Alerts", "Moderate air").await;
    window.reads("Held during quiet hours").await;
    desk.picture("quiet-held");
    window.close().await;

    let window = desk.open(&replay.gateway(), MORNING, "en_GB.UTF-8").await;
    let told = desk.notification();
    assert_eq!(told.summary, "Lyon: moderate air");
    assert!(told.body.contains("For you: alert from “Moderate” up (asthma)."), "{told:?}");
    // What was set is there to be changed.
    window.clicks_until("Settings", "Keep quiet at night").await;
    window.clicks_until("Keep quiet at night", "Alerts may come at any hour.").await;
    window.close().await;
}
