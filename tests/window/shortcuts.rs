//! The window by its shortcuts, and what the settings say of a computer.

use ecosante_replay::Replay;
use fantoccini::key::Key;

use crate::desk::Desk;
use crate::panel::Panel;
use crate::tray::lyon_for_lea;
use crate::{TUESDAY, world};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn single_keys_lead_everywhere_unless_somebody_types_or_turns_them_off() {
    let replay = Replay::start(world());
    let desk = Desk::new();
    lyon_for_lea(&desk, &replay).await;
    let window = desk.open(&replay.gateway(), TUESDAY, "en_GB.UTF-8").await;
    window.reads("Checked today").await;

    window.types_until("2", "No alert so far.").await;
    window.types_until("?", "The screens, in the order of the bar").await;
    desk.picture("shortcuts");
    window.presses(Key::Escape).await;
    // From any screen to the search, where letters are letters.
    window.types_until("/", "Search for a place").await;
    window.presses_to(Key::Tab, "Search for a place").await;
    window.types_there("r2?").await;
    window.reads("No place in France found.").await;

    // The settings of a computer, and single keys off.
    window.holds_until(Key::Control, ",", "On this computer").await;
    window.clicks("Single letters and digits are shortcuts").await;
    window.presses(Key::Tab).await;
    window.types_there("1").await;
    assert!(window.says_soon("On this computer").await);
    assert!(!window.text().await.contains("Checked today"));
    window.clicks("Single letters and digits are shortcuts").await;

    // Starting at login is what the system says, not what was clicked.
    let entry = desk.home().join(".config/autostart/ecosante.desktop");
    window.clicks("Start Écosanté when you log in").await;
    desk.waits_until(|| entry.exists()).await;
    let text = std::fs::read_to_string(&entry).unwrap();
    assert!(text.contains("ecosante-app") && text.contains("--hidden"), "{text}");
    std::fs::remove_file(&entry).unwrap();
    window.types_until("1", "Checked today").await;
    window.types_until("4", "On this computer").await;
    assert!(!window.is_on("Start Écosanté when you log in").await);

    // Nobody shows an icon on this desk, so that closing ends the app; then somebody does.
    assert!(window.is_on("End Écosanté").await);
    window.presses_to(Key::Tab, "Show the shortcuts").await;
    desk.picture("computer");
    let panel = Panel::new(&desk).await;
    panel.says("Nothing reaches a limit").await;
    window.types_until("1", "Checked today").await;
    window.types_until("4", "Its icon stays in the tray").await;
    assert!(window.is_on("Go on in the background").await);

    // The tray speaks the language of the window.
    window.clicks("Français").await;
    panel.says("Rien n’atteint de limite aujourd’hui dans votre lieu.").await;

    // Without its window the driver ends the app; what else becomes of it the tray's journey shows.
    window.ends_with(Key::Control, "w").await;
}
