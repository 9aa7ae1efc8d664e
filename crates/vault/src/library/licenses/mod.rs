//! Licenses: taken over, found, listed.

pub(in crate::library) mod by_key;
pub(in crate::library) mod filter;
pub(in crate::library) mod groups;
pub(in crate::library) mod kept;
pub(in crate::library) mod listing;
pub(in crate::library) mod query;
pub(in crate::library) mod removal;
pub(in crate::library) mod rows;
pub(in crate::library) mod twins;
pub(in crate::library) mod upsert;
