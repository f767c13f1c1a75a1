//! Charts of the past with the day or hour that is chosen in them: on a screen of their own, and the
//! last days of an index.

use chrono::NaiveDate;
use ecosante_domain::window::{
    ChartKind, DayAlert, DayPast, DayWhen, FileForm, HistoryChart, HistoryView, Look, Moment,
};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::bridge;
use crate::components::glyph::Finish;
use crate::components::plot::{Turn, number_of, plot};
use crate::components::reading::{in_a_row, is_missing};
use crate::components::sheet::sheet;
use crate::content::{Content, sentence, use_content};
use crate::local::{Shared, use_local};
use crate::state::{View, date_of, use_window};
use crate::words::{Words, use_words};

/// What is looked at, as far as it is here.
#[derive(Clone)]
pub(crate) struct Past {
    pub(crate) look: Look,
    pub(crate) view: Content<Shared<HistoryView>>,
    /// What is known of the chosen day or hour; of the one before while it is on its way.
    moments: Content<Shared<Vec<Moment>>>,
    /// The chosen day.
    pub(crate) at: Option<NaiveDate>,
    hour: Option<u8>,
}

/// Asks for charts, and for the day or hour that is chosen in them: none, that of the charts.
#[hook]
pub(crate) fn use_past(look: Look, at: Option<NaiveDate>, hour: Option<u8>) -> Past {
    let window = use_window();
    let look = Look { person: window.person, width: width(), ..look };
    let view = {
        let look = look.clone();
        use_content(
            (window.changes, look.clone()),
            move || async move { bridge::history(&look).await },
        )
    };
    let at = at.or_else(|| date_of(&view.ready()?.at));
    let moment = Look { at: at.map(|day| day.to_string()), hour, ..look.clone() };
    let moments = use_content((window.changes, moment.clone()), move || async move {
        bridge::history_moment(&moment).await
    });
    Past { look, view, moments, at, hour }
}

impl Past {
    /// The charts, below what is known of the chosen day or hour.
    pub(crate) fn draw(&self, words: &Words, view: &HistoryView, turn: &Callback<Turn>) -> Html {
        let moments = self.moments.ready().into_iter().flat_map(|it| it.iter());
        html! {
            <>
                <div class="readout history-readout">
                    { for moments.map(|it| readout(words, it)) }
                </div>
                { for view.charts.iter().map(|chart| self.section(words, view, chart, turn)) }
            </>
        }
    }

    fn section(
        &self,
        words: &Words,
        view: &HistoryView,
        chart: &HistoryChart,
        turn: &Callback<Turn>,
    ) -> Html {
        let chosen = self.at.and_then(|at| number_of(chart, at, self.hour));
        let moments = self.moments.ready();
        let first = moments.and_then(|moments| moments.first());
        let said = first.and_then(|it| number_of(chart, date_of(&it.date)?, it.hour));
        let text = moments.map(|moments| heard(words, moments)).unwrap_or_default();
        let label = format!("{}, {}, {}", chart.title, view.title, view.period);
        html! {
            // Whatever it is called now: the keyboard stays where it is.
            <section key={chart.kind as u8}>
                <h2 class="section-title">{ &chart.title }</h2>
                { plot(chart, label.clone(), chosen, said, text, turn) }
                if chart.kind == view.charts[0].kind {
                    { sheet(&view.legend) }
                }
                <Behind look={self.look.clone()} kind={chart.kind} {label} />
            </section>
        }
    }
}

/// How wide a chart may be, in pixels: that of the screen without its margins.
fn width() -> u16 {
    let inner = web_sys::window().and_then(|it| it.inner_width().ok()?.as_f64());
    let inner = inner.unwrap_or(1024.0);
    let margin = (inner * 0.04).clamp(16.0, 40.0);
    // In steps, so that not every pixel asks anew.
    ((inner.min(1152.0) - 2.0 * margin) / 8.0) as u16 * 8
}

/// The chosen day or hour: what is known, what was told and noted, and the way to why.
fn readout(words: &Words, moment: &Moment) -> Html {
    let day = &moment.day;
    let why = (day.when != DayWhen::Ahead).then(|| date_of(&moment.date)).flatten();
    html! {
        <p>
            <strong>{ words.sentence_case(&day.name) }</strong>
            if let Some(line) = &day.line {
                { in_a_row(words, line) }
                <span class="meta">
                    { line.caveat.clone().unwrap_or_else(|| words.sentence_case(&line.provenance)) }
                </span>
            }
            { for moment.missing.iter().chain(&moment.noted).map(|it| html! { <span>{ it }</span> }) }
            { alerts(words, day) }
            if why.is_some() {
                <a href={View::Why(moment.place, moment.person, why).address()}>
                    { words.get("why-or-not") }
                    <span class="visually-hidden">{ format!(" – {}", day.name) }</span>
                </a>
            }
        </p>
    }
}

fn alerts(words: &Words, day: &DayPast) -> Html {
    let link = |alert: &DayAlert| {
        html! {
            <a class="day-alert" href={View::Alert(alert.id).address()}>
                { words.format("day-alert", [("who", alert.who.as_str().into())]) }
                <span class="visually-hidden">{ format!(" – {}", day.name) }</span>
            </a>
        }
    };
    day.alerts.iter().map(link).collect()
}

/// The chosen day as it is heard: all that its readout shows.
fn spoken(words: &Words, day: &DayPast, unknown: Option<&String>) -> String {
    let mut said = vec![day.name.clone()];
    match day.line.as_ref().filter(|line| !is_missing(line)) {
        None => said.push(unknown.cloned().unwrap_or_else(|| words.get("day-unknown"))),
        Some(line) => {
            if Finish::of(&line.reading) == Finish::Outlined {
                said.push(words.get("estimate"));
            }
            said.extend(line.figure.clone());
            said.extend(line.reading.label.clone());
            said.extend(line.caveat.clone());
        }
    }
    let alert = |it: &DayAlert| words.format("day-alert", [("who", it.who.as_str().into())]);
    said.extend(day.alerts.iter().map(alert));
    said.join(", ")
}

fn heard(words: &Words, moments: &[Moment]) -> String {
    let one = |moment: &Moment| {
        let mut said = spoken(words, &moment.day, moment.missing.as_ref());
        if let Some(noted) = &moment.noted {
            said = format!("{said}, {noted}");
        }
        said
    };
    moments.iter().map(one).collect::<Vec<_>>().join("; ")
}

#[derive(Properties, PartialEq)]
struct BehindProps {
    look: Look,
    kind: ChartKind,
    label: String,
}

/// What is behind a chart: its table, and its files.
#[component]
fn Behind(props: &BehindProps) -> Html {
    let words = use_words();
    let window = use_window();
    let opened = use_local(|| false);
    let news = use_local(String::new);
    let open = opened.get();
    let table = {
        let (look, kind) = (props.look.clone(), props.kind);
        let asked = (open, window.changes, look.clone());
        use_content(asked, move || async move {
            // Years of rows are only for who wants to read them.
            if open { bridge::history_table(&look, kind).await } else { Ok(String::new()) }
        })
    };
    let form = |form: FileForm, label: &str| {
        let (words, news) = (words.clone(), news.clone());
        let (look, kind) = (props.look.clone(), props.kind);
        let said = words.get(label);
        let onclick = Callback::from(move |_: MouseEvent| {
            let (words, news, look) = (words.clone(), news.clone(), look.clone());
            spawn_local(async move {
                let saved = bridge::history_file(&look, kind, form).await;
                news.set(saved.unwrap_or_else(|error| sentence(&words, &error)));
            });
        });
        html! { <button type="button" class="button" {onclick}>{ said }</button> }
    };
    let onclick = Callback::from(move |_: MouseEvent| opened.set(true));
    html! {
        <>
            <details class="as-table">
                <summary {onclick}>
                    { words.get("band-table") }
                    <span class="visually-hidden">{ format!(" – {}", props.label) }</span>
                </summary>
                if let Some(table) = table.ready() {
                    { sheet(table) }
                }
            </details>
            <details class="as-table">
                <summary>
                    { words.get("history-save") }
                    <span class="visually-hidden">{ format!(" – {}", props.label) }</span>
                </summary>
                <div class="buttons" role="group" aria-label={words.get("history-save")}>
                    { form(FileForm::Svg, "history-svg") }
                    { form(FileForm::Png, "history-png") }
                    { form(FileForm::Csv, "history-csv") }
                    { form(FileForm::Json, "history-json") }
                </div>
            </details>
            <p class="note" role="status">{ news.get() }</p>
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{markup, moment};
    use ecosante_domain::reading::Basis;

    #[tokio::test]
    async fn the_chosen_day_leads_to_its_alerts_and_to_why() {
        let markup = markup(|words| readout(words, &moment())).await;
        assert!(
            markup.contains("#/alerts/7") && markup.contains("#/why/1/2/2026-09-07"),
            "{markup}"
        );
        assert!(markup.contains("Diary: nose 2"), "{markup}");
    }

    #[tokio::test]
    async fn a_day_is_heard_with_what_it_is_worth_or_since_when_nothing_is_known() {
        let markup = markup(|words| {
            let mut estimate = moment();
            if let Some(line) = &mut estimate.day.line {
                line.reading.basis = Some(Basis::Estimated);
            }
            let mut gap = moment();
            (gap.day.line, gap.noted) = (None, None);
            gap.day.alerts.clear();
            gap.missing = Some("No data since Sunday 6 September: source failing.".to_owned());
            html! { { heard(words, &[estimate, gap]) } }
        })
        .await;
        assert_eq!(
            markup,
            "Monday 7 September, estimate, Moderate, Alert for Léa, Diary: nose 2; \
             Monday 7 September, No data since Sunday 6 September: source failing."
        );
    }
}
