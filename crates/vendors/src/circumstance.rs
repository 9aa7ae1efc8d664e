//! What stood in the way, what answered instead, where else something is done, and a vendor's own words.

use std::fmt;

/// Where a choice is made that an API does not carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Elsewhere {
    /// On this page of the vendor's.
    Page(&'static str),
    /// By following the guide of this name in the vendor's documentation: there is no call for it.
    Guide(&'static str),
}

/// What stood in the way of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// The host's name is not known.
    Dns,
    /// Nothing listens there.
    Refused,
    /// The certificate or the encryption is not as it should be.
    Tls,
    /// It does not pick up in time.
    Silent,
    /// The network has no way there, or is down.
    Network,
}

impl Why {
    /// The stable word that messages branch on.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Dns => "dns",
            Self::Refused => "refused",
            Self::Tls => "tls",
            Self::Silent => "silent",
            Self::Network => "network",
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Dns => "its name is not known",
            Self::Refused => "nothing listens there",
            Self::Tls => "its certificate or encryption was not accepted",
            Self::Silent => "it does not pick up",
            Self::Network => "the network has no way there",
        })
    }
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

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Detail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
