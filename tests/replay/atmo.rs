//! The keyless WFS of Atmo France, layer `ind:ind_atmo_2021`.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};

use crate::cql::{self, Filter};
use crate::fault::{self, Fault};
use crate::http::{self, Answer, Request};
use crate::json::Json;
use crate::projection;
use crate::world::{AirZone, PublishedDay, World};

const LAYER: &str = "ind:ind_atmo_2021";

const GEOMETRY: &str = "the_geom";

/// The attributes of the layer, in the order in which they are written.
const ATTRIBUTES: [&str; 20] = [
    "date_maj",
    "code_no2",
    "code_o3",
    "code_pm10",
    "code_pm25",
    "code_qual",
    "code_so2",
    "code_zone",
    "coul_qual",
    "date_dif",
    "date_ech",
    "epsg_reg",
    "lib_qual",
    "lib_zone",
    "source",
    "type_zone",
    "x_reg",
    "x_wgs84",
    "y_reg",
    "y_wgs84",
];

/// Label and colour of the codes 0 to 7; 8 is written like 7.
const LABELS: [(&str, &str); 8] = [
    ("Indisponible", "#DDDDDD"),
    ("Bon", "#50F0E6"),
    ("Moyen", "#50CCAA"),
    ("Dégradé", "#F0E641"),
    ("Mauvais", "#FF5050"),
    ("Très mauvais", "#960032"),
    ("Extrêmement mauvais", "#7D2181"),
    ("Evènement", "#888888"),
];

/// Why a request is not answered: what goes into the exception report.
struct Refused {
    code: &'static str,
    locator: Option<&'static str>,
    text: String,
}

impl Refused {
    fn parameter(locator: &'static str, text: String) -> Self {
        Self { code: "InvalidParameterValue", locator: Some(locator), text }
    }
}

pub(crate) fn answer(world: &World, request: &Request, fault: Option<&Fault>, call: u64) -> Answer {
    match collection(world, request, fault, call) {
        Ok(json) => Answer::json(200, json),
        Err(Refused { code, locator, text }) => {
            Answer::new(200, http::XML, fault::exception(code, locator, &text))
        }
    }
}

/// WFS parameter names are the same in any case.
fn parameter<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    let named = |(key, _): &&(String, String)| key.eq_ignore_ascii_case(name);
    request.query.iter().find(named).map(|(_, value)| value.as_str())
}

struct Question {
    filter: Filter,
    count: usize,
    /// Metres of Web Mercator, which is what the layer is stored in.
    mercator: bool,
    /// What `propertyName` names.
    only: Option<Vec<String>>,
}

impl Question {
    fn of(request: &Request) -> Result<Self, Refused> {
        let service = parameter(request, "service").unwrap_or_default();
        if !service.eq_ignore_ascii_case("WFS") {
            return Err(Refused::parameter("service", format!("No service: ( {service} )")));
        }
        let operation = parameter(request, "request").unwrap_or_default();
        if !operation.eq_ignore_ascii_case("GetFeature") {
            let text = format!("No such operation: {operation}");
            return Err(Refused { code: "OperationNotSupported", locator: None, text });
        }
        let layer = parameter(request, "typeNames").or_else(|| parameter(request, "typeName"));
        if layer != Some(LAYER) {
            let text = format!("Feature type {} unknown", layer.unwrap_or_default());
            return Err(Refused::parameter("typeName", text));
        }
        let format = parameter(request, "outputFormat").unwrap_or("gml");
        if !["application/json", "json"].contains(&format) {
            // The real one would send GML; nobody here can read it.
            let text = format!("No output format: ( {format} )");
            return Err(Refused::parameter("outputFormat", text));
        }
        let srs = parameter(request, "srsName").unwrap_or("EPSG:3857");
        let mercator = match srs.rsplit(':').next() {
            Some("3857") => true,
            Some("4326") => false,
            _ => return Err(Refused::parameter("srsName", format!("No such system: {srs}"))),
        };
        let count = parameter(request, "count").or_else(|| parameter(request, "maxFeatures"));
        let count = count.map_or(Ok(usize::MAX), |count| {
            count.parse().map_err(|_| Refused::parameter("count", format!("Not a number: {count}")))
        })?;
        let only: Option<Vec<String>> = parameter(request, "propertyName")
            .map(|names| names.split(',').map(|name| name.trim().to_owned()).collect());
        let unknown = |name: &&String| *name != GEOMETRY && !ATTRIBUTES.contains(&name.as_str());
        if let Some(name) = only.iter().flatten().find(unknown) {
            let text = format!("Requested property: {name} is not available");
            return Err(Refused::parameter("propertyName", text));
        }
        let filter = match parameter(request, "CQL_FILTER") {
            None => Filter::Everything,
            Some(text) => Filter::parse(text, &ATTRIBUTES).map_err(|error| {
                let text = format!("Could not parse CQL filter list: {error}");
                Refused { code: "NoApplicableCode", locator: None, text }
            })?,
        };
        Ok(Self { filter, count, mercator, only })
    }
}

struct Row {
    attributes: Vec<(&'static str, Json)>,
    lon: f64,
    lat: f64,
}

impl cql::Feature for Row {
    fn property(&self, name: &str) -> Option<&Json> {
        self.attributes.iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    fn position(&self) -> (f64, f64) {
        (self.lon, self.lat)
    }
}

fn collection(
    world: &World,
    request: &Request,
    fault: Option<&Fault>,
    call: u64,
) -> Result<Json, Refused> {
    let question = Question::of(request)?;
    let now = world.clock.now().to_utc();
    let mut rows = Vec::new();
    for zone in &world.zones {
        let mut days = world.published(zone, now);
        if zone.utm {
            days.reverse();
        }
        rows.extend(days.into_iter().map(|day| row(zone, day)));
    }
    match fault {
        Some(Fault::WrongZone) => rows.retain(|row| !question.filter.keeps(row)),
        _ => rows.retain(|row| question.filter.keeps(row)),
    }
    match fault {
        Some(Fault::EmptyFeatures) => rows.clear(),
        Some(Fault::WrongZone) => rows.truncate(2),
        Some(Fault::WrongDate) => rows.iter_mut().for_each(age),
        Some(Fault::DuplicateRows) => {
            rows = rows.into_iter().flat_map(|row| [copy(&row), row]).collect();
        }
        _ => {}
    }
    let matched = rows.len() as i64;
    rows.truncate(question.count);
    let returned = rows.len() as i64;
    let located = question.only.as_ref().is_none_or(|only| only.iter().any(|it| it == GEOMETRY));
    let features = rows
        .into_iter()
        .zip(call * 0x1000..)
        .map(|(row, number)| feature(row, &question, located, now, number))
        .collect();
    let system = if question.mercator { "3857" } else { "4326" };
    let name = Json::Text(format!("urn:ogc:def:crs:EPSG::{system}"));
    let crs = Json::object([
        ("type", Json::text("name")),
        ("properties", Json::object([("name", name)])),
    ]);
    Ok(Json::object([
        ("type", Json::text("FeatureCollection")),
        ("features", Json::List(features)),
        ("totalFeatures", Json::Int(matched)),
        ("numberMatched", Json::Int(matched)),
        ("numberReturned", Json::Int(returned)),
        ("timeStamp", Json::Text(stamp(now))),
        ("crs", if located { crs } else { Json::Null }),
    ]))
}

fn feature(row: Row, question: &Question, located: bool, now: DateTime<Utc>, number: u64) -> Json {
    let (x, y) = if question.mercator {
        let (x, y) = projection::mercator(row.lon, row.lat);
        (rounded(x, 4), rounded(y, 4))
    } else {
        (row.lon, row.lat)
    };
    let point = Json::object([
        ("type", Json::text("Point")),
        ("coordinates", Json::List(vec![Json::Float(x), Json::Float(y)])),
    ]);
    // Neither the attributes nor their order tell one answer from the next; the identifier does.
    let id = format!("ind_atmo_2021.fid-5b37c0de_{:x}_{number:x}", now.timestamp_millis());
    let mut members = vec![
        ("type", Json::text("Feature")),
        ("id", Json::Text(id)),
        ("geometry", if located { point } else { Json::Null }),
    ];
    if located {
        members.push(("geometry_name", Json::text(GEOMETRY)));
    }
    let asked = |name: &str| match &question.only {
        Some(only) => only.iter().any(|it| it == name),
        None => true,
    };
    let attributes = row.attributes.into_iter().filter(|(name, _)| asked(name));
    members.push(("properties", Json::object(attributes)));
    Json::object(members)
}

fn row(zone: &AirZone, day: PublishedDay) -> Row {
    let codes = day.codes;
    let (label, colour) = LABELS[usize::from(codes.overall).min(7)];
    let cased = |text: &str, lower: bool| {
        Json::Text(if lower { text.to_lowercase() } else { text.to_owned() })
    };
    let sub = |code: u8| Json::Int(if zone.sub_codes_withheld { 0 } else { code.into() });
    let issued = if zone.issued_locally {
        let local = day.updated.with_timezone(&zone.timezone);
        local.format("%Y-%m-%dT%H:%M:%SZ").to_string()
    } else {
        day.updated.format("%Y-%m-%dT02:00:00Z").to_string()
    };
    let mainland = zone.timezone == chrono_tz::Europe::Paris;
    let degrees = (zone.lon, zone.lat);
    let regional = if mainland { projection::lambert93(zone.lon, zone.lat) } else { degrees };
    let wgs84 = if zone.utm { projection::utm22(zone.lon, zone.lat) } else { degrees };
    let values = [
        Json::Text(stamp(day.updated)),
        sub(codes.no2),
        sub(codes.o3),
        sub(codes.pm10),
        sub(codes.pm25),
        Json::Int(codes.overall.into()),
        sub(codes.so2),
        Json::text(&zone.code),
        cased(colour, zone.lower_colour),
        Json::Text(issued),
        Json::Text(day.target.to_string()),
        Json::text(if mainland { "2154" } else { "4326" }),
        cased(label, zone.lower_label),
        Json::text(&zone.name),
        Json::text(&zone.source),
        Json::text(&zone.kind),
        Json::Float(regional.0),
        Json::Float(wgs84.0),
        Json::Float(regional.1),
        Json::Float(wgs84.1),
    ];
    let attributes = ATTRIBUTES.into_iter().zip(values).collect();
    Row { attributes, lon: zone.lon, lat: zone.lat }
}

fn copy(row: &Row) -> Row {
    Row { attributes: row.attributes.clone(), lon: row.lon, lat: row.lat }
}

/// Moves the target day thirty days back.
fn age(row: &mut Row) {
    for (name, value) in &mut row.attributes {
        if let ("date_ech", Json::Text(text)) = (*name, value)
            && let Ok(date) = text.parse::<chrono::NaiveDate>()
        {
            *text = (date - TimeDelta::days(30)).to_string();
        }
    }
}

fn stamp(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Millis, true)
}

fn rounded(value: f64, digits: i32) -> f64 {
    let scale = 10_f64.powi(digits);
    (value * scale).round() / scale
}
