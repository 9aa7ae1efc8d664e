//! What is recorded of a write before it is done, and what the disk shows of one that was interrupted.

use super::digest::Digest;
use super::error::FileError;
use super::exchange;
use super::read_bytes;
use super::target::folder;
use super::temporary::{self, TemporaryName};
use std::fs::OpenOptions;
use std::io;
use std::path::{Path, PathBuf};

/// What is recorded of a write before it is done: enough to recognise what it left, and no part of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trace {
    /// The file, links followed.
    pub target: PathBuf,
    /// The new file in the same folder that replaces it, or its backup.
    pub temporary: TemporaryName,
    /// Whether the file is overwritten where it is instead of being replaced.
    pub overwrites: bool,
    /// The digest of what is written.
    pub digest: Digest,
    /// How many bytes are written.
    pub size: u64,
    /// The digest of what was there, where it could be read.
    pub before: Option<Digest>,
    /// How many bytes were there.
    pub before_size: u64,
    /// The digest of what the old text has beyond `size`.
    pub rest: Option<Digest>,
}

/// The outcome of an interrupted write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// The file has the new text, whole.
    Done,
    /// The file has none of it: it is as it was, or another program has changed it since.
    Undone,
    /// The file was being overwritten and seems to have a part of each text. The digest is that of what it has.
    Torn(Digest),
}

impl Trace {
    /// Removes what the write left beside the file, and completes it where only the old text's end is left to be cut off.
    /// Fails if the disk does not answer or is not mounted; then it can be tried again later.
    pub(crate) fn settle(&self) -> Result<Fate, FileError> {
        temporary::remove(folder(&self.target), &self.temporary)?;
        self.settle_exchange()?;
        let bytes = match read_bytes(&self.target) {
            Ok(bytes) => bytes,
            Err(error @ FileError::Io { .. }) => return Err(error),
            Err(_) => return Ok(Fate::Undone),
        };
        let found = Digest::of(&bytes);
        if found == self.digest {
            return Ok(Fate::Done);
        }
        if !self.overwrites || Some(found) == self.before || !self.can_be_torn(&bytes) {
            return Ok(Fate::Undone);
        }
        let is_cut = self.is_written_but_for_the_cut(&bytes) && cut(&self.target, self.size).is_ok();
        Ok(if is_cut { Fate::Done } else { Fate::Torn(found) })
    }

    /// Whether the file has its old or its new text, whole.
    pub(crate) fn is_whole(&self) -> bool {
        read_bytes(&self.target).is_ok_and(|bytes| {
            let found = Digest::of(&bytes);
            found == self.digest || Some(found) == self.before
        })
    }

    /// Removes what an exchange left under the name for it, or gives it its place back if another program saved it.
    fn settle_exchange(&self) -> Result<(), FileError> {
        let has = |path: &Path, digest: Digest| match read_bytes(path) {
            Ok(bytes) => Ok(Digest::of(&bytes) == digest),
            Err(error @ FileError::Io { .. }) => Err(error),
            Err(_) => Ok(false),
        };
        let is_new = |path: &Path| has(path, self.digest);
        let is_old = |path: &Path| match self.before {
            Some(before) => has(path, before),
            // It could not be read before either, and the new text is in its place.
            None => is_new(&self.target),
        };
        exchange::settle(&self.temporary.swap_in(folder(&self.target)), &self.target, is_new, is_old)
    }

    /// Whether the length of a text is one that the file can have while it is overwritten: the old text's, until the new one
    /// exceeds it. Its bytes cannot be compared, since no part of either text is recorded; so it is kept when the file is
    /// written again.
    fn can_be_torn(&self, bytes: &[u8]) -> bool {
        let size = bytes.len() as u64;
        size >= self.before_size && size <= self.before_size.max(self.size)
    }

    /// Whether this is the new text with the end of a longer old one behind it.
    fn is_written_but_for_the_cut(&self, bytes: &[u8]) -> bool {
        let parts = usize::try_from(self.size).ok().and_then(|size| bytes.split_at_checked(size));
        parts.is_some_and(|(new, rest)| Digest::of(new) == self.digest && Some(Digest::of(rest)) == self.rest)
    }
}

fn cut(path: &Path, size: u64) -> io::Result<()> {
    let file = OpenOptions::new().write(true).open(path)?;
    file.set_len(size)?;
    file.sync_all()
}
