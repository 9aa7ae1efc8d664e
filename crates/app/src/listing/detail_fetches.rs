//! When the details of each license were last fetched, and with what result.

use crate::context::{ErrorReport, state::SubjectState};
use jiff::Timestamp;
use license::LicenseId;
use std::collections::HashMap;
use tokio::sync::Mutex;

/// The fetches of licenses' details since the program started.
#[derive(Debug, Default)]
pub(crate) struct DetailFetches(Mutex<HashMap<LicenseId, DetailFetch>>);

/// A fetch of a license's details.
#[derive(Debug)]
struct DetailFetch {
    at: Timestamp,
    problem: Option<ErrorReport>,
}

impl SubjectState for DetailFetches {}

impl DetailFetches {
    /// When a license's details were fetched.
    pub(crate) async fn at(&self, id: LicenseId) -> Option<Timestamp> {
        self.0.lock().await.get(&id).map(|look| look.at)
    }

    /// Why the last fetch of a license's details failed.
    pub(crate) async fn problem(&self, id: LicenseId) -> Option<ErrorReport> {
        self.0.lock().await.get(&id).and_then(|look| look.problem.clone())
    }

    /// Notes a fetch.
    pub(crate) async fn note(&self, id: LicenseId, at: Timestamp, problem: Option<ErrorReport>) {
        self.0.lock().await.insert(id, DetailFetch { at, problem });
    }

    /// Forgets a fetch, so that the next one is made.
    pub(crate) async fn forget(&self, id: LicenseId) {
        self.0.lock().await.remove(&id);
    }

    /// Forgets the looks that failed: the vendor answers again.
    pub(crate) async fn forget_problems(&self) {
        self.0.lock().await.retain(|_, look| look.problem.is_none());
    }

    /// Forgets the looks at licenses that were removed; not to be called on an async thread.
    pub(crate) fn retain(&self, is_kept: impl Fn(LicenseId) -> bool) {
        self.0.blocking_lock().retain(|id, _| is_kept(*id));
    }
}
