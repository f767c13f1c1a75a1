//! Air and pollen of the CAMS models, as Open-Meteo serves them, hour by hour.
//!
//! It publishes no time of publication. What it leaves out or gives as `null` is not known: never
//! zero, never low.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use ecosante_domain::estimate;
use ecosante_domain::metric::{Metric, Pollutant, Taxon};
use ecosante_domain::place::Place;
use ecosante_domain::reading::{Basis, Reading, Source, Target};
use ecosante_domain::scale::{self, Scale};

use super::hours::{self, Hours, Series};
pub use super::hours::{Cell, cells};
use super::{Fetching, Harvest, PlaceZone, Publisher};
use crate::http::{FetchError, HttpClient};
use crate::upstream::Upstream;

/// The publisher of model data.
#[derive(Debug, Clone, Copy)]
pub struct OpenMeteo;

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
        Box::pin(hours::fetch(http, places, now, Upstream::air_quality, parse_air_quality))
    }

    fn fetch_past<'a>(
        &'a self,
        http: &'a HttpClient,
        places: &'a [Place],
        _zones: &'a [PlaceZone],
        now: DateTime<Utc>,
    ) -> Option<Fetching<'a>> {
        let question = Upstream::past_air_quality;
        Some(Box::pin(hours::fetch(http, places, now, question, parse_air_quality)))
    }
}

/// Reads an answer for `cells`, in their order.
///
/// # Errors
/// An answer for another number of cells, for other places or other days, with arrays of different
/// lengths, or that is no such answer at all.
///
/// ```
/// use chrono_tz::Tz;
/// use ecosante_domain::metric::Metric;
/// use ecosante_domain::place::{Coordinates, Place, PlaceId};
/// use ecosante_domain::reading::Basis;
/// use ecosante_domain::scale::Scale;
/// use ecosante_engine::communes;
/// use ecosante_engine::sources::open_meteo::{cells, parse_air_quality};
///
/// let place = Place {
///     id: PlaceId(1),
///     name: "Home".to_owned(),
///     commune: Some(communes::by_code("69123").expect("a commune").into()),
///     coordinates: Coordinates::new(45.764, 4.8357),
///     time_zone: Tz::Europe__Paris,
/// };
/// // Asked for by cells of 0.1°, which several places may share.
/// let cells = cells(&[place]);
///
/// // The 24 hours of 28 September in Paris; each figure in µg/m³ or grains/m³.
/// let begins = 1_790_546_400;
/// let hours: Vec<i64> = (0..24).map(|hour| begins + hour * 3600).collect();
/// let all_day = |figure: f64| vec![figure; 24];
/// let body = serde_json::json!({
///     "latitude": 45.8, "longitude": 4.8, "utc_offset_seconds": 0, "timezone": "GMT",
///     "hourly_units": {"time": "unixtime", "pm2_5": "μg/m³"},
///     "hourly": {
///         "time": hours,
///         "pm2_5": all_day(12.0), "pm10": all_day(15.0), "nitrogen_dioxide": all_day(20.0),
///         "ozone": all_day(120.0), "sulphur_dioxide": all_day(2.0), "european_aqi": all_day(61.0),
///         "alder_pollen": all_day(0.0), "birch_pollen": all_day(0.0), "olive_pollen": all_day(0.0),
///         "grass_pollen": all_day(31.0), "mugwort_pollen": all_day(0.0),
///         "ragweed_pollen": all_day(4.0),
///     },
/// });
/// let now = "2026-09-28T14:00:00Z".parse()?;
/// let harvest = parse_air_quality(body.to_string().as_bytes(), &cells, now)?;
///
/// // The index is this crate's own, from the concentrations, and says so.
/// let mut air = harvest.readings.iter().filter(|it| it.metric == Metric::Air);
/// let index = air.find(|it| it.scale == Some(Scale::Atmo2021)).expect("an estimate");
/// assert_eq!((index.level, index.basis), (Some(3), Basis::Estimated));
/// assert_eq!(index.zone.code, "45.8,4.8");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn parse_air_quality(
    body: &[u8],
    cells: &[Cell],
    now: DateTime<Utc>,
) -> Result<Harvest, FetchError> {
    hours::read(body, cells, now, |cell, hours| CellReadings { cell, hours, now }.all())
}

/// The European sub-index (level 1–6) of one hour's concentration in µg/m³, or `None` for a
/// negative or undefined figure. A bound belongs to the band above it.
///
/// Bands: revision of 2024 (ETC HE 2024/17), hourly for all five.
#[must_use]
pub fn eaqi_2024_sub_index(pollutant: Pollutant, concentration: f64) -> Option<u8> {
    let bounds = match pollutant {
        Pollutant::Pm25 => [5.0, 15.0, 50.0, 90.0, 140.0],
        Pollutant::Pm10 => [15.0, 45.0, 120.0, 195.0, 270.0],
        Pollutant::No2 => [10.0, 25.0, 60.0, 100.0, 150.0],
        Pollutant::O3 => [60.0, 100.0, 120.0, 160.0, 180.0],
        Pollutant::So2 => [20.0, 40.0, 125.0, 190.0, 275.0],
    };
    let measured = concentration.is_finite() && concentration >= 0.0;
    let passed = bounds.iter().filter(|bound| concentration >= **bound).count();
    u8::try_from(passed + 1).ok().filter(|_| measured)
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
        if self.cell.abroad {
            readings.extend(self.european_sub_indices());
        }
        readings.extend(self.pollen(&days));
        readings
    }

    fn reading(&self, metric: Metric, target: Target, basis: Basis) -> Reading {
        Reading {
            source: Source::OpenMeteo,
            zone: self.cell.zone(),
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

    /// Which pollutant makes the index what it is: hourly as the index, each with its figure.
    fn european_sub_indices(&self) -> Vec<Reading> {
        let of = |pollutant| {
            let hours = self.hours.series(pollutant_variable(pollutant));
            hours.into_iter().filter_map(move |(start, value)| {
                let level = Some(eaqi_2024_sub_index(pollutant, value?)?);
                let metric = Metric::AirOf(pollutant);
                let reading = self.reading(metric, Target::Hour(start), Basis::Estimated);
                Some(Reading { scale: Some(Scale::Eaqi2024), level, value, ..reading })
            })
        };
        Pollutant::ALL.into_iter().flat_map(of).collect()
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
    use chrono::{NaiveDateTime, TimeDelta};
    use chrono_tz::Tz;
    use ecosante_domain::place::{CommuneRef, Coordinates, PlaceId};
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

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
    fn hours_become_an_estimated_index_pollen_and_the_european_index() {
        let harvest = parse(&full(), &lyon()).expect("an answer");
        let today = "2026-09-28";
        let air = of(&harvest, Metric::Air, today, Some(Scale::Atmo2021)).expect("an estimate");
        assert_eq!((air.level, air.basis), (Some(3), Basis::Estimated));
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
        answer["hourly"]["european_aqi"] = json!(vec![-999.0; 120]);
        let harvest = parse(&answer, &lyon()).expect("an answer");
        let metrics: Vec<_> = harvest.readings.iter().map(|reading| reading.metric).collect();
        assert!(!metrics.contains(&Metric::PollenOf(Taxon::Grass)));
        assert!(!metrics.contains(&Metric::Pollen), "an index of five taxa could look low");
        assert!(harvest.readings.iter().all(|reading| reading.scale != Some(Scale::Eaqi2024)));
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
    fn abroad_the_european_index_is_told_by_pollutant_and_hour() {
        let abroad = cells(&[place(1, 45.8, 4.8, false)]);
        let harvest = parse(&full(), &abroad).expect("an answer");
        let hour = "2026-09-28T14:00:00Z";
        for (pollutant, level, value) in [
            (Pollutant::Pm25, 2, 12.0),
            // A bound belongs to the band above it.
            (Pollutant::Pm10, 2, 15.0),
            (Pollutant::No2, 2, 20.0),
            (Pollutant::O3, 4, 120.0),
            (Pollutant::So2, 1, 2.0),
        ] {
            let metric = Metric::AirOf(pollutant);
            let found = of(&harvest, metric, hour, Some(Scale::Eaqi2024)).expect("a sub-index");
            assert_eq!((found.level, found.value), (Some(level), Some(value)), "{metric}");
            assert_eq!(found.basis, Basis::Estimated);
        }
        let french = parse(&full(), &lyon()).expect("an answer");
        let sub_indices = french.readings.iter().filter(|it| it.scale == Some(Scale::Eaqi2024));
        assert!(sub_indices.clone().all(|it| it.metric == Metric::Air), "ATMO tells its own");
    }

    #[test]
    fn a_cell_on_the_border_tells_both_indices() {
        let both = cells(&[place(1, 45.8, 4.8, true), place(2, 45.8, 4.8, false)]);
        let harvest = parse(&full(), &both).expect("an answer");
        for scale in [Scale::Atmo2021, Scale::Eaqi2024] {
            let of_ozone = |it: &&Reading| it.metric == Metric::AirOf(Pollutant::O3);
            assert!(harvest.readings.iter().filter(of_ozone).any(|it| it.scale == Some(scale)));
        }
    }

    #[test]
    fn the_bands_of_the_european_sub_indices_are_those_of_2024() {
        for (pollutant, below, bound, level) in [
            (Pollutant::Pm25, 4.9, 5.0, 2),
            (Pollutant::Pm25, 139.9, 140.0, 6),
            (Pollutant::Pm10, 119.9, 120.0, 4),
            (Pollutant::No2, 24.9, 25.0, 3),
            (Pollutant::O3, 159.9, 160.0, 5),
            (Pollutant::So2, 274.9, 275.0, 6),
        ] {
            assert_eq!(eaqi_2024_sub_index(pollutant, below), Some(level - 1), "{below}");
            assert_eq!(eaqi_2024_sub_index(pollutant, bound), Some(level), "{bound}");
        }
        for nothing in [-0.1, f64::NAN, f64::INFINITY] {
            assert_eq!(eaqi_2024_sub_index(Pollutant::O3, nothing), None);
        }
        assert_eq!(eaqi_2024_sub_index(Pollutant::No2, 30.0), Some(3), "and 1 of ATMO");
    }

    #[test]
    fn a_european_index_above_100_is_the_sixth_level() {
        let mut answer = full();
        answer["hourly"]["european_aqi"] = json!(vec![164.0; 120]);
        let harvest = parse(&answer, &lyon()).expect("an answer");
        let air = of(&harvest, Metric::Air, "2026-09-28T14:00:00Z", Some(Scale::Eaqi2024));
        let air = air.expect("an hour");
        assert_eq!((air.level, air.value), (Some(6), Some(164.0)));
    }

    #[test]
    fn outside_europe_there_is_no_pollen_and_that_is_not_low_pollen() {
        let mut answer = full();
        for taxon in Taxon::ALL {
            answer["hourly"][format!("{}_pollen", taxon.name())] = json!(vec![Value::Null; 120]);
        }
        answer["latitude"] = json!(35.6);
        answer["longitude"] = json!(139.6);
        let tokyo = Place { time_zone: Tz::Asia__Tokyo, ..place(1, 35.68, 139.69, false) };
        let harvest = parse(&answer, &cells(&[tokyo])).expect("an answer");
        let pollen = |it: &&Reading| matches!(it.metric, Metric::Pollen | Metric::PollenOf(_));
        assert_eq!(harvest.readings.iter().filter(pollen).count(), 0);
        assert!(harvest.readings.iter().any(|it| it.metric == Metric::Air));
        assert_eq!(harvest.zones[0].zone.as_ref().expect("a cell").code, "35.7,139.7");
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
        answer["longitude"] = json!(179.0);
        assert!(parse(&answer, &cells).is_err(), "that is another place");
        answer["longitude"] = json!(720.0);
        assert!(parse(&answer, &cells).is_err(), "that is nowhere");
    }

    #[test]
    fn the_cell_on_the_antimeridian_is_answered_under_either_name() {
        let cells = cells(&[place(1, -16.8, 179.97, false), place(2, -16.8, -179.97, false)]);
        let mut answer = full();
        answer["latitude"] = json!(-16.8);
        answer["longitude"] = json!(-180.0);
        let harvest = parse(&json!([answer, answer]), &cells).expect("an answer");
        let codes: Vec<_> =
            harvest.zones.iter().flat_map(|it| it.zone.iter().map(|zone| &zone.code)).collect();
        assert_eq!(codes, ["-16.8,180.0", "-16.8,-180.0"]);
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
        let next_year =
            json!("2027-09-28T00:00:00Z".parse::<DateTime<Utc>>().map(|it| it.timestamp()).ok());
        assert_eq!(change("/hourly/time/119", next_year), "schema", "a year ahead");
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
        assert!(harvest.readings.iter().all(|reading| reading.metric != Metric::Uv), "elsewhere");
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
