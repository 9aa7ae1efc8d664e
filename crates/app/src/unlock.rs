//! Whether secrets can be read, and the ways to unlock them.

use crate::{Desk, DeskError, Event};
use license::Password;
use vault::{KeptBy, KeyringState, LockError, LockState};

/// What a person types to drop every secret.
pub const FORGET_SECRETS: &str = "forget secrets";

impl Desk {
    /// Whether secrets can be read, and how the keyring fares. Opens no prompt.
    pub async fn lock_state(&self) -> Result<(LockState, KeyringState), DeskError> {
        self.off_thread(|vault| Ok((vault.lock().state()?, vault.lock().keyring_state()?))).await
    }

    /// Every way to unlock the secrets of this home, the keyring first: both where a passphrase was set besides it, and
    /// none on a new home.
    pub async fn ways_in(&self) -> Result<Vec<KeptBy>, DeskError> {
        self.off_thread(|vault| Ok(vault.lock().kept_by()?)).await
    }

    /// Unlocks where that needs nobody: a keyring that is open. A new home gets its data key this way. Where a
    /// passphrase is a way in, a keyring that does not open is no failure of its own: the passphrase is asked for.
    pub async fn unlock_without_prompt(&self) -> Result<(), DeskError> {
        let was_unlocked = self.off_thread(|vault| match vault.lock().state()? {
            LockState::Unlocked(_) => Ok(true),
            LockState::Locked(KeptBy::Passphrase) => Err(LockError::Locked.into()),
            LockState::SlotsLost => Err(LockError::SlotsLost.into()),
            LockState::New | LockState::Locked(KeptBy::Keyring | KeptBy::Session) => {
                let ways_in = vault.lock().kept_by()?;
                match vault.lock().unlock_from_keyring(false) {
                    Ok(()) => Ok(false),
                    Err(_) if ways_in.contains(&KeptBy::Passphrase) => Err(LockError::Locked.into()),
                    Err(error) => Err(error.into()),
                }
            }
        });
        if !was_unlocked.await? {
            self.host.emit(Event::LockChanged);
        }
        Ok(())
    }

    /// Unlocks from the keyring, whose own prompt may open; answers when it was answered.
    pub async fn unlock_keyring(&self) -> Result<(), DeskError> {
        self.change_lock(|vault| Ok(vault.lock().unlock_from_keyring(true)?)).await
    }

    /// Unlocks with the passphrase, also while the keyring that is a way in too is locked or away; on a home that has no
    /// way in yet, it becomes the way in.
    pub async fn unlock_with_passphrase(&self, passphrase: Password) -> Result<(), DeskError> {
        self.change_lock(move |vault| Ok(vault.lock().unlock_with_passphrase(&passphrase)?)).await
    }

    /// Makes a passphrase a way in, besides the one that there is; what was kept for this session only is sealed then.
    pub async fn set_passphrase(&self, passphrase: Password) -> Result<(), DeskError> {
        self.change_lock(move |vault| match vault.lock().state()? {
            LockState::Unlocked(KeptBy::Keyring | KeptBy::Passphrase) => {
                Ok(vault.lock().add_passphrase_slot(&passphrase)?)
            }
            LockState::New
            | LockState::Locked(_)
            | LockState::SlotsLost
            | LockState::Unlocked(KeptBy::Session) => Ok(vault.lock().unlock_with_passphrase(&passphrase)?),
        })
        .await
    }

    /// Keeps secrets in memory until the program ends; the list and the settings stay.
    pub async fn keep_for_session_only(&self) -> Result<(), DeskError> {
        self.change_lock(|vault| {
            vault.lock().keep_for_session_only();
            Ok(())
        })
        .await
    }

    /// Drops every kept key and login, and every way in to them; `typed` must be [`FORGET_SECRETS`]. The way out where
    /// the keyring has lost its entry, the library its slots, or the user the passphrase: accounts, the list and the history stay, and what
    /// can be had again is asked for again. Imported keys are lost.
    pub async fn forget_secrets(&self, typed: &str) -> Result<(), DeskError> {
        crate::confirmed(typed, FORGET_SECRETS)?;
        let forgotten = self.off_thread(|vault| Ok(vault.lock().forget_secrets()?)).await;
        self.checked_out.lock().await.clear();
        self.stop_watching_all().await;
        self.host.emit(Event::LockChanged);
        self.host.emit(Event::LibraryChanged);
        forgotten
    }

    async fn change_lock(
        &self,
        change: impl FnOnce(&vault::Vault) -> Result<(), DeskError> + Send + 'static,
    ) -> Result<(), DeskError> {
        let changed = self.off_thread(change).await;
        self.host.emit(Event::LockChanged);
        changed
    }
}
