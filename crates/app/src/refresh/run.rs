//! Refreshing an account: shown while it runs, stopped on a person's word, never twice at once.

use crate::changes::intent;
use crate::context::{AppError, Context};
use crate::export::kept_files;
use crate::listing::{Refreshed, detail_fetches::DetailFetches, fetch, progress::Running};
use license::AccountId;
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
    let running = context.state::<Running>();
    let Some(run) = running.begin(id) else { return Ok(Refreshed::default()) };
    context.account_changed(id);
    let done = tokio::select! {
        done = fetch::fetch(context, id) => done,
        () = run.stop.notified() => Err(AppError::Cancelled),
    };
    drop(run);
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
