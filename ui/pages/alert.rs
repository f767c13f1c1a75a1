//! An alert with all that is behind it: what to do, why, the limit, the readings, the decisions.

use ecosante_domain::decision::AlertId;
use ecosante_domain::metric::Metric;
use ecosante_domain::mute::MuteFor;
use ecosante_domain::person::PersonId;
use ecosante_domain::window::{AlertDetail, ReadingLine};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::bridge;
use crate::components::mute::mute;
use crate::components::reading::what_is_known;
use crate::components::{advice, back, source_link};
use crate::content::{sentence, use_content};
use crate::focus::{focus, use_change};
use crate::local::use_local;
use crate::pages::alerts::alert_level;
use crate::state::{Action, View, Window, again, date_of, use_window};
use crate::words::{Words, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct AlertProps {
    pub(crate) id: AlertId,
}

/// The screen.
#[component]
pub(crate) fn Alert(props: &AlertProps) -> Html {
    let words = use_words();
    let window = use_window();
    let again = again(&window);
    let id = props.id;
    let found = use_content(window.changes, move || bridge::explain(id));
    let there = found.ready().is_some();
    // The heading that had the focus is another now; who has moved on is left where they are.
    use_change(there, |_| focus(&["body:not(:has(:focus)) main h1"]));
    let news = use_local(|| None::<String>);
    let act = {
        let (news, words, dispatch) = (news.clone(), words.clone(), window.dispatcher());
        Callback::from(move |act: Act| {
            let (news, words, dispatch) = (news.clone(), words.clone(), dispatch.clone());
            if let Act::Mute(..) = act {
                // The button that was pressed goes.
                focus(&["#less"]);
            }
            // The same words once more are only heard when they were gone.
            news.set(None);
            spawn_local(async move {
                let (answer, done) = match act {
                    Act::Rate(useful) => (bridge::rate_alert(id, useful).await, "alert-noted"),
                    Act::Mute(person, metric, how) => {
                        let done = if how.is_some() { "mute-done" } else { "mute-undone" };
                        (bridge::mute(person, metric, how).await, done)
                    }
                };
                news.set(Some(match answer {
                    Ok(()) => words.get(done),
                    Err(refused) => sentence(&words, &refused),
                }));
                dispatch.dispatch(Action::Changed);
            });
        })
    };
    html! {
        <div class="alert">
            { back(View::Alerts, words.get("back-to-alerts")) }
            if !there {
                <h1 class="visually-hidden" tabindex="-1">{ words.get("alert-title") }</h1>
            }
            { found.show(&words, &again, Html::default, |found| Some(html! {
                <>
                    { detail(&words, Some(&window), found, &act) }
                    <p class="note" role="status">{ news.get() }</p>
                </>
            })) }
        </div>
    }
}

/// What can be done about an alert.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Act {
    /// Says whether it was useful.
    Rate(bool),
    /// Mutes what it is about, or lets it speak again.
    Mute(PersonId, Metric, Option<MuteFor>),
}

/// Whether it was useful, whether to hear of it, and the way to all that was judged on its day.
fn actions(words: &Words, detail: &AlertDetail, act: &Callback<Act>) -> Html {
    let rate = |useful: bool| {
        html! {
            <button
                type="button" class="button" onclick={act.reform(move |_: MouseEvent| Act::Rate(useful))}
                aria-pressed={(detail.useful == Some(useful)).to_string()}
            >
                { words.get(if useful { "alert-useful-yes" } else { "alert-useful-no" }) }
            </button>
        }
    };
    let day = detail
        .place
        .zip(detail.person)
        .map(|(place, person)| View::Why(place, person, date_of(&detail.date)).address());
    let metric = detail.card.level.metric;
    html! {
        <section class="alert-actions">
            <div role="group" aria-labelledby="useful">
                <p id="useful" class="section-name">{ words.get("alert-useful") }</p>
                <div class="buttons">{ rate(true) }{ rate(false) }</div>
            </div>
            if let Some(person) = detail.person {
                <div role="group" aria-labelledby="less">
                    <p id="less" class="section-name" tabindex="-1">{ words.get("alert-mute") }</p>
                    { mute(words, &detail.card.headline, detail.muted.as_deref(),
                        &act.reform(move |how| Act::Mute(person, metric, how))) }
                    <p class="meta">{ words.get("mute-hint") }</p>
                </div>
            }
            if let Some(day) = day {
                <p><a href={day}>{ words.get("alert-why-day") }</a></p>
            }
        </section>
    }
}

/// An alert, laid out.
pub(crate) fn detail(
    words: &Words,
    window: Option<&Window>,
    detail: &AlertDetail,
    act: &Callback<Act>,
) -> Html {
    let card = &detail.card;
    let reading = |line: &ReadingLine| {
        html! {
            <li class="tile">
                <h3 class="tile-name">{ words.sentence_case(&line.name) }</h3>
                { what_is_known(words, line) }
            </li>
        }
    };
    html! {
        <article>
            <header class="alert-head">
                <p class="alert-state">{ words.sentence_case(&card.state) }</p>
                <h1 class="sentence" tabindex="-1">{ words.sentence_case(&card.headline) }</h1>
                <p class="worst">
                    { alert_level(words, card) }
                </p>
                <p class="lead">
                    { format!("{} · {}", card.place, words.sentence_case(&card.when)) }
                </p>
                <p class="meta">
                    { words.format("alert-meta", [
                        ("who", card.who.as_str().into()),
                        ("raised", card.raised.as_str().into()),
                    ]) }
                </p>
            </header>
            if let Some(piece) = &detail.advice {
                <section>
                    <h2 class="section-title">{ words.get("what-to-do") }</h2>
                    { advice(words, piece, "first", window.zip(detail.person)) }
                </section>
            }
            <section>
                <h2 class="section-title">{ words.get("alert-why") }</h2>
                <p>{ &detail.why }</p>
                if let Some(evidence) = &detail.evidence {
                    <p class="meta">
                        { words.get(if detail.own_choice { "alert-limit-own" } else { "alert-limit" }) }
                        { " " }
                        { source_link(words, evidence) }
                    </p>
                }
            </section>
            <section>
                <h2 class="section-title">{ words.get("alert-readings") }</h2>
                if detail.readings.is_empty() {
                    <p class="meta">{ words.get("alert-readings-none") }</p>
                }
                <ul class="tiles">{ for detail.readings.iter().map(reading) }</ul>
            </section>
            <section>
                <h2 class="section-title">{ words.get("alert-decisions") }</h2>
                <ol class="decisions">
                    { for detail.decisions.iter().map(|it| html! { <li>{ words.sentence_case(it) }</li> }) }
                </ol>
            </section>
            { actions(words, detail, act) }
        </article>
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::testing::{advice as piece, air, markup};
    use ecosante_domain::alert::AlertState;
    use ecosante_domain::place::PlaceId;
    use ecosante_domain::window::AlertCard;

    /// An alert for moderate air in Lyon.
    pub(crate) fn card(id: i64) -> AlertCard {
        AlertCard {
            id: AlertId(id),
            level: air(Some(3)).reading,
            place: "Lyon".to_owned(),
            standing: AlertState::Raised,
            headline: "moderate air".to_owned(),
            who: "you".to_owned(),
            when: "today and tomorrow".to_owned(),
            raised: "today at 16:02".to_owned(),
            raised_day: "today".to_owned(),
            state: "told".to_owned(),
        }
    }

    /// That alert with all that is behind it.
    pub(crate) fn found() -> AlertDetail {
        AlertDetail {
            card: card(7),
            why: "For Léa: alert from “Moderate” up (asthma).".to_owned(),
            evidence: piece().source,
            own_choice: true,
            readings: vec![air(Some(3))],
            decisions: vec!["today at 16:02: told (new episode)".to_owned()],
            advice: Some(piece()),
            person: Some(PersonId(2)),
            place: Some(PlaceId(1)),
            date: "2026-09-08".to_owned(),
            muted: None,
            useful: None,
        }
    }

    #[tokio::test]
    async fn an_alert_says_what_to_do_then_why_then_on_what_and_what_was_decided() {
        let markup = markup(|words| detail(words, None, &found(), &Callback::noop())).await;
        let order = [
            "<h1",
            "Moderate air",
            "slow down.",
            "For Léa: alert from",
            "Limit chosen by Écosanté",
            "Atmo France, published today at 14:10, for Lyon",
            "Today at 16:02: told",
        ];
        let at: Vec<_> = order.iter().map(|text| markup.find(text)).collect();
        assert!(at.iter().all(Option::is_some) && at.is_sorted(), "{at:?} in {markup}");
    }

    async fn acts(change: fn(&mut AlertDetail)) -> String {
        markup(move |words| {
            let mut found = found();
            change(&mut found);
            actions(words, &found, &Callback::noop())
        })
        .await
    }

    #[tokio::test]
    async fn an_alert_can_be_called_useful_or_not_and_says_which_was_chosen() {
        let pressed = |markup: &str| markup.matches("aria-pressed=\"true\"").count();
        let unsaid = acts(|_| ()).await;
        assert_eq!(pressed(&unsaid), 0, "{unsaid}");
        let useless = acts(|found| found.useful = Some(false)).await;
        assert_eq!(pressed(&useless), 1, "{useless}");
        let (_, button) = useless.split_once("aria-pressed=\"true\"").expect("a pressed button");
        assert!(button.split_once('>').is_some_and(|(_, it)| it.starts_with("Not useful")));
    }

    #[tokio::test]
    async fn an_alert_leads_to_its_day_and_can_be_muted_as_long_as_its_person_is_there() {
        let markup = acts(|_| ()).await;
        assert!(markup.contains("href=\"#/why/1/2/2026-09-08\""), "{markup}");
        assert!(markup.contains("Mute for 7 days"), "{markup}");
        let muted = acts(|found| found.muted = Some("Muted until tomorrow.".to_owned())).await;
        assert!(muted.contains("Unmute") && !muted.contains("Mute for 7 days"), "{muted}");
        let gone = acts(|found| found.person = None).await;
        assert!(!gone.contains("Mute") && !gone.contains("#/why"), "{gone}");
    }

    #[tokio::test]
    async fn an_alert_that_is_on_its_way_has_a_heading() {
        let markup = markup(|_| html! { <Alert id={AlertId(7)} /> }).await;
        assert_eq!(markup.matches("<h1").count(), 1, "{markup}");
    }
}
