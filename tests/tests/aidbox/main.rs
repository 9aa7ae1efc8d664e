//! The journeys of an application developer: Aidbox licenses, from the first run to files, faults and restarts.

mod first_run;
mod hand;
mod world;
