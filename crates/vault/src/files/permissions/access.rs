//! Who is to be able to read a license file beside its owner, asked for when the file is written.

use crate::files::FileError;
use std::fs::File;
use std::path::Path;

/// Who is to be able to read a file that is written, beyond what it has already.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Access {
    /// The file's mode.
    pub mode: Option<Mode>,
    /// The group that the file gets and that may read it.
    pub group: Option<u32>,
    /// A user who may read it, by an entry of its access control list.
    pub readable_by: Option<u32>,
}

/// A mode that a file with a key can have: its owner can read it, only the owner can write it, and no user can run it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mode(u32);

impl Mode {
    /// Accepts a mode as `chmod` reads it, in octal digits.
    pub fn parse(octal: &str) -> Option<Self> {
        let is_octal =
            !octal.is_empty() && octal.len() <= 4 && octal.bytes().all(|byte| (b'0'..=b'7').contains(&byte));
        let mode = u32::from_str_radix(octal, 8).ok().filter(|_| is_octal)?;
        (mode & 0o400 != 0 && mode & !0o644 == 0).then_some(Self(mode))
    }

    /// The bits.
    pub fn bits(self) -> u32 {
        self.0
    }
}

/// The number of a group that is named, or given as a number.
pub fn group_number(group: &str) -> Option<u32> {
    #[cfg(unix)]
    return super::names::group_number(group);
    #[cfg(not(unix))]
    return group.parse().ok();
}

impl Access {
    /// Whether nothing is asked for.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// This, and what `other` has where this asks for nothing.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            mode: self.mode.or(other.mode),
            group: self.group.or(other.group),
            readable_by: self.readable_by.or(other.readable_by),
        }
    }

    /// The words that it is recorded as, such as `mode=640 group=0`.
    pub(crate) fn words(&self) -> String {
        let mode = self.mode.map(|mode| format!("mode={:o}", mode.bits()));
        let group = self.group.map(|group| format!("group={group}"));
        let user = self.readable_by.map(|user| format!("user={user}"));
        [mode, group, user].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// Reads what was recorded.
    pub(crate) fn of_words(words: &str) -> Option<Self> {
        let mut access = Self::default();
        for word in words.split_whitespace() {
            match word.split_once('=')? {
                ("mode", mode) => access.mode = Some(Mode::parse(mode)?),
                ("group", group) => access.group = Some(group.parse().ok()?),
                ("user", user) => access.readable_by = Some(user.parse().ok()?),
                _ => return None,
            }
        }
        Some(access)
    }

    /// Gives a file this access and no more: where the mask of an access control list becomes wider, its
    /// other entries keep what they had.
    #[cfg(unix)]
    pub(in crate::files) fn apply(&self, path: &Path, file: &File) -> Result<(), FileError> {
        use std::os::unix::fs::{MetadataExt, fchown};
        if self.is_default() {
            return Ok(());
        }
        let metadata = file.metadata().map_err(|error| FileError::writing(path, error))?;
        let before = list_of(file, metadata.mode());
        let mut list = before.clone();
        if let Some(group) = self.group.filter(|group| *group != metadata.gid()) {
            // What the old group may do is not the new group's.
            set_list(path, file, &before, &before.with_mode(before.mode() & !0o070))?;
            list = list.with_mode(list.mode() & !0o070);
            let what = format!("the group {}", super::names::group_name(group));
            fchown(file, None, Some(group)).map_err(|error| refused(path, &what, error))?;
        }
        if let Some(Mode(mode)) = self.mode {
            list = list.limited_to(mode);
        } else if self.group.is_some() {
            list = list.allowing(super::acl::Who::OwningGroup, super::acl::READ);
        }
        if let Some(user) = self.readable_by.filter(|user| *user != metadata.uid()) {
            list = list.allowing(super::acl::Who::User(user), super::acl::READ);
        }
        set_list(path, file, &list_of(file, mode_of(path, file)?), &list)
    }

    /// Elsewhere a file's folder decides who can read it.
    #[cfg(not(unix))]
    pub(in crate::files) fn apply(&self, path: &Path, _file: &File) -> Result<(), FileError> {
        if self.is_default() {
            return Ok(());
        }
        let what = "these permissions on this system".to_owned();
        Err(FileError::AccessRefused { path: path.to_owned(), what })
    }
}

#[cfg(unix)]
fn mode_of(path: &Path, file: &File) -> Result<u32, FileError> {
    let metadata = file.metadata().map_err(|error| FileError::writing(path, error))?;
    Ok(std::os::unix::fs::MetadataExt::mode(&metadata))
}

#[cfg(target_os = "linux")]
fn list_of(file: &File, mode: u32) -> super::acl::Acl {
    use super::acl::{ATTRIBUTE, Acl};
    let list = super::attributes::get(file, ATTRIBUTE).and_then(|bytes| Acl::parse(&bytes));
    list.unwrap_or_else(|| Acl::of_mode(mode))
}

#[cfg(all(unix, not(target_os = "linux")))]
fn list_of(_: &File, mode: u32) -> super::acl::Acl {
    super::acl::Acl::of_mode(mode)
}

/// Gives a file a list, or the mode that says the same.
#[cfg(unix)]
fn set_list(
    path: &Path,
    file: &File,
    before: &super::acl::Acl,
    list: &super::acl::Acl,
) -> Result<(), FileError> {
    if before == list {
        return Ok(());
    }
    if !list.is_extended() && !before.is_extended() {
        let mode = std::os::unix::fs::PermissionsExt::from_mode(list.mode());
        return file.set_permissions(mode).map_err(|error| refused(path, "its mode", error));
    }
    set_extended(path, file, list)
}

#[cfg(target_os = "linux")]
fn set_extended(path: &Path, file: &File, list: &super::acl::Acl) -> Result<(), FileError> {
    use rustix::io::Errno;
    super::attributes::set(file, super::acl::ATTRIBUTE, &list.bytes()).map_err(|error| {
        match Errno::from_io_error(&error) {
            Some(Errno::NOTSUP | Errno::NOSYS) => FileError::NoAccessList { path: path.to_owned() },
            Some(_) | None => refused(path, "its access control list", error),
        }
    })
}

#[cfg(all(unix, not(target_os = "linux")))]
fn set_extended(path: &Path, _: &File, _: &super::acl::Acl) -> Result<(), FileError> {
    Err(FileError::NoAccessList { path: path.to_owned() })
}

#[cfg(unix)]
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "more kinds of I/O errors may be added to the standard library"
)]
fn refused(path: &Path, what: &str, error: std::io::Error) -> FileError {
    match error.kind() {
        std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::InvalidInput => {
            FileError::AccessRefused { path: path.to_owned(), what: what.to_owned() }
        }
        _ => FileError::writing(path, error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn access_reads_back_as_it_is_recorded() {
        let all = Access { mode: Mode::parse("0640"), group: Some(0), readable_by: Some(472) };
        for access in [all, Access::default(), Access { mode: None, ..all }] {
            assert_eq!(Access::of_words(&access.words()), Some(access));
        }
        assert_eq!(Access::of_words("mode=666"), None);
    }

    #[test]
    fn mode_lets_nobody_but_the_owner_write_and_nobody_run() {
        for octal in ["600", "0640", "644", "400", "0444", "604"] {
            assert!(Mode::parse(octal).is_some(), "{octal}");
        }
        for octal in [
            "", "660", "666", "0602", "700", "755", "040", "200", "000", "1644", "8", "0o600", "-600",
            "00600",
        ] {
            assert!(Mode::parse(octal).is_none(), "{octal}");
        }
    }
}
