//! Creating, deleting and forgetting.

use super::{Answer, Start};
use crate::present;
use crate::view::{CreateForm, CreateRequest, Outcome};
use license::AccountId;
use tauri::State;

#[tauri::command]
pub(super) async fn create_form(start: State<'_, Start>, account: i64) -> Answer<CreateForm> {
    let form =
        app::changes::create_form(&start.get()?.context, AccountId(account)).await.map_err(present::error)?;
    Ok(present::create_form(account, &form))
}

#[tauri::command]
pub(super) async fn same_name(start: State<'_, Start>, account: i64, name: String) -> Answer<u32> {
    let count = app::changes::count_same_name(&start.get()?.context, AccountId(account), &name).await;
    count.map(present::count).map_err(present::error)
}

#[tauri::command]
pub(super) async fn create(start: State<'_, Start>, request: CreateRequest) -> Answer<Outcome> {
    app::changes::create(&start.get()?.context, present::wanted(request))
        .await
        .map(present::outcome)
        .map_err(present::error)
}

#[tauri::command]
pub(super) async fn remove(start: State<'_, Start>, license: String, typed: String) -> Answer<Outcome> {
    let id = present::license_id(&license)?;
    app::changes::delete(&start.get()?.context, id, &typed)
        .await
        .map(present::outcome)
        .map_err(present::error)
}

#[tauri::command]
pub(super) async fn forget(start: State<'_, Start>, license: String, typed: String) -> Answer<()> {
    let id = present::license_id(&license)?;
    app::import::forget(&start.get()?.context, id, &typed).await.map_err(present::error)
}
