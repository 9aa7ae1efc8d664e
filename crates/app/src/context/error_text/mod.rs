//! An error as programs read it: a stable code with arguments.

mod report;

use crate::context::AppError;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, error::Error};
use vendors::ErrorClass;

/// An error as the page branches on it, and as a refresh's end is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorReport {
    /// A stable code such as `vendor-unauthorized`.
    pub code: String,
    /// Typed arguments as text. Never a secret.
    pub args: BTreeMap<String, String>,
    /// The vendor's or the system's own words, redacted.
    pub detail: Option<String>,
}

/// An error's sentence, with those of its causes that it does not repeat itself.
pub fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let words = inner.to_string();
        if !text.contains(&words) {
            text.push_str(": ");
            text.push_str(&words);
        }
        cause = inner.source();
    }
    text
}

impl AppError {
    /// Code, arguments and detail.
    pub fn report(&self) -> ErrorReport {
        let (code, args, detail) = report::of(self);
        let args = args.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        ErrorReport { code: code.to_owned(), args, detail }
    }

    /// Whether it is the vendor that could not be asked, or said no: what is kept here is as good as it was.
    pub(crate) fn is_of_the_vendor(&self) -> bool {
        matches!(
            self,
            Self::Vendor { .. }
                | Self::Login { .. }
                | Self::Connect(_)
                | Self::CannotConnect { .. }
                | Self::Portal(_)
                | Self::LoginNotKept { .. }
        )
    }

    /// Whether the vendor could not be reached: a state of the account, not a failure.
    pub fn is_offline(&self) -> bool {
        match self {
            Self::Vendor { source, .. } | Self::Login { source, .. } => {
                source.class() == ErrorClass::OutOfReach
            }
            Self::Portal(_) => true,
            Self::HalfReplaced { why } => why.is_offline(),
            Self::Connect(_)
            | Self::CannotConnect { .. }
            | Self::Lock(_)
            | Self::Library(_)
            | Self::Sealed { .. }
            | Self::File(_)
            | Self::Settings(_)
            | Self::Format { .. }
            | Self::Name(_)
            | Self::SameName { .. }
            | Self::NotAKey { .. }
            | Self::NotAChoice { .. }
            | Self::NotFound { .. }
            | Self::Ambiguous { .. }
            | Self::NotConfirmed { .. }
            | Self::FileOfAnother { .. }
            | Self::Gone { .. }
            | Self::NoKey { .. }
            | Self::KeyNotKept { .. }
            | Self::FormatDoesNotFit { .. }
            | Self::NoVendor { .. }
            | Self::HoldsImportedKeys { .. }
            | Self::NotImported { .. }
            | Self::Unsettled { .. }
            | Self::NotRecorded { .. }
            | Self::Filter { .. }
            | Self::LoginNotKept { .. }
            | Self::OtherLogin { .. }
            | Self::NoFacet { .. }
            | Self::Preflight { .. }
            | Self::Outdated { .. }
            | Self::NothingToRestore { .. }
            | Self::Certificate { .. }
            | Self::NotCheckedOut { .. }
            | Self::KeyNotOfAccount { .. }
            | Self::NoRegistry { .. }
            | Self::ProgramMissing { .. }
            | Self::ProgramFailed { .. }
            | Self::SameKey { .. }
            | Self::LeakedRemains { .. }
            | Self::NoBackup { .. }
            | Self::BackupOfAnother { .. }
            | Self::SuccessorAtVendor { .. }
            | Self::Replacing { .. }
            | Self::NotReplaced { .. }
            | Self::OldKeyStands { .. }
            | Self::TicketGone
            | Self::Host(_)
            | Self::Cancelled => false,
        }
    }
}
