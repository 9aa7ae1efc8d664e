//! Whether secrets can be read, and the ways to unlock them.

use crate::context::{AppError, Context};
use crate::keys::clipboard;
use license::Password;
use std::time::Duration;
use vault::{KeptBy, KeyringState, LockError, LockState};

/// What a user types to drop every secret.
pub const FORGET_SECRETS: &str = "forget secrets";

/// Whether secrets can be read, and how the keyring fares. Opens no prompt.
pub async fn lock_state(context: &Context) -> Result<(LockState, KeyringState), AppError> {
    context.off_thread(|vault| Ok((vault.lock().state()?, vault.lock().keyring_state()?))).await
}

/// Every way to unlock the secrets of this home, the keyring first: both where a passphrase was set besides it, and
/// none on a new home.
pub async fn ways_in(context: &Context) -> Result<Vec<KeptBy>, AppError> {
    context.off_thread(|vault| Ok(vault.lock().kept_by()?)).await
}

/// How long a keyring that was too slow or failed is left alone before it is asked again, each time.
const PAUSES: [Duration; 4] =
    [Duration::from_millis(500), Duration::from_secs(1), Duration::from_secs(2), Duration::from_secs(4)];

/// Unlocks where that needs nobody, behind the window: a keyring that is too slow for a moment, such as while it writes to a busy
/// disk, is asked again. Returns whether secrets can be read.
pub async fn unlock_behind(context: &Context) -> bool {
    let mut pauses = PAUSES.into_iter();
    loop {
        match context.unlock_without_prompt().await {
            Ok(()) => return true,
            Err(AppError::Lock(LockError::KeyringTimedOut | LockError::KeyringFailed { .. })) => {}
            Err(_) => return false,
        }
        let Some(pause) = pauses.next() else { return false };
        tokio::time::sleep(pause).await;
    }
}

/// Unlocks from the keyring, whose own prompt may open; answers when it was answered.
pub async fn unlock_keyring(context: &Context) -> Result<(), AppError> {
    change_lock(context, |vault| Ok(vault.lock().unlock_from_keyring(true)?)).await
}

/// Unlocks with the passphrase, also while the keyring that is a way in too is locked or away; on a home that has no
/// way in yet, it becomes the way in.
pub async fn unlock_with_passphrase(context: &Context, passphrase: Password) -> Result<(), AppError> {
    change_lock(context, move |vault| Ok(vault.lock().unlock_with_passphrase(&passphrase)?)).await
}

/// Makes a passphrase a way in, besides the one that there is; what was kept for this session only is sealed then.
pub async fn set_passphrase(context: &Context, passphrase: Password) -> Result<(), AppError> {
    change_lock(context, move |vault| match vault.lock().state()? {
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
pub async fn keep_for_session_only(context: &Context) -> Result<(), AppError> {
    change_lock(context, |vault| {
        vault.lock().keep_for_session_only();
        Ok(())
    })
    .await
}

/// Drops every kept key and login, and every way in to them; `typed` must be [`FORGET_SECRETS`]. The way out where
/// the keyring has lost its entry, the library its slots, or the user the passphrase: accounts, the list and the history stay, and what
/// can be had again is asked for again. Imported keys are lost.
pub async fn forget_secrets(context: &Context, typed: &str) -> Result<(), AppError> {
    crate::context::confirmed(typed, FORGET_SECRETS)?;
    let forgotten = context.off_thread(|vault| Ok(vault.lock().forget_secrets()?)).await;
    context.end_session().await;
    clipboard::clear_copied(context).await;
    context.lock_changed();
    forgotten
}

async fn change_lock(
    context: &Context,
    change: impl FnOnce(&vault::Vault) -> Result<(), AppError> + Send + 'static,
) -> Result<(), AppError> {
    let changed = context.off_thread(change).await;
    context.lock_changed();
    changed
}
