//! Actions on the selected licenses.

use super::{Answer, Start};
use crate::convert;
use crate::view::{
    DeletePlanView, DeletionView, Event, UnfinishedWriteView, WriteAllRequest, WritePlanView, WritingView,
};
use std::sync::atomic::{AtomicU32, Ordering};
use tauri::State;

#[tauri::command]
pub(super) async fn delete_plan(start: State<'_, Start>, licenses: Vec<String>) -> Answer<DeletePlanView> {
    let plan = app::selections::delete_plan(&start.get()?.context, convert::license_ids(&licenses)?).await;
    plan.map(convert::delete_plan).map_err(convert::error)
}

#[tauri::command]
pub(super) async fn delete_all(
    start: State<'_, Start>,
    licenses: Vec<String>,
    typed: String,
) -> Answer<Vec<DeletionView>> {
    let opened = start.get()?;
    let done = AtomicU32::new(0);
    let report = |_: &app::selections::Deletion| {
        let done = done.fetch_add(1, Ordering::Relaxed) + 1;
        opened.host.tell(Event::SelectionProgress { done });
    };
    let deleted =
        app::selections::delete_all(&opened.context, convert::license_ids(&licenses)?, &typed, report).await;
    deleted.map(|all| all.into_iter().map(convert::deletion).collect()).map_err(convert::error)
}

#[tauri::command]
pub(super) async fn suggested_folder(start: State<'_, Start>, licenses: Vec<String>) -> Answer<String> {
    let ids = convert::license_ids(&licenses)?;
    let folder = app::selections::suggested_folder(&start.get()?.context, ids).await;
    Ok(folder.map_err(convert::error)?.display().to_string())
}

#[tauri::command]
pub(super) async fn write_plan(start: State<'_, Start>, request: WriteAllRequest) -> Answer<WritePlanView> {
    let (ids, to) = (convert::license_ids(&request.licenses)?, convert::write_to(request));
    let plan = app::selections::write_plan(&start.get()?.context, ids, to).await;
    plan.map(convert::write_plan).map_err(convert::error)
}

#[tauri::command]
pub(super) async fn write_all(start: State<'_, Start>, request: WriteAllRequest) -> Answer<Vec<WritingView>> {
    let opened = start.get()?;
    let done = AtomicU32::new(0);
    let report = |_: &app::selections::Writing| {
        let done = done.fetch_add(1, Ordering::Relaxed) + 1;
        opened.host.tell(Event::SelectionProgress { done });
    };
    let (ids, to) = (convert::license_ids(&request.licenses)?, convert::write_to(request));
    let written = app::selections::write_all(&opened.context, ids, to, report).await;
    written.map(|all| all.into_iter().map(convert::writing).collect()).map_err(convert::error)
}

/// What an interrupted action did not write.
#[tauri::command]
pub(super) async fn unfinished_write(start: State<'_, Start>) -> Answer<Option<UnfinishedWriteView>> {
    let left = app::selections::unfinished_write(&start.get()?.context).await.map_err(convert::error)?;
    Ok(left.map(convert::unfinished_write))
}

#[tauri::command]
pub(super) async fn forget_unfinished_write(start: State<'_, Start>) -> Answer<()> {
    app::selections::forget_unfinished_write(&start.get()?.context).await.map_err(convert::error)
}

#[tauri::command]
pub(super) async fn stop_selection(start: State<'_, Start>) -> Answer<()> {
    app::selections::stop(&start.get()?.context);
    Ok(())
}

/// The licenses that an interrupted deletion did not reach.
#[tauri::command]
pub(super) async fn unfinished_delete(start: State<'_, Start>) -> Answer<Vec<String>> {
    let left = app::selections::unfinished_delete(&start.get()?.context).await.map_err(convert::error)?;
    Ok(left.into_iter().map(|id| id.to_string()).collect())
}

#[tauri::command]
pub(super) async fn forget_unfinished_delete(start: State<'_, Start>) -> Answer<()> {
    app::selections::forget_unfinished_delete(&start.get()?.context).await.map_err(convert::error)
}
