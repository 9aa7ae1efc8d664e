//! A session: what a login is exchanged for, and its end.

use super::{
    api::{AicaApi, Credentials, Request},
    login::Login,
    refusal::About,
    wire,
};
use crate::{SESSION_EXPIRES, Session, SignIn, VendorError, http::Effect, http::refused};
use async_trait::async_trait;
use license::{Token, resource};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeMap;

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
