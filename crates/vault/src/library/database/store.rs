//! The connections to the library's file, and the key in memory that its secrets are sealed with.

use crate::Home;
use crate::library::{
    LibraryError, OpenError, ReadOnlyCause, SecretError, SecretKind, SecretOwner,
    database::{
        open::{connect, create, is_new, make_private, named, open_writer, private_file},
        read_only::Source,
        watch::CommitSignal,
    },
    secrets::{binding, held::Held, sealer::put_from_memory},
};
use crate::seal::{DataKey, KeptBy};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

/// How many connections for reading are kept open; more are opened while more threads read at once.
const KEPT_READERS: usize = 4;

pub(crate) struct Store {
    path: PathBuf,
    access: Access,
    readers: Mutex<Vec<Connection>>,
    pub(crate) held: RwLock<Held>,
    /// What every commit of this process is told to.
    pub(in crate::library) committed: CommitSignal,
}

/// What can be done with the library's file.
enum Access {
    /// It can be changed, through this connection.
    Full(Mutex<Connection>),
    /// It can be read.
    Read(ReadOnlyCause, Mutex<Source>),
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the library's file for this user alone, whatever the umask says, and brings its layout up to date.
    pub(in crate::library) fn open(home: &Home) -> Result<Self, OpenError> {
        let path = home.library();
        let guard_path = home.guard("library");
        let file_error = |path: &Path, source| OpenError::File { path: path.to_owned(), source };
        let guard = private_file(&guard_path).map_err(|e| file_error(&guard_path, e))?;
        guard.lock().map_err(|e| file_error(&guard_path, e))?;
        if is_new(&path)? {
            create(&path).map_err(|error| named(error, &path))?;
        }
        make_private(&path).map_err(|e| file_error(&path, e))?;
        let writer = open_writer(&path).map_err(|error| named(error, &path))?;
        Ok(Self::with(path, Access::Full(Mutex::new(writer))))
    }

    /// Opens the library's file to be read, where it could not be opened otherwise because it cannot be written.
    pub(in crate::library) fn open_to_read(home: &Home, error: OpenError) -> Result<Self, OpenError> {
        let path = home.library();
        let Some(cause) = ReadOnlyCause::of(&error, home.dir()) else { return Err(error) };
        match is_new(&path) {
            Ok(false) => {}
            Ok(true) => return Err(error),
            Err(other) => return Err(other),
        }
        let source = Source::of(&path).map_err(|error| named(error, &path))?;
        Ok(Self::with(path, Access::Read(cause, Mutex::new(source))))
    }

    fn with(path: PathBuf, access: Access) -> Self {
        let (readers, held) = (Mutex::default(), RwLock::new(Held::Nothing));
        Self { path, access, readers, held, committed: CommitSignal::default() }
    }

    /// Fails where the library was opened to be read only.
    pub(crate) fn check_writable(&self) -> Result<(), LibraryError> {
        match &self.access {
            Access::Full(_) => Ok(()),
            Access::Read(cause, _) => Err(self.cannot_be_changed(*cause)),
        }
    }

    /// Whether the library was opened to be read only.
    pub(crate) fn is_read_only(&self) -> bool {
        matches!(self.access, Access::Read(..))
    }

    fn writer(&self) -> Result<MutexGuard<'_, Connection>, LibraryError> {
        match &self.access {
            Access::Full(writer) => Ok(unpoisoned(writer.lock())),
            Access::Read(cause, _) => Err(self.cannot_be_changed(*cause)),
        }
    }

    fn cannot_be_changed(&self, cause: ReadOnlyCause) -> LibraryError {
        LibraryError::CannotBeChanged { path: self.folder().to_owned(), cause }
    }

    /// Runs `work` in one transaction that is committed where it succeeds and leaves no trace where it fails. Every change of
    /// the library is made here, so here is where its watches are woken: SQLite calls its own commit hook before others can
    /// see what is committed.
    pub(crate) fn write<T, E: From<rusqlite::Error> + From<LibraryError>>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut writer = self.writer()?;
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = work(&transaction)?;
        transaction.commit()?;
        self.committed.send();
        Ok(done)
    }

    /// Runs `work` on one unchanging view of the library, without waiting for a writer.
    pub(crate) fn read<T, E: From<rusqlite::Error> + From<LibraryError>>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.look_again()?;
        let kept = unpoisoned(self.readers.lock()).pop();
        let mut reader = match kept {
            Some(reader) => reader,
            None => self.open_reader()?,
        };
        let done = {
            let transaction = reader.transaction()?;
            work(&transaction)
        };
        let mut readers = unpoisoned(self.readers.lock());
        if readers.len() < KEPT_READERS {
            readers.push(reader);
        }
        done
    }

    /// The folder that the library's file is in.
    pub(in crate::library) fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new("."))
    }

    /// Drops what `belongs` names of the secrets that are kept in memory for this session.
    pub(crate) fn forget_session_secrets(&self, belongs: impl Fn(SecretOwner, SecretKind) -> bool) {
        if let Held::Session(secrets) = &mut *self.held.write().unwrap_or_else(PoisonError::into_inner) {
            secrets.retain(|(owner, kind), _| !belongs(*owner, *kind));
        }
    }

    /// Drops the key and every secret from memory.
    pub(in crate::library) fn lock_again(&self) {
        *self.held.write().unwrap_or_else(PoisonError::into_inner) = Held::Nothing;
    }

    /// Binds every login to where it may be sent.
    pub(crate) fn bind_logins(&self, key: &DataKey) -> Result<(), LibraryError> {
        self.write(|transaction| binding::bind_logins(transaction, key))
    }

    /// Drops the logins that are not bound.
    pub(crate) fn drop_unbound_logins(&self, key: &DataKey) -> Result<(), LibraryError> {
        self.write(|transaction| binding::drop_unbound_logins(transaction, key))
    }

    /// Takes over the key that secrets are sealed with. What was kept for this session only is sealed into the library.
    pub(crate) fn take_key(&self, key: DataKey, kept_by: KeptBy) -> Result<(), SecretError> {
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        if let Held::Session(secrets) = &*held {
            self.write(|transaction| {
                let mut rev = None;
                for (which, kept) in secrets {
                    put_from_memory(transaction, &key, *which, kept, &mut rev)?;
                }
                Ok::<(), SecretError>(())
            })?;
        }
        *held = Held::Key(key, kept_by);
        Ok(())
    }

    /// Moves what is in the `-wal` file into the library, so that nothing of what was deleted stays there.
    pub(crate) fn truncate_log(&self) -> Result<(), LibraryError> {
        let writer = self.writer()?;
        writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    /// A connection that can only read.
    pub(in crate::library) fn open_reader(&self) -> rusqlite::Result<Connection> {
        match &self.access {
            Access::Full(_) => {
                let reader = connect(&self.path)?;
                reader.pragma_update(None, "query_only", true)?;
                Ok(reader)
            }
            Access::Read(_, source) => unpoisoned(source.lock()).connect(),
        }
    }

    /// Finds a new way to read the library if another computer or process has changed it: old data is never shown.
    fn look_again(&self) -> Result<(), LibraryError> {
        let Access::Read(_, source) = &self.access else { return Ok(()) };
        let mut source = unpoisoned(source.lock());
        if source.is_outdated() {
            *source = Source::of(&self.path).map_err(|error| {
                if let OpenError::Library(error) = error {
                    return error;
                }
                tracing::warn!(%error, "the library was changed and can no longer be read");
                LibraryError::Unreadable { what: "change of another process" }
            })?;
            unpoisoned(self.readers.lock()).clear();
        }
        Ok(())
    }
}

/// A panic while the lock was held cannot have left a half-done change: SQLite rolled it back.
fn unpoisoned<'a, T>(guard: Result<MutexGuard<'a, T>, PoisonError<MutexGuard<'a, T>>>) -> MutexGuard<'a, T> {
    guard.unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod lookups;
