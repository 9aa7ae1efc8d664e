//! Files that are locked for as long as their process runs. The system releases the lock however the process ends, so a file
//! that is not locked is a leftover.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

/// Creates a file and locks it. Returns it with whether the lock was granted: not every file system has locks.
pub(crate) fn create<T>(
    create: impl Fn() -> io::Result<T>,
    file_of: impl Fn(&T) -> &File,
) -> io::Result<(T, io::Result<()>)> {
    loop {
        let made = create()?;
        let locked = file_of(&made).lock();
        // A process that swept just before the file was locked took it for a leftover.
        if locked.is_err() || has_a_name(file_of(&made))? {
            return Ok((made, locked));
        }
    }
}

/// Removes the leftovers in a folder, among the files whose name `is_one` accepts. What cannot be read or removed stays for the
/// next time.
pub(crate) fn sweep(folder: &Path, is_one: impl Fn(&str) -> bool) {
    let Ok(entries) = folder.read_dir() else { return };
    for entry in entries.flatten().filter(|entry| entry.file_name().to_str().is_some_and(&is_one)) {
        let path = entry.path();
        let removed = open(&path).and_then(|file| remove_leftover(&path, &file));
        if let Err(error) = removed
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(%error, path = %path.display(), "a leftover could not be removed");
        }
    }
}

/// Removes a file while it is locked, unless its process runs: one that is about to lock it then finds that it has no name.
///
/// Another process may have removed it since it was opened, and a third one made another of this name: that one stays. The lock
/// is shared, so that two who look at the same time do not take each other for the process.
fn remove_leftover(path: &Path, file: &File) -> io::Result<()> {
    match file.try_lock_shared() {
        Ok(()) if has_a_name(file)? && file.metadata()?.is_file() => std::fs::remove_file(path),
        Ok(()) | Err(TryLockError::WouldBlock) => Ok(()),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Opens the file itself: not what a link leads to, and without waiting for a pipe's other end.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed();
        std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, flags);
    }
    options.open(path)
}

/// Whether a file was not removed since it was opened.
#[cfg(unix)]
pub(crate) fn has_a_name(file: &File) -> io::Result<bool> {
    Ok(std::os::unix::fs::MetadataExt::nlink(&file.metadata()?) > 0)
}

/// Elsewhere an open file is not removed.
#[cfg(not(unix))]
pub(crate) fn has_a_name(_: &File) -> io::Result<bool> {
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::private_file;

    #[test]
    fn new_file_of_a_removed_leftovers_name_stays() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("one.lock");
        private_file(&path).unwrap();
        let opened_before = open(&path).unwrap();
        sweep(dir.path(), |name| name == "one.lock");
        assert!(!path.exists());
        let (_held, locked) = create(|| private_file(&path), |file| file).unwrap();
        locked.unwrap();
        remove_leftover(&path, &opened_before).unwrap();
        assert!(path.exists());
    }

    #[test]
    fn locked_file_is_not_a_leftover() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("one.lock");
        let (held, _) = create(|| private_file(&path), |file| file).unwrap();
        sweep(dir.path(), |_| true);
        assert!(path.exists());
        drop(held);
        sweep(dir.path(), |_| true);
        assert!(!path.exists());
    }
}
