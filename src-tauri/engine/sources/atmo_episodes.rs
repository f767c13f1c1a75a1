//! The pollution episodes that the agencies announce, from the open layer of Atmo France.
//!
//! The layer holds one row per zone, pollutant and day, also where nothing is announced. A zone is a
//! région, a département or an area of an agency's own (a basin, a valley). Région 11 is
//! Île-de-France and département 11 is Aude, so a code alone says nothing; which communes lie in an
//! area of an agency's own is not said at all, and is asked by position.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use ecosante_domain::metric::{Metric, Pollutant};
use ecosante_domain::place::{CommuneRef, Place, PlaceId};
use ecosante_domain::reading::{Basis, Reading, Source, Target};
use ecosante_domain::scale::Scale;

use super::wfs::{self, Field, Head, ZoneRow, first_day};
use super::{Fetching, Harvest, Nearness, PlaceZone, Publisher};
use crate::communes::{self, Departement, Region, normalise};
use crate::http::{FetchError, HttpClient};
use crate::upstream::{EpisodeZones, Upstream};

/// The publisher of pollution episodes.
#[derive(Debug, Clone, Copy)]
pub struct AtmoEpisodes;

impl Publisher for AtmoEpisodes {
    fn source(&self) -> Source {
        Source::AtmoEpisodes
    }

    fn serves(&self, place: &Place) -> bool {
        place.has_air_agency()
    }

    fn fetch<'a>(
        &'a self,
        http: &'a HttpClient,
        places: &'a [Place],
        now: DateTime<Utc>,
    ) -> Fetching<'a> {
        Box::pin(fetch(http, places, now))
    }
}

async fn fetch(
    http: &HttpClient,
    places: &[Place],
    now: DateTime<Utc>,
) -> Result<Harvest, FetchError> {
    let served: Vec<&Place> = places.iter().filter(|place| place.commune.is_some()).collect();
    let Some(since) = first_day(&served, now) else { return Ok(Harvest::default()) };
    let answer = http.get(&Upstream::episodes(EpisodeZones::All, since)).await?;
    let mut harvest = parse_france(&answer.body, &served, now)?;
    // Where nothing is published for anybody there is nothing to look for.
    if !Layer::read(&answer.body)?.is_empty() {
        // The areas around the places that lie in no zone by name.
        let question = |point, since| Upstream::episodes(EpisodeZones::Around(point), since);
        wfs::look_around(http, &served, now, question, parse_around, &mut harvest).await;
    }
    Ok(harvest)
}

/// Reads the answer to [`EpisodeZones::All`] for the communes of `places`.
///
/// Levels are on [`Scale::Episode`]; the note is the state in the agency's own words. A place may
/// have several zones: its département comes before its région. A place that lies in no zone by name
/// gets a [`PlaceZone`] without zone; places without commune are passed over.
///
/// # Errors
///
/// Those of JSON, and [`FetchError::Schema`] where a row that a place uses is malformed, where the
/// answer is only a part, where there are rows and none is of a day that was asked for, or where no
/// state of any row can be understood.
///
/// ```
/// use ecosante_domain::metric::{Metric, Pollutant};
/// use ecosante_engine::sources::atmo_episodes::parse_france;
/// # use ecosante_domain::place::{Place, PlaceId};
/// # use ecosante_engine::communes;
/// # let paris = communes::by_code("75056").expect("a commune");
/// # let place = Place {
/// #     id: PlaceId(1),
/// #     name: "Home".to_owned(),
/// #     commune: Some(paris.into()),
/// #     coordinates: None,
/// #     time_zone: paris.time_zone(),
/// # };
///
/// let body = br#"{"type": "FeatureCollection", "features": [{
///     "type": "Feature", "id": "alrt3j.fid-1", "geometry": null, "properties": {
///         "code_zone": "11", "lib_zone": "ILE-DE-FRANCE", "lib_pol": "PM10", "code_pol": "5",
///         "date_ech": "2026-10-04", "date_maj": "2026-10-03T13:29:04.796Z",
///         "etat": "ALERTE"}
/// }], "totalFeatures": 1, "numberMatched": 1, "numberReturned": 1, "crs": null}"#;
///
/// let harvest = parse_france(body, &[&place], "2026-10-04T14:00:00Z".parse()?)?;
/// let [reading] = &harvest.readings[..] else { panic!("one zone, one pollutant, one day") };
/// assert_eq!(reading.metric, Metric::Episode(Pollutant::Pm10));
/// // 1 none, 2 information, 3 alert; in the agency's own words as well.
/// assert_eq!((reading.level, reading.note.as_deref()), (Some(3), Some("ALERTE")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn parse_france(
    body: &[u8],
    places: &[&Place],
    now: DateTime<Utc>,
) -> Result<Harvest, FetchError> {
    let Some(since) = first_day(places, now) else { return Ok(Harvest::default()) };
    let layer = Layer::read(body)?;
    let zones = zones(&layer, since)?;
    let mut parts = Vec::new();
    for place in places {
        let Some(home) = place.commune.as_ref().map(departement) else { continue };
        let mine = by_rank(&zones, |area| area.rank_at(home?));
        parts.push(Harvest::of_zones(place, mine, Nearness::Region, since, now)?);
    }
    Ok(Harvest::joined(parts))
}

/// Régions that one cell of 0.1° may meet: where more are answered, the filter was not applied.
const MOST_REGIONS_AROUND: usize = 4;

/// Reads the answer to [`EpisodeZones::Around`] for places of one cell: every area that meets it,
/// but for the régions and départements of others.
///
/// # Errors
///
/// As [`parse_france`]; also where the zones lie in more régions than meet anywhere.
pub fn parse_around(
    body: &[u8],
    places: &[&Place],
    now: DateTime<Utc>,
) -> Result<Harvest, FetchError> {
    let Some(since) = first_day(places, now) else { return Ok(Harvest::default()) };
    let layer = Layer::read(body)?;
    let zones = zones(&layer, since)?;
    let regions: BTreeSet<&str> =
        zones.iter().filter_map(|(area, _)| area.region()).map(|region| region.code).collect();
    if regions.len() > MOST_REGIONS_AROUND {
        return Err(FetchError::schema("there are zones from all over France"));
    }
    let mut parts = Vec::new();
    for place in places {
        let Some(home) = place.commune.as_ref().map(departement) else { continue };
        let mine = by_rank(&zones, |area| match area {
            Area::Own => Some(Rank::Around),
            _ => area.rank_at(home?),
        });
        parts.push(Harvest::of_zones(place, mine, Nearness::Nearby, since, now)?);
    }
    Ok(Harvest::joined(parts))
}

/// The episodes of the whole country, for whoever publishes them for others.
#[derive(Debug, Default)]
pub struct NationalEpisodes {
    /// By the code of the département; not those that lie in no zone by name.
    of: BTreeMap<&'static str, Harvest>,
}

impl NationalEpisodes {
    /// Reads the answer to [`EpisodeZones::All`].
    ///
    /// # Errors
    ///
    /// As [`parse_france`].
    pub fn read(body: &[u8], now: DateTime<Utc>) -> Result<Self, FetchError> {
        let departements = communes::departements();
        let place = |(id, departement): (i64, &Departement)| Place {
            id: PlaceId(id),
            ..departement.place()
        };
        let places: Vec<Place> = (0..).zip(departements).map(place).collect();
        let harvest = parse_france(body, &places.iter().collect::<Vec<_>>(), now)?;
        let mut of = BTreeMap::new();
        for (place, departement) in places.iter().zip(departements) {
            let mine = |it: &&PlaceZone| it.place == place.id && it.zone.is_some();
            let zones: Vec<PlaceZone> = harvest.zones.iter().filter(mine).cloned().collect();
            let is_mine =
                |it: &&Reading| zones.iter().any(|zone| zone.zone.as_ref() == Some(&it.zone));
            let readings = harvest.readings.iter().filter(is_mine).cloned().collect();
            if !zones.is_empty() {
                of.insert(departement.code, Harvest { readings, zones, incomplete: None });
            }
        }
        Ok(Self { of })
    }

    /// What answers for a place; `None` where it lies in no zone by name: of the areas of an agency's
    /// own nobody says which communes lie in them, and asking around each would be no national
    /// question.
    #[must_use]
    pub fn at(&self, place: &Place) -> Option<Harvest> {
        let commune = place.commune.as_ref().filter(|_| place.has_air_agency())?;
        let mut harvest = self.of.get(commune.departement.as_str())?.clone();
        harvest.zones.iter_mut().for_each(|it| it.place = place.id);
        Some(harvest)
    }

    /// Of how many départements it knows.
    #[must_use]
    pub fn zones(&self) -> usize {
        self.of.len()
    }
}

fn departement(commune: &CommuneRef) -> Option<&'static Departement> {
    communes::by_code(&commune.code)
        .map(|known| known.departement)
        .or_else(|| communes::departements().iter().find(|known| known.code == commune.departement))
}

/// The zones of an answer, each with its rows.
type Zones<'r, 'a> = Vec<(Area, Vec<&'r Row<'a>>)>;

/// The zones of an answer with their rows about a known pollutant, from `since` on.
fn zones<'r, 'a>(layer: &'r Layer<'a>, since: NaiveDate) -> Result<Zones<'r, 'a>, FetchError> {
    // By code and bare name: producers change the spelling, and two agencies may use one code.
    let mut zones: BTreeMap<(String, String), Vec<&Row<'_>>> = BTreeMap::new();
    let (mut of_these_days, mut told, mut understood) = (false, false, false);
    for row in layer.rows().filter(|row| row.may_be_from(Some(since))) {
        of_these_days = true;
        if row.pollutant().is_none() {
            continue;
        }
        told = true;
        understood |= row.etat.text().and_then(level).is_some();
        if let (Some(code), Some(name)) = (row.code(), row.name()) {
            zones.entry((code.into_owned(), bare(name))).or_default().push(row);
        }
    }
    if !of_these_days && !layer.is_empty() {
        return Err(FetchError::schema("no row is of a day that was asked for"));
    }
    if told && !understood {
        return Err(FetchError::schema("no etat of any row is understood"));
    }
    Ok(zones.into_iter().map(|((code, name), rows)| (Area::of(&code, &name), rows)).collect())
}

/// The rows of the zones that have a rank, in the order of their ranks.
fn by_rank<'z, 'r, 'a>(
    zones: &'z Zones<'r, 'a>,
    rank: impl Fn(Area) -> Option<Rank>,
) -> Vec<(Rank, &'z [&'r Row<'a>])> {
    let mut ranked: Vec<(Rank, &[&Row<'_>])> =
        zones.iter().filter_map(|(area, rows)| Some((rank(*area)?, rows.as_slice()))).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked
}

/// The order of the zones of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Departement,
    Region,
    Around,
}

impl Rank {
    fn nearness(self) -> Nearness {
        match self {
            Self::Departement => Nearness::Departement,
            Self::Region => Nearness::Region,
            Self::Around => Nearness::Nearby,
        }
    }
}

/// What a zone is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Area {
    Departement(&'static Departement),
    Region(&'static Region),
    /// An area of an agency's own, wherever it is.
    Own,
}

impl Area {
    /// What the zone of this code and [`bare`] name is.
    ///
    /// Code and name must agree; the name alone is enough where the code is that of no département
    /// and no région. Overseas a département and a région may share their name.
    fn of(code: &str, name: &str) -> Self {
        let all = communes::departements();
        let own_code = !all.iter().any(|it| it.code == code || it.region.code == code);
        let is = |its_code: &str, its_name: &str| {
            (its_code == code || own_code) && bare(its_name) == name
        };
        let departement = all.iter().find(|it| is(it.code, it.name)).map(Self::Departement);
        let region = || all.iter().map(|it| it.region).find(|it| is(it.code, it.name));
        departement.or_else(|| region().map(Self::Region)).unwrap_or(Self::Own)
    }

    fn rank_at(self, home: &Departement) -> Option<Rank> {
        match self {
            Self::Departement(it) => (it.code == home.code).then_some(Rank::Departement),
            Self::Region(it) => (it.code == home.region.code).then_some(Rank::Region),
            Self::Own => None,
        }
    }

    fn region(self) -> Option<&'static Region> {
        match self {
            Self::Departement(it) => Some(it.region),
            Self::Region(it) => Some(it),
            Self::Own => None,
        }
    }
}

/// The name of a zone as it is compared: normalised, without a leading `département de` or `région`
/// and without article.
fn bare(name: &str) -> String {
    let name = normalise(name);
    let mut rest = name.as_str();
    for kind in ["departement ", "region "] {
        if let Some(of) = rest.strip_prefix(kind) {
            let preposition = ["de la ", "de l ", "des ", "du ", "de ", "d "];
            rest = preposition.iter().find_map(|it| of.strip_prefix(it)).unwrap_or(of);
        }
    }
    let article = ["la ", "le ", "les ", "l "];
    article.iter().find_map(|it| rest.strip_prefix(it)).unwrap_or(rest).to_owned()
}

impl Harvest {
    /// What some zones say for a place, in this order.
    fn of_zones(
        place: &Place,
        found: Vec<(Rank, &[&Row<'_>])>,
        searched: Nearness,
        since: NaiveDate,
        now: DateTime<Utc>,
    ) -> Result<Self, FetchError> {
        let mut harvest = Self::default();
        for (rank, rows) in found {
            let Some(zone) = ZoneEpisodes::read(rows, since, None)? else { continue };
            harvest.zones.push(PlaceZone {
                place: place.id,
                zone: Some(zone.zone.clone()),
                nearness: rank.nearness(),
            });
            harvest.readings.extend(zone.readings(now));
        }
        if harvest.zones.is_empty() {
            harvest.zones.push(PlaceZone { place: place.id, zone: None, nearness: searched });
        }
        Ok(harvest)
    }
}

/// What is announced for one zone, by day and pollutant.
type ZoneEpisodes = wfs::Published<(NaiveDate, Option<Pollutant>), Announcement>;

/// One state. Of two the greater one counts: the later, and of two at the same moment the worse.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Announcement {
    published_at: DateTime<Utc>,
    level: Option<u8>,
    /// The state in the agency's own words; which of several spellings does not matter, but it is
    /// always the same.
    etat: Reverse<String>,
}

impl ZoneEpisodes {
    fn readings(self, now: DateTime<Utc>) -> Vec<Reading> {
        let mut readings = Vec::new();
        for ((date, pollutant), Announcement { published_at, level, etat }) in self.slots {
            let Some(pollutant) = pollutant else { continue };
            readings.push(Reading {
                source: Source::AtmoEpisodes,
                zone: self.zone.clone(),
                metric: Metric::Episode(pollutant),
                scale: Some(Scale::Episode),
                target: Target::Day(date),
                basis: Basis::Official,
                // Words that are not understood are published all the same: what was said before
                // them must not go on counting.
                level,
                value: None,
                published_at: Some(published_at),
                fetched_at: now,
                hours: 1,
                note: Some(etat.0),
            });
        }
        readings
    }
}

type Layer<'a> = wfs::Layer<'a, Row<'a>>;

/// One row, not yet judged: most rows concern nobody.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct Row<'a> {
    #[serde(borrow)]
    code_zone: Field<'a>,
    #[serde(borrow)]
    lib_zone: Field<'a>,
    #[serde(borrow)]
    date_ech: Field<'a>,
    #[serde(borrow)]
    date_maj: Field<'a>,
    /// `code_pol` differs from agency to agency.
    #[serde(borrow)]
    lib_pol: Field<'a>,
    #[serde(borrow)]
    etat: Field<'a>,
}

impl ZoneRow for Row<'_> {
    /// Those of a région or a département.
    const CODE_DIGITS: usize = 2;
    type Slot = (NaiveDate, Option<Pollutant>);
    type Publication = Announcement;

    fn head(&self) -> Head<'_> {
        Head {
            code_zone: &self.code_zone,
            lib_zone: &self.lib_zone,
            date_ech: &self.date_ech,
            date_maj: &self.date_maj,
        }
    }

    fn slot(&self, date: NaiveDate) -> Self::Slot {
        (date, self.pollutant())
    }

    fn publication(&self, published_at: DateTime<Utc>) -> Result<Announcement, FetchError> {
        let etat = match &self.etat {
            Field::Text(etat) => etat.as_ref(),
            Field::Null => "",
            _ => return Err(FetchError::schema("a row whose etat is no text")),
        };
        Ok(Announcement { published_at, level: level(etat), etat: Reverse(etat.to_owned()) })
    }
}

impl Row<'_> {
    fn pollutant(&self) -> Option<Pollutant> {
        self.lib_pol.text().and_then(pollutant)
    }
}

/// The level that a state means on [`Scale::Episode`]; `None` where its words are not known.
fn level(etat: &str) -> Option<u8> {
    let etat = normalise(etat);
    if etat.contains("pas de depassement") {
        Some(1)
    } else if etat.contains("alerte") {
        Some(3)
    } else if etat.contains("information") || etat.contains("recommandation") {
        Some(2)
    } else {
        None
    }
}

/// The pollutant that a name means; `None` where it is of another one, of several, or of particles
/// without their size.
fn pollutant(name: &str) -> Option<Pollutant> {
    let name = normalise(name);
    let words: Vec<&str> = name.split(' ').collect();
    let says = |wanted: &[&str]| words.windows(wanted.len()).any(|words| words == wanted);
    let particles = name.contains("particule");
    let is = |pollutant: &Pollutant| match pollutant {
        Pollutant::Pm25 => {
            says(&["pm25"])
                || says(&["pm2", "5"])
                || says(&["pm", "2", "5"])
                || (particles && says(&["2", "5"]))
        }
        Pollutant::Pm10 => says(&["pm10"]) || says(&["pm", "10"]) || (particles && says(&["10"])),
        Pollutant::No2 => says(&["no2"]) || says(&["dioxyde", "d", "azote"]),
        Pollutant::O3 => says(&["o3"]) || says(&["ozone"]),
        Pollutant::So2 => says(&["so2"]) || says(&["dioxyde", "de", "soufre"]),
    };
    let mut meant = Pollutant::ALL.into_iter().filter(is);
    meant.next().filter(|_| meant.next().is_none())
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;
    use ecosante_domain::place::Coordinates;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::super::testing::gateway_of as gateway;
    use super::*;

    const TODAY: &str = "2026-10-04";
    const NONE: &str = "PAS DE DEPASSEMENT";

    fn now() -> DateTime<Utc> {
        "2026-10-04T14:00:00Z".parse().expect("a moment")
    }

    fn place(id: i64, code: &str, latitude: f64, longitude: f64) -> Place {
        let known = communes::by_code(code).expect("a commune");
        let commune = Some(CommuneRef {
            code: code.to_owned(),
            name: known.name.to_owned(),
            epci: None,
            departement: known.departement.code.to_owned(),
        });
        let coordinates = Coordinates::new(latitude, longitude);
        let time_zone = Tz::Europe__Paris;
        Place { id: PlaceId(id), name: String::new(), commune, coordinates, time_zone }
    }

    fn paris() -> Place {
        place(1, "75056", 48.8589, 2.347)
    }

    /// In the département whose code is that of the région of Paris.
    fn carcassonne() -> Place {
        place(2, "11069", 43.2130, 2.3491)
    }

    fn grenoble() -> Place {
        place(3, "38185", 45.1842, 5.7243)
    }

    fn row(zone: (&str, &str), pollutant: &str, date: &str, etat: &str) -> Value {
        json!({
            "type": "Feature", "id": "alrt3j.fid-1", "geometry": null,
            "properties": {
                "date_maj": "2026-10-03T13:29:04.796Z", "etat": etat, "lib_zone": zone.1,
                "code_zone": zone.0, "lib_pol": pollutant, "code_pol": "7", "date_ech": date,
            },
        })
    }

    const ILE_DE_FRANCE: (&str, &str) = ("11", "ILE-DE-FRANCE");
    const BASIN: (&str, &str) = ("BG", "Bassin grenoblois");

    fn with(mut row: Value, key: &str, value: Value) -> Value {
        row["properties"][key] = value;
        row
    }

    fn without(mut row: Value, key: &str) -> Value {
        row["properties"].as_object_mut().expect("properties").remove(key);
        row
    }

    fn layer(rows: &[Value]) -> Vec<u8> {
        let count = rows.len();
        let layer = json!({
            "type": "FeatureCollection", "features": rows, "totalFeatures": count,
            "numberMatched": count, "numberReturned": count, "crs": null,
        });
        layer.to_string().into_bytes()
    }

    fn parsed(rows: &[Value], places: &[Place]) -> Result<Harvest, FetchError> {
        parse_france(&layer(rows), &places.iter().collect::<Vec<_>>(), now())
    }

    fn around(rows: &[Value], place: &Place) -> Result<Harvest, FetchError> {
        parse_around(&layer(rows), &[place], now())
    }

    /// The names of the zones of a place, in their order.
    fn zones_of<'h>(harvest: &'h Harvest, place: &Place) -> Vec<&'h str> {
        let mine: Vec<_> = harvest.zones.iter().filter(|it| it.place == place.id).collect();
        assert!(!mine.is_empty(), "the place is not answered for");
        assert!(mine.len() == 1 || mine.iter().all(|it| it.zone.is_some()));
        mine.iter().filter_map(|it| it.zone.as_ref()).map(|it| it.name.as_str()).collect()
    }

    fn levels(harvest: &Harvest, pollutant: Pollutant) -> Vec<(String, String, u8)> {
        let of_pollutant =
            harvest.readings.iter().filter(|it| it.metric == Metric::Episode(pollutant));
        of_pollutant
            .filter_map(|it| Some((it.zone.name.clone(), it.target.to_string(), it.level?)))
            .collect()
    }

    fn level_of(etat: &str) -> Option<u8> {
        // Another row is understood, so that one state alone is not a failure.
        let rows = [
            row(ILE_DE_FRANCE, "Ozone", TODAY, etat),
            row(("24", "CENTRE-VAL DE LOIRE"), "Ozone", TODAY, NONE),
        ];
        let harvest = parsed(&rows, &[paris()]).expect("an answer");
        assert_eq!(zones_of(&harvest, &paris()), ["ILE-DE-FRANCE"]);
        let levels = levels(&harvest, Pollutant::O3);
        levels.first().map(|(.., level)| *level)
    }

    #[test]
    fn a_state_is_read_from_its_words_and_unknown_words_are_no_reading() {
        for (etat, level) in [
            (NONE, Some(1)),
            ("Pas de dépassement", Some(1)),
            ("PAS DE DEPASSEMENT DU SEUIL D'ALERTE", Some(1)),
            ("INFORMATION ET RECOMMANDATION", Some(2)),
            ("Procédure d'information-recommandations", Some(2)),
            ("recommandation", Some(2)),
            ("ALERTE SUR PERSISTANCE", Some(3)),
            ("Alerte niveau 1 (information du préfet)", Some(3)),
            ("DEPASSEMENT", None),
            ("", None),
        ] {
            assert_eq!(level_of(etat), level, "{etat:?}");
        }
        let rows = [
            with(row(ILE_DE_FRANCE, "Ozone", TODAY, NONE), "etat", json!(null)),
            row(ILE_DE_FRANCE, "PM10", TODAY, NONE),
        ];
        let harvest = parsed(&rows, &[paris()]).expect("an answer");
        assert_eq!(levels(&harvest, Pollutant::O3), [], "nothing said is not nothing announced");
    }

    #[test]
    fn an_answer_of_which_no_state_is_understood_is_refused() {
        let rows =
            [row(ILE_DE_FRANCE, "Ozone", TODAY, "NIVEAU 2"), row(BASIN, "PM10", TODAY, "NIVEAU 0")];
        for answer in [parsed(&rows, &[paris()]), around(&rows, &paris())] {
            assert_eq!(answer.map_err(|it| it.code()), Err("schema"));
        }
    }

    #[test]
    fn a_reading_says_the_state_in_the_words_of_the_agency() {
        let etat = " Alerte sur persistance ";
        let rows = [
            row(ILE_DE_FRANCE, "Ozone", TODAY, etat),
            row(ILE_DE_FRANCE, "Particules PM10", "2026-10-05", NONE),
        ];
        let harvest = parsed(&rows, &[paris()]).expect("an answer");
        let [ozone, particles] = &harvest.readings[..] else { panic!("{:?}", harvest.readings) };
        assert_eq!(ozone.note.as_deref(), Some(etat));
        assert_eq!((ozone.level, ozone.value), (Some(3), None));
        assert_eq!(
            ozone.zone,
            ecosante_domain::reading::Zone {
                code: "11".to_owned(),
                name: "ILE-DE-FRANCE".to_owned(),
            }
        );
        assert_eq!(ozone.published_at, "2026-10-03T13:29:04.796Z".parse().ok());
        assert_eq!(particles.metric, Metric::Episode(Pollutant::Pm10));
        assert!(harvest.readings.iter().all(|it| {
            it.source == Source::AtmoEpisodes
                && it.scale == Some(Scale::Episode)
                && it.basis == Basis::Official
                && it.fetched_at == now()
        }));
        assert_eq!(harvest.zones[0].nearness, Nearness::Region);
    }

    #[test]
    fn a_pollutant_is_known_by_its_name_in_any_spelling() {
        for (name, expected) in [
            ("PM10", Some(Pollutant::Pm10)),
            ("Particules PM10", Some(Pollutant::Pm10)),
            ("Particules en suspension (PM 10)", Some(Pollutant::Pm10)),
            ("particules inférieures à 10 µm", Some(Pollutant::Pm10)),
            ("PM2,5", Some(Pollutant::Pm25)),
            ("pm2.5", Some(Pollutant::Pm25)),
            ("PM25", Some(Pollutant::Pm25)),
            ("PARTICULES FINES < 2,5 µm", Some(Pollutant::Pm25)),
            ("Ozone", Some(Pollutant::O3)),
            ("OZONE (O3)", Some(Pollutant::O3)),
            ("O₃", Some(Pollutant::O3)),
            ("Dioxyde d'azote", Some(Pollutant::No2)),
            ("DIOXYDE D’AZOTE", Some(Pollutant::No2)),
            ("NO2", Some(Pollutant::No2)),
            ("Dioxyde de soufre", Some(Pollutant::So2)),
            ("SO2", Some(Pollutant::So2)),
            ("Particules", None),
            ("PM10 et PM2,5", None),
            ("Monoxyde de carbone", None),
            ("Oxydes d'azote", None),
            ("", None),
        ] {
            assert_eq!(pollutant(name), expected, "{name:?}");
        }
        let rows = [
            row(ILE_DE_FRANCE, "Monoxyde de carbone", TODAY, "ALERTE"),
            with(row(ILE_DE_FRANCE, "", TODAY, "ALERTE"), "lib_pol", json!(7)),
            row(ILE_DE_FRANCE, "Ozone", TODAY, NONE),
        ];
        let harvest = parsed(&rows, &[paris()]).expect("others are passed over");
        assert_eq!(harvest.readings.len(), 1);
    }

    #[test]
    fn a_region_and_a_departement_that_share_a_code_are_told_apart() {
        let rows = [
            row(ILE_DE_FRANCE, "Ozone", TODAY, "ALERTE"),
            row(("11", "AUDE"), "Ozone", TODAY, NONE),
            row(("76", "Occitanie"), "Ozone", TODAY, "INFORMATION"),
        ];
        let harvest = parsed(&rows, &[paris(), carcassonne()]).expect("an answer");
        assert_eq!(zones_of(&harvest, &paris()), ["ILE-DE-FRANCE"]);
        assert_eq!(zones_of(&harvest, &carcassonne()), ["AUDE", "Occitanie"]);
        // Nor has Seine-Maritime, 76, anything to do with Occitanie.
        let havre = place(4, "76351", 49.4985, 0.1396);
        let harvest = parsed(&rows, std::slice::from_ref(&havre)).expect("an answer");
        assert!(zones_of(&harvest, &havre).is_empty());
    }

    #[test]
    fn the_departement_comes_before_the_region_whatever_their_order() {
        let rows = [
            row(("84", "AUVERGNE-RHONE-ALPES"), "Ozone", TODAY, NONE),
            row(("38", "Isère"), "Ozone", TODAY, "ALERTE"),
        ];
        let reversed = [rows[1].clone(), rows[0].clone()];
        for rows in [rows, reversed] {
            let harvest = parsed(&rows, &[grenoble()]).expect("an answer");
            assert_eq!(zones_of(&harvest, &grenoble()), ["Isère", "AUVERGNE-RHONE-ALPES"]);
        }
    }

    #[test]
    fn a_zone_with_a_code_of_its_own_is_known_by_its_whole_name_only() {
        for (code, name, is_home) in [
            ("A38", "ISERE", true),
            ("A38", "Département de l'Isère", true),
            ("38", "DEPARTEMENT DE L'ISERE", true),
            ("XY", "Région Auvergne-Rhône-Alpes", true),
            ("38", "Bassin grenoblois", false),
            ("A38", "Isère nord", false),
            ("A38", "Haute-Savoie", false),
            // The code of another département.
            ("73", "ISERE", false),
        ] {
            let rows = [row((code, name), "Ozone", TODAY, NONE)];
            let harvest = parsed(&rows, &[grenoble()]).expect("an answer");
            assert_eq!(zones_of(&harvest, &grenoble()).len(), usize::from(is_home), "{name}");
        }
        for (name, commune) in [
            ("DEPARTEMENT DES LANDES", "40192"),
            ("Département du Rhône", "69123"),
            ("departement de la Drome", "26362"),
            ("Les Landes", "40192"),
            ("REUNION", "97411"),
        ] {
            let home = place(5, commune, 0.0, 0.0);
            let rows = [row(("A1", name), "Ozone", TODAY, NONE)];
            let harvest = parsed(&rows, std::slice::from_ref(&home)).expect("an answer");
            assert_eq!(zones_of(&harvest, &home), [name]);
        }
    }

    #[test]
    fn a_code_that_became_a_number_is_still_that_code() {
        let basse_terre = place(6, "97105", 16.0, -61.7);
        let row = with(row(("", "GUADELOUPE"), "PM10", TODAY, NONE), "code_zone", json!(1));
        let harvest = parsed(&[row], std::slice::from_ref(&basse_terre)).expect("an answer");
        assert_eq!(zones_of(&harvest, &basse_terre), ["GUADELOUPE"]);
        assert_eq!(harvest.readings[0].zone.code, "01");
    }

    #[test]
    fn every_region_and_departement_is_known_by_its_code_and_name() {
        for home in communes::departements() {
            let own = Area::of(home.code, &bare(&home.name.to_uppercase()));
            assert_eq!(own.rank_at(home), Some(Rank::Departement), "{}", home.name);
            let region = Area::of(home.region.code, &bare(&home.region.name.to_uppercase()));
            // A collectivity is its own région, by the same code.
            let expected =
                if home.code == home.region.code { Rank::Departement } else { Rank::Region };
            assert_eq!(region.rank_at(home), Some(expected), "{}", home.region.name);
        }
    }

    #[test]
    fn two_spellings_of_a_name_are_one_zone_with_the_later_name() {
        let later = |row| with(row, "date_maj", json!("2026-10-04T11:00:00Z"));
        let rows = [
            row(ILE_DE_FRANCE, "Ozone", "2026-10-03", NONE),
            later(row(("11", "Île-de-France"), "Ozone", TODAY, NONE)),
        ];
        let harvest = parsed(&rows, &[paris()]).expect("an answer");
        assert_eq!(zones_of(&harvest, &paris()), ["Île-de-France"]);
        assert_eq!(harvest.readings.len(), 2);
    }

    #[test]
    fn of_two_rows_of_one_day_the_later_publication_counts_else_the_worse() {
        let row = |etat: &str, maj: &str| {
            with(row(ILE_DE_FRANCE, "Ozone", TODAY, etat), "date_maj", json!(maj))
        };
        let (old, new) = ("2026-10-03T13:29:04Z", "2026-10-04T11:29:04Z");
        for (rows, level) in [
            ([row("ALERTE", old), row(NONE, new)], Some(1)),
            ([row(NONE, new), row("ALERTE", old)], Some(1)),
            ([row(NONE, new), row("INFORMATION", new)], Some(2)),
            ([row("ALERTE", new), row("INFORMATION", new)], Some(3)),
            ([row("ALERTE", old), row("?", new)], None),
        ] {
            let harvest = parsed(&rows, &[paris()]).expect("an answer");
            let levels = levels(&harvest, Pollutant::O3);
            assert_eq!(levels.first().map(|(.., level)| *level), level);
            assert!(levels.len() <= 1);
        }
    }

    #[test]
    fn nothing_published_is_not_a_failure_and_rows_of_other_days_are() {
        let harvest = parsed(&[], &[paris()]).expect("an answer");
        assert!(zones_of(&harvest, &paris()).is_empty());
        let old = row(ILE_DE_FRANCE, "Ozone", "2026-10-02", "ALERTE");
        let error = parsed(std::slice::from_ref(&old), &[paris()]).expect_err("old");
        assert_eq!(error.code(), "schema");
        let rows = [old, row(ILE_DE_FRANCE, "Ozone", "2026-10-03", NONE)];
        let harvest = parsed(&rows, &[paris()]).expect("yesterday still counts");
        let expected = ("ILE-DE-FRANCE".to_owned(), "2026-10-03".to_owned(), 1);
        assert_eq!(levels(&harvest, Pollutant::O3), [expected]);
        let abroad = Place { commune: None, ..paris() };
        let harvest = parsed(&rows, std::slice::from_ref(&abroad)).expect("nobody is served");
        assert_eq!(harvest, Harvest::default());
    }

    #[test]
    fn a_malformed_row_spoils_the_answer_only_where_it_is_used() {
        let good = || row(ILE_DE_FRANCE, "PM10", TODAY, NONE);
        let broken = |zone| {
            let row = || row(zone, "Ozone", TODAY, NONE);
            [
                with(row(), "date_ech", json!("04/10/2026")),
                with(row(), "date_maj", json!("yesterday")),
                with(row(), "etat", json!(3)),
                without(row(), "etat"),
                without(row(), "date_maj"),
                without(row(), "date_ech"),
            ]
        };
        for row in broken(ILE_DE_FRANCE) {
            let error = parsed(&[good(), row.clone()], &[paris()]).expect_err("malformed");
            assert_eq!(error.code(), "schema", "{row}");
        }
        for row in broken(("11", "AUDE")) {
            let harvest = parsed(&[row, good()], &[paris()]).expect("not concerned");
            assert_eq!(harvest.readings.len(), 1);
        }
    }

    #[test]
    fn around_a_place_every_area_counts_but_the_regions_and_departements_of_others() {
        let rows = [
            row(BASIN, "PM10", TODAY, "ALERTE"),
            row(("VG", "Vallée du Grésivaudan"), "PM10", TODAY, NONE),
            row(("73", "SAVOIE"), "PM10", TODAY, "ALERTE"),
            row(("93", "PROVENCE-ALPES-COTE D'AZUR"), "PM10", TODAY, "ALERTE"),
            row(("84", "AUVERGNE-RHONE-ALPES"), "PM10", TODAY, NONE),
        ];
        let harvest = around(&rows, &grenoble()).expect("an answer");
        let expected = ["AUVERGNE-RHONE-ALPES", "Bassin grenoblois", "Vallée du Grésivaudan"];
        assert_eq!(zones_of(&harvest, &grenoble()), expected);
        let nearness: Vec<_> = harvest.zones.iter().map(|it| it.nearness).collect();
        assert_eq!(nearness, [Nearness::Region, Nearness::Nearby, Nearness::Nearby]);
        let harvest = around(&rows[2..4], &grenoble()).expect("an answer");
        assert!(zones_of(&harvest, &grenoble()).is_empty());
        assert_eq!(harvest.readings, []);
    }

    #[test]
    fn an_answer_for_all_of_france_is_no_answer_about_a_cell() {
        let mut rows = vec![row(BASIN, "PM10", TODAY, NONE)];
        let regions: BTreeMap<_, _> =
            communes::departements().iter().map(|it| (it.region.code, it.region.name)).collect();
        rows.extend(regions.into_iter().map(|zone| row(zone, "PM10", TODAY, NONE)));
        let error = around(&rows, &grenoble()).expect_err("the filter was not applied");
        assert_eq!(error.code(), "schema");
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        let xml = b"<?xml version=\"1.0\"?><ows:ExceptionReport/>";
        let read = |body: &[u8]| parse_france(body, &[&paris()], now()).map_err(|it| it.code());
        assert_eq!(read(xml), Err("not-json"));
        for body in ["{}", "[]", "{\"features\":null}", "{\"features\":[1]}"] {
            assert_eq!(read(body.as_bytes()), Err("schema"), "{body}");
        }
    }

    #[tokio::test]
    async fn france_is_asked_for_once_and_each_cell_without_zone_once_more() {
        let neighbour = Place { id: PlaceId(7), ..grenoble() };
        let abroad = Place { id: PlaceId(8), commune: None, ..grenoble() };
        let nowhere = Place { id: PlaceId(9), coordinates: None, ..grenoble() };
        let places = [paris(), grenoble(), neighbour.clone(), abroad.clone(), nowhere.clone()];
        let france = layer(&[
            row(ILE_DE_FRANCE, "Ozone", TODAY, NONE),
            row(BASIN, "Ozone", TODAY, "ALERTE"),
        ]);
        let basin = layer(&[row(BASIN, "Ozone", TODAY, "ALERTE")]);
        let (http, served) = gateway(vec![france, basin]).await;
        let harvest = AtmoEpisodes.fetch(&http, &places, now()).await.expect("an answer");
        assert_eq!(harvest.incomplete, None);
        assert_eq!(zones_of(&harvest, &paris()), ["ILE-DE-FRANCE"]);
        for place in [&grenoble(), &neighbour] {
            assert_eq!(zones_of(&harvest, place), ["Bassin grenoblois"]);
        }
        assert!(zones_of(&harvest, &nowhere).is_empty(), "it cannot be told without coordinates");
        assert!(harvest.zones.iter().all(|it| it.place != abroad.id));
        assert_eq!(levels(&harvest, Pollutant::O3).len(), 2);
        let asked = served.await.expect("requests");
        assert!(asked[0].contains("CQL_FILTER=date_ech%3E%3D%272026-10-03%27"), "{}", asked[0]);
        assert!(asked[1].contains("BBOX%28the_geom,5.65,45.15,5.75,45.25,"), "{}", asked[1]);
    }

    #[tokio::test]
    async fn where_nothing_is_published_for_anybody_nothing_is_looked_for() {
        let (http, served) = gateway(vec![layer(&[])]).await;
        let harvest = AtmoEpisodes.fetch(&http, &[grenoble()], now()).await.expect("an answer");
        assert!(zones_of(&harvest, &grenoble()).is_empty());
        assert_eq!((served.await.expect("requests").len(), harvest.incomplete), (1, None));
    }

    #[tokio::test]
    async fn a_failed_look_around_leaves_the_place_unanswered_and_the_rest_as_it_is() {
        let france = layer(&[row(ILE_DE_FRANCE, "Ozone", TODAY, NONE)]);
        let (http, _served) = gateway(vec![france, b"<ExceptionReport/>".to_vec()]).await;
        let places = [paris(), grenoble(), carcassonne()];
        let harvest = AtmoEpisodes.fetch(&http, &places, now()).await.expect("an answer");
        assert_eq!(harvest.incomplete.as_ref().map(FetchError::code), Some("not-json"));
        assert_eq!(harvest.zones.iter().map(|it| it.place).collect::<Vec<_>>(), [paris().id]);
        assert_eq!(harvest.readings.len(), 1);
    }

    #[test]
    fn the_recorded_answer_is_read_where_it_is_at_hand() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../../shared/payloads/atmo-wfs-alrt3j-ile-de-france-2026-10-04.json"
        );
        let Ok(body) = std::fs::read(path) else { return };
        let places = [&paris(), &carcassonne()];
        let harvest = parse_france(&body, &places, now()).expect("a genuine answer");
        assert_eq!(zones_of(&harvest, &paris()), ["ILE-DE-FRANCE"]);
        assert!(zones_of(&harvest, &carcassonne()).is_empty());
        for pollutant in [Pollutant::No2, Pollutant::O3] {
            let expected = ("ILE-DE-FRANCE".to_owned(), TODAY.to_owned(), 1);
            assert_eq!(levels(&harvest, pollutant), [expected]);
        }
    }

    proptest! {
        #[test]
        fn no_answer_is_read_with_a_panic(body in prop::collection::vec(any::<u8>(), 0..300)) {
            parse_france(&body, &[&paris()], now()).ok();
            parse_around(&body, &[&paris()], now()).ok();
        }

        #[test]
        fn a_damaged_answer_gives_no_level_outside_the_scale(
            damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)
        ) {
            let mut body = layer(&[
                row(ILE_DE_FRANCE, "Ozone", TODAY, NONE),
                row(BASIN, "PM10", TODAY, "ALERTE"),
            ]);
            for (at, byte) in damage {
                let at = at.index(body.len());
                body[at] = byte;
            }
            let answers = [
                parse_france(&body, &[&paris()], now()),
                parse_around(&body, &[&paris()], now()),
            ];
            for reading in answers.into_iter().flatten().flat_map(|it| it.readings) {
                prop_assert!(matches!(reading.level, None | Some(1..=3)));
            }
        }
    }
}
