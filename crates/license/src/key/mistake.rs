//! Why a text is none of the known forms.

use super::SystemProblem;
use crate::{file, jwt};
use errors_derive::Declared;
use std::fmt;

/// Why a text is none of the known forms, and where it went wrong when it is nearly one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Declared)]
pub enum Mistake {
    /// The text is not a license key, a license file, a JWT, a portal token or an address.
    #[error("there is no text")]
    #[declared("key-none")]
    Empty,
    /// The text is not a license key, a license file, a JWT, a portal token or an address.
    #[error("this is no license key, license file, JWT, portal token or address")]
    #[declared("key-none", help = "a key, a license file, a JWT, a portal's token or a URL is expected")]
    Unknown,
    /// The text is a portal token, which opens an account and is not a license key.
    #[error("this is a portal token, not a license key")]
    #[declared("key-is-token", help = "add the account that it belongs to")]
    IsToken,
    /// The text is an address, which may be that of an account and is not a license key.
    #[error("this is an address, not a license key")]
    #[declared("key-is-address", help = "add the account at this address")]
    IsAddress,
    /// Nearly a System key.
    #[error("nearly a System License key, but {0}")]
    #[declared(transparent)]
    System(#[from] SystemProblem),
    /// The Deployment Key is incomplete or mistyped.
    #[error("a Deployment Key has two parts with a dot between them after `key/`")]
    #[declared("key-deployment", args(part = "parts"), help = "copy it again, from `key/` to its end")]
    DeploymentParts,
    /// The Deployment Key is incomplete or mistyped.
    #[error("the part of the Deployment Key before the dot is cut off or mistyped")]
    #[declared("key-deployment", args(part = "payload"), help = "copy it again, from `key/` to its end")]
    DeploymentPayload,
    /// The Deployment Key is incomplete or mistyped.
    #[error("the signature of the Deployment Key, after the dot, is cut off or mistyped")]
    #[declared("key-deployment", args(part = "signature"), help = "copy it again, from `key/` to its end")]
    DeploymentSignature,
    /// The JWT is incomplete or mistyped.
    #[error("nearly a JWT, but {0}")]
    #[declared("key-jwt", detail = _0.to_string(), help = "copy all of it again")]
    Jwt(#[from] jwt::JwtError),
    /// A part of the license certificate is missing or damaged.
    #[error("the license certificate's {0} is missing or damaged")]
    #[declared("key-certificate", args(part = _0.word()), help = "copy all of it again, from `-----BEGIN LICENSE FILE-----` to `-----END LICENSE FILE-----`")]
    Certificate(Damage),
    /// This is a machine certificate, not a license certificate.
    #[error("this is a machine certificate, not a license certificate")]
    #[declared(
        "key-machine-certificate",
        help = "import the license certificate, which begins with `-----BEGIN LICENSE FILE-----`"
    )]
    MachineCertificate,
    /// The license in the Kubernetes Secret cannot be read.
    #[error("this looks like a Kubernetes Secret, but {0}")]
    #[declared("key-secret", detail = _0.to_string(), help = "correct the file, or import the key alone")]
    Secret(file::FormatError),
    /// The license in the .env file cannot be read.
    #[error("this looks like a .env file, but {0}")]
    #[declared("key-env", detail = _0.to_string(), help = "correct the file, or import the key alone")]
    Env(file::FormatError),
    /// The .env file contains no license.
    #[error("this .env file has no variable `BOX_LICENSE`")]
    #[declared(
        "key-env-without-license",
        help = "choose the file that the instance reads, or import the key alone"
    )]
    EnvWithoutLicense,
    /// The AICA license file cannot be read.
    #[error("this looks like an AICA license file, but line {line} cannot be read: {words}")]
    #[declared("key-toml", args(line), detail = words.clone())]
    Toml {
        /// Which line, counted from 1.
        line: usize,
        /// The parser's words, without the text itself.
        words: String,
    },
    /// The TOML file contains no license.
    #[error("this file has no key named `License`")]
    #[declared("key-toml-without-license", help = "a license file has the line License = \"…\"")]
    TomlWithoutLicense,
    /// The token of the local portal is incomplete or mistyped.
    #[error("this begins like a local portal's token, but is cut off or mistyped")]
    #[declared("key-portal-token", help = "copy all of it again")]
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
