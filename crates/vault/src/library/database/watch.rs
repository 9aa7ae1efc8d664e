//! Noticing what any process commits to the library.

use crate::library::{Library, LibraryError, database::changes::rev};
use rusqlite::Connection;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender, TrySendError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How often `data_version` is read, which changes with another process's commit. It is a number in memory that processes
/// share: reading it costs microseconds and no disk access, where a file watch on the `-wal` file would also wake for every
/// reader's checkpoint.
const INTERVAL: Duration = Duration::from_millis(250);

/// Commits that follow each other within this time are reported as one change: a use case makes several, such as a file's and
/// its activity's.
const QUIET: Duration = Duration::from_millis(100);

/// How long a change waits at most while commit follows commit.
const LONGEST: Duration = Duration::from_millis(500);

/// Wakes the watches of this process after each of its own commits.
#[derive(Debug, Default)]
pub(in crate::library) struct CommitSignal(Mutex<Vec<SyncSender<()>>>);

impl CommitSignal {
    /// Wakes every watch that there still is. A watch that is awake already need not be woken again.
    pub(in crate::library) fn send(&self) {
        let is_watching =
            |watch: &SyncSender<()>| !matches!(watch.try_send(()), Err(TrySendError::Disconnected(())));
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(is_watching);
    }

    fn add(&self, watch: SyncSender<()>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(watch);
    }
}

/// Calls back on changes for as long as it is kept.
#[derive(Debug)]
pub struct ChangeWatch {
    is_over: Arc<AtomicBool>,
    wake: SyncSender<()>,
    thread: Option<JoinHandle<()>>,
}

impl Library {
    /// Calls `on_change` with the present `rev`, on a thread of its own, after any process has changed something;
    /// changes in quick succession come as one. This process's own are noticed as they are committed. Ask
    /// [`Library::changed_since`] for what changed.
    pub fn watch(&self, on_change: impl Fn(i64) + Send + 'static) -> Result<ChangeWatch, LibraryError> {
        self.watch_every(INTERVAL, on_change)
    }

    fn watch_every(
        &self,
        interval: Duration,
        on_change: impl Fn(i64) + Send + 'static,
    ) -> Result<ChangeWatch, LibraryError> {
        let connection = self.store.open_reader()?;
        let seen = Seen { version: data_version(&connection)?, rev: rev(&connection)? };
        let (wake, woken) = mpsc::sync_channel(1);
        self.store.committed.add(wake.clone());
        let is_over = Arc::new(AtomicBool::new(false));
        let watching = Watching { connection, seen, woken, is_over: is_over.clone() };
        let thread = std::thread::spawn(move || watching.run(interval, on_change));
        Ok(ChangeWatch { is_over, wake, thread: Some(thread) })
    }
}

impl Drop for ChangeWatch {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Release);
        // A watch that is about to wake anyway sees it then.
        let _ = self.wake.try_send(());
        if let Some(thread) = self.thread.take()
            && thread.thread().id() != std::thread::current().id()
            && thread.join().is_err()
        {
            tracing::warn!("a callback on changes of the library panicked");
        }
    }
}

struct Watching {
    connection: Connection,
    seen: Seen,
    woken: Receiver<()>,
    is_over: Arc<AtomicBool>,
}

impl Watching {
    fn run(mut self, interval: Duration, on_change: impl Fn(i64)) {
        while let Some(is_woken) = self.wait(interval) {
            match self.look(is_woken) {
                Ok(Some(rev)) => on_change(rev),
                Ok(None) => {}
                Err(error) => tracing::warn!(%error, "the library could not be watched; trying again"),
            }
        }
    }

    /// Waits for a commit of this process or for the next look. Whether it was a commit; nothing once the watch is over.
    fn wait(&self, interval: Duration) -> Option<bool> {
        let is_woken = match self.woken.recv_timeout(interval) {
            Ok(()) => true,
            Err(RecvTimeoutError::Timeout) => false,
            Err(RecvTimeoutError::Disconnected) => return None,
        };
        (!self.is_over.load(Ordering::Acquire)).then_some(is_woken)
    }

    /// The present `rev` where it is newer than the last one, once no more commits come.
    fn look(&mut self, is_woken: bool) -> rusqlite::Result<Option<i64>> {
        if !is_woken && data_version(&self.connection)? == self.seen.version {
            return Ok(None);
        }
        self.wait_until_quiet();
        self.seen.look(&self.connection)
    }

    fn wait_until_quiet(&self) {
        let latest = Instant::now() + LONGEST;
        loop {
            let left = latest.saturating_duration_since(Instant::now());
            let is_quiet = self.woken.recv_timeout(QUIET.min(left)).is_err();
            if is_quiet || left.is_zero() || self.is_over.load(Ordering::Acquire) {
                return;
            }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Home, Vault};

    const NEVER: Duration = Duration::from_secs(3600);
    const DEADLINE: Duration = Duration::from_secs(20);

    #[test]
    fn own_commits_are_reported_without_a_look() {
        let dir = tempfile::tempdir().unwrap();
        let vault = Vault::open(Home::at(dir.path())).unwrap();
        let (changed, changes) = mpsc::channel();
        let _watch = vault.library().watch_every(NEVER, move |rev| changed.send(rev).unwrap()).unwrap();
        for _ in 0..2 {
            vault.library().save_draft("setup", &serde_json::Value::Null).unwrap();
            assert_eq!(changes.recv_timeout(DEADLINE).unwrap(), vault.library().rev().unwrap());
        }
    }

    #[test]
    fn commits_in_a_row_are_reported_once() {
        let dir = tempfile::tempdir().unwrap();
        let vault = Vault::open(Home::at(dir.path())).unwrap();
        let (changed, changes) = mpsc::channel();
        let _watch = vault.library().watch_every(NEVER, move |rev| changed.send(rev).unwrap()).unwrap();
        (0..3).for_each(|_| vault.library().save_draft("setup", &serde_json::Value::Null).unwrap());
        assert_eq!(changes.recv_timeout(DEADLINE).unwrap(), vault.library().rev().unwrap());
    }

    #[test]
    fn watch_without_commits_ends_when_dropped() {
        let dir = tempfile::tempdir().unwrap();
        let vault = Vault::open(Home::at(dir.path())).unwrap();
        drop(vault.library().watch_every(NEVER, |_| {}).unwrap());
    }
}
