//! Accounts: connected, refreshed, renamed, removed.

use super::{Answer, Start};
use crate::{
    present,
    view::{self, AccountView, ConnectRequest, ErrorView, SecretText, Tested},
};
use license::{AccountId, Token};
use std::collections::BTreeMap;
use tauri::{AppHandle, Manager, State};

#[tauri::command]
pub(crate) async fn accounts(start: State<'_, Start>) -> Answer<Vec<AccountView>> {
    let accounts = start.get()?.desk.accounts().await.map_err(present::error)?;
    Ok(accounts.into_iter().map(present::account).collect())
}

#[tauri::command]
pub(crate) async fn test_account(start: State<'_, Start>, request: ConnectRequest) -> Answer<Tested> {
    let tested = start.get()?.desk.test_login(present::login(request)).await;
    tested.map(present::tested).map_err(present::error)
}

#[tauri::command]
pub(crate) async fn keep_account(
    app: AppHandle,
    start: State<'_, Start>,
    ticket: String,
    name: String,
) -> Answer<AccountView> {
    let id = start.get()?.desk.keep_account(&ticket, &name).await.map_err(present::error)?;
    fetch_behind(app, id);
    one(&start, id).await
}

#[tauri::command]
pub(crate) async fn connect_local(
    app: AppHandle,
    start: State<'_, Start>,
    name: String,
) -> Answer<AccountView> {
    let id = start.get()?.desk.connect_local(&name).await.map_err(present::error)?;
    fetch_behind(app, id);
    one(&start, id).await
}

#[tauri::command]
pub(crate) async fn rename_account(
    start: State<'_, Start>,
    account: i64,
    name: String,
) -> Answer<AccountView> {
    let id = AccountId(account);
    start.get()?.desk.rename_account(id, &name).await.map_err(present::error)?;
    one(&start, id).await
}

#[tauri::command]
pub(crate) async fn renew_login(
    app: AppHandle,
    start: State<'_, Start>,
    account: i64,
    fields: BTreeMap<String, String>,
    secrets: BTreeMap<String, SecretText>,
) -> Answer<AccountView> {
    let id = AccountId(account);
    let secrets = secrets.into_iter().map(|(name, secret)| (name, Token::new(secret.into_text()))).collect();
    start.get()?.desk.renew_login(id, fields, secrets).await.map_err(present::error)?;
    fetch_behind(app, id);
    one(&start, id).await
}

#[tauri::command]
pub(crate) async fn sign_out(start: State<'_, Start>, account: i64) -> Answer<AccountView> {
    let id = AccountId(account);
    start.get()?.desk.sign_out(id).await.map_err(present::error)?;
    one(&start, id).await
}

#[tauri::command]
pub(crate) async fn remove_account(
    start: State<'_, Start>,
    account: i64,
    typed: String,
) -> Answer<Option<ErrorView>> {
    let session = start.get()?.desk.remove_account(AccountId(account), &typed).await;
    session.map(present::session_left).map_err(present::error)
}

#[tauri::command]
pub(crate) async fn refresh(start: State<'_, Start>, account: Option<i64>) -> Answer<()> {
    let desk = &start.get()?.desk;
    let refreshed = match account {
        Some(id) => desk.refresh(AccountId(id)).await.map(|_| ()),
        None => desk.refresh_all().await,
    };
    refreshed.map_err(present::error)
}

#[tauri::command]
pub(crate) async fn cancel_refresh(start: State<'_, Start>, account: i64) -> Answer<()> {
    start.get()?.desk.cancel_refresh(AccountId(account));
    Ok(())
}

/// Tells the page how an account fares now.
pub(crate) fn tell(app: &AppHandle, id: AccountId) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let start = app.state::<Start>();
        if let (Ok(opened), Ok(account)) = (start.get(), one(&start, id).await) {
            opened.host.tell(view::Event::AccountChanged { account: Box::new(account) });
        }
    });
}

/// The first listing goes on while the page goes on; the account's state tells how it fares.
fn fetch_behind(app: AppHandle, id: AccountId) {
    tauri::async_runtime::spawn(async move {
        if let Ok(opened) = app.state::<Start>().get() {
            let _ = opened.desk.refresh(id).await;
        }
    });
}

async fn one(start: &Start, id: AccountId) -> Answer<AccountView> {
    let accounts = start.get()?.desk.accounts().await.map_err(present::error)?;
    let found = accounts.into_iter().find(|sight| sight.account.id == id);
    let gone = || present::error(app::DeskError::NotFound { what: "account", named: id.0.to_string() });
    found.map(present::account).ok_or_else(gone)
}
