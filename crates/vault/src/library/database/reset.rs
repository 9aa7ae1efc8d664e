//! Forgetting everything.

use crate::library::{Library, LibraryError, database::rev::next_rev};
use rusqlite::Transaction;

impl Library {
    /// Drops every secret and every slot. Accounts, licenses and the rest stay.
    pub(crate) fn forget_secrets(&self) -> Result<(), LibraryError> {
        self.store.write(|transaction| {
            let rev = next_rev(transaction)?;
            transaction.execute("UPDATE licenses SET has_key = 0, rev = ?1 WHERE has_key = 1", [rev])?;
            // Each has lost its login.
            transaction.execute("UPDATE accounts SET rev = ?1", [rev])?;
            transaction.execute_batch("DELETE FROM secrets; DELETE FROM slots;")?;
            start_over(transaction)?;
            Ok::<(), LibraryError>(())
        })?;
        self.store.lock_again();
        self.store.truncate_log()
    }

    /// Empties the library: accounts, licenses, secrets, slots, files' records, activity, intents, replacements and drafts. License
    /// files stay where they are. Other processes see it by tombstones. Interrupted writes are settled before; a record of one
    /// that cannot be settled stays, since it leads to a file that contains a key.
    pub(crate) fn forget_everything(&self) -> Result<(), LibraryError> {
        self.settle_writes();
        self.store.write(|transaction| {
            let rev = next_rev(transaction)?;
            for (kind, table) in [("license", "licenses"), ("account", "accounts"), ("intent", "intents")] {
                transaction.execute(
                    &format!("INSERT OR REPLACE INTO tombstones SELECT '{kind}', id, ?1 FROM {table}"),
                    [rev],
                )?;
            }
            transaction.execute_batch(
                "DELETE FROM secrets; DELETE FROM slots; DELETE FROM drafts; DELETE FROM activity; DELETE FROM intents; \
                 DELETE FROM replacements; DELETE FROM tracked_files; DELETE FROM backups; DELETE FROM licenses; DELETE FROM accounts;",
            )?;
            start_over(transaction)?;
            Ok::<(), LibraryError>(())
        })?;
        self.store.lock_again();
        self.store.truncate_log()
    }
}

/// Lets the library have a new data key, under a keyring entry that no other library knows of.
fn start_over(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction
        .execute("UPDATE meta SET key_id = NULL, owns_entry = 0, home_id = lower(hex(randomblob(16)))", [])?;
    Ok(())
}
