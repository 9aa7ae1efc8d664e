//! What a person can set.

use crate::{Desk, DeskError, Event, local_core};
use vault::{Settings, SettingsError};

impl Desk {
    /// What is set. A value that cannot be used has its default; see [`Desk::settings_problems`].
    pub async fn settings(&self) -> Result<Settings, DeskError> {
        self.off_thread(|vault| Ok(vault.settings().read())).await
    }

    /// What in the settings file cannot be used.
    pub async fn settings_problems(&self) -> Result<Vec<SettingsError>, DeskError> {
        self.off_thread(|vault| Ok(vault.settings().read_closely().problems)).await
    }

    /// Sets everything anew; in the file, only what changes is touched.
    pub async fn change_settings(&self, settings: Settings) -> Result<Settings, DeskError> {
        settings.core_address.as_deref().map_or(Ok(()), local_core::can_be_asked)?;
        let changed =
            self.off_thread(move |vault| Ok(vault.settings().change(|all| *all = settings)?)).await?;
        self.host.emit(Event::LibraryChanged);
        Ok(changed)
    }
}
