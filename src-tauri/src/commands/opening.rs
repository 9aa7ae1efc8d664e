//! The first paint, the counts of the left pane, and the settings.

use super::{Answer, Start, lock};
use crate::present;
use crate::start::go_on_behind;
use crate::view::{ChangedSettings, ErrorView, ListQuery, Opening, SettingsView, ViewCounts};
use app::context::Context;
use tauri::{AppHandle, State};

/// How many rows the first paint has: more than fit into any window.
const FIRST_ROWS: usize = 100;

#[tauri::command]
pub(super) async fn opening(app: AppHandle, start: State<'_, Start>, query: ListQuery) -> Answer<Opening> {
    let opened = start.get()?;
    go_on_behind(&app, opened);
    let context = &opened.context;
    let list = app::list::list(context, present::query(&query), 0, Some(FIRST_ROWS))
        .await
        .map_err(present::error)?;
    Ok(Opening {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        setup: app::home::draft(context).await.map_err(present::error)?.map(present::draft),
        accounts: app::accounts::accounts(context)
            .await
            .map_err(present::error)?
            .into_iter()
            .map(present::account)
            .collect(),
        counts: present::counts(&app::list::counts(context).await.map_err(present::error)?),
        vault: lock::soon(&app, opened).await?,
        settings: present::settings(&app::context::settings(context).await.map_err(present::error)?),
        read_only: context.why_read_only().map(present::error),
        settings_problems: problems(context).await?,
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
    app::list::counts(&start.get()?.context)
        .await
        .map(|counts| present::counts(&counts))
        .map_err(present::error)
}

#[tauri::command]
pub(super) async fn change_settings(
    start: State<'_, Start>,
    settings: SettingsView,
) -> Answer<ChangedSettings> {
    let context = &start.get()?.context;
    let changed = app::home::change_settings(context, present::chosen_settings(settings))
        .await
        .map_err(present::error)?;
    Ok(ChangedSettings { settings: present::settings(&changed), problems: problems(context).await? })
}

async fn problems(context: &Context) -> Answer<Vec<ErrorView>> {
    let problems = app::context::settings_problems(context).await.map_err(present::error)?;
    Ok(problems.into_iter().map(|problem| present::error(problem.into())).collect())
}
