//! Sources, store and polling of Écosanté: applies the domain's decisions to the real world.
//!
//! Deliberately not here: any window or terminal (a [`host::Host`] stands for them), and the rules
//! themselves, which are the domain's: the crate `ecosante-domain`, whose readings, places and
//! scales the parsers here give and take.
//!
//! # A map
//!
//! Without a store (`default-features = false`), for whoever wants the public data alone:
//!
//! | module | what it does |
//! |---|---|
//! | [`sources`] | each producer as a [`Publisher`](sources::Publisher): whom it serves, how it is asked, and its parser, a pure function of bytes |
//! | [`sources::national`] | what the producers publish for the whole country, read for any commune |
//! | [`upstream`] | the addresses of the producers: the only place where they are written |
//! | [`http`] | the client, with one limit of time and size for all, and what can go wrong |
//! | [`communes`], [`coast`] | the communes of France with their search, and how far the sea is; both carried in the program |
//! | [`geocoding`] | places of the world, addresses, the commune of a point |
//! | [`schedule`] | when a source is asked next, as a pure function |
//! | [`purpose`] | what a question is for, and what in it says where a person lives |
//!
//! With it (the feature `store`, on unless it is turned off), an [`Engine`] over one SQLite file:
//! [`Engine::refresh`] asks what is due, keeps it, judges it and tells what is new through a
//! [`host::Host`]; [`Engine::status`], [`Engine::alerts`], [`Engine::explain`] and the rest say what
//! is known without a network. [`store`] has all SQL, [`ledger`] what each host may still be asked,
//! [`clock`] is the one place that reads a clock, [`contract`] answers the commands of the window.
//!
//! # From an answer to readings, without a network
//!
//! ```
//! use ecosante_domain::place::{Place, PlaceId};
//! use ecosante_domain::text::{Language, Texts};
//! use ecosante_engine::communes;
//! use ecosante_engine::sources::atmo;
//!
//! let nantes = communes::search("nantes", 1)[0].commune;
//! let place = Place {
//!     id: PlaceId(1),
//!     name: "Work".to_owned(),
//!     commune: Some(nantes.into()),
//!     coordinates: None,
//!     time_zone: nantes.time_zone(),
//! };
//! let body = br#"{"type": "FeatureCollection", "features": [{
//!     "type": "Feature", "id": "ind_atmo_2021.fid-1", "geometry": null, "properties": {
//!         "code_zone": "44109", "lib_zone": "Nantes", "type_zone": "commune",
//!         "date_ech": "2026-09-08", "date_maj": "2026-09-08T11:30:00.123Z", "code_qual": 2,
//!         "code_pm25": 1, "code_pm10": 1, "code_no2": 1, "code_o3": 2, "code_so2": 1,
//!         "source": "Air Pays de la Loire"}
//! }], "totalFeatures": 1, "numberMatched": 1, "numberReturned": 1, "crs": null}"#;
//!
//! let harvest = atmo::parse_coded(body, &[&place], "2026-09-08T14:00:00Z".parse()?)?;
//! let air = &harvest.readings[0];
//! let (scale, level) = (air.scale.expect("a scale"), air.level.expect("a level"));
//! let texts = Texts::new(Language::Fr);
//! assert_eq!(
//!     format!("{} {} : {}", texts.scale(scale), air.zone.name, texts.label(scale, level)),
//!     "indice ATMO Nantes : Moyen",
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # A producer asked, without a store
//!
//! ```no_run
//! use ecosante_domain::place::{Coordinates, Place, PlaceId};
//! use ecosante_engine::communes;
//! use ecosante_engine::http::{FetchError, HttpClient, HttpOptions};
//! use ecosante_engine::sources::Publisher as _;
//! use ecosante_engine::sources::open_meteo_forecast::OpenMeteoForecast;
//!
//! # async fn uv(now: chrono::DateTime<chrono::Utc>) -> Result<(), FetchError> {
//! let client = HttpClient::new(&HttpOptions {
//!     user_agent: "my-tool/1.0 (+https://my-tool.example)".to_owned(),
//!     ..HttpOptions::default()
//! })?;
//! let lyon = communes::by_code("69123").expect("a commune");
//! let place = Place {
//!     id: PlaceId(1),
//!     name: "Home".to_owned(),
//!     commune: Some(lyon.into()),
//!     coordinates: Coordinates::new(45.764, 4.8357),
//!     time_zone: lyon.time_zone(),
//! };
//! let harvest = OpenMeteoForecast.fetch(&client, &[place], now).await?;
//! for reading in harvest.readings {
//!     println!("{} {}: {:?}", reading.metric, reading.target, reading.value);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! The same against a server on this machine: [`http::HttpClient`], [`sources::national::Country`].
//! Without a store nothing keeps count of what a host was asked: that is then yours, see
//! [`upstream::Host::daily_budget`].
//!
//! # The whole engine
//!
//! ```no_run
//! # #[cfg(feature = "store")]
//! # async fn lives(folder: std::path::PathBuf) -> ecosante_engine::Result<()> {
//! use ecosante_domain::text::Language;
//! use ecosante_engine::clock::Clock;
//! use ecosante_engine::host::{Host, Notification, Notifier, Progress};
//! use ecosante_engine::http::HttpOptions;
//! use ecosante_engine::{Engine, Options};
//!
//! struct Terminal;
//!
//! impl Notifier for Terminal {
//!     fn channel(&self) -> &'static str {
//!         "my-tool"
//!     }
//!
//!     fn notify(&self, notification: &Notification) -> Result<(), String> {
//!         println!("{}\n{}", notification.title, notification.body);
//!         Ok(())
//!     }
//! }
//!
//! impl Host for Terminal {
//!     fn progress(&self, _progress: Progress) {}
//! }
//!
//! let engine = Engine::open(Options {
//!     folder,
//!     clock: Clock::System,
//!     gateway: None,
//!     relay: None,
//!     language: None,
//!     system_language: Language::En,
//!     http: HttpOptions::default(),
//! })?;
//! engine.add_place("Lyon", None, Language::En).await?;
//! engine.set_profile(None, &[("conditions".to_owned(), "asthma".to_owned())])?;
//! let refreshed = engine.refresh(false, &Terminal).await?;
//! println!("{} sources answered", refreshed.answered.len());
//! # Ok(())
//! # }
//! ```
//!
//! [`Engine`] itself has an example that runs.

#[cfg(feature = "store")]
mod candidates;
#[cfg(feature = "store")]
pub mod clock;
pub mod coast;
pub mod communes;
#[cfg(feature = "store")]
pub mod contract;
#[cfg(feature = "store")]
mod country;
#[cfg(feature = "store")]
mod diary;
#[cfg(feature = "store")]
mod engine;
#[cfg(feature = "store")]
mod error;
#[cfg(feature = "store")]
mod evaluate;
pub mod geocoding;
#[cfg(feature = "store")]
mod history;
#[cfg(feature = "store")]
pub mod host;
pub mod http;
#[cfg(feature = "store")]
mod impact;
#[cfg(feature = "store")]
pub mod keychain;
#[cfg(feature = "store")]
pub mod ledger;
#[cfg(not(feature = "store"))]
#[path = "no_ledger.rs"]
mod ledger;
#[cfg(feature = "store")]
mod looking_back;
#[cfg(feature = "store")]
mod places;
#[cfg(feature = "store")]
mod planning;
#[cfg(feature = "store")]
mod portable;
pub mod purpose;
#[cfg(feature = "store")]
mod rehearsal;
#[cfg(feature = "store")]
pub mod relay;
#[cfg(feature = "store")]
pub mod rows;
#[cfg(feature = "store")]
pub mod saving;
pub mod schedule;
#[cfg(feature = "store")]
pub mod sent;
pub mod sources;
#[cfg(feature = "store")]
pub mod store;
#[cfg(feature = "store")]
mod tables;
pub mod upstream;
#[cfg(feature = "store")]
mod views;
#[cfg(feature = "store")]
mod why;
#[cfg(feature = "store")]
mod window;

#[cfg(feature = "store")]
pub use country::{CountryAnswer, CountryHealth};
#[cfg(feature = "store")]
pub use diary::{REPORT_DAYS, SHOWN_DAYS};
#[cfg(feature = "store")]
pub use engine::{Engine, JUDGE, LOOK, Options, Refreshed, Result};
#[cfg(feature = "store")]
pub use error::EngineError;
#[cfg(feature = "store")]
pub use history::{HistoryRow, LevelCount, PeriodRow, PublicationRow};
#[cfg(feature = "store")]
pub use looking_back::HistoryFile;
#[cfg(feature = "store")]
pub use places::{Added, point};
#[cfg(feature = "store")]
pub use portable::{EXPORT_VERSION, Erased, ExportForm, Imported};
#[cfg(feature = "store")]
pub use rehearsal::{RehearsedLimit, Replayed};
#[cfg(feature = "store")]
pub use views::{DecisionView, Explanation};

// The examples there are tested too.
#[cfg(doctest)]
#[doc = include_str!("README.md")]
struct Readme;
