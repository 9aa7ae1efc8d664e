//! The library: accounts, licenses, sealed secrets, tracked files, activity, intents and drafts in one SQLite file.
//!
//! One connection writes, several read, so that a list is never kept waiting by a refresh. Every change takes the
//! next `rev`, which other processes follow with [`Library::changed_since`].

mod accounts;
mod activity;
mod backups;
mod bearers;
mod binding;
mod changes;
mod codec;
mod drafts;
mod error;
mod file_lock;
mod file_writes;
mod filter;
mod intents;
mod licenses;
mod listing;
mod open;
mod owner;
mod process_lock;
mod query;
mod read_only;
mod replacements;
mod reset;
mod rows;
mod schema;
mod sealer;
mod secrets;
mod store;
mod tracked_files;
mod upsert;
mod watch;

pub use accounts::{Account, FILES_PROVIDER, NewAccount, Refresh};
pub use activity::{Activity, RecordedActivity};
pub use backups::{KeptBackup, MOST_LATER_BACKUPS};
pub use changes::Changes;
pub use error::{LibraryError, OpenError, SecretError};
pub use file_lock::FileLock;
pub use file_writes::SettledWrites;
pub use filter::Filter;
pub use intents::{Begun, Claim, Intent, IntentId, IntentRecord, IntentVerb};
pub use licenses::RefreshMark;
pub use listing::{ListingStep, TakenListing};
pub use owner::{SecretKind, SecretOwner};
pub use query::{Direction, Query, Sort, ViewCounts, Window};
pub use read_only::ReadOnlyCause;
pub use replacements::{Replacement, ReplacementId, ReplacementStep, Turn};
pub use rows::StoredLicense;
pub use tracked_files::{NewTrackedFile, TrackedFile, TrackedFileId};
pub use watch::ChangeWatch;

pub(crate) use open::private_file;
pub(crate) use read_only::open_unchanging;
pub(crate) use store::{Held, SessionSecrets};

use crate::{Home, files};
use std::sync::Arc;
use store::Store;

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
        process_lock::sweep(self.store.folder());
        file_lock::sweep(self.store.folder());
        files::sweep(self.store.folder());
    }

    pub(crate) fn store(&self) -> &Store {
        &self.store
    }
}
