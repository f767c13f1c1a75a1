//! What is published, served by Debian's real nginx with the configuration that is shipped, on the
//! loopback interface; and the units of systemd that publish.

#![cfg(target_os = "linux")]

mod exchange;
mod gateway;
mod nginx;
mod site;
mod systemd;
mod tree;
