//! Errors of use cases beside those of licenses.

use app::context::{AppError, HostError, PortalUnavailable, Thing};
use jiff::Timestamp;
use license::{Finding, jwt::JwtError};

pub(super) fn errors() -> Vec<AppError> {
    let account = || "north".to_owned();
    let missing = |what, named: &str| AppError::NotFound { what, named: named.to_owned() };
    let sub = "https://other.example/metrics".to_owned();
    let root = "https://box.example/metrics".to_owned();
    let end: Timestamp = "2020-01-01T00:00:00Z".parse().unwrap();
    let findings = vec![
        Finding::WrongInstance { sub: sub.clone(), root: root.clone() },
        Finding::NotYetValid { from: end },
        Finding::TokenExpired { at: end },
        Finding::LicenseExpired { at: end },
        Finding::NoEnd,
    ];
    let not_a_jwt = vec![Finding::NotAJwt(JwtError::Parts { found: 2 })];
    vec![
        missing(Thing::Account, "west"),
        missing(Thing::License, "box"),
        missing(Thing::Package, "vision"),
        missing(Thing::Machine, "cell-9"),
        missing(Thing::Replacement, "L3"),
        missing(Thing::File, "/srv/box/.env"),
        AppError::NotAChoice {
            param: "goal".to_owned(),
            value: "fun".to_owned(),
            possible: "development, research, evaluation".to_owned(),
        },
        AppError::Filter { word: "typ:dev".to_owned(), possible: "type, hosting, account".to_owned() },
        AppError::NoVendor { account: "files".to_owned() },
        AppError::HoldsImportedKeys { account: "files".to_owned(), count: 1 },
        AppError::HoldsImportedKeys { account: "files".to_owned(), count: 3 },
        AppError::LoginNotKept { account: account() },
        AppError::OtherLogin { account: account() },
        AppError::NoFacet { label: "box".to_owned(), facet: "seats" },
        AppError::Preflight { findings, sub: Some(sub), root: root.clone() },
        AppError::Preflight { findings: not_a_jwt, sub: None, root },
        AppError::NothingToRestore { account: account() },
        AppError::KeyNotOfAccount { account: "files".to_owned() },
        AppError::ProgramMissing { program: "docker".to_owned() },
        AppError::ProgramFailed { program: "docker".to_owned(), words: "no such host".to_owned() },
        AppError::ProgramFailed { program: "git".to_owned(), words: String::new() },
        AppError::SelectionBusy,
        AppError::CertificateNotKept,
        AppError::CertificateTooShort,
        AppError::TicketGone,
        PortalUnavailable { words: "its port is taken".to_owned() }.into(),
        HostError { what: "copying", words: "the command line has no window".to_owned() }.into(),
        AppError::Cancelled,
    ]
}
