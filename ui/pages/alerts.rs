//! What was told, the latest first; what still stands comes before all else.

use ecosante_domain::scale::Scale;
use ecosante_domain::window::AlertCard;
use yew::prelude::*;

use crate::bridge;
use crate::components::glyph::{Finish, glyph, level, number_beside, usual_scale};
use crate::components::page_heading;
use crate::content::use_content;
use crate::state::{View, again, use_window};
use crate::words::{Words, use_words};

/// How far back the list goes.
const DAYS: u32 = 365;

/// The screen.
#[component]
pub(crate) fn Alerts() -> Html {
    let words = use_words();
    let window = use_window();
    let again = again(&window);
    let alerts = use_content(window.changes, || bridge::alerts(DAYS));
    html! {
        <div class="alerts">
            { page_heading(&words.get("nav-alerts")) }
            { alerts.show(&words, &again, || none(&words), |cards| timeline(&words, cards)) }
        </div>
    }
}

fn none(words: &Words) -> Html {
    html! {
        <div class="empty">
            <p class="lead">{ words.get("alerts-empty") }</p>
            <p>{ words.get("alerts-none-why") }</p>
            <a href={View::People.address()}>{ words.get("alerts-none-action") }</a>
        </div>
    }
}

/// The alerts that stand, then those that are over by the day on which they were raised.
pub(crate) fn timeline(words: &Words, cards: &[AlertCard]) -> Option<Html> {
    if cards.is_empty() {
        return None;
    }
    let (standing, over): (Vec<_>, Vec<_>) = cards.iter().partition(|card| card.stands());
    let mut days: Vec<(&str, Vec<&AlertCard>)> = Vec::new();
    for card in over {
        match days.last_mut() {
            Some((day, cards)) if *day == card.raised_day => cards.push(card),
            _ => days.push((&card.raised_day, vec![card])),
        }
    }
    let group = |(day, cards): (&str, Vec<&AlertCard>)| {
        html! {
            <section class="alert-day">
                <h2 class="section-title">{ words.sentence_case(day) }</h2>
                <ul>{ for cards.into_iter().map(|card| entry(words, card)) }</ul>
            </section>
        }
    };
    Some(html! {
        <>
            if !standing.is_empty() {
                <section class="alert-day standing">
                    <h2 class="section-title">{ words.get("alerts-standing") }</h2>
                    <ul>{ for standing.into_iter().map(|card| entry(words, card)) }</ul>
                </section>
            }
            { for days.into_iter().map(group) }
        </>
    })
}

/// On which scale an alert's level is, and whether it is an estimate.
fn scale_and_finish(card: &AlertCard) -> (Scale, Finish) {
    let scale = card.level.scale.unwrap_or_else(|| usual_scale(card.level.metric));
    (scale, Finish::of(&card.level))
}

/// The level of an alert, drawn and in words.
pub(crate) fn alert_level(words: &Words, card: &AlertCard) -> Html {
    let (scale, finish) = scale_and_finish(card);
    let alert = &card.level;
    let label = alert.label.as_deref().unwrap_or_default();
    level(words, scale, alert.level, label, number_beside(alert.metric), finish)
}

fn entry(words: &Words, card: &AlertCard) -> Html {
    let (scale, finish) = scale_and_finish(card);
    html! {
        <li class="alert-card">
            <span class="alert-glyph">{ glyph(scale, card.level.level, finish) }</span>
            <div>
                <h3>
                    <a href={View::Alert(card.id).address()}>
                        { words.sentence_case(&card.headline) }
                    </a>
                </h3>
                <p>{ format!("{} · {}", card.place, words.sentence_case(&card.when)) }</p>
                <p class="meta">
                    { words.format("alert-meta", [
                        ("who", card.who.as_str().into()),
                        ("raised", card.raised.as_str().into()),
                    ]) }
                </p>
            </div>
            <p class="alert-state">{ words.sentence_case(&card.state) }</p>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Content;
    use crate::pages::alert::tests::card;
    use crate::testing::markup;
    use ecosante_domain::alert::AlertState;

    #[tokio::test]
    async fn what_stands_comes_first_and_the_rest_by_day() {
        let markup = markup(|words| {
            let mut cards = vec![card(1), card(2), card(3), card(4)];
            for (card, day) in cards.iter_mut().zip(["today", "today", "yesterday", "yesterday"]) {
                card.raised_day = day.to_owned();
                card.standing = AlertState::Over;
            }
            cards[2].standing = AlertState::Raised;
            timeline(words, &cards).unwrap_or_default()
        })
        .await;
        let at = |text: &str| markup.find(text).unwrap_or_else(|| panic!("{text} in {markup}"));
        assert!(at("#/alerts/3") < at("#/alerts/1") && at("#/alerts/2") < at("#/alerts/4"));
        assert_eq!(markup.matches("<h2").count(), 3);
    }

    #[tokio::test]
    async fn an_empty_list_says_when_there_would_be_an_alert() {
        let markup = markup(|words| {
            let cards = Content::Ready(Vec::<AlertCard>::new());
            cards.show(words, &Callback::noop(), || none(words), |it| timeline(words, it))
        })
        .await;
        assert!(markup.contains("No alert so far"), "{markup}");
    }
}
