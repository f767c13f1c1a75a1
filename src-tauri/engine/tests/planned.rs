//! Phones: what the forecast will tell is handed to the system ahead of its time.

use std::cell::RefCell;

use chrono::{DateTime, FixedOffset, NaiveDate};
use ecosante_domain::text::{Language, Texts};
use ecosante_engine::clock::Clock;
use ecosante_engine::host::{Host, Notification, Notifier, Planned, Progress};
use ecosante_engine::http::HttpOptions;
use ecosante_engine::{Engine, Options};
use ecosante_replay::{Replay, World};
use tempfile::TempDir;

const TUESDAY: &str = "2026-09-08T16:10:00+02:00";
const LYON: &str = "69123";

fn moment(text: &str) -> DateTime<FixedOffset> {
    text.parse().expect("a moment")
}

fn tomorrow() -> NaiveDate {
    "2026-09-09".parse().expect("a date")
}

/// A phone: keeps what is shown, and what is planned, as its system does.
#[derive(Default)]
struct Phone {
    shown: RefCell<Vec<Notification>>,
    planned: RefCell<Vec<Planned>>,
}

impl Notifier for Phone {
    fn channel(&self) -> &'static str {
        "phone"
    }

    fn notify(&self, notification: &Notification) -> Result<(), String> {
        self.shown.borrow_mut().push(notification.clone());
        Ok(())
    }

    fn plans_ahead(&self) -> bool {
        true
    }

    fn plan(&self, before: &[i64], planned: &[Planned]) -> Result<(), String> {
        let mut kept = self.planned.borrow_mut();
        kept.retain(|it| !before.contains(&it.number));
        kept.extend_from_slice(planned);
        Ok(())
    }
}

impl Host for Phone {
    fn progress(&self, _: Progress) {}
}

impl Phone {
    /// What the system is to show, by the clock of Lyon.
    fn plans(&self) -> Vec<(String, String)> {
        let plans = self.planned.borrow();
        let local = |it: &Planned| it.due_at.with_timezone(&chrono_tz::Tz::Europe__Paris);
        plans
            .iter()
            .map(|it| (local(it).format("%d %H:%M").to_string(), it.title.clone()))
            .collect()
    }
}

/// The app of a phone over one data folder, opened at some moments only.
struct App {
    folder: TempDir,
    replay: Replay,
    phone: Phone,
}

impl App {
    fn new() -> Self {
        let mut world = World::quiet(moment(TUESDAY));
        world.set_air(LYON, tomorrow(), 4);
        let (folder, replay) = (TempDir::new().expect("a folder"), Replay::start(world));
        Self { folder, replay, phone: Phone::default() }
    }

    fn engine(&self, now: &str) -> Engine {
        self.replay.world(|world| {
            world.at(moment(now));
        });
        Engine::open(Options {
            folder: self.folder.path().to_owned(),
            clock: Clock::from(moment(now)),
            gateway: Some(self.replay.gateway()),
            relay: None,
            language: Some(Language::En),
            system_language: Language::En,
            http: HttpOptions::default(),
        })
        .expect("an engine")
    }

    async fn opened(&self, now: &str) -> Engine {
        let engine = self.engine(now);
        engine.refresh(true, &self.phone).await.expect("a refresh");
        engine
    }
}

#[tokio::test]
async fn what_waits_for_its_time_is_planned_and_counts_as_shown_once_it_has_come() {
    let app = App::new();
    let engine = app.engine(TUESDAY);
    engine.add_place(LYON, None, Language::En).await.expect("a place");
    engine.set_lead("evening").expect("a lead time");
    engine.refresh(true, &app.phone).await.expect("a refresh");
    assert!(app.phone.shown.borrow().is_empty());
    assert_eq!(app.phone.plans(), [("08 18:00".to_owned(), "Lyon: poor air".to_owned())]);
    let overview = engine.overview(&Texts::new(Language::En)).expect("an overview");
    assert!(overview.checked.contains("1 notification is planned"), "{}", overview.checked);

    // The system has shown it at six; opened at eight, the app tells nothing twice.
    let engine = app.opened("2026-09-08T20:00:00+02:00").await;
    assert!(app.phone.shown.borrow().is_empty());
    assert!(app.phone.plans().iter().all(|(at, _)| at != "08 20:00"), "{:?}", app.phone.plans());
    let alerts = engine.alerts(&Texts::new(Language::En), 7).expect("alerts");
    assert_eq!(alerts.len(), 1);
    assert!(alerts[0].notification_id.is_some(), "{alerts:?}");
}

#[tokio::test]
async fn what_a_new_publication_takes_back_is_called_off() {
    let app = App::new();
    let engine = app.engine(TUESDAY);
    engine.add_place(LYON, None, Language::En).await.expect("a place");
    engine.set_lead("evening").expect("a lead time");
    engine.refresh(true, &app.phone).await.expect("a refresh");
    assert_eq!(app.phone.plans().len(), 1);
    let later = "2026-09-08T17:00:00+02:00";
    app.replay.world(|world| {
        world.publish_at(LYON, moment(later)).air(tomorrow(), 2);
    });
    app.opened(later).await;
    assert_eq!(app.phone.plans(), []);
    assert!(app.phone.shown.borrow().is_empty(), "what was never said is not told off");
}

#[tokio::test]
async fn planning_leaves_nothing_behind_in_the_data_file() {
    let app = App::new();
    let engine = app.engine(TUESDAY);
    engine.add_place(LYON, None, Language::En).await.expect("a place");
    engine.set_quiet_hours(Some("16:00-23:00")).expect("quiet hours");
    engine.refresh(true, &app.phone).await.expect("a refresh");
    assert_eq!(app.phone.plans(), [("08 23:00".to_owned(), "Lyon: poor air".to_owned())]);
    let texts = Texts::new(Language::En);
    let alerts = engine.alerts(&texts, 7).expect("alerts");
    assert_eq!(alerts.len(), 1);
    assert!(alerts[0].notification_id.is_none(), "it is held, not told");
}

#[tokio::test]
async fn the_summary_of_the_day_is_planned_and_not_told_again_when_the_app_is_opened() {
    let app = App::new();
    let engine = app.engine(TUESDAY);
    engine.add_place(LYON, None, Language::En).await.expect("a place");
    engine.set_lead("day").expect("a lead time");
    engine.set_digest(Some("evening")).expect("a summary");
    engine.refresh(true, &app.phone).await.expect("a refresh");
    let plans = app.phone.plans();
    assert!(plans.contains(&("08 19:00".to_owned(), "This evening".to_owned())), "{plans:?}");
    app.opened("2026-09-08T20:00:00+02:00").await;
    assert!(app.phone.shown.borrow().is_empty(), "{:?}", app.phone.shown.borrow());
    // What came due is pending no more; what lies ahead is.
    let numbers: Vec<i64> = app.phone.planned.borrow().iter().map(|it| it.number).collect();
    let once: std::collections::BTreeSet<_> = numbers.iter().collect();
    assert_eq!(once.len(), numbers.len());
}

#[tokio::test]
async fn what_quiet_hours_hold_is_planned_for_their_end() {
    let app = App::new();
    let engine = app.engine(TUESDAY);
    engine.add_place(LYON, None, Language::En).await.expect("a place");
    engine.set_lead("day").expect("a lead time");
    engine.set_digest(Some("evening")).expect("a summary");
    engine.set_quiet_hours(Some("18:00-20:00")).expect("quiet hours");
    engine.refresh(true, &app.phone).await.expect("a refresh");
    let plans = app.phone.plans();
    assert!(plans.contains(&("08 20:00".to_owned(), "This evening".to_owned())), "{plans:?}");
}
