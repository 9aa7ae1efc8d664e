//! An error as programs read it: a stable code with arguments; and its sentence with those of its causes.

use crate::context::AppError;
use errors::Kind;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, error::Error};

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
        let args = self.args().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        ErrorReport { code: self.code().to_owned(), args, detail: self.detail() }
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
        self.kind() == Kind::Offline
    }
}
