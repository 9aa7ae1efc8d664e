//! Every written file, with its license.

use crate::context::{AppError, Context};
use crate::files::{drift, tracked::TrackedState};
use std::{cmp::Reverse, collections::HashMap};
use vault::{StoredLicense, files::FileState};

/// A written file and the license that it is of.
#[derive(Debug, Clone, PartialEq)]
pub struct FileOfLicense {
    /// The file and how it is now.
    pub file: TrackedState,
    /// Its license, which may be gone at its vendor.
    pub license: StoredLicense,
}

/// Returns every written file, by its bytes on disk: those that need attention first, then by path.
pub async fn every_file(context: &Context) -> Result<Vec<FileOfLicense>, AppError> {
    context
        .off_thread(move |vault| {
            let library = vault.library();
            let licenses: HashMap<_, _> =
                library.licenses_with_files()?.into_iter().map(|one| (one.id, one)).collect();
            let mut files = Vec::new();
            for tracked in library.all_files()? {
                let id = tracked.file.license;
                // A file that was written since its licenses were read is in the next answer.
                let Some(license) = licenses.get(&id).cloned() else { continue };
                files.push(FileOfLicense { file: drift::seen(vault, tracked)?, license });
            }
            files.sort_by_key(|one| Reverse(severity(&one.file)));
            Ok(files)
        })
        .await
}

/// Files of a greater number come first.
fn severity(file: &TrackedState) -> u8 {
    match file.state {
        FileState::Interrupted => 4,
        FileState::Missing => 3,
        FileState::Drifted => 2,
        FileState::UpToDate if file.is_outdated => 1,
        FileState::UpToDate => 0,
    }
}
