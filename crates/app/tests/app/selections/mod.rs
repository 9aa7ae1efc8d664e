//! Actions on many licenses at once.

mod delete;
mod write;
