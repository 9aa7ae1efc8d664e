//! Noticing that a license file may have changed. The parent folder is watched: a rename kills a file watch. Where the
//! system does not let us watch a folder (no permission, too many watches), its files are looked at every few seconds
//! instead, and the watch is tried anew each time. That a folder further above is renamed goes unnoticed until the
//! file is looked at again.

mod file;

use super::error::FileError;
use file::WatchedFile;
use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

/// How often files are looked at whose folder cannot be watched.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Calls back with the path of each watched file whose state may have changed, for as long as it is kept.
#[derive(Debug)]
pub struct Watch {
    orders: Sender<Order>,
}

enum Order {
    Paths(Vec<PathBuf>, Sender<()>),
    Event(notify::Result<notify::Event>),
    Stop,
}

impl Watch {
    /// Watches these files. What changes after this returns is told to `on_change`, on a thread of its own.
    pub fn start(paths: &[PathBuf], on_change: impl Fn(&Path) + Send + 'static) -> Result<Self, FileError> {
        let (orders, taken) = mpsc::channel();
        let events = orders.clone();
        let watcher = notify::recommended_watcher(move |event| {
            // The watch may have ended.
            let _ = events.send(Order::Event(event));
        });
        let watcher = match watcher {
            Ok(watcher) => Some(watcher),
            Err(error) => {
                tracing::warn!(%error, "no folder can be watched: files are looked at instead");
                None
            }
        };
        let (folders, blind) = (BTreeSet::new(), BTreeSet::new());
        let eye = Eye { watcher, files: Vec::new(), folders, blind, looked: Instant::now() };
        std::thread::Builder::new()
            .name("file-watch".to_owned())
            .spawn(move || eye.look(&taken, on_change))
            .map_err(|source| FileError::Io { path: PathBuf::new(), source })?;
        let watch = Self { orders };
        watch.set_paths(paths);
        Ok(watch)
    }

    /// Watches these files from now on, and no others. What changes after this returns is told.
    pub fn set_paths(&self, paths: &[PathBuf]) {
        let (done, is_done) = mpsc::channel();
        let order = Order::Paths(paths.to_vec(), done);
        if self.orders.send(order).is_ok() {
            // An error means that the thread ended with a callback's panic; nothing is watched then.
            let _ = is_done.recv();
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // An error means that the thread has ended already.
        let _ = self.orders.send(Order::Stop);
    }
}

struct Eye {
    /// Nothing where the system gives none: then every folder is one that cannot be watched.
    watcher: Option<RecommendedWatcher>,
    files: Vec<WatchedFile>,
    /// The folders that are watched.
    folders: BTreeSet<PathBuf>,
    /// The folders that should be watched and cannot.
    blind: BTreeSet<PathBuf>,
    /// When the files were looked at last.
    looked: Instant,
}

impl Eye {
    fn look(mut self, orders: &Receiver<Order>, on_change: impl Fn(&Path)) {
        loop {
            match self.next(orders) {
                Ok(Order::Paths(paths, done)) => {
                    self.files = paths.into_iter().map(WatchedFile::new).collect();
                    self.watch_folders(&[]);
                    // Who ordered may have stopped waiting.
                    let _ = done.send(());
                }
                Ok(Order::Event(event)) => self.take(event, &on_change),
                Err(RecvTimeoutError::Timeout) => self.look_at_all(&on_change),
                Ok(Order::Stop) | Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// The next order; as long as there is a folder that cannot be watched, it is waited for only so long.
    fn next(&self, orders: &Receiver<Order>) -> Result<Order, RecvTimeoutError> {
        if self.blind.is_empty() {
            return orders.recv().map_err(RecvTimeoutError::from);
        }
        orders.recv_timeout(LOOK_EVERY.saturating_sub(self.looked.elapsed()))
    }

    /// Tries the watches anew, then looks at the files: what comes later is told by the watch.
    fn look_at_all(&mut self, on_change: &impl Fn(&Path)) {
        self.looked = Instant::now();
        self.files.iter_mut().for_each(WatchedFile::follow);
        self.watch_folders(&[]);
        for file in &mut self.files {
            if file.looks_another() {
                on_change(file.path());
            }
        }
    }

    fn take(&mut self, event: notify::Result<notify::Event>, on_change: &impl Fn(&Path)) {
        let event = match event {
            Ok(event) => event,
            Err(error) => {
                tracing::warn!(%error, "the system lost track of watched files; all are looked at");
                self.files.iter().for_each(|file| on_change(file.path()));
                return;
            }
        };
        if is_reading(event.kind) {
            return;
        }
        let is_overflow = event.need_rescan();
        let touched: Vec<PathBuf> = self
            .files
            .iter()
            .filter(|file| is_overflow || event.paths.iter().any(|changed| file.is_touched_by(changed)))
            .map(|file| file.path().to_owned())
            .collect();
        if touched.is_empty() {
            return;
        }
        let changes_names = !matches!(event.kind, EventKind::Modify(notify::event::ModifyKind::Data(_)));
        if changes_names {
            self.follow(&event);
        }
        touched.iter().for_each(|path| on_change(path));
    }

    /// Finds the folders anew, after a name came, went or now leads elsewhere.
    fn follow(&mut self, event: &notify::Event) {
        self.files.iter_mut().for_each(WatchedFile::follow);
        // A folder that went and came back is another one: its watch went with it.
        self.watch_folders(&event.paths);
    }

    /// Watches the folders of all files, and of those only. A folder may appear between the look for it and the watch on the
    /// one above it, so it is looked for until nothing is new.
    fn watch_folders(&mut self, replaced: &[PathBuf]) {
        for folder in replaced {
            if self.folders.remove(folder) {
                self.unwatch(folder);
            }
        }
        let mut blind = BTreeSet::new();
        loop {
            let wanted = self.wanted_folders();
            for folder in self.folders.difference(&wanted).cloned().collect::<Vec<_>>() {
                self.folders.remove(&folder);
                self.unwatch(&folder);
            }
            let is_new = |folder: &&PathBuf| !self.folders.contains(*folder) && !blind.contains(*folder);
            let new: Vec<PathBuf> = wanted.iter().filter(is_new).cloned().collect();
            if new.is_empty() {
                break;
            }
            for folder in new {
                if self.is_watchable(&folder) {
                    self.folders.insert(folder)
                } else {
                    blind.insert(folder)
                };
            }
        }
        self.blind = blind;
    }

    /// Watches a folder, where the system lets us.
    fn is_watchable(&mut self, folder: &Path) -> bool {
        let Some(watcher) = &mut self.watcher else { return false };
        match watcher.watch(folder, RecursiveMode::NonRecursive) {
            Ok(()) => true,
            Err(error) => {
                tracing::debug!(%error, folder = %folder.display(), "the folder cannot be watched");
                false
            }
        }
    }

    fn unwatch(&mut self, folder: &Path) {
        if let Some(watcher) = &mut self.watcher {
            // A folder that is gone has no watch left to take away.
            let _ = watcher.unwatch(folder);
        }
    }

    fn wanted_folders(&self) -> BTreeSet<PathBuf> {
        self.files.iter().flat_map(WatchedFile::folders).collect()
    }
}

/// Whether an event tells of reading alone, which our own look at a file causes too.
fn is_reading(kind: EventKind) -> bool {
    matches!(kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write))
}
