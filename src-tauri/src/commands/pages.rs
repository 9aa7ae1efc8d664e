//! What is stored where, and pages in the browser.

use super::{Answer, Start};
use crate::convert;
use crate::view::StoredThing;
use app::context::{Host, LocalPortal};
use tauri::State;
use url::Url;

#[tauri::command]
pub(super) async fn stored(start: State<'_, Start>) -> Answer<Vec<StoredThing>> {
    let stored = app::home::stored(&start.get()?.context).await.map_err(convert::error)?;
    Ok(stored.into_iter().map(convert::stored).collect())
}

#[tauri::command]
pub(super) async fn forget_everything(start: State<'_, Start>, typed: String) -> Answer<()> {
    app::home::forget_everything(&start.get()?.context, &typed).await.map_err(convert::error)
}

/// Only pages of the web are opened: what else an address could start is not the page's to start.
#[tauri::command]
pub(super) async fn open_page(start: State<'_, Start>, url: String) -> Answer<()> {
    let is_web = Url::parse(&url).is_ok_and(|url| matches!(url.scheme(), "https" | "http"));
    if !is_web {
        return Err(convert::error(vendors::ConnectError::NotAnAddress.into()));
    }
    start.get()?.host.open_page(&url).map_err(|error| convert::error(error.into()))
}

/// The address holds a ticket that opens the page once. The system's opener takes it as an argument, which others may
/// see until the browser has used it up: `SECURITY.md` says why that is accepted.
#[tauri::command]
pub(super) async fn open_portal(start: State<'_, Start>) -> Answer<()> {
    let opened = start.get()?;
    let page = opened.portal.page().await.map_err(|error| convert::error(error.into()))?;
    opened.host.open_page(page.expose()).map_err(|error| convert::error(error.into()))
}
