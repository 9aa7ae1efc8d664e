//! Errors of names, keys and certificates.

use app::context::AppError;
use license::{
    CertificateError, NameError,
    file::FormatError,
    jwt::JwtError,
    key::{Damage, Mistake, SystemProblem},
};

pub(super) fn errors() -> Vec<AppError> {
    let mut all: Vec<_> = [NameError::Empty, NameError::TooLong { chars: 300 }, NameError::Control { at: 4 }]
        .map(AppError::Name)
        .into();
    let mistakes = [
        Mistake::Empty,
        Mistake::Unknown,
        Mistake::IsToken,
        Mistake::IsAddress,
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
