//! What to try after an error of a use case, in the words of the command line.

mod network;
#[cfg(test)]
mod tests;

use app::context::{AppError, Thing, shown, word as shell_word};
use license::{CertificateError, file::FormatError, key::Mistake};
use std::path::Path;
use vault::{
    KeptBy, LibraryError, LockError, ReadOnlyCause,
    files::{self, FileError},
};
use vendors::{Description, Elsewhere, Instead, VendorError};

/// What to try, with the options and commands that help.
pub(crate) fn of(error: &AppError) -> Option<String> {
    let hint = match error {
        AppError::Vendor { provider, account, source, .. } => {
            return vendor(source, description(provider), Some(account));
        }
        AppError::Login { provider, source, .. } => return vendor(source, description(provider), None),
        AppError::Connect(error) => return network::connect(error, None),
        AppError::CannotConnect { account, source } => return network::connect(source, Some(account)),
        AppError::Lock(error) => lock(error)?,
        AppError::Library(LibraryError::NameTaken { .. }) => "choose another name",
        AppError::Library(LibraryError::Busy) => "try again in a moment",
        AppError::Library(LibraryError::CannotBeChanged { cause, .. }) => match cause {
            ReadOnlyCause::FileSystem => "use a home on a disk that can be written: --home DIR",
            ReadOnlyCause::Permission => {
                "run Licet as the owner of that folder, or use another home: --home DIR"
            }
            ReadOnlyCause::DiskFull => "free some space on that disk, then try again",
        },
        AppError::Library(LibraryError::DiskFull) => "make room on the disk that holds it",
        AppError::Library(LibraryError::WrittenNotNoted { .. }) => {
            "the file is complete; the next command notes it in the library"
        }
        AppError::Library(LibraryError::ReadOnly) => "check the permissions of the home",
        AppError::Library(_) => return None,
        AppError::Sealed { .. } => "remove the account and connect it again",
        AppError::File(FileError::Fixed { path, attribute }) => {
            let letter = if *attribute == "immutable" { 'i' } else { 'a' };
            let path = shell_word(&shown(&path.display().to_string()));
            return Some(format!("as root, remove the attribute: `chattr -{letter} {path}`"));
        }
        AppError::File(FileError::Incomplete { path, backup: Some(backup), .. }) => {
            let restore = restore(path, backup);
            return Some(format!(
                "free some space if the disk is full, then `{restore}` restores it; try again after that"
            ));
        }
        AppError::File(error) => file(error)?,
        AppError::Format { source, .. } => format(source)?,
        AppError::NotAKey { source: Mistake::EnvWithoutLicense, .. } => {
            return Some(format!("an instance reads its license from {}", env_variables()));
        }
        AppError::NotAKey { source, .. } => mistake(source)?,
        AppError::Name(_) => "a name is one line of at most 200 characters",
        AppError::SameName { .. } => "choose another name, or say --allow-same-name",
        AppError::NotAChoice { possible, .. } => return Some(format!("possible: {possible}")),
        AppError::NotFound { what: Thing::License, .. } => {
            "`licet list` shows every license; `licet refresh` fetches new ones"
        }
        AppError::NotFound { what: Thing::Package, .. } => "`licet packages LICENSE` lists its packages",
        AppError::NotFound { what: Thing::Machine, .. } => "`licet seats LICENSE` lists its machines",
        AppError::NoBackup { .. } => "`licet backups` lists the backups of every file",
        AppError::NotFound { what: Thing::Account, .. } => "`licet accounts list` shows every account",
        AppError::Ambiguous { .. } => "name one of them by its id",
        AppError::NotConfirmed { expected } => {
            return Some(format!("say {}", option("--confirm", &shown(expected))));
        }
        AppError::FileOfAnother { .. } => "choose another place, or say --replace",
        AppError::Gone { .. } => "`licet refresh` looks whether it is back; otherwise export another license",
        AppError::NoKey { .. } => "the vendor does not give it out; look at the vendor's own page",
        AppError::KeyNotKept { .. } => "import the key again: its place in the list is kept",
        AppError::FormatDoesNotFit { possible, .. } if possible.is_empty() => return None,
        AppError::FormatDoesNotFit { possible, .. } => return Some(format!("possible: {possible}")),
        AppError::NoVendor { .. } => {
            "name an account that has one: `licet accounts list` shows every account"
        }
        AppError::HoldsImportedKeys { account, .. } => {
            let filter = shell_word(&format!("account:{}", shown(account)));
            return Some(format!(
                "`licet list {filter}` lists them; remove each one by its id: `licet remove --help`"
            ));
        }
        AppError::NotImported { .. } => "`licet delete LICENSE` deletes it at its vendor",
        AppError::Unsettled { .. } => "it is settled by looking: `licet refresh`, then see `licet list`",
        AppError::NotRecorded { why, .. } => {
            let look = "do not repeat it: `licet refresh` notes it";
            return Some(of(why).map_or_else(|| look.to_owned(), |hint| format!("{hint}; {look}")));
        }
        AppError::Filter { possible, .. } => return Some(format!("possible: {possible}")),
        AppError::LoginNotKept { account } => return Some(network::not_kept(account)),
        AppError::OtherLogin { .. } => "use a login of the same owner, or connect it as another account",
        AppError::NoFacet { .. } => "nothing to do: its vendor has no such thing, or it was imported",
        AppError::Preflight { .. } => "--force sends it all the same",
        AppError::Outdated { .. } => {
            "take the present one from the instance's data folder and apply it here, or write the earlier one with --outdated"
        }
        AppError::NothingToRestore { .. } => {
            "an earlier token is kept here once another one is applied over one that was applied here"
        }
        AppError::Certificate { source, .. } => certificate(source),
        AppError::NotCheckedOut { .. } => "check one out first",
        AppError::KeyNotOfAccount { .. } => {
            "connect the account that the license is from: `licet accounts add --help` shows how"
        }
        AppError::NoRegistry { .. } => {
            "connect the account again with --registry HOST (and --confirm-registry HOST outside the vendor's domain)"
        }
        AppError::ProgramMissing { .. } => "copy the command, and run it where the program is",
        AppError::ProgramFailed { words, .. } if words.is_empty() => return None,
        AppError::ProgramFailed { words, .. } => return Some(format!("it says: {words}")),
        AppError::SameKey { .. } => "give the key that the vendor issued in its place",
        AppError::SuccessorAtVendor { account, .. } => {
            return Some(format!(
                "refresh the account: `licet refresh {}`",
                option("--account", &shown(account))
            ));
        }
        AppError::LeakedRemains { .. } => {
            "make it readable, and take the key out of it by hand; or stop watching it in Licet's window"
        }
        AppError::BackupOfAnother { .. } => "delete the file yourself if it is no longer needed",
        AppError::Replacing { is_running: true, .. } => "it goes on now, in another window or command",
        AppError::Replacing { is_running: false, .. } => {
            "`licet replace --resume LICENSE` goes on with it; `licet replace --give-up LICENSE` leaves it as it is"
        }
        AppError::HalfReplaced { why } => {
            let both = "both licenses are there now: `licet replace --resume LICENSE` goes on; `licet replace --give-up LICENSE` leaves both";
            return Some(of(why).map_or_else(|| both.to_owned(), |hint| format!("{hint}; {both}")));
        }
        AppError::NotReplaced { .. } => "write or repair the file",
        AppError::OldKeyStands { .. } => {
            "take that key out of the file by hand, or write the file from the new license"
        }
        AppError::TicketGone => "test the login again",
        AppError::Settings(_)
        | AppError::Portal(_)
        | AppError::Host(_)
        | AppError::NotFound { what: Thing::Replacement | Thing::File, .. }
        | AppError::Cancelled => return None,
    };
    Some(hint.to_owned())
}

/// A provider that only a newer version knows has no description, and so no hints of its own.
fn vendor(error: &VendorError, known: Option<&Description>, account: Option<&str>) -> Option<String> {
    let hints = known.map(|known| &known.hints);
    let hint = match error {
        VendorError::Unauthorized { .. } => {
            hints.map_or("log in to the account again", |own| own.new_login.english)
        }
        VendorError::NotFound { .. } => hints
            .map_or("the vendor does not tell whether it was deleted or is somebody else's", |own| {
                own.not_found.english
            }),
        VendorError::NotCarried { elsewhere, .. } => {
            return Some(match elsewhere {
                Elsewhere::Page(url) => format!("make this choice at {url}"),
                Elsewhere::Guide(name) => format!("follow the guide {name:?} in the vendor's documentation"),
            });
        }
        VendorError::WrongPassword { .. } => {
            "type it again; a refused password is not sent twice by itself, and after several wrong ones a vendor refuses \
             the right one too for some minutes"
        }
        VendorError::RefusedBefore { wait: Some(wait) } => {
            let seconds = wait.as_secs().max(1);
            return Some(format!("give another; the same one can be sent again in {seconds} s"));
        }
        VendorError::RefusedBefore { wait: None } => "log in to the account again",
        VendorError::OneTimeCodeNeeded => "give the code of your authenticator",
        VendorError::OneTimeCodeWrong => "wait for the next code; check the clock of this computer",
        VendorError::SignInElsewhere { .. } => "a password login cannot be used; ask the vendor",
        VendorError::SwitchedOff { .. } => {
            "its licenses stay as they were last seen; ask the vendor or your administrator to switch it on again"
        }
        VendorError::SessionExpired => "log in to the account again; nothing is lost",
        VendorError::Forbidden { permission: Some(name), .. } => {
            return Some(format!("ask the administrator for {name}"));
        }
        VendorError::Forbidden { permission: None, .. } => "ask the administrator for the permission",
        VendorError::BadSignature { what: "date" } => {
            "nothing of the answer was used; check this computer's clock: if it is right, an old answer may have been sent again"
        }
        VendorError::BadSignature { .. } => {
            "nothing of it was used; check the account's public key: if it is right, somebody changes answers on the way"
        }
        VendorError::NotEnterprise => "check the root URL, with its sub-path",
        VendorError::WrongInstance { .. } => "compare with `root_url` in the instance's settings",
        VendorError::Unsupported { .. } => "do it on the vendor's own page",
        VendorError::RateLimited { retry_after: Some(wait) }
        | VendorError::LoginLimited { retry_after: Some(wait) } => {
            return Some(format!("try again in {} s", wait.as_secs().max(1)));
        }
        VendorError::RateLimited { retry_after: None } | VendorError::LoginLimited { retry_after: None } => {
            "try again in a minute"
        }
        VendorError::Unreachable { why, .. } => return Some(network::unreachable(*why, known, account)),
        VendorError::ProxyUnreachable { why, .. } => network::proxy(*why),
        VendorError::Interrupted { .. } | VendorError::TimedOut { .. } => "try again; check the network",
        VendorError::NotAPortal { what: Instead::CaptiveLogin } => "log in to the network in a browser first",
        VendorError::NotAPortal { .. } => {
            hints.map_or("check the address: it is the licensing system's own", |own| own.address.english)
        }
        VendorError::OutcomeUnknown { .. } => {
            "it is settled by looking: `licet refresh`, then see `licet list`"
        }
        VendorError::Rejected { status: 404, .. } => {
            "its own words say why; at a login, check the account's name: there may be none of that name"
        }
        VendorError::Rejected { .. } => "its own words say why: mend what they name, or ask the vendor",
        VendorError::ListingTooLarge { .. } => {
            "none of it was used, and your list is as it was; ask the vendor, or check that the address is the vendor's"
        }
        VendorError::Unreadable { .. } | VendorError::TooLarge { .. } => {
            "try again later; if it stays, the vendor may have changed its answers: look for a newer Licet"
        }
    };
    Some(hint.to_owned())
}

fn certificate(error: &CertificateError) -> &'static str {
    match error {
        CertificateError::Malformed { .. } => {
            "it may be damaged or changed: get the whole file anew, from its first line to its last"
        }
        CertificateError::Unsupported { .. } => {
            "check it out with Ed25519: nothing else is supported; if it was, the file may be damaged or changed"
        }
        CertificateError::NotGenuine => {
            "do not use it; if it is from another issuer, give the issuer's public key: --issuer-key HEX"
        }
        CertificateError::NeedsKey => "give its license key: --license-key-file PATH",
        CertificateError::OtherLicense => "give the license key that it was checked out with",
    }
}

fn lock(error: &LockError) -> Option<&'static str> {
    Some(match error {
        LockError::KeyringLocked => {
            "unlock the keyring: log in to the desktop, or choose Unlock in Licet's window"
        }
        LockError::KeyringAbsent { accepts_passphrase: true } => {
            "where there is no keyring, give a passphrase: --unlock-file PATH"
        }
        LockError::KeyringAbsent { accepts_passphrase: false } => {
            "start the keyring that has the key, then try again; if it is lost for good, forget the secrets (`licet secrets forget`) and log in to the accounts again"
        }
        LockError::KeyringTimedOut => "answer the keyring's prompt, then try again",
        LockError::KeyringLostEntry => {
            "restore the keyring, or forget the secrets (`licet secrets forget`) and log in to the accounts again"
        }
        LockError::SlotsLost => {
            "restore the library from a backup, or forget the secrets (`licet secrets forget`) and log in to the accounts again"
        }
        LockError::PromptDismissed | LockError::KeyringFailed { .. } => "try again",
        LockError::WrongPassphrase => "check the passphrase",
        LockError::ShortPassphrase { .. } => "choose a longer one: a few words in a row are easy to keep",
        LockError::Locked => "give the passphrase: --unlock-file PATH",
        LockError::NotKeptBy(KeptBy::Passphrase) => {
            "its key is in the keyring: leave out --unlock-file, and start or unlock the keyring"
        }
        LockError::NotKeptBy(KeptBy::Keyring) => "give its passphrase: --unlock-file PATH",
        LockError::NotKeptBy(KeptBy::Session) | LockError::Library(_) | LockError::Secret(_) => return None,
    })
}

fn file(error: &FileError) -> Option<&'static str> {
    Some(match error {
        FileError::ParentMissing { .. } => "make the folder first, or choose another",
        FileError::NotWritable { .. } | FileError::NotReadable { .. } => {
            "choose another place, or change its permissions"
        }
        FileError::ReadOnlyFileSystem { .. } => "choose a place on a disk that can be written",
        FileError::DiskFull { .. } => "make room; the file there is as it was",
        FileError::IsDirectory { .. } => "name a file in it",
        FileError::OwnedByAnother { .. }
        | FileError::HardLinked { .. }
        | FileError::WouldLose { .. }
        | FileError::MountPoint { .. } => "write into the existing file: --in-place",
        // The command that removes it needs the path.
        FileError::Fixed { .. } => return None,
        FileError::NotAFolder { .. } => "choose another path",
        FileError::Changed { .. } => "its present content was kept; try again when the other program is done",
        FileError::BeingWritten { .. } => "nothing was written; try again in a moment",
        FileError::NoAccessList { .. } => {
            "nothing was written; use --mode OCTAL, or --group NAME, to let others read the file"
        }
        FileError::AccessRefused { .. } => {
            "nothing was written; use a group that you are a member of, or run Licet as the file's owner"
        }
        FileError::Missing { .. } => "check the path for typing mistakes",
        FileError::TooLarge { .. } | FileError::NotText { .. } | FileError::NotAFile { .. } => {
            "choose another file: this is no license file"
        }
        FileError::Incomplete { .. } => "free some space if the disk is full, then write the file again",
        FileError::Io { .. } => return None,
    })
}

/// An option with its value. One that begins like an option is taken for one unless `=` is between them.
fn option(name: &str, value: &str) -> String {
    let between = if value.starts_with('-') { '=' } else { ' ' };
    format!("{name}{between}{}", shell_word(value))
}

/// The command that writes a backup back into its file.
fn restore(file: &Path, backup: &Path) -> String {
    let number = files::backup_number(file, backup);
    let number = number.map_or_else(String::new, |number| format!(" --backup {number}"));
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
    let file = shell_word(&shown(&file.display().to_string()));
    format!("licet restore {file}{number} --in-place {}", option("--confirm", &shown(&name)))
}

fn format(error: &FormatError) -> Option<&'static str> {
    Some(match error {
        FormatError::Syntax { .. } => "nothing was written; mend the file, or choose another",
        FormatError::NotALicenseFile { .. } => "nothing was written; choose another file",
        FormatError::KeyDoesNotFit { .. } | FormatError::Missing { .. } => return None,
    })
}

fn mistake(mistake: &Mistake) -> Option<&'static str> {
    Some(match mistake {
        Mistake::Unknown => "a key, a license file, a JWT, a portal's token or a URL is expected",
        Mistake::System(_) => "the form is XXXXXX-XXXXXX-XXXXXX-XXXXXX-XXXXXX-V3 with 0–9 and A–F",
        Mistake::DeploymentParts | Mistake::DeploymentPayload | Mistake::DeploymentSignature => {
            "copy it again, from `key/` to its end"
        }
        Mistake::Jwt(_) | Mistake::PortalToken => "copy all of it again",
        Mistake::Certificate(_) => {
            "copy all of it again, from `-----BEGIN LICENSE FILE-----` to `-----END LICENSE FILE-----`"
        }
        Mistake::MachineCertificate => {
            "import the license certificate, which begins with `-----BEGIN LICENSE FILE-----`"
        }
        Mistake::Secret(_) | Mistake::Env(_) => "correct the file, or import the key alone",
        Mistake::TomlWithoutLicense => "a license file has the line License = \"…\"",
        Mistake::Empty | Mistake::Toml { .. } | Mistake::EnvWithoutLicense => return None,
    })
}

/// The variables that instances read their license from.
fn env_variables() -> String {
    let quoted = |name: &str| format!("`{name}`");
    vendors::Registry::default().env_variables().map(quoted).collect::<Vec<_>>().join(" or ")
}

fn description(provider: &str) -> Option<&'static Description> {
    vendors::registration(provider).map(|known| known.description)
}
