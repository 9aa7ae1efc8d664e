//! What use cases need from the program that they run in. The window and the command line each implement it.

use crate::context::ErrorReport;
use async_trait::async_trait;
use jiff::Timestamp;
use license::{AccountId, LicenseId, SecretUrl, Token};
use std::{fmt::Debug, time::Duration};
use url::Url;

/// The program that runs the use cases: the window or the command line.
pub trait Host: Send + Sync + Debug {
    /// Tells whoever shows something that it changed.
    fn emit(&self, event: Event);

    /// Opens a page in the user's browser.
    fn open_page(&self, url: &str) -> Result<(), HostError>;

    /// Puts a text on the clipboard; `secret` keeps it out of clipboard histories.
    fn copy(&self, text: &str, secret: bool) -> Result<(), HostError>;

    /// Takes a text off the clipboard if it is still what stands there. Whether it was.
    fn clear_copied(&self, text: &str) -> Result<bool, HostError>;
}

/// What the host could not do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} is not possible here: {words}")]
pub struct HostError {
    /// What was tried, such as "copying".
    pub what: &'static str,
    /// What the system said.
    pub words: String,
}

/// Something that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// What any process committed to the library; nothing where that cannot be read. Only what follows the library sends it.
    LibraryChanged(Option<vault::Changes>),
    /// The settings, in their file.
    SettingsChanged,
    /// License files of these licenses were changed on disk by another program.
    FilesChanged(Vec<LicenseId>),
    /// How secrets are kept, or whether they can be read.
    LockChanged,
    /// What is only in memory of an account: a refresh began, went on or ended, or the vendor was asked about one license.
    AccountChanged(AccountId),
    /// Something that the user is told.
    Message(Message),
}

/// What the user is told as it happens; what it changed in the library is an event of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// A create or delete whose outcome was unknown is settled.
    Settled {
        /// Which of the two.
        verb: vault::IntentVerb,
        /// The license's name.
        label: String,
        /// The license, where it is there.
        license: Option<LicenseId>,
        /// Whether it was done.
        done: bool,
    },
    /// A license that was made on its vendor's own page is here; none where it did not come in time.
    Arrived {
        /// The account that was watched.
        account: AccountId,
        /// The license.
        license: Option<LicenseId>,
        /// Why it is waited for no longer, where that is no use.
        problem: Option<ErrorReport>,
    },
    /// A copied key is no longer on the clipboard.
    ClipboardCleared,
}

/// The time of day.
#[async_trait]
pub trait Clock: Send + Sync + Debug {
    /// Now.
    fn now(&self) -> Timestamp;

    /// Waits until an instant.
    async fn sleep_until(&self, instant: Timestamp);
}

/// Whether a time is within this many seconds of now. A time in the future, recorded by a wrong clock, counts the same way, so that
/// it blocks nothing for longer.
pub(crate) fn is_recent(at: Timestamp, now: Timestamp, seconds: i64) -> bool {
    now.duration_since(at).abs() < jiff::SignedDuration::from_secs(seconds)
}

/// The computer's own clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

#[async_trait]
impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    async fn sleep_until(&self, instant: Timestamp) {
        let left = instant.duration_since(Timestamp::now());
        tokio::time::sleep(Duration::try_from(left).unwrap_or(Duration::ZERO)).await;
    }
}

/// The local portal of this home.
#[async_trait]
pub trait LocalPortal: Send + Sync + Debug {
    /// Makes sure that it runs, and says where.
    async fn address(&self) -> Result<Url, PortalUnavailable>;

    /// Issues a token of a project, which is made where it is new.
    async fn issue_token(&self, project: &str) -> Result<Token, PortalUnavailable>;

    /// The address of its page with a ticket that opens it once.
    async fn page(&self) -> Result<SecretUrl, PortalUnavailable>;
}

/// The local portal does not run and cannot be started.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the local portal cannot be started: {words}")]
pub struct PortalUnavailable {
    /// Why.
    pub words: String,
}
