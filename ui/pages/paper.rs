//! Pages that are read: words and tables, and the diary above its own.
//!
//! They come as markup, which the domain makes and tests: what a screen of its own would add to all
//! that the window loads, these share.

use ecosante_domain::person::PersonId;
use ecosante_domain::window::command;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::bridge;
use crate::components::sheet::sheet;
use crate::components::{back, page_heading};
use crate::content::{Content, sentence, use_content};
use crate::focus::{find, focus, use_change};
use crate::local::{Shared, use_local};
use crate::state::{Action, View, again, use_window};
use crate::words::use_words;

#[derive(Properties, PartialEq)]
pub(crate) struct PaperProps {
    /// Which page it is.
    pub(crate) view: View,
}

/// A page by the command that answers with it; none: an empty one.
#[hook]
fn use_page(
    command: Option<&'static str>,
    person: Option<PersonId>,
    day: Option<String>,
    changes: u32,
) -> Content<Shared<String>> {
    use_content((changes, person, day.clone()), move || async move {
        match command {
            Some(command) => bridge::page(command, person, day.as_deref(), &[]).await,
            None => Ok(String::new()),
        }
    })
}

/// The screen.
#[component]
pub(crate) fn Paper(props: &PaperProps) -> Html {
    let words = use_words();
    let window = use_window();
    let again = again(&window);
    // The day that was chosen; none: today.
    let day = use_local(|| None::<String>);
    // What was noted last, or why it was not.
    let news = use_local(String::new);
    let (command, above, from, title) = match props.view {
        View::Diary => (command::DIARY_PAST, View::People, "people-title", "diary-title"),
        View::DiaryReport => (command::DIARY_REPORT, View::Diary, "diary-title", "diary-report"),
        View::Impact => (command::IMPACT, View::Settings, "nav-settings", "impact-title"),
        View::Sent => (command::SENT, View::Settings, "nav-settings", "sent-title"),
        _ => (command::CREDITS, View::Settings, "nav-settings", "credits-title"),
    };
    let is_diary = props.view == View::Diary;
    let person = window.person;
    // Once there, not asked again with every change: whoever goes through the answers would lose
    // their place.
    let settled = use_mut_ref(|| None::<u32>);
    let asked = settled.borrow().unwrap_or(window.changes);
    let form = use_page(is_diary.then_some(command::DIARY), person, day.get(), asked);
    let there = form.ready().cloned();
    if there.is_some() {
        *settled.borrow_mut() = Some(asked);
    }
    // The answer that had the focus is another now, with those of another person or day.
    let last = use_mut_ref(String::new);
    use_change(there, {
        let last = last.clone();
        move |_| focus(&[&format!("body:not(:has(:focus)) [name={}]:checked", last.borrow())])
    });
    let page = use_page(Some(command), person, None, window.changes);
    let note = {
        let (words, dispatch, news) = (words.clone(), window.dispatcher(), news.clone());
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            let answer = (input.name(), input.value());
            last.borrow_mut().clone_from(&answer.0);
            match (answer.0.as_str(), answer.1.parse()) {
                ("person", Ok(id)) => dispatch.dispatch(Action::Person(PersonId(id))),
                ("day", _) => day.set(Some(answer.1)),
                _ => {
                    let (words, dispatch, news) = (words.clone(), dispatch.clone(), news.clone());
                    spawn_local(async move {
                        let person = chosen("person").and_then(|id| id.parse().ok());
                        let (person, day) = (person.map(PersonId), chosen("day"));
                        let day = day.as_deref();
                        let said = bridge::page(command::SET_DIARY, person, day, &[answer]).await;
                        news.set(said.unwrap_or_else(|error| sentence(&words, &error)));
                        dispatch.dispatch(Action::Changed);
                    });
                }
            }
        })
    };
    let print = Callback::from(|_: MouseEvent| {
        if let Some(page) = web_sys::window() {
            // Where nothing can be printed, nothing happens.
            let _ = page.print();
        }
    });
    html! {
        <div class="credits">
            { back(above, words.get(from)) }
            { page_heading(&words.get(title)) }
            if is_diary {
                <form onchange={note}>
                    { form.show(&words, &again, Html::default, |form| Some(sheet(form))) }
                </form>
                <p class="note" role="status">{ news.get() }</p>
            }
            <p class="buttons">
                if is_diary {
                    <a class="button" href={View::DiaryReport.address()}>
                        { words.get("diary-report") }
                    </a>
                } else {
                    <button type="button" class="button" onclick={print}>
                        { words.get("print") }
                    </button>
                }
            </p>
            { page.show(&words, &again, Html::default, |page| Some(sheet(page))) }
        </div>
    }
}

/// What is chosen among the answers of one name.
fn chosen(name: &str) -> Option<String> {
    let input = find(&format!("[name={name}]:checked"))?;
    Some(input.dyn_into::<HtmlInputElement>().ok()?.value())
}
