//! The system's keyring. The store is opened for every call: one that was opened before its daemon died stays dead.

use super::KeyringState;
use super::error::LockError;
use keyring_core::Error;
use keyring_core::api::CredentialStoreApi;
use std::collections::HashMap;
use std::time::Duration;
use zeroize::Zeroizing;

/// The service that entries are kept under; their user name is the library's random id.
pub(super) const SERVICE: &str = "dev.licet";

/// Reads what is kept under a name: usually one text. Another program that writes the entry gives it attributes of its own
/// (Python's `keyring` adds `application`), and then there are two. One that is not text is read as an empty one.
pub(super) fn get(user: &str) -> Result<Vec<Zeroizing<String>>, LockError> {
    found(user)?.iter().filter_map(|entry| text_of(entry).transpose()).collect()
}

/// Writes a text under a name, and says whether it did. Where there are entries of that name, only those are written over
/// whose text `may_replace` accepts.
pub(super) fn set(user: &str, text: &str, may_replace: impl Fn(&str) -> bool) -> Result<bool, LockError> {
    let mut is_free = true;
    let mut is_written = false;
    for entry in found(user)? {
        let Some(kept) = text_of(&entry)? else { continue };
        is_free = false;
        if may_replace(&kept) {
            entry.set_password(text).map_err(lock_error)?;
            is_written = true;
        }
    }
    if is_free {
        entry(user)?.set_password(text).map_err(lock_error)?;
    }
    Ok(is_free || is_written)
}

/// Deletes those entries of a name whose text `is_ours` accepts.
pub(super) fn delete(user: &str, is_ours: impl Fn(&str) -> bool) -> Result<(), LockError> {
    for entry in found(user)? {
        let is_ours = text_of(&entry)?.is_some_and(|kept| is_ours(&kept));
        match is_ours.then(|| entry.delete_credential()) {
            Some(Ok(()) | Err(Error::NoEntry)) | None => {}
            Some(Err(error)) => return Err(lock_error(error)),
        }
    }
    Ok(())
}

/// Every entry of a name.
fn found(user: &str) -> Result<Vec<keyring::Entry>, LockError> {
    let entry = entry(user)?;
    match entry.get_password() {
        Ok(text) => drop(Zeroizing::new(text)),
        Err(Error::Ambiguous(entries)) => {
            return Ok(entries.into_iter().map(|inner| keyring::Entry { inner }).collect());
        }
        Err(Error::NoEntry) => return Ok(Vec::new()),
        Err(Error::BadEncoding(_)) => {}
        Err(error) => return Err(lock_error(error)),
    }
    Ok(vec![entry])
}

/// The text of an entry; nothing where it is gone by now.
fn text_of(entry: &keyring::Entry) -> Result<Option<Zeroizing<String>>, LockError> {
    match entry.get_password() {
        Ok(text) => Ok(Some(Zeroizing::new(text))),
        Err(Error::NoEntry) => Ok(None),
        Err(Error::BadEncoding(_)) => Ok(Some(Zeroizing::default())),
        Err(error) => Err(lock_error(error)),
    }
}

fn entry(user: &str) -> Result<keyring::Entry, LockError> {
    let store = store().map_err(|error| {
        tracing::info!(%error, "the keyring cannot be opened");
        // It was there a moment ago.
        LockError::KeyringAbsent { accepts_passphrase: false }
    })?;
    let modifiers = modifiers();
    let inner = store.build(SERVICE, user, modifiers.as_ref()).map_err(lock_error)?;
    Ok(keyring::Entry { inner })
}

/// The store's words hold no secret; the bytes of an entry that is no text are left out.
#[expect(clippy::wildcard_enum_match_arm, reason = "keyring-core may add kinds of errors")]
fn lock_error(error: Error) -> LockError {
    match error {
        Error::NoStorageAccess(_) => LockError::PromptDismissed,
        Error::NoEntry | Error::BadEncoding(_) => LockError::KeyringLostEntry,
        error => LockError::KeyringFailed { detail: error.to_string() },
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
mod system {
    use super::{Duration, HashMap, KeyringState, LockError};
    use std::io::ErrorKind;
    use std::sync::Arc;
    use zbus::blocking::connection::Builder;
    use zbus::zvariant::{OwnedObjectPath, OwnedValue};

    const BUS_NAME: &str = "org.freedesktop.secrets";

    pub(super) fn store() -> keyring_core::Result<Arc<zbus_secret_service_keyring_store::Store>> {
        zbus_secret_service_keyring_store::Store::new()
    }

    pub(super) fn modifiers() -> Option<HashMap<&'static str, &'static str>> {
        Some(HashMap::from([("label", "Licet: the key of a library")]))
    }

    /// Reads the `Locked` property of the default collection, since reading an entry would open the unlock prompt.
    /// Without a default collection there is nowhere to keep an entry. Source: the Secret Service specification,
    /// `org.freedesktop.Secret.Collection`.
    pub(super) fn probe(within: Duration) -> Result<KeyringState, LockError> {
        match is_locked(within) {
            Ok(Some(true)) => Ok(KeyringState::Locked),
            Ok(Some(false)) => Ok(KeyringState::Ready),
            Ok(None) => Ok(KeyringState::Absent),
            Err(zbus::Error::InputOutput(error)) if error.kind() == ErrorKind::TimedOut => {
                Err(LockError::KeyringTimedOut)
            }
            Err(error) => {
                tracing::info!(%error, "no Secret Service answers");
                Ok(KeyringState::Absent)
            }
        }
    }

    fn is_locked(within: Duration) -> zbus::Result<Option<bool>> {
        let bus = Builder::session()?.method_timeout(within).build()?;
        let service = Some("org.freedesktop.Secret.Service");
        let alias =
            bus.call_method(Some(BUS_NAME), "/org/freedesktop/secrets", service, "ReadAlias", &("default",))?;
        let collection: OwnedObjectPath = alias.body().deserialize()?;
        if collection.as_str() == "/" {
            return Ok(None);
        }
        let properties = Some("org.freedesktop.DBus.Properties");
        let asked = ("org.freedesktop.Secret.Collection", "Locked");
        let locked = bus.call_method(Some(BUS_NAME), &collection, properties, "Get", &asked)?;
        let locked: OwnedValue = locked.body().deserialize()?;
        Ok(Some(bool::try_from(locked)?))
    }
}

#[cfg(target_os = "macos")]
mod system {
    use super::{Duration, HashMap, KeyringState, LockError};
    use std::sync::Arc;

    pub(super) fn store() -> keyring_core::Result<Arc<apple_native_keyring_store::keychain::Store>> {
        apple_native_keyring_store::keychain::Store::new()
    }

    pub(super) fn modifiers() -> Option<HashMap<&'static str, &'static str>> {
        None
    }

    /// The keychain of who is logged in is unlocked with the login.
    pub(super) fn probe(_within: Duration) -> Result<KeyringState, LockError> {
        Ok(KeyringState::Ready)
    }
}

#[cfg(windows)]
mod system {
    use super::{Duration, HashMap, KeyringState, LockError};
    use std::sync::Arc;

    pub(super) fn store() -> keyring_core::Result<Arc<windows_native_keyring_store::Store>> {
        windows_native_keyring_store::Store::new()
    }

    pub(super) fn modifiers() -> Option<HashMap<&'static str, &'static str>> {
        None
    }

    /// The credentials of who is logged in are unlocked with the login.
    pub(super) fn probe(_within: Duration) -> Result<KeyringState, LockError> {
        Ok(KeyringState::Ready)
    }
}

use system::{modifiers, store};

/// Whether the keyring can be used, without prompting. Fails with [`LockError::KeyringTimedOut`] where one is there and is too slow.
pub(super) fn probe(within: Duration) -> Result<KeyringState, LockError> {
    system::probe(within)
}
