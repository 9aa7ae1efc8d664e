//! What every use case stands on: the library, the vendors, the programs that Licet runs, the time, and the errors.

pub(crate) mod activity;
pub(crate) mod client;
pub(crate) mod error;
pub(crate) mod error_text;
pub(crate) mod host;
pub(crate) mod kind;
pub(crate) mod last_refresh;
mod lock;
pub(crate) mod programs;
pub(crate) mod shown;

pub use activity::{Outcome, Verb};
pub use error::AppError;
pub use error_text::Facts;
pub use host::{Clock, Event, Host, HostError, LocalPortal, PortalUnavailable, SystemClock};
pub use kind::Kind;
pub use last_refresh::State;
pub use programs::Programs;
pub use shown::{is_invisible, shown};

use license::{LicenseId, LicenseKey};
use std::{
    collections::HashMap,
    sync::{Arc, Weak, atomic::AtomicU64},
};
use tokio::sync::Mutex;
use vault::{Account, NewTrackedFile, StoredLicense, TrackedFileId, Vault};
use vendors::{Http, Registry};

/// What a context is made of.
#[derive(Debug)]
pub struct Parts {
    /// What this computer keeps.
    pub vault: Vault,
    /// The licensing systems that are known.
    pub registry: Registry,
    /// The way to the vendors.
    pub http: Http,
    /// The programs of others that are run.
    pub programs: Programs,
    /// Where it runs.
    pub host: Arc<dyn Host>,
    /// The time of day.
    pub clock: Arc<dyn Clock>,
    /// This home's own portal.
    pub portal: Arc<dyn LocalPortal>,
}

/// Everything that a person can do; cheap to share.
#[derive(Debug, Clone)]
pub struct Context(Arc<Inner>);

/// What the modules of the deeds work with.
#[derive(Debug)]
pub struct Inner {
    pub(crate) vault: Vault,
    pub(crate) registry: Registry,
    pub(crate) http: Http,
    pub(crate) programs: Programs,
    pub(crate) host: Arc<dyn Host>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) portal: Arc<dyn LocalPortal>,
    pub(crate) tested: Mutex<HashMap<String, crate::accounts::connect::TestedLogin>>,
    /// Sessions that are being ended behind the person's back.
    pub(crate) ending: Mutex<tokio::task::JoinSet<()>>,
    pub(crate) refreshing: crate::refresh::run::Running,
    /// Counts the creates and deletes that vendors confirmed to this process.
    pub(crate) changes: AtomicU64,
    pub(crate) settling: Mutex<()>,
    pub(crate) looked: Mutex<HashMap<LicenseId, crate::list::detail::Look>>,
    pub(crate) copied: Mutex<Option<crate::keys::license_keys::Copied>>,
    pub(crate) issuers: Mutex<crate::keys::license_keys::Issuers>,
    /// Certificates that were checked out, for the files that are written from them.
    pub(crate) checked_out: Mutex<HashMap<LicenseId, LicenseKey>>,
    /// Files that are no longer watched, for whoever wants that undone.
    pub(crate) released: Mutex<HashMap<TrackedFileId, NewTrackedFile>>,
    pub(crate) watch: Mutex<Option<Arc<vault::files::Watch>>>,
    pub(crate) following: Mutex<Option<vault::ChangeWatch>>,
    /// Accounts in which a license is to arrive that is made on the vendor's own page.
    pub(crate) watched: Mutex<crate::refresh::vendor_page::Watched>,
}

impl std::ops::Deref for Context {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Context {
    /// Puts a context together; nothing is read, asked or unlocked yet.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(Inner {
            vault: parts.vault,
            registry: parts.registry,
            http: parts.http,
            programs: parts.programs,
            host: parts.host,
            clock: parts.clock,
            portal: parts.portal,
            tested: Mutex::default(),
            ending: Mutex::default(),
            refreshing: crate::refresh::run::Running::default(),
            changes: AtomicU64::default(),
            settling: Mutex::default(),
            looked: Mutex::default(),
            copied: Mutex::default(),
            issuers: Mutex::default(),
            checked_out: Mutex::default(),
            released: Mutex::default(),
            watch: Mutex::default(),
            following: Mutex::default(),
            watched: Mutex::default(),
        }))
    }

    /// The same for what must not keep it alive.
    pub(crate) fn downgrade(&self) -> Weak<Inner> {
        Arc::downgrade(&self.0)
    }

    /// What this computer keeps.
    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// Why nothing can be changed on this home, such as on a read-only file system; nothing where it can.
    pub fn why_read_only(&self) -> Option<AppError> {
        self.vault.library().why_read_only().map(AppError::from)
    }

    /// Whether nothing can be changed on this home.
    pub(crate) fn is_read_only(&self) -> bool {
        self.vault.library().why_read_only().is_some()
    }

    /// Runs what may block, such as the library, the keyring or the disk, away from the async threads.
    pub(crate) async fn off_thread<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Vault) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        let vault = self.vault.clone();
        match tokio::task::spawn_blocking(move || work(&vault)).await {
            Ok(done) => done,
            Err(ended) if ended.is_panic() => std::panic::resume_unwind(ended.into_panic()),
            Err(_) => Err(AppError::Cancelled),
        }
    }

    /// A license with the account that it is from.
    pub(crate) async fn license_and_account(
        &self,
        id: LicenseId,
    ) -> Result<(StoredLicense, Account), AppError> {
        self.off_thread(move |vault| {
            let gone = || AppError::NotFound { what: "license", named: id.to_string() };
            let stored = vault.library().license(id)?.ok_or_else(gone)?;
            let account = vault.library().account(stored.account)?.ok_or_else(gone)?;
            Ok((stored, account))
        })
        .await
    }
}

/// Whether what was typed is what had to be typed, as a person sees it: see [`shown`].
pub(crate) fn confirmed(typed: &str, expected: &str) -> Result<(), AppError> {
    match shown::is_confirmed(typed, expected) {
        true => Ok(()),
        false => Err(AppError::NotConfirmed { expected: expected.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_two_lines_is_confirmed_as_a_field_of_one_line_takes_it() {
        assert!(confirmed("two lines ", "two\nlines").is_ok());
        assert!(confirmed("Cafe\u{301}", "Caf\u{e9}").is_ok());
        assert!(confirmed("AICA license ...0F2", "AICA license \u{2026}0F2").is_ok());
        assert!(confirmed("twolines", "two\nlines").is_err());
    }
}
