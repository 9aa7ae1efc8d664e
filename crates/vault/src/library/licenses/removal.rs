//! Taking a license out of the library, also where it is another entry of one that stays.

use crate::library::{LibraryError, database::rev::next_rev};
use license::LicenseId;
use rusqlite::{Transaction, params};

/// Makes two entries of one license into one: `kept` gets the files and the history of `other`, which is removed with its secrets.
pub(in crate::library) fn merge(
    transaction: &Transaction<'_>,
    other: LicenseId,
    kept: LicenseId,
) -> Result<(), LibraryError> {
    for table in ["tracked_files", "file_writes", "activity"] {
        let moved = format!("UPDATE {table} SET license = ?2 WHERE license = ?1");
        transaction.execute(&moved, params![other.0, kept.0])?;
    }
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
