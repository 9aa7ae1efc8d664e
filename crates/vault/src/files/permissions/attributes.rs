//! What an inode has beside its bytes, its owner and its mode: the access control list and extended attributes.

use std::io;
use std::path::Path;

/// The list and the attributes of a file, so that the file that replaces it gets the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::files) struct Attributes {
    /// The access control list, as the kernel writes it.
    pub acl: Option<Vec<u8>>,
    /// Every other attribute that belongs to the file and not to its bytes, by name.
    pub others: Vec<(String, Vec<u8>)>,
}

#[cfg(any(target_os = "linux", target_os = "android", target_os = "macos"))]
mod system {
    use super::{Attributes, io};
    use rustix::fs::{XattrFlags, fgetxattr, fremovexattr, fsetxattr, lgetxattr, llistxattr};
    use rustix::io::Errno;
    use std::fs::File;
    use std::path::Path;

    /// The kernel's limit for the value of an attribute and for a list of names.
    const MOST_BYTES: usize = 64 * 1024;

    impl Attributes {
        pub(super) fn read(path: &Path) -> io::Result<Self> {
            let mut attributes = Self::default();
            let mut names = vec![0; MOST_BYTES];
            let length = match llistxattr(path, &mut names[..]) {
                Ok(length) => length,
                Err(Errno::NOTSUP | Errno::NOSYS) => return Ok(attributes),
                Err(error) => return Err(error.into()),
            };
            let names = names[..length].split(|byte| *byte == 0).filter(|name| !name.is_empty());
            for name in names.filter_map(|name| std::str::from_utf8(name).ok()) {
                let Some(value) = value(path, name)? else { continue };
                if name == super::super::acl::ATTRIBUTE {
                    attributes.acl = Some(value);
                } else if is_of_the_file(name) {
                    attributes.others.push((name.to_owned(), value));
                }
            }
            attributes.others.sort();
            Ok(attributes)
        }
    }

    fn value(path: &Path, name: &str) -> io::Result<Option<Vec<u8>>> {
        let mut value = vec![0; MOST_BYTES];
        match lgetxattr(path, name, &mut value[..]) {
            Ok(length) => {
                value.truncate(length);
                Ok(Some(value))
            }
            // It was removed since it was listed, or is listed without having a value.
            Err(error) if is_absent(error) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn is_absent(error: Errno) -> bool {
        #[cfg(target_os = "macos")]
        let absent = Errno::from_raw_os_error(93);
        #[cfg(not(target_os = "macos"))]
        let absent = Errno::NODATA;
        error == absent || error == Errno::NOTSUP
    }

    /// Whether an attribute belongs to the file. What the kernel measures of its bytes would be wrong for others, and what the
    /// kernel shows of the file system cannot be set.
    fn is_of_the_file(name: &str) -> bool {
        match name {
            "security.ima" | "security.evm" => false,
            "system.nfs4_acl" | "system.richacl" => true,
            _ => !name.starts_with("system."),
        }
    }

    /// Sets an attribute where it has another value.
    pub(in crate::files) fn set(file: &File, name: &str, value: &[u8]) -> io::Result<()> {
        let mut present = vec![0; MOST_BYTES];
        if fgetxattr(file, name, &mut present[..]).is_ok_and(|length| &present[..length] == value) {
            return Ok(());
        }
        Ok(fsetxattr(file, name, value, XattrFlags::empty())?)
    }

    /// The value of an attribute of an open file.
    pub(in crate::files) fn get(file: &File, name: &str) -> Option<Vec<u8>> {
        let mut value = vec![0; MOST_BYTES];
        let length = fgetxattr(file, name, &mut value[..]).ok()?;
        value.truncate(length);
        Some(value)
    }

    /// Removes an attribute, where it is set.
    pub(in crate::files) fn remove(file: &File, name: &str) -> io::Result<()> {
        match fremovexattr(file, name) {
            Err(error) if !is_absent(error) && error != Errno::NOSYS => Err(error.into()),
            Ok(()) | Err(_) => Ok(()),
        }
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_os = "macos"))]
pub(in crate::files) use system::{get, remove, set};

impl Attributes {
    /// What a file has; links are not followed.
    #[cfg(any(target_os = "linux", target_os = "android", target_os = "macos"))]
    pub(in crate::files) fn of(path: &Path) -> io::Result<Self> {
        Self::read(path)
    }

    /// Elsewhere there is nothing to carry over.
    #[cfg(not(any(target_os = "linux", target_os = "android", target_os = "macos")))]
    pub(in crate::files) fn of(_path: &Path) -> io::Result<Self> {
        Ok(Self::default())
    }
}
