//! The journeys of an application developer: Aidbox licenses, from the first run to files, faults and restarts.

mod attention;
mod closing;
mod connect;
mod create;
mod faults;
mod first_run;
mod hosted;
mod license_files;
mod lost_entry;
mod many;
mod names;
mod offline;
mod pictures;
mod portal_page;
mod replace;
mod restart;
mod signed;
mod together;
mod vendor_page;
mod world;
