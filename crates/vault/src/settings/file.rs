//! The file of the settings: reading what can be used, and changing a setting without touching the rest.

use super::reading::{Reader, SettingsRead};
use super::writing::put;
use super::{Settings, SettingsError};
use crate::files::{self, Backup, FileError, WriteOptions};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use toml_edit::{DocumentMut, TomlError};

/// The file of the settings.
#[derive(Debug)]
pub struct SettingsFile {
    path: PathBuf,
    one_at_a_time: Mutex<()>,
}

/// What the file contains.
enum Content {
    /// Settings; none where there is no file.
    Toml(Box<DocumentMut>),
    /// Something that is not TOML.
    NotToml(SettingsError),
}

impl SettingsFile {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path, one_at_a_time: Mutex::new(()) }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The settings that apply. A file that is missing or cannot be used sets nothing; see [`SettingsFile::read_closely`].
    pub fn read(&self) -> Settings {
        self.read_closely().settings
    }

    /// The settings that apply, and what is wrong with the file.
    pub fn read_closely(&self) -> SettingsRead {
        match self.content() {
            Ok(Content::Toml(document)) => Reader::read(&self.path, &document),
            Ok(Content::NotToml(error)) | Err(error) => {
                SettingsRead { settings: Settings::default(), problems: vec![error] }
            }
        }
    }

    /// Changes settings. In the file, only what `change` changes is touched; a value that cannot be used stays until its
    /// own setting is changed. A file that is not TOML is kept under another name first.
    pub fn change(&self, change: impl FnOnce(&mut Settings)) -> Result<Settings, SettingsError> {
        let _guard = self.one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut document, backup) = match self.content()? {
            Content::Toml(document) => (*document, Backup::Never),
            Content::NotToml(_) => (DocumentMut::new(), Backup::Always),
        };
        let before = Reader::read(&self.path, &document).settings;
        let mut after = before.clone();
        change(&mut after);
        if after != before {
            put(&mut document, &before, &after);
            let text = document.to_string();
            let write =
                |in_place| files::write(&self.path, text.as_bytes(), &WriteOptions { in_place, backup });
            match write(false) {
                // The settings of several homes, linked to each other, stay one file.
                Err(FileError::HardLinked { .. } | FileError::WouldLose { .. }) => write(true)?,
                written => written?,
            };
        }
        Ok(after)
    }

    fn content(&self) -> Result<Content, SettingsError> {
        let not_toml = |detail| Content::NotToml(SettingsError::NotToml { path: self.path.clone(), detail });
        let text = match files::read_if_there(&self.path) {
            Ok(text) => text.unwrap_or_default(),
            Err(FileError::NotText { .. }) => return Ok(not_toml("it is not text in UTF-8".to_owned())),
            Err(error) => return Err(error.into()),
        };
        // Some editors begin a file with a byte order mark.
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        Ok(match text.parse::<DocumentMut>() {
            Ok(document) => Content::Toml(Box::new(document)),
            Err(error) => not_toml(on_a_line(text, &error)),
        })
    }
}

/// What the parser says, without its drawing of the line that it is about.
fn on_a_line(text: &str, error: &TomlError) -> String {
    let message = error.message().lines().map(str::trim).collect::<Vec<_>>().join(", ");
    let before = error.span().and_then(|span| text.get(..span.start));
    match before {
        Some(before) => format!("line {}: {message}", before.matches('\n').count() + 1),
        None => message,
    }
}
