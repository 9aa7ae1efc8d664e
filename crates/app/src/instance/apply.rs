//! Changing the token of an instance: looked over before it is sent, sent once, and the one before it kept where it is
//! known here.

use crate::context::{AppError, Context, Outcome, Report, Verb};
use crate::instance::{
    Applied,
    earlier::{earlier_token, token_before},
    kept_tokens::{APPLIED, PREVIOUS, is_text_of, keep_token, kept_token},
    report::{of_removal, of_token},
    status::{Answers, of, root},
};
use crate::listing::{fetch, found};
use crate::refresh::run;
use license::{AccountId, Finding, LicenseKey, Preflight, TokenFields, key, preflight};
use url::Url;
use vault::{Account, Filter, Query, RefreshMark};
use vendors::{Found, InstanceToken, VendorError};

/// A change of an instance's token that is on its way.
pub(crate) struct Change<'a> {
    pub account: &'a Account,
    pub instance: &'a dyn InstanceToken,
    pub verb: Verb,
    pub doing: &'static str,
}

/// Gives an instance a token, or the text of a `license.jwt`. Where something is wrong with it, nothing is sent unless
/// `force` says so.
pub async fn apply_token(
    context: &Context,
    id: AccountId,
    text: &str,
    force: bool,
) -> Result<Applied, AppError> {
    let account = context.account(id).await?;
    let client = context.client(&account).await?;
    let instance = of(client.as_ref(), &account)?;
    let token = key::token_alone(text);
    let seen = preflight(token.expose(), instance.root(), context.clock.now());
    if !force && !seen.passes() {
        return Err(refused(seen, instance));
    }
    let change =
        Change { account: &account, instance, verb: Verb::Applied, doing: "applying a license token" };
    let had = present(context, &change).await?;
    send_token(context, &change, token, seen.findings, had).await
}

/// What an instance says that it has before it is given a token. That it has none is confirmed only where a token is kept here that
/// it may have.
async fn present(
    context: &Context,
    change: &Change<'_>,
) -> Result<Result<Option<TokenFields>, VendorError>, AppError> {
    let id = change.account.id;
    let is_any_kept = kept_token(context, id, APPLIED).await?.is_some()
        || kept_token(context, id, PREVIOUS).await?.is_some();
    Ok(match is_any_kept {
        true => change.instance.current().await,
        false => change.instance.glance().await,
    })
}

/// Has an instance ask its issuer for a new token. Its text comes to the instance alone.
pub async fn renew_token(context: &Context, id: AccountId) -> Result<Applied, AppError> {
    let account = context.account(id).await?;
    let client = context.client(&account).await?;
    let instance = of(client.as_ref(), &account)?;
    let change =
        Change { account: &account, instance, verb: Verb::TokenRenewed, doing: "renewing the token" };
    // What the instance has before is what a look afterwards is compared with, should no clear answer come.
    let before = instance.current().await;
    let mark = begin(context, id).await?;
    let token = match instance.renew().await {
        Ok(token) => token,
        Err(error) if error.outcome_is_unknown() => match (before, instance.current().await) {
            (Ok(Some(before)), Ok(Some(now))) if is_renewed(&before, &now) => now,
            (Ok(before), Ok(now)) if before == now => {
                return Err(failed(context, &change, error.after_seeing_no_change()).await?);
            }
            _ => return Err(failed(context, &change, error).await?),
        },
        Err(error) => return Err(failed(context, &change, error).await?),
    };
    let noted = async {
        let (license, report) = took(context, &change, &token, None, mark).await?;
        // What was given to it last is kept, and can be restored.
        let previous_kept = earlier_token(context, id, Some(&token)).await?.is_some();
        Ok(Applied { token, license: Some(license), findings: Vec::new(), previous_kept, report })
    };
    noted.await.map_err(AppError::not_recorded(&account, change.doing))
}

/// Takes the token from an instance; `typed` is its root URL. The token is kept here where it is known.
pub async fn remove_token(context: &Context, id: AccountId, typed: &str) -> Result<String, AppError> {
    let account = context.account(id).await?;
    let client = context.client(&account).await?;
    let instance = of(client.as_ref(), &account)?;
    let root = root(instance);
    if !is_root(typed, instance.root()) {
        return Err(AppError::NotConfirmed { expected: root });
    }
    let change =
        Change { account: &account, instance, verb: Verb::TokenRemoved, doing: "removing the token" };
    context.state::<Answers>().forget(id);
    let had = instance.current().await;
    let before = token_before(context, &account, had.clone(), None).await?;
    match instance.remove().await {
        Ok(()) => {}
        Err(error) if error.outcome_is_unknown() => match instance.current().await {
            Ok(None) => {}
            now if now.is_ok() && now == had => {
                return Err(failed(context, &change, error.after_seeing_no_change()).await?);
            }
            _ => return Err(failed(context, &change, error).await?),
        },
        Err(error) => return Err(failed(context, &change, error).await?),
    }
    let noted = async {
        keep_tokens(context, id, before, None).await?;
        fetch::changed_at_vendor(context, id).await?;
        // The change is done; a listing that fails says so of the account.
        let outcome = match run::refresh(context, id).await {
            Ok(_) => Outcome::With(of_removal(is_listed(context, id).await?).to_detail()),
            Err(_) => Outcome::Done,
        };
        note_change(context, &change, None, outcome).await
    };
    noted.await.map_err(AppError::not_recorded(&account, change.doing))?;
    Ok(root)
}

/// Sends a token to an instance, which said what it `had` before. What is kept of the ones before changes only once the instance has
/// the new one: of a change that was refused, or that nobody knows of, the token that was given to it last is the one to restore.
pub(crate) async fn send_token(
    context: &Context,
    change: &Change<'_>,
    token: LicenseKey,
    findings: Vec<Finding>,
    had: Result<Option<TokenFields>, VendorError>,
) -> Result<Applied, AppError> {
    let id = change.account.id;
    let mark = begin(context, id).await?;
    let before = token_before(context, change.account, had.clone(), Some(&token)).await?;
    let fields = match change.instance.apply(&token).await {
        Ok(fields) => fields,
        Err(error) if error.outcome_is_unknown() => match change.instance.current().await {
            Ok(Some(now)) if is_text_of(&token, Some(&now)) => now,
            now if now.is_ok() && now == had => {
                return Err(failed(context, change, error.after_seeing_no_change()).await?);
            }
            _ => return Err(failed(context, change, error).await?),
        },
        Err(error) => return Err(failed(context, change, error).await?),
    };
    let previous_kept = before.is_some();
    let noted = async {
        let earlier = kept_token(context, id, PREVIOUS).await?;
        // Back behind a renewal, what was before the token then is before it again.
        let earlier = earlier.filter(|text| change.verb == Verb::TokenRestored && *text != token);
        keep_tokens(context, id, before.or(earlier), Some(token.clone())).await?;
        let (license, report) = took(context, change, &fields, Some(token), mark).await?;
        Ok(Applied { token: fields, license: Some(license), findings, previous_kept, report })
    };
    noted.await.map_err(AppError::not_recorded(change.account, change.doing))
}

/// Begins a change whose answer is taken over as a listing.
async fn begin(context: &Context, id: AccountId) -> Result<RefreshMark, AppError> {
    context.state::<Answers>().forget(id);
    fetch::mark(context).await
}

/// Keeps the token before the present one, and the one that was given last.
async fn keep_tokens(
    context: &Context,
    id: AccountId,
    previous: Option<LicenseKey>,
    applied: Option<LicenseKey>,
) -> Result<(), AppError> {
    keep_token(context, id, PREVIOUS, previous).await?;
    keep_token(context, id, APPLIED, applied).await
}

/// Takes over what an instance reports since `mark`: its one token, and so its whole list. Asks it whether its license is valid, which
/// says what came of the change.
async fn took(
    context: &Context,
    change: &Change<'_>,
    token: &TokenFields,
    key: Option<LicenseKey>,
    mark: RefreshMark,
) -> Result<(license::LicenseId, Report), AppError> {
    let id = change.account.id;
    let license = found::take_found(context, id, Found { license: token.license(), key }).await?;
    fetch::changed_at_vendor(context, id).await?;
    let valid = change.instance.check().await.ok();
    let report = of_token(token, change.instance.root(), valid);
    note_change(context, change, Some(license), Outcome::With(report.to_detail())).await?;
    // The change is done; a kept file that could not be updated shows it.
    let _taken = run::take_only(context, id, token.license(), mark).await;
    context.state::<Answers>().note(id, token.clone(), valid, context.clock.now());
    Ok((license, report))
}

/// Whether the last listing of an instance has a license.
async fn is_listed(context: &Context, id: AccountId) -> Result<bool, AppError> {
    let query = Query { filter: Filter::Account(id), limit: Some(1), ..Query::default() };
    let now = context.clock.now();
    context.off_thread(move |vault| Ok(!vault.library().window(&query, now, 0)?.rows.is_empty())).await
}

/// Writes down that an instance's token was changed.
async fn note_change(
    context: &Context,
    change: &Change<'_>,
    license: Option<license::LicenseId>,
    outcome: Outcome,
) -> Result<(), AppError> {
    let account = change.account;
    context.note(change.verb, Some(&account.name), license, &account.name, outcome).await
}

/// Writes down that a change was refused, or that it is not known what became of it.
async fn failed(context: &Context, change: &Change<'_>, error: VendorError) -> Result<AppError, AppError> {
    let account = change.account;
    let outcome = if error.outcome_is_unknown() { Outcome::Unknown } else { Outcome::Failed };
    let refused = context.refused_by(account, change.doing, error).await?;
    let outcome = outcome(Report::from(refused.report()).to_detail());
    // The instance's answer says more than a failure to note it.
    let _noted = context.note(change.verb, Some(&account.name), None, &account.name, outcome).await;
    Ok(refused)
}

/// That a token was not sent, for what was found.
pub(crate) fn refused(seen: Preflight, instance: &dyn InstanceToken) -> AppError {
    let sub = seen.token.and_then(|token| token.sub);
    AppError::Preflight { findings: seen.findings, sub, root: root(instance) }
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
