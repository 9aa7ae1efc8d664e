//! The six documented calls: where each goes, what it needs and what it does.

use crate::http::{Body, Effect};
use license::LicenseKey;
use reqwest::Method;
use serde_json::json;
use url::Url;

/// One call, with what it sends.
#[derive(Debug, Clone, Copy)]
pub(super) enum Call<'a> {
    /// Whether there is a valid license.
    Check,
    /// What the token tells.
    Token,
    /// How much is in use, counted anew.
    Stats,
    /// Here is another token.
    Apply(&'a LicenseKey),
    /// Ask the issuer for a new token.
    Renew,
    /// Drop the token of the instance at this root URL.
    Remove(&'a Url),
}

impl Call<'_> {
    pub(super) fn method(self) -> Method {
        match self {
            Self::Check | Self::Token | Self::Stats => Method::GET,
            Self::Apply(_) | Self::Renew => Method::POST,
            Self::Remove(_) => Method::DELETE,
        }
    }

    /// The endpoint below a root URL.
    pub(super) fn url(self, root: &Url) -> Url {
        let name = match self {
            Self::Check => "check",
            Self::Token | Self::Apply(_) | Self::Remove(_) => "token",
            Self::Renew => "token/renew",
            Self::Stats => "refresh-stats",
        };
        let mut url = root.clone();
        url.set_path(&format!("{}/api/licensing/{name}", root.path().trim_end_matches('/')));
        url
    }

    pub(super) fn body(self) -> Option<Body> {
        let value = match self {
            Self::Check | Self::Token | Self::Stats => return None,
            Self::Apply(token) => json!({"token": token.expose().trim()}),
            Self::Renew => json!({}),
            // With a slash at its end, as in the document's example.
            Self::Remove(root) => json!({"instance": format!("{}/", root.as_str().trim_end_matches('/'))}),
        };
        Some(Body { content_type: "application/json", bytes: value.to_string().into_bytes() })
    }

    pub(super) fn effect(self) -> Effect {
        match self {
            Self::Check | Self::Token | Self::Stats => Effect::Reads,
            Self::Apply(_) | Self::Renew | Self::Remove(_) => Effect::Changes,
        }
    }

    /// The permission that the document asks for. For `refresh-stats` it names none; it only looks.
    pub(super) fn permission(self) -> &'static str {
        match self {
            Self::Check | Self::Token | Self::Stats => "licensing:read",
            Self::Apply(_) | Self::Renew => "licensing:write",
            Self::Remove(_) => "licensing:delete",
        }
    }
}
