//! What is in a file before it is written: read once for all that is made of it.

use super::backup::Backup;
use super::digest::Digest;
use super::error::FileError;
use super::read_bytes;
use super::seen::Seen;
use super::target::Target;
use super::write_options::WriteOptions;
use std::fmt;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// The content of a file: what a new text is made from, what may be kept, and what a write compares the file with.
pub struct Present {
    pub(super) path: PathBuf,
    content: Option<Content>,
}

struct Content {
    bytes: Zeroizing<Vec<u8>>,
    digest: Digest,
}

/// The content contains license keys.
impl fmt::Debug for Present {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Present").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Present {
    /// Reads a file as [`read_bytes`] does. One that does not exist has no content.
    pub fn read(path: &Path) -> Result<Self, FileError> {
        let content = match read_bytes(path) {
            Ok(bytes) => Some(Content { digest: Digest::of(&bytes), bytes }),
            Err(FileError::Missing { .. }) => None,
            Err(error) => return Err(error),
        };
        Ok(Self { path: path.to_owned(), content })
    }

    /// Whether the file exists.
    pub fn exists(&self) -> bool {
        self.content.is_some()
    }

    /// The digest of the content.
    pub fn digest(&self) -> Option<Digest> {
        self.content.as_ref().map(|content| content.digest)
    }

    /// The content as text. Fails with [`FileError::NotText`].
    pub fn text(&self) -> Result<Option<&str>, FileError> {
        let Some(content) = &self.content else { return Ok(None) };
        match std::str::from_utf8(&content.bytes) {
            Ok(text) => Ok(Some(text)),
            Err(_) => Err(FileError::NotText { path: self.path.clone() }),
        }
    }

    /// Whether writing `new` leaves the content in a backup.
    pub fn keeps_backup(&self, new: &[u8], backup: Backup) -> bool {
        let kept = self.content.as_ref().filter(|content| !content.bytes.is_empty());
        backup.keeps(kept.map(|content| content.digest), Digest::of(new))
    }
}

/// What is there before it is overwritten.
pub(super) struct Old {
    /// Nothing where it cannot be read and no backup is wanted.
    pub bytes: Option<Zeroizing<Vec<u8>>>,
    pub seen: Seen,
    backup: Backup,
}

impl Old {
    /// What was read of a file that is there. Where no backup is wanted, it need not be readable.
    pub(super) fn of(
        target: &Target,
        metadata: &Metadata,
        present: Result<Present, FileError>,
        options: &WriteOptions,
    ) -> Result<Self, FileError> {
        let backup = options.backup;
        let content = match (backup, present) {
            // It appeared since.
            (_, Ok(Present { content: None, .. })) => {
                return Err(FileError::Changed { path: target.path.clone() });
            }
            (_, Ok(Present { content, .. })) => content,
            (Backup::Never, Err(_)) => None,
            (Backup::UnlessDigest(_) | Backup::Always, Err(error)) => return Err(error),
        };
        let digest = content.as_ref().map(|content| content.digest);
        let seen = Seen::of(&target.path, digest, metadata, options.in_place)?;
        Ok(Self { bytes: content.map(|content| content.bytes), seen, backup })
    }

    /// The digest of the content, where there is any and it could be read.
    pub(super) fn content(&self) -> Option<Digest> {
        self.seen.digest.filter(|_| self.bytes.as_ref().is_some_and(|bytes| !bytes.is_empty()))
    }

    /// Whether the content is kept once `new` is written over it.
    pub(super) fn is_kept_over(&self, new: Digest) -> bool {
        self.backup.keeps(self.content(), new)
    }
}
