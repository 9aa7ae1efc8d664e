//! What a licensing system can do besides holding a list of licenses: each a trait of its own, handed out by
//! [`Vendor`](crate::Vendor) where its client has it.
//!
//! No method here is named like its accessor on `Vendor`, since one client implements both.

use crate::VendorError;
use async_trait::async_trait;
use jiff::Timestamp;
use license::{
    Artifact, IssuerKey, LicenseKey, Package, Release, Seat, Token, TokenFields, Usage, Validated,
};
use std::{collections::BTreeMap, fmt::Debug};
use url::Url;

/// What an account has besides its list, by one word each for the page and the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// A login is exchanged for a session.
    SignIn,
    /// The machines that a license is in use on.
    Seats,
    /// What a license gives access to at a registry.
    Packages,
    /// Whether a key is good.
    Validation,
    /// Certificates for offline use.
    Certificates,
    /// The account is an instance, and has the one token that it was given.
    InstanceToken,
}

impl Facet {
    /// Every facet.
    pub const ALL: [Self; 6] = [
        Self::SignIn,
        Self::Seats,
        Self::Packages,
        Self::Validation,
        Self::Certificates,
        Self::InstanceToken,
    ];

    /// The stable word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::Seats => "seats",
            Self::Packages => "packages",
            Self::Validation => "validation",
            Self::Certificates => "certificates",
            Self::InstanceToken => "instance-token",
        }
    }
}

/// The name under which a session's end is kept beside an account's fields, as RFC 3339 has it.
pub const SESSION_EXPIRES: &str = "token-expires";

/// A login that is exchanged for a session, which alone is kept.
#[async_trait]
pub trait SignIn: Send + Sync {
    /// Exchanges the login typed for a session. Sent at most once; counts against the vendor's login limit.
    async fn exchange(&self) -> Result<Session, VendorError>;

    /// Revokes the kept session. One that is unknown there counts as revoked.
    async fn revoke(&self) -> Result<(), VendorError>;
}

/// What a login was exchanged for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// What is kept, by the names of [`Description::keeps`](crate::Description::keeps).
    pub secrets: BTreeMap<String, Token>,
    /// What is kept beside the account's own fields and is not secret: `token-id`, and [`SESSION_EXPIRES`].
    pub fields: BTreeMap<String, String>,
}

/// The machines that a license is in use on.
#[async_trait]
pub trait Seats: Send + Sync {
    /// The machines of a license, by the vendor's id of it.
    async fn taken(&self, license: &str) -> Result<Taken, VendorError>;

    /// Takes a machine's seat from it. Sent at most once; one that is gone already is
    /// [`VendorError::NotFound`].
    async fn release(&self, seat: &str) -> Result<(), VendorError>;
}

/// The machines that a vendor told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Each of them.
    pub seats: Vec<Seat>,
    /// Whether they are all: not where the vendor counted more than it sent, or sent one that cannot be read. Only then
    /// does it mean anything that a machine is not among them.
    pub is_whole: bool,
}

/// What a license gives access to at a registry.
#[async_trait]
pub trait Packages: Send + Sync {
    /// The packages that a key entitles to.
    async fn available(&self, key: &LicenseKey) -> Result<Vec<Package>, VendorError>;

    /// The versions of a package, by its id.
    async fn releases(&self, key: &LicenseKey, package: &str) -> Result<Vec<Release>, VendorError>;

    /// The files of a release, by its id.
    async fn artifacts(&self, key: &LicenseKey, release: &str) -> Result<Vec<Artifact>, VendorError>;
}

/// Whether a key is good.
#[async_trait]
pub trait Validation: Send + Sync {
    /// Asks the vendor. That the key is not good is an answer, not an error.
    async fn validate(&self, key: &LicenseKey) -> Result<Validated, VendorError>;
}

/// Certificates for offline use.
#[async_trait]
pub trait Certificates: Send + Sync {
    /// Checks a certificate out, by the vendor's id of the license.
    async fn check_out(&self, license: &str, terms: &CheckOut) -> Result<CheckedOut, VendorError>;

    /// The public key that is configured for the account.
    fn issuer(&self) -> Option<&IssuerKey>;
}

/// What kind of certificate is wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CheckOut {
    /// For how many seconds, at least 3600; nothing means the vendor's month.
    pub ttl: Option<u64>,
    /// Whether the license's entitlements are included.
    pub entitlements: bool,
    /// Whether it is encrypted under the license key.
    pub encrypted: bool,
}

/// A certificate as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedOut {
    /// The certificate's text.
    pub text: LicenseKey,
    /// When the vendor says that it ends.
    pub expires: Option<Timestamp>,
    /// When the vendor says that it was checked out.
    pub issued: Option<Timestamp>,
}

/// The one license token of an instance.
#[async_trait]
pub trait InstanceToken: Send + Sync {
    /// Whether the instance holds a valid license.
    async fn check(&self) -> Result<bool, VendorError>;

    /// What its token tells; nothing where it has none, which is confirmed by another request.
    async fn current(&self) -> Result<Option<TokenFields>, VendorError>;

    /// The same in one request: that it has no token is not confirmed.
    async fn glance(&self) -> Result<Option<TokenFields>, VendorError>;

    /// Counts anew how much is in use.
    async fn usage(&self) -> Result<Usage, VendorError>;

    /// Gives the instance a token. Sent at most once.
    async fn apply(&self, token: &LicenseKey) -> Result<TokenFields, VendorError>;

    /// Has the instance ask its issuer for a new token. Sent at most once.
    async fn renew(&self) -> Result<TokenFields, VendorError>;

    /// Takes the token from the instance. Sent at most once.
    async fn remove(&self) -> Result<(), VendorError>;

    /// The instance's root URL as the account has it.
    fn root(&self) -> &Url;
}

/// A product's own service on this computer.
#[async_trait]
pub trait LocalCore: Send + Sync + Debug {
    /// What it tells now.
    async fn state(&self) -> Result<CoreState, VendorError>;
}

/// What a product's own service on this computer tells of its license.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CoreState {
    /// It has not determined its license yet.
    Undetermined,
    /// It has.
    Reported {
        /// Whether it is in touch with the vendor.
        online: bool,
        /// Its signed packages with their versions.
        packages: BTreeMap<String, String>,
        /// What the license entitles to.
        entitlements: Vec<String>,
    },
}
