//! The keyless WFS of Atmo France, layer `alrt:alrt3j`: the pollution episodes that are announced.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

use crate::fault::Fault;
use crate::http::{Answer, Request};
use crate::json::Json;
use crate::wfs::{self, Layer, Row, Shape, stamp};
use crate::world::{Commune, EpisodePollutant, EpisodeZone, World};

const LAYER: Layer =
    Layer { name: "alrt:alrt3j", attributes: &ATTRIBUTES, id: "alrt3j.fid-68c61b40_" };

/// The attributes of the layer, in the order in which they are written.
const ATTRIBUTES: [&str; 8] =
    ["date_maj", "etat", "lib_zone", "lib_pol", "date_ech", "date_dif", "code_zone", "code_pol"];

/// What a row says where nothing is announced.
const NOTHING: &str = "PAS DE DEPASSEMENT";

/// Days after the day of publication that a publication reaches.
const DAYS_AHEAD: u64 = 2;

/// The régions as their agencies write them: code, name, manner of writing pollutants.
const REGIONS: [(&str, &str, usize); 15] = [
    ("01", "GUADELOUPE", 2),
    ("02", "MARTINIQUE", 0),
    ("03", "GUYANE", 2),
    ("04", "LA REUNION", 1),
    ("11", "ILE-DE-FRANCE", 0),
    ("27", "BOURGOGNE-FRANCHE-COMTE", 1),
    ("28", "NORMANDIE", 1),
    ("32", "HAUTS-DE-FRANCE", 0),
    ("44", "Grand Est", 2),
    ("52", "Pays de la Loire", 0),
    ("53", "BRETAGNE", 1),
    ("75", "Nouvelle-Aquitaine", 2),
    ("76", "OCCITANIE", 1),
    ("84", "AUVERGNE-RHONE-ALPES", 1),
    ("93", "Provence-Alpes-Côte d'Azur", 2),
];

/// The manners in which agencies write pollutants: name in this program, `lib_pol`, `code_pol`.
const MANNERS: [[(&str, &str, &str); 4]; 3] = [
    [
        ("pm10", "PM10", "5"),
        ("o3", "Ozone", "7"),
        ("no2", "Dioxyde d'azote", "8"),
        ("so2", "Dioxyde de soufre", "1"),
    ],
    [
        ("pm10", "Particules PM10", "24"),
        ("o3", "Ozone", "7"),
        ("no2", "DIOXYDE D'AZOTE", "3"),
        ("so2", "SO2", "1"),
    ],
    [
        ("pm10", "particules en suspension (PM10)", "5"),
        ("o3", "O3", "7"),
        ("no2", "NO2", "8"),
        ("so2", "Dioxyde de Soufre", "1"),
    ],
];

/// How far a région reaches beyond the communes of the world that lie in it, in degrees.
const BEYOND_DEG: f64 = 0.3;

fn pollutants(manner: usize) -> Vec<EpisodePollutant> {
    MANNERS[manner]
        .iter()
        .map(|&(pollutant, name, code)| EpisodePollutant {
            pollutant: pollutant.to_owned(),
            name: name.to_owned(),
            code: code.to_owned(),
        })
        .collect()
}

/// A zone for every région in which one of `communes` lies, one for a département, and one for a
/// basin of its agency's own.
pub(crate) fn zones(communes: &[Commune]) -> Vec<EpisodeZone> {
    let zone = |code: &str, name: &str, extent, manner| EpisodeZone {
        code: code.to_owned(),
        name: name.to_owned(),
        extent,
        pollutants: pollutants(manner),
        states: std::collections::BTreeMap::new(),
    };
    let mut zones: Vec<EpisodeZone> = REGIONS
        .iter()
        .filter_map(|&(code, name, manner)| {
            let inside = communes.iter().filter(|commune| commune.region == code);
            let extent = inside.map(|it| [it.lon, it.lat, it.lon, it.lat]).reduce(around)?;
            let [west, south, east, north] = extent;
            let extent =
                [west - BEYOND_DEG, south - BEYOND_DEG, east + BEYOND_DEG, north + BEYOND_DEG];
            Some(zone(code, name, extent, manner))
        })
        .collect();
    zones.push(zone("69", "Rhône", [4.24, 45.45, 5.16, 46.31], 1));
    zones.push(zone("ARA-BG", "BASSIN GRENOBLOIS", [5.5, 45.0, 6.0, 45.35], 1));
    zones
}

/// The smallest extent that holds both.
fn around(one: [f64; 4], other: [f64; 4]) -> [f64; 4] {
    [one[0].min(other[0]), one[1].min(other[1]), one[2].max(other[2]), one[3].max(other[3])]
}

impl World {
    /// The episode layer says `etat`, whatever it is, of one pollutant (`pm10`, `o3`, `no2`, `so2`)
    /// for `date` in the zone of this name (`lib_zone`), in every publication that reaches that day.
    ///
    /// # Panics
    /// When this world has no such zone, or its agency writes of no such pollutant.
    pub fn set_episode(
        &mut self,
        zone_name: &str,
        pollutant: &str,
        date: NaiveDate,
        etat: &str,
    ) -> &mut Self {
        let mut of_name = self.episode_zones.iter_mut().filter(|zone| zone.name == zone_name);
        let zone = of_name.next();
        let zone = zone.unwrap_or_else(|| panic!("the episode layer has no zone {zone_name}"));
        assert!(
            zone.pollutants.iter().any(|it| it.pollutant == pollutant),
            "{zone_name} has no pollutant {pollutant}"
        );
        zone.states.insert((pollutant.to_owned(), date), etat.to_owned());
        self
    }

    /// Takes the zone of this name out of the episode layer.
    pub fn unpublish_episodes(&mut self, zone_name: &str) -> &mut Self {
        self.episode_zones.retain(|zone| zone.name != zone_name);
        self
    }
}

pub(crate) fn answer(world: &World, request: &Request, fault: Option<&Fault>, call: u64) -> Answer {
    let now = world.clock.now().to_utc();
    // Where all of France is asked for no zone is a wrong one; then there are those overseas alone.
    let filter = request.query.iter().find(|(name, _)| name.eq_ignore_ascii_case("cql_filter"));
    let narrowed = filter.is_some_and(|(_, it)| it.contains("BBOX") || it.contains("code_zone"));
    let overseas_alone = fault == Some(&Fault::WrongZone) && !narrowed;
    let fault = fault.filter(|_| !overseas_alone);
    wfs::answer(&LAYER, request, fault, (now, call), || {
        let until = world.outage_from.map_or(now, |outage| now.min(outage.to_utc()));
        let updated = last_publication(until);
        let zones = world.episode_zones.iter();
        let shown = zones.filter(|zone| !overseas_alone || zone.code.starts_with('0'));
        shown.flat_map(|zone| rows(zone, updated)).collect()
    })
}

/// `date_maj` of the latest rows: that of 13:29 UTC, of today or of the day before.
fn last_publication(until: DateTime<Utc>) -> DateTime<Utc> {
    let time = NaiveTime::from_hms_milli_opt(13, 29, 4, 796).unwrap_or_default();
    let today = until.date_naive().and_time(time).and_utc();
    if today <= until { today } else { today - Days::new(1) }
}

fn rows(zone: &EpisodeZone, updated: DateTime<Utc>) -> Vec<Row> {
    let published = updated.date_naive();
    let days = (0..=DAYS_AHEAD).map(|ahead| published + Days::new(ahead));
    let each = days.flat_map(|date| zone.pollutants.iter().map(move |it| (it, date)));
    each.map(|(pollutant, date)| {
        // What was announced for the day itself is that of the day before.
        let row_updated = if date == published { updated - Days::new(1) } else { updated };
        let said = zone.states.get(&(pollutant.pollutant.clone(), date));
        let values = [
            Json::Text(stamp(row_updated)),
            Json::text(said.map_or(NOTHING, String::as_str)),
            Json::text(&zone.name),
            Json::text(&pollutant.name),
            Json::Text(date.to_string()),
            Json::Text(format!("{date}T00:00:00Z")),
            Json::text(&zone.code),
            Json::text(&pollutant.code),
        ];
        let attributes = ATTRIBUTES.into_iter().zip(values).collect();
        Row { attributes, shape: Shape::Area(zone.extent) }
    })
    .collect()
}
