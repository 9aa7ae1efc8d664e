//! What a license gives access to, and logging a container client in to its registry.

use super::{Answer, Start};
use crate::convert;
use crate::view::{ArtifactView, PackagesView, ReleaseView};
use tauri::State;

#[tauri::command]
pub(super) async fn packages(start: State<'_, Start>, license: String) -> Answer<PackagesView> {
    let id = convert::license_id(&license)?;
    app::offers::packages(&start.get()?.context, id).await.map(convert::packages).map_err(convert::error)
}

#[tauri::command]
pub(super) async fn releases(
    start: State<'_, Start>,
    license: String,
    package: String,
) -> Answer<Vec<ReleaseView>> {
    let id = convert::license_id(&license)?;
    let releases =
        app::offers::releases(&start.get()?.context, id, &package).await.map_err(convert::error)?;
    Ok(releases.into_iter().map(convert::release).collect())
}

#[tauri::command]
pub(super) async fn artifacts(
    start: State<'_, Start>,
    license: String,
    release: String,
) -> Answer<Vec<ArtifactView>> {
    let id = convert::license_id(&license)?;
    let artifacts =
        app::offers::artifacts(&start.get()?.context, id, &release).await.map_err(convert::error)?;
    Ok(artifacts.into_iter().map(convert::artifact).collect())
}

/// Answers what the container client said.
#[tauri::command]
pub(super) async fn registry_login(start: State<'_, Start>, license: String, user: String) -> Answer<String> {
    let id = convert::license_id(&license)?;
    app::offers::log_in_registry(&start.get()?.context, id, &user).await.map_err(convert::error)
}
