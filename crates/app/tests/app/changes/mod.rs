//! Creating, deleting and replacing licenses.

mod create;
mod delete;
mod outcomes;
mod proof;
mod replace;
