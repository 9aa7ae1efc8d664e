//! Fetching an account's licenses: an upsert by (account, vendor id), and gone only after a complete listing.

use crate::{Desk, DeskError, Event, Facts};
use jiff::Timestamp;
use license::{AccountId, LicenseId};
use serde::{Deserialize, Serialize};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::Notify;
use vault::{Account, FILES_PROVIDER, Refresh, RefreshMark, SecretKind, SecretOwner};
use vendors::{Listed, Listing, Pages, Turn, Validator};

/// How an account fares.
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    /// What is shown is what the last listing had.
    Ready,
    /// A listing is under way.
    Refreshing {
        /// Licenses taken over so far.
        done: u64,
        /// How many there are, where the vendor tells.
        total: Option<u64>,
    },
    /// The vendor could not be reached; what was known stays.
    Offline(Facts),
    /// The vendor answered, and said no; what was known stays.
    Failed(Facts),
}

/// What a refresh did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Refreshed {
    /// Licenses that are new.
    pub added: usize,
    /// Licenses with a fact that changed.
    pub changed: usize,
    /// Licenses that the vendor no longer has.
    pub gone: usize,
}

/// How the last refresh ended, as it is kept with the account.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Last {
    as_of: Option<Timestamp>,
    error: Option<Facts>,
    #[serde(default)]
    offline: bool,
}

/// The refreshes under way in this process.
#[derive(Debug, Default)]
pub struct Running(Mutex<HashMap<AccountId, Run>>);

#[derive(Debug)]
struct Run {
    done: u64,
    total: Option<u64>,
    stop: Arc<Notify>,
}

impl Running {
    pub(crate) fn progress(&self) -> HashMap<AccountId, State> {
        let state = |run: &Run| State::Refreshing { done: run.done, total: run.total };
        self.locked().iter().map(|(id, run)| (*id, state(run))).collect()
    }

    /// A panic while it was held can only have left numbers for the screen behind.
    fn locked(&self) -> MutexGuard<'_, HashMap<AccountId, Run>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that a refresh began; nothing where one is under way already.
    fn begin(&self, id: AccountId) -> Option<Arc<Notify>> {
        let mut running = self.locked();
        if running.contains_key(&id) {
            return None;
        }
        let stop = Arc::new(Notify::new());
        running.insert(id, Run { done: 0, total: None, stop: stop.clone() });
        Some(stop)
    }

    fn went_on(&self, id: AccountId, more: u64, total: Option<u64>) {
        if let Some(run) = self.locked().get_mut(&id) {
            run.done += more;
            run.total = total;
        }
    }

    fn end(&self, id: AccountId) {
        self.locked().remove(&id);
    }
}

/// When an account was last listed, and how it fares since.
pub(crate) fn last(account: &Account) -> (Option<Timestamp>, State) {
    let kept = account.refresh_outcome.as_deref().and_then(|text| serde_json::from_str::<Last>(text).ok());
    let last = kept.unwrap_or_default();
    let state = match last.error {
        None => State::Ready,
        Some(facts) if last.offline => State::Offline(facts),
        Some(facts) => State::Failed(facts),
    };
    (last.as_of, state)
}

impl Desk {
    /// Fetches the licenses of every account that has a vendor; the first failure is answered, after all were asked.
    pub async fn refresh_all(&self) -> Result<(), DeskError> {
        let accounts = self.off_thread(|vault| Ok(vault.library().accounts()?)).await?;
        let mut first_failure = None;
        for account in accounts.into_iter().filter(|account| account.provider != FILES_PROVIDER) {
            if let Err(error) = self.refresh(account.id).await {
                first_failure.get_or_insert(error);
            }
        }
        first_failure.map_or(Ok(()), Err)
    }

    /// Fetches the licenses of an account. One that is being fetched already is left to that.
    pub async fn refresh(&self, id: AccountId) -> Result<Refreshed, DeskError> {
        let Some(stop) = self.refreshing.begin(id) else { return Ok(Refreshed::default()) };
        self.host.emit(Event::AccountChanged(id));
        let done = tokio::select! {
            done = self.fetch(id) => done,
            () = stop.notified() => Err(DeskError::Cancelled),
        };
        self.refreshing.end(id);
        let noted = self.note_end(id, &done).await;
        self.host.emit(Event::AccountChanged(id));
        self.host.emit(Event::LibraryChanged);
        let refreshed = done?;
        noted?;
        self.settle_account(id).await?;
        self.update_kept_files(id).await?;
        Ok(refreshed)
    }

    /// Stops a refresh that is under way; what it has taken over stays.
    pub fn cancel_refresh(&self, id: AccountId) {
        if let Some(run) = self.refreshing.locked().get(&id) {
            run.stop.notify_one();
        }
    }

    /// A listing that is taken over whole. Also what create and delete look at before and after they are sent.
    pub(crate) async fn fetch(&self, id: AccountId) -> Result<Refreshed, DeskError> {
        let gone = move || DeskError::NotFound { what: "account", named: id.0.to_string() };
        let account = self.off_thread(move |vault| vault.library().account(id)?.ok_or_else(gone)).await?;
        let client = self.client(&account).await?;
        let since = account.validator.clone().map(Validator::new);
        let failed = || Self::at(&account, "listing licenses");
        match client.list(since.as_ref()).await.map_err(failed())? {
            Listing::Unchanged => Ok(Refreshed::default()),
            Listing::Pages(pages) => self.take_over(&account, pages).await,
        }
    }

    async fn take_over(&self, account: &Account, mut pages: Box<dyn Pages>) -> Result<Refreshed, DeskError> {
        let id = account.id;
        let at = self.clock.now();
        let mark = self.off_thread(|vault| Ok(vault.library().begin_listing()?)).await?;
        let mut refreshed = Refreshed::default();
        loop {
            match pages.next().await.map_err(Self::at(account, "listing licenses"))? {
                Turn::Page { licenses, total } => {
                    let count = licenses.len() as u64;
                    let taken = self.take_page(id, mark, licenses, at).await?;
                    refreshed.added += taken.added;
                    refreshed.changed += taken.changed;
                    self.refreshing.went_on(id, count, total);
                    self.host.emit(Event::AccountChanged(id));
                }
                Turn::End { validator, unreadable } => {
                    refreshed.gone = self.end_listing(account, mark, validator, unreadable, at).await?;
                    return Ok(refreshed);
                }
            }
        }
    }

    /// Takes over a page in one transaction, and seals the keys that came with it.
    async fn take_page(
        &self,
        account: AccountId,
        mark: RefreshMark,
        listed: Vec<Listed>,
        at: Timestamp,
    ) -> Result<Refreshed, DeskError> {
        self.off_thread(move |vault| {
            let (licenses, keys): (Vec<_>, Vec<_>) =
                listed.into_iter().map(|one| (one.license, one.key)).unzip();
            let upserted = vault.library().upsert_page(account, &licenses, mark, at)?;
            let with_keys = upserted.ids.iter().zip(keys).filter_map(|(id, key)| Some((*id, key?)));
            let secrets: Vec<_> = with_keys.collect();
            let rows =
                secrets.iter().map(|(id, key)| (SecretOwner::License(*id), SecretKind::Key, key.expose()));
            if !secrets.is_empty() {
                vault.library().put_secrets(rows)?;
            }
            Ok(Refreshed { added: upserted.added, changed: upserted.changed, gone: 0 })
        })
        .await
    }

    async fn end_listing(
        &self,
        account: &Account,
        mark: RefreshMark,
        validator: Option<Validator>,
        unreadable: u64,
        at: Timestamp,
    ) -> Result<usize, DeskError> {
        let id = account.id;
        let is_complete = unreadable == 0;
        let last = Last { as_of: Some(at), error: None, offline: false };
        let refresh = Refresh {
            at,
            outcome: last.written(),
            validator: validator.filter(|_| is_complete).map(|validator| validator.as_str().to_owned()),
            subject: None,
            capabilities: None,
        };
        self.off_thread(move |vault| {
            let gone = match is_complete {
                true => vault.library().finish_complete_listing(id, mark, at)?.len(),
                false => 0,
            };
            vault.library().note_refresh(id, &refresh)?;
            Ok(gone)
        })
        .await
    }

    /// Writes down how a refresh ended. A listing that was taken over has noted itself.
    async fn note_end<T: Sync>(&self, id: AccountId, done: &Result<T, DeskError>) -> Result<(), DeskError> {
        let at = self.clock.now();
        let failure = match done {
            Ok(_) => None,
            Err(error) => Some((error.facts(), error.is_offline())),
        };
        self.off_thread(move |vault| {
            let Some(account) = vault.library().account(id)? else { return Ok(()) };
            let (as_of, _) = last(&account);
            let last = match failure {
                None => Last { as_of: Some(at), error: None, offline: false },
                Some((facts, offline)) => Last { as_of, error: Some(facts), offline },
            };
            let refresh = Refresh {
                at,
                outcome: last.written(),
                validator: account.validator,
                subject: None,
                capabilities: None,
            };
            Ok(vault.library().note_refresh(id, &refresh)?)
        })
        .await
    }

    /// The licenses of an account that bear a name, by the vendor's ids.
    pub(crate) async fn bearers(
        &self,
        account: AccountId,
        name: &str,
    ) -> Result<Vec<(LicenseId, String)>, DeskError> {
        let name = name.to_owned();
        self.off_thread(move |vault| {
            let stored = vault.library().licenses_by_name(account, &name)?;
            Ok(stored.into_iter().map(|one| (one.id, one.license.vendor_id)).collect())
        })
        .await
    }
}

impl Last {
    fn written(&self) -> String {
        // Timestamps and texts by text keys: there is nothing that JSON cannot hold.
        serde_json::to_string(self).expect("plain facts become JSON")
    }
}
