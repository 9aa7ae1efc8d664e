//! The licensing systems' clients behind one trait, and what each of them accepts, as data.
//!
//! Whoever shows or runs something asks [`registry`] what there is, builds a form from its [`Description`], and
//! gets a [`Vendor`] from [`connect`]. Nothing outside a vendor's own folder asks which vendor it has in hand:
//! what differs is in its [`Registration`] and in [`Accepts`].
//!
//! ```
//! use std::collections::BTreeMap;
//!
//! let vendor = vendors::LOCAL_PORTAL;
//! let needed = vendor.connect.iter().filter(|field| !field.optional);
//! assert_eq!(needed.map(|field| field.name).collect::<Vec<_>>(), ["url", "token"]);
//!
//! let at = vendors::Connection {
//!     address: vendor.connect[0].default.unwrap().parse()?,
//!     fields: BTreeMap::new(),
//!     secrets: [("token".to_owned(), license::Token::new("from the portal".to_owned()))].into(),
//! };
//! let project = vendors::connect(&vendors::Http::default(), vendor.provider, &at)?;
//! // Nothing was sent so far; `project.probe().await` tests the login.
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod address;
mod aica;
mod aidbox;
mod connect_error;
mod dashboard;
mod describe;
mod error;
mod error_class;
mod error_detail;
mod facets;
mod file_rules;
mod http;
mod product_forms;
mod redact;
mod registration;
mod registry;
mod secret_signs;
mod steps;
mod unencrypted;
mod vendor;

pub use connect_error::ConnectError;
pub use describe::{
    ALLOW_HTTP, ALLOWED, Carried, Choice, ConnectField, Description, Fact, FieldKind, Hints, LicenseOfClaims,
    Link, Mark, Obstacle, Text, Value,
};
pub use error::VendorError;
pub use error_class::ErrorClass;
pub use error_detail::{Detail, Elsewhere, Instead, ListingBound, Why};
pub use facets::{
    Certificates, CheckOut, CheckedOut, CoreState, Facet, InstanceToken, LocalCore, Packages,
    SESSION_EXPIRES, Seats, Session, SignIn, Taken, Validation,
};
pub use file_rules::{ContainerUser, FileRule, NextCommand, Snippet, Variant, WrittenFile};
pub use http::{Http, Patience};
pub use product_forms::{ClaimSign, CoreService, Import, PackageRegistry, ProductForms};
pub use registration::{Api, Base, Connect, Connection, Registration};
pub use registry::{LOCAL_PORTAL, Registry, base, connect, description, local_core, registration, registry};
pub use secret_signs::{SecretSign, SecretSigns};
pub use steps::{Step, StepWhen};
pub use vendor::{
    Accepts, Found, Listed, Listing, NewLicense, Pages, Probe, Reference, Turn, Validator, Vendor,
    listed_at_once,
};
