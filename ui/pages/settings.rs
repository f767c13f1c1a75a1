//! What can be set for the device: language, appearance, how to be told.

use ecosante_domain::decision::Lead;
use ecosante_domain::digest::Digest;
use ecosante_domain::text::Language;
use ecosante_domain::window::{Closing, DesktopView, SettingsView, Theme, command};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::bridge;
use crate::components::holding::Holding;
use crate::components::quiet::{Quiet, TestNotification};
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
    /// Whether there is to be a relay.
    Relay(bool),
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
            Self::Retention(_) | Self::Key(_) | Self::Relay(_) => Part::Data,
        }
    }
}

/// For how many years what was published may be kept; none: always.
const YEARS: [Option<u32>; 5] = [Some(1), Some(2), Some(5), Some(10), None];

/// Where the key is entered.
const KEY: &str = "meteo-france-key";

/// Where the relay is entered.
const RELAY: &str = "relay";

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
                let kept = match chosen {
                    Chosen::Key(true) => entered(KEY),
                    Chosen::Relay(true) => entered(RELAY),
                    _ => None,
                };
                let kept = kept.as_deref().into();
                let (name, argument, value) = match chosen {
                    Chosen::Language(language) => {
                        (command::SET_LANGUAGE, "language", language.into())
                    }
                    Chosen::Theme(theme) => {
                        theme::show(theme);
                        (command::SET_THEME, "theme", theme.into())
                    }
                    Chosen::Lead(lead) => (command::SET_LEAD, "lead", lead.into()),
                    Chosen::Digest(digest) => (command::SET_DIGEST, "digest", digest.into()),
                    Chosen::Retention(years) => (command::SET_RETENTION, "years", years.into()),
                    Chosen::AtLogin(starts) => (command::SET_DESKTOP, "at_login", starts.into()),
                    Chosen::Closing(how) => (command::SET_DESKTOP, "closing", how.into()),
                    Chosen::SingleKeys(single) => {
                        shortcuts::set_single(single);
                        (command::SET_DESKTOP, "single_keys", single.into())
                    }
                    Chosen::Key(_) => (command::SET_METEO_FRANCE_KEY, "key", kept),
                    Chosen::Relay(_) => (command::SET_RELAY, "address", kept),
                };
                let answer = bridge::set(name, argument, value).await;
                // What is kept does not stay in the field; what is refused can be corrected.
                if answer.is_ok() {
                    match chosen {
                        Chosen::Key(_) => forget(KEY),
                        Chosen::Relay(_) => forget(RELAY),
                        _ => {}
                    }
                }
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
                { data(&words, settings, why(Part::Data), &choose) }
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
        // Of a part of its own.
        Chosen::AtLogin(_)
        | Chosen::Closing(_)
        | Chosen::SingleKeys(_)
        | Chosen::Key(_)
        | Chosen::Relay(_) => ("", false),
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
fn switch(
    checked: bool,
    choose: &Callback<Chosen>,
    chosen: fn(bool) -> Chosen,
    label: String,
) -> Html {
    // What stands in the box, not what was last answered: somebody may be faster than the answer.
    let onchange = choose.reform(move |event: Event| {
        chosen(event.target_unchecked_into::<HtmlInputElement>().checked())
    });
    html! {
        <label class="choice">
            <input type="checkbox" {checked} {onchange} />
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
                desktop.at_login, choose, Chosen::AtLogin,
                words.get("login-start"),
            )) }
            { group(words, "keys-title", Some("keys-hint"), switch(
                desktop.single_keys, choose, Chosen::SingleKeys,
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
    let key = settings.has_meteo_france_key.then(|| words.get("mf-key-kept"));
    html! {
        <section>
            <h2 class="section-title">{ words.get("data-title") }</h2>
            <p>{ words.get("data-text") }</p>
            <p><code>{ &settings.folder }</code></p>
            <Holding />
            { group(words, "retention-title", Some("retention-hint"), html! {
                <>{ for YEARS.into_iter().map(years) }</>
            }) }
            { own(words, KEY_FORM, key.as_deref(), choose) }
            { own(words, RELAY_FORM, settings.relay.as_deref(), choose) }
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

/// How something of the person's own is entered.
#[derive(Clone, Copy)]
struct Form {
    id: &'static str,
    kind: &'static str,
    chosen: fn(bool) -> Chosen,
    /// Title, hint, label, what saves and what removes it.
    words: [&'static str; 5],
}

const KEY_FORM: Form = Form {
    id: KEY,
    kind: "password",
    chosen: Chosen::Key,
    words: ["mf-key-title", "mf-key-hint", "mf-key-label", "mf-key-save", "mf-key-remove"],
};

const RELAY_FORM: Form = Form {
    id: RELAY,
    kind: "text",
    chosen: Chosen::Relay,
    words: ["relay-title", "relay-hint", "relay-title", "save", "place-remove"],
};

/// Something of the person's own: entered, kept, removed; of a key it is said alone that there is one.
fn own(words: &Words, form: Form, kept: Option<&str>, choose: &Callback<Chosen>) -> Html {
    let Form { id, kind, chosen, words: [title, hint, label, save, remove] } = form;
    let onsubmit = {
        let choose = choose.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if entered(id).is_some() {
                choose.emit(chosen(true));
            }
        })
    };
    let hint_id = format!("{id}-hint");
    html! {
        <form class="question" {onsubmit}>
            <p class="question-title">{ words.get(title) }</p>
            <p class="meta" id={hint_id.clone()}>{ words.get(hint) }</p>
            if let Some(kept) = kept {
                <p>{ kept }</p>
            }
            <label class="visually-hidden" for={id}>{ words.get(label) }</label>
            <input
                class="field" {id} type={kind} autocomplete="off" spellcheck="false"
                aria-describedby={hint_id} placeholder={words.get(label)}
            />
            <div class="buttons">
                <button type="submit" class="button">{ words.get(save) }</button>
                if kept.is_some() {
                    <button
                        type="button" class="button"
                        onclick={choose.reform(move |_: MouseEvent| chosen(false))}
                    >
                        { words.get(remove) }
                    </button>
                }
            </div>
        </form>
    }
}

fn field(id: &str) -> Option<HtmlInputElement> {
    find(&format!("#{id}"))?.dyn_into().ok()
}

/// What was entered: never part of what the window remembers.
fn entered(id: &str) -> Option<String> {
    let entered = field(id)?.value();
    (!entered.trim().is_empty()).then_some(entered)
}

fn forget(id: &str) {
    if let Some(field) = field(id) {
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
        data(words, &settings(), refused, &Callback::noop())
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
        let drawn = |kept: bool| {
            markup(move |words| {
                let kept = kept.then(|| words.get("mf-key-kept"));
                own(words, KEY_FORM, kept.as_deref(), &Callback::noop())
            })
        };
        let (with, without) = (drawn(true).await, drawn(false).await);
        assert!(with.contains("type=\"password\"") && !with.contains("value="), "{with}");
        assert!(with.contains("A key is kept") && with.contains("Remove the key"));
        assert!(!without.contains("A key is kept") && !without.contains("Remove"), "{without}");
    }

    #[tokio::test]
    async fn the_relay_that_is_asked_is_named_beside_what_it_learns_and_can_be_removed() {
        let drawn = |kept: Option<&'static str>| {
            markup(move |words| own(words, RELAY_FORM, kept, &Callback::noop()))
        };
        let (with, without) = (drawn(Some("https://relay.example")).await, drawn(None).await);
        assert!(with.contains("<p>https://relay.example</p>") && with.contains("Remove"), "{with}");
        assert!(without.contains("learns which communes you follow"), "{without}");
        assert!(!without.contains("Remove"), "{without}");
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
