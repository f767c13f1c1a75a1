//! The one drawing of a level: a row of segments, as many as the scale has bands, filled up to it.

use ecosante_domain::knowledge::State;
use ecosante_domain::metric::Metric;
use ecosante_domain::reading::Basis;
use ecosante_domain::scale::{Scale, scale_where};
use ecosante_domain::window::LevelView;
use yew::prelude::*;

use crate::words::Words;

const WIDTH: u8 = 11;
const STEP: u8 = 13;
const HEIGHT: u8 = 15;

/// What a level is worth, as it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Finish {
    /// Published for its time.
    Solid,
    /// Computed by this app.
    Outlined,
    /// Past its time.
    Hatched,
    /// There is none.
    Dashed,
}

impl Finish {
    pub(crate) fn of(reading: &LevelView) -> Self {
        match reading.state {
            State::NotPublishedYet | State::SourceFailed | State::NotCovered => Self::Dashed,
            _ if reading.level.is_none() => Self::Dashed,
            State::Stale => Self::Hatched,
            State::Current if reading.basis == Some(Basis::Estimated) => Self::Outlined,
            State::Current => Self::Solid,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Solid => "solid",
            Self::Outlined => "outlined",
            Self::Hatched => "hatched",
            Self::Dashed => "dashed",
        }
    }
}

/// The scale on which a metric is said where no reading names one.
pub(crate) fn usual_scale(metric: Metric) -> Scale {
    scale_where(metric, true).unwrap_or(Scale::Atmo2021)
}

/// A level drawn; the words that stand beside it say the same.
pub(crate) fn glyph(scale: Scale, level: Option<u8>, finish: Finish) -> Html {
    let finish = if level.is_none() { Finish::Dashed } else { finish };
    let colour = level.and_then(|level| scale.colour(level));
    let rank = level.and_then(|level| scale.rank(level));
    let event = colour.is_some() && rank.is_none();
    let width = if event { 18 } else { scale.levels() * STEP - (STEP - WIDTH) + 2 };
    let view_box = format!("-1 -1 {width} {}", HEIGHT + 2);
    let body: Html = if event {
        event_mark(colour, finish)
    } else {
        (1..=scale.levels())
            .map(|segment| {
                let filled = rank.is_some_and(|rank| segment <= rank);
                let left = (segment - 1) * STEP;
                self::segment(left, if filled { colour } else { None }, finish)
            })
            .collect()
    };
    html! {
        <svg
            class={classes!("glyph", finish.class(), event.then_some("event"))}
            viewBox={view_box}
            width={width.to_string()}
            height={(HEIGHT + 2).to_string()}
            aria-hidden="true"
            focusable="false"
        >
            { body }
        </svg>
    }
}

fn segment(left: u8, colour: Option<&'static str>, finish: Finish) -> Html {
    let outline = |class: &'static str, fill: &'static str| {
        html! {
            <rect
                {class} {fill} stroke="currentColor"
                x={left.to_string()} y="0" width={WIDTH.to_string()} height={HEIGHT.to_string()}
            />
        }
    };
    match (colour, finish) {
        (_, Finish::Dashed) => outline("segment missing", "none"),
        (None, _) => outline("segment empty", "none"),
        (Some(colour), Finish::Solid) => outline("segment full", colour),
        (Some(colour), Finish::Outlined) => html! {
            <>
                <rect
                    class="segment inner" fill="none" stroke={colour} stroke-width="2"
                    x={format!("{}.5", left + 1)} y="1.5"
                    width={(WIDTH - 3).to_string()} height={(HEIGHT - 3).to_string()}
                />
                { outline("segment full", "none") }
            </>
        },
        (Some(colour), Finish::Hatched) => {
            let lines = format!("M{left} 7l7 -7M{left} 15l11 -11M{} 15l4 -4", left + WIDTH - 4);
            html! {
                <>
                    <path class="hatching" d={lines} stroke={colour} stroke-width="3" fill="none" />
                    { outline("segment full", "none") }
                </>
            }
        }
    }
}

/// An event has no rank, so nothing is filled "up to" it: a diamond stands alone.
fn event_mark(colour: Option<&'static str>, finish: Finish) -> Html {
    let fill = if finish == Finish::Solid { colour } else { None };
    html! {
        <>
            <path
                class="segment full" stroke="currentColor" fill={fill.unwrap_or("none")}
                d="M7 -0.5L14.5 7L7 14.5L-0.5 7Z"
            />
            <path class="event-sign" stroke="currentColor" d="M7 3.5V7.5M7 9.8V10.6" />
        </>
    }
}

/// What stands beside a level of this metric in place of its rank: nothing beside a UV class, which
/// would be taken for the index.
pub(crate) fn number_beside(metric: Metric) -> Option<&'static str> {
    (metric == Metric::Uv).then_some("")
}

/// "≈", which is heard as "estimate".
pub(crate) fn about(words: &Words) -> Html {
    html! {
        <>
            <span class="about" aria-hidden="true">{ "≈" }</span>
            <span class="visually-hidden">{ words.get("estimate") }{ " " }</span>
        </>
    }
}

/// A level with its drawing, its number and its word. Where no number is given, it is the rank,
/// which is heard as "3 of 6" instead.
pub(crate) fn level(
    words: &Words,
    scale: Scale,
    level: Option<u8>,
    label: &str,
    number: Option<&str>,
    finish: Finish,
) -> Html {
    let rank = level.and_then(|level| scale.rank(level));
    let unheard = number.is_none().then_some("true");
    let number = number.map(str::to_owned).or_else(|| rank.map(|rank| rank.to_string()));
    let of = rank.map(|rank| {
        words.format("level-of", [("level", rank.into()), ("levels", scale.levels().into())])
    });
    html! {
        <span class="level">
            { glyph(scale, level, finish) }
            <span class="level-words">
                if finish == Finish::Outlined {
                    { about(words) }
                }
                if let Some(number) = number.filter(|number| !number.is_empty()) {
                    <span class="number" aria-hidden={unheard}>{ number }</span>
                }
                <span class="label">{ label }</span>
                if let Some(of) = of {
                    <span class="visually-hidden">{ format!(" ({of})") }</span>
                }
            </span>
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::markup;
    use ecosante_domain::scale::EVENT;

    async fn drawn(scale: Scale, level: Option<u8>, finish: Finish) -> String {
        markup(move |_| glyph(scale, level, finish)).await
    }

    #[tokio::test]
    async fn a_glyph_has_as_many_segments_as_its_scale_has_bands() {
        for scale in Scale::ALL {
            for level in 1..=scale.levels() {
                let markup = drawn(scale, Some(level), Finish::Solid).await;
                let filled = markup.matches("segment full").count();
                let empty = markup.matches("segment empty").count();
                assert_eq!(filled, usize::from(level), "{scale} {level}");
                assert_eq!(filled + empty, usize::from(scale.levels()), "{scale} {level}");
                let colour = scale.colour(level).expect("a colour");
                assert_eq!(markup.matches(colour).count(), filled, "{scale} {level}");
            }
        }
    }

    #[tokio::test]
    async fn a_missing_level_is_dashed_and_has_no_colour() {
        for scale in Scale::ALL {
            let markup = drawn(scale, None, Finish::Solid).await;
            assert_eq!(markup.matches("segment missing").count(), usize::from(scale.levels()));
            assert!(!markup.contains('#'), "{markup}");
        }
    }

    #[tokio::test]
    async fn an_estimate_is_outlined_and_an_old_value_hatched_and_neither_is_filled() {
        let colour = Scale::Atmo2021.colour(3).expect("a colour");
        for (finish, class) in [(Finish::Outlined, "outlined"), (Finish::Hatched, "hatched")] {
            let markup = drawn(Scale::Atmo2021, Some(3), finish).await;
            assert!(markup.contains(class));
            assert!(markup.contains(&format!("stroke=\"{colour}\"")));
            assert!(!markup.contains(&format!("fill=\"{colour}\"")));
        }
    }

    #[tokio::test]
    async fn an_event_has_no_rank_and_a_mark_of_its_own() {
        let markup = drawn(Scale::Atmo2021, Some(EVENT), Finish::Solid).await;
        assert!(markup.contains("event-sign"));
        assert!(!markup.contains("<rect"));
    }

    #[tokio::test]
    async fn an_estimate_says_so_also_to_who_does_not_see_it() {
        let markup = markup(|words| {
            level(words, Scale::Atmo2021, Some(3), "Moderate", None, Finish::Outlined)
        })
        .await;
        assert!(markup.contains('≈') && markup.contains("estimate"));
    }

    #[tokio::test]
    async fn a_rank_is_heard_once_and_an_index_of_its_own_too() {
        let drawn = |number: Option<&'static str>| {
            markup(move |words| level(words, Scale::UvWho, Some(3), "High", number, Finish::Solid))
        };
        let rank = drawn(None).await;
        assert!(rank.contains("aria-hidden=\"true\" class=\"number\">3</span>"), "{rank}");
        assert!(drawn(Some("7")).await.contains("<span class=\"number\">7</span>"));
        assert!(!drawn(Some("")).await.contains("class=\"number\""));
    }
}
