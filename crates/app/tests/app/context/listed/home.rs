//! Errors of the library, the keyring, the settings and files.

use app::context::AppError;
use license::{AccountId, LicenseId, file::FormatError};
use std::{io, path::PathBuf};
use vault::{
    FileError, KeptBy, LibraryError, LockError, ReadOnlyCause, SecretError, SecretKind, SecretOwner,
    SettingsError,
};

pub(super) fn of_vault() -> Vec<AppError> {
    let tampered = |owner, kind| SecretError::Tampered { owner, kind };
    let of_license = || tampered(SecretOwner::License(LicenseId(3)), SecretKind::Key);
    let mut all: Vec<AppError> = [
        LockError::KeyringLocked,
        LockError::KeyringAbsent { accepts_passphrase: true },
        LockError::KeyringAbsent { accepts_passphrase: false },
        LockError::KeyringTimedOut,
        LockError::KeyringLostEntry,
        LockError::SlotsLost,
        LockError::PromptDismissed,
        LockError::KeyringFailed { detail: "no reply".to_owned() },
        LockError::WrongPassphrase,
        LockError::ShortPassphrase { least: 8 },
        LockError::NotKeptBy(KeptBy::Keyring),
        LockError::Locked,
        LockError::Secret(of_license()),
    ]
    .map(AppError::Lock)
    .into();
    let library = [
        LibraryError::NameTaken { name: "north".to_owned() },
        LibraryError::NoSuchAccount,
        LibraryError::NoSuchLicense,
        LibraryError::NoSuchFile,
        LibraryError::NoSuchIntent,
        LibraryError::NoSuchReplacement,
        LibraryError::Busy,
        LibraryError::DiskFull,
        LibraryError::ReadOnly,
        LibraryError::CannotBeChanged { path: "/srv/licet".into(), cause: ReadOnlyCause::FileSystem },
        LibraryError::CannotBeChanged { path: "/srv/licet".into(), cause: ReadOnlyCause::Permission },
        LibraryError::CannotBeChanged { path: "/srv/licet".into(), cause: ReadOnlyCause::DiskFull },
        LibraryError::WrittenNotNoted { path: env_file(), source: Box::new(LibraryError::DiskFull) },
        LibraryError::Damaged,
        LibraryError::Unreadable { what: "hosting" },
        LibraryError::Database(rusqlite::Error::InvalidQuery),
    ];
    all.extend(library.map(AppError::Library));
    all.push(tampered(SecretOwner::Account(AccountId(1)), SecretKind::Login("token")).into());
    all
}

pub(super) fn env_file() -> PathBuf {
    "/srv/box/.env".into()
}

fn incomplete(backup: Option<PathBuf>) -> FileError {
    FileError::Incomplete { path: env_file(), backup, source: io::Error::other("the device is gone") }
}

pub(super) fn of_files() -> Vec<AppError> {
    let path = env_file;
    let files = [
        FileError::Missing { path: path() },
        FileError::ParentMissing { path: "/srv/box".into() },
        FileError::NotReadable { path: path() },
        FileError::NotWritable { path: path() },
        FileError::ReadOnlyFileSystem { path: path() },
        FileError::DiskFull { path: path() },
        FileError::IsDirectory { path: path() },
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
