//! What a license is, for every room of the house: the types, key forms, standings and file formats.
//!
//! Pure: no I/O, no clock, no async. Whatever reads a vendor's answer ends in a [`License`]; whatever a person
//! pastes goes through [`key::recognise`]; whatever lands on disk was rendered by [`file::render`].

mod expiry;
mod facts;
pub mod file;
mod id;
pub mod jwt;
pub mod key;
mod name;
mod secret;
mod standing;
mod terms;

pub use expiry::Expiry;
pub use facts::{Entitlement, License, Status, label};
pub use id::{AccountId, LicenseId, NotALicenseId};
pub use key::KeyForm;
pub use name::{LicenseName, MAX_NAME_CHARS, NameError, is_typed, same_name};
pub use secret::{LicenseKey, Password, SecretUrl, Token};
pub use standing::{Facts, Standing, standing};
pub use terms::{Goal, Hosting, Product, Tier};
