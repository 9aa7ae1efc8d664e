//! Which of an instance's tokens is the earlier one, to be restored.

use crate::context::{AppError, Context};
use crate::instance::READING;
use crate::instance::kept_tokens::{APPLIED, PREVIOUS, held_token, is_text_of, kept_token};
use license::{AccountId, LicenseKey, TokenFields, jwt};
use vault::Account;
use vendors::VendorError;

/// The earlier token that is kept here: the one that was given to the instance last, unless it has that one still;
/// else the one before it.
pub(crate) async fn earlier_token(
    context: &Context,
    id: AccountId,
    current: Option<&TokenFields>,
) -> Result<Option<LicenseKey>, AppError> {
    let kept = [kept_token(context, id, APPLIED).await?, kept_token(context, id, PREVIOUS).await?];
    Ok(kept.into_iter().flatten().find(|text| is_another(text, current)))
}

/// The token to restore once the present one is changed for `new`: the present one's text, or that of the one that a
/// renewal took the place of. Where an instance cannot tell what it has, what was given to it last is as near as can be
/// known. `had` is what the instance said that it has.
pub(crate) async fn token_before(
    context: &Context,
    account: &Account,
    had: Result<Option<TokenFields>, VendorError>,
    new: Option<&LicenseKey>,
) -> Result<Option<LicenseKey>, AppError> {
    let id = account.id;
    let applied = kept_token(context, id, APPLIED).await?;
    let before = match had {
        Err(error) if is_of_what_it_has(&error) => applied,
        had => {
            let current = context.answered(account, READING, had).await?;
            let held = held_token(context, id, current.as_ref()).await?;
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
