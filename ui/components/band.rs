//! The day band: the hours of each day, each with the worst level that matters to a person, and the
//! control by which the rest of the screen follows.

use ecosante_domain::person::PersonId;
use ecosante_domain::place::PlaceId;
use ecosante_domain::window::{Band, BandEpisode, BandHour, BandLevel, Day, Overview};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::components::glyph::{Finish, about, glyph, number_beside};
use crate::local::Shared;
use crate::state::{Picked, View};
use crate::words::{Words, use_words};

/// The hours of a day that are marked under it.
const MARKED: [usize; 4] = [0, 6, 12, 18];

/// The hours of a person at a place, by where they are in what is shared.
#[derive(Clone, PartialEq)]
pub(crate) struct Hours {
    overview: Shared<Overview>,
    place: usize,
    answer: usize,
}

impl Hours {
    /// None where the place does not concern the person.
    pub(crate) fn of(
        overview: &Shared<Overview>,
        place: PlaceId,
        person: PersonId,
    ) -> Option<Self> {
        let place = overview.places.iter().position(|it| it.id == place)?;
        let people = &overview.places[place].people;
        let answer = people.iter().position(|it| it.person == person)?;
        Some(Self { overview: overview.clone(), place, answer })
    }

    fn days(&self) -> &[Day] {
        &self.overview.places[self.place].days
    }

    fn band(&self) -> &Band {
        &self.overview.places[self.place].people[self.answer].band
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct DayBandProps {
    pub(crate) hours: Hours,
    /// Whose hours these are, in words.
    pub(crate) label: String,
    pub(crate) picked: Picked,
    pub(crate) pick: Callback<Picked>,
}

/// The band of the days ahead.
#[component]
pub(crate) fn DayBand(props: &DayBandProps) -> Html {
    let words = use_words();
    let ranges = use_memo(props.hours.band().days.len(), |count| {
        (0..*count).map(|_| NodeRef::default()).collect::<Vec<_>>()
    });
    let days = props.hours.band().days.iter().enumerate().map(|(number, hours)| {
        let day = OneDay { words: &words, props, ranges: &ranges, number, hours };
        day.draw()
    });
    html! {
        <section class="band" aria-label={props.label.clone()}>
            <p class="readout" aria-hidden="true">{ readout(&words, props) }</p>
            <div class={classes!("band-days", format!("days-{}", props.hours.band().days.len().min(4)))}>
                { for days }
            </div>
            <details class="as-table">
                <summary>{ words.get("band-table") }</summary>
                <div class="tables">{ tables(&words, props) }</div>
            </details>
        </section>
    }
}

/// The hour that is now, else the first.
pub(crate) fn present(band: &Band) -> Picked {
    band.days
        .iter()
        .enumerate()
        .find_map(|(day, hours)| {
            hours.iter().position(|hour| hour.now).map(|hour| Picked { day, hour })
        })
        .unwrap_or(Picked { day: 0, hour: 0 })
}

/// Consecutive hours of which the same is known.
#[derive(Debug, PartialEq)]
struct Run<'a> {
    first: usize,
    span: usize,
    worst: Option<&'a BandLevel>,
    /// Something that counts is not known.
    unknown: bool,
}

fn runs(hours: &[BandHour]) -> Vec<Run<'_>> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    for (first, hour) in hours.iter().enumerate() {
        let worst = hour.worst.as_ref();
        let unknown = !hour.unknown.is_empty() || worst.is_none() && !hour.night;
        match runs.last_mut() {
            Some(run) if run.worst == worst && run.unknown == unknown => run.span += 1,
            _ => runs.push(Run { first, span: 1, worst, unknown }),
        }
    }
    runs
}

/// Stretches of hours or days for which something holds, as first and span.
fn stretches<T>(items: &[T], holds: fn(&T) -> bool) -> Vec<(usize, usize)> {
    let mut stretches: Vec<(usize, usize)> = Vec::new();
    for (number, _) in items.iter().enumerate().filter(|(_, item)| holds(item)) {
        match stretches.last_mut() {
            Some((first, span)) if *first + *span == number => *span += 1,
            _ => stretches.push((number, 1)),
        }
    }
    stretches
}

/// Where something lies across the columns of a day.
fn columns(class: &'static str, first: usize, span: usize) -> Classes {
    classes!(class, format!("from-{first}"), format!("span-{span}"))
}

struct OneDay<'a> {
    words: &'a Words,
    props: &'a DayBandProps,
    ranges: &'a [NodeRef],
    number: usize,
    hours: &'a [BandHour],
}

impl OneDay<'_> {
    fn draw(&self) -> Html {
        let words = self.words;
        let grid = format!("hours-{}", self.hours.len());
        let name = self.name();
        let picked = self.props.picked;
        let here = picked.day == self.number;
        let last = self.hours.len().saturating_sub(1);
        let hour = picked.hour.min(last);
        let onclick = {
            let pick = self.props.pick.clone();
            let picked = Picked { day: self.number, hour };
            Callback::from(move |_: MouseEvent| pick.emit(picked))
        };
        let stretch = |class: &'static str, holds: fn(&BandHour) -> bool| -> Html {
            let of = stretches(self.hours, holds).into_iter();
            of.map(|(first, span)| html! { <span class={columns(class, first, span)}></span> })
                .collect()
        };
        html! {
            <div class={classes!("band-day", here.then_some("here"))}>
                <h3 class="band-day-name">
                    <button type="button" aria-pressed={here.to_string()} {onclick}>
                        { words.sentence_case(&name) }
                    </button>
                </h3>
                { self.brackets(&grid) }
                <div class="chart">
                    <div class={classes!("layer", grid.clone())} aria-hidden="true">
                        { stretch("night", |hour| hour.night) }
                    </div>
                    <div class={classes!("layer", "runs", grid.clone())} aria-hidden="true">
                        { for runs(self.hours).iter().map(|run| run_drawn(words, run)) }
                    </div>
                    <div class={classes!("layer", "marks", grid.clone())} aria-hidden="true">
                        { stretch("past", |hour| hour.past) }
                        { stretch("now", |hour| hour.now) }
                        if here && !self.hours.get(hour).is_some_and(|hour| hour.now) {
                            <span class={columns("cursor", hour, 1)}></span>
                        }
                    </div>
                    { self.range(hour, last, &name) }
                </div>
                <div class={classes!("axis", grid)} aria-hidden="true">
                    { for MARKED.iter().filter_map(|mark| self.mark(*mark)) }
                </div>
            </div>
        }
    }

    fn name(&self) -> String {
        self.props.hours.days().get(self.number).map(|day| day.name.clone()).unwrap_or_default()
    }

    fn mark(&self, number: usize) -> Option<Html> {
        let hour = self.hours.get(number)?;
        Some(html! {
            <span class={columns("tick", number, MARKED[1])}>{ &hour.time }</span>
        })
    }

    /// The slider that lies over the day: arrows and pointers move it, and screen readers say it.
    fn range(&self, hour: usize, last: usize, name: &str) -> Html {
        let words = self.words;
        let day = self.number;
        let pick = self.props.pick.clone();
        let chosen = move |input: HtmlInputElement| {
            if let Ok(hour) = input.value().parse() {
                pick.emit(Picked { day, hour });
            }
        };
        let oninput = {
            let chosen = chosen.clone();
            Callback::from(move |event: InputEvent| chosen(event.target_unchecked_into()))
        };
        // The day may be another while the hour is the same: then nothing is "input".
        let onclick =
            Callback::from(move |event: MouseEvent| chosen(event.target_unchecked_into()));
        let onkeydown = self.onkeydown(hour, last);
        let text = self.hours.get(hour).map(|hour| spoken(words, name, hour)).unwrap_or_default();
        let label = words.format("band-hours-of", [("day", name.into())]);
        html! {
            <input
                ref={self.ranges.get(day).cloned().unwrap_or_default()}
                class={classes!("hours", format!("of-{}", self.hours.len()))}
                type="range" min="0" max={last.to_string()} step="1" value={hour.to_string()}
                aria-label={label} aria-valuetext={text}
                {oninput} {onclick} {onkeydown}
            />
        }
    }

    /// Arrows go on over midnight; page keys go by days.
    fn onkeydown(&self, hour: usize, last: usize) -> Callback<KeyboardEvent> {
        let day = self.number;
        let lengths: Vec<usize> = self.props.hours.band().days.iter().map(Vec::len).collect();
        let pick = self.props.pick.clone();
        let ranges = self.ranges.to_vec();
        Callback::from(move |event: KeyboardEvent| {
            let key = event.key();
            let before = || day.checked_sub(1);
            let after = || Some(day + 1).filter(|day| *day < lengths.len());
            let to = match key.as_str() {
                "ArrowLeft" | "ArrowDown" if hour == 0 => {
                    before().map(|day| (day, lengths[day].saturating_sub(1)))
                }
                "ArrowRight" | "ArrowUp" if hour == last => after().map(|day| (day, 0)),
                "PageUp" => after().map(|day| (day, hour)),
                "PageDown" => before().map(|day| (day, hour)),
                _ => return,
            };
            event.prevent_default();
            if let Some((day, hour)) = to {
                pick.emit(Picked { day, hour });
                if let Some(range) = ranges.get(day).and_then(NodeRef::cast::<HtmlInputElement>) {
                    // A slider that is on the screen takes the focus.
                    let _ = range.focus();
                }
            }
        })
    }

    fn brackets(&self, grid: &str) -> Html {
        let offset: usize = self.props.hours.band().days[..self.number].iter().map(Vec::len).sum();
        let end = offset + self.hours.len();
        let here: Vec<_> = (self.props.hours.band().episodes.iter())
            .filter(|episode| episode.first < end && episode.last >= offset)
            .collect();
        if here.is_empty() {
            return html! { <div class="brackets"></div> };
        }
        let bracket = |episode: &BandEpisode| {
            let first = episode.first.max(offset) - offset;
            let last = episode.last.min(end - 1) - offset;
            let mut class = columns("bracket", first, last - first + 1);
            if episode.first < offset {
                class.push("from-before");
            }
            if episode.last >= end {
                class.push("goes-on");
            }
            if first > self.hours.len() / 2 {
                class.push("late");
            }
            let headline = self.words.sentence_case(&episode.headline);
            html! {
                <li {class}>
                    if let Some(alert) = episode.alert {
                        <a href={View::Alert(alert).address()}>{ headline }</a>
                    } else {
                        <span>{ headline }</span>
                    }
                </li>
            }
        };
        html! {
            <ul class={classes!("brackets", grid.to_owned())} aria-label={self.words.get("band-episodes")}>
                { for here.into_iter().map(bracket) }
            </ul>
        }
    }
}

/// Hours of which the same is known, as a stack of the segments of the scale.
fn run_drawn(words: &Words, run: &Run<'_>) -> Html {
    let class = columns("run", run.first, run.span);
    let Some(worst) = run.worst else {
        if !run.unknown {
            return html! { <span class={classes!(class)}></span> };
        }
        return html! {
            <span class={classes!(class, "unknown")}>
                <span class="run-label">
                    if run.span > 5 { { words.get("band-unknown") } }
                </span>
                <span class="stack"></span>
            </span>
        };
    };
    let label = match (run.span, worst.scale.rank(worst.level)) {
        (0..=2, _) => String::new(),
        (3..=5, Some(_)) if number_beside(worst.metric).is_some() => String::new(),
        (3..=5, Some(rank)) => rank.to_string(),
        (6..=11, _) | (_, None) => worst.label.clone(),
        (_, Some(_)) => format!("{} · {}", words.sentence_case(&worst.name), worst.label),
    };
    html! {
        <span class={classes!(
            class,
            worst.estimated.then_some("estimated"),
            worst.matters.then_some("matters"),
            run.unknown.then_some("partly"),
        )}>
            <span class="run-label">
                if worst.scale.rank(worst.level).is_none() {
                    { glyph(worst.scale, Some(worst.level), Finish::Solid) }
                }
                { if worst.estimated && run.span > 2 { "≈ " } else { "" } }{ label }
            </span>
            { stack(worst) }
        </span>
    }
}

fn stack(worst: &BandLevel) -> Html {
    let levels = worst.scale.levels();
    let rank = worst.scale.rank(worst.level);
    // An event has no rank: it takes the whole height, in its own pattern.
    let filled = rank.unwrap_or(levels);
    let colour = worst.scale.colour(worst.level).unwrap_or("none");
    let top = (levels - filled) * 10;
    let line = |level: u8| format!("M0 {0}H10", u16::from(level) * 10);
    let within: String = (levels - filled + 1..levels).map(line).collect();
    let above: String = (0..levels - filled).map(line).collect();
    let (fill, edge) = if worst.estimated { ("none", colour) } else { (colour, "none") };
    html! {
        <svg
            class={classes!("stack", rank.is_none().then_some("event"))}
            viewBox={format!("0 0 10 {}", u16::from(levels) * 10)}
            preserveAspectRatio="none" aria-hidden="true" focusable="false"
        >
            <path class="above" d={above} />
            <rect
                class="level-fill" x="0" y={top.to_string()} width="10"
                height={(filled * 10).to_string()} {fill}
            />
            if worst.estimated {
                <rect
                    class="level-edge" x="0" y={top.to_string()} width="10"
                    height={(filled * 10).to_string()} fill="none" stroke={edge}
                />
            }
            <path class="within" d={within} />
            <rect
                class="level-outline" x="0" y={top.to_string()} width="10"
                height={(filled * 10).to_string()} fill="none" stroke="currentColor"
            />
        </svg>
    }
}

/// "air: Moderate, 3 of 6, reaches an alert limit, not known: pollen".
fn in_words(words: &Words, hour: &BandHour) -> String {
    let Some(worst) = &hour.worst else { return unknown(words, hour) };
    let level = match worst.scale.rank(worst.level) {
        Some(rank) => words.format(
            "band-level",
            [
                ("metric", worst.name.as_str().into()),
                ("label", worst.label.as_str().into()),
                ("level", rank.into()),
                ("levels", worst.scale.levels().into()),
            ],
        ),
        None => words.format(
            "band-event",
            [("metric", worst.name.as_str().into()), ("label", worst.label.as_str().into())],
        ),
    };
    let estimate =
        if worst.estimated { format!(", {}", words.get("estimate")) } else { String::new() };
    format!("{level}{estimate}{}", notes(words, hour, worst))
}

/// What is said behind a level: whether it is the day's, that it reaches a limit, and what is not
/// known beside it.
fn notes(words: &Words, hour: &BandHour, worst: &BandLevel) -> String {
    let highest = worst.highest.then(|| words.get("band-highest"));
    let matters = worst.matters.then(|| words.get("band-matters"));
    let unknown = (!hour.unknown.is_empty()).then(|| unknown(words, hour));
    [highest, matters, unknown].into_iter().flatten().map(|note| format!(", {note}")).collect()
}

fn unknown(words: &Words, hour: &BandHour) -> String {
    if hour.unknown.is_empty() {
        return words.get(if hour.night { "band-night" } else { "band-unknown" });
    }
    words.format("band-not-known", [("what", hour.unknown.join(", ").into())])
}

/// "14:00 (now)".
fn time(words: &Words, hour: &BandHour) -> String {
    let now = if hour.now { format!(" ({})", words.get("now")) } else { String::new() };
    format!("{}{now}", hour.time)
}

fn spoken(words: &Words, day: &str, hour: &BandHour) -> String {
    format!("{day} {} – {}", time(words, hour), in_words(words, hour))
}

/// The chosen hour in words, above the band.
fn readout(words: &Words, props: &DayBandProps) -> Html {
    let Picked { day, hour } = props.picked;
    let name = props.hours.days().get(day).map(|day| day.name.as_str()).unwrap_or_default();
    let Some(hour) = props.hours.band().days.get(day).and_then(|hours| hours.get(hour)) else {
        return Html::default();
    };
    html! {
        <>
            <strong>{ words.sentence_case(name) }{ " " }{ time(words, hour) }</strong>
            { " " }{ words.sentence_case(&in_words(words, hour)) }
        </>
    }
}

fn tables(words: &Words, props: &DayBandProps) -> Html {
    let table = |(number, hours): (usize, &Vec<BandHour>)| {
        let name = props.hours.days().get(number).map(|day| day.name.as_str()).unwrap_or_default();
        html! {
            <table>
                <caption>{ words.sentence_case(name) }</caption>
                <thead>
                    <tr>
                        <th scope="col">{ words.get("table-hour") }</th>
                        <th scope="col">{ words.get("table-metric") }</th>
                        <th scope="col">{ words.get("table-level") }</th>
                    </tr>
                </thead>
                <tbody>{ for hours.iter().map(|hour| row(words, hour)) }</tbody>
            </table>
        }
    };
    props.hours.band().days.iter().enumerate().map(table).collect()
}

fn row(words: &Words, hour: &BandHour) -> Html {
    let (metric, level) = match &hour.worst {
        Some(worst) => {
            let level = html! {
                <>
                    if worst.estimated {
                        { about(words) }{ " " }
                    }
                    { level_of(words, worst) }{ notes(words, hour, worst) }
                </>
            };
            (words.sentence_case(&worst.name), level)
        }
        None => ("–".to_owned(), unknown(words, hour).into()),
    };
    html! {
        <tr class={hour.now.then_some("now")}>
            <th scope="row">{ time(words, hour) }</th>
            <td>{ metric }</td>
            <td>{ level }</td>
        </tr>
    }
}

fn level_of(words: &Words, worst: &BandLevel) -> String {
    match worst.scale.rank(worst.level) {
        Some(rank) => {
            let args = [("level", rank.into()), ("levels", worst.scale.levels().into())];
            format!("{} ({})", worst.label, words.format("level-of", args))
        }
        None => worst.label.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{answer, markup, overview};

    async fn drawn(change: fn(&mut Band)) -> String {
        markup(move |_| {
            let mut overview = overview();
            change(&mut overview.places[0].people[0].band);
            let hours = Hours::of(&Shared::new(overview), PlaceId(1), PersonId(2));
            let hours = hours.expect("a place of this person");
            html! {
                <DayBand
                    {hours} label="Hours" picked={Picked { day: 0, hour: 14 }}
                    pick={Callback::noop()}
                />
            }
        })
        .await
    }

    #[test]
    fn hours_of_which_the_same_is_known_are_one_run() {
        let band = answer(1).band;
        let lengths: Vec<_> = runs(&band.days[0]).iter().map(|run| run.span).collect();
        assert_eq!(lengths.iter().sum::<usize>(), band.days[0].len());
        assert!(lengths.len() < band.days[0].len());
    }

    #[tokio::test]
    async fn an_hour_is_said_with_its_metric_and_level() {
        let markup = drawn(|_| ()).await;
        assert!(
            markup.contains("aria-valuetext=\"today 14:00 – air: Moderate, 3 of 6"),
            "{markup}"
        );
    }

    #[tokio::test]
    async fn what_is_not_known_beside_a_level_is_said_and_drawn_on_its_hours_alone() {
        let markup = drawn(|band| {
            for hour in &mut band.days[0][14..17] {
                hour.unknown = vec!["birch pollen".to_owned(), "UV".to_owned()];
            }
        })
        .await;
        let said = "reaches an alert limit, not known: birch pollen, UV";
        assert!(markup.contains(&format!("3 of 6, {said}\"")), "{markup}");
        assert_eq!(markup.matches(&format!("(3 of 6), {said}</td>")).count(), 3);
        assert_eq!(markup.matches("matters partly").count(), 1);
        assert!(markup.contains("from-14 span-3"));
    }

    #[tokio::test]
    async fn an_hour_of_which_nothing_is_known_says_what_of() {
        let markup = drawn(|band| {
            band.days[0][14].worst = None;
            band.days[0][14].unknown = vec!["air".to_owned()];
        })
        .await;
        assert!(markup.contains("today 14:00 – not known: air"), "{markup}");
        assert!(!markup.contains("partly"));
    }

    #[tokio::test]
    async fn a_night_in_which_nothing_counts_is_not_drawn_as_unknown() {
        let markup = drawn(|band| {
            for hour in &mut band.days[0][21..] {
                (hour.worst, hour.night) = (None, true);
            }
        })
        .await;
        assert!(markup.contains("<td>night</td>") && !markup.contains("unknown"), "{markup}");
    }

    #[tokio::test]
    async fn the_table_says_what_the_drawing_shows() {
        let markup = drawn(|band| {
            let now = &mut band.days[0][16];
            now.worst.as_mut().expect("a level").estimated = true;
        })
        .await;
        assert!(markup.contains("16:00 (now)</th>"), "{markup}");
        assert_eq!(markup.matches("estimate </span> Moderate (3 of 6), reaches").count(), 1);
    }

    #[tokio::test]
    async fn the_highest_of_a_day_is_said_to_be_that() {
        let markup = drawn(|band| {
            band.days[0][14].worst.as_mut().expect("a level").highest = true;
        })
        .await;
        assert_eq!(markup.matches("(3 of 6), highest of the day, reaches").count(), 1, "{markup}");
    }

    #[tokio::test]
    async fn a_short_stretch_of_uv_has_no_number_that_looks_like_the_index() {
        let markup = drawn(|band| {
            for hour in &mut band.days[0][10..14] {
                let worst = hour.worst.as_mut().expect("a level");
                worst.metric = ecosante_domain::metric::Metric::Uv;
                worst.level = 4;
            }
        })
        .await;
        assert!(!markup.contains("class=\"run-label\">4</span>"), "{markup}");
    }

    #[tokio::test]
    async fn an_unknown_hour_is_dashed_and_has_no_colour() {
        let markup = drawn(|band| {
            for hour in band.days.iter_mut().flatten() {
                hour.worst = None;
            }
        })
        .await;
        assert!(markup.contains("unknown") && !markup.contains("level-fill"));
        assert!(!markup.contains("fill=\"#"), "{markup}");
    }

    #[tokio::test]
    async fn every_hour_stands_in_the_table_also_on_a_day_of_25() {
        let markup = drawn(|band| {
            let again = band.days[0][2].clone();
            band.days[0].insert(3, again);
        })
        .await;
        assert!(markup.contains("hours-25"));
        assert_eq!(markup.matches("scope=\"row\"").count(), 49);
    }

    #[tokio::test]
    async fn an_episode_is_a_link_to_its_alert() {
        let markup = drawn(|_| ()).await;
        assert!(markup.contains("href=\"#/alerts/7\""), "{markup}");
        assert!(markup.contains("Moderate air"));
    }
}
