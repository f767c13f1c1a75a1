//! The weather vigilance from its keyless mirror on Opendatasoft: one row for each slot of a
//! phenomenon, of today (`J`) and tomorrow (`J1`).
//!
//! It has no floods, and out of their season no heat, cold, snow or avalanches: what has no row is
//! not known. It gives at most 100 rows at once.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use ecosante_domain::place::Place;
use ecosante_domain::reading::Source;
use serde::Deserialize;
use serde_json::Value;

use super::vigilance::{self, Code, Slot};
use super::{Fetching, Harvest, Publisher};
use crate::http::{self, FetchError, HttpClient};
use crate::upstream::Upstream;

/// The publisher of the mirrored vigilance.
#[derive(Debug, Clone, Copy)]
pub struct VigilanceMirror;

/// Pages of rows that are read at most: all domains of the country make some 2,000 rows.
const MOST_PAGES: usize = 20;

/// The age from which a publication is of other days: each reaches to the end of tomorrow.
const OLDEST: TimeDelta = TimeDelta::hours(48);

impl Publisher for VigilanceMirror {
    fn source(&self) -> Source {
        Source::VigilanceMirror
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
    let asked = vigilance::codes(&served);
    let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
    let mut rows = Rows::default();
    for _ in 0..MOST_PAGES {
        let answer = http.get(&Upstream::vigilance_mirror(&asked, rows.received)).await?;
        if rows.add(&answer.body)? {
            return rows.harvest(&served, now);
        }
    }
    Err(FetchError::schema(format!("more rows than {MOST_PAGES} pages hold")))
}

/// One page of the mirror.
#[derive(Deserialize)]
struct Page {
    total_count: usize,
    /// Not yet judged: a row that concerns nobody may be anything.
    results: Vec<Value>,
}

/// A row that somebody uses.
#[derive(Deserialize)]
struct Row {
    phenomenon_id: Code,
    color_id: Code,
    begin_time: String,
    end_time: String,
    product_datetime: String,
}

/// The rows of an answer that comes in pages.
///
/// ```
/// use ecosante_engine::sources::vigilance_mirror::Rows;
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
/// let page = br#"{"total_count": 1, "results": [{
///     "domain_id": "69", "echeance": "J", "phenomenon_id": 1, "phenomenon": "vent",
///     "color_id": 2, "color": "jaune",
///     "begin_time": "2026-09-28T14:00:00+00:00", "end_time": "2026-09-28T22:00:00+00:00",
///     "product_datetime": "2026-09-28T14:00:00+00:00"}]}"#;
///
/// let mut rows = Rows::default();
/// assert!(rows.add(page)?, "it is the only page");
/// let harvest = rows.harvest(&[&place], "2026-09-28T15:00:00Z".parse()?)?;
/// assert_eq!(harvest.readings[0].metric.to_string(), "vigilance.wind");
/// assert_eq!((harvest.readings[0].level, harvest.readings[0].hours), (Some(2), 8));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Default)]
pub struct Rows {
    rows: Vec<Value>,
    known: BTreeSet<String>,
    received: usize,
    pages: usize,
}

impl Rows {
    /// The rows of [`Upstream::national_vigilance`], which come all at once.
    ///
    /// # Errors
    /// Those of JSON.
    pub fn exported(body: &[u8]) -> Result<Self, FetchError> {
        let rows: Vec<Value> = http::json(body)?;
        Ok(Self { received: rows.len(), rows, ..Self::default() })
    }

    /// Adds the next page; `true` where it was the last.
    ///
    /// # Errors
    /// Those of JSON, and [`FetchError::Schema`] where a page has another shape, or brings nothing
    /// new although there is more.
    pub fn add(&mut self, body: &[u8]) -> Result<bool, FetchError> {
        let page: Page = http::json(body)?;
        self.received += page.results.len();
        self.pages += 1;
        let before = self.rows.len();
        for row in page.results {
            // Objects are written with their keys sorted, so that the same row is the same text.
            if self.known.insert(row.to_string()) {
                self.rows.push(row);
            }
        }
        let complete = self.received >= page.total_count;
        if !complete && self.rows.len() == before {
            return Err(FetchError::schema("a page that brings nothing new"));
        }
        // Over several pages a row that came twice may stand for one that never came.
        if complete && self.pages > 1 && self.rows.len() < page.total_count {
            return Err(FetchError::schema("rows were lost between the pages"));
        }
        Ok(complete)
    }

    /// The rows of the domains of `places` as readings.
    ///
    /// # Errors
    /// [`FetchError::Schema`] where a row of one of them is malformed or of other days, or where
    /// there are rows and none is of a domain that was asked for.
    pub fn harvest(&self, places: &[&Place], now: DateTime<Utc>) -> Result<Harvest, FetchError> {
        let asked = vigilance::codes(places);
        let mut slots = Vec::new();
        let mut concern_nobody = 0;
        for row in &self.rows {
            let domain = row.get("domain_id").and_then(|it| Code::deserialize(it).ok());
            match domain.map(|it| it.domain()).filter(|it| asked.contains(it)) {
                Some(domain) => slots.extend(slot(domain, row, now)?),
                None => concern_nobody += 1,
            }
        }
        if concern_nobody > 0 && concern_nobody == self.rows.len() {
            return Err(FetchError::schema("no row is of a domain that was asked for"));
        }
        vigilance::harvest(Source::VigilanceMirror, slots, places, now)
    }
}

/// Reads the vigilance of the whole country from [`Upstream::national_vigilance`].
///
/// # Errors
/// As [`Rows::harvest`].
pub fn parse_national(
    body: &[u8],
    now: DateTime<Utc>,
) -> Result<vigilance::NationalVigilance, FetchError> {
    let places = vigilance::everywhere();
    let harvest = Rows::exported(body)?.harvest(&places.iter().collect::<Vec<_>>(), now)?;
    Ok(vigilance::NationalVigilance::of(Source::VigilanceMirror, harvest))
}

/// Reads a row; `None` where its phenomenon is none of today's.
fn slot(domain: String, row: &Value, now: DateTime<Utc>) -> Result<Option<Slot>, FetchError> {
    let row = Row::deserialize(row).map_err(|_| FetchError::schema("a malformed row"))?;
    let published_at = vigilance::moment(&row.product_datetime)?;
    if now - published_at > OLDEST {
        return Err(FetchError::schema("an answer of other days"));
    }
    let Some(phenomenon) = row.phenomenon_id.phenomenon()? else { return Ok(None) };
    Ok(Some(Slot {
        domain,
        phenomenon,
        level: row.color_id.level()?,
        begin: vigilance::moment(&row.begin_time)?,
        end: vigilance::moment(&row.end_time)?,
        published_at,
    }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::super::testing::gateway_of as gateway;
    use super::super::vigilance::tests::{place, said, zones};
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-09-28T15:00:00Z".parse().expect("a moment")
    }

    /// A row for the rest of today (`J`) or tomorrow.
    fn row(domain: &str, day: &str, phenomenon: i64, colour: i64) -> Value {
        let (begin, end) = match day {
            "J" => ("2026-09-28T14:00:00+00:00", "2026-09-28T22:00:00+00:00"),
            _ => ("2026-09-28T22:00:00+00:00", "2026-09-29T22:00:00+00:00"),
        };
        json!({
            "domain_id": domain, "echeance": day, "phenomenon_id": phenomenon,
            "phenomenon": "vent", "color_id": colour, "color": "vert",
            "begin_time": begin, "end_time": end,
            "product_datetime": "2026-09-28T14:00:00+00:00",
        })
    }

    fn page(total: usize, rows: &[Value]) -> Vec<u8> {
        json!({ "total_count": total, "results": rows }).to_string().into_bytes()
    }

    fn parse(body: &[u8], places: &[&Place]) -> Result<Harvest, FetchError> {
        let mut rows = Rows::default();
        assert!(rows.add(body)?, "one page");
        rows.harvest(places, now())
    }

    fn lyon() -> Place {
        place(1, "69", Some((45.76, 4.84)))
    }

    fn arcachon() -> Place {
        place(2, "33", Some((44.66, -1.17)))
    }

    #[test]
    fn both_days_of_every_domain_are_read() {
        let rows = [
            row("69", "J", 1, 1),
            row("69", "J1", 1, 3),
            row("33", "J", 3, 2),
            row("3310", "J", 9, 4),
        ];
        let harvest = parse(&page(4, &rows), &[&lyon(), &arcachon()]).expect("an answer");
        assert_eq!(
            said(&harvest, "69"),
            [
                "vigilance.wind 2026-09-28T14:00:00Z 8h 1",
                "vigilance.wind 2026-09-28T22:00:00Z 24h 3"
            ]
        );
        assert_eq!(said(&harvest, "33"), ["vigilance.thunderstorm 2026-09-28T14:00:00Z 8h 2"]);
        assert_eq!(said(&harvest, "3310"), ["vigilance.waves 2026-09-28T14:00:00Z 8h 4"]);
        assert_eq!(zones(&harvest, &lyon()), ["69"]);
        assert_eq!(zones(&harvest, &arcachon()), ["33", "3310"]);
    }

    #[test]
    fn numbers_may_be_texts_and_texts_numbers() {
        let nice = place(1, "06", Some((43.70, 7.25)));
        let mut rows = [row("06", "J", 1, 2), row("0610", "J", 9, 3)];
        let plain = parse(&page(2, &rows), &[&nice]).expect("an answer");
        rows[0]["domain_id"] = json!(6);
        rows[0]["phenomenon_id"] = json!("1");
        rows[0]["color_id"] = json!("2");
        rows[1]["domain_id"] = json!(610);
        assert_eq!(parse(&page(2, &rows), &[&nice]), Ok(plain));
    }

    #[test]
    fn a_row_twice_counts_once() {
        let rows = [row("69", "J", 1, 1), row("69", "J", 1, 1)];
        assert_eq!(parse(&page(2, &rows), &[&lyon()]).expect("an answer").readings.len(), 1);
    }

    #[test]
    fn a_place_without_rows_has_no_zone_and_one_without_those_of_the_coast_has_its_land() {
        let answer = page(1, &[row("33", "J", 1, 1)]);
        let harvest = parse(&answer, &[&lyon(), &arcachon()]).expect("an answer");
        assert_eq!(zones(&harvest, &lyon()), ["-"]);
        assert_eq!(zones(&harvest, &arcachon()), ["33"]);
        let harvest = parse(&page(0, &[]), &[&lyon()]).expect("an answer");
        assert_eq!((zones(&harvest, &lyon()), harvest.readings.len()), (vec!["-".into()], 0));
    }

    #[test]
    fn a_phenomenon_that_nobody_knows_is_passed_over() {
        let rows = [row("69", "J", 10, 3), row("69", "J", 1, 1)];
        let harvest = parse(&page(2, &rows), &[&lyon()]).expect("an answer");
        assert_eq!(said(&harvest, "69"), ["vigilance.wind 2026-09-28T14:00:00Z 8h 1"]);
    }

    #[test]
    fn a_malformed_row_is_an_error_where_it_concerns_somebody() {
        for (field, value) in [
            ("color_id", json!(0)),
            ("color_id", json!(5)),
            ("color_id", json!(null)),
            ("color_id", json!("vert")),
            ("phenomenon_id", json!("vent")),
            ("phenomenon_id", json!(1.5)),
            ("begin_time", json!("2026-09-28")),
            ("end_time", json!("2026-09-28T13:00:00Z")),
            ("end_time", json!("2026-12-28T13:00:00Z")),
            ("product_datetime", json!(null)),
            ("product_datetime", json!("2026-09-26T14:59:59+00:00")),
        ] {
            let mut broken = row("69", "J", 1, 1);
            broken[field] = value.clone();
            let refused = parse(&page(1, &[broken.clone()]), &[&lyon()]);
            assert_eq!(refused.map_err(|it| it.code()), Err("schema"), "{field} {value}");
            broken["domain_id"] = json!("01");
            let rows = [broken, row("69", "J", 1, 1)];
            assert!(parse(&page(2, &rows), &[&lyon()]).is_ok(), "{field} {value} elsewhere");
        }
    }

    #[test]
    fn an_answer_for_other_domains_is_refused() {
        for other in [json!("01"), json!("6910"), json!(null), json!(["69"])] {
            let mut wrong = row("69", "J", 1, 1);
            wrong["domain_id"] = other;
            let refused = parse(&page(1, &[wrong]), &[&lyon()]);
            assert_eq!(refused.map_err(|it| it.code()), Err("schema"));
        }
    }

    #[test]
    fn pages_follow_each_other_until_every_row_is_there() {
        let mut rows = Rows::default();
        assert_eq!(rows.add(&page(3, &[row("69", "J", 1, 1), row("69", "J", 2, 1)])), Ok(false));
        assert_eq!(rows.add(&page(3, &[row("69", "J1", 1, 2)])), Ok(true));
        assert_eq!(rows.harvest(&[&lyon()], now()).expect("an answer").readings.len(), 3);
    }

    #[test]
    fn a_page_that_brings_nothing_new_is_the_end() {
        for second in [vec![], vec![row("69", "J", 1, 1)]] {
            let mut rows = Rows::default();
            assert_eq!(rows.add(&page(9, &[row("69", "J", 1, 1)])), Ok(false));
            assert_eq!(rows.add(&page(9, &second)).map_err(|it| it.code()), Err("schema"));
        }
    }

    #[tokio::test]
    async fn all_places_are_asked_for_at_once_and_page_after_page() {
        let pages = vec![page(2, &[row("69", "J", 1, 1)]), page(2, &[row("33", "J", 1, 2)])];
        let (http, served) = gateway(pages).await;
        let overseas = place(9, "974", None);
        let places = [lyon(), arcachon(), overseas.clone()];
        let harvest = VigilanceMirror.fetch(&http, &places, now()).await.expect("an answer");
        assert_eq!(
            (zones(&harvest, &lyon()), zones(&harvest, &arcachon())),
            (vec!["69".into()], vec!["33".into()])
        );
        assert!(zones(&harvest, &overseas).is_empty(), "nobody asked for it");
        let asked = served.await.expect("requests");
        let filter = "records?where=domain_id%20in%20%28%2233%22,%223310%22,%2269%22%29\
                      &order_by=domain_id,phenomenon_id,begin_time&limit=100";
        assert!(asked[0].contains(&format!("{filter} HTTP")), "{}", asked[0]);
        assert!(asked[1].contains(&format!("{filter}&offset=1 HTTP")), "{}", asked[1]);
    }

    #[tokio::test]
    async fn there_are_twenty_pages_at_most() {
        let endless: Vec<_> = (0..20)
            .map(|n| {
                let mut row = row("69", "J", 1, 1);
                row["end_time"] = json!(format!("2026-09-28T20:00:{n:02}Z"));
                page(1000, &[row])
            })
            .collect();
        let (http, served) = gateway(endless).await;
        let refused = VigilanceMirror.fetch(&http, &[lyon()], now()).await;
        assert_eq!(refused.map_err(|it| it.code()), Err("schema"));
        assert_eq!(served.await.expect("requests").len(), 20);
    }

    #[test]
    fn what_is_no_page_is_refused() {
        let parse = |body: &str| Rows::default().add(body.as_bytes()).map_err(|it| it.code());
        assert_eq!(parse(""), Err("not-json"));
        assert_eq!(parse("<html>"), Err("not-json"));
        assert_eq!(parse(r#"{"total_count":nan}"#), Err("not-json"));
        assert_eq!(parse(r#"{"total_count":1,"results":["#), Err("truncated"));
        assert_eq!(parse(r#"{"results":[]}"#), Err("schema"));
        let refused = r#"{"message":"Unknown dataset","error_code":"UnknownDataset"}"#;
        assert_eq!(parse(refused), Err("schema"));
    }

    #[test]
    fn the_recorded_answer_is_read_where_it_is_at_hand() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../../shared/payloads/opendatasoft-vigilance-departement-69.json"
        );
        let Ok(body) = std::fs::read(path) else { return };
        let harvest = parse(&body, &[&lyon()]).expect("a genuine answer");
        assert_eq!(harvest.readings.len(), 10);
        assert!(harvest.readings.iter().all(|it| it.level == Some(1)));
        assert!(said(&harvest, "69").contains(&"vigilance.heat 2026-09-28T22:00:00Z 24h 1".into()));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(body in prop::collection::vec(any::<u8>(), 0..400)) {
            let mut rows = Rows::default();
            rows.add(&body).ok();
            rows.harvest(&[&lyon()], now()).ok();
        }

        #[test]
        fn a_damaged_answer_gives_no_level_outside_the_scale(
            damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)
        ) {
            let mut body = page(2, &[row("33", "J", 1, 2), row("3310", "J", 9, 3)]);
            for (at, byte) in damage {
                let at = at.index(body.len());
                body[at] = byte;
            }
            let mut rows = Rows::default();
            if rows.add(&body).is_ok() {
                let harvest = rows.harvest(&[&arcachon()], now()).unwrap_or_default();
                for reading in harvest.readings {
                    prop_assert!(matches!(reading.level, Some(1..=4)));
                    prop_assert!(reading.hours > 0);
                }
            }
        }
    }
}
