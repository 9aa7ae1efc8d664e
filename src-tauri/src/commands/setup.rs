//! The first-run wizard, and bringing in keys.

use super::{Answer, Start};
use crate::{
    present,
    view::{FoundFile, Imported, Recognised, SecretText, SetupDraft},
};
use std::path::Path;
use tauri::State;

#[tauri::command]
pub(super) async fn recognise(text: SecretText) -> Answer<Recognised> {
    Ok(present::recognised(text.expose()))
}

#[tauri::command]
pub(super) async fn found_files(start: State<'_, Start>) -> Answer<Vec<FoundFile>> {
    let found = start.get()?.desk.found_files().await.map_err(present::error)?;
    Ok(found.into_iter().map(present::found_file).collect())
}

#[tauri::command]
pub(super) async fn import_text(
    start: State<'_, Start>,
    text: SecretText,
    name: Option<String>,
) -> Answer<Imported> {
    let imported = start.get()?.desk.import_text(text.expose(), name.as_deref()).await;
    let imported = imported.map_err(present::error)?;
    Ok(present::imported(String::new(), Ok(imported)))
}

#[tauri::command]
pub(super) async fn import_paths(start: State<'_, Start>, paths: Vec<String>) -> Answer<Vec<Imported>> {
    let desk = &start.get()?.desk;
    let mut all = Vec::with_capacity(paths.len());
    for path in paths {
        let imported = desk.import_file(Path::new(&path), None).await;
        all.push(present::imported(path, imported));
    }
    Ok(all)
}

#[tauri::command]
pub(super) async fn save_draft(start: State<'_, Start>, draft: SetupDraft) -> Answer<()> {
    start.get()?.desk.save_draft(present::kept_draft(draft)).await.map_err(present::error)
}

#[tauri::command]
pub(super) async fn finish_setup(start: State<'_, Start>) -> Answer<()> {
    start.get()?.desk.finish_setup().await.map_err(present::error)
}

#[tauri::command]
pub(super) async fn start_setup(start: State<'_, Start>) -> Answer<SetupDraft> {
    let draft = app::Draft::default();
    start.get()?.desk.save_draft(draft.clone()).await.map_err(present::error)?;
    Ok(present::draft(draft))
}
