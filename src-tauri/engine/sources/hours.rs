//! What both models of Open-Meteo's have in common: cells of places, and answers hour by hour.
//!
//! What an answer leaves out or gives as `null`, and a figure that no variable can have, is not
//! known: never zero, never low.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use ecosante_domain::place::{Coordinates, Place, PlaceId};
use ecosante_domain::reading::{Reading, Zone, next_day};
use serde::Deserialize;

use super::{Harvest, Nearness, PlaceZone};
use crate::http::{self, FetchError, HttpClient};
use crate::upstream::Upstream;

/// Cells that one request asks for: their coordinates make an address of under 1 kB.
const CELLS_AT_ONCE: usize = 50;

/// How far the centre of the model's cell may lie from the asked one, in degrees: the global model
/// has cells of 0.4°.
const FARTHEST: f64 = 0.5;

/// How far ahead an hour may be: three days are asked for, and no model of theirs reaches further than
/// 16.
const FARTHEST_AHEAD: TimeDelta = TimeDelta::days(17);

/// How long ago an hour may be: of the past 92 days are asked for, and yesterday is where today begins.
const FARTHEST_BACK: TimeDelta = TimeDelta::days(94);

/// What a variable can be. No concentration, count or index reaches the upper bound; temperatures,
/// °C, stay within what was ever felt on Earth, with room for wind and damp.
fn possible(variable: &str) -> RangeInclusive<f64> {
    if variable.contains("temperature") { -90.0..=70.0 } else { 0.0..=1e6 }
}

/// A grid cell of 0.1° with the places that lie in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Its centre.
    pub point: Coordinates,
    /// The time zone by which its days begin: that of its first place.
    pub time_zone: Tz,
    /// Whether a French commune lies in it, for which the ATMO index is estimated.
    pub french: bool,
    /// Whether a place outside France lies in it, for which the European index is told in parts.
    pub abroad: bool,
    /// The places.
    pub places: Vec<PlaceId>,
}

impl Cell {
    /// The cell as its readings name it.
    #[must_use]
    pub fn zone(&self) -> Zone {
        Zone { code: self.point.cell_code(), name: String::new() }
    }
}

/// The cells of the places that have coordinates, in the order of the places.
#[must_use]
pub fn cells(places: &[Place]) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    for place in places {
        let Some(point) = place.coordinates.map(Coordinates::cell) else { continue };
        let french = place.commune.is_some();
        match cells.iter_mut().find(|cell| cell.point.cell_code() == point.cell_code()) {
            Some(cell) => {
                cell.french |= french;
                cell.abroad |= !french;
                cell.places.push(place.id);
            }
            None => cells.push(Cell {
                point,
                time_zone: place.time_zone,
                french,
                abroad: !french,
                places: vec![place.id],
            }),
        }
    }
    cells
}

/// Reads an answer for cells, in their order.
type Parse = fn(&[u8], &[Cell], DateTime<Utc>) -> Result<Harvest, FetchError>;

/// Asks `question` for the cells of `places`, as many at once as one request may name, and reads
/// the answers with `parse`.
///
/// # Errors
/// Where the first answer fails; where a later one does, what is in stays and the rest is left.
pub(super) async fn fetch(
    http: &HttpClient,
    places: &[Place],
    now: DateTime<Utc>,
    question: fn(&[Coordinates]) -> Upstream,
    parse: Parse,
) -> Result<Harvest, FetchError> {
    let mut harvest = Harvest::default();
    for chunk in cells(places).chunks(CELLS_AT_ONCE) {
        let points: Vec<Coordinates> = chunk.iter().map(|cell| cell.point).collect();
        let answer = http.get(&question(&points)).await;
        if !harvest.add(answer.and_then(|answer| parse(&answer.body, chunk, now)))? {
            break;
        }
    }
    Ok(harvest)
}

#[derive(Debug, Deserialize)]
struct Answer {
    latitude: f64,
    longitude: f64,
    #[serde(default)]
    utc_offset_seconds: i64,
    hourly_units: BTreeMap<String, String>,
    hourly: BTreeMap<String, Column>,
}

/// One array of `hourly`: times may be words, everything else is figures.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Column {
    Figures(Vec<Option<f64>>),
    Words(Vec<String>),
}

/// The hours of one variable.
pub(super) type Series = Vec<(DateTime<Utc>, Option<f64>)>;

/// Reads an answer for `cells`, in their order, and makes `readings` of the hours of each.
///
/// # Errors
/// An answer for another number of cells, for other places or other days, with arrays of different
/// lengths, or that is no such answer at all.
pub(super) fn read(
    body: &[u8],
    cells: &[Cell],
    now: DateTime<Utc>,
    readings: impl Fn(&Cell, &Hours) -> Vec<Reading>,
) -> Result<Harvest, FetchError> {
    let answers: Vec<Answer> = if body.trim_ascii_start().first() == Some(&b'[') {
        http::json(body)?
    } else {
        vec![http::json(body)?]
    };
    if answers.len() != cells.len() {
        let (got, asked) = (answers.len(), cells.len());
        return Err(FetchError::schema(format!("{got} places where {asked} were asked for")));
    }
    let mut harvest = Harvest::default();
    for (answer, cell) in answers.iter().zip(cells) {
        let north = (answer.latitude - cell.point.latitude).abs();
        let east = (answer.longitude - cell.point.longitude).abs();
        // 179.9° and −179.9° lie side by side.
        if north > FARTHEST || east.min((360.0 - east).abs()) > FARTHEST {
            return Err(FetchError::schema("an answer for another place"));
        }
        let hours = Hours::of(answer)?;
        // What is of a time far ahead would count when that time comes.
        let times = now - FARTHEST_BACK..=now + FARTHEST_AHEAD;
        if !hours.starts.iter().all(|start| times.contains(start)) {
            return Err(FetchError::schema("an answer for other times"));
        }
        let today = now.with_timezone(&cell.time_zone).date_naive();
        let wanted = [today, next_day(today)];
        if !hours.days(cell.time_zone).iter().any(|day| wanted.contains(day)) {
            return Err(FetchError::schema("an answer for other days"));
        }
        let readings = readings(cell, &hours);
        harvest.zones.extend(cell.places.iter().map(|place| PlaceZone {
            place: *place,
            zone: (!readings.is_empty()).then(|| cell.zone()),
            nearness: Nearness::Cell,
        }));
        harvest.readings.extend(readings);
    }
    Ok(harvest)
}

/// The variables of one answer, hour by hour.
pub(super) struct Hours {
    starts: Vec<DateTime<Utc>>,
    variables: BTreeMap<String, Vec<Option<f64>>>,
}

impl Hours {
    fn of(answer: &Answer) -> Result<Self, FetchError> {
        let form = answer.hourly_units.get("time").map(String::as_str);
        let times = answer.hourly.get("time");
        let starts: Option<Vec<_>> = match (form, times) {
            (Some("unixtime"), Some(Column::Figures(times))) => {
                times.iter().map(|time| time.and_then(unix_hour)).collect()
            }
            (Some("iso8601"), Some(Column::Words(times))) => {
                times.iter().map(|time| local_hour(time, answer.utc_offset_seconds)).collect()
            }
            // An empty array may stand for either.
            (Some(_), Some(Column::Figures(times))) if times.is_empty() => Some(Vec::new()),
            _ => None,
        };
        let starts = starts.ok_or_else(|| FetchError::schema("hours that cannot be read"))?;
        if !starts.is_sorted_by(|one, next| one < next) {
            return Err(FetchError::schema("hours out of order"));
        }
        let mut variables = BTreeMap::new();
        for (name, column) in answer.hourly.iter().filter(|(name, _)| *name != "time") {
            let figures = match column {
                Column::Figures(figures) => figures,
                Column::Words(_) => return Err(FetchError::schema("words where figures belong")),
            };
            if figures.len() != starts.len() {
                return Err(FetchError::schema("arrays of different lengths"));
            }
            let possible = possible(name);
            let known = |figure: &Option<f64>| figure.filter(|it| possible.contains(it));
            let figures = figures.iter().map(known).collect();
            variables.insert(name.clone(), figures);
        }
        Ok(Self { starts, variables })
    }

    /// The civil days that the hours touch, in a time zone.
    pub(super) fn days(&self, zone: Tz) -> Vec<NaiveDate> {
        let mut days: Vec<_> =
            self.starts.iter().map(|start| start.with_timezone(&zone).date_naive()).collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// The hours of a variable; none where the answer does not have it.
    pub(super) fn series(&self, variable: &str) -> Series {
        let figures = self.variables.get(variable);
        let figures = figures.into_iter().flatten().copied();
        self.starts.iter().copied().zip(figures).collect()
    }
}

fn unix_hour(seconds: f64) -> Option<DateTime<Utc>> {
    // Hours of any year of this calendar are whole numbers far below the limit of exactness.
    #[expect(clippy::cast_possible_truncation, reason = "checked to be a whole number in range")]
    let whole = (seconds.fract() == 0.0 && seconds.abs() < 1e12).then_some(seconds as i64)?;
    DateTime::from_timestamp(whole, 0)
}

fn local_hour(text: &str, utc_offset_seconds: i64) -> Option<DateTime<Utc>> {
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").ok()?;
    let offset = TimeDelta::try_seconds(utc_offset_seconds)?;
    Some(local.checked_sub_signed(offset)?.and_utc())
}
