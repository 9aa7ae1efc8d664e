//! What is kept on this computer.

pub(crate) mod inventory;
pub(crate) mod setup;
