//! The command line as a host: it has no window for events, and no clipboard of its own.

use app::context::{Event, Host, HostError};

/// A terminal.
#[derive(Debug)]
pub(crate) struct Terminal;

impl Host for Terminal {
    /// Nothing is shown that would have to be drawn again.
    fn emit(&self, _event: Event) {}

    fn open_page(&self, _url: &str) -> Result<(), HostError> {
        Err(unsupported("opening a page"))
    }

    fn copy(&self, _text: &str, _secret: bool) -> Result<(), HostError> {
        Err(unsupported("copying"))
    }

    fn clear_copied(&self, _text: &str) -> Result<bool, HostError> {
        Err(unsupported("clearing the clipboard"))
    }
}

fn unsupported(what: &'static str) -> HostError {
    HostError { what, words: "the command line has no window".to_owned() }
}
