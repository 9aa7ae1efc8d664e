//! The way back: which of an instance's earlier tokens is kept here, and how it is restored.

use crate::context::{AppError, Context, Verb};
use crate::instance::{
    Applied, ApplyPreview,
    apply::{self, Change, refused},
    status::{self, APPLIED, PREVIOUS, READING, is_text_of, of, previewed},
};
use license::{AccountId, LicenseKey, TokenFields, jwt, preflight};
use vault::Account;
use vendors::{InstanceToken, VendorError};

/// Gives an instance its earlier token back. The present one takes its place, where it is known here. Where something is
/// wrong with the earlier one by now, nothing is sent unless `force` says so.
pub async fn restore(context: &Context, id: AccountId, force: bool) -> Result<Applied, AppError> {
    let account = context.account(id).await?;
    let client = context.client(&account).await?;
    let instance = of(client.as_ref(), &account)?;
    let (token, current) = to_restore(context, &account, instance).await?;
    let seen = preflight(token.expose(), instance.root(), context.clock.now());
    if !force && !seen.passes() {
        return Err(refused(seen, instance));
    }
    let change =
        Change { account: &account, instance, verb: Verb::TokenRestored, doing: "putting the token back" };
    apply::send_token(context, &change, token, seen.findings, Ok(current)).await
}

/// What putting the earlier token back would mean. It is not sent.
pub async fn preflight_earlier(context: &Context, id: AccountId) -> Result<ApplyPreview, AppError> {
    let account = context.account(id).await?;
    let client = context.client(&account).await?;
    let instance = of(client.as_ref(), &account)?;
    let (token, current) = to_restore(context, &account, instance).await?;
    let seen = preflight(token.expose(), instance.root(), context.clock.now());
    Ok(previewed(instance, Ok(current), seen))
}

/// The token that is to be restored, and what the instance has now.
async fn to_restore(
    context: &Context,
    account: &Account,
    instance: &dyn InstanceToken,
) -> Result<(LicenseKey, Option<TokenFields>), AppError> {
    let current = context.answered(account, READING, instance.current().await).await?;
    let nothing = || AppError::NothingToRestore { account: account.name.clone() };
    let earlier = earlier_token(context, account.id, current.as_ref()).await?;
    Ok((earlier.ok_or_else(nothing)?, current))
}

/// The earlier token that is kept here: the one that was given to the instance last, unless it has that one still;
/// else the one before it.
pub(crate) async fn earlier_token(
    context: &Context,
    id: AccountId,
    current: Option<&TokenFields>,
) -> Result<Option<LicenseKey>, AppError> {
    let kept =
        [status::kept_token(context, id, APPLIED).await?, status::kept_token(context, id, PREVIOUS).await?];
    Ok(kept.into_iter().flatten().find(|text| is_another(text, current)))
}

/// The token to restore once the present one is changed for `new`: the present one's text, or that of the one that a
/// renewal took the place of. Where an instance cannot tell what it has, what was given to it last is as near as can be
/// known. `had` is what the instance said that it has.
pub(crate) async fn token_before(
    context: &Context,
    change: &Change<'_>,
    had: Result<Option<TokenFields>, VendorError>,
    new: Option<&LicenseKey>,
) -> Result<Option<LicenseKey>, AppError> {
    let id = change.account.id;
    let applied = status::kept_token(context, id, APPLIED).await?;
    let before = match had {
        Err(error) if is_of_what_it_has(&error) => applied,
        had => {
            let current = context.answered(change.account, READING, had).await?;
            let held = status::held_token(context, id, current.as_ref()).await?;
            held.or_else(|| applied.filter(|text| is_of_the_license(text, current.as_ref())))
        }
    };
    Ok(before.filter(|before| Some(before) != new))
}

/// Whether an instance let the login in, and could not tell which token it has. It may need another for just that.
fn is_of_what_it_has(error: &VendorError) -> bool {
    matches!(
        error,
        VendorError::Rejected { .. }
            | VendorError::Forbidden { .. }
            | VendorError::Unreadable { .. }
            | VendorError::TooLarge { .. }
            | VendorError::Interrupted { .. }
    )
}

/// Whether an instance has another token than a text. Tokens without an id are told apart by when they were issued.
fn is_another(text: &LicenseKey, current: Option<&TokenFields>) -> bool {
    let Some(current) = current else { return true };
    if is_text_of(text, Some(current)) {
        return false;
    }
    let Some(claimed) = claimed(text) else { return false };
    let has_id = claimed.jti.is_some() && current.jti.is_some();
    has_id || claimed.lid != current.lid || claimed.issued != current.issued
}

/// Whether a text is a token of the license that an instance has a token of.
fn is_of_the_license(text: &LicenseKey, current: Option<&TokenFields>) -> bool {
    let Some(current) = current else { return false };
    claimed(text).is_some_and(|claimed| claimed.lid.is_some() && claimed.lid == current.lid)
}

fn claimed(text: &LicenseKey) -> Option<TokenFields> {
    let decoded = jwt::decode(text.expose().trim()).ok()?;
    Some(TokenFields::from_json(&decoded.claims))
}
