//! Putting a finished file in its place without losing what another program saved there in the meantime.
//!
//! Where the file system can, the new file and the old one are exchanged in one step. What came out is compared with what the
//! new text was made from; if it differs, the two are exchanged back and the caller reads the file again. Elsewhere the old
//! file is looked at once more just before it is replaced.

use super::backup;
use super::error::FileError;
use super::rename::{exchange, rename_where_nothing_is};
use super::seen::{Seen, is_same_inode};
use super::temporary::{disarm, disarm_open};
use std::fs::Metadata;
use std::io::{self, ErrorKind};
use std::path::Path;
use tempfile::NamedTempFile;

/// How often files are exchanged back and forth with a program that keeps replacing the file.
const MOST_EXCHANGES: usize = 8;

/// What an exchange left beside the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Left {
    Nothing,
    /// The replaced file, which could not be removed: the record of the write leads to it.
    OldFile,
}

/// Replaces what was seen at a path by renaming the new file over it, after a second look.
pub(super) fn put_over(new: NamedTempFile, path: &Path, seen: &Seen) -> Result<(), FileError> {
    if !seen.is_still(path) {
        return Err(FileError::Changed { path: path.to_owned() });
    }
    let placed = std::fs::rename(new.path(), path);
    disarm(new, placed).map_err(|error| super::inode::not_replaced(path, &seen.metadata, error))
}

/// Exchanges the new file with what was seen at a path. Under the name `swap`, which an interrupted process leaves to be settled
/// by its record, there is never a part of a text.
pub(super) fn put_instead(
    new: NamedTempFile,
    path: &Path,
    seen: &Seen,
    swap: &Path,
) -> Result<Left, FileError> {
    let ours = new.as_file().metadata().map_err(|error| FileError::writing(path, error))?;
    let renamed = rename_where_nothing_is(new.path(), swap);
    // Held until the end: it is locked, so that it does not look like a leftover.
    let _held = disarm_open(new, renamed).map_err(|error| FileError::creating_beside(path, error))?;
    let placed = match exchange(swap, path) {
        Ok(true) => return take_out(swap, path, seen, &ours),
        Ok(false) if seen.is_still(path) => std::fs::rename(swap, path),
        Ok(false) => Err(io::ErrorKind::NotFound.into()),
        Err(error) => Err(error),
    };
    placed.map(|()| Left::Nothing).map_err(|error| {
        let _ = std::fs::remove_file(swap);
        match error.kind() == ErrorKind::NotFound && path.parent().is_some_and(Path::is_dir) {
            true => FileError::Changed { path: path.to_owned() },
            false => super::inode::not_replaced(path, &seen.metadata, error),
        }
    })
}

/// Removes what came out of the exchange if it is what was seen; otherwise gives it its place back.
fn take_out(swap: &Path, path: &Path, seen: &Seen, ours: &Metadata) -> Result<Left, FileError> {
    if !seen.is_still(swap) {
        return give_back(swap, path, ours);
    }
    match std::fs::remove_file(swap).or_else(|_| std::fs::remove_file(swap)) {
        Ok(()) => Ok(Left::Nothing),
        Err(error) => {
            tracing::warn!(%error, path = %swap.display(), "the replaced file could not be removed");
            Ok(Left::OldFile)
        }
    }
}

/// Exchanges until the newest of what others saved is in its place. What comes out then is either the new file, which is removed, or
/// something that another program saved in between, which is kept as a backup.
fn give_back(swap: &Path, path: &Path, ours: &Metadata) -> Result<Left, FileError> {
    let mut put_in = ours.clone();
    for _ in 0..MOST_EXCHANGES {
        let taken_out = swap.symlink_metadata().map_err(|error| FileError::reading(swap, error))?;
        exchange(swap, path).map_err(|error| FileError::writing(path, error))?;
        let now_out = swap.symlink_metadata().map_err(|error| FileError::reading(swap, error))?;
        if is_same_inode(&now_out, &put_in) {
            break;
        }
        put_in = taken_out;
    }
    let is_untouched_new_file = swap.symlink_metadata().is_ok_and(|left| {
        is_same_inode(&left, ours) && left.len() == ours.len() && left.modified().ok() == ours.modified().ok()
    });
    if is_untouched_new_file {
        std::fs::remove_file(swap).map_err(|error| FileError::writing(swap, error))?;
    } else {
        backup::set_aside(swap, path)?;
    }
    Err(FileError::Changed { path: path.to_owned() })
}

/// Settles an exchange that was interrupted: `is_new` recognises the new text, `is_old` what it was made from.
pub(super) fn settle(
    swap: &Path,
    path: &Path,
    is_new: impl Fn(&Path) -> Result<bool, FileError>,
    is_old: impl Fn(&Path) -> Result<bool, FileError>,
) -> Result<(), FileError> {
    match swap.symlink_metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(FileError::writing(swap, error)),
        Ok(_) => {}
    }
    let remove = || std::fs::remove_file(swap).map_err(|error| FileError::writing(swap, error));
    if is_new(swap)? || is_old(swap)? {
        return remove();
    }
    // Another program saved this between the reading and the exchange.
    if is_new(path)?
        && exchange(swap, path).map_err(|error| FileError::writing(path, error))?
        && is_new(swap)?
    {
        return remove();
    }
    backup::set_aside(swap, path).map(drop)
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;
    use std::io::Write;

    fn put(path: &Path, text: &str) {
        std::fs::File::create(path).unwrap().write_all(text.as_bytes()).unwrap();
    }

    fn text(path: &Path) -> String {
        std::fs::read_to_string(path).unwrap()
    }

    #[test]
    fn newest_of_what_others_saved_gets_its_place_back() {
        let dir = tempfile::tempdir().unwrap();
        let (path, swap) = (dir.path().join(".env"), dir.path().join(".licet-0123456789ab.swap"));
        put(&path, "ours");
        let ours = path.symlink_metadata().unwrap();
        put(&swap, "saved before the exchange");
        let later = dir.path().join("later");
        put(&later, "saved after it");
        std::fs::rename(&later, &path).unwrap();
        assert!(matches!(give_back(&swap, &path, &ours), Err(FileError::Changed { .. })));
        assert_eq!(text(&path), "saved after it");
        assert_eq!(text(&dir.path().join(".env.bak")), "saved before the exchange");
        assert!(!swap.exists());
    }

    #[test]
    fn what_others_added_to_the_new_file_is_kept() {
        let dir = tempfile::tempdir().unwrap();
        let (path, swap) = (dir.path().join(".env"), dir.path().join(".licet-0123456789ab.swap"));
        put(&path, "ours");
        let ours = path.symlink_metadata().unwrap();
        put(&swap, "saved before the exchange");
        put(&path, "ours, and a line");
        assert!(matches!(give_back(&swap, &path, &ours), Err(FileError::Changed { .. })));
        assert_eq!(text(&path), "saved before the exchange");
        assert_eq!(text(&dir.path().join(".env.bak")), "ours, and a line");
    }

    #[test]
    fn name_that_is_taken_is_not_written_over() {
        let dir = tempfile::tempdir().unwrap();
        let (from, to) = (dir.path().join("from"), dir.path().join("to"));
        put(&from, "new");
        put(&to, "theirs");
        let refused = rename_where_nothing_is(&from, &to).unwrap_err();
        assert_eq!((refused.kind(), text(&to).as_str()), (ErrorKind::AlreadyExists, "theirs"));
    }
}
