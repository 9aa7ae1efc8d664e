//! One module for each command, grouped by subject.

pub(crate) mod absent;
pub(crate) mod accounts;
pub(crate) mod files;
pub(crate) mod instance;
pub(crate) mod licenses;
