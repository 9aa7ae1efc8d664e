//! At least one error of each variant. The tests of the command line print their hints.

use app::context::{AppError, HostError, PortalUnavailable, Thing};
use jiff::Timestamp;
use license::{
    AccountId, CertificateError, Finding, LicenseId, NameError,
    file::FormatError,
    jwt::JwtError,
    key::{Damage, Mistake, SystemProblem},
};
use std::{io, path::PathBuf, time::Duration};
use vault::{
    FileError, KeptBy, LibraryError, LockError, ReadOnlyCause, SecretError, SecretKind, SecretOwner,
    SettingsError,
};
use vendors::{ConnectError, Detail, Elsewhere, Instead, ListingBound, VendorError, Why};

/// At least one error of each variant.
pub(crate) fn errors() -> Vec<AppError> {
    let mut all = of_vendors();
    all.extend(of_forms());
    all.extend(of_vault());
    all.extend(of_files());
    all.extend(of_texts());
    all.extend(of_licenses());
    all.extend(of_desk());
    all
}

fn at(provider: &str, source: VendorError) -> AppError {
    AppError::Vendor {
        provider: provider.into(),
        account: "north".into(),
        doing: "creating \"box\"".into(),
        source,
    }
}

fn of_vendors() -> Vec<AppError> {
    let no_more = || Detail::from("no more licenses for you");
    let words = Some(no_more());
    let host = || "portal.example:443".to_owned();
    let seconds = |seconds| Some(Duration::from_secs(seconds));
    let timed_out = || VendorError::TimedOut { host: host(), after: Duration::from_secs(30) };
    let by_login = [
        VendorError::Unauthorized { words: None },
        VendorError::NotFound { words: None },
        VendorError::NotAPortal { what: Instead::HtmlPage },
    ];
    let mut all = Vec::new();
    for provider in ["aidbox", "aica", "dashboard", "system-of-a-newer-version"] {
        all.extend(by_login.iter().map(|source| at(provider, source.clone())));
    }
    let unreachable = [
        Why::Dns,
        Why::Refused,
        Why::CertificateExpired,
        Why::CertificateNotYetValid,
        Why::CertificateOfOtherHost,
        Why::UnknownIssuer,
        Why::SelfSigned,
        Why::ProtocolTooOld,
        Why::Tls,
        Why::Silent,
        Why::Network,
    ];
    let of_proxy = [Why::Refused, Why::ProxyLogin, Why::ProxyDenies];
    let of_aidbox = [
        VendorError::Unauthorized { words: words.clone() },
        VendorError::Rejected { status: 422, words: no_more() },
        VendorError::Rejected { status: 404, words: no_more() },
        VendorError::Unreadable { what: "a list of licenses", detail: "there is no list in it".into() },
        VendorError::NotCarried {
            param: "hosting".into(),
            value: "sandbox".into(),
            elsewhere: Elsewhere::Page("https://aidbox.app"),
        },
        VendorError::NotCarried {
            param: "hosting".into(),
            value: "aws".into(),
            elsewhere: Elsewhere::Guide("run-aidbox-on-aws"),
        },
        VendorError::RateLimited { retry_after: seconds(20) },
        VendorError::RateLimited { retry_after: None },
        VendorError::Interrupted { host: host() },
        timed_out(),
        VendorError::NotAPortal { what: Instead::CaptiveLogin },
        VendorError::NotAPortal { what: Instead::OtherContent("text/plain".to_owned()) },
        VendorError::NotAPortal { what: Instead::Redirected { to: "https://other.example".to_owned() } },
        VendorError::TooLarge { limit: 16 << 20 },
        VendorError::ListingTooLarge { bound: ListingBound::Licenses(200_000) },
        VendorError::ListingTooLarge { bound: ListingBound::Bytes(256 << 20) },
        VendorError::ListingTooLarge { bound: ListingBound::Time(Duration::from_secs(600)) },
        VendorError::Unsupported { what: "creating a license" },
        VendorError::OutcomeUnknown { cause: timed_out().into(), is_over: false },
    ];
    all.extend(unreachable.map(|why| at("aidbox", VendorError::Unreachable { host: host(), why })));
    let of_trust = unreachable.into_iter().filter(|why| why.is_of_trust());
    all.extend(of_trust.map(|why| at("dashboard", VendorError::Unreachable { host: host(), why })));
    let proxy = || "proxy.example:3128".to_owned();
    all.extend(of_proxy.map(|why| at("aidbox", VendorError::ProxyUnreachable { proxy: proxy(), why })));
    all.extend(of_aidbox.map(|source| at("aidbox", source)));
    let of_aica = [
        VendorError::WrongPassword { words: words.clone() },
        VendorError::RefusedBefore { wait: seconds(300) },
        VendorError::RefusedBefore { wait: None },
        VendorError::OneTimeCodeNeeded,
        VendorError::OneTimeCodeWrong,
        VendorError::SignInElsewhere { words: None },
        VendorError::LoginLimited { retry_after: seconds(60) },
        VendorError::LoginLimited { retry_after: None },
        VendorError::SessionExpired,
        VendorError::SwitchedOff { words },
        VendorError::BadSignature { what: "missing" },
        VendorError::BadSignature { what: "date" },
    ];
    all.extend(of_aica.map(|source| at("aica", source)));
    let of_dashboard = [
        VendorError::Forbidden { permission: Some("licensing:write".to_owned()), words: None },
        VendorError::Forbidden { permission: None, words: None },
        VendorError::NotEnterprise,
        VendorError::WrongInstance { sent: "https://box.example/metrics/".to_owned(), words: None },
    ];
    all.extend(of_dashboard.map(|source| at("dashboard", source)));
    all.push(AppError::Login {
        provider: "dashboard".into(),
        address: "https://box.example/metrics".into(),
        source: VendorError::Unreachable { host: "box.example".to_owned(), why: Why::SelfSigned },
    });
    all.push(AppError::Login {
        provider: "dashboard".into(),
        address: "https://box.example/metrics".into(),
        source: VendorError::WrongPassword { words: None },
    });
    all
}

fn of_forms() -> Vec<AppError> {
    [
        ConnectError::UnknownProvider { provider: "acme".to_owned() },
        ConnectError::MissingField { field: "token" },
        ConnectError::UnusableField { field: "user" },
        ConnectError::NotAnAddress,
        ConnectError::LoginInAddress,
        ConnectError::HostNotConfirmed {
            host: "licenses.example".to_owned(),
            from: None,
            field: "confirm-host",
        },
        ConnectError::HostNotConfirmed {
            host: "licenses.example".to_owned(),
            from: Some("old.example".to_owned()),
            field: "confirm-host",
        },
        ConnectError::HttpNotAllowed { host: "licenses.example".to_owned(), field: "allow-http" },
        ConnectError::NotACertificate { field: "ca-file" },
        ConnectError::NotAPublicKey { field: "public-key" },
    ]
    .map(AppError::Connect)
    .into_iter()
    .chain(of_kept_logins())
    .collect()
}

/// What refuses to send the login of an account that was connected before.
fn of_kept_logins() -> Vec<AppError> {
    let host = || "licenses.example".to_owned();
    [
        ConnectError::HostNotConfirmed { host: host(), from: None, field: "confirm-host" },
        ConnectError::HttpNotAllowed { host: host(), field: "allow-http" },
    ]
    .map(|source| AppError::CannotConnect { account: "north box".into(), source })
    .into()
}

fn of_vault() -> Vec<AppError> {
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

fn env_file() -> PathBuf {
    "/srv/box/.env".into()
}

fn incomplete(backup: Option<PathBuf>) -> FileError {
    FileError::Incomplete { path: env_file(), backup, source: io::Error::other("the device is gone") }
}

fn of_files() -> Vec<AppError> {
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

fn of_texts() -> Vec<AppError> {
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
fn of_licenses() -> Vec<AppError> {
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

fn of_desk() -> Vec<AppError> {
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
        AppError::TicketGone,
        PortalUnavailable { words: "its port is taken".to_owned() }.into(),
        HostError { what: "copying", words: "the command line has no window".to_owned() }.into(),
        AppError::Cancelled,
    ]
}
