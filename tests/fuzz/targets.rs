//! Every parser of what comes from outside, each under a name, with what must hold whatever comes.
//!
//! For the fuzzer, and for the engine's own tests, which replay them over true and damaged answers.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use ecosante_domain::metric::Metric;
use ecosante_domain::place::{CommuneRef, Coordinates, Place, PlaceId};
use ecosante_domain::reading::{Source, Target, midnight};
use ecosante_domain::scale::EVENT;
use ecosante_engine::geocoding;
use ecosante_engine::http::FetchError;
use ecosante_engine::sources::vigilance_mirror::Rows;
use ecosante_engine::sources::{
    Harvest, atmo, atmo_episodes, atmo_pollen, georisques, hubeau, meteo_france, open_meteo,
    open_meteo_forecast,
};

/// A parser with its checks: tells whether it takes what came for an answer, or panics.
pub type Fuzzed = fn(&[u8]) -> bool;

/// Every parser under the name of its fuzz target.
pub const TARGETS: &[(&str, Fuzzed)] = &[
    ("atmo_coded", atmo_coded),
    ("atmo_around", atmo_around),
    ("pollen", pollen),
    ("episodes_france", episodes_france),
    ("episodes_around", episodes_around),
    ("air_quality", air_quality),
    ("forecast", forecast),
    ("vigilance_mirror", vigilance_mirror),
    ("vigilance_card", vigilance_card),
    ("vigilance_tree", vigilance_tree),
    ("hubeau", hubeau),
    ("georisques", georisques),
    ("communes", communes),
    ("addresses", addresses),
    ("world_search", world_search),
    ("time_zone", time_zone),
];

/// The day on which an answer is read that names none, in Unix time for example.
pub const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 9, 8).unwrap();

/// At what time of day answers are read, UTC.
pub const TIME: NaiveTime = NaiveTime::from_hms_opt(15, 30, 0).unwrap();

/// The afternoon of the first day of this century with which a text of the body begins: of a true
/// answer it is near enough to the day on which it was given.
fn now(body: &[u8]) -> DateTime<Utc> {
    let date = |bytes: &[u8]| {
        let text = bytes.strip_prefix(b"\"").filter(|it| it.starts_with(b"20"))?;
        let text = std::str::from_utf8(text).ok()?;
        text.parse::<NaiveDate>().ok()
    };
    body.windows(11).find_map(date).unwrap_or(TODAY).and_time(TIME).and_utc()
}

fn place(id: i64, commune: Option<[&str; 4]>, at: (f64, f64)) -> Place {
    let commune = commune.map(|[code, name, epci, departement]| CommuneRef {
        code: code.to_owned(),
        name: name.to_owned(),
        epci: Some(epci.to_owned()),
        departement: departement.to_owned(),
    });
    let time_zone = if commune.is_some() { Tz::Europe__Paris } else { Tz::Europe__Brussels };
    let coordinates = Coordinates::new(at.0, at.1);
    Place { id: PlaceId(id), name: "Home".to_owned(), commune, coordinates, time_zone }
}

/// Inland, by the sea, where the EPCI publishes, in a city of arrondissements, and abroad.
pub fn places() -> Vec<Place> {
    vec![
        place(1, Some(["69123", "Lyon", "200046977", "69"]), (45.758, 4.835)),
        place(2, Some(["76351", "Le Havre", "200084952", "76"]), (49.498, 0.140)),
        place(3, Some(["35238", "Rennes", "243500139", "35"]), (48.116, -1.682)),
        place(4, Some(["75056", "Paris", "200054781", "75"]), (48.859, 2.347)),
        place(5, None, (50.850, 4.349)),
    ]
}

/// Those of some numbers.
fn only(numbers: &[i64]) -> Vec<Place> {
    places().into_iter().filter(|place| numbers.contains(&place.id.0)).collect()
}

/// Has `parse` read for some places what came, and checks what it makes of it.
fn reads<'a>(
    body: &[u8],
    source: Source,
    places: &'a [Place],
    parse: impl FnOnce(&[&'a Place], DateTime<Utc>) -> Result<Harvest, FetchError>,
) -> bool {
    let now = now(body);
    let asked: Vec<&Place> = places.iter().collect();
    let harvest = parse(&asked, now);
    if let Ok(harvest) = &harvest {
        check(harvest, source, places, now);
    }
    harvest.is_ok()
}

/// What holds of every answer that is accepted.
fn check(harvest: &Harvest, source: Source, places: &[Place], now: DateTime<Utc>) {
    for found in &harvest.zones {
        let asked = places.iter().any(|place| place.id == found.place);
        assert!(asked, "nobody asked for {found:?}");
    }
    let mut known = BTreeSet::new();
    for it in &harvest.readings {
        assert_eq!(it.source, source, "{it:?}");
        assert_eq!(it.fetched_at, now, "{it:?}");
        let serves = harvest.zones.iter().any(|found| found.zone.as_ref() == Some(&it.zone));
        assert!(serves, "the zone serves no place: {it:?}");
        match (it.level, it.scale) {
            (Some(level), Some(scale)) => {
                let event = level == EVENT && it.metric == Metric::Air;
                assert!(event || scale.rank(level).is_some(), "off its scale: {it:?}");
            }
            (Some(_), None) => panic!("a level of no scale: {it:?}"),
            (None, _) => assert!(it.value.is_some() || it.note.is_some(), "empty: {it:?}"),
        }
        assert!(it.value.is_none_or(f64::is_finite), "no figure: {it:?}");
        assert!(it.hours > 0, "of no time: {it:?}");
        let starts = match it.target {
            Target::Day(date) => midnight(date, Tz::Europe__Paris),
            Target::Hour(start) => start,
        };
        // Water is looked for somewhat longer than a year back.
        let most = TimeDelta::days(if it.metric == Metric::Water { 402 } else { 366 });
        assert!((starts - now).abs() <= most, "of another time: {it:?}");
        let key = (it.zone.clone(), it.metric, it.scale, it.target);
        assert!(known.insert(key), "twice: {it:?}");
    }
}

/// The index of communes and EPCI by their codes.
pub fn atmo_coded(body: &[u8]) -> bool {
    reads(body, Source::AtmoFrance, &places(), |places, now| atmo::parse_coded(body, places, now))
}

/// The index of zones around a point.
pub fn atmo_around(body: &[u8]) -> bool {
    reads(body, Source::AtmoFrance, &only(&[1]), |places, now| {
        atmo::parse_around(body, places, now)
    })
}

/// The pollen index.
pub fn pollen(body: &[u8]) -> bool {
    reads(body, Source::AtmoPollen, &places(), |places, now| atmo_pollen::parse(body, places, now))
}

/// The episodes of all of France.
pub fn episodes_france(body: &[u8]) -> bool {
    reads(body, Source::AtmoEpisodes, &places(), |places, now| {
        atmo_episodes::parse_france(body, places, now)
    })
}

/// The episodes around a point.
pub fn episodes_around(body: &[u8]) -> bool {
    reads(body, Source::AtmoEpisodes, &only(&[1]), |places, now| {
        atmo_episodes::parse_around(body, places, now)
    })
}

/// Open-Meteo's air: one object for one place, else a list.
pub fn air_quality(body: &[u8]) -> bool {
    [places(), only(&[1])]
        .map(|places| {
            let cells = open_meteo::cells(&places);
            reads(body, Source::OpenMeteo, &places, |_, now| {
                open_meteo::parse_air_quality(body, &cells, now)
            })
        })
        .contains(&true)
}

/// Open-Meteo's weather.
pub fn forecast(body: &[u8]) -> bool {
    [places(), only(&[1])]
        .map(|places| {
            let cells = open_meteo::cells(&places);
            reads(body, Source::OpenMeteoForecast, &places, |_, now| {
                open_meteo_forecast::parse_forecast(body, &cells, now)
            })
        })
        .contains(&true)
}

/// The mirror of the vigilance: one page, and the same again where there should be another.
pub fn vigilance_mirror(body: &[u8]) -> bool {
    reads(body, Source::VigilanceMirror, &places(), |places, now| {
        let mut rows = Rows::default();
        if !rows.add(body)? {
            rows.add(body)?;
        }
        rows.harvest(places, now)
    })
}

/// A card of the vigilance.
pub fn vigilance_card(body: &[u8]) -> bool {
    reads(body, Source::MeteoFrance, &places(), |places, now| {
        meteo_france::parse_card(body, places, now)
    })
}

/// The tree of the archive of cards.
pub fn vigilance_tree(body: &[u8]) -> bool {
    let now = now(body);
    let folder = meteo_france::newest_folder(body, now);
    if let Ok(folder) = &folder {
        assert!((now - *folder).abs() < TimeDelta::days(1), "{folder} is not of today");
    }
    folder.is_ok()
}

/// The samples of drinking water.
pub fn hubeau(body: &[u8]) -> bool {
    reads(body, Source::HubEau, &places(), |places, now| {
        let part = hubeau::parse_water(body, places, now)?;
        for code in &part.beyond {
            let asked = |place: &&Place| place.commune.as_ref().is_some_and(|it| it.code == *code);
            assert!(places.iter().any(asked), "nobody asked for {code}");
        }
        Ok(part.harvest)
    })
}

/// The radon potential.
pub fn georisques(body: &[u8]) -> bool {
    reads(body, Source::Georisques, &places(), |places, now| {
        georisques::parse_radon(body, places, now)
    })
}

fn on_the_globe(at: Coordinates) {
    assert!(Coordinates::new(at.latitude, at.longitude).is_some(), "{at:?}");
}

/// The communes of the register: where one is, and which one a point lies in.
pub fn communes(body: &[u8]) -> bool {
    let at = geocoding::parse_coordinates(body, "69123").ok().flatten();
    at.into_iter().for_each(on_the_globe);
    geocoding::parse_code(body).is_ok() || at.is_some()
}

/// The addresses of France.
pub fn addresses(body: &[u8]) -> bool {
    let addresses = geocoding::parse_addresses(body);
    addresses.iter().flatten().for_each(|address| on_the_globe(address.coordinates));
    addresses.is_ok()
}

/// The places of the world.
pub fn world_search(body: &[u8]) -> bool {
    let places = geocoding::parse_search(body);
    places.iter().flatten().for_each(|found| on_the_globe(found.coordinates));
    places.is_ok()
}

/// The time zone of a point.
pub fn time_zone(body: &[u8]) -> bool {
    let mut points = places().into_iter().filter_map(|place| place.coordinates);
    points.any(|point| geocoding::parse_time_zone(body, point).is_ok())
}
