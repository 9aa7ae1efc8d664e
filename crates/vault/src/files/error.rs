//! What can go wrong with a file, by what a person can do about it.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Why a file could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// There is no such file.
    #[error("{} is not there", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// The folder that the file should be in is not there, or is no folder.
    #[error("the folder {} is not there", path.display())]
    ParentMissing {
        /// The folder.
        path: PathBuf,
    },
    /// This user may not read the file.
    #[error("{} may not be read by this user", path.display())]
    NotReadable {
        /// The file.
        path: PathBuf,
    },
    /// This user may not write the file, or not into its folder.
    #[error("{} may not be written by this user", path.display())]
    NotWritable {
        /// The file or the folder.
        path: PathBuf,
    },
    /// The file system can only be read.
    #[error("{} is on a read-only file system", path.display())]
    ReadOnlyFileSystem {
        /// The file.
        path: PathBuf,
    },
    /// The disk, or this user's share of it, is full.
    #[error("the disk that holds {} is full", path.display())]
    DiskFull {
        /// The file.
        path: PathBuf,
    },
    /// There is a folder of this name.
    #[error("{} is a folder", path.display())]
    IsDirectory {
        /// The folder.
        path: PathBuf,
    },
    /// There is a pipe, a socket or a device of this name.
    #[error("{} is not a regular file", path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// To replace the file would take it from its owner or group: it can be written in place, on consent, where this
    /// user may write it.
    #[error("{} belongs to {owner}, who would lose it if it were replaced", path.display())]
    OwnedByAnother {
        /// The file.
        path: PathBuf,
        /// The owner's name, or number where it has no name.
        owner: String,
    },
    /// The file has several names: replaced under one, the others would keep the old text. It can be written in place, on consent.
    #[error("{} has {names} names (hard links), and the others would keep the old text", path.display())]
    HardLinked {
        /// The file.
        path: PathBuf,
        /// How many.
        names: u64,
    },
    /// A file that replaces this one could not be given something that this one has. It can be written in place, on consent.
    #[error("{} would lose its {what} if it were replaced", path.display())]
    WouldLose {
        /// The file.
        path: PathBuf,
        /// What it is.
        what: String,
    },
    /// Another program changed the file after it was read: its present content was left as it is.
    #[error("another program changed {} while Licet was writing it", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// Another Licet process has been writing the file for longer than is waited.
    #[error("another Licet process is writing {}", path.display())]
    BeingWritten {
        /// The file.
        path: PathBuf,
    },
    /// The file system has no access control lists.
    #[error("the file system of {} has no access control lists", path.display())]
    NoAccessList {
        /// The file.
        path: PathBuf,
    },
    /// This user may not give a file the permissions that were asked for.
    #[error("{} cannot be given {what} by this user", path.display())]
    AccessRefused {
        /// The file.
        path: PathBuf,
        /// What was asked for.
        what: String,
    },
    /// Another file is mounted over this one, as into a container, so it cannot be replaced. It can be written in place.
    #[error("{} is a mount point, so it cannot be replaced", path.display())]
    MountPoint {
        /// The file.
        path: PathBuf,
    },
    /// The file or its folder has an attribute that keeps everybody from changing it.
    #[error("{} has the attribute \"{attribute}\", so it cannot be changed", path.display())]
    Fixed {
        /// The file or the folder.
        path: PathBuf,
        /// `immutable` or `append-only`.
        attribute: &'static str,
    },
    /// There is a file where a folder is needed.
    #[error("{} is a file, not a folder", path.display())]
    NotAFolder {
        /// The file.
        path: PathBuf,
    },
    /// The file is larger than any license file.
    #[error("{} is larger than {max_bytes} bytes", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The most that is read.
        max_bytes: u64,
    },
    /// The file is not text in UTF-8.
    #[error("{} is not text in UTF-8", path.display())]
    NotText {
        /// The file.
        path: PathBuf,
    },
    /// A write into the file failed half way, and its earlier content could not be restored: it contains a part of each text.
    #[error("{} is incomplete: its earlier content{} could not be restored", path.display(), kept_in(backup.as_deref()))]
    Incomplete {
        /// The file.
        path: PathBuf,
        /// The backup that has its earlier content, where one could be made.
        backup: Option<PathBuf>,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The system failed in another way.
    #[error("{} could not be used", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
}

impl FileError {
    /// The path that it is about.
    pub fn path(&self) -> &Path {
        match self {
            Self::Missing { path }
            | Self::ParentMissing { path }
            | Self::NotReadable { path }
            | Self::NotWritable { path }
            | Self::ReadOnlyFileSystem { path }
            | Self::DiskFull { path }
            | Self::IsDirectory { path }
            | Self::NotAFile { path }
            | Self::OwnedByAnother { path, .. }
            | Self::HardLinked { path, .. }
            | Self::WouldLose { path, .. }
            | Self::Changed { path }
            | Self::BeingWritten { path }
            | Self::NoAccessList { path }
            | Self::AccessRefused { path, .. }
            | Self::MountPoint { path }
            | Self::Fixed { path, .. }
            | Self::NotAFolder { path }
            | Self::TooLarge { path, .. }
            | Self::NotText { path }
            | Self::Incomplete { path, .. }
            | Self::Io { path, .. } => path,
        }
    }

    /// A failed reading of `path`.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "more kinds of I/O errors may be added to the standard library"
    )]
    pub(super) fn reading(path: &Path, error: io::Error) -> Self {
        let path = path.to_owned();
        match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => Self::Missing { path },
            ErrorKind::PermissionDenied => Self::NotReadable { path },
            ErrorKind::IsADirectory => Self::IsDirectory { path },
            _ => Self::Io { path, source: error },
        }
    }

    /// A failed writing of `path`.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "more kinds of I/O errors may be added to the standard library"
    )]
    pub(crate) fn writing(path: &Path, error: io::Error) -> Self {
        let path = path.to_owned();
        match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => Self::no_folder(&path),
            ErrorKind::PermissionDenied => Self::not_permitted(&path, &path),
            ErrorKind::ReadOnlyFilesystem => Self::ReadOnlyFileSystem { path },
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull { path },
            ErrorKind::IsADirectory => Self::IsDirectory { path },
            ErrorKind::ResourceBusy | ErrorKind::CrossesDevices => Self::MountPoint { path },
            _ => Self::Io { path, source: error },
        }
    }

    /// A file that cannot be in its folder: that is not there, or it or a part of its path is a file.
    pub(super) fn no_folder(path: &Path) -> Self {
        let folder = path.parent().unwrap_or(path);
        match crate::home::not_a_folder(folder) {
            Some(path) => Self::NotAFolder { path },
            None => Self::ParentMissing { path: folder.to_owned() },
        }
    }

    /// A file that this user was not allowed to write. `asked` is what the permission is missing on, unless an attribute of the
    /// file or its folder is in the way.
    pub(super) fn not_permitted(path: &Path, asked: &Path) -> Self {
        let places = [Some(path), path.parent()];
        let fixed = places.into_iter().flatten().find_map(|place| Some((place, attribute(place)?)));
        match fixed {
            Some((place, attribute)) => Self::Fixed { path: place.to_owned(), attribute },
            None => Self::NotWritable { path: asked.to_owned() },
        }
    }

    /// Fails where a file that is there can never be written this way, so that nothing is tried.
    pub(super) fn refuse_fixed(path: &Path, in_place: bool) -> Result<(), Self> {
        if let Some(attribute) = attribute(path) {
            return Err(Self::Fixed { path: path.to_owned(), attribute });
        }
        match !in_place && is_mount_point(path) {
            true => Err(Self::MountPoint { path: path.to_owned() }),
            false => Ok(()),
        }
    }
}

fn kept_in(backup: Option<&Path>) -> String {
    backup.map_or_else(String::new, |backup| format!(", which is in {},", backup.display()))
}

/// The attribute that keeps everybody, the administrator too, from changing a file or folder; see `chattr(1)`.
#[cfg(target_os = "linux")]
fn attribute(path: &Path) -> Option<&'static str> {
    use rustix::fs::StatxAttributes as Attributes;
    let found = attributes(path)?;
    let named = [(Attributes::IMMUTABLE, "immutable"), (Attributes::APPEND, "append-only")];
    // What is in a folder of the second kind may be changed.
    let mut fixing = named.iter().filter(|(one, _)| *one == Attributes::IMMUTABLE || path.is_file());
    fixing.find(|(one, _)| found.contains(*one)).map(|(_, name)| *name)
}

#[cfg(target_os = "linux")]
fn is_mount_point(path: &Path) -> bool {
    attributes(path).is_some_and(|found| found.contains(rustix::fs::StatxAttributes::MOUNT_ROOT))
}

/// The attributes of a file; nothing where the system does not report them.
#[cfg(target_os = "linux")]
fn attributes(path: &Path) -> Option<rustix::fs::StatxAttributes> {
    use rustix::fs::{AtFlags, CWD, StatxFlags, statx};
    statx(CWD, path, AtFlags::empty(), StatxFlags::empty()).ok().map(|found| found.stx_attributes)
}

#[cfg(not(target_os = "linux"))]
fn attribute(_: &Path) -> Option<&'static str> {
    None
}

#[cfg(not(target_os = "linux"))]
fn is_mount_point(_: &Path) -> bool {
    false
}
