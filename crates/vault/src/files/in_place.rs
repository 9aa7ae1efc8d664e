//! Writing into a file that keeps its inode: files that are mounted into containers, have several names or belong to another.

use super::digest::Digest;
use super::durable::sync_file;
use super::error::FileError;
use super::permissions::access::Access;
use super::seen::{Seen, is_same_inode};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::path::Path;
use zeroize::Zeroizing;

/// Overwrites a file's bytes. Room is reserved before anything is overwritten; if the writing fails nevertheless, the old content
/// is put back, and where that fails too, the error is [`FileError::Incomplete`]. What may be written but not read is overwritten on
/// consent all the same; it cannot be put back.
pub(super) fn overwrite(
    path: &Path,
    new: &[u8],
    old: Option<&[u8]>,
    seen: &Seen,
    access: &Access,
) -> Result<(), FileError> {
    let failed = |error| FileError::writing(path, error);
    let mut file = open(path, old.is_some()).map_err(failed)?;
    access.apply(path, &file)?;
    reserve(&file, new.len() as u64).map_err(failed)?;
    refuse_changed(path, &mut file, seen)?;
    match put(&mut file, new, old) {
        Ok(true) => Ok(()),
        Ok(false) => Err(FileError::Changed { path: path.to_owned() }),
        Err(error) => match old.map(|old| restore(&mut file, old, new)) {
            Some(Err(source)) => Err(FileError::Incomplete { path: path.to_owned(), backup: None, source }),
            Some(Ok(())) | None => Err(failed(error)),
        },
    }
}

/// Writes the old text again after a failure. Fails if the file contains neither text whole afterwards, or if the disk does not
/// confirm it: then it may not last.
fn restore(file: &mut File, old: &[u8], new: &[u8]) -> io::Result<()> {
    if let Err(error) = put_text(file, old)
        && !contents(file).is_ok_and(|found| found.as_slice() == old || found.as_slice() == new)
    {
        return Err(error);
    }
    sync_file(file)
}

fn put_text(file: &mut File, text: &[u8]) -> io::Result<()> {
    file.rewind()?;
    file.write_all(text)?;
    file.set_len(text.len() as u64)
}

fn contents(file: &mut File) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::new());
    file.rewind()?;
    file.take(super::MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn open(path: &Path, is_readable: bool) -> io::Result<File> {
    OpenOptions::new().read(is_readable).write(true).open(path)
}

/// The second look, through the open file: nothing is overwritten that the new text was not made from.
fn refuse_changed(path: &Path, file: &mut File, seen: &Seen) -> Result<(), FileError> {
    let failed = |error| FileError::reading(path, error);
    let metadata = file.metadata().map_err(failed)?;
    let is_same = is_same_inode(&metadata, &seen.metadata)
        && match seen.digest {
            Some(digest) if metadata.len() == seen.metadata.len() => {
                Digest::of(&contents(file).map_err(failed)?) == digest
            }
            Some(_) => false,
            None => metadata.modified().ok() == seen.metadata.modified().ok(),
        };
    if is_same { Ok(()) } else { Err(FileError::Changed { path: path.to_owned() }) }
}

/// Writes a text over another one and cuts off the rest of that. Returns false if another program has added to the file in
/// between: then the old text is put back with the addition behind it.
fn put(file: &mut File, text: &[u8], old: Option<&[u8]>) -> io::Result<bool> {
    file.rewind()?;
    file.write_all(text)?;
    let expected = old.map_or(0, <[u8]>::len).max(text.len()) as u64;
    if let Some(old) = old
        && file.metadata()?.len() > expected
        && text.len() <= old.len()
    {
        file.rewind()?;
        file.write_all(old)?;
        sync_file(file)?;
        return Ok(false);
    }
    file.set_len(text.len() as u64)?;
    sync_file(file)?;
    Ok(true)
}

#[cfg(target_os = "linux")]
fn reserve(file: &File, bytes: u64) -> io::Result<()> {
    use rustix::fs::{FallocateFlags, fallocate};
    use rustix::io::Errno;
    match fallocate(file, FallocateFlags::KEEP_SIZE, 0, bytes.max(1)) {
        // Some file systems cannot; then the writing itself shows whether there is room.
        Ok(()) | Err(Errno::OPNOTSUPP | Errno::NOSYS) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(target_os = "linux"))]
fn reserve(_file: &File, _bytes: u64) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(path: &Path) -> String {
        std::fs::read_to_string(path).unwrap()
    }

    fn laid_out(text: &str) -> (tempfile::TempDir, std::path::PathBuf, Seen) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(".env");
        File::create(&path).unwrap().write_all(text.as_bytes()).unwrap();
        let digest = Some(Digest::of(text.as_bytes()));
        let seen = Seen::of(&path, digest, &path.metadata().unwrap(), true).unwrap();
        (dir, path, seen)
    }

    #[test]
    fn file_changed_since_it_was_read_is_not_overwritten() {
        for change in ["A=1\nMINE=2\n", "A=2\n", ""] {
            let (_dir, path, seen) = laid_out("A=1\n");
            File::create(&path).unwrap().write_all(change.as_bytes()).unwrap();
            let refused = overwrite(&path, b"B", Some(b"A=1\n"), &seen, &Access::default());
            assert!(matches!(refused, Err(FileError::Changed { .. })), "{refused:?}");
            assert_eq!(text(&path), change);
        }
    }

    #[test]
    fn line_added_while_it_is_overwritten_is_not_cut_off() {
        let (_dir, path, _) = laid_out("KEY=an-old-key\nMINE=added\n");
        let mut file = open(&path, true).unwrap();
        assert!(!put(&mut file, b"KEY=new\n", Some(b"KEY=an-old-key\n")).unwrap());
        assert_eq!(text(&path), "KEY=an-old-key\nMINE=added\n");
    }
}
