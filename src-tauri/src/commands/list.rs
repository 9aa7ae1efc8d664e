//! The list's visible window.

use super::{Answer, Start};
use crate::present;
use crate::view::{ListQuery, ListWindow};
use tauri::State;

#[tauri::command]
pub(super) async fn list(
    start: State<'_, Start>,
    query: ListQuery,
    offset: u32,
    limit: u32,
) -> Answer<ListWindow> {
    let window =
        app::list::list(&start.get()?.context, present::query(&query), offset as usize, Some(limit as usize))
            .await;
    window.map(|window| present::window(window, offset)).map_err(present::error)
}

#[tauri::command]
pub(super) async fn place(start: State<'_, Start>, query: ListQuery, license: String) -> Answer<Option<u32>> {
    let id = present::license_id(&license)?;
    let place =
        app::list::place(&start.get()?.context, present::query(&query), id).await.map_err(present::error)?;
    Ok(place.map(present::count))
}
