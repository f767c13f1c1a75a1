//! The keyboard alone: what it reaches, that it is always seen where it is, and how long it takes.

use std::cell::Cell;

use chrono::{DateTime, FixedOffset};
use ecosante_browser::{Browser, GLANCE, Host, PATIENCE, Setting};
use ecosante_domain::text::Language;
use ecosante_domain::window::{Theme, command};
use ecosante_replay::{Replay, World};
use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::key::Key;
use serde_json::json;
use tempfile::TempDir;

use crate::screens::opens;
use crate::stages::{Stage, Stages};

/// A calm afternoon of the past.
const TUESDAY: &str = "2026-09-08T16:00:00+02:00";

/// The keystroke-level model of Card, Moran and Newell: how long somebody who types as most people do
/// takes for a key, and how long it takes to look for what comes next and to decide. In seconds.
const FOR_A_KEY: f64 = 0.28;
const FOR_A_THOUGHT: f64 = 1.35;

/// Somebody with a keyboard and no pointer.
struct Typist<'a> {
    browser: &'a Browser,
    keys: Cell<u32>,
    thoughts: Cell<u32>,
}

/// What is wrong with a keyboard that was on something which has gone.
const NOWHERE: &str = "it is nowhere";

/// Where the keyboard is: what is said of what can be used there, and what is wrong with it. It may
/// be nowhere, or at something that does not show it, or that lies out of sight or below the bar at
/// the foot. A heading that has just come takes the focus by itself and need not show it.
const WHERE: &str = "const at = document.activeElement; \
    if (!at || at === document.body) { return ['', 'it is nowhere']; } \
    const label = at.labels && at.labels[0] && at.labels[0].textContent; \
    const said = [at.getAttribute('aria-label'), at.textContent, label].join(' '); \
    if (at.getAttribute('tabindex') === '-1' && at.tagName !== 'BUTTON') { return ['', '']; } \
    let shown = false; \
    for (let it = at; it && it !== document.body; it = it.parentElement) { \
        const style = getComputedStyle(it); \
        shown ||= style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2; \
    } \
    const box = at.getBoundingClientRect(); \
    const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1); \
    const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2; \
    const over = document.elementFromPoint(x, y); \
    const covered = over && !over.contains(at) && !at.contains(over) && over.closest('nav'); \
    const wrong = !shown ? 'it is not shown' \
        : box.bottom <= 0 || box.top >= innerHeight ? 'it is out of sight' \
        : covered ? 'it lies below the bar' : ''; \
    return [said.replaceAll('\\u00a0', ' '), wrong];";

impl<'a> Typist<'a> {
    fn at(browser: &'a Browser) -> Self {
        Self { browser, keys: Cell::new(0), thoughts: Cell::new(0) }
    }

    fn thinks(&self) {
        self.thoughts.set(self.thoughts.get() + 1);
    }

    /// How long all of it takes, in seconds.
    fn takes(&self) -> f64 {
        f64::from(self.keys.get()) * FOR_A_KEY + f64::from(self.thoughts.get()) * FOR_A_THOUGHT
    }

    async fn strikes(&self, keys: impl IntoIterator<Item = char>) {
        let mut strokes = KeyActions::new("keyboard".to_owned());
        for value in keys {
            self.keys.set(self.keys.get() + 1);
            strokes = strokes.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        self.browser.client().perform_actions(strokes).await.unwrap();
    }

    /// Presses a key, and sees where the keyboard is then.
    async fn presses(&self, key: Key) -> String {
        self.strikes([char::from(key)]).await;
        self.sees_the_keyboard().await
    }

    /// What is said of what has the keyboard, and what is wrong with that.
    async fn looks(&self) -> (String, String) {
        let answer = self.browser.runs(WHERE, Vec::new()).await;
        let part = |number: usize| answer[number].as_str().unwrap_or_default().to_owned();
        (part(0), part(1))
    }

    /// Where the keyboard is; what was on the way there may take a moment.
    async fn sees_the_keyboard(&self) -> String {
        let (mut at, mut wrong) = self.looks().await;
        for _ in 0..PATIENCE.as_millis() / GLANCE.as_millis() {
            if wrong.is_empty() {
                return at;
            }
            tokio::time::sleep(GLANCE / 4).await;
            (at, wrong) = self.looks().await;
        }
        panic!("the keyboard is at “{at}”, but {wrong}:\n{}", self.browser.text().await);
    }

    async fn types(&self, text: &str) {
        self.thinks();
        self.strikes(text.chars()).await;
    }

    /// Looks for something and goes there by Tab.
    async fn goes_to(&self, words: &str) {
        self.thinks();
        let mut passed = Vec::new();
        let mut at = self.looks().await.0;
        for _ in 0..80 {
            if at.contains(words) {
                return;
            }
            passed.push(at);
            self.strikes([char::from(Key::Tab)]).await;
            // After the last of the page comes the first.
            if self.looks().await.1 == NOWHERE {
                self.strikes([char::from(Key::Tab)]).await;
            }
            at = self.sees_the_keyboard().await;
        }
        panic!("the keyboard does not come to “{words}”, but past {passed:#?}");
    }

    /// Goes to something and presses Enter, upon which the screen says what follows.
    async fn enters(&self, words: &str, follows: &str) {
        self.goes_to(words).await;
        self.presses(Key::Enter).await;
        self.browser.reads(follows).await;
        self.sees_the_keyboard().await;
    }

    async fn is_at(&self, words: &str) {
        let mut at = String::new();
        for _ in 0..PATIENCE.as_millis() / GLANCE.as_millis() {
            at = self.looks().await.0;
            if at.contains(words) {
                return;
            }
            tokio::time::sleep(GLANCE / 4).await;
        }
        panic!("the keyboard is not at “{words}”, but at “{at}”");
    }
}

/// An app that polls, as the real one does.
fn setting(folder: &TempDir, replay: &Replay) -> Setting {
    Setting {
        folder: folder.path().to_owned(),
        now: TUESDAY.parse().unwrap(),
        gateway: replay.gateway(),
        language: Language::En,
        polls: true,
    }
}

fn world() -> World {
    World::quiet(TUESDAY.parse::<DateTime<FixedOffset>>().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_never_saw_it_has_a_place_an_allergy_and_the_first_answer_within_a_minute() {
    let mut world = world();
    // The worst hour; the mean of the day, which counts, is level 3: 30 to 50 grains/m³.
    world.set_day("69123", "grass_pollen", "2026-09-08".parse().unwrap(), 60.0);
    let replay = Replay::start(world);
    let folder = TempDir::new().unwrap();
    let host = Host::open(setting(&folder, &replay)).await;
    let browser = Browser::start().await;
    browser.size(1080, 800).await;
    browser.visits(&host.url()).await;
    browser.reads("Where do you breathe?").await;
    let typist = Typist::at(&browser);
    typist.goes_to("Search for a place").await;
    typist.types("lyon").await;
    browser.reads("Rhône").await;
    typist.thinks();
    typist.presses(Key::Down).await;
    typist.presses(Key::Enter).await;
    browser.reads("Lyon was added.").await;
    typist.is_at("Search for a place").await;
    // The way on comes a moment after the word that the place was added.
    browser.reads("Continue").await;
    typist.enters("Continue", "Who is it for?").await;
    typist.enters("A sensitivity", "Add somebody").await;
    typist.enters("Answer the questions", "Allergic to pollen?").await;
    typist.goes_to("Grass").await;
    typist.types(" ").await;
    typist.enters("Save", "Saved.").await;
    typist.enters("Continue", "How shall we tell you?").await;
    typist.enters("Go to Today", "For you: alert from “Moderate” up (allergy).").await;
    let (keys, thoughts, takes) = (typist.keys.get(), typist.thoughts.get(), typist.takes());
    assert!(takes < 60.0, "{keys} keys and {thoughts} thoughts take {takes:.0} s");
    for _ in 0..PATIENCE.as_millis() / GLANCE.as_millis() {
        if host.told().iter().any(|told| told.title.contains("grass pollen")) {
            browser.close().await;
            return;
        }
        tokio::time::sleep(GLANCE).await;
    }
    panic!("nothing is told but {:?}", host.told());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_alert_is_said_aloud_while_the_window_is_open() {
    let replay = Replay::start(world());
    let folder = TempDir::new().unwrap();
    // What a poll brings is brought when it is time for it here.
    let setting = setting(&folder, &replay);
    let host = Host::open(Setting { polls: false, ..setting }).await;
    host.ask(command::ADD_PLACE, &json!({ "query": "69123" })).await.unwrap();
    host.asks().await;
    let browser = Browser::start().await;
    browser.visits(&host.url()).await;
    browser.reads("Nothing reaches").await;
    browser.reads("Atmo France, published today at").await;
    // Only what was there before is listened to.
    let mark = "document.querySelectorAll('[role=status]').forEach((it) => { it.id ||= 'heard'; \
                it.dataset.heard = ''; });";
    browser.runs(mark, Vec::new()).await;
    replay.world(|world| {
        world.set_air("69123", "2026-09-08".parse().unwrap(), 4);
    });
    host.asks().await;
    browser.reads("Poor air").await;
    let said = "return [...document.querySelectorAll('[data-heard]')] \
                .map((it) => it.textContent).join('|');";
    let mut heard = String::new();
    for _ in 0..PATIENCE.as_millis() / GLANCE.as_millis() {
        browser.runs(said, Vec::new()).await.as_str().unwrap().clone_into(&mut heard);
        if heard.contains("1 new alert.") {
            browser.close().await;
            return;
        }
        tokio::time::sleep(GLANCE).await;
    }
    panic!("nothing is said but “{heard}”");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_of_the_app_is_used_without_a_pointer_and_the_keyboard_is_never_lost() {
    let stages = Stages::set(3).await;
    let host = &stages.hosts[&Stage::Household];
    let browser = Browser::start().await;
    // A phone with a keyboard: the bar at the foot must cover nothing.
    browser.size(400, 780).await;
    opens(&browser, host, Language::En, Theme::Light).await;
    let typist = Typist::at(&browser);

    // Past the navigation in one step.
    typist.presses(Key::Tab).await;
    typist.is_at("Skip").await;
    typist.presses(Key::Enter).await;
    browser.runs("history.back();", Vec::new()).await;

    // Today: places, people, hours, what was advised, the tiles.
    typist.goes_to("Lyon").await;
    typist.presses(Key::Right).await;
    typist.is_at("Paris").await;
    typist.presses(Key::Home).await;
    typist.is_at("Lyon").await;
    typist.enters("Show Jo’s day", "Hour by hour for Jo").await;
    typist.enters("Done", "Noted").await;
    typist.goes_to("Hours of today").await;
    typist.presses(Key::Right).await;
    browser.reads("Today 16:00").await;
    typist.enters("Tomorrow", "Indices, tomorrow").await;
    typist.enters("Sources", "last answer").await;

    // An alert with all that is behind it, and back.
    typist.enters("Alerts", "Current and coming").await;
    typist.goes_to("air").await;
    typist.presses(Key::Enter).await;
    browser.reads("Why this alert").await;
    typist.sees_the_keyboard().await;
    typist.enters("Useful", "Noted").await;
    typist.enters("Why this day, and what was not told", "Why, and why not").await;
    for _ in 0..2 {
        browser.client().back().await.unwrap();
        typist.sees_the_keyboard().await;
    }

    // The diary: today’s answer.
    typist.enters("People", "Places and people").await;
    typist.enters("Symptom diary", "Report for the doctor").await;
    typist.goes_to("not noted").await;
    typist.presses(Key::Right).await;
    browser.reads("Noted for").await;
    typist.is_at("0 – none").await;
    typist.sees_the_keyboard().await;

    // Settings: another language and theme, by arrows.
    typist.enters("Settings", "Appearance").await;
    typist.goes_to("English").await;
    typist.presses(Key::Down).await;
    browser.reads("Apparence").await;
    typist.is_at("Français").await;
    assert_eq!(browser.page("lang").await, "fr");
    typist.goes_to("Clair").await;
    typist.presses(Key::Down).await;
    typist.is_at("Sombre").await;
    assert_eq!(browser.page("data-theme").await, "dark");
    browser.close().await;
}
