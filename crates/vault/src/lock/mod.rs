//! The lock on the library's secrets: one random data key for each home, and the slots that it is kept in.

mod error;
mod identity;
mod keyring;
mod keyring_worker;
mod place;
mod slots;

pub use error::LockError;
pub use slots::PassphraseCost;

use crate::library::{Held, Library, LibraryError};
use crate::seal::{DataKey, KeptBy, KeptKey};
use crate::{Home, library};
use identity::{Identity, Origin};
use keyring_worker::{KeyringWorker, WITH_PROMPT, WITHOUT_PROMPT};
use license::Password;
use slots::{Slot, Slots};
use std::fs::{File, TryLockError};
use std::path::PathBuf;
use std::sync::PoisonError;
use std::time::{Duration, Instant};

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
    /// The library contains secrets but no longer records where their key is. A backup of the library brings it back; or the
    /// secrets are forgotten knowingly ([`Lock::forget_secrets`]).
    SlotsLost,
}

/// Whether the system's keyring can be used for this home.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyringState {
    /// It can, without a prompt.
    Ready,
    /// The keyring is unlocked, but the key of this home is missing or is a different key.
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
    keyring: KeyringWorker,
    guard: PathBuf,
}

impl Lock {
    pub(crate) fn new(home: &Home, library: Library) -> Self {
        let slots = Slots::of(&library);
        let identity = Identity::of(&library, home.dir(), home.library());
        Self { library, slots, identity, keyring: KeyringWorker::new(), guard: home.guard("slots") }
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
        let state = self.keyring.probe().unwrap_or_else(|error| {
            tracing::warn!(%error, "the keyring could not be probed");
            KeyringState::Absent
        });
        let is_lost = state == KeyringState::Ready && self.entry_is_lost()?;
        Ok(if is_lost { KeyringState::LostEntry } else { state })
    }

    /// Fetches the data key from the keyring; in a library that never had a secret, makes it and keeps it there.
    ///
    /// Without leave to prompt, a locked keyring is left alone: [`LockError::KeyringLocked`]. With leave the call waits
    /// up to two minutes for the prompt; [`LockError::KeyringTimedOut`] then says that it may still be open.
    pub fn unlock_from_keyring(&self, may_prompt: bool) -> Result<(), LockError> {
        self.check_keyring(may_prompt)?;
        let guard = self.guard_where_possible()?;
        let kept = match (self.slots.keyring()?, self.slots.passphrase()?) {
            (Some(slot), _) => self.fetch(&slot, may_prompt)?,
            (None, Some(_)) => return Err(LockError::NotKeptBy(KeptBy::Keyring)),
            (None, None) if self.slots.are_lost()? => return Err(LockError::SlotsLost),
            (None, None) => {
                self.library.store().check_writable()?;
                self.make_in_keyring(may_prompt)?
            }
        };
        if guard.is_none() {
            return self.take(kept.key, KeptBy::Keyring);
        }
        if kept.is_bound {
            self.drop_logins_bound_elsewhere(&kept.key)?;
        } else {
            self.library.store().bind_logins(&kept.key)?;
        }
        let has_own_identity = self.separate_copy(Some(&kept))?;
        if has_own_identity && !kept.is_bound {
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
        let guard = self.guard_where_possible()?;
        let (key, is_newly_bound) = match (self.slots.passphrase()?, self.slots.keyring()?) {
            (Some(slot), _) => self.unwrap(&slot, passphrase, cost)?,
            (None, Some(_)) => return Err(LockError::NotKeptBy(KeptBy::Passphrase)),
            (None, None) if self.slots.are_lost()? => return Err(LockError::SlotsLost),
            (None, None) => {
                let kept = KeptKey::bound(DataKey::random());
                self.slots.put_passphrase(&kept, passphrase, cost)?;
                (kept.key, false)
            }
        };
        if guard.is_some() && self.separate_copy(None)? && is_newly_bound {
            self.mark_unbound_entry(&key);
        }
        self.take(key, KeptBy::Passphrase)
    }

    /// Opens the passphrase's slot and binds the logins if that was not done through it. Returns the key with whether it
    /// was done now.
    fn unwrap(
        &self,
        slot: &Slot,
        passphrase: &Password,
        cost: PassphraseCost,
    ) -> Result<(DataKey, bool), LockError> {
        let kept = slots::unwrap(slot, passphrase)?;
        if kept.is_bound || self.library.store().is_read_only() {
            return Ok((kept.key, false));
        }
        self.library.store().bind_logins(&kept.key)?;
        let cost = slot.cost().unwrap_or(cost);
        self.slots.put_passphrase(&KeptKey::bound(kept.key.clone()), passphrase, cost)?;
        Ok((kept.key, true))
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
    /// Never prompts. The entry in the keyring goes last. It stays where it may belong to another library (this one is or may be a
    /// copy, or was made before libraries recorded their place), and where the keyring is locked or not available: nothing
    /// is left here that it opens.
    pub fn forget_secrets(&self) -> Result<(), LockError> {
        self.forget(Library::forget_secrets)
    }

    fn forget(&self, empty: impl Fn(&Library) -> Result<(), LibraryError>) -> Result<(), LockError> {
        let _guard = self.guard()?;
        let is_own = self.identity.owns_entry()? && self.identity.origin()? == Origin::Own;
        let entry = self.identity.id()?;
        let slot = self.slots.keyring()?.filter(|_| is_own);
        empty(&self.library)?;
        self.identity.settle()?;
        let Some(slot) = slot else { return Ok(()) };
        match self.keyring.probe().unwrap_or(KeyringState::Absent) {
            KeyringState::Ready => self.keyring.delete(&entry, holds_key(slot.key_id), WITHOUT_PROMPT),
            KeyringState::LostEntry | KeyringState::Locked | KeyringState::Absent => Ok(()),
        }
    }

    /// Fails where the keyring cannot be used. Whoever may not prompt is told of one that is too slow, and can ask again.
    fn check_keyring(&self, may_prompt: bool) -> Result<(), LockError> {
        let state = match self.keyring.probe() {
            Err(too_slow) if !may_prompt => return Err(too_slow),
            probed => probed.unwrap_or(KeyringState::Absent),
        };
        match state {
            KeyringState::Ready | KeyringState::LostEntry => Ok(()),
            KeyringState::Locked if may_prompt => Ok(()),
            KeyringState::Locked => Err(LockError::KeyringLocked),
            KeyringState::Absent => {
                Err(LockError::KeyringAbsent { accepts_passphrase: self.accepts_passphrase()? })
            }
        }
    }

    /// Whether a passphrase unlocks this library, or becomes what unlocks it.
    fn accepts_passphrase(&self) -> Result<bool, LibraryError> {
        let is_new = self.slots.keyring()?.is_none() && !self.slots.are_lost()?;
        Ok(is_new || self.slots.passphrase()?.is_some())
    }

    /// Whether the unlocked keyring lacks the key of this home. Unlocking reports other failures of the keyring.
    fn entry_is_lost(&self) -> Result<bool, LibraryError> {
        let LockState::Locked(KeptBy::Keyring) = self.state()? else { return Ok(false) };
        let Some(slot) = self.slots.keyring()? else { return Ok(false) };
        Ok(matches!(self.fetch(&slot, false), Err(LockError::KeyringLostEntry)))
    }

    fn fetch(&self, slot: &Slot, may_prompt: bool) -> Result<KeptKey, LockError> {
        let texts = self.keyring.get(&self.identity.id()?, patience(may_prompt))?;
        let kept = texts.iter().filter_map(|text| KeptKey::from_text(text));
        let of_slot = kept.filter(|kept| kept.key.id() == slot.key_id);
        // Of two entries of one key, one may have been written by another program before logins were bound.
        of_slot.max_by_key(|kept| kept.is_bound).ok_or(LockError::KeyringLostEntry)
    }

    fn make_in_keyring(&self, may_prompt: bool) -> Result<KeptKey, LockError> {
        let kept = KeptKey::bound(DataKey::random());
        let mut entry = match self.identity.origin()? {
            Origin::Own => self.identity.id()?,
            Origin::Copy => identity::new_id(),
        };
        // An entry that is there already is another library's: of one that this was copied from, for example.
        while !self.keyring.set(&entry, kept.to_text(), |_| false, patience(may_prompt))? {
            entry = identity::new_id();
        }
        self.slots.put_keyring(&kept.key, &entry, &self.identity.place)?;
        Ok(kept)
    }

    /// Gives a copy an id of its own, and an entry of its own where the keyring keeps its key. Returns whether the library now
    /// has its own identity. If the keyring fails, that is tried again at the next unlock; until then the copy changes no entry.
    fn separate_copy(&self, kept_in_keyring: Option<&KeptKey>) -> Result<bool, LockError> {
        match (self.identity.origin()?, kept_in_keyring) {
            (Origin::Own, _) => self.identity.settle()?,
            (Origin::Copy, Some(kept)) => {
                let id = identity::new_id();
                if let Err(error) = self.keyring.set(&id, kept.to_text(), |_| false, WITHOUT_PROMPT) {
                    tracing::warn!(%error, "a copied library has no keyring entry of its own yet");
                    return Ok(false);
                }
                self.identity.set_id(&id, true)?;
            }
            (Origin::Copy, None) if self.slots.keyring()?.is_some() => return Ok(false),
            (Origin::Copy, None) => self.identity.set_id(&identity::new_id(), false)?,
        }
        Ok(true)
    }

    /// Drops the logins that were never bound although the keyring's entry says that they are. In a library from before places
    /// were recorded, a copy that shares the entry was unlocked first. They must be entered again: a library that was edited
    /// from outside would look the same.
    fn drop_logins_bound_elsewhere(&self, key: &DataKey) -> Result<(), LibraryError> {
        match self.identity.is_from_before_places()? {
            true => self.library.store().drop_unbound_logins(key),
            false => Ok(()),
        }
    }

    /// Notes beside the key in the keyring that its logins are bound.
    fn mark_bound_in_keyring(&self, key: &DataKey, may_prompt: bool) -> Result<(), LockError> {
        let text = KeptKey::bound(key.clone()).to_text();
        self.keyring.set(&self.identity.id()?, text, holds_key(key.id()), patience(may_prompt))?;
        Ok(())
    }

    /// Does so after an unlock by passphrase, where the keyring keeps the key too and can be used without a prompt. Otherwise the
    /// next unlock from the keyring does.
    fn mark_unbound_entry(&self, key: &DataKey) {
        let marked = || {
            let Some(slot) = self.slots.keyring()? else { return Ok(()) };
            if self.keyring.probe()? == KeyringState::Ready && !self.fetch(&slot, false)?.is_bound {
                self.mark_bound_in_keyring(key, false)?;
            }
            Ok::<_, LockError>(())
        };
        if let Err(error) = marked() {
            tracing::warn!(%error, "the keyring entry could not be marked yet");
        }
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

    /// The guard, unless the library can only be read: then nothing is chosen, and what an unlock would bring up to date
    /// stays as it is.
    fn guard_where_possible(&self) -> Result<Option<File>, LockError> {
        match self.library.store().is_read_only() {
            true => Ok(None),
            false => self.guard().map(Some),
        }
    }

    /// Lets one process at a time choose how secrets are kept, so that two that meet a new home do not each make a key.
    fn guard(&self) -> Result<File, LockError> {
        self.library.store().check_writable()?;
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
