//! What is kept of an account's login.

use crate::context::AppError;
use license::Token;
use std::collections::BTreeMap;
use vault::{Account, Vault};

/// What is kept of an account's login, each secret by its name in the vendor's description.
pub(crate) fn login_of(
    vault: &Vault,
    account: &Account,
    keeps: &'static [&'static str],
) -> Result<BTreeMap<String, Token>, AppError> {
    let not_kept = || AppError::LoginNotKept { account: account.name.clone() };
    let mut secrets = BTreeMap::new();
    for &field in keeps {
        let secret = vault.library().login(account.id, field)?.ok_or_else(not_kept)?;
        secrets.insert(field.to_owned(), secret);
    }
    Ok(secrets)
}
