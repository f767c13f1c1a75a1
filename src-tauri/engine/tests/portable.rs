//! The person's data in their hands: what is exported and taken over elsewhere is all there and is not
//! told again; what is deleted is gone; what is refused changes nothing.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;

use chrono::{DateTime, Days, FixedOffset, NaiveDate, TimeDelta, Utc};
use ecosante_domain::advice::Mark;
use ecosante_domain::decision::{AlertId, Episode};
use ecosante_domain::diary::Entry as DiaryDay;
use ecosante_domain::knowledge::Nearness;
use ecosante_domain::metric::{Metric, Pollutant, Taxon};
use ecosante_domain::person::{Allergy, Limit, PersonId, Profile};
use ecosante_domain::place::{CommuneRef, Coordinates, PlaceId};
use ecosante_domain::reading::{Basis, Reading, Source, Target, Zone};
use ecosante_domain::rule::Because;
use ecosante_domain::scale::Scale;
use ecosante_domain::text::{Language, Texts};
use ecosante_engine::clock::Clock;
use ecosante_engine::host::{Host, Notification, Notifier, Progress};
use ecosante_engine::http::HttpOptions;
use ecosante_engine::store::place::NewPlace;
use ecosante_engine::store::{
    DeliveryOutcome, FILE_NAME, NewAlert, NewDecision, NewNotification, Retention, SentRow,
    Settings, Store, Writer,
};
use ecosante_engine::{Engine, EngineError, ExportForm, Imported, Options, Refreshed};
use ecosante_replay::{Replay, World};
use proptest::prelude::*;
use tempfile::TempDir;

const TUESDAY: &str = "2026-09-08T16:00:00+02:00";
const TODAY: &str = "2026-09-08";
const LYON: &str = "69123";

fn moment(text: &str) -> DateTime<FixedOffset> {
    text.parse().expect("a moment")
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// Keeps what it is told, as one of several that may show it.
struct Listener(&'static str, RefCell<Vec<Notification>>);

impl Listener {
    fn new(channel: &'static str) -> Self {
        Self(channel, RefCell::default())
    }

    fn told(&self) -> Vec<String> {
        self.1.take().into_iter().map(|it| it.title).collect()
    }
}

impl Notifier for Listener {
    fn channel(&self) -> &'static str {
        self.0
    }

    fn notify(&self, notification: &Notification) -> Result<(), String> {
        self.1.borrow_mut().push(notification.clone());
        Ok(())
    }
}

impl Host for Listener {
    fn progress(&self, _: Progress) {}
}

fn engine(folder: &Path, gateway: &str, now: &str) -> Engine {
    Engine::open(Options {
        folder: folder.to_owned(),
        clock: Clock::from(moment(now)),
        gateway: Some(gateway.to_owned()),
        relay: None,
        language: None,
        system_language: Language::En,
        http: HttpOptions::default(),
    })
    .expect("an engine")
}

/// An engine that asks nobody.
fn alone(folder: &TempDir) -> Engine {
    engine(folder.path(), "http://127.0.0.1:9", TUESDAY)
}

fn exported(engine: &Engine) -> String {
    let mut out = Vec::new();
    engine.export_json(&mut out).expect("exported");
    String::from_utf8(out).expect("a text")
}

/// An export without the moment at which it was made.
fn timeless(export: &str) -> String {
    export
        .lines()
        .filter(|line| !line.starts_with("\"exported_at\""))
        .collect::<Vec<_>>()
        .join("\n")
}

/// With the mark of some editors before it.
async fn import(engine: &Engine, text: &str) -> Result<Imported, EngineError> {
    engine.import(format!("\u{feff}{text}").as_bytes()).await
}

fn folder() -> TempDir {
    TempDir::new().expect("a folder")
}

// ---- A life, as random as it gets ----

/// Of which series, for when, published when (ms), level, value, note.
type Published = (u8, i64, Option<u32>, Option<u8>, Option<f64>, Option<String>);

#[derive(Debug, Clone)]
struct Life {
    places: Vec<(String, u8)>,
    people: Vec<(String, u8)>,
    readings: Vec<Published>,
    alerts: Vec<(u8, u8, i64, Option<u8>, bool)>,
    diary: Vec<(u8, u64, u8)>,
    removed: (bool, bool),
    kept_days: Option<u64>,
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("Léa".to_owned()),
        Just("=cmd|' /C calc'!A0".to_owned()),
        Just("“Oma”, 2\n\"ligne\"".to_owned()),
        "[a-zé😀 ]{1,12}".prop_filter("a name", |name| !name.trim().is_empty()),
    ]
}

fn life() -> impl Strategy<Value = Life> {
    let value = prop_oneof![Just(None), any::<f64>().prop_map(|it| it.is_finite().then_some(it))];
    let reading = (
        0_u8..6,
        0_i64..40,
        prop::option::of(0_u32..3_000_000),
        prop::option::of(0_u8..9),
        value,
        prop::option::of(name()),
    );
    (
        prop::collection::vec((name(), 0_u8..4), 0..4),
        prop::collection::vec((name(), 0_u8..8), 0..4),
        prop::collection::vec(reading, 0..60),
        prop::collection::vec(
            (0_u8..4, 0_u8..4, 0_i64..50, prop::option::of(1_u8..7), any::<bool>()),
            0..8,
        ),
        prop::collection::vec((0_u8..4, 0_u64..60, 0_u8..4), 0..20),
        (any::<bool>(), any::<bool>()),
        prop::option::of(0_u64..10),
    )
        .prop_map(|(places, people, readings, alerts, diary, removed, kept_days)| Life {
            places,
            people,
            readings,
            alerts,
            diary,
            removed,
            kept_days,
        })
}

fn profile(seed: u8, places: &[PlaceId]) -> Profile {
    let mut profile = Profile { pregnant: seed & 1 == 1, ..Profile::default() };
    if seed & 2 == 2 {
        profile.allergies.insert(Allergy::To(Taxon::Grass), Some(3));
        profile.levels.insert(Metric::Air, Limit::From(2));
        profile.mutes.insert(Metric::Uv, date(TODAY));
    }
    if seed & 4 == 4 && !places.is_empty() {
        profile.places = Some(places.iter().copied().step_by(2).collect());
    }
    profile
}

fn start() -> DateTime<Utc> {
    moment("2026-09-01T04:00:00+02:00").to_utc()
}

fn reading((series, target, published, level, value, note): &Published) -> Reading {
    let hourly = series % 2 == 1;
    let at = start() + TimeDelta::hours(*target);
    Reading {
        source: if *series < 3 { Source::AtmoFrance } else { Source::OpenMeteo },
        zone: Zone { code: format!("6912{}", series / 2), name: "Lyon, « là »".to_owned() },
        metric: if hourly { Metric::Concentration(Pollutant::Pm25) } else { Metric::Air },
        scale: (!hourly).then_some(Scale::Atmo2021),
        target: if hourly {
            Target::Hour(at)
        } else {
            Target::Day(at.date_naive() + Days::new(target.unsigned_abs() % 7))
        },
        basis: Basis::Official,
        level: *level,
        value: *value,
        published_at: published.map(|millis| start() + TimeDelta::milliseconds(i64::from(millis))),
        fetched_at: start() + TimeDelta::minutes(*target),
        hours: 1,
        note: note.clone(),
    }
}

/// Lives a life in a store.
fn live(store: &mut Store, life: &Life) {
    let places = store.write(|writer| live_at(writer, life)).expect("places");
    let people = store
        .write(|writer| {
            let mut ids = vec![PersonId(1)];
            let mut known = BTreeSet::new();
            for (name, seed) in &life.people {
                if !known.insert(name.trim().to_lowercase()) {
                    continue;
                }
                let id = writer.add_person(Some(name), start().timestamp())?;
                writer.save_profile(id, &profile(*seed, &places))?;
                ids.push(id);
            }
            Ok(ids)
        })
        .expect("people");
    for given in &life.readings {
        store.write(|writer| writer.save_readings(&[reading(given)])).expect("a reading");
    }
    store
        .write(|writer| {
            for (number, it) in life.alerts.iter().enumerate() {
                tell(writer, life, &people, &places, number, *it)?;
            }
            for (person, day, score) in &life.diary {
                let mut entry = DiaryDay::of(date("2026-07-01") + Days::new(*day));
                entry.set("nose", &score.to_string()).expect("a score");
                entry.place = places.first().copied();
                let person = people[usize::from(*person) % people.len()];
                writer.save_diary_entry(person, &entry, start())?;
                let mark = Mark::ALL[usize::from(*score) % Mark::ALL.len()];
                writer.mark_advice(person, "air-less-sport", mark, entry.day, start())?;
                writer.add_advice_shown(person, "air-less-sport", start())?;
                writer.add_sent(&SentRow {
                    at: start() + TimeDelta::days(i64::try_from(*day).unwrap_or_default()),
                    host: "geo.api.gouv.fr".to_owned(),
                    producer: "geo.api.gouv.fr".to_owned(),
                    purpose: "where-commune".to_owned(),
                    what: vec![("communes".to_owned(), vec![LYON.to_owned()])],
                    outcome: (*score > 1).then(|| "answered".to_owned()),
                })?;
            }
            if let (true, Some(place)) = (life.removed.0, places.first()) {
                writer.remove_place(*place)?;
            }
            if let (true, Some(person)) = (life.removed.1, people.last()) {
                writer.remove_person(*person)?;
            }
            if let Some(days) = life.kept_days {
                writer.forget_before(start().date_naive() + Days::new(days))?;
            }
            Ok(())
        })
        .expect("alerts");
}

fn live_at(writer: &Writer<'_>, life: &Life) -> ecosante_engine::store::Result<Vec<PlaceId>> {
    writer.save_settings(&Settings {
        language: Some(Language::Fr),
        retention: if life.removed.0 { Retention::Always } else { Retention::Years(3) },
        has_meteo_france_key: true,
        relay: life.removed.0.then(|| "https://relay.example".to_owned()),
        ..Settings::default()
    })?;
    let mut ids = Vec::new();
    for (name, kind) in &life.places {
        let id = writer.add_place(
            &NewPlace {
                name: name.clone(),
                commune: (*kind < 3).then(|| CommuneRef {
                    code: if *kind == 2 { "2A004" } else { LYON }.to_owned(),
                    name: "Lyon".to_owned(),
                    epci: (*kind == 0).then(|| "200046977".to_owned()),
                    departement: "69".to_owned(),
                }),
                coordinates: (*kind != 1)
                    .then(|| Coordinates::new(45.764_043, 4.835_659))
                    .flatten(),
                time_zone: chrono_tz::Tz::Europe__Paris,
            },
            start().timestamp(),
        )?;
        let zone = Zone { code: "69120".to_owned(), name: "Lyon, « là »".to_owned() };
        writer.save_zone(id, Source::AtmoFrance, &zone, Nearness::ALL[0])?;
        ids.push(id);
    }
    Ok(ids)
}

fn tell(
    writer: &Writer<'_>,
    life: &Life,
    people: &[PersonId],
    places: &[PlaceId],
    number: usize,
    (person, place, hours, told, delivered): (u8, u8, i64, Option<u8>, bool),
) -> ecosante_engine::store::Result<()> {
    let Some(place) = places.get(usize::from(place) % places.len().max(1)) else { return Ok(()) };
    let person = people[usize::from(person) % people.len()];
    let raised_at = start() + TimeDelta::hours(hours);
    let because = [Because::Everyone];
    let alert = writer.add_alert(&NewAlert {
        person,
        person_name: Some("Léa"),
        place: *place,
        place_name: "Lyon",
        commune: Some(LYON),
        time_zone: chrono_tz::Tz::Europe__Paris,
        metric: Metric::Air,
        event: false,
        rule: "air:everyone".to_owned(),
        threshold: 3,
        because: &because,
        evidence: None,
        own_choice: false,
        episode: Episode { starts: raised_at, ends: raised_at + TimeDelta::days(1), closed: false },
        level: 4,
        raised_at,
    })?;
    let cause = life.readings.get(number).map(reading);
    let stored = match &cause {
        Some(it) => writer.reader().publications(
            it.source,
            &it.zone,
            it.metric,
            date("2026-08-01"),
            date("2026-12-31"),
        )?,
        None => Vec::new(),
    };
    for it in &stored {
        writer.add_alert_reading(alert, it.key)?;
    }
    writer.add_decision(
        &NewDecision {
            person,
            person_name: None,
            place: *place,
            place_name: "Lyon",
            metric: Metric::Air,
            event: false,
            rule: "air:everyone".to_owned(),
            threshold: 3,
            because: &because,
            evidence: None,
            outcome: if told.is_some() { "raised" } else { "below" },
            reason: told.map(|_| "new"),
            level: told,
            target: Some(TODAY.to_owned()),
            reading: stored.first().map(|it| it.key),
            alert: told.map(|_| alert),
        },
        raised_at,
    )?;
    if let Some(level) = told {
        writer.tell(alert, level, Some("air-less-sport"), raised_at)?;
        let alerts: [AlertId; 1] = [alert];
        let id = writer.add_notification(
            &NewNotification {
                title: "Lyon: poor air",
                body: "Today\nFor Léa",
                alerts: &alerts,
                withdrawal: false,
                relevant_to: raised_at + TimeDelta::days(1),
                replaces: None,
                urgent: delivered,
            },
            raised_at,
        )?;
        writer.begin_delivery(id, "test", raised_at)?;
        if delivered {
            writer.end_delivery(id, "test", DeliveryOutcome::Delivered)?;
            writer.save_opened(alert, raised_at)?;
            writer.save_useful(alert, level > 3)?;
        }
    }
    Ok(())
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().build().expect("a runtime").block_on(future)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn what_is_taken_over_into_an_empty_file_is_exported_from_there_byte_by_byte(life in life()) {
        let (here, there) = (folder(), folder());
        live(&mut Store::open(here.path()).expect("a store"), &life);
        let first = exported(&alone(&here));
        prop_assert!(!first.contains("has-meteo-france-key") && !first.contains("install-secret"));
        let other = alone(&there);
        block_on(import(&other, &first)).expect("taken over");
        prop_assert_eq!(timeless(&first), timeless(&exported(&other)));
    }

    #[test]
    fn what_is_taken_over_twice_is_there_once(life in life()) {
        let (here, there) = (folder(), folder());
        live(&mut Store::open(here.path()).expect("a store"), &life);
        let first = exported(&alone(&here));
        // Where it was exported, everything is there already.
        let again = block_on(import(&alone(&here), &first)).expect("taken over");
        prop_assert_eq!(again.added, ecosante_engine::store::Added::default());
        prop_assert_eq!(timeless(&first), timeless(&exported(&alone(&here))));
        let other = alone(&there);
        block_on(import(&other, &first)).expect("taken over");
        block_on(import(&other, &first)).expect("taken over");
        prop_assert_eq!(timeless(&first), timeless(&exported(&other)));
    }

    #[test]
    fn a_file_that_is_cut_anywhere_is_refused_and_changes_nothing(life in life(), part in 0.0..1.0) {
        let (here, there) = (folder(), folder());
        live(&mut Store::open(here.path()).expect("a store"), &life);
        let whole = exported(&alone(&here));
        let mut at = (whole.len() as f64 * part) as usize;
        while !whole.is_char_boundary(at) {
            at -= 1;
        }
        // Without its last line break it is whole.
        prop_assume!(at < whole.len() - 1);
        let other = alone(&there);
        let before = exported(&other);
        let refused = block_on(import(&other, &whole[..at])).expect_err("cut");
        prop_assert!(
            matches!(refused, EngineError::ImportDamaged { .. } | EngineError::ImportForeign),
            "{:?}", refused
        );
        prop_assert_eq!(timeless(&before), timeless(&exported(&other)));
    }
}

/// A life with something of everything.
fn full_life() -> Life {
    Life {
        places: vec![("Home".to_owned(), 0), ("=work".to_owned(), 2)],
        people: vec![("Léa".to_owned(), 7)],
        readings: vec![
            (0, 1, Some(842), Some(3), None, None),
            (0, 1, Some(842), Some(4), None, Some("-1+1".to_owned())),
            (1, 2, None, None, Some(0.1 + 0.2), None),
        ],
        alerts: vec![(1, 0, 5, Some(3), true)],
        diary: vec![(1, 5, 2)],
        removed: (false, false),
        kept_days: None,
    }
}

fn full(folder: &TempDir) -> String {
    live(&mut Store::open(folder.path()).expect("a store"), &full_life());
    exported(&alone(folder))
}

#[tokio::test]
async fn what_is_no_export_or_a_newer_one_is_refused_in_a_sentence_and_changes_nothing() {
    let (here, there) = (folder(), folder());
    let whole = full(&here);
    let engine = alone(&there);
    let before = exported(&engine);
    let newer = whole.replace("\"version\": 1", "\"version\": 2");
    let wrong_number = whole.replace("\"person\":2", "\"person\":99");
    let wrong_word = whole.replace("\"raised\"", "\"told\"");
    let score = whole.replace("\"nose\":2", "\"nose\":4");
    let unknown = whole.replace("\"nose\":2", "\"nose\":2,\"ears\":1");
    let gateway = whole.replace("\"gateway\":null", "\"gateway\":\"ftp://evil\"");
    let commune = whole.replace("\"code\":\"69123\"", "\"code\":\"' OR 1\"");
    let rest = format!("{whole}{{}}");
    for (given, code, says) in [
        ("", "import-foreign", "no file that Écosanté has exported"),
        ("{}", "import-foreign", "no file that Écosanté has exported"),
        ("[1, 2]", "import-foreign", "no file that Écosanté has exported"),
        ("PK\u{3}\u{4}", "import-foreign", "no file that Écosanté has exported"),
        ("{\"format\": \"geojson\"}", "import-foreign", "no file that Écosanté has exported"),
        (newer.as_str(), "import-newer", "a newer version of Écosanté"),
        (wrong_number.as_str(), "import-damaged", "damaged or not complete"),
        (wrong_word.as_str(), "import-damaged", "damaged or not complete"),
        (score.as_str(), "import-damaged", "damaged or not complete"),
        (unknown.as_str(), "import-damaged", "damaged or not complete"),
        (gateway.as_str(), "import-damaged", "damaged or not complete"),
        (commune.as_str(), "import-damaged", "damaged or not complete"),
        (rest.as_str(), "import-damaged", "damaged or not complete"),
    ] {
        assert_ne!(given, whole, "{code}");
        let refused = import(&engine, given).await.expect_err(given);
        assert_eq!(refused.code(), code, "{refused:?} of {given}");
        let said = refused.sentence(&Texts::new(Language::En));
        assert!(said.contains(says) && said.contains("Nothing was changed."), "{said}");
        assert_eq!(timeless(&before), timeless(&exported(&engine)), "{code}");
    }
}

fn degraded() -> World {
    let mut world = World::quiet(moment(TUESDAY));
    world.set_air(LYON, date(TODAY), 4);
    world
}

async fn refreshed(engine: &Engine, listener: &Listener) -> Refreshed {
    engine.refresh(true, listener).await.expect("a refresh")
}

#[tokio::test]
async fn what_was_told_on_one_machine_is_not_told_again_on_the_next_but_what_gets_worse_is() {
    let replay = Replay::start(degraded());
    let (old, new) = (folder(), folder());
    let before = engine(old.path(), &replay.gateway(), TUESDAY);
    before.add_place(LYON, None, Language::En).await.expect("a place");
    let asthma = ("conditions".to_owned(), "asthma".to_owned());
    before.set_profile(Some("Léa"), &[asthma]).expect("a profile");
    let terminal = Listener::new("terminal");
    refreshed(&before, &terminal).await;
    let told = terminal.told();
    assert_eq!(told.len(), 1, "{told:?}");
    let export = exported(&before);

    let after = engine(new.path(), &replay.gateway(), TUESDAY);
    let imported = import(&after, &export).await.expect("taken over");
    assert_eq!((imported.added.places, imported.added.alerts), (1, 2), "{imported:?}");
    let texts = Texts::new(Language::En);
    assert_eq!(
        serde_json::to_value(after.alerts(&texts, 7).expect("alerts")).expect("json"),
        serde_json::to_value(before.alerts(&texts, 7).expect("alerts")).expect("json"),
    );
    // Neither by whoever showed it there nor by somebody else, before or after the sources are asked.
    for channel in ["window", "terminal"] {
        let listener = Listener::new(channel);
        after.evaluate(&listener).await.expect("judged");
        refreshed(&after, &listener).await;
        assert_eq!(listener.told(), Vec::<String>::new(), "{channel}");
    }
    // It counts as shown, wherever it is looked at.
    let told = after.alerts(&texts, 7).expect("alerts");
    let detail = after.alert_detail(&texts, told[0].id).expect("an alert");
    assert!(detail.card.stands(), "{detail:?}");
    // What was known there is known here, without a network.
    let known = |engine: &Engine| {
        let status = serde_json::to_value(engine.status(&texts).expect("a status")).expect("json");
        status["places"][0]["readings"].as_array().map(Vec::len)
    };
    assert_eq!(known(&after), known(&before));

    replay.world(|world| {
        world.publish_at(LYON, moment(TUESDAY)).air(date(TODAY), 5);
    });
    let window = Listener::new("window");
    refreshed(&after, &window).await;
    assert_eq!(window.told().len(), 1, "it got worse");
}

#[tokio::test]
async fn two_devices_that_told_the_same_have_told_it_once_and_keep_what_each_knew() {
    let replay = Replay::start(degraded());
    let (one, other) = (folder(), folder());
    let phone = engine(one.path(), &replay.gateway(), TUESDAY);
    phone.add_place(LYON, Some("Maison"), Language::En).await.expect("a place");
    refreshed(&phone, &Listener::new("phone")).await;
    let laptop = engine(other.path(), &replay.gateway(), "2026-09-08T16:05:00+02:00");
    laptop.add_place(LYON, None, Language::En).await.expect("a place");
    laptop.set_profile(None, &[("quiet".to_owned(), "22:00-07:00".to_owned())]).expect("set");
    refreshed(&laptop, &Listener::new("laptop")).await;
    let texts = Texts::new(Language::En);
    let count = |engine: &Engine| engine.alerts(&texts, 7).expect("alerts").len();
    assert_eq!((count(&phone), count(&laptop)), (1, 1));
    let export = exported(&phone);
    let imported = import(&laptop, &export).await.expect("taken over");
    assert_eq!((imported.added.places, imported.added.people, imported.added.alerts), (0, 0, 0));
    assert_eq!(count(&laptop), 1);
    assert_eq!(laptop.places().expect("places")[0].name, "Lyon", "what is here stays");
    let listener = Listener::new("laptop");
    refreshed(&laptop, &listener).await;
    assert_eq!(listener.told(), Vec::<String>::new());
}

#[tokio::test]
async fn what_is_deleted_is_in_no_byte_of_the_folder_and_the_engine_goes_on_as_on_the_first_day() {
    let replay = Replay::start(degraded());
    let (here, fresh) = (folder(), folder());
    let engine = engine(here.path(), &replay.gateway(), TUESDAY);
    engine.add_place(LYON, Some("Chez Mamie-Zébulon"), Language::En).await.expect("a place");
    engine.set_profile(Some("Théodule"), &[("age".to_owned(), "over65".to_owned())]).expect("set");
    let listener = Listener::new("window");
    refreshed(&engine, &listener).await;
    assert!(!listener.told().is_empty());
    engine.keep_arriving("Théodule", true).expect("kept");
    let secret = |folder: &TempDir| {
        Store::open(folder.path()).expect("a store").read(|it| it.secret()).expect("a look")
    };
    let before = secret(&here);
    std::fs::write(here.path().join("ecosante.db.damaged-1"), "nothing").expect("written");

    let erased = engine.erase().await.expect("erased");
    assert!(!erased.key_left);
    assert_eq!(erased.set_aside, [here.path().join("ecosante.db.damaged-1")]);
    let said = erased.sentence(&Texts::new(Language::En));
    assert!(said.contains("damaged-1"), "it is told about: {said}");
    for file in std::fs::read_dir(here.path()).expect("a folder") {
        let path = file.expect("a file").path();
        let bytes = std::fs::read(&path).expect("bytes");
        for word in ["Zébulon", "Théodule", LYON, "over65", "Lyon"] {
            let found = bytes.windows(word.len()).any(|it| it == word.as_bytes());
            assert!(!found, "{word} is in {}", path.display());
        }
    }
    assert_eq!(timeless(&exported(&engine)), timeless(&exported(&alone(&fresh))));
    assert_ne!(secret(&here), before, "nothing ties it to what was");
    let size =
        |folder: &TempDir| std::fs::metadata(folder.path().join(FILE_NAME)).expect("a file").len();
    assert!(size(&here) <= size(&fresh), "{} bytes", size(&here));
    // The first day again, in the same process.
    engine.add_place(LYON, None, Language::En).await.expect("a place");
    assert_eq!(engine.places().expect("places")[0].id, PlaceId(1));
    refreshed(&engine, &listener).await;
    assert_eq!(listener.told().len(), 1, "told as if for the first time");
}

#[tokio::test]
async fn nothing_is_taken_over_or_deleted_while_a_refresh_is_under_way() {
    let here = folder();
    let export = full(&here);
    let engine = alone(&here);
    let lock = std::fs::File::create(here.path().join("poll.lock")).expect("a file");
    lock.lock().expect("locked");
    tokio::time::pause();
    let refused = engine.erase().await.expect_err("busy");
    assert_eq!(refused.code(), "busy-elsewhere");
    assert_eq!(import(&engine, &export).await.expect_err("busy").code(), "busy-elsewhere");
    assert_eq!(timeless(&exported(&engine)), timeless(&export));
}

#[test]
fn tables_have_a_header_and_whole_figures_and_no_cell_is_a_formula() {
    let here = folder();
    full(&here);
    let engine = alone(&here);
    let first = engine.export_into(here.path(), ExportForm::Csv).expect("exported");
    assert_eq!(first, here.path().join("ecosante-2026-09-08"));
    let table = |name: &str| std::fs::read_to_string(first.join(name)).expect(name);
    let lines = |name: &str| {
        let text = table(name);
        assert!(text.ends_with("\r\n"), "{name}: {text:?}");
        text.split_terminator("\r\n").map(str::to_owned).collect::<Vec<_>>()
    };
    let places = lines("places.csv");
    assert!(places[0].starts_with("id,name,commune_code,"), "{places:?}");
    assert!(
        places[1].starts_with(
            "1,Home,69123,Lyon,200046977,69,45.764043,4.835659,Europe/Paris,2026-09-01T02:00:00Z"
        ),
        "{places:?}"
    );
    assert!(places[2].starts_with("2,'=work,2A004,"), "{places:?}");
    let readings = lines("readings.csv");
    assert_eq!(readings.len(), 4);
    assert!(readings.iter().any(|it| it.contains(",'-1+1,")), "{readings:?}");
    assert!(readings.iter().any(|it| it.contains(",0.30000000000000004,µg/m³,")), "{readings:?}");
    assert!(readings[1].contains("2026-09-01T02:00:00.842Z"), "{readings:?}");
    for (name, rows) in [("alerts.csv", 1), ("decisions.csv", 1), ("diary.csv", 1)] {
        assert_eq!(lines(name).len(), rows + 1, "{name}");
    }
    let people = table("people.csv");
    assert!(people.contains("Léa,2026-09-01T02:00:00Z,levels.air,2\r\n"), "{people}");
    // Nothing is overwritten.
    let second = engine.export_into(here.path(), ExportForm::Csv).expect("exported");
    assert_eq!(second, here.path().join("ecosante-2026-09-08-2"));
    let refused = engine.export_to(&first, ExportForm::Csv).expect_err("it is there");
    assert_eq!(refused.code(), "export-exists");
    assert!(first.join("places.csv").exists());
}
