//! The host of these tests, which records everything.

use app::context::{Event, Host, HostError};
use std::{
    fmt,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
};
use vault::Changes;

/// Remembers the events and the pages that were opened, and has a clipboard of its own.
#[derive(Default)]
pub(crate) struct TestHost {
    events: Mutex<Vec<Event>>,
    pages: Mutex<Vec<String>>,
    pub clipboard: Mutex<Option<String>>,
    pub has_no_clipboard: AtomicBool,
}

/// The clipboard contains what a user copied, so debug output must not show it.
impl fmt::Debug for TestHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TestHost")
    }
}

impl TestHost {
    pub(crate) fn events(&self) -> Vec<Event> {
        self.events.lock().unwrap().clone()
    }

    pub(crate) fn forget_events(&self) {
        self.events.lock().unwrap().clear();
    }

    pub(crate) fn saw(&self, event: &Event) -> bool {
        self.events.lock().unwrap().contains(event)
    }

    /// Every change of the library that was reported.
    pub(crate) fn changes(&self) -> Vec<Changes> {
        let change = |event| match event {
            Event::LibraryChanged(change) => change,
            _ => None,
        };
        self.events().into_iter().filter_map(change).collect()
    }

    /// Waits for a change of the library.
    pub(crate) async fn sees_change(&self, what: &str, is_it: impl Fn(&Changes) -> bool) {
        testkit::until_async(&format!("{what} is reported"), async || self.changes().iter().any(&is_it))
            .await;
    }

    /// Waits for an event.
    pub(crate) async fn sees(&self, event: &Event) {
        testkit::until_async(&format!("{event:?} is told"), async || self.saw(event)).await;
    }

    /// What was opened in the browser.
    pub(crate) fn opened(&self) -> Vec<String> {
        self.pages.lock().unwrap().clone()
    }

    pub(crate) fn pasted(&self) -> Option<String> {
        self.clipboard.lock().unwrap().clone()
    }
}

impl Host for TestHost {
    fn emit(&self, event: Event) {
        self.events.lock().unwrap().push(event);
    }

    fn open_page(&self, url: &str) -> Result<(), HostError> {
        self.pages.lock().unwrap().push(url.to_owned());
        Ok(())
    }

    fn copy(&self, text: &str, _secret: bool) -> Result<(), HostError> {
        if self.has_no_clipboard.load(Ordering::Relaxed) {
            return Err(HostError { what: "copying", words: "there is no clipboard".to_owned() });
        }
        *self.clipboard.lock().unwrap() = Some(text.to_owned());
        Ok(())
    }

    fn clear_copied(&self, text: &str) -> Result<bool, HostError> {
        let mut clipboard = self.clipboard.lock().unwrap();
        let is_ours = clipboard.as_deref() == Some(text);
        if is_ours {
            *clipboard = None;
        }
        Ok(is_ours)
    }
}
