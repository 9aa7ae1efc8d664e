//! The connections to the library's file, and the key in memory that its secrets are sealed with.

use super::binding;
use super::schema::{self, KNOWN};
use super::sealer::put_from_memory;
use super::{LibraryError, OpenError, SecretError, SecretKind, SecretOwner};
use crate::Home;
use crate::lock::{DataKey, KeptBy};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;
use zeroize::Zeroizing;

/// How long a call waits for another process's write.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// How many connections for reading are kept open; more are opened while more threads read at once.
const KEPT_READERS: usize = 4;

/// Secrets that live no longer than this process.
pub(crate) type SessionSecrets = HashMap<(SecretOwner, SecretKind), SessionSecret>;

/// A secret that is kept in memory.
pub(crate) struct SessionSecret {
    pub(super) secret: Zeroizing<String>,
    /// Where it belongs, as for a sealed one.
    pub(super) place: String,
}

/// What is in memory of the library's secrets.
pub(crate) enum Held {
    /// Nothing: what is sealed stays sealed.
    Nothing,
    /// The key that the library's secrets are sealed with.
    Key(DataKey, KeptBy),
    /// The secrets themselves, on the user's word that nothing secret is kept beyond this session.
    Session(SessionSecrets),
}

pub(crate) struct Store {
    path: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    pub(crate) held: RwLock<Held>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the library's file for this user alone, whatever the umask says, and brings its layout up to date.
    pub(super) fn open(home: &Home) -> Result<Self, OpenError> {
        let path = home.library();
        let guard_path = home.guard("library");
        let folder_error = |path: &Path, source| OpenError::Folder { path: path.to_owned(), source };
        let guard = private_file(&guard_path).map_err(|e| folder_error(&guard_path, e))?;
        guard.lock().map_err(|e| folder_error(&guard_path, e))?;
        let named = |error| match error {
            OpenError::Library(LibraryError::Damaged) => OpenError::Damaged { path: path.clone() },
            OpenError::NewerLibrary { .. }
            | OpenError::Folder { .. }
            | OpenError::Damaged { .. }
            | OpenError::Incomplete { .. }
            | OpenError::Library(_) => error,
        };
        if is_new(&path)? {
            create(&path).map_err(named)?;
        }
        make_private(&path).map_err(|e| folder_error(&path, e))?;
        let writer = open_writer(&path).map_err(named)?;
        Ok(Self {
            path,
            writer: Mutex::new(writer),
            readers: Mutex::default(),
            held: RwLock::new(Held::Nothing),
        })
    }

    /// Runs `work` in one transaction that is committed where it succeeds and leaves no trace where it fails.
    pub(crate) fn write<T, E: From<rusqlite::Error>>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut writer = unpoisoned(self.writer.lock());
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = work(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }

    /// Runs `work` on one unchanging view of the library, without waiting for a writer.
    pub(crate) fn read<T, E: From<rusqlite::Error>>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
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
    pub(super) fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new("."))
    }

    /// Drops what `belongs` names of the secrets that are kept in memory for this session.
    pub(crate) fn forget_session_secrets(&self, belongs: impl Fn(SecretOwner, SecretKind) -> bool) {
        if let Held::Session(secrets) = &mut *self.held.write().unwrap_or_else(PoisonError::into_inner) {
            secrets.retain(|(owner, kind), _| !belongs(*owner, *kind));
        }
    }

    /// Drops the key and every secret from memory.
    pub(super) fn lock_again(&self) {
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
        let writer = unpoisoned(self.writer.lock());
        writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    /// A connection that can only read.
    pub(super) fn open_reader(&self) -> rusqlite::Result<Connection> {
        let reader = connect(&self.path)?;
        reader.pragma_update(None, "query_only", true)?;
        Ok(reader)
    }
}

/// Takes the next `rev`, which every row that the transaction changes carries.
pub(crate) fn next_rev(transaction: &Transaction<'_>) -> rusqlite::Result<i64> {
    transaction.prepare_cached("UPDATE meta SET rev = rev + 1 RETURNING rev")?.query_row([], |row| row.get(0))
}

/// Takes the next `rev` once a batch, and only where something changes.
pub(super) fn rev_of_batch(transaction: &Transaction<'_>, rev: &mut Option<i64>) -> rusqlite::Result<i64> {
    match *rev {
        Some(rev) => Ok(rev),
        None => Ok(*rev.insert(next_rev(transaction)?)),
    }
}

/// A panic while the lock was held cannot have left a half-done change: SQLite rolled it back.
fn unpoisoned<'a, T>(guard: Result<MutexGuard<'a, T>, PoisonError<MutexGuard<'a, T>>>) -> MutexGuard<'a, T> {
    guard.unwrap_or_else(PoisonError::into_inner)
}

fn open_writer(path: &Path) -> Result<Connection, OpenError> {
    let mut writer = connect(path).map_err(LibraryError::from)?;
    let found = schema::layout(&writer).map_err(LibraryError::from)?;
    if found > KNOWN {
        return Err(OpenError::NewerLibrary { found, known: KNOWN });
    }
    if found == 0 {
        // A library is made whole, so this file is the database of another program, or what is left of a library.
        return Err(LibraryError::Damaged.into());
    }
    prepare(&mut writer, found).map_err(LibraryError::from)?;
    match schema::is_whole(&writer).map_err(LibraryError::from)? {
        true => Ok(writer),
        false => Err(LibraryError::Damaged.into()),
    }
}

/// Whether there is no library yet. A partial library is never overwritten.
fn is_new(path: &Path) -> Result<bool, OpenError> {
    let size = |path: &Path| path.metadata().map(|file| file.len());
    match size(path) {
        Ok(0) => Err(OpenError::Incomplete { path: path.to_owned() }),
        Ok(_) => Ok(false),
        Err(error) if error.kind() == io::ErrorKind::NotFound => match size(&beside(path, "-wal")) {
            Ok(1..) => Err(OpenError::Incomplete { path: path.to_owned() }),
            Ok(0) | Err(_) => Ok(true),
        },
        Err(source) => Err(OpenError::Folder { path: path.to_owned(), source }),
    }
}

/// Makes a new library whole before it gets its name, so that a process that is killed leaves no empty one.
fn create(path: &Path) -> Result<(), OpenError> {
    let unfinished = beside(path, ".new");
    let unusable = |source| OpenError::Folder { path: path.to_owned(), source };
    for file in [&unfinished, &beside(&unfinished, "-wal"), &beside(&unfinished, "-shm")] {
        remove_if_there(file).map_err(unusable)?;
    }
    private_file(&unfinished).map_err(unusable)?;
    let mut new = connect(&unfinished).map_err(LibraryError::from)?;
    prepare(&mut new, 0).map_err(LibraryError::from)?;
    new.close().map_err(|(_, error)| LibraryError::from(error))?;
    std::fs::rename(&unfinished, path).map_err(unusable)?;
    Ok(())
}

/// A file whose name is that of another with an ending.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

fn prepare(writer: &mut Connection, found: u32) -> rusqlite::Result<()> {
    writer.pragma_update(None, "journal_mode", "wal")?;
    writer.pragma_update(None, "secure_delete", true)?;
    if found < KNOWN {
        schema::migrate(writer, found)?;
    }
    Ok(())
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "temp_store", "memory")?;
    connection.pragma_update(None, "synchronous", "full")?;
    Ok(connection)
}

/// Opens or makes a file that only this user may read.
pub(crate) fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Hides the library's file from other users. SQLite gives its `-wal` and `-shm` files the same mode.
///
/// The file is not opened: to close it again would drop the locks that SQLite holds on it in this process (POSIX locks
/// belong to the process, not to the handle).
fn make_private(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(())
}
