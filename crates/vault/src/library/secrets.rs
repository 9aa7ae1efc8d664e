//! Secrets: sealed rows in a table of their own, or kept in memory for this session.

use super::owner::{SecretKind, SecretOwner};
use super::store::{Held, SessionSecret, Store, next_rev, rev_of_batch};
use super::{Library, LibraryError, SecretError, StoredLicense};
use crate::lock::DataKey;
use license::{AccountId, LicenseId, LicenseKey, Token};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use std::sync::PoisonError;
use zeroize::Zeroizing;

impl Library {
    /// Keeps a secret in place of an earlier one. Fails with [`SecretError::Locked`] while the secrets are locked.
    pub fn put_secret(&self, owner: SecretOwner, kind: SecretKind, secret: &str) -> Result<(), SecretError> {
        self.put_secrets([(owner, kind, secret)])
    }

    /// Keeps many secrets, wholly or not at all. One that is as it was changes nothing.
    pub fn put_secrets<'a>(
        &self,
        secrets: impl IntoIterator<Item = (SecretOwner, SecretKind, &'a str)>,
    ) -> Result<(), SecretError> {
        self.store.write_secrets(|transaction, sealer| {
            for (owner, kind, secret) in secrets {
                sealer.put(transaction, owner, kind, secret)?;
            }
            Ok(())
        })
    }

    /// Reads a secret. Fails with [`SecretError::Locked`] where it is there and locked, and with [`SecretError::Tampered`]
    /// where it was sealed for something else, such as a login for another address.
    pub fn secret(
        &self,
        owner: SecretOwner,
        kind: SecretKind,
    ) -> Result<Option<Zeroizing<String>>, SecretError> {
        let held = self.store.held.read().unwrap_or_else(PoisonError::into_inner);
        if let Held::Session(secrets) = &*held
            && let Some(kept) = secrets.get(&(owner, kind))
        {
            let place = self.store.read(|view| place(view, owner, kind))?;
            let belongs = place.as_ref() == Some(&kept.place);
            return if belongs {
                Ok(Some(kept.secret.clone()))
            } else {
                Err(SecretError::Tampered { owner, kind })
            };
        }
        let found = self.store.read(|view| match sealed(view, owner, kind)? {
            Some(sealed) => Ok::<_, LibraryError>(Some((sealed, place(view, owner, kind)?))),
            None => Ok(None),
        })?;
        let Some((sealed, place)) = found else { return Ok(None) };
        match &*held {
            Held::Key(key, _) => open(key, (owner, kind), &sealed, place.as_deref()).map(Some),
            Held::Nothing | Held::Session(_) => Err(SecretError::Locked),
        }
    }

    /// Forgets secrets of an account's login, by their fields. They need not be unlocked.
    pub fn forget_login(&self, account: AccountId, fields: &[&str]) -> Result<(), LibraryError> {
        let owner = SecretOwner::Account(account);
        self.store.write(|transaction| {
            for field in fields {
                transaction.execute(
                    "DELETE FROM secrets WHERE owner_kind = ?1 AND owner = ?2 AND kind = ?3",
                    params![owner.word(), owner.id(), field],
                )?;
            }
            Ok::<_, LibraryError>(())
        })?;
        self.store.forget_session_secrets(|of, kind| of == owner && fields.contains(&kind.word()));
        Ok(())
    }

    /// Reads a license's key.
    pub fn license_key(&self, id: LicenseId) -> Result<Option<LicenseKey>, SecretError> {
        let key = self.secret(SecretOwner::License(id), SecretKind::Key)?;
        Ok(key.map(|mut key| LicenseKey::new(std::mem::take(&mut *key))))
    }

    /// Forgets the kept key of a license that stays in the library. It need not be unlocked.
    pub fn forget_key(&self, id: LicenseId) -> Result<(), LibraryError> {
        let owner = SecretOwner::License(id);
        self.store.write(|transaction| {
            let rev = next_rev(transaction)?;
            transaction.execute(
                "DELETE FROM secrets WHERE owner_kind = ?1 AND owner = ?2 AND kind = ?3",
                params![owner.word(), owner.id(), SecretKind::Key.word()],
            )?;
            transaction
                .execute("UPDATE licenses SET has_key = 0, rev = ?2 WHERE id = ?1", params![id.0, rev])?;
            Ok::<_, LibraryError>(())
        })?;
        self.store.forget_session_secrets(|of, kind| of == owner && kind == SecretKind::Key);
        Ok(())
    }

    /// Reads a secret field of an account's login.
    pub fn login(&self, account: AccountId, field: &'static str) -> Result<Option<Token>, SecretError> {
        let secret = self.secret(SecretOwner::Account(account), SecretKind::Login(field))?;
        Ok(secret.map(|mut token| Token::new(std::mem::take(&mut *token))))
    }

    /// How many license keys of an account are kept; they need not be unlocked.
    pub fn count_license_keys(&self, account: AccountId) -> Result<usize, LibraryError> {
        let licenses = self.rows("l.account = ?1", params![account.0])?;
        Ok(licenses.iter().filter(|license| license.has_key).count())
    }
}

impl Store {
    /// Runs `work` in one transaction that may seal secrets. What is kept for the session only is kept once the
    /// transaction is committed, since the ids of one that failed are given out again.
    pub(super) fn write_secrets<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>, &mut Sealer<'_>) -> Result<T, SecretError>,
    ) -> Result<T, SecretError> {
        let (done, for_session) = {
            let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
            let mut sealer =
                Sealer { held: &held, is_key_checked: false, rev: None, for_session: Vec::new() };
            let done = self.write(|transaction| work(transaction, &mut sealer))?;
            (done, sealer.for_session)
        };
        if !for_session.is_empty() {
            self.keep_for_session(for_session)?;
        }
        Ok(done)
    }

    /// Keeps secrets in memory; should a key have come meanwhile, it seals them.
    fn keep_for_session(
        &self,
        secrets: Vec<((SecretOwner, SecretKind), SessionSecret)>,
    ) -> Result<(), SecretError> {
        match &mut *self.held.write().unwrap_or_else(PoisonError::into_inner) {
            Held::Session(kept) => {
                kept.extend(secrets);
                Ok(())
            }
            Held::Key(key, _) => self.write(|transaction| {
                let mut rev = None;
                secrets.iter().try_for_each(|(which, kept)| {
                    put_sealed(transaction, key, *which, &kept.secret, &kept.place, &mut rev)
                })
            }),
            Held::Nothing => Err(SecretError::Locked),
        }
    }

    /// Tells of each license whether its key is in memory, where it is not in the library.
    pub(super) fn mark_session_keys(&self, rows: &mut [StoredLicense]) {
        if let Held::Session(secrets) = &*self.held.read().unwrap_or_else(PoisonError::into_inner) {
            for row in rows {
                row.has_key |= secrets.contains_key(&(SecretOwner::License(row.id), SecretKind::Key));
            }
        }
    }
}

/// Seals the secrets of one transaction.
pub(super) struct Sealer<'a> {
    held: &'a Held,
    is_key_checked: bool,
    rev: Option<i64>,
    for_session: Vec<((SecretOwner, SecretKind), SessionSecret)>,
}

impl Sealer<'_> {
    /// Keeps a secret in place of an earlier one.
    pub(super) fn put(
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

    /// Everything that is kept of an account's login, before what it is bound to changes. What was damaged is left out.
    pub(super) fn login(
        &self,
        transaction: &Transaction<'_>,
        account: AccountId,
    ) -> Result<Vec<(String, Zeroizing<String>)>, SecretError> {
        let owner = SecretOwner::Account(account);
        let rows = sealed_rows(transaction, owner)?;
        match self.held {
            Held::Nothing if rows.is_empty() => Ok(Vec::new()),
            Held::Nothing => Err(SecretError::Locked),
            Held::Session(secrets) => {
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
    pub(super) fn put_login(
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
pub(crate) fn put_sealed(
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

/// Lets the license's row tell that its key is kept, so that a list need not look.
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

fn sealed(view: &Connection, owner: SecretOwner, kind: SecretKind) -> Result<Option<Vec<u8>>, LibraryError> {
    let sealed = view
        .prepare_cached("SELECT sealed FROM secrets WHERE owner_kind = ?1 AND owner = ?2 AND kind = ?3")?
        .query_row(params![owner.word(), owner.id(), kind.word()], |row| row.get(0))
        .optional()?;
    Ok(sealed)
}

pub(super) fn open(
    key: &DataKey,
    (owner, kind): (SecretOwner, SecretKind),
    sealed: &[u8],
    place: Option<&str>,
) -> Result<Zeroizing<String>, SecretError> {
    let opened = place.and_then(|place| text_of(key.open(sealed, place)?));
    opened.ok_or(SecretError::Tampered { owner, kind })
}

fn text_of(bytes: Zeroizing<Vec<u8>>) -> Option<Zeroizing<String>> {
    std::str::from_utf8(&bytes).ok().map(|text| Zeroizing::new(text.to_owned()))
}

/// The associated data, so that a sealed value opens nowhere else: table and row, and of a login where it may be sent.
/// Nothing where the account is gone.
pub(super) fn place(
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
pub(super) fn license_place(id: LicenseId) -> String {
    row_place(SecretOwner::License(id), SecretKind::Key.word())
}

/// Table and row. All that logins of the first layouts were bound to.
fn row_place(owner: SecretOwner, kind: &str) -> String {
    format!("secrets/{}/{}/{kind}", owner.word(), owner.id())
}

fn login_place(account: AccountId, field: &str, destination: &str) -> String {
    format!("{} for {destination}", row_place(SecretOwner::Account(account), field))
}

/// Where an account's login may be sent: the vendor, the address and every further field of the form, as a JSON array of the
/// stored texts. A library that is edited from outside changes this, and then the login does not open.
fn destination(view: &Connection, account: AccountId) -> Result<Option<String>, LibraryError> {
    let destination = view
        .prepare_cached("SELECT json_array(provider, address, fields) FROM accounts WHERE id = ?1")?
        .query_row([account.0], |row| row.get(0))
        .optional()?;
    Ok(destination)
}

/// Binds every login of a library to where it may be sent. For one whose logins were sealed before there was this rule.
pub(super) fn bind_logins(transaction: &Transaction<'_>, key: &DataKey) -> Result<(), LibraryError> {
    let mut statement =
        transaction.prepare("SELECT DISTINCT owner FROM secrets WHERE owner_kind = 'account'")?;
    let accounts =
        statement.query_map([], |row| Ok(AccountId(row.get(0)?)))?.collect::<Result<Vec<_>, _>>()?;
    for account in accounts {
        let Some(destination) = destination(transaction, account)? else { continue };
        let owner = SecretOwner::Account(account);
        for (field, sealed) in sealed_rows(transaction, owner)? {
            let opened = key.open(&sealed, &row_place(owner, &field)).and_then(text_of);
            if let Some(secret) = opened {
                reseal(transaction, key, account, &field, &secret, &destination)?;
            }
        }
    }
    Ok(())
}

/// The sealed secrets of an owner, by the stored word of their kind.
fn sealed_rows(view: &Connection, owner: SecretOwner) -> Result<Vec<(String, Vec<u8>)>, LibraryError> {
    let mut statement =
        view.prepare_cached("SELECT kind, sealed FROM secrets WHERE owner_kind = ?1 AND owner = ?2")?;
    let rows =
        statement.query_map(params![owner.word(), owner.id()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn reseal(
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
