//! A page of words and tables that can be printed, a screen of its own.

use ecosante_domain::window::command;
use yew::prelude::*;

use crate::bridge;
use crate::components::sheet::sheet;
use crate::components::{back, page_heading};
use crate::content::use_content;
use crate::state::{View, again, use_window};
use crate::words::use_words;

#[derive(Properties, PartialEq)]
pub(crate) struct PaperProps {
    /// Which page it is.
    pub(crate) view: View,
}

/// The screen.
#[component]
pub(crate) fn Paper(props: &PaperProps) -> Html {
    let words = use_words();
    let window = use_window();
    let again = again(&window);
    let (view, person) = (props.view, window.person);
    let (command, above, from, title) = match view {
        View::DiaryReport => (command::DIARY_REPORT, View::Diary, "diary-title", "diary-report"),
        _ => (command::IMPACT, View::Settings, "nav-settings", "impact-title"),
    };
    let page = use_content((window.changes, view, person), move || bridge::page(command, person));
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
            <p class="buttons">
                <button type="button" class="button" onclick={print}>{ words.get("print") }</button>
            </p>
            { page.show(&words, &again, Html::default, |page| Some(sheet(page))) }
        </div>
    }
}
