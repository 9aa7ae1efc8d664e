//! Backups of license files: listed, restored, removed; and what git would do with them.

use super::{Answer, Start};
use crate::convert;
use crate::view::{BackupView, GitPlanView, RestorePlanView, RestoredView};
use license::AccountId;
use std::path::Path;
use tauri::State;

/// The backups beside the files of a license.
#[tauri::command]
pub(super) async fn backups_beside(start: State<'_, Start>, license: String) -> Answer<Vec<BackupView>> {
    let id = convert::license_id(&license)?;
    let backups = app::backups::backups_beside(&start.get()?.context, id).await.map_err(convert::error)?;
    Ok(backups.into_iter().map(convert::backup).collect())
}

/// The backups that contain a key of a license, or any license key.
#[tauri::command]
pub(super) async fn held_backups(
    start: State<'_, Start>,
    license: Option<String>,
) -> Answer<Vec<BackupView>> {
    let context = &start.get()?.context;
    let backups = match license {
        Some(license) => app::backups::backups_with_key_of(context, convert::license_id(&license)?).await,
        None => app::backups::backups_with_keys(context).await,
    };
    Ok(backups.map_err(convert::error)?.into_iter().map(convert::backup).collect())
}

/// The backups that contain a key of a license of an account.
#[tauri::command]
pub(super) async fn held_backups_of_account(
    start: State<'_, Start>,
    account: i64,
) -> Answer<Vec<BackupView>> {
    let backups = app::backups::backups_with_key_of_account(&start.get()?.context, AccountId(account)).await;
    Ok(backups.map_err(convert::error)?.into_iter().map(convert::backup).collect())
}

#[tauri::command]
pub(super) async fn restore_plan(
    start: State<'_, Start>,
    file: String,
    number: u32,
) -> Answer<RestorePlanView> {
    let plan = app::backups::restore_plan(&start.get()?.context, Path::new(&file), Some(number)).await;
    plan.map(convert::restore_plan).map_err(convert::error)
}

#[tauri::command]
pub(super) async fn restore_backup(
    start: State<'_, Start>,
    file: String,
    number: u32,
    in_place: bool,
    typed: String,
) -> Answer<RestoredView> {
    let restored =
        app::backups::restore(&start.get()?.context, Path::new(&file), Some(number), in_place, &typed).await;
    restored.map(convert::restored).map_err(convert::error)
}

#[tauri::command]
pub(super) async fn remove_backups(
    start: State<'_, Start>,
    file: String,
    numbers: Vec<u32>,
    typed: String,
) -> Answer<()> {
    let removed =
        app::backups::remove_backups(&start.get()?.context, Path::new(&file), &numbers, &typed).await;
    removed.map(drop).map_err(convert::error)
}

#[tauri::command]
pub(super) async fn git_plan(
    start: State<'_, Start>,
    path: String,
    makes_backup: bool,
) -> Answer<GitPlanView> {
    let plan = app::export::git_plan(&start.get()?.context, Path::new(&path), makes_backup).await;
    plan.map(|plan| convert::git_plan(&plan)).map_err(convert::error)
}
