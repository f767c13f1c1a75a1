//! Which upstream answers which address.

use crate::fault::Fault;
use crate::http::{Answer, Request};
use crate::world::World;
use crate::{atmo, geoapi, geopf, georisques, host, hubeau, open_meteo};

/// The answer of the upstream that `request` means; `call` differs at every call.
pub(crate) fn answer(world: &World, request: &Request, fault: Option<&Fault>, call: u64) -> Answer {
    match (request.host.as_str(), request.path.as_str()) {
        (host::ATMO, "/geoserver/ind/ows" | "/geoserver/ind/wfs") => {
            atmo::answer(world, request, fault, call)
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
        (host::WATER, "/api/v1/qualite_eau_potable/resultats_dis") => {
            hubeau::answer(world, request, fault)
        }
        (host::RADON, "/api/v1/radon") => georisques::answer(world, request, fault),
        (host::ADDRESSES, "/geocodage/search") => geopf::search(world, request, fault),
        (host::ADDRESSES, "/geocodage/reverse") => geopf::reverse(world, request, fault),
        _ => Answer::nobody(request),
    }
}
