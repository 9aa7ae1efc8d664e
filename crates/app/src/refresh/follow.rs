//! Following what another process changes in the library: the command line beside the window.

use crate::context::{AppError, Context, Event, Host, Inner, state::SubjectState};
use crate::files::drift;
use crate::keys::issuers::Issuers;
use crate::listing::detail_fetches::DetailFetches;
use std::sync::{Mutex, PoisonError, Weak};
use vault::{ChangeWatch, Changes};

/// Follows what any process changes in the library, until the context is dropped. Only what is newer than
/// the last look is read; where that is accounts alone, it is told as [`Event::AccountChanged`], since no list needs
/// to be asked for anew, else as [`Event::LibraryChanged`].
pub async fn follow_library(context: &Context) -> Result<(), AppError> {
    let weak = context.downgrade();
    let watch = context
        .off_thread(move |vault| {
            let since = Mutex::new(vault.library().rev()?);
            Ok(vault.library().watch(move |_| follow(&weak, &since))?)
        })
        .await?;
    *context.state::<Following>().0.lock().await = Some(watch);
    Ok(())
}

/// The watch of the library.
#[derive(Debug, Default)]
struct Following(tokio::sync::Mutex<Option<ChangeWatch>>);

impl SubjectState for Following {}

/// Takes up what is newer than `since`, on the thread of the watch, so that nothing else waits for it. What cannot be
/// read now is read with the next change; whoever hears of this one asks for what it shows, and is told why it cannot be.
fn follow(context: &Weak<Inner>, since: &Mutex<i64>) {
    let Some(context) = Context::upgrade(context) else { return };
    let mut since = since.lock().unwrap_or_else(PoisonError::into_inner);
    match take_up(&context, *since) {
        Ok(changes) => {
            *since = changes.rev;
            tell(&*context.host, &changes);
        }
        Err(_) => context.host.emit(Event::LibraryChanged),
    }
}

fn tell(host: &dyn Host, changes: &Changes) {
    if changes.is_of_accounts_alone() {
        changes.accounts.iter().for_each(|id| host.emit(Event::AccountChanged(*id)));
    } else {
        host.emit(Event::LibraryChanged);
    }
}

fn take_up(context: &Context, since: i64) -> Result<Changes, AppError> {
    let changes = context.vault.library().changed_since(since)?;
    context.state::<DetailFetches>().retain(|id| !changes.removed_licenses.contains(&id));
    context.state::<Issuers>().retain(|id| !changes.removed_accounts.contains(&id));
    // To write or release a file is a change of its license.
    let may_have_other_files = !changes.licenses.is_empty() || !changes.removed_licenses.is_empty();
    if may_have_other_files {
        drift::watch_changed(context)?;
    }
    Ok(changes)
}
