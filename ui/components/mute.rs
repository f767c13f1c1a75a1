//! A way to hear nothing of an index for a while, and to hear of it again.

use ecosante_domain::mute::MuteFor;
use yew::prelude::*;

use crate::words::Words;

/// What stands in the way of alerts about `what`, or the ways to put it there.
pub(crate) fn mute(
    words: &Words,
    what: &str,
    muted: Option<&str>,
    set: &Callback<Option<MuteFor>>,
) -> Html {
    let button = |how: Option<MuteFor>| {
        let label = match how {
            Some(MuteFor::Day) => "mute-day",
            Some(MuteFor::Week) => "mute-week",
            Some(MuteFor::Season) => "mute-season",
            None => "mute-off",
        };
        html! {
            <button
                type="button" class="button quiet"
                onclick={set.reform(move |_: MouseEvent| how)}
            >
                { words.get(label) }
                <span class="visually-hidden">{ format!(" – {what}") }</span>
            </button>
        }
    };
    html! {
        <div class="mute">
            if let Some(muted) = muted {
                <p class="mute-until">{ muted }</p>
                { button(None) }
            } else {
                { for MuteFor::ALL.iter().map(|how| button(Some(*how))) }
            }
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::markup;

    #[tokio::test]
    async fn what_is_muted_says_until_when_and_can_only_be_let_speak_again() {
        let drawn = |muted: Option<&'static str>| {
            markup(move |words| mute(words, "air", muted, &Callback::noop()))
        };
        let speaking = drawn(None).await;
        assert_eq!(speaking.matches("<button").count(), 3, "{speaking}");
        assert!(speaking.contains("Mute for the season") && !speaking.contains("Unmute"));
        let muted = drawn(Some("Muted until tomorrow.")).await;
        assert_eq!(muted.matches("<button").count(), 1, "{muted}");
        assert!(muted.contains("Muted until tomorrow.") && muted.contains("Unmute"), "{muted}");
    }
}
