//! Makes an imported key and the license that a vendor lists with it one license.
//!
//! An imported license is found by its id: that is derived from its key, or is the one that its license string claims. A claimed id is
//! not verified, so it never replaces another key.

use crate::library::{
    FILES_PROVIDER, Library, LibraryError, SecretError,
    database::{
        codec::{fold, instant, name_key},
        rev::next_rev,
    },
    licenses::{removal::merge, rows::StoredLicense},
    secrets::{
        owner::{SecretKind, SecretOwner},
        sealer::Sealer,
    },
};
use data_encoding::HEXLOWER;
use jiff::Timestamp;
use license::{AccountId, KeyForm, License, LicenseId, LicenseKey, jwt};
use rusqlite::{OptionalExtension, Transaction, params};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Returns the id of an imported key that claims none: it differs from key to key, and the key cannot be derived from it.
pub fn imported_id(key: &LicenseKey) -> String {
    let digest = Sha256::digest(key.expose().as_bytes());
    HEXLOWER.encode(&digest[..10])
}

/// An imported license and the license of an account that it is.
pub(in crate::library) struct Twin {
    imported: LicenseId,
    /// The license of the account, if the library has it already.
    listed: Option<LicenseId>,
    /// Whether both have one key. Otherwise the imported key is kept until the vendor is asked for its own.
    has_same_key: bool,
}

/// The imported licenses while a listing is taken over, by their ids. Their keys stay sealed.
pub(in crate::library) struct ImportedLicenses {
    account: AccountId,
    ids: HashMap<String, LicenseId>,
    joined: Vec<LicenseId>,
}

impl ImportedLicenses {
    /// Those that a listing of an account may contain.
    pub(in crate::library) fn beside(
        transaction: &Transaction<'_>,
        account: AccountId,
    ) -> Result<Self, LibraryError> {
        let mut statement = transaction.prepare_cached(
            "SELECT l.vendor_id, l.id FROM accounts a JOIN licenses l ON l.account = a.id \
             WHERE a.provider = ?1 AND a.id <> ?2",
        )?;
        let ids = statement
            .query_map(params![FILES_PROVIDER, account.0], |row| Ok((row.get(0)?, LicenseId(row.get(1)?))))?;
        Ok(Self { account, ids: ids.collect::<Result<_, _>>()?, joined: Vec::new() })
    }

    /// Finds the imported license that a listed one is. If the account's license is new, the imported one becomes it at once, with
    /// its id, files, history and key.
    pub(in crate::library) fn adopt(
        &mut self,
        transaction: &Transaction<'_>,
        sealer: &Sealer<'_>,
        license: &License,
        key: Option<&LicenseKey>,
        at: Timestamp,
    ) -> Result<Option<Twin>, SecretError> {
        let of_key = key.and_then(|key| self.ids.get(&imported_id(key)));
        let Some(imported) = of_key.or_else(|| self.ids.get(&license.vendor_id)).copied() else {
            return Ok(None);
        };
        let Some(twin) = twin(transaction, sealer, (imported, self.account), license, key)? else {
            return Ok(None);
        };
        self.ids.retain(|_, id| *id != imported);
        if twin.listed.is_none() {
            let rev = next_rev(transaction)?;
            transaction.execute(
                "UPDATE licenses SET account = ?2, imported_as = vendor_id, vendor_id = ?3, key_is_stale = 1, last_changed = ?4, rev = ?5 \
                 WHERE id = ?1",
                params![
                    imported.0,
                    self.account.0,
                    license.vendor_id,
                    instant(at),
                    rev
                ],
            )?;
        }
        Ok(Some(twin))
    }

    /// Moves what the imported license has to the account's one, where both were there.
    pub(in crate::library) fn join(
        &mut self,
        transaction: &Transaction<'_>,
        sealer: &mut Sealer<'_>,
        twin: &Twin,
    ) -> Result<(), SecretError> {
        self.joined.extend(join(transaction, sealer, twin)?);
        Ok(())
    }

    /// The imported licenses that are no longer there.
    pub(in crate::library) fn into_joined(self) -> Vec<LicenseId> {
        self.joined
    }
}

impl Library {
    /// Keeps the key that a vendor returned for a license, and makes the imported license of that key one with it.
    pub fn put_listed_key(&self, id: LicenseId, key: &LicenseKey, form: KeyForm) -> Result<(), SecretError> {
        let Some(stored) = self.license(id)? else { return Err(LibraryError::NoSuchLicense.into()) };
        let joined = self.store.write_secrets(|transaction, sealer| {
            sealer.put(transaction, SecretOwner::License(id), SecretKind::Key, key.expose())?;
            let rev = next_rev(transaction)?;
            transaction.execute(
                "UPDATE licenses SET key_form = ?2, rev = ?3 WHERE id = ?1",
                params![id.0, form.word(), rev],
            )?;
            match imported_twin(transaction, sealer, &stored, key)? {
                Some(twin) => join(transaction, sealer, &twin),
                None => Ok(None),
            }
        })?;
        self.forget_joined(joined.as_slice());
        Ok(())
    }

    /// Notes that the key of an account's license was imported: it stays in the library when the account is removed.
    pub fn mark_imported(&self, id: LicenseId, key: &LicenseKey) -> Result<(), LibraryError> {
        self.store.write(|transaction| {
            let sql = "UPDATE licenses SET imported_as = ?2 WHERE id = ?1 AND imported_as IS NULL";
            transaction.execute(sql, params![id.0, imported_id(key)])?;
            Ok::<_, LibraryError>(())
        })
    }

    /// Names a license whose vendor gives it no name. One that has a name keeps it.
    pub fn name_unnamed(&self, id: LicenseId, name: &str) -> Result<(), LibraryError> {
        self.store.write(|transaction| {
            let rev = next_rev(transaction)?;
            let sql = "UPDATE licenses SET name = ?2, name_key = ?3, folded_label = ?4, \
                       folded_text = ?4 || folded_text, rev = ?5 WHERE id = ?1 AND name IS NULL";
            transaction.execute(sql, params![id.0, name, name_key(name), fold(name), rev])?;
            Ok::<_, LibraryError>(())
        })
    }

    /// Forgets what the session keeps of imported licenses that became others.
    pub(in crate::library) fn forget_joined(&self, joined: &[LicenseId]) {
        self.store
            .forget_session_secrets(|owner, _| joined.iter().any(|id| owner == SecretOwner::License(*id)));
    }
}

/// The imported license of a key that a vendor returned for one of its own.
fn imported_twin(
    transaction: &Transaction<'_>,
    sealer: &Sealer<'_>,
    stored: &StoredLicense,
    key: &LicenseKey,
) -> Result<Option<Twin>, SecretError> {
    let license = &stored.license;
    for id in [&imported_id(key), &license.vendor_id] {
        let imported: Option<i64> = transaction
            .prepare_cached(
                "SELECT l.id FROM accounts a JOIN licenses l ON l.account = a.id \
                 WHERE a.provider = ?1 AND l.vendor_id = ?2 AND a.id <> ?3",
            )?
            .query_row(params![FILES_PROVIDER, id, stored.account.0], |row| row.get(0))
            .optional()?;
        let Some(imported) = imported.map(LicenseId) else { continue };
        let found = twin(transaction, sealer, (imported, stored.account), license, Some(key))?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// Whether an imported license is the one that an account lists: both have one key, or the vendor's is not known and the imported
/// license string claims its id. A license of the account whose key leaked stays as it is until it has a new one.
fn twin(
    transaction: &Transaction<'_>,
    sealer: &Sealer<'_>,
    (imported, account): (LicenseId, AccountId),
    license: &License,
    key: Option<&LicenseKey>,
) -> Result<Option<Twin>, SecretError> {
    let listed: Option<(i64, bool)> = transaction
        .prepare_cached(
            "SELECT id, leaked_since IS NOT NULL FROM licenses WHERE account = ?1 AND vendor_id = ?2",
        )?
        .query_row(params![account.0, license.vendor_id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if listed.is_some_and(|(_, has_leaked)| has_leaked) {
        return Ok(None);
    }
    let listed = listed.map(|(id, _)| LicenseId(id));
    let Some(own) = readable_key(transaction, sealer, imported)? else { return Ok(None) };
    let of_vendor = match (key, listed) {
        (Some(key), _) => Some(key.clone()),
        (None, None) => None,
        (None, Some(listed)) => match sealer.kept(transaction, SecretOwner::License(listed), SecretKind::Key)
        {
            Ok(kept) => kept.map(|mut kept| LicenseKey::new(std::mem::take(&mut *kept))),
            Err(SecretError::Locked | SecretError::Tampered { .. }) => return Ok(None),
            Err(error @ SecretError::Library(_)) => return Err(error),
        },
    };
    let is_twin = match &of_vendor {
        Some(of_vendor) => *of_vendor == own,
        None => claims_to_be(transaction, imported, &own, license)?,
    };
    Ok(is_twin.then_some(Twin { imported, listed, has_same_key: of_vendor.is_some() }))
}

/// Whether an imported license string may be that of a license whose id it claims: it is not known to have leaked, and the vendor
/// does not report that it has another by now.
fn claims_to_be(
    transaction: &Transaction<'_>,
    imported: LicenseId,
    own: &LicenseKey,
    license: &License,
) -> Result<bool, LibraryError> {
    let is_string: bool = transaction
        .prepare_cached(
            "SELECT key_form = ?2 AND vendor_id = ?3 AND leaked_since IS NULL FROM licenses WHERE id = ?1",
        )?
        .query_row(params![imported.0, KeyForm::Jwt.word(), license.vendor_id], |row| {
            Ok(row.get::<_, Option<bool>>(0)?.unwrap_or_default())
        })?;
    let is_another =
        || jwt::decode(own.expose()).is_ok_and(|own| license.is_outdated(&own.claims) == Some(true));
    Ok(is_string && !is_another())
}

/// Moves what an imported license has to the account's one, and returns the id that is no longer there.
fn join(
    transaction: &Transaction<'_>,
    sealer: &mut Sealer<'_>,
    twin: &Twin,
) -> Result<Option<LicenseId>, SecretError> {
    let Twin { imported, listed, has_same_key } = *twin;
    let Some(listed) = listed else { return Ok(None) };
    if !has_same_key && let Some(own) = readable_key(transaction, sealer, imported)? {
        put_unconfirmed(transaction, sealer, listed, &own)?;
    }
    merge(transaction, imported, listed)?;
    Ok(Some(imported))
}

/// The kept key of a license, if it can be read.
pub(in crate::library) fn readable_key(
    transaction: &Transaction<'_>,
    sealer: &Sealer<'_>,
    id: LicenseId,
) -> Result<Option<LicenseKey>, SecretError> {
    match sealer.kept(transaction, SecretOwner::License(id), SecretKind::Key) {
        Ok(kept) => Ok(kept.map(|mut key| LicenseKey::new(std::mem::take(&mut *key)))),
        Err(SecretError::Locked | SecretError::Tampered { .. }) => Ok(None),
        Err(error @ SecretError::Library(_)) => Err(error),
    }
}

/// Keeps an imported string for a license of a vendor. The vendor is asked for its own as soon as one is needed.
pub(in crate::library) fn put_unconfirmed(
    transaction: &Transaction<'_>,
    sealer: &mut Sealer<'_>,
    id: LicenseId,
    key: &LicenseKey,
) -> Result<(), SecretError> {
    sealer.put(transaction, SecretOwner::License(id), SecretKind::Key, key.expose())?;
    let rev = next_rev(transaction)?;
    transaction.execute(
        "UPDATE licenses SET key_form = ?2, key_is_stale = 1, rev = ?3 WHERE id = ?1",
        params![id.0, KeyForm::Jwt.word(), rev],
    )?;
    Ok(())
}
