//! The screens.

pub(crate) mod alert;
pub(crate) mod alerts;
pub(crate) mod history;
pub(crate) mod index;
pub(crate) mod paper;
pub(crate) mod people;
pub(crate) mod settings;
pub(crate) mod today;
pub(crate) mod welcome;
pub(crate) mod why;
