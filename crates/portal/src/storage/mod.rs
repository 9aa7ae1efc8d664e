//! All access to the portal's SQLite file. Several processes may have it open at once.

mod access;
mod accounts;
mod core;
mod entitled;
mod instances;
mod licenses;
mod machines;
mod packages;
mod projects;
mod schema;

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::Result;
use crate::folder::Folder;

pub(crate) use accounts::{Account, Attempt, NewUser, User, UserToken};
pub(crate) use entitled::{Entitled, EntitledDraft, Entitlement, Part};
pub use instances::Stats;
pub(crate) use instances::{Instance, InstanceUser};
pub(crate) use licenses::{Draft, License, Which};
pub(crate) use machines::{Activation, Machine};
pub(crate) use packages::{Artifact, Package, Release};
pub(crate) use projects::{Project, ProjectSummary, TokenRow};

const FILE: &str = "portal.sqlite3";

/// How many connections wait for the next request; more are open only while more requests run.
const KEPT_OPEN: usize = 4;

/// The stored projects, tokens, licenses, tickets and sessions.
pub(crate) struct Storage {
    file: PathBuf,
    idle: Mutex<Vec<Connection>>,
    /// Where this process's own writers queue. SQLite lets those that wait try at random, and under load one of many
    /// never gets its turn.
    writing: Mutex<()>,
}

impl Storage {
    /// Opens the file, makes it where it is new and brings an older one up to date. The folder is locked
    /// for setup.
    pub(crate) fn open(folder: &Folder) -> Result<Self> {
        // SQLite gives the -wal and -shm files the mode of the file itself.
        drop(folder.open_private(FILE)?);
        let storage = Self { file: folder.file(FILE), idle: Mutex::default(), writing: Mutex::default() };
        let connection = storage.connect()?;
        schema::migrate(&connection, &storage.file)?;
        storage.idle().push(connection);
        Ok(storage)
    }

    fn connect(&self) -> Result<Connection> {
        let connection = Connection::open(&self.file)?;
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // What is answered is on the disk: a commit waits for fsync even in WAL mode.
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.set_prepared_statement_cache_capacity(32);
        Ok(connection)
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        // Whole connections go in and out, so a panic elsewhere leaves the list intact.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let taken = self.idle().pop();
        let connection = match taken {
            Some(connection) => connection,
            None => self.connect()?,
        };
        let outcome = work(&connection);
        let mut idle = self.idle();
        if idle.len() < KEPT_OPEN {
            idle.push(connection);
        }
        outcome
    }

    fn write<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        let _turn = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        self.read(|connection| {
            let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
            let outcome = work(&transaction)?;
            transaction.commit()?;
            Ok(outcome)
        })
    }
}
