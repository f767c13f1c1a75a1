//! The data in the person's hands: exported, deleted, taken over, and all is back.

use ecosante_replay::Replay;

use crate::desk::Desk;
use crate::{TUESDAY, world};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_exported_and_deleted_is_all_back_once_it_is_taken_over_and_nothing_is_told_again()
{
    let mut world = world();
    world.set_air("69123", "2026-09-08".parse().unwrap(), 4);
    let replay = Replay::start(world);
    let desk = Desk::new();
    let downloads = desk.downloads();
    let window = desk.open(&replay.gateway(), TUESDAY, "en_GB.UTF-8").await;
    window.types("Search for a place", "lyon").await;
    window.clicks_until("Rhône", "Lyon was added.").await;
    assert_eq!(desk.notification().summary, "Lyon: poor air");
    window.clicks_until("Continue", "Who is it for?").await;
    window.clicks_until("Just me, nothing special", "Send a test").await;
    window.clicks_until("Go to Today", "Hour by hour").await;

    window.clicks_until("Settings", "Keep a copy, or take it with you").await;
    let copy = downloads.join("ecosante-2026-09-08.json");
    let saved = format!("Saved as {}", copy.display());
    window.clicks_until("Export everything", &saved).await;
    desk.picture("holding");
    assert!(std::fs::read_to_string(&copy).unwrap().contains("\"Lyon\""));
    let tables = downloads.join("ecosante-2026-09-08");
    let saved = format!("Saved as {}", tables.display());
    window.clicks_until("Export as tables", &saved).await;
    assert!(tables.join("readings.csv").exists());
    window.clicks_until("What was sent", "requests left this device").await;
    window.reads("Commune 69123").await;
    desk.picture("sent");

    window.clicks_until("Settings", "Delete everything…").await;
    window.clicks_until("Delete everything…", "This cannot be taken back.").await;
    assert!(window.is_at().await.contains("Keep everything"), "{}", window.is_at().await);
    window.clicks_until("Keep everything", "Delete everything…").await;
    window.clicks_until("Delete everything…", "This cannot be taken back.").await;
    desk.picture("sure");
    window.clicks_until("Yes, delete everything", "Everything is deleted.").await;
    window.clicks_until("Begin anew", "Where do you breathe?").await;

    window.clicks_until("I have a copy from another device", "Take over a copy").await;
    window.chooses_file("Take over a copy", &tables.join("readings.csv")).await;
    window.reads("This is no file that Écosanté has exported").await;
    window.chooses_file("Take over a copy", &copy).await;
    window.reads("Taken over: 1 place, ").await;
    desk.picture("taken-over");
    window.clicks_until("Today", "Hour by hour").await;
    window.clicks_until("Alerts", "Poor air").await;
    window.clicks_until("Poor air", "Why this alert").await;
    assert_eq!(desk.notification_soon(), None, "it was told before");
    window.close().await;
}
