//! What to try where a file cannot be read or written.

use super::{option, word};
use app::context::shown;
use errors::Args;
use std::path::Path;
use vault::files;

pub(super) fn hint(code: &str, args: &Args) -> Option<String> {
    let hint = match code {
        "file-other-owner" | "file-hard-linked" | "file-would-lose" | "file-mounted" => {
            "write into the existing file: --in-place"
        }
        "file-no-access-list" => {
            "nothing was written; use --mode OCTAL, or --group NAME, to let others read the file"
        }
        "file-fixed" => {
            let letter = if args.get("attribute") == Some("immutable") { 'i' } else { 'a' };
            let path = word(args.get("path")?);
            return Some(format!("as root, remove the attribute: `chattr -{letter} {path}`"));
        }
        "file-incomplete" => {
            let restore = restore(args.get("path")?, args.get("backup")?);
            return Some(format!(
                "free some space if the disk is full, then `{restore}` restores it; try again after that"
            ));
        }
        "file-of-another" => "choose another place, or say --replace",
        "backup-not-found" => "`licet backups` lists the backups of every file",
        _ => return None,
    };
    Some(hint.to_owned())
}

/// The command that writes a backup back into its file.
fn restore(file: &str, backup: &str) -> String {
    let path = Path::new(file);
    let number = files::backup_number(path, Path::new(backup));
    let number = number.map_or_else(String::new, |number| format!(" --backup {number}"));
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    format!("licet restore {}{number} --in-place {}", word(file), option("--confirm", &shown(&name)))
}
