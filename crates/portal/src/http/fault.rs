use axum::http::StatusCode;

use crate::Error;
use crate::order::Refusal;

/// Why a call is not done, in words for the user behind the client.
#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
    #[error("The body is not a call: {0}")]
    Unreadable(String),
    #[error("Send the call as text/yaml or application/json")]
    MediaType,
    #[error("{0}")]
    Body(StatusCode, String),
    #[error("There is no method {0}")]
    Method(String),
    #[error("The project token is missing, unknown or revoked; issue one on the portal's page")]
    Unauthorized,
    // The vendor's words for a license that does not exist or is another project's.
    #[error("You are not a member of the project")]
    NotAMember,
    #[error("Give either id or license, the license string")]
    Which,
    #[error("The license was not issued: {0}")]
    Refused(#[from] Refusal),
    #[error("The portal failed: {0}")]
    Failed(Error),
}

impl From<Error> for Fault {
    #[expect(clippy::wildcard_enum_match_arm, reason = "every other error is the portal's own failure")]
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(refusal) => Self::Refused(refusal),
            other => Self::Failed(other),
        }
    }
}

impl Fault {
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::Unreadable(_) => StatusCode::BAD_REQUEST,
            Self::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Body(status, _) => *status,
            Self::Method(_) => StatusCode::NOT_FOUND,
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::NotAMember => StatusCode::FORBIDDEN,
            Self::Which | Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}
