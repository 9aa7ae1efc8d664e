//! What can go wrong. Each error is declared here once: its meaning (the doc comment), sentence, code, kind, arguments, and what
//! to do. `docs/errors.md` and the page's type of codes are generated from it.

use crate::context::{HostError, PortalUnavailable, Thing};
use errors_derive::Declared;
use license::{CertificateError, Finding, NameError, file::FormatError, key::Mistake};
use std::path::PathBuf;
use vault::{Account, LibraryError, LockError, SecretError, SettingsError, files::FileError};
use vendors::{ConnectError, ConnectField, FieldKind, Registry, VendorError};

/// Why a use case failed.
#[derive(Debug, thiserror::Error, Declared)]
pub enum AppError {
    /// A vendor said no, or said nothing.
    #[error("{doing} with the account {account:?} failed: {source}")]
    #[declared(of = source, args(account, provider, field = field_of_trust(source, provider)))]
    Vendor {
        /// The vendor's word, by which its own hints are found.
        provider: Box<str>,
        /// The account's name.
        account: Box<str>,
        /// What was tried, such as "creating \"north\"".
        doing: String,
        /// What the vendor said.
        source: VendorError,
    },
    /// A login that is not kept yet was not taken.
    #[error("logging in at {address} failed: {source}")]
    #[declared(of = source, args(account = address, provider, address, field = field_of_trust(source, provider)))]
    Login {
        /// The vendor's word, by which its own hints are found.
        provider: Box<str>,
        /// Which address was asked: a URL, or `local` for the local portal of this home.
        address: Box<str>,
        /// What the vendor said.
        source: VendorError,
    },
    /// A form cannot be sent as it is.
    #[error(transparent)]
    #[declared(transparent)]
    Connect(#[from] ConnectError),
    /// The login of an account cannot be sent as it is kept.
    #[error("the account {account:?} cannot be used: {source}")]
    #[declared(of = source, args(account))]
    CannotConnect {
        /// The account's name.
        account: Box<str>,
        /// What is wrong with it.
        source: ConnectError,
    },
    /// Secrets cannot be read or kept.
    #[error(transparent)]
    #[declared(transparent)]
    Lock(#[from] LockError),
    /// The library failed.
    #[error(transparent)]
    #[declared(transparent)]
    Library(LibraryError),
    /// A secret that is kept here was damaged or tampered with.
    #[error("{words}")]
    #[declared("sealed-damaged", detail = words.clone(), help = "remove the account and connect it again")]
    Sealed {
        /// Which, without its content.
        words: String,
    },
    /// A file on disk cannot be read or written.
    #[error(transparent)]
    #[declared(transparent)]
    File(#[from] FileError),
    /// The settings cannot be read or written.
    #[error(transparent)]
    #[declared(transparent)]
    Settings(#[from] SettingsError),
    /// A file's text is not what was expected.
    #[error("{}: {source}", path.display())]
    #[declared(of = source, args(path))]
    Format {
        /// The file.
        path: PathBuf,
        /// What is wrong with its text.
        source: FormatError,
    },
    /// A text is no license's name.
    #[error(transparent)]
    #[declared(transparent)]
    Name(#[from] NameError),
    /// The account already has a license of this name.
    #[error("{account:?} has a license named {name:?} already")]
    #[declared("name-taken", args(account, name, count), help = "choose another name, or allow the same one")]
    SameName {
        /// The account's name.
        account: String,
        /// The name.
        name: String,
        /// How many bear it.
        count: usize,
    },
    /// A pasted text or a file's text is no key.
    #[error("{source}")]
    #[declared(of = source, args(path, variables = env_variables(source)))]
    NotAKey {
        /// The file, where it came from one.
        path: Option<PathBuf>,
        /// Which part is wrong.
        source: Mistake,
    },
    /// The value is not one of those that are possible.
    #[error("{param} cannot be {value:?}")]
    #[declared("choice-unknown", kind = Usage, args(param, value, possible), help = "choose one of the possible values")]
    NotAChoice {
        /// The parameter.
        param: String,
        /// What was given.
        value: String,
        /// What can be given.
        possible: String,
    },
    /// A certificate cannot be kept up to date.
    #[error("a certificate is not kept up to date")]
    #[declared(
        "certificate-not-kept",
        kind = Usage,
        help = "write it without keeping it up to date, and create another one before it expires"
    )]
    CertificateNotKept,
    /// A certificate is to be valid for less than an hour.
    #[error("a certificate is valid for at least one hour")]
    #[declared("certificate-too-short", kind = Usage, help = "choose one hour or more")]
    CertificateTooShort,
    /// There is nothing of that name or id.
    #[error("there is no {what} {named:?}")]
    #[declared(of = what, args(named, path = what.path(named)))]
    NotFound {
        /// What was looked for.
        what: Thing,
        /// How it was named.
        named: String,
    },
    /// Several licenses have this name.
    #[error("{named:?} is the name of {} of them", candidates.len())]
    #[declared("license-ambiguous", kind = Ambiguous, args(named, candidates = candidates.join(", ")), help = "name one of them by its id")]
    Ambiguous {
        /// How it was named.
        named: String,
        /// Ids and accounts of those that answer to it.
        candidates: Vec<String>,
    },
    /// What was typed to confirm is not what was asked for. Nothing was done.
    #[error("not confirmed: type {expected:?} to confirm")]
    #[declared("not-confirmed", kind = NotConfirmed, args(expected), help = "type exactly what is asked for")]
    NotConfirmed {
        /// What has to be typed.
        expected: String,
    },
    /// The file to be replaced is the license file of another license.
    #[error("{} is the license file of {other:?}", path.display())]
    #[declared("file-of-another", kind = NotConfirmed, args(path, other), help = "choose another place, or confirm that the file is replaced")]
    FileOfAnother {
        /// The file.
        path: PathBuf,
        /// The other license's label.
        other: String,
    },
    /// The vendor no longer has the license, so no file is written with its key.
    #[error("{label:?} is gone at its vendor: no file is written with its key")]
    #[declared(
        "license-gone",
        args(label),
        help = "refresh the account to see whether it is back; otherwise export another license"
    )]
    Gone {
        /// The license's label.
        label: String,
    },
    /// The vendor does not reveal the key, or no longer has the license.
    #[error("the key of {label:?} is not to be had")]
    #[declared("key-not-to-be-had", args(label), help = "look at the vendor's own page")]
    NoKey {
        /// The license's label.
        label: String,
    },
    /// The imported key is no longer kept: it was kept for one session only, or the secrets were forgotten.
    #[error("the key of {label:?} is no longer kept here")]
    #[declared("key-not-kept", args(label), help = "import the key again: its place in the list is kept")]
    KeyNotKept {
        /// The license's label.
        label: String,
    },
    /// The license cannot be written in this format.
    #[error("{label:?} cannot be written as {format}")]
    #[declared("format-does-not-fit", kind = Usage, args(label, format, possible), help = "choose another format")]
    FormatDoesNotFit {
        /// The license's label.
        label: String,
        /// The format asked for.
        format: String,
        /// Those that fit.
        possible: String,
    },
    /// The account contains imported keys: there is no vendor to ask.
    #[error("the account {account:?} holds imported keys: there is no vendor to ask")]
    #[declared("account-without-vendor", kind = Usage, args(account), help = "name an account at a vendor")]
    NoVendor {
        /// The account's name.
        account: String,
    },
    /// The account contains imported keys, which exist only on this computer and would all be lost with it.
    #[error("the account {account:?} holds {count} imported keys, which exist here alone")]
    #[declared("account-of-imported-keys", kind = Usage, args(account, count), help = "remove its keys one by one")]
    HoldsImportedKeys {
        /// The account's name.
        account: String,
        /// How many there are.
        count: usize,
    },
    /// The license is from a vendor: it can be deleted there, but not removed here.
    #[error("{label:?} is a license of {account:?}: it can be deleted there, not removed here")]
    #[declared("license-not-imported", kind = Usage, args(label, account), help = "delete it at its vendor")]
    NotImported {
        /// The license's label.
        label: String,
        /// The account's name.
        account: String,
    },
    /// An earlier request to create or delete the same license was sent, and its outcome is not known yet.
    #[error("an earlier {verb} of {label:?} was sent and its outcome is not known yet")]
    #[declared("unsettled", kind = OutcomeUnknown, args(verb, label), help = "refresh the account, then look at the list")]
    Unsettled {
        /// `create` or `delete`.
        verb: &'static str,
        /// The license's label.
        label: String,
    },
    /// The vendor confirmed a change that could not be noted here.
    #[error("{doing} with the account {account:?} succeeded, but could not be noted here: {why}")]
    #[declared("not-recorded", kind = OutcomeUnknown, args(account, doing), detail = why.to_string(), help = "do not repeat it: refresh the account, and Licet notes the change")]
    NotRecorded {
        /// The account's name.
        account: String,
        /// What was done, such as "creating \"north\"".
        doing: String,
        /// Why it could not be noted.
        why: Box<AppError>,
    },
    /// A word of the filter cannot be read.
    #[error("the filter {word:?} cannot be read")]
    #[declared("filter-bad-value", kind = Usage, args(word, possible), help = "use one of the possible values")]
    Filter {
        /// The word as typed.
        word: String,
        /// What could stand there.
        possible: String,
    },
    /// The login of the account is not kept: you logged out, it was kept for one session only, or the secrets were forgotten.
    #[error("the login of {account:?} is not kept")]
    #[declared("login-not-kept", kind = Locked, args(account), help = "log in to the account again")]
    LoginNotKept {
        /// The account's name.
        account: String,
    },
    /// The login opens none of the account's licenses: it belongs to something else.
    #[error("this login opens none of the licenses of {account:?}: it belongs to something else")]
    #[declared(
        "login-other",
        args(account),
        help = "use a login of the same owner, or connect it as another account"
    )]
    OtherLogin {
        /// The account's name.
        account: String,
    },
    /// The license or account does not have this: its vendor does not offer it, or the license was imported.
    #[error("{label:?} has no {facet}")]
    #[declared("facet-missing", kind = Usage, args(label, facet), help = "its vendor does not offer this, or the license is an imported key")]
    NoFacet {
        /// The account's name or the license's label.
        label: String,
        /// The facet's word.
        facet: &'static str,
    },
    /// The token has a problem, so it was not sent to the instance.
    #[error("the token was not sent: {}", sentences(findings))]
    #[declared("preflight-failed", kind = NotConfirmed, args(findings = words_of(findings), sub, root), help = "check what was found; the token can be sent all the same")]
    Preflight {
        /// What is wrong with it, and what is worth knowing.
        findings: Vec<Finding>,
        /// The instance that it is for.
        sub: Option<String>,
        /// The instance that it would have been sent to.
        root: String,
    },
    /// The instance has another token than the one that is kept here.
    #[error("the instance has another token of {label:?} by now than the one that is kept here")]
    #[declared("token-outdated", kind = NotConfirmed, args(label), help = "take the present token from the instance's data folder and apply it here, or write the earlier one")]
    Outdated {
        /// The license's label.
        label: String,
    },
    /// No earlier token of the instance is kept here.
    #[error("no earlier token of {account:?} is kept here")]
    #[declared(
        "nothing-to-restore",
        args(account),
        help = "an earlier token is kept here once another one is applied over one that was applied here"
    )]
    NothingToRestore {
        /// The account's name.
        account: String,
    },
    /// A certificate cannot be used.
    #[error("{}{source}", path.as_ref().map_or_else(String::new, |path| format!("{}: ", path.display())))]
    #[declared(of = source, args(path))]
    Certificate {
        /// The file, where it came from one.
        path: Option<PathBuf>,
        /// What is wrong with it.
        source: CertificateError,
    },
    /// No certificate of the license was checked out since Licet started.
    #[error("no certificate of {label:?} was checked out since the program started")]
    #[declared("certificate-not-checked-out", kind = Usage, args(label), help = "check one out first")]
    NotCheckedOut {
        /// The license's label.
        label: String,
    },
    /// The key was imported and belongs to no account at a vendor, so it is sent nowhere.
    #[error("the key belongs to {account:?}, which is no account at a vendor: it is sent nowhere")]
    #[declared("key-other-host", kind = Usage, args(account), help = "connect the account that the license is from")]
    KeyNotOfAccount {
        /// Where it belongs.
        account: String,
    },
    /// No package registry is known for the license.
    #[error("no package registry is known for {label:?}")]
    #[declared("registry-unknown", kind = Usage, args(label), help = "name the registry of its account")]
    NoRegistry {
        /// The license's label.
        label: String,
    },
    /// A program that Licet needs for this is not on this computer.
    #[error("there is no {program} on this computer")]
    #[declared("program-missing", args(program), help = "copy the command, and run it where the program is")]
    ProgramMissing {
        /// What it is called.
        program: String,
    },
    /// A program that Licet ran failed.
    #[error("{program} failed")]
    #[declared("program-failed", args(program), detail = words.clone(), help = "read what the program says")]
    ProgramFailed {
        /// What it is called.
        program: String,
        /// What it said, redacted.
        words: String,
    },
    /// The new key is the leaked key itself.
    #[error("this is the leaked key of {label:?} itself")]
    #[declared("key-leaked", args(label), help = "give the key that the vendor issued in its place")]
    SameKey {
        /// The license's label.
        label: String,
    },
    /// The key that replaces the leaked one comes from the vendor, which lists the license.
    #[error("the new key of {label:?} comes from its account {account:?}")]
    #[declared("successor-at-vendor", kind = Usage, args(label, account), help = "refresh the account")]
    SuccessorAtVendor {
        /// The license's label.
        label: String,
        /// The account's name.
        account: String,
    },
    /// A file may still contain the leaked key, so the key is not removed.
    #[error("the leaked key may still be in {}, so it is not removed: {words}", path.display())]
    #[declared("leaked-key-remains", args(path), detail = words.clone(), help = "make it readable and remove the key from it, or stop watching it in Licet's window")]
    LeakedRemains {
        /// The file.
        path: PathBuf,
        /// Why it may.
        words: String,
    },
    /// The file has no backup, or none of this number.
    #[error("there is no backup {}of {}", number.map_or_else(String::new, |number| format!("{number} ")), file.display())]
    #[declared("backup-not-found", kind = NotFound, args(file, number), help = "look at the list of backups")]
    NoBackup {
        /// The file.
        file: PathBuf,
        /// The number, where one was given.
        number: Option<u32>,
    },
    /// Another program made or changed the backup, so Licet does not remove it.
    #[error("{} was made or changed by another program: Licet does not remove it", path.display())]
    #[declared("backup-of-another", args(path), help = "delete the file yourself if it is no longer needed")]
    BackupOfAnother {
        /// The backup.
        path: PathBuf,
    },
    /// A replacement of the license is not finished.
    #[error("a replacement of {label:?} is under way")]
    #[declared("replacing", args(label, running = is_running.then_some("yes")), help = "wait until it is finished; if it was interrupted, go on with it or give it up")]
    Replacing {
        /// The license's label.
        label: String,
        /// Whether it goes on now, here or in another process: otherwise it was interrupted.
        is_running: bool,
    },
    /// A replacement stopped after the new license was made: both are there, and it can go on.
    #[error("{why}")]
    #[declared(of = why)]
    HalfReplaced {
        /// What stopped it.
        why: Box<AppError>,
    },
    /// A file does not contain the new license, so the old one is not deleted.
    #[error("{} does not hold {label:?}: the old license stays", path.display())]
    #[declared("replacement-unchecked", args(path, label), help = "write or repair the file")]
    NotReplaced {
        /// The file.
        path: PathBuf,
        /// The new license's label.
        label: String,
    },
    /// A file still contains the key of the license that is being replaced, so that license is not deleted.
    #[error("{} still contains the key of {label:?}, so the old license stays", path.display())]
    #[declared(
        "replaced-key-remains",
        args(path, label),
        help = "remove that key from the file, or write the file from the new license"
    )]
    OldKeyStands {
        /// The file.
        path: PathBuf,
        /// The old license's label.
        label: String,
    },
    /// Another action on several licenses is running.
    #[error("another action on several licenses is running")]
    #[declared("selection-busy", help = "wait until it ends, or stop it")]
    SelectionBusy,
    /// The tested login is no longer available.
    #[error("the tested login is no longer available")]
    #[declared("ticket-unknown", help = "test the login again")]
    TicketGone,
    /// The local portal is not running and could not be started.
    #[error(transparent)]
    #[declared("portal-not-running", kind = Offline, detail = _0.words.clone())]
    Portal(#[from] PortalUnavailable),
    /// This cannot be done where Licet runs, such as copying without a desktop.
    #[error(transparent)]
    #[declared("host-cannot", args(what = _0.what), detail = _0.words.clone())]
    Host(#[from] HostError),
    /// You stopped it.
    #[error("stopped")]
    #[declared("cancelled")]
    Cancelled,
}

impl AppError {
    /// Puts the account to an error about what is kept of its login.
    pub(crate) fn about(self, account: &Account) -> Self {
        let name = account.name.as_str();
        if let Self::Connect(source) = self {
            Self::CannotConnect { account: name.into(), source }
        } else {
            self
        }
    }

    /// What fails once a vendor has confirmed a change: the change is not undone by it.
    pub(crate) fn not_recorded(account: &Account, doing: impl Into<String>) -> impl FnOnce(Self) -> Self {
        let (account, doing) = (account.name.clone(), doing.into());
        |why| Self::NotRecorded { account, doing, why: why.into() }
    }

    /// Once a look has shown that nothing changed; see [`VendorError::after_seeing_no_change`].
    pub(crate) fn after_seeing_no_change(mut self) -> Self {
        if let Self::Vendor { source, .. } = &mut self {
            *source = source.clone().after_seeing_no_change();
        }
        self
    }
}

/// The field that takes the certificates which make a server trusted, where a failure is one of trust and the vendor has it.
fn field_of_trust(error: &VendorError, provider: &str) -> Option<&'static str> {
    let VendorError::Unreachable { why, .. } = error else { return None };
    let vendor = vendors::registration(provider).map(|known| known.description);
    let fields = vendor.filter(|_| why.is_of_trust()).map(|vendor| vendor.connect);
    let is_trust = |field: &&ConnectField| field.kind == FieldKind::CaFile;
    fields.into_iter().flatten().find(is_trust).map(|field| field.name)
}

/// The variables that instances read their license from, where an env file has none of them.
fn env_variables(mistake: &Mistake) -> Option<String> {
    let variables = || Registry::default().env_variables().collect::<Vec<_>>().join(" or ");
    matches!(mistake, Mistake::EnvWithoutLicense).then(variables)
}

/// The words of what is wrong, without what is merely worth knowing.
fn words_of(findings: &[Finding]) -> String {
    let wrong = findings.iter().filter(|finding| !finding.is_notice());
    wrong.map(Finding::word).collect::<Vec<_>>().join(" ")
}

/// What is wrong, without what is merely worth knowing.
fn sentences(findings: &[Finding]) -> String {
    let wrong = findings.iter().filter(|finding| !finding.is_notice());
    wrong.map(Finding::sentence).collect::<Vec<_>>().join(" ")
}

impl From<LibraryError> for AppError {
    fn from(error: LibraryError) -> Self {
        Self::Library(error)
    }
}

impl From<SecretError> for AppError {
    fn from(error: SecretError) -> Self {
        match error {
            SecretError::Locked => Self::Lock(LockError::Locked),
            SecretError::Library(error) => Self::Library(error),
            tampered @ SecretError::Tampered { .. } => Self::Sealed { words: tampered.to_string() },
        }
    }
}
