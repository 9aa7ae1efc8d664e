//! Unlocking secrets before they are used.

use super::{AppError, Context};
use vault::{KeptBy, LockError, LockState};

impl Context {
    /// Unlocks where that needs nobody: a keyring that is open. A new home gets its data key this way. Where a
    /// passphrase is a way in, a keyring that does not open is no failure of its own: the passphrase is asked for.
    pub async fn unlock_without_prompt(&self) -> Result<(), AppError> {
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
            self.lock_changed();
        }
        Ok(())
    }
}
