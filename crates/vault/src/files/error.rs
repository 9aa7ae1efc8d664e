//! What can go wrong with a file, by what a user can do about it.

use errors_derive::Declared;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Why a file could not be read or written.
#[derive(Debug, thiserror::Error, Declared)]
pub enum FileError {
    /// There is no such file.
    #[error("{} is not there", path.display())]
    #[declared("file-missing", kind = NotFound, args(path), help = "check the path for typing mistakes")]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// The folder that the file should be in does not exist.
    #[error("the folder {} is not there", path.display())]
    #[declared("file-folder-missing", args(folder = path), help = "create the folder first, or choose another")]
    ParentMissing {
        /// The folder.
        path: PathBuf,
    },
    /// You do not have permission to read the file.
    #[error("{} may not be read by this user", path.display())]
    #[declared("file-not-readable", args(path), help = "choose another place, or change its permissions")]
    NotReadable {
        /// The file.
        path: PathBuf,
    },
    /// You do not have permission to write the file, or into its folder.
    #[error("{} may not be written by this user", path.display())]
    #[declared("file-no-permission", args(path), help = "choose another place, or change its permissions")]
    NotWritable {
        /// The file or the folder.
        path: PathBuf,
    },
    /// The file is on a read-only file system.
    #[error("{} is on a read-only file system", path.display())]
    #[declared("file-read-only", args(path), help = "choose a place on a disk that can be written")]
    ReadOnlyFileSystem {
        /// The file.
        path: PathBuf,
    },
    /// The disk, or your share of it, is full.
    #[error("the disk that holds {} is full", path.display())]
    #[declared("file-disk-full", args(path), help = "free some space; the file is unchanged")]
    DiskFull {
        /// The file.
        path: PathBuf,
    },
    /// There is a file of this name already.
    #[error("{} exists already", path.display())]
    #[declared("file-exists", args(path), help = "choose another name, or replace the file")]
    Exists {
        /// The file, which is as it was.
        path: PathBuf,
    },
    /// There is a folder of this name.
    #[error("{} is a folder", path.display())]
    #[declared("file-is-folder", args(path), help = "name a file in it")]
    IsDirectory {
        /// The folder.
        path: PathBuf,
    },
    /// There is a pipe, a socket or a device of this name.
    #[error("{} is not a regular file", path.display())]
    #[declared("file-not-regular", args(path), help = "choose another file: this is not a license file")]
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// The file belongs to another user or group, who would lose it if it were replaced.
    #[error("{} belongs to {owner}, who would lose it if it were replaced", path.display())]
    #[declared(
        "file-other-owner",
        args(path, owner),
        help = "write into the existing file instead of replacing it"
    )]
    OwnedByAnother {
        /// The file.
        path: PathBuf,
        /// The owner's name, or number where it has no name.
        owner: String,
    },
    /// The file has several names (hard links). If it were replaced under one, the others would keep the old text.
    #[error("{} has {names} names (hard links), and the others would keep the old text", path.display())]
    #[declared(
        "file-hard-linked",
        args(path, names),
        help = "write into the existing file instead of replacing it"
    )]
    HardLinked {
        /// The file.
        path: PathBuf,
        /// How many.
        names: u64,
    },
    /// The file has attributes that it would lose if it were replaced.
    #[error("{} would lose its {what} if it were replaced", path.display())]
    #[declared(
        "file-would-lose",
        args(path, what),
        help = "write into the existing file instead of replacing it"
    )]
    WouldLose {
        /// The file.
        path: PathBuf,
        /// What it is.
        what: String,
    },
    /// Another program changed the file while Licet was writing it.
    #[error("another program changed {} while Licet was writing it", path.display())]
    #[declared(
        "file-changed",
        args(path),
        help = "its present content was kept; try again when the other program is done"
    )]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// Another Licet process is writing the file.
    #[error("another Licet process is writing {}", path.display())]
    #[declared("file-being-written", args(path), help = "nothing was written; try again in a moment")]
    BeingWritten {
        /// The file.
        path: PathBuf,
    },
    /// The file system has no access control lists.
    #[error("the file system of {} has no access control lists", path.display())]
    #[declared(
        "file-no-access-list",
        args(path),
        help = "nothing was written; let others read the file by its mode or its group"
    )]
    NoAccessList {
        /// The file.
        path: PathBuf,
    },
    /// You may not give the file the permissions that were asked for.
    #[error("{} cannot be given {what} by this user", path.display())]
    #[declared(
        "file-access-refused",
        args(path, what),
        help = "nothing was written; use a group that you are a member of, or run Licet as the file's owner"
    )]
    AccessRefused {
        /// The file.
        path: PathBuf,
        /// What was asked for.
        what: String,
    },
    /// Another file is mounted over this one, as into a container, so it cannot be replaced.
    #[error("{} is a mount point, so it cannot be replaced", path.display())]
    #[declared("file-mounted", args(path), help = "write into the existing file instead of replacing it")]
    MountPoint {
        /// The file.
        path: PathBuf,
    },
    /// The file or its folder has an attribute that keeps everybody from changing it.
    #[error("{} has the attribute \"{attribute}\", so it cannot be changed", path.display())]
    #[declared("file-fixed", args(path, attribute), help = "as root, remove the attribute with chattr")]
    Fixed {
        /// The file or the folder.
        path: PathBuf,
        /// `immutable` or `append-only`.
        attribute: &'static str,
    },
    /// There is a file where a folder is needed.
    #[error("{} is a file, not a folder", path.display())]
    #[declared("file-not-a-folder", args(path), help = "choose another path")]
    NotAFolder {
        /// The file.
        path: PathBuf,
    },
    /// The file is too large for a license file.
    #[error("{} is larger than {max_bytes} bytes", path.display())]
    #[declared("file-too-large", args(path, limit = max_bytes), help = "choose another file: this is not a license file")]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The most that is read.
        max_bytes: u64,
    },
    /// The file is not text in UTF-8.
    #[error("{} is not text in UTF-8", path.display())]
    #[declared("file-not-text", args(path), help = "choose another file: this is not a license file")]
    NotText {
        /// The file.
        path: PathBuf,
    },
    /// Writing the file failed halfway and its earlier content could not be restored. A backup has it, where one could be made.
    #[error("{} is incomplete: its earlier content{} could not be restored", path.display(), kept_in(backup.as_deref()))]
    #[declared("file-incomplete", args(path, backup), detail = source.to_string(), help = "free some space if the disk is full, then write the file again")]
    Incomplete {
        /// The file.
        path: PathBuf,
        /// The backup that has its earlier content, where one could be made.
        backup: Option<PathBuf>,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The system failed to read or write the file.
    #[error("{} could not be used", path.display())]
    #[declared("file-unreadable", args(path), detail = source.to_string())]
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
            | Self::Exists { path }
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

    /// Returns the error of creating a file next to `path`. If permission is missing, it names the folder.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "more kinds of I/O errors may be added to the standard library"
    )]
    pub(super) fn creating_beside(path: &Path, error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::PermissionDenied => Self::not_permitted(path, path.parent().unwrap_or(path)),
            _ => Self::writing(path, error),
        }
    }

    /// A file that cannot be in its folder: that is not there, or it or a part of its path is a file.
    pub(super) fn no_folder(path: &Path) -> Self {
        let folder = path.parent().unwrap_or(path);
        match super::not_a_folder(folder) {
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
