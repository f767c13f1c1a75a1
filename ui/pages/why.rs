//! Why somebody was alerted on a day, and what was judged and not told.

use chrono::NaiveDate;
use ecosante_domain::person::PersonId;
use ecosante_domain::place::PlaceId;
use ecosante_domain::window::Overview;
use yew::prelude::*;

use crate::bridge;
use crate::components::sheet::sheet;
use crate::components::{back, page_heading};
use crate::content::use_content;
use crate::local::Shared;
use crate::state::{View, again, date_of, use_window};
use crate::words::{Words, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct WhyProps {
    pub(crate) place: PlaceId,
    pub(crate) person: PersonId,
    /// The day at the place; none: today.
    pub(crate) date: Option<NaiveDate>,
    pub(crate) overview: Shared<Overview>,
}

/// The screen.
#[component]
pub(crate) fn Why(props: &WhyProps) -> Html {
    let words = use_words();
    let window = use_window();
    let again = again(&window);
    let (place, person, date) = (props.place, props.person, props.date);
    let found = use_content(window.changes, move || async move {
        let date = date.map(|date| date.to_string());
        bridge::why(person, place, date.as_deref()).await
    });
    html! {
        <div class="why">
            { back(View::Today, words.get("nav-today")) }
            { page_heading(&words.get("why-heading")) }
            { found.show(&words, &again, Html::default, |found| Some(sheet(found))) }
            { other_days(&words, props) }
        </div>
    }
}

/// The ways to the day before and, up to today, to the day after.
fn other_days(words: &Words, props: &WhyProps) -> Html {
    let place = props.overview.places.iter().find(|place| place.id == props.place);
    let Some(today) = place.and_then(|place| date_of(&place.days.first()?.date)) else {
        return Html::default();
    };
    let shown = props.date.unwrap_or(today);
    let day = |date: Option<NaiveDate>, label: &str| {
        let view = View::Why(props.place, props.person, date.filter(|date| *date != today));
        html! { <a class="button" href={view.address()}>{ words.get(label) }</a> }
    };
    html! {
        <div class="buttons" role="group" aria-label={words.get("why-days")}>
            { day(shown.pred_opt(), "why-before") }
            if shown < today {
                { day(shown.succ_opt(), "why-after") }
            }
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{markup, overview};

    async fn days(date: Option<&'static str>) -> String {
        markup(move |words| {
            let props = WhyProps {
                place: PlaceId(1),
                person: PersonId(2),
                date: date.and_then(date_of),
                overview: Shared::new(overview()),
            };
            other_days(words, &props)
        })
        .await
    }

    #[tokio::test]
    async fn from_today_it_goes_back_alone_and_from_yesterday_both_ways() {
        let today = days(None).await;
        assert!(today.contains("href=\"#/why/1/2/2026-09-07\""), "{today}");
        assert_eq!(today.matches("<a ").count(), 1, "{today}");
        let yesterday = days(Some("2026-09-07")).await;
        assert!(yesterday.contains("href=\"#/why/1/2/2026-09-06\""), "{yesterday}");
        assert!(yesterday.contains("href=\"#/why/1/2\""), "{yesterday}");
    }

    #[tokio::test]
    async fn the_turn_of_a_year_is_passed() {
        let markup = days(Some("2026-01-01")).await;
        assert!(markup.contains("#/why/1/2/2025-12-31"), "{markup}");
        assert!(markup.contains("#/why/1/2/2026-01-02"), "{markup}");
    }

    #[tokio::test]
    async fn a_day_that_is_on_its_way_has_a_heading() {
        let markup = markup(|_| {
            html! {
                <Why place={PlaceId(1)} person={PersonId(2)} date={None::<NaiveDate>}
                    overview={Shared::new(overview())} />
            }
        })
        .await;
        assert_eq!(markup.matches("<h1").count(), 1, "{markup}");
    }
}
