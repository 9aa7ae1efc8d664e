//! What can go wrong with a licensing system, by what the caller can do about it.

use std::{fmt, time::Duration};

/// Why a licensing system did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VendorError {
    /// The login is wrong, revoked, or not for this.
    #[error("the login was refused")]
    Unauthorized {
        /// The vendor's own words, where it had any.
        words: Option<Detail>,
    },
    /// There is no such license, or it belongs to someone else: vendors do not tell which.
    #[error("there is no such license, or it is not yours")]
    NotFound {
        /// The vendor's own words, where it had any.
        words: Option<Detail>,
    },
    /// It was understood and refused.
    #[error("refused with status {status}{}", after_colon(words))]
    Rejected {
        /// The HTTP status.
        status: u16,
        /// The vendor's own words.
        words: Detail,
    },
    /// Something was chosen that the system at this address does not take. Nothing was sent.
    #[error("the API at this address cannot carry the choice {param}={value}")]
    NotCarried {
        /// The parameter in the description.
        param: Box<str>,
        /// What was chosen.
        value: Box<str>,
        /// Where it is made instead.
        elsewhere: Elsewhere,
    },
    /// Too much was asked in too short a time.
    #[error("the vendor asks to wait before the next request")]
    RateLimited {
        /// How long it says to wait.
        retry_after: Option<Duration>,
    },
    /// No connection came about. Nothing was sent.
    #[error("{host} cannot be reached: {why}")]
    Unreachable {
        /// Host and port.
        host: String,
        /// What stood in the way.
        why: Why,
    },
    /// The connection broke before the answer was complete.
    #[error("the connection to {host} broke before the answer was complete")]
    Interrupted {
        /// Host and port.
        host: String,
    },
    /// The connection stood, and no complete answer came in time.
    #[error("{host} did not answer within {} s", .after.as_secs_f32())]
    TimedOut {
        /// Host and port.
        host: String,
        /// How long was waited.
        after: Duration,
    },
    /// What answers there is not this kind of licensing system.
    #[error("what answers there is not a licensing system of this kind: {what}")]
    NotAPortal {
        /// What it is instead.
        what: Instead,
    },
    /// It answered, and the answer makes no sense.
    #[error("the answer cannot be read as {what}: {detail}")]
    Unreadable {
        /// What was expected, such as "a list of licenses".
        what: &'static str,
        /// Where it stops making sense.
        detail: Detail,
    },
    /// The answer is larger than any sensible one.
    #[error("the answer is larger than {limit} bytes")]
    TooLarge {
        /// The most that is read.
        limit: u64,
    },
    /// A create or delete was sent and no complete answer came: it may have been done. Look before sending again.
    #[error("it was sent, and it is not known what became of it: {cause}")]
    OutcomeUnknown {
        /// What came instead of an answer.
        cause: Box<VendorError>,
    },
}

impl VendorError {
    /// The stable code that messages and programs branch on.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unauthorized { .. } => "vendor-unauthorized",
            Self::NotFound { .. } => "vendor-not-found",
            Self::Rejected { .. } => "vendor-rejected",
            Self::NotCarried { .. } => "vendor-not-carried",
            Self::RateLimited { .. } => "vendor-rate-limited",
            Self::Unreachable { .. } => "vendor-unreachable",
            Self::Interrupted { .. } => "vendor-interrupted",
            Self::TimedOut { .. } => "vendor-timed-out",
            Self::NotAPortal { .. } => "vendor-not-a-portal",
            Self::Unreadable { .. } => "vendor-unreadable",
            Self::TooLarge { .. } => "vendor-too-large",
            Self::OutcomeUnknown { .. } => "vendor-outcome-unknown",
        }
    }

    /// Whether a create or delete may have been done although it failed here.
    pub fn outcome_is_unknown(&self) -> bool {
        matches!(self, Self::OutcomeUnknown { .. })
    }

    /// The vendor's own words, where it sent any.
    pub fn words(&self) -> Option<&Detail> {
        match self {
            Self::Unauthorized { words } | Self::NotFound { words } => words.as_ref(),
            Self::Rejected { words, .. } => Some(words),
            Self::Unreadable { detail, .. } => Some(detail),
            Self::OutcomeUnknown { cause } => cause.words(),
            Self::NotCarried { .. }
            | Self::RateLimited { .. }
            | Self::Unreachable { .. }
            | Self::Interrupted { .. }
            | Self::TimedOut { .. }
            | Self::NotAPortal { .. }
            | Self::TooLarge { .. } => None,
        }
    }
}

/// A vendor's words as the end of a sentence, where it had any.
fn after_colon(words: &Detail) -> String {
    if words.as_str().is_empty() { String::new() } else { format!(": {words}") }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_without_words_is_still_a_sentence() {
        let refused =
            |words: &str| VendorError::Rejected { status: 500, words: Detail::cleaned(words.to_owned()) };
        assert_eq!(refused("").to_string(), "refused with status 500");
        assert_eq!(refused("no room").to_string(), "refused with status 500: no room");
    }

    #[test]
    fn an_unknown_outcome_carries_the_words_of_its_cause() {
        let cause = VendorError::Rejected { status: 503, words: Detail::cleaned("busy".to_owned()) };
        let unknown = VendorError::OutcomeUnknown { cause: Box::new(cause) };
        assert_eq!(unknown.words().unwrap().as_str(), "busy");
        assert!(unknown.outcome_is_unknown());
        assert_eq!(unknown.code(), "vendor-outcome-unknown");
    }
}
