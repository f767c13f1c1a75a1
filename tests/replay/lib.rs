//! The replay server: every public source that Écosanté asks, on the loopback interface.
//!
//! It speaks the gateway contract: `http://127.0.0.1:PORT/HOST/PATH?QUERY` is answered as
//! `https://HOST/PATH?QUERY` would be, byte shape and traps included, from a [`World`] that a
//! scenario sets up and may change while the server runs, or from a folder of recorded answers.
//! A [`Fault`] makes one host misbehave. Tests and the demo use the same server.
//!
//! Nothing here depends on the code under test: what an upstream sends is stated a second time,
//! on its own, so that a mistake in a parser cannot hide in its own fixture.
//!
//! ```
//! use ecosante_replay::{Fault, Replay, World, host};
//!
//! let evening = "2026-09-08T18:10:00+02:00".parse().unwrap();
//! let tomorrow = "2026-09-09".parse().unwrap();
//!
//! // Lyon gets worse tomorrow, in a publication at 18:10.
//! let mut world = World::quiet(evening);
//! world.publish_at("69123", evening).air(tomorrow, 4);
//! let replay = Replay::start(world);
//! assert!(replay.gateway().starts_with("http://127.0.0.1:"));
//!
//! // Then Open-Meteo fails twice.
//! replay.fault_next(host::OPEN_METEO_AIR, 2, Fault::status(503));
//! assert!(replay.requests().is_empty());
//! ```

mod atmo;
#[cfg(test)]
mod behaviour;
mod cql;
mod episodes;
mod fault;
mod folder;
mod gateway;
mod geoapi;
mod geopf;
mod georisques;
mod http;
mod hubeau;
mod json;
mod open_meteo;
mod pollen;
mod projection;
mod scenes;
mod server;
mod vigilance;
mod weather;
mod wfs;
mod world;

pub use fault::{BOMB_BYTES, Fault, HUGE_BYTES, Window};
pub use http::Request;
pub use scenes::DAYS_BEFORE;
pub use server::{Answers, Replay};
pub use vigilance::{Vigilance, Warning};
pub use world::{
    AirDay, AirZone, Clock, Commune, EpisodePollutant, EpisodeZone, Publication, Town, WaterSample,
    World, water_network,
};

/// The hosts that are replayed, as they stand after the gateway in an address.
pub mod host {
    /// Atmo France: the ATMO index, the pollen index, pollution episodes.
    pub const ATMO: &str = "data.atmo-france.org";
    /// The ATMO index alone, for a [`Fault`](crate::Fault) of that layer or its requests only.
    pub const ATMO_INDEX: &str = "data.atmo-france.org/geoserver/ind/";
    /// The pollen index alone.
    pub const ATMO_POLLEN: &str = "data.atmo-france.org/geoserver/ind_pol/";
    /// The pollution episodes alone.
    pub const ATMO_EPISODES: &str = "data.atmo-france.org/geoserver/alrt/";
    /// Open-Meteo: air quality and pollen; UV too, of another model than the forecast's.
    pub const OPEN_METEO_AIR: &str = "air-quality-api.open-meteo.com";
    /// Open-Meteo: weather, UV.
    pub const OPEN_METEO_FORECAST: &str = "api.open-meteo.com";
    /// Open-Meteo: places of the world.
    pub const OPEN_METEO_GEOCODING: &str = "geocoding-api.open-meteo.com";
    /// The communes of France.
    pub const COMMUNES: &str = "geo.api.gouv.fr";
    /// Weather vigilance, mirror without a key.
    pub const VIGILANCE_MIRROR: &str = "public.opendatasoft.com";
    /// Weather vigilance, official, with a key.
    pub const VIGILANCE: &str = "public-api.meteofrance.fr";
    /// Weather vigilance, official archive without a key.
    pub const VIGILANCE_ARCHIVE: &str = "files.data.gouv.fr";
    /// Where the archive's tree lies; the real name is not known.
    pub const VIGILANCE_STORE: &str = "vigilance-archive.example.cloud.ovh.net";
    /// Radon by commune.
    pub const RADON: &str = "www.georisques.gouv.fr";
    /// The sanitary control of drinking water.
    pub const WATER: &str = "hubeau.eaufrance.fr";
    /// Addresses of France.
    pub const ADDRESSES: &str = "data.geopf.fr";
}
