//! Writing a file so that whoever reads it finds either the old text or the new one, whole.

use super::digest::Digest;
use super::error::FileError;
use super::read_bytes;
use super::target::{Target, folder};
use super::temporary::{self, TemporaryName};
use super::trace::Trace;
use std::fmt;
use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// How to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WriteOptions {
    /// Whether to write into what is there instead of replacing it: for files mounted into containers, and for files that
    /// belong to another. A crash may then leave half a text.
    pub in_place: bool,
    /// What to do with what is there.
    pub backup: Backup,
}

/// What becomes of the content that is overwritten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backup {
    /// It is lost.
    Never,
    /// It is kept beside the file, as its name with `.bak` and for this user alone, unless it has this digest: that of
    /// what Licet itself wrote there.
    UnlessDigest(Digest),
    /// It is kept so in any case: Licet never wrote there.
    Always,
    /// It is kept in any case, under a name that no other file has: `.bak`, else `.bak.1` and so on.
    UnderFreeName,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The file, links followed.
    pub path: PathBuf,
    /// The digest of what is there now.
    pub digest: Digest,
    /// Where what was there is kept.
    pub backup: Option<PathBuf>,
}

/// Writes a file: into a new file in the same folder, then to the disk, then over the old name.
///
/// A new file is for this user alone; one that is replaced keeps its owner, group and mode. Of a symbolic link the
/// target is replaced. Whatever fails, the old content stays, and nothing is left lying about; what a killed process
/// left in the folder is taken away.
pub fn write(path: &Path, bytes: &[u8], options: &WriteOptions) -> Result<Written, FileError> {
    prepare(path, bytes, options)?.carry_out()
}

/// Finds out what writing a file as [`write`] does will change. Nothing is changed yet.
pub fn prepare<'a>(path: &Path, bytes: &'a [u8], options: &WriteOptions) -> Result<Prepared<'a>, FileError> {
    let target = Target::of(path)?;
    let old = match &target.metadata {
        Some(_) => Some(Old::of(&target.path, options.backup)?),
        None => None,
    };
    let temporary = TemporaryName::random();
    Ok(Prepared { bytes, digest: Digest::of(bytes), in_place: options.in_place, target, old, temporary })
}

/// A write of which everything is known and nothing is done.
pub struct Prepared<'a> {
    bytes: &'a [u8],
    digest: Digest,
    in_place: bool,
    target: Target,
    old: Option<Old>,
    temporary: TemporaryName,
}

/// The texts contain license keys.
impl fmt::Debug for Prepared<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prepared").field("path", &self.target.path).finish_non_exhaustive()
    }
}

impl Prepared<'_> {
    /// The digest of what will be written.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// What is to be recorded before [`Prepared::carry_out`]; nothing where the file has this text already.
    pub(crate) fn trace(&self) -> Option<Trace> {
        if self.changes_nothing() {
            return None;
        }
        let old = self.old.as_ref();
        let text = old.and_then(|old| old.bytes.as_ref());
        let rest = text.and_then(|old| old.get(self.bytes.len()..)).filter(|rest| !rest.is_empty());
        Some(Trace {
            target: self.target.path.clone(),
            temporary: self.temporary.clone(),
            overwrites: self.in_place && old.is_some(),
            digest: self.digest,
            size: self.bytes.len() as u64,
            before: old.and_then(|old| old.digest),
            before_size: self.target.metadata.as_ref().map_or(0, Metadata::len),
            rest: rest.map(Digest::of),
        })
    }

    /// Writes the file.
    pub fn carry_out(self) -> Result<Written, FileError> {
        let (path, digest) = (self.target.path.clone(), self.digest);
        if self.changes_nothing() {
            return Ok(Written { path, digest, backup: None });
        }
        let Some((old, metadata)) = self.old.as_ref().zip(self.target.metadata.as_ref()) else {
            replace(&path, self.bytes, None, &self.temporary)?;
            return Ok(Written { path, digest, backup: None });
        };
        let backup = old.keep(&path, &self.temporary)?;
        if self.in_place {
            write_into(&path, self.bytes, old)?;
        } else {
            replace(&path, self.bytes, Some(metadata), &self.temporary)?;
        }
        Ok(Written { path, digest, backup })
    }

    fn changes_nothing(&self) -> bool {
        self.old.as_ref().is_some_and(|old| old.digest == Some(self.digest))
    }
}

/// Whether a file could be written, found out without leaving a trace: in its folder a file without a name is made, and
/// given to the owner of what is there.
pub fn check(path: &Path, in_place: bool) -> Result<(), FileError> {
    let target = Target::of(path)?;
    let failed = |error| FileError::writing(&target.path, error);
    match &target.metadata {
        Some(_) if in_place => OpenOptions::new().write(true).open(&target.path).map(drop).map_err(failed),
        like => {
            let folder = folder(&target.path);
            let nameless = tempfile::tempfile_in(folder).map_err(|error| in_folder(&target.path, error))?;
            like.as_ref().map_or(Ok(()), |like| keep_owner_and_mode(&target.path, &nameless, like))
        }
    }
}

/// Takes away what a process that was killed while it wrote this file has left beside it.
pub fn sweep_beside(path: &Path) -> Result<(), FileError> {
    temporary::sweep(folder(&Target::of(path)?.path));
    Ok(())
}

/// What is there before it is overwritten.
struct Old {
    /// Nothing where it cannot be read and no backup is wanted.
    bytes: Option<Zeroizing<Vec<u8>>>,
    digest: Option<Digest>,
    backup: Backup,
}

impl Old {
    /// Reads what is there. Where no backup is wanted, it need not be readable.
    fn of(path: &Path, backup: Backup) -> Result<Self, FileError> {
        let bytes = match (backup, read_bytes(path)) {
            (_, Ok(bytes)) => bytes,
            (Backup::Never, Err(_)) => return Ok(Self { bytes: None, digest: None, backup }),
            (Backup::UnlessDigest(_) | Backup::Always | Backup::UnderFreeName, Err(error)) => {
                return Err(error);
            }
        };
        Ok(Self { digest: Some(Digest::of(&bytes)), bytes: Some(bytes), backup })
    }

    /// Keeps the content where it is to be kept. Returns where that is.
    fn keep(&self, path: &Path, temporary: &TemporaryName) -> Result<Option<PathBuf>, FileError> {
        let Some(bytes) = self.bytes.as_ref().filter(|bytes| !bytes.is_empty()) else { return Ok(None) };
        let backup = match self.backup {
            Backup::Never => return Ok(None),
            Backup::UnlessDigest(known) if self.digest == Some(known) => return Ok(None),
            Backup::UnlessDigest(_) | Backup::Always => beside(path, 0),
            Backup::UnderFreeName => free_name(path)?,
        };
        replace(&backup, bytes, None, temporary)?;
        Ok(Some(backup))
    }
}

/// The files in which content that was overwritten at a path is kept.
pub fn backups_of(path: &Path) -> Vec<PathBuf> {
    let Ok(target) = Target::of(path) else { return Vec::new() };
    // Each further one was made because the ones before it were there; any of them may have been removed since.
    (0..=MOST_BACKUPS).map(|number| beside(&target.path, number)).filter(|backup| backup.is_file()).collect()
}

/// Removes a file in which overwritten content is kept.
pub fn drop_backup(backup: &Path) -> Result<(), FileError> {
    let failed = |error| FileError::writing(backup, error);
    match std::fs::remove_file(backup) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed.and_then(|()| sync_folder(folder(backup))).map_err(failed),
    }
}

/// How many further backups a file may have beside the first. More come only from as many interrupted writes.
const MOST_BACKUPS: u32 = 99;

/// A backup's name that no file has.
fn free_name(path: &Path) -> Result<PathBuf, FileError> {
    let is_free = |backup: &PathBuf| backup.symlink_metadata().is_err();
    let free = (0..=MOST_BACKUPS).map(|number| beside(path, number)).find(is_free);
    free.ok_or_else(|| FileError::writing(&beside(path, 0), io::Error::from(io::ErrorKind::AlreadyExists)))
}

fn beside(path: &Path, number: u32) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".bak");
    if number > 0 {
        name.push(format!(".{number}"));
    }
    PathBuf::from(name)
}

/// Puts a new file with `bytes` in the place of `path`, with the owner, group and mode of `like`.
fn replace(
    path: &Path,
    bytes: &[u8],
    like: Option<&Metadata>,
    name: &TemporaryName,
) -> Result<(), FileError> {
    let failed = |error| FileError::writing(path, error);
    let folder = folder(path);
    temporary::sweep(folder);
    let mut temporary = temporary::make(folder, name).map_err(|error| in_folder(path, error))?;
    temporary.write_all(bytes).map_err(failed)?;
    if let Some(like) = like {
        keep_owner_and_mode(path, temporary.as_file(), like)?;
    }
    temporary.as_file().sync_all().map_err(failed)?;
    temporary.persist(path).map_err(|error| match like {
        // A folder with the sticky bit lets nobody else replace a file.
        Some(like) if error.error.kind() == io::ErrorKind::PermissionDenied => refused(path, like),
        _ => in_folder(path, error.error),
    })?;
    sync_folder(folder).map_err(failed)
}

/// A failed making of a file beside `path`: permission is the folder's to give.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "more kinds of I/O errors may be added to the standard library"
)]
fn in_folder(path: &Path, error: io::Error) -> FileError {
    match error.kind() {
        io::ErrorKind::PermissionDenied => FileError::NotWritable { path: folder(path).to_owned() },
        _ => FileError::writing(path, error),
    }
}

/// Writes into what is there, keeping its inode. Room is taken before anything is overwritten; should the writing fail
/// nevertheless, the old content is put back. What may be written but not read is overwritten on consent all the same; it
/// cannot be put back.
fn write_into(path: &Path, bytes: &[u8], old: &Old) -> Result<(), FileError> {
    let failed = |error| FileError::writing(path, error);
    let mut file = OpenOptions::new().write(true).open(path).map_err(failed)?;
    reserve(&file, bytes.len() as u64).map_err(failed)?;
    overwrite(&mut file, bytes).map_err(|error| {
        if let Some(old) = &old.bytes
            && let Err(error) = overwrite(&mut file, old)
        {
            tracing::error!(%error, path = %path.display(), "the old content could not be put back");
        }
        failed(error)
    })
}

fn overwrite(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    io::Seek::rewind(file)?;
    file.write_all(bytes)?;
    file.set_len(bytes.len() as u64)?;
    file.sync_all()
}

#[cfg(target_os = "linux")]
fn reserve(file: &File, bytes: u64) -> io::Result<()> {
    use rustix::fs::{FallocateFlags, fallocate};
    use rustix::io::Errno;
    match fallocate(file, FallocateFlags::KEEP_SIZE, 0, bytes.max(1)) {
        // Some file systems cannot; the writing itself then tells whether there is room.
        Ok(()) | Err(Errno::OPNOTSUPP | Errno::NOSYS) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(target_os = "linux"))]
fn reserve(_file: &File, _bytes: u64) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "more kinds of I/O errors may be added to the standard library"
)]
fn keep_owner_and_mode(path: &Path, file: &File, like: &Metadata) -> Result<(), FileError> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let failed = |error| FileError::writing(path, error);
    let made = file.metadata().map_err(failed)?;
    if (made.uid(), made.gid()) != (like.uid(), like.gid()) {
        fchown(file, Some(like.uid()), Some(like.gid())).map_err(|error| match error.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::InvalidInput => refused(path, like),
            _ => failed(error),
        })?;
    }
    // After the owner: to change that takes bits away from the mode.
    file.set_permissions(like.permissions()).map_err(failed)
}

#[cfg(not(unix))]
fn keep_owner_and_mode(_: &Path, _: &File, _: &Metadata) -> Result<(), FileError> {
    Ok(())
}

#[cfg(unix)]
fn refused(path: &Path, like: &Metadata) -> FileError {
    use std::os::unix::fs::MetadataExt;
    let is_mine = like.uid() == rustix::process::geteuid().as_raw();
    let owner = if is_mine {
        format!("the group {}", name_of("/etc/group", like.gid()))
    } else {
        name_of("/etc/passwd", like.uid())
    };
    FileError::OwnedByAnother { path: path.to_owned(), owner }
}

#[cfg(not(unix))]
fn refused(path: &Path, _: &Metadata) -> FileError {
    FileError::NotWritable { path: path.to_owned() }
}

/// The name that `/etc/passwd` or `/etc/group` has for a number, or the number: also where there is no such table, as in
/// some containers.
#[cfg(unix)]
fn name_of(table: &str, number: u32) -> String {
    let table = read_bytes(Path::new(table)).unwrap_or_default();
    let digits = number.to_string();
    String::from_utf8_lossy(&table)
        .lines()
        .filter_map(|line| {
            let mut fields = line.split(':');
            Some((fields.next()?, fields.nth(1)?))
        })
        .find(|(_, id)| *id == digits)
        .map_or(digits.clone(), |(name, _)| name.to_owned())
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}
