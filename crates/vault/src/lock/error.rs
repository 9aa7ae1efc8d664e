//! What can go wrong with the lock, by what its caller can do about it.

use crate::library::{LibraryError, SecretError};
use crate::seal::KeptBy;
use errors_derive::Declared;

/// Why the library's secrets could not be unlocked, or kept in another way.
#[derive(Debug, thiserror::Error, Declared)]
pub enum LockError {
    /// The keyring is locked.
    #[error("the keyring is locked")]
    #[declared("keyring-locked", kind = Locked, help = "unlock the keyring, such as by logging in to the desktop")]
    KeyringLocked,
    /// This computer has no keyring that can be used.
    #[error("this system has no keyring that can be used")]
    #[declared("keyring-unavailable", kind = Locked, args(passphrase = accepts_passphrase.then_some("accepted")), help = "start the keyring and try again; where there is none, give a passphrase")]
    KeyringAbsent {
        /// Whether a passphrase can unlock this library: it has one, or nothing was ever kept here.
        accepts_passphrase: bool,
    },
    /// The keyring did not answer in time. Its prompt may still be open.
    #[error("the keyring did not answer in time; its prompt may still be open")]
    #[declared("keyring-timed-out", kind = Locked, help = "answer the keyring's prompt, then try again")]
    KeyringTimedOut,
    /// The keyring no longer has the key of this library, or has another one.
    #[error("the keyring no longer has the key of this library")]
    #[declared("keyring-lost-entry", kind = Locked, help = "restore the keyring, or forget the secrets and log in to the accounts again")]
    KeyringLostEntry,
    /// The library contains secrets but no longer records where their key is.
    #[error("the library has lost the record of where its key is stored")]
    #[declared("slots-lost", kind = Locked, help = "restore the library from a backup, or forget the secrets and log in to the accounts again")]
    SlotsLost,
    /// The keyring's prompt was dismissed or could not be shown.
    #[error("the keyring's prompt was dismissed")]
    #[declared("keyring-dismissed", kind = Locked, help = "try again")]
    PromptDismissed,
    /// The keyring failed.
    #[error("the keyring failed: {detail}")]
    #[declared("keyring-failed", kind = Locked, detail = detail.clone(), help = "try again")]
    KeyringFailed {
        /// What the system said.
        detail: String,
    },
    /// The passphrase is wrong.
    #[error("the passphrase is wrong")]
    #[declared("passphrase-wrong", kind = Locked, help = "check the passphrase")]
    WrongPassphrase,
    /// The new passphrase is too short.
    #[error("a new passphrase has at least {least} characters")]
    #[declared("passphrase-short", kind = Usage, args(least), help = "choose a longer one: a few words in a row are easy to keep")]
    ShortPassphrase {
        /// How many characters it has at least.
        least: usize,
    },
    /// The library cannot be unlocked in this way: its key is kept elsewhere.
    #[error("this library is not unlocked with {}", way(*.0))]
    #[declared("vault-no-slot", kind = Locked, args(by = word(*_0)), help = "unlock the library in the way that was set up for it")]
    NotKeptBy(KeptBy),
    /// The secrets are locked.
    #[error("the library's secrets are locked")]
    #[declared("vault-locked", kind = Locked, help = "unlock the secrets, then try again")]
    Locked,
    /// The library itself failed.
    #[error(transparent)]
    #[declared(transparent)]
    Library(#[from] LibraryError),
    /// A secret that is kept here was damaged or tampered with.
    #[error(transparent)]
    #[declared("sealed-damaged", detail = _0.to_string())]
    Secret(SecretError),
}

const fn way(kept_by: KeptBy) -> &'static str {
    match kept_by {
        KeptBy::Keyring => "the keyring",
        KeptBy::Passphrase => "a passphrase",
        KeptBy::Session => "what is kept for one session",
    }
}

const fn word(kept_by: KeptBy) -> &'static str {
    match kept_by {
        KeptBy::Keyring => "keyring",
        KeptBy::Passphrase => "passphrase",
        KeptBy::Session => "session",
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
