//! The folders of a home, made for this user alone before the library is opened.

use crate::files::not_a_folder;
use crate::{Home, OpenError};
use std::fs::DirBuilder;
use std::io;
use std::path::Path;

impl Home {
    /// Fails where the home, or a folder on the way to it, is a file.
    pub fn check_folder(&self) -> Result<(), OpenError> {
        match not_a_folder(self.dir()) {
            Some(path) => Err(OpenError::NotAFolder { path }),
            None => Ok(()),
        }
    }

    /// Makes the folders that are missing, each for this user alone.
    pub(crate) fn create(&self) -> Result<(), OpenError> {
        for dir in self.folders() {
            create_private(&dir).map_err(|source| match not_a_folder(&dir) {
                Some(path) => OpenError::NotAFolder { path },
                None => OpenError::Folder { path: dir.clone(), source },
            })?;
        }
        Ok(())
    }
}

fn create_private(dir: &Path) -> io::Result<()> {
    if dir.is_dir() {
        return Ok(());
    }
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}
