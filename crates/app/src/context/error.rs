//! What can go wrong, with a stable code, typed arguments and an English sentence.

use crate::context::{HostError, PortalUnavailable, Thing};
use license::{CertificateError, Finding, NameError, file::FormatError, key::Mistake};
use std::path::PathBuf;
use vault::{Account, LibraryError, LockError, SecretError, SettingsError, files::FileError};
use vendors::{ConnectError, VendorError};

/// Why a use case failed.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// A vendor said no, or said nothing.
    #[error("{doing} with the account {account:?} failed: {source}")]
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
    Connect(#[from] ConnectError),
    /// The login of an account cannot be sent as it is kept.
    #[error("the account {account:?} cannot be used: {source}")]
    CannotConnect {
        /// The account's name.
        account: Box<str>,
        /// What is wrong with it.
        source: ConnectError,
    },
    /// Secrets cannot be read or kept.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The library failed.
    #[error(transparent)]
    Library(LibraryError),
    /// A sealed secret is not what it was.
    #[error("{words}")]
    Sealed {
        /// Which, without its content.
        words: String,
    },
    /// A file on disk cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// The settings cannot be read or written.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// A file's text is not what was expected.
    #[error("{}: {source}", path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// What is wrong with its text.
        source: FormatError,
    },
    /// A text is no license's name.
    #[error(transparent)]
    Name(#[from] NameError),
    /// The account has a license of this name already.
    #[error("{account:?} has a license named {name:?} already")]
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
    NotAKey {
        /// The file, where it came from one.
        path: Option<PathBuf>,
        /// Which part is wrong.
        source: Mistake,
    },
    /// A word that was given is not one of those that can be.
    #[error("{param} cannot be {value:?}")]
    NotAChoice {
        /// The parameter.
        param: String,
        /// What was given.
        value: String,
        /// What can be given.
        possible: String,
    },
    /// There is nothing of that name or id.
    #[error("there is no {what} {named:?}")]
    NotFound {
        /// What was looked for.
        what: Thing,
        /// How it was named.
        named: String,
    },
    /// Several licenses answer to that name.
    #[error("{named:?} is the name of {} of them", candidates.len())]
    Ambiguous {
        /// How it was named.
        named: String,
        /// Ids and accounts of those that answer to it.
        candidates: Vec<String>,
    },
    /// What was typed to confirm is not what was asked for.
    #[error("not confirmed: type {expected:?} to confirm")]
    NotConfirmed {
        /// What has to be typed.
        expected: String,
    },
    /// A file that would be written over is another license's.
    #[error("{} is the license file of {other:?}", path.display())]
    FileOfAnother {
        /// The file.
        path: PathBuf,
        /// The other license's label.
        other: String,
    },
    /// A file was asked for of a license that its vendor no longer has.
    #[error("{label:?} is gone at its vendor: no file is written with its key")]
    Gone {
        /// The license's label.
        label: String,
    },
    /// The vendor does not give the key out, or no longer has the license.
    #[error("the key of {label:?} is not to be had")]
    NoKey {
        /// The license's label.
        label: String,
    },
    /// The key was brought in and is no longer kept: for one session only, which is over, or until secrets were forgotten.
    #[error("the key of {label:?} is no longer kept here")]
    KeyNotKept {
        /// The license's label.
        label: String,
    },
    /// The product's keys are not written in this format.
    #[error("{label:?} cannot be written as {format}")]
    FormatDoesNotFit {
        /// The license's label.
        label: String,
        /// The format asked for.
        format: String,
        /// Those that fit.
        possible: String,
    },
    /// The account has no vendor behind it, so nothing can be asked of it.
    #[error("the account {account:?} holds imported keys: there is no vendor to ask")]
    NoVendor {
        /// The account's name.
        account: String,
    },
    /// Imported keys exist here alone: taking their account off the computer would lose them all.
    #[error("the account {account:?} holds {count} imported keys, which exist here alone")]
    HoldsImportedKeys {
        /// The account's name.
        account: String,
        /// How many there are.
        count: usize,
    },
    /// A license from a vendor cannot be removed here, only deleted there.
    #[error("{label:?} is a license of {account:?}: it can be deleted there, not removed here")]
    NotImported {
        /// The license's label.
        label: String,
        /// The account's name.
        account: String,
    },
    /// An earlier create or delete of the same license was sent and is not settled.
    #[error("an earlier {verb} of {label:?} was sent and its outcome is not known yet")]
    Unsettled {
        /// `create` or `delete`.
        verb: &'static str,
        /// The license's label.
        label: String,
    },
    /// A vendor confirmed a change that could not be written into the library.
    #[error("{doing} with the account {account:?} succeeded, but could not be noted here: {why}")]
    NotRecorded {
        /// The account's name.
        account: String,
        /// What was done, such as "creating \"north\"".
        doing: String,
        /// Why it could not be noted.
        why: Box<AppError>,
    },
    /// A filter of the list cannot be read.
    #[error("the filter {word:?} cannot be read")]
    Filter {
        /// The word as typed.
        word: String,
        /// What could stand there.
        possible: String,
    },
    /// The account's login is no longer kept: for one session only, which is over, or until secrets were forgotten.
    #[error("the login of {account:?} is not kept")]
    LoginNotKept {
        /// The account's name.
        account: String,
    },
    /// A login opens something else than what the account holds.
    #[error("this login opens none of the licenses of {account:?}: it belongs to something else")]
    OtherLogin {
        /// The account's name.
        account: String,
    },
    /// What is at an account or was imported has no such part.
    #[error("{label:?} has no {facet}")]
    NoFacet {
        /// The account's name or the license's label.
        label: String,
        /// The facet's word.
        facet: &'static str,
    },
    /// A token was not sent to an instance, for what is wrong with it.
    #[error("the token was not sent: {}", sentences(findings))]
    Preflight {
        /// What is wrong with it, and what is worth knowing.
        findings: Vec<Finding>,
        /// The instance that it is for.
        sub: Option<String>,
        /// The instance that it would have been sent to.
        root: String,
    },
    /// An instance has another token by now than the one that is kept here.
    #[error("the instance has another token of {label:?} by now than the one that is kept here")]
    Outdated {
        /// The license's label.
        label: String,
    },
    /// There is no token from before the present one.
    #[error("no earlier token of {account:?} is kept here")]
    NothingToRestore {
        /// The account's name.
        account: String,
    },
    /// A certificate cannot be used.
    #[error("{}{source}", path.as_ref().map_or_else(String::new, |path| format!("{}: ", path.display())))]
    Certificate {
        /// The file, where it came from one.
        path: Option<PathBuf>,
        /// What is wrong with it.
        source: CertificateError,
    },
    /// A certificate's file is written from one that was checked out, and none was.
    #[error("no certificate of {label:?} was checked out since the program started")]
    NotCheckedOut {
        /// The license's label.
        label: String,
    },
    /// A key that belongs to no account was about to be sent somewhere.
    #[error("the key belongs to {account:?}, which is no account at a vendor: it is sent nowhere")]
    KeyNotOfAccount {
        /// Where it belongs.
        account: String,
    },
    /// There is no package registry to log in to.
    #[error("no package registry is known for {label:?}")]
    NoRegistry {
        /// The license's label.
        label: String,
    },
    /// A program of others is not on this computer.
    #[error("there is no {program} on this computer")]
    ProgramMissing {
        /// What it is called.
        program: String,
    },
    /// A program of others did not do what it was told.
    #[error("{program} failed")]
    ProgramFailed {
        /// What it is called.
        program: String,
        /// What it said, redacted.
        words: String,
    },
    /// The key that was given for a leaked one is that one.
    #[error("this is the leaked key of {label:?} itself")]
    SameKey {
        /// The license's label.
        label: String,
    },
    /// The key that takes a leaked one's place comes from the vendor that lists the license.
    #[error("the new key of {label:?} comes from its account {account:?}")]
    SuccessorAtVendor {
        /// The license's label.
        label: String,
        /// The account's name.
        account: String,
    },
    /// A leaked key may still be in a file, so it is not removed.
    #[error("the leaked key may still be in {}, so it is not removed: {words}", path.display())]
    LeakedRemains {
        /// The file.
        path: PathBuf,
        /// Why it may.
        words: String,
    },
    /// A file has no backup, or none of this number.
    #[error("there is no backup {}of {}", number.map_or_else(String::new, |number| format!("{number} ")), file.display())]
    NoBackup {
        /// The file.
        file: PathBuf,
        /// The number, where one was given.
        number: Option<u32>,
    },
    /// A backup was made or changed by another program, so Licet does not remove it.
    #[error("{} was made or changed by another program: Licet does not remove it", path.display())]
    BackupOfAnother {
        /// The backup.
        path: PathBuf,
    },
    /// A replacement of this license is under way.
    #[error("a replacement of {label:?} is under way")]
    Replacing {
        /// The license's label.
        label: String,
        /// Whether it goes on now, here or in another process: otherwise it was interrupted.
        is_running: bool,
    },
    /// A replacement stopped after the new license was made: both are there, and it can go on.
    #[error("{why}")]
    HalfReplaced {
        /// What stopped it.
        why: Box<AppError>,
    },
    /// A file does not hold the license that replaces another, so the other is not deleted.
    #[error("{} does not hold {label:?}: the old license stays", path.display())]
    NotReplaced {
        /// The file.
        path: PathBuf,
        /// The new license's label.
        label: String,
    },
    /// The key of a license that is being replaced stands in a file still, so the license is not deleted.
    #[error("{} holds the key of {label:?} still: the old license stays", path.display())]
    OldKeyStands {
        /// The file.
        path: PathBuf,
        /// The old license's label.
        label: String,
    },
    /// The tested login is no longer at hand.
    #[error("the tested login is no longer at hand")]
    TicketGone,
    /// The local portal does not run.
    #[error(transparent)]
    Portal(#[from] PortalUnavailable),
    /// The place that this runs in cannot do it.
    #[error(transparent)]
    Host(#[from] HostError),
    /// A person stopped it.
    #[error("stopped")]
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
