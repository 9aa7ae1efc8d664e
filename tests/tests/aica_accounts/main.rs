//! The journeys of a robotics engineer with an account: its session, seats, validation, packages and certificates.

mod certificate;
mod connect;
mod groups;
mod leaked;
mod listing;
mod local_core;
mod next_looks;
mod packages;
mod pane;
mod papers;
mod registry;
mod screen_reader;
mod screens;
mod seats;
mod session;
mod steps;
mod validation;
mod world;
