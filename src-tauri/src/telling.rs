//! What the page is told of what the library does not hold: how secrets are kept, the settings, and how an account fares.

use crate::convert::{self, HostEvent};
use crate::opened::{Opened, Start, Telling};
use crate::view::{AccountView, ChangedSettings, ErrorView, Event, VaultView};
use app::context::Context;
use license::AccountId;
use tauri::{AppHandle, Manager};
use tokio::sync::Mutex;

/// A state that the page is told whenever it changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// How secrets are kept, and whether they can be read.
    Secrets,
    /// The settings, with what is wrong with their file.
    Settings,
    /// How an account fares.
    Account(AccountId),
}

impl State {
    fn lock(self, telling: &Telling) -> &Mutex<()> {
        match self {
            Self::Secrets => &telling.secrets,
            Self::Settings => &telling.settings,
            Self::Account(_) => &telling.accounts,
        }
    }

    /// The event of the state as it is now; nothing where it cannot be read and the page need not ask.
    async fn event(self, context: &Context) -> Option<Event> {
        match self {
            // What the page asks for again shows why it cannot be had.
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

/// Tells the page what an event of the use cases means for it.
pub(crate) fn tell(app: &AppHandle, event: HostEvent) {
    match event {
        HostEvent::Emit(event) => {
            if let Ok(opened) = app.state::<Start>().get() {
                opened.host.tell(*event);
            }
        }
        HostEvent::LockChanged => tell_state(app, State::Secrets),
        HostEvent::SettingsChanged => tell_state(app, State::Settings),
        HostEvent::AccountsChanged(ids) => {
            ids.into_iter().for_each(|id| tell_state(app, State::Account(id)));
        }
    }
}

/// Tells the page a state, read under a lock of its kind, so that it hears the newest one last.
pub(crate) fn tell_state(app: &AppHandle, state: State) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let start = app.state::<Start>();
        let Ok(Opened { telling, context, host, .. }) = start.get() else { return };
        let _in_order = state.lock(telling).lock().await;
        if let Some(event) = state.event(context).await {
            host.tell(event);
        }
    });
}

/// How secrets are kept.
pub(crate) async fn secrets(context: &Context) -> Result<VaultView, ErrorView> {
    let (lock, keyring) = app::keys::lock_state(context).await.map_err(convert::error)?;
    let ways = app::keys::ways_in(context).await.map_err(convert::error)?;
    Ok(convert::vault(lock, keyring, &ways))
}

/// The settings, with what is wrong with their file.
pub(crate) async fn settings(context: &Context) -> Result<ChangedSettings, ErrorView> {
    let settings = app::context::settings(context).await.map_err(convert::error)?;
    Ok(ChangedSettings {
        settings: convert::settings(&settings),
        problems: settings_problems(context).await?,
    })
}

/// What is wrong with the file of the settings.
pub(crate) async fn settings_problems(context: &Context) -> Result<Vec<ErrorView>, ErrorView> {
    let problems = app::context::settings_problems(context).await.map_err(convert::error)?;
    Ok(problems.into_iter().map(|problem| convert::error(problem.into())).collect())
}

/// How an account fares.
pub(crate) async fn account(context: &Context, id: AccountId) -> Result<AccountView, ErrorView> {
    app::accounts::account_status(context, id).await.map(convert::account).map_err(convert::error)
}
