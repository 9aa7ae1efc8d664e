//! The first-run wizard, and bringing in keys.

use super::{Answer, Start};
use crate::convert;
use crate::view::{
    ExportPreview, ExportRequest, FoundFile, ImportPlan, Imported, Recognised, SecretText, SetupDraft,
};
use std::path::Path;
use tauri::State;

#[tauri::command]
pub(super) async fn recognise(text: SecretText) -> Answer<Recognised> {
    Ok(convert::recognised(text.expose()))
}

#[tauri::command]
pub(super) async fn found_files(start: State<'_, Start>) -> Answer<Vec<FoundFile>> {
    let found = app::import::found_files(&start.get()?.context).await.map_err(convert::error)?;
    Ok(found.into_iter().map(convert::found_file).collect())
}

#[tauri::command]
pub(super) async fn plan_import(start: State<'_, Start>, text: SecretText) -> Answer<ImportPlan> {
    let plan = app::import::plan(&start.get()?.context, text.expose()).await.map_err(convert::error)?;
    Ok(convert::import_plan(plan))
}

#[tauri::command]
pub(super) async fn suggested_import_path(
    start: State<'_, Start>,
    text: SecretText,
    name: Option<String>,
    format: String,
) -> Answer<String> {
    let (context, format) = (&start.get()?.context, convert::format(&format)?);
    let path = app::import::suggested_path_of(context, text.expose(), name.as_deref(), format).await;
    path.map(|path| path.display().to_string()).map_err(convert::error)
}

#[tauri::command]
pub(super) async fn preview_import(
    start: State<'_, Start>,
    text: SecretText,
    name: Option<String>,
    request: ExportRequest,
) -> Answer<ExportPreview> {
    let (context, target) = (&start.get()?.context, convert::new_target(&request)?);
    let preview = app::import::preview_of_text(context, text.expose(), name.as_deref(), &target).await;
    preview.map(convert::preview).map_err(convert::error)
}

#[tauri::command]
pub(super) async fn import_text(
    start: State<'_, Start>,
    text: SecretText,
    name: Option<String>,
) -> Answer<Imported> {
    let imported = app::import::import_text(&start.get()?.context, text.expose(), name.as_deref()).await;
    let imported = imported.map_err(convert::error)?;
    Ok(convert::imported(String::new(), Ok(imported)))
}

#[tauri::command]
pub(super) async fn import_paths(start: State<'_, Start>, paths: Vec<String>) -> Answer<Vec<Imported>> {
    let context = &start.get()?.context;
    let mut all = Vec::with_capacity(paths.len());
    for path in paths {
        let imported = app::import::import_file(context, Path::new(&path), None).await;
        all.push(convert::imported(path, imported));
    }
    Ok(all)
}

#[tauri::command]
pub(super) async fn save_draft(start: State<'_, Start>, draft: SetupDraft) -> Answer<()> {
    app::home::save_draft(&start.get()?.context, convert::kept_draft(draft)).await.map_err(convert::error)
}

#[tauri::command]
pub(super) async fn finish_setup(start: State<'_, Start>) -> Answer<()> {
    app::home::finish_setup(&start.get()?.context).await.map_err(convert::error)
}

#[tauri::command]
pub(super) async fn start_setup(start: State<'_, Start>) -> Answer<SetupDraft> {
    let draft = app::home::Draft::default();
    app::home::save_draft(&start.get()?.context, draft.clone()).await.map_err(convert::error)?;
    Ok(convert::draft(draft))
}
