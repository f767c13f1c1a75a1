//! The main job, from an empty device to an alert that explains itself.

use ecosante_replay::Replay;

use crate::desk::Desk;
use crate::{TUESDAY, world};

const LATER: &str = "2026-09-08T17:00:00+02:00";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_saves_lyon_for_a_child_with_asthma_and_is_told_and_can_look_it_up_offline() {
    let mut world = world();
    world.set_air("69123", "2026-09-08".parse().unwrap(), 3);
    let replay = Replay::start(world);
    let desk = Desk::new();

    // The first run: where, who, how to be told.
    let window = desk.open(&replay.gateway(), TUESDAY, "en_GB.UTF-8").await;
    window.reads("Where do you breathe?").await;
    desk.picture("1-where");
    window.types("Search for a place", "lyon").await;
    window.clicks_until("Rhône", "Lyon was added.").await;
    window.clicks_until("Continue", "Who is it for?").await;
    window.clicks_until("A sensitivity, or somebody else", "Add somebody").await;
    window.clicks_until("Add somebody", "Name or nickname").await;
    window.types("Name or nickname", "Léa").await;
    window.clicks("6 to 17").await;
    window.clicks("Asthma").await;
    desk.picture("2-who");
    window.clicks_until("Save", "Saved for Léa.").await;

    // The system tells it: what, where, when, why her, one piece of advice.
    let told = desk.notification();
    assert_eq!(told.summary, "Lyon: moderate air");
    let lines: Vec<_> = told.body.lines().collect();
    assert_eq!(
        lines.get(..2),
        Some(
            &[
                "Today: ATMO index Moderate (3 of 6).",
                "For Léa: alert from “Moderate” up (asthma).",
            ][..]
        ),
        "{told:?}"
    );
    let advice = lines.get(2).copied().unwrap_or_default();
    assert!(!advice.is_empty() && lines.len() == 3, "{told:?}");

    // A test shows that notifications arrive.
    window.clicks_until("Continue", "Send a test").await;
    window.clicks_until("Send a test", "Test sent.").await;
    assert_eq!(desk.notification().summary, "This is how Écosanté will tell you");
    desk.picture("3-told");

    // Today: the answer, why, what to do, then the figures with source and time.
    window.clicks_until("Go to Today", ": air quality is moderate in Lyon.").await;
    window.reads("For Léa: alert from “Moderate” up (asthma).").await;
    window.reads(advice).await;
    window.reads("Atmo France, published today at").await;
    desk.picture("4-today");

    // Started once more, it stays one.
    assert!(desk.is_handed_over(&[]));

    // A click on the notification opens its alert, with what is behind it.
    desk.click_notification();
    desk.click_notification();
    window.reads("Why this alert").await;
    window.reads("told (new episode)").await;
    desk.picture("5-alert");
    window.close().await;

    // Without network, an hour later, in French: all of it is still there, and nothing is told
    // again.
    drop(replay);
    let window = desk.open("http://127.0.0.1:9", LATER, "fr_FR.UTF-8").await;
    window.reads("\u{a0}: l’air est dégradé à Lyon.").await;
    window.reads("Pour Léa\u{a0}: alerte dès «\u{a0}Dégradé\u{a0}» (asthme).").await;
    desk.picture("6-offline");
    assert_eq!(desk.notification_soon(), None);
    window.close().await;
}
