//! What a user can set.

use crate::context::{AppError, Context};
use crate::offers::local_core;
use vault::Settings;

/// Sets everything anew; in the file, only what changes is touched.
pub async fn change_settings(context: &Context, settings: Settings) -> Result<Settings, AppError> {
    settings.core_address.as_deref().map_or(Ok(()), local_core::can_be_asked)?;
    context.off_thread(move |vault| Ok(vault.settings().change(|all| *all = settings)?)).await
}
