//! The parts that screens are made of.

use ecosante_domain::contract::AdviceView;
use ecosante_domain::evidence::Evidence;
use ecosante_domain::person::PersonId;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::bridge;
use crate::components::icon::{Icon, icon};
use crate::content::sentence;
use crate::state::{Action, View, Window};
use crate::words::Words;

pub(crate) mod band;
pub(crate) mod glyph;
pub(crate) mod holding;
pub(crate) mod icon;
pub(crate) mod limits_form;
pub(crate) mod mute;
pub(crate) mod past;
pub(crate) mod place_search;
pub(crate) mod plot;
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

/// A piece of advice with who says so; a person can say in the window what came of it.
pub(crate) fn advice(
    words: &Words,
    advice: &AdviceView,
    class: &'static str,
    by: Option<(&Window, PersonId)>,
) -> Html {
    html! {
        <div class={classes!("advice", class)}>
            <p class="advice-text">{ &advice.text }</p>
            if let Some(source) = &advice.source {
                <p class="meta">{ words.get("advice-source") }{ " " }{ source_link(words, source) }</p>
            }
            if let Some((window, person)) = by {
                { marks(words, advice, window, person) }
            }
        </div>
    }
}

fn marks(words: &Words, advice: &AdviceView, window: &Window, person: PersonId) -> Html {
    let button = |mark: &'static str, said: &'static str| {
        let (words, dispatch, id) = (words.clone(), window.dispatcher(), advice.id.clone());
        let label = words.get(mark);
        let onclick = Callback::from(move |_: MouseEvent| {
            let (words, dispatch, id) = (words.clone(), dispatch.clone(), id.clone());
            spawn_local(async move {
                let said = match bridge::mark_advice(person, &id, mark).await {
                    Ok(()) => words.get(said),
                    Err(error) => sentence(&words, &error),
                };
                dispatch.dispatch(Action::Heard(person, id, said));
            });
        });
        html! { <button type="button" class="button quiet" {onclick}>{ label }</button> }
    };
    let heard = window.heard.as_ref().filter(|(by, id, _)| *by == person && *id == advice.id);
    html! {
        <div class="marks" role="group" aria-label={advice.text.clone()}>
            { button("done", "marked-done") }
            { button("useful", "marked-useful") }
            <span class="meta" role="status">{ heard.map(|(_, _, said)| said) }</span>
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
