//! The ATMO index of the French air quality agencies, from the open layer of Atmo France.
//!
//! The layer holds one row per zone and day: for most communes, for some EPCI in their stead, and
//! for six communes of Guyane under the SIREN that they share. It is a GeoServer, which reports
//! errors as XML with status 200, and of which a cache in front may ignore the filter; so nothing in
//! an answer counts before it is checked against what was asked.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, NaiveDate, Utc};
use ecosante_domain::metric::{Metric, Pollutant};
use ecosante_domain::place::{CommuneRef, Coordinates, Place};
use ecosante_domain::reading::{Basis, Reading, Source, Target, Zone};
use ecosante_domain::scale::{EVENT, Scale};

use super::wfs::{self, Field, Head, ZoneRow, first_day, yesterday};
use super::{Fetching, Harvest, Nearness, PlaceZone, Publisher};
use crate::communes::{self, normalise};
use crate::http::{FetchError, HttpClient};
use crate::upstream::{AROUND_DEGREES, AtmoZones, Upstream};

/// The publisher of the ATMO index.
#[derive(Debug, Clone, Copy)]
pub struct AtmoFrance;

/// Places that one request asks for: with their EPCI they make an address of some 3 kB.
const PLACES_AT_ONCE: usize = 100;

impl Publisher for AtmoFrance {
    fn source(&self) -> Source {
        Source::AtmoFrance
    }

    fn serves(&self, place: &Place) -> bool {
        place.has_air_agency()
    }

    fn fetch<'a>(
        &'a self,
        http: &'a HttpClient,
        places: &'a [Place],
        now: DateTime<Utc>,
    ) -> Fetching<'a> {
        Box::pin(fetch(http, places, now))
    }

    fn fetch_past<'a>(
        &'a self,
        http: &'a HttpClient,
        _places: &'a [Place],
        zones: &'a [PlaceZone],
        now: DateTime<Utc>,
    ) -> Option<Fetching<'a>> {
        zones
            .iter()
            .any(|it| it.zone.is_some())
            .then(|| -> Fetching<'a> { Box::pin(fetch_past(http, zones, now)) })
    }
}

/// Days before today that are asked of the history.
const PAST_DAYS: u64 = 365;

/// Zones whose history one request asks for: with the days ahead they have 3,700 rows, under the
/// 4,000 that are answered at most.
const PAST_ZONES: usize = 10;

/// Zones that a code of an EPCI may stand for where communes publish under it: six in Guyane.
const SHARED_ZONES: usize = 6;

/// Asks for the history of zones that are known to answer for places.
async fn fetch_past(
    http: &HttpClient,
    zones: &[PlaceZone],
    now: DateTime<Utc>,
) -> Result<Harvest, FetchError> {
    let mut harvest = Harvest::default();
    let Some(since) = now.date_naive().checked_sub_days(Days::new(PAST_DAYS)) else {
        return Ok(harvest);
    };
    for chunk in past_chunks(zones) {
        let codes: BTreeSet<&str> =
            chunk.iter().filter_map(|it| it.zone.as_ref()).map(|zone| zone.code.as_str()).collect();
        let codes: Vec<&str> = codes.into_iter().collect();
        let answer = http.get(&Upstream::atmo_history(&codes, since)).await;
        if !harvest.add(answer.and_then(|answer| parse_past(&answer.body, &chunk, since, now)))? {
            break;
        }
    }
    Ok(harvest)
}

/// The zones in groups whose rows fit into one answer; each code is in one group.
fn past_chunks(zones: &[PlaceZone]) -> Vec<Vec<&PlaceZone>> {
    let mut coded: BTreeMap<&str, Vec<&PlaceZone>> = BTreeMap::new();
    for it in zones {
        if let Some(zone) = &it.zone {
            coded.entry(&zone.code).or_default().push(it);
        }
    }
    let mut chunks: Vec<(usize, Vec<&PlaceZone>)> = Vec::new();
    for of_code in coded.into_values() {
        let shared = of_code.iter().any(|it| it.zone.as_ref().is_some_and(|zone| named(zone, it)));
        let weight = if shared { SHARED_ZONES } else { 1 };
        match chunks.last_mut() {
            Some((sum, chunk)) if *sum + weight <= PAST_ZONES => {
                *sum += weight;
                chunk.extend(of_code);
            }
            _ => chunks.push((weight, of_code)),
        }
    }
    chunks.into_iter().map(|(_, chunk)| chunk).collect()
}

/// Whether the code of a zone may be that of several, which only their names tell apart.
fn named(zone: &Zone, it: &PlaceZone) -> bool {
    zone.code.len() > Row::CODE_DIGITS && it.nearness != Nearness::Epci
}

/// Reads the history of `zones`; each keeps the name by which it is known today.
///
/// A row that cannot be read is a day that is not known. A zone without any row is not answered for.
///
/// # Errors
///
/// Those of JSON, and [`FetchError::Schema`] where the answer is only a part, where most rows of a
/// zone cannot be read, or where there are rows and none is of a zone and day that was asked for.
pub fn parse_past(
    body: &[u8],
    zones: &[&PlaceZone],
    since: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Harvest, FetchError> {
    let layer = Layer::read(body)?;
    let wanted = since..=now.date_naive();
    let mut harvest = Harvest::default();
    let mut read = BTreeSet::new();
    for it in zones {
        let Some(zone) = &it.zone else { continue };
        let by_name = named(zone, it).then(|| normalise(&zone.name));
        let is_mine = |row: &&Row<'_>| {
            let named = |name: &String| row.name().is_some_and(|known| normalise(known) == *name);
            row.code().is_some_and(|code| code == zone.code.as_str())
                && by_name.as_ref().is_none_or(named)
                && (it.nearness != Nearness::Epci || row.is_of_type("epci"))
                && row.date().map_or(true, |date| wanted.contains(&date))
        };
        let rows: Vec<&Row<'_>> = layer.rows().filter(is_mine).collect();
        let whole = |row: &&Row<'_>| ZoneDays::read_days(&[*row], &wanted, None).is_ok();
        let readable: Vec<&Row<'_>> = rows.iter().copied().filter(whole).collect();
        if readable.len() * 2 < rows.len() {
            return Err(FetchError::schema("most rows of a zone cannot be read"));
        }
        let Some(days) = ZoneDays::read_days(&readable, &wanted, None)? else { continue };
        harvest.zones.push((*it).clone());
        if read.insert(zone) {
            let days = ZoneDays { zone: zone.clone(), ..days };
            harvest.readings.extend(days.readings(now));
        }
    }
    if harvest.zones.is_empty() && !layer.is_empty() {
        return Err(FetchError::schema("no row is of a zone and a day that was asked for"));
    }
    Ok(harvest)
}

async fn fetch(
    http: &HttpClient,
    places: &[Place],
    now: DateTime<Utc>,
) -> Result<Harvest, FetchError> {
    let served: Vec<&Place> = places.iter().filter(|place| place.commune.is_some()).collect();
    let mut harvest = Harvest::default();
    for chunk in served.chunks(PLACES_AT_ONCE) {
        let since = first_day(chunk, now);
        let Some(since) = since else { continue };
        let asked: Vec<&str> = codes(chunk).into_iter().collect();
        let answer = http.get(&Upstream::atmo_index(AtmoZones::Coded(&asked), since)).await;
        if !harvest.add(answer.and_then(|answer| parse_coded(&answer.body, chunk, now)))? {
            break;
        }
    }
    // A zone around the places that have none of their own.
    let question = |point, since| Upstream::atmo_index(AtmoZones::Around(point), since);
    wfs::look_around(http, &served, now, question, parse_around, &mut harvest).await;
    Ok(harvest)
}

/// The rows of one zone with its distance in kilometres.
type Distant<'rows, 'body> = (f64, Vec<&'rows Row<'body>>);

/// The codes under which anything may be published for these places.
fn codes<'a>(places: &[&'a Place]) -> BTreeSet<&'a str> {
    let communes = places.iter().filter_map(|place| place.commune.as_ref());
    communes
        .flat_map(|commune| [Some(commune.code.as_str()), commune.epci.as_deref()])
        .flatten()
        .collect()
}

/// Reads the answer to [`AtmoZones::Coded`] for the communes and EPCI of `places`.
///
/// A place for which nothing is published gets a [`PlaceZone`] without zone. Places without commune
/// are passed over.
///
/// # Errors
///
/// Those of JSON, and [`FetchError::Schema`] where a row that a place uses is malformed, where the
/// answer is only a part, or where there are rows and none is of a zone and day that was asked for.
pub fn parse_coded(
    body: &[u8],
    places: &[&Place],
    now: DateTime<Utc>,
) -> Result<Harvest, FetchError> {
    let layer = Layer::read(body)?;
    let asked = codes(places);
    let since = first_day(places, now);
    let rows: Vec<&Row<'_>> = layer
        .rows()
        .filter(|row| row.code().is_some_and(|code| asked.contains(code.as_ref())))
        .filter(|row| row.may_be_from(since))
        .collect();
    if rows.is_empty() && !layer.is_empty() {
        return Err(FetchError::schema("no row is of a zone and a day that was asked for"));
    }
    let mut parts = Vec::new();
    for place in places {
        let (Some(commune), Some(since)) = (&place.commune, yesterday(place, now)) else {
            continue;
        };
        let mut best: Option<(Nearness, ZoneDays)> = None;
        for (nearness, mine) in candidates(&rows, commune) {
            let Some(days) = ZoneDays::read(&mine, since, Some(&commune.name))? else { continue };
            // A zone whose index is unavailable stands only where no other has one.
            let known = days.is_known();
            if known || best.is_none() {
                best = Some((nearness, days));
            }
            if known {
                break;
            }
        }
        parts.push(Harvest::of(place, best, Nearness::Epci, now));
    }
    Ok(Harvest::joined(parts))
}

/// The groups of rows that may answer for a commune, best first.
fn candidates<'r, 'a>(
    rows: &[&'r Row<'a>],
    commune: &CommuneRef,
) -> [(Nearness, Vec<&'r Row<'a>>); 3] {
    let coded = |row: &&&Row<'_>, code: &str| row.code().is_some_and(|it| it == code);
    let own = rows.iter().filter(|row| coded(row, &commune.code)).copied().collect();
    let shared = |wanted: &dyn Fn(&Row<'_>) -> bool| -> Vec<&'r Row<'a>> {
        let Some(epci) = &commune.epci else { return Vec::new() };
        rows.iter().filter(|row| coded(row, epci) && wanted(row)).copied().collect()
    };
    let name = normalise(&commune.name);
    let named = |row: &Row<'_>| {
        row.is_of_type("commune") && row.name().is_some_and(|it| normalise(it) == name)
    };
    [
        (Nearness::Commune, own),
        (Nearness::Commune, shared(&named)),
        (Nearness::Epci, shared(&|row| row.is_of_type("epci"))),
    ]
}

/// How far from its place, in degrees, a row may lie that answers [`AtmoZones::Around`].
const NEAR_DEGREES: f64 = 0.3;

/// Reads the answer to [`AtmoZones::Around`] for places of one cell: the zone whose centre is
/// nearest to each.
///
/// Places without coordinates are passed over.
///
/// # Errors
///
/// As [`parse_coded`]; also where there are rows and none lies near a place.
pub fn parse_around(
    body: &[u8],
    places: &[&Place],
    now: DateTime<Utc>,
) -> Result<Harvest, FetchError> {
    let layer = Layer::read(body)?;
    let mut parts = Vec::new();
    for place in places {
        let (Some(point), Some(since)) = (place.coordinates, yesterday(place, now)) else {
            continue;
        };
        let near = |centre: &Coordinates| {
            (centre.latitude - point.latitude).abs() <= NEAR_DEGREES
                && (centre.longitude - point.longitude).abs() <= NEAR_DEGREES
        };
        let mut zones: BTreeMap<_, Distant<'_, '_>> = BTreeMap::new();
        for feature in &layer.features {
            let centre = feature.centre(layer.is_mercator()).filter(near);
            let Some((centre, row)) = centre.zip(feature.properties.as_ref()) else { continue };
            let Some((code, name)) = row.code().zip(row.name()) else { continue };
            if !row.may_be_from(Some(since)) {
                continue;
            }
            let (distance, rows) = zones.entry((code, name)).or_insert((f64::INFINITY, Vec::new()));
            *distance = distance.min(point.distance_km(centre));
            rows.push(row);
        }
        if zones.is_empty() && !layer.is_empty() {
            return Err(FetchError::schema("no row lies near the point that was asked for"));
        }
        let mut nearest: Vec<_> = zones.into_values().collect();
        nearest.sort_by(|(one, _), (other, _)| one.total_cmp(other));
        let mut best = None;
        for (_, rows) in nearest {
            best = ZoneDays::read(&rows, since, None)?.filter(ZoneDays::is_known);
            if best.is_some() {
                break;
            }
        }
        let best = best.map(|days| (Nearness::Nearby, days));
        parts.push(Harvest::of(place, best, Nearness::Nearby, now));
    }
    Ok(Harvest::joined(parts))
}

impl Harvest {
    fn of(
        place: &Place,
        found: Option<(Nearness, ZoneDays)>,
        searched: Nearness,
        now: DateTime<Utc>,
    ) -> Self {
        let (nearness, zone, readings) = match found {
            Some((nearness, days)) => (nearness, Some(days.zone.clone()), days.readings(now)),
            None => (searched, None, Vec::new()),
        };
        let zones = vec![PlaceZone { place: place.id, zone, nearness }];
        Self { readings, zones, incomplete: None }
    }
}

/// The index of the whole country, for whoever publishes it for others: read from the pages of
/// [`Upstream::national_air`].
#[derive(Debug, Default)]
pub struct NationalAir {
    /// By code, in the order in which they were found.
    zones: BTreeMap<String, Vec<NationalZone>>,
    /// Codes and places in the list of the zones in each square of [`SQUARE`].
    squares: BTreeMap<(i32, i32), Vec<(String, usize)>>,
}

/// A zone of the country.
#[derive(Debug)]
struct NationalZone {
    kind: Kind,
    centre: Option<Coordinates>,
    days: ZoneDays,
}

/// What a zone is, as far as it matters to whom it answers for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Kind {
    /// A commune under a code of its own.
    Own,
    /// One of several communes under the code of their EPCI, by its normalised name.
    Named(String),
    /// An EPCI.
    Epci,
    /// Anything else, which answers only for what lies around it.
    Other,
}

/// Side of a square in degrees: no more than [`AROUND_DEGREES`], so that nine hold all that is near.
const SQUARE: f64 = 0.15;

fn square_of(point: Coordinates) -> (i32, i32) {
    #[expect(clippy::cast_possible_truncation, reason = "degrees are at most 180")]
    let of = |degrees: f64| (degrees / SQUARE).floor() as i32;
    (of(point.latitude), of(point.longitude))
}

impl NationalAir {
    /// Adds the rows of a page from the day `since` on.
    ///
    /// # Errors
    ///
    /// Those of JSON, and [`FetchError::Schema`] where most rows cannot be read.
    pub fn add(&mut self, page: &[u8], since: NaiveDate) -> Result<(), FetchError> {
        let layer = Layer::read_page(page)?;
        let mercator = layer.is_mercator();
        let mut centres = BTreeMap::new();
        let kind = |row: &Row<'_>, code: &str| {
            if code.len() <= Row::CODE_DIGITS {
                Kind::Own
            } else if row.is_of_type("epci") {
                Kind::Epci
            } else if row.is_of_type("commune") {
                row.name().map_or(Kind::Other, |name| Kind::Named(normalise(name)))
            } else {
                Kind::Other
            }
        };
        let key = |row: &Row<'_>| {
            let code = row.code()?.into_owned();
            let kind = kind(row, &code);
            Some((code, kind))
        };
        for feature in &layer.features {
            let centre = feature.centre(mercator);
            if let (Some(centre), Some(key)) = (centre, feature.properties.as_ref().and_then(key)) {
                centres.entry(key).or_insert(centre);
            }
        }
        for ((code, kind), rows) in wfs::readable(layer.rows(), since, key)? {
            let name = communes::by_code(&code).map(|commune| commune.name);
            let Some(days) = ZoneDays::read(&rows, since, name)? else { continue };
            let centre = centres.get(&(code.clone(), kind.clone())).copied();
            let zones = self.zones.entry(code.clone()).or_default();
            match zones.iter_mut().find(|zone| zone.kind == kind) {
                Some(zone) => zone.days.add(days),
                None => {
                    if let Some(centre) = centre {
                        let square = self.squares.entry(square_of(centre)).or_default();
                        square.push((code, zones.len()));
                    }
                    zones.push(NationalZone { kind, centre, days });
                }
            }
        }
        Ok(())
    }

    /// What answers for a place, found as [`parse_coded`] and [`parse_around`] find it; `None` where
    /// the place has no commune, or none of these agencies.
    #[must_use]
    pub fn at(&self, place: &Place, now: DateTime<Utc>) -> Option<Harvest> {
        let commune = place.commune.as_ref().filter(|_| place.has_air_agency())?;
        let coded = |code: Option<&str>| {
            code.and_then(|code| self.zones.get(code)).map(Vec::as_slice).unwrap_or_default()
        };
        let name = Kind::Named(normalise(&commune.name));
        let of_kind = |zones: &'_ [NationalZone], kind: &Kind| {
            zones.iter().position(|zone| zone.kind == *kind)
        };
        let (own, shared) = (coded(Some(&commune.code)), coded(commune.epci.as_deref()));
        let candidates = [
            (Nearness::Commune, own, &Kind::Own),
            (Nearness::Commune, shared, &name),
            (Nearness::Epci, shared, &Kind::Epci),
        ];
        let found = candidates.iter().filter_map(|(nearness, zones, kind)| {
            Some((*nearness, zones.get(of_kind(zones, kind)?)?))
        });
        let found: Vec<_> = found.collect();
        // A zone whose index is unavailable stands only where no other has one.
        let best = found.iter().find(|(_, zone)| zone.days.is_known()).or_else(|| found.first());
        let best = best.copied().or_else(|| {
            let zone = self.nearest(place.coordinates?)?;
            Some((Nearness::Nearby, zone))
        });
        let searched = if place.coordinates.is_some() { Nearness::Nearby } else { Nearness::Epci };
        let (nearness, zone, readings) = match best {
            Some((nearness, zone)) => {
                (nearness, Some(zone.days.zone.clone()), zone.days.readings(now))
            }
            None => (searched, None, Vec::new()),
        };
        let zones = vec![PlaceZone { place: place.id, zone, nearness }];
        Some(Harvest { readings, zones, incomplete: None })
    }

    /// The nearest zone with an index among those that [`AtmoZones::Around`] would give.
    fn nearest(&self, point: Coordinates) -> Option<&NationalZone> {
        let cell = point.cell();
        let (north, east) = square_of(cell);
        let around = (-1..=1).flat_map(|up| (-1..=1).map(move |right| (north + up, east + right)));
        let zones = around.filter_map(|square| self.squares.get(&square)).flatten();
        let zones = zones.filter_map(|(code, at)| self.zones.get(code)?.get(*at));
        let within = |centre: &Coordinates| {
            (centre.latitude - cell.latitude).abs() <= AROUND_DEGREES
                && (centre.longitude - cell.longitude).abs() <= AROUND_DEGREES
        };
        let known = zones.filter(|zone| zone.days.is_known()).filter_map(|zone| {
            let centre = zone.centre.filter(within)?;
            Some((point.distance_km(centre), zone))
        });
        known
            .min_by(|(one, a), (other, b)| {
                one.total_cmp(other).then_with(|| a.days.zone.cmp(&b.days.zone))
            })
            .map(|(_, zone)| zone)
    }

    /// How many zones it has.
    #[must_use]
    pub fn zones(&self) -> usize {
        self.zones.values().map(Vec::len).sum()
    }

    /// The zones that have a centre, each with the level of its index on `day`.
    pub fn on(&self, day: NaiveDate) -> impl Iterator<Item = (&Zone, Coordinates, Option<u8>)> {
        self.zones.values().flatten().filter_map(move |zone| {
            let level = zone.days.slots.get(&day)?.index;
            Some((&zone.days.zone, zone.centre?, level))
        })
    }
}

/// What is published for one zone: one index per day.
type ZoneDays = wfs::Published<NaiveDate, Publication>;

/// The index of one day. Of two publications the greater one counts: the later, and of two at the
/// same moment the worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Publication {
    published_at: DateTime<Utc>,
    index: Option<u8>,
    sub_indices: [Option<u8>; Pollutant::ALL.len()],
}

impl ZoneDays {
    /// Whether the index of at least one day is available.
    fn is_known(&self) -> bool {
        self.slots.values().any(|day| day.index.is_some())
    }

    fn readings(&self, now: DateTime<Utc>) -> Vec<Reading> {
        let of_day = |(date, day): (&NaiveDate, &Publication)| {
            let reading = |metric: Metric, level: u8| Reading {
                source: Source::AtmoFrance,
                zone: self.zone.clone(),
                metric,
                scale: Some(Scale::Atmo2021),
                target: Target::Day(*date),
                basis: Basis::Official,
                level: Some(level),
                value: None,
                published_at: Some(day.published_at),
                fetched_at: now,
                hours: 1,
                note: None,
            };
            let mut readings: Vec<Reading> =
                day.index.map(|level| reading(Metric::Air, level)).into_iter().collect();
            readings.extend(Pollutant::ALL.into_iter().zip(day.sub_indices).filter_map(
                |(pollutant, level)| level.map(|level| reading(Metric::AirOf(pollutant), level)),
            ));
            readings
        };
        self.slots.iter().flat_map(of_day).collect()
    }
}

type Layer<'a> = wfs::Layer<'a, Row<'a>>;

/// One row, not yet judged: most rows of a bad answer concern nobody.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct Row<'a> {
    #[serde(borrow)]
    code_zone: Field<'a>,
    #[serde(borrow)]
    lib_zone: Field<'a>,
    #[serde(borrow)]
    type_zone: Field<'a>,
    #[serde(borrow)]
    date_ech: Field<'a>,
    #[serde(borrow)]
    date_maj: Field<'a>,
    #[serde(borrow)]
    code_qual: Field<'a>,
    #[serde(borrow)]
    code_pm25: Field<'a>,
    #[serde(borrow)]
    code_pm10: Field<'a>,
    #[serde(borrow)]
    code_no2: Field<'a>,
    #[serde(borrow)]
    code_o3: Field<'a>,
    #[serde(borrow)]
    code_so2: Field<'a>,
}

impl ZoneRow for Row<'_> {
    /// Those of a commune.
    const CODE_DIGITS: usize = 5;
    type Slot = NaiveDate;
    type Publication = Publication;

    fn head(&self) -> Head<'_> {
        Head {
            code_zone: &self.code_zone,
            lib_zone: &self.lib_zone,
            date_ech: &self.date_ech,
            date_maj: &self.date_maj,
        }
    }

    fn slot(&self, date: NaiveDate) -> NaiveDate {
        date
    }

    fn publication(&self, published_at: DateTime<Utc>) -> Result<Publication, FetchError> {
        if matches!(self.code_qual, Field::Absent) {
            return Err(FetchError::schema("a row without code_qual"));
        }
        let mut sub_indices = [None; Pollutant::ALL.len()];
        for (sub_index, pollutant) in sub_indices.iter_mut().zip(Pollutant::ALL) {
            let field = match pollutant {
                Pollutant::Pm25 => &self.code_pm25,
                Pollutant::Pm10 => &self.code_pm10,
                Pollutant::No2 => &self.code_no2,
                Pollutant::O3 => &self.code_o3,
                Pollutant::So2 => &self.code_so2,
            };
            // An event has no sub-index.
            *sub_index = level(field)?.filter(|level| *level < EVENT);
        }
        Ok(Publication { published_at, index: level(&self.code_qual)?, sub_indices })
    }
}

impl Row<'_> {
    /// The type is spelt in three ways.
    fn is_of_type(&self, kind: &str) -> bool {
        self.type_zone.text().is_some_and(|it| it.eq_ignore_ascii_case(kind))
    }
}

/// The level in a `code_*` field: `None` where it is unavailable, [`EVENT`] for both codes that mean
/// an event.
fn level(field: &Field<'_>) -> Result<Option<u8>, FetchError> {
    match field.code()? {
        None => Ok(None),
        Some(level @ 1..=6) => Ok(Some(level)),
        Some(7 | 8) => Ok(Some(EVENT)),
        Some(_) => Err(FetchError::schema("a row with a code outside 0 to 8")),
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;
    use ecosante_domain::place::PlaceId;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::super::testing::gateway_of as gateway;
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-09-08T14:00:00Z".parse().expect("a moment")
    }

    fn place(id: i64, code: &str, name: &str, epci: Option<&str>) -> Place {
        let departement = code.chars().take(2).collect();
        let commune = Some(CommuneRef {
            code: code.to_owned(),
            name: name.to_owned(),
            epci: epci.map(str::to_owned),
            departement,
        });
        let time_zone = Tz::Europe__Paris;
        Place { id: PlaceId(id), name: String::new(), commune, coordinates: None, time_zone }
    }

    fn lyon() -> Place {
        place(1, "69123", "Lyon", Some("200046977"))
    }

    fn cayenne() -> Place {
        let time_zone = Tz::America__Cayenne;
        Place { time_zone, ..place(2, "97302", "Cayenne", Some("249730045")) }
    }

    fn row(code: &str, name: &str, kind: &str, date: &str, qual: i64) -> Value {
        json!({
            "type": "Feature", "id": "ind_atmo_2021.fid-1", "geometry": null,
            "properties": {
                "code_zone": code, "lib_zone": name, "type_zone": kind, "date_ech": date,
                "date_maj": "2026-09-08T11:30:00.123Z", "code_qual": qual,
                "code_pm25": 1, "code_pm10": 2, "code_no2": 1, "code_o3": 0, "code_so2": null,
                "source": "Atmo",
            },
        })
    }

    fn known(id: i64, code: &str, name: &str, nearness: Nearness) -> PlaceZone {
        let zone = Some(Zone { code: code.to_owned(), name: name.to_owned() });
        PlaceZone { place: PlaceId(id), zone, nearness }
    }

    fn past(rows: &[Value], zones: &[&PlaceZone]) -> Result<Harvest, FetchError> {
        let body = json!({ "features": rows }).to_string();
        let since = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default();
        parse_past(body.as_bytes(), zones, since, now())
    }

    #[test]
    fn the_past_is_kept_under_the_name_of_today() {
        let lyon = known(1, "69123", "Lyon", Nearness::Commune);
        let rows = [
            row("69123", "LYON", "Commune", "2026-02-01", 3),
            row("69123", "Lyon", "commune", "2026-02-02", 0),
            row("69123", "Lyon", "commune", "2025-12-31", 5),
            row("75056", "Paris", "commune", "2026-02-01", 6),
        ];
        let harvest = past(&rows, &[&lyon]).expect("a history");
        let air: Vec<_> = harvest.readings.iter().filter(|it| it.metric == Metric::Air).collect();
        assert_eq!(air.len(), 1, "unavailable is no reading: {air:?}");
        assert_eq!(air[0].target.to_string(), "2026-02-01");
        assert_eq!((air[0].zone.name.as_str(), air[0].level), ("Lyon", Some(3)));
        assert_eq!(harvest.zones, [lyon]);
    }

    #[test]
    fn the_past_of_communes_that_share_a_code_stays_apart() {
        let cayenne = known(1, "249730045", "Cayenne", Nearness::Commune);
        let macouria = known(2, "249730045", "Macouria", Nearness::Commune);
        let rows = [
            row("249730045", "Cayenne", "Commune", "2026-02-01", 2),
            row("249730045", "Macouria", "Commune", "2026-02-01", 4),
            row("249730045", "Kourou", "Commune", "2026-02-01", 6),
        ];
        let harvest = past(&rows, &[&cayenne, &macouria]).expect("a history");
        let air = harvest.readings.iter().filter(|it| it.metric == Metric::Air);
        let levels: Vec<_> = air.map(|it| (it.zone.name.as_str(), it.level)).collect();
        assert_eq!(levels, [("Cayenne", Some(2)), ("Macouria", Some(4))]);
    }

    #[test]
    fn a_day_of_the_past_that_makes_no_sense_is_not_known_and_an_answer_of_them_is_refused() {
        let lyon = known(1, "69123", "Lyon", Nearness::Commune);
        let good = |date: &str| row("69123", "Lyon", "commune", date, 3);
        let odd = |date: &str| with(good(date), "code_qual", json!(12));
        let harvest = past(&[good("2026-02-01"), odd("2026-02-02")], &[&lyon]).expect("a day");
        assert!(harvest.readings.iter().all(|it| it.target.to_string() == "2026-02-01"));
        let refused = past(&[good("2026-02-01"), odd("2026-02-02"), odd("2026-02-03")], &[&lyon]);
        assert_eq!(refused.expect_err("mostly odd").code(), "schema");
        let elsewhere = past(&[row("75056", "Paris", "commune", "2026-02-01", 3)], &[&lyon]);
        assert_eq!(elsewhere.expect_err("another zone").code(), "schema");
        assert!(past(&[], &[&lyon]).expect("nothing").zones.is_empty(), "nobody is answered for");
    }

    #[test]
    fn a_request_for_the_past_stays_under_the_rows_that_are_answered() {
        let zones: Vec<PlaceZone> =
            (0..25).map(|n| known(n, &format!("{}", 69_100 + n), "A", Nearness::Commune)).collect();
        let sizes: Vec<_> = past_chunks(&zones).iter().map(Vec::len).collect();
        assert_eq!(sizes, [10, 10, 5]);
        let mut guyane = vec![
            known(1, "249730045", "Cayenne", Nearness::Commune),
            known(2, "249730045", "Macouria", Nearness::Commune),
        ];
        guyane.extend((0..5).map(|n| known(n, &format!("{}", 69_100 + n), "A", Nearness::Commune)));
        let sizes: Vec<_> = past_chunks(&guyane).iter().map(Vec::len).collect();
        assert_eq!(sizes, [6, 1], "a code that six communes share counts for six");
    }

    fn with(mut row: Value, key: &str, value: Value) -> Value {
        row["properties"][key] = value;
        row
    }

    fn without(mut row: Value, key: &str) -> Value {
        row["properties"].as_object_mut().expect("properties").remove(key);
        row
    }

    fn at(mut row: Value, x: f64, y: f64) -> Value {
        row["geometry"] = json!({ "type": "Point", "coordinates": [x, y] });
        row
    }

    fn layer(rows: &[Value]) -> Vec<u8> {
        let count = rows.len();
        let layer = json!({
            "type": "FeatureCollection", "features": rows, "totalFeatures": count,
            "numberMatched": count, "numberReturned": count,
            "timeStamp": "2026-09-08T14:00:00.000Z", "crs": null,
        });
        layer.to_string().into_bytes()
    }

    fn parsed(rows: &[Value], places: &[Place]) -> Result<Harvest, FetchError> {
        parse_coded(&layer(rows), &places.iter().collect::<Vec<_>>(), now())
    }

    /// Day and level of the index itself, by zone.
    fn index(harvest: &Harvest, zone: &str) -> Vec<(String, u8)> {
        let readings = harvest.readings.iter();
        readings
            .filter(|it| it.metric == Metric::Air && it.zone.name == zone)
            .filter_map(|it| it.level.map(|level| (it.target.to_string(), level)))
            .collect()
    }

    fn zone_of(harvest: &Harvest, place: &Place) -> Option<(String, String, Nearness)> {
        let mut found = harvest.zones.iter().filter(|it| it.place == place.id);
        let (Some(found), None) = (found.next(), found.next()) else {
            panic!("the place is not answered for once");
        };
        found.zone.as_ref().map(|it| (it.code.clone(), it.name.clone(), found.nearness))
    }

    fn zone(code: &str, name: &str, nearness: Nearness) -> Option<(String, String, Nearness)> {
        Some((code.to_owned(), name.to_owned(), nearness))
    }

    const TODAY: &str = "2026-09-08";

    #[test]
    fn a_commune_is_answered_by_its_own_row() {
        let rows = [
            row("200046977", "Métropole de Lyon", "EPCI", TODAY, 5),
            row("69123", "Lyon", "commune", TODAY, 3),
            row("69123", "Lyon", "COMMUNE", "2026-09-09", 2),
        ];
        let harvest = parsed(&rows, &[lyon()]).expect("an answer");
        assert_eq!(zone_of(&harvest, &lyon()), zone("69123", "Lyon", Nearness::Commune));
        let days = [(TODAY.to_owned(), 3), ("2026-09-09".to_owned(), 2)];
        assert_eq!(index(&harvest, "Lyon"), days);
        assert!(harvest.readings.iter().all(|it| {
            it.source == Source::AtmoFrance
                && it.scale == Some(Scale::Atmo2021)
                && it.basis == Basis::Official
                && it.value.is_none()
                && it.fetched_at == now()
                && it.published_at.map(|it| it.timestamp_millis()) == Some(1_788_867_000_123)
        }));
        let metrics: BTreeSet<String> =
            harvest.readings.iter().map(|it| it.metric.to_string()).collect();
        // Ozone is 0, sulphur dioxide null: neither is a level.
        assert_eq!(
            metrics.into_iter().collect::<Vec<_>>().join(" "),
            "air air.no2 air.pm10 air.pm25"
        );
    }

    #[test]
    fn a_commune_without_row_is_answered_by_its_epci_even_without_sub_indices() {
        let mut epci = row("200046977", "Métropole de Lyon", "Epci", TODAY, 2);
        for code in ["code_pm25", "code_pm10", "code_no2", "code_o3", "code_so2"] {
            epci = with(epci, code, json!(0));
        }
        let harvest = parsed(&[epci], &[lyon()]).expect("an answer");
        let expected = zone("200046977", "Métropole de Lyon", Nearness::Epci);
        assert_eq!(zone_of(&harvest, &lyon()), expected);
        assert_eq!(harvest.readings.len(), 1);
        assert_eq!(harvest.readings[0].level, Some(2));
    }

    #[test]
    fn a_commune_whose_index_is_unavailable_is_answered_by_its_epci() {
        let rows = [
            row("69123", "Lyon", "commune", TODAY, 0),
            row("200046977", "Métropole de Lyon", "EPCI", TODAY, 4),
        ];
        let harvest = parsed(&rows, &[lyon()]).expect("an answer");
        assert_eq!(zone_of(&harvest, &lyon()).map(|it| it.2), Some(Nearness::Epci));
        let harvest = parsed(&rows[..1], &[lyon()]).expect("an answer");
        assert_eq!(zone_of(&harvest, &lyon()), zone("69123", "Lyon", Nearness::Commune));
        assert_eq!(index(&harvest, "Lyon"), []);
    }

    #[test]
    fn communes_that_share_a_code_are_told_apart_by_name() {
        let rows = [
            row("249730045", "Matoury", "Commune", TODAY, 4),
            row("249730045", "CAYENNE", "Commune", TODAY, 1),
            row("249730045", "Montsinery Tonnegrande", "Commune", TODAY, 2),
        ];
        let other = place(3, "97313", "Montsinéry-Tonnegrande", Some("249730045"));
        let stranger = place(4, "97399", "Elsewhere", Some("249730045"));
        let places = [cayenne(), other.clone(), stranger.clone()];
        let harvest = parsed(&rows, &places).expect("an answer");
        assert_eq!(zone_of(&harvest, &cayenne()), zone("249730045", "CAYENNE", Nearness::Commune));
        assert_eq!(
            zone_of(&harvest, &other),
            zone("249730045", "Montsinery Tonnegrande", Nearness::Commune)
        );
        assert_eq!(zone_of(&harvest, &stranger), None);
        assert_eq!(index(&harvest, "Matoury"), []);
    }

    #[test]
    fn nothing_published_is_not_a_failure_and_rows_of_others_are() {
        let harvest = parsed(&[], &[lyon()]).expect("an answer");
        assert_eq!(zone_of(&harvest, &lyon()), None);
        assert_eq!(harvest.readings, []);
        for foreign in [
            row("75056", "Paris", "commune", TODAY, 2),
            row("69123", "Lyon", "commune", "2026-09-06", 2),
            json!({ "type": "Feature", "properties": null }),
            json!({}),
        ] {
            let error = parsed(std::slice::from_ref(&foreign), &[lyon()]).expect_err("foreign");
            assert_eq!(error.code(), "schema", "{foreign}");
            let rows = [foreign, row("69123", "Lyon", "commune", TODAY, 3)];
            assert_eq!(parsed(&rows, &[lyon()]).map(|it| index(&it, "Lyon").len()), Ok(1));
        }
    }

    #[test]
    fn yesterday_is_a_day_of_the_place() {
        // In Cayenne it is still the 7th when it is the 8th in Paris.
        let night: DateTime<Utc> = "2026-09-08T01:00:00Z".parse().expect("a moment");
        let rows = [
            row("249730045", "Cayenne", "Commune", "2026-09-06", 3),
            row("69123", "Lyon", "commune", "2026-09-06", 3),
            row("69123", "Lyon", "commune", "2026-09-07", 3),
        ];
        let places = [lyon(), cayenne()];
        let places: Vec<&Place> = places.iter().collect();
        let harvest = parse_coded(&layer(&rows), &places, night).expect("an answer");
        assert_eq!(index(&harvest, "Cayenne"), [("2026-09-06".to_owned(), 3)]);
        assert_eq!(index(&harvest, "Lyon"), [("2026-09-07".to_owned(), 3)]);
    }

    #[test]
    fn both_codes_of_an_event_are_one_level_and_no_sub_index() {
        for code in [json!(7), json!(8), json!("8")] {
            let row = with(row("69123", "Lyon", "commune", TODAY, 1), "code_qual", code.clone());
            let row = with(row, "code_pm25", code);
            let harvest = parsed(&[row], &[lyon()]).expect("an answer");
            assert_eq!(index(&harvest, "Lyon"), [(TODAY.to_owned(), EVENT)]);
            let pm25 = Metric::AirOf(Pollutant::Pm25);
            assert!(harvest.readings.iter().all(|it| it.metric != pm25));
        }
    }

    #[test]
    fn a_malformed_row_spoils_the_answer_only_where_it_is_used() {
        let good = || row("69123", "Lyon", "commune", TODAY, 3);
        let broken = |code: &str| {
            let row = || row(code, "Lyon", "commune", TODAY, 3);
            [
                with(row(), "code_qual", json!(9)),
                with(row(), "code_qual", json!(-1)),
                with(row(), "code_qual", json!(2.5)),
                with(row(), "code_qual", json!("moyen")),
                with(row(), "code_qual", json!([3])),
                with(row(), "code_o3", json!(true)),
                with(row(), "date_ech", json!("08/09/2026")),
                with(row(), "date_ech", json!("é2026-09-08")),
                with(row(), "date_maj", json!("yesterday")),
                with(row(), "date_maj", json!(null)),
                with(row(), "lib_zone", json!(3)),
                without(row(), "code_qual"),
                without(row(), "date_maj"),
                without(row(), "date_ech"),
            ]
        };
        for row in broken("69123") {
            let error = parsed(&[good(), row.clone()], &[lyon()]).expect_err("malformed");
            assert_eq!(error.code(), "schema", "{row}");
            assert!(!error.to_string().contains("Lyon"), "{error}");
        }
        for row in broken("75056").into_iter().chain(broken("200046977")) {
            let harvest = parsed(&[row, good()], &[lyon()]).expect("not concerned");
            assert_eq!(index(&harvest, "Lyon"), [(TODAY.to_owned(), 3)]);
        }
    }

    #[test]
    fn unavailable_is_no_reading() {
        for qual in [json!(0), json!("0"), json!(null)] {
            let row = with(row("69123", "Lyon", "commune", TODAY, 1), "code_qual", qual);
            let harvest = parsed(&[row], &[lyon()]).expect("an answer");
            assert_eq!(index(&harvest, "Lyon"), []);
        }
    }

    #[test]
    fn of_two_rows_of_one_day_the_later_publication_counts_else_the_worse() {
        let row = |qual, maj: &str| {
            with(row("69123", "Lyon", "commune", TODAY, qual), "date_maj", json!(maj))
        };
        let (old, new) = ("2026-09-07T11:30:00Z", "2026-09-08T11:30:00Z");
        for (rows, level) in [
            ([row(5, old), row(2, new)], Some(2)),
            ([row(2, new), row(5, old)], Some(2)),
            ([row(2, new), row(2, new)], Some(2)),
            ([row(2, new), row(4, new)], Some(4)),
            ([row(5, old), row(0, new)], None),
        ] {
            let harvest = parsed(&rows, &[lyon()]).expect("an answer");
            let index: Vec<u8> = index(&harvest, "Lyon").into_iter().map(|(_, it)| it).collect();
            assert_eq!(index, Vec::from_iter(level));
        }
    }

    #[test]
    fn two_spellings_of_a_name_are_one_zone() {
        let rows = [
            row("69123", "LYON", "commune", TODAY, 3),
            row("69123", "Lyon", "commune", "2026-09-09", 2),
        ];
        let harvest = parsed(&rows, &[lyon()]).expect("an answer");
        assert_eq!(index(&harvest, "Lyon").len(), 2);
        assert_eq!(zone_of(&harvest, &lyon()), zone("69123", "Lyon", Nearness::Commune));
    }

    #[test]
    fn a_code_that_became_a_number_is_still_that_code() {
        let ain = place(5, "01004", "Ambérieu-en-Bugey", None);
        let row = with(row("", "Ambérieu", "commune", TODAY, 2), "code_zone", json!(1004));
        let harvest = parsed(&[row], &[ain]).expect("an answer");
        assert_eq!(index(&harvest, "Ambérieu"), [(TODAY.to_owned(), 2)]);
    }

    #[test]
    fn places_of_one_zone_share_its_readings() {
        let second = Place { id: PlaceId(9), ..lyon() };
        let rows = [row("69123", "Lyon", "commune", TODAY, 3)];
        let harvest = parsed(&rows, &[lyon(), second]).expect("an answer");
        assert_eq!(harvest.zones.len(), 2);
        assert_eq!(index(&harvest, "Lyon").len(), 1);
    }

    #[test]
    fn a_part_of_what_matched_is_not_an_answer() {
        let rows = [row("69123", "Lyon", "commune", TODAY, 3)];
        let mut answer: Value = serde_json::from_slice(&layer(&rows)).expect("json");
        answer["numberMatched"] = json!(2);
        let error =
            parse_coded(answer.to_string().as_bytes(), &[&lyon()], now()).expect_err("part");
        assert_eq!(error.code(), "schema");
        answer["numberMatched"] = json!("unknown");
        assert!(parse_coded(answer.to_string().as_bytes(), &[&lyon()], now()).is_ok());
    }

    fn village() -> Place {
        let coordinates = Coordinates::new(45.75, 4.85);
        Place { coordinates, ..place(7, "69999", "Village", None) }
    }

    #[test]
    fn the_nearest_centre_answers_where_the_commune_and_its_epci_do_not() {
        let far = || row("69001", "Far", "commune", TODAY, 5);
        let near = || row("69002", "Near", "EPCI", TODAY, 2);
        // The same two centres, in degrees and in metres of EPSG:3857.
        let degrees = layer(&[at(far(), 5.0, 45.85), at(near(), 4.8357, 45.764)]);
        let metres =
            layer(&[at(far(), 556_597.45, 5_757_000.0), at(near(), 538_307.66, 5_742_462.3)]);
        let mut metres: Value = serde_json::from_slice(&metres).expect("json");
        metres["crs"] =
            json!({ "type": "name", "properties": { "name": "urn:ogc:def:crs:EPSG::3857" } });
        for body in [degrees, metres.to_string().into_bytes()] {
            let harvest = parse_around(&body, &[&village()], now()).expect("an answer");
            let expected = zone("69002", "Near", Nearness::Nearby);
            assert_eq!(zone_of(&harvest, &village()), expected);
            assert_eq!(index(&harvest, "Near"), [(TODAY.to_owned(), 2)]);
            assert_eq!(index(&harvest, "Far"), []);
        }
    }

    #[test]
    fn around_a_point_a_zone_without_index_is_passed_over() {
        let rows = [
            at(row("1", "Nearest", "commune", TODAY, 0), 4.85, 45.75),
            at(row("2", "Next", "commune", TODAY, 3), 4.9, 45.75),
        ];
        let harvest = parse_around(&layer(&rows), &[&village()], now()).expect("an answer");
        assert_eq!(zone_of(&harvest, &village()), zone("2", "Next", Nearness::Nearby));
        let harvest = parse_around(&layer(&rows[..1]), &[&village()], now()).expect("an answer");
        assert_eq!(zone_of(&harvest, &village()), None);
    }

    #[test]
    fn a_row_far_from_the_point_is_no_neighbour() {
        assert!(parse_around(&layer(&[]), &[&village()], now()).is_ok());
        let paris = row("75056", "Paris", "commune", TODAY, 2);
        for row in [
            at(paris.clone(), 2.35, 48.85),
            // Metres that are not said to be metres, and no position at all.
            at(paris.clone(), 538_307.0, 5_742_462.0),
            at(paris.clone(), 1e300, -1e300),
            paris,
        ] {
            let error = parse_around(&layer(&[row]), &[&village()], now()).expect_err("far");
            assert_eq!(error.code(), "schema");
        }
    }

    #[test]
    fn an_error_report_is_not_an_answer() {
        let xml = b"<?xml version=\"1.0\"?><ows:ExceptionReport/>";
        assert_eq!(parse_coded(xml, &[&lyon()], now()).map_err(|it| it.code()), Err("not-json"));
        let body = layer(&[row("69123", "Lyon", "commune", TODAY, 3)]);
        for end in 0..body.len() {
            let error = parse_coded(&body[..end], &[&lyon()], now()).expect_err("truncated");
            let expected = if end == 0 { "not-json" } else { "truncated" };
            assert_eq!(error.code(), expected, "cut at {end}");
        }
        for body in ["{}", "[]", "{\"features\":null}", "{\"features\":[1]}"] {
            let answer = parse_coded(body.as_bytes(), &[&lyon()], now());
            assert_eq!(answer.map_err(|it| it.code()), Err("schema"), "{body}");
        }
    }

    #[tokio::test]
    async fn all_places_are_asked_for_at_once_and_those_of_a_cell_without_zone_once_more() {
        let neighbour = Place { id: PlaceId(8), ..village() };
        let abroad = Place { id: PlaceId(9), commune: None, ..village() };
        let places = [lyon(), village(), neighbour.clone(), abroad.clone()];
        let coded = layer(&[row("69123", "Lyon", "commune", TODAY, 3)]);
        let around = layer(&[at(row("69002", "Near", "commune", TODAY, 2), 4.83, 45.76)]);
        let (http, served) = gateway(vec![coded, around]).await;
        let harvest = AtmoFrance.fetch(&http, &places, now()).await.expect("an answer");
        let near = zone("69002", "Near", Nearness::Nearby);
        assert_eq!(zone_of(&harvest, &lyon()), zone("69123", "Lyon", Nearness::Commune));
        assert_eq!(
            (zone_of(&harvest, &village()), zone_of(&harvest, &neighbour)),
            (near.clone(), near)
        );
        assert!(harvest.zones.iter().all(|it| it.place != abroad.id));
        assert_eq!(harvest.incomplete, None);
        let asked = served.await.expect("requests");
        assert!(
            asked[0].contains("code_zone%20IN%20%28%27200046977%27,%2769123%27,%2769999%27%29")
        );
        assert!(asked[0].contains("date_ech%3E%3D%272026-09-07%27"), "{}", asked[0]);
        assert!(asked[1].contains("BBOX%28the_geom,"), "{}", asked[1]);
    }

    #[tokio::test]
    async fn a_failed_look_around_leaves_the_place_unanswered_and_the_rest_as_it_is() {
        let elsewhere = Coordinates::new(43.3, 5.4);
        let second = Place { id: PlaceId(8), coordinates: elsewhere, ..village() };
        let coded = layer(&[row("69123", "Lyon", "commune", TODAY, 3)]);
        // The last answer would do for the second cell: after a failure nothing more is asked.
        let around = layer(&[at(row("69002", "Near", "commune", TODAY, 2), 4.83, 45.76)]);
        let (http, _served) = gateway(vec![coded, b"<ExceptionReport/>".to_vec(), around]).await;
        let places = [lyon(), village(), second];
        let harvest = AtmoFrance.fetch(&http, &places, now()).await.expect("an answer");
        assert_eq!(harvest.incomplete.as_ref().map(FetchError::code), Some("not-json"));
        assert_eq!(harvest.zones.iter().map(|it| it.place).collect::<Vec<_>>(), [lyon().id]);
        assert_eq!(index(&harvest, "Lyon").len(), 1);
    }

    #[tokio::test]
    async fn a_failed_first_answer_is_a_failure() {
        let (http, _served) = gateway(vec![b"{\"features\":[".to_vec()]).await;
        let harvest = AtmoFrance.fetch(&http, &[lyon()], now()).await;
        assert_eq!(harvest, Err(FetchError::Truncated));
    }

    #[tokio::test]
    async fn nobody_is_asked_for_places_without_commune() {
        let (http, _served) = gateway(Vec::new()).await;
        let abroad = Place { commune: None, ..village() };
        let harvest = AtmoFrance.fetch(&http, &[abroad], now()).await;
        assert_eq!(harvest, Ok(Harvest::default()));
    }

    /// The recorded answer, where it is at hand.
    fn recorded() -> Option<Vec<u8>> {
        let payloads = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/payloads");
        std::fs::read(format!("{payloads}/atmofrance-wfs-ind_atmo_2021-zones.geojson")).ok()
    }

    #[test]
    fn the_recorded_day_is_read() {
        let Some(body) = recorded() else { return };
        let paris = place(10, "75056", "Paris", Some("200054781"));
        let nantes = place(11, "44109", "Nantes", Some("244400404"));
        let rennes = place(12, "35238", "Rennes", Some("243500139"));
        let places = [paris, nantes, cayenne(), lyon(), rennes.clone()];
        let harvest =
            parse_coded(&body, &places.iter().collect::<Vec<_>>(), now()).expect("an answer");
        let today = |zone: &str| index(&harvest, zone).first().map(|(_, level)| *level);
        assert_eq!(today("Paris"), Some(2));
        assert_eq!(today("Nantes"), Some(2));
        assert_eq!(today("Lyon"), Some(3));
        assert_eq!(today("Cayenne"), Some(1));
        assert_eq!(index(&harvest, "Matoury"), [], "nobody asked for it");
        let expected = zone("249730045", "Cayenne", Nearness::Commune);
        assert_eq!(zone_of(&harvest, &cayenne()), expected);
        assert_eq!(zone_of(&harvest, &rennes), None);
        // Its six communes in metres: Cayenne is the nearest to a point beside it.
        let coordinates = Coordinates::new(4.92, -52.31);
        let beside = Place { coordinates, ..cayenne() };
        let harvest = parse_around(&body, &[&beside], now()).expect("an answer");
        let expected = zone("249730045", "Cayenne", Nearness::Nearby);
        assert_eq!(zone_of(&harvest, &beside), expected);
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_history_or_refused(body in prop::collection::vec(any::<u8>(), 0..300)) {
            let lyon = known(1, "69123", "Lyon", Nearness::Commune);
            parse_past(&body, &[&lyon], NaiveDate::MIN, now()).ok();
        }

        #[test]
        fn a_history_with_a_changed_byte_is_read_or_refused(at in 0_usize..900, byte: u8) {
            let lyon = known(1, "69123", "Lyon", Nearness::Commune);
            let rows = ["2026-02-01", "2026-02-02"].map(|it| row("69123", "Lyon", "commune", it, 3));
            let mut body = json!({ "features": rows }).to_string().into_bytes();
            let at = at % body.len();
            body[at] = byte;
            parse_past(&body, &[&lyon], NaiveDate::MIN, now()).ok();
        }

        #[test]
        fn no_answer_is_read_with_a_panic(body in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = parse_coded(&body, &[&lyon()], now());
            let _ = parse_around(&body, &[&village()], now());
        }

        #[test]
        fn a_damaged_answer_gives_no_level_outside_the_scale(
            damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)
        ) {
            let row = row("69123", "Lyon", "commune", TODAY, 3);
            let mut body = layer(&[at(row, 4.8, 45.7)]);
            for (at, byte) in damage {
                let at = at.index(body.len());
                body[at] = byte;
            }
            let answers = [
                parse_coded(&body, &[&lyon()], now()),
                parse_around(&body, &[&village()], now()),
            ];
            for reading in answers.into_iter().flatten().flat_map(|it| it.readings) {
                prop_assert!(matches!(reading.level, Some(1..=EVENT)));
            }
        }
    }
}
