//! Leaked keys: their license is marked, and a successor takes their place in every file.

pub(crate) mod places;
pub(crate) mod succession;

pub use succession::mark_leaked;
