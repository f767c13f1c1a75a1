//! What Écosanté knows about the world: metrics, scales, readings, people, rules, decisions, advice
//! and every sentence a person reads.
//!
//! Deliberately not here: input or output of any kind, the clock (`now` is passed in), async code,
//! anything of the operating system. The crate compiles for `wasm32-unknown-unknown`, so that the
//! window uses the same scales, labels and rules as the engine and nothing is said twice.

pub mod advice;
pub mod alert;
pub mod combined;
pub mod contract;
pub mod credits;
pub mod decision;
pub mod diary;
pub mod digest;
pub mod estimate;
pub mod evidence;
pub mod glance;
pub mod history;
pub mod impact;
pub mod knowledge;
pub mod limits;
pub mod metric;
pub mod mute;
pub mod notification;
pub mod past;
pub mod periods;
pub mod person;
pub mod place;
pub mod plot;
pub mod publication;
pub mod quiet_hours;
pub mod reading;
pub mod rehearsal;
pub mod rule;
pub mod scale;
pub mod sheet;
pub mod sun;
pub mod text;
pub mod today;
pub mod window;
pub mod words;
