//! The weather vigilance of Météo-France itself: with a person's own key the card in force, else
//! the newest card of the open archive, which may lag behind.
//!
//! A card has today and tomorrow (before the first of a day, today alone), in each every domain,
//! in each every phenomenon with its slots. Floods have none: they hold for the whole period.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use ecosante_domain::place::Place;
use ecosante_domain::reading::Source;
use serde::Deserialize;
use serde_json::Value;

use super::vigilance::{self, Code, Slot};
use super::{Fetching, Harvest, Publisher};
use crate::http::{self, FetchError, HttpClient};
use crate::upstream::Upstream;

/// The publisher of the official vigilance.
#[derive(Debug, Clone, Copy)]
pub struct MeteoFrance;

/// The age from which a card is not told as the present. A card comes at 04:00 and 14:00 UTC at
/// least; the archive has been found two weeks behind.
const OLDEST: TimeDelta = TimeDelta::hours(13);

/// How far the producer's clock may be ahead of this device's.
const AHEAD: TimeDelta = TimeDelta::hours(1);

/// The file of a card in its folder of the archive.
const CARD: &str = "CDP_CARTE_EXTERNE.json";

impl Publisher for MeteoFrance {
    fn source(&self) -> Source {
        Source::MeteoFrance
    }

    fn serves(&self, place: &Place) -> bool {
        vigilance::serves(place)
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
    let served: Vec<&Place> = places.iter().filter(|place| vigilance::serves(place)).collect();
    if served.is_empty() {
        return Ok(Harvest::default());
    }
    parse_card(&card(http, now).await?, &served, now)
}

/// Asks for the card in force, as far as it can be had.
///
/// # Errors
/// Those of the requests, and of [`newest_folder`].
pub(super) async fn card(http: &HttpClient, now: DateTime<Utc>) -> Result<Vec<u8>, FetchError> {
    let question = match http.meteo_france_key() {
        Some(key) => Upstream::vigilance_card(key),
        None => {
            let tree = http.get(&Upstream::vigilance_tree()).await?;
            Upstream::vigilance_archived(newest_folder(&tree.body, now)?)
        }
    };
    Ok(http.get(&question).await?.body)
}

/// Reads the vigilance of the whole country from a card.
///
/// # Errors
/// As [`parse_card`].
pub fn parse_national(
    body: &[u8],
    now: DateTime<Utc>,
) -> Result<vigilance::NationalVigilance, FetchError> {
    let places = vigilance::everywhere();
    let harvest = parse_card(body, &places.iter().collect::<Vec<_>>(), now)?;
    Ok(vigilance::NationalVigilance::of(Source::MeteoFrance, harvest))
}

/// The newest folder with a card in the tree of the archive.
///
/// The tree is documented by a client's extract of October 2026 only, as year, month, day and
/// `HHMMSS` (UTC) in each other with a list of files; unverified otherwise. So everything is taken
/// that looks like such a folder: nested objects, objects with a `name`, paths. Folders that list
/// files but no card (texts come alone at times) are passed over, as are those of the future.
///
/// # Errors
/// Those of JSON, [`FetchError::Schema`] where there is no such folder, and
/// [`FetchError::Outdated`] where the newest is older than 13 hours.
pub fn newest_folder(body: &[u8], now: DateTime<Utc>) -> Result<DateTime<Utc>, FetchError> {
    let tree: Value = http::json(body)?;
    let mut newest = None;
    walk(&tree, &Trail::default(), &mut |folder| {
        if folder <= now + AHEAD {
            newest = newest.max(Some(folder));
        }
    });
    let newest = newest.ok_or_else(|| FetchError::schema("a tree without any card"))?;
    current(newest, now).map(|()| newest)
}

fn current(published_at: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), FetchError> {
    if now - published_at > OLDEST { Err(FetchError::Outdated) } else { Ok(()) }
}

/// What lies above a value of the tree.
#[derive(Debug, Clone, Default)]
struct Trail {
    /// The parts of the path that are figures.
    figures: Vec<String>,
    /// The part of it that is a file.
    file: Option<String>,
}

impl Trail {
    fn with(&self, path: &str) -> Self {
        let mut longer = self.clone();
        for part in path.split('/').filter(|part| !part.is_empty()) {
            if part.bytes().all(|it| it.is_ascii_digit()) {
                longer.figures.push(part.to_owned());
            } else if part.contains('.') {
                longer.file = Some(part.to_owned());
            }
        }
        longer
    }

    /// The moment that its last figures are, unless it ends at another file than a card.
    fn folder(&self) -> Option<DateTime<Utc>> {
        let [.., year, month, day, time] = self.figures.as_slice() else { return None };
        if year.len() != 4 || time.len() != 6 || self.file.as_ref().is_some_and(|it| it != CARD) {
            return None;
        }
        let date =
            NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
        let part = |at: usize| time.get(at..at + 2).and_then(|it| it.parse().ok());
        date.and_hms_opt(part(0)?, part(2)?, part(4)?).map(|moment| moment.and_utc())
    }
}

/// Shows every folder of a card within `value`. No deeper than the parser of JSON goes.
fn walk(value: &Value, above: &Trail, found: &mut impl FnMut(DateTime<Utc>)) {
    let mut leaf = |trail: &Trail| {
        if let Some(folder) = trail.folder() {
            found(folder);
        }
    };
    match value {
        Value::Object(members) if !members.is_empty() => {
            let named = |key| members.get(key).and_then(Value::as_str);
            let name = named("path").or_else(|| named("name"));
            let here = name.map_or_else(|| above.clone(), |name| above.with(name));
            for (key, inner) in members {
                walk(inner, &here.with(key), found);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                walk(item, above, found);
            }
        }
        Value::String(path) => leaf(&above.with(path)),
        _ => leaf(above),
    }
}

/// A card, as far as it is read.
#[derive(Deserialize)]
struct Card {
    product: Product,
}

#[derive(Deserialize)]
struct Product {
    update_time: String,
    #[serde(default)]
    warning_type: Option<String>,
    periods: Vec<Period>,
}

#[derive(Deserialize)]
struct Period {
    begin_validity_time: String,
    end_validity_time: String,
    timelaps: Timelaps,
}

#[derive(Deserialize)]
struct Timelaps {
    /// Not yet judged: a domain that concerns nobody may be anything.
    domain_ids: Vec<Value>,
}

#[derive(Deserialize)]
struct Domain {
    phenomenon_items: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    phenomenon_id: Code,
    phenomenon_max_color_id: Option<Code>,
    #[serde(default)]
    timelaps_items: Option<Vec<Stretch>>,
}

#[derive(Deserialize)]
struct Stretch {
    begin_time: String,
    end_time: String,
    color_id: Code,
}

/// Reads a card for the domains of `places`; places that none serves are passed over.
///
/// # Errors
/// Those of JSON, [`FetchError::Outdated`] for a card of more than 13 hours, and
/// [`FetchError::Schema`] where a domain of a place is malformed, where the card has none of them,
/// or where it is no card of the vigilance.
///
/// ```
/// use ecosante_domain::metric::{Metric, Phenomenon};
/// use ecosante_engine::sources::meteo_france::parse_card;
/// # use ecosante_domain::place::{Place, PlaceId};
/// # use ecosante_engine::communes;
/// # let lyon = communes::by_code("69123").expect("a commune");
/// # let place = Place {
/// #     id: PlaceId(1),
/// #     name: "Home".to_owned(),
/// #     commune: Some(lyon.into()),
/// #     coordinates: None,
/// #     time_zone: lyon.time_zone(),
/// # };
///
/// let body = br#"{"product": {
///     "warning_type": "vigilance", "update_time": "2026-10-04T08:00:10Z",
///     "domain_id": "FRA", "global_max_color_id": "3",
///     "periods": [{
///         "echeance": "J",
///         "begin_validity_time": "2026-10-04T08:00:00Z", "end_validity_time": "2026-10-04T22:00:00Z",
///         "timelaps": {"domain_ids": [{"domain_id": "69", "max_color_id": 3, "phenomenon_items": [{
///             "phenomenon_id": "3", "phenomenon_max_color_id": 3, "timelaps_items": [
///                 {"begin_time": "2026-10-04T08:00:00Z", "end_time": "2026-10-04T13:00:00Z",
///                  "color_id": 2},
///                 {"begin_time": "2026-10-04T13:00:00Z", "end_time": "2026-10-04T22:00:00Z",
///                  "color_id": 3}]
///         }]}]}
///     }]
/// }}"#;
///
/// let harvest = parse_card(body, &[&place], "2026-10-04T09:00:00Z".parse()?)?;
/// let storm = Metric::Vigilance(Phenomenon::Thunderstorm);
/// let said: Vec<_> = harvest
///     .readings
///     .iter()
///     .map(|it| (it.metric, it.target.to_string(), it.hours, it.level))
///     .collect();
/// assert_eq!(
///     said,
///     [
///         (storm, "2026-10-04T08:00:00Z".to_owned(), 5, Some(2)),
///         (storm, "2026-10-04T13:00:00Z".to_owned(), 9, Some(3)),
///     ]
/// );
///
/// // A card is good for 13 hours.
/// let late = parse_card(body, &[&place], "2026-10-05T09:00:00Z".parse()?);
/// assert_eq!(late.map_err(|error| error.code()), Err("outdated"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn parse_card(
    body: &[u8],
    places: &[&Place],
    now: DateTime<Utc>,
) -> Result<Harvest, FetchError> {
    let Card { product } = http::json(body)?;
    if product.warning_type.as_deref().is_some_and(|it| it != "vigilance") {
        return Err(FetchError::schema("a card of something else"));
    }
    let published_at = vigilance::moment(&product.update_time)?;
    current(published_at, now)?;
    let asked = vigilance::codes(places);
    let mut found = false;
    let mut slots = Vec::new();
    for period in &product.periods {
        let whole = (
            vigilance::moment(&period.begin_validity_time)?,
            vigilance::moment(&period.end_validity_time)?,
        );
        for domain in &period.timelaps.domain_ids {
            let code = domain.get("domain_id").and_then(|it| Code::deserialize(it).ok());
            let Some(code) = code.map(|it| it.domain()).filter(|it| asked.contains(it)) else {
                continue;
            };
            found = true;
            let malformed = |_| FetchError::schema("a malformed domain");
            let domain = Domain::deserialize(domain).map_err(malformed)?;
            for item in &domain.phenomenon_items {
                slots.extend(item.slots(&code, whole, published_at)?);
            }
        }
    }
    if !found && !asked.is_empty() {
        return Err(FetchError::schema("a card without any domain that was asked for"));
    }
    vigilance::harvest(Source::MeteoFrance, slots, places, now)
}

impl Item {
    /// Its slots; one for the `whole` period where it has none of its own.
    fn slots(
        &self,
        domain: &str,
        whole: (DateTime<Utc>, DateTime<Utc>),
        published_at: DateTime<Utc>,
    ) -> Result<Vec<Slot>, FetchError> {
        let Some(phenomenon) = self.phenomenon_id.phenomenon()? else { return Ok(Vec::new()) };
        let slot = |(begin, end), colour: &Code| {
            let domain = domain.to_owned();
            Ok(Slot { domain, phenomenon, level: colour.level()?, begin, end, published_at })
        };
        let stretches = self.timelaps_items.as_deref().unwrap_or_default();
        if stretches.is_empty() {
            let colour = self.phenomenon_max_color_id.as_ref();
            let colour = colour.ok_or_else(|| FetchError::schema("a phenomenon of no colour"))?;
            return Ok(vec![slot(whole, colour)?]);
        }
        let of = |stretch: &Stretch| {
            let begin = vigilance::moment(&stretch.begin_time)?;
            slot((begin, vigilance::moment(&stretch.end_time)?), &stretch.color_id)
        };
        stretches.iter().map(of).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::super::testing::gateway;
    use super::super::vigilance::tests::{place, said, zones};
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("a moment")
    }

    fn now() -> DateTime<Utc> {
        at("2026-10-04T09:00:00Z")
    }

    fn perpignan() -> Place {
        place(1, "66", Some((42.70, 2.90)))
    }

    fn collioure() -> Place {
        place(2, "66", Some((42.53, 3.08)))
    }

    fn lyon() -> Place {
        place(3, "69", None)
    }

    fn item(phenomenon: &str, most: i64, slots: &[(&str, &str, i64)]) -> Value {
        let slots: Vec<Value> = slots
            .iter()
            .map(|(begin, end, colour)| {
                json!({
                    "begin_time": format!("2026-10-{begin}:00:00Z"),
                    "end_time": format!("2026-10-{end}:00:00Z"),
                    "color_id": colour,
                })
            })
            .collect();
        json!({
            "phenomenon_id": phenomenon, "phenomenon_max_color_id": most, "timelaps_items": slots,
        })
    }

    fn domain(code: &str, items: &[Value]) -> Value {
        json!({ "domain_id": code, "max_color_id": 3, "phenomenon_items": items })
    }

    fn period(name: &str, begin: &str, end: &str, domains: &[Value]) -> Value {
        json!({
            "echeance": name,
            "begin_validity_time": format!("2026-10-{begin}:00:00Z"),
            "end_validity_time": format!("2026-10-{end}:00:00Z"),
            "text_items": { "title": "", "text": [] },
            "timelaps": { "domain_ids": domains },
        })
    }

    fn card() -> Value {
        json!({
            "product": {
                "warning_type": "vigilance", "update_time": "2026-10-04T08:00:10Z",
                "domain_id": "FRA", "global_max_color_id": "3",
                "periods": [
                    period("J", "04T08", "04T22", &[
                        domain("FRA", &[item("2", 3, &[("04T08", "04T22", 3)])]),
                        domain("66", &[
                            item("2", 3, &[("04T08", "04T13", 2), ("04T13", "04T22", 3)]),
                            item("4", 2, &[]),
                        ]),
                        domain("6610", &[item("9", 2, &[("04T08", "04T22", 2)])]),
                    ]),
                    period("J1", "04T22", "05T22", &[
                        domain("66", &[item("4", 1, &[]), item("2", 1, &[("04T22", "05T22", 1)])]),
                        domain("6610", &[item("9", 1, &[("04T22", "05T22", 1)])]),
                    ]),
                ],
            },
            "meta": { "product_datetime": "2026-10-04T08:00:00+00:00" },
        })
    }

    fn parse(card: &Value, places: &[&Place]) -> Result<Harvest, FetchError> {
        parse_card(card.to_string().as_bytes(), places, now())
    }

    #[test]
    fn every_slot_of_the_domains_of_a_place_is_read_and_floods_hold_for_the_period() {
        let harvest = parse(&card(), &[&perpignan(), &collioure()]).expect("a card");
        assert_eq!(
            said(&harvest, "66"),
            [
                "vigilance.rain-flood 2026-10-04T08:00:00Z 5h 2",
                "vigilance.rain-flood 2026-10-04T13:00:00Z 9h 3",
                "vigilance.rain-flood 2026-10-04T22:00:00Z 24h 1",
                "vigilance.flood 2026-10-04T08:00:00Z 14h 2",
                "vigilance.flood 2026-10-04T22:00:00Z 24h 1",
            ]
        );
        assert_eq!(said(&harvest, "6610").len(), 2);
        assert_eq!(zones(&harvest, &perpignan()), ["66"]);
        assert_eq!(zones(&harvest, &collioure()), ["66", "6610"]);
        let published = harvest.readings.iter().map(|it| it.published_at);
        assert!(published.eq(vec![Some(at("2026-10-04T08:00:10Z")); 7]));
        assert!(harvest.readings.iter().all(|it| it.source == Source::MeteoFrance));
    }

    #[test]
    fn the_order_and_the_kind_of_codes_do_not_matter_and_neither_do_the_texts() {
        let plain = parse(&card(), &[&perpignan()]).expect("a card");
        let mut other = card();
        let periods = other["product"]["periods"].as_array_mut().expect("periods");
        periods.reverse();
        for period in periods {
            period["text_items"] = json!([{ "title": 1 }]);
            let domains = period["timelaps"]["domain_ids"].as_array_mut().expect("domains");
            domains.reverse();
            for domain in domains {
                for item in domain["phenomenon_items"].as_array_mut().expect("items") {
                    let number = item["phenomenon_id"].as_str().and_then(|it| it.parse().ok());
                    item["phenomenon_id"] = json!(number.unwrap_or(0_i64));
                    item["phenomenon_max_color_id"] =
                        json!(item["phenomenon_max_color_id"].to_string());
                }
            }
        }
        assert_eq!(parse(&other, &[&perpignan()]), Ok(plain));
    }

    #[test]
    fn the_country_is_no_place_and_a_domain_that_is_missing_no_zone() {
        let harvest = parse(&card(), &[&perpignan(), &lyon()]).expect("a card");
        assert_eq!(zones(&harvest, &lyon()), ["-"]);
        assert!(said(&harvest, "FRA").is_empty());
        let alone = parse(&card(), &[&lyon()]).map_err(|it| it.code());
        assert_eq!(alone, Err("schema"), "a card of nobody's domains");
    }

    #[test]
    fn a_card_of_today_alone_is_a_card() {
        let mut card = card();
        card["product"]["periods"].as_array_mut().expect("periods").truncate(1);
        assert_eq!(parse(&card, &[&perpignan()]).expect("a card").readings.len(), 3);
    }

    #[test]
    fn an_old_card_is_refused() {
        let read = |now| parse_card(card().to_string().as_bytes(), &[&perpignan()], at(now));
        assert!(read("2026-10-04T21:00:10Z").is_ok());
        assert_eq!(read("2026-10-04T21:00:11Z"), Err(FetchError::Outdated));
        assert_eq!(read("2026-10-18T21:00:11Z"), Err(FetchError::Outdated));
    }

    #[test]
    fn a_malformed_domain_is_an_error_where_it_concerns_somebody() {
        let first = "/product/periods/0/timelaps/domain_ids/1/phenomenon_items";
        for (pointer, value) in [
            ("/0/timelaps_items/0/color_id", json!(0)),
            ("/0/timelaps_items/0/color_id", json!(null)),
            ("/0/timelaps_items/0/color_id", json!("5")),
            ("/0/timelaps_items/0/begin_time", json!("this morning")),
            ("/0/timelaps_items/0/end_time", json!("2026-10-04T08:00:00Z")),
            ("/1/phenomenon_max_color_id", json!(null)),
            ("/1/phenomenon_max_color_id", json!(7)),
            ("/1/phenomenon_id", json!(null)),
            ("/1/phenomenon_id", json!("crues")),
            ("", json!({})),
        ] {
            let mut broken = card();
            *broken.pointer_mut(&format!("{first}{pointer}")).expect("there") = value.clone();
            let refused = parse(&broken, &[&perpignan()]).map_err(|it| it.code());
            assert_eq!(refused, Err("schema"), "{pointer} {value}");
            broken["product"]["periods"][0]["timelaps"]["domain_ids"][1]["domain_id"] = json!("01");
            assert!(parse(&broken, &[&perpignan()]).is_ok(), "{pointer} {value} elsewhere");
        }
        let mut unknown = card();
        unknown["product"]["periods"][0]["timelaps"]["domain_ids"][1]["phenomenon_items"][1]["phenomenon_id"] =
            json!("10");
        assert_eq!(parse(&unknown, &[&perpignan()]).expect("a card").readings.len(), 4);
    }

    #[test]
    fn what_is_no_card_is_refused() {
        let parse = |body: &str| {
            parse_card(body.as_bytes(), &[&perpignan()], now()).map_err(|it| it.code())
        };
        assert_eq!(parse(""), Err("not-json"));
        assert_eq!(parse("<html>"), Err("not-json"));
        assert_eq!(parse(r#"{"code":"900901","message":"Invalid Credentials"}"#), Err("schema"));
        let mut other = card();
        other["product"]["warning_type"] = json!("pollen");
        assert_eq!(parse(&other.to_string()), Err("schema"));
        other = card();
        other["product"]["periods"] = json!([]);
        assert_eq!(parse(&other.to_string()), Err("schema"));
        let text = card().to_string();
        assert_eq!(parse(&text[..text.len() / 2]), Err("truncated"));
    }

    #[test]
    fn the_newest_card_is_found_in_whatever_shape_the_tree_has() {
        let newest = at("2026-10-04T08:00:10Z");
        for tree in [
            json!({"2025": {"12": {"31": {"140000": [CARD]}}},
                   "2026": {"09": {"30": {"220000": [CARD]}},
                            "10": {"04": {"040047": [CARD], "080010": [CARD]},
                                   "03": {"200047": [CARD]}}}}),
            json!({"2026": {"10": {"04": ["040047", "080010"]}}}),
            json!({"2026": {"10": {"4": {"080010": {CARD: 190_000}, "040047": {}}}}}),
            json!({"name": "metropole", "children": [{"name": "2026", "children": [
                {"name": "10", "children": [{"name": "04", "children": [
                    {"name": "080010", "type": "directory", "size": 3}]}]}]}]}),
            json!([
                "data/vigilance/metropole/2026/10/04/040047/CDP_CARTE_EXTERNE.json",
                "data/vigilance/metropole/2026/10/04/080010/CDP_CARTE_EXTERNE.json",
                "data/vigilance/metropole/2026/10/04/083000/CDP_TEXTES_VIGILANCE.json"
            ]),
            json!({"metropole/2026/10/04/080010": null}),
        ] {
            assert_eq!(newest_folder(tree.to_string().as_bytes(), now()), Ok(newest), "{tree}");
        }
    }

    #[test]
    fn folders_of_texts_alone_and_of_the_future_are_passed_over() {
        let tree = json!({"2026": {"10": {"04": {
            "080010": ["CDP_TEXTES_VIGILANCE.json", CARD], "084500": ["CDP_TEXTES_VIGILANCE.json"],
            "235959": [CARD], "999999": [CARD]}}}, "2926": {"01": {"01": {"000000": [CARD]}}}});
        let body = tree.to_string();
        assert_eq!(newest_folder(body.as_bytes(), now()), Ok(at("2026-10-04T08:00:10Z")));
    }

    #[test]
    fn an_archive_that_lags_is_outdated_and_one_without_cards_is_none() {
        let tree = json!({"2026": {"10": {"03": {"200000": [CARD]}}}}).to_string();
        assert!(newest_folder(tree.as_bytes(), at("2026-10-04T09:00:00Z")).is_ok());
        let late = newest_folder(tree.as_bytes(), at("2026-10-04T09:00:01Z"));
        assert_eq!(late, Err(FetchError::Outdated));
        for none in ["{}", "[]", r#"{"2026":{"10":{}}}"#, r#"{"2026":{"13":{"41":["040000"]}}}"#] {
            let code = newest_folder(none.as_bytes(), now()).map_err(|it| it.code());
            assert_eq!(code, Err("schema"), "{none}");
        }
    }

    fn answer(status: &str, body: &str) -> Vec<u8> {
        format!("HTTP/1.1 {status}\r\nconnection: close\r\n\r\n{body}").into_bytes()
    }

    #[tokio::test]
    async fn with_a_key_the_card_in_force_is_asked_for() {
        let (http, served) = gateway(vec![answer("200 OK", &card().to_string())]).await;
        let http = http.with_meteo_france_key(Some(" eyJ4\n NXQi\r\n".to_owned()));
        assert!(!format!("{http:?}").contains("eyJ4"), "{http:?}");
        let places = [perpignan()];
        let harvest = MeteoFrance.fetch(&http, &places, now()).await.expect("a card");
        assert_eq!(harvest.readings.len(), 5);
        let asked = served.await.expect("requests");
        let path = "GET /public-api.meteofrance.fr/public/DPVigilance/v1/cartevigilance/encours ";
        assert!(asked[0].starts_with(path), "{}", asked[0]);
        assert!(asked[0].contains("\r\napikey: eyJ4NXQi\r\n"), "{}", asked[0]);
    }

    #[tokio::test]
    async fn a_key_that_is_refused_is_a_status() {
        let refusal = answer("401 Unauthorized", r#"{"code":"900901"}"#);
        let (http, _served) = gateway(vec![refusal]).await;
        let http = http.with_meteo_france_key(Some("wrong".to_owned()));
        let refused = MeteoFrance.fetch(&http, &[perpignan()], now()).await;
        assert!(matches!(refused, Err(FetchError::Status { status: 401, .. })), "{refused:?}");
    }

    #[tokio::test]
    async fn without_a_key_the_tree_is_followed_once_and_leads_to_the_card() {
        let store = "302 Found\r\nlocation: https://bucket.s3.rbx.io.cloud.ovh.net/tree.json";
        let tree = json!({"2026": {"10": {"04": {"080010": [CARD]}}}}).to_string();
        let answers =
            vec![answer(store, ""), answer("200 OK", &tree), answer("200 OK", &card().to_string())];
        let (http, served) = gateway(answers).await;
        let http = http.with_meteo_france_key(Some(" \n".to_owned()));
        let places = [perpignan()];
        let harvest = MeteoFrance.fetch(&http, &places, now()).await.expect("a card");
        assert_eq!(harvest.readings.len(), 5);
        let asked = served.await.expect("requests");
        let lines: Vec<_> = asked.iter().filter_map(|it| it.lines().next()).collect();
        assert_eq!(
            lines,
            [
                "GET /files.data.gouv.fr/meteofrance/data/vigilance/vigilance-hexagone-tree.json \
                 HTTP/1.1",
                "GET /bucket.s3.rbx.io.cloud.ovh.net/tree.json HTTP/1.1",
                "GET /files.data.gouv.fr/meteofrance/data/vigilance/metropole/2026/10/04/080010/\
                 CDP_CARTE_EXTERNE.json HTTP/1.1",
            ]
        );
        assert!(asked.iter().all(|it| !it.contains("apikey")));
    }

    #[tokio::test]
    async fn a_redirect_elsewhere_or_a_second_one_is_a_status() {
        let store = "302 Found\r\nlocation: https://bucket.s3.rbx.io.cloud.ovh.net/tree.json";
        let elsewhere = "302 Found\r\nlocation: https://example.org/tree.json";
        for answers in [vec![answer(elsewhere, "")], vec![answer(store, ""), answer(store, "")]] {
            let count = answers.len();
            let (http, served) = gateway(answers).await;
            let refused = MeteoFrance.fetch(&http, &[perpignan()], now()).await;
            assert!(matches!(refused, Err(FetchError::Status { status: 302, .. })), "{refused:?}");
            assert_eq!(served.await.expect("requests").len(), count);
        }
    }

    #[tokio::test]
    async fn the_card_of_an_archive_that_lags_is_not_asked_for() {
        let tree = json!({"2026": {"09": {"20": {"140000": [CARD]}}}}).to_string();
        let (http, served) = gateway(vec![answer("200 OK", &tree)]).await;
        let refused = MeteoFrance.fetch(&http, &[perpignan()], now()).await;
        assert_eq!(refused, Err(FetchError::Outdated));
        assert_eq!(served.await.expect("requests").len(), 1);
    }

    #[tokio::test]
    async fn a_tree_may_be_larger_than_other_answers() {
        let tree = json!({"2026": {"10": {"04": {"080010": [CARD]}}}}).to_string();
        let tree = format!("{tree}{}", " ".repeat(9 * 1024 * 1024));
        let answers = vec![answer("200 OK", &tree), answer("200 OK", &card().to_string())];
        let (http, _served) = gateway(answers).await;
        assert!(MeteoFrance.fetch(&http, &[perpignan()], now()).await.is_ok());
    }

    #[tokio::test]
    async fn nobody_is_asked_for_places_that_have_no_vigilance() {
        let (http, _served) = gateway(Vec::new()).await;
        let overseas = place(1, "974", None);
        let harvest = MeteoFrance.fetch(&http, &[overseas], now()).await;
        assert_eq!(harvest, Ok(Harvest::default()));
    }

    #[test]
    fn the_recorded_card_is_read_where_it_is_at_hand() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../../shared/payloads/meteofrance-cartevigilance-20260826.json"
        );
        let Ok(body) = std::fs::read(path) else { return };
        let (rennes, ajaccio) = (place(1, "35", None), place(2, "2A", None));
        let nimes = place(3, "30", Some((43.53, 4.14)));
        let now = at("2026-08-26T06:00:00Z");
        let harvest = parse_card(&body, &[&rennes, &ajaccio, &nimes], now).expect("a genuine card");
        let storm = "vigilance.thunderstorm 2026-08-26T18:00:00Z 4h 3".to_owned();
        assert!(said(&harvest, "35").contains(&storm), "{:?}", said(&harvest, "35"));
        let flood = "vigilance.flood 2026-08-26T04:00:00Z 18h 1".to_owned();
        assert!(said(&harvest, "2A").contains(&flood), "{:?}", said(&harvest, "2A"));
        assert_eq!(said(&harvest, "3010").len(), 2);
        assert_eq!(zones(&harvest, &nimes), ["3010"], "its land is not in this extract");
        let late = parse_card(&body, &[&rennes], at("2026-08-26T18:00:00Z"));
        assert_eq!(late, Err(FetchError::Outdated));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(body in prop::collection::vec(any::<u8>(), 0..400)) {
            parse_card(&body, &[&perpignan()], now()).ok();
            newest_folder(&body, now()).ok();
        }

        #[test]
        fn a_damaged_card_gives_no_level_outside_the_scale(
            damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)
        ) {
            let mut body = card().to_string().into_bytes();
            for (at, byte) in damage {
                let at = at.index(body.len());
                body[at] = byte;
            }
            let harvest = parse_card(&body, &[&collioure()], now()).unwrap_or_default();
            for reading in harvest.readings {
                prop_assert!(matches!(reading.level, Some(1..=4)));
                prop_assert!(reading.hours > 0);
            }
        }

        #[test]
        fn a_damaged_tree_gives_no_folder_that_is_old(
            at in any::<prop::sample::Index>(), byte: u8
        ) {
            let tree = json!({"2026": {"10": {"04": {"080010": [CARD], "040000": [CARD]}}}});
            let mut body = tree.to_string().into_bytes();
            let at = at.index(body.len());
            body[at] = byte;
            if let Ok(folder) = newest_folder(&body, now()) {
                prop_assert!(now() - folder <= OLDEST);
            }
        }
    }
}
