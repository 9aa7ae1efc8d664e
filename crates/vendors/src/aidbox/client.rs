//! The portal's four documented calls, and the one that asks what else a portal takes.

use super::{
    decode,
    dialect::Dialect,
    envelope::result,
    list::{List, Reading},
    map, order,
    refusal::{self, About, unless_refused},
    wire::Call,
};
use crate::{
    Accepts, Found, Http, Listing, ListingBound, NewLicense, Probe, Reference, Validator, Vendor,
    VendorError,
    address::below,
    http::{Answer, Ask, Body, Effect, Pace, bounds},
    redact::Redactor,
};
use async_trait::async_trait;
use data_encoding::HEXLOWER;
use license::{
    LicenseKey, Token,
    jwt::{self, IssuerKeys},
};
use reqwest::Method;
use sha2::{Digest, Sha256};
use std::sync::OnceLock;
use tokio::{sync::OnceCell, time::timeout};
use url::Url;

/// Part of every validator: raised when the same answer comes to mean something else to this program.
const READING: &str = "aidbox-1";

/// One project of a portal.
#[derive(Debug)]
pub(super) struct Project {
    http: Http,
    rpc: Url,
    capabilities: Url,
    published_keys: Url,
    token: Token,
    /// What the portal was when the account was connected.
    recalled: OnceLock<Dialect>,
    /// What the portal said that it is.
    told: OnceCell<Dialect>,
}

impl Project {
    /// A project at `base`, by its token. Nothing is sent.
    pub(super) fn new(http: Http, base: &Url, token: Token) -> Self {
        Self {
            http,
            rpc: below(base, &["rpc"]),
            capabilities: below(base, &["rpc", "capabilities"]),
            published_keys: below(base, &[".well-known", "jwks.json"]),
            token,
            recalled: OnceLock::new(),
            told: OnceCell::new(),
        }
    }

    /// What the portal takes: as it said, or as it was when the account was connected. Otherwise it is asked.
    async fn dialect(&self) -> Result<Dialect, VendorError> {
        match self.told.get().or_else(|| self.recalled.get()) {
            Some(known) => Ok(known.clone()),
            None => self.told_dialect().await,
        }
    }

    /// What the portal says that it takes, asked once and again as long as it was in no state to tell.
    async fn told_dialect(&self) -> Result<Dialect, VendorError> {
        if let Some(told) = self.told.get() {
            return Ok(told.clone());
        }
        let answer = match self.http.ask(&Ask::json(&self.capabilities)).await {
            Ok(answer) => answer,
            Err(VendorError::NotAPortal { .. } | VendorError::TooLarge { .. }) => {
                return Ok(Dialect::Documented);
            }
            Err(error) => return Err(error),
        };
        let is_indisposed = answer.status >= 500 || answer.status == 429;
        let dialect = Dialect::told(&answer);
        if is_indisposed { Ok(dialect) } else { Ok(self.told.get_or_init(async || dialect).await.clone()) }
    }

    /// Sends a call and hands on its good answer.
    async fn call(&self, call: &Call<'_>, dialect: &Dialect, terms: Terms) -> Result<Answer, VendorError> {
        let bytes = serde_json::to_vec(call).map_err(|error| VendorError::Unreadable {
            what: "a request",
            detail: self.redactor(None).clean(&error.to_string(), false),
        })?;
        let ask = Ask {
            method: Method::POST,
            url: &self.rpc,
            headers: Vec::new(),
            body: Some(Body { content_type: dialect.media_type(), bytes }),
            accept: dialect.media_type(),
            cap: terms.cap,
            effect: terms.effect,
            pace: terms.pace,
        };
        let answer = self.http.ask(&ask).await?;
        tracing::debug!(
            method = call.method,
            status = answer.status,
            bytes = answer.body.len(),
            "portal answered"
        );
        if answer.is_success() {
            return Ok(answer);
        }
        let key = call.params.iter().find(|(name, _)| *name == "license").map(|(_, key)| *key);
        let error = refusal::error(&answer, terms.about, &self.redactor(key));
        Err(terms.effect.after_refusal(&answer, error))
    }

    /// The list as the portal sent it, within the bounds of a listing.
    async fn list_answer(&self) -> Result<Answer, VendorError> {
        let limit = self.http.patience().listing;
        match timeout(limit, self.list_answer_in_time()).await {
            Err(_) => Err(VendorError::ListingTooLarge { bound: ListingBound::Time(limit) }),
            Ok(Err(VendorError::TooLarge { limit })) => {
                Err(VendorError::ListingTooLarge { bound: ListingBound::Bytes(limit) })
            }
            Ok(answered) => answered,
        }
    }

    async fn list_answer_in_time(&self) -> Result<Answer, VendorError> {
        let dialect = self.dialect().await?;
        let call =
            Call { method: "portal.portal/get-licenses", params: vec![("token", self.token.expose())] };
        let terms = Terms { cap: bounds::LISTING_BYTES, pace: Pace::Parts, ..Terms::reading(About::Project) };
        self.call(&call, &dialect, terms).await
    }

    /// The call that is about one license.
    fn about<'a>(&'a self, method: &'static str, which: &'a Reference) -> Call<'a> {
        let pointer = match which {
            Reference::Id(id) => ("id", id.as_str()),
            Reference::Key(key) => ("license", key.expose()),
        };
        Call { method, params: vec![("token", self.token.expose()), pointer] }
    }

    fn redactor<'a>(&'a self, key: Option<&'a str>) -> Redactor<'a> {
        self.http.redactor([self.token.expose()].into_iter().chain(key))
    }

    /// The license that an answer holds.
    fn found(&self, answer: &Answer, about: About, asked: Option<&LicenseKey>) -> Result<Found, VendorError> {
        let redactor = self.redactor(asked.map(LicenseKey::expose));
        let what = "a license";
        let document = decode::document(answer, what, &redactor)?;
        let result = result(&document, about, &redactor)?;
        let (license, key) = map::license(result, self.http.signs())
            .ok_or_else(|| VendorError::Unreadable { what, detail: redactor.clean("it has no id", false) })?;
        Ok(Found { license, key: key.or_else(|| asked.cloned()) })
    }

    /// Checks that an answer confirms the deletion of a license. Its form is not documented; what counts is that of the other calls, with
    /// the license in it. Any other answer leaves the outcome to a look.
    fn removed(
        &self,
        answer: &Answer,
        which: &Reference,
        redactor: &Redactor<'_>,
    ) -> Result<(), VendorError> {
        const WHAT: &str = "a confirmation of the deletion";
        let unclear =
            |detail: &str| VendorError::Unreadable { what: WHAT, detail: redactor.clean(detail, false) };
        let document = decode::document(answer, WHAT, redactor)?;
        let result = result(&document, About::License, redactor)?;
        if document.fields().is_none_or(|fields| fields.get("result").is_none()) {
            return Err(unclear("it contains no result"));
        }
        let (license, key) =
            map::license(result, self.http.signs()).ok_or_else(|| unclear("it contains no license"))?;
        let is_meant = match which {
            Reference::Id(id) => *id == license.vendor_id,
            Reference::Key(asked) => match self.id_of(asked) {
                Some(id) => id == license.vendor_id,
                None => key.is_some_and(|key| key.expose() == asked.expose().trim()),
            },
        };
        if is_meant { Ok(()) } else { Err(unclear("it does not contain the license that was to be deleted")) }
    }

    /// The id of the license that a license string names.
    fn id_of(&self, key: &LicenseKey) -> Option<String> {
        let claims = jwt::decode(key.expose().trim()).ok()?.claims;
        super::license_of_claims(&claims, self.http.signs()).map(|license| license.vendor_id)
    }
}

/// What is asked about, what it does, how much is read, and how long that may take.
#[derive(Debug, Clone, Copy)]
struct Terms {
    about: About,
    effect: Effect,
    cap: u64,
    pace: Pace,
}

impl Terms {
    fn reading(about: About) -> Self {
        Self { about, effect: Effect::Reads, cap: bounds::ANSWER, pace: Pace::Whole }
    }

    fn changing(about: About) -> Self {
        Self { effect: Effect::Changes, ..Self::reading(about) }
    }
}

#[async_trait]
impl Vendor for Project {
    async fn probe(&self) -> Result<Probe, VendorError> {
        let list = List::of(self.list_answer().await?, &self.redactor(None))?;
        let accepts = self.dialect().await?.accepts();
        Ok(Probe { subject: list.project(), licenses: list.total(), accepts })
    }

    fn recall(&self, accepts: &Accepts) {
        // Only the first one counts; it is the same as long as the account stays.
        self.recalled.get_or_init(|| Dialect::recalled(accepts));
    }

    async fn list(&self, since: Option<&Validator>) -> Result<Listing, VendorError> {
        let answer = self.list_answer().await?;
        let validator = validator(&answer.body);
        if since == Some(&validator) {
            return Ok(Listing::Unchanged);
        }
        let list = List::of(answer, &self.redactor(None))?;
        Ok(Listing::Pages(Box::new(Reading::new(list, validator, self.http.signs().clone()))))
    }

    async fn get(&self, which: &Reference) -> Result<Found, VendorError> {
        let dialect = self.dialect().await?;
        let terms = Terms::reading(About::License);
        let answer = self.call(&self.about("portal.portal/get-license", which), &dialect, terms).await?;
        let asked = match which {
            Reference::Key(key) => Some(key),
            Reference::Id(_) => None,
        };
        self.found(&answer, About::License, asked)
    }

    async fn create(&self, wanted: &NewLicense) -> Result<Found, VendorError> {
        let dialect = self.dialect().await?;
        let mut params = vec![("token", self.token.expose())];
        params.extend(order::params(wanted, &dialect.accepts())?);
        let call = Call { method: "portal.portal/issue-license", params };
        let terms = Terms::changing(About::Project);
        let answer = self.call(&call, &dialect, terms).await?;
        self.found(&answer, About::Project, None).map_err(|error| unless_refused(error, terms.effect))
    }

    async fn delete(&self, which: &Reference) -> Result<(), VendorError> {
        let dialect = self.dialect().await?;
        let terms = Terms::changing(About::License);
        let call = self.about("portal.portal/remove-license", which);
        let answer = self.call(&call, &dialect, terms).await?;
        let redactor = self.redactor(call.params.last().map(|(_, pointer)| *pointer));
        self.removed(&answer, which, &redactor).map_err(|error| unless_refused(error, terms.effect))
    }

    /// Only a portal that tells what it takes, the local one, is known to publish its keys. One that told nothing when the account was
    /// connected may have been in no state to tell, so it is asked.
    async fn issuer_keys(&self) -> Result<Option<IssuerKeys>, VendorError> {
        let is_known_to = matches!(self.recalled.get(), Some(Dialect::Telling(_)));
        if !is_known_to && matches!(self.told_dialect().await?, Dialect::Documented) {
            return Ok(None);
        }
        let answer = self.http.ask(&Ask::json(&self.published_keys)).await?;
        let text = String::from_utf8_lossy(&answer.body);
        Ok(if answer.is_success() { IssuerKeys::from_jwks(&text).ok() } else { None })
    }
}

/// A digest of the list: the same bytes mean that nothing changed.
fn validator(body: &[u8]) -> Validator {
    let digest = Sha256::digest(body);
    Validator::new(format!("{READING}:{}", HEXLOWER.encode(&digest)))
}
