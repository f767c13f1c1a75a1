//! Journeys: what a person asks of `ecosante`, from the arguments to the words and figures that come
//! back, with the real program, its real file and pretended sources on the loopback interface.
//!
//! Each journey has a folder and a server of its own, says what time it is, and compares what
//! programs may rely on: `--json` and the exit status.

#![expect(clippy::unwrap_used, reason = "a journey that cannot go on should stop with a trace")]

mod abroad;
mod advice;
mod crashes;
mod demo;
mod device;
mod diary;
mod episodes;
mod faults;
mod holding;
mod household;
mod languages;
mod main_job;
mod misuse;
#[cfg(unix)]
mod publishing;
mod quiet_hours;
mod recorded;
mod relay;
mod schedule;
mod store;
mod warnings;
mod watch;
mod year;
