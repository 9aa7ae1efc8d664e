//! The stable code of every error, with its arguments and the other side's own words.

use crate::context::{AppError, Thing};
use license::{
    CertificateError, Finding, NameError,
    file::FormatError,
    key::{Mistake, SystemProblem},
};
use std::path::Path;
use vault::{LibraryError, LockError, SettingsError, files::FileError};
use vendors::{ConnectError, ConnectField, Elsewhere, FieldKind, Instead, Registry, VendorError};

type Args = Vec<(&'static str, String)>;
type Told = (&'static str, Args, Option<String>);

fn told(code: &'static str, args: impl IntoIterator<Item = (&'static str, String)>) -> Told {
    (code, args.into_iter().collect(), None)
}

pub(super) fn of(error: &AppError) -> Told {
    match error {
        AppError::Vendor { provider, account, source, .. } => {
            let (code, mut args, detail) = vendor(account, source);
            args.push(("provider", provider.to_string()));
            args.extend(field_of_trust(source, provider).map(|field| ("field", field.to_owned())));
            (code, args, detail)
        }
        AppError::Login { provider, address, source } => {
            let (code, mut args, detail) = vendor(address, source);
            args.extend([("provider", provider.to_string()), ("address", address.to_string())]);
            args.extend(field_of_trust(source, provider).map(|field| ("field", field.to_owned())));
            (code, args, detail)
        }
        AppError::Connect(error) => connect(error),
        AppError::CannotConnect { account, source } => {
            let (code, mut args, detail) = connect(source);
            args.push(("account", account.to_string()));
            (code, args, detail)
        }
        AppError::Lock(error) => lock(error),
        AppError::Library(error) => library(error),
        AppError::Sealed { words } => ("sealed-damaged", Vec::new(), Some(words.clone())),
        AppError::File(error) => file(error),
        AppError::Settings(error) => settings(error),
        AppError::Format { path, source } => format(path.display().to_string(), source),
        AppError::Name(error) => name(error),
        AppError::SameName { account, name, count } => told(
            "name-taken",
            [("account", account.clone()), ("name", name.clone()), ("count", count.to_string())],
        ),
        AppError::NotAKey { path, source } => {
            let (code, mut args, detail) = mistake(source);
            args.extend(path.as_ref().map(|path| ("path", path.display().to_string())));
            (code, args, detail)
        }
        AppError::NotAChoice { param, value, possible } => told(
            "choice-unknown",
            [("param", param.clone()), ("value", value.clone()), ("possible", possible.clone())],
        ),
        AppError::NotFound { what: Thing::License, named } => {
            told("license-not-found", [("named", named.clone())])
        }
        AppError::NotFound { what: Thing::Account, named } => {
            told("account-not-found", [("named", named.clone())])
        }
        AppError::NotFound { what: Thing::Package, named } => {
            told("package-not-found", [("named", named.clone())])
        }
        AppError::NotFound { what: Thing::Machine, named } => {
            told("seat-not-found", [("named", named.clone())])
        }
        AppError::NotFound { what: Thing::Replacement, .. } => told("replacement-not-found", []),
        AppError::NoBackup { file, number } => {
            let number = number.map(|number| ("number", number.to_string()));
            told("backup-not-found", [("file", file.display().to_string())].into_iter().chain(number))
        }
        AppError::NotFound { what: Thing::File, named } => told("file-missing", [("path", named.clone())]),
        AppError::Ambiguous { named, candidates } => {
            told("license-ambiguous", [("named", named.clone()), ("candidates", candidates.join(", "))])
        }
        AppError::NotConfirmed { expected } => told("not-confirmed", [("expected", expected.clone())]),
        AppError::FileOfAnother { path, other } => {
            told("file-of-another", [("path", path.display().to_string()), ("other", other.clone())])
        }
        AppError::Gone { label } => told("license-gone", [("label", label.clone())]),
        AppError::NoKey { label } => told("key-not-to-be-had", [("label", label.clone())]),
        AppError::KeyNotKept { label } => told("key-not-kept", [("label", label.clone())]),
        AppError::FormatDoesNotFit { label, format, possible } => told(
            "format-does-not-fit",
            [("label", label.clone()), ("format", format.clone()), ("possible", possible.clone())],
        ),
        AppError::NoVendor { account } => told("account-without-vendor", [("account", account.clone())]),
        AppError::HoldsImportedKeys { account, count } => {
            told("account-of-imported-keys", [("account", account.clone()), ("count", count.to_string())])
        }
        AppError::NotImported { label, account } => {
            told("license-not-imported", [("label", label.clone()), ("account", account.clone())])
        }
        AppError::Unsettled { verb, label } => {
            told("unsettled", [("verb", (*verb).to_owned()), ("label", label.clone())])
        }
        AppError::NotRecorded { account, doing, why } => {
            let (code, args, _) =
                told("not-recorded", [("account", account.clone()), ("doing", doing.clone())]);
            (code, args, Some(why.to_string()))
        }
        AppError::Filter { word, possible } => {
            told("filter-bad-value", [("word", word.clone()), ("possible", possible.clone())])
        }
        AppError::LoginNotKept { account } => told("login-not-kept", [("account", account.clone())]),
        AppError::OtherLogin { account } => told("login-other", [("account", account.clone())]),
        AppError::NoFacet { label, facet } => {
            told("facet-missing", [("label", label.clone()), ("facet", (*facet).to_owned())])
        }
        AppError::Preflight { findings, sub, root } => preflight(findings, sub.as_deref(), root),
        AppError::Outdated { label } => told("token-outdated", [("label", label.clone())]),
        AppError::NothingToRestore { account } => told("nothing-to-restore", [("account", account.clone())]),
        AppError::Certificate { path, source } => certificate(path.as_deref(), source),
        AppError::NotCheckedOut { label } => told("certificate-not-checked-out", [("label", label.clone())]),
        AppError::KeyNotOfAccount { account } => told("key-other-host", [("account", account.clone())]),
        AppError::NoRegistry { label } => told("registry-unknown", [("label", label.clone())]),
        AppError::ProgramMissing { program } => told("program-missing", [("program", program.clone())]),
        AppError::ProgramFailed { program, words } => {
            ("program-failed", vec![("program", program.clone())], Some(words.clone()))
        }
        AppError::SameKey { label } => told("key-leaked", [("label", label.clone())]),
        AppError::LeakedRemains { path, words } => {
            ("leaked-key-remains", vec![("path", path.display().to_string())], Some(words.clone()))
        }
        AppError::BackupOfAnother { path } => {
            told("backup-of-another", [("path", path.display().to_string())])
        }
        AppError::SuccessorAtVendor { label, account } => {
            told("successor-at-vendor", [("label", label.clone()), ("account", account.clone())])
        }
        AppError::HalfReplaced { why } => of(why),
        AppError::Replacing { label, .. } => told("replacing", [("label", label.clone())]),
        AppError::NotReplaced { path, label } => {
            told("replacement-unchecked", [("path", path.display().to_string()), ("label", label.clone())])
        }
        AppError::OldKeyStands { path, label } => {
            told("replaced-key-remains", [("path", path.display().to_string()), ("label", label.clone())])
        }
        AppError::TicketGone => told("ticket-unknown", []),
        AppError::Portal(error) => ("portal-not-running", Vec::new(), Some(error.words.clone())),
        AppError::Host(error) => {
            ("host-cannot", vec![("what", error.what.to_owned())], Some(error.words.clone()))
        }
        AppError::Cancelled => told("cancelled", []),
    }
}

fn preflight(findings: &[Finding], sub: Option<&str>, root: &str) -> Told {
    let wrong = findings.iter().filter(|finding| !finding.is_notice()).map(Finding::word);
    let mut args = vec![("findings", wrong.collect::<Vec<_>>().join(" ")), ("root", root.to_owned())];
    args.extend(sub.map(|sub| ("sub", sub.to_owned())));
    told("preflight-failed", args)
}

fn certificate(path: Option<&Path>, error: &CertificateError) -> Told {
    let (code, mut args, detail) = match error {
        CertificateError::Malformed { part } => told("certificate-malformed", [("part", (*part).to_owned())]),
        CertificateError::Unsupported { algorithm } => {
            told("certificate-unsupported", [("algorithm", algorithm.clone())])
        }
        CertificateError::NotGenuine => told("certificate-not-genuine", []),
        CertificateError::NeedsKey => told("certificate-needs-key", []),
        CertificateError::OtherLicense => told("certificate-other-license", []),
    };
    args.extend(path.map(|path| ("path", path.display().to_string())));
    (code, args, detail)
}

fn vendor(account: &str, error: &VendorError) -> Told {
    let mut args = vec![("account", account.to_owned())];
    match error {
        VendorError::Rejected { status, .. } => args.push(("status", status.to_string())),
        VendorError::NotCarried { param, value, elsewhere } => {
            args.extend([("param", param.to_string()), ("value", value.to_string())]);
            args.push(match elsewhere {
                Elsewhere::Page(url) => ("page", (*url).to_owned()),
                Elsewhere::Guide(name) => ("guide", (*name).to_owned()),
            });
        }
        VendorError::RateLimited { retry_after: wait }
        | VendorError::LoginLimited { retry_after: wait }
        | VendorError::RefusedBefore { wait } => {
            args.extend(wait.map(|wait| ("seconds", wait.as_secs().max(1).to_string())));
        }
        VendorError::Forbidden { permission, .. } => {
            args.extend(permission.clone().map(|name| ("permission", name)));
        }
        VendorError::WrongInstance { sent, .. } => args.push(("sent", sent.clone())),
        VendorError::Unreachable { host, why } => {
            args.extend([("host", host.clone()), ("why", why.word().to_owned())]);
        }
        VendorError::ProxyUnreachable { proxy, why } => {
            args.extend([("proxy", proxy.clone()), ("why", why.word().to_owned())]);
        }
        VendorError::Interrupted { host } => args.push(("host", host.clone())),
        VendorError::TimedOut { host, after, .. } => {
            args.extend([("host", host.clone()), ("seconds", after.as_secs().to_string())]);
        }
        VendorError::NotAPortal { what } => {
            args.push(("what", what.word().to_owned()));
            if let Instead::Redirected { to } = what {
                args.push(("to", to.clone()));
            }
        }
        VendorError::Unreadable { what, .. }
        | VendorError::BadSignature { what }
        | VendorError::Unsupported { what } => args.push(("what", (*what).to_owned())),
        VendorError::TooLarge { limit } => args.push(("limit", limit.to_string())),
        VendorError::ListingTooLarge { bound } => {
            args.extend([("bound", bound.word().to_owned()), ("limit", bound.limit().to_string())]);
        }
        VendorError::OutcomeUnknown { cause, .. } => {
            let (code, more, _) = vendor(account, cause);
            args.push(("cause", code.to_owned()));
            args.extend(more.into_iter().filter(|(name, _)| *name != "account"));
        }
        VendorError::Unauthorized { .. }
        | VendorError::NotFound { .. }
        | VendorError::WrongPassword { .. }
        | VendorError::OneTimeCodeNeeded
        | VendorError::OneTimeCodeWrong
        | VendorError::SignInElsewhere { .. }
        | VendorError::SessionExpired
        | VendorError::SwitchedOff { .. }
        | VendorError::NotEnterprise => {}
    }
    (error.code(), args, error.words().map(ToString::to_string))
}

/// The field that takes the certificates which make a server trusted, where a failure is one of trust and the vendor has it.
fn field_of_trust(error: &VendorError, provider: &str) -> Option<&'static str> {
    let VendorError::Unreachable { why, .. } = error else { return None };
    let vendor = vendors::registration(provider).map(|known| known.description);
    let fields = vendor.filter(|_| why.is_of_trust()).map(|vendor| vendor.connect);
    let is_trust = |field: &&ConnectField| field.kind == FieldKind::CaFile;
    fields.into_iter().flatten().find(is_trust).map(|field| field.name)
}

/// The variables that instances read their license from.
fn env_variables() -> String {
    Registry::default().env_variables().collect::<Vec<_>>().join(" or ")
}

fn connect(error: &ConnectError) -> Told {
    match error {
        ConnectError::UnknownProvider { provider } => {
            told("provider-unknown", [("provider", provider.clone())])
        }
        ConnectError::MissingField { field } => told("field-missing", [("field", (*field).to_owned())]),
        ConnectError::UnusableField { field } => told("field-invalid", [("field", (*field).to_owned())]),
        ConnectError::NotAnAddress => told("url-invalid", []),
        ConnectError::LoginInAddress => told("url-with-login", []),
        ConnectError::HostNotConfirmed { host, from, field } => {
            let mut args = vec![("host", host.clone()), ("field", (*field).to_owned())];
            args.extend(from.clone().map(|from| ("from", from)));
            told("host-not-confirmed", args)
        }
        ConnectError::HttpNotAllowed { host, field } => {
            told("http-not-allowed", [("host", host.clone()), ("field", (*field).to_owned())])
        }
        ConnectError::NotACertificate { field } => {
            told("ca-not-a-certificate", [("field", (*field).to_owned())])
        }
        ConnectError::NotAPublicKey { field } => told("public-key-invalid", [("field", (*field).to_owned())]),
    }
}

fn lock(error: &LockError) -> Told {
    match error {
        LockError::KeyringLocked => told("keyring-locked", []),
        LockError::KeyringAbsent { .. } => told("keyring-unavailable", []),
        LockError::KeyringTimedOut => told("keyring-timed-out", []),
        LockError::KeyringLostEntry => told("keyring-lost-entry", []),
        LockError::SlotsLost => told("slots-lost", []),
        LockError::PromptDismissed => told("keyring-dismissed", []),
        LockError::KeyringFailed { detail } => ("keyring-failed", Vec::new(), Some(detail.clone())),
        LockError::WrongPassphrase => told("passphrase-wrong", []),
        LockError::ShortPassphrase { least } => told("passphrase-short", [("least", least.to_string())]),
        LockError::NotKeptBy(_) => told("vault-no-slot", []),
        LockError::Locked => told("vault-locked", []),
        LockError::Library(error) => library(error),
        LockError::Secret(error) => ("sealed-damaged", Vec::new(), Some(error.to_string())),
    }
}

fn library(error: &LibraryError) -> Told {
    match error {
        LibraryError::NameTaken { name } => told("account-name-taken", [("name", name.clone())]),
        LibraryError::NoSuchAccount => told("account-not-found", []),
        LibraryError::NoSuchLicense => told("license-not-found", []),
        LibraryError::NoSuchFile => told("file-missing", []),
        LibraryError::NoSuchIntent => told("intent-not-found", []),
        LibraryError::NoSuchReplacement => told("replacement-not-found", []),
        LibraryError::Busy => told("library-busy", []),
        LibraryError::DiskFull => told("library-disk-full", []),
        LibraryError::ReadOnly => told("library-read-only", []),
        LibraryError::CannotBeChanged { path, cause } => {
            let args = [("path", path.display().to_string()), ("cause", cause.word().to_owned())];
            told("library-cannot-be-changed", args)
        }
        LibraryError::WrittenNotNoted { path, source } => {
            let why = Some(source.to_string());
            ("file-written-not-noted", vec![("path", path.display().to_string())], why)
        }
        LibraryError::Damaged => told("library-damaged", []),
        LibraryError::Unreadable { what } => told("library-unreadable", [("what", (*what).to_owned())]),
        LibraryError::Database(error) => ("library-failed", Vec::new(), Some(error.to_string())),
    }
}

fn file(error: &FileError) -> Told {
    let path = ("path", error.path().display().to_string());
    match error {
        FileError::Missing { .. } => told("file-missing", [path]),
        FileError::ParentMissing { .. } => told("file-folder-missing", [("folder", path.1)]),
        FileError::NotReadable { .. } => told("file-not-readable", [path]),
        FileError::NotWritable { .. } => told("file-no-permission", [path]),
        FileError::ReadOnlyFileSystem { .. } => told("file-read-only", [path]),
        FileError::DiskFull { .. } => told("file-disk-full", [path]),
        FileError::IsDirectory { .. } => told("file-is-folder", [path]),
        FileError::NotAFile { .. } => told("file-not-regular", [path]),
        FileError::OwnedByAnother { owner, .. } => told("file-other-owner", [path, ("owner", owner.clone())]),
        FileError::HardLinked { names, .. } => told("file-hard-linked", [path, ("names", names.to_string())]),
        FileError::WouldLose { what, .. } => told("file-would-lose", [path, ("what", what.clone())]),
        FileError::Changed { .. } => told("file-changed", [path]),
        FileError::BeingWritten { .. } => told("file-being-written", [path]),
        FileError::NoAccessList { .. } => told("file-no-access-list", [path]),
        FileError::AccessRefused { what, .. } => told("file-access-refused", [path, ("what", what.clone())]),
        FileError::MountPoint { .. } => told("file-mounted", [path]),
        FileError::Fixed { attribute, .. } => {
            told("file-fixed", [path, ("attribute", (*attribute).to_owned())])
        }
        FileError::NotAFolder { .. } => told("file-not-a-folder", [path]),
        FileError::TooLarge { max_bytes, .. } => {
            told("file-too-large", [path, ("limit", max_bytes.to_string())])
        }
        FileError::NotText { .. } => told("file-not-text", [path]),
        FileError::Incomplete { backup, source, .. } => {
            let backup = backup.iter().map(|backup| ("backup", backup.display().to_string()));
            let (code, args, _) = told("file-incomplete", [path].into_iter().chain(backup));
            (code, args, Some(source.to_string()))
        }
        FileError::Io { source, .. } => ("file-unreadable", vec![path], Some(source.to_string())),
    }
}

fn settings(error: &SettingsError) -> Told {
    match error {
        SettingsError::File(error) => file(error),
        SettingsError::NotToml { path, detail } => {
            ("settings-not-toml", vec![("path", path.display().to_string())], Some(detail.clone()))
        }
        SettingsError::BadValue { path, key, expected } => {
            told("settings-bad-value", setting(path, key, Some(expected)))
        }
        SettingsError::BadEntries { path, key, expected } => {
            told("settings-bad-entries", setting(path, key, Some(expected)))
        }
        SettingsError::Unknown { path, key } => told("settings-unknown", setting(path, key, None)),
    }
}

fn setting(path: &Path, key: &str, expected: Option<&str>) -> Args {
    let mut args = vec![("path", path.display().to_string()), ("key", key.to_owned())];
    args.extend(expected.map(|expected| ("expected", expected.to_owned())));
    args
}

fn format(path: String, error: &FormatError) -> Told {
    match error {
        FormatError::Syntax { line, words } => {
            ("file-syntax", vec![("path", path), ("line", line.to_string())], Some(words.clone()))
        }
        FormatError::NotALicenseFile { what } => {
            ("file-not-a-license-file", vec![("path", path)], Some((*what).to_owned()))
        }
        FormatError::Missing { name } => {
            told("file-without-key", [("path", path), ("name", (*name).to_owned())])
        }
        FormatError::KeyDoesNotFit { format } => {
            told("file-key-does-not-fit", [("format", (*format).to_owned())])
        }
    }
}

fn name(error: &NameError) -> Told {
    match error {
        NameError::Empty => told("name-empty", []),
        NameError::TooLong { chars } => told(
            "name-too-long",
            [("chars", chars.to_string()), ("most", license::MAX_NAME_CHARS.to_string())],
        ),
        NameError::Control { at } => told("name-control", [("at", at.to_string())]),
    }
}

fn mistake(mistake: &Mistake) -> Told {
    match mistake {
        Mistake::Empty | Mistake::Unknown => told("key-none", []),
        Mistake::System(problem) => match problem {
            SystemProblem::Groups { found } => told("key-system-groups", [("found", found.to_string())]),
            SystemProblem::GroupLength { group, found } => {
                told("key-system-length", [("group", group.to_string()), ("found", found.to_string())])
            }
            SystemProblem::Character { group, at, found } => told(
                "key-system-group",
                [("group", group.to_string()), ("at", at.to_string()), ("found", found.to_string())],
            ),
            SystemProblem::Version => told("key-system-version", []),
        },
        Mistake::DeploymentParts => told("key-deployment", [("part", "parts".to_owned())]),
        Mistake::DeploymentPayload => told("key-deployment", [("part", "payload".to_owned())]),
        Mistake::DeploymentSignature => told("key-deployment", [("part", "signature".to_owned())]),
        Mistake::Jwt(error) => ("key-jwt", Vec::new(), Some(error.to_string())),
        Mistake::Certificate(damage) => told("key-certificate", [("part", damage.word().to_owned())]),
        Mistake::MachineCertificate => told("key-machine-certificate", []),
        Mistake::Secret(error) => ("key-secret", Vec::new(), Some(error.to_string())),
        Mistake::Env(error) => ("key-env", Vec::new(), Some(error.to_string())),
        Mistake::EnvWithoutLicense => told("key-env-without-license", [("variables", env_variables())]),
        Mistake::Toml { line, words } => ("key-toml", vec![("line", line.to_string())], Some(words.clone())),
        Mistake::TomlWithoutLicense => told("key-toml-without-license", []),
        Mistake::PortalToken => told("key-portal-token", []),
    }
}
