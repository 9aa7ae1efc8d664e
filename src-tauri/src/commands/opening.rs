//! The first paint, the counts of the left pane, and the settings.

use super::{Answer, Start, lock};
use crate::{
    present,
    start::go_on_behind,
    view::{ListQuery, Opening, SettingsView, ViewCounts},
};
use tauri::{AppHandle, State};

/// How many rows the first paint has: more than fit into any window.
const FIRST_ROWS: usize = 100;

#[tauri::command]
pub(super) async fn opening(app: AppHandle, start: State<'_, Start>, query: ListQuery) -> Answer<Opening> {
    let opened = start.get()?;
    go_on_behind(&app, opened);
    let desk = &opened.desk;
    let list = desk.list(present::query(&query), 0, Some(FIRST_ROWS)).await.map_err(present::error)?;
    Ok(Opening {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        setup: desk.draft().await.map_err(present::error)?.map(present::draft),
        accounts: desk.accounts().await.map_err(present::error)?.into_iter().map(present::account).collect(),
        counts: present::counts(&desk.counts().await.map_err(present::error)?),
        vault: lock::soon(&app, opened).await?,
        settings: present::settings(&desk.settings().await.map_err(present::error)?),
        vendors: present::vendors(),
        products: present::products(),
        list: present::window(list, 0),
        given_paths: opened.take_given().iter().map(|path| path.display().to_string()).collect(),
    })
}

#[tauri::command]
pub(super) async fn painted(start: State<'_, Start>) -> Answer<()> {
    start.get()?.painted.notify_one();
    Ok(())
}

#[tauri::command]
pub(super) async fn counts(start: State<'_, Start>) -> Answer<ViewCounts> {
    start.get()?.desk.counts().await.map(|counts| present::counts(&counts)).map_err(present::error)
}

#[tauri::command]
pub(super) async fn change_settings(start: State<'_, Start>, settings: SettingsView) -> Answer<SettingsView> {
    let changed = start.get()?.desk.change_settings(present::chosen_settings(settings)).await;
    changed.map(|settings| present::settings(&settings)).map_err(present::error)
}
