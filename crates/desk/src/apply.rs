//! Changing the token of an instance: looked over before it is sent, sent once, and the one before it kept where it is
//! known here.

use crate::{
    Applied, Desk, DeskError, Event, Outcome, Verb,
    instance::{APPLIED, PREVIOUS, READING, is_text_of, of, root},
};
use license::{AccountId, Finding, LicenseKey, Preflight, TokenFields, preflight};
use url::Url;
use vault::Account;
use vendors::{Found, InstanceToken, VendorError};

/// A change of an instance's token that is on its way.
struct Change<'a> {
    account: &'a Account,
    instance: &'a dyn InstanceToken,
    verb: Verb,
    doing: &'static str,
}

impl Desk {
    /// Gives an instance a token, or the text of a `license.jwt`. Where something is wrong with it, nothing is sent unless
    /// `force` says so.
    pub async fn apply_token(&self, id: AccountId, text: &str, force: bool) -> Result<Applied, DeskError> {
        let account = self.account(id).await?;
        let client = self.client(&account).await?;
        let instance = of(client.as_ref(), &account)?;
        let seen = preflight(text, instance.root(), self.clock.now());
        if !force && !seen.passes() {
            return Err(refused(seen, instance));
        }
        let change =
            Change { account: &account, instance, verb: Verb::Applied, doing: "applying a license token" };
        self.send_token(&change, LicenseKey::new(text.trim().to_owned()), seen.findings).await
    }

    /// Gives an instance the token back that it had before the present one. The present one takes its place, where it is
    /// known here.
    pub async fn put_back(&self, id: AccountId) -> Result<Applied, DeskError> {
        let account = self.account(id).await?;
        let client = self.client(&account).await?;
        let instance = of(client.as_ref(), &account)?;
        let nothing = || DeskError::NothingToPutBack { account: account.name.clone() };
        let token = self.kept_token(id, PREVIOUS).await?.ok_or_else(nothing)?;
        let findings = preflight(token.expose(), instance.root(), self.clock.now()).findings;
        let change =
            Change { account: &account, instance, verb: Verb::PutBack, doing: "putting the token back" };
        self.send_token(&change, token, findings).await
    }

    /// Has an instance ask its issuer for a new token. Its text comes to the instance alone.
    pub async fn renew_token(&self, id: AccountId) -> Result<Applied, DeskError> {
        let account = self.account(id).await?;
        let client = self.client(&account).await?;
        let instance = of(client.as_ref(), &account)?;
        let change =
            Change { account: &account, instance, verb: Verb::TokenRenewed, doing: "renewing the token" };
        let token = match instance.renew().await {
            Ok(token) => token,
            Err(error) => return Err(self.failed(&change, error).await?),
        };
        let license = self.took(&change, &token, None).await?;
        Ok(Applied { token, license: Some(license), findings: Vec::new(), previous_kept: false })
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
        let before = self.keep_previous(&change, None).await?;
        match instance.remove().await {
            Ok(()) => {}
            Err(error) if error.outcome_is_unknown() => {
                if !matches!(instance.current().await, Ok(None)) {
                    return Err(self.failed(&change, error).await?);
                }
            }
            Err(error) => {
                self.keep_token(id, PREVIOUS, before.earlier).await?;
                return Err(self.failed(&change, error).await?);
            }
        }
        self.note_change(&change, None).await?;
        Ok(root)
    }

    async fn send_token(
        &self,
        change: &Change<'_>,
        token: LicenseKey,
        findings: Vec<Finding>,
    ) -> Result<Applied, DeskError> {
        let id = change.account.id;
        let before = self.keep_previous(change, Some(&token)).await?;
        let fields = match change.instance.apply(&token).await {
            Ok(fields) => fields,
            Err(error) if error.outcome_is_unknown() => match change.instance.current().await {
                Ok(Some(now)) if is_text_of(&token, Some(&now)) => now,
                Ok(_) | Err(_) => return Err(self.failed(change, error).await?),
            },
            Err(error) => {
                self.keep_token(id, PREVIOUS, before.earlier).await?;
                return Err(self.failed(change, error).await?);
            }
        };
        if !before.is_kept {
            // What was kept is older than the token that was there, which is not known here.
            self.keep_token(id, PREVIOUS, None).await?;
        }
        self.keep_token(id, APPLIED, Some(token.clone())).await?;
        let license = self.took(change, &fields, Some(token)).await?;
        Ok(Applied { token: fields, license: Some(license), findings, previous_kept: before.is_kept })
    }

    /// Keeps the token that an instance has now, where it is known here, before it is changed for `new`.
    async fn keep_previous(
        &self,
        change: &Change<'_>,
        new: Option<&LicenseKey>,
    ) -> Result<Before, DeskError> {
        let id = change.account.id;
        let current = self.answered(change.account, READING, change.instance.current().await).await?;
        let earlier = self.kept_token(id, PREVIOUS).await?;
        let held = self.held_token(id, current.as_ref()).await?.filter(|held| Some(held) != new);
        let is_kept = held.is_some();
        if is_kept {
            self.keep_token(id, PREVIOUS, held).await?;
        }
        Ok(Before { earlier, is_kept })
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
        self.note(change.verb, Some(&account.name), None, &account.name, outcome).await?;
        self.refused_by(account, change.doing, error).await
    }
}

/// What was kept of an instance before its token was changed.
struct Before {
    /// The token that was kept to be put back until then.
    earlier: Option<LicenseKey>,
    /// Whether the one that it had is kept now.
    is_kept: bool,
}

fn refused(seen: Preflight, instance: &dyn InstanceToken) -> DeskError {
    let sub = seen.token.and_then(|token| token.sub);
    DeskError::Preflight { findings: seen.findings, sub, root: root(instance) }
}

/// Whether what was typed is a root URL; a slash at its end does not matter.
fn is_root(typed: &str, root: &Url) -> bool {
    let without_slash = |url: &Url| url.as_str().trim_end_matches('/').to_owned();
    Url::parse(typed.trim()).is_ok_and(|typed| without_slash(&typed) == without_slash(root))
}
