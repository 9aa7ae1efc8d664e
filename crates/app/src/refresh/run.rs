//! Refreshing an account: shown while it runs, stopped on a user's word, never twice at once.

use crate::changes::intent;
use crate::context::{AppError, Context};
use crate::export::kept_files;
use crate::listing::{
    Refreshed,
    detail_fetches::DetailFetches,
    fetch::{self, Fetched},
    progress::Running,
};
use license::{AccountId, License};
use std::sync::Arc;
use tokio::{sync::Semaphore, task::JoinSet};
use vault::{FILES_PROVIDER, RefreshMark};

/// How many accounts are refreshed at once. A vendor that does not answer leaves three others their turns, and no more than this
/// many listings are in memory, each of which may have 256 MiB.
const AT_ONCE: usize = 4;

/// Fetches the licenses of every account that has a vendor. After all were asked, the failure of the first account that has one is
/// returned, in the order of their names.
pub async fn refresh_all(context: &Context) -> Result<(), AppError> {
    let accounts = context.off_thread(|vault| Ok(vault.library().accounts()?)).await?;
    let with_vendors = accounts.into_iter().filter(|account| account.provider != FILES_PROVIDER);
    let refreshed = refresh_each(context, with_vendors.map(|account| account.id)).await;
    refreshed.into_iter().find_map(Result::err).map_or(Ok(()), Err)
}

/// Fetches the licenses of these accounts, a few at once. The results are in the order of the accounts, whichever ended first.
pub async fn refresh_each(
    context: &Context,
    accounts: impl IntoIterator<Item = AccountId>,
) -> Vec<Result<Refreshed, AppError>> {
    let (turns, mut running) = (Arc::new(Semaphore::new(AT_ONCE)), JoinSet::new());
    for (place, id) in accounts.into_iter().enumerate() {
        let (context, turns) = (context.clone(), turns.clone());
        running.spawn(async move {
            // Never closed, so there is always a turn.
            let _turn = turns.acquire().await;
            (place, refresh(&context, id).await)
        });
    }
    let mut done = running.join_all().await;
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, refreshed)| refreshed).collect()
}

/// Fetches the licenses of an account. One that is being fetched already is left to that.
pub async fn refresh(context: &Context, id: AccountId) -> Result<Refreshed, AppError> {
    // The vendor is not asked for what cannot be kept.
    if let Some(why) = context.why_read_only() {
        return Err(why);
    }
    let running = context.state::<Running>();
    let Some(run) = running.begin(id) else { return Ok(Refreshed::default()) };
    context.account_changed(id);
    let done = tokio::select! {
        done = fetch::fetch(context, id) => done,
        () = run.stop.notified() => Err(AppError::Cancelled),
    };
    drop(run);
    after_listing(context, id, done).await
}

/// Takes over the license of an account that has only this one, by its vendor's answer to a change since `mark`, in place of
/// asking again.
pub(crate) async fn take_only(
    context: &Context,
    id: AccountId,
    license: License,
    mark: RefreshMark,
) -> Result<Refreshed, AppError> {
    let done = fetch::take_only(context, id, license, mark).await;
    after_listing(context, id, done).await
}

/// Tells that a listing was taken over, settles open requests by it, and updates kept files.
async fn after_listing(
    context: &Context,
    id: AccountId,
    done: Result<Fetched, AppError>,
) -> Result<Refreshed, AppError> {
    if done.is_ok() {
        // The vendor answers again: what failed before is asked for anew by whoever looks at it.
        context.state::<DetailFetches>().forget_problems().await;
    }
    context.account_changed(id);
    let fetched = done?;
    let settled = intent::settle_account(context, id).await;
    kept_files::update_kept_files(context, id).await?;
    settled.and(fetched.succeeded).map(|()| fetched.refreshed)
}

/// Stops a refresh that is under way; the account's state is as before. A listing that is being taken over already is taken over
/// whole.
pub fn cancel_refresh(context: &Context, id: AccountId) {
    context.state::<Running>().stop(id);
}
