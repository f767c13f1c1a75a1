//! The two worlds that scenarios start from.
//!
//! Names, codes, populations and places are those of the largest cities, with one of each trap of
//! the ATMO layer: communes that only their EPCI publishes for, an EPCI that withholds its
//! sub-codes, six communes under one code, an island commune with neither row nor EPCI.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate, NaiveTime};
use chrono_tz::Tz;

use crate::episodes;
use crate::vigilance::Vigilance;
use crate::world::{AirZone, Clock, Commune, Town, WaterSample, World, water_network};

impl World {
    /// Everything at levels 1 and 2, the UV index low, hardly any pollen, no episode: nothing to tell
    /// anyone.
    ///
    /// A moment stands still; give [`Clock::System`] or [`Clock::running_from`] for a running one.
    pub fn quiet(clock: impl Into<Clock>) -> Self {
        let communes = communes();
        let departements = communes.iter().map(|commune| commune.departement.as_str());
        let vigilance = Vigilance::green(departements);
        let episode_zones = episodes::zones(&communes);
        let clock = clock.into();
        let today = clock.now().with_timezone(&chrono_tz::Europe::Paris).date_naive();
        Self {
            clock,
            zones: zones(),
            publications: Vec::new(),
            outage_from: None,
            communes,
            vigilance,
            towns: towns(),
            usual_level: 2,
            uv_at_most: 2.0,
            pollen_share: 0.01,
            water: water(today),
            radon: radon(),
            days: BTreeMap::new(),
            pollen: BTreeMap::new(),
            without_pollen: BTreeSet::new(),
            episode_zones,
        }
    }

    /// The demo: Lyon's air is degraded (3) today and bad (4) tomorrow, Paris is at 2; sun and
    /// pollen are those of the season. "Today" is the day on which the world is made.
    pub fn demo(clock: impl Into<Clock>) -> Self {
        let mut world = Self::quiet(clock);
        world.uv_at_most = f64::INFINITY;
        world.pollen_share = 1.0;
        let today = world.clock.now().with_timezone(&chrono_tz::Europe::Paris).date_naive();
        world.set_air("69123", today, 3).set_air("69123", today + Days::new(1), 4);
        world
    }

    /// The demo as it was so many days before: [`DAYS_BEFORE`] at most. What is expected of its
    /// "today" then is calmer than what comes. The day before is set too: until noon the layer still
    /// shows its publication.
    pub fn before_demo(clock: impl Into<Clock>, days: usize) -> Self {
        let mut world = Self::quiet(clock);
        world.uv_at_most = f64::INFINITY;
        world.pollen_share = 1.0;
        let today = world.clock.now().with_timezone(&chrono_tz::Europe::Paris).date_naive();
        for before in days.saturating_sub(2)..=(days + 1).min(DAYS_BEFORE) {
            let date = today + Days::new(days as u64) - Days::new(before as u64);
            world.set_air("69123", date, LYON_BEFORE[before]);
            world.set_air("75056", date, PARIS_BEFORE[before]);
        }
        world
    }
}

/// How many days before the demo there are.
pub const DAYS_BEFORE: usize = 29;

/// The air of Lyon so many days before the demo; of its today, what was expected the day before.
const LYON_BEFORE: [u8; DAYS_BEFORE + 1] =
    [2, 2, 2, 1, 2, 2, 1, 2, 2, 2, 3, 4, 3, 2, 1, 1, 2, 2, 1, 2, 2, 2, 2, 3, 3, 2, 2, 1, 2, 2];

/// The air of Paris.
const PARIS_BEFORE: [u8; DAYS_BEFORE + 1] =
    [2, 2, 1, 1, 2, 2, 2, 2, 3, 3, 2, 2, 2, 1, 1, 2, 2, 2, 2, 1, 1, 2, 2, 2, 3, 2, 2, 2, 1, 2];

const MAINLAND: Tz = chrono_tz::Europe::Paris;

/// Code, name, first postcode and how many follow it, EPCI, région, inhabitants, east, north.
type Row = (&'static str, &'static str, u32, u32, &'static str, &'static str, u32, f64, f64);

const COMMUNES: [Row; 28] = [
    ("75056", "Paris", 75001, 20, "200054781", "11", 2_133_111, 2.347, 48.8589),
    ("13055", "Marseille", 13001, 16, "200054807", "93", 873_076, 5.3806, 43.2803),
    ("69123", "Lyon", 69001, 9, "200046977", "84", 522_250, 4.8351, 45.758),
    ("31555", "Toulouse", 31000, 1, "243100518", "76", 504_078, 1.4328, 43.6007),
    ("06088", "Nice", 6000, 1, "200030195", "93", 348_085, 7.2536, 43.7032),
    ("44109", "Nantes", 44000, 1, "244400404", "52", 323_204, -1.5483, 47.2316),
    ("34172", "Montpellier", 34000, 1, "243400017", "76", 302_454, 3.8742, 43.61),
    ("67482", "Strasbourg", 67000, 1, "246700488", "44", 291_313, 7.7675, 48.5691),
    ("33063", "Bordeaux", 33000, 1, "243300316", "75", 261_804, -0.5874, 44.8624),
    ("59350", "Lille", 59000, 1, "200093201", "32", 236_710, 3.0468, 50.6311),
    ("35238", "Rennes", 35000, 1, "243500139", "53", 225_081, -1.6818, 48.1159),
    ("83137", "Toulon", 83000, 1, "248300543", "93", 180_452, 5.9304, 43.1364),
    ("51454", "Reims", 51100, 1, "200067213", "44", 178_478, 4.0345, 49.2535),
    ("42218", "Saint-Étienne", 42000, 1, "244200770", "84", 173_136, 4.3789, 45.4339),
    ("76351", "Le Havre", 76600, 1, "200084952", "28", 166_058, 0.1396, 49.4985),
    ("38185", "Grenoble", 38000, 1, "200040715", "84", 157_477, 5.7243, 45.1842),
    ("21231", "Dijon", 21000, 1, "242100410", "27", 159_346, 5.0414, 47.3319),
    ("49007", "Angers", 49000, 1, "244900015", "52", 157_175, -0.5588, 47.4819),
    ("85113", "L'Île-d'Yeu", 85350, 1, "", "52", 4_913, -2.3508, 46.7115),
    ("97302", "Cayenne", 97300, 1, "249730045", "03", 63_468, -52.3165, 4.9339),
    ("97307", "Matoury", 97351, 1, "249730045", "03", 33_458, -52.3439, 4.8303),
    ("97309", "Remire-Montjoly", 97354, 1, "249730045", "03", 26_143, -52.2817, 4.8872),
    ("97305", "Macouria", 97355, 1, "249730045", "03", 17_344, -52.5096, 4.9773),
    ("97310", "Roura", 97311, 1, "249730045", "03", 3_457, -52.5154, 4.4613),
    ("97313", "Montsinéry-Tonnegrande", 97356, 1, "249730045", "03", 2_929, -52.5098, 4.8096),
    ("97411", "Saint-Denis", 97400, 1, "249740119", "04", 153_810, 55.4504, -20.9356),
    ("97209", "Fort-de-France", 97200, 1, "249720061", "02", 75_165, -61.0673, 14.6411),
    ("97105", "Basse-Terre", 97100, 1, "249710070", "01", 9_861, -61.7078, 16.0003),
];

/// The communes of [`COMMUNES`] that have no row of their own: their EPCI publishes, or nobody.
const NO_OWN_ROW: [&str; 4] = ["31555", "34172", "35238", "85113"];

/// The EPCI that publish: code, name, commune at whose centre they are placed.
const EPCI: [(&str, &str, &str); 4] = [
    ("244400404", "Nantes Métropole", "44109"),
    ("243100518", "Toulouse Métropole", "31555"),
    ("243400017", "Montpellier Méditerranée Métropole", "34172"),
    ("243500139", "Rennes Métropole", "35238"),
];

fn communes() -> Vec<Commune> {
    COMMUNES
        .iter()
        .map(|&(code, name, postcode, count, epci, region, population, lon, lat)| Commune {
            code: code.to_owned(),
            name: name.to_owned(),
            postcodes: (postcode..postcode + count).map(|it| format!("{it:05}")).collect(),
            epci: (!epci.is_empty()).then(|| epci.to_owned()),
            departement: code[..if code.starts_with("97") { 3 } else { 2 }].to_owned(),
            region: region.to_owned(),
            population,
            lon,
            lat,
            timezone: timezone(region),
        })
        .collect()
}

fn timezone(region: &str) -> Tz {
    match region {
        "01" => chrono_tz::America::Guadeloupe,
        "02" => chrono_tz::America::Martinique,
        "03" => chrono_tz::America::Cayenne,
        "04" => chrono_tz::Indian::Reunion,
        _ => MAINLAND,
    }
}

/// The regional association that publishes in a région.
pub(crate) fn producer(region: &str) -> &'static str {
    match region {
        "01" => "Gwad'Air",
        "02" => "Madininair",
        "03" => "Atmo Guyane",
        "04" => "Atmo Réunion",
        "11" => "Airparif",
        "27" => "Atmo Bourgogne-Franche-Comté",
        "28" => "Atmo Normandie",
        "32" => "Atmo Hauts-de-France",
        "44" => "ATMO Grand Est",
        "52" => "Air Pays de la Loire",
        "53" => "Air Breizh",
        "75" => "Atmo Nouvelle-Aquitaine",
        "76" => "Atmo Occitanie",
        "84" => "Atmo Auvergne-Rhône-Alpes",
        _ => "AtmoSud",
    }
}

fn zones() -> Vec<AirZone> {
    let mut zones = Vec::new();
    for commune in communes() {
        if !NO_OWN_ROW.contains(&commune.code.as_str()) {
            zones.push(zone_of(&commune));
        }
        for (code, name, _) in EPCI.iter().filter(|(.., centre)| *centre == commune.code) {
            zones.push(AirZone {
                code: (*code).to_owned(),
                name: (*name).to_owned(),
                kind: "EPCI".to_owned(),
                ..zone_of(&commune)
            });
        }
    }
    zones
}

/// The zone of a commune with the habits of its region.
fn zone_of(commune: &Commune) -> AirZone {
    let guyane = commune.region == "03";
    let habit = |regions: &[&str]| regions.contains(&commune.region.as_str());
    AirZone {
        code: match &commune.epci {
            Some(shared) if guyane => shared.clone(),
            _ => commune.code.clone(),
        },
        name: commune.name.clone(),
        kind: match commune.region.as_str() {
            "03" => "Commune",
            "44" | "93" => "COMMUNE",
            _ => "commune",
        }
        .to_owned(),
        source: producer(&commune.region).to_owned(),
        lon: commune.lon,
        lat: commune.lat,
        timezone: commune.timezone,
        publishes: NaiveTime::from_hms_opt(if guyane { 8 } else { 13 }, 30, 0).unwrap_or_default(),
        days_ahead: if habit(&["11", "03"]) { 1 } else { 2 },
        usual_level: if guyane { 1 } else { 2 },
        lower_label: habit(&["52"]),
        lower_colour: habit(&["52", "84"]),
        sub_codes_withheld: habit(&["53"]),
        utm: guyane,
        issued_locally: habit(&["84"]),
        days: BTreeMap::new(),
    }
}

fn towns() -> Vec<Town> {
    let abroad =
        |id, name: &str, lat, lon, elevation, code: &str, country: &str, zone: &str| Town {
            id,
            name: name.to_owned(),
            lat,
            lon,
            elevation: Some(elevation),
            country: Some((code.to_owned(), country.to_owned())),
            admin1: Some(name.to_owned()),
            timezone: Some(zone.to_owned()),
            population: Some(900_000),
            postcodes: vec![format!("{}", 1000 + id % 9000)],
        };
    vec![
        abroad(
            2_800_866,
            "Bruxelles",
            50.850_45,
            4.348_78,
            28.0,
            "BE",
            "Belgique",
            "Europe/Brussels",
        ),
        abroad(2_660_646, "Genève", 46.202_22, 6.145_69, 375.0, "CH", "Suisse", "Europe/Zurich"),
        abroad(
            2_643_743,
            "Londres",
            51.508_53,
            -0.125_74,
            25.0,
            "GB",
            "Royaume-Uni",
            "Europe/London",
        ),
        abroad(
            6_077_243,
            "Montréal",
            45.508_84,
            -73.587_81,
            216.0,
            "CA",
            "Canada",
            "America/Toronto",
        ),
        // An entry about which nothing but the name and the place is known.
        Town {
            id: 11_000_001,
            name: "Lyonnaise".to_owned(),
            lat: 44.1,
            lon: 6.2,
            elevation: None,
            country: None,
            admin1: None,
            timezone: None,
            population: None,
            postcodes: Vec::new(),
        },
    ]
}

/// What the authority says of most samples, in the usual words.
const CONFORMING: &str = "Eau d'alimentation conforme aux exigences de qualité en vigueur pour \
                          l'ensemble des paramètres mesurés.";

/// Two samples for each commune, of a week and of two months before `today`, with each trap: two
/// networks in Lyon, in Paris a newer sample without conclusion, on the island no network named.
fn water(today: NaiveDate) -> Vec<WaterSample> {
    let mut samples = Vec::new();
    for (number, commune) in (0..).zip(communes()) {
        let name = if commune.epci.is_some() { commune.name.to_uppercase() } else { String::new() };
        for before in [60, 7] {
            let date = today - Days::new(before + number % 5);
            samples.push(WaterSample::good(&commune.code, &name, date, CONFORMING));
        }
    }
    let east = (water_network("69123", "LYON EST"), "LYON EST".to_owned());
    let last = today - Days::new(20);
    samples.push(WaterSample {
        networks: vec![(water_network("69123", "LYON"), "LYON".to_owned()), east.clone()],
        ..WaterSample::good("69123", "", last - Days::new(9), CONFORMING)
    });
    samples.push(WaterSample {
        networks: vec![east],
        letters: ['C', 'C', 'C', 'N'],
        ..WaterSample::good(
            "69123",
            "",
            last,
            "Eau d'alimentation conforme aux limites de qualité. La température dépasse la \
             référence de qualité.",
        )
    });
    samples.push(WaterSample {
        conclusion: None,
        letters: ['S'; 4],
        ..WaterSample::good("75056", "PARIS", today - Days::new(2), "")
    });
    samples
}

/// Communes on granite, and one beside it; all others are on sediments.
const RADON: [(&str, u8); 6] =
    [("35238", 3), ("42218", 3), ("44109", 3), ("49007", 3), ("85113", 3), ("06088", 2)];

fn radon() -> BTreeMap<String, u8> {
    let ordinary = communes().into_iter().map(|commune| (commune.code, 1));
    ordinary.chain(RADON.map(|(code, class)| (code.to_owned(), class))).collect()
}

#[cfg(test)]
mod tests {
    use super::{EPCI, communes};

    #[test]
    fn every_epci_that_publishes_is_that_of_its_commune() {
        for (code, name, commune) in EPCI {
            let owner = communes().into_iter().find(|it| it.code == commune).expect(name);
            assert_eq!(owner.epci.as_deref(), Some(code), "{name}");
        }
    }
}
