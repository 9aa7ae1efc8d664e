//! Replacements of one license by another that are under way: how far each is, so that it can be taken up again.

use crate::library::{
    Library, LibraryError,
    database::{
        codec::{from_json, instant, json, to_instant},
        process_lock::{self, ProcessLock},
        rev::next_rev,
    },
};
use jiff::Timestamp;
use license::LicenseId;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde_json::Value;

/// Licet's own id of a replacement, never used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ReplacementId(pub i64);

/// What a replacement does next. It is written down before it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReplacementStep {
    /// To have the new license issued.
    Create,
    /// To write every file of the old license from the new one.
    Files,
    /// To look whether the files are written and the vendor has the new license.
    Check,
    /// To delete the old license.
    Delete,
}

impl ReplacementStep {
    /// Every step, in order.
    pub const ALL: &'static [Self] = &[Self::Create, Self::Files, Self::Check, Self::Delete];

    /// The word that is stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Files => "files",
            Self::Check => "check",
            Self::Delete => "delete",
        }
    }
}

/// A replacement that is not done.
#[derive(Debug, Clone, PartialEq)]
pub struct Replacement {
    /// Licet's own id.
    pub id: ReplacementId,
    /// The license that is replaced.
    pub old: LicenseId,
    /// What replaces it, where it is there already.
    pub new: Option<LicenseId>,
    /// What the new license should be, in the caller's form. Never holds a secret.
    pub wanted: Value,
    /// What is next.
    pub step: ReplacementStep,
    /// When it began.
    pub at: Timestamp,
    /// The word by which the lock of whoever goes on with it is found.
    process_lock: Option<String>,
}

/// A replacement that is nobody else's to go on with, until this is dropped.
#[derive(Debug)]
pub struct Turn {
    _process_lock: ProcessLock,
}

impl Library {
    /// Begins a replacement at its first step; it is on the disk when this returns. `None` where one of this license
    /// is under way already.
    pub fn begin_replacement(
        &self,
        old: LicenseId,
        wanted: &Value,
        at: Timestamp,
    ) -> Result<Option<ReplacementId>, LibraryError> {
        self.store.write(|transaction| {
            let rev = touch(transaction, old)?;
            let begun = transaction.execute(
                "INSERT OR IGNORE INTO replacements (old, wanted, step, at, rev) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![old.0, json(wanted), ReplacementStep::Create.word(), instant(at), rev],
            )?;
            Ok((begun == 1).then(|| ReplacementId(transaction.last_insert_rowid())))
        })
    }

    /// The replacement of a license that is under way.
    pub fn replacement_of(&self, old: LicenseId) -> Result<Option<Replacement>, LibraryError> {
        self.store.read(|view| Ok(select(view, "WHERE old = ?1", [old.0])?.pop()))
    }

    /// Every replacement that is under way, the oldest first.
    pub fn open_replacements(&self) -> Result<Vec<Replacement>, LibraryError> {
        self.store.read(|view| select(view, "ORDER BY id", []))
    }

    /// Claims a replacement to go on with it: of several processes one does. `None` where another has it. Fails with
    /// [`LibraryError::NoSuchReplacement`] where it was ended.
    pub fn take_replacement(&self, id: ReplacementId) -> Result<Option<Turn>, LibraryError> {
        let process_lock = ProcessLock::of(&self.store)?;
        let taken = self.store.write(|transaction| {
            let before: Option<String> = transaction
                .query_row("SELECT lease FROM replacements WHERE id = ?1", [id.0], |row| row.get(0))
                .optional()?
                .ok_or(LibraryError::NoSuchReplacement)?;
            if let Some(before) = &before
                && process_lock::is_held(self.store.folder(), before)?
            {
                return Ok(Err(()));
            }
            let rev = next_rev(transaction)?;
            transaction.execute(
                "UPDATE replacements SET lease = ?2, rev = ?3 WHERE id = ?1",
                params![id.0, process_lock.token(), rev],
            )?;
            Ok::<_, LibraryError>(Ok(before))
        })?;
        let Ok(before) = taken else { return Ok(None) };
        if let Some(before) = before {
            process_lock::clear(self.store.folder(), &before);
        }
        Ok(Some(Turn { _process_lock: process_lock }))
    }

    /// Whether somebody goes on with a replacement, in this process or in another: otherwise it was interrupted.
    pub fn is_going_on(&self, replacement: &Replacement) -> Result<bool, LibraryError> {
        replacement
            .process_lock
            .as_ref()
            .map_or(Ok(false), |process_lock| process_lock::is_held(self.store.folder(), process_lock))
    }

    /// Notes anew what the new license should be, in the caller's form; it is on the disk when this returns. Fails with
    /// [`LibraryError::NoSuchReplacement`] where it was ended.
    pub fn set_wanted(&self, id: ReplacementId, wanted: &Value) -> Result<(), LibraryError> {
        self.store.write(|transaction| {
            let rev = next_rev(transaction)?;
            let noted = transaction.execute(
                "UPDATE replacements SET wanted = ?2, rev = ?3 WHERE id = ?1",
                params![id.0, json(wanted), rev],
            )?;
            if noted == 0 { Err(LibraryError::NoSuchReplacement) } else { Ok(()) }
        })
    }

    /// Notes what is next after the step `from`, and what replaces the license; `None` leaves alone what is known of
    /// that. It is on the disk when this returns. Fails with [`LibraryError::NoSuchReplacement`] where it was ended or
    /// is at another step by now.
    pub fn set_replacement(
        &self,
        id: ReplacementId,
        from: ReplacementStep,
        to: ReplacementStep,
        new: Option<LicenseId>,
    ) -> Result<(), LibraryError> {
        self.store.write(|transaction| {
            let old: Option<i64> = transaction
                .query_row(
                    "UPDATE replacements SET step = ?3, new = ifnull(?4, new) WHERE id = ?1 AND step = ?2 \
                     RETURNING old",
                    params![id.0, from.word(), to.word(), new.map(|id| id.0)],
                    |row| row.get(0),
                )
                .optional()?;
            let rev = touch(transaction, LicenseId(old.ok_or(LibraryError::NoSuchReplacement)?))?;
            transaction.execute("UPDATE replacements SET rev = ?2 WHERE id = ?1", params![id.0, rev])?;
            Ok(())
        })
    }

    /// Ends a replacement: it is done or given up. Whether it was under way until now.
    pub fn end_replacement(&self, id: ReplacementId) -> Result<bool, LibraryError> {
        self.store.write(|transaction| {
            let old: Option<i64> = transaction
                .query_row("DELETE FROM replacements WHERE id = ?1 RETURNING old", [id.0], |row| row.get(0))
                .optional()?;
            if let Some(old) = old {
                touch(transaction, LicenseId(old))?;
            }
            Ok(old.is_some())
        })
    }
}

/// Lets the license's row tell that something is new of it, so that other processes look.
fn touch(transaction: &Transaction<'_>, old: LicenseId) -> Result<i64, LibraryError> {
    let rev = next_rev(transaction)?;
    let touched = transaction.execute("UPDATE licenses SET rev = ?2 WHERE id = ?1", params![old.0, rev])?;
    if touched == 0 { Err(LibraryError::NoSuchLicense) } else { Ok(rev) }
}

fn select(
    view: &Connection,
    which: &str,
    params: impl rusqlite::Params,
) -> Result<Vec<Replacement>, LibraryError> {
    let sql = format!("SELECT id, old, new, wanted, step, at, lease FROM replacements {which}");
    let mut statement = view.prepare_cached(&sql)?;
    let mut rows = statement.query(params)?;
    let mut replacements = Vec::new();
    while let Some(row) = rows.next()? {
        replacements.push(replacement(row)?);
    }
    Ok(replacements)
}

fn replacement(row: &Row<'_>) -> Result<Replacement, LibraryError> {
    let step: String = row.get(4)?;
    let step = ReplacementStep::ALL.iter().copied().find(|known| known.word() == step);
    Ok(Replacement {
        id: ReplacementId(row.get(0)?),
        old: LicenseId(row.get(1)?),
        new: row.get::<_, Option<i64>>(2)?.map(LicenseId),
        wanted: from_json(&row.get::<_, String>(3)?, "replacement")?,
        step: step.ok_or(LibraryError::Unreadable { what: "replacement" })?,
        at: to_instant(row.get(5)?)?,
        process_lock: row.get(6)?,
    })
}
