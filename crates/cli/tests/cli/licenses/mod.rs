//! Licenses.

pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod import;
pub(crate) mod leaked;
pub(crate) mod list;
pub(crate) mod look_up;
pub(crate) mod outcomes;
pub(crate) mod replace;
pub(crate) mod show;
