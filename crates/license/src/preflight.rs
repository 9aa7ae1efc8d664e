//! What would be wrong with a license token, before it is sent to an instance.

use crate::{TokenFields, jwt::JwtError};
use jiff::Timestamp;

/// What a look at a token found.
#[derive(Debug, Clone, PartialEq)]
pub struct Preflight {
    /// What the token tells; nothing where it is no JWT.
    pub token: Option<TokenFields>,
    /// What is wrong with it, or worth knowing.
    pub findings: Vec<Finding>,
}

/// One thing that is wrong with a token, or worth knowing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// It is not a JWT.
    NotAJwt(JwtError),
    /// It does not count yet.
    NotYetValid {
        /// From when on it does.
        from: Timestamp,
    },
    /// The token has ended.
    TokenExpired {
        /// When it did.
        at: Timestamp,
    },
    /// The license has ended.
    LicenseExpired {
        /// When it did.
        at: Timestamp,
    },
    /// It is for another instance.
    WrongInstance {
        /// The instance that it is for.
        sub: String,
        /// The instance that it would be sent to.
        root: String,
    },
    /// A notice: it names other products than the document's example.
    OtherProduct {
        /// The products that it names.
        found: Vec<String>,
    },
    /// A notice: it does not tell which instance it is for.
    NoSubject,
    /// A notice: it does not tell when it ends.
    NoEnd,
}
