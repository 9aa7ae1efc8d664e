//! Seals and reads secrets within a transaction, or keeps them in memory for this session.

use crate::library::{
    FILES_PROVIDER, LibraryError, SecretError,
    database::rev::rev_of_batch,
    secrets::{
        binding::{delete_login, destination, login_place, place, reseal},
        held::{Held, SessionSecret},
        owner::{SecretKind, SecretOwner},
        rows::{open, sealed, sealed_rows, text_of},
    },
};
use crate::seal::DataKey;
use license::{AccountId, LicenseId};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use zeroize::Zeroizing;

/// Seals the secrets of one transaction.
pub(in crate::library) struct Sealer<'a> {
    held: &'a Held,
    is_key_checked: bool,
    rev: Option<i64>,
    for_session: Vec<((SecretOwner, SecretKind), SessionSecret)>,
}

impl<'a> Sealer<'a> {
    pub(in crate::library) fn new(held: &'a Held) -> Self {
        Self { held, is_key_checked: false, rev: None, for_session: Vec::new() }
    }

    /// What is to be kept in memory once the transaction is committed.
    pub(in crate::library) fn into_session_secrets(self) -> Vec<((SecretOwner, SecretKind), SessionSecret)> {
        self.for_session
    }

    /// Reads a secret, also one that this transaction has put.
    pub(in crate::library) fn kept(
        &self,
        transaction: &Transaction<'_>,
        owner: SecretOwner,
        kind: SecretKind,
    ) -> Result<Option<Zeroizing<String>>, SecretError> {
        match self.for_session.iter().rev().find(|(which, _)| *which == (owner, kind)) {
            Some((_, kept)) => Ok(Some(kept.secret.clone())),
            None => kept(transaction, self.held, owner, kind),
        }
    }

    /// Keeps a secret in place of an earlier one.
    pub(in crate::library) fn put(
        &mut self,
        transaction: &Transaction<'_>,
        owner: SecretOwner,
        kind: SecretKind,
        secret: &str,
    ) -> Result<(), SecretError> {
        match self.held {
            Held::Nothing => Err(SecretError::Locked),
            Held::Session(_) => {
                let place = place(transaction, owner, kind)?.ok_or(LibraryError::NoSuchAccount)?;
                let kept = SessionSecret { secret: Zeroizing::new(secret.to_owned()), place };
                self.for_session.push(((owner, kind), kept));
                Ok(note_fresh(transaction, owner, kind, &mut self.rev)?)
            }
            Held::Key(key, _) => {
                if !self.is_key_checked {
                    check_key(transaction, key)?;
                    self.is_key_checked = true;
                }
                let place = place(transaction, owner, kind)?.ok_or(LibraryError::NoSuchAccount)?;
                put_sealed(transaction, key, (owner, kind), secret, &place, &mut self.rev)
            }
        }
    }

    /// Everything that is kept of an account's login, before what it is bound to changes; `replaced` are the fields that get
    /// another secret. What was damaged is left out.
    ///
    /// Without the data key, a sealed field cannot be bound again. It is deleted if the session has or gets another secret for it,
    /// since it would never open again; otherwise this fails with [`SecretError::Locked`].
    pub(in crate::library) fn login(
        &self,
        transaction: &Transaction<'_>,
        account: AccountId,
        replaced: &[&str],
    ) -> Result<Vec<(String, Zeroizing<String>)>, SecretError> {
        let owner = SecretOwner::Account(account);
        let rows = sealed_rows(transaction, owner)?;
        match self.held {
            Held::Nothing if rows.is_empty() => Ok(Vec::new()),
            Held::Nothing => Err(SecretError::Locked),
            Held::Session(secrets) => {
                let in_memory =
                    |field: &str| secrets.keys().any(|(of, kind)| *of == owner && kind.word() == field);
                for (field, _) in &rows {
                    if !in_memory(field) && !replaced.contains(&field.as_str()) {
                        return Err(SecretError::Locked);
                    }
                    delete_login(transaction, account, field)?;
                }
                let of_account = secrets.iter().filter(|((of, _), _)| *of == owner);
                Ok(of_account
                    .map(|((_, kind), kept)| (kind.word().to_owned(), kept.secret.clone()))
                    .collect())
            }
            Held::Key(key, _) => {
                let destination = destination(transaction, account)?.unwrap_or_default();
                let opened = rows.into_iter().filter_map(|(field, sealed)| {
                    let text = text_of(key.open(&sealed, &login_place(account, &field, &destination))?)?;
                    Some((field, text))
                });
                Ok(opened.collect())
            }
        }
    }

    /// Keeps a field of an account's login, by its stored word.
    pub(in crate::library) fn put_login(
        &mut self,
        transaction: &Transaction<'_>,
        account: AccountId,
        field: &str,
        secret: &str,
    ) -> Result<(), SecretError> {
        let destination = destination(transaction, account)?.ok_or(LibraryError::NoSuchAccount)?;
        match self.held {
            Held::Nothing => return Err(SecretError::Locked),
            Held::Key(key, _) => reseal(transaction, key, account, field, secret, &destination)?,
            Held::Session(secrets) => {
                let is_meant = |(owner, kind): &&(SecretOwner, SecretKind)| {
                    *owner == SecretOwner::Account(account) && kind.word() == field
                };
                let place = login_place(account, field, &destination);
                let kept = SessionSecret { secret: Zeroizing::new(secret.to_owned()), place };
                self.for_session.extend(secrets.keys().find(is_meant).map(|which| (*which, kept)));
            }
        }
        Ok(())
    }
}

/// Reads a secret from memory or from the library.
pub(in crate::library) fn kept(
    view: &Connection,
    held: &Held,
    owner: SecretOwner,
    kind: SecretKind,
) -> Result<Option<Zeroizing<String>>, SecretError> {
    if let Held::Session(secrets) = held
        && let Some(kept) = secrets.get(&(owner, kind))
    {
        return match place(view, owner, kind)?.as_ref() == Some(&kept.place) {
            true => Ok(Some(kept.secret.clone())),
            false => Err(SecretError::Tampered { owner, kind }),
        };
    }
    let Some(sealed) = sealed(view, owner, kind)? else { return Ok(None) };
    match held {
        Held::Key(key, _) => {
            open(key, (owner, kind), &sealed, place(view, owner, kind)?.as_deref()).map(Some)
        }
        Held::Nothing | Held::Session(_) => Err(SecretError::Locked),
    }
}

/// Refuses a key that no slot keeps any longer, as after another process forgot everything: what it seals could not be
/// opened after this process ends.
fn check_key(transaction: &Transaction<'_>, key: &DataKey) -> Result<(), SecretError> {
    let is_kept: bool = transaction.query_row(
        "SELECT EXISTS (SELECT 1 FROM slots WHERE key_id = ?1)",
        [key.id()],
        |row| row.get(0),
    )?;
    if is_kept { Ok(()) } else { Err(SecretError::Locked) }
}

/// Seals a secret into the library at the place that it belongs to, unless it is there as it is.
pub(in crate::library) fn put_sealed(
    transaction: &Transaction<'_>,
    key: &DataKey,
    (owner, kind): (SecretOwner, SecretKind),
    secret: &str,
    place: &str,
    rev: &mut Option<i64>,
) -> Result<(), SecretError> {
    let known = sealed(transaction, owner, kind)?;
    let is_same = known.as_deref().is_some_and(|known| {
        open(key, (owner, kind), known, Some(place)).is_ok_and(|known| *known == secret)
    });
    if is_same {
        return Ok(note_fresh(transaction, owner, kind, rev)?);
    }
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO secrets (owner_kind, owner, kind, sealed) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![owner.word(), owner.id(), kind.word(), key.seal(secret.as_bytes(), place)])?;
    note_key(transaction, owner, kind, rev)?;
    Ok(())
}

/// Seals a secret that was kept in memory. The sealed key of an imported license is not replaced by another one: it was imported
/// by another process since, and exists nowhere else.
pub(in crate::library) fn put_from_memory(
    transaction: &Transaction<'_>,
    key: &DataKey,
    (owner, kind): (SecretOwner, SecretKind),
    kept: &SessionSecret,
    rev: &mut Option<i64>,
) -> Result<(), SecretError> {
    if let (SecretOwner::License(id), SecretKind::Key) = (owner, kind)
        && is_imported(transaction, id)?
        && let Some(sealed) = sealed(transaction, owner, kind)?
        && open(key, (owner, kind), &sealed, Some(&kept.place)).is_ok_and(|other| *other != *kept.secret)
    {
        tracing::warn!(license = %id, "another process has imported another key of this license");
        return Ok(());
    }
    put_sealed(transaction, key, (owner, kind), &kept.secret, &kept.place, rev)
}

fn is_imported(view: &Connection, id: LicenseId) -> Result<bool, LibraryError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM licenses l JOIN accounts a ON a.id = l.account WHERE l.id = ?1 AND a.provider = ?2)";
    Ok(view.prepare_cached(sql)?.query_row(params![id.0, FILES_PROVIDER], |row| row.get(0))?)
}

/// Notes in the license's row that its key is kept, so that a list need not look.
fn note_key(
    transaction: &Transaction<'_>,
    owner: SecretOwner,
    kind: SecretKind,
    rev: &mut Option<i64>,
) -> Result<(), LibraryError> {
    let (SecretOwner::License(id), SecretKind::Key) = (owner, kind) else { return Ok(()) };
    let rev = rev_of_batch(transaction, rev)?;
    transaction
        .prepare_cached("UPDATE licenses SET has_key = 1, key_is_stale = 0, rev = ?2 WHERE id = ?1")?
        .execute(params![id.0, rev])?;
    Ok(())
}

/// Notes that the kept key of a license is the present one, where that was not so until now.
fn note_fresh(
    transaction: &Transaction<'_>,
    owner: SecretOwner,
    kind: SecretKind,
    rev: &mut Option<i64>,
) -> Result<(), LibraryError> {
    let (SecretOwner::License(id), SecretKind::Key) = (owner, kind) else { return Ok(()) };
    let is_stale = transaction
        .prepare_cached("SELECT key_is_stale FROM licenses WHERE id = ?1")?
        .query_row([id.0], |row| row.get(0))
        .optional()?;
    if is_stale == Some(true) {
        let rev = rev_of_batch(transaction, rev)?;
        transaction
            .prepare_cached("UPDATE licenses SET key_is_stale = 0, rev = ?2 WHERE id = ?1")?
            .execute(params![id.0, rev])?;
    }
    Ok(())
}
