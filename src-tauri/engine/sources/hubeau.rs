//! What the sanitary control concluded on drinking water, as Hub'Eau serves it.
//!
//! Rows are of one parameter of one sample each; a sample names the networks that it stands for.
//! The conclusion is the authority's own, quoted as it is: nothing is concluded here. Rows carry the
//! code of the commune, for Paris, Lyon and Marseille that of the city.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, NaiveDate, Utc};
use ecosante_domain::metric::Metric;
use ecosante_domain::place::Place;
use ecosante_domain::reading::{Basis, Reading, Source, Target, Zone, next_day};
use serde::Deserialize;
use serde_json::Value;

use super::{Fetching, Harvest, Nearness, PlaceZone, Publisher};
use crate::http::{self, FetchError, HttpClient};
use crate::upstream::{MOST_WATER_COMMUNES, Upstream};

/// The publisher of the sanitary control of drinking water.
#[derive(Debug, Clone, Copy)]
pub struct HubEau;

/// How many days back samples are asked for: the smallest networks are sampled once or twice a
/// year, and results come in monthly.
const DAYS_BACK: u64 = 400;

impl Publisher for HubEau {
    fn source(&self) -> Source {
        Source::HubEau
    }

    fn serves(&self, place: &Place) -> bool {
        place.commune.is_some()
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
    let codes: BTreeSet<&str> = places.iter().filter_map(code_of).collect();
    let codes: Vec<&str> = codes.into_iter().collect();
    let mut harvest = Harvest::default();
    for chunk in codes.chunks(MOST_WATER_COMMUNES) {
        let left = match ask(http, places, chunk, now).await {
            Ok(part) => {
                harvest.join(part.harvest);
                part.beyond
            }
            // Long conclusions are repeated in each row: one commune at a time they fit.
            Err(FetchError::TooLarge { .. }) if chunk.len() > 1 => {
                chunk.iter().map(|code| (*code).to_owned()).collect()
            }
            Err(error) if harvest.zones.is_empty() => return Err(error),
            Err(error) => {
                harvest.incomplete = Some(error);
                return Ok(harvest);
            }
        };
        // Asked for alone a commune is asked for once: its newest samples are what counts.
        for code in left.iter().filter(|_| chunk.len() > 1) {
            if !harvest.add(ask(http, places, &[code], now).await.map(|part| part.harvest))? {
                return Ok(harvest);
            }
        }
    }
    Ok(harvest)
}

async fn ask(
    http: &HttpClient,
    places: &[Place],
    codes: &[&str],
    now: DateTime<Utc>,
) -> Result<Part, FetchError> {
    let about = |place: &&Place| code_of(place).is_some_and(|code| codes.contains(&code));
    let places: Vec<&Place> = places.iter().filter(about).collect();
    let answer = http.get(&Upstream::drinking_water(codes, since(now))).await?;
    let whole = codes.len() == 1;
    parse_water(&answer.body, &places, now)
        .map(|part| if whole { part.settled(&places) } else { part })
}

fn code_of(place: &Place) -> Option<&str> {
    place.commune.as_ref().map(|commune| commune.code.as_str())
}

/// The first day of which samples are asked for.
fn since(now: DateTime<Utc>) -> NaiveDate {
    let today = now.date_naive();
    today.checked_sub_days(Days::new(DAYS_BACK)).unwrap_or(today)
}

/// What a page of rows says.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What is in it.
    pub harvest: Harvest,
    /// The communes of which a page that was full had nothing: it may lie on a page behind it. They
    /// are not answered for.
    pub beyond: Vec<String>,
}

impl Part {
    /// As an answer about one commune alone, of which there is nothing newer than what came.
    fn settled(mut self, places: &[&Place]) -> Self {
        for place in places {
            if code_of(place).is_some_and(|code| self.beyond.iter().any(|it| it == code)) {
                self.harvest.zones.push(nothing(place));
            }
        }
        self.beyond.clear();
        self
    }
}

fn nothing(place: &Place) -> PlaceZone {
    PlaceZone { place: place.id, zone: None, nearness: Nearness::Commune }
}

#[derive(Debug, Deserialize)]
struct Answer {
    data: Vec<Row>,
    #[serde(default)]
    count: Option<u64>,
    #[serde(default)]
    next: Option<Value>,
}

/// One row, not yet judged.
#[derive(Debug, Deserialize)]
struct Row {
    #[serde(default)]
    code_prelevement: Value,
    #[serde(default)]
    code_commune: Value,
    #[serde(default)]
    nom_commune: Value,
    #[serde(default)]
    date_prelevement: Value,
    #[serde(default)]
    conclusion_conformite_prelevement: Value,
    #[serde(default)]
    reseaux: Option<Vec<Network>>,
}

#[derive(Debug, Deserialize)]
struct Network {
    #[serde(default)]
    code: Value,
    #[serde(default)]
    nom: Value,
}

/// A text with something in it, without the spaces around it.
fn text(value: &Value) -> Option<&str> {
    value.as_str().map(str::trim).filter(|text| !text.is_empty())
}

impl Row {
    /// The day on which the sample was taken: moments are written with a date first.
    fn day(&self) -> Result<NaiveDate, FetchError> {
        let date = text(&self.date_prelevement).and_then(|text| text.get(..10));
        date.and_then(|date| date.parse().ok())
            .ok_or_else(|| FetchError::schema("a sample without a date"))
    }

    /// What the sample stands for: its networks, or where it names none the commune.
    fn zones(&self) -> Vec<Zone> {
        let named = |code: &Value, name: &Value| {
            let code = text(code)?;
            let name = text(name).unwrap_or(code);
            Some(Zone { code: code.to_owned(), name: name.to_owned() })
        };
        let networks = self.reseaux.iter().flatten();
        let zones: Vec<Zone> = networks.filter_map(|it| named(&it.code, &it.nom)).collect();
        if zones.is_empty() {
            return named(&self.code_commune, &self.nom_commune).into_iter().collect();
        }
        zones
    }
}

/// The newest sample of a zone. Of two the greater one counts: the later, and of two at the same
/// moment the one with the greater number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Sample<'a> {
    /// As it is written, by which later is greater.
    moment: &'a str,
    number: &'a str,
    day: NaiveDate,
    conclusion: &'a str,
    name: String,
}

/// Reads a page of rows for the communes of `places`: for each network the newest sample on which
/// something was concluded. A sample without conclusion is passed over.
///
/// A place of whose commune there is no such sample gets a [`PlaceZone`] without zone, unless the
/// page was full. Places without commune are passed over.
///
/// # Errors
///
/// Those of JSON, and [`FetchError::Schema`] where a sample of a place's commune has no date, or
/// where there are rows and none is of a commune and of days that were asked for.
///
/// ```
/// use ecosante_engine::sources::hubeau::parse_water;
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
/// let body = r#"{"count": 1, "next": null, "api_version": "1.0.0", "data": [{
///     "code_prelevement": "06900012345", "code_commune": "69123", "nom_commune": "LYON",
///     "date_prelevement": "2026-09-14T08:30:00Z",
///     "conclusion_conformite_prelevement": "Eau conforme aux exigences de qualité.",
///     "reseaux": [{"code": "069000001", "nom": "CENTRE", "debit": "100 %"}]}]}"#;
///
/// let part = parse_water(body.as_bytes(), &[&place], "2026-09-28T14:00:00Z".parse()?)?;
/// let [reading] = &part.harvest.readings[..] else { panic!("one network, one sample") };
/// // What was concluded is quoted; there is no level, since nobody published one.
/// assert_eq!(reading.note.as_deref(), Some("Eau conforme aux exigences de qualité."));
/// assert_eq!((reading.level, reading.zone.name.as_str()), (None, "CENTRE"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn parse_water(body: &[u8], places: &[&Place], now: DateTime<Utc>) -> Result<Part, FetchError> {
    let answer: Answer = http::json(body)?;
    let rows = u64::try_from(answer.data.len()).unwrap_or(u64::MAX);
    let full = answer.count.is_some_and(|count| count > rows)
        || answer.next.as_ref().is_some_and(|next| !next.is_null());
    let asked: BTreeSet<&str> = places.iter().filter_map(|place| code_of(place)).collect();
    // Overseas it may be tomorrow already.
    let days = since(now)..=next_day(now.date_naive());
    let mut fits = answer.data.is_empty();
    let mut newest: BTreeMap<String, Sample<'_>> = BTreeMap::new();
    let mut supplied: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for row in &answer.data {
        let commune = text(&row.code_commune).filter(|code| asked.contains(code));
        let Some(commune) = commune else { continue };
        let day = row.day()?;
        if !days.contains(&day) {
            continue;
        }
        fits = true;
        let Some(conclusion) = text(&row.conclusion_conformite_prelevement) else { continue };
        let moment = text(&row.date_prelevement).unwrap_or_default();
        let number = text(&row.code_prelevement).unwrap_or_default();
        for Zone { code, name } in row.zones() {
            supplied.entry(commune).or_default().insert(code.clone());
            let sample = Sample { moment, number, day, conclusion, name };
            let known = newest.entry(code).or_insert_with(|| sample.clone());
            if sample > *known {
                *known = sample;
            }
        }
    }
    if !fits {
        return Err(FetchError::schema("no row is of a commune and a day that was asked for"));
    }
    let mut part = Part { harvest: Harvest::default(), beyond: Vec::new() };
    for place in places {
        let Some(commune) = code_of(place) else { continue };
        let codes = supplied.get(commune);
        for (code, sample) in codes.into_iter().flatten().filter_map(|it| newest.get_key_value(it))
        {
            let zone = Zone { code: code.clone(), name: sample.name.clone() };
            part.harvest.join(Harvest {
                readings: vec![sample.reading(zone.clone(), now)],
                zones: vec![PlaceZone {
                    place: place.id,
                    zone: Some(zone),
                    nearness: Nearness::Commune,
                }],
                incomplete: None,
            });
        }
        if codes.is_none() && full {
            part.beyond.push(commune.to_owned());
        } else if codes.is_none() {
            part.harvest.zones.push(nothing(place));
        }
    }
    part.beyond.sort_unstable();
    part.beyond.dedup();
    Ok(part)
}

impl Sample<'_> {
    fn reading(&self, zone: Zone, now: DateTime<Utc>) -> Reading {
        Reading {
            source: Source::HubEau,
            zone,
            metric: Metric::Water,
            scale: None,
            target: Target::Day(self.day),
            basis: Basis::Observed,
            level: None,
            value: None,
            published_at: None,
            fetched_at: now,
            hours: 1,
            note: Some(self.conclusion.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;
    use ecosante_domain::place::{CommuneRef, PlaceId};
    use proptest::prelude::*;
    use serde_json::json;

    use super::super::testing;
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-09-28T14:00:00Z".parse().expect("a moment")
    }

    fn place(id: i64, code: &str) -> Place {
        Place {
            id: PlaceId(id),
            name: "Home".to_owned(),
            commune: Some(CommuneRef {
                code: code.to_owned(),
                name: "Somewhere".to_owned(),
                epci: None,
                departement: code[..2].to_owned(),
            }),
            coordinates: None,
            time_zone: Tz::Europe__Paris,
        }
    }

    fn lyon() -> Place {
        place(1, "69123")
    }

    const GOOD: &str = "Eau d'alimentation conforme aux exigences de qualité.";

    fn row(code: &str, sample: &str, date: &str, conclusion: &Value, networks: &Value) -> Value {
        json!({
            "code_prelevement": sample, "code_commune": code, "nom_commune": "SOMEWHERE",
            "date_prelevement": date, "conclusion_conformite_prelevement": conclusion,
            "conformite_limites_bact_prelevement": "C", "conformite_limites_pc_prelevement": "S",
            "conformite_references_bact_prelevement": "C",
            "conformite_references_pc_prelevement": "N", "reseaux": networks,
        })
    }

    fn network(code: &str, name: &str) -> Value {
        json!([{ "code": code, "nom": name, "debit": "100 %" }])
    }

    fn simple(code: &str, date: &str, conclusion: &str) -> Value {
        let moment = format!("{date}T08:30:00Z");
        let network = network(&format!("0{}0001", &code[..5]), "CENTRE");
        row(code, "06900012345", &moment, &json!(conclusion), &network)
    }

    fn answer(rows: &[Value], count: usize) -> Value {
        let next = (count > rows.len()).then_some("https://producer.example/?page=2");
        json!({
            "count": count, "first": "https://producer.example/?page=1", "last": null,
            "prev": null, "next": next, "api_version": "1.0.0", "data": rows,
        })
    }

    fn whole(rows: &[Value]) -> Value {
        answer(rows, rows.len())
    }

    fn parse(answer: &Value, places: &[&Place]) -> Result<Part, FetchError> {
        parse_water(answer.to_string().as_bytes(), places, now())
    }

    fn read(rows: &[Value], places: &[&Place]) -> Harvest {
        let part = parse(&whole(rows), places).expect("an answer");
        assert_eq!(part.beyond, Vec::<String>::new());
        part.harvest
    }

    /// Zone, day and note of each reading.
    fn told(harvest: &Harvest) -> Vec<(&str, String, &str)> {
        let of = |it: &'_ Reading| it.target.to_string();
        harvest
            .readings
            .iter()
            .map(|it| (it.zone.name.as_str(), of(it), it.note.as_deref().unwrap_or_default()))
            .collect()
    }

    #[test]
    fn the_conclusion_of_the_newest_sample_is_quoted_as_it_is() {
        let rows = [
            simple("69123", "2026-09-02", &format!(" {GOOD}\n")),
            simple("69123", "2026-09-02", GOOD),
            simple("69123", "2026-08-02", "Eau non conforme."),
        ];
        let harvest = read(&rows, &[&lyon()]);
        assert_eq!(told(&harvest), [("CENTRE", "2026-09-02".to_owned(), GOOD)]);
        let reading = &harvest.readings[0];
        assert_eq!((reading.metric, reading.basis), (Metric::Water, Basis::Observed));
        assert_eq!((reading.scale, reading.level, reading.value), (None, None, None));
        assert_eq!(reading.published_at, None);
        assert_eq!(harvest.zones[0].zone.as_ref(), Some(&reading.zone));
    }

    #[test]
    fn the_order_of_the_rows_does_not_matter() {
        let mut rows =
            vec![simple("69123", "2026-08-02", "Before."), simple("69123", "2026-09-02", "After.")];
        let forth = read(&rows, &[&lyon()]);
        rows.reverse();
        assert_eq!(read(&rows, &[&lyon()]), forth);
        assert_eq!(told(&forth)[0].2, "After.");
    }

    #[test]
    fn a_sample_without_conclusion_is_passed_over() {
        for nothing in [json!(null), json!(""), json!("  "), json!(7)] {
            let networks = network("069000001", "CENTRE");
            let rows = [
                row("69123", "2", "2026-09-20T08:00:00Z", &nothing, &networks),
                row("69123", "1", "2026-09-02T08:00:00Z", &json!(GOOD), &networks),
            ];
            let harvest = read(&rows, &[&lyon()]);
            assert_eq!(told(&harvest), [("CENTRE", "2026-09-02".to_owned(), GOOD)]);
            let harvest = read(&rows[..1], &[&lyon()]);
            assert_eq!((harvest.readings.len(), &harvest.zones[0].zone), (0, &None), "{nothing}");
        }
    }

    #[test]
    fn a_commune_of_several_networks_has_a_zone_for_each() {
        let both = json!([{ "code": "A", "nom": "HAUT" }, { "code": "B", "nom": "BAS" }]);
        let rows = [
            row("69123", "2", "2026-09-20T08:00:00Z", &json!("Two."), &both),
            row("69123", "3", "2026-09-21T08:00:00Z", &json!("One."), &network("B", "BAS")),
        ];
        let harvest = read(&rows, &[&lyon()]);
        assert_eq!(
            told(&harvest),
            [("HAUT", "2026-09-20".to_owned(), "Two."), ("BAS", "2026-09-21".to_owned(), "One."),]
        );
        let zones: Vec<&str> =
            harvest.zones.iter().flat_map(|it| it.zone.iter().map(|it| it.code.as_str())).collect();
        assert_eq!(zones, ["A", "B"]);
    }

    #[test]
    fn without_networks_a_sample_stands_for_the_commune() {
        for nothing in [json!(null), json!([]), json!([{ "nom": "HAUT" }])] {
            let moment = "2026-09-20T08:00:00Z";
            let rows = [row("69123", "2", moment, &json!(GOOD), &nothing)];
            let harvest = read(&rows, &[&lyon()]);
            let zone = Zone { code: "69123".to_owned(), name: "SOMEWHERE".to_owned() };
            assert_eq!(harvest.zones[0].zone, Some(zone));
        }
    }

    #[test]
    fn communes_of_one_network_share_its_newest_sample() {
        let neighbour = place(2, "69266");
        let rows = [
            row("69123", "1", "2026-09-02T08:00:00Z", &json!("Old."), &network("A", "ALL")),
            row("69266", "2", "2026-09-12T08:00:00Z", &json!("New."), &network("A", "ALL")),
        ];
        let harvest = read(&rows, &[&lyon(), &neighbour]);
        assert_eq!(told(&harvest), [("ALL", "2026-09-12".to_owned(), "New.")]);
        assert_eq!(harvest.zones.len(), 2);
    }

    #[test]
    fn a_commune_that_a_whole_page_does_not_have_has_nothing() {
        let harvest = read(&[simple("69123", "2026-09-02", GOOD)], &[&lyon(), &place(2, "01004")]);
        assert_eq!(harvest.zones[1], nothing(&place(2, "01004")));
        let nothing_at_all = read(&[], &[&lyon()]);
        assert_eq!(nothing_at_all.zones, [nothing(&lyon())]);
    }

    #[test]
    fn of_a_commune_that_a_full_page_does_not_have_nothing_is_said() {
        let rows = [simple("69123", "2026-09-02", GOOD)];
        let part = parse(&answer(&rows, 7000), &[&lyon(), &place(2, "01004")]).expect("a page");
        assert_eq!(part.beyond, ["01004"]);
        assert_eq!(part.harvest.zones.len(), 1);
    }

    #[test]
    fn what_is_no_answer_to_the_question_is_refused() {
        let refused = |rows: &[Value]| {
            parse(&whole(rows), &[&lyon()]).map(|it| it.harvest).map_err(|error| error.code())
        };
        let row = |date| simple("69123", date, GOOD);
        assert_eq!(refused(&[simple("01004", "2026-09-02", GOOD)]), Err("schema"), "elsewhere");
        assert_eq!(refused(&[row("2024-09-02")]), Err("schema"), "long ago");
        assert_eq!(refused(&[row("2026-12-24")]), Err("schema"), "not yet");
        assert_eq!(refused(&[row("some day")]), Err("schema"), "no date");
        let concerns_nobody = simple("01004", "some day", GOOD);
        assert!(refused(&[concerns_nobody, row("2026-09-02")]).is_ok());
        let code = |body: &[u8]| parse_water(body, &[&lyon()], now()).map_err(|it| it.code());
        assert_eq!(code(b"<html>"), Err("not-json"));
        assert_eq!(code(br#"{"count":0}"#), Err("schema"));
        assert_eq!(code(br#"{"count":1,"data":[{"code_commune":"#), Err("truncated"));
        let refusal = br#"{"code":"InvalidRequest","message":"Bad","field_errors":[]}"#;
        assert_eq!(code(refusal), Err("schema"));
    }

    /// A gateway that gives these statuses and answers in turn, and then the requests that it got.
    async fn gateway(
        answers: Vec<(u16, Value)>,
    ) -> (HttpClient, tokio::task::JoinHandle<Vec<String>>) {
        let written =
            |(status, body): &(u16, Value)| testing::answer(*status, body.to_string().as_bytes());
        testing::gateway(answers.iter().map(written).collect()).await
    }

    #[tokio::test]
    async fn what_a_full_first_page_lacks_is_asked_for_alone_once() {
        let places = [lyon(), place(2, "01004"), place(3, "75056"), place(4, "75056")];
        let first = answer(&[simple("69123", "2026-09-02", GOOD)], 9000);
        let alone = answer(&[simple("01004", "2026-09-03", GOOD)], 9000);
        // Paris alone fills a page too, in which nothing is concluded yet.
        let nothing = row("75056", "1", "2026-09-20T08:00:00Z", &json!(null), &network("A", "A"));
        let answers = vec![(206, first), (206, alone), (206, answer(&[nothing], 9000))];
        let (http, served) = gateway(answers).await;
        let harvest = HubEau.fetch(&http, &places, now()).await.expect("an answer");
        let mut zones: Vec<_> =
            harvest.zones.iter().map(|it| (it.place.0, it.zone.is_some())).collect();
        zones.sort_unstable();
        assert_eq!(zones, [(1, true), (2, true), (3, false), (4, false)]);
        let asked = served.await.expect("requests");
        assert!(
            asked[0].contains("?code_commune=01004,69123,75056&date_min_prelevement=2025-08-24&")
        );
        assert!(asked[1].contains("?code_commune=01004&"), "{}", asked[1]);
        assert!(asked[2].contains("?code_commune=75056&"), "{}", asked[2]);
    }

    #[tokio::test]
    async fn a_failure_after_a_part_leaves_the_rest_unanswered() {
        let places = [lyon(), place(2, "01004")];
        let first = answer(&[simple("69123", "2026-09-02", GOOD)], 9000);
        let (http, _served) = gateway(vec![(206, first), (503, json!({}))]).await;
        let harvest = HubEau.fetch(&http, &places, now()).await.expect("a part");
        assert_eq!(harvest.incomplete.as_ref().map(FetchError::code), Some("http-status"));
        assert_eq!(harvest.zones.iter().map(|it| it.place).collect::<Vec<_>>(), [lyon().id]);
        let (http, _served) = gateway(vec![(503, json!({}))]).await;
        let failed = HubEau.fetch(&http, &places, now()).await;
        assert_eq!(failed.map_err(|error| error.code()), Err("http-status"));
    }

    #[tokio::test]
    async fn nobody_is_asked_for_places_without_commune() {
        let (http, _served) = gateway(Vec::new()).await;
        let abroad = Place { commune: None, ..lyon() };
        assert_eq!(HubEau.fetch(&http, &[abroad], now()).await, Ok(Harvest::default()));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(body in prop::collection::vec(any::<u8>(), 0..300)) {
            parse_water(&body, &[&lyon()], now()).ok();
        }

        #[test]
        fn a_damaged_answer_says_nothing_without_words(at: prop::sample::Index, byte: u8) {
            let mut body = whole(&[simple("69123", "2026-09-02", GOOD)]).to_string().into_bytes();
            let at = at.index(body.len());
            body[at] = byte;
            let part = parse_water(&body, &[&lyon()], now());
            for reading in part.into_iter().flat_map(|it| it.harvest.readings) {
                prop_assert!(reading.level.is_none());
                prop_assert!(reading.note.is_some_and(|note| !note.trim().is_empty()));
            }
        }
    }
}
