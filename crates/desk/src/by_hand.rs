//! Finishing a license on its vendor's own page: the page opens with the steps beside it, and the account is listed
//! again and again until the new license is there.

use crate::{Desk, DeskError, Event, HostError};
use jiff::{Timestamp, ToSpan};
use license::{AccountId, LicenseId};
use std::{collections::HashMap, sync::Arc};
use tokio::sync::Notify;
use vault::FILES_PROVIDER;
use vendors::{Link, Text};

/// How long lies between two looks.
const LOOK_EVERY_SECONDS: i64 = 5;

/// For how long it is looked.
const WATCH_MINUTES: i64 = 15;

/// What a person does by hand while the account is watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByHand {
    /// The vendor's page.
    pub page: Link,
    /// Why the page could not be opened from here.
    pub problem: Option<HostError>,
    /// What to do there, as the vendor's documentation has it.
    pub steps: &'static [Text],
    /// When watching ends by itself.
    pub until: Timestamp,
}

/// The accounts that are watched, each with what stops it.
pub(crate) type Watched = HashMap<AccountId, Arc<Notify>>;

impl Desk {
    /// Opens the vendor's page and watches the account until a license arrives that was not there, which is told as
    /// [`Event::Arrived`]. What is there already is looked up first, so it fails where the account cannot be listed.
    pub async fn finish_by_hand(&self, id: AccountId) -> Result<ByHand, DeskError> {
        let account = self.account(id).await?;
        if account.provider == FILES_PROVIDER {
            return Err(DeskError::NoVendor { account: account.name });
        }
        let known = self.registry.description(&account.provider)?;
        if known.by_hand.is_empty() {
            return Err(DeskError::NoFacet { label: account.name, facet: "by-hand" });
        }
        self.fetch(id).await?;
        self.host.emit(Event::LibraryChanged);
        let newest = self.newest(id).await?;
        let problem = self.host.open_page(known.page.url).err();
        let until = self.clock.now() + WATCH_MINUTES.minutes();
        self.watch(id, newest, until).await;
        Ok(ByHand { page: known.page, problem, steps: known.by_hand, until })
    }

    /// Stops watching an account; nothing is told of it any more.
    pub async fn stop_watching(&self, id: AccountId) {
        if let Some(stop) = self.watched.lock().await.remove(&id) {
            stop.notify_one();
        }
    }

    /// Stops watching every account, as when they all go.
    pub(crate) async fn stop_watching_all(&self) {
        self.watched.lock().await.drain().for_each(|(_, stop)| stop.notify_one());
    }

    /// Watches an account in the background. One that is watched already is watched anew.
    async fn watch(&self, id: AccountId, newest: Option<LicenseId>, until: Timestamp) {
        let stop = Arc::new(Notify::new());
        if let Some(before) = self.watched.lock().await.insert(id, stop.clone()) {
            before.notify_one();
        }
        let desk = self.clone();
        tokio::spawn(async move {
            let license = tokio::select! {
                arrived = desk.arrival(id, newest, until) => arrived,
                () = stop.notified() => return,
            };
            let mut watched = desk.watched.lock().await;
            if watched.get(&id).is_some_and(|now| Arc::ptr_eq(now, &stop)) {
                watched.remove(&id);
                desk.host.emit(Event::Arrived { account: id, license });
            }
        });
    }

    /// The license that arrives; nothing where none does in time, or the library cannot be read.
    async fn arrival(&self, id: AccountId, before: Option<LicenseId>, until: Timestamp) -> Option<LicenseId> {
        while self.clock.now() < until {
            self.clock.sleep_until(until.min(self.clock.now() + LOOK_EVERY_SECONDS.seconds())).await;
            // A vendor that is out of reach for a while says so in the account's state, and is asked again.
            let _listed = self.refresh(id).await;
            let newest = self.newest(id).await.ok()?;
            if newest > before {
                return newest;
            }
        }
        None
    }

    async fn newest(&self, id: AccountId) -> Result<Option<LicenseId>, DeskError> {
        self.off_thread(move |vault| Ok(vault.library().newest_license(id)?)).await
    }
}
