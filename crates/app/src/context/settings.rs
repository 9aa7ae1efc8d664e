//! What the user can set.

use crate::context::{AppError, Context};
use vault::{Settings, SettingsError, Vault};

/// What is set. A value that cannot be used has its default; see [`settings_problems`].
pub async fn settings(context: &Context) -> Result<Settings, AppError> {
    context.off_thread(|vault| Ok(vault.settings().read())).await
}

/// What in the settings file cannot be used.
pub async fn settings_problems(context: &Context) -> Result<Vec<SettingsError>, AppError> {
    context.off_thread(|vault| Ok(vault.settings().read_closely().problems)).await
}

/// The user's threshold for "expires soon".
pub(crate) fn threshold(vault: &Vault) -> Result<i64, AppError> {
    Ok(i64::from(vault.settings().read().expires_soon_days))
}
