//! The geocoding of the Géoplateforme: addresses of France, made up around the world's communes.

use crate::fault::Fault;
use crate::geoapi::{INSIDE_DEG, plain};
use crate::georisques::CITIES;
use crate::http::{Answer, Request};
use crate::json::Json;
use crate::projection;
use crate::world::{Commune, World};

/// What stands for the street where a point is turned into an address.
const STREET: &str = "Rue de la République";

struct Address<'a> {
    commune: &'a Commune,
    /// Which of the commune's postcodes, from 0; also its arrondissement.
    part: usize,
    number: Option<u32>,
    street: String,
    lon: f64,
    lat: f64,
    score: f64,
}

pub(crate) fn search(world: &World, request: &Request, fault: Option<&Fault>) -> Answer {
    if let Some(refusal) = unknown(request, &["q", "limit", "type", "postcode", "citycode"]) {
        return refusal;
    }
    let query = request.parameter("q").unwrap_or_default().trim();
    let starts_well = query.chars().next().is_some_and(char::is_alphanumeric);
    if !(3..=200).contains(&query.chars().count()) || !starts_well {
        return refused(
            "q: must contain between 3 and 200 chars and start with a letter or a number",
        );
    }
    let Some(limit) = limit(request, 5) else { return refused("limit: must be between 1 and 50") };
    let wanted = format!(" {} ", plain(query));
    let named = |commune: &&Commune| {
        let by_name = wanted.contains(&format!(" {} ", plain(&commune.name)));
        by_name || commune.postcodes.iter().any(|it| wanted.contains(&format!(" {it} ")))
    };
    let mut found: Vec<Address<'_>> =
        world.communes.iter().filter(named).map(|it| meant(it, query)).collect();
    found.truncate(limit);
    collection(found, fault)
}

/// The address that `query` means in a commune.
fn meant<'a>(commune: &'a Commune, query: &str) -> Address<'a> {
    let postcode = |word: &str| commune.postcodes.iter().position(|it| it == word);
    let part = query.split_whitespace().find_map(postcode).unwrap_or(0);
    let name = plain(&commune.name);
    let mut words: Vec<&str> =
        query.split_whitespace().filter(|word| postcode(word).is_none()).collect();
    let number = words.first().and_then(|word| word.parse().ok());
    if number.is_some() {
        words.remove(0);
    }
    let street = words.join(" ");
    let ends =
        street.len().checked_sub(commune.name.len()).filter(|_| plain(&street).ends_with(&name));
    let street = ends.and_then(|end| street.get(..end)).unwrap_or(&street).trim();
    let street = street.trim_end_matches(',').to_owned();
    let (lon, lat) = (commune.lon + 0.001_2, commune.lat + 0.002_3);
    Address { commune, part, number, street, lon, lat, score: 0.9 }
}

pub(crate) fn reverse(world: &World, request: &Request, fault: Option<&Fault>) -> Answer {
    if let Some(refusal) = unknown(request, &["lon", "lat", "limit", "index"]) {
        return refusal;
    }
    let degrees = |name: &str, most: f64| {
        let value = request.parameter(name)?.parse::<f64>().ok()?;
        Some(value).filter(|value| value.abs() <= most)
    };
    let (Some(lon), Some(lat)) = (degrees("lon", 180.0), degrees("lat", 90.0)) else {
        return refused("lon and lat: must be coordinates");
    };
    let Some(limit) = limit(request, 1) else { return refused("limit: must be between 1 and 50") };
    let lat = if fault == Some(&Fault::WrongZone) { lat - 10.0 } else { lat };
    let apart = |it: &Commune| (it.lon - lon).hypot(it.lat - lat);
    let nearest = world.communes.iter().min_by(|a, b| apart(a).total_cmp(&apart(b)));
    let inside = |it: &&Commune| fault == Some(&Fault::WrongZone) || apart(it) <= INSIDE_DEG;
    let found = nearest.filter(inside).map(|commune| Address {
        commune,
        // Some arrondissement, the same for the same point.
        part: (lon.abs() * 1000.0) as usize % commune.postcodes.len().max(1),
        number: Some(12),
        street: STREET.to_owned(),
        lon: lon + 0.000_4,
        lat: lat + 0.000_3,
        score: 0.999,
    });
    collection(found.into_iter().take(limit), fault)
}

fn unknown(request: &Request, known: &[&str]) -> Option<Answer> {
    let other = |(name, _): &&(String, String)| !known.contains(&name.as_str());
    let (name, _) = request.query.iter().find(other)?;
    Some(refused(&format!("{name}: unexpected param")))
}

fn limit(request: &Request, default: usize) -> Option<usize> {
    let Some(text) = request.parameter("limit") else { return Some(default) };
    text.parse().ok().filter(|limit| (1..=50).contains(limit))
}

fn refused(detail: &str) -> Answer {
    Answer::json(
        400,
        Json::object([
            ("code", Json::Int(400)),
            ("detail", Json::texts([detail])),
            ("message", Json::text("Failed parsing query")),
        ]),
    )
}

fn collection<'a>(
    addresses: impl IntoIterator<Item = Address<'a>>,
    fault: Option<&Fault>,
) -> Answer {
    let times = match fault {
        Some(Fault::EmptyFeatures) => 0,
        Some(Fault::DuplicateRows) => 2,
        _ => 1,
    };
    let described = |address: Address<'_>| {
        let feature = feature(&address);
        std::iter::repeat_n(feature, times)
    };
    let features = addresses.into_iter().flat_map(described).collect();
    Answer::json(
        200,
        Json::object([
            ("type", Json::text("FeatureCollection")),
            ("features", Json::List(features)),
        ]),
    )
}

fn feature(address: &Address<'_>) -> Json {
    let commune = address.commune;
    let postcode = commune.postcodes.get(address.part).cloned().unwrap_or_default();
    let name = match address.number {
        Some(number) => format!("{number} {}", address.street),
        None => address.street.clone(),
    };
    // The code of the arrondissement where the commune has some, never that of the city.
    let city = CITIES.iter().find(|(city, ..)| *city == commune.code);
    let code = city.map_or_else(
        || commune.code.clone(),
        |(_, first, _)| (first + address.part as u32).to_string(),
    );
    let label = format!("{name} {postcode} {}", commune.name);
    let context =
        format!("{dep}, Département {dep}, Région {}", commune.region, dep = commune.departement);
    let kind = if address.number.is_some() { "housenumber" } else { "street" };
    let (x, y) = projection::lambert93(address.lon, address.lat);
    let point = Json::List(vec![Json::Float(address.lon), Json::Float(address.lat)]);
    Json::object([
        ("type", Json::text("Feature")),
        ("geometry", Json::object([("type", Json::text("Point")), ("coordinates", point)])),
        (
            "properties",
            Json::object([
                ("label", Json::Text(label)),
                ("score", Json::Float(address.score)),
                ("type", Json::text(kind)),
                ("name", Json::Text(name)),
                ("city", Json::text(&commune.name)),
                ("citycode", Json::Text(code)),
                ("postcode", Json::Text(postcode)),
                ("context", Json::Text(context)),
                ("x", Json::Float((x * 100.0).round() / 100.0)),
                ("y", Json::Float((y * 100.0).round() / 100.0)),
            ]),
        ),
    ])
}
