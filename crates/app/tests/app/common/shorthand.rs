//! What many stories ask and unwrap.

use app::changes::{Sent, Wanted};
use app::context::AppError;
use app::list::{KeyStatus, ListQuery, View};
use license::{AccountId, LicenseId, jwt::Verification};
use serde_json::{Map, Value};
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

/// Puts a text or bytes on the disk, as somebody else would.
pub(crate) fn put<T: AsRef<[u8]> + ?Sized>(path: &std::path::Path, text: &T) {
    let mut file = std::fs::File::create(path).unwrap();
    std::io::Write::write_all(&mut file, text.as_ref()).unwrap();
}
