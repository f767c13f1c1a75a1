//! The places and the people, to change later what the first run asked.

use ecosante_domain::place::PlaceId;
use ecosante_domain::window::{Overview, PlaceAdded};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::bridge;
use crate::components::icon::{Icon, icon};
use crate::components::page_heading;
use crate::components::place_search::PlaceSearch;
use crate::components::profile_form::{ProfileForm, Who, summary};
use crate::components::quiet::{Quiet, TestNotification};
use crate::content::{sentence, use_content};
use crate::focus::{focus, use_change};
use crate::local::{Shared, use_local};
use crate::member::{Answers, Member};
use crate::state::{Action, again, use_window};
use crate::words::{Words, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct OverviewProps {
    pub(crate) overview: Shared<Overview>,
}

/// The screen.
#[component]
pub(crate) fn People(props: &OverviewProps) -> Html {
    let words = use_words();
    html! {
        <div class="people">
            { page_heading(&words.get("people-title")) }
            <section>
                <h2 class="section-title">{ words.get("places") }</h2>
                <Places overview={props.overview.clone()} />
            </section>
            <section>
                <h2 class="section-title">{ words.get("people") }</h2>
                <Household overview={props.overview.clone()} />
            </section>
            <section>
                <h2 class="section-title">{ words.get("notifications") }</h2>
                <TestNotification />
                <Quiet />
            </section>
        </div>
    }
}

/// The saved places, with a way to add and to remove.
#[component]
pub(crate) fn Places(props: &OverviewProps) -> Html {
    let words = use_words();
    let window = use_window();
    let news = use_local(|| None::<String>);
    let leaving = use_local(|| None::<PlaceId>);
    let added = {
        let (news, words, dispatch) = (news.clone(), words.clone(), window.dispatcher());
        Callback::from(move |place: PlaceAdded| {
            let key = if place.already { "place-saved-before" } else { "place-now-saved" };
            news.set(Some(words.format(key, [("name", place.name.into())])));
            dispatch.dispatch(Action::Changed);
        })
    };
    let remove = {
        let (news, words, leaving) = (news.clone(), words.clone(), leaving.clone());
        let dispatch = window.dispatcher();
        Callback::from(move |(id, name): (PlaceId, String)| {
            let (news, words, leaving) = (news.clone(), words.clone(), leaving.clone());
            let dispatch = dispatch.clone();
            spawn_local(async move {
                leaving.set(None);
                news.set(Some(match bridge::remove_place(id).await {
                    Ok(()) => words.format("place-gone", [("name", name.into())]),
                    Err(error) => sentence(&words, &error),
                }));
                dispatch.dispatch(Action::Changed);
            });
        })
    };
    let ask = {
        let leaving = leaving.clone();
        Callback::from(move |place: Option<PlaceId>| leaving.set(place))
    };
    use_change(leaving.get(), |leaving| {
        focus(&[if leaving.is_some() { ".entry-question + .button" } else { ".places" }]);
    });
    let saved: Vec<_> =
        props.overview.places.iter().map(|place| (place.id, place.name.clone())).collect();
    html! {
        <div class="places" tabindex="-1">
            { place_list(&words, &saved, leaving.get(), &ask, &remove) }
            <p class="note" role="status">{ news.get() }</p>
            <PlaceSearch {added} />
        </div>
    }
}

fn place_list(
    words: &Words,
    places: &[(PlaceId, String)],
    leaving: Option<PlaceId>,
    ask: &Callback<Option<PlaceId>>,
    remove: &Callback<(PlaceId, String)>,
) -> Html {
    let entry = |(id, name): &(PlaceId, String)| {
        let id = *id;
        let really = {
            let name = name.clone();
            remove.reform(move |_: MouseEvent| (id, name.clone()))
        };
        html! {
            <li class="entry" key={id.0}>
                { icon(Icon::Pin) }
                <span class="entry-name">{ name }</span>
                if leaving == Some(id) {
                    <span class="entry-question">{ words.get("place-remove-sure") }</span>
                    <button type="button" class="button" onclick={really}>
                        { words.get("place-remove-yes") }
                        <span class="visually-hidden">{ format!(" – {name}") }</span>
                    </button>
                    <button
                        type="button" class="button quiet"
                        onclick={ask.reform(|_: MouseEvent| None)}
                    >
                        { words.get("place-remove-no") }
                    </button>
                } else {
                    <button
                        type="button" class="button quiet"
                        onclick={ask.reform(move |_: MouseEvent| Some(id))}
                    >
                        { words.get("place-remove") }
                        <span class="visually-hidden">{ format!(" – {name}") }</span>
                    </button>
                }
            </li>
        }
    };
    if places.is_empty() {
        return Html::default();
    }
    html! { <ul class="entries">{ for places.iter().map(entry) }</ul> }
}

/// The people, with a way to add and to change.
#[component]
pub(crate) fn Household(props: &OverviewProps) -> Html {
    let words = use_words();
    let window = use_window();
    let editing = use_local(|| None::<Who>);
    let news = use_local(|| None::<String>);
    let again = again(&window);
    let people = use_content(window.changes, bridge::people);
    let saved = {
        let (editing, news, words) = (editing.clone(), news.clone(), words.clone());
        let dispatch = window.dispatcher();
        Callback::from(move |person: Member| {
            editing.set(None);
            news.set(Some(match person.name {
                Some(name) => words.format("person-saved", [("name", name.into())]),
                None => words.get("you-saved"),
            }));
            dispatch.dispatch(Action::Changed);
        })
    };
    let edit = {
        let (editing, news) = (editing.clone(), news.clone());
        Callback::from(move |who: Option<Who>| {
            news.set(None);
            editing.set(who);
        })
    };
    let open = editing.get();
    use_change(open.is_none(), |closed| {
        if *closed {
            focus(&[".household"]);
        }
    });
    let places: Vec<_> =
        props.overview.places.iter().map(|place| (place.id, place.name.clone())).collect();
    people.show(&words, &again, Html::default, |people| {
        let taken: Vec<_> = people.iter().filter_map(|person| person.name.clone()).collect();
        let form = |who: Who, profile: Answers| {
            html! {
                <ProfileForm
                    {who} {profile} taken={taken.clone()} places={places.clone()}
                    saved={saved.clone()} cancel={edit.reform(|()| None)}
                />
            }
        };
        let who = |person: &Member| person.name.clone().map_or(Who::You, Who::Known);
        // One form at a time: a second would take the place of what is entered in the first.
        let idle = match &open {
            None => true,
            Some(Who::New) => false,
            Some(open) => !people.iter().any(|person| who(person) == *open),
        };
        let entry = |person: &Member| {
            let who = who(person);
            let here = open.as_ref() == Some(&who);
            let body = if here {
                form(who, person.profile.clone())
            } else {
                let edit = idle.then(|| edit.reform(move |_: MouseEvent| Some(who.clone())));
                person_line(&words, person, edit)
            };
            html! { <li key={person.id.0} class={classes!("entry", here.then_some("open"))}>{ body }</li> }
        };
        Some(html! {
            <div class="household" tabindex="-1">
                <ul class="entries">{ for people.iter().map(entry) }</ul>
                <p class="note" role="status">{ news.get() }</p>
                if open == Some(Who::New) {
                    <div class="entry open">{ form(Who::New, Answers::default()) }</div>
                } else if idle {
                    <button
                        type="button" class="button"
                        onclick={edit.reform(|_: MouseEvent| Some(Who::New))}
                    >
                        { words.get("person-add") }
                    </button>
                }
            </div>
        })
    })
}

fn person_line(words: &Words, person: &Member, edit: Option<Callback<MouseEvent>>) -> Html {
    let name = person.name.clone().unwrap_or_else(|| words.get("you-name"));
    let name = words.sentence_case(&name);
    let action = if person.profile == Answers::default() { "person-begin" } else { "person-edit" };
    html! {
        <>
            { icon(Icon::Person) }
            <span class="entry-name">
                { &name }
                <span class="meta">{ summary(words, &person.profile) }</span>
            </span>
            if let Some(onclick) = edit {
                <button type="button" class="button quiet" {onclick}>
                    { words.get(action) }
                    <span class="visually-hidden">{ format!(" – {name}") }</span>
                </button>
            }
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::markup;
    use ecosante_domain::person::PersonId;

    #[tokio::test]
    async fn while_a_form_is_open_nobody_else_can_be_edited() {
        let line = |edit: fn() -> Option<Callback<MouseEvent>>| {
            markup(move |words| {
                let profile = Answers::default();
                let person = Member { id: PersonId(2), name: Some("Léa".to_owned()), profile };
                person_line(words, &person, edit())
            })
        };
        assert!(line(|| Some(Callback::noop())).await.contains("<button"));
        let closed = line(|| None).await;
        assert!(closed.contains("Léa") && !closed.contains("<button"));
    }

    #[tokio::test]
    async fn a_place_goes_only_after_a_second_word() {
        let list = |leaving: Option<PlaceId>| {
            markup(move |words| {
                let places = [(PlaceId(1), "Lyon".to_owned()), (PlaceId(2), "Paris".to_owned())];
                place_list(words, &places, leaving, &Callback::noop(), &Callback::noop())
            })
        };
        assert!(!list(None).await.contains("Yes, remove"));
        assert_eq!(list(Some(PlaceId(2))).await.matches("Yes, remove").count(), 1);
    }
}
