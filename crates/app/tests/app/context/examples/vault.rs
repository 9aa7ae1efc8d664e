//! Errors of the lock, the library and sealed secrets.

use super::env_file;
use app::context::AppError;
use license::{AccountId, LicenseId};
use vault::{KeptBy, LibraryError, LockError, ReadOnlyCause, SecretError, SecretKind, SecretOwner};

pub(super) fn errors() -> Vec<AppError> {
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
