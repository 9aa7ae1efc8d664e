//! The database file: opening it, its layout, and what other processes do to it.

pub(in crate::library) mod changes;
pub(in crate::library) mod codec;
mod folders;
pub(in crate::library) mod open;
pub(in crate::library) mod process_lock;
pub(in crate::library) mod read_only;
pub(in crate::library) mod reset;
pub(in crate::library) mod rev;
pub(in crate::library) mod schema;
pub(in crate::library) mod store;
pub(in crate::library) mod watch;
