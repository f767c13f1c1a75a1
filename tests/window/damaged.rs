//! A data file that cannot be used.

use ecosante_replay::Replay;

use crate::desk::Desk;
use crate::{TUESDAY, world};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_file_is_kept_under_the_name_that_is_said_and_a_new_one_begins() {
    let replay = Replay::start(world());
    let desk = Desk::new();
    let file = desk.data().join("ecosante.db");
    std::fs::create_dir_all(desk.data()).unwrap();
    std::fs::write(&file, "no database").unwrap();
    // Said in the language of the device, though nothing could be read.
    let window = desk.open(&replay.gateway(), TUESDAY, "fr_FR.UTF-8").await;
    window.reads("Vos lieux ne peuvent pas s’afficher pour l’instant.").await;
    let kept = desk.data().join("ecosante.db.damaged-1");
    window.reads(&kept.display().to_string()).await;
    assert_eq!(std::fs::read_to_string(kept).unwrap(), "no database");
    window.clicks_until("Réessayer", "Où respirez-vous\u{a0}?").await;
    window.close().await;
}
