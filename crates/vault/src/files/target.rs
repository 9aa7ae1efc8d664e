//! What a path leads to before it is written.

use super::digest::Digest;
use super::error::FileError;
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};

/// As many links as Linux follows.
const MAX_LINKS: usize = 40;

/// The file that a path leads to, with what is there.
#[derive(Debug)]
pub(super) struct Target {
    /// The path, links followed to their end.
    pub path: PathBuf,
    /// What is there, where something is.
    pub metadata: Option<Metadata>,
}

impl Target {
    /// Follows links, also one that leads to a file that is not there yet.
    pub(super) fn of(path: &Path) -> Result<Self, FileError> {
        let failed = |error| FileError::writing(path, error);
        let mut path = std::path::absolute(path).map_err(failed)?;
        for _ in 0..MAX_LINKS {
            let metadata = match path.symlink_metadata() {
                Ok(metadata) => metadata,
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Self::missing(path),
                Err(error) => return Err(FileError::writing(&path, error)),
            };
            if metadata.is_symlink() {
                let link = path.read_link().map_err(failed)?;
                path = folder(&path).join(link);
            } else if metadata.is_dir() {
                return Err(FileError::IsDirectory { path });
            } else if !metadata.is_file() {
                return Err(FileError::NotAFile { path });
            } else {
                return Ok(Self { path, metadata: Some(metadata) });
            }
        }
        Err(failed(io::Error::other("too many symbolic links")))
    }

    fn missing(path: PathBuf) -> Result<Self, FileError> {
        if folder(&path).is_dir() {
            return Ok(Self { path, metadata: None });
        }
        Err(FileError::no_folder(&path))
    }
}

/// The folder that a file is in.
pub(super) fn folder(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new("/"))
}

/// What two processes that are about to write the same file agree on: the same for every path that leads to it.
pub(crate) fn lock_key(path: &Path) -> Result<String, FileError> {
    let path = Target::of(path)?.path;
    let folder = folder(&path);
    let failed = |error| FileError::writing(&path, error);
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let place = place_of(folder).map_err(failed)?;
    Ok(Digest::of(format!("{place}/{name}").as_bytes()).to_string())
}

#[cfg(unix)]
fn place_of(folder: &Path) -> io::Result<String> {
    use std::os::unix::fs::MetadataExt;
    let metadata = folder.metadata()?;
    Ok(format!("{}:{}", metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn place_of(folder: &Path) -> io::Result<String> {
    Ok(folder.canonicalize()?.display().to_string())
}
