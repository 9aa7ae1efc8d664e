//! What a sealed secret is bound to: its table and row, and a login also to where it may be sent.

use crate::library::{
    LibraryError,
    secrets::{
        owner::{SecretKind, SecretOwner},
        rows::{sealed_rows, text_of},
    },
};
use crate::seal::DataKey;
use license::{AccountId, LicenseId};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use zeroize::Zeroizing;

/// The associated data, so that a sealed value opens nowhere else: table and row, and of a login where it may be sent.
/// Nothing where the account is gone.
pub(in crate::library) fn place(
    view: &Connection,
    owner: SecretOwner,
    kind: SecretKind,
) -> Result<Option<String>, LibraryError> {
    match owner {
        SecretOwner::License(id) if kind == SecretKind::Key => Ok(Some(license_place(id))),
        SecretOwner::License(_) => Ok(Some(row_place(owner, kind.word()))),
        SecretOwner::Account(account) => {
            let destination = destination(view, account)?;
            Ok(destination.map(|destination| login_place(account, kind.word(), &destination)))
        }
    }
}

/// Where the key of a license belongs.
pub(in crate::library) fn license_place(id: LicenseId) -> String {
    row_place(SecretOwner::License(id), SecretKind::Key.word())
}

/// Table and row. All that logins of the first layouts were bound to.
fn row_place(owner: SecretOwner, kind: &str) -> String {
    format!("secrets/{}/{}/{kind}", owner.word(), owner.id())
}

pub(in crate::library) fn login_place(account: AccountId, field: &str, destination: &str) -> String {
    format!("{} for {destination}", row_place(SecretOwner::Account(account), field))
}

/// Where an account's login may be sent: the vendor, the address and every further field of the form, as a JSON array of the
/// stored texts. A library that is edited from outside changes this, and then the login does not open.
pub(in crate::library) fn destination(
    view: &Connection,
    account: AccountId,
) -> Result<Option<String>, LibraryError> {
    let destination = view
        .prepare_cached("SELECT json_array(provider, address, fields) FROM accounts WHERE id = ?1")?
        .query_row([account.0], |row| row.get(0))
        .optional()?;
    Ok(destination)
}

/// Binds every login of a library to where it may be sent. For one whose logins were sealed before there was this rule.
pub(in crate::library) fn bind_logins(
    transaction: &Transaction<'_>,
    key: &DataKey,
) -> Result<(), LibraryError> {
    for login in unbound_logins(transaction, key)? {
        let Some(destination) = destination(transaction, login.account)? else { continue };
        reseal(transaction, key, login.account, &login.field, &login.secret, &destination)?;
    }
    Ok(())
}

/// Drops every login that is not bound to where it may be sent.
pub(in crate::library) fn drop_unbound_logins(
    transaction: &Transaction<'_>,
    key: &DataKey,
) -> Result<(), LibraryError> {
    for login in unbound_logins(transaction, key)? {
        delete_login(transaction, login.account, &login.field)?;
    }
    Ok(())
}

/// A login that is bound to its row alone.
struct Unbound {
    account: AccountId,
    field: String,
    secret: Zeroizing<String>,
}

fn unbound_logins(view: &Connection, key: &DataKey) -> Result<Vec<Unbound>, LibraryError> {
    let mut statement = view.prepare("SELECT DISTINCT owner FROM secrets WHERE owner_kind = 'account'")?;
    let accounts =
        statement.query_map([], |row| Ok(AccountId(row.get(0)?)))?.collect::<Result<Vec<_>, _>>()?;
    let mut unbound = Vec::new();
    for account in accounts {
        let owner = SecretOwner::Account(account);
        for (field, sealed) in sealed_rows(view, owner)? {
            let opened = key.open(&sealed, &row_place(owner, &field)).and_then(text_of);
            unbound.extend(opened.map(|secret| Unbound { account, field, secret }));
        }
    }
    Ok(unbound)
}

/// Deletes a sealed field of an account's login.
pub(in crate::library) fn delete_login(
    transaction: &Transaction<'_>,
    account: AccountId,
    field: &str,
) -> Result<(), LibraryError> {
    transaction
        .prepare_cached("DELETE FROM secrets WHERE owner_kind = 'account' AND owner = ?1 AND kind = ?2")?
        .execute(params![account.0, field])?;
    Ok(())
}

pub(in crate::library) fn reseal(
    transaction: &Transaction<'_>,
    key: &DataKey,
    account: AccountId,
    field: &str,
    secret: &str,
    destination: &str,
) -> Result<(), LibraryError> {
    let sealed = key.seal(secret.as_bytes(), &login_place(account, field, destination));
    transaction
        .prepare_cached(
            "UPDATE secrets SET sealed = ?3 WHERE owner_kind = 'account' AND owner = ?1 AND kind = ?2",
        )?
        .execute(params![account.0, field, sealed])?;
    Ok(())
}
