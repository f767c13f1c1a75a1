//! Right answers.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::client::{air, ask, atmo, date, get, moment, quiet, rest};
use crate::{AirDay, Replay, World, host};

const AFTERNOON: &str = "2026-09-08T16:00:00+02:00";

fn afternoon() -> Replay {
    Replay::start(quiet(AFTERNOON))
}

/// Code, name, day and level of each row.
fn rows(replay: &Replay, filter: &str) -> Vec<(String, String, String, i64)> {
    let answer = get(replay, &atmo(filter, "")).json();
    let text = |row: &Value, key: &str| row["properties"][key].as_str().unwrap().to_owned();
    answer["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let level = row["properties"]["code_qual"].as_i64().unwrap();
            (text(row, "code_zone"), text(row, "lib_zone"), text(row, "date_ech"), level)
        })
        .collect()
}

#[test]
fn one_filtered_request_answers_for_all_places() {
    let mut world = quiet(AFTERNOON);
    world.set_air("69123", date("2026-09-08"), 3);
    let replay = Replay::start(world);
    let row = |code: &str, name: &str, day: &str, level| {
        (code.to_owned(), name.to_owned(), format!("2026-09-{day}"), level)
    };
    assert_eq!(
        rows(&replay, "code_zone IN ('75056','69123') AND date_ech>='2026-09-08'"),
        [
            row("75056", "Paris", "08", 2),
            row("75056", "Paris", "09", 2),
            row("69123", "Lyon", "08", 3),
            row("69123", "Lyon", "09", 2),
            row("69123", "Lyon", "10", 2),
        ]
    );
    assert_eq!(rows(&replay, "lib_zone='Paris' AND date_ech='2026-09-09'").len(), 1);
    assert_eq!(
        rows(&replay, "code_zone='75056' AND (date_ech<='2026-09-08' OR date_ech='2027-01-01')"),
        [row("75056", "Paris", "08", 2)]
    );
}

#[test]
fn a_zone_is_found_around_a_point_where_the_commune_has_none() {
    let replay = afternoon();
    assert!(rows(&replay, "code_zone='35238'").is_empty(), "Rennes has no row of its own");
    let around = "BBOX(the_geom,-1.9,47.9,-1.5,48.3,'EPSG:4326') AND date_ech='2026-09-08'";
    let found = rows(&replay, around);
    assert_eq!((found.len(), found[0].1.as_str()), (1, "Rennes Métropole"));
}

#[test]
fn the_traps_of_the_layer_are_in_the_data() {
    let mut world = quiet(AFTERNOON);
    let event = AirDay { overall: 8, ..AirDay::at_level(2, date("2026-09-09")) };
    world
        .set_air("31555", date("2026-09-08"), 0)
        .set_air("31555", date("2026-09-09"), 7)
        .set_air_day("31555", date("2026-09-10"), event);
    let replay = Replay::start(world);
    let answer = get(&replay, &atmo("code_qual>=0", "&srsName=EPSG:4326")).json();
    let rows: Vec<&Value> =
        answer["features"].as_array().unwrap().iter().map(|row| &row["properties"]).collect();
    let all = |key: &str| -> BTreeSet<&str> {
        rows.iter().map(|row| row[key].as_str().unwrap()).collect()
    };
    assert_eq!(all("type_zone"), BTreeSet::from(["COMMUNE", "Commune", "EPCI", "commune"]));
    assert!(all("lib_qual").is_superset(&BTreeSet::from(["Moyen", "moyen", "Indisponible"])));
    assert!(all("coul_qual").is_superset(&BTreeSet::from(["#50CCAA", "#50ccaa"])));
    let of = |code: &str| -> Vec<&Value> {
        rows.iter().filter(|row| row["code_zone"] == code).copied().collect()
    };
    let levels: Vec<&Value> = of("243100518").iter().map(|row| &row["code_qual"]).collect();
    assert_eq!(levels, [0, 7, 8], "unavailable and both codes of an event");

    let guyane = of("249730045");
    let names: BTreeSet<&str> =
        guyane.iter().map(|row| row["lib_zone"].as_str().unwrap()).collect();
    assert_eq!((names.len(), guyane.len()), (6, 12), "six communes share one code");
    assert!(guyane[0]["x_wgs84"].as_f64().unwrap() > 300_000.0, "metres where degrees belong");
    assert_eq!(guyane[0]["date_ech"], "2026-09-09", "the later day comes first");

    let rennes = of("243500139")[0];
    assert_eq!((&rennes["code_qual"], &rennes["code_o3"]), (&json!(2), &json!(0)));
    let lyon = of("69123")[0];
    assert_eq!(lyon["date_maj"], "2026-09-08T11:29:44.522Z");
    assert_eq!(lyon["date_dif"], "2026-09-08T13:29:44Z", "local time, mislabelled");
}

#[test]
fn properties_may_be_chosen_and_then_the_geometry_is_gone() {
    let replay = afternoon();
    let filter = "code_zone='75056'";
    let whole = get(&replay, &atmo(filter, "")).json();
    assert_eq!(whole["features"][0]["geometry_name"], "the_geom");
    assert!(whole["features"][0]["geometry"]["coordinates"][0].as_f64().unwrap() > 200_000.0);
    assert_eq!(whole["crs"]["properties"]["name"], "urn:ogc:def:crs:EPSG::3857");

    let degrees = get(&replay, &atmo(filter, "&srsName=urn:ogc:def:crs:EPSG::4326")).json();
    assert!(degrees["features"][0]["geometry"]["coordinates"][0].as_f64().unwrap() < 3.0);

    let chosen = get(&replay, &atmo(filter, "&propertyName=code_zone,code_qual")).json();
    assert_eq!(chosen["crs"], Value::Null);
    assert_eq!(chosen["features"][0]["geometry"], Value::Null);
    assert_eq!(chosen["features"][0]["properties"], json!({"code_zone": "75056", "code_qual": 2}));
}

#[test]
fn a_count_limits_what_is_returned_and_not_what_matched() {
    let answer = get(&afternoon(), &atmo("code_zone='69123'", "&count=2")).json();
    assert_eq!(answer["features"].as_array().unwrap().len(), 2);
    let counts = [&answer["totalFeatures"], &answer["numberMatched"], &answer["numberReturned"]];
    assert_eq!(counts, [3, 3, 2]);
    assert_eq!(answer["timeStamp"], "2026-09-08T14:00:00.000Z");
}

#[test]
fn a_feature_has_another_identifier_at_each_call() {
    let replay = afternoon();
    let ids = || -> BTreeSet<String> {
        let answer = get(&replay, &atmo("code_zone='69123'", "")).json();
        let features = answer["features"].as_array().unwrap().clone();
        features.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
    };
    let (first, second) = (ids(), ids());
    assert_eq!((first.len(), second.len()), (3, 3));
    assert!(first.is_disjoint(&second), "{first:?} {second:?}");
}

#[test]
fn an_unknown_zone_has_no_features() {
    let answer = get(&afternoon(), &atmo("code_zone='01001'", "")).json();
    assert_eq!((&answer["features"], &answer["totalFeatures"]), (&json!([]), &json!(0)));
}

#[test]
fn what_the_geoserver_does_not_understand_is_xml_with_status_200() {
    let replay = afternoon();
    let base = "data.atmo-france.org/geoserver/ind/ows?request=GetFeature";
    for target in [
        atmo("code_zone==", ""),
        atmo("insee='75056'", ""),
        atmo("code_zone='75056'", "&propertyName=nom"),
        atmo("code_zone='75056'", "&count=all"),
        format!("{base}&service=ows&typeName=ind:ind_atmo_2021&outputFormat=json"),
        format!("{base}&service=WFS&typeName=ind:ind_atmo_2026&outputFormat=json"),
        format!("{base}&service=WFS&typeName=ind:ind_atmo_2021"),
    ] {
        let answer = get(&replay, &target);
        assert_eq!(answer.status, 200, "{target}");
        assert_eq!(answer.header("content-type").as_deref(), Some("application/xml"));
        assert!(answer.text().contains("<ows:ExceptionReport"), "{}", answer.text());
    }
    let singular =
        format!("{base}&SERVICE=wfs&typeName=ind:ind_atmo_2021&outputFormat=json&count=1");
    assert!(get(&replay, &singular).is_json());
}

#[test]
fn the_demo_shows_lyon_getting_worse_and_paris_staying_fair() {
    // In the morning, too: Lyon's publication of yesterday reaches tomorrow.
    for now in ["2026-09-08T09:00:00+02:00", AFTERNOON, "2026-12-08T16:00:00+01:00"] {
        let replay = Replay::start(World::demo(moment(now)));
        let today = &now[..10];
        let lyon = rows(&replay, &format!("code_zone='69123' AND date_ech>='{today}'"));
        assert_eq!((lyon[0].3, lyon[1].3), (3, 4), "{now}");
        let paris = rows(&replay, &format!("code_zone='75056' AND date_ech='{today}'"));
        assert_eq!(paris[0].3, 2, "{now}");
    }
}

#[test]
fn one_point_is_an_object_and_several_are_an_array_in_order() {
    let replay = afternoon();
    let one = get(&replay, &air("latitude=45.8&longitude=4.8&hourly=ozone")).json();
    assert_eq!((&one["latitude"], &one["longitude"]), (&json!(45.8), &json!(4.800001)));
    assert!(one.get("location_id").is_none());
    let several = get(&replay, &air("latitude=48.9,45.8&longitude=2.3,4.8&hourly=ozone")).json();
    let places = several.as_array().unwrap();
    assert_eq!(places.len(), 2);
    assert!(places[0].get("location_id").is_none(), "the first is 0 and left out");
    assert_eq!((&places[1]["location_id"], &places[1]["latitude"]), (&json!(1), &json!(45.8)));
}

#[test]
fn open_meteo_gives_its_reason_for_a_refusal() {
    let replay = afternoon();
    for (query, reason) in [
        ("latitude=1,2&longitude=1&hourly=ozone", "same number of elements"),
        (
            "latitude=1&longitude=1&hourly=ozone,tempeture_2m",
            "invalid String value tempeture_2m for key hourly",
        ),
        ("latitude=91&longitude=1", "Given: 91.0."),
        ("latitude=north&longitude=1", "invalid String value north"),
        ("longitude=1", "'latitude' is required"),
        ("latitude=1&longitude=1&timezone=Paris", "Invalid timezone"),
        ("latitude=1&longitude=1&past_days=93", "Allowed range 0 to 92"),
        ("latitude=1&longitude=1&forecast_days=8", "Allowed range 0 to 7"),
        ("latitude=1&longitude=1&start_date=2026-09-08", "must be set"),
        ("latitude=1&longitude=1&timeformat=roman", "timeformat"),
        ("latitude=1&longitude=1&hourley=ozone", "'hourley' is not replayed"),
    ] {
        let answer = get(&replay, &air(query));
        assert_eq!(answer.status, 400, "{query}");
        let body = answer.json();
        assert_eq!(body["error"], true, "{query}");
        assert!(body["reason"].as_str().unwrap().contains(reason), "{query}: {body}");
    }
}

#[test]
fn hours_begin_at_midnight_of_the_zone_that_is_asked_for() {
    let replay = Replay::start(quiet("2026-09-09T00:30:00+02:00"));
    let first_and_count = |query: &str| {
        let query = format!("latitude=45.8&longitude=4.8&hourly=ozone{query}");
        let answer = get(&replay, &air(&query)).json();
        let times = answer["hourly"]["time"].as_array().unwrap().clone();
        assert_eq!(times.len(), answer["hourly"]["ozone"].as_array().unwrap().len());
        (times[0].clone(), times.len())
    };
    // In GMT it is still the eighth.
    for (query, first, count) in [
        ("", json!("2026-09-08T00:00"), 120),
        ("&timezone=Europe/Paris&forecast_days=1", json!("2026-09-09T00:00"), 24),
        ("&timezone=auto&forecast_days=2", json!("2026-09-09T00:00"), 48),
        ("&past_days=1&forecast_days=1", json!("2026-09-07T00:00"), 48),
        ("&start_date=2026-09-01&end_date=2026-09-02", json!("2026-09-01T00:00"), 48),
        ("&timeformat=unixtime", json!(1_788_825_600), 120),
        ("&timeformat=unixtime&timezone=auto", json!(1_788_904_800), 120),
    ] {
        assert_eq!(first_and_count(query), (first, count), "{query}");
    }
}

#[test]
fn the_answer_names_its_zone_and_one_offset() {
    let replay = afternoon();
    for (query, name, seconds, short) in [
        ("latitude=45.8&longitude=4.8", "GMT", 0, "GMT"),
        ("latitude=45.8&longitude=4.8&timezone=auto", "Europe/Paris", 7200, "GMT+2"),
        ("latitude=4.9&longitude=-52.3&timezone=auto", "America/Cayenne", -10_800, "GMT-3"),
        ("latitude=1&longitude=1&timezone=Asia/Kolkata", "Asia/Kolkata", 19_800, "GMT+5:30"),
    ] {
        let answer = get(&replay, &air(query)).json();
        assert_eq!(answer["timezone"], name);
        assert_eq!(answer["utc_offset_seconds"], seconds);
        assert_eq!(answer["timezone_abbreviation"], short);
    }
}

#[test]
fn without_a_section_only_the_header_is_answered() {
    for api in ["air-quality-api.open-meteo.com/v1/air-quality", "api.open-meteo.com/v1/forecast"] {
        let answer = get(&afternoon(), &format!("{api}?latitude=45.8&longitude=4.8")).json();
        let keys: BTreeSet<&str> = answer.as_object().unwrap().keys().map(String::as_str).collect();
        let header = BTreeSet::from([
            "elevation",
            "generationtime_ms",
            "latitude",
            "longitude",
            "timezone",
            "timezone_abbreviation",
            "utc_offset_seconds",
        ]);
        assert_eq!(keys, header, "{api}");
    }
}

#[test]
fn the_micro_sign_is_a_greek_letter() {
    let query = "latitude=45.8&longitude=4.8&hourly=pm2_5,grass_pollen,uv_index,european_aqi";
    let units = get(&afternoon(), &air(query)).json()["hourly_units"].clone();
    assert_eq!(
        units,
        json!({"time": "iso8601", "pm2_5": "\u{3bc}g/m³", "grass_pollen": "grains/m³",
               "uv_index": "", "european_aqi": "EAQI"})
    );
}

/// Position of the first `null` of one variable over the five days from midnight GMT.
fn first_gap(now: &str, point: &str, variable: &str) -> Option<usize> {
    let replay = Replay::start(quiet(now));
    let answer = get(&replay, &air(&format!("{point}&hourly={variable}"))).json();
    answer["hourly"][variable].as_array()?.iter().position(Value::is_null)
}

#[test]
fn beyond_the_horizon_of_the_last_run_there_is_nothing() {
    let lyon = "latitude=45.8&longitude=4.8";
    let tokyo = "latitude=35.7&longitude=139.7";
    // The run of the day arrives at 09:30 UTC; until then it is that of yesterday.
    assert_eq!(first_gap("2026-09-08T09:29:00Z", lyon, "ozone"), Some(97 - 24));
    assert_eq!(first_gap("2026-09-08T09:30:00Z", lyon, "ozone"), Some(97));
    assert_eq!(first_gap("2026-09-08T09:30:00Z", tokyo, "ozone"), None);
    assert_eq!(first_gap("2026-09-08T07:00:00Z", tokyo, "ozone"), Some(121 - 12));
}

#[test]
fn pollen_is_null_outside_europe_and_a_number_inside() {
    let now = "2026-09-08T12:00:00Z";
    assert_eq!(first_gap(now, "latitude=4.9&longitude=-52.3", "grass_pollen"), Some(0));
    assert_eq!(first_gap(now, "latitude=45.8&longitude=4.8", "grass_pollen"), Some(97));
}

#[test]
fn the_current_section_is_the_hour_that_runs() {
    let replay = Replay::start(quiet("2026-09-08T16:40:00+02:00"));
    let query = "latitude=45.8&longitude=4.8&timezone=auto&current=ozone&hourly=ozone";
    let answer = get(&replay, &air(query)).json();
    assert_eq!(answer["current"]["time"], "2026-09-08T16:00");
    assert_eq!(answer["current"]["interval"], 3600);
    assert_eq!(answer["current"]["ozone"], answer["hourly"]["ozone"][16]);
}

#[test]
fn communes_are_found_by_code_postcode_name_and_point() {
    let replay = afternoon();
    for (query, names) in [
        ("code=69123", vec!["Lyon"]),
        ("codePostal=75013", vec!["Paris"]),
        ("codePostal=99999", vec![]),
        ("nom=saint etienne", vec!["Saint-Étienne"]),
        ("nom=saint&boost=population", vec!["Saint-Étienne", "Saint-Denis"]),
        ("nom=saint&boost=population&limit=1", vec!["Saint-Étienne"]),
        ("lat=45.76&lon=4.83", vec!["Lyon"]),
        ("lat=0&lon=0", vec![]),
        ("nom=Nowhere", vec![]),
    ] {
        let answer = get(&replay, &format!("geo.api.gouv.fr/communes?{query}"));
        assert_eq!(answer.status, 200, "{query}");
        let found = answer.json();
        let found: Vec<&str> =
            found.as_array().unwrap().iter().map(|it| it["nom"].as_str().unwrap()).collect();
        assert_eq!(found, names, "{query}");
    }
}

#[test]
fn a_commune_is_described_by_the_fields_that_are_asked_for() {
    let replay = afternoon();
    let lyon = get(&replay, "geo.api.gouv.fr/communes/69123?fields=centre,codeEpci").json();
    assert_eq!(
        lyon,
        json!({"nom": "Lyon", "code": "69123", "codeEpci": "200046977",
               "centre": {"type": "Point", "coordinates": [4.8351, 45.758]}})
    );
    let island = get(&replay, "geo.api.gouv.fr/communes/85113").json();
    assert!(island.get("codeEpci").is_none() && island.get("centre").is_none(), "{island}");
    let scored = get(&replay, "geo.api.gouv.fr/communes?nom=Lyon&fields=nom").json();
    assert!(scored[0]["_score"].is_number());
}

#[test]
fn the_commune_register_refuses_in_plain_text() {
    let replay = afternoon();
    for (target, status) in [
        ("communes/99999", 404),
        ("communes?lat=north&lon=4", 400),
        ("communes?lat=45.7", 400),
        ("communes?limit=few", 400),
        ("communes?boost=beauty", 400),
    ] {
        let answer = get(&replay, &format!("geo.api.gouv.fr/{target}"));
        assert_eq!(answer.status, status, "{target}");
        assert!(answer.header("content-type").unwrap().starts_with("text/plain"));
    }
}

#[test]
fn geocoding_leaves_out_what_it_does_not_know() {
    let replay = afternoon();
    let search = |query: &str| {
        get(&replay, &format!("geocoding-api.open-meteo.com/v1/search?{query}")).json()
    };
    let lyon = search("name=Lyon, Rhône&count=20");
    assert_eq!(
        (&lyon["results"][0]["name"], &lyon["results"][0]["country_code"]),
        (&json!("Lyon"), &json!("FR"))
    );
    let bare = lyon["results"][1].as_object().unwrap();
    assert_eq!(bare.keys().collect::<Vec<_>>(), ["id", "latitude", "longitude", "name"]);
    for (query, reason) in [
        ("name=Nowhere", "nothing of that name"),
        ("name=L", "one letter"),
        ("name=Ly", "two letters are the whole name"),
        ("name=Gen&countryCode=FR", "the country is another"),
    ] {
        assert!(search(query).get("results").is_none(), "{reason}");
    }
    let refused = get(&replay, "geocoding-api.open-meteo.com/v1/search?name=Lyon&count=0");
    assert_eq!((refused.status, &refused.json()["error"]), (400, &json!(true)));
}

#[test]
fn an_address_that_no_upstream_has_is_404_with_a_sentence() {
    let replay = afternoon();
    for target in ["example.org/", "geo.api.gouv.fr/regions", "", "data.atmo-france.org"] {
        let answer = get(&replay, target);
        assert_eq!(answer.status, 404, "{target:?}");
        let text = answer.text();
        assert!(text.starts_with("The replay server knows nothing at") && text.ends_with('.'));
    }
}

#[test]
fn the_world_changes_while_the_server_runs() {
    let replay = afternoon();
    let lyon = "code_zone='69123' AND date_ech='2026-09-09'";
    assert_eq!(rows(&replay, lyon)[0].3, 2);
    let evening = moment("2026-09-08T18:10:00+02:00");
    replay.world(|world| {
        world.publish_at("69123", evening).air(date("2026-09-09"), 4);
        world.at(evening);
    });
    assert_eq!(rows(&replay, lyon)[0].3, 4);
    replay.world(|world| {
        world.unpublish("69123");
    });
    assert!(rows(&replay, lyon).is_empty());
}

#[test]
fn every_request_is_remembered_as_it_was_asked() {
    let replay = afternoon();
    let headers = "user-agent: Ecosante/1.0 (+https://example.org)\r\nconnection: close\r\n";
    rest(&mut ask(&replay, "geo.api.gouv.fr/communes?nom=Le Havre&limit=1", headers));
    get(&replay, "example.org/x");
    let requests = replay.requests();
    assert_eq!(requests.len(), 2);
    let first = &requests[0];
    assert_eq!(first.at, moment(AFTERNOON));
    assert_eq!((first.host.as_str(), first.path.as_str()), (host::COMMUNES, "/communes"));
    assert_eq!(first.parameter("nom"), Some("Le Havre"));
    assert_eq!(first.user_agent.as_deref(), Some("Ecosante/1.0 (+https://example.org)"));
    assert_eq!(first.header("host"), Some("localhost"));
    assert_eq!(replay.requests_to("example.org").len(), 1);
    replay.forget_requests();
    assert!(replay.requests().is_empty());
}

#[test]
fn one_connection_serves_several_requests() {
    use std::io::Write as _;

    let replay = afternoon();
    let mut stream = ask(&replay, "geo.api.gouv.fr/communes/69123", "");
    write!(stream, "GET /geo.api.gouv.fr/communes/75056 HTTP/1.1\r\nconnection: close\r\n\r\n")
        .unwrap();
    let (raw, error) = rest(&mut stream);
    let text = String::from_utf8(raw).unwrap();
    assert!(error.is_none() && text.contains("Lyon") && text.contains("Paris"), "{text}");
}

#[test]
fn only_get_is_answered() {
    use std::io::Write as _;

    let replay = afternoon();
    let mut stream = std::net::TcpStream::connect(&replay.gateway()["http://".len()..]).unwrap();
    write!(stream, "POST /geo.api.gouv.fr/communes HTTP/1.1\r\ncontent-length: 0\r\n\r\n").unwrap();
    let (raw, _) = rest(&mut stream);
    assert!(raw.starts_with(b"HTTP/1.1 405 "), "{}", String::from_utf8_lossy(&raw));
}

#[test]
fn an_answer_is_compressed_for_who_accepts_it() {
    use std::io::Read as _;

    let replay = afternoon();
    let target = "geo.api.gouv.fr/communes";
    let plain = get(&replay, target);
    assert_eq!(plain.header("content-encoding"), None);
    let headers = "accept-encoding: br, gzip\r\nconnection: close\r\n";
    let (raw, _) = rest(&mut ask(&replay, target, headers));
    let packed = super::client::Response::parse(&raw);
    assert_eq!(packed.header("content-encoding").as_deref(), Some("gzip"));
    let mut body = Vec::new();
    flate2::read::GzDecoder::new(&packed.body[..]).read_to_end(&mut body).unwrap();
    assert_eq!(body, plain.body);
    assert!(packed.body.len() < plain.body.len() / 2);
}

#[test]
fn a_stopped_server_leaves_no_one_waiting() {
    let replay = afternoon();
    // A connection that never asks anything, as a pool keeps them.
    let mut idle = std::net::TcpStream::connect(&replay.gateway()["http://".len()..]).unwrap();
    get(&replay, "geo.api.gouv.fr/communes/69123");
    drop(replay);
    assert!(rest(&mut idle).0.is_empty());
}
