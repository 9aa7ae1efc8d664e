//! Files without secrets, which other programs read: tables, calendars, metrics.

use super::FileError;
use super::durable::{sync_file, sync_folder};
use super::target::{Target, folder};
use std::fs::{File, Permissions};
use std::io::{self, Write};
use std::path::Path;
use tempfile::NamedTempFile;

/// Writes a file that everybody may read, in one step: a reader finds the old text or the new one. There is no backup. Of a
/// symbolic link the target is replaced.
///
/// Fails with [`FileError::Exists`] if a file is there that must not be replaced, and leaves it as it is.
pub fn write_report(path: &Path, text: &[u8], replace: bool) -> Result<(), FileError> {
    let target = Target::of(path)?;
    let exists = || FileError::Exists { path: target.path.clone() };
    if target.metadata.is_some() {
        if !replace {
            return Err(exists());
        }
        FileError::refuse_fixed(&target.path, false)?;
    }
    let folder = folder(&target.path);
    let new = new_file(folder).map_err(|error| FileError::creating_beside(&target.path, error))?;
    let failed = |error| FileError::writing(&target.path, error);
    new.as_file().write_all(text).and_then(|()| sync_file(new.as_file())).map_err(failed)?;
    let placed = match replace {
        true => new.persist(&target.path),
        false => new.persist_noclobber(&target.path),
    };
    match placed {
        Ok(_) => Ok(()),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Err(exists()),
        Err(error) => Err(failed(error.error)),
    }?;
    // The text is there; that its name outlasts a power failure is not worth an error.
    let _confirmed = sync_folder(folder);
    Ok(())
}

#[cfg(unix)]
fn new_file(folder: &Path) -> io::Result<NamedTempFile<File>> {
    use std::os::unix::fs::PermissionsExt;
    tempfile::Builder::new().permissions(Permissions::from_mode(0o644)).tempfile_in(folder)
}

#[cfg(not(unix))]
fn new_file(folder: &Path) -> io::Result<NamedTempFile<File>> {
    NamedTempFile::new_in(folder)
}
