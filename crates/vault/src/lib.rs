//! What this computer keeps: the library of licenses, the lock on its secrets, the settings and the license files.
//!
//! Everything here blocks: call it from a thread that may wait. Nothing here talks to a vendor.
//!
//! ```no_run
//! let vault = vault::Vault::open(vault::Home::of_platform()?)?;
//! for account in vault.library().accounts()? {
//!     println!("{}", account.name);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod files;
mod home;
mod library;
mod lock;
mod lock_file;
mod seal;
mod settings;

pub use files::{FileError, FileState};
pub use home::{Home, NoHome};
pub use library::*;
pub use lock::{KeyringState, Lock, LockError, LockState, PassphraseCost};
pub use seal::KeptBy;
pub use settings::{Appearance, Density, Settings, SettingsError, SettingsFile, SettingsRead};

use std::sync::Arc;

/// One home, opened: a handle that is cheap to clone and may be used from any thread.
#[derive(Debug, Clone)]
pub struct Vault {
    parts: Arc<Parts>,
}

#[derive(Debug)]
struct Parts {
    home: Home,
    library: Library,
    settings: SettingsFile,
    lock: Lock,
}

impl Vault {
    /// Opens a home, making it where it is new. Never touches the keyring, so it neither waits nor prompts.
    ///
    /// A library of an older version is brought up to date under a file lock; one of a newer version is refused
    /// untouched. One that cannot be written, such as on a read-only file system, is opened to be read:
    /// [`Library::why_read_only`].
    pub fn open(home: Home) -> Result<Self, OpenError> {
        let opened = home.create().and_then(|()| Library::open(&home));
        let library = match opened {
            Ok(library) => library,
            Err(error) => Library::open_to_read(&home, error)?,
        };
        if library.why_read_only().is_none() {
            library.sweep_leftovers();
        }
        let lock = Lock::new(&home, library.clone());
        let settings = SettingsFile::new(home.settings());
        Ok(Self { parts: Arc::new(Parts { home, library, settings, lock }) })
    }

    /// Where everything lies.
    pub fn home(&self) -> &Home {
        &self.parts.home
    }

    /// Accounts, licenses, secrets, tracked files, activity and intents.
    pub fn library(&self) -> &Library {
        &self.parts.library
    }

    /// What the user changed.
    pub fn settings(&self) -> &SettingsFile {
        &self.parts.settings
    }

    /// What the library's secrets are sealed with.
    pub fn lock(&self) -> &Lock {
        &self.parts.lock
    }
}
