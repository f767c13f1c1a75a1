//! What can be set for the device: language, appearance, how to be told.

use ecosante_domain::decision::Lead;
use ecosante_domain::digest::Digest;
use ecosante_domain::text::Language;
use ecosante_domain::window::{Closing, DesktopView, SettingsView, Theme};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::bridge;
use crate::components::holding::Holding;
use crate::components::quiet::{Quiet, TestNotification, value};
use crate::components::{link_out, page_heading};
use crate::content::{sentence, use_content};
use crate::focus::find;
use crate::local::use_local;
use crate::shortcuts;
use crate::state::{Action, View, again, use_window};
use crate::theme;
use crate::words::{Words, use_words};

/// What is chosen on this screen.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Chosen {
    Language(Option<Language>),
    Theme(Theme),
    Lead(Lead),
    Digest(Option<Digest>),
    Retention(Option<u32>),
    AtLogin(bool),
    Closing(Closing),
    SingleKeys(bool),
    /// Whether there is to be a key: what was entered, or none.
    Key(bool),
    /// The relay that was entered.
    Relay,
}

/// Where on the screen something is chosen; what is refused is said there.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Looks,
    Notifications,
    Desktop,
    Data,
}

impl Chosen {
    fn part(self) -> Part {
        match self {
            Self::Language(_) | Self::Theme(_) => Part::Looks,
            Self::Lead(_) | Self::Digest(_) => Part::Notifications,
            Self::AtLogin(_) | Self::Closing(_) | Self::SingleKeys(_) => Part::Desktop,
            Self::Retention(_) | Self::Key(_) | Self::Relay => Part::Data,
        }
    }
}

/// For how many years what was published may be kept; none: always.
const YEARS: [Option<u32>; 5] = [Some(1), Some(2), Some(5), Some(10), None];

/// Where the key is entered.
const KEY: &str = "meteo-france-key";

/// The screen.
#[component]
pub(crate) fn Settings() -> Html {
    let words = use_words();
    let window = use_window();
    let again = again(&window);
    let settings = use_content(window.changes, bridge::settings);
    // What was refused, and why.
    let error = use_local(|| None::<(Chosen, String)>);
    // What was typed as the relay, which outlives being drawn again; until then what is stored.
    let relay = use_local(|| None::<String>);
    let typed = {
        let relay = relay.clone();
        Callback::from(move |event: InputEvent| relay.set(Some(value(&event))))
    };
    let choose = {
        let (error, words, dispatch) = (error.clone(), words.clone(), window.dispatcher());
        let relay = relay.clone();
        Callback::from(move |chosen: Chosen| {
            let (error, words, dispatch) = (error.clone(), words.clone(), dispatch.clone());
            let relay = relay.clone();
            spawn_local(async move {
                let answer = match chosen {
                    Chosen::Language(language) => bridge::set_language(language).await,
                    Chosen::Theme(theme) => {
                        theme::show(theme);
                        bridge::set_theme(theme).await
                    }
                    Chosen::Lead(lead) => bridge::set_lead(lead).await,
                    Chosen::Digest(digest) => bridge::set_digest(digest).await,
                    Chosen::Retention(years) => bridge::set_retention(years).await,
                    Chosen::AtLogin(starts) => bridge::set_desktop("at_login", starts.into()).await,
                    Chosen::Closing(how) => bridge::set_desktop("closing", how.into()).await,
                    Chosen::SingleKeys(single) => {
                        shortcuts::set_single(single);
                        bridge::set_desktop("single_keys", single.into()).await
                    }
                    Chosen::Relay => match relay.get() {
                        Some(address) => bridge::set_relay(&address).await,
                        None => Ok(()),
                    },
                    Chosen::Key(kept) => {
                        let key = entered().filter(|_| kept);
                        let answer = bridge::set_meteo_france_key(key.as_deref()).await;
                        if answer.is_ok() {
                            // What is kept is not on the screen any more.
                            forget();
                        }
                        answer
                    }
                };
                error.set(answer.err().map(|refused| (chosen, sentence(&words, &refused))));
                dispatch.dispatch(Action::Changed);
            });
        })
    };
    let refused = error.get();
    let why = |part: Part| {
        refused.clone().filter(|(chosen, _)| chosen.part() == part).map(|(_, why)| why)
    };
    html! {
        <div class="people settings">
            { page_heading(&words.get("nav-settings")) }
            { settings.show(&words, &again, Html::default, |settings| Some(html! {
                <>
                    { looks(&words, settings, &choose) }
                    <p class="error" role="alert">{ why(Part::Looks) }</p>
                </>
            })) }
            <section>
                <h2 class="section-title">{ words.get("notifications") }</h2>
                <TestNotification />
                <Quiet />
                if let Some(settings) = settings.ready() {
                    { telling(&words, settings, &choose) }
                    <p class="error" role="alert">{ why(Part::Notifications) }</p>
                }
            </section>
            if let Some(desktop) = settings.ready().and_then(|settings| settings.desktop) {
                { self::desktop(&words, desktop, &choose, why(Part::Desktop)) }
            }
            if let Some(settings) = settings.ready() {
                { data(&words, settings, relay.get(), &typed, why(Part::Data), &choose) }
            }
        </div>
    }
}

/// One of several that can be chosen.
fn choice(
    settings: &SettingsView,
    choose: &Callback<Chosen>,
    chosen: Chosen,
    label: String,
    lang: Option<&'static str>,
) -> Html {
    let (name, checked) = match chosen {
        Chosen::Language(language) => ("language", settings.language == language),
        Chosen::Theme(theme) => ("theme", settings.theme == theme),
        Chosen::Lead(lead) => ("lead", settings.lead == lead),
        Chosen::Digest(digest) => ("digest", settings.digest == digest),
        Chosen::Retention(years) => ("retention", settings.retention_years == years),
        Chosen::Key(kept) => ("key", settings.has_meteo_france_key == kept),
        // Of a part of its own.
        Chosen::AtLogin(_) | Chosen::Closing(_) | Chosen::SingleKeys(_) | Chosen::Relay => {
            ("", false)
        }
    };
    one_of(name, checked, choose, chosen, label, lang)
}

fn one_of(
    name: &'static str,
    checked: bool,
    choose: &Callback<Chosen>,
    chosen: Chosen,
    label: String,
    lang: Option<&'static str>,
) -> Html {
    html! {
        <label class="choice">
            <input
                type="radio" {name} {checked}
                onchange={choose.reform(move |_: Event| chosen)}
            />
            <span {lang}>{ label }</span>
        </label>
    }
}

/// Something that is on or off.
fn switch(checked: bool, choose: &Callback<Chosen>, chosen: Chosen, label: String) -> Html {
    html! {
        <label class="choice">
            <input
                type="checkbox" {checked} onchange={choose.reform(move |_: Event| chosen)}
            />
            <span>{ label }</span>
        </label>
    }
}

/// How the app is wanted on this computer: with a window, without one, and by which keys.
fn desktop(
    words: &Words,
    desktop: DesktopView,
    choose: &Callback<Chosen>,
    refused: Option<String>,
) -> Html {
    let closing = |closing: Closing, label: &str| {
        let checked = desktop.closing == closing;
        one_of("closing", checked, choose, Chosen::Closing(closing), words.get(label), None)
    };
    let hint = if desktop.in_tray { "closing-tray" } else { "closing-no-tray" };
    html! {
        <section>
            <h2 class="section-title">{ words.get("desktop-title") }</h2>
            { group(words, "closing-title", Some(hint), html! {
                <>
                    { closing(Closing::GoOn, "closing-go-on") }
                    { closing(Closing::End, "closing-end") }
                </>
            }) }
            { group(words, "login-title", Some("login-hint"), switch(
                desktop.at_login, choose, Chosen::AtLogin(!desktop.at_login),
                words.get("login-start"),
            )) }
            { group(words, "keys-title", Some("keys-hint"), switch(
                desktop.single_keys, choose, Chosen::SingleKeys(!desktop.single_keys),
                words.get("keys-single"),
            )) }
            <p class="buttons">
                <button
                    type="button" class="button"
                    onclick={Callback::from(|_: MouseEvent| shortcuts::open_list())}
                >
                    { words.get("keys-list") }
                </button>
            </p>
            <p class="error" role="alert">{ refused }</p>
        </section>
    }
}

/// Those of which one is chosen, with what it is about.
fn group(words: &Words, title: &str, hint: Option<&str>, choices: Html) -> Html {
    html! {
        <fieldset class="question">
            <legend class="question-title">{ words.get(title) }</legend>
            if let Some(hint) = hint {
                <p class="meta">{ words.get(hint) }</p>
            }
            <div class="choices">{ choices }</div>
        </fieldset>
    }
}

/// Language and appearance.
fn looks(words: &Words, settings: &SettingsView, choose: &Callback<Chosen>) -> Html {
    let choice = |chosen, label, lang| choice(settings, choose, chosen, label, lang);
    let as_system = || words.get("as-system");
    html! {
        <>
            { group(words, "language-title", None, html! {
                <>
                    { choice(Chosen::Language(None), as_system(), None) }
                    { for Language::ALL.into_iter().map(|it| {
                        choice(Chosen::Language(Some(it)), it.name().to_owned(), Some(it.code()))
                    }) }
                </>
            }) }
            { group(words, "theme-title", None, html! {
                <>
                    { choice(Chosen::Theme(Theme::System), as_system(), None) }
                    { choice(Chosen::Theme(Theme::Light), words.get("theme-light"), None) }
                    { choice(Chosen::Theme(Theme::Dark), words.get("theme-dark"), None) }
                </>
            }) }
        </>
    }
}

/// How long ahead an alert comes, and whether the day is summed up.
fn telling(words: &Words, settings: &SettingsView, choose: &Callback<Chosen>) -> Html {
    let choice = |chosen, label: &str| choice(settings, choose, chosen, words.get(label), None);
    let lead = |lead: Lead| {
        let label = match lead {
            Lead::Known => "lead-known",
            Lead::Evening => "lead-evening",
            Lead::Day => "lead-day",
        };
        choice(Chosen::Lead(lead), label)
    };
    let digest = |digest: Option<Digest>| {
        let label = match digest {
            None => "summary-never",
            Some(Digest::Morning) => "summary-morning",
            Some(Digest::Evening) => "summary-evening",
            Some(Digest::Both) => "summary-both",
        };
        choice(Chosen::Digest(digest), label)
    };
    html! {
        <>
            { group(words, "lead-title", Some("lead-hint"), html! {
                <>{ for Lead::ALL.into_iter().map(lead) }</>
            }) }
            { group(words, "summary-title", Some("summary-hint"), html! {
                <>{ for [None].into_iter().chain(Digest::ALL.map(Some)).map(digest) }</>
            }) }
        </>
    }
}

/// Where the data are, how long they stay, through which relay and with which key some are asked for;
/// whose they are, and what this is.
fn data(
    words: &Words,
    settings: &SettingsView,
    relay: Option<String>,
    typed: &Callback<InputEvent>,
    refused: Option<String>,
    choose: &Callback<Chosen>,
) -> Html {
    let years = |years: Option<u32>| {
        let label = match years.and_then(|years| usize::try_from(years).ok()) {
            Some(years) => words.format("retention-years", [("count", years.into())]),
            None => words.get("retention-always"),
        };
        choice(settings, choose, Chosen::Retention(years), label, None)
    };
    html! {
        <section>
            <h2 class="section-title">{ words.get("data-title") }</h2>
            <p>{ words.get("data-text") }</p>
            <p><code>{ &settings.folder }</code></p>
            <Holding />
            { group(words, "retention-title", Some("retention-hint"), html! {
                <>{ for YEARS.into_iter().map(years) }</>
            }) }
            { key(words, settings.has_meteo_france_key, choose) }
            <form
                class="question"
                onsubmit={choose.reform(|event: SubmitEvent| {
                    event.prevent_default();
                    Chosen::Relay
                })}
            >
                <label class="question-title" for="relay">{ words.get("relay-title") }</label>
                <p class="meta" id="relay-hint">{ words.get("relay-hint") }</p>
                <p role="status">
                    { settings.relay.as_deref().map(|relay| {
                        words.format("relay-set", [("relay", relay.into())])
                    }) }
                </p>
                <input
                    class="field" id="relay" type="text" inputmode="url" autocomplete="off" spellcheck="false"
                    aria-describedby="relay-hint" placeholder="https://" oninput={typed}
                    value={relay.or_else(|| settings.relay.clone()).unwrap_or_default()}
                />
                <div class="buttons">
                    <button type="submit" class="button">{ words.get("save") }</button>
                </div>
            </form>
            <p class="error" role="alert">{ refused }</p>
            <p class="buttons">
                <a class="button" href={View::Credits.address()}>{ words.get("credits-title") }</a>
                <a class="button" href={View::Impact.address()}>{ words.get("impact-title") }</a>
                <a class="button" href={View::Sent.address()}>{ words.get("sent-title") }</a>
            </p>
            <div class="question">
                <h3 class="question-title">{ words.get("feedback-title") }</h3>
                <p class="meta">{ words.get("feedback-hint") }</p>
                <p>{ link_out(words, &settings.feedback, &words.get("feedback-go"), "") }</p>
            </div>
            <p class="meta">
                { words.format("version", [("version", settings.version.as_str().into())]) }
            </p>
        </section>
    }
}

/// A key of the person's own: entered, kept, removed, and never shown.
fn key(words: &Words, kept: bool, choose: &Callback<Chosen>) -> Html {
    let save = {
        let choose = choose.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if entered().is_some() {
                choose.emit(Chosen::Key(true));
            }
        })
    };
    html! {
        <form class="question" onsubmit={save}>
            <p class="question-title">{ words.get("mf-key-title") }</p>
            <p class="meta" id="key-hint">{ words.get("mf-key-hint") }</p>
            if kept {
                <p>{ words.get("mf-key-kept") }</p>
            }
            <label class="visually-hidden" for={KEY}>{ words.get("mf-key-label") }</label>
            <input
                class="field" id={KEY} type="password" autocomplete="off" spellcheck="false"
                aria-describedby="key-hint" placeholder={words.get("mf-key-label")}
            />
            <div class="buttons">
                <button type="submit" class="button">{ words.get("mf-key-save") }</button>
                if kept {
                    <button
                        type="button" class="button"
                        onclick={choose.reform(|_: MouseEvent| Chosen::Key(false))}
                    >
                        { words.get("mf-key-remove") }
                    </button>
                }
            </div>
        </form>
    }
}

fn field() -> Option<HtmlInputElement> {
    find(&format!("#{KEY}"))?.dyn_into().ok()
}

/// The key that was entered: never part of what the window remembers.
fn entered() -> Option<String> {
    let key = field()?.value();
    (!key.trim().is_empty()).then_some(key)
}

fn forget() {
    if let Some(field) = field() {
        field.set_value("");
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use ecosante_domain::window::Permission;

    use super::*;
    use crate::testing::markup;

    /// What is set, in the dark and in French.
    pub(crate) fn settings() -> SettingsView {
        SettingsView {
            language: Some(Language::Fr),
            theme: Theme::Dark,
            desktop: Some(DesktopView {
                at_login: true,
                closing: Closing::GoOn,
                in_tray: false,
                single_keys: false,
            }),
            permission: Permission::Granted,
            quiet_hours: None,
            lead: Lead::Evening,
            digest: Some(Digest::Morning),
            retention_years: None,
            has_meteo_france_key: true,
            relay: Some("https://relay.example".to_owned()),
            folder: "/home/lea/ecosante".to_owned(),
            version: "0.1.0".to_owned(),
            feedback: "mailto:say@example.org".to_owned(),
        }
    }

    /// The part about the data, where this was refused.
    fn data_with(words: &Words, refused: Option<String>) -> Html {
        data(words, &settings(), None, &Callback::noop(), refused, &Callback::noop())
    }

    #[tokio::test]
    async fn how_long_is_one_of_five_and_always_is_one_of_them() {
        let markup = markup(|words| data_with(words, None)).await;
        let choices: Vec<_> = markup.split("<label class=\"choice\"").skip(1).collect();
        assert_eq!(choices.len(), 5, "{markup}");
        assert!(choices[0].contains("1 year<") && choices[1].contains("2 years"), "{markup}");
        let checked: Vec<_> = choices.iter().filter(|it| it.contains("checked")).collect();
        assert!(matches!(checked.as_slice(), [one] if one.contains("Always")), "{checked:?}");
    }

    #[tokio::test]
    async fn what_closing_the_window_does_is_said_with_and_without_a_tray() {
        let drawn = |in_tray: bool| {
            markup(move |words| {
                let view = DesktopView { in_tray, ..settings().desktop.expect("a desktop") };
                desktop(words, view, &Callback::noop(), None)
            })
        };
        let (with, without) = (drawn(true).await, drawn(false).await);
        assert!(with.contains("Its icon stays in the tray"), "{with}");
        assert!(without.contains("shows no icon"), "{without}");
        let checked: Vec<_> = with.split("<label").filter(|it| it.contains("checked")).collect();
        assert_eq!(checked.len(), 2, "{with}");
        assert!(checked[0].contains("Go on in the background"), "{}", checked[0]);
        assert!(checked[1].contains("when you log in"), "{}", checked[1]);
    }

    #[tokio::test]
    async fn when_an_alert_and_the_summary_come_is_one_of_three_and_one_of_four() {
        let markup = markup(|words| telling(words, &settings(), &Callback::noop())).await;
        assert_eq!(markup.matches("name=\"lead\"").count(), 3, "{markup}");
        assert_eq!(markup.matches("name=\"digest\"").count(), 4, "{markup}");
        let checked: Vec<_> = markup.split("<label").filter(|it| it.contains("checked")).collect();
        assert_eq!(checked.len(), 2, "{markup}");
        assert!(checked[0].contains("The evening before, from 18:00"), "{}", checked[0]);
        assert!(checked[1].contains("In the morning, at 7:00"), "{}", checked[1]);
    }

    #[test]
    fn what_is_refused_is_said_where_it_was_chosen() {
        assert_eq!(Chosen::Theme(Theme::Dark).part(), Part::Looks);
        assert_eq!(Chosen::Digest(None).part(), Part::Notifications);
        assert_eq!(Chosen::Retention(None).part(), Part::Data);
    }

    #[tokio::test]
    async fn a_key_is_entered_unseen_and_can_be_removed_where_one_is_kept() {
        let drawn = |kept: bool| markup(move |words| key(words, kept, &Callback::noop()));
        let (with, without) = (drawn(true).await, drawn(false).await);
        assert!(with.contains("type=\"password\"") && !with.contains("value="), "{with}");
        assert!(with.contains("A key is kept") && with.contains("Remove the key"));
        assert!(!without.contains("A key is kept") && !without.contains("Remove"), "{without}");
    }

    #[tokio::test]
    async fn the_relay_that_is_set_stands_in_its_field_until_another_is_typed() {
        let drawn = |typed: Option<&'static str>| {
            markup(move |words| {
                let typed = typed.map(str::to_owned);
                data(words, &settings(), typed, &Callback::noop(), None, &Callback::noop())
            })
        };
        let (kept, typed) = (drawn(None).await, drawn(Some("https://re")).await);
        assert!(kept.contains("value=\"https://relay.example\""), "{kept}");
        assert!(typed.contains("value=\"https://re\""), "{typed}");
        assert!(kept.contains("learns which communes you follow"), "{kept}");
    }

    #[tokio::test]
    async fn what_was_refused_stands_where_it_was_asked_for() {
        let markup =
            markup(|words| data_with(words, Some("The keychain is locked.".to_owned()))).await;
        let alert = markup.split("role=\"alert\"").nth(1).expect("an alert");
        assert!(alert.contains("The keychain is locked."), "{markup}");
    }

    #[tokio::test]
    async fn what_is_set_is_what_is_checked_and_each_language_is_in_its_own() {
        let markup = markup(|words| looks(words, &settings(), &Callback::noop())).await;
        assert_eq!(markup.matches("checked").count(), 2, "{markup}");
        let checked: Vec<_> = markup.split("<label").filter(|it| it.contains("checked")).collect();
        assert!(checked[0].contains("<span lang=\"fr\">Français"), "{}", checked[0]);
        assert!(checked[1].contains("Dark"), "{}", checked[1]);
    }
}
