//! Every screen in every state that a person may find it in.

use ecosante_browser::{Browser, Host, PATIENCE};
use ecosante_domain::metric::{Metric, Phenomenon, Pollutant, Taxon};
use ecosante_domain::place::PlaceId;
use ecosante_domain::text::Language;
use ecosante_domain::window::Theme;
use serde_json::{Value, json};

use crate::stages::{Known, Stage};
use crate::view::{Step, View};

/// A screen in a state.
#[derive(Clone, Debug)]
pub(crate) struct Screen {
    /// By which its pictures and complaints are called.
    pub(crate) name: &'static str,
    pub(crate) stage: Stage,
    pub(crate) view: View,
    /// What is done before it is looked at.
    does: &'static [Do],
    /// Whether it is looked at while its questions have no answers yet.
    pub(crate) waits: bool,
    /// Whether there is a picture of it.
    pub(crate) pictured: bool,
}

/// Something that a person does, by selectors, since the words are in either language; and what
/// shows that it was done.
#[derive(Clone, Copy, Debug)]
enum Do {
    Press(&'static str, &'static str),
    Write(&'static str, &'static str, &'static str),
}

fn screen(name: &'static str, stage: Stage, view: View, does: &'static [Do]) -> Screen {
    Screen { name, stage, view, does, waits: false, pictured: true }
}

impl Screen {
    fn waiting(self) -> Self {
        Self { waits: true, ..self }
    }

    /// Too much like another one to be pictured.
    fn unpictured(self) -> Self {
        Self { pictured: false, ..self }
    }
}

/// The screens by the view that they show: a view without any does not compile.
macro_rules! screens {
    ($known:ident, $($view:pat => $screens:expr,)+) => {
        /// All of them, in the order of the app.
        pub(crate) fn screens($known: &Known) -> Vec<Screen> {
            const fn _has_screens(view: &View) {
                match view {
                    $($view => (),)+
                }
            }
            let screens: Vec<Vec<Screen>> = vec![$($screens.into(),)+];
            screens.into_iter().flatten().collect()
        }
    };
}

use Do::{Press, Write};
use Stage::{Empty, Household, Offline, OneFails, Stopped};

screens! { known,
    View::Welcome(Step::Where) => [
        screen("welcome-where", Empty, View::Welcome(Step::Where), &[]),
        screen("welcome-where-found", Empty, View::Welcome(Step::Where), &[
            Write("#place-query", "saint", "#places-found-1"),
        ]),
    ],
    View::Welcome(Step::Who) => [
        screen("welcome-who", Empty, View::Welcome(Step::Who), &[]),
        screen("welcome-who-form", Empty, View::Welcome(Step::Who), &[
            Press(".door:nth-child(2)", ".household"),
            Press(".entry-actions button:nth-child(1)", "form.profile"),
        ]),
    ],
    View::Welcome(Step::Tell) => [
        screen("welcome-tell", Empty, View::Welcome(Step::Tell), &[]),
    ],
    View::Today => [
        screen("today", Household, View::Today, &[]),
        screen("today-second-place", Household, View::Today, &[
            Press(".tabs button:nth-child(2)", ".tabs button:nth-child(2)[aria-selected=true]"),
        ]).unpictured(),
        screen("today-not-covered", Household, View::Today, &[
            Press(".tabs button:nth-child(3)", ".tabs button:nth-child(3)[aria-selected=true]"),
        ]),
        screen("today-abroad", Household, View::Today, &[
            Press(".tabs button:nth-child(4)", ".tabs button:nth-child(4)[aria-selected=true]"),
        ]),
        screen("today-one-source-fails", OneFails, View::Today, &[]),
        screen("today-offline", Offline, View::Today, &[]),
        screen("today-loading", Household, View::Today, &[]).waiting(),
        screen("today-stopped", Stopped, View::Today, &[]),
        screen("today-empty", Empty, View::Today, &[]),
    ],
    View::Index(..) => [
        screen("index", Household, View::Index(known.place, Metric::Air), &[]),
        screen("index-part", Household, View::Index(
            known.place, Metric::PollenOf(Taxon::Ragweed),
        ), &[]).unpictured(),
        screen("index-figures", Household, View::Index(
            known.place, Metric::Concentration(Pollutant::Pm25),
        ), &[]),
        screen("index-vigilance", Household, View::Index(
            known.place, Metric::Vigilance(Phenomenon::Heat),
        ), &[]).unpictured(),
        screen("index-abroad", Household, View::Index(known.abroad, Metric::Air), &[]).unpictured(),
        screen("index-offline", Offline, View::Index(known.place, Metric::Air), &[]).unpictured(),
        screen("index-loading", Household, View::Index(known.place, Metric::Pollen), &[])
            .waiting().unpictured(),
        screen("index-nowhere", Household, View::Index(PlaceId(99), Metric::Air), &[]).unpictured(),
    ],
    View::History(..) => [
        screen("history", Household, View::History(known.place, Metric::Air), &[]),
        screen("history-years", Household, View::History(known.place, Metric::Air), &[
            Press(".periods label:last-child", ".periods label:last-child input:checked"),
        ]),
        screen("history-hours", Household, View::History(
            known.place, Metric::Concentration(Pollutant::O3),
        ), &[
            Press(".periods label:first-child", ".periods label:first-child input:checked"),
        ]).unpictured(),
        screen("history-figures", Household, View::History(
            known.place, Metric::Concentration(Pollutant::Pm25),
        ), &[]),
        screen("history-abroad", Household, View::History(known.abroad, Metric::Air), &[])
            .unpictured(),
        screen("history-vigilance", Household, View::History(
            known.place, Metric::Vigilance(Phenomenon::Heat),
        ), &[]).unpictured(),
        screen("history-nowhere", Household, View::History(PlaceId(99), Metric::Air), &[])
            .unpictured(),
    ],
    View::Alerts => [
        screen("alerts", Household, View::Alerts, &[]),
        screen("alerts-empty", Empty, View::Alerts, &[]),
        screen("alerts-loading", Household, View::Alerts, &[]).waiting().unpictured(),
    ],
    View::Alert(_) => [
        screen("alert", Household, View::Alert(known.alert), &[]),
        screen("alert-rated", Household, View::Alert(known.alert), &[
            Press(".alert button[aria-pressed]", ".alert button[aria-pressed=true]"),
        ]).unpictured(),
    ],
    View::Why(..) => [
        screen("why", Household, View::Why(known.place, known.person, None), &[]),
    ],
    View::People => [
        screen("people", Household, View::People, &[]),
        screen("people-profile", Household, View::People, &[
            Press(".entries li:nth-child(2) .entry-actions button:nth-child(1)", "form.profile"),
        ]),
        screen("people-limits", Household, View::People, &[
            Press(".entries li:nth-child(2) .entry-actions button:nth-child(2)", ".limit-row"),
        ]),
        screen("people-new", Household, View::People, &[
            Press(".household > .button", "form.profile"),
            Press("form.profile button[type=submit]", "#person-name[aria-invalid=true]"),
        ]).unpictured(),
        screen("people-leaving", Household, View::People, &[
            Press(".entries li:nth-child(2) .entry-actions button:nth-child(3)", ".entry-question"),
        ]).unpictured(),
        screen("people-place-leaving", Household, View::People, &[
            Press(".places .entries li:nth-child(2) button", ".entry-question"),
        ]).unpictured(),
        screen("people-place-found", Household, View::People, &[
            Write("#place-query", "saint", "#places-found-1"),
        ]).unpictured(),
    ],
    View::Diary => [
        screen("diary", Household, View::Diary, &[]),
        screen("diary-empty", Empty, View::Diary, &[]).unpictured(),
    ],
    View::DiaryReport => [
        screen("diary-report", Household, View::DiaryReport, &[]),
    ],
    View::Impact => [
        screen("impact", Household, View::Impact, &[]),
    ],
    View::Sent => [
        screen("sent", Household, View::Sent, &[]),
    ],
    View::Settings => [
        screen("settings", Household, View::Settings, &[]),
        screen("settings-erasing", Household, View::Settings, &[Press("#erase", "#erase-no")])
            .unpictured(),
        screen("settings-first", Empty, View::Settings, &[]).unpictured(),
    ],
    View::Credits => [
        screen("credits", Household, View::Credits, &[]),
    ],
}

/// Waits until something is on the page, nothing there is on its way, and nothing of the screen
/// before is left.
const SETTLED: &str = "const [there, still, done] = arguments; \
    const look = () => document.querySelector(there) && !document.querySelector('[data-before]') \
        && (still || !document.querySelector('.pending')) ? done(true) : setTimeout(look, 10); \
    look();";

/// A press, as of a finger that has found what it looks for.
const PRESS: &str = "const it = document.querySelector(arguments[0]); it.focus(); it.click();";

/// Writes into a field, as of a keyboard that is done.
const WRITE: &str = "const [field, text] = arguments; \
    const it = document.querySelector(field); it.focus(); it.value = text; \
    it.dispatchEvent(new InputEvent('input', { bubbles: true }));";

const UNFOLD: &str = "document.querySelectorAll('details').forEach((it) => { it.open = true; });";

/// Another address, where it is another; what is on the screen is then of before.
const GO: &str = "const [to] = arguments; if (location.hash !== to) { \
    for (const it of document.querySelectorAll('main > *')) { it.dataset.before = ''; } \
    location.hash = to; } \
    return location.hash;";

async fn settles(browser: &Browser, what: &str, still: bool) {
    let waiting = browser.awaits(SETTLED, vec![what.into(), still.into()]);
    if tokio::time::timeout(PATIENCE / 2, waiting).await.is_err() {
        panic!("{what} does not come, but:\n{}", browser.text().await);
    }
}

/// Loads the page of a host in a language and a theme.
pub(crate) async fn opens(browser: &Browser, host: &Host, language: Language, theme: Theme) {
    host.waits(false);
    host.looks(language, theme);
    browser.visits("about:blank").await;
    browser.visits(&host.url()).await;
    settles(browser, &format!("html[lang={}] main h1", language.code()), false).await;
}

/// Goes to a screen and does what is to be done there; `unfolds` opens all that is folded.
pub(crate) async fn goes(browser: &Browser, host: &Host, screen: &Screen, unfolds: bool) {
    host.waits(false);
    if screen.stage == Stopped || screen.waits && screen.view == View::Today {
        // What the window shows before it knows anything.
        host.waits(screen.waits);
        browser.client().refresh().await.unwrap();
    } else {
        // From elsewhere, so that nothing is left of what was done before.
        let elsewhere = if screen.view == View::Credits { View::Impact } else { View::Credits };
        moves(browser, elsewhere, false).await;
        host.waits(screen.waits);
        moves(browser, screen.view, screen.waits).await;
    }
    settles(browser, if screen.waits { ".pending" } else { "main h1" }, screen.waits).await;
    for step in screen.does {
        let follows = match step {
            Press(what, follows) => {
                settles(browser, what, false).await;
                browser.runs(PRESS, vec![json!(what)]).await;
                follows
            }
            Write(field, text, follows) => {
                settles(browser, field, false).await;
                browser.runs(WRITE, vec![json!(field), json!(text)]).await;
                follows
            }
        };
        settles(browser, follows, false).await;
    }
    if unfolds {
        browser.runs(UNFOLD, Vec::new()).await;
    }
}

async fn moves(browser: &Browser, view: View, still: bool) {
    let at = browser.runs(GO, vec![Value::from(view.address())]).await;
    assert_eq!(at.as_str().and_then(View::at), Some(view));
    settles(browser, "main h1", still).await;
}
