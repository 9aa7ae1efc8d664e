//! Settings, and how secrets are kept.

use crate::view::{Appearance, ColumnView, Density, KeyringView, SettingsView, VaultState, VaultView};
use std::path::PathBuf;
use vault::{KeptBy, KeyringState, LockState, Settings};

/// What is set.
pub(crate) fn settings(settings: &Settings) -> SettingsView {
    SettingsView {
        appearance: match settings.appearance {
            vault::Appearance::System => Appearance::System,
            vault::Appearance::Light => Appearance::Light,
            vault::Appearance::Dark => Appearance::Dark,
        },
        density: match settings.density {
            vault::Density::Comfortable => Density::Comfortable,
            vault::Density::Compact => Density::Compact,
        },
        launcher_file: settings.launcher_file.as_ref().map(|path| path.display().to_string()),
        expires_soon_days: settings.expires_soon_days,
        columns: settings
            .columns
            .iter()
            .map(|(column, width)| ColumnView { column: column.clone(), width: *width })
            .collect(),
        core_address: settings.core_address.clone(),
        issuer_keys: settings.issuer_keys.clone(),
    }
}

/// What a user set.
pub(crate) fn chosen_settings(view: SettingsView) -> Settings {
    Settings {
        appearance: match view.appearance {
            Appearance::System => vault::Appearance::System,
            Appearance::Light => vault::Appearance::Light,
            Appearance::Dark => vault::Appearance::Dark,
        },
        density: match view.density {
            Density::Comfortable => vault::Density::Comfortable,
            Density::Compact => vault::Density::Compact,
        },
        launcher_file: view.launcher_file.filter(|path| !path.trim().is_empty()).map(PathBuf::from),
        expires_soon_days: view.expires_soon_days,
        columns: view.columns.into_iter().map(|column| (column.column, column.width)).collect(),
        core_address: view
            .core_address
            .map(|address| address.trim().to_owned())
            .filter(|address| !address.is_empty()),
        issuer_keys: view.issuer_keys,
    }
}

/// Whether secrets can be read, and where they are kept. While no keyring answers, a passphrase is the way in, where
/// there is one.
pub(crate) fn vault(lock: LockState, keyring: KeyringState, ways: &[KeptBy]) -> VaultView {
    let by_passphrase = ways.contains(&KeptBy::Passphrase) && keyring != KeyringState::Ready;
    let state = match lock {
        LockState::New => VaultState::New,
        LockState::Unlocked(KeptBy::Session) => VaultState::SessionOnly,
        LockState::Unlocked(KeptBy::Keyring | KeptBy::Passphrase) => VaultState::Unlocked,
        LockState::SlotsLost => VaultState::SlotsLost,
        LockState::Locked(KeptBy::Passphrase) => VaultState::LockedByPassphrase,
        LockState::Locked(_) if by_passphrase => VaultState::LockedByPassphrase,
        LockState::Locked(KeptBy::Keyring | KeptBy::Session) => VaultState::LockedByKeyring,
    };
    let keyring = match keyring {
        KeyringState::Ready => KeyringView::Ready,
        KeyringState::LostEntry => KeyringView::LostEntry,
        KeyringState::Locked => KeyringView::Locked,
        KeyringState::Absent => KeyringView::Absent,
    };
    VaultView { state, keyring }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One row a case: what keeps the key, how the keyring is, whether a passphrase opens it too, what the page shows.
    #[test]
    fn a_passphrase_is_asked_for_where_no_keyring_answers() {
        let both = [KeptBy::Keyring, KeptBy::Passphrase];
        let table = [
            (KeyringState::Ready, &both[..], VaultState::LockedByKeyring),
            (KeyringState::LostEntry, &both[..], VaultState::LockedByPassphrase),
            (KeyringState::LostEntry, &both[..1], VaultState::LockedByKeyring),
            (KeyringState::Locked, &both[..], VaultState::LockedByPassphrase),
            (KeyringState::Absent, &both[..], VaultState::LockedByPassphrase),
            (KeyringState::Locked, &both[..1], VaultState::LockedByKeyring),
        ];
        for (keyring, ways, shown) in table {
            let lock = LockState::Locked(KeptBy::Keyring);
            assert_eq!(vault(lock, keyring, ways).state, shown, "{keyring:?} {ways:?}");
        }
    }
}
