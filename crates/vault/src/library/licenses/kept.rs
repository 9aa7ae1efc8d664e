//! Licenses: importing keys, finding, forgetting.

use crate::library::{
    Library, LibraryError, SecretError,
    accounts::files_account,
    database::{
        codec::{fold, instant, name_key},
        rev::next_rev,
    },
    licenses::{
        query::select,
        removal::remove,
        rows::StoredLicense,
        twins::put_unconfirmed,
        upsert::{RefreshMark, Reported, upsert},
    },
    secrets::{
        owner::{SecretKind, SecretOwner},
        sealer::Sealer,
    },
};
use jiff::Timestamp;
use license::{AccountId, KeyForm, License, LicenseId, LicenseKey, Product};
use rusqlite::{OptionalExtension, Transaction, params};

impl Library {
    /// Takes over one license that its vendor reported of outside a listing, such as one just created.
    pub fn upsert_one(
        &self,
        account: AccountId,
        license: &License,
        at: Timestamp,
    ) -> Result<LicenseId, LibraryError> {
        self.store.write(|transaction| {
            let mark = present_mark(transaction)?;
            let reported = Reported { account, license, form: None, mark, at };
            upsert(transaction, &reported, &mut None).map(|(id, _)| id)
        })
    }

    /// Marks a license as gone, on its vendor's word.
    pub fn mark_gone(&self, id: LicenseId, at: Timestamp) -> Result<(), LibraryError> {
        self.store.write(|transaction| {
            let rev = next_rev(transaction)?;
            let marked = transaction.execute(
                "UPDATE licenses SET gone_since = ifnull(gone_since, ?2), last_changed = ?2, rev = ?3 WHERE id = ?1",
                params![id.0, instant(at), rev],
            )?;
            if marked == 0 { Err(LibraryError::NoSuchLicense) } else { Ok(()) }
        })
    }

    /// Keeps an imported key with what is known of it, in the account `files`, which is made on demand. The same key once more
    /// is the same license.
    ///
    /// Returns nothing, and changes nothing, if the license of this vendor's id has another key. Fails with
    /// [`SecretError::Locked`] or [`SecretError::Tampered`] if its key can't be read.
    pub fn import_key(
        &self,
        license: &License,
        form: KeyForm,
        key: &LicenseKey,
        at: Timestamp,
    ) -> Result<Option<LicenseId>, SecretError> {
        self.store.write_secrets(|transaction, sealer| {
            let account = files_account(transaction)?;
            if has_another_key(transaction, sealer, (account, &license.vendor_id), key)? {
                return Ok(None);
            }
            let mark = present_mark(transaction)?;
            let reported = Reported { account, license, form: Some(form), mark, at };
            let (id, _) = upsert(transaction, &reported, &mut None)?;
            sealer.put(transaction, SecretOwner::License(id), SecretKind::Key, key.expose())?;
            Ok(Some(id))
        })
    }

    /// Keeps an imported license string for a license that a vendor lists, unless another key of it is kept. The vendor is
    /// asked for its own string as soon as one is needed. Returns whether it is kept now.
    ///
    /// A kept key that is damaged is replaced, since the vendor has it too. Fails with [`SecretError::Locked`] if it can't be
    /// read.
    pub fn import_listed(&self, id: LicenseId, key: &LicenseKey) -> Result<bool, SecretError> {
        self.store.write_secrets(|transaction, sealer| {
            match sealer.kept(transaction, SecretOwner::License(id), SecretKind::Key) {
                Ok(Some(kept)) => return Ok(*kept == *key.expose()),
                Ok(None) | Err(SecretError::Tampered { .. }) => {}
                Err(error @ (SecretError::Locked | SecretError::Library(_))) => return Err(error),
            }
            put_unconfirmed(transaction, sealer, id, key)?;
            Ok(true)
        })
    }

    /// Notes how many seats or users of a license its vendor counted.
    pub fn set_used(&self, id: LicenseId, used: u64) -> Result<(), LibraryError> {
        let used = i64::try_from(used).unwrap_or(i64::MAX);
        self.store.write(|transaction| {
            let rev = next_rev(transaction)?;
            let sql = "UPDATE licenses SET in_use = ?2, rev = ?3 WHERE id = ?1";
            match transaction.execute(sql, params![id.0, used, rev])? {
                0 => Err(LibraryError::NoSuchLicense),
                _ => Ok(()),
            }
        })
    }

    /// Marks the key of licenses as leaked, or with `None` as in its owner's hands alone: of all of them or of none.
    pub fn set_leaked(&self, ids: &[LicenseId], since: Option<Timestamp>) -> Result<(), LibraryError> {
        self.store.write(|transaction| {
            let rev = next_rev(transaction)?;
            let sql = "UPDATE licenses SET leaked_since = ?2, rev = ?3 WHERE id = ?1";
            let mut statement = transaction.prepare_cached(sql)?;
            for id in ids {
                if statement.execute(params![id.0, since.map(instant), rev])? == 0 {
                    return Err(LibraryError::NoSuchLicense);
                }
            }
            Ok(())
        })
    }

    /// The licenses of an account whose key leaked.
    pub fn leaked(&self, account: AccountId) -> Result<Vec<StoredLicense>, LibraryError> {
        self.rows("l.account = ?1 AND l.leaked_since IS NOT NULL", params![account.0])
    }

    /// One license, where it is still there.
    pub fn license(&self, id: LicenseId) -> Result<Option<StoredLicense>, LibraryError> {
        Ok(self.rows("l.id = ?1", params![id.0])?.pop())
    }

    /// The license of an account that has a vendor's id.
    pub fn license_by_vendor_id(
        &self,
        account: AccountId,
        vendor_id: &str,
    ) -> Result<Option<StoredLicense>, LibraryError> {
        Ok(self.rows("l.account = ?1 AND l.vendor_id = ?2", params![account.0, vendor_id])?.pop())
    }

    /// The licenses that have a vendor's id, in every account, gone or not.
    pub fn licenses_by_vendor_id(&self, vendor_id: &str) -> Result<Vec<StoredLicense>, LibraryError> {
        self.rows("l.vendor_id = ?1", [vendor_id])
    }

    /// The licenses of a product that are not gone.
    pub fn licenses_of_product(&self, product: &Product) -> Result<Vec<StoredLicense>, LibraryError> {
        self.rows("l.product = ?1 AND l.gone_since IS NULL", params![product.word()])
    }

    /// The licenses that a license file was written from, gone or not.
    pub fn licenses_with_files(&self) -> Result<Vec<StoredLicense>, LibraryError> {
        self.rows("l.id IN (SELECT license FROM tracked_files)", [])
    }

    /// The licenses of an account that bear a name and are not gone, compared as [`license::same_name`] does.
    pub fn licenses_by_name(
        &self,
        account: AccountId,
        name: &str,
    ) -> Result<Vec<StoredLicense>, LibraryError> {
        self.rows(
            "l.account = ?1 AND l.name_key = ?2 AND l.gone_since IS NULL",
            params![account.0, name_key(name)],
        )
    }

    /// The license of an account that came into the library last, gone or not.
    pub fn newest_license(&self, account: AccountId) -> Result<Option<LicenseId>, LibraryError> {
        self.store.read(|view| {
            let mut statement = view.prepare_cached("SELECT max(id) FROM licenses WHERE account = ?1")?;
            let newest: Option<i64> = statement.query_row(params![account.0], |row| row.get(0))?;
            Ok(newest.map(LicenseId))
        })
    }

    /// What a user may mean by a text: the license of Licet's id `L42`, else those of a vendor's id, else those of
    /// a name, or of what one without a name is called; of these, those that are gone are meant only where no other is.
    /// Several are for the user to choose from.
    pub fn find(&self, text: &str) -> Result<Vec<StoredLicense>, LibraryError> {
        if let Ok(LicenseId(id)) = text.trim().parse() {
            let found = self.rows("l.id = ?1", params![id])?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        let found = self.licenses_by_vendor_id(text.trim())?;
        if !found.is_empty() {
            return Ok(found);
        }
        let mut found = self.rows("l.name_key = ?1", params![name_key(text)])?;
        if found.is_empty() {
            found = self.rows("l.name_key IS NULL AND l.folded_label = ?1", params![fold(text.trim())])?;
        }
        let (gone, there): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|license| license.gone_since.is_some());
        Ok(if there.is_empty() { gone } else { there })
    }

    pub(in crate::library) fn rows(
        &self,
        condition: &str,
        params: impl rusqlite::Params,
    ) -> Result<Vec<StoredLicense>, LibraryError> {
        let mut rows = self.store.read(|view| select(view, condition, params))?;
        self.store.mark_session_keys(&mut rows);
        Ok(rows)
    }

    /// Takes a license out of the library with its secrets and what is known of its files; a tombstone stays.
    pub fn remove_license(&self, id: LicenseId) -> Result<(), LibraryError> {
        self.store.write(|transaction| remove(transaction, id))?;
        self.store.forget_session_secrets(|owner, _| owner == SecretOwner::License(id));
        Ok(())
    }
}

/// Whether the license of an account and a vendor's id has another key than this one.
fn has_another_key(
    transaction: &Transaction<'_>,
    sealer: &Sealer<'_>,
    (account, vendor_id): (AccountId, &str),
    key: &LicenseKey,
) -> Result<bool, SecretError> {
    let known: Option<i64> = transaction
        .prepare_cached("SELECT id FROM licenses WHERE account = ?1 AND vendor_id = ?2")?
        .query_row(params![account.0, vendor_id], |row| row.get(0))
        .optional()?;
    let Some(id) = known.map(LicenseId) else { return Ok(false) };
    let kept = sealer.kept(transaction, SecretOwner::License(id), SecretKind::Key)?;
    Ok(kept.is_some_and(|kept| *kept != *key.expose()))
}

fn present_mark(transaction: &Transaction<'_>) -> rusqlite::Result<RefreshMark> {
    transaction.query_row("SELECT refresh FROM meta", [], |row| row.get(0)).map(RefreshMark)
}
