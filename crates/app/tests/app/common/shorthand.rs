//! What many stories ask and unwrap.

use app::changes::{Sent, Wanted};
use app::context::AppError;
use app::list::{KeyStatus, ListQuery, View};
use license::{AccountId, LicenseId, jwt::Verification};
use serde_json::{Map, Value};
use testkit::Answer;
use vault::{Direction, Sort};

pub(crate) fn wanted(account: AccountId, name: &str, choices: &[(&str, &str)]) -> Wanted {
    let choices = choices.iter().map(|(param, value)| ((*param).to_owned(), (*value).to_owned()));
    Wanted { account, name: name.to_owned(), choices: choices.collect(), allow_same_name: false }
}

/// The license of something that was done.
pub(crate) fn done(sent: Result<Sent, AppError>) -> LicenseId {
    match sent {
        Ok(Sent::Done(Some(id))) => id,
        other => panic!("not done: {other:?}"),
    }
}

/// The code of something whose outcome is not known.
pub(crate) fn unknown(sent: Result<Sent, AppError>) -> String {
    match sent {
        Ok(Sent::Unknown(error)) => error.report().code,
        other => panic!("known: {other:?}"),
    }
}

/// The code of something that failed.
pub(crate) fn code<T: std::fmt::Debug>(failed: Result<T, AppError>) -> String {
    failed.unwrap_err().report().code
}

pub(crate) fn query(text: &str) -> ListQuery {
    ListQuery {
        view: View::All,
        account: None,
        text: text.to_owned(),
        group: None,
        folded: Vec::new(),
        sort: Sort::Name,
        direction: Direction::Ascending,
    }
}

/// What is seen of a kept JWT: its claims and whether its issuer signed it.
pub(crate) fn seen_jwt(key: KeyStatus) -> (Map<String, Value>, Verification) {
    match key {
        KeyStatus::Kept { claims, verified: Some(verified), .. } => (claims, verified),
        other => panic!("no JWT at hand: {other:?}"),
    }
}

/// An answer of JSON, well-formed or not.
pub(crate) fn json(status: u16, body: &str) -> Answer {
    Answer::reply(status, "application/json", body)
}

/// A web page in the place of an answer.
pub(crate) fn page(status: u16) -> Answer {
    Answer::html(status, "<!doctype html><html><head><title>Somewhere else</title></head></html>")
}
