//! What a file was when it was read, to find out later whether another program has changed it since.

use super::digest::Digest;
use super::error::FileError;
use super::permissions::attributes::Attributes;
use super::read_bytes;
use std::fs::Metadata;
use std::path::Path;

/// A file as it was read.
#[derive(Debug)]
pub(super) struct Seen {
    /// Of its bytes, where they could be read.
    pub digest: Option<Digest>,
    pub metadata: Metadata,
    pub attributes: Attributes,
}

impl Seen {
    /// Notes what is there. The bytes were read by the caller. A file that is written in place keeps its attributes, so they need
    /// not be readable.
    pub(super) fn of(
        path: &Path,
        digest: Option<Digest>,
        metadata: &Metadata,
        in_place: bool,
    ) -> Result<Self, FileError> {
        let attributes = match Attributes::of(path) {
            Ok(attributes) => attributes,
            Err(_) if in_place => Attributes::default(),
            Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
                return Err(FileError::WouldLose {
                    path: path.to_owned(),
                    what: "extended attributes".to_owned(),
                });
            }
            Err(error) => return Err(FileError::reading(path, error)),
        };
        Ok(Self { digest, metadata: metadata.clone(), attributes })
    }

    /// Whether a file is what was seen, wherever it is now: bytes, owner, mode and attributes.
    pub(super) fn is_still(&self, path: &Path) -> bool {
        let Ok(metadata) = path.symlink_metadata() else { return false };
        if !metadata.is_file() || !has_same_owner_and_mode(&self.metadata, &metadata) {
            return false;
        }
        if !Attributes::of(path).is_ok_and(|attributes| attributes == self.attributes) {
            return false;
        }
        match self.digest {
            Some(seen) => read_bytes(path).is_ok_and(|bytes| Digest::of(&bytes) == seen),
            // Its bytes cannot be read; every change of them changes one of these.
            None => {
                metadata.len() == self.metadata.len()
                    && metadata.modified().ok() == self.metadata.modified().ok()
                    && is_same_inode(&metadata, &self.metadata)
            }
        }
    }
}

#[cfg(unix)]
fn has_same_owner_and_mode(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.uid(), one.gid(), one.mode()) == (other.uid(), other.gid(), other.mode())
}

#[cfg(not(unix))]
fn has_same_owner_and_mode(one: &Metadata, other: &Metadata) -> bool {
    one.permissions() == other.permissions()
}

/// Whether both are of one inode.
#[cfg(unix)]
pub(super) fn is_same_inode(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(not(unix))]
pub(super) fn is_same_inode(_: &Metadata, _: &Metadata) -> bool {
    true
}
