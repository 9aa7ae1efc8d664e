//! Which licenses bear a key.

use crate::library::{
    Library, LibraryError, SecretError, StoredLicense,
    secrets::{
        binding::license_place,
        held::Held,
        owner::{SecretKind, SecretOwner},
        rows::open,
    },
};
use license::{LicenseId, LicenseKey};
use rusqlite::{Transaction, params};
use std::collections::BTreeSet;
use std::sync::PoisonError;

impl Library {
    /// The licenses whose kept key is this one. What was damaged is nobody's.
    pub fn licenses_by_key(&self, key: &LicenseKey) -> Result<Vec<StoredLicense>, SecretError> {
        let ids = self.ids_of_key(key)?;
        let licenses = ids.into_iter().map(|id| self.license(id));
        Ok(licenses.filter_map(Result::transpose).collect::<Result<_, _>>()?)
    }

    /// Hands out every kept key with the license that has it, one after the other: all are read at once, and none is kept
    /// here. What was damaged is left out.
    pub fn each_key(&self, mut look: impl FnMut(LicenseId, LicenseKey)) -> Result<(), SecretError> {
        let held = self.store.held.read().unwrap_or_else(PoisonError::into_inner);
        let mut in_memory = BTreeSet::new();
        if let Held::Session(secrets) = &*held {
            for ((owner, kind), secret) in secrets {
                if let (SecretOwner::License(id), SecretKind::Key) = (owner, kind) {
                    in_memory.insert(*id);
                    look(*id, LicenseKey::from(secret.secret.clone()));
                }
            }
        }
        for (id, sealed) in self.store.read(sealed_keys)? {
            match &*held {
                _ if in_memory.contains(&id) => {}
                Held::Key(data_key, _) => {
                    let which = (SecretOwner::License(id), SecretKind::Key);
                    match open(data_key, which, &sealed, Some(&license_place(id))) {
                        Ok(kept) => look(id, LicenseKey::from(kept)),
                        Err(SecretError::Tampered { .. }) => {}
                        Err(error) => return Err(error),
                    }
                }
                Held::Nothing | Held::Session(_) => return Err(SecretError::Locked),
            }
        }
        Ok(())
    }

    fn ids_of_key(&self, key: &LicenseKey) -> Result<BTreeSet<LicenseId>, SecretError> {
        let mut found = BTreeSet::new();
        self.each_key(|id, kept| {
            if kept == *key {
                found.insert(id);
            }
        })?;
        Ok(found)
    }
}

/// The key of every license, sealed.
fn sealed_keys(view: &Transaction<'_>) -> Result<Vec<(LicenseId, Vec<u8>)>, LibraryError> {
    let mut all =
        view.prepare_cached("SELECT owner, sealed FROM secrets WHERE owner_kind = ?1 AND kind = ?2")?;
    let (of, kind) = (SecretOwner::License(LicenseId(0)).word(), SecretKind::Key.word());
    let rows = all.query_map(params![of, kind], |row| Ok((LicenseId(row.get(0)?), row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
