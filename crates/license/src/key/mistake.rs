//! Why a text is none of the known forms.

use super::SystemProblem;
use crate::{file, jwt};
use std::fmt;

/// Why a text is none of the known forms, and where it went wrong when it is nearly one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    /// Nothing but white space.
    #[error("there is no text")]
    Empty,
    /// It resembles nothing known.
    #[error("this is no license key, license file, JWT, portal token or address")]
    Unknown,
    /// Nearly a System key.
    #[error("nearly a System License key, but {0}")]
    System(#[from] SystemProblem),
    /// A Deployment Key without its dot.
    #[error("a Deployment Key has two parts with a dot between them after `key/`")]
    DeploymentParts,
    /// A Deployment Key whose first part is not base64url.
    #[error("the part of the Deployment Key before the dot is cut off or mistyped")]
    DeploymentPayload,
    /// A Deployment Key whose signature is not of its length.
    #[error("the signature of the Deployment Key, after the dot, is cut off or mistyped")]
    DeploymentSignature,
    /// Nearly a JWT.
    #[error("nearly a JWT, but {0}")]
    Jwt(#[from] jwt::JwtError),
    /// A certificate that is damaged.
    #[error("the license certificate's {0} is missing or damaged")]
    Certificate(Damage),
    /// A certificate for a machine.
    #[error("this is a machine certificate, not a license certificate")]
    MachineCertificate,
    /// A Kubernetes Secret from which the key cannot be read.
    #[error("this looks like a Kubernetes Secret, but {0}")]
    Secret(file::FormatError),
    /// A `.env` from which the key cannot be read.
    #[error("this looks like a .env file, but {0}")]
    Env(file::FormatError),
    /// A `.env` with other variables only.
    #[error("this .env file has no variable `BOX_LICENSE`")]
    EnvWithoutLicense,
    /// TOML that cannot be read.
    #[error("this looks like an AICA license file, but line {line} cannot be read: {words}")]
    Toml {
        /// Which line, counted from 1.
        line: usize,
        /// The parser's words, without the text itself.
        words: String,
    },
    /// TOML without a license.
    #[error("this file has no key named `License`")]
    TomlWithoutLicense,
    /// A local portal's token that is cut off or mistyped.
    #[error("this begins like a local portal's token, but is cut off or mistyped")]
    PortalToken,
}

/// Which part of a certificate is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// `-----BEGIN LICENSE FILE-----`.
    FirstLine,
    /// `-----END LICENSE FILE-----`.
    LastLine,
}

impl Damage {
    /// The one spelling, for the page.
    pub const fn word(self) -> &'static str {
        match self {
            Self::FirstLine => "first-line",
            Self::LastLine => "last-line",
        }
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::FirstLine => "first line",
            Self::LastLine => "last line",
        })
    }
}
