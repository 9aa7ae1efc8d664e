//! What can go wrong with a licensing system, by what the caller can do about it.

use crate::{Detail, Elsewhere, Instead, ListingBound, Why};
use std::time::Duration;

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
    /// No connection came about, because of the proxy that the environment names. Nothing was sent.
    #[error("the proxy {proxy} did not connect: {why}")]
    ProxyUnreachable {
        /// Host and port of the proxy.
        proxy: String,
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
    /// The listing as a whole exceeds a bound. None of it counts: it is not complete, and nothing is missing from it.
    #[error("the list was not used: {bound}")]
    ListingTooLarge {
        /// Which bound.
        bound: ListingBound,
    },
    /// The name or the password typed is wrong.
    #[error("the login was refused: wrong name or password")]
    WrongPassword {
        /// The vendor's own words, where it had any.
        words: Option<Detail>,
    },
    /// This very login was refused before, so it was not sent again.
    #[error("this password was refused before and was not sent again")]
    RefusedBefore {
        /// How long until it can be sent again, where time alone mends it.
        wait: Option<Duration>,
    },
    /// The login lacks the one-time code that this account asks for.
    #[error("a one-time code is needed")]
    OneTimeCodeNeeded,
    /// The one-time code is wrong, or no longer counts.
    #[error("the one-time code is wrong or late")]
    OneTimeCodeWrong,
    /// The account is signed in somewhere else than by a password.
    #[error("this account is signed in by its organization, not by a password")]
    SignInElsewhere {
        /// The vendor's own words, where it had any.
        words: Option<Detail>,
    },
    /// Too many logins in too short a time, successful ones counted.
    #[error("too many logins in too short a time")]
    LoginLimited {
        /// How long the vendor says to wait.
        retry_after: Option<Duration>,
    },
    /// The session that a login was exchanged for has ended or was revoked.
    #[error("the session has ended")]
    SessionExpired,
    /// The vendor has switched the account or its user off.
    #[error("the vendor has switched this account off")]
    SwitchedOff {
        /// The vendor's own words, where it had any.
        words: Option<Detail>,
    },
    /// The login is good, and may not do this.
    #[error("the login may not do this{}", permission.as_ref().map(|name| format!(": it lacks {name}")).unwrap_or_default())]
    Forbidden {
        /// The permission that it lacks, where the vendor names it.
        permission: Option<String>,
        /// The vendor's own words, where it had any.
        words: Option<Detail>,
    },
    /// The answer is not signed by the key that is set for the account. Nothing of it was used.
    #[error("{}", unsigned(what))]
    BadSignature {
        /// `missing`, `digest`, `signature`, or `date`: more than five minutes off.
        what: &'static str,
    },
    /// The instance has no licensing endpoints.
    #[error("this instance has no licensing endpoints: it is not Enterprise, or older than 7.4")]
    NotEnterprise,
    /// The instance says that a root URL, or a token's, is not its own.
    #[error("the instance says that {sent:?} is not its root URL")]
    WrongInstance {
        /// What was sent.
        sent: String,
        /// The vendor's own words, where it had any.
        words: Option<Detail>,
    },
    /// The vendor has no call for it. Nothing was sent.
    #[error("the vendor's API has no way of {what}")]
    Unsupported {
        /// What was wanted, such as "creating a license".
        what: &'static str,
    },
    /// A create or delete was sent and no complete answer came: it may have been done. Look before sending again.
    #[error("the request was sent, but its outcome is unknown: {cause}")]
    OutcomeUnknown {
        /// What came instead of an answer that says so.
        cause: Box<VendorError>,
        /// Whether the vendor is done with it: it answered with a failure of its own. Where a look then shows that nothing
        /// changed, the change has failed. Otherwise it may still arrive.
        is_over: bool,
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
            Self::ProxyUnreachable { .. } => "vendor-proxy-unreachable",
            Self::Interrupted { .. } => "vendor-interrupted",
            Self::TimedOut { .. } => "vendor-timed-out",
            Self::NotAPortal { .. } => "vendor-not-a-portal",
            Self::Unreadable { .. } => "vendor-unreadable",
            Self::TooLarge { .. } => "vendor-too-large",
            Self::ListingTooLarge { .. } => "vendor-listing-too-large",
            Self::WrongPassword { .. } => "vendor-wrong-password",
            Self::RefusedBefore { .. } => "vendor-refused-before",
            Self::OneTimeCodeNeeded => "vendor-otp-needed",
            Self::OneTimeCodeWrong => "vendor-otp-wrong",
            Self::SignInElsewhere { .. } => "vendor-sign-in-elsewhere",
            Self::LoginLimited { .. } => "vendor-login-limited",
            Self::SessionExpired => "vendor-session-expired",
            Self::SwitchedOff { .. } => "vendor-switched-off",
            Self::Forbidden { .. } => "vendor-forbidden",
            Self::BadSignature { .. } => "vendor-signature-bad",
            Self::NotEnterprise => "vendor-not-enterprise",
            Self::WrongInstance { .. } => "vendor-wrong-instance",
            Self::Unsupported { .. } => "vendor-unsupported",
            Self::OutcomeUnknown { .. } => "vendor-outcome-unknown",
        }
    }

    /// Whether a create or delete may have been done although it failed here.
    pub fn outcome_is_unknown(&self) -> bool {
        matches!(self, Self::OutcomeUnknown { .. })
    }

    /// Once a look has shown that nothing changed: the vendor's refusal, where it is done with the change. A change that may
    /// still arrive stays unknown.
    pub fn after_seeing_no_change(self) -> Self {
        if let Self::OutcomeUnknown { cause, is_over: true } = self { *cause } else { self }
    }

    /// The vendor's own words, where it sent any.
    pub fn words(&self) -> Option<&Detail> {
        match self {
            Self::Unauthorized { words }
            | Self::NotFound { words }
            | Self::WrongPassword { words }
            | Self::SignInElsewhere { words }
            | Self::SwitchedOff { words }
            | Self::Forbidden { words, .. }
            | Self::WrongInstance { words, .. } => words.as_ref(),
            Self::Rejected { words, .. } => Some(words),
            Self::Unreadable { detail, .. } => Some(detail),
            Self::OutcomeUnknown { cause, .. } => cause.words(),
            Self::NotCarried { .. }
            | Self::RateLimited { .. }
            | Self::Unreachable { .. }
            | Self::ProxyUnreachable { .. }
            | Self::Interrupted { .. }
            | Self::TimedOut { .. }
            | Self::NotAPortal { .. }
            | Self::TooLarge { .. }
            | Self::ListingTooLarge { .. }
            | Self::RefusedBefore { .. }
            | Self::OneTimeCodeNeeded
            | Self::OneTimeCodeWrong
            | Self::LoginLimited { .. }
            | Self::SessionExpired
            | Self::BadSignature { .. }
            | Self::NotEnterprise
            | Self::Unsupported { .. } => None,
        }
    }
}

/// What is wrong with the signature of an answer.
fn unsigned(what: &str) -> String {
    match what {
        "date" => "the answer's signed date is more than 5 minutes from this computer's time".to_owned(),
        _ => format!("the answer is not signed by the account's key: {what}"),
    }
}

/// A vendor's words as the end of a sentence, where it had any.
fn after_colon(words: &Detail) -> String {
    if words.as_str().is_empty() { String::new() } else { format!(": {words}") }
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
        let unknown = VendorError::OutcomeUnknown { cause: Box::new(cause), is_over: false };
        assert_eq!(unknown.words().unwrap().as_str(), "busy");
        assert!(unknown.outcome_is_unknown());
        assert_eq!(unknown.code(), "vendor-outcome-unknown");
    }
}
