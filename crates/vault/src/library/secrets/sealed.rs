//! Reads, writes and removes the library's secrets.

use crate::library::{
    Library, LibraryError, SecretError, StoredLicense,
    database::{rev::next_rev, store::Store},
    secrets::{
        held::{Held, SessionSecret},
        owner::{SecretKind, SecretOwner},
        sealer::{Sealer, kept, put_from_memory},
    },
};
use license::{AccountId, LicenseId, LicenseKey, Token};
use rusqlite::{Transaction, params};
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
        self.store.read(|view| kept(view, &held, owner, kind))
    }

    /// Forgets secrets of an account's login, by their fields. They need not be unlocked.
    pub fn remove_login(&self, account: AccountId, fields: &[&str]) -> Result<(), LibraryError> {
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
    pub fn remove_key(&self, id: LicenseId) -> Result<(), LibraryError> {
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
    pub(in crate::library) fn write_secrets<
        T,
        E: From<SecretError> + From<LibraryError> + From<rusqlite::Error>,
    >(
        &self,
        work: impl FnOnce(&Transaction<'_>, &mut Sealer<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let (done, for_session) = {
            let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
            let mut sealer = Sealer::new(&held);
            let done = self.write(|transaction| work(transaction, &mut sealer))?;
            (done, sealer.into_session_secrets())
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
                secrets
                    .iter()
                    .try_for_each(|(which, kept)| put_from_memory(transaction, key, *which, kept, &mut rev))
            }),
            Held::Nothing => Err(SecretError::Locked),
        }
    }

    /// Notes of each license whether its key is in memory, where it is not in the library.
    pub(in crate::library) fn mark_session_keys(&self, rows: &mut [StoredLicense]) {
        if let Held::Session(secrets) = &*self.held.read().unwrap_or_else(PoisonError::into_inner) {
            for row in rows {
                row.has_key |= secrets.contains_key(&(SecretOwner::License(row.id), SecretKind::Key));
            }
        }
    }
}
