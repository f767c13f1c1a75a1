//! The one place that reads the clock; everything else is handed a [`Now`].

use std::time::Instant;

use chrono::{DateTime, FixedOffset, TimeDelta, Utc};

/// A moment, with the offset of the device's own clock from UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    local: DateTime<FixedOffset>,
}

impl Now {
    /// The moment of an RFC 3339 time, by the clock that shows it.
    #[must_use]
    pub fn at(local: DateTime<FixedOffset>) -> Self {
        Self { local }
    }

    /// The moment.
    #[must_use]
    pub fn utc(self) -> DateTime<Utc> {
        self.local.to_utc()
    }

    /// The moment with the offset of the device's clock, by which quiet hours run.
    #[must_use]
    pub fn local(self) -> DateTime<FixedOffset> {
        self.local
    }
}

/// Where `now` comes from.
#[derive(Debug, Clone, Copy)]
pub enum Clock {
    /// The clock of the device.
    System,
    /// A past moment from which time runs on, to look at what would have happened then.
    From {
        /// The moment.
        start: DateTime<FixedOffset>,
        /// When the clock began to run.
        since: Instant,
    },
}

impl Clock {
    /// A clock that shows `start` now and runs on.
    #[must_use]
    pub fn from(start: DateTime<FixedOffset>) -> Self {
        #[expect(clippy::disallowed_methods, reason = "this is the clock")]
        let since = Instant::now();
        Self::From { start, since }
    }

    /// What the clock shows.
    #[must_use]
    pub fn now(self) -> Now {
        match self {
            #[expect(clippy::disallowed_methods, reason = "this is the clock")]
            Self::System => Now::at(chrono::Local::now().fixed_offset()),
            Self::From { start, since } => {
                let run = TimeDelta::from_std(since.elapsed()).unwrap_or_default();
                Now::at(start + run)
            }
        }
    }
}
