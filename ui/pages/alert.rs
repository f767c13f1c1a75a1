//! An alert with all that is behind it: what to do, why, the limit, the readings, the decisions.

use ecosante_domain::decision::AlertId;
use ecosante_domain::window::{AlertDetail, ReadingLine};
use yew::prelude::*;

use crate::bridge;
use crate::components::reading::what_is_known;
use crate::components::{advice, back, source_link};
use crate::content::use_content;
use crate::focus::{focus, use_change};
use crate::pages::alerts::alert_level;
use crate::state::{View, Window, again, use_window};
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
    html! {
        <div class="alert">
            { back(View::Alerts, words.get("back-to-alerts")) }
            if !there {
                <h1 class="visually-hidden" tabindex="-1">{ words.get("alert-title") }</h1>
            }
            { found.show(&words, &again, Html::default, |found| Some(detail(&words, Some(&window), found))) }
        </div>
    }
}

/// An alert, laid out.
pub(crate) fn detail(words: &Words, window: Option<&Window>, detail: &AlertDetail) -> Html {
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
        </article>
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::testing::{advice as piece, air, markup};
    use ecosante_domain::alert::AlertState;
    use ecosante_domain::person::PersonId;
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

    #[tokio::test]
    async fn an_alert_says_what_to_do_then_why_then_on_what_and_what_was_decided() {
        let markup = markup(|words| {
            let found = AlertDetail {
                card: card(7),
                why: "For Léa: alert from “Moderate” up (asthma).".to_owned(),
                evidence: piece().source,
                own_choice: true,
                readings: vec![air(Some(3))],
                decisions: vec!["today at 16:02: told (new episode)".to_owned()],
                advice: Some(piece()),
                person: Some(PersonId(1)),
            };
            detail(words, None, &found)
        })
        .await;
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

    #[tokio::test]
    async fn an_alert_that_is_on_its_way_has_a_heading() {
        let markup = markup(|_| html! { <Alert id={AlertId(7)} /> }).await;
        assert_eq!(markup.matches("<h1").count(), 1, "{markup}");
    }
}
