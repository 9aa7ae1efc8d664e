//! Secrets that the portal hands out, and how it recognises them again.

use std::fmt;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::Error;
use crate::Result;

/// What a project token begins with, so that people and programs recognise it.
const TOKEN_PREFIX: &str = "licet_";

/// A project token. It is shown once: the portal keeps only its hash.
pub struct Token(Zeroizing<String>);

impl Token {
    pub(crate) fn random() -> Result<Self> {
        let token = format!("{TOKEN_PREFIX}{}", random_hex::<20>()?);
        Ok(Self(Zeroizing::new(token)))
    }

    /// The token's text; the one way to it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The last four characters, by which a user tells tokens apart on the page.
    pub(crate) fn ending(&self) -> &str {
        &self.0[self.0.len() - 4..]
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(<redacted>)")
    }
}

/// The address of the portal's page with a one-time ticket in it.
pub struct TicketUrl(Zeroizing<String>);

impl TicketUrl {
    pub(crate) fn new(address: std::net::SocketAddr, ticket: &str) -> Self {
        Self(Zeroizing::new(format!("http://{address}/?ticket={ticket}")))
    }

    /// The URL; whoever opens it first has the page.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for TicketUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TicketUrl(<redacted>)")
    }
}

/// A secret that is handed out as text.
macro_rules! handed_out {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        pub struct $name(Zeroizing<String>);

        impl $name {
            pub(crate) fn new(text: Zeroizing<String>) -> Self {
                Self(text)
            }

            /// The text; the one way to it.
            pub fn expose(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(<redacted>)"))
            }
        }
    };
}

handed_out! {
    /// The `otpauth` URL that an authenticator makes a user's one-time codes from.
    OtpUrl
}
handed_out! {
    /// The key of a license, in the form of a System License.
    SystemKey
}
handed_out! {
    /// An instance's license token: a JWT.
    Jwt
}

/// What is kept of a token, ticket or session. They are random and long, so a plain hash suffices.
pub(crate) fn digest(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

/// `N` random bytes as hexadecimal digits.
pub(crate) fn random_hex<const N: usize>() -> Result<String> {
    let mut bytes = [0u8; N];
    getrandom::fill(&mut bytes).map_err(Error::Random)?;
    Ok(HEXLOWER.encode(&bytes))
}

/// A random id in the form of a version 4 UUID (RFC 9562), which is what the vendor's ids look like.
pub(crate) fn random_id() -> Result<String> {
    let mut bytes = [0u8; 16];
    getrandom::fill(&mut bytes).map_err(Error::Random)?;
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex = HEXLOWER.encode(&bytes);
    Ok(format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]))
}
