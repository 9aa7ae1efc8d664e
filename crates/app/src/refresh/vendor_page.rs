//! Finishing a license on its vendor's own page: the page opens with the steps beside it, and the account is listed
//! again and again until the new license is there.

use crate::context::{AppError, Context, HostError, Message, host::is_recent, state::SubjectState};
use crate::listing::fetch;
use async_trait::async_trait;
use jiff::{Timestamp, ToSpan};
use license::{AccountId, LicenseId};
use std::{collections::HashMap, sync::Arc};
use tokio::sync::{Mutex, Notify};
use vault::FILES_PROVIDER;
use vendors::{ErrorClass, Link, Text, VendorError};

/// How long lies between two looks.
const LOOK_EVERY_SECONDS: i64 = 5;

/// For how long it is looked.
const WATCH_MINUTES: i64 = 15;

/// What a user does by hand while the account is watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VendorPage {
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
#[derive(Debug, Default)]
struct Watched(Mutex<HashMap<AccountId, Arc<Notify>>>);

#[async_trait]
impl SubjectState for Watched {
    async fn end_session(&self) {
        self.0.lock().await.drain().for_each(|(_, stop)| stop.notify_one());
    }
}

/// Opens the vendor's page and watches the account until a license arrives that was not there, which is told as
/// [`Message::Arrived`]. What is there already is looked up first, so it fails where the account cannot be listed.
pub async fn finish_on_vendor_page(context: &Context, id: AccountId) -> Result<VendorPage, AppError> {
    let account = context.account(id).await?;
    if account.provider == FILES_PROVIDER {
        return Err(AppError::NoVendor { account: account.name });
    }
    let known = context.registry.description(&account.provider)?;
    if known.vendor_page.is_empty() {
        return Err(AppError::NoFacet { label: account.name, facet: "by-hand" });
    }
    fetch::fetch(context, id).await?;
    let newest = newest(context, id).await?;
    let problem = context.host.open_page(known.page.url).err();
    let until = context.clock.now() + WATCH_MINUTES.minutes();
    watch(context, id, newest, until).await;
    Ok(VendorPage { page: known.page, problem, steps: known.vendor_page, until })
}

/// Stops watching an account; nothing is told of it any more.
pub async fn stop_watching(context: &Context, id: AccountId) {
    if let Some(stop) = context.state::<Watched>().0.lock().await.remove(&id) {
        stop.notify_one();
    }
}

/// Watches an account in the background. One that is watched already is watched anew.
async fn watch(context: &Context, id: AccountId, newest: Option<LicenseId>, until: Timestamp) {
    let stop = Arc::new(Notify::new());
    if let Some(before) = context.state::<Watched>().0.lock().await.insert(id, stop.clone()) {
        before.notify_one();
    }
    let context = context.clone();
    tokio::spawn(async move {
        let arrived = tokio::select! {
            arrived = arrival(&context, id, newest, until) => arrived,
            () = stop.notified() => return,
        };
        let watched = context.state::<Watched>();
        let mut watched = watched.0.lock().await;
        if watched.get(&id).is_some_and(|now| Arc::ptr_eq(now, &stop)) {
            watched.remove(&id);
            let problem = arrived.as_ref().err().map(AppError::report);
            context.tell_user(Message::Arrived { account: id, license: arrived.ok().flatten(), problem });
        }
    });
}

/// The license that arrives; nothing where none does in time. Fails where no more looking would find it.
async fn arrival(
    context: &Context,
    id: AccountId,
    before: Option<LicenseId>,
    until: Timestamp,
) -> Result<Option<LicenseId>, AppError> {
    let mut pause = LOOK_EVERY_SECONDS.seconds();
    // A clock that is set back does not make the watch longer than it is meant to be.
    let is_going_on = |now: Timestamp| now < until && is_recent(until, now, WATCH_MINUTES * 60 + 1);
    while is_going_on(context.clock.now()) {
        context.clock.sleep_until(until.min(context.clock.now() + pause)).await;
        pause = match fetch::fetch(context, id).await {
            Ok(_) => LOOK_EVERY_SECONDS.seconds(),
            Err(error) => pause_after(error)?.seconds(),
        };
        let newest = newest(context, id).await?;
        if newest > before {
            return Ok(newest);
        }
    }
    Ok(None)
}

async fn newest(context: &Context, id: AccountId) -> Result<Option<LicenseId>, AppError> {
    context.off_thread(move |vault| Ok(vault.library().newest_license(id)?)).await
}

/// For how many seconds a look that failed waits. A refused login, or an account that is gone, is not looked at again.
fn pause_after(error: AppError) -> Result<i64, AppError> {
    let AppError::Vendor { source, .. } = &error else { return Err(error) };
    match (source.class(), source) {
        (
            ErrorClass::OutOfReach | ErrorClass::Unclear,
            VendorError::RateLimited { retry_after: Some(wait) },
        ) => {
            let wait = i64::try_from(wait.as_secs()).unwrap_or(i64::MAX).min(WATCH_MINUTES * 60);
            Ok(wait.max(LOOK_EVERY_SECONDS))
        }
        (ErrorClass::OutOfReach | ErrorClass::Unclear, _) => Ok(LOOK_EVERY_SECONDS),
        (
            ErrorClass::Refused | ErrorClass::Missing | ErrorClass::NotTaken | ErrorClass::OutcomeUnknown,
            _,
        ) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn after(source: VendorError) -> Option<i64> {
        let (provider, account) = ("acme".into(), "Northwind".into());
        pause_after(AppError::Vendor { provider, account, doing: "listing".to_owned(), source }).ok()
    }

    #[test]
    fn a_vendor_that_wants_to_be_left_alone_is_left_alone_as_long_as_it_says() {
        let limited = |seconds| VendorError::RateLimited { retry_after: seconds };
        assert_eq!(after(limited(Some(Duration::from_secs(60)))), Some(60));
        assert_eq!(after(limited(Some(Duration::from_secs(1)))), Some(LOOK_EVERY_SECONDS));
        assert_eq!(after(limited(None)), Some(LOOK_EVERY_SECONDS));
        assert_eq!(after(limited(Some(Duration::MAX))), Some(WATCH_MINUTES * 60));
        assert_eq!(after(VendorError::SessionExpired), None, "a refused login stays refused");
    }
}
