//! The system's keyring. The store is opened for every call: one that was opened before its daemon died stays dead.

use super::KeyringState;
use super::error::LockError;
use keyring_core::Error;
use keyring_core::api::CredentialStoreApi;
use std::collections::HashMap;
use std::time::Duration;
use zeroize::Zeroizing;

/// The service that entries are kept under; their user name is the home's random id.
pub(super) const SERVICE: &str = "dev.licet";

/// Reads the entry, where there is one.
pub(super) fn get(user: &str) -> Result<Option<Zeroizing<String>>, LockError> {
    match entry(user)?.get_password() {
        Ok(text) => Ok(Some(Zeroizing::new(text))),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(lock_error(error)),
    }
}

/// Writes the entry.
pub(super) fn set(user: &str, text: &str) -> Result<(), LockError> {
    entry(user)?.set_password(text).map_err(lock_error)
}

/// Takes the entry away, where there is one.
pub(super) fn delete(user: &str) -> Result<(), LockError> {
    match entry(user)?.delete_credential() {
        Ok(()) | Err(Error::NoEntry) => Ok(()),
        Err(error) => Err(lock_error(error)),
    }
}

fn entry(user: &str) -> Result<keyring::Entry, LockError> {
    let store = store().map_err(|error| {
        tracing::info!(%error, "the keyring cannot be opened");
        LockError::KeyringAbsent
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
    use super::{Duration, HashMap, KeyringState};
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
    pub(super) fn probe(within: Duration) -> KeyringState {
        match is_locked(within) {
            Ok(Some(true)) => KeyringState::Locked,
            Ok(Some(false)) => KeyringState::Ready,
            Ok(None) => KeyringState::Absent,
            Err(error) => {
                tracing::info!(%error, "no Secret Service answers");
                KeyringState::Absent
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
    use super::{Duration, HashMap, KeyringState};
    use std::sync::Arc;

    pub(super) fn store() -> keyring_core::Result<Arc<apple_native_keyring_store::keychain::Store>> {
        apple_native_keyring_store::keychain::Store::new()
    }

    pub(super) fn modifiers() -> Option<HashMap<&'static str, &'static str>> {
        None
    }

    /// The keychain of who is logged in is unlocked with the login.
    pub(super) fn probe(_within: Duration) -> KeyringState {
        KeyringState::Ready
    }
}

#[cfg(windows)]
mod system {
    use super::{Duration, HashMap, KeyringState};
    use std::sync::Arc;

    pub(super) fn store() -> keyring_core::Result<Arc<windows_native_keyring_store::Store>> {
        windows_native_keyring_store::Store::new()
    }

    pub(super) fn modifiers() -> Option<HashMap<&'static str, &'static str>> {
        None
    }

    /// The credentials of who is logged in are unlocked with the login.
    pub(super) fn probe(_within: Duration) -> KeyringState {
        KeyringState::Ready
    }
}

use system::{modifiers, store};

/// Whether the keyring can be used, without prompting.
pub(super) fn probe(within: Duration) -> KeyringState {
    system::probe(within)
}
