//! Errors of a license, its key or its files.

use super::env_file;
use app::context::AppError;
use vault::{FileError, LibraryError};

pub(super) fn errors() -> Vec<AppError> {
    let label = || "box".to_owned();
    let account = || "north".to_owned();
    let path = env_file;
    let possible = || "env, jwt, k8s-secret".to_owned();
    let format = || "launcher-toml".to_owned();
    let candidates = vec!["L1 (box, north)".to_owned(), "L2 (box, south)".to_owned()];
    vec![
        AppError::SameName { account: account(), name: label(), count: 1 },
        AppError::Ambiguous { named: label(), candidates },
        AppError::NotConfirmed { expected: label() },
        AppError::NotConfirmed { expected: "it's mine".to_owned() },
        AppError::FileOfAnother { path: path(), other: "play".to_owned() },
        AppError::Gone { label: label() },
        AppError::NoKey { label: label() },
        AppError::KeyNotKept { label: label() },
        AppError::FormatDoesNotFit { label: label(), format: format(), possible: possible() },
        AppError::FormatDoesNotFit { label: label(), format: format(), possible: String::new() },
        AppError::NotImported { label: label(), account: account() },
        AppError::Unsettled { verb: "create", label: label() },
        AppError::Unsettled { verb: "delete", label: label() },
        AppError::NotRecorded {
            account: account(),
            doing: "creating \"clinic-dev\"".to_owned(),
            why: AppError::Library(LibraryError::DiskFull).into(),
        },
        AppError::Outdated { label: label() },
        AppError::NotCheckedOut { label: label() },
        AppError::NoRegistry { label: label() },
        AppError::SameKey { label: label() },
        AppError::SuccessorAtVendor { label: label(), account: account() },
        AppError::NoBackup { file: path(), number: Some(3) },
        AppError::NoBackup { file: path(), number: None },
        AppError::BackupOfAnother { path: path() },
        AppError::LeakedRemains { path: path(), words: "it cannot be read".to_owned() },
        AppError::Replacing { label: label(), is_running: true },
        AppError::Replacing { label: label(), is_running: false },
        AppError::HalfReplaced { why: AppError::Cancelled.into() },
        AppError::HalfReplaced { why: AppError::File(FileError::DiskFull { path: path() }).into() },
        AppError::NotReplaced { path: path(), label: label() },
        AppError::OldKeyStands { path: path(), label: label() },
    ]
}
