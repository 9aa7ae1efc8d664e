//! What a person can set.

use crate::{Desk, DeskError, Event, local_core};
use vault::Settings;

impl Desk {
    /// What is set.
    pub async fn settings(&self) -> Result<Settings, DeskError> {
        self.off_thread(|vault| Ok(vault.settings().read()?)).await
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
