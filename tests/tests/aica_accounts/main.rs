//! The journeys of a robotics engineer with an account: its session, seats, validation, packages and certificates.

mod connect;
mod listing;
mod screens;
mod seats;
mod session;
mod validation;
mod world;
