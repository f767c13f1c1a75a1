//! What is published is what the app knows, of every commune; nothing is lost when a source fails, and
//! only what changes is written.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, NaiveDate};
use ecosante_domain::knowledge::State;
use ecosante_domain::metric::{Metric, Phenomenon};
use ecosante_domain::publication::{CommuneFile, DepartementFile, MetaFile, SCHEMA, StatsFile};
use ecosante_domain::reading::{Source, Target};
use ecosante_domain::text::{Language, Texts};
use ecosante_engine::clock::Clock;
use ecosante_engine::host::{Host, Notification, Notifier, Progress};
use ecosante_engine::http::HttpOptions;
use ecosante_engine::{Engine, Options};
use ecosante_publish::{CURRENT, PublishError, Published, STATE, Wanted, publish};
use ecosante_replay::{Fault, Replay, World, host};
use tempfile::TempDir;

const TUESDAY: &str = "2026-09-08T16:10:00+02:00";
/// Départements in which the pretended world has communes of every kind: with rows of their own,
/// under their EPCI, sharing a code, and overseas.
const DEPARTEMENTS: [&str; 5] = ["69", "75", "34", "973", "974"];
const COMMUNES: [&str; 6] = ["69123", "75056", "34172", "97302", "97307", "97411"];

fn moment(text: &str) -> DateTime<FixedOffset> {
    text.parse().unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A folder to publish into, behind pretended sources.
struct Desk {
    folder: TempDir,
    replay: Replay,
}

impl Desk {
    fn with(world: World) -> Self {
        // In memory where that can be: each publication waits for its disk, and for whatever else is
        // being written to it.
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() };
        Self { folder: folder.unwrap(), replay: Replay::start(world) }
    }

    fn of(change: impl FnOnce(&mut World)) -> Self {
        let mut world = World::quiet(moment(TUESDAY));
        change(&mut world);
        Self::with(world)
    }

    fn out(&self) -> &Path {
        self.folder.path()
    }

    fn engine(&self, folder: PathBuf, now: &str) -> Engine {
        self.replay.world(|world| {
            world.at(moment(now));
        });
        Engine::open(Options {
            folder,
            clock: Clock::from(moment(now)),
            gateway: Some(self.replay.gateway()),
            relay: None,
            language: None,
            system_language: Language::En,
            http: HttpOptions::default(),
        })
        .unwrap()
    }

    async fn try_publish(&self, now: &str, all: bool) -> Result<Published, PublishError> {
        let engine = self.engine(self.out().join(STATE), now);
        let departements = DEPARTEMENTS.map(str::to_owned).into();
        publish(&engine, self.out(), &Wanted { all, departements }).await
    }

    async fn publish(&self, now: &str) -> Published {
        self.try_publish(now, true).await.unwrap()
    }

    fn path(&self, path: &str) -> PathBuf {
        self.out().join(CURRENT).join(path)
    }

    fn read<T: serde::de::DeserializeOwned>(&self, path: &str) -> T {
        serde_json::from_slice(&fs::read(self.path(path)).unwrap()).unwrap()
    }

    fn commune(&self, code: &str) -> CommuneFile {
        self.read(&format!("v1/commune/{code}.json"))
    }

    fn meta(&self) -> MetaFile {
        self.read("v1/meta.json")
    }

    /// Every file with its bytes, but for those that say when.
    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let root = fs::canonicalize(self.out().join(CURRENT)).unwrap();
        let mut files = BTreeMap::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if !path.to_string_lossy().contains("meta.json") {
                    let name = path.strip_prefix(&root).unwrap().to_owned();
                    files.insert(name, fs::read(path).unwrap());
                }
            }
        }
        files
    }
}

struct Nobody;

impl Notifier for Nobody {
    fn channel(&self) -> &'static str {
        "test"
    }

    fn notify(&self, _: &Notification) -> Result<(), String> {
        Ok(())
    }
}

impl Host for Nobody {
    fn progress(&self, _: Progress) {}
}

/// A world in which something is the matter.
fn troubled(world: &mut World) {
    world.set_air("69123", date("2026-09-08"), 4).set_air("69123", date("2026-09-09"), 5);
    world.set_air("34172", date("2026-09-08"), 3);
    world.set_air("97302", date("2026-09-08"), 2).set_air("97307", date("2026-09-08"), 6);
    world.set_air("75056", date("2026-09-08"), 7);
    world.set_vigilance(
        "69",
        6,
        moment("2026-09-08T16:00:00+02:00"),
        moment("2026-09-09T20:00:00+02:00"),
        3,
    );
}

#[tokio::test]
async fn a_file_of_a_commune_has_the_levels_that_the_app_knows_when_it_asks_for_itself() {
    let desk = Desk::of(troubled);
    desk.publish(TUESDAY).await;
    let app = TempDir::new().unwrap();
    let engine = desk.engine(app.path().to_owned(), TUESDAY);
    for code in COMMUNES {
        // Its code is a postcode of another commune too.
        let query = if code == "97411" { "Saint-Denis 974" } else { code };
        engine.add_place(query, None, Language::En).await.unwrap();
    }
    engine.refresh(true, &Nobody).await.unwrap();
    let status = engine.status(&Texts::new(Language::En)).unwrap();
    let mut compared = 0;
    for place in status.places {
        let code = place.commune.clone().unwrap();
        let file = desk.commune(&code);
        let published: BTreeMap<(Metric, Target), u8> = file
            .publications
            .iter()
            .flat_map(|it| &it.values)
            .filter_map(|it| Some(((it.metric, it.target), it.level?)))
            .collect();
        for known in &place.readings {
            let of_carried = known.source.is_some_and(|source| file.carried.contains(&source));
            let daily = matches!(known.target, Target::Day(_));
            if !of_carried || !daily || known.level.is_none() {
                continue;
            }
            let level = published.get(&(known.metric, known.target)).copied();
            assert_eq!(level, known.level, "{code}: {} on {}", known.metric, known.target);
            compared += 1;
        }
    }
    assert!(compared > 60, "{compared}");
    let heat = desk.commune("69123").days[0].vigilance;
    assert_eq!((heat.metric, heat.level), (Metric::Vigilance(Phenomenon::Heat), Some(3)));
}

#[tokio::test]
async fn communes_under_one_code_and_under_their_epci_have_their_own_level_and_zone() {
    let desk = Desk::of(troubled);
    desk.publish(TUESDAY).await;
    let air = |code: &str| desk.commune(code).days[0].air.level;
    assert_eq!(
        [air("97302"), air("97307"), air("34172"), air("75056")],
        [Some(2), Some(6), Some(3), Some(7)]
    );
    let montpellier = desk.commune("34172");
    let zone = montpellier.publications.iter().find(|it| it.source == Source::AtmoFrance).unwrap();
    assert_eq!(zone.zone.name, "Montpellier Méditerranée Métropole");
}

#[tokio::test]
async fn what_nobody_publishes_is_missing_with_the_reason_and_never_good() {
    let desk = Desk::of(|world| {
        world.unpublish("75056");
    });
    desk.publish(TUESDAY).await;
    let paris = desk.commune("75056").days[0].air;
    assert_eq!((paris.level, paris.state), (None, State::NotPublishedYet));
    let reunion = desk.commune("97411").days[0].clone();
    assert_eq!((reunion.pollen.level, reunion.pollen.state), (None, State::NotCovered));
    assert_eq!(reunion.vigilance.state, State::NotCovered);
    let missing = desk.commune("75056").missing;
    assert!(
        missing.iter().any(|it| it.metric == Metric::Air && it.source == Some(Source::AtmoFrance))
    );
    let departement: DepartementFile = desk.read("v1/departement/75.json");
    assert_eq!(departement.counts[&Metric::Air]["none"], 1);
}

#[tokio::test]
async fn each_producer_is_asked_once_for_the_whole_country_and_open_meteo_never() {
    let desk = Desk::of(|_| ());
    desk.publish(TUESDAY).await;
    let asked: BTreeMap<String, usize> =
        desk.replay.requests().iter().fold(BTreeMap::new(), |mut asked, request| {
            *asked.entry(request.host.clone()).or_default() += 1;
            asked
        });
    let expected = [
        (host::ATMO, 3),
        // The tree lies behind a redirect.
        (host::VIGILANCE_ARCHIVE, 2),
        (host::VIGILANCE_STORE, 1),
        (host::COMMUNES, 1),
        (host::VIGILANCE_MIRROR, 1),
    ];
    assert_eq!(asked, expected.map(|(host, count)| (host.to_owned(), count)).into());
    let left_out: Vec<Source> = desk.meta().left_out.iter().map(|it| it.source).collect();
    assert!(left_out.contains(&Source::OpenMeteo) && left_out.contains(&Source::HubEau));
}

#[tokio::test]
async fn what_is_not_due_is_not_asked_for_and_stays() {
    let desk = Desk::of(|_| ());
    desk.publish(TUESDAY).await;
    desk.replay.forget_requests();
    let again = desk.try_publish("2026-09-08T16:11:00+02:00", false).await.unwrap();
    assert_eq!((again.written, desk.replay.requests().len()), (0, 0));
    assert_eq!(desk.commune("69123").days[0].air.state, State::Current);
}

#[tokio::test]
async fn a_source_is_asked_as_soon_as_its_producer_should_have_published() {
    let desk = Desk::of(|_| ());
    desk.publish("2026-09-08T14:30:00+02:00").await;
    for (now, expected) in [("2026-09-08T15:04:00+02:00", 0), ("2026-09-08T15:07:00+02:00", 1)] {
        desk.replay.forget_requests();
        desk.try_publish(now, false).await.unwrap();
        assert_eq!(desk.replay.requests_to(host::ATMO_INDEX).len(), expected, "{now}");
    }
}

#[tokio::test]
async fn a_source_that_fails_leaves_what_it_published_last_with_its_age() {
    let faults = [
        Fault::status(503),
        Fault::Xml200,
        Fault::Truncated,
        Fault::EmptyFeatures,
        Fault::WrongDate,
    ];
    for fault in faults {
        let desk = Desk::of(troubled);
        desk.publish(TUESDAY).await;
        let before = desk.files();
        desk.replay.fault(host::ATMO_INDEX, fault.clone());
        let later = "2026-09-08T16:40:00+02:00";
        let published = desk.publish(later).await;
        assert_eq!(published.failed.len(), 1, "{fault:?}: {:?}", published.failed);
        assert_eq!(desk.commune("69123").days[0].air.level, Some(4), "{fault:?}");
        let meta = desk.meta();
        let air = meta.sources.iter().find(|it| it.source == Source::AtmoFrance).unwrap();
        assert!(air.error.is_some(), "{fault:?}");
        assert!(air.answered_at.unwrap() < moment("2026-09-08T16:11:00+02:00"), "{fault:?}");
        let commune = PathBuf::from("v1/commune/69123.json");
        assert_eq!(desk.files()[&commune], before[&commune], "{fault:?}");
    }
}

#[tokio::test]
async fn days_later_what_a_silent_source_published_is_said_to_be_over_and_not_of_today() {
    let desk = Desk::of(troubled);
    desk.publish(TUESDAY).await;
    desk.replay.fault(host::ATMO_INDEX, Fault::status(503));
    desk.publish("2026-09-11T16:10:00+02:00").await;
    let lyon = desk.commune("69123");
    assert_eq!((lyon.days[0].air.level, lyon.days[0].air.state), (None, State::SourceFailed));
    let air = lyon.publications.iter().find(|it| it.source == Source::AtmoFrance).unwrap();
    assert_eq!(air.state, State::Stale);
    assert!(air.values.iter().all(|it| it.target < Target::Day(date("2026-09-11"))));
}

#[tokio::test]
async fn only_the_files_of_what_changed_are_written() {
    let desk = Desk::of(troubled);
    let first = desk.publish(TUESDAY).await;
    assert_eq!(first.written + 4, first.files, "all but those that say how it stands");
    let before = desk.files();
    desk.replay.world(|world| {
        world.publish_at("69123", moment("2026-09-08T16:20:00+02:00")).air(date("2026-09-09"), 6);
    });
    desk.publish("2026-09-08T16:30:00+02:00").await;
    let after = desk.files();
    let changed: Vec<String> = after
        .iter()
        .filter(|(path, bytes)| before.get(*path) != Some(*bytes))
        .map(|(path, _)| path.display().to_string())
        .filter(|path| path.starts_with("v1/commune"))
        .collect();
    assert_eq!(changed, ["v1/commune/69123.json", "v1/commune/69123.json.gz"]);
}

#[tokio::test]
async fn the_same_answers_make_the_same_files() {
    let (one, other) = (Desk::of(troubled), Desk::of(troubled));
    one.publish(TUESDAY).await;
    other.publish(TUESDAY).await;
    let of_communes = |desk: &Desk| {
        let mut files = desk.files();
        files.retain(|path, _| !path.to_string_lossy().contains("stats"));
        files
    };
    let (first, second) = (of_communes(&one), of_communes(&other));
    let differ: Vec<_> = first.keys().filter(|it| first.get(*it) != second.get(*it)).collect();
    assert!(differ.is_empty() && first.len() == second.len(), "{differ:?}");
}

#[tokio::test]
async fn every_file_is_valid_by_the_schema_that_is_published_with_it() {
    let desk = Desk::of(troubled);
    desk.publish(TUESDAY).await;
    for (schema, paths) in [
        ("commune", COMMUNES.map(|code| format!("v1/commune/{code}.json")).to_vec()),
        ("departement", DEPARTEMENTS.map(|code| format!("v1/departement/{code}.json")).to_vec()),
        ("meta", vec!["v1/meta.json".to_owned()]),
        ("stats", vec!["v1/stats.json".to_owned()]),
    ] {
        let schema: serde_json::Value = desk.read(&format!("v1/schema/{schema}.json"));
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        for path in paths {
            let file: serde_json::Value = desk.read(&path);
            let errors: Vec<String> =
                validator.iter_errors(&file).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{path}: {errors:?}");
        }
    }
    let wrong = serde_json::json!({ "schema": "one" });
    let schema: serde_json::Value = desk.read("v1/schema/meta.json");
    assert!(!jsonschema::draft202012::is_valid(&schema, &wrong), "the schema can refuse");
}

#[tokio::test]
async fn each_file_names_the_producers_and_their_licences() {
    let desk = Desk::of(|_| ());
    desk.publish(TUESDAY).await;
    let lyon = desk.commune("69123");
    for word in ["Atmo France", "ODbL-1.0", "opendatacommons.org", "Météo-France", "etalab-2.0"] {
        assert!(lyon.notice.contains(word), "{word}: {}", lyon.notice);
    }
    assert_eq!(lyon.schema, SCHEMA);
    for source in desk.meta().sources {
        assert!(source.licence_url.starts_with("https://") && !source.credit.is_empty());
    }
}

#[tokio::test]
async fn advice_is_for_anybody_and_names_its_publication() {
    let desk = Desk::of(troubled);
    desk.publish(TUESDAY).await;
    let lyon = desk.commune("69123");
    let about: Vec<Metric> = lyon.advice.iter().map(|it| it.metric).collect();
    assert!(about.contains(&Metric::Air) && about.contains(&Metric::Vigilance(Phenomenon::Heat)));
    for piece in &lyon.advice {
        assert!(piece.source.is_some(), "{}", piece.id);
        let languages: Vec<&str> = piece.text.keys().map(String::as_str).collect();
        assert_eq!(languages, ["en", "fr"], "{}", piece.id);
    }
}

#[tokio::test]
async fn each_commune_has_a_feed_in_each_language_and_the_element_lies_beside() {
    let desk = Desk::of(troubled);
    desk.publish(TUESDAY).await;
    let feed = |path: &str| fs::read_to_string(desk.path(path)).unwrap();
    assert!(feed("v1/feed/fr/69123.atom").contains("canicule"));
    assert!(feed("v1/feed/en/69123.atom").contains("heat"));
    assert!(!feed("v1/feed/fr/97411.atom").contains("<entry>"), "all is calm there");
    assert_eq!(feed("v1/widget.js"), ecosante_publish::widget::script());
    assert_eq!(feed("v1/embed.html"), ecosante_publish::widget::embed_page());
}

#[tokio::test]
async fn the_day_of_the_country_is_a_table_and_points() {
    let desk = Desk::of(troubled);
    desk.publish(TUESDAY).await;
    let table = fs::read_to_string(desk.path("v1/france.csv")).unwrap();
    let lyon = table.lines().find(|line| line.starts_with("69123,")).unwrap();
    assert!(lyon.starts_with("69123,Lyon,69,45.758,4.8351,2026-09-08,4,"), "{lyon}");
    let points: serde_json::Value = desk.read("v1/france.geojson");
    let features = points["features"].as_array().unwrap();
    assert_eq!(features.len(), table.lines().count() - 1);
    let lyon = features.iter().find(|it| it["id"] == "69123").unwrap();
    assert_eq!(lyon["geometry"]["coordinates"], serde_json::json!([4.8351, 45.758]));
    assert_eq!(lyon["properties"]["air"], 4);
}

#[tokio::test]
async fn statistics_go_on_from_one_publication_to_the_next() {
    let desk = Desk::of(troubled);
    desk.publish(TUESDAY).await;
    desk.replay.fault(host::ATMO_POLLEN, Fault::status(503));
    desk.publish("2026-09-08T16:40:00+02:00").await;
    desk.publish("2026-09-09T16:40:00+02:00").await;
    let stats: StatsFile = desk.read("v1/stats.json");
    let days: Vec<String> = stats.days.iter().map(|it| it.date.to_string()).collect();
    assert_eq!(days, ["2026-09-08", "2026-09-09"]);
    let pollen = stats.days[0].sources.iter().find(|it| it.source == Source::AtmoPollen).unwrap();
    assert_eq!((pollen.asked, pollen.failed), (2, 1));
    assert_eq!(stats.days[0].over[&Metric::Air]["69"], 1, "Lyon is at 4");
    let air = stats.days[0].sources.iter().find(|it| it.source == Source::AtmoFrance).unwrap();
    assert!(air.delay_min.is_some() && air.communes > 0);
    let page = fs::read_to_string(desk.path("stats/index.html")).unwrap();
    assert!(page.contains("<html lang=\"fr\">") && page.contains("Rhône"));
    assert!(desk.path("stats/en.html").exists());
}

#[tokio::test]
async fn where_nothing_was_ever_answered_nothing_is_published() {
    let desk = Desk::of(|_| ());
    for host in [host::ATMO, host::VIGILANCE_MIRROR, host::VIGILANCE_ARCHIVE, host::COMMUNES] {
        desk.replay.fault(host, Fault::status(503));
    }
    let failed = desk.try_publish(TUESDAY, true).await;
    assert!(matches!(failed, Err(PublishError::Nothing { failed }) if failed.len() == 5));
    assert!(!desk.out().join(CURRENT).exists());
}

#[tokio::test]
async fn a_departement_that_does_not_exist_is_refused() {
    let desk = Desk::of(|_| ());
    let engine = desk.engine(desk.out().join(STATE), TUESDAY);
    let wanted = Wanted { all: true, departements: vec!["20".to_owned()] };
    let refused = publish(&engine, desk.out(), &wanted).await;
    assert!(matches!(refused, Err(PublishError::Departement { code }) if code == "20"));
}

#[tokio::test]
async fn a_second_publication_into_a_folder_is_refused_while_one_is_under_way() {
    let desk = Desk::of(|_| ());
    desk.publish(TUESDAY).await;
    let lock = fs::File::open(desk.out().join(STATE).join("publish.lock")).unwrap();
    lock.lock().unwrap();
    let refused = desk.try_publish(TUESDAY, true).await;
    assert!(matches!(refused, Err(PublishError::Busy)), "{refused:?}");
    drop(lock);
    desk.publish(TUESDAY).await;
}

#[tokio::test]
async fn two_who_pass_on_the_vigilance_are_each_counted_for_what_they_have() {
    let desk = Desk::of(|_| ());
    desk.replay.fault(host::VIGILANCE_MIRROR, Fault::status(503));
    desk.publish(TUESDAY).await;
    let meta = desk.meta();
    let of = |source| meta.sources.iter().find(|it| it.source == source).unwrap().communes_today;
    assert_eq!(of(Source::VigilanceMirror), 0);
    assert!(of(Source::MeteoFrance) > 0);
}
