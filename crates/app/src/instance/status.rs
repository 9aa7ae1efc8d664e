//! An instance and its one license token: what it tells, and what would be wrong with another token.

use crate::context::{AppError, Context, ErrorReport, Report, host::is_recent, state::SubjectState};
use crate::instance::{READING, earlier::earlier_token, kept_tokens::held_token};
use crate::listing::used::note_used_of_only;
use jiff::Timestamp;
use license::{AccountId, Finding, LicenseKey, Preflight, TokenFields, Usage, preflight, token_findings};
use std::{
    collections::HashMap,
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};
use vault::Account;
use vendors::{Facet, InstanceToken, Vendor};

/// What an instance tells of itself. Each part is asked for by itself, and may fail by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct InstanceOverview {
    /// Its root URL, without a slash at its end.
    pub root: String,
    /// Whether it holds a valid license.
    pub valid: Result<bool, ErrorReport>,
    /// What its token tells; nothing where it has none.
    pub token: Result<Option<TokenFields>, ErrorReport>,
    /// What is wrong with its token, or worth knowing, where it does not report a valid license.
    pub findings: Vec<Finding>,
    /// How much of it is in use.
    pub usage: Result<Usage, ErrorReport>,
    /// Whether the text of its token is kept here.
    pub held: Held,
    /// Whether an earlier token is kept here, to be restored.
    pub can_restore: bool,
    /// When it was asked.
    pub at: Timestamp,
}

/// Whether the text of an instance's token is kept here; an instance gives it out to nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// It is.
    Yes,
    /// It is not: it was applied elsewhere, or the instance renewed it by itself.
    No,
}

/// What giving an instance a token would mean.
#[derive(Debug, Clone, PartialEq)]
pub struct ApplyPreview {
    /// The instance's root URL.
    pub root: String,
    /// What the token tells that it has now. It may be given another where it cannot tell.
    pub current: Result<Option<TokenFields>, ErrorReport>,
    /// What the new one tells; nothing where it is no JWT.
    pub new: Option<TokenFields>,
    /// What is wrong with the new one, or worth knowing.
    pub findings: Vec<Finding>,
    /// Whether it can be sent without saying so once more.
    pub may_send: bool,
}

/// What a change of an instance's token came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Applied {
    /// What the token tells that the instance has now.
    pub token: TokenFields,
    /// The license in the library.
    pub license: Option<license::LicenseId>,
    /// What was wrong with the token, or worth knowing, before it was sent.
    pub findings: Vec<Finding>,
    /// Whether an earlier token is kept here, to be restored.
    pub previous_kept: bool,
    /// What the instance reports after the change.
    pub report: Report,
}

/// For how long an instance's answer to a change is taken for what it has.
const ANSWER_HOLDS_SECONDS: i64 = 5;

/// What instances answered to changes, for the overview that follows.
#[derive(Debug, Default)]
pub(crate) struct Answers(Mutex<HashMap<AccountId, Reported>>);

/// What an instance reported after a change.
#[derive(Debug)]
struct Reported {
    token: TokenFields,
    /// Whether its license is valid, where it answered.
    valid: Option<bool>,
    at: Timestamp,
}

impl SubjectState for Answers {}

impl Answers {
    /// Notes what an instance reported after a change.
    pub(crate) fn note(&self, id: AccountId, token: TokenFields, valid: Option<bool>, at: Timestamp) {
        self.locked().insert(id, Reported { token, valid, at });
    }

    /// Forgets an answer: the instance may have another token by now.
    pub(crate) fn forget(&self, id: AccountId) {
        self.locked().remove(&id);
    }

    /// What an instance reported just now after a change. Returned once, so that the next overview asks again.
    fn take(&self, id: AccountId, now: Timestamp) -> Option<Reported> {
        self.locked().remove(&id).filter(|one| is_recent(one.at, now, ANSWER_HOLDS_SECONDS))
    }

    /// No entry is left half done, so a panic in another thread does not matter.
    fn locked(&self) -> MutexGuard<'_, HashMap<AccountId, Reported>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Everything that an instance tells. Right after a change, its answer to that is what it has, and is not asked for again.
pub async fn instance(context: &Context, id: AccountId) -> Result<InstanceOverview, AppError> {
    let account = context.account(id).await?;
    let client = context.client(&account).await?;
    let instance = of(client.as_ref(), &account)?;
    let facts = |error: AppError| error.report();
    let after_change = context.state::<Answers>().take(id, context.clock.now());
    let valid = match after_change.as_ref().and_then(|one| one.valid) {
        Some(valid) => Ok(valid),
        None => context.answered(&account, CHECKING, instance.check().await).await,
    };
    let token = match after_change {
        Some(one) => Ok(Some(one.token)),
        None => context.answered(&account, READING, instance.current().await).await,
    };
    let usage = context.answered(&account, COUNTING, instance.usage().await).await;
    if let Ok(usage) = &usage {
        note_usage(context, id, usage).await;
    }
    let current = token.as_ref().ok().and_then(Option::as_ref);
    let is_held = held_token(context, id, current).await?.is_some();
    let can_restore = match &token {
        Ok(current) => earlier_token(context, id, current.as_ref()).await?.is_some(),
        // Which of those that are kept is an earlier one, nobody can say.
        Err(_) => false,
    };
    let findings = match current {
        Some(token) if !matches!(valid, Ok(true)) => {
            token_findings(token, instance.root(), context.clock.now())
        }
        Some(_) | None => Vec::new(),
    };
    Ok(InstanceOverview {
        root: root(instance),
        findings,
        can_restore,
        held: if is_held { Held::Yes } else { Held::No },
        valid: valid.map_err(facts),
        token: token.map_err(facts),
        usage: usage.map_err(facts),
        at: context.clock.now(),
    })
}

/// Asks an instance whether it holds a valid license.
pub async fn check_instance(context: &Context, id: AccountId) -> Result<bool, AppError> {
    let account = context.account(id).await?;
    let client = context.client(&account).await?;
    let answer = of(client.as_ref(), &account)?.check().await;
    context.answered(&account, CHECKING, answer).await
}

/// Asks an instance for what its token tells, with its root URL.
pub async fn current_token(
    context: &Context,
    id: AccountId,
) -> Result<(String, Option<TokenFields>), AppError> {
    let account = context.account(id).await?;
    let client = context.client(&account).await?;
    let instance = of(client.as_ref(), &account)?;
    let token = context.answered(&account, READING, instance.current().await).await?;
    Ok((root(instance), token))
}

/// Has an instance count anew how much of its license is in use.
pub async fn usage(context: &Context, id: AccountId) -> Result<Usage, AppError> {
    let account = context.account(id).await?;
    let client = context.client(&account).await?;
    let answer = of(client.as_ref(), &account)?.usage().await;
    let usage = context.answered(&account, COUNTING, answer).await?;
    note_usage(context, id, &usage).await;
    Ok(usage)
}

/// Notes how many users are active, for the list.
async fn note_usage(context: &Context, id: AccountId, usage: &Usage) {
    if let Some(active) = usage.active_users.and_then(|active| u64::try_from(active).ok()) {
        note_used_of_only(context, id, active).await;
    }
}

/// What giving an instance a token, or the text of a `license.jwt`, would mean. The token is not sent.
pub async fn preflight_token(context: &Context, id: AccountId, text: &str) -> Result<ApplyPreview, AppError> {
    let account = context.account(id).await?;
    let client = context.client(&account).await?;
    let instance = of(client.as_ref(), &account)?;
    let seen = preflight(text, instance.root(), context.clock.now());
    let current = context.answered(&account, READING, instance.current().await).await;
    Ok(previewed(instance, current.map_err(|error| error.report()), seen))
}

/// The text of a token's file, such as a `license.jwt`.
pub async fn read_token(context: &Context, path: &Path) -> Result<LicenseKey, AppError> {
    let path = path.to_owned();
    let text = context.off_thread(move |_| Ok(vault::files::read_text(&path)?)).await?;
    Ok(LicenseKey::new(text.to_string()))
}

const CHECKING: &str = "checking the license";
const COUNTING: &str = "counting users";

/// The instance behind an account.
pub(crate) fn of<'a>(client: &'a dyn Vendor, account: &Account) -> Result<&'a dyn InstanceToken, AppError> {
    let facet = Facet::InstanceToken.word();
    client.instance_token().ok_or_else(|| AppError::NoFacet { label: account.name.clone(), facet })
}

/// An instance's root URL as it is shown and typed.
pub(crate) fn root(instance: &dyn InstanceToken) -> String {
    instance.root().as_str().trim_end_matches('/').to_owned()
}

/// What was seen of a token, beside the one that an instance has.
pub(crate) fn previewed(
    instance: &dyn InstanceToken,
    current: Result<Option<TokenFields>, ErrorReport>,
    seen: Preflight,
) -> ApplyPreview {
    let may_send = seen.passes();
    ApplyPreview { root: root(instance), current, new: seen.token, findings: seen.findings, may_send }
}
