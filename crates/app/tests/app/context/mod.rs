//! Errors and their texts, and what debug output shows.

pub(crate) mod clients;
pub(crate) mod errors;
mod listed;
pub(crate) mod requests;
pub(crate) mod secrecy;
pub(crate) mod signals;
pub(crate) mod words;
