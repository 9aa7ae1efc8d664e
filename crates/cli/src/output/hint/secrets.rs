//! What to try where secrets are locked, or the home cannot be used.

use errors::Args;
use std::io;
use vault::OpenError;

pub(super) fn hint(code: &str, args: &Args) -> Option<String> {
    let is = |name, value| args.get(name) == Some(value);
    let hint = match code {
        "keyring-locked" => "unlock the keyring: log in to the desktop, or choose Unlock in Licet's window",
        "keyring-unavailable" if is("passphrase", "accepted") => {
            "where there is no keyring, give a passphrase: --unlock-file PATH"
        }
        "keyring-unavailable" => {
            "start the keyring that has the key, then try again; if it is lost for good, forget the secrets (`licet secrets forget`) and log in to the accounts again"
        }
        "keyring-lost-entry" => {
            "restore the keyring, or forget the secrets (`licet secrets forget`) and log in to the accounts again"
        }
        "slots-lost" => {
            "restore the library from a backup, or forget the secrets (`licet secrets forget`) and log in to the accounts again"
        }
        "vault-locked" => "give the passphrase: --unlock-file PATH",
        "vault-no-slot" if is("by", "passphrase") => {
            "its key is in the keyring: leave out --unlock-file, and start or unlock the keyring"
        }
        "vault-no-slot" if is("by", "keyring") => "give its passphrase: --unlock-file PATH",
        // What is kept for one session is never looked for by the command line.
        "vault-no-slot" => "",
        "library-cannot-be-changed" => match args.get("cause")? {
            "file-system" => "use a home on a disk that can be written: --home DIR",
            "permission" => "run Licet as the owner of that folder, or use another home: --home DIR",
            _ => "free some space on that disk, then try again",
        },
        _ => return None,
    };
    Some(hint.to_owned())
}

/// What to try where a home cannot be made or used.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "more kinds of I/O errors may be added to the standard library"
)]
pub(crate) fn unusable_home(error: &OpenError) -> Option<&'static str> {
    match error {
        OpenError::Folder { source, .. } | OpenError::File { source, .. } => Some(match source.kind() {
            io::ErrorKind::ReadOnlyFilesystem => "choose a folder on a disk that can be written: --home DIR",
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                "free some space on that disk, or choose another folder: --home DIR"
            }
            _ => "choose another folder with --home, or change its permissions",
        }),
        OpenError::NotAFolder { .. } | OpenError::NotAFile { .. } => {
            Some("choose another folder: --home DIR")
        }
        OpenError::NewerLibrary { .. }
        | OpenError::LogUnreadable { .. }
        | OpenError::Incomplete { .. }
        | OpenError::Damaged { .. }
        | OpenError::Library(_) => error.help(),
    }
}
