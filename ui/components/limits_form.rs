//! From where on a person is told of each index: a slider on the words of its scale.

use ecosante_domain::limits::LimitView;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::bridge;
use crate::components::glyph::{Finish, glyph};
use crate::components::{save_or_cancel, source_link};
use crate::content::sentence;
use crate::focus::focus;
use crate::local::use_local;
use crate::member::Member;
use crate::words::{Words, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct LimitsFormProps {
    /// Their name; none for the unnamed one.
    pub(crate) name: Option<String>,
    pub(crate) limits: Vec<LimitView>,
    pub(crate) saved: Callback<Member>,
    pub(crate) cancel: Callback<()>,
}

/// Where a limit stands while it is moved.
#[derive(Clone, Copy, Debug, PartialEq)]
struct At {
    choice: usize,
    /// Whether it is the person's own; at the usual place it is not.
    own: bool,
}

impl At {
    fn of(limit: &LimitView) -> Self {
        Self { choice: limit.chosen, own: limit.own }
    }

    fn moved(limit: &LimitView, choice: usize) -> Self {
        Self { choice, own: choice != limit.usual }
    }
}

/// The form.
#[component]
pub(crate) fn LimitsForm(props: &LimitsFormProps) -> Html {
    let words = use_words();
    // As they were when the form opened: what is moved is moved from there, whatever changes since.
    let opened = use_local(|| props.limits.clone());
    let limits = opened.get();
    let draft = use_local(|| props.limits.iter().map(At::of).collect::<Vec<_>>());
    let error = use_local(|| None::<String>);
    let busy = use_local(|| false);
    let set = {
        let draft = draft.clone();
        Callback::from(move |(number, to): (usize, At)| {
            let mut changed = draft.get();
            if let Some(at) = changed.get_mut(number) {
                *at = to;
            }
            draft.set(changed);
        })
    };
    let onsubmit = {
        let (draft, error, busy, words) =
            (draft.clone(), error.clone(), busy.clone(), words.clone());
        let (name, limits, saved) = (props.name.clone(), limits.clone(), props.saved.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if busy.get() {
                return;
            }
            busy.set(true);
            error.set(None);
            let entries = entries(&limits, &draft.get());
            let (error, busy, words) = (error.clone(), busy.clone(), words.clone());
            let (name, saved) = (name.clone(), saved.clone());
            spawn_local(async move {
                let answer = bridge::set_profile(name.as_deref(), &entries).await;
                busy.set(false);
                match answer {
                    Ok(person) => saved.emit(person),
                    Err(refused) => error.set(Some(sentence(&words, &refused))),
                }
            });
        })
    };
    // The button that opened the form is gone.
    use_effect_with((), |()| focus(&[".form-title"]));
    let at = draft.get();
    // What is never told, and would not be by itself, is out of the way.
    let rows = |told: bool| {
        let limits = limits.iter().zip(&at).enumerate();
        limits
            .filter(move |(_, (limit, _))| told != is_idle(limit))
            .map(|(number, (limit, at))| one(&words, number, limit, *at, &set))
            .collect::<Vec<_>>()
    };
    let heading = match &props.name {
        Some(name) => words.format("limits-of", [("name", name.as_str().into())]),
        None => words.get("limits-yours"),
    };
    html! {
        <form class="profile" {onsubmit} novalidate=true>
            <h3 class="form-title" tabindex="-1">{ heading }</h3>
            <p class="meta">{ words.get("limits-hint") }</p>
            { for rows(true) }
            if limits.iter().any(is_idle) {
                <details class="more">
                    <summary>{ words.get("limits-never") }</summary>
                    { for rows(false) }
                </details>
            }
            { save_or_cancel(&words, error.get(), busy.get(), &props.cancel) }
        </form>
    }
}

/// Whether a limit is never met and was not set so.
fn is_idle(limit: &LimitView) -> bool {
    let never = limit.choices.len().saturating_sub(1);
    limit.chosen == never && limit.usual == never
}

/// The entries of the profile that move what was moved; a limit that is not the person's own is set
/// by the empty value.
fn entries(limits: &[LimitView], at: &[At]) -> Vec<(String, String)> {
    let moved = limits.iter().zip(at).filter(|(limit, at)| At::of(limit) != **at);
    moved
        .filter_map(|(limit, at)| {
            let value = if at.own { &limit.choices.get(at.choice)?.value } else { "" };
            Some((format!("level.{}", limit.metric), value.to_owned()))
        })
        .collect()
}

fn one(
    words: &Words,
    number: usize,
    limit: &LimitView,
    at: At,
    set: &Callback<(usize, At)>,
) -> Html {
    let id = format!("limit-{number}");
    let why = format!("limit-{number}-why");
    let choice = limit.choices.get(at.choice);
    let label = choice.map(|choice| choice.label.as_str()).unwrap_or_default();
    let usual = limit.choices.get(limit.usual).map(|it| it.label.as_str()).unwrap_or_default();
    let to = {
        let (set, limit) = (set.clone(), limit.clone());
        move |choice: usize| set.emit((number, At::moved(&limit, choice)))
    };
    let oninput = {
        let to = to.clone();
        Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            to(input.value().parse().unwrap_or(at.choice));
        })
    };
    let back = {
        let (id, usual) = (id.clone(), limit.usual);
        Callback::from(move |_: MouseEvent| {
            to(usual);
            // The button goes once the limit is the usual one.
            focus(&[&format!("#{id}")]);
        })
    };
    html! {
        <div class="question limit-row">
            <label class="question-title" for={id.clone()}>{ words.sentence_case(&limit.name) }</label>
            <p class="limit-at" aria-hidden="true">
                { glyph(limit.scale, choice.and_then(|choice| choice.level), Finish::Solid) }
                <strong>{ words.sentence_case(label) }</strong>
            </p>
            <input
                {id} class="slider" type="range" min="0"
                max={limit.choices.len().saturating_sub(1).to_string()} step="1"
                value={at.choice.to_string()} aria-valuetext={label.to_owned()}
                aria-describedby={why.clone()} {oninput}
            />
            <p class="meta" id={why}>
                if at == At::of(limit) {
                    { &limit.why }
                } else {
                    { words.format("limit-usual", [("usual", usual.into())]) }
                }
                if let Some(evidence) = &limit.evidence {
                    { " " }
                    { words.get(if limit.own_choice { "limit-source-own" } else { "limit-source" }) }
                    { " " }
                    { source_link(words, evidence) }
                }
            </p>
            if at.own {
                <button type="button" class="button quiet" onclick={back}>
                    { words.get("limit-back") }
                    <span class="visually-hidden">{ format!(" – {}", limit.name) }</span>
                </button>
            }
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::markup;
    use ecosante_domain::limits::limits;
    use ecosante_domain::person::Profile;
    use ecosante_domain::text::{Language, Texts};

    const TODAY: &str = "2026-09-08";

    fn of(entries: &[(&str, &str)]) -> (Profile, Vec<LimitView>) {
        let mut profile = Profile::default();
        for (key, value) in entries {
            profile.set(key, value).expect("a right entry");
        }
        let limits =
            limits(&Texts::new(Language::En), &profile, true, TODAY.parse().expect("a date"));
        (profile, limits)
    }

    #[test]
    fn only_what_was_moved_is_sent_and_the_usual_place_clears_it() {
        let (_, limits) = of(&[("level.uv", "8")]);
        let mut at: Vec<_> = limits.iter().map(At::of).collect();
        assert_eq!(entries(&limits, &at), []);
        at[0] = At::moved(&limits[0], 2);
        at[1] = At::moved(&limits[1], limits[1].usual);
        let sent = entries(&limits, &at);
        assert_eq!(sent, [("level.air".into(), "3".into()), ("level.uv".into(), String::new())]);
    }

    #[test]
    fn what_is_sent_makes_the_limits_that_were_chosen() {
        let (profile, before) = of(&[("allergies", "grass:5,birch"), ("level.air", "2")]);
        for (number, limit) in before.iter().enumerate() {
            for to in 0..limit.choices.len() {
                let mut at: Vec<_> = before.iter().map(At::of).collect();
                at[number] = At::moved(limit, to);
                let mut profile = profile.clone();
                for (key, value) in entries(&before, &at) {
                    profile.set(&key, &value).expect("an entry that Profile::set takes");
                }
                let texts = Texts::new(Language::En);
                let after = limits(&texts, &profile, true, TODAY.parse().expect("a date"));
                let after: Vec<_> = after.iter().map(At::of).collect();
                assert_eq!(after, at, "{} to {to}", limit.metric);
            }
        }
    }

    #[test]
    fn a_limit_of_ones_own_can_be_given_up_where_it_equals_the_usual_one() {
        let (_, limits) = of(&[("level.air", "4")]);
        assert!(limits[0].own && limits[0].chosen == limits[0].usual);
        let mut at: Vec<_> = limits.iter().map(At::of).collect();
        at[0] = At::moved(&limits[0], limits[0].usual);
        assert_eq!(entries(&limits, &at), [("level.air".into(), String::new())]);
    }

    #[test]
    fn what_was_silenced_is_not_out_of_the_way() {
        let (_, limits) = of(&[("level.uv", "off"), ("allergies", "grass")]);
        let shown: Vec<_> = limits.iter().filter(|it| !is_idle(it)).map(|it| &it.name).collect();
        assert_eq!(shown, ["air", "UV", "grass pollen"]);
    }

    #[tokio::test]
    async fn a_limit_is_heard_in_words_and_has_a_way_back_once_it_is_moved() {
        let row = |at: usize| {
            markup(move |words| {
                let limit = of(&[]).1.swap_remove(0);
                one(words, 0, &limit, At::moved(&limit, at), &Callback::noop())
            })
        };
        let usual = row(3).await;
        assert!(usual.contains("aria-valuetext=\"from “Poor” up\""), "{usual}");
        assert!(!usual.contains("<button"), "{usual}");
        let moved = row(6).await;
        assert!(
            moved.contains("aria-valuetext=\"never, not even") && moved.contains("<button"),
            "{moved}"
        );
    }
}
