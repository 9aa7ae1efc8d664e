//! Taking a license out of the library, also where it is another entry of one that stays.

use crate::library::{LibraryError, database::rev::next_rev};
use license::LicenseId;
use rusqlite::{Transaction, params};

/// Makes two entries of one license into one: `kept` gets the files and the history of `other`, the mark that its key leaked, and its
/// name if it has none itself. `other` is removed with its secrets.
pub(in crate::library) fn merge(
    transaction: &Transaction<'_>,
    other: LicenseId,
    kept: LicenseId,
) -> Result<(), LibraryError> {
    for table in ["tracked_files", "file_writes", "activity"] {
        let moved = format!("UPDATE {table} SET license = ?2 WHERE license = ?1");
        transaction.execute(&moved, params![other.0, kept.0])?;
    }
    let rev = next_rev(transaction)?;
    transaction.execute(
        "UPDATE licenses SET leaked_since = ifnull(licenses.leaked_since, o.leaked_since), imported_as = o.vendor_id, rev = ?3 \
         FROM licenses o WHERE o.id = ?1 AND licenses.id = ?2",
        params![other.0, kept.0, rev],
    )?;
    transaction.execute(
        "UPDATE licenses SET name = o.name, name_key = o.name_key, folded_label = o.folded_label, \
         folded_text = o.folded_label || licenses.folded_text \
         FROM licenses o WHERE o.id = ?1 AND licenses.id = ?2 AND licenses.name IS NULL AND o.name IS NOT NULL",
        params![other.0, kept.0],
    )?;
    remove(transaction, other)
}

/// Removes a license with its secrets; a tombstone stays.
pub(in crate::library) fn remove(transaction: &Transaction<'_>, id: LicenseId) -> Result<(), LibraryError> {
    let rev = next_rev(transaction)?;
    transaction.execute("DELETE FROM secrets WHERE owner_kind = 'license' AND owner = ?1", params![id.0])?;
    if transaction.execute("DELETE FROM licenses WHERE id = ?1", params![id.0])? == 0 {
        return Err(LibraryError::NoSuchLicense);
    }
    transaction.execute("INSERT INTO tombstones VALUES ('license', ?1, ?2)", params![id.0, rev])?;
    Ok(())
}
