//! A folder of recorded answers, sent as they are.

use std::fs;
use std::path::{Component, Path};

use crate::host;
use crate::http::{self, Answer, Request};

/// Address of an upstream, and how the names of its recordings begin.
const RECORDINGS: [(&str, &str, &[&str]); 13] = [
    (host::ATMO, "/geoserver/ind/ows", &["atmofrance-wfs-ind_atmo", "atmo-wfs-ind_atmo"]),
    (host::ATMO, "/geoserver/ind/wfs", &["atmofrance-wfs-ind_atmo", "atmo-wfs-ind_atmo"]),
    (host::ATMO, "/geoserver/alrt/ows", &["atmofrance-wfs-alrt3j", "atmo-wfs-alrt3j"]),
    (host::ATMO, "/geoserver/ind_pol/ows", &["atmofrance-wfs-ind_nat", "atmo-wfs-ind_nat"]),
    (host::ATMO, "/geoserver/ind_pol/wfs", &["atmofrance-wfs-ind_nat", "atmo-wfs-ind_nat"]),
    (host::ATMO, "/geoserver/ind_pol/wms", &["atmofrance-wms-ind_nat", "atmo-wms-ind_nat"]),
    (host::OPEN_METEO_AIR, "/v1/air-quality", &["openmeteo-air-quality"]),
    (host::OPEN_METEO_FORECAST, "/v1/forecast", &["openmeteo-forecast"]),
    (host::OPEN_METEO_GEOCODING, "/v1/search", &["openmeteo-geocoding"]),
    (host::COMMUNES, "/communes", &["geoapi-communes"]),
    (
        host::VIGILANCE_MIRROR,
        "/api/explore/v2.1/catalog/datasets/weatherref-france-vigilance-meteo-departement/records",
        &["opendatasoft-vigilance"],
    ),
    (
        host::VIGILANCE,
        "/public/DPVigilance/v1/cartevigilance/encours",
        &["meteofrance-cartevigilance"],
    ),
    (host::RADON, "/api/v1/radon", &["georisques-radon"]),
];

/// The file at the path of a request, else 404.
pub(crate) fn file(folder: &Path, request: &Request) -> Answer {
    let path = request.path.trim_start_matches('/');
    let inside = Path::new(path).components().all(|it| matches!(it, Component::Normal(_)));
    match fs::read(folder.join(path)) {
        Ok(bytes) if inside => Answer::new(200, content_type(path), bytes),
        Ok(_) | Err(_) => Answer::nobody(request),
    }
}

/// The recording for an address: the latest by name of those that fit, else 404.
pub(crate) fn answer(folder: &Path, request: &Request) -> Answer {
    let known = RECORDINGS.iter().find(|(host, path, _)| (*host, *path) == address(request));
    let Some((_, _, prefixes)) = known else { return Answer::nobody(request) };
    let mut names: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| prefixes.iter().any(|prefix| name.starts_with(prefix)))
        .collect();
    if request.host == host::OPEN_METEO_GEOCODING {
        let query = request.parameter("name").unwrap_or_default().to_lowercase();
        let about = |name: &String| {
            !query.is_empty() && name["openmeteo-geocoding".len()..].contains(&query)
        };
        if names.iter().any(about) {
            names.retain(about);
        } else {
            names.retain(|name| name.starts_with("openmeteo-geocoding-empty"));
        }
    }
    let latest = names.into_iter().max();
    match latest.and_then(|name| Some((content_type(&name), fs::read(folder.join(&name)).ok()?))) {
        Some((content_type, bytes)) => Answer::new(200, content_type, bytes),
        None => Answer::nobody(request),
    }
}

fn address(request: &Request) -> (&str, &str) {
    (&request.host, &request.path)
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("xml") => http::XML,
        Some("html") => http::HTML,
        Some("txt") => http::PLAIN,
        _ => http::JSON,
    }
}
