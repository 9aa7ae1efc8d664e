//! A Core on this computer, and what to do next with a license.

use super::{Answer, Start};
use crate::convert;
use crate::view::{CoreView, Imported, SecretText};
use tauri::State;

#[tauri::command]
pub(super) async fn core(start: State<'_, Start>, license: String) -> Answer<Option<CoreView>> {
    let id = convert::license_id(&license)?;
    let seen = app::offers::core(&start.get()?.context, id).await.map_err(convert::error)?;
    Ok(seen.map(convert::core))
}

/// Opens a prepared message in the mail program; whom it goes to is the program's data, never the page's.
#[tauri::command]
pub(super) async fn open_step(
    start: State<'_, Start>,
    license: Option<String>,
    product: String,
    step: String,
) -> Answer<()> {
    let id = license.as_deref().map(convert::license_id).transpose()?;
    app::offers::open_step(&start.get()?.context, id, &product, &step).await.map_err(convert::error)
}

#[tauri::command]
pub(super) async fn mark_leaked(start: State<'_, Start>, license: String, leaked: bool) -> Answer<()> {
    let id = convert::license_id(&license)?;
    app::leaked::mark_leaked(&start.get()?.context, id, leaked).await.map_err(convert::error)
}

/// Brings in the key that takes a leaked one's place.
#[tauri::command]
pub(super) async fn succeed(start: State<'_, Start>, license: String, text: SecretText) -> Answer<Imported> {
    let id = convert::license_id(&license)?;
    let imported =
        app::import::succeed(&start.get()?.context, id, text.expose()).await.map_err(convert::error)?;
    Ok(convert::imported(String::new(), Ok(imported)))
}
