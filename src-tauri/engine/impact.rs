//! What the app has brought, counted from the store alone.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, Utc};
use ecosante_domain::impact::{self, Counts, Exposure, ImpactFacts};
use ecosante_domain::metric::{Metric, Pollutant};
use ecosante_domain::reading::midnight;
use ecosante_domain::sheet::Sheet;
use ecosante_domain::text::Texts;

use crate::clock::Now;
use crate::engine::{Engine, Result};
use crate::history::counting;
use crate::store::{Reader, Result as StoreResult};
use crate::views::days_before;

/// Over how many days the air is compared with the guidelines, which are about years.
const EXPOSED_DAYS: u64 = 365;

impl Engine {
    /// What the app has brought: alerts, notifications and advice of the last months, and the days
    /// on which the air at the places was above the guidelines of the WHO.
    ///
    /// # Errors
    /// When the data file cannot be read.
    pub fn impact(&self, texts: &Texts) -> Result<Sheet> {
        let now = self.now();
        let today = now.local().date_naive();
        let exposed = (days_before(today, EXPOSED_DAYS), days_before(today, 1));
        self.read(|reader| {
            let since = reader.watching_since()?;
            let facts = ImpactFacts {
                today,
                since: since.map(|since| day_of(now, since)),
                days: &counts(reader, now)?,
                exposures: &exposures(reader, exposed, now.utc())?,
                exposed,
            };
            Ok(impact::impact(texts, &facts))
        })
    }
}

/// The day on which a moment was, by the clock of the device.
fn day_of(now: Now, moment: DateTime<Utc>) -> NaiveDate {
    moment.with_timezone(now.local().offset()).date_naive()
}

/// What was counted on each day.
fn counts(reader: &Reader<'_>, now: Now) -> StoreResult<BTreeMap<NaiveDate, Counts>> {
    let first = impact::first_day(now.local().date_naive());
    // A day earlier: nobody's clock is further from that of UTC. What lies before is not shown.
    let since = midnight(days_before(first, 1), chrono_tz::Tz::UTC);
    let mut days: BTreeMap<NaiveDate, Counts> = BTreeMap::new();
    for alert in reader.told_alerts(since)? {
        let counts = days.entry(day_of(now, alert.raised_at)).or_default();
        counts.told += 1;
        counts.opened += usize::from(alert.opened);
        counts.useful += usize::from(alert.useful == Some(true));
        counts.not_useful += usize::from(alert.useful == Some(false));
    }
    for shown in reader.shown_notifications(since)? {
        days.entry(day_of(now, shown)).or_default().notifications += 1;
    }
    for (day, mark) in reader.advice_marks(first)? {
        let counts = days.entry(day).or_default();
        counts.advice_done += usize::from(mark == "done");
        counts.advice_useful += usize::from(mark == "useful");
    }
    Ok(days)
}

/// How the days stood to the guidelines, at each place for each pollutant.
fn exposures(
    reader: &Reader<'_>,
    (first, last): (NaiveDate, NaiveDate),
    now: DateTime<Utc>,
) -> StoreResult<Vec<Exposure>> {
    let mut exposures = Vec::new();
    for place in reader.places()? {
        let zone = place.time_zone;
        // Of a day that is not over there, the rest is a forecast.
        let today = now.with_timezone(&zone).date_naive();
        let over = today.checked_sub_days(Days::new(1)).unwrap_or(today);
        for pollutant in Pollutant::ALL {
            let metric = Metric::Concentration(pollutant);
            let readings = counting(reader, &place, metric, first, last)?;
            let of_place =
                Exposure::of(&place.name, pollutant, &readings, zone, first, last.min(over));
            exposures.push(of_place);
        }
    }
    Ok(exposures)
}
