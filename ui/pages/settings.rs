//! What can be set for the device: language, appearance, how to be told.

use ecosante_domain::text::Language;
use ecosante_domain::window::{SettingsView, Theme};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::bridge;
use crate::components::page_heading;
use crate::components::quiet::{Quiet, TestNotification};
use crate::content::{sentence, use_content};
use crate::local::use_local;
use crate::state::{Action, View, again, use_window};
use crate::theme;
use crate::words::{Words, use_words};

/// What is chosen on this screen.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Chosen {
    Language(Option<Language>),
    Theme(Theme),
}

/// The screen.
#[component]
pub(crate) fn Settings() -> Html {
    let words = use_words();
    let window = use_window();
    let again = again(&window);
    let settings = use_content(window.changes, bridge::settings);
    let error = use_local(|| None::<String>);
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
                };
                error.set(answer.err().map(|refused| sentence(&words, &refused)));
                dispatch.dispatch(Action::Changed);
            });
        })
    };
    html! {
        <div class="people settings">
            { page_heading(&words.get("nav-settings")) }
            { settings.show(&words, &again, Html::default, |settings| Some(html! {
                <>
                    { looks(&words, settings, &choose) }
                    <p class="error" role="alert">{ error.get() }</p>
                </>
            })) }
            <section>
                <h2 class="section-title">{ words.get("notifications") }</h2>
                <TestNotification />
                <Quiet />
            </section>
            if let Some(settings) = settings.ready() {
                { about(&words, settings) }
            }
        </div>
    }
}

/// Language and appearance.
fn looks(words: &Words, settings: &SettingsView, choose: &Callback<Chosen>) -> Html {
    let choice = |chosen: Chosen, label: String, lang: Option<&'static str>| {
        let (name, checked) = match chosen {
            Chosen::Language(language) => ("language", settings.language == language),
            Chosen::Theme(theme) => ("theme", settings.theme == theme),
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
    };
    let group = |title: &str, choices: Html| {
        html! {
            <fieldset class="question">
                <legend class="question-title">{ words.get(title) }</legend>
                <div class="choices">{ choices }</div>
            </fieldset>
        }
    };
    let as_system = || words.get("as-system");
    html! {
        <>
            { group("language-title", html! {
                <>
                    { choice(Chosen::Language(None), as_system(), None) }
                    { choice(Chosen::Language(Some(Language::Fr)), "Français".to_owned(), Some("fr")) }
                    { choice(Chosen::Language(Some(Language::En)), "English".to_owned(), Some("en")) }
                </>
            }) }
            { group("theme-title", html! {
                <>
                    { choice(Chosen::Theme(Theme::System), as_system(), None) }
                    { choice(Chosen::Theme(Theme::Light), words.get("theme-light"), None) }
                    { choice(Chosen::Theme(Theme::Dark), words.get("theme-dark"), None) }
                </>
            }) }
        </>
    }
}

/// Where the data are, whose they are, and what this is.
fn about(words: &Words, settings: &SettingsView) -> Html {
    html! {
        <section>
            <h2 class="section-title">{ words.get("data-title") }</h2>
            <p>{ words.get("data-text") }</p>
            <p><code>{ &settings.folder }</code></p>
            <p class="buttons">
                <a class="button" href={View::Credits.address()}>{ words.get("credits-title") }</a>
            </p>
            <p class="meta">
                { words.format("version", [("version", settings.version.as_str().into())]) }
            </p>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::markup;

    #[tokio::test]
    async fn what_is_set_is_what_is_checked_and_each_language_is_in_its_own() {
        let markup = markup(|words| {
            let settings = SettingsView {
                language: Some(Language::Fr),
                theme: Theme::Dark,
                quiet_hours: None,
                folder: "/home/lea/ecosante".to_owned(),
                version: "0.1.0".to_owned(),
            };
            looks(words, &settings, &Callback::noop())
        })
        .await;
        assert_eq!(markup.matches("checked").count(), 2, "{markup}");
        let checked: Vec<_> = markup.split("<label").filter(|it| it.contains("checked")).collect();
        assert!(checked[0].contains("<span lang=\"fr\">Français"), "{}", checked[0]);
        assert!(checked[1].contains("Dark"), "{}", checked[1]);
    }
}
