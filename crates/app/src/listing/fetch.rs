//! A listing that is taken over, whole or not at all: an upsert by (account, vendor id), and gone only after a complete one.

use crate::context::{
    AppError, Context,
    last_refresh::{Last, last},
    state::SubjectState,
};
use crate::leaked::succession;
use crate::listing::progress::Running;
use license::{AccountId, License, LicenseId, Status, same_name};
use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
};
use tokio::runtime::Handle;
use vault::{Account, Filter, ListingStep, Query, Refresh, RefreshMark, TakenListing};
use vendors::{Listed, Listing, Pages, Turn, Validator, listed_at_once};

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

/// Counts the creates and deletes that vendors confirmed to this process, by account.
#[derive(Debug, Default)]
struct ConfirmedChanges(Mutex<HashMap<AccountId, u64>>);

impl SubjectState for ConfirmedChanges {}

impl ConfirmedChanges {
    fn of(&self, account: AccountId) -> u64 {
        self.locked().get(&account).copied().unwrap_or_default()
    }

    fn add(&self, account: AccountId) {
        *self.locked().entry(account).or_default() += 1;
    }

    /// A count is never left half done, so a panic in another thread does not matter.
    fn locked(&self) -> MutexGuard<'_, HashMap<AccountId, u64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a listing came to.
pub(crate) struct Fetched {
    pub refreshed: Refreshed,
    /// How many entries could not be read as licenses: where there is one, the listing is not complete.
    pub unreadable: u64,
    /// How many licenses were missing from what was counted, or came more than once: as incomplete.
    pub missing: u64,
    /// Whether the successors of leaked keys that came with it took their place.
    pub succeeded: Result<(), AppError>,
    /// What to ask with next time.
    validator: Option<String>,
}

/// How a listing that was taken over ended.
struct End {
    validator: Option<Validator>,
    unreadable: u64,
    missing: u64,
}

impl End {
    /// Whether it had every license of the account.
    fn is_complete(&self) -> bool {
        self.unreadable == 0 && self.missing == 0
    }
}

/// Lists an account's licenses, takes the listing over whole, and writes down how it ended. Also what create and
/// delete look at before and after they are sent.
pub(crate) async fn fetch(context: &Context, id: AccountId) -> Result<Fetched, AppError> {
    let account = context.account(id).await?;
    let done = list_licenses(context, &account).await;
    let noted = note_end(context, id, &done).await;
    let fetched = done?;
    noted?;
    Ok(fetched)
}

async fn list_licenses(context: &Context, account: &Account) -> Result<Fetched, AppError> {
    let client = context.client(account).await?;
    let confirmed = context.state::<ConfirmedChanges>();
    let since = account.validator.clone().map(Validator::new);
    loop {
        let changes = confirmed.of(account.id);
        // Marked before it is asked for: what is created while the answer is on its way is not missing from it.
        let mark = mark(context).await?;
        let listing = client.list(since.as_ref()).await.map_err(Context::at(account, "listing licenses"))?;
        if confirmed.of(account.id) != changes {
            // Something was created or deleted meanwhile: the answer may be older than what is known here.
            continue;
        }
        return take_over(context, account, listing, mark).await;
    }
}

/// Marks what the library has before a vendor is asked: what comes later is not missing from its answer.
pub(crate) async fn mark(context: &Context) -> Result<RefreshMark, AppError> {
    context.off_thread(|vault| Ok(vault.library().begin_listing()?)).await
}

/// Takes over the license of an account that has only this one, by its vendor's answer to a change since `mark`: as a listing.
pub(crate) async fn take_only(
    context: &Context,
    id: AccountId,
    license: License,
    mark: RefreshMark,
) -> Result<Fetched, AppError> {
    let account = context.account(id).await?;
    let listing = listed_at_once(vec![Listed { license, key: None }], 0, None);
    let done = take_over(context, &account, listing, mark).await;
    let noted = note_end(context, id, &done).await;
    let fetched = done?;
    noted?;
    Ok(fetched)
}

async fn take_over(
    context: &Context,
    account: &Account,
    listing: Listing,
    mark: RefreshMark,
) -> Result<Fetched, AppError> {
    match listing {
        // Only a complete listing leaves something to ask with.
        Listing::Unchanged => Ok(Fetched {
            refreshed: Refreshed::default(),
            unreadable: 0,
            missing: 0,
            succeeded: Ok(()),
            validator: account.validator.clone(),
        }),
        Listing::Pages(pages) => take_pages(context, account, pages, mark).await,
    }
}

async fn take_pages(
    context: &Context,
    account: &Account,
    mut pages: Box<dyn Pages>,
    mark: RefreshMark,
) -> Result<Fetched, AppError> {
    // Of a listing that may still fail, nothing is taken over before its end.
    let mut waiting = VecDeque::new();
    while !pages.is_complete() && !matches!(waiting.back(), Some(Turn::End { .. })) {
        let turn = pages.next().await.map_err(Context::at(account, "listing licenses"))?;
        went_on(context, account.id, &turn);
        waiting.push_back(turn);
    }
    let (taken, end) = take_whole(context, account.clone(), waiting, pages, mark).await?;
    let succeeded = succession::succeed_all(context, taken.successors).await;
    // What did not take its place is to come once more.
    let validator = end.validator.as_ref().filter(|_| end.is_complete() && succeeded.is_ok());
    Ok(Fetched {
        refreshed: Refreshed { added: taken.added, changed: taken.changed, gone: taken.gone.len() },
        validator: validator.map(|validator| validator.as_str().to_owned()),
        unreadable: end.unreadable,
        missing: end.missing,
        succeeded,
    })
}

/// Takes over a listing that has come, in one transaction. Its further pages are read one after the other, so that there is
/// only one in memory.
async fn take_whole(
    context: &Context,
    account: Account,
    mut waiting: VecDeque<Turn>,
    mut pages: Box<dyn Pages>,
    mark: RefreshMark,
) -> Result<(TakenListing, End), AppError> {
    let (owned, runtime, at) = (context.clone(), Handle::current(), context.clock.now());
    context
        .off_thread(move |vault| {
            let mut end = End { validator: None, unreadable: 0, missing: 0 };
            let taken = vault.library().take_listing(account.id, mark, at, || {
                let turn = match waiting.pop_front() {
                    Some(turn) => turn,
                    None => {
                        let turn = runtime.block_on(pages.next());
                        let turn = turn.map_err(Context::at(&account, "listing licenses"))?;
                        went_on(&owned, account.id, &turn);
                        turn
                    }
                };
                Ok::<_, AppError>(match turn {
                    Turn::Page { licenses, .. } => {
                        ListingStep::Page(licenses.into_iter().map(|one| (one.license, one.key)).collect())
                    }
                    Turn::End { validator, unreadable, missing } => {
                        end = End { validator, unreadable, missing };
                        ListingStep::End { is_complete: end.is_complete() }
                    }
                })
            })?;
            Ok((taken, end))
        })
        .await
}

/// Shows how far a listing has come.
fn went_on(context: &Context, id: AccountId, turn: &Turn) {
    if let Turn::Page { licenses, total } = turn {
        context.state::<Running>().went_on(id, licenses.len() as u64, *total);
        context.account_changed(id);
    }
}

/// Writes down how a listing ended; what was known before a failure stays, and what is shown is as old as the last
/// listing that was complete. A failure on this side, such as locked
/// secrets, tells nothing of the account.
async fn note_end(
    context: &Context,
    id: AccountId,
    done: &Result<Fetched, AppError>,
) -> Result<(), AppError> {
    let at = context.clock.now();
    let ended = match done {
        Ok(fetched) => Ok((fetched.unreadable, fetched.missing, fetched.validator.clone())),
        Err(error) if error.is_of_the_vendor() => Err((error.report(), error.is_offline())),
        Err(_) => return Ok(()),
    };
    context
        .off_thread(move |vault| {
            let Some(account) = vault.library().account(id)? else { return Ok(()) };
            let before = last(&account);
            let (last, validator) = match ended {
                Ok((unreadable, missing, validator)) => {
                    let as_of = if unreadable == 0 && missing == 0 { Some(at) } else { before.as_of };
                    (Last { as_of, error: None, offline: false, unreadable, missing }, validator)
                }
                Err((facts, offline)) => (Last { error: Some(facts), offline, ..before }, account.validator),
            };
            let outcome = last.written();
            let refresh = Refresh { at, outcome, validator, subject: None, capabilities: None };
            Ok(vault.library().note_refresh(id, &refresh)?)
        })
        .await
}

/// Notes that a license was created or deleted at its vendor: a listing that is under way is asked for anew, and
/// the next one is read whole, since an answer that is as before no longer means that nothing changed.
pub(crate) async fn changed_at_vendor(context: &Context, id: AccountId) -> Result<(), AppError> {
    context.state::<ConfirmedChanges>().add(id);
    let at = context.clock.now();
    context
        .off_thread(move |vault| {
            let Some(account) = vault.library().account(id)? else { return Ok(()) };
            let refresh = Refresh {
                at: account.refreshed.unwrap_or(at),
                outcome: account.refresh_outcome.unwrap_or_default(),
                validator: None,
                subject: None,
                capabilities: None,
            };
            Ok(vault.library().note_refresh(id, &refresh)?)
        })
        .await
}

/// The licenses of an account that bear a name, by the vendor's ids.
pub(crate) async fn licenses_named(
    context: &Context,
    account: AccountId,
    name: &str,
) -> Result<Vec<(LicenseId, String)>, AppError> {
    let name = name.to_owned();
    context
        .off_thread(move |vault| {
            let stored = vault.library().licenses_by_name(account, &name)?;
            Ok(stored.into_iter().map(|one| (one.id, one.license.vendor_id)).collect())
        })
        .await
}

/// The vendor's ids of licenses of a name that are gone: one that comes back is not a new one.
pub(crate) async fn gone_licenses_named(
    context: &Context,
    account: AccountId,
    name: &str,
) -> Result<Vec<String>, AppError> {
    let (name, now) = (name.to_owned(), context.clock.now());
    context
        .off_thread(move |vault| {
            let gone = Filter::Status(Status::Gone.word().to_owned());
            let query =
                Query { filter: Filter::And(vec![Filter::Account(account), gone]), ..Query::default() };
            let rows = vault.library().window(&query, now, 0)?.rows;
            let bears = |license: &License| license.name.as_deref().is_some_and(|one| same_name(one, &name));
            Ok(rows.into_iter().map(|one| one.license).filter(bears).map(|one| one.vendor_id).collect())
        })
        .await
}
