//! For how long a rule is muted.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::metric::{Metric, Taxon};

/// How long a rule is muted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MuteFor {
    /// The rest of today.
    Day,
    /// Seven days, today included.
    Week,
    /// Until the season of the hazard is over.
    Season,
}

impl MuteFor {
    /// Every duration, the shortest first.
    pub const ALL: [Self; 3] = [Self::Day, Self::Week, Self::Season];

    /// The word used on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Season => "season",
        }
    }

    /// The first day on which the rule speaks again.
    #[must_use]
    pub fn until(self, metric: Metric, today: NaiveDate) -> NaiveDate {
        let days = |days| today.checked_add_days(Days::new(days)).unwrap_or(today);
        match self {
            Self::Day => days(1),
            Self::Week => days(7),
            Self::Season => season_ends(metric, today),
        }
    }
}

/// The day after the season of a hazard that runs; where none does, and of what has no season of its
/// own, the day after the meteorological season: nobody mutes today what may begin in half a year.
///
/// The months in which each pollen flies are those of evidence section 5.2 (`RECO-TAXA`,
/// `RECO-AMBR`), that of the sun is April to September (`AIST-UV`).
fn season_ends(metric: Metric, today: NaiveDate) -> NaiveDate {
    let months = match metric {
        Metric::PollenOf(Taxon::Alder) => Some(2..=4),
        Metric::PollenOf(Taxon::Birch) => Some(3..=5),
        Metric::PollenOf(Taxon::Grass) => Some(3..=7),
        Metric::PollenOf(Taxon::Olive) => Some(5..=6),
        Metric::PollenOf(Taxon::Mugwort) => Some(7..=9),
        Metric::PollenOf(Taxon::Ragweed) => Some(7..=10),
        Metric::Pollen => Some(2..=10),
        Metric::Uv => Some(4..=9),
        _ => None,
    };
    let month = today.month();
    let running = months.filter(|months| months.contains(&month));
    // March, June, September, December.
    let first_month_after = running.map_or(month / 3 * 3 + 3, |months| months.end() + 1);
    let year = today.with_day(1).and_then(|day| day.with_month(1)).unwrap_or(today);
    year.checked_add_months(Months::new(first_month_after - 1)).unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_muted_for_a_day_a_week_or_the_season_that_runs_or_comes() {
        let date = |text: &str| text.parse::<NaiveDate>().expect("a date");
        let until = |how: MuteFor, metric: &str, today: &str| {
            how.until(metric.parse().expect("a metric"), date(today)).to_string()
        };
        assert_eq!(until(MuteFor::Day, "air", "2026-12-31"), "2027-01-01");
        assert_eq!(until(MuteFor::Week, "air", "2026-09-08"), "2026-09-15");
        assert_eq!(until(MuteFor::Season, "pollen.grass", "2026-05-10"), "2026-08-01");
        assert_eq!(until(MuteFor::Season, "pollen.grass", "2026-09-10"), "2026-12-01");
        assert_eq!(until(MuteFor::Season, "uv", "2026-07-01"), "2026-10-01");
        assert_eq!(until(MuteFor::Season, "air", "2026-12-15"), "2027-03-01");
        assert_eq!(until(MuteFor::Season, "air", "2026-02-15"), "2026-03-01");
        assert_eq!(until(MuteFor::Season, "air", "2026-03-01"), "2026-06-01");
    }
}
