//! Instances, and the Core on this computer.

pub(crate) mod local_core;
pub(crate) mod token;
