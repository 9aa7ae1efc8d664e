//! The library: accounts, licenses, sealed secrets, tracked files, activity, intents and drafts in one SQLite file.
//!
//! One connection writes, several read, so that a list is never kept waiting by a refresh. Every change takes the
//! next `rev`, which other processes follow with [`Library::changed_since`].

mod accounts;
mod activity;
mod database;
mod drafts;
mod error;
mod intents;
mod licenses;
mod replacements;
mod secrets;
mod written;

pub use accounts::{Account, NewAccount, Refresh};
pub use activity::{Activity, RecordedActivity};
pub use database::changes::Changes;
pub use database::watch::ChangeWatch;
pub use error::{LibraryError, OpenError, ReadOnlyCause, SecretError};
pub use intents::{Begun, Claim, Intent, IntentId, IntentRecord, IntentVerb};
pub use licenses::filter::Filter;
pub use licenses::groups::{Group, Grouping, NO_GROUP, Periods};
pub use licenses::listing::{ListingStep, TakenListing};
pub use licenses::query::{Direction, Query, Sort, ViewCounts, Window};
pub use licenses::rows::StoredLicense;
pub use licenses::twins::imported_id;
pub use licenses::upsert::RefreshMark;
pub use replacements::{Replacement, ReplacementId, ReplacementStep, Turn};
pub use secrets::owner::{SecretKind, SecretOwner};
pub use written::backups::{KeptBackup, MOST_LATER_BACKUPS};
pub use written::file_lock::FileLock;
pub use written::file_writes::SettledWrites;
pub use written::tracked_files::{NewTrackedFile, TrackedFile, TrackedFileId};

pub(crate) use database::open::private_file;
pub(crate) use database::read_only::open_unchanging;
pub(crate) use secrets::held::{Held, SessionSecrets};

use crate::Home;
use crate::files;
use database::store::Store;
use std::sync::Arc;

/// The provider, and the name, of the account that imported keys belong to.
pub const FILES_PROVIDER: &str = "files";

/// What is kept of accounts and their licenses. Everything but the secrets is readable while they are locked.
#[derive(Debug, Clone)]
pub struct Library {
    store: Arc<Store>,
}

impl Library {
    pub(crate) fn open(home: &Home) -> Result<Self, OpenError> {
        Ok(Self { store: Arc::new(Store::open(home)?) })
    }

    /// Opens a library that could not be opened to be changed, to be read only, if that is why.
    pub(crate) fn open_to_read(home: &Home, error: OpenError) -> Result<Self, OpenError> {
        Ok(Self { store: Arc::new(Store::open_to_read(home, error)?) })
    }

    /// Why the library cannot be changed; nothing where it can.
    pub fn why_read_only(&self) -> Option<LibraryError> {
        self.store.check_writable().err()
    }

    /// Removes the lock files of processes that have ended, and the files that they had not finished writing in the home.
    pub(crate) fn sweep_leftovers(&self) {
        database::process_lock::sweep(self.store.folder());
        written::file_lock::sweep(self.store.folder());
        files::sweep(self.store.folder());
    }

    pub(crate) fn store(&self) -> &Store {
        &self.store
    }
}
