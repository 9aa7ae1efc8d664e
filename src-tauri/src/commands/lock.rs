//! How secrets are kept, and unlocking them.

use super::{Answer, Start};
use crate::convert;
use crate::opened::Opened;
use crate::view::{KeyringView, SecretText, VaultView};
use crate::{page_events, page_state};
use app::context::AppError;
use license::Password;
use std::time::Duration;
use tauri::{AppHandle, State};
use vault::KeyringState;

/// How long the first paint waits for the keyring to say how it is.
const AT_ONCE: Duration = Duration::from_millis(100);

#[tauri::command]
pub(crate) async fn unlock_keyring(start: State<'_, Start>) -> Answer<VaultView> {
    let unlocked = app::keys::unlock_keyring(&start.get()?.context).await;
    caught_up(&start, unlocked).await
}

#[tauri::command]
pub(crate) async fn unlock_with_passphrase(
    start: State<'_, Start>,
    passphrase: SecretText,
) -> Answer<VaultView> {
    let unlocked =
        app::keys::unlock_with_passphrase(&start.get()?.context, Password::new(passphrase.into_text())).await;
    caught_up(&start, unlocked).await
}

#[tauri::command]
pub(crate) async fn set_passphrase(start: State<'_, Start>, passphrase: SecretText) -> Answer<VaultView> {
    let set = app::keys::set_passphrase(&start.get()?.context, Password::new(passphrase.into_text())).await;
    answer(&start, set).await
}

#[tauri::command]
pub(crate) async fn session_only(start: State<'_, Start>) -> Answer<VaultView> {
    let kept = app::keys::keep_for_session_only(&start.get()?.context).await;
    answer(&start, kept).await
}

/// The way out where nothing opens the secrets any more.
#[tauri::command]
pub(crate) async fn forget_secrets(start: State<'_, Start>, typed: String) -> Answer<VaultView> {
    let forgotten = app::keys::forget_secrets(&start.get()?.context, &typed).await;
    answer(&start, forgotten).await
}

/// How secrets are kept, for the first paint: a keyring that does not answer at once is told later.
pub(crate) async fn soon(app: &AppHandle, opened: &Opened) -> Answer<VaultView> {
    match tokio::time::timeout(AT_ONCE, page_state::secrets(&opened.context)).await {
        Ok(answered) => answered,
        Err(_) => {
            page_events::send_state(app, page_state::PageState::Secrets);
            let lock = opened.context.vault().lock().state().map_err(|error| convert::error(error.into()))?;
            Ok(VaultView { keyring: KeyringView::Asking, ..convert::vault(lock, KeyringState::Ready, &[]) })
        }
    }
}

/// Accounts that could not be asked while their logins were sealed are asked now.
async fn caught_up(start: &Start, unlocked: Result<(), AppError>) -> Answer<VaultView> {
    if unlocked.is_ok() {
        let context = start.get()?.context.clone();
        tauri::async_runtime::spawn(async move {
            // How each of them fared is its account's state.
            let _ = app::refresh::refresh_all(&context).await;
        });
    }
    answer(start, unlocked).await
}

async fn answer(start: &Start, done: Result<(), AppError>) -> Answer<VaultView> {
    done.map_err(convert::error)?;
    page_state::secrets(&start.get()?.context).await
}
