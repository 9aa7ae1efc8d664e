//! The machines that a license is in use on, and whether its key is good.

use super::{Answer, Start};
use crate::convert;
use crate::view::{SeatsView, ValidationView};
use tauri::State;

#[tauri::command]
pub(super) async fn seats(start: State<'_, Start>, license: String) -> Answer<SeatsView> {
    let id = convert::license_id(&license)?;
    app::offers::seats(&start.get()?.context, id).await.map(convert::seats).map_err(convert::error)
}

#[tauri::command]
pub(super) async fn release_seat(
    start: State<'_, Start>,
    license: String,
    machine: String,
    typed: String,
) -> Answer<()> {
    let id = convert::license_id(&license)?;
    app::offers::release_seat(&start.get()?.context, id, &machine, &typed)
        .await
        .map(drop)
        .map_err(convert::error)
}

#[tauri::command]
pub(super) async fn validate(start: State<'_, Start>, license: String) -> Answer<ValidationView> {
    let id = convert::license_id(&license)?;
    app::offers::validate(&start.get()?.context, id).await.map(convert::validated).map_err(convert::error)
}
