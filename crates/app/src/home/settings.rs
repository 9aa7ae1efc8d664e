//! What a person can set.

use crate::context::{AppError, Context, Event};
use crate::offers::local_core;
use vault::{Settings, SettingsError};

/// What is set. A value that cannot be used has its default; see [`settings_problems`].
pub async fn settings(context: &Context) -> Result<Settings, AppError> {
    context.off_thread(|vault| Ok(vault.settings().read())).await
}

/// What in the settings file cannot be used.
pub async fn settings_problems(context: &Context) -> Result<Vec<SettingsError>, AppError> {
    context.off_thread(|vault| Ok(vault.settings().read_closely().problems)).await
}

/// Sets everything anew; in the file, only what changes is touched.
pub async fn change_settings(context: &Context, settings: Settings) -> Result<Settings, AppError> {
    settings.core_address.as_deref().map_or(Ok(()), local_core::can_be_asked)?;
    let changed =
        context.off_thread(move |vault| Ok(vault.settings().change(|all| *all = settings)?)).await?;
    context.host.emit(Event::LibraryChanged);
    Ok(changed)
}
