//! The list of licenses, and the details of one.

mod detail;
mod query;
