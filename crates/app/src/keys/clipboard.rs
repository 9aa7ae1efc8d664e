//! A license key on the clipboard.

use crate::context::{AppError, Context, Message, state::SubjectState};
use jiff::{Timestamp, ToSpan};
use license::LicenseKey;
use tokio::sync::Mutex;

/// How long a copied key stays on the clipboard.
pub const CLIPBOARD_SECONDS: u32 = 10;

/// How long a revealed key stays on the screen.
pub const REVEAL_SECONDS: u32 = 30;

/// The key that was copied last, until it is taken off the clipboard.
#[derive(Debug, Default)]
struct Clipboard(Mutex<Option<Copied>>);

impl SubjectState for Clipboard {}

#[derive(Debug)]
struct Copied {
    key: LicenseKey,
    until: Timestamp,
}

/// Puts a key on the clipboard, kept out of its histories, and takes it off again after [`CLIPBOARD_SECONDS`] if it is still there.
pub(crate) async fn copy(context: &Context, key: LicenseKey) -> Result<(), AppError> {
    context.host.copy(key.expose(), true)?;
    let until = context.clock.now() + i64::from(CLIPBOARD_SECONDS).seconds();
    let clipboard = context.state::<Clipboard>();
    *clipboard.0.lock().await = Some(Copied { key, until });
    let context = context.clone();
    tokio::spawn(async move {
        context.clock.sleep_until(until).await;
        // A key that was copied later has its own time.
        if clipboard.0.lock().await.as_ref().is_some_and(|copied| copied.until <= until) {
            clear_copied(&context).await;
        }
    });
    Ok(())
}

/// Takes a copied key off the clipboard if it is still there; also what the program does when it ends.
pub async fn clear_copied(context: &Context) {
    let Some(Copied { key, .. }) = context.state::<Clipboard>().0.lock().await.take() else { return };
    if let Ok(true) = context.host.clear_copied(key.expose()) {
        context.tell_user(Message::ClipboardCleared);
    }
}

/// Takes a key off the clipboard that must not be used any more.
pub(crate) async fn clear_copied_if(context: &Context, leaked: &LicenseKey) {
    let is_copied = |copied: &Copied| copied.key.expose() == leaked.expose();
    if context.state::<Clipboard>().0.lock().await.as_ref().is_some_and(is_copied) {
        clear_copied(context).await;
    }
}
