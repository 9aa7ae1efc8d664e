//! What goes on behind the window.

use crate::opened::{Opened, Start};
use std::time::Duration;
use tauri::{AppHandle, Manager};

/// How long what goes on behind the window waits for its first paint.
const FIRST_PAINT: Duration = Duration::from_secs(5);

/// What goes on behind the window, from the first time that its home is open.
pub(crate) fn go_on_behind(app: &AppHandle, opened: &Opened) {
    let app = app.clone();
    opened.behind.call_once(|| {
        tauri::async_runtime::spawn(async move {
            let start = app.state::<Start>();
            let Ok(opened) = start.get() else { return };
            // Each of these shows its own failure where it matters: an account's state, a file's badge. What another
            // process changes is asked for with every focus of the window, too.
            let watching = async {
                let _ = app::refresh::follow_library(&opened.context, opened.baseline.clone()).await;
                let _ = app::files::watch_files(&opened.context).await;
            };
            // A file on a disk that does not answer keeps no key locked.
            let ((), is_unlocked) = tokio::join!(watching, app::keys::unlock_behind(&opened.context));
            // Nothing competes with the first paint, but a window that nobody sees is not painted at all.
            let _ = tokio::time::timeout(FIRST_PAINT, opened.painted.notified()).await;
            if is_unlocked {
                let _ = app::refresh::refresh_all(&opened.context).await;
            }
        });
    });
}
