//! The keyless WFS of Atmo France, as far as its layers are alike.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};

use crate::cql::{self, Filter};
use crate::fault::{self, Fault};
use crate::http::{self, Answer, Request};
use crate::json::Json;
use crate::projection;

const GEOMETRY: &str = "the_geom";

/// One layer.
pub(crate) struct Layer {
    /// With its work space: `ind:ind_atmo_2021`.
    pub(crate) name: &'static str,
    /// The attributes, in the order in which they are written.
    pub(crate) attributes: &'static [&'static str],
    /// How the identifiers of features begin.
    pub(crate) id: &'static str,
}

/// Where a feature is, in degrees.
#[derive(Clone, Copy)]
pub(crate) enum Shape {
    /// East, north.
    Point([f64; 2]),
    /// West, south, east, north: written as the polygon of a commune or région is, with fewer
    /// corners.
    Area([f64; 4]),
}

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

/// The rows of `layer` that are asked for; the moment and the number of the call go into the answer.
pub(crate) fn answer(
    layer: &Layer,
    request: &Request,
    fault: Option<&Fault>,
    (now, call): (DateTime<Utc>, u64),
    rows: impl FnOnce() -> Vec<Row>,
) -> Answer {
    let question = match Question::of(layer, request) {
        Ok(question) => question,
        Err(Refused { code, locator, text }) => {
            return Answer::new(200, http::XML, fault::exception(code, locator, &text));
        }
    };
    Answer::json(200, collection(layer, &question, fault, (now, call), rows()))
}

/// WFS parameter names are the same in any case.
pub(crate) fn parameter<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    let named = |(key, _): &&(String, String)| key.eq_ignore_ascii_case(name);
    request.query.iter().find(named).map(|(_, value)| value.as_str())
}

struct Question {
    filter: Filter,
    count: usize,
    /// The row to begin with, and the attributes by which rows are ordered: without an order the
    /// layers, which have no key, give no pages.
    start: usize,
    order: Vec<String>,
    /// Metres of Web Mercator, which is what the layer is stored in.
    mercator: bool,
    /// What `propertyName` names.
    only: Option<Vec<String>>,
}

impl Question {
    fn of(of: &Layer, request: &Request) -> Result<Self, Refused> {
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
        if layer != Some(of.name) {
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
        let order: Vec<String> = parameter(request, "sortBy")
            .map(|names| names.split(',').map(|name| name.trim().to_owned()).collect())
            .unwrap_or_default();
        if let Some(name) = order.iter().find(|name| !of.attributes.contains(&name.as_str())) {
            return Err(Refused::parameter("sortBy", format!("No such attribute: {name}")));
        }
        let start = parameter(request, "startIndex").map_or(Ok(0), |start| {
            let refused = || Refused::parameter("startIndex", format!("Not a number: {start}"));
            start.parse().map_err(|_| refused())
        })?;
        if start > 0 && order.is_empty() {
            let text = "Cannot do natural order without a primary key".to_owned();
            return Err(Refused { code: "NoApplicableCode", locator: None, text });
        }
        let only: Option<Vec<String>> = parameter(request, "propertyName")
            .map(|names| names.split(',').map(|name| name.trim().to_owned()).collect());
        let unknown = |name: &&String| *name != GEOMETRY && !of.attributes.contains(&name.as_str());
        if let Some(name) = only.iter().flatten().find(unknown) {
            let text = format!("Requested property: {name} is not available");
            return Err(Refused::parameter("propertyName", text));
        }
        let filter = match parameter(request, "CQL_FILTER") {
            None => Filter::Everything,
            Some(text) => Filter::parse(text, of.attributes).map_err(|error| {
                let text = format!("Could not parse CQL filter list: {error}");
                Refused { code: "NoApplicableCode", locator: None, text }
            })?,
        };
        Ok(Self { filter, count, start, order, mercator, only })
    }
}

pub(crate) struct Row {
    pub(crate) attributes: Vec<(&'static str, Json)>,
    pub(crate) shape: Shape,
}

impl cql::Feature for Row {
    fn property(&self, name: &str) -> Option<&Json> {
        self.attributes.iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    fn extent(&self) -> [f64; 4] {
        match self.shape {
            Shape::Point([lon, lat]) => [lon, lat, lon, lat],
            Shape::Area(extent) => extent,
        }
    }
}

fn collection(
    layer: &Layer,
    question: &Question,
    fault: Option<&Fault>,
    (now, call): (DateTime<Utc>, u64),
    mut rows: Vec<Row>,
) -> Json {
    match fault {
        Some(Fault::WrongZone) => rows.retain(|row| !question.filter.keeps(row)),
        _ => rows.retain(|row| question.filter.keeps(row)),
    }
    match fault {
        Some(Fault::EmptyFeatures) => rows.clear(),
        Some(Fault::WrongZone) => rows.truncate(2),
        Some(Fault::WrongDate) => rows.iter_mut().for_each(age),
        Some(Fault::UnknownCode) => rows.iter_mut().for_each(obscure),
        Some(Fault::DuplicateRows) => {
            rows = rows.into_iter().flat_map(|row| [copy(&row), row]).collect();
        }
        _ => {}
    }
    let matched = rows.len() as i64;
    let key = |row: &Row| -> Vec<String> {
        let value = |name: &String| cql::Feature::property(row, name).map(ordered);
        question.order.iter().filter_map(value).collect()
    };
    if !question.order.is_empty() {
        rows.sort_by_cached_key(key);
    }
    rows.drain(..question.start.min(rows.len()));
    rows.truncate(question.count);
    let returned = rows.len() as i64;
    let located = question.only.as_ref().is_none_or(|only| only.iter().any(|it| it == GEOMETRY));
    let features = rows
        .into_iter()
        .zip(call * 0x1000..)
        .map(|(row, number)| feature(layer, row, question, located, (now, number)))
        .collect();
    let system = if question.mercator { "3857" } else { "4326" };
    let name = Json::Text(format!("urn:ogc:def:crs:EPSG::{system}"));
    let crs = Json::object([
        ("type", Json::text("name")),
        ("properties", Json::object([("name", name)])),
    ]);
    Json::object([
        ("type", Json::text("FeatureCollection")),
        ("features", Json::List(features)),
        ("totalFeatures", Json::Int(matched)),
        ("numberMatched", Json::Int(matched)),
        ("numberReturned", Json::Int(returned)),
        ("timeStamp", Json::Text(stamp(now))),
        ("crs", if located { crs } else { Json::Null }),
    ])
}

fn feature(
    layer: &Layer,
    row: Row,
    question: &Question,
    located: bool,
    (now, number): (DateTime<Utc>, u64),
) -> Json {
    let geometry = geometry(row.shape, question.mercator);
    // Neither the attributes nor their order tell one answer from the next; the identifier does.
    let id = format!("{}{:x}_{number:x}", layer.id, now.timestamp_millis());
    let mut members = vec![
        ("type", Json::text("Feature")),
        ("id", Json::Text(id)),
        ("geometry", if located { geometry } else { Json::Null }),
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

fn geometry(shape: Shape, mercator: bool) -> Json {
    let position = |lon: f64, lat: f64| {
        let (x, y) = if mercator {
            let (x, y) = projection::mercator(lon, lat);
            (rounded(x, 4), rounded(y, 4))
        } else {
            (lon, lat)
        };
        Json::List(vec![Json::Float(x), Json::Float(y)])
    };
    let (kind, coordinates) = match shape {
        Shape::Point([lon, lat]) => ("Point", position(lon, lat)),
        Shape::Area([west, south, east, north]) => {
            let corners =
                [(west, south), (east, south), (east, north), (west, north), (west, south)];
            let ring = corners.map(|(lon, lat)| position(lon, lat));
            let polygon = Json::List(vec![Json::List(ring.into())]);
            ("MultiPolygon", Json::List(vec![polygon]))
        }
    };
    Json::object([("type", Json::text(kind)), ("coordinates", coordinates)])
}

/// A value as rows are ordered by it.
fn ordered(value: &Json) -> String {
    match value {
        Json::Text(text) => text.clone(),
        Json::Int(number) => format!("{number:020}"),
        _ => String::new(),
    }
}

fn copy(row: &Row) -> Row {
    Row { attributes: row.attributes.clone(), shape: row.shape }
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

/// Puts codes and a state that no layer has in the place of those that mean something. The codes
/// of zones and of pollutants are texts, and stay.
fn obscure(row: &mut Row) {
    for (name, value) in &mut row.attributes {
        match value {
            Json::Int(_) if name.starts_with("code_") => *value = Json::Int(42),
            Json::Text(_) if *name == "etat" => *value = Json::text("EN COURS D'EXAMEN"),
            _ => {}
        }
    }
}

/// A moment as the database writes it.
pub(crate) fn stamp(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Millis, true)
}

fn rounded(value: f64, digits: i32) -> f64 {
    let scale = 10_f64.powi(digits);
    (value * scale).round() / scale
}
