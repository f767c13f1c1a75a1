//! From what a person types to a saved place.

use std::str::FromStr;

use ecosante_domain::contract::PlaceFound;
use ecosante_domain::place::{Coordinates, Place, PlaceId};
use ecosante_domain::text::Language;

use crate::communes::{self, Commune, Matched};
use crate::engine::{Engine, Result};
use crate::error::EngineError;
use crate::geocoding::{self, Address, Found};
use crate::http::HttpClient;
use crate::store::place::NewPlace;

/// How many suggestions an error gives.
const SUGGESTED: usize = 5;

/// A place that was saved, or was already.
#[derive(Debug, Clone, PartialEq)]
pub struct Added {
    /// The place.
    pub place: Place,
    /// Whether it was saved before under the same name.
    pub already: bool,
}

/// A point as a person writes it, `48.85,2.35`; `None` where it is not two figures.
///
/// # Errors
/// [`EngineError::NotAPoint`] for two figures that are no latitude and longitude.
pub fn point(query: &str) -> Result<Option<Coordinates>> {
    let degrees = |text: &str| f64::from_str(text.trim()).ok();
    let figures = query
        .split_once(',')
        .and_then(|(latitude, longitude)| Some((degrees(latitude)?, degrees(longitude)?)));
    let Some((latitude, longitude)) = figures else { return Ok(None) };
    match Coordinates::new(latitude, longitude) {
        Some(point) => Ok(Some(point)),
        None => Err(EngineError::NotAPoint { query: query.to_owned() }),
    }
}

fn within(commune: &Commune) -> String {
    let departement = &commune.departement;
    if departement.name == departement.region.name {
        return departement.name.to_owned();
    }
    format!("{} ({})", departement.name, departement.region.name)
}

pub(crate) fn commune_found(commune: &Commune) -> PlaceFound {
    PlaceFound {
        name: commune.name.to_owned(),
        within: within(commune),
        add: word_for(commune),
        commune: Some(commune.code.to_owned()),
        postcodes: commune.postcodes().map(str::to_owned).collect(),
        population: Some(u64::from(commune.population)),
    }
}

fn world_found(found: &Found) -> PlaceFound {
    let within = [found.admin.as_deref(), found.country.as_deref()];
    PlaceFound {
        name: found.name.clone(),
        within: within.into_iter().flatten().collect::<Vec<_>>().join(", "),
        add: format!("{:.3},{:.3}", found.coordinates.latitude, found.coordinates.longitude),
        commune: None,
        postcodes: Vec::new(),
        population: found.population,
    }
}

fn address_found(address: Address) -> PlaceFound {
    let Address { label, coordinates, commune } = address;
    PlaceFound {
        name: label,
        within: communes::by_code(&commune).map(within).unwrap_or_default(),
        add: format!("{:.3},{:.3}", coordinates.latitude, coordinates.longitude),
        commune: Some(commune),
        postcodes: Vec::new(),
        population: None,
    }
}

/// Whether a query may be an address: a number with a street, longer than a code or a postcode.
fn may_be_an_address(query: &str) -> bool {
    let query = query.trim();
    query.chars().count() > 6
        && query.contains(|it: char| it.is_ascii_digit())
        && query.contains(char::is_alphabetic)
}

fn label(name: &str, within: &str) -> String {
    if within.is_empty() { name.to_owned() } else { format!("{name}, {within}") }
}

/// Whether a saved place is the one that is to be saved.
fn is_same(place: &Place, new: &NewPlace) -> bool {
    let cell = |at: Option<Coordinates>| at.map(Coordinates::cell_code);
    place.name == new.name
        && match (&place.commune, &new.commune) {
            (Some(one), Some(other)) => one.code == other.code,
            (None, None) => cell(place.coordinates) == cell(new.coordinates),
            _ => false,
        }
}

/// The communes that a query names without doubt; several where five digits are the code of one and
/// the postcode of another.
fn exact(query: &str) -> Vec<&'static Commune> {
    let found = communes::search(query, 40);
    let whole = |commune: &Commune| {
        let digits: String = query.chars().filter(char::is_ascii_digit).collect();
        commune.postcodes().any(|postcode| postcode == digits)
    };
    let written = communes::normalise(query);
    let found: Vec<_> = found
        .into_iter()
        .filter(|found| match found.matched {
            // The beginning of a postcode names many communes.
            Matched::Postcode => whole(found.commune),
            // A commune of the past is only meant by its very name: Bruxelles is not Brunelles. A
            // département may follow, an article be left out.
            Matched::FormerName { name } => {
                let name = communes::normalise(name);
                let (article, rest) = name.split_once(' ').unwrap_or_default();
                let bare = matches!(article, "l" | "la" | "le" | "les").then_some(rest);
                written.starts_with(&name) || bare.is_some_and(|bare| written.starts_with(bare))
            }
            _ => true,
        })
        .collect();
    let by = |wanted: fn(&Matched) -> bool| {
        let mut communes: Vec<&'static Commune> = Vec::new();
        for found in found.iter().filter(|found| wanted(&found.matched)) {
            if !communes.iter().any(|known| known.code == found.commune.code) {
                communes.push(found.commune);
            }
        }
        communes
    };
    let kinds: [fn(&Matched) -> bool; 3] = [
        |matched| matches!(matched, Matched::Code | Matched::Postcode),
        |matched| matches!(matched, Matched::Name | Matched::Arrondissement { .. }),
        |matched| matches!(matched, Matched::FormerName { .. }),
    ];
    kinds.into_iter().map(by).find(|communes| !communes.is_empty()).unwrap_or_default()
}

/// The words that name this commune and no other: its code, unless that is a postcode as well.
fn word_for(commune: &Commune) -> String {
    let alone = |word: &str| matches!(exact(word).as_slice(), [one] if one.code == commune.code);
    let (name, departement) = (commune.name, commune.departement);
    let words = [
        commune.code.to_owned(),
        name.to_owned(),
        format!("{name} {}", departement.code),
        format!("{name}, {}", departement.name),
    ];
    let [code, ..] = &words;
    words.iter().find(|word| alone(word)).unwrap_or(code).clone()
}

impl Engine {
    /// The saved places.
    ///
    /// # Errors
    /// When the data file cannot be read.
    pub fn places(&self) -> Result<Vec<Place>> {
        self.read(|reader| reader.places())
    }

    /// What a person may mean: French communes offline, and where none has just that name, the
    /// world outside France as well. `abroad`: the world is what is meant, and comes first.
    ///
    /// What no commune matches and may be an address is looked for among the addresses of France;
    /// where one is like it, nobody else is asked.
    ///
    /// # Errors
    /// When the data file cannot be read, or the world did not answer where it is meant or nothing
    /// is found offline, or nothing at all is found and the addresses could not be asked for.
    pub async fn search_places(
        &self,
        query: &str,
        abroad: bool,
        language: Language,
    ) -> Result<Vec<PlaceFound>> {
        // A point is never sent as if it were a name.
        if let Some(at) = point(query)? {
            return Ok(vec![PlaceFound {
                name: at.cell_code(),
                within: String::new(),
                add: format!("{:.3},{:.3}", at.latitude, at.longitude),
                commune: None,
                postcodes: Vec::new(),
                population: None,
            }]);
        }
        let offline = communes::search(query, 10);
        let mut found: Vec<_> = offline.iter().map(|found| commune_found(found.commune)).collect();
        if found.is_empty() && may_be_an_address(query) {
            match geocoding::search_addresses(&self.client()?, query).await {
                Ok(addresses) if !addresses.is_empty() => {
                    return Ok(addresses.into_iter().map(address_found).collect());
                }
                Ok(_) => {}
                // What may be an address goes to nobody who knows none.
                Err(error) => return Err(error.into()),
            }
        }
        if (abroad || exact(query).is_empty()) && query.trim().chars().count() > 1 {
            match geocoding::search_world(&self.client()?, query, language).await {
                Ok(world) => {
                    let outside = |found: &&Found| found.country_code.as_deref() != Some("FR");
                    let outside = world.iter().filter(outside).map(world_found);
                    let at = if abroad { 0 } else { found.len() };
                    found.splice(at..at, outside);
                }
                Err(error) if abroad || found.is_empty() => return Err(error.into()),
                Err(error) => tracing::warn!(%error, "search outside France failed"),
            }
        }
        Ok(found)
    }

    /// Saves the place that `query` names: a commune code, a name, or `LATITUDE,LONGITUDE`.
    ///
    /// Where it is, is looked up once; without an answer the place is saved all the same. A point
    /// is sent to the commune register at 0.001°, and where that fails to the geocoding of addresses.
    ///
    /// # Errors
    /// [`EngineError::UnknownPlace`] or [`EngineError::AmbiguousPlace`] with what would be right; a
    /// point whose commune nobody could be asked for; a data file that cannot be written.
    pub async fn add_place(
        &self,
        query: &str,
        name: Option<&str>,
        language: Language,
    ) -> Result<Added> {
        let query = query.trim();
        let mut new = match point(query)? {
            Some(point) => self.at_point(point).await?,
            None => self.named(query, language).await?,
        };
        if let Some(name) = name.map(str::trim).filter(|name| !name.is_empty()) {
            name.clone_into(&mut new.name);
        }
        if let Some(place) = self.places()?.into_iter().find(|place| is_same(place, &new)) {
            return Ok(Added { place, already: true });
        }
        if let (None, Some(commune)) = (new.coordinates, &new.commune) {
            new.coordinates = self.coordinates_of(&commune.code).await?;
        }
        let same = |place: &Place| is_same(place, &new);
        let now = self.now().utc();
        self.write(|writer| {
            // Another process may have saved it meanwhile.
            if let Some(place) = writer.reader().places()?.into_iter().find(same) {
                return Ok(Added { place, already: true });
            }
            let id = writer.add_place(&new, now.timestamp())?;
            let NewPlace { name, commune, coordinates, time_zone } = new.clone();
            let place = Place { id, name, commune, coordinates, time_zone };
            Ok(Added { place, already: false })
        })
    }

    /// Where a commune is; `None` where nobody could say now.
    async fn coordinates_of(&self, code: &str) -> Result<Option<Coordinates>> {
        let client = self.client()?;
        Ok(geocoding::commune_coordinates(&client, code).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "lookup of coordinates failed");
            None
        }))
    }

    async fn at_point(&self, point: Coordinates) -> Result<NewPlace> {
        let client = self.client()?;
        let code = geocoding::commune_of(&client, point).await?;
        if let Some(commune) = code.as_deref().and_then(communes::by_code) {
            return Ok(NewPlace {
                name: commune.name.to_owned(),
                commune: Some(commune.into()),
                coordinates: Some(point),
                time_zone: commune.time_zone(),
            });
        }
        let time_zone = time_zone_at(&client, point).await?;
        Ok(NewPlace { name: point.cell_code(), commune: None, coordinates: Some(point), time_zone })
    }

    async fn named(&self, query: &str, language: Language) -> Result<NewPlace> {
        match exact(query).as_slice() {
            [commune] => Ok(NewPlace {
                name: commune.name.to_owned(),
                commune: Some((*commune).into()),
                coordinates: None,
                time_zone: commune.time_zone(),
            }),
            [] => self.abroad(query, language).await,
            several => Err(EngineError::AmbiguousPlace {
                query: query.to_owned(),
                candidates: several
                    .iter()
                    .take(SUGGESTED)
                    .map(|commune| (label(commune.name, &within(commune)), word_for(commune)))
                    .collect(),
            }),
        }
    }

    async fn abroad(&self, query: &str, language: Language) -> Result<NewPlace> {
        let looks_like_a_code =
            query.len() == 5 && query.chars().skip(2).all(|c| c.is_ascii_digit());
        let client = self.client()?;
        let asked = if looks_like_a_code || query.chars().count() < 2 {
            None
        } else {
            geocoding::search_world(&client, query, language).await.ok()
        };
        let wanted = communes::normalise(query);
        let french = communes::search(query, SUGGESTED);
        let fitting: Vec<&Found> = asked
            .iter()
            .flatten()
            .filter(|found| communes::normalise(&found.name) == wanted)
            .filter(|found| found.country_code.as_deref() != Some("FR"))
            .collect();
        match fitting.as_slice() {
            [found] => Ok(NewPlace {
                name: found.name.clone(),
                commune: None,
                coordinates: Some(found.coordinates),
                time_zone: match found.time_zone {
                    Some(time_zone) => time_zone,
                    None => time_zone_at(&client, found.coordinates).await?,
                },
            }),
            [] => Err(EngineError::UnknownPlace {
                query: query.to_owned(),
                suggestions: french
                    .iter()
                    .map(|found| {
                        let commune = found.commune;
                        (label(commune.name, &within(commune)), word_for(commune))
                    })
                    .collect(),
                world_asked: asked.is_some() || looks_like_a_code,
            }),
            several => Err(EngineError::AmbiguousPlace {
                query: query.to_owned(),
                candidates: several
                    .iter()
                    .take(SUGGESTED)
                    .map(|found| {
                        let found = world_found(found);
                        (label(&found.name, &found.within), found.add)
                    })
                    .collect(),
            }),
        }
    }

    /// The saved place that `query` means: its number, its name, its commune or that one's code.
    ///
    /// # Errors
    /// [`EngineError::NoSuchPlace`], [`EngineError::SeveralPlaces`] with their numbers, or a data
    /// file that cannot be read.
    pub fn place(&self, query: &str) -> Result<Place> {
        let places = self.places()?;
        let wanted = communes::normalise(query);
        let code = communes::by_code(query).map(|commune| commune.code);
        let by_code = |place: &Place| {
            place.commune.as_ref().is_some_and(|commune| Some(commune.code.as_str()) == code)
        };
        let by_id = |place: &Place| place.id.0.to_string() == query;
        let by_name = |place: &Place| communes::normalise(&place.name) == wanted;
        let by_commune = |place: &Place| {
            let commune = place.commune.as_ref();
            commune.is_some_and(|commune| communes::normalise(&commune.name) == wanted)
        };
        let kinds: [&dyn Fn(&Place) -> bool; 4] = [&by_id, &by_name, &by_code, &by_commune];
        let found = kinds.iter().find_map(|kind| {
            let fitting: Vec<&Place> = places.iter().filter(|place| kind(place)).collect();
            (!fitting.is_empty()).then_some(fitting)
        });
        match found.as_deref() {
            Some([place]) => Ok((*place).clone()),
            None | Some([]) => Err(EngineError::NoSuchPlace { query: query.to_owned() }),
            Some(several) => Err(EngineError::SeveralPlaces {
                query: query.to_owned(),
                candidates: several
                    .iter()
                    .map(|place| (place.name.clone(), place.id.0.to_string()))
                    .collect(),
            }),
        }
    }

    /// Removes a saved place; its history and its alerts stay.
    ///
    /// # Errors
    /// When the data file cannot be written.
    pub fn remove_place(&self, place: PlaceId) -> Result<()> {
        self.write(|writer| writer.remove_place(place)).map(drop)
    }
}

/// The time zone of a point outside France.
async fn time_zone_at(client: &HttpClient, point: Coordinates) -> Result<chrono_tz::Tz> {
    Ok(geocoding::time_zone_at(client, point).await?.unwrap_or(chrono_tz::Tz::UTC))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_that_is_suggested_for_a_commune_names_it_alone() {
        // One in a hundred, among them codes that are postcodes and names that several share. The
        // uninhabited territories share names and codes of their own.
        let some = communes::all().iter().filter(|it| it.population > 0).step_by(100);
        let special = ["13001", "69001", "93066", "97411", "40330"];
        let special = special.iter().filter_map(|code| communes::by_code(code));
        for commune in some.chain(special) {
            let word = word_for(commune);
            let codes: Vec<_> = exact(&word).iter().map(|found| found.code).collect();
            assert_eq!(codes, [commune.code], "{word}");
        }
    }

    #[test]
    fn a_town_abroad_is_not_taken_for_a_commune_of_the_past_with_a_name_like_it() {
        let codes = |query| exact(query).iter().map(|found| found.code).collect::<Vec<_>>();
        assert!(codes("Bruxelles").is_empty());
        assert_eq!(codes("Brunelles"), ["28236"]);
        assert_eq!(codes("lomme"), ["59350"]);
    }

    #[test]
    fn a_departement_that_is_its_own_region_is_said_once() {
        let within = |code| communes::by_code(code).map(within);
        assert_eq!(within("97411").as_deref(), Some("La Réunion"));
        assert_eq!(within("69123").as_deref(), Some("Rhône (Auvergne-Rhône-Alpes)"));
    }

    #[test]
    fn a_number_with_a_street_may_be_an_address_and_a_code_or_a_name_is_none() {
        for query in ["12 rue de la République Lyon", "1 rue X", "69002 rue Neuve"] {
            assert!(may_be_an_address(query), "{query}");
            assert!(communes::search(query, 1).is_empty(), "{query} is a commune");
        }
        for query in ["2A004", " 2A004  ", "75013", "Lyon 3", "Villeurbanne", "12 345 678", ""] {
            assert!(!may_be_an_address(query), "{query}");
        }
    }

    #[test]
    fn an_address_is_saved_by_its_point_and_says_its_commune() {
        let found = address_found(Address {
            label: "12 Rue de la République 69002 Lyon".to_owned(),
            coordinates: Coordinates::new(45.7, 4.8357).expect("Lyon"),
            commune: "69123".to_owned(),
        });
        assert_eq!(found.add, "45.700,4.836");
        assert_eq!(found.within, "Rhône (Auvergne-Rhône-Alpes)");
        assert_eq!(found.commune.as_deref(), Some("69123"));
        assert!(point(&found.add).is_ok_and(|point| point.is_some()));
    }

    #[test]
    fn the_beginning_of_a_postcode_names_nothing_without_doubt() {
        assert!(exact("7500").is_empty());
        assert_eq!(exact("75013").len(), 1);
    }
}
