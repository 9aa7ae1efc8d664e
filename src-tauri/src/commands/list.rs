//! The list's visible window.

use super::{Answer, Start};
use crate::convert;
use crate::view::{AttentionView, ListQuery, ListWindow};
use tauri::State;

#[tauri::command]
pub(super) async fn list(
    start: State<'_, Start>,
    query: ListQuery,
    offset: u32,
    limit: u32,
) -> Answer<ListWindow> {
    let window =
        app::list::list(&start.get()?.context, convert::query(&query), offset as usize, Some(limit as usize))
            .await;
    window.map(|window| convert::window(window, offset)).map_err(convert::error)
}

#[tauri::command]
pub(super) async fn attention(start: State<'_, Start>) -> Answer<AttentionView> {
    let found = app::attention::attention(&start.get()?.context).await;
    found.map(convert::attention).map_err(convert::error)
}

#[tauri::command]
pub(super) async fn place(start: State<'_, Start>, query: ListQuery, license: String) -> Answer<Option<u32>> {
    let id = convert::license_id(&license)?;
    let place =
        app::list::place(&start.get()?.context, convert::query(&query), id).await.map_err(convert::error)?;
    Ok(place.map(convert::count))
}
