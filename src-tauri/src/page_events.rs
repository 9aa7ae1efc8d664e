//! Sends the page events, and the current state of secrets, settings and accounts when it changes.

use crate::convert::HostEvent;
use crate::opened::{Opened, Start};
use crate::page_state::PageState;
use tauri::{AppHandle, Manager};

/// Sends the page the state that an event says has changed.
pub(crate) fn send_changed(app: &AppHandle, event: HostEvent) {
    match event {
        // The host sends it itself.
        HostEvent::Emit(_) => {}
        HostEvent::LockChanged => send_state(app, PageState::Secrets),
        HostEvent::SettingsChanged => send_state(app, PageState::Settings),
        HostEvent::AccountsChanged(ids) => {
            ids.into_iter().for_each(|id| send_state(app, PageState::Account(id)));
        }
    }
}

/// Sends the page a part of its state. It is read under a lock of its kind, so that the page receives the newest one last.
pub(crate) fn send_state(app: &AppHandle, state: PageState) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let start = app.state::<Start>();
        let Ok(Opened { page_locks, context, host, .. }) = start.get() else { return };
        let _in_order = state.lock(page_locks).lock().await;
        if let Some(event) = state.event(context).await {
            host.tell(event);
        }
    });
}
