//! The class of a vendor's error: all that most callers need to know of it.

use crate::VendorError;

/// The class of a vendor's error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorClass {
    /// The vendor refused.
    Refused,
    /// The vendor does not have it.
    Missing,
    /// The vendor's API does not accept it. Nothing was sent.
    NotTaken,
    /// No complete answer came over the network.
    OutOfReach,
    /// The answer is neither a success nor a refusal.
    Unclear,
    /// A change was sent and its outcome is unknown.
    OutcomeUnknown,
}

impl VendorError {
    /// The error's class.
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
