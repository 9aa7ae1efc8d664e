//! License files: previewed, written, repaired, released; and the system's own dialogs for paths.

use super::{Answer, Start};
use crate::convert;
use crate::view::{ExportDone, ExportPreview, ExportRequest, FileOfLicense, FileView};
use std::path::Path;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;
use tokio::sync::oneshot;
use vault::TrackedFileId;

#[tauri::command]
pub(super) async fn suggested_path(
    start: State<'_, Start>,
    license: String,
    format: String,
) -> Answer<String> {
    let (id, format) = (convert::license_id(&license)?, convert::format(&format)?);
    let path = app::files::suggested_path(&start.get()?.context, id, format).await.map_err(convert::error)?;
    Ok(path.display().to_string())
}

#[tauri::command]
pub(super) async fn pick_path(app: AppHandle, suggested: String) -> Answer<Option<String>> {
    let suggested = Path::new(&suggested);
    let mut dialog = app.dialog().file();
    if let Some(folder) = suggested.parent().filter(|folder| folder.is_dir()) {
        dialog = dialog.set_directory(folder);
    }
    if let Some(name) = suggested.file_name() {
        dialog = dialog.set_file_name(name.to_string_lossy());
    }
    let (answer, answered) = oneshot::channel();
    dialog.save_file(move |picked| {
        // Nobody waits for the answer once the window is closed.
        let _ = answer.send(picked.map(|path| path.to_string()));
    });
    Ok(answered.await.unwrap_or_default())
}

#[tauri::command]
pub(super) async fn pick_files(app: AppHandle) -> Answer<Vec<String>> {
    let (answer, answered) = oneshot::channel();
    app.dialog().file().pick_files(move |picked| {
        let paths = picked.unwrap_or_default().iter().map(ToString::to_string).collect();
        let _ = answer.send(paths);
    });
    Ok(answered.await.unwrap_or_default())
}

#[tauri::command]
pub(super) async fn preview_export(start: State<'_, Start>, request: ExportRequest) -> Answer<ExportPreview> {
    let (id, target) = convert::target(&request)?;
    let preview = app::export::preview(&start.get()?.context, id, &target).await.map_err(convert::error)?;
    Ok(convert::preview(preview))
}

#[tauri::command]
pub(super) async fn write_export(start: State<'_, Start>, request: ExportRequest) -> Answer<ExportDone> {
    let ((id, target), access) = (convert::target(&request)?, convert::access(&request)?);
    app::export::export_with(&start.get()?.context, id, target, access)
        .await
        .map(convert::written)
        .map_err(convert::error)
}

#[tauri::command]
pub(super) async fn every_file(start: State<'_, Start>) -> Answer<Vec<FileOfLicense>> {
    let files = app::files::every_file(&start.get()?.context).await.map_err(convert::error)?;
    Ok(files.iter().map(convert::file_of_license).collect())
}

#[tauri::command]
pub(super) async fn repair_file(start: State<'_, Start>, file: i64) -> Answer<FileView> {
    let repaired = app::export::repair(&start.get()?.context, TrackedFileId(file)).await;
    repaired.map(|written| convert::file(&written.file)).map_err(convert::error)
}

#[tauri::command]
pub(super) async fn keep_file(start: State<'_, Start>, file: i64, keep: bool) -> Answer<FileView> {
    let kept = app::export::keep_file(&start.get()?.context, TrackedFileId(file), keep).await;
    kept.map(|file| convert::file(&file)).map_err(convert::error)
}

#[tauri::command]
pub(super) async fn release_file(start: State<'_, Start>, file: i64) -> Answer<()> {
    app::export::release_file(&start.get()?.context, TrackedFileId(file)).await.map_err(convert::error)
}

/// Takes a release back.
#[tauri::command]
pub(super) async fn watch_again(start: State<'_, Start>, file: i64) -> Answer<()> {
    app::export::watch_again(&start.get()?.context, TrackedFileId(file)).await.map_err(convert::error)
}
