//! Deleting many licenses, one after the other: planned, confirmed by their number, stopped when the user says so, and
//! continued after an interruption.

use crate::changes::{self, Sent, in_flight};
use crate::context::{AppError, Context};
use crate::import;
use crate::selections::chosen::{LeftOut, Reason, is_about_the_account, licenses};
use crate::selections::running;
use license::{AccountId, LicenseId};
use std::collections::{BTreeMap, HashSet};
use vault::{Account, FILES_PROVIDER, StoredLicense};
use vendors::Registry;

/// The name under which the library keeps the licenses of a deletion until it has ended.
const DRAFT: &str = "delete";

/// What deleting a selection would do.
#[derive(Debug, Default)]
pub struct DeletePlan {
    /// How many licenses of each account are deleted at its vendor, by the account's name.
    pub at_vendors: BTreeMap<String, usize>,
    /// How many imported keys are removed from this computer.
    pub imported: usize,
    /// How many license files were written from them. They stay.
    pub files: usize,
    /// What is not deleted.
    pub left_out: Vec<LeftOut>,
}

impl DeletePlan {
    /// How many licenses are deleted or removed: what a user types to confirm it.
    pub fn count(&self) -> usize {
        self.at_vendors.values().sum::<usize>() + self.imported
    }
}

/// What came of one license.
#[derive(Debug)]
pub struct Deletion {
    /// The license.
    pub id: LicenseId,
    /// What it is called.
    pub label: String,
    /// What came of it.
    pub outcome: DeleteOutcome,
}

/// What came of deleting a license.
#[derive(Debug)]
pub enum DeleteOutcome {
    /// It is deleted at its vendor, or removed from this computer.
    Done,
    /// It was refused, and nothing changed.
    Failed(AppError),
    /// It was sent and no answer came: looking settles it.
    Unknown(AppError),
    /// Nothing was sent: the user stopped it, or its vendor did not answer before.
    NotStarted,
}

/// Finds out what deleting these licenses would do. Nothing is sent.
pub async fn delete_plan(context: &Context, ids: Vec<LicenseId>) -> Result<DeletePlan, AppError> {
    let (registry, now) = (context.registry, context.clock.now());
    context
        .off_thread(move |vault| {
            let unanswered = in_flight::unanswered(vault, now)?;
            let under_way: HashSet<_> =
                unanswered.iter().filter_map(|intent| intent.record.license).collect();
            let mut plan = DeletePlan::default();
            let mut chosen = Vec::new();
            for (stored, account) in licenses(vault, &ids)? {
                match reason(registry, &stored, &account, &under_way) {
                    Some(reason) => {
                        let label = stored.license.label().to_owned();
                        plan.left_out.push(LeftOut { id: stored.id, label, reason });
                        continue;
                    }
                    None if account.provider == FILES_PROVIDER => plan.imported += 1,
                    None => *plan.at_vendors.entry(account.name).or_default() += 1,
                }
                chosen.push(stored.id);
            }
            plan.files = vault.library().files_of_each(chosen)?.len();
            Ok(plan)
        })
        .await
}

/// Deletes these licenses at their vendors, one after the other, and removes the imported ones from this computer. `typed`
/// must be their number. Each is reported as it ends; the results come in the order of the licenses.
///
/// Once a vendor does not answer or refuses the login, the other licenses of that account are not started. What was not
/// reached before the program ended is [`unfinished_delete`].
pub async fn delete_all(
    context: &Context,
    ids: Vec<LicenseId>,
    typed: &str,
    report: impl Fn(&Deletion) + Send,
) -> Result<Vec<Deletion>, AppError> {
    let plan = delete_plan(context, ids.clone()).await?;
    crate::context::confirmed(typed, &plan.count().to_string())?;
    let left_out: HashSet<_> = plan.left_out.iter().map(|one| one.id).collect();
    let chosen: Vec<_> = ids.into_iter().filter(|id| !left_out.contains(id)).collect();
    let running = running::begin(context)?;
    keep(context, &chosen).await?;
    let mut unreachable = HashSet::new();
    let mut done = Vec::new();
    for id in chosen {
        let deletion = match context.license_and_account(id).await {
            Ok((stored, account)) => {
                let is_skipped = running.is_stopped() || unreachable.contains(&account.id);
                delete_one(context, stored, &account, is_skipped, &mut unreachable).await
            }
            // It was removed meanwhile, which is what was wanted.
            Err(AppError::NotFound { named, .. }) => {
                Deletion { id, label: named, outcome: DeleteOutcome::Done }
            }
            Err(error) => Deletion { id, label: id.to_string(), outcome: DeleteOutcome::Failed(error) },
        };
        report(&deletion);
        done.push(deletion);
    }
    forget_unfinished_delete(context).await?;
    Ok(done)
}

/// The licenses that a deletion did not reach before the program ended, while they are still there.
pub async fn unfinished_delete(context: &Context) -> Result<Vec<LicenseId>, AppError> {
    if running::is_running(context) {
        return Ok(Vec::new());
    }
    context
        .off_thread(|vault| {
            let Some(kept) = vault.library().draft(DRAFT)? else { return Ok(Vec::new()) };
            // A draft of another version of the program is left at that: the licenses are in the list.
            let left: Vec<i64> = serde_json::from_value(kept).unwrap_or_default();
            let left: Vec<_> = left.into_iter().map(LicenseId).collect();
            let here = licenses(vault, &left)?;
            Ok(here.into_iter().filter(|(one, _)| one.gone_since.is_none()).map(|(one, _)| one.id).collect())
        })
        .await
}

/// Leaves an interrupted deletion at what it has done.
pub async fn forget_unfinished_delete(context: &Context) -> Result<(), AppError> {
    context.off_thread(|vault| Ok(vault.library().clear_draft(DRAFT)?)).await
}

/// Keeps what is to be deleted until the end: what is still there after an interruption was not reached.
async fn keep(context: &Context, chosen: &[LicenseId]) -> Result<(), AppError> {
    let chosen = chosen.iter().map(|id| id.0).collect();
    context.off_thread(move |vault| Ok(vault.library().save_draft(DRAFT, &chosen)?)).await
}

async fn delete_one(
    context: &Context,
    stored: StoredLicense,
    account: &Account,
    is_skipped: bool,
    unreachable: &mut HashSet<AccountId>,
) -> Deletion {
    let (id, label) = (stored.id, stored.license.label().to_owned());
    let outcome = match is_skipped {
        true => DeleteOutcome::NotStarted,
        false => sent(context, id, &label, account).await,
    };
    if let DeleteOutcome::Failed(error) | DeleteOutcome::Unknown(error) = &outcome
        && is_about_the_account(error)
    {
        unreachable.insert(account.id);
    }
    Deletion { id, label, outcome }
}

async fn sent(context: &Context, id: LicenseId, label: &str, account: &Account) -> DeleteOutcome {
    if account.provider == FILES_PROVIDER {
        return import::remove(context, id, label)
            .await
            .map_or_else(DeleteOutcome::Failed, |()| DeleteOutcome::Done);
    }
    match changes::delete(context, id, label).await {
        Ok(Sent::Done(_)) => DeleteOutcome::Done,
        Ok(Sent::Unknown(error)) => DeleteOutcome::Unknown(error),
        Err(error) => DeleteOutcome::Failed(error),
    }
}

fn reason(
    registry: Registry,
    stored: &StoredLicense,
    account: &Account,
    under_way: &HashSet<LicenseId>,
) -> Option<Reason> {
    let is_imported = account.provider == FILES_PROVIDER;
    let deletes = || registry.description(&account.provider).is_ok_and(|known| known.deletes);
    if under_way.contains(&stored.id) {
        Some(Reason::UnderWay)
    } else if stored.gone_since.is_some() {
        Some(Reason::Gone)
    } else if !is_imported && !deletes() {
        Some(Reason::NotFromHere)
    } else {
        None
    }
}
