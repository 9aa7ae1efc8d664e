//! The detail pane, and the activity page.

use super::{Answer, Start};
use crate::convert;
use crate::view::{ActivityView, DetailView};
use tauri::{AppHandle, Manager, State};

#[tauri::command]
pub(super) async fn detail(app: AppHandle, start: State<'_, Start>, license: String) -> Answer<DetailView> {
    let id = convert::license_id(&license)?;
    let detail = app::list::detail(&start.get()?.context, id).await.map_err(convert::error)?;
    tauri::async_runtime::spawn(async move {
        if let Ok(opened) = app.state::<Start>().get() {
            // What could not be fetched is fetched when it is needed, and tells its failure then.
            let _ = app::list::look_closer(&opened.context, id).await;
        }
    });
    Ok(convert::detail(detail))
}

#[tauri::command]
pub(super) async fn fetch_again(start: State<'_, Start>, license: String) -> Answer<()> {
    let id = convert::license_id(&license)?;
    app::list::fetch_again(&start.get()?.context, id).await.map_err(convert::error)
}

#[tauri::command]
pub(super) async fn activity(
    start: State<'_, Start>,
    before: Option<i64>,
    limit: u32,
) -> Answer<Vec<ActivityView>> {
    let activity = start.get()?.context.activity(before, limit).await.map_err(convert::error)?;
    Ok(activity.into_iter().map(convert::activity).collect())
}
