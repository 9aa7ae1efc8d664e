//! The desk's host behind a command line: there is no window to tell of events, and no clipboard of our own.

use app::{Event, Host, HostError};

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
