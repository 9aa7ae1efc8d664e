//! Errors of license files, their formats and the settings.

use super::env_file;
use app::context::AppError;
use license::file::FormatError;
use std::{io, path::PathBuf};
use vault::{FileError, SettingsError};

pub(super) fn errors() -> Vec<AppError> {
    let path = env_file;
    let files = [
        FileError::Missing { path: path() },
        FileError::ParentMissing { path: "/srv/box".into() },
        FileError::NotReadable { path: path() },
        FileError::NotWritable { path: path() },
        FileError::ReadOnlyFileSystem { path: path() },
        FileError::DiskFull { path: path() },
        FileError::IsDirectory { path: path() },
        FileError::Exists { path: path() },
        FileError::NotAFile { path: path() },
        FileError::OwnedByAnother { path: path(), owner: "root".to_owned() },
        FileError::HardLinked { path: path(), names: 2 },
        FileError::WouldLose { path: path(), what: "access control list".to_owned() },
        FileError::Changed { path: path() },
        FileError::BeingWritten { path: path() },
        FileError::NoAccessList { path: path() },
        FileError::AccessRefused { path: path(), what: "the group wheel".to_owned() },
        FileError::MountPoint { path: path() },
        FileError::Fixed { path: path(), attribute: "immutable" },
        FileError::Fixed { path: path(), attribute: "append-only" },
        FileError::NotAFolder { path: "/srv/box".into() },
        FileError::TooLarge { path: path(), max_bytes: 1 << 20 },
        FileError::NotText { path: path() },
        incomplete(Some("/srv/box/.env.bak.1".into())),
        incomplete(None),
        FileError::Io { path: path(), source: io::Error::other("the device is gone") },
    ];
    let settings = || PathBuf::from("/home/ada/.config/licet/settings.toml");
    let of_settings = [
        SettingsError::NotToml { path: settings(), detail: "line 2: expected a value".to_owned() },
        SettingsError::BadValue { path: settings(), key: "appearance", expected: "system, light or dark" },
        SettingsError::BadEntries { path: settings(), key: "issuer-keys", expected: "a list of public keys" },
        SettingsError::Unknown { path: settings(), key: "densty".to_owned() },
        SettingsError::File(FileError::NotReadable { path: settings() }),
    ];
    let formats = [
        FormatError::Syntax { line: 2, words: "expected a value".to_owned() },
        FormatError::NotALicenseFile { what: "the YAML is not a Secret" },
        FormatError::Missing { name: "BOX_LICENSE" },
        FormatError::KeyDoesNotFit { format: "env" },
    ];
    let mut all: Vec<_> = files.map(AppError::File).into();
    all.extend(of_settings.map(AppError::Settings));
    all.extend(formats.map(|source| AppError::Format { path: path(), source }));
    all
}

fn incomplete(backup: Option<PathBuf>) -> FileError {
    FileError::Incomplete { path: env_file(), backup, source: io::Error::other("the device is gone") }
}
