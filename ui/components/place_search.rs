//! Finding a place by typing: suggestions without network, the world on request.

use ecosante_domain::contract::PlaceFound;
use ecosante_domain::window::PlaceAdded;
use js_sys::Promise;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::bridge;
use crate::content::sentence;
use crate::local::use_local;
use crate::words::{Words, use_words};

/// For how long nothing more must be typed before suggestions are asked for.
const PAUSE_MS: i32 = 120;
const LIST: &str = "places-found";
const INPUT: &str = "place-query";

/// How far the search is.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Search {
    pub(crate) query: String,
    pub(crate) found: Vec<PlaceFound>,
    /// Which of those found the arrows have reached.
    pub(crate) active: Option<usize>,
    pub(crate) open: bool,
    pub(crate) busy: bool,
    /// What came of it: an error, or that nothing was found.
    pub(crate) message: Option<String>,
}

impl Search {
    /// Where an arrow leads to in the list; from its end back to the field.
    fn moved(&self, down: bool) -> Option<usize> {
        let last = self.found.len().checked_sub(1)?;
        match (self.active, down) {
            (None, true) => Some(0),
            (None, false) => Some(last),
            (Some(active), true) => Some(active + 1).filter(|active| *active <= last),
            (Some(active), false) => active.checked_sub(1),
        }
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct PlaceSearchProps {
    pub(crate) added: Callback<PlaceAdded>,
}

/// The search box with what it finds.
#[component]
pub(crate) fn PlaceSearch(props: &PlaceSearchProps) -> Html {
    let words = use_words();
    let search = use_local(Search::default);
    let turn = use_mut_ref(|| 0_u32);
    let input = use_node_ref();

    let oninput = {
        let (search, turn) = (search.clone(), turn.clone());
        Callback::from(move |event: InputEvent| {
            let query = event.target_unchecked_into::<HtmlInputElement>().value();
            let typed = Search { query: query.clone(), open: true, ..search.get() };
            search.set(Search { active: None, message: None, ..typed.clone() });
            let (search, turn) = (search.clone(), turn.clone());
            let this = next(&turn);
            spawn_local(async move {
                pause(PAUSE_MS).await;
                if *turn.borrow() != this {
                    return;
                }
                let found = if query.trim().is_empty() {
                    Ok(Vec::new())
                } else {
                    bridge::suggest_places(&query).await
                };
                if *turn.borrow() == this {
                    // Suggestions that fail are only missed: the search on request says why.
                    let found = found.unwrap_or_default();
                    search.set(Search { found, active: None, message: None, ..typed });
                }
            });
        })
    };
    let look_further = {
        let (search, turn, words) = (search.clone(), turn.clone(), words.clone());
        Callback::from(move |()| {
            let query = search.get().query.trim().to_owned();
            if query.is_empty() {
                return;
            }
            let this = next(&turn);
            search.set(Search { busy: true, message: None, ..search.get() });
            let (search, turn, words) = (search.clone(), turn.clone(), words.clone());
            spawn_local(async move {
                let answer = bridge::search_places(&query).await;
                if *turn.borrow() != this {
                    return;
                }
                let done = Search { query: query.clone(), open: true, ..Search::default() };
                search.set(match answer {
                    Ok(found) if found.is_empty() => Search {
                        message: Some(words.format("place-none", [("query", query.into())])),
                        ..done
                    },
                    Ok(found) => Search { found, ..done },
                    Err(error) => Search { message: Some(sentence(&words, &error)), ..done },
                });
            });
        })
    };
    let choose = {
        let (search, turn, words, input) = (search.clone(), turn, words.clone(), input.clone());
        let added = props.added.clone();
        Callback::from(move |place: PlaceFound| {
            next(&turn);
            search.set(Search { busy: true, open: false, message: None, ..search.get() });
            let (search, words, input) = (search.clone(), words.clone(), input.clone());
            let added = added.clone();
            spawn_local(async move {
                match bridge::add_place(&place.add, None).await {
                    Ok(place) => {
                        search.set(Search::default());
                        added.emit(place);
                    }
                    Err(error) => search.set(Search {
                        message: Some(sentence(&words, &error)),
                        ..Search::default()
                    }),
                }
                if let Some(input) = input.cast::<HtmlInputElement>() {
                    // The field is on the screen and takes the focus.
                    let _ = input.focus();
                }
            });
        })
    };
    let onkeydown = {
        let (search, look_further, choose) = (search.clone(), look_further.clone(), choose.clone());
        Callback::from(move |event: KeyboardEvent| {
            let now = search.get();
            match event.key().as_str() {
                key @ ("ArrowDown" | "ArrowUp") if !now.found.is_empty() => {
                    event.prevent_default();
                    let active = now.moved(key == "ArrowDown");
                    search.set(Search { active, open: true, ..now });
                }
                "Escape" if now.open => {
                    event.prevent_default();
                    search.set(Search { open: false, active: None, ..now });
                }
                "Enter" => {
                    event.prevent_default();
                    let only = (now.found.len() == 1).then_some(0);
                    match now.active.or(only).and_then(|active| now.found.get(active)) {
                        Some(place) => choose.emit(place.clone()),
                        None => look_further.emit(()),
                    }
                }
                _ => {}
            }
        })
    };
    let search = search.get();
    html! {
        <div class="search">
            <label for={INPUT}>{ words.get("place-label") }</label>
            <p class="meta" id="place-hint">{ words.get("place-hint") }</p>
            <input
                ref={input} id={INPUT} class="field" type="text" value={search.query.clone()}
                role="combobox" aria-autocomplete="list" aria-describedby="place-hint"
                aria-expanded={is_open(&search).to_string()} aria-controls={LIST}
                aria-activedescendant={search.active.filter(|_| is_open(&search)).map(option_id)}
                autocomplete="off" autocapitalize="words" spellcheck="false"
                {oninput} {onkeydown}
            />
            { results(&words, &search, &choose) }
            if !search.query.trim().is_empty() {
                <button
                    type="button" class="button quiet" disabled={search.busy}
                    onclick={look_further.reform(|_: MouseEvent| ())}
                >
                    { words.get("place-further") }
                </button>
            }
            <p class="note" role="status">
                if search.busy {
                    { words.get("place-looking") }
                } else if let Some(message) = &search.message {
                    { message }
                } else if is_open(&search) {
                    <span class="visually-hidden">
                        { words.format("place-found", [("count", search.found.len().into())]) }
                    </span>
                }
            </p>
        </div>
    }
}

fn is_open(search: &Search) -> bool {
    search.open && !search.found.is_empty()
}

fn option_id(number: usize) -> String {
    format!("{LIST}-{number}")
}

/// What was found, as a list to choose from.
pub(crate) fn results(words: &Words, search: &Search, choose: &Callback<PlaceFound>) -> Html {
    let option = |(number, place): (usize, &PlaceFound)| {
        let onclick = {
            let (choose, place) = (choose.clone(), place.clone());
            Callback::from(move |_: MouseEvent| choose.emit(place.clone()))
        };
        let active = search.active == Some(number);
        let postcode = place.postcodes.first().map(|first| match place.postcodes.len() {
            1 => first.clone(),
            _ => format!("{first}…"),
        });
        html! {
            <li
                id={option_id(number)} role="option" aria-selected={active.to_string()}
                class={active.then_some("active")} {onclick}
            >
                <span class="option-name">{ &place.name }</span>
                <span class="meta">
                    { [postcode, Some(place.within.clone())].into_iter().flatten().collect::<Vec<_>>().join(" · ") }
                </span>
            </li>
        }
    };
    html! {
        <ul
            id={LIST} class="options" role="listbox" aria-label={words.get("place-suggestions")}
            hidden={!is_open(search)}
        >
            { for search.found.iter().enumerate().map(option) }
        </ul>
    }
}

fn next(turn: &std::cell::RefCell<u32>) -> u32 {
    let mut turn = turn.borrow_mut();
    *turn += 1;
    *turn
}

async fn pause(milliseconds: i32) {
    let promise = Promise::new(&mut |done, _| {
        if let Some(page) = web_sys::window() {
            // Without a timer the promise stays open, and nothing is suggested.
            let _ = page.set_timeout_with_callback_and_timeout_and_arguments_0(&done, milliseconds);
        }
    });
    // A timer is never refused.
    let _ = JsFuture::from(promise).await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::markup;

    fn found(name: &str) -> PlaceFound {
        PlaceFound {
            name: name.to_owned(),
            within: "Rhône, Auvergne-Rhône-Alpes".to_owned(),
            add: "69123".to_owned(),
            commune: Some("69123".to_owned()),
            postcodes: vec!["69001".to_owned(), "69002".to_owned()],
            population: None,
        }
    }

    #[test]
    fn arrows_go_through_the_list_and_back_to_the_field() {
        let mut search = Search { found: vec![found("a"), found("b")], ..Search::default() };
        let mut reached = Vec::new();
        for down in [true, true, true, false, false] {
            search.active = search.moved(down);
            reached.push(search.active);
        }
        assert_eq!(reached, [Some(0), Some(1), None, Some(1), Some(0)]);
        assert_eq!(Search::default().moved(true), None);
    }

    #[tokio::test]
    async fn names_are_escaped_and_the_reached_one_is_selected() {
        let markup = markup(|words| {
            let search = Search {
                found: vec![found("Lyon"), found("<i>L’Haÿ</i>")],
                active: Some(1),
                open: true,
                ..Search::default()
            };
            results(words, &search, &Callback::noop())
        })
        .await;
        assert!(markup.contains("&lt;i&gt;L’Haÿ"), "{markup}");
        assert_eq!(markup.matches("aria-selected=\"true\"").count(), 1);
        assert!(markup.contains("69001…"));
    }
}
