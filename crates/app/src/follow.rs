//! Following what another process changes in the library: the command line beside the window.

use crate::{Desk, DeskError, Event, Host, Inner, drift};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use vault::Changes;

impl Desk {
    /// From now on and until the desk ends, takes up what any process changes in the library. Only what is newer than
    /// the last look is read; where that is accounts alone, it is told as [`Event::AccountChanged`], since no list needs
    /// to be asked for anew, else as [`Event::LibraryChanged`].
    pub async fn follow_library(&self) -> Result<(), DeskError> {
        let desk = Arc::downgrade(&self.0);
        let watch = self
            .off_thread(move |vault| {
                let since = Mutex::new(vault.library().rev()?);
                Ok(vault.library().watch(move |_| follow(&desk, &since))?)
            })
            .await?;
        *self.following.lock().await = Some(watch);
        Ok(())
    }
}

/// Takes up what is newer than `since`, on the thread of the watch, so that nothing else waits for it. What cannot be
/// read now is read with the next change; whoever hears of this one asks for what it shows, and is told why it cannot be.
fn follow(desk: &Weak<Inner>, since: &Mutex<i64>) {
    let Some(desk) = desk.upgrade() else { return };
    let mut since = since.lock().unwrap_or_else(PoisonError::into_inner);
    match take_up(&desk, *since) {
        Ok(changes) => {
            *since = changes.rev;
            tell(&*desk.host, &changes);
        }
        Err(_) => desk.host.emit(Event::LibraryChanged),
    }
}

fn tell(host: &dyn Host, changes: &Changes) {
    if changes.is_of_accounts_alone() {
        changes.accounts.iter().for_each(|id| host.emit(Event::AccountChanged(*id)));
    } else {
        host.emit(Event::LibraryChanged);
    }
}

fn take_up(desk: &Inner, since: i64) -> Result<Changes, DeskError> {
    let changes = desk.vault.library().changed_since(since)?;
    desk.looked.blocking_lock().retain(|id, _| !changes.removed_licenses.contains(id));
    desk.issuers.blocking_lock().retain(|id, _| !changes.removed_accounts.contains(id));
    // To write or release a file is a change of its license.
    let may_have_other_files = !changes.licenses.is_empty() || !changes.removed_licenses.is_empty();
    if let Some(watch) = desk.watch.blocking_lock().clone().filter(|_| may_have_other_files) {
        drift::watch_written(&desk.vault, &watch)?;
    }
    Ok(changes)
}
