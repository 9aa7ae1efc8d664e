//! The lock on the library's secrets: one random data key for each home, and the slots that it is kept in.

mod door;
mod error;
mod identity;
mod keyring;
mod seal;
mod slots;

pub use error::LockError;
pub(crate) use seal::{DataKey, fill};
pub use slots::PassphraseCost;

use crate::library::{Held, Library, LibraryError};
use crate::{Home, library};
use door::{Door, WITH_PROMPT, WITHOUT_PROMPT};
use identity::{Identity, Whereabouts};
use license::Password;
use seal::KeptKey;
use slots::{Slot, Slots};
use std::fs::{File, TryLockError};
use std::path::PathBuf;
use std::sync::PoisonError;
use std::time::{Duration, Instant};

/// Where the data key is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeptBy {
    /// In the system's keyring.
    Keyring,
    /// In the library, wrapped with a passphrase.
    Passphrase,
    /// Nowhere: secrets are in memory and end with this process.
    Session,
}

/// Whether secrets can be kept and read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LockState {
    /// Nothing was ever kept here, and how to keep it is not chosen.
    New,
    /// They can.
    Unlocked(KeptBy),
    /// They cannot until the key is fetched from where it is kept: the keyring, where a passphrase opens it too. See
    /// [`Lock::kept_by`].
    Locked(KeptBy),
    /// Secrets were kept here, and the library no longer records where their key is: a part of it was lost. It comes back with
    /// a backup of the library; or the secrets are forgotten knowingly ([`Lock::forget_secrets`]).
    SlotsLost,
}

/// Whether the system's keyring can be used for this home.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyringState {
    /// It can, without a prompt.
    Ready,
    /// It is open, and the key of this home should be in it and is not, or another is.
    LostEntry,
    /// It can once its owner unlocks it.
    Locked,
    /// There is none, it does not answer, or it has no default collection to keep entries in.
    Absent,
}

/// How long a call waits while another process is choosing how secrets are kept.
const GUARD_TIMEOUT: Duration = Duration::from_secs(10);

/// The lock on one home's secrets. Nothing is asked of the keyring until a method here is called.
#[derive(Debug)]
pub struct Lock {
    library: Library,
    slots: Slots,
    identity: Identity,
    door: Door,
    guard: PathBuf,
}

impl Lock {
    pub(crate) fn new(home: &Home, library: Library) -> Self {
        let slots = Slots::of(&library);
        let identity = Identity::of(&library, home.dir(), home.library());
        Self { library, slots, identity, door: Door::new(), guard: home.guard("slots") }
    }

    /// Whether secrets can be kept and read, from memory and from the library alone: it never prompts.
    pub fn state(&self) -> Result<LockState, LibraryError> {
        match &*self.library.store().held.read().unwrap_or_else(PoisonError::into_inner) {
            Held::Key(_, kept_by) => return Ok(LockState::Unlocked(*kept_by)),
            Held::Session(_) => return Ok(LockState::Unlocked(KeptBy::Session)),
            Held::Nothing => {}
        }
        Ok(match (self.slots.keyring()?, self.slots.passphrase()?) {
            (Some(_), _) => LockState::Locked(KeptBy::Keyring),
            (None, Some(_)) => LockState::Locked(KeptBy::Passphrase),
            (None, None) if self.slots.are_lost()? => LockState::SlotsLost,
            (None, None) => LockState::New,
        })
    }

    /// Every place that the data key is kept in, the keyring first.
    pub fn kept_by(&self) -> Result<Vec<KeptBy>, LibraryError> {
        let keyring = self.slots.keyring()?.map(|_| KeptBy::Keyring);
        let passphrase = self.slots.passphrase()?.map(|_| KeptBy::Passphrase);
        Ok(keyring.into_iter().chain(passphrase).collect())
    }

    /// Asks the system whether its keyring can be used, and looks for this home's entry where secrets are locked and the
    /// keyring is open. Never prompts; takes two seconds at most for the one, and five for the other.
    pub fn keyring_state(&self) -> Result<KeyringState, LibraryError> {
        let state = self.door.probe();
        let is_lost = state == KeyringState::Ready && self.entry_is_lost()?;
        Ok(if is_lost { KeyringState::LostEntry } else { state })
    }

    /// Fetches the data key from the keyring; in a library that never had a secret, makes it and keeps it there.
    ///
    /// Without leave to prompt, a locked keyring is left alone: [`LockError::KeyringLocked`]. With leave the call waits
    /// up to two minutes for the prompt; [`LockError::KeyringTimedOut`] then says that it may still be open.
    pub fn unlock_from_keyring(&self, may_prompt: bool) -> Result<(), LockError> {
        self.check_keyring(may_prompt)?;
        let _guard = self.guard()?;
        let kept = match (self.slots.keyring()?, self.slots.passphrase()?) {
            (Some(slot), _) => self.fetch(&slot, may_prompt)?,
            (None, Some(_)) => return Err(LockError::NotKeptBy(KeptBy::Keyring)),
            (None, None) if self.slots.are_lost()? => return Err(LockError::SlotsLost),
            (None, None) => self.make_in_keyring(may_prompt)?,
        };
        self.tell_copy_apart(Some(&kept))?;
        if !kept.is_bound {
            self.library.store().bind_logins(&kept.key)?;
            self.mark_bound_in_keyring(&kept.key, may_prompt)?;
        }
        self.take(kept.key, KeptBy::Keyring)
    }

    /// Unwraps the data key with the passphrase; in a library that never had a secret, makes it and wraps it with this
    /// passphrase.
    pub fn unlock_with_passphrase(&self, passphrase: &Password) -> Result<(), LockError> {
        self.unlock_at_cost(passphrase, PassphraseCost::RECOMMENDED)
    }

    /// Does as [`Lock::unlock_with_passphrase`]; on a new home each attempt at the passphrase will cost this much. For tests.
    #[doc(hidden)]
    pub fn unlock_at_cost(&self, passphrase: &Password, cost: PassphraseCost) -> Result<(), LockError> {
        let _guard = self.guard()?;
        let key = match (self.slots.passphrase()?, self.slots.keyring()?) {
            (Some(slot), _) => {
                let kept = slots::unwrap(&slot, passphrase)?;
                if !kept.is_bound {
                    self.library.store().bind_logins(&kept.key)?;
                    let cost = slot.cost().unwrap_or(cost);
                    self.slots.put_passphrase(&KeptKey::bound(kept.key.clone()), passphrase, cost)?;
                }
                kept.key
            }
            (None, Some(_)) => return Err(LockError::NotKeptBy(KeptBy::Passphrase)),
            (None, None) if self.slots.are_lost()? => return Err(LockError::SlotsLost),
            (None, None) => {
                let kept = KeptKey::bound(DataKey::random());
                self.slots.put_passphrase(&kept, passphrase, cost)?;
                kept.key
            }
        };
        self.tell_copy_apart(None)?;
        self.take(key, KeptBy::Passphrase)
    }

    /// Keeps secrets in memory alone from now on, on the user's word. Does nothing where they are unlocked already. What
    /// is sealed in the library stays sealed; a later unlocking seals what was kept in memory.
    pub fn keep_for_session_only(&self) {
        let mut held = self.library.store().held.write().unwrap_or_else(PoisonError::into_inner);
        if matches!(*held, Held::Nothing) {
            *held = Held::Session(library::SessionSecrets::new());
        }
    }

    /// Keeps the data key under a passphrase as well, in place of an earlier passphrase.
    pub fn add_passphrase_slot(&self, passphrase: &Password) -> Result<(), LockError> {
        let _guard = self.guard()?;
        self.slots.put_passphrase(&KeptKey::bound(self.key()?), passphrase, PassphraseCost::RECOMMENDED)?;
        Ok(())
    }

    /// Empties the library, then takes this library's entry out of the keyring. Never prompts; see
    /// [`Lock::forget_secrets`].
    pub fn forget_everything(&self) -> Result<(), LockError> {
        self.forget(Library::forget_everything)
    }

    /// Drops every secret and every slot, so that the next unlocking begins anew: the way out where the keyring has lost
    /// the entry or the passphrase is forgotten. Accounts, licenses and the rest stay.
    ///
    /// Never prompts. The entry in the keyring goes last. It stays where it may belong to another library (this one is a copy,
    /// or it was made before libraries remembered where they live), and where the keyring is locked or not available: without
    /// what it opened it opens nothing here.
    pub fn forget_secrets(&self) -> Result<(), LockError> {
        self.forget(Library::forget_secrets)
    }

    fn forget(&self, empty: impl Fn(&Library) -> Result<(), LibraryError>) -> Result<(), LockError> {
        let _guard = self.guard()?;
        let is_own = self.identity.owns_entry()? && self.identity.whereabouts()? == Whereabouts::Own;
        let entry = self.identity.id()?;
        let slot = self.slots.keyring()?.filter(|_| is_own);
        empty(&self.library)?;
        self.identity.settle()?;
        let Some(slot) = slot else { return Ok(()) };
        match self.door.probe() {
            KeyringState::Ready => self.door.delete(&entry, holds_key(slot.key_id), WITHOUT_PROMPT),
            KeyringState::LostEntry | KeyringState::Locked | KeyringState::Absent => Ok(()),
        }
    }

    fn check_keyring(&self, may_prompt: bool) -> Result<(), LockError> {
        match self.door.probe() {
            KeyringState::Ready | KeyringState::LostEntry => Ok(()),
            KeyringState::Locked if may_prompt => Ok(()),
            KeyringState::Locked => Err(LockError::KeyringLocked),
            KeyringState::Absent => Err(LockError::KeyringAbsent),
        }
    }

    /// Whether the open keyring lacks what would unlock this home. Where the keyring fails in another way, that is told
    /// by whatever unlocks.
    fn entry_is_lost(&self) -> Result<bool, LibraryError> {
        let LockState::Locked(KeptBy::Keyring) = self.state()? else { return Ok(false) };
        let Some(slot) = self.slots.keyring()? else { return Ok(false) };
        Ok(matches!(self.fetch(&slot, false), Err(LockError::KeyringLostEntry)))
    }

    fn fetch(&self, slot: &Slot, may_prompt: bool) -> Result<KeptKey, LockError> {
        let texts = self.door.get(&self.identity.id()?, patience(may_prompt))?;
        let kept = texts.iter().filter_map(|text| KeptKey::from_text(text));
        let of_slot = kept.filter(|kept| kept.key.id() == slot.key_id);
        // Of two entries of one key, one may have been written by another program before logins were bound.
        of_slot.max_by_key(|kept| kept.is_bound).ok_or(LockError::KeyringLostEntry)
    }

    fn make_in_keyring(&self, may_prompt: bool) -> Result<KeptKey, LockError> {
        let kept = KeptKey::bound(DataKey::random());
        let mut entry = match self.identity.whereabouts()? {
            Whereabouts::Own => self.identity.id()?,
            Whereabouts::Copy => identity::new_id(),
        };
        // An entry that is there already is another library's: of one that this was copied from, for example.
        while !self.door.set(&entry, kept.to_text(), |_| false, patience(may_prompt))? {
            entry = identity::new_id();
        }
        self.slots.put_keyring(&kept.key, &entry)?;
        Ok(kept)
    }

    /// Gives a copy an id of its own, and with it an entry of its own where the keyring keeps its key. What stays as it was when
    /// the keyring fails is tried again at the next unlocking; until then the copy deletes no entry.
    fn tell_copy_apart(&self, kept_in_keyring: Option<&KeptKey>) -> Result<(), LockError> {
        match (self.identity.whereabouts()?, kept_in_keyring) {
            (Whereabouts::Own, _) => self.identity.settle()?,
            (Whereabouts::Copy, Some(kept)) => {
                let id = identity::new_id();
                match self.door.set(&id, kept.to_text(), |_| false, WITHOUT_PROMPT) {
                    Ok(_) => self.identity.become_another(&id, true)?,
                    Err(error) => {
                        tracing::warn!(%error, "a copied library has no keyring entry of its own yet")
                    }
                }
            }
            (Whereabouts::Copy, None) if self.slots.keyring()?.is_some() => {}
            (Whereabouts::Copy, None) => self.identity.become_another(&identity::new_id(), false)?,
        }
        Ok(())
    }

    /// Notes beside the key in the keyring that its logins are bound.
    fn mark_bound_in_keyring(&self, key: &DataKey, may_prompt: bool) -> Result<(), LockError> {
        let text = KeptKey::bound(key.clone()).to_text();
        self.door.set(&self.identity.id()?, text, holds_key(key.id()), patience(may_prompt))?;
        Ok(())
    }

    fn key(&self) -> Result<DataKey, LockError> {
        match &*self.library.store().held.read().unwrap_or_else(PoisonError::into_inner) {
            Held::Key(key, _) => Ok(key.clone()),
            Held::Nothing | Held::Session(_) => Err(LockError::Locked),
        }
    }

    fn take(&self, key: DataKey, kept_by: KeptBy) -> Result<(), LockError> {
        self.library.store().take_key(key, kept_by)?;
        Ok(())
    }

    /// Lets one process at a time choose how secrets are kept, so that two that meet a new home do not each make a key.
    fn guard(&self) -> Result<File, LockError> {
        let folder = |_| LockError::Library(LibraryError::ReadOnly);
        let file = library::private_file(&self.guard).map_err(folder)?;
        let deadline = Instant::now() + GUARD_TIMEOUT;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(file),
                Err(TryLockError::Error(error)) => return Err(folder(error)),
                Err(TryLockError::WouldBlock) if Instant::now() >= deadline => {
                    return Err(LockError::Library(LibraryError::Busy));
                }
                Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(20)),
            }
        }
    }
}

/// Whether the text of an entry is the key of this id.
fn holds_key(key_id: String) -> impl Fn(&str) -> bool + Send + 'static {
    move |text| KeptKey::from_text(text).is_some_and(|kept| kept.key.id() == key_id)
}

const fn patience(may_prompt: bool) -> Duration {
    if may_prompt { WITH_PROMPT } else { WITHOUT_PROMPT }
}
