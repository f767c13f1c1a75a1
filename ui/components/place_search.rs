//! Finding a place by typing: suggestions without network, the world on request.

use ecosante_domain::contract::PlaceFound;
use ecosante_domain::window::PlaceAdded;
use js_sys::Promise;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlInputElement, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

use crate::bridge;
use crate::content::sentence;
use crate::focus::{find, use_change};
use crate::local::use_local;
use crate::words::{Words, use_words};

/// For how long nothing more must be typed before suggestions are asked for.
const PAUSE_MS: i32 = 120;
/// For how long the focus must be elsewhere before the list closes.
const LEAVE_MS: i32 = 300;
const LIST: &str = "places-found";
const INPUT: &str = "place-query";

/// What finds it on the screen.
pub(crate) const SELECTOR: &str = "#place-query";

/// How far the search is.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Search {
    pub(crate) query: String,
    pub(crate) found: Vec<PlaceFound>,
    /// What was found is what there is for this query, not for one before it.
    pub(crate) fresh: bool,
    /// Which of those found the arrows have reached.
    pub(crate) active: Option<usize>,
    pub(crate) open: bool,
    pub(crate) busy: bool,
    /// What came of it: an error, or that nothing was found.
    pub(crate) message: Option<String>,
}

/// What the Enter key does.
#[derive(Debug, PartialEq)]
enum Entered<'a> {
    Nothing,
    /// The list is shown again.
    Unfold,
    /// Suggestions are asked for, and the first is taken.
    Ask,
    Take(&'a PlaceFound),
}

impl Search {
    /// Without an option that was reached, the first is meant. What was typed is sent nowhere: the
    /// world is searched by its button alone.
    fn entered(&self) -> Entered<'_> {
        let reached = self.active.and_then(|active| self.found.get(active));
        if self.busy || self.query.trim().is_empty() {
            Entered::Nothing
        } else if let Some(place) = reached {
            Entered::Take(place)
        } else if !self.fresh {
            Entered::Ask
        } else if !self.open {
            Entered::Unfold
        } else {
            self.found.first().map_or(Entered::Nothing, Entered::Take)
        }
    }

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

    let look_further = {
        let (search, turn, words) = (search.clone(), turn.clone(), words.clone());
        Callback::from(move |_: MouseEvent| {
            let query = search.get().query.trim().to_owned();
            if query.is_empty() || search.get().busy {
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
                let done =
                    Search { query: query.clone(), fresh: true, open: true, ..Search::default() };
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
        let (search, turn, words, input) =
            (search.clone(), turn.clone(), words.clone(), input.clone());
        let added = props.added.clone();
        Callback::from(move |place: PlaceFound| {
            let this = next(&turn);
            search.set(Search { busy: true, open: false, message: None, ..search.get() });
            let (search, turn, words, input) =
                (search.clone(), turn.clone(), words.clone(), input.clone());
            let added = added.clone();
            spawn_local(async move {
                let answer = bridge::add_place(&place.add, own_name(&place)).await;
                // Who has typed on meanwhile keeps what they typed.
                let still = *turn.borrow() == this;
                match answer {
                    Ok(place) => {
                        if still {
                            search.set(Search::default());
                        }
                        added.emit(place);
                    }
                    Err(error) => {
                        let message = Some(sentence(&words, &error));
                        search.set(Search { busy: false, message, ..search.get() });
                    }
                }
                if let Some(input) = input.cast::<HtmlInputElement>().filter(|_| still) {
                    // The field is on the screen and takes the focus.
                    let _ = input.focus();
                }
            });
        })
    };
    // While somebody types, suggestions come after a pause; to take the first one, at once.
    let suggest = {
        let (search, turn, choose) = (search.clone(), turn, choose.clone());
        Callback::from(move |take: bool| {
            let (search, turn, choose) = (search.clone(), turn.clone(), choose.clone());
            let this = next(&turn);
            spawn_local(async move {
                if !take {
                    pause(PAUSE_MS).await;
                }
                if *turn.borrow() != this {
                    return;
                }
                let query = search.get().query;
                // Suggestions that fail are only missed: the search on request says why.
                let found = if query.trim().is_empty() {
                    None
                } else {
                    bridge::suggest_places(&query).await.ok()
                };
                if *turn.borrow() != this {
                    return;
                }
                let (fresh, found) = (found.is_some(), found.unwrap_or_default());
                let first = found.first().filter(|_| take).cloned();
                search.set(Search { found, fresh, active: None, busy: false, ..search.get() });
                if let Some(place) = first {
                    choose.emit(place);
                }
            });
        })
    };
    let oninput = {
        let (search, suggest) = (search.clone(), suggest.clone());
        Callback::from(move |event: InputEvent| {
            let query = event.target_unchecked_into::<HtmlInputElement>().value();
            let found = search.get().found;
            search.set(Search { query, found, open: true, ..Search::default() });
            suggest.emit(false);
        })
    };
    let onkeydown = {
        let (search, choose) = (search.clone(), choose.clone());
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
                    match now.entered() {
                        Entered::Nothing => {}
                        Entered::Unfold => search.set(Search { open: true, ..now }),
                        Entered::Ask => suggest.emit(true),
                        Entered::Take(place) => choose.emit(place.clone()),
                    }
                }
                _ => {}
            }
        })
    };
    // The list scrolls: what the arrows reach must be seen.
    use_change(search.get().active, |active| {
        if let Some(option) = active.and_then(|number| find(&format!("#{}", option_id(number)))) {
            let nearest = ScrollIntoViewOptions::new();
            nearest.set_block(ScrollLogicalPosition::Nearest);
            option.scroll_into_view_with_scroll_into_view_options(&nearest);
        }
    });
    let onfocusout = {
        let search = search.clone();
        Callback::from(move |_: FocusEvent| {
            let search = search.clone();
            spawn_local(async move {
                // What lies below moves up only after the click that was meant for it.
                pause(LEAVE_MS).await;
                let now = search.get();
                if now.open && find(".search:focus-within").is_none() {
                    search.set(Search { open: false, active: None, ..now });
                }
            });
        })
    };
    let search = search.get();
    html! {
        <div class="search" tabindex="-1" {onfocusout}>
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
                    type="button" class="button quiet" aria-disabled={search.busy.to_string()}
                    aria-describedby="further-hint" onclick={look_further}
                >
                    { words.get("place-further") }
                </button>
                <p class="meta" id="further-hint">{ words.get("place-further-hint") }</p>
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
                } else if search.fresh && search.found.is_empty() {
                    { words.get("place-none-near") }
                }
            </p>
        </div>
    }
}

/// A place that is no commune has no name but the one it was found by.
fn own_name(place: &PlaceFound) -> Option<&str> {
    place.commune.is_none().then_some(&place.name)
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

    #[test]
    fn enter_takes_what_was_reached_else_the_first_and_never_of_an_older_query() {
        let typed = Search {
            query: "ly".to_owned(),
            found: vec![found("a"), found("b")],
            fresh: true,
            open: true,
            ..Search::default()
        };
        let reached = Search { active: Some(1), ..typed.clone() };
        assert_eq!(reached.entered(), Entered::Take(&reached.found[1]));
        assert_eq!(typed.entered(), Entered::Take(&typed.found[0]));
        assert_eq!(Search { fresh: false, ..typed.clone() }.entered(), Entered::Ask);
        assert_eq!(Search { open: false, ..typed.clone() }.entered(), Entered::Unfold);
        for idle in [
            Search { busy: true, ..typed.clone() },
            Search { query: " ".to_owned(), ..typed.clone() },
            Search { found: Vec::new(), ..typed },
        ] {
            assert_eq!(idle.entered(), Entered::Nothing);
        }
    }

    #[test]
    fn a_place_that_is_no_commune_keeps_its_name() {
        assert_eq!(own_name(&found("Lyon")), None);
        assert_eq!(own_name(&PlaceFound { commune: None, ..found("Bern") }), Some("Bern"));
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
