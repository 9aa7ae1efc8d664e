//! The state that the page is sent again whenever it changes: secrets, the settings, and accounts.

use crate::convert;
use crate::opened::PageLocks;
use crate::view::{AccountView, ChangedSettings, ErrorView, Event, VaultView};
use app::context::Context;
use license::AccountId;
use tokio::sync::Mutex;

/// A part of the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PageState {
    /// How secrets are kept, and whether they can be read.
    Secrets,
    /// The settings, with the problems of their file.
    Settings,
    /// The status of an account.
    Account(AccountId),
}

impl PageState {
    /// Held from reading this part until it is sent.
    pub(crate) fn lock(self, locks: &PageLocks) -> &Mutex<()> {
        match self {
            Self::Secrets => &locks.secrets,
            Self::Settings => &locks.settings,
            Self::Account(_) => &locks.accounts,
        }
    }

    /// Reads this part and returns the event with it. Returns nothing if it cannot be read and the page need not ask.
    pub(crate) async fn event(self, context: &Context) -> Option<Event> {
        match self {
            // The page asks again and is told why.
            Self::Secrets => Some(
                secrets(context).await.map_or(Event::LibraryChanged, |vault| Event::VaultChanged { vault }),
            ),
            Self::Settings => {
                let ChangedSettings { settings, problems } = settings(context).await.ok()?;
                Some(Event::SettingsChanged { settings, problems })
            }
            Self::Account(id) => {
                let account = Box::new(account(context, id).await.ok()?);
                Some(Event::AccountChanged { account })
            }
        }
    }
}

/// Returns how secrets are kept.
pub(crate) async fn secrets(context: &Context) -> Result<VaultView, ErrorView> {
    let (lock, keyring) = app::keys::lock_state(context).await.map_err(convert::error)?;
    let ways = app::keys::ways_in(context).await.map_err(convert::error)?;
    Ok(convert::vault(lock, keyring, &ways))
}

/// Returns the settings, with the problems of their file.
pub(crate) async fn settings(context: &Context) -> Result<ChangedSettings, ErrorView> {
    let settings = app::context::settings(context).await.map_err(convert::error)?;
    Ok(ChangedSettings {
        settings: convert::settings(&settings),
        problems: settings_problems(context).await?,
    })
}

/// Returns the problems of the settings file.
pub(crate) async fn settings_problems(context: &Context) -> Result<Vec<ErrorView>, ErrorView> {
    let problems = app::context::settings_problems(context).await.map_err(convert::error)?;
    Ok(problems.into_iter().map(|problem| convert::error(problem.into())).collect())
}

/// Returns the status of an account.
pub(crate) async fn account(context: &Context, id: AccountId) -> Result<AccountView, ErrorView> {
    app::accounts::account_status(context, id).await.map(convert::account).map_err(convert::error)
}
