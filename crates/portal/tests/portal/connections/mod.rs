//! Connections, requests that are malformed, and clients that stall.

pub(crate) mod bodies;
pub(crate) mod hosts;
pub(crate) mod pressure;
pub(crate) mod properties;
