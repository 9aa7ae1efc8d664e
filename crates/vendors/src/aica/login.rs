//! What proves whose account it is: a session, or the login that is exchanged for one.

use super::{
    api::{AicaApi, Credentials, Request},
    refusal::About,
    wire,
};
use crate::{SESSION_EXPIRES, Session, SignIn, VendorError, http::Effect, http::refused};
use async_trait::async_trait;
use jiff::Timestamp;
use license::{Password, Token, resource};
use reqwest::Method;
use serde_json::{Value, json};
use std::{collections::BTreeMap, fmt};

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

#[async_trait]
impl SignIn for AicaApi {
    async fn exchange(&self) -> Result<Session, VendorError> {
        let Login::Typed(typed) = &self.login else {
            return Err(VendorError::Unsupported { what: "exchanging a session for a session" });
        };
        let user = format!("{} {}", self.root.path(), typed.email);
        let digest = refused::digest(&self.root, &user, typed.password.expose());
        if let Some(wait) = self.http.was_refused(&digest) {
            return Err(VendorError::RefusedBefore { wait: Some(wait) });
        }
        let body = match &typed.one_time_code {
            Some(code) => json!({"meta": {"otp": code.expose()}}),
            None => json!({}),
        };
        let answer = self
            .document(Request {
                body: Some(body),
                effect: Effect::Once,
                ..Request::new(Method::POST, &["tokens"], Credentials::Typed(typed), About::Login)
            })
            .await;
        if matches!(answer, Err(VendorError::WrongPassword { .. } | VendorError::Unauthorized { .. })) {
            self.http.note_refused(digest);
        }
        session(&answer?).ok_or_else(|| self.unreadable("a session", "it has no token"))
    }

    async fn revoke(&self) -> Result<(), VendorError> {
        let Login::Session { id, .. } = &self.login else { return Ok(()) };
        let Some(id) = id.as_deref() else {
            return Err(VendorError::Unsupported { what: "ending a session whose id is not known" });
        };
        let path = ["tokens", id];
        let request = Request {
            effect: Effect::Once,
            ..Request::new(Method::DELETE, &path, Credentials::Login, About::Session)
        };
        match self.send(request).await {
            Ok(answer) => self.no_content(&answer, "a confirmation of the logout"),
            Err(
                VendorError::Unauthorized { .. } | VendorError::SessionExpired | VendorError::NotFound { .. },
            ) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

/// The session of the answer to a login.
fn session(document: &Value) -> Option<Session> {
    let token = wire::data(document)?;
    let attributes = token.get("attributes")?;
    let secret = resource::text(attributes, "token")?;
    let id = resource::text(token, "id").map(|id| ("token-id".to_owned(), id));
    let expires = attributes.get("expiry").and_then(resource::instant);
    let expires = expires.map(|end| (SESSION_EXPIRES.to_owned(), end.to_string()));
    Some(Session {
        secrets: [("token".to_owned(), Token::new(secret))].into(),
        fields: BTreeMap::from_iter(id.into_iter().chain(expires)),
    })
}
