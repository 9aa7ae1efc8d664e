//! What a vendor lists, and what the library keeps of it.

pub(crate) mod detail_fetches;
pub(crate) mod fetch;
pub(crate) mod found;
pub(crate) mod license_key;
pub(crate) mod progress;
pub(crate) mod used;

pub use fetch::Refreshed;
