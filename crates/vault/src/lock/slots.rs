//! The slots that a home's data key is kept in, as the library records them.

use super::error::LockError;
use super::place::Place;
use crate::library::{Library, LibraryError};
use crate::seal::{self, DataKey, KeptKey};
use argon2::{Algorithm, Argon2, Params, Version};
use license::Password;
use rusqlite::{OptionalExtension, Transaction, params};
use zeroize::Zeroizing;

/// What a slot may ask for at most; a library that asks for more was tampered with.
const MOST: PassphraseCost = PassphraseCost { memory_kib: 1024 * 1024, passes: 64, lanes: 16 };

/// What each attempt at a passphrase costs; the slot records it.
#[derive(Debug, Clone, Copy)]
pub struct PassphraseCost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl PassphraseCost {
    /// The second set of parameters that RFC 9106 (section 4) recommends, in one lane: 64 MiB, three passes.
    pub const RECOMMENDED: Self = Self { memory_kib: 64 * 1024, passes: 3, lanes: 1 };

    /// The least that Argon2 accepts. It protects nothing: it is for tests that unlock often and are about something else.
    #[doc(hidden)]
    pub const LOWEST: Self = Self { memory_kib: 8, passes: 1, lanes: 1 };
}

/// One place that the data key is kept in.
#[derive(Debug)]
pub(super) struct Slot {
    /// Which key it keeps; see [`DataKey::id`].
    pub key_id: String,
    wrapping: Option<Wrapping>,
}

/// What a passphrase has at least: one that is shorter is guessed, however slowly each guess is tried.
const LEAST_PASSPHRASE_CHARS: usize = 8;

/// A data key wrapped with a passphrase.
#[derive(Debug)]
struct Wrapping {
    salt: Vec<u8>,
    cost: PassphraseCost,
    sealed: Vec<u8>,
    /// The library's id when it was wrapped, which is part of what was sealed.
    wrapped_for: String,
}

/// The slots of one home.
#[derive(Debug)]
pub(super) struct Slots {
    library: Library,
}

impl Slots {
    pub(super) fn of(library: &Library) -> Self {
        Self { library: library.clone() }
    }

    /// Whether the library contains secrets but no longer records where their key is.
    pub(super) fn are_lost(&self) -> Result<bool, LibraryError> {
        self.library.store().read(|view| {
            let lost = "SELECT key_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM slots) FROM meta";
            Ok(view.query_row(lost, [], |row| row.get(0))?)
        })
    }

    pub(super) fn keyring(&self) -> Result<Option<Slot>, LibraryError> {
        self.slot("keyring")
    }

    pub(super) fn passphrase(&self) -> Result<Option<Slot>, LibraryError> {
        self.slot("passphrase")
    }

    /// Records that the keyring keeps the key, under an entry that this library made, together with the place by which a copy
    /// of the library is recognised.
    pub(super) fn put_keyring(&self, key: &DataKey, entry: &str, place: &Place) -> Result<(), LibraryError> {
        self.library.store().write::<_, LibraryError>(|transaction| {
            transaction.execute("INSERT INTO slots (kind, key_id) VALUES ('keyring', ?1)", [key.id()])?;
            transaction.execute(
                "UPDATE meta SET key_id = ?1, home_id = ?2, owns_entry = 1",
                params![key.id(), entry],
            )?;
            Ok(place.record(transaction)?)
        })?;
        self.library.store().truncate_log()
    }

    /// Wraps the key with a passphrase, in place of an earlier one.
    pub(super) fn put_passphrase(
        &self,
        key: &KeptKey,
        passphrase: &Password,
        cost: PassphraseCost,
    ) -> Result<(), LockError> {
        if passphrase.expose().chars().count() < LEAST_PASSPHRASE_CHARS {
            return Err(LockError::ShortPassphrase { least: LEAST_PASSPHRASE_CHARS });
        }
        let mut salt = vec![0; 16];
        seal::fill(&mut salt);
        let wrapper = derive(passphrase, &salt, cost)?;
        let wrapped_for: String = self.library.store().read::<_, LibraryError>(|view| {
            Ok(view.query_row("SELECT home_id FROM meta", [], |row| row.get(0))?)
        })?;
        let sealed = wrapper.seal(&key.to_bytes(), &place(&wrapped_for));
        let wrapping = Wrapping { salt, cost, sealed, wrapped_for };
        self.library.store().write(|transaction| insert(transaction, &key.key, &wrapping))?;
        Ok(())
    }

    fn slot(&self, kind: &str) -> Result<Option<Slot>, LibraryError> {
        self.library.store().read(|view| {
            let slot = view
                .prepare_cached(
                    "SELECT key_id, salt, memory_kib, passes, lanes, sealed, wrapped_for FROM slots WHERE kind = ?1",
                )?
                .query_row([kind], |row| {
                    let wrapping = match row.get::<_, Option<Vec<u8>>>(1)? {
                        Some(salt) => Some(Wrapping {
                            salt,
                            cost: PassphraseCost {
                                memory_kib: row.get(2)?,
                                passes: row.get(3)?,
                                lanes: row.get(4)?,
                            },
                            sealed: row.get(5)?,
                            wrapped_for: row.get(6)?,
                        }),
                        None => None,
                    };
                    Ok(Slot { key_id: row.get(0)?, wrapping })
                })
                .optional()?;
            Ok(slot)
        })
    }
}

impl Slot {
    /// What each attempt at the passphrase costs, where it is a passphrase's slot.
    pub(super) fn cost(&self) -> Option<PassphraseCost> {
        self.wrapping.as_ref().map(|wrapping| wrapping.cost)
    }
}

/// Opens a slot with its passphrase.
pub(super) fn unwrap(slot: &Slot, passphrase: &Password) -> Result<KeptKey, LockError> {
    let damaged = LockError::Library(LibraryError::Unreadable { what: "passphrase slot" });
    let Some(wrapping) = &slot.wrapping else { return Err(damaged) };
    let cost = wrapping.cost;
    if cost.memory_kib > MOST.memory_kib || cost.passes > MOST.passes || cost.lanes > MOST.lanes {
        return Err(damaged);
    }
    let wrapper = derive(passphrase, &wrapping.salt, cost)?;
    let opened = wrapper.open(&wrapping.sealed, &place(&wrapping.wrapped_for));
    let bytes = opened.ok_or(LockError::WrongPassphrase)?;
    KeptKey::from_bytes(&bytes).filter(|kept| kept.key.id() == slot.key_id).ok_or(damaged)
}

fn insert(transaction: &Transaction<'_>, key: &DataKey, wrapping: &Wrapping) -> Result<(), LibraryError> {
    transaction.execute(
        "INSERT OR REPLACE INTO slots (kind, key_id, salt, memory_kib, passes, lanes, sealed, wrapped_for) \
         VALUES ('passphrase', ?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            key.id(),
            wrapping.salt,
            wrapping.cost.memory_kib,
            wrapping.cost.passes,
            wrapping.cost.lanes,
            wrapping.sealed,
            wrapping.wrapped_for
        ],
    )?;
    transaction.execute("UPDATE meta SET key_id = ?1", [key.id()])?;
    Ok(())
}

fn derive(passphrase: &Password, salt: &[u8], cost: PassphraseCost) -> Result<DataKey, LockError> {
    let damaged = || LockError::Library(LibraryError::Unreadable { what: "passphrase slot" });
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32)).map_err(|_| damaged())?;
    let mut bytes = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.expose().as_bytes(), salt, &mut *bytes)
        .map_err(|_| damaged())?;
    DataKey::from_bytes(&*bytes).ok_or_else(damaged)
}

fn place(wrapped_for: &str) -> String {
    format!("slots/passphrase/{wrapped_for}")
}
