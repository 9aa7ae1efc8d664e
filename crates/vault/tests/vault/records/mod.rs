//! The library.

pub(crate) mod library;
pub(crate) mod licenses;
pub(crate) mod listing;
pub(crate) mod opening;
pub(crate) mod processes;
pub(crate) mod query;
pub(crate) mod read_only;
pub(crate) mod replacements;
