//! Noticing what any process commits to the library.

use crate::library::{Library, LibraryError, database::changes::rev};
use rusqlite::Connection;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

/// How often `data_version` is read. It is a number in memory that processes share: reading it costs microseconds and
/// no disk access, where a file watch on the `-wal` file would also wake for every reader's checkpoint.
const INTERVAL: Duration = Duration::from_millis(250);

/// Calls back on changes for as long as it is kept.
#[derive(Debug)]
pub struct ChangeWatch {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Library {
    /// Calls `on_change` with the present `rev`, on a thread of its own, after any process has changed something;
    /// several changes may come as one. Ask [`Library::changed_since`] for what changed.
    pub fn watch(&self, on_change: impl Fn(i64) + Send + 'static) -> Result<ChangeWatch, LibraryError> {
        let connection = self.store.open_reader()?;
        let seen = Seen { version: data_version(&connection)?, rev: rev(&connection)? };
        let (stop, stopped) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            let mut seen = seen;
            while stopped.recv_timeout(INTERVAL) == Err(RecvTimeoutError::Timeout) {
                match seen.look(&connection) {
                    Ok(Some(rev)) => on_change(rev),
                    Ok(None) => {}
                    Err(error) => tracing::warn!(%error, "the library could not be watched; trying again"),
                }
            }
        });
        Ok(ChangeWatch { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for ChangeWatch {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take()
            && thread.thread().id() != std::thread::current().id()
            && thread.join().is_err()
        {
            tracing::warn!("a callback on changes of the library panicked");
        }
    }
}

struct Seen {
    version: i64,
    rev: i64,
}

impl Seen {
    fn look(&mut self, connection: &Connection) -> rusqlite::Result<Option<i64>> {
        let version = data_version(connection)?;
        if version == self.version {
            return Ok(None);
        }
        let rev = rev(connection)?;
        self.version = version;
        let is_newer = rev != self.rev;
        self.rev = rev;
        Ok(is_newer.then_some(rev))
    }
}

fn data_version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "data_version", |row| row.get(0))
}
