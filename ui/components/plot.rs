//! A chart of the past: drawn by the domain, and here the control by which its days and hours are
//! chosen, with the keyboard or a pointer.

use chrono::{Days, NaiveDate};
use ecosante_domain::window::{Block, HistoryChart};
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::components::sheet::sheet;
use crate::state::date_of;

/// Where somebody goes from the chart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Turn {
    /// To a day, or an hour of it.
    At(NaiveDate, Option<u8>),
    Earlier,
    Later,
    Closer,
    Farther,
}

/// The day of an item, and its hour where items are hours.
fn moment_of(chart: &HistoryChart, number: usize) -> Option<(NaiveDate, Option<u8>)> {
    let from = date_of(&chart.from)?;
    let (day, hour) = if chart.hourly {
        let day = chart.days.iter().rposition(|first| *first <= number)?;
        (day, u8::try_from(number - chart.days[day]).ok())
    } else {
        (number, None)
    };
    Some((from.checked_add_days(Days::new(day as u64))?, hour))
}

/// The item of a day or hour; none where it lies outside.
pub(crate) fn number_of(chart: &HistoryChart, at: NaiveDate, hour: Option<u8>) -> Option<usize> {
    let day = usize::try_from((at - date_of(&chart.from)?).num_days()).ok()?;
    let number =
        if chart.hourly { chart.days.get(day)? + usize::from(hour.unwrap_or(0)) } else { day };
    (number < chart.items).then_some(number)
}

/// The block of an item, with how many items it has.
fn block_of(chart: &HistoryChart, blocks: &[Block], number: usize) -> Option<usize> {
    let found = blocks.iter().rposition(|block| block.first <= number)?;
    (number < end(chart, blocks, found)).then_some(found)
}

/// The number behind the last item of a block.
fn end(chart: &HistoryChart, blocks: &[Block], block: usize) -> usize {
    blocks.get(block + 1).map_or(chart.items, |next| next.first)
}

/// Where an item lies, in thousandths of a pixel.
fn corner(chart: &HistoryChart, blocks: &[Block], number: usize) -> Option<(u32, u32)> {
    let block = blocks[block_of(chart, blocks, number)?];
    let place = number - block.first + block.skip;
    let (major, minor) = (place / chart.per.max(1), place % chart.per.max(1));
    let (column, row) = if chart.down { (major, minor) } else { (minor, major) };
    Some((block.x + column as u32 * chart.dx, block.y + row as u32 * chart.dy))
}

/// The item that lies there, in whichever panel.
fn item_at(chart: &HistoryChart, (x, y): (u32, u32)) -> Option<usize> {
    let of_block = |blocks: &[Block], number: usize| {
        let block = blocks[number];
        let column = (x.checked_sub(block.x)? / chart.dx.max(1)) as usize;
        let below = y.checked_sub(block.y)?;
        let row = below.checked_div(chart.dy).unwrap_or(u32::from(below > chart.high)) as usize;
        let fits = row < if chart.down { chart.per } else { 1 };
        let place = if chart.down { column * chart.per + row } else { column };
        let item = block.first + place.checked_sub(block.skip)?;
        (fits && item < end(chart, blocks, number)).then_some(item)
    };
    let of_panel = |blocks: &Vec<Block>| (0..blocks.len()).find_map(|it| of_block(blocks, it));
    chart.panels.iter().find_map(of_panel)
}

/// Where a key leads from an item; none where it is no key of the chart.
fn turn(chart: &HistoryChart, number: usize, key: &str) -> Option<Turn> {
    let lines = chart.dy == 0;
    // A row of a strip is a block: the same place in the one beside it.
    let beside = |up: bool| -> Option<usize> {
        let blocks = chart.panels.first()?;
        let here = block_of(chart, blocks, number)?;
        let there = if up { here.checked_sub(1)? } else { here + 1 };
        let last = end(chart, blocks, there).checked_sub(1)?;
        Some((blocks.get(there)?.first + number - blocks[here].first).min(last))
    };
    let week = chart.per as isize;
    let to = match (key, chart.down) {
        ("ArrowLeft", true) => -week,
        ("ArrowRight", true) => week,
        ("ArrowLeft", _) | ("ArrowUp", true) => -1,
        ("ArrowRight", _) | ("ArrowDown", true) => 1,
        ("ArrowDown", _) if lines => -1,
        ("ArrowUp", _) if lines => 1,
        ("ArrowUp" | "ArrowDown", _) => {
            beside(key == "ArrowUp").unwrap_or(number) as isize - number as isize
        }
        ("Home", _) => -(number as isize),
        ("End", _) => chart.items.saturating_sub(1) as isize - number as isize,
        ("PageUp", _) => return Some(Turn::Earlier),
        ("PageDown", _) => return Some(Turn::Later),
        ("+" | "=", _) => return Some(Turn::Closer),
        ("-" | "−", _) => return Some(Turn::Farther),
        _ => return None,
    };
    let there = number as isize + to;
    let (at, hour) = match usize::try_from(there).ok().filter(|it| *it < chart.items) {
        Some(there) => moment_of(chart, there)?,
        // Over the edge lies the next period.
        None if chart.hourly => {
            let (day, _) = moment_of(chart, number)?;
            if to < 0 { (day.pred_opt()?, Some(23)) } else { (day.succ_opt()?, Some(0)) }
        }
        None => {
            let (day, _) = moment_of(chart, number)?;
            let days = Days::new(to.unsigned_abs() as u64);
            (if to < 0 { day.checked_sub_days(days)? } else { day.checked_add_days(days)? }, None)
        }
    };
    Some(Turn::At(at, hour))
}

/// A chart with the item that is chosen. `said` is the item that `text` is about: what is on its
/// way is not heard yet.
pub(crate) fn plot(
    chart: &HistoryChart,
    label: String,
    chosen: Option<usize>,
    said: Option<usize>,
    text: String,
    go: &Callback<Turn>,
) -> Html {
    let mark = |blocks: &Vec<Block>| {
        let (x, y) = corner(chart, blocks, chosen?)?;
        // A day of five years is narrower than what is seen.
        let wide = chart.wide.max(3000);
        Some(html! {
            <rect
                class="chosen" x={x.to_string()} y={y.to_string()} width={wide.to_string()}
                height={chart.high.to_string()} rx="2000"
            />
        })
    };
    let onkeydown = {
        let (go, chart) = (go.clone(), chart.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.ctrl_key() || event.meta_key() || event.alt_key() {
                return;
            }
            if let Some(turn) = turn(&chart, chosen.unwrap_or(0), &event.key()) {
                event.prevent_default();
                go.emit(turn);
            }
        })
    };
    let to = {
        let (go, chart) = (go.clone(), chart.clone());
        move |number: usize| {
            if let Some((at, hour)) = moment_of(&chart, number) {
                go.emit(Turn::At(at, hour));
            }
        }
    };
    let oninput = {
        let to = to.clone();
        Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            if let Ok(number) = input.value().parse() {
                to(number);
            }
        })
    };
    let onclick = {
        let chart = chart.clone();
        Callback::from(move |event: MouseEvent| {
            let over: HtmlElement = event.target_unchecked_into();
            let scale = f64::from(chart.width) / f64::from(over.offset_width().max(1)) * 1000.0;
            let point = |at: i32| (f64::from(at) * scale) as u32;
            let found = item_at(&chart, (point(event.offset_x()), point(event.offset_y())));
            found.into_iter().for_each(&to);
        })
    };
    let last = chart.items.saturating_sub(1).to_string();
    html! {
        <div class="plot-area">
            { sheet(&chart.drawing) }
            <svg
                class="plot over" viewBox={format!("0 0 {}000 {}000", chart.width, chart.height)}
                width="100%" aria-hidden="true" focusable="false"
            >
                { for chart.panels.iter().filter_map(mark) }
            </svg>
            <input
                class="plot-range" type="range" min="0" max={last}
                value={said.or(chosen).unwrap_or(0).to_string()} aria-label={label}
                aria-valuetext={text} {onkeydown} {oninput}
            />
            <div class="plot-over" {onclick}></div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{markup, past};

    fn day(text: &str) -> NaiveDate {
        date_of(text).expect("a date")
    }

    fn at(text: &str, hour: Option<u8>) -> Option<Turn> {
        Some(Turn::At(day(text), hour))
    }

    #[test]
    fn in_a_calendar_arrows_go_by_days_and_weeks_and_over_its_edges() {
        let chart = &past().charts[0];
        // Wednesday 9 September.
        assert_eq!(turn(chart, 8, "ArrowDown"), at("2026-09-10", None));
        assert_eq!(turn(chart, 8, "ArrowUp"), at("2026-09-08", None));
        assert_eq!(turn(chart, 8, "ArrowRight"), at("2026-09-16", None));
        assert_eq!(turn(chart, 8, "ArrowLeft"), at("2026-09-02", None));
        assert_eq!(turn(chart, 1, "ArrowLeft"), at("2026-08-26", None));
        assert_eq!(turn(chart, 8, "Home"), at("2026-09-01", None));
        assert_eq!(turn(chart, 8, "End"), at("2026-09-21", None));
        assert_eq!(turn(chart, 8, "PageUp"), Some(Turn::Earlier));
        assert_eq!(turn(chart, 8, "+"), Some(Turn::Closer));
        assert_eq!(turn(chart, 8, "Tab"), None);
    }

    #[test]
    fn in_strips_arrows_go_by_hours_and_to_the_same_hour_of_another_day() {
        let chart = &past().charts[1];
        assert_eq!(turn(chart, 0, "ArrowRight"), at("2026-10-25", Some(1)));
        assert_eq!(turn(chart, 24, "ArrowRight"), at("2026-10-26", Some(0)));
        assert_eq!(turn(chart, 10, "ArrowDown"), at("2026-10-26", Some(10)));
        // The day after has an hour less.
        assert_eq!(turn(chart, 24, "ArrowDown"), at("2026-10-26", Some(23)));
        assert_eq!(turn(chart, 30, "ArrowUp"), at("2026-10-25", Some(5)));
        assert_eq!(turn(chart, 3, "ArrowUp"), at("2026-10-25", Some(3)));
        assert_eq!(turn(chart, 0, "ArrowLeft"), at("2026-10-24", Some(23)));
        assert_eq!(turn(chart, 48, "ArrowRight"), at("2026-10-27", Some(0)));
    }

    #[test]
    fn an_item_is_found_where_it_lies_and_nothing_where_none_does() {
        for chart in past().charts {
            for number in 0..chart.items {
                let (x, y) = corner(&chart, &chart.panels[0], number).expect("it lies somewhere");
                assert_eq!(item_at(&chart, (x + 100, y + 100)), Some(number), "{:?}", chart.kind);
            }
            assert_eq!(item_at(&chart, (0, 0)), None);
            assert_eq!(item_at(&chart, (99_000, 199_000)), None);
        }
        // Before the first day lies the Monday of its week.
        assert_eq!(item_at(&past().charts[0], (11_000, 31_000)), None);
    }

    #[tokio::test]
    async fn a_chart_is_one_stop_of_the_keyboard_that_says_what_is_chosen() {
        let markup = markup(|_| {
            let chart = &past().charts[0];
            let text = "Monday 7 September, Moderate".to_owned();
            plot(chart, "The year".to_owned(), Some(6), Some(6), text, &Callback::noop())
        })
        .await;
        assert_eq!(markup.matches("<input").count(), 1);
        assert!(markup.contains("type=\"range\"") && markup.contains("value=\"6\""), "{markup}");
        assert!(markup.contains("aria-label=\"The year\""), "{markup}");
        assert!(markup.contains("aria-valuetext=\"Monday 7 September, Moderate\""), "{markup}");
        assert_eq!(markup.matches("class=\"chosen\"").count(), 1);
        assert!(!markup.contains("tabindex"), "{markup}");
    }
}
