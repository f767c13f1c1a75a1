//! A place outside France, by the window.

use ecosante_replay::{Replay, Town};

use crate::desk::Desk;
use crate::{TUESDAY, world};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_town_abroad_is_found_though_a_french_commune_has_its_name() {
    let mut world = world();
    world.towns.push(Town {
        id: 2_800_931,
        name: "Bruges".to_owned(),
        lat: 51.208_92,
        lon: 3.224_24,
        elevation: Some(9.0),
        country: Some(("BE".to_owned(), "Belgium".to_owned())),
        admin1: Some("Flanders".to_owned()),
        timezone: Some("Europe/Brussels".to_owned()),
        population: Some(118_656),
        postcodes: Vec::new(),
    });
    let replay = Replay::start(world);
    let desk = Desk::new();
    let window = desk.open(&replay.gateway(), TUESDAY, "en_GB.UTF-8").await;
    window.types("Search for a place", "Bruges").await;
    window.reads("Gironde").await;
    window.clicks_until("Look outside France", "Flanders").await;
    window.clicks_until("Flanders", "Bruges was added.").await;
    window.clicks_until("Continue", "Who is it for?").await;
    window.clicks_until("Just me, nothing special", "Send a test").await;
    window.clicks_until("Go to Today", "European Air Quality Index").await;
    // Its air is on another scale, by the hour; a day is shown by its worst.
    window.clicks_until("The last 30 days", "How to read it").await;
    window.reads("Air – Bruges").await;
    window.reads("not those of the French ATMO index").await;
    window.reads("The first day stored here is Monday 8 June.").await;
    window.close().await;
}
