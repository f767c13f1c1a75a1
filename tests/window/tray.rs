//! The app in the tray: without a window it goes on, tells, and comes back.

use chrono::{DateTime, FixedOffset};
use ecosante_domain::text::Language;
use ecosante_engine::clock::Clock;
use ecosante_engine::http::HttpOptions;
use ecosante_engine::{Engine, Options};
use ecosante_replay::Replay;

use crate::desk::Desk;
use crate::panel::Panel;
use crate::running::App;
use crate::{TUESDAY, world};

/// The data file, as the command line uses it beside the app.
fn engine(desk: &Desk, replay: &Replay) -> Engine {
    Engine::open(Options {
        folder: desk.data(),
        clock: Clock::from(TUESDAY.parse::<DateTime<FixedOffset>>().unwrap()),
        gateway: Some(replay.gateway()),
        relay: None,
        language: None,
        system_language: Language::En,
        http: HttpOptions::default(),
    })
    .unwrap()
}

/// Lyon, for a child with asthma.
pub(crate) async fn lyon_for_lea(desk: &Desk, replay: &Replay) {
    let engine = engine(desk, replay);
    engine.add_place("69123", None, Language::En).await.unwrap();
    let profile = [("age", "child"), ("conditions", "asthma")];
    let profile = profile.map(|(key, value)| (key.to_owned(), value.to_owned()));
    engine.set_profile(Some("Léa"), &profile).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn closed_to_the_tray_it_goes_on_tells_and_comes_back_where_it_is_asked_to() {
    let mut world = world();
    world.set_air("69123", "2026-09-08".parse().unwrap(), 3);
    world.set_air("75056", "2026-09-08".parse().unwrap(), 5);
    let replay = Replay::start(world);
    let desk = Desk::new();
    let panel = Panel::new(&desk).await;
    lyon_for_lea(&desk, &replay).await;

    // An alert is raised while the window is open, and the tray says so.
    let mut app = App::start(&desk, &replay.gateway(), TUESDAY, "en_GB.UTF-8", &[]);
    app.shows("Today – Écosanté").await;
    assert_eq!(desk.notification().summary, "Lyon: moderate air");
    panel.says("air quality is moderate in Lyon.").await;
    let moderate = panel.icon(24).await;
    assert!(!app.web_processes().is_empty());

    // The window is closed, and its processes are gone; it is told once that the app goes on.
    let open = app.weight();
    app.closes_window().await;
    let closed = app.weight();
    assert!(app.runs());
    assert!(closed.proportional < open.proportional, "{open:?}, {closed:?}");
    let told = desk.notification();
    assert_eq!(told.summary, "Écosanté goes on watching");
    assert!(told.body.contains("Quit Écosanté"), "{told:?}");

    // A new place is asked for, judged and told without a window, which nothing opens that starts
    // the app for itself.
    let paris = engine(&desk, &replay).add_place("75056", None, Language::En).await.unwrap();
    assert_eq!(paris.place.name, "Paris");
    assert!(desk.is_handed_over(&["--hidden"]));
    assert_eq!(desk.notification().summary, "Paris: very poor air");
    panel.says("air quality is very poor in Paris.").await;
    assert_ne!(panel.icon(24).await, moderate);
    assert!(!app.has_window());

    // The menu has a line for each place, which opens it.
    let menu = panel.menu().await;
    let says: Vec<_> = menu.iter().map(|line| line.says.as_str()).collect();
    assert_eq!(says[0], "Open Écosanté");
    assert!(says[1].starts_with("Léa: ") && says[1].ends_with("moderate in Lyon."), "{says:?}");
    assert!(says[2].ends_with("very poor in Paris."), "{says:?}");
    assert!(says[3].starts_with("Checked today at 16:0"), "{says:?}");
    assert!(!menu[3].can);
    assert_eq!(says[4..], ["Check now", "Quiet until tomorrow morning", "Quit Écosanté"]);
    panel.chooses("Paris").await;
    app.shows("Today – Écosanté").await;
    desk.picture("tray-paris");
    app.closes_window().await;

    // Its notification opens the alert, in a window of its own making.
    desk.click_notification();
    app.shows("Alert – Écosanté").await;
    app.closes_window().await;

    // A click on the icon opens the window, as large as it was; started once more, it does too.
    panel.clicks().await;
    app.shows("Today – Écosanté").await;
    app.resizes(900, 640).await;
    app.closes_window().await;
    panel.clicks().await;
    app.shows("Today – Écosanté").await;
    app.has_size(900, 640).await;
    app.closes_window().await;
    assert!(desk.is_handed_over(&[]));
    app.shows("Today – Écosanté").await;
    app.closes_window().await;
    // What was told once is not told again.
    assert_eq!(desk.notification_soon(), None);

    // Quiet is turned on and off; the menu says which.
    let quiet = async || {
        let menu = panel.menu().await;
        menu.into_iter().find(|line| line.says.starts_with("Quiet")).unwrap().on
    };
    assert_eq!(quiet().await, Some(false));
    panel.chooses("Quiet until").await;
    for _ in 0..100 {
        if quiet().await == Some(true) {
            break;
        }
        tokio::time::sleep(crate::desk::GLANCE).await;
    }
    assert_eq!(quiet().await, Some(true));
    assert!(engine(&desk, &replay).quiet_until().unwrap().is_some());

    panel.chooses("Quit Écosanté").await;
    assert!(app.ends().await.success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_tray_a_closed_window_ends_the_app_and_at_login_it_waits_unseen() {
    let mut world = world();
    world.set_air("69123", "2026-09-08".parse().unwrap(), 3);
    let replay = Replay::start(world);
    let desk = Desk::new();
    lyon_for_lea(&desk, &replay).await;

    // As it is started at login: it tells, and shows no window until it is started by hand.
    let mut app = App::start(&desk, &replay.gateway(), TUESDAY, "en_GB.UTF-8", &["--hidden"]);
    assert_eq!(desk.notification().summary, "Lyon: moderate air");
    assert!(app.runs() && !app.has_window());
    assert!(desk.is_handed_over(&[]));
    app.shows("Today – Écosanté").await;

    // Nothing would stand for it, so that it ends with its window.
    app.closes_window().await;
    assert!(app.ends().await.success());
}
