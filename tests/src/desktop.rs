//! The session's display, as a window manager sees it.

use std::path::Path;

use anyhow::Context;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use x11rb::{
    connection::Connection,
    protocol::xproto::{
        Atom, AtomEnum, ClientMessageEvent, ConnectionExt, EventMask, MapState, Window as XWindow,
    },
    rust_connection::RustConnection,
};

/// What is escaped in a path of an address.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// A connection to a display.
#[derive(Debug)]
pub(crate) struct Desktop {
    pub connection: RustConnection,
    pub root: XWindow,
}

impl Desktop {
    /// Connects to the display of this name.
    pub(crate) fn of(display: &str) -> anyhow::Result<Self> {
        let (connection, screen) = RustConnection::connect(Some(display))?;
        let root = connection.setup().roots[screen].root;
        Ok(Self { connection, root })
    }

    /// The number of a name.
    pub(crate) fn atom(&self, name: &str) -> anyhow::Result<Atom> {
        Ok(self.connection.intern_atom(false, name.as_bytes())?.reply()?.atom)
    }

    /// The window of this process that a user sees, once there is one.
    pub(crate) fn window_of(&self, process: u32) -> anyhow::Result<Option<XWindow>> {
        let (owner, protocols) = (self.atom("_NET_WM_PID")?, self.atom("WM_PROTOCOLS")?);
        for window in self.connection.query_tree(self.root)?.reply()?.children {
            let is_seen = self.map_state(window)? == Some(MapState::VIEWABLE);
            let is_its = self.numbers(window, owner)?.contains(&process);
            if is_seen && is_its && !self.numbers(window, protocols)?.is_empty() {
                return Ok(Some(window));
            }
        }
        Ok(None)
    }

    /// Asks a window to close, as the button in its title does.
    pub(crate) fn ask_to_close(&self, window: XWindow) -> anyhow::Result<()> {
        let delete = self.atom("WM_DELETE_WINDOW")?;
        self.tell(window, "WM_PROTOCOLS", [delete, x11rb::CURRENT_TIME, 0, 0, 0])
    }

    /// Sends a message to a window.
    pub(crate) fn tell(&self, window: XWindow, kind: &str, content: [u32; 5]) -> anyhow::Result<()> {
        let message = ClientMessageEvent::new(32, window, self.atom(kind)?, content);
        self.connection.send_event(false, window, EventMask::NO_EVENT, message)?.check()?;
        Ok(())
    }

    /// A window may be gone before it is asked.
    fn map_state(&self, window: XWindow) -> anyhow::Result<Option<MapState>> {
        Ok(self.connection.get_window_attributes(window)?.reply().ok().map(|reply| reply.map_state))
    }

    fn numbers(&self, window: XWindow, property: Atom) -> anyhow::Result<Vec<u32>> {
        let asked = self.connection.get_property(false, window, property, AtomEnum::ANY, 0, 64)?;
        Ok(asked.reply().ok().and_then(|reply| Some(reply.value32()?.collect())).unwrap_or_default())
    }
}

/// A file as a `file:` address: what is no letter, digit or one of `-._~/` is written as its bytes.
pub(crate) fn file_address(path: &Path) -> anyhow::Result<String> {
    let text = path.to_str().context("a path that is no text")?;
    Ok(format!("file://{}", utf8_percent_encode(text, ESCAPED)))
}
