//! What is published, served by Debian's real nginx with the configuration that is shipped, on the
//! loopback interface; and the units of systemd that publish.

#![cfg(target_os = "linux")]
#![expect(clippy::print_stderr, reason = "what this machine cannot check is said")]

mod exchange;
mod gateway;
mod nginx;
// Those who read what is published, as Python packages.
#[path = "../../src-tauri/publish/tests/python/mod.rs"]
mod python;
mod site;
mod systemd;
mod tree;
mod whole;
