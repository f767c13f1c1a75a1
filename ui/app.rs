//! The frame around every screen, and what happens to the window as a whole.

use ecosante_domain::metric::Metric;
use ecosante_domain::place::PlaceId;
use ecosante_domain::text::Language;
use ecosante_domain::window::{DEVICE_LANGUAGE, Overview, event};
use js_sys::Reflect;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::bridge;
use crate::components::icon::{Icon, icon};
use crate::content::{Content, failed, pending, sentence};
use crate::focus::use_change;
use crate::local::{Shared, use_local};
use crate::pages::{alert, alerts, history, index, paper, people, settings, today, welcome, why};
use crate::shortcuts;
use crate::state::{Action, State, Step, View, Window};
use crate::theme;
use crate::words::Words;

/// How often the overview is asked again, so that "now" and what is past move on.
const LOOK_AGAIN_MS: i32 = 60_000;

/// The window.
#[component]
pub(crate) fn App() -> Html {
    let window = use_reducer(|| State::new(view_at_address().unwrap_or_default()));
    let language = window.overview.ready().map_or_else(language_of_device, |now| now.language);
    // Until they are here, nothing can be said; those of another language stay until the right ones
    // come.
    let words = use_local(|| None::<Words>);
    let wanted = use_mut_ref(|| language);

    {
        let words = words.clone();
        use_effect_with(language, move |language| {
            let language = *language;
            *wanted.borrow_mut() = language;
            spawn_local(async move {
                let sentences = bridge::sentences(language).await;
                // Without any, the keys are better than nothing.
                if *wanted.borrow() == language && (sentences.is_some() || words.get().is_none()) {
                    words.set(Some(Words::new(language, sentences.unwrap_or_default())));
                }
            });
        });
    }
    {
        let window = window.clone();
        use_effect_with((), move |()| {
            hear(&window);
            look_again(&window);
            shortcuts::listen(&window);
        });
    }
    {
        let dispatch = window.dispatcher();
        let latest = use_mut_ref(|| 0_u32);
        let troubled = window.not_renewed.is_some();
        use_effect_with(window.changes, move |changes| {
            let changes = *changes;
            *latest.borrow_mut() = changes;
            spawn_local(async move {
                if troubled {
                    // A shell that gave up begins again; what comes of it the overview says.
                    let _ = bridge::retry().await;
                }
                let answer = bridge::overview().await;
                // An answer that was overtaken by a newer question is of the past.
                if *latest.borrow() == changes {
                    dispatch.dispatch(Action::Overview(answer));
                }
            });
        });
    }
    let words = words.get();
    use_effect_with(words.as_ref().map(Words::language), |language| {
        let Some(language) = language else { return };
        if let Some(root) = document().and_then(|document| document.document_element()) {
            // An element of the page takes any attribute.
            let _ = root.set_attribute("lang", language.code());
        }
    });
    use_effect_with((window.view, words.clone()), |(view, words)| {
        show_address(*view);
        if let Some((document, words)) = document().zip(words.as_ref()) {
            document.set_title(&title(words, *view));
        }
    });
    // Another place or index of the past is no other screen: who chooses it goes on choosing.
    let screen = match window.view {
        View::History(..) => View::History(PlaceId(0), Metric::Air),
        view => view,
    };
    use_change(screen, |_| to_the_top());

    let Some(words) = words else { return Html::default() };
    html! {
        <ContextProvider<Words> context={words.clone()}>
            <ContextProvider<Window> context={window.clone()}>
                { frame(&words, &window) }
            </ContextProvider<Window>>
        </ContextProvider<Words>>
    }
}

fn frame(words: &Words, window: &Window) -> Html {
    let again = {
        let window = window.clone();
        Callback::from(move |()| {
            let dispatch = window.dispatcher();
            spawn_local(async move {
                // Whether it helped is what the overview then says.
                let _ = bridge::retry().await;
                dispatch.dispatch(Action::Again);
            });
        })
    };
    let navigation = !matches!(window.view, View::Welcome(_)) && window.overview.ready().is_some();
    let screen = match &window.overview {
        Content::Ready(overview) => screen(window.view, overview),
        Content::Pending => html! {
            <>
                <h1 class="visually-hidden">{ words.get("app-name") }</h1>
                { pending(words) }
            </>
        },
        Content::Failed(error) => html! {
            <>
                <h1 class="page-heading" tabindex="-1">{ words.get("stopped") }</h1>
                { failed(words, error, &again) }
            </>
        },
    };
    html! {
        <>
            <a class="skip" href="#main">{ words.get("skip") }</a>
            <header class="top">
                <div class="top-inner">
                    <p class="wordmark" lang="fr">{ words.get("app-name") }</p>
                    if navigation {
                        { nav(words, window.view) }
                    }
                </div>
            </header>
            <main id="main" tabindex="-1">{ screen }</main>
            { shortcuts::list(words) }
            <div class="visually-hidden" role="status">{ of_the_refresh(words, window) }</div>
            <div class="visually-hidden" role="status">
                if window.new_alerts > 0 {
                    { words.format("new-alerts", [("count", window.new_alerts.into())]) }
                }
            </div>
        </>
    }
}

fn screen(view: View, overview: &Shared<Overview>) -> Html {
    match view {
        View::Today => html! { <today::Today overview={overview.clone()} /> },
        View::Alerts => html! { <alerts::Alerts /> },
        View::Alert(id) => html! { <alert::Alert key={id.0} {id} /> },
        View::Index(place, metric) => {
            html! { <index::Index key={format!("{}-{metric}", place.0)} {place} {metric} /> }
        }
        View::History(place, metric) => {
            html! { <history::History {place} {metric} overview={overview.clone()} /> }
        }
        View::People => html! { <people::People overview={overview.clone()} /> },
        View::Settings => html! { <settings::Settings /> },
        View::Credits | View::Diary | View::DiaryReport | View::Impact | View::Sent => {
            html! { <paper::Paper key={view.address()} {view} /> }
        }
        View::Why(place, person, date) => {
            let key = view.address();
            html! { <why::Why {key} {place} {person} {date} overview={overview.clone()} /> }
        }
        View::Welcome(step) => {
            html! { <welcome::Welcome {step} overview={overview.clone()} /> }
        }
    }
}

fn nav(words: &Words, view: View) -> Html {
    let entry = |to: View, here: bool, drawing: Icon, label: &str| {
        html! {
            <li>
                <a href={to.address()} aria-current={here.then_some("page")}>
                    { icon(drawing) }
                    <span>{ words.get(label) }</span>
                </a>
            </li>
        }
    };
    let in_today =
        matches!(view, View::Today | View::Index(..) | View::History(..) | View::Why(..));
    let in_alerts = matches!(view, View::Alerts | View::Alert(_));
    let in_people = matches!(view, View::People | View::Diary | View::DiaryReport);
    let in_settings = matches!(view, View::Settings | View::Credits | View::Impact);
    html! {
        <nav aria-label={words.get("nav")}>
            <ul>
                { entry(View::Today, in_today, Icon::House, "nav-today") }
                { entry(View::Alerts, in_alerts, Icon::Bell, "nav-alerts") }
                { entry(View::People, in_people, Icon::People, "nav-people") }
                { entry(View::Settings, in_settings, Icon::Settings, "nav-settings") }
            </ul>
        </nav>
    }
}

/// What is said aloud of a refresh: that it runs, what stands in its way, or what came of it.
fn of_the_refresh(words: &Words, window: &State) -> Option<String> {
    if window.asking.as_ref().is_some_and(|asking| asking.running) {
        return Some(words.get("refresh-running"));
    }
    let not_renewed = window.not_renewed.as_ref().map(|error| sentence(words, error));
    let trouble = || window.overview.ready().and_then(|overview| overview.trouble.clone());
    not_renewed.or_else(trouble).or_else(|| window.outcome(words))
}

/// Asks again from time to time, and whenever somebody turns to the window: it may have slept.
fn look_again(window: &Window) {
    let dispatch = window.dispatcher();
    let again = Closure::<dyn Fn()>::new(move || dispatch.dispatch(Action::Changed));
    let Some(page) = web_sys::window() else { return };
    let call = again.as_ref().unchecked_ref();
    // What a window does not offer is only missed.
    let _ = page.set_interval_with_callback_and_timeout_and_arguments_0(call, LOOK_AGAIN_MS);
    let _ = page.add_event_listener_with_callback("focus", call);
    if let Some(document) = page.document() {
        let _ = document.add_event_listener_with_callback("visibilitychange", call);
    }
    // As long as the window lives.
    again.forget();
}

/// Listens to the shell and to the address.
fn hear(window: &Window) {
    let dispatch = window.dispatcher();
    bridge::listen(event::CHANGED, {
        let dispatch = dispatch.clone();
        move |_| dispatch.dispatch(Action::Changed)
    });
    bridge::listen(event::PROGRESS, {
        let dispatch = dispatch.clone();
        move |payload| {
            if let Some(progress) = bridge::read(&payload) {
                dispatch.dispatch(Action::Asking(progress));
            }
        }
    });
    bridge::listen(event::ALERT_OPENED, {
        let dispatch = dispatch.clone();
        move |_| open_told_alert(dispatch.clone())
    });
    open_told_alert(dispatch.clone());
    bridge::listen(event::PLACE_OPENED, {
        let dispatch = dispatch.clone();
        move |_| open_chosen_place(dispatch.clone())
    });
    open_chosen_place(dispatch.clone());
    spawn_local(async move {
        // A page that is loaded once more has been told the theme of the start.
        if let Ok(settings) = bridge::settings().await {
            theme::show(settings.theme);
            shortcuts::set(settings.desktop);
        }
    });

    let Some(page) = web_sys::window() else { return };
    let moved = Closure::<dyn Fn()>::new(move || {
        if let Some(view) = view_at_address() {
            dispatch.dispatch(Action::Go(view));
        }
    });
    let listening =
        page.add_event_listener_with_callback("hashchange", moved.as_ref().unchecked_ref());
    if listening.is_ok() {
        moved.forget();
    }
}

/// Opens the alert whose notification was clicked, if one was.
fn open_told_alert(dispatch: UseReducerDispatcher<State>) {
    spawn_local(async move {
        if let Ok(Some(id)) = bridge::take_opened_alert().await {
            dispatch.dispatch(Action::Go(View::Alert(id)));
        }
    });
}

/// Opens Today at the place that was chosen outside the window, if one was.
fn open_chosen_place(dispatch: UseReducerDispatcher<State>) {
    spawn_local(async move {
        if let Ok(Some(id)) = bridge::take_opened_place().await {
            dispatch.dispatch(Action::Place(id));
            dispatch.dispatch(Action::Go(View::Today));
        }
    });
}

fn document() -> Option<web_sys::Document> {
    web_sys::window()?.document()
}

/// The screen that the address names; none at an address within a screen.
fn view_at_address() -> Option<View> {
    let address = web_sys::window()?.location().hash().ok()?;
    if address.is_empty() { Some(View::Today) } else { View::at(&address) }
}

/// Goes to another screen, in a way that "back" returns from.
pub(crate) fn go(view: View) {
    if let Some(page) = web_sys::window() {
        // A fragment can always be set.
        let _ = page.location().set_hash(&view.address());
    }
}

fn show_address(view: View) {
    // The first screen needs no address of its own: going back from it leaves the app.
    if view_at_address() != Some(view) {
        go(view);
    }
}

/// The top of a new screen, and its heading for who reads with their ears.
fn to_the_top() {
    if let Some(page) = web_sys::window() {
        page.scroll_to_with_x_and_y(0.0, 0.0);
    }
    shortcuts::begin_screen();
}

fn title(words: &Words, view: View) -> String {
    let screen = match view {
        View::Today => "nav-today",
        View::Index(..) => "days-title",
        View::History(..) => "history-title",
        View::Alerts => "nav-alerts",
        View::Alert(_) => "alert-title",
        View::People => "people-title",
        View::Settings => "nav-settings",
        View::Credits => "credits-title",
        View::Why(..) => "why-heading",
        View::Diary => "diary-title",
        View::DiaryReport => "diary-report",
        View::Impact => "impact-title",
        View::Sent => "sent-title",
        View::Welcome(Step::Where) => "where-title",
        View::Welcome(Step::Who) => "who-title",
        View::Welcome(Step::Tell) => "tell-title",
    };
    format!("{} – {}", words.get(screen), words.get("app-name"))
}

/// The language to speak until the overview says which: the shell's, else that of the web view.
fn language_of_device() -> Language {
    let Some(page) = web_sys::window() else { return Language::default() };
    let of_shell = Reflect::get(&page, &DEVICE_LANGUAGE.into()).ok().and_then(|it| it.as_string());
    let locale = of_shell.or_else(|| page.navigator().language());
    locale.and_then(|locale| Language::of_locale(&locale)).unwrap_or_default()
}
