//! The first paint, the counts of the left pane, and the settings.

use super::{Answer, Start, lock};
use crate::background::go_on_behind;
use crate::convert;
use crate::page_state;
use crate::view::{ChangedSettings, ListQuery, Opening, SettingsView, ViewCounts};
use tauri::{AppHandle, State};

/// How many rows the first paint has: more than fit into any window.
const FIRST_ROWS: usize = 100;

#[tauri::command]
pub(super) async fn opening(app: AppHandle, start: State<'_, Start>, query: ListQuery) -> Answer<Opening> {
    let opened = start.get()?;
    go_on_behind(&app, opened);
    let context = &opened.context;
    let list = app::list::list(context, convert::query(&query), 0, Some(FIRST_ROWS))
        .await
        .map_err(convert::error)?;
    let ChangedSettings { settings, problems } = page_state::settings(context).await?;
    Ok(Opening {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        setup: app::home::draft(context).await.map_err(convert::error)?.map(convert::draft),
        accounts: app::accounts::accounts(context)
            .await
            .map_err(convert::error)?
            .into_iter()
            .map(convert::account)
            .collect(),
        counts: convert::counts(&app::list::counts(context).await.map_err(convert::error)?),
        vault: lock::soon(&app, opened).await?,
        settings,
        read_only: context.why_read_only().map(convert::error),
        settings_problems: problems,
        vendors: convert::vendors(),
        products: convert::products(),
        list: convert::window(list, 0),
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
    app::list::counts(&start.get()?.context)
        .await
        .map(|counts| convert::counts(&counts))
        .map_err(convert::error)
}

#[tauri::command]
pub(super) async fn change_settings(
    start: State<'_, Start>,
    settings: SettingsView,
) -> Answer<ChangedSettings> {
    let context = &start.get()?.context;
    let changed = app::home::change_settings(context, convert::chosen_settings(settings))
        .await
        .map_err(convert::error)?;
    Ok(ChangedSettings {
        settings: convert::settings(&changed),
        problems: page_state::settings_problems(context).await?,
    })
}
