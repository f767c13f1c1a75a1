//! When a source is asked next: pure, so that it can be looked at from any moment.
//!
//! A source is asked once in each of its stretches of the day, which begin after its producer has
//! published. When in a stretch an install asks follows from its secret. The stretches of a source
//! fill so much of the day that all installs together ask at a rate that hardly changes: at no
//! moment more than half as much again as on the mean, see `cargo xtask simulate`. Whoever opens the
//! app does not wait for that.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;
use ecosante_domain::reading::{Source, midnight};

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
    /// When it last had something for today.
    pub last_today: Option<DateTime<Utc>>,
    /// When the person was told that it is silent; `None` since it spoke again.
    pub silence_told: Option<DateTime<Utc>>,
}

/// A stretch of the day in which a source is asked once.
struct Stretch {
    zone: Tz,
    opens: (u32, u32),
    minutes: u32,
}

/// How a source is asked.
struct Cadence {
    /// Its stretches, in the order of the day; the last may reach into the next.
    stretches: &'static [Stretch],
    /// It is asked on one day of so many.
    every_days: u32,
    /// Time of day, Paris time, from which it has tomorrow's value; `None`: it does not publish by the
    /// day.
    tomorrow_from: Option<(u32, u32)>,
    /// How soon it is asked again while a danger is announced; half as often for the lower class.
    in_alarm: Option<TimeDelta>,
    /// After how long without a value the person is told of it.
    silent_after: Option<TimeDelta>,
    /// How long an answer for the same places holds, even where everything is asked for: what
    /// changes by the month is not asked twice a day, whoever asks.
    holds: TimeDelta,
}

const fn paris(opens: (u32, u32), minutes: u32) -> Stretch {
    Stretch { zone: Tz::Europe__Paris, opens, minutes }
}

/// The cadence of each source, from those of its producer.
fn cadence(source: Source) -> Cadence {
    let daily = Cadence {
        stretches: &[],
        every_days: 1,
        tomorrow_from: None,
        in_alarm: None,
        silent_after: Some(TimeDelta::hours(36)),
        holds: TimeDelta::zero(),
    };
    match source {
        // Published between 13:00 and 15:00 Paris time on the mainland and from 18:00 overseas; the
        // producer asks for one or two questions a day outside 13:00–15:00.
        Source::AtmoFrance => Cadence {
            stretches: const { &[paris((0, 5), 770), paris((15, 5), 530)] },
            tomorrow_from: Some((15, 5)),
            ..daily
        },
        // Published towards midday.
        Source::AtmoPollen => Cadence {
            stretches: const { &[paris((13, 5), 1080)] },
            tomorrow_from: Some((13, 5)),
            ..daily
        },
        // Published in the afternoon for the days to come.
        Source::AtmoEpisodes => Cadence {
            stretches: const { &[paris((0, 5), 800), paris((13, 35), 620)] },
            in_alarm: Some(TimeDelta::hours(3)),
            ..daily
        },
        // The European run is ready from about 09:30 UTC on.
        Source::OpenMeteo => Cadence {
            stretches: const { &[Stretch { zone: Tz::UTC, opens: (10, 5), minutes: 1170 }] },
            ..daily
        },
        // The forecast reaches four days: a night's run is in time for the sun.
        Source::OpenMeteoForecast => {
            Cadence { stretches: const { &[paris((4, 5), 1170)] }, ..daily }
        }
        // Bulletins at 06:00 and 16:00, more of them in bad weather.
        Source::VigilanceMirror => Cadence {
            stretches: const { &[paris((6, 15), 590), paris((16, 15), 830)] },
            in_alarm: Some(TimeDelta::hours(1)),
            silent_after: Some(TimeDelta::hours(24)),
            ..daily
        },
        // Cards at 06:00 and 16:00, of which the second is too old just before the first; what the
        // archive adds is floods, at the price of two questions.
        Source::MeteoFrance => Cadence {
            stretches: const { &[paris((6, 25), 1350)] },
            in_alarm: Some(TimeDelta::hours(3)),
            silent_after: Some(TimeDelta::days(3)),
            holds: TimeDelta::hours(1),
            ..daily
        },
        // Samples are taken some times a year and published by the month.
        Source::HubEau => Cadence {
            stretches: const { &[paris((5, 5), 1080)] },
            every_days: 14,
            silent_after: None,
            holds: TimeDelta::days(1),
            ..daily
        },
        // A map that changes by decree.
        Source::Georisques => Cadence {
            stretches: const { &[paris((5, 5), 1080)] },
            every_days: 180,
            silent_after: None,
            holds: TimeDelta::days(30),
            ..daily
        },
    }
}

/// First delay after a failure; tripled by each further one. Shorter ones would bring a herd upon a
/// server that comes back, and hardly any of the sources has news by the minute.
const BACKOFF: TimeDelta = TimeDelta::minutes(60);

/// First delay where no server was reached.
const BACKOFF_OFFLINE: TimeDelta = TimeDelta::minutes(5);

/// How long after a failure somebody who opens the app has the source asked again.
const LOOKED_AT_AGAIN: TimeDelta = TimeDelta::minutes(15);

/// The longest delay after failures.
const LONGEST_BACKOFF: TimeDelta = TimeDelta::hours(6);

/// The longest delay where no server was reached: the device is offline, and nobody is bothered.
const LONGEST_OFFLINE: TimeDelta = TimeDelta::minutes(20);

/// Hours, Paris time, in which producers publish: from the morning to the evening of Guyane.
const PUBLISHING_HOURS: std::ops::Range<u32> = 8..23;

/// When to look again for what the producer had not published yet: so long, and up to as long again.
const NOT_PUBLISHED_AGAIN: TimeDelta = TimeDelta::minutes(90);

/// What speaks for asking now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wanted {
    /// A place it serves was saved since it was last asked.
    pub unasked: bool,
    /// A person has just opened the app: what was published since is wanted now.
    pub looked_at: bool,
}

/// Whether a source is to be asked at `now`.
///
/// ```
/// use chrono::{DateTime, Utc};
/// use ecosante_domain::reading::Source;
/// use ecosante_engine::schedule::{Health, Left, Wanted, after_answer, is_due};
///
/// let now: DateTime<Utc> = "2026-09-08T14:00:00Z".parse()?;
/// let mut health = Health::default();
/// assert!(is_due(Source::AtmoFrance, &health, Wanted::default(), now), "it was never asked");
///
/// // It answers. When it is asked next follows from the producer's own hours, and within them from
/// // the secret of the install, so that many of them do not ask at once.
/// health.last_attempt = Some(now);
/// health.last_success = Some(now);
/// health.next_due = Some(after_answer(Source::AtmoFrance, 42, Left::default(), now));
/// let next = health.next_due.expect("a time");
/// assert!(next > now && next < now + chrono::TimeDelta::days(1));
/// assert_ne!(next, after_answer(Source::AtmoFrance, 43, Left::default(), now));
///
/// assert!(!is_due(Source::AtmoFrance, &health, Wanted::default(), now));
/// let new_place = Wanted { unasked: true, ..Wanted::default() };
/// assert!(is_due(Source::AtmoFrance, &health, new_place, now));
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[must_use]
pub fn is_due(source: Source, health: &Health, wanted: Wanted, now: DateTime<Utc>) -> bool {
    let Some(next_due) = health.next_due else {
        return true;
    };
    let cadence = cadence(source);
    // A time further ahead than any cadence comes from a clock that was wrong.
    let longest = TimeDelta::days(i64::from(cadence.every_days)) + TimeDelta::hours(26);
    let published_since = || opened_last(&cadence, now) > health.last_attempt;
    let failed_a_while_ago =
        || health.failures > 0 && health.last_attempt.is_none_or(|at| now - at >= LOOKED_AT_AGAIN);
    wanted.unasked
        || next_due <= now
        || next_due > now + longest
        || wanted.looked_at
            && cadence.every_days == 1
            && (published_since() || failed_a_while_ago())
}

/// Whether what was answered still holds for the same places, so that it is not asked for again even
/// where everything is.
#[must_use]
pub fn holds(source: Source, health: &Health, now: DateTime<Utc>) -> bool {
    let answered = health.last_success.filter(|at| health.error.is_none() && *at <= now);
    answered.is_some_and(|at| now - at < cadence(source).holds)
}

/// When a source is asked next, by what is remembered of it: not while its answer holds.
#[must_use]
pub fn next_due(source: Source, health: &Health) -> Option<DateTime<Utc>> {
    let answered = health.last_success.filter(|_| health.error.is_none());
    let held_to = answered.map(|at| at + cadence(source).holds);
    health.next_due.max(held_to.filter(|_| health.next_due.is_some()))
}

/// When the last stretch opened.
fn opened_last(cadence: &Cadence, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let opens = cadence.stretches.iter().flat_map(|stretch| {
        let today = now.with_timezone(&stretch.zone).date_naive();
        [today.pred_opt(), Some(today)].into_iter().flatten().map(|day| opening(stretch, day))
    });
    opens.filter(|opens| *opens <= now).max()
}

/// The share of a stretch or delay, from 0 to 1, at which this install asks.
fn share(secret: u64, source: Source, round: u32) -> f64 {
    spread(secret, source.name(), round)
}

/// A figure from 0 to 1 that differs from install to install, from name to name and from round to
/// round, and is the same whenever it is asked for.
#[must_use]
pub fn spread(secret: u64, name: &str, round: u32) -> f64 {
    // FNV-1a, whose result is the same on every machine and in every version.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let bytes = secret.to_le_bytes();
    for byte in bytes.iter().chain(name.as_bytes()).chain(&round.to_le_bytes()) {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    // The bits of FNV mix badly towards both ends; a last round spreads them (that of MurmurHash 3).
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^= hash >> 33;
    f64::from(u32::try_from(hash >> 32).unwrap_or(0)) / (f64::from(u32::MAX) + 1.0)
}

/// A part of a time, to the second.
#[must_use]
pub(crate) fn part(of: TimeDelta, share: f64) -> TimeDelta {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "a stretch has at most some hundred thousand seconds"
    )]
    let seconds = (of.num_seconds() as f64 * share) as i64;
    TimeDelta::seconds(seconds)
}

/// What an answer leaves to be wished for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Left {
    /// It lacked what should be published by now.
    pub awaited: bool,
    /// What is announced that can get worse within hours.
    pub alarm: Alarm,
}

/// How much an announced danger asks to be watched.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alarm {
    /// Nothing is announced.
    #[default]
    Calm,
    /// Something is, of the lower class: yellow vigilance, information on pollution.
    Watch,
    /// Orange or red vigilance, an alert on pollution.
    Danger,
}

/// When to ask again after an answer.
#[must_use]
pub fn after_answer(source: Source, secret: u64, left: Left, now: DateTime<Utc>) -> DateTime<Utc> {
    let cadence = cadence(source);
    let next = next_stretch(&cadence, source, secret, now);
    let share = share(secret, source, u32::MAX);
    // Nobody publishes at night.
    let hour = now.with_timezone(&Tz::Europe__Paris).hour();
    let awaited = (left.awaited && PUBLISHING_HOURS.contains(&hour))
        .then(|| now + NOT_PUBLISHED_AGAIN + part(NOT_PUBLISHED_AGAIN, share));
    let alarm = cadence.in_alarm.and_then(|every| match left.alarm {
        Alarm::Calm => None,
        Alarm::Watch => Some(every * 2),
        Alarm::Danger => Some(every),
    });
    let alarm = alarm.map(|every| now + every * 3 / 4 + part(every / 2, share));
    let soonest = [awaited, alarm].into_iter().flatten().fold(next, DateTime::min);
    off_the_hour(soonest, share)
}

/// Whether what somebody else was answered at `asked_at` is as good as what asking at `now` would
/// give: asked since the producer last published, and of a danger not long ago.
#[must_use]
pub fn is_fresh(source: Source, alarm: Alarm, asked_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    let cadence = cadence(source);
    let watched = cadence.in_alarm.and_then(|every| match alarm {
        Alarm::Calm => None,
        Alarm::Watch => Some(every * 2),
        Alarm::Danger => Some(every),
    });
    opened_last(&cadence, now).is_none_or(|opened| asked_at >= opened)
        && watched.is_none_or(|every| now - asked_at <= every * 3 / 2)
}

/// Whether a source publishes by the day, so that its value of a day can be waited for.
#[must_use]
pub fn is_daily(source: Source) -> bool {
    cadence(source).tomorrow_from.is_some()
}

/// Whether a source always has something to say, so that an answer with nothing in it is a lack.
#[must_use]
pub fn is_missed(source: Source) -> bool {
    cadence(source).silent_after.is_some()
}

/// Whether the index of tomorrow should be published by now.
#[must_use]
pub fn awaits_tomorrow(source: Source, now: DateTime<Utc>) -> bool {
    cadence(source).tomorrow_from.is_some_and(|from| {
        let local = now.with_timezone(&Tz::Europe__Paris);
        (local.hour(), local.minute()) >= from
    })
}

/// Since when a source has been silent for so long that the person should know: it failed, or had
/// nothing for today, beyond its cadence. `None`: it speaks, or nobody would notice.
#[must_use]
pub fn silent_since(source: Source, health: &Health, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let limit = cadence(source).silent_after?;
    let fails = health.failures > 1 || health.nothing_for_today;
    let spoke = !is_daily(source) && !health.nothing_for_today;
    let last = if spoke { health.last_success } else { health.last_today }?;
    // Only where it was asked lately: a device that slept for days knows nothing yet.
    let asked = health.last_attempt.is_some_and(|at| at <= now && now - at < LONGEST_BACKOFF * 2);
    (fails && asked && now - last >= limit).then_some(last)
}

/// Why there was no answer, as far as the next question goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Failure {
    /// How many there have been in a row, this one included.
    pub count: u32,
    /// From when on the server may be asked, where it says so.
    pub retry_after: Option<DateTime<Utc>>,
    /// No server was reached at all.
    pub offline: bool,
}

/// When to ask again after a failure; never before the server's own time.
///
/// ```
/// use chrono::{DateTime, Utc};
/// use ecosante_domain::reading::Source;
/// use ecosante_engine::schedule::{Failure, after_failure};
///
/// let now: DateTime<Utc> = "2026-09-08T14:00:00Z".parse()?;
/// let first = Failure { count: 1, ..Failure::default() };
/// let third = Failure { count: 3, ..Failure::default() };
/// let again = |failure| after_failure(Source::AtmoFrance, 42, failure, now);
/// assert!(now < again(first) && again(first) < again(third));
///
/// // The server's own time goes before.
/// let retry_after = Some("2026-09-08T20:00:00Z".parse()?);
/// let told = Failure { count: 1, retry_after, ..Failure::default() };
/// assert!(again(told) >= "2026-09-08T20:00:00Z".parse::<DateTime<Utc>>()?);
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[must_use]
pub fn after_failure(
    source: Source,
    secret: u64,
    failure: Failure,
    now: DateTime<Utc>,
) -> DateTime<Utc> {
    let (first, longest) = if failure.offline {
        (BACKOFF_OFFLINE, LONGEST_OFFLINE)
    } else {
        (BACKOFF, LONGEST_BACKOFF)
    };
    let tripled = first * 3_i32.pow(failure.count.saturating_sub(1).min(6));
    let delay = tripled.min(longest);
    // Between three quarters of the delay and twice it: installs that failed together part.
    let share = share(secret, source, failure.count);
    let backoff = now + delay * 3 / 4 + part(delay * 5 / 4, share);
    // Those who were told the same moment spread over an hour after it, soon after a short wait.
    let asked_for = failure.retry_after.map(|at| {
        let wait = (at - now).clamp(TimeDelta::zero(), TimeDelta::hours(1));
        at + part(wait.max(TimeDelta::minutes(2)), share)
    });
    off_the_hour(asked_for.map_or(backoff, |at| at.max(backoff)), share)
}

fn next_stretch(
    cadence: &Cadence,
    source: Source,
    secret: u64,
    now: DateTime<Utc>,
) -> DateTime<Utc> {
    let days = cadence.every_days.max(1);
    let of_install = share(secret, source, u32::MAX - 1);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of some days"
    )]
    let turn = (f64::from(days) * of_install) as u32;
    let is_mine = |day: &NaiveDate| {
        u32::try_from(day.num_days_from_ce()).is_ok_and(|number| number % days == turn % days)
    };
    let moments = cadence.stretches.iter().zip(0..).flat_map(|(stretch, n)| {
        let today = now.with_timezone(&stretch.zone).date_naive();
        let coming = today.iter_days().take(days as usize + 2).filter(is_mine);
        coming.map(move |day| {
            // A twentieth of the stretch is new each day, so that no install always meets the same
            // minute; over the end it goes on at the beginning, so that all minutes are alike.
            let fixed = share(secret, source, n);
            let of_day = share(secret, source, u32::try_from(day.num_days_from_ce()).unwrap_or(0));
            let at = (fixed + of_day * 0.05).fract();
            let length = TimeDelta::minutes(i64::from(stretch.minutes));
            let opens = opening(stretch, day);
            (opens, opens + part(length, at))
        })
    });
    // A stretch that is open was used by the question that was just asked.
    let next = moments.filter(|(opens, _)| *opens > now).map(|(_, at)| at).min();
    next.unwrap_or(now + TimeDelta::hours(12))
}

/// When a stretch opens on a day.
fn opening(stretch: &Stretch, day: NaiveDate) -> DateTime<Utc> {
    let (hour, minute) = stretch.opens;
    let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
    midnight(day, stretch.zone)
        .with_timezone(&stretch.zone)
        .with_time(time)
        .earliest()
        .map_or_else(|| day.and_time(time).and_utc(), |at| at.to_utc())
}

/// Servers are busiest on the hour: a moment in its first minute is spread over the hour after it.
fn off_the_hour(at: DateTime<Utc>, share: f64) -> DateTime<Utc> {
    if at.minute() == 0 {
        at + TimeDelta::minutes(1) + part(TimeDelta::minutes(58), share)
    } else {
        at
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn moment(text: &str) -> DateTime<Utc> {
        text.parse().expect("a moment")
    }

    fn secret(n: u64) -> u64 {
        0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(n)
    }

    fn paris_time(at: DateTime<Utc>) -> (u32, u32) {
        let local = at.with_timezone(&Tz::Europe__Paris);
        (local.hour(), local.minute())
    }

    fn after(source: Source, secret: u64, now: DateTime<Utc>) -> DateTime<Utc> {
        after_answer(source, secret, Left::default(), now)
    }

    #[test]
    fn the_index_is_asked_for_once_after_it_is_published_and_once_in_the_night_and_morning() {
        for n in 0..200 {
            let first = after(Source::AtmoFrance, secret(n), moment("2026-09-08T06:00:00Z"));
            assert!(((15, 5)..(24, 0)).contains(&paris_time(first)), "{first}");
            let second = after(Source::AtmoFrance, secret(n), first);
            assert!(paris_time(second) < (13, 0), "never while it is published: {second}");
            let third = after(Source::AtmoFrance, secret(n), second);
            assert!(((15, 5)..(24, 0)).contains(&paris_time(third)), "{third}");
            assert!(third - second < TimeDelta::hours(24) && third - first < TimeDelta::hours(34));
        }
    }

    #[test]
    fn a_stretch_is_used_once_whenever_in_it_the_question_came() {
        for n in 0..200 {
            let now = moment("2026-09-08T13:10:00Z");
            let next = after(Source::AtmoFrance, secret(n), now);
            assert!(next > moment("2026-09-08T22:00:00Z"), "{next}");
        }
    }

    #[test]
    fn installs_spread_and_keep_off_the_hour() {
        for source in Source::ALL {
            let moments: BTreeSet<_> = (0..1000)
                .map(|n| after(source, secret(n), moment("2026-09-08T00:00:00Z")))
                .collect();
            assert!(moments.len() > 950, "{source:?}: {} moments", moments.len());
            assert!(moments.iter().all(|at| at.minute() != 0));
            let (first, last) = (moments.first().expect("one"), moments.last().expect("one"));
            assert!(*last - *first > TimeDelta::hours(8), "{source:?}");
        }
    }

    #[test]
    fn what_changes_by_the_month_is_asked_rarely_and_not_at_all_while_it_holds() {
        let now = moment("2026-09-08T10:10:00Z");
        let waits = |source: Source| (0..200).map(move |n| after(source, secret(n), now) - now);
        assert!(waits(Source::HubEau).all(|wait| wait <= TimeDelta::days(15)));
        assert!(waits(Source::HubEau).any(|wait| wait >= TimeDelta::days(10)));
        assert!(waits(Source::Georisques).all(|wait| wait <= TimeDelta::days(181)));
        let health = |at| Health { last_success: Some(moment(at)), ..Health::default() };
        assert!(holds(Source::HubEau, &health("2026-09-08T08:00:00Z"), now));
        assert!(!holds(Source::HubEau, &health("2026-09-07T08:00:00Z"), now));
        assert!(!holds(Source::AtmoFrance, &health("2026-09-08T10:09:00Z"), now));
        let failed = Health { error: Some("timeout".to_owned()), ..health("2026-09-08T08:00:00Z") };
        assert!(!holds(Source::HubEau, &failed, now), "a failure does not hold");
    }

    #[test]
    fn what_holds_is_not_due_before_it_ends() {
        let now = moment("2026-09-08T10:10:00Z");
        for source in Source::ALL {
            for n in 0..100 {
                let due = after(source, secret(n), now);
                let health =
                    Health { last_success: Some(now), next_due: Some(due), ..Health::default() };
                let next = next_due(source, &health).expect("a moment");
                assert!(next >= due && !holds(source, &health, next), "{source:?} at {next}");
            }
        }
        assert_eq!(next_due(Source::HubEau, &Health::default()), None);
    }

    #[test]
    fn a_source_that_fails_is_asked_ever_more_rarely_and_never_before_it_allows() {
        let now = moment("2026-09-08T10:10:00Z");
        let delay = |count| {
            let failure = Failure { count, ..Failure::default() };
            after_failure(Source::OpenMeteo, 7, failure, now) - now
        };
        assert!(delay(1) <= TimeDelta::hours(3));
        assert!(delay(1) < delay(4) && delay(4) < delay(7));
        assert!(delay(1_000_000) <= TimeDelta::hours(13));
        let retry_after = Some(now + TimeDelta::hours(20));
        let failure = Failure { count: 1, retry_after, offline: false };
        let retried: BTreeSet<_> =
            (0..100).map(|n| after_failure(Source::OpenMeteo, secret(n), failure, now)).collect();
        assert!(retried.iter().all(|at| Some(*at) >= retry_after));
        let spread = *retried.last().expect("one") - *retried.first().expect("one");
        assert!(spread > TimeDelta::minutes(45), "not all at the same moment: {spread}");
    }

    #[test]
    fn a_device_that_is_offline_looks_again_soon_since_it_bothers_nobody() {
        let now = moment("2026-09-08T10:10:00Z");
        let failure = Failure { count: 40, retry_after: None, offline: true };
        let again = after_failure(Source::OpenMeteo, 7, failure, now);
        assert!(again - now <= TimeDelta::minutes(40) + TimeDelta::hours(1), "{again}");
    }

    #[test]
    fn what_was_not_published_is_looked_for_again_before_the_next_stretch() {
        let awaited = Left { awaited: true, ..Left::default() };
        let now = moment("2026-09-08T18:10:00Z");
        let again = after_answer(Source::AtmoFrance, 7, awaited, now);
        assert!(again - now <= TimeDelta::hours(4), "{again}");
        let night = moment("2026-09-08T22:30:00Z");
        let again = after_answer(Source::AtmoFrance, 7, awaited, night);
        assert!(paris_time(again) >= (15, 5), "nobody publishes at night: {again}");
    }

    #[test]
    fn while_a_danger_is_announced_its_source_is_asked_by_the_hour() {
        let alarm = Left { alarm: Alarm::Danger, ..Left::default() };
        let now = moment("2026-09-08T18:10:00Z");
        for n in 0..100 {
            let again = after_answer(Source::VigilanceMirror, secret(n), alarm, now) - now;
            assert!(again >= TimeDelta::minutes(45) && again <= TimeDelta::minutes(136), "{again}");
            let calm = after_answer(Source::OpenMeteo, secret(n), alarm, now);
            assert_eq!(calm, after(Source::OpenMeteo, secret(n), now), "a model has no alarm");
        }
    }

    #[test]
    fn a_new_place_an_open_app_and_a_clock_that_was_wrong_make_a_source_due() {
        let now = moment("2026-09-08T14:00:00Z");
        let due = |next_due, wanted| {
            let last_attempt = Some(moment("2026-09-08T09:00:00Z"));
            let health = Health { next_due, last_attempt, ..Health::default() };
            is_due(Source::AtmoFrance, &health, wanted, now)
        };
        let nothing = Wanted::default();
        let later = Some(now + TimeDelta::hours(3));
        assert!(due(None, nothing));
        assert!(!due(later, nothing));
        assert!(due(later, Wanted { unasked: true, ..nothing }));
        assert!(due(Some(now + TimeDelta::days(400)), nothing));
        assert!(due(Some(now), nothing));
        let looked_at = Wanted { looked_at: true, ..nothing };
        assert!(due(later, looked_at), "published at 15:00, last asked at 11:00");
        let health = Health { next_due: later, last_attempt: Some(now), ..Health::default() };
        assert!(!is_due(Source::AtmoFrance, &health, looked_at, now), "asked since");
        let failed = |at| {
            let failing = Health { failures: 1, last_attempt: Some(moment(at)), ..health.clone() };
            is_due(Source::AtmoFrance, &failing, looked_at, now)
        };
        assert!(!failed("2026-09-08T13:50:00Z"), "a failure is waited out");
        assert!(failed("2026-09-08T13:40:00Z"), "but not for hours by somebody who looks");
    }

    #[test]
    fn silence_is_told_of_only_beyond_the_cadence_and_only_where_it_was_asked_lately() {
        let now = moment("2026-09-10T16:00:00Z");
        let silent = Health {
            last_attempt: Some(moment("2026-09-10T15:00:00Z")),
            last_success: Some(moment("2026-09-10T15:00:00Z")),
            last_today: Some(moment("2026-09-08T16:00:00Z")),
            nothing_for_today: true,
            ..Health::default()
        };
        let since = |health: &Health| silent_since(Source::AtmoFrance, health, now);
        assert_eq!(since(&silent), silent.last_today);
        assert_eq!(since(&Health { nothing_for_today: false, ..silent.clone() }), None);
        let lately = Some(moment("2026-09-09T16:00:00Z"));
        assert_eq!(since(&Health { last_today: lately, ..silent.clone() }), None);
        let slept = Some(moment("2026-09-08T16:00:00Z"));
        assert_eq!(since(&Health { last_attempt: slept, ..silent }), None);
    }

    #[test]
    fn answers_with_nothing_in_them_are_silence_where_there_is_always_something() {
        let now = moment("2026-09-10T16:00:00Z");
        let empty = Health {
            last_attempt: Some(now),
            last_success: Some(now),
            last_today: Some(now - TimeDelta::hours(25)),
            nothing_for_today: true,
            ..Health::default()
        };
        assert_eq!(silent_since(Source::VigilanceMirror, &empty, now), empty.last_today);
        let full = Health { nothing_for_today: false, ..empty };
        assert_eq!(silent_since(Source::VigilanceMirror, &full, now), None);
        assert!(is_missed(Source::AtmoEpisodes) && !is_missed(Source::Georisques));
    }
}
