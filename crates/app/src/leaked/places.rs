//! Where on the disk a leaked key is: in files that were written with it, and in their backups. What cannot be read stops the
//! forgetting: nothing would point at it afterwards.
//!
//! Only backups that Licet made of content that it had written before are removed. The file as it was before Licet, and what another
//! program made, stays: the user was told that it contains the key when the key was marked.

use crate::context::AppError;
use crate::files::{
    contains_key::{self, Holds},
    drift,
};
use license::LicenseKey;
use std::path::{Path, PathBuf};
use vault::{
    TrackedFile, Vault,
    files::{self, FileError, FileState},
};
use vendors::Registry;

/// Where a leaked key stands.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// The files.
    pub files: Vec<TrackedFile>,
    /// The backups that contain it.
    pub copied: Vec<PathBuf>,
}

impl Places {
    /// The places among tracked files that hold the key, and will not once the new one is written.
    pub(crate) fn of(
        vault: &Vault,
        registry: Registry,
        tracked: Vec<TrackedFile>,
        leaked: &LicenseKey,
        new: &LicenseKey,
    ) -> Result<Self, AppError> {
        let mut places = Self::default();
        for file in tracked {
            for copy in removable(vault, &file.file.path)? {
                if is_in(&copy, &file.file.format, leaked)? {
                    places.copied.push(copy);
                }
            }
            if is_in(&file.file.path, &file.file.format, leaked)? {
                if is_beside(registry, &file, leaked, new) {
                    return Err(remains(&file.file.path, BESIDE));
                }
                places.files.push(file);
            }
        }
        Ok(places)
    }

    /// The same where the leaked key itself is not kept any more: what is as it was written holds it, what holds the new
    /// one does not, and of everything else it cannot be told.
    pub(crate) fn as_written(
        vault: &Vault,
        tracked: Vec<TrackedFile>,
        new: &LicenseKey,
    ) -> Result<Self, AppError> {
        let mut places = Self::default();
        for file in tracked {
            let (path, format) = (&file.file.path, &file.file.format);
            for copy in removable(vault, path)? {
                if !is_in(&copy, format, new)? {
                    return Err(remains(&copy, NOT_KEPT));
                }
            }
            match drift::state_of(file.clone()).state {
                FileState::UpToDate => places.files.push(file),
                FileState::Drifted | FileState::Interrupted if !is_in(path, format, new)? => {
                    return Err(remains(path, NOT_KEPT));
                }
                FileState::Missing => drop(is_in(path, format, new)?),
                FileState::Drifted | FileState::Interrupted => {}
            }
        }
        Ok(places)
    }
}

const BESIDE: &str = "it stands beside the license too, where nothing is written";
const NOT_KEPT: &str = "the leaked key is not kept here any more, so nothing can be compared with it";

/// The backups of a file that Licet may remove without asking.
fn removable(vault: &Vault, file: &Path) -> Result<Vec<PathBuf>, AppError> {
    let mut removable = Vec::new();
    for path in files::backups_of(file) {
        let made = vault.library().kept_backup(&path)?;
        removable.extend(made.filter(|one| !one.original && one.is_unchanged()).map(|_| path));
    }
    Ok(removable)
}

/// Whether a key is in a file. In one that was taken away it is not; one whose folder is not there may be on a disk that
/// is not mounted now.
fn is_in(path: &Path, format: &str, key: &LicenseKey) -> Result<bool, AppError> {
    match contains_key::look_at(path, format, key) {
        Holds::Key => Ok(true),
        Holds::Else => Ok(false),
        Holds::Unknown(FileError::Missing { .. }) if path.parent().is_some_and(Path::is_dir) => Ok(false),
        Holds::Unknown(error) => Err(remains(path, &error.to_string())),
    }
}

/// Whether the leaked key stays where the new one is written. A text that cannot be written says so when it is tried.
fn is_beside(registry: Registry, file: &TrackedFile, leaked: &LicenseKey, new: &LicenseKey) -> bool {
    let (Ok(text), Some(format)) = (files::read_text(&file.file.path), registry.format(&file.file.format))
    else {
        return false;
    };
    license::file::render(format, Some(&text), new).is_ok_and(|text| text.expose().contains(leaked.expose()))
}

fn remains(path: &Path, words: &str) -> AppError {
    AppError::LeakedRemains { path: path.to_owned(), words: words.to_owned() }
}
