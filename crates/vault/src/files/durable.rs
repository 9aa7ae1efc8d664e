//! Flushing what was written to the disk, on every file system that can.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::Path;

/// Flushes a file's bytes. A file system that has no such call does not make this fail.
pub(super) fn sync_file(file: &File) -> io::Result<()> {
    allow_unsupported(file.sync_all())
}

/// Flushes a folder's entries. Some file systems, such as shared folders of virtual machines, refuse that for folders, and some
/// folders may be written but not opened: neither is a failure.
#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    allow_unsupported(File::open(folder).and_then(|folder| folder.sync_all()))
}

/// Elsewhere a folder cannot be flushed.
#[cfg(not(unix))]
pub(super) fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

fn allow_unsupported(synced: io::Result<()>) -> io::Result<()> {
    synced.or_else(|error| if is_unsupported(&error) { Ok(()) } else { Err(error) })
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "more kinds of I/O errors may be added to the standard library"
)]
fn is_unsupported(error: &io::Error) -> bool {
    match error.kind() {
        ErrorKind::InvalidInput
        | ErrorKind::Unsupported
        | ErrorKind::PermissionDenied
        | ErrorKind::ReadOnlyFilesystem
        | ErrorKind::IsADirectory => true,
        _ => is_unsupported_number(error),
    }
}

/// The numbers that the standard library has no kind for.
#[cfg(unix)]
fn is_unsupported_number(error: &io::Error) -> bool {
    use rustix::io::Errno;
    let unsupported = [Errno::BADF, Errno::NOTSUP, Errno::OPNOTSUPP, Errno::NOSYS, Errno::NOTTY];
    Errno::from_io_error(error).is_some_and(|number| unsupported.contains(&number))
}

#[cfg(not(unix))]
fn is_unsupported_number(_: &io::Error) -> bool {
    false
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use rustix::io::Errno;

    #[test]
    fn file_system_that_cannot_flush_is_no_failure() {
        for number in [
            Errno::INVAL,
            Errno::OPNOTSUPP,
            Errno::NOTSUP,
            Errno::BADF,
            Errno::ACCESS,
            Errno::PERM,
            Errno::NOSYS,
        ] {
            assert!(allow_unsupported(Err(number.into())).is_ok(), "{number:?}");
        }
    }

    #[test]
    fn failing_disk_is_a_failure() {
        for number in [Errno::IO, Errno::NOSPC, Errno::DQUOT] {
            assert!(allow_unsupported(Err(number.into())).is_err(), "{number:?}");
        }
    }
}
