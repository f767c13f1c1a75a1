//! The four ways in which the ATMO layer writes a position.

const EARTH_RADIUS_M: f64 = 6_378_137.0;

/// Web Mercator (EPSG:3857) metres of a point in degrees.
pub(crate) fn mercator(lon: f64, lat: f64) -> (f64, f64) {
    let stretched = (std::f64::consts::FRAC_PI_4 + lat.to_radians() / 2.0).tan().ln();
    (EARTH_RADIUS_M * lon.to_radians(), EARTH_RADIUS_M * stretched)
}

/// Degrees of a point in Web Mercator metres.
pub(crate) fn degrees(x: f64, y: f64) -> (f64, f64) {
    let lat = 2.0 * (y / EARTH_RADIUS_M).exp().atan() - std::f64::consts::FRAC_PI_2;
    ((x / EARTH_RADIUS_M).to_degrees(), lat.to_degrees())
}

/// Lambert-93 (EPSG:2154) metres, the projection of the mainland (constants of the IGN).
pub(crate) fn lambert93(lon: f64, lat: f64) -> (f64, f64) {
    const EXPONENT: f64 = 0.725_607_765_0;
    const CONSTANT: f64 = 11_754_255.426;
    const ECCENTRICITY: f64 = 0.081_819_191_12;
    let lat = lat.to_radians();
    let squeeze = ECCENTRICITY * lat.sin();
    let isometric = (std::f64::consts::FRAC_PI_4 + lat / 2.0).tan().ln()
        + ECCENTRICITY / 2.0 * ((1.0 - squeeze) / (1.0 + squeeze)).ln();
    let radius = CONSTANT * (-EXPONENT * isometric).exp();
    let angle = EXPONENT * (lon - 3.0).to_radians();
    (700_000.0 + radius * angle.sin(), 12_655_612.050 - radius * angle.cos())
}

/// UTM zone 22N (Guyane) metres, to within about a kilometre: only their being metres matters.
pub(crate) fn utm22(lon: f64, lat: f64) -> (f64, f64) {
    const SCALE: f64 = 0.9996;
    const METRES_PER_DEGREE: f64 = 110_574.0;
    let east = EARTH_RADIUS_M * lat.to_radians().cos() * (lon + 51.0).to_radians();
    (500_000.0 + SCALE * east, SCALE * METRES_PER_DEGREE * lat)
}

#[cfg(test)]
mod tests {
    use super::{degrees, lambert93, mercator, utm22};

    fn within(found: (f64, f64), wanted: (f64, f64), metres: f64) {
        let gap = (found.0 - wanted.0).abs().max((found.1 - wanted.1).abs());
        assert!(gap < metres, "{found:?} is {gap} from {wanted:?}");
    }

    #[test]
    fn the_projections_agree_with_known_points() {
        within(mercator(4.835_037, 45.767_635), (538_233.9, 5_743_190.4), 1.0);
        within(lambert93(4.835_037, 45.767_635), (842_605.8, 6_520_326.7), 1.0);
        within(utm22(-52.316_543, 4.933_872), (354_028.0, 545_499.0), 1000.0);
        let (lon, lat) = degrees(538_233.9, 5_743_190.4);
        within((lon, lat), (4.835_037, 45.767_635), 1e-4);
    }
}
