//! What the two sources of the weather vigilance share: which domains serve a place, and how the
//! slots of a domain become readings.
//!
//! Météo-France publishes for départements (`69`, `2A`) and, where they lie by the sea, for their
//! coast under a domain of its own (`3310`), which has the waves and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, DurationRound as _, TimeDelta, Utc};
use ecosante_domain::metric::{Metric, Phenomenon};
use ecosante_domain::place::{Coordinates, Place, PlaceId};
use ecosante_domain::reading::{Basis, Reading, Source, Target, Zone};
use ecosante_domain::scale::Scale;
use serde::Deserialize;

use super::{Harvest, Nearness, PlaceZone};
use crate::http::FetchError;
use crate::{coast, communes};

/// How far from now a slot may begin: bulletins reach from today to the end of tomorrow. One far
/// ahead would count when its time comes.
const FARTHEST: TimeDelta = TimeDelta::days(8);

/// How far from the sea, in kilometres, a place is served by the domain of the coast.
const COASTAL_KM: f64 = 10.0;

/// The départements that have a domain for their coast. The producer's cards of August 2026 have
/// 122 domains: the 96 départements of the mainland and Corsica, the country, and these 25, which
/// the clients of its mobile interface list too. Of the 26 départements that the law calls littoral
/// only the Eure is missing, which touches nothing but the estuary of the Seine.
const COASTAL: [&str; 25] = [
    "06", "11", "13", "14", "17", "22", "29", "2A", "2B", "30", "33", "34", "35", "40", "44", "50",
    "56", "59", "62", "64", "66", "76", "80", "83", "85",
];

/// What follows the code of a département in the one of its coast.
const COAST_SUFFIX: &str = "10";

/// Whether a vigilance is published for the département of a place: not overseas, whose
/// départements have colours and phenomena of their own.
pub(super) fn serves(place: &Place) -> bool {
    departement(place).is_some()
}

/// The domains that serve a place, that of its département first; none where none does.
pub(super) fn domains(place: &Place) -> Vec<Zone> {
    let Some(departement) = departement(place) else { return Vec::new() };
    let (code, name) = (departement.code, departement.name);
    let mut domains = vec![Zone { code: code.to_owned(), name: name.to_owned() }];
    let by_the_sea = || place.coordinates.is_some_and(|point| coast::is_within(point, COASTAL_KM));
    if COASTAL.contains(&code) && by_the_sea() {
        let code = format!("{code}{COAST_SUFFIX}");
        domains.push(Zone { code, name: format!("{name} (littoral)") });
    }
    domains
}

fn departement(place: &Place) -> Option<&'static communes::Departement> {
    let code = place.commune.as_ref()?.departement.as_str();
    if code.len() != 2 {
        return None;
    }
    communes::departements().iter().find(|it| it.code == code)
}

/// The codes of the domains that serve any of the places.
pub(super) fn codes(places: &[&Place]) -> BTreeSet<String> {
    places.iter().flat_map(|place| domains(place)).map(|domain| domain.code).collect()
}

/// What is published for one phenomenon of a domain and some hours.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Slot {
    /// The code of the domain.
    pub(super) domain: String,
    pub(super) phenomenon: Phenomenon,
    /// 1 (green) to 4 (red).
    pub(super) level: u8,
    pub(super) begin: DateTime<Utc>,
    pub(super) end: DateTime<Utc>,
    pub(super) published_at: DateTime<Utc>,
}

impl Slot {
    /// Whether it is what such a domain is for: the coast has the waves, the land the rest.
    fn belongs(&self) -> bool {
        (self.phenomenon == Phenomenon::Waves) == (self.domain.len() > 2)
    }

    /// The beginning of its first hour, and its length in hours, begun ones included.
    fn hours(&self) -> Result<(DateTime<Utc>, u8), FetchError> {
        let first = self.begin.duration_trunc(TimeDelta::hours(1));
        let first = first.map_err(|_| FetchError::schema("a slot at an impossible time"))?;
        let seconds = (self.end - first).num_seconds();
        if self.end <= self.begin {
            return Err(FetchError::schema("a slot that ends before it begins"));
        }
        let hours = u8::try_from(seconds.saturating_add(3599) / 3600);
        Ok((first, hours.map_err(|_| FetchError::schema("a slot of more than 255 hours"))?))
    }
}

/// A code that some publish as a number and others as a text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(untagged)]
pub(super) enum Code {
    Number(i64),
    Text(String),
}

impl Code {
    pub(super) fn number(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => text.trim().parse().ok(),
        }
    }

    /// As the code of a domain: a number has lost its first zero.
    pub(super) fn domain(&self) -> String {
        match self {
            Self::Number(number @ 0..100) => format!("{number:02}"),
            Self::Number(number) => format!("{number:04}"),
            Self::Text(text) => text.trim().to_owned(),
        }
    }

    /// As a phenomenon: `None` for a number that means none today.
    pub(super) fn phenomenon(&self) -> Result<Option<Phenomenon>, FetchError> {
        let number = self.number().ok_or_else(|| FetchError::schema("a phenomenon of no number"));
        number.map(Phenomenon::numbered)
    }

    /// As a colour, which is a level of the scale.
    pub(super) fn level(&self) -> Result<u8, FetchError> {
        let level = self.number().and_then(|number| u8::try_from(number).ok());
        level
            .and_then(|level| Scale::Vigilance.rank(level))
            .ok_or_else(|| FetchError::schema("a colour outside 1 to 4"))
    }
}

/// Reads a moment with its offset.
pub(super) fn moment(text: &str) -> Result<DateTime<Utc>, FetchError> {
    DateTime::parse_from_rfc3339(text.trim())
        .map(|moment| moment.to_utc())
        .map_err(|_| FetchError::schema("a moment that cannot be read"))
}

/// The slots as readings, and which of their domains serve the places.
///
/// A place none of whose domains has a slot gets a [`PlaceZone`] without zone. Of two slots that
/// begin in the same hour the one published later stands, then the worse; the other begins where
/// that one ends, if it lasts longer.
pub(super) fn harvest(
    source: Source,
    mut slots: Vec<Slot>,
    places: &[&Place],
    now: DateTime<Utc>,
) -> Result<Harvest, FetchError> {
    if slots.iter().any(|slot| (slot.begin - now).abs() > FARTHEST) {
        return Err(FetchError::schema("a slot of another time"));
    }
    slots.retain(Slot::belongs);
    slots.sort_by(|one, other| {
        let rank = |slot: &Slot| (slot.published_at, slot.level, slot.end);
        rank(other).cmp(&rank(one)).then_with(|| one.cmp(other))
    });
    slots.dedup();
    let mut readings: BTreeMap<(&str, Phenomenon, DateTime<Utc>), (&Slot, u8)> = BTreeMap::new();
    for slot in &slots {
        let (mut first, mut hours) = slot.hours()?;
        while let Some((_, taken)) = readings.get(&(&slot.domain, slot.phenomenon, first)) {
            first += TimeDelta::hours(i64::from(*taken));
            hours = hours.saturating_sub(*taken);
        }
        if hours > 0 {
            readings.insert((&slot.domain, slot.phenomenon, first), (slot, hours));
        }
    }
    let mut harvest = Harvest::default();
    let mut known = BTreeSet::new();
    for place in places {
        let with_slots = |domain: &Zone| slots.iter().any(|slot| slot.domain == domain.code);
        let serving: Vec<Zone> = domains(place).into_iter().filter(with_slots).collect();
        let zone = |zone| PlaceZone { place: place.id, zone, nearness: Nearness::Departement };
        if serving.is_empty() {
            harvest.zones.push(zone(None));
        }
        for domain in serving {
            harvest.zones.push(zone(Some(domain.clone())));
            if !known.insert(domain.code.clone()) {
                continue;
            }
            let mine = readings.iter().filter(|((code, ..), _)| *code == domain.code);
            harvest.readings.extend(mine.map(|((_, phenomenon, first), (slot, hours))| Reading {
                source,
                zone: domain.clone(),
                metric: Metric::Vigilance(*phenomenon),
                scale: Some(Scale::Vigilance),
                target: Target::Hour(*first),
                basis: Basis::Official,
                level: Some(slot.level),
                value: None,
                published_at: Some(slot.published_at),
                fetched_at: now,
                hours: *hours,
                note: None,
            }));
        }
    }
    Ok(harvest)
}

/// The vigilance of the whole country, for whoever publishes it for others.
#[derive(Debug)]
pub struct NationalVigilance {
    source: Source,
    domains: BTreeMap<String, (Zone, Vec<Reading>)>,
}

/// A point by the sea: with it, a place in a coastal département has the domain of the coast too.
const BY_THE_SEA: (f64, f64) = (44.66, -1.17);

/// Places that all domains together serve: one by the sea in each département.
pub(super) fn everywhere() -> Vec<Place> {
    let mainland = communes::departements().iter().filter(|it| it.code.len() == 2);
    let place = |(id, departement): (i64, &communes::Departement)| Place {
        id: PlaceId(id),
        coordinates: Coordinates::new(BY_THE_SEA.0, BY_THE_SEA.1),
        ..departement.place()
    };
    (1..).zip(mainland).map(place).collect()
}

impl NationalVigilance {
    /// What was harvested for [`everywhere`].
    pub(super) fn of(source: Source, harvest: Harvest) -> Self {
        let mut domains: BTreeMap<String, (Zone, Vec<Reading>)> = BTreeMap::new();
        for reading in harvest.readings {
            let domain = domains
                .entry(reading.zone.code.clone())
                .or_insert_with(|| (reading.zone.clone(), Vec::new()));
            domain.1.push(reading);
        }
        Self { source, domains }
    }

    /// Who passed it on.
    #[must_use]
    pub fn source(&self) -> Source {
        self.source
    }

    /// What answers for a place; `None` where no vigilance is published.
    #[must_use]
    pub fn at(&self, place: &Place) -> Option<Harvest> {
        if !serves(place) {
            return None;
        }
        let mut harvest = Harvest::default();
        let zone = |zone| PlaceZone { place: place.id, zone, nearness: Nearness::Departement };
        for domain in domains(place) {
            if let Some((known, readings)) = self.domains.get(&domain.code) {
                harvest.zones.push(zone(Some(known.clone())));
                harvest.readings.extend(readings.iter().cloned());
            }
        }
        if harvest.zones.is_empty() {
            harvest.zones.push(zone(None));
        }
        Some(harvest)
    }

    /// How many domains it has.
    #[must_use]
    pub fn zones(&self) -> usize {
        self.domains.len()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use chrono_tz::Tz;
    use ecosante_domain::place::CommuneRef;

    /// A place in a département, at some degrees north and east.
    pub(in crate::sources) fn place(id: i64, departement: &str, at: Option<(f64, f64)>) -> Place {
        Place {
            id: PlaceId(id),
            name: "Home".to_owned(),
            commune: Some(CommuneRef {
                code: format!("{departement}123"),
                name: "Somewhere".to_owned(),
                epci: None,
                departement: departement.to_owned(),
            }),
            coordinates: at.and_then(|(north, east)| Coordinates::new(north, east)),
            time_zone: Tz::Europe__Paris,
        }
    }

    /// Phenomenon, first hour, hours and level of the readings of a domain.
    pub(in crate::sources) fn said(harvest: &Harvest, code: &str) -> Vec<String> {
        let readings = harvest.readings.iter().filter(|reading| reading.zone.code == code);
        readings
            .map(|it| {
                let level = it.level.unwrap_or(0);
                format!("{} {} {}h {level}", it.metric, it.target, it.hours)
            })
            .collect()
    }

    /// The codes of the zones of a place; `-` where it was answered that there is none.
    pub(in crate::sources) fn zones(harvest: &Harvest, place: &Place) -> Vec<String> {
        let of_place = harvest.zones.iter().filter(|it| it.place == place.id);
        of_place.map(|it| it.zone.as_ref().map_or("-".to_owned(), |it| it.code.clone())).collect()
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("a moment")
    }

    fn now() -> DateTime<Utc> {
        at("2026-09-28T15:00:00Z")
    }

    fn slot(domain: &str, level: u8, begin: &str, end: &str) -> Slot {
        Slot {
            domain: domain.to_owned(),
            phenomenon: if domain.len() > 2 { Phenomenon::Waves } else { Phenomenon::Wind },
            level,
            begin: at(&format!("2026-09-28T{begin}Z")),
            end: at(&format!("2026-09-28T{end}Z")),
            published_at: at("2026-09-28T14:00:00Z"),
        }
    }

    fn read(slots: &[Slot]) -> Result<Harvest, FetchError> {
        let lyon = place(1, "69", None);
        harvest(Source::VigilanceMirror, slots.to_vec(), &[&lyon], now())
    }

    #[test]
    fn a_slot_of_another_time_is_refused() {
        let slot = slot("69", 3, "15:00:00", "18:00:00");
        let lyon = place(1, "69", None);
        let read = |days: i64| {
            let by = TimeDelta::days(days);
            let moved = Slot { begin: slot.begin + by, end: slot.end + by, ..slot.clone() };
            harvest(Source::VigilanceMirror, vec![moved], &[&lyon], now())
        };
        assert!(read(0).is_ok() && read(2).is_ok());
        assert_eq!(read(365).expect_err("a year ahead").code(), "schema");
        assert_eq!(read(-30).expect_err("a month ago").code(), "schema");
    }

    #[test]
    fn a_place_has_its_departement_and_by_the_sea_the_coast_too() {
        let of = |departement, at| {
            let domains = domains(&place(1, departement, at));
            domains.into_iter().map(|it| format!("{} {}", it.code, it.name)).collect::<Vec<_>>()
        };
        assert_eq!(of("33", Some((44.66, -1.17))), ["33 Gironde", "3310 Gironde (littoral)"]);
        assert_eq!(
            of("2A", Some((41.92, 8.74))),
            ["2A Corse-du-Sud", "2A10 Corse-du-Sud (littoral)"]
        );
        assert_eq!(of("33", Some((44.56, -0.24))), ["33 Gironde"], "Langon is far from the sea");
        assert_eq!(of("33", None), ["33 Gironde"], "nobody knows how far");
        assert_eq!(of("2B", None), ["2B Haute-Corse"]);
        assert_eq!(of("27", Some((49.42, 0.35))), ["27 Eure"], "it has no domain for its coast");
    }

    #[test]
    fn overseas_and_abroad_nothing_is_published() {
        for departement in ["971", "973", "974", "976", "988", "99", ""] {
            assert!(!serves(&place(1, departement, None)), "{departement}");
        }
        assert!(!serves(&Place { commune: None, ..place(1, "69", None) }));
        assert!(serves(&place(1, "69", None)));
    }

    #[test]
    fn every_coastal_departement_exists() {
        for code in COASTAL {
            assert!(serves(&place(1, code, None)), "{code}");
        }
    }

    #[test]
    fn a_slot_holds_for_its_hours_begun_ones_included() {
        let harvest = read(&[slot("69", 3, "14:20:00", "22:00:01")]).expect("slots");
        assert_eq!(said(&harvest, "69"), ["vigilance.wind 2026-09-28T14:00:00Z 9h 3"]);
        let reading = &harvest.readings[0];
        assert_eq!((reading.scale, reading.basis), (Some(Scale::Vigilance), Basis::Official));
        assert_eq!(reading.published_at, Some(at("2026-09-28T14:00:00Z")));
        assert_eq!(reading.zone, Zone { code: "69".into(), name: "Rhône".into() });
    }

    #[test]
    fn of_two_slots_in_one_hour_the_worse_stands_and_the_other_follows_it() {
        let orange = slot("69", 3, "12:00:00", "12:30:00");
        let green = slot("69", 1, "12:30:00", "18:00:00");
        let harvest = read(&[green.clone(), orange.clone(), green, orange]).expect("slots");
        assert_eq!(
            said(&harvest, "69"),
            [
                "vigilance.wind 2026-09-28T12:00:00Z 1h 3",
                "vigilance.wind 2026-09-28T13:00:00Z 5h 1"
            ]
        );
    }

    #[test]
    fn what_was_published_later_stands() {
        let before = Slot {
            published_at: at("2026-09-28T04:00:00Z"),
            ..slot("69", 4, "14:00:00", "22:00:00")
        };
        let harvest = read(&[before, slot("69", 2, "14:00:00", "22:00:00")]).expect("slots");
        assert_eq!(said(&harvest, "69"), ["vigilance.wind 2026-09-28T14:00:00Z 8h 2"]);
    }

    #[test]
    fn waves_are_the_coasts_and_nothing_else_is() {
        let biarritz = place(1, "64", Some((43.48, -1.56)));
        let waves = slot("6410", 3, "14:00:00", "22:00:00");
        let on_land = Slot { domain: "64".into(), ..waves };
        let wind = slot("64", 1, "14:00:00", "22:00:00");
        let at_sea = Slot { domain: "6410".into(), ..wind };
        let harvest =
            harvest(Source::MeteoFrance, vec![waves, on_land, wind, at_sea], &[&biarritz], now())
                .expect("slots");
        assert_eq!(said(&harvest, "6410"), ["vigilance.waves 2026-09-28T14:00:00Z 8h 3"]);
        assert_eq!(said(&harvest, "64"), ["vigilance.wind 2026-09-28T14:00:00Z 8h 1"]);
        assert_eq!(zones(&harvest, &biarritz), ["64", "6410"]);
    }

    #[test]
    fn slots_of_no_possible_length_are_refused() {
        for (begin, end) in [("14:00:00", "14:00:00"), ("14:20:00", "14:10:00")] {
            assert_eq!(read(&[slot("69", 1, begin, end)]).map_err(|it| it.code()), Err("schema"));
        }
        let mut long = slot("69", 1, "14:00:00", "22:00:00");
        long.end = long.begin + TimeDelta::hours(255);
        assert_eq!(read(&[long.clone()]).expect("a slot").readings[0].hours, 255);
        long.end += TimeDelta::seconds(1);
        assert_eq!(read(&[long]).map_err(|it| it.code()), Err("schema"));
    }

    #[test]
    fn a_number_in_the_place_of_a_text_means_the_same() {
        let code = |json: &str| serde_json::from_str::<Code>(json).expect("a code");
        for (number, text) in [("6", "\"06\""), ("33", "\"33\""), ("610", "\"0610\"")] {
            assert_eq!(code(number).domain(), code(text).domain());
        }
        assert_eq!(code("\"3\"").level(), Ok(3));
        for wrong in ["0", "5", "-1", "300", "\"orange\"", "\"\""] {
            assert!(code(wrong).level().is_err(), "{wrong}");
        }
        assert_eq!(code("\"9\"").phenomenon(), Ok(Some(Phenomenon::Waves)));
        assert_eq!(code("10").phenomenon(), Ok(None));
        assert!(code("\"vent\"").phenomenon().is_err());
    }
}
