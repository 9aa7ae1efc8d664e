//! The use cases of Licet: connect, refresh, create, delete, import, export. Each subject is a folder of functions over a
//! [`Context`](context::Context).
//!
//! The use cases sit between the vault, which keeps, and the vendors, which are asked. They reach outward through three
//! traits alone ([`Host`](context::Host), [`Clock`](context::Clock), [`LocalPortal`](context::LocalPortal)), so that the
//! window and the command line do the same things.
//!
//! The folders are layers, in this order: each uses only those above it.

pub mod accounts;
pub mod attention;
pub mod backups;
pub mod certificates;
pub mod changes;
pub mod context;
pub mod export;
pub mod files;
pub mod home;
pub mod import;
pub mod instance;
pub mod keys;
pub mod leaked;
pub mod list;
pub mod listing;
pub mod offers;
pub mod refresh;
pub mod selections;
