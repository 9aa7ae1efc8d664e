//! Creating, deleting and forgetting.

use super::{Answer, Start};
use crate::convert;
use crate::view::{CreateForm, CreateRequest, Outcome};
use license::AccountId;
use tauri::State;

#[tauri::command]
pub(super) async fn create_form(start: State<'_, Start>, account: i64) -> Answer<CreateForm> {
    let form =
        app::changes::create_form(&start.get()?.context, AccountId(account)).await.map_err(convert::error)?;
    Ok(convert::create_form(account, &form))
}

#[tauri::command]
pub(super) async fn same_name(start: State<'_, Start>, account: i64, name: String) -> Answer<u32> {
    let count = app::changes::count_same_name(&start.get()?.context, AccountId(account), &name).await;
    count.map(convert::count).map_err(convert::error)
}

#[tauri::command]
pub(super) async fn create(start: State<'_, Start>, request: CreateRequest) -> Answer<Outcome> {
    app::changes::create(&start.get()?.context, convert::wanted(request))
        .await
        .map(convert::outcome)
        .map_err(convert::error)
}

#[tauri::command]
pub(super) async fn remove(start: State<'_, Start>, license: String, typed: String) -> Answer<Outcome> {
    let id = convert::license_id(&license)?;
    app::changes::delete(&start.get()?.context, id, &typed)
        .await
        .map(convert::outcome)
        .map_err(convert::error)
}

#[tauri::command]
pub(super) async fn remove_license(start: State<'_, Start>, license: String, typed: String) -> Answer<()> {
    let id = convert::license_id(&license)?;
    app::import::remove(&start.get()?.context, id, &typed).await.map_err(convert::error)
}
