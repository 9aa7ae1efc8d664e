//! What can go wrong with a licensing system, by what the caller can do about it.

use crate::{Detail, Elsewhere, Instead, ListingBound, Why};
use errors_derive::Declared;
use std::time::Duration;

/// Why a licensing system did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Declared)]
pub enum VendorError {
    /// The vendor refused the login: it is wrong, revoked or for something else.
    #[error("the login was refused")]
    #[declared("vendor-unauthorized", detail = words.as_ref().map(Detail::to_string), help = "log in to the account again")]
    Unauthorized {
        /// The vendor's own words, where it had any.
        words: Option<Detail>,
    },
    /// The vendor has no such license, or it belongs to someone else. Vendors do not tell which.
    #[error("there is no such license, or it is not yours")]
    #[declared("vendor-not-found", kind = NotFound, detail = words.as_ref().map(Detail::to_string), help = "refresh the account to see what it lists")]
    NotFound {
        /// The vendor's own words, where it had any.
        words: Option<Detail>,
    },
    /// The vendor understood the request and refused it.
    #[error("refused with status {status}{}", after_colon(words))]
    #[declared("vendor-rejected", args(status), detail = words.to_string(), help = "the vendor's words say why: fix what they name, or ask the vendor")]
    Rejected {
        /// The HTTP status.
        status: u16,
        /// The vendor's own words.
        words: Detail,
    },
    /// The vendor's API at this address does not support this choice. Nothing was sent.
    #[error("the API at this address cannot carry the choice {param}={value}")]
    #[declared("vendor-not-carried", kind = Usage, args(param, value, page = elsewhere.page(), guide = elsewhere.guide()), help = "make this choice on the vendor's own page")]
    NotCarried {
        /// The parameter in the description.
        param: Box<str>,
        /// What was chosen.
        value: Box<str>,
        /// Where it is made instead.
        elsewhere: Elsewhere,
    },
    /// The vendor received too many requests in too short a time.
    #[error("the vendor asks to wait before the next request")]
    #[declared("vendor-rate-limited", args(seconds = retry_after.map(whole_seconds)), help = "try again in a minute")]
    RateLimited {
        /// How long it says to wait.
        retry_after: Option<Duration>,
    },
    /// Licet could not connect to the vendor. Nothing was sent.
    #[error("{host} cannot be reached: {why}")]
    #[declared("vendor-unreachable", kind = Offline, args(host, why = why.word()), help = "check the address and the network")]
    Unreachable {
        /// Host and port.
        host: String,
        /// What stood in the way.
        why: Why,
    },
    /// Licet could not connect through the proxy that the environment names. Nothing was sent.
    #[error("the proxy {proxy} did not connect: {why}")]
    #[declared("vendor-proxy-unreachable", kind = Offline, args(proxy, why = why.word()), help = "check HTTPS_PROXY and HTTP_PROXY; or name the vendor's host in NO_PROXY to connect without the proxy")]
    ProxyUnreachable {
        /// Host and port of the proxy.
        proxy: String,
        /// What stood in the way.
        why: Why,
    },
    /// The connection broke before the answer was complete.
    #[error("the connection to {host} broke before the answer was complete")]
    #[declared("vendor-interrupted", kind = Offline, args(host), help = "try again; check the network")]
    Interrupted {
        /// Host and port.
        host: String,
    },
    /// The vendor did not answer in time.
    #[error("{host} did not answer within {} s", .after.as_secs_f32())]
    #[declared("vendor-timed-out", kind = Offline, args(host, seconds = after.as_secs()), help = "try again; check the network")]
    TimedOut {
        /// Host and port.
        host: String,
        /// How long was waited.
        after: Duration,
    },
    /// What answers at this address is not a licensing system of this kind.
    #[error("what answers there is not a licensing system of this kind: {what}")]
    #[declared("vendor-not-a-portal", args(what = what.word(), to = what.to()), help = "check the address: it is the licensing system's own")]
    NotAPortal {
        /// What it is instead.
        what: Instead,
    },
    /// The vendor's answer cannot be read.
    #[error("the answer cannot be read as {what}: {detail}")]
    #[declared("vendor-unreadable", args(what), detail = detail.to_string(), help = "try again later; if the problem persists, the vendor may have changed its API: look for a newer version of Licet")]
    Unreadable {
        /// What was expected, such as "a list of licenses".
        what: &'static str,
        /// Where it stops making sense.
        detail: Detail,
    },
    /// The vendor's answer is too large.
    #[error("the answer is larger than {limit} bytes")]
    #[declared(
        "vendor-too-large",
        args(limit),
        help = "try again later; if the problem persists, the vendor may have changed its API: look for a newer version of Licet"
    )]
    TooLarge {
        /// The most that is read.
        limit: u64,
    },
    /// The vendor's list of licenses exceeds a limit. None of it was used.
    #[error("the list was not used: {bound}")]
    #[declared("vendor-listing-too-large", args(bound = bound.word(), limit = bound.limit()), help = "none of it was used, and your list is as it was; ask the vendor, or check that the address is the vendor's")]
    ListingTooLarge {
        /// Which bound.
        bound: ListingBound,
    },
    /// The name or the password is wrong.
    #[error("the login was refused: wrong name or password")]
    #[declared("vendor-wrong-password", detail = words.as_ref().map(Detail::to_string), help = "type it again; a refused password is not sent twice by itself, and after several wrong ones a vendor refuses the right one too for some minutes")]
    WrongPassword {
        /// The vendor's own words, where it had any.
        words: Option<Detail>,
    },
    /// The vendor refused this login before, so it was not sent again.
    #[error("this password was refused before and was not sent again")]
    #[declared("vendor-refused-before", args(seconds = wait.map(whole_seconds)), help = "log in to the account again")]
    RefusedBefore {
        /// How long until it can be sent again, where time alone mends it.
        wait: Option<Duration>,
    },
    /// The account requires a one-time code.
    #[error("a one-time code is needed")]
    #[declared("vendor-otp-needed", help = "give the code of your authenticator")]
    OneTimeCodeNeeded,
    /// The one-time code is wrong or has expired.
    #[error("the one-time code is wrong or late")]
    #[declared("vendor-otp-wrong", help = "wait for the next code; check the clock of this computer")]
    OneTimeCodeWrong,
    /// The account is signed in by its organization, not by a password.
    #[error("this account is signed in by its organization, not by a password")]
    #[declared("vendor-sign-in-elsewhere", detail = words.as_ref().map(Detail::to_string), help = "a password login cannot be used; ask the vendor")]
    SignInElsewhere {
        /// The vendor's own words, where it had any.
        words: Option<Detail>,
    },
    /// The vendor received too many logins in too short a time.
    #[error("too many logins in too short a time")]
    #[declared("vendor-login-limited", args(seconds = retry_after.map(whole_seconds)), help = "try again in a minute")]
    LoginLimited {
        /// How long the vendor says to wait.
        retry_after: Option<Duration>,
    },
    /// The session at the vendor has expired or was revoked.
    #[error("the session has ended")]
    #[declared("vendor-session-expired", help = "log in to the account again; nothing is lost")]
    SessionExpired,
    /// The vendor has disabled the account or its user.
    #[error("the vendor has switched this account off")]
    #[declared("vendor-switched-off", detail = words.as_ref().map(Detail::to_string), help = "its licenses stay as they were last seen; ask the vendor or your administrator to switch it on again")]
    SwitchedOff {
        /// The vendor's own words, where it had any.
        words: Option<Detail>,
    },
    /// The login is valid, but lacks a permission.
    #[error("the login may not do this{}", permission.as_ref().map(|name| format!(": it lacks {name}")).unwrap_or_default())]
    #[declared("vendor-forbidden", args(permission), detail = words.as_ref().map(Detail::to_string), help = "ask the administrator for the permission")]
    Forbidden {
        /// The permission that it lacks, where the vendor names it.
        permission: Option<String>,
        /// The vendor's own words, where it had any.
        words: Option<Detail>,
    },
    /// The answer is not signed by the account's key. Nothing of it was used.
    #[error("{}", unsigned(what))]
    #[declared(
        "vendor-signature-bad",
        args(what),
        help = "nothing of it was used; check the account's public key; if it is right, responses may have been tampered with in transit"
    )]
    BadSignature {
        /// `missing`, `digest`, `signature`, or `date`: more than five minutes off.
        what: &'static str,
    },
    /// The instance has no licensing endpoints: it is not Enterprise, or older than 7.4.
    #[error("this instance has no licensing endpoints: it is not Enterprise, or older than 7.4")]
    #[declared("vendor-not-enterprise", help = "check the root URL, with its sub-path")]
    NotEnterprise,
    /// The instance reports that this is not its root URL.
    #[error("the instance says that {sent:?} is not its root URL")]
    #[declared("vendor-wrong-instance", args(sent), detail = words.as_ref().map(Detail::to_string), help = "compare with `root_url` in the instance's settings")]
    WrongInstance {
        /// What was sent.
        sent: String,
        /// The vendor's own words, where it had any.
        words: Option<Detail>,
    },
    /// The vendor's API has no call for it. Nothing was sent.
    #[error("the vendor's API has no way of {what}")]
    #[declared("vendor-unsupported", kind = Usage, args(what), help = "do it on the vendor's own page")]
    Unsupported {
        /// What was wanted, such as "creating a license".
        what: &'static str,
    },
    /// The request was sent, but no complete answer came: it may have been done.
    #[error("the request was sent, but its outcome is unknown: {cause}")]
    #[declared("vendor-outcome-unknown", kind = OutcomeUnknown, args(cause = cause.code(), host = cause.args().get("host"), proxy = cause.args().get("proxy"), why = cause.args().get("why"), status = cause.args().get("status"), seconds = cause.args().get("seconds"), what = cause.args().get("what"), to = cause.args().get("to"), limit = cause.args().get("limit")), detail = cause.detail(), help = "do not repeat it: refresh the account, and look at the list")]
    OutcomeUnknown {
        /// What came instead of an answer that says so.
        cause: Box<VendorError>,
        /// Whether the vendor is done with it: it answered with a failure of its own. Where a look then shows that nothing
        /// changed, the change has failed. Otherwise it may still arrive.
        is_over: bool,
    },
}

impl VendorError {
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

/// How long to wait, in whole seconds: at least one.
fn whole_seconds(wait: Duration) -> u64 {
    wait.as_secs().max(1)
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
