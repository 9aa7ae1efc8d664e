//! How secrets are kept, and unlocking them.

use super::{Answer, Start};
use crate::{
    opened::Opened,
    present,
    view::{self, KeyringView, SecretText, VaultView},
};
use app::{Desk, DeskError, vault::KeyringState};
use license::Password;
use std::time::Duration;
use tauri::{AppHandle, Manager, State};

/// How long the first paint waits for the keyring to say how it is.
const AT_ONCE: Duration = Duration::from_millis(100);

#[tauri::command]
pub(crate) async fn unlock_keyring(start: State<'_, Start>) -> Answer<VaultView> {
    let unlocked = start.get()?.desk.unlock_keyring().await;
    caught_up(&start, unlocked).await
}

#[tauri::command]
pub(crate) async fn unlock_with_passphrase(
    start: State<'_, Start>,
    passphrase: SecretText,
) -> Answer<VaultView> {
    let unlocked = start.get()?.desk.unlock_with_passphrase(Password::new(passphrase.into_text())).await;
    caught_up(&start, unlocked).await
}

#[tauri::command]
pub(crate) async fn set_passphrase(start: State<'_, Start>, passphrase: SecretText) -> Answer<VaultView> {
    let set = start.get()?.desk.set_passphrase(Password::new(passphrase.into_text())).await;
    answer(&start, set).await
}

#[tauri::command]
pub(crate) async fn session_only(start: State<'_, Start>) -> Answer<VaultView> {
    let kept = start.get()?.desk.keep_for_session_only().await;
    answer(&start, kept).await
}

/// The way out where nothing opens the secrets any more.
#[tauri::command]
pub(crate) async fn forget_secrets(start: State<'_, Start>, typed: String) -> Answer<VaultView> {
    let forgotten = start.get()?.desk.forget_secrets(&typed).await;
    answer(&start, forgotten).await
}

/// Tells the page whether secrets can be read now.
pub(crate) fn tell(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let start = app.state::<Start>();
        if let (Ok(opened), Ok(vault)) = (start.get(), now(&start).await) {
            opened.host.tell(view::Event::VaultChanged { vault });
        }
    });
}

/// How secrets are kept, for the first paint: a keyring that does not answer at once is told later.
pub(crate) async fn soon(app: &AppHandle, opened: &Opened) -> Answer<VaultView> {
    match tokio::time::timeout(AT_ONCE, seen(&opened.desk)).await {
        Ok(answered) => answered,
        Err(_) => {
            tell(app);
            let lock = opened.desk.vault().lock().state().map_err(|error| present::error(error.into()))?;
            Ok(VaultView { keyring: KeyringView::Asking, ..present::vault(lock, KeyringState::Ready, &[]) })
        }
    }
}

/// Accounts that could not be asked while their logins were sealed are asked now.
async fn caught_up(start: &Start, unlocked: Result<(), DeskError>) -> Answer<VaultView> {
    if unlocked.is_ok() {
        let desk = start.get()?.desk.clone();
        tauri::async_runtime::spawn(async move {
            // How each of them fared is its account's state.
            let _ = desk.refresh_all().await;
        });
    }
    answer(start, unlocked).await
}

async fn answer(start: &Start, done: Result<(), DeskError>) -> Answer<VaultView> {
    done.map_err(present::error)?;
    now(start).await
}

async fn now(start: &Start) -> Answer<VaultView> {
    seen(&start.get()?.desk).await
}

async fn seen(desk: &Desk) -> Answer<VaultView> {
    let (lock, keyring) = desk.lock_state().await.map_err(present::error)?;
    let ways = desk.ways_in().await.map_err(present::error)?;
    Ok(present::vault(lock, keyring, &ways))
}
