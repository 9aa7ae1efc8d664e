//! What a person does with licenses, one module a deed: connect, refresh, create, delete, import, export.
//!
//! A [`Desk`] sits between the vault, which keeps, and the vendors, which are asked. It talks outward through three
//! traits alone ([`Host`], [`Clock`], [`LocalPortal`]), so that the window and the command line do the same things.

mod accounts;
mod activity;
mod address;
mod apply;
mod backups;
mod by_hand;
mod certificate;
mod client;
mod create;
mod delete;
mod detail;
mod drift;
mod error;
mod export;
mod filter;
mod follow;
mod formats;
mod git;
mod holds;
mod host;
mod import;
mod instance;
mod instance_file;
mod intent;
mod kept_files;
mod keys;
mod kind;
mod leaked;
mod leaked_places;
mod listing;
mod local_core;
mod look_up;
mod next_step;
mod occupied;
mod outdated;
mod packages;
mod programs;
mod put_back;
mod query;
mod recognise;
mod refresh;
mod renew;
mod replace;
mod replacing;
mod run;
mod same_license;
mod seats;
mod sending;
mod settings;
mod setup;
mod shown;
mod sign_in;
mod steps;
mod stored;
mod unlock;
mod validate;
mod words;
mod writing;

pub use accounts::{AccountSight, Login, Tested, Unsettled};
pub use activity::{Outcome, Verb};
pub use backups::{BackupSeen, HeldKey, KeyOwner, RestorePlan, Restored};
pub use by_hand::ByHand;
pub use certificate::{CERTIFICATE_FACTS, CertificateSeen, ImportWith};
pub use create::{CreateForm, Wanted};
pub use detail::{Detail, Removal, SeenKey};
pub use error::DeskError;
pub use export::{Preview, Target, TrackedState, Written};
pub use filter::Chip;
pub use git::{GitPlan, GitSight};
pub use host::{Clock, Event, Host, HostError, LocalPortal, PortalUnavailable, SystemClock};
pub use import::Imported;
pub use instance::{Applied, ApplyPreview, Held, InstanceSight};
pub use intent::Sent;
pub use keys::{CLIPBOARD_SECONDS, REVEAL_SECONDS};
pub use kind::Kind;
pub use local_core::CoreSeen;
pub use look_up::LookedUp;
pub use next_step::{NextStep, Reader, Snippet, word as shell_word};
pub use packages::{PackagesSeen, RegistryLogin};
pub use programs::Programs;
pub use query::{Counts, ListQuery, ListWindow, Row, View};
pub use recognise::{FoundFile, mistake_facts};
pub use refresh::{Refreshed, State};
pub use replace::Replaced;
pub use replacing::ReplaceSeen;
pub use run::RunPlan;
pub use seats::SeatsSeen;
pub use setup::{Draft, Path as SetupPath, Step as SetupStep};
pub use shown::{is_invisible, shown};
pub use sign_in::LastSession;
pub use steps::StepSeen;
pub use stored::{FORGET_EVERYTHING, Place, Stored};

pub use unlock::FORGET_SECRETS;
pub use words::Facts;

// Window and command line reach what lies below through the desk alone: that is the dependency rule.
pub use {vault, vendors};

use license::{LicenseId, LicenseKey};
use std::{
    collections::HashMap,
    sync::{Arc, atomic::AtomicU64},
};
use tokio::sync::Mutex;
use vault::{Account, NewTrackedFile, StoredLicense, TrackedFileId, Vault};
use vendors::{Http, Registry};

/// What a desk is made of.
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
pub struct Desk(Arc<Inner>);

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
    pub(crate) tested: Mutex<HashMap<String, accounts::TestedLogin>>,
    /// Sessions that are being ended behind the person's back.
    pub(crate) ending: Mutex<tokio::task::JoinSet<()>>,
    pub(crate) refreshing: refresh::Running,
    /// Counts the creates and deletes that vendors confirmed to this process.
    pub(crate) changes: AtomicU64,
    pub(crate) settling: Mutex<()>,
    pub(crate) looked: Mutex<HashMap<LicenseId, detail::Look>>,
    pub(crate) copied: Mutex<Option<keys::Copied>>,
    pub(crate) issuers: Mutex<keys::Issuers>,
    /// Certificates that were checked out, for the files that are written from them.
    pub(crate) checked_out: Mutex<HashMap<LicenseId, LicenseKey>>,
    /// Files that are no longer watched, for whoever wants that undone.
    pub(crate) released: Mutex<HashMap<TrackedFileId, NewTrackedFile>>,
    pub(crate) watch: Mutex<Option<Arc<vault::files::Watch>>>,
    pub(crate) following: Mutex<Option<vault::ChangeWatch>>,
    /// Accounts in which a license is to arrive that is made on the vendor's own page.
    pub(crate) watched: Mutex<by_hand::Watched>,
}

impl std::ops::Deref for Desk {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Desk {
    /// Puts a desk together; nothing is read, asked or unlocked yet.
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
            refreshing: refresh::Running::default(),
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

    /// What this computer keeps.
    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// Why nothing can be changed on this home, such as on a read-only file system; nothing where it can.
    pub fn why_read_only(&self) -> Option<DeskError> {
        self.vault.library().why_read_only().map(DeskError::from)
    }

    /// Whether nothing can be changed on this home.
    pub(crate) fn is_read_only(&self) -> bool {
        self.vault.library().why_read_only().is_some()
    }

    /// Runs what may block, such as the library, the keyring or the disk, away from the async threads.
    pub(crate) async fn off_thread<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Vault) -> Result<T, DeskError> + Send + 'static,
    ) -> Result<T, DeskError> {
        let vault = self.vault.clone();
        match tokio::task::spawn_blocking(move || work(&vault)).await {
            Ok(done) => done,
            Err(ended) if ended.is_panic() => std::panic::resume_unwind(ended.into_panic()),
            Err(_) => Err(DeskError::Cancelled),
        }
    }

    /// A license with the account that it is from.
    pub(crate) async fn license_and_account(
        &self,
        id: LicenseId,
    ) -> Result<(StoredLicense, Account), DeskError> {
        self.off_thread(move |vault| {
            let gone = || DeskError::NotFound { what: "license", named: id.to_string() };
            let stored = vault.library().license(id)?.ok_or_else(gone)?;
            let account = vault.library().account(stored.account)?.ok_or_else(gone)?;
            Ok((stored, account))
        })
        .await
    }
}

/// Whether what was typed is what had to be typed, as a person sees it: see [`shown`].
pub(crate) fn confirmed(typed: &str, expected: &str) -> Result<(), DeskError> {
    match shown::is_confirmed(typed, expected) {
        true => Ok(()),
        false => Err(DeskError::NotConfirmed { expected: expected.to_owned() }),
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
