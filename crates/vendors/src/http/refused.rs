//! Logins that were refused: the same one is not sent again for a while, since vendors lock accounts after a few.

use super::Http;
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};
use url::Url;

/// How long a refused login is not sent again.
const PAUSE: Duration = Duration::from_secs(5 * 60);

/// The digests of what was refused and when, and how each login that was sent is let through.
#[derive(Debug, Default)]
pub(super) struct Refused {
    at: Mutex<HashMap<[u8; 32], Instant>>,
    gates: Mutex<HashMap<[u8; 32], Arc<Gate>>>,
}

/// Lets the requests with one login through one after the other until it was accepted once, so that two of them cannot both
/// carry a wrong password.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    is_open: AtomicBool,
    turn: tokio::sync::Mutex<()>,
}

impl Gate {
    /// Waits for a turn; nothing where none is needed any more.
    pub(crate) async fn enter(&self) -> Option<tokio::sync::MutexGuard<'_, ()>> {
        if self.is_open.load(Ordering::Acquire) {
            return None;
        }
        Some(self.turn.lock().await).filter(|_| !self.is_open.load(Ordering::Acquire))
    }

    /// The login was accepted.
    pub(crate) fn open(&self) {
        self.is_open.store(true, Ordering::Release);
    }

    /// The login was refused.
    pub(crate) fn close(&self) {
        self.is_open.store(false, Ordering::Release);
    }
}

impl Http {
    /// How long until a login may be sent again; nothing where it was not refused of late.
    pub(crate) fn was_refused(&self, digest: &[u8; 32]) -> Option<Duration> {
        let mut refused = self.refused.at.lock().unwrap_or_else(PoisonError::into_inner);
        refused.retain(|_, at| at.elapsed() < PAUSE);
        refused.get(digest).map(|at| PAUSE.saturating_sub(at.elapsed()))
    }

    /// Remembers that a login was refused.
    pub(crate) fn note_refused(&self, digest: [u8; 32]) {
        let mut refused = self.refused.at.lock().unwrap_or_else(PoisonError::into_inner);
        refused.insert(digest, Instant::now());
    }

    /// How the requests with a login are let through, by its digest.
    pub(crate) fn gate(&self, digest: &[u8; 32]) -> Arc<Gate> {
        let mut gates = self.refused.gates.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(gates.entry(*digest).or_default())
    }
}

/// What a login is remembered by: SHA-256 of its host, its user and its password, each with its length before it.
pub(crate) fn digest(at: &Url, user: &str, password: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in [at.origin().ascii_serialization().as_str(), user, password] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_login_is_known_again_whichever_authorities_are_trusted() {
        let http = Http::default();
        let at = "https://grafana.example/sub".parse().unwrap();
        let login = digest(&at, "admin", "wrong");
        assert_eq!(http.was_refused(&login), None);
        http.note_refused(login);
        assert!(http.clone().was_refused(&login).is_some_and(|wait| wait <= PAUSE));
        assert_eq!(http.was_refused(&digest(&at, "admin", "right")), None);
        assert_eq!(http.was_refused(&digest(&at, "adminw", "rong")), None, "parts do not run together");
    }
}
