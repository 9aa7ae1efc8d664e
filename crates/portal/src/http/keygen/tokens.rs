//! Logging in, and out: a user's tokens.

use jiff::Timestamp;
use serde_json::Value;
use zeroize::Zeroizing;

use super::ask::Ask;
use super::caller::Caller;
use super::listing;
use super::problem::{Limited, Problem, Reply};
use super::wire;
use crate::Portal;
use crate::http::login;
use crate::keygen::{accounts::TOKEN_SECONDS, otp, password};
use crate::secret::{digest, random_hex, random_id};
use crate::storage::{Attempt, User, UserToken};

/// Logins that are answered in [`WINDOW`], by account, address and e-mail; successes count as well.
const LOGINS: u32 = 5;
const WINDOW: i64 = 60 * 1000;

/// Logs a user in by e-mail and password, with a one-time code where the user has them.
pub(super) fn create(portal: &Portal, ask: &Ask) -> Result<Reply, Problem> {
    let (email, password) = login::basic(&ask.headers).ok_or_else(|| {
        Problem::unauthorized("UNAUTHORIZED", "Give e-mail and password by Basic authentication")
            .at("header", "Authorization")
    })?;
    let email = email.trim().to_lowercase();
    limit(portal, ask, &email)?;
    let user = check(portal, ask, &email, &password)?;
    let body = ask.json()?;
    if let Some(secret) = &user.otp {
        check_code(portal, &user, secret, &body["meta"]["otp"], ask.now)?;
    }
    let attributes = &body["data"]["attributes"];
    let text = Zeroizing::new(format!("user-{}v3", random_hex::<32>()?));
    let token = UserToken {
        uid: random_id()?,
        user: user.row,
        name: attributes["name"].as_str().map(str::to_owned),
        expires: end(&attributes["expiry"], ask.now)?,
        created: ask.now,
    };
    portal.storage().add_user_token(&token, &digest(&text))?;
    Ok(Reply::created(wire::token(ask, &token, &user, Some(&text))))
}

fn limit(portal: &Portal, ask: &Ask, email: &str) -> Result<(), Problem> {
    let at = Timestamp::now().as_millisecond();
    let attempt = Attempt { account: ask.account.row, address: &ask.peer, email, at };
    match portal.storage().count_login(&attempt, at - WINDOW, LOGINS)? {
        None => Ok(()),
        Some(oldest) => {
            let until = oldest + WINDOW;
            let seconds = ((until - at) as u64).div_ceil(1000).max(1) as i64;
            Err(Problem::limited(Limited { seconds, until: until.div_euclid(1000) + 1, most: LOGINS }))
        }
    }
}

fn check(portal: &Portal, ask: &Ask, email: &str, password: &str) -> Result<User, Problem> {
    let header = |problem: Problem| problem.at("header", "Authorization");
    if email.is_empty() {
        return Err(header(Problem::bad_request("EMAIL_REQUIRED", "email is required")));
    }
    if password.is_empty() {
        return Err(header(Problem::bad_request("PASSWORD_REQUIRED", "password is required")));
    }
    if !email.contains('@') {
        return Err(header(Problem::bad_request("EMAIL_INVALID", "email must be a valid e-mail address")));
    }
    let user = portal.storage().user(&ask.account, email)?;
    let fits = password::fits(password, user.as_ref().map(|user| user.password.as_str()));
    let refused = || header(Problem::unauthorized("PASSWORD_INVALID", "email and password must be valid"));
    user.filter(|user| fits && !user.banned).ok_or_else(refused)
}

/// Takes a code once: one that was seen on its way is of no use to whoever saw it (RFC 6238, section 5.2).
fn check_code(portal: &Portal, user: &User, secret: &[u8], given: &Value, now: i64) -> Result<(), Problem> {
    let given = match given {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => format!("{number:0>6}"),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => String::new(),
    };
    if given.is_empty() {
        let words = "second factor is required";
        return Err(Problem::unauthorized("OTP_REQUIRED", words).at("pointer", "/meta/otp"));
    }
    let taken = match otp::step_of(secret, &given, now) {
        Some(step) => portal.storage().take_code(user, step)?,
        None => false,
    };
    if taken {
        return Ok(());
    }
    Err(Problem::unauthorized("OTP_INVALID", "second factor must be valid").at("pointer", "/meta/otp"))
}

/// When the token ends: as asked for, else after two weeks.
#[expect(clippy::wildcard_enum_match_arm, reason = "every other value is an expiry or a mistake")]
fn end(asked: &Value, now: i64) -> Result<Option<i64>, Problem> {
    match asked {
        Value::Null => Ok(Some(now + TOKEN_SECONDS)),
        other => match other.as_str().and_then(|text| text.parse::<Timestamp>().ok()) {
            Some(end) => Ok(Some(end.as_second())),
            None => Err(Problem::bad_request("PARAMETER_INVALID", "expiry must be an RFC 3339 time")
                .at("pointer", "/data/attributes/expiry")),
        },
    }
}

pub(super) fn list(portal: &Portal, ask: &Ask) -> Result<Reply, Problem> {
    let (user, _) = Caller::user(portal, ask)?;
    let tokens = portal.storage().tokens_of_user(&user)?;
    listing::reply_from(ask, tokens.iter().map(|token| wire::token(ask, token, &user, None)).collect())
}

pub(super) fn show(portal: &Portal, ask: &Ask) -> Result<Reply, Problem> {
    let (user, _) = Caller::user(portal, ask)?;
    let tokens = portal.storage().tokens_of_user(&user)?;
    let token = tokens.iter().find(|token| token.uid == ask.id()).ok_or_else(Problem::not_found)?;
    Ok(Reply::of(wire::token(ask, token, &user, None)))
}

/// Logs out: the token does not work any more.
pub(super) fn revoke(portal: &Portal, ask: &Ask) -> Result<Reply, Problem> {
    let (user, _) = Caller::user(portal, ask)?;
    match portal.storage().remove_user_token(&user, ask.id())? {
        true => Ok(Reply::Nothing),
        false => Err(Problem::not_found()),
    }
}
