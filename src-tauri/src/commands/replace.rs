//! Replacing a license by a new one: begun, gone on with, given up.

use super::{Answer, Start};
use crate::present;
use crate::view::{CreateRequest, ReplacedView};
use tauri::State;

#[tauri::command]
pub(super) async fn replace(
    start: State<'_, Start>,
    license: String,
    request: CreateRequest,
    typed: String,
) -> Answer<ReplacedView> {
    let old = present::license_id(&license)?;
    let done = app::changes::replace(&start.get()?.context, old, present::wanted(request), &typed).await;
    done.map(present::replaced).map_err(present::error)
}

#[tauri::command]
pub(super) async fn resume_replace(start: State<'_, Start>, license: String) -> Answer<ReplacedView> {
    let old = present::license_id(&license)?;
    app::changes::resume_replace(&start.get()?.context, old)
        .await
        .map(present::replaced)
        .map_err(present::error)
}

#[tauri::command]
pub(super) async fn give_up_replace(start: State<'_, Start>, license: String) -> Answer<()> {
    let old = present::license_id(&license)?;
    app::changes::give_up_replace(&start.get()?.context, old).await.map_err(present::error)
}
