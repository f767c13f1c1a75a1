//! The drawings beside words: thin lines on a grid of 24, drawn for this app.
//!
//! Each is a path and not a component of its own, which would cost ten times its bytes.

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
            Self::Back => "M19 12H5M11 6l-6 6 6 6",
            Self::Bell => "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15ZM10 20.5a2.1 2.1 0 0 0 4 0",
            Self::Drop => {
                "M12 3.5c3.2 4 5.8 7 5.8 10.4a5.8 5.8 0 0 1-11.6 0C6.2 10.5 8.8 7.5 12 3.5Z"
            }
            Self::Flower => {
                "M12 14.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM12 9.8c-2.7-1.5-2.7-5.6 0-6.8 \
                 2.7 1.2 2.7 5.3 0 6.8ZM12 14.2c-2.7 1.5-2.7 5.6 0 6.8 2.7-1.2 2.7-5.3 0-6.8Z\
                 M9.8 12c-1.5-2.7-5.6-2.7-6.8 0 1.2 2.7 5.3 2.7 6.8 0ZM14.2 12c1.5-2.7 5.6-2.7 \
                 6.8 0-1.2 2.7-5.3 2.7-6.8 0Z"
            }
            Self::House => "M3.5 11.5 12 4.2l8.5 7.3M6 9.6v10h4.3v-5.4h3.4v5.4H18v-10",
            Self::People => {
                "M9 11.3a3.4 3.4 0 1 0 0-6.8 3.4 3.4 0 0 0 0 6.8ZM2.8 19.8a6.2 6.2 0 0 1 12.4 0\
                 M15.8 4.7a3.4 3.4 0 0 1 0 6.4M17.6 14.3a6.2 6.2 0 0 1 3.6 5.5"
            }
            Self::Person => "M12 11.6a3.6 3.6 0 1 0 0-7.2 3.6 3.6 0 0 0 0 7.2ZM5 20a7 7 0 0 1 14 0",
            Self::Pin => {
                "M12 20.8S5.5 15.2 5.5 9.9a6.5 6.5 0 0 1 13 0c0 5.3-6.5 10.9-6.5 10.9Z\
                 M12 12.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6Z"
            }
            Self::Refresh => "M19.6 12.4a7.6 7.6 0 1 1-2-5.6L20 9.2M20 4v5.2h-5.2",
            Self::Settings => {
                "M4 7h9M17 7h3M4 17h3M11 17h9M15 9.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM9 19.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z"
            }
            Self::Sun => {
                "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 2.6v2M12 19.4v2M2.6 12h2M19.4 12h2\
                 M5.4 5.4l1.4 1.4M17.2 17.2l1.4 1.4M18.6 5.4l-1.4 1.4M6.8 17.2l-1.4 1.4"
            }
            Self::Thermometer => "M9.8 14V5.7a2.2 2.2 0 0 1 4.4 0V14a4 4 0 1 1-4.4 0ZM12 9.5v7.5",
            Self::Warning => "M12 4.5 3 19.5h18ZM12 10.3v4M12 16.8v.2",
            Self::Wind => {
                "M3 9.2h10.6a2.7 2.7 0 1 0-2.6-3.4M3 13h15.4a2.7 2.7 0 1 1-2.6 3.4\
                 M3 16.8h7.2a2.1 2.1 0 1 1-2 2.7"
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
