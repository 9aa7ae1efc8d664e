//! What every use case stands on: the library, the vendors, the programs that Licet runs, the time, and the errors.

pub(crate) mod activity;
mod classification;
pub(crate) mod client;
mod clients;
pub(crate) mod error;
mod error_report;
pub(crate) mod host;
pub(crate) mod last_refresh;
mod lock;
pub(crate) mod login;
pub(crate) mod programs;
pub(crate) mod settings;
pub(crate) mod shell;
pub(crate) mod shown;
mod signals;
pub(crate) mod state;
mod thing;

pub use activity::{Outcome, Report, Verb};
pub use error::AppError;
pub use error_report::{ErrorReport, with_causes};
pub use host::{Clock, Event, Host, HostError, LocalPortal, Message, PortalUnavailable, SystemClock};
pub use last_refresh::State;
pub use programs::Programs;
pub use settings::{settings, settings_problems};
pub use shell::word;
pub use shown::{is_invisible, shown};
pub use thing::Thing;

use license::LicenseId;
use std::sync::{Arc, Weak};
use vault::{Account, StoredLicense, Vault};
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
    /// Other programs that Licet runs.
    pub programs: Programs,
    /// Where it runs.
    pub host: Arc<dyn Host>,
    /// The time of day.
    pub clock: Arc<dyn Clock>,
    /// The local portal of this home.
    pub portal: Arc<dyn LocalPortal>,
}

/// What every use case works with; cheap to clone.
#[derive(Debug, Clone)]
pub struct Context(Arc<Inner>);

/// The parts of a context.
#[derive(Debug)]
pub struct Inner {
    pub(crate) vault: Vault,
    pub(crate) registry: Registry,
    pub(crate) http: Http,
    pub(crate) programs: Programs,
    pub(crate) host: Arc<dyn Host>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) portal: Arc<dyn LocalPortal>,
    pub(crate) states: state::States,
}

impl std::ops::Deref for Context {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Context {
    /// Makes a context. Nothing is read, asked or unlocked yet.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(Inner {
            vault: parts.vault,
            registry: parts.registry,
            http: parts.http,
            programs: parts.programs,
            host: parts.host,
            clock: parts.clock,
            portal: parts.portal,
            states: state::States::default(),
        }))
    }

    /// A reference that does not keep it alive.
    pub(crate) fn downgrade(&self) -> Weak<Inner> {
        Arc::downgrade(&self.0)
    }

    /// The context of such a reference; `None` once it was dropped.
    pub(crate) fn upgrade(weak: &Weak<Inner>) -> Option<Self> {
        weak.upgrade().map(Self)
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
            let gone = || AppError::NotFound { what: Thing::License, named: id.to_string() };
            let stored = vault.library().license(id)?.ok_or_else(gone)?;
            let account = vault.library().account(stored.account)?.ok_or_else(gone)?;
            Ok((stored, account))
        })
        .await
    }
}

/// Whether what was typed is what had to be typed, as a user sees it: see [`shown`].
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
        assert!(confirmed("A license ...0F2", "A license \u{2026}0F2").is_ok());
        assert!(confirmed("twolines", "two\nlines").is_err());
    }
}
