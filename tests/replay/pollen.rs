//! The keyless WFS of Atmo France, layer `ind_pol:ind_national_pol`: the pollen index by commune.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Utc};

use crate::fault::Fault;
use crate::http::{Answer, Request};
use crate::json::Json;
use crate::scenes::producer;
use crate::weather::Weather;
use crate::wfs::{self, Layer, Row, Shape, stamp};
use crate::world::{Commune, World};

const LAYER: Layer = Layer {
    name: "ind_pol:ind_national_pol",
    attributes: &ATTRIBUTES,
    id: "ind_national_pol.fid-68c60d1e_",
};

/// The attributes of the layer, in the order in which they are written.
const ATTRIBUTES: [&str; 27] = [
    "gml_id",
    "aasqa",
    "date_maj",
    "partition_field",
    "code_qual",
    "lib_qual",
    "date_dif",
    "source",
    "type_zone",
    "lib_zone",
    "code_aul",
    "code_boul",
    "code_oliv",
    "code_gram",
    "code_arm",
    "code_ambr",
    "conc_aul",
    "conc_boul",
    "conc_oliv",
    "conc_gram",
    "conc_arm",
    "conc_ambr",
    "pollen_resp",
    "alerte",
    "date_ech",
    "code_zone",
    "name",
];

/// Labels of the codes 0 to 6.
const LABELS: [&str; 7] =
    ["Indisponible", "Très faible", "Faible", "Modéré", "Élevé", "Très élevé", "Extrêmement élevé"];

/// A taxon of the index.
struct Taxon {
    /// By which [`World::set_pollen`] names it.
    name: &'static str,
    /// The variable of the model that it is made from.
    variable: &'static str,
    /// How it is called where it is responsible, in Latin or French. `GRAMINEE` and `BETULA` have
    /// been seen; the others are made after them.
    responsible: &'static str,
    /// Grains/m³ from which levels 2 to 5 begin, and, made up, level 6.
    bounds: [f64; 5],
}

/// The taxa in the order of the attributes.
const TAXA: [Taxon; 6] = [
    Taxon {
        name: "alder",
        variable: "alder_pollen",
        responsible: "ALNUS",
        bounds: [10.0, 60.0, 100.0, 500.0, 1000.0],
    },
    Taxon {
        name: "birch",
        variable: "birch_pollen",
        responsible: "BETULA",
        bounds: [10.0, 60.0, 100.0, 500.0, 1000.0],
    },
    Taxon {
        name: "olive",
        variable: "olive_pollen",
        responsible: "OLEA",
        bounds: [20.0, 100.0, 200.0, 500.0, 1000.0],
    },
    Taxon {
        name: "grass",
        variable: "grass_pollen",
        responsible: "GRAMINEE",
        bounds: [3.0, 30.0, 50.0, 250.0, 500.0],
    },
    Taxon {
        name: "mugwort",
        variable: "mugwort_pollen",
        responsible: "ARTEMISIA",
        bounds: [3.0, 30.0, 50.0, 250.0, 500.0],
    },
    Taxon {
        name: "ragweed",
        variable: "ragweed_pollen",
        responsible: "AMBROISIE",
        bounds: [3.0, 30.0, 50.0, 250.0, 500.0],
    },
];

impl Taxon {
    /// The level of a day's mean, 5 at most: nobody has said where the sixth begins.
    fn level(&self, mean: f64) -> u8 {
        let passed = self.bounds[..4].iter().filter(|bound| mean >= **bound).count();
        1 + passed as u8
    }

    /// A day's mean at this level, grains/m³.
    fn typical(&self, level: u8) -> f64 {
        match level {
            0 | 1 => 0.0,
            level => self.bounds[usize::from(level) - 2] * 1.25,
        }
    }
}

/// Days after the day of publication that a publication reaches.
const DAYS_AHEAD: u64 = 2;

/// Half the width of the square that stands for the polygon of a commune, in degrees.
const HALF_DEG: f64 = 0.04;

impl World {
    /// The pollen index of one taxon (`alder`, `birch`, `olive`, `grass`, `mugwort`, `ragweed`) in
    /// the commune `code` is at `level` on `date`, in every publication that reaches that day.
    /// 0 is unavailable. What Open-Meteo says stays as it is.
    ///
    /// # Panics
    /// When this world has no such commune, or the layer no such taxon or level.
    pub fn set_pollen(&mut self, code: &str, taxon: &str, date: NaiveDate, level: u8) -> &mut Self {
        assert!(
            self.communes.iter().any(|commune| commune.code == code),
            "this world has no commune {code}"
        );
        assert!(TAXA.iter().any(|it| it.name == taxon), "the pollen layer has no taxon {taxon}");
        assert!(level <= 6, "the pollen layer has no code {level}");
        self.pollen.insert((code.to_owned(), taxon.to_owned(), date), level);
        self
    }

    /// Takes every row of the commune `code` out of the pollen layer.
    pub fn unpublish_pollen(&mut self, code: &str) -> &mut Self {
        self.without_pollen.insert(code.to_owned());
        self
    }
}

pub(crate) fn answer(world: &World, request: &Request, fault: Option<&Fault>, call: u64) -> Answer {
    let now = world.clock.now().to_utc();
    wfs::answer(&LAYER, request, fault, (now, call), || {
        let until = world.outage_from.map_or(now, |outage| now.min(outage.to_utc()));
        let updated = last_publication(until);
        let covered = |commune: &&Commune| {
            // The mainland and Corsica.
            !commune.code.starts_with("97") && !world.without_pollen.contains(&commune.code)
        };
        let communes = world.communes.iter().filter(covered);
        let days = |commune| (0..=DAYS_AHEAD).map(move |ahead| (commune, ahead));
        let targets = communes.flat_map(days).zip(3_085_201..);
        targets
            .map(|((commune, ahead), number)| {
                let target = updated.date_naive() + Days::new(ahead);
                row(world, commune, target, updated, number)
            })
            .collect()
    })
}

/// `date_maj` of what the layer holds: that of 10:07 UTC, of today or of the day before.
fn last_publication(until: DateTime<Utc>) -> DateTime<Utc> {
    let time = NaiveTime::from_hms_milli_opt(10, 7, 3, 267).unwrap_or_default();
    let today = until.date_naive().and_time(time).and_utc();
    if today <= until { today } else { today - Days::new(1) }
}

fn row(
    world: &World,
    commune: &Commune,
    target: NaiveDate,
    updated: DateTime<Utc>,
    number: i64,
) -> Row {
    let weather = Weather::new(world, commune.lon, commune.lat, updated);
    let (mut codes, mut means) = ([0_u8; TAXA.len()], [0.0; TAXA.len()]);
    for ((taxon, code), mean) in TAXA.iter().zip(&mut codes).zip(&mut means) {
        let said = world.pollen.get(&(commune.code.clone(), taxon.name.to_owned(), target));
        (*code, *mean) = match said {
            Some(level) => (*level, taxon.typical(*level)),
            None => {
                let mean = weather.pollen_mean(taxon.variable, target);
                (taxon.level(mean), mean)
            }
        };
    }
    let overall = codes.into_iter().max().unwrap_or_default();
    let responsible: Vec<&str> = TAXA
        .iter()
        .zip(codes)
        .filter(|(_, code)| overall > 1 && *code == overall)
        .map(|(taxon, _)| taxon.responsible)
        .collect();
    let kind = match commune.region.as_str() {
        "44" | "93" => "COMMUNE",
        "84" => "Commune",
        _ => "commune",
    };
    let week = target.iso_week();
    let mut values = vec![
        Json::Int(number),
        Json::text(&commune.region),
        Json::Text(stamp(updated)),
        Json::Text(format!("{}{}w{:02}", commune.region, week.year(), week.week())),
        Json::Int(overall.into()),
        Json::text(LABELS[usize::from(overall)]),
        Json::Text(updated.format("%Y-%m-%dT10:42:40Z").to_string()),
        Json::text(producer(&commune.region)),
        Json::text(kind),
        Json::text(&commune.name),
    ];
    values.extend(codes.map(|code| Json::Int(code.into())));
    values.extend(means.map(grains));
    values.extend([
        Json::Text(responsible.join(" ")),
        Json::Bool(overall >= 4),
        Json::Text(target.to_string()),
        Json::text(&commune.code),
        Json::Null,
    ]);
    let attributes = ATTRIBUTES.into_iter().zip(values).collect();
    let (lon, lat) = (commune.lon, commune.lat);
    let square = [lon - HALF_DEG, lat - HALF_DEG, lon + HALF_DEG, lat + HALF_DEG];
    Row { attributes, shape: Shape::Area(square) }
}

/// Grains/m³ with one decimal; none is a bare 0.
fn grains(mean: f64) -> Json {
    let rounded = (mean * 10.0).round() / 10.0;
    if rounded == 0.0 { Json::Int(0) } else { Json::Float(rounded) }
}
