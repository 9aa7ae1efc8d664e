//! Whether a file could be written, before it is.

use super::error::FileError;
use super::seen::Seen;
use super::target::{Target, folder};
use super::{inode, temporary};
use std::collections::BTreeSet;
use std::fs::OpenOptions;
use std::path::{Path, PathBuf};

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
            let nameless = tempfile::tempfile_in(folder)
                .map_err(|error| FileError::creating_beside(&target.path, error))?;
            let Some(metadata) = like else { return Ok(()) };
            inode::refuse_hard_linked(&target.path, metadata)?;
            inode::carry_over(&target.path, &nameless, &Seen::of(&target.path, None, metadata, false)?)
        }
    }
}

/// Removes what processes that were killed while they wrote these files have left beside them. Each folder is looked through
/// once; one that is gone or cannot be used is left out, which the state of its files shows.
pub fn sweep_beside<'a>(paths: impl IntoIterator<Item = &'a Path>) {
    let targets = paths.into_iter().filter_map(|path| Target::of(path).ok());
    let folders: BTreeSet<PathBuf> = targets.map(|target| folder(&target.path).to_owned()).collect();
    folders.iter().for_each(|folder| temporary::sweep(folder));
}
