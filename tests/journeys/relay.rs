//! A relay in the place of the producers: what it has is not asked of them, what it has not is, and
//! whoever published something stays named.

use std::fs;

use chrono::{DateTime, TimeDelta, Utc};
use ecosante_domain::knowledge::{Nearness, State};
use ecosante_domain::metric::{Metric, Phenomenon, Pollutant};
use ecosante_domain::publication::{
    CommuneFile, CommuneHead, FOLDER, Legend, MetaFile, Publication, SCHEMA, SourceMeta, Value,
    Words,
};
use ecosante_domain::reading::{Basis, Source, Target, Zone};
use ecosante_domain::scale::Scale;
use ecosante_replay::{Fault, Replay, host};
use tempfile::TempDir;

use crate::device::{
    Device, LYON, Moment, PARIS, TODAY, TOMORROW, TUESDAY, date, degraded_lyon, moment, people,
    place, reading,
};

/// Behind the gateway of a test, as every host is.
const RELAY: &str = "http://relay.example/air";
const HOST: &str = "relay.example";

/// What a relay carries.
const CARRIED: [Source; 5] = [
    Source::AtmoFrance,
    Source::AtmoPollen,
    Source::AtmoEpisodes,
    Source::VigilanceMirror,
    Source::MeteoFrance,
];

/// The files of a relay on which the air of every commune is bad today: 4, where the producers
/// themselves say 3 for Lyon, so that it shows who was asked.
struct Relay {
    folder: TempDir,
    meta: MetaFile,
}

impl Relay {
    /// One that was asked half an hour before [`TUESDAY`], for these communes, and that is served.
    fn of(replay: &Replay, communes: &[&str]) -> Self {
        let half_an_hour_ago = now() - TimeDelta::minutes(30);
        let source = |source: Source| SourceMeta {
            source,
            what: Words::new(),
            credit: String::new(),
            licence: String::new(),
            licence_url: String::new(),
            url: String::new(),
            asked_at: Some(half_an_hour_ago),
            answered_at: Some(half_an_hour_ago),
            published_at: None,
            communes_today: 1,
            error: None,
        };
        let meta = MetaFile {
            schema: SCHEMA,
            made_by: "ecosante/0.1.0".to_owned(),
            checked_at: half_an_hour_ago,
            changed_at: half_an_hour_ago,
            communes: 1,
            sources: CARRIED.map(source).into(),
            left_out: Vec::new(),
            notice: String::new(),
        };
        let relay = Self { folder: TempDir::new().unwrap(), meta };
        replay.serve_files(HOST, relay.folder.path());
        relay.write_meta(&relay.meta);
        for code in communes {
            relay.write_commune(code, &commune(code));
        }
        relay
    }

    fn write(&self, file: &str, content: &str) {
        let path = self.folder.path().join("air").join(FOLDER).join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn write_meta(&self, meta: &MetaFile) {
        self.write("meta.json", &serde_json::to_string(meta).unwrap());
    }

    fn write_commune(&self, code: &str, file: &CommuneFile) {
        self.write(&format!("commune/{code}.json"), &serde_json::to_string(file).unwrap());
    }
}

fn now() -> DateTime<Utc> {
    moment(TUESDAY).to_utc()
}

fn commune(code: &str) -> CommuneFile {
    let publication = |source: Source, metric: Metric, scale: Scale, levels: [u8; 2]| Publication {
        source,
        zone: Zone { code: code.to_owned(), name: "Lyon".to_owned() },
        nearness: Nearness::Commune,
        scale: Some(scale),
        basis: Basis::Official,
        state: State::Current,
        published_at: Some(now() - TimeDelta::hours(1)),
        values: [TODAY, TOMORROW]
            .into_iter()
            .zip(levels)
            .map(|(day, level)| Value {
                metric,
                target: Target::Day(date(day)),
                hours: None,
                level: Some(level),
                value: None,
                note: None,
            })
            .collect(),
    };
    let wind = Metric::Vigilance(Phenomenon::Wind);
    CommuneFile {
        schema: SCHEMA,
        commune: CommuneHead {
            code: code.to_owned(),
            name: "Lyon".to_owned(),
            departement: code[..2].to_owned(),
            epci: None,
            latitude: None,
            longitude: None,
            time_zone: "Europe/Paris".to_owned(),
        },
        day: date(TODAY),
        days: Vec::new(),
        carried: CARRIED.into(),
        publications: vec![
            publication(Source::AtmoFrance, Metric::Air, Scale::Atmo2021, [4, 2]),
            publication(Source::AtmoPollen, Metric::Pollen, Scale::AtmoPollen2025, [2, 2]),
            publication(
                Source::AtmoEpisodes,
                Metric::Episode(Pollutant::Pm10),
                Scale::Episode,
                [1, 1],
            ),
            publication(Source::VigilanceMirror, wind, Scale::Vigilance, [1, 1]),
            publication(Source::MeteoFrance, wind, Scale::Vigilance, [1, 1]),
        ],
        missing: Vec::new(),
        legend: Legend::new(),
        advice: Vec::new(),
        notice: String::new(),
    }
}

/// What was asked of the producers that a relay carries, the past apart, which no relay has.
fn asked_directly(replay: &Replay) -> Vec<String> {
    let carried = [
        host::ATMO_INDEX,
        host::ATMO_POLLEN,
        host::ATMO_EPISODES,
        host::VIGILANCE_MIRROR,
        host::VIGILANCE_ARCHIVE,
    ];
    let asked = carried.iter().flat_map(|host| replay.requests_to(host));
    asked
        .filter(|it| it.parameter("typeNames") != Some("ind:ind_atmo"))
        .map(|it| format!("{}{}", it.host, it.path))
        .collect()
}

/// A family in Lyon that asks a relay.
fn relayed(replay: &Replay) -> Device {
    let device = Device::of_a_family(replay);
    device.at(TUESDAY).does(&format!("profile set relay={RELAY}"));
    replay.forget_requests();
    device
}

/// Level and source of the air of Lyon today.
fn air(now: &Moment<'_>) -> (u64, String) {
    let status = now.status();
    let air = reading(place(&status, "Lyon"), "air", TODAY);
    (air["level"].as_u64().unwrap(), air["source"].as_str().unwrap().to_owned())
}

#[test]
fn a_relay_is_asked_once_for_each_place_and_the_producers_that_it_carries_are_not() {
    let replay = Replay::start(degraded_lyon());
    let _relay = Relay::of(&replay, &[LYON, PARIS]);
    let device = relayed(&replay);
    let now = device.at(TUESDAY);
    now.does("place add 75056");
    now.does("refresh");
    let paths: Vec<_> = replay.requests_to(HOST).into_iter().map(|it| it.path).collect();
    assert_eq!(
        paths,
        ["/air/v1/meta.json", "/air/v1/commune/69123.json", "/air/v1/commune/75056.json"]
    );
    assert_eq!(asked_directly(&replay), [""; 0]);
    assert!(!replay.requests_to(host::OPEN_METEO_AIR).is_empty(), "what no relay carries");
    assert_eq!(air(&now), (4, "atmo-france".to_owned()));
    let status = now.status();
    for source in CARRIED {
        let source = crate::device::source(&status, source.name());
        assert_eq!(source["state"], "ok", "{source:#}");
    }
    // Judged and told as if the producer had answered.
    assert!(people(&now.alerts()).contains(&("Léa".to_owned(), 4)), "{:?}", now.alerts());

    replay.forget_requests();
    now.does("refresh");
    assert_eq!(replay.requests(), [], "nothing is due");
}

#[test]
fn what_a_relay_gave_before_is_not_sent_twice() {
    let replay = Replay::start(degraded_lyon());
    let _relay = Relay::of(&replay, &[LYON]);
    let device = relayed(&replay);
    for _ in 0..2 {
        device.at(TUESDAY).does("refresh --all");
    }
    let asked = replay.requests_to(HOST);
    let marked: Vec<_> = asked.iter().map(|it| it.header("if-none-match").is_some()).collect();
    assert_eq!(marked, [false, false, true, true]);
    assert_eq!(asked_directly(&replay), [""; 0]);
}

#[test]
fn where_a_relay_fails_or_cannot_be_trusted_the_producers_are_asked_in_the_same_refresh() {
    type Change = fn(&Replay, &mut Relay);
    let changes: [(&str, Change); 5] = [
        ("down", |replay, _| replay.fault(HOST, Fault::status(500))),
        ("cut off", |replay, _| replay.fault(HOST, Fault::Truncated)),
        ("another version", |_, relay| {
            relay.meta.schema += 1;
            relay.write_meta(&relay.meta);
        }),
        ("communes of another version", |_, relay| {
            relay.write_commune(LYON, &CommuneFile { schema: SCHEMA + 1, ..commune(LYON) });
        }),
        ("abandoned", |_, relay| {
            relay.meta.checked_at = now() - TimeDelta::minutes(181);
            relay.write_meta(&relay.meta);
        }),
    ];
    for (what, change) in changes {
        let replay = Replay::start(degraded_lyon());
        let mut relay = Relay::of(&replay, &[LYON]);
        let device = relayed(&replay);
        change(&replay, &mut relay);
        let now = device.at(TUESDAY);
        now.does("refresh");
        assert_eq!(air(&now), (3, "atmo-france".to_owned()), "{what}");
        let asked = asked_directly(&replay);
        assert!(asked.len() >= CARRIED.len(), "{what}: {asked:?}");
        assert!(replay.requests_to(HOST).len() <= 2, "{what}: no more is asked of it");
    }
}

#[test]
fn a_place_that_a_relay_does_not_have_is_asked_of_the_producers_beside_the_others() {
    let replay = Replay::start(degraded_lyon());
    let _relay = Relay::of(&replay, &[LYON]);
    let device = relayed(&replay);
    let now = device.at(TUESDAY);
    now.does("place add 75056");
    replay.forget_requests();
    now.does("refresh");
    assert_eq!(air(&now), (4, "atmo-france".to_owned()));
    let status = now.status();
    assert_eq!(reading(place(&status, "Paris"), "air", TODAY)["source"], "atmo-france");
    let asked = replay.requests_to(host::ATMO_INDEX);
    let filter = asked[0].parameter("CQL_FILTER").unwrap();
    assert!(filter.contains(PARIS) && !filter.contains(LYON), "{filter}");
}

#[test]
fn a_source_that_a_relay_has_not_asked_since_it_published_or_does_not_carry_is_asked_itself() {
    let replay = Replay::start(degraded_lyon());
    let mut relay = Relay::of(&replay, &[LYON]);
    // Before the index of the afternoon.
    relay.meta.sources[0].answered_at = Some(now() - TimeDelta::hours(2));
    relay.write_meta(&relay.meta);
    let mut file = commune(LYON);
    file.carried.retain(|source| *source != Source::AtmoEpisodes);
    relay.write_commune(LYON, &file);
    let device = relayed(&replay);
    let now = device.at(TUESDAY);
    now.does("refresh");
    assert_eq!(air(&now), (3, "atmo-france".to_owned()));
    let asked = asked_directly(&replay);
    let layers =
        ["data.atmo-france.org/geoserver/ind/ows", "data.atmo-france.org/geoserver/alrt/ows"];
    assert!(asked.iter().all(|it| layers.contains(&it.as_str())), "{asked:?}");
    assert!(layers.iter().all(|it| asked.iter().any(|asked| asked == it)), "{asked:?}");
    assert_eq!(now.reading("pollen", TODAY)["level"], 2, "of the relay");
}

#[test]
fn a_relay_may_be_given_for_one_call_and_what_it_was_sent_is_listed() {
    let replay = Replay::start(degraded_lyon());
    let _relay = Relay::of(&replay, &[LYON]);
    let device = Device::of_a_family(&replay);
    let now = device.at(TUESDAY).speaking("en");
    replay.forget_requests();
    now.does(&format!("--relay {RELAY} refresh"));
    assert_eq!(replay.requests_to(HOST).len(), 2);
    assert_eq!(now.json("profile show")["relay"], serde_json::Value::Null);
    let said = now.does("sent");
    let line = said.lines().find(|it| it.contains("What a relay has of the sources")).unwrap();
    assert!(line.contains(HOST), "{said}");
    assert!(said.contains(LYON), "{said}");

    now.does(&format!("profile set relay={RELAY}/"));
    assert_eq!(now.json("profile show")["relay"], RELAY);
    assert!(now.does("profile show").contains(&format!("Asked before the sources: {RELAY}")));
    now.does("profile set relay=off");
    replay.forget_requests();
    now.does("refresh --all");
    assert_eq!(replay.requests_to(HOST), []);
}

#[test]
fn a_relay_comes_along_with_what_is_exported_and_that_is_said() {
    let replay = Replay::start(degraded_lyon());
    let (old, new) = (relayed(&replay), Device::behind(&replay));
    let file = old.data().join("all.json");
    old.at(TUESDAY).does(&format!("export --out {}", file.display()));
    let said = new.at(TUESDAY).speaking("en").does(&format!("import {}", file.display()));
    assert!(said.contains(&format!("The relay {RELAY} is now asked before the sources")), "{said}");
    assert_eq!(new.at(TUESDAY).json("profile show")["relay"], RELAY);
}

// The publication in force is a symbolic link.
#[cfg(unix)]
#[test]
fn what_ecosante_publishes_is_a_relay() {
    let replay = Replay::start(degraded_lyon());
    let device = relayed(&replay);
    let now = device.at(TUESDAY);
    let (out, here) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    now.does(&format!("publish --departement 69 --out {}", out.path().display()));
    std::os::unix::fs::symlink(out.path().join("current"), here.path().join("air")).unwrap();
    replay.serve_files(HOST, here.path());
    replay.forget_requests();
    now.does("refresh");
    assert_eq!(replay.requests_to(HOST).len(), 2);
    assert_eq!(asked_directly(&replay), [""; 0]);
    assert_eq!(air(&now), (3, "atmo-france".to_owned()));
    for source in CARRIED {
        assert_eq!(now.source(source.name())["state"], "ok", "{source:?}");
    }
}
