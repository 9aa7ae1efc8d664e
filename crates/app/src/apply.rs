//! Changing the token of an instance: looked over before it is sent, sent once, and the one before it kept where it is
//! known here.

use crate::{
    Applied, Desk, DeskError, Event, Outcome, Verb,
    instance::{APPLIED, PREVIOUS, is_text_of, of, root},
};
use license::{AccountId, Finding, LicenseKey, Preflight, TokenFields, pasted, preflight};
use url::Url;
use vault::Account;
use vendors::{Found, InstanceToken, VendorError};

/// A change of an instance's token that is on its way.
pub(crate) struct Change<'a> {
    pub account: &'a Account,
    pub instance: &'a dyn InstanceToken,
    pub verb: Verb,
    pub doing: &'static str,
}

impl Desk {
    /// Gives an instance a token, or the text of a `license.jwt`. Where something is wrong with it, nothing is sent unless
    /// `force` says so.
    pub async fn apply_token(&self, id: AccountId, text: &str, force: bool) -> Result<Applied, DeskError> {
        let account = self.account(id).await?;
        let client = self.client(&account).await?;
        let instance = of(client.as_ref(), &account)?;
        let token = LicenseKey::new(pasted::key(text).into_owned());
        let seen = preflight(token.expose(), instance.root(), self.clock.now());
        if !force && !seen.passes() {
            return Err(refused(seen, instance));
        }
        let change =
            Change { account: &account, instance, verb: Verb::Applied, doing: "applying a license token" };
        self.send_token(&change, token, seen.findings).await
    }

    /// Has an instance ask its issuer for a new token. Its text comes to the instance alone.
    pub async fn renew_token(&self, id: AccountId) -> Result<Applied, DeskError> {
        let account = self.account(id).await?;
        let client = self.client(&account).await?;
        let instance = of(client.as_ref(), &account)?;
        let change =
            Change { account: &account, instance, verb: Verb::TokenRenewed, doing: "renewing the token" };
        // What the instance has before is what a look afterwards is compared with, should no clear answer come.
        let before = instance.current().await;
        let token = match instance.renew().await {
            Ok(token) => token,
            Err(error) if error.outcome_is_unknown() => match (before, instance.current().await) {
                (Ok(Some(before)), Ok(Some(now))) if is_renewed(&before, &now) => now,
                (Ok(before), Ok(now)) if before == now => {
                    return Err(self.failed(&change, error.after_seeing_no_change()).await?);
                }
                _ => return Err(self.failed(&change, error).await?),
            },
            Err(error) => return Err(self.failed(&change, error).await?),
        };
        let noted = async {
            let license = self.took(&change, &token, None).await?;
            // What was given to it last is kept, and can be put back.
            let previous_kept = self.earlier_token(id, Some(&token)).await?.is_some();
            Ok(Applied { token, license: Some(license), findings: Vec::new(), previous_kept })
        };
        noted.await.map_err(DeskError::not_recorded(&account, change.doing))
    }

    /// Takes the token from an instance; `typed` is its root URL. The token is kept here where it is known.
    pub async fn remove_token(&self, id: AccountId, typed: &str) -> Result<String, DeskError> {
        let account = self.account(id).await?;
        let client = self.client(&account).await?;
        let instance = of(client.as_ref(), &account)?;
        let root = root(instance);
        if !is_root(typed, instance.root()) {
            return Err(DeskError::NotConfirmed { expected: root });
        }
        let change =
            Change { account: &account, instance, verb: Verb::TokenRemoved, doing: "removing the token" };
        let had = instance.current().await;
        let before = self.token_before(&change, had.clone(), None).await?;
        match instance.remove().await {
            Ok(()) => {}
            Err(error) if error.outcome_is_unknown() => match instance.current().await {
                Ok(None) => {}
                now if now.is_ok() && now == had => {
                    return Err(self.failed(&change, error.after_seeing_no_change()).await?);
                }
                _ => return Err(self.failed(&change, error).await?),
            },
            Err(error) => return Err(self.failed(&change, error).await?),
        }
        let noted = async {
            self.keep_tokens(id, before, None).await?;
            self.note_change(&change, None).await
        };
        noted.await.map_err(DeskError::not_recorded(&account, change.doing))?;
        Ok(root)
    }

    /// Sends a token. What is kept of the ones before changes only once the instance has it: of a change that was refused,
    /// or that nobody knows of, the token that was given to it last is the one to put back.
    pub(crate) async fn send_token(
        &self,
        change: &Change<'_>,
        token: LicenseKey,
        findings: Vec<Finding>,
    ) -> Result<Applied, DeskError> {
        let id = change.account.id;
        let had = change.instance.current().await;
        let before = self.token_before(change, had.clone(), Some(&token)).await?;
        let fields = match change.instance.apply(&token).await {
            Ok(fields) => fields,
            Err(error) if error.outcome_is_unknown() => match change.instance.current().await {
                Ok(Some(now)) if is_text_of(&token, Some(&now)) => now,
                now if now.is_ok() && now == had => {
                    return Err(self.failed(change, error.after_seeing_no_change()).await?);
                }
                _ => return Err(self.failed(change, error).await?),
            },
            Err(error) => return Err(self.failed(change, error).await?),
        };
        let previous_kept = before.is_some();
        let noted = async {
            let earlier = self.kept_token(id, PREVIOUS).await?;
            // Back behind a renewal, what was before the token then is before it again.
            let earlier = earlier.filter(|text| change.verb == Verb::PutBack && *text != token);
            self.keep_tokens(id, before.or(earlier), Some(token.clone())).await?;
            let license = self.took(change, &fields, Some(token)).await?;
            Ok(Applied { token: fields, license: Some(license), findings, previous_kept })
        };
        noted.await.map_err(DeskError::not_recorded(change.account, change.doing))
    }

    /// Keeps the token before the present one, and the one that was given last.
    async fn keep_tokens(
        &self,
        id: AccountId,
        previous: Option<LicenseKey>,
        applied: Option<LicenseKey>,
    ) -> Result<(), DeskError> {
        self.keep_token(id, PREVIOUS, previous).await?;
        self.keep_token(id, APPLIED, applied).await
    }

    /// Takes over what an instance has now.
    async fn took(
        &self,
        change: &Change<'_>,
        token: &TokenFields,
        key: Option<LicenseKey>,
    ) -> Result<license::LicenseId, DeskError> {
        let found = Found { license: token.license(), key };
        let license = self.take_found(change.account.id, found).await?;
        self.note_change(change, Some(license)).await?;
        Ok(license)
    }

    /// Writes down that an instance's token was changed, and lists it anew.
    async fn note_change(
        &self,
        change: &Change<'_>,
        license: Option<license::LicenseId>,
    ) -> Result<(), DeskError> {
        let account = change.account;
        self.changed_at_vendor(account.id).await?;
        self.note(change.verb, Some(&account.name), license, &account.name, Outcome::Done).await?;
        // The change is done; a listing that fails says so of the account.
        let _listed = self.refresh(account.id).await;
        self.host.emit(Event::LibraryChanged);
        Ok(())
    }

    /// Writes down that a change was refused, or that it is not known what became of it.
    async fn failed(&self, change: &Change<'_>, error: VendorError) -> Result<DeskError, DeskError> {
        let account = change.account;
        let outcome = match error.outcome_is_unknown() {
            true => Outcome::Unknown(error.code().to_owned()),
            false => Outcome::Failed(error.code().to_owned()),
        };
        // The instance's answer says more than a failure to note it.
        let _noted = self.note(change.verb, Some(&account.name), None, &account.name, outcome).await;
        self.refused_by(account, change.doing, error).await
    }
}

/// That a token was not sent, for what was found.
pub(crate) fn refused(seen: Preflight, instance: &dyn InstanceToken) -> DeskError {
    let sub = seen.token.and_then(|token| token.sub);
    DeskError::Preflight { findings: seen.findings, sub, root: root(instance) }
}

/// Whether an instance has a newer token than before: another id, or a later date.
fn is_renewed(before: &TokenFields, now: &TokenFields) -> bool {
    let has_other_id = now.jti.is_some() && now.jti != before.jti;
    has_other_id || now.token_expires > before.token_expires || now.issued > before.issued
}

/// Whether what was typed is a root URL; a slash at its end does not matter.
fn is_root(typed: &str, root: &Url) -> bool {
    let without_slash = |url: &Url| url.as_str().trim_end_matches('/').to_owned();
    Url::parse(typed.trim()).is_ok_and(|typed| without_slash(&typed) == without_slash(root))
}
