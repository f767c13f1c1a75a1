//! How the app tells: a notification to try, and hours in which none come.

use ecosante_domain::window::Permission;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::bridge;
use crate::content::{sentence, use_content};
use crate::local::use_local;
use crate::state::{Action, use_window};
use crate::words::{Words, use_words};

/// The quiet hours that are offered first.
const USUAL: (&str, &str) = ("22:00", "07:00");

/// The two halves of `22:00-07:00`.
fn halves(hours: &str) -> Option<(String, String)> {
    let (from, to) = hours.split_once('-')?;
    Some((from.trim().to_owned(), to.trim().to_owned()))
}

/// A time of day as it is sent, from what was entered: where the web view has no control for times,
/// people write "7:00", "22h" or "22 h 30".
fn time(entered: &str) -> Option<String> {
    let compact: String = entered.chars().filter(|letter| !letter.is_whitespace()).collect();
    let (hours, minutes) = compact.split_once([':', 'h', 'H']).unwrap_or((&compact, ""));
    let minutes = if minutes.is_empty() { "0" } else { minutes };
    let (hours, minutes): (u8, u8) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours < 24 && minutes < 60).then(|| format!("{hours:02}:{minutes:02}"))
}

/// What came of the last thing that was tried.
#[derive(Clone, Debug, PartialEq)]
enum Outcome {
    None,
    Good(String),
    Bad(String),
}

fn outcome(outcome: &Outcome) -> Html {
    match outcome {
        Outcome::None => html! { <p class="note" role="status"></p> },
        Outcome::Good(text) => html! { <p class="note" role="status">{ text }</p> },
        Outcome::Bad(text) => html! { <p class="note error" role="status">{ text }</p> },
    }
}

/// A notification that says that they work.
#[component]
pub(crate) fn TestNotification() -> Html {
    let words = use_words();
    let window = use_window();
    let stored = use_content(window.changes, bridge::settings);
    let permission = stored.ready().map(|stored| stored.permission).unwrap_or_default();
    let result = use_local(|| Outcome::None);
    let busy = use_local(|| false);
    let allow = {
        let dispatch = window.dispatcher();
        Callback::from(move |_: MouseEvent| {
            let dispatch = dispatch.clone();
            spawn_local(async move {
                // What was said is what is then shown.
                let _ = bridge::allow_notifications().await;
                dispatch.dispatch(Action::Changed);
            });
        })
    };
    if permission != Permission::Granted {
        return allowing(&words, permission, &allow);
    }
    let onclick = {
        let (result, busy, words) = (result.clone(), busy.clone(), words.clone());
        Callback::from(move |_: MouseEvent| {
            if busy.get() {
                return;
            }
            busy.set(true);
            // The same words once more are only heard when they were gone.
            result.set(Outcome::None);
            let (result, busy, words) = (result.clone(), busy.clone(), words.clone());
            spawn_local(async move {
                let answer = bridge::test_notification().await;
                busy.set(false);
                result.set(match answer {
                    Ok(()) => Outcome::Good(words.get("test-sent")),
                    Err(error) => Outcome::Bad(sentence(&words, &error)),
                });
            });
        })
    };
    html! {
        <div class="question" role="group" aria-labelledby="test-title">
            <p id="test-title" class="question-title">{ words.get("test-title") }</p>
            <p class="meta">{ words.get("test-hint") }</p>
            <button
                type="button" class="button" aria-disabled={busy.get().to_string()} {onclick}
            >
                { words.get("test-button") }
            </button>
            { outcome(&result.get()) }
        </div>
    }
}

/// Asks for the permission of the system, at the moment at which the person says how they want to be
/// told; once it was refused, only the system's settings help.
fn allowing(words: &Words, permission: Permission, allow: &Callback<MouseEvent>) -> Html {
    let unasked = permission == Permission::Unasked;
    html! {
        <div class="question" role="group" aria-labelledby="allow-title">
            <p id="allow-title" class="question-title">{ words.get("allow-title") }</p>
            <p class="meta" role="status">
                { words.get(if unasked { "allow-hint" } else { "allow-denied" }) }
            </p>
            if unasked {
                <button type="button" class="button primary" onclick={allow.clone()}>
                    { words.get("allow-button") }
                </button>
            }
        </div>
    }
}

/// Whether notifications wait at night, and from when to when.
#[component]
pub(crate) fn Quiet() -> Html {
    let words = use_words();
    let window = use_window();
    let stored = use_content(window.changes, bridge::settings);
    // What was entered here; until then what is stored counts.
    let entered = use_local(|| None::<(bool, String, String)>);
    let result = use_local(|| Outcome::None);

    let (on, from, to) = entered.get().unwrap_or_else(|| {
        let stored = stored.ready().and_then(|stored| stored.quiet_hours.as_deref());
        let hours = stored.and_then(halves);
        let on = hours.is_some();
        let (from, to) = hours.unwrap_or_else(|| (USUAL.0.to_owned(), USUAL.1.to_owned()));
        (on, from, to)
    });
    let set = {
        let (entered, result, words) = (entered.clone(), result.clone(), words.clone());
        move |on: bool, from: String, to: String| {
            entered.set(Some((on, from.clone(), to.clone())));
            let times = time(&from).zip(time(&to)).filter(|(from, to)| from != to);
            let Some((from, to)) = times.or((!on).then_some((from, to))) else {
                result.set(Outcome::Bad(words.get("quiet-wrong")));
                return;
            };
            let (entered, result, words) = (entered.clone(), result.clone(), words.clone());
            spawn_local(async move {
                let hours = on.then(|| format!("{from}-{to}"));
                result.set(match bridge::set_quiet_hours(hours.as_deref()).await {
                    Ok(()) if on => Outcome::Good(
                        words.format("quiet-set", [("from", from.into()), ("to", to.into())]),
                    ),
                    Ok(()) => Outcome::Good(words.get("quiet-off")),
                    Err(error) => {
                        entered.set(None);
                        Outcome::Bad(sentence(&words, &error))
                    }
                });
            });
        }
    };
    let ontoggle = {
        let (set, from, to) = (set.clone(), from.clone(), to.clone());
        Callback::from(move |_: Event| set(!on, from.clone(), to.clone()))
    };
    let onfrom = {
        let (set, to) = (set.clone(), to.clone());
        Callback::from(move |event: Event| set(on, value(&event), to.clone()))
    };
    let onto = {
        let from = from.clone();
        Callback::from(move |event: Event| set(on, from.clone(), value(&event)))
    };
    // What is being typed outlives being drawn again, and counts once it is complete.
    let typed_from = {
        let (entered, to) = (entered.clone(), to.clone());
        Callback::from(move |event: InputEvent| {
            entered.set(Some((on, value(&event), to.clone())));
        })
    };
    let typed_to = {
        let from = from.clone();
        Callback::from(move |event: InputEvent| {
            entered.set(Some((on, from.clone(), value(&event))));
        })
    };
    html! {
        <fieldset class="question">
            <legend class="question-title">{ words.get("quiet-title") }</legend>
            <p class="meta">{ words.get("quiet-hint") }</p>
            <label class="choice single">
                <input type="checkbox" checked={on} onchange={ontoggle} />
                <span>{ words.get("quiet-toggle") }</span>
            </label>
            if on {
                <div class="times">
                    <label>
                        { words.get("quiet-from") }
                        <input class="field" type="time" value={from} oninput={typed_from} onchange={onfrom} />
                    </label>
                    <label>
                        { words.get("quiet-to") }
                        <input class="field" type="time" value={to} oninput={typed_to} onchange={onto} />
                    </label>
                </div>
            }
            { outcome(&result.get()) }
        </fieldset>
    }
}

fn value(event: &impl TargetCast) -> String {
    event.target_unchecked_into::<HtmlInputElement>().value()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::markup;

    #[tokio::test]
    async fn who_has_refused_notifications_is_not_asked_again_but_told_where_to_allow_them() {
        let drawn = |permission: Permission| {
            markup(move |words| allowing(words, permission, &Callback::noop()))
        };
        let (unasked, denied) = (drawn(Permission::Unasked).await, drawn(Permission::Denied).await);
        assert!(unasked.contains("<button") && !denied.contains("<button"), "{denied}");
        assert!(denied.contains("settings of your phone"), "{denied}");
    }

    #[test]
    fn a_time_may_be_written_as_people_write_it() {
        for (entered, sent) in [
            ("22:00", Some("22:00")),
            ("7:05", Some("07:05")),
            ("22h", Some("22:00")),
            ("22 h 30", Some("22:30")),
            ("24:00", None),
            ("7:60", None),
            ("", None),
            ("soon", None),
        ] {
            assert_eq!(time(entered).as_deref(), sent, "{entered}");
        }
    }

    #[test]
    fn quiet_hours_are_read_as_two_times() {
        assert_eq!(halves("22:00-07:00"), Some(("22:00".to_owned(), "07:00".to_owned())));
        assert_eq!(halves("off"), None);
    }
}
