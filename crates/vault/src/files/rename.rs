//! Renames that overwrite nothing: into a free name, or by exchanging two files.

use super::error::FileError;
use super::temporary::disarm;
use std::io::{self, ErrorKind};
use std::path::Path;
use tempfile::NamedTempFile;

/// Puts a new file where nothing is. Fails with [`FileError::Changed`] if something is there by then.
pub(super) fn put_where_nothing_is(new: NamedTempFile, path: &Path) -> Result<(), FileError> {
    let placed = rename_where_nothing_is(new.path(), path);
    disarm(new, placed).map_err(|error| match error.kind() == ErrorKind::AlreadyExists {
        true => FileError::Changed { path: path.to_owned() },
        false => FileError::creating_beside(path, error),
    })
}

/// Renames a file unless the new name is taken, which fails with [`ErrorKind::AlreadyExists`].
pub(super) fn rename_where_nothing_is(from: &Path, to: &Path) -> io::Result<()> {
    if special::rename(from, to, special::Flags::NOREPLACE)? {
        return Ok(());
    }
    match to.symlink_metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound => std::fs::rename(from, to),
        Err(error) => Err(error),
        Ok(_) => Err(ErrorKind::AlreadyExists.into()),
    }
}

/// Exchanges two files. Returns whether the file system can.
pub(super) fn exchange(one: &Path, other: &Path) -> io::Result<bool> {
    special::rename(one, other, special::Flags::EXCHANGE)
}

#[cfg(any(target_os = "linux", target_os = "android", target_os = "macos"))]
mod special {
    use rustix::fs::{CWD, renameat_with};
    use rustix::io::Errno;
    use std::io;
    use std::path::Path;

    pub(super) use rustix::fs::RenameFlags as Flags;

    /// Renames with a flag. Returns false where the file system or a filter of system calls does not know it.
    pub(super) fn rename(from: &Path, to: &Path, flags: Flags) -> io::Result<bool> {
        match renameat_with(CWD, from, CWD, to, flags) {
            Ok(()) => Ok(true),
            // A plain rename fails with the same number if it is this user who may not.
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP | Errno::PERM) => Ok(false),
            #[cfg(not(any(target_os = "linux", target_os = "android")))]
            Err(Errno::OPNOTSUPP) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "macos")))]
mod special {
    use std::io;
    use std::path::Path;

    /// What a rename does beyond giving a file another name.
    pub(super) enum Flags {
        NOREPLACE,
        EXCHANGE,
    }

    /// No other system can.
    pub(super) fn rename(_: &Path, _: &Path, _: Flags) -> io::Result<bool> {
        Ok(false)
    }
}
