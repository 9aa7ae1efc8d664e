//! What proves whose account it is: a session, or the login that is exchanged for one.

use jiff::Timestamp;
use license::{Password, Token};
use std::fmt;

/// How the account is entered.
#[derive(Debug)]
pub(super) enum Login {
    /// With the session that a login was exchanged for.
    Session {
        /// Its token.
        token: Token,
        /// Its id, by which it is revoked.
        id: Option<String>,
        /// When it ends.
        expires: Option<Timestamp>,
    },
    /// With what was typed, which opens nothing but a session.
    Typed(Typed),
}

/// What was typed.
pub(super) struct Typed {
    /// The e-mail address.
    pub email: String,
    /// The password, as it was typed.
    pub password: Password,
    /// The code of an authenticator.
    pub one_time_code: Option<Password>,
}

impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Typed(<redacted>)")
    }
}

impl Login {
    /// Everything in it that nobody else should see.
    pub(super) fn secrets(&self) -> Vec<&str> {
        match self {
            Self::Session { token, .. } => vec![token.expose()],
            Self::Typed(typed) => {
                let code = typed.one_time_code.as_ref().map(Password::expose);
                [typed.password.expose()].into_iter().chain(code).collect()
            }
        }
    }

    /// Whether it is a session whose time is over.
    pub(super) fn has_ended(&self, now: Timestamp) -> bool {
        matches!(self, Self::Session { expires: Some(end), .. } if *end <= now)
    }
}
