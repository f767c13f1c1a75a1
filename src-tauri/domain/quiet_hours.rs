//! Hours of the day in which notifications wait.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

/// From a time of day to another, by the clock of the device; may run over midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct QuietHours {
    from: NaiveTime,
    to: NaiveTime,
}

impl QuietHours {
    /// Whether notifications wait at this time of day; the last minute is no longer quiet.
    #[must_use]
    pub fn contains(self, time: NaiveTime) -> bool {
        if self.from <= self.to {
            self.from <= time && time < self.to
        } else {
            self.from <= time || time < self.to
        }
    }

    /// When they end.
    #[must_use]
    pub fn end(self) -> NaiveTime {
        self.to
    }
}

impl FromStr for QuietHours {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("{text:?} is not FROM-TO, such as 22:00-07:00");
        let (from, to) = text.split_once('-').ok_or_else(wrong)?;
        let time =
            |text: &str| NaiveTime::parse_from_str(text.trim(), "%H:%M").map_err(|_| wrong());
        let (from, to) = (time(from)?, time(to)?);
        if from == to {
            return Err(wrong());
        }
        Ok(Self { from, to })
    }
}

impl fmt::Display for QuietHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.from.format("%H:%M"), self.to.format("%H:%M"))
    }
}

impl From<QuietHours> for String {
    fn from(hours: QuietHours) -> Self {
        hours.to_string()
    }
}

impl TryFrom<String> for QuietHours {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> NaiveTime {
        time.parse().expect("a time")
    }

    #[test]
    fn quiet_hours_run_over_midnight() {
        let night: QuietHours = "22:00-07:00".parse().expect("quiet hours");
        for (time, quiet) in [
            ("21:59:59", false),
            ("22:00:00", true),
            ("00:00:00", true),
            ("06:59:59", true),
            ("07:00:00", false),
        ] {
            assert_eq!(night.contains(at(time)), quiet, "{time}");
        }
        let noon: QuietHours = "12:00-14:00".parse().expect("quiet hours");
        assert!(noon.contains(at("13:00:00")) && !noon.contains(at("23:00:00")));
    }

    #[test]
    fn quiet_hours_that_make_no_sense_are_refused() {
        for text in ["", "22:00", "22-7", "25:00-07:00", "07:00-07:00"] {
            assert!(text.parse::<QuietHours>().is_err(), "{text}");
        }
    }
}
