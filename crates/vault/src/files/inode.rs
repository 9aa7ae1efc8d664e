//! Gives a new file the owner, group, mode, access control list and extended attributes of the one that it replaces.

use super::error::FileError;
use super::seen::Seen;
use std::fs::{File, Metadata};
use std::io;
use std::path::Path;

/// Takes from a new file what its folder's default access control list gave it, so that it is for this user alone.
pub(super) fn make_private(file: &File) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    if super::permissions::attributes::get(file, super::permissions::acl::ATTRIBUTE).is_some() {
        super::permissions::attributes::remove(file, super::permissions::acl::ATTRIBUTE)?;
    }
    #[cfg(not(target_os = "linux"))]
    let _ = file;
    Ok(())
}

/// Gives a new file everything that the old one at `path` has beside its bytes. What cannot be carried over is an error, so
/// that nothing is lost silently.
#[cfg(unix)]
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "more kinds of I/O errors may be added to the standard library"
)]
pub(super) fn carry_over(path: &Path, new: &File, old: &Seen) -> Result<(), FileError> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let failed = |error| FileError::writing(path, error);
    let like = &old.metadata;
    let made = new.metadata().map_err(failed)?;
    if (made.uid(), made.gid()) != (like.uid(), like.gid()) {
        fchown(new, Some(like.uid()), Some(like.gid())).map_err(|error| match error.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::InvalidInput => refused(path, like),
            _ => failed(error),
        })?;
    }
    carry_attributes(path, new, old)?;
    // Last: a change of owner removes bits from the mode, and a mode of a file with a list sets the list's mask.
    new.set_permissions(like.permissions()).map_err(failed)
}

#[cfg(not(unix))]
pub(super) fn carry_over(_: &Path, _: &File, _: &Seen) -> Result<(), FileError> {
    Ok(())
}

/// The list comes after the other attributes: it may let this user write no more.
#[cfg(any(target_os = "linux", target_os = "android", target_os = "macos"))]
fn carry_attributes(path: &Path, new: &File, old: &Seen) -> Result<(), FileError> {
    let attributes = &old.attributes;
    let others = attributes.others.iter().map(|(name, value)| (name.as_str(), value));
    let list = attributes.acl.iter().map(|list| (super::permissions::acl::ATTRIBUTE, list));
    for (name, value) in others.chain(list) {
        match super::permissions::attributes::set(new, name, value) {
            Ok(()) => {}
            // macOS sets these itself, and lets no program set some of them.
            Err(_) if name.starts_with("com.apple.") => {}
            Err(error) if is_full(&error) => return Err(FileError::writing(path, error)),
            Err(_) => return Err(would_lose(path, name)),
        }
    }
    Ok(())
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "macos")))]
#[cfg(unix)]
fn carry_attributes(_: &Path, _: &File, _: &Seen) -> Result<(), FileError> {
    Ok(())
}

#[cfg(any(target_os = "linux", target_os = "android", target_os = "macos"))]
fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}

#[cfg(any(target_os = "linux", target_os = "android", target_os = "macos"))]
fn would_lose(path: &Path, name: &str) -> FileError {
    let what = if name == super::permissions::acl::ATTRIBUTE {
        "access control list".to_owned()
    } else {
        format!("attribute {name}")
    };
    FileError::WouldLose { path: path.to_owned(), what }
}

/// A failed replacing of a file. A folder with the sticky bit lets only the owner of a file replace it.
pub(super) fn not_replaced(path: &Path, old: &Metadata, error: io::Error) -> FileError {
    match error.kind() == io::ErrorKind::PermissionDenied && !is_mine(old) {
        true => refused(path, old),
        false => FileError::creating_beside(path, error),
    }
}

/// How many names a file has, where it has several: the others would keep the old text.
#[cfg(unix)]
pub(super) fn refuse_hard_linked(path: &Path, metadata: &Metadata) -> Result<(), FileError> {
    match std::os::unix::fs::MetadataExt::nlink(metadata) {
        0 | 1 => Ok(()),
        names => Err(FileError::HardLinked { path: path.to_owned(), names }),
    }
}

#[cfg(not(unix))]
pub(super) fn refuse_hard_linked(_: &Path, _: &Metadata) -> Result<(), FileError> {
    Ok(())
}

#[cfg(unix)]
fn is_mine(metadata: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::uid(metadata) == rustix::process::geteuid().as_raw()
}

#[cfg(not(unix))]
fn is_mine(_: &Metadata) -> bool {
    true
}

#[cfg(unix)]
fn refused(path: &Path, like: &Metadata) -> FileError {
    use super::permissions::names::{group_name, user_name};
    use std::os::unix::fs::MetadataExt;
    let owner =
        if is_mine(like) { format!("the group {}", group_name(like.gid())) } else { user_name(like.uid()) };
    FileError::OwnedByAnother { path: path.to_owned(), owner }
}

#[cfg(not(unix))]
fn refused(path: &Path, _: &Metadata) -> FileError {
    FileError::NotWritable { path: path.to_owned() }
}
