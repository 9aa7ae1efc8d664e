//! Keys, shown or copied on a user's word.

use super::{Answer, Start};
use crate::convert;
use crate::view::{Copied, Revealed, SecretText};
use app::context::Host;
use app::keys::{CLIPBOARD_SECONDS, REVEAL_SECONDS};
use tauri::State;

#[tauri::command]
pub(super) async fn reveal(start: State<'_, Start>, license: String) -> Answer<Revealed> {
    let id = convert::license_id(&license)?;
    let key = app::list::reveal(&start.get()?.context, id).await.map_err(convert::error)?;
    Ok(Revealed { key: SecretText::new(key.expose().to_owned()), seconds: REVEAL_SECONDS })
}

#[tauri::command]
pub(super) async fn copy_key(start: State<'_, Start>, license: String) -> Answer<Copied> {
    let id = convert::license_id(&license)?;
    app::list::copy_key(&start.get()?.context, id).await.map_err(convert::error)?;
    Ok(Copied { seconds: CLIPBOARD_SECONDS })
}

#[tauri::command]
pub(super) async fn copy_text(start: State<'_, Start>, text: String) -> Answer<()> {
    start.get()?.host.copy(&text, false).map_err(|error| convert::error(error.into()))
}
