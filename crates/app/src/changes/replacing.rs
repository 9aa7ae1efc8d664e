//! Replacements that are under way: what is written down of them, and whose turn it is to go on with one.

use crate::context::{AppError, Context, Thing};
use jiff::Timestamp;
use license::{AccountId, LicenseId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vault::{Replacement, ReplacementStep, Turn, Vault};

/// A replacement that is under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplaceStatus {
    /// The license that is replaced.
    pub old: LicenseId,
    /// What that is called.
    pub label: String,
    /// What replaces it, where it is there already.
    pub new: Option<LicenseId>,
    /// The name of the new one.
    pub name: String,
    /// Whether it goes on, in this process or in another: otherwise it was interrupted.
    pub is_running: bool,
    /// What is next.
    pub step: ReplacementStep,
    /// When it began.
    pub at: Timestamp,
}

/// What is written down of the new license before it is asked for.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Order {
    pub name: String,
    pub choices: BTreeMap<String, String>,
    pub allow_same_name: bool,
    /// Once the new license may have been asked for: the vendor's ids of what bore the name just before, which it is told
    /// from. Before that whatever bears the name is somebody else's.
    pub sent: Option<Vec<String>>,
}

/// Every replacement that is under way, the oldest first.
pub async fn replacing(context: &Context) -> Result<Vec<ReplaceStatus>, AppError> {
    let all = context.off_thread(under_way).await?;
    Ok(all.into_iter().map(|(_, seen)| seen).collect())
}

/// The replacement of a license that is under way.
pub(crate) async fn replacing_of(
    context: &Context,
    old: LicenseId,
) -> Result<Option<ReplaceStatus>, AppError> {
    let seen = context.off_thread(move |vault| {
        let open = vault.library().replacement_of(old)?;
        open.map_or(Ok(None), |open| seen(vault, open))
    });
    Ok(seen.await?.map(|(_, seen)| seen))
}

pub(crate) async fn open_replacement(context: &Context, old: LicenseId) -> Result<Replacement, AppError> {
    let open = context.off_thread(move |vault| Ok(vault.library().replacement_of(old)?)).await?;
    open.ok_or_else(|| AppError::NotFound { what: Thing::Replacement, named: old.to_string() })
}

/// Claims a replacement: whoever else would go on with it, in this process or in another, is refused until the turn
/// is dropped.
pub(crate) async fn take_turn(context: &Context, old: LicenseId) -> Result<Turn, AppError> {
    let id = open_replacement(context, old).await?.id;
    match context.off_thread(move |vault| Ok(vault.library().take_replacement(id)?)).await? {
        Some(turn) => Ok(turn),
        None => {
            let (stored, _) = context.license_and_account(old).await?;
            Err(AppError::Replacing { label: stored.license.label().to_owned(), is_running: true })
        }
    }
}

/// Writes down what is next.
pub(crate) async fn step(
    context: &Context,
    open: &Replacement,
    next: ReplacementStep,
    new: Option<LicenseId>,
) -> Result<(), AppError> {
    let (id, from) = (open.id, open.step);
    context.off_thread(move |vault| Ok(vault.library().set_replacement(id, from, next, new)?)).await
}

/// Writes down whether the new license may have been asked for, by what bore its name just before.
pub(crate) async fn note_asked(
    context: &Context,
    open: &Replacement,
    sent: Option<Vec<String>>,
) -> Result<(), AppError> {
    let (id, order) = (open.id, written(&Order { sent, ..order_of(open)? }));
    context.off_thread(move |vault| Ok(vault.library().set_wanted(id, &order)?)).await
}

pub(crate) async fn end_replacement(context: &Context, open: &Replacement) -> Result<(), AppError> {
    let id = open.id;
    context.off_thread(move |vault| Ok(vault.library().end_replacement(id)?)).await?;
    Ok(())
}

/// Every replacement that is under way, the oldest first, each with the account that it is in.
pub(crate) fn under_way(vault: &Vault) -> Result<Vec<(AccountId, ReplaceStatus)>, AppError> {
    let open = vault.library().open_replacements()?;
    open.into_iter().filter_map(|open| seen(vault, open).transpose()).collect()
}

/// A replacement with the account that it is in; `None` once its license was removed.
fn seen(vault: &Vault, open: Replacement) -> Result<Option<(AccountId, ReplaceStatus)>, AppError> {
    let Some(stored) = vault.library().license(open.old)? else { return Ok(None) };
    // One of another version of the program tells at least that it is there.
    let name = order_of(&open).map(|order| order.name).unwrap_or_default();
    let seen = ReplaceStatus {
        old: open.old,
        label: stored.license.label().to_owned(),
        new: open.new,
        name,
        is_running: vault.library().is_going_on(&open)?,
        step: open.step,
        at: open.at,
    };
    Ok(Some((stored.account, seen)))
}

/// An order as it is kept.
#[expect(clippy::expect_used, reason = "plain data always has a JSON form")]
pub(crate) fn written(order: &Order) -> serde_json::Value {
    // Texts and lists of them by text keys: there is nothing that JSON cannot hold.
    serde_json::to_value(order).expect("plain texts become JSON")
}

pub(crate) fn order_of(open: &Replacement) -> Result<Order, AppError> {
    let unreadable = |_| AppError::Library(vault::LibraryError::Unreadable { what: "replacement" });
    serde_json::from_value(open.wanted.clone()).map_err(unreadable)
}
