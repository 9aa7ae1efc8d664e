//! The journeys of a robotics engineer with an account: its session, seats, validation, packages and certificates.

mod world;

mod connect;
