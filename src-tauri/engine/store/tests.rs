use std::path::{Path, PathBuf};

use chrono::{NaiveDate, TimeDelta};
use ecosante_domain::knowledge::Nearness;
use ecosante_domain::metric::Metric;
use ecosante_domain::place::CommuneRef;
use ecosante_domain::reading::{Basis, Reading, Source, Target, Zone};
use ecosante_domain::scale::Scale;
use tempfile::TempDir;

use super::*;

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn moment_of(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment")
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn zone(name: &str) -> Zone {
    Zone { code: "249730045".to_owned(), name: name.to_owned() }
}

fn reading(name: &str, level: u8, published_at: &str) -> Reading {
    Reading {
        source: Source::AtmoFrance,
        zone: zone(name),
        metric: Metric::Air,
        scale: Some(Scale::Atmo2021),
        target: Target::Day(day("2026-09-08")),
        basis: Basis::Official,
        level: Some(level),
        value: None,
        published_at: Some(moment_of(published_at)),
        fetched_at: moment_of("2026-09-08T14:00:00Z"),
        hours: 1,
        note: None,
    }
}

fn levels(store: &Store, name: &str) -> Vec<Option<u8>> {
    let (from, to) = (day("2026-09-08"), day("2026-09-08"));
    let stored = store
        .read(|reader| reader.readings(Source::AtmoFrance, &zone(name), Metric::Air, from, to))
        .expect("readings");
    stored.into_iter().map(|stored| stored.reading.level).collect()
}

fn save(store: &mut Store, readings: &[Reading]) -> usize {
    store.write(|writer| writer.save_readings(readings)).expect("saved")
}

#[test]
fn a_reading_is_read_back_as_it_was_stored() {
    let folder = folder();
    let mut store = Store::open(folder.path()).expect("a store");
    let mut hour = reading("Cayenne", 2, "2026-09-08T11:06:47.842Z");
    hour.target = Target::Hour(moment_of("2026-09-08T14:00:00Z"));
    hour.published_at = None;
    hour.value = Some(33.25);
    let day_reading = reading("Cayenne", 1, "2026-09-08T11:06:47.842Z");
    save(&mut store, &[day_reading.clone(), hour.clone()]);
    let (from, to) = (day("2026-09-08"), day("2026-09-08"));
    let stored = store
        .read(|it| it.readings(Source::AtmoFrance, &zone("Cayenne"), Metric::Air, from, to))
        .expect("readings");
    let readings: Vec<_> = stored.iter().map(|stored| stored.reading.clone()).collect();
    assert!(readings.contains(&day_reading) && readings.contains(&hour), "{readings:?}");
    for stored in stored {
        let again = store.read(|it| it.reading(stored.key)).expect("a look").expect("a reading");
        assert_eq!(again, stored.reading);
    }
}

#[test]
fn communes_that_share_a_code_keep_their_own_readings() {
    let folder = folder();
    let mut store = Store::open(folder.path()).expect("a store");
    let at = "2026-09-08T11:06:47.842Z";
    save(&mut store, &[reading("Cayenne", 1, at), reading("Macouria", 4, at)]);
    assert_eq!(levels(&store, "Cayenne"), [Some(1)]);
    assert_eq!(levels(&store, "Macouria"), [Some(4)]);
}

#[test]
fn the_newest_publication_counts_and_within_it_the_last_revision() {
    let folder = folder();
    let mut store = Store::open(folder.path()).expect("a store");
    let (first, second) = ("2026-09-07T12:00:00Z", "2026-09-08T12:00:00Z");
    assert_eq!(save(&mut store, &[reading("Cayenne", 2, second)]), 1);
    assert_eq!(save(&mut store, &[reading("Cayenne", 5, first)]), 1, "older, kept as history");
    assert_eq!(levels(&store, "Cayenne"), [Some(2)]);
    assert_eq!(save(&mut store, &[reading("Cayenne", 2, second)]), 0, "known already");
    assert_eq!(save(&mut store, &[reading("Cayenne", 3, second)]), 1, "a new revision");
    assert_eq!(levels(&store, "Cayenne"), [Some(3)]);
    assert_eq!(save(&mut store, &[reading("Cayenne", 2, second)]), 1, "and back");
    assert_eq!(levels(&store, "Cayenne"), [Some(2)]);
}

#[test]
fn a_change_that_fails_half_way_leaves_nothing() {
    let folder = folder();
    let mut store = Store::open(folder.path()).expect("a store");
    let failed: Result<()> = store.write(|writer| {
        writer.save_readings(&[reading("Cayenne", 1, "2026-09-08T12:00:00Z")])?;
        Err(StoreError::Busy)
    });
    assert!(failed.is_err());
    assert_eq!(levels(&store, "Cayenne"), []);
}

#[test]
fn a_file_of_a_newer_version_is_refused_and_left_as_it_is() {
    let folder = folder();
    drop(Store::open(folder.path()).expect("a store"));
    let path = folder.path().join(FILE_NAME);
    let connection = Connection::open(&path).expect("the file");
    connection
        .execute_batch("PRAGMA user_version = 99; PRAGMA journal_mode = DELETE;")
        .expect("set");
    drop(connection);
    let before = std::fs::read(&path).expect("bytes");
    let error = Store::open(folder.path()).expect_err("newer");
    assert!(matches!(error, StoreError::Newer { found: 99, known: SCHEMA, .. }), "{error}");
    assert_eq!(std::fs::read(&path).expect("bytes"), before);
}

#[test]
fn a_damaged_file_is_set_aside_under_a_name_that_is_told_and_the_next_start_is_fresh() {
    let folder = folder();
    let path = folder.path().join(FILE_NAME);
    let mut names: Vec<PathBuf> = Vec::new();
    for garbage in ["this is no database, though it is long enough for one", "nor is this"] {
        std::fs::write(&path, garbage).expect("written");
        match Store::open(folder.path()).expect_err("damaged") {
            StoreError::SetAside { kept_as, .. } => {
                assert_eq!(std::fs::read_to_string(&kept_as).expect("kept"), garbage);
                assert!(!names.contains(&kept_as), "a name of its own");
                names.push(kept_as);
            }
            other => panic!("{other}"),
        }
        drop(Store::open(folder.path()).expect("a fresh store"));
    }
}

#[test]
fn damage_that_is_met_on_the_way_names_the_file_and_is_set_aside_as_it_is() {
    let folder = folder();
    let path = folder.path().join(FILE_NAME);
    let mut store = Store::open(folder.path()).expect("a store");
    save(&mut store, &[reading("Cayenne", 1, "2026-09-08T12:00:00Z")]);
    // All of it in the file itself; then the page that names the zone is overwritten.
    drop(store);
    let mut bytes = std::fs::read(&path).expect("bytes");
    let at = bytes.windows(7).position(|it| it == b"Cayenne").expect("stored as it is");
    let page = at / 4096 * 4096;
    bytes[page..page + 4096].fill(0xa5);
    std::fs::write(&path, &bytes).expect("written");
    let mut store = Store::open(folder.path()).expect("the door is whole");
    let count = |reader: &Reader<'_>| -> Result<i64> {
        let sql = "SELECT count(*) FROM series WHERE zone_name = 'Cayenne'";
        Ok(reader.transaction.query_row(sql, [], |row| row.get(0))?)
    };
    let met = store.read(count).expect_err("damaged");
    assert!(matches!(&met, StoreError::Damaged { path: named } if *named == path), "{met}");
    match store.set_aside() {
        StoreError::SetAside { kept_as, .. } => {
            assert_eq!(std::fs::read(kept_as).expect("kept"), bytes);
        }
        other => panic!("{other}"),
    }
    assert!(!path.exists());
    drop(Store::open(folder.path()).expect("a fresh store"));
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let folder = folder();
    let file = folder.path().join("file");
    std::fs::write(&file, "in the way").expect("written");
    let error = Store::open(&file.join("data")).expect_err("below a file");
    assert!(matches!(error, StoreError::NotWritable { .. }), "{error}");
}

#[cfg(unix)]
#[test]
fn folder_and_file_are_readable_by_the_user_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let inner = folder.path().join("data");
    let mut store = Store::open(&inner).expect("a store");
    save(&mut store, &[reading("Cayenne", 1, "2026-09-08T12:00:00Z")]);
    let mode = |path: &Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode(&inner), 0o700);
    for entry in std::fs::read_dir(&inner).expect("a folder") {
        let path = entry.expect("an entry").path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}

#[test]
fn two_stores_on_one_file_see_each_others_changes() {
    let folder = folder();
    let mut one = Store::open(folder.path()).expect("a store");
    let other = Store::open(folder.path()).expect("a second one");
    save(&mut one, &[reading("Cayenne", 4, "2026-09-08T12:00:00Z")]);
    assert_eq!(levels(&other, "Cayenne"), [Some(4)]);
}

#[test]
fn many_processes_may_make_the_file_at_once() {
    let folder = folder();
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let path = folder.path().to_owned();
            std::thread::spawn(move || Store::open(&path).map(drop))
        })
        .collect();
    for thread in threads {
        thread.join().expect("no panic").expect("opened");
    }
    let store = Store::open(folder.path()).expect("a store");
    assert_eq!(
        store.read(|reader| reader.people()).expect("people").len(),
        1,
        "one unnamed person"
    );
}

#[test]
fn a_migrated_old_file_has_the_schema_of_a_fresh_one() {
    let schema = |connection: &Connection| -> Vec<String> {
        let mut statement = connection
            .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY sql")
            .expect("a look");
        let rows = statement.query_map([], |row| row.get(0)).expect("rows");
        rows.collect::<rusqlite::Result<_>>().expect("sql")
    };
    let mut fresh = Connection::open_in_memory().expect("a file");
    migrations().to_latest(&mut fresh).expect("migrated");
    for version in 0..=SCHEMA {
        let mut old = Connection::open_in_memory().expect("a file");
        migrations().to_version(&mut old, version).expect("old");
        migrations().to_latest(&mut old).expect("migrated");
        assert_eq!(schema(&old), schema(&fresh), "from version {version}");
    }
    let version: i64 =
        fresh.query_row("PRAGMA user_version", [], |row| row.get(0)).expect("a version");
    assert_eq!(usize::try_from(version), Ok(SCHEMA), "SCHEMA counts the migrations");
    assert!(migrations().validate().is_ok());
}

#[test]
fn a_decision_taken_again_is_one_row_with_a_later_time() {
    use ecosante_domain::person::PersonId;
    use ecosante_domain::place::PlaceId;
    let folder = folder();
    let mut store = Store::open(folder.path()).expect("a store");
    let now = moment_of("2026-09-08T14:00:00Z");
    let new_place = place::NewPlace {
        name: "Lyon".to_owned(),
        commune: None,
        coordinates: None,
        time_zone: chrono_tz::Tz::Europe__Paris,
    };
    store.write(|writer| writer.add_place(&new_place, 0)).expect("a place");
    let decision = |level| NewDecision {
        person: PersonId(1),
        person_name: None,
        place: PlaceId(1),
        place_name: "Lyon",
        metric: Metric::Air,
        event: false,
        rule: "air:everyone".to_owned(),
        threshold: 4,
        because: &[],
        evidence: None,
        outcome: "below",
        reason: None,
        level: Some(level),
        target: None,
        reading: None,
        alert: None,
    };
    for (minutes, level) in [(0, 2), (10, 2), (20, 3), (30, 2)] {
        let at = now + TimeDelta::minutes(minutes);
        store.write(|writer| writer.add_decision(&decision(level), at)).expect("kept");
    }
    let rows: Vec<(i64, i64, i64)> = {
        let mut statement = store
            .connection
            .prepare("SELECT level, first_at, last_at FROM decision ORDER BY id")
            .expect("a look");
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        rows.expect("rows").collect::<rusqlite::Result<_>>().expect("decisions")
    };
    let at = |minutes| (now + TimeDelta::minutes(minutes)).timestamp();
    assert_eq!(rows, [(2, at(0), at(10)), (3, at(20), at(20)), (2, at(30), at(30))]);
}

#[test]
fn what_comes_again_unchanged_was_last_received_now_unless_it_says_when_it_was_published() {
    let folder = folder();
    let mut store = Store::open(folder.path()).expect("a store");
    let received = |published_at: Option<&str>, at: &str| Reading {
        published_at: published_at.map(moment_of),
        fetched_at: moment_of(at),
        hours: 1,
        note: None,
        ..reading("Cayenne", 2, at)
    };
    let (first, again) = ("2026-09-08T14:00:00Z", "2026-09-08T18:00:00Z");
    for published_at in [None, Some("2026-09-08T12:00:00Z")] {
        assert_eq!(save(&mut store, &[received(published_at, first)]), 1);
        assert_eq!(save(&mut store, &[received(published_at, again)]), 0);
        let (from, to) = (day("2026-09-08"), day("2026-09-08"));
        let stored = store
            .read(|it| it.readings(Source::AtmoFrance, &zone("Cayenne"), Metric::Air, from, to))
            .expect("readings");
        let expected = if published_at.is_none() { again } else { first };
        assert_eq!(stored[0].reading.fetched_at, moment_of(expected), "{published_at:?}");
    }
}

#[test]
fn the_first_day_is_that_of_the_series_that_counts_at_the_place() {
    let folder = folder();
    let mut store = Store::open(folder.path()).expect("a store");
    let at = "2026-09-08T12:00:00Z";
    let of = |date: &str| Reading { target: Target::Day(day(date)), ..reading("Cayenne", 2, at) };
    let european = Reading {
        scale: Some(Scale::Eaqi2024),
        target: Target::Hour(moment_of("2026-08-01T14:00:00Z")),
        ..reading("Cayenne", 2, at)
    };
    save(&mut store, &[of("2026-09-08"), of("2026-09-02"), european]);
    let commune = CommuneRef {
        code: "97302".to_owned(),
        name: "Cayenne".to_owned(),
        epci: None,
        departement: "973".to_owned(),
    };
    let new_place = place::NewPlace {
        name: "Cayenne".to_owned(),
        commune: Some(commune),
        coordinates: None,
        time_zone: chrono_tz::Tz::America__Cayenne,
    };
    store
        .write(|writer| {
            let id = writer.add_place(&new_place, 0)?;
            writer.save_zone(id, Source::AtmoFrance, &zone("Cayenne"), Nearness::Commune)
        })
        .expect("a place");
    let first = |metric| {
        store.read(|reader| {
            let places = reader.places()?;
            reader.first_day(places.first().expect("a place"), metric)
        })
    };
    assert_eq!(first(Metric::Air).expect("a look"), Some(day("2026-09-02")));
    assert_eq!(first(Metric::Uv).expect("a look"), None);
}

#[test]
fn somebody_with_a_name_can_be_removed_and_you_cannot() {
    let folder = folder();
    let mut store = Store::open(folder.path()).expect("a store");
    let lea = store.write(|writer| writer.add_person(Some("Léa"), 0)).expect("a person");
    let you = store.read(|reader| reader.people()).expect("people")[0].id;
    let mut remove = |id| store.write(|writer| writer.remove_person(id)).expect("written");
    assert!(remove(lea) && !remove(lea) && !remove(you));
}

/// Whether anything is stored of a metric in Cayenne for a day.
fn is_known(store: &Store, metric: Metric, date: &str) -> bool {
    let (from, to) = (day(date), day(date));
    let stored = store
        .read(|it| it.readings(Source::AtmoFrance, &zone("Cayenne"), metric, from, to))
        .expect("readings");
    stored.iter().any(|it| it.reading.target.day(chrono_tz::Tz::UTC) == from)
}

fn count(store: &Store, table: &str) -> i64 {
    let sql = format!("SELECT count(*) FROM {table}");
    store.connection.query_row(&sql, [], |row| row.get(0)).expect("a count")
}

#[test]
fn what_is_too_old_is_forgotten_but_for_what_is_known_for_long() {
    let folder = folder();
    let mut store = Store::open(folder.path()).expect("a store");
    let of = |metric, date: &str| Reading {
        metric,
        target: Target::Day(day(date)),
        ..reading("Cayenne", 2, "2020-01-01T12:00:00Z")
    };
    let hour = |at: &str| Reading {
        target: Target::Hour(moment_of(at)),
        ..reading("Cayenne", 2, "2020-01-01T12:00:00Z")
    };
    let old_series = Reading { scale: None, ..of(Metric::Uv, "2021-09-07") };
    save(
        &mut store,
        &[
            of(Metric::Air, "2021-09-07"),
            of(Metric::Air, "2021-09-08"),
            of(Metric::Radon, "2015-01-01"),
            of(Metric::Radon, "2016-01-01"),
            hour("2021-09-07T23:00:00Z"),
            hour("2021-09-08T00:00:00Z"),
            old_series,
        ],
    );
    let series = count(&store, "series");
    let forget = |store: &mut Store| {
        store.write(|writer| writer.forget_before(day("2021-09-08"))).expect("forgotten")
    };
    assert_eq!(forget(&mut store), 4);
    assert!(!is_known(&store, Metric::Air, "2021-09-07"));
    assert!(is_known(&store, Metric::Air, "2021-09-08"));
    assert!(!is_known(&store, Metric::Radon, "2015-01-01"));
    assert!(is_known(&store, Metric::Radon, "2016-01-01"), "nobody has said anything newer");
    assert_eq!(count(&store, "series"), series - 1, "nothing is left of one");
    assert_eq!(forget(&mut store), 0);
}

#[test]
fn what_an_alert_refers_to_is_kept_however_old() {
    let folder = folder();
    let mut store = Store::open(folder.path()).expect("a store");
    save(&mut store, &[reading("Cayenne", 4, "2026-09-08T12:00:00Z")]);
    save(&mut store, &[reading("Cayenne", 3, "2026-09-07T12:00:00Z")]);
    store
        .connection
        .execute_batch(
            "INSERT INTO alert (place_name, time_zone, metric, event, rule, threshold, because,
                                own_choice, starts, ends, level, raised_at, state)
             VALUES ('Cayenne', 'UTC', 'air', 0, 'air', 4, '[]', 0, 0, 0, 4, 0, 'over');
             INSERT INTO alert_reading
             SELECT 1, series, target, published_at, revision FROM reading WHERE level = 4;",
        )
        .expect("an alert");
    let forgotten = store.write(|writer| writer.forget_before(day("2030-01-01")));
    assert_eq!(forgotten.expect("forgotten"), 1, "the other publication of that day");
    assert_eq!(levels(&store, "Cayenne"), [Some(4)]);
}

#[test]
fn how_long_things_are_kept_is_read_back_and_nonsense_is_refused() {
    let folder = folder();
    let mut store = Store::open(folder.path()).expect("a store");
    let kept = |store: &Store| store.read(|it| it.settings()).expect("settings").retention;
    assert_eq!(kept(&store), Retention::Years(RETENTION_YEARS));
    for text in ["1", "50", "always", "5"] {
        let retention: Retention = text.parse().expect(text);
        let settings = Settings { retention, ..Settings::default() };
        store.write(|writer| writer.save_settings(&settings)).expect("saved");
        assert_eq!((kept(&store), kept(&store).to_string()), (retention, text.to_owned()));
    }
    for text in ["0", "51", "-1", "1.5", "never", "", "5 years"] {
        assert!(text.parse::<Retention>().is_err(), "{text:?}");
    }
    let first = |text: &str| text.parse::<Retention>().expect(text).first_day(day("2028-02-29"));
    assert_eq!(first("1"), Some(day("2027-02-28")));
    assert_eq!(first("always"), None);
}

#[test]
fn the_past_brings_no_revision_of_what_is_stored_and_never_counts_before_what_is_newer() {
    let folder = folder();
    let mut store = Store::open(folder.path()).expect("a store");
    let current = reading("Cayenne", 3, "2026-09-08T12:00:00Z");
    save(&mut store, std::slice::from_ref(&current));
    let later = moment_of("2026-09-09T12:00:00Z");
    let again = Reading { fetched_at: later, ..current.clone() };
    assert_eq!(save(&mut store, &[again]), 0, "the same publication");
    let before = reading("Cayenne", 5, "2026-09-07T12:00:00Z");
    assert_eq!(save(&mut store, &[Reading { fetched_at: later, ..before }]), 1);
    assert_eq!(levels(&store, "Cayenne"), [Some(3)]);
    let (from, to) = (day("2026-09-08"), day("2026-09-08"));
    let all = store
        .read(|it| it.publications(Source::AtmoFrance, &zone("Cayenne"), Metric::Air, from, to))
        .expect("publications");
    let all: Vec<_> = all.iter().map(|it| (it.reading.level, it.key.revision())).collect();
    assert_eq!(all, [(Some(5), 0), (Some(3), 0)], "the oldest first");
}

#[test]
fn that_the_past_was_asked_goes_with_its_place() {
    use ecosante_domain::place::PlaceId;
    let folder = folder();
    let mut store = Store::open(folder.path()).expect("a store");
    let new_place = place::NewPlace {
        name: "Lyon".to_owned(),
        commune: None,
        coordinates: None,
        time_zone: chrono_tz::Tz::Europe__Paris,
    };
    let id = store.write(|writer| writer.add_place(&new_place, 0)).expect("a place");
    let asked = PastAsked { at: moment_of("2026-09-08T14:00:00Z"), failures: 2, answered: false };
    let known = |store: &Store, id: PlaceId| {
        store.read(|it| it.past_asked(id, Source::OpenMeteo)).expect("a look")
    };
    assert_eq!(known(&store, id), None);
    store.write(|it| it.save_past_asked(id, Source::OpenMeteo, asked)).expect("kept");
    assert_eq!(known(&store, id), Some(asked));
    store.write(|writer| writer.remove_place(id)).expect("removed");
    assert_eq!(count(&store, "place_past"), 0);
}
