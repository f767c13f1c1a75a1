//! An index at a place: now, the last days, what it means, whose limits count, who publishes it.

use chrono::NaiveDate;
use ecosante_domain::metric::Metric;
use ecosante_domain::place::PlaceId;
use ecosante_domain::scale::Scale;
use ecosante_domain::window::{IndexDetail, IndexName, Look, Zoom};
use yew::prelude::*;

use crate::bridge;
use crate::components::back;
use crate::components::glyph::{Finish, glyph};
use crate::components::past::use_past;
use crate::components::plot::{Turn, number_of};
use crate::components::reading::what_is_known;
use crate::components::sheet::sheet;
use crate::content::use_content;
use crate::focus::{focus, use_change};
use crate::local::{Shared, use_local};
use crate::state::{View, again, use_window};
use crate::words::{Words, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct IndexProps {
    pub(crate) place: PlaceId,
    pub(crate) metric: Metric,
}

/// The screen.
#[component]
pub(crate) fn Index(props: &IndexProps) -> Html {
    let words = use_words();
    let window = use_window();
    let again = again(&window);
    let (place, metric) = (props.place, props.metric);
    let found = use_content(window.changes, move || bridge::index(place, metric));
    let chosen = use_local(|| None::<NaiveDate>);
    let look = Look {
        place,
        metric,
        zoom: Zoom::Recent,
        at: None,
        hour: None,
        with: None,
        person: None,
        width: 0,
    };
    let past = use_past(look, chosen.get(), None);
    let turn = {
        let view = past.view.ready().cloned();
        Callback::from(move |turn: Turn| {
            let chart = view.as_ref().and_then(|view| view.charts.first());
            if let (Turn::At(day, _), Some(chart)) = (turn, chart)
                && number_of(chart, day, None).is_some()
            {
                chosen.set(Some(day));
            }
        })
    };
    // The heading that had the focus is another now; who has moved on is left where they are.
    let there = found.ready().is_some();
    use_change(there, |_| focus(&["body:not(:has(:focus)) main h1"]));
    html! {
        <div class="index">
            { back(View::Today, words.get("nav-today")) }
            if !there {
                <h1 class="visually-hidden" tabindex="-1">{ words.get("days-title") }</h1>
            }
            { found.show(&words, &again, Html::default, |detail| {
                let days = past.view.ready().map(|view| past.draw(&words, view, &turn));
                Some(self::detail(&words, place, detail, days))
            }) }
        </div>
    }
}

/// An index, laid out.
fn detail(words: &Words, place: PlaceId, detail: &Shared<IndexDetail>, days: Option<Html>) -> Html {
    let name = words.sentence_case(&detail.name);
    html! {
        <>
            <h1 class="page-heading" tabindex="-1">
                { words.format("index-at", [
                    ("index", name.as_str().into()),
                    ("place", detail.place.as_str().into()),
                ]) }
            </h1>
            { others(words, place, detail) }
            if let Some(line) = &detail.today {
                <div class="tile index-now">{ what_is_known(words, line) }</div>
            }
            { for days }
            <p class="meta">
                { detail.since.clone().unwrap_or_else(|| words.get("days-none")) }
            </p>
            <p class="buttons">
                <a class="button" href={View::History(place, detail.metric).address()}>
                    { words.get("history-open") }
                </a>
            </p>
            <section>
                <h2 class="section-title">{ words.get("scale-title") }</h2>
                <p>{ &detail.definition }</p>
                { for detail.scale.map(|it| scale(words, detail, it)) }
                { never(words, detail) }
                if !detail.limits.is_empty() {
                    <p><a href={View::People.address()}>{ words.get("limits-change") }</a></p>
                }
            </section>
            <section>
                <h2 class="section-title">{ words.get("published-by") }</h2>
                <ul>{ sheet(&detail.publishers) }</ul>
            </section>
        </>
    }
}

/// The other indices of the place.
fn others(words: &Words, place: PlaceId, detail: &IndexDetail) -> Html {
    let entry = |it: &IndexName| {
        let here = it.metric == detail.metric;
        html! {
            <li class={it.part.then_some("part-of")}>
                <a
                    href={View::Index(place, it.metric).address()}
                    aria-current={here.then_some("true")}
                >
                    { words.sentence_case(&it.name) }
                </a>
            </li>
        }
    };
    // Parts stand only beside the index that they are part of.
    let whole = detail.indices.iter().filter(|it| !it.part);
    let hazard = detail.metric.hazard();
    let parts = detail.indices.iter().filter(|it| it.part && it.metric.hazard() == hazard);
    html! {
        <ul class="index-list" aria-label={words.get("index-list")}>
            { for whole.chain(parts).map(entry) }
        </ul>
    }
}

/// The levels of the scale, with where the day is and whose limit begins.
fn scale(words: &Words, detail: &IndexDetail, scale: Scale) -> Html {
    let now = detail.today.as_ref().and_then(|line| line.reading.level);
    let row = |(number, label): (u8, &String)| {
        let limits = detail.limits.iter().filter(|limit| limit.level == Some(number));
        html! {
            <li class={(now == Some(number)).then_some("here")}>
                { glyph(scale, Some(number), Finish::Solid) }
                <span class="scale-label">{ label }</span>
                <span class="scale-notes">
                    if now == Some(number) {
                        <strong>{ words.sentence_case(&words.get("now")) }</strong>
                    }
                    { for limits.map(|limit| html! {
                        <span>
                            { words.sentence_case(&words.format("limit-here", [
                                ("who", limit.who.as_str().into()),
                                ("limit", limit.label.as_str().into()),
                            ])) }
                        </span>
                    }) }
                </span>
            </li>
        }
    };
    html! { <ol class="scale">{ for (1..).zip(&detail.labels).map(row) }</ol> }
}

/// Who is never told.
fn never(words: &Words, detail: &IndexDetail) -> Html {
    let never = detail.limits.iter().filter(|limit| limit.level.is_none());
    html! {
        { for never.map(|limit| html! {
            <p class="meta">{ words.format("limit-none", [("who", limit.who.as_str().into())]) }</p>
        }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{index_detail, markup};
    use ecosante_domain::metric::{Pollutant, Taxon};

    #[tokio::test]
    async fn the_scale_says_where_the_day_is_and_whose_limit_begins_where() {
        let markup = markup(|words| scale(words, &index_detail(), Scale::Atmo2021)).await;
        assert_eq!(markup.matches("<li").count(), 6);
        let rows: Vec<_> = markup.split("<li").collect();
        assert!(rows[2].contains("Now") && !rows[2].contains("Léa"), "{}", rows[2]);
        assert!(rows[3].contains("Léa: from “Moderate” up"), "{}", rows[3]);
    }

    #[tokio::test]
    async fn who_is_never_told_is_said_too() {
        let markup = markup(|words| never(words, &index_detail())).await;
        assert!(markup.contains("No alerts for you"), "{markup}");
    }

    #[tokio::test]
    async fn the_index_that_is_shown_is_marked_among_the_others() {
        let markup = markup(|words| others(words, PlaceId(1), &index_detail())).await;
        assert_eq!(markup.matches("aria-current").count(), 1);
        assert!(markup.contains("#/places/1/uv"), "{markup}");
    }

    #[tokio::test]
    async fn parts_stand_beside_the_index_that_they_are_part_of() {
        let markup = markup(|words| {
            let mut detail = index_detail();
            for (metric, name) in [
                (Metric::AirOf(Pollutant::O3), "ozone"),
                (Metric::PollenOf(Taxon::Grass), "grass pollen"),
            ] {
                detail.indices.push(IndexName { metric, name: name.to_owned(), part: true });
            }
            others(words, PlaceId(1), &detail)
        })
        .await;
        assert!(markup.contains("Ozone") && !markup.contains("Grass"), "{markup}");
    }
}
