//! What is about to be sent to a vendor, written down first, so that it is neither done twice nor forgotten.

use super::codec::{from_json, instant, json, to_instant};
use super::store::next_rev;
use super::{Library, LibraryError};
use jiff::Timestamp;
use license::{AccountId, LicenseId};
use rusqlite::{Row, params};
use serde_json::Value;

/// Licet's own id of an intent, never used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IntentId(pub i64);

/// What is intended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntentVerb {
    /// To have a license issued.
    Create,
    /// To have a license removed.
    Delete,
}

impl IntentVerb {
    /// The word that is stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Delete => "delete",
        }
    }
}

/// What is about to be sent. Never holds a secret.
#[derive(Debug, Clone, PartialEq)]
pub struct IntentRecord {
    /// What is intended.
    pub verb: IntentVerb,
    /// At which account.
    pub account: AccountId,
    /// Which license, where it has an id already.
    pub license: Option<LicenseId>,
    /// What is sent, in the caller's form.
    pub payload: Value,
    /// The vendor's ids that bear the name already: whatever else bears it later is what was created.
    pub known_vendor_ids: Vec<String>,
    /// When.
    pub at: Timestamp,
}

/// An intent that is not settled.
#[derive(Debug, Clone, PartialEq)]
pub struct Intent {
    /// Licet's own id.
    pub id: IntentId,
    /// What is intended.
    pub record: IntentRecord,
    /// How far it is, in the caller's word; `begun` at first.
    pub state: String,
}

impl Library {
    /// Writes down what is about to be sent; it is on the disk when this returns.
    pub fn begin(&self, intent: &IntentRecord) -> Result<IntentId, LibraryError> {
        let id = self.store.write(|transaction| {
            let rev = next_rev(transaction)?;
            transaction
                .execute(
                    "INSERT INTO intents (verb, account, license, payload, known_vendor_ids, at, state, rev) \
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'begun', ?7)",
                    params![
                        intent.verb.word(),
                        intent.account.0,
                        intent.license.map(|id| id.0),
                        json(&intent.payload),
                        json(&intent.known_vendor_ids),
                        instant(intent.at),
                        rev
                    ],
                )
                .map_err(orphan)?;
            Ok::<_, LibraryError>(transaction.last_insert_rowid())
        })?;
        Ok(IntentId(id))
    }

    /// Notes how far an intent is, in the caller's word.
    pub fn update_intent(&self, id: IntentId, state: &str) -> Result<(), LibraryError> {
        self.store.write(|transaction| {
            let rev = next_rev(transaction)?;
            let updated = transaction.execute(
                "UPDATE intents SET state = ?2, rev = ?3 WHERE id = ?1",
                params![id.0, state, rev],
            )?;
            if updated == 0 { Err(LibraryError::NoSuchIntent) } else { Ok(()) }
        })
    }

    /// Settles an intent: its outcome is known. To settle it once more does nothing.
    pub fn settle(&self, id: IntentId) -> Result<(), LibraryError> {
        self.store.write(|transaction| {
            if transaction.execute("DELETE FROM intents WHERE id = ?1", params![id.0])? > 0 {
                let rev = next_rev(transaction)?;
                transaction
                    .execute("INSERT INTO tombstones VALUES ('intent', ?1, ?2)", params![id.0, rev])?;
            }
            Ok(())
        })
    }

    /// Every intent that is not settled, the oldest first.
    pub fn open_intents(&self) -> Result<Vec<Intent>, LibraryError> {
        self.store.read(|view| {
            let mut statement = view.prepare_cached(
                "SELECT id, verb, account, license, payload, known_vendor_ids, at, state FROM intents ORDER BY id",
            )?;
            let mut rows = statement.query([])?;
            let mut intents = Vec::new();
            while let Some(row) = rows.next()? {
                intents.push(intent(row)?);
            }
            Ok(intents)
        })
    }
}

fn intent(row: &Row<'_>) -> Result<Intent, LibraryError> {
    let verb: String = row.get(1)?;
    let verb = [IntentVerb::Create, IntentVerb::Delete]
        .into_iter()
        .find(|known| known.word() == verb)
        .ok_or(LibraryError::Unreadable { what: "intent" })?;
    Ok(Intent {
        id: IntentId(row.get(0)?),
        record: IntentRecord {
            verb,
            account: AccountId(row.get(2)?),
            license: row.get::<_, Option<i64>>(3)?.map(LicenseId),
            payload: from_json(&row.get::<_, String>(4)?, "intent")?,
            known_vendor_ids: from_json(&row.get::<_, String>(5)?, "intent")?,
            at: to_instant(row.get(6)?)?,
        },
        state: row.get(7)?,
    })
}

fn orphan(error: rusqlite::Error) -> LibraryError {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::ConstraintViolation) => LibraryError::NoSuchAccount,
        _ => error.into(),
    }
}
