//! Actions on the selected licenses.

use super::{Answer, Start};
use crate::convert;
use crate::view::{DeletePlanView, DeletionView, Event};
use license::LicenseId;
use std::sync::atomic::{AtomicU32, Ordering};
use tauri::State;

#[tauri::command]
pub(super) async fn delete_plan(start: State<'_, Start>, licenses: Vec<String>) -> Answer<DeletePlanView> {
    let plan = app::selections::delete_plan(&start.get()?.context, ids(&licenses)?).await;
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
        opened.host.tell(Event::Deleting { done });
    };
    let deleted = app::selections::delete_all(&opened.context, ids(&licenses)?, &typed, report).await;
    deleted.map(|all| all.into_iter().map(convert::deletion).collect()).map_err(convert::error)
}

#[tauri::command]
pub(super) async fn stop_deleting(start: State<'_, Start>) -> Answer<()> {
    app::selections::stop_deleting(&start.get()?.context);
    Ok(())
}

/// The licenses that an interrupted deletion did not reach.
#[tauri::command]
pub(super) async fn unfinished_delete(start: State<'_, Start>) -> Answer<Vec<String>> {
    let left = app::selections::unfinished(&start.get()?.context).await.map_err(convert::error)?;
    Ok(left.into_iter().map(|id| id.to_string()).collect())
}

#[tauri::command]
pub(super) async fn forget_unfinished_delete(start: State<'_, Start>) -> Answer<()> {
    app::selections::forget_unfinished(&start.get()?.context).await.map_err(convert::error)
}

fn ids(licenses: &[String]) -> Answer<Vec<LicenseId>> {
    licenses.iter().map(|one| convert::license_id(one)).collect()
}
