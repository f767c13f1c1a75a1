//! The keyless WFS of Atmo France, layer `ind:ind_atmo_2021`.

use crate::fault::Fault;
use crate::http::{Answer, Request};
use crate::json::Json;
use crate::projection;
use crate::wfs::{self, Layer, Row, Shape, stamp};
use crate::world::{AirZone, PublishedDay, World};

const LAYER: Layer =
    Layer { name: "ind:ind_atmo_2021", attributes: &ATTRIBUTES, id: "ind_atmo_2021.fid-5b37c0de_" };

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

pub(crate) fn answer(world: &World, request: &Request, fault: Option<&Fault>, call: u64) -> Answer {
    let now = world.clock.now().to_utc();
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
