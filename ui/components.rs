//! The parts that screens are made of.

use ecosante_domain::contract::AdviceView;
use ecosante_domain::evidence::Evidence;
use yew::prelude::*;

use crate::words::Words;

pub(crate) mod band;
pub(crate) mod glyph;
pub(crate) mod icon;
pub(crate) mod place_search;
pub(crate) mod profile_form;
pub(crate) mod quiet;
pub(crate) mod reading;

/// A heading of a screen, to which the focus moves when the screen is shown.
pub(crate) fn page_heading(text: &str) -> Html {
    html! { <h1 class="page-heading" tabindex="-1">{ text }</h1> }
}

/// A publication as a link that opens in the browser.
pub(crate) fn source_link(words: &Words, source: &Evidence) -> Html {
    let year = source.year.map(|year| format!(", {year}"));
    html! {
        <a class="source" href={source.url.clone()} target="_blank" rel="noopener">
            { &source.publisher }{ year }
            <span class="visually-hidden">
                { format!(" – {} {}", source.title, words.get("opens-in-browser")) }
            </span>
        </a>
    }
}

/// A piece of advice with who says so.
pub(crate) fn advice(words: &Words, advice: &AdviceView, class: &'static str) -> Html {
    html! {
        <div class={classes!("advice", class)}>
            <p class="advice-text">{ &advice.text }</p>
            if let Some(source) = &advice.source {
                <p class="meta">{ words.get("advice-source") }{ " " }{ source_link(words, source) }</p>
            }
        </div>
    }
}
