//! The ATMO index of the French air quality agencies, from the open layer of Atmo France.
//!
//! The layer holds one row per zone and day: for most communes, for some EPCI in their stead, and
//! for six communes of Guyane under the SIREN that they share. It is a GeoServer, which reports
//! errors as XML with status 200, and of which a cache in front may ignore the filter; so nothing in
//! an answer counts before it is checked against what was asked.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::{DateTime, Days, DurationRound as _, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use ecosante_domain::metric::{Metric, Pollutant};
use ecosante_domain::place::{CommuneRef, Coordinates, Place};
use ecosante_domain::reading::{Basis, Reading, Source, Target, Zone};
use ecosante_domain::scale::{EVENT, Scale};
use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{Fetching, Harvest, Nearness, PlaceZone, Publisher};
use crate::communes::normalise;
use crate::http::{self, FetchError, HttpClient};
use crate::upstream::{AtmoZones, Upstream};

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
        place.commune.is_some()
    }

    fn fetch<'a>(
        &'a self,
        http: &'a HttpClient,
        places: &'a [Place],
        now: DateTime<Utc>,
    ) -> Fetching<'a> {
        Box::pin(fetch(http, places, now))
    }
}

async fn fetch(
    http: &HttpClient,
    places: &[Place],
    now: DateTime<Utc>,
) -> Result<Harvest, FetchError> {
    let served: Vec<&Place> = places.iter().filter(|place| place.commune.is_some()).collect();
    let mut harvest = Harvest::default();
    for chunk in served.chunks(PLACES_AT_ONCE) {
        let since = chunk.iter().filter_map(|place| yesterday(place, now)).min();
        let Some(since) = since else { continue };
        let asked: Vec<&str> = codes(chunk).into_iter().collect();
        let answer = http.get(&Upstream::atmo_index(AtmoZones::Coded(&asked), since)).await;
        match answer.and_then(|answer| parse_coded(&answer.body, chunk, now)) {
            Ok(part) => harvest.join(part),
            Err(error) if harvest.zones.is_empty() => return Err(error),
            Err(error) => {
                harvest.incomplete = Some(error);
                break;
            }
        }
    }
    look_around(http, &served, now, &mut harvest).await;
    Ok(harvest)
}

/// Looks for a zone around the places that have none of their own; places of one cell share the
/// request. After a failure the rest is left for another time.
async fn look_around(
    http: &HttpClient,
    places: &[&Place],
    now: DateTime<Utc>,
    harvest: &mut Harvest,
) {
    let mut cells: BTreeMap<String, Vec<&Place>> = BTreeMap::new();
    for place in places {
        let unmatched =
            harvest.zones.iter().any(|found| found.place == place.id && found.zone.is_none());
        if let Some(point) = place.coordinates.filter(|_| unmatched) {
            cells.entry(point.cell_code()).or_default().push(place);
        }
    }
    for neighbours in cells.values() {
        // What is not looked for is not answered for.
        harvest.zones.retain(|it| neighbours.iter().all(|place| place.id != it.place));
        if harvest.incomplete.is_some() {
            continue;
        }
        let since = neighbours.iter().filter_map(|place| yesterday(place, now)).min();
        let point = neighbours.first().and_then(|place| place.coordinates);
        let (Some(since), Some(point)) = (since, point) else { continue };
        let answer = http.get(&Upstream::atmo_index(AtmoZones::Around(point), since)).await;
        match answer.and_then(|answer| parse_around(&answer.body, neighbours, now)) {
            Ok(part) => harvest.join(part),
            Err(error) => harvest.incomplete = Some(error),
        }
    }
}

/// The codes under which anything may be published for these places.
fn codes<'a>(places: &[&'a Place]) -> BTreeSet<&'a str> {
    let communes = places.iter().filter_map(|place| place.commune.as_ref());
    communes
        .flat_map(|commune| [Some(commune.code.as_str()), commune.epci.as_deref()])
        .flatten()
        .collect()
}

/// The first day that is asked for: the day before today at the place, whose index stands until the
/// next one is out.
fn yesterday(place: &Place, now: DateTime<Utc>) -> Option<NaiveDate> {
    now.with_timezone(&place.time_zone).date_naive().checked_sub_days(Days::new(1))
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
    let since = places.iter().filter_map(|place| yesterday(place, now)).min();
    let rows: Vec<&Row<'_>> = layer
        .rows()
        .filter(|row| row.code().is_some_and(|code| asked.contains(code.as_ref())))
        .filter(|row| row.may_be_from(since))
        .collect();
    if rows.is_empty() && !layer.features.is_empty() {
        return Err(FetchError::schema("no row is of a zone and a day that was asked for"));
    }
    let mut harvest = Harvest::default();
    for place in places {
        let (Some(commune), Some(since)) = (&place.commune, yesterday(place, now)) else {
            continue;
        };
        let mut best: Option<(Nearness, ZoneDays)> = None;
        for (nearness, mine) in candidates(&rows, commune) {
            let days = ZoneDays::read(&mine, since, Some(&commune.name))?;
            // A zone whose index is unavailable stands only where no other has one.
            let better = best.as_ref().is_none_or(|(_, best)| !best.is_known());
            if let Some(days) = days.filter(|days| better && (best.is_none() || days.is_known())) {
                best = Some((nearness, days));
            }
        }
        harvest.join(Harvest::of(place, best, Nearness::Epci, now));
    }
    Ok(harvest)
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
    let mut harvest = Harvest::default();
    for place in places {
        let (Some(point), Some(since)) = (place.coordinates, yesterday(place, now)) else {
            continue;
        };
        let near = |centre: &Coordinates| {
            (centre.latitude - point.latitude).abs() <= NEAR_DEGREES
                && (centre.longitude - point.longitude).abs() <= NEAR_DEGREES
        };
        let mut zones: BTreeMap<(Cow<'_, str>, &str), (f64, Vec<&Row<'_>>)> = BTreeMap::new();
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
        if zones.is_empty() && !layer.features.is_empty() {
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
        harvest.join(Harvest::of(place, best, Nearness::Nearby, now));
    }
    Ok(harvest)
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

/// What is published for one zone: one publication per day.
#[derive(Debug)]
struct ZoneDays {
    zone: Zone,
    days: BTreeMap<NaiveDate, Publication>,
}

/// The index of one day. Of two publications the greater one counts: the later, and of two at the
/// same moment the worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Publication {
    published_at: DateTime<Utc>,
    index: Option<u8>,
    sub_indices: [Option<u8>; Pollutant::ALL.len()],
}

impl ZoneDays {
    /// Reads the rows of one zone; `None` where there are none from `since` on.
    ///
    /// Producers change the spelling of a name from one row to the next: the zone takes the one by
    /// which the commune is known, else the latest.
    fn read(
        rows: &[&Row<'_>],
        since: NaiveDate,
        commune: Option<&str>,
    ) -> Result<Option<Self>, FetchError> {
        let mut days: BTreeMap<NaiveDate, Publication> = BTreeMap::new();
        let mut zone = None;
        for row in rows {
            let date = row.date()?;
            if date < since {
                continue;
            }
            let publication = row.publication()?;
            let name = row.name().ok_or_else(|| FetchError::schema("a row without lib_zone"))?;
            let rank = (Some(name) == commune, publication.published_at, Reverse(name));
            if zone.as_ref().is_none_or(|(highest, _)| *highest < rank) {
                zone = Some((rank, row.code()));
            }
            let day = days.entry(date).or_insert(publication);
            *day = publication.max(*day);
        }
        let Some(((_, _, Reverse(name)), Some(code))) = zone else { return Ok(None) };
        let zone = Zone { code: code.into_owned(), name: name.to_owned() };
        Ok(Some(Self { zone, days }))
    }

    /// Whether the index of at least one day is available.
    fn is_known(&self) -> bool {
        self.days.values().any(|day| day.index.is_some())
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
            };
            let mut readings: Vec<Reading> =
                day.index.map(|level| reading(Metric::Air, level)).into_iter().collect();
            readings.extend(Pollutant::ALL.into_iter().zip(day.sub_indices).filter_map(
                |(pollutant, level)| level.map(|level| reading(Metric::AirOf(pollutant), level)),
            ));
            readings
        };
        self.days.iter().flat_map(of_day).collect()
    }
}

/// The answer of the layer.
#[derive(serde::Deserialize)]
struct Layer<'a> {
    #[serde(borrow)]
    features: Vec<Feature<'a>>,
    #[serde(borrow, default, rename = "numberMatched")]
    matched: Field<'a>,
    #[serde(borrow, default)]
    crs: Option<Crs<'a>>,
}

#[derive(serde::Deserialize)]
struct Crs<'a> {
    #[serde(borrow, default)]
    properties: Option<CrsName<'a>>,
}

#[derive(serde::Deserialize)]
struct CrsName<'a> {
    #[serde(borrow, default)]
    name: Field<'a>,
}

#[derive(serde::Deserialize)]
struct Feature<'a> {
    #[serde(borrow, default)]
    properties: Option<Row<'a>>,
    #[serde(default)]
    geometry: Option<Geometry>,
}

#[derive(serde::Deserialize)]
struct Geometry {
    #[serde(default)]
    coordinates: Position,
}

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

impl<'a> Layer<'a> {
    fn read(body: &'a [u8]) -> Result<Self, FetchError> {
        let layer: Self = http::json(body)?;
        match layer.matched {
            Field::Int(matched) if usize::try_from(matched).is_ok_and(|it| it > layer.len()) => {
                Err(FetchError::schema("the answer is only a part of what matched"))
            }
            _ => Ok(layer),
        }
    }

    fn len(&self) -> usize {
        self.features.len()
    }

    fn rows(&self) -> impl Iterator<Item = &Row<'a>> {
        self.features.iter().filter_map(|feature| feature.properties.as_ref())
    }

    /// Whether positions are in metres of Web Mercator (EPSG:3857) and not in degrees.
    fn is_mercator(&self) -> bool {
        let name = self.crs.as_ref().and_then(|crs| crs.properties.as_ref()).map(|it| &it.name);
        matches!(name, Some(Field::Text(name)) if name.ends_with(":3857"))
    }
}

impl Feature<'_> {
    /// The centre of the zone, from the geometry: `x_wgs84` and `y_wgs84` hold metres in Guyane.
    fn centre(&self, mercator: bool) -> Option<Coordinates> {
        let Position(Some([x, y])) = self.geometry.as_ref()?.coordinates else { return None };
        if !mercator {
            return Coordinates::new(y, x);
        }
        // Radius of the sphere of EPSG:3857, in metres.
        const RADIUS: f64 = 6_378_137.0;
        let latitude = (y / RADIUS).sinh().atan().to_degrees();
        Coordinates::new(latitude, (x / RADIUS).to_degrees())
    }
}

impl Row<'_> {
    fn code(&self) -> Option<Cow<'_, str>> {
        match &self.code_zone {
            Field::Text(code) => Some(Cow::Borrowed(code.as_ref())),
            // A code that became a number has lost its leading zero.
            Field::Int(code) => Some(Cow::Owned(format!("{code:05}"))),
            _ => None,
        }
    }

    fn name(&self) -> Option<&str> {
        match &self.lib_zone {
            Field::Text(name) => Some(name.as_ref()),
            _ => None,
        }
    }

    /// The type is spelt in three ways.
    fn is_of_type(&self, kind: &str) -> bool {
        matches!(&self.type_zone, Field::Text(it) if it.eq_ignore_ascii_case(kind))
    }

    /// Whether the row is of the day `since` or later, or does not say its day.
    fn may_be_from(&self, since: Option<NaiveDate>) -> bool {
        since.is_none_or(|since| self.date().map_or(true, |date| since <= date))
    }

    fn date(&self) -> Result<NaiveDate, FetchError> {
        match &self.date_ech {
            // A time of day may follow.
            Field::Text(text) => text.get(..10).and_then(|date| date.parse().ok()),
            _ => None,
        }
        .ok_or_else(|| FetchError::schema("a row whose date_ech is no date"))
    }

    fn publication(&self) -> Result<Publication, FetchError> {
        let published_at = match &self.date_maj {
            Field::Text(text) => moment(text),
            _ => None,
        };
        let published_at = published_at
            .ok_or_else(|| FetchError::schema("a row whose date_maj is no moment"))?;
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
            *sub_index = field.level()?.filter(|level| *level < EVENT);
        }
        Ok(Publication { published_at, index: self.code_qual.level()?, sub_indices })
    }
}

/// A moment in any of the forms that the layer and its predecessors have used, to the millisecond.
fn moment(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    let with_offset = DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_str(text, "%Y/%m/%d %H:%M:%S%.f%#z"))
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f%#z"))
        .map(|moment| moment.to_utc());
    let moment = with_offset.or_else(|_| {
        // The field is documented to be UTC.
        NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").map(|it| it.and_utc())
    });
    moment.ok()?.duration_trunc(TimeDelta::milliseconds(1)).ok()
}

/// A value of whatever type: a wrong one in a row that concerns nobody must not spoil the answer.
#[derive(Debug, Default, PartialEq)]
enum Field<'a> {
    /// There is no such key.
    #[default]
    Absent,
    Null,
    Int(i64),
    Text(Cow<'a, str>),
    /// Of any other type.
    Other,
}

impl Field<'_> {
    /// The level in a `code_*` field: `None` where it is unavailable, [`EVENT`] for both codes that
    /// mean an event.
    fn level(&self) -> Result<Option<u8>, FetchError> {
        let code = match self {
            Self::Absent | Self::Null => return Ok(None),
            Self::Int(code) => Some(*code),
            Self::Text(text) => text.trim().parse().ok(),
            Self::Other => None,
        };
        match code.and_then(|code| u8::try_from(code).ok()) {
            Some(0) => Ok(None),
            Some(level @ 1..=6) => Ok(Some(level)),
            Some(7 | 8) => Ok(Some(EVENT)),
            _ => Err(FetchError::schema("a row with a code outside 0 to 8")),
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Field<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Anything;

        impl<'de> Visitor<'de> for Anything {
            type Value = Field<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("anything")
            }

            fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
                Ok(Field::Null)
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Self::Value, E> {
                Ok(Field::Int(value))
            }

            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Self::Value, E> {
                Ok(i64::try_from(value).map_or(Field::Other, Field::Int))
            }

            fn visit_f64<E: de::Error>(self, _: f64) -> Result<Self::Value, E> {
                Ok(Field::Other)
            }

            fn visit_bool<E: de::Error>(self, _: bool) -> Result<Self::Value, E> {
                Ok(Field::Other)
            }

            fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Field::Text(Cow::Borrowed(text)))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Field::Text(Cow::Owned(text.to_owned())))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Field::Other)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Field::Other)
            }
        }

        deserializer.deserialize_any(Anything)
    }
}

/// The two coordinates of a point; `None` for the lists of any other geometry.
#[derive(Debug, Clone, Copy, Default)]
struct Position(Option<[f64; 2]>);

impl<'de> Deserialize<'de> for Position {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        #[serde(untagged)]
        enum Coordinate {
            Degrees(f64),
            Other(IgnoredAny),
        }
        let list = Option::<Vec<Coordinate>>::deserialize(deserializer)?.unwrap_or_default();
        Ok(Self(match list.as_slice() {
            [Coordinate::Degrees(x), Coordinate::Degrees(y), ..] => Some([*x, *y]),
            _ => None,
        }))
    }
}
