//! The data folder: private to its owner, and locked while it is being set up.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use crate::Error;
use crate::Result;

/// The folder that holds everything the portal keeps.
#[derive(Debug, Clone)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// Takes `path` as data folder: makes it with mode 0700, or makes an empty one private.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let folder = Self(path.to_owned());
        folder.make().map_err(|source| folder.error(source))?;
        Ok(folder)
    }

    fn make(&self) -> io::Result<()> {
        match fs::read_dir(&self.0) {
            Ok(mut entries) => match entries.next() {
                None => set_private(&self.0),
                Some(_) => Ok(()),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let mut builder = DirBuilder::new();
                builder.recursive(true);
                #[cfg(unix)]
                std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
                builder.create(&self.0)
            }
            Err(error) => Err(error),
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub(crate) fn error(&self, source: io::Error) -> Error {
        let there = self.0.ancestors().find(|part| part.metadata().is_ok());
        match there.filter(|part| !part.is_dir()) {
            Some(file) => Error::NotAFolder { path: file.to_owned() },
            None => Error::Folder { path: self.0.clone(), source },
        }
    }

    /// Opens a file of the folder for reading and writing, made with mode 0600 where it is new.
    pub(crate) fn open_private(&self, name: &str) -> Result<File> {
        private().create(true).open(self.file(name)).map_err(|source| self.error(source))
    }

    /// Makes a file whole or not at all: a crash leaves either nothing or everything.
    pub(crate) fn create_whole(&self, name: &str, content: &[u8]) -> Result<()> {
        let part = self.file(&format!("{name}.part"));
        let written = || -> io::Result<()> {
            let mut file = private().create(true).truncate(true).open(&part)?;
            io::Write::write_all(&mut file, content)?;
            file.sync_all()?;
            fs::rename(&part, self.file(name))?;
            sync_folder(&self.0)
        };
        written().map_err(|source| self.error(source))
    }

    /// Holds off every other process that sets the folder up, until the file is dropped.
    pub(crate) fn lock_for_setup(&self) -> Result<File> {
        let file = self.open_private("setup.lock")?;
        file.lock().map_err(|source| self.error(source))?;
        Ok(file)
    }
}

fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(unix)]
fn set_private(folder: &Path) -> io::Result<()> {
    fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700))
}

#[cfg(not(unix))]
fn set_private(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Makes a rename last; only Unix opens folders as files.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}
