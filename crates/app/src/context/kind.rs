//! What an error means to whoever called, whatever it is.

use crate::context::AppError;
use vault::{LibraryError, LockError};
use vendors::{ConnectError, ErrorClass};

/// What an error means to whoever called, as the CLI's exit codes tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The vendor or the system said no.
    Failed,
    /// It was asked for in a way that cannot be.
    Usage,
    /// There is no such thing.
    NotFound,
    /// There are several such things.
    Ambiguous,
    /// It was not confirmed.
    NotConfirmed,
    /// Secrets are locked, or the keyring is away.
    Locked,
    /// It was sent, and no answer came; or it was done, and could not be noted here.
    OutcomeUnknown,
}

impl AppError {
    /// What it means to whoever called.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Vendor { source, .. } | Self::Login { source, .. } => match source.class() {
                ErrorClass::Missing => Kind::NotFound,
                ErrorClass::NotTaken => Kind::Usage,
                ErrorClass::OutcomeUnknown => Kind::OutcomeUnknown,
                ErrorClass::Refused | ErrorClass::OutOfReach | ErrorClass::Unclear => Kind::Failed,
            },
            Self::HalfReplaced { why } => why.kind(),
            Self::Connect(source) | Self::CannotConnect { source, .. } if is_to_be_confirmed(source) => {
                Kind::NotConfirmed
            }
            Self::Connect(_)
            | Self::CannotConnect { .. }
            | Self::Name(_)
            | Self::NotAChoice { .. }
            | Self::FormatDoesNotFit { .. }
            | Self::NoVendor { .. }
            | Self::HoldsImportedKeys { .. }
            | Self::NotImported { .. }
            | Self::NoFacet { .. }
            | Self::SuccessorAtVendor { .. }
            | Self::KeyNotOfAccount { .. }
            | Self::NoRegistry { .. }
            | Self::NotCheckedOut { .. }
            | Self::Filter { .. } => Kind::Usage,
            Self::Lock(LockError::ShortPassphrase { .. }) => Kind::Usage,
            Self::Lock(_) | Self::LoginNotKept { .. } => Kind::Locked,
            Self::NotFound { .. } | Self::NoBackup { .. } => Kind::NotFound,
            Self::Library(
                LibraryError::NoSuchAccount | LibraryError::NoSuchLicense | LibraryError::NoSuchFile,
            ) => Kind::NotFound,
            Self::Ambiguous { .. } => Kind::Ambiguous,
            Self::NotConfirmed { .. }
            | Self::FileOfAnother { .. }
            | Self::Preflight { .. }
            | Self::Outdated { .. } => Kind::NotConfirmed,
            Self::Unsettled { .. }
            | Self::NotRecorded { .. }
            | Self::Library(LibraryError::WrittenNotNoted { .. }) => Kind::OutcomeUnknown,
            Self::Library(_)
            | Self::Sealed { .. }
            | Self::File(_)
            | Self::Settings(_)
            | Self::Format { .. }
            | Self::SameName { .. }
            | Self::NotAKey { .. }
            | Self::Gone { .. }
            | Self::NoKey { .. }
            | Self::KeyNotKept { .. }
            | Self::OtherLogin { .. }
            | Self::NothingToRestore { .. }
            | Self::Certificate { .. }
            | Self::ProgramMissing { .. }
            | Self::ProgramFailed { .. }
            | Self::SameKey { .. }
            | Self::LeakedRemains { .. }
            | Self::BackupOfAnother { .. }
            | Self::Replacing { .. }
            | Self::NotReplaced { .. }
            | Self::OldKeyStands { .. }
            | Self::TicketGone
            | Self::Portal(_)
            | Self::Host(_)
            | Self::Cancelled => Kind::Failed,
        }
    }
}

/// Whether a user can allow what was refused.
fn is_to_be_confirmed(error: &ConnectError) -> bool {
    matches!(error, ConnectError::HostNotConfirmed { .. } | ConnectError::HttpNotAllowed { .. })
}
