//! The pollen index of Atmo France and the agencies, from the open layer of Atmo France.
//!
//! The layer holds one row per commune and day, for the mainland and Corsica, of the six taxa that
//! the index has had since April 2025. It is the same server as that of the ATMO index.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use ecosante_domain::metric::{Metric, Taxon};
use ecosante_domain::place::{CommuneRef, Place};
use ecosante_domain::reading::{Basis, Reading, Source, Target};
use ecosante_domain::scale::Scale;

use super::wfs::{self, Field, Head, ZoneRow, first_day, yesterday};
use super::{Fetching, Harvest, Nearness, PlaceZone, Publisher};
use crate::communes;
use crate::http::{FetchError, HttpClient};
use crate::upstream::Upstream;

/// The publisher of the pollen index.
#[derive(Debug, Clone, Copy)]
pub struct AtmoPollen;

/// Places that one request asks for: an address of some 2 kB.
const PLACES_AT_ONCE: usize = 100;

impl Publisher for AtmoPollen {
    fn source(&self) -> Source {
        Source::AtmoPollen
    }

    fn serves(&self, place: &Place) -> bool {
        served(place).is_some()
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

/// The commune of a place that the index covers: on the mainland or in Corsica.
fn served(place: &Place) -> Option<&CommuneRef> {
    let overseas = |code: &str| code.starts_with("97") || code.starts_with("98");
    place.commune.as_ref().filter(|commune| !overseas(&commune.code))
}

/// The code under which the index of a commune is published: arrondissements have none of their own.
fn code(commune: &CommuneRef) -> &str {
    communes::by_code(&commune.code).map_or(&commune.code, |known| known.code)
}

async fn fetch(
    http: &HttpClient,
    places: &[Place],
    now: DateTime<Utc>,
) -> Result<Harvest, FetchError> {
    let places: Vec<&Place> = places.iter().filter(|place| served(place).is_some()).collect();
    let mut harvest = Harvest::default();
    for chunk in places.chunks(PLACES_AT_ONCE) {
        let since = first_day(chunk, now);
        let Some(since) = since else { continue };
        let asked: Vec<&str> = codes(chunk).into_iter().collect();
        let answer = http.get(&Upstream::pollen_index(&asked, since)).await;
        if !harvest.add(answer.and_then(|answer| parse(&answer.body, chunk, now)))? {
            break;
        }
    }
    Ok(harvest)
}

fn codes<'a>(places: &[&'a Place]) -> BTreeSet<&'a str> {
    places.iter().filter_map(|place| served(place)).map(code).collect()
}

/// Reads the answer to [`Upstream::pollen_index`] for `places`.
///
/// Levels are on [`Scale::AtmoPollen2025`], values in grains/m³. A place for which nothing is
/// published gets a [`PlaceZone`] without zone; places that the index does not cover are passed
/// over.
///
/// # Errors
///
/// Those of JSON, and [`FetchError::Schema`] where a row that a place uses is malformed, where the
/// answer is only a part, or where there are rows and none is of a commune and day that was asked
/// for.
pub fn parse(body: &[u8], places: &[&Place], now: DateTime<Utc>) -> Result<Harvest, FetchError> {
    let layer = Layer::read(body)?;
    let asked = codes(places);
    let since = first_day(places, now);
    let mut rows: BTreeMap<String, Vec<&Row<'_>>> = BTreeMap::new();
    for row in layer.rows().filter(|row| row.may_be_from(since)) {
        if let Some(code) = row.code().filter(|code| asked.contains(code.as_ref())) {
            rows.entry(code.into_owned()).or_default().push(row);
        }
    }
    if rows.is_empty() && !layer.is_empty() {
        return Err(FetchError::schema("no row is of a commune and a day that was asked for"));
    }
    let mut parts = Vec::new();
    for place in places {
        let (Some(commune), Some(since)) = (served(place), yesterday(place, now)) else {
            continue;
        };
        let days = match rows.get(code(commune)) {
            Some(mine) => CommuneDays::read(mine, since, Some(&commune.name))?,
            None => None,
        };
        let zone = days.as_ref().map(|days| days.zone.clone());
        parts.push(Harvest {
            readings: days.map(|days| days.readings(now)).unwrap_or_default(),
            zones: vec![PlaceZone { place: place.id, zone, nearness: Nearness::Commune }],
            incomplete: None,
        });
    }
    Ok(Harvest::joined(parts))
}

/// The index of the whole country, for whoever publishes it for others: read from the pages of
/// [`Upstream::national_pollen`].
#[derive(Debug, Default)]
pub struct NationalPollen {
    communes: BTreeMap<String, CommuneDays>,
}

impl NationalPollen {
    /// Adds the rows of a page from the day `since` on.
    ///
    /// # Errors
    ///
    /// Those of JSON, and [`FetchError::Schema`] where most rows cannot be read.
    pub fn add(&mut self, page: &[u8], since: NaiveDate) -> Result<(), FetchError> {
        let layer = Layer::read_page(page)?;
        let key = |row: &Row<'_>| row.code().map(std::borrow::Cow::into_owned);
        for (code, rows) in wfs::readable(layer.rows(), since, key)? {
            let name = communes::by_code(&code).map(|commune| commune.name);
            let Some(days) = CommuneDays::read(&rows, since, name)? else { continue };
            match self.communes.get_mut(&code) {
                Some(known) => known.add(days),
                None => {
                    self.communes.insert(code, days);
                }
            }
        }
        Ok(())
    }

    /// What answers for a place; `None` where the index does not cover it.
    #[must_use]
    pub fn at(&self, place: &Place, now: DateTime<Utc>) -> Option<Harvest> {
        let days = self.communes.get(code(served(place)?));
        let zone = days.map(|days| days.zone.clone());
        Some(Harvest {
            readings: days.map(|days| days.readings(now)).unwrap_or_default(),
            zones: vec![PlaceZone { place: place.id, zone, nearness: Nearness::Commune }],
            incomplete: None,
        })
    }

    /// How many communes it has.
    #[must_use]
    pub fn zones(&self) -> usize {
        self.communes.len()
    }
}

/// What is published for one commune.
type CommuneDays = wfs::Published<NaiveDate, Publication>;

/// The index of one day. Of two publications the greater one counts: the later, and of two at the
/// same moment the worse.
#[derive(Debug, PartialEq, PartialOrd)]
struct Publication {
    published_at: DateTime<Utc>,
    index: Option<u8>,
    levels: [Option<u8>; Taxon::ALL.len()],
    /// In grains/m³, finite and not negative.
    concentrations: [Option<f64>; Taxon::ALL.len()],
    /// The taxa that the index comes from, in the producer's own words.
    responsible: Option<String>,
}

impl CommuneDays {
    fn readings(&self, now: DateTime<Utc>) -> Vec<Reading> {
        let mut readings = Vec::new();
        for (date, day) in &self.slots {
            let reading = |metric: Metric, level: u8| Reading {
                source: Source::AtmoPollen,
                zone: self.zone.clone(),
                metric,
                scale: Some(Scale::AtmoPollen2025),
                target: Target::Day(*date),
                basis: Basis::Official,
                level: Some(level),
                value: None,
                published_at: Some(day.published_at),
                fetched_at: now,
                hours: 1,
                note: None,
            };
            let taxa = Taxon::ALL.into_iter().zip(day.levels).zip(day.concentrations);
            let of_taxa = taxa.filter_map(|((taxon, level), value)| {
                Some(Reading { value, ..reading(Metric::PollenOf(taxon), level?) })
            });
            let of_taxa: Vec<Reading> = of_taxa.collect();
            if let Some(level) = day.index {
                let note = day.responsible.clone();
                readings.push(Reading { note, ..reading(Metric::Pollen, level) });
            }
            readings.extend(of_taxa);
        }
        readings
    }
}

type Layer<'a> = wfs::Layer<'a, Row<'a>>;

/// One row, not yet judged: most rows of a bad answer concern nobody.
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
    #[serde(borrow)]
    code_qual: Field<'a>,
    #[serde(borrow)]
    code_aul: Field<'a>,
    #[serde(borrow)]
    code_boul: Field<'a>,
    #[serde(borrow)]
    code_oliv: Field<'a>,
    #[serde(borrow)]
    code_gram: Field<'a>,
    #[serde(borrow)]
    code_arm: Field<'a>,
    #[serde(borrow)]
    code_ambr: Field<'a>,
    #[serde(borrow)]
    conc_aul: Field<'a>,
    #[serde(borrow)]
    conc_boul: Field<'a>,
    #[serde(borrow)]
    conc_oliv: Field<'a>,
    #[serde(borrow)]
    conc_gram: Field<'a>,
    #[serde(borrow)]
    conc_arm: Field<'a>,
    #[serde(borrow)]
    conc_ambr: Field<'a>,
    #[serde(borrow)]
    pollen_resp: Field<'a>,
}

impl ZoneRow for Row<'_> {
    /// Those of a commune.
    const CODE_DIGITS: usize = 5;
    type Slot = NaiveDate;
    type Publication = Publication;

    fn head(&self) -> Head<'_> {
        Head {
            code_zone: &self.code_zone,
            lib_zone: &self.lib_zone,
            date_ech: &self.date_ech,
            date_maj: &self.date_maj,
        }
    }

    fn slot(&self, date: NaiveDate) -> NaiveDate {
        date
    }

    fn publication(&self, published_at: DateTime<Utc>) -> Result<Publication, FetchError> {
        if matches!(self.code_qual, Field::Absent) {
            return Err(FetchError::schema("a row without code_qual"));
        }
        let mut levels = [None; Taxon::ALL.len()];
        let mut concentrations = [None; Taxon::ALL.len()];
        let slots = levels.iter_mut().zip(&mut concentrations);
        for (taxon, (of_taxon, concentration)) in Taxon::ALL.into_iter().zip(slots) {
            let (code, figure) = self.of(taxon);
            *of_taxon = level(code)?;
            *concentration = figure.number().filter(|it| it.is_finite() && *it >= 0.0);
        }
        let responsible = self.pollen_resp.text().filter(|text| !text.trim().is_empty());
        Ok(Publication {
            published_at,
            index: level(&self.code_qual)?,
            levels,
            concentrations,
            responsible: responsible.map(str::to_owned),
        })
    }
}

impl<'a> Row<'a> {
    /// The code and the concentration of one taxon.
    fn of(&self, taxon: Taxon) -> (&Field<'a>, &Field<'a>) {
        match taxon {
            Taxon::Alder => (&self.code_aul, &self.conc_aul),
            Taxon::Birch => (&self.code_boul, &self.conc_boul),
            Taxon::Olive => (&self.code_oliv, &self.conc_oliv),
            Taxon::Grass => (&self.code_gram, &self.conc_gram),
            Taxon::Mugwort => (&self.code_arm, &self.conc_arm),
            Taxon::Ragweed => (&self.code_ambr, &self.conc_ambr),
        }
    }
}

/// The level in a `code_*` field; `None` where it is unavailable.
fn level(field: &Field<'_>) -> Result<Option<u8>, FetchError> {
    match field.code()? {
        None => Ok(None),
        Some(level @ 1..=6) => Ok(Some(level)),
        Some(_) => Err(FetchError::schema("a row with a code outside 0 to 6")),
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;
    use ecosante_domain::place::PlaceId;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    const TODAY: &str = "2026-05-20";

    fn now() -> DateTime<Utc> {
        "2026-05-20T14:00:00Z".parse().expect("a moment")
    }

    fn place(id: i64, code: &str, name: &str) -> Place {
        let commune = Some(CommuneRef {
            code: code.to_owned(),
            name: name.to_owned(),
            epci: None,
            departement: code.chars().take(2).collect(),
        });
        let time_zone = Tz::Europe__Paris;
        Place { id: PlaceId(id), name: String::new(), commune, coordinates: None, time_zone }
    }

    fn lyon() -> Place {
        place(1, "69123", "Lyon")
    }

    /// A row of which grass is the worst.
    fn row(code: &str, name: &str, date: &str, grass: i64) -> Value {
        json!({
            "type": "Feature", "id": "ind_national_pol.fid-1", "geometry": null,
            "properties": {
                "code_zone": code, "lib_zone": name, "date_ech": date,
                "date_maj": "2026-05-20T10:07:03.267Z", "code_qual": grass,
                "code_aul": 0, "code_boul": 1, "code_oliv": null, "code_gram": grass,
                "code_arm": 1, "code_ambr": 1,
                "conc_aul": 0.7, "conc_boul": 5.5, "conc_oliv": 0, "conc_gram": 62.5,
                "conc_arm": 0, "conc_ambr": null, "pollen_resp": "GRAMINEE BETULA",
            },
        })
    }

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
        parse(&layer(rows), &places.iter().collect::<Vec<_>>(), now())
    }

    fn of<'h>(harvest: &'h Harvest, metric: Metric, date: &str) -> Option<&'h Reading> {
        let mut found = harvest
            .readings
            .iter()
            .filter(|it| it.metric == metric && it.target.to_string() == date);
        let first = found.next();
        assert!(found.next().is_none(), "{metric} is there twice");
        first
    }

    fn zone_of(harvest: &Harvest, place: &Place) -> Option<(String, String)> {
        let found: Vec<_> = harvest.zones.iter().filter(|it| it.place == place.id).collect();
        let [found] = found[..] else { panic!("the place is not answered for once") };
        assert_eq!(found.nearness, Nearness::Commune);
        found.zone.as_ref().map(|it| (it.code.clone(), it.name.clone()))
    }

    #[test]
    fn a_commune_has_the_index_and_each_taxon_with_its_grains() {
        let rows = [row("69123", "Lyon", TODAY, 4), row("69123", "Lyon", "2026-05-21", 3)];
        let harvest = parsed(&rows, &[lyon()]).expect("an answer");
        assert_eq!(zone_of(&harvest, &lyon()), Some(("69123".to_owned(), "Lyon".to_owned())));
        let index = of(&harvest, Metric::Pollen, TODAY).expect("an index");
        assert_eq!((index.level, index.value), (Some(4), None));
        assert_eq!(index.note.as_deref(), Some("GRAMINEE BETULA"), "quoted as it is");
        let grass = of(&harvest, Metric::PollenOf(Taxon::Grass), TODAY).expect("grass");
        assert_eq!((grass.level, grass.value, &grass.note), (Some(4), Some(62.5), &None));
        let ragweed = of(&harvest, Metric::PollenOf(Taxon::Ragweed), TODAY).expect("ragweed");
        assert_eq!((ragweed.level, ragweed.value), (Some(1), None));
        assert!(harvest.readings.iter().all(|it| {
            it.source == Source::AtmoPollen
                && it.scale == Some(Scale::AtmoPollen2025)
                && it.basis == Basis::Official
                && it.fetched_at == now()
                && it.published_at == "2026-05-20T10:07:03.267Z".parse().ok()
        }));
        // Alder is 0 and olive null, whatever their grains.
        assert_eq!(harvest.readings.len(), 2 * 5);
        assert!(of(&harvest, Metric::PollenOf(Taxon::Alder), TODAY).is_none());
        assert!(of(&harvest, Metric::PollenOf(Taxon::Olive), TODAY).is_none());
        assert_eq!(of(&harvest, Metric::Pollen, "2026-05-21").map(|it| it.level), Some(Some(3)));
    }

    #[test]
    fn what_is_unavailable_is_no_reading_and_no_good_air() {
        for code in [json!(0), json!("0"), json!(null)] {
            let row = with(row("69123", "Lyon", TODAY, 3), "code_qual", code);
            let harvest = parsed(&[row], &[lyon()]).expect("an answer");
            assert!(of(&harvest, Metric::Pollen, TODAY).is_none());
            assert!(of(&harvest, Metric::PollenOf(Taxon::Grass), TODAY).is_some());
            assert!(zone_of(&harvest, &lyon()).is_some());
        }
    }

    #[test]
    fn a_figure_that_was_not_measured_is_none_and_no_word_is_no_note() {
        for figure in [json!(-1), json!(null), json!("62.5"), json!([62.5])] {
            let row = with(row("69123", "Lyon", TODAY, 3), "conc_gram", figure.clone());
            let harvest = parsed(&[row], &[lyon()]).expect("an answer");
            let grass = of(&harvest, Metric::PollenOf(Taxon::Grass), TODAY).expect("grass");
            assert_eq!((grass.level, grass.value), (Some(3), None), "{figure}");
        }
        for word in [json!(""), json!(" "), json!(null), json!(3)] {
            let row = with(row("69123", "Lyon", TODAY, 3), "pollen_resp", word.clone());
            let harvest = parsed(&[row], &[lyon()]).expect("an answer");
            let note = of(&harvest, Metric::Pollen, TODAY).map(|it| it.note.clone());
            assert_eq!(note, Some(None), "{word}");
        }
    }

    #[test]
    fn the_index_is_for_the_mainland_and_corsica() {
        for (code, is_served) in
            [("69123", true), ("2A004", true), ("97302", false), ("98818", false)]
        {
            assert_eq!(AtmoPollen.serves(&place(1, code, "")), is_served, "{code}");
        }
        assert!(!AtmoPollen.serves(&Place { commune: None, ..lyon() }));
        let cayenne = place(2, "97302", "Cayenne");
        let rows = [row("69123", "Lyon", TODAY, 3), row("97302", "Cayenne", TODAY, 3)];
        let harvest = parsed(&rows, &[lyon(), cayenne.clone()]).expect("an answer");
        assert!(harvest.zones.iter().all(|it| it.place != cayenne.id));
    }

    #[test]
    fn an_arrondissement_is_asked_for_as_its_city() {
        let places = [place(1, "75113", "Paris"), place(2, "69383", "Lyon"), place(3, "13055", "")];
        let asked = codes(&places.iter().collect::<Vec<_>>());
        assert_eq!(asked.into_iter().collect::<Vec<_>>(), ["13055", "69123", "75056"]);
        let harvest = parsed(&[row("75056", "Paris", TODAY, 2)], &places).expect("an answer");
        let paris = Some(("75056".to_owned(), "Paris".to_owned()));
        assert_eq!(zone_of(&harvest, &places[0]), paris);
        assert_eq!(zone_of(&harvest, &places[1]), None);
    }

    #[test]
    fn nothing_published_is_not_a_failure_and_rows_of_others_are() {
        let harvest = parsed(&[], &[lyon()]).expect("an answer");
        assert_eq!((zone_of(&harvest, &lyon()), harvest.readings.len()), (None, 0));
        for foreign in [
            row("75056", "Paris", TODAY, 2),
            row("69123", "Lyon", "2026-05-18", 2),
            json!({ "type": "Feature", "properties": null }),
            json!({}),
        ] {
            let error = parsed(std::slice::from_ref(&foreign), &[lyon()]).expect_err("foreign");
            assert_eq!(error.code(), "schema", "{foreign}");
            let rows = [foreign, row("69123", "Lyon", TODAY, 3)];
            let harvest = parsed(&rows, &[lyon()]).expect("an answer");
            assert_eq!(harvest.readings.len(), 5);
        }
    }

    #[test]
    fn a_malformed_row_spoils_the_answer_only_where_it_is_used() {
        let good = || row("69123", "Lyon", TODAY, 3);
        let broken = |code: &str| {
            let row = || row(code, "Lyon", TODAY, 3);
            [
                with(row(), "code_qual", json!(7)),
                with(row(), "code_qual", json!(-1)),
                with(row(), "code_gram", json!(2.5)),
                with(row(), "code_gram", json!("fort")),
                with(row(), "code_ambr", json!(9)),
                with(row(), "date_ech", json!("20/05/2026")),
                with(row(), "date_maj", json!(null)),
                with(row(), "lib_zone", json!(3)),
                without(row(), "code_qual"),
                without(row(), "date_maj"),
                without(row(), "date_ech"),
            ]
        };
        for row in broken("69123") {
            let error = parsed(&[good(), row.clone()], &[lyon()]).expect_err("malformed");
            assert_eq!(error.code(), "schema", "{row}");
        }
        for row in broken("75056") {
            let harvest = parsed(&[row, good()], &[lyon()]).expect("not concerned");
            assert_eq!(harvest.readings.len(), 5);
        }
    }

    #[test]
    fn of_two_rows_of_one_day_the_later_publication_counts_else_the_worse() {
        let row =
            |grass, maj: &str| with(row("69123", "Lyon", TODAY, grass), "date_maj", json!(maj));
        let (old, new) = ("2026-05-19T10:07:03Z", "2026-05-20T10:07:03Z");
        for (rows, level) in [
            ([row(5, old), row(2, new)], Some(2)),
            ([row(2, new), row(5, old)], Some(2)),
            ([row(2, new), row(2, new)], Some(2)),
            ([row(2, new), row(4, new)], Some(4)),
            ([row(4, new), row(2, new)], Some(4)),
            ([row(5, old), row(0, new)], None),
        ] {
            let harvest = parsed(&rows, &[lyon()]).expect("an answer");
            assert_eq!(of(&harvest, Metric::Pollen, TODAY).and_then(|it| it.level), level);
        }
    }

    #[test]
    fn places_of_one_commune_share_its_readings() {
        let second = Place { id: PlaceId(9), ..lyon() };
        let rows = [row("69123", "LYON", TODAY, 3), row("69123", "Lyon", "2026-05-21", 3)];
        let harvest = parsed(&rows, &[lyon(), second.clone()]).expect("an answer");
        assert_eq!(harvest.readings.len(), 10);
        assert_eq!(zone_of(&harvest, &lyon()), zone_of(&harvest, &second));
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        let xml = b"<?xml version=\"1.0\"?><ows:ExceptionReport/>";
        assert_eq!(parse(xml, &[&lyon()], now()).map_err(|it| it.code()), Err("not-json"));
        let mut part: Value =
            serde_json::from_slice(&layer(&[row("69123", "Lyon", TODAY, 3)])).expect("json");
        part["totalFeatures"] = json!(2);
        let part = parse(part.to_string().as_bytes(), &[&lyon()], now());
        assert_eq!(part.map_err(|it| it.code()), Err("schema"));
        for body in ["{}", "[]", "{\"features\":null}", "{\"features\":[1]}"] {
            let answer = parse(body.as_bytes(), &[&lyon()], now());
            assert_eq!(answer.map_err(|it| it.code()), Err("schema"), "{body}");
        }
    }

    #[test]
    fn the_recorded_answer_is_read_where_it_is_at_hand() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../../shared/payloads/atmo-wms-ind_national_pol-paris-2025-04-26.json"
        );
        let Ok(body) = std::fs::read(path) else { return };
        let then = "2025-04-26T14:00:00Z".parse().expect("a moment");
        let paris = place(10, "75056", "Paris");
        let harvest = parse(&body, &[&paris], then).expect("a genuine answer");
        let index = of(&harvest, Metric::Pollen, "2025-04-26").expect("an index");
        assert_eq!((index.level, index.note.as_deref()), (Some(2), Some("GRAMINEE")));
        let grass = of(&harvest, Metric::PollenOf(Taxon::Grass), "2025-04-26").expect("grass");
        assert_eq!((grass.level, grass.value), (Some(2), Some(12.9)));
        assert_eq!(harvest.readings.len(), 7);
    }

    proptest! {
        #[test]
        fn no_answer_is_read_with_a_panic(body in prop::collection::vec(any::<u8>(), 0..300)) {
            parse(&body, &[&lyon()], now()).ok();
        }

        #[test]
        fn a_damaged_answer_gives_no_level_outside_the_scale(
            damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)
        ) {
            let mut body = layer(&[row("69123", "Lyon", TODAY, 3)]);
            for (at, byte) in damage {
                let at = at.index(body.len());
                body[at] = byte;
            }
            let readings = parse(&body, &[&lyon()], now()).map(|it| it.readings);
            for reading in readings.into_iter().flatten() {
                prop_assert!(matches!(reading.level, Some(1..=6)));
                prop_assert!(reading.value.is_none_or(|it| it.is_finite() && it >= 0.0));
            }
        }
    }
}
