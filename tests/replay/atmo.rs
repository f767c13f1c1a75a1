//! The keyless WFS of Atmo France, layers `ind:ind_atmo_2021`, which holds the current publication,
//! and `ind:ind_atmo`, which holds every day since.

use chrono::{DateTime, Days, NaiveTime, TimeZone, Utc};

use crate::cql::{Comparison, Filter};
use crate::fault::{self, Fault};
use crate::http::{self, Answer, Request};
use crate::json::Json;
use crate::projection;
use crate::wfs::{self, Layer, Row, Shape, stamp};
use crate::world::{AirZone, PublishedDay, World};

const LAYER: Layer =
    Layer { name: "ind:ind_atmo_2021", attributes: &ATTRIBUTES, id: "ind_atmo_2021.fid-5b37c0de_" };

const HISTORY: Layer =
    Layer { name: "ind:ind_atmo", attributes: &ATTRIBUTES, id: "ind_atmo.fid-5b37c0de_" };

/// Days before today that the history reaches; the real one goes further.
const HISTORY_DAYS: u64 = 500;

/// The attributes of the layers, in the order in which they are written.
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

pub(crate) fn answer(world: &World, request: &Request, fault: Option<&Fault>, call: u64) -> Answer {
    let now = world.clock.now().to_utc();
    let layer = wfs::parameter(request, "typeNames").or(wfs::parameter(request, "typeName"));
    if layer == Some(HISTORY.name) {
        return history(world, request, fault, (now, call));
    }
    wfs::answer(&LAYER, request, fault, (now, call), || {
        let of_zone = |zone: &AirZone| {
            let mut days = world.published(zone, now);
            if zone.utm {
                days.reverse();
            }
            days.into_iter().map(|day| row(zone, day)).collect::<Vec<_>>()
        };
        world.zones.iter().flat_map(of_zone).collect()
    })
}

/// The real one answers without a filter too, with 285 MB; here that is refused.
fn history(
    world: &World,
    request: &Request,
    fault: Option<&Fault>,
    (now, call): (DateTime<Utc>, u64),
) -> Answer {
    let filter = wfs::parameter(request, "CQL_FILTER").unwrap_or_default();
    // What cannot be parsed is refused below.
    if Filter::parse(filter, &ATTRIBUTES).is_ok_and(|filter| !names_zones(&filter))
        || filter.is_empty()
    {
        let text = "The history is answered by code_zone only.";
        let report = fault::exception("NoApplicableCode", None, text);
        return Answer::new(200, http::XML, report);
    }
    wfs::answer(&HISTORY, request, fault, (now, call), || {
        world.zones.iter().flat_map(|zone| past(world, zone, now)).collect()
    })
}

/// Whether a filter keeps rows of certain zones only.
fn names_zones(filter: &Filter) -> bool {
    match filter {
        Filter::And(one, other) => names_zones(one) || names_zones(other),
        Filter::Or(one, other) => names_zones(one) && names_zones(other),
        Filter::In { property, .. } => property == "code_zone",
        Filter::Compare { property, comparison: Comparison::Equal, .. } => property == "code_zone",
        _ => false,
    }
}

/// The days of one zone, the earliest first: each as the last publication of that day had it, then
/// those of the current one. A day on which nothing was published has no row of its own.
fn past(world: &World, zone: &AirZone, now: DateTime<Utc>) -> Vec<Row> {
    let current = world.published(zone, now);
    let today = now.with_timezone(&zone.timezone).date_naive();
    let first_current = current.first().map_or(today, |day| day.target);
    let mut rows = Vec::new();
    for date in (1..=HISTORY_DAYS).rev().filter_map(|ago| today.checked_sub_days(Days::new(ago))) {
        let midnight = (date + Days::new(1)).and_time(NaiveTime::MIN);
        let midnight = zone.timezone.from_local_datetime(&midnight).earliest();
        let Some(midnight) = midnight.filter(|_| date < first_current) else { continue };
        let last = world.published(zone, midnight.to_utc() - chrono::TimeDelta::seconds(1));
        rows.extend(last.into_iter().find(|day| day.target == date).map(|day| row(zone, day)));
    }
    rows.extend(current.into_iter().map(|day| row(zone, day)));
    rows
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
    Row { attributes, shape: Shape::Point([zone.lon, zone.lat]) }
}
