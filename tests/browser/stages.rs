//! What the app has lived through when a screen is looked at.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use chrono::{DateTime, FixedOffset, TimeDelta};
use ecosante_browser::{Host, Setting, live_through};
use ecosante_domain::decision::AlertId;
use ecosante_domain::person::PersonId;
use ecosante_domain::place::PlaceId;
use ecosante_domain::text::Language;
use ecosante_domain::window::{AlertCard, Overview, command};
use ecosante_replay::{Fault, Replay, World, host};
use serde_json::json;
use tempfile::TempDir;

/// A day on which the air is what counts most.
pub(crate) const OCTOBER: &str = "2026-10-06T15:20:00+02:00";

/// What has happened before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stage {
    /// Nothing: the first run.
    Empty,
    /// Several places and people, with days behind them and an alert.
    Household,
    /// The household two days later, when no source can be reached.
    Offline,
    /// The household a day later, when one source fails.
    OneFails,
    /// Whose data file a newer version wrote.
    Stopped,
}

impl Stage {
    pub(crate) const ALL: [Self; 5] =
        [Self::Empty, Self::Household, Self::Offline, Self::OneFails, Self::Stopped];
}

/// What of the household screens are about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    pub(crate) place: PlaceId,
    /// A place of which most is not known.
    pub(crate) abroad: PlaceId,
    pub(crate) person: PersonId,
    pub(crate) alert: AlertId,
}

/// The stages, each with an engine of its own.
pub(crate) struct Stages {
    pub(crate) hosts: BTreeMap<Stage, Host>,
    pub(crate) known: Known,
    _folder: Option<TempDir>,
    _sources: Vec<Replay>,
}

/// Where nobody answers.
const NOWHERE: &str = "http://127.0.0.1:9";

impl Stages {
    /// Sets them all up, after so many days of the household.
    pub(crate) async fn set(days: usize) -> Self {
        let folder = TempDir::new().unwrap();
        let stages = Self::set_in(folder.path(), days).await;
        Self { _folder: Some(folder), ..stages }
    }

    /// Sets them all up in an empty folder that stays.
    pub(crate) async fn set_in(place: &Path, days: usize) -> Self {
        let now: DateTime<FixedOffset> = OCTOBER.parse().unwrap();
        let lived = place.join("lived");
        let known = household(&lived, now, days).await;
        let (mut hosts, mut sources) = (BTreeMap::new(), Vec::new());
        for stage in Stage::ALL {
            let folder = place.join(format!("{stage:?}").to_lowercase());
            fs::create_dir_all(&folder).unwrap();
            let later = match stage {
                Stage::Empty | Stage::Household => 0,
                Stage::OneFails | Stage::Stopped => 1,
                Stage::Offline => 2,
            };
            let now = now + TimeDelta::days(later);
            let mut gateway = NOWHERE.to_owned();
            match stage {
                Stage::Empty => {}
                Stage::Stopped => {
                    // The first bytes of the file that say which version wrote it.
                    copy(&lived, &folder);
                    let file = folder.join("ecosante.db");
                    let mut bytes = fs::read(&file).unwrap();
                    bytes[60..64].copy_from_slice(&9_999_u32.to_be_bytes());
                    fs::write(file, bytes).unwrap();
                }
                Stage::Household | Stage::Offline | Stage::OneFails => {
                    copy(&lived, &folder);
                }
            }
            if matches!(stage, Stage::Empty | Stage::Household | Stage::OneFails) {
                let replay = Replay::start(World::demo(now));
                if stage == Stage::OneFails {
                    replay.fault(host::ATMO, Fault::status(503));
                }
                gateway = replay.gateway();
                sources.push(replay);
            }
            let language = Language::En;
            let setting = Setting { folder, now, gateway, language, polls: false };
            let host = Host::open(setting).await;
            if matches!(stage, Stage::Offline | Stage::OneFails) {
                host.asks().await;
            }
            hosts.insert(stage, host);
        }
        Self { hosts, known, _folder: None, _sources: sources }
    }
}

/// Léa with asthma and somebody who is allergic to grass, at home in Lyon, in Paris, on an island
/// that no index covers and in Brussels, after so many days.
async fn household(folder: &Path, now: DateTime<FixedOffset>, days: usize) -> Known {
    let lived: Vec<_> =
        (1..=days).rev().map(|ago| move |then| Some(World::before_demo(then, ago))).collect();
    live_through(folder, now, &["69123", "75056"], &lived).await;
    let replay = Replay::start(World::demo(now));
    let setting = Setting {
        folder: folder.to_owned(),
        now,
        gateway: replay.gateway(),
        language: Language::En,
        polls: false,
    };
    let host = Host::open(setting).await;
    for place in ["69123", "75056", "85113"] {
        host.ask(command::ADD_PLACE, &json!({ "query": place })).await.unwrap();
    }
    let found = host.ask(command::SEARCH_PLACES, &json!({ "query": "Bruxelles" })).await.unwrap();
    let brussels = json!({ "query": found[0]["add"], "name": found[0]["name"] });
    host.ask(command::ADD_PLACE, &brussels).await.unwrap();
    let set = async |person: Option<&str>, entries: &[(&str, &str)]| {
        let given = json!({ "person": person, "entries": entries });
        host.ask(command::SET_PROFILE, &given).await.unwrap();
    };
    set(None, &[("allergies", "grass,ragweed"), ("activities", "sport")]).await;
    set(Some("Léa"), &[("age", "child"), ("conditions", "asthma")]).await;
    set(Some("Jo"), &[("age", "over65"), ("conditions", "heart"), ("level.uv", "4")]).await;
    host.asks().await;
    let overview = host.ask(command::OVERVIEW, &json!({})).await.unwrap();
    let overview: Overview = serde_json::from_value(overview).unwrap();
    let alerts = host.ask(command::ALERTS, &json!({ "days": 30 })).await.unwrap();
    let alerts: Vec<AlertCard> = serde_json::from_value(alerts).unwrap();
    let people = host.ask(command::PEOPLE, &json!({})).await.unwrap();
    let diarist = &people[0]["id"];
    for ago in 0..days.min(20) {
        let day = (now - TimeDelta::days(i64::try_from(ago).unwrap())).date_naive();
        let answers = [("nose", "1"), ("breathing", if ago % 3 == 0 { "2" } else { "0" })];
        let given = json!({ "person": diarist, "day": day.to_string(), "entries": answers });
        host.ask(command::SET_DIARY, &given).await.unwrap();
    }
    Known {
        place: overview.places[0].id,
        abroad: overview.places[3].id,
        person: overview.places[0].people[0].person,
        alert: alerts[0].id,
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}
