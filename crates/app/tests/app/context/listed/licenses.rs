//! Errors of texts, keys and licenses.

use super::home::env_file;
use app::context::AppError;
use license::{
    CertificateError, NameError,
    file::FormatError,
    jwt::JwtError,
    key::{Damage, Mistake, SystemProblem},
};
use vault::{FileError, LibraryError};

pub(super) fn of_texts() -> Vec<AppError> {
    let mut all: Vec<_> = [NameError::Empty, NameError::TooLong { chars: 300 }, NameError::Control { at: 4 }]
        .map(AppError::Name)
        .into();
    let mistakes = [
        Mistake::Empty,
        Mistake::Unknown,
        Mistake::System(SystemProblem::Groups { found: 4 }),
        Mistake::System(SystemProblem::GroupLength { group: 2, found: 5 }),
        Mistake::System(SystemProblem::Character { group: 2, at: 6, found: 'G' }),
        Mistake::System(SystemProblem::Version),
        Mistake::DeploymentParts,
        Mistake::DeploymentPayload,
        Mistake::DeploymentSignature,
        Mistake::Jwt(JwtError::Parts { found: 2 }),
        Mistake::Jwt(JwtError::Header),
        Mistake::Jwt(JwtError::Claims),
        Mistake::Jwt(JwtError::Signature),
        Mistake::Certificate(Damage::FirstLine),
        Mistake::MachineCertificate,
        Mistake::Secret(FormatError::NotALicenseFile { what: "`BOX_LICENSE` is not base64" }),
        Mistake::Env(FormatError::Syntax {
            line: 3,
            words: "the quoted value has no closing quote".to_owned(),
        }),
        Mistake::EnvWithoutLicense,
        Mistake::Toml { line: 1, words: "expected a value".to_owned() },
        Mistake::TomlWithoutLicense,
        Mistake::PortalToken,
    ];
    all.extend(mistakes.map(|source| AppError::NotAKey { path: None, source }));
    all.push(AppError::NotAKey { path: Some("/srv/key.txt".into()), source: Mistake::Unknown });
    let certificates = [
        CertificateError::Malformed { part: "signature" },
        CertificateError::Unsupported { algorithm: "aes-256-gcm+rsa-sha256".to_owned() },
        CertificateError::NotGenuine,
        CertificateError::NeedsKey,
        CertificateError::OtherLicense,
    ];
    all.extend(certificates.map(|source| AppError::Certificate { path: None, source }));
    let path = Some("/srv/cell.lic".into());
    all.push(AppError::Certificate { path, source: CertificateError::NeedsKey });
    all
}

/// What is wrong with a license, its key or its files.
pub(super) fn of_licenses() -> Vec<AppError> {
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
