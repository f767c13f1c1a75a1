//! The last days of an index, or its hours or weeks: for each a column of the segments of its
//! scale, filled up to the level, as the glyph lies; of what has no scale a stroke as high as its
//! figure.

use ecosante_domain::scale::Scale;
use ecosante_domain::window::{DayAlert, DayPast, DayWhen, IndexDetail, Period};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::components::band::stretches;
use crate::components::glyph::Finish;
use crate::components::reading::{in_a_row, is_missing as is_unknown};
use crate::local::{Shared, use_local};
use crate::state::View;
use crate::words::{Words, use_words};

/// The height of a level, in pixels.
const STEP: usize = 22;

/// What stands above the columns: the name of today, and the alerts.
const HEAD: usize = 34;

/// What stands below them: the dates.
const FOOT: usize = 26;

/// As many levels as what has no scale is high; the lowest figure lies on the first, with its name
/// below.
const PLAIN: u8 = 5;

/// How many people are named at a line; the scale below names them all.
const NAMED: usize = 3;

#[derive(Properties, PartialEq)]
pub(crate) struct DaysProps {
    pub(crate) detail: Shared<IndexDetail>,
}

/// The chart, its slider and its table.
#[component]
pub(crate) fn Days(props: &DaysProps) -> Html {
    let words = use_words();
    let chosen = use_local(|| None::<usize>);
    let detail = &props.detail;
    let today = detail.days.iter().position(|day| day.when == DayWhen::Today).unwrap_or(0);
    let last = detail.days.len().saturating_sub(1);
    let picked = chosen.get().unwrap_or(today).min(last);
    let oninput = Callback::from(move |event: InputEvent| {
        let input: HtmlInputElement = event.target_unchecked_into();
        chosen.set(input.value().parse().ok());
    });
    let day = detail.days.get(picked);
    html! {
        <div class="past-days">
            <p class="readout">{ for day.map(|day| readout(&words, day)) }</p>
            <div class="days-chart">
                { drawing(&words, detail, picked) }
                <input
                    class="hours" type="range" min="0" max={last.to_string()} step="1"
                    value={picked.to_string()} aria-label={words.get(unit(detail.period))}
                    aria-valuetext={day.map(|day| spoken(&words, day))} {oninput}
                />
            </div>
            <details class="as-table">
                <summary>{ words.get("band-table") }</summary>
                { table(&words, detail) }
            </details>
        </div>
    }
}

/// The heading of a period.
pub(crate) fn title(period: Period) -> &'static str {
    match period {
        Period::Day => "days-title-day",
        Period::Week => "days-title-week",
        Period::Month => "days-title",
        Period::Year => "days-title-year",
    }
}

/// What a column stands for.
fn unit(period: Period) -> &'static str {
    match period {
        Period::Day => "table-hour",
        Period::Week | Period::Month => "table-day",
        Period::Year => "period-week",
    }
}

/// Thousandths of the width as a percentage.
fn share(thousandths: usize) -> String {
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

/// Where a day begins, in thousandths of the width.
fn at(number: usize, count: usize) -> usize {
    number * 1000 / count.max(1)
}

fn drawing(words: &Words, detail: &IndexDetail, picked: usize) -> Html {
    let count = detail.days.len();
    let levels = usize::from(levels(detail));
    let ground = HEAD + levels * STEP;
    let line = |class: &'static str, level: usize| {
        let y = (ground - level * STEP).to_string();
        html! { <line {class} x1="0" x2="100%" y1={y.clone()} y2={y} /> }
    };
    // A limit lies under the first level that is told; people of the same limit share its line.
    let mut limits: Vec<(u8, Vec<&str>)> = Vec::new();
    for limit in &detail.limits {
        let Some(level) = limit.level else { continue };
        match limits.iter_mut().find(|(other, _)| *other == level) {
            Some((_, people)) => people.push(&limit.who),
            None => limits.push((level, vec![&limit.who])),
        }
    }
    html! {
        <svg
            class="days" width="100%" height={(ground + FOOT).to_string()} aria-hidden="true"
            focusable="false"
        >
            { column("picked", picked, count, HEAD - 4, ground - HEAD + 8) }
            if detail.scale.is_some() {
                { for (0..=levels).map(|level| line("rule", level)) }
            } else {
                { line("rule", 0) }
            }
            { for detail.axis.iter().zip([(1, "15"), (levels, "-5")]).map(|(figure, (level, dy))| {
                let y = (ground - level * STEP).to_string();
                html! { <>{ line("rule", level) }<text x="0" {y} {dy}>{ figure }</text></> }
            }) }
            { for stretches(&detail.days, is_missing).into_iter().map(|(first, span)| {
                let (x, width) = across(first, span, count, GAP);
                html! {
                    <rect class="gap" {x} {width} y={(ground - STEP).to_string()} height={STEP.to_string()} />
                }
            }) }
            { for detail.days.iter().enumerate().filter_map(|(n, day)| bar(detail, n, day)) }
            { for limits.iter().map(|(level, people)| html! {
                <>
                    { line("limit", usize::from(*level).saturating_sub(1)) }
                    <text
                        class="limit-name" x="0" dx="4" dy="-5"
                        y={(ground - usize::from(*level).saturating_sub(1) * STEP).to_string()}
                    >
                        { people.get(..NAMED).unwrap_or(people).join(", ") }
                        if people.len() > NAMED { { "…" } }
                    </text>
                </>
            }) }
            { for detail.days.iter().enumerate().map(|(n, day)| {
                marks(words, detail, n, day, ground)
            }) }
        </svg>
    }
}

/// Between a day and its column on either side, in thousandths of the width.
const GAP: usize = 2;

/// Where some days lie, as x and width.
fn across(first: usize, span: usize, count: usize, gap: usize) -> (String, String) {
    let (from, to) = (at(first, count), at(first + span, count));
    (share(from + gap), share((to - from).saturating_sub(2 * gap)))
}

/// What lies over the whole column of a day.
fn column(class: &'static str, number: usize, count: usize, y: usize, height: usize) -> Html {
    let (x, width) = across(number, 1, count, 0);
    html! { <rect {class} {x} {width} y={y.to_string()} height={height.to_string()} /> }
}

/// Whether nothing is stored of a day up to today; of those ahead nothing need be known.
fn is_missing(day: &DayPast) -> bool {
    day.line.as_ref().is_none_or(is_unknown) && day.when != DayWhen::Ahead
}

fn levels(detail: &IndexDetail) -> u8 {
    detail.scale.map_or(PLAIN, Scale::levels)
}

/// A figure without a level: a stroke across its column, in ink.
fn stroke(detail: &IndexDetail, number: usize, day: &DayPast) -> Option<Html> {
    let below = 1000 - usize::from(day.height?.min(1000));
    let (x, width) = across(number, 1, detail.days.len(), 0);
    let y = (HEAD + below * usize::from(PLAIN - 1) * STEP / 1000).to_string();
    let ahead = (day.when == DayWhen::Ahead).then_some("ahead");
    Some(html! {
        <svg class={classes!("stroke", ahead)} {x} {width}>
            <line x1="0" x2="100%" y1={y.clone()} y2={y} stroke="currentColor" />
        </svg>
    })
}

fn bar(detail: &IndexDetail, number: usize, day: &DayPast) -> Option<Html> {
    let Some(scale) = detail.scale else { return stroke(detail, number, day) };
    let level = day.line.as_ref().and_then(|line| line.reading.level)?;
    let count = detail.days.len();
    let levels = scale.levels();
    let rank = scale.rank(level);
    // An event has no rank: it takes the whole height, in its own pattern.
    let filled = usize::from(rank.unwrap_or(levels));
    let colour = scale.colour(level)?;
    let estimated = day.line.as_ref().is_some_and(|it| Finish::of(&it.reading) == Finish::Outlined);
    let (x, width) = across(number, 1, count, GAP);
    Some(html! {
        <svg
            class={classes!(
                "bar",
                (day.when == DayWhen::Ahead).then_some("ahead"),
                estimated.then_some("estimated"),
                rank.is_none().then_some("event"),
            )}
            {x} {width}
            y={(HEAD + (usize::from(levels) - filled) * STEP).to_string()}
            height={(filled * STEP).to_string()}
        >
            <rect class="bar-fill" width="100%" height="100%" fill={if estimated { "none" } else { colour }} />
            if estimated {
                <rect class="bar-edge" width="100%" height="100%" fill="none" stroke={colour} />
            }
            if rank.is_some() {
                { for (1..filled).map(|step| {
                    let y = (step * STEP).to_string();
                    html! { <line class="within" x2="100%" y1={y.clone()} y2={y} /> }
                }) }
            }
            <rect class="bar-outline" width="100%" height="100%" fill="none" stroke="currentColor" />
        </svg>
    })
}

/// What stands above and under a day: today, an alert, a date.
fn marks(words: &Words, detail: &IndexDetail, number: usize, day: &DayPast, ground: usize) -> Html {
    let count = detail.days.len();
    // The present hour and week are not called today.
    let of_days = matches!(detail.period, Period::Week | Period::Month);
    let x = share(at(number, count));
    html! {
        <>
            if !day.alerts.is_empty() {
                { column("alert-mark", number, count, HEAD - 10, 4) }
            }
            if day.when == DayWhen::Today && of_days {
                <text x={share((at(number, count) + at(number + 1, count)) / 2)} y="16" text-anchor="middle">
                    { words.get("days-today") }
                </text>
            }
            if let Some(mark) = &day.mark {
                <line class="tick" x1={x.clone()} x2={x.clone()} y1={ground.to_string()} y2={(ground + 6).to_string()} />
                <text {x} y={(ground + 22).to_string()}>{ mark }</text>
            }
        </>
    }
}

/// "Air: Moderate, 3 of 6" as it is drawn elsewhere, or that nothing is stored.
fn known(words: &Words, day: &DayPast) -> Html {
    match &day.line {
        Some(line) => in_a_row(words, line),
        None => html! { { words.get("day-unknown") } },
    }
}

/// The chosen day above the chart.
fn readout(words: &Words, day: &DayPast) -> Html {
    let caveat = day.line.as_ref().and_then(|line| line.caveat.as_ref());
    html! {
        <>
            <strong>{ words.sentence_case(&day.name) }</strong>
            { known(words, day) }
            if let Some(caveat) = caveat {
                <span class="meta">{ caveat }</span>
            }
            { alerts(words, day) }
        </>
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
fn spoken(words: &Words, day: &DayPast) -> String {
    let mut said = vec![day.name.clone()];
    match day.line.as_ref().filter(|line| !is_unknown(line)) {
        None => said.push(words.get("day-unknown")),
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

/// The same as a table, the latest first.
fn table(words: &Words, detail: &IndexDetail) -> Html {
    let row = |day: &DayPast| {
        let line = day.line.as_ref();
        html! {
            <tr class={(day.when == DayWhen::Today).then_some("now")}>
                <th scope="row">{ words.sentence_case(&day.name) }</th>
                <td>{ known(words, day) }</td>
                <td>
                    if let Some(line) = line {
                        { words.sentence_case(&line.provenance) }
                        if let Some(caveat) = &line.caveat {
                            <span class="meta">{ format!(" – {}", words.sentence_case(caveat)) }</span>
                        }
                    }
                </td>
                <td>{ alerts(words, day) }</td>
            </tr>
        }
    };
    html! {
        <div
            class="wide-table" role="region" tabindex="0"
            aria-label={words.get(title(detail.period))}
        >
            <table>
                <thead>
                    <tr>
                        <th scope="col">{ words.get(unit(detail.period)) }</th>
                        <th scope="col">{ words.get("table-level") }</th>
                        <th scope="col">{ words.get("table-published") }</th>
                        <th scope="col">{ words.get("nav-alerts") }</th>
                    </tr>
                </thead>
                <tbody>{ for detail.days.iter().rev().map(row) }</tbody>
            </table>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{index_detail, markup};
    use ecosante_domain::knowledge::State;
    use ecosante_domain::reading::Basis;
    use ecosante_domain::window::ReadingLine;

    async fn drawn(change: fn(&mut IndexDetail)) -> String {
        markup(move |words| {
            let mut detail = index_detail();
            change(&mut detail);
            drawing(words, &detail, 0)
        })
        .await
    }

    #[tokio::test]
    async fn every_day_that_is_known_has_a_column_and_every_gap_is_dashed() {
        let markup = drawn(|_| ()).await;
        assert_eq!(
            markup.matches("class=\"bar").count() - markup.matches("class=\"bar-").count(),
            3
        );
        assert_eq!(markup.matches("class=\"gap\"").count(), 1, "{markup}");
    }

    #[tokio::test]
    async fn what_is_not_known_of_the_days_ahead_is_no_gap() {
        let markup = drawn(|detail| {
            for day in &mut detail.days {
                (day.when, day.line) = (DayWhen::Ahead, None);
            }
        })
        .await;
        assert!(!markup.contains("class=\"gap\"") && !markup.contains("class=\"bar"), "{markup}");
    }

    #[tokio::test]
    async fn an_estimate_is_outlined_and_never_filled() {
        let markup = drawn(|detail| {
            for line in detail.days.iter_mut().filter_map(|day| day.line.as_mut()) {
                line.reading.basis = Some(Basis::Estimated);
            }
        })
        .await;
        assert!(markup.contains("estimated") && !markup.contains("fill=\"#"), "{markup}");
    }

    #[tokio::test]
    async fn a_figure_without_a_level_is_a_stroke_in_ink_between_the_lowest_and_the_highest() {
        let markup = drawn(|detail| {
            detail.scale = None;
            detail.limits.clear();
            detail.axis = vec!["4 µg/m³".to_owned(), "20 µg/m³".to_owned()];
            for (day, height) in detail.days.iter_mut().zip([None, Some(0), Some(1000)]) {
                day.height = height;
                day.line = height.map(|_| ReadingLine {
                    figure: Some("4 µg/m³".to_owned()),
                    ..crate::testing::air(None)
                });
                let line = day.line.as_mut();
                line.into_iter().for_each(|it| it.reading.state = State::Current);
            }
        })
        .await;
        assert_eq!(markup.matches("class=\"stroke").count(), 2, "{markup}");
        assert!(markup.contains("4 µg/m³") && markup.contains("20 µg/m³"));
        assert_eq!(markup.matches("class=\"gap\"").count(), 1);
        assert!(!markup.contains("fill=\"#"), "{markup}");
    }

    #[tokio::test]
    async fn a_column_is_called_after_what_it_stands_for() {
        let markup = markup(|words| {
            let mut detail = index_detail();
            detail.period = Period::Year;
            table(words, &detail)
        })
        .await;
        assert!(markup.contains("Week</th>") && markup.contains("The last 12 months"), "{markup}");
    }

    #[tokio::test]
    async fn a_day_is_heard_with_what_it_is_worth() {
        let markup = markup(|words| {
            let mut detail = index_detail();
            let line = detail.days[1].line.as_mut().expect("it is known");
            line.reading.basis = Some(Basis::Estimated);
            line.caveat = Some("Few hours are known".to_owned());
            let said: Vec<_> = detail.days[..2].iter().map(|day| spoken(words, day)).collect();
            html! { { said.join("; ") } }
        })
        .await;
        assert_eq!(
            markup,
            "Sunday 6 September, Nothing stored; Monday 7 September, estimate, Moderate, \
             Few hours are known, Alert for Léa"
        );
    }

    #[tokio::test]
    async fn people_of_one_limit_share_a_line_and_who_is_never_told_has_none() {
        let markup = drawn(|_| ()).await;
        assert_eq!(markup.matches("class=\"limit\"").count(), 1);
        assert!(markup.contains("Léa, Zoé"), "{markup}");
    }

    #[tokio::test]
    async fn the_table_says_what_the_chart_draws() {
        let markup = markup(|words| table(words, &index_detail())).await;
        assert_eq!(markup.matches("<tr").count(), 1 + index_detail().days.len());
        assert!(markup.contains("Nothing stored") && markup.contains("Atmo France"), "{markup}");
        assert!(markup.contains("#/alerts/7"), "{markup}");
    }
}
