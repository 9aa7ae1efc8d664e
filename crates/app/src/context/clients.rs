//! The clients that are kept: one for each account, as long as its login stays. What a client learned of its server stays with it.

use super::{AppError, Context, login::login_of, state::SubjectState};
use async_trait::async_trait;
use license::AccountId;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use vault::Vault;
use vendors::{Connection, Registry, Vendor};

/// The kept clients. Each is compared with its account's present login before it is used again.
#[derive(Debug, Default)]
pub(crate) struct Clients(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    clients: HashMap<AccountId, KeptClient>,
    /// How often clients were dropped. A client that was being made meanwhile may have the dropped login, and is not kept.
    drops: u64,
}

#[derive(Debug)]
struct KeptClient {
    origin: Arc<Origin>,
    client: Arc<dyn Vendor>,
}

/// What a client is made of.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Origin {
    pub provider: String,
    pub at: Connection,
}

/// A number of drops, from before a client is made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drops(u64);

#[async_trait]
impl SubjectState for Clients {
    async fn end_session(&self) {
        let mut kept = self.locked();
        kept.clients.clear();
        kept.drops += 1;
    }
}

impl Clients {
    /// How often clients were dropped so far.
    pub(super) fn drops(&self) -> Drops {
        Drops(self.locked().drops)
    }

    /// The client of an account, if it is made of this.
    pub(super) fn find(&self, id: AccountId, origin: &Origin) -> Option<Arc<dyn Vendor>> {
        let kept = self.locked();
        kept.clients.get(&id).filter(|one| *one.origin == *origin).map(|one| one.client.clone())
    }

    /// Keeps a client that was made since `drops`, and returns the one to use: another task may have kept the same meanwhile.
    pub(super) fn keep(
        &self,
        id: AccountId,
        drops: Drops,
        origin: Origin,
        client: Arc<dyn Vendor>,
    ) -> Arc<dyn Vendor> {
        let mut kept = self.locked();
        if let Some(one) = kept.clients.get(&id).filter(|one| *one.origin == origin) {
            return one.client.clone();
        }
        if kept.drops == drops.0 {
            let origin = Arc::new(origin);
            kept.clients.insert(id, KeptClient { origin, client: client.clone() });
        }
        client
    }

    /// Drops the client of an account, whose login was removed or replaced.
    pub(super) fn remove(&self, id: AccountId) {
        let mut kept = self.locked();
        kept.clients.remove(&id);
        kept.drops += 1;
    }

    fn accounts(&self) -> Vec<AccountId> {
        self.locked().clients.keys().copied().collect()
    }

    fn origin(&self, id: AccountId) -> Option<Arc<Origin>> {
        self.locked().clients.get(&id).map(|one| one.origin.clone())
    }

    fn remove_made_of(&self, id: AccountId, origin: &Arc<Origin>) {
        let mut kept = self.locked();
        if kept.clients.get(&id).is_some_and(|one| Arc::ptr_eq(&one.origin, origin)) {
            kept.clients.remove(&id);
        }
    }

    /// No change of the map is left half done, so a panic in another thread does not matter.
    fn locked(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Context {
    /// Drops the client of an account, whose login was removed or replaced.
    pub(crate) fn drop_client(&self, id: AccountId) {
        self.state::<Clients>().remove(id);
    }

    /// Drops the clients whose accounts have another login now, or none that can be read. Not to be called on an async thread.
    pub(crate) fn drop_outdated_clients(&self) {
        for id in self.state::<Clients>().accounts() {
            self.drop_client_if_outdated(id);
        }
    }

    /// The same for one account.
    pub(super) fn drop_client_if_outdated(&self, id: AccountId) {
        let clients = self.state::<Clients>();
        let Some(origin) = clients.origin(id) else { return };
        if !has_login(&self.vault, &self.registry, id, &origin).unwrap_or(false) {
            clients.remove_made_of(id, &origin);
        }
    }
}

/// Whether an account still has the login that a client is made of.
fn has_login(vault: &Vault, registry: &Registry, id: AccountId, origin: &Origin) -> Result<bool, AppError> {
    let Some(account) = vault.library().account(id)? else { return Ok(false) };
    let keeps = registry.description(&origin.provider)?.keeps;
    Ok(account.fields == origin.at.fields && login_of(vault, &account, keeps)? == origin.at.secrets)
}
