//! An instance's license token: looked at, looked over, applied, renewed, removed, put back.

use super::{Answer, Start};
use crate::{
    present,
    view::{AppliedView, ApplyPreviewView, InstanceView, TokenSource},
};
use app::Desk;
use license::{AccountId, LicenseKey};
use std::path::Path;
use tauri::State;

#[tauri::command]
pub(super) async fn instance(start: State<'_, Start>, account: i64) -> Answer<InstanceView> {
    let sight = start.get()?.desk.instance(AccountId(account)).await.map_err(present::error)?;
    Ok(present::instance(account, sight))
}

#[tauri::command]
pub(super) async fn preflight_token(
    start: State<'_, Start>,
    account: i64,
    source: TokenSource,
) -> Answer<ApplyPreviewView> {
    let desk = &start.get()?.desk;
    let text = text_of(desk, source).await?;
    let preview = desk.preflight_token(AccountId(account), text.expose()).await;
    preview.map(present::apply_preview).map_err(present::error)
}

#[tauri::command]
pub(super) async fn apply_token(
    start: State<'_, Start>,
    account: i64,
    source: TokenSource,
    force: bool,
) -> Answer<AppliedView> {
    let desk = &start.get()?.desk;
    let text = text_of(desk, source).await?;
    let applied = desk.apply_token(AccountId(account), text.expose(), force).await;
    applied.map(present::applied).map_err(present::error)
}

#[tauri::command]
pub(super) async fn renew_token(start: State<'_, Start>, account: i64) -> Answer<AppliedView> {
    let renewed = start.get()?.desk.renew_token(AccountId(account)).await;
    renewed.map(present::applied).map_err(present::error)
}

#[tauri::command]
pub(super) async fn remove_token(start: State<'_, Start>, account: i64, typed: String) -> Answer<()> {
    let removed = start.get()?.desk.remove_token(AccountId(account), &typed).await;
    removed.map(|_| ()).map_err(present::error)
}

#[tauri::command]
pub(super) async fn preflight_earlier(start: State<'_, Start>, account: i64) -> Answer<ApplyPreviewView> {
    let preview = start.get()?.desk.preflight_earlier(AccountId(account)).await;
    preview.map(present::apply_preview).map_err(present::error)
}

#[tauri::command]
pub(super) async fn put_back(start: State<'_, Start>, account: i64, force: bool) -> Answer<AppliedView> {
    let applied = start.get()?.desk.put_back(AccountId(account), force).await;
    applied.map(present::applied).map_err(present::error)
}

/// The token itself. A file's text goes from here to the desk, and never to the page.
async fn text_of(desk: &Desk, source: TokenSource) -> Answer<LicenseKey> {
    match source {
        TokenSource::Text { text } => Ok(LicenseKey::new(text.into_text())),
        TokenSource::File { path } => desk.read_token(Path::new(&path)).await.map_err(present::error),
    }
}
