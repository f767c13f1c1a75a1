//! The public indices of all communes as static files for other tools.

#[path = "../../ui/catalogue.rs"]
mod catalogue;
pub mod feed;
pub mod widget;
