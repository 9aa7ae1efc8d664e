//! The portal as a process, and its data folder.

pub(crate) mod admin;
pub(crate) mod concurrency;
pub(crate) mod durability;
pub(crate) mod embedded;
pub(crate) mod program;
pub(crate) mod secrecy;
