//! The slots that a home's data key is kept in, as the library records them.

use super::error::LockError;
use super::seal::{self, DataKey};
use crate::library::{Library, LibraryError};
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
}

/// The slots of one home.
#[derive(Debug)]
pub(super) struct Slots {
    library: Library,
    home_id: String,
}

impl Slots {
    pub(super) fn of(library: &Library) -> Result<Self, LibraryError> {
        let home_id = library.store().read::<_, LibraryError>(|view| {
            Ok(view.query_row("SELECT home_id FROM meta", [], |row| row.get(0))?)
        })?;
        Ok(Self { library: library.clone(), home_id })
    }

    /// The random name of this home, which does not change when it is moved.
    pub(super) fn home_id(&self) -> &str {
        &self.home_id
    }

    pub(super) fn keyring(&self) -> Result<Option<Slot>, LibraryError> {
        self.slot("keyring")
    }

    pub(super) fn passphrase(&self) -> Result<Option<Slot>, LibraryError> {
        self.slot("passphrase")
    }

    /// Records that the keyring keeps the key.
    pub(super) fn put_keyring(&self, key: &DataKey) -> Result<(), LibraryError> {
        self.library.store().write(|transaction| {
            transaction.execute("INSERT INTO slots (kind, key_id) VALUES ('keyring', ?1)", [key.id()])?;
            Ok(())
        })
    }

    /// Wraps the key with a passphrase, in place of an earlier one.
    pub(super) fn put_passphrase(
        &self,
        key: &DataKey,
        passphrase: &Password,
        cost: PassphraseCost,
    ) -> Result<(), LockError> {
        if passphrase.expose().chars().count() < LEAST_PASSPHRASE_CHARS {
            return Err(LockError::ShortPassphrase { least: LEAST_PASSPHRASE_CHARS });
        }
        let mut salt = vec![0; 16];
        seal::fill(&mut salt);
        let wrapper = derive(passphrase, &salt, cost)?;
        let sealed = wrapper.seal(key.bytes(), &place(&self.home_id));
        let wrapping = Wrapping { salt, cost, sealed };
        self.library.store().write(|transaction| insert(transaction, key, &wrapping))?;
        Ok(())
    }

    fn slot(&self, kind: &str) -> Result<Option<Slot>, LibraryError> {
        self.library.store().read(|view| {
            let slot = view
                .prepare_cached(
                    "SELECT key_id, salt, memory_kib, passes, lanes, sealed FROM slots WHERE kind = ?1",
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

/// Opens a slot with its passphrase.
pub(super) fn unwrap(slot: &Slot, passphrase: &Password, home_id: &str) -> Result<DataKey, LockError> {
    let damaged = LockError::Library(LibraryError::Unreadable { what: "passphrase slot" });
    let Some(wrapping) = &slot.wrapping else { return Err(damaged) };
    let cost = wrapping.cost;
    if cost.memory_kib > MOST.memory_kib || cost.passes > MOST.passes || cost.lanes > MOST.lanes {
        return Err(damaged);
    }
    let wrapper = derive(passphrase, &wrapping.salt, cost)?;
    let bytes = wrapper.open(&wrapping.sealed, &place(home_id)).ok_or(LockError::WrongPassphrase)?;
    DataKey::from_bytes(&bytes).filter(|key| key.id() == slot.key_id).ok_or(damaged)
}

fn insert(transaction: &Transaction<'_>, key: &DataKey, wrapping: &Wrapping) -> Result<(), LibraryError> {
    transaction.execute(
        "INSERT OR REPLACE INTO slots (kind, key_id, salt, memory_kib, passes, lanes, sealed) \
         VALUES ('passphrase', ?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            key.id(),
            wrapping.salt,
            wrapping.cost.memory_kib,
            wrapping.cost.passes,
            wrapping.cost.lanes,
            wrapping.sealed
        ],
    )?;
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

fn place(home_id: &str) -> String {
    format!("slots/passphrase/{home_id}")
}
