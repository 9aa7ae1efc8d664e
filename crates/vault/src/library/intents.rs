//! What is about to be sent to a vendor, written down first, so that it is neither done twice nor forgotten.

use crate::library::{
    Library, LibraryError,
    database::{
        codec::{from_json, instant, json, to_instant},
        process_lock::{self, ProcessLock},
        rev::next_rev,
    },
};
use jiff::Timestamp;
use license::{AccountId, LicenseId};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
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
    /// Whether it may have been sent. One that was not is no more than a claim.
    pub is_sent: bool,
    /// The word by which the lock of its sender is found.
    process_lock: String,
}

/// What is about to be sent and is nobody else's to send, until this is dropped.
#[derive(Debug)]
pub struct Claim {
    /// The intent, written down.
    pub id: IntentId,
    _process_lock: ProcessLock,
}

/// Whether something may be sent.
#[derive(Debug)]
pub enum Begun {
    /// It may, by who holds the claim.
    Claimed(Claim),
    /// A like intent is not settled.
    Open(Intent),
}

impl Library {
    /// Writes down what is about to be sent, unless an intent that `is_like` it is open: of several processes that
    /// begin the same at the same time, one gets the claim. It is on the disk when this returns.
    pub fn begin(
        &self,
        intent: &IntentRecord,
        is_like: impl Fn(&Intent) -> bool,
    ) -> Result<Begun, LibraryError> {
        let process_lock = ProcessLock::of(&self.store)?;
        let begun =
            self.store.write(|transaction| match open(transaction)?.into_iter().find(|open| is_like(open)) {
                Some(like) => Ok(Err(like)),
                None => insert(transaction, intent, process_lock.token()).map(Ok),
            });
        Ok(match begun? {
            Ok(id) => Begun::Claimed(Claim { id, _process_lock: process_lock }),
            Err(like) => Begun::Open(like),
        })
    }

    /// Notes that an intent is sent from now on, and what is there before; it is on the disk when this returns. Fails
    /// with [`LibraryError::NoSuchIntent`] where another process has settled it meanwhile: then it must not be sent.
    pub fn note_sent(
        &self,
        id: IntentId,
        known_vendor_ids: &[String],
        at: Timestamp,
    ) -> Result<(), LibraryError> {
        self.store.write(|transaction| {
            let rev = next_rev(transaction)?;
            let noted = transaction.execute(
                "UPDATE intents SET is_sent = 1, known_vendor_ids = ?2, at = ?3, rev = ?4 WHERE id = ?1",
                params![id.0, json(&known_vendor_ids), instant(at), rev],
            )?;
            if noted == 0 { Err(LibraryError::NoSuchIntent) } else { Ok(()) }
        })
    }

    /// Dates an intent anew, where a wrong clock dated it in the future.
    pub fn redate_intent(&self, id: IntentId, at: Timestamp) -> Result<(), LibraryError> {
        self.store.write(|transaction| {
            transaction.execute("UPDATE intents SET at = ?2 WHERE id = ?1", params![id.0, instant(at)])?;
            Ok(())
        })
    }

    /// Whether the sender of an intent still waits for the answer, in this process or in another.
    pub fn is_on_its_way(&self, intent: &Intent) -> Result<bool, LibraryError> {
        process_lock::is_held(self.store.folder(), &intent.process_lock)
    }

    /// Settles an intent: its outcome is known. Whether it was open until now: of several processes that settle it,
    /// one is told so.
    pub fn settle(&self, id: IntentId) -> Result<bool, LibraryError> {
        let process_lock = self.store.write(|transaction| {
            let process_lock: Option<String> = transaction
                .query_row("DELETE FROM intents WHERE id = ?1 RETURNING lease", params![id.0], |row| {
                    row.get(0)
                })
                .optional()?;
            if process_lock.is_some() {
                let rev = next_rev(transaction)?;
                transaction
                    .execute("INSERT INTO tombstones VALUES ('intent', ?1, ?2)", params![id.0, rev])?;
            }
            Ok::<_, LibraryError>(process_lock)
        })?;
        if let Some(process_lock) = &process_lock
            && !process_lock::is_held(self.store.folder(), process_lock)?
        {
            process_lock::clear(self.store.folder(), process_lock);
        }
        Ok(process_lock.is_some())
    }

    /// Every intent that is not settled, the oldest first.
    pub fn open_intents(&self) -> Result<Vec<Intent>, LibraryError> {
        self.store.read(|view| open(view))
    }
}

fn insert(
    transaction: &Transaction<'_>,
    intent: &IntentRecord,
    process_lock: &str,
) -> Result<IntentId, LibraryError> {
    let rev = next_rev(transaction)?;
    transaction
        .execute(
            "INSERT INTO intents (verb, account, license, payload, known_vendor_ids, at, is_sent, lease, rev) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7, ?8)",
            params![
                intent.verb.word(),
                intent.account.0,
                intent.license.map(|id| id.0),
                json(&intent.payload),
                json(&intent.known_vendor_ids),
                instant(intent.at),
                process_lock,
                rev
            ],
        )
        .map_err(LibraryError::of_orphan(LibraryError::NoSuchAccount))?;
    Ok(IntentId(transaction.last_insert_rowid()))
}

fn open(view: &Connection) -> Result<Vec<Intent>, LibraryError> {
    let mut statement = view.prepare_cached(
        "SELECT id, verb, account, license, payload, known_vendor_ids, at, is_sent, lease FROM intents ORDER BY id",
    )?;
    let mut rows = statement.query([])?;
    let mut intents = Vec::new();
    while let Some(row) = rows.next()? {
        intents.push(intent(row)?);
    }
    Ok(intents)
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
        is_sent: row.get(7)?,
        process_lock: row.get(8)?,
    })
}
