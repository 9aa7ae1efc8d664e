//! Creating, deleting and forgetting.

use super::{Answer, Start};
use crate::{
    present,
    view::{CreateForm, CreateRequest, Outcome},
};
use license::AccountId;
use tauri::State;

#[tauri::command]
pub(super) async fn create_form(start: State<'_, Start>, account: i64) -> Answer<CreateForm> {
    let form = start.get()?.desk.create_form(AccountId(account)).await.map_err(present::error)?;
    Ok(present::create_form(account, &form))
}

#[tauri::command]
pub(super) async fn same_name(start: State<'_, Start>, account: i64, name: String) -> Answer<u32> {
    let count = start.get()?.desk.count_same_name(AccountId(account), &name).await;
    count.map(present::count).map_err(present::error)
}

#[tauri::command]
pub(super) async fn create(start: State<'_, Start>, request: CreateRequest) -> Answer<Outcome> {
    start.get()?.desk.create(present::wanted(request)).await.map(present::outcome).map_err(present::error)
}

#[tauri::command]
pub(super) async fn remove(start: State<'_, Start>, license: String, typed: String) -> Answer<Outcome> {
    let id = present::license_id(&license)?;
    start.get()?.desk.delete(id, &typed).await.map(present::outcome).map_err(present::error)
}

#[tauri::command]
pub(super) async fn forget(start: State<'_, Start>, license: String, typed: String) -> Answer<()> {
    let id = present::license_id(&license)?;
    start.get()?.desk.forget(id, &typed).await.map_err(present::error)
}
