//! Backups beside a file: `NAME.bak` and, for later ones, `NAME.bak.1` and so on. The number orders them by age.

use super::digest::Digest;
use super::durable::sync_folder;
use super::error::FileError;
use super::read_bytes;
use super::rename::{put_where_nothing_is, rename_where_nothing_is};
use super::target::{Target, folder};
use super::temporary::{self, TemporaryName};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What becomes of the content that is overwritten, once the file is written. Until then, what is overwritten in place is in a backup
/// in any case: a write that fails half way may not be able to put it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backup {
    /// It is lost.
    Never,
    /// It is kept in a backup beside the file unless it has this digest: that of what Licet itself wrote there. A backup is for
    /// this user alone, and never written over one that is there.
    UnlessDigest(Digest),
    /// It is kept so in any case: Licet never wrote there.
    Always,
}

impl Backup {
    /// Whether content of this digest is kept once a text of the digest `new` is written over it; an empty file has none. Nothing
    /// else decides that.
    pub(super) fn keeps(self, content: Option<Digest>, new: Digest) -> bool {
        let Some(content) = content.filter(|content| *content != new) else { return false };
        match self {
            Self::Never => false,
            Self::UnlessDigest(known) => content != known,
            Self::Always => true,
        }
    }
}

/// Where the content that is overwritten is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum BackupPlace {
    /// In a file that does not exist yet.
    New(PathBuf),
    /// In a backup that Licet made before, of the same bytes.
    Made(PathBuf),
}

impl BackupPlace {
    /// The backup.
    pub(crate) fn path(&self) -> &Path {
        match self {
            Self::New(path) | Self::Made(path) => path,
        }
    }

    /// The backup, unless it was made before.
    pub(crate) fn new_path(&self) -> Option<&Path> {
        match self {
            Self::New(path) => Some(path),
            Self::Made(_) => None,
        }
    }

    /// Removes the backup, unless it was made before. Returns whether that worked.
    pub(super) fn remove_new(&self) -> bool {
        let Some(path) = self.new_path() else { return true };
        let removed = std::fs::remove_file(path);
        if let Err(error) = &removed {
            tracing::warn!(%error, path = %path.display(), "a backup that is not needed could not be removed");
        }
        removed.is_ok()
    }
}

/// The greatest number that a backup's name has.
const GREATEST: u32 = 9999;

/// The files in which earlier content of a file is kept, the oldest first, whichever program made them.
pub fn backups_of(path: &Path) -> Vec<PathBuf> {
    let Ok(target) = Target::of(path) else { return Vec::new() };
    let mut found: Vec<_> =
        numbered(&target.path).into_iter().filter(|(_, backup)| backup.is_file()).collect();
    found.sort();
    found.into_iter().map(|(_, backup)| backup).collect()
}

/// The number in the name of a backup of a file: 0 for `NAME.bak`, 2 for `NAME.bak.2`.
pub fn backup_number(path: &Path, backup: &Path) -> Option<u32> {
    let target = Target::of(path).map_or_else(|_| path.to_owned(), |target| target.path);
    if folder(&target) != folder(backup) {
        return None;
    }
    number_in(&target, backup.file_name()?.to_str()?)
}

/// Removes a backup.
pub fn drop_backup(backup: &Path) -> Result<(), FileError> {
    match std::fs::remove_file(backup) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(FileError::writing(backup, error)),
        removed => {
            if removed.is_ok()
                && let Err(error) = sync_folder(folder(backup))
            {
                tracing::warn!(%error, path = %backup.display(), "the disk did not confirm that a backup was removed");
            }
            Ok(())
        }
    }
}

/// Removes a backup if it still has the bytes of this digest.
pub(crate) fn drop_unchanged(backup: &Path, digest: Digest) -> Result<(), FileError> {
    match read_bytes(backup) {
        Ok(bytes) if Digest::of(&bytes) == digest => drop_backup(backup),
        Ok(_) | Err(FileError::Missing { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

/// A backup's name that no file has: the number after the greatest that is there or in `taken`.
pub(crate) fn free_name(target: &Path, taken: &[PathBuf]) -> Result<PathBuf, FileError> {
    let on_disk = numbered(target).into_iter().map(|(number, _)| number);
    let recorded = taken.iter().filter_map(|backup| number_in(target, backup.file_name()?.to_str()?));
    let greatest = on_disk.chain(recorded).max();
    let next = greatest.map_or(0, |greatest| greatest + 1);
    let free = if next <= GREATEST {
        Some(beside(target, next))
    } else {
        (0..=GREATEST).map(|number| beside(target, number)).find(|backup| backup.symlink_metadata().is_err())
    };
    free.ok_or_else(|| FileError::writing(&beside(target, 0), io::ErrorKind::AlreadyExists.into()))
}

/// Keeps content in a new file for this user alone.
pub(super) fn keep(bytes: &[u8], backup: &Path, name: &TemporaryName) -> Result<(), FileError> {
    let failed = |error| FileError::writing(backup, error);
    let mut new =
        temporary::make(folder(backup), name).map_err(|error| FileError::creating_beside(backup, error))?;
    new.write_all(bytes).map_err(failed)?;
    super::durable::sync_file(new.as_file()).map_err(failed)?;
    put_where_nothing_is(new, backup)?;
    sync_folder(folder(backup)).map_err(|error| {
        // The content is in its own place still, so a copy that may not last is not needed.
        let _ = std::fs::remove_file(backup);
        failed(error)
    })
}

/// Gives a file that was taken out of a target's place a backup's name, so that nothing of it is lost.
pub(super) fn set_aside(taken_out: &Path, target: &Path) -> Result<PathBuf, FileError> {
    loop {
        let backup = free_name(target, &[])?;
        match rename_where_nothing_is(taken_out, &backup) {
            Ok(()) => return Ok(backup),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(FileError::writing(&backup, error)),
        }
    }
}

/// Everything beside a file that has a backup's name, also what is not a file.
fn numbered(target: &Path) -> Vec<(u32, PathBuf)> {
    let Ok(entries) = folder(target).read_dir() else {
        // A folder that may not be listed: look for each name that is likely.
        let likely = (0..=99).map(|number| (number, beside(target, number)));
        return likely.filter(|(_, backup)| backup.symlink_metadata().is_ok()).collect();
    };
    let numbered =
        |name: std::ffi::OsString| Some((number_in(target, name.to_str()?)?, target.with_file_name(name)));
    entries.flatten().filter_map(|entry| numbered(entry.file_name())).collect()
}

/// The number in a backup's name. What only begins like one, such as `NAME.bak.20240101` or `NAME.bak.old`, has none.
fn number_in(target: &Path, name: &str) -> Option<u32> {
    let rest = name.strip_prefix(target.file_name()?.to_str()?)?.strip_prefix(".bak")?;
    if rest.is_empty() {
        return Some(0);
    }
    let digits = rest.strip_prefix('.')?;
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
    digits.parse().ok().filter(|number| is_number && *number <= GREATEST)
}

fn beside(target: &Path, number: u32) -> PathBuf {
    let mut name = target.as_os_str().to_owned();
    name.push(".bak");
    if number > 0 {
        name.push(format!(".{number}"));
    }
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_number_makes_a_backup_of_a_name() {
        let target = Path::new("/box/.env");
        for (name, number) in [
            (".env.bak", Some(0)),
            (".env.bak.1", Some(1)),
            (".env.bak.12", Some(12)),
            (".env.bak.01", None),
            (".env.bak.0", None),
            (".env.bak.20240101", None),
            (".env.bak.+1", None),
            (".env.bak.old", None),
            (".env.bak1", None),
            ("other.env.bak", None),
        ] {
            assert_eq!(number_in(target, name), number, "{name}");
        }
    }

    #[test]
    fn next_name_follows_the_greatest_number() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join(".env");
        let next = |taken: &[PathBuf]| free_name(&target, taken).unwrap().file_name().unwrap().to_owned();
        assert_eq!(next(&[]), ".env.bak");
        std::fs::create_dir(dir.path().join(".env.bak")).unwrap();
        assert_eq!(next(&[]), ".env.bak.1", "a folder has the name");
        std::fs::File::create(dir.path().join(".env.bak.4")).unwrap();
        assert_eq!(next(&[]), ".env.bak.5");
        assert_eq!(next(&[dir.path().join(".env.bak.7")]), ".env.bak.8", "recorded, and removed since");
    }
}
