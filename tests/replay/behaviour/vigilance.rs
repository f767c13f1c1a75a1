//! The weather vigilance: its mirror, its archive, its interface.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use serde_json::Value;

use super::client::{Response, ask, get, moment, quiet, rest};
use super::shapes::{recorded, shape};
use crate::{Fault, Replay, World, host};

const EVENING: &str = "2026-09-28T17:00:00+02:00";

fn evening() -> World {
    quiet(EVENING)
}

/// The mirror with these further parameters; what is in them is not encoded but for the quotes.
fn mirror(parameters: &str) -> String {
    format!(
        "public.opendatasoft.com/api/explore/v2.1/catalog/datasets/\
         weatherref-france-vigilance-meteo-departement/records?{parameters}"
    )
}

/// Domain, échéance, phenomenon, colour and hours of the rows.
fn rows(answer: &Value) -> Vec<String> {
    let rows = answer["results"].as_array().unwrap();
    let text = |row: &Value, key: &str| row[key].as_str().unwrap().to_owned();
    let said = |row: &Value| {
        let hour = |key: &str| text(row, key)[5..13].to_owned();
        format!(
            "{} {} {} {} {}..{}",
            text(row, "domain_id"),
            text(row, "echeance"),
            row["phenomenon_id"],
            text(row, "color"),
            hour("begin_time"),
            hour("end_time"),
        )
    };
    let mut rows: Vec<String> = rows.iter().map(said).collect();
    rows.sort_unstable();
    rows
}

const TREE: &str = "meteofrance/data/vigilance/vigilance-hexagone-tree.json";
const CARD: &str = "public-api.meteofrance.fr/public/DPVigilance/v1/cartevigilance/encours";

fn with_key(replay: &Replay, key: &str) -> Response {
    let headers = format!("connection: close\r\napikey: {key}\r\n");
    Response::parse(&rest(&mut ask(replay, CARD, &headers)).0)
}

/// A phenomenon of a domain in a period of a card.
fn item(card: &Value, period: usize, domain: &str, phenomenon: &str) -> Value {
    let domains = card["product"]["periods"][period]["timelaps"]["domain_ids"].as_array().unwrap();
    let domain = domains.iter().find(|it| it["domain_id"] == domain).expect("the domain");
    let items = domain["phenomenon_items"].as_array().unwrap();
    items.iter().find(|it| it["phenomenon_id"] == phenomenon).expect("the phenomenon").clone()
}

#[test]
fn a_quiet_world_is_green_in_every_slot_of_today_and_tomorrow() {
    let replay = Replay::start(evening());
    let answer = get(&replay, &mirror("where=domain_id in (\"69\")&limit=100")).json();
    assert_eq!(answer["total_count"], 10);
    assert_eq!(
        rows(&answer),
        [
            "69 J 1 vert 09-28T14..09-28T22",
            "69 J 2 vert 09-28T14..09-28T22",
            "69 J 3 vert 09-28T14..09-28T22",
            "69 J 5 vert 09-28T14..09-28T22",
            "69 J 6 vert 09-28T14..09-28T22",
            "69 J1 1 vert 09-28T22..09-29T22",
            "69 J1 2 vert 09-28T22..09-29T22",
            "69 J1 3 vert 09-28T22..09-29T22",
            "69 J1 5 vert 09-28T22..09-29T22",
            "69 J1 6 vert 09-28T22..09-29T22",
        ]
    );
}

#[test]
fn a_warning_divides_the_slots_of_both_days() {
    let mut world = evening();
    let (from, to) = (moment("2026-09-28T20:00:00Z"), moment("2026-09-29T03:00:00Z"));
    world.set_vigilance("3310", 9, from, to, 3);
    let replay = Replay::start(world);
    let answer = get(&replay, &mirror("where=domain_id in (\"3310\")&limit=100")).json();
    assert_eq!(
        rows(&answer),
        [
            "3310 J 9 orange 09-28T20..09-28T22",
            "3310 J 9 vert 09-28T14..09-28T20",
            "3310 J1 9 orange 09-28T22..09-29T03",
            "3310 J1 9 vert 09-29T03..09-29T22",
        ]
    );
    let card = with_key(&replay, "any").json();
    assert_eq!(card["product"]["global_max_color_id"], "3");
    assert_eq!(item(&card, 0, "3310", "9")["timelaps_items"].as_array().unwrap().len(), 2);
    assert_eq!(item(&card, 1, "FRA", "9")["phenomenon_max_color_id"], 3);
    assert_eq!(item(&card, 1, "33", "1")["phenomenon_max_color_id"], 1);
}

#[test]
fn floods_are_in_the_card_without_slots_and_not_in_the_mirror() {
    let mut world = evening();
    let (from, to) = (moment("2026-09-28T18:00:00Z"), moment("2026-09-28T20:00:00Z"));
    world.set_vigilance("69", 4, from, to, 2);
    let replay = Replay::start(world);
    let card = with_key(&replay, "any").json();
    let flood = item(&card, 0, "69", "4");
    assert_eq!(
        (&flood["phenomenon_max_color_id"], &flood["timelaps_items"]),
        (&2.into(), &Value::Array(vec![]))
    );
    assert_eq!(item(&card, 1, "69", "4")["phenomenon_max_color_id"], 1);
    let answer = get(&replay, &mirror("where=domain_id=\"69\"&limit=100")).json();
    assert!(rows(&answer).iter().all(|row| !row.contains(" 4 ")));
}

#[test]
fn phenomena_are_those_of_the_season_and_those_that_were_set() {
    let phenomena = |world: World| -> BTreeSet<String> {
        let replay = Replay::start(world);
        let answer = get(&replay, &mirror("where=domain_id=\"69\"&limit=100")).json();
        rows(&answer).iter().map(|row| row.split(' ').nth(2).unwrap().to_owned()).collect()
    };
    let set = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(phenomena(evening()), set(&["1", "2", "3", "5", "6"]));
    assert_eq!(phenomena(quiet("2026-01-10T12:00:00+01:00")), set(&["1", "2", "3", "5", "7"]));
    let mut april = quiet("2026-04-10T12:00:00+02:00");
    let (from, to) = (moment("2026-04-10T12:00:00Z"), moment("2026-04-10T20:00:00Z"));
    april.set_vigilance("69", 6, from, to, 2);
    assert_eq!(phenomena(april), set(&["1", "2", "3", "5", "6"]));
}

#[test]
fn rows_come_in_pages_of_at_most_a_hundred() {
    let replay = Replay::start(evening());
    let first = get(&replay, &mirror("limit=100")).json();
    let total = usize::try_from(first["total_count"].as_u64().unwrap()).unwrap();
    assert!(total > 100, "more than a page: {total}");
    let mut all: BTreeSet<String> = BTreeSet::new();
    for offset in (0..total).step_by(100) {
        all.extend(rows(&get(&replay, &mirror(&format!("limit=100&offset={offset}"))).json()));
    }
    assert_eq!(all.len(), total);
    let few = get(&replay, &mirror("where=domain_id=\"69\"")).json();
    assert_eq!(rows(&few).len(), 10, "ten without a limit");
    for wrong in ["limit=101", "limit=x", "offset=-1", "where=domain_id in (69)", "where=x"] {
        let answer = get(&replay, &mirror(wrong));
        assert_eq!(answer.status, 400, "{wrong}");
        assert!(answer.json()["error_code"].is_string(), "{wrong}");
    }
    let none = get(&replay, &mirror("where=domain_id in (\"974\",\"99\")")).json();
    assert_eq!((none["total_count"].as_u64(), rows(&none).len()), (Some(0), 0));
}

#[test]
fn a_card_is_published_twice_a_day() {
    let published = |now: &str| {
        let replay = Replay::start(quiet(now));
        let card = with_key(&replay, "any").json();
        let row = get(&replay, &mirror("limit=1")).json();
        let product = row["results"][0]["product_datetime"].as_str().unwrap().to_owned();
        (card["product"]["update_time"].as_str().unwrap().to_owned(), product)
    };
    let morning = ("2026-09-28T04:00:07Z".to_owned(), "2026-09-28T04:00:00+00:00".to_owned());
    assert_eq!(published("2026-09-28T14:00:06Z"), morning);
    assert_eq!(published("2026-09-28T14:00:07Z").0, "2026-09-28T14:00:07Z");
    assert_eq!(published("2026-09-29T05:59:00+02:00").0, "2026-09-28T14:00:07Z");
}

#[test]
fn the_interface_wants_a_key() {
    let replay = Replay::start(evening());
    let refused = get(&replay, CARD);
    assert_eq!((refused.status, &refused.json()["code"]), (401, &"900902".into()));
    assert_eq!(with_key(&replay, "any").status, 200);
    replay.world(|world| world.vigilance.key = Some("right".to_owned()));
    let refused = with_key(&replay, "wrong");
    assert_eq!((refused.status, &refused.json()["code"]), (401, &"900901".into()));
    assert_eq!(with_key(&replay, "right").status, 200);
}

#[test]
fn the_tree_lies_elsewhere_and_names_the_folders_of_the_cards() {
    let replay = Replay::start(evening());
    let redirect = get(&replay, &format!("files.data.gouv.fr/{TREE}"));
    assert_eq!(redirect.status, 302);
    let store = format!("https://{}/{TREE}", host::VIGILANCE_STORE);
    assert_eq!(redirect.header("location"), Some(store));
    let tree = get(&replay, &format!("{}/{TREE}", host::VIGILANCE_STORE)).json();
    let today = tree["2026"]["09"]["28"].as_object().unwrap();
    let files = |folder: &str| today[folder][0].as_str().unwrap();
    assert_eq!(files("140007"), "CDP_CARTE_EXTERNE.json");
    assert_eq!(files("140108"), "CDP_TEXTES_VIGILANCE.json", "some folders hold texts alone");
    let card = |folder: &str| {
        let folder = format!("files.data.gouv.fr/meteofrance/data/vigilance/metropole/{folder}");
        get(&replay, &format!("{folder}/CDP_CARTE_EXTERNE.json"))
    };
    let update = card("2026/09/28/140007").json()["product"]["update_time"].clone();
    assert_eq!(update, "2026-09-28T14:00:07Z");
    assert_eq!(card("2026/09/28/140108").status, 404);
    assert_eq!(card("2026/09/29/040007").status, 404, "not yet");
}

#[test]
fn an_archive_that_lags_has_neither_the_folder_nor_the_card() {
    let mut world = evening();
    world.vigilance.archive_late_by = TimeDelta::hours(29);
    let replay = Replay::start(world);
    let tree = get(&replay, &format!("{}/{TREE}", host::VIGILANCE_STORE)).json();
    assert!(tree["2026"]["09"]["28"].is_null());
    assert!(tree["2026"]["09"]["27"]["040007"].is_array());
    assert!(tree["2026"]["09"]["27"]["140007"].is_null());
    assert_eq!(with_key(&replay, "any").json()["product"]["update_time"], "2026-09-28T14:00:07Z");
}

#[test]
fn faults_change_what_is_said() {
    let replay = Replay::start(evening());
    let target = mirror("where=domain_id=\"69\"&limit=100");
    let right = rows(&get(&replay, &target).json());
    let twisted = |fault: Fault| {
        replay.fault(host::VIGILANCE_MIRROR, fault.clone());
        replay.fault(host::VIGILANCE, fault);
        (rows(&get(&replay, &target).json()), with_key(&replay, "any").json())
    };
    let domains = |card: &Value| -> Vec<String> {
        let domains = card["product"]["periods"][0]["timelaps"]["domain_ids"].as_array().unwrap();
        domains.iter().map(|it| it["domain_id"].as_str().unwrap().to_owned()).collect()
    };
    let (none, card) = twisted(Fault::EmptyFeatures);
    assert!(none.is_empty() && domains(&card).is_empty());
    let (wrong, card) = twisted(Fault::WrongZone);
    assert!(wrong.iter().all(|row| row.starts_with("99 ")));
    assert!(!domains(&card).contains(&"69".to_owned()));
    let (old, card) = twisted(Fault::WrongDate);
    assert!(old.iter().all(|row| row.contains("08-29T") || row.contains("08-30T")), "{old:?}");
    assert_eq!(card["product"]["update_time"], "2026-08-29T14:00:07Z");
    let (twice, card) = twisted(Fault::DuplicateRows);
    assert_eq!(twice.len(), 2 * right.len());
    assert_eq!(domains(&card).iter().filter(|it| *it == "69").count(), 2);
}

#[test]
fn made_answers_have_the_shape_of_recorded_ones() {
    let mut world = evening();
    let (from, to) = (moment("2026-09-28T18:00:00Z"), moment("2026-09-28T20:00:00Z"));
    world.set_vigilance("69", 3, from, to, 3);
    let replay = Replay::start(world);
    if let Some(text) = recorded("opendatasoft-vigilance-departement-69.json") {
        let wanted = shape(&serde_json::from_str(&text).unwrap());
        let made = get(&replay, &mirror("where=domain_id=\"69\"&limit=100")).json();
        assert_eq!(shape(&made), wanted);
    }
    if let Some(text) = recorded("meteofrance-cartevigilance-20260826.json") {
        let wanted = shape(&serde_json::from_str(&text).unwrap());
        let made = shape(&with_key(&replay, "any").json());
        let missing: Vec<_> = wanted.difference(&made).collect();
        assert!(missing.is_empty(), "{missing:?}");
        // The recording is cut: these stand in whole cards, as the papers describe them.
        let cut = ["text_items", "max_count_items", "per_phenomenon_items"];
        let whole = |path: &&String| !cut.iter().any(|it| path.contains(&format!("[].{it}")));
        let extra: Vec<_> = made.difference(&wanted).filter(whole).collect();
        assert!(extra.is_empty(), "{extra:?}");
    }
}

#[test]
#[should_panic(expected = "no vigilance for 974")]
fn overseas_there_is_none() {
    evening().set_vigilance("974", 1, moment(EVENING), moment("2026-09-29T00:00:00Z"), 2);
}
