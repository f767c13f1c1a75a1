//! The first run by the keyboard alone.

use ecosante_replay::Replay;
use fantoccini::key::Key;

use crate::desk::Desk;
use crate::{TUESDAY, world};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_place_an_allergy_and_the_first_answer_need_no_pointer() {
    let mut world = world();
    // The worst hour; the mean of the day, which counts, is level 3: 30 to 50 grains/m³.
    world.set_day("69123", "grass_pollen", "2026-09-08".parse().unwrap(), 60.0);
    let replay = Replay::start(world);
    let desk = Desk::new();
    let window = desk.open(&replay.gateway(), TUESDAY, "en_GB.UTF-8").await;
    window.reads("Where do you breathe?").await;
    window.presses_to(Key::Tab, "Search for a place").await;
    window.types_there("lyon").await;
    window.reads("Rhône").await;
    window.presses(Key::Down).await;
    window.presses(Key::Enter).await;
    window.reads("Lyon was added.").await;
    // The way on comes a moment after.
    window.reads("Continue").await;
    window.enters("Continue", "Who is it for?").await;
    window.enters("A sensitivity", "Add somebody").await;
    window.enters("Answer the questions", "Allergic to pollen?").await;
    window.presses_to(Key::Tab, "Grass").await;
    window.types_there(" ").await;
    window.enters("Save", "Saved.").await;
    let told = desk.notification();
    assert!(told.summary.contains("grass pollen"), "{told:?}");
    assert!(told.body.contains("For you: alert from “Moderate” up (allergy)."), "{told:?}");
    window.enters("Continue", "How shall we tell you?").await;
    window.enters("Go to Today", "grass pollen").await;
    // The hours of the day are a slider; the day's air has its past.
    window.presses_to(Key::Tab, "Hours of today").await;
    window.presses(Key::Right).await;
    window.reads("Today 17:00").await;
    window.enters("The last 30 days – air", "How to read it").await;
    window.close().await;
}
