//! The folders that everything lies in.

use std::path::{Path, PathBuf};

/// The folders that everything lies in: one folder of the user's choosing, or the platform's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    library_dir: PathBuf,
    settings_dir: PathBuf,
}

/// The platform has no folder for this user's data, as where `HOME` is not set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this system names no folder for your data")]
pub struct NoHome;

impl Home {
    /// Everything below one folder: `--home` and `LICET_HOME`.
    pub fn at(dir: impl Into<PathBuf>) -> Self {
        let dir = dir.into();
        Self { library_dir: dir.clone(), settings_dir: dir }
    }

    /// The platform's own folders: the library with the user's data, the settings with their configuration.
    pub fn of_platform() -> Result<Self, NoHome> {
        let dirs = directories::ProjectDirs::from("dev", "", "licet").ok_or(NoHome)?;
        Ok(Self {
            library_dir: dirs.data_local_dir().to_owned(),
            settings_dir: dirs.config_local_dir().to_owned(),
        })
    }

    /// The folder of the library.
    pub fn dir(&self) -> &Path {
        &self.library_dir
    }

    /// Every folder of it.
    pub(crate) fn folders(&self) -> [PathBuf; 3] {
        [self.library_dir.clone(), self.settings_dir.clone(), self.portal_data()]
    }

    /// The library's database.
    pub fn library(&self) -> PathBuf {
        self.library_dir.join("library.sqlite3")
    }

    /// The user's settings.
    pub fn settings(&self) -> PathBuf {
        self.settings_dir.join("settings.toml")
    }

    /// The data of the local portal that runs inside this program.
    pub fn portal_data(&self) -> PathBuf {
        self.library_dir.join("portal")
    }

    /// What the window's page keeps for itself: its cache, the list's order, the look that it had.
    pub fn page(&self) -> PathBuf {
        self.library_dir.join("page")
    }

    /// Where the window was.
    pub fn window_place(&self) -> PathBuf {
        self.settings_dir.join("window.json")
    }

    /// A file that processes lock while they do what only one of them may do at a time.
    pub(crate) fn guard(&self, what: &str) -> PathBuf {
        self.library_dir.join(format!("{what}.lock"))
    }
}
