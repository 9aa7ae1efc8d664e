//! Running an instance from a compose folder, and finishing a license on its vendor's own page.

use super::{Answer, Start};
use crate::convert;
use crate::view::{ExportDone, RunPlanView, VendorPageView};
use license::AccountId;
use std::path::Path;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;
use tokio::sync::oneshot;

#[tauri::command]
pub(super) async fn pick_folder(app: AppHandle, suggested: String) -> Answer<Option<String>> {
    let mut dialog = app.dialog().file();
    if Path::new(&suggested).is_dir() {
        dialog = dialog.set_directory(&suggested);
    }
    let (answer, answered) = oneshot::channel();
    dialog.pick_folder(move |picked| {
        // Nobody waits for the answer once the window is closed.
        let _ = answer.send(picked.map(|path| path.to_string()));
    });
    Ok(answered.await.unwrap_or_default())
}

#[tauri::command]
pub(super) async fn run_plan(
    start: State<'_, Start>,
    license: String,
    folder: String,
) -> Answer<RunPlanView> {
    let id = convert::license_id(&license)?;
    let plan = app::export::run_plan(&start.get()?.context, id, Path::new(&folder)).await;
    plan.map(convert::run_plan).map_err(convert::error)
}

#[tauri::command]
pub(super) async fn run_here(
    start: State<'_, Start>,
    license: String,
    folder: String,
    keep: bool,
) -> Answer<ExportDone> {
    let id = convert::license_id(&license)?;
    let written = app::export::run_here(&start.get()?.context, id, Path::new(&folder), keep).await;
    written.map(convert::written).map_err(convert::error)
}

#[tauri::command]
pub(super) async fn finish_on_vendor_page(start: State<'_, Start>, account: i64) -> Answer<VendorPageView> {
    let begun = app::refresh::finish_on_vendor_page(&start.get()?.context, AccountId(account)).await;
    begun.map(convert::vendor_page).map_err(convert::error)
}

#[tauri::command]
pub(super) async fn stop_watching(start: State<'_, Start>, account: i64) -> Answer<()> {
    app::refresh::stop_watching(&start.get()?.context, AccountId(account)).await;
    Ok(())
}
