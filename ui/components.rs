//! The parts that screens are made of.

use ecosante_domain::contract::AdviceView;
use ecosante_domain::credits::Credit;
use ecosante_domain::evidence::Evidence;
use ecosante_domain::person::PersonId;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::bridge;
use crate::components::icon::{Icon, icon};
use crate::content::sentence;
use crate::local::use_local;
use crate::state::View;
use crate::words::{Words, use_words};

pub(crate) mod band;
pub(crate) mod chart;
pub(crate) mod glyph;
pub(crate) mod icon;
pub(crate) mod limits_form;
pub(crate) mod place_search;
pub(crate) mod profile_form;
pub(crate) mod quiet;
pub(crate) mod reading;

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

/// A work with who made it and its licence.
pub(crate) fn credit(words: &Words, credit: &Credit) -> Html {
    html! {
        <li class="credit">
            <strong>{ &credit.what }</strong>
            <span>{ link_out(words, &credit.url, &credit.by, "") }</span>
            <span class="meta">{ &credit.licence }</span>
        </li>
    }
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

/// A piece of advice with who says so; `person` can say what came of it.
pub(crate) fn advice(
    words: &Words,
    advice: &AdviceView,
    class: &'static str,
    person: Option<PersonId>,
) -> Html {
    html! {
        <div class={classes!("advice", class)}>
            <p class="advice-text">{ &advice.text }</p>
            if let Some(source) = &advice.source {
                <p class="meta">{ words.get("advice-source") }{ " " }{ source_link(words, source) }</p>
            }
            if let Some(person) = person {
                <Marks
                    key={format!("{}{}", person.0, advice.id)} {person} advice={advice.id.clone()}
                    text={advice.text.clone()}
                />
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct MarksProps {
    person: PersonId,
    /// The identity of the piece.
    advice: AttrValue,
    text: AttrValue,
}

/// What a person can say of a piece of advice, and that it was heard.
#[component]
fn Marks(props: &MarksProps) -> Html {
    let words = use_words();
    let heard = use_local(String::new);
    let button = |mark: &'static str| {
        let (words, heard) = (words.clone(), heard.clone());
        let (person, advice) = (props.person, props.advice.clone());
        let label = words.get(mark);
        let onclick = Callback::from(move |_: MouseEvent| {
            let (words, heard, advice) = (words.clone(), heard.clone(), advice.clone());
            // The same words once more are only heard when they were gone.
            heard.set(String::new());
            spawn_local(async move {
                heard.set(match bridge::mark_advice(person, &advice, mark).await {
                    Ok(()) => words.get("marked"),
                    Err(error) => sentence(&words, &error),
                });
            });
        });
        html! { <button type="button" class="button quiet" {onclick}>{ label }</button> }
    };
    html! {
        <div class="marks" role="group" aria-label={&props.text}>
            { button("done") }
            { button("useful") }
            <span class="meta" role="status">{ heard.get() }</span>
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
