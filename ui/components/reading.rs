//! What is known of an index: its level first, then what it is worth and where it comes from.

use ecosante_domain::knowledge::State;
use ecosante_domain::metric::{Hazard, Metric};
use ecosante_domain::place::PlaceId;
use ecosante_domain::reading::Basis;
use ecosante_domain::scale::scale_where;
use ecosante_domain::window::{LevelView, ReadingLine, Tile};
use yew::prelude::*;

use crate::components::glyph::{Finish, glyph, level, usual_scale};
use crate::components::icon::{Icon, icon};
use crate::state::View;
use crate::words::Words;

/// An index on a day, and how it goes on: the days after by their names.
pub(crate) fn tile(
    words: &Words,
    place: PlaceId,
    tile: &Tile,
    after: &[(&str, &ReadingLine)],
) -> Html {
    let line = &tile.line;
    html! {
        <article class={classes!("tile", is_missing(line).then_some("tile-missing"))}>
            <h3 class="tile-name">
                { icon(drawing(line.reading.metric)) }
                { words.sentence_case(&line.name) }
            </h3>
            { what_is_known(words, line) }
            if !after.is_empty() {
                <ul class="outlook">
                    { for after.iter().map(|(day, line)| html! {
                        <li>
                            <span class="meta">{ words.sentence_case(day) }</span>
                            { in_a_row(words, line) }
                        </li>
                    }) }
                </ul>
            }
            if !tile.parts.is_empty() {
                <details class="parts">
                    <summary>
                        { words.get("parts") }
                        <span class="visually-hidden">{ format!(" – {}", line.name) }</span>
                        <span class="count" aria-hidden="true">{ tile.parts.len() }</span>
                    </summary>
                    <ul>
                        { for tile.parts.iter().map(|part| html! { <li>{ part_line(words, part) }</li> }) }
                    </ul>
                </details>
            }
            <a class="tile-more" href={View::Index(place, line.reading.metric).address()}>
                { words.get("tile-more") }
                <span class="visually-hidden">{ format!(" – {}", line.name) }</span>
            </a>
        </article>
    }
}

/// What changes rarely: what is known of it, for when and by whom.
pub(crate) fn fact(words: &Words, line: &ReadingLine) -> Html {
    let missing = is_missing(line);
    let quote = line.figure.as_ref().filter(|_| !missing);
    html! {
        <article class={classes!("tile", missing.then_some("tile-missing"))}>
            <h3 class="tile-name">
                { icon(drawing(line.reading.metric)) }
                { words.sentence_case(&line.name) }
            </h3>
            if let Some(quote) = quote {
                <p class="quote">{ quote }</p>
            } else {
                <p class="tile-level">{ in_a_row(words, line) }</p>
            }
            if !line.target.is_empty() {
                <p class="meta">{ &line.target }</p>
            }
            if let Some(caveat) = &line.caveat {
                <p class="caveat">{ caveat }</p>
            }
            if !line.provenance.is_empty() {
                <p class="meta">{ words.sentence_case(&line.provenance) }</p>
            }
        </article>
    }
}

/// Whether there is neither a level nor, of what has none, a figure.
pub(crate) fn is_missing(line: &ReadingLine) -> bool {
    let has_value = matches!(line.reading.state, State::Current | State::Stale);
    !has_value || line.reading.level.is_none() && line.figure.is_none()
}

/// Everything that is known of a reading.
pub(crate) fn what_is_known(words: &Words, line: &ReadingLine) -> Html {
    let reading = &line.reading;
    let (_, figure) = number_and_figure(line);
    let has_level = reading.level.is_some();
    html! {
        <>
            <p class="tile-level">{ in_a_row(words, line) }</p>
            <p class="meta">{ kind(words, line, figure.filter(|_| has_level)) }</p>
            if let Some(caveat) = &line.caveat {
                <p class="caveat">{ words.sentence_case(caveat) }</p>
            }
            if !line.provenance.is_empty() {
                <p class="meta">{ words.sentence_case(&line.provenance) }</p>
            }
        </>
    }
}

/// "ATMO index · for today · official".
fn kind(words: &Words, line: &ReadingLine, figure: Option<String>) -> String {
    let basis = line.reading.basis.map(|basis| {
        words.get(match basis {
            Basis::Official => "kind-official",
            Basis::Forecast => "kind-forecast",
            Basis::Observed => "kind-observed",
            Basis::Estimated => "kind-estimated",
        })
    });
    let target = (!line.target.is_empty())
        .then(|| words.format("for-target", [("target", line.target.as_str().into())]));
    let scale = (!line.scale_name.is_empty()).then(|| line.scale_name.clone());
    let parts: Vec<String> = [scale, figure, target, basis].into_iter().flatten().collect();
    words.sentence_case(&parts.join(" · "))
}

/// The figure behind a UV level is the index itself, by which everybody knows it.
fn number_and_figure(line: &ReadingLine) -> (Option<String>, Option<String>) {
    if line.reading.metric == Metric::Uv {
        (line.figure.clone(), None)
    } else {
        (None, line.figure.clone())
    }
}

/// A value that is not there: dashed, with its state in words; the reason follows.
fn missing(words: &Words, reading: &LevelView) -> Html {
    // What has no levels has no segments to leave empty.
    let scale = reading.scale.or_else(|| scale_where(reading.metric, true));
    let state = words.get(match reading.state {
        State::NotCovered => "missing-not-covered",
        State::SourceFailed => "missing-source-failed",
        State::NotPublishedYet | State::Current | State::Stale => "missing-not-published",
    });
    html! {
        <span class="level">
            { for scale.map(|scale| glyph(scale, None, Finish::Dashed)) }
            <span class="level-words"><span class="label">{ state }</span></span>
        </span>
    }
}

/// What is known of a reading in one row: its level, else its figure, else that there is none.
pub(crate) fn in_a_row(words: &Words, line: &ReadingLine) -> Html {
    let reading = &line.reading;
    let finish = Finish::of(reading);
    let (number, figure) = number_and_figure(line);
    match (&reading.label, reading.level) {
        (Some(label), Some(_)) if finish != Finish::Dashed => {
            let scale = reading.scale.unwrap_or_else(|| usual_scale(reading.metric));
            level(words, scale, reading.level, label, number.as_deref(), finish)
        }
        _ if is_missing(line) => missing(words, reading),
        _ => html! { <span class="level"><span class="label">{ figure }</span></span> },
    }
}

/// A sub-index or a taxon in one row.
fn part_line(words: &Words, line: &ReadingLine) -> Html {
    let reading = &line.reading;
    let value = in_a_row(words, line);
    let figure = line.figure.clone();
    html! {
        <div class="part">
            <span class="part-name">{ words.sentence_case(&line.name) }</span>
            { value }
            if reading.level.is_some() {
                if let Some(figure) = figure {
                    <span class="meta">{ figure }</span>
                }
            }
            if let Some(caveat) = &line.caveat {
                <span class="meta">{ words.sentence_case(caveat) }</span>
            }
        </div>
    }
}

fn drawing(metric: Metric) -> Icon {
    match metric.hazard() {
        Hazard::Air => Icon::Wind,
        Hazard::Pollen => Icon::Flower,
        Hazard::Uv => Icon::Sun,
        Hazard::Weather if metric == Metric::ApparentTemperature => Icon::Thermometer,
        Hazard::Water => Icon::Drop,
        Hazard::Radon => Icon::House,
        Hazard::Episode | Hazard::Weather | Hazard::Combined => Icon::Warning,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{air, markup};
    use ecosante_domain::metric::Phenomenon;
    use ecosante_domain::scale::Scale;

    async fn drawn(line: ReadingLine) -> String {
        markup(move |words| {
            let shown = Tile { line: line.clone(), parts: Vec::new() };
            tile(words, PlaceId(1), &shown, &[])
        })
        .await
    }

    #[tokio::test]
    async fn a_missing_value_is_dashed_says_why_and_is_never_painted() {
        for (state, word) in [
            (State::NotPublishedYet, "Not published yet"),
            (State::SourceFailed, "No data"),
            (State::NotCovered, "Not covered here"),
        ] {
            let mut line = air(None);
            line.reading.state = state;
            line.caveat = Some("the reason".to_owned());
            let markup = drawn(line).await;
            assert!(markup.contains("dashed") && markup.contains(word), "{markup}");
            assert!(markup.contains("The reason"));
            assert!(!markup.contains("segment full"));
            for level in 1..=6 {
                assert!(!markup.contains(Scale::Atmo2021.colour(level).expect("a colour")));
            }
        }
    }

    #[tokio::test]
    async fn a_level_left_in_a_state_without_a_value_is_not_shown() {
        let mut line = air(Some(1));
        line.reading.state = State::SourceFailed;
        let markup = drawn(line).await;
        assert!(!markup.contains("segment full") && markup.contains("dashed"), "{markup}");
    }

    #[tokio::test]
    async fn an_estimate_is_outlined_and_says_why_it_stands_in() {
        let mut line = air(Some(3));
        line.reading.basis = Some(Basis::Estimated);
        line.caveat = Some("estimate, because Atmo France does not answer".to_owned());
        let markup = drawn(line).await;
        assert!(markup.contains("outlined") && markup.contains('≈'));
        assert!(markup.contains("Estimate, because Atmo France does not answer"));
    }

    #[tokio::test]
    async fn an_old_value_is_hatched_and_dated() {
        let mut line = air(Some(2));
        line.reading.state = State::Stale;
        line.target = "yesterday".to_owned();
        let markup = drawn(line).await;
        assert!(markup.contains("hatched") && markup.contains("for yesterday"), "{markup}");
    }

    #[tokio::test]
    async fn uv_is_said_by_its_index() {
        let mut line = air(Some(3));
        line.reading.metric = Metric::Uv;
        line.reading.scale = Some(Scale::UvWho);
        line.figure = Some("7".to_owned());
        let markup = drawn(line).await;
        assert!(markup.contains(">7</span>"), "{markup}");
        assert_eq!(markup.matches("segment full").count(), 3);
    }

    #[tokio::test]
    async fn what_came_over_the_network_is_text_and_never_markup() {
        let mut line = air(Some(2));
        line.provenance = "Atmo France, for <b>Lyon</b>".to_owned();
        let markup = drawn(line).await;
        assert!(markup.contains("&lt;b&gt;Lyon"), "{markup}");
    }

    #[tokio::test]
    async fn a_vigilance_has_four_segments_a_number_and_its_danger_in_words() {
        let mut line = air(Some(3));
        line.reading.metric = Metric::Vigilance(Phenomenon::Heat);
        line.reading.scale = Some(Scale::Vigilance);
        line.reading.label = Some("Orange: heat".to_owned());
        let markup = drawn(line).await;
        assert_eq!(markup.matches("segment full").count(), 3, "{markup}");
        assert_eq!(markup.matches("segment empty").count(), 1);
        assert!(markup.contains("Orange: heat") && markup.contains("3 of 4"));
    }

    #[tokio::test]
    async fn a_temperature_is_a_figure_without_segments_and_so_is_its_absence() {
        let mut line = air(None);
        line.reading = LevelView {
            metric: Metric::ApparentTemperature,
            scale: None,
            state: State::Current,
            ..line.reading
        };
        line.figure = Some("23 °C now".to_owned());
        let known = drawn(line.clone()).await;
        assert!(known.contains("23 °C now") && !known.contains("tile-missing"), "{known}");
        line.reading.state = State::SourceFailed;
        let missing = drawn(line).await;
        assert!(missing.contains("No data") && missing.contains("tile-missing"), "{missing}");
        assert!(!missing.contains("23 °C") && !missing.contains("segment"));
    }

    #[tokio::test]
    async fn water_is_quoted_with_its_date_and_its_absence_says_why() {
        let water = |figure: Option<&str>, caveat: Option<&str>, state| {
            let mut line = air(None);
            line.reading = LevelView { metric: Metric::Water, scale: None, state, ..line.reading };
            (line.name, line.target) = ("tap water".to_owned(), "Sample of 30 August".to_owned());
            line.figure = figure.map(str::to_owned);
            line.caveat = caveat.map(str::to_owned);
            markup(move |words| fact(words, &line))
        };
        let known = water(Some("“Eau conforme.”"), None, State::Current).await;
        assert!(known.contains("“Eau conforme.”") && known.contains("Sample of 30 August"));
        let missing = water(None, Some("The reason"), State::SourceFailed).await;
        assert!(missing.contains("tile-missing") && missing.contains("The reason"), "{missing}");
    }
}
