//! Writing a file so that a reader finds either the old text or the new one, whole, and no change of another program is lost.

use super::backup::{self, BackupPlace};
use super::digest::Digest;
use super::durable::{sync_file, sync_folder};
use super::error::FileError;
use super::exchange::Left;
use super::permissions::access::Access;
use super::present::{Old, Present};
use super::seen::Seen;
use super::target::{Target, folder};
use super::temporary::{self, TemporaryName};
use super::trace::Trace;
use super::write_options::WriteOptions;
use super::{exchange, in_place, inode, read_bytes, rename};
use std::fmt;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The file, links followed.
    pub path: PathBuf,
    /// The digest of what is there now.
    pub digest: Digest,
    /// Where what was there is kept.
    pub backup: Option<PathBuf>,
    /// Whether the disk confirmed that the file lasts. If not, it is written all the same.
    pub is_confirmed: bool,
    /// Whether nothing was left beside it that its record has to lead to.
    pub(crate) is_tidy: bool,
}

/// Writes a file: into a new file in the same folder, then to the disk, then over the old name.
///
/// A new file is for this user alone; one that is replaced keeps its owner, group, mode, access control list and extended
/// attributes. Of a symbolic link the target is replaced. Whatever fails, the old content stays, and no other file is left; what a
/// killed process left in the folder is removed. Fails with [`FileError::Changed`] if another program changed the file in between.
pub fn write(path: &Path, bytes: &[u8], options: &WriteOptions) -> Result<Written, FileError> {
    prepare(path, bytes, options)?.carry_out()
}

/// Finds out what writing a file as [`write`] does will change. Nothing is changed yet.
pub fn prepare<'a>(path: &Path, bytes: &'a [u8], options: &WriteOptions) -> Result<Prepared<'a>, FileError> {
    Prepared::over(path, Present::read(path), bytes, options)
}

/// A write of which everything is known and nothing is done.
pub struct Prepared<'a> {
    bytes: &'a [u8],
    digest: Digest,
    in_place: bool,
    access: Access,
    target: PathBuf,
    old: Option<Old>,
    temporary: TemporaryName,
    backup: Option<BackupPlace>,
    is_recorded: bool,
}

/// The texts contain license keys.
impl fmt::Debug for Prepared<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prepared").field("path", &self.target).finish_non_exhaustive()
    }
}

impl<'a> Prepared<'a> {
    /// A write of `bytes` over what was just read at a path.
    pub(super) fn over(
        path: &Path,
        present: Result<Present, FileError>,
        bytes: &'a [u8],
        options: &WriteOptions,
    ) -> Result<Self, FileError> {
        let target = Target::of(path)?;
        let old = match &target.metadata {
            Some(metadata) => {
                FileError::refuse_fixed(&target.path, options.in_place)?;
                if !options.in_place {
                    inode::refuse_hard_linked(&target.path, metadata)?;
                }
                Some(Old::of(&target, metadata, present, options)?)
            }
            // It was removed since.
            None if present.is_ok_and(|present| present.exists()) => {
                return Err(FileError::Changed { path: target.path });
            }
            None => None,
        };
        Ok(Prepared {
            bytes,
            digest: Digest::of(bytes),
            in_place: options.in_place,
            access: Access::default(),
            target: target.path,
            old,
            temporary: TemporaryName::random(),
            backup: None,
            is_recorded: false,
        })
    }
}

impl Present {
    /// Finds out what writing the file as [`write`] does will change. Nothing is changed yet.
    pub fn prepare<'a>(self, new: &'a [u8], options: &WriteOptions) -> Result<Prepared<'a>, FileError> {
        let path = self.path.clone();
        Prepared::over(&path, Ok(self), new, options)
    }
}

impl Prepared<'_> {
    /// The same write, with others who can read the file.
    #[must_use]
    pub fn with_access(self, access: Access) -> Self {
        Self { access, ..self }
    }

    /// The digest of what will be written.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// Whether nothing is there yet.
    pub fn is_new(&self) -> bool {
        self.old.is_none()
    }

    /// The file, links followed.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// The digest of what is copied to a backup before the file is changed, where something is.
    pub(crate) fn to_be_kept(&self) -> Option<Digest> {
        if self.changes_nothing() {
            return None;
        }
        let old = self.old.as_ref().filter(|_| self.in_place || self.keeps_backup())?;
        old.content()
    }

    /// Whether the backup is needed only until the file is written.
    pub(crate) fn is_backup_interim(&self) -> bool {
        !self.keeps_backup()
    }

    fn keeps_backup(&self) -> bool {
        self.old.as_ref().is_some_and(|old| old.is_kept_over(self.digest))
    }

    /// Keeps what is there in this backup.
    pub(crate) fn keep_in(&mut self, backup: BackupPlace) {
        self.backup = Some(backup);
    }

    /// What is to be recorded before [`Prepared::carry_out`]; nothing where the file has this text already. A write that is
    /// recorded exchanges the files, since the record leads to what an interrupted exchange leaves.
    pub(crate) fn trace(&mut self) -> Option<Trace> {
        if self.changes_nothing() {
            return None;
        }
        self.is_recorded = true;
        let old = self.old.as_ref();
        let text = old.and_then(|old| old.bytes.as_ref());
        let rest = text.and_then(|old| old.get(self.bytes.len()..)).filter(|rest| !rest.is_empty());
        Some(Trace {
            target: self.target.clone(),
            temporary: self.temporary.clone(),
            overwrites: self.in_place && old.is_some(),
            digest: self.digest,
            size: self.bytes.len() as u64,
            before: old.and_then(|old| old.seen.digest),
            before_size: old.map_or(0, |old| old.seen.metadata.len()),
            rest: rest.map(Digest::of),
        })
    }

    /// Writes the file. After the file is in its place nothing fails any more.
    pub fn carry_out(self) -> Result<Written, FileError> {
        if self.changes_nothing() {
            self.give_access()?;
            return Ok(Written {
                path: self.target,
                digest: self.digest,
                backup: None,
                is_confirmed: true,
                is_tidy: true,
            });
        }
        let Some(old) = &self.old else {
            rename::put_where_nothing_is(self.new_file(None)?, &self.target)?;
            return Ok(self.written(None));
        };
        let backup = self.keep(old)?;
        let left = match self.put(old) {
            Ok(left) => left,
            Err(error) => return Err(self.failed(backup, error)),
        };
        let (kept, interim) = if self.is_backup_interim() { (None, backup) } else { (backup, None) };
        // What was written in place is on the disk by now.
        let is_tidy = interim.is_none_or(|backup| backup.remove_new()) && left == Left::Nothing;
        let written = self.written(kept.as_ref().map(BackupPlace::path));
        Ok(Written { is_tidy, ..written })
    }

    fn put(&self, old: &Old) -> Result<Left, FileError> {
        let path = &self.target;
        if self.in_place {
            let before = old.bytes.as_ref().map(|bytes| bytes.as_slice());
            in_place::overwrite(path, self.bytes, before, &old.seen, &self.access)?;
            return Ok(Left::Nothing);
        }
        let new = self.new_file(Some(&old.seen))?;
        match self.is_recorded {
            true => exchange::put_instead(new, path, &old.seen, &self.temporary.swap_in(folder(path))),
            false => exchange::put_over(new, path, &old.seen).map(|()| Left::Nothing),
        }
    }

    /// Makes the new file beside its place, complete and on the disk.
    fn new_file(&self, like: Option<&Seen>) -> Result<NamedTempFile, FileError> {
        let path = self.target.as_path();
        let failed = |error| FileError::writing(path, error);
        temporary::sweep(folder(path));
        let mut new = temporary::make(folder(path), &self.temporary)
            .map_err(|error| FileError::creating_beside(path, error))?;
        new.write_all(self.bytes).map_err(failed)?;
        if let Some(like) = like {
            inode::carry_over(path, new.as_file(), like)?;
        }
        self.access.apply(path, new.as_file())?;
        sync_file(new.as_file()).map_err(failed)?;
        Ok(new)
    }

    fn keep(&self, old: &Old) -> Result<Option<BackupPlace>, FileError> {
        let Some(bytes) = old.bytes.as_ref().filter(|_| self.to_be_kept().is_some()) else { return Ok(None) };
        let place = match &self.backup {
            Some(place) => place.clone(),
            None => BackupPlace::New(backup::free_name(&self.target, &[])?),
        };
        if let Some(path) = place.new_path() {
            temporary::sweep(folder(&self.target));
            match backup::keep(bytes, path, &self.temporary) {
                Err(error) if self.is_backup_interim() && is_refused(&error) => return Ok(None),
                kept => kept?,
            }
        }
        Ok(Some(place))
    }

    /// Removes the new backup of a write that failed, unless the file has lost what is in it. Returns the error, which names the
    /// backup then.
    fn failed(&self, backup: Option<BackupPlace>, error: FileError) -> FileError {
        if let FileError::Incomplete { path, source, .. } = error {
            let backup = backup.map(|backup| backup.path().to_owned());
            return FileError::Incomplete { path, backup, source };
        }
        // A network file system may lose the answer of a rename that it did.
        let is_written = || read_bytes(&self.target).is_ok_and(|bytes| Digest::of(&bytes) == self.digest);
        if let Some(backup) = backup
            && (self.is_backup_interim() || !is_written())
        {
            backup.remove_new();
        }
        error
    }

    /// The text is there already; only who can read it may change.
    fn give_access(&self) -> Result<(), FileError> {
        if self.access.is_default() {
            return Ok(());
        }
        let file = OpenOptions::new().read(true).open(&self.target);
        self.access.apply(&self.target, &file.map_err(|error| FileError::reading(&self.target, error))?)
    }

    fn written(&self, backup: Option<&Path>) -> Written {
        let synced = sync_folder(folder(&self.target));
        if let Err(error) = &synced {
            tracing::warn!(%error, path = %self.target.display(), "the disk did not confirm a written file");
        }
        let (path, backup) = (self.target.clone(), backup.map(Path::to_owned));
        Written { path, digest: self.digest, backup, is_confirmed: synced.is_ok(), is_tidy: true }
    }

    fn changes_nothing(&self) -> bool {
        self.old.as_ref().is_some_and(|old| old.seen.digest == Some(self.digest))
    }
}

/// Whether no backup can be made beside a file at all. The file may be writable nevertheless, such as one in another user's folder, one
/// that is mounted into a read-only container, or one with a name of the greatest length: then it is overwritten in place without
/// an interim backup.
fn is_refused(error: &FileError) -> bool {
    if let FileError::Io { source, .. } = error {
        return source.kind() == io::ErrorKind::InvalidFilename;
    }
    matches!(
        error,
        FileError::NotWritable { .. } | FileError::Fixed { .. } | FileError::ReadOnlyFileSystem { .. }
    )
}
