//! Creating, deleting and replacing licenses.

pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod outcomes;
pub(crate) mod proof;
pub(crate) mod replace;
