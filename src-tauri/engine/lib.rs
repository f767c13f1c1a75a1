//! Sources, store and polling of Écosanté: applies the domain's decisions to the real world.
//!
//! Deliberately not here: any window or terminal (a [`host::Host`] stands for them), and the rules
//! themselves, which are the domain's.

mod candidates;
pub mod clock;
pub mod coast;
pub mod communes;
pub mod contract;
mod country;
mod diary;
mod engine;
mod error;
mod evaluate;
pub mod geocoding;
mod history;
pub mod host;
pub mod http;
mod impact;
pub mod keychain;
pub mod ledger;
mod looking_back;
mod places;
mod planning;
mod portable;
mod rehearsal;
pub mod relay;
pub mod rows;
pub mod saving;
pub mod schedule;
pub mod sent;
pub mod sources;
pub mod store;
mod tables;
pub mod upstream;
mod views;
mod why;
mod window;

pub use country::{CountryAnswer, CountryHealth};
pub use diary::{REPORT_DAYS, SHOWN_DAYS};
pub use engine::{Engine, JUDGE, LOOK, Options, Refreshed, Result};
pub use error::EngineError;
pub use history::{HistoryRow, LevelCount, PeriodRow, PublicationRow};
pub use looking_back::HistoryFile;
pub use places::{Added, point};
pub use portable::{EXPORT_VERSION, Erased, ExportForm, Imported};
pub use rehearsal::{RehearsedLimit, Replayed};
pub use views::{DecisionView, Explanation};
