//! When a source is asked next: pure, so that it can be looked at from any moment.
//!
//! A source is asked once in each of its windows, which open after its producer publishes. Where in
//! a window an install asks follows from its secret, so that many installs spread out.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;
use ecosante_domain::reading::Source;

/// What is remembered of a source between two questions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Health {
    /// When it was last asked.
    pub last_attempt: Option<DateTime<Utc>>,
    /// When it last answered.
    pub last_success: Option<DateTime<Utc>>,
    /// When it is to be asked next.
    pub next_due: Option<DateTime<Utc>>,
    /// How often it failed since it last answered.
    pub failures: u32,
    /// The code of the last error; `None` after an answer.
    pub error: Option<String>,
    /// Whether its last answer had nothing for today.
    pub nothing_for_today: bool,
}

/// A stretch of a day in which a source may be asked.
struct Window {
    zone: Tz,
    opens: (u32, u32),
    minutes: u32,
}

/// The windows of a source, in the order of the day.
///
/// ATMO: published between 13:00 and 15:00 Paris time on the mainland and from 18:00 overseas; the
/// producer asks for one or two questions a day outside 13:00–15:00. Open-Meteo: the European run
/// is ready from about 09:30 UTC on.
fn windows(source: Source) -> &'static [Window] {
    match source {
        Source::AtmoFrance => &[
            Window { zone: Tz::Europe__Paris, opens: (15, 5), minutes: 90 },
            Window { zone: Tz::Europe__Paris, opens: (18, 35), minutes: 90 },
        ],
        Source::OpenMeteo => &[Window { zone: Tz::UTC, opens: (10, 5), minutes: 90 }],
        Source::AtmoPollen => &[Window { zone: Tz::Europe__Paris, opens: (13, 35), minutes: 85 }],
        Source::AtmoEpisodes => &[
            Window { zone: Tz::Europe__Paris, opens: (13, 35), minutes: 85 },
            Window { zone: Tz::Europe__Paris, opens: (18, 5), minutes: 85 },
        ],
        Source::OpenMeteoForecast => {
            &[Window { zone: Tz::Europe__Paris, opens: (5, 5), minutes: 110 }]
        }
        Source::VigilanceMirror => &[
            Window { zone: Tz::Europe__Paris, opens: (6, 15), minutes: 40 },
            Window { zone: Tz::Europe__Paris, opens: (16, 15), minutes: 40 },
        ],
        Source::MeteoFrance => &[Window { zone: Tz::Europe__Paris, opens: (16, 15), minutes: 100 }],
        Source::HubEau | Source::Georisques => {
            &[Window { zone: Tz::Europe__Paris, opens: (9, 5), minutes: 175 }]
        }
    }
}

/// The longest time between two windows of any source, with room for a day of 25 hours.
const LONGEST_CADENCE: TimeDelta = TimeDelta::hours(26);

/// First delay after a failure; doubled by each further one.
const BACKOFF: TimeDelta = TimeDelta::minutes(5);

/// The longest delay after failures.
const LONGEST_BACKOFF: TimeDelta = TimeDelta::hours(6);

/// Hours, Paris time, in which producers publish: from the morning to the evening of Guyane.
const PUBLISHING_HOURS: std::ops::Range<u32> = 8..23;

/// When to look again for what the producer had not published yet.
const NOT_PUBLISHED_AGAIN: TimeDelta = TimeDelta::minutes(100);

/// Whether a source is to be asked at `now`.
///
/// `unasked`: a place it serves was saved since it was last asked.
#[must_use]
pub fn is_due(health: &Health, unasked: bool, now: DateTime<Utc>) -> bool {
    let Some(next_due) = health.next_due else {
        return true;
    };
    // A time further ahead than any cadence comes from a clock that was wrong.
    unasked || next_due <= now || next_due > now + LONGEST_CADENCE
}

/// The share of a window or delay, in thousandths, at which this install asks.
fn share(secret: u64, source: Source, round: u32) -> i32 {
    // FNV-1a, whose result is the same on every machine and in every version.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let bytes = secret.to_le_bytes();
    for byte in bytes.iter().chain(source.name().as_bytes()).chain(&round.to_le_bytes()) {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    // The low bits of FNV mix less well than the high ones.
    i32::try_from((hash >> 32) % 1000).unwrap_or(0)
}

/// When to ask again after an answer; `awaited`: it lacked what should be published by now.
#[must_use]
pub fn after_answer(
    source: Source,
    secret: u64,
    awaited: bool,
    now: DateTime<Utc>,
) -> DateTime<Utc> {
    let next = next_window(source, secret, now);
    let share = share(secret, source, 1);
    let soon = now + NOT_PUBLISHED_AGAIN + TimeDelta::minutes(40) * share / 1000;
    // Nobody publishes at night.
    let hour = soon.with_timezone(&Tz::Europe__Paris).hour();
    if awaited && PUBLISHING_HOURS.contains(&hour) { off_the_hour(soon.min(next)) } else { next }
}

/// Whether the index of tomorrow should be published by now: after the first window of the day.
#[must_use]
pub fn awaits_tomorrow(source: Source, now: DateTime<Utc>) -> bool {
    windows(source).first().is_some_and(|window| {
        let local = now.with_timezone(&window.zone);
        (local.hour(), local.minute()) >= window.opens
    })
}

/// When to ask again after the failure number `failures`; never before the server's own `retry_after`.
#[must_use]
pub fn after_failure(
    source: Source,
    secret: u64,
    failures: u32,
    retry_after: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> DateTime<Utc> {
    let doubled = BACKOFF * 2_i32.pow(failures.saturating_sub(1).min(10));
    let delay = doubled.min(LONGEST_BACKOFF);
    // Between three and five quarters of the delay.
    let share = share(secret, source, failures);
    let backoff = now + delay * 3 / 4 + delay * share / 2000;
    let asked_for = retry_after.map(|at| at + TimeDelta::seconds(120) * share / 1000);
    off_the_hour(asked_for.map_or(backoff, |at| at.max(backoff)))
}

fn next_window(source: Source, secret: u64, now: DateTime<Utc>) -> DateTime<Utc> {
    let windows = windows(source);
    let today = windows
        .first()
        .map_or(now.date_naive(), |window| now.with_timezone(&window.zone).date_naive());
    let days = [Some(today), today.succ_opt()];
    let moments = days.into_iter().flatten().flat_map(|day| {
        windows.iter().zip(0..).map(move |(window, n)| moment(window, source, secret, n, day))
    });
    // A window that is open was used by the question that was just asked.
    let next = moments.filter(|(opens, _)| *opens > now).map(|(_, at)| at).min();
    off_the_hour(next.unwrap_or(now + TimeDelta::hours(12)))
}

/// When a window opens on a day, and when this install asks in it.
fn moment(
    window: &Window,
    source: Source,
    secret: u64,
    n: u32,
    day: NaiveDate,
) -> (DateTime<Utc>, DateTime<Utc>) {
    let (hour, minute) = window.opens;
    let opens = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
    let opens = ecosante_domain::reading::midnight(day, window.zone)
        .with_timezone(&window.zone)
        .with_time(opens)
        .earliest()
        .map_or_else(|| day.and_time(opens).and_utc(), |at| at.to_utc());
    let share = share(secret, source, n);
    (opens, opens + TimeDelta::minutes(i64::from(window.minutes)) * share / 1000)
}

/// Servers are busiest on the hour: a moment in its first minute is put off by two.
fn off_the_hour(at: DateTime<Utc>) -> DateTime<Utc> {
    if at.minute() == 0 { at + TimeDelta::minutes(2) } else { at }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn moment(text: &str) -> DateTime<Utc> {
        text.parse().expect("a moment")
    }

    #[test]
    fn a_source_is_asked_in_each_window_after_its_producer_published() {
        let after = |text| after_answer(Source::AtmoFrance, 7, false, moment(text));
        let paris = |at: DateTime<Utc>| at.with_timezone(&Tz::Europe__Paris).time();
        let between = |time: NaiveTime, from: (u32, u32), to: (u32, u32)| {
            time >= NaiveTime::from_hms_opt(from.0, from.1, 0).expect("a time")
                && time <= NaiveTime::from_hms_opt(to.0, to.1, 0).expect("a time")
        };
        let first = after("2026-09-08T06:00:00Z");
        assert!(between(paris(first), (15, 5), (16, 37)), "{first}");
        let second = after_answer(Source::AtmoFrance, 7, false, first);
        assert!(between(paris(second), (18, 35), (20, 7)), "{second}");
        let third = after_answer(Source::AtmoFrance, 7, false, second);
        assert_eq!((third - first).num_hours(), 24);
    }

    #[test]
    fn a_window_is_used_once_whenever_in_it_the_question_came() {
        for secret in 0..200 {
            let now = moment("2026-09-08T13:10:00Z");
            let next = after_answer(Source::AtmoFrance, secret, false, now);
            let local = next.with_timezone(&Tz::Europe__Paris).time();
            assert!(local >= NaiveTime::from_hms_opt(18, 35, 0).expect("a time"), "{next}");
        }
    }

    #[test]
    fn installs_spread_over_the_window_and_keep_off_the_hour() {
        let moments: BTreeSet<_> = (0..1000)
            .map(|n| {
                let secret = 0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(n);
                after_answer(Source::OpenMeteo, secret, false, moment("2026-09-08T00:00:00Z"))
            })
            .collect();
        assert!(moments.len() > 500, "{} moments", moments.len());
        assert!(moments.iter().all(|at| at.minute() != 0));
        let (first, last) = (moments.first().expect("one"), moments.last().expect("one"));
        assert!((*last - *first).num_minutes() > 80);
    }

    #[test]
    fn a_source_that_fails_is_asked_ever_more_rarely_and_never_before_it_allows() {
        let now = moment("2026-09-08T10:10:00Z");
        let delay = |failures| after_failure(Source::OpenMeteo, 7, failures, None, now) - now;
        assert!(delay(1) < TimeDelta::minutes(10));
        assert!(delay(1) < delay(3) && delay(3) < delay(6));
        assert!(delay(1_000_000) <= TimeDelta::hours(8));
        let retry = now + TimeDelta::hours(20);
        assert!(after_failure(Source::OpenMeteo, 7, 1, Some(retry), now) >= retry);
    }

    #[test]
    fn what_was_not_published_is_looked_for_again_before_the_next_window() {
        let now = moment("2026-09-08T18:10:00Z");
        let again = after_answer(Source::AtmoFrance, 7, true, now);
        assert!(again - now < TimeDelta::hours(3), "{again}");
        let night = moment("2026-09-08T21:30:00Z");
        let again = after_answer(Source::AtmoFrance, 7, true, night);
        assert!(again - night > TimeDelta::hours(12), "nobody publishes at night: {again}");
    }

    #[test]
    fn a_new_place_and_a_clock_that_was_wrong_make_a_source_due() {
        let now = moment("2026-09-08T10:00:00Z");
        let health = |next_due| Health { next_due, ..Health::default() };
        assert!(is_due(&health(None), false, now));
        assert!(!is_due(&health(Some(now + TimeDelta::hours(3))), false, now));
        assert!(is_due(&health(Some(now + TimeDelta::hours(3))), true, now));
        assert!(is_due(&health(Some(now + TimeDelta::days(400))), false, now));
        assert!(is_due(&health(Some(now)), false, now));
    }
}
