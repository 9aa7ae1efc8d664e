//! The journeys of an administrator: an instance of the Metrics Dashboard and its license token.

mod authority;
mod connect;
mod file;
mod keyboard;
mod pictures;
mod preflight;
mod redirected;
mod refused;
mod token;
mod world;
