//! Today: the answer, then the reason, then the data.

use ecosante_domain::metric::Metric;
use ecosante_domain::place::PlaceId;
use ecosante_domain::window::{
    Answer, BandLevel, Day, DayAhead, Overview, PlaceToday, Tile, Verdict,
};
use yew::prelude::*;

use crate::components::advice;
use crate::components::band::{DayBand, Hours, present};
use crate::components::glyph::{Finish, glyph, level, number_beside};
use crate::components::icon::{Icon, icon};
use crate::components::reading::{fact, tile};
use crate::content::sentence;
use crate::focus::{focus, use_change};
use crate::local::Shared;
use crate::shortcuts;
use crate::state::{Action, Picked, State, Step, View, Window, use_window};
use crate::swipe::{Side, use_swipe};
use crate::words::{Words, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct TodayProps {
    pub(crate) overview: Shared<Overview>,
}

/// The screen.
#[component]
pub(crate) fn Today(props: &TodayProps) -> Html {
    let words = use_words();
    let window = use_window();
    let overview = &props.overview;
    // The button that was pressed is gone: what it showed is read instead.
    use_change(window.person, |_| focus(&[".answer:not(.compact) .sentence"]));
    let (ontouchstart, ontouchend) = {
        let (window, overview) = (window.clone(), overview.clone());
        use_swipe(move |side| {
            if let Some(id) = beside(&window, &overview, side) {
                window.dispatch(Action::Place(id));
            }
        })
    };
    let Some(place) = window.place(overview) else {
        return no_place(&words);
    };
    let troubles = [
        overview.offline.clone(),
        overview.trouble.clone(),
        window.not_renewed.as_ref().map(|error| sentence(&words, error)),
    ];
    html! {
        <div class="today">
            { for troubles.into_iter().flatten().map(|trouble| html! {
                <p class="offline">{ icon(Icon::Warning) }<span>{ trouble }</span></p>
            }) }
            if overview.places.len() > 1 {
                { switcher(&words, &window, overview, place) }
            }
            <div
                id="place" class="place" {ontouchstart} {ontouchend} role={(overview.places.len() > 1).then_some("tabpanel")}
                aria-labelledby={(overview.places.len() > 1).then(|| tab_id(place))}
            >
                { at_place(&words, &window, overview, place) }
            </div>
            { foot(&words, &window, overview) }
        </div>
    }
}

/// The place before or after the one that is shown; none beyond the ends.
fn beside(window: &State, overview: &Overview, side: Side) -> Option<PlaceId> {
    let here = window.place(overview)?;
    let at = overview.places.iter().position(|place| place.id == here.id)?;
    let to = match side {
        Side::Before => at.checked_sub(1)?,
        Side::After => at + 1,
    };
    overview.places.get(to).map(|place| place.id)
}

fn no_place(words: &Words) -> Html {
    html! {
        <div class="empty">
            <h1 class="page-heading" tabindex="-1">{ words.get("no-place-title") }</h1>
            <p class="lead">{ words.get("no-place-text") }</p>
            <a class="button primary" href={View::Welcome(Step::Where).address()}>
                { words.get("no-place-action") }
            </a>
        </div>
    }
}

fn tab_id(place: &PlaceToday) -> String {
    format!("place-{}", place.id.0)
}

/// The saved places as tabs: left and right go from one to the next.
fn switcher(words: &Words, window: &Window, overview: &Overview, here: &PlaceToday) -> Html {
    let ids: Vec<_> = overview.places.iter().map(|place| place.id).collect();
    let onkeydown = {
        let dispatch = window.dispatcher();
        let at = ids.iter().position(|id| *id == here.id).unwrap_or(0);
        Callback::from(move |event: KeyboardEvent| {
            let to = match event.key().as_str() {
                "ArrowRight" => (at + 1) % ids.len(),
                "ArrowLeft" => (at + ids.len() - 1) % ids.len(),
                "Home" => 0,
                "End" => ids.len() - 1,
                _ => return,
            };
            event.prevent_default();
            dispatch.dispatch(Action::Place(ids[to]));
            focus(&[&format!("#place-{}", ids[to].0)]);
        })
    };
    let tab = |place: &PlaceToday| {
        let selected = place.id == here.id;
        let onclick = {
            let (dispatch, id) = (window.dispatcher(), place.id);
            Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Place(id)))
        };
        let above = place.people.iter().any(|answer| answer.verdict == Verdict::Above);
        html! {
            <button
                type="button" role="tab" id={tab_id(place)} aria-controls="place"
                aria-selected={selected.to_string()} tabindex={if selected { "0" } else { "-1" }}
                {onclick}
            >
                { &place.name }
                if above {
                    <span class="flag" aria-hidden="true"></span>
                    <span class="visually-hidden">{ format!(" – {}", words.get("tab-above")) }</span>
                }
            </button>
        }
    };
    html! {
        <div class="tabs" role="tablist" aria-label={words.get("places")} {onkeydown}>
            { for overview.places.iter().map(tab) }
        </div>
    }
}

fn at_place(
    words: &Words,
    window: &Window,
    overview: &Shared<Overview>,
    place: &PlaceToday,
) -> Html {
    let shown = window.answer(place);
    let several = place.people.len() > 1;
    let person = |answer: &Answer| {
        let here = shown.is_some_and(|shown| shown.person == answer.person);
        let show = {
            let (dispatch, person) = (window.dispatcher(), answer.person);
            Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Person(person)))
        };
        let block =
            if here { opening(words, answer, several) } else { compact(words, answer, &show) };
        html! { <li key={answer.person.0}>{ block }</li> }
    };
    html! {
        <>
            <h1 class="page-heading place-heading" tabindex="-1">
                <span class="place-name">{ &place.name }</span>
                <span class="moment">{ &place.moment }</span>
            </h1>
            if place.people.is_empty() {
                <p class="lead">{ words.get("nobody-here") }</p>
            }
            <ul class="answers">{ for place.people.iter().map(person) }</ul>
            if let Some(answer) = shown {
                if let Some(of) = Hours::of(overview, place.id, answer.person) {
                    { hours(words, window, of, answer) }
                }
                { because(words, Some(window), answer, View::Why(place.id, answer.person, None)) }
            }
            { indices(words, window, place, shown) }
            if !place.slow.is_empty() {
                <section class="indices" aria-labelledby="slow">
                    <h2 id="slow" class="section-title">{ words.get("slow-title") }</h2>
                    <div class="tiles">{ for place.slow.iter().map(|line| fact(words, line)) }</div>
                </section>
            }
        </>
    }
}

fn name(words: &Words, answer: &Answer) -> String {
    answer.name.clone().unwrap_or_else(|| words.sentence_case(&words.get("you-name")))
}

/// The answer for the person whose day is shown, before everything else.
fn opening(words: &Words, answer: &Answer, several: bool) -> Html {
    html! {
        <article class={classes!("answer", "opening", verdict_class(answer.verdict))}>
            <div>
                if several {
                    <p class="who">{ name(words, answer) }</p>
                }
                <h2 class="sentence" tabindex="-1">{ &answer.sentence }</h2>
                { worst(words, answer) }
            </div>
            { ahead(words, answer) }
        </article>
    }
}

/// How the days after today stand for them.
fn ahead(words: &Words, answer: &Answer) -> Html {
    if answer.ahead.is_empty() {
        return Html::default();
    }
    let day = |day: &DayAhead| {
        html! {
            <li class={classes!("day-ahead", verdict_class(day.verdict))}>
                <h3 class="section-name">{ words.sentence_case(&day.name) }</h3>
                <p>
                    if let Some(worst) = &day.worst {
                        { glyph(worst.scale, Some(worst.level), finish(worst)) }
                    }
                    <span>{ words.sentence_case(&day.text) }</span>
                </p>
            </li>
        }
    };
    html! {
        <section class="days-after" aria-label={words.get("ahead-title")}>
            <ul>{ for answer.ahead.iter().map(day) }</ul>
        </section>
    }
}

/// Why the answer is what it is, what is not known, and what to do.
pub(crate) fn because(words: &Words, window: Option<&Window>, answer: &Answer, why: View) -> Html {
    let by = window.map(|window| (window, answer.person));
    html! {
        <div class="because">
            <section>
                <h2 class="section-title">
                    { match &answer.name {
                        Some(name) => words.format("why-name", [("name", name.as_str().into())]),
                        None => words.get("why-you"),
                    } }
                </h2>
                { for answer.why.iter().map(|why| html! { <p>{ why }</p> }) }
                if answer.why.is_empty() && matches!(answer.verdict, Verdict::Below | Verdict::Partly) {
                    <p>{ words.get("why-none-reached") }</p>
                }
                if !answer.missing.is_empty() {
                    <div class="missing">
                        <h3 class="section-name">{ words.get("not-known") }</h3>
                        <ul>{ for answer.missing.iter().map(|it| html! { <li>{ it }</li> }) }</ul>
                    </div>
                }
                <p class="why-or-not"><a href={why.address()}>{ words.get("why-or-not") }</a></p>
            </section>
            if let [first, further @ ..] = answer.advice.as_slice() {
                <section class="todo">
                    <h2 class="section-title">{ words.get("what-to-do") }</h2>
                    { advice(words, first, "first", by) }
                    { for further.iter().map(|piece| advice(words, piece, "further", by)) }
                </section>
            }
        </div>
    }
}

fn verdict_class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Below => "below",
        Verdict::Partly => "partly",
        Verdict::Unknown => "unknown",
        Verdict::Ahead => "ahead",
        Verdict::Above => "above",
    }
}

/// The level that the sentence begins with.
fn worst(words: &Words, answer: &Answer) -> Html {
    let Some(worst) = &answer.worst else { return Html::default() };
    html! {
        <p class="worst">
            <span class="worst-name">{ words.sentence_case(&worst.name) }</span>
            { level(
                words, worst.scale, Some(worst.level), &worst.label, number_beside(worst.metric),
                finish(worst),
            ) }
        </p>
    }
}

fn finish(level: &BandLevel) -> Finish {
    if level.estimated { Finish::Outlined } else { Finish::Solid }
}

/// A person whose day is not the one shown: the sentence, and the way to the rest.
fn compact(words: &Words, answer: &Answer, show: &Callback<MouseEvent>) -> Html {
    html! {
        <article class={classes!("answer", "compact", verdict_class(answer.verdict))}>
            <div>
                <p class="who">{ name(words, answer) }</p>
                <h2 class="sentence">{ &answer.sentence }</h2>
            </div>
            <button type="button" class="button" onclick={show.clone()}>
                { match &answer.name {
                    Some(name) => words.format("show-day-of", [("name", name.as_str().into())]),
                    None => words.get("show-my-day"),
                } }
            </button>
        </article>
    }
}

fn hours(words: &Words, window: &Window, of: Hours, answer: &Answer) -> Html {
    if answer.band.days.is_empty() {
        return Html::default();
    }
    let pick = {
        let dispatch = window.dispatcher();
        Callback::from(move |picked| dispatch.dispatch(Action::Pick(picked)))
    };
    let title = match &answer.name {
        Some(name) => words.format("hours-of", [("name", name.as_str().into())]),
        None => words.get("hours-yours"),
    };
    html! {
        <div class="hours-section">
            <h2 class="section-title">{ title.clone() }</h2>
            <DayBand
                hours={of} label={title}
                picked={picked(window, answer)} {pick}
            />
        </div>
    }
}

/// The chosen hour, as far as it is there.
fn picked(window: &State, answer: &Answer) -> Picked {
    window
        .picked
        .filter(|picked| {
            answer.band.days.get(picked.day).is_some_and(|hours| picked.hour < hours.len())
        })
        .unwrap_or_else(|| present(&answer.band))
}

fn indices(words: &Words, window: &State, place: &PlaceToday, answer: Option<&Answer>) -> Html {
    let number = answer.map_or(0, |answer| picked(window, answer).day);
    let Some(day) = place.days.get(number).or_else(|| place.days.first()) else {
        return Html::default();
    };
    let later = place.days.get(number + 1..).unwrap_or_default();
    tiles(words, place.id, day, later)
}

/// The indices of a day, each with how it goes on.
fn tiles(words: &Words, place: PlaceId, day: &Day, later: &[Day]) -> Html {
    let drawn = |it: &Tile| {
        let same = |day: &'_ Day| -> Option<usize> {
            day.tiles.iter().position(|tile| tile.line.name == it.line.name)
        };
        let after: Vec<_> = later
            .iter()
            .filter_map(|day| Some((day.name.as_str(), &day.tiles.get(same(day)?)?.line)))
            .collect();
        tile(words, place, it, &after)
    };
    html! {
        <section class="indices" aria-labelledby="indices">
            <h2 id="indices" class="section-title">
                { words.format("indices-of", [("day", day.name.as_str().into())]) }
            </h2>
            if day.tiles.is_empty() {
                <p class="meta">{ words.get("indices-none") }</p>
            }
            <div class="tiles">{ for day.tiles.iter().map(drawn) }</div>
            if let Some(calm) = &day.calm {
                <p class="calm">{ calm }</p>
            }
            <p class="buttons">
                <a class="button" href={View::History(place, Metric::Air).address()}>
                    { words.get("history-title") }
                </a>
            </p>
        </section>
    }
}

fn foot(words: &Words, window: &Window, overview: &Overview) -> Html {
    let refreshing = window.is_refreshing(overview);
    let onclick = {
        let window = window.clone();
        Callback::from(move |_: MouseEvent| shortcuts::check(&window))
    };
    let asking = window.asking.as_ref().and_then(|asking| asking.asking.clone());
    let state = match asking {
        Some(asking) if refreshing => words.format("asking", [("source", asking.into())]),
        _ if refreshing => words.get("refresh-running"),
        _ => overview.checked.clone(),
    };
    let troubled = overview.sources.iter().filter(|source| !source.ok).count();
    html! {
        <section class="foot" aria-label={words.get("sources")}>
            <div class="checked">
                <p class="meta">{ state }</p>
                <button
                    type="button" class="button" aria-disabled={refreshing.to_string()}
                    onclick={(!refreshing).then_some(onclick)}
                >
                    { icon(Icon::Refresh) }
                    { words.get("refresh") }
                </button>
            </div>
            <p class="note">{ window.outcome(words) }</p>
            <details class="sources">
                <summary>
                    { words.get("sources") }
                    if troubled > 0 {
                        <span class="meta">
                            { " – " }{ words.format("sources-troubled", [("count", troubled.into())]) }
                        </span>
                    }
                </summary>
                <ul>
                    { for overview.sources.iter().map(|source| html! {
                        <li class={classes!("source-line", (!source.ok).then_some("troubled"))}>
                            <strong>{ &source.name }</strong>
                            <span>{ words.sentence_case(&source.state) }</span>
                        </li>
                    }) }
                </ul>
            </details>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{advice as piece, answer, markup, overview};
    use ecosante_domain::metric::Metric;
    use ecosante_domain::scale::Scale;
    use ecosante_domain::window::BandHour;

    async fn today(change: fn(&mut Overview)) -> String {
        markup(move |_| {
            let mut overview = overview();
            change(&mut overview);
            html! { <Today overview={Shared::new(overview)} /> }
        })
        .await
    }

    #[tokio::test]
    async fn the_answer_comes_before_the_hours_the_reason_the_advice_and_the_figures() {
        let markup = today(|_| ()).await;
        let at = |text: &str| markup.find(text).unwrap_or_else(|| panic!("{text} in {markup}"));
        let order = [
            "class=\"sentence\"",
            "class=\"days-after\"",
            "class=\"band\"",
            "Your limit for asthma",
            "slow down.",
            "id=\"indices\"",
        ];
        assert!(order.windows(2).all(|pair| at(pair[0]) < at(pair[1])), "{markup}");
    }

    #[tokio::test]
    async fn advice_names_its_source_as_a_link_to_the_browser() {
        let markup = markup(|words| advice(words, &piece(), "first", None)).await;
        assert!(markup.contains(
            "href=\"https://airindex.eea.europa.eu/\" target=\"_blank\" rel=\"noopener\""
        ));
    }

    #[tokio::test]
    async fn what_came_of_a_piece_of_advice_can_be_said_by_whom_it_was_given_to() {
        let markup = today(|_| ()).await;
        // By the one whose day is shown; the others have the way to theirs.
        assert_eq!(markup.matches(">Done</button>").count(), 1, "{markup}");
        assert_eq!(markup.matches(">Useful</button>").count(), 1);
        let named = format!("role=\"group\" aria-label=\"{}\"", piece().text);
        assert!(markup.contains(&named), "{markup}");
    }

    #[tokio::test]
    async fn of_several_people_one_has_the_band_and_the_others_a_way_to_theirs() {
        let markup = today(|_| ()).await;
        assert_eq!(markup.matches("class=\"band\"").count(), 1);
        assert!(markup.contains("Hour by hour for Person 2"), "{markup}");
        assert!(markup.contains("Show my day"));
    }

    #[tokio::test]
    async fn the_reason_leads_to_why_and_why_not() {
        let markup = today(|_| ()).await;
        assert!(markup.contains("href=\"#/why/1/2\""), "{markup}");
        assert_eq!(markup.matches("Why, or why not?").count(), 1, "{markup}");
    }

    #[tokio::test]
    async fn the_days_after_are_said_beside_the_answer_and_what_is_not_known_of_them_has_no_level()
    {
        let markup = today(|_| ()).await;
        let ahead = markup.split("class=\"days-after\"").nth(1).expect("it is there");
        let ahead = ahead.split("</section>").next().expect("it ends");
        assert_eq!(ahead.matches("class=\"day-ahead").count(), answer(1).ahead.len(), "{ahead}");
        let with_level = answer(1).ahead.iter().filter(|day| day.worst.is_some()).count();
        assert_eq!(ahead.matches("<svg").count(), with_level, "{ahead}");
    }

    #[tokio::test]
    async fn places_are_tabs_only_where_there_are_several() {
        assert!(!today(|_| ()).await.contains("tablist"));
        let markup = today(|overview| {
            let mut other = overview.places[0].clone();
            other.id = PlaceId(2);
            overview.places.push(other);
        })
        .await;
        assert_eq!(markup.matches("role=\"tab\"").count(), 2);
        assert_eq!(markup.matches("aria-selected=\"true\"").count(), 1);
    }

    #[tokio::test]
    async fn nothing_known_shows_no_colour_anywhere() {
        let markup = today(|overview| {
            let place = &mut overview.places[0];
            for answer in &mut place.people {
                answer.verdict = Verdict::Unknown;
                answer.advice.clear();
                answer.worst = None;
                answer.ahead.iter_mut().for_each(|day| day.worst = None);
                for hour in answer.band.days.iter_mut().flatten() {
                    *hour = BandHour { worst: None, ..hour.clone() };
                }
            }
            for day in &mut place.days {
                day.tiles = vec![Tile { line: crate::testing::air(None), parts: Vec::new() }];
            }
        })
        .await;
        assert!(!markup.contains("fill=\"#") && !markup.contains("stroke=\"#"), "{markup}");
    }

    #[tokio::test]
    async fn being_offline_is_said_once() {
        let markup = today(|overview| {
            overview.offline = Some("No source can be reached since 14:22.".to_owned());
        })
        .await;
        assert_eq!(markup.matches("No source can be reached").count(), 1);
    }

    #[tokio::test]
    async fn what_cannot_be_stored_is_said_once() {
        let markup =
            today(|overview| overview.trouble = Some("The disk is full.".to_owned())).await;
        assert_eq!(markup.matches("The disk is full.").count(), 1);
    }

    #[tokio::test]
    async fn a_uv_class_has_no_number_that_looks_like_the_index() {
        let markup = markup(|words| {
            let mut answer = answer(1);
            let shown = answer.worst.as_mut().expect("a limit is met");
            (shown.metric, shown.scale) = (Metric::Uv, Scale::UvWho);
            worst(words, &answer)
        })
        .await;
        assert!(!markup.contains("class=\"number\"") && markup.contains("3 of 5"), "{markup}");
    }

    #[tokio::test]
    async fn without_a_place_there_is_a_way_to_choose_one() {
        let markup = today(|overview| overview.places.clear()).await;
        assert!(markup.contains("#/welcome/1"));
    }
}
