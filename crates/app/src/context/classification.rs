//! Classifies errors: their report, and whether the vendor caused them.

use crate::context::{AppError, ErrorReport};
use errors::Kind;

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
