//! Whether a key stands in a file. What cannot be looked into is neither a yes nor a no.

use license::{LicenseKey, file::Format};
use std::path::Path;
use vault::{
    TrackedFile,
    files::{self, FileError},
};

/// What a look into a file tells of a key.
#[derive(Debug)]
pub(crate) enum Holds {
    /// The key stands in it.
    Key,
    /// Something else does.
    Else,
    /// It cannot be told: the file cannot be read, or is not there.
    Unknown(FileError),
}

/// Whether a key stands in a tracked file, also in one that somebody changed since.
pub(crate) fn look(file: &TrackedFile, key: &LicenseKey) -> Holds {
    look_at(&file.file.path, &file.file.format, key)
}

/// The same of any file of a format. Some formats do not have the key in plain: what it would make of the file is then
/// as the file is.
pub(crate) fn look_at(path: &Path, format: &str, key: &LicenseKey) -> Holds {
    let text = match files::read_text(path) {
        Ok(text) => text,
        Err(error) => return Holds::Unknown(error),
    };
    let rendered = || license::file::render(Format::from_word(format)?, Some(&text), key).ok();
    let is_in_it =
        text.contains(key.expose()) || rendered().is_some_and(|rendered| rendered.expose() == text.as_str());
    if is_in_it { Holds::Key } else { Holds::Else }
}
