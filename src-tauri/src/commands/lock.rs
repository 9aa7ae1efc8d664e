//! How secrets are kept, and unlocking them.

use super::{Answer, Start};
use crate::{
    present,
    view::{self, VaultView},
};
use desk::DeskError;
use license::Password;
use tauri::{AppHandle, Manager, State};

#[tauri::command]
pub async fn unlock_keyring(start: State<'_, Start>) -> Answer<VaultView> {
    let unlocked = start.get()?.desk.unlock_keyring().await;
    caught_up(&start, unlocked).await
}

#[tauri::command]
pub async fn unlock_with_passphrase(start: State<'_, Start>, passphrase: String) -> Answer<VaultView> {
    let unlocked = start.get()?.desk.unlock_with_passphrase(Password::new(passphrase)).await;
    caught_up(&start, unlocked).await
}

#[tauri::command]
pub async fn set_passphrase(start: State<'_, Start>, passphrase: String) -> Answer<VaultView> {
    let set = start.get()?.desk.set_passphrase(Password::new(passphrase)).await;
    answer(&start, set).await
}

#[tauri::command]
pub async fn session_only(start: State<'_, Start>) -> Answer<VaultView> {
    let kept = start.get()?.desk.keep_for_session_only().await;
    answer(&start, kept).await
}

/// Tells the page whether secrets can be read now.
pub fn tell(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let start = app.state::<Start>();
        if let (Ok(opened), Ok(vault)) = (start.get(), now(&start).await) {
            opened.host.tell(view::Event::VaultChanged { vault });
        }
    });
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
    start.get()?.desk.lock_state().await.map(present::vault).map_err(present::error)
}
