//! Accounts: connected, refreshed, renamed, removed.

use super::{Answer, Start};
use crate::convert;
use crate::page_state;
use crate::view::{AccountView, ConnectRequest, ErrorView, SecretText, Tested};
use license::{AccountId, Token};
use std::collections::BTreeMap;
use tauri::{AppHandle, Manager, State};

#[tauri::command]
pub(crate) async fn accounts(start: State<'_, Start>) -> Answer<Vec<AccountView>> {
    let accounts = app::accounts::accounts(&start.get()?.context).await.map_err(convert::error)?;
    Ok(accounts.into_iter().map(convert::account).collect())
}

#[tauri::command]
pub(crate) async fn test_account(start: State<'_, Start>, request: ConnectRequest) -> Answer<Tested> {
    let tested = app::accounts::test_login(&start.get()?.context, convert::login(request)).await;
    tested.map(convert::tested).map_err(convert::error)
}

#[tauri::command]
pub(crate) async fn keep_account(
    app: AppHandle,
    start: State<'_, Start>,
    ticket: String,
    name: String,
) -> Answer<AccountView> {
    let id =
        app::accounts::keep_account(&start.get()?.context, &ticket, &name).await.map_err(convert::error)?;
    fetch_behind(app, id);
    page_state::account(&start.get()?.context, id).await
}

#[tauri::command]
pub(crate) async fn connect_local(
    app: AppHandle,
    start: State<'_, Start>,
    name: String,
) -> Answer<AccountView> {
    let id = app::accounts::connect_local(&start.get()?.context, &name).await.map_err(convert::error)?;
    fetch_behind(app, id);
    page_state::account(&start.get()?.context, id).await
}

#[tauri::command]
pub(crate) async fn rename_account(
    start: State<'_, Start>,
    account: i64,
    name: String,
) -> Answer<AccountView> {
    let id = AccountId(account);
    app::accounts::rename_account(&start.get()?.context, id, &name).await.map_err(convert::error)?;
    page_state::account(&start.get()?.context, id).await
}

#[tauri::command]
pub(crate) async fn new_login(
    app: AppHandle,
    start: State<'_, Start>,
    account: i64,
    fields: BTreeMap<String, String>,
    secrets: BTreeMap<String, SecretText>,
) -> Answer<AccountView> {
    let id = AccountId(account);
    let secrets = secrets.into_iter().map(|(name, secret)| (name, Token::new(secret.into_text()))).collect();
    app::accounts::new_login(&start.get()?.context, id, fields, secrets).await.map_err(convert::error)?;
    fetch_behind(app, id);
    page_state::account(&start.get()?.context, id).await
}

#[tauri::command]
pub(crate) async fn edit_account(
    start: State<'_, Start>,
    account: i64,
    fields: BTreeMap<String, String>,
) -> Answer<AccountView> {
    let id = AccountId(account);
    app::accounts::edit_account(&start.get()?.context, id, fields).await.map_err(convert::error)?;
    page_state::account(&start.get()?.context, id).await
}

#[tauri::command]
pub(crate) async fn sign_out(start: State<'_, Start>, account: i64) -> Answer<AccountView> {
    let id = AccountId(account);
    app::accounts::sign_out(&start.get()?.context, id).await.map_err(convert::error)?;
    page_state::account(&start.get()?.context, id).await
}

#[tauri::command]
pub(crate) async fn remove_account(
    start: State<'_, Start>,
    account: i64,
    typed: String,
) -> Answer<Option<ErrorView>> {
    let session = app::accounts::remove_account(&start.get()?.context, AccountId(account), &typed).await;
    session.map(convert::session_left).map_err(convert::error)
}

#[tauri::command]
pub(crate) async fn refresh(start: State<'_, Start>, account: Option<i64>) -> Answer<()> {
    let context = &start.get()?.context;
    let refreshed = match account {
        Some(id) => app::refresh::refresh(context, AccountId(id)).await.map(|_| ()),
        None => app::refresh::refresh_all(context).await,
    };
    refreshed.map_err(convert::error)
}

#[tauri::command]
pub(crate) async fn cancel_refresh(start: State<'_, Start>, account: i64) -> Answer<()> {
    app::refresh::cancel_refresh(&start.get()?.context, AccountId(account));
    Ok(())
}

/// The first listing goes on while the page goes on; the account's state tells how it fares.
fn fetch_behind(app: AppHandle, id: AccountId) {
    tauri::async_runtime::spawn(async move {
        if let Ok(opened) = app.state::<Start>().get() {
            let _ = app::refresh::refresh(&opened.context, id).await;
        }
    });
}
