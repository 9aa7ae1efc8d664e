//! Basic authentication that never sends a wrong password twice: the vendor's source shuts a user out after five.

use crate::{
    VendorError,
    http::{Answer, Ask, Effect, Http, refused},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use license::Password;
use reqwest::header::{self, HeaderName, HeaderValue};
use url::Url;

/// A user and password at one instance.
#[derive(Debug)]
pub(super) struct Login {
    password: Password,
    encoded: Password,
    header: HeaderValue,
    digest: [u8; 32],
}

impl Login {
    /// A login as it is sent; nothing where it cannot be.
    pub(super) fn new(root: &Url, user: &str, password: Password) -> Option<Self> {
        let encoded = Password::new(BASE64_STANDARD.encode(format!("{user}:{}", password.expose())));
        let mut header = HeaderValue::try_from(format!("Basic {}", encoded.expose())).ok()?;
        header.set_sensitive(true);
        let digest = refused::digest(root, user, password.expose());
        Some(Self { password, encoded, header, digest })
    }

    /// What must not come back in anybody's words.
    pub(super) fn secrets(&self) -> [&str; 2] {
        [self.password.expose(), self.encoded.expose()]
    }

    /// The header that carries it.
    pub(super) fn header(&self) -> (HeaderName, HeaderValue) {
        (header::AUTHORIZATION, self.header.clone())
    }

    /// Sends a request with this login, unless it was refused of late. As long as it was never accepted, requests wait for each
    /// other and are sent once, so that a wrong password is judged once.
    pub(super) async fn ask(&self, http: &Http, mut ask: Ask<'_>) -> Result<Answer, VendorError> {
        let gate = http.gate(&self.digest);
        let turn = gate.enter().await;
        if let Some(wait) = http.was_refused(&self.digest) {
            return Err(VendorError::RefusedBefore { wait: Some(wait) });
        }
        if turn.is_some() && ask.effect == Effect::Reads {
            ask.effect = Effect::Once;
        }
        let answer = http.ask(&ask).await?;
        if answer.status == 401 {
            http.note_refused(self.digest);
            gate.close();
        } else if proves_a_login(&answer) {
            gate.open();
        }
        Ok(answer)
    }
}

/// Whether an answer is one that only somebody with a good login gets.
fn proves_a_login(answer: &Answer) -> bool {
    let is_json = answer.content_type.as_deref() == Some("application/json");
    is_json && (answer.is_success() || matches!(answer.status, 403 | 422))
}
