//! Refreshing accounts, and following what other processes change.

mod endless;
mod follow;
mod run;
mod vendor_page;
