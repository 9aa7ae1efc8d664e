//! Who may see the portal's page: one-time tickets, and the sessions that they are exchanged for.

use rusqlite::{Transaction, params};

use super::Storage;
use crate::Result;

impl Storage {
    pub(crate) fn add_ticket(&self, hash: &[u8; 32], expires: i64) -> Result<()> {
        self.write(|transaction| {
            transaction
                .prepare_cached("INSERT INTO ticket (hash, expires) VALUES (?, ?)")?
                .execute(params![hash, expires])?;
            Ok(())
        })
    }

    /// Uses a ticket up and opens a session for it; false where the ticket is unknown, used or too old.
    pub(crate) fn exchange_ticket(
        &self,
        ticket: &[u8; 32],
        session: &[u8; 32],
        expires: i64,
        now: i64,
    ) -> Result<bool> {
        self.write(|transaction| {
            forget_expired(transaction, now)?;
            let used = transaction.prepare_cached("DELETE FROM ticket WHERE hash = ?")?.execute([ticket])?;
            if used == 1 {
                transaction
                    .prepare_cached("INSERT INTO session (hash, expires) VALUES (?, ?)")?
                    .execute(params![session, expires])?;
            }
            Ok(used == 1)
        })
    }

    pub(crate) fn has_session(&self, hash: &[u8; 32], now: i64) -> Result<bool> {
        self.read(|connection| {
            let mut select =
                connection.prepare_cached("SELECT 1 FROM session WHERE hash = ? AND expires > ?")?;
            Ok(select.exists(params![hash, now])?)
        })
    }
}

fn forget_expired(transaction: &Transaction<'_>, now: i64) -> Result<()> {
    transaction.prepare_cached("DELETE FROM ticket WHERE expires <= ?")?.execute([now])?;
    transaction.prepare_cached("DELETE FROM session WHERE expires <= ?")?.execute([now])?;
    Ok(())
}
