//! Reading settings from TOML: each for itself, so that one that cannot be used does not take the others with it.

use super::{Appearance, Density, Settings, SettingsError};
use license::IssuerKey;
use std::path::{Path, PathBuf};
use toml_edit::{DocumentMut, Item, Value};

/// The settings that there are.
const KEYS: &[&str] = &[
    "appearance",
    "density",
    "launcher-file",
    "expires-soon-days",
    "columns",
    "core-address",
    "issuer-keys",
];

const ISSUER_KEYS: &str = "a list of Ed25519 public keys of 64 hex digits";

/// The settings that apply, with what is wrong with their file.
#[derive(Debug)]
pub struct SettingsRead {
    /// What the file sets, and the defaults for the rest.
    pub settings: Settings,
    /// What in the file cannot be used.
    pub problems: Vec<SettingsError>,
}

/// Reads one document, and collects what is wrong with it.
pub(super) struct Reader<'a> {
    path: &'a Path,
    document: &'a DocumentMut,
    problems: Vec<SettingsError>,
}

impl<'a> Reader<'a> {
    /// The settings of a document, with what cannot be used.
    pub(super) fn read(path: &'a Path, document: &'a DocumentMut) -> SettingsRead {
        let mut reader = Self { path, document, problems: Vec::new() };
        let settings = reader.settings();
        reader.name_unknown();
        SettingsRead { settings, problems: reader.problems }
    }

    fn settings(&mut self) -> Settings {
        let default = Settings::default();
        let appearance = self.text("appearance", "\"system\", \"light\" or \"dark\"", |word| {
            Appearance::ALL.iter().copied().find(|known| known.word() == word)
        });
        let density = self.text("density", "\"comfortable\" or \"compact\"", |word| {
            Density::ALL.iter().copied().find(|known| known.word() == word)
        });
        let launcher_file =
            self.text("launcher-file", "a path", |path| (!path.is_empty()).then(|| PathBuf::from(path)));
        let expires_soon_days = self.item("expires-soon-days", "a number of days from 0 to 3650", |item| {
            item.as_integer().and_then(|days| u32::try_from(days).ok()).filter(|days| *days <= 3650)
        });
        let columns = self.item("columns", "a list such as [[\"name\", 240]]", columns);
        let core_address = self.text("core-address", "an address", |address| Some(address.to_owned()));
        Settings {
            appearance: appearance.unwrap_or(default.appearance),
            density: density.unwrap_or(default.density),
            launcher_file,
            expires_soon_days: expires_soon_days.unwrap_or(default.expires_soon_days),
            columns: columns.unwrap_or(default.columns),
            core_address,
            issuer_keys: self.issuer_keys(),
        }
    }

    fn item<T>(
        &mut self,
        key: &'static str,
        expected: &'static str,
        read: impl Fn(&Item) -> Option<T>,
    ) -> Option<T> {
        let value = read(self.document.get(key)?);
        if value.is_none() {
            self.problems.push(SettingsError::BadValue { path: self.path.to_owned(), key, expected });
        }
        value
    }

    fn text<T>(
        &mut self,
        key: &'static str,
        expected: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        self.item(key, expected, |item| item.as_str().and_then(&read))
    }

    /// Public keys. One that is damaged does not take the others with it: certificates are checked with them.
    fn issuer_keys(&mut self) -> Vec<String> {
        let key = "issuer-keys";
        let Some(all) = self.item(key, ISSUER_KEYS, |item| item.as_array().cloned()) else {
            return Vec::new();
        };
        let good: Vec<_> = all.iter().filter_map(issuer_key).collect();
        if good.len() < all.len() {
            let (path, expected) = (self.path.to_owned(), ISSUER_KEYS);
            self.problems.push(SettingsError::BadEntries { path, key, expected });
        }
        good
    }

    fn name_unknown(&mut self) {
        let unknown = self.document.iter().map(|(key, _)| key).filter(|key| !KEYS.contains(key));
        let path = self.path;
        self.problems
            .extend(unknown.map(|key| SettingsError::Unknown { path: path.to_owned(), key: key.to_owned() }));
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

fn issuer_key(value: &Value) -> Option<String> {
    value.as_str().filter(|key| IssuerKey::parse(key).is_ok()).map(str::to_owned)
}
