//! The places and the people, to change later what the first run asked.

use ecosante_domain::limits::PersonLimits;
use ecosante_domain::metric::Metric;
use ecosante_domain::person::PersonId;
use ecosante_domain::place::PlaceId;
use ecosante_domain::window::{Overview, PlaceAdded};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::bridge;
use crate::components::icon::{Icon, icon};
use crate::components::limits_form::LimitsForm;
use crate::components::page_heading;
use crate::components::place_search::PlaceSearch;
use crate::components::profile_form::{ProfileForm, Who, summary};
use crate::content::{sentence, use_content};
use crate::focus::{focus, use_change};
use crate::local::{Shared, use_local};
use crate::member::{Answers, Member};
use crate::state::{Action, View, again, use_window};
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
                <p class="buttons">
                    <a class="button" href={View::Diary.address()}>{ words.get("diary-title") }</a>
                </p>
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
                <a class="entry-name" href={View::Index(id, Metric::Air).address()}>{ name }</a>
                if leaving == Some(id) {
                    { sure(
                        words, "place-remove-sure", name, really, ask.reform(|_: MouseEvent| None),
                    ) }
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

/// The question before something goes, with its two answers.
fn sure(
    words: &Words,
    question: &str,
    name: &str,
    yes: Callback<MouseEvent>,
    no: Callback<MouseEvent>,
) -> Html {
    let answer = |class: &'static str, label: &str, onclick: Callback<MouseEvent>| {
        html! {
            <button type="button" {class} {onclick}>
                { words.get(label) }
                <span class="visually-hidden">{ format!(" – {name}") }</span>
            </button>
        }
    };
    html! {
        <>
            <span class="entry-question">{ words.get(question) }</span>
            { answer("button", "place-remove-yes", yes) }
            { answer("button quiet", "place-remove-no", no) }
        </>
    }
}

/// What is open in the list of people; one at a time: a second form would take the place of what is
/// entered in the first.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Open {
    New,
    Profile(PersonId),
    Limits(PersonId),
    Leaving(PersonId),
}

/// The people, with a way to add and to change.
#[component]
pub(crate) fn Household(props: &OverviewProps) -> Html {
    let words = use_words();
    let window = use_window();
    let open = use_local(|| None::<Open>);
    let news = use_local(|| None::<String>);
    let again = again(&window);
    let people = use_content(window.changes, bridge::people);
    let limits = use_content(window.changes, bridge::limits);
    let saved = {
        let (open, news, words) = (open.clone(), news.clone(), words.clone());
        let dispatch = window.dispatcher();
        Callback::from(move |person: Member| {
            news.set(Some(match (open.get(), person.name) {
                (Some(Open::Limits(_)), _) => words.get("limits-saved"),
                (_, Some(name)) => words.format("person-saved", [("name", name.into())]),
                (_, None) => words.get("you-saved"),
            }));
            open.set(None);
            dispatch.dispatch(Action::Changed);
        })
    };
    let edit = {
        let (open, news) = (open.clone(), news.clone());
        Callback::from(move |what: Option<Open>| {
            news.set(None);
            open.set(what);
        })
    };
    let remove = {
        let (open, news, words) = (open.clone(), news.clone(), words.clone());
        let dispatch = window.dispatcher();
        Callback::from(move |(id, name): (PersonId, String)| {
            let (open, news, words) = (open.clone(), news.clone(), words.clone());
            let dispatch = dispatch.clone();
            spawn_local(async move {
                open.set(None);
                news.set(Some(match bridge::remove_person(id).await {
                    Ok(()) => words.format("person-gone", [("name", name.into())]),
                    Err(error) => sentence(&words, &error),
                }));
                dispatch.dispatch(Action::Changed);
            });
        })
    };
    let open = open.get();
    use_change(open, |open| match open {
        None => focus(&[".household"]),
        Some(Open::Leaving(_)) => focus(&[".entry-question + .button"]),
        // A form takes the focus by itself.
        Some(_) => (),
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
        let is_there = |id: PersonId| people.iter().any(|person| person.id == id);
        let idle = match open {
            None | Some(Open::Leaving(_)) => true,
            Some(Open::New) => false,
            Some(Open::Profile(id)) => !is_there(id),
            Some(Open::Limits(id)) => !is_there(id) || limits.ready().is_none(),
        };
        let entry = |person: &Member| {
            let id = person.id;
            let (here, body) = match open {
                Some(Open::Profile(open)) if open == id => {
                    let who = person.name.clone().map_or(Who::You, Who::Known);
                    (true, form(who, person.profile.clone()))
                }
                Some(Open::Limits(open)) if open == id => {
                    let form = |all: &Shared<Vec<PersonLimits>>| {
                        let limits = all.iter().find(|it| it.person == id)?.limits.clone();
                        Some(html! {
                            <LimitsForm
                                person={id} name={person.name.clone()} {limits}
                                saved={saved.clone()} cancel={edit.reform(|()| None)}
                            />
                        })
                    };
                    (true, limits.show(&words, &again, Html::default, form))
                }
                _ => {
                    let leaving = open == Some(Open::Leaving(id));
                    let edit = idle.then_some(&edit);
                    (false, person_line(&words, person, leaving, edit, &remove))
                }
            };
            html! { <li key={id.0} class={classes!("entry", here.then_some("open"))}>{ body }</li> }
        };
        Some(html! {
            <div class="household" tabindex="-1">
                <ul class="entries">{ for people.iter().map(entry) }</ul>
                <p class="note" role="status">{ news.get() }</p>
                if open == Some(Open::New) {
                    <div class="entry open">{ form(Who::New, Answers::default()) }</div>
                } else if idle {
                    <button
                        type="button" class="button"
                        onclick={edit.reform(|_: MouseEvent| Some(Open::New))}
                    >
                        { words.get("person-add") }
                    </button>
                }
            </div>
        })
    })
}

/// A person and what can be done about them; nothing while a form is open elsewhere.
fn person_line(
    words: &Words,
    person: &Member,
    leaving: bool,
    edit: Option<&Callback<Option<Open>>>,
    remove: &Callback<(PersonId, String)>,
) -> Html {
    let id = person.id;
    let you = || words.sentence_case(&words.get("you-name"));
    let name = person.name.clone().unwrap_or_else(you);
    let heard = html! { <span class="visually-hidden">{ format!(" – {name}") }</span> };
    let begin = if person.profile == Answers::default() { "person-begin" } else { "person-edit" };
    let button = |edit: &Callback<Option<Open>>, opens: Open, label: &str| {
        html! {
            <button
                type="button" class="button quiet"
                onclick={edit.reform(move |_: MouseEvent| Some(opens))}
            >
                { words.get(label) }
                { heard.clone() }
            </button>
        }
    };
    html! {
        <>
            { icon(Icon::Person) }
            <span class="entry-name">
                { &name }
                <span class="meta">{ summary(words, &person.profile) }</span>
            </span>
            if let Some(edit) = edit {
                if leaving {
                    { sure(words, "person-remove-sure", &name, remove.reform({
                        let name = name.clone();
                        move |_: MouseEvent| (id, name.clone())
                    }), edit.reform(|_: MouseEvent| None)) }
                } else {
                    <span class="entry-actions">
                        { button(edit, Open::Profile(id), begin) }
                        { button(edit, Open::Limits(id), "person-limits") }
                        if person.name.is_some() {
                            { button(edit, Open::Leaving(id), "person-remove") }
                        }
                    </span>
                }
            }
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::markup;

    async fn line(name: Option<&'static str>, leaving: bool, idle: bool) -> String {
        markup(move |words| {
            let profile = Answers::default();
            let person = Member { id: PersonId(2), name: name.map(str::to_owned), profile };
            let edit = Callback::noop();
            person_line(words, &person, leaving, idle.then_some(&edit), &Callback::noop())
        })
        .await
    }

    #[tokio::test]
    async fn a_person_goes_only_after_a_second_word_and_you_stay() {
        assert!(!line(Some("Léa"), false, true).await.contains("Yes, remove"));
        assert_eq!(line(Some("Léa"), true, true).await.matches("Yes, remove").count(), 1);
        assert!(!line(None, false, true).await.contains("Remove"));
    }

    #[tokio::test]
    async fn while_a_form_is_open_nobody_else_can_be_edited() {
        let open = line(Some("Léa"), false, true).await;
        assert_eq!(open.matches("<button").count(), 3, "{open}");
        let closed = line(Some("Léa"), false, false).await;
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
