//! Serving clients within bounds.

pub(crate) mod bounds;
pub(crate) mod connection;
pub(crate) mod serving;
pub(crate) mod slots;
