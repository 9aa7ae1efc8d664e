//! What the commands work with.

use crate::host::WindowHost;
use crate::portal::HomePortal;
use crate::view::{self, ErrorView};
use app::context::Context;
use app::refresh::Baseline;
use std::{
    fmt,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, Once, OnceLock, PoisonError},
};
use tokio::sync::Notify;

/// The home once it is open. Where it could not be opened it is tried again with the next question: the window
/// shows why, and asks when the user says so.
pub(crate) struct Start {
    open: Box<dyn Fn() -> Result<Opened, ErrorView> + Send + Sync>,
    opened: OnceLock<Opened>,
}

impl Start {
    /// A home that is opened this way.
    pub(crate) fn new(open: impl Fn() -> Result<Opened, ErrorView> + Send + Sync + 'static) -> Self {
        Self { open: Box::new(open), opened: OnceLock::new() }
    }

    /// The opened home, or why it cannot be opened.
    pub(crate) fn get(&self) -> Result<&Opened, ErrorView> {
        match self.opened.get() {
            Some(opened) => Ok(opened),
            None => (self.open)().map(|opened| self.opened.get_or_init(|| opened)),
        }
    }
}

impl fmt::Debug for Start {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Start").field("opened", &self.opened).finish_non_exhaustive()
    }
}

/// The opened home, as the commands of the page reach it.
#[derive(Debug)]
pub(crate) struct Opened {
    /// Everything that a user can do.
    pub context: Context,
    /// The library and the settings before anything was shown.
    pub baseline: Baseline,
    /// The window as a place to run in.
    pub host: Arc<WindowHost>,
    /// This home's portal.
    pub portal: Arc<HomePortal>,
    /// Told once the first paint is there, and the page hears what it is told.
    pub painted: Notify,
    /// What goes on behind the window has begun.
    pub behind: Once,
    /// Each is held from reading a state until it is sent, so that the page receives the newest one last.
    pub page_locks: PageLocks,
    input: Mutex<Input>,
}

/// One lock for each kind of state, so that a slow keyring holds up nothing else.
#[derive(Debug, Default)]
pub(crate) struct PageLocks {
    pub secrets: tokio::sync::Mutex<()>,
    pub accounts: tokio::sync::Mutex<()>,
    pub settings: tokio::sync::Mutex<()>,
}

/// Files that were given to be imported.
#[derive(Debug)]
enum Input {
    /// They wait for the page to ask.
    Waiting(Vec<PathBuf>),
    /// The page has asked: what is given from now on is told.
    PageListens,
}

impl Opened {
    /// An opened home with files that were given to be imported.
    pub(crate) fn new(
        context: Context,
        baseline: Baseline,
        host: Arc<WindowHost>,
        portal: Arc<HomePortal>,
        input: Vec<PathBuf>,
    ) -> Self {
        Self {
            context,
            baseline,
            host,
            portal,
            painted: Notify::new(),
            behind: Once::new(),
            page_locks: PageLocks::default(),
            input: Mutex::new(Input::Waiting(input)),
        }
    }

    /// The files that were given before the page asked, once.
    pub(crate) fn take_given(&self) -> Vec<PathBuf> {
        match std::mem::replace(&mut *self.input(), Input::PageListens) {
            Input::Waiting(paths) => paths,
            Input::PageListens => Vec::new(),
        }
    }

    /// Files that are given now: told to the page, or kept until it asks.
    pub(crate) fn give(&self, paths: Vec<PathBuf>) {
        match &mut *self.input() {
            Input::Waiting(waiting) => waiting.extend(paths),
            Input::PageListens => {
                let paths = paths.iter().map(|path| path.display().to_string()).collect();
                self.host.tell(view::Event::PathsGiven { paths });
            }
        }
    }

    /// A panic while it was held cannot have left a half-done change.
    fn input(&self) -> MutexGuard<'_, Input> {
        self.input.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
