//! Air, UV and pollen of the CAMS models, as Open-Meteo serves them, hour by hour.
//!
//! It publishes no time of publication. What it leaves out or gives as `null` is not known: never
//! zero, never low.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use ecosante_domain::estimate;
use ecosante_domain::metric::{Metric, Pollutant, Taxon};
use ecosante_domain::place::{Coordinates, Place, PlaceId};
use ecosante_domain::reading::{Basis, Reading, Source, Target, Zone, next_day};
use ecosante_domain::scale::{self, Scale};
use serde::Deserialize;

use super::{Fetching, Harvest, Nearness, PlaceZone, Publisher};
use crate::http::{self, FetchError, HttpClient};
use crate::upstream::Upstream;

/// The publisher of model data.
#[derive(Debug, Clone, Copy)]
pub struct OpenMeteo;

/// Cells that one request asks for: their coordinates make an address of under 1 kB.
const CELLS_AT_ONCE: usize = 50;

/// How far the centre of the model's cell may lie from the asked one, in degrees: the global model
/// has cells of 0.4°.
const FARTHEST: f64 = 0.5;

/// No concentration, count or index of these reaches this.
const ABSURD: f64 = 1e6;

impl Publisher for OpenMeteo {
    fn source(&self) -> Source {
        Source::OpenMeteo
    }

    fn serves(&self, place: &Place) -> bool {
        place.coordinates.is_some()
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
    let mut harvest = Harvest::default();
    for chunk in cells(places).chunks(CELLS_AT_ONCE) {
        let points: Vec<Coordinates> = chunk.iter().map(|cell| cell.point).collect();
        let answer = http.get(&Upstream::air_quality(&points)).await;
        match answer.and_then(|answer| parse_air_quality(&answer.body, chunk, now)) {
            Ok(part) => harvest.join(part),
            Err(error) if harvest.zones.is_empty() => return Err(error),
            Err(error) => {
                harvest.incomplete = Some(error);
                break;
            }
        }
    }
    Ok(harvest)
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
    /// The places.
    pub places: Vec<PlaceId>,
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
                cell.places.push(place.id);
            }
            None => cells.push(Cell {
                point,
                time_zone: place.time_zone,
                french,
                places: vec![place.id],
            }),
        }
    }
    cells
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
type Series = Vec<(DateTime<Utc>, Option<f64>)>;

/// Reads an answer for `cells`, in their order.
///
/// # Errors
/// An answer for another number of cells, for other places or other days, with arrays of different
/// lengths, or that is no such answer at all.
pub fn parse_air_quality(
    body: &[u8],
    cells: &[Cell],
    now: DateTime<Utc>,
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
        if north > FARTHEST || east.min(360.0 - east) > FARTHEST {
            return Err(FetchError::schema("an answer for another place"));
        }
        let hours = Hours::of(answer)?;
        let today = now.with_timezone(&cell.time_zone).date_naive();
        let wanted = [today, next_day(today)];
        if !hours.days(cell.time_zone).iter().any(|day| wanted.contains(day)) {
            return Err(FetchError::schema("an answer for other days"));
        }
        let readings = CellReadings { cell, hours: &hours, now }.all();
        let zone = Zone { code: cell.point.cell_code(), name: String::new() };
        harvest.zones.extend(cell.places.iter().map(|place| PlaceZone {
            place: *place,
            zone: (!readings.is_empty()).then(|| zone.clone()),
            nearness: Nearness::Cell,
        }));
        harvest.readings.extend(readings);
    }
    Ok(harvest)
}

/// The variables of one answer, hour by hour.
struct Hours {
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
            let possible = |figure: &f64| figure.is_finite() && (0.0..ABSURD).contains(figure);
            let figures = figures.iter().map(|figure| figure.filter(possible)).collect();
            variables.insert(name.clone(), figures);
        }
        Ok(Self { starts, variables })
    }

    /// The civil days that the hours touch, in a time zone.
    fn days(&self, zone: Tz) -> Vec<NaiveDate> {
        let mut days: Vec<_> =
            self.starts.iter().map(|start| start.with_timezone(&zone).date_naive()).collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// The hours of a variable; none where the answer does not have it.
    fn series(&self, variable: &str) -> Series {
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

/// The name of a pollutant among the hourly variables.
fn pollutant_variable(pollutant: Pollutant) -> &'static str {
    match pollutant {
        Pollutant::Pm25 => "pm2_5",
        Pollutant::Pm10 => "pm10",
        Pollutant::No2 => "nitrogen_dioxide",
        Pollutant::O3 => "ozone",
        Pollutant::So2 => "sulphur_dioxide",
    }
}

/// What the hours of a cell say, as readings.
struct CellReadings<'a> {
    cell: &'a Cell,
    hours: &'a Hours,
    now: DateTime<Utc>,
}

impl CellReadings<'_> {
    fn all(&self) -> Vec<Reading> {
        let days = self.hours.days(self.cell.time_zone);
        let mut readings = self.concentrations();
        readings.extend(self.european_index());
        if self.cell.french {
            readings.extend(self.atmo_estimates(&days));
        }
        readings.extend(self.uv(&days));
        readings.extend(self.pollen(&days));
        readings
    }

    fn reading(&self, metric: Metric, target: Target, basis: Basis) -> Reading {
        Reading {
            source: Source::OpenMeteo,
            zone: Zone { code: self.cell.point.cell_code(), name: String::new() },
            metric,
            scale: None,
            target,
            basis,
            level: None,
            value: None,
            published_at: None,
            fetched_at: self.now,
            hours: 1,
            note: None,
        }
    }

    fn concentrations(&self) -> Vec<Reading> {
        let of = |pollutant| {
            let hours = self.hours.series(pollutant_variable(pollutant));
            hours.into_iter().filter_map(move |(start, value)| {
                let metric = Metric::Concentration(pollutant);
                let reading = self.reading(metric, Target::Hour(start), Basis::Forecast);
                value.map(|value| Reading { value: Some(value), ..reading })
            })
        };
        Pollutant::ALL.into_iter().flat_map(of).collect()
    }

    fn european_index(&self) -> Vec<Reading> {
        let hours = self.hours.series("european_aqi").into_iter();
        hours
            .filter_map(|(start, index)| {
                let reading = self.reading(Metric::Air, Target::Hour(start), Basis::Forecast);
                let level = scale::eaqi_2024_level(index?)?;
                let scale = Some(Scale::Eaqi2024);
                Some(Reading { scale, level: Some(level), value: index, ..reading })
            })
            .collect()
    }

    fn atmo_estimates(&self, days: &[NaiveDate]) -> Vec<Reading> {
        let hours: BTreeMap<Pollutant, Series> = Pollutant::ALL
            .into_iter()
            .map(|pollutant| (pollutant, self.hours.series(pollutant_variable(pollutant))))
            .collect();
        let scale = Some(Scale::Atmo2021);
        let mut readings = Vec::new();
        for day in days {
            let mut levels = BTreeMap::new();
            for (pollutant, hours) in &hours {
                let sub_index =
                    estimate::atmo_sub_index(*pollutant, hours, *day, self.cell.time_zone);
                let Some((level, value)) = sub_index else { continue };
                levels.insert(*pollutant, level);
                let metric = Metric::AirOf(*pollutant);
                let reading = self.reading(metric, Target::Day(*day), Basis::Estimated);
                let value = Some(rounded(value));
                readings.push(Reading { scale, level: Some(level), value, ..reading });
            }
            readings.extend(estimate::atmo_index(&levels).map(|level| Reading {
                scale,
                level: Some(level),
                ..self.reading(Metric::Air, Target::Day(*day), Basis::Estimated)
            }));
        }
        readings
    }

    fn uv(&self, days: &[NaiveDate]) -> Vec<Reading> {
        let hours = self.hours.series("uv_index");
        let highest = days.iter().filter_map(|day| {
            let value = estimate::day_max(&hours, *day, self.cell.time_zone);
            value.map(|value| (Target::Day(*day), value))
        });
        let each = hours
            .iter()
            .filter_map(|(start, value)| value.map(|value| (Target::Hour(*start), value)));
        let scale = Some(Scale::UvWho);
        highest
            .chain(each)
            .filter_map(|(target, value)| {
                let level = Some(scale::uv_who_level(scale::uv_index(value)?));
                let reading = self.reading(Metric::Uv, target, Basis::Forecast);
                Some(Reading { scale, level, value: Some(value), ..reading })
            })
            .collect()
    }

    fn pollen(&self, days: &[NaiveDate]) -> Vec<Reading> {
        let hours: BTreeMap<Taxon, Series> = Taxon::ALL
            .into_iter()
            .map(|taxon| (taxon, self.hours.series(&format!("{}_pollen", taxon.name()))))
            .collect();
        let scale = Some(Scale::AtmoPollen2025);
        let mut readings = Vec::new();
        for day in days {
            let mut levels = BTreeMap::new();
            for (taxon, hours) in &hours {
                let mean = estimate::day_mean(hours, *day, self.cell.time_zone).map(rounded);
                let level =
                    mean.and_then(|mean| scale::pollen_level(Scale::AtmoPollen2025, *taxon, mean));
                let Some(known) = level else { continue };
                levels.insert(*taxon, known);
                let metric = Metric::PollenOf(*taxon);
                let reading = self.reading(metric, Target::Day(*day), Basis::Estimated);
                readings.push(Reading { scale, level, value: mean, ..reading });
            }
            readings.extend(estimate::pollen_index(&levels).map(|level| Reading {
                scale,
                level: Some(level),
                ..self.reading(Metric::Pollen, Target::Day(*day), Basis::Estimated)
            }));
        }
        readings
    }
}

/// To a tenth: a mean is no more exact than the hours it was made from, and a new revision is kept
/// only for a difference that means something.
fn rounded(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;
    use ecosante_domain::place::CommuneRef;

    fn now() -> DateTime<Utc> {
        "2026-09-28T14:00:00Z".parse().expect("a moment")
    }

    fn place(id: i64, latitude: f64, longitude: f64, french: bool) -> Place {
        Place {
            id: PlaceId(id),
            name: "Lyon".to_owned(),
            commune: french.then(|| CommuneRef {
                code: "69123".to_owned(),
                name: "Lyon".to_owned(),
                epci: None,
                departement: "69".to_owned(),
            }),
            coordinates: Coordinates::new(latitude, longitude),
            time_zone: Tz::Europe__Paris,
        }
    }

    fn lyon() -> Vec<Cell> {
        cells(&[place(1, 45.764, 4.8357, true)])
    }

    /// An answer for Lyon from yesterday on, five days, each variable the same at every hour.
    fn answer(variables: &[(&str, Value)]) -> Value {
        let start = "2026-09-27T00:00:00Z".parse::<DateTime<Utc>>().expect("a moment");
        let times: Vec<i64> = (0..120).map(|n| start.timestamp() + n * 3600).collect();
        let mut hourly = serde_json::Map::new();
        hourly.insert("time".to_owned(), json!(times));
        for (name, value) in variables {
            hourly.insert((*name).to_owned(), json!(vec![value.clone(); 120]));
        }
        json!({
            "latitude": 45.8, "longitude": 4.800001, "utc_offset_seconds": 0, "timezone": "GMT",
            "hourly_units": { "time": "unixtime" }, "hourly": hourly,
        })
    }

    fn full() -> Value {
        answer(&[
            ("pm2_5", json!(12.0)),
            ("pm10", json!(15.0)),
            ("nitrogen_dioxide", json!(20.0)),
            ("ozone", json!(120.0)),
            ("sulphur_dioxide", json!(2.0)),
            ("uv_index", json!(6.4)),
            ("european_aqi", json!(61.0)),
            ("alder_pollen", json!(0.0)),
            ("birch_pollen", json!(0.0)),
            ("olive_pollen", json!(0.0)),
            ("grass_pollen", json!(31.0)),
            ("mugwort_pollen", json!(0.0)),
            ("ragweed_pollen", json!(4.0)),
        ])
    }

    fn parse(answer: &Value, cells: &[Cell]) -> Result<Harvest, FetchError> {
        parse_air_quality(answer.to_string().as_bytes(), cells, now())
    }

    fn of(
        harvest: &Harvest,
        metric: Metric,
        target: &str,
        scale: Option<Scale>,
    ) -> Option<Reading> {
        let fits = |reading: &&Reading| {
            reading.metric == metric
                && reading.target.to_string() == target
                && reading.scale == scale
        };
        harvest.readings.iter().find(fits).cloned()
    }

    #[test]
    fn hours_become_an_estimated_index_uv_pollen_and_the_european_index() {
        let harvest = parse(&full(), &lyon()).expect("an answer");
        let today = "2026-09-28";
        let air = of(&harvest, Metric::Air, today, Some(Scale::Atmo2021)).expect("an estimate");
        assert_eq!((air.level, air.basis), (Some(3), Basis::Estimated));
        let uv = of(&harvest, Metric::Uv, today, Some(Scale::UvWho)).expect("a maximum");
        assert_eq!((uv.level, uv.value), (Some(3), Some(6.4)));
        let grass = Metric::PollenOf(Taxon::Grass);
        let grass = of(&harvest, grass, today, Some(Scale::AtmoPollen2025)).expect("grass");
        assert_eq!((grass.level, grass.value), (Some(3), Some(31.0)));
        let pollen = of(&harvest, Metric::Pollen, today, Some(Scale::AtmoPollen2025));
        assert_eq!(pollen.and_then(|pollen| pollen.level), Some(3));
        let hour = "2026-09-28T14:00:00Z";
        let european = of(&harvest, Metric::Air, hour, Some(Scale::Eaqi2024)).expect("an hour");
        assert_eq!((european.level, european.value), (Some(4), Some(61.0)));
        assert!(harvest.readings.iter().all(|reading| reading.published_at.is_none()));
        assert_eq!(harvest.zones[0].zone.as_ref().expect("a cell").code, "45.8,4.8");
    }

    #[test]
    fn what_is_null_or_missing_is_not_known() {
        let mut answer = full();
        answer["hourly"]["grass_pollen"] = json!(vec![Value::Null; 120]);
        answer["hourly"].as_object_mut().expect("an object").remove("ozone");
        answer["hourly"]["uv_index"] = json!(vec![-999.0; 120]);
        let harvest = parse(&answer, &lyon()).expect("an answer");
        let metrics: Vec<_> = harvest.readings.iter().map(|reading| reading.metric).collect();
        assert!(!metrics.contains(&Metric::PollenOf(Taxon::Grass)));
        assert!(!metrics.contains(&Metric::Pollen), "an index of five taxa could look low");
        assert!(!metrics.contains(&Metric::Uv));
        let estimate = |reading: &&Reading| reading.scale == Some(Scale::Atmo2021);
        let estimates: Vec<_> = harvest.readings.iter().filter(estimate).collect();
        assert!(estimates.iter().all(|reading| reading.metric != Metric::Air));
    }

    #[test]
    fn no_french_index_is_estimated_abroad() {
        let cells = cells(&[place(1, 45.8, 4.8, false)]);
        let harvest = parse(&full(), &cells).expect("an answer");
        assert!(harvest.readings.iter().all(|reading| reading.scale != Some(Scale::Atmo2021)));
    }

    #[test]
    fn places_of_one_cell_share_it_and_answers_come_in_the_order_of_the_cells() {
        let places =
            [place(1, 45.76, 4.84, true), place(2, 48.86, 2.35, true), place(3, 45.8, 4.8, true)];
        let cells = cells(&places);
        assert_eq!(cells.len(), 2);
        let mut paris = full();
        paris["latitude"] = json!(48.9);
        paris["longitude"] = json!(2.4);
        paris["location_id"] = json!(1);
        let harvest = parse(&json!([full(), paris]), &cells).expect("an answer");
        let zone = |id| {
            let found = harvest.zones.iter().find(|found| found.place == PlaceId(id));
            found.and_then(|found| found.zone.clone()).expect("a cell").code
        };
        assert_eq!(
            (zone(1), zone(2), zone(3)),
            ("45.8,4.8".into(), "48.9,2.4".into(), "45.8,4.8".into())
        );
        assert!(parse(&json!([paris, full()]), &cells).is_err(), "in the wrong order");
        assert!(parse(&full(), &cells).is_err(), "one answer for two cells");
    }

    #[test]
    fn a_cell_reaches_over_the_antimeridian() {
        let cells = cells(&[place(1, -16.8, 179.95, false)]);
        let mut answer = full();
        answer["latitude"] = json!(-16.8);
        answer["longitude"] = json!(-179.8);
        assert!(parse(&answer, &cells).is_ok());
    }

    #[test]
    fn local_times_with_an_offset_are_read_too() {
        let mut answer = full();
        let times: Vec<String> = (0..120)
            .map(|n| {
                let start: NaiveDateTime = "2026-09-27T02:00:00".parse().expect("a time");
                (start + TimeDelta::hours(n)).format("%Y-%m-%dT%H:%M").to_string()
            })
            .collect();
        let unix = parse(&answer, &lyon()).expect("an answer");
        answer["utc_offset_seconds"] = json!(7200);
        answer["hourly_units"]["time"] = json!("iso8601");
        answer["hourly"]["time"] = json!(times);
        assert_eq!(parse(&answer, &lyon()).expect("an answer"), unix);
    }

    #[test]
    fn what_is_no_answer_to_the_question_is_refused() {
        let change = |pointer: &str, value: Value| {
            let mut answer = full();
            *answer.pointer_mut(pointer).expect("there") = value;
            parse(&answer, &lyon()).expect_err(pointer).code()
        };
        assert_eq!(change("/latitude", json!(48.9)), "schema");
        assert_eq!(change("/hourly/ozone", json!([1.0, 2.0])), "schema");
        assert_eq!(change("/hourly/ozone/5", json!("much")), "schema");
        assert_eq!(change("/hourly/time/0", json!("yesterday")), "schema");
        assert_eq!(change("/hourly_units/time", json!("days")), "schema");
        let second = full()["hourly"]["time"][1].clone();
        assert_eq!(change("/hourly/time/0", second), "schema", "an hour twice");
        let late = "2026-12-24T12:00:00Z".parse().expect("a moment");
        let body = full().to_string();
        let refused = parse_air_quality(body.as_bytes(), &lyon(), late).expect_err("old days");
        assert_eq!(refused.code(), "schema");
    }

    #[test]
    fn broken_answers_are_failures_of_the_source() {
        let parse =
            |body: &str| parse_air_quality(body.as_bytes(), &lyon(), now()).expect_err(body).code();
        assert_eq!(parse(r#"{"latitude":nan,"longitude":nan}"#), "not-json");
        assert_eq!(parse(r#"{"error":true,"reason":"No data"}"#), "producer");
        assert_eq!(parse(""), "not-json");
        assert_eq!(parse("<html><body>busy</body></html>"), "not-json");
        assert_eq!(parse(r#"{"latitude":45.8,"#), "truncated");
        let body = full().to_string();
        let cut = body.get(..body.len() / 2).expect("half");
        assert_eq!(parse(cut), "truncated");
    }

    #[test]
    fn the_recorded_answer_is_read_where_it_is_at_hand() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../../shared/payloads/openmeteo-air-quality-lyon-20260928.json"
        );
        let Ok(body) = std::fs::read(path) else { return };
        let harvest = parse_air_quality(&body, &lyon(), now()).expect("a genuine answer");
        let uv = of(&harvest, Metric::Uv, "2026-09-28", Some(Scale::UvWho)).expect("a maximum");
        assert!(uv.level.is_some());
        let mugwort = Metric::PollenOf(Taxon::Mugwort);
        assert!(of(&harvest, mugwort, "2026-09-28", Some(Scale::AtmoPollen2025)).is_some());
        let air = of(&harvest, Metric::Air, "2026-09-28", Some(Scale::Atmo2021));
        assert!(air.is_some_and(|air| air.level.is_some()), "four pollutants are enough");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(body in prop::collection::vec(any::<u8>(), 0..400)) {
            parse_air_quality(&body, &lyon(), now()).ok();
        }

        #[test]
        fn an_answer_with_a_changed_byte_is_read_or_refused(at in 0_usize..9000, byte: u8) {
            let mut body = full().to_string().into_bytes();
            let at = at % body.len();
            body[at] = byte;
            parse_air_quality(&body, &lyon(), now()).ok();
        }
    }
}
