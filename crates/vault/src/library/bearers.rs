//! Which licenses bear a key.

use super::binding::license_place;
use super::owner::{SecretKind, SecretOwner};
use super::secrets::open;
use super::store::Held;
use super::{Library, LibraryError, SecretError, StoredLicense};
use license::{LicenseId, LicenseKey};
use rusqlite::{Transaction, params};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::PoisonError;

impl Library {
    /// The licenses whose kept key is this one. What was damaged is nobody's.
    pub fn licenses_by_key(&self, key: &LicenseKey) -> Result<Vec<StoredLicense>, SecretError> {
        let ids = self.bearers(key)?;
        let licenses = ids.into_iter().map(|id| self.license(id));
        Ok(licenses.filter_map(Result::transpose).collect::<Result<_, _>>()?)
    }

    /// Opens one kept key after the other: all are read at once, and none but the sought one is kept.
    fn bearers(&self, key: &LicenseKey) -> Result<BTreeSet<LicenseId>, SecretError> {
        let held = self.store.held.read().unwrap_or_else(PoisonError::into_inner);
        let mut in_memory = BTreeMap::new();
        if let Held::Session(secrets) = &*held {
            let keys = secrets.iter().filter_map(|((owner, kind), secret)| match (owner, kind) {
                (SecretOwner::License(id), SecretKind::Key) => Some((*id, *secret.secret == key.expose())),
                (SecretOwner::License(_) | SecretOwner::Account(_), _) => None,
            });
            in_memory.extend(keys);
        }
        let mut bearers = BTreeSet::new();
        for (id, sealed) in self.store.read(sealed_keys)? {
            let is_it = match (&*held, in_memory.get(&id)) {
                (_, Some(_)) => continue,
                (Held::Key(data_key, _), None) => {
                    let which = (SecretOwner::License(id), SecretKind::Key);
                    match open(data_key, which, &sealed, Some(&license_place(id))) {
                        Ok(kept) => *kept == key.expose(),
                        Err(SecretError::Tampered { .. }) => false,
                        Err(error) => return Err(error),
                    }
                }
                (Held::Nothing | Held::Session(_), None) => return Err(SecretError::Locked),
            };
            bearers.extend(is_it.then_some(id));
        }
        bearers.extend(in_memory.into_iter().filter_map(|(id, is_it)| is_it.then_some(id)));
        Ok(bearers)
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
