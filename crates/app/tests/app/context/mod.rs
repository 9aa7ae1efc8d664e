//! Errors and their texts, and what debug output shows.

pub(crate) mod clients;
pub(crate) mod errors;
pub(crate) mod examples;
pub(crate) mod requests;
pub(crate) mod secrecy;
pub(crate) mod signals;
pub(crate) mod words;
