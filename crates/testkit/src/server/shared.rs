//! What the threads of a server share.

use super::start::Accept;
use crate::{http::Received, script::Script};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, atomic::AtomicUsize};

/// The settings and the state of a server, which its test and its connections share.
pub(super) struct Shared {
    /// This server's address, where a body gets the upstream's instead.
    pub(super) renamed: Option<String>,
    pub(super) upstream: Option<String>,
    pub(super) accept: Accept,
    pub(super) connections: AtomicUsize,
    pub(super) state: Mutex<State>,
    pub(super) changed: Condvar,
}

/// What changes while the server runs.
pub(super) struct State {
    pub(super) script: Script,
    pub(super) received: Vec<Received>,
    pub(super) released: usize,
    pub(super) is_stopped: bool,
}

impl Shared {
    /// Waits until a test releases a held answer. Returns whether it did, rather than stop the server.
    pub(super) fn wait_for_release(&self) -> bool {
        let mut state = self.wait_while(|state| state.released == 0);
        if state.released < usize::MAX {
            state.released = state.released.saturating_sub(1);
        }
        !state.is_stopped
    }

    /// Waits until the server stops.
    pub(super) fn wait_to_the_end(&self) {
        drop(self.wait_while(|_| true));
    }

    fn wait_while(&self, is_early: impl Fn(&State) -> bool) -> MutexGuard<'_, State> {
        let waited = self.changed.wait_while(self.lock(), |state| !state.is_stopped && is_early(state));
        waited.unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
