//! The drawings beside words: thin lines on a grid of 24, from Lucide (`LICENSE-LUCIDE.txt`).
//!
//! Each is a path and not a component of its own, which would cost ten times its bytes; circles are
//! written as arcs.

use yew::prelude::*;

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Icon {
    Back,
    Bell,
    Drop,
    Flower,
    House,
    People,
    Person,
    Pin,
    Refresh,
    Settings,
    Sun,
    Thermometer,
    Warning,
    Wind,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            // arrow-left
            Self::Back => "M12 19l-7-7 7-7M19 12H5",
            // bell
            Self::Bell => {
                "M10.268 21a2 2 0 0 0 3.464 0M3.262 15.326A1 1 0 0 0 4 17h16\
                 a1 1 0 0 0 .74-1.673C19.41 13.956 18 12.499 18 8A6 6 0 0 0 6 8\
                 c0 4.499-1.411 5.956-2.738 7.326"
            }
            // droplet
            Self::Drop => {
                "M12 22a7 7 0 0 0 7-7c0-2-1-3.9-3-5.5s-3.5-4-4-6.5c-.5 2.5-2 4.9-4 6.5\
                 C6 11.1 5 13 5 15a7 7 0 0 0 7 7z"
            }
            // flower-2
            Self::Flower => {
                "M12 5a3 3 0 1 1 3 3m-3-3a3 3 0 1 0-3 3m3-3v1M9 8a3 3 0 1 0 3 3M9 8h1m5 0\
                 a3 3 0 1 1-3 3m3-3h-1m-2 3v-1M10 8a2 2 0 1 0 4 0a2 2 0 1 0 -4 0M12 10v12\
                 M12 22c4.2 0 7-1.667 7-5-4.2 0-7 1.667-7 5ZM12 22\
                 c-4.2 0-7-1.667-7-5 4.2 0 7 1.667 7 5Z"
            }
            // house
            Self::House => {
                "M15 21v-8a1 1 0 0 0-1-1h-4a1 1 0 0 0-1 1v8M3 10a2 2 0 0 1 .709-1.528l7-6\
                 a2 2 0 0 1 2.582 0l7 6A2 2 0 0 1 21 10v9a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2z"
            }
            // users
            Self::People => {
                "M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2M16 3.128a4 4 0 0 1 0 7.744M22 21\
                 v-2a4 4 0 0 0-3-3.87M5 7a4 4 0 1 0 8 0a4 4 0 1 0 -8 0"
            }
            // user
            Self::Person => {
                "M19 21v-2a4 4 0 0 0-4-4H9a4 4 0 0 0-4 4v2M8 7a4 4 0 1 0 8 0a4 4 0 1 0 -8 0"
            }
            // map-pin
            Self::Pin => {
                "M20 10c0 4.993-5.539 10.193-7.399 11.799a1 1 0 0 1-1.202 0\
                 C9.539 20.193 4 14.993 4 10a8 8 0 0 1 16 0M9 10a3 3 0 1 0 6 0\
                 a3 3 0 1 0 -6 0"
            }
            // refresh-cw
            Self::Refresh => {
                "M3 12a9 9 0 0 1 9-9 9.75 9.75 0 0 1 6.74 2.74L21 8M21 3v5h-5M21 12\
                 a9 9 0 0 1-9 9 9.75 9.75 0 0 1-6.74-2.74L3 16M8 16H3v5"
            }
            // sliders-horizontal
            Self::Settings => {
                "M10 5H3M12 19H3M14 3v4M16 17v4M21 12h-9M21 19h-5M21 5h-7M8 10v4M8 12H3"
            }
            // sun
            Self::Sun => {
                "M8 12a4 4 0 1 0 8 0a4 4 0 1 0 -8 0M12 2v2M12 20v2M4.93 4.93l1.41 1.41\
                 M17.66 17.66l1.41 1.41M2 12h2M20 12h2M6.34 17.66l-1.41 1.41M19.07 4.93\
                 l-1.41 1.41"
            }
            // thermometer
            Self::Thermometer => "M14 4v10.54a4 4 0 1 1-4 0V4a2 2 0 0 1 4 0Z",
            // triangle-alert
            Self::Warning => {
                "M21.73 18l-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3\
                 M12 9v4M12 17h.01"
            }
            // wind
            Self::Wind => {
                "M12.8 19.6A2 2 0 1 0 14 16H2M17.5 8a2.5 2.5 0 1 1 2 4H2M9.8 4.4\
                 A2 2 0 1 1 11 8H2"
            }
        }
    }
}

/// An icon beside words that say the same.
pub(crate) fn icon(icon: Icon) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
            <path d={icon.path()} />
        </svg>
    }
}
