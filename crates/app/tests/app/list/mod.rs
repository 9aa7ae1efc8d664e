//! The list of licenses, and the details of one.

pub(crate) mod detail;
pub(crate) mod query;
pub(crate) mod table;
