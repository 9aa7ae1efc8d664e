//! Imported keys, and the successors of leaked ones.

pub(crate) mod imported;
pub(crate) mod leaked;
pub(crate) mod twins;
