//! What a vendor's error is at bottom: all that most callers ask of it.

use crate::VendorError;

/// What a vendor's error is at bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
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
    pub fn nature(&self) -> Nature {
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
            | Self::WrongInstance { .. } => Nature::Refused,
            Self::NotFound { .. } => Nature::Missing,
            Self::NotCarried { .. } | Self::Unsupported { .. } => Nature::NotTaken,
            Self::Unreachable { .. }
            | Self::ProxyUnreachable { .. }
            | Self::Interrupted { .. }
            | Self::TimedOut { .. } => Nature::OutOfReach,
            Self::RateLimited { .. }
            | Self::NotAPortal { .. }
            | Self::Unreadable { .. }
            | Self::TooLarge { .. }
            | Self::ListingTooLarge { .. }
            | Self::BadSignature { .. } => Nature::Unclear,
            Self::OutcomeUnknown { .. } => Nature::OutcomeUnknown,
        }
    }
}
