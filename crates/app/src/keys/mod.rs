//! License keys and the keyring: what is revealed, copied, verified and unlocked.

pub(crate) mod clipboard;
pub(crate) mod issuers;
pub(crate) mod license_keys;
pub(crate) mod same_license;
pub(crate) mod unlock;

pub use clipboard::{CLIPBOARD_SECONDS, REVEAL_SECONDS, clear_copied};
pub use unlock::{
    FORGET_SECRETS, forget_secrets, keep_for_session_only, lock_state, set_passphrase, unlock_behind,
    unlock_keyring, unlock_with_passphrase, ways_in,
};
