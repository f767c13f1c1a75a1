//! What can be set for the device: language, appearance, how to be told.

use ecosante_domain::text::Language;
use ecosante_domain::window::{SettingsView, Theme};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::bridge;
use crate::components::page_heading;
use crate::components::quiet::{Quiet, TestNotification};
use crate::content::{sentence, use_content};
use crate::focus::find;
use crate::local::use_local;
use crate::state::{Action, View, again, use_window};
use crate::theme;
use crate::words::{Words, use_words};

/// What is chosen on this screen.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Chosen {
    Language(Option<Language>),
    Theme(Theme),
    Retention(Option<u32>),
    /// Whether there is to be a key: what was entered, or none.
    Key(bool),
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
    let choose = {
        let (error, words, dispatch) = (error.clone(), words.clone(), window.dispatcher());
        Callback::from(move |chosen: Chosen| {
            let (error, words, dispatch) = (error.clone(), words.clone(), dispatch.clone());
            spawn_local(async move {
                let answer = match chosen {
                    Chosen::Language(language) => bridge::set_language(language).await,
                    Chosen::Theme(theme) => {
                        theme::show(theme);
                        bridge::set_theme(theme).await
                    }
                    Chosen::Retention(years) => bridge::set_retention(years).await,
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
    let why = |here: bool| {
        let of_data = |chosen: &Chosen| matches!(chosen, Chosen::Retention(_) | Chosen::Key(_));
        refused.clone().filter(|(chosen, _)| of_data(chosen) == here).map(|(_, why)| why)
    };
    html! {
        <div class="people settings">
            { page_heading(&words.get("nav-settings")) }
            { settings.show(&words, &again, Html::default, |settings| Some(html! {
                <>
                    { looks(&words, settings, &choose) }
                    <p class="error" role="alert">{ why(false) }</p>
                </>
            })) }
            <section>
                <h2 class="section-title">{ words.get("notifications") }</h2>
                <TestNotification />
                <Quiet />
            </section>
            if let Some(settings) = settings.ready() {
                { data(&words, settings, why(true), &choose) }
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
        Chosen::Retention(years) => ("retention", settings.retention_years == years),
        Chosen::Key(kept) => ("key", settings.has_meteo_france_key == kept),
    };
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
                    { choice(Chosen::Language(Some(Language::Fr)), "Français".to_owned(), Some("fr")) }
                    { choice(Chosen::Language(Some(Language::En)), "English".to_owned(), Some("en")) }
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

/// Where the data are, how long they stay, and with which key some are asked for; whose they are,
/// and what this is.
fn data(
    words: &Words,
    settings: &SettingsView,
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
            { group(words, "retention-title", Some("retention-hint"), html! {
                <>{ for YEARS.into_iter().map(years) }</>
            }) }
            { key(words, settings.has_meteo_france_key, choose) }
            <p class="error" role="alert">{ refused }</p>
            <p class="buttons">
                <a class="button" href={View::Credits.address()}>{ words.get("credits-title") }</a>
                <a class="button" href={View::Impact.address()}>{ words.get("impact-title") }</a>
            </p>
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
mod tests {
    use super::*;
    use crate::testing::markup;

    fn settings() -> SettingsView {
        SettingsView {
            language: Some(Language::Fr),
            theme: Theme::Dark,
            quiet_hours: None,
            retention_years: None,
            has_meteo_france_key: true,
            folder: "/home/lea/ecosante".to_owned(),
            version: "0.1.0".to_owned(),
        }
    }

    #[tokio::test]
    async fn how_long_is_one_of_five_and_always_is_one_of_them() {
        let markup = markup(|words| data(words, &settings(), None, &Callback::noop())).await;
        let choices: Vec<_> = markup.split("<label class=\"choice\"").skip(1).collect();
        assert_eq!(choices.len(), 5, "{markup}");
        assert!(choices[0].contains("1 year<") && choices[1].contains("2 years"), "{markup}");
        let checked: Vec<_> = choices.iter().filter(|it| it.contains("checked")).collect();
        assert!(matches!(checked.as_slice(), [one] if one.contains("Always")), "{checked:?}");
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
    async fn what_was_refused_stands_where_it_was_asked_for() {
        let markup = markup(|words| {
            data(words, &settings(), Some("The keychain is locked.".to_owned()), &Callback::noop())
        })
        .await;
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
