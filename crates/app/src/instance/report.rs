//! What an instance reports once its token was changed, as a code with arguments for the activity.

use crate::context::Report;
use license::{InstanceStatus, TokenFields, is_subject};
use std::collections::BTreeMap;
use url::Url;

/// The instance reports a valid license.
const VALID: &str = "token-valid";
/// The instance reports no valid license, and its token is for another instance.
const WRONG_INSTANCE: &str = "token-wrong-instance";
/// The instance reports no valid license.
const NOT_VALID: &str = "token-not-valid";
/// The instance has the token, and did not answer whether its license is valid.
const UNCHECKED: &str = "token-unchecked";
/// The instance reports no license.
const GONE: &str = "token-gone";
/// The instance reports a license, although its token was removed.
const LEFT: &str = "token-left";

/// Returns what came of giving an instance at a root URL a token: `token` is what it reports of it, and `valid` whether it reports a
/// valid license, where it answered.
pub(crate) fn of_token(token: &TokenFields, root: &Url, valid: Option<bool>) -> Report {
    let is_elsewhere = token.status == Some(InstanceStatus::InvalidSubject)
        || token.sub.as_deref().is_some_and(|sub| !is_subject(sub, root));
    let code = match valid {
        Some(true) => VALID,
        Some(false) | None if is_elsewhere => WRONG_INSTANCE,
        Some(false) => NOT_VALID,
        None => UNCHECKED,
    };
    let expires = token.license_expires.or(token.token_expires).map(|at| at.to_string());
    let users = token.included_users.filter(|users| *users > 0).map(|users| users.to_string());
    let sub = token.sub.clone().filter(|_| code == WRONG_INSTANCE);
    let args = [("expires", expires), ("users", users), ("sub", sub)];
    let args = args.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
    Report { code: code.to_owned(), args, words: None }
}

/// Returns what came of removing a token: whether the instance still lists a license.
pub(crate) fn of_removal(is_left: bool) -> Report {
    let code = if is_left { LEFT } else { GONE };
    Report { code: code.to_owned(), args: BTreeMap::new(), words: None }
}

/// Returns the English sentence of what an instance reports; `None` for other reports, such as an error.
pub fn sentence(report: &Report) -> Option<String> {
    let day = report.args.get("expires").map(|at| at.get(..10).unwrap_or(at));
    let until = day.map_or_else(String::new, |day| format!(" until {day}"));
    let users = report.args.get("users").map_or_else(String::new, |users| format!(", {users} users"));
    Some(match report.code.as_str() {
        VALID => format!("The instance reports a valid license{until}{users}."),
        WRONG_INSTANCE => match report.args.get("sub") {
            Some(sub) => format!("The token is for another instance: {sub}."),
            None => "The token is for another instance.".to_owned(),
        },
        NOT_VALID => "The instance reports no valid license.".to_owned(),
        UNCHECKED => "The instance did not answer whether its license is valid.".to_owned(),
        GONE => "The instance reports no license.".to_owned(),
        LEFT => "The instance still reports a license.".to_owned(),
        _ => return None,
    })
}

/// Returns whether an instance reports that its license is valid.
pub fn is_valid(report: &Report) -> bool {
    report.code == VALID
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    fn reported(sub: &str, valid: Option<bool>) -> Report {
        let token = TokenFields {
            sub: Some(sub.to_owned()),
            license_expires: Some(Timestamp::from_second(1_800_000_000).unwrap()),
            included_users: Some(15),
            ..TokenFields::default()
        };
        of_token(&token, &"https://play.example/metrics".parse().unwrap(), valid)
    }

    #[test]
    fn instance_decides_whether_a_token_is_valid() {
        let (own, other) = ("https://play.example/metrics", "https://other.example");
        for (sub, valid, code) in [
            (own, Some(true), VALID),
            (other, Some(true), VALID),
            (own, Some(false), NOT_VALID),
            (other, Some(false), WRONG_INSTANCE),
            (own, None, UNCHECKED),
            (other, None, WRONG_INSTANCE),
        ] {
            assert_eq!(reported(sub, valid).code, code, "{sub} {valid:?}");
        }
    }

    #[test]
    fn every_report_has_a_sentence_and_errors_have_none() {
        let sentence = |code: &str| {
            let report = Report { code: code.to_owned(), args: BTreeMap::new(), words: None };
            sentence(&report)
        };
        for code in [VALID, WRONG_INSTANCE, NOT_VALID, UNCHECKED, GONE, LEFT] {
            assert!(sentence(code).is_some(), "{code}");
        }
        assert_eq!(sentence("vendor-rejected"), None);
    }

    #[test]
    fn sentence_has_the_expiry_and_the_users() {
        let report = reported("https://play.example/metrics", Some(true));
        let expected = "The instance reports a valid license until 2027-01-15, 15 users.";
        assert_eq!(sentence(&report).as_deref(), Some(expected));
    }
}
