//! The public indices of all communes as static files for other tools.
