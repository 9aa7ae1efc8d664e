//! The content of a file before it is written.

use super::digest::Digest;
use super::error::FileError;
use super::read_bytes;
use super::seen::Seen;
use super::target::Target;
use super::write::{Backup, WriteOptions};
use std::fs::Metadata;
use zeroize::Zeroizing;

/// What is there before it is overwritten.
pub(super) struct Old {
    /// Nothing where it cannot be read and no backup is wanted.
    pub bytes: Option<Zeroizing<Vec<u8>>>,
    pub seen: Seen,
    backup: Backup,
}

impl Old {
    /// Reads what is there. Where no backup is wanted, it need not be readable.
    pub(super) fn of(
        target: &Target,
        metadata: &Metadata,
        options: &WriteOptions,
    ) -> Result<Self, FileError> {
        let backup = options.backup;
        let bytes = match (backup, read_bytes(&target.path)) {
            (_, Ok(bytes)) => Some(bytes),
            (Backup::Never, Err(_)) => None,
            (Backup::UnlessDigest(_) | Backup::Always, Err(error)) => return Err(error),
        };
        let digest = bytes.as_ref().map(|bytes| Digest::of(bytes));
        let seen = Seen::of(&target.path, digest, metadata, options.in_place)?;
        Ok(Self { bytes, seen, backup })
    }

    /// The digest of the content, where there is any and it could be read.
    pub(super) fn content(&self) -> Option<Digest> {
        self.seen.digest.filter(|_| self.bytes.as_ref().is_some_and(|bytes| !bytes.is_empty()))
    }

    /// Whether the content is to be kept once it is overwritten.
    pub(super) fn is_wanted(&self) -> bool {
        match self.backup {
            Backup::Never => false,
            Backup::UnlessDigest(known) => self.seen.digest != Some(known),
            Backup::Always => true,
        }
    }
}
