//! The parts that screens are made of.

use ecosante_domain::contract::AdviceView;
use ecosante_domain::evidence::Evidence;
use yew::prelude::*;

use crate::components::icon::{Icon, icon};
use crate::state::View;
use crate::words::Words;

pub(crate) mod band;
pub(crate) mod chart;
pub(crate) mod glyph;
pub(crate) mod icon;
pub(crate) mod limits_form;
pub(crate) mod mute;
pub(crate) mod place_search;
pub(crate) mod profile_form;
pub(crate) mod quiet;
pub(crate) mod reading;
pub(crate) mod sheet;

/// A heading of a screen, to which the focus moves when the screen is shown.
pub(crate) fn page_heading(text: &str) -> Html {
    html! { <h1 class="page-heading" tabindex="-1">{ text }</h1> }
}

/// A link that opens in the browser; `more` is heard behind its words.
pub(crate) fn link_out(words: &Words, url: &str, text: &str, more: &str) -> Html {
    html! {
        <a class="source" href={url.to_owned()} target="_blank" rel="noopener">
            { text }
            <span class="visually-hidden">
                { format!("{more} {}", words.get("opens-in-browser")) }
            </span>
        </a>
    }
}

/// A publication as a link.
pub(crate) fn source_link(words: &Words, source: &Evidence) -> Html {
    let year = source.year.map(|year| format!(", {year}")).unwrap_or_default();
    let more = format!(" – {}", source.title);
    link_out(words, &source.url, &format!("{}{year}", source.publisher), &more)
}

/// The way to the screen that this one belongs to.
pub(crate) fn back(to: View, label: String) -> Html {
    html! {
        <a class="back" href={to.address()}>
            { icon(Icon::Back) }
            { label }
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

/// How a form ends: what was refused, and the two ways out.
pub(crate) fn save_or_cancel(
    words: &Words,
    error: Option<String>,
    busy: bool,
    cancel: &Callback<()>,
) -> Html {
    html! {
        <>
            <p class="error" role="alert">{ error }</p>
            <div class="buttons">
                <button type="submit" class="button primary" aria-disabled={busy.to_string()}>
                    { words.get("save") }
                </button>
                <button
                    type="button" class="button"
                    onclick={cancel.reform(|_: MouseEvent| ())}
                >
                    { words.get("cancel") }
                </button>
            </div>
        </>
    }
}
