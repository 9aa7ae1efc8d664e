//! Restores the earlier token of an instance.

use crate::context::{AppError, Context, Verb};
use crate::instance::{
    Applied, ApplyPreview, READING,
    apply::{self, Change, refused},
    earlier::earlier_token,
    status::{of, previewed},
};
use license::{AccountId, LicenseKey, TokenFields, preflight};
use vault::Account;
use vendors::InstanceToken;

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
