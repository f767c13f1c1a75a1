//! The past: asked for once, never in the way of the present, kept for as long as is wished.

use std::cell::RefCell;
use std::collections::BTreeSet;

use chrono::{DateTime, Days, FixedOffset, NaiveDate};
use ecosante_domain::metric::{Metric, Pollutant};
use ecosante_domain::periods::Period;
use ecosante_domain::reading::{Source, Target};
use ecosante_domain::text::{Language, Texts};
use ecosante_engine::clock::Clock;
use ecosante_engine::host::{Host, Notification, Notifier, Progress};
use ecosante_engine::http::HttpOptions;
use ecosante_engine::{Engine, HistoryRow, Options, Refreshed};
use ecosante_replay::{Fault, Replay, World, host};
use tempfile::TempDir;

const TUESDAY: &str = "2026-09-08T16:00:00+02:00";
const LYON: &str = "69123";

fn moment(text: &str) -> DateTime<FixedOffset> {
    text.parse().expect("a moment")
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// Keeps what it is told.
#[derive(Default)]
struct Listener(RefCell<Vec<Notification>>);

impl Notifier for Listener {
    fn channel(&self) -> &'static str {
        "test"
    }

    fn notify(&self, notification: &Notification) -> Result<(), String> {
        self.0.borrow_mut().push(notification.clone());
        Ok(())
    }
}

impl Host for Listener {
    fn progress(&self, _: Progress) {}
}

/// A data folder behind pretended sources.
struct Device {
    folder: TempDir,
    replay: Replay,
}

impl Device {
    async fn with(world: World, places: &[&str]) -> Self {
        let device =
            Self { folder: TempDir::new().expect("a folder"), replay: Replay::start(world) };
        for place in places {
            let engine = device.at(TUESDAY);
            engine.add_place(place, None, Language::En).await.expect("a place");
        }
        device.replay.forget_requests();
        device
    }

    fn at(&self, now: &str) -> Engine {
        self.replay.world(|world| {
            world.at(moment(now));
        });
        Engine::open(Options {
            folder: self.folder.path().to_owned(),
            clock: Clock::from(moment(now)),
            gateway: Some(self.replay.gateway()),
            relay: None,
            language: None,
            system_language: Language::En,
            http: HttpOptions::default(),
        })
        .expect("an engine")
    }

    async fn refreshed(&self, now: &str) -> (Refreshed, usize) {
        let listener = Listener::default();
        let refreshed = self.at(now).refresh(true, &listener).await.expect("a refresh");
        (refreshed, listener.0.into_inner().len())
    }

    /// The questions about the past so far.
    fn about_the_past(&self) -> Vec<String> {
        let past = |url: &String| url.contains("past_days=92") || url.contains("ind:ind_atmo&");
        let all = self.replay.requests();
        let url = |it: &ecosante_replay::Request| {
            let query: Vec<_> =
                it.query.iter().map(|(key, value)| format!("{key}={value}")).collect();
            format!("{}{}?{}&", it.host, it.path, query.join("&"))
        };
        all.iter().map(url).filter(past).collect()
    }

    fn history(&self, now: &str, metric: Metric, days: u32) -> Vec<HistoryRow> {
        let engine = self.at(now);
        let place = engine.places().expect("places").remove(0);
        engine.history(&Texts::new(Language::En), &place, metric, days).expect("a history")
    }

    fn days_before(&self, now: &str, metric: Metric, days: u32) -> usize {
        let today = moment(now).date_naive();
        let rows = self.history(now, metric, days);
        let days: BTreeSet<_> = rows
            .iter()
            .map(|row| row.reading.target.day(chrono_tz::Tz::Europe__Paris))
            .filter(|day| *day < today)
            .collect();
        days.len()
    }
}

#[tokio::test]
async fn a_new_install_knows_a_year_of_the_index_and_three_months_of_hours_after_one_refresh() {
    let mut world = World::quiet(moment(TUESDAY));
    world.set_air(LYON, date("2026-03-01"), 4);
    let device = Device::with(world, &["69123", "Villeurbanne", "Bron"]).await;
    let (refreshed, _) = device.refreshed(TUESDAY).await;
    assert!(refreshed.failed.is_empty(), "{refreshed:?}");
    assert_eq!(device.about_the_past().len(), 3, "one question a source for three places");
    assert_eq!(device.days_before(TUESDAY, Metric::Air, 400), 365);
    for metric in [Metric::Concentration(Pollutant::O3), Metric::ApparentTemperature] {
        let days = device.days_before(TUESDAY, metric, 400);
        assert!((92..=93).contains(&days), "{metric}: {days}");
    }
    let rows = device.history(TUESDAY, Metric::Air, 400);
    let march = rows.iter().find(|it| it.reading.target.to_string() == "2026-03-01");
    assert_eq!(march.expect("a day").reading.level, Some(4));
    // What lies beyond the last publication is estimated, for a cell.
    let today = date("2026-09-08");
    let past = rows.iter().map(|it| &it.reading).filter(|it| it.target <= Target::Day(today));
    let zones: BTreeSet<_> = past.map(|it| (it.source, it.zone_name.clone())).collect();
    assert_eq!(zones.len(), 1, "the past is of the same zone as the present: {zones:?}");
}

#[tokio::test]
async fn the_past_is_asked_for_once() {
    let device = Device::with(World::quiet(moment(TUESDAY)), &["69123"]).await;
    device.refreshed(TUESDAY).await;
    assert_eq!(device.about_the_past().len(), 3);
    let before = device.history(TUESDAY, Metric::Air, 400);
    device.replay.forget_requests();
    for later in ["2026-09-08T18:00:00+02:00", "2026-09-12T16:00:00+02:00"] {
        device.refreshed(later).await;
        assert!(device.about_the_past().is_empty(), "{:?}", device.about_the_past());
    }
    assert_eq!(before.len(), device.history(TUESDAY, Metric::Air, 400).len() - 4);
}

#[tokio::test]
async fn nobody_is_alerted_of_the_past() {
    let bad = |world: &mut World, until: &str| {
        let mut day = date("2026-08-01");
        while day <= date(until) {
            world.set_air(LYON, day, 5);
            day = day + Days::new(1);
        }
    };
    let mut world = World::quiet(moment(TUESDAY));
    bad(&mut world, "2026-09-06");
    let device = Device::with(world, &["69123"]).await;
    let (_, told) = device.refreshed(TUESDAY).await;
    let (_, later) = device.refreshed("2026-09-08T17:00:00+02:00").await;
    assert_eq!((told, later), (0, 0), "it is over");
    assert!(device.history(TUESDAY, Metric::Air, 30).iter().any(|it| it.reading.level == Some(5)));
    let texts = Texts::new(Language::En);
    assert!(device.at(TUESDAY).alerts(&texts, 90).expect("alerts").is_empty());

    let mut world = World::quiet(moment(TUESDAY));
    bad(&mut world, "2026-09-08");
    let device = Device::with(world, &["69123"]).await;
    let (_, told) = device.refreshed(TUESDAY).await;
    let (_, later) = device.refreshed("2026-09-08T17:00:00+02:00").await;
    assert_eq!((told, later), (1, 0), "today is told once, and its beginning is no news");
    assert_eq!(device.at(TUESDAY).alerts(&texts, 90).expect("alerts").len(), 1);
}

#[tokio::test]
async fn the_past_of_a_source_that_does_not_know_the_present_waits_for_it() {
    let device = Device::with(World::quiet(moment(TUESDAY)), &["69123"]).await;
    device.replay.fault(host::ATMO_INDEX, Fault::Xml200);
    let (refreshed, _) = device.refreshed(TUESDAY).await;
    assert_eq!(refreshed.failed.len(), 1, "{refreshed:?}");
    assert_eq!(device.about_the_past().len(), 2, "that of the others");
    device.replay.fault(host::ATMO_INDEX, None);
    device.refreshed("2026-09-08T20:00:00+02:00").await;
    assert_eq!(device.about_the_past().len(), 3);
    assert_eq!(device.days_before(TUESDAY, Metric::Air, 400), 365);
}

#[tokio::test]
async fn a_past_that_failed_is_asked_for_again_another_day_and_hinders_nothing() {
    let device = Device::with(World::quiet(moment(TUESDAY)), &["69123"]).await;
    let listener = FaultsAfter { replay: &device.replay };
    let refreshed = device.at(TUESDAY).refresh(true, &listener).await.expect("a refresh");
    assert!(refreshed.failed.is_empty(), "{refreshed:?}");
    device.replay.fault(host::OPEN_METEO_AIR, None);
    let ozone = Metric::Concentration(Pollutant::O3);
    assert!(device.days_before(TUESDAY, ozone, 400) < 3, "it is not known");
    let status = device.at(TUESDAY).status(&Texts::new(Language::En)).expect("a status");
    assert!(status.sources.iter().all(|it| it.error.is_none()), "that is no matter of its health");
    device.replay.forget_requests();
    device.refreshed("2026-09-09T15:00:00+02:00").await;
    assert!(device.about_the_past().is_empty(), "not twice a day");
    device.refreshed("2026-09-09T16:30:00+02:00").await;
    assert_eq!(device.about_the_past().len(), 1);
    assert!(device.days_before("2026-09-09T16:30:00+02:00", ozone, 400) >= 92);
}

/// Breaks the air quality models as soon as they have answered for the present.
struct FaultsAfter<'a> {
    replay: &'a Replay,
}

impl Notifier for FaultsAfter<'_> {
    fn channel(&self) -> &'static str {
        "test"
    }

    fn notify(&self, _: &Notification) -> Result<(), String> {
        Ok(())
    }
}

impl Host for FaultsAfter<'_> {
    fn progress(&self, progress: Progress) {
        if progress == Progress::Answered(Source::OpenMeteo) {
            self.replay.fault(host::OPEN_METEO_AIR, Fault::status(503));
        }
    }
}

#[tokio::test]
async fn what_is_older_than_it_is_to_be_kept_is_forgotten() {
    let device = Device::with(World::quiet(moment(TUESDAY)), &["69123"]).await;
    device.refreshed(TUESDAY).await;
    let later = "2027-05-08T16:00:00+02:00";
    device.refreshed(later).await;
    let first = |metric| {
        let engine = device.at(later);
        let place = engine.places().expect("places").remove(0);
        engine.first_day(&place, metric).expect("a look")
    };
    assert_eq!(first(Metric::Air), Some(date("2025-09-08")), "five years are kept");
    let engine = device.at(later);
    let entry = [("retention".to_owned(), "1".to_owned())];
    engine.set_profile(None, &entry).expect("a year");
    let nonsense = [("retention".to_owned(), "soon".to_owned())];
    let refused = engine.set_profile(None, &nonsense).expect_err("no number of years");
    assert_eq!(refused.code(), "retention");
    // The clock of a test is set: nothing is deleted by itself.
    device.refreshed("2027-05-09T16:00:00+02:00").await;
    assert_eq!(first(Metric::Air), Some(date("2025-09-08")));
    device.at("2027-05-09T16:00:00+02:00").forget().expect("a day on which it is noted");
    assert_eq!(first(Metric::Air), Some(date("2025-09-08")), "the clock may be wrong");
    device.at("2027-05-10T16:00:00+02:00").forget().expect("the next day");
    let kept = first(Metric::Air).expect("something");
    assert!(kept >= date("2026-05-10") && kept < date("2026-06-01"), "{kept}");
    assert!(first(Metric::Radon).is_some(), "what is known for long stays");
}

#[tokio::test]
async fn the_history_tells_what_had_been_announced_every_publication_and_whole_periods() {
    let mut world = World::quiet(moment(TUESDAY));
    let evening = moment("2026-09-08T18:10:00+02:00");
    world.publish_at(LYON, evening).air(date("2026-09-09"), 4);
    let device = Device::with(world, &["69123"]).await;
    device.refreshed(TUESDAY).await;
    device.refreshed("2026-09-08T19:00:00+02:00").await;
    device.replay.world(|world| {
        world.publish_at(LYON, moment("2026-09-09T14:10:00+02:00")).air(date("2026-09-09"), 3);
    });
    let next = "2026-09-09T16:00:00+02:00";
    device.refreshed(next).await;
    let rows = device.history(next, Metric::Air, 5);
    let row = |target: &str| {
        rows.iter().find(|it| it.reading.target.to_string() == target).expect("a day")
    };
    let settled = row("2026-09-09");
    assert_eq!((settled.reading.level, settled.announced_level), (Some(3), Some(4)));
    assert_eq!(settled.announced_at, Some(evening.to_utc()));
    assert_eq!(row("2026-09-10").announced_level, None, "nothing is settled yet");

    let engine = device.at(next);
    let place = engine.places().expect("places").remove(0);
    let texts = Texts::new(Language::En);
    let all = engine.publications(&texts, &place, Metric::Air, 5).expect("publications");
    let official = |it: &&ecosante_engine::PublicationRow| {
        it.reading.target.to_string() == "2026-09-09" && it.reading.published_at.is_some()
    };
    let levels: Vec<_> =
        all.iter().filter(official).map(|it| (it.reading.level, it.counts)).collect();
    assert_eq!(levels, [(Some(2), false), (Some(4), false), (Some(3), true)]);

    let months = engine.history_by(&texts, &place, Metric::Air, 30, Period::Month);
    let months = months.expect("months");
    let known: Vec<_> = months.iter().map(|it| (it.days, it.known_days)).collect();
    assert_eq!(known, [(31, 31), (30, 9)], "September is not over");
    assert_eq!(months[1].highest_level, Some(3));
    for metric in Metric::all() {
        engine.history(&texts, &place, metric, 30).expect("any metric");
        engine.publications(&texts, &place, metric, 30).expect("any metric");
        engine.history_by(&texts, &place, metric, 30, Period::Week).expect("any metric");
    }
    for metric in [Metric::Water, Metric::Radon] {
        let rows = engine.history(&texts, &place, metric, 1).expect("a history");
        assert!(!rows.is_empty(), "{metric} counts whatever day it is of");
    }
}
