//! The journeys of an application developer: Aidbox licenses, from the first run to files, faults and restarts.

mod backups;
mod by_hand;
mod closing;
mod connect;
mod create;
mod faults;
mod files;
mod first_run;
mod hosted;
mod lost_entry;
mod names;
mod offline;
mod old_name;
mod pictures;
mod portal_page;
mod replace;
mod restart;
mod run;
mod signed;
mod together;
mod world;
