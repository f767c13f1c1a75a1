//! `cargo xtask coast`: writes the coastline of France that the engine carries, from the npm package
//! that republishes Natural Earth.
//!
//! Of the package it reads `countries-10m.json` rather than `land-10m.json`: both hold the same
//! coastline, and only the first says to which country a stretch belongs.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;

use crate::communes::{ScratchFolder, fetch, say};

const PACKAGE: &str = "world-atlas";
const VERSION: &str = "2.0.2";
/// What npm computes from the archive it received, so that the same version is the same data.
const INTEGRITY: &str = "sha512-IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ==";

/// ISO 3166-1 numeric, by which the package names its countries.
const FRANCE: &str = "250";

/// Degrees north and east between which the coast of mainland France and Corsica lies.
const NORTH: std::ops::RangeInclusive<f64> = 41.2..=51.2;
const EAST: std::ops::RangeInclusive<f64> = -5.3..=9.7;

/// How near to France a neighbour's coast is kept, in kilometres: what the engine calls coastal.
const NEAR_KM: f64 = 10.0;

/// From one point of a coast to the next before rounding, in kilometres; after it (0.01° are 1.1 km
/// north and 0.7 to 0.8 km east) no two neighbours are more than [`FARTHEST_KM`] apart.
const STEP_KM: f64 = 1.0;
const FARTHEST_KM: f64 = 2.0;

/// Bytes; the coastline is compiled into every program that carries the engine.
const LARGEST_FILE: usize = 60_000;

/// Degrees east, degrees north, as everywhere in the package.
type Point = [f64; 2];

/// `TopoJSON`: arcs are shared between the shapes on their two sides, and each is a list of
/// quantized differences.
#[derive(Deserialize)]
struct Topology {
    transform: Transform,
    arcs: Vec<Vec<[i64; 2]>>,
    objects: Objects,
}

#[derive(Deserialize)]
struct Transform {
    scale: Point,
    translate: Point,
}

#[derive(Deserialize)]
struct Objects {
    countries: Collection,
    /// The union of the countries: what its arcs do not share with anything is the sea.
    land: Collection,
}

#[derive(Deserialize)]
struct Collection {
    geometries: Vec<Geometry>,
}

#[derive(Deserialize)]
struct Geometry {
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    arcs: Rings,
}

/// Arcs of a polygon's rings, or of several polygons'; `!n` is arc `n` backwards.
#[derive(Deserialize, Default)]
#[serde(untagged)]
enum Rings {
    Polygon(Vec<Vec<i64>>),
    MultiPolygon(Vec<Vec<Vec<i64>>>),
    #[default]
    None,
}

impl Rings {
    fn arcs(&self) -> Vec<usize> {
        let forwards = |arc: &i64| usize::try_from(if *arc < 0 { !*arc } else { *arc }).ok();
        match self {
            Self::Polygon(rings) => rings.iter().flatten().filter_map(forwards).collect(),
            Self::MultiPolygon(shapes) => {
                shapes.iter().flatten().flatten().filter_map(forwards).collect()
            }
            Self::None => Vec::new(),
        }
    }
}

/// Fetches the package with `npm`, and writes `src-tauri/engine/coast.csv`.
///
/// The same package gives the same bytes.
///
/// # Errors
/// When npm or tar is missing or fails, when the archive is not the pinned one, or when the
/// coastline comes out of it too large or with holes.
pub(crate) fn run() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .context("xtask stands in the repository's folder")?;
    let target = root.join("src-tauri/engine/coast.csv");

    say(&format!("Fetching {PACKAGE} {VERSION} with npm …"))?;
    let folder = ScratchFolder::new("coast")?;
    let package = fetch(&folder.0, &format!("{PACKAGE}@{VERSION}"), INTEGRITY)?;
    let path = package.join("countries-10m.json");
    let text = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let topology: Topology = serde_json::from_slice(&text)
        .with_context(|| format!("countries-10m.json is not what {VERSION} publishes"))?;
    let file = topology.to_text()?;
    ensure!(
        file.len() <= LARGEST_FILE,
        "the coastline takes {} bytes, more than the {LARGEST_FILE} it may take in the program",
        file.len(),
    );
    fs::write(&target, &file).with_context(|| format!("cannot write {}", target.display()))?;
    let points = file.lines().count() - 1;
    say(&format!("Wrote {}: {points} points, {} bytes.", target.display(), file.len()))
}

impl Topology {
    /// The points of the coast, `latitude,longitude`, from south to north.
    fn to_text(&self) -> Result<String> {
        let countries = &self.objects.countries.geometries;
        let french: BTreeSet<usize> = countries
            .iter()
            .filter(|country| country.id.as_deref() == Some(FRANCE))
            .flat_map(|country| country.arcs.arcs())
            .collect();
        ensure!(!french.is_empty(), "the package has no country {FRANCE}");
        let by_the_sea: BTreeSet<usize> =
            self.objects.land.geometries.iter().flat_map(|land| land.arcs.arcs()).collect();

        // Borders on land count too: a neighbour's beach may be the nearest.
        let france: Vec<Point> =
            french.iter().flat_map(|arc| self.line(*arc)).filter(inside).collect();
        let mut points = BTreeSet::new();
        for arc in &by_the_sea {
            let own = french.contains(arc);
            let line = self.line(*arc);
            if !line.iter().any(inside) {
                continue;
            }
            let mut before: Option<Point> = None;
            for point in stepped(&line) {
                let near = |it: &Point| distance_km(*it, point) <= NEAR_KM;
                if !inside(&point) || !(own || france.iter().any(near)) {
                    before = None;
                    continue;
                }
                let [east, north] = point.map(hundredths);
                let here = [f64::from(east) / 100.0, f64::from(north) / 100.0];
                if let Some(before) = before {
                    let apart = distance_km(before, here);
                    ensure!(apart <= FARTHEST_KM, "a hole of {apart} km in the coast");
                }
                before = Some(here);
                points.insert((north, east));
            }
        }
        let mut text = format!(
            "# Coast of mainland France and Corsica: latitude,longitude. Natural Earth 1:10m \
             (public domain), from {PACKAGE} {VERSION} (npm, ISC). Generated by `cargo xtask \
             coast`, not to be edited.\n"
        );
        for (north, east) in points {
            writeln!(text, "{:.2},{:.2}", f64::from(north) / 100.0, f64::from(east) / 100.0)?;
        }
        Ok(text)
    }

    fn line(&self, arc: usize) -> Vec<Point> {
        let Transform { scale, translate } = &self.transform;
        let mut at = [0_i64; 2];
        #[expect(clippy::cast_precision_loss, reason = "quantized positions are small")]
        let point = |at: [i64; 2]| {
            [at[0] as f64 * scale[0] + translate[0], at[1] as f64 * scale[1] + translate[1]]
        };
        self.arcs
            .get(arc)
            .into_iter()
            .flatten()
            .map(|step| {
                at = [at[0] + step[0], at[1] + step[1]];
                point(at)
            })
            .collect()
    }
}

fn inside(point: &Point) -> bool {
    EAST.contains(&point[0]) && NORTH.contains(&point[1])
}

/// Both ends of the line, and between them a point every [`STEP_KM`] along it.
fn stepped(line: &[Point]) -> Vec<Point> {
    let mut points: Vec<Point> = line.first().copied().into_iter().collect();
    let mut left = STEP_KM;
    for pair in line.windows(2) {
        let [from, to] = [pair[0], pair[1]];
        let length = distance_km(from, to);
        let mut gone = 0.0;
        while length - gone >= left {
            gone += left;
            left = STEP_KM;
            let part = gone / length;
            points.push([0, 1].map(|axis| from[axis] + (to[axis] - from[axis]) * part));
        }
        left -= length - gone;
    }
    points.extend(line.last());
    points
}

#[expect(clippy::cast_possible_truncation, reason = "degrees are small")]
fn hundredths(degrees: f64) -> i32 {
    (degrees * 100.0).round() as i32
}

/// On a sphere of 6,371 km.
fn distance_km(one: Point, other: Point) -> f64 {
    let [one_north, other_north] = [one[1].to_radians(), other[1].to_radians()];
    let east = (other[0] - one[0]).to_radians() * f64::midpoint(one_north, other_north).cos();
    6371.0 * (other_north - one_north).hypot(east)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

    use super::*;

    /// Two countries side by side: arc 0 is their border, 1 the coast of the first, 2 that of the
    /// second, which runs on to far away.
    fn topology() -> Topology {
        serde_json::from_str(
            r#"{"transform": {"scale": [0.01, 0.01], "translate": [0, 0]},
                "arcs": [[[0, 4600], [0, -20]],
                         [[0, 4600], [-40, 0], [0, -20], [40, 0]],
                         [[0, 4600], [90, 0], [0, -20], [-90, 0]]],
                "objects": {
                    "countries": {"geometries": [
                        {"type": "Polygon", "id": "250", "arcs": [[0, -2]]},
                        {"type": "MultiPolygon", "id": "724", "arcs": [[[2, -1]]]},
                        {"type": null}]},
                    "land": {"geometries": [{"type": "MultiPolygon", "arcs": [[[1, -3]]]}]}}}"#,
        )
        .unwrap()
    }

    #[test]
    fn the_coast_of_a_neighbour_ends_where_it_is_far_and_a_border_is_no_coast() {
        let text = topology().to_text().unwrap();
        let points: BTreeSet<&str> = text.lines().skip(1).collect();
        assert!(text.starts_with("# Coast") && points.len() > 40, "{text}");
        assert!(points.contains("46.00,-0.40") && points.contains("45.80,0.00"), "{text}");
        assert!(points.contains("46.00,0.10"), "8 km from the border: {text}");
        assert!(!points.contains("45.90,0.00"), "on the border: {text}");
        assert!(!points.iter().any(|point| point.ends_with(",0.20")), "{text}");
    }

    #[test]
    fn a_long_line_has_a_point_every_step() {
        let points = stepped(&[[0.0, 45.0], [0.0, 45.1]]);
        let apart = points.windows(2).map(|pair| distance_km(pair[0], pair[1]));
        assert!(apart.fold(0.0, f64::max) < STEP_KM + 1e-9);
        assert_eq!((points.len(), points.last()), (13, Some(&[0.0, 45.1])));
    }
}
