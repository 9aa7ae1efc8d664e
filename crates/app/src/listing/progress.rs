//! How far the refreshes are that are under way.

use crate::context::{State, state};
use license::AccountId;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::Notify;

/// The refreshes under way in this process.
#[derive(Debug, Default)]
pub(crate) struct Running(Mutex<HashMap<AccountId, Progress>>);

#[derive(Debug)]
struct Progress {
    done: u64,
    total: Option<u64>,
    stop: Arc<Notify>,
}

/// A refresh under way, until this is dropped: also where whoever waited for it went away.
pub(crate) struct Run<'a> {
    running: &'a Running,
    id: AccountId,
    pub(crate) stop: Arc<Notify>,
}

impl Drop for Run<'_> {
    fn drop(&mut self) {
        self.running.locked().remove(&self.id);
    }
}

impl state::SubjectState for Running {}

impl Running {
    /// How far each refresh is.
    pub(crate) fn progress(&self) -> HashMap<AccountId, State> {
        let state = |run: &Progress| State::Refreshing { done: run.done, total: run.total };
        self.locked().iter().map(|(id, run)| (*id, state(run))).collect()
    }

    /// Notes that a refresh went on.
    pub(crate) fn went_on(&self, id: AccountId, more: u64, total: Option<u64>) {
        if let Some(run) = self.locked().get_mut(&id) {
            run.done += more;
            run.total = total;
        }
    }

    /// Notes that a refresh began; nothing where one is under way already.
    pub(crate) fn begin(&self, id: AccountId) -> Option<Run<'_>> {
        let mut running = self.locked();
        if running.contains_key(&id) {
            return None;
        }
        let stop = Arc::new(Notify::new());
        running.insert(id, Progress { done: 0, total: None, stop: stop.clone() });
        Some(Run { running: self, id, stop })
    }

    /// Stops the refresh of an account.
    pub(crate) fn stop(&self, id: AccountId) {
        if let Some(run) = self.locked().get(&id) {
            run.stop.notify_one();
        }
    }

    /// A panic while it was held can only have left numbers for the screen behind.
    fn locked(&self) -> MutexGuard<'_, HashMap<AccountId, Progress>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
