//! The list's visible window.

use super::{Answer, Start};
use crate::convert;
use crate::view::{AttentionView, ListQuery, ListWindow, RowView, TableRequest};
use app::list::{Column, Listed};
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

/// The rows of these licenses, whichever part of the list is drawn.
#[tauri::command]
pub(super) async fn rows(start: State<'_, Start>, licenses: Vec<String>) -> Answer<Vec<RowView>> {
    let rows = app::list::rows_of(&start.get()?.context, convert::license_ids(&licenses)?).await;
    Ok(rows.map_err(convert::error)?.into_iter().map(convert::row).collect())
}

/// Writes licenses as CSV; answers how many.
#[tauri::command]
pub(super) async fn export_table(start: State<'_, Start>, request: TableRequest) -> Answer<u32> {
    let TableRequest { licenses, query, columns, path, replace } = request;
    let listed = match licenses {
        Some(licenses) => Listed::Licenses(convert::license_ids(&licenses)?),
        None => Listed::Query(convert::query(&query)),
    };
    let columns: Result<Vec<_>, _> = columns.iter().map(|word| Column::from_word(word)).collect();
    let columns = columns.map_err(convert::error)?;
    let context = &start.get()?.context;
    let exported = app::list::export_csv(context, listed, &columns, path.into(), replace).await;
    exported.map(convert::count).map_err(convert::error)
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
