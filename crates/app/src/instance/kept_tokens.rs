//! The tokens of an instance that are kept: the one that was given to it last, and the one before.

use crate::context::{AppError, Context};
use license::{AccountId, LicenseKey, TokenFields, jwt};
use vault::{SecretKind, SecretOwner};

/// The token that was there before the one that was given to an instance last, or before it was removed.
pub(crate) const PREVIOUS: &str = "previous-token";
/// The token that was given to an instance last.
pub(crate) const APPLIED: &str = "applied-token";

/// The text of the token that an instance has now, where it is kept here.
pub(crate) async fn held_token(
    context: &Context,
    id: AccountId,
    current: Option<&TokenFields>,
) -> Result<Option<LicenseKey>, AppError> {
    let Some(current) = current else { return Ok(None) };
    let vendor_id = current.license().vendor_id;
    let of_license = context
        .off_thread(move |vault| match vault.library().license_by_vendor_id(id, &vendor_id)? {
            Some(stored) => crate::keys::license_keys::read_kept(vault, stored.id, false),
            None => Ok(None),
        })
        .await?;
    let kept = [kept_token(context, id, APPLIED).await?, of_license];
    Ok(kept.into_iter().flatten().find(|text| is_text_of(text, Some(current))))
}

/// One of the tokens that are kept with an instance.
pub(crate) async fn kept_token(
    context: &Context,
    id: AccountId,
    which: &'static str,
) -> Result<Option<LicenseKey>, AppError> {
    context
        .off_thread(move |vault| {
            let kept = vault.library().secret(SecretOwner::Account(id), SecretKind::Login(which))?;
            Ok(kept.map(|text| LicenseKey::new(text.to_string())))
        })
        .await
}

/// Keeps one of the tokens of an instance; `None` removes it.
pub(crate) async fn keep_token(
    context: &Context,
    id: AccountId,
    which: &'static str,
    token: Option<LicenseKey>,
) -> Result<(), AppError> {
    context
        .off_thread(move |vault| match token {
            Some(token) => {
                let (owner, kind) = (SecretOwner::Account(id), SecretKind::Login(which));
                Ok(vault.library().put_secret(owner, kind, token.expose())?)
            }
            None => Ok(vault.library().remove_login(id, &[which])?),
        })
        .await
}

/// Whether a text is the token that an instance tells of: its ids are.
pub(crate) fn is_text_of(text: &LicenseKey, current: Option<&TokenFields>) -> bool {
    let Some(current) = current else { return false };
    jwt::decode(text.expose().trim()).is_ok_and(|decoded| {
        let claimed = TokenFields::from_json(&decoded.claims);
        claimed.jti.is_some() && claimed.jti == current.jti && claimed.lid == current.lid
    })
}
