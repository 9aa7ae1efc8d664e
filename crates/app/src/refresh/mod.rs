//! Refreshing accounts: listings are fetched, open requests settled, and kept files updated.

pub(crate) mod follow;
pub(crate) mod run;
pub(crate) mod vendor_page;

pub use follow::{Baseline, follow_library};
pub use run::{cancel_refresh, refresh, refresh_all, refresh_each};
pub use vendor_page::{VendorPage, finish_on_vendor_page, stop_watching};
