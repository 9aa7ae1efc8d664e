//! Following what any process changes in the library and the settings: this one, and the command line beside the window.

use crate::context::{AppError, Context, Event, Inner, state::SubjectState};
use crate::files::drift;
use crate::keys::issuers::Issuers;
use crate::listing::detail_fetches::DetailFetches;
use std::sync::{Mutex, PoisonError, Weak};
use vault::{ChangeWatch, Changes, files::Watch};

/// Follows what any process changes in the library and the settings, until the context is dropped. Only what is newer than
/// the last change is read. A use case that changes the library leaves it to this to say so, as [`Event::LibraryChanged`].
pub async fn follow_library(context: &Context) -> Result<(), AppError> {
    let weak = context.downgrade();
    let library = context
        .off_thread(move |vault| {
            let since = Mutex::new(vault.library().rev()?);
            Ok(vault.library().watch(move |_| follow(&weak, &since))?)
        })
        .await?;
    let weak = context.downgrade();
    let settings = context
        .off_thread(move |vault| {
            let known = Mutex::new(vault.settings().read());
            let path = vault.settings().path().to_owned();
            Ok(Watch::start(&[path], move |_| follow_settings(&weak, &known))?)
        })
        .await?;
    *context.state::<Following>().0.lock().await = Some((library, settings));
    Ok(())
}

/// The watches of the library and of the settings.
#[derive(Debug, Default)]
struct Following(tokio::sync::Mutex<Option<(ChangeWatch, Watch)>>);

impl SubjectState for Following {}

/// Takes up what is newer than `since`, on the thread of the watch, so that nothing else waits for it. What cannot be
/// read now is read with the next change; whoever hears of this one asks for what it shows, and is told why it cannot be.
fn follow(context: &Weak<Inner>, since: &Mutex<i64>) {
    let Some(context) = Context::upgrade(context) else { return };
    let mut since = since.lock().unwrap_or_else(PoisonError::into_inner);
    let changes = take_up(&context, *since).ok();
    if let Some(changes) = &changes {
        *since = changes.rev;
        if changes.is_empty() {
            return;
        }
    }
    context.host.emit(Event::LibraryChanged(changes));
}

fn take_up(context: &Context, since: i64) -> Result<Changes, AppError> {
    let changes = context.vault.library().changed_since(since)?;
    context.state::<DetailFetches>().retain(|id| !changes.removed_licenses.contains(&id));
    context.state::<Issuers>().retain(|id| !changes.removed_accounts.contains(&id));
    context.drop_outdated_clients();
    // To write or release a file is a change of its license.
    let may_have_other_files = !changes.licenses.is_empty() || !changes.removed_licenses.is_empty();
    if may_have_other_files {
        drift::watch_changed(context)?;
    }
    Ok(changes)
}

/// Writing the file touches it more than once, so the settings are compared.
fn follow_settings(context: &Weak<Inner>, known: &Mutex<vault::Settings>) {
    let Some(context) = Context::upgrade(context) else { return };
    let present = context.vault.settings().read();
    let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
    if *known != present {
        *known = present;
        context.host.emit(Event::SettingsChanged);
    }
}
