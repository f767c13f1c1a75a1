//! The pollen index and the pollution episodes.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::client::{date, episodes, get, moment, pollen, quiet};
use crate::{Fault, Replay, World, host};

const SPRING: &str = "2026-05-20T16:00:00+02:00";

/// The attributes of every row.
fn rows(replay: &Replay, target: &str) -> Vec<Value> {
    let answer = get(replay, target).json();
    let features = answer["features"].as_array().unwrap();
    features.iter().map(|row| row["properties"].clone()).collect()
}

fn texts<'r>(rows: &'r [Value], key: &str) -> Vec<&'r str> {
    rows.iter().map(|row| row[key].as_str().unwrap()).collect()
}

#[test]
fn pollen_is_published_at_noon_for_three_days() {
    let replay = Replay::start(quiet("2026-05-20T12:07:03+02:00"));
    let paris = pollen("code_zone='75056'", "");
    let before = rows(&replay, &paris);
    assert_eq!(texts(&before, "date_ech"), ["2026-05-19", "2026-05-20", "2026-05-21"]);
    assert_eq!(before[0]["date_maj"], "2026-05-19T10:07:03.267Z");
    replay.world(|world| {
        world.at(moment("2026-05-20T12:07:04+02:00"));
    });
    let after = rows(&replay, &paris);
    assert_eq!(texts(&after, "date_ech"), ["2026-05-20", "2026-05-21", "2026-05-22"]);
    assert_eq!(after[0]["date_maj"], "2026-05-20T10:07:03.267Z");
    assert_eq!(after[0]["partition_field"], "112026w21");
    assert_eq!(after[0]["name"], Value::Null);
    replay.world(|world| world.outage_from = Some(moment("2026-05-18T08:00:00+02:00")));
    assert_eq!(rows(&replay, &paris)[0]["date_ech"], "2026-05-17", "it keeps what it held");
}

#[test]
fn a_quiet_spring_is_very_low_and_an_ordinary_one_follows_the_model() {
    let quiet_rows = rows(&Replay::start(quiet(SPRING)), &pollen("code_qual>=0", ""));
    assert!(quiet_rows.iter().all(|row| row["code_qual"] == 1 && row["alerte"] == false));
    assert!(quiet_rows.iter().all(|row| row["pollen_resp"] == ""));

    let mut world = World::demo(moment(SPRING));
    // The model's highest hour; the day's mean is 60, above the bound of 50.
    world.set_day("69123", "grass_pollen", date("2026-05-21"), 100.0);
    world.set_gap("69123", "grass_pollen", date("2026-05-22"));
    let lyon = rows(&Replay::start(world), &pollen("code_zone='69123'", ""));
    let grass: Vec<_> = lyon.iter().map(|row| (&row["code_gram"], &row["conc_gram"])).collect();
    assert_eq!(grass[0].0, &json!(2), "{grass:?}");
    assert_eq!(grass[1], (&json!(4), &json!(60.0)));
    assert_eq!(grass[2].0, &json!(2), "a gap of the model is none in the air");
    assert_eq!(lyon[1]["lib_qual"], "Élevé");
    assert_eq!((&lyon[1]["alerte"], &lyon[1]["pollen_resp"]), (&json!(true), &json!("GRAMINEE")));
    assert_eq!(lyon[1]["conc_ambr"].to_string(), "0", "nothing is a bare 0");
}

#[test]
fn a_level_that_is_said_is_published_with_grains_and_who_is_responsible() {
    let day = date("2026-05-20");
    let mut world = quiet(SPRING);
    world.set_pollen("69123", "birch", day, 6).set_pollen("69123", "grass", day, 6);
    for taxon in ["alder", "birch", "olive", "grass", "mugwort", "ragweed"] {
        world.set_pollen("75056", taxon, day, 0);
    }
    let replay = Replay::start(world);
    let of = |code: &str| {
        let filter = format!("code_zone='{code}' AND date_ech='2026-05-20'");
        rows(&replay, &pollen(&filter, ""))[0].clone()
    };
    let lyon = of("69123");
    assert_eq!((&lyon["code_qual"], &lyon["lib_qual"]), (&json!(6), &json!("Extrêmement élevé")));
    assert_eq!(lyon["pollen_resp"], "BETULA GRAMINEE");
    assert!(lyon["conc_boul"].as_f64().unwrap() > 500.0);
    let paris = of("75056");
    assert_eq!((&paris["code_qual"], &paris["lib_qual"]), (&json!(0), &json!("Indisponible")));
}

#[test]
fn a_level_makes_the_grains_that_make_the_level() {
    let day = date("2026-05-20");
    for (taxon, code, variable) in [
        ("alder", "aul", "alder_pollen"),
        ("birch", "boul", "birch_pollen"),
        ("olive", "oliv", "olive_pollen"),
        ("grass", "gram", "grass_pollen"),
        ("mugwort", "arm", "mugwort_pollen"),
        ("ragweed", "ambr", "ragweed_pollen"),
    ] {
        for level in 1..=5 {
            let mut world = quiet(SPRING);
            world.set_pollen("69123", taxon, day, level);
            let said = rows(&Replay::start(world), &pollen("code_zone='69123'", ""))[0].clone();
            let mean = said[format!("conc_{code}")].as_f64().unwrap();
            let mut world = quiet(SPRING);
            world.set_day("69123", variable, day, mean / 0.6 + 0.001);
            let made = rows(&Replay::start(world), &pollen("code_zone='69123'", ""))[0].clone();
            assert_eq!(made[format!("code_{code}")], level, "{taxon} {level}");
        }
    }
}

#[test]
fn the_pollen_layer_covers_the_mainland_but_for_whom_it_is_told_not_to() {
    let mut world = quiet(SPRING);
    world.unpublish_pollen("31555");
    let rows = rows(&Replay::start(world), &pollen("date_ech='2026-05-20'", ""));
    let codes: BTreeSet<&str> = texts(&rows, "code_zone").into_iter().collect();
    assert!(codes.contains("85113") && codes.contains("35238"), "also who has no index");
    assert!(!codes.contains("31555") && codes.iter().all(|code| !code.starts_with("97")));
    let kinds: BTreeSet<&str> = texts(&rows, "type_zone").into_iter().collect();
    assert_eq!(kinds, BTreeSet::from(["COMMUNE", "Commune", "commune"]));
}

#[test]
fn the_heavy_polygons_are_left_out_where_properties_are_chosen() {
    let replay = Replay::start(quiet(SPRING));
    for target in [pollen("code_zone='75056'", ""), episodes("code_zone='11'", "")] {
        let whole = get(&replay, &target).json();
        assert_eq!(whole["features"][0]["geometry"]["type"], "MultiPolygon");
        let ring = &whole["features"][0]["geometry"]["coordinates"][0][0];
        assert_eq!((ring.as_array().unwrap().len(), &ring[0]), (5, &ring[4]));
        assert!(ring[0][0].as_f64().unwrap() > 100_000.0, "metres unless degrees are asked for");
        let chosen = target.replace("&CQL", "&propertyName=code_zone,date_ech&CQL");
        let chosen = get(&replay, &chosen).json();
        assert_eq!(
            (&chosen["features"][0]["geometry"], &chosen["crs"]),
            (&json!(null), &json!(null))
        );
        let keys = chosen["features"][0]["properties"].as_object().unwrap().len();
        assert_eq!(keys, 2);
        let total = chosen["features"].as_array().unwrap().len();
        assert_eq!(
            (&chosen["totalFeatures"], &chosen["numberMatched"]),
            (&json!(total), &json!(total))
        );
        assert_ne!(whole["features"][0]["id"], chosen["features"][0]["id"]);
    }
}

#[test]
fn what_a_layer_does_not_have_is_xml_with_status_200() {
    let replay = Replay::start(quiet(SPRING));
    for target in [
        pollen("code_pol='7'", ""),
        episodes("code_qual=1", ""),
        episodes("code_zone='11'", "&propertyName=type_zone"),
        pollen("code_zone=", ""),
        episodes("date_ech>='2026-05-20'", "").replace("alrt3j", "alrt"),
        pollen("code_zone='75056'", "").replace("ind_pol/ows", "alrt/ows"),
    ] {
        let answer = get(&replay, &target);
        assert_eq!(answer.status, 200, "{target}");
        assert!(answer.text().contains("<ows:ExceptionReport"), "{}", answer.text());
    }
}

#[test]
fn what_is_announced_for_today_was_announced_yesterday() {
    let replay = Replay::start(quiet("2026-10-04T10:15:00+02:00"));
    let ozone = episodes("code_zone='11' AND lib_pol='Ozone'", "");
    let days = |replay: &Replay| -> Vec<(String, String)> {
        let text = |row: &Value, key: &str| row[key].as_str().unwrap()[..10].to_owned();
        let rows = rows(replay, &ozone);
        rows.iter().map(|row| (text(row, "date_ech"), text(row, "date_maj"))).collect()
    };
    let day = |of: &str, updated: &str| (format!("2026-10-{of}"), format!("2026-10-{updated}"));
    assert_eq!(days(&replay), [day("03", "02"), day("04", "03"), day("05", "03")]);
    replay.world(|world| {
        world.at(moment("2026-10-04T15:30:00+02:00"));
    });
    assert_eq!(days(&replay), [day("04", "03"), day("05", "04"), day("06", "04")]);
}

#[test]
fn nothing_is_announced_until_it_is_said_and_then_in_these_words() {
    let mut world = quiet("2026-10-04T16:00:00+02:00");
    world.set_episode("ILE-DE-FRANCE", "pm10", date("2026-10-05"), "ALERTE SUR PERSISTANCE");
    let replay = Replay::start(world);
    let all = rows(&replay, &episodes("date_ech>='2026-10-04'", ""));
    let announced: Vec<_> = all.iter().filter(|row| row["etat"] != "PAS DE DEPASSEMENT").collect();
    assert_eq!(announced.len(), 1);
    assert_eq!(
        (&announced[0]["lib_zone"], &announced[0]["date_ech"], &announced[0]["etat"]),
        (&json!("ILE-DE-FRANCE"), &json!("2026-10-05"), &json!("ALERTE SUR PERSISTANCE"))
    );
}

#[test]
fn agencies_write_zones_and_pollutants_each_in_their_own_way() {
    let replay = Replay::start(quiet("2026-10-04T16:00:00+02:00"));
    let all = rows(&replay, &episodes("date_ech='2026-10-04'", ""));
    let set = |key: &str| -> BTreeSet<String> {
        texts(&all, key).into_iter().map(str::to_owned).collect()
    };
    assert!(set("lib_zone").is_superset(&BTreeSet::from(
        ["ILE-DE-FRANCE", "Grand Est", "Rhône", "BASSIN GRENOBLOIS"].map(str::to_owned)
    )));
    assert!(set("lib_pol").is_superset(&BTreeSet::from(
        ["Ozone", "O3", "NO2", "Dioxyde d'azote", "PM10", "Particules PM10"].map(str::to_owned)
    )));
    let nitrogen: BTreeSet<&str> = all
        .iter()
        .filter(|row| row["lib_pol"] == "NO2" || row["lib_pol"] == "DIOXYDE D'AZOTE")
        .map(|row| row["code_pol"].as_str().unwrap())
        .collect();
    assert_eq!(nitrogen, BTreeSet::from(["3", "8"]));
    // The code of Auvergne-Rhône-Alpes is that of Vaucluse; 69 is a département.
    assert!(
        set("code_zone").is_superset(&BTreeSet::from(["84", "69", "ARA-BG"].map(str::to_owned)))
    );
}

#[test]
fn a_zone_is_found_by_a_box_that_meets_it() {
    let replay = Replay::start(quiet("2026-10-04T16:00:00+02:00"));
    let around = |bounds: &str| -> BTreeSet<String> {
        let filter = format!("BBOX(the_geom,{bounds},'EPSG:4326') AND date_ech='2026-10-04'");
        let rows = rows(&replay, &episodes(&filter, "&propertyName=lib_zone,date_ech"));
        texts(&rows, "lib_zone").into_iter().map(str::to_owned).collect()
    };
    let grenoble = around("5.65,45.15,5.75,45.25");
    let expected = ["AUVERGNE-RHONE-ALPES", "BASSIN GRENOBLOIS"].map(str::to_owned);
    assert_eq!(grenoble, BTreeSet::from(expected));
    assert!(around("2.25,48.75,2.35,48.85").contains("ILE-DE-FRANCE"));
    assert!(around("-30.0,40.0,-29.9,40.1").is_empty());
    replay.world(|world| {
        world.unpublish_episodes("AUVERGNE-RHONE-ALPES");
    });
    assert_eq!(around("5.65,45.15,5.75,45.25").len(), 1);
}

#[test]
fn the_rows_of_these_layers_may_be_none_wrong_old_or_double_too() {
    let replay = Replay::start(quiet(SPRING));
    for (layer, target) in [
        (host::ATMO_POLLEN, pollen("code_zone='69123'", "")),
        (host::ATMO_EPISODES, episodes("code_zone='69'", "")),
    ] {
        let right = rows(&replay, &target);
        let twisted = |fault: Fault| {
            replay.fault(layer, fault);
            let rows = rows(&replay, &target);
            replay.fault(layer, None);
            rows
        };
        assert!(twisted(Fault::EmptyFeatures).is_empty());
        let wrong = twisted(Fault::WrongZone);
        assert_eq!(wrong.len(), 2);
        assert!(wrong.iter().all(|row| row["code_zone"] != right[0]["code_zone"]));
        assert_eq!(twisted(Fault::WrongDate)[0]["date_ech"], "2026-04-20");
        assert_eq!(twisted(Fault::DuplicateRows).len(), 2 * right.len());
        replay.fault(layer, Fault::Nan);
        assert!(!get(&replay, &target).is_json());
        replay.fault(layer, None);
    }
}

#[test]
#[should_panic(expected = "no zone BASSIN DE NULLE PART")]
fn an_unknown_episode_zone_is_refused() {
    quiet(SPRING).set_episode("BASSIN DE NULLE PART", "o3", date("2026-05-20"), "ALERTE");
}

#[test]
#[should_panic(expected = "no taxon hazel")]
fn an_unknown_taxon_is_refused() {
    quiet(SPRING).set_pollen("69123", "hazel", date("2026-05-20"), 3);
}

/// A question to the history of the ATMO index.
fn history(filter: &str) -> String {
    format!(
        "data.atmo-france.org/geoserver/ind/ows?service=WFS&version=2.0.0&request=GetFeature\
         &typeNames=ind:ind_atmo&outputFormat=application/json&srsName=EPSG:4326\
         &CQL_FILTER={filter}&count=4000"
    )
}

#[test]
fn the_history_of_the_index_has_each_day_as_it_was_last_published_on_it() {
    let mut world = quiet("2026-09-08T16:00:00+02:00");
    world.set_air("69123", date("2026-03-01"), 4);
    let evening = moment("2026-09-05T18:10:00+02:00");
    world.publish_at("69123", evening).air(date("2026-09-05"), 5);
    let replay = Replay::start(world);
    let rows = rows(&replay, &history("code_zone='69123' AND date_ech>='2026-03-01'"));
    assert_eq!(rows.len(), 194, "from the first of March to the tenth of September");
    assert_eq!((&rows[0]["date_ech"], &rows[0]["code_qual"]), (&json!("2026-03-01"), &json!(4)));
    let fifth = rows.iter().find(|row| row["date_ech"] == "2026-09-05").unwrap();
    assert_eq!(fifth["code_qual"], 5);
    assert_eq!(fifth["date_maj"], "2026-09-05T16:10:00.000Z");
    let yesterday = rows.iter().find(|row| row["date_ech"] == "2026-09-07").unwrap();
    assert_eq!(yesterday["date_maj"], "2026-09-07T11:29:44.522Z");
}

#[test]
fn the_history_of_the_index_is_refused_where_no_zone_is_named() {
    let replay = Replay::start(quiet("2026-09-08T16:00:00+02:00"));
    for filter in
        ["", "date_ech>='2026-09-01'", "code_zone='69123' OR code_qual>1", "NOT code_zone='69123'"]
    {
        let answer = get(&replay, &history(filter));
        assert_eq!(answer.status, 200);
        assert!(answer.text().contains("ExceptionReport"), "{filter:?}");
    }
}
