//! An instance's license token: looked at, looked over, applied, renewed, removed, restored.

use super::{Answer, Start};
use crate::convert;
use crate::view::{AppliedView, ApplyPreviewView, InstanceView, TokenSource};
use app::context::Context;
use license::{AccountId, LicenseKey};
use std::path::Path;
use tauri::State;

#[tauri::command]
pub(super) async fn instance(start: State<'_, Start>, account: i64) -> Answer<InstanceView> {
    let status =
        app::instance::instance(&start.get()?.context, AccountId(account)).await.map_err(convert::error)?;
    Ok(convert::instance(account, status))
}

#[tauri::command]
pub(super) async fn preflight_token(
    start: State<'_, Start>,
    account: i64,
    source: TokenSource,
) -> Answer<ApplyPreviewView> {
    let context = &start.get()?.context;
    let text = text_of(context, source).await?;
    let preview = app::instance::preflight_token(context, AccountId(account), text.expose()).await;
    preview.map(convert::apply_preview).map_err(convert::error)
}

#[tauri::command]
pub(super) async fn apply_token(
    start: State<'_, Start>,
    account: i64,
    source: TokenSource,
    force: bool,
) -> Answer<AppliedView> {
    let context = &start.get()?.context;
    let text = text_of(context, source).await?;
    let applied = app::instance::apply_token(context, AccountId(account), text.expose(), force).await;
    applied.map(convert::applied).map_err(convert::error)
}

#[tauri::command]
pub(super) async fn renew_token(start: State<'_, Start>, account: i64) -> Answer<AppliedView> {
    let renewed = app::instance::renew_token(&start.get()?.context, AccountId(account)).await;
    renewed.map(convert::applied).map_err(convert::error)
}

#[tauri::command]
pub(super) async fn remove_token(start: State<'_, Start>, account: i64, typed: String) -> Answer<()> {
    let removed = app::instance::remove_token(&start.get()?.context, AccountId(account), &typed).await;
    removed.map(|_| ()).map_err(convert::error)
}

#[tauri::command]
pub(super) async fn preflight_earlier(start: State<'_, Start>, account: i64) -> Answer<ApplyPreviewView> {
    let preview = app::instance::preflight_earlier(&start.get()?.context, AccountId(account)).await;
    preview.map(convert::apply_preview).map_err(convert::error)
}

#[tauri::command]
pub(super) async fn restore_token(start: State<'_, Start>, account: i64, force: bool) -> Answer<AppliedView> {
    let applied = app::instance::restore(&start.get()?.context, AccountId(account), force).await;
    applied.map(convert::applied).map_err(convert::error)
}

/// The token itself. A file's text never goes to the page.
async fn text_of(context: &Context, source: TokenSource) -> Answer<LicenseKey> {
    match source {
        TokenSource::Text { text } => Ok(LicenseKey::new(text.into_text())),
        TokenSource::File { path } => {
            app::instance::read_token(context, Path::new(&path)).await.map_err(convert::error)
        }
    }
}
