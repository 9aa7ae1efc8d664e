//! The list of licenses: filters, views, rows, and the details of one.

pub(crate) mod detail;
pub(crate) mod filter;
pub(crate) mod groups;
pub(crate) mod query;
pub(crate) mod reveal;
pub(crate) mod table;

pub use detail::{Detail, KeyStatus, Removal, detail, fetch_again, look_closer};
pub use filter::Chip;
pub use groups::GroupBy;
pub use query::{
    Counts, ListQuery, ListWindow, Row, View, counts, list, place, resolve_license, row, rows_of,
};
pub use reveal::{copy_key, reveal};
pub use table::{Column, Listed, Table, export_csv, table};
