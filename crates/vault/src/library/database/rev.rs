//! The number that every changed row carries, so that others find what changed since.

use rusqlite::Transaction;

/// Takes the next `rev`, which every row that the transaction changes carries.
pub(crate) fn next_rev(transaction: &Transaction<'_>) -> rusqlite::Result<i64> {
    transaction.prepare_cached("UPDATE meta SET rev = rev + 1 RETURNING rev")?.query_row([], |row| row.get(0))
}

/// Takes the next `rev` once a batch, and only where something changes.
pub(in crate::library) fn rev_of_batch(
    transaction: &Transaction<'_>,
    rev: &mut Option<i64>,
) -> rusqlite::Result<i64> {
    match *rev {
        Some(rev) => Ok(rev),
        None => Ok(*rev.insert(next_rev(transaction)?)),
    }
}
