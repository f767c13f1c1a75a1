//! What the app has in memory with its window and without: figures for a table, never a limit that
//! a busy machine could miss.

use std::time::Duration;

use ecosante_replay::Replay;

use crate::desk::Desk;
use crate::panel::Panel;
use crate::running::{App, Weight};
use crate::tray::lyon_for_lea;
use crate::{TUESDAY, world};

/// How long it is left alone before it is weighed: what was needed once is given back by then.
const SETTLES: Duration = Duration::from_secs(10);

/// A line for `cargo xtask bench`: `weight NAME PROCESSES RESIDENT PROPORTIONAL PRIVATE`, in kB.
#[expect(clippy::print_stdout, reason = "the figures are what it is for")]
fn say(name: &str, weight: Weight) {
    let Weight { processes, resident, proportional, private } = weight;
    println!("weight {name} {processes} {resident} {proportional} {private}");
}

/// A line of the same kind: `work NAME PERCENT`, of one processor.
#[expect(clippy::print_stdout, reason = "the figures are what it is for")]
fn tells_work(name: &str, percent: f64) {
    println!("work {name} {percent:.2}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "measures; what must hold is in the journey of the tray"]
async fn what_the_app_weighs_with_its_window_without_and_with_it_again() {
    let replay = Replay::start(world());
    let desk = Desk::new();
    let panel = Panel::new(&desk).await;
    lyon_for_lea(&desk, &replay).await;

    let mut app = App::start(&desk, &replay.gateway(), TUESDAY, "en_GB.UTF-8", &["--hidden"]);
    panel.says("Nothing reaches a limit").await;
    tokio::time::sleep(SETTLES).await;
    say("hidden", app.weight());
    panel.chooses("Open Écosanté").await;
    app.shows("Today – Écosanté").await;
    tokio::time::sleep(SETTLES).await;
    say("open", app.weight());
    tells_work("open", app.work(SETTLES).await);
    for round in ["closed", "closed-again", "closed-a-third-time"] {
        app.closes_window().await;
        tokio::time::sleep(SETTLES).await;
        say(round, app.weight());
        tells_work(round, app.work(SETTLES).await);
        panel.chooses("Open Écosanté").await;
        app.shows("Today – Écosanté").await;
    }
    panel.chooses("Quit Écosanté").await;
    assert!(app.ends().await.success());
}
