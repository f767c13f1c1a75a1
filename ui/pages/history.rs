//! Looking back: a year at a glance, day by day, as a line; alone or beside another place or year.

use chrono::NaiveDate;
use ecosante_domain::metric::Metric;
use ecosante_domain::place::PlaceId;
use ecosante_domain::window::{HistoryView, Look, Overview, Zoom};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::app::go;
use crate::components::past::use_past;
use crate::components::plot::{Turn, number_of};
use crate::components::sheet::sheet;
use crate::components::{back, page_heading};
use crate::local::Shared;
use crate::state::{Action, Looked, View, again, date_of, use_window};
use crate::words::{Words, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct HistoryProps {
    pub(crate) place: PlaceId,
    pub(crate) metric: Metric,
    pub(crate) overview: Shared<Overview>,
}

/// The screen.
#[component]
pub(crate) fn History(props: &HistoryProps) -> Html {
    let words = use_words();
    let window = use_window();
    let again = again(&window);
    let looked = window.looked.clone();
    let look = Look {
        place: props.place,
        metric: props.metric,
        zoom: looked.zoom,
        at: looked.period.map(|day| day.to_string()),
        hour: None,
        with: looked.with.clone(),
        person: None,
        width: 0,
    };
    let past = use_past(look, looked.at, looked.hour);
    let (view, at) = (past.view.ready(), past.at);
    let set = {
        let dispatch = window.dispatcher();
        Callback::from(move |looked: Looked| dispatch.dispatch(Action::Look(looked)))
    };
    let turn = {
        let (set, looked, view) = (set.clone(), looked.clone(), view.cloned());
        Callback::from(move |turn: Turn| {
            if let Some(next) = view.as_ref().and_then(|view| turned(&looked, view, at, turn)) {
                set.emit(next);
            }
        })
    };
    let choose = Choose { words: &words, props, looked: &looked, set: &set };
    html! {
        <div class="history">
            { back(View::Index(props.place, props.metric), words.get("days-title")) }
            { page_heading(&words.get("history-title")) }
            { past.view.show(&words, &again, Html::default, |view| {
                Some(html! {
                    <>
                        { choose.draw(view, &turn) }
                        { past.draw(&words, view, &turn) }
                        <p class="meta">{ words.get("history-keys") }</p>
                        <section>
                            <h2 class="section-title">{ words.get("published-by") }</h2>
                            { for view.notes.iter().map(|note| html! { <p class="meta">{ note }</p> }) }
                            <ul>{ sheet(&view.publishers) }</ul>
                        </section>
                    </>
                })
            }) }
        </div>
    }
}

/// What is looked at after a turn; none where it leads nowhere.
fn turned(
    looked: &Looked,
    view: &HistoryView,
    at: Option<NaiveDate>,
    turn: Turn,
) -> Option<Looked> {
    let to = |day: &Option<String>| {
        let day = date_of(day.as_ref()?)?;
        Some(Looked { period: Some(day), at: Some(day), hour: None, ..looked.clone() })
    };
    let zoomed = |by: isize| {
        let here = view.zooms.iter().position(|zoom| *zoom == view.zoom)?;
        let zoom = *view.zooms.get(here.checked_add_signed(by)?)?;
        Some(Looked { zoom, period: at, ..looked.clone() })
    };
    match turn {
        Turn::Earlier => to(&view.earlier),
        Turn::Later => to(&view.later),
        Turn::Closer => zoomed(-1),
        Turn::Farther => zoomed(1),
        Turn::At(day, hour) => {
            let period = view.charts.last()?;
            let within = number_of(period, day, None).is_some();
            let before = date_of(&period.from).is_some_and(|from| day < from);
            let other = if before { &view.earlier } else { &view.later };
            if !within && other.is_none() {
                return None;
            }
            let period = if within { looked.period } else { Some(day) };
            Some(Looked { period, at: Some(day), hour, ..looked.clone() })
        }
    }
}

/// What can be chosen above the charts.
struct Choose<'a> {
    words: &'a Words,
    props: &'a HistoryProps,
    looked: &'a Looked,
    set: &'a Callback<Looked>,
}

impl Choose<'_> {
    fn draw(&self, view: &HistoryView, turn: &Callback<Turn>) -> Html {
        let words = self.words;
        let (place, metric) = (self.props.place, self.props.metric);
        let places = self.props.overview.places.iter();
        let places = places.map(|it| (it.id.0.to_string(), it.name.clone())).collect();
        let indices = view.indices.iter();
        let indices =
            indices.map(|it| (it.metric.to_string(), words.sentence_case(&it.name))).collect();
        let mut others = vec![(String::new(), words.get("history-alone"))];
        others.extend(view.others.iter().map(|it| (it.value.clone(), it.name.clone())));
        // Another place has others beside it.
        let alone = {
            let (set, looked) = (self.set.clone(), self.looked.clone());
            move || set.emit(Looked { with: None, ..looked.clone() })
        };
        let to_place = {
            let alone = alone.clone();
            Callback::from(move |id: String| {
                if let Ok(id) = id.parse() {
                    alone();
                    go(View::History(PlaceId(id), metric));
                }
            })
        };
        let to_index = Callback::from(move |metric: String| {
            if let Ok(metric) = metric.parse() {
                alone();
                go(View::History(place, metric));
            }
        });
        let compare = {
            let (set, looked) = (self.set.clone(), self.looked.clone());
            Callback::from(move |value: String| {
                let with = (!value.is_empty()).then_some(value);
                set.emit(Looked { with, ..looked.clone() });
            })
        };
        let with = self.looked.with.clone().unwrap_or_default();
        let step = |to: Turn, there: bool, label: &str| {
            let onclick = turn.reform(move |_: MouseEvent| to);
            html! {
                <button type="button" class="button" aria-disabled={(!there).to_string()} {onclick}>
                    { words.get(label) }
                </button>
            }
        };
        html! {
            <>
                <div class="history-choices">
                    { select(words, "history-place", places, &place.0.to_string(), &to_place) }
                    { select(words, "history-index", indices, &metric.to_string(), &to_index) }
                    { select(words, "history-with", others, &with, &compare) }
                </div>
                { self.zooms(view) }
                <div class="buttons history-period">
                    { step(Turn::Earlier, view.earlier.is_some(), "history-earlier") }
                    <p class="lead" role="status">{ &view.period }</p>
                    { step(Turn::Later, view.later.is_some(), "history-later") }
                </div>
            </>
        }
    }

    fn zooms(&self, view: &HistoryView) -> Html {
        let words = self.words;
        let at = self.looked.at.or_else(|| date_of(&view.at));
        let choice = |zoom: Zoom| {
            let label = match zoom {
                Zoom::Day => "period-day",
                Zoom::Week => "period-week",
                Zoom::Month => "period-month",
                Zoom::Year => "period-year",
                Zoom::Years | Zoom::Recent => "history-years",
            };
            let next = Looked { zoom, period: at, ..self.looked.clone() };
            html! {
                <label class="choice">
                    <input
                        type="radio" name="zoom" checked={zoom == view.zoom}
                        onchange={self.set.reform(move |_: Event| next.clone())}
                    />
                    <span>{ words.get(label) }</span>
                </label>
            }
        };
        html! {
            <fieldset class="periods">
                <legend class="visually-hidden">{ words.get("period") }</legend>
                <div class="choices">{ for view.zooms.iter().copied().map(choice) }</div>
            </fieldset>
        }
    }
}

fn select(
    words: &Words,
    label: &str,
    options: Vec<(String, String)>,
    chosen: &str,
    choose: &Callback<String>,
) -> Html {
    let onchange = choose.reform(|event: Event| {
        // A list has its value where a field has it.
        event.target_unchecked_into::<HtmlInputElement>().value()
    });
    html! {
        <label class="history-choice">
            <span>{ words.get(label) }</span>
            <select class="field" {onchange}>
                { for options.into_iter().map(|(value, name)| html! {
                    <option selected={value == chosen} value={value.clone()}>{ name }</option>
                }) }
            </select>
        </label>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::past;

    fn day(text: &str) -> Option<NaiveDate> {
        date_of(text)
    }

    fn go(view: &HistoryView, turn: Turn) -> Option<Looked> {
        let looked = Looked { with: Some("year:1".to_owned()), ..Looked::default() };
        turned(&looked, view, day(&view.at), turn)
    }

    #[test]
    fn a_turn_goes_to_another_period_and_no_further_than_there_is_one() {
        let view = past();
        let earlier = go(&view, Turn::Earlier).expect("there is one");
        assert_eq!((earlier.period, earlier.at), (day("2026-08-31"), day("2026-08-31")));
        assert_eq!(earlier.with.as_deref(), Some("year:1"), "still compared");
        assert_eq!(go(&view, Turn::Later), None);
        assert_eq!(go(&view, Turn::Closer).map(|looked| looked.zoom), Some(Zoom::Week));
        let farther = go(&view, Turn::Farther).expect("there is one");
        assert_eq!((farther.zoom, farther.period), (Zoom::Year, day("2026-09-08")));
    }

    #[test]
    fn a_day_outside_the_period_brings_its_own_period() {
        let view = past();
        let to = |text: &str| {
            let day = day(text).expect("a date");
            go(&view, Turn::At(day, Some(3))).map(|looked| (looked.period, looked.at, looked.hour))
        };
        // The strips show 25 and 26 October.
        assert_eq!(to("2026-10-26"), Some((None, day("2026-10-26"), Some(3))));
        assert_eq!(to("2026-10-01"), Some((day("2026-10-01"), day("2026-10-01"), Some(3))));
        assert_eq!(to("2026-10-27"), None, "after the present period there is none");
    }
}
