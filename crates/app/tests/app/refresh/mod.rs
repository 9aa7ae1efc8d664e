//! Refreshing accounts, and following what other processes change.

pub(crate) mod concurrent;
pub(crate) mod endless;
pub(crate) mod follow;
pub(crate) mod run;
pub(crate) mod vendor_page;
