//! Secrets, the keyring and the passphrase.

pub(crate) mod binding;
pub(crate) mod identity;
pub(crate) mod keyring;
pub(crate) mod passphrase;
pub(crate) mod secrets;
