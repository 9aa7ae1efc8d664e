//! Refreshing an account: shown while it runs, stopped on a person's word, never twice at once.

use crate::changes::intent;
use crate::context::{AppError, Context, Event, State};
use crate::files::kept_files;
use crate::listing::{Refreshed, fetch};
use license::AccountId;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::Notify;
use vault::FILES_PROVIDER;

/// Fetches the licenses of every account that has a vendor; the first failure is answered, after all were asked.
pub async fn refresh_all(context: &Context) -> Result<(), AppError> {
    let accounts = context.off_thread(|vault| Ok(vault.library().accounts()?)).await?;
    let mut first_failure = None;
    for account in accounts.into_iter().filter(|account| account.provider != FILES_PROVIDER) {
        if let Err(error) = refresh(context, account.id).await {
            first_failure.get_or_insert(error);
        }
    }
    first_failure.map_or(Ok(()), Err)
}

/// Fetches the licenses of an account. One that is being fetched already is left to that.
pub async fn refresh(context: &Context, id: AccountId) -> Result<Refreshed, AppError> {
    // The vendor is not asked for what cannot be kept.
    if let Some(why) = context.why_read_only() {
        return Err(why);
    }
    let Some(run) = context.refreshing.begin(id) else { return Ok(Refreshed::default()) };
    context.host.emit(Event::AccountChanged(id));
    let done = tokio::select! {
        done = fetch::fetch(context, id) => done,
        () = run.stop.notified() => Err(AppError::Cancelled),
    };
    drop(run);
    if done.is_ok() {
        // The vendor answers again: what failed before is asked for anew by whoever looks at it.
        context.looked.lock().await.retain(|_, look| look.problem.is_none());
    }
    context.host.emit(Event::AccountChanged(id));
    context.host.emit(Event::LibraryChanged);
    let fetched = done?;
    let settled = intent::settle_account(context, id).await;
    kept_files::update_kept_files(context, id).await?;
    settled.and(fetched.succeeded).map(|()| fetched.refreshed)
}

/// Stops a refresh that is under way; the account's state is as before. A listing that is being taken over already is taken over
/// whole.
pub fn cancel_refresh(context: &Context, id: AccountId) {
    context.refreshing.stop(id);
}

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
struct Run<'a> {
    running: &'a Running,
    id: AccountId,
    stop: Arc<Notify>,
}

impl Drop for Run<'_> {
    fn drop(&mut self) {
        self.running.locked().remove(&self.id);
    }
}

impl Running {
    pub(crate) fn progress(&self) -> HashMap<AccountId, State> {
        let state = |run: &Progress| State::Refreshing { done: run.done, total: run.total };
        self.locked().iter().map(|(id, run)| (*id, state(run))).collect()
    }

    pub(crate) fn went_on(&self, id: AccountId, more: u64, total: Option<u64>) {
        if let Some(run) = self.locked().get_mut(&id) {
            run.done += more;
            run.total = total;
        }
    }

    /// Notes that a refresh began; nothing where one is under way already.
    fn begin(&self, id: AccountId) -> Option<Run<'_>> {
        let mut running = self.locked();
        if running.contains_key(&id) {
            return None;
        }
        let stop = Arc::new(Notify::new());
        running.insert(id, Progress { done: 0, total: None, stop: stop.clone() });
        Some(Run { running: self, id, stop })
    }

    fn stop(&self, id: AccountId) {
        if let Some(run) = self.locked().get(&id) {
            run.stop.notify_one();
        }
    }

    /// A panic while it was held can only have left numbers for the screen behind.
    fn locked(&self) -> MutexGuard<'_, HashMap<AccountId, Progress>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
