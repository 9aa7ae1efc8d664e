//! What stood in the way, what answered instead, where else something is done, and a vendor's own words.

use std::{fmt, time::Duration};

const MIB: u64 = 1024 * 1024;

/// Where a choice is made that an API does not carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Elsewhere {
    /// On this page of the vendor's.
    Page(&'static str),
    /// By following the guide of this name in the vendor's documentation: there is no call for it.
    Guide(&'static str),
}

impl Elsewhere {
    /// The address of the page.
    pub(crate) const fn page(self) -> Option<&'static str> {
        match self {
            Self::Page(url) => Some(url),
            Self::Guide(_) => None,
        }
    }

    /// The name of the guide.
    pub(crate) const fn guide(self) -> Option<&'static str> {
        match self {
            Self::Guide(name) => Some(name),
            Self::Page(_) => None,
        }
    }
}

/// What stood in the way of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// The host name cannot be resolved.
    Dns,
    /// Nothing is listening there.
    Refused,
    /// The server's certificate has expired.
    CertificateExpired,
    /// The server's certificate is not valid yet.
    CertificateNotYetValid,
    /// The server's certificate is for another host.
    CertificateOfOtherHost,
    /// The server's certificate is from an issuer that is not trusted here.
    UnknownIssuer,
    /// The server issued its certificate itself, and it is not trusted here.
    SelfSigned,
    /// The server supports no version of TLS that is still secure.
    ProtocolTooOld,
    /// The certificate or the encryption is not as it should be in another way.
    Tls,
    /// It does not respond in time.
    Silent,
    /// There is no network route to it.
    Network,
    /// The proxy requires a login.
    ProxyLogin,
    /// The proxy could not connect to the vendor, or refused to: proxies answer both alike.
    ProxyDenies,
}

impl Why {
    /// The stable word that messages branch on.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Dns => "dns",
            Self::Refused => "refused",
            Self::CertificateExpired => "tls-expired",
            Self::CertificateNotYetValid => "tls-not-yet-valid",
            Self::CertificateOfOtherHost => "tls-other-host",
            Self::UnknownIssuer => "tls-unknown-issuer",
            Self::SelfSigned => "tls-self-signed",
            Self::ProtocolTooOld => "tls-too-old",
            Self::Tls => "tls",
            Self::Silent => "silent",
            Self::Network => "network",
            Self::ProxyLogin => "proxy-login",
            Self::ProxyDenies => "proxy-denies",
        }
    }

    /// Whether naming a certificate in a CA file helps.
    pub const fn is_of_trust(self) -> bool {
        matches!(self, Self::UnknownIssuer | Self::SelfSigned)
    }

    /// Whether trying again in a moment may help.
    pub(crate) const fn may_pass(self) -> bool {
        match self {
            Self::Dns | Self::Refused | Self::Silent | Self::Network | Self::ProxyDenies => true,
            Self::CertificateExpired
            | Self::CertificateNotYetValid
            | Self::CertificateOfOtherHost
            | Self::UnknownIssuer
            | Self::SelfSigned
            | Self::ProtocolTooOld
            | Self::Tls
            | Self::ProxyLogin => false,
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Dns => "its host name cannot be resolved",
            Self::Refused => "nothing is listening there",
            Self::CertificateExpired => "its certificate has expired",
            Self::CertificateNotYetValid => "its certificate is not valid yet",
            Self::CertificateOfOtherHost => "its certificate is for another host",
            Self::UnknownIssuer => "its certificate is from an issuer that is not trusted on this computer",
            Self::SelfSigned => "its certificate is self-signed",
            Self::ProtocolTooOld => "it supports only versions of TLS that are too old",
            Self::Tls => "its certificate or encryption was not accepted",
            Self::Silent => "it does not respond",
            Self::Network => "there is no network route to it",
            Self::ProxyLogin => "it requires a login",
            Self::ProxyDenies => "it could not connect to the vendor, or refused to",
        })
    }
}

/// Which bound a listing as a whole exceeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ListingBound {
    /// The most licenses.
    Licenses(u64),
    /// The most bytes, over all of its answers.
    Bytes(u64),
    /// The longest time.
    Time(Duration),
}

impl ListingBound {
    /// The stable word that messages branch on.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Licenses(_) => "licenses",
            Self::Bytes(_) => "bytes",
            Self::Time(_) => "seconds",
        }
    }

    /// The bound itself, in the unit that its word names.
    pub const fn limit(self) -> u64 {
        match self {
            Self::Licenses(limit) | Self::Bytes(limit) => limit,
            Self::Time(limit) => limit.as_secs(),
        }
    }
}

impl fmt::Display for ListingBound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Licenses(limit) => write!(f, "it contains more than {} licenses", grouped(*limit)),
            Self::Bytes(limit) if limit % MIB == 0 => write!(f, "it is larger than {} MiB", limit / MIB),
            Self::Bytes(limit) => write!(f, "it is larger than {} bytes", grouped(*limit)),
            Self::Time(limit) if limit.as_secs() >= 60 => {
                write!(f, "it was not complete after {} minutes", limit.as_secs() / 60)
            }
            Self::Time(limit) => write!(f, "it was not complete after {} s", limit.as_secs_f32()),
        }
    }
}

/// A number with a comma after each three digits.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy);
    groups.collect::<Vec<_>>().join(",")
}

/// What answers where a licensing system was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Instead {
    /// A page for people.
    HtmlPage,
    /// A login page, such as a hotel's network shows instead of what was asked for.
    CaptiveLogin,
    /// Some other kind of content, by its media type.
    OtherContent(String),
    /// It sends elsewhere; the login was not sent along.
    Redirected {
        /// Scheme, host and port of the other place.
        to: String,
    },
}

impl Instead {
    /// The stable word that messages branch on.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::HtmlPage => "html-page",
            Self::CaptiveLogin => "captive-login",
            Self::OtherContent(_) => "other-content",
            Self::Redirected { .. } => "redirected",
        }
    }

    /// Where it redirects to.
    pub(crate) fn to(&self) -> Option<&str> {
        if let Self::Redirected { to } = self { Some(to) } else { None }
    }
}

impl fmt::Display for Instead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HtmlPage => f.write_str("a web page"),
            Self::CaptiveLogin => f.write_str("a login page, such as a network shows"),
            Self::OtherContent(kind) => write!(f, "content of type {kind}"),
            Self::Redirected { to } => write!(f, "a redirection to {to}"),
        }
    }
}

/// A vendor's own words: one line, bounded, without anything that was sent as a secret or looks like one.
///
/// Only this crate makes them, so whatever shows one need not clean it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail(String);

impl Detail {
    /// Takes words that were redacted.
    pub(crate) fn cleaned(text: String) -> Self {
        Self(text)
    }

    /// A text of this program's own, such as what its JSON reader says. It holds nothing that a vendor sent.
    pub(crate) fn own(text: String) -> Self {
        Self(text)
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text of the program's own holds no secret.
impl From<&'static str> for Detail {
    fn from(text: &'static str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Display for Detail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_of_a_listing_are_written_in_usual_units() {
        for (bound, expected) in [
            (ListingBound::Licenses(200_000), "it contains more than 200,000 licenses"),
            (ListingBound::Licenses(1_000_000), "it contains more than 1,000,000 licenses"),
            (ListingBound::Licenses(7), "it contains more than 7 licenses"),
            (ListingBound::Bytes(256 * MIB), "it is larger than 256 MiB"),
            (ListingBound::Bytes(1_500), "it is larger than 1,500 bytes"),
            (ListingBound::Time(Duration::from_secs(600)), "it was not complete after 10 minutes"),
            (ListingBound::Time(Duration::from_millis(500)), "it was not complete after 0.5 s"),
        ] {
            assert_eq!(bound.to_string(), expected);
        }
    }
}
