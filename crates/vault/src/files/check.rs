//! Whether a file could be written, before it is.

use super::error::FileError;
use super::seen::Seen;
use super::target::{Target, folder};
use super::write::in_folder;
use super::{inode, temporary};
use std::fs::OpenOptions;
use std::path::Path;

/// Whether a file could be written, found out without leaving a trace: in its folder a file without a name is made, and
/// given everything that what is there has.
pub fn check(path: &Path, in_place: bool) -> Result<(), FileError> {
    let target = Target::of(path)?;
    let failed = |error| FileError::writing(&target.path, error);
    if target.metadata.is_some() {
        FileError::refuse_fixed(&target.path, in_place)?;
    }
    match &target.metadata {
        Some(_) if in_place => OpenOptions::new().write(true).open(&target.path).map(drop).map_err(failed),
        like => {
            let folder = folder(&target.path);
            let nameless = tempfile::tempfile_in(folder).map_err(|error| in_folder(&target.path, error))?;
            let Some(metadata) = like else { return Ok(()) };
            inode::refuse_hard_linked(&target.path, metadata)?;
            inode::carry_over(&target.path, &nameless, &Seen::of(&target.path, None, metadata, false)?)
        }
    }
}

/// Removes what a process that was killed while it wrote this file has left beside it.
pub fn sweep_beside(path: &Path) -> Result<(), FileError> {
    temporary::sweep(folder(&Target::of(path)?.path));
    Ok(())
}
