//! What can go wrong with the lock, by what its caller can do about it.

use super::KeptBy;
use crate::library::{LibraryError, SecretError};

/// Why the library's secrets could not be unlocked, or kept in another way.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// The keyring is locked, and there was no leave to prompt.
    #[error("the keyring is locked")]
    KeyringLocked,
    /// There is no keyring that answers and has a default collection.
    #[error("this system has no keyring that can be used")]
    KeyringAbsent {
        /// Whether a passphrase can unlock this library: it has one, or nothing was ever kept here.
        accepts_passphrase: bool,
    },
    /// The keyring did not answer in time; a prompt may still be open.
    #[error("the keyring did not answer in time; its prompt may still be open")]
    KeyringTimedOut,
    /// The keyring is unlocked, but the key of this home is missing or is a different key.
    #[error("the keyring no longer has the key of this library")]
    KeyringLostEntry,
    /// The library contains secrets but no longer records where their key is.
    #[error("the library has lost the record of where its key is stored")]
    SlotsLost,
    /// The keyring's prompt was dismissed, or could not be shown.
    #[error("the keyring's prompt was dismissed")]
    PromptDismissed,
    /// The keyring failed in another way.
    #[error("the keyring failed: {detail}")]
    KeyringFailed {
        /// What the system said.
        detail: String,
    },
    /// The passphrase is another one.
    #[error("the passphrase is wrong")]
    WrongPassphrase,
    /// The new passphrase is too easy to guess.
    #[error("a new passphrase has at least {least} characters")]
    ShortPassphrase {
        /// How many characters it has at least.
        least: usize,
    },
    /// The key of this library is kept elsewhere than where it was looked for.
    #[error("this library is not unlocked with {}", way(*.0))]
    NotKeptBy(KeptBy),
    /// The secrets must be unlocked first.
    #[error("the library's secrets are locked")]
    Locked,
    /// The library itself failed.
    #[error(transparent)]
    Library(#[from] LibraryError),
    /// What was kept for the session could not be sealed.
    #[error(transparent)]
    Secret(SecretError),
}

const fn way(kept_by: KeptBy) -> &'static str {
    match kept_by {
        KeptBy::Keyring => "the keyring",
        KeptBy::Passphrase => "a passphrase",
        KeptBy::Session => "what is kept for one session",
    }
}

impl From<SecretError> for LockError {
    fn from(error: SecretError) -> Self {
        match error {
            SecretError::Library(error) => Self::Library(error),
            SecretError::Locked => Self::Locked,
            error @ SecretError::Tampered { .. } => Self::Secret(error),
        }
    }
}
