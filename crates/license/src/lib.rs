//! What a license is: the types, key forms, statuses and file formats.
//!
//! Pure: no I/O, no clock, no async. Whatever reads a vendor's answer ends in a [`License`]; whatever a user
//! pastes goes through [`pasted`] and [`key::recognise`]; whatever lands on disk was rendered by [`file::render`].

mod certificate;
mod classification;
pub mod dates;
mod expiry;
mod facts;
pub mod file;
pub mod host;
mod id;
mod instance;
mod instance_glob;
mod issuer;
pub mod jwt;
pub mod key;
mod name;
mod package;
pub mod pasted;
mod preflight;
pub mod resource;
mod seat;
mod secret;
mod status;
mod validation;

pub use certificate::{Algorithm, Certificate, CertificateError, Certified};
pub use classification::{Goal, Hosting, Product, Tier};
pub use expiry::Expiry;
pub use facts::{Entitlement, InUse, License, UseUnit, VendorStatus, label};
pub use id::{AccountId, LicenseId, NotALicenseId};
pub use instance::{InstanceStatus, TokenFields, Usage};
pub use instance_glob::is_subject;
pub use issuer::{IssuerKey, NotAnIssuerKey};
pub use key::KeyForm;
pub use name::{LicenseName, MAX_NAME_CHARS, NameError, is_typed, same_name};
pub use package::{Artifact, Package, Release};
pub use preflight::{Finding, Preflight, preflight, token_findings};
pub use seat::{Heartbeat, Seat};
pub use secret::{LicenseKey, Password, SecretUrl, Token};
pub use status::{Status, StatusSources};
pub use validation::{Validated, ValidationCode};
