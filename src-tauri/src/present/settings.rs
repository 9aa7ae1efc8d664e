//! Settings, and how secrets are kept.

use crate::view::{Appearance, ColumnView, Density, KeyringView, SettingsView, VaultState, VaultView};
use desk::vault::{KeptBy, KeyringState, LockState, Settings};
use std::path::PathBuf;

/// What is set.
pub fn settings(settings: &Settings) -> SettingsView {
    SettingsView {
        appearance: match settings.appearance {
            desk::vault::Appearance::System => Appearance::System,
            desk::vault::Appearance::Light => Appearance::Light,
            desk::vault::Appearance::Dark => Appearance::Dark,
        },
        density: match settings.density {
            desk::vault::Density::Comfortable => Density::Comfortable,
            desk::vault::Density::Compact => Density::Compact,
        },
        launcher_file: settings.launcher_file.as_ref().map(|path| path.display().to_string()),
        expires_soon_days: settings.expires_soon_days,
        columns: settings
            .columns
            .iter()
            .map(|(column, width)| ColumnView { column: column.clone(), width: *width })
            .collect(),
    }
}

/// What a person set.
pub fn chosen_settings(view: SettingsView) -> Settings {
    Settings {
        appearance: match view.appearance {
            Appearance::System => desk::vault::Appearance::System,
            Appearance::Light => desk::vault::Appearance::Light,
            Appearance::Dark => desk::vault::Appearance::Dark,
        },
        density: match view.density {
            Density::Comfortable => desk::vault::Density::Comfortable,
            Density::Compact => desk::vault::Density::Compact,
        },
        launcher_file: view.launcher_file.filter(|path| !path.trim().is_empty()).map(PathBuf::from),
        expires_soon_days: view.expires_soon_days,
        columns: view.columns.into_iter().map(|column| (column.column, column.width)).collect(),
    }
}

/// Whether secrets can be read, and where they are kept.
pub fn vault((lock, keyring): (LockState, KeyringState)) -> VaultView {
    let state = match lock {
        LockState::New => VaultState::New,
        LockState::Unlocked(KeptBy::Session) => VaultState::SessionOnly,
        LockState::Unlocked(KeptBy::Keyring | KeptBy::Passphrase) => VaultState::Unlocked,
        LockState::Locked(KeptBy::Passphrase) => VaultState::LockedByPassphrase,
        LockState::Locked(KeptBy::Keyring | KeptBy::Session) => VaultState::LockedByKeyring,
    };
    let keyring = match keyring {
        KeyringState::Ready => KeyringView::Ready,
        KeyringState::Locked => KeyringView::Locked,
        KeyringState::Absent => KeyringView::Absent,
    };
    VaultView { state, keyring }
}
