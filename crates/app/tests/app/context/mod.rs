//! Errors and their texts, and what debug output shows.

pub(crate) mod errors;
pub(crate) mod secrecy;
pub(crate) mod words;
