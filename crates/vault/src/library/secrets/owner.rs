//! Whose secrets there are, and which.

use license::{AccountId, LicenseId};
use std::fmt;

/// Whose secret it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SecretOwner {
    /// An account's.
    Account(AccountId),
    /// A license's.
    License(LicenseId),
}

impl SecretOwner {
    pub(in crate::library) const fn word(self) -> &'static str {
        match self {
            Self::Account(_) => "account",
            Self::License(_) => "license",
        }
    }

    pub(in crate::library) const fn id(self) -> i64 {
        match self {
            Self::Account(AccountId(id)) | Self::License(LicenseId(id)) => id,
        }
    }
}

impl fmt::Display for SecretOwner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(AccountId(id)) => write!(f, "account {id}"),
            Self::License(id) => write!(f, "license {id}"),
        }
    }
}

/// Which secret of its owner it is; an owner has at most one of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SecretKind {
    /// One of the secret fields that an account logs in with, by its name in the vendor's description.
    Login(&'static str),
    /// What an instance or launcher proves its license with.
    Key,
}

impl SecretKind {
    /// The word that is stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Login(field) => field,
            Self::Key => "key",
        }
    }
}
