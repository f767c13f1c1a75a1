//! What each host may still be asked: its budget of the day, its rest after failures, and the marks
//! by which it tells that nothing has changed. All of it outlives a restart.

use std::io::{Read as _, Write as _};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use crate::clock::Clock;
use crate::http::FetchError;
use crate::schedule::spread;
use crate::sent::{ANSWERED, SENT_DAYS};
use crate::store::{HostTraffic, KeptAnswer, Result, SentRow, Store};
use crate::upstream::{Host, Upstream};

/// How often in a row a host may fail before it is left alone.
const FAILURES: u32 = 3;

/// How long it is left alone at first; doubled by each further failure.
const REST: TimeDelta = TimeDelta::minutes(10);

/// The longest rest.
const LONGEST_REST: TimeDelta = TimeDelta::hours(6);

/// The ledger over a data file. Clones share the file.
#[derive(Debug, Clone)]
pub struct Ledger {
    store: Arc<Mutex<Store>>,
    clock: Clock,
    secret: u64,
    /// A person asked for everything: hosts are asked though they rest, never beyond their budget.
    insists: bool,
    /// How much of a budget may be spent: the past leaves the rest to the present.
    share: f64,
    turns: Turns,
}

/// How much of a budget questions about the past may reach.
const SHARE_OF_THE_PAST: f64 = 0.5;

/// Whose turn it is to ask each host: one question at a time.
#[derive(Debug, Clone)]
pub(crate) struct Turns(Arc<[tokio::sync::Mutex<()>; Host::ALL.len()]>);

impl Turns {
    pub(crate) fn new() -> Self {
        Self(Arc::new(std::array::from_fn(|_| tokio::sync::Mutex::new(()))))
    }
}

impl Ledger {
    pub(crate) fn new(
        store: Arc<Mutex<Store>>,
        clock: Clock,
        secret: u64,
        insists: bool,
        turns: Turns,
    ) -> Self {
        Self { store, clock, secret, insists, share: 1.0, turns }
    }

    /// The same ledger for questions about the past, which may spend only a part of a budget.
    pub(crate) fn for_the_past(self) -> Self {
        Self { share: SHARE_OF_THE_PAST, ..self }
    }

    /// Waits until no other question to this host is under way; the turn ends when it is dropped.
    pub(crate) async fn turn(&self, host: Host) -> Option<tokio::sync::MutexGuard<'_, ()>> {
        let at = Host::ALL.iter().position(|known| *known == host)?;
        Some(self.turns.0.get(at)?.lock().await)
    }

    fn now(&self) -> DateTime<Utc> {
        self.clock.now().utc()
    }

    /// Runs `change` over the file. What cannot be kept is no reason not to answer: the engine sees
    /// the same file next, and says what is wrong with it.
    fn with<T>(&self, change: impl FnOnce(&mut Store) -> Result<T>) -> Option<T> {
        let mut store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut store)
            .map_err(|error| tracing::warn!(%error, "the ledger of requests cannot be used"))
            .ok()
    }

    /// Books a question to its host.
    ///
    /// # Errors
    /// [`FetchError::OverBudget`] and [`FetchError::Resting`]: it must not be asked now.
    pub(crate) fn admit(&self, question: &Upstream) -> std::result::Result<(), FetchError> {
        let now = self.now();
        let host = question.host();
        let booked = self.with(|store| {
            store.write(|writer| {
                let before = writer.reader().host_traffic(host.name())?;
                let traffic = match book(&before, host, question.weight(), self.insists, now) {
                    Ok(traffic) if traffic.spent > host.daily_budget() * self.share => {
                        return Ok(Err(FetchError::OverBudget));
                    }
                    Ok(traffic) => traffic,
                    Err(refused) => return Ok(Err(refused)),
                };
                writer.save_host_traffic(host.name(), &traffic)?;
                Ok(Ok(()))
            })
        });
        booked.unwrap_or(Ok(()))
    }

    /// Keeps that a question for `producer` goes to `host`, right before it does; the number is for
    /// [`Ledger::came_of`].
    ///
    /// By a clock that is set, everything may be too old: then nothing is forgotten.
    pub(crate) fn sending(
        &self,
        host: String,
        producer: String,
        question: &Upstream,
    ) -> Option<i64> {
        let now = self.now();
        let sent = SentRow {
            at: now,
            host,
            producer,
            purpose: question.purpose().name().to_owned(),
            what: question.carried(),
            outcome: None,
        };
        self.with(|store| {
            store.write(|writer| {
                if matches!(self.clock, Clock::System) {
                    writer.forget_sent(now - TimeDelta::days(SENT_DAYS))?;
                }
                writer.add_sent(&sent)
            })
        })
    }

    /// Keeps what came of what was sent.
    pub(crate) fn came_of(&self, sent: &[i64], failed: Option<&FetchError>) {
        if sent.is_empty() {
            return;
        }
        let outcome = failed.map_or(ANSWERED, FetchError::code);
        self.with(|store| {
            store.write(|writer| sent.iter().try_for_each(|id| writer.end_sent(*id, outcome)))
        });
    }

    /// Learns whether a host worked.
    pub(crate) fn settle(&self, host: Host, failed: Option<&FetchError>) {
        let now = self.now();
        self.with(|store| {
            store.write(|writer| {
                let before = writer.reader().host_traffic(host.name())?;
                match settled(&before, host, self.secret, failed, now) {
                    Some(traffic) => writer.save_host_traffic(host.name(), &traffic),
                    None => Ok(()),
                }
            })
        });
    }

    /// What was last answered to a question, with its marks.
    pub(crate) fn kept(&self, url: &str) -> Option<(KeptAnswer, Vec<u8>)> {
        let kept = self.with(|store| store.read(|reader| reader.kept_answer(url)))??;
        let mut body = Vec::new();
        GzDecoder::new(kept.body.as_slice()).read_to_end(&mut body).ok()?;
        Some((kept, body))
    }

    /// Keeps an answer that has a mark.
    pub(crate) fn keep(
        &self,
        url: &str,
        etag: Option<String>,
        modified: Option<String>,
        body: &[u8],
    ) {
        if etag.is_none() && modified.is_none() {
            return;
        }
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        let packed = packed.write_all(body).and_then(|()| packed.finish());
        let Ok(body) = packed else { return };
        let now = self.now();
        let answer = KeptAnswer { etag, modified, body };
        self.with(|store| store.write(|writer| writer.keep_answer(url, &answer, now)));
    }
}

/// The traffic with a question of this weight added.
///
/// # Errors
/// [`FetchError::OverBudget`], whoever asks, and [`FetchError::Resting`] unless a person insists.
pub fn book(
    before: &HostTraffic,
    host: Host,
    weight: f64,
    insists: bool,
    now: DateTime<Utc>,
) -> std::result::Result<HostTraffic, FetchError> {
    if let Some(until) = before.resting_until.filter(|until| *until > now && !insists) {
        // A rest that is longer than any comes from a clock that was wrong.
        if until - now <= LONGEST_REST * 2 + TimeDelta::days(1) {
            return Err(FetchError::Resting { until });
        }
    }
    let day = now.timestamp().div_euclid(86_400);
    let spent = if before.day == day { before.spent } else { 0.0 } + weight;
    if spent > host.daily_budget() {
        return Err(FetchError::OverBudget);
    }
    Ok(HostTraffic { day, spent, ..before.clone() })
}

/// The traffic after a host worked or failed; `None` where that changes nothing.
#[must_use]
pub fn settled(
    before: &HostTraffic,
    host: Host,
    secret: u64,
    failed: Option<&FetchError>,
    now: DateTime<Utc>,
) -> Option<HostTraffic> {
    let works = failed.map_or(Some(true), host_works)?;
    if works && before.failures == 0 && before.resting_until.is_none() {
        return None;
    }
    let failures = if works { 0 } else { before.failures + 1 };
    let retry = failed.and_then(|error| error.retry_after(now));
    let share = spread(secret, host.name(), failures);
    let resting_until = (!works).then(|| rest(failures, retry, share, now)).flatten();
    Some(HostTraffic { failures, resting_until, ..before.clone() })
}

/// Whether an error speaks for or against the host; `None`: it says nothing of it.
fn host_works(error: &FetchError) -> Option<bool> {
    match error {
        FetchError::OverBudget | FetchError::Resting { .. } | FetchError::Dns => None,
        FetchError::Refused
        | FetchError::Tls { .. }
        | FetchError::Interrupted
        | FetchError::TimedOut => Some(false),
        FetchError::Status { status, .. } => Some(*status != 429 && *status < 500),
        _ => Some(true),
    }
}

/// Until when a host is left alone after so many failures in a row.
fn rest(
    failures: u32,
    retry_after: Option<DateTime<Utc>>,
    share: f64,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let doubled = failures.checked_sub(FAILURES).map(|more| REST * 2_i32.pow(more.min(10)));
    let own = doubled.map(|rest| {
        let rest = rest.min(LONGEST_REST);
        now + rest + crate::schedule::part(rest / 2, share)
    });
    own.max(retry_after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-09-08T14:00:00Z".parse().expect("a moment")
    }

    fn ledger(folder: &tempfile::TempDir, insists: bool) -> Ledger {
        let store = Store::open(folder.path()).expect("a file");
        let clock = Clock::from(now().fixed_offset());
        Ledger::new(Arc::new(Mutex::new(store)), clock, 7, insists, Turns::new())
    }

    fn question() -> Upstream {
        Upstream::commune("75056")
    }

    #[test]
    fn a_host_has_a_budget_for_each_day_whoever_asks_and_however_often_the_app_starts() {
        let folder = tempfile::tempdir().expect("a folder");
        let budget = question().host().daily_budget();
        let mut asked = 0.0;
        while ledger(&folder, true).admit(&question()).is_ok() {
            asked += 1.0;
            assert!(asked <= budget);
        }
        assert!((asked - budget).abs() < 0.5, "{asked} of {budget}");
        let refused = ledger(&folder, true).admit(&question()).expect_err("spent");
        assert_eq!(refused, FetchError::OverBudget);
        let midnight = "2026-09-09T00:00:00Z".parse().ok();
        assert_eq!(refused.retry_after(now()), midnight);
        let spent = HostTraffic { day: 20_704, spent: budget, ..HostTraffic::default() };
        let tomorrow = now() + TimeDelta::days(1);
        assert!(book(&spent, question().host(), 1.0, false, tomorrow).is_ok());
    }

    #[test]
    fn the_past_leaves_a_part_of_the_budget_to_the_present() {
        let folder = tempfile::tempdir().expect("a folder");
        while ledger(&folder, false).for_the_past().admit(&question()).is_ok() {}
        let past = ledger(&folder, true).for_the_past().admit(&question());
        assert_eq!(past, Err(FetchError::OverBudget));
        assert_eq!(ledger(&folder, false).admit(&question()), Ok(()));
    }

    #[test]
    fn a_host_that_fails_three_times_is_left_alone_unless_a_person_insists() {
        let folder = tempfile::tempdir().expect("a folder");
        let down = FetchError::TimedOut;
        for _ in 0..2 {
            ledger(&folder, false).settle(question().host(), Some(&down));
        }
        assert_eq!(ledger(&folder, false).admit(&question()), Ok(()));
        ledger(&folder, false).settle(question().host(), Some(&down));
        let refused = ledger(&folder, false).admit(&question()).expect_err("resting");
        assert!(matches!(refused, FetchError::Resting { until } if until > now()));
        assert_eq!(ledger(&folder, true).admit(&question()), Ok(()));
        ledger(&folder, true).settle(question().host(), None);
        assert_eq!(ledger(&folder, false).admit(&question()), Ok(()), "it works again");
    }

    #[test]
    fn nonsense_is_no_failure_of_the_host_and_an_offline_device_none_either() {
        let folder = tempfile::tempdir().expect("a folder");
        for error in [FetchError::Dns, FetchError::Truncated, FetchError::schema("nonsense")] {
            for _ in 0..9 {
                ledger(&folder, false).settle(question().host(), Some(&error));
            }
            assert_eq!(ledger(&folder, false).admit(&question()), Ok(()), "{error}");
        }
    }

    #[test]
    fn what_a_host_asks_for_is_waited_for() {
        let later = now() + TimeDelta::hours(5);
        assert_eq!(rest(1, Some(later), 0.5, now()), Some(later));
        assert_eq!(rest(1, None, 0.5, now()), None);
        let longest = rest(90, None, 0.999, now()).expect("a rest");
        assert!(longest - now() <= LONGEST_REST + LONGEST_REST / 2);
    }

    #[test]
    fn an_answer_is_kept_with_its_mark_and_without_one_not_at_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let ledger = ledger(&folder, false);
        ledger.keep("https://one", Some("\"a\"".to_owned()), None, b"body");
        ledger.keep("https://two", None, None, b"body");
        let (kept, body) = ledger.kept("https://one").expect("kept");
        assert_eq!((kept.etag.as_deref(), body.as_slice()), (Some("\"a\""), &b"body"[..]));
        assert_eq!(ledger.kept("https://two"), None);
    }
}
