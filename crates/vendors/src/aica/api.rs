//! The API of one account: sends requests and verifies the signatures of the answers.

use super::{
    login::{Login, Typed},
    refusal::{self, About, Asked},
    signature,
    wire::{self, MEDIA_TYPE},
};
use crate::{
    Http, Instead, ListingBound, SecretSigns, VendorError,
    address::below,
    http::{Answer, Ask, Body, Effect, Pace, bounds, page},
    redact::Redactor,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use jiff::Timestamp;
use license::{IssuerKey, LicenseKey};
use reqwest::{
    Method,
    header::{AUTHORIZATION, HeaderName, HeaderValue},
};
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeSet, HashSet};
use url::Url;

/// The version of the API that is spoken.
const VERSION: (HeaderName, HeaderValue) =
    (HeaderName::from_static("keygen-version"), HeaderValue::from_static("1.8"));
/// The most entries of a page.
pub(super) const PAGE_SIZE: &str = "100";

/// The API of one account.
#[derive(Debug)]
pub(super) struct AicaApi {
    /// The way out.
    pub http: Http,
    /// Where the account's resources are.
    pub root: Url,
    /// The account's public key, where it is set: then every answer has to be signed with it.
    pub issuer: Option<IssuerKey>,
    /// What proves whose account it is.
    pub login: Login,
}

/// The entries of a listing.
pub(super) struct Entries {
    pub all: Vec<Value>,
    /// Whether nothing speaks for there being more.
    pub is_whole: bool,
}

/// What authorizes a request.
#[derive(Debug, Clone, Copy)]
pub(super) enum Credentials<'a> {
    /// Nothing: the request is anonymous.
    None,
    /// The account's session.
    Login,
    /// A user name and password that were typed.
    Typed(&'a Typed),
    /// A license key.
    Key(&'a LicenseKey),
}

/// One request.
pub(super) struct Request<'a> {
    pub method: Method,
    /// The path below the account, segment by segment.
    pub path: &'a [&'a str],
    pub query: Vec<(&'static str, String)>,
    pub credentials: Credentials<'a>,
    pub about: About,
    pub body: Option<Value>,
    pub effect: Effect,
    /// A further secret that it holds.
    pub key: Option<&'a LicenseKey>,
}

impl<'a> Request<'a> {
    /// One that only looks, without query and body.
    pub(super) fn new(
        method: Method,
        path: &'a [&'a str],
        credentials: Credentials<'a>,
        about: About,
    ) -> Self {
        let key = match credentials {
            Credentials::Key(key) => Some(key),
            Credentials::None | Credentials::Login | Credentials::Typed(_) => None,
        };
        Self { method, path, query: Vec::new(), credentials, about, body: None, effect: Effect::Reads, key }
    }

    /// A `GET`.
    pub(super) fn get(path: &'a [&'a str], credentials: Credentials<'a>, about: About) -> Self {
        Self::new(Method::GET, path, credentials, about)
    }
}

impl AicaApi {
    /// An account at `base`. Nothing is sent.
    pub(super) fn new(
        http: Http,
        base: &Url,
        account: &str,
        issuer: Option<IssuerKey>,
        login: Login,
    ) -> Self {
        Self { http, root: below(base, &["v1", "accounts", account]), issuer, login }
    }

    /// Sends a request and hands on its good answer, verified where the account's key is set.
    pub(super) async fn send(&self, request: Request<'_>) -> Result<Answer, VendorError> {
        let redactor = self.redactor(request.key);
        let mut url = below(&self.root, request.path);
        if !request.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&request.query);
        }
        let headers = [VERSION].into_iter().chain(self.authorization(request.credentials)?).collect();
        let body =
            request.body.map(|body| Body { content_type: MEDIA_TYPE, bytes: body.to_string().into_bytes() });
        let effect = request.effect;
        let ask = Ask {
            method: request.method.clone(),
            url: &url,
            headers,
            body,
            accept: MEDIA_TYPE,
            cap: bounds::PAGE,
            effect,
            pace: Pace::Whole,
        };
        let answer = self.http.ask(&ask).await?;
        tracing::debug!(
            method = %request.method,
            resource = request.path.first().copied().unwrap_or_default(),
            status = answer.status,
            bytes = answer.body.len(),
            "licensing service answered"
        );
        if let Some(issuer) = &self.issuer {
            signature::verify(&answer, &request.method, &url, issuer, Timestamp::now())
                .map_err(|error| effect.after_sending(error))?;
        }
        if answer.is_success() {
            return Ok(answer);
        }
        let session_is_over =
            matches!(request.credentials, Credentials::Login) && self.login.has_ended(Timestamp::now());
        let by_key = matches!(request.credentials, Credentials::Key(_));
        let asked = Asked { about: request.about, session_is_over, by_key };
        Err(effect.after_refusal(&answer, refusal::error(&answer, asked, &redactor)))
    }

    /// The document that a request is answered with.
    pub(super) async fn document(&self, request: Request<'_>) -> Result<Value, VendorError> {
        let (effect, redactor) = (request.effect, self.redactor(request.key));
        let answer = self.send(request).await?;
        read(&answer, &redactor).map_err(|error| effect.after_sending(error))
    }

    /// Checks that an answer is the one that the service documents for a deletion: 204, without a body.
    pub(super) fn no_content(&self, answer: &Answer, what: &'static str) -> Result<(), VendorError> {
        match page(answer) {
            _ if answer.status == 204 => Ok(()),
            Some(what) => Err(VendorError::NotAPortal { what }),
            None => Err(self.unreadable(what, &format!("its status is {}, not 204", answer.status))),
        }
    }

    /// What a good answer holds.
    pub(super) fn read<'a, T: Deserialize<'a>>(&self, answer: &'a Answer) -> Result<T, VendorError> {
        read(answer, &self.redactor(None))
    }

    /// The entries of a listing that is short, page by page; one that comes twice counts once.
    pub(super) async fn everything(
        &self,
        path: &[&str],
        filter: &[(&'static str, &str)],
        credentials: Credentials<'_>,
    ) -> Result<Entries, VendorError> {
        let mut all = Vec::new();
        let mut seen = HashSet::new();
        let mut counts = BTreeSet::new();
        let mut bytes = 0;
        for number in 1..=bounds::NUMBERED_PAGES {
            let mut request = Request::get(path, credentials, About::License);
            request.query = filter.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
            request
                .query
                .extend([("page[number]", number.to_string()), ("page[size]", PAGE_SIZE.to_owned())]);
            let answer = self.send(request).await?;
            bytes += answer.body.len() as u64;
            if bytes > bounds::SHORT_LIST {
                return Err(VendorError::ListingTooLarge { bound: ListingBound::Bytes(bounds::SHORT_LIST) });
            }
            let mut document: Value = self.read(&answer)?;
            let links = wire::links(&document, &self.root);
            counts.insert(links.count);
            let entries = document.get_mut("data").map(Value::take);
            let Some(Value::Array(entries)) = entries else {
                return Err(self.unreadable("a list", "there is no list in it"));
            };
            let before = all.len();
            all.extend(entries.into_iter().filter(|entry| {
                entry.get("id").and_then(Value::as_str).is_none_or(|id| seen.insert(id.to_owned()))
            }));
            if !links.has_next {
                let is_list = !all.is_empty() || document.get("links").is_some_and(Value::is_object);
                let is_whole = is_list && is_whole(&counts, number, all.len() as u64);
                return Ok(Entries { all, is_whole });
            }
            if all.len() == before {
                break;
            }
        }
        Ok(Entries { all, is_whole: false })
    }

    /// An answer that makes no sense.
    pub(super) fn unreadable(&self, what: &'static str, detail: &str) -> VendorError {
        VendorError::Unreadable { what, detail: self.redactor(None).clean(detail, false) }
    }

    /// How the secrets look that are not kept with a license.
    pub(super) fn signs(&self) -> &SecretSigns {
        self.http.signs()
    }

    /// Knows the account's secrets, and a key besides.
    pub(super) fn redactor<'a>(&'a self, key: Option<&'a LicenseKey>) -> Redactor<'a> {
        self.http.redactor(self.login.secrets().into_iter().chain(key.map(LicenseKey::expose)))
    }

    /// The header that proves whose request it is.
    fn authorization(
        &self,
        credentials: Credentials<'_>,
    ) -> Result<Option<(HeaderName, HeaderValue)>, VendorError> {
        let text = match (credentials, &self.login) {
            (Credentials::None, _) => return Ok(None),
            (Credentials::Login, Login::Session { token, .. }) => format!("Bearer {}", token.expose()),
            // What was typed opens nothing but a session, and there is none.
            (Credentials::Login, Login::Typed(_)) => return Err(VendorError::SessionExpired),
            (Credentials::Typed(typed), _) => {
                let login = format!("{}:{}", typed.email, typed.password.expose());
                format!("Basic {}", BASE64_STANDARD.encode(login))
            }
            (Credentials::Key(key), _) => format!("License {}", key.expose()),
        };
        let mut value = HeaderValue::from_str(&text)
            .map_err(|_| self.unreadable("a key", "it holds a character that no header can"))?;
        value.set_sensitive(true);
        Ok(Some((AUTHORIZATION, value)))
    }
}

/// Whether all entries of a short list came, by how many its pages counted.
fn is_whole(counts: &BTreeSet<Option<u64>>, pages: u64, came: u64) -> bool {
    match counts.iter().collect::<Vec<_>>()[..] {
        [Some(counted)] => came >= *counted,
        // An entry that is deleted between two pages moves another one past their border, and without a count nothing shows it.
        [None] => pages == 1,
        _ => false,
    }
}

/// The document of a good answer, or what it is instead.
fn read<'a, T: Deserialize<'a>>(answer: &'a Answer, redactor: &Redactor<'_>) -> Result<T, VendorError> {
    if let Some(page) = page(answer) {
        return Err(VendorError::NotAPortal { what: page });
    }
    let kind = answer.content_type.as_deref();
    let is_json = kind.is_some_and(|kind| kind == "application/json" || kind.ends_with("+json"));
    serde_json::from_slice(&answer.body).map_err(|error| {
        if is_json {
            let detail = redactor.clean(&error.to_string(), false);
            VendorError::Unreadable { what: "an answer of the licensing service", detail }
        } else {
            VendorError::NotAPortal { what: Instead::OtherContent(kind.unwrap_or("unknown").to_owned()) }
        }
    })
}
