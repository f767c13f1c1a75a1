//! The first run: where, who, and how to be told.

use ecosante_domain::window::Overview;
use yew::prelude::*;

use crate::app::go;
use crate::components::page_heading;
use crate::components::quiet::{Quiet, TestNotification};
use crate::focus::{focus, use_change};
use crate::local::{Shared, use_local};
use crate::pages::people::{Household, Places};
use crate::state::{Step, View};
use crate::words::{Words, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct WelcomeProps {
    pub(crate) step: Step,
    pub(crate) overview: Shared<Overview>,
}

/// A step of the first run.
#[component]
pub(crate) fn Welcome(props: &WelcomeProps) -> Html {
    let words = use_words();
    let several = use_local(|| false);
    use_change(several.get(), |_| focus(&[".household", "main h1"]));
    let overview = props.overview.clone();
    let body = match props.step {
        Step::Where => html! {
            <>
                <Places overview={overview.clone()} />
                { steps_on(&words, Step::Where, !overview.places.is_empty()) }
                if overview.places.is_empty() {
                    <p><a href={View::Settings.address()}>{ words.get("where-copy") }</a></p>
                }
            </>
        },
        Step::Who if several.get() => html! {
            <>
                <h2 class="visually-hidden">{ words.get("people") }</h2>
                <Household {overview} />
                { steps_on(&words, Step::Who, true) }
            </>
        },
        Step::Who => {
            let more = Callback::from(move |_: MouseEvent| several.set(true));
            who(&words, &more)
        }
        Step::Tell => html! {
            <>
                <TestNotification />
                <Quiet />
                { steps_on(&words, Step::Tell, true) }
            </>
        },
    };
    html! {
        <div class="welcome">
            <p class="step">
                { words.format("step", [
                    ("number", props.step.number().into()),
                    ("count", Step::ALL.len().into()),
                ]) }
            </p>
            { page_heading(&words.get(key(props.step, "title").as_str())) }
            <p class="lead">{ words.get(key(props.step, "text").as_str()) }</p>
            { body }
        </div>
    }
}

fn key(step: Step, part: &str) -> String {
    let step = match step {
        Step::Where => "where",
        Step::Who => "who",
        Step::Tell => "tell",
    };
    format!("{step}-{part}")
}

/// "Just me" is one click; everybody else opens the list of people.
fn who(words: &Words, more: &Callback<MouseEvent>) -> Html {
    let just_me = Callback::from(|_: MouseEvent| go(View::Welcome(Step::Tell)));
    html! {
        <>
            <div class="doors">
                <button type="button" class="door" onclick={just_me}>
                    <strong>{ words.get("who-just-me") }</strong>
                    <span>{ words.get("who-just-me-text") }</span>
                </button>
                <button type="button" class="door" onclick={more.clone()}>
                    <strong>{ words.get("who-more") }</strong>
                    <span>{ words.get("who-more-text") }</span>
                </button>
            </div>
            { steps_back(words, Step::Who) }
        </>
    }
}

fn before(step: Step) -> Option<Step> {
    Step::ALL.into_iter().rev().find(|other| other.number() < step.number())
}

fn after(step: Step) -> View {
    let next = Step::ALL.into_iter().find(|other| other.number() > step.number());
    next.map_or(View::Today, View::Welcome)
}

fn steps_back(words: &Words, step: Step) -> Html {
    html! {
        if let Some(before) = before(step) {
            <p class="buttons">
                <a class="button quiet" href={View::Welcome(before).address()}>
                    { words.get("step-back") }
                </a>
            </p>
        }
    }
}

/// The way on, and back.
pub(crate) fn steps_on(words: &Words, step: Step, ready: bool) -> Html {
    let label = if step == Step::Tell { "step-done" } else { "step-on" };
    html! {
        <p class="buttons">
            if ready {
                <a class="button primary" href={after(step).address()}>{ words.get(label) }</a>
            }
            if let Some(before) = before(step) {
                <a class="button quiet" href={View::Welcome(before).address()}>
                    { words.get("step-back") }
                </a>
            }
        </p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{markup, overview};

    async fn shown(step: Step, places: bool) -> String {
        markup(move |_| {
            let mut overview = overview();
            if !places {
                overview.places.clear();
            }
            html! { <Welcome {step} overview={Shared::new(overview)} /> }
        })
        .await
    }

    #[tokio::test]
    async fn every_step_says_which_it_is() {
        for step in Step::ALL {
            let markup = shown(step, true).await;
            assert!(markup.contains(&format!("Step {} of 3", step.number())), "{markup}");
        }
    }

    #[tokio::test]
    async fn the_first_step_leads_on_once_there_is_a_place() {
        let empty = shown(Step::Where, false).await;
        assert!(!empty.contains("#/welcome/2"), "{empty}");
        assert!(empty.contains("from another device"), "who comes from elsewhere is shown the way");
        assert!(shown(Step::Where, true).await.contains("#/welcome/2"));
    }

    #[tokio::test]
    async fn the_last_step_ends_on_today() {
        assert!(shown(Step::Tell, true).await.contains("href=\"#/\""));
    }

    #[tokio::test]
    async fn nothing_special_is_one_click() {
        assert!(shown(Step::Who, true).await.contains("Just me"));
    }
}
