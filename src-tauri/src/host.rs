//! The window as a host.

use crate::convert::{self, HostEvent};
use app::context::{Event, Host, HostError};
use arboard::Clipboard;
use std::sync::{Mutex, OnceLock, PoisonError};
use tauri::{AppHandle, Emitter};
use tauri_plugin_opener::OpenerExt;
use zeroize::Zeroizing;

/// The channel that the page listens on.
const CHANNEL: &str = "licet";

/// Speaks to the window once there is one.
#[derive(Default)]
pub(crate) struct WindowHost {
    window: OnceLock<Window>,
    /// On X11 and Wayland the program that copied serves what it copied for as long as it holds this.
    clipboard: Mutex<Option<Clipboard>>,
}

/// The window, and how its page is sent the state that changed.
struct Window {
    app: AppHandle,
    send_changed: fn(&AppHandle, HostEvent),
}

impl std::fmt::Debug for WindowHost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WindowHost")
    }
}

impl WindowHost {
    /// The window is there from now on; `send_changed` sends its page the state that an event says has changed.
    pub(crate) fn attach(&self, app: AppHandle, send_changed: fn(&AppHandle, HostEvent)) {
        // A second window would be a second process: there is one handle.
        let _ = self.window.set(Window { app, send_changed });
    }

    /// Tells the page something. A window that is closing hears nothing, and need not.
    pub(crate) fn tell(&self, event: crate::view::Event) {
        if let Some(Window { app, .. }) = self.window.get() {
            let _ = app.emit(CHANNEL, event);
        }
    }

    fn with_clipboard<T>(
        &self,
        what: &'static str,
        act: impl FnOnce(&mut Clipboard) -> Result<T, arboard::Error>,
    ) -> Result<T, HostError> {
        let failed = |error: arboard::Error| HostError { what, words: error.to_string() };
        let mut held = self.clipboard.lock().unwrap_or_else(PoisonError::into_inner);
        let clipboard = match held.take() {
            Some(clipboard) => clipboard,
            None => Clipboard::new().map_err(failed)?,
        };
        act(held.insert(clipboard)).map_err(failed)
    }
}

impl Host for WindowHost {
    fn emit(&self, event: Event) {
        match (convert::event(event), self.window.get()) {
            (HostEvent::Emit(event), _) => self.tell(*event),
            (changed, Some(Window { app, send_changed })) => send_changed(app, changed),
            (_, None) => {}
        }
    }

    fn open_page(&self, url: &str) -> Result<(), HostError> {
        let failed = |words: String| HostError { what: "opening a page", words };
        let Window { app, .. } =
            self.window.get().ok_or_else(|| failed("there is no window yet".to_owned()))?;
        app.opener().open_url(url, None::<&str>).map_err(|error| failed(error.to_string()))
    }

    fn copy(&self, text: &str, secret: bool) -> Result<(), HostError> {
        self.with_clipboard("copying", |clipboard| set(clipboard, text, secret))
    }

    fn clear_copied(&self, text: &str) -> Result<bool, HostError> {
        self.with_clipboard("clearing the clipboard", |clipboard| {
            let present = clipboard.get_text().map(Zeroizing::new);
            let is_ours = present.is_ok_and(|present| *present == text);
            if is_ours {
                clipboard.clear()?;
            }
            Ok(is_ours)
        })
    }
}

/// Puts a text on the clipboard; a secret one is marked so that clipboard histories leave it out.
#[cfg(target_os = "linux")]
fn set(clipboard: &mut Clipboard, text: &str, secret: bool) -> Result<(), arboard::Error> {
    use arboard::SetExtLinux;
    let set = clipboard.set();
    if secret { set.exclude_from_history().text(text) } else { set.text(text) }
}

/// Puts a text on the clipboard; a secret one is marked so that clipboard histories leave it out.
#[cfg(target_os = "macos")]
fn set(clipboard: &mut Clipboard, text: &str, secret: bool) -> Result<(), arboard::Error> {
    use arboard::SetExtApple;
    let set = clipboard.set();
    if secret { set.exclude_from_history().text(text) } else { set.text(text) }
}

/// Puts a text on the clipboard; a secret one is marked so that clipboard histories and the cloud leave it out.
#[cfg(target_os = "windows")]
fn set(clipboard: &mut Clipboard, text: &str, secret: bool) -> Result<(), arboard::Error> {
    use arboard::SetExtWindows;
    let set = clipboard.set();
    if secret { set.exclude_from_history().exclude_from_cloud().text(text) } else { set.text(text) }
}
