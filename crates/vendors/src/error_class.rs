//! What a vendor's error is at bottom: all that most callers ask of it.

use crate::VendorError;

/// What a vendor's error is at bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorClass {
    /// A clear no.
    Refused,
    /// There is no such thing.
    Missing,
    /// The vendor's API takes no such thing. Nothing was sent.
    NotTaken,
    /// No complete answer came over the network.
    OutOfReach,
    /// What came says neither yes nor no.
    Unclear,
    /// A change was sent, and it is not known what became of it.
    OutcomeUnknown,
}

impl VendorError {
    /// What it is at bottom.
    pub fn class(&self) -> ErrorClass {
        match self {
            Self::Unauthorized { .. }
            | Self::Rejected { .. }
            | Self::WrongPassword { .. }
            | Self::RefusedBefore { .. }
            | Self::OneTimeCodeNeeded
            | Self::OneTimeCodeWrong
            | Self::SignInElsewhere { .. }
            | Self::LoginLimited { .. }
            | Self::SessionExpired
            | Self::SwitchedOff { .. }
            | Self::Forbidden { .. }
            | Self::NotEnterprise
            | Self::WrongInstance { .. } => ErrorClass::Refused,
            Self::NotFound { .. } => ErrorClass::Missing,
            Self::NotCarried { .. } | Self::Unsupported { .. } => ErrorClass::NotTaken,
            Self::Unreachable { .. }
            | Self::ProxyUnreachable { .. }
            | Self::Interrupted { .. }
            | Self::TimedOut { .. } => ErrorClass::OutOfReach,
            Self::RateLimited { .. }
            | Self::NotAPortal { .. }
            | Self::Unreadable { .. }
            | Self::TooLarge { .. }
            | Self::ListingTooLarge { .. }
            | Self::BadSignature { .. } => ErrorClass::Unclear,
            Self::OutcomeUnknown { .. } => ErrorClass::OutcomeUnknown,
        }
    }
}
