//! How accounts fare: their licenses, their last refresh, and what is not settled.

use crate::accounts::{login, session_end};
use crate::changes::{
    ReplaceStatus, in_flight,
    open_intents::{self, Unsettled},
    replacing,
};
use crate::context::{AppError, Context, State, Thing, last_refresh};
use crate::listing::progress::Running;
use license::{AccountId, host};
use std::collections::{BTreeMap, HashMap};
use vault::{Account, Intent, Vault};
use vendors::{Facet, Registry};

/// An account with how it fares.
#[derive(Debug, Clone)]
pub struct AccountStatus {
    /// What is kept of it.
    pub account: Account,
    /// How many licenses it has, gone ones left out.
    pub licenses: usize,
    /// When a listing was last complete.
    pub as_of: Option<jiff::Timestamp>,
    /// How many entries of the last listing could not be read as licenses: what it did not have may be among them.
    pub unreadable: u64,
    /// How many licenses were missing from what the last listing counted, or came more than once: as incomplete.
    pub missing: u64,
    /// What it offers beside the list.
    pub facets: &'static [Facet],
    /// The host that its login goes to; none for the local portal and for imported keys.
    pub host: Option<String>,
    /// When its session ends, where it has one that tells.
    pub session_expires: Option<jiff::Timestamp>,
    /// What was typed of its login that is no secret and that another login may change, by the fields' names.
    pub changeable: BTreeMap<String, String>,
    /// How it fares.
    pub state: State,
    /// Creates and deletes whose outcome is not known.
    pub unsettled: Vec<Unsettled>,
    /// Replacements of its licenses that are under way.
    pub replacing: Vec<ReplaceStatus>,
}

/// Every account with how it fares, by name.
pub async fn accounts(context: &Context) -> Result<Vec<AccountStatus>, AppError> {
    let (running, now, registry) =
        (context.state::<Running>().progress(), context.clock.now(), context.registry);
    context
        .off_thread(move |vault| {
            let around = Around { running, open: Open::read(vault, now)?, registry };
            let counts = vault.library().count_by_account()?;
            let status = |account: Account| {
                let licenses = counts.get(&account.id).copied().unwrap_or(0);
                around.status(account, licenses)
            };
            Ok(vault.library().accounts()?.into_iter().map(status).collect())
        })
        .await
}

/// One account with how it fares.
pub async fn account_status(context: &Context, id: AccountId) -> Result<AccountStatus, AppError> {
    let (running, now, registry) =
        (context.state::<Running>().progress(), context.clock.now(), context.registry);
    context
        .off_thread(move |vault| {
            let gone = || AppError::NotFound { what: Thing::Account, named: id.0.to_string() };
            let account = vault.library().account(id)?.ok_or_else(gone)?;
            let around = Around { running, open: Open::read(vault, now)?, registry };
            Ok(around.status(account, vault.library().count_of_account(id)?))
        })
        .await
}

/// What goes on with licenses of any account.
struct Open {
    unanswered: Vec<Intent>,
    replacing: Vec<(AccountId, ReplaceStatus)>,
}

impl Open {
    fn read(vault: &Vault, now: jiff::Timestamp) -> Result<Self, AppError> {
        Ok(Self { unanswered: in_flight::unanswered(vault, now)?, replacing: replacing::under_way(vault)? })
    }
}

/// What an account's status is made of, besides what is kept of it.
struct Around {
    running: HashMap<AccountId, State>,
    open: Open,
    registry: Registry,
}

impl Around {
    fn status(&self, account: Account, licenses: usize) -> AccountStatus {
        let unsettled = self.open.unanswered.iter().filter(|intent| intent.record.account == account.id);
        let replacing = self.open.replacing.iter().filter(|(of, _)| *of == account.id);
        let last = last_refresh::last(&account);
        AccountStatus {
            licenses,
            as_of: last.as_of,
            unreadable: last.unreadable,
            missing: last.missing,
            facets: self.registry.facets(&account.provider),
            host: host::of(&account.address),
            session_expires: session_end::session_expires(&account),
            changeable: login::changeable(&self.registry, &account),
            state: self.running.get(&account.id).cloned().unwrap_or_else(|| last.state()),
            unsettled: unsettled.map(open_intents::unsettled).collect(),
            replacing: replacing.map(|(_, seen)| seen.clone()).collect(),
            account,
        }
    }
}
