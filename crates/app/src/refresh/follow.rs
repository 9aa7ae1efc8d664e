//! Following what any process changes in the library and the settings: this one, and the command line beside the window.

use crate::context::{AppError, Context, Event, Inner, state::SubjectState};
use crate::files::drift;
use crate::keys::issuers::Issuers;
use crate::listing::detail_fetches::DetailFetches;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use vault::{ChangeWatch, Changes, Settings, files::Watch};

/// The library's revision and the settings at one moment, such as when the home was opened.
#[derive(Debug, Clone)]
pub struct Baseline {
    rev: i64,
    settings: Settings,
}

impl Baseline {
    /// Returns the present revision and settings, which are read from their files. To be called before anything is shown, so that no
    /// change is missed.
    pub fn take(context: &Context) -> Result<Self, AppError> {
        let vault = &context.vault;
        Ok(Self { rev: vault.library().rev()?, settings: vault.settings().read() })
    }
}

/// Follows what any process changes in the library and the settings after the baseline, until the context is dropped. Only what is
/// newer than the last change is read. A use case that changes the library leaves it to this to say so, as
/// [`Event::LibraryChanged`].
///
/// If the settings cannot be watched, the library still is, and the error is returned.
pub async fn follow_library(context: &Context, baseline: Baseline) -> Result<(), AppError> {
    let weak = context.downgrade();
    let library = context
        .off_thread(move |vault| {
            let since = Arc::new(Mutex::new(baseline.rev));
            let watch = vault.library().watch({
                let (weak, since) = (weak.clone(), since.clone());
                move |_| follow(&weak, &since)
            })?;
            // What changed before the watch began.
            follow(&weak, &since);
            Ok(watch)
        })
        .await?;
    context.state::<Following>().0.lock().await.library = Some(library);
    let weak = context.downgrade();
    let settings = context
        .off_thread(move |vault| {
            let known = Arc::new(Mutex::new(baseline.settings));
            let watch = Watch::start(&[vault.settings().path().to_owned()], {
                let (weak, known) = (weak.clone(), known.clone());
                move |_| follow_settings(&weak, &known)
            });
            follow_settings(&weak, &known);
            Ok(watch?)
        })
        .await?;
    context.state::<Following>().0.lock().await.settings = Some(settings);
    Ok(())
}

/// The watches of the library and of the settings.
#[derive(Debug, Default)]
struct Following(tokio::sync::Mutex<Watches>);

#[derive(Debug, Default)]
struct Watches {
    library: Option<ChangeWatch>,
    settings: Option<Watch>,
}

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
fn follow_settings(context: &Weak<Inner>, known: &Mutex<Settings>) {
    let Some(context) = Context::upgrade(context) else { return };
    let present = context.vault.settings().read();
    let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
    if *known != present {
        *known = present;
        context.host.emit(Event::SettingsChanged);
    }
}
