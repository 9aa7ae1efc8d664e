//! What a vendor lists, and what the library keeps of it.

pub(crate) mod fetch;
pub(crate) mod same_license;

pub use fetch::Refreshed;
