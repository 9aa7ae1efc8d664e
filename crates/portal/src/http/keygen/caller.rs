//! Who calls: a user with a token, or a license with its key.

use super::ask::Ask;
use super::problem::Problem;
use crate::Portal;
use crate::http::login::credentials;
use crate::secret::digest;
use crate::storage::{Entitled, User, UserToken};

/// Who calls.
pub(super) enum Caller {
    User(Box<User>, UserToken),
    License(Box<Entitled>),
}

impl Caller {
    /// Recognises the caller by the `Authorization` header.
    pub(super) fn of(portal: &Portal, ask: &Ask) -> Result<Self, Problem> {
        if let Some(token) = credentials(&ask.headers, "bearer") {
            return Self::by_token(portal, ask, token);
        }
        match credentials(&ask.headers, "license") {
            Some(key) => Self::by_key(portal, ask, key),
            None => Err(Problem::unauthorized(
                "TOKEN_MISSING",
                "You must be authenticated to complete the request",
            )
            .at("header", "Authorization")),
        }
    }

    /// Recognises a user; a license's key is not enough.
    pub(super) fn user(portal: &Portal, ask: &Ask) -> Result<(User, UserToken), Problem> {
        match Self::of(portal, ask)? {
            Self::User(user, token) => Ok((*user, token)),
            Self::License(_) => {
                Err(Problem::forbidden("TOKEN_NOT_ALLOWED", "A license's key is not enough for this"))
            }
        }
    }

    fn by_token(portal: &Portal, ask: &Ask, token: &str) -> Result<Self, Problem> {
        let Some((token, user)) = portal.storage().user_token(&ask.account, &digest(token))? else {
            return Err(
                Problem::unauthorized("TOKEN_INVALID", "The token is invalid").at("header", "Authorization")
            );
        };
        if token.expires.is_some_and(|expires| expires <= ask.now) {
            return Err(
                Problem::unauthorized("TOKEN_EXPIRED", "The token has ended").at("header", "Authorization")
            );
        }
        if user.banned {
            return Err(Problem::forbidden("USER_BANNED", "The user is switched off"));
        }
        Ok(Self::User(Box::new(user), token))
    }

    fn by_key(portal: &Portal, ask: &Ask, key: &str) -> Result<Self, Problem> {
        let Some(license) =
            portal.storage().entitled(&ask.account, key)?.filter(|license| license.key == key)
        else {
            return Err(Problem::unauthorized("LICENSE_INVALID", "The license key is invalid")
                .at("header", "Authorization"));
        };
        if license.owner_banned {
            return Err(Problem::forbidden("USER_BANNED", "The license's user is switched off"));
        }
        if license.suspended {
            return Err(Problem::forbidden("LICENSE_SUSPENDED", "The license is suspended"));
        }
        Ok(Self::License(Box::new(license)))
    }

    /// Whether a license is the caller's own.
    pub(super) fn owns(&self, license: &Entitled) -> bool {
        match self {
            Self::User(user, _) => user.row == license.owner,
            Self::License(own) => own.row == license.row,
        }
    }

    /// The caller's license of that id or key.
    pub(super) fn license(&self, portal: &Portal, ask: &Ask, named: &str) -> Result<Entitled, Problem> {
        let found = portal.storage().entitled(&ask.account, named)?;
        found.filter(|license| self.owns(license)).ok_or_else(Problem::not_found)
    }
}
