//! Géorisques: the radon potential of communes.

use crate::fault::Fault;
use crate::http::{Answer, Request};
use crate::json::Json;
use crate::world::World;

/// Codes that one question may name, and rows of a page.
const MOST: usize = 10;

/// Cities that are known by their arrondissements: code, first and last of theirs.
pub(crate) const CITIES: [(&str, u32, u32); 3] =
    [("75056", 75101, 75120), ("69123", 69381, 69389), ("13055", 13201, 13216)];

pub(crate) fn answer(world: &World, request: &Request, fault: Option<&Fault>) -> Answer {
    for (name, _) in &request.query {
        if !["code_insee", "page", "page_size"].contains(&name.as_str()) {
            return refused(&format!("{name} is not taken here."));
        }
    }
    let codes: Vec<&str> = match request.parameter("code_insee") {
        Some(codes) if !codes.is_empty() => codes.split(',').map(str::trim).collect(),
        _ => return refused("code_insee is required."),
    };
    if codes.len() > MOST {
        return refused("At most 10 codes.");
    }
    let number = |name: &str, default: usize| match request.parameter(name) {
        None => Some(default),
        Some(text) => text.parse().ok().filter(|number| *number > 0),
    };
    let (Some(page), Some(size)) = (number("page", 1), number("page_size", MOST)) else {
        return refused("page and page_size are numbers.");
    };
    let mut rows: Vec<(&str, u8)> =
        codes.iter().filter_map(|code| Some((*code, class(world, code)?))).collect();
    match fault {
        Some(Fault::EmptyFeatures) => rows.clear(),
        Some(Fault::WrongZone) => rows = vec![("01999", 1)],
        Some(Fault::UnknownCode) => rows.iter_mut().for_each(|(_, class)| *class = 9),
        Some(Fault::DuplicateRows) => rows = rows.into_iter().flat_map(|row| [row, row]).collect(),
        _ => {}
    }
    let (count, pages) = (rows.len(), rows.len().div_ceil(size).max(1));
    let address = |page: usize| {
        let codes = codes.join(",");
        Json::Text(format!("/api/v1/radon?code_insee={codes}&page={page}&page_size={size}"))
    };
    let described = |(code, class): (&str, u8)| {
        Json::object([
            ("classe_potentiel", Json::Text(class.to_string())),
            ("code_insee", Json::text(code)),
            ("libelle_commune", Json::Null),
        ])
    };
    let data = rows.into_iter().skip((page - 1) * size).take(size).map(described).collect();
    Answer::json(
        200,
        Json::object([
            ("results", Json::Int(count as i64)),
            ("page", Json::Int(page as i64)),
            ("total_pages", Json::Int(pages as i64)),
            ("data", Json::List(data)),
            ("response_code", Json::Int(200)),
            ("message", Json::Null),
            ("next", Json::or_null(Some(page + 1).filter(|next| *next <= pages), address)),
            ("previous", Json::or_null(page.checked_sub(1).filter(|it| *it > 0), address)),
        ]),
    )
}

/// The class of a code: of a city of arrondissements under theirs only.
fn class(world: &World, code: &str) -> Option<u8> {
    if CITIES.iter().any(|(city, ..)| *city == code) {
        return None;
    }
    let number: u32 = code.parse().unwrap_or(0);
    let city = CITIES.iter().find(|(_, first, last)| (*first..=*last).contains(&number));
    world.radon.get(city.map_or(code, |(city, ..)| *city)).copied()
}

fn refused(message: &str) -> Answer {
    Answer::json(
        400,
        Json::object([
            ("data", Json::Null),
            ("response_code", Json::Int(400)),
            ("message", Json::text(message)),
        ]),
    )
}
