//! A limit of one's own, set in the window.

use ecosante_replay::Replay;
use fantoccini::key::Key;

use crate::desk::Desk;
use crate::{TUESDAY, world};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_limit_that_is_moved_is_judged_at_once_for_that_person_alone() {
    let replay = Replay::start(world());
    let desk = Desk::new();
    let window = desk.open(&replay.gateway(), TUESDAY, "en_GB.UTF-8").await;
    window.types("Search for a place", "lyon").await;
    window.clicks_until("Rhône", "Lyon was added.").await;
    window.clicks_until("Continue", "Who is it for?").await;
    window.clicks_until("A sensitivity, or somebody else", "Add somebody").await;
    window.clicks_until("Add somebody", "Name or nickname").await;
    window.types("Name or nickname", "Léa").await;
    window.clicks("Asthma").await;
    window.clicks_until("Save", "Saved for Léa.").await;
    // Fair air reaches nobody's limit.
    assert_eq!(desk.notification_soon(), None);

    // The limit says where it stands, why and who says so; one step to the left is one level less.
    window.clicks_until("Continue", "Send a test").await;
    window.clicks_until("Go to Today", "Nothing reaches").await;
    window.clicks_until("People", "Places and people").await;
    window.clicks_until("Limits – Léa", "Limits for Léa").await;
    window.reads("From “Moderate” up").await;
    window.reads("The usual limit (asthma).").await;
    window.reads("European Environment Agency").await;
    window.slides_to("Air", Key::Left, "From “Fair” up").await;
    desk.picture("limits");
    window.clicks_until("Save", "Limits saved.").await;
    let told = desk.notification();
    assert_eq!(told.summary, "Lyon: fair air");
    assert!(
        told.body.contains("For Léa: alert from “Fair” up (chosen limit, asthma)."),
        "{told:?}"
    );
    assert!(!told.body.contains("For you"), "{told:?}");

    // The index shows whose limit lies where.
    window.clicks_until("Today", "The last 30 days").await;
    window.clicks_until("The last 30 days – air", "How to read it").await;
    window.reads("Léa: from “Fair” up").await;
    window.reads("You: from “Poor” up").await;

    // Who is removed is gone, with their alerts left in the list.
    window.clicks_until("Change the limits", "Places and people").await;
    window.clicks_until("Remove – Léa", "Remove this person?").await;
    window.clicks_until("Yes, remove – Léa", "Léa was removed.").await;
    window.clicks_until("Alerts", "Fair air").await;
    window.reads("For Léa").await;
    assert!(!window.text().await.contains("Current and coming"));
    window.close().await;
}
