//! geo.api.gouv.fr: the communes of France.

use crate::fault::Fault;
use crate::http::{self, Answer, Request};
use crate::json::Json;
use crate::world::{Commune, World};

/// Degrees from the centre within which a point is taken to lie in a commune.
pub(crate) const INSIDE_DEG: f64 = 0.12;

/// What is answered when no `fields` are named.
const DEFAULT_FIELDS: &str =
    "nom,code,codesPostaux,siren,codeEpci,codeDepartement,codeRegion,population";

pub(crate) fn answer(world: &World, request: &Request, fault: Option<&Fault>) -> Answer {
    let fields = request.parameter("fields").unwrap_or(DEFAULT_FIELDS);
    if let Some(code) = request.path.strip_prefix("/communes/") {
        return match world.communes.iter().find(|commune| commune.code == code) {
            Some(commune) => Answer::json(200, described(commune, fields, None)),
            None => Answer::new(404, http::PLAIN, "Not Found"),
        };
    }
    match found(world, request) {
        None => Answer::new(400, http::PLAIN, "Bad Request"),
        Some(_) if fault == Some(&Fault::EmptyFeatures) => {
            Answer::json(200, Json::List(Vec::new()))
        }
        Some(found) => {
            let list = found.into_iter().map(|(it, score)| described(it, fields, score));
            Answer::json(200, Json::List(list.collect()))
        }
    }
}

type Found<'a> = Vec<(&'a Commune, Option<f64>)>;

/// What the parameters ask for, `None` when one of them makes no sense.
fn found<'a>(world: &'a World, request: &Request) -> Option<Found<'a>> {
    let mut found: Found = world.communes.iter().map(|commune| (commune, None)).collect();
    let mut limit = usize::MAX;
    let mut by_population = false;
    let mut point = (None, None);
    for (name, value) in &request.query {
        match name.as_str() {
            "code" => found.retain(|(it, _)| it.code == *value),
            "codePostal" => found.retain(|(it, _)| it.postcodes.contains(value)),
            "codeDepartement" => found.retain(|(it, _)| it.departement == *value),
            "codeRegion" => found.retain(|(it, _)| it.region == *value),
            "codeEpci" => found.retain(|(it, _)| it.epci.as_ref() == Some(value)),
            "nom" => {
                let wanted = plain(value);
                found.retain_mut(|(it, score)| {
                    *score = likeness(&plain(&it.name), &wanted);
                    score.is_some()
                });
            }
            "lat" => point.1 = Some(degrees(value, 90.0)?),
            "lon" => point.0 = Some(degrees(value, 180.0)?),
            "limit" => limit = value.parse().ok()?,
            "boost" if value == "population" => by_population = true,
            "format" if value == "json" => {}
            "fields" | "geometry" | "type" | "zone" => {}
            _ => return None,
        }
    }
    match point {
        (None, None) => {}
        (Some(lon), Some(lat)) => {
            let apart = |it: &Commune| (it.lon - lon).hypot(it.lat - lat);
            found.retain(|(it, _)| apart(it) <= INSIDE_DEG);
            found.sort_by(|(a, _), (b, _)| apart(a).total_cmp(&apart(b)));
            found.truncate(1);
        }
        _ => return None,
    }
    found.sort_by(|(a, close), (b, closer)| {
        let by_score = closer.unwrap_or(0.0).total_cmp(&close.unwrap_or(0.0));
        if by_population { b.population.cmp(&a.population) } else { by_score }
    });
    found.truncate(limit);
    Some(found)
}

fn degrees(text: &str, limit: f64) -> Option<f64> {
    text.parse().ok().filter(|value: &f64| value.abs() <= limit)
}

fn likeness(name: &str, wanted: &str) -> Option<f64> {
    let matches = !wanted.is_empty() && name.contains(wanted);
    matches.then(|| wanted.len() as f64 / name.len() as f64)
}

/// Lower case without accents, hyphens or apostrophes.
pub(crate) fn plain(name: &str) -> String {
    name.to_lowercase()
        .chars()
        .map(|letter| match letter {
            'à' | 'â' | 'ä' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'î' | 'ï' => 'i',
            'ô' | 'ö' => 'o',
            'ù' | 'û' | 'ü' => 'u',
            'ç' => 'c',
            '-' | '\'' | '’' => ' ',
            other => other,
        })
        .collect()
}

fn described(commune: &Commune, fields: &str, score: Option<f64>) -> Json {
    let asked: Vec<&str> = fields.split(',').map(str::trim).collect();
    let mut members = vec![("nom", Json::text(&commune.name)), ("code", Json::text(&commune.code))];
    let mut add = |name, value: Option<Json>| {
        members.extend(value.filter(|_| asked.contains(&name)).map(|value| (name, value)));
    };
    add("codesPostaux", Some(Json::texts(&commune.postcodes)));
    add("siren", Some(Json::Text(siren(&commune.code))));
    add("codeEpci", commune.epci.clone().map(Json::Text));
    add("codeDepartement", Some(Json::text(&commune.departement)));
    add("codeRegion", Some(Json::text(&commune.region)));
    add("population", Some(Json::Int(commune.population.into())));
    add(
        "centre",
        Some(Json::object([
            ("type", Json::text("Point")),
            ("coordinates", Json::List(vec![Json::Float(commune.lon), Json::Float(commune.lat)])),
        ])),
    );
    members.extend(score.map(|score| ("_score", Json::Float(score))));
    Json::object(members)
}

/// A number of the right form: 21, the INSEE code stretched to six digits, and a check digit.
fn siren(code: &str) -> String {
    let filler = if code.starts_with("97") { &code[2..3] } else { "0" };
    let digits = format!("21{}{filler}{}", &code[..2], &code[2..]);
    // Luhn: with the check digit to come, every second digit from the right counts double.
    let sum: u32 = digits
        .chars()
        .rev()
        .enumerate()
        .map(|(at, digit)| {
            let value = digit.to_digit(10).unwrap_or(0) * if at % 2 == 0 { 2 } else { 1 };
            value / 10 + value % 10
        })
        .sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

#[cfg(test)]
mod tests {
    use super::siren;

    #[test]
    fn the_siren_of_a_commune_follows_from_its_code() {
        for (code, number) in [("69123", "216901231"), ("44109", "214401093")] {
            assert_eq!(siren(code), number);
        }
    }
}
