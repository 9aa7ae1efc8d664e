//! What the user changed, in a TOML file that they may edit themselves: other keys and comments in it stay.

use crate::files::{self, Backup, FileError, WriteOptions};
use license::IssuerKey;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use toml_edit::{Array, DocumentMut, Item, TomlError, Value, value};

/// What a person may choose. What the file does not name has its default.
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

    /// The word that stands in the file.
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

    /// The word that stands in the file.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Comfortable => "comfortable",
            Self::Compact => "compact",
        }
    }
}

/// Why the settings could not be read or changed. The file is left as it is.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file is not TOML.
    #[error("{} is not TOML: {detail}", path.display())]
    NotToml {
        /// The file.
        path: PathBuf,
        /// What is wrong and where.
        detail: String,
    },
    /// A setting has a value that means nothing.
    #[error("{}: {key} must be {expected}", path.display())]
    BadValue {
        /// The file.
        path: PathBuf,
        /// The setting.
        key: &'static str,
        /// What it may be.
        expected: &'static str,
    },
    /// The file cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
}

/// The file of the settings.
#[derive(Debug)]
pub struct SettingsFile {
    path: PathBuf,
    one_at_a_time: Mutex<()>,
}

impl SettingsFile {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path, one_at_a_time: Mutex::new(()) }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is chosen; a file that is not there chooses nothing.
    pub fn read(&self) -> Result<Settings, SettingsError> {
        self.settings(&self.document()?)
    }

    /// Changes what is chosen, touching in the file only what `change` changes.
    pub fn change(&self, change: impl FnOnce(&mut Settings)) -> Result<Settings, SettingsError> {
        let _guard = self.one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner);
        let mut document = self.document()?;
        let before = self.settings(&document)?;
        let mut after = before.clone();
        change(&mut after);
        if after != before {
            put(&mut document, &before, &after);
            let options = WriteOptions { in_place: false, backup: Backup::Never };
            files::write(&self.path, document.to_string().as_bytes(), &options)?;
        }
        Ok(after)
    }

    fn document(&self) -> Result<DocumentMut, SettingsError> {
        let text = files::read_if_there(&self.path)?.unwrap_or_default();
        text.parse().map_err(|error: TomlError| SettingsError::NotToml {
            path: self.path.clone(),
            detail: error.to_string(),
        })
    }

    fn settings(&self, document: &DocumentMut) -> Result<Settings, SettingsError> {
        let read = Reader { path: &self.path, document };
        let default = Settings::default();
        let appearance = read.text("appearance", "\"system\", \"light\" or \"dark\"", |word| {
            Appearance::ALL.iter().copied().find(|known| known.word() == word)
        })?;
        let density = read.text("density", "\"comfortable\" or \"compact\"", |word| {
            Density::ALL.iter().copied().find(|known| known.word() == word)
        })?;
        let launcher_file = read.text("launcher-file", "a path", |path| Some(PathBuf::from(path)))?;
        let expires_soon_days =
            read.item("expires-soon-days", "a number of days from 0 to 3650", |item| {
                item.as_integer().and_then(|days| u32::try_from(days).ok()).filter(|days| *days <= 3650)
            })?;
        let columns = read.item("columns", "a list such as [[\"name\", 240]]", columns)?;
        let core_address = read.text("core-address", "an address", |address| Some(address.to_owned()))?;
        let issuer_keys =
            read.item("issuer-keys", "a list of Ed25519 public keys of 64 hex digits", issuer_keys)?;
        Ok(Settings {
            appearance: appearance.unwrap_or(default.appearance),
            density: density.unwrap_or(default.density),
            launcher_file,
            expires_soon_days: expires_soon_days.unwrap_or(default.expires_soon_days),
            columns: columns.unwrap_or(default.columns),
            core_address,
            issuer_keys: issuer_keys.unwrap_or(default.issuer_keys),
        })
    }
}

struct Reader<'a> {
    path: &'a Path,
    document: &'a DocumentMut,
}

impl Reader<'_> {
    fn item<T>(
        &self,
        key: &'static str,
        expected: &'static str,
        read: impl Fn(&Item) -> Option<T>,
    ) -> Result<Option<T>, SettingsError> {
        let Some(item) = self.document.get(key) else { return Ok(None) };
        let bad = || SettingsError::BadValue { path: self.path.to_owned(), key, expected };
        read(item).map(Some).ok_or_else(bad)
    }

    fn text<T>(
        &self,
        key: &'static str,
        expected: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, SettingsError> {
        self.item(key, expected, |item| item.as_str().and_then(&read))
    }
}

/// Names and widths of columns, or nothing where one of them makes no sense.
fn columns(item: &Item) -> Option<Vec<(String, u32)>> {
    let column = |value: &Value| {
        let pair = value.as_array()?;
        let (name, width) = (pair.get(0)?.as_str()?, pair.get(1)?.as_integer()?);
        Some((name.to_owned(), u32::try_from(width).ok()?))
    };
    item.as_array()?.iter().map(column).collect()
}

/// Public keys, or nothing where one of the texts is none.
fn issuer_keys(item: &Item) -> Option<Vec<String>> {
    let key = |value: &Value| value.as_str().filter(|key| IssuerKey::parse(key).is_ok()).map(str::to_owned);
    item.as_array()?.iter().map(key).collect()
}

fn columns_value(columns: &[(String, u32)]) -> Value {
    let column =
        |(name, width): &(String, u32)| Array::from_iter([Value::from(name), Value::from(i64::from(*width))]);
    Value::Array(columns.iter().map(column).collect())
}

fn put(document: &mut DocumentMut, before: &Settings, after: &Settings) {
    if after.appearance != before.appearance {
        put_value(document, "appearance", after.appearance.word().into());
    }
    if after.density != before.density {
        put_value(document, "density", after.density.word().into());
    }
    if after.expires_soon_days != before.expires_soon_days {
        put_value(document, "expires-soon-days", i64::from(after.expires_soon_days).into());
    }
    if after.columns != before.columns {
        put_value(document, "columns", columns_value(&after.columns));
    }
    if after.issuer_keys != before.issuer_keys {
        put_value(document, "issuer-keys", Value::Array(after.issuer_keys.iter().collect()));
    }
    if after.launcher_file != before.launcher_file {
        let path = after.launcher_file.as_ref().map(|path| path.to_string_lossy().into_owned());
        put_or_remove(document, "launcher-file", path);
    }
    if after.core_address != before.core_address {
        put_or_remove(document, "core-address", after.core_address.clone());
    }
}

fn put_or_remove(document: &mut DocumentMut, key: &str, new: Option<String>) {
    match new {
        Some(new) => put_value(document, key, new.into()),
        None => {
            document.remove(key);
        }
    }
}

/// Sets a value, keeping the comment beside an earlier one.
fn put_value(document: &mut DocumentMut, key: &str, new: Value) {
    match document.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            let decor = old.decor().clone();
            *old = new;
            *old.decor_mut() = decor;
        }
        None => document[key] = value(new),
    }
}
