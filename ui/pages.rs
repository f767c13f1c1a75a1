//! The screens.

pub(crate) mod alert;
pub(crate) mod alerts;
pub(crate) mod people;
pub(crate) mod today;
pub(crate) mod welcome;
