//! What the user changed, in a TOML file that they may edit themselves: other keys and comments in it stay.

mod file;
mod reading;
mod writing;

pub use file::SettingsFile;
pub use reading::SettingsRead;

use crate::files::FileError;
use errors_derive::Declared;
use std::path::PathBuf;

/// What a user may choose. What the file does not name has its default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Light or dark; `appearance`.
    pub appearance: Appearance,
    /// How close rows stand; `density`.
    pub density: Density,
    /// Where the launcher's license file is, when it is not where the launcher looks by itself; `launcher-file`.
    pub launcher_file: Option<PathBuf>,
    /// From how many days before its end a license expires soon; `expires-soon-days`.
    pub expires_soon_days: u32,
    /// Which columns the list shows, in order, with their widths in pixels; `columns`. Empty: the usual ones.
    pub columns: Vec<(String, u32)>,
    /// Where a Core on this computer answers, when it is not where its product has it by itself; `core-address`.
    pub core_address: Option<String>,
    /// The public keys that an imported certificate may be signed with, besides those of the accounts; `issuer-keys`.
    pub issuer_keys: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            appearance: Appearance::System,
            density: Density::Comfortable,
            launcher_file: None,
            expires_soon_days: 30,
            columns: Vec::new(),
            core_address: None,
            issuer_keys: Vec::new(),
        }
    }
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Appearance {
    /// As the system is.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// How close rows stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Density {
    /// With room to breathe.
    Comfortable,
    /// As many as fit.
    Compact,
}

impl Appearance {
    /// Every choice, in the order in which they are offered.
    pub const ALL: &'static [Self] = &[Self::System, Self::Light, Self::Dark];

    /// The value in the file.
    pub const fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl Density {
    /// Every choice, in the order in which they are offered.
    pub const ALL: &'static [Self] = &[Self::Comfortable, Self::Compact];

    /// The value in the file.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Comfortable => "comfortable",
            Self::Compact => "compact",
        }
    }
}

/// What is wrong with the file of the settings. Whatever it is, Licet starts with the settings that can be used.
#[derive(Debug, thiserror::Error, Declared)]
pub enum SettingsError {
    /// The settings file is not valid TOML, so the default settings apply. The file is kept under another name once a setting is changed.
    #[error("{} is not valid TOML ({detail}); the default settings apply", path.display())]
    #[declared("settings-not-toml", args(path), detail = detail.clone())]
    NotToml {
        /// The file.
        path: PathBuf,
        /// What is wrong and where, on one line.
        detail: String,
    },
    /// A setting has a value that is not allowed, so its default applies.
    #[error("{}: {key} must be {expected}; its default applies", path.display())]
    #[declared("settings-bad-value", args(path, key, expected))]
    BadValue {
        /// The file.
        path: PathBuf,
        /// The setting.
        key: &'static str,
        /// What it may be.
        expected: &'static str,
    },
    /// Some entries of a setting are not allowed. The others apply.
    #[error("{}: {key} must be {expected}; the entries that are not are ignored", path.display())]
    #[declared("settings-bad-entries", args(path, key, expected))]
    BadEntries {
        /// The file.
        path: PathBuf,
        /// The setting.
        key: &'static str,
        /// What it may be.
        expected: &'static str,
    },
    /// There is no setting of this name. It is ignored.
    #[error("{}: there is no setting named {key:?}; it is ignored", path.display())]
    #[declared("settings-unknown", args(path, key))]
    Unknown {
        /// The file.
        path: PathBuf,
        /// The name.
        key: String,
    },
    /// The file cannot be read or written.
    #[error(transparent)]
    #[declared(transparent)]
    File(#[from] FileError),
}
