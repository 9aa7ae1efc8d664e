//! Replacing a license by a new one: begun, gone on with, given up.

use super::{Answer, Start};
use crate::convert;
use crate::view::{CreateRequest, ReplacedView};
use tauri::State;

#[tauri::command]
pub(super) async fn replace(
    start: State<'_, Start>,
    license: String,
    request: CreateRequest,
    typed: String,
) -> Answer<ReplacedView> {
    let old = convert::license_id(&license)?;
    let done = app::changes::replace(&start.get()?.context, old, convert::wanted(request), &typed).await;
    done.map(convert::replaced).map_err(convert::error)
}

#[tauri::command]
pub(super) async fn resume_replace(start: State<'_, Start>, license: String) -> Answer<ReplacedView> {
    let old = convert::license_id(&license)?;
    app::changes::resume_replace(&start.get()?.context, old)
        .await
        .map(convert::replaced)
        .map_err(convert::error)
}

#[tauri::command]
pub(super) async fn give_up_replace(start: State<'_, Start>, license: String) -> Answer<()> {
    let old = convert::license_id(&license)?;
    app::changes::give_up_replace(&start.get()?.context, old).await.map_err(convert::error)
}
