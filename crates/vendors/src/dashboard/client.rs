//! The instance as an account: its six licensing calls, and its one license as a list.

use super::{answer, call::Call, login::Login, refusal};
use crate::{
    Accepts, Found, Http, InstanceToken, Listed, Listing, Probe, Reference, Validator, Vendor, VendorError,
    http::{Answer, Ask, Pace, bounds},
    listed_at_once,
};
use async_trait::async_trait;
use license::{LicenseKey, TokenFields, Usage, jwt};
use url::Url;

/// One instance, by a server administrator's login.
#[derive(Debug)]
pub(super) struct Instance {
    http: Http,
    root: Url,
    login: Login,
}

impl Instance {
    /// The instance at a root URL. Nothing is sent.
    pub(super) fn new(http: Http, root: Url, login: Login) -> Self {
        Self { http, root, login }
    }

    /// Makes a call and hands on its good answer.
    async fn call(&self, call: Call<'_>) -> Result<Answer, VendorError> {
        let url = call.url(&self.root);
        let ask = Ask {
            method: call.method(),
            url: &url,
            headers: vec![self.login.header()],
            body: call.body(),
            accept: "application/json",
            cap: bounds::ANSWER,
            effect: call.effect(),
            pace: Pace::Whole,
        };
        let answer = self.login.ask(&self.http, ask).await?;
        tracing::debug!(path = url.path(), status = answer.status, "instance answered");
        if answer.is_success() {
            return Ok(answer);
        }
        let token = match call {
            Call::Apply(token) => Some(token.expose().trim()),
            Call::Check | Call::Token | Call::Stats | Call::Renew | Call::Remove(_) => None,
        };
        let redactor = self.http.redactor(self.login.secrets().into_iter().chain(token));
        Err(refusal::error(&answer, call, &redactor))
    }

    /// The token after a change, as the instance answers it. Any other answer says nothing: only a look at what the instance
    /// has now tells whether the change was made.
    async fn after(&self, call: Call<'_>) -> Result<TokenFields, VendorError> {
        let answer = self.call(call).await?;
        let unclear = match answer::token(self.http.signs(), &answer) {
            Ok(Some(token)) => return Ok(token),
            Ok(None) => answer::unreadable("a license token", "it names no token"),
            Err(error) => error,
        };
        Err(call.effect().after_sending(unclear))
    }

    /// The token that the instance has. That it has none is believed only where `check` says so too: an empty answer alone may
    /// come from anything in between.
    async fn license(&self) -> Result<Option<TokenFields>, VendorError> {
        match self.glance().await? {
            Some(token) => Ok(Some(token)),
            None if self.check().await? => Err(answer::unreadable("a license token", "it names no token")),
            None => Ok(None),
        }
    }
}

#[async_trait]
impl Vendor for Instance {
    async fn probe(&self) -> Result<Probe, VendorError> {
        self.check().await?;
        let token = self.license().await?;
        Ok(Probe {
            licenses: Some(u64::from(token.is_some())),
            subject: token.and_then(|token| token.company),
            accepts: Accepts::documented(),
        })
    }

    async fn list(&self, _: Option<&Validator>) -> Result<Listing, VendorError> {
        let token = self.license().await?;
        let licenses = token.iter().map(|token| Listed { license: token.license(), key: None }).collect();
        Ok(listed_at_once(licenses, 0, None))
    }

    /// An instance gives its token's text to nobody, so the key is known only to whoever asked by it.
    async fn get(&self, which: &Reference) -> Result<Found, VendorError> {
        let token = self.license().await?.filter(|token| is_meant(token, which));
        let token = token.ok_or(VendorError::NotFound { words: None })?;
        let key = match which {
            Reference::Key(key) => Some(key.clone()),
            Reference::Id(_) => None,
        };
        Ok(Found { license: token.license(), key })
    }

    fn instance_token(&self) -> Option<&dyn InstanceToken> {
        Some(self)
    }
}

#[async_trait]
impl InstanceToken for Instance {
    async fn check(&self) -> Result<bool, VendorError> {
        answer::yes_or_no(&self.call(Call::Check).await?)
    }

    async fn current(&self) -> Result<Option<TokenFields>, VendorError> {
        self.license().await
    }

    async fn glance(&self) -> Result<Option<TokenFields>, VendorError> {
        answer::token(self.http.signs(), &self.call(Call::Token).await?)
    }

    async fn usage(&self) -> Result<Usage, VendorError> {
        answer::usage(&self.call(Call::Stats).await?)
    }

    async fn apply(&self, token: &LicenseKey) -> Result<TokenFields, VendorError> {
        let call = Call::Apply(token);
        let now = self.after(call).await?;
        let sent = jwt::decode(token.expose().trim()).ok().map(|sent| TokenFields::from_json(&sent.claims));
        match sent.and_then(|sent| sent.jti) {
            Some(sent) if now.jti.as_ref() != Some(&sent) => {
                let unclear = answer::unreadable("a license token", "it is not the token that was sent");
                Err(call.effect().after_sending(unclear))
            }
            Some(_) | None => Ok(now),
        }
    }

    /// A 404 means that there is no token where the instance has licensing endpoints at all, which `check` tells.
    async fn renew(&self) -> Result<TokenFields, VendorError> {
        match self.after(Call::Renew).await {
            Err(VendorError::NotEnterprise) => {
                self.check().await?;
                Err(VendorError::NotFound { words: None })
            }
            outcome => outcome,
        }
    }

    async fn remove(&self) -> Result<(), VendorError> {
        let call = Call::Remove(&self.root);
        let answer = self.call(call).await?;
        answer::accepted(&answer).map_err(|error| call.effect().after_sending(error))
    }

    fn root(&self) -> &Url {
        &self.root
    }
}

/// Whether the current token is the one that is pointed at: by its license's id, or as the token's own text.
fn is_meant(current: &TokenFields, which: &Reference) -> bool {
    match which {
        Reference::Id(id) => current.license().vendor_id == *id,
        Reference::Key(key) => jwt::decode(key.expose().trim()).is_ok_and(|decoded| {
            let asked = TokenFields::from_json(&decoded.claims);
            asked.jti.is_some() && (asked.jti, asked.lid) == (current.jti.clone(), current.lid.clone())
        }),
    }
}
