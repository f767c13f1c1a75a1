//! How a day went, noted in ten seconds, and the pages that are read.

use ecosante_replay::Replay;
use fantoccini::key::Key;

use crate::desk::Desk;
use crate::{TUESDAY, world};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_is_noted_tap_by_tap_and_stands_in_the_report() {
    let replay = Replay::start(world());
    let desk = Desk::new();
    let window = desk.open(&replay.gateway(), TUESDAY, "en_GB.UTF-8").await;
    window.types("Search for a place", "lyon").await;
    window.clicks_until("Rhône", "Lyon was added.").await;
    window.clicks_until("Continue", "Who is it for?").await;
    window.clicks_until("Just me, nothing special", "Send a test").await;
    window.clicks_until("Go to Today", "Nothing reaches").await;

    window.clicks_until("People", "Places and people").await;
    window.clicks_until("Symptom diary", "Which day?").await;
    window.reads("Today, Tuesday 8 September").await;
    window.reads("0 days noted of 30").await;
    window.clicks_until("3 – severe", "Noted for today: nose 3.").await;
    window.reads("1 day noted of 30").await;
    // The keyboard stays where it is while what is below is drawn anew.
    window.presses(Key::Left).await;
    window.reads("Noted for today: nose 2.").await;
    window.presses(Key::Left).await;
    window.reads("Noted for today: nose 1.").await;
    desk.picture("diary");
    // Yesterday is another day, with nothing noted.
    window.clicks_until("Yesterday, Monday 7 September", "Which day?").await;
    window.clicks_until("3 – severe", "Noted for yesterday: nose 3.").await;
    window.reads("2 days noted of 30").await;

    window.clicks_until("Report for the doctor", "makes no diagnosis").await;
    window.reads("8 Sept 2026").await;
    window.reads("7 Sept 2026").await;
    desk.picture("diary-report");
    assert!(window.text().await.contains("Print"));

    window.clicks_until("Settings", "My impact").await;
    window.clicks_until("My impact", "Nothing of it leaves the device").await;
    window.reads("Lyon – PM2.5 particles").await;
    window.reads("WHO global air quality guidelines").await;
    desk.picture("impact");
    window.clicks_until("Settings", "Sources and licences").await;
    window.clicks_until("Sources and licences", "ODbL 1.0").await;
    window.close().await;
}
