//! UV and apparent temperature of the weather forecast, as Open-Meteo serves it, hour by hour.
//!
//! It publishes no time of publication. What it leaves out or gives as `null` is not known: never
//! zero, never low.

use chrono::{DateTime, Utc};
use ecosante_domain::estimate;
use ecosante_domain::metric::Metric;
use ecosante_domain::place::Place;
use ecosante_domain::reading::{Basis, Reading, Source, Target};
use ecosante_domain::scale::{self, Scale};

use super::hours::{self, Cell, Hours};
use super::{Fetching, Harvest, PlaceZone, Publisher};
use crate::http::{FetchError, HttpClient};
use crate::upstream::Upstream;

/// The publisher of the weather forecast.
#[derive(Debug, Clone, Copy)]
pub struct OpenMeteoForecast;

impl Publisher for OpenMeteoForecast {
    fn source(&self) -> Source {
        Source::OpenMeteoForecast
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
        Box::pin(hours::fetch(http, places, now, Upstream::forecast, parse_forecast))
    }

    fn fetch_past<'a>(
        &'a self,
        http: &'a HttpClient,
        places: &'a [Place],
        _zones: &'a [PlaceZone],
        now: DateTime<Utc>,
    ) -> Option<Fetching<'a>> {
        Some(Box::pin(hours::fetch(http, places, now, Upstream::past_forecast, parse_forecast)))
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
/// use ecosante_engine::communes;
/// use ecosante_engine::sources::{open_meteo::cells, open_meteo_forecast::parse_forecast};
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
/// let begins = 1_790_546_400;
/// let hours: Vec<i64> = (0..24).map(|hour| begins + hour * 3600).collect();
/// let mut uv = vec![0.0; 24];
/// uv[13] = 6.6;
/// let body = serde_json::json!({
///     "latitude": 45.76, "longitude": 4.83, "utc_offset_seconds": 0, "timezone": "GMT",
///     "hourly_units": {"time": "unixtime", "uv_index": "", "apparent_temperature": "°C"},
///     "hourly": {"time": hours, "uv_index": uv, "apparent_temperature": vec![18.5; 24]},
/// });
/// let now = "2026-09-28T08:00:00Z".parse()?;
/// let harvest = parse_forecast(body.to_string().as_bytes(), &cells, now)?;
///
/// // Of the day the highest hour: index 7, of which the level is the class of the WHO.
/// let uv = harvest.readings.iter().find(|it| it.metric == Metric::Uv).expect("a day");
/// assert_eq!((uv.level, uv.value.map(f64::round)), (Some(3), Some(7.0)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn parse_forecast(
    body: &[u8],
    cells: &[Cell],
    now: DateTime<Utc>,
) -> Result<Harvest, FetchError> {
    hours::read(body, cells, now, |cell, hours| {
        let readings = CellReadings { cell, hours, now };
        let mut all = readings.apparent_temperatures();
        all.extend(readings.uv());
        all
    })
}

/// What the hours of a cell say, as readings.
struct CellReadings<'a> {
    cell: &'a Cell,
    hours: &'a Hours,
    now: DateTime<Utc>,
}

impl CellReadings<'_> {
    fn reading(&self, metric: Metric, target: Target, value: f64) -> Reading {
        Reading {
            source: Source::OpenMeteoForecast,
            zone: self.cell.zone(),
            metric,
            scale: None,
            target,
            basis: Basis::Forecast,
            level: None,
            value: Some(value),
            published_at: None,
            fetched_at: self.now,
            hours: 1,
            note: None,
        }
    }

    fn apparent_temperatures(&self) -> Vec<Reading> {
        let hours = self.hours.series("apparent_temperature").into_iter();
        let metric = Metric::ApparentTemperature;
        hours
            .filter_map(|(start, value)| Some(self.reading(metric, Target::Hour(start), value?)))
            .collect()
    }

    fn uv(&self) -> Vec<Reading> {
        let days = self.hours.days(self.cell.time_zone);
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
                Some(Reading { scale, level, ..self.reading(Metric::Uv, target, value) })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;
    use ecosante_domain::place::{Coordinates, PlaceId};
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::super::hours::cells;
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-09-28T14:00:00Z".parse().expect("a moment")
    }

    fn lyon() -> Vec<Cell> {
        cells(&[Place {
            id: PlaceId(1),
            name: "Lyon".to_owned(),
            commune: None,
            coordinates: Coordinates::new(45.764, 4.8357),
            time_zone: Tz::Europe__Paris,
        }])
    }

    /// An answer for Lyon from yesterday on, five days, with these figures.
    fn answer(variables: &[(&str, Vec<Value>)]) -> Value {
        let start = "2026-09-27T00:00:00Z".parse::<DateTime<Utc>>().expect("a moment");
        let times: Vec<i64> = (0..120).map(|n| start.timestamp() + n * 3600).collect();
        let mut hourly = serde_json::Map::new();
        hourly.insert("time".to_owned(), json!(times));
        for (name, values) in variables {
            hourly.insert((*name).to_owned(), json!(values));
        }
        json!({
            "latitude": 45.76, "longitude": 4.84, "utc_offset_seconds": 0, "timezone": "GMT",
            "hourly_units": { "time": "unixtime", "apparent_temperature": "°C", "uv_index": "" },
            "hourly": hourly,
        })
    }

    fn full() -> Value {
        let by_hour = |at: fn(u32) -> f64| (0..120).map(|n| json!(at(n % 24))).collect();
        answer(&[
            ("apparent_temperature", by_hour(|hour| f64::from(hour) - 12.0)),
            ("uv_index", by_hour(|hour| if hour == 11 { 6.4 } else { 0.0 })),
        ])
    }

    fn parse(answer: &Value) -> Result<Harvest, FetchError> {
        parse_forecast(answer.to_string().as_bytes(), &lyon(), now())
    }

    fn of(harvest: &Harvest, metric: Metric, target: &str) -> Option<Reading> {
        let fits = |it: &&Reading| it.metric == metric && it.target.to_string() == target;
        harvest.readings.iter().find(fits).cloned()
    }

    #[test]
    fn a_temperature_is_a_figure_without_a_level_and_may_be_negative() {
        let harvest = parse(&full()).expect("an answer");
        let metric = Metric::ApparentTemperature;
        let cold = of(&harvest, metric, "2026-09-28T03:00:00Z").expect("an hour");
        assert_eq!((cold.value, cold.level, cold.scale), (Some(-9.0), None, None));
        assert_eq!((cold.basis, cold.published_at), (Basis::Forecast, None));
        assert_eq!(of(&harvest, metric, "2026-09-28"), None, "hours only");
        assert_eq!(harvest.zones[0].zone.as_ref().expect("a cell").code, "45.8,4.8");
    }

    #[test]
    fn uv_is_told_by_hour_and_by_its_highest_hour() {
        let harvest = parse(&full()).expect("an answer");
        let day = of(&harvest, Metric::Uv, "2026-09-28").expect("a maximum");
        assert_eq!((day.level, day.value, day.scale), (Some(3), Some(6.4), Some(Scale::UvWho)));
        let hour = of(&harvest, Metric::Uv, "2026-09-28T11:00:00Z").expect("an hour");
        assert_eq!((hour.level, hour.value), (Some(3), Some(6.4)));
        let night = of(&harvest, Metric::Uv, "2026-09-28T01:00:00Z").expect("zero is a figure");
        assert_eq!((night.level, night.value), (Some(1), Some(0.0)));
    }

    #[test]
    fn a_day_of_few_hours_has_no_maximum() {
        let harvest = parse(&full()).expect("an answer");
        // The first hours of the last day, Paris time, are those of the evening before in GMT.
        assert_eq!(of(&harvest, Metric::Uv, "2026-10-02"), None);
        let mut gap = full();
        for hour in 24..40 {
            gap["hourly"]["uv_index"][hour] = Value::Null;
        }
        let harvest = parse(&gap).expect("an answer");
        assert_eq!(of(&harvest, Metric::Uv, "2026-09-28"), None);
        assert!(of(&harvest, Metric::Uv, "2026-09-29").is_some());
    }

    #[test]
    fn what_no_weather_can_be_is_not_known() {
        let mut odd = full();
        odd["hourly"]["apparent_temperature"][30] = json!(-999.0);
        odd["hourly"]["apparent_temperature"][31] = json!(70.1);
        odd["hourly"]["apparent_temperature"][32] = Value::Null;
        odd["hourly"]["uv_index"][30] = json!(-0.5);
        let harvest = parse(&odd).expect("an answer");
        let metric = Metric::ApparentTemperature;
        for hour in ["06", "07", "08"] {
            assert_eq!(of(&harvest, metric, &format!("2026-09-28T{hour}:00:00Z")), None, "{hour}");
        }
        assert_eq!(of(&harvest, Metric::Uv, "2026-09-28T06:00:00Z"), None);
        assert!(of(&harvest, metric, "2026-09-28T09:00:00Z").is_some());
    }

    #[test]
    fn the_days_of_a_place_are_its_own_wherever_it_is() {
        let mut kiribati = full();
        kiribati["latitude"] = json!(1.9);
        kiribati["longitude"] = json!(-157.4);
        let place = Place {
            id: PlaceId(1),
            name: "Kiritimati".to_owned(),
            commune: None,
            coordinates: Coordinates::new(1.87, -157.4),
            time_zone: Tz::Pacific__Kiritimati,
        };
        let body = kiribati.to_string();
        let harvest = parse_forecast(body.as_bytes(), &cells(&[place]), now()).expect("an answer");
        // It is the 29th there, and that day began at ten in the morning of the 28th, UTC.
        assert!(of(&harvest, Metric::Uv, "2026-09-29").is_some());
        assert!(of(&harvest, Metric::Uv, "2026-09-30").is_some());
    }

    #[test]
    fn what_is_no_answer_to_the_question_is_refused() {
        let change = |pointer: &str, value: Value| {
            let mut answer = full();
            *answer.pointer_mut(pointer).expect("there") = value;
            parse(&answer).expect_err(pointer).code()
        };
        assert_eq!(change("/latitude", json!(48.9)), "schema");
        assert_eq!(change("/hourly/uv_index", json!([1.0, 2.0])), "schema");
        assert_eq!(change("/hourly/apparent_temperature/5", json!("hot")), "schema");
        let refused = br#"{"error":true,"reason":"No data"}"#;
        let refused = parse_forecast(refused, &lyon(), now()).expect_err("a refusal");
        assert_eq!(refused.code(), "producer");
        let header = br#"{"latitude":45.8,"longitude":4.8,"utc_offset_seconds":0}"#;
        let refused = parse_forecast(header, &lyon(), now()).expect_err("no hours at all");
        assert_eq!(refused.code(), "schema");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(body in prop::collection::vec(any::<u8>(), 0..400)) {
            parse_forecast(&body, &lyon(), now()).ok();
        }

        #[test]
        fn an_answer_with_a_changed_byte_is_read_or_refused(at: prop::sample::Index, byte: u8) {
            let mut body = full().to_string().into_bytes();
            let at = at.index(body.len());
            body[at] = byte;
            let harvest = parse_forecast(&body, &lyon(), now());
            for reading in harvest.into_iter().flat_map(|it| it.readings) {
                let value = reading.value.expect("a figure");
                prop_assert!((-90.0..=1e6).contains(&value));
            }
        }
    }
}
