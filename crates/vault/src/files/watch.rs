//! Noticing that a license file may have changed. The parent folder is watched: a rename kills a file watch. That a folder
//! further above is renamed goes unnoticed until the file is looked at again.

use super::error::FileError;
use super::target::{Target, folder};
use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};

/// Calls back with the path of each watched file whose state may have changed, for as long as it is kept.
#[derive(Debug)]
pub struct Watch {
    orders: Sender<Order>,
    failed: Arc<Mutex<BTreeSet<PathBuf>>>,
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
        })
        .map_err(|error| FileError::Io { path: PathBuf::new(), source: std::io::Error::other(error) })?;
        let failed = Arc::default();
        let eye = Eye { watcher, files: Vec::new(), folders: BTreeSet::new(), failed: Arc::clone(&failed) };
        std::thread::Builder::new()
            .name("file-watch".to_owned())
            .spawn(move || eye.look(&taken, on_change))
            .map_err(|source| FileError::Io { path: PathBuf::new(), source })?;
        let watch = Self { orders, failed };
        watch.set_paths(paths);
        Ok(watch)
    }

    /// Watches these files from now on, and no others. What changes after this returns is told. Returns the folders
    /// that the system does not let us watch.
    pub fn set_paths(&self, paths: &[PathBuf]) -> Vec<PathBuf> {
        let (done, is_done) = mpsc::channel();
        let order = Order::Paths(paths.to_vec(), done);
        if self.orders.send(order).is_ok() {
            // An error means that the thread ended with a callback's panic; nothing is watched then.
            let _ = is_done.recv();
        }
        self.failed.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // An error means that the thread has ended already.
        let _ = self.orders.send(Order::Stop);
    }
}

/// A watched file: the path as it was given, and the places whose change may change what is read there.
struct WatchedFile {
    path: PathBuf,
    places: Vec<PathBuf>,
}

impl WatchedFile {
    fn new(path: PathBuf) -> Self {
        let mut places = vec![std::path::absolute(&path).unwrap_or_else(|_| path.clone())];
        if let Ok(target) = Target::of(&path)
            && !places.contains(&target.path)
        {
            places.push(target.path);
        }
        Self { path, places }
    }

    /// Whether a change of `changed` may change this file: it is the file, or a folder above it.
    fn is_touched_by(&self, changed: &Path) -> bool {
        self.places.iter().any(|place| place.starts_with(changed))
    }
}

struct Eye {
    watcher: RecommendedWatcher,
    files: Vec<WatchedFile>,
    folders: BTreeSet<PathBuf>,
    failed: Arc<Mutex<BTreeSet<PathBuf>>>,
}

impl Eye {
    fn look(mut self, orders: &Receiver<Order>, on_change: impl Fn(&Path)) {
        for order in orders {
            match order {
                Order::Paths(paths, done) => {
                    self.files = paths.into_iter().map(WatchedFile::new).collect();
                    self.watch_folders(&[]);
                    // Who ordered may have stopped waiting.
                    let _ = done.send(());
                }
                Order::Event(event) => self.take(event, &on_change),
                Order::Stop => return,
            }
        }
    }

    fn take(&mut self, event: notify::Result<notify::Event>, on_change: &impl Fn(&Path)) {
        let event = match event {
            Ok(event) => event,
            Err(error) => {
                tracing::warn!(%error, "the system lost track of watched files; all are looked at");
                self.files.iter().for_each(|file| on_change(&file.path));
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
            .map(|file| file.path.clone())
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
        for file in &mut self.files {
            *file = WatchedFile::new(file.path.clone());
        }
        // A folder that went and came back is another one: its watch went with it.
        self.watch_folders(&event.paths);
    }

    /// Watches the folders of all files, and of those only. A folder may appear between the look for it and the watch on the
    /// one above it, so it is looked for until nothing is new.
    fn watch_folders(&mut self, replaced: &[PathBuf]) {
        for folder in replaced {
            if self.folders.remove(folder) {
                // A folder that is gone has no watch left to take away.
                let _ = self.watcher.unwatch(folder);
            }
        }
        let mut failed = BTreeSet::new();
        loop {
            let wanted = self.wanted_folders();
            let new: Vec<PathBuf> = wanted
                .iter()
                .filter(|f| !self.folders.contains(*f) && !failed.contains(*f))
                .cloned()
                .collect();
            for folder in self.folders.difference(&wanted) {
                let _ = self.watcher.unwatch(folder);
            }
            self.folders.retain(|folder| wanted.contains(folder));
            if new.is_empty() {
                break;
            }
            for folder in new {
                match self.watcher.watch(&folder, RecursiveMode::NonRecursive) {
                    Ok(()) => self.folders.insert(folder),
                    Err(error) => {
                        tracing::warn!(%error, folder = %folder.display(), "the folder cannot be watched");
                        failed.insert(folder)
                    }
                };
            }
        }
        *self.failed.lock().unwrap_or_else(PoisonError::into_inner) = failed;
    }

    fn wanted_folders(&self) -> BTreeSet<PathBuf> {
        let places = self.files.iter().flat_map(|file| file.places.iter());
        places.filter_map(|place| nearest_folder(place)).collect()
    }
}

/// The folder of a file, or where it is not there the nearest folder above it, in which it may appear.
fn nearest_folder(place: &Path) -> Option<PathBuf> {
    folder(place).ancestors().find(|folder| folder.is_dir()).map(Path::to_owned)
}

/// Whether an event tells of reading alone, which our own look at a file causes too.
fn is_reading(kind: EventKind) -> bool {
    matches!(kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write))
}
