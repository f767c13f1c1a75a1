//! Which upstream answers which address.

use crate::fault::Fault;
use crate::http::{Answer, Request};
use crate::world::World;
use crate::{
    atmo, episodes, geoapi, geopf, georisques, host, hubeau, open_meteo, pollen, vigilance,
};

/// The answer of the upstream that `request` means; `call` differs at every call.
pub(crate) fn answer(world: &World, request: &Request, fault: Option<&Fault>, call: u64) -> Answer {
    match (request.host.as_str(), request.path.as_str()) {
        (host::ATMO, "/geoserver/ind/ows" | "/geoserver/ind/wfs") => {
            atmo::answer(world, request, fault, call)
        }
        (host::ATMO, "/geoserver/ind_pol/ows" | "/geoserver/ind_pol/wfs") => {
            pollen::answer(world, request, fault, call)
        }
        (host::ATMO, "/geoserver/alrt/ows" | "/geoserver/alrt/wfs") => {
            episodes::answer(world, request, fault, call)
        }
        (host::OPEN_METEO_AIR, "/v1/air-quality") => {
            open_meteo::air_quality(world, request, fault, call)
        }
        (host::OPEN_METEO_FORECAST, "/v1/forecast") => {
            open_meteo::forecast(world, request, fault, call)
        }
        (host::OPEN_METEO_GEOCODING, "/v1/search") => {
            open_meteo::search(world, request, fault, call)
        }
        (host::COMMUNES, path) if path == "/communes" || path.starts_with("/communes/") => {
            geoapi::answer(world, request, fault)
        }
        (
            host::VIGILANCE_MIRROR,
            "/api/explore/v2.1/catalog/datasets/weatherref-france-vigilance-meteo-departement/records",
        ) => vigilance::mirror(world, request, fault),
        (
            host::VIGILANCE_MIRROR,
            "/api/explore/v2.1/catalog/datasets/weatherref-france-vigilance-meteo-departement/exports/json",
        ) => vigilance::export(world, fault),
        (host::VIGILANCE, "/public/DPVigilance/v1/cartevigilance/encours") => {
            vigilance::official(world, request, fault, call)
        }
        (host::VIGILANCE_ARCHIVE | host::VIGILANCE_STORE, _) => {
            vigilance::archive(world, request, fault, call)
        }
        (host::WATER, "/api/v1/qualite_eau_potable/resultats_dis") => {
            hubeau::answer(world, request, fault)
        }
        (host::RADON, "/api/v1/radon") => georisques::answer(world, request, fault),
        (host::ADDRESSES, "/geocodage/search") => geopf::search(world, request, fault),
        (host::ADDRESSES, "/geocodage/reverse") => geopf::reverse(world, request, fault),
        _ => Answer::nobody(request),
    }
}
