//! Replacements that are under way: what is written down of them, and which one goes on now.

use crate::{Desk, DeskError};
use jiff::Timestamp;
use license::{AccountId, LicenseId};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::PoisonError};
use tokio::sync::{Mutex, MutexGuard};
use vault::{Replacement, ReplacementStep, Vault};

/// A replacement that is under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplaceSeen {
    /// The license that is replaced.
    pub old: LicenseId,
    /// What that is called.
    pub label: String,
    /// What replaces it, where it is there already.
    pub new: Option<LicenseId>,
    /// The name of the new one.
    pub name: String,
    /// Whether it goes on in this process: otherwise it was interrupted.
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
    /// The vendor's ids of what bore the name before: what the new one is told from.
    pub known: Vec<String>,
}

impl Desk {
    /// Every replacement that is under way, the oldest first.
    pub async fn replacing(&self) -> Result<Vec<ReplaceSeen>, DeskError> {
        let now = self.replacing.now();
        let all = self.off_thread(move |vault| under_way(vault, now)).await?;
        Ok(all.into_iter().map(|(_, seen)| seen).collect())
    }

    /// The replacement of a license that is under way.
    pub(crate) async fn replacing_of(&self, old: LicenseId) -> Result<Option<ReplaceSeen>, DeskError> {
        Ok(self.replacing().await?.into_iter().find(|seen| seen.old == old))
    }
}

/// Every replacement that is under way, the oldest first, each with the account that it is in; `now` goes on in this
/// process.
pub(crate) fn under_way(
    vault: &Vault,
    now: Option<LicenseId>,
) -> Result<Vec<(AccountId, ReplaceSeen)>, DeskError> {
    let mut all = Vec::new();
    for open in vault.library().open_replacements()? {
        let Some(stored) = vault.library().license(open.old)? else { continue };
        // One of another version of the program tells at least that it is there.
        let name = order_of(&open).map(|order| order.name).unwrap_or_default();
        let seen = ReplaceSeen {
            old: open.old,
            label: stored.license.label().to_owned(),
            new: open.new,
            name,
            is_running: now == Some(open.old),
            step: open.step,
            at: open.at,
        };
        all.push((stored.account, seen));
    }
    Ok(all)
}

/// The replacement that goes on in this process: one at a time.
#[derive(Debug, Default)]
pub(crate) struct Going {
    turn: Mutex<()>,
    now: std::sync::Mutex<Option<LicenseId>>,
}

/// A replacement that goes on, until this is dropped.
pub(crate) struct Run<'a> {
    going: &'a Going,
    _turn: MutexGuard<'a, ()>,
}

impl Drop for Run<'_> {
    fn drop(&mut self) {
        self.going.set(None);
    }
}

impl Going {
    /// Waits for its turn.
    pub async fn begin(&self, old: LicenseId) -> Run<'_> {
        let turn = self.turn.lock().await;
        self.set(Some(old));
        Run { going: self, _turn: turn }
    }

    /// The license that is being replaced now.
    pub fn now(&self) -> Option<LicenseId> {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, now: Option<LicenseId>) {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }
}

pub(crate) fn order_of(open: &Replacement) -> Result<Order, DeskError> {
    let unreadable = |_| DeskError::Library(vault::LibraryError::Unreadable { what: "replacement" });
    serde_json::from_value(open.wanted.clone()).map_err(unreadable)
}
