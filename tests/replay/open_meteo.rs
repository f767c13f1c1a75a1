//! Open-Meteo: air quality, the little of the forecast that is asked of it, and geocoding.

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use crate::fault::{Fault, refusal};
use crate::geoapi::plain;
use crate::http::{Answer, Request};
use crate::json::Json;
use crate::weather::{Weather, hour_of};
use crate::world::{Commune, Town, World};

/// With the Greek letter mu (U+03BC), not the micro sign that keyboards have.
const MICROGRAMS: &str = "\u{3bc}g/m\u{b3}";
const GRAINS: &str = "grains/m\u{b3}";
const CELSIUS: &str = "\u{b0}C";

/// The variables of the air quality API that are replayed, with their units.
const AIR: [(&str, &str); 26] = [
    ("pm10", MICROGRAMS),
    ("pm2_5", MICROGRAMS),
    ("carbon_monoxide", MICROGRAMS),
    ("nitrogen_dioxide", MICROGRAMS),
    ("sulphur_dioxide", MICROGRAMS),
    ("ozone", MICROGRAMS),
    ("dust", MICROGRAMS),
    ("aerosol_optical_depth", ""),
    ("uv_index", ""),
    ("uv_index_clear_sky", ""),
    ("is_day", ""),
    ("alder_pollen", GRAINS),
    ("birch_pollen", GRAINS),
    ("grass_pollen", GRAINS),
    ("mugwort_pollen", GRAINS),
    ("olive_pollen", GRAINS),
    ("ragweed_pollen", GRAINS),
    ("european_aqi", "EAQI"),
    ("european_aqi_pm2_5", "EAQI"),
    ("european_aqi_pm10", "EAQI"),
    ("european_aqi_nitrogen_dioxide", "EAQI"),
    ("european_aqi_no2", "EAQI"),
    ("european_aqi_ozone", "EAQI"),
    ("european_aqi_o3", "EAQI"),
    ("european_aqi_sulphur_dioxide", "EAQI"),
    ("european_aqi_so2", "EAQI"),
];

/// The variables of the forecast API that are replayed.
const FORECAST: [(&str, &str); 5] = [
    ("temperature_2m", CELSIUS),
    ("apparent_temperature", CELSIUS),
    ("uv_index", ""),
    ("uv_index_clear_sky", ""),
    ("is_day", ""),
];

/// What differs between the two APIs that answer with hours.
struct Api {
    variables: &'static [(&'static str, &'static str)],
    forecast_days: u64,
    most_forecast_days: u64,
    /// Hours that the forecast reaches; `None` for those of the air quality model of the point.
    reach: Option<i64>,
}

pub(crate) fn air_quality(
    world: &World,
    request: &Request,
    fault: Option<&Fault>,
    call: u64,
) -> Answer {
    let api = Api { variables: &AIR, forecast_days: 5, most_forecast_days: 7, reach: None };
    hours(&api, world, request, fault, call)
}

pub(crate) fn forecast(
    world: &World,
    request: &Request,
    fault: Option<&Fault>,
    call: u64,
) -> Answer {
    let api = Api {
        variables: &FORECAST,
        forecast_days: 7,
        most_forecast_days: 16,
        reach: Some(16 * 24),
    };
    hours(&api, world, request, fault, call)
}

fn hours(api: &Api, world: &World, request: &Request, fault: Option<&Fault>, call: u64) -> Answer {
    let question = match Question::of(api, request, world.clock.now()) {
        Ok(question) => question,
        Err(reason) => return refusal(400, &reason),
    };
    let mut places: Vec<Json> = Vec::new();
    for (index, (lat, lon)) in question.points.iter().enumerate() {
        let timezone = &question.timezones[index.min(question.timezones.len() - 1)];
        let cell = Cell::around(*lat, *lon, question.global, fault);
        places.push(cell.answer(world, &question, timezone, index, fault, call));
    }
    let one = places.len() == 1;
    Answer::json(200, if one { places.remove(0) } else { Json::List(places) })
}

struct Question {
    /// Latitude, longitude.
    points: Vec<(f64, f64)>,
    hourly: Vec<(&'static str, &'static str)>,
    current: Vec<(&'static str, &'static str)>,
    timezones: Vec<Zone>,
    /// Days before today and after it, or two dates.
    span: Span,
    unix: bool,
    global: bool,
    reach: Option<i64>,
    now: DateTime<FixedOffset>,
}

enum Zone {
    /// That of the point.
    Auto,
    Named(Tz),
}

enum Span {
    Around { past: u64, ahead: u64 },
    Dates(NaiveDate, NaiveDate),
}

impl Question {
    fn of(api: &Api, request: &Request, now: DateTime<FixedOffset>) -> Result<Self, String> {
        const UNDERSTOOD: [&str; 14] = [
            "latitude",
            "longitude",
            "hourly",
            "current",
            "timezone",
            "timeformat",
            "past_days",
            "forecast_days",
            "start_date",
            "end_date",
            "domains",
            "models",
            "cell_selection",
            "apikey",
        ];
        // The real one ignores what it does not know; here a slip of the pen must show.
        let unknown = |(name, _): &&(String, String)| !UNDERSTOOD.contains(&name.as_str());
        if let Some((name, _)) = request.query.iter().find(unknown) {
            return Err(format!("The parameter '{name}' is not replayed."));
        }
        let lats = coordinates(request, "latitude", 90.0)?;
        let lons = coordinates(request, "longitude", 180.0)?;
        if lats.len() != lons.len() {
            return Err("Parameter 'latitude' and 'longitude' must have the same number of \
                        elements"
                .to_owned());
        }
        if lats.len() > 1000 {
            return Err("Only up to 1000 locations can be requested at once".to_owned());
        }
        let timezones = list(request, "timezone")
            .map(|name| match name {
                "auto" => Ok(Zone::Auto),
                name => name.parse().map(Zone::Named).map_err(|_| "Invalid timezone".to_owned()),
            })
            .collect::<Result<Vec<Zone>, String>>()?;
        let timezones =
            if timezones.is_empty() { vec![Zone::Named(chrono_tz::GMT)] } else { timezones };
        if timezones.len() > 1 && timezones.len() != lats.len() {
            return Err("Parameter 'timezone' must have the same number of elements as \
                        coordinates"
                .to_owned());
        }
        Ok(Self {
            points: lats.into_iter().zip(lons).collect(),
            hourly: variables(api, request, "hourly")?,
            current: variables(api, request, "current")?,
            timezones,
            span: span(api, request)?,
            unix: match request.parameter("timeformat") {
                None | Some("iso8601") => false,
                Some("unixtime") => true,
                Some(other) => return Err(format!("Invalid timeformat {other}")),
            },
            global: [request.parameter("domains"), request.parameter("models")]
                .contains(&Some("cams_global")),
            reach: api.reach,
            now,
        })
    }
}

fn list<'a>(request: &'a Request, name: &'a str) -> impl Iterator<Item = &'a str> {
    // A list may be written with commas, or as a parameter given several times.
    request
        .query
        .iter()
        .filter(move |(key, _)| key == name)
        .flat_map(|(_, value)| value.split(','))
        .map(str::trim)
        .filter(|item| !item.is_empty())
}

fn coordinates(request: &Request, name: &str, limit: f64) -> Result<Vec<f64>, String> {
    let title = if name == "latitude" { "Latitude" } else { "Longitude" };
    let values = list(request, name)
        .map(|text| match text.parse::<f64>() {
            Ok(value) if value.abs() <= limit => Ok(value),
            Ok(value) => {
                Err(format!("{title} must be in range of -{limit} to {limit}°. Given: {value:?}."))
            }
            Err(_) => Err(format!("Cannot initialize Float from invalid String value {text}")),
        })
        .collect::<Result<Vec<f64>, String>>()?;
    if values.is_empty() { Err(format!("Parameter '{name}' is required")) } else { Ok(values) }
}

fn variables(
    api: &Api,
    request: &Request,
    section: &str,
) -> Result<Vec<(&'static str, &'static str)>, String> {
    list(request, section)
        .map(|name| {
            let known = api.variables.iter().find(|(variable, _)| *variable == name).copied();
            known.ok_or_else(|| {
                format!(
                    "Cannot initialize WeatherVariable from invalid String value {name} for key \
                     {section}"
                )
            })
        })
        .collect()
}

fn span(api: &Api, request: &Request) -> Result<Span, String> {
    let date = |name: &str| {
        request
            .parameter(name)
            .map(|text| text.parse().map_err(|_| format!("Invalid date format in '{name}'")))
            .transpose()
    };
    match (date("start_date")?, date("end_date")?) {
        (Some(first), Some(last)) if first <= last => return Ok(Span::Dates(first, last)),
        (None, None) => {}
        (Some(_), Some(_)) => return Err("End-date must be larger or equals start-date".to_owned()),
        _ => return Err("Both 'start_date' and 'end_date' must be set".to_owned()),
    }
    let days = |name: &str, title: &str, default: u64, most: u64| {
        let Some(text) = request.parameter(name) else { return Ok(default) };
        text.parse()
            .ok()
            .filter(|days| *days <= most)
            .ok_or_else(|| format!("{title} is invalid. Allowed range 0 to {most}. Given {text}."))
    };
    Ok(Span::Around {
        past: days("past_days", "Past days", 0, 92)?,
        ahead: days("forecast_days", "Forecast days", api.forecast_days, api.most_forecast_days)?,
    })
}

/// A cell of the model's grid.
struct Cell {
    lat: f32,
    lon: f32,
    europe: bool,
}

impl Cell {
    fn around(lat: f64, lon: f64, global: bool, fault: Option<&Fault>) -> Self {
        let lat = if fault == Some(&Fault::WrongZone) { lat - 10.0 * lat.signum() } else { lat };
        let inside = (30.0..=72.0).contains(&lat) && (-25.0..=45.0).contains(&lon);
        let europe = inside && !global;
        let (south, west, step) = if europe { (30.0, -25.0, 0.1) } else { (-90.0, -180.0, 0.4) };
        // In 32 bits, as the model does: that is where 4.800001 comes from.
        let snap = |value: f64, from: f32| from + ((value as f32 - from) / step).round() * step;
        Self { lat: snap(lat, south), lon: snap(lon, west), europe }
    }

    /// The first hour without a forecast: that of the last run to be on the servers.
    fn horizon(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let midnight = now.date_naive().and_time(NaiveTime::MIN).and_utc();
        let (runs, hours): (&[(i64, i64)], i64) = if self.europe {
            // Run at 00 UTC, there at 09:30.
            (&[(0, 570)], 97)
        } else {
            (&[(0, 510), (12, 1230)], 121)
        };
        let last = runs
            .iter()
            .rev()
            .find(|(_, there)| now >= midnight + TimeDelta::minutes(*there))
            .map_or(runs[runs.len() - 1].0 - 24, |(run, _)| *run);
        midnight + TimeDelta::hours(last + hours)
    }

    fn answer(
        &self,
        world: &World,
        question: &Question,
        timezone: &Zone,
        index: usize,
        fault: Option<&Fault>,
        call: u64,
    ) -> Json {
        let now = question.now.to_utc();
        let weather = Weather::new(world, f64::from(self.lon), f64::from(self.lat), now);
        let timezone = match timezone {
            Zone::Auto => weather.timezone(),
            Zone::Named(timezone) => *timezone,
        };
        // One offset for the whole answer, also across a change of the clocks.
        let offset = timezone.offset_from_utc_datetime(&now.naive_utc()).fix();
        let time = |hour: DateTime<Utc>| {
            if question.unix {
                Json::Int(hour.timestamp())
            } else {
                Json::Text(hour.with_timezone(&offset).format("%Y-%m-%dT%H:%M").to_string())
            }
        };
        let horizon = match question.reach {
            Some(hours) => hour_of(now) + TimeDelta::hours(hours),
            None => self.horizon(now),
        };
        let value = |variable: &str, hour: DateTime<Utc>| {
            let covered = hour < horizon && (self.europe || !variable.ends_with("_pollen"));
            let value = if covered { weather.value(variable, hour) } else { None };
            Json::or_null(value, |value| match fault {
                Some(Fault::UnknownCode) => Json::Float(-999.0),
                _ => written(variable, value),
            })
        };
        let stamp = Json::text(if question.unix { "unixtime" } else { "iso8601" });

        let mut members = vec![
            ("latitude", Json::single(self.lat)),
            ("longitude", Json::single(self.lon)),
            ("generationtime_ms", Json::Float(0.125 + (call % 97) as f64 / 64.0)),
            ("utc_offset_seconds", Json::Int(offset.local_minus_utc().into())),
            ("timezone", Json::text(timezone.name())),
            ("timezone_abbreviation", Json::Text(abbreviation(offset))),
            ("elevation", Json::Float(weather.elevation())),
        ];
        if index > 0 {
            members.push(("location_id", Json::Int(index as i64)));
        }
        if !question.current.is_empty() {
            let hour = hour_of(now);
            let units = question.current.iter().map(|(name, unit)| (*name, Json::text(*unit)));
            let values = question.current.iter().map(|(name, _)| (*name, value(name, hour)));
            let units = [("time", stamp.clone()), ("interval", Json::text("seconds"))]
                .into_iter()
                .chain(units);
            let values =
                [("time", time(hour)), ("interval", Json::Int(3600))].into_iter().chain(values);
            members.push(("current_units", Json::object(units)));
            members.push(("current", Json::object(values)));
        }
        if !question.hourly.is_empty() {
            let hours = question.hours(offset, fault);
            let units = question.hourly.iter().map(|(name, unit)| (*name, Json::text(*unit)));
            let times = Json::List(hours.iter().map(|hour| time(*hour)).collect());
            let values = question.hourly.iter().map(|(name, _)| {
                (*name, Json::List(hours.iter().map(|hour| value(name, *hour)).collect()))
            });
            let units = [("time", stamp)].into_iter().chain(units);
            members.push(("hourly_units", Json::object(units)));
            members.push(("hourly", Json::object([("time", times)].into_iter().chain(values))));
        }
        Json::object(members)
    }
}

impl Question {
    fn hours(&self, offset: FixedOffset, fault: Option<&Fault>) -> Vec<DateTime<Utc>> {
        let today = self.now.with_timezone(&offset).date_naive();
        let (first, after) = match self.span {
            Span::Around { past, ahead } => (today - Days::new(past), today + Days::new(ahead)),
            Span::Dates(first, last) => (first, last + Days::new(1)),
        };
        let back = Days::new(if fault == Some(&Fault::WrongDate) { 30 } else { 0 });
        let midnight = (first - back).and_time(NaiveTime::MIN) - offset;
        let count = match fault {
            Some(Fault::EmptyFeatures) => 0,
            _ => (after - first).num_hours(),
        };
        let times = if fault == Some(&Fault::DuplicateRows) { 2 } else { 1 };
        (0..count)
            .flat_map(|hour| {
                let moment = midnight.and_utc() + TimeDelta::hours(hour);
                std::iter::repeat_n(moment, times)
            })
            .collect()
    }
}

/// A value as its variable is written: indices whole, UV in twentieths, all else in tenths.
fn written(variable: &str, value: f64) -> Json {
    let in_parts = |parts: f64| Json::Float((value * parts).round() / parts);
    match variable {
        "is_day" => Json::Int(value as i64),
        "uv_index" | "uv_index_clear_sky" => in_parts(20.0),
        "aerosol_optical_depth" => in_parts(100.0),
        _ if variable.starts_with("european_aqi") => Json::Int(value.round() as i64),
        _ => in_parts(10.0),
    }
}

fn abbreviation(offset: FixedOffset) -> String {
    let minutes = offset.local_minus_utc() / 60;
    match (minutes / 60, minutes % 60) {
        (0, 0) => "GMT".to_owned(),
        (hours, 0) => format!("GMT{hours:+}"),
        (hours, minutes) => format!("GMT{hours:+}:{:02}", minutes.abs()),
    }
}

pub(crate) fn search(world: &World, request: &Request, fault: Option<&Fault>, call: u64) -> Answer {
    let count = match request.parameter("count").map(str::parse::<usize>) {
        None => 10,
        Some(Ok(count)) if (1..=100).contains(&count) => count,
        Some(_) => return refusal(400, "Parameter count must be between 1 and 100."),
    };
    let Some(name) = request.parameter("name") else {
        return refusal(400, "Parameter 'name' is required");
    };
    // "Lyon, Rhône": what follows the comma only qualifies.
    let wanted = plain(name.split(',').next().unwrap_or_default().trim());
    let fits = |town: &Town| match wanted.chars().count() {
        0 | 1 => false,
        2 => plain(&town.name) == wanted,
        _ => plain(&town.name).starts_with(&wanted),
    };
    let communes = world.communes.iter().zip(0..).map(|(it, number)| town_of(it, number));
    let mut towns: Vec<Town> =
        communes.chain(world.towns.iter().cloned()).filter(|town| fits(town)).collect();
    towns.sort_by_key(|town| std::cmp::Reverse(town.population));
    towns.truncate(count);
    // After the count, as the real one does: a small count may leave nothing of a country.
    if let Some(wanted) = request.parameter("countryCode") {
        towns.retain(|town| town.country.as_ref().is_some_and(|(code, _)| code == wanted));
    }
    if fault == Some(&Fault::EmptyFeatures) {
        towns.clear();
    }
    let results: Vec<Json> = towns.iter().map(described).collect();
    let mut members = Vec::new();
    if !results.is_empty() {
        members.push(("results", Json::List(results)));
    }
    members.push(("generationtime_ms", Json::Float(0.125 + (call % 97) as f64 / 64.0)));
    Answer::json(200, Json::object(members))
}

fn town_of(commune: &Commune, number: u32) -> Town {
    Town {
        id: 2_980_000 + number,
        name: commune.name.clone(),
        lat: commune.lat,
        lon: commune.lon,
        elevation: Some(100.0),
        country: Some(("FR".to_owned(), "France".to_owned())),
        admin1: Some(format!("Région {}", commune.region)),
        timezone: Some(commune.timezone.name().to_owned()),
        population: Some(commune.population),
        postcodes: commune.postcodes.clone(),
    }
}

fn described(town: &Town) -> Json {
    let mut members = vec![
        ("id", Json::Int(town.id.into())),
        ("name", Json::text(&town.name)),
        ("latitude", Json::Float(town.lat)),
        ("longitude", Json::Float(town.lon)),
    ];
    let mut add = |name, value: Option<Json>| members.extend(value.map(|value| (name, value)));
    let (code, country) = town.country.clone().unzip();
    add("elevation", town.elevation.map(Json::Float));
    add("feature_code", code.is_some().then(|| Json::text("PPL")));
    add("country_id", code.is_some().then_some(Json::Int(3_017_382)));
    add("country_code", code.map(Json::Text));
    add("admin1_id", town.admin1.is_some().then_some(Json::Int(11_071_625)));
    add("admin2_id", town.admin1.is_some().then_some(Json::Int(2_987_410)));
    add("timezone", town.timezone.clone().map(Json::Text));
    add("population", town.population.map(|population| Json::Int(population.into())));
    let postcodes = Some(&town.postcodes).filter(|postcodes| !postcodes.is_empty());
    add("postcodes", postcodes.map(Json::texts));
    add("country", country.map(Json::Text));
    add("admin1", town.admin1.clone().map(Json::Text));
    add("admin2", town.admin1.clone().map(Json::Text));
    Json::object(members)
}
